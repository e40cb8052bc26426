"""A file with a table, from its bytes to what it adds to a programme."""

import datetime as dt
import io
from pathlib import Path

import attrs
import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from programmes import PROGRAMME

from betatech_milestones import (
    BetatechError,
    MetEntry,
    NoSource,
    NotATable,
    Source,
    Texts,
    dumps,
    extended,
    import_table,
    load,
    load_mapping,
    loads,
    sketch_mapping,
    with_entries,
    workbook,
)

FORMATS = Path(__file__).parent / "formats" / "programme.toml"
PLAN = load(FORMATS)
LIST = Source(id="list", title=Texts({"nl": "Lijst"}), seen=dt.date(2026, 11, 27))


def test_an_unedited_workbook_says_nothing_new() -> None:
    """It needs no mapping and, as long as it says nothing new, no source."""
    imported = import_table(PLAN, workbook(PLAN), name="plan.xlsx")
    assert (imported.problems, imported.told) == ((), ())
    assert imported.programme is PLAN


def test_one_edited_cell_is_one_statement() -> None:
    """By the source that the workbook is then."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(PLAN)))
    (sheet,) = (sheet for sheet in book if sheet.cell(1, 1).value == "milestones.id")
    keys = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    milestone = next(one for one in PLAN.milestones if one.in_force and not one.outcomes)
    (row,) = (row for row in sheet.iter_rows() if row[0].value == milestone.full_id)
    sheet[f"{get_column_letter(keys['milestones.due'])}{row[0].row}"] = "2031-05-01"
    written = io.BytesIO()
    book.save(written)
    assert str(import_table(PLAN, written.getvalue(), name="plan.xlsx").problems[0]).endswith(
        "no source says so; name one in the row, or one for the whole table"
    )
    imported = import_table(PLAN, written.getvalue(), name="plan.xlsx", source=LIST)
    assert imported.problems == ()
    (now,) = (one for one in imported.programme.milestones if one.full_id == milestone.full_id)
    assert (len(now.revisions), str(now.in_force)) == (len(milestone.revisions) + 1, "2031-05-01")
    assert now.revisions[-1].source is LIST
    others = [one for one in imported.programme.milestones if one.full_id != milestone.full_id]
    assert others == [one for one in PLAN.milestones if one.full_id != milestone.full_id]


def test_a_workbook_that_ends_a_promise_can_be_imported_twice() -> None:
    """The same outcome with the same day says nothing new the second time."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(PLAN)))
    (sheet,) = (sheet for sheet in book if sheet.cell(1, 1).value == "milestones.id")
    keys = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    milestone = next(one for one in PLAN.milestones if one.in_force and not one.outcomes)
    (row,) = (row for row in sheet.iter_rows() if row[0].value == milestone.full_id)
    for key, value in (("outcome", "gerealiseerd"), ("on", "2026-11-01")):
        sheet[f"{get_column_letter(keys[f'milestones.{key}'])}{row[0].row}"] = value
    written = io.BytesIO()
    book.save(written)
    once = import_table(PLAN, written.getvalue(), name="plan.xlsx", source=LIST)
    (met,) = (one for one in once.programme.milestones if one.full_id == milestone.full_id)
    assert (once.problems, str(met.outcome and met.outcome.on)) == ((), "2026-11-01")
    again = import_table(once.programme, written.getvalue(), name="plan.xlsx", source=LIST)
    assert (again.problems, again.programme is once.programme) == ((), True)
    sheet[f"{get_column_letter(keys['milestones.on'])}{row[0].row}"] = "2026-11-02"
    written = io.BytesIO()
    book.save(written)
    other = import_table(once.programme, written.getvalue(), name="plan.xlsx", source=LIST)
    assert "what is recorded stays" in str(other.problems[0])


