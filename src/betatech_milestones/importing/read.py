"""Tables and their mapping to what each row says.

An edition that says what the one before it said is most of a history, so a reader remembers the
rows that it has read: what a row says depends on nothing but its cells and the headings.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from betatech_milestones.importing import cells, headings
from betatech_milestones.importing.cells import Manner, WrongCellError, written
from betatech_milestones.importing.grid import Row, Table, Unusable, Value
from betatech_milestones.importing.headings import Bound, Layout, NoHeadingsError
from betatech_milestones.importing.mapping import Moment, Outcome, TableMapping
from betatech_milestones.importing.names import bare
from betatech_milestones.importing.rows import (
    MeasureSaid,
    MilestoneRow,
    MilestoneSaid,
    Place,
    ReadingSaid,
    TableProblem,
)
from betatech_milestones.language import lexicon, spoken
from betatech_milestones.model.conventions import NO_CONVENTIONS, Conventions
from betatech_milestones.model.vocabulary import Found, Status

# --- what users call ------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class RowsRead:
    """What an edition of a table says, and what is to be told of it."""

    rows: tuple[MilestoneRow, ...] = ()
    problems: tuple[TableProblem, ...] = ()
    """What cannot be taken over; a row with a problem is not among the rows."""
    notes: tuple[TableProblem, ...] = ()
    """What is no problem, and worth a look: rows left out, hidden rows."""


@attrs.frozen(kw_only=True, eq=False)
class Reader:
    """Reads editions of one table; rows that it has read before cost it next to nothing."""

    mapping: TableMapping
    is_guess: bool = False
    """Whether nobody chose the mapping: then it is told which columns were not read."""
    conventions: Conventions = NO_CONVENTIONS
    """The programme's; what the mapping says goes before it."""
    name: str = "Milestones"
    """What a table is called that has no name: as its file, without the ending.

    A day or a number at its end is that of the edition, and no part of the name.
    """
    _known: dict[tuple[str, tuple[str, ...]], "_Memory"] = attrs.field(factory=dict, repr=False)
    """What was read under the same headings."""

    def read(self, tables: Sequence[Table]) -> RowsRead:
        """Return what the rows say of the one table that the mapping is for."""
        try:
            table, layout = headings.locate(tables, self.mapping, is_guess=self.is_guess)
        except NoHeadingsError as error:
            return RowsRead(problems=(TableProblem(None, str(error)),))
        name = table.name or self._name()
        memory = self._known.setdefault((name, layout.titles), _Memory())
        read = _RowReader(
            mapping=self.mapping,
            layout=layout,
            manner=_manner(self.mapping, self.conventions),
            name=name,
        )
        edition = _Edition(table=table, layout=layout)
        edition.problems += headings.problems(table, layout)
        edition.notes += headings.notes(table, layout)
        edition.notes += headings.unread(layout) if self.is_guess else ()
        edition.notes += [TableProblem(None, table.caution)] if table.caution else ()
        said = [(row, memory.of(row, read)) for row in table.rows[layout.header + 1 :]]
        for row, what in _kept(edition, said):
            _take(edition, row, what, self.mapping)
        return RowsRead(
            rows=tuple(_joined(edition)),
            problems=tuple(edition.problems),
            notes=tuple(edition.notes),
        )

    def _name(self) -> str:
        """Return what a table is called as its file is, whatever stands in the name of that."""
        name = headings.shown(self.name)
        return _EDITION.sub("", name) or name or _NAMELESS


_NAMELESS = "Milestones"
_EDITION = re.compile(r"[\s_.(-]+v?[0-9][0-9\s_.-]*\)?$")


def _manner(mapping: TableMapping, programme: Conventions) -> Manner:
    language = mapping.language or programme.language
    return Manner(
        conventions=attrs.evolve(
            programme,
            language=language,
            date_order=mapping.date_order or programme.date_order,
            fiscal_year=mapping.fiscal_year or programme.fiscal_year,
        ),
        decimal=mapping.decimal or lexicon(spoken(language or "")).decimal,
        nones=frozenset(text for text in mapping.none if not text.endswith("*")),
        beginnings=tuple(text[:-1] for text in mapping.none if text.endswith("*")),
    )


# --- what a row says ------------------------------------------------------------------------------

_Wrong = tuple[int, str]
"""The column of what cannot be read, and why."""


