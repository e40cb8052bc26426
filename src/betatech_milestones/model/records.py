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
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from decimal import Decimal
from typing import Any, ClassVar, Self

import attrs

from betatech_milestones.model import rules, values
from betatech_milestones.model.dates import PolicyDate, day, days_later, policy_date
from betatech_milestones.model.errors import BadValue, UnknownId, did_you_mean
from betatech_milestones.model.vocabulary import Commitment, Kind, Per, Status

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


class _Record:
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
    """Return a text that is kept as written, once it is one."""
    values.prose(value)
    return value


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


@attrs.frozen
class Texts:
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


# --- what others refer to -------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Source(_Record):
    """A public document in which something was promised, moved or reported."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    title: Texts = attrs.field(metadata=_rule(as_texts))
    reference: str | None = attrs.field(default=None, metadata=_optional(_bare))
    published: dt.date | None = attrs.field(default=None, metadata=_optional(day))
    """The publication day; None where the document bears none (a web page)."""
    url: str | None = attrs.field(default=None, metadata=_optional(values.url))


@attrs.frozen(kw_only=True)
class Cluster(_Record):
    """A group of measures, with its number where the source numbers them."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    title: Texts = attrs.field(metadata=_rule(as_texts))
    number: int | None = attrs.field(default=None, metadata=_optional(values.whole))


@attrs.frozen(kw_only=True)
class Sector(_Record):
    """A part of the field that measures apply to: po, vo, mbo and so on."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    title: Texts = attrs.field(metadata=_rule(as_texts))


@attrs.frozen(kw_only=True)
class Body(_Record):
    """Who is responsible: a ministry, a council, a platform."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    name: Texts = attrs.field(metadata=_rule(as_texts))


def _years(value: object) -> tuple[int, int]:
    match value:
        case (first, last):
            return values.years(first, last)
    raise values.bad_years(value)


@attrs.frozen(kw_only=True)
class Budget(_Record):
    """Money set aside for a measure, in euros."""

    euros: int | Decimal = attrs.field(metadata=_rule(values.number))
    per: Per = attrs.field(metadata=_rule(functools.partial(values.word, words=Per)))
    years: tuple[int, int] | None = attrs.field(default=None, metadata=_optional(_years))
    """The first and the last year, both included; None where the source names none."""
    note: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))


# --- what became of a promise ---------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Revision(_Record):
    """A promised date that was moved, and when that was made known."""

    due: PolicyDate = attrs.field(metadata=_rule(policy_date))
    source: Source = attrs.field(repr=_by_id)
    announced: dt.date = attrs.field(metadata=_rule(day))
    reason: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))


@attrs.frozen
class Move:
    """A revision, with the date that it takes the place of."""

    before: PolicyDate | None
    """The date until then; None where there was none."""
    revision: Revision

    @property
    def days(self) -> int | None:
        """Days from one last day to the other; negative is earlier, None where one is lacking."""
        return days_later(self.before, self.revision.due)


def day_certain(on: PolicyDate, source: Source) -> dt.date:
    """Return the first day on which something that a source dates `on` has surely happened.

    That is the last day of `on`, or the source's publication day where that is earlier and not
    before `on` begins: a letter of February 2013 that says "in 2013" speaks of what is done.
    """
    last = on.latest or dt.date.max
    published = source.published or dt.date.max
    begun = on.earliest is None or on.earliest <= published
    return min(last, published) if begun else last


