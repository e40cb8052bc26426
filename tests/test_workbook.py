"""The workbook: what it looks like, and that it comes back as it went out."""

import datetime as dt
import functools
import io
import pickle
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from strategies import programmes

from betatech_milestones import (
    LANGUAGES,
    Commitment,
    Found,
    Milestone,
    News,
    PolicyDate,
    Programme,
    ReadingKind,
    Source,
    SourceKind,
    Status,
    Texts,
    UnknownId,
    import_table,
    load,
    loads,
)
from betatech_milestones.formats.workbook import MOST_ROWS, NoWorkbook, workbook
from betatech_milestones.importing.grid import Table
from betatech_milestones.importing.rows import Place, StatementRow, What
from betatech_milestones.importing.sheets import (
    MILESTONES,
    SHEETS,
    SOURCES,
    STATEMENTS,
    Sheet,
)
from betatech_milestones.importing.tables import read_tables
from betatech_milestones.importing.workbook import WorkbookRead, is_workbook, read_workbook
from betatech_milestones.model.records import trusted
from betatech_milestones.voice import Voice

ROOT = Path(__file__).parents[1]
FILES = (
    "data/milestones.toml",
    "examples/eu-ai-act.toml",
    "examples/french-agec.toml",
    "examples/italian-pnrr.toml",
    "tests/formats/programme.toml",
)
PLAN = """\
[programme]
id = "plan"
title = { nl = "Plan & wet", en = "Plan & act" }
language = "nl"
timezone = "Europe/Amsterdam"

[[source]]
id = "letter"
title = { nl = "Brief", en = "Letter" }
kind = "letter"
by = "ocw"
published = 2013-02-26
url = "https://example.org/letter"
archived = "https://example.org/2013/letter"

[[source]]
id = "answers"
title = "Antwoorden"
published = 2014-06-01

[[source]]
id = "page"
title = "Webpagina"
seen = 2015-01-20

[[body]]
id = "ocw"
name = { nl = "Ministerie van OCW", en = "Ministry of Education" }

[[body]]
id = "ez"
name = "Ministerie van Economische Zaken; Innovatie"

[[kind]]
id = "consultation"
title = { nl = "Raadpleging", en = "Consultation" }

[[cluster]]
id = "work"
title = "Werk"

[[sector]]
id = "mbo"
title = "mbo"

[[measure]]
id = "files"
title = { nl = "Dossiers", en = "Files" }
bodies = ["ocw"]
source = "letter"

[[measure.milestone]]
id = "force"
formerly = ["start"]
code = "M 1"
title = { nl = "Dossiers van kracht", en = "Files in force" }
summary = "Elk dossier is nieuw."
kind = "entry-into-force"
due = 2014-08-01
locator = "3.1"
bodies = ["ocw", "ez"]
also = ["exams"]

[[measure.milestone.revised]]
due = "zomer 2015"
source = "answers"
reason = "meer tijd"

[[measure.milestone.revised]]
bodies = []
goal = 40
source = "answers"

[[measure.milestone.news]]
on = 2015-01-20
found = "nothing"
by = "redactie"

[measure.milestone.number]
unit = "dossiers"
goal = 30
baseline = 12

[[measure.milestone.number.reading]]
on = 2014
value = 12.5
source = "answers"

[[measure.milestone.number.reading]]
on = 2015
value = 38
kind = "planned"
source = "answers"

[[measure.milestone]]
id = "report"
title = { nl = "Rapport", en = "Report" }
kind = "report"
due = "uiterlijk 1 juli 2014"
note = "in het voorjaar"

[measure.milestone.met]
on = "mei 2014"
source = "answers"

[[measure.milestone]]
id = "talks"
title = "Gesprekken"
kind = "consultation"
commitment = "aim"
due = { words = "over een half jaar", edtf = "2013-08~" }

[measure.milestone.dropped]
source = "answers"
reason = "niet nodig"

[[measure.milestone]]
id = "merged"
title = "Eigen plan"
kind = "other"
due = { words = "doorlopend" }

[measure.milestone.replaced]
by = "exams/first"
source = "page"

[[measure]]
id = "exams"
title = "Examens"
source = "letter"

[[measure.milestone]]
id = "first"
title = "Eerste examen"
kind = "start"

[[measure.milestone]]
id = "law"
title = "=1+1"
kind = "other"
commitment = "fixed"
due = 1899-12-31
"""
PROGRAMME = loads(PLAN)

Edit = Callable[[Workbook], None]


def read(data: bytes, programme: Programme = PROGRAMME) -> WorkbookRead:
    return read_workbook(read_tables(data, name="plan.xlsx"), programme)


def opened(data: bytes) -> Workbook:
    book: Workbook = pickle.loads(_opened(data))  # noqa: S301  made here
    return book


@functools.cache
def _opened(data: bytes) -> bytes:
    """Open a workbook once: to copy what was opened takes a third of the time."""
    return pickle.dumps(openpyxl.load_workbook(io.BytesIO(data)))


@functools.cache
def shared(language: str | None = None) -> bytes:
    """Return the workbook of the programme that the tests share."""
    return workbook(PROGRAMME, language=language)


