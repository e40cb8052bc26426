"""Rows and cells as every format of tables comes down to, and how much of them is too much.

An importer asks one thing of a cell: what does it say? So an empty cell and a blank text are the
same, a text has no space around it, and a number that is whole is an `int`, however it was stored.
"""

import datetime as dt
import enum
import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from itertools import repeat

import attrs

from betatech_milestones.model.errors import BetatechError
from betatech_milestones.model.values import shown

MOST_BYTES = 200_000_000
MOST_COLUMNS = 2_000
MOST_CELLS = 2_000_000
LONGEST_TEXT = 1_000_000


class NotATable(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """A file that no rows can be read from; the message names it, and says what to do."""


@attrs.frozen
class Unusable:
    """A cell without a value that can be used."""

    shown: str
    """What a person sees there: "#REF!", or the formula."""
    why: str


Value = None | str | int | Decimal | bool | dt.date | Unusable


@attrs.frozen
class Row:
    """What stands side by side, as many values in each row of a table."""

    number: int
    """From 1, as the program shows it; for a CSV file the line on which the row begins."""
    values: tuple[Value, ...]
    hidden: bool = False


@attrs.frozen(kw_only=True)
class Table:
    """A sheet, or what a file without sheets holds; a row with nothing in it is left out."""

    name: str
    """Of the sheet; empty where a file has but one table, without a name."""
    rows: tuple[Row, ...] = attrs.field(repr=False)
    headed: bool = False
    """The first row holds the names of the values of each record, and has the number 0."""
    hidden: bool = False
    caution: str = attrs.field(default="", eq=False, repr=False)
    """What nobody can tell of a table in such a file."""

    def cell(self, row: Row, column: int) -> str:
        """Where a person finds a value: `F12`, or `record 12, "Datum"`; columns count from 0."""
        if not self.headed:
            return f"{letters(column)}{row.number}"
        if row.number == 0:
            return f"the name of value {column + 1}"
        return f'record {row.number}, "{self.rows[0].values[column]}"'


def letters(column: int) -> str:
    """Return the name of a column, from 0: `A` to `Z`, `AA` and on."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


# --- tables ---------------------------------------------------------------------------------------


@attrs.frozen
class Line:
    """A row of a sheet as it is read: its values that are not None, by column from 0."""

    number: int
    cells: Mapping[int, Value]
    hidden: bool = False


@attrs.frozen
class Block:
    """A merged block of cells, from its first to its last row (from 1) and column (from 0)."""

    top: int
    left: int
    bottom: int
    right: int


def sheet(name: str, content: Iterable[Line | Block], *, hidden: bool = False) -> Table:
    """Make a table of what stands in a sheet.

    Every cell of a merged block has its value, as far as rows and columns hold anything else.
    """
    lines: dict[int, Line] = {}
    blocks: list[Block] = []
    width = 0
    for one in content:
        if isinstance(one, Block):
            blocks.append(one)
        elif one.cells:
            lines[one.number] = one
            width = max(width, 1 + max(one.cells))
        check_size(max(len(lines), len(blocks)), width, f'sheet "{name}" ')
    lines = dict(sorted(lines.items()))
    filled = _filled(lines, blocks, width, name) if blocks else {}
    return Table(
        name=name,
        rows=tuple(
            Row(number, tuple(map(filled.get(number, line.cells).get, range(width))), line.hidden)
            for number, line in lines.items()
        ),
        hidden=hidden,
    )


def _filled(
    lines: Mapping[int, Line], blocks: Iterable[Block], width: int, name: str
) -> dict[int, dict[int, Value]]:
    """Return the rows that merged blocks reach, each with their values in it."""
    filled: dict[int, dict[int, Value]] = {}
    numbers = list(lines)
    room = MOST_CELLS
    for block in blocks:
        value = lines[block.top].cells.get(block.left) if block.top in lines else None
        columns = range(block.left, min(block.right + 1, width))
        within = slice(bisect_left(numbers, block.top), bisect_right(numbers, block.bottom))
        for number in numbers[within] if value is not None else ():
            room -= len(columns)
            if room < 0:
                raise NotATable(
                    f'sheet "{name}" has merged blocks that lie over each other; '
                    "undo the merging of cells"
                )
            cells = filled.setdefault(number, dict(lines[number].cells))
            cells.update(zip(columns, repeat(value)))
    return filled


def padded(rows: Iterable[tuple[int, list[Value]]], width: int) -> tuple[Row, ...]:
    """Make rows of lists of values, as many in each."""
    return tuple(
        Row(number, (*values, *(None,) * (width - len(values)))) for number, values in rows
    )


def check_size(height: int, width: int, where: str = "") -> None:
    """Refuse what is no table that a person keeps."""
    if width > MOST_COLUMNS:
        raise NotATable(
            f"{where}has {width:,} columns, up to {letters(width - 1)}, and no more than "
            f"{MOST_COLUMNS:,} are read; delete what does not belong to the table"
        )
    if height * width > MOST_CELLS:
        raise NotATable(
            f"{where}has {height:,} rows of {width:,} columns, and no more than {MOST_CELLS:,} "
            "cells are read; delete what does not belong to the table, or split it"
        )


# --- values ---------------------------------------------------------------------------------------

# Signs that nobody sees: marks of byte order, controls, halves of a character.
_UNSEEN = re.compile("[\ufeff\u200b\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def seen(written: str) -> str:
    """Return a text without what nobody sees in it, and with ends of lines alike."""
    return _UNSEEN.sub("", written).replace("\r\n", "\n").replace("\r", "\n")


def text(written: str) -> str | None:
    """Return a text in its composed form (NFC), with no space around it; None where it is blank."""
    if len(written) > LONGEST_TEXT:
        raise NotATable(
            f"has a text of more than {LONGEST_TEXT:,} characters, {shown(written[:_BEGINNING])}; "
            "shorten it"
        )
    if not (written.isascii() and written.isprintable()):
        written = unicodedata.normalize("NFC", seen(written))
    return written.strip() or None


_BEGINNING = 100
"""Of a text that is too long, so much is told: it is cut once more."""


def number(written: str) -> int | Decimal | None:
    """Return a decimal number, an `int` where it is whole; None for what is none, or is endless."""
    try:
        found = Decimal(written)
    except InvalidOperation:
        return None
    if not found.is_finite() or abs(found.adjusted()) > _LARGEST_EXPONENT:
        return None
    whole = int(found)
    return whole if whole == found else found


_LARGEST_EXPONENT = 400  # a double goes to 308


def double(stored: str) -> Value:
    """Return a number as short as it can be told from others: 0.1, and not what is stored of it."""
    try:
        found = float(stored)
    except ValueError:
        return lost(stored)
    if not math.isfinite(found):
        return lost(stored)
    return int(found) if found.is_integer() else Decimal(repr(found))


ERROR = "an error of the spreadsheet"
NEVER_STORED = "a formula whose value was never stored; open and save the file"


def lost(stored: str) -> Unusable:
    """Say that a cell holds something that its kind does not allow."""
    return Unusable(stored, "a value that the file does not explain; open and save the file")


# --- dates ----------------------------------------------------------------------------------------


class Shown(enum.Enum):
    """How much of a date its number format shows."""

    DAY = enum.auto()
    MONTH = enum.auto()
    QUARTER = enum.auto()
    YEAR = enum.auto()


def as_shown(moment: dt.date, shown: Shown) -> Value:
    """Return what a cell says that holds a day and shows no more than a part of it."""
    if shown is Shown.MONTH:
        return f"{moment.year:04}-{moment.month:02}"
    if shown is Shown.QUARTER:
        return f"Q{(moment.month + 2) // 3} {moment.year:04}"
    if shown is Shown.YEAR:
        return moment.year
    return moment.date() if isinstance(moment, dt.datetime) else moment


def time_of_day(seconds: float) -> str:
    """Return the time of a cell that holds no day: `14:30`."""
    minutes = int(seconds // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
