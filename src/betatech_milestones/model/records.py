"""What a government promised, as plain frozen records.

A programme holds measures, a measure holds milestones, and a milestone holds the promise as it
was first made, every revision of its date, and how it ended. Nothing here knows what day it is:
`as_of` does. References are resolved: a measure's `cluster` is a `Cluster`, not its id.

A record that is made in a script checks itself by the rules of the data file, and reads what a file
would hold: `due="zomer 2014"`, `title={"nl": "…"}`. The loader has checked every value at its line,
and makes records of them under `trusted`.
"""

import contextlib
import copy
import datetime as dt
import functools
import operator
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextvars import ContextVar
from decimal import Decimal
from typing import Any, ClassVar, Self

import attrs

from betatech_milestones.model import rules, values
from betatech_milestones.model.conventions import Conventions, Period, date_order
from betatech_milestones.model.dates import PolicyDate, day, days_later, policy_date
from betatech_milestones.model.display import Displayed
from betatech_milestones.model.errors import BadValue, UnknownId, did_you_mean
from betatech_milestones.model.plain import Plain, compared
from betatech_milestones.model.vocabulary import (
    Commitment,
    DateOrder,
    Found,
    Kind,
    Per,
    ReadingKind,
    SourceKind,
    Status,
)

# --- records that check themselves ----------------------------------------------------------------

_TRUSTED: ContextVar[bool] = ContextVar("trusted", default=False)


@contextlib.contextmanager
def trusted() -> Iterator[None]:
    """Take the values of records as they are: they were checked before."""
    token = _TRUSTED.set(True)
    try:
        yield
    finally:
        _TRUSTED.reset(token)


@functools.cache
def _readers(sort: Any) -> tuple[tuple[str, Callable[[object], object]], ...]:
    """Return how each field of a sort of record is read that has a rule."""
    return tuple(
        (field.name, field.metadata["read"])
        for field in attrs.fields(sort)
        if "read" in field.metadata
    )


class _Record(Plain):
    """Checks itself when it is made, unless its values are trusted."""

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        if not _TRUSTED.get():
            self._check()

    def _check(self) -> None:
        sort: Any = type(self)
        for name, read in _readers(sort):
            value = getattr(self, name)
            try:
                accepted = read(value)
            except BadValue as error:
                raise BadValue(error.rule, f"{type(self).__name__}.{name}: {error}") from None
            if accepted is not value:
                object.__setattr__(self, name, accepted)


_Metadata = Mapping[str, Callable[[object], object]]


def _rule(read: Callable[[object], object]) -> _Metadata:
    """Let a field be read by a function of `values`."""
    return {"read": read}


def _optional(read: Callable[[object], object]) -> _Metadata:
    """The same for a field that may be None."""
    return {"read": lambda value: None if value is None else read(value)}


def _each(read: Callable[[object], object]) -> _Metadata:
    """The same for the items of a field that holds several."""

    def read_each(value: Any) -> tuple[object, ...]:
        return tuple(read(item) for item in value)

    return {"read": read_each}


def _bare(value: object) -> object:
    """Return a text that is kept as written, once it is one, but on one line."""
    in_line = values.line(value)
    return in_line if _has_break(value) else value


def _has_break(value: object) -> bool:
    return not _BREAKS.isdisjoint(str(value))


_BREAKS = frozenset("\n\r\t")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _by_id(record: Any) -> str:
    """Return a record cited by its id, for the repr of another."""
    return repr(record.id)


# --- texts ----------------------------------------------------------------------------------------


