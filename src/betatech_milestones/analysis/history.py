"""What was said and when: every promise, move and outcome of a programme, the newest first.

`report` says how a milestone stands; this says what happened to it. A statement has the day on
which it became known, which is seldom the day on which something came about: a letter of 2013 that
reports an outcome of 2012 is a statement of 2013.
"""

import datetime as dt
from collections.abc import Iterator

import attrs

from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import (
    Dropped,
    Milestone,
    Move,
    Outcome,
    Programme,
    Source,
    Texts,
)


@attrs.frozen
class Promised:
    """A milestone was promised."""

    milestone: Milestone

    @property
    def date(self) -> PolicyDate | None:
        """The date that was promised; None where none was given."""
        return self.milestone.due

    @property
    def reason(self) -> Texts | None:
        """None: a promise gives no reasons."""
        return None

    @property
    def source(self) -> Source:
        """The document that promises it."""
        return self.milestone.source

    @property
    def day(self) -> dt.date | None:
        """When that appeared; None where it bears no day."""
        return self.source.published


@attrs.frozen
class Moved:
    """A milestone got another date, or its first."""

    milestone: Milestone
    move: Move

    @property
    def date(self) -> PolicyDate:
        """The date from then on."""
        return self.move.revision.due

    @property
    def reason(self) -> Texts | None:
        """Why, where that was said."""
        return self.move.revision.reason

    @property
    def source(self) -> Source:
        """The document that moves it."""
        return self.move.revision.source

    @property
    def day(self) -> dt.date:
        """When that was announced."""
        return self.move.revision.announced


@attrs.frozen
class Ended:
    """A promise was kept or withdrawn."""

    milestone: Milestone
    outcome: Outcome

    @property
    def date(self) -> PolicyDate:
        """When it was kept or withdrawn."""
        return self.outcome.on

    @property
    def reason(self) -> Texts | None:
        """Why it was withdrawn; None where it was kept."""
        return self.outcome.reason if isinstance(self.outcome, Dropped) else None

    @property
    def source(self) -> Source:
        """The document that reports it."""
        return self.outcome.source

    @property
    def day(self) -> dt.date | None:
        """When that appeared, or else the day from which the outcome is certain.

        None where it never is: a source without a day, and a date without an end.
        """
        known = self.source.published or self.outcome.known_from
        return known if known < dt.date.max else None


Statement = Promised | Moved | Ended
"""Something that a source says of a milestone."""


def history(programme: Programme) -> tuple[Statement, ...]:
    """Return all that was promised, moved, met and dropped: the newest first, then by full id.

    Of what one milestone saw on one day, the last comes first. What has no day comes at the end.

    >>> from betatech_milestones import load
    >>> newest = history(load())[0]
    >>> newest.day.isoformat(), newest.milestone.full_id
    ('2019-01-31', 'study-information-leaflet-mbo/leaflet')
    """
    statements = (
        statement
        for milestone in programme.by_id
        for statement in reversed([*_of_milestone(milestone)])
    )
    return tuple(sorted(statements, key=_ordinal, reverse=True))  # stable: by id within a day


def _of_milestone(milestone: Milestone) -> Iterator[Statement]:
    if milestone.was_promised:
        yield Promised(milestone)
    for move in milestone.moves:
        yield Moved(milestone, move)
    if milestone.outcome is not None:
        yield Ended(milestone, milestone.outcome)


def _ordinal(statement: Statement) -> int:
    return statement.day.toordinal() if statement.day is not None else 0
