"""Excel's workbooks: what a cell says, and which ones are refused.

openpyxl and XlsxWriter write them, and small ones that no program would write are made by hand.
"""

import datetime as dt
import importlib
import io
import string
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones.importing.grid import (
    NotATable,
    Shown,
    Table,
    Unusable,
    Value,
    letters,
    text,
)
from betatech_milestones.importing.number_formats import shown_by
from betatech_milestones.importing.packages import elements
from betatech_milestones.importing.tables import read_tables

xlsxwriter = importlib.import_module("xlsxwriter")  # has no type information

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ERROR = "an error of the spreadsheet"
NEVER_STORED = "a formula whose value was never stored; open and save the file"
DAY = dt.datetime(2014, 8, 1)  # noqa: DTZ001  a cell has no time zone


def made(fill: Callable[[Any, Any], object], **options: object) -> bytes:
    """A workbook with one sheet, as XlsxWriter writes it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **options}) as book:
        fill(book.add_worksheet("Mijlpalen"), book)
    return stream.getvalue()


def by_hand(
    sheet: str,
    *,
    book: str = "",
    strings: str = "",
    styles: str = "",
    prolog: str = "",
    namespace: str = MAIN,
    **parts: str,
) -> bytes:
    """A workbook with one sheet, of the XML in its parts."""
    opening = f'{prolog}<worksheet xmlns="{namespace}">'
    written = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{OFFICE}">{book}'
        '<sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "/xl/sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f"{opening}{sheet}</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{namespace}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>',
        **parts,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in written.items():
            archive.writestr(name, content)
    return stream.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    """The part that tells to what others one refers."""
    listed = "".join(
        f'<Relationship Id="r{index}" Type="{OFFICE}/{sort}" Target="{target}"/>'
        for index, (sort, target) in enumerate(targets, 1)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{listed}</Relationships>'


def row(*cells: str) -> str:
    """A sheet of one row."""
    return f'<sheetData><row r="1">{"".join(cells)}</row></sheetData>'


def only(data: bytes) -> Table:
    """The table of a workbook of one sheet."""
    (table,) = read_tables(data, name="list.xlsx")
    return table


def values(data: bytes) -> list[tuple[Value, ...]]:
    """The values of each row of it."""
    return [row.values for row in only(data).rows]


def refusal(data: bytes) -> str:
    """What is said of a workbook."""
    with pytest.raises(NotATable) as caught:
        read_tables(data, name="list.xlsx")
    return str(caught.value).removeprefix("list.xlsx: ")


DAMAGED = "; open it in a program for sheets, and save it again"

# --- values ---------------------------------------------------------------------------------------


def test_values_are_what_cells_say() -> None:
    """Texts, numbers, yes and no; what is blank is nothing, and so is a row of it."""

    def fill(sheet: Any, _book: Any) -> None:
        sheet.write_row(0, 0, ["Kop", "  e\u0301 \n", 12, 1.5, 0.1, 3.0, 1e300])
        sheet.write_boolean(2, 0, True)  # noqa: FBT003  its face
        sheet.write_boolean(2, 1, False)  # noqa: FBT003  the same
        sheet.write_string(2, 3, "_x000D_\u0001 a_x0041_")
        sheet.write_string(3, 0, "   ")
        sheet.write_rich_string(4, 0, "half ", _book.add_format({"bold": True}), "vet")

    table = only(made(fill))
    assert [(row.number, row.values) for row in table.rows] == [
        (1, ("Kop", "\u00e9", 12, Decimal("1.5"), Decimal("0.1"), 3, int(1e300))),
        (3, (True, False, None, "a_x0041_", None, None, None)),
        (5, ("half vet", *[None] * 6)),
    ]
    assert table.name == "Mijlpalen"


@pytest.mark.parametrize(
    ("number_format", "value"),
    [
        ("d-m-yyyy", DAY.date()),
        ("dd/mm/yy h:mm", DAY.date()),
        ("[$-413]dddd d mmmm yyyy;@", DAY.date()),
        ("d mmm", DAY.date()),
        ("mmm-yy", "2014-08"),
        ("mm/yyyy", "2014-08"),
        (r"[$-413]mmm\ yy", "2014-08"),
        (r"[$-nl-NL,1]mmmm\ yyyy;@", "2014-08"),
        ('"dag en maand" mmm yyyy', "2014-08"),
        ("mmmm", "2014-08"),
        ("[Red]yyyy", 2014),
        ("yyyy", 2014),
        (r"\dyy", 2014),
        ("h:mm", DAY.date()),
    ],
)
def test_a_date_says_no_more_than_its_cell_shows(number_format: str, value: Value) -> None:
    """A month is no first day of it, and a year no first of January."""

    def fill(sheet: Any, book: Any) -> None:
        sheet.write_datetime(0, 0, DAY, book.add_format({"num_format": number_format}))

    assert values(made(fill)) == [(value,)]
    assert values(made(fill, date_1904=True)) == [(value,)]


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("General", None),
        ("", None),
        ("0.00E+00", None),
        ('#,##0.00 "euro"', None),
        ("[h]:mm:ss", None),
        ("@", None),
        ("h:mm AM/PM", None),
        ("mm:ss", None),
        ("mmss.0", None),
        ("yyyy-mm-dd hh:mm:ss", Shown.DAY),
        ("yyyy-mm hh:mm", Shown.MONTH),
    ],
)
def test_m_is_a_month_or_a_minute(number_format: str, shown: object) -> None:
    """And letters of literal texts are neither."""
    assert shown_by(number_format) is shown


def styled(kind: int, *cells: str) -> bytes:
    """Cells that have a built-in number format as style 1."""
    styles = (
        '<cellStyleXfs><xf numFmtId="15"/></cellStyleXfs>'
        f'<cellXfs><xf/><xf numFmtId="{kind}"/></cellXfs><cellStyles><xf/></cellStyles>'
    )
    return by_hand(row(*cells), styles=styles)


@pytest.mark.parametrize(
    ("kind", "stored", "value"),
    [
        (14, "41852", DAY.date()),
        (17, "41852", "2014-08"),
        (14, "41852.75", DAY.date()),
        (22, "41851.9999999999", DAY.date()),
        (14, "1", dt.date(1900, 1, 1)),
        (14, "59", dt.date(1900, 2, 28)),
        (14, "61", dt.date(1900, 3, 1)),
        (14, "2958465", dt.date(9999, 12, 31)),
        (20, "0.604166666666667", "14:30"),
        (14, "0", Unusable("00:00", "no day of the calendar, in a cell for dates")),
        (14, "2958466", Unusable("#VALUE!", ERROR)),
        (46, "1.5", "36:00"),
        (31, "41852", DAY.date()),
        (33, "0.604166666666667", "14:30"),
    ],
)
def test_days_are_counted_as_excel_does(kind: int, stored: str, value: Value) -> None:
    """From 1900, with a leap day that never was."""
    assert values(styled(kind, f'<c r="A1" s="1"><v>{stored}</v></c>')) == [(value,)]


LOST = "a value that the file does not explain; open and save the file"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('t="e"><v>#REF!</v>', Unusable("#REF!", ERROR)),
        ('t="e"><f>A2/0</f><v>#DIV/0!</v>', Unusable("#DIV/0!", ERROR)),
        ("><f>SUM(B1:B2)</f>", Unusable("=SUM(B1:B2)", NEVER_STORED)),
        ("><f>SUM(B1:B2)</f><v></v>", Unusable("=SUM(B1:B2)", NEVER_STORED)),
        ("><f>SUM(B1:B2)</f><v>3</v>", 3),
        ("><f>0</f><v>0</v>", 0),
        ('><f t="array" ref="A1">B1</f>', Unusable("=B1", NEVER_STORED)),
        ('><f t="dataTable" ref="A1" r1="B1"/>', Unusable("=TABLE()", NEVER_STORED)),
        ('t="str"><f>A2&amp;""</f><v>a &lt; b</v>', "a < b"),
        ('t="str"><f>A2&amp;""</f><v></v>', None),
        ('t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>uitspraak</t></rPh></is>', "a"),
        ('t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is>', "a b"),
        ('t="inlineStr"><is/>', None),
        ('t="d"><v>2014-08-01T10:00:00</v>', DAY.date()),
        ('t="d" s="2"><v>2014-08-01</v>', "2014-08"),
        ('t="s"><v>0</v>', "gedeeld"),
        ('t="s"><v>1</v>', None),
        ('t="b"><v>1</v>', True),
        ('t="n"><v>1E2</v>', 100),
        ("><v>1e999</v>", Unusable("inf", LOST)),
        ('s="2"><v>1e999</v>', Unusable("#VALUE!", ERROR)),
        ('t="new"><v>1</v>', Unusable("1", LOST)),
        ('t="s"><v><!-- 0 -->0</v>', "gedeeld"),
    ],
)
@pytest.mark.parametrize("namespace", [MAIN, STRICT])
def test_every_kind_of_cell_is_read_or_told(cell: str, value: Value, namespace: str) -> None:
    """What cannot be used says why."""
    data = by_hand(
        row(f"<c {cell}</c>", "<c><v>7</v></c>"),
        strings='<si><t>gedeeld</t><rPh sb="0" eb="1"><t>uitspraak</t></rPh></si><si><t> </t></si>',
        styles='<numFmts><numFmt numFmtId="165" formatCode="mmm"/></numFmts>'
        '<cellXfs><xf/><xf/><xf numFmtId="165"/></cellXfs>',
        namespace=namespace,
    )
    assert values(data) == [(value, 7)]


def test_a_zero_that_was_written_instead_of_a_result_is_none() -> None:
    """Who writes it has Excel compute the workbook when it is opened."""

    def fill(sheet: Any, _book: Any) -> None:
        sheet.write_formula(0, 0, "=1+1")
        sheet.write_formula(0, 1, "=1+1", value=2)
        sheet.write_number(0, 2, 0)
        sheet.write_number(1, 0, 3)
        sheet.write_formula(2, 1, "=1+2")

    assert values(made(fill)) == [
        (Unusable("=1+1", NEVER_STORED), 2, 0),
        (3, None, None),
        (None, Unusable("=1+2", NEVER_STORED), None),
    ]


# --- rows and sheets ------------------------------------------------------------------------------


def test_merged_blocks_have_their_value_in_every_cell() -> None:
    """Beside whatever else stands in a row, and not beyond the table."""

    def fill(sheet: Any, _book: Any) -> None:
        sheet.merge_range(0, 0, 0, 300, "Titel")
        sheet.merge_range(1, 0, 4, 1, "Groep")
        sheet.write_column(1, 2, ["a", "b", None, "d"])

    assert [(row.number, row.values) for row in only(made(fill)).rows] == [
        (1, ("Titel", "Titel", "Titel")),
        (2, ("Groep", "Groep", "a")),
        (3, ("Groep", "Groep", "b")),
        (5, ("Groep", "Groep", "d")),
    ]
    block = '<mergeCells><mergeCell ref="B1:C2"/><mergeCell ref="A9"/></mergeCells>'
    assert values(by_hand(row("<c><v>1</v></c>") + block)) == [(1,)]


def test_hidden_rows_and_sheets_are_marked() -> None:
    """Whether they count, the mapping says."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name in ("Een", "Twee", "Drie"):
            sheet = book.add_worksheet(name)
            sheet.write_column(0, 0, [1, 2])
            sheet.set_row(1, None, None, {"hidden": name == "Een"})
        book.worksheets()[1].hide()
        book.worksheets()[2].very_hidden()
        book.add_chartsheet("Grafiek")
    tables = read_tables(stream.getvalue(), name="a.xlsm")
    assert [(table.name, table.hidden) for table in tables] == [
        ("Een", False),
        ("Twee", True),
        ("Drie", True),
    ]
    assert [row.hidden for table in tables for row in table.rows] == [False, True, *[False] * 4]


