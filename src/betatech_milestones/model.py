"""What a government promised, as plain frozen records.

A programme holds measures, a measure holds milestones, and a milestone holds the promise as it
was first made, every revision of its date, and how it ended. Nothing here knows what day it is:
`report.as_of` does. References are resolved: a measure's `cluster` is a `Cluster`, not its id.
"""

import datetime as dt
import enum
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Self

import attrs

from betatech_milestones.dates import PolicyDate
from betatech_milestones.findings import did_you_mean


class Kind(enum.StrEnum):
    """What sort of moment a milestone is."""

    START = "start"
    REPORT = "report"
    EVALUATION = "evaluation"
    DECISION = "decision"
    AGREEMENT = "agreement"
    PUBLICATION = "publication"
    FUNDING = "funding"
    TARGET = "target"
    ENTRY_INTO_FORCE = "entry-into-force"
    OTHER = "other"


class Commitment(enum.StrEnum):
    """How firmly a date was promised: "uiterlijk", "voorzien", "streven"."""

    DEADLINE = "deadline"
    PLANNED = "planned"
    AIM = "aim"


class Per(enum.StrEnum):
    """Whether an amount is for each year or for all years together."""

    YEAR = "year"
    TOTAL = "total"


@attrs.frozen
class Texts:
    """One text in one or more languages, the programme's own language first.

    >>> Texts((("nl", "klassen"), ("en", "classes"))).in_language("en-GB")
    'classes'
    """

    pairs: tuple[tuple[str, str], ...]

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


@attrs.frozen(kw_only=True)
class Source:
    """A public document in which something was promised, moved or reported."""

    id: str
    title: Texts
    reference: str | None = None
    published: dt.date | None = None
    """The publication day; None where the document bears none (a web page)."""
    url: str | None = None


@attrs.frozen(kw_only=True)
class Cluster:
    """A group of measures, with its number where the source numbers them."""

    id: str
    title: Texts
    number: int | None = None


@attrs.frozen(kw_only=True)
class Sector:
    """A part of the field that measures apply to: po, vo, mbo and so on."""

    id: str
    title: Texts


@attrs.frozen(kw_only=True)
class Body:
    """Who is responsible: a ministry, a council, a platform."""

    id: str
    name: Texts


@attrs.frozen(kw_only=True)
class Budget:
    """Money set aside for a measure, in euros."""

    euros: int | Decimal
    per: Per
    years: tuple[int, int] | None = None
    """The first and the last year, both included; None where the source names none."""
    note: Texts | None = None


@attrs.frozen(kw_only=True)
class Revision:
    """A promised date that was moved, and when that was made known."""

    due: PolicyDate
    source: Source
    announced: dt.date
    reason: Texts | None = None


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
class _Happened:
    """Something that came about, and the source that says so."""

    on: PolicyDate
    source: Source
    known_from: dt.date = attrs.field(init=False, eq=False, repr=False)
    """The first day on which it is certain."""

    @known_from.default
    def _certain(self) -> dt.date:
        return day_certain(self.on, self.source)


@attrs.frozen(kw_only=True)
class Met(_Happened):
    """The promise was kept."""


@attrs.frozen(kw_only=True)
class Dropped(_Happened):
    """The promise was withdrawn."""

    reason: Texts


@attrs.frozen(kw_only=True)
class Reading(_Happened):
    """A number measured on the way to a target."""

    value: int | Decimal


@attrs.frozen(kw_only=True)
class Target:
    """A number to reach."""

    value: int | Decimal
    unit: Texts
    readings: tuple[Reading, ...] = ()


@attrs.frozen(kw_only=True)
class Snooze:
    """A milestone that is kept quiet up to and including a day: by whom, and why.

    It changes no fact. What is overdue stays overdue, and reports say both.
    """

    until: dt.date
    by: str
    reason: Texts
    since: dt.date | None = None
    """The first day on which it is known; None: it always was."""


