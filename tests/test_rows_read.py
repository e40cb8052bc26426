"""Tables and a mapping become rows; what cannot be read is said in words of the table."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from betatech_milestones.importing.cells import Manner, identifier, number
from betatech_milestones.importing.grid import Row, Table, Unusable, Value
from betatech_milestones.importing.mapping import load_mapping, loads_mapping
from betatech_milestones.importing.read import Reader, RowsRead
from betatech_milestones.importing.rows import MilestoneSaid
from betatech_milestones.model.conventions import Conventions, Period
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.values import LONGEST_ID
from betatech_milestones.model.vocabulary import Commitment, Found, ReadingKind, Status

Cells = Sequence[Value]


def table(*rows: Cells, name: str = "Acties", unseen: Sequence[int] = (), **kwargs: Any) -> Table:
    """Make a sheet; a row without cells is left out, as an empty one is."""
    width = max(map(len, rows))
    return Table(
        name=name,
        rows=tuple(
            Row(number, (*cells, *[None] * (width - len(cells))), number in unseen)
            for number, cells in enumerate(rows, 1)
            if cells
        ),
        **kwargs,
    )


def read(mapping: str, *tables: Table, **kwargs: Any) -> RowsRead:
    """Read tables in Dutch."""
    kwargs = {"conventions": Conventions(language="nl"), **kwargs}
    return Reader(mapping=loads_mapping(mapping), **kwargs).read(tables)


def told(findings: Sequence[object]) -> list[str]:
    return [str(one) for one in findings]


def one(mapping: str, headings: Cells, *rows: Cells, **kwargs: Any) -> MilestoneSaid:
    """Read a table that has one milestone, and nothing wrong."""
    found = read(mapping, table(headings, *rows), **kwargs)
    assert told(found.problems) == []
    [row] = found.rows
    return row.said


TITLE = '[[milestone]]\ntitle = "Titel"\n'
DATED = f'{TITLE}due = "Datum"\n'

# --- where a value comes from ---------------------------------------------------------------------


def test_a_row_is_a_milestone_in_the_measure_that_it_names() -> None:
    """All that a mapping can name, once."""
    mapping = """
[measure]
id = "Code maatregel"
code = "Code maatregel"
title = "Maatregel"
summary = "Uitleg"
cluster = "Spoor"
sectors = { from = "Sector", split = "," }
bodies = "Trekker"
locator = "Blz."

[[milestone]]
id = "{Code maatregel} {Nr}"
code = "Nr"
title = "Titel"
summary = "Tekst"
note = "Opmerking"
kind = { from = "Soort", words = { Rapport = "report" } }
commitment = { from = "Zekerheid", words = { Streven = "aim" } }
due = "Datum"
locator = "Blz."
bodies = { from = "Wie", split = ";" }
unit = "Eenheid"
goal = "Doel"
baseline = "Begin"
reading = { value = "Nu", on = "Peildatum", kind = "planned" }
outcome = { from = "Status", words = { Klaar = "met" } }
on = "Klaar op"
reason = "Reden"
says = "Stand"
"""
    row: dict[str, Value] = {
        "Code maatregel": "M 1",
        "Maatregel": "Open bibliotheken",
        "Uitleg": "Langer open.",
        "Spoor": "Lezen",
        "Sector": "mbo, hbo",
        "Trekker": "OCW",
        "Blz.": 12,
        "Nr": 3,
        "Titel": "Voortgang",
        "Tekst": "Een brief.",
        "Opmerking": "Zie ook 4.",
        "Soort": "rapport",
        "Zekerheid": "streven",
        "Datum": dt.date(2024, 7, 1),
        "Wie": "OCW; VOB;",
        "Eenheid": "bibliotheken",
        "Doel": "1.507,5",
        "Begin": 0,
        "Nu": Decimal("2.5"),
        "Peildatum": "2024",
        "Status": "klaar",
        "Klaar op": "30 juni 2024",
        "Reden": "Meer tijd.",
        "Stand": "Gereed.",
    }
    found = read(mapping, table([*row], tuple(row.values())))
    assert told(found.problems + found.notes) == []
    [milestone] = found.rows
    assert attrs.asdict(milestone.said, recurse=False) | {"measure": None, "reading": None} == {
        "measure": None,
        "id": "m-1-3",
        "also": (),
        "code": "3",
        "title": "Voortgang",
        "summary": "Een brief.",
        "note": "Zie ook 4.",
        "kind": "report",
        "commitment": Commitment.AIM,
        "due": PolicyDate("2024-07-01"),
        "locator": "12",
        "bodies": ("OCW", "VOB"),
        "unit": "bibliotheken",
        "goal": Decimal("1507.5"),
        "baseline": 0,
        "reading": None,
        "outcome": Status.MET,
        "on": PolicyDate("2024-06-30"),
        "reason": "Meer tijd.",
        "found": None,
        "says": "Gereed.",
    }
    assert attrs.asdict(milestone.said.measure) == {
        "id": "m-1",
        "code": "M 1",
        "title": "Open bibliotheken",
        "summary": "Langer open.",
        "cluster": "Lezen",
        "sectors": ("mbo", "hbo"),
        "bodies": ("OCW",),
        "locator": "12",
        "is_named": True,
    }
    assert milestone.said.reading is not None
    assert attrs.astuple(milestone.said.reading, recurse=False) == (
        PolicyDate("2024"),
        Decimal("2.5"),
        ReadingKind.PLANNED,
    )
    assert {key: str(place) for key, place in milestone.places.items()} == {
        "id": 'Acties!A2 "Code maatregel"',
        "code": 'Acties!H2 "Nr"',
        "title": 'Acties!I2 "Titel"',
        "summary": 'Acties!J2 "Tekst"',
        "note": 'Acties!K2 "Opmerking"',
        "kind": 'Acties!L2 "Soort"',
        "commitment": 'Acties!M2 "Zekerheid"',
        "due": 'Acties!N2 "Datum"',
        "locator": 'Acties!G2 "Blz."',
        "bodies": 'Acties!O2 "Wie"',
        "unit": 'Acties!P2 "Eenheid"',
        "goal": 'Acties!Q2 "Doel"',
        "baseline": 'Acties!R2 "Begin"',
        "reading.value": 'Acties!S2 "Nu"',
        "reading.on": 'Acties!T2 "Peildatum"',
        "reading": 'Acties!S2 "Nu"',
        "outcome": 'Acties!U2 "Status"',
        "on": 'Acties!V2 "Klaar op"',
        "reason": 'Acties!W2 "Reden"',
        "says": 'Acties!X2 "Stand"',
    }
    assert len(milestone.places) == 20


def test_a_row_may_be_several_milestones() -> None:
    """A project has a start and an end, whose ids and titles no cell has."""
    mapping = """
