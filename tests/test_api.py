"""The published documents hold what a report knows, in the form that their schema tells.

The expected documents are the files of `api`, of the programme that the tests share.
"""

import copy
import csv
import datetime as dt
import gzip
import io
import itertools
import json
import posixpath
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
from golden import Golden, hold
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from programmes import PROGRAMME, SHIPPED, changed
from schemas import validator
from strategies import grown

from betatech_milestones import (
    Attestation,
    Commitment,
    Evidence,
    Found,
    Kind,
    Per,
    Programme,
    ReadingKind,
    Report,
    SourceKind,
    Status,
    Texts,
    as_of,
    loads,
    render,
)
from betatech_milestones.formats.standings import standings_by_measure
from betatech_milestones.formats.tables import PUBLISHED
from betatech_milestones.website import api
from betatech_milestones.website.api import (
    Basis,
    as_published,
    documents,
    published,
    tables,
    whole,
)
from betatech_milestones.website.site import Making, Settings

GOLDEN = Path(__file__).with_name("api")
DAY = dt.date(2015, 6, 15)
ENDED = dt.date(2015, 9, 2)
"""What the shared programme tells is known: one is met, one dropped, one replaced."""

Document = dict[str, Any]
Place = tuple[str | int, ...]


def plan() -> Programme:
    return loads(PROGRAMME, path="data/plan.toml")


def made(programme: Programme, day: dt.date = DAY) -> dict[str, Document]:
    """Return the documents of a programme as another program reads them."""
    return read(as_of(programme, day))


def read(report: Report) -> dict[str, Document]:
    found = {path.removeprefix("api/v2/"): text for path, text in documents(report).items()}
    return {path: json.loads(text) for path, text in found.items()}


SCHEMA: Document = made(plan()).pop("schema.json")
DEFINITIONS: Document = SCHEMA["$defs"]
VALIDATOR = validator(SCHEMA)


def problems(report: Report) -> list[str]:
    """Return what the schema finds wrong with the documents of a report."""
    return [
        f"{path}: {error.message}"
        for path, document in read(report).items()
        if path != "schema.json"
        for error in VALIDATOR.iter_errors(document)
    ]


# --- in full --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file",
    sorted(GOLDEN.rglob("*.json")),
    ids=lambda file: file.relative_to(GOLDEN).as_posix(),
)
def test_a_document_in_full(file: Path) -> None:
    """Each file is a whole document: a line for each key, and for each item of a list."""
    hold(file, golden()[file]())


def golden() -> Golden:
    """Return what writes each document that is seen in full: all but the schema."""
    found = documents(as_of(plan(), ENDED))
    paths = (path for path in found if not path.endswith("schema.json"))
    return {GOLDEN / path.removeprefix("api/v2/"): found[path].decode for path in paths}


def test_every_document_is_seen_in_full() -> None:
    """The files are all that is published, but for the schema."""
    files = {file.relative_to(GOLDEN).as_posix() for file in GOLDEN.rglob("*.json")}
    assert {*made(plan())} == files | {"schema.json"}


def test_one_document_for_each_measure() -> None:
    """The programme says where each of its measures is, and there is no other."""
    found = made(SHIPPED)
    listed = {measure["path"] for measure in found["programme.json"]["measures"]}
    assert {*found} == {"programme.json", "milestones.json", "schema.json", *listed}
    for measure in found["programme.json"]["measures"]:
        assert found[measure["path"]]["measure"]["id"] == measure["id"]


def test_every_document_names_its_schema() -> None:
    """Its address is relative, so that a site can stand anywhere."""
    found = made(SHIPPED)
    for path in {*found} - {"schema.json"}:
        named = posixpath.join(posixpath.dirname(path), found[path]["$schema"])
        assert posixpath.normpath(named) == "schema.json"


# --- what they hold -------------------------------------------------------------------------------


def test_milestones_are_the_report_as_json() -> None:
    """A program that reads the report of the command line reads the published document."""
    report = as_published(as_of(SHIPPED, DAY))
    found = read(report)["milestones.json"]
    assert found.pop("$schema") == "schema.json"
    said = (said.known_from for milestone in SHIPPED.by_id for said in milestone.statements)
    assert found.pop("updated") == max(day for day in said if day <= DAY).isoformat()
    assert found == json.loads(render(report, "json"))


def test_every_milestone_is_in_the_document_of_its_measure() -> None:
    """In the order of the data file: what nobody knew of is in none."""
    found = made(SHIPPED)
    records = {record["id"]: record for record in found["milestones.json"]["milestones"]}
    assert found["milestones.json"]["not_yet_promised"] == len(SHIPPED.by_id) - len(records) > 0
    for measure in SHIPPED.measures:
        own = found[f"measures/{measure.id}.json"]["milestones"]
        ids = [milestone.full_id for milestone in measure.milestones]
        assert [record["id"] for record in own] == [name for name in ids if name in records]
        for record in own:
            assert settled(record) == settled(records[record["id"]])


