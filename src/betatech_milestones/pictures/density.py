"""How the terms, outcomes and moves of many milestones lie over time, in numbers.

Where a row for each milestone would be longer than anybody reads, a picture draws these instead.
"""

import bisect
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Self

import attrs

from betatech_milestones.analysis.report import Report
from betatech_milestones.formats.standings import FACT, KEYS, group_of
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import Measure, Programme, Texts
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Evidence, Status
from betatech_milestones.pictures.axis import Axis
from betatech_milestones.voice import Voice, capital

TERMS = ("settled", "late", "lapsed", "coming")
"""Terms, by what is known of them; lapsed are those that passed while nothing was recorded."""
EVENTS = ("met", FACT, "dropped", "moved")
"""What happened, by when it did: what was replaced is counted with what was dropped."""
_MOST_BINS = 48
_YEARS_TOGETHER = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@attrs.frozen(kw_only=True)
class Bins:
    """Stretches of an axis in which things are counted: quarters, years, or more years at once."""

    axis: Axis
    starts: Sequence[int]
    """The first day of each, as an ordinal."""

    @classmethod
    def of(cls, axis: Axis) -> Self:
        years = axis.years
        if 4 * len(years) <= _MOST_BINS:
            firsts = [dt.date(year, month, 1) for year in years for month in (1, 4, 7, 10)]
        else:
            step = next(s for s in _YEARS_TOGETHER if len(years) <= s * _MOST_BINS)
            firsts = [dt.date(year, 1, 1) for year in years[::step]]
        return cls(axis=axis, starts=[day.toordinal() for day in firsts])

    def at(self, day: dt.date) -> int:
        """Return the number of the bin of a day, or of the one that is nearest to it."""
        return max(bisect.bisect_right(self.starts, day.toordinal()) - 1, 0)

    def span(self, number: int) -> tuple[float, float]:
        """Return where a bin begins and ends on the axis."""
        ends = [*self.starts, self.axis.after]
        return self.axis.x(ends[number]), self.axis.x(ends[number + 1])


@attrs.frozen
class Density:
    """How many there are of each sort in each bin, and in each group whether dated or not."""

    groups: Mapping[str, int]
    """How many milestones stand how."""
    counts: Mapping[tuple[str, int], int]
    """By sort and by the number of the bin; what there is none of is left out."""

    @classmethod
    def of(
        cls,
        standings: Iterable[Standing],
        bins: Bins,
        group: Callable[[Standing], str] = group_of,
    ) -> Self:
        """Return the density of milestones, as far as it is known of them."""
        counts: defaultdict[tuple[str, int], int] = defaultdict(int)
        groups: Counter[str] = Counter()
        for standing in standings:
            groups[group(standing)] += 1
            for look, day in _days(standing):
                counts[look, bins.at(day)] += 1
        return cls(groups, counts)

    @classmethod
    def together(cls, densities: Iterable["Density"]) -> Self:
        """Return the density of the milestones of several."""
        counts: defaultdict[tuple[str, int], int] = defaultdict(int)
        groups: Counter[str] = Counter()
        for density in densities:
            groups.update(density.groups)
            for key, count in density.counts.items():
                counts[key] += count
        return cls(groups, counts)

    @property
    def milestones(self) -> int:
        """How many there are in all."""
        return sum(self.groups.values())

    @property
    def looks(self) -> frozenset[str]:
        """The sorts that there are any of."""
        return frozenset(look for look, _ in self.counts)

    def total(self, *looks: str) -> int:
        """Return how many there are of some sorts."""
        return sum(count for (look, _), count in self.counts.items() if look in looks)

    def highest(self, looks: Container[str]) -> int:
        """Return how many of some sorts the fullest bin holds."""
        stacked: defaultdict[int, int] = defaultdict(int)
        for (look, number), count in self.counts.items():
            if look in looks:
                stacked[number] += count
        return max(stacked.values(), default=0)

    def by_year(self, bins: Bins, *looks: str) -> Counter[int]:
        """Return how many of some sorts each year has, or the first of some years together."""
        years: Counter[int] = Counter()
        for (look, number), count in self.counts.items():
            if look in looks:
                years[dt.date.fromordinal(bins.starts[number]).year] += count
        return years


def _days(standing: Standing) -> Iterator[tuple[str, dt.date]]:
    """Yield what is counted of a milestone, and on which day."""
    if (day := _day(standing.due)) is not None:
        yield _term(standing), day
    for move in standing.moves:
        if move.before is not None:  # a first date is no move
            yield "moved", move.revision.announced
    if standing.outcome is not None and (day := _day(standing.outcome.on)) is not None:
        key = group_of(standing)
        yield key if key in EVENTS else "dropped", day


def _day(date: PolicyDate | None) -> dt.date | None:
    """Return the last day of a date, or the first where it has no last."""
    return None if date is None else date.latest or date.earliest


