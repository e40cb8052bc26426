"""Our own workbook: the table of its sheets and columns, and what its cells say.

It is here, and not with what writes it, because who reads a workbook has to know it too. A row that
is written bears a mark of what stands in its cells: so what nobody touched is known, also when the
row was sorted, copied, or saved by another program.
"""

import datetime as dt
import enum
import functools
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from betatech_milestones.importing import grid
from betatech_milestones.importing.grid import Unusable, Value
from betatech_milestones.importing.names import bare
from betatech_milestones.importing.rows import What
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import (
    Dropped,
    Milestone,
    News,
    Outcome,
    Programme,
    Reading,
    Replaced,
    Revision,
    Source,
    Texts,
)
from betatech_milestones.model.vocabulary import (
    Commitment,
    Found,
    Kind,
    ReadingKind,
    SourceKind,
    Status,
)
from betatech_milestones.voice import Voice

# --- sheets and columns ---------------------------------------------------------------------------


class Looks(enum.Enum):
    """How a column looks, and what is typed in it."""

    ID = enum.auto()
    """Grey: for the import and not for people."""
    TEXT = enum.auto()
    DATE = enum.auto()
    NUMBER = enum.auto()
    LINK = enum.auto()
    HIDDEN = enum.auto()


class Comes(enum.Enum):
    """Whether what is typed in a column comes back."""

    BACK = "back"
    NEW = "new"
    """Only from rows that are new."""
    EMPTY = "empty"
    """From those, and where the programme has nothing yet."""
    NOT = "not"


@attrs.frozen
class Column:
    """A column of a sheet: how the import knows it, and what a person sees."""

    key: str
    heading: str = ""
    """The key of its label."""
    width: int = 0
    """In characters."""
    looks: Looks = Looks.TEXT
    comes: Comes = Comes.BACK
    choices: str = ""
    """The list from which its values are chosen."""
    free: bool = False
    """Whether other values, or several of the list, may be typed."""
    printed: bool = False


@attrs.frozen(kw_only=True)
class Sheet:
    """A sheet with a row for each record."""

    key: str
    name: str
    """The key of its label."""
    columns: tuple[Column, ...]
    frozen: int
    """How many columns stay in sight."""
    told_by: frozenset[str]
    """The columns without which headings alone are not taken for this sheet."""

    def marker(self, column: Column) -> str:
        """Return what stands in the hidden row above the headings."""
        return f"{self.key}.{column.key}"

    def index(self, key: str) -> int:
        """Return where a column stands, from 0."""
        return [column.key for column in self.columns].index(key)


