"""The milestone trend: the term in force against the day on which it was announced.

A promise that was not moved would be a level line, and is left out. A line that climbs was put off;
one that meets the slanted line has come to its term. It is the chart of milestone trend analysis in
the management of projects, with steps where that has slopes: between two announcements nothing was
said.
"""

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

import attrs

from betatech_milestones.analysis.stats import Stats
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import ENDED
from betatech_milestones.pictures.axis import Axis
from betatech_milestones.pictures.plot import (
    LINE,
    MARGIN,
    SIZE,
    WIDTH,
    Drawn,
    apart,
    frame,
    note,
    sentence,
    sign,
)
from betatech_milestones.pictures.svg import caption, cut, number, path
from betatech_milestones.voice import Voice

MOST_LINES = 12
_LEFT, _RIGHT = 72, 664
_TOP, _FOOT = 24, 384
_LOOKS = [
    f"{colour} {stroke}".rstrip()
    for stroke in ("", "long", "dots", "mixed")
    for colour in ("blue", "red", "violet")
]


@attrs.frozen(kw_only=True)
class _Line:
    """The terms of a promise, each with the day from which it was in force, and how it ended."""

    standing: Standing
    said: Sequence[tuple[dt.date, dt.date]]
    """Days on which terms were announced, and the terms."""
    until: dt.date
    """The day by which it surely ended, but none before the last announcement; or the report's."""

    @classmethod
    def of(cls, standing: Standing) -> "_Line | None":
        """Return the line of a promise; None where no term of it was moved."""
        due = standing.milestone.due
        said = [] if due is None else [(standing.milestone.known_from, due.latest)]
        said += [(move.revision.announced, move.due.latest) for move in standing.moves]
        terms = [(day, term) for day, term in said if term is not None]
        if len({term for _, term in terms}) < 2:  # noqa: PLR2004  a term, and another one
            return None
        ended = standing.day
        if standing.outcome is not None:
            ended = standing.outcome.certain_from
        elif standing.status in ENDED:
            ended = standing.last_day
        return cls(standing=standing, said=terms, until=max(ended, terms[-1][0]))

    @property
    def moved(self) -> int:
        """By how many days its term was moved, there and back."""
        terms = [term for _, term in self.said]
        return sum(abs((b - a).days) for a, b in itertools.pairwise(terms))

    @property
    def is_exact(self) -> bool:
        """Whether it ended on the very day of `until`, and not only by then."""
        outcome = self.standing.outcome
        if outcome is None:
            return True
        on = outcome.on
        return on is not None and on.is_day and on.latest == self.until

    @property
    def fate(self) -> str:
        status = self.standing.status
        return str(status) if status in ENDED else "open"


def trend(stats: Stats, voice: Voice) -> Drawn:
    """Return how the terms moved of the promises that moved by most days."""
    every = [line for standing in stats.total.promises if (line := _Line.of(standing))]
    if not every:
        return sentence(voice.label("nothing moved"))
    most = sorted(every, key=lambda line: -line.moved)[:MOST_LINES]
    shown = sorted(most, key=lambda line: line.said[-1][1], reverse=True)
    days = [day for line in shown for day in (line.said[0][0], line.until)]
    terms = [term for line in shown for _, term in line.said]
    across = Axis.of(days, left=_LEFT, right=_RIGHT)
    up = Axis.of(terms, left=_FOOT, right=_TOP)
    parts = [*_frame(across, up, voice)]
    for line, look in zip(shown, _LOOKS, strict=False):
        parts += _drawn(line, look, across, up)
    parts += _numbers(shown, across, up)
    top = _FOOT + 44.0
    for place, (line, look) in enumerate(zip(shown, _LOOKS, strict=False), start=1):
        parts += _key(place, line, look, top + LINE * place, voice)
    slanted = top + LINE * (len(shown) + 1)
    parts.append(path(f"M{MARGIN + 26} {number(slanted + 3)}l44 -12", "axis"))
    parts.append(caption(voice.label("term is the day"), MARGIN + 84, slanted, "small"))
    tall = slanted + 12
    if len(every) > len(shown):
        told = voice.label(
            "moves left out", drawn=voice.number(len(shown)), all=voice.number(len(every))
        )
        more, tall = note(told, tall - 6)
        parts += more
    return Drawn(
        parts=parts,
        tall=tall,
        columns=tuple(map(voice.label, ("milestone", "what", "day", "term in force"))),
        rows=tuple(
            row for place, line in enumerate(shown, start=1) for row in _rows(place, line, voice)
        ),
    )