@attrs.frozen(kw_only=True)
class _Said:
    """What a row says, wherever it stands."""

    milestones: tuple[MilestoneSaid, ...] = ()
    columns: tuple[dict[str, int], ...] = ()
    """The column of each key, for each of the milestones."""
    measure: str = ""
    """What its measure is called, bare: two that differ are not to make one id."""
    wrong: tuple[_Wrong, ...] = ()
    unused: tuple[int, ...] = ()
    """The columns of days on which something ended that has not ended."""
    is_empty: bool = False
    """Whether nothing stands in the columns that are used."""
    is_heading: bool = False
    """Whether it has the headings once more."""
    only: str | None = None
    """All that stands in it, where that is in one cell, or the same in several."""
    is_title: bool = False
    """Whether that is, in one cell, where a title stands."""


@attrs.frozen(eq=False)
class _Memory:
    """What was read of rows, by their cells and the types of those: to Python, 1 equals True."""

    said: dict[tuple[object, ...], _Said] = attrs.field(factory=dict)

    def of(self, row: Row, read: Callable[[tuple[Value, ...]], _Said]) -> _Said:
        """Return what a row says."""
        key = (row.values, tuple(map(type, row.values)))
        found = self.said.get(key)
        if found is None:
            found = self.said[key] = read(row.values)
        return found


_READ: Mapping[str, Callable[[Value, Manner], Any]] = {
    **dict.fromkeys(("id", "code", "title", "cluster", "locator", "unit"), cells.line),
    **dict.fromkeys(("summary", "note", "reason", "says"), cells.prose),
    "kind": cells.word,
    "commitment": cells.commitment,
    "outcome": cells.outcome,
    **dict.fromkeys(("due", "on", "reading.on"), cells.date),
    **dict.fromkeys(("goal", "baseline", "reading.value"), cells.number),
}
"""How the cells of a key are read; those of `bodies` and `sectors` hold several."""
_CHOICES = frozenset({"kind", "commitment", "outcome"})
"""Of these, a word that the mapping lacks is a problem; of others it is as good as ours."""
_ENDED = {Outcome.MET: Status.MET, Outcome.DROPPED: Status.DROPPED}
_FOUND = {
    Outcome.UNDER_WAY: Found.UNDER_WAY,
    Outcome.PARTLY: Found.PARTLY,
    Outcome.NOT_DONE: Found.NOT_DONE,
    Outcome.NOTHING: Found.NOTHING,
}


@attrs.define
class _Keys:
    """What was read of some keys of a row."""

    said: dict[str, Any] = attrs.field(factory=dict)
    columns: dict[str, int] = attrs.field(factory=dict)
    wrong: list[_Wrong] = attrs.field(factory=list)
    unused: list[int] = attrs.field(factory=list)

    def need(self, key: str, message: str) -> None:
        """Note that a key says nothing, where nothing else is wrong with it."""
        column = self.columns.get(key, 0)
        if key not in self.said and column not in dict(self.wrong):
            self.wrong.append((column, message))