def settled(record: Document) -> Document:
    """A record without what counts days up to that of its document, and without its line."""
    passing = ("days_overdue", "days_left", "location")
    return {key: value for key, value in record.items() if key not in passing}


LOOKED = loads(
    f"""{PROGRAMME}
    [[measure.milestone]]
    id = "sought"
    kind = "other"
    title = "Gezocht"
    due = 2014
    source = "letter-2013"
    news = [{{ on = 2015-01-05, found = "nothing", by = "redactie" }}]
    [measure.milestone.snoozed]
    until = 2015-08-01
    by = "redactie"
    reason = "wordt nagevraagd"
    """,
    path="data/plan.toml",
)


@pytest.mark.slow
@pytest.mark.parametrize("programme", [SHIPPED, plan(), LOOKED], ids=["shipped", "plan", "looked"])
def test_documents_of_measures_stay_overnight(programme: Programme) -> None:
    """Byte for byte, until something changes: what is known, a status, or how much it matters.

    On the day on which one changes it is as of that day, and tells what the whole file tells.
    """
    before: dict[str, bytes] = {}
    days = [dt.date(2013, 2, 24) + dt.timedelta(days=number) for number in range(950)]
    for day in days if programme is not SHIPPED else days[::60]:
        files = documents(as_of(programme, day))
        records = json.loads(files["api/v2/milestones.json"])["milestones"]
        whole = {record["id"]: settled(record) for record in records}
        for path, text in files.items():
            if "/measures/" not in path:
                continue
            document = json.loads(text)
            if programme is not SHIPPED:
                assert (before.get(path) != text) == (document["as_of"] == day.isoformat()) or (
                    day == days[0]
                )
            elif document["as_of"] is not None:
                then = as_of(programme, document["as_of"])
                assert documents(then)[path] == text
            before[path] = text
            assert [settled(record) for record in document["milestones"]] == [
                whole[record["id"]] for record in document["milestones"]
            ]


def test_a_measure_of_which_nothing_was_known() -> None:
    """Its document is as of no day, and stays that until something is."""
    for document in made(plan(), dt.date(2013, 2, 25)).values():
        if "measure" in document:
            assert document["as_of"] is document["known_on"] is document["updated"] is None
            assert document["milestones"] == document["sources"] == []
    found = made(plan(), dt.date(2013, 2, 27))
    assert found["measures/files.json"]["as_of"] == "2013-02-26"
    assert found["measures/teachers.json"]["as_of"] is None


def test_an_edit_elsewhere_changes_no_other_document() -> None:
    """A measure above it moves the lines of a measure, and its document tells none."""
    before = documents(as_of(plan(), ENDED))
    moved = loads(PROGRAMME.replace("[[measure]]", "\n\n[[measure]]"), path="data/plan.toml")
    after = documents(as_of(moved, ENDED))
    assert [path for path in before if before[path] != after[path]] == ["api/v2/milestones.json"]


@pytest.mark.parametrize("day", ["2013-01-01", "2015-06-15", "2015-09-02"])
@pytest.mark.parametrize("programme", [SHIPPED, plan()], ids=["shipped", "plan"])
def test_standings_by_measure(programme: Programme, day: str) -> None:
    """Those of a measure are its own in the order of the file, then those that it shares."""
    report = as_of(programme, day)
    found = standings_by_measure(report)
    assert {*found} == {measure.id for measure in programme.measures}
    stands = {standing.milestone.full_id: standing for standing in report.standings}
    for measure in programme.measures:
        own = [stands[one.full_id] for one in measure.milestones if one.full_id in stands]
        shared = [one for one in report.standings if measure.id in one.milestone.also]
        assert found[measure.id] == (*own, *shared)


# --- files that hold all of it --------------------------------------------------------------------


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Programme:
    """A programme with one milestone more than are published one by one.

    Patched: how many those are proves nothing, and a hundred are soon made.
    """
    from generate import programme_text  # is beside the benchmarks, where golden.py does not look

    monkeypatch.setattr(api, "LARGE", FEW)
    monkeypatch.setattr(api, "_MEASURES", 3)
    return loads(programme_text(FEW + 1))


FEW = 120


def bulk(programme: Programme, language: str = "nl") -> dict[str, bytes]:
    report = as_published(as_of(programme, DAY))
    return documents(report) | tables(report, language=language, address="https://example.org/")


