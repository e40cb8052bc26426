"""A programme as a workbook (.xlsx) to read, to edit and to import again.

XlsxWriter writes it, from the table of sheets and columns in `importing.sheets`. No text of a
programme becomes a formula or a link by itself, and the same programme is the same bytes at any
time. What is reckoned in the workbook is a colour, by the day of whoever opens it.
"""

import datetime as dt
import io
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from betatech_milestones.importing.sheets import (
    MILESTONES,
    PAGE_MARKER,
    SHEETS,
    SOURCES,
    STATEMENTS,
    Cell,
    Column,
    Looks,
    Names,
    Sheet,
    cell_marks,
    example_cells,
    in_cell,
    milestone_cells,
    names,
    row_mark,
    source_cells,
    statement_cells,
    statements,
)
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.errors import BetatechError
from betatech_milestones.model.printable import printable_line
from betatech_milestones.model.records import Milestone, Programme, Source
from betatech_milestones.model.vocabulary import Commitment
from betatech_milestones.voice import Voice, capital

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


class NoWorkbook(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """A programme that cannot be a workbook here; the message says what to do."""


MOST_ROWS = 1_048_576
"""Of a sheet, in every program that reads them."""
SPARE_ROWS = 200
"""So many empty rows below the others have drop-downs, too."""

Cells = Mapping[str, Cell]

# --- what users call ------------------------------------------------------------------------------


def workbook(
    programme: Programme,
    *,
    language: str | None = None,
    bodies: str | Iterable[str] = (),
    template: bool = False,
) -> bytes:
    """Return a programme as the bytes of a workbook, in a language or in the programme's own.

    With `bodies` it has only what these answer for; as a `template` it has no milestones but a few
    examples, which the import leaves out. Raises `UnknownId` for a body that is not there, and
    `NoWorkbook` where there are more rows than a sheet holds, or nothing to write it with.
    """
    programme = programme.only(bodies=bodies)
    voice = Voice(language or programme.language)
    _check_size(programme)
    book, written = _new_book(programme, voice)
    looks = _formats(book)
    called = names(programme, voice)
    rows = _rows(programme, called, voice, template=template)
    page = book.add_worksheet(capital(voice.label("explanation")))
    sheets = {sheet: book.add_worksheet(_name(sheet, voice)) for sheet in SHEETS}
    lists = book.add_worksheet(capital(voice.label("lists")))
    ranges = _write_lists(lists, called, voice, looks)
    lists.set_landscape()
    _fit_to_page(lists, programme, lists.get_name(), voice)
    for sheet, column in ((MILESTONES, "milestone ids"), (SOURCES, "source ids")):
        last = _last(rows[sheet.key])
        ranges[column] = _range(_name(sheet, voice), sheet.index("id"), _FIRST, last)
    links = _links(programme)
    for sheet, worksheet in sheets.items():
        _write_sheet(worksheet, sheet, rows[sheet.key], voice=voice, looks=looks, links=links)
        _add_choices(worksheet, sheet, ranges, last=_last(rows[sheet.key]))
        _set_up_print(worksheet, sheet, programme, voice, last=_FIRST + len(rows[sheet.key]) - 1)
    for sheet in (MILESTONES, STATEMENTS):
        colours = _colours(sheet, called, voice)
        _add_colours(sheets[sheet], sheet, colours, looks, last=_last(rows[sheet.key]))
    told = _told(programme, voice, bodies=bodies, template=template)
    _write_page(page, programme, told, voice=voice, looks=looks)
    book.close()
    return written.getvalue()


def _check_size(programme: Programme) -> None:
    """Refuse a programme of more rows than there are, before any is made."""
    counts = {
        "milestones": len(programme.by_id),
        "moves and news": sum(map(_statements_of, programme.by_id)),
        "sources": len(programme.sources),
    }
    for what, count in counts.items():
        if count > MOST_ROWS - _FIRST - SPARE_ROWS:
            raise NoWorkbook(
                f"{count:,} {what} are more rows than a sheet holds; "
                "write a workbook for each body, with --body"
            )


def _statements_of(milestone: Milestone) -> int:
    readings = milestone.number.readings if milestone.number else ()
    lists = (milestone.revisions, milestone.news, milestone.outcomes, readings)
    return sum(map(len, lists))


_LONGEST_TITLE = 128


def _new_book(programme: Programme, voice: Voice) -> "tuple[xlsxwriter.Workbook, io.BytesIO]":
    try:
        import xlsxwriter
    except ImportError:
        raise NoWorkbook(
            "a workbook needs XlsxWriter; run: pip install 'betatech-milestones[sheets]'"
        ) from None
    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(written, options)
    made = dt.datetime.combine(_newest(programme) or dt.date(2000, 1, 1), dt.time.min)
    title = printable_line(voice.line(programme.title))[:_LONGEST_TITLE]
    book.set_properties({"title": title, "created": made})
    return book, written


def _newest(programme: Programme) -> dt.date | None:
    """Return the day of the newest source: the workbook knows nothing later."""
    return max((source.known_from for source in programme.sources), default=None)


# --- rows -----------------------------------------------------------------------------------------


def _rows(
    programme: Programme, called: Names, voice: Voice, *, template: bool
) -> dict[str, list[Cells]]:
    """Return the rows of each sheet, with their marks."""
    sources = [
        _marked(SOURCES, source_cells(source, called, voice), voice, source.id)
        for source in programme.sources
    ]
    if template:
        return {**example_cells(called, voice), SOURCES.key: sources}
    milestones: list[Cells] = []
    said: list[Cells] = []
    for milestone in programme.milestones:
        cells = _as_they_stand(milestone_cells(milestone, called, voice), voice)
        milestones.append({**cells, "mark": cell_marks(MILESTONES, cells)})
        for key, statement in statements(milestone):
            cells = statement_cells(milestone, statement, called, voice)
            said.append(_marked(STATEMENTS, cells, voice, f"{milestone.full_id} {key}"))
    return {MILESTONES.key: milestones, STATEMENTS.key: said, SOURCES.key: sources}


def _as_they_stand(cells: Cells, voice: Voice) -> dict[str, Cell]:
    return {key: in_cell(cell, voice) for key, cell in cells.items()}


def _marked(sheet: Sheet, cells: Cells, voice: Voice, called: str) -> Cells:
    """Return a row as it stands in its cells, with what it is called and its mark."""
    cells = _as_they_stand(cells, voice)
    return {**cells, "mark": f"{called} {row_mark(sheet, cells)}"}


def _links(programme: Programme) -> dict[str, str]:
    """Return the address behind what stands in a cell; none where there are too many of them."""
    if len(programme.sources) * 2 + len(programme.by_id) > _MOST_LINKS:
        return {}
    return {
        name: address
        for source in programme.sources
        for name, address in ((source.id, source.url), *((a, a) for a in _addresses(source)))
        if address is not None and len(address) <= _LONGEST_LINK
    }


def _addresses(source: Source) -> Iterator[str]:
    yield from filter(None, (source.url, source.archived))


_MOST_LINKS = 65_530
_LONGEST_LINK = 2_079
"""Of a sheet, and of a link, in Excel."""

# --- cells ----------------------------------------------------------------------------------------

_HEADINGS = 1
"""The row of the headings, from 0; above it is the hidden one, by which the import knows them."""
_FIRST = 2
_INK, _GREY, _HEAD, _AMBER, _YELLOW = "#1F2933", "#8A94A0", "#E4EAF1", "#F8D7A8", "#FFF4B8"
_DAY = "yyyy-mm-dd"

Formats = Mapping[str, "Format"]


def _formats(book: "xlsxwriter.Workbook") -> Formats:
    plain = {"valign": "top", "text_wrap": True, "font_color": _INK}
    cell = {**plain, "bottom": 1, "bottom_color": _HEAD}
    grey = {**cell, "font_color": _GREY}
    looks: dict[str, dict[str, Any]] = {
        "ID": {**grey, "text_wrap": False},
        "TEXT": cell,
        "DATE": {**cell, "align": "left"},
        "day": {**cell, "align": "left", "num_format": _DAY},
        "NUMBER": {**cell, "align": "right", "indent": 1},
        "LINK": {**cell, "text_wrap": False},
        "link": {**cell, "text_wrap": False, "font_color": "#0B5CAD", "underline": 1},
        "HIDDEN": grey,
        "example": {**grey, "italic": True},
        "example day": {**grey, "italic": True, "align": "left", "num_format": _DAY},
        "plain": plain,
        "heading": {**plain, "bold": True, "bg_color": _HEAD, "bottom": 1, "valign": "vcenter"},
        "title": {"bold": True, "font_size": 16, "font_color": _INK},
        "overdue": {"bg_color": _AMBER},
        "missing": {"bg_color": _YELLOW},
    }
    return {name: book.add_format(properties) for name, properties in looks.items()}


def _name(sheet: Sheet, voice: Voice) -> str:
    return capital(voice.label(sheet.name))


def _write_sheet(
    worksheet: "Worksheet",
    sheet: Sheet,
    rows: Sequence[Cells],
    *,
    voice: Voice,
    looks: Formats,
    links: Mapping[str, str],
) -> None:
    """Write the headings, and the rows below them."""
    for index, column in enumerate(sheet.columns):
        hidden = column.looks is Looks.HIDDEN
        options = {"hidden": True} if hidden else {}
        worksheet.set_column(index, index, column.width, looks[column.looks.name], options)
        worksheet.write_string(0, index, sheet.marker(column), looks["HIDDEN"])
        heading = capital(voice.label(column.heading)) if column.heading else sheet.marker(column)
        worksheet.write_string(_HEADINGS, index, heading, looks["heading"])
    worksheet.set_row(0, None, None, {"hidden": True})
    worksheet.set_row(_HEADINGS, 2 * _LINE_POINTS)
    worksheet.freeze_panes(_FIRST, sheet.frozen)
    shown = [index for index, one in enumerate(sheet.columns) if one.looks is not Looks.HIDDEN]
    worksheet.autofilter(_HEADINGS, shown[0], _last(rows), shown[-1])
    worksheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(shown[-1])}{MOST_ROWS}"})
    for number, cells in enumerate(rows, _FIRST):
        worksheet.set_row(number, _height(sheet, cells))
        for index, column in enumerate(sheet.columns):
            value = cells.get(column.key)
            if value is not None:
                link = links.get(str(value)) if column.looks is Looks.LINK else None
                look = looks[_look(column, value, cells, link)]
                _write_cell(worksheet, (number, index), value, look, link)


