"""Excel's workbooks of before 2007 (.xls) as tables, through python-calamine.

It tells values and merged cells, and not what a cell shows of a date, which rows are hidden, and
which cells hold errors or formulas that were never computed: those are empty. So a date that shows
its month alone comes as its first day.
"""

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from betatech_milestones.importing.grid import (
    Block,
    Line,
    Table,
    Value,
    double,
    sheet,
    text,
)
from betatech_milestones.importing.number_formats import as_formatted
from betatech_milestones.importing.packages import broken, with_password, without_the_extra

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


def read(data: bytes) -> tuple[Table, ...]:
    """Return the sheets of a workbook, in their order."""
    try:
        import python_calamine
    except ImportError:
        raise without_the_extra() from None
    if _LOCKED.search(data):
        raise with_password()
    visible = python_calamine.SheetVisibleEnum.Visible
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(
            _table(book.get_sheet_by_name(listed.name), hidden=listed.visible != visible)
            for listed in book.sheets_metadata
            if listed.typ == python_calamine.SheetTypeEnum.WorkSheet
        )
    except python_calamine.CalamineError as error:
        raise broken(str(error)) from error


# The record FilePass behind the first one of a workbook, or behind WriteProtect (MS-XLS).
_LOCKED = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL
)


def _table(found: "CalamineSheet", *, hidden: bool) -> Table:
    return attrs.evolve(sheet(found.name, _content(found), hidden=hidden), caution=_CAUTION)


_CAUTION = (
    "in a file of before 2007 (.xls) an error or a formula without a value looks empty, and a "
    "month looks like its first day; look whether every date is right, or save the table as .xlsx"
)


def _content(found: "CalamineSheet") -> Iterator[Line | Block]:
    for number, stored in enumerate(found.to_python(skip_empty_area=False), 1):
        values = enumerate(map(_value, stored))
        yield Line(number, {column: value for column, value in values if value is not None})
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        yield Block(top + 1, left, bottom + 1, right)


def _value(stored: Any) -> Value:
    match stored:
        case str():
            return text(stored)
        case float():
            return double(repr(stored))
        case dt.date() | dt.time() | dt.timedelta():
            return as_formatted(stored, None)
    plain: Value = stored
    return plain
