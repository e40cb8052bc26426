"""A report as tables: CSV for programs, CSV for Excel, and one SQLite file, of the same columns.

The expected files are those of `published`, of the programme that the tests share.
"""

import csv
import datetime as dt
import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
from golden import Golden, hold
from programmes import PROGRAMME, SHIPPED, changed

from betatech_milestones import (
    LANGUAGES,
    Measure,
    Milestone,
    Programme,
    Report,
    Status,
    Texts,
    Voice,
    as_of,
    history,
    judge,
    loads,
    render,
)
from betatech_milestones.formats import csv as tables_csv
from betatech_milestones.formats.columns import Column, Table, Telling, Type, Value
from betatech_milestones.formats.relations import TABLES
from betatech_milestones.formats.tables import MILESTONES, MOVES, PUBLISHED, RESPONSIBLE, STATEMENTS
from betatech_milestones.model.records import trusted
from betatech_milestones.website import database as sqlite

PLAN = loads(PROGRAMME, path="plan.toml")
GOLDEN = Path(__file__).with_name("published")
ENDED = dt.date(2015, 9, 2)


def as_rows(table: Table[Any], told: Telling) -> str:
    return tables_csv.as_rows(table, table.rows(told))


def for_excel(table: Table[Any], told: Telling) -> str:
    return tables_csv.for_excel(table, table.rows(told), told)


def database(told: Telling) -> bytes:
    return sqlite.database({table.name: table.rows(told) for table in TABLES})


def place(milestone: Milestone) -> str:
    return f"https://example.org/{milestone.full_id}"


def telling(
    programme: Programme = PLAN, day: dt.date = ENDED, language: str = "nl", **more: Any
) -> Telling:
    return telling_of(as_of(programme, day), language, **more)


def telling_of(report: Report, language: str = "nl", **more: Any) -> Telling:
    return Telling(judgement=judge(report), voice=Voice(language), **more)


PROGRAMMES = {
    "plan": telling(),
    "plan, before it moved": telling(day=dt.date(2014, 4, 30)),
    "plan, late": telling(day=dt.date(2015, 5, 31)),
    "shipped": telling(SHIPPED, dt.date(2015, 6, 15)),
    "shipped, today": telling(SHIPPED, dt.date(2026, 11, 27), "en"),
    "hindsight": telling_of(as_of(SHIPPED, dt.date(2014, 6, 15), "2026-11-23")),
    "part": telling_of(as_of(SHIPPED, dt.date(2015, 6, 15)).only(Status.OVERDUE)),
    "one measure": telling_of(as_of(PLAN, ENDED).about("teachers")),
    "nothing": telling(day=dt.date(2013, 2, 25)),
}
each_programme = pytest.mark.parametrize("told", PROGRAMMES.values(), ids=PROGRAMMES)
each_table = pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])


# --- in full --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file", [*GOLDEN.glob("*.csv"), *GOLDEN.glob("*.sql")], ids=lambda file: file.name
)
def test_a_table_in_full(file: Path) -> None:
    """Each file is a whole table, or the whole database as statements that make it."""
    hold(file, golden()[file]())


def golden() -> Golden:
    """Return what writes each table that is seen in full."""
    found: Golden = {GOLDEN / "milestones.nl.sql": lambda: dumped(database(telling()))}
    for table in PUBLISHED:
        found[GOLDEN / f"{table.name}.nl.csv"] = partial(as_rows, table, telling(page=place))
        for language in ("nl", "en"):
            told = telling(language=language, page=place)
            write = partial(without_returns, table, told)
            found[GOLDEN / f"{table.name}.excel.{language}.csv"] = write
    return found


def without_returns(table: Table[Any], told: Telling) -> str:
    """A table for Excel as a file of text has it, whose lines end in a line feed alone."""
    return for_excel(table, told).replace("\r\n", "\n")


