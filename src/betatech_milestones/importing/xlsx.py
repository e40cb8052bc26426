"""Excel's workbooks (.xlsx and .xlsm; ECMA-376) as tables, through openpyxl.

openpyxl is given a copy with the cells, their texts and their number formats, and nothing else: so
no font, picture, rule or name keeps it from them, and no million of cells that have a style alone.
Where it reads a row at a time, it does not tell which cells are merged and which rows are hidden;
that is seen as the copy is made. Macros are never looked at.
"""

import datetime as dt
import functools
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from html import escape
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import attrs

from betatech_milestones.importing.grid import (
    ERROR,
    MOST_CELLS,
    NEVER_STORED,
    Block,
    Line,
    NotATable,
    Table,
    Unusable,
    Value,
    double,
    lost,
    sheet,
    text,
)
from betatech_milestones.importing.number_formats import OF_EAST_ASIA, as_formatted, shown_by
from betatech_milestones.importing.packages import (
    Package,
    broken,
    copied,
    counted,
    elements,
    target,
    without_the_extra,
)

if TYPE_CHECKING:
    from openpyxl import Workbook


def read(package: Package) -> tuple[Table, ...]:
    """Return the sheets of a workbook, in their order."""
    try:
        import openpyxl  # noqa: F401  late, since it is an extra
    except ImportError:
        raise without_the_extra() from None
    copy = _cells_alone(package)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's: the values say the same
        with closing(_opened(copy, data_only=True)) as book:
            if not any(listed.has_formulas for listed in copy.sheets):
                return tuple(map(_table, copy.sheets, book.worksheets, repeat(None)))
            with closing(_opened(copy, data_only=False)) as written:
                return tuple(map(_table, copy.sheets, book.worksheets, written.worksheets))


# --- the copy -------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Sheet:
    """What openpyxl does not tell of a sheet."""

    name: str
    hidden: bool
    last_row: int
    hidden_rows: frozenset[int]
    blocks: tuple[Block, ...]
    has_formulas: bool
    computed: bool
    """By who wrote the formulas: some write 0 for each, and have Excel compute them."""


@attrs.frozen
class _Copy:
    """A workbook of cells alone, and what else is to be known of its sheets."""

    data: bytes = attrs.field(repr=False)
    sheets: Sequence[_Sheet]


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_OF_BOOKS = ("sheet", "workbookPr", "calcPr")
_OF_SHEETS = ("row", "f", "mergeCell")
_OF_STYLES = ("numFmts", "numFmt", "cellXfs", "xf")
_NAMES = {f"{_MAIN} {tag}": tag for tag in (*_OF_BOOKS, *_OF_SHEETS, *_OF_STYLES)}


def _cells_alone(package: Package) -> _Copy:
    """Copy the parts that cells need, under the names by which openpyxl looks for them."""
    roots = _relations(package, "").values()
    book = next((part for sort, part in roots if sort == "officeDocument"), "xl/workbook.xml")
    relations = _relations(package, book)
    parts = dict(relations.values())
    listed = list(elements(book, _chunks(package, book), _NAMES, begun=_OF_BOOKS))
    settings = {key: value for one in listed if one.tag != "sheet" for key, value in one.items()}
    computed = not _is_true(settings.get("fullCalcOnLoad"))
    sheets: list[_Sheet] = []
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for one in listed:
            relation = next((value for key, value in one.items() if key.endswith(" id")), "")
            sort, part = relations.get(relation, ("", ""))
            if sort == "worksheet":
                chunks = _without_empty_cells(_chunks(package, part))
                with copied(chunks, archive, f"xl/{len(sheets)}.xml") as content:
                    sheets.append(_scanned(part, content, one, computed=computed))
        part = parts.get("sharedStrings", "")
        texts = _chunks(package, part) if part else [f'<sst xmlns="{_MAIN}"/>'.encode()]
        with copied(texts, archive, "xl/sharedStrings.xml") as content:
            any(elements(part, content, _NAMES))  # none is wanted: it is checked
        if "styles" in parts:
            archive.writestr("xl/styles.xml", _number_formats(package, parts["styles"]))
        for name, written in _around(len(sheets), settings.get("date1904", "0")).items():
            archive.writestr(name, written)
    return _Copy(stream.getvalue(), sheets)


