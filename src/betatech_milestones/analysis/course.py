"""The course of a milestone: the days on which its standing changes.

This is the one place that decides how a milestone stands. A report looks it up; so do the page's
script, the counts of many days, and whoever asks.
"""

import bisect
import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.records import Milestone, News, Outcome, Programme, Revision
from betatech_milestones.model.standing import Turn
from betatech_milestones.model.vocabulary import Commitment, Evidence, Found, Status

T = TypeVar("T")
_ONE_DAY = dt.timedelta(days=1)
_AFTER_TERM = {
    Commitment.FIXED: Status.MET,
    Commitment.AIM: Status.PASSED,
    Commitment.FORECAST: Status.PASSED,
}


def course(milestone: Milestone, *, known_on: dt.date | str | None = None) -> tuple[Turn, ...]:
    """Return how a milestone stands from each day on which that changes, the oldest first.

    Before the first of them it does not exist: nobody knew of its promise. On every day counts what
    was known on that day or, where `known_on` is given, what was known on that one: then the first
    turn is that of the first of all days.

    >>> from betatech_milestones import load_example
    >>> milestone = next(m for m in load_example().milestones if m.id == "progress-report-2014")
    >>> [(turn.day.isoformat(), str(turn.status)) for turn in course(milestone)][:2]
    [('2013-02-26', 'upcoming'), ('2014-06-01', 'due')]
    """
    if known_on is None:
        if not hasattr(milestone, "turns"):
            object.__setattr__(milestone, "turns", tuple(_turns(milestone, None)))
        return milestone.turns
    return tuple(_turns(milestone, a_day(known_on)))


def counts(
    programme: Programme, first: dt.date | str, last: dt.date | str
) -> Iterator[tuple[dt.date, Mapping[Status, int]]]:
    """Yield for each day of a period how many promises of a programme have each status.

    What counts on a day is what was known on it. Facts that nobody promised are not counted. It is
    `as_of(programme, day).counts` for each day, at a fraction of the cost: days between which
    nothing changes have the same mapping.

    >>> from betatech_milestones import load_example
    >>> for day, found in counts(load_example(), "2013-02-25", "2013-02-26"):
    ...     print(day, sum(found.values()) > 0)
    2013-02-25 False
    2013-02-26 True
    """
    first, last = a_day(first), a_day(last)
    if last < first:
        return
    turned = {turn.day for milestone in programme.by_id for turn in course(milestone)}
    days = sorted({first, *(day for day in turned if first < day <= last)})
    ends = [*(day.toordinal() for day in days[1:]), last.toordinal() + 1]
    for (day, found), end in zip(stood(programme.by_id, days), ends, strict=True):
        counted = dict.fromkeys(Status, 0)
        for (status, _), number in found.items():
            counted[status] += number
        for ordinal in range(day.toordinal(), end):
            yield dt.date.fromordinal(ordinal), counted


_How = tuple[Status, Evidence | None]
Stood = Mapping[_How, int]
"""How many promises stand so, by status and what is known of those that are overdue."""


def stood(
    milestones: Iterable[Milestone], days: Iterable[dt.date], known_on: dt.date = dt.date.max
) -> Iterator[tuple[dt.date, Stood]]:
    """Yield for each of some days, in their order, how the promises of milestones stand on it.

    What counts on a day is what was known on it, but nothing that was known after `known_on` only.
    Facts that nobody promised are not counted. The mapping is the same one each time, and goes
    along with the days.
    """
    # Many turns are on one day, so it takes less to gather them by it than to sort them all.
    changes: defaultdict[dt.date, Counter[_How]] = defaultdict(Counter)
    for milestone in milestones:
        if not milestone.is_fact:
            turns = course(milestone)
            if turns[-1].day > known_on:
                later = course(milestone, known_on=known_on)
                turns = (
                    *(turn for turn in turns if turn.day <= known_on),
                    *(turn for turn in later if turn.day > known_on),
                )
            before: _How | None = None
            for turn in turns:
                change, how = changes[turn.day], (turn.status, turn.evidence)
                if before is not None:
                    change[before] -= 1
                change[how] += 1
                before = how
    to_come = sorted(changes, reverse=True)
    found: Counter[_How] = Counter()
    for day in days:
        while to_come and to_come[-1] <= day:
            for how, number in changes[to_come.pop()].items():
                found[how] += number
        yield day, found


