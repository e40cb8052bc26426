"""LibreOffice's workbooks (.ods; OpenDocument 1.3) as tables.

Read here, a cell at a time, since python-calamine tells neither what a cell shows of a date nor
which cells are merged. A month would come as its first day, which claims more than the table says.
"""

import datetime as dt
import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import itemgetter
from xml.etree.ElementTree import Element

import attrs

from betatech_milestones.importing.grid import (
    ERROR,
    NEVER_STORED,
    Block,
    Line,
    Shown,
    Table,
    Unusable,
    Value,
    as_shown,
    check_size,
    double,
    lost,
    sheet,
    text,
    time_of_day,
)
from betatech_milestones.importing.packages import Package, broken, counted, elements, with_password

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE = f"{_OASIS}table:1.0 "
_OFFICE = f"{_OASIS}office:1.0 "
_TEXT = f"{_OASIS}text:1.0 "
_STYLE = f"{_OASIS}style:1.0 "
_NUMBER = f"{_OASIS}datastyle:1.0 "
_EXTENDED = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "

_NAMES = {
    f"{_STYLE}style": "style",
    f"{_STYLE}table-properties": "table-properties",
    f"{_NUMBER}date-style": "date-style",
    f"{_TABLE}table": "table",
    f"{_TABLE}table-column": "column",
    f"{_TABLE}table-row": "row",
    f"{_TABLE}table-cell": "cell",
    f"{_TABLE}covered-table-cell": "covered",
    f"{_TEXT}p": "p",
}


def read(package: Package) -> tuple[Table, ...]:
    """Return the sheets of a workbook, in their order."""
    manifest = "META-INF/manifest.xml"
    locked = manifest in package and b"encryption-data" in package.part(manifest)
    if locked or "encrypted-package" in package:
        raise with_password()
    styles = _Styles()
    if "styles.xml" in package:
        chunks = package.chunks("styles.xml")
        for found in elements("styles.xml", chunks, _NAMES, {"style", "date-style"}):
            styles.put_down(found)
    chunks = package.chunks("content.xml")
    whole = {"style", "date-style", "column", "row"}
    content = elements("content.xml", chunks, _NAMES, whole, begun={"table"})
    return tuple(_sheets(content, styles))


# --- styles ---------------------------------------------------------------------------------------


@attrs.frozen
class _Styles:
    """What the styles of cells and of sheets come down to, by their names."""

    shown: dict[str, Shown] = attrs.field(factory=dict)
    """How much of a date is shown in a format of dates."""
    formats: dict[str, str] = attrs.field(factory=dict)
    """The format of a style of cells."""
    parents: dict[str, str] = attrs.field(factory=dict)
    """The style that one is made of."""
    hidden: set[str] = attrs.field(factory=set)
    """The styles of hidden sheets."""

    def put_down(self, found: Element) -> None:
        """Keep what a style or a format says."""
        name = found.get(f"{_STYLE}name", "")
        if found.tag == "date-style":
            self.shown[name] = _shown_by({part.tag.removeprefix(_NUMBER) for part in found})
            return
        self.formats[name] = found.get(f"{_STYLE}data-style-name", "")
        self.parents[name] = found.get(f"{_STYLE}parent-style-name", "")
        properties = found.find("table-properties")
        if properties is not None and properties.get(f"{_TABLE}display") == "false":
            self.hidden.add(name)

    def shown_in(self, style: str) -> Shown:
        """Return how much of a date is shown in cells of a style."""
        for _ in range(_MOST_PARENTS):
            if self.formats.get(style):
                break
            style = self.parents.get(style, "")
        return self.shown.get(self.formats.get(style, ""), Shown.DAY)


_MOST_PARENTS = 20
"""How many styles one may be made of: it is asked for each cell."""


def _shown_by(parts: Collection[str]) -> Shown:
    if "day" in parts or "day-of-week" in parts:
        return Shown.DAY
    if "month" in parts:
        return Shown.MONTH
    if "quarter" in parts:
        return Shown.QUARTER
    return Shown.YEAR if "year" in parts else Shown.DAY


# --- sheets ---------------------------------------------------------------------------------------


def _sheets(content: Iterator[Element], styles: _Styles) -> Iterator[Table]:
    """Return the sheets of a document in which styles come first."""
    sheets = 0

    def sheet_of(found: Element) -> int:
        nonlocal sheets
        sheets += found.tag == "table"
        return sheets

    for _, group in itertools.groupby(content, sheet_of):
        yield from _sheet(group, styles)


def _sheet(group: Iterator[Element], styles: _Styles) -> Iterator[Table]:
    first = next(group)
    if first.tag == "table":
        name = text(first.get(f"{_TABLE}name", "")) or ""
        hidden = first.get(f"{_TABLE}style-name") in styles.hidden
        yield sheet(name, _lines(group, name, styles), hidden=hidden)
    else:
        for found in itertools.chain([first], group):
            styles.put_down(found)