[measure]
id = "Project"
[[milestone]]
id = { always = "start" }
title = { always = "Start" }
due = "Begin"
[[milestone]]
id = { always = "end" }
title = "Einde van {Project}"
due = "Eind"
"""
    found = read(mapping, table(["Project", "Begin", "Eind"], ["Brug", "2024", "2026"]))
    said = [(row.said.full_id, row.said.title, str(row.said.due)) for row in found.rows]
    assert said == [("brug/start", "Start", "2024"), ("brug/end", "Einde van Brug", "2026")]
    assert [str(row.places["id"]) for row in found.rows] == [
        'Acties!B2 "Begin"',
        'Acties!A2 "Project"',
    ]


@pytest.mark.parametrize(
    ("quarter", "year", "day", "due"),
    [
        ("Q2", 2026, None, "2026-34"),
        (None, 2026, None, "2026"),
        ("Q2", None, "1 mei 2026", "2026-05-01"),
        (None, None, None, None),
    ],
)
def test_of_alternatives_the_first_that_says_something_counts(
    quarter: Value, year: Value, day: Value, due: str | None
) -> None:
    """A template says something where all its cells do."""
    mapping = f'{TITLE}due = ["{{Kwartaal}} {{Jaar}}", "Jaar", "Dag", "Maand"]'
    said = one(mapping, ["Titel", "Kwartaal", "Jaar", "Dag"], ["Brief", quarter, year, day])
    assert (said.due and said.due.edtf) == due


def test_headings_drift() -> None:
    """Capitals, accents, white space, line breaks, marks and unseen signs do not count."""
    said = one(
        f'{TITLE}due = "Date prévue de fin"',
        ["\ufefftitel *", "DATE  PREVUE\nde\xa0fin :"],
        ["Brief", "2026"],
    )
    assert str(said.due) == "2026"


def test_a_row_says_what_its_words_mean() -> None:
    """In whatever capitals; and what is no choice may stand for itself."""
    words = 'words = { "In Uitvoering" = "under-way", "" = "open", "-" = "dropped" }'
    mapping = f"""{TITLE}
