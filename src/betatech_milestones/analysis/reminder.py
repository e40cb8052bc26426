"""The reminder of the half-year: whose term has passed without an outcome, and which come due.

Twice a year the Dutch Senate sends every minister two lists: the promises whose term had passed on
a day, and the open ones whose term ends before the next reminder (Kamerstuk 33 268, F has the
letter of 24 July 2013, about 1 July 2013 and 1 January 2014).
"""

import datetime as dt
from collections.abc import Iterable

import attrs

from betatech_milestones.analysis.report import as_of
from betatech_milestones.model import rules, values
from betatech_milestones.model.dates import day
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.records import Body, Programme
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Status


@attrs.frozen(kw_only=True, repr=False)
class Section:
    """What one body is reminded of, each list by last day, then id."""

    body: Body | None
    """Who answers for it; None for what names nobody."""
    expired: tuple[Standing, ...]
    """Overdue on the first day of the period: the term was before it, no outcome recorded."""
    coming: tuple[Standing, ...]
    """Open on that day, and its last day is in the period."""

    def __repr__(self) -> str:
        body = "no body" if self.body is None else self.body.id
        return f"<Section {body}: {len(self.expired)} expired, {len(self.coming)} coming>"


@attrs.frozen(kw_only=True, repr=False)
class Reminder:
    """What to remind of, a section for each body that has any, in the order of the file."""

    programme: Programme
    first: dt.date
    """The first day of the period; what was known on it is what counts."""
    last: dt.date
    sections: tuple[Section, ...]

    def __repr__(self) -> str:
        period = f"{self.first} to {self.last}"
        return f"<Reminder {self.programme.id} {period}: {len(self.sections)} sections>"


def reminder(
    programme: Programme,
    first: dt.date | str,
    last: dt.date | str,
    *,
    bodies: str | Iterable[str] = (),
) -> Reminder:
    """Return what had expired on the first day of a period, and what comes due up to its last.

    A promise stands in the section of every body that answers for it on the first day. With ids of
    bodies, there are sections of those alone. An unknown id is an `UnknownId`, a reversed period a
    `BadValue`.

    >>> from betatech_milestones import load_example
    >>> found = reminder(load_example(), "2014-07-01", "2015-01-01", bodies="ocw")
    >>> [(len(section.expired), len(section.coming)) for section in found.sections]
    [(3, 2)]
    """
    first, last = day(first), day(last)
    if last < first:
        message = f"the period ends on {last}, before it begins on {first}; swap the days"
        raise BadValue(rules.BAD_DATE, message)
    wanted = values.ids(bodies)
    report = as_of(programme.only(bodies=wanted), first)
    expired = report.only(Status.OVERDUE).standings
    soon = report.only(Status.DUE, Status.UPCOMING).standings
    coming = sorted(soon, key=lambda standing: (standing.last_day, standing.milestone.full_id))
    sections = [
        Section(
            body=body,
            expired=tuple(s for s in expired if _concerns(s, body)),
            coming=tuple(s for s in coming if s.last_day <= last and _concerns(s, body)),
        )
        for body in (*programme.bodies, None)
        if not wanted or (body and body.id in wanted)
    ]
    return Reminder(
        programme=programme,
        first=first,
        last=last,
        sections=tuple(section for section in sections if section.expired or section.coming),
    )


def _concerns(standing: Standing, body: Body | None) -> bool:
    bodies = standing.bodies
    return body in bodies if body else not bodies
