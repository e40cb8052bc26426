"""Where days and dates stand on the timeline, in units of the picture."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Self

import attrs

from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.voice import Voice

LEFT, RIGHT = 350, 988  # of the days; the titles are on the left
_TAIL = 36  # the length of an open end
_NARROW = 3  # the least width of a window

_MONTHS_APART = (2, 3)  # on an axis of one year, and of two
_YEARS_APART = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST_YEARS = 13


@attrs.frozen(kw_only=True)
class Axis:
    """Whole years, from left to right. Days are ordinals: the day after the last one is no date."""

    first: int
    after: int
    """The day after the last one."""
    px_per_day: float = attrs.field(init=False)

    @px_per_day.default
    def _scaled(self) -> float:
        return (RIGHT - LEFT) / (self.after - self.first)

    @classmethod
    def of(cls, days: Collection[dt.date]) -> Self:
        """Return the axis that holds some days, of which there is at least one.

        The first and the last year that a date can have stand for no bound, and are left outside.
        """
        within = [day for day in days if dt.MINYEAR < day.year < dt.MAXYEAR] or days
        return cls(
            first=dt.date(min(within).year, 1, 1).toordinal(),
            after=dt.date(max(within).year, 12, 31).toordinal() + 1,
        )

    def x(self, ordinal: int) -> float:
        """Return where a day begins, or the end of the axis that it lies beyond."""
        return LEFT + (min(max(ordinal, self.first), self.after) - self.first) * self.px_per_day

    def ticks(self, voice: Voice) -> Iterator[tuple[float, str]]:
        """Yield where a stretch of the axis begins, and its name."""
        first = dt.date.fromordinal(self.first).year
        last = dt.date.fromordinal(self.after - 1).year
        if last - first < len(_MONTHS_APART):
            for year in range(first, last + 1):
                for month in range(1, 13, _MONTHS_APART[last - first]):
                    day = dt.date(year, month, 1)
                    yield self.x(day.toordinal()), voice.month(day)
        else:
            apart = next(step for step in _YEARS_APART if (last - first) // step < _MOST_YEARS)
            for year in range(first + -first % apart, last + 1, apart):
                yield self.x(dt.date(year, 1, 1).toordinal()), str(year)


@attrs.frozen(kw_only=True)
class Place:
    """Where a date stands: all that it covers, and its edges (one edge where an end is open)."""

    left: float
    right: float
    first: float
    last: float

    @classmethod
    def of(cls, date: PolicyDate, axis: Axis, radius: float) -> Self:
        """Return the place of a date, of which a single day has a mark of some radius."""
        first = None if date.earliest is None else axis.x(date.earliest.toordinal())
        last = None if date.latest is None else axis.x(date.latest.toordinal() + 1)
        if first is None and last is not None:
            return cls(left=max(LEFT, last - _TAIL), right=last, first=last, last=last)
        if first is not None and last is None:
            return cls(left=first, right=min(RIGHT, first + _TAIL), first=first, last=first)
        assert first is not None
        assert last is not None
        return cls._around(
            (first + last) / 2, radius if date.is_day else max(last - first, _NARROW) / 2
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
