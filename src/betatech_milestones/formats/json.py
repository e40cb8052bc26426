"""JSON: everything a report knows, its keys always there (`docs/design.md` has the contract).

With nothing to report, `milestones` is empty.
"""

import datetime as dt
import json
from decimal import Decimal
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
    Outcome,
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
        "counts": dict(report.counts),
        "milestones": [_milestone(standing, judgement) for standing in report.standings],
    }


def _milestone(standing: Standing, judgement: Judgement) -> Record:
    measure, milestone, outcome = standing.measure, standing.milestone, standing.outcome
    snooze = standing.snooze
    return {
        "id": milestone.full_id,
        "measure": measure.id,
        "milestone": milestone.id,
        "title": in_languages(milestone.title),
        "measure_title": in_languages(measure.title),
        "cluster": measure.cluster and measure.cluster.id,
        "sectors": [sector.id for sector in measure.sectors],
        "bodies": [body.id for body in measure.bodies],
        "kind": milestone.kind,
        "commitment": milestone.commitment,
        "status": standing.status,
        "level": judgement.verdict(standing).level,
        "due": _date(standing.due),
        "promised": _date(milestone.due),
        "revisions": [
            {
                "due": _date(move.revision.due),
                "announced": iso(move.revision.announced),
                "source": move.revision.source.id,
                "reason": in_languages(move.revision.reason),
            }
            for move in standing.moves
        ],
        "outcome": outcome and _outcome(outcome),
        "snoozed": snooze
        and {
            "until": iso(snooze.until),
            "since": iso(snooze.since),
            "by": snooze.by,
            "reason": in_languages(snooze.reason),
        },
        "days_overdue": standing.days_overdue,
        "days_left": standing.days_left,
        "slip_days": standing.slip_days,
        "target": milestone.target
        and {
            "value": plain(milestone.target.value),
            "unit": in_languages(milestone.target.unit),
            "readings": [
                {
                    "on": _date(reading.on),
                    "value": plain(reading.value),
                    "source": reading.source.id,
                }
                for reading in standing.readings
            ],
        },
        "source": milestone.source.id,
        "locator": milestone.locator,
        "url": milestone.source.url,
        "location": {"path": judgement.report.programme.path, "line": milestone.line},
    }


def _outcome(outcome: Outcome) -> Record:
    return {
        "type": outcome.status,
        "on": _date(outcome.on),
        "source": outcome.source.id,
        "reason": in_languages(outcome.reason) if isinstance(outcome, Dropped) else None,
    }


def written(document: Record) -> str:
    """Return a document whose values may be of the model; what is cited stands there by its id."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=_encoded) + "\n"


def _encoded(value: Any) -> object:  # noqa: PLR0911  a table of types
    match value:
        case Texts():
            return in_languages(value)
        case PolicyDate():
            return _date(value)
        case dt.date():
            return iso(value)
        case Decimal():
            return plain(value)
        case Source() | Cluster() | Sector() | Body():
            return value.id
        case Met() | Dropped():
            return _outcome(value)
    fields = attrs.fields(type(value))
    return {field.name: getattr(value, field.name) for field in fields if field.eq}


def in_languages(texts: Texts | None) -> dict[str, str] | None:
    """Return a text by language."""
    return None if texts is None else dict(texts.pairs)


def _date(date: PolicyDate | None) -> dict[str, str | None] | None:
    return date and {
        "words": date.words,
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