def dumped(content: bytes) -> str:
    with opened(content) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def opened(content: bytes) -> Any:
    """A database as SQLite reads it."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    return closing(connection)


def test_every_table_is_seen_in_full() -> None:
    """The files are all there are."""
    assert {*GOLDEN.glob("*.csv"), *GOLDEN.glob("*.sql")} == {*golden()}


# --- columns --------------------------------------------------------------------------------------


@each_table
def test_columns_are_described(table: Table[Any]) -> None:
    """Each has a name of its own, says what it holds, and the key is made of columns."""
    names = [column.name for column in table.columns]
    assert len({*names}) == len(names)
    assert {*table.key} <= {*names}
    assert table.about.endswith(".")
    for column in table.columns:
        assert column.about
        assert not column.about.endswith(".")
        assert column.refers_to is None or column.refers_to in {other.name for other in TABLES}
    required = {column.name for column in table.columns if column.required}
    assert {*table.key} <= required


@each_table
def test_tables_refer_to_those_before_them(table: Table[Any]) -> None:
    """So a database can be filled in their order, and each id leads to the key of another table."""
    before = TABLES[: TABLES.index(table)]
    keys = {other.name: other.key for other in before}
    assert {keys[column.refers_to] for column in table.columns if column.refers_to} <= {("id",)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", PUBLISHED, ids=lambda table: table.name)
def test_headings_are_told_apart(table: Table[Any], language: str) -> None:
    """No two columns of one table are called the same, in any language."""
    headings = [column.heading(Voice(language)) for column in table.columns]
    told = [heading for heading in headings if heading is not None]
    assert len({*told}) == len(told)
    assert all(heading == heading.strip() and "{" not in heading for heading in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_told(language: str) -> None:
    """Every word that a column for people may hold has a label."""
    voice = Voice(language)
    for table in PUBLISHED:
        for column in table.columns:
            if column.label is not None:
                told = [column.in_words(word, voice) for word in column.words]
                assert len({*told}) == len(column.words)


TYPES: dict[Type, type | tuple[type, ...]] = {
    Type.STRING: str,
    Type.DATE: dt.date,
    Type.INTEGER: int,
    Type.NUMBER: (int, Decimal),
    Type.BOOLEAN: bool,
}


@each_programme
@each_table
def test_values_are_what_their_columns_say(table: Table[Any], told: Telling) -> None:
    """Of the type, one of the words, there where required, and of the key no two alike."""
    rows = [*table.rows(told)]
    for number, column in enumerate(table.columns):
        for row in rows:
            value = row[number]
            if value is None:
                assert not column.required
                continue
            assert isinstance(value, TYPES[column.type])
            assert isinstance(value, bool) is (column.type is Type.BOOLEAN)
            assert not column.words or value in column.words
            if column.type is Type.STRING:
                assert value
    keys = [tuple(values(row, table, *table.key)) for row in rows]
    assert len({*keys}) == len(keys)


def values(row: tuple[Value, ...], table: Table[Any], *names: str) -> Iterator[Value]:
    """The values of a row in some columns."""
    found = dict(zip((column.name for column in table.columns), row, strict=True))
    return (found[name] for name in names)


def test_every_column_is_filled_somewhere() -> None:
    """No column is empty in all programmes that the tests have."""
    empty = {(table.name, column.name) for table in TABLES for column in table.columns}
    for told in (*PROGRAMMES.values(), telling(page=place), telling_of(snoozed())):
        for table in TABLES:
            for row in table.rows(told):
                for column, value in zip(table.columns, row, strict=True):
                    if value is not None:
                        empty.discard((table.name, column.name))
    assert empty == set()


SOUGHT = """\
[[measure.milestone]]
id = "sought"
kind = "other"
title = "Gezocht"
due = 2014
source = "letter-2013"
news = [{ on = 2015-08-01, found = "nothing", by = "redactie" }]
[measure.milestone.snoozed]
until = 2015-10-01
by = "redactie"
reason = "wordt nagevraagd"
[[measure.milestone]]
id = "survey"
"""


def snoozed() -> Report:
    """One that somebody looked for in vain, and keeps quiet."""
    survey = '[[measure.milestone]]\nid = "survey"\n'
    return as_of(loads(changed(survey, SOUGHT)), ENDED)


# --- CSV for programs -----------------------------------------------------------------------------

READ: dict[Type, Callable[[str], Value]] = {
    Type.STRING: str,
    Type.DATE: dt.date.fromisoformat,
    Type.INTEGER: int,
    Type.NUMBER: Decimal,
    Type.BOOLEAN: {"true": True, "false": False}.__getitem__,
}


@each_programme
@each_table
def test_csv_is_read_back(table: Table[Any], told: Telling) -> None:
    """A reader that knows the types of the columns has the rows as they were."""
    names, *lines = csv.reader(io.StringIO(as_rows(table, told), newline=""))
    assert names == [column.name for column in table.columns]
    read = [
        tuple(
            READ[column.type](cell) if cell else None
            for column, cell in zip(table.columns, line, strict=True)
        )
        for line in lines
    ]
    assert read == [*table.rows(told)]


def test_csv_of_a_report() -> None:
    """What `render` writes is the table of milestones."""
    report = as_of(PLAN, ENDED)
    assert render(report, "csv", language="en") == as_rows(MILESTONES, telling(language="en"))


@each_programme
def test_lists_are_tables_of_their_own(told: Telling) -> None:
    """The first body stands beside its name and how many there are; a table has them all."""
    answering: dict[Value, list[Value]] = {}
    for row in RESPONSIBLE.rows(told):
        milestone, body = values(row, RESPONSIBLE, "milestone", "body")
        answering.setdefault(milestone, []).append(body)
    for row in MILESTONES.rows(told):
        own, body, number = values(row, MILESTONES, "id", "body", "bodies")
        found = answering.get(own, [])
        assert len(found) == number
        assert body == (found[0] if found else None)


@each_programme
def test_moves_are_as_many_as_milestones_say(told: Telling) -> None:
    """And the days of the moves from one term to the next are those from the first to the last."""
    days: dict[Value, list[Any]] = {}
    for row in MOVES.rows(told):
        milestone, shift = values(row, MOVES, "milestone", "days")
        days.setdefault(milestone, []).append(shift)
    for row in MILESTONES.rows(told):
        own, number, shift = values(row, MILESTONES, "id", "moves", "moved_days")
        assert len(days.get(own, [])) == number
        if shift is not None and None not in days[own]:
            assert sum(days[own]) == shift


def test_statements_are_the_history() -> None:
    """Each with its day, the oldest of a milestone first; what was not known yet is in none."""
    for day in (dt.date(2014, 6, 1), ENDED):
        found = [
            tuple(values(row, STATEMENTS, "milestone", "day"))
            for row in STATEMENTS.rows(telling(day=day))
        ]
        known = [said for said in history(PLAN) if said.day <= day]
        assert sorted(found) == sorted((said.milestone.full_id, said.day) for said in known)
        assert found == sorted(found, key=lambda row: [name for name, _ in found].index(row[0]))


FACT = """
[[measure.milestone]]
id = "done"
kind = "other"
title = "Gedaan"
commitment = "none"
source = "letter-2013"
met = { source = "letter-2013" }
"""


def test_a_fact_was_not_promised() -> None:
    """What a source only reports as done has one statement: that it was met."""
    told = telling(loads(PROGRAMME + FACT))
    said = [
        what
        for row in STATEMENTS.rows(told)
        for own, what in [values(row, STATEMENTS, "milestone", "what")]
        if own == "teachers/done"
    ]
    assert said == ["met"]


@pytest.mark.parametrize(
    ("ended", "least", "most", "in_time", "for_people"),
    [
        ("met.on = 2014-08-01", 0, 0, "yes", "yes"),
        ("met.on = 2014-08-02", 1, 1, "no", "no"),
        ('met.on = "2014-08"', 0, 30, "unknown", "cannot be told"),
        ('met.on = "2014-09/2014-10"', 31, 91, "no", "no"),
        ("met.note = 'day unknown'", 0, None, "unknown", "cannot be told"),
        ("dropped.reason = 'given up'", None, None, None, ""),
    ],
)
def test_in_time_is_told_as_far_as_dates_tell(
    ended: str, least: int | None, most: int | None, in_time: str | None, for_people: str
) -> None:
    """One word beside the bounds: surely, surely not, or left open; none where it was not met."""
    milestone = (
        '\n[[measure.milestone]]\nid = "brief"\nkind = "other"\ntitle = "Brief"\n'
        'due = 2014-08-01\nsource = "letter-2013"\n'
    )
    text = f"{PROGRAMME}{milestone}{ended}\n{ended.partition('.')[0]}.source = 'letter-2015'\n"
    programme = loads(text)
    names = ("id", "at_least_days_late", "at_most_days_late", "in_time")
    found = [[*values(row, MILESTONES, *names)] for row in MILESTONES.rows(telling(programme))]
    assert ["teachers/brief", least, most, in_time] in found
    assert ["teachers/brief", for_people] in [
        [own.strip('="'), word] for own, word in cells(programme, "en", "id", "in_time")
    ]


# --- CSV for Excel --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", PUBLISHED, ids=lambda table: table.name)
def test_excel_is_told_the_encoding_and_finds_the_columns(table: Table[Any], language: str) -> None:
    """A byte order mark, the list separator of its reader, and a heading for each column."""
    told = telling(language=language, page=place)
    content = for_excel(table, told).encode()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    separator = "," if language == "en" else ";"
    text = content.decode("utf-8-sig")
    headings, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    shown = [column for column in table.columns if column.label is not None]
    assert headings == [column.heading(told.voice) for column in shown]
    assert len(lines) == len([*table.rows(told)])
    assert {len(line) for line in lines} == {len(shown)}


def cells(programme: Programme, language: str, *names: str) -> list[list[str]]:
    """The cells of the milestones for Excel in some columns."""
    told = telling(programme, language=language)
    separator = "," if language == "en" else ";"
    text = for_excel(MILESTONES, told).removeprefix("\ufeff")
    voice = Voice(language)
    headings = {column.name: str(column.heading(voice)) for column in MILESTONES.columns}
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    return [[row[headings[name]] for name in names] for row in rows]


@pytest.mark.parametrize(
    ("language", "number"), [("nl", "3500,25"), ("de", "3500,25"), ("en", "3500.25")]
)
def test_numbers_have_the_decimal_mark_of_their_reader(language: str, number: str) -> None:
    """With another, Excel reads a day or a text."""
    programme = loads(changed("goal = 3500", "goal = 3500.25"))
    assert cells(programme, language, "goal")[0] == [number]


def test_codes_are_no_numbers() -> None:
    """What looks like a day or a number stays the text that it is; what cannot, as it is."""
    programme = loads(
        changed('code = "L2.1"', "code = '3\"1'").replace(
            'locator = "3.1"\n\n[[measure.milestone.revised]]',
            'locator = "zie 3.1 en de bijlage daarbij"\n\n[[measure.milestone.revised]]',
        )
    )
    found = cells(programme, "nl", "code", "locator", "id")
    assert found == [
        ["", "zie 3.1 en de bijlage daarbij", "files/in-force"],
        ['="3""1"', "", "teachers/survey"],
        ["", '="3.1"', "files/progress"],
    ]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "\uff1d"])
def test_no_text_is_a_formula(begins: str) -> None:
    """What begins as one is the text of one, or behind an apostrophe where it is too long."""
    title, code = f'{begins}HYPERLINK("https://example.org")', f"{begins}a number"
    programme = attrs.evolve(PLAN, measures=(titled(title, code),))
    (found,) = cells(programme, "en", "title", "measure_title", "code")
    quoted = title.replace('"', '""')
    assert found == [f'="{quoted}"', f'="{quoted}"', f'="{code}"']
    for length, expected in ((255, '="{}"'), (256, "'{}")):
        title = begins.ljust(length, "x")
        programme = attrs.evolve(PLAN, measures=(titled(title, "none"),))
        assert cells(programme, "en", "title", "code") == [[expected.format(title), "none"]]


def titled(title: str, code: str) -> Measure:
    """A measure with one milestone, both of that title, whatever that is."""
    with trusted():
        measure, texts = PLAN.measures[0], Texts((("en", title),))
        milestone = attrs.evolve(measure.milestones[0], title=texts, code=code)
        return attrs.evolve(measure, title=texts, milestones=(milestone,))


def test_who_says_so_is_told_as_in_every_other_view() -> None:
    """A letter whose author nobody recorded is not told as if others had written it."""
    letter = 'id = "letter-2015"\n'
    said = {PROGRAMME: "author of the source not recorded"}
    said[changed(letter, f'{letter}kind = "press"\n')] = "reported by others"
    for text, expected in said.items():
        programme = loads(text)
        told = telling(programme, language="en")
        assert cells(programme, "en", "attestation")[0] == [expected]
        assert told.voice.verdict(told.report.standings[0]).startswith(expected)
        (for_programs,) = values(next(MILESTONES.rows(told)), MILESTONES, "attestation")
        assert for_programs == "reported"


def test_no_heading_claims_that_a_source_appeared_on_the_day_from_which_it_counts() -> None:
    """Of one that bears a month alone, that is the last day of the month."""
    told = telling(loads(changed("published = 2013-02-26", 'published = "2013-02"')), language="en")
    for table in (MOVES, STATEMENTS, MILESTONES):
        first = for_excel(table, told).removeprefix("\ufeff").splitlines()[0]
        assert {"Published", "Announced", "Day", "Newest statement"}.isdisjoint(first.split(","))
    ((day, *_), *_) = (values(row, STATEMENTS, "day") for row in STATEMENTS.rows(told))
    assert day == dt.date(2013, 2, 28)


# --- SQLite ---------------------------------------------------------------------------------------


@each_programme
def test_database_holds_together(told: Telling) -> None:
    """SQLite finds nothing wrong with it: every id leads to a row."""
    with opened(database(told)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@each_programme
def test_database_has_the_rows_of_the_tables(told: Telling) -> None:
    """In the columns that no other table has: dates as texts of ISO 8601, truths as 0 and 1."""
    with opened(database(told)) as connection:
        for table in TABLES:
            kept = [number for number, column in enumerate(table.columns) if not column.repeated]
            names = ", ".join(f'"{table.columns[number].name}"' for number in kept)
            expected = [tuple(stored(row[number]) for number in kept) for row in table.rows(told)]
            found = connection.execute(f'SELECT {names} FROM "{table.name}"').fetchall()  # noqa: S608
            assert sorted(found, key=repr) == sorted(expected, key=repr)


def stored(value: Value) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def test_what_is_left_out_is_where_the_id_leads() -> None:
    """A question of two tables tells what the CSV has beside an id."""
    told = telling()
    question = (
        "SELECT moves.milestone, milestones.title, sources.title FROM moves "
        "JOIN milestones ON milestones.id = moves.milestone "
        "JOIN sources ON sources.id = moves.source"
    )
    expected = [
        tuple(values(row, MOVES, "milestone", "title", "source_title")) for row in MOVES.rows(told)
    ]
    with opened(database(told)) as connection:
        assert connection.execute(question).fetchall() == expected


def test_database_describes_itself() -> None:
    """Its schema says what each table and each column holds."""
    with opened(database(telling())) as connection:
        schema = "\n".join(row[0] for row in connection.execute("SELECT sql FROM sqlite_schema"))
    for table in TABLES:
        assert f'"{table.name}" ( -- {table.about}' in schema
        for column in table.columns:
            assert column.repeated or described(column) in schema


def described(column: Column[Any]) -> str:
    return f", -- {column.about}\n"


def test_the_same_report_gives_the_same_bytes() -> None:
    """Neither a clock nor chance is in the file."""
    assert database(telling(SHIPPED)) == database(telling(SHIPPED))


def test_half_a_character_in_a_database() -> None:
    """What a script made and UTF-8 cannot hold becomes a question mark, and stops nothing."""
    (body,) = PLAN.bodies
    broken = attrs.evolve(body, name=Texts((("nl", "half \ud800"),)))
    programme = attrs.evolve(PLAN, bodies=(broken,))
    with opened(database(telling(programme))) as connection:
        assert connection.execute("SELECT name FROM bodies").fetchall() == [("half ?",)]
