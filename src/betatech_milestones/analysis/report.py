"""How a programme stands on a day.

`as_of` counts only what was known on that day: a revision from when it was announced, an outcome
from when it was certain. So a report for a day in the past is the report of that day.
"""

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Self

import attrs

from betatech_milestones.model import values
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.errors import UnknownId, did_you_mean
from betatech_milestones.model.records import Programme
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Status


@attrs.frozen(kw_only=True, repr=False)
class Report:
    """The standings of a programme on a day: by status, then last day, then id."""

    programme: Programme
    day: dt.date
    standings: tuple[Standing, ...]
    counts: Mapping[Status, int]
    """How many milestones of the programme have each status, shown or not."""
    shows: tuple[Status, ...] = tuple(Status)
    """The statuses it speaks of."""

    def only(self, *statuses: Status | str) -> Self:
        """Return the report with the standings of some statuses alone.

        Raises `BadValue` for what is no status.
        """
        wanted = {values.word(status, Status) for status in statuses}
        return attrs.evolve(
            self,
            standings=tuple(s for s in self.standings if s.status in wanted),
            shows=tuple(status for status in self.shows if status in wanted),
        )

    def about(self, item: str) -> Self:
        """Return the report on one measure, or on one milestone by its full id.

        Its counts are of what it is about. Raises `UnknownId` where the programme has neither.
        """
        measures = {measure.id: measure for measure in self.programme.measures}
        milestones = {milestone.full_id: milestone for milestone in self.programme.by_id}
        if item not in measures and item not in milestones:
            known = (*measures, *milestones)
            raise UnknownId(f'no measure or milestone "{item}"{did_you_mean(item, known)}')
        measure = measures.get(item) or milestones[item].measure
        standings = tuple(s for s in self.standings if item in {s.measure.id, s.milestone.full_id})
        counts = Counter(standing.status for standing in standings)
        return attrs.evolve(
            self,
            programme=attrs.evolve(self.programme, measures=(measure,)),
            standings=standings,
            counts={status: counts[status] for status in Status},
        )

    def within(self, days: int) -> Self:
        """Return the report with what is due, or begins within so many days from its day."""
        coming = self.only(Status.DUE, Status.UPCOMING)
        soon = (s for s in coming.standings if s.days_left is None or s.days_left <= days)
        return attrs.evolve(coming, standings=tuple(soon))

    def __repr__(self) -> str:
        counts = ", ".join(f"{number} {status}" for status, number in self.counts.items() if number)
        return f"<Report {self.programme.id} {self.day}: {counts or 'no milestones'}>"


def as_of(programme: Programme, day: dt.date | str) -> Report:
    """Say how every milestone of a programme stands on a day.

    The day may also be a text that names one. Raises `BadValue` for what is no day.

    >>> from betatech_milestones import load
    >>> as_of(load(), "2015-02-01").counts[Status.OVERDUE]
    10
    """
    day = a_day(day)
    # One flat loop over milestones that come by id: a library user asks for every day of a year
    # (the ratios are in docs/design.md). The first branch that holds is the status. Many milestones
    # share a last day, so it takes less to gather them by it than to sort them all.
    groups = tuple(defaultdict[dt.date, list[Standing]](list) for _ in Status)
    overdue, due_now, upcoming, undated, met, dropped = groups
    for milestone in programme.by_id:
        due = milestone.due
        for revision in milestone.revisions:
            if revision.announced <= day:
                due = revision.due
        latest = None if due is None else due.latest
        outcome = milestone.outcome
        if outcome is not None and outcome.known_from <= day:
            status = outcome.status
            group = met if status is Status.MET else dropped
        elif due is None or latest is None:
            status, group = Status.UNDATED, undated
        elif latest < day:
            status, group = Status.OVERDUE, overdue
        elif latest == day or (due.earliest is not None and due.earliest <= day):
            status, group = Status.DUE, due_now
        else:
            status, group = Status.UPCOMING, upcoming
        group[latest or dt.date.max].append(Standing(milestone, day, status, due))
    ordered = [[standing for last in sorted(group) for standing in group[last]] for group in groups]
    return Report(
        programme=programme,
        day=day,
        standings=tuple(itertools.chain.from_iterable(ordered)),
        counts=dict(zip(Status, map(len, ordered), strict=True)),
    )
