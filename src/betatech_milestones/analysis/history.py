"""What was said and when: promises, moves, news and outcomes of a programme, the newest first.

`report` says how a milestone stands; this says what happened to it. A statement has the day on
which it became known, which is seldom the day on which something came about: a letter of 2013 that
reports an outcome of 2012 is a statement of 2013.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from betatech_milestones.analysis.course import course
from betatech_milestones.model.dates import PolicyDate, policy_date
from betatech_milestones.model.records import (
    Body,
    Met,
    Milestone,
    Move,
    News,
    Outcome,
    Programme,
    Revision,
    Source,
    Texts,
)

_ONE_DAY = dt.timedelta(days=1)


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
    def day(self) -> dt.date:
        """When that was public."""
        return self.milestone.known_from


@attrs.frozen
class Moved:
    """A milestone got another date, or its first."""

    milestone: Milestone
    move: Move

    @property
    def date(self) -> PolicyDate:
        """The date from then on."""
        return self.move.due

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
class Revised:
    """Others answer for a milestone from then on, or another number is to be reached."""

    milestone: Milestone
    revision: Revision

    @property
    def date(self) -> None:
        """None: its date stays what it was."""
        return

    @property
    def reason(self) -> Texts | None:
        """Why, where that was said."""
        return self.revision.reason

    @property
    def source(self) -> Source:
        """The document that says so."""
        return self.revision.source

    @property
    def day(self) -> dt.date:
        """When that was announced."""
        return self.revision.announced


@attrs.frozen
class Told:
    """Something was found of a milestone that had not ended, or nothing was."""

    milestone: Milestone
    news: News

    @property
    def date(self) -> PolicyDate:
        """The day of which it speaks."""
        return policy_date(self.news.on)

    @property
    def reason(self) -> Texts | None:
        """What the source says."""
        return self.news.says

    @property
    def source(self) -> Source | None:
        """The document that says so; None where nothing was found."""
        return self.news.source

    @property
    def day(self) -> dt.date:
        """When that was known."""
        return self.news.known_from


@attrs.frozen
class Ended:
    """A promise was kept, withdrawn or replaced; or a fact was reported."""

    milestone: Milestone
    outcome: Outcome

    @property
    def date(self) -> PolicyDate | None:
        """When that came about; None where no source tells."""
        return self.outcome.on

    @property
    def reason(self) -> Texts | None:
        """Why it was withdrawn or what took its place; None where it was kept."""
        return None if isinstance(self.outcome, Met) else self.outcome.reason

    @property
    def source(self) -> Source:
        """The document that reports it."""
        return self.outcome.source

    @property
    def day(self) -> dt.date:
        """When it counts from, in the course of the milestone."""
        outcome = self.outcome
        days = (turn.day for turn in course(self.milestone) if turn.outcome is outcome)
        return next(days, outcome.known_from)


Statement = Promised | Moved | Revised | Told | Ended
"""Something that a source says of a milestone."""


def history(programme: Programme) -> tuple[Statement, ...]:
    """Return all that was said of the milestones of a programme: the newest first, then by full id.

    Of what one milestone saw on one day, the last comes first.

    >>> from betatech_milestones import load_example
    >>> history(load_example())[-1].day.isoformat()
    '2013-02-26'
    """
    return history_of(programme.by_id)


def history_of(milestones: Iterable[Milestone]) -> tuple[Statement, ...]:
    """Return all that was said of some milestones, in the same order."""
    statements = (
        statement
        for milestone in sorted(milestones, key=lambda milestone: milestone.full_id)
        for statement in reversed([*_of_milestone(milestone)])
    )
    # Stable: by id within a day.
    return tuple(sorted(statements, key=lambda statement: statement.day, reverse=True))


def with_names(statements: Iterable[Statement]) -> list[tuple[Statement, str]]:
    """Return statements, which are as `history` has them, each with a name for life.

    No later statement alters it. It has the milestone's id and what happened. A milestone may be
    moved more than once, so a move is named after the day of its announcement; the second of one
    day is numbered. Neither the words nor the promised dates are in it: a correction is no new
    statement. All statements on a milestone have to be there.
    """
    times: Counter[str] = Counter()
    named = []
    for statement in reversed([*statements]):
        name = f"{statement.milestone.lifelong_id} {_kind(statement)}"
        times[name] += 1
        named.append((statement, name if times[name] == 1 else f"{name} {times[name]}"))
    return named[::-1]


def _kind(statement: Statement) -> str:
    match statement:
        case Ended(outcome=outcome):
            return outcome.status
        case Moved(day=day):
            return f"moved {day}"
        case Revised(day=day):
            return f"revised {day}"
        case Told(day=day):
            return f"news {day}"
    return "promised"


def said(statement: Statement) -> Milestone | Revision | News | Outcome:
    """Return the record of what a statement says, with its sources and its note."""
    match statement:
        case Moved(move=move):
            return move.revision
        case Revised(revision=revision):
            return revision
        case Told(news=news):
            return news
        case Ended(outcome=outcome):
            return outcome
    return statement.milestone


def concerned(statement: Statement) -> tuple[Body, ...]:
    """Return whom a statement concerns: who answers from its day on, then who did until then.

    Who hands a promise over hears of that, and of nothing later.
    """
    milestone, day = statement.milestone, statement.day
    before = day - _ONE_DAY if day > dt.date.min else day
    now = milestone.bodies_by(day)
    return (*now, *(body for body in milestone.bodies_by(before) if body not in now))


def _of_milestone(milestone: Milestone) -> Iterator[Statement]:
    if not milestone.is_fact:
        yield Promised(milestone)
    moves = {id(move.revision): move for move in milestone.moves}
    for revision in milestone.revisions:
        move = moves.get(id(revision))
        yield Revised(milestone, revision) if move is None else Moved(milestone, move)
    for news in milestone.news:
        yield Told(milestone, news)
    for outcome in milestone.outcomes:
        yield Ended(milestone, outcome)
