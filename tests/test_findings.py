"""The one shape of whatever deserves attention at a place in a file."""

import pytest

from betatech_milestones import RULES, Finding, InvalidData, Level, Location
from betatech_milestones.model.errors import did_you_mean, few_suggestions, nearest
from betatech_milestones.model.findings import bounded


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


def test_did_you_mean_among_thousands() -> None:
    """The nearest of very many names is found, whatever the order in which they are given."""
    known = [f"measure-{number:05}" for number in range(20_000)]
    for names in (known, known[::-1]):
        assert did_you_mean("mesure-07431", names) == '; did you mean "measure-07431"?'


@pytest.mark.parametrize(("wrong", "known"), [("x" * 101, "x" * 100), ("x" * 100, "x" * 101)])
def test_did_you_mean_of_long_names(wrong: str, known: str) -> None:
    """What is longer than any name that a person types is not compared."""
    assert did_you_mean(wrong, [known]) == ""
    assert did_you_mean(wrong[:100], [known[:100]]) == f'; did you mean "{known[:100]}"?'


def test_few_suggestions() -> None:
    """Of many unknown names the first fifty get a suggestion, each as often as it stands there."""
    known = ("letter", "annex")
    wrong = [f"letter{number}" for number in range(60)]
    with few_suggestions():
        first = [did_you_mean(name, known) for name in wrong]
        with few_suggestions():  # as in what it is used within
            one_more = did_you_mean("leter", known)
            again = [did_you_mean(name, known) for name in wrong]
        other = did_you_mean("leter", ["letter"])
    assert first == again == ['; did you mean "letter"?'] * 50 + [""] * 10
    assert one_more == other == ""
    assert did_you_mean("leter", known) == '; did you mean "letter"?'


def test_suggestions_are_of_their_own_names() -> None:
    """The same unknown name is looked for anew among other known ones."""
    with few_suggestions():
        assert did_you_mean("leter", ["letter"]) == '; did you mean "letter"?'
        assert did_you_mean("leter", ["later"]) == '; did you mean "later"?'


def test_suggestions_are_as_many_as_are_asked_for() -> None:
    """Also where fewer of the same were asked for before."""
    known = ["alpha", "alphb", "alphc"]
    with few_suggestions():
        assert nearest("alph", known) == ["alphc"]
        assert len(nearest("alph", known, number=3)) == 3
        assert nearest("alph", known, cutoff=1.0) == []


def _many(number: int, level: Level) -> list[Finding]:
    rule, location = RULES["bad-id"], Location(path="f", line=1)
    return [
        Finding(rule=rule, message=f"{index}", location=location, level=level)
        for index in range(number)
    ]


@pytest.mark.parametrize(
    ("findings", "more", "closing"),
    [
        (_many(2_000, Level.ERROR), 0, []),
        (_many(2_001, Level.ERROR), 0, ["f: error: and 1 more; mend these first [more-findings]"]),
        (_many(2_003, Level.HINT), 0, ["f: hint: and 3 more; mend these first [more-findings]"]),
        (
            [*_many(2_000, Level.ERROR), *_many(1, Level.HINT), *_many(1, Level.WARNING)],
            0,
            ["f: warning: and 2 more; mend these first [more-findings]"],
        ),
        (
            _many(2_000, Level.ERROR),
            17_000,
            ["f: error: and 17,000 more; mend these first [more-findings]"],
        ),
        (
            _many(2_002, Level.ERROR),
            17_000,
            ["f: error: and 17,002 more; mend these first [more-findings]"],
        ),
    ],
)
def test_bounded(findings: list[Finding], more: int, closing: list[str]) -> None:
    """Two thousand findings are told, and the last one counts the rest, as grave as they are."""
    told = bounded(findings, "f", more=more)
    assert [str(one) for one in told[2_000:]] == closing
    assert told[:2_000] == tuple(findings[:2_000])
