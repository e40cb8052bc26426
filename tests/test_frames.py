"""Tables for a data frame: their rows, what columns hold, and the same through Arrow.

nanoarrow reads here what it wrote; what others make of it is in `test_data_frames`.
"""

import datetime as dt
import sys
from decimal import Context, Decimal
from typing import Any

import attrs
import nanoarrow
import pytest
from hypothesis import given, settings
from programmes import PROGRAMME, SHIPPED, changed
from strategies import programmes

from betatech_milestones import (
    BadValue,
    BetatechError,
    Frame,
    FrameColumn,
    NoArrow,
    Number,
    Programme,
    Texts,
    Voice,
    as_of,
    judge,
    load_portfolio,
    loads,
    tables,
)
from betatech_milestones.formats.columns import Telling
from betatech_milestones.formats.relations import TABLES

PLAN = loads(PROGRAMME, path="plan.toml")
ENDED = dt.date(2015, 9, 2)
REPORTS = {
    "plan": as_of(PLAN, ENDED),
    "plan, nothing known": as_of(PLAN, "2013-02-25"),
    "shipped": as_of(SHIPPED, "2015-06-15"),
    "hindsight": as_of(SHIPPED, "2014-06-15", "2026-11-23"),
    "one measure": as_of(PLAN, ENDED).about("teachers"),
}
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


def read(frame: Frame) -> list[dict[str, Any]]:
    """The rows of a table as nanoarrow reads them."""
    return list(nanoarrow.ArrayStream(frame).read_all().to_pylist())


def types(frame: Frame) -> dict[str, str]:
    """The types of a table as nanoarrow tells them."""
    return {
        field.name: f"{nanoarrow.Schema(field).type.name} {field.format}".lower()
        for field in nanoarrow.c_schema(frame).children
    }


# --- rows -----------------------------------------------------------------------------------------


def test_the_tables_of_a_report() -> None:
    """Each says on one line what it is: the tables of the database, by their names."""
    found = tables(REPORTS["plan"])
    assert [*found] == [table.name for table in TABLES]
    assert "\n".join(map(repr, found.values())) == (
        "<Frame clusters: 1 rows, 3 columns>\n"
        "<Frame bodies: 1 rows, 2 columns>\n"
        "<Frame sources: 3 rows, 14 columns>\n"
        "<Frame measures: 2 rows, 15 columns>\n"
        "<Frame sectors: 1 rows, 4 columns>\n"
        "<Frame budgets: 2 rows, 15 columns>\n"
        "<Frame milestones: 3 rows, 60 columns>\n"
        "<Frame responsible: 3 rows, 14 columns>\n"
        "<Frame shared: 1 rows, 2 columns>\n"
        "<Frame moves: 1 rows, 21 columns>\n"
        "<Frame statements: 9 rows, 25 columns>\n"
        "<Frame further_sources: 1 rows, 3 columns>\n"
        "<Frame readings: 2 rows, 17 columns>"
    )


def test_a_row_in_full() -> None:
    """Names beside ids, days as days, numbers as numbers, and nothing as None."""
    assert tables(REPORTS["plan"], language="en")["readings"][0] == {
        "milestone": "files/in-force",
        "title": "In force",
        "measure": "files",
        "measure_title": "Files",
        "number": 1,
        "on_words": "schooljaar 2012/2013",
        "on_edtf": "[2012-08-01..2013-07-31]",
        "on_earliest": dt.date(2012, 8, 1),
        "on_latest": dt.date(2013, 7, 31),
        "value": Decimal("152.5"),
        "kind": "reached",
        "note": None,
        "source": "letter-2013",
        "source_title": "Letter",
        "source_published": dt.date(2013, 2, 26),
        "url": "https://example.org/letter-2013",
        "sources": 1,
    }


