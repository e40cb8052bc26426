"""What was said and when: every promise, move and outcome of a programme, the newest first.

`report` says how a milestone stands; this says what happened to it. A change has the day on which
it became known, which is seldom the day on which something came about: a letter of 2013 that
reports an outcome of 2012 is a change of 2013.
"""

import datetime as dt
from collections.abc import Iterator

import attrs

from betatech_milestones.dates import PolicyDate
from betatech_milestones.model import (
    Dropped,
    Measure,
    Met,
    Milestone,
    Programme,
    Revision,
    Source,
    Texts,
)


@attrs.frozen(kw_only=True)
class _Change:
    measure: Measure
    milestone: Milestone


@attrs.frozen(kw_only=True)
class Promised(_Change):
    """A milestone was promised."""

    @property
    def date(self) -> PolicyDate | None:
        """The date that was promised; None where none was given."""
        return self.milestone.due

    @property
    def source(self) -> Source:
        """The document that promises it."""
        return self.milestone.source

    @property
    def day(self) -> dt.date | None:
        """When that appeared; None where it bears no day."""
        return self.source.published


@attrs.frozen(kw_only=True)
class Moved(_Change):
    """A milestone got another date, or its first."""

    before: PolicyDate | None
    """The date until then; None where it had none."""
    revision: Revision

    @property
    def date(self) -> PolicyDate:
        """The date from then on."""
        return self.revision.due

    @property
    def reason(self) -> Texts | None:
        """Why, where that was said."""
        return self.revision.reason

    @property
    def source(self) -> Source:
        """The document that moves it."""
        return self.revision.source

    @property
    def day(self) -> dt.date:
        """When that was announced."""
        return self.revision.announced


@attrs.frozen(kw_only=True)
class Ended(_Change):
    """A promise was kept or withdrawn."""

    outcome: Met | Dropped

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


Change = Promised | Moved | Ended
"""Something that was said of a milestone."""


def changes(programme: Programme) -> tuple[Change, ...]:
    """Return all that was promised, moved, met and dropped: the newest first, then by full id.

    Of what one milestone saw on one day, the last comes first. What has no day comes at the end.

    >>> from betatech_milestones import load
    >>> newest = changes(load())[0]
    >>> newest.day.isoformat(), newest.milestone.full_id
    ('2019-01-31', 'study-information-leaflet-mbo/leaflet')
    """
    told = (
        change
        for measure, milestone in programme.by_id
        for change in reversed([*_of_milestone(measure, milestone)])
    )
    return tuple(sorted(told, key=_ordinal, reverse=True))  # stable: by id within a day


def was_promised(milestone: Milestone) -> bool:
    """Say whether a milestone was promised before it was met, be it without a date.

    What a source reports in one breath, never having had a date, was not: it was only reported.
    """
    return (
        milestone.due is not None
        or bool(milestone.revisions)
        or not isinstance(milestone.outcome, Met)
        or milestone.outcome.source != milestone.source
    )


def _of_milestone(measure: Measure, milestone: Milestone) -> Iterator[Change]:
    if was_promised(milestone):
        yield Promised(measure=measure, milestone=milestone)
    before = milestone.due
    for revision in milestone.revisions:
        yield Moved(measure=measure, milestone=milestone, before=before, revision=revision)
        before = revision.due
    if milestone.outcome is not None:
        yield Ended(measure=measure, milestone=milestone, outcome=milestone.outcome)


def _ordinal(change: Change) -> int:
    return change.day.toordinal() if change.day is not None else 0