def test_cells_and_rows_without_a_number_follow_those_before() -> None:
    """Small programs leave the numbers out."""
    data = by_hand(
        "<sheetData><row><c><v>1</v></c><c/><c r='D1'><v>2</v></c><c><v>3</v></c></row>"
        "<row r='7'/><row><c><v>4</v></c></row></sheetData>"
    )
    assert [(row.number, row.values) for row in only(data).rows] == [
        (1, (1, None, None, 2, 3)),
        (8, (4, None, None, None, None)),
    ]


def test_parts_may_have_other_names_and_prefixes() -> None:
    """A workbook says where its parts are; one without texts or styles has no part for them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in {
            "[content_types].XML": "<Types/>",
            "_rels\\.rels": relations(("officeDocument", "/book/Main.xml")),
            "Book/main.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:y="{OFFICE}"><x:sheets>'
            '<x:sheet name="S" y:id="r1"/><x:sheet name="T" y:id="r9"/></x:sheets></x:workbook>',
            "book/_rels/main.xml.rels": relations(("worksheet", "../S.xml")),
            "s.xml": f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="B1">'
            "<x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>",
        }.items():
            archive.writestr(name, content)
    assert values(stream.getvalue()) == [(None, 1)]


SHORT = st.text(
    st.sampled_from(string.printable + "é€\u0301_x0041 ") | st.characters(codec="utf-8"),
    max_size=12,
)
WORDS = st.text('abc é<&>"', min_size=1, max_size=5).filter(str.strip)
CELLS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**14), 10**14)
    | st.floats(allow_nan=False, allow_infinity=False, width=32).map(lambda n: float(f"{n:.15g}"))
    | st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31))
    | SHORT
)


def as_read(cell: object) -> Value:
    """What is read of a value that was written."""
    match cell:
        case str():
            return text(cell)
        case float():
            return int(cell) if cell.is_integer() else Decimal(repr(cell))
        case None | bool() | int() | dt.date():
            return cell
    raise AssertionError(cell)


@pytest.mark.slow
@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
def test_any_grid_that_is_written_is_read_back(grid: list[list[object]]) -> None:
    """By position, value and type."""

    def fill(sheet: Any, book: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, cells in enumerate(grid):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif isinstance(cell, dt.date):
                    sheet.write_datetime(number, column, cell, day)
                else:
                    sheet.write(number, column, cell)

    expected = {
        (number, column): value
        for number, cells in enumerate(grid, 1)
        for column, cell in enumerate(cells)
        if (value := as_read(cell)) is not None
    }
    data = made(fill, strings_to_urls=False)
    if not expected:
        assert refusal(data) == "has no rows; look whether it is the right file"
        return
    found = {
        (row.number, column): value
        for row in only(data).rows
        for column, value in enumerate(row.values)
        if value is not None
    }
    assert found == expected
    assert {at: type(value) for at, value in found.items()} == {
        at: type(value) for at, value in expected.items()
    }


@pytest.mark.slow
@given(
    st.lists(st.lists(st.none() | st.integers() | st.booleans() | WORDS, max_size=4), max_size=4)
)
def test_calamine_reads_the_same(grid: list[list[object]]) -> None:
    """A second opinion, on what openpyxl writes."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["kop"])
    for cells in grid:
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(stream.getvalue()))
    theirs = {
        (number, column): text(cell) if isinstance(cell, str) else cell
        for number, cells in enumerate(read.get_sheet_by_index(0).to_python(), 1)
        for column, cell in enumerate(cells)
        if cell != ""
    }
    ours = {
        (row.number, column): value
        for row in only(stream.getvalue()).rows
        for column, value in enumerate(row.values)
        if value is not None
    }
    assert ours == theirs


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ("<sheetData><row r='x'/></sheetData>", 'is damaged: sheet "S" has a row "x"'),
        (
            "<sheetData><row r='99999999'><c/></row></sheetData>",
            'is damaged: sheet "S" has a row "99999999"',
        ),
        (
            "<sheetData><row r='3'/><row r='2'/></sheetData>",
            'is damaged: sheet "S" has row 2 below row 3',
        ),
        (
            "<sheetData><row><c><v>1</v></c></row><row><c r='AAAA1'/></row></sheetData>",
            'is damaged: sheet "S" cannot be read from row 2 on',
        ),
        (row('<c t="d"><v>morgen</v></c>'), 'is damaged: sheet "S" cannot be read from row 1 on'),
        (row('<c t="s"><v>2</v></c>'), 'is damaged: sheet "S" cannot be read from row 1 on'),
        (row("<c><v>veel</v></c>"), 'is damaged: sheet "S" cannot be read from row 1 on'),
        ("<mergeCell ref='A1:'/>", 'is damaged: sheet "S" has a merged block "A1:"'),
        (
            "<sheetData>",
            "is damaged: xl/worksheets/sheet1.xml is no XML: mismatched tag: line 1, column 90",
        ),
        (
            f"<!--{' ' * 5_000_000}-->",
            "is damaged: xl/worksheets/sheet1.xml has a tag without end",
        ),
        (
            "<a>" * 300,
            "is damaged: xl/worksheets/sheet1.xml has too many elements within each other",
        ),
    ],
)
def test_a_damaged_sheet_is_told(sheet: str, message: str) -> None:
    """With what is wrong in it."""
    assert refusal(by_hand(sheet)) == message + DAMAGED


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(encoding: str) -> None:
    """A document that defines any is refused, in any encoding."""
    sheet = f'{BOMB}<worksheet xmlns="{MAIN}">&b;</worksheet>'
    data = by_hand("", **{"xl/worksheets/sheet1.xml": sheet.encode(encoding)})  # type: ignore[arg-type]
    assert refusal(data) == (
        "has XML with a document type, which no program for sheets writes; "
        "open it in one, and save it again"
    )