def _chunks(package: Package, part: str) -> Iterator[bytes]:
    """Unpack a part; the strict variant of the standard differs in the names that it uses."""
    for chunk in package.chunks(part):
        yield chunk.replace(f'"{_STRICT}"'.encode(), f'"{_MAIN}"'.encode())


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the sort and the name of each part that a part refers to, by the relation's id."""
    folder, _, name = part.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels".lstrip("/")
    names = {f"{_PACKAGE}/relationships Relationship": "relation"}
    return {
        found.get("Id", ""): (
            found.get("Type", "").rpartition("/")[2],
            target(part, found.get("Target", "")),
        )
        for found in elements(listed, package.chunks(listed), names, begun={"relation"})
    }


def _number_formats(package: Package, part: str) -> str:
    """Return the part for styles with the number formats of cells, and no looks."""
    written = {str(number): code for number, code in OF_EAST_ASIA.items()}
    styles: list[str] = []
    whole = {"numFmts", "cellXfs"}
    for found in elements(part, _chunks(package, part), _NAMES, whole):
        for one in found.iter("numFmt"):
            written[one.get("numFmtId", "")] = one.get("formatCode", "")[:_LONGEST_FORMAT]
        styles += [one.get("numFmtId", "0") for one in found.iter("xf")]
    formats = "".join(
        f'<numFmt numFmtId="{escape(number)}" formatCode="{escape(code)}"/>'
        for number, code in written.items()
    )
    cells = "".join(f'<xf numFmtId="{escape(number)}"/>' for number in styles)
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs>'
        "</styleSheet>"
    )


_LONGEST_FORMAT = 255
"""What Excel allows: formats are searched with patterns whose time grows with the square of it."""


