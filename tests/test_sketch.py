"""A sketch is a first mapping of a table: it loads as it stands, and says what it doubts."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from betatech_milestones.importing.grid import NotATable, Row, Table, Unusable, Value
from betatech_milestones.importing.mapping import loads_mapping
from betatech_milestones.importing.read import Reader
from betatech_milestones.importing.sketch import sketch
from betatech_milestones.model.conventions import Conventions

HEAD = """\
# A first mapping, made by looking at headings and cells. Where a line ends in a question, it may be
# another: look at those, and run the import with --dry-run.

"""


def table(*rows: Sequence[Value], name: str = "Blad1", first: int = 1) -> Table:
    width = max(map(len, rows))
    return Table(
        name=name,
        rows=tuple(
            Row(number, (*cells, *[None] * (width - len(cells))))
            for number, cells in enumerate(rows, first)
        ),
    )


def sketched(*rows: Sequence[Value], language: str = "nl", name: str = "Blad1") -> str:
    """Sketch a sheet, see that it is read by what was made of it, and return that."""
    tables = [table(*rows, name=name)]
    made = sketch(tables, language=language)
    read = Reader(mapping=loads_mapping(made), conventions=Conventions(language=language))
    assert read.read(tables).rows
    return made.removeprefix(HEAD)


def test_a_list_is_recognised_by_its_headings() -> None:
    """Each column that can be used is; a number that is only a place in the list is no id."""
    made = sketched(
        ["Lijst van acties"],
        ["Nr.", "Actie", "Thema", "Trekker", "Datum", "Status", "Opmerking", "Budget", "{x}"],
        [1, "Brief", "Lezen", "OCW; VOB", "voor 1 juli 2024", "Klaar", "verzonden", 10, 1],
        [2, "Nota", "Lezen", "EZ", "n.t.b.", "mee bezig", None, 20, 1],
        [3, "Plan", None, None, "zomer 2025", None, None, 30, 1],
    )
    assert made == (
        """\
[table]
language = "nl"
none = ["n.t.b."]

[measure]
id = { from = "Thema", optional = true }

[[milestone]]
title = "Actie"
due = "Datum"
bodies = { from = "Trekker", split = ";" }
note = "Opmerking"

[milestone.outcome]
from = "Status"
words."Klaar" = "met"
words."mee bezig" = "open" # which of met, dropped, under-way, partly, not-done, open?

# Not used: "Nr.", "Budget"
"""
    )


def test_a_register_is_recognised_by_its_cells() -> None:
    """A quarter and a year apart, codes that differ, measures that do not, numbers to reach."""
    made = sketched(
        [
            "Codice Misura",
            "Descrizione Misura",
            "Codice univoco",
            "Nome",
            "Tipo",
            "Trimestre",
            "Anno",
            "Unità di misura",
            "Valore obiettivo",
            "Fatto il",
        ],
        ["M1", "Uno", "A-1", "Legge", "Milestone", 2, 2024, "N/A", "N/A", dt.date(2024, 5, 1)],
        ["M1", "Uno", "A-2", "Bando", "report", 3, 2024, "Numero", "1.507,5", None],
        ["M2", "Due", "A-3", "Posti", "Milestone", 4, 2025, "Numero", 7, None],
        language="it",
    )
    assert made == (
        """\
[table]
language = "it"
none = ["N/A"]

[measure]
id = "Codice Misura"
title = "Descrizione Misura"

[[milestone]]
id = "Codice univoco"
title = "Nome"
due = "Q{Trimestre} {Anno}"
on = "Fatto il"
unit = "Unità di misura"
goal = "Valore obiettivo"

