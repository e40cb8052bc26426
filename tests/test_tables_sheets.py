"""The workbooks of LibreOffice and of Excel before 2007."""

import datetime as dt
import importlib
import io
import sys
import time
import zipfile
from decimal import Decimal
from typing import Any

import pytest

from betatech_milestones.importing.grid import NotATable, Table, Unusable, Value
from betatech_milestones.importing.tables import read_tables

odf_document, odf_table, odf_text, odf_style, odf_number = (
    importlib.import_module(f"odf.{name}")
    for name in ("opendocument", "table", "text", "style", "number")
)
xlwt = importlib.import_module("xlwt")

ERROR = "an error of the spreadsheet"
NEVER_STORED = "a formula whose value was never stored; open and save the file"
LOST = "a value that the file does not explain; open and save the file"
DAMAGED = "; open it in a program for sheets, and save it again"


def only(data: bytes, name: str = "list.ods") -> Table:
    """The table of a workbook of one sheet."""
    (table,) = read_tables(data, name=name)
    return table


def refusal(data: bytes, name: str = "list.ods") -> str:
    """What is said of a workbook."""
    with pytest.raises(NotATable) as caught:
        read_tables(data, name=name)
    return str(caught.value).removeprefix(f"{name}: ")


# --- LibreOffice ----------------------------------------------------------------------------------


def cell(written: str = "", **said: object) -> Any:
    """A cell as odfpy makes it."""
    made = odf_table.TableCell(**said)
    if written:
        made.addElement(odf_text.P(text=written))
    return made


def by_odfpy(*rows: Any, styles: tuple[Any, ...] = (), columns: tuple[Any, ...] = ()) -> bytes:
    """A workbook of one sheet, with these rows."""
    document = odf_document.OpenDocumentSpreadsheet()
    for style in styles:
        document.automaticstyles.addElement(style)
    sheet = odf_table.Table(name="Blad één")
    for part in (*columns, *rows):
        sheet.addElement(part)
    document.spreadsheet.addElement(sheet)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def row(*cells: Any, **said: object) -> Any:
    """A row of cells."""
    made = odf_table.TableRow(**said)
    for one in cells:
        made.addElement(one)
    return made


def format_of(name: str, *parts: str) -> tuple[Any, Any]:
    """A style of cells whose dates show these parts, and the format it names."""
    shown = odf_number.DateStyle(name=f"N{name}")
    for part in parts:
        shown.addElement(getattr(odf_number, part)())
    style = odf_style.Style(name=name, family="table-cell", datastylename=f"N{name}")
    return shown, style


def test_values_are_what_cells_say() -> None:
    """By the types that the format knows."""
    data = by_odfpy(
        row(
            cell(" kop ", valuetype="string"),
            cell("2", valuetype="float", value="2.0"),
            cell("1,5", valuetype="float", value="1.5"),
            cell("50 %", valuetype="percentage", value="0.5"),
            cell("€ 3", valuetype="currency", value="3"),
            cell("WAAR", valuetype="boolean", booleanvalue="true"),
            cell("ONWAAR", valuetype="boolean", booleanvalue="false"),
            cell("1-8-14", valuetype="date", datevalue="2014-08-01"),
            cell("1-8-14", valuetype="date", datevalue="2014-08-01T12:30:00"),
            cell("14:30", valuetype="time", timevalue="PT14H30M00S"),
        ),
        row(numberrowsrepeated=1000),
        row(
            cell("x", valuetype="string", numbercolumnsrepeated=2), cell("y"), numberrowsrepeated=2
        ),
    )
    table = only(data)
    assert table.name == "Blad één"
    assert [(found.number, found.values) for found in table.rows] == [
        (
            1,
            (
                "kop",
                2,
                Decimal("1.5"),
                Decimal("0.5"),
                3,
                True,
                False,
                dt.date(2014, 8, 1),
                dt.date(2014, 8, 1),
                "14:30",
            ),
        ),
        (1002, ("x", "x", "y", *[None] * 7)),
        (1003, ("x", "x", "y", *[None] * 7)),
    ]


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        (("Day", "Month", "Year"), dt.date(2014, 8, 1)),
        (("DayOfWeek", "Month"), dt.date(2014, 8, 1)),
        (("Month", "Year"), "2014-08"),
        (("Quarter", "Year"), "Q3 2014"),
        (("Year",), 2014),
        (("Hours",), dt.date(2014, 8, 1)),
    ],
)
def test_a_date_says_no_more_than_its_cell_shows(parts: tuple[str, ...], value: Value) -> None:
    """Whether its style is its own, or that of its row, of its column, or the parent of one."""
    styles = format_of("a", *parts)
    child = odf_style.Style(name="b", family="table-cell", parentstylename="a")
    said = {"valuetype": "date", "datevalue": "2014-08-01"}
    data = by_odfpy(
        row(cell("x", **said, stylename="a"), cell("x", **said)),
        row(cell("x", **said, stylename="b"), cell("x", **said)),
        row(cell("x", **said), cell("x", **said), defaultcellstylename="a"),
        styles=(*styles, child),
        columns=(
            odf_table.TableColumn(),
            odf_table.TableColumn(numbercolumnsrepeated=9, defaultcellstylename="b"),
        ),
    )
    assert [found.values for found in only(data).rows] == [(value, value)] * 3