@each_report
def test_rows_are_those_of_the_tables(report: Any) -> None:
    """Of every table, with every column by its name, in order."""
    telling = Telling(judgement=judge(report), voice=Voice("nl"))
    for table, frame in zip(TABLES, tables(report).values(), strict=True):
        names = [column.name for column in table.columns]
        expected = [dict(zip(names, row, strict=True)) for row in table.rows(telling)]
        assert [*frame] == expected
        assert len(frame) == len(expected)


def test_a_table_is_a_sequence() -> None:
    """It is counted, indexed from either end, sliced, turned round, and gone through again."""
    frame = tables(REPORTS["plan"])["milestones"]
    rows = [*frame]
    assert [row["id"] for row in rows] == ["files/in-force", "teachers/survey", "files/progress"]
    assert (frame[0], frame[-1], frame[1:]) == (rows[0], rows[2], rows[1:])
    assert [*reversed(frame)] == rows[::-1]
    assert rows[1] in frame
    assert [*frame] == rows
    with pytest.raises(IndexError):
        frame[3]


def test_rows_are_made_when_they_are_wanted() -> None:
    """What a reader does to one changes nothing in the table."""
    frame = tables(REPORTS["plan"])["clusters"]
    frame[0].clear()
    assert frame[0] == {"id": "labour-market", "title": "Arbeidsmarkt", "number": 3}


# --- columns --------------------------------------------------------------------------------------


def test_columns_say_what_they_hold() -> None:
    """With its unit, its type and the words that it may be: the one description of the table."""
    frame = tables(REPORTS["plan"])["readings"]
    assert frame.name == "readings"
    assert frame.about == (
        "A row for each number that was reached or planned on the way to a goal."
    )
    found = {column.name: column for column in frame.columns}
    assert [*found] == [*frame[0]]
    assert found["value"] == FrameColumn(
        name="value",
        about="the number, in the unit of the milestone",
        type="number",
        required=True,
        words=(),
    )
    assert found["kind"] == FrameColumn(
        name="kind",
        about="whether it was reached, or only planned for",
        type="string",
        required=True,
        words=("reached", "planned"),
    )
    assert {type(word) for word in (found["kind"].type, *found["kind"].words)} == {str}


# --- of what --------------------------------------------------------------------------------------


def test_of_a_programme_on_a_day() -> None:
    """The tables of its report; names in its own language, or in another."""
    for day in (ENDED, "2015-09-02"):
        assert [*tables(PLAN, day)["moves"]] == [*tables(as_of(PLAN, ENDED))["moves"]]
    assert tables(PLAN, ENDED)["clusters"][0]["title"] == "Arbeidsmarkt"
    assert tables(PLAN, ENDED, language="en")["clusters"][0]["title"] == "Labour market"


def test_of_several_programmes(tmp_path: Any) -> None:
    """Ids begin with that of the programme."""
    for name in ("science", "schools"):
        text = PROGRAMME.replace('id = "science"', f'id = "{name}"')
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    both = load_portfolio(tmp_path / "science.toml", tmp_path / "schools.toml")
    milestones = tables(both, ENDED, language="en")["milestones"]
    assert sorted(str(row["id"]) for row in milestones) == [
        *("schools/files/in-force", "schools/files/progress", "schools/teachers/survey"),
        *("science/files/in-force", "science/files/progress", "science/teachers/survey"),
    ]


NO_DAY = 'how promises stand depends on the day; give one, such as tables(programme, "2014-09-01")'
NO_DAY_BUT_ITS_OWN = (
    "a report is of its own day, 2015-09-02; leave the day out, or make a report of the other: "
    "as_of(report.programme, day)"
)


@pytest.mark.parametrize(
    ("of", "day", "message"),
    [
        (PLAN, None, NO_DAY),
        (PLAN, "soon", '"soon" is no day; write it as 2014-09-01'),
        (REPORTS["plan"], ENDED, NO_DAY_BUT_ITS_OWN),
    ],
)
def test_a_day_is_what_a_programme_needs_and_a_report_has(of: Any, day: Any, message: str) -> None:
    """Neither is guessed."""
    with pytest.raises(BadValue) as refused:
        tables(of, day)
    assert (str(refused.value), refused.value.rule.name) == (message, "bad-date")


