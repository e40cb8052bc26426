"""How a milestone stands on a day, by what was known on a day.

The words are those of the field; `analysis.course` says which one holds.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import attrs

from betatech_milestones.model.dates import PolicyDate, days_later
from betatech_milestones.model.plain import Plain
from betatech_milestones.model.records import (
    Body,
    Measure,
    Met,
    Milestone,
    Move,
    News,
    Outcome,
    Reading,
    Revision,
    Snooze,
    Source,
)
from betatech_milestones.model.vocabulary import (
    ENDED,
    Attestation,
    Evidence,
    SourceKind,
    Status,
)

Order = tuple[int, int, dt.date, bool]
_STATUS_RANK = {status: rank for rank, status in enumerate(Status)}
_EVIDENCE_RANK = {word: rank for rank, word in enumerate(Evidence)}


@attrs.frozen(eq=False, repr=False)
class Turn(Plain):
    """How a milestone stands from a day on, until its next turn."""

    day: dt.date
    status: Status
    due: PolicyDate | None
    """The date in force; None where none was given by then."""
    outcome: Outcome | None = None
    evidence: Evidence | None = None
    """What is known of it; None unless it is overdue."""
    news: News | None = None
    """The news that tells why it is late, or that somebody looked; None unless overdue so."""
    newest_statement: dt.date = dt.date.min
    """The day of the newest statement that is known; that somebody looked in vain is none."""
    order: Order = attrs.field(init=False, eq=False, repr=False)
    """Where it stands in a report: by status, evidence and last day, the most pressing first."""

    @order.default
    def _most_pressing_first(self) -> Order:
        evidence = 0 if self.evidence is None else _EVIDENCE_RANK[self.evidence]
        term = self.term
        return _STATUS_RANK[self.status], evidence, term or dt.date.max, term is None

    @property
    def counted(self) -> dt.date | None:
        """The day from which people count: the term that passed, or the first day of what comes.

        None where they do not.
        """
        if self.status in (Status.OVERDUE, Status.PASSED):
            return self.term
        if self.status is not Status.UPCOMING or self.due is None:
            return None
        return self.due.earliest or self.due.latest

    @property
    def begins(self) -> str:
        """What the first day of what comes is: the "day", the "window", or only the "term"."""
        if self.due is None or self.due.earliest is None:
            return "term"
        return "day" if self.due.is_day else "window"

    @property
    def term(self) -> dt.date | None:
        """The last day of the date in force."""
        return None if self.due is None else self.due.latest


@attrs.frozen(eq=False, repr=False)
class Timeliness(Plain):
    """How late something was met, in days after its first term: as much as its dates tell."""

    at_least: int
    """0 where it may have been in time."""
    at_most: int | None
    """0 where it was surely in time; None where no source tells by when it was done."""


@attrs.frozen(eq=False, repr=False)
class Standing(Plain):
    """A milestone on a day, by what was known on a day."""

    milestone: Milestone
    day: dt.date
    known_on: dt.date
    """The day whose knowledge counts: `day`, unless it was asked for with hindsight."""
    turn: Turn
    """Since when it stands so."""

    @property
    def status(self) -> Status:
        """How it stands."""
        return self.turn.status

    @property
    def due(self) -> PolicyDate | None:
        """The date in force; None where none was given by then."""
        return self.turn.due

    @property
    def evidence(self) -> Evidence | None:
        """What is known of it; None unless it is overdue."""
        return self.turn.evidence

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, once it counts; none where it came about by itself."""
        return self.turn.outcome

    @property
    def source(self) -> Source:
        """The first document that promises it, of those that are known."""
        return next(self._known(self.milestone))

    @property
    def measure(self) -> Measure:
        """The measure of the milestone."""
        return self.milestone.measure

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Who answers for it."""
        return self.milestone.bodies_by(self.known_on)

    @property
    def goal(self) -> int | Decimal | None:
        """The number to reach."""
        return self.milestone.goal_by(self.known_on)

    @property
    def days_overdue(self) -> int | None:
        """Days from the term to the day; None unless overdue, or passed."""
        if self.status is Status.UPCOMING:
            return None
        counted = self.turn.counted
        return None if counted is None else (self.day - counted).days

    @property
    def days_left(self) -> int | None:
        """Days from the day to the first of the window (the last, where the start is open).

        None unless upcoming.
        """
        if self.status is not Status.UPCOMING:
            return None
        counted = self.turn.counted
        return None if counted is None else (counted - self.day).days

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """The revisions that are known, the oldest first."""
        return tuple(r for r in self.milestone.revisions if r.announced <= self.known_on)

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves that are known, the oldest first."""
        if not self.milestone.revisions:
            return ()
        return tuple(m for m in self.milestone.moves if m.revision.announced <= self.known_on)

    @property
    def news(self) -> tuple[News, ...]:
        """The news that is known, in the order of the file."""
        return tuple(news for news in self.milestone.news if news.known_from <= self.known_on)

    @property
    def newest_news(self) -> News | None:
        """The news that tells why it is late, or that somebody looked; None unless overdue so."""
        return self.turn.news

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that are known, the newest last."""
        return tuple(o for o in self.milestone.outcomes if o.known_from <= self.known_on)

    @property
    def newest_statement(self) -> dt.date:
        """The day of the newest statement that is known."""
        return self.turn.newest_statement

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings that are known."""
        number = self.milestone.number
        return tuple(r for r in number.readings if r.known_from <= self.known_on) if number else ()

    @property
    def now(self) -> PolicyDate | None:
        """When it was met, or else the date in force."""
        return self.outcome.on if isinstance(self.outcome, Met) and self.outcome.on else self.due

    @property
    def snooze(self) -> Snooze | None:
        """The snooze, from the day it was known and while there is no outcome, over or not."""
        snooze = self.milestone.snoozed
        if snooze is None or self.status in ENDED:
            return None
        return snooze if snooze.since is None or snooze.since <= self.known_on else None

    @property
    def is_snoozed(self) -> bool:
        """Whether it is kept quiet on the day."""
        return self.snooze is not None and self.day <= self.snooze.until

    @property
    def promised(self) -> PolicyDate | None:
        """The first date that it had, as far as that is known."""
        return self.milestone.due or next((move.due for move in self.moves), None)

    @property
    def first_term(self) -> dt.date | None:
        """The first last day that it had; None where no date gave one."""
        date = self._first_with_term
        return None if date is None else date.latest

    @property
    def _first_with_term(self) -> PolicyDate | None:
        """The first date with a last day: "ongoing" and "from 2014" have none."""
        due = self.milestone.due
        if due is not None and due.latest is not None:
            return due
        dates = (move.due for move in self.moves)
        return next((date for date in dates if date.latest is not None), None)

    @property
    def moved_days(self) -> int | None:
        """Days from the first term to the one in force; negative is earlier.

        None where it was not moved, or one of the two has no last day. A first date for what had
        none is no move from anywhere.
        """
        is_moved = any(move.before is not None for move in self.moves)
        return days_later(self.promised, self.due) if is_moved else None

    @property
    def timeliness(self) -> Timeliness | None:
        """How late it was met, after its first term; None where it is not met, or had no term.

        Where one of the two is vague ("summer 2014"), it is never surely late.
        """
        if self.status is not Status.MET:
            return None
        promised = self._first_with_term
        if promised is None or promised.latest is None:
            return None
        if self.outcome is None:  # it came about by itself, on the day in force
            days = max(days_later(promised, self.due) or 0, 0)
            return Timeliness(days, days)
        on = self.outcome.on
        first = None if on is None else on.earliest
        at_least = 0 if first is None else max((first - promised.latest).days, 0)
        if promised.is_vague or (on is not None and on.is_vague):
            at_least = 0
        at_most = max((self.outcome.certain_from - promised.latest).days, 0)
        only_seen = all(source.published is None for source in self._known(self.outcome))
        # By when it was done at the latest says nothing of when, where nothing says since when.
        is_open = on is None or on.earliest is None or (only_seen and on.latest is None)
        return Timeliness(at_least, None if is_open and at_most else at_most)

    @property
    def attestation(self) -> Attestation | None:
        """Who says that it ended so; None where nobody does."""
        if self.outcome is None:
            return None
        bodies = self.bodies
        found = {_attested(source, bodies) for source in self._known(self.outcome)}
        return next(word for word in reversed(Attestation) if word in found)

    @property
    def reporter_is_unknown(self) -> bool:
        """Whether nothing tells who says that it ended so: the press is somebody else."""
        sources = () if self.outcome is None else self._known(self.outcome)
        return not any(source.by or source.kind is SourceKind.PRESS for source in sources)

    @property
    def sources(self) -> Iterator[Source]:
        """What attests it, as far as it is known: each document as often as it is cited."""
        for said in (*self.milestone.statements, *self.readings):
            if said.known_from <= self.known_on:  # a revision, from when it was announced
                yield from self._known(said)

    def _known(self, said: Milestone | Revision | News | Outcome | Reading) -> Iterator[Source]:
        """Yield the sources of a statement that are known."""
        return (source for source in said.sources if source.known_from <= self.known_on)

    @property
    def last_day(self) -> dt.date:
        """The last day of the date in force, or the last of all days where there is none."""
        return self.turn.term or dt.date.max

    def __repr__(self) -> str:
        evidence = f", {self.evidence}" if self.evidence else ""
        return f"<Standing {self.milestone.full_id} {self.day}: {self.status}{evidence}>"


_OFFICIAL = (SourceKind.GAZETTE, SourceKind.LAW)
_INDEPENDENT = (SourceKind.EVALUATION, SourceKind.AUDIT, SourceKind.REGISTER)


def _attested(source: Source, bodies: tuple[Body, ...]) -> Attestation:
    """Return how much a source is worth to who answers for what it reports.

    What is in force stands in a gazette, whoever signed it; but nobody verifies himself.
    """
    if source.kind in _OFFICIAL:
        return Attestation.VERIFIED
    if source.by is not None and source.by in bodies:
        return Attestation.CLAIMED
    return Attestation.VERIFIED if source.kind in _INDEPENDENT else Attestation.REPORTED
