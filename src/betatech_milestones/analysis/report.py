"""How a programme stands on a day, by what was known on a day.

`as_of` looks it up in the courses of the milestones. What counts is what was known on the day: a
milestone from when its promise was public, a revision from when it was announced, an outcome and
news from when their source appeared. So a report for a day in the past is the report of that day.
"""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Self

import attrs

from betatech_milestones.analysis.course import course
from betatech_milestones.model import values
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.display import Displayed
from betatech_milestones.model.errors import UnknownId, did_you_mean
from betatech_milestones.model.plain import Plain
from betatech_milestones.model.records import Milestone, Programme
from betatech_milestones.model.standing import Order, Standing
from betatech_milestones.model.vocabulary import ENDED, Evidence, Status


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Report(Displayed, Plain):
    """The standings of a programme on a day: by status, evidence, last day, then id.

    Promises are counted, shown or not; what a source only reports as done is a fact, and counted
    apart: nobody promised it.
    """

    programme: Programme
    day: dt.date
    known_on: dt.date
    """The day whose knowledge counts: `day`, or another for hindsight."""
    standings: tuple[Standing, ...]
    counts: Mapping[Status, int]
    """How many promises have each status."""
    dated: Mapping[Status, int]
    """How many of those have a date."""
    evidence: Mapping[Evidence, int]
    """What is known of those that are overdue."""
    facts: int
    """How many things are reported that nobody promised."""
    not_yet_promised: int
    """How many milestones of the programme nobody knew of."""
    shows: tuple[Status, ...] = tuple(Status)
    """The statuses it speaks of."""
    whole: Programme = attrs.field(
        default=attrs.Factory(lambda self: self.programme, takes_self=True), eq=False
    )
    """The programme, also where it is about a part: what its promises are compared with."""

    @property
    def is_hindsight(self) -> bool:
        """Whether it counts what was not known on its day."""
        return self.known_on > self.day

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
            hint = _hint(item, tuple(measures), tuple(milestones))
            raise UnknownId(f'no measure or milestone "{item}"{hint}')
        measure = measures.get(item) or milestones[item].measure
        wanted = {
            own
            for own, milestone in milestones.items()
            if item in {milestone.measure.id, own, *milestone.also}
        }
        groups: _Groups = defaultdict(list)
        there = 0
        # Counted is what it is about, shown or not.
        for standing in as_of(self.programme, self.day, self.known_on).standings:
            if standing.milestone.full_id in wanted:
                groups[standing.turn.order].append(standing)
                there += 1
        standings = tuple(s for s in self.standings if s.milestone.full_id in wanted)
        shown = {standing.measure.id for standing in standings} | {measure.id}
        return attrs.evolve(
            self,
            programme=attrs.evolve(
                self.programme,
                measures=tuple(each for each in self.programme.measures if each.id in shown),
            ),
            standings=standings,
            not_yet_promised=len(wanted) - there,
            **_counted(groups),
        )

    def within(self, days: int) -> Self:
        """Return the report with what is due, or begins within so many days from its day."""
        coming = self.only(Status.DUE, Status.UPCOMING)
        soon = (s for s in coming.standings if s.days_left is None or s.days_left <= days)
        return attrs.evolve(coming, standings=tuple(soon))

    def __repr__(self) -> str:
        counts = ", ".join(f"{number} {status}" for status, number in self.counts.items() if number)
        return f"<Report {self.programme.id} {self.day}: {counts or 'no milestones'}>"


_NAMED = 5
"""How many ids a hint names."""


def _hint(item: str, measures: tuple[str, ...], milestones: tuple[str, ...]) -> str:
    """Return which ids may be meant: those that lack only their beginning, the nearest, or some."""
    if full := [name for name in (*measures, *milestones) if name.endswith(f"/{item}")]:
        choice = " or ".join(f'"{name}"' for name in full[:_NAMED])
        return f"; did you mean {choice}?"
    if near := did_you_mean(item, (*measures, *milestones)):
        return near
    some, more = ", ".join(measures[:_NAMED]) or "none", len(measures) - _NAMED
    return f"; there are: {some} and {more} more" if more > 0 else f"; there are: {some}"


def as_of(
    programme: Programme, day: dt.date | str, known_on: dt.date | str | None = None
) -> Report:
    """Say how every milestone of a programme stands on a day, by what was known on that day.

    With `known_on` it is what was known on another day: a later one is hindsight. Either may also
    be a text that names a day. Raises `BadValue` for what is no day.

    >>> from betatech_milestones import load_example
    >>> as_of(load_example(), "2013-02-25").standings
    ()
    """
    day = a_day(day)
    hindsight = None if known_on is None else a_day(known_on)
    if hindsight == day:
        hindsight = None
    known = hindsight or day
    # Many milestones share a last day, so it takes less to gather them by it than to sort them all.
    groups: _Groups = defaultdict(list)
    for milestone in programme.by_id:
        for turn in reversed(course(milestone, known_on=hindsight)):
            if turn.day <= day:
                groups[turn.order].append(Standing(milestone, day, known, turn))
                break
    ordered = [*itertools.chain.from_iterable(groups[order] for order in sorted(groups))]
    return Report(
        programme=programme,
        day=day,
        known_on=known,
        standings=tuple(ordered),
        not_yet_promised=len(programme.by_id) - len(ordered),
        **_counted(groups),
    )


def standing_on(milestone: Milestone, day: dt.date) -> Standing:
    """Return how a milestone stands on a day; how it first will, where nobody knew of it."""
    turns = course(milestone)
    turn = next((turn for turn in reversed(turns) if turn.day <= day), None)
    if turn is None:
        return Standing(milestone, turns[0].day, turns[0].day, turns[0])
    return Standing(milestone, day, day, turn)


_Groups = defaultdict[Order, list[Standing]]
"""Standings by where they stand in a report: status, evidence and last day."""


def _counted(groups: _Groups) -> dict[str, Any]:
    """Return the counts of a report, by the names of its fields."""
    counts, dated = dict.fromkeys(Status, 0), dict.fromkeys(Status, 0)
    evidence = dict.fromkeys(Evidence, 0)
    facts = 0
    for found in groups.values():
        turn, number = found[0].turn, len(found)
        if turn.status in ENDED:
            its_facts = sum(standing.milestone.is_fact for standing in found)
            facts += its_facts
            number -= its_facts
        counts[turn.status] += number
        if turn.term is not None:
            dated[turn.status] += number
        if turn.evidence is not None:
            evidence[turn.evidence] += number
    return {"counts": counts, "dated": dated, "evidence": evidence, "facts": facts}