_LINE_POINTS = 15.0
_MOST_POINTS = 405.0
"""Excel and LibreOffice show no row that is higher."""
_USED = 0.88
"""How much of a line is full where words are wrapped, about."""


def _height(sheet: Sheet, cells: Cells) -> float:
    """Return how high a row has to be, as LibreOffice does not reckon it by itself."""
    most = 1
    for column in sheet.columns:
        value = cells.get(column.key)
        if column.looks in _WRAPPED and isinstance(value, str):
            most = max(most, _lines(value, column.width))
    return min(_LINE_POINTS * most, _MOST_POINTS)


_WRAPPED = (Looks.TEXT, Looks.DATE)


def _lines(text: str, width: float) -> int:
    """Return on how many lines a text stands in so many characters, about."""
    room = width * _USED
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(len(line) / room)) for line in text.split("\n"))


def _look(column: Column, value: Cell, cells: Cells, link: str | None) -> str:
    """Return how a cell looks."""
    is_day = isinstance(value, dt.date)
    if "mark" not in cells:
        return "example day" if is_day else "example"
    if link is not None:
        return "link"
    return "day" if is_day else column.looks.name


def _write_cell(
    worksheet: "Worksheet", at: tuple[int, int], value: Cell, look: "Format", link: str | None
) -> None:
    """Write a value as what it is: a text is never a formula."""
    match value:
        case str() if link is not None:
            worksheet.write_url(*at, link, look, string=value)
        case str():
            worksheet.write_string(*at, value, look)
        case int() | Decimal():
            worksheet.write_number(*at, value, look)
        case _:
            worksheet.write_datetime(*at, value, look)