def _pairs(
    texts: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    if isinstance(texts, tuple):
        return texts
    return tuple(texts.items() if isinstance(texts, Mapping) else texts)


@attrs.frozen(eq=False, repr=False)
class Texts(Plain):
    """One text in one or more languages, the programme's own language first.

    >>> Texts({"nl": "klassen", "en": "classes"}).in_language("en-GB")
    'classes'
    """

    pairs: tuple[tuple[str, str], ...] = attrs.field(converter=_pairs)

    def __attrs_post_init__(self) -> None:
        if _TRUSTED.get():
            return
        if not self.pairs or isinstance(self.pairs, str):
            raise _no_texts(self.pairs)
        for pair in self.pairs:
            if not isinstance(pair, tuple):
                raise _no_texts(self.pairs)
            tag, text = pair
            values.language(tag)
            values.prose(text)

    def in_language(self, language: str) -> str:
        """Return the text for a BCP 47 tag, or the programme's own (lookup as in RFC 4647, 3.4)."""
        for tag, text in self.pairs:
            if tag == language:  # as it nearly always is
                return text
        texts = {tag.lower(): text for tag, text in self.pairs}
        language = language.lower()
        while language not in texts:
            language, more, _ = language.rpartition("-")
            if not more:
                return str(self)
        return texts[language]

    def __str__(self) -> str:
        return self.pairs[0][1]


def _no_texts(value: object) -> BadValue:
    message = f'{values.shown(value)} is no text by language; write Texts({{"nl": "…"}})'
    return BadValue(rules.WRONG_TYPE, message)


def as_texts(value: object) -> Texts:
    """Return a text by language as it is, or as a mapping has it."""
    if isinstance(value, Texts):
        return value
    if isinstance(value, Mapping):
        return Texts(value)
    raise _no_texts(value)


def _as_line(value: object) -> Texts:
    """Return a text by language, each on one line."""
    texts = as_texts(value)
    lines = tuple((tag, values.line(text)) for tag, text in texts.pairs)
    return Texts(lines) if any(_has_break(text) for _, text in texts.pairs) else texts


# --- what others refer to -------------------------------------------------------------------------


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Body(_Record):
    """Who is responsible: a ministry, a council, a platform."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    formerly: tuple[str, ...] = attrs.field(default=(), metadata=_each(values.identifier))
    """The ids it had before, the oldest first."""
    name: Texts = attrs.field(metadata=_rule(_as_line))

    @property
    def lifelong_id(self) -> str:
        """The id under which its calendar has been known from the first."""
        return self.formerly[0] if self.formerly else self.id


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Source(_Record):
    """A public document in which something was promised, moved or reported.

    It has the day on which it appeared or, where it bears none, the day on which it was read: what
    it says is known from then on.
    """

    id: str = attrs.field(metadata=_rule(values.identifier))
    title: Texts = attrs.field(metadata=_rule(_as_line))
    kind: SourceKind = attrs.field(
        default=SourceKind.OTHER, metadata=_rule(functools.partial(values.word, words=SourceKind))
    )
    by: Body | None = attrs.field(default=None, repr=False)
    """The body that wrote it."""
    reference: str | None = attrs.field(default=None, metadata=_optional(_bare))
    published: PolicyDate | None = attrs.field(default=None, metadata=_optional(policy_date))
    """When it appeared; known from its last day. None where it bears no date (a web page)."""
    seen: dt.date | None = attrs.field(default=None, metadata=_optional(day))
    """The day on which it was read."""
    url: str | None = attrs.field(default=None, metadata=_optional(values.url))
    archived: str | None = attrs.field(default=None, metadata=_optional(values.url))
    """The address of a copy that stays as it was."""
    known_from: dt.date = attrs.field(init=False, eq=False, repr=False)
    """The first day on which what it says is known."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        published = None if self.published is None else self.published.latest
        object.__setattr__(self, "known_from", published or self.seen or dt.date.max)

    def _check(self) -> None:
        super()._check()
        if problem := self.undated():
            raise BadValue(rules.UNDATED_SOURCE, f"Source.{problem}")
        if problem := self.seen_too_soon():
            raise BadValue(rules.SEEN_BEFORE_PUBLISHED, f"Source.{problem}")

    def undated(self) -> str:
        """Return what is wrong with a source of which nobody can tell since when it is known."""
        if self.seen is not None or (self.published is not None and self.published.latest):
            return ""
        what = "has no last day" if self.published is not None else "is missing"
        return f"published: {what}; write the day, or seen = the day on which you read the document"

    def seen_too_soon(self) -> str:
        """Return what is wrong with a source that was read before it appeared; or nothing."""
        first = None if self.published is None else self.published.earliest
        if self.seen is None or first is None or first <= self.seen:
            return ""
        return f"seen: {self.seen} is before the document appeared ({first}); mend one of the two"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Cluster(_Record):
    """A group of measures, with its number where the source numbers them."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    title: Texts = attrs.field(metadata=_rule(_as_line))
    number: int | None = attrs.field(default=None, metadata=_optional(values.whole))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Sector(_Record):
    """A part of the field that measures apply to: po, vo, mbo and so on."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    title: Texts = attrs.field(metadata=_rule(_as_line))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OwnKind(_Record):
    """A sort of moment that a programme has besides the ten of `Kind`."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    title: Texts = attrs.field(metadata=_rule(_as_line))

    def __str__(self) -> str:
        return self.id


def _years(value: object) -> tuple[int, int]:
    match value:
        case (first, last):
            return values.years(first, last)
    raise values.bad_years(value)


# --- what a source says ---------------------------------------------------------------------------


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _Said(_Record):
    """What one or several sources say."""

    source: Source = attrs.field(repr=_by_id)
    further_sources: tuple[Source, ...] = attrs.field(default=(), repr=False)
    """Who says it besides."""
    note: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))
    """What there is to know about it."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """All that say it, the first first."""
        return (self.source, *self.further_sources)


def _first_known(said: _Said) -> dt.date:
    """Return the day on which the first of its sources was known."""
    if not said.further_sources:
        return said.source.known_from
    return min(source.known_from for source in said.sources)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Budget(_Record):
    """Money set aside for a measure."""

    amount: int | Decimal = attrs.field(metadata=_rule(values.number))
    currency: str = attrs.field(metadata=_rule(values.currency))
    """Its code in ISO 4217: EUR."""
    per: Per = attrs.field(metadata=_rule(functools.partial(values.word, words=Per)))
    years: tuple[int, int] | None = attrs.field(default=None, metadata=_optional(_years))
    """The first and the last year, both included; None where the source names none."""
    each: int | None = attrs.field(default=None, metadata=_optional(values.whole))
    """How many get the amount, each of them; None where it is one amount for all."""
    source: Source | None = attrs.field(default=None, repr=False)
    """Who says so; None: the source of the measure."""
    note: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))


# --- what became of a promise ---------------------------------------------------------------------


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Revision(_Said):
    """A promise that was changed, and when that was made known: its date, its goal, or by whom."""

    due: PolicyDate | None = attrs.field(default=None, metadata=_optional(policy_date))
    """The date from then on; None where it stays what it was."""
    goal: int | Decimal | None = attrs.field(default=None, metadata=_optional(values.number))
    """The number to reach from then on."""
    bodies: tuple[Body, ...] | None = None
    """Who answers for it from then on."""
    announced: dt.date = attrs.field(metadata=_rule(day))
    reason: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))

    @announced.default
    def _day_of_its_source(self) -> dt.date:
        return _first_known(self)

    @property
    def known_from(self) -> dt.date:
        """The day on which it was announced."""
        return self.announced

    def _check(self) -> None:
        super()._check()
        if self.due is None and self.goal is None and self.bodies is None:
            raise nothing_revised("Revision: ")


def nothing_revised(where: str = "") -> BadValue:
    """What to raise for a revision that changes nothing."""
    right = "add due, goal or bodies, as they are from then on"
    return BadValue(rules.MISSING_KEY, f"{where}changes nothing; {right}")


@attrs.frozen(eq=False, repr=False)
class Move(Plain):
    """A revision of the date, with the date that it takes the place of."""

    before: PolicyDate | None
    """The date until then; None where there was none."""
    revision: Revision

    @property
    def due(self) -> PolicyDate:
        """The date from then on."""
        assert self.revision.due is not None, "others are no moves"
        return self.revision.due

    @property
    def days(self) -> int | None:
        """Days from one term to the other; negative is earlier, None where one is lacking."""
        return days_later(self.before, self.due)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class News(_Record):
    """What was found of a milestone that has not ended: that somebody looked, or how far it is."""

    found: Found = attrs.field(metadata=_rule(functools.partial(values.word, words=Found)))
    says: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))
    """What the source says, in brief."""
    by: str | None = attrs.field(default=None, metadata=_optional(_bare))
    """Who looked."""
    source: Source | None = attrs.field(default=None, repr=lambda it: it and _by_id(it))
    """None where nothing was found."""
    further_sources: tuple[Source, ...] = attrs.field(default=(), repr=False)
    on: dt.date = attrs.field(metadata=_rule(day))
    """The day of the look, or of which the source speaks."""
    note: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))

    @on.default
    def _day_of_its_source(self) -> dt.date:
        if self.source is None:
            raise dayless_news("News: ")
        return min(source.known_from for source in self.sources)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All that say it; none where nothing was found."""
        return () if self.source is None else (self.source, *self.further_sources)

    @property
    def known_from(self) -> dt.date:
        """The first day on which it is known: that of its source, or of the look."""
        return min((source.known_from for source in self.sources), default=self.on)

    def _check(self) -> None:
        super()._check()
        if problem := self.unattested():
            raise BadValue(problem.rule, f"News: {problem}")

    def unattested(self) -> BadValue | None:
        """Return what is wrong with news that nobody says; or None."""
        if self.found is Found.NOTHING and self.by is None:
            message = 'lacks by: who looked, and found nothing; add by = "…"'
        elif self.found is not Found.NOTHING and self.source is None:
            message = 'lacks source, which says so; add source = "id-of-a-source"'
        else:
            return None
        return BadValue(rules.MISSING_KEY, message)


def dayless_news(where: str = "") -> BadValue:
    """What to raise for news that has no day, and no source to take it from."""
    right = "add on = 2026-11-24"
    return BadValue(rules.MISSING_KEY, f"{where}lacks on, the day of the look; {right}")


def _certain_from(on: PolicyDate | None, known: dt.date) -> dt.date:
    """Return the first day on which something has surely happened that is known from a day.

    That is the last day of `on`, or the day of the source where that is earlier and not before `on`
    begins: a letter of February 2013 that says "in 2013" speaks of what is done.
    """
    if on is None or on.latest is None:
        return known
    begun = on.earliest is None or on.earliest <= known
    return min(on.latest, known) if begun else on.latest


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _Happened(_Said):
    """Something that came about, and the sources that say so."""

    on: PolicyDate | None = attrs.field(default=None, metadata=_optional(policy_date))
    """When; None where no source tells the day."""
    known_from: dt.date = attrs.field(init=False, eq=False, repr=False)
    """The first day on which somebody could know it."""
    certain_from: dt.date = attrs.field(init=False, eq=False, repr=False)
    """The first day on which it has surely happened."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        known = _first_known(self)
        object.__setattr__(self, "known_from", known)
        object.__setattr__(self, "certain_from", _certain_from(self.on, known))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Met(_Happened):
    """The promise was kept."""

    status: ClassVar[Status] = Status.MET


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Dropped(_Happened):
    """The promise was withdrawn."""

    status: ClassVar[Status] = Status.DROPPED

    reason: Texts = attrs.field(metadata=_rule(as_texts))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Replaced(_Happened):
    """Something else took the place of the promise."""

    status: ClassVar[Status] = Status.REPLACED

    by: str | None = attrs.field(default=None, metadata=_optional(values.full_id))
    """The full id of the milestone that did; None where it is no milestone."""
    reason: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))

    def _check(self) -> None:
        super()._check()
        if self.by is None and self.reason is None:
            raise nothing_replaced("Replaced: ")


def nothing_replaced(where: str = "") -> BadValue:
    """What to raise for a promise that was replaced by nothing."""
    right = 'add by = "measure/milestone", or a reason that says what took its place'
    return BadValue(rules.BAD_REPLACEMENT, f"{where}by nothing; {right}")


Outcome = Met | Dropped | Replaced
"""How a promise ended."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Reading(_Happened):
    """A number that was reached, or planned for, on the way."""

    value: int | Decimal = attrs.field(metadata=_rule(values.number))
    kind: ReadingKind = attrs.field(
        default=ReadingKind.REACHED,
        metadata=_rule(functools.partial(values.word, words=ReadingKind)),
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Number(_Record):
    """What of a milestone can be counted."""

    unit: Texts = attrs.field(metadata=_rule(_as_line))
    goal: int | Decimal | None = attrs.field(default=None, metadata=_optional(values.number))
    """The number to reach; None where no source sets one."""
    baseline: int | Decimal | None = attrs.field(default=None, metadata=_optional(values.number))
    """The number from which it started."""
    readings: tuple[Reading, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Snooze(_Record):
    """A milestone that is kept quiet up to and including a day: by whom, and why.

    It changes no fact. What is overdue stays overdue, and reports say both.
    """

    until: dt.date = attrs.field(metadata=_rule(day))
    by: str = attrs.field(metadata=_rule(_bare))
    reason: Texts = attrs.field(metadata=_rule(as_texts))
    since: dt.date | None = attrs.field(default=None, metadata=_optional(day))
    """The first day on which it is known; None: it always was."""

    def _check(self) -> None:
        super()._check()
        if message := self.ends_before(self.since, "it was given"):
            raise BadValue(rules.BAD_SNOOZE, f"Snooze.{message}")

    def ends_before(self, begin: dt.date | None, what: str) -> str:
        """Return what is wrong with a snooze that ends before it can begin; or nothing."""
        if begin is None or begin <= self.until:
            return ""
        return (
            f"until: ends on {self.until}, before {what} ({begin}); "
            "mend the day, or take the snooze out"
        )


# --- measures and their milestones ----------------------------------------------------------------


class _InMeasure(_Said):
    """Where a milestone stands: set by the measure that holds it, and part of no comparison."""

    __slots__ = ("full_id", "measure", "turns")

    full_id: str
    """`measure/milestone`, unique in the programme."""
    measure: "Measure"
    turns: tuple[Any, ...]
    """Its course, once `analysis.course` has reckoned it."""


def _kind(value: object) -> "Kind | OwnKind":
    return value if isinstance(value, OwnKind) else values.word(value, Kind)


def usual_commitment(due: PolicyDate | None) -> Commitment:
    """Return how firmly a date is promised where nothing else is said of it.

    What begins nowhere and has an end is a deadline: "uiterlijk 1 juli 2013", "by the end of 2014".
    What its source expects or aims at is a forecast or an aim: "naar verwachting medio 2014".
    """
    if due is not None and due.hedge is not None:
        return due.hedge
    limit = due is not None and due.earliest is None and due.latest is not None
    return Commitment.DEADLINE if limit else Commitment.PLANNED


def _in_order_of_knowledge(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    outcomes = tuple(outcomes)
    if len(outcomes) > 1:
        outcomes = tuple(sorted(outcomes, key=lambda outcome: outcome.known_from))
    return outcomes


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Milestone(_InMeasure):
    """One moment that was promised. It knows its measure as soon as a measure holds it."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    formerly: tuple[str, ...] = attrs.field(default=(), metadata=_each(values.former_id))
    """The full ids it had before, the oldest first."""
    code: str | None = attrs.field(default=None, metadata=_optional(_bare))
    """The number that a register gives it."""
    title: Texts = attrs.field(metadata=_rule(_as_line))
    summary: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))
    kind: Kind | OwnKind = attrs.field(default=Kind.OTHER, metadata=_rule(_kind))
    due: PolicyDate | None = attrs.field(default=None, metadata=_optional(policy_date))
    """The date as first promised; None where no date was given."""
    commitment: Commitment = attrs.field(
        metadata=_rule(functools.partial(values.word, words=Commitment))
    )
    locator: str | None = attrs.field(default=None, metadata=_optional(_bare))
    also: tuple[str, ...] = attrs.field(default=(), metadata=_each(values.identifier))
    """The ids of other measures of which it is a part, too; it is counted once."""
    corrected: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))
    """Why what was published of it was a mistake, and is another text now."""
    own_bodies: tuple[Body, ...] | None = None
    """Who answers for it from the first, where that is not who answers for the measure."""
    revisions: tuple[Revision, ...] = ()
    news: tuple[News, ...] = ()
    outcomes: tuple[Outcome, ...] = attrs.field(default=(), converter=_in_order_of_knowledge)
    """How it ended, the newest last: what was dropped may be met after all."""
    number: Number | None = None
    snoozed: Snooze | None = None
    line: int = attrs.field(default=1, eq=False)
    """The line of the data file at which it begins."""

    @commitment.default
    def _as_its_date_is_worded(self) -> Commitment:
        return usual_commitment(None if self.due is None else policy_date(self.due))

    def _check(self) -> None:
        super()._check()
        for problem in self.contradictions():
            raise BadValue(problem.rule, f"Milestone: {problem}")

    def contradictions(self) -> Iterator[BadValue]:
        """Yield what in it cannot be at once."""
        dues = [self.due, *(revision.due for revision in self.revisions if revision.due)]
        if self.commitment is Commitment.NONE:
            if any(dues):
                message = (
                    'commitment: "none" means that nobody promised it, and it has a due; take '
                    "the date out, or write when it was done in met"
                )
                yield BadValue(rules.COMMITMENT_CONFLICT, message)
            if not self.outcomes:
                message = (
                    'commitment: "none" means that a source reports it as done; '
                    "add [measure.milestone.met] with that source"
                )
                yield BadValue(rules.COMMITMENT_CONFLICT, message)
        elif self.commitment is Commitment.FIXED and not all(date and date.is_day for date in dues):
            message = (
                'commitment: "fixed" means that it comes about by itself on its day, and it has '
                "none; write due = 2014-08-01, or another commitment"
            )
            yield BadValue(rules.COMMITMENT_CONFLICT, message)
        if problem := self._order_of_endings():
            yield problem

    def _order_of_endings(self) -> BadValue | None:
        endings = {outcome.status: outcome for outcome in self.outcomes}
        if len(endings) < len(self.outcomes) or {Status.DROPPED, Status.REPLACED} <= endings.keys():
            names = " and ".join(outcome.status for outcome in self.outcomes)
            message = f"{names} exclude each other; keep the one that came about"
            return BadValue(rules.TWO_OUTCOMES, message)
        met = endings.get(Status.MET)
        if met is None or len(endings) == 1:
            return None
        (other,) = (outcome for outcome in self.outcomes if outcome is not met)
        if met.known_from > other.known_from:
            return None
        message = (
            f"met by a source of {met.known_from}, and {other.status} by one of "
            f"{other.known_from}: what is kept cannot be {other.status} later; keep the one that "
            "came about, or cite a newer source for met"
        )
        return BadValue(rules.TWO_OUTCOMES, message)

    def within(self, measure: "Measure") -> Self:
        """Return this milestone in a measure: itself, or a copy where another measure has it."""
        milestone = copy.copy(self) if hasattr(self, "measure") else self
        object.__setattr__(milestone, "measure", measure)
        object.__setattr__(milestone, "full_id", f"{measure.id}/{self.id}")
        return milestone

    @property
    def lifelong_id(self) -> str:
        """The full id under which calendars have known it from the first."""
        return self.formerly[0] if self.formerly else self.full_id

    def lifelong_in(self, programme: "Programme") -> tuple[str, str]:
        """Return the ids for life of its programme, and of itself in that one.

        Where several programmes are read together, its full id begins with that of its own.
        """
        home, _, own = self.lifelong_id.partition("/")
        return (home, own) if "/" in own else (programme.id, self.lifelong_id)

    def path_in(self, programme: "Programme") -> str:
        """Return the file it was read from."""
        return self.measure.path or programme.path

    @property
    def is_fact(self) -> bool:
        """Whether nobody promised it: a source only reports it as done."""
        return self.commitment is Commitment.NONE

    @property
    def known_from(self) -> dt.date:
        """The day on which its promise was public, or on which it was reported."""
        return _first_known(self)

    @property
    def in_force(self) -> PolicyDate | None:
        """The date as it was last announced; None where none ever was."""
        for revision in reversed(self.revisions):
            if revision.due is not None:
                return revision.due
        return self.due

    @property
    def promised(self) -> PolicyDate | None:
        """The first date that it had; None where it never had one."""
        return self.due or next((r.due for r in self.revisions if r.due is not None), None)

    @property
    def moves(self) -> tuple[Move, ...]:
        """Each revision of the date with the date before it, the oldest first."""
        moves, before = [], self.due
        for revision in self.revisions:
            if revision.due is not None:
                moves.append(Move(before, revision))
                before = revision.due
        return tuple(moves)

    @property
    def outcome(self) -> Outcome | None:
        """How it ended, by the newest source; None while it has not."""
        return self.outcomes[-1] if self.outcomes else None

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Who answers for it, as it was last announced."""
        return self.bodies_by(dt.date.max)

    def bodies_by(self, known_on: dt.date) -> tuple[Body, ...]:
        """Return who answers for it, by what is known on a day."""
        for revision in reversed(self.revisions):
            if revision.bodies is not None and revision.announced <= known_on:
                return revision.bodies
        return self.measure.bodies if self.own_bodies is None else self.own_bodies

    def goal_by(self, known_on: dt.date) -> int | Decimal | None:
        """Return the number to reach, by what is known on a day."""
        for revision in reversed(self.revisions):
            if revision.goal is not None and revision.announced <= known_on:
                return revision.goal
        return None if self.number is None else self.number.goal

    @property
    def statements(self) -> "Iterator[Milestone | Revision | News | Outcome]":
        """What was said of it: the promise, its revisions, its news, its outcomes."""
        yield self
        yield from self.revisions
        yield from self.news
        yield from self.outcomes

    def __repr__(self) -> str:
        date = self.in_force
        moves = len(self.moves)
        parts = ["undated" if date is None or date.edtf is None else date.edtf]
        parts += [_counted(moves, "move")] if moves else []
        if (outcome := self.outcome) is not None:
            on = "" if outcome.on is None else f" {outcome.on.edtf or outcome.on.words}"
            parts.append(f"{outcome.status}{on}")
        return f"<Milestone {getattr(self, 'full_id', self.id)}: {', '.join(parts)}>"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Measure(_Said):
    """One policy measure: a sequence of dated milestones."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    formerly: tuple[str, ...] = attrs.field(default=(), metadata=_each(values.identifier))
    """The ids it had before, the oldest first."""
    code: str | None = attrs.field(default=None, metadata=_optional(_bare))
    """The number that a register gives it."""
    title: Texts = attrs.field(metadata=_rule(_as_line))
    summary: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))
    cluster: Cluster | None = None
    sectors: tuple[Sector, ...] = ()
    bodies: tuple[Body, ...] = ()
    locator: str | None = attrs.field(default=None, metadata=_optional(_bare))
    budgets: tuple[Budget, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    line: int = attrs.field(default=1, eq=False)
    """The line of the data file at which it begins."""
    path: str | None = attrs.field(default=None, eq=False)
    """The file it was read from, where its programme was read from several."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self._take_in()

    def _take_in(self) -> None:
        """Let the milestones know that they are in this measure."""
        object.__setattr__(self, "milestones", tuple(m.within(self) for m in self.milestones))

    def __getstate__(self) -> dict[str, Any]:
        """Pickle the fields; a milestone comes back without its measure."""
        return {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)
        self._take_in()

    @property
    def lifelong_id(self) -> str:
        """The id under which calendars have known it from the first."""
        return self.formerly[0] if self.formerly else self.id

    def __repr__(self) -> str:
        return f"<Measure {self.id}: {_counted(len(self.milestones), 'milestone')}>"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Publisher(_Record):
    """Who publishes a programme, and answers for its site."""

    name: Texts = attrs.field(metadata=_rule(_as_line))
    url: str | None = attrs.field(default=None, metadata=_optional(values.url))
    contact: str | None = attrs.field(default=None, metadata=_optional(values.contact))
    """Where one writes to: "mailto:…" or a page."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Programme(Displayed, _Record):
    """A set of measures and what they refer to."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    """Ends every calendar UID."""
    title: Texts = attrs.field(metadata=_rule(_as_line))
    language: str = attrs.field(metadata=_rule(values.language))
    """BCP 47 tag of the language in which every text is given."""
    timezone: str = attrs.field(metadata=_rule(values.timezone))
    """IANA name of the zone whose "today" counts."""
    fiscal_year: str | None = attrs.field(default=None, metadata=_optional(values.month_and_day))
    """Month and day with which a financial year begins: "04-01"."""
    date_order: DateOrder | None = attrs.field(default=None, metadata=_optional(date_order))
    """Which of two numbers before a year is the day; without it "1/9/2026" is refused."""
    publisher: Publisher | None = None
    licence: str | None = attrs.field(default=None, metadata=_optional(values.licence))
    """Under which others may use it: an SPDX identifier, "CC0-1.0"."""
    repository: str | None = attrs.field(default=None, metadata=_optional(values.url))
    """The page of its data file in a repository: "mend this" leads to lines of it."""
    periods: tuple[Period, ...] = ()
    """Stretches of days that its dates name."""
    sources: tuple[Source, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    sectors: tuple[Sector, ...] = ()
    bodies: tuple[Body, ...] = ()
    kinds: tuple[OwnKind, ...] = ()
    """Its own sorts of moments, besides the ten of `Kind`."""
    measures: tuple[Measure, ...] = ()
    path: str = attrs.field(default="<text>", eq=False)
    """The file it was read from."""

    by_id: tuple[Milestone, ...] = attrs.field(init=False, eq=False)
    """Every milestone, in the order of their full ids."""
    text: str | None = attrs.field(init=False, default=None, eq=False, repr=False)
    """The text that it was read from as a whole; None where it came about otherwise."""

    @property
    def conventions(self) -> Conventions:
        """How it writes its dates, for `PolicyDate.parse`."""
        return Conventions(
            language=self.language,
            fiscal_year=self.fiscal_year,
            date_order=self.date_order,
            periods=self.periods,
        )

    @by_id.default
    def _sorted(self) -> tuple[Milestone, ...]:
        return tuple(sorted(self.milestones, key=lambda milestone: milestone.full_id))

    @property
    def milestones(self) -> Iterator[Milestone]:
        """Every milestone, in the order of the file."""
        for measure in self.measures:
            yield from measure.milestones

    def only(
        self,
        *,
        clusters: str | Iterable[str] = (),
        sectors: str | Iterable[str] = (),
        bodies: str | Iterable[str] = (),
        measures: str | Iterable[str] = (),
        kinds: str | Iterable[str] = (),
    ) -> Self:
        """Return the programme with only the milestones asked for, by one id or by several.

        Ids of one sort widen the choice, another sort narrows it; nothing asked for is everything.
        An id that the programme does not have is an `UnknownId`.
        """
        in_clusters = _known("cluster", clusters, (cluster.id for cluster in self.clusters))
        in_sectors = _known("sector", sectors, (sector.id for sector in self.sectors))
        by_bodies = _known("body", bodies, (body.id for body in self.bodies))
        of_measures = _known("measure", measures, (measure.id for measure in self.measures))
        of_kinds = _known("kind", kinds, (*Kind, *(kind.id for kind in self.kinds)))
        if not any((in_clusters, in_sectors, by_bodies, of_measures, of_kinds)):
            return self
        measures_by_id = {measure.id: measure for measure in self.measures}

        def is_wanted(measure: Measure) -> bool:
            in_cluster = measure.cluster is not None and measure.cluster.id in in_clusters
            return (
                (not in_clusters or in_cluster)
                and (not in_sectors or any(sector.id in in_sectors for sector in measure.sectors))
                and (not of_measures or measure.id in of_measures)
            )

        wanted = {measure.id: is_wanted(measure) for measure in self.measures}

        def is_shown(milestone: Milestone) -> bool:
            homes = (milestone.measure.id, *milestone.also)
            return (
                any(wanted[home] for home in homes if home in measures_by_id)
                and (not by_bodies or not by_bodies.isdisjoint(_answering(milestone)))
                and (not of_kinds or str(milestone.kind) in of_kinds)
            )

        kept = []
        for measure in self.measures:
            milestones = tuple(filter(is_shown, measure.milestones))
            answers = not by_bodies or any(body.id in by_bodies for body in measure.bodies)
            if len(milestones) == len(measure.milestones) and wanted[measure.id]:
                if milestones or answers:
                    kept.append(measure)
            elif milestones or (wanted[measure.id] and answers):
                with trusted():
                    kept.append(attrs.evolve(measure, milestones=milestones))
        return attrs.evolve(self, measures=tuple(kept))

    def __repr__(self) -> str:
        measures = _counted(len(self.measures), "measure")
        return f"<Programme {self.id}: {measures}, {_counted(len(self.by_id), 'milestone')}>"


def _answering(milestone: Milestone) -> Iterator[str]:
    """Yield the ids of all who ever answered for a milestone."""
    first = milestone.measure.bodies if milestone.own_bodies is None else milestone.own_bodies
    yield from (body.id for body in first)
    for revision in milestone.revisions:
        yield from (body.id for body in revision.bodies or ())


def _known(sort: str, wanted: str | Iterable[str], known: Iterable[str]) -> frozenset[str]:
    known = tuple(known)
    ids = frozenset(values.ids(wanted))
    for wrong in sorted(ids.difference(known)):
        hint = did_you_mean(wrong, known) or f"; there are: {', '.join(known) or 'none'}"
        raise UnknownId(f'no {sort} "{wrong}"{hint}')
    return ids


def alike(one: Any, other: Any, cited: Container[type] = ()) -> bool:
    """Whether two values say the same in the same words, which `==` does not ask of a date.

    Records of the sorts that are only `cited` are the same where their ids are.
    """
    sort: Any = type(one)
    if sort is not type(other):
        return bool(one == other)
    if sort in cited:
        return bool(one.id == other.id)
    if sort is PolicyDate:
        one, other = _words_of(one), _words_of(other)
    elif isinstance(one, _Record):
        values = compared(sort)  # type: ignore[arg-type]
        one, other = values(one), values(other)
    elif sort is not tuple:
        return bool(one == other)
    if len(one) != len(other):
        return False
    for mine, theirs in zip(one, other, strict=True):
        if mine is not theirs and not alike(mine, theirs, cited):
            return False
    return True


_words_of = operator.attrgetter("edtf", "words", "translations")