def edited(edit: Edit, data: bytes | None = None) -> bytes:
    """Return a workbook as a person leaves it who changed something."""
    book = opened(shared("nl") if data is None else data)
    edit(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def worksheet(book: Workbook, sheet: Sheet) -> Worksheet:
    """Return a sheet by the hidden row, whatever it is called."""
    marker = sheet.marker(sheet.columns[0])
    (found,) = (one for one in book.worksheets if one["A1"].value == marker)
    return found


def put(sheet: Sheet, row: int, **cells: Any) -> Edit:
    """Type in the cells of a row, counted from the first below the headings."""

    def edit(book: Workbook) -> None:
        for key, value in cells.items():
            cell = worksheet(book, sheet).cell(2 + row, 1 + sheet.index(key))
            cell.value = value

    return edit


NEW = {MILESTONES: 7, STATEMENTS: 9, SOURCES: 4}
"""The first empty row of each sheet."""


def said(row: int, read_back: WorkbookRead) -> Any:
    return read_back.rows[row - 1].said


def told(read_back: WorkbookRead) -> list[str]:
    return [str(problem) for problem in read_back.problems]


def assert_nothing_changes(read_back: WorkbookRead, programme: Programme) -> None:
    """Each row says what the programme has, and there is nothing else."""
    assert told(read_back) == []
    assert read_back.statements == ()
    assert read_back.sources == ()
    assert [row.said.full_id for row in read_back.rows] == [m.full_id for m in programme.milestones]
    for milestone, row in zip(programme.milestones, read_back.rows, strict=True):
        assert_says(row.said, milestone)


def assert_says(said: Any, milestone: Milestone) -> None:
    number, outcome, due = milestone.number, milestone.outcome, milestone.in_force
    has: Mapping[str, object] = {
        "code": milestone.code,
        "title": str(milestone.title),
        "summary": milestone.summary and str(milestone.summary),
        "note": milestone.note and str(milestone.note),
        "kind": str(milestone.kind),
        "commitment": milestone.commitment,
        "due": due,
        "locator": milestone.locator,
        "bodies": tuple(body.id for body in milestone.bodies),
        "unit": number and str(number.unit),
        "goal": milestone.goal_by(dt.date.max),
        "baseline": number and number.baseline,
        "outcome": outcome.status if outcome and outcome.status is not Status.REPLACED else None,
        "on": outcome and outcome.on,
    }
    assert {key: getattr(said, key) for key in has} == has
    assert (said.due and said.due.words) == (due and due.words)
    assert tuple(other.id for other in said.also) == milestone.also


# --- it comes back as it went out -----------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES)
def test_an_unedited_workbook_changes_nothing(file: str, language: str) -> None:
    """In whatever language it was made, and without being told in which."""
    programme = load(ROOT / file)
    assert_nothing_changes(read(workbook(programme, language=language), programme), programme)


@pytest.mark.slow
@given(programme=programmes(), language=st.sampled_from(LANGUAGES))
def test_whatever_a_programme_holds_comes_back(programme: Programme, language: str) -> None:
    """Texts that look like formulas or escapes, numbers of thirty digits, names that are alike."""
    assert_nothing_changes(read(workbook(programme, language=language), programme), programme)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_it_comes_back_from_libreoffice(suffix: str, tmp_path: Path) -> None:
    """That writes every cell, format and column anew, in two formats."""
    made: dict[Path, Programme] = {}
    for file, language in ((FILES[0], "nl"), (FILES[4], "en")):
        programme = load(ROOT / file)
        path = tmp_path / f"{language}.xlsx"
        path.write_bytes(workbook(programme, language=language))
        made[path] = programme
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/settings",
            "--headless",
            *("--convert-to", suffix, "--outdir", tmp_path / "saved"),
            *made,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for path, programme in made.items():
        saved = (tmp_path / "saved" / path.with_suffix(f".{suffix}").name).read_bytes()
        assert saved != path.read_bytes()
        assert_nothing_changes(read(saved, programme), programme)


def test_the_same_programme_is_the_same_bytes() -> None:
    """No clock is asked: the workbook is of the day of its newest source."""
    made = workbook(PROGRAMME)
    assert workbook(loads(PLAN)) == made
    assert opened(made).properties.created == dt.datetime(2015, 1, 20)  # noqa: DTZ001
    empty = attrs.evolve(PROGRAMME, measures=(), sources=())
    assert opened(workbook(empty)).properties.created == dt.datetime(2000, 1, 1)  # noqa: DTZ001
    assert "zonder de mijlpalen" in str(opened(workbook(empty)).worksheets[0]["A3"].value)


def test_what_the_programme_has_by_now_is_no_change() -> None:
    """A workbook of last month moves nothing back to where it was then."""
    made = workbook(PROGRAMME)
    later = loads(
        PLAN.replace('due = "zomer 2015"', 'due = "zomer 2016"').replace("niet nodig", "overbodig")
    )
    assert_nothing_changes(read(made, later), later)


def test_a_text_that_fits_in_no_cell_is_left_out_with_a_note() -> None:
    """What is cut would come back cut; so it is not there, and is as the programme has it."""
    with trusted():
        note = Texts((("nl", "\N{CAT FACE}" * 16_384),))
        summary = Texts((("nl", "a\x0bb"),))
    (measure, *others) = PROGRAMME.measures
    (milestone, *rest) = measure.milestones
    with trusted():
        milestone = attrs.evolve(milestone, note=note, summary=summary)
        measure = attrs.evolve(measure, milestones=(milestone, *rest))
        programme = attrs.evolve(PROGRAMME, measures=(measure, *others))
    made = workbook(programme)
    cells = rows(made, MILESTONES)[0]
    left_out = "[past niet in een cel: lees het in het databestand]"
    assert (cells["note"], cells["summary"]) == (left_out, left_out)
    assert_nothing_changes(read(made, programme), programme)
    with trusted():
        fits = attrs.evolve(milestone, note=Texts((("nl", "n" * 32_767),)))
        measure = attrs.evolve(measure, milestones=(fits, *rest))
        programme = attrs.evolve(PROGRAMME, measures=(measure, *others))
    assert len(rows(workbook(programme), MILESTONES)[0]["note"]) == 32_767


def test_a_text_that_looks_as_if_it_were_escaped_is_what_it_is() -> None:
    """So a letter is written that XML cannot say, and some programs read it back so."""
    programme = loads(PLAN.replace("Examens", "_x0041_ _x005F_ _x"))
    assert_nothing_changes(read(workbook(programme), programme), programme)


def test_a_number_of_more_digits_than_a_cell_keeps_is_its_digits() -> None:
    """Fifteen are kept as a number, and the rest as a text."""
    large, small = 2**53 - 1, Decimal("0.12345678901234567")
    text = PLAN.replace("goal = 40", f"goal = {large}").replace("value = 38", f"value = {small}")
    programme = loads(text)
    made = workbook(programme)
    assert rows(made, MILESTONES)[0]["goal"] == str(large)
    assert str(small) in {row["number"] for row in rows(made, STATEMENTS)}
    assert_nothing_changes(read(made, programme), programme)


def rows(data: bytes, sheet: Sheet) -> list[dict[str, Any]]:
    """Return what stands in the rows of a sheet, by the keys of its columns."""
    keys = [column.key for column in sheet.columns]
    below = worksheet(opened(data), sheet).iter_rows(min_row=3, values_only=True)
    return [dict(zip(keys, row, strict=False)) for row in below]


# --- what was done to it meanwhile ----------------------------------------------------------------


def sort_rows(book: Workbook) -> None:
    """Turn the milestones round."""
    sheet = worksheet(book, MILESTONES)
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    for row, new in zip(sheet.iter_rows(min_row=3), reversed(values), strict=True):
        for cell, value in zip(row, new, strict=True):
            cell.value = value
            cell.data_type = "s" if value == "=1+1" else cell.data_type


def insert_column(book: Workbook) -> None:
    """Put a column of one's own before the others, and a note above the headings."""
    for sheet in SHEETS:
        there = worksheet(book, sheet)
        there.insert_cols(1)
        there["A2"] = "Mijn kolom"
        there["A3"] = "van mij"


def take_out_hidden_row(book: Workbook) -> None:
    for sheet in SHEETS:
        worksheet(book, sheet).delete_rows(1)


def reword_headings(book: Workbook) -> None:
    for sheet in SHEETS:
        for cell in worksheet(book, sheet)[2]:
            cell.value = f"{cell.value} (!)"


def sink_hidden_row(book: Workbook) -> None:
    """Sort the hidden row in among the others."""
    for sheet in SHEETS:
        there = worksheet(book, sheet)
        keys = [cell.value for cell in there[1]]
        there.append(keys)
        there.delete_rows(1)


def rename_sheets(book: Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"blad {number}"
    book.move_sheet(book.worksheets[0], 4)


def take_out_page(book: Workbook) -> None:
    del book[book.sheetnames[0]]


def take_out_marks(book: Workbook) -> None:
    for row in worksheet(book, MILESTONES).iter_rows(min_row=3):
        row[MILESTONES.index("mark")].value = None


def take_out_columns(book: Workbook) -> None:
    for key in ("statements", "note", "goal", "reason", "measure"):
        worksheet(book, MILESTONES).delete_cols(1 + MILESTONES.index(key))


def note_above(book: Workbook) -> None:
    for sheet in SHEETS:
        there = worksheet(book, sheet)
        there.insert_rows(1)
        there["A1"] = "Niet verspreiden"


@pytest.mark.parametrize(
    "edit",
    [
        insert_column,
        reword_headings,
        sink_hidden_row,
        rename_sheets,
        take_out_page,
        take_out_marks,
        take_out_columns,
        note_above,
    ],
)
def test_it_is_known_again_whatever_was_done_to_it(edit: Edit) -> None:
    """By the hidden row, which says the same in each language."""
    assert_known_again(edited(edit))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_known_again_without_the_hidden_row(language: str) -> None:
    """By its headings in any of the five languages."""
    assert_known_again(edited(take_out_hidden_row, shared(language)))


def assert_known_again(data: bytes) -> None:
    """It is a workbook, and nothing in it is new."""
    tables = read_tables(data, name="plan.xlsx")
    assert is_workbook(tables)
    assert_nothing_changes(read_workbook(tables, PROGRAMME), PROGRAMME)


def test_rows_may_be_sorted() -> None:
    """Their order says nothing."""
    found = read(edited(sort_rows))
    assert told(found) == []
    ids = [milestone.full_id for milestone in PROGRAMME.milestones]
    assert [row.said.full_id for row in found.rows] == ids[::-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_that_of_the_headings_where_the_page_is_gone(language: str) -> None:
    """A word of the reader's language is read as such."""
    words = Voice(language).said(PolicyDate("2016-21"))

    def edit(book: Workbook) -> None:
        take_out_page(book)
        put(MILESTONES, 1, due=words)(book)

    found = read(edited(edit, shared(language)))
    assert told(found) == []
    assert said(1, found).due == PolicyDate("2016-21")


def test_another_table_is_no_workbook() -> None:
    """One or two headings that are ours as well do not make it one."""
    table = read_tables(b"id,Mijlpaal,Maatregel\n1,a,b\n", name="a.csv")
    assert not is_workbook(table)
    assert not is_workbook([])
    assert not is_workbook([Table(name="", rows=())])


def test_one_sheet_of_it_is_enough() -> None:
    """Saved as CSV it is all texts, and nothing has changed."""
    book = opened(shared())
    lines = [
        ";".join('"' + str("" if v is None else v).replace('"', '""') + '"' for v in row)
        for row in worksheet(book, MILESTONES).iter_rows(values_only=True)
    ]
    text = "\n".join(lines).replace(" 00:00:00", "")
    tables = read_tables(text.encode(), name="plan.csv")
    assert is_workbook(tables)
    assert_nothing_changes(read_workbook(tables, PROGRAMME), PROGRAMME)


def test_a_workbook_of_another_programme_is_refused() -> None:
    """It would be read against milestones that it knows nothing of."""
    found = read(shared(), attrs.evolve(PROGRAMME, id="other"))
    assert found == WorkbookRead(rows=(), statements=(), sources=(), problems=found.problems)
    assert told(found) == [
        (
            'is a workbook of the programme "plan", and not of "other"; '
            "name the data file that it was made from"
        )
    ]


# --- what was edited ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "language", "edtf"),
    [
        (dt.date(2016, 3, 1), "nl", "2016-03-01"),
        (dt.datetime(2016, 3, 1), "nl", "2016-03-01"),  # noqa: DTZ001  as openpyxl writes a day
        ("eind 2016", "nl", "2016-39"),
        ("uiterlijk 1 maart 2016", "en", "[..2016-03-01]"),
        ("by 1 March 2016", "en", "[..2016-03-01]"),
        ("printemps 2016", "fr", "2016-21"),
        ("2016-03", "nl", "2016-03"),
        (2016, "nl", "2016"),
    ],
)
def test_a_date_is_read_as_a_file_reads_it(typed: object, language: str, edtf: str) -> None:
    """A day, a year, words of the programme's language or of the reader's."""
    data = shared(language)
    found = read(edited(put(MILESTONES, 1, due=typed), data))
    assert told(found) == []
    assert said(1, found).due == PolicyDate(edtf)
    assert [row.said for row in found.rows[1:]] == [row.said for row in read(data).rows[1:]]


def test_a_cell_that_shows_a_month_is_one() -> None:
    """Spreadsheet programs make the first of May of "mei 2016", and show it as typed."""

    def edit(book: Workbook) -> None:
        cell = worksheet(book, MILESTONES).cell(3, 1 + MILESTONES.index("due"))
        cell.value, cell.number_format = dt.date(2016, 5, 1), "mmm-yy"

    assert said(1, read(edited(edit))).due == PolicyDate("2016-05")


EDITS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "title": ({"title": "Nieuwe dossiers"}, {"title": "Nieuwe dossiers"}),
    "kind": ({"kind": "Consultation"}, {"kind": "consultation"}),
    "own kind": ({"kind": "report or letter"}, {"kind": "report"}),
    "commitment": ({"commitment": "streven"}, {"commitment": Commitment.AIM}),
    "body": ({"bodies": "ministry of education"}, {"bodies": ("ocw",)}),
    "body with a semicolon": (
        {"bodies": "Ministerie van Economische Zaken; Innovatie"},
        {"bodies": ("ez",)},
    ),
    "bodies": ({"bodies": "ocw; ez; Inspectie"}, {"bodies": ("ocw", "ez", "Inspectie")}),
    "nobody": ({"bodies": "niemand genoemd"}, {"bodies": ()}),
    "goal": ({"goal": 50}, {"goal": 50}),
    "goal in digits": ({"goal": "50"}, {"goal": 50}),
    "reason": ({"reason": "te druk", "due": 2016}, {"reason": "te druk"}),
    "met": (
        {"outcome": "gerealiseerd", "on": dt.date(2015, 7, 1)},
        {"outcome": Status.MET, "on": PolicyDate("2015-07-01"), "reason": None},
    ),
    "met, day unknown": ({"outcome": "met"}, {"outcome": Status.MET, "on": None}),
    "dropped": (
        {"outcome": "vervallen", "reason": "geen geld"},
        {"outcome": Status.DROPPED, "reason": "geen geld"},
    ),
    "note": ({"note": "zie de bijlage"}, {"note": "zie de bijlage"}),
    "a number for a text": ({"note": 5}, {"note": "5"}),
}


@pytest.mark.parametrize(("typed", "wanted"), EDITS.values(), ids=EDITS)
def test_what_is_typed_is_what_the_row_says(typed: dict[str, Any], wanted: dict[str, Any]) -> None:
    """And what was not touched says what it said."""
    found = read(edited(put(MILESTONES, 1, **typed)))
    assert told(found) == []
    before = read(shared()).rows[0].said
    due = {"due": PolicyDate("2016")} if "due" in typed else {}
    assert said(1, found) == attrs.evolve(before, **(wanted | due))


def test_the_same_in_other_words_is_no_change() -> None:
    """A choice may be made in another language; what stands in no column of ours says nothing."""

    def edit(book: Workbook) -> None:
        put(MILESTONES, 2, outcome="MET")(book)
        sheet = worksheet(book, MILESTONES)
        sheet.cell(sheet.max_row + 5, 40).value = "van mij"

    assert_nothing_changes(read(edited(edit)), PROGRAMME)


def test_words_of_two_languages_are_those_of_the_workbook() -> None:
    """Where the programme's own does not read them, and they are not of one language for sure."""
    typed = put(MILESTONES, 1, due="by no later than 30 September 2025")
    found = read(edited(typed, shared("en")))
    assert said(1, found).due == PolicyDate("[..2025-09-30]")
    (problem,) = told(read(edited(typed)))
    assert problem.startswith('Mijlpalen!H3 "Geldende datum": "by no later than')
    neither = put(MILESTONES, 1, due="by and by")
    (problem,) = told(read(edited(neither, shared("en"))))
    assert problem.startswith('Milestones!H3 "Date in force": "by and by" is not a date')


def test_what_was_dropped_may_be_met_after_all() -> None:
    """The newest source counts."""
    found = read(edited(put(MILESTONES, 3, outcome="gerealiseerd", on="mei 2015", reason=None)))
    assert told(found) == []
    assert (said(3, found).outcome, said(3, found).on) == (Status.MET, PolicyDate("2015-05"))


REFUSED_EDITS: dict[str, tuple[int, dict[str, Any], str]] = {
    "no date": (
        1,
        {"due": "binnenkort"},
        'Mijlpalen!H3 "Geldende datum": "binnenkort" is not a date: ',
    ),
    "a year in a cell for days": (
        1,
        {"due": dt.date(1905, 7, 7)},
        (
            'Mijlpalen!H3 "Geldende datum": 1905-07-07 is what becomes of the year 2015 in a '
            "cell for "
            "days; write the year as a text, '2015"
        ),
    ),
    "emptied": (
        1,
        {"due": None},
        (
            'Mijlpalen!H3 "Geldende datum": is empty now: what is recorded stays; put back what '
            "stood "
            "here, or write what is true now"
        ),
    ),
    "first promise": (
        1,
        {"promised": "mei 2013"},
        (
            'Mijlpalen!G3 "Aangekondigd voor": "mei 2013" is new here: what is recorded stays; '
            "the first "
            "promise is kept as it was made; write the new date as the date in force"
        ),
    ),
    "measure": (
        1,
        {"measure": "Examens"},
        (
            'Mijlpalen!C3 "Maatregel": "Examens" is new here: what is recorded stays; move it to '
            "another measure in the data file"
        ),
    ),
    "source": (
        1,
        {"source": None},
        (
            'Mijlpalen!O3 "Bron": is empty now: what is recorded stays; another source goes with a '
            "row on the sheet of moves and news"
        ),
    ),
    "locator": (
        1,
        {"locator": "4"},
        (
            'Mijlpalen!P3 "Waar in de bron": "4" is new here: what is recorded stays; reword it in '
            "the data file"
        ),
    ),
    "locator where there is none": (
        2,
        {"locator": "4"},
        (
            'Mijlpalen!P4 "Waar in de bron": "4" is new here: what is recorded stays; reword it in '
            "the data file"
        ),
    ),
    "another code": (
        1,
        {"code": "M 2"},
        (
            'Mijlpalen!D3 "Nummer": "M 2" is new here: what is recorded stays; reword it in the '
            "data file"
        ),
    ),
    "an emptied code": (
        1,
        {"code": None},
        (
            'Mijlpalen!D3 "Nummer": is empty now: what is recorded stays; put back what stood '
            "here, or write what is true now"
        ),
    ),
    "a unit of nothing": (
        2,
        {"unit": "scholen"},
        (
            'Mijlpalen!N4 "Eenheid": how many "scholen"? a unit needs its goal; write that, or '
            "empty this"
        ),
    ),
    "a reason of nothing": (
        1,
        {"reason": "te druk"},
        (
            'Mijlpalen!L3 "Reden": "te druk": a reason goes with another date, or with what was '
            "dropped; write this as the note, or in a row on the sheet of moves and news"
        ),
    ),
    "an emptied reason": (
        3,
        {"reason": None},
        (
            'Mijlpalen!L5 "Reden": is empty now: files/talks is recorded as vervallen, and what '
            "is recorded stays; put back what stood here, or mend the data file"
        ),
    ),
    "kind": (
        1,
        {"kind": "rapprt of brief"},
        (
            'Mijlpalen!E3 "Soort": "rapprt of brief" is not on the list; '
            'did you mean "rapport of brief"?'
        ),
    ),
    "commitment": (
        1,
        {"commitment": "misschien"},
        (
            'Mijlpalen!F3 "Hoe stellig": "misschien" is not on the list; choose one of uiterlijk, '
            "voorzien, vastgelegd in wet of contract, streven, verwachting, geen aankondiging "
            "vastgelegd"
        ),
    ),
    "body": (
        1,
        {"bodies": "Ministerie van OCV"},
        (
            'Mijlpalen!I3 "Verantwoordelijk": "Ministerie van OCV" is not on the list; did you '
            "mean "
            '"Ministerie van OCW"? if it is another one, add it to the data file first'
        ),
    ),
    "goal": (
        1,
        {"goal": "1.507"},
        'Mijlpalen!M3 "Doel": "1.507" is no number from 0 up; write it in digits alone',
    ),
    "negative goal": (
        1,
        {"goal": -1},
        'Mijlpalen!M3 "Doel": -1 is no number from 0 up; write it in digits alone',
    ),
    "replaced": (
        1,
        {"outcome": "vervangen"},
        (
            'Mijlpalen!J3 "Uitkomst": what took its place? write that in a row on the sheet of '
            "moves "
            "and news"
        ),
    ),
    "ended, and open": (
        1,
        {"on": 2015},
        (
            'Mijlpalen!K3 "Afgelopen wanneer": "2015": it is open, and has not ended; choose an '
            "outcome, or empty this"
        ),
    ),
    "dropped without a reason": (
        1,
        {"outcome": "vervallen"},
        'Mijlpalen!L3 "Reden": is empty; write why it was dropped',
    ),
    "open again": (
        2,
        {"outcome": "nog open"},
        (
            'Mijlpalen!J4 "Uitkomst": "nog open" is new here: files/report is recorded as '
            "gerealiseerd, and what is recorded stays; put back what stood here, or mend the "
            "data file"
        ),
    ),
    "another day": (
        2,
        {"on": 2014},
        (
            'Mijlpalen!K4 "Afgelopen wanneer": "2014" is new here: files/report is recorded as '
            "gerealiseerd, and what is recorded stays; put back what stood here, or mend the "
            "data file"
        ),
    ),
    "another id": (
        2,
        {"id": "files/rapport"},
        (
            'Mijlpalen!A4 "Id": no milestone "files/rapport"; did you mean "files/report"?; for '
            "a new "
            "one, empty this"
        ),
    ),
    "an id twice": (
        2,
        {"id": "files/force"},
        'Mijlpalen!A4 "Id": "files/force" stands in A3 too; for a new milestone, empty this',
    ),
    "an error": (
        1,
        {"due": "=1/0"},
        'Mijlpalen!H3 "Geldende datum": =1/0: ',
    ),
}


@pytest.mark.parametrize(("row", "typed", "message"), REFUSED_EDITS.values(), ids=REFUSED_EDITS)
def test_what_cannot_be_taken_over_is_told_at_its_cell(
    row: int, typed: dict[str, Any], message: str
) -> None:
    """And the row is left out; the others are not."""
    found = read(edited(put(MILESTONES, row, **typed)))
    (problem,) = told(found)
    assert problem.startswith(message)
    assert message.endswith(": ") or problem == message
    assert len(found.rows) == 5


def test_a_fact_gets_no_date_to_be_done_by() -> None:
    """Nobody promised it; what is typed there would go nowhere."""
    reported = """commitment = "none"\n[measure.milestone.met]\nsource = "letter"\n"""
    programme = loads(PLAN.replace('kind = "start"\n', f'kind = "start"\n{reported}'))
    typed = put(MILESTONES, 5, due="zomer 2030")
    assert told(read(edited(typed, workbook(programme)), programme)) == [
        (
            'Mijlpalen!H7 "Geldende datum": "zomer 2030": nobody promised it, so it has no date '
            "in force; empty this"
        )
    ]


def test_what_the_data_file_says_by_now_is_no_change() -> None:
    """Somebody was told to mend it there, did so, and reads the same workbook once more."""
    by_now = {
        "code": "M 2",
        "locator": "4",
        "measure": "Bestanden",
        "promised": dt.date(2014, 9, 1),
    }
    mended = PLAN.replace('"M 1"', '"M 2"').replace('locator = "3.1"', 'locator = "4"')
    mended = mended.replace("due = 2014-08-01", "due = 2014-09-01").replace(
        'title = { nl = "Dossiers", en', 'title = { nl = "Bestanden", en'
    )
    data = edited(put(MILESTONES, 1, **by_now))
    assert len(told(read(data))) == len(by_now)
    assert_nothing_changes(read(data, loads(mended)), loads(mended))


def test_all_problems_are_told_at_once() -> None:
    """At each cell of a row, and in each row."""

    def edit(book: Workbook) -> None:
        put(MILESTONES, 1, due="gauw", kind="iets")(book)
        put(MILESTONES, 2, promised=None)(book)

    found = read(edited(edit))
    assert [str(problem.place) for problem in found.problems] == [
        'Mijlpalen!E3 "Soort"',
        'Mijlpalen!H3 "Geldende datum"',
        'Mijlpalen!G4 "Aangekondigd voor"',
    ]


# --- what is new ----------------------------------------------------------------------------------


def test_a_row_without_an_id_is_a_new_milestone() -> None:
    """Its id is made of its title; its measure is found by what it is called."""
    typed = {
        "title": "Évaluatie van de wet",
        "measure": "files",
        "kind": "evaluatie",
        "commitment": "uiterlijk",
        "due": "uiterlijk eind 2016",
        "bodies": "Ministerie van OCW",
        "source": "Antwoorden",
        "code": "M 9",
    }
    found = read(edited(put(MILESTONES, NEW[MILESTONES], **typed)))
    assert told(found) == []
    new = found.rows[-1]
    assert new.said.full_id == "files/evaluatie-van-de-wet"
    assert new.said.measure.title == "Dossiers"
    assert (new.said.title, new.said.code) == ("Évaluatie van de wet", "M 9")
    assert (new.said.kind, new.said.commitment) == ("evaluation", Commitment.DEADLINE)
    assert new.said.due == PolicyDate("[..2016-12-31]")
    assert (new.said.bodies, new.said.outcome, new.sources) == (("ocw",), None, ("answers",))
    assert new.places["sources"] == Place(sheet="Mijlpalen", cell="O9", heading="Bron")


def test_a_new_milestone_may_have_ended_and_be_of_a_new_measure() -> None:
    """The measure gets an id of its own, too."""
    typed = {
        "title": "Klaar",
        "measure": "Nieuwe maatregel",
        "promised": 2015,
        "outcome": "gerealiseerd",
        "on": 2015,
    }
    (*_, new) = read(edited(put(MILESTONES, NEW[MILESTONES], **typed))).rows
    assert new.said.full_id == "nieuwe-maatregel/klaar"
    assert new.said.measure.title == "Nieuwe maatregel"
    assert (new.said.due, new.said.outcome) == (PolicyDate("2015"), Status.MET)


def test_a_new_measure_gets_no_id_that_another_had_before() -> None:
    """No file can hold the same id as that of now and as one of before."""
    known = loads(PLAN.replace('id = "files"', 'id = "files"\nformerly = ["nieuwe-maatregel"]', 1))
    typed = {"title": "Klaar", "measure": "Nieuwe maatregel"}
    (*_, new) = read(edited(put(MILESTONES, NEW[MILESTONES], **typed)), known).rows
    assert new.said.full_id == "nieuwe-maatregel-2/klaar"


def test_a_title_that_is_there_already_is_that_milestone() -> None:
    """So a workbook that is read twice makes it once; one of another title gets another id."""
    typed = {"title": "RAPPORT", "measure": "Dossiers", "due": 2016}
    (*_, again) = read(edited(put(MILESTONES, NEW[MILESTONES], **typed))).rows
    assert again.said.full_id == "files/rapport"
    other = {"title": "Rëport!", "measure": "Dossiers"}
    (*_, new) = read(edited(put(MILESTONES, NEW[MILESTONES], **other))).rows
    assert new.said.full_id == "files/report-2"


REFUSED_ROWS: dict[str, tuple[dict[str, Any], str]] = {
    "no title": (
        {"measure": "Dossiers"},
        'Mijlpalen!B9 "Mijlpaal": is empty; a new milestone needs its title and its measure',
    ),
    "no measure": (
        {"title": "Klaar"},
        'Mijlpalen!C9 "Maatregel": is empty; a new milestone needs its title and its measure',
    ),
    "a slip": (
        {"title": "Klaar", "measure": "Dossierss"},
        (
            'Mijlpalen!C9 "Maatregel": "Dossierss" is not on the list; did you mean "Dossiers"? '
            "if it "
            "is another one, add it to the data file first"
        ),
    ),
    "two dates": (
        {"title": "Klaar", "measure": "Dossiers", "promised": 2015, "due": 2016},
        (
            'Mijlpalen!G9 "Aangekondigd voor": "2015": a new milestone has one date; write that as '
            "the date in force"
        ),
    ),
    "no such source": (
        {"title": "Klaar", "measure": "Dossiers", "source": "lettre"},
        'Mijlpalen!O9 "Bron": there is no source "lettre"; did you mean "letter"?',
    ),
    "no source like it": (
        {"title": "Klaar", "measure": "Dossiers", "source": "Kamer"},
        'Mijlpalen!O9 "Bron": there is no source "Kamer"; add it to the sheet of sources first',
    ),
}


@pytest.mark.parametrize(("typed", "message"), REFUSED_ROWS.values(), ids=REFUSED_ROWS)
def test_a_new_milestone_that_cannot_be_one_is_told(typed: dict[str, Any], message: str) -> None:
    """At the cell that is wrong."""
    found = read(edited(put(MILESTONES, NEW[MILESTONES], **typed)))
    assert told(found) == [message]
    assert len(found.rows) == 6


def test_two_new_milestones_of_one_title_are_told() -> None:
    """They would be one."""

    def edit(book: Workbook) -> None:
        for row in (0, 1):
            typed = {"title": "Klaar", "measure": "Dossiers"}
            put(MILESTONES, NEW[MILESTONES] + row, **typed)(book)

    assert told(read(edited(edit))) == [
        'Mijlpalen!B10 "Mijlpaal": "Klaar" stands in B9 too, in the same measure'
    ]


# --- moves and news -------------------------------------------------------------------------------

ADDED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "moved": (
        {
            "what": "verplaatst of gewijzigd",
            "on": "herfst 2016",
            "says": "te druk",
            "announced": dt.date(2015, 2, 1),
            "sources": "page; letter",
            "note": "mondeling",
        },
        {
            "what": What.MOVED,
            "due": PolicyDate("2016-23"),
            "reason": "te druk",
            "announced": dt.date(2015, 2, 1),
            "sources": ("page", "letter"),
            "note": "mondeling",
        },
    ),
    "changed": (
        {"what": "verplaatst of gewijzigd", "number": 60, "bodies": "Ministerie van OCW"},
        {"what": What.MOVED, "goal": 60, "bodies": ("ocw",)},
    ),
    "news": (
        {
            "what": "nieuws",
            "on": dt.date(2015, 3, 1),
            "found": "in uitvoering",
            "says": "bijna klaar",
            "sources": "page",
        },
        {
            "what": What.NEWS,
            "on": PolicyDate("2015-03-01"),
            "found": Found.UNDER_WAY,
            "says": "bijna klaar",
            "sources": ("page",),
        },
    ),
    "looked": (
        {"what": "News", "found": "nothing found", "by": "redactie", "on": dt.date(2016, 1, 1)},
        {
            "what": What.NEWS,
            "found": Found.NOTHING,
            "by": "redactie",
            "on": PolicyDate("2016-01-01"),
        },
    ),
    "met": (
        {"what": "gerealiseerd", "on": 2016},
        {"what": What.MET, "on": PolicyDate("2016")},
    ),
    "dropped": (
        {"what": "vervallen", "says": "geen geld"},
        {"what": What.DROPPED, "reason": "geen geld"},
    ),
    "replaced": (
        {"what": "vervangen", "instead": "exams/first"},
        {"what": What.REPLACED, "by": "exams/first"},
    ),
    "reached": (
        {"what": "getal bereikt", "on": 2016, "number": 39},
        {"what": What.READING, "on": PolicyDate("2016"), "value": 39},
    ),
    "planned": (
        {"what": "getal gepland", "on": 2016, "number": Decimal("39.5")},
        {
            "what": What.READING,
            "on": PolicyDate("2016"),
            "value": Decimal("39.5"),
            "kind": ReadingKind.PLANNED,
        },
    ),
}


