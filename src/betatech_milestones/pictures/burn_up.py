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
    Drawn,
    Scale,
    band,
    frame,
    labels,
    once,
    sentence,
    up_to,
)
from betatech_milestones.pictures.svg import caption
from betatech_milestones.voice import Voice

_LEFT, _RIGHT = 56, 508
_TOP, _FOOT = 24, 344


@attrs.frozen(kw_only=True)
class _Series:
    """What is counted, how it is drawn, and how it is called."""

    key: str
    look: str
    of: Callable[[MonthEnd], tuple[int, int]]
    """How many, at least and at most."""

    def told(self, moment: MonthEnd, voice: Voice) -> str:
        return voice.range(*self.of(moment))


_SERIES = (
    _Series(key="what promised", look="plain thin", of=lambda at: (at.promised, at.promised)),
    _Series(key="fell due", look="plain short", of=lambda at: (at.fell_due, at.fell_due)),
    _Series(key="kept promises", look="blue", of=lambda at: (at.kept.at_least, at.kept.at_most)),
    _Series(
        key="fixed",
        look="green mixed",
        of=lambda at: (at.fixed, at.fixed),
    ),
    _Series(
        key="dropped or replaced",
        look="red long",
        of=lambda at: (at.dropped.at_least, at.dropped.at_most),
    ),
)


_over_time = once(over_time)


def burn_up(stats: Stats, voice: Voice) -> Drawn:
    """Return what was promised against what was kept, over time."""
    moments = _over_time(stats)
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
    parts += labels(
        [one.look for one in series],
        [(voice.label(one.key), one.told(last, voice)) for one in series],
        [(axis.middle(last.day), scale.at(sum(one.of(last)) / 2)) for one in series],
        right=_RIGHT,
        within=(_TOP, _FOOT),
    )
    return Drawn(
        parts=parts,
        tall=_FOOT + 28,
        columns=(voice.label("day"), *(voice.label(one.key) for one in series)),
        rows=tuple((voice.day(at.day), *(one.told(at, voice) for one in series)) for at in moments),
    )


_ALWAYS = {"what promised", "fell due", "kept promises"}


def _frame(axis: Axis, scale: Scale, ticks: Sequence[int], voice: Voice) -> Iterator[ET.Element]:
    xs = [x for x, _ in axis.ticks(voice)]
    yield from frame(_LEFT, _RIGHT, _TOP, _FOOT, xs=xs, ys=map(scale.at, ticks))
    yield caption(voice.label("number of promises"), MARGIN, _TOP - 10, "small")
    for tick in ticks:
        yield caption(voice.number(tick), _LEFT - 6, scale.at(tick) + 4, "small end")
    for x, name in axis.ticks(voice):
        yield caption(name, x + 2, _FOOT + 17, "small")


def _curve(
    one: _Series, moments: Sequence[MonthEnd], axis: Axis, scale: Scale
) -> Iterator[ET.Element]:
    low = [(axis.middle(at.day), scale.at(one.of(at)[0])) for at in moments]
    high = [(axis.middle(at.day), scale.at(one.of(at)[1])) for at in moments]
    yield from band(low, high, one.look)