def _term(standing: Standing) -> str:
    match standing.status:
        case Status.OVERDUE:
            return "late" if standing.evidence is Evidence.LATE else "lapsed"
        case Status.PASSED:
            return "lapsed"
        case Status.DUE | Status.UPCOMING | Status.UNDATED:
            return "coming"
    return "settled"


# --- of what --------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Group:
    """Measures that stand together."""

    id: str
    title: Texts | None
    """None of those that are in no other group, or in one of the smallest of many."""
    measures: Sequence[Measure]
    density: Density


def densities(
    report: Report, bins: Bins, group: Callable[[Standing], str] = group_of
) -> dict[str, Density]:
    """Return the density of each measure of which anything is known, by its id."""
    found: defaultdict[str, list[Standing]] = defaultdict(list)
    for standing in report.standings:
        found[standing.measure.id].append(standing)
    return {id_: Density.of(standings, bins, group) for id_, standings in found.items()}


def groups(programme: Programme, of_measure: Mapping[str, Density]) -> list[Group]:
    """Return measures by cluster or, where there are none, by who is first to answer for them."""
    titles = {body.id: body.name for body in programme.bodies}
    if programme.clusters:
        titles = {cluster.id: cluster.title for cluster in programme.clusters}
    found: defaultdict[str, list[Measure]] = defaultdict(list)
    for measure in programme.measures:
        if measure.id in of_measure:
            found[_group(measure, programme)].append(measure)
    kept = sorted(titles, key=lambda id_: -len(found[id_]))[:_MOST_GROUPS]
    grouped: list[tuple[str, Texts | None, list[Measure]]] = [
        (id_, title, found[id_]) for id_, title in titles.items() if id_ in kept
    ]
    rest = [measure for id_, those in found.items() if id_ not in kept for measure in those]
    return [
        Group(
            id=id_,
            title=title,
            measures=those,
            density=Density.together(of_measure[measure.id] for measure in those),
        )
        for id_, title, those in (*grouped, ("", None, rest))
        if those
    ]


def rest(programme: Programme, voice: Voice) -> str:
    """Return what the group without a title is called."""
    return capital(voice.label("others" if programme.clusters else "no body"))


def _group(measure: Measure, programme: Programme) -> str:
    if programme.clusters:
        return measure.cluster.id if measure.cluster else ""
    return measure.bodies[0].id if measure.bodies else ""


_MOST_GROUPS = 24


# --- in bars and in words -------------------------------------------------------------------------


def bars(
    density: Density,
    bins: Bins,
    *,
    base: float,
    one: float,
    apart: float,
) -> Iterator[tuple[str, str]]:
    """Yield the bars of each sort that there is any of, as its name and the data of a path.

    Terms stand on the base and events hang below it; so high is `one` of them, and none is too
    low to be seen. Bins are so far `apart`, in units of the axis, of which each is `FINE` ones.
    """
    for looks, up in ((TERMS, -1), (EVENTS, 1)):
        ends: dict[int, int] = {}
        for look in looks:
            drawn = []
            found = (key for key in density.counts if key[0] == look)
            for _, number in sorted(found):
                count = density.counts[look, number]
                left, right = (round(FINE * x) for x in bins.span(number))
                start = ends.get(number, round(base))
                tall = up * max(round(one * count), _LOWEST)
                ends[number] = start + tall
                drawn.append(
                    f"M{left} {start}h{max(right - left - round(FINE * apart), 1)}v{tall}H{left}z"
                )
            if drawn:
                yield look, "".join(drawn)


FINE = 10  # units of bars to one of the axis
_LOWEST = 2  # the height of a bar


def height(some: Iterable[Density], above: float, below: float) -> float:
    """Return how high one is drawn, so that the fullest bins of some densities have room."""
    some = list(some)
    terms = max((density.highest(TERMS) for density in some), default=0)
    events = max((density.highest(EVENTS) for density in some), default=0)
    return min(above / max(terms, 1), below / max(events, 1))


# What each sort is called in a legend.
NAMES = {
    "settled": "density settled",
    "late": "late",
    "lapsed": "overdue",
    "coming": "density coming",
    "met": "met",
    FACT: FACT,
    "dropped": "density dropped",
    "moved": "moves",
}


OPEN = "open"
"""The group, on no day, of all that has no outcome: nothing is late then."""


def known_at_last(standing: Standing) -> str:
    """Return in which group a milestone stands on no day."""
    return OPEN if standing.outcome is None else group_of(standing)


def in_numbers(density: Density, voice: Voice) -> str:
    """Return how many milestones there are, how many of them stand how, and how often one moved."""
    counted = {"milestones": density.milestones}
    counted |= {key: density.groups.get(key, 0) for key in (OPEN, *KEYS)}
    counted["moves"] = density.total("moved")
    return "; ".join(
        voice.pair(voice.label(key), voice.number(n)) for key, n in counted.items() if n
    )