MILESTONES = Sheet(
    key="milestones",
    name="milestones",
    frozen=2,
    told_by=frozenset({"id", "title", "measure", "promised", "due"}),
    columns=(
        Column("id", "id", 14, looks=Looks.ID, comes=Comes.NOT),
        Column("title", "milestone", 38, comes=Comes.NEW, printed=True),
        Column(
            "measure", "measure", 28, comes=Comes.NEW, choices="measures", free=True, printed=True
        ),
        Column("code", "code", 8, comes=Comes.EMPTY, printed=True),
        Column("kind", "kind", 15, comes=Comes.NEW, choices="kinds", printed=True),
        Column(
            "commitment", "commitment", 17, comes=Comes.NEW, choices="commitments", printed=True
        ),
        Column("promised", "promised for", 19, looks=Looks.DATE, comes=Comes.NEW, printed=True),
        Column("due", "in force", 19, looks=Looks.DATE, printed=True),
        Column("bodies", "responsible", 24, choices="bodies", free=True, printed=True),
        Column("outcome", "outcome", 14, choices="outcomes", printed=True),
        Column("on", "ended on", 19, looks=Looks.DATE, printed=True),
        Column("reason", "reason", 30, printed=True),
        Column("goal", "goal", 10, looks=Looks.NUMBER),
        Column("unit", "unit", 14, comes=Comes.NEW),
        Column(
            "source",
            "source",
            20,
            looks=Looks.LINK,
            comes=Comes.NEW,
            choices="source ids",
            free=True,
        ),
        Column("locator", "locator", 16, comes=Comes.NEW),
        Column("summary", "summary", 44, comes=Comes.EMPTY),
        Column("note", "note", 36, comes=Comes.EMPTY),
        Column("term", looks=Looks.HIDDEN, comes=Comes.NOT),
        Column("statements", looks=Looks.HIDDEN, comes=Comes.NOT),
        Column("mark", looks=Looks.HIDDEN, comes=Comes.NOT),
    ),
)
STATEMENTS = Sheet(
    key="statements",
    name="moves and news",
    frozen=2,
    told_by=frozenset({"id", "what", "on", "announced", "sources"}),
    columns=(
        Column("id", "id", 14, looks=Looks.ID, comes=Comes.NEW, choices="milestone ids"),
        Column("title", "milestone", 34, comes=Comes.NEW, printed=True),
        Column("what", "what", 16, comes=Comes.NEW, choices="whats", printed=True),
        Column("on", "date", 19, looks=Looks.DATE, comes=Comes.NEW, printed=True),
        Column("found", "found", 14, comes=Comes.NEW, choices="found", printed=True),
        Column("number", "number", 10, looks=Looks.NUMBER, comes=Comes.NEW, printed=True),
        Column("says", "says", 44, comes=Comes.NEW, printed=True),
        Column("by", "looked", 18, comes=Comes.NEW, printed=True),
        Column(
            "bodies", "answers now", 22, comes=Comes.NEW, choices="bodies", free=True, printed=True
        ),
        Column("instead", "instead", 20, comes=Comes.NEW, choices="milestone ids", printed=True),
        Column("announced", "announced", 13, looks=Looks.DATE, comes=Comes.NEW, printed=True),
        Column(
            "sources", "sources", 22, comes=Comes.NEW, choices="source ids", free=True, printed=True
        ),
        Column("note", "note", 36, comes=Comes.NEW),
        Column("mark", looks=Looks.HIDDEN, comes=Comes.NOT),
    ),
)
SOURCES = Sheet(
    key="sources",
    name="sources",
    frozen=2,
    told_by=frozenset({"id", "title", "published", "seen"}),
    columns=(
        Column("id", "id", 22, looks=Looks.ID, comes=Comes.NEW, printed=True),
        Column("title", "title", 50, comes=Comes.NEW, printed=True),
        Column("kind", "document", 20, comes=Comes.NEW, choices="documents", printed=True),
        Column("by", "written by", 26, comes=Comes.NEW, choices="bodies", printed=True),
        Column("published", "published", 16, looks=Looks.DATE, comes=Comes.NEW, printed=True),
        Column("seen", "read on", 13, looks=Looks.DATE, comes=Comes.NEW, printed=True),
        Column("url", "address", 44, looks=Looks.LINK, comes=Comes.NEW, printed=True),
        Column("reference", "reference", 24, comes=Comes.NEW, printed=True),
        Column("archived", "archived", 30, looks=Looks.LINK, comes=Comes.NEW),
        Column("mark", looks=Looks.HIDDEN, comes=Comes.NOT),
    ),
)
SHEETS = (MILESTONES, STATEMENTS, SOURCES)
"""The sheets with records; a page that explains them stands before, the lists stand behind."""

PAGE_MARKER = "workbook.1"
"""What the hidden row of the page begins with; the language and the programme stand behind."""

# --- what the cells say ---------------------------------------------------------------------------

Cell = None | str | int | Decimal | dt.date
Names = Mapping[str, Mapping[str, str]]
"""What a reader calls the items of each list, by their ids."""

READING_WHATS = {"reached": ReadingKind.REACHED, "planned": ReadingKind.PLANNED}
"""What readings are called in the list of what happened."""


def names(programme: Programme, voice: Voice) -> Names:
    """Return the lists from which cells are chosen, as a reader of one language has them."""
    own = {kind.id: voice.line(kind.title) for kind in programme.kinds}
    outcomes = (Status.MET, Status.DROPPED, Status.REPLACED)
    return {
        "measures": _apart({one.id: voice.line(one.title) for one in programme.measures}),
        "kinds": _apart({str(kind): voice.label(kind) for kind in Kind} | own),
        "commitments": {str(word): voice.label(word) for word in Commitment},
        "bodies": _apart({one.id: voice.line(one.name) for one in programme.bodies}),
        "outcomes": {"open": voice.label("open"), **{str(s): voice.label(s) for s in outcomes}},
        "whats": {
            **{str(what): voice.label(f"what {what}") for what in What if what != What.READING},
            **{kind: voice.label(f"what {kind}") for kind in READING_WHATS},
        },
        "found": {str(word): voice.label(f"found {word}") for word in Found},
        "documents": {str(kind): voice.label(f"document {kind}") for kind in SourceKind},
        "clusters": _apart({one.id: voice.line(one.title) for one in programme.clusters}),
        "sectors": _apart({one.id: voice.line(one.title) for one in programme.sectors}),
    }


def _apart(called: Mapping[str, str]) -> dict[str, str]:
    """Return what records are called, with the ids of those that have one name."""
    ids: dict[str, list[str]] = {}
    for id_, name in called.items():
        ids.setdefault(bare(name), []).append(id_)
    return {
        id_: f"{name} ({id_})" if len(ids[bare(name)]) > 1 else name for id_, name in called.items()
    }


