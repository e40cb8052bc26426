"""One shape for everything that deserves attention at a place in a file.

A fault in the data and an overdue milestone are both a `Finding`, so that whatever can print
one (a terminal, a workflow command, a JSON reader) can print the other.
"""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

import attrs

from betatech_milestones.model.errors import BetatechError
from betatech_milestones.model.plain import Plain
from betatech_milestones.model.printable import printable_line
from betatech_milestones.model.rules import MORE_FINDINGS, Level, Rule

KeyPath = tuple[str | int, ...]
"""What leads to a value in a parsed document: `("measure", 3, "milestone", 0, "due")`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Location(Plain):
    """A place in a file; lines and columns count from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Finding(Plain):
    """What deserves attention, where, and by which rule."""

    rule: Rule
    message: str
    location: Location
    level: Level = attrs.field()
    """How much it matters; the level of its rule if left out."""

    @level.default
    def _level_of_its_rule(self) -> Level:
        return self.rule.level

    def __str__(self) -> str:
        """Return it on one line, as it can be printed whoever wrote the file; it is not cut."""
        told = f"{self.location}: {self.level}: {self.message} [{self.rule}]"
        return printable_line(told, longest=None)


MOST_FINDINGS = 2_000
"""How many problems of a file are told; the rest are counted."""


def bounded(findings: Iterable[Finding], path: str, *, more: int = 0) -> tuple[Finding, ...]:
    """Return the first findings on a file, and one that counts the rest and `more` of them."""
    rest = iter(findings)
    kept = tuple(islice(rest, MOST_FINDINGS))
    if levels := [finding.level for finding in rest]:
        more += len(levels)
    if not more:
        return kept
    message = f"and {more:,} more; mend these first"
    level = min(levels, key=list(Level).index, default=Level.ERROR)
    closing = Finding(
        rule=MORE_FINDINGS, message=message, location=Location(path=path), level=level
    )
    return (*kept, closing)


class Problem(NamedTuple):
    """A finding whose line is not known yet: a path into the document, the rule, the message."""

    at: KeyPath
    rule: Rule
    message: str


class FindingsError(BetatechError):
    """An error that names every finding that led to it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


class InvalidData(FindingsError, ValueError):  # noqa: N818  the name says what it is
    """A data file that cannot be read as a programme, with every problem found in it."""