@pytest.mark.parametrize(("typed", "wanted"), ADDED.values(), ids=ADDED)
def test_a_row_below_the_others_is_a_new_statement(
    typed: dict[str, Any], wanted: dict[str, Any]
) -> None:
    """In any of the languages; where no source is named, it is that of the import."""
    edit = put(STATEMENTS, NEW[STATEMENTS], id="files/force", **typed)
    found = read(edited(edit))
    assert told(found) == []
    assert found.statements == (StatementRow(milestone="files/force", places={}, **wanted),)
    assert len(found.rows) == 6


def test_problems_of_a_statement_are_found_by_the_names_of_its_fields() -> None:
    """Whoever takes it in knows fields, and the person cells."""
    typed = {"id": "files/force", "what": "vervangen", "instead": "exams/first", "says": "samen"}
    (row,) = read(edited(put(STATEMENTS, NEW[STATEMENTS], **typed))).statements
    fields = ("id", "due", "goal", "value", "reason", "says", "by", "sources", "what")
    assert [row.places[field].cell for field in fields] == [
        *("A11", "D11", "F11", "F11", "G11", "G11", "J11", "L11", "C11")
    ]


@pytest.mark.parametrize("title", ["Eerste examen", "eerste  examen"])
def test_a_milestone_may_be_named_by_its_title(title: str) -> None:
    """Where only one is called so."""
    typed = {"title": title, "what": "gerealiseerd", "on": 2015}
    (row,) = read(edited(put(STATEMENTS, NEW[STATEMENTS], **typed))).statements
    assert row.milestone == "exams/first"


