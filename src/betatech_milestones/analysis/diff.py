"""What changed between two versions of a programme: of its history, and of how that is written.

A milestone is the same one in both where an id of the one, its own or a former, is an id of the
other. So a renamed one is never one that went and one that came.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import ClassVar, Generic, TypeVar

import attrs

from betatech_milestones.model.conventions import Period
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.display import Displayed
from betatech_milestones.model.records import (
    Body,
    Budget,
    Cluster,
    Dropped,
    Measure,
    Met,
    Milestone,
    Move,
    News,
    Number,
    OwnKind,
    Programme,
    Publisher,
    Reading,
    Replaced,
    Revision,
    Sector,
    Snooze,
    Source,
    Texts,
    alike,
    trusted,
)

Record = Programme | Measure | Milestone | Source | Cluster | Sector | Body | OwnKind
"""What of a programme can change."""
Cited = Source | Cluster | Sector | Body | OwnKind
"""What others refer to by its id."""
_CITED = frozenset({Source, Cluster, Sector, Body, OwnKind})
Value = (
    None
    | str
    | int
    | Decimal
    | dt.date
    | PolicyDate
    | Texts
    | Cited
    | Budget
    | Number
    | Period
    | Publisher
    | Reading
    | News
    | Met
    | Dropped
    | Replaced
    | Revision
    | Snooze
    | tuple["Value", ...]
)
"""What a record holds."""


@attrs.frozen(kw_only=True)
class Change:
    """Something that is different in the new version."""

    kind: ClassVar[str]
    """What sort of change it is, in one word."""
    record: Record = attrs.field(repr=lambda record: repr(_name(record)))
    """As the new version has it; the old, where it is gone."""

    @property
    def measure(self) -> Measure | None:
        """The measure of a milestone; None for all else."""
        return self.record.measure if isinstance(self.record, Milestone) else None

    @property
    def id(self) -> str:
        """The id of the record, unique among those of its sort."""
        return _name(self.record)

    @property
    def title(self) -> Texts:
        """What the record is called."""
        return _title(self.record)

    @property
    def sort(self) -> str:
        """What sort of record it is: "milestone", "measure", "source" and so on."""
        sort, _ = _SORTS[type(self.record)]
        return sort


@attrs.frozen(kw_only=True)
class NowMoved(Change):
    """A milestone got another date, or its first."""

    kind = "moved"

    move: Move


@attrs.frozen(kw_only=True)
class NowDropped(Change):
    """A promise was withdrawn."""

    kind = "dropped"

    outcome: Dropped


@attrs.frozen(kw_only=True)
class NowReplaced(Change):
    """Something else took the place of a promise."""

    kind = "replaced"

    outcome: Replaced


@attrs.frozen(kw_only=True)
class NowMet(Change):
    """A promise was kept."""

    kind = "met"

    outcome: Met


@attrs.frozen(kw_only=True)
class NowRevised(Change):
    """Others answer for a milestone, or another number is to be reached."""

    kind = "revised"

    revision: Revision


@attrs.frozen(kw_only=True)
class NowTold(Change):
    """There is news of a milestone, or somebody looked for it."""

    kind = "news"

    news: News


@attrs.frozen(kw_only=True)
class Added(Change):
    """The new version alone has it."""

    kind = "added"


@attrs.frozen(kw_only=True)
class Removed(Change):
    """The old version alone has it."""

    kind = "removed"


@attrs.frozen(kw_only=True)
class Renamed(Change):
    """A measure, a milestone or a body has another id."""

    kind = "renamed"

    was: str


@attrs.frozen(kw_only=True)
class Retitled(Change):
    """It is called something else."""

    kind = "retitled"

    was: Texts


@attrs.frozen(kw_only=True)
class Rewritten(Change):
    """A promised date, or a move of it, is no longer what the file said.

    That is against the rules of the file, whose dates are added to and never overwritten: either
    a mistake was mended, or a move was hidden.
    """

    kind = "rewritten"

    revision: Revision | None
    """The move as it was; None where it is the promise itself."""
    was: PolicyDate | None
    now: PolicyDate | None
    """None where the move was taken out, or the promise has no date any more."""


@attrs.frozen(kw_only=True)
class Edited(Change):
    """A field holds something else."""

    kind = "edited"

    field: str
    """Its key in the data file, or "outcome"."""
    was: Value
    now: Value


KINDS = (
    *(NowMoved, NowDropped, NowReplaced, NowMet, NowRevised, NowTold, Added, Removed),
    *(Renamed, Retitled, Rewritten, Edited),
)
"""Every kind of change, the most newsworthy first."""


@attrs.frozen(kw_only=True, repr=False)
class Diff(Displayed):
    """All changes from an old version to a new one: by kind, then by id."""

    programme: Programme
    """The new version."""
    changes: tuple[Change, ...]

    def by_kind(self) -> Iterator[tuple[type[Change], list[Change]]]:
        """Yield the changes of each kind that has any."""
        for kind, changes in itertools.groupby(self.changes, key=type):
            yield kind, list(changes)

    def __repr__(self) -> str:
        kinds = ", ".join(f"{len(changes)} {kind.kind}" for kind, changes in self.by_kind())
        return f"<Diff {self.programme.id}: {kinds or 'nothing changed'}>"


def diff(old: Programme, new: Programme, *, whole: bool = False) -> Diff:
    """Say what changed from an old version of a programme to a new one.

    Where that is to be the `whole` story, a milestone that is new is not only added: its moves, its
    news and its outcomes are told, too.

    >>> from betatech_milestones import load_example
    >>> diff(load_example(), load_example()).changes
    ()
    """
    measures = _matched(_by_id(old.measures), _by_id(new.measures))
    changes = [
        *_edited(old, new),
        *_come_and_gone(measures),
        *itertools.chain.from_iterable(itertools.starmap(_measure, measures.same)),
        *_milestones(old, new, {was.id: now.id for was, now in measures.same}),
        *_cited(old.sources, new.sources),
        *_cited(old.clusters, new.clusters),
        *_cited(old.sectors, new.sectors),
        *_cited(old.bodies, new.bodies),
        *_cited(old.kinds, new.kinds),
    ]
    if whole:
        come = [change.record for change in changes if isinstance(change, Added)]
        promised = (record for record in come if isinstance(record, Milestone))
        changes += itertools.chain.from_iterable(map(_since_its_promise, promised))
    return Diff(programme=new, changes=tuple(sorted(changes, key=_rank)))


# What each sort of record is called, and where it stands among the others.
_SORTS = {
    Programme: ("programme", 0),
    Measure: ("measure", 1),
    Milestone: ("milestone", 1),
    Source: ("source", 2),
    Cluster: ("cluster", 3),
    Sector: ("sector", 4),
    Body: ("body", 5),
    OwnKind: ("kind", 6),
}


def _rank(change: Change) -> tuple[int, int, str]:
    _, rank = _SORTS[type(change.record)]
    return KINDS.index(type(change)), rank, change.id


# --- which is which -------------------------------------------------------------------------------

R = TypeVar("R", bound=Record)
T = TypeVar("T")


@attrs.frozen(kw_only=True)
class _Matches(Generic[T]):
    same: list[tuple[T, T]]
    gone: list[T]
    come: list[T]


def _by_id(records: Iterable[R]) -> dict[str, R]:
    return {record.id: record for record in records}


def _matched(old: Mapping[str, R], new: Mapping[str, R]) -> _Matches[R]:
    """Match records that have an id in common, their own before a former one."""
    former = {name: own for own, record in old.items() for name in _formerly(record)}
    same = [(old[own], record) for own, record in new.items() if own in old]
    gone = {own: record for own, record in old.items() if own not in new}
    come = []
    for own, record in new.items():
        if own in old:
            continue
        names = [former.get(own, ""), *_formerly(record)]
        names += [former.get(name, "") for name in _formerly(record)]
        match = next((name for name in names if name in gone), None)
        if match is None:
            come.append(record)
        else:
            same.append((gone.pop(match), record))
    return _Matches(same=same, gone=list(gone.values()), come=come)


def _formerly(record: Record) -> tuple[str, ...]:
    return record.formerly if isinstance(record, Measure | Milestone | Body) else ()


def _paired(old: Iterable[T], new: Iterable[T], *keys: Callable[[T], object]) -> _Matches[T]:
    """Match the entries of two short lists by the first key that two have in common, in order."""
    same, gone, come = [], list(old), list(new)
    for key in keys:
        left = []
        for old_entry in gone:
            at = next((at for at, entry in enumerate(come) if key(entry) == key(old_entry)), None)
            if at is None:
                left.append(old_entry)
            else:
                same.append((old_entry, come.pop(at)))
        gone = left
    return _Matches(same=same, gone=gone, come=come)


# --- what differs ---------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class _Names:
    """A body that is cited: the same one where an id of the one, own or former, is the other's."""

    body: Body

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Names) and not {self.body.id, *self.body.formerly}.isdisjoint(
            (other.body.id, *other.body.formerly)
        )

    __hash__ = None  # type: ignore[assignment]  # it is compared, and never looked up