def by_hand(content: str, **parts: str) -> bytes:
    """A workbook of one sheet, of this XML."""
    stream = io.BytesIO()
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in [("o", "office"), ("t", "table"), ("x", "text"), ("s", "style")]
    )
    extended = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "content.xml",
            f'<o:document-content {spaces} xmlns:c="{extended}">{content}</o:document-content>',
        )
        for name, written in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), written)
    return stream.getvalue()


def one(cells: str) -> str:
    """A sheet of one row."""
    return f'<t:table t:name="S"><t:table-row>{cells}</t:table-row></t:table>'


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('c:value-type="error"><x:p>#REF!</x:p>', Unusable("#REF!", ERROR)),
        (
            't:formula="of:=1/0" o:value-type="string"><x:p>Err:502</x:p>',
            Unusable("Err:502", ERROR),
        ),
        ('o:value-type="string"><x:p>#REF!</x:p>', "#REF!"),
        ('t:formula="of:=1+1">', Unusable("=1+1", NEVER_STORED)),
        ('t:formula="of:=A2" o:value-type="string" o:string-value="">', None),
        ('o:value-type="string" o:string-value="a"><x:p>b</x:p>', "a"),
        ('o:value-type="string"><x:p>a</x:p><x:p>b</x:p>', "a\nb"),
        ("><x:p>a<x:s/><x:s x:c='2'/>b<x:tab/>c<x:line-break/>d</x:p>", "a   b\tc\nd"),
        ("><x:p>a<x:s x:c='999999999'/><x:s x:c='veel'/>b</x:p>", f"a{' ' * 100}b"),
        ("><x:p>a <x:span>b<x:a> c</x:a></x:span> d</x:p>", "a b c d"),
        ("><o:annotation><x:p>opmerking</x:p></o:annotation><x:p>a</x:p>", "a"),
        ("><x:p>a<o:annotation><x:p>opmerking</x:p></o:annotation> b</x:p>", "a b"),
        ('o:value-type="float" o:value="x"><x:p>a</x:p>', Unusable("x", LOST)),
        ('o:value-type="date" o:date-value="x"><x:p>a</x:p>', Unusable("x", LOST)),
        ('o:value-type="time" o:time-value="x"><x:p>a</x:p>', Unusable("x", LOST)),
    ],
)
def test_every_kind_of_cell_is_read_or_told(written: str, value: Value) -> None:
    """Texts in paragraphs without their comments; what cannot be used says why."""
    data = by_hand(
        one(f"<t:table-cell {written}</t:table-cell><t:table-cell><x:p>z</x:p></t:table-cell>")
    )
    assert only(data).rows[0].values == (value, "z")


def test_merged_blocks_hidden_rows_and_hidden_sheets() -> None:
    """As in Excel's workbooks."""
    data = by_hand(
        '<s:style s:name="h"><s:table-properties t:display="false"/></s:style>'
        '<s:style s:name="v"><s:table-properties/></s:style>'
        '<t:table t:name="S" t:style-name="v"><t:table-row>'
        '<t:table-cell t:number-rows-spanned="2"><x:p>groep</x:p></t:table-cell>'
        "<t:table-cell><x:p>a</x:p></t:table-cell></t:table-row>"
        '<t:table-row t:visibility="filter"><t:covered-table-cell t:number-columns-repeated="1"/>'
        "<t:table-cell><x:p>b</x:p></t:table-cell></t:table-row></t:table>"
        '<t:table t:name="H" t:style-name="h"/>'
    )
    shown, hidden = read_tables(data, name="list.ods")
    assert [(found.values, found.hidden) for found in shown.rows] == [
        (("groep", "a"), False),
        (("groep", "b"), True),
    ]
    assert (shown.hidden, hidden.name, hidden.rows, hidden.hidden) == (False, "H", (), True)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            '<t:table-cell t:number-columns-repeated="16384"><x:p>a</x:p></t:table-cell>',
            (
                'sheet "S" has 16,384 columns, up to XFD, and no more than 2,000 are read; '
                "delete what does not belong to the table"
            ),
        ),
        (
            '<t:table-cell t:number-columns-repeated="x"/>',
            f'is damaged: a cell or a row is there "x" times{DAMAGED}',
        ),
        (
            "<x:p/>" * 500_001,
            f"is damaged: content.xml has too many elements within each other{DAMAGED}",
        ),
        (
            "<x:p>" * 251,
            f"is damaged: content.xml has too many elements within each other{DAMAGED}",
        ),
    ],
    ids=["columns", "times", "many", "deep"],
)
def test_what_is_no_sheet_of_a_person_is_refused(cells: str, message: str) -> None:
    """Before it is unfolded in memory."""
    assert refusal(by_hand(one(cells))) == message