RECORDED: dict[str, dict[str, Any]] = {
    "moved": {"what": "verplaatst of gewijzigd", "on": "zomer 2015", "sources": "answers"},
    "handed over": {"what": "verplaatst of gewijzigd", "bodies": "niemand genoemd", "number": 40},
    "news": {"what": "nieuws", "found": "niets gevonden", "by": "redactie"},
    "read": {"what": "getal bereikt", "on": 2014, "number": Decimal("12.5")},
}


@pytest.mark.parametrize("typed", RECORDED.values(), ids=RECORDED)
def test_what_is_recorded_is_not_added_again(typed: dict[str, Any]) -> None:
    """A workbook that is read twice adds once."""
    found = read(edited(put(STATEMENTS, NEW[STATEMENTS], id="files/force", **typed)))
    assert (found.statements, told(found)) == ((), [])


def test_an_ending_that_is_recorded_is_not_added_again() -> None:
    """The same."""
    typed = {"id": "files/report", "what": "gerealiseerd", "on": "mei 2014"}
    assert read(edited(put(STATEMENTS, NEW[STATEMENTS], **typed))).statements == ()


def test_what_is_moved_back_to_where_it_was_is_a_move() -> None:
    """Only the newest counts where no source is named."""
    moved = {"what": "verplaatst of gewijzigd", "on": "zomer 2015"}
    (row,) = read(edited(put(STATEMENTS, NEW[STATEMENTS], id="files/force", **moved))).statements
    assert row.due == PolicyDate("2015-22")