def _frame(across: Axis, up: Axis, voice: Voice) -> Iterator[ET.Element]:
    xs, ys = [*across.ticks(voice)], [*up.ticks(voice)]
    yield from frame(_LEFT, _RIGHT, _TOP, _FOOT, xs=(x for x, _ in xs), ys=(y for y, _ in ys))
    yield caption(voice.label("term in force"), MARGIN, _TOP - 10, "small")
    for y, name in ys:
        yield caption(name, _LEFT - 6, y, "small end")
    for x, name in xs:
        yield caption(name, x + 2, _FOOT + 17, "small")
    yield caption(voice.label("day announced"), _LEFT, _FOOT + 34, "small")
    first, last = max(across.first, up.first), min(across.after, up.after)
    if first < last:
        ends = ((across.x(day), up.x(day)) for day in (first, last))
        yield path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in ends), "axis")


def _drawn(line: _Line, look: str, across: Axis, up: Axis) -> Iterator[ET.Element]:
    """Yield the steps of a line, a mark for each announcement, and how it ended."""
    places = [(across.middle(day), up.middle(term)) for day, term in line.said]
    (x, y), *others = places
    d = f"M{number(x)} {number(y)}"
    d += "".join(f"H{number(x)}V{number(y)}" for x, y in others)
    end = across.middle(line.until)
    yield path(f"{d}H{number(end)}", f"line {look}")
    colour = look.split(maxsplit=1)[0]
    yield from (sign("said", x, y, colour) for x, y in places)
    yield sign(line.fate, end, places[-1][1], colour)


def _numbers(shown: Sequence[_Line], across: Axis, up: Axis) -> Iterator[ET.Element]:
    """Yield the number of each line, to the right of where it ends."""
    ends = [(across.middle(line.until), up.middle(line.said[-1][1])) for line in shown]
    spread = apart([y for _, y in ends], 13, _TOP, _FOOT)
    for place, ((x, end), y) in enumerate(zip(ends, spread, strict=True), start=1):
        yield path(
            f"M{number(x + 8)} {number(end)}L{_RIGHT + 8} {number(y)}H{_RIGHT + 14}", "leader"
        )
        yield caption(str(place), _RIGHT + 34, y + 4, "end bold")


def _key(place: int, line: _Line, look: str, y: float, voice: Voice) -> Iterator[ET.Element]:
    """Yield the number of a line, how it is drawn, its title, and how it ended."""
    yield caption(str(place), MARGIN + 18, y, "end bold")
    yield path(f"M{MARGIN + 26} {number(y - 4)}h44", f"line {look}")
    yield sign(line.fate, MARGIN + 70, y - 4, look.split(maxsplit=1)[0])
    title = voice.line(line.standing.milestone.title)
    yield caption(cut(title, (WIDTH - 2 * MARGIN - 84 - 76) / SIZE), MARGIN + 84, y)
    yield caption(voice.label(line.fate), WIDTH - MARGIN, y, "small end")


def _rows(place: int, line: _Line, voice: Voice) -> Iterator[tuple[str, ...]]:
    title = f"{place}. {voice.line(line.standing.milestone.title)}"
    for day, term in line.said:
        yield title, voice.label("announced"), voice.day(day), voice.day(term)
    until = voice.day(line.until)
    when = until if line.is_exact else voice.label("known by", last=until)
    yield title, voice.label(line.fate), when, voice.day(line.said[-1][1])
