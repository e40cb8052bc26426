"""Tables to import: what people put in cells, in every kind of file that is read.

A grid of headings and cells is written as CSV, JSON, a workbook or a calendar; then bytes of it may
be changed, or a part of the package that a workbook is.
"""

import csv
import datetime as dt
import functools
import importlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import xlsxwriter
from documents import HOSTILE_CHARACTERS, HOSTILE_TEXTS, ROOT, Draw, Folder
from hypothesis import strategies as st
from programmes import PROGRAMME

from betatech_milestones import loads, workbook

odf_document, odf_table, odf_text = (
    importlib.import_module(f"odf.{name}") for name in ("opendocument", "table", "text")
)
xlwt = importlib.import_module("xlwt")

Grid = list[list[Any]]

HEADINGS = [
    ("ID", "Promise", "Deadline", "Owner", "Status", "Done on", "Description", "Measure"),
    ("Nr.", "Toezegging", "Wanneer", "Wie", "Status", "Afgerond op", "Opmerking", "Maatregel"),
    (
        "N°",
        "Engagement",
        "\u00c9ch\u00e9ance",
        "Responsable",
        "\u00c9tat",
        "Fait le",
        "Note",
        "Mesure",
    ),
    (
        "Nr.",
        "Zusage",
        "F\u00e4llig am",
        "Zust\u00e4ndig",
        "Stand",
        "Erledigt am",
        "Notiz",
        "Ma\u00dfnahme",
    ),
    ("N.", "Impegno", "Scadenza", "Responsabile", "Stato", "Concluso il", "Nota", "Misura"),
]
_ODD_HEADINGS = ["", "promise", "Deadline ", "Deadline\n(day)", "=A1", "Goal", "Unit", "x" * 300]
_DATES = [
    *("2014-08-01", "zomer 2014", "by 1 July 2015", "Q3 2024", "31.12.2024", "1/9/2026"),
    *("doorlopend", "automne 2025", "tot 1 juli; eind 2015", "n.v.t.", "-"),
]
_STATUSES = ["Afgerond", "done", "bezig", "Erledigt", "Concluso", "En cours", "vervallen", "#REF!"]
_PLAIN = [
    *("OCW; SBB", "Ministerie van OCW", "Dossiers", "files", "files/in-force", "L2.1", "in-force"),
    *("1,5", "1.000", "=SUM(A1:A2)", "+1", "@x", "00123", "5 %", "\u20ac 3", "TRUE", "1e400"),
]
_ODD = st.sampled_from([one for one in HOSTILE_CHARACTERS if one != "\ud83d"])
cells = st.one_of(
    st.none(),
    st.sampled_from(_PLAIN),
    st.sampled_from(HOSTILE_TEXTS),
    st.text(st.characters(codec="utf-8") | _ODD, max_size=8),
    st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1)),
    st.integers(-10, 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)


_days = st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1))
_USUAL: tuple[st.SearchStrategy[Any], ...] = (
    st.integers(1, 9) | st.none(),
    st.sampled_from(_PLAIN),
    st.sampled_from(_DATES) | _days,
    st.sampled_from(_PLAIN) | st.none(),
    st.sampled_from(_STATUSES) | st.none(),
    st.sampled_from(_DATES) | _days | st.none(),
    st.sampled_from(_PLAIN) | st.none(),
    st.sampled_from(_PLAIN) | st.none(),
)
"""What people put below each heading."""


@st.composite
def grids(draw: Draw) -> Grid:
    """Rows below headings, with whatever people put in them, between them and above."""
    columns = draw(
        st.lists(st.integers(0, 7), max_size=6, unique=True).map(lambda some: {1, *some})
    )
    known = draw(st.sampled_from(HEADINGS))
    seldom = st.integers(0, 15).map(lambda chance: chance == 15)
    headings = [
        draw(st.sampled_from(_ODD_HEADINGS)) if draw(seldom) else known[at] for at in columns
    ]
    rows = [
        [draw(cells) if draw(seldom) else draw(_USUAL[at]) for at in columns]
        for _ in range(draw(st.integers(0, 5)))
    ]
    for odd in draw(st.lists(st.sampled_from([[], headings, *rows, ["x"] * 9]), max_size=1)):
        rows.insert(draw(st.integers(0, len(rows))), odd)
    above = draw(st.lists(st.lists(cells, max_size=2), max_size=1))
    return [*above, headings, *rows]


# --- how it is written ----------------------------------------------------------------------------


def _as_csv(draw: Draw, grid: Grid) -> tuple[str, bytes]:
    written = io.StringIO()
    delimiter = draw(st.sampled_from(",;\t|"))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    writer = csv.writer(written, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows(grid)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    return "list.csv", written.getvalue().encode(encoding, errors="replace")


def _as_json(draw: Draw, grid: Grid) -> tuple[str, bytes]:
    headings, *rows = [[None if cell is None else cell for cell in row] for row in grid]
    named = [dict(zip(map(str, headings), row, strict=False)) for row in rows]
    layouts: list[Any] = [named, {"value": named}, {"data": {"items": named}}, grid, named[:1]]
    layout = draw(st.sampled_from(layouts))
    if draw(st.booleans()):
        return "list.jsonl", "\n".join(json.dumps(one, default=str) for one in named).encode()
    return "list.json", json.dumps(layout, default=str).encode()


def _as_xlsx(_draw: Draw, grid: Grid) -> tuple[str, bytes]:
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "default_date_format": "d-m-yy"}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("Blad")
        for number, row in enumerate(grid):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
        if len(grid) > 1:
            sheet.merge_range(len(grid), 0, len(grid) + 1, 1, "merged")
    return "list.xlsx", stream.getvalue()