def _last(rows: Sequence[Cells]) -> int:
    """Return the last row that has drop-downs."""
    return _FIRST + len(rows) + SPARE_ROWS - 1


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


# --- choices and colours --------------------------------------------------------------------------


def _range(sheet: str, column: int, first: int, last: int) -> str:
    letters, quoted = _letters(column), sheet.replace("'", "''")
    return f"='{quoted}'!${letters}${first + 1}:${letters}${last + 1}"


_LIST_WIDTH = 34


def _write_lists(
    worksheet: "Worksheet", called: Names, voice: Voice, looks: Formats
) -> dict[str, str]:
    """Write what cells are chosen from, each list beside the ids; return where each stands."""
    worksheet.set_row(0, None, None, {"hidden": True})
    worksheet.freeze_panes(_FIRST, 0)
    ranges = {}
    for number, (key, items) in enumerate(called.items()):
        column = 2 * number
        worksheet.set_column(column, column, _LIST_WIDTH, looks["TEXT"])
        worksheet.set_column(column + 1, column + 1, _LIST_WIDTH // 2, looks["ID"])
        worksheet.write_string(0, column, f"lists.{key}", looks["HIDDEN"])
        heading = capital(voice.label(_LIST_HEADINGS[key]))
        worksheet.write_string(_HEADINGS, column, heading, looks["heading"])
        worksheet.write_string(_HEADINGS, column + 1, voice.label("id"), looks["heading"])
        for row, (id_, told) in enumerate(items.items(), _FIRST):
            worksheet.write_string(row, column, str(in_cell(told, voice)), looks["TEXT"])
            worksheet.write_string(row, column + 1, id_, looks["ID"])
        if items:
            ranges[key] = _range(worksheet.get_name(), column, _FIRST, _FIRST + len(items) - 1)
    return ranges


_LIST_HEADINGS = {
    "measures": "measures",
    "kinds": "kind",
    "commitments": "commitment",
    "bodies": "responsible",
    "outcomes": "outcome",
    "whats": "what",
    "found": "found",
    "documents": "document",
    "clusters": "cluster",
    "sectors": "sectors",
}


def _add_choices(
    worksheet: "Worksheet", sheet: Sheet, ranges: Mapping[str, str], *, last: int
) -> None:
    """Let cells be chosen from a list; where other values may be typed, they can."""
    for index, column in enumerate(sheet.columns):
        if column.choices in ranges:
            choice = {"validate": "list", "source": ranges[column.choices]}
            options = {**choice, "show_error": not column.free}
            worksheet.data_validation(_FIRST, index, last, index, options)


def _add_colours(
    worksheet: "Worksheet",
    sheet: Sheet,
    colours: Iterable[tuple[str, str, str]],
    looks: Formats,
    *,
    last: int,
) -> None:
    """Colour what is missing and, by the day of whoever looks, what has passed."""
    for key, formula, look in colours:
        index = sheet.index(key)
        options = {"type": "formula", "criteria": formula, "format": looks[look]}
        worksheet.conditional_format(_FIRST, index, last, index, options)


def _colours(sheet: Sheet, called: Names, voice: Voice) -> Iterator[tuple[str, str, str]]:
    """Yield which column is coloured where a formula holds, and how."""
    cell = {column.key: f"${_letters(i)}{_FIRST + 1}" for i, column in enumerate(sheet.columns)}
    not_example = f"{cell['id']}<>{_quoted(voice.label('example'))}"
    if sheet is STATEMENTS:
        found = called["found"]["nothing"]
        filled = f'{cell["what"]}<>"",{cell["found"]}<>{_quoted(found)},{not_example}'
        yield "sources", f'=AND({filled},{cell["sources"]}="")', "missing"
        return
    filled = f'{cell["title"]}<>"",{not_example}'
    firm = (called["commitments"][word] for word in (Commitment.DEADLINE, Commitment.PLANNED))
    is_firm = ",".join(f"{cell['commitment']}={_quoted(word)}" for word in firm)
    is_open = f'{cell["outcome"]}="",{cell["outcome"]}={_quoted(called["outcomes"]["open"])}'
    due, term = cell["due"], cell["term"]
    # A day or a year that was typed; else the last day of the words that were written.
    typed = f"IF({due}>9999,{due},DATE({due},12,31))"
    passed = f"IF(ISNUMBER({due}),{typed},IF(ISNUMBER({term}),{term},TODAY()))<TODAY()"
    for key in ("title", "due"):
        yield key, f"=AND({filled},OR({is_firm}),OR({is_open}),{passed})", "overdue"
    reported = _quoted(called["commitments"][Commitment.NONE])
    undated = f'{due}="",{cell["commitment"]}<>{reported},OR({is_open})'
    yield "due", f"=AND({filled},{undated})", "missing"
    for key in ("bodies", "source"):
        yield key, f'=AND({filled},{cell[key]}="")', "missing"


def _quoted(text: str) -> str:
    """Return one of our words as a formula has it."""
    return '"' + text.replace('"', '""') + '"'


# --- on paper -------------------------------------------------------------------------------------

_A4 = 9
_LONGEST_FOOTER = 200


def _set_up_print(
    worksheet: "Worksheet", sheet: Sheet, programme: Programme, voice: Voice, *, last: int
) -> None:
    """Let a sheet be printed on A4 as wide as the page, with its headings on every page."""
    printed = [index for index, column in enumerate(sheet.columns) if column.printed]
    worksheet.set_landscape()
    worksheet.repeat_rows(_HEADINGS)
    worksheet.print_area(_HEADINGS, printed[0], max(last, _HEADINGS), printed[-1])
    _fit_to_page(worksheet, programme, _name(sheet, voice), voice)


def _fit_to_page(worksheet: "Worksheet", programme: Programme, name: str, voice: Voice) -> None:
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    title = printable_line(f"{voice.line(programme.title)} – {name}")[:_LONGEST_FOOTER]  # noqa: RUF001
    worksheet.set_footer(f"&L&8{_in_footer(title)}&R&8&P / &N")


def _in_footer(text: str) -> str:
    """Return a text whose "&" begins no code of a footer; behind "&8" no digit may follow."""
    doubled = text.replace("&", "&&")
    return f" {doubled}" if doubled[:1].isdigit() else doubled


# --- the page that explains -----------------------------------------------------------------------


def _told(
    programme: Programme, voice: Voice, *, bodies: str | Iterable[str], template: bool
) -> Iterator[str]:
    """Yield what the page says before its tables."""
    from betatech_milestones.model.values import ids

    file, newest = PurePath(programme.path).name, _newest(programme)
    if template or newest is None:
        yield voice.label("page empty", file=file, id=programme.id)
    else:
        day = voice.day(newest)
        yield voice.label("page from", file=file, id=programme.id, day=day)
    wanted = set(ids(bodies))
    if chosen := [body for body in programme.bodies if body.id in wanted]:
        yield voice.label("page for", bodies=voice.responsible(chosen))
    yield voice.label("page import")
    headings = {"due": capital(voice.label("in force"))}
    sheets = {sheet.key: _name(sheet, voice) for sheet in SHEETS}
    yield voice.label("page move", **headings, **sheets)
    yield voice.label("page new")
    phrase, limit = voice.said(PolicyDate("2027-21")), voice.said(PolicyDate("[..2027-07-01]"))
    yield voice.label("page dates", phrase=phrase, limit=limit)
    yield voice.label("page yours")


_PAGE_WIDTHS = (26, 30, 74, 22)


def _write_page(
    page: "Worksheet", programme: Programme, told: Iterable[str], *, voice: Voice, looks: Formats
) -> None:
    """Write what the workbook is, how it is edited, and what each column holds."""
    for index, width in enumerate(_PAGE_WIDTHS):
        page.set_column(index, index, width, looks["plain"])
    for index, text in enumerate((PAGE_MARKER, voice.language, programme.id)):
        page.write_string(0, index, text, looks["HIDDEN"])
    page.set_row(0, None, None, {"hidden": True})
    page.hide_gridlines(2)
    row = itertools.count(1)
    title = str(in_cell(voice.line(programme.title), voice))
    page.write_string(next(row), 0, title, looks["title"])
    for text in told:
        _write_paragraph(page, next(row), text, looks["plain"])
    next(row)
    _write_colours(page, row, voice, looks)
    next(row)
    headings = ("sheet", "column", "holds", "imported")
    _write_line(page, next(row), [voice.label(key) for key in headings], looks["heading"])
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.heading:
                line = [
                    _name(sheet, voice),
                    voice.label(column.heading),
                    voice.label(f"about {sheet.key}.{column.key}"),
                    voice.label(f"imported {column.comes.value}"),
                ]
                _write_line(page, next(row), line, looks["TEXT"])
    page.set_landscape()
    _fit_to_page(page, programme, capital(voice.label("explanation")), voice)


def _write_paragraph(page: "Worksheet", row: int, text: str, look: "Format") -> None:
    """Write a text across the page, in a row as high as its lines: merged cells do not grow."""
    page.set_row(row, _LINE_POINTS * _lines(text, sum(_PAGE_WIDTHS)) + 4)
    page.merge_range(row, 0, row, len(_PAGE_WIDTHS) - 1, "", look)
    page.write_string(row, 0, text, look)


def _write_line(page: "Worksheet", row: int, texts: Sequence[str], look: "Format") -> None:
    highest = max(map(_lines, texts, _PAGE_WIDTHS))
    page.set_row(row, _LINE_POINTS * highest)
    for index, text in enumerate(texts):
        page.write_string(row, index, capital(text), look)


def _write_colours(page: "Worksheet", row: Iterator[int], voice: Voice, looks: Formats) -> None:
    """Write what each colour means, beside it."""
    meanings = {"overdue": "term", "missing": "missing", "example": "example"}
    _write_line(page, next(row), [voice.label("colours")], looks["heading"])
    for look, key in meanings.items():
        at = next(row)
        sample = voice.label("example") if look == "example" else ""
        page.write_string(at, 0, sample, looks[look])
        page.merge_range(at, 1, at, len(_PAGE_WIDTHS) - 1, "", looks["plain"])
        page.write_string(at, 1, capital(voice.label(f"colour {key}")), looks["plain"])