@pytest.mark.parametrize("programme", [plan(), SHIPPED], ids=["plan", "shipped"])
def test_whole_files_are_listed(programme: Programme) -> None:
    """The programme says which files hold all of it, and those are there."""
    found = {"nl": bulk(programme), "en": bulk(programme, "en")}
    listed = json.loads(found["nl"]["api/v2/programme.json"])["files"]
    paths = [posixpath.normpath(posixpath.join("api/v2", file["path"])) for file in listed]
    assert paths == [file.path for file in published(programme)]
    for path, file in zip(paths, listed, strict=True):
        assert path in found[file["language"] or "nl"]
        assert file["compression"] is None


def test_whole_files_of_some_languages() -> None:
    """A site in one language lists the files of that one alone."""
    first = json.loads(whole(as_of(plan(), DAY), ["en"])["api/v2/programme.json"])
    assert {file["language"] for file in first["files"]} == {None, "en"}
    assert VALIDATOR.is_valid(first)


@pytest.mark.measured
def test_a_large_programme_is_published_packed(large: Programme) -> None:
    """Its whole files with gzip, and no document for each measure; which one finds is said."""
    found = bulk(large)
    first = json.loads(found["api/v2/programme.json"])
    assert [error.message for error in VALIDATOR.iter_errors(first)] == []
    assert {measure["path"] for measure in first["measures"]} == {None}
    assert {*found} == {
        *("api/v2/programme.json", "api/v2/schema.json", "api/v2/milestones.json.gz"),
        *("nl/milestones.csv.gz", "nl/moves.csv.gz", "nl/statements.csv.gz"),
        "nl/responsible.csv.gz",
    }
    files = {posixpath.basename(file["path"]): file for file in first["files"]}
    for path, content in found.items():
        if path.endswith(".gz"):
            assert files[posixpath.basename(path)]["compression"] == "gzip"
            assert content[4:8] == bytes(4)  # no time of day (RFC 1952, 2.3)
    document = json.loads(gzip.decompress(found["api/v2/milestones.json.gz"]))
    assert len(document["milestones"]) + document["not_yet_promised"] == FEW + 1
    rows = gzip.decompress(found["nl/milestones.csv.gz"]).decode().splitlines()
    assert len(rows) == len(document["milestones"]) + 1


