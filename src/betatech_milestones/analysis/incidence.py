"""How long it took from a promise until it was kept, or dropped: cumulative incidence with bounds.

A promise can end in one way only, so that being kept and being dropped compete, and those that are
open have been followed for some time only. The estimator is that of Aalen and Johansen (An
Empirical Transition Matrix for Non-homogeneous Markov Chains Based on Censored Observations,
Scandinavian Journal of Statistics 5, 1978); where nothing else competes it is one minus that of
Kaplan and Meier (Nonparametric Estimation from Incomplete Observations, Journal of the American
Statistical Association 53, 1958).

A window leaves the day of an ending open, and nobody knows whether what was not looked at was kept
meanwhile. So each share is the smallest and the largest that the estimator gives for any days in
the windows, both where what is open is taken to have been followed to the day of the report, and
where to the last day only of which a statement speaks. That they are is proved by trying all days,
in the tests.
"""

import bisect
import datetime as dt
import enum
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from betatech_milestones.analysis.course import said_on
from betatech_milestones.model import values
from betatech_milestones.model.records import News
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Commitment, Found, Status

QUARTER_DAYS = 91


class Ending(enum.StrEnum):
    """How a promise ended; what was replaced was dropped, for who waits for it."""

    KEPT = "kept"
    DROPPED = "dropped"


@attrs.frozen
class Case:
    """A promise: after how many days it ended, at least and at most, and how.

    One that is open was followed for so many days, at least and at most.
    """

    first: int
    last: int
    ending: Ending | None


@attrs.frozen
class Fraction:
    """A part of all cases, from 0 to 1: at least and at most."""

    at_least: float
    at_most: float


@attrs.frozen
class Point:
    """What had become of promises so many days after they were made."""

    days: int
    kept: Fraction
    dropped: Fraction
    followed: int
    """How many could be followed so long, at most: they did not end before, and are no newer."""


@attrs.frozen(repr=False)
class Incidence:
    """What had become of promises as days went by since they were made."""

    cases: tuple[Case, ...]
    points: tuple[Point, ...]

    def __repr__(self) -> str:
        return f"<Incidence of {len(self.cases)} cases, {len(self.points)} points>"


def incidence(standings: Iterable[Standing], step_days: int = QUARTER_DAYS) -> Incidence:
    """Return which parts of promises were kept and dropped, each so many days after they were made.

    What a law or a contract fixes comes about by itself, and what a source only reports as done was
    never promised: neither is a case. Raises `BadValue` where a step is of less than a day.
    """
    step = values.whole(step_days)
    cases = tuple(
        case_of(standing)
        for standing in standings
        if standing.milestone.commitment not in {Commitment.FIXED, Commitment.NONE}
    )
    return Incidence(cases, tuple(curve(cases, step)))


def case_of(standing: Standing) -> Case:
    """Return what is known of how long a promise took, from the day on which it was public."""
    made = standing.milestone.known_from
    outcome = standing.outcome
    if outcome is None:
        until = max(standing.day, made)
        told = min(max(_told_until(standing), made), until)
        return Case((told - made).days, (until - made).days, None)
    first = made if outcome.on is None else outcome.on.earliest or made
    last = max(outcome.certain_from, made)
    ending = Ending.KEPT if outcome.status is Status.MET else Ending.DROPPED
    return Case((max(min(first, last), made) - made).days, (last - made).days, ending)


def _told_until(standing: Standing) -> dt.date:
    """Return the last day of which a statement speaks.

    News is of its own day: an annual report of 2019 does not say how things stood when it was read.
    """
    if not standing.milestone.news:
        return standing.newest_statement
    return max(
        day
        for statement in standing.milestone.statements
        if statement.known_from <= standing.known_on
        if not (isinstance(statement, News) and statement.found is Found.NOTHING)
        for day in ([statement.on] if isinstance(statement, News) else said_on(statement))
        if day <= standing.known_on
    )


def curve(cases: Sequence[Case], step_days: int = QUARTER_DAYS) -> Iterator[Point]:
    """Yield a point after each so many days, until nobody could be followed any longer."""
    longest = max((case.last for case in cases), default=0)
    days = range(0, longest + step_days, step_days)
    kept = _bounds(cases, Ending.KEPT, days)
    dropped = _bounds(cases, Ending.DROPPED, days)
    lasts = sorted(case.last for case in cases)
    for day, its_kept, its_dropped in zip(days, kept, dropped, strict=True):
        yield Point(day, its_kept, its_dropped, len(lasts) - bisect.bisect_left(lasts, day))


def _bounds(cases: Sequence[Case], ending: Ending, days: Sequence[int]) -> Iterator[Fraction]:
    """Yield the smallest and the largest incidence of an ending after each of some days."""
    followed = [
        _Followed(cases, ending, [case.first for case in cases if case.ending is None]),
        _Followed(cases, ending, [case.last for case in cases if case.ending is None]),
    ]
    for day in days:
        yield Fraction(
            min(each.at_least(day) for each in followed),
            max(each.at_most(day) for each in followed),
        )


class _Followed:
    """The cases where it is settled how long those that are open were followed.

    The estimator spreads what a case that is no longer followed stands for over those that are, in
    equal parts (Efron, The Two Sample Problem with Censored Data, Fifth Berkeley Symposium on
    Mathematical Statistics and Probability 4, 1967). So an ending counts for the more, the later in
    its window it comes, and one that competes with it the less, the earlier.
    """

    def __init__(self, cases: Sequence[Case], ending: Ending, open_until: Iterable[int]) -> None:
        own = sorted(
            ((case.first, case.last) for case in cases if case.ending is ending),
            key=lambda window: window[1],
        )
        others = [case for case in cases if case.ending not in {ending, None}]
        self.number = len(cases)
        self.firsts_by_last = [first for first, _ in own]
        self.firsts = sorted(self.firsts_by_last)
        self.lasts = [last for _, last in own]
        self.own_last = Counter(self.lasts)
        self.others_first = Counter(case.first for case in others)
        self.others_last = Counter(case.last for case in others)
        self.open = Counter(open_until)
        self.days = sorted({day for case in cases for day in (case.first, case.last)})

    def at_most(self, day: int) -> float:
        """The endings that may have come by a day come as late as they can by then."""
        on_the_day = bisect.bisect_right(self.firsts, day) - bisect.bisect_left(self.lasts, day)
        return self._estimate(self.own_last, self.others_first, day, on_the_day)

    def at_least(self, day: int) -> float:
        """The endings that must have come by a day come as early as they can."""
        own = Counter(self.firsts_by_last[: bisect.bisect_right(self.lasts, day)])
        return self._estimate(own, self.others_last, day, own[day])

    def _estimate(
        self, own: Mapping[int, int], others: Mapping[int, int], day: int, on_the_day: int
    ) -> float:
        """Return the incidence by a day, where all days are settled (Aalen and Johansen).

        On that very day come so many endings, whatever `own` says.
        """
        left, lasting, found = self.number, 1.0, 0.0
        for at in itertools.takewhile(day.__gt__, self.days):
            its, no_longer = own.get(at, 0), self.open.get(at, 0)
            if endings := its + others.get(at, 0):
                found += lasting * its / left
                lasting *= 1 - endings / left
            left -= endings + no_longer
        return found + lasting * on_the_day / left if on_the_day else found