def test_a_row_that_stands_for_a_million_is_refused() -> None:
    """A thousand values in each of them are more than are read."""
    filled = "<t:table-cell t:number-columns-repeated='1000'><x:p>a</x:p></t:table-cell>"
    data = by_hand(
        f'<t:table t:name="S"><t:table-row t:number-rows-repeated="1000000">{filled}'
        "</t:table-row></t:table>"
    )
    assert refusal(data) == (
        'sheet "S" has 2,001 rows of 1,000 columns, and no more than 2,000,000 cells are read; '
        "delete what does not belong to the table, or split it"
    )


def test_styles_of_the_whole_document_count_and_spaces_between_elements_do_not() -> None:
    """A format may stand in the part for styles."""
    spaces = 'xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    numbers = 'xmlns:n="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    styles = (
        f'<styles {spaces} {numbers}><n:date-style s:name="N1"><n:month/></n:date-style>'
        '<s:style s:name="a" s:data-style-name="N1"/></styles>'
    )
    written = '<t:table-cell t:style-name="a" o:value-type="date" o:date-value="2014-08-01">'
    data = by_hand(f"\n  {one(written + '<x:p>aug</x:p></t:table-cell>')}\n", styles_xml=styles)
    assert only(data).rows[0].values == ("2014-08",)


def test_styles_without_number_cost_the_cells_next_to_nothing() -> None:
    """Nobody has them: a chain of styles, and columns that are there no times."""
    chain = "".join(
        f'<s:style s:name="s{at}" s:parent-style-name="s{at + 1}"/>' for at in range(10_000)
    )
    columns = '<t:table-column t:number-columns-repeated="0"/>' * 10_000
    styled = '<t:table-cell t:style-name="s0"><x:p>a</x:p></t:table-cell>'
    rows = f"<t:table-row>{styled}<t:table-cell><x:p>b</x:p></t:table-cell></t:table-row>" * 2_000
    data = by_hand(f'{chain}<t:table t:name="S">{columns}{rows}</t:table>')
    begun = time.process_time()
    assert {found.values for found in only(data).rows} == {("a", "b")}
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "parts",
    [
        {"META-INF__manifest_xml": "<m:encryption-data/>"},
        {"encrypted-package": ""},
    ],
    ids=["parts", "whole"],
)
def test_a_locked_workbook_is_told(parts: dict[str, str]) -> None:
    """Older and newer versions of LibreOffice lock it in two ways."""
    assert refusal(by_hand("", **parts)) == "has a password; take it off, and save the file again"


# --- Excel before 2007 ----------------------------------------------------------------------------


def by_xlwt(**options: Any) -> bytes:
    """A workbook with one of each."""
    book = xlwt.Workbook(**options)
    sheet = book.add_sheet("Één")
    day = xlwt.easyxf(num_format_str="d-m-yyyy")
    for column, value in enumerate(["  kop ", 2, 1.5, True, "", "e\u0301"]):
        sheet.write(1, column, value)
    sheet.write(2, 0, dt.date(2014, 8, 1), day)
    sheet.write(2, 1, dt.datetime(2014, 8, 1, 12, 30), xlwt.easyxf(num_format_str="d-m-yy h:mm"))  # noqa: DTZ001
    sheet.write(2, 2, 0.604166666666667, xlwt.easyxf(num_format_str="h:mm"))
    sheet.write(2, 3, 1.25, xlwt.easyxf(num_format_str="[h]:mm"))
    sheet.write_merge(4, 5, 0, 1, "groep")
    sheet.write(5, 2, "x")
    book.add_sheet("Verborgen").visibility = 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_old_workbooks_are_read() -> None:
    """With what python-calamine tells of them."""
    shown, hidden = read_tables(by_xlwt(), name="list.xls")
    assert shown.name == "Één"
    assert [(found.number, found.values) for found in shown.rows] == [
        (2, ("kop", 2, Decimal("1.5"), True, None, "\u00e9")),
        (3, (dt.date(2014, 8, 1), dt.date(2014, 8, 1), "14:30", "30:00", None, None)),
        (5, ("groep", "groep", *[None] * 4)),
        (6, ("groep", "groep", "x", *[None] * 3)),
    ]
    assert (hidden.name, hidden.hidden, hidden.rows) == ("Verborgen", True, ())


def test_a_damaged_old_workbook_is_told() -> None:
    """Whatever is wrong with it."""
    assert refusal(by_xlwt()[:3000], "list.xls").startswith("is damaged: ")


def test_an_old_workbook_with_a_password_is_told() -> None:
    """Its second record says that what follows cannot be read."""
    data = bytearray(by_xlwt())
    first = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    data[first + 20 : first + 22] = b"\x2f\x00"
    message = "has a password; take it off, and save the file again"
    assert refusal(bytes(data), "list.xls") == message


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed what reads it is told how."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert refusal(by_xlwt(), "list.xls") == (
        "needs the extra [sheets]: pip install 'betatech-milestones[sheets]'; "
        "or save the sheet as .csv"
    )