def in_blocks(
    programme: Programme, day: dt.date, before: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """The whole files of a large programme as a site has them, which goes on from an earlier."""
    making = Making(programme=programme, day=day, settings=Settings(), before=lambda: None)
    basis = Basis(
        setting=making.settings.digest,
        measures=making.measures,
        published=(before or {}).get,
    )
    found = whole(making.report, making.languages, basis=basis)
    for language in making.languages:
        found |= tables(making.report, language=language, basis=basis)
    return found


def members(file: bytes) -> list[bytes]:
    """The members of a packed file, which tell how long they are."""
    found = []
    while file:
        (length,) = struct.unpack_from("<L", file, 48)
        found.append(file[:length])
        file = file[length:]
    return found


def test_a_change_of_a_large_programme_is_one_block(large: Programme) -> None:
    """All else is taken as it was published, though a measure before it is new."""
    first, *others, last = large.measures
    one, *rest = last.milestones
    edited = attrs.evolve(one, title=Texts((("nl", "Anders"),)))
    before = in_blocks(attrs.evolve(large, measures=(*others, last)), DAY)
    last = attrs.evolve(last, milestones=(edited, *rest))
    after = in_blocks(attrs.evolve(large, measures=(first, *others, last)), DAY, before)
    for path in before:
        if path.endswith(".gz"):
            was, now = members(before[path]), members(after[path])
            assert len(now) == len(was) > 10
            new = [member for member in now if member not in was]
            assert len(new) - ("milestones.json" in path) == 2  # its head counts what there is


@pytest.fixture
def _all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programmes are published as large ones are, in blocks of two measures or so."""
    monkeypatch.setattr(api, "LARGE", -1)
    monkeypatch.setattr(api, "_MEASURES", 2)


@pytest.mark.slow
@pytest.mark.usefixtures("_all_are_large")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grown(), st.lists(st.dates(dt.date(2012, 1, 1), dt.date(2030, 1, 1)), min_size=2))
def test_what_is_taken_is_what_would_be_made(
    programmes: tuple[Programme, Programme], days: list[dt.date]
) -> None:
    """Whatever was edited since, and on whatever day: files are those of a first publication."""
    was, now = programmes
    before: dict[str, bytes] = {}
    for programme, day in zip(itertools.cycle([was, was, now]), sorted(days), strict=False):
        before = in_blocks(programme, day, before)
        assert before == in_blocks(programme, day)


@pytest.mark.parametrize("programme", [plan(), SHIPPED], ids=["plan", "shipped"])
@pytest.mark.parametrize("day", [dt.date(2013, 1, 1), dt.date(2013, 2, 26), DAY, ENDED], ids=str)
def test_blocks_hold_what_one_file_holds(
    programme: Programme, day: dt.date, request: pytest.FixtureRequest
) -> None:
    """Every record and row and no other, measure by measure; they tell no lines."""
    report = as_published(as_of(programme, day))
    one = whole(report) | tables(report, language="nl")
    request.getfixturevalue("_all_are_large")
    packed = in_blocks(programme, day)
    document = json.loads(one["api/v2/milestones.json"])
    for record in document["milestones"]:
        record["location"]["line"] = None
    found = json.loads(gzip.decompress(packed["api/v2/milestones.json.gz"]))
    own = [milestone.full_id for measure in programme.measures for milestone in measure.milestones]
    document["milestones"].sort(key=lambda record: own.index(record["id"]))
    assert found == document
    assert gzip.decompress(packed["api/v2/milestones.json.gz"]) == written(document)
    for table in PUBLISHED:
        path = f"nl/{table.name}.csv"
        head, *rows = csv.reader(io.StringIO(one[path].decode(), newline=""))
        if "line" in head:
            for row in rows:
                row[head.index("line")] = ""
        rows.sort(key=lambda row: own.index(row[0]))
        packed_rows = csv.reader(io.StringIO(gzip.decompress(packed[f"{path}.gz"]).decode()))
        assert [*packed_rows] == [head, *rows]


def written(document: Document) -> bytes:
    """A document as each is written: a line for each key, and one for each item of a list."""
    keys = []
    for key, value in document.items():
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value:
            items = ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in value)
            text = f"[\n{items}\n ]"
        keys.append(f' "{key}": {text}')
    return ("{\n" + ",\n".join(keys) + "\n}\n").encode()


def test_the_largest_that_is_published_one_by_one(large: Programme) -> None:
    """A programme with one milestone less has a document for each measure."""
    *others, last = large.measures
    last = attrs.evolve(last, milestones=last.milestones[:-1])
    programme = attrs.evolve(large, measures=(*others, last))
    assert len(programme.by_id) == FEW
    paths = documents(as_of(programme, DAY))
    assert len(paths) == len(programme.measures) + 3
    assert "api/v2/milestones.json" in paths


def test_a_shared_milestone_is_in_the_documents_of_its_measures() -> None:
    """Behind the own ones; it is counted once."""
    found = made(plan(), ENDED)
    shared = [
        [record["id"] for record in found[f"measures/{measure}.json"]["milestones"]]
        for measure in ("files", "teachers")
    ]
    assert shared == [["files/in-force", "files/progress", "teachers/survey"], ["teachers/survey"]]
    assert sum(found["programme.json"]["counts"].values()) == 3
    alone = made(plan().only(measures="teachers"), ENDED)
    assert {*alone} == {
        *("programme.json", "milestones.json", "schema.json", "measures/teachers.json")
    }


@pytest.mark.measured
@pytest.mark.parametrize("day", ["2013-02-25", "2014-04-30", "2015-06-15", "2015-08-31"])
@pytest.mark.parametrize("programme", [SHIPPED, plan()], ids=["shipped", "plan"])
def test_with_hindsight(programme: Programme, day: str) -> None:
    """A report by what was known on another day says so in each document, and is valid."""
    report = as_of(programme, day, "2026-11-23")
    found = read(report)
    found.pop("schema.json")
    assert {document["as_of"] for document in found.values()} == {day}
    assert {document["known_on"] for document in found.values()} == {"2026-11-23"}
    assert problems(report) == []


MEASURED = loads(changed('value = 152.5\nsource = "letter-2013"', 'value = 1\nsource = "web-page"'))


@pytest.mark.parametrize("programme", [SHIPPED, plan(), MEASURED], ids=["shipped", "plan", "web"])
@pytest.mark.parametrize("day", [dt.date(2013, 1, 1), DAY, ENDED], ids=str)
def test_sources_are_those_that_are_cited(programme: Programme, day: dt.date) -> None:
    """A document of a measure has every source that it names, and no other, by the day."""
    for document in made(programme, day).values():
        if "measure" in document:
            named = {*sources(document["measure"]), *sources(document["milestones"])}
            assert {source["id"] for source in document["sources"]} == named
            assert len(document["sources"]) == len(named)


def sources(value: Any) -> Iterator[str]:
    """The ids of sources that are named anywhere in a value."""
    if isinstance(value, dict):
        if value.get("source") is not None:
            yield value["source"]
        yield from value.get("sources", [])
        value = [item for key, item in value.items() if key != "sources"]
    if isinstance(value, list):
        for item in value:
            yield from sources(item)


def test_a_part_of_a_report() -> None:
    """What a report leaves out is in no document; its measures stay."""
    report = as_of(SHIPPED, DAY).only(Status.OVERDUE)
    found = read(report)
    shown = {record["id"] for record in found["milestones.json"]["milestones"]}
    assert shown == {standing.milestone.full_id for standing in report.standings}
    parts = [document["milestones"] for path, document in found.items() if "/" in path]
    assert {record["id"] for records in parts for record in records} == shown
    assert len(parts) == len(SHIPPED.measures)
    assert problems(report) == []


UNDATED = changed(
    'on = "zomer 2015"\nsource = "letter-2015"', 'on = "[2015..]"\nsource = "web-page"'
)
# The day · the newest statement on all of the shared programme, and on each of its measures.
UPDATED = {
    "nothing yet": ("2013-02-25", None, None, None),
    "the promise": ("2014-04-30", "2013-02-26", "2013-02-26", None),
    "a move": ("2014-05-01", "2014-05-01", "2014-05-01", None),
    "an outcome": ("2015-07-01", "2015-07-01", "2015-07-01", "2015-07-01"),
    # The milestone that the two share.
    "news": ("2015-09-01", "2015-09-01", "2015-09-01", "2015-09-01"),
    "a revision": ("2015-12-31", "2015-09-02", "2015-09-02", "2015-09-02"),
}


@pytest.mark.parametrize(("day", "whole", "files", "teachers"), UPDATED.values(), ids=UPDATED)
def test_updated(day: str, whole: str | None, files: str | None, teachers: str | None) -> None:
    """A document is as new as what was last said of its milestones by its day."""
    found = made(plan(), dt.date.fromisoformat(day))
    assert found["programme.json"]["updated"] == whole
    assert found["milestones.json"]["updated"] == whole
    assert found["measures/files.json"]["updated"] == files
    assert found["measures/teachers.json"]["updated"] == teachers


@pytest.mark.parametrize("day", ["2013-02-26", "2014-05-01", "2015-07-01", "2015-08-31"])
def test_no_later_knowledge(day: str) -> None:
    """What is said later changes no milestone, no count of promises, and no day of a document."""
    begin, _, rest = PROGRAMME.partition("[[measure.milestone.revised]]\ngoal = 12")
    number = rest[rest.index("[measure.milestone.number]") : rest.index("[measure.milestone.repl")]
    before = made(loads(begin + number, path="data/plan.toml"), dt.date.fromisoformat(day))
    assert made(plan(), dt.date.fromisoformat(day)) == before


def test_numbers_with_decimals() -> None:
    """An amount and a reading may have decimals."""
    found = made(loads(changed("amount = 11_700_000", "amount = 0.5")))["measures/files.json"]
    assert found["measure"]["budgets"][0]["amount"] == 0.5
    assert found["milestones"][0]["number"]["readings"][0]["value"] == 152.5


@pytest.mark.parametrize("path", ["/home/someone/work/plan.toml", "../plan.toml", "plan.toml"])
def test_nobody_learns_where_the_file_lay(path: str) -> None:
    """Only its name is published, in these documents and in a report that is made for a site."""
    report = as_of(loads(PROGRAMME, path=path), DAY)
    locations = [record["location"] for record in read(report)["milestones.json"]["milestones"]]
    assert {location["path"] for location in locations} == {"plan.toml"}
    assert render(as_published(report), "csv") == render(
        as_of(loads(PROGRAMME, path="plan.toml"), DAY), "csv"
    )


@pytest.mark.measured
def test_nobody_learns_where_several_files_lay() -> None:
    """Where a programme was read from several, each is called by its name; the rest stays."""
    first, second = plan().measures
    first = attrs.evolve(first, path="/home/someone/work/files.toml")
    report = as_of(attrs.evolve(plan(), measures=(first, second)), DAY).only(Status.UNDATED, "due")
    published = as_published(report)
    assert [(it.milestone.full_id, it.turn) for it in published.standings] == [
        (it.milestone.full_id, it.turn) for it in report.standings
    ]
    paths = {it.measure.id: it.milestone.path_in(published.programme) for it in published.standings}
    assert paths == {"files": "files.toml"}
    whole = as_published(as_of(report.programme, ENDED))
    paths = {it.measure.id: it.milestone.path_in(whole.programme) for it in whole.standings}
    assert paths == {"files": "files.toml", "teachers": "plan.toml"}
    assert "/home" not in render(whole, "csv") + render(whole, "json")


def test_half_a_character() -> None:
    """What a script made and UTF-8 cannot hold becomes a question mark, and stops nothing."""
    programme = attrs.evolve(plan(), title=Texts((("nl", "half \ud800"),)))
    assert made(programme)["programme.json"]["programme"]["title"] == {"nl": "half ?"}


# --- the schema -----------------------------------------------------------------------------------


def test_schema_is_a_schema() -> None:
    """The file follows draft 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("year", [2010, 2014, 2016, 2026])
def test_shipped_data_set_is_valid(year: int) -> None:
    """Its documents are valid on any day."""
    assert problems(as_of(SHIPPED, dt.date(year, 2, 1))) == []


THIRD = PROGRAMME.replace('language = "nl"', 'language = "fy"').replace("{ nl =", "{ fy =")
PROGRAMMES = {
    "shared": plan(),
    "empty": plan().only(kinds=["start"]),
    "an aim": loads(changed('commitment = "deadline"', 'commitment = "aim"')),
    "fixed": loads(
        changed('commitment = "deadline"', 'commitment = "fixed"').replace(
            '{ words = "over een paar jaar", edtf = "2016-08~" }', "2016-08-01"
        )
    ),
    "a fact": loads(
        f"""{PROGRAMME}
        [[measure.milestone]]
        id = "done"
        kind = "other"
        title = "Gedaan"
        commitment = "none"
        source = "letter-2013"
        met = {{ source = "letter-2013" }}
        """
    ),
    "dropped, and met": loads(
        f"""{PROGRAMME}
        [[measure.milestone]]
        id = "after-all"
        kind = "other"
        title = "Toch"
        due = 2013
        source = "letter-2013"
        dropped = {{ source = "letter-2013", reason = "Nee." }}
        met = {{ on = 2015, source = "letter-2015" }}
        """
    ),
    "looked for": loads(
        f"""{PROGRAMME}
        [[measure.milestone]]
        id = "sought"
        kind = "other"
        title = "Gezocht"
        due = 2014
        source = "letter-2013"
        news = [{{ on = 2015-05-01, found = "nothing", by = "redactie" }}]
        """
    ),
    "without measures": loads(PROGRAMME.partition("[[measure]]")[0]),
    "another language": loads(THIRD),
    "never certain": loads(UNDATED),
    "open dates": loads(changed("due = 2014-08-01", 'due = "[2014-08..]"')),
    "until": loads(changed("due = 2014-08-01", 'due = "uiterlijk 2014"')),
    "no cluster": loads(changed('cluster = "labour-market"\n', "")),
}


@pytest.mark.parametrize("programme", PROGRAMMES.values(), ids=PROGRAMMES)
@pytest.mark.parametrize("day", [dt.date(2013, 1, 1), DAY, ENDED, dt.date(2100, 1, 1)], ids=str)
def test_other_programmes_are_valid(programme: Programme, day: dt.date) -> None:
    """So are those of a programme without milestones, in another language, with open dates."""
    assert problems(as_of(programme, day)) == []


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Every key and element of a document, the outer before the inner."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs:
        yield (*here, key)
        if isinstance(item, dict | list):
            yield from places(item, (*here, key))


def of_each_sort(document: Document) -> Iterator[Place]:
    """Two places of each sort: below the same keys, beside the same, with the same type of value.

    A long document has a thousand places that the schema reads by the same few lines.
    """
    found: Counter[object] = Counter()
    for place in places(document):
        around = at(document, place[:-1])
        names = tuple(part for part in place if isinstance(part, str))
        beside = tuple(around) if isinstance(around, dict) else len(names)
        sort = names, beside, type(at(document, place))
        found[sort] += 1
        if found[sort] <= 2:
            yield place


def at(document: Document, place: Place) -> Any:
    """What stands at a place."""
    found: Any = document
    for part in place:
        found = found[part]
    return found


def with_value(document: Document, place: Place, value: Any) -> Document:
    """The document with another value at a place."""
    document = copy.deepcopy(document)
    at(document, place[:-1])[place[-1]] = value
    return document


def without(document: Document, place: Place) -> Document:
    """The document without what stands at a place."""
    document = copy.deepcopy(document)
    del at(document, place[:-1])[place[-1]]
    return document


DOCUMENTS = {
    path: document for path, document in made(plan(), ENDED).items() if path != "schema.json"
}
each_document = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
LANGUAGES = {"nl", "en"}


SORTS = {
    name: validator(SCHEMA, name)
    for name in ("programme-document", "milestones-document", "measure-document")
}


def test_sorts_of_documents_are_told_apart() -> None:
    """The schema is that of these three, and no change of one key makes one of them another."""
    assert SCHEMA["oneOf"] == [{"$ref": f"#/$defs/{name}"} for name in SORTS]
    keys = [{*DEFINITIONS[name]["properties"]} for name in SORTS]
    assert all(len(one ^ other) > 2 for one, other in itertools.combinations(keys, 2))


def alone(document: Document, place: Place) -> tuple[Document, Place]:
    """Return a document without the items of its lists that are beside a place, and that place."""
    first, *rest = place
    part: Any = {
        key: [] if isinstance(value, list) and key != first else value
        for key, value in document.items()
    }
    if rest and isinstance(part[first], list):
        part[first], rest[0] = [part[first][rest[0]]], 0
    return part, (first, *rest)


def taken(
    document: Document, tried: Iterable[Place], changed: Callable[[Document, Place], Document]
) -> list[Place]:
    """Return at which places a document may be changed so, and is still valid.

    It is held to the schema of its own sort, and without the items of lists beside the changed one:
    they are valid, as the whole document is, and each is read by itself.
    """
    [own] = [sort for sort in SORTS.values() if sort.is_valid(document)]
    found = []
    for _, places in itertools.groupby(tried, key=lambda place: place[:2]):
        for number, place in enumerate(places):
            part, there = alone(document, place)
            assert number or own.is_valid(part)
            if own.is_valid(changed(part, there)):
                found.append(place)
    return found


@pytest.mark.slow
@each_document
def test_no_key_may_be_left_out(document: Document) -> None:
    """A program may count on every key: what is absent is null. A text may be in one language."""
    keys = (place for place in of_each_sort(document) if isinstance(place[-1], str))
    wanted = (place for place in keys if place[-1] not in LANGUAGES)
    assert taken(document, wanted, without) == []


@each_document
def test_no_key_may_be_added(document: Document) -> None:
    """A key that has no meaning is nowhere."""
    objects = [(), *(p for p in of_each_sort(document) if isinstance(at(document, p), dict))]
    new = ((*place, "no such key") for place in objects)
    assert taken(document, new, partial(with_value, value="x")) == []


@pytest.mark.slow
@each_document
@pytest.mark.parametrize("value", [True, -1.5, " ", {}], ids=repr)
def test_no_value_of_another_type(document: Document, value: Any) -> None:
    """No key takes whatever it is given; only texts and names take any words."""
    found = taken(document, of_each_sort(document), partial(with_value, value=value))
    any_words = {"by", "locator", "path", "reference", "timezone", "words", *LANGUAGES}
    allowed = {" ": any_words, "{}": {"translations"}, "True": {"for_people"}}
    assert {place[-1] for place in found} <= allowed.get(str(value), set())


PROMISE = 'commitment = "deadline"\ndue = 2014-08-01'


def standing(day: dt.date, full_id: str, promise: str = PROMISE) -> Document:
    """Return the document of a measure with one milestone in it."""
    text = changed(PROMISE, promise)
    if "fixed" in promise:
        text = text.replace('{ words = "over een paar jaar", edtf = "2016-08~" }', "2016-08-01")
    document = made(loads(text), day)["measures/files.json"]
    document["milestones"] = [r for r in document["milestones"] if r["id"] == full_id]
    return document


BEFORE = dt.date(2014, 4, 1)
STANDINGS = {
    "overdue": (Status.OVERDUE, standing(BEFORE, "files/in-force", "due = 2013")),
    "due": (Status.DUE, standing(BEFORE, "files/in-force", "due = 2014")),
    "upcoming": (Status.UPCOMING, standing(BEFORE, "files/in-force")),
    "passed": (Status.PASSED, standing(BEFORE, "files/in-force", 'commitment = "aim"\ndue = 2013')),
    "undated": (Status.UNDATED, standing(DAY, "files/progress")),
    "met": (Status.MET, standing(DAY.replace(month=7), "files/in-force")),
    "met by itself": (
        Status.MET,
        standing(BEFORE, "files/in-force", 'commitment = "fixed"\ndue = 2014-03-31'),
    ),
    "fixed, on its day": (
        Status.DUE,
        standing(BEFORE, "files/in-force", 'commitment = "fixed"\ndue = 2014-04-01'),
    ),
    "replaced": (Status.REPLACED, standing(ENDED, "teachers/survey")),
    "dropped": (Status.DROPPED, standing(ENDED, "files/progress")),
}


@pytest.mark.parametrize(("status", "document"), STANDINGS.values(), ids=STANDINGS)
def test_a_status_is_borne_out(status: Status, document: Document) -> None:
    """No record has the status of another: its date, its days and its outcome are against it."""
    place = ("milestones", 0, "status")
    fitting = [s for s in Status if VALIDATOR.is_valid(with_value(document, place, s))]
    assert at(document, place) == status
    assert fitting == [status]


def test_every_status_is_tried() -> None:
    """Each of them is among those standings."""
    assert {status for status, _ in STANDINGS.values()} == {*Status}


# A record · what is put in it, that contradicts the rest of it.
CONTRADICTIONS = {
    "overdue without evidence": ("overdue", "evidence", None),
    "evidence of what is not overdue": ("due", "evidence", "late"),
    "an aim that is overdue": ("overdue", "commitment", "aim"),
    "a deadline that passed": ("passed", "commitment", "deadline"),
    "attested without an outcome": ("due", "attestation", "claimed"),
    "an outcome that nobody attests": ("met", "attestation", None),
    "timely before it is met": ("due", "timeliness", {"at_least": 0, "at_most": 0}),
    "by itself, and not fixed": ("met by itself", "commitment", "planned"),
    "promised by nobody": ("met", "commitment", "none"),
    "set aside after its end": (
        "dropped",
        "snoozed",
        {"until": "2015-10-01", "since": None, "by": "wij", "reason": {"nl": "Nee."}},
    ),
}


@pytest.mark.parametrize(("name", "key", "value"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradictions(name: str, key: str, value: Any) -> None:
    """What a record says of itself is in keeping."""
    _, document = STANDINGS[name]
    assert VALIDATOR.is_valid(document)
    assert not VALIDATOR.is_valid(with_value(document, ("milestones", 0, key), value))


# A definition · something that it would not take, and why.
REFUSED = {
    "a source without a day": ("source", {"published": None, "seen": None}),
    "a revision that changes nothing": ("revision", {"due": None, "goal": None, "bodies": None}),
    "news that nobody says": ("news", {"source": None}),
    "in vain, and by nobody": ("news", {"found": "nothing", "by": None}),
    "replaced by nothing": ("replaced", {"by": None, "reason": None}),
    "met by another": ("met", {"by": "files/in-force"}),
    "words without a date, dated": ("policy-date", {"edtf": None, "latest": "2015-01-01"}),
}


@pytest.mark.parametrize(("name", "changes"), REFUSED.values(), ids=REFUSED)
def test_refused(name: str, changes: Document) -> None:
    """Each definition takes what is written, and not what would mean nothing."""
    document = DOCUMENTS["measures/files.json"]
    in_force, _, survey = document["milestones"]
    whole = {
        "source": document["sources"][0],
        "revision": survey["revisions"][0],
        "news": survey["news"][0],
        "replaced": survey["outcome"],
        "met": in_force["outcome"],
        "policy-date": survey["due"],
    }[name]
    own = validator(SCHEMA, name)
    assert own.is_valid(whole)
    assert not own.is_valid(whole | changes)


def test_an_open_date_is_no_deadline() -> None:
    """What has no last day is undated, and neither due nor overdue nor upcoming."""
    document = standing(BEFORE, "files/in-force", 'due = "[2013..]"')
    place = ("milestones", 0, "status")
    fitting = [s for s in Status if VALIDATOR.is_valid(with_value(document, place, s))]
    assert fitting == [Status.UNDATED]


@pytest.mark.parametrize(
    ("definition", "key", "words"),
    [
        ("milestone", "commitment", Commitment),
        ("milestone", "status", Status),
        ("milestone", "evidence", [*Evidence, None]),
        ("milestone", "attestation", [*Attestation, None]),
        ("budget", "per", Per),
        ("source", "kind", SourceKind),
        ("news", "found", Found),
        ("reading", "kind", ReadingKind),
    ],
)
def test_lists_of_words(definition: str, key: str, words: Iterable[str | None]) -> None:
    """The words to choose from are those of the model, in its order."""
    assert SCHEMA["$defs"][definition]["properties"][key]["enum"] == [*words]


def test_kinds() -> None:
    """A kind is one of the ten of every programme, or one of its own."""
    ten, own = SCHEMA["$defs"]["milestone"]["properties"]["kind"]["anyOf"]
    assert ten["enum"] == [*Kind]
    assert own == {"$ref": "#/$defs/id"}


def test_counts_are_of_every_status() -> None:
    """In the order of the reports."""
    assert SCHEMA["$defs"]["counts"]["required"] == [*Status]
    assert SCHEMA["$defs"]["evidence-counts"]["required"] == [*Evidence]


@pytest.mark.parametrize("name", DEFINITIONS)
def test_every_definition(name: str) -> None:
    """Each is used; all its keys are required, and no other is allowed; and all are described."""
    definition = DEFINITIONS[name]
    assert f'"#/$defs/{name}"' in json.dumps(SCHEMA)
    assert definition["description"].endswith(".")
    if "properties" in definition:
        assert definition["required"] == [*definition["properties"]]
        assert definition["additionalProperties"] is False
        for part in definition["properties"].values():
            described = part if "description" in part else DEFINITIONS[part["$ref"][8:]]
            assert described["description"].endswith(".")