def _around(sheets: int, since_1904: str) -> Mapping[str, str]:
    """Return the parts that say where the sheets are, by name."""
    listed = "".join(f'<sheet name="{at}" sheetId="{at}" r:id="r{at}"/>' for at in range(sheets))
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/worksheet" Target="/xl/{at}.xml"/>'
        for at in range(sheets)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
        "</Types>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<workbookPr date1904="{escape(since_1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>",
    }


def _is_true(written: str | None) -> bool:
    return written in {"1", "true", "on"}


# Rows and cells that have a style alone: who formats whole columns has millions.
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")? ?/>')
_EMPTY_ROW = re.compile(rb'<row r="[0-9]+"[^<>]*(?:/>|></row>)')
_LONGEST_CELL = 1_000
"""Of a tag that a chunk ends in, so many bytes wait for the next one."""


def _without_empty_cells(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Leave out most of what has nothing in it, much faster than a parser would see it.

    A sign `<` begins an element wherever it stands, but in comments and literal sections, both of
    which begin with `<!`: from there on, all is left as it is.
    """
    held = b""
    for chunk in chunks:
        found = held + chunk
        if b"<!" in found:
            yield found
            break
        end = found.rfind(b"<")
        if end < 0 or len(found) - end > _LONGEST_CELL:
            end = len(found)
        yield _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", found[:end]))
        held = found[end:]
    else:
        yield held
    yield from chunks


def _scanned(part: str, chunks: Iterable[bytes], listed: Element, *, computed: bool) -> _Sheet:
    name = text(listed.get("name", "")) or ""
    last_row = 0
    hidden_rows = set()
    blocks = []
    has_formulas = False
    for found in elements(part, chunks, _NAMES, begun=_OF_SHEETS):
        if found.tag == "row":
            last_row = _row(found.get("r"), last_row, name)
            if _is_true(found.get("hidden")):
                hidden_rows.add(last_row)
        elif found.tag == "mergeCell":
            blocks.append(_block(found.get("ref", ""), name))
        else:
            has_formulas = True
    return _Sheet(
        name=name,
        hidden=listed.get("state", "visible") != "visible",
        last_row=last_row,
        hidden_rows=frozenset(hidden_rows),
        blocks=tuple(blocks),
        has_formulas=has_formulas,
        computed=computed,
    )


def _row(written: str | None, before: int, sheet_name: str) -> int:
    """Return the number of a row; openpyxl would pass over one that stands below a later one."""
    if written is None:
        return before + 1
    found = counted(written)
    if found is None:
        raise broken(f'sheet "{sheet_name}" has a row "{written}"')
    if found <= before:
        raise broken(f'sheet "{sheet_name}" has row {written} below row {before}')
    return found


_BLOCK = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


def _block(written: str, sheet_name: str) -> Block:
    from openpyxl.utils import column_index_from_string as column

    match = _BLOCK.fullmatch(written)
    if match is None:
        raise broken(f'sheet "{sheet_name}" has a merged block "{written}"')
    left, top, right, bottom = match.groups()
    return Block(int(top), column(left) - 1, int(bottom or top), column(right or left) - 1)


# --- the cells ------------------------------------------------------------------------------------


def _opened(copy: _Copy, *, data_only: bool) -> "Workbook":
    """Open the copy for the values of its formulas, or for how they are written."""
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(copy.data), read_only=True, data_only=data_only)
    except Exception as error:  # it raises whatever its parsers and records do
        raise broken("its texts or its number formats cannot be read") from error


def _table(listed: _Sheet, stored: Any, written: Any) -> Table:
    return sheet(listed.name, _content(listed, stored, written), hidden=listed.hidden)


def _content(listed: _Sheet, stored: Any, written: Any) -> Iterator[Line | Block]:
    yield from listed.blocks
    formulas = _rows(listed, written)
    as_text = functools.cache(_text)  # cells share their texts, however long those are
    room = 2 * MOST_CELLS
    for number, cells in _rows(listed, stored):
        room -= len(cells)
        if room < 0:
            raise NotATable(
                f'sheet "{listed.name}" has rows of {len(cells):,} cells with hardly a value in '
                "them; delete what does not belong to the table"
            )
        values: dict[int, Value] = {
            column: value
            for column, cell in enumerate(cells)
            if (found := cell.value) is not None
            and (value := _value(found, cell, as_text)) is not None
        }
        if listed.has_formulas:
            empty = [at for at, cell in enumerate(cells) if _may_lack_its_result(cell, listed)]
            if empty:
                row = next(row for at, row in formulas if at == number)
                values |= _never_stored((at, row[at]) for at in empty)
        yield Line(number, values, number in listed.hidden_rows)


def _rows(listed: _Sheet, found: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Give the rows that have cells, from column A, and leave what stands below them unread."""
    found.reset_dimensions()  # which are what somebody wrote down, and not always true
    numbered = zip(range(1, listed.last_row + 1), found.iter_rows(), strict=False)
    number = 0
    try:
        for number, cells in filter(itemgetter(1), numbered):
            yield number, cells
    except Exception as error:  # whatever openpyxl's parsers and records raise
        where = f'sheet "{listed.name}" cannot be read from row {number + 1} on'
        raise broken(where) from error


def _value(stored: Any, cell: Any, as_text: Callable[[str], Value]) -> Value:
    match stored:
        case str() if cell.data_type == "s":
            return as_text(stored)
        case str():
            return Unusable(stored, ERROR) if cell.data_type == "e" else lost(stored)
        case bool():
            return stored
        case int() | float():
            return double(str(stored))
    return as_formatted(stored, shown_by(cell.number_format))


_CONTROL = re.compile(r"_x(00[01][0-9A-F])_", re.IGNORECASE)


def _text(stored: str) -> str | None:
    """Return a text, with the signs that XML cannot hold (ECMA-376, 22.9.2.19)."""
    return text(_CONTROL.sub(lambda sign: chr(int(sign[1], 16)), stored))


def _may_lack_its_result(cell: Any, listed: _Sheet) -> bool:
    """Tell a cell that has no value, if a formula stands in it; one that is not there has no row.

    An empty text is a result.
    """
    if cell.value is None:
        return hasattr(cell, "row") and cell.data_type != "str"
    return not listed.computed and cell.value in _ZERO


_ZERO = (0, dt.time())


def _never_stored(cells: Iterable[tuple[int, Any]]) -> dict[int, Value]:
    """Return what is to be told of those that hold a formula, by column."""
    return {
        column: Unusable(_formula(cell.value), NEVER_STORED)
        for column, cell in cells
        if cell.data_type == "f"
    }


def _formula(written: Any) -> str:
    """Return a formula as Excel shows it; one for many cells is an object that has its text."""
    return written if isinstance(written, str) else getattr(written, "text", "=TABLE()")
