"""How promises stood at the end of each month: how many were public, due, kept and dropped by then.

How many stood how on a day is told by what was known on it; how many were kept or dropped by then,
by all that the report knows. So the two differ where a source tells late of what was done early.
"""

import datetime as dt
import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

import attrs

from betatech_milestones.analysis.course import month_ends, stood
from betatech_milestones.analysis.incidence import Case, Ending, case_of
from betatech_milestones.analysis.stats import Share, Stats
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Commitment, Evidence, Status

MOST_YEARS_OF_MONTHS = 100
"""Over more years than these, only the ends of years are told."""


@attrs.frozen(kw_only=True)
class MonthEnd:
    """What had become of promises by the end of a month, or of a year; at last, by the report."""

    day: dt.date
    promised: int
    """How many were public."""
    fell_due: int
    """Of how many of those the first term had passed."""
    standings: Mapping[tuple[Status, Evidence | None], int]
    """How many stood how, by what was known on that day; what nobody stood as is left out."""
    kept: Share
    """How many of those that were public had been kept, by all that the report knows.

    At least those that were surely done by then; at most those of which the window had begun. What
    was kept before its term counts, too; what a law or a contract fixes does not.
    """
    dropped: Share
    """How many had been dropped or replaced, likewise."""
    fixed: int
    """Of how many that a law or a contract fixes the first term had passed."""


def over_time(stats: Stats) -> tuple[MonthEnd, ...]:
    """Return what had become of promises by the end of each month, and by the day of the report.

    The first is the end of the month in which the first of them was public. Where that is more than
    a hundred years ago, the ends of years take the place of those of months.

    >>> from betatech_milestones import as_of, load_example
    >>> from betatech_milestones import stats as stats_of
    >>> last = over_time(stats_of(as_of(load_example(), "2014-09-01")))[-1]
    >>> (last.day.isoformat(), last.promised, last.fell_due, last.kept.at_least)
    ('2014-09-01', 32, 9, 4)
    """
    promises = stats.total.promises
    public = sorted(standing.milestone.known_from.toordinal() for standing in promises)
    if not public:
        return ()
    due = sorted(_fell_due_on(promises))
    fixed = sorted(_fell_due_on(filter(_is_fixed, promises)))
    cases = [
        (standing.milestone.known_from.toordinal(), case_of(standing))
        for standing in itertools.filterfalse(_is_fixed, promises)
    ]
    kept, dropped = _Ended.of(cases, Ending.KEPT), _Ended.of(cases, Ending.DROPPED)
    days = _ends(dt.date.fromordinal(public[0]), stats.day)
    milestones = (standing.milestone for standing in promises)
    found: list[MonthEnd] = []
    # With less known than on its day; else no day comes after what is known.
    known_on = stats.known_on if stats.known_on < stats.day else dt.date.max
    for day, standings in stood(milestones, days, known_on):
        by = day.toordinal()
        promised = bisect_right(public, by)
        found.append(
            MonthEnd(
                day=day,
                promised=promised,
                fell_due=bisect_right(due, by),
                standings={how: number for how, number in standings.items() if number},
                kept=kept.by(by, promised),
                dropped=dropped.by(by, promised),
                fixed=bisect_right(fixed, by),
            )
        )
    return tuple(found)


def _ends(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    if last.year - first.year <= MOST_YEARS_OF_MONTHS:
        return month_ends(first, last)
    return (min(dt.date(year, 12, 31), last) for year in range(first.year, last.year + 1))


def _fell_due_on(promises: Iterable[Standing]) -> Iterator[int]:
    """Yield the day after the first term of each that had one, as an ordinal; once it is public."""
    for standing in promises:
        if (term := standing.first_term) is not None:
            yield max(term.toordinal() + 1, standing.milestone.known_from.toordinal())


def _is_fixed(standing: Standing) -> bool:
    return standing.milestone.commitment is Commitment.FIXED


@attrs.frozen
class _Ended:
    """The ordinals of the days from which promises may have ended, and surely had; each sorted."""

    perhaps: Sequence[int]
    surely: Sequence[int]

    @classmethod
    def of(cls, cases: Iterable[tuple[int, Case]], ending: Ending) -> Self:
        """Return them of cases, each with the ordinal of the day on which it was public."""
        ended = [(public, case) for public, case in cases if case.ending is ending]
        return cls(
            sorted(public + case.first for public, case in ended),
            sorted(public + case.last for public, case in ended),
        )

    def by(self, day: int, of: int) -> Share:
        return Share(bisect_right(self.surely, day), bisect_right(self.perhaps, day), of)