# --- Arrow ----------------------------------------------------------------------------------------


def test_without_the_extra_rows_are_there_and_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In words that can be pasted; whoever catches an ImportError has it, too."""
    monkeypatch.setitem(sys.modules, "nanoarrow", None)
    frame = tables(REPORTS["plan"])["clusters"]
    assert len([*frame]) == 1
    for wanted in (frame.__arrow_c_stream__, frame.__arrow_c_schema__):
        with pytest.raises(NoArrow) as refused:
            wanted()
        assert str(refused.value) == (
            "a table for a data frame needs nanoarrow; "
            "run: pip install 'betatech-milestones[frames]'"
        )
        assert isinstance(refused.value, BetatechError)
        assert isinstance(refused.value, ImportError)


def test_types_are_real() -> None:
    """Days are days, counts are whole numbers, what is true or not is that; all may be missing."""
    found = tables(REPORTS["plan"])
    assert types(found["readings"]) == {
        **dict.fromkeys(("milestone", "title", "measure", "measure_title"), "string u"),
        "number": "int64 l",
        **dict.fromkeys(("on_words", "on_edtf"), "string u"),
        **dict.fromkeys(("on_earliest", "on_latest"), "date32 tdd"),
        "value": "decimal128 d:38,1",
        **dict.fromkeys(("kind", "note", "source", "source_title"), "string u"),
        "source_published": "date32 tdd",
        "url": "string u",
        "sources": "int64 l",
    }
    assert types(found["milestones"])["open"] == "bool b"


def test_types_are_the_same_where_nothing_is() -> None:
    """A table without rows has them, and a column without values."""
    empty = tables(REPORTS["plan, nothing known"])
    assert {len(frame) for name, frame in empty.items() if name not in {*_OF_PROGRAMMES}} == {0}
    for name, frame in tables(REPORTS["plan"]).items():
        full = {own: kind.split(",")[0] for own, kind in types(frame).items()}
        assert {own: kind.split(",")[0] for own, kind in types(empty[name]).items()} == full


_OF_PROGRAMMES = ("clusters", "bodies", "measures", "sectors", "budgets")


def test_the_schema_describes_the_table_and_its_columns() -> None:
    """In the metadata, which a Parquet file keeps; what is required cannot be null."""
    for frame in tables(REPORTS["plan"]).values():
        schema = nanoarrow.c_schema(frame)
        assert dict(schema.metadata.items()) == {
            b"name": frame.name.encode(),
            b"description": frame.about.encode(),
        }
        for field, column in zip(schema.children, frame.columns, strict=True):
            assert dict(field.metadata.items()) == {b"description": column.about.encode()}
            assert nanoarrow.Schema(field).nullable is not column.required


@each_report
def test_arrow_has_the_rows(report: Any) -> None:
    """Of every table, each value in the type of its column."""
    for frame in tables(report).values():
        assert read(frame) == [*frame]


@settings(max_examples=25)
@given(programmes())
def test_arrow_has_the_rows_of_any_programme(programme: Programme) -> None:
    """Whatever its texts, days and numbers are."""
    for frame in tables(programme, dt.date(2021, 1, 1)).values():
        assert read(frame) == [
            {name: rounded(value) for name, value in row.items()} for row in frame
        ]


def rounded(value: Any) -> Any:
    """A number with as many decimals as there is room for beside the largest of a programme."""
    if not isinstance(value, Decimal):
        return value
    return Context(prec=60).quantize(value, Decimal("1E-22"))


@pytest.mark.parametrize(
    ("values", "scale", "expected"),
    [
        ([3, 0], 0, ["3", "0"]),
        ([3, "2.50"], 2, ["3.00", "2.50"]),
        (["1E+3", "-0"], 0, ["1000", "0"]),
        ([2**53 - 1, "0.1"], 1, ["9007199254740991.0", "0.1"]),
        ([2**53 - 1, "1E-22"], 22, [f"9007199254740991.{'0' * 22}", f"0.{'1'.zfill(22)}"]),
    ],
)
def test_numbers_are_exact(values: list[int | str], scale: int, expected: list[str]) -> None:
    """A column has as many decimals as the most exact of its numbers, up to 22."""
    measure, numbers = PLAN.measures[0], [_number(value) for value in values]
    milestones = tuple(
        attrs.evolve(measure.milestones[0], id=f"m{index}", number=number)
        for index, number in enumerate(numbers)
    )
    programme = attrs.evolve(PLAN, measures=(attrs.evolve(measure, milestones=milestones),))
    frame = tables(programme, ENDED)["milestones"]
    assert types(frame)["baseline"] == f"decimal128 d:38,{scale}"
    assert [f"{row['baseline']:f}" for row in read(frame)] == expected
    assert [row["baseline"] for row in frame] == [number.baseline for number in numbers]


def _number(value: int | str) -> Number:
    return Number(
        unit=Texts({"nl": "scholen"}),
        goal=1,
        baseline=value if isinstance(value, int) else Decimal(value),
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('<b>&amp;</b> "x"', '<b>&amp;</b> "x"'),
        (
            "\u05d4\u05ea\u05d5\u05db\u05e0\u05d9\u05ea \U0001f408",
            "\u05d4\u05ea\u05d5\u05db\u05e0\u05d9\u05ea \U0001f408",
        ),
        ("half \ud800", "half ?"),
    ],
)
def test_texts_are_as_they_are(title: str, expected: str) -> None:
    """Only half a character, which UTF-8 cannot hold, becomes a question mark, as in a database."""
    (body,) = PLAN.bodies
    programme = attrs.evolve(PLAN, bodies=(attrs.evolve(body, name=Texts((("nl", title),))),))
    frame = tables(programme, ENDED)["bodies"]
    assert [*frame] == [{"id": "ocw", "name": title}]
    assert read(frame) == [{"id": "ocw", "name": expected}]


def test_the_first_and_the_last_day_there_are() -> None:
    """Both are days of Arrow."""
    programme = loads(changed("due = 2014-08-01", 'due = "0001-01-01/9999-12-31"'))
    found = {row["id"]: row for row in read(tables(programme, ENDED)["milestones"])}
    row = found["files/in-force"]
    assert (row["promised_earliest"], row["promised_latest"]) == (dt.date.min, dt.date.max)


@pytest.mark.parametrize("rows", [1, 7, 8, 9, 17])
def test_what_is_missing_is_told_for_any_number_of_rows(rows: int) -> None:
    """Eight to an octet, the rest in one more."""
    measure = PLAN.measures[0]
    milestones = tuple(
        attrs.evolve(
            measure.milestones[0], id=f"m{index:02}", code=f"{index}" if index % 3 else None
        )
        for index in range(rows)
    )
    programme = attrs.evolve(PLAN, measures=(attrs.evolve(measure, milestones=milestones),))
    frame = tables(programme, ENDED)["milestones"]
    found = nanoarrow.ArrayStream(frame).read_all()
    assert read(frame) == [*frame]
    assert [row["code"] is None for row in frame] == [index % 3 == 0 for index in range(rows)]
    assert len(found) == rows


def test_a_stream_can_be_had_again_and_in_no_other_types() -> None:
    """Each reader has its own; what types one wishes for, the interface lets us leave to it."""
    frame = tables(REPORTS["plan"])["clusters"]
    assert read(frame) == read(frame)
    wish = nanoarrow.c_schema(nanoarrow.struct({"id": nanoarrow.large_string()}))
    stream = nanoarrow.c_array_stream(frame.__arrow_c_stream__(wish.__arrow_c_schema__()))
    assert [field.format for field in stream.get_schema().children] == ["u", "u", "l"]
