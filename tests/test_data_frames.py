"""polars, pyarrow, DuckDB and pandas read the same of every table, without a conversion.

They are no tools of every developer: `pip install -e '.[research]'` has them.
"""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs
import pytest
from generate import programme_text
from hypothesis import given, settings
from programmes import PROGRAMME, SHIPPED, changed
from strategies import programmes

from betatech_milestones import Frame, NoArrow, Programme, Texts, as_of, loads, tables

duckdb = pytest.importorskip("duckdb")
pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

PLAN = loads(PROGRAMME, path="plan.toml")
ENDED = dt.date(2015, 9, 2)
REPORTS = {
    "plan": as_of(PLAN, ENDED),
    "plan, nothing known": as_of(PLAN, "2013-02-25"),
    "shipped": as_of(SHIPPED, "2015-06-15"),
    "shipped, in hindsight": as_of(SHIPPED, "2014-06-15", "2026-11-23"),
    "generated": as_of(loads(programme_text(300)), "2015-06-15"),
}
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)

Rows = list[dict[str, Any]]


def by_polars(frame: Frame) -> Rows:
    return list(polars.DataFrame(frame).rows(named=True))


def by_pyarrow(frame: Frame) -> Rows:
    table = pyarrow.table(frame)
    table.validate(full=True)
    return list(table.to_pylist())


def by_duckdb(frame: Frame) -> Rows:
    assert isinstance(frame, Frame)  # DuckDB finds it by the name of the variable
    found = duckdb.sql("FROM frame")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def by_pandas(frame: Frame) -> Rows:
    """With the types of Arrow, in which a whole number or a day may be missing."""
    table = pyarrow.table(frame).to_pandas(types_mapper=pandas.ArrowDtype)
    return _plain(table)


def by_pandas_alone(frame: Frame) -> Rows:
    """With its own types."""
    return _plain(pandas.DataFrame.from_arrow(frame))


def _plain(table: Any) -> Rows:
    return [
        {name: None if pandas.isna(value) else value for name, value in row.items()}
        for row in table.to_dict("records")
    ]


READERS: Mapping[str, Callable[[Frame], Rows]] = {
    "polars": by_polars,
    "pyarrow": by_pyarrow,
    "DuckDB": by_duckdb,
    "pandas through pyarrow": by_pandas,
    "pandas": by_pandas_alone,
}
each_reader = pytest.mark.parametrize("read", READERS.values(), ids=READERS)

# What each makes of a column of a type; `#` stands for the decimals of the column.
TYPES = {
    "string": ("String", "string", "VARCHAR", "string[pyarrow]", "str"),
    "date": ("Date", "date32[day]", "DATE", "date32[day][pyarrow]", "object"),
    "integer": ("Int64", "int64", "BIGINT", "int64[pyarrow]", "int64"),
    "number": (
        "Decimal(precision=38, scale=#)",
        "decimal128(38, #)",
        "DECIMAL(38,#)",
        "decimal128(38, #)[pyarrow]",
        "object",
    ),
    "boolean": ("Boolean", "bool", "BOOLEAN", "bool[pyarrow]", "bool"),
}


@each_report
def test_all_agree_on_types(report: Any) -> None:
    """Of every column of every table; pandas alone has no whole numbers of which some lack."""
    for frame in tables(report).values():
        table = pyarrow.table(frame)
        found = duckdb.sql("FROM frame")
        by_name = zip(
            polars.DataFrame(frame).schema.values(),
            table.schema.types,
            found.types,
            table.to_pandas(types_mapper=pandas.ArrowDtype).dtypes,
            pandas.DataFrame.from_arrow(frame).dtypes,
            strict=True,
        )
        rows = [*frame]
        for column, types in zip(frame.columns, by_name, strict=True):
            scale = str(types[1].scale) if column.type == "number" else ""
            expected = [kind.replace("#", scale) for kind in TYPES[column.type]]
            values = [row[column.name] for row in rows]
            if None in values and column.type == "integer":
                expected[-1] = "float64"
            assert [*map(str, types)] == expected, column.name