[milestone.kind]
from = "Tipo"
words."Milestone" = "other" # which of start, report, evaluation, decision, agreement, publication, funding, target, entry-into-force, other?
words."report" = "report"
"""  # noqa: E501  a line of what is made
    )


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (  # two titles alike, and no id
            [["Titel", "Korte titel", "Kop titel"], ["a", "a", "c"], ["a", "a", "d"]],
            ['title = "Kop titel"'],
        ),
        (
            [["Korte titel", "Lange titel"], ["a", "aa"], ["b", "bb"], ["b", "cc"]],
            [
                (
                    'title = "Korte titel" # or "Lange titel"?; two rows have the same: '
                    "what makes the id?"
                ),
            ],
        ),
        (
            [["x", "y"], ["a", "een lange zin"], ["b", "nog een lange zin"]],
            ['title = "y" # it says most: is it the title?'],
        ),
        (
            [["Titel", "Nr"], ["a", 1], ["a", 2]],
            ['id = "Nr" # does it stay when a row is put in?'],
        ),
        (
            [["Titel", "Begindatum", "Slotdatum"], ["a", "mei 2024", "mei 2025"]],
            ['due = "Begindatum" # or "Slotdatum"?'],
        ),
        (
            [["Titel", "x"], ["a", dt.date(2024, 5, 1)], ["b", Unusable("#N/A", "an error")]],
            ['title = "Titel"'],
        ),
        (
            [["Titel", "x"], ["a", dt.date(2024, 5, 1)], ["b", dt.date(2024, 6, 1)]],
            ['due = "x" # is it the day that was promised?'],
        ),
        (
            [["Titel", "Datum"], ["a", "mei 2024"], ["b", "mei 2025"], ["c", "-"], ["d", "later"]],
            [],
        ),
        (
            [["Titel", "Datum"], *[["a", "mei 2024"]] * 3, ["c", "-"], ["d", "eens"]],
            ['due = "Datum" # does "eens" say that there is none?'],
        ),
        (
            [
                ["Titel", "Begin datum", "Eind datum"],
                ["a", "mei 2024", "mei 2025"],
                ["b", "mei 2024", "mei 2025"],
                ["c", "mei 2024", "geen idee"],
            ],
            [
                'due = "Begin datum" # or "Eind datum"?',
            ],
        ),
        (
            [
                ["Titel", "Begin datum", "Eind datum"],
                ["a", "mei 2024", "mei 2025"],
                ["b", "mei 2024", "mei 2025"],
                ["c", "geen idee", "mei 2025"],
            ],
            [
                'due = "Begin datum" # or "Eind datum"?; does "geen idee" say that there is none?',
            ],
        ),
        ([["Titel", "Kwartaal", "Jaar"], ["a", "Q2", 2024]], ['due = "{Kwartaal} {Jaar}"']),
        ([["Titel", "Datum"], ["a", "31/12/2024"]], ['date_order = "dmy"']),
        ([["Titel", "Datum"], ["a", "12/31/2024"]], ['date_order = "mdy"']),
        (
            [["Titel", "Datum"], ["a", "01/02/2024"]],
            ['# date_order = "dmy" # which number of 01/02/2024 is the day?'],
        ),
        ([["Titel", "Thema"], ["a", "x"], ["b", "x"]], ['id = "Thema"']),
        (
            [["Titel", "Thema", "Projectthema thema"], ["a", "x", "y"], ["b", "x", "y"]],
            ['id = "Thema"'],
        ),
        ([["Titel", "Code thema"], ["a", "x"], ["b", "x"]], ['id = "Code thema"']),
        ([["Titel", "Omschrijving"], ["a", "lang"], ["b", "langer"]], ['summary = "Omschrijving"']),
        ([["Titel", "Doelwaarde"], ["a", 3]], ['# Not used: "Doelwaarde"']),
    ],
)
def test_what_is_not_certain_is_said(rows: list[list[Value]], lines: list[str]) -> None:
    """A doubt stands behind its line."""
    made = sketch([table(*rows)], language="nl")
    loads_mapping(made)
    assert [line for line in lines if line not in made.splitlines()] == []


def test_a_sketch_has_no_sign_that_moves_the_cursor() -> None:
    """It is printed on a terminal, and read all the same."""
    cell = "x\x9b31m\u202ey\x7f"
    made = sketched(["Titel", "Status"], ["a", cell], ["b", cell], ["c", cell])
    assert r'words."x\u009b31m\u202ey\u007f" = "open"' in made
    [moment] = loads_mapping(made).milestones
    assert moment.keys["outcome"].words == {cell: "open"}


def test_a_heading_without_a_value_is_named_as_it_is_seen() -> None:
    """In one line, and so that the sketch loads."""
    made = sketched(["Titel", Unusable("=A1 &\n\x08B1", "a formula")], ["a", "b"])
    assert '# Not used: "=A1 & B1"' in made.splitlines()


def test_the_largest_sheet_is_meant() -> None:
    """The others are named; a hidden one is not meant."""
    sheets = [
        table(["Uitleg"], ["…"], name="Lees mij"),
        table(["Titel"], ["a"], ["b"], name="Acties"),
        Table(name="Oud", rows=table(["Titel"], ["a"], ["b"], ["c"]).rows, hidden=True),
        Table(name="Leeg", rows=()),
    ]
    made = sketch(sheets, language="nl").removeprefix(HEAD)
    assert made.splitlines()[1] == 'sheet = "Acties" # or "Lees mij" or "Oud" or "Leeg"?'


def test_a_language_without_dates_is_asked_for() -> None:
    """A programme may be written in any language; dates are read in five."""
    made = sketch([table(["Titel"], ["In it libben"])], language="fy").removeprefix(HEAD)
    assert made.splitlines()[1] == (
        '# language = "en" # dates are not read in "fy": which of "nl", "en", "fr", "de", "it"?'
    )


def test_how_dates_are_written_is_found_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not for each cell of a wide table."""
    found_out: list[Conventions] = []

    def conventions(**said: Any) -> Conventions:
        found_out.append(Conventions(**said))
        return found_out[-1]

    monkeypatch.setattr("betatech_milestones.importing.sketch.Conventions", conventions)
    days: list[Value] = [dt.date(2024, 5, 1)] * 20
    rows = [[f"plan {number}", *days] for number in range(5)]
    tables = [table(["Titel", *[f"Datum {number}" for number in range(20)]], *rows)]
    assert "title" in sketch(tables, language="nl")
    assert len(found_out) == 1