_JOINT = "; "
FIRST_DAY = dt.date(1900, 3, 1)
"""The first day that every spreadsheet program takes for the same one."""
_YEAR = re.compile(r"[1-9][0-9]{3}")


def date_cell(date: PolicyDate | None, voice: Voice) -> Cell:
    """Return a date as a cell has it: a day, a year, or words of the reader's language."""
    if date is None:
        return None
    if date.edtf is not None:
        if date.is_exact and date.latest is not None:
            return _day_cell(date.latest)
        if _YEAR.fullmatch(date.edtf):
            return int(date.edtf)
        words = date.in_language(voice.language)
        if words not in {"", date.edtf} and not voice.quoted(date):
            return words
    return voice.date(date)


def _day_cell(day: dt.date | None) -> Cell:
    return day if day is None or day >= FIRST_DAY else day.isoformat()


def _text(texts: Texts | None, voice: Voice) -> str | None:
    return None if texts is None else voice.text(texts)


def _ids(records: Iterable[Source]) -> str:
    return _JOINT.join(record.id for record in records)


def milestone_cells(milestone: Milestone, called: Names, voice: Voice) -> dict[str, Cell]:
    """Return what the cells of a milestone say, by the keys of their columns."""
    number, outcome, due = milestone.number, milestone.outcome, milestone.in_force
    return {
        "id": milestone.full_id,
        "code": milestone.code,
        "title": voice.line(milestone.title),
        "measure": called["measures"][milestone.measure.id],
        "kind": called["kinds"][str(milestone.kind)],
        "commitment": called["commitments"][milestone.commitment],
        "promised": date_cell(milestone.due, voice),
        "due": date_cell(due, voice),
        "bodies": _JOINT.join(called["bodies"][body.id] for body in milestone.bodies) or None,
        "outcome": called["outcomes"][outcome.status if outcome else "open"],
        "on": date_cell(outcome.on, voice) if outcome else None,
        "reason": _text(reason(outcome), voice),
        "goal": milestone.goal_by(dt.date.max),
        "unit": _text(number.unit if number else None, voice),
        "source": _ids(milestone.sources),
        "locator": milestone.locator,
        "summary": _text(milestone.summary, voice),
        "note": _text(milestone.note, voice),
        "term": _day_cell(due.latest) if due else None,
        "statements": " ".join(key for key, _ in statements(milestone)) or None,
    }


def reason(outcome: Outcome | None) -> Texts | None:
    return outcome.reason if isinstance(outcome, Dropped | Replaced) else None


Statement = Revision | News | Outcome | Reading


def statements(milestone: Milestone) -> Iterator[tuple[str, Statement]]:
    """Yield what became of a milestone, each statement behind what it is called in the workbook.

    Each stays called so: what is added later stands behind those of its sort.
    """
    readings = milestone.number.readings if milestone.number else ()
    sorts: dict[str, tuple[Statement, ...]] = {
        "revised": milestone.revisions,
        "news": milestone.news,
        "reading": readings,
    }
    for sort, found in sorts.items():
        for number, statement in enumerate(found, 1):
            yield f"{sort}-{number}", statement
    for outcome in milestone.outcomes:
        yield str(outcome.status), outcome


def statement_cells(
    milestone: Milestone, statement: Statement, called: Names, voice: Voice
) -> dict[str, Cell]:
    """Return what the cells of a statement say."""
    return {
        "id": milestone.full_id,
        "title": voice.line(milestone.title),
        **_told(statement, called, voice),
        "sources": _ids(statement.sources) or None,
        "note": _text(statement.note, voice),
    }


def _told(statement: Statement, called: Names, voice: Voice) -> dict[str, Cell]:
    whats = called["whats"]
    match statement:
        case Revision():
            bodies = statement.bodies
            nobody = None if bodies is None else voice.label("nobody")
            return {
                "what": whats[What.MOVED],
                "on": date_cell(statement.due, voice),
                "number": statement.goal,
                "says": _text(statement.reason, voice),
                "bodies": _JOINT.join(called["bodies"][one.id] for one in bodies or ()) or nobody,
                "announced": _day_cell(statement.announced),
            }
        case News():
            return {
                "what": whats[What.NEWS],
                "on": _day_cell(statement.on),
                "found": called["found"][statement.found],
                "says": _text(statement.says, voice),
                "by": statement.by,
            }
        case Reading():
            return {
                "what": whats[str(statement.kind)],
                "on": date_cell(statement.on, voice),
                "number": statement.value,
            }
    return {
        "what": whats[statement.status],
        "on": date_cell(statement.on, voice),
        "says": _text(reason(statement), voice),
        "instead": statement.by if isinstance(statement, Replaced) else None,
    }


