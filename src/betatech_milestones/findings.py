"""One shape for everything that deserves attention at a place in a file.

A fault in the data and an overdue milestone are both a `Finding`, so that whatever can print
one (a terminal, a workflow command, a JSON reader) can print the other.
"""

import enum
from collections.abc import Iterable
from typing import NamedTuple

import attrs


class Level(enum.StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@attrs.frozen(kw_only=True)
class Location:
    """A place in a file; lines and columns count from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


@attrs.frozen(kw_only=True)
class Finding:
    """What is wrong, where, and under which stable rule name."""

    level: Level
    rule: str
    message: str
    location: Location

    def __str__(self) -> str:
        return f"{self.location}: {self.level}: {self.message} [{self.rule}]"


Path = tuple[str | int, ...]
"""What leads to a value in a parsed document: `("measure", 3, "milestone", 0, "due")`."""


class Problem(NamedTuple):
    """A finding whose line is not known yet: a path into the document, the rule, the message."""

    at: Path
    rule: str
    message: str


class InvalidData(ValueError):  # noqa: N818  the name says what it is
    """A data file that cannot be read as a programme, with every problem found in it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return `; did you mean "x"?`, or nothing where no known name is near."""
    import difflib  # noqa: PLC0415  most runs never need it

    near = difflib.get_close_matches(wrong, list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
