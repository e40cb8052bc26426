"""What slipped by a day: every milestone that moved or was met late, and how much that adds up to.

A slip is counted from the last day of the first promise to the last day of what came of it: the day
it was met, or else the date in force.
"""

import datetime as dt
from collections.abc import Iterable

import attrs

from betatech_milestones.analysis.report import Report
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import Met, Move, Programme, Texts
from betatech_milestones.model.standing import Standing


@attrs.frozen(repr=False)
class Slip:
    """A milestone that is no longer where it was promised."""

    standing: Standing

    @property
    def promised(self) -> PolicyDate | None:
        """The date as first promised; None where none was given."""
        return self.standing.milestone.due

    @property
    def now(self) -> PolicyDate | None:
        """The day it was met, or else the date in force."""
        return self.standing.now

    @property
    def days(self) -> int | None:
        """Days from the one to the other; negative is earlier, None where one has no last day."""
        return self.standing.slip_days

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves announced by the day, the oldest first; none where it slipped in silence."""
        return self.standing.moves

    def __repr__(self) -> str:
        return f"<Slip {self.standing.milestone.full_id}: {self.days} days>"


@attrs.frozen(kw_only=True)
class Total:
    """What the slips of one measure, cluster or body add up to."""

    id: str
    title: Texts
    milestones: int
    """How many slipped, in silence or not."""
    silent: int
    """How many of those did so without a move being announced."""
    moves: int
    days: int
    """All their days together; a milestone that came earlier takes days off."""
    largest: int | None
    """The days of the one that slipped most; None where no days can be counted."""


@attrs.frozen(kw_only=True, repr=False)
class Slips:
    """All slips of a programme by a day, the largest first, and what they add up to."""

    programme: Programme
    day: dt.date
    slips: tuple[Slip, ...]

    @property
    def moved(self) -> tuple[Slip, ...]:
        """Those of which a move was announced."""
        return tuple(slip for slip in self.slips if slip.moves)

    @property
    def silent(self) -> tuple[Slip, ...]:
        """Those that were met after their promised date, without a word."""
        return tuple(slip for slip in self.slips if not slip.moves)

    @property
    def measures(self) -> tuple[Total, ...]:
        """The total of each measure that has a slip."""
        homes = ((slip.standing.measure, slip) for slip in self.slips)
        return _totals((measure.id, measure.title, slip) for measure, slip in homes)

    @property
    def clusters(self) -> tuple[Total, ...]:
        """The total of each cluster that has a slip."""
        homes = ((slip.standing.measure.cluster, slip) for slip in self.slips)
        return _totals((cluster.id, cluster.title, slip) for cluster, slip in homes if cluster)

    @property
    def bodies(self) -> tuple[Total, ...]:
        """The total of each responsible body; a slip counts for all that share it."""
        homes = ((slip.standing.measure.bodies, slip) for slip in self.slips)
        return _totals((body.id, body.name, slip) for bodies, slip in homes for body in bodies)

    def __repr__(self) -> str:
        moved, silent = len(self.moved), len(self.silent)
        return f"<Slips {self.programme.id} {self.day}: {moved} moved, {silent} unannounced>"


def slips(report: Report) -> Slips:
    """Return what slipped by the day of a report.

    What was met without a move is a slip where it surely came after the promised window.

    >>> from betatech_milestones import as_of, load
    >>> [slip.days for slip in slips(as_of(load(), "2014-09-01")).moved]
    [731]
    """
    found = [
        Slip(standing) for standing in report.standings if standing.moves or _met_late(standing)
    ]
    found.sort(key=lambda slip: (*_largest_first(slip.days), slip.standing.milestone.full_id))
    return Slips(programme=report.programme, day=report.day, slips=tuple(found))


def _met_late(standing: Standing) -> bool:
    promised, outcome = standing.due, standing.outcome
    return (
        isinstance(outcome, Met)
        and outcome.on.earliest is not None
        and promised is not None
        and promised.latest is not None
        and outcome.on.earliest > promised.latest
    )


def _largest_first(days: int | None) -> tuple[bool, int]:
    return days is None, -(days or 0)


def _totals(slips: Iterable[tuple[str, Texts, Slip]]) -> tuple[Total, ...]:
    titles: dict[str, Texts] = {}
    by_id: dict[str, list[Slip]] = {}
    for own, title, slip in slips:
        titles[own] = title
        by_id.setdefault(own, []).append(slip)
    totals = [_total(own, titles[own], its_slips) for own, its_slips in by_id.items()]
    return tuple(sorted(totals, key=lambda total: (-total.days, total.id)))


def _total(own: str, title: Texts, slips: list[Slip]) -> Total:
    days = [slip.days for slip in slips if slip.days is not None]
    return Total(
        id=own,
        title=title,
        milestones=len(slips),
        silent=sum(not slip.moves for slip in slips),
        moves=sum(len(slip.moves) for slip in slips),
        days=sum(days),
        largest=max(days, default=None),
    )
