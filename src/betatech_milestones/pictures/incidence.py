"""The cumulative incidence: which part of promises was kept, and dropped, how long after they were.

Each is a band, from the smallest to the largest share that the dates of the sources allow.
"""

from collections.abc import Callable, Iterator, Sequence
from xml.etree import ElementTree as ET

import attrs

from betatech_milestones.analysis.incidence import (
    QUARTER_DAYS,
    Fraction,
    Incidence,
    Point,
    incidence,
)
from betatech_milestones.analysis.stats import FEW, Stats, in_percent
from betatech_milestones.pictures.plot import (
    LINE,
    MARGIN,
    Drawn,
    Scale,
    band,
    frame,
    labels,
    once,
    sentence,
    step,
)
from betatech_milestones.pictures.svg import caption
from betatech_milestones.voice import Voice

MOST_POINTS = 120
_LEFT, _RIGHT = 56, 548
_TOP, _FOOT = 24, 324
_DAYS_A_YEAR = 365.25
_PERCENT = range(0, 101, 20)


@attrs.frozen(kw_only=True)
class _Curve:
    key: str
    look: str
    of: Callable[[Point], Fraction]

    def told(self, point: Point, voice: Voice) -> str:
        found = self.of(point)
        # What is added up may miss the whole, or a half, by less than a millionth of a percent.
        low, high = (in_percent(round(part, 9), 1) for part in (found.at_least, found.at_most))
        return voice.label("percent", percent=voice.range(low, high))


_CURVES = (
    _Curve(key="kept promises", look="blue", of=lambda point: point.kept),
    _Curve(key="dropped or replaced", look="red long", of=lambda point: point.dropped),
)


@once
def _followed(stats: Stats) -> Incidence:
    promises = stats.total.promises
    longest = max(((s.day - s.milestone.known_from).days for s in promises), default=0)
    quarters = max(-(-longest // (QUARTER_DAYS * MOST_POINTS)), 1)
    return incidence(promises, QUARTER_DAYS * quarters)


def cumulative_incidence(stats: Stats, voice: Voice) -> Drawn:
    """Return which parts of promises had ended how, so long after they were made."""
    found = _followed(stats)
    if len(found.cases) < FEW:
        cases = voice.number(len(found.cases))
        return sentence(voice.label("too few to draw", cases=cases, few=FEW))
    points = found.points
    if not points[-1].days:
        return sentence(voice.label("not followed yet"))
    span, ticks, unit = _years_or_months(points[-1].days)
    across = Scale(points[-1].days, _LEFT, _RIGHT)
    up = Scale(1, _FOOT, _TOP)
    parts = [*_frame(across, up, span, ticks, voice)]
    parts.append(caption(voice.label(unit), _LEFT, _FOOT + 34, "small"))
    for one in _CURVES:
        parts += _curve(one, points, across, up)
    parts += _labels(points[-1], across, up, voice)
    y = _FOOT + 62
    parts.append(caption(voice.label("followed so long"), MARGIN, y, "small"))
    for tick in ticks:
        followed = sum(case.last >= tick * span for case in found.cases)
        x = across.at(tick * span)
        parts.append(caption(voice.number(followed), x, y + LINE, "middle"))
    return Drawn(
        parts=parts,
        tall=y + LINE + 10,
        columns=tuple(
            map(voice.label, ("days since promise", *(one.key for one in _CURVES), "followed"))
        ),
        rows=tuple(
            (
                voice.number(point.days),
                *(one.told(point, voice) for one in _CURVES),
                voice.number(point.followed),
            )
            for point in points
        ),
    )


def _years_or_months(longest: int) -> tuple[float, range, str]:
    """Return how many days the unit of the axis has, its numbers at the ticks, and its name."""
    years = longest / _DAYS_A_YEAR
    if years >= 2:  # noqa: PLR2004  below, years would be too few ticks
        return _DAYS_A_YEAR, range(0, int(years) + 1, step(years, 8)), "years since promise"
    month = _DAYS_A_YEAR / 12
    months = int(longest / month)
    return month, range(0, months + 1, step(months, 8)), "months since promise"


def _frame(
    across: Scale, up: Scale, span: float, ticks: Sequence[int], voice: Voice
) -> Iterator[ET.Element]:
    xs = [across.at(tick * span) for tick in ticks]
    ys = [up.at(percent / 100) for percent in _PERCENT]
    yield from frame(_LEFT, _RIGHT, _TOP, _FOOT, xs=xs, ys=ys)
    yield caption(voice.label("share of promises"), MARGIN, _TOP - 10, "small")
    for percent, y in zip(_PERCENT, ys, strict=True):
        told = voice.label("percent", percent=percent)
        yield caption(told, _LEFT - 6, y + 4, "small end")
    for tick, x in zip(ticks, xs, strict=True):
        yield caption(voice.number(tick), x, _FOOT + 17, "small middle")


def _curve(one: _Curve, points: Sequence[Point], across: Scale, up: Scale) -> Iterator[ET.Element]:
    low = [(across.at(point.days), up.at(one.of(point).at_least)) for point in points]
    high = [(across.at(point.days), up.at(one.of(point).at_most)) for point in points]
    yield from band(low, high, one.look)


def _labels(last: Point, across: Scale, up: Scale, voice: Voice) -> Iterator[ET.Element]:
    found = [one.of(last) for one in _CURVES]
    yield from labels(
        [one.look for one in _CURVES],
        [(voice.label(one.key), one.told(last, voice)) for one in _CURVES],
        [(across.at(last.days), up.at((each.at_least + each.at_most) / 2)) for each in found],
        right=_RIGHT,
        within=(_TOP, _FOOT),
    )
