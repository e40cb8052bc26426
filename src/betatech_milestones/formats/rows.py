"""What the formats have in common: how a standing is put into words."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator

from betatech_milestones.dates import PolicyDate, in_words, window_in_words
from betatech_milestones.findings import Finding, Location
from betatech_milestones.model import Measure, Revision, Source, Texts
from betatech_milestones.report import Report, Standing, Status
from betatech_milestones.verdicts import Judged, Why
from betatech_milestones.words import say, say_day, say_days


def heading(report: Report, language: str) -> str:
    """Return the first line of a report: what it is of, and for which day."""
    title = report.programme.title.in_language(language)
    return f"{title}, {say('as of', language, day=say_day(report.day, language))}"


def nothing(report: Report, language: str) -> str:
    """Return what a report without standings says."""
    if report.shows == (Status.OVERDUE,):
        return say("nothing overdue", language)
    partly = Status.OVERDUE in report.shows and len(report.shows) < len(Status)
    return say("nothing to do" if partly else "nothing", language)


def caution(report: Report, language: str) -> str:
    """Return what overdue means, where a report has anything overdue."""
    overdue = any(standing.status is Status.OVERDUE for standing in report.standings)
    return say("no outcome", language) if overdue else ""


def attention(report: Judged, language: str) -> Iterator[tuple[Standing, Finding]]:
    """Yield what of a report deserves attention, each at the line of its milestone."""
    for standing in report.standings:
        if level := report.verdict(standing).level:
            finding = Finding(
                level=level,
                rule=standing.status,
                message=message(standing, report, language),
                location=Location(path=report.programme.path, line=standing.milestone.line),
            )
            yield standing, finding


def message(standing: Standing, report: Judged, language: str) -> str:
    """Return all that one line says of a milestone: what, when, how it stands, and who."""
    parts = (
        standing.milestone.title.in_language(language),
        standing.measure.title.in_language(language),
        date_and_moves(standing, language),
        standing_and_why(standing, report, language),
        responsible(standing.measure, language),
    )
    return "; ".join(filter(None, parts))


def standing_and_why(standing: Standing, report: Judged, language: str) -> str:
    """Return how a milestone stands, why it is only a warning, and its snooze."""
    parts = [standing_in_words(standing, language)]
    if why := report.verdict(standing).why:
        days = (report.lead_days or 0) if why is Why.LEAD else report.grace_days
        parts.append(say(f"why {why}", language, days=say_days(days, language)))
    if snooze := standing.snooze:
        parts.append(
            say(
                "snoozed" if standing.is_snoozed else "was snoozed",
                language,
                day=say_day(snooze.until, language),
                by=snooze.by,
                reason=one_line(snooze.reason, language),
            )
        )
    return "; ".join(parts)


def standing_in_words(standing: Standing, language: str) -> str:
    """Return how a milestone stands: "31 days late", "in 12 days", "met: 9 September 2014"."""
    if standing.days_overdue is not None:
        return say("days late", language, days=say_days(standing.days_overdue, language))
    if standing.days_left is not None:
        return say("in days", language, days=say_days(standing.days_left, language))
    if standing.outcome is not None:
        date = said(standing.outcome.on, language)
        return say(f"{standing.status} on", language, date=date)
    return say(standing.status, language)


def said(date: PolicyDate, language: str) -> str:
    """Return a date as its source says it, with the window where the words alone do not tell."""
    words = in_words(date, language)
    return words if date.is_plain else f"{words}: {window_in_words(date, language)}"


def date_and_moves(standing: Standing, language: str) -> str:
    """Return the date in force, and the ones it had before: "August 2015 (was 1 January 2015)"."""
    if standing.due is None:
        return ""
    date = said(standing.due, language)
    before = standing.milestone.dates_before(standing.revisions)
    was = ", ".join(said(earlier, language) for earlier in before)
    return f"{date} ({say('was', language, date=was)})" if was else date


def shift(days: int | None, language: str) -> str:
    """Return by how much something moved: "31 days later"; nothing where it did not."""
    if not days:
        return ""
    return say("later" if days > 0 else "earlier", language, days=say_days(abs(days), language))


def announced(day: dt.date | None, source: Source, language: str) -> str:
    """Return who said something and when: "Letter, 15 July 2013"."""
    title = source.title.in_language(language)
    return title if day is None else f"{title}, {say_day(day, language)}"


def move(revision: Revision, language: str) -> str:
    """Return where a milestone was moved to, who announced it and when, and why."""
    who = announced(revision.announced, revision.source, language)
    why = (one_line(revision.reason, language),) if revision.reason else ()
    return "; ".join((said(revision.due, language), who, *why))


def document(source: Source, language: str) -> str:
    """Return what a source is called, with its reference and its day."""
    title = source.title.in_language(language)
    day = None if source.published is None else say_day(source.published, language)
    return ", ".join(part for part in (title, source.reference, day) if part)


def one_line(texts: Texts, language: str) -> str:
    """Return a text on one line."""
    return " ".join(texts.in_language(language).split())


def responsible(measure: Measure, language: str) -> str:
    """Return the names of the bodies responsible for a measure."""
    return "; ".join(body.name.in_language(language) for body in measure.bodies)


def cited(measure: Measure, standings: Iterable[Standing]) -> Iterable[Source]:
    """Return what attests a measure and its standings, each document once."""
    found = {measure.source.id: measure.source}
    for standing in standings:
        said_by = [standing.milestone.source, *(r.source for r in standing.revisions)]
        if standing.outcome:
            said_by.append(standing.outcome.source)
        said_by += (reading.source for reading in standing.readings)
        found |= {source.id: source for source in said_by}
    return found.values()


def by_status(report: Report) -> Iterator[tuple[Status, list[Standing]]]:
    """Yield the standings of each status that has any."""
    for status, standings in itertools.groupby(report.standings, key=lambda s: s.status):
        yield status, list(standings)
