"""What is typed in a workbook of ours: where its rows are, and what their cells say.

A sheet is known by the hidden row above its headings and, where that is gone, by these, in any of
our languages. Its columns may stand in any order, with others between them.
"""

import contextlib
import datetime as dt
import difflib
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import TypeVar

import attrs

from betatech_milestones.importing import cells
from betatech_milestones.importing.grid import Row, Table, Unusable, Value
from betatech_milestones.importing.names import bare
from betatech_milestones.importing.rows import (
    Place,
    TableProblem,
)
from betatech_milestones.importing.sheets import (
    MILESTONES,
    PAGE_MARKER,
    SHEETS,
    Names,
    Sheet,
    checksum,
    keys_in_sight,
    names,
    plain,
)
from betatech_milestones.language import LANGUAGES
from betatech_milestones.model import values
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.errors import BadValue, did_you_mean
from betatech_milestones.model.records import (
    Milestone,
    Programme,
    Source,
)
from betatech_milestones.voice import Voice

# --- where things stand ---------------------------------------------------------------------------

_SOME = 3
"""So many headings of ours are no accident."""
_HEAD = 10
"""Among so many rows are the headings: a note may have been put above them."""


@attrs.frozen(kw_only=True)
class Line:
    """A row of one of our sheets."""

    sheet: Sheet
    table: Table
    row: Row
    columns: Mapping[str, int]
    headings: Mapping[str, str]
    marks: Mapping[str, str]
    """What stood in each cell; empty for a row that was not written so."""

    def __getitem__(self, key: str) -> Value:
        index = self.columns.get(key)
        return None if index is None else self.row.values[index]

    def has(self, key: str) -> bool:
        """Whether something stands in a cell."""
        return self[key] is not None

    def place(self, key: str) -> Place:
        """Return where a cell is; the row's first for a column that is not there."""
        index = self.columns.get(key, 0)
        cell = self.table.cell(self.row, index)
        return Place(sheet=self.table.name, cell=cell, heading=self.headings.get(key, ""))

    @property
    def places(self) -> Mapping[str, Place]:
        """Where each of its cells is that holds something."""
        return {key: self.place(key) for key in ("id", *self.columns)}

    def is_touched(self, key: str) -> bool:
        """Whether a cell is not as it was written."""
        return key in self.columns and checksum(plain(self[key])) != self.marks.get(key)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the cells that people see."""
        return not any(self.has(key) for key in keys_in_sight(self.sheet))


@functools.cache
def _headings(sheet: Sheet) -> Mapping[str, str]:
    """Return the key of each heading of a sheet, in all languages."""
    labels = {
        bare(Voice(language).label(column.heading)): column.key
        for language in reversed(LANGUAGES)
        for column in sheet.columns
        if column.heading
    }
    hidden = (column for column in sheet.columns if not column.heading)
    return labels | {sheet.marker(column): column.key for column in hidden}


def columns_of(table: Table, sheet: Sheet) -> tuple[int, dict[str, int], dict[str, str]] | None:
    """Return behind how many rows a sheet begins, and its columns with their headings."""
    head = table.rows[:_HEAD]
    markers = {sheet.marker(column): column.key for column in sheet.columns}
    marked = [_keyed(row, markers.get) for row in head]
    above = next((index for index, found in enumerate(marked) if "id" in found), None)
    known = _headings(sheet)
    titled = [
        {} if index == above else _keyed(row, lambda text: known.get(bare(text)))
        for index, row in enumerate(head)
    ]
    top = max(range(len(head)), key=lambda index: len(titled[index]), default=0)
    by_marker = {} if above is None else marked[above]
    by_heading = titled[top] if head else {}
    if not by_marker and not sheet.told_by <= by_heading.keys():
        return None
    if above is not None and len(by_heading) < _SOME:  # every heading was worded anew
        top, by_heading = min(above + 1, len(head) - 1), {}
    columns = by_marker | {
        key: index
        for key, index in by_heading.items()
        if key not in by_marker and index not in by_marker.values()
    }
    shown = head[top].values
    headings = {key: str(shown[index] or "") for key, index in columns.items()}
    return top + 1, columns, headings


def _keyed(row: Row, key_of: Callable[[str], str | None]) -> dict[str, int]:
    """Return the columns of a row by the key that its cells stand for, the first of each."""
    found: dict[str, int] = {}
    for index, value in enumerate(row.values):
        if isinstance(value, str) and (key := key_of(value)) is not None:
            found.setdefault(key, index)
    return found


def lines_of(tables: Iterable[Table], sheet: Sheet) -> Iterator[Line]:
    """Yield the rows of a sheet that hold anything."""
    for table in tables:
        if (found := columns_of(table, sheet)) is None:
            continue
        begin, columns, headings = found
        markers = {sheet.marker(column) for column in sheet.columns}
        for row in table.rows[begin:]:
            if not markers.isdisjoint(value for value in row.values if isinstance(value, str)):
                continue  # the hidden row, where it was sorted in among the others
            line = Line(
                sheet=sheet,
                table=table,
                row=row,
                columns=columns,
                headings=headings,
                marks={},
            )
            if not line.is_blank:
                yield attrs.evolve(line, marks=_marks(line))


def _marks(line: Line) -> dict[str, str]:
    """Return what stood in the cells of a row of a milestone, by its mark."""
    mark = line["mark"]
    if line.sheet is not MILESTONES or not isinstance(mark, str):
        return {}
    pairs = (part.partition("=") for part in mark.split())
    return {key: written for key, _, written in pairs}


def page_of(tables: Iterable[Table]) -> tuple[str, str] | None:
    """Return the language and the programme of which the page of a workbook speaks."""
    for table in tables:
        for row in table.rows[:_HEAD]:
            match [value for value in row.values if isinstance(value, str)]:
                case [marker, language, programme, *_] if marker == PAGE_MARKER:
                    return language, programme
    return None


def language_of(tables: Iterable[Table], page: tuple[str, str] | None, programme: Programme) -> str:
    """Return the language of a workbook: as its page has it, or as most of its headings are."""
    if page is not None and values.is_language(page[0]):
        return page[0]
    written = {
        bare(value)
        for table in tables
        for row in table.rows[:_HEAD]
        for value in row.values
        if isinstance(value, str)
    }

    def agrees(language: str) -> int:
        labels = Voice(language).label
        columns = chain.from_iterable(sheet.columns for sheet in SHEETS)
        return sum(bare(labels(one.heading)) in written for one in columns if one.heading)

    best = max(LANGUAGES, key=agrees)
    return best if agrees(best) > agrees(programme.language) else programme.language


# --- what is typed --------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Reader:
    """What is known while a workbook is read, and what was wrong so far."""

    programme: Programme
    voice: Voice
    called: Names
    meant: Mapping[str, Mapping[str, str]]
    """The id of each item of a list, by everything that it may be called."""
    milestones: Mapping[str, Milestone]
    """By their full ids, those of old too."""
    titled: Mapping[str, Sequence[Milestone]]
    sources: tuple[Source, ...]
    problems: list[TableProblem] = attrs.field(factory=list)

    def refuse(self, line: Line, key: str, message: str) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(TableProblem(line.place(key), message))


def reader_of(programme: Programme, language: str) -> Reader:
    milestones = {
        id_: milestone
        for milestone in programme.milestones
        for id_ in (*milestone.formerly, milestone.full_id)
    }
    titled: dict[str, list[Milestone]] = {}
    for milestone in programme.milestones:
        for title in {bare(title) for _, title in milestone.title.pairs}:
            titled.setdefault(title, []).append(milestone)
    return Reader(
        programme=programme,
        voice=Voice(language),
        called=names(programme, Voice(language)),
        meant=_meant(programme, language),
        milestones=milestones,
        titled=titled,
        sources=programme.sources,
    )


def _meant(programme: Programme, language: str) -> dict[str, dict[str, str]]:
    meant: dict[str, dict[str, str]] = {}
    for spoken in (*LANGUAGES, language):  # the last word has the workbook's own
        for key, called in names(programme, Voice(spoken)).items():
            found = meant.setdefault(key, {})
            found.update({bare(name): id_ for id_, name in called.items()})
    meant["bodies"] |= {body.id: body.id for body in programme.bodies}
    meant["measures"] |= {measure.id: measure.id for measure in programme.measures}
    return meant


Typed = TypeVar("Typed")


def typed_in(
    reader: Reader, line: Line, key: str, read: Callable[[Reader, Value], Typed]
) -> Typed | None:
    """Return what stands in a cell; None where it is empty, or wrong: then that is noted."""
    value = line[key]
    if value is None:
        return None
    if isinstance(value, Unusable):
        reader.refuse(line, key, f"{value.shown}: {value.why}")
        return None
    try:
        return read(reader, value)
    except ValueError as error:
        reader.refuse(line, key, str(error))
        return None


def read_prose(_reader: Reader, value: Value) -> str:
    return values.prose(value if isinstance(value, str) else plain(value))


def read_line(reader: Reader, value: Value) -> str:
    return values.line(read_prose(reader, value))


_TYPED_YEARS = range(1900, 2101)
_DAY_ZERO = dt.date(1899, 12, 30)


def read_date(reader: Reader, value: Value) -> PolicyDate:
    """Read a date in the language of the programme, and else in that of the workbook."""
    if isinstance(value, dt.date) and (value - _DAY_ZERO).days in _TYPED_YEARS:
        year = (value - _DAY_ZERO).days
        raise ValueError(
            f"{value} is what becomes of the year {year} in a cell for days; "
            f"write the year as a text, '{year}"
        )
    conventions = reader.programme.conventions
    try:
        found = cells.date(value, cells.Manner(conventions=conventions))
    except ValueError:
        spoken = attrs.evolve(conventions, language=reader.voice.spoken)
        if spoken != conventions and isinstance(value, str):
            with contextlib.suppress(ValueError):  # it is told in the language of the programme
                return PolicyDate.parse(value, spoken)
        raise
    if found is None:
        raise ValueError(f"{values.shown(str(value))} names no date; write one, or empty the cell")
    return found


def read_day(reader: Reader, value: Value) -> dt.date:
    found = read_date(reader, value)
    if not found.is_exact or found.latest is None:
        raise ValueError(f'"{found}" is more than one day; write the day, such as 2014-09-01')
    return found.latest


def read_number(_reader: Reader, value: Value) -> int | Decimal:
    written = int(value) if isinstance(value, str) and value.isdecimal() else value
    try:
        return values.number(written)
    except BadValue:
        shown = values.shown(value)
        raise ValueError(f"{shown} is no number from 0 up; write it in digits alone") from None


def read_word(key: str) -> Callable[[Reader, Value], str]:
    """Read what is one item of a list."""

    def read(reader: Reader, value: Value) -> str:
        if (found := reader.meant[key].get(bare(plain(value)))) is not None:
            return found
        raise ValueError(f"{values.shown(value)} is not on the list{list_hint(reader, key, value)}")

    return read


def list_hint(reader: Reader, key: str, value: Value) -> str:
    known = reader.called[key].values()
    return did_you_mean(plain(value), known) or f"; choose one of {', '.join(known) or 'none'}"


_BETWEEN = re.compile("[;\n]")


def _parts(value: Value) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(str(value)) if part.strip()]


def read_bodies(reader: Reader, value: Value) -> tuple[str, ...]:
    """Read who answers: ids where they are known, names as they are called where not."""
    written = plain(value)
    if bare(written) in everywhere("nobody"):
        return ()
    whole = reader.meant["bodies"].get(bare(written))
    return (whole,) if whole else tuple(_one_body(reader, part) for part in _parts(value))


def _one_body(reader: Reader, written: str) -> str:
    return reader.meant["bodies"].get(bare(written)) or new_name(reader, "bodies", written)


def new_name(reader: Reader, key: str, written: str) -> str:
    """Return the name of something new; one that is all but that of another may be a slip."""
    known = {bare(name): name for name in reader.called[key].values()}
    for near in difflib.get_close_matches(bare(written), known, n=1, cutoff=_ALL_BUT_THE_SAME):
        raise ValueError(
            f'"{written}" is not on the list; did you mean "{known[near]}"? '
            "if it is another one, add it to the data file first"
        )
    return written


_ALL_BUT_THE_SAME = 0.9


@functools.cache
def everywhere(label: str) -> frozenset[str]:
    """Return one of our words in every language."""
    return frozenset(bare(Voice(language).label(label)) for language in LANGUAGES)


def read_source_ids(reader: Reader, value: Value) -> tuple[str, ...]:
    """Read which sources say so, by their ids or their titles."""
    known = {source.id: source.id for source in reader.sources}
    titles = {
        bare(title): source.id for source in reader.sources for _, title in source.title.pairs
    }
    found = []
    for part in _parts(value):
        id_ = known.get(part) or titles.get(bare(part))
        if id_ is None:
            hint = did_you_mean(part, known) or "; add it to the sheet of sources first"
            raise ValueError(f'there is no source "{part}"{hint}')
        found.append(id_)
    return tuple(dict.fromkeys(found))


def read_full_id(reader: Reader, value: Value) -> str:
    found = reader.milestones.get(plain(value))
    if found is not None:
        return found.full_id
    hint = did_you_mean(plain(value), reader.milestones) or "; choose one of the list"
    raise ValueError(f"no milestone {values.shown(value)}{hint}")
