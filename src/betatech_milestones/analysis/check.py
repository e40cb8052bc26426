"""All that deserves attention in a data file: its problems, what subscribers would lose, hints."""

import datetime as dt
import os

from betatech_milestones.analysis.guard import guard_version
from betatech_milestones.analysis.hints import hints
from betatech_milestones.datafile.load import load
from betatech_milestones.model.findings import Finding, InvalidData, bounded
from betatech_milestones.model.portfolio import Portfolio
from betatech_milestones.model.records import Programme


def check(
    path: str | os.PathLike[str] | None = None,
    *,
    day: dt.date | str | None = None,
    stale_days: int | None = None,
    against: Programme | None = None,
) -> tuple[Finding, ...]:
    """Return all that deserves attention in a data file; without a path, as `load` finds it.

    That is every problem of a file with problems. Of a sound one it is what subscribers to an
    earlier version would lose by it, which are errors, and then the hints: `day` and `stale_days`
    are as in `hints`. Raises the `OSError` of a file that cannot be read.

    >>> {finding.rule.name for finding in check(day="2014-09-01")}
    {'wide-window'}
    """
    try:
        programme = load(path)
    except InvalidData as error:
        return error.findings
    return check_programme(programme, day=day, stale_days=stale_days, against=against)


def check_programme(
    programme: Programme,
    *,
    day: dt.date | str | None = None,
    stale_days: int | None = None,
    against: Programme | None = None,
) -> tuple[Finding, ...]:
    """Return the same of a programme that is loaded, and so has no problems."""
    lost = () if against is None else guard_version(against, programme)
    found = (*lost, *hints(programme, day=day, stale_days=stale_days))
    return bounded(found, programme.path)


def check_portfolio(
    portfolio: Portfolio,
    *,
    day: dt.date | str | None = None,
    stale_days: int | None = None,
    against: Programme | None = None,
) -> tuple[Finding, ...]:
    """Return the same of several programmes, and what is wrong between them.

    `against` is an earlier version of one that was read alone. Files of which nothing is known are
    in `Portfolio.unread`.
    """
    errors = (one.error for one in portfolio.unread)
    return (
        *(found for error in errors if isinstance(error, InvalidData) for found in error.findings),
        *(
            found
            for member in portfolio.members
            for found in check_programme(member, day=day, stale_days=stale_days, against=against)
        ),
        *portfolio.findings,
    )