@attrs.frozen(kw_only=True)
class _Happened(_Record):
    """Something that came about, and the source that says so."""

    on: PolicyDate = attrs.field(metadata=_rule(policy_date))
    source: Source = attrs.field(repr=_by_id)
    known_from: dt.date = attrs.field(init=False, eq=False, repr=False)
    """The first day on which it is certain."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        object.__setattr__(self, "known_from", day_certain(self.on, self.source))


@attrs.frozen(kw_only=True)
class Met(_Happened):
    """The promise was kept."""

    status: ClassVar[Status] = Status.MET


@attrs.frozen(kw_only=True)
class Dropped(_Happened):
    """The promise was withdrawn."""

    status: ClassVar[Status] = Status.DROPPED

    reason: Texts = attrs.field(metadata=_rule(as_texts))


Outcome = Met | Dropped
"""How a promise ended."""


@attrs.frozen(kw_only=True)
class Reading(_Happened):
    """A number measured on the way to a target."""

    value: int | Decimal = attrs.field(metadata=_rule(values.number))


@attrs.frozen(kw_only=True)
class Target(_Record):
    """A number to reach."""

    value: int | Decimal = attrs.field(metadata=_rule(values.number))
    unit: Texts = attrs.field(metadata=_rule(as_texts))
    readings: tuple[Reading, ...] = ()


@attrs.frozen(kw_only=True)
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


class _InMeasure:
    """Where a milestone stands: set by the measure that holds it, and part of no comparison."""

    __slots__ = ("full_id", "measure")

    full_id: str
    """`measure/milestone`, unique in the programme."""
    measure: "Measure"


@attrs.frozen(kw_only=True, repr=False)
class Milestone(_InMeasure, _Record):
    """One moment that was promised. It knows its measure as soon as a measure holds it."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    formerly: tuple[str, ...] = attrs.field(default=(), metadata=_each(values.former_id))
    """The full ids it had before, the oldest first."""
    title: Texts = attrs.field(metadata=_rule(as_texts))
    kind: Kind = attrs.field(
        default=Kind.OTHER, metadata=_rule(functools.partial(values.word, words=Kind))
    )
    commitment: Commitment = attrs.field(
        default=Commitment.PLANNED,
        metadata=_rule(functools.partial(values.word, words=Commitment)),
    )
    due: PolicyDate | None = attrs.field(default=None, metadata=_optional(policy_date))
    """The date as first promised; None where no date was given."""
    source: Source
    locator: str | None = attrs.field(default=None, metadata=_optional(_bare))
    revisions: tuple[Revision, ...] = ()
    outcome: Outcome | None = None
    target: Target | None = None
    snoozed: Snooze | None = None
    line: int = 1
    """The line of the data file at which it begins."""

    def _in(self, measure: "Measure") -> Self:
        """Return this milestone in a measure: itself, or a copy where another measure has it."""
        milestone = copy.copy(self) if hasattr(self, "measure") else self
        object.__setattr__(milestone, "measure", measure)
        object.__setattr__(milestone, "full_id", f"{measure.id}/{self.id}")
        return milestone

    @property
    def lifelong_id(self) -> str:
        """The full id under which calendars have known it from the first."""
        return self.formerly[0] if self.formerly else self.full_id

    @property
    def in_force(self) -> PolicyDate | None:
        """The date as it was last announced; None where none ever was."""
        return self.revisions[-1].due if self.revisions else self.due

    @property
    def moves(self) -> tuple[Move, ...]:
        """Each revision with the date before it, the oldest first."""
        dates = (self.due, *(revision.due for revision in self.revisions))
        return tuple(map(Move, dates, self.revisions))

    @property
    def was_promised(self) -> bool:
        """Whether it was promised before it was met, be it without a date.

        What a source reports in one breath, never having had a date, was not: it was only reported.
        """
        return (
            self.due is not None
            or bool(self.revisions)
            or not isinstance(self.outcome, Met)
            or self.outcome.source != self.source
        )

    @property
    def sources(self) -> Iterator[Source]:
        """What attests it: the documents of the promise, of its revisions and of its outcome."""
        yield self.source
        for revision in self.revisions:
            yield revision.source
        if self.outcome is not None:
            yield self.outcome.source

    @property
    def statements(self) -> Iterator[dt.date]:
        """The days on which something was stated: the promise, its revisions, its outcome."""
        if self.source.published is not None:
            yield self.source.published
        for revision in self.revisions:
            yield revision.announced
        if self.outcome is not None:
            yield self.outcome.source.published or self.outcome.known_from

    def __repr__(self) -> str:
        date = "undated" if self.in_force is None else self.in_force.edtf
        parts = [date, *([_counted(len(self.revisions), "move")] if self.revisions else [])]
        parts += [] if self.outcome is None else [f"{self.outcome.status} {self.outcome.on.edtf}"]
        return f"<Milestone {getattr(self, 'full_id', self.id)}: {', '.join(parts)}>"


@attrs.frozen(kw_only=True, repr=False)
class Measure(_Record):
    """One policy measure: a sequence of dated milestones."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    formerly: tuple[str, ...] = attrs.field(default=(), metadata=_each(values.identifier))
    """The ids it had before, the oldest first."""
    title: Texts = attrs.field(metadata=_rule(as_texts))
    summary: Texts | None = attrs.field(default=None, metadata=_optional(as_texts))
    cluster: Cluster | None = None
    sectors: tuple[Sector, ...] = ()
    bodies: tuple[Body, ...] = ()
    source: Source
    locator: str | None = attrs.field(default=None, metadata=_optional(_bare))
    budgets: tuple[Budget, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    line: int = 1
    """The line of the data file at which it begins."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self._take_in()

    def _take_in(self) -> None:
        """Let the milestones know that they are in this measure."""
        object.__setattr__(self, "milestones", tuple(m._in(self) for m in self.milestones))  # noqa: SLF001

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


@attrs.frozen(kw_only=True, repr=False)
class Programme(_Record):
    """A set of measures and what they refer to."""

    id: str = attrs.field(metadata=_rule(values.identifier))
    """Ends every calendar UID."""
    title: Texts = attrs.field(metadata=_rule(as_texts))
    language: str = attrs.field(metadata=_rule(values.language))
    """BCP 47 tag of the language in which every text is given."""
    timezone: str = attrs.field(metadata=_rule(values.timezone))
    """IANA name of the zone whose "today" counts."""
    sources: tuple[Source, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    sectors: tuple[Sector, ...] = ()
    bodies: tuple[Body, ...] = ()
    measures: tuple[Measure, ...] = ()
    path: str = "<text>"
    """The file it was read from."""

    by_id: tuple[Milestone, ...] = attrs.field(init=False, eq=False)
    """Every milestone, in the order of their full ids."""

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
        of_kinds = _known("kind", kinds, Kind)

        def is_wanted(measure: Measure) -> bool:
            return (
                (
                    not in_clusters
                    or (measure.cluster is not None and measure.cluster.id in in_clusters)
                )
                and (not in_sectors or any(sector.id in in_sectors for sector in measure.sectors))
                and (not by_bodies or any(body.id in by_bodies for body in measure.bodies))
                and (not of_measures or measure.id in of_measures)
            )

        kept = tuple(filter(is_wanted, self.measures))
        if of_kinds:
            kept = tuple(
                attrs.evolve(
                    measure, milestones=tuple(m for m in measure.milestones if m.kind in of_kinds)
                )
                for measure in kept
            )
        return attrs.evolve(self, measures=kept)

    def __repr__(self) -> str:
        measures = _counted(len(self.measures), "measure")
        return f"<Programme {self.id}: {measures}, {_counted(len(self.by_id), 'milestone')}>"


def _known(sort: str, wanted: str | Iterable[str], known: Iterable[str]) -> frozenset[str]:
    known = tuple(known)
    ids = frozenset(values.ids(wanted))
    for wrong in sorted(ids.difference(known)):
        hint = did_you_mean(wrong, known) or f"; there are: {', '.join(known) or 'none'}"
        raise UnknownId(f'no {sort} "{wrong}"{hint}')
    return ids