def test_other_news_is_news() -> None:
    """Nothing was found then, and something is said of it now."""
    looked = {"what": "nieuws", "found": "niets gevonden", "by": "redactie", "says": "weer niets"}
    edit = put(STATEMENTS, NEW[STATEMENTS], id="files/force", **looked)
    assert [row.says for row in read(edited(edit)).statements] == ["weer niets"]


def test_a_workbook_grows_and_is_imported_after_each_thing_that_is_typed() -> None:
    """What was taken in before is there once, by whichever source; what is new is added."""
    book, programme = opened(shared()), PROGRAMME
    row, moved = NEW[STATEMENTS], {"id": "files/force", "what": "verplaatst of gewijzigd"}
    typed = (
        put(STATEMENTS, row, **moved, on=2030),
        put(STATEMENTS, row + 1, **moved, on=2031),
        put(MILESTONES, 1, due=2032, code="M 1", reason="te druk"),
        put(MILESTONES, 5, code="E 1", unit="examens", goal=3),
        put(STATEMENTS, row + 2, **moved, on=2030),
        put(MILESTONES, 5, outcome="vervallen", reason="geen geld"),
    )
    for number, edit in enumerate(typed, start=1):
        edit(book)
        saved = io.BytesIO()
        book.save(saved)
        for seen in (f"list-{number}", f"list-{number}-again"):
            source = Source(id=seen, title=Texts({"nl": "Lijst"}), seen=dt.date(2026, 11, number))
            imported = import_table(programme, saved.getvalue(), name="plan.xlsx", source=source)
            assert (imported.problems, imported.told) == ((), ())
            assert (imported.programme is programme) == seen.endswith("again")
            programme = imported.programme
    (force,) = (one for one in programme.milestones if one.full_id == "files/force")
    assert [str(one.due) for one in force.revisions[2:]] == ["2030", "2031", "2032", "2030"]


