"""Rules that hold between the records of a programme, where each of them alone reads well."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from betatech_milestones.model import rules
from betatech_milestones.model.errors import did_you_mean
from betatech_milestones.model.findings import KeyPath, Problem
from betatech_milestones.model.records import (
    Milestone,
    News,
    Outcome,
    Programme,
    Reading,
    Replaced,
    Revision,
    Snooze,
    Source,
)
from betatech_milestones.model.vocabulary import Kind, ReadingKind


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def problems(programme: Programme) -> Iterator[Problem]:
    """Yield whatever breaks a rule across records.

    What could not be read was noted before and is stood in for: an empty id, a source without
    one. No rule speaks of those, so one mistake is never reported twice.
    """
    yield from _duplicates(("source",), programme.sources)
    yield from _duplicates(("cluster",), programme.clusters)
    yield from _duplicates(("sector",), programme.sectors)
    yield from _duplicates(("body",), programme.bodies)
    yield from _duplicates(("kind",), programme.kinds)
    yield from _duplicates(("measure",), programme.measures)
    yield from _kinds(programme)
    yield from _renamed(programme)
    milestones = {milestone.full_id: milestone for milestone in programme.milestones}
    replaced: list[tuple[KeyPath, str, str]] = []
    measures = {measure.id for measure in programme.measures}
    for index, measure in enumerate(programme.measures):
        at = ("measure", index)
        yield from _duplicates((*at, "milestone"), measure.milestones)
        for number, milestone in enumerate(measure.milestones):
            at_milestone = (*at, "milestone", number)
            yield from _milestone(at_milestone, milestone)
            if milestone.also:
                yield from _shared(at_milestone, milestone, measures)
            if (by := replacement(milestone)) is not None:
                at_by = (*at_milestone, "replaced", "by")
                if is_elsewhere(by):
                    yield from _own_programme(at_by, by, programme)
                else:
                    replaced.append((at_by, milestone.full_id, by))
    if replaced:
        yield from _replaced(replaced, milestones)


def _milestone(at: KeyPath, milestone: Milestone) -> Iterator[Problem]:
    if milestone.revisions:
        yield from _ledger(at, milestone)
    for index, news in enumerate(milestone.news):
        yield from _after_promise((*at, "news", index), news, milestone)
        for source in news.sources:
            yield from _foreseen((*at, "news", index), news.on, source)
    for outcome in milestone.outcomes:
        yield from _happened((*at, outcome.status), outcome)
    if milestone.snoozed is not None and _is_read(milestone):
        yield from _snooze((*at, "snoozed"), milestone.snoozed, milestone.known_from)
    if milestone.number is not None:
        for index, reading in enumerate(milestone.number.readings):
            yield from _happened((*at, "number", "reading", index), reading)


def _is_read(said: Milestone | Revision) -> bool:
    """Whether all its sources could be read, so that the day on which it was known is right."""
    return all(source.id for source in said.sources)


def _happened(at: KeyPath, happened: Outcome | Reading) -> Iterator[Problem]:
    if isinstance(happened, Reading) and happened.kind is ReadingKind.PLANNED:
        return  # what is planned may lie ahead
    if happened.on is not None and happened.on.earliest is not None:
        for source in happened.sources:
            yield from _foreseen(at, happened.on.earliest, source)


def _kinds(programme: Programme) -> Iterator[Problem]:
    for index, kind in enumerate(programme.kinds):
        if kind.id in tuple(Kind):
            message = f'id: "{kind.id}" is one of the ten kinds; take this one out, or rename it'
            yield Problem(("kind", index, "id"), rules.DUPLICATE_ID, message)


def _shared(at: KeyPath, milestone: Milestone, measures: set[str]) -> Iterator[Problem]:
    """A milestone can be part of measures that are there, besides its own."""
    for index, other in enumerate(milestone.also):
        if other == milestone.measure.id:
            message = f'also: "{other}" is the measure in which it stands; take it out'
            yield Problem((*at, "also", index), rules.OWN_MEASURE, message)
        elif other not in measures and "" not in measures:
            remedy = did_you_mean(other, measures) or "; take it out, or name another"
            message = f'also: there is no measure "{other}"{remedy}'
            yield Problem((*at, "also", index), rules.UNKNOWN_MEASURE, message)


def is_elsewhere(full_id: str) -> bool:
    """Whether a full id is that of a milestone in another programme, which it then names first."""
    return full_id.count("/") > 1


def _own_programme(at: KeyPath, by: str, programme: Programme) -> Iterator[Problem]:
    """What is in another programme is not known here; what is here does without its programme."""
    home, _, own = by.partition("/")
    if home == programme.id:
        message = f'by: "{home}" is this programme; write "{own}"'
        yield Problem(at, rules.BAD_REPLACEMENT, message)


def replacement(milestone: Milestone) -> str | None:
    """Return the id of what took the place of a milestone, though it may be met since."""
    return next((one.by for one in milestone.outcomes if isinstance(one, Replaced)), None)


def _replaced(
    replaced: Iterable[tuple[KeyPath, str, str]], milestones: Collection[str]
) -> Iterator[Problem]:
    """What took the place of a promise is another one, and is not replaced by it in its turn."""
    circles = dict(_circles({own: by for _, own, by in replaced if by in milestones}))
    is_whole = not any("" in known.split("/") for known in milestones)
    for at, own, by in replaced:
        if by not in milestones and is_whole:
            remedy = did_you_mean(by, milestones) or "; name another, or write the reason"
            message = f'by: there is no milestone "{by}"{remedy}'
            yield Problem(at, rules.BAD_REPLACEMENT, message)
        elif own in circles:
            circle, place = circles[own]
            itself = f"in a circle ({_around(circle, place)})" if len(circle) > 1 else "by itself"
            message = f"by: {own} is replaced {itself}; name what took its place"
            yield Problem(at, rules.BAD_REPLACEMENT, message)


def _circles(following: Mapping[str, str]) -> Iterator[tuple[str, tuple[Sequence[str], int]]]:
    """Yield what leads back to itself: the circle, and where in it each of its members stands."""
    seen: set[str] = set()
    for first in following:
        way: dict[str, int] = {}
        now: str | None = first
        while now is not None and now not in seen:
            seen.add(now)
            way[now] = len(way)
            now = following.get(now)
        if now in way:
            circle = list(way)[way[now] :]
            yield from ((one, (circle, place)) for place, one in enumerate(circle))


_MOST_NAMED = 10


def _around(circle: Sequence[str], place: int) -> str:
    """Return the way around a circle from one of its members; of a long one, how it begins."""
    way = [circle[(place + step) % len(circle)] for step in range(min(len(circle), _MOST_NAMED))]
    if more := len(circle) - len(way):
        way.append(f"{more:,} more")
    return " → ".join((*way, circle[place]))


def _duplicates(at: KeyPath, records: Iterable[_Named]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, record in enumerate(records):
        if record.id in seen:
            message = f'id: an earlier {at[-1]} has the id "{record.id}"; give this one its own'
            yield Problem((*at, index, "id"), rules.DUPLICATE_ID, message)
        if record.id:
            seen.add(record.id)


def _renamed(programme: Programme) -> Iterator[Problem]:
    """A former id stays taken: calendars know one milestone by it."""
    bodies = enumerate(programme.bodies)
    yield from _taken([(("body", i), body.id, body.formerly) for i, body in bodies])
    measures = list(enumerate(programme.measures))
    yield from _taken([(("measure", i), measure.id, measure.formerly) for i, measure in measures])
    yield from _taken(
        [
            (("measure", i, "milestone", j), milestone.full_id, milestone.formerly)
            for i, measure in measures
            if measure.id not in measure.formerly  # that was noted for the measure
            for j, milestone in enumerate(measure.milestones)
        ]
    )


def _taken(named: list[tuple[KeyPath, str, tuple[str, ...]]]) -> Iterator[Problem]:
    if not any(formerly for _, _, formerly in named):
        return
    owners = {own: own for _, own, _ in named}
    for at, own, formerly in named:
        for former in formerly:
            what = f'formerly: "{former}" is'
            if former == own:
                message = f"{what} the id it has; take it out, or write the id it had before"
            elif owners.setdefault(former, own) != own:
                message = f"{what} or was the id of another {at[-2]}; take it out of one of them"
            else:
                continue
            yield Problem((*at, "formerly"), rules.FORMER_ID, message)


def _ledger(at: KeyPath, milestone: Milestone) -> Iterator[Problem]:
    """Revisions stand in the order in which they were announced, after the promise itself."""
    before, rule, what = milestone.known_from, rules.REVISED_BEFORE_PROMISE, "the promise"
    if not _is_read(milestone):
        before = dt.date.min
    for index, revision in enumerate(milestone.revisions):
        if revision.announced < before:
            message = (
                f"revised: announced on {revision.announced}, before {what} ({before}); "
                "put the oldest first, or mend the day"
            )
            yield Problem((*at, "revised", index), rule, message)
        if _is_read(revision):
            before = revision.announced
            rule, what = rules.REVISIONS_OUT_OF_ORDER, "the revision above it"


def _after_promise(at: KeyPath, news: News, milestone: Milestone) -> Iterator[Problem]:
    """There is no news of a promise that was not made."""
    if _is_read(milestone) and news.on < milestone.known_from:
        message = (
            f"news: on {news.on}, before the promise ({milestone.known_from}); mend the day, or "
            "the source of the promise"
        )
        yield Problem(at, rules.NEWS_BEFORE_PROMISE, message)


def _snooze(at: KeyPath, snooze: Snooze, promised: dt.date | None) -> Iterator[Problem]:
    """A snooze that ends before it can begin keeps nothing quiet."""
    message = snooze.ends_before(snooze.since, "it was given") or snooze.ends_before(
        promised, "the promise was made"
    )
    if message:
        yield Problem((*at, "until"), rules.BAD_SNOOZE, message)


def _foreseen(at: KeyPath, earliest: dt.date, source: Source) -> Iterator[Problem]:
    """A source cannot report what had not begun on the day it appeared."""
    if source.id and earliest > source.known_from:
        message = (
            f'on: begins on {earliest}, after its source "{source.id}" appeared '
            f"({source.known_from}); cite a source of that day or later, or mend the date"
        )
        yield Problem((*at, "on"), rules.DATED_AFTER_SOURCE, message)
