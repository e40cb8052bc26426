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

from betatech_milestones.dates import PolicyDate, days_later
from betatech_milestones.model import (
    Body,
    Budget,
    Cluster,
    Dropped,
    Measure,
    Met,
    Milestone,
    Programme,
    Reading,
    Revision,
    Sector,
    Snooze,
    Source,
    Target,
    Texts,
)

Record = Programme | Measure | Milestone | Source | Cluster | Sector | Body
"""What of a programme can change."""
Cited = Source | Cluster | Sector | Body
"""What others refer to by its id."""
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
    | Target
    | Reading
    | Met
    | Dropped
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
    record: Record
    """As the new version has it; the old, where it is gone."""
    measure: Measure | None = None
    """The measure of a milestone; None for all else."""

    @property
    def id(self) -> str:
        """The id of the record, unique among those of its sort."""
        return self.record.full_id if isinstance(self.record, Milestone) else self.record.id

    @property
    def title(self) -> Texts:
        """What the record is called."""
        return _title(self.record)

    @property
    def sort(self) -> str:
        """What sort of record it is: "milestone", "measure", "source" and so on."""
        return type(self.record).__name__.lower()


@attrs.frozen(kw_only=True)
class Moved(Change):
    """A milestone got another date, or its first."""

    kind = "moved"

    before: PolicyDate | None
    """The date until then; None where it had none."""
    revision: Revision

    @property
    def days(self) -> int | None:
        """Days from one last day to the other; negative is earlier, None where one is lacking."""
        return days_later(self.before, self.revision.due)


@attrs.frozen(kw_only=True)
class NowDropped(Change):
    """A promise was withdrawn."""

    kind = "dropped"

    outcome: Dropped


@attrs.frozen(kw_only=True)
class NowMet(Change):
    """A promise was kept."""

    kind = "met"

    outcome: Met


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
    """A measure or a milestone has another id."""

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


KINDS = (Moved, NowDropped, NowMet, Added, Removed, Renamed, Retitled, Rewritten, Edited)
"""Every kind of change, the most newsworthy first."""


@attrs.frozen(kw_only=True)
class Comparison:
    """All changes from an old version to a new one: by kind, then by id."""

    programme: Programme
    """The new version."""
    changes: tuple[Change, ...]

    def by_kind(self) -> Iterator[tuple[type[Change], list[Change]]]:
        """Yield the changes of each kind that has any."""
        for kind, changes in itertools.groupby(self.changes, key=type):
            yield kind, list(changes)


def compare(old: Programme, new: Programme) -> Comparison:
    """Say what changed from an old version of a programme to a new one.

    >>> from betatech_milestones import load
    >>> compare(load(), load()).changes
    ()
    """
    measures = _matched(_by_id(old.measures), _by_id(new.measures))
    changes = [
        *_edited(old, new, ("title", "id", "language", "timezone")),
        *_come_and_gone(measures),
        *itertools.chain.from_iterable(itertools.starmap(_measure, measures.same)),
        *_milestones(old, new, {was.id: now.id for was, now in measures.same}),
        *_shelf(old.sources, new.sources),
        *_shelf(old.clusters, new.clusters),
        *_shelf(old.sectors, new.sectors),
        *_shelf(old.bodies, new.bodies),
    ]
    return Comparison(programme=new, changes=tuple(sorted(changes, key=_rank)))


_SORTS = {Programme: 0, Measure: 1, Milestone: 1, Source: 2, Cluster: 3, Sector: 4, Body: 5}


def _rank(change: Change) -> tuple[int, int, str]:
    return KINDS.index(type(change)), _SORTS[type(change.record)], change.id


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
    former = {name: own for own, one in old.items() for name in _formerly(one)}
    same = [(old[own], one) for own, one in new.items() if own in old]
    gone = {own: one for own, one in old.items() if own not in new}
    come = []
    for own, one in new.items():
        if own in old:
            continue
        names = [former.get(own, ""), *_formerly(one)]
        names += [former.get(name, "") for name in _formerly(one)]
        match = next((name for name in names if name in gone), None)
        if match is None:
            come.append(one)
        else:
            same.append((gone.pop(match), one))
    return _Matches(same=same, gone=list(gone.values()), come=come)


