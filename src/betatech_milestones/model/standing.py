"""How a milestone stands on a day.

The words are those of the field; `analysis.report` says which one holds.
"""

import datetime as dt

import attrs

from betatech_milestones.model.dates import PolicyDate, days_later
from betatech_milestones.model.records import (
    Measure,
    Milestone,
    Move,
    Outcome,
    Reading,
    Snooze,
)
from betatech_milestones.model.vocabulary import ENDED, Status


@attrs.frozen
class Standing:
    """A milestone on a day."""

    milestone: Milestone
    day: dt.date
    status: Status
    due: PolicyDate | None
    """The date as in force on the day; None where none was given by then."""

    @property
    def measure(self) -> Measure:
        """The measure of the milestone."""
        return self.milestone.measure

    @property
    def days_overdue(self) -> int | None:
        """Days from the last day of the window to the day; None unless overdue."""
        if self.status is Status.OVERDUE and self.due and self.due.latest:
            return (self.day - self.due.latest).days
        return None

    @property
    def days_left(self) -> int | None:
        """Days from the day to the first of the window (the last, where the start is open).

        None unless upcoming.
        """
        if self.status is Status.UPCOMING and self.due:
            return ((self.due.earliest or self.due.latest or self.day) - self.day).days
        return None

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves announced by the day, the oldest first."""
        return tuple(m for m in self.milestone.moves if m.revision.announced <= self.day)

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, once it counts."""
        return self.milestone.outcome if self.status in ENDED else None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What was measured of the target by the day."""
        target = self.milestone.target
        return tuple(r for r in target.readings if r.known_from <= self.day) if target else ()

    @property
    def now(self) -> PolicyDate | None:
        """When it was met, or else the date in force."""
        outcome = self.outcome
        return outcome.on if outcome is not None and outcome.status is Status.MET else self.due

    @property
    def snooze(self) -> Snooze | None:
        """The snooze, from the day it was known and while there is no outcome, over or not."""
        snooze = self.milestone.snoozed
        if snooze is None or self.status in ENDED:
            return None
        return snooze if snooze.since is None or snooze.since <= self.day else None

    @property
    def is_snoozed(self) -> bool:
        """Whether it is kept quiet on the day."""
        return self.snooze is not None and self.day <= self.snooze.until

    @property
    def slip_days(self) -> int | None:
        """Days from the first promised last day to the current one, or to the day it was met.

        Negative is earlier; None where one of the two has no last day.
        """
        return days_later(self.milestone.due, self.now)

    @property
    def last_day(self) -> dt.date:
        """The last day of the date in force, or the last of all days where there is none."""
        return (self.due and self.due.latest) or dt.date.max

    def __repr__(self) -> str:
        return f"<Standing {self.milestone.full_id} {self.day}: {self.status}>"
