"""Days late per responsible body: a row of dots, of what was kept and had fallen due.

Where sources leave the days open, a promise is a line from at least to at most, and where they tell
no end, an arrow. What was in time stands apart: it was no day late.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

import attrs

from betatech_milestones.analysis.stats import Group, Stats
from betatech_milestones.formats.stats import ordered, share, title_of
from betatech_milestones.model.standing import Timeliness
from betatech_milestones.model.vocabulary import By
from betatech_milestones.pictures.plot import (
    BOLD,
    LINE,
    MARGIN,
    SIZE,
    WIDTH,
    Drawn,
    note,
    sentence,
    step,
)
from betatech_milestones.pictures.svg import caption, cut, number, one_line, path, width
from betatech_milestones.voice import Voice

MOST_BODIES = 12
_MOST_LANES = 6
_LEFT, _RIGHT = 52, 692
_IN_TIME = 30  # where the number stands of what was in time
_BIN = 8  # the width of a bin, and of a dot in it
_MOST_DOTS = 5  # in a stack; with more, all are bars
_STACK = _MOST_DOTS * _BIN
_LANE = 7
_TOP = 4
_ARROW = WIDTH - 8  # where those end of which nothing tells the end


@attrs.frozen
class _Days:
    """The axis: days in bins that are all as wide."""

    per_bin: int

    @classmethod
    def of(cls, largest: float) -> "_Days":
        return cls(step(max(largest, 1), (_RIGHT - _LEFT) // _BIN))

    def bin(self, days: int) -> int:
        """Return the number of the bin that days late are in, from 0 up."""
        return (days - 1) // self.per_bin

    def middle(self, place: int) -> float:
        return _LEFT + (place + 0.5) * _BIN

    def at(self, days: int) -> float:
        return _LEFT + days / self.per_bin * _BIN if days else _IN_TIME

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

    def bins(self, axis: _Days) -> dict[int, list[int]]:
        """Return the days of what was late and is certain, each as often as it was, by bins."""
        found: dict[int, list[int]] = {}
        for days, promises in sorted(self.exact.items()):
            if days:
                found.setdefault(axis.bin(days), []).extend([days] * promises)
        return found


def _is_exact(found: Timeliness) -> bool:
    return found.at_least == found.at_most


def delays(stats: Stats, voice: Voice) -> Drawn:
    """Return how late promises were kept, for each of the bodies that answer for most of them."""
    by_body = stats if stats.by is By.BODY else stats.grouped(By.BODY)
    groups = [group for group in by_body.groups if group.judged]
    if not stats.total.kept:
        return sentence(voice.label("none kept" if stats.total.promises else "no promises"))
    shown = [_Row.of(group) for group in ordered(groups[:MOST_BODIES], voice)]
    others = groups[MOST_BODIES:]
    axis = _Days.of(max(row.largest for row in shown))
    tallest = max(len(those) for row in shown for those in [[], *row.bins(axis).values()])
    parts: list[ET.Element] = []
    top = float(_TOP)
    for row in shown:
        drawn, top = _drawn(row, axis, tallest, top, voice)
        parts += drawn
    parts += _axis(axis, top, voice)
    top += 40
    more, top = note(_marks(tallest, voice), top)
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
        rows=tuple(told for row in shown for told in _told(row, axis, voice)),
    )


def _marks(tallest: int, voice: Voice) -> str:
    """Return what the marks are, for who has the picture alone."""
    one = voice.label("tallest" if tallest > _MOST_DOTS else "dot", number=voice.number(tallest))
    return f"{one} {voice.label('marks')}"


def _left_out(others: Sequence[Group], voice: Voice) -> str:
    kept = {id(standing) for group in others for standing in group.kept}
    return voice.label(
        "bodies left out", number=voice.number(len(others)), kept=voice.number(len(kept))
    )


def _axis(axis: _Days, foot: float, voice: Voice) -> Iterator[ET.Element]:
    yield path(f"M{MARGIN} {number(foot)}H{_RIGHT}", "axis")
    yield caption(voice.label("days after term"), MARGIN, foot + 34, "small")
    for tick in axis.ticks():
        yield caption(voice.number(tick), axis.at(tick), foot + 17, "small middle")


def _drawn(
    row: _Row, axis: _Days, tallest: int, top: float, voice: Voice
) -> tuple[list[ET.Element], float]:
    """Return a row, and where the next one begins."""
    told = voice.pair(voice.label("kept promises"), share(row.group.share_kept, voice))
    room = (WIDTH - 2 * MARGIN - 12) / SIZE - width(told)
    heading = [
        caption(cut(one_line(title_of(row.group, voice)), room / BOLD), MARGIN, top + 12, "bold"),
        caption(told, WIDTH - MARGIN, top + 12, "small end"),
    ]
    top += LINE + 2
    if not row.exact and not row.ranges:
        return heading, top + 6
    bins = row.bins(axis)
    in_time = row.exact[0]
    high = max(map(len, bins.values()), default=0)
    foot = top + max(_tall(high, tallest), LINE - 3 if in_time else 0)
    marks = [*_stacks(bins, axis, tallest, foot)]
    if in_time:
        marks.append(caption(voice.number(in_time), _IN_TIME, foot - 2, "middle"))
    ranges, lanes, left_out = _ranges(row, axis, foot)
    marks += ranges
    end = foot + _LANE * lanes + 2
    grid = "".join(f"M{number(axis.at(tick))} {number(top)}V{number(end)}" for tick in axis.ticks())
    if left_out:
        words = voice.label("ranges left out", number=voice.number(left_out))
        marks.append(caption(f"+ {words}", MARGIN, end + 12, "small"))
        end += LINE
    return [*heading, path(grid, "grid"), *marks], end + 10


def _tall(promises: int, tallest: int) -> float:
    """Return how tall a stack is, of dots where all are small, else of a bar."""
    if tallest <= _MOST_DOTS:
        return promises * _BIN
    return max(_STACK * promises / tallest, 2) if promises else 0


def _stacks(
    bins: Mapping[int, Sequence[int]], axis: _Days, tallest: int, foot: float
) -> Iterator[ET.Element]:
    """Yield a dot for each promise, or a bar for those of a bin where they are too many."""
    d = ""
    for place, those in bins.items():
        x = axis.middle(place)
        if tallest <= _MOST_DOTS:
            d += "".join(
                f"M{number(x - 3)} {number(foot - _BIN * (at + 0.5))}a3 3 0 1 1 6 0a3 3 0 1 1 -6 0z"
                for at in range(len(those))
            )
        else:
            tall = _tall(len(those), tallest)
            d += f"M{number(x - 3)} {number(foot)}v{number(-tall)}h6v{number(tall)}z"
    if d:
        yield path(d, "blue-fill")


def _ranges(row: _Row, axis: _Days, top: float) -> tuple[list[ET.Element], int, int]:
    """Return lines below each other, in how many lanes, and for how many there was no room."""
    parts: list[ET.Element] = []
    lanes: list[float] = []
    left_out = 0
    for found in row.order:
        least, most = found
        first = axis.at(least)
        last = _ARROW if most is None else axis.at(most)
        for _ in range(row.ranges[found]):
            lane = next((at for at, end in enumerate(lanes) if end + 4 < first), len(lanes))
            if lane == _MOST_LANES:
                left_out += 1
                continue
            lanes[lane : lane + 1] = [last]
            parts.append(_range(first, last, top + _LANE * (lane + 0.5) + 1, ends=most is not None))
    return parts, len(lanes), left_out


def _range(first: float, last: float, y: float, *, ends: bool) -> ET.Element:
    """Return a line from at least to at most; an arrow where nothing tells the latter."""
    line = f"M{number(first)} {number(y - 2.5)}v5m0 -2.5H{number(last)}"
    return path(line + ("m0 -2.5v5" if ends else "m-5 -3l5 3l-5 3"), "line thin red")


def _told(row: _Row, axis: _Days, voice: Voice) -> Iterator[tuple[str, ...]]:
    head = (one_line(title_of(row.group, voice)), share(row.group.share_kept, voice))
    if not row.exact and not row.ranges:
        yield (*head, voice.label("no case"), voice.number(0))
    if row.exact[0]:
        yield (*head, voice.number(0), voice.number(row.exact[0]))
    for those in row.bins(axis).values():
        yield (*head, voice.range(those[0], those[-1]), voice.number(len(those)))
    for found in row.order:
        least, most = found
        low = voice.number(least)
        if most is None:
            told = voice.label("at least", least=low)
        else:
            told = voice.label("between", least=low, most=voice.number(most))
        yield (*head, told, voice.number(row.ranges[found]))