def test_an_ending_that_the_file_knows_better_stays(tmp_path: Path) -> None:
    """Somebody typed that it is done, and no day; by now the file has one."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(PLAN)))
    (sheet,) = (sheet for sheet in book if sheet.cell(1, 1).value == "milestones.id")
    keys = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    milestone = next(one for one in PLAN.milestones if one.in_force and not one.outcomes)
    (row,) = (row for row in sheet.iter_rows() if row[0].value == milestone.full_id)
    sheet[f"{get_column_letter(keys['milestones.outcome'])}{row[0].row}"] = "gerealiseerd"
    book.save(tmp_path / "plan.xlsx")
    text = with_entries(
        dumps(PLAN), milestone.full_id, MetEntry(on="2014-12-01", source="audit")
    ).text
    known = loads(text)
    data = (tmp_path / "plan.xlsx").read_bytes()
    imported = import_table(known, data, name="plan.xlsx", source=LIST)
    assert (imported.problems, imported.programme is known) == ((), True)


def test_what_goes_on_without_a_day_is_undated_with_its_words() -> None:
    """And what names no date in a cell for dates is refused in words of a table."""
    for value, expected in (("doorlopend", None), ("n.t.b.", "names no date")):
        book = openpyxl.load_workbook(io.BytesIO(workbook(PLAN)))
        (sheet,) = (sheet for sheet in book if sheet.cell(1, 1).value == "milestones.id")
        keys = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
        milestone = next(one for one in PLAN.milestones if one.in_force and not one.outcomes)
        (row,) = (row for row in sheet.iter_rows() if row[0].value == milestone.full_id)
        sheet[f"{get_column_letter(keys['milestones.due'])}{row[0].row}"] = value
        written = io.BytesIO()
        book.save(written)
        imported = import_table(PLAN, written.getvalue(), name="plan.xlsx", source=LIST)
        (now,) = (one for one in imported.programme.milestones if one.full_id == milestone.full_id)
        if expected is None:
            assert now.in_force is not None
            assert (now.in_force.edtf, now.in_force.words) == (None, value)
        else:
            assert expected in str(imported.problems[0])


def test_the_toml_of_the_programme_is_merged() -> None:
    """Another file of it, by its own sources."""
    assert import_table(PLAN, dumps(PLAN).encode(), name="other.TOML").programme is PLAN
    other = attrs.evolve(PLAN, id="another")
    with pytest.raises(BetatechError, match="another"):
        import_table(PLAN, dumps(other).encode(), name="other.toml")


def test_a_table_needs_a_source() -> None:
    """It is who says so."""
    with pytest.raises(NoSource) as caught:
        import_table(PLAN, b"Titel\nEen\n", name="a.csv", mapping=load_mapping("list"))
    assert str(caught.value) == "name the source that this table is, which is who says so"


def test_what_is_no_table_is_refused() -> None:
    """By both that read one."""
    with pytest.raises(NotATable):
        import_table(PLAN, b"", name="a.csv", source=LIST)
    with pytest.raises(NotATable):
        sketch_mapping(b"", name="a.csv", language="nl")


def test_while_a_row_cannot_be_read_nothing_has_vanished() -> None:
    """It may be the one that seems to be gone."""
    text = dumps(loads(FORMATS.read_text(encoding="utf-8")))
    mapping = attrs.evolve(load_mapping("list"), vanished="dropped")  # type: ignore[arg-type]
    register = attrs.evolve(LIST, kind="register")  # type: ignore[arg-type]
    first = import_table(
        loads(text), b"Titel;Datum\nEen;2030\nTwee;2031\n", name="a.csv", source=register
    ).programme
    later = attrs.evolve(register, id="list-2", seen=dt.date(2026, 12, 27))
    wrong = import_table(
        first, b"Titel;Datum\nEen;ooit\n", name="a.csv", source=later, mapping=mapping
    )
    assert (len(wrong.problems), wrong.programme) == (1, first)
    right = import_table(
        first, b"Titel;Datum\nEen;2030\n", name="a.csv", source=later, mapping=mapping
    )
    ended = [one.id for one in right.programme.milestones if one.outcomes and one.code is None]
    assert "twee" in ended


def test_a_list_tells_which_columns_were_not_read() -> None:
    """A heading that nobody foresaw would else be a list without dates, and nobody would see it."""
    written = b"Promise;Dedline;Who\nLetter;2031-05-01;OCW\n"
    imported = import_table(PLAN, written, name="list.csv", source=LIST)
    assert [str(one) for one in imported.told] == [
        (
            'no dates were read; not read: "Dedline"; where one is meant, rename it to what it is, '
            'such as "Deadline", or write a mapping, which --sketch begins'
        )
    ]
    chosen = import_table(PLAN, written, name="list.csv", source=LIST, mapping=load_mapping("list"))
    assert chosen.told == ()


def test_a_deadline_goes_before_a_date() -> None:
    """Which is often that of the promise: it does not stand in where there is no deadline."""
    written = b"Promise;Date;Deadline\nLetter;2026-01-05;2031-05-01\nOther;2026-01-05;\n"
    imported = import_table(PLAN, written, name="list.csv", source=LIST)
    assert [str(one.due) for one in imported.programme.milestones if one.measure.id == "list"] == [
        "2031-05-01",
        "None",
    ]
    assert [str(one) for one in imported.told] == [
        (
            'not read: "Date"; where one is meant, rename it to what it is, such as "Deadline", or '
            "write a mapping, which --sketch begins"
        )
    ]


def test_what_had_another_id_before_is_what_it_was() -> None:
    """A list of then names a measure and a body by ids that they have no more."""
    written = b"Maatregel;Toezegging;Wanneer;Wie\ndossiers;Nieuw;2016-08-01;ocenw\n"
    known = loads(PROGRAMME)
    imported = import_table(known, written, name="list.csv", source=LIST).programme
    new = imported.measures[0].milestones[-1]
    assert (new.full_id, [body.id for body in new.bodies]) == ("files/nieuw", ["ocw"])
    assert (len(imported.measures), imported.bodies) == (2, known.bodies)
    assert loads(extended(PROGRAMME, imported)) == imported


def test_what_is_new_gets_no_id_that_something_had_before() -> None:
    """It would be that, to whoever kept the old id; what is told from it makes another one."""
    written = 'Toezegging;Wanneer;Wie\nNieuw;2016-08-01;"OCenW (oud)"\nAnder;2016;Oce-NW\n'
    known = loads(PROGRAMME.replace('["ocenw"]', '["oce-nw", "ocenw-oud"]'))
    imported = import_table(known, written.encode(), name="list.csv", source=LIST).programme
    assert [body.id for body in imported.bodies] == ["ocw", "ocenw-oud-2"]
