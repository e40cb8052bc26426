"""Records as programs exchange them (JSON, JSON lines, OData) as tables.

A record has values within values, a table has columns: `{"Persoon": {"Naam": …}}` stands in the
column `Persoon.Naam`. Nothing is left out without a word, and no name stands for two things.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from betatech_milestones.importing.grid import (
    NotATable,
    Table,
    Unusable,
    Value,
    check_size,
    number,
    padded,
    text,
)
from betatech_milestones.model.errors import did_you_mean
from betatech_milestones.model.values import shown

DEEPEST = 20
MOST_NUMBERED = 20
"""How many records within a record have columns of their own."""

Record = Mapping[str, Any]


def read(written: str, at: str | None) -> tuple[Table, ...]:
    """Return the records of a document, below the path at which they stand."""
    headings: dict[str, int] = {}
    rows = []
    for index, record in enumerate(_records(_document(written), at), 1):
        if not isinstance(record, dict):
            raise NotATable(f"record {index} is {shown(record)}, and no object with names")
        cells = {}
        for heading, value in _flat(record, "", 1):
            if heading in cells:
                raise NotATable(f'record {index} has two values for "{heading}"; keep one of them')
            cells[heading] = value
        values: list[Value] = [None] * len(headings)
        for heading, value in cells.items():
            if heading not in headings:
                headings[heading] = len(headings)
                values.append(None)
            values[headings[heading]] = value
        if any(value is not None for value in values):
            rows.append((index, values))
            check_size(len(rows), len(headings))
    names: list[Value] = list(headings)
    listed = [(0, names), *rows] if rows else []
    return (Table(name="", rows=padded(listed, len(headings)), headed=True),)


# --- the document ---------------------------------------------------------------------------------


def _document(written: str) -> Any:
    try:
        return _loaded(written)
    except json.JSONDecodeError as error:
        lines = [
            (number, line) for number, line in enumerate(written.split("\n"), 1) if line.strip()
        ]
        if error.msg != "Extra data" or len(lines) == 1:
            raise _no_json(error, error.lineno) from error
    return [_line(line, number) for number, line in lines]


def _line(written: str, line: int) -> Any:
    try:
        return _loaded(written)
    except json.JSONDecodeError as error:
        raise _no_json(error, line) from error


def _no_json(error: json.JSONDecodeError, line: int) -> NotATable:
    where = f"line {line}, column {error.colno}"
    what = f"{error.msg[:1].lower()}{error.msg[1:]}"
    stands = error.doc[error.pos : error.pos + _QUOTED].partition("\n")[0]
    before = f", before {shown(stands)}" if stands else ""
    return NotATable(f"is no JSON: {where}: {what}{before}; export it again")


_QUOTED = 40


def _loaded(written: str) -> Any:
    try:
        return json.loads(
            written,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
    except RecursionError:
        raise _too_deep() from None


def _number(written: str) -> int | Decimal:
    found = number(written)
    return _no_number(written) if found is None else found


def _no_number(written: str) -> Any:
    raise NotATable(f"has {shown(written)} for a number; write null where there is none")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise NotATable(f"has an object with the name {shown(twice)} twice; keep one of them")
    return found


def _too_deep() -> NotATable:
    return NotATable(
        f"has values nested more than {DEEPEST} deep; give a list of records, "
        "and the path to it where it is not the whole"
    )


# --- where the records are ------------------------------------------------------------------------


def _records(document: Any, at: str | None) -> Sequence[Any]:
    lists = dict(_lists(document, (), 1))
    if at is not None:
        if at in lists:
            return lists[at]
        there = _named(filter(None, lists)) or "none"
        hint = did_you_mean(at, lists) or f"; the lists in it are: {there}"
        raise NotATable(f'has no list at "{at}"{hint}')
    of_records = {path: found for path, found in lists.items() if _holds_records(found)}
    if "" in lists:
        return lists[""]
    match list((of_records or lists).values()):
        case []:
            raise NotATable("has no list of records; give one, with an object for each row")
        case [one]:
            return one
    meant = of_records or lists
    raise NotATable(
        f"has several lists: {_named(meant)}; name the one with the records in the mapping: "
        f'records = "{next(iter(meant))}"'
    )


def _named(paths: Iterable[str]) -> str:
    """Return the paths to lists, and of many no more than the first."""
    named = [f'"{path}"' for path in paths]
    if len(named) > _MOST_NAMED:
        named[_MOST_NAMED:] = [f"{len(named) - _MOST_NAMED} more"]
    return ", ".join(named)


_MOST_NAMED = 20


def _holds_records(found: Sequence[Any]) -> bool:
    return any(isinstance(item, dict) for item in found)


def _lists(value: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[str, Sequence[Any]]]:
    """Find the lists in a document that stand in no other list, and the path to each."""
    if depth > DEEPEST:
        raise _too_deep()
    if isinstance(value, list):
        yield ".".join(path), value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _lists(inner, (*path, name), depth + 1)


# --- a record -------------------------------------------------------------------------------------


def _flat(record: Record, before: str, depth: int) -> Iterator[tuple[str, Value]]:
    """Give each value of a record the name of its column."""
    if depth > DEEPEST:
        raise _too_deep()
    for name, value in record.items():
        heading = f"{before}{text(name) or ''}"
        if isinstance(value, dict):
            yield from _flat(value, f"{heading}.", depth + 1)
        elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
            numbered = {str(at): item for at, item in enumerate(value[:MOST_NUMBERED])}
            yield from _flat(numbered, f"{heading}.", depth + 1)
            if more := len(value[MOST_NUMBERED:]):
                why = f"beyond the {MOST_NUMBERED} that have columns of their own"
                yield f"{heading}.{MOST_NUMBERED}", Unusable(f"{more} more", why)
        else:
            yield heading, _value(value)


def _value(value: Any) -> Value:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_written, value))) or None
    if isinstance(value, str):
        return text(value)
    plain: Value = value
    return plain


def _written(value: Any) -> str | None:
    """Return a value of a list as a text."""
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else text(str(value))
