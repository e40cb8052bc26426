"""How much each milestone of a report matters to those who must answer for it.

A status is a fact; whether it should fail a build is a choice: how many days of grace there are,
how early to warn, what was known before. Every view and the exit code take that choice from here,
so that they never disagree.
"""

import enum
from typing import TYPE_CHECKING, Self

import attrs

from betatech_milestones.findings import Level
from betatech_milestones.report import Report, Standing, Status

if TYPE_CHECKING:
    from betatech_milestones.baselines import Baseline


class FailOn(enum.StrEnum):
    """What fails a build: what is overdue, also what is due now, or nothing."""

    OVERDUE = "overdue"
    DUE = "due"
    NEVER = "never"


class Why(enum.StrEnum):
    """Why a milestone is a warning."""

    GRACE = "grace"
    """It is overdue by no more than the days of grace."""
    KNOWN = "known"
    """It was no better in the earlier report."""
    LEAD = "lead"
    """It falls due within the days of lead."""


@attrs.frozen
class Verdict:
    """How much a milestone matters; no level: it asks for nothing."""

    level: Level | None
    why: Why | None = None


@attrs.frozen(kw_only=True)
class Judged(Report):
    """A report that says of each of its standings how much it matters."""

    grace_days: int
    lead_days: int | None
    fail_on: FailOn
    baseline: "Baseline | None"

    def verdict(self, standing: Standing) -> Verdict:
        """Say how much a standing matters; a snooze makes a hint of what it is."""
        verdict = self._awake(standing)
        return Verdict(Level.HINT) if verdict.level and standing.is_snoozed else verdict

    @property
    def fails(self) -> bool:
        """Whether any of the standings is an error, and errors count."""
        return self.fail_on is not FailOn.NEVER and any(
            self.verdict(standing).level is Level.ERROR for standing in self.standings
        )

    def pressing(self) -> Self:
        """Return the report with what is overdue, and what else fails or is warned of."""
        due = self.lead_days is not None or self.fail_on is FailOn.DUE
        asked = {Status.OVERDUE: True, Status.DUE: due, Status.UPCOMING: self.lead_days is not None}
        pressing = self.only(*(status for status, wanted in asked.items() if wanted))
        return attrs.evolve(
            pressing,
            standings=tuple(
                s for s in pressing.standings if self._awake(s).level is not Level.HINT
            ),
        )

    def _awake(self, standing: Standing) -> Verdict:
        status, due = standing.status, standing.due
        if status not in _OPEN or due is None or due.latest is None:
            return Verdict(None)
        if status is Status.OVERDUE or (status is Status.DUE and self.fail_on is FailOn.DUE):
            if self.baseline is not None and self.baseline.has(standing.milestone, status, due):
                return Verdict(Level.WARNING, Why.KNOWN)
            if standing.days_overdue is not None and standing.days_overdue <= self.grace_days:
                return Verdict(Level.WARNING, Why.GRACE)
            return Verdict(Level.ERROR)
        if self.lead_days is not None and (due.latest - standing.day).days <= self.lead_days:
            return Verdict(Level.WARNING, Why.LEAD)
        return Verdict(Level.HINT)


_OPEN = (Status.OVERDUE, Status.DUE, Status.UPCOMING)


def judged(
    report: Report,
    *,
    grace_days: int = 0,
    lead_days: int | None = None,
    fail_on: FailOn = FailOn.OVERDUE,
    baseline: "Baseline | None" = None,
) -> Judged:
    """Say how much each standing of a report matters.

    What is overdue is an error, a warning through so many days of grace, and a warning where the
    baseline had it overdue for the same date. What falls due within so many days of lead is a
    warning, and with `FailOn.DUE` an error from the first day of its window. The rest of what is
    due or upcoming is a hint.

    >>> import datetime as dt
    >>> from betatech_milestones import as_of, load
    >>> judged(as_of(load(), dt.date(2015, 2, 1))).fails
    True
    """
    return Judged(
        programme=report.programme,
        day=report.day,
        standings=report.standings,
        counts=report.counts,
        shows=report.shows,
        grace_days=grace_days,
        lead_days=lead_days,
        fail_on=fail_on,
        baseline=baseline,
    )
