"""Days late per responsible body: a row of dots, of what was kept and had fallen due.

Where sources leave the days open, a promise is a line from at least to at most, and where they tell
no end, an arrow. What was in time stands apart: it was no day late.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

import attrs

from betatech_milestones.analysis.stats import Group, Stats
from betatech_milestones.analysis.stats import stats as find_stats
from betatech_milestones.formats.stats import share
from betatech_milestones.model.records import Texts
from betatech_milestones.model.standing import Timeliness
from betatech_milestones.model.vocabulary import By
from betatech_milestones.pictures.plot import (
    LINE,
    MARGIN,
    SIZE,
    WIDTH,
    Drawn,
    note,
    sentence,
    step,
)
from betatech_milestones.pictures.svg import caption, cut, number, path, width
from betatech_milestones.voice import Voice

MOST_BODIES = 12
_MOST_LANES = 8
_LEFT, _RIGHT = 40, 692
_NONE_LATE = 24  # where the mark stands of what was in time
_BIN = 8  # the width of a bin, and of a dot in it
_MOST_DOTS = 5  # in a stack; with more, all are bars
_STACK = _MOST_DOTS * _BIN
_LANE = 7
_TOP = 24


@attrs.frozen
class _Days:
    """The axis: days in bins that are all as wide."""

    per_bin: int

    @classmethod
    def of(cls, largest: float) -> "_Days":
        return cls(step(max(largest, 1), (_RIGHT - _LEFT) // _BIN))

    def bin(self, days: int) -> int:
        """Return the number of the bin that a day is in; 0 is in time."""
        return -(-days // self.per_bin)

    def middle(self, place: int) -> float:
        return _LEFT + (place - 0.5) * _BIN if place else _NONE_LATE

    def at(self, days: int) -> float:
        return _LEFT + days / self.per_bin * _BIN if days else _NONE_LATE

    def days(self, place: int) -> tuple[int, int]:
        """Return the first and the last day of a bin."""
        return ((place - 1) * self.per_bin + 1 if place else 0), place * self.per_bin

    def ticks(self) -> range:
        bins = (_RIGHT - _LEFT) // _BIN
        return range(0, bins * self.per_bin + 1, step(bins * self.per_bin, 8))


@attrs.frozen(kw_only=True)
class _Row:
    """What a body kept: how many so many days late, and of how many that is not certain."""

    group: Group
    exact: Counter[int]
    ranges: Counter[tuple[int, int | None]]

    @classmethod
    def of(cls, group: Group) -> "_Row":
        late = [found for standing in group.kept if (found := standing.timeliness)]
        return cls(
            group=group,
            exact=Counter(found.at_least for found in late if _is_exact(found)),
            ranges=Counter(
                (found.at_least, found.at_most) for found in late if not _is_exact(found)
            ),
        )

    @property
    def largest(self) -> int:
        ends = (most or least for least, most in self.ranges)
        return max([*self.exact, *ends, *(least for least, _ in self.ranges)], default=0)

    @property
    def order(self) -> list[tuple[int, int | None]]:
        """The ranges: the least first, and of those the one that may be longest last."""
        return sorted(self.ranges, key=lambda found: (found[0], found[1] is None, found[1] or 0))

    def bins(self, axis: _Days) -> Counter[int]:
        found: Counter[int] = Counter()
        for days, promises in self.exact.items():
            found[axis.bin(days)] += promises
        return found


def _is_exact(found: Timeliness) -> bool:
    return found.at_least == found.at_most


def delays(stats: Stats, voice: Voice) -> Drawn:
    """Return how late promises were kept, for each of the bodies that answer for most of them."""
    by_body = stats if stats.by is By.BODY else find_stats(stats.report, By.BODY, stats.since)
    rows = [_Row.of(group) for group in by_body.groups if group.judged]
    if not stats.total.kept:
        return sentence(voice.label("none kept" if stats.total.promises else "no promises"))
    shown, others = rows[:MOST_BODIES], rows[MOST_BODIES:]
    axis = _Days.of(max(row.largest for row in shown))
    tallest = max((max(row.bins(axis).values(), default=0) for row in shown), default=0)
    parts: list[ET.Element] = []
    top = float(_TOP)
    for row in shown:
        drawn, top = _drawn(row, axis, tallest, top, voice)
        parts += drawn
    parts = [*_frame(axis, top, voice), *parts]
    top += 40
    if tallest > _MOST_DOTS:
        more, top = note(voice.label("tallest", number=voice.number(tallest)), top)
        parts += more
    if others:
        more, top = note(_left_out(others, voice), top)
        parts += more
    return Drawn(
        parts=parts,
        tall=top + 4,
        columns=tuple(
            map(voice.label, ("body", "share kept", "days after term", "number of promises"))
        ),
        rows=tuple(told for row in shown for told in _told(row, voice)),
    )


def _left_out(others: Iterable[_Row], voice: Voice) -> str:
    groups = [row.group for row in others]
    return voice.label(
        "bodies left out",
        number=voice.number(len(groups)),
        kept=voice.number(sum(len(group.kept) for group in groups)),
        all=voice.number(sum(group.judged for group in groups)),
    )


def _frame(axis: _Days, foot: float, voice: Voice) -> Iterator[ET.Element]:
    xs = [axis.at(tick) for tick in axis.ticks()]
    yield path("".join(f"M{number(x)} {_TOP - 4}V{number(foot)}" for x in xs), "grid")
    yield path(f"M{MARGIN} {number(foot)}H{_RIGHT}", "axis")
    yield caption(voice.label("days after term"), MARGIN, foot + 34, "small")
    for tick, x in zip(axis.ticks(), xs, strict=True):
        yield caption(voice.number(tick), x, foot + 17, "small middle")


def _drawn(
    row: _Row, axis: _Days, tallest: int, top: float, voice: Voice
) -> tuple[list[ET.Element], float]:
    """Return a row, and where the next one begins."""
    told = f"{voice.label('kept promises')} {share(row.group.share_kept, voice)}"
    room = (WIDTH - 2 * MARGIN - 12) / SIZE - width(told)
    parts = [
        caption(cut(_name(row.group, voice), room / 1.1), MARGIN, top + 12, "bold"),
        caption(told, WIDTH - MARGIN, top + 12, "small end"),
    ]
    bins = row.bins(axis)
    high = max(bins.values(), default=0)
    foot = top + LINE + (high * _BIN if tallest <= _MOST_DOTS else _STACK if high else 0) + 4
    parts += _stacks(bins, axis, tallest, foot)
    lanes: list[float] = []
    left_out = 0
    for found in row.order:
        least, most = found
        first, last = axis.at(least), _RIGHT + 12 if most is None else axis.at(most)
        lane = next((at for at, end in enumerate(lanes) if end + 4 < first), len(lanes))
        if lane == _MOST_LANES:
            left_out += row.ranges[found]
            continue
        lanes[lane : lane + 1] = [last]
        y = foot + _LANE * (lane + 0.5) + 2
        parts.append(_range(first, None if most is None else last, y))
    foot += _LANE * len(lanes) + 4
    if left_out:
        told = voice.label("ranges left out", number=voice.number(left_out))
        parts.append(caption(f"+ {told}", MARGIN, foot + 10, "small"))
        foot += LINE
    return parts, foot + 8


def _stacks(bins: Counter[int], axis: _Days, tallest: int, foot: float) -> Iterator[ET.Element]:
    """Yield a dot for each promise, or a bar for those of a bin where they are too many."""
    d = ""
    for place, promises in sorted(bins.items()):
        x = axis.middle(place)
        if tallest <= _MOST_DOTS:
            d += "".join(
                f"M{number(x - 3)} {number(foot - _BIN * (at + 0.5))}a3 3 0 1 1 6 0a3 3 0 1 1 -6 0z"
                for at in range(promises)
            )
        else:
            tall = max(_STACK * promises / tallest, 1)
            d += f"M{number(x - 3)} {number(foot)}v{number(-tall)}h6v{number(tall)}z"
    if d:
        yield path(d, "blue-fill")


def _range(first: float, last: float | None, y: float) -> ET.Element:
    """Return a line from at least to at most; an arrow where nothing tells the latter."""
    begin = f"M{number(first)} {number(y - 2.5)}v5M{number(first)} {number(y)}"
    if last is None:
        return path(f"{begin}H{_RIGHT + 12}m-5 -3l5 3l-5 3", "line thin red")
    return path(f"{begin}H{number(last)}m0 -2.5v5", "line thin red")


def _told(row: _Row, voice: Voice) -> Iterator[tuple[str, ...]]:
    head = (_name(row.group, voice), share(row.group.share_kept, voice))
    if not row.exact and not row.ranges:
        yield (*head, voice.label("no case"), voice.number(0))
    for days, promises in sorted(row.exact.items()):
        yield (*head, voice.number(days), voice.number(promises))
    for found in row.order:
        least, most = found
        if most is None:
            told = voice.label("at least", least=voice.number(least))
        else:
            told = voice.label("range", low=voice.number(least), high=voice.number(most))
        yield (*head, told, voice.number(row.ranges[found]))


def _name(group: Group, voice: Voice) -> str:
    return (
        voice.line(group.title) if isinstance(group.title, Texts) else voice.label("none of these")
    )
