"""What slipped by a day: every milestone that moved, or was surely met late, and by how much.

A move is counted from term to term: the last day of the first date to that of the date in force.
What was met late is told as bounds, because a window leaves the day open. Days are never summed
over milestones: they are unlike things.
"""

import datetime as dt
import statistics
from collections.abc import Iterable

import attrs

from betatech_milestones.analysis.report import Report
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.display import Displayed
from betatech_milestones.model.records import Move, Programme, Texts
from betatech_milestones.model.standing import Standing, Timeliness


@attrs.frozen(repr=False)
class Slip:
    """A milestone that is no longer where it was promised."""

    standing: Standing

    @property
    def promised(self) -> PolicyDate | None:
        """The first date that it had; None where it never had one."""
        return self.standing.promised

    @property
    def now(self) -> PolicyDate | None:
        """When it was met, or else the date in force."""
        return self.standing.now

    @property
    def days(self) -> int | None:
        """Days from the first term to the one in force; negative is earlier.

        None where it was not moved, or one of the two has no last day.
        """
        return self.standing.moved_days

    @property
    def timeliness(self) -> Timeliness | None:
        """How late it was met, after its first term; None where it is not met."""
        return self.standing.timeliness

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves that are known, the oldest first; none where it slipped in silence.

        A first date for what had none is no move from anywhere.
        """
        return tuple(move for move in self.standing.moves if move.before is not None)

    def __repr__(self) -> str:
        return f"<Slip {self.standing.milestone.full_id}: {self.days} days>"


@attrs.frozen(kw_only=True)
class Total:
    """The slips of one measure, cluster or body together."""

    id: str
    title: Texts
    milestones: int
    """How many slipped, in silence or not."""
    silent: int
    """How many of those were met late without a move being announced."""
    moves: int
    counted: int
    """How many of them moved by days that can be counted."""
    median: float | None
    """The days in the middle of those by which milestones moved; None where none can be counted."""
    largest: int | None
    """The days of the one that moved most."""


@attrs.frozen(kw_only=True, repr=False)
class Slips(Displayed):
    """All slips of a programme by a day, the largest first, and by whom and where."""

    programme: Programme
    day: dt.date
    known_on: dt.date
    slips: tuple[Slip, ...]

    @property
    def moved(self) -> tuple[Slip, ...]:
        """Those of which a move was announced."""
        return tuple(slip for slip in self.slips if slip.moves)

    @property
    def silent(self) -> tuple[Slip, ...]:
        """Those that were surely met after their term, without a word."""
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
        """The total of each body; a slip is among those of all that answer for it."""
        homes = ((slip.standing.bodies, slip) for slip in self.slips)
        return _totals((body.id, body.name, slip) for bodies, slip in homes for body in bodies)

    def __repr__(self) -> str:
        moved, silent = len(self.moved), len(self.silent)
        return f"<Slips {self.programme.id} {self.day}: {moved} moved, {silent} unannounced>"


def slips(report: Report) -> Slips:
    """Return what slipped by the day of a report.

    What was met without a move is a slip where it surely came after its term.

    >>> from betatech_milestones import as_of, load_example
    >>> [slip.days for slip in slips(as_of(load_example(), "2014-09-01")).moved]
    [731]
    """
    every = map(Slip, report.standings)
    found = [slip for slip in every if slip.moves or _met_late(slip.standing)]
    found.sort(key=lambda slip: (*_largest_first(slip), slip.standing.milestone.full_id))
    return Slips(
        programme=report.programme, day=report.day, known_on=report.known_on, slips=tuple(found)
    )


def _met_late(standing: Standing) -> bool:
    timeliness = standing.timeliness
    return timeliness is not None and timeliness.at_least > 0


def _largest_first(slip: Slip) -> tuple[bool, int]:
    days = slip.days
    if days is None and slip.timeliness is not None:
        days = slip.timeliness.at_least
    return days is None, -(days or 0)


def _totals(slips: Iterable[tuple[str, Texts, Slip]]) -> tuple[Total, ...]:
    titles: dict[str, Texts] = {}
    by_id: dict[str, list[Slip]] = {}
    for own, title, slip in slips:
        titles[own] = title
        by_id.setdefault(own, []).append(slip)
    totals = [_total(own, titles[own], its_slips) for own, its_slips in by_id.items()]
    return tuple(sorted(totals, key=lambda total: (-total.milestones, total.id)))


def _total(own: str, title: Texts, slips: list[Slip]) -> Total:
    days = [slip.days for slip in slips if slip.days is not None]
    return Total(
        id=own,
        title=title,
        milestones=len(slips),
        silent=sum(not slip.moves for slip in slips),
        moves=sum(len(slip.moves) for slip in slips),
        counted=len(days),
        median=statistics.median(days) if days else None,
        largest=max(days, default=None),
    )
