"""A programme as documents at fixed addresses, for programs that read the published site.

They hold what `render(report, "json")` writes, a document for each measure besides, tables and a
database, and a schema of it all. `docs/api.md` has the keys, and what stays as it is.

The document of a measure is as of the last day on which something of it changed, so that it stays
byte for byte what it is until that happens. The whole files speak of the day of the report; those
of a site are of such a day too, or of the end of the month before, whichever is later.

Those of a large programme are packed in blocks of measures, so that a change of one milestone is
one block to be made. They tell measure by measure, and not at which lines milestones begin: an edit
above would move them all.
"""

import datetime as dt
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import attrs

from betatech_milestones.analysis.report import Report
from betatech_milestones.analysis.verdicts import RECHECK_DAYS, judge
from betatech_milestones.formats.columns import Row, Table, Telling
from betatech_milestones.formats.csv import as_rows, for_excel, header, lines
from betatech_milestones.formats.json import (
    Record,
    date_record,
    document,
    in_languages,
    iso,
    plain,
)
from betatech_milestones.formats.relations import TABLES
from betatech_milestones.formats.standings import budgets, cited, standings_by_measure
from betatech_milestones.formats.tables import PUBLISHED
from betatech_milestones.model.about import REPORT_VERSION
from betatech_milestones.model.records import Budget, Measure, Milestone, Programme, Source
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Evidence
from betatech_milestones.voice import Voice, languages_of
from betatech_milestones.voice.paths import PROGRAMME, Paths, file_name
from betatech_milestones.website.database import database
from betatech_milestones.website.packed import Block, packed

LARGE = 5_000
"""With more milestones, files are published packed, and measures have no documents."""
_MEASURES = 100
"""How many measures a block has, on the average."""
_ROOT = "api/v2/"


# --- which files there are ------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Published:
    """A file that holds a programme as a whole, or one of its tables as a whole."""

    path: str
    what: str
    """What is in it: milestones, moves, statements, responsible, or all of it: database."""
    media_type: str
    """What it is, once it is unpacked."""
    is_packed: bool
    """Whether it is packed with gzip."""
    is_for_people: bool = False
    """Whether its headings and words are those of people, and it opens right in Excel."""
    language: str | None = None
    """In which language its texts are; None where they are in all they have."""
    table: Table[Any] | None = None
    """The table that it holds, if it holds one."""


def is_large(programme: Programme) -> bool:
    """Whether a programme is published packed, and without a document for each measure."""
    return len(programme.by_id) > LARGE


def published(
    programme: Programme, languages: Sequence[str] | None = None
) -> tuple[Published, ...]:
    """Return the files that hold a programme as a whole: in all languages, and in each."""
    chosen = languages_of(programme) if languages is None else languages
    milestones = Published(
        path=_packed_path(f"{_ROOT}milestones.json", programme),
        what="milestones",
        media_type="application/json",
        is_packed=is_large(programme),
    )
    return milestones, *(file for each in chosen for file in _in_language(programme, each))


def _in_language(programme: Programme, language: str) -> Iterator[Published]:
    """Yield the files in one language: tables for programs and for people, and all in one."""
    paths, is_packed = Paths.of(programme, language), is_large(programme)
    for table in PUBLISHED:
        # Excel opens nothing that is packed, and a database is not made in blocks.
        for is_for_people in (False,) if is_packed else (False, True):
            name = f"{table.name}.excel" if is_for_people else table.name
            yield Published(
                path=_packed_path(paths.table(name), programme),
                what=table.name,
                media_type="text/csv",
                is_packed=is_packed,
                is_for_people=is_for_people,
                language=language,
                table=table,
            )
    if not is_packed:
        yield Published(
            path=f"{paths.folder}/milestones.db",
            what="database",
            media_type="application/vnd.sqlite3",
            is_packed=False,
            language=language,
        )


def _packed_path(path: str, programme: Programme) -> str:
    return f"{path}.gz" if is_large(programme) else path


# --- what of the whole files stands already -------------------------------------------------------


@attrs.frozen(kw_only=True)
class Basis:
    """On what the files of a large programme are made, and which of them were published."""

    setting: str
    """What all of a site depends on: the program, and where the site will be found."""
    measures: Mapping[str, str]
    """The digest of all that is known of each measure on the day of the report, by its id.

    The day itself need not be in it, nor the lines at which milestones begin.
    """
    published: Callable[[str], bytes | None]
    """Return a file as it was published, by its path; None where it is not there as it was."""


def _nothing(_: str) -> None:
    """Say that no file was published."""


ANEW = Basis(setting="", measures={}, published=_nothing)
"""Nothing is known of what was published: all is made."""


