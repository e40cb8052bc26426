"""What a file with a table in it is, and what is said of one that is none.

Each format has a file of its own: `test_tables_csv.py` and so on.
"""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones.importing.grid import (
    LONGEST_TEXT,
    Block,
    Line,
    NotATable,
    Row,
    Table,
    letters,
    number,
    sheet,
    text,
)
from betatech_milestones.importing.tables import read_tables


def zipped(**parts: str) -> bytes:
    """A zip with these parts; `__` in a name stands for a slash and `_` for a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WEB = "is a page of a website, and no table; open it in a program for sheets, and save it as .xlsx"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "is empty; look whether it is the right file"),
        ("a.csv", b" \r\n\t\n", "has no rows; look whether it is the right file"),
        ("a.csv", b"\xef\xbb\xbf", "has no rows; look whether it is the right file"),
        ("a.xlsx", b"%PDF-1.7", "is a PDF document, and no table; save the table as .xlsx or .csv"),
        ("a.xlsx", b"\x89PNG\r\n", "is an image, and no table; save the table as .xlsx or .csv"),
        (
            "a.csv",
            b"\xff\xd8\xff\xe0",
            "is an image, and no table; save the table as .xlsx or .csv",
        ),
        (
            "a.rtf",
            b"{\\rtf1",
            "is a document for word processors, and no table; save the table as .xlsx or .csv",
        ),
        (
            "a.docx",
            zipped(word__document_xml=""),
            "is a document of Office, and no table; save the table as .xlsx or .csv",
        ),
        ("a.xlsb", zipped(xl__workbook_bin=""), "is a binary workbook (.xlsb); save it as .xlsx"),
        (
            "a.zip",
            zipped(list_csv="a;b"),
            "is an archive, and no table; unpack it, and give the table in it",
        ),
        ("a.csv.gz", b"\x1f\x8b\x08", "is a compressed file, and no table; unpack it"),
        (
            "a.xlsx",
            b"PK\x03\x04 and then nothing",
            (
                "is damaged: its directory cannot be read; "
                "open it in a program for sheets, and save it again"
            ),
        ),
        (
            "a.xlsx",
            COMPOUND + "EncryptedPackage".encode("utf-16-le"),
            "has a password; take it off, and save the file again",
        ),
        (
            "a.doc",
            COMPOUND + "WordDocument".encode("utf-16-le"),
            "is a document for word processors, and no table; save the table as .xlsx or .csv",
        ),
        ("a.xls", b"<html><body><table>", WEB),
        ("a.xls", b"\r\n<!-- made --> <!DOCTYPE html>", WEB),
        ("a.xls", b'<?xml version="1.0"?>\n<html xmlns="x">', WEB),
        ("a.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", WEB),
        (
            "a.xls",
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>',
            "is XML, and no table; open it in a program for sheets, and save it as .xlsx",
        ),
        ("a.TOML", b"a = 1", "is TOML, and no table; save the table as .xlsx or .csv"),
        ("a.md", b"| a |", "is Markdown, and no table; save the table as .xlsx or .csv"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(name: str, data: bytes, message: str) -> None:
    """One message: the file, what it is, and how to get a table of it."""
    with pytest.raises(NotATable) as caught:
        read_tables(data, name=name)
    assert str(caught.value) == f"{name}: {message}"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list", b"a;b"),
        ("list.txt", b"a\tb"),
        ("list.json", b"a,b"),
        ("list.csv", b'[{"a": 1}]'),
        ("list.csv", b"PK;a\n1;b"),
        ("list.csv", b"<!-- -->" * 500 + b"a"),
        ("list.txt", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR\n"),
    ],
)
def test_the_content_tells_what_a_file_is(name: str, data: bytes) -> None:
    """A name that says something else does not."""
    if name == "list.json":
        with pytest.raises(NotATable, match=r"^list\.json: is no JSON: line 1, column 1: "):
            read_tables(data, name=name)
    else:
        assert read_tables(data, name=name)[0].rows


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.json", "a.ics", "a.xls", "a"]))
def test_any_bytes_are_tables_or_are_refused(data: bytes, name: str) -> None:
    """Whatever is given, nothing but `NotATable` is raised."""
    tables: tuple[Table, ...] = ()
    said = f"{name}: "
    try:
        tables = read_tables(data, name=name)
    except NotATable as error:
        said = str(error)
    assert said.startswith(f"{name}: ")
    for table in tables:
        assert len({len(row.values) for row in table.rows}) <= 1


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_have_letters(column: int, name: str) -> None:
    """As every spreadsheet has them."""
    assert letters(column) == name


def test_a_cell_is_named_as_a_person_finds_it() -> None:
    """By letter and number, and in records by the record and the name of the value."""
    row = Row(12, (None,) * 6)
    assert Table(name="Blad1", rows=(row,)).cell(row, 5) == "F12"
    names = Row(0, ("Id", "Datum"))
    record = Row(12, ("1", None))
    table = Table(name="", rows=(names, record), headed=True)
    assert table.cell(record, 1) == 'record 12, "Datum"'
    assert table.cell(names, 1) == "the name of value 2"


# --- values and sizes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", None),
        (" \t\u00a0\n", None),
        ("\ufeffDatum\u200b", "Datum"),
        ("  a  b ", "a  b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00\x0bb", "ab"),
        ("e\u0301e\u0301n", "\u00e9\u00e9n"),
        ("half \ud800 a sign", "half  a sign"),
    ],
)
def test_a_text_is_what_is_seen_of_it(written: str, read: str | None) -> None:
    """Composed, with no space around it, and without signs that nobody sees."""
    assert text(written) == read


@given(st.text())
def test_a_text_that_was_read_stays_as_it_is(written: str) -> None:
    """Reading it again changes nothing."""
    once = text(written)
    assert once is None or text(once) == once


@pytest.mark.parametrize(
    ("written", "read"),
    [("12", "12"), ("1.50", "1.50"), ("2.0", "2"), ("1e3", "1000"), ("-0", "0"), ("0.00", "0")],
)
def test_a_number_is_whole_where_it_can_be(written: str, read: str) -> None:
    """An `int`, and else the decimals that are written."""
    assert str(number(written)) == read


@pytest.mark.parametrize("written", ["", "x", "NaN", "Infinity", "1e999999999", "1e-999999999"])
def test_a_number_that_nobody_can_write_out_is_none(written: str) -> None:
    """It would fill the memory."""
    assert number(written) is None


def test_merged_blocks_that_lie_over_each_other_are_refused() -> None:
    """No program writes them, and filling them all would take for ever."""
    lines = [Line(row, {0: 1, 99: 2}) for row in range(1, 1001)]
    blocks = [Block(1, 0, 1000, 99)] * 30
    with pytest.raises(NotATable) as caught:
        sheet("S", [*lines, *blocks])
    assert str(caught.value) == (
        'sheet "S" has merged blocks that lie over each other; undo the merging of cells'
    )


def test_more_cells_than_a_table_has_are_refused() -> None:
    """With how many there are, and how many may be."""
    lines = (Line(row, {1999: 1}) for row in range(1, 2000))
    with pytest.raises(NotATable) as caught:
        sheet("S", lines)
    assert str(caught.value) == (
        'sheet "S" has 1,001 rows of 2,000 columns, and no more than 2,000,000 cells are read; '
        "delete what does not belong to the table, or split it"
    )


def test_the_limits_are_those_of_the_documentation() -> None:
    """A million characters for a text."""
    assert LONGEST_TEXT == 1_000_000