def source_cells(source: Source, called: Names, voice: Voice) -> dict[str, Cell]:
    """Return what the cells of a source say."""
    return {
        "id": source.id,
        "title": voice.line(source.title),
        "kind": called["documents"][source.kind],
        "by": called["bodies"][source.by.id] if source.by else None,
        "published": date_cell(source.published, voice),
        "seen": _day_cell(source.seen),
        "url": source.url,
        "reference": source.reference,
        "archived": source.archived,
    }


def example_cells(called: Names, voice: Voice) -> dict[str, list[Mapping[str, Cell]]]:
    """Return rows that show how it is done, which the import leaves out."""
    here = voice.label("example")
    milestone = {
        "id": here,
        "measure": next(iter(called["measures"].values()), voice.label("measure")),
        "outcome": called["outcomes"]["open"],
    }
    report = voice.label("example report")
    season = PolicyDate("2027-23")
    return {
        MILESTONES.key: [
            {
                **milestone,
                "title": report,
                "kind": called["kinds"][Kind.REPORT],
                "commitment": called["commitments"][Commitment.PLANNED],
                "due": voice.said(season),
            },
            {
                **milestone,
                "title": voice.label("example law"),
                "kind": called["kinds"][Kind.ENTRY_INTO_FORCE],
                "commitment": called["commitments"][Commitment.DEADLINE],
                "due": dt.date(2027, 7, 1),
            },
        ],
        STATEMENTS.key: [
            {
                "id": here,
                "title": report,
                "what": called["whats"][What.MOVED],
                "on": voice.said(PolicyDate("2028-21")),
                "says": voice.label("example reason"),
            }
        ],
        SOURCES.key: [],
    }


# --- marks ----------------------------------------------------------------------------------------

LONGEST_TEXT = 32_767
"""How much a cell holds, in units of UTF-16 (ECMA-376, part 1, and every spreadsheet program)."""
MOST_DIGITS = 15
"""How many digits of a number a spreadsheet keeps."""
# What XML cannot say (XML 1.0, 2.2), and what it says as a line break.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def fits(text: str) -> bool:
    """Whether a text can stand in a cell as it is."""
    if len(text) > LONGEST_TEXT // 2:
        beyond = sum(character > "\uffff" for character in text)
        if len(text) + beyond > LONGEST_TEXT:
            return False
    return text.isprintable() or not _UNSAYABLE.search(text)


def is_a_number(value: int | Decimal) -> bool:
    """Whether a spreadsheet keeps a number as it is."""
    return len(Decimal(value).normalize().as_tuple().digits) <= MOST_DIGITS


def in_cell(value: Cell, voice: Voice) -> Cell:
    """Return what stands in a cell: the value, its digits, or that it is too long for a cell."""
    if isinstance(value, str) and not fits(value):
        return voice.label("not in a cell")
    if isinstance(value, int | Decimal) and not is_a_number(value):
        return format(Decimal(value), "f")
    return value


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def plain(value: Value) -> str:
    """Return a value as every program gives it back, so that two can be compared."""
    match value:
        case None:
            return ""
        case str():
            if "_x" in value:
                value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
            return " ".join((grid.text(value) or "").split())
        case bool() | Unusable():
            return repr(value)
        case int() | Decimal():
            return format(Decimal(value).normalize() + 0, "f")  # there is a -0
    return value.isoformat()


def checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"


def cell_marks(sheet: Sheet, cells: Mapping[str, Cell]) -> str:
    """Return the mark of each cell of a row, as they stand in it."""
    return " ".join(f"{key}={checksum(plain(cells.get(key)))}" for key in keys_in_sight(sheet))


def row_mark(sheet: Sheet, cells: Mapping[str, Any]) -> str:
    """Return the mark of a row as a whole; what its milestone is called makes no difference."""
    keys = [key for key in keys_in_sight(sheet) if (sheet, key) != (STATEMENTS, "title")]
    return checksum("\x1f".join(plain(cells.get(key)) for key in keys))


@functools.cache
def _keys_in_sight(name: str) -> tuple[str, ...]:
    (sheet,) = (sheet for sheet in SHEETS if sheet.key == name)
    return tuple(column.key for column in sheet.columns if column.looks is not Looks.HIDDEN)


def keys_in_sight(sheet: Sheet) -> tuple[str, ...]:
    """Return the keys of the columns that people see."""
    return _keys_in_sight(sheet.key)