@attrs.frozen(kw_only=True)
class Milestone:
    """One moment that was promised."""

    id: str
    full_id: str
    """`measure/milestone`, unique in the programme."""
    formerly: tuple[str, ...] = ()
    """The full ids it had before, the oldest first."""
    title: Texts
    kind: Kind
    commitment: Commitment
    due: PolicyDate | None
    """The date as first promised; None where no date was given."""
    source: Source
    locator: str | None
    revisions: tuple[Revision, ...]
    outcome: Met | Dropped | None
    target: Target | None
    snoozed: Snooze | None = None
    line: int

    @property
    def lifelong_id(self) -> str:
        """The full id under which calendars have known it from the first."""
        return self.formerly[0] if self.formerly else self.full_id

    def dates_before(self, revisions: tuple[Revision, ...]) -> list[PolicyDate]:
        """Return the dates it had before the last of some of its revisions, the oldest first."""
        dates = [self.due, *(revision.due for revision in revisions)]
        return [date for date in dates[:-1] if date is not None]

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


@attrs.frozen(kw_only=True)
class Measure:
    """One policy measure: a sequence of dated milestones."""

    id: str
    formerly: tuple[str, ...] = ()
    """The ids it had before, the oldest first."""
    title: Texts
    summary: Texts | None
    cluster: Cluster | None
    sectors: tuple[Sector, ...]
    bodies: tuple[Body, ...]
    source: Source
    locator: str | None
    budgets: tuple[Budget, ...]
    milestones: tuple[Milestone, ...]
    line: int

    @property
    def lifelong_id(self) -> str:
        """The id under which calendars have known it from the first."""
        return self.formerly[0] if self.formerly else self.id


class UnknownId(LookupError):  # noqa: N818  the name says what it is
    """An id that the programme does not have; the message names the nearest one it has."""


@attrs.frozen(kw_only=True)
class Programme:
    """A set of measures and what they refer to."""

    id: str
    """Ends every calendar UID."""
    title: Texts
    language: str
    """BCP 47 tag of the language in which every text is given."""
    timezone: str
    """IANA name of the zone whose "today" counts."""
    sources: tuple[Source, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    sectors: tuple[Sector, ...] = ()
    bodies: tuple[Body, ...] = ()
    measures: tuple[Measure, ...] = ()
    path: str = "<text>"
    """The file it was read from."""

    by_id: tuple[tuple[Measure, Milestone], ...] = attrs.field(init=False, eq=False, repr=False)
    """Every milestone with its measure, in the order of their full ids."""

    @by_id.default
    def _sorted(self) -> tuple[tuple[Measure, Milestone], ...]:
        return tuple(sorted(self.milestones, key=lambda pair: pair[1].full_id))

    @property
    def milestones(self) -> Iterator[tuple[Measure, Milestone]]:
        """Every milestone with its measure, in the order of the file."""
        for measure in self.measures:
            for milestone in measure.milestones:
                yield measure, milestone

    def only(
        self,
        *,
        clusters: Iterable[str] = (),
        sectors: Iterable[str] = (),
        bodies: Iterable[str] = (),
        measures: Iterable[str] = (),
        kinds: Iterable[str] = (),
    ) -> Self:
        """Return the programme with only the milestones asked for, by id.

        Ids of one sort widen the choice, another sort narrows it; nothing asked for is everything.
        An id that the programme does not have is an `UnknownId`.
        """
        in_clusters = _known("cluster", clusters, (cluster.id for cluster in self.clusters))
        in_sectors = _known("sector", sectors, (sector.id for sector in self.sectors))
        by_bodies = _known("body", bodies, (body.id for body in self.bodies))
        of_measures = _known("measure", measures, (measure.id for measure in self.measures))
        of_kinds = _known("kind", kinds, Kind)

        def asked_for(measure: Measure) -> bool:
            return (
                (
                    not in_clusters
                    or (measure.cluster is not None and measure.cluster.id in in_clusters)
                )
                and (not in_sectors or any(sector.id in in_sectors for sector in measure.sectors))
                and (not by_bodies or any(body.id in by_bodies for body in measure.bodies))
                and (not of_measures or measure.id in of_measures)
            )

        kept = tuple(filter(asked_for, self.measures))
        if of_kinds:
            kept = tuple(
                attrs.evolve(
                    measure, milestones=tuple(m for m in measure.milestones if m.kind in of_kinds)
                )
                for measure in kept
            )
        return attrs.evolve(self, measures=kept)


def _known(sort: str, asked: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    known = tuple(known)
    asked = frozenset(asked)
    for wrong in sorted(asked.difference(known)):
        hint = did_you_mean(wrong, known) or f"; there are: {', '.join(known) or 'none'}"
        raise UnknownId(f'no {sort} "{wrong}"{hint}')
    return asked
