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
from betatech_milestones.formats.json import Record, document, in_languages, iso, plain
from betatech_milestones.formats.standings import cited
from betatech_milestones.model.records import Budget, Measure, Milestone, Programme, Source


def documents(report: Report) -> dict[str, bytes]:
    """Return the documents of a report and their schema, by the path at which each is published."""
    report = as_published(report)
    programme = report.programme
    whole = document(judge(report))
    records = {record["id"]: record for record in whole["milestones"]}
    standings = {standing.milestone.full_id: standing for standing in report.standings}

    every = [*programme.by_id]
    head = _head("schema.json", whole, every)
    found = {
        "programme.json": head | {"counts": whole["counts"]} | _programme(programme),
        "milestones.json": head | whole,
    }
    for measure in programme.measures:
        shown = [m.full_id for m in measure.milestones if m.full_id in standings]
        sources = cited(measure, [standings[full_id] for full_id in shown])
        found[_path(measure)] = {
            **_head("../schema.json", whole, measure.milestones),
            "measure": _measure(measure),
            "milestones": [records[full_id] for full_id in shown],
            "sources": [_source(source) for source in sources],
        }
    written = {path: _lines(record).encode(errors="replace") for path, record in found.items()}
    written["schema.json"] = Path(__file__).with_name("api.schema.json").read_bytes()
    return {f"api/v1/{path}": text for path, text in written.items()}


def as_published(report: Report) -> Report:
    """Return a report that calls its data file by name, and not where it lies on this machine."""
    name = PurePath(report.programme.path).name
    return attrs.evolve(report, programme=attrs.evolve(report.programme, path=name))


def _head(schema: str, whole: Record, milestones: Iterable[Milestone]) -> Record:
    """Return how every document begins; `updated` is the newest statement on its milestones."""
    stated = (day for milestone in milestones for day in milestone.statements)
    # An outcome that is never certain is dated 9999.
    updated = max((day for day in stated if day < dt.date.max), default=None)
    return {
        "$schema": schema,
        "version": whole["version"],
        "updated": iso(updated),
        "as_of": whole["as_of"],
        "programme": whole["programme"],
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


def _programme(programme: Programme) -> Record:
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
        "sources": [_source(source) for source in programme.sources],
        "measures": [
            {"id": measure.id, "title": in_languages(measure.title), "path": _path(measure)}
            for measure in programme.measures
        ],
    }


def _measure(measure: Measure) -> Record:
    return {
        "id": measure.id,
        "title": in_languages(measure.title),
        "summary": in_languages(measure.summary),
        "cluster": measure.cluster and measure.cluster.id,
        "sectors": [sector.id for sector in measure.sectors],
        "bodies": [body.id for body in measure.bodies],
        "source": measure.source.id,
        "locator": measure.locator,
        "budgets": [_budget(budget) for budget in measure.budgets],
    }


def _budget(budget: Budget) -> Record:
    return {
        "euros": plain(budget.euros),
        "per": budget.per,
        "years": budget.years,
        "note": in_languages(budget.note),
    }


def _source(source: Source) -> Record:
    return {
        "id": source.id,
        "title": in_languages(source.title),
        "reference": source.reference,
        "published": iso(source.published),
        "url": source.url,
    }