@attrs.frozen(kw_only=True, eq=False)
class _RowReader:
    """Reads the rows of a table."""

    mapping: TableMapping
    layout: Layout
    manner: Manner
    name: str
    """What the measure is called of rows that name none."""
    used: Mapping[int, str] = attrs.field(init=False)
    """The plain headings of the columns that are used."""
    titles: frozenset[int] = attrs.field(init=False)
    """Those of titles."""

    @used.default
    def _used(self) -> Mapping[int, str]:
        columns = {column for bound in self.layout.bounds for column in bound.columns}
        return {column: headings.plain(self.layout.titles[column]) for column in sorted(columns)}

    @titles.default
    def _titles(self) -> frozenset[int]:
        titles = (bounds["title"] for bounds in self.layout.moments)
        return frozenset(column for bound in titles for column in bound.columns)

    def __call__(self, values: tuple[Value, ...]) -> _Said:
        """Return what the cells of a row say."""
        filled = [column for column in self.used if values[column] is not None]
        if not filled:
            return _Said(is_empty=True)
        if self._is_heading(values, filled):
            return _Said(is_heading=True)
        all_filled = [column for column, value in enumerate(values) if value is not None]
        only = None
        if len({values[column] for column in all_filled}) == 1:
            only = headings.shown(values[all_filled[0]])
        is_title = len(all_filled) == 1 and all_filled[0] in self.titles
        measure, name, wrong = self._measure(values)
        milestones, columns, unused = [], [], []
        for moment, bounds in zip(self.mapping.milestones, self.layout.moments, strict=True):
            keys = self._keys(bounds, values)
            milestones.append(self._milestone(moment, bounds, keys, measure, values))
            columns.append({"id": min(keys.columns.values(), default=filled[0]), **keys.columns})
            wrong += keys.wrong
            unused += keys.unused
        return _Said(
            milestones=() if wrong else tuple(milestones),
            columns=tuple(columns),
            measure=bare(name),
            wrong=tuple(dict.fromkeys(wrong)),
            unused=tuple(unused),
            only=only,
            is_title=is_title,
        )

    def _is_heading(self, values: tuple[Value, ...], filled: Iterable[int]) -> bool:
        return all(
            headings.plain(headings.shown(values[column])) == self.used[column] for column in filled
        )

    def _measure(self, values: tuple[Value, ...]) -> tuple[MeasureSaid, str, list[_Wrong]]:
        """Return what a row says of its measure, what that is called, and what is wrong."""
        bounds = self.layout.measure
        keys = self._keys(bounds, values)
        key = "id" if "id" in bounds else "title"
        if key in bounds and not bounds[key].origin.optional:
            keys.need(key, "is empty; it makes the id of the measure")
        named = keys.said.pop("id", None) or keys.said.get("title")
        name = named or self.name
        keys.said.setdefault("title", name)
        said = MeasureSaid(id=cells.identifier(name), is_named=named is not None, **keys.said)
        return said, name, keys.wrong

    def _milestone(
        self,
        moment: Moment,
        bounds: Mapping[str, Bound],
        keys: _Keys,
        measure: MeasureSaid,
        values: tuple[Value, ...],
    ) -> MilestoneSaid:
        """Return what a row says of one of its milestones, and note what is wrong with that."""
        said = keys.said
        keys.need("title", "is empty; every row needs a title")
        if "id" in bounds and not bounds["id"].origin.optional:
            keys.need("id", "is empty; it makes the id of the row")
        name = said.pop("id", None) or said.get("title", "")
        if said.get("summary") == said.get("title"):
            said.pop("summary", None)
        _count(keys, moment)
        _end(keys, values)
        return MilestoneSaid(measure=measure, id=cells.identifier(name), **said)

    # --- keys ---

    def _keys(self, bounds: Mapping[str, Bound], values: tuple[Value, ...]) -> _Keys:
        """Return what the cells say of each key."""
        keys = _Keys()
        for key, bound in bounds.items():
            value, column = self._source(bound, values)
            if column is not None:
                keys.columns[key] = column
            try:
                found = self._understood(key, bound, value)
            except WrongCellError as error:
                keys.wrong.append((keys.columns.get(key, 0), str(error)))
            else:
                if found is not None:
                    keys.said[key] = found
        return keys

    def _source(self, bound: Bound, values: tuple[Value, ...]) -> tuple[Value, int | None]:
        """Return the first that says something of the cells from which a key may come."""
        if bound.origin.always is not None:
            return bound.origin.always, None
        for pattern, columns in bound.alternatives:
            says = []
            for column in columns:
                value = values[column]
                if isinstance(value, Unusable):
                    return value, column
                says.append(self._says(value, bound))
            if not all(says):
                continue
            if pattern.is_cell:
                return values[columns[0]], columns[0]
            read = tuple(written(values[column]) for column in columns)
            return pattern.filled(read), columns[0]
        return None, next(bound.columns, None)

    def _says(self, value: Value, bound: Bound) -> bool:
        """Whether a cell says something: a dash does where the mapping has it among the words."""
        if bound.words and value is not None and bare(written(value)) in bound.words:
            return True
        return not cells.says_nothing(value, self.manner)

    def _understood(self, key: str, bound: Bound, value: Value) -> Any:
        """Return what a cell says of a key, in the words of the model; None for nothing."""
        if bound.words:
            text = written(value)
            ours = bound.words.get(bare(text))
            if ours is None and key in _CHOICES and value is not None:
                raise cells.unknown(text, bound.origin.words or ())
            value = value if ours is None else ours
        if value is None:
            return None
        if key in _READ:
            return _READ[key](value, self.manner)
        return cells.several(value, bound.origin.split)


def _count(keys: _Keys, moment: Moment) -> None:
    """Put together what is counted; a number of nothing is none.

    Registers write 0 beside what they do not count.
    """
    said = keys.said
    value, day = said.pop("reading.value", None), said.pop("reading.on", None)
    if "unit" not in said:
        value = said["goal"] = said["baseline"] = None
    if value is not None and day is not None:
        said["reading"] = ReadingSaid(on=day, value=value, kind=moment.reading)
        keys.columns["reading"] = keys.columns["reading.value"]


