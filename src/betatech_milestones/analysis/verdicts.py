"""How much each milestone of a report matters to those who must answer for it.

A status is a fact; whether it should fail a build is a choice: how many days of grace there are,
how early to warn, what was known before. Every view and the exit code take that choice from here,
so that they never disagree.
"""

import enum
from typing import TYPE_CHECKING, Self

import attrs

from betatech_milestones.analysis.report import Report
from betatech_milestones.model import values
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.display import Displayed
from betatech_milestones.model.plain import Plain
from betatech_milestones.model.rules import Level
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import ENDED, Evidence, Status

if TYPE_CHECKING:
    from betatech_milestones.datafile.baseline import Baseline

RECHECK_DAYS = 180
"""How long it is enough that somebody looked and found nothing: half a year, as reminders go."""
_QUIET = (*ENDED, Status.PASSED)
"""What asks for nothing: it has ended, or nobody committed to it."""


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
    LOOKED = "looked"
    """Somebody looked after its term and found nothing, not longer ago than it takes to recheck."""


@attrs.frozen(eq=False, repr=False)
class Verdict(Plain):
    """How much a milestone matters; no level: it asks for nothing."""

    level: Level | None
    why: Why | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Judgement(Displayed, Plain):
    """A report, and how much each of its standings matters."""

    report: Report
    grace_days: int
    lead_days: int | None
    fail_on: FailOn
    baseline: "Baseline | None"
    recheck_days: int

    def verdict(self, standing: Standing) -> Verdict:
        """Say how much a standing matters; a snooze makes a hint of what it is."""
        verdict = self._unsnoozed(standing)
        return Verdict(Level.HINT) if verdict.level and standing.is_snoozed else verdict

    @property
    def fails(self) -> bool:
        """Whether any of the standings is an error, and errors count."""
        return self.fail_on is not FailOn.NEVER and any(
            self.verdict(standing).level is Level.ERROR for standing in self.report.standings
        )

    def pressing(self) -> Self:
        """Return the judgement of what is overdue, and of what else fails or is warned of."""
        statuses = [Status.OVERDUE]
        if self.lead_days is not None or self.fail_on is FailOn.DUE:
            statuses.append(Status.DUE)
        if self.lead_days is not None:
            statuses.append(Status.UPCOMING)
        report = self.report.only(*statuses)
        standings = (s for s in report.standings if self._unsnoozed(s).level is not Level.HINT)
        return attrs.evolve(self, report=attrs.evolve(report, standings=tuple(standings)))

    def _unsnoozed(self, standing: Standing) -> Verdict:
        status, due = standing.status, standing.due
        if status in _QUIET or due is None or due.latest is None:
            return Verdict(None)
        if status is Status.OVERDUE or (status is Status.DUE and self.fail_on is FailOn.DUE):
            return self._failing(standing, due)
        if self.lead_days is not None and (due.latest - standing.day).days <= self.lead_days:
            return Verdict(Level.WARNING, Why.LEAD)
        return Verdict(Level.HINT)

    def _failing(self, standing: Standing, due: PolicyDate) -> Verdict:
        """Say whether what fails is a warning for once, and why."""
        if self.baseline is not None and self.baseline.has(
            standing.milestone, standing.status, due
        ):
            return Verdict(Level.WARNING, Why.KNOWN)
        if standing.days_overdue is not None and standing.days_overdue <= self.grace_days:
            return Verdict(Level.WARNING, Why.GRACE)
        if standing.evidence is Evidence.NO_NEWS and self._is_fresh(standing):
            return Verdict(Level.WARNING, Why.LOOKED)
        return Verdict(Level.ERROR)

    def _is_fresh(self, standing: Standing) -> bool:
        look = standing.newest_news
        return look is not None and (standing.day - look.on).days <= self.recheck_days

    def __repr__(self) -> str:
        fails = "fails" if self.fails else "passes"
        return f"<Judgement {fails} on {self.fail_on}: {self.report!r}>"


def judge(
    report: Report,
    *,
    grace_days: int = 0,
    lead_days: int | None = None,
    fail_on: FailOn | str = FailOn.OVERDUE,
    baseline: "Baseline | None" = None,
    recheck_days: int = RECHECK_DAYS,
) -> Judgement:
    """Say how much each standing of a report matters.

    What is overdue is an error: late, or not checked. It is a warning through so many days of
    grace, where the baseline had it overdue for the same date, and where somebody looked after the
    term and found nothing, until that is longer ago than it takes to recheck. What falls due within
    so many days of lead is a warning, and with `fail_on="due"` an error from the first day of its
    window. The rest of what is due or upcoming is a hint. Raises `BadValue` where `fail_on` is none
    of the words.

    >>> from betatech_milestones import as_of, load_example
    >>> judge(as_of(load_example(), "2015-02-01")).fails
    True
    """
    return Judgement(
        report=report,
        grace_days=grace_days,
        lead_days=lead_days,
        fail_on=values.word(fail_on, FailOn),
        baseline=baseline,
        recheck_days=recheck_days,
    )