# --- tables ---------------------------------------------------------------------------------------


def tables(
    report: Report, *, language: str, address: str | None = None, basis: Basis = ANEW
) -> dict[str, bytes]:
    """Return the tables of a report and its database, in one language, by their paths.

    `address` is where the site will be found: each milestone then has that of its page. What the
    basis has of a large programme is taken from there.
    """
    paths = Paths.of(report.programme, language)

    def page(milestone: Milestone) -> str | None:
        return None if address is None else address + paths.milestone(milestone)

    telling = Telling(judgement=judge(report), voice=Voice(language), page=page)
    files = _in_language(report.programme, language)
    if is_large(report.programme):
        telling = attrs.evolve(telling, has_lines=False)
        some = [*_blocks(report, basis)]
        return {file.path: _packed_table(file, telling, some, basis) for file in files}
    rows = {table.name: [*table.rows(telling)] for table in TABLES}
    return {file.path: _content(file, rows, telling) for file in files}


def _content(file: Published, rows: Mapping[str, Sequence[Row]], telling: Telling) -> bytes:
    if file.table is None:
        return database(rows)
    own = rows[file.table.name]
    text = for_excel(file.table, own, telling) if file.is_for_people else as_rows(file.table, own)
    return _encoded(text)


def _packed_table(
    file: Published, telling: Telling, some: Iterable["_Some"], basis: Basis
) -> bytes:
    table = file.table
    assert table is not None, "a large programme has no other file in one language"
    # What speaks of no day tells what is known, and that is in the digests of the measures.
    speaks_of_a_day = any(column.name == "as_of" for column in table.columns)
    day = telling.report.day if speaks_of_a_day else None

    def make(one: "_Some") -> bytes:
        told = attrs.evolve(telling, judgement=judge(one.report))
        return _encoded(lines(table, table.rows(told)))

    names = header(table)
    first = Block(names, partial(_encoded, names))
    rest = (Block(f"{file.path} {day} {one.inputs}", partial(make, one)) for one in some)
    return packed((first, *rest), basis.published(file.path))


# --- blocks of a large programme ------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Some:
    """Some measures that follow each other in the data file."""

    report: Report
    """How their milestones stand, in the order of the file."""
    inputs: str
    """What that depends on, but for the day."""


def _blocks(report: Report, basis: Basis) -> Iterator[_Some]:
    """Yield all measures of a report in blocks."""
    shown = {standing.milestone.full_id: standing for standing in report.standings}
    for measures in _parted(report.programme.measures):
        own = (milestone.full_id for measure in measures for milestone in measure.milestones)
        standings = tuple(shown[full_id] for full_id in own if full_id in shown)
        digests = (basis.measures.get(measure.id, "") for measure in measures)
        yield _Some(
            report=attrs.evolve(report, standings=standings),
            inputs=" ".join((basis.setting, report.programme.path, *digests)),
        )


def _parted(measures: Iterable[Measure]) -> Iterator[Sequence[Measure]]:
    """Yield measures in parts, which end where an id says so: a new measure moves no other."""
    part = []
    for measure in measures:
        part.append(measure)
        if zlib.crc32(measure.id.encode()) % _MEASURES == 0:
            yield part
            part = []
    yield part


# --- documents ------------------------------------------------------------------------------------


def documents(report: Report) -> dict[str, bytes]:
    """Return the documents of a report and their schema, by the path at which each is published."""
    report = as_published(report)
    found = whole(report)
    if not is_large(report.programme):
        of = standings_by_measure(report)
        for measure in report.programme.measures:
            found[measure_path(measure)] = measure_document(report, measure, of[measure.id])
    return found


def as_published(report: Report) -> Report:
    """Return a report that calls its data files by name, and not where they lie on this machine."""
    measures = report.programme.measures
    programme = attrs.evolve(report.programme, path=_name(report.programme.path))
    if all(measure.path is None for measure in measures):
        return attrs.evolve(report, programme=programme)
    named = (attrs.evolve(it, path=None if it.path is None else _name(it.path)) for it in measures)
    programme = attrs.evolve(programme, measures=tuple(named))
    own = {milestone.full_id: milestone for milestone in programme.by_id}
    standings = (attrs.evolve(it, milestone=own[it.milestone.full_id]) for it in report.standings)
    return attrs.evolve(report, programme=programme, standings=tuple(standings))


def _name(path: str) -> str:
    return PurePath(path).name