def _formerly(record: Record) -> tuple[str, ...]:
    return record.formerly if isinstance(record, Measure | Milestone) else ()


def _paired(old: Iterable[T], new: Iterable[T], *keys: Callable[[T], object]) -> _Matches[T]:
    """Match the entries of two short lists by the first key that two have in common, in order."""
    same, gone, come = [], list(old), list(new)
    for key in keys:
        left = []
        for one in gone:
            at = next((at for at, other in enumerate(come) if key(other) == key(one)), None)
            if at is None:
                left.append(one)
            else:
                same.append((one, come.pop(at)))
        gone = left
    return _Matches(same=same, gone=gone, come=come)


# --- what differs ---------------------------------------------------------------------------------


def _bare(value: object) -> object:
    """Return what a value says: a date with its words, texts in any order, a record cited by id."""
    match value:
        case Source() | Cluster() | Sector() | Body():
            return value.id
        case PolicyDate():
            return value.edtf, value.words
        case Texts():
            return frozenset(value.pairs)
        case tuple():
            return tuple(map(_bare, value))
    if not attrs.has(kind := type(value)):
        return value
    return kind, *(_bare(getattr(value, field.name)) for field in attrs.fields(kind) if field.eq)


def _title(record: Record) -> Texts:
    return record.name if isinstance(record, Body) else record.title


def _edited(
    old: Record, new: Record, fields: Iterable[str], measure: Measure | None = None
) -> Iterator[Change]:
    for field in fields:
        was, now = getattr(old, field), getattr(new, field)
        if _bare(was) == _bare(now):
            continue
        if field in {"title", "name"}:
            yield Retitled(record=new, measure=measure, was=was)
        else:
            yield Edited(record=new, measure=measure, field=field, was=was, now=now)


def _entries(matches: _Matches[T]) -> Iterator[tuple[T | None, T | None]]:
    """Yield the entries of a list that differ: changed, gone and come."""
    yield from ((was, now) for was, now in matches.same if _bare(was) != _bare(now))
    yield from ((one, None) for one in matches.gone)
    yield from ((None, one) for one in matches.come)


def _come_and_gone(records: _Matches[R]) -> Iterator[Change]:
    yield from (Removed(record=one) for one in records.gone)
    yield from (Added(record=one) for one in records.come)


_FIELDS = {
    Source: ("title", "reference", "published", "url"),
    Cluster: ("title", "number"),
    Sector: ("title",),
    Body: ("name",),
    Measure: ("title", "summary", "cluster", "sectors", "bodies", "source", "locator"),
    Milestone: ("title", "kind", "commitment", "source", "locator", "snoozed"),
}


def _shelf(old: Iterable[R], new: Iterable[R]) -> Iterator[Change]:
    records = _matched(_by_id(old), _by_id(new))
    yield from _come_and_gone(records)
    for was, now in records.same:
        yield from _edited(was, now, _FIELDS[type(now)])


def _measure(old: Measure, new: Measure) -> Iterator[Change]:
    if old.id != new.id:
        yield Renamed(record=new, was=old.id)
    yield from _edited(old, new, _FIELDS[Measure])
    budgets = _paired(old.budgets, new.budgets, _bare, lambda budget: (budget.per, budget.years))
    for was, now in _entries(budgets):
        yield Edited(record=new, field="budget", was=was, now=now)