outcome = {{ from = "Status", {words} }}
bodies = {{ from = "Wie", words = {{ EZ = "Ministerie van EZ" }} }}
"""
    found = read(
        mapping,
        table(
            ["Titel", "Status", "Wie"],
            ["Een", "in  uitvoering", "ez"],
            ["Twee", None, "OCW"],
            ["Drie", "-", None],
        ),
    )
    assert [(row.said.found, row.said.says, row.said.outcome) for row in found.rows] == [
        (Found.UNDER_WAY, "in  uitvoering", None),
        (None, None, None),
        (None, None, Status.DROPPED),
    ]
    assert [row.said.bodies for row in found.rows] == [("Ministerie van EZ",), ("OCW",), None]


@pytest.mark.parametrize("outcome", ["partly", "not-done", "nothing"])
def test_cells_may_use_our_words(outcome: str) -> None:
    """Without words in the mapping, a cell has to have one of ours."""
    mapping = f'{TITLE}outcome = "Status"\nkind = "Soort"\ncommitment = "Zekerheid"'
    headings = ["Titel", "Status", "Soort", "Zekerheid"]
    said = one(mapping, headings, ["Brief", outcome, "Report", "Deadline"])
    assert (said.found, said.kind, said.commitment) == (outcome, "report", Commitment.DEADLINE)


def test_a_day_of_ending_means_that_it_was_met() -> None:
    """Where no status says otherwise; where one does, that day is left out and told of."""
    mapping = f'{TITLE}on = "Klaar op"\noutcome = {{ from = "Status", optional = true }}'
    assert one(mapping, ["Titel", "Klaar op"], ["Brief", "2024-05-01"]).outcome is Status.MET
    found = read(
        mapping,
        table(
            ["Titel", "Klaar op", "Status"],
            ["Een", "2024-05-01", None],
            ["Twee", "2024-05-01", "open"],
            ["Drie", "2024-05-01", "dropped"],
        ),
    )
    assert [(row.said.outcome, row.said.on and row.said.on.edtf) for row in found.rows] == [
        (Status.MET, "2024-05-01"),
        (None, None),
        (Status.DROPPED, "2024-05-01"),
    ]
    assert told(found.notes) == [
        'sheet "Acties": row 3 was read without "Klaar op": no status says that there was an end',
    ]


def test_a_number_of_nothing_is_none() -> None:
    """Registers write 0 beside what they do not count."""
    mapping = (
        f'{TITLE}unit = "Eenheid"\ngoal = "Doel"\nreading = {{ value = "Doel", on = "Datum" }}'
    )
    headings = ["Titel", "Eenheid", "Doel", "Datum"]
    said = one(mapping, headings, ["Brief", None, 0, "2024"])
    assert (said.unit, said.goal, said.reading) == (None, None, None)
    assert one(mapping, headings, ["Brief", "stuks", 3, None]).reading is None


def test_a_summary_that_is_the_title_is_none() -> None:
    """A list with one column of text says it once."""
    assert one(f'{TITLE}summary = "Titel"', ["Titel"], ["Brief"]).summary is None


# --- measures and ids -----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "measure"), [("Acties", "Acties"), ("", "lijst")])
def test_without_a_measure_all_is_in_one(name: str, measure: str) -> None:
    """It is called as the sheet, or else as the file."""
    found = read(TITLE, table(["Titel"], ["Brief"], name=name), name="lijst")
    [row] = found.rows
    assert (row.said.measure.id, row.said.measure.title) == (measure.lower(), measure)


@pytest.mark.parametrize(
    ("file", "measure"),
    [
        ("promises-2024-05-31", "promises"),
        ("promises (2)", "promises"),
        ("promises v3", "promises"),
        ("plan2030", "plan2030"),
        ("2024", "2024"),
        ("-2024", "-2024"),
        ("two\nlines\x1b[31m\udcff 2024", "two lines[31m"),
        ("\x1b", "Milestones"),
    ],
)
def test_the_measure_of_a_file_is_the_same_in_every_edition(file: str, measure: str) -> None:
    """Its day or its number is no part of the name."""
    [row] = read(TITLE, table(["Titel"], ["Brief"], name=""), name=file).rows
    assert row.said.measure.title == measure


def test_a_measure_may_be_left_open() -> None:
    """Where the mapping allows it; else the cell is needed."""
    rows = table(["Titel", "Thema"], ["Een", "Lezen"], ["Twee"])
    optional = read(f'[measure]\nid = {{ from = "Thema", optional = true }}\n{TITLE}', rows)
    assert [row.said.full_id for row in optional.rows] == ["lezen/een", "acties/twee"]
    needed = read(f'[measure]\ntitle = "Thema"\n{TITLE}', rows)
    assert [row.said.full_id for row in needed.rows] == ["lezen/een"]
    assert told(needed.problems) == [
        'Acties!B3 "Thema": is empty; it makes the id of the measure',
    ]


def test_a_measure_is_told_once() -> None:
    """As the table has it first; that another row differs is told once, too."""
    mapping = f'[measure]\nid = "M"\ntitle = "Naam"\n{TITLE}'
    found = read(
        mapping,
        table(["M", "Naam", "Titel"], ["1", "Lezen", "a"], ["1", "Lezen!", "b"], ["1", "L", "c"]),
    )
    assert {row.said.measure.title for row in found.rows} == {"Lezen"}
    assert told(found.notes) == [
        (
            'Acties!C3 "Titel": its measure "1" stays as Acties!C2 "Titel" tells it; they '
            'differ in "Naam"'
        )
    ]


def test_a_measure_in_other_capitals_is_the_same() -> None:
    """That is not worth a word."""
    found = read(f'[measure]\nid = "M"\n{TITLE}', table(["M", "Titel"], ["A", "x"], ["a", "y"]))
    assert [row.said.measure.title for row in found.rows] == ["A", "A"]
    assert found.problems + found.notes == ()


def test_two_measures_do_not_make_one_id() -> None:
    """Nobody would notice that they became one."""
    mapping = f'[measure]\nid = "M"\n{TITLE}'
    found = read(mapping, table(["M", "Titel"], ["A.1", "a"], ["a 1", "b"], ["A.1", "c"]))
    assert [row.said.title for row in found.rows] == ["a", "c"]
    assert told(found.problems) == [
        (
            'Acties!B3 "Titel": its measure "a 1" makes the same id as "a.1" (Acties!B2 "Titel"): '
            '"a-1"; write both in one way, or make the id of more columns in the mapping'
        )
    ]


def test_rows_that_say_the_same_are_one() -> None:
    """Those that differ only in who answers for it are one milestone of all of these."""
    mapping = f'{DATED}bodies = "Wie"'
    found = read(
        mapping,
        table(
            ["Titel", "Datum", "Wie"],
            ["Brief", "2024", "OCW"],
            ["Brief", "2024", "OCW"],
            ["Brief", "2024", "EZ"],
        ),
    )
    assert [row.said.bodies for row in found.rows] == [("OCW", "EZ")]
    assert told(found.notes) == [
        'sheet "Acties": row 3 was left out: row 2 says the same',
    ]


def test_ids_that_clash_are_told_with_both_cells() -> None:
    """Neither row is taken over: which of them is meant, nobody can tell."""
    found = read(
        DATED,
        table(["Titel", "Datum"], ["Brief", "2024"], ["brief.", "2025"], ["Nota", "2024"]),
    )
    assert [row.said.id for row in found.rows] == ["nota"]
    assert told(found.problems) == [
        (
            'Acties!A3 "Titel": makes the same id as Acties!A2 "Titel", "brief", and differs in '
            '"Titel", "Datum"; mend one of the two, or make the id of more columns in the mapping'
        )
    ]


@pytest.mark.parametrize("mapping", ['outcome = "Status"', 'on = "Status"'])
def test_a_clash_names_the_columns_that_differ(mapping: str) -> None:
    """Also where two keys come from one of them."""
    cells = ("partly", "not-done") if "outcome" in mapping else ("2024", None)
    rows = table(["Titel", "Status"], ["Brief", cells[0]], ["Brief", cells[1]], ["Nota", "2024"])
    first = read(f"{TITLE}{mapping}", rows).problems[-1]
    assert str(first) == (
        'Acties!A3 "Titel": makes the same id as Acties!A2 "Titel", "brief", and differs in '
        '"Status"; mend one of the two, or make the id of more columns in the mapping'
    )


def test_one_milestone_may_be_in_several_measures() -> None:
    """Its home stays the same, in whatever order the rows stand."""
    mapping = f'[measure]\nid = "M"\n{DATED}in_several_measures = true\nbodies = "Wie"'
    rows: list[Cells] = [
        ["2", "Brief", "2024", "OCW"],
        ["1", "Brief", "2024", None],
        ["3", "Brief", "2024", "EZ"],
        ["3", "Nota", "2025", None],
    ]
    for order in (rows, rows[::-1]):
        found = read(mapping, table(["M", "Titel", "Datum", "Wie"], *order))
        assert told(found.problems) == []
        said = {row.said.id: row.said for row in found.rows}
        assert said["brief"].full_id == "1/brief"
        assert [measure.id for measure in said["brief"].also] == ["2", "3"]
        assert set(said["brief"].bodies or ()) == {"OCW", "EZ"}
        assert (said["nota"].full_id, said["nota"].also) == ("3/nota", ())


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_an_id_is_an_id(one: str, other: str) -> None:
    """Always one that a file can have, and the same whatever the capitals and spaces."""
    for text in (one, other, f"{one} {other}"):
        made = identifier(text)
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", made)
        assert len(made) <= LONGEST_ID
        assert identifier(f" {' '.join(text.split())} ") == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Misura 1.04", "misura-1-04"),
        ("Straße", "strasse"),
        ("Δήμος 3", "3-9b6001"),
        ("…", "x-b49358"),
        ("a" * 61, f"{'a' * 53}-35d5fc"),
        (
            "Een zin die langer is dan de zestig tekens die een id mag hebben",
            "een-zin-die-langer-is-dan-de-zestig-tekens-die-een-id-cdabee",
        ),
    ],
)
def test_ids_are_readable(text: str, made: str) -> None:
    """Where the letters do not tell all, six signs do."""
    assert identifier(text) == made


# --- cells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nothing",
    [
        "-",
        "\u2013",
        "?",
        "n.t.b.",
        "tbd",
        "nog te bepalen",
        "Onbekend",
        "geheim, artikel 3",
        dt.date(1, 1, 1),
        dt.date(9999, 12, 31),
        "0001-01-01T00:00:00+01:00",
        9999,
    ],
)
def test_some_cells_say_nothing(nothing: Value) -> None:
    """Dashes, years that no calendar means, words for nothing, and what the mapping names."""
    mapping = f'[table]\nnone = ["ONBEKEND", "Geheim*"]\n{DATED}'
    assert one(mapping, ["Titel", "Datum"], ["Brief", nothing]).due is None


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        (dt.date(2024, 5, 1), "2024-05-01"),
        ("2024-05-01T00:00:00+02:00", "2024-05-01"),
        ("2024-05-01 12:30:00", "2024-05-01"),
        ("2024-05", "2024-05"),
        (2024, "2024"),
        ("T2 2024", None),
        ("9999 dagen", None),
        ("zomer 2024", "2024-22"),
        ("FY 2024-25", "[2024-04-01..2025-03-31]"),
        ("na het reces 2024", "[2024-09-03..]"),
        ("3/4/2024", "2024-04-03"),
        ("doorlopend", "undated"),
        ("permanente", "undated"),
    ],
)
def test_dates_are_read_as_a_programme_reads_them(cell: Value, edtf: str | None) -> None:
    """With the mapping's own conventions before the programme's, and its periods."""
    mapping = f'[table]\ndate_order = "dmy"\nfiscal_year = "04-01"\n{DATED}'
    recess = Period(name="reces 2024", first="2024-07-01", last="2024-09-02")
    conventions = Conventions(
        language="nl", date_order="mdy", fiscal_year="07-01", periods=[recess]
    )
    found = read(mapping, table(["Titel", "Datum"], ["Brief", cell]), conventions=conventions)
    if edtf is None:
        assert len(found.problems) == 1
    else:
        [row] = found.rows
        assert row.said.due is not None
        assert (row.said.due.edtf or "undated") == edtf


EXAMPLES = (
    '2026-08-01, "1 augustus 2026", "derde kwartaal 2026", "zomer 2026", "december 2026" or '
    '"uiterlijk 31 december 2026"'
)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("T5 2026", f'"T5 2026" is not a date: write {EXAMPLES}'),
        (
            "1/9/2026",
            (
                '"1/9/2026" is not a date: it has two readings; write "1 september 2026" or '
                '"9 januari 2026", or let the mapping say which is the day: date_order'
            ),
        ),
        (
            "over een half jaar",
            (
                '"over een half jaar" is not a date: it counts from another day; write the days '
                'that it comes to: "2014-08-01", "2014-08~" or "[..2014-12-31]"'
            ),
        ),
        (
            "doorlopend vanaf mei",
            (
                '"doorlopend vanaf mei" is not a date: it goes on without a day; empty the '
                "cell, and write it elsewhere"
            ),
        ),
        (
            "FY 2026-27",
            (
                '"FY 2026-27" is not a date: it is not said when a financial year begins; let the '
                'mapping say it: fiscal_year = "04-01"'
            ),
        ),
        (
            "2026-27",
            (
                '"2026-27" is not a date: it may be a school year or a financial year; write '
                '"schooljaar 2026/2027" or "boekjaar 2026/2027"'
            ),
        ),
        (
            "na het reces",
            (
                '"na het reces" is not a date: it is at other days every year; write the days, '
                "or name it as a period"
            ),
        ),
        (
            "voor de zomer 2014",
            (
                '"voor de zomer 2014" is not a date: it may be "before" or "for"; write '
                '"uiterlijk 31 mei 2014" or "zomer 2014", or name the recess as a period'
            ),
        ),
        (45123, "45123 is not a date: write a year in four digits, a day as 2014-08-01"),
        (Unusable("#REF!", "a formula that failed"), "#REF! cannot be read: a formula that failed"),
    ],
)
def test_a_cell_that_is_no_date_is_told_in_words_of_the_table(cell: Value, message: str) -> None:
    """With its place, its heading, and what would be right."""
    found = read(DATED, table(["Titel", "Datum"], ["Brief", cell], ["Nota", "2024"]))
    assert [row.said.title for row in found.rows] == ["Nota"]
    assert told(found.problems) == [f'Acties!B2 "Datum": {message}']


@pytest.mark.parametrize(
    ("cell", "decimal", "expected"),
    [
        ("1.507,00", ",", 1507),
        ("1.507", ",", 1507),
        ("1,507", ".", 1507),
        ("1507", ",", 1507),
        ("€ 1 507,5", ",", Decimal("1507.5")),
        ("1\u202f507 %", ",", 1507),
        ("12.5%", ".", Decimal("12.5")),
        ("1\u2019507 EUR", ".", 1507),
        (7, ".", 7),
        (Decimal("7.5"), ",", Decimal("7.5")),
    ],
)
def test_numbers_are_read_as_they_are_written(
    cell: Value, decimal: str, expected: int | Decimal
) -> None:
    """With what they are counted in, and thousands parted by whatever."""
    assert number(cell, Manner(conventions=Conventions(), decimal=decimal)) == expected


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("12.5", '"12.5" is no number; write it as 1.507,25'),
        ("veel", '"veel" is no number; write it as 1.507,25'),
        (f"1{' ' * 50_000}x", f'"1{" " * 57}… is no number; write it as 1.507,25'),
        (-3, "-3 is no amount; write a number from 0 up to 9007199254740991"),
        (True, "true is no number; write one"),
        (dt.date(2024, 5, 1), "2024-05-01 is no number; write one"),
        (Unusable("=A1", "no value was saved"), "=A1 cannot be read: no value was saved"),
    ],
)
def test_a_cell_that_is_no_number_is_told(cell: Value, message: str) -> None:
    """In Dutch, a dot parts thousands."""
    mapping = f'{TITLE}unit = {{ always = "stuks" }}\ngoal = "Doel"'
    found = read(mapping, table(["Titel", "Doel"], ["Brief", cell]))
    assert told(found.problems) == [f'Acties!B2 "Doel": {message}']


def test_decimals_may_be_parted_otherwise() -> None:
    """What the mapping says goes before the language."""
    mapping = f'[table]\ndecimal = "."\n{TITLE}unit = {{ always = "km" }}\ngoal = "Doel"'
    assert one(mapping, ["Titel", "Doel"], ["Brief", "12.5"]).goal == Decimal("12.5")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            ["Brief", "Bezigg", None],
            '"Bezigg" is none of the words that are known; did you mean "Bezig"?',
        ),
        (
            ["Brief", "??!", None],
            (
                '"??!" is none of the words that are known, such as "Bezig", "Klaar"; write one of '
                "them, or add it to the mapping"
            ),
        ),
        (["Brief", "bezig", "memo"], '"memo" is not known here; use one of deadline, planned, '),
        (["Brie\af", "bezig", None], "has the control character U+0007 at position 5; take it out"),
        ([None, "bezig", "aim"], "is empty; every row needs a title"),
        ([Unusable("#N/A", "an error"), "bezig", None], "#N/A cannot be read: an error"),
    ],
)
def test_other_cells_are_checked_as_well(cells: Cells, message: str) -> None:
    """Words, texts, and what every row needs."""
    words = 'words = { Bezig = "under-way", Klaar = "met" }'
    mapping = f'{TITLE}outcome = {{ from = "Status", {words} }}\ncommitment = "Zekerheid"'
    found = read(mapping, table(["Titel", "Status", "Zekerheid"], cells))
    assert found.rows == ()
    [problem] = told(found.problems)
    assert problem.partition(": ")[2].startswith(message)


def test_of_many_words_a_few_are_told() -> None:
    """A person wants an example, and no page of them."""
    words = ", ".join(f'word-{number} = "met"' for number in range(9))
    mapping = f'{TITLE}outcome = {{ from = "Status", words = {{ {words} }} }}'
    found = read(mapping, table(["Titel", "Status"], ["Brief", "ja"]))
    assert told(found.problems) == [
        (
            'Acties!B2 "Status": "ja" is none of the words that are known, such as "word-0", '
            '"word-1", "word-2", "word-3", "word-4", "word-5", …; write one of them, or add it to '
            "the mapping"
        )
    ]


def test_an_empty_cell_may_be_a_word_that_is_missing() -> None:
    """Only where the mapping says what an empty one means is it a word at all."""
    mapping = f'{TITLE}outcome = {{ from = "Status", words = {{ Klaar = "met" }} }}'
    assert one(mapping, ["Titel", "Status", "x"], ["Brief", None, "y"]).outcome is None


def test_a_fixed_value_that_is_wrong_is_told() -> None:
    """It has no cell, so the row is named."""
    found = read(f'{TITLE}due = {{ always = "ooit" }}', table(["Titel"], ["Brief"]))
    [problem] = told(found.problems)
    assert problem.startswith('Acties!A2 "Titel": "ooit" is not a date: write 2014-08-01')


def test_all_problems_are_told_at_once() -> None:
    """Of every row, each cell that is wrong."""
    mapping = f'{DATED}id = "Nr"\non = "Klaar"'
    found = read(
        mapping,
        table(
            ["Nr", "Titel", "Datum", "Klaar"],
            [None, None, "x", "y"],
            [Unusable("#REF!", "an error"), "Brief", "2024", None],
        ),
    )
    assert [str(one).partition(":")[0] for one in found.problems] == [
        'Acties!C2 "Datum"',
        'Acties!D2 "Klaar"',
        'Acties!B2 "Titel"',
        'Acties!A2 "Nr"',
        'Acties!A3 "Nr"',
    ]


def test_an_unusable_cell_in_a_template_is_told() -> None:
    """It is no empty cell, and what it would say nobody knows."""
    mapping = f'{TITLE}due = ["{{Q}} {{Jaar}}", "Jaar"]'
    cells: Cells = ["Brief", Unusable("#N/A", "an error"), 2024]
    found = read(mapping, table(["Titel", "Q", "Jaar"], cells))
    assert told(found.problems) == ['Acties!B2 "Q": #N/A cannot be read: an error']


@pytest.mark.parametrize("value", [Decimal("7.50"), True, False, dt.date(2024, 5, 1), 12])
def test_any_cell_can_be_a_text(value: Value) -> None:
    """A title is what a person reads there."""
    shown = {Decimal("7.50"): "7.50", True: "true", False: "false", 12: "12"}
    expected = str(value) if isinstance(value, dt.date) else shown[value]
    assert one(TITLE, ["Titel"], [value]).title == expected


# --- the sheet and its headings -------------------------------------------------------------------


def test_headings_are_found_below_what_stands_above_them() -> None:
    """Of rows that would do, the one with most of the headings."""
    found = read(
        DATED,
        table(["Titel", "Actielijst"], [], ["Stand: mei"], ["Titel", "Datum"], ["Brief", "2024"]),
    )
    assert [row.said.title for row in found.rows] == ["Brief"]


def test_the_row_of_the_headings_may_be_named() -> None:
    """Then no other is looked at."""
    rows = table(["Titel", "Datum"], ["Brief", "2024"], ["Titel", "Datum"], ["Nota", "2025"])
    found = read(f"[table]\nheader = 3\n{DATED}", rows)
    assert [row.said.title for row in found.rows] == ["Nota"]
    lacking = read(f"[table]\nheader = 9\n{DATED}", rows)
    assert told(lacking.problems) == ["row 9 is empty; write the headings above the columns"]


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ([], "the table is empty; write the headings above the columns"),
        (
            [table(["Titels", "Datum"], ["Brief", "2024"])],
            'sheet "Acties" has no column "Titel"; did you mean "Titels"?',
        ),
        (
            [table(["Wat", "Wanneer"], ["Brief", "2024"], name="")],
            'the table has no column "Titel"; the headings there are "Wat" and "Wanneer"',
        ),
        (
            [table(["Titel"], ["Brief"]), table(["Titel"], ["Brief"], name="Oud")],
            (
                'the sheets "Acties" and "Oud" have the same headings; hide those that are not '
                'meant, or name one in the mapping: sheet = "Acties"'
            ),
        ),
        (
            [table([" "], ["Brief"], name="")],
            'the table has no column "Titel"; the headings there are none',
        ),
        (
            [table([Unusable("#N/A", "an error")], name="Leeg")],
            'sheet "Leeg" has no column "Titel"; the headings there are "#N/A"',
        ),
    ],
)
def test_a_table_without_what_is_needed_is_told(tables: list[Table], message: str) -> None:
    """With the headings that are there, or the one that was meant."""
    found = read(TITLE, *tables)
    assert (found.rows, told(found.problems)) == ((), [message])


def test_a_list_without_a_title_is_told_what_to_do() -> None:
    """A person who never saw a mapping is told what to rename, and not sixty names."""
    many = [f"Kolom {number}" for number in range(20)]
    found = Reader(mapping=load_mapping("list")).read([table(["Wanneer", *many], ["2024"])])
    [problem] = told(found.problems)
    assert re.sub("[0-9]+ names", "… names", problem) == (
        'sheet "Acties" has no column "Title", nor one with another of the … names for that; the '
        'headings there are "Wanneer", "Kolom 0", "Kolom 1", "Kolom 2", "Kolom 3", "Kolom 4", '
        '"Kolom 5", "Kolom 6", "Kolom 7", "Kolom 8", "Kolom 9", "Kolom 10" and 9 more; rename one '
        "of them, or write a mapping, which --sketch begins"
    )


def test_sheets_are_chosen_by_their_headings_or_their_name() -> None:
    """A hidden sheet is not meant, unless it is named or the only one."""
    sheets = [
        table(["Uitleg"], ["…"], name="Uitleg"),
        table(["Titel"], ["Nu"], name="Nieuw"),
        table(["Titel"], ["Toen"], name="Oud", hidden=True),
    ]
    assert [row.said.title for row in read(TITLE, *sheets).rows] == ["Nu"]
    named = read(f'[table]\nsheet = ["Eerder", "OUD"]\n{TITLE}', *sheets)
    assert [row.said.title for row in named.rows] == ["Toen"]
    assert [row.said.title for row in read(TITLE, sheets[2]).rows] == ["Toen"]


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ('"Nieuws"', 'no sheet is called "Nieuws"; did you mean "Nieuw"?'),
        ('["x", "y"]', 'no sheet is called "x" or "y"; there are "Nieuw", "Oud" and "Uitleg"'),
    ],
)
def test_a_sheet_that_is_not_there_is_told(sheet: str, message: str) -> None:
    """With those that are."""
    sheets = [table(["Titel"], name=name) for name in ("Nieuw", "Oud", "Uitleg")]
    assert told(read(f"[table]\nsheet = {sheet}\n{TITLE}", *sheets).problems) == [message]


def test_a_file_without_sheets_has_none_of_that_name() -> None:
    """Nothing can be meant instead."""
    mapping = f'[table]\nsheet = "Acties"\n{TITLE}'
    assert told(read(mapping).problems) == [
        "the table is empty; write the headings above the columns"
    ]
    assert told(read(mapping, table(["Titel"], ["Brief"], name="")).problems) == [
        'no sheet is called "Acties"; this file has none, so leave sheet out of the mapping'
    ]


def test_a_heading_that_is_not_there_is_told_once() -> None:
    """The rest is read all the same; what is optional may be missing."""
    mapping = f"""{TITLE}
