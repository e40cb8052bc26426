"""Where days and dates stand on a picture, in its units or in percent of its width."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Self

import attrs

from betatech_milestones.analysis.course import course
from betatech_milestones.language import lexicon
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import Milestone
from betatech_milestones.model.standing import Turn
from betatech_milestones.model.vocabulary import ENDED
from betatech_milestones.voice import Voice

_MONTHS_APART = (2, 3)  # on an axis of one year, and of two
_YEARS_APART = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST_YEARS = 13


@attrs.frozen(kw_only=True)
class Axis:
    """Whole years, from left to right. Days are ordinals: the day after the last one is no date."""

    first: int
    after: int
    """The day after the last one."""
    left: float = 0
    right: float = 100
    tail: float = 0
    """The length of an open end."""
    narrow: float = 0
    """The least width of a window."""
    per_day: float = attrs.field(init=False)

    @per_day.default
    def _scaled(self) -> float:
        return (self.right - self.left) / (self.after - self.first)

    @classmethod
    def of(cls, days: Collection[dt.date], **lengths: float) -> Self:
        """Return the axis that holds some days, of which there is at least one.

        The first and the last year that a date can have stand for no bound, and are left outside.
        """
        within = [day for day in days if dt.MINYEAR < day.year < dt.MAXYEAR] or days
        return cls(
            first=dt.date(min(within).year, 1, 1).toordinal(),
            after=dt.date(max(within).year, 12, 31).toordinal() + 1,
            **lengths,
        )

    def x(self, ordinal: int) -> float:
        """Return where a day begins, or the end of the axis that it lies beyond."""
        return self.left + (min(max(ordinal, self.first), self.after) - self.first) * self.per_day

    def middle(self, day: dt.date) -> float:
        """Return where the middle of a day is."""
        return (self.x(day.toordinal()) + self.x(day.toordinal() + 1)) / 2

    def holds(self, day: dt.date) -> bool:
        """Whether a day is on it."""
        return self.first <= day.toordinal() < self.after

    @property
    def years(self) -> range:
        """The years on it."""
        last = dt.date.fromordinal(self.after - 1).year
        return range(dt.date.fromordinal(self.first).year, last + 1)

    def ticks(self, voice: Voice) -> Iterator[tuple[float, str]]:
        """Yield where a stretch of the axis begins, and its name: a year begins in January."""
        years = self.years
        if len(years) <= len(_MONTHS_APART):
            words = lexicon(voice.spoken)
            for year in years:
                for month in range(1, 13, _MONTHS_APART[len(years) - 1]):
                    name = str(year) if month == 1 else words.first(words.months[month - 1])
                    yield self.x(dt.date(year, month, 1).toordinal()), name
        else:
            apart = next(step for step in _YEARS_APART if (len(years) - 1) // step < _MOST_YEARS)
            for year in range(years[0] + -years[0] % apart, years[-1] + 1, apart):
                yield self.x(dt.date(year, 1, 1).toordinal()), str(year)


@attrs.frozen(kw_only=True)
class Place:
    """Where a date stands: all that it covers, and its edges (one edge where an end is open)."""

    left: float
    right: float
    first: float
    last: float

    @classmethod
    def of(cls, date: PolicyDate, axis: Axis, radius: float = 0) -> Self:
        """Return the place of a date, of which a single day has a mark of some radius."""
        first = None if date.earliest is None else axis.x(date.earliest.toordinal())
        last = None if date.latest is None else axis.x(date.latest.toordinal() + 1)
        if first is None and last is not None:
            return cls(left=max(axis.left, last - axis.tail), right=last, first=last, last=last)
        if first is not None and last is None:
            return cls(
                left=first, right=min(axis.right, first + axis.tail), first=first, last=first
            )
        assert first is not None
        assert last is not None
        return cls._around(
            (first + last) / 2, radius if date.is_day else max(last - first, axis.narrow) / 2
        )

    @classmethod
    def _around(cls, middle: float, radius: float) -> Self:
        left, right = middle - radius, middle + radius
        return cls(left=left, right=right, first=left, last=right)

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2

    def sign(self, radius: float) -> Self:
        """Return the place of a sign in the middle of this one."""
        return self._around(self.middle, radius)

    def clear_of(self, sign: Self) -> Self:
        """Return this place with edges that a sign does not hide."""
        if sign.last < self.first or self.last < sign.first:
            return self
        return attrs.evolve(self, first=min(self.first, sign.first), last=max(self.last, sign.last))


# --- what of a milestone is drawn -----------------------------------------------------------------


def promises(milestone: Milestone) -> list[tuple[dt.date, PolicyDate]]:
    """Return the dates that were promised, each with the day from which it holds, the last last.

    The first holds from when the promise is known.
    """
    first = [] if milestone.due is None else [(milestone.known_from, milestone.due)]
    return [*first, *((move.revision.announced, move.due) for move in milestone.moves)]


def endings(milestone: Milestone) -> list[tuple[dt.date, tuple[str, PolicyDate] | None]]:
    """Return how it has ended and when, from each day on which it stands anew.

    What came about by itself did so on its day. None where it has not ended, or where no source
    tells a day that can be drawn.
    """
    return [(turn.day, _ending(turn)) for turn in course(milestone)]


def _ending(turn: Turn) -> tuple[str, PolicyDate] | None:
    if turn.status not in ENDED:
        return None
    on = turn.due if turn.outcome is None else turn.outcome.on
    return None if on is None or on.edtf is None else (str(turn.status), on)


def dates(milestone: Milestone) -> list[PolicyDate]:
    """Return the dates that can be drawn: words alone have no place on an axis."""
    promised = [date for _, date in promises(milestone) if date.edtf is not None]
    return promised + [ending[1] for _, ending in endings(milestone) if ending]


def drawn_from(milestone: Milestone) -> dt.date:
    """Return the first day on which there is anything to draw of what has such a date."""
    first = [day for day, date in promises(milestone) if date.edtf is not None]
    first += [day for day, ending in endings(milestone) if ending]
    return max(milestone.known_from, min(first))


def days(found: Collection[PolicyDate]) -> list[dt.date]:
    """Return the bounds of some dates."""
    return [day for date in found for day in (date.earliest, date.latest) if day is not None]