def _as_ods(_draw: Draw, grid: Grid) -> tuple[str, bytes]:
    document = odf_document.OpenDocumentSpreadsheet()
    sheet = odf_table.Table(name="Blad")
    for row in grid:
        line = odf_table.TableRow()
        for cell in row:
            match cell:
                case bool() | None | str():
                    made = odf_table.TableCell(valuetype="string")
                case dt.date():
                    made = odf_table.TableCell(valuetype="date", datevalue=cell.isoformat())
                case _:
                    made = odf_table.TableCell(valuetype="float", value=str(cell))
            made.addElement(odf_text.P(text=_in_xml("" if cell is None else str(cell))))
            line.addElement(made)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    stream = io.BytesIO()
    document.save(stream)
    return "list.ods", stream.getvalue()


def _in_xml(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return "".join(
        one for one in text if one in "\t\n" or (one >= " " and one not in "\ufffe\uffff")
    )


def _as_xls(_draw: Draw, grid: Grid) -> tuple[str, bytes]:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Blad")
    for number, row in enumerate(grid):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return "list.xls", stream.getvalue()


_CALENDAR_NAMES = [
    *("SUMMARY", "DUE;VALUE=DATE", "DTSTART", "DTEND;VALUE=DATE", "STATUS", "UID", "DESCRIPTION"),
    *("COMPLETED", "PERCENT-COMPLETE", "RRULE", "CATEGORIES", 'X-ODD;A="b"', "DTSTART;TZID=Mars"),
]
_CALENDAR_VALUES = [
    *("20240901", "20240901T100000Z", "COMPLETED", "CANCELLED", "IN-PROCESS", "a\\, b", "20240230"),
    *("FREQ=DAILY", "100", "x@y", "00000000", "99991231"),
]


def _as_ics(draw: Draw, grid: Grid) -> tuple[str, bytes]:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for row in grid:
        kind = draw(st.sampled_from(["VEVENT", "VTODO"]))
        lines.append(f"BEGIN:{kind}")
        for cell in row:
            name = draw(st.sampled_from(_CALENDAR_NAMES))
            value = draw(st.sampled_from(_CALENDAR_VALUES) | st.just(str(cell)))
            lines.append(f"{name}:{value}")
        lines.append(f"END:{kind}")
    return "list.ics", "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


_WRITERS: tuple[Callable[[Draw, Grid], tuple[str, bytes]], ...] = (
    _as_csv,
    _as_json,
    _as_xlsx,
    _as_ods,
    _as_xls,
    _as_ics,
)

# --- what is wrong with it ------------------------------------------------------------------------


def _changed(draw: Draw, data: bytes) -> bytes:
    """Return bytes of which some are others, gone or twice."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        inserted = draw(st.binary(max_size=2) | st.sampled_from([b'"', b"\n", b";", b"<", b"\xff"]))
        data = data[:at] + inserted + data[at + draw(st.sampled_from([0, 1, 2, 100])) :]
    return data


def _changed_within(draw: Draw, data: bytes) -> bytes:
    """Return a package of which one part is changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(stream, "w") as package:
        names = whole.namelist()
        spoilt = draw(st.sampled_from(names))
        for name in names:
            part = whole.read(name)
            package.writestr(name, _changed(draw, part) if name == spoilt else part)
    return stream.getvalue()


@st.composite
def _made(draw: Draw) -> Folder:
    name, data = draw(st.sampled_from(_WRITERS))(draw, draw(grids()))
    return _spoilt(draw, name, data)


def _spoilt(draw: Draw, name: str, data: bytes) -> Folder:
    if draw(st.integers(0, 3)) == 3:
        is_package = data.startswith(b"PK")
        change = draw(st.sampled_from([_changed, _changed_within])) if is_package else _changed
        data = change(draw, data)
    if draw(st.integers(0, 9)) == 9:
        name = draw(st.sampled_from(["list.csv", "list.json", "list.xlsx", "list.ods", "list"]))
    return {name: data}


REGISTERS = {
    path.name: path.read_bytes()
    for path in sorted((ROOT / "tests" / "registers").glob("*/*"))
    if path.stat().st_size < 20_000
}


@functools.cache
def _workbook() -> bytes:
    """Return the shared programme as `sheet` writes it."""
    return workbook(loads(PROGRAMME))


@st.composite
def _known(draw: Draw) -> Folder:
    known = {**REGISTERS, "science.xlsx": _workbook()}
    name = draw(st.sampled_from(sorted(known)))
    return _spoilt(draw, name, known[name])


tables = _made() | _known() | st.binary(max_size=60).map(lambda data: {"list.csv": data})
"""A file with a table, or one that was, or was to be."""