def whole(
    report: Report, languages: Sequence[str] | None = None, *, basis: Basis = ANEW
) -> dict[str, bytes]:
    """Return the documents of a whole programme and the schema, by path.

    What the basis has of a large programme is taken from there.
    """
    programme = report.programme
    head = _head("schema.json", report, programme.by_id)
    counts = document(judge(attrs.evolve(report, standings=())))
    first = head | {key: counts[key] for key in _COUNTS} | _programme(report, languages)
    milestones = published(programme, ())[0].path
    if is_large(programme):
        content = _packed_milestones(report, head | counts, milestones, basis)
    else:
        content = _lines(head | document(judge(report)))
    return {
        PROGRAMME: _lines(first),
        milestones: content,
        f"{_ROOT}schema.json": Path(__file__).with_name("api.schema.json").read_bytes(),
    }


def _packed_milestones(report: Report, empty: Record, path: str, basis: Basis) -> bytes:
    """Return a document packed in blocks: what it is without milestones, with those of a report."""
    begin = _text(empty).removesuffix(_NO_ITEMS)
    blocks = [Block(begin, partial(_encoded, begin))]
    comma = ""
    for some in _blocks(report, basis):
        if some.report.standings:
            inputs = f"{path} {report.day} {comma} {some.inputs}"
            blocks.append(Block(inputs, partial(_records, some.report, comma)))
            comma = ","
    end = f"\n {_NO_ITEMS}" if comma else _NO_ITEMS
    blocks.append(Block(end, partial(_encoded, end)))
    return packed(blocks, basis.published(path))


_NO_ITEMS = "]\n}\n"
"""How a document ends whose last list has no items, behind the bracket that opens it."""


def _records(report: Report, comma: str) -> bytes:
    """Return the lines of the milestones of a report, behind those of others or the first."""
    records = document(judge(report))["milestones"]
    return _encoded(f"{comma}\n" + _items(map(_without_line, records)))


def measure_path(measure: Measure) -> str:
    """Return where the document of a measure is."""
    return f"{_ROOT}{_path(measure)}"


def measure_day(
    measure: Measure, standings: Iterable[Standing], known_on: dt.date
) -> dt.date | None:
    """Return the last day on which something of a measure changed, by what is known on a day.

    None where nothing of it was known by then.
    """
    days = _days(measure, standings)
    return max((day for day in days if day <= known_on), default=None)


def _days(measure: Measure, standings: Iterable[Standing]) -> Iterator[dt.date]:
    """Yield every day on which the document of a measure may change."""
    money = (budget.source for budget in measure.budgets)
    yield from (source.known_from for source in (*measure.sources, *filter(None, money)))
    for standing in standings:
        milestone = standing.milestone
        yield standing.turn.day
        readings = () if milestone.number is None else milestone.number.readings
        for said in (*milestone.statements, *readings):
            yield said.known_from
            yield from (source.known_from for source in said.sources)
        if (snooze := standing.snooze) is not None:
            yield snooze.since or standing.turn.day
        yield from judged_days(standing)


def judged_days(standing: Standing) -> Iterator[dt.date]:
    """Yield the days from which what stands as it does matters more: nothing is said on them."""
    news = standing.newest_news
    if standing.snooze is not None:
        yield _day_after(standing.snooze.until)
    if news is not None and standing.evidence is Evidence.NO_NEWS:
        yield _day_after(news.on, RECHECK_DAYS)


def _day_after(day: dt.date, days: int = 0) -> dt.date:
    """Return the day after so many days; the last of all where there is none."""
    left = (dt.date.max - day).days
    return day + dt.timedelta(days=min(days + 1, left))


def measure_document(report: Report, measure: Measure, standings: Iterable[Standing]) -> bytes:
    """Return the document of one measure, with its standings in a report.

    It is as of the last day on which something of it changed; with hindsight, as the report is. It
    does not tell at which lines of the data file milestones begin, which edits of others move.
    """
    standings = tuple(standings)
    changed: dt.date | None = report.day
    if report.known_on == report.day:
        changed = measure_day(measure, standings, report.day)
        day = changed or report.day
        standings = tuple(attrs.evolve(one, day=day, known_on=day) for one in standings)
        report = attrs.evolve(report, day=day, known_on=day)
    known_on = report.known_on
    shown = document(judge(attrs.evolve(report, standings=standings)))
    record = {
        **_head("../schema.json", report, (standing.milestone for standing in standings)),
        "as_of": iso(changed),
        "known_on": changed and iso(known_on),
        "measure": _measure(measure, known_on),
        "milestones": [_without_line(record) for record in shown["milestones"]],
        "sources": [_source(source) for source in cited(measure, standings, known_on)],
    }
    return _lines(record)