def _end(keys: _Keys, values: tuple[Value, ...]) -> None:
    """Put together how it stands: a day on which it was done, and no status, mean that it was."""
    said = keys.said
    on = said.pop("on", None)
    outcome = said.pop("outcome", Outcome.OPEN if on is None else Outcome.MET)
    said["outcome"], said["found"] = _ENDED.get(outcome), _FOUND.get(outcome)
    if said["outcome"] is not None:
        said["on"] = on
    elif on is not None:
        keys.unused.append(keys.columns["on"])
    if said["found"] is not None and "outcome" in keys.columns:
        said.setdefault("says", written(values[keys.columns["outcome"]]))


# --- while an edition is read ---------------------------------------------------------------------


@attrs.frozen
class _Taken:
    """A milestone that a row says, and the row."""

    said: MilestoneSaid
    row: Row
    columns: dict[str, int]


@attrs.define(kw_only=True)
class _Edition:
    """An edition while it is read, row by row."""

    table: Table
    layout: Layout
    problems: list[TableProblem] = attrs.field(factory=list)
    notes: list[TableProblem] = attrs.field(factory=list)
    measures: dict[str, tuple[MeasureSaid, str, Place]] = attrs.field(factory=dict)
    """Each measure as it is told first, by its id."""
    taken: dict[str, list[_Taken]] = attrs.field(factory=dict)
    """By what no two of them are to have: the full id, or the id alone across measures."""
    told: set[str] = attrs.field(factory=set)
    """The ids of the measures of which it was told that rows differ."""

    def place(self, row: Row, column: int) -> Place:
        """Return where a cell is."""
        heading = "" if self.table.headed else headings.cut(self.layout.titles[column])
        return Place(self.table.name, self.table.cell(row, column), heading)

    def tell(self, message: str) -> None:
        """Note something about the table as a whole."""
        where = f'sheet "{self.table.name}": ' if self.table.name else ""
        self.notes.append(TableProblem(None, f"{where}{message}"))


