"""CSV (RFC 4180, but with line feeds alone): one row per milestone, for sheets and data frames.

Several values in one field are separated by spaces. With nothing to report it is the header alone.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.layout import Layout
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.standing import Standing
from betatech_milestones.voice import Voice

Field = str | int | dt.date | None


def as_csv(judgement: Judgement, layout: Layout) -> str:
    """Return a report as comma-separated values, its texts in the language of the layout."""
    standings = judgement.report.standings
    return rows_of(_COLUMNS, (_row(each, judgement, layout.voice) for each in standings))


def rows_of(columns: Iterable[str], rows: Iterable[Iterable[Field]]) -> str:
    """Return rows below their header."""
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerow(columns)
    table.writerows(rows)
    return lines.getvalue()


_COLUMNS = (
    *("id", "code", "title", "measure_title", "also", "cluster", "sectors", "bodies"),
    *("kind", "commitment", "status", "evidence", "attestation", "days_overdue", "days_left"),
    *("at_least_days_late", "at_most_days_late", "moved_days", "moves", "newest_statement"),
    *("due_words", "due_edtf", "due_earliest", "due_latest"),
    *("promised_words", "promised_edtf", "promised_earliest", "promised_latest"),
    *("outcome", "outcome_words", "outcome_edtf", "outcome_earliest", "outcome_latest"),
    *("news_on", "news_found", "news_by"),
    *("source", "locator", "url", "path", "line"),
    *("level", "snoozed_until", "snoozed_by", "snoozed_reason"),
    *("as_of", "known_on"),
)


def _row(standing: Standing, judgement: Judgement, voice: Voice) -> Iterator[Field]:
    measure, milestone, outcome = standing.measure, standing.milestone, standing.outcome
    snooze, late, news = standing.snooze, standing.timeliness, standing.newest_news
    yield milestone.full_id
    yield milestone.code
    yield voice.text(milestone.title)
    yield voice.text(measure.title)
    yield " ".join(milestone.also)
    yield measure.cluster.id if measure.cluster else None
    yield " ".join(sector.id for sector in measure.sectors)
    yield " ".join(body.id for body in standing.bodies)
    yield str(milestone.kind)
    yield milestone.commitment
    yield standing.status
    yield standing.evidence
    yield standing.attestation
    yield standing.days_overdue
    yield standing.days_left
    yield late.at_least if late else None
    yield late.at_most if late else None
    yield standing.moved_days
    yield len(standing.moves)
    yield standing.newest_statement
    yield from date_fields(standing.due)
    yield from date_fields(standing.promised)
    yield outcome.status if outcome else None
    yield from date_fields(outcome.on if outcome else None)
    yield news.on if news else None
    yield news.found if news else None
    yield news.by if news else None
    yield standing.source.id
    yield milestone.locator
    yield standing.source.url
    yield judgement.report.programme.path
    yield milestone.line
    yield judgement.verdict(standing).level
    yield snooze.until if snooze else None
    yield snooze.by if snooze else None
    yield voice.line(snooze.reason) if snooze else None
    yield standing.day
    yield standing.known_on


def date_fields(date: PolicyDate | None) -> tuple[Field, ...]:
    """Return the four fields of a date: words, EDTF, first and last day."""
    return (date.words, date.edtf, date.earliest, date.latest) if date else (None,) * 4