def _without_line(record: Record) -> Record:
    return {**record, "location": {**record["location"], "line": None}}


def _programme(report: Report, languages: Sequence[str] | None) -> Record:
    programme, known_on = report.programme, report.known_on
    publisher = programme.publisher
    return {
        "language": programme.language,
        "timezone": programme.timezone,
        "publisher": publisher
        and {
            "name": in_languages(publisher.name),
            "url": publisher.url,
            "contact": publisher.contact,
        },
        "licence": programme.licence,
        "repository": programme.repository,
        "clusters": [
            {"id": cluster.id, "title": in_languages(cluster.title), "number": cluster.number}
            for cluster in programme.clusters
        ],
        "sectors": [
            {"id": sector.id, "title": in_languages(sector.title)} for sector in programme.sectors
        ],
        "bodies": [{"id": body.id, "name": in_languages(body.name)} for body in programme.bodies],
        "kinds": [{"id": kind.id, "title": in_languages(kind.title)} for kind in programme.kinds],
        "sources": [
            _source(source) for source in programme.sources if source.known_from <= known_on
        ],
        "measures": [
            {
                "id": measure.id,
                "title": in_languages(measure.title),
                "path": None if is_large(programme) else _path(measure),
            }
            for measure in programme.measures
        ],
        "files": [_file(file) for file in published(programme, languages)],
    }


def _file(file: Published) -> Record:
    return {
        "path": _seen_from_programme(file.path),
        "what": file.what,
        "media_type": file.media_type,
        "compression": "gzip" if file.is_packed else None,
        "language": file.language,
        "for_people": file.is_for_people,
    }


def _seen_from_programme(path: str) -> str:
    if path.startswith(_ROOT):
        return path.removeprefix(_ROOT)
    return Paths.up(PROGRAMME) + path


_COUNTS = ("counts", "dated", "evidence", "facts", "not_yet_promised")


def _head(schema: str, report: Report, milestones: Iterable[Milestone]) -> Record:
    """Return how every document begins; `updated` is the newest statement on its milestones."""
    stated = (said.known_from for milestone in milestones for said in milestone.statements)
    updated = max((day for day in stated if day <= report.known_on), default=None)
    return {
        "$schema": schema,
        "version": REPORT_VERSION,
        "updated": iso(updated),
        "as_of": iso(report.day),
        "known_on": iso(report.known_on),
        "programme": {"id": report.programme.id, "title": in_languages(report.programme.title)},
    }


def _lines(record: Record) -> bytes:
    return _encoded(_text(record))


def _text(record: Record) -> str:
    """Return a document with a line for each key, and one for each item of a list.

    What changes of one milestone is a change of one line; and Python's fast encoder, which knows no
    indents, can write it.
    """
    keys = []
    for key, value in record.items():
        if isinstance(value, list) and value:
            keys.append(f" {_encode(key)}: [\n{_items(value)}\n ]")
        else:
            keys.append(f" {_encode(key)}: {_encode(value)}")
    return "{\n" + ",\n".join(keys) + "\n}\n"


def _items(values: Iterable[object]) -> str:
    return ",\n".join(f"  {_encode(value)}" for value in values)


def _encoded(text: str) -> bytes:
    return text.encode(errors="replace")


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _path(measure: Measure) -> str:
    return f"measures/{file_name(measure.id)}.json"


def _measure(measure: Measure, known_on: dt.date) -> Record:
    sources = [source.id for source in measure.sources if source.known_from <= known_on]
    return {
        "id": measure.id,
        "code": measure.code,
        "title": in_languages(measure.title),
        "summary": in_languages(measure.summary),
        "cluster": measure.cluster and measure.cluster.id,
        "sectors": [sector.id for sector in measure.sectors],
        "bodies": [body.id for body in measure.bodies],
        "source": sources[0] if sources else None,
        "sources": sources,
        "note": in_languages(measure.note),
        "locator": measure.locator,
        "budgets": [_budget(budget) for budget in budgets(measure, known_on)],
    }


def _budget(budget: Budget) -> Record:
    return {
        "amount": plain(budget.amount),
        "currency": budget.currency,
        "per": budget.per,
        "years": budget.years,
        "each": budget.each,
        "source": budget.source and budget.source.id,
        "note": in_languages(budget.note),
    }


def _source(source: Source) -> Record:
    return {
        "id": source.id,
        "title": in_languages(source.title),
        "kind": source.kind,
        "by": source.by and source.by.id,
        "reference": source.reference,
        "published": date_record(source.published),
        "seen": iso(source.seen),
        "known_from": iso(source.known_from),
        "url": source.url,
        "archived": source.archived,
    }