def _bare(value: object) -> object:  # noqa: PLR0911  a table of types
    """Return what a value says: a date with its words, texts in any order, a record cited by id."""
    match value:
        case Body():
            return _Names(value)
        case Source() | Cluster() | Sector() | OwnKind():
            return value.id
        case PolicyDate():
            return value.edtf, value.words, frozenset(value.translations)
        case Texts():
            return frozenset(value.pairs)
        case tuple():
            return tuple(map(_bare, value))
    if not attrs.has(kind := type(value)):
        return value
    return kind, *(_bare(getattr(value, field.name)) for field in attrs.fields(kind) if field.eq)


def _name(record: Record) -> str:
    return record.full_id if isinstance(record, Milestone) else record.id


def _title(record: Record) -> Texts:
    return record.name if isinstance(record, Body) else record.title


# What is matched by, compared entry by entry, or no part of what a file says.
_NOT_A_FIELD = {
    Programme: {"sources", "clusters", "sectors", "bodies", "kinds", "measures"}
    | {"path", "by_id", "text"},
    Source: {"id", "known_from"},
    Cluster: {"id"},
    Sector: {"id"},
    Body: {"id", "formerly"},
    OwnKind: {"id"},
    Measure: {"id", "formerly", "budgets", "milestones", "line"},
    Milestone: {"id", "formerly", "due", "revisions", "news", "outcomes", "number", "line"},
}
# Where the key of the data file is another one.
_KEYS = {"own_bodies": "bodies", "further_sources": "sources"}