@attrs.frozen
class _Places(Mapping[str, Place]):
    """The cell of each key: most are never asked for."""

    edition: _Edition = attrs.field(repr=False)
    row: Row
    columns: Mapping[str, int]

    def __getitem__(self, key: str) -> Place:
        return self.edition.place(self.row, self.columns[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


# --- rows that are left out -----------------------------------------------------------------------

_FOOTNOTE = re.compile(
    r"\*|(?:bron|source|quelle|fonte|note|nota|noot|remarque|opmerking|anmerkung|hinweis|totaal"
    r"|total|totale|gesamt|summe)\b",
    re.IGNORECASE,
)


def _kept(edition: _Edition, said: Sequence[tuple[Row, _Said]]) -> Iterator[tuple[Row, _Said]]:
    """Yield the rows that are to be read, and tell of the others."""
    left_out: dict[str, list[Row]] = {}
    kept: list[tuple[Row, _Said]] = []
    full = [at for at, (_, what) in enumerate(said) if what.only is None and not what.is_empty]
    last = full[-1] if full and not edition.table.headed else len(said)
    is_apart = False
    for at, (row, what) in enumerate(said):
        is_apart = at > last and (is_apart or row.number > said[at - 1][0].number + 1)
        if what.is_empty:
            left_out.setdefault("nothing stands in the columns that are used", []).append(row)
        elif what.is_heading:
            left_out.setdefault("the headings stand there once more", []).append(row)
        elif not edition.table.headed and _is_remark(what, is_below=at > last, is_apart=is_apart):
            left_out.setdefault(f'nothing but "{_cut(what.only or "")}" stands there', []).append(
                row
            )
        else:
            kept.append((row, what))
            yield row, what
    for why, rows in left_out.items():
        edition.tell(f"{_numbers(rows)} left out: {why}")
    undone = [(row, what.unused[0]) for row, what in kept if what.unused]
    if undone:
        title = edition.layout.titles[undone[0][1]]
        which = _numbers([row for row, _ in undone])
        edition.tell(f'{which} read without "{title}": no status says that there was an end')
    if hidden := [row for row, _ in kept if row.hidden]:
        edition.tell(f"{_numbers(hidden)} hidden, and read all the same")


def _is_remark(what: _Said, *, is_below: bool, is_apart: bool) -> bool:
    """Whether a row is a note or a heading within the table: all its cells say is one thing.

    A title alone is a promise without a date, unless it stands below the table.
    """
    if what.only is None:
        return False
    is_footnote = is_apart or _FOOTNOTE.match(what.only) is not None
    return not what.is_title or (is_below and is_footnote)


_MOST_NUMBERS = 5


def _numbers(rows: Sequence[Row]) -> str:
    """Return which rows are meant, with the verb: "rows 3, 5 and 8 were"."""
    named = [str(row.number) for row in rows[:_MOST_NUMBERS]]
    if len(rows) > _MOST_NUMBERS:
        named.append(f"{len(rows) - _MOST_NUMBERS} more")
    if len(named) == 1:
        return f"row {named[0]} was"
    return f"rows {', '.join(named[:-1])} and {named[-1]} were"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTED else f"{text[: _LONGEST_QUOTED - 1].rstrip()}…"


_LONGEST_QUOTED = 60

# --- rows that are kept ---------------------------------------------------------------------------


def _take(edition: _Edition, row: Row, what: _Said, mapping: TableMapping) -> None:
    """Take over what a row says, or why that cannot be."""
    if what.wrong:
        edition.problems += [
            TableProblem(edition.place(row, column), message) for column, message in what.wrong
        ]
        return
    for moment, said, columns in zip(
        mapping.milestones, what.milestones, what.columns, strict=True
    ):
        measure = _measure(edition, row, columns["id"], said.measure, what.measure)
        if measure is None:
            return
        if measure is not said.measure:
            said = attrs.evolve(said, measure=measure)  # noqa: PLW2901  the same, put right
        key = said.id if moment.in_several_measures else said.full_id
        edition.taken.setdefault(key, []).append(_Taken(said, row, columns))


def _measure(
    edition: _Edition, row: Row, column: int, said: MeasureSaid, name: str
) -> MeasureSaid | None:
    """Return a measure as the table tells it first; None where another makes the same id."""
    if said.id not in edition.measures:
        edition.measures[said.id] = said, name, edition.place(row, column)
    known, known_name, where = edition.measures[said.id]
    if name != known_name:
        message = (
            f'its measure "{name}" makes the same id as "{known_name}" ({where}): "{said.id}"; '
            "write both in one way, or make the id of more columns in the mapping"
        )
        edition.problems.append(TableProblem(edition.place(row, column), message))
        return None
    if said != known and said.id not in edition.told:
        edition.told.add(said.id)
        bounds = edition.layout.measure
        fields = [field for field in _differing(said, known) if field in bounds]
        if fields:  # a title that is the id, in other capitals, is none
            titles = _quoted(edition.layout.titles[next(bounds[one].columns)] for one in fields)
            message = f'its measure "{said.id}" stays as {where} tells it; they differ in {titles}'
            edition.notes.append(TableProblem(edition.place(row, column), message))
    return known if said != known else said


def _joined(edition: _Edition) -> Iterator[MilestoneRow]:
    """Yield each milestone once, and tell of those that stand there twice."""
    for same in edition.taken.values():
        first, *others = same
        if not others:
            yield MilestoneRow(said=first.said, places=_places(edition, first))
            continue
        differing = [one for one in others if _bare(one.said) != _bare(first.said)]
        if differing:
            edition.problems += [_clash(edition, first, one) for one in differing]
            continue
        measures = {one.said.measure.id: one.said.measure for one in same}
        again = [one.row for one in same if one.said == first.said][1:]
        if again:
            edition.tell(f"{_numbers(again)} left out: row {first.row.number} says the same")
        home, *also = (measures[id_] for id_ in sorted(measures))
        bodies = tuple(dict.fromkeys(body for one in same for body in one.said.bodies or ()))
        joined = attrs.evolve(
            first.said, measure=home, also=tuple(also), bodies=bodies or first.said.bodies
        )
        yield MilestoneRow(said=joined, places=_places(edition, first))


def _places(edition: _Edition, taken: _Taken) -> Mapping[str, Place]:
    return _Places(edition, taken.row, taken.columns)


def _bare(said: MilestoneSaid) -> MilestoneSaid:
    """Return what is said without what may differ from measure to measure."""
    return attrs.evolve(said, measure=_ANY_MEASURE, bodies=None)


_ANY_MEASURE = MeasureSaid(id="")


def _clash(edition: _Edition, first: _Taken, other: _Taken) -> TableProblem:
    where = edition.place(first.row, first.columns["id"])
    here = edition.place(other.row, other.columns["id"])
    fields = _differing(_bare(first.said), _bare(other.said))
    columns = first.columns | other.columns
    status = columns.get("outcome", columns.get("on", columns["id"]))
    titles = [edition.layout.titles[columns.get(field, status)] for field in fields]
    message = (
        f'makes the same id as {where}, "{other.said.id}", and differs in {_quoted(titles)}; '
        "mend one of the two, or make the id of more columns in the mapping"
    )
    return TableProblem(here, message)


def _differing(one: Any, other: Any) -> list[str]:
    """Return the names of the fields in which two records differ."""
    names = [field.name for field in attrs.fields(type(one))]
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in dict.fromkeys(names))
