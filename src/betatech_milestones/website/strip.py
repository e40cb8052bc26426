"""One milestone on a common axis, so small that it can stand wherever the milestone is told.

A strip is an inline SVG whose lengths are in percent, so that it is as wide as its place without
being deformed. What marks look like is for `strip.css`: here stands only where they are, and from
which day up to which they hold. The words beside a strip tell the same, so it is hidden from who
listens to the page.
"""

import datetime as dt
import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence

import attrs
from markupsafe import Markup, escape

from betatech_milestones.analysis.course import course
from betatech_milestones.formats.standings import group_of
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import Milestone
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Status
from betatech_milestones.pictures.axis import Axis, Place, dates, days, endings, promises
from betatech_milestones.pictures.svg import width
from betatech_milestones.voice import Voice
from betatech_milestones.website.telling import spells

_ONE_DAY = dt.timedelta(days=1)


def axis_of(milestones: Iterable[Milestone]) -> Axis | None:
    """Return the axis that milestones have in common, in percent; None where none has a date."""
    found = days([date for milestone in milestones for date in dates(milestone)])
    return Axis.of(found) if found else None


def bounds(axis: Axis) -> Markup:
    """Return the attributes by which a script finds days in a chart."""
    first, last = dt.date.fromordinal(axis.first), dt.date.fromordinal(axis.after - 1)
    return Markup(f' data-first="{first}" data-last="{last}"')  # noqa: S704  days


# --- the axis -------------------------------------------------------------------------------------

_NARROWEST = 27  # the width of the narrowest axis, in units of the size of its type


@functools.lru_cache(maxsize=256)  # many measures are of the same years
def scale(axis: Axis, voice: Voice, *, day: dt.date | None = None) -> Markup:
    """Return the names of the years for above some strips, and the lines for behind them.

    With a day that is marked; without one the mark waits for a script.
    """
    ticks = list(axis.ticks(voice))
    apart = _apart(ticks)
    names, lines = [], []
    for number, (x, name) in enumerate(ticks):
        look = ' class="wide"' if number % apart else ""
        names.append(f'<text x="{_percent(x)}"{look}>{escape(name)}</text>')
        lines.append(f'<rect x="{_percent(x)}"/>')
    lines.append(_today(axis, day))
    return Markup(  # noqa: S704  what the language has for a month is escaped
        f'<svg class="axis" aria-hidden="true">{"".join(names)}</svg>'
        f'<svg class="grid" aria-hidden="true"><g class="lines" id="{_LINES}">{"".join(lines)}</g>'
        "</svg>"
    )


def _apart(ticks: Sequence[tuple[float, str]]) -> int:
    """Return every how many names there is room for on a telephone, between each and the next."""
    return next(
        apart
        for apart in itertools.count(1)
        if all(
            width(name) + 1 <= (after - x) / 100 * _NARROWEST
            for (x, name), (after, _) in itertools.pairwise(ticks[::apart])
        )
    )


_LINES = "axis:lines"  # no id of the data has a colon


def _today(axis: Axis, day: dt.date | None) -> str:
    if day is None or not axis.holds(day):
        return '<rect class="today" visibility="hidden"/>'
    return f'<rect class="today" x="{_percent(axis.middle(day))}"/>'


# --- the strip ------------------------------------------------------------------------------------


@attrs.frozen
class _Mark:
    """What is drawn, and on which days."""

    look: str
    x: float
    width: float | None = None
    """None for a sign, which is as wide as its style makes it."""
    since: dt.date = dt.date.min
    until: dt.date = dt.date.max


@functools.lru_cache(maxsize=256)  # the pages of a measure in other languages come next
def strip(
    milestone: Milestone, axis: Axis, *, day: dt.date, since: dt.date | None = None
) -> Markup:
    """Return a milestone on an axis; nothing where it has no date.

    What is not known on the day, or holds no more, is hidden. `since` is the first day that the
    page can tell, for a page that is of no day: what was over by then is left out, and the stretch
    of time after a term waits for a script. Such a page has a story between one strip and the next,
    so each holds the lines of the axis.
    """
    if not dates(milestone):
        return Markup()
    first = since or dt.date.min
    marks = [*_promised(milestone, axis), *_ended(milestone, axis)]
    drawn = [f'<use href="#{_LINES}"/>'] if since else []
    drawn.append(_lag(milestone, axis, day, since))
    drawn += (_drawn(mark, day, first) for mark in marks if mark.until >= first)
    written = f'<svg class="strip" aria-hidden="true">{"".join(drawn)}</svg>'
    return Markup(written)  # noqa: S704  numbers and words of ours


