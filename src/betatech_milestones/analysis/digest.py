"""What is new since a day: for those who follow a programme, a measure or a body.

`history` has all that was ever said, and a report how everything stands. A digest is of both what
somebody who knew all of it on the day before does not know yet: what was said since, and what time
alone has brought about. It decides no standing: it compares those of two days.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from betatech_milestones.analysis.history import Statement, concerned, history, with_names
from betatech_milestones.analysis.report import Report, as_of
from betatech_milestones.model import rules, values
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.records import Body, Measure, Programme
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Status

WITHIN_DAYS = 90
"""How far it looks ahead: as far as `upcoming` does."""


@attrs.frozen(kw_only=True, repr=False)
class Digest:
    """What is new in a period, of which both days count.

    Of periods that follow each other no two tell the same statement, and together they leave none
    out that was recorded by then.
    """

    programme: Programme
    since: dt.date
    """The first day of the period."""
    day: dt.date
    """The last, for which it says how what is new stands; what was known on it is what counts."""
    within_days: int
    bodies: tuple[Body, ...]
    """Those of whom it tells; all, where it names none."""
    measures: tuple[Measure, ...]
    """The same of measures."""
    statements: tuple[Statement, ...]
    """What was said in the period, and what was said before and is recorded only since: the newest
    first, then by full id."""
    passed: tuple[Standing, ...]
    """Whose term ended, or turned out to have ended, without an outcome: what is overdue, aims and
    forecasts, and what comes about by itself; the most pressing first."""
    coming: tuple[Standing, ...]
    """What is due or begins within those days, and did not yet on the day before the period."""
    members: tuple[Programme, ...] = ()
    """The programmes that it tells of together, each of which its lines name; none if it is one."""
    address: str | None = None
    """That of the site on which the milestones have their places, with a slash at its end."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is new: then there is nothing to send."""
        return not (self.statements or self.passed or self.coming)

    def __repr__(self) -> str:
        counts = f"{len(self.statements)} statements, {len(self.passed)} passed"
        period = f"{self.since} to {self.day}"
        return f"<Digest {self.programme.id} {period}: {counts}, {len(self.coming)} coming>"


def digest(
    programme: Programme,
    since: dt.date | str,
    day: dt.date | str,
    *,
    bodies: str | Iterable[str] = (),
    measures: str | Iterable[str] = (),
    within_days: int = WITHIN_DAYS,
    against: Programme | None = None,
    members: Iterable[Programme] = (),
    address: str | None = None,
) -> Digest:
    """Return what is new in a programme from one day up to and including another.

    A statement is new by the day on which it was public, which is seldom that on which somebody
    wrote it down. Where the programme of an earlier digest is given `against` which to hold this
    one, what that did not have yet is new whenever it was said.

    Where the programme is that of a portfolio, `members` are the programmes of it: each line then
    names its own. With the `address` of the published site its titles lead to the pages there.

    With ids of bodies or measures it is what concerns those: a hand-over concerns both who answered
    and who answers from then on. Raises `UnknownId` for what is neither, and `BadValue` for a
    reversed period, for what is no day and for what is no address.

    >>> from betatech_milestones import load_example
    >>> digest(load_example(), "2014-06-01", "2014-06-30")
    <Digest betatech 2014-06-01 to 2014-06-30: 0 statements, 1 passed, 0 coming>
    """
    since, day = a_day(since), a_day(day)
    if day < since:
        message = f"the period ends on {day}, before it begins on {since}; begin earlier"
        raise BadValue(rules.BAD_DATE, message)
    by_body, of_measure = values.ids(bodies), values.ids(measures)
    part = programme.only(bodies=by_body, measures=of_measure)
    wanted = tuple(body for body in part.bodies if body.id in by_body)
    now = as_of(part, day)
    earlier = part if against is None else against
    # Before the first of all days nobody knew of anything.
    before = as_of(earlier, since - _ONE_DAY) if since > dt.date.min else None
    known = None if against is None else {name for _, name in with_names(history(against))}
    said = (
        statement
        for statement, name in with_names(history(part))
        if statement.day <= day
        and (since <= statement.day or (known is not None and name not in known))
    )
    coming = _coming_since(before, now, within_days)
    return Digest(
        programme=part,
        since=since,
        day=day,
        within_days=within_days,
        bodies=wanted,
        members=tuple(members),
        address=None if address is None else f"{values.url(address).rstrip('/')}/",
        measures=tuple(measure for measure in programme.measures if measure.id in of_measure),
        statements=tuple(one for one in said if _are(concerned(one), wanted)),
        passed=tuple(one for one in _passed_since(before, now) if _are(one.bodies, wanted)),
        coming=tuple(one for one in coming if _are(one.bodies, wanted)),
    )


_ONE_DAY = dt.timedelta(days=1)


def _are(bodies: Iterable[Body], wanted: tuple[Body, ...]) -> bool:
    """Whether one of some bodies is wanted."""
    return not wanted or any(body in wanted for body in bodies)


def _passed_since(before: Report | None, now: Report) -> Iterator[Standing]:
    """Yield what has passed a term, but for what had passed the same one before."""
    found = () if before is None else _passed(before)
    then = {standing.milestone.lifelong_id: standing.turn.term for standing in found}
    for standing in _passed(now):
        if then.get(standing.milestone.lifelong_id) != standing.turn.term:
            yield standing


def _passed(report: Report) -> Iterator[Standing]:
    """Yield what has passed its term without an outcome, or has come about by itself on it."""
    for standing in report.only(Status.OVERDUE, Status.PASSED, Status.MET).standings:
        if standing.outcome is None:
            yield standing


def _coming_since(before: Report | None, now: Report, days: int) -> Iterator[Standing]:
    """Yield what is near, but for what was near before; the nearest first."""
    found = () if before is None else before.within(days).standings
    then = {standing.milestone.lifelong_id for standing in found}
    near = now.within(days).standings
    for standing in sorted(near, key=lambda one: (one.last_day, one.milestone.full_id)):
        if standing.milestone.lifelong_id not in then:
            yield standing