def _fields(record: Record) -> list[str]:
    """Return the fields of a record that hold one value each."""
    left_out = _NOT_A_FIELD[type(record)]
    return [field.name for field in attrs.fields(type(record)) if field.name not in left_out]


def _edited(old: Record, new: Record, fields: Iterable[str] | None = None) -> Iterator[Change]:
    for field in _fields(new) if fields is None else fields:
        was, now = getattr(old, field), getattr(new, field)
        if alike(was, now, _CITED) or _bare(was) == _bare(now):
            continue
        if field in {"title", "name"}:
            yield Retitled(record=new, was=was)
        else:
            yield Edited(record=new, field=_KEYS.get(field, field), was=was, now=now)


def _entries(matches: _Matches[T]) -> Iterator[tuple[T | None, T | None]]:
    """Yield the entries of a list that differ: changed, gone and come."""
    yield from ((was, now) for was, now in matches.same if _bare(was) != _bare(now))
    yield from ((was, None) for was in matches.gone)
    yield from ((None, now) for now in matches.come)


def _come_and_gone(records: _Matches[R]) -> Iterator[Change]:
    yield from (Removed(record=record) for record in records.gone)
    yield from (Added(record=record) for record in records.come)


def _cited(old: Iterable[R], new: Iterable[R]) -> Iterator[Change]:
    """Yield what changed of the records that others refer to."""
    records = _matched(_by_id(old), _by_id(new))
    yield from _come_and_gone(records)
    for was, now in records.same:
        if was.id != now.id:
            yield Renamed(record=now, was=was.id)
        yield from _edited(was, now)


def _measure(old: Measure, new: Measure) -> Iterator[Change]:
    if old.id != new.id:
        yield Renamed(record=new, was=old.id)
    yield from _edited(old, new)
    budgets = _paired(old.budgets, new.budgets, _bare, lambda budget: (budget.per, budget.years))
    for was, now in _entries(budgets):
        yield Edited(record=new, field="budget", was=was, now=now)