def test_a_zip_that_packs_one_thing_over_and_over_is_refused() -> None:
    """Of a table no hundredth is left; below 10 MB nobody minds."""
    data = by_hand(row(*["<c><v>1</v></c>"] * 700_000))
    assert refusal(data).endswith(" times its size, which no table does; save the sheet as .csv")
    assert values(by_hand(row(*["<c><v>1</v></c>"] * 2_000))) == [(1,) * 2_000]


def test_cells_share_their_texts() -> None:
    """A long text in many cells is made into a value once: they share that, too."""
    shared = f'<sst xmlns="{MAIN}"><si><t>{"a é " * 200_000}</t></si></sst>'
    cells = row(*['<c t="s"><v>0</v></c>'] * 1_000)
    [found] = values(by_hand(cells, **{"xl/sharedStrings.xml": shared}))
    assert len({id(value) for value in found}) == 1


TOO_LARGE = (
    "unpacks to more than 200 MB; delete what does not belong to the table, and save it again, "
    "or save the sheet as .csv"
)


@pytest.mark.slow
@pytest.mark.measured
def test_a_zip_that_unpacks_to_too_much_is_refused_unread() -> None:
    """Its directory says so: no more than the file itself is ever in memory."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        with archive.open("xl/media/a", "w") as part:
            for _ in range(201):
                part.write(bytes(1_000_000))
    tracemalloc.start()
    try:
        assert refusal(stream.getvalue()) == TOO_LARGE
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.measured
def test_a_part_that_is_used_again_and_again_counts_each_time() -> None:
    """A directory is honest about one part that a hundred sheets are."""
    sheets = "".join(f'<sheet name="S{at}" r:id="r1"/>' for at in range(100))
    big = f'<worksheet xmlns="{MAIN}">{" " * 9_000_000}</worksheet>'
    data = by_hand(
        "",
        **{
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheets}</workbook>',
            "xl/worksheets/sheet1.xml": big,
        },
    )
    assert refusal(data) == TOO_LARGE


def test_a_directory_that_lies_is_found_out() -> None:
    """What is unpacked beyond what it says is not read."""
    data = by_hand(row("<c><v>1</v></c>" * 999))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert refusal(lying) == (f"is damaged: xl/worksheets/sheet1.xml cannot be unpacked{DAMAGED}")


def test_a_locked_part_and_a_missing_one_are_told() -> None:
    """A zip may have a password of its own."""
    data = bytearray(by_hand(row("<c><v>1</v></c>")))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[at + 8] |= 1
    assert refusal(bytes(data)) == "has a password; take it off, and save the file again"
    gone = relations(("worksheet", "gone.xml"))
    assert refusal(by_hand("", **{"xl/_rels/workbook.xml.rels": gone})) == (
        f"is damaged: it lacks xl/gone.xml{DAMAGED}"
    )


def test_a_text_without_end_is_refused() -> None:
    """No cell of Excel holds more than 32,767 signs."""
    cell = f'<c t="str"><v>{"x" * 1_000_001}</v></c>'
    assert refusal(by_hand(row(cell))) == (
        f'has a text of more than 1,000,000 characters, "{"x" * 58}…; shorten it'
    )


def test_a_number_format_without_end_is_read_as_far_as_excel_would() -> None:
    """A hundred thousand signs of it would take minutes."""
    styles = (
        f'<numFmts><numFmt numFmtId="200" formatCode="{"m" * 100_000}"/></numFmts>'
        '<cellXfs><xf numFmtId="200"/></cellXfs>'
    )
    begun = time.process_time()
    assert values(by_hand(row('<c s="0"><v>41852</v></c>'), styles=styles)) == [("2014-08",)]
    assert time.process_time() - begun < 1


def test_a_cell_far_from_the_table_is_named() -> None:
    """So that it can be found and deleted."""
    assert refusal(by_hand(row('<c r="XFD1"><v>1</v></c>'))) == (
        'sheet "S" has 16,384 columns, up to XFD, and no more than 2,000 are read; '
        "delete what does not belong to the table"
    )


def test_rows_of_empty_cells_to_the_last_column_are_refused() -> None:
    """They are made by no program, and would take minutes."""
    rows = "<row><c r='XFD1'><v></v></c></row>" * 250
    assert refusal(by_hand(f"<sheetData>{rows}</sheetData>")) == (
        'sheet "S" has rows of 16,384 cells with hardly a value in them; '
        "delete what does not belong to the table"
    )


def test_what_openpyxl_does_not_understand_around_the_cells_is_told() -> None:
    """A number of a format is a number."""
    assert refusal(
        by_hand(row("<c><v>1</v></c>"), styles='<cellXfs><xf numFmtId="x"/></cellXfs>')
    ) == (f"is damaged: its texts or its number formats cannot be read{DAMAGED}")


def test_what_is_around_the_cells_keeps_nobody_from_them() -> None:
    """Fonts, rules and properties are not even looked at."""
    data = by_hand(
        row("<c><v>1</v></c>") + '<dataValidations count="x"><dataValidation/></dataValidations>',
        styles='<fonts><font><family val="99"/></font></fonts><cellXfs><xf fontId="7"/></cellXfs>',
        **{"docProps/core.xml": "no XML"},
    )
    assert values(data) == [(1,)]


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed what reads it is told how."""
    data = by_hand(row("<c><v>1</v></c>") + '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert refusal(data) == (
        "needs the extra [sheets]: pip install 'betatech-milestones[sheets]'; "
        "or save the sheet as .csv"
    )


