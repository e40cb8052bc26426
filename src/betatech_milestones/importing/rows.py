"""What an edition of a table says, row by row, in the words of the model.

A row tells what stands in the table now: not what it was before, and not whether it changed. Who
compares it with a programme is `ledger`.
"""

import datetime as dt
import enum
from collections.abc import Mapping
from decimal import Decimal

import attrs

from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.vocabulary import Commitment, Found, ReadingKind, Status

# --- where it stands ------------------------------------------------------------------------------


@attrs.frozen
class Place:
    """A cell as a person finds it: in which sheet, where, and below which heading."""

    sheet: str
    """Empty where the table has but one, without a name."""
    cell: str
    """"F12", or the path in a document that has no cells."""
    heading: str = ""

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.sheet else self.cell
        return f'{where} "{self.heading}"' if self.heading else where


@attrs.frozen
class TableProblem:
    """Something in a table that cannot be taken over, and what would be right."""

    place: Place | None
    """None where it is about the table as a whole."""
    message: str
    """In the words of the table, with the value and the remedy."""

    def __str__(self) -> str:
        return self.message if self.place is None else f"{self.place}: {self.message}"


# --- what is said ---------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class MeasureSaid:
    """What a row says of the measure of its milestone."""

    id: str
    code: str | None = None
    title: str | None = None
    summary: str | None = None
    cluster: str | None = None
    """Its id, or what it is called."""
    sectors: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    locator: str | None = None
    is_named: bool = attrs.field(default=True, eq=False, repr=False)
    """Whether the row says which it is; else it is called as the table is."""


@attrs.frozen(kw_only=True)
class ReadingSaid:
    """A number that a row reports."""

    on: PolicyDate
    value: int | Decimal
    kind: ReadingKind = ReadingKind.REACHED


@attrs.frozen(kw_only=True)
class MilestoneSaid:
    """What a row says of a milestone; None where it says nothing of that."""

    measure: MeasureSaid
    id: str
    also: tuple[MeasureSaid, ...] = ()
    """Other measures under which the table has it, too."""
    code: str | None = None
    title: str | None = None
    summary: str | None = None
    note: str | None = None
    kind: str | None = None
    """One of the ten, or the id of one of the programme's own."""
    commitment: Commitment | None = None
    due: PolicyDate | None = None
    locator: str | None = None
    bodies: tuple[str, ...] | None = None
    """Ids of bodies, or what they are called."""
    unit: str | None = None
    goal: int | Decimal | None = None
    baseline: int | Decimal | None = None
    reading: ReadingSaid | None = None
    outcome: Status | None = None
    """`Status.MET`, `Status.DROPPED` or None: not ended, or nothing said of it."""
    on: PolicyDate | None = None
    """When it ended; None: day unknown."""
    reason: str | None = None
    """Why it was moved or dropped."""
    found: Found | None = None
    """How far it is, where it has not ended."""
    says: str | None = None
    """What the table says of how far it is, in its own words."""

    @property
    def full_id(self) -> str:
        """`measure/milestone`."""
        return f"{self.measure.id}/{self.id}"


@attrs.frozen(kw_only=True)
class MilestoneRow:
    """What a row says of one milestone, and where it stands."""

    said: MilestoneSaid
    places: Mapping[str, Place] = attrs.field(eq=False, repr=False)
    """The cell of each key that came from one; "id" is always there."""
    sources: tuple[str, ...] = ()
    """The ids of the sources that say so; none where it is the edition itself."""


# --- statements that a table has apart ------------------------------------------------------------


class What(enum.StrEnum):
    """What a statement says that became of a milestone."""

    MOVED = "moved"
    """Its date, the number to reach or who answers for it is another from then on."""
    NEWS = "news"
    MET = "met"
    DROPPED = "dropped"
    REPLACED = "replaced"
    READING = "reading"


@attrs.frozen(kw_only=True)
class StatementRow:
    """What a table says that became of a milestone the programme has, and where that stands."""

    milestone: str
    """Its full id, `measure/milestone`."""
    what: What
    due: PolicyDate | None = None
    """The date from then on."""
    goal: int | Decimal | None = None
    """The number to reach from then on."""
    bodies: tuple[str, ...] | None = None
    """Ids of those who answer for it from then on, or what they are called."""
    announced: dt.date | None = None
    """When a move was made known; None: on the day of its source."""
    on: PolicyDate | None = None
    """When it ended, of when a number is, or the day of a look; None: unknown, or that of the
    source."""
    found: Found | None = None
    says: str | None = None
    """What was found, in brief, in the programme's own language, as `reason` and `note` are."""
    by: str | None = None
    """Who looked; of what was replaced, the full id of the milestone that took its place."""
    reason: str | None = None
    value: int | Decimal | None = None
    """The number that is reported."""
    kind: ReadingKind = ReadingKind.REACHED
    note: str | None = None
    sources: tuple[str, ...] = ()
    """The ids of the sources that say so; none where it is the edition itself."""
    places: Mapping[str, Place] = attrs.field(eq=False, repr=False)
    """The cell of each key that came from one; "id" is always there."""
