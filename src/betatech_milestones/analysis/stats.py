"""What became of promises: counts, shares as ranges, and days as bounds.

A promise falls due when the first term that it had has passed; whether it was moved meanwhile, it
is asked what became of it by then. Each has one fate, so that fates add up. What windows leave open
stays open: a share is a range from what is surely so to what may be so, and days late are bounds.
Days are never summed over milestones, and nothing is divided by nothing.

The same definitions as research on pledges: a pledge is kept or not by what sources tell, and what
is not due is not judged (Naurin, Royed and Thomson, Party Mandates and Democracy, 2019, chapter 2).
"""

import datetime as dt
import enum
import functools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Self

import attrs

from betatech_milestones.analysis.course import evidence_after
from betatech_milestones.analysis.report import Report
from betatech_milestones.model import values
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.display import Displayed
from betatech_milestones.model.records import OwnKind, Programme, Texts
from betatech_milestones.model.standing import Standing, Timeliness
from betatech_milestones.model.vocabulary import Attestation, By, Commitment, Evidence, Kind, Status

FEW = 10
"""Below so many cases a share is told with its counts, and a group is put in no order of size."""


class Fate(enum.StrEnum):
    """What became of a promise whose first term has passed."""

    IN_TIME = "in-time"
    """Kept, surely by its first term."""
    IN_TIME_OR_NOT = "in-time-or-not"
    """Kept, and no source tells whether by then."""
    KEPT_LATE = "kept-late"
    """Kept, surely after it."""
    FIXED = "fixed"
    """Fixed by law or contract, whatever came of it: it comes about by itself."""
    PUT_OFF = "put-off"
    """Moved, and not due by the date in force."""
    LATE = "late"
    """Not done by the term in force, as a statement says."""
    NO_NEWS = "no-news"
    UNCHECKED = "unchecked"
    PASSED = "passed"
    """An aim or a forecast without an outcome."""
    DROPPED = "dropped"
    REPLACED = "replaced"


KEPT = (Fate.IN_TIME, Fate.IN_TIME_OR_NOT, Fate.KEPT_LATE)
"""What was kept, by who promised it."""
OPEN = (Fate.PUT_OFF, Fate.LATE, Fate.NO_NEWS, Fate.UNCHECKED, Fate.PASSED)
"""What has no outcome."""

_OVERDUE = {
    Evidence.LATE: Fate.LATE,
    Evidence.NO_NEWS: Fate.NO_NEWS,
    Evidence.UNCHECKED: Fate.UNCHECKED,
}
_PLAIN = {
    Status.PASSED: Fate.PASSED,
    Status.DROPPED: Fate.DROPPED,
    Status.REPLACED: Fate.REPLACED,
}


@attrs.frozen
class Share:
    """How many of some cases, at least and at most."""

    at_least: int
    at_most: int
    of: int

    @property
    def percent(self) -> tuple[int, int] | None:
        """The two in whole percent, 0 and 100 only where exact; None where there is no case."""
        if not self.of:
            return None
        return in_percent(self.at_least, self.of), in_percent(self.at_most, self.of)