def _drawn(mark: _Mark, day: dt.date, first: dt.date) -> str:
    written = f'<rect class="{mark.look}" x="{_percent(mark.x)}"'
    if mark.width is not None:
        written += f' width="{_percent(mark.width)}"'
    if mark.since > first:
        written += f' data-from="{mark.since}"'
    if mark.until < dt.date.max:
        written += f' data-until="{mark.until}"'
    if not mark.since <= day <= mark.until:
        written += ' visibility="hidden"'  # SVG has no `hidden`
    return f"{written}/>"


def _percent(x: float) -> str:
    return f"{x:.1f}".removesuffix(".0") + "%"


def _promised(milestone: Milestone, axis: Axis) -> Iterator[_Mark]:
    """Yield the moves, then the dates that were promised: the last one shown is in force.

    Words alone have no place, but take the place of what was promised before them.
    """
    said = promises(milestone)
    since = [dt.date.min if day <= milestone.known_from else day for day, _ in said]
    for ((_, before), (_, after)), day in zip(itertools.pairwise(said), since[1:], strict=True):
        if before.edtf is not None and after.edtf is not None:
            ends = sorted(_ends_of_move(Place.of(before, axis), Place.of(after, axis)))
            if ends[0] < ends[1]:
                yield _Mark("move", ends[0], ends[1] - ends[0], day)
    for day, (_, date) in zip(since, said, strict=True):
        if date.edtf is None:
            yield _Mark("due", 0, 0, day)
        else:
            yield _mark("due", date, axis, day)


def _ends_of_move(before: Place, after: Place) -> tuple[float, float]:
    """Return from where to where something moved: edges, or last days where the dates overlap."""
    if before.last < after.first:
        return before.last, after.first
    return (before.first if after.last < before.first else before.last), after.last


def _mark(
    look: str,
    date: PolicyDate,
    axis: Axis,
    since: dt.date,
    until: dt.date = dt.date.max,
) -> _Mark:
    """Return a date: a sign for a day and for an end that is open, or a bar over a window."""
    look += " near" if date.approximate else ""
    if date.latest is not None and date.latest.toordinal() < axis.first:
        return _Mark(f"{look} before", axis.left, None, since, until)
    if date.earliest is not None and date.earliest.toordinal() >= axis.after:
        return _Mark(f"{look} beyond", axis.right, None, since, until)
    place = Place.of(date, axis)
    if date.is_day:
        return _Mark(f"{look} day", place.middle, None, since, until)
    if date.earliest is None:
        return _Mark(f"{look} till", place.last, None, since, until)
    if date.latest is None:
        return _Mark(f"{look} since", place.first, None, since, until)
    return _Mark(look, axis.x(date.earliest.toordinal()), _days_wide(date, axis), since, until)


def _days_wide(date: PolicyDate, axis: Axis) -> float:
    assert date.earliest is not None
    assert date.latest is not None
    return axis.x(date.latest.toordinal() + 1) - axis.x(date.earliest.toordinal())


def _ended(milestone: Milestone, axis: Axis) -> Iterator[_Mark]:
    """Yield how it ended, from each day on which that counts: a slim bar where it was no day."""
    (_, first), *others = endings(milestone)
    for spell in spells([(dt.date.min, first), *others]):
        look, date = spell.value
        holds = spell.since or dt.date.min, spell.until or dt.date.max
        if not date.is_day:
            yield _mark(f"span {look}", date, axis, *holds)
        yield _Mark(look, Place.of(date, axis).middle, None, *holds)


def _lag(milestone: Milestone, axis: Axis, day: dt.date, since: dt.date | None) -> str:
    """Return the time since a term that ended without an outcome, up to the day or to be measured.

    It stands while the milestone is overdue for the last time.
    """
    turns = course(milestone)
    late = max((n for n, turn in enumerate(turns) if turn.status is Status.OVERDUE), default=None)
    if late is None or (term := turns[late].term) is None or not axis.holds(term):
        return ""
    x = axis.x(term.toordinal() + 1)
    until = turns[late + 1].day - _ONE_DAY if turns[late + 1 :] else dt.date.max
    wide = None if since else max(axis.middle(day) - x, 0)
    first = since or dt.date.min
    return _drawn(_Mark("lag", x, wide, until=until), day, first) if until >= first else ""


# --- the row in which it stands -------------------------------------------------------------------


def keys(milestone: Milestone) -> list[tuple[str, str]]:
    """Return in which group it stands from which day on, for a row that says nothing else."""
    told = (
        (turn.day.isoformat(), group_of(Standing(milestone, turn.day, turn.day, turn)))
        for turn in course(milestone)
    )
    return [next(pairs) for _, pairs in itertools.groupby(told, key=lambda pair: pair[1])]