def test_records_have_their_headings_first() -> None:
    """However much another row looks like one."""
    rows = (Row(0, ("Naam", "b")), Row(1, ("Titel", "Datum")), Row(2, ("Plan", "2024")))
    made = sketch([Table(name="", rows=rows, headed=True)], language="nl")
    assert 'title = "Naam"' in made.splitlines()


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ([], "no table has anything in it; look whether it is the right file"),
        (
            [Table(name="", rows=())],
            "no table has anything in it; look whether it is the right file",
        ),
        ([table(["{x}", None])], "no row has headings; write them above the columns"),
    ],
)
def test_nothing_makes_no_sketch(tables: list[Table], message: str) -> None:
    """What is missing is said."""
    with pytest.raises(NotATable) as caught:
        sketch(tables, language="nl")
    assert str(caught.value) == message


HEADINGS = ["Titel", "Datum", "Status", "Thema", "Code", "Type", "Jaar", "Kwartaal", "Wie", "Doel"]
WORDS = ["Klaar", "a", "b", "2024", "Q1", "mei 2024", "1/2/2024", "tbd", "-", "2", "x;y"]
CELLS = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.text(max_size=8),
    st.integers(0, 3000),
    st.decimals(0, 100, allow_nan=False),
    st.booleans(),
    st.dates(),
    st.builds(Unusable, st.text(max_size=5), st.just("an error")),
)


@pytest.mark.slow
@settings(deadline=None)
@given(
    headings=st.lists(st.sampled_from(HEADINGS) | st.text(max_size=12), min_size=1, max_size=6),
    rows=st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=8),
    name=st.text(max_size=6),
    language=st.sampled_from(["nl", "en", "fr", "de", "it", "fy"]),
)
def test_every_sketch_loads(
    headings: list[str], rows: list[list[Value]], name: str, language: str
) -> None:
    """Whatever stands in a table; and the reader can go on from there."""
    tables = [table(headings, *rows, name=name), table(["Titel"], name="Klein")]
    try:
        made = sketch(tables, language=language)
    except NotATable:
        return
    mapping = loads_mapping(made)
    Reader(mapping=mapping, conventions=Conventions(language=language)).read(tables)