def in_percent(part: float, whole: float) -> int:
    """Return a part in whole percent: the nearest, but 0 and 100 only where that is exact.

    >>> in_percent(1, 8), in_percent(1, 1000), in_percent(999, 1000), in_percent(0.125, 1)
    (13, 1, 99, 13)
    """
    if part in {0, whole}:
        return int(100 * part // whole)
    return min(max(int((200 * part + whole) // (2 * whole)), 1), 99)


@attrs.frozen
class Bounds:
    """A number of days, at least and at most."""

    at_least: float
    at_most: float | None
    """None where no source tells."""


@attrs.frozen
class Spread:
    """How days are spread over some milestones: never their sum."""

    number: int
    smallest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    largest: float


def spread(days: Iterable[float]) -> Spread | None:
    """Return how numbers of days are spread; None where there are none.

    Quartiles are those of most programs for statistics (R's type 7: Hyndman and Fan, Sample
    Quantiles in Statistical Packages, The American Statistician 50, 1996).

    >>> found = spread([1, 2, 3, 10])
    >>> (found.lower_quartile, found.median, found.upper_quartile)
    (1.75, 2.5, 4.75)
    """
    ordered = sorted(days)
    if not ordered:
        return None
    lower, median, upper = (_quantile(ordered, quarter / 4) for quarter in (1, 2, 3))
    return Spread(len(ordered), ordered[0], lower, median, upper, ordered[-1])


def _quantile(ordered: Sequence[float], part: float) -> float:
    place = part * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    if math.isinf(ordered[above]):  # the way from a number to no number has no middle
        return ordered[below] if place == below else math.inf
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def fate(standing: Standing) -> Fate | None:
    """Return what became of a promise by the day of its report.

    None where its first term has not passed, or where it never had one.
    """
    if not _fell_due(standing):
        return None
    if standing.milestone.commitment is Commitment.FIXED:
        return Fate.FIXED
    if standing.status is Status.MET:
        timeliness = standing.timeliness
        assert timeliness is not None, "what fell due had a term"
        if timeliness.at_least:
            return Fate.KEPT_LATE
        return Fate.IN_TIME_OR_NOT if timeliness.at_most != 0 else Fate.IN_TIME
    if standing.evidence is not None:
        return _OVERDUE[standing.evidence]
    return _PLAIN.get(standing.status, Fate.PUT_OFF)


def is_untold(standing: Standing) -> bool:
    """Whether it fell due and no source says what became of it."""
    if fate(standing) is not Fate.PASSED:
        return fate(standing) in {Fate.NO_NEWS, Fate.UNCHECKED}
    term = standing.turn.term
    assert term is not None, "what passed had a term"
    evidence, _ = evidence_after(standing.milestone, term, standing.known_on)
    return evidence is not Evidence.LATE


def _fell_due(standing: Standing) -> bool:
    term = standing.first_term
    return term is not None and term < standing.day


_Fates = Mapping[str, Fate | None]
"""What became of each promise by its full id, found out once for all groups that it is in."""


@attrs.frozen(kw_only=True, slots=False, repr=False)
class Group:
    """The promises of a body, a cluster, a sector, a kind, a measure or a year; or all of them."""

    id: str | None
    """None for all of them, and for those that have none: no cluster, nobody who answers."""
    title: Texts | Kind | None
    """None where a year is its own title, or there is none."""
    promises: tuple[Standing, ...]
    """All of them, in the order of their full ids."""
    _fate_of: _Fates = attrs.field(eq=False)

    @functools.cached_property
    def _due(self) -> tuple[tuple[Standing, Fate], ...]:
        """Those that fell due, each with what became of it."""
        found = ((s, self._fate_of[s.milestone.full_id]) for s in self.promises)
        return tuple((standing, its) for standing, its in found if its is not None)

    @functools.cached_property
    def fates(self) -> Mapping[Fate, tuple[Standing, ...]]:
        """Those that fell due, by what became of them."""
        found: dict[Fate, list[Standing]] = {word: [] for word in Fate}
        for standing, its in self._due:
            found[its].append(standing)
        return {word: tuple(standings) for word, standings in found.items()}

    @functools.cached_property
    def without_term(self) -> tuple[Standing, ...]:
        """Those that never had a date with a last day: nobody can say whether they are late."""
        return tuple(s for s in self.promises if s.first_term is None)

    @functools.cached_property
    def not_due(self) -> tuple[Standing, ...]:
        """Those whose first term has not passed, also where they were kept or moved forward."""
        return tuple(s for s in self.promises if s.first_term is not None and not _fell_due(s))

    def those(self, fates: Iterable[Fate]) -> tuple[Standing, ...]:
        """Return those of some fates, in the order of their full ids."""
        wanted = frozenset(fates)
        return tuple(standing for standing, its in self._due if its in wanted)

    @functools.cached_property
    def fell_due(self) -> tuple[Standing, ...]:
        """Those whose first term has passed."""
        return tuple(standing for standing, _ in self._due)

    @functools.cached_property
    def kept(self) -> tuple[Standing, ...]:
        """Those that were kept, by who promised them."""
        return self.those(KEPT)

    @property
    def attested(self) -> Mapping[Attestation, tuple[Standing, ...]]:
        """Those that were kept, by who says so: see `Standing.attestation`."""
        found: dict[Attestation, list[Standing]] = {word: [] for word in Attestation}
        for standing in self.kept:
            assert standing.attestation is not None, "what was kept has an outcome"
            found[standing.attestation].append(standing)
        return {word: tuple(standings) for word, standings in found.items()}

    @functools.cached_property
    def open(self) -> tuple[Standing, ...]:
        """Those that have no outcome."""
        return self.those(OPEN)

    @functools.cached_property
    def untold(self) -> tuple[Standing, ...]:
        """Those of which no source says what became of them."""
        return tuple(filter(is_untold, self.open))

    @property
    def judged(self) -> int:
        """How many fell due that somebody had to keep."""
        return len(self.fell_due) - len(self.fates[Fate.FIXED])

    @property
    def share_kept(self) -> Share:
        """How many of those were kept, in time or not."""
        return Share(len(self.kept), len(self.kept), self.judged)

    @property
    def share_kept_in_time(self) -> Share:
        """How many of those were kept by their first term."""
        return attrs.evolve(self.share_in_time, of=self.judged)

    @property
    def share_in_time(self) -> Share:
        """How many of those that were kept were so by their first term."""
        surely, perhaps = len(self.fates[Fate.IN_TIME]), len(self.fates[Fate.IN_TIME_OR_NOT])
        return Share(surely, surely + perhaps, len(self.kept))

    @functools.cached_property
    def _lateness(self) -> tuple[Timeliness, ...]:
        """How late those were that surely were."""
        late = (standing.timeliness for standing in self.fates[Fate.KEPT_LATE])
        return tuple(found for found in late if found is not None)

    @functools.cached_property
    def median_days_late(self) -> Bounds | None:
        """The days in the middle by which those were late that surely were."""
        return _bounds(self._lateness, lambda days: _quantile(days, 1 / 2))

    @functools.cached_property
    def largest_days_late(self) -> Bounds | None:
        """The days of the latest of those that surely were late."""
        return _bounds(self._lateness, lambda days: days[-1])

    @property
    def days_since_term(self) -> Spread | None:
        """How long ago the first terms passed of those that have no outcome, in days."""
        return spread((s.day - term).days for s in self.open if (term := s.first_term))

    @functools.cached_property
    def moved(self) -> tuple[Standing, ...]:
        """Those of which a date was moved, due or not."""
        return tuple(s for s in self.promises if _moves(s))

    @functools.cached_property
    def moves(self) -> int:
        """How often that was."""
        return sum(_moves(standing) for standing in self.moved)

    @functools.cached_property
    def moved_days(self) -> Spread | None:
        """Days from their first term to the one in force; negative is earlier."""
        days = (standing.moved_days for standing in self.moved)
        return spread(number for number in days if number is not None)

    @property
    def is_small(self) -> bool:
        """Whether too few fell due to compare it with others."""
        return len(self.fell_due) < FEW

    def __repr__(self) -> str:
        name = "" if self.id is None else f" {self.id}"
        return f"<Group{name}: {len(self.fell_due)} fell due of {len(self.promises)}>"


def _moves(standing: Standing) -> int:
    """Return how often its date was moved; a first date for what had none is no move."""
    return sum(move.before is not None for move in standing.moves)


def _bounds(found: Sequence[Timeliness], pick: Callable[[list[float]], float]) -> Bounds | None:
    if not found:
        return None
    least = pick(sorted(float(each.at_least) for each in found))
    most = pick(sorted(math.inf if t.at_most is None else float(t.at_most) for t in found))
    return Bounds(least, None if math.isinf(most) else most)


@attrs.frozen(kw_only=True, repr=False, eq=False)  # a key, without a look at all that they hold
class Stats(Displayed):
    """What became of the promises of a report, together and in groups."""

    report: Report
    by: By | None
    """What the groups are of; None where nothing was asked for."""
    since: dt.date | None
    """The first day on which a promise that is counted was public; None: any."""
    total: Group
    groups: tuple[Group, ...]
    """The largest first, by how many fell due; small ones behind them in the order of their titles;
    years as they follow each other. None is placed by how it did."""
    _fate_of: _Fates

    def grouped(self, by: By | str) -> Self:
        """Return the same promises in other groups; raises `BadValue` for what is no group."""
        sort = values.word(by, By)
        groups = _groups(self.total.promises, sort, self._fate_of)
        return attrs.evolve(self, by=sort, groups=groups)

    @property
    def programme(self) -> Programme:
        """Whose promises they are."""
        return self.report.programme

    @property
    def day(self) -> dt.date:
        """By which it is told what became of them."""
        return self.report.day

    @property
    def known_on(self) -> dt.date:
        """The day whose knowledge counts."""
        return self.report.known_on

    def __repr__(self) -> str:
        groups = f", {len(self.groups)} groups by {self.by}" if self.by else ""
        return f"<Stats {self.report.programme.id} {self.report.day}: {self.total!r}{groups}>"


def stats(report: Report, by: By | str | None = None, since: dt.date | str | None = None) -> Stats:
    """Say what became of the promises of a report, by what was known on its day.

    `by` is what they are grouped by. With `since` only those count that were public on that day or
    later. What a source only reports as done nobody promised, and it is not counted. Raises
    `BadValue` for what is no group or no day.

    >>> from betatech_milestones import as_of, load_example
    >>> total = stats(as_of(load_example(), "2014-09-01")).total
    >>> (len(total.fell_due), total.share_in_time)
    (9, Share(at_least=3, at_most=3, of=3))
    """
    first = None if since is None else a_day(since)
    promises = sorted(
        (
            standing
            for standing in report.standings
            if not standing.milestone.is_fact
            and (first is None or standing.milestone.known_from >= first)
        ),
        key=lambda standing: standing.milestone.full_id,
    )
    fates = {standing.milestone.full_id: fate(standing) for standing in promises}
    whole = Stats(
        report=report,
        by=None,
        since=first,
        total=Group(id=None, title=None, promises=tuple(promises), fate_of=fates),
        groups=(),
        fate_of=fates,
    )
    return whole if by is None else whole.grouped(by)


def _groups(promises: Iterable[Standing], by: By, fate_of: _Fates) -> tuple[Group, ...]:
    titles: dict[str | None, Texts | Kind | None] = {}
    found: defaultdict[str | None, list[Standing]] = defaultdict(list)
    for standing in promises:
        for own, title in _homes(standing, by):
            titles.setdefault(own, title)
            found[own].append(standing)
    groups = [
        Group(id=own, title=titles[own], promises=tuple(its), fate_of=fate_of)
        for own, its in found.items()
    ]
    if by is By.YEAR:
        return tuple(sorted(groups, key=lambda group: group.id or ""))
    return tuple(sorted(groups, key=_largest_first))


def _largest_first(group: Group) -> tuple[bool, bool, int, str, str]:
    size = 0 if group.is_small else len(group.fell_due)
    return group.id is None, group.is_small, -size, str(group.title or ""), group.id or ""


def _homes(standing: Standing, by: By) -> Iterator[tuple[str | None, Texts | Kind | None]]:
    """Yield the id and the title of each group that a promise is in; no id, where it is in none."""
    measure = standing.measure
    match by:
        case By.BODY:
            yield from ((body.id, body.name) for body in standing.bodies)
            if not standing.bodies:
                yield None, None
        case By.SECTOR:
            yield from ((sector.id, sector.title) for sector in measure.sectors)
            if not measure.sectors:
                yield None, None
        case By.CLUSTER:
            cluster = measure.cluster
            yield (None, None) if cluster is None else (cluster.id, cluster.title)
        case By.MEASURE:
            yield measure.id, measure.title
        case By.KIND:
            kind = standing.milestone.kind
            yield str(kind), kind.title if isinstance(kind, OwnKind) else kind
        case _:
            assert by is By.YEAR, "there is no other"
            yield f"{standing.milestone.known_from.year:04}", None