def _milestones(old: Programme, new: Programme, measures: Mapping[str, str]) -> Iterator[Change]:
    """Yield what changed of the milestones; `measures` has the new id of each measure's old one."""
    left, right = dict(_homes(old)), dict(_homes(new))
    records = _matched(
        {own: milestone for own, (_, milestone) in left.items()},
        {own: milestone for own, (_, milestone) in right.items()},
    )
    for one in records.gone:
        yield Removed(record=one, measure=left[one.full_id][0])
    for one in records.come:
        yield Added(record=one, measure=right[one.full_id][0])
    for was, now in records.same:
        home, measure = left[was.full_id][0], right[now.full_id][0]
        if was.id != now.id or measures.get(home.id) != measure.id:
            yield Renamed(record=now, measure=measure, was=was.full_id)
        told = {
            field
            for field in ("source", "locator")  # left out, they are those of the measure
            if _bare(getattr(was, field)) == _bare(getattr(home, field))
            and _bare(getattr(now, field)) == _bare(getattr(measure, field))
        }
        fields = (field for field in _FIELDS[Milestone] if field not in told)
        yield from _edited(was, now, fields, measure)
        if was.lifelong_id != now.lifelong_id:
            yield from _edited(was, now, ("formerly",), measure)
        yield from _ledger(was, now, measure)
        yield from _ending(was, now, measure)
        yield from _numbers(was, now, measure)


def _homes(programme: Programme) -> Iterator[tuple[str, tuple[Measure, Milestone]]]:
    for measure, milestone in programme.by_id:
        yield milestone.full_id, (measure, milestone)


def _ledger(old: Milestone, new: Milestone, measure: Measure) -> Iterator[Change]:
    """Yield what changed of the promise and its moves."""
    if old.due != new.due:
        yield Rewritten(record=new, measure=measure, revision=None, was=old.due, now=new.due)
    else:
        yield from _edited(old, new, ("due",), measure)
    moves = _paired(
        _moves(old),
        _moves(new),
        lambda move: _bare(move[1]),
        _announcement,
        lambda move: move[1].due,
    )
    for _, gone in moves.gone:
        yield Rewritten(record=new, measure=measure, revision=gone, was=gone.due, now=None)
    for before, revision in moves.come:
        yield Moved(record=new, measure=measure, before=before, revision=revision)
    for (_, was), (_, now) in moves.same:
        if was.due != now.due:
            yield Rewritten(record=new, measure=measure, revision=was, was=was.due, now=now.due)
        elif _bare(was) != _bare(now):
            yield Edited(record=new, measure=measure, field="revised", was=was, now=now)


def _ending(old: Milestone, new: Milestone, measure: Measure) -> Iterator[Change]:
    match old.outcome, new.outcome:
        case None, Met() as met:
            yield NowMet(record=new, measure=measure, outcome=met)
        case None, Dropped() as dropped:
            yield NowDropped(record=new, measure=measure, outcome=dropped)
        case _:
            yield from _edited(old, new, ("outcome",), measure)


def _numbers(old: Milestone, new: Milestone, measure: Measure) -> Iterator[Change]:
    was, now = _goal(old), _goal(new)
    if _bare(was) != _bare(now):
        yield Edited(record=new, measure=measure, field="target", was=was, now=now)
    readings = _paired(_readings(old), _readings(new), _bare, lambda reading: reading.on)
    for before, after in _entries(readings):
        yield Edited(record=new, measure=measure, field="reading", was=before, now=after)


def _moves(milestone: Milestone) -> Iterator[tuple[PolicyDate | None, Revision]]:
    """Yield each revision, and the date until then."""
    due = milestone.due
    for revision in milestone.revisions:
        yield due, revision
        due = revision.due


def _announcement(move: tuple[PolicyDate | None, Revision]) -> object:
    return move[1].announced, move[1].source.id


def _goal(milestone: Milestone) -> Target | None:
    return milestone.target and attrs.evolve(milestone.target, readings=())


def _readings(milestone: Milestone) -> tuple[Reading, ...]:
    return milestone.target.readings if milestone.target else ()