def month_ends(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield the last day of each month between two days, and the last of the two."""
    from dateutil.relativedelta import relativedelta

    while first <= last:
        end = min(first + relativedelta(day=31), last)
        yield end
        if end == last:
            return
        first = end + _ONE_DAY


def _turns(milestone: Milestone, known_on: dt.date | None) -> Iterator[Turn]:
    """Yield each turn: whatever can change a standing is tried in order, and what does is kept."""
    before = None
    first = milestone.known_from  # until then nobody knows of it
    said, news = _said(milestone), _news(milestone)
    for day in sorted(_days(milestone, known_on)):
        known = day if known_on is None else known_on
        turn = None if known < first else _turn(milestone, said, news, day, known)
        if turn is None or (before is not None and _same(before, turn)):
            continue
        before = turn
        yield turn


def _same(one: Turn, other: Turn) -> bool:
    return (
        one.status is other.status
        and one.due is other.due
        and one.outcome is other.outcome
        and one.evidence is other.evidence
        and one.news is other.news
        and one.newest_statement == other.newest_statement
    )


def _days(milestone: Milestone, known_on: dt.date | None) -> set[dt.date]:
    """Return every day on which a standing may change."""
    days = {dt.date.min}
    if known_on is None:
        days.update(itertools.chain.from_iterable(map(said_on, milestone.statements)))
    days.update(outcome.certain_from for outcome in milestone.outcomes)
    dates = [milestone.due] if milestone.due else []
    for date in itertools.chain(dates, (r.due for r in milestone.revisions if r.due is not None)):
        if date.latest is not None:
            days.add(date.latest)
            if date.latest < dt.date.max:
                days.add(date.latest + _ONE_DAY)
        if date.earliest is not None:
            days.add(date.earliest)
    return days


class _Newest(Generic[T]):
    """The newest of what is known on a day; it is found as fast where there are thousands."""

    def __init__(self, known: Iterable[tuple[dt.date, dt.date, T]]) -> None:
        """Take from when each is known, of which day it is, and what; of one day, the first."""
        ordered = sorted(enumerate(known), key=lambda one: one[1][0])
        self._days = [known_from for _, (known_from, _, _) in ordered]
        self._newest: list[tuple[dt.date, int, T]] = []
        for place, (_, on, what) in ordered:
            before = self._newest[-1] if self._newest else None
            if before is None or before[:2] < (on, -place):
                before = (on, -place, what)
            self._newest.append(before)

    def by(self, known_on: dt.date) -> tuple[dt.date, T] | None:
        """Return of which day the newest is, and what it is; None where nothing was known yet."""
        if number := bisect.bisect_right(self._days, known_on):
            on, _, what = self._newest[number - 1]
            return on, what
        return None

    def after(self, day: dt.date, known_on: dt.date) -> T | None:
        """Return what the newest is, where it is of a later day than one."""
        found = self.by(known_on)
        return found[1] if found is not None and found[0] > day else None


def _turn(
    milestone: Milestone,
    said: _Newest[None],
    news: tuple[_Newest[News], _Newest[News]],
    day: dt.date,
    known_on: dt.date,
) -> Turn | None:
    """Return how a milestone stands on a day by what is known on one; None: as a fact, not yet."""
    due = milestone.due
    for revision in milestone.revisions:
        if revision.due is not None and revision.announced <= known_on:
            due = revision.due
    found = said.by(known_on)
    assert found is not None, "its promise was known"
    newest, _ = found
    outcome = outcome_by(milestone, day, known_on)
    if outcome is not None:
        return Turn(day, outcome.status, due, outcome, newest_statement=newest)
    if milestone.is_fact:
        return None
    status = _without_outcome(milestone, due, day)
    if status is not Status.OVERDUE or due is None or due.latest is None:
        return Turn(day, status, due, newest_statement=newest)
    evidence, told = _evidence(milestone, news, due.latest, known_on)
    return Turn(day, status, due, None, evidence, told, newest)


def _said(milestone: Milestone) -> _Newest[None]:
    """Return on which days something was said of a milestone, and that somebody looked is nothing.

    Who says again what was said makes a statement, too.
    """
    return _Newest(
        (max(statement.known_from, day), day, None)
        for statement in milestone.statements
        if not (isinstance(statement, News) and statement.found is Found.NOTHING)
        for day in said_on(statement)
    )


_NO_NEWS: tuple[_Newest[News], _Newest[News]] = (_Newest(()), _Newest(()))


def _news(milestone: Milestone) -> tuple[_Newest[News], _Newest[News]]:
    """Return the news of a milestone, and that which tells more than that somebody looked."""
    if not milestone.news:  # as it mostly is
        return _NO_NEWS
    known = [(one.known_from, one.on, one) for one in milestone.news]
    return _Newest(known), _Newest(it for it in known if it[2].found is not Found.NOTHING)


def said_on(statement: Milestone | Revision | News | Outcome) -> Iterator[dt.date]:
    """Yield the days on which a statement became known, or was made again by another source.

    Of a page that bears no date nobody can tell whether it says it again, or said it first.
    """
    yield statement.known_from
    sources = statement.sources
    if len(sources) <= 1:  # nobody says it again; most are so
        return
    first = min(source.known_from for source in sources)
    for source in sources:
        if source.published is not None and source.known_from > first:
            yield source.known_from


def _without_outcome(milestone: Milestone, due: PolicyDate | None, day: dt.date) -> Status:
    """Return how a milestone stands by its date alone."""
    if due is None or due.latest is None:
        return Status.UNDATED
    if due.latest < day:
        return _AFTER_TERM.get(milestone.commitment, Status.OVERDUE)
    return Status.DUE if _has_begun(due, due.latest, day) else Status.UPCOMING


def _has_begun(due: PolicyDate, term: dt.date, day: dt.date) -> bool:
    return term == day or (due.earliest is not None and due.earliest <= day)


def outcome_by(milestone: Milestone, day: dt.date, known_on: dt.date) -> Outcome | None:
    """Return the newest outcome that is known, and certain by the day."""
    for outcome in reversed(milestone.outcomes):
        if outcome.known_from <= known_on and outcome.certain_from <= day:
            return outcome
    return None


def evidence_after(
    milestone: Milestone, term: dt.date, known_on: dt.date
) -> tuple[Evidence, News | None]:
    """Return what is known of a milestone whose term has passed, and the news that tells it.

    A move that was announced after the term says that it was not done; that others answer for it
    from then on, or another number is to be reached, says nothing of that.
    """
    return _evidence(milestone, _news(milestone), term, known_on)


def _evidence(
    milestone: Milestone,
    news: tuple[_Newest[News], _Newest[News]],
    term: dt.date,
    known_on: dt.date,
) -> tuple[Evidence, News | None]:
    newest, newest_telling = news
    telling = newest_telling.after(term, known_on)
    if telling is not None:
        return Evidence.LATE, telling
    for revision in milestone.revisions:
        if revision.due is not None and term < revision.announced <= known_on:
            return Evidence.LATE, None
    found = newest.after(term, known_on)
    return Evidence.UNCHECKED if found is None else Evidence.NO_NEWS, found
