"""What time alone will alter in what the front of several programmes tells, for its reader's day.

A page that was made some weeks ago goes on to be right: terms pass, and what is to come comes near.
That is known when it is made, up to the day before the next on which something else is known.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from betatech_milestones.analysis.course import course
from betatech_milestones.analysis.report import Report, standing_on
from betatech_milestones.formats.standings import group_of
from betatech_milestones.model.portfolio import Portfolio
from betatech_milestones.model.records import Milestone, Programme
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Evidence
from betatech_milestones.website.assets import SOON_DAYS
from betatech_milestones.website.entries import (
    ALERTS,
    COMING,
    Entry,
    coming_in,
    first_of_each,
    heard,
    is_coming,
    needs_attention,
    row,
)
from betatech_milestones.website.telling import Spell, spells

AHEAD_DAYS = 31
"""How many days a page looks ahead; after those it says for which day it speaks."""

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class Stay:
    """A milestone that may be shown, from a day on, up to and including another."""

    home: Entry
    """Its programme."""
    id: str
    first: dt.date
    last: dt.date
    evidence: str | None
    term: str
    make: Callable[[], Entry] = attrs.field(eq=False, repr=False)
    """What makes its row."""


@attrs.frozen(kw_only=True)
class Ahead:
    """What is known to come of what is told of one programme."""

    entry: Entry
    """What is told of it on the first day."""
    attention: Sequence[Stay]
    coming: Sequence[Stay]
    turns: Mapping[dt.date, Sequence[tuple[str, str, Sequence[str]]]]
    """On which day something goes from a group to another, and which bodies answer for it."""

    def counts(self, days: Iterable[dt.date], body: str | None = None) -> Iterator[dict[str, int]]:
        """Yield the counts of each of some days that follow each other: of all, or of a body."""
        told = [self.entry, *(one for one in self.entry["bodies"] if one["own"] == body)][-1]
        counts: dict[str, int] = dict(told["counts"])
        for day in days:
            for before, after, bodies in self.turns.get(day, ()):
                if body is None or body in bodies:
                    counts[before] -= 1
                    counts[after] += 1
            yield dict(counts)


# --- of a programme -------------------------------------------------------------------------------


def last_day(members: Iterable[Programme], day: dt.date) -> dt.date:
    """Return the last day for which a page can tell: on the next, something else is known."""
    last = min(day, dt.date.max - dt.timedelta(days=AHEAD_DAYS)) + dt.timedelta(days=AHEAD_DAYS)
    known = (
        said.known_from
        for member in members
        for milestone in member.by_id
        for said in milestone.statements
    )
    return min((when - _ONE_DAY for when in known if day < when <= last), default=last)


def ahead(
    member: Programme, report: Report, told: Entry, portfolio: Portfolio, last: dt.date
) -> Ahead:
    """Return what is to come of a programme, up to a last day, by what is known on the first."""
    day, tags = report.day, heard(portfolio, member)
    turning = {
        milestone.full_id: (milestone, days)
        for milestone in member.by_id
        if len(days := _days(milestone, day, last)) > 1
    }

    def stay(standing: Standing, until: dt.date) -> Stay:
        return Stay(
            home=told,
            id=standing.milestone.full_id,
            first=standing.day,
            last=until,
            evidence=None if standing.evidence is None else str(standing.evidence),
            term=standing.last_day.isoformat(),
            make=lambda: row(standing, member, tags),
        )

    def staying(found: Iterable[Standing]) -> Iterator[Stay]:
        return (stay(each, last) for each in found if each.milestone.full_id not in turning)

    coming = coming_in(report.standings)
    near = sum((one.last_day - last).days <= SOON_DAYS for one in coming)
    attention = [*staying(first_of_each(report.standings))]
    next_ = [*staying(coming[: max(near, COMING + len(turning))])]
    turns: defaultdict[dt.date, list[tuple[str, str, Sequence[str]]]] = defaultdict(list)
    for milestone, days in turning.values():
        before = None
        for first, until in zip(days, (*(each - _ONE_DAY for each in days[1:]), last), strict=True):
            standing = standing_on(milestone, first)
            if needs_attention(standing):
                attention.append(stay(standing, until))
            if is_coming(standing):
                next_.append(stay(standing, until))
            group = str(group_of(standing))
            if before is not None and group != before:
                turns[first].append((before, group, [body.id for body in standing.bodies]))
            before = group
    return Ahead(entry=told, attention=attention, coming=next_, turns=turns)


def _days(milestone: Milestone, day: dt.date, last: dt.date) -> list[dt.date]:
    """Return a day, and those up to the last on which a milestone stands otherwise than before.

    What somebody keeps quiet does as long as that lasts.
    """
    turns = course(milestone)
    if turns[0].day > day:
        return []
    days = {turn.day for turn in turns}
    if (snooze := milestone.snoozed) is not None:
        days |= {snooze.since or day, snooze.until + _ONE_DAY}
    return sorted({day, *(each for each in days if day < each <= last)})


def as_it_was(told: Entry, day: dt.date, last: dt.date) -> Ahead:
    """Return what is told of a programme whose file cannot be read: what it was, on every day."""

    def stay(found: Entry, until: dt.date) -> Stay:
        return Stay(
            home=told,
            id=found["id"],
            first=day,
            last=until,
            evidence=found["evidence"],
            term=found["term"],
            make=lambda: found,
        )

    return Ahead(
        entry=told,
        attention=[stay(found, last) for found in told["attention"]],
        coming=[stay(found, dt.date.fromisoformat(found["term"])) for found in told["next"]],
        turns={},
    )


# --- of all ---------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class View:
    """What the front tells, each with the days on which it holds: either end may be open."""

    first: dt.date
    last: dt.date
    attention: Sequence[Spell]
    """Rows with their programmes, the most pressing first."""
    coming: Sequence[Spell]
    """The same of the next dates, the nearest first."""
    soon: Sequence[Spell]
    """How much of what is to come needs attention."""
    is_calm: Sequence[Spell]
    """When nothing is overdue, and nothing ends soon."""
    is_empty: Sequence[Spell]
    """When there are no next dates."""
    counts: Sequence[tuple[str, Spell]]
    """How many there are in each group."""
    programmes: Sequence[Sequence[tuple[str, Spell]]]
    """The same of each programme, in their order."""
    bodies: Mapping[str, Sequence[tuple[str, Spell]]]
    """The same of each body, by its id."""


def view(found: Sequence[Ahead], first: dt.date, last: dt.date) -> View:
    """Return what the front tells of programmes, from one day up to another."""
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    attention = [_pressing(_there((one.attention for one in found), day)) for day in days]
    coming = [_nearest(_there((one.coming for one in found), day)) for day in days]
    soon = [
        sum(_is_soon(stay, day) for stay in those) for those, day in zip(coming, days, strict=True)
    ]
    bodies: defaultdict[str, list[Iterable[dict[str, int]]]] = defaultdict(list)
    for one in found:
        for answer in one.entry["bodies"]:
            bodies[answer["id"]].append(one.counts(days, answer["own"]))
    of_each = [[*one.counts(days)] for one in found]
    return View(
        first=first,
        last=last,
        attention=_rows(days, attention, key=_urgency),
        coming=_rows(days, [those[:COMING] for those in coming], key=_nearness),
        soon=_spells(days, soon),
        is_calm=_spells(days, [not (a or n) for a, n in zip(attention, soon, strict=True)]),
        is_empty=_spells(days, [not those for those in coming]),
        counts=_in_spells(days, of_each),
        programmes=[_in_spells(days, [counts]) for counts in of_each],
        bodies={own: _in_spells(days, each) for own, each in bodies.items()},
    )


def _there(those: Iterable[Sequence[Stay]], day: dt.date) -> list[Stay]:
    return [stay for stays in those for stay in stays if stay.first <= day <= stay.last]


_PRESSING = [*map(str, Evidence)]


def _urgency(stay: Stay) -> tuple[int, str]:
    return _PRESSING.index(str(stay.evidence)), stay.term


def _nearness(stay: Stay) -> tuple[str, str]:
    return stay.term, stay.id


def _is_soon(stay: Stay, day: dt.date) -> bool:
    return (dt.date.fromisoformat(stay.term) - day).days <= SOON_DAYS


def _pressing(stays: Iterable[Stay]) -> list[Stay]:
    """Return what needs attention: one of each sort, and then the most pressing of all."""
    ordered = sorted(stays, key=_urgency)
    firsts = [*{stay.evidence: stay for stay in reversed(ordered)}.values()]
    chosen = [*firsts, *(stay for stay in ordered if not any(stay is one for one in firsts))]
    return sorted(chosen[:ALERTS], key=_urgency)


def _nearest(stays: Iterable[Stay]) -> list[Stay]:
    return sorted(stays, key=_nearness)


def _rows(
    days: Sequence[dt.date], shown: Sequence[Sequence[Stay]], *, key: Callable[[Stay], object]
) -> Sequence[Spell]:
    """Return the rows that are shown on some day, in order, and when each is."""
    stays = {id(stay): stay for those in shown for stay in those}
    there = [{id(stay) for stay in those} for those in shown]
    return [
        attrs.evolve(spell, value=(stay.home, stay.make()))
        for stay in sorted(stays.values(), key=key)  # type: ignore[arg-type]
        for spell in _spells(days, [id(stay) in those for those in there])
    ]


def _in_spells(
    days: Sequence[dt.date], counts: Sequence[Iterable[Mapping[str, int]]]
) -> Sequence[tuple[str, Spell]]:
    """Return how many there are together in each group, where there are any, and when."""
    by_day = [*zip(*counts, strict=True)]
    keys = dict.fromkeys(key for those in by_day[:1] for each in those for key in each)
    return [
        (key, spell)
        for key in keys
        for spell in _spells(days, [sum(each[key] for each in those) for those in by_day])
    ]


def _spells(days: Sequence[dt.date], found: Iterable[object]) -> Sequence[Spell]:
    """Return when what holds; what holds on the first day did before, and on the last it stays."""
    return spells(zip((dt.date.min, *days[1:]), (each or None for each in found), strict=True))
