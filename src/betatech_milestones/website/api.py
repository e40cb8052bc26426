"""A programme as documents at fixed addresses, for programs that read the published site.

They hold what `render(report, "json")` writes, a document for each measure besides, and a schema
of it all. `docs/api.md` has the keys, and what stays as it is.
"""

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path, PurePath

import attrs

from betatech_milestones.analysis.report import Report
from betatech_milestones.analysis.verdicts import judge
from betatech_milestones.formats.json import (
    Record,
    date_record,
    document,
    in_languages,
    iso,
    plain,
)
from betatech_milestones.formats.standings import budgets, cited, in_measure
from betatech_milestones.model.about import REPORT_VERSION
from betatech_milestones.model.records import Budget, Measure, Milestone, Programme, Source


def documents(report: Report) -> dict[str, bytes]:
    """Return the documents of a report and their schema, by the path at which each is published."""
    report = as_published(report)
    programme = report.programme
    whole = document(judge(report))
    records = {record["id"]: record for record in whole["milestones"]}

    head = _head("schema.json", report, programme.by_id)
    found = {
        "programme.json": head
        | {key: whole[key] for key in _COUNTS}
        | _programme(programme, report.known_on),
        "milestones.json": head | whole,
    }
    for measure in programme.measures:
        shown = in_measure(report, measure)
        parts = (m for m in programme.by_id if measure.id in {m.measure.id, *m.also})
        found[_path(measure)] = {
            **_head("../schema.json", report, parts),
            "measure": _measure(measure, report.known_on),
            "milestones": [records[standing.milestone.full_id] for standing in shown],
            "sources": [_source(source) for source in cited(measure, shown, report.known_on)],
        }
    written = {path: _lines(record).encode(errors="replace") for path, record in found.items()}
    written["schema.json"] = Path(__file__).with_name("api.schema.json").read_bytes()
    return {f"api/v2/{path}": text for path, text in written.items()}


def as_published(report: Report) -> Report:
    """Return a report that calls its data file by name, and not where it lies on this machine."""
    name = PurePath(report.programme.path).name
    return attrs.evolve(report, programme=attrs.evolve(report.programme, path=name))


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


def _lines(record: Record) -> str:
    """Return a document with a line for each key, and one for each item of a list.

    What changes of one milestone is a change of one line; and Python's fast encoder, which knows no
    indents, can write it.
    """
    keys = []
    for key, value in record.items():
        if isinstance(value, list) and value:
            items = ",\n".join(f"  {_encode(item)}" for item in value)
            keys.append(f" {_encode(key)}: [\n{items}\n ]")
        else:
            keys.append(f" {_encode(key)}: {_encode(value)}")
    return "{\n" + ",\n".join(keys) + "\n}\n"


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _path(measure: Measure) -> str:
    return f"measures/{measure.id}.json"


def _programme(programme: Programme, known_on: dt.date) -> Record:
    return {
        "language": programme.language,
        "timezone": programme.timezone,
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
            {"id": measure.id, "title": in_languages(measure.title), "path": _path(measure)}
            for measure in programme.measures
        ],
    }


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
