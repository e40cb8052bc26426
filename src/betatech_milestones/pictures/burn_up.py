"""The burn-up: how many promises were public, due, kept and dropped at the end of each month.

What was kept is a band, from what surely was by then to what may have been.
"""

from collections.abc import Callable, Iterator, Sequence
from xml.etree import ElementTree as ET

import attrs

from betatech_milestones.analysis.over_time import MonthEnd, over_time
from betatech_milestones.analysis.stats import Stats
from betatech_milestones.pictures.axis import Axis
from betatech_milestones.pictures.plot import (
    MARGIN,
    SIZE,
    WIDTH,
    Drawn,
    Scale,
    apart,
    band,
    counts,
    polyline,
    sentence,
    up_to,
)
from betatech_milestones.pictures.svg import caption, cut, number, path
from betatech_milestones.voice import Voice

_LEFT, _RIGHT = 56, 520
_TOP, _FOOT = 8, 328


@attrs.frozen(kw_only=True)
class _Series:
    """What is counted, how it is drawn, and how it is called."""

    key: str
    look: str
    of: Callable[[MonthEnd], tuple[int, int]]
    """How many, at least and at most."""

    def told(self, moment: MonthEnd, voice: Voice) -> str:
        return counts(*self.of(moment), voice)


_SERIES = (
    _Series(key="what promised", look="plain thin", of=lambda at: (at.promised, at.promised)),
    _Series(key="fell due", look="plain short", of=lambda at: (at.fell_due, at.fell_due)),
    _Series(key="kept promises", look="blue", of=lambda at: (at.kept.at_least, at.kept.at_most)),
    _Series(
        key="fate by-itself",
        look="green mixed",
        of=lambda at: (at.by_itself, at.by_itself),
    ),
    _Series(
        key="dropped or replaced",
        look="red long",
        of=lambda at: (at.dropped.at_least, at.dropped.at_most),
    ),
)


def burn_up(stats: Stats, voice: Voice) -> Drawn:
    """Return what was promised against what was kept, over time."""
    moments = over_time(stats)
    if not moments:
        return sentence(voice.label("no promises"))
    last = moments[-1]
    series = [one for one in _SERIES if one.key in _ALWAYS or one.of(last)[1]]
    axis = Axis.of([moments[0].day, last.day], left=_LEFT, right=_RIGHT)
    ticks = up_to(last.promised)
    scale = Scale(ticks[-1], _FOOT, _TOP)
    parts = [*_frame(axis, scale, ticks, voice)]
    for one in series:
        parts += _curve(one, moments, axis, scale)
    parts += _labels(series, last, axis, scale, voice)
    return Drawn(
        parts=parts,
        tall=_FOOT + 28,
        columns=(voice.label("day"), *(voice.label(one.key) for one in series)),
        rows=tuple((voice.day(at.day), *(one.told(at, voice) for one in series)) for at in moments),
    )


_ALWAYS = {"what promised", "fell due", "kept promises"}


def _frame(axis: Axis, scale: Scale, ticks: Sequence[int], voice: Voice) -> Iterator[ET.Element]:
    grid = "".join(f"M{_LEFT} {number(scale.at(tick))}H{_RIGHT}" for tick in ticks)
    grid += "".join(f"M{number(x)} {_TOP}V{_FOOT}" for x, _ in axis.ticks(voice))
    yield path(grid, "grid")
    yield path(f"M{_LEFT} {_TOP}V{_FOOT}H{_RIGHT}", "axis")
    for tick in ticks:
        yield caption(voice.number(tick), _LEFT - 6, scale.at(tick) + 4, "small end")
    for x, name in axis.ticks(voice):
        yield caption(name, x + 2, _FOOT + 17, "small")


def _curve(
    one: _Series, moments: Sequence[MonthEnd], axis: Axis, scale: Scale
) -> Iterator[ET.Element]:
    low = [(axis.middle(at.day), scale.at(one.of(at)[0])) for at in moments]
    high = [(axis.middle(at.day), scale.at(one.of(at)[1])) for at in moments]
    if low != high:
        yield band(low, high, f"{one.look.split()[0]}-fill")
        yield polyline(high, one.look)
    yield polyline(low, one.look)


def _labels(
    series: Sequence[_Series], last: MonthEnd, axis: Axis, scale: Scale, voice: Voice
) -> Iterator[ET.Element]:
    """Yield the name of each line beside its end, with its number on the last day."""
    ends = [scale.at(sum(one.of(last)) / 2) for one in series]
    for one, end, y in zip(series, ends, apart(ends, 32, _TOP + 10, _FOOT - 10), strict=True):
        x = axis.middle(last.day)
        yield path(f"M{number(x)} {number(end)}L{_RIGHT + 6} {number(y)}H{_RIGHT + 12}", "leader")
        yield path(f"M{_RIGHT + 14} {number(y)}h26", f"line {one.look}")
        room = (WIDTH - MARGIN - _RIGHT - 46) / SIZE
        yield caption(cut(voice.label(one.key), room), _RIGHT + 46, y - 3)
        yield caption(one.told(last, voice), _RIGHT + 46, y + 12, "bold")
