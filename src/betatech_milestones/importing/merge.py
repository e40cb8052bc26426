"""What another programme of the same id has, and this one does not.

Two people keep one programme, or a table is read as one: what only the other has is taken over, and
nothing that is here changes. What contradicts what is here is never decided: it is told.
"""

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import attrs

from betatech_milestones.model import rules
from betatech_milestones.model.conventions import Period
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.errors import BetatechError
from betatech_milestones.model.records import (
    Body,
    Budget,
    Cluster,
    Dropped,
    Measure,
    Met,
    Milestone,
    News,
    Number,
    Outcome,
    OwnKind,
    Programme,
    Reading,
    Replaced,
    Revision,
    Sector,
    Source,
    trusted,
)


class CannotMerge(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """Two programmes that contradict each other; the message has a line for each conflict."""

    def __init__(self, *conflicts: str) -> None:
        super().__init__("\n".join(conflicts))
        self.conflicts = conflicts


def merge(programme: Programme, other: Programme) -> Programme:
    """Return a programme with what another of the same id has besides.

    Sources, bodies and the like are matched by their ids, measures and milestones by any id that
    they have or had. A milestone that both have gets the revisions, news, outcomes and readings
    that it lacks, in the order in which they were known. Raises `CannotMerge` with every conflict.
    """
    if problem := _is_another(programme, other):
        raise CannotMerge(problem)
    merging = _Merging(programme=programme, other=other)
    with trusted():  # each of them was checked
        merged = _merged(merging)
    if merging.conflicts:
        raise CannotMerge(*merging.conflicts)
    return programme if merged == programme else merged


def _is_another(programme: Programme, other: Programme) -> str:
    if programme.id != other.id:
        return (
            f'"{other.id}" is another programme than "{programme.id}"; '
            "merge those of one id, or read the two side by side"
        )
    if programme.language != other.language:
        return (
            f'the language of "{programme.id}" is "{programme.language}" here, and '
            f'"{other.language}" there; give both the same'
        )
    return ""


_Id = tuple[type[Any], str]


@attrs.frozen
class _Merging:
    """What is known while two programmes are merged."""

    programme: Programme
    other: Programme
    ours: dict[_Id, Any] = attrs.field(factory=dict)
    """What others refer to, as it is here, by each id that it has there."""
    names: dict[_Id, str] = attrs.field(factory=dict)
    """The ids of measures and milestones here, by each that they have or had there."""
    conflicts: list[str] = attrs.field(factory=list)


def _merged(merging: _Merging) -> Programme:
    shelves: dict[str, Any] = {
        name: _shelf(getattr(merging.programme, name), getattr(merging.other, name), merging)
        for name in ("periods", "bodies", "sources", "clusters", "sectors", "kinds")
    }  # bodies before the sources that they wrote
    return attrs.evolve(merging.programme, **shelves, measures=_measures(merging))


# --- what others refer to -------------------------------------------------------------------------


def _ids(record: Any) -> tuple[str, ...]:
    """Return every id that a record has or had."""
    if isinstance(record, Period):
        return (record.name,)
    if isinstance(record, Milestone):
        return (record.full_id, *record.formerly)
    return (record.id, *getattr(record, "formerly", ()))


def _by_id(records: Iterable[Any]) -> dict[str, Any]:
    """Return records by all their ids; who has one now goes before who had it."""
    records = tuple(records)
    former = {one: record for record in records for one in _ids(record)[1:]}
    return former | {_ids(record)[0]: record for record in records}


def _known(record: Any, here: Mapping[str, Any]) -> Any:
    return next((here[one] for one in _ids(record) if one in here), None)


def _shelf(mine: tuple[Any, ...], theirs: tuple[Any, ...], merging: _Merging) -> tuple[Any, ...]:
    here, added = _by_id(mine), []
    for record in theirs:
        ours = _known(record, here)
        if ours is None:
            ours = _repointed(record, merging)
            added.append(ours)
        else:
            merging.conflicts.extend(_between(ours, record))
        for one in _ids(record):
            merging.ours[type(record), one] = ours
    return (*mine, *added)


def _between(ours: Any, theirs: Any) -> Iterator[str]:
    """Yield what two records of one id say of it that cannot both be."""
    if isinstance(ours, Source):
        name = f'source "{ours.id}"'
        if ours.published != theirs.published:
            yield _conflict(f"{name}: published", ours.published, theirs.published)
        if str(ours.title) != str(theirs.title):
            yield _conflict(f"{name}: title", f'"{ours.title}"', f'"{theirs.title}"')
    elif isinstance(ours, Period):
        days = [f"{period.first} to {period.last}" for period in (ours, theirs)]
        if days[0] != days[1]:
            yield _conflict(f'period "{ours.name}":', *days)


def _conflict(what: str, here: Any, there: Any) -> str:
    return f"{what} {_said(here)} here, and {_said(there)} there"


def _said(value: Any) -> str:
    if isinstance(value, PolicyDate):
        return f'"{value}" ({value.edtf})' if value.words != value.edtf else value.words
    return "nothing" if value is None else str(value)


def _ours(value: Any, merging: _Merging) -> Any:
    """Return a value with the records of this programme in place of those of the other."""
    if isinstance(value, tuple):
        return tuple(_ours(one, merging) for one in value)
    if isinstance(value, _REFERRED_TO):
        return merging.ours.get((type(value), value.id), value)
    return _repointed(value, merging) if isinstance(value, _REFERRING) else value


_REFERRED_TO = (Source, Body, Cluster, Sector, OwnKind)
_REFERRING = (Measure, Milestone, Budget, Revision, News, Met, Dropped, Replaced, Number, Reading)


def _repointed(record: Any, merging: _Merging) -> Any:
    fields = [field.name for field in attrs.fields(type(record)) if field.init]
    changes = {name: _ours(getattr(record, name), merging) for name in fields}
    if isinstance(record, Replaced) and record.by is not None:
        changes["by"] = merging.names.get((Milestone, record.by), record.by)
    if isinstance(record, Milestone):
        changes["also"] = tuple(merging.names.get((Measure, one), one) for one in record.also)
    return attrs.evolve(record, **changes)


# --- measures and milestones ----------------------------------------------------------------------


def _measures(merging: _Merging) -> tuple[Measure, ...]:
    mine, theirs = merging.programme.measures, merging.other.measures
    homes, here = _by_id(mine), _by_id(merging.programme.milestones)
    for measure in theirs:
        home = _known(measure, homes) or measure
        merging.names.update({(Measure, one): home.id for one in _ids(measure)})
        for milestone in measure.milestones:
            known = _known(milestone, here)
            name = f"{home.id}/{milestone.id}" if known is None else known.full_id
            merging.names.update({(Milestone, one): name for one in _ids(milestone)})
    there: dict[str, list[Milestone]] = defaultdict(list)
    new: dict[str, list[Milestone]] = defaultdict(list)
    for milestone in merging.other.milestones:
        if (known := _known(milestone, here)) is not None:
            there[known.full_id].append(milestone)
        else:
            new[merging.names[Measure, milestone.measure.id]].append(milestone)
    added = (measure for measure in theirs if _known(measure, homes) is None)
    return (
        *(_with(measure, there, new[measure.id], merging) for measure in mine),
        *(_new(measure, new[measure.id], merging) for measure in added),
    )


def _new(measure: Measure, milestones: list[Milestone], merging: _Merging) -> Measure:
    alone: Measure = _repointed(attrs.evolve(measure, milestones=()), merging)
    return attrs.evolve(
        alone, milestones=tuple(_repointed(milestone, merging) for milestone in milestones)
    )


def _with(
    measure: Measure,
    there: Mapping[str, list[Milestone]],
    new: list[Milestone],
    merging: _Merging,
) -> Measure:
    """Return a measure with what is said there of its milestones, and with new ones."""
    milestones = []
    for milestone in measure.milestones:
        grown = milestone
        for other in there.get(milestone.full_id, ()):
            grown = _grown(milestone.full_id, grown, _repointed(other, merging), merging.conflicts)
        milestones.append(grown)
    milestones += [_moved_in(measure, _repointed(milestone, merging)) for milestone in new]
    if all(map(operator.is_, milestones, measure.milestones)) and not new:
        return measure
    return attrs.evolve(measure, milestones=tuple(milestones))


def _moved_in(measure: Measure, milestone: Milestone) -> Milestone:
    """Return a new milestone with the ids that it has had as one of a measure of this programme."""
    had = [f"{former}/{milestone.id}" for former in measure.formerly]
    own = f"{measure.id}/{milestone.id}"
    before = [former for former in milestone.formerly if former not in {own, *had}]
    return attrs.evolve(milestone, formerly=(*before, *had))


# --- what became of a milestone -------------------------------------------------------------------


def _grown(name: str, here: Milestone, there: Milestone, conflicts: list[str]) -> Milestone:
    """Return a milestone with the statements there that it lacks; note what contradicts them."""
    if there.due is not None and here.due != there.due:
        conflicts.append(_conflict(f"{name}: promised for", here.due, there.due))
    grown: dict[str, Any] = {
        "revisions": (*here.revisions, *_new_revisions(name, here, there, conflicts)),
        "news": (*here.news, *_lacking(here.news, there.news, _of_news)),
        "outcomes": (*here.outcomes, *_new_outcomes(name, here, there, conflicts)),
        "number": _number(name, here.number, there.number, conflicts),
    }
    changes = {field: value for field, value in grown.items() if value != getattr(here, field)}
    return attrs.evolve(here, **changes) if changes else here


_Statement = TypeVar("_Statement", Revision, News, Reading)


def _lacking(
    here: Iterable[_Statement], there: Iterable[_Statement], what: Callable[[_Statement], Any]
) -> list[_Statement]:
    """Return the statements that are not here yet, in the order in which they were known."""
    known = [what(statement) for statement in here]
    new = [statement for statement in there if what(statement) not in known]
    return sorted(new, key=operator.attrgetter("known_from"))


def _of_revision(revision: Revision) -> Any:
    return revision.announced, revision.due, revision.goal, revision.bodies


def _of_news(news: News) -> Any:
    return news.on, news.found, news.by, news.sources


def _of_reading(reading: Reading) -> Any:
    return reading.on, reading.value, reading.kind, reading.sources


def _new_revisions(
    name: str, here: Milestone, there: Milestone, conflicts: list[str]
) -> list[Revision]:
    new = _lacking(here.revisions, there.revisions, _of_revision)
    if here.revisions and new:
        newest, oldest = here.revisions[-1], new[0]
        # Of two on one day, the file that has both knows which came first.
        theirs = [_of_revision(one) for one in there.revisions]
        known = theirs[: theirs.index(_of_revision(oldest))]
        is_rival = _is_rival(newest, oldest) and _of_revision(newest) not in known
        if oldest.announced < newest.announced or is_rival:
            conflicts.append(_conflict(f"{name}: revised", _revised(newest), _revised(oldest)))
    return new


def _is_rival(one: Revision, other: Revision) -> bool:
    """Whether two were announced on one day, so that nobody knows which of them holds."""
    return one.announced == other.announced and any(
        getattr(one, field) is not None and getattr(other, field) is not None
        for field in ("due", "goal", "bodies")
    )


def _revised(revision: Revision) -> str:
    changes = {
        "to": _said(revision.due) if revision.due else None,
        "goal": revision.goal,
        "bodies": [body.id for body in revision.bodies] if revision.bodies is not None else None,
    }
    what = ", ".join(f"{name} {value}" for name, value in changes.items() if value is not None)
    return f'{what} by "{revision.source.id}" of {revision.announced}'


def _new_outcomes(
    name: str, here: Milestone, there: Milestone, conflicts: list[str]
) -> list[Outcome]:
    known = {type(outcome): outcome for outcome in here.outcomes}
    new = []
    for outcome in there.outcomes:
        same = known.get(type(outcome))
        if same is not None and same.on == outcome.on:
            continue
        together = attrs.evolve(here, outcomes=(*here.outcomes, outcome))
        if any(problem.rule is rules.TWO_OUTCOMES for problem in together.contradictions()):
            rival = same or here.outcomes[-1]
            conflicts.append(_conflict(f"{name}:", _ended(rival), _ended(outcome)))
        else:
            new.append(outcome)
    return new


def _ended(outcome: Outcome) -> str:
    on = "day unknown" if outcome.on is None else _said(outcome.on)
    return f'{outcome.status} ({on}) by "{outcome.source.id}"'


def _number(
    name: str, here: Number | None, there: Number | None, conflicts: list[str]
) -> Number | None:
    if here is None or there is None:
        return here or there
    new = _lacking(here.readings, there.readings, _of_reading)
    if new and str(here.unit) != str(there.unit):
        conflicts.append(_conflict(f"{name}: number of", f'"{here.unit}"', f'"{there.unit}"'))
    for reading in new:
        for known in here.readings:
            if (known.on, known.kind, known.source) == (reading.on, reading.kind, reading.source):
                what = f'{name}: reading of {_said(known.on)} by "{known.source.id}"'
                conflicts.append(_conflict(what, known.value, reading.value))
    return attrs.evolve(here, readings=(*here.readings, *new))