due = ["{{Kwartal}} {{Jaar}}", "Datum"]
on = "Kwartal"
note = "Kwartal"
reason = {{ from = "Reden", optional = true }}
"""
    found = read(mapping, table(["Titel", "Kwartaal", "Jaar"], ["Brief", "Q2", 2024]))
    assert [row.said.title for row in found.rows] == ["Brief"]
    assert told(found.problems) == [
        'sheet "Acties" has no column "Kwartal"; did you mean "Kwartaal"?',
        'sheet "Acties" has no column "Kwartal" or "Datum"; did you mean "Kwartaal"?',
    ]


def test_a_heading_that_is_a_paragraph_is_cut() -> None:
    """In what is told of the table, and of its cells."""
    paragraph = f"Titel: {'w' * 300}"
    cut = f"Titel: {'w' * 192}…"
    mapping = f'milestone = [{{ title = "{paragraph}", due = "Datum" }}]'
    found = read(mapping, table([paragraph, "Datum", "Nr"], [None, 2024, 1]))
    assert told(found.problems) == [
        f'Acties!A2 "{cut}": is empty; every row needs a title',
    ]
    assert told(read(TITLE, table([paragraph, "Datum"])).problems) == [
        f'sheet "Acties" has no column "Titel"; the headings there are "{cut}" and "Datum"'
    ]


def test_two_columns_with_one_heading_are_told() -> None:
    """The first is read."""
    found = read(DATED, table(["Titel", "Datum", "Datum"], ["Brief", "2024", "2025"]))
    assert [str(row.said.due) for row in found.rows] == ["2024"]
    assert told(found.notes) == [
        'Acties!B1 "Datum": 2 columns have this heading; this one is read',
    ]


# --- rows that are no milestones ------------------------------------------------------------------


def test_rows_that_say_nothing_are_left_out_and_told_of() -> None:
    """Headings once more, notes, headings within the table, and cells beside it."""
    found = read(
        DATED,
        table(
            ["Titel", "Datum", "x"],
            ["Brief", "2024"],
            ["Titel", "Datum"],
            [None, None, "eigen aantekening"],
            ["Deel 2", "Deel 2", "Deel 2"],
            ["Nota zonder datum"],
            ["Plan", "2025"],
            ["Verslag zonder datum"],
            ["Bron: de afdeling"],
            [],
            ["Gemaakt in mei"],
            ["En in juni"],
        ),
    )
    assert [row.said.title for row in found.rows] == [
        "Brief",
        "Nota zonder datum",
        "Plan",
        "Verslag zonder datum",
    ]
    assert told(found.notes) == [
        f'sheet "Acties": {note}'
        for note in (
            "row 3 was left out: the headings stand there once more",
            "row 4 was left out: nothing stands in the columns that are used",
            'row 5 was left out: nothing but "Deel 2" stands there',
            'row 9 was left out: nothing but "Bron: de afdeling" stands there',
            'row 11 was left out: nothing but "Gemaakt in mei" stands there',
            'row 12 was left out: nothing but "En in juni" stands there',
        )
    ]


def test_many_rows_are_told_of_together() -> None:
    """The first five by their number; a long remark is cut short."""
    long = "woord " * 20
    repeated = [["Titel", "Datum"]] * 7
    found = read(
        DATED,
        table(["Titel", "Datum"], ["Brief", "2024"], *repeated, [None, long], name=""),
    )
    assert told(found.notes) == [
        "rows 3, 4, 5, 6, 7 and 2 more were left out: the headings stand there once more",
        f'row 10 was left out: nothing but "{long[:59]}…" stands there',
    ]


def test_a_list_of_titles_alone_is_a_list() -> None:
    """Nothing in it is a remark."""
    found = read(TITLE, table(["Titel", "Datum"], ["Een"], [], ["Bron"]))
    assert [row.said.title for row in found.rows] == ["Een", "Bron"]
    assert found.notes == ()


def test_records_have_no_remarks() -> None:
    """Of what programs write, everything is meant."""
    rows = (Row(0, ("Titel", "Datum")), Row(1, ("Een", "2024")), Row(2, (None, "x")))
    found = read(DATED, Table(name="", rows=rows, headed=True))
    assert [str(row.places["due"]) for row in found.rows] == ['record 1, "Datum"']
    assert told(found.problems) == [
        (
            'record 2, "Datum": "x" is not a date: write 2014-08-01, "1 augustus 2014", "derde '
            'kwartaal 2014", "zomer 2014", "december 2014" or "uiterlijk 31 december 2014"'
        ),
        'record 2, "Titel": is empty; every row needs a title',
    ]


def test_hidden_rows_are_read_and_told_of() -> None:
    """Somebody may have filtered them away."""
    found = read(TITLE, table(["Titel"], ["Een"], ["Twee"], ["Drie"], unseen=[2, 4]))
    assert len(found.rows) == 3
    assert told(found.notes) == ['sheet "Acties": rows 2 and 4 were hidden, and read all the same']


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["Titel", "Datum", "Status", "mei 2026", "1/2/2026", "Klaar", "-", "9999"]),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.builds(Unusable, st.text(max_size=5), st.just("an error")),
)


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=12), st.booleans())
def test_any_table_is_read_or_told_of(rows: list[list[Value]], headed: bool) -> None:  # noqa: FBT001
    """Whatever stands in it: each milestone is one that a file can have, and is there once."""
    headings = ["Titel", "Thema", "Datum", "Status", "Gereed op", "Wie", "Code"]
    made = table(headings, *rows, headed=headed)
    found = Reader(mapping=load_mapping("list")).read([made])
    ids = [row.said.full_id for row in found.rows]
    assert len(set(ids)) == len(ids)
    for row in found.rows:
        assert re.fullmatch("[a-z0-9-]+/[a-z0-9-]+", row.said.full_id)
        assert row.said.title
        assert all(map(str, row.places.values()))
    assert all(str(one) for one in (*found.problems, *found.notes))


# --- edition after edition ------------------------------------------------------------------------


def test_a_reader_reads_the_same_twice() -> None:
    """Whatever it read before: other headings, other rows, the same cells of another type."""
    reader = Reader(mapping=loads_mapping(f'{DATED}note = "n"'))
    editions = [
        table(["Titel", "Datum", "n"], ["Een", "2024", 1], ["Twee", "x", 1]),
        table(["Titel", "n", "Datum"], ["Een", True, "2024"], ["Twee", 1, "x"]),
        table(["Titel", "Datum", "n"], ["Nul", "2023", 1], ["Een", "2024", True]),
    ]
    for edition in editions + editions:
        fresh = Reader(mapping=reader.mapping).read([edition])
        again = reader.read([edition])
        assert again == fresh
        assert [str(row.places["due"]) for row in again.rows] == [
            str(row.places["due"]) for row in fresh.rows
        ]
    assert repr(reader).endswith("name='Milestones')")
