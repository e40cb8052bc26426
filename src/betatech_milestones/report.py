"""How a programme stands on a day.

`as_of` counts only what was known on that day: a revision from when it was announced, an outcome
from when it was certain. So a report for a day in the past is the report of that day.
"""

import datetime as dt
import enum
import itertools
from collections import defaultdict
from collections.abc import Mapping
from typing import Self

import attrs

from betatech_milestones.dates import PolicyDate, days_later
from betatech_milestones.findings import did_you_mean
from betatech_milestones.model import (
    Dropped,
    Measure,
    Met,
    Milestone,
    Programme,
    Reading,
    Revision,
    Snooze,
    UnknownId,
)


class Status(enum.StrEnum):
    """How a milestone stands on a day, the most pressing first."""

    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"
    UNDATED = "undated"
    MET = "met"
    DROPPED = "dropped"


@attrs.frozen
class Standing:
    """A milestone on a day."""

    measure: Measure
    milestone: Milestone
    day: dt.date
    status: Status
    due: PolicyDate | None
    """The date as in force on the day; None where none was given by then."""

    @property
    def days_overdue(self) -> int | None:
        """Days from the last day of the window to the day; None unless overdue."""
        if self.status is Status.OVERDUE and self.due and self.due.latest:
            return (self.day - self.due.latest).days
        return None

    @property
    def days_left(self) -> int | None:
        """Days from the day to the first of the window (the last, where the start is open)."""
        if self.status is Status.UPCOMING and self.due:
            return ((self.due.earliest or self.due.latest or self.day) - self.day).days
        return None

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """The revisions announced by the day."""
        return tuple(r for r in self.milestone.revisions if r.announced <= self.day)

    @property
    def outcome(self) -> Met | Dropped | None:
        """The outcome, once it counts."""
        return self.milestone.outcome if self.status in _ENDED else None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What was measured of the target by the day."""
        target = self.milestone.target
        return tuple(r for r in target.readings if r.known_from <= self.day) if target else ()

    @property
    def now(self) -> PolicyDate | None:
        """When it was met, or else the date in force."""
        return self.outcome.on if isinstance(self.outcome, Met) else self.due

    @property
    def snooze(self) -> Snooze | None:
        """The snooze, from the day it was known and while there is no outcome, over or not."""
        snooze = self.milestone.snoozed
        if snooze is None or self.status in _ENDED:
            return None
        return snooze if snooze.since is None or snooze.since <= self.day else None

    @property
    def is_snoozed(self) -> bool:
        """Whether it is kept quiet on the day."""
        return self.snooze is not None and self.day <= self.snooze.until

    @property
    def slip_days(self) -> int | None:
        """Days from the first promised last day to the current one, or to the day it was met.

        Negative is earlier; None where one of the two has no last day.
        """
        return days_later(self.milestone.due, self.now)


_ENDED = (Status.MET, Status.DROPPED)


@attrs.frozen(kw_only=True)
class Report:
    """The standings of a programme on a day: by status, then last day, then id."""

    programme: Programme
    day: dt.date
    standings: tuple[Standing, ...]
    counts: Mapping[Status, int]
    """How many milestones of the programme have each status, shown or not."""
    shows: tuple[Status, ...] = tuple(Status)
    """The statuses it speaks of."""

    def only(self, *statuses: Status) -> Self:
        """Return the report with the standings of some statuses alone."""
        return attrs.evolve(
            self,
            standings=tuple(s for s in self.standings if s.status in statuses),
            shows=tuple(status for status in self.shows if status in statuses),
        )

    def about(self, item: str) -> Self:
        """Return the report on one measure, or on one milestone by its full id.

        Raises `UnknownId` where the programme has neither.
        """
        measures = {measure.id: measure for measure in self.programme.measures}
        milestones = {m.full_id: measure for measure, m in self.programme.by_id}
        measure = measures.get(item) or milestones.get(item)
        if measure is None:
            known = (*measures, *milestones)
            raise UnknownId(f'no measure or milestone "{item}"{did_you_mean(item, known)}')
        return attrs.evolve(
            self,
            programme=attrs.evolve(self.programme, measures=(measure,)),
            standings=tuple(
                s for s in self.standings if item in {s.measure.id, s.milestone.full_id}
            ),
        )

    def within(self, days: int) -> Self:
        """Return the report with what is due, or begins within so many days from its day."""
        coming = self.only(Status.DUE, Status.UPCOMING)
        soon = (s for s in coming.standings if s.days_left is None or s.days_left <= days)
        return attrs.evolve(coming, standings=tuple(soon))


def as_of(programme: Programme, day: dt.date) -> Report:
    """Say how every milestone of a programme stands on a day.

    >>> from betatech_milestones import load
    >>> as_of(load(), dt.date(2015, 2, 1)).counts[Status.OVERDUE]
    10
    """
    # One flat loop over milestones that come by id: a library user asks for every day of a year
    # (the ratios are in docs/design.md). The first branch that holds is the status. Many milestones
    # share a last day, so it takes less to gather them by it than to sort them all.
    groups = tuple(defaultdict[dt.date, list[Standing]](list) for _ in Status)
    overdue, due_now, upcoming, undated, met, dropped = groups
    for measure, milestone in programme.by_id:
        due = milestone.due
        for revision in milestone.revisions:
            if revision.announced <= day:
                due = revision.due
        latest = None if due is None else due.latest
        outcome = milestone.outcome
        if outcome is not None and outcome.known_from <= day:
            if isinstance(outcome, Met):
                status, group = Status.MET, met
            else:
                status, group = Status.DROPPED, dropped
        elif due is None or latest is None:
            status, group = Status.UNDATED, undated
        elif latest < day:
            status, group = Status.OVERDUE, overdue
        elif latest == day or (due.earliest is not None and due.earliest <= day):
            status, group = Status.DUE, due_now
        else:
            status, group = Status.UPCOMING, upcoming
        group[latest or dt.date.max].append(Standing(measure, milestone, day, status, due))
    ordered = [[one for last in sorted(group) for one in group[last]] for group in groups]
    return Report(
        programme=programme,
        day=day,
        standings=tuple(itertools.chain.from_iterable(ordered)),
        counts=dict(zip(Status, map(len, ordered), strict=True)),
    )


def last_day(standing: Standing) -> dt.date:
    """Return the last day of the date in force, or the last of all days where there is none."""
    due = standing.due
    return (due and due.latest) or dt.date.max