def copy_row(book: Workbook) -> None:
    """Copy a row with all that is hidden in it, and change the copy."""
    sheet = worksheet(book, STATEMENTS)
    for column, cell in enumerate(sheet[3], 1):
        sheet.cell(11, column).value = cell.value
    put(STATEMENTS, NEW[STATEMENTS], on="herfst 2016")(book)


def test_a_copied_row_is_a_new_statement() -> None:
    """Where the one that it was copied from is there as it was."""
    found = read(edited(copy_row))
    assert told(found) == []
    (row,) = found.statements
    assert (row.milestone, row.due) == ("files/force", PolicyDate("2016-23"))


REFUSED_STATEMENTS: dict[str, tuple[dict[str, Any], str]] = {
    "nothing happened": (
        {"id": "files/force"},
        (
            '!C11 "Wat er gebeurde": is empty; choose one of verplaatst of gewijzigd, nieuws, '
            "gerealiseerd, vervallen, vervangen, getal bereikt, getal gepland"
        ),
    ),
    "no milestone": (
        {"id": "files/farce", "what": "gerealiseerd"},
        '!A11 "Id": no milestone "files/farce"; did you mean "files/force"?',
    ),
    "no title": (
        {"what": "gerealiseerd"},
        '!A11 "Id": is empty, and no milestone is called so; choose the id of the milestone',
    ),
    "does not go with it": (
        {"id": "files/force", "what": "gerealiseerd", "found": "in uitvoering"},
        (
            '!E11 "Wat er gevonden is": does not go with "gerealiseerd"; empty it, or write a row '
            "for it"
        ),
    ),
    "several days": (
        {"id": "files/force", "what": "verplaatst of gewijzigd", "on": 2016, "announced": 2015},
        '!K11 "Aangekondigd": "2015" is more than one day; write the day, such as 2014-09-01',
    ),
}


@pytest.mark.parametrize(("typed", "message"), REFUSED_STATEMENTS.values(), ids=REFUSED_STATEMENTS)
def test_a_statement_that_cannot_be_one_is_told(typed: dict[str, Any], message: str) -> None:
    """At the cell that is wrong."""
    found = read(edited(put(STATEMENTS, NEW[STATEMENTS], **typed)))
    assert told(found) == [f"Verplaatsingen en nieuws{message}"]
    assert found.statements == ()


def test_a_title_that_two_milestones_have_is_not_enough() -> None:
    """Nothing is guessed."""
    programme = loads(PLAN.replace("Eerste examen", "Gesprekken"))
    typed = {"title": "Gesprekken", "what": "gerealiseerd"}
    data = edited(put(STATEMENTS, NEW[STATEMENTS], **typed), workbook(programme))
    assert told(read(data, programme)) == [
        (
            'Verplaatsingen en nieuws!A11 "Id": is empty, and several milestones are called so; '
            "choose the id of the milestone"
        )
    ]


def test_what_was_recorded_stays() -> None:
    """Who changes a row, or takes it out, is told to write one below."""

    def edit(book: Workbook) -> None:
        put(STATEMENTS, 1, on="herfst 2015")(book)
        put(STATEMENTS, 4, number="=1/0")(book)
        worksheet(book, STATEMENTS).delete_rows(4)

    found = read(edited(edit))
    assert told(found) == [
        (
            'Verplaatsingen en nieuws!C3 "Wat er gebeurde": this row was another: what is recorded '
            "stays; put back what stood here, and write what is new in a row below"
        ),
        (
            'Verplaatsingen en nieuws!C5 "Wat er gebeurde": this row was another: what is recorded '
            "stays; put back what stood here, and write what is new in a row below"
        ),
        (
            'Mijlpalen!A3 "Id": a row of "files/force" is gone from the sheet of moves and news '
            "(revised-2): what is recorded stays; put it back"
        ),
    ]
    assert found.statements == ()


# --- sources --------------------------------------------------------------------------------------


