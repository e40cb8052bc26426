"""Rules that hold between the records of a programme, where each of them alone reads well."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Protocol

from betatech_milestones.model import rules
from betatech_milestones.model.findings import KeyPath, Problem
from betatech_milestones.model.records import Milestone, Programme, Snooze, Source


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def problems(programme: Programme) -> Iterator[Problem]:
    """Yield whatever breaks a rule across records.

    What could not be read was noted before and is stood in for: an empty id, a source without a
    day. No rule speaks of those, so one mistake is never reported twice.
    """
    yield from _duplicates(("source",), programme.sources)
    yield from _duplicates(("cluster",), programme.clusters)
    yield from _duplicates(("sector",), programme.sectors)
    yield from _duplicates(("body",), programme.bodies)
    yield from _duplicates(("measure",), programme.measures)
    yield from _renamed(programme)
    for index, measure in enumerate(programme.measures):
        yield from _promised_by((at := ("measure", index)), measure.source)
        yield from _duplicates((*at, "milestone"), measure.milestones)
        for number, milestone in enumerate(measure.milestones):
            yield from _milestone((*at, "milestone", number), milestone, measure.source)


def _milestone(at: KeyPath, milestone: Milestone, source: Source) -> Iterator[Problem]:
    if milestone.source is not source:
        yield from _promised_by(at, milestone.source)
    if milestone.revisions:
        yield from _ledger(at, milestone)
    if milestone.outcome is not None:
        outcome = milestone.outcome
        yield from _foreseen((*at, outcome.status), outcome.on.earliest, outcome.source)
    if milestone.snoozed is not None:
        yield from _snooze((*at, "snoozed"), milestone.snoozed, milestone.source.published)
    if milestone.target is not None:
        for index, reading in enumerate(milestone.target.readings):
            at_reading = (*at, "target", "reading", index)
            yield from _foreseen(at_reading, reading.on.earliest, reading.source)


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


def _promised_by(at: KeyPath, source: Source) -> Iterator[Problem]:
    """A promise is as old as its source: without a day it has no place in a ledger or a feed."""
    if source.id and source.published is None:
        message = (
            f'source: "{source.id}" has no day, and a promise needs one; '
            "give that source its published day, or name another"
        )
        yield Problem((*at, "source"), rules.UNDATED_SOURCE, message)


def _ledger(at: KeyPath, milestone: Milestone) -> Iterator[Problem]:
    """Revisions stand in the order in which they were announced, after the promise itself."""
    before, rule, what = milestone.source.published, rules.REVISED_BEFORE_PROMISE, "the promise"
    for index, revision in enumerate(milestone.revisions):
        if before is not None and revision.announced < before:
            message = (
                f"revised: announced on {revision.announced}, before {what} ({before}); "
                "put the oldest first, or mend the day"
            )
            yield Problem((*at, "revised", index), rule, message)
        before, rule, what = (
            revision.announced,
            rules.REVISIONS_OUT_OF_ORDER,
            "the revision above it",
        )


def _snooze(at: KeyPath, snooze: Snooze, promised: dt.date | None) -> Iterator[Problem]:
    """A snooze that ends before it can begin keeps nothing quiet."""
    message = snooze.ends_before(snooze.since, "it was given") or snooze.ends_before(
        promised, "the promise was made"
    )
    if message:
        yield Problem((*at, "until"), rules.BAD_SNOOZE, message)


def _foreseen(at: KeyPath, earliest: dt.date | None, source: Source) -> Iterator[Problem]:
    """A source cannot report what had not begun on the day it appeared."""
    published = source.published
    if published is not None and earliest is not None and earliest > published:
        message = (
            f'on: begins on {earliest}, after its source "{source.id}" appeared ({published}); '
            "cite a source of that day or later, or mend the date"
        )
        yield Problem((*at, "on"), rules.DATED_AFTER_SOURCE, message)
