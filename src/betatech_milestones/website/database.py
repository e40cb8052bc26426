"""A report as one SQLite file: its tables with types, keys and references, for Datasette and SQL.

What a table of the CSV repeats beside an id stands here once, in the table to which the id leads:
Datasette shows the name in place of the id. What a column holds is a comment in the schema, which
every tool shows. The same report gives the same bytes with the same version of SQLite.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from decimal import Decimal
from typing import Any

from betatech_milestones.formats.columns import Column, Row, Table, Type
from betatech_milestones.formats.relations import TABLES

_TYPES = {
    Type.STRING: "TEXT",
    Type.DATE: "TEXT",  # SQLite has no days: its functions read ISO 8601
    Type.INTEGER: "INTEGER",
    Type.NUMBER: "NUMERIC",
    Type.BOOLEAN: "INTEGER",
}


def database(rows: Mapping[str, Iterable[Row]]) -> bytes:
    """Return all tables as an SQLite database, of the rows of each by its name."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for table in TABLES:
            _write(connection, table, rows[table.name])
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        return connection.serialize()


def _write(connection: sqlite3.Connection, table: Table[Any], rows: Iterable[Row]) -> None:
    """Write a table and its rows."""
    kept = [
        (number, _STORED.get(column.type))
        for number, column in enumerate(table.columns)
        if not column.repeated
    ]
    connection.execute(_schema(table))
    places = ", ".join("?" * len(kept))
    statement = f"INSERT INTO {_quoted(table.name)} VALUES ({places})"  # noqa: S608  names of ours
    connection.executemany(
        statement, ([store(row[n]) if store else row[n] for n, store in kept] for row in rows)
    )


def _schema(table: Table[Any]) -> str:
    """Return the statement that makes a table, with what it and its columns hold as comments."""
    key = ", ".join(map(_quoted, table.key))
    inside = "\n".join(
        [*(_line(it) for it in table.columns if not it.repeated), f"  PRIMARY KEY ({key})"]
    )
    return f"CREATE TABLE {_quoted(table.name)} ( -- {table.about}\n{inside}\n) WITHOUT ROWID"


def _line(column: Column[Any]) -> str:
    parts = [_quoted(column.name), _TYPES[column.type]]
    if column.required:
        parts.append("NOT NULL")
    if column.refers_to is not None:
        parts.append(f"REFERENCES {_quoted(column.refers_to)} (id)")
    return f"  {' '.join(parts)}, -- {column.about}"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _text(value: Any) -> str | None:
    """Return a text in which half a character has become a question mark."""
    return None if value is None else value.encode(errors="replace").decode()


def _day(value: Any) -> str | None:
    return None if value is None else value.isoformat()


def _number(value: Any) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


_STORED: Mapping[Type, Callable[[Any], object]] = {
    Type.STRING: _text,
    Type.DATE: _day,
    Type.NUMBER: _number,
}
"""How values are stored that are not stored as they are."""
