"""The reminder of the half-year: which promises expired, and which come due.

Twice a year the Dutch Senate sends every minister two lists: the promises whose term had passed on
a day, and the open ones whose term ends before the next reminder (Kamerstuk 33 268, F has the
letter of 24 July 2013, about 1 July 2013 and 1 January 2014).
"""

import datetime as dt
from collections.abc import Iterable

import attrs

from betatech_milestones.model import Body, Programme
from betatech_milestones.report import Standing, Status, as_of, last_day


@attrs.frozen(kw_only=True)
class Section:
    """What one body is reminded of, each list by last day, then id."""

    body: Body | None
    """Who is responsible; None for what names nobody."""
    expired: tuple[Standing, ...]
    """Overdue on the first day of the period: the last day was before it, no outcome recorded."""
    coming: tuple[Standing, ...]
    """Open on that day, and its last day is in the period."""


@attrs.frozen(kw_only=True)
class Letter:
    """What to remind of, a section for each body that has any, in the order of the file."""

    programme: Programme
    first: dt.date
    """The first day of the period; what was known on it is what counts."""
    last: dt.date
    sections: tuple[Section, ...]


def remind(
    programme: Programme, first: dt.date, last: dt.date, *, bodies: Iterable[str] = ()
) -> Letter:
    """Return what had expired on the first day of a period, and what comes due up to its last.

    A promise stands in the section of every body responsible for it. With ids of bodies, there are
    sections of those alone. An unknown id is an `UnknownId`, a reversed period a `ValueError`.

    >>> from betatech_milestones import load
    >>> letter = remind(load(), dt.date(2014, 7, 1), dt.date(2015, 1, 1), bodies=["ocw"])
    >>> [(len(section.expired), len(section.coming)) for section in letter.sections]
    [(7, 4)]
    """
    if last < first:
        raise ValueError(f"the period ends on {last}, before it begins on {first}; swap the days")
    asked = frozenset(bodies)
    report = as_of(programme.only(bodies=asked), first)
    expired = report.only(Status.OVERDUE).standings
    soon = report.only(Status.DUE, Status.UPCOMING).standings
    coming = sorted(soon, key=lambda one: (last_day(one), one.milestone.full_id))
    sections = [
        Section(
            body=body,
            expired=tuple(one for one in expired if _concerns(one, body)),
            coming=tuple(one for one in coming if last_day(one) <= last and _concerns(one, body)),
        )
        for body in (*programme.bodies, None)
        if not asked or (body and body.id in asked)
    ]
    return Letter(
        programme=programme,
        first=first,
        last=last,
        sections=tuple(section for section in sections if section.expired or section.coming),
    )


def _concerns(standing: Standing, body: Body | None) -> bool:
    bodies = standing.measure.bodies
    return body in bodies if body else not bodies
