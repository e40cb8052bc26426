"""Text with separators, in any of the ways in which people save it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones.importing.grid import NotATable, text
from betatech_milestones.importing.tables import read_tables

Rows = list[tuple[int, tuple[object, ...]]]


def rows(data: bytes) -> Rows:
    """The number and the values of each row."""
    (table,) = read_tables(data, name="list.csv")
    assert (table.name, table.headed, table.hidden) == ("", False, False)
    return [(row.number, row.values) for row in table.rows]


def refusal(data: bytes) -> str:
    """What is said of a file."""
    with pytest.raises(NotATable) as caught:
        read_tables(data, name="list.csv")
    return str(caught.value).removeprefix("list.csv: ")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_separator_and_ends_of_lines_are_found(
    encoding: str, separator: str, end: str
) -> None:
    """In every combination."""
    written = end.join(
        separator.join(cells) for cells in [("één", "€ twee"), ("“3”", "x y"), ("", "z")]
    )
    found = rows(written.encode(encoding))
    assert found == [(1, ("één", "€ twee")), (2, ("“3”", "x y")), (3, (None, "z"))]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("naam;bedrag\na;1,5\nb;2,5\n", ("naam", "bedrag")),
        ("naam;toelichting\na;eerst, dan\nb;nu, straks\n", ("naam", "toelichting")),
        ('"a,b";"c,d"\n"e";"f"\n', ("a,b", "c,d")),
        ("Lijst van mijlpalen, 2014\n\na;b;c\n1;2;3\n4;5;6\n", ("Lijst van mijlpalen, 2014",)),
        ("a|b;c\n1|2;3\n", ("a|b", "c")),
        ("a,b;c", ("a,b", "c")),
        ("alleen\néén\nkolom", ("alleen",)),
        ("een zin, met een komma\nen een zonder\nen nog een\n", ("een zin, met een komma",)),
    ],
)
def test_the_separator_is_the_one_that_makes_rows_alike(
    written: str, values: tuple[str, ...]
) -> None:
    """Commas in numbers and sentences are no separators."""
    first = rows(written.encode())[0][1]
    assert tuple(value for value in first if value is not None) == values


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_excels_own_line_names_the_separator(line: str) -> None:
    """It counts as a line, and is no row."""
    assert rows(f"{line}\r\na,b;c\r\n".encode()) == [(2, ("a,b", "c"))]
    assert rows(b"sep=\t\na\tb;c") == [(2, ("a", "b;c"))]


def test_marks_of_byte_order_inside_headings_vanish() -> None:
    """Who joins two files puts one in the middle."""
    data = b'\xef\xbb\xbf\xef\xbb\xbfId;\xef\xbb\xbf"Datum ";x\xef\xbb\xbf\n1;2;3\n'
    assert rows(data) == [(1, ("Id", "Datum", "x")), (2, ("1", "2", "3"))]
    assert rows(b"\xef\xbb\xbfcaf\xe9;b") == [(1, ("café", "b"))]


def test_a_row_is_numbered_by_the_line_on_which_it_begins() -> None:
    """Lines break inside quotes, and empty rows are left out."""
    data = b'a;b\r\n"1\r\n2\r\n\r\n3";"x ""y"""\r\n;;\r\n\r\nz;q\r\n'
    assert rows(data) == [(1, ("a", "b")), (2, ("1\n2\n\n3", 'x "y"')), (8, ("z", "q"))]


def test_rows_are_filled_up_to_the_longest() -> None:
    """And empty cells at their ends are none."""
    assert rows(b"a;;;;\n1;2\n;;3;;\n") == [
        (1, ("a", None, None)),
        (2, ("1", "2", None)),
        (3, (None, None, "3")),
    ]