def _lines(group: Iterator[Element], name: str, styles: _Styles) -> Iterator[Line | Block]:
    row = 1
    column_styles: list[tuple[int, str]] = []
    for found in group:
        if found.tag == "column":
            end = (column_styles[-1][0] if column_styles else 0) + _count(found, "columns-repeated")
            column_styles.append((end, found.get(_DEFAULT, "")))
        if found.tag == "row":
            cells: dict[int, Value] = {}
            for column, times, cell in _cells(found):
                style = cell.get(f"{_TABLE}style-name") or found.get(_DEFAULT)
                style = style or _of_column(column_styles, column)
                value = _value(cell, styles.shown_in(style))
                if value is not None:
                    check_size(1, column + times, f'sheet "{name}" ')
                    cells.update(dict.fromkeys(range(column, column + times), value))
                    yield from _blocks(cell, row, column)
            times = _count(found, "rows-repeated")
            hidden = found.get(f"{_TABLE}visibility", "visible") != "visible"
            for number in range(row, row + times) if cells else ():
                yield Line(number, cells, hidden)
            row += times


_DEFAULT = f"{_TABLE}default-cell-style-name"


def _of_column(styles: Sequence[tuple[int, str]], column: int) -> str:
    """Return the style of the first columns that end behind a column."""
    at = bisect_right(styles, column, key=itemgetter(0))
    return styles[at][1] if at < len(styles) else ""


def _cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """Return the cells in a row that hold something: the first column, how many, and the cell."""
    column = 0
    for cell in row:
        times = _count(cell, "columns-repeated")
        if cell.tag == "cell" and (len(cell) or f"{_TABLE}formula" in cell.attrib):
            yield column, times, cell
        column += times


def _count(element: Element, what: str) -> int:
    """Return how often an element stands for itself, or how far it reaches."""
    written = element.get(f"{_TABLE}number-{what}", "1")
    found = counted(written)
    if found is None:
        raise broken(f'a cell or a row is there "{written}" times')
    return found


def _blocks(cell: Element, row: int, column: int) -> Iterator[Block]:
    height, width = _count(cell, "rows-spanned"), _count(cell, "columns-spanned")
    if height > 1 or width > 1:
        yield Block(row, column, row + height - 1, column + width - 1)


# --- a cell ---------------------------------------------------------------------------------------


def _value(cell: Element, shown: Shown) -> Value:
    formula = cell.get(f"{_TABLE}formula")
    written = "\n".join("".join(_pieces(found)) for found in cell.iterfind("p"))
    if cell.get(f"{_EXTENDED}value-type") == "error" or (formula and _ERROR.fullmatch(written)):
        return Unusable(written, ERROR)
    kind = cell.get(f"{_OFFICE}value-type")
    if kind is None and formula and not written:
        return Unusable(formula.removeprefix("of:"), NEVER_STORED)
    read = _READERS.get(kind or "")
    return (
        text(cell.get(f"{_OFFICE}string-value") or written) if read is None else read(cell, shown)
    )


def _pieces(found: Element) -> Iterator[str]:
    """Return the text of a paragraph, in which spaces and ends of lines are elements."""
    yield found.text or ""
    for inner in found:
        if inner.tag in _SIGNS:
            yield _SIGNS[inner.tag] * _signs(inner.get(f"{_TEXT}c", "1"))
        elif inner.tag not in _ASIDE:
            yield from _pieces(inner)
        yield inner.tail or ""


def _signs(written: str) -> int:
    """Return how many spaces stand together: at most 99, whoever asks for millions."""
    return min(int(written[:9]), 99) if written.isascii() and written.isdecimal() else 1


_SIGNS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_ASIDE = {f"{_OFFICE}annotation", f"{_TEXT}ruby-text", f"{_TEXT}note"}


_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:\d{3}")


def _day(cell: Element, shown: Shown) -> Value:
    written = cell.get(f"{_OFFICE}date-value", "")
    try:
        return as_shown(dt.datetime.fromisoformat(written), shown)
    except ValueError:
        return lost(written)


_TIME = re.compile(r"PT(\d{1,6})H(\d{1,2})M([\d.,]+)S")


def _time(cell: Element, _shown: Shown) -> Value:
    written = cell.get(f"{_OFFICE}time-value", "")
    match = _TIME.fullmatch(written)
    return time_of_day(int(match[1]) * 3600 + int(match[2]) * 60) if match else lost(written)


def _number(cell: Element, _shown: Shown) -> Value:
    return double(cell.get(f"{_OFFICE}value", ""))


_READERS: Mapping[str, Callable[[Element, Shown], Value]] = {
    "date": _day,
    "time": _time,
    "boolean": lambda cell, _shown: cell.get(f"{_OFFICE}boolean-value") == "true",
    "float": _number,
    "percentage": _number,
    "currency": _number,
}