def _milestones(old: Programme, new: Programme, measures: Mapping[str, str]) -> Iterator[Change]:
    """Yield what changed of the milestones; `measures` has the new id of each measure's old one."""
    records = _matched(
        {milestone.full_id: milestone for milestone in old.by_id},
        {milestone.full_id: milestone for milestone in new.by_id},
    )
    yield from _come_and_gone(records)
    for was, now in records.same:
        is_at_home = measures.get(was.measure.id) == now.measure.id
        if is_at_home and alike(was, now, _CITED):  # as most are
            continue
        if was.id != now.id or not is_at_home:
            yield Renamed(record=now, was=was.full_id)
        inherited = {
            field
            for field in (
                "source",
                "further_sources",
                "locator",
            )  # left out, they are those of the measure
            if _bare(getattr(was, field)) == _bare(getattr(was.measure, field))
            and _bare(getattr(now, field)) == _bare(getattr(now.measure, field))
        }
        yield from _edited(was, now, (field for field in _fields(now) if field not in inherited))
        if was.lifelong_id != now.lifelong_id:
            yield from _edited(was, now, ("formerly",))
        yield from _ledger(was, now)
        yield from _told(was, now)
        yield from _endings(was, now)
        yield from _numbers(was, now)


def _since_its_promise(new: Milestone) -> Iterator[Change]:
    """Yield what became of a promise that the old version lacks."""
    if new.is_fact:
        return
    with trusted():
        promise = attrs.evolve(new, revisions=(), news=(), outcomes=())
    yield from _ledger(promise, new)
    yield from _told(promise, new)
    yield from _endings(promise, new)


def _ledger(old: Milestone, new: Milestone) -> Iterator[Change]:
    """Yield what changed of the promise and its revisions."""
    if old.due != new.due:
        yield Rewritten(record=new, revision=None, was=old.due, now=new.due)
    else:
        yield from _edited(old, new, ("due",))
    revisions = _paired(
        old.revisions,
        new.revisions,
        _bare,
        lambda revision: (revision.announced, revision.source.id),
        lambda revision: revision.due,
    )
    moves = {id(move.revision): move for move in new.moves}
    for gone in revisions.gone:
        yield Rewritten(record=new, revision=gone, was=gone.due, now=None)
    for come in revisions.come:
        move = moves.get(id(come))
        if move is None:
            yield NowRevised(record=new, revision=come)
        else:
            yield NowMoved(record=new, move=move)
    for was, now in revisions.same:
        if was.due != now.due:
            yield Rewritten(record=new, revision=was, was=was.due, now=now.due)
        elif _bare(was) != _bare(now):
            yield Edited(record=new, field="revised", was=was, now=now)


def _told(old: Milestone, new: Milestone) -> Iterator[Change]:
    news = _paired(old.news, new.news, _bare, lambda one: (one.on, one.found))
    for come in news.come:
        yield NowTold(record=new, news=come)
    news.come.clear()
    for was, now in _entries(news):
        yield Edited(record=new, field="news", was=was, now=now)


_ENDINGS: Mapping[type, Callable[..., Change]] = {
    Met: NowMet,
    Dropped: NowDropped,
    Replaced: NowReplaced,
}


def _endings(old: Milestone, new: Milestone) -> Iterator[Change]:
    outcomes = _paired(old.outcomes, new.outcomes, lambda outcome: outcome.status)
    for come in outcomes.come:
        if outcomes.gone:  # what was said of its end is another thing now
            yield Edited(record=new, field="outcome", was=outcomes.gone.pop(0), now=come)
        else:
            yield _ENDINGS[type(come)](record=new, outcome=come)
    outcomes.come.clear()
    for was, now in _entries(outcomes):
        yield Edited(record=new, field="outcome", was=was, now=now)


def _numbers(old: Milestone, new: Milestone) -> Iterator[Change]:
    was, now = _number(old), _number(new)
    if _bare(was) != _bare(now):
        yield Edited(record=new, field="number", was=was, now=now)
    readings = _paired(_readings(old), _readings(new), _bare, lambda reading: reading.on)
    for before, after in _entries(readings):
        yield Edited(record=new, field="reading", was=before, now=after)


def _number(milestone: Milestone) -> Number | None:
    return milestone.number and attrs.evolve(milestone.number, readings=())


def _readings(milestone: Milestone) -> tuple[Reading, ...]:
    return milestone.number.readings if milestone.number else ()