def test_letters_in_two_parts_are_composed_and_no_sign_becomes_a_separator() -> None:
    """The Greek question mark is composed to a semicolon: after the fields were told apart."""
    assert rows("e\u0301,\u037e\n1,2\n".encode()) == [(1, ("\u00e9", ";")), (2, ("1", "2"))]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b'a;b\n1;"x\ny;z\n',
            (
                'line 2 has a quote (") that nothing closes, before "x", or one in the text that '
                'is not doubled (""); mend it, or save the table as .xlsx'
            ),
        ),
        (
            b'a;b\n"1\n2";"x"y;z\n',
            (
                'line 3 has a quote (") that nothing closes, before "x\\"y;z", or one in the text '
                'that is not doubled (""); mend it, or save the table as .xlsx'
            ),
        ),
        (
            b"a;b\n1;2\n3;\x004\n",
            ("line 3 has a NUL byte, as no text has; save the table as .xlsx, or as .csv in UTF-8"),
        ),
        (
            "a;b\n1;2\n".encode("utf-16")[:-1],
            (
                "line 2 has half a letter of UTF-16, so the file was cut or damaged; "
                "save the table as .xlsx, or as .csv in UTF-8"
            ),
        ),
        (
            b"a;b\n\x81;2\n",
            (
                "line 2 has the byte 0x81, which is neither UTF-8 nor Windows-1252; "
                "save the table as .xlsx, or as .csv in UTF-8"
            ),
        ),
        (
            "é;ë\nö;ü\n".encode() + b"x;\xe9\n",
            (
                "line 3 has the byte 0xe9, which is neither UTF-8 nor Windows-1252; "
                "save the table as .xlsx, or as .csv in UTF-8"
            ),
        ),
        (
            b"a\n" + b",".join([b"x"] * 1_000_000),
            (
                "line 2 has 1,000,000 columns, up to BDWGN, and no more than 2,000 are read; "
                "delete what does not belong to the table"
            ),
        ),
        (
            b"a;b\n1;" + b"x" * 1_000_001,
            (
                "line 2 has a text of more than 1,000,000 characters; "
                'look for a quote (") that nothing closes'
            ),
        ),
        (
            (b"x;" * 1_999 + b"x\n") * 1_001,
            (
                "has 1,001 rows of 2,000 columns, and no more than 2,000,000 cells are read; "
                "delete what does not belong to the table, or split it"
            ),
        ),
        (
            b"a,b\n1,2\n" + b"," * 10_000_001 + b"\n3,4\n",
            "line 3 has more than 10,000,000 characters; look whether it is the right file",
        ),
        (
            b"\n" * 5_000_001,
            (
                "has 5,000,001 lines, and no more than 5,000,000 are read; delete those that are "
                "empty, or split it"
            ),
        ),
    ],
    ids=[
        *("open", "not doubled", "nul", "cut", "strange", "damaged", "columns", "long", "cells"),
        *("a long line", "lines"),
    ],
)
def test_what_cannot_be_read_surely_is_refused(data: bytes, message: str) -> None:
    """With the line, and the remedy."""
    assert refusal(data) == message


def test_columns_with_nothing_in_them_are_not_too_many() -> None:
    """Some programs write every column that a sheet could have."""
    assert rows(b"a;b" + b";" * 16_000 + b"\n1;2\n") == [(1, ("a", "b")), (2, ("1", "2"))]


def test_a_long_file_has_lines_of_any_length() -> None:
    """One after the other, they may be many more than one may have."""
    line = b"x" * 900_000
    assert [number for number, _ in rows(b"a\n" + (line + b"\n") * 12)] == [*range(1, 14)]


def test_a_long_text_is_read_and_the_process_is_as_it_was() -> None:
    """The limit of the standard library is one for all, and lower."""
    before = csv.field_size_limit()
    assert rows(b"a;b\n1;" + b"x" * 900_000)[1][1] == ("1", "x" * 900_000)
    assert refusal(b'a;"').startswith("line 1 has a quote")
    assert csv.field_size_limit() == before


CELLS = st.text(
    st.characters(codec="cp1252", exclude_categories=["Cc", "Cf"]) | st.just("\n"), max_size=8
)


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6
        )
    ),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_csv_writes_is_read_back(
    written: list[list[str]], separator: str, encoding: str, end: str
) -> None:
    """Whatever the cells hold, where the separator is known."""
    stream = io.StringIO()
    stream.write(f"sep={separator}{end}")
    csv.writer(stream, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
        written
    )
    expected = [tuple(text(cell) for cell in cells) for cells in written]
    kept = [cells for cells in expected if any(cells)]
    width = max((at + 1 for cells in kept for at, cell in enumerate(cells) if cell), default=0)
    data = stream.getvalue().encode(encoding)
    if kept:
        assert [values for _, values in rows(data)] == [cells[:width] for cells in kept]
    else:
        assert refusal(data) == "has no rows; look whether it is the right file"


WORDS = st.text("abc é€,;|\t'\n\"", max_size=8).map(lambda cell: f"x{cell}x")


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(WORDS, min_size=width, max_size=width), min_size=2, max_size=6
        )
    ),
    st.sampled_from(",;\t|"),
)
def test_the_separator_is_found_where_all_is_quoted(
    written: list[list[str]], separator: str
) -> None:
    """Quotes leave one reading."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(written)
    assert [values for _, values in rows(stream.getvalue().encode())] == list(map(tuple, written))