def test_a_new_source_can_be_cited_at_once() -> None:
    """By its title, or by the id that is made of it."""
    source = {
        "title": "Kamerbrief van maart",
        "kind": "brief",
        "by": "Ministerie van OCW",
        "published": dt.date(2016, 3, 1),
        "url": "https://example.org/march",
        "reference": "Kamerstuk 2",
    }

    def edit(book: Workbook) -> None:
        put(SOURCES, NEW[SOURCES], **source)(book)
        put(SOURCES, NEW[SOURCES] + 1, id="look", title="Site", seen=dt.date(2016, 4, 1))(book)
        moved = {"id": "files/force", "what": "verplaatst of gewijzigd", "on": 2017}
        cited = "kamerbrief van maart; look"
        put(STATEMENTS, NEW[STATEMENTS], **moved, sources=cited)(book)

    found = read(edited(edit))
    assert told(found) == []
    (ocw, _) = PROGRAMME.bodies
    assert found.sources == (
        Source(
            id="kamerbrief-van-maart",
            title=Texts({"nl": "Kamerbrief van maart"}),
            kind=SourceKind.LETTER,
            by=ocw,
            published=PolicyDate("2016-03-01"),
            url="https://example.org/march",
            reference="Kamerstuk 2",
        ),
        Source(id="look", title=Texts({"nl": "Site"}), seen=dt.date(2016, 4, 1)),
    )
    (row,) = found.statements
    assert row.sources == ("kamerbrief-van-maart", "look")


def test_a_source_that_was_added_before_is_not_added_again() -> None:
    """It is the one of that title."""
    typed = {"title": "brief", "published": 2013}
    found = read(edited(put(SOURCES, NEW[SOURCES], **typed)))
    assert (found.sources, told(found)) == ((), [])


REFUSED_SOURCES: dict[str, tuple[int, dict[str, Any], str]] = {
    "edited": (
        1,
        {"title": "Andere brief"},
        '!B3 "Titel": this row was another: what is recorded stays; mend it in the data file',
    ),
    "no title": (
        4,
        {"id": "a", "seen": dt.date(2016, 1, 1)},
        '!B6 "Titel": is empty; a source needs its title',
    ),
    "no day": (
        4,
        {"title": "Krant"},
        '!E6 "Verschenen": is empty; write the day of the document, or when you read it',
    ),
    "no last day": (
        4,
        {"title": "Krant", "published": "na 2014"},
        (
            '!E6 "Verschenen": has no last day; write the day, or seen = the day on which you read '
            "the document"
        ),
    ),
    "read too soon": (
        4,
        {"title": "Krant", "published": 2016, "seen": dt.date(2015, 1, 1)},
        (
            '!F6 "Gelezen op": 2015-01-01 is before the document appeared (2016-01-01); mend one '
            "of "
            "the two"
        ),
    ),
    "taken": (
        4,
        {"title": "Krant", "id": "letter", "seen": dt.date(2015, 1, 1)},
        '!A6 "Id": "letter" is another source; empty this, or choose another id',
    ),
    "no id": (
        4,
        {"title": "Krant", "id": "De Krant", "seen": dt.date(2015, 1, 1)},
        (
            '!A6 "Id": "De Krant" is no id; use lower-case letters, digits and single hyphens, '
            "such "
            'as "de-krant"'
        ),
    ),
    "no address": (
        4,
        {"title": "Krant", "url": "krant.nl", "seen": dt.date(2015, 1, 1)},
        (
            '!G6 "Webadres": "krant.nl" is no web address; begin with https:// and percent-encode '
            "spaces and letters outside ASCII"
        ),
    ),
}


@pytest.mark.parametrize(("row", "typed", "message"), REFUSED_SOURCES.values(), ids=REFUSED_SOURCES)
def test_a_source_that_cannot_be_one_is_told(row: int, typed: dict[str, Any], message: str) -> None:
    """At the cell that is wrong."""
    found = read(edited(put(SOURCES, row, **typed)))
    assert told(found)[0] == f"Bronnen{message}"
    assert found.sources == ()


# --- what it looks like ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_is_one_of_a_kind(language: str) -> None:
    """In its sheet, and so is every choice in its list; names of sheets are as short as need be."""
    voice = Voice(language)
    for sheet in SHEETS:
        headings = [voice.label(column.heading) for column in sheet.columns if column.heading]
        assert len({heading.casefold() for heading in headings}) == len(headings)
    book = opened(shared(language))
    assert len(book.sheetnames) == 5
    assert max(map(len, book.sheetnames)) <= 31
    lists = book.worksheets[-1]
    for column in range(1, lists.max_column + 1):
        values = [cell.value for cell in lists[get_column_letter(column)][2:]]
        filled = [value for value in values if value is not None]
        assert len(set(filled)) == len(filled)


def test_it_is_laid_out_to_be_worked_in() -> None:
    """Headings stay in sight, rows can be filtered, and what is for the import is out of sight."""
    book = opened(shared("en"))
    assert book.sheetnames == ["Explanation", "Milestones", "Moves and news", "Sources", "Lists"]
    for sheet in SHEETS:
        there = worksheet(book, sheet)
        assert there.row_dimensions[1].hidden
        assert there.freeze_panes == "C3"
        assert there.auto_filter.ref.startswith("A2:")
        assert there.print_title_rows == "$2:$2"
        assert there.page_setup.orientation == "landscape"
        assert (there.page_setup.paperSize, there.page_setup.fitToHeight) == (9, 0)
        footer: Any = there.oddFooter
        assert "Plan && act" in footer.left.text
        assert footer.right.text == "&P / &N"
        hidden = {
            number
            for column in there.column_dimensions.values()
            if column.hidden
            for number in range(column.min or 0, (column.max or 0) + 1)
        }
        wanted = [number for number, one in enumerate(sheet.columns, 1) if not one.heading]
        assert sorted(hidden) == wanted


def test_days_are_days_and_words_are_words() -> None:
    """What is before the first day that every program knows is written out."""
    cells = list(worksheet(opened(shared()), MILESTONES).iter_rows(min_row=3))
    promised, due = MILESTONES.index("promised"), MILESTONES.index("due")
    assert cells[0][promised].value == dt.datetime(2014, 8, 1)  # noqa: DTZ001
    assert cells[0][promised].number_format == "yyyy-mm-dd"
    assert [row[due].value for row in cells] == [
        "zomer 2015",
        "uiterlijk 1 juli 2014",
        "rond augustus 2013 (“over een half jaar”)",
        "“doorlopend”",
        None,
        "1899-12-31",
    ]


def test_there_are_drop_downs_for_what_is_a_choice() -> None:
    """Also in the empty rows below; where several may stand in a cell, others can be typed."""
    book = opened(shared("en"))
    for sheet in SHEETS:
        there = worksheet(book, sheet)
        offered = {}
        for validation in there.data_validations.dataValidation:
            (area,) = validation.sqref.ranges
            offered[sheet.columns[area.min_col - 1].key] = validation
            assert (validation.type, area.min_row) == ("list", 3)
            assert area.max_row == 2 + NEW[sheet] - 1 + 200
        wanted = {column.key: column.free for column in sheet.columns if column.choices}
        assert {key: not one.showErrorMessage for key, one in offered.items()} == wanted
    lists = book["Lists"]
    kinds = worksheet(book, MILESTONES).data_validations.dataValidation[1]
    assert kinds.formula1 == "'Lists'!$C$3:$C$13"
    assert [lists.cell(row, 3).value for row in (3, 13)] == ["start", "Consultation"]


def test_a_list_of_nothing_offers_nothing() -> None:
    """A programme without bodies has a workbook, too."""
    programme = loads(PLAN.partition("[[source]]")[0])
    there = worksheet(opened(workbook(programme)), MILESTONES)
    columns = {
        MILESTONES.columns[area.min_col - 1].key
        for validation in there.data_validations.dataValidation
        for area in validation.sqref.ranges
    }
    assert columns == {"kind", "commitment", "outcome", "source"}