# --- speed ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_million_rows_with_a_style_alone_cost_nothing() -> None:
    """Who formats a whole column has them."""
    rows = "".join(
        f'<row r="{at}" spans="1:3" s="1" customFormat="1"><c r="A{at}" s="1"/>'
        f'<c r="B{at}" s="1"/></row>'
        for at in range(2, 1_000_000)
    )
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    last = '<row r="1000000"><c r="B1000000"><v>2</v></c></row>'
    data = by_hand(f"<sheetData>{first}{rows}{last}</sheetData>")
    del rows
    begun = time.process_time()
    assert values(data) == [(1, None), (None, 2)]
    assert time.process_time() - begun < 5  # about one second


def test_cells_with_a_style_alone_are_left_out_wherever_a_piece_of_the_file_ends() -> None:
    """A row to the last column is no wide table, and a tag of any length is one."""
    cells = "".join(f'<c r="{letters(at)}1" s="0"/>' for at in range(16_384))
    name = f'<c r="A1" x="{"x" * 300_000}"><v>1</v></c>'
    assert values(by_hand(row(name, cells))) == [(1,)]


def test_what_is_left_out_as_empty_is_never_a_text() -> None:
    """In a literal section or a comment, anything may stand."""
    cell = '<c t=\'str\'><v><![CDATA[<c r="A1"/><row r="1"/>]]></v></c>'
    assert values(by_hand(row(cell))) == [('<c r="A1"/><row r="1"/>',)]
    far = "<!--" + " " * 70_000 + "--><c r='B1'/><c r='C1'><v>1</v></c>"
    assert values(by_hand(row(cell, far))) == [('<c r="A1"/><row r="1"/>', None, 1)]


def test_a_long_list_is_no_damage() -> None:
    """A large workbook has hundreds of thousands of texts in one part; nothing of them is kept."""
    many = [b"<sst>", b"<si><t>x</t></si>" * 300_000, b"</sst>"]
    assert list(elements("xl/sharedStrings.xml", many, {})) == []
    with pytest.raises(NotATable, match="too many elements"):
        list(elements("xl/sharedStrings.xml", [b"<sst><a>", b"<b/>" * 600_000, b"</a></sst>"], {}))
