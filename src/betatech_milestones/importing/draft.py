"""A programme to which a table is added, while its rows are taken in one after the other."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from betatech_milestones.importing.names import Register, bare, body, cluster, sector
from betatech_milestones.importing.rows import Place, TableProblem
from betatech_milestones.model.errors import did_you_mean
from betatech_milestones.model.records import (
    Body,
    Cluster,
    Measure,
    Milestone,
    Programme,
    Sector,
    Source,
    Texts,
)


@attrs.frozen(kw_only=True)
class Cited:
    """The sources of a row: those that it names or, where it names none, the edition itself."""

    source: Source | None
    """None where somebody looked in vain: nobody else says so."""
    further_sources: tuple[Source, ...] = ()

    @property
    def all(self) -> tuple[Source, ...]:
        """All of them."""
        return () if self.source is None else (self.source, *self.further_sources)

    @property
    def keys(self) -> dict[str, Any]:
        """How a record of the model cites them."""
        return {"source": self.source, "further_sources": self.further_sources}

    @property
    def known_from(self) -> dt.date:
        """The day on which the first of them was known."""
        return min((one.known_from for one in self.all), default=dt.date.max)


def place(places: Mapping[str, Place], key: str) -> Place:
    """Return the cell of a key, or that of the row's id."""
    return places.get(key) or places["id"]


@attrs.define
class Draft:
    """A programme to which an edition is added, row by row."""

    programme: Programme
    edition: Source | None
    """The source that the table is; None where every row names its own."""
    sources: dict[str, Source]
    """Those of the programme, and those that come with the table."""
    milestones: dict[str, dict[str, Milestone]]
    """By the id of their measure, then by their own."""
    measures: dict[str, Measure]
    named: dict[str, str]
    """The full id of what had another one before."""
    renamed: dict[str, str]
    """The id of what measure had another one before."""
    coded: dict[str, str]
    """The full id of what alone in the programme has a code."""
    bodies: "Register[Body]"
    clusters: "Register[Cluster]"
    sectors: "Register[Sector]"
    changed: set[str] = attrs.Factory(set)
    """The ids of the measures with something new in them."""
    problems: list[TableProblem] = attrs.Factory(list)
    told: list[TableProblem] = attrs.Factory(list)

    def text(self, written: str) -> Texts:
        """Return a text of the table as one of the programme, in its own language."""
        return Texts(((self.programme.language, written),))

    def milestone(self, full_id: str) -> Milestone | None:
        """Return a milestone as it is by now."""
        measure, _, own = full_id.partition("/")
        return self.milestones.get(measure, {}).get(own)

    def cited(self, ids: tuple[str, ...]) -> Cited | str:
        """Return the sources of a row by their ids, or what is wrong with those."""
        found = [self.sources[id_] for id_ in ids if id_ in self.sources]
        if len(found) < len(ids):
            unknown = next(id_ for id_ in ids if id_ not in self.sources)
            remedy = did_you_mean(unknown, self.sources) or "; add it to the sources"
            return f'there is no source "{unknown}"{remedy}'
        if self.edition is not None and not found:
            found = [self.edition]
        if not found:
            return "no source says so; name one in the row, or one for the whole table"
        first, *others = found
        return Cited(source=first, further_sources=tuple(others))

    def wrong(self, places: Mapping[str, Place], key: str, message: str) -> None:
        """Note what cannot be taken over, at the cell of a key."""
        self.problems.append(TableProblem(place(places, key), message))

    def put(self, measure: str, milestone: Milestone, by: Cited) -> None:
        """Put in a milestone that is new, or has something new that some sources say."""
        for source in by.all:
            self.sources.setdefault(source.id, source)
        self.milestones[measure][milestone.id] = milestone.within(self.measures[measure])
        self.changed.add(measure)

    def scratch(self) -> "Draft":
        """Return a copy in which a row can be tried: what it makes is nowhere else."""
        return attrs.evolve(
            self,
            milestones={**self.milestones},
            measures={**self.measures},
            bodies=self.bodies.copy(),
            clusters=self.clusters.copy(),
            sectors=self.sectors.copy(),
            changed={*self.changed},
        )

    def finished(self) -> Programme:
        """Return the programme with what was put in."""
        if not self.changed and len(self.sources) == len(self.programme.sources):
            return self.programme
        measures = tuple(
            attrs.evolve(measure, milestones=tuple(self.milestones[id_].values()))
            if id_ in self.changed
            else measure
            for id_, measure in self.measures.items()
        )
        bodies = {**self.bodies.by_id}
        for source in self.sources.values():
            if source.by is not None:
                bodies.setdefault(source.by.id, source.by)
        return attrs.evolve(
            self.programme,
            sources=tuple(self.sources.values()),
            bodies=tuple(bodies.values()),
            clusters=self.clusters.all,
            sectors=self.sectors.all,
            measures=measures,
        )


def draft(programme: Programme, edition: Source | None, sources: Iterable[Source] = ()) -> Draft:
    """Begin with a programme, the edition that the table is, and sources that come with it."""
    named: dict[str, str] = {}
    codes: dict[str, list[str]] = {}
    for milestone in programme.milestones:
        named.update(dict.fromkeys(milestone.formerly, milestone.full_id))
        if milestone.code is not None:
            codes.setdefault(bare(milestone.code), []).append(milestone.full_id)
    return Draft(
        programme=programme,
        edition=edition,
        sources={one.id: one for one in (*programme.sources, *sources)},
        milestones={
            measure.id: {milestone.id: milestone for milestone in measure.milestones}
            for measure in programme.measures
        },
        measures={measure.id: measure for measure in programme.measures},
        named=named,
        renamed={
            former: measure.id for measure in programme.measures for former in measure.formerly
        },
        coded={code: ids[0] for code, ids in codes.items() if len(ids) == 1},
        bodies=Register.of(programme.bodies, programme.language, body),
        clusters=Register.of(programme.clusters, programme.language, cluster),
        sectors=Register.of(programme.sectors, programme.language, sector),
    )