def test_names_that_are_alike_are_told_apart() -> None:
    """By the id behind them, in the cells and in the lists."""
    programme = loads(PLAN.replace('title = "Examens"', 'title = "DOSSIERS"'))
    made = workbook(programme)
    assert {row["measure"] for row in rows(made, MILESTONES)} == {
        "Dossiers (files)",
        "DOSSIERS (exams)",
    }
    typed = {"title": "Klaar", "measure": "dossiers (exams)"}
    found = read(edited(put(MILESTONES, NEW[MILESTONES], **typed), made), programme)
    assert found.rows[-1].said.full_id == "exams/klaar"


def test_colours_are_reckoned_by_who_looks() -> None:
    """They are the only thing that is: by TODAY(), and by what stands in the row."""
    book = opened(shared("en"))
    rules = worksheet(book, MILESTONES).conditional_formatting
    found = {str(area.sqref): [rule.formula[0] for rule in area.rules] for area in rules}
    assert found["B3:B208"] == [
        (
            'AND($B3<>"",$A3<>"example",OR($F3="deadline",$F3="planned"),OR($J3="",$J3="open"),'
            ""
            "IF(ISNUMBER($H3),IF($H3>9999,$H3,DATE($H3,12,31)),IF(ISNUMBER($S3),$S3,TODAY()))<TODAY())"
        )
    ]
    assert found["O3:O208"] == ['AND($B3<>"",$A3<>"example",$O3="")']
    assert set(found) == {"B3:B208", "H3:H208", "I3:I208", "O3:O208"}
    terms = [row["term"] for row in rows(shared(), MILESTONES)]
    assert terms[0] == dt.datetime(2015, 8, 31)  # noqa: DTZ001


def test_it_has_no_formula_and_no_link_that_is_not_ours() -> None:
    """A text that begins as a formula is a text; addresses of sources are links."""
    text = PLAN.replace('"Brief"', '"+49 30"').replace('"niet nodig"', '"@SUM(A1)"')
    text = text.replace('"Gesprekken"', '"https://example.org/talks"').replace("Webpagina", "-1")
    made = workbook(loads(text), language="nl")
    book = opened(made)
    values = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in values} <= {"s", "n", "d"}
    assert {"=1+1", "+49 30", "@SUM(A1)", "-1"} <= {cell.value for cell in values}
    links = {cell.value: cell.hyperlink.target for cell in values if cell.hyperlink}
    assert links == {
        "letter": "https://example.org/letter",
        "https://example.org/letter": "https://example.org/letter",
        "https://example.org/2013/letter": "https://example.org/2013/letter",
    }
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in package.read(name) for name in sheets)


def test_an_address_that_is_too_long_is_no_link() -> None:
    """It is there to be read, as a text."""
    address = "https://example.org/" + "a" * 2_060
    programme = loads(PLAN.replace("https://example.org/2013/letter", address))
    made = workbook(programme)
    (cell,) = (
        row[SOURCES.index("archived")]
        for row in worksheet(opened(made), SOURCES).iter_rows(min_row=3, max_row=3)
    )
    assert (cell.value, cell.hyperlink) == (address, None)
    assert_nothing_changes(read(made, programme), programme)


def test_the_page_says_what_comes_back() -> None:
    """Of each column that people see, in the words of the sheets."""
    page = opened(shared("en")).worksheets[0]
    lines = [[cell for cell in row if cell] for row in page.iter_rows(values_only=True)]
    assert lines[0] == ["workbook.1", "en", "plan"]
    assert lines[1] == ["Plan & act"]
    assert lines[2] == [
        (
            "Made from <text>, programme plan, with what its sources say up to and including "
            "20 January 2015."
        )
    ]
    assert [
        "Milestones",
        "Date in force",
        "The date that holds now: write a new one here to move it",
        "Yes",
    ] in lines
    shown = [column for sheet in SHEETS for column in sheet.columns if column.heading]
    assert len([line for line in lines if len(line) == 4]) == 1 + len(shown)


def test_a_title_that_begins_with_a_digit_is_no_code_of_a_footer() -> None:
    """Behind a size, it would be one more digit of that; and what cannot be said is left out."""
    programme = loads(PLAN.replace("Plan & wet", "3 plannen"))
    with zipfile.ZipFile(io.BytesIO(workbook(programme))) as package:
        written = package.read("xl/worksheets/sheet2.xml").decode()
    assert "&amp;L&amp;8 3 plannen – Mijlpalen&amp;R" in written  # noqa: RUF001  a dash


# --- only a part of it ----------------------------------------------------------------------------


def test_it_can_be_that_of_one_body() -> None:
    """What others answer for is not there, and does not count as gone."""
    made = workbook(PROGRAMME, language="en", bodies="ez")
    assert [row["id"] for row in rows(made, MILESTONES)] == ["files/force"]
    page = opened(made).worksheets[0]
    assert page["A4"].value == (
        "Only what these answer for: Ministerie van Economische Zaken; Innovatie."
    )
    found = read(made)
    assert (told(found), len(found.rows), found.statements) == ([], 1, ())
    with pytest.raises(UnknownId, match='no body "oc"; did you mean "ocw"'):
        workbook(PROGRAMME, bodies=["oc"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_has_examples_that_are_left_out(language: str) -> None:
    """In every language; its lists and its sources are there."""
    made = workbook(PROGRAMME, language=language, template=True)
    example = Voice(language).label("example")
    assert [row["id"] for row in rows(made, MILESTONES)] == [example] * 2
    assert [row["id"] for row in rows(made, STATEMENTS)] == [example]
    assert [row["id"] for row in rows(made, SOURCES)] == ["letter", "answers", "page"]
    found = read(made)
    assert found == WorkbookRead(rows=(), statements=(), sources=(), problems=())


def test_a_template_of_an_empty_programme_can_be_filled() -> None:
    """What is typed in it comes back, and its measure with it."""
    programme = loads(PLAN.partition("[[source]]")[0])
    made = workbook(programme, template=True)
    typed = {"id": None, "title": "Eerste", "measure": "Maatregel"}
    found = read(edited(put(MILESTONES, 3, **typed), made), programme)
    assert [row.said.full_id for row in found.rows] == ["maatregel/eerste"]


def test_an_example_that_was_written_over_is_told() -> None:
    """What somebody typed is not left out without a word."""
    made = workbook(PROGRAMME, template=True)
    found = read(edited(put(MILESTONES, 1, title="Van mij"), made))
    assert told(found) == [
        (
            'Mijlpalen!A3 "Id": is marked as an example, and says something else by now; empty '
            "this "
            "cell to keep it"
        )
    ]


# --- too much of it -------------------------------------------------------------------------------


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    """Before the first of them is made."""
    news = News(on=dt.date(2015, 1, 1), found=Found.NOTHING, by="redactie")
    milestone = attrs.evolve(next(PROGRAMME.milestones), news=(news,) * MOST_ROWS)
    measure = attrs.evolve(PROGRAMME.measures[0], milestones=(milestone,))
    programme = attrs.evolve(PROGRAMME, measures=(measure, PROGRAMME.measures[1]))
    with pytest.raises(NoWorkbook) as refused:
        workbook(programme)
    assert str(refused.value) == (
        "1,048,580 moves and news are more rows than a sheet holds; "
        "write a workbook for each body, with --body"
    )


def test_too_many_links_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet holds so many and no more; the addresses are there as texts."""
    monkeypatch.setattr("betatech_milestones.formats.workbook._MOST_LINKS", 5)
    book = opened(workbook(PROGRAMME))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not any(cell.hyperlink for cell in cells)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """In words that can be pasted."""
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(NoWorkbook) as refused:
        workbook(PROGRAMME)
    assert str(refused.value) == (
        "a workbook needs XlsxWriter; run: pip install 'betatech-milestones[sheets]'"
    )