@each_reader
@each_report
def test_all_agree_on_values(report: Any, read: Callable[[Frame], Rows]) -> None:
    """Each has the rows of every table, in their order, by the names of the columns."""
    for frame in tables(report).values():
        assert read(frame) == [*frame]


@pytest.mark.slow
@settings(max_examples=20)
@given(programmes())
def test_all_agree_on_any_programme(programme: Programme) -> None:
    """Whatever its texts, days and numbers are."""
    for frame in tables(programme, dt.date(2021, 1, 1)).values():
        rows = by_pyarrow(frame)
        for read in READERS.values():
            assert read(frame) == rows


def test_duckdb_finds_a_table_by_the_name_of_its_variable() -> None:
    """And joins it with another, as it would its own."""
    found = tables(SHIPPED, "2015-06-15", language="en")
    milestones, moves = found["milestones"], found["moves"]
    assert len(milestones) > len(moves)
    question = (
        "SELECT milestones.id, moved_days FROM milestones JOIN moves ON milestone = milestones.id "
        "WHERE milestones.due_latest - promised_latest = moved_days ORDER BY 1"
    )
    assert duckdb.sql(question).fetchall() == [
        (row["id"], row["moved_days"])
        for row in sorted(milestones, key=lambda row: str(row["id"]))
        if row["moved_days"] is not None
    ]


def test_days_are_reckoned_with() -> None:
    """What polars finds late is what the table tells."""
    milestones = tables(SHIPPED, "2015-06-15")["milestones"]
    late = polars.DataFrame(milestones).filter(
        polars.col("due_latest") < polars.col("as_of"), polars.col("open")
    )
    days = (late["as_of"] - late["due_latest"]).dt.total_days()
    assert days.to_list() == late["days_overdue"].to_list() != []


@each_reader
def test_texts_with_markup_or_from_right_to_left(read: Callable[[Frame], Rows]) -> None:
    """They are what they are; half a character, which UTF-8 cannot hold, is a question mark."""
    (body,) = PLAN.bodies
    for text, expected in (
        ("<b>&amp;</b>,\"'", None),
        ("\u05ea\u05d5\u05db\u05e0\u05d9\u05ea \u200f(2) \U0001f408", None),
        ("half \ud800", "half ?"),
    ):
        named = attrs.evolve(body, name=Texts((("nl", text),)))
        frame = tables(attrs.evolve(PLAN, bodies=(named,)), ENDED)["bodies"]
        assert read(frame) == [{"id": "ocw", "name": expected or text}]


@each_reader
def test_the_first_and_the_last_day_there_are(read: Callable[[Frame], Rows]) -> None:
    """All hold them: pandas as dates of Python, because its own type would count nanoseconds."""
    programme = loads(changed("due = 2014-08-01", 'due = "0001-01-01/9999-12-31"'))
    found = {row["id"]: row for row in read(tables(programme, ENDED)["milestones"])}
    row = found["files/in-force"]
    assert (row["promised_earliest"], row["promised_latest"]) == (dt.date.min, dt.date.max)


@each_reader
def test_the_largest_and_the_most_exact_number(read: Callable[[Frame], Rows]) -> None:
    """They stand in one column, and nothing is lost."""
    largest, smallest = Decimal(2**53 - 1), Decimal("0.0000000000000000000001")
    text = changed("goal = 3500", f"goal = {largest}").replace(
        "baseline = 1", f"baseline = {smallest}"
    )
    programme = loads(text.replace(f"goal = {largest}", f"goal = {largest}\nbaseline = {largest}"))
    found = [row["baseline"] for row in read(tables(programme, ENDED)["milestones"])]
    assert found == [largest, smallest, None]


def test_without_the_extra_each_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong comes through them as it was said."""
    monkeypatch.setitem(sys.modules, "nanoarrow", None)
    frame = tables(PLAN, ENDED)["clusters"]
    reading: Iterable[Callable[[Frame], object]] = (
        polars.DataFrame,
        pyarrow.table,
        pandas.DataFrame.from_arrow,
    )
    for read in reading:
        with pytest.raises(NoArrow, match="needs nanoarrow; run: pip install"):
            read(frame)
