"""The one shape of whatever deserves attention at a place in a file."""

import pytest

from betatech_milestones import RULES, Finding, InvalidData, Level, Location
from betatech_milestones.model.errors import did_you_mean


@pytest.mark.parametrize(
    ("location", "written"),
    [
        (Location(path="data.toml"), "data.toml"),
        (Location(path="data.toml", line=3), "data.toml:3"),
        (Location(path="data.toml", line=3, column=7), "data.toml:3:7"),
    ],
)
def test_location(location: Location, written: str) -> None:
    """A location is written as editors and terminals recognise it."""
    assert str(location) == written


def test_finding() -> None:
    """A finding says where, how bad, what and under which rule."""
    finding = Finding(
        level=Level.WARNING,
        rule=RULES["bad-id"],
        message="what is wrong",
        location=Location(path="f"),
    )
    assert str(finding) == "f: warning: what is wrong [bad-id]"


def test_a_finding_has_the_level_of_its_rule() -> None:
    """Unless something else decides it, as with what is overdue within its grace."""
    levels = [
        Finding(rule=rule, message="x", location=Location(path="f")).level
        for rule in RULES.values()
    ]
    assert levels == [rule.level for rule in RULES.values()]


def test_invalid_data() -> None:
    """The error of a data file is its findings, a line for each, and it is a `ValueError`."""
    findings = tuple(
        Finding(rule=RULES["bad-id"], message=message, location=Location(path="f", line=1))
        for message in ("one", "two")
    )
    error = InvalidData(findings)
    assert isinstance(error, ValueError)
    assert error.findings == findings
    assert str(error) == "f:1: error: one [bad-id]\nf:1: error: two [bad-id]"


@pytest.mark.parametrize(
    ("wrong", "known", "hint"),
    [
        ("leter", ["letter", "annex"], '; did you mean "letter"?'),
        ("xyz", ["letter", "annex"], ""),
        ("letter", [], ""),
        ("", ["letter"], ""),
    ],
)
def test_did_you_mean(wrong: str, known: list[str], hint: str) -> None:
    """The nearest known name is offered, and none where none is near."""
    assert did_you_mean(wrong, iter(known)) == hint
