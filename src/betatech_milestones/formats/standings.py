"""What the formats of a report have in common: its heading, and what a line says of a milestone."""

import itertools
from collections.abc import Iterable, Iterator

from betatech_milestones.analysis.report import Report
from betatech_milestones.analysis.verdicts import Judgement, Why
from betatech_milestones.language import Voice
from betatech_milestones.model import rules
from betatech_milestones.model.findings import Finding, Location
from betatech_milestones.model.records import Measure, Source
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Status


def heading(report: Report, voice: Voice) -> str:
    """Return the first line of a report: what it is of, and for which day."""
    title = voice.text(report.programme.title)
    return f"{title}, {voice.label('as of', day=voice.day(report.day))}"


def nothing(report: Report, voice: Voice) -> str:
    """Return what a report without standings says."""
    if report.shows == (Status.OVERDUE,):
        return voice.label("nothing overdue")
    partly = Status.OVERDUE in report.shows and len(report.shows) < len(Status)
    return voice.label("nothing to do" if partly else "nothing")


def caution(report: Report, voice: Voice) -> str:
    """Return what overdue means, where a report has anything overdue."""
    overdue = any(standing.status is Status.OVERDUE for standing in report.standings)
    return voice.label("no outcome") if overdue else ""


def attention(judgement: Judgement, voice: Voice) -> Iterator[tuple[Standing, Finding]]:
    """Yield what of a report deserves attention, each at the line of its milestone."""
    report = judgement.report
    for standing in report.standings:
        if level := judgement.verdict(standing).level:
            finding = Finding(
                rule=rules.RULES[standing.status],
                level=level,
                message=message(standing, judgement, voice),
                location=Location(path=report.programme.path, line=standing.milestone.line),
            )
            yield standing, finding


def message(standing: Standing, judgement: Judgement, voice: Voice) -> str:
    """Return all that one line says of a milestone: what, when, how it stands, and who."""
    parts = (
        voice.text(standing.milestone.title),
        voice.text(standing.measure.title),
        voice.due_and_was(standing),
        standing_and_why(standing, judgement, voice),
        voice.responsible(standing.measure),
    )
    return "; ".join(filter(None, parts))


def standing_and_why(standing: Standing, judgement: Judgement, voice: Voice) -> str:
    """Return how a milestone stands, why it is only a warning, and its snooze."""
    parts = [voice.standing(standing)]
    if why := judgement.verdict(standing).why:
        days = (judgement.lead_days or 0) if why is Why.LEAD else judgement.grace_days
        parts.append(voice.label(f"why {why}", days=voice.days(days)))
    if snooze := voice.snooze(standing):
        parts.append(snooze)
    return "; ".join(parts)


def cited(measure: Measure, standings: Iterable[Standing]) -> Iterable[Source]:
    """Return what attests a measure and its standings, each document once."""
    found = {measure.source.id: measure.source}
    for standing in standings:
        sources = [standing.milestone.source, *(move.revision.source for move in standing.moves)]
        if standing.outcome:
            sources.append(standing.outcome.source)
        sources += (reading.source for reading in standing.readings)
        found |= {source.id: source for source in sources}
    return found.values()


def by_status(report: Report) -> Iterator[tuple[Status, list[Standing]]]:
    """Yield the standings of each status that has any."""
    for status, standings in itertools.groupby(report.standings, key=lambda s: s.status):
        yield status, list(standings)
