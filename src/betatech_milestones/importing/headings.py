"""Where in a table the columns are that a mapping names: which sheet, which row, which of them.

Headings drift from edition to edition: in capitals, accents, spaces and marks, and in their order.
None of that makes a difference here; another word does, and a mapping names those that there are.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from betatech_milestones.importing.grid import Row, Table, Unusable, Value
from betatech_milestones.importing.mapping import Origin, Pattern, TableMapping
from betatech_milestones.importing.names import bare
from betatech_milestones.importing.rows import Place, TableProblem
from betatech_milestones.model.errors import did_you_mean

_ENDS = " \t:;.,*!?"
_MOST_ROWS = 50
"""How far down the headings are looked for, where no row is named."""


@functools.lru_cache(maxsize=8192)  # one edition has the headings of the other
def plain(text: str) -> str:
    r"""Return a heading as it is compared.

    >>> plain("Unità di\xa0 misura_Target *:")
    'unita di misura target'
    """
    letters = _seen(text).replace("_", " ")
    if not letters.isascii():
        marked = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split()).strip(_ENDS)


def shown(value: Value) -> str:
    """Return a heading as a person reads it, in one line."""
    written = value.shown if isinstance(value, Unusable) else value
    return "" if written is None else " ".join(_seen(str(written)).split())


def cut(heading: str) -> str:
    """Return a heading as it is told: whole, unless somebody wrote a paragraph there."""
    return heading if len(heading) <= _LONGEST_TOLD else f"{heading[: _LONGEST_TOLD - 1]}…"


_LONGEST_TOLD = 200


def _seen(text: str) -> str:
    """Return a text without what nobody sees: marks of byte order, soft hyphens, controls."""
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter.isprintable() or letter.isspace())


@attrs.frozen
class Bound:
    """Where a key comes from in a table: the patterns that it has the headings of, with columns."""

    origin: Origin
    alternatives: tuple[tuple[Pattern, tuple[int, ...]], ...]
    words: Mapping[str, str]
    """What each bare text is to us."""

    @property
    def columns(self) -> Iterator[int]:
        """Every column that may be read."""
        return (column for _, columns in self.alternatives for column in columns)

    @property
    def says(self) -> bool:
        """Whether it can say anything."""
        return bool(self.alternatives) or self.origin.always is not None


@attrs.frozen(kw_only=True)
class Layout:
    """The columns of a table, and what each is for."""

    header: int
    """The index of the row with the headings."""
    titles: tuple[str, ...]
    """The headings, as a person reads them."""
    measure: Mapping[str, Bound]
    moments: tuple[Mapping[str, Bound], ...]

    @property
    def bounds(self) -> Iterator[Bound]:
        """Every key of it."""
        for keys in (self.measure, *self.moments):
            yield from keys.values()


def bind(origin: Origin, columns: Mapping[str, int]) -> Bound:
    """Return where a key comes from in a table with these plain headings."""
    return Bound(
        origin,
        tuple(
            (pattern, tuple(columns[plain(heading)] for heading in pattern.headings))
            for pattern in origin.patterns
            if all(plain(heading) in columns for heading in pattern.headings)
        ),
        {bare(theirs): ours for theirs, ours in (origin.words or {}).items()},
    )


# --- the sheet and the row ------------------------------------------------------------------------


class NoHeadingsError(ValueError):
    """No table has what a mapping needs; the message says what is missing."""


@attrs.frozen
class _Candidate:
    """A row of a table that may be the one with the headings."""

    table: Table
    header: int
    columns: Mapping[str, int]
    """The column of each plain heading; of two with the same, the first."""
    is_whole: bool
    """Whether all that is needed is there."""
    fitting: int
    """How many of the headings are in the mapping."""

    @property
    def rank(self) -> tuple[bool, int]:
        return self.is_whole, self.fitting

    def lacks(self, origin: Origin) -> bool:
        """Whether it has none of the headings from which a key must come."""
        return not origin.optional and not bind(origin, self.columns).says


def locate(
    tables: Sequence[Table], mapping: TableMapping, *, is_guess: bool = False
) -> tuple[Table, Layout]:
    """Return the table that a mapping is for, and where its columns are.

    A mapping that is a guess reads one column for each key: of two that may be meant, such as
    "Deadline" and "Date", the first is, and an empty cell of it is no reason to read the other.
    """
    best = [_best(table, mapping) for table in _meant(tables, mapping)]
    found = [candidate for candidate in best if candidate is not None]
    if not found:
        where = "the table" if mapping.header is None else f"row {mapping.header}"
        raise NoHeadingsError(f"{where} is empty; write the headings above the columns")
    whole = [candidate for candidate in found if candidate.is_whole]
    if len(whole) > 1:
        names = _listed(candidate.table.name for candidate in whole)
        raise NoHeadingsError(
            f"the sheets {names} have the same headings; hide those that are not meant, "
            f'or name one in the mapping: sheet = "{whole[0].table.name}"'
        )
    if not whole:
        near = max(found, key=lambda candidate: candidate.fitting)
        origin = next(origin for origin in _needed(mapping) if near.lacks(origin))
        raise NoHeadingsError(_lacking(near.table, near.header, origin))
    [one] = whole
    titles = tuple(shown(value) for value in one.table.rows[one.header].values)

    def bound(keys: Mapping[str, Origin]) -> dict[str, Bound]:
        found = {key: bind(origin, one.columns) for key, origin in keys.items()}
        most = 1 if is_guess else None
        return {
            key: attrs.evolve(each, alternatives=each.alternatives[:most])
            for key, each in found.items()
        }

    return one.table, Layout(
        header=one.header,
        titles=titles,
        measure=bound(mapping.measure),
        moments=tuple(bound(moment.keys) for moment in mapping.milestones),
    )


def _meant(tables: Sequence[Table], mapping: TableMapping) -> Sequence[Table]:
    """Return the tables that a mapping may be for."""
    if not mapping.sheets or not tables:
        return [table for table in tables if not table.hidden] or tables
    names = {plain(name) for name in mapping.sheets}
    meant = [table for table in tables if plain(table.name) in names]
    if not meant:
        there = [table.name for table in tables if table.name]
        hint = did_you_mean(mapping.sheets[0], there) or (
            f"; there are {_listed(there)}"
            if there
            else "; this file has none, so leave sheet out of the mapping"
        )
        raise NoHeadingsError(f"no sheet is called {_listed(mapping.sheets, 'or')}{hint}")
    return meant


def _best(table: Table, mapping: TableMapping) -> _Candidate | None:
    """Return the row of a table that has the headings, or else most of them; None without rows."""
    if table.headed:
        rows = [*enumerate(table.rows[:1])]
    elif mapping.header is not None:
        rows = [(at, row) for at, row in enumerate(table.rows) if row.number == mapping.header]
    else:
        rows = [*enumerate(table.rows[:_MOST_ROWS])]
    known = {plain(heading) for origin in _every(mapping) for heading in origin.headings}
    wanted = [origin for origin in _needed(mapping) if not origin.optional]

    def candidate(at: int, row: Row) -> _Candidate:
        columns: dict[str, int] = {}
        for column, value in enumerate(row.values):
            if name := plain(shown(value)):
                columns.setdefault(name, column)
        is_whole = all(bind(origin, columns).says for origin in wanted)
        return _Candidate(table, at, columns, is_whole, len(known & columns.keys()))

    return max((candidate(at, row) for at, row in rows), key=lambda one: one.rank, default=None)


def _needed(mapping: TableMapping) -> Iterator[Origin]:
    """Yield where that comes from without which a row is no milestone."""
    if mapping.measure:
        yield mapping.measure.get("id") or mapping.measure["title"]
    for moment in mapping.milestones:
        yield moment.keys["title"]
        if "id" in moment.keys:
            yield moment.keys["id"]


def _every(mapping: TableMapping) -> Iterator[Origin]:
    """Yield where everything comes from."""
    for keys in (mapping.measure, *(moment.keys for moment in mapping.milestones)):
        yield from keys.values()


# --- what is to be said of headings ---------------------------------------------------------------


_MOST_NAMES = 5
_MOST_HEADINGS = 12


def _lacking(table: Table, header: int, origin: Origin) -> str:
    """Say that a row has no heading from which a key can come, and what it has."""
    where = f'sheet "{table.name}"' if table.name else "the table"
    there = {plain(name): name for value in table.rows[header].values if (name := shown(value))}
    has = f"; the headings there are {_listed(there.values(), most=_MOST_HEADINGS)}"
    missing = [name for name in dict.fromkeys(origin.headings) if plain(name) not in there]
    if len(missing) > _MOST_NAMES:
        first, *_ = missing
        return (
            f'{where} has no column "{first}", nor one with another of the {len(missing)} names '
            f"for that{has}; rename one of them, or write a mapping, which --sketch begins"
        )
    near = (did_you_mean(plain(name), there) for name in missing)
    if hint := next(filter(None, near), ""):
        [name] = re.findall('"(.*)"', hint)
        has = f'; did you mean "{there[name]}"?'
    return f"{where} has no column {_listed(missing, 'or')}{has}"


def _listed(names: Iterable[str], word: str = "and", *, most: int = _MOST_NAMES) -> str:
    """Return names in quotation marks, the last behind a word; of many no more than the first."""
    listed = [f'"{cut(name)}"' for name in names]
    if len(listed) > most:
        listed[most:] = [f"{len(listed) - most} more"]
    *others, last = listed or ["none"]
    return f"{', '.join(others)} {word} {last}" if others else last


def problems(table: Table, layout: Layout) -> Iterator[TableProblem]:
    """Yield what is wrong with the headings: those that a mapping names and the table lacks."""
    said = set()
    for bound in layout.bounds:
        if bound.says or bound.origin.optional:
            continue
        message = _lacking(table, layout.header, bound.origin)
        if message not in said:
            said.add(message)
            yield TableProblem(None, message)


def unread(layout: Layout) -> Iterator[TableProblem]:
    """Yield that columns were not read by a mapping that is a guess: their headings may be meant.

    What is not known for a date would else be a list without dates, and nobody would see it.
    """
    used = {column for bound in layout.bounds for column in bound.columns}
    rest = [title for at, title in enumerate(layout.titles) if title and at not in used]
    if rest:
        has_dates = any("due" in keys and keys["due"].says for keys in layout.moments)
        yield TableProblem(
            None,
            f"{'' if has_dates else 'no dates were read; '}not read: "
            f"{_listed(rest, most=_MOST_HEADINGS)}; where one is meant, rename it to what it is, "
            'such as "Deadline", or write a mapping, which --sketch begins',
        )


def notes(table: Table, layout: Layout) -> Iterator[TableProblem]:
    """Yield what is to be told of the headings: those that two columns have."""
    names = [plain(title) for title in layout.titles]
    used = {column for bound in layout.bounds for column in bound.columns}
    row = table.rows[layout.header]
    for column in sorted(used):
        if (times := names.count(names[column])) > 1:
            place = Place(table.name, table.cell(row, column), cut(layout.titles[column]))
            yield TableProblem(place, f"{times} columns have this heading; this one is read")
