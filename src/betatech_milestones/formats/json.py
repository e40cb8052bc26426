"""JSON: everything a report knows, its keys always there (`docs/design.md` has the contract).

With nothing to report, `milestones` is empty.
"""

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

import attrs

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.layout import Layout
from betatech_milestones.model.about import REPORT_VERSION
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import (
    Body,
    Cluster,
    Dropped,
    Met,
    News,
    Outcome,
    OwnKind,
    Replaced,
    Revision,
    Sector,
    Source,
    Texts,
)
from betatech_milestones.model.standing import Standing

Record = dict[str, Any]


def as_json(judgement: Judgement, _layout: Layout) -> str:
    """Return a report as a JSON document; its texts are in every language they have."""
    return written(document(judgement))


def document(judgement: Judgement) -> Record:
    """Return what that document holds."""
    report = judgement.report
    return {
        "version": REPORT_VERSION,
        "programme": {"id": report.programme.id, "title": in_languages(report.programme.title)},
        "as_of": iso(report.day),
        "known_on": iso(report.known_on),
        "counts": dict(report.counts),
        "dated": dict(report.dated),
        "evidence": dict(report.evidence),
        "facts": report.facts,
        "not_yet_promised": report.not_yet_promised,
        "milestones": [_milestone(standing, judgement) for standing in report.standings],
    }


def _milestone(standing: Standing, judgement: Judgement) -> Record:
    measure, milestone, outcome = standing.measure, standing.milestone, standing.outcome
    snooze, timeliness = standing.snooze, standing.timeliness
    return {
        "id": milestone.full_id,
        "measure": measure.id,
        "milestone": milestone.id,
        "code": milestone.code,
        "title": in_languages(milestone.title),
        "summary": in_languages(milestone.summary),
        "measure_title": in_languages(measure.title),
        "cluster": measure.cluster and measure.cluster.id,
        "sectors": [sector.id for sector in measure.sectors],
        "bodies": [body.id for body in standing.bodies],
        "also": list(milestone.also),
        "kind": str(milestone.kind),
        "commitment": milestone.commitment,
        "status": standing.status,
        "evidence": standing.evidence,
        "attestation": standing.attestation,
        "level": judgement.verdict(standing).level,
        "due": date_record(standing.due),
        "promised": date_record(standing.promised),
        "revisions": [_revision(revision, standing) for revision in standing.revisions],
        "news": [_news(news, standing) for news in standing.news],
        "newest_statement": iso(standing.newest_statement),
        "outcome": outcome and _outcome(outcome, standing),
        "snoozed": snooze
        and {
            "until": iso(snooze.until),
            "since": iso(snooze.since),
            "by": snooze.by,
            "reason": in_languages(snooze.reason),
        },
        "days_overdue": standing.days_overdue,
        "days_left": standing.days_left,
        "timeliness": timeliness and attrs.asdict(timeliness),
        "moved_days": standing.moved_days,
        "number": milestone.number
        and {
            "unit": in_languages(milestone.number.unit),
            "goal": _plain_or_none(standing.goal),
            "baseline": _plain_or_none(milestone.number.baseline),
            "readings": [
                {
                    "on": date_record(reading.on),
                    "value": plain(reading.value),
                    "kind": reading.kind,
                    **_said(reading, standing),
                }
                for reading in standing.readings
            ],
        },
        **_said(milestone, standing),
        "locator": milestone.locator,
        "url": standing.source.url,
        "location": {"path": milestone.path_in(judgement.report.programme), "line": milestone.line},
    }


def _said(statement: Any, standing: Standing | None = None) -> Record:
    """Return who says something, as far as they were known, and what is noted with it."""
    known = dt.date.max if standing is None else standing.known_on
    sources = [source.id for source in statement.sources if source.known_from <= known]
    return {
        "source": sources[0] if sources else None,
        "sources": sources,
        "note": in_languages(statement.note),
    }


def _revision(revision: Revision, standing: Standing | None = None) -> Record:
    bodies = revision.bodies
    return {
        "due": date_record(revision.due),
        "goal": _plain_or_none(revision.goal),
        "bodies": None if bodies is None else [body.id for body in bodies],
        "announced": iso(revision.announced),
        "reason": in_languages(revision.reason),
        **_said(revision, standing),
    }


def _news(news: News, standing: Standing | None = None) -> Record:
    return {
        "on": iso(news.on),
        "found": news.found,
        "says": in_languages(news.says),
        "by": news.by,
        **_said(news, standing),
    }


def _outcome(outcome: Outcome, standing: Standing | None = None) -> Record:
    return {
        "type": outcome.status,
        "on": date_record(outcome.on),
        "by": outcome.by if isinstance(outcome, Replaced) else None,
        "reason": None if isinstance(outcome, Met) else in_languages(outcome.reason),
        **_said(outcome, standing),
    }


def written(document: Record) -> str:
    """Return a document whose values may be of the model; what is cited stands there by its id."""
    return _indented(document, "\n") + "\n"


def _indented(value: Any, line: str) -> str:  # noqa: PLR0911  a table of types
    """Return what `json.dumps(value, indent=2)` does, in about half the time.

    Python's fast encoder knows no indents, and the other one hands each piece through every level.
    An iterator is a list whose items are made one by one. `line` is what begins a line at the level
    of the value.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if type(value) is int:
        return str(value)
    inner = f"{line}  "
    if isinstance(value, dict):
        pairs = [f"{encode_basestring(k)}: {_indented(v, inner)}" for k, v in value.items()]
        return f"{{{inner}{f',{inner}'.join(pairs)}{line}}}" if pairs else "{}"
    if isinstance(value, list | tuple | Iterator):
        items = [_indented(item, inner) for item in value]
        return f"[{inner}{f',{inner}'.join(items)}{line}]" if items else "[]"
    if isinstance(value, int | float):
        return json.dumps(value)
    return _indented(_encoded(value), line)


def _encoded(value: Any) -> object:  # noqa: PLR0911  a table of types
    match value:
        case Texts():
            return in_languages(value)
        case PolicyDate():
            return date_record(value)
        case dt.date():
            return iso(value)
        case Decimal():
            return plain(value)
        case Source() | Cluster() | Sector() | Body() | OwnKind():
            return value.id
        case Met() | Dropped() | Replaced():
            return _outcome(value)
        case Revision():
            return _revision(value)
        case News():
            return _news(value)
    fields = attrs.fields(type(value))
    return {field.name: getattr(value, field.name) for field in fields if field.eq}


def in_languages(texts: Texts | None) -> dict[str, str] | None:
    """Return a text by language."""
    return None if texts is None else dict(texts.pairs)


def date_record(date: PolicyDate | None) -> Record | None:
    """Return a date: its words, how they are read, and the days that leaves open."""
    return date and {
        "words": date.words or None,
        "translations": dict(date.translations),
        "edtf": date.edtf,
        "earliest": iso(date.earliest),
        "latest": iso(date.latest),
    }


def iso(day: dt.date | None) -> str | None:
    """Return a day as ISO 8601 writes it."""
    return None if day is None else day.isoformat()


def plain(number: int | Decimal) -> int | float:
    """Return a number that JSON has."""
    return float(number) if isinstance(number, Decimal) else number


def _plain_or_none(number: int | Decimal | None) -> int | float | None:
    return None if number is None else plain(number)
