"""Tables as CSV: for programs, and for people who open it in Excel.

For programs it is RFC 4180, but with line feeds alone, in UTF-8 and every column by its name; with
nothing to report it is the header alone. Excel opens a file by the habits of its reader's country:

- It takes UTF-8 for what it is where the file begins with a byte order mark.
- It splits at the list separator of the country, which is a semicolon where the decimal mark is a
  comma. A first line `sep=;` would tell it, and would make it overlook the byte order mark.
- A number has the decimal mark of the country, or it is read as a day ("1.5" as 1 May) or a text.
- A day as ISO 8601 writes it is read as a day everywhere.
- A code or an id can look like a number or a day ("3.1"): as the text of a formula it stays itself.
- A text that begins as a formula does ("=", "-") is read as one, which may fetch or run what is not
  ours: it stays a text in the same way.
"""

import csv
import datetime as dt
import functools
import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.columns import Column, Row, Table, Telling, Type, Value
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.tables import MILESTONES
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.voice import Voice

Field = str | int | Decimal | dt.date | None

BYTE_ORDER_MARK = "\ufeff"


def as_csv(judgement: Judgement, layout: Layout) -> str:
    """Return the milestones of a report as comma-separated values."""
    telling = Telling(judgement=judgement, voice=layout.voice)
    return as_rows(MILESTONES, MILESTONES.rows(telling))


def as_rows(table: Table[Any], rows: Iterable[Row]) -> str:
    """Return rows of a table for programs, below their header."""
    return header(table) + lines(table, rows)


def header(table: Table[Any]) -> str:
    """Return the header of a table for programs."""
    return _written([[column.name for column in table.columns]])


def lines(table: Table[Any], rows: Iterable[Row]) -> str:
    """Return rows of a table for programs, without the header."""
    truths = [n for n, column in enumerate(table.columns) if column.type is Type.BOOLEAN]
    return _written(_with_truths(rows, truths))


def _with_truths(rows: Iterable[Row], truths: list[int]) -> Iterator[Sequence[Value]]:
    """Yield rows with what is true or false as Table Schema reads it."""
    for row in rows:
        cells = [*row]
        for number in truths:
            cells[number] = str(row[number]).lower()
        yield cells


def for_excel(table: Table[Any], rows: Iterable[Row], telling: Telling) -> str:
    """Return the rows of a report for people: what has a heading, words in place of our keys."""
    voice = telling.voice
    decimal = voice.number(Decimal("0.5"))[1]
    headings = [column.heading(voice) for column in table.columns]
    shown = [number for number, heading in enumerate(headings) if heading is not None]
    columns = [(number, _for_people(table.columns[number], voice, decimal)) for number in shown]
    return BYTE_ORDER_MARK + rows_of(
        (headings[number] for number in shown),
        (
            [told(row[number]) if told else row[number] for number, told in columns]
            for row in table.for_people(rows, telling)
        ),
        separator=";" if decimal == "," else ",",
        line_end="\r\n",
    )


_LONGEST_NUMBER = 20
"""How long a text can be that Excel reads as a number or a day: "30 september 2014"."""
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
"""With what a text begins that Excel reads as a formula; what is no letter it may leave out."""
_LONGEST_QUOTED = 255
"""How long a text in a formula can be; a longer one begins with an apostrophe, which is seen."""


def _for_people(column: Column[Any], voice: Voice, decimal: str) -> Callable[[Value], Value] | None:
    """Return what makes of a value in a column what Excel reads as that; None: nothing need."""

    def number(value: Value) -> Value:
        return f"{value:f}".replace(".", decimal) if isinstance(value, Decimal) else value

    def text(value: Value) -> Value:
        if isinstance(value, str) and value.startswith(_BEGINS_FORMULA):
            return _quoted(value)
        return value

    def code(value: Value) -> Value:
        if isinstance(value, str) and len(value) <= _LONGEST_NUMBER and _has_digit(value):
            return _quoted(value)
        return text(value)

    if column.type is Type.NUMBER:
        return number
    if column.is_code:
        return code
    if column.told:
        return functools.partial(column.in_words, voice=voice)
    return text if column.type is Type.STRING else None


def _quoted(text: str) -> str:
    """Return what Excel reads as a text, whatever it begins with."""
    if len(text) > _LONGEST_QUOTED:
        return f"'{text}"
    text = text.replace('"', '""')
    return f'="{text}"'


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def rows_of(
    columns: Iterable[str | None],
    rows: Iterable[Iterable[Field]],
    *,
    separator: str = ",",
    line_end: str = "\n",
) -> str:
    """Return rows below their header."""
    return _written(itertools.chain([columns], rows), separator, line_end)


def _written(rows: Iterable[Iterable[Field]], separator: str = ",", line_end: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def date_fields(date: PolicyDate | None) -> tuple[Field, ...]:
    """Return the four fields of a date: words, EDTF, first and last day."""
    return (date.words, date.edtf, date.earliest, date.latest) if date else (None,) * 4
