"""Several programmes that are read together, each from its own file, and what one makes of them.

A report, a filter or a calendar takes a programme. `Portfolio.programme` is one that holds the
measures of all: an id in it begins with that of the programme it comes from, so that no two are
alike, and a body that several of them name is one body.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import attrs

from betatech_milestones.model.display import Displayed
from betatech_milestones.model.findings import Finding, InvalidData
from betatech_milestones.model.plain import Plain
from betatech_milestones.model.records import (
    Body,
    Budget,
    Cluster,
    Measure,
    Milestone,
    Number,
    OwnKind,
    Programme,
    Publisher,
    Replaced,
    Sector,
    Source,
    Texts,
    trusted,
)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SharedBody(Plain):
    """A body that several programmes name, each by an id of its own."""

    body: Body
    same_as: tuple[str, ...]
    """What it is in those programmes: `programme/body`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Unread(Plain):
    """A file that could not be read as a programme, and why."""

    path: str
    error: InvalidData | OSError = attrs.field(eq=False)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Portfolio(Displayed, Plain):
    """Programmes that are read together; what could not be read hides none of the others."""

    id: str
    title: Texts
    language: str
    timezone: str
    publisher: Publisher | None = None
    members: tuple[Programme, ...]
    """Those that could be read, in their order."""
    bodies: tuple[SharedBody, ...] = ()
    unread: tuple[Unread, ...] = ()
    findings: tuple[Finding, ...] = attrs.field(default=(), eq=False)
    """What deserves attention between its programmes; what does in each of them, `check` tells."""
    title_as_read: Texts
    """Its title, and how many of its files could not be read."""
    path: str
    """What it was read from: a `portfolio.toml`, a folder, or the names of files."""
    is_one_file: bool = False
    """Whether one file was named, and no more: its ids are then its own."""

    @property
    def paths(self) -> tuple[str, ...]:
        """All that was read, or was to be."""
        members = (member.path for member in self.members)
        return tuple(dict.fromkeys((self.path, *members, *(one.path for one in self.unread))))

    @property
    def programme(self) -> Programme:
        """All of them as one programme, whose ids are `programme/measure/milestone`."""
        if self.is_one_file:
            return self.members[0]
        shared = {own: one.body for one in self.bodies for own in one.same_as}
        with trusted():
            parts = [_renamed(member, shared) for member in self.members]
            named = {body.id: body for part in parts for body in part.bodies.values()}
            return Programme(
                id=self.id,
                title=self.title_as_read,
                language=self.language,
                timezone=self.timezone,
                publisher=self.publisher,
                sources=_all(part.sources for part in parts),
                clusters=_all(part.clusters for part in parts),
                sectors=_all(part.sectors for part in parts),
                bodies=tuple(named.values()),
                kinds=_all(part.kinds for part in parts),
                measures=tuple(
                    _measure(measure, part) for part in parts for measure in part.member.measures
                ),
                path=self.path,
            )

    def ids_of_bodies(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return ids of bodies as they are in `programme`.

        One that several programmes share may be wanted by what it is in any of them.
        """
        shared = {own: one.body.id for one in self.bodies for own in one.same_as}
        return tuple(dict.fromkeys(shared.get(id_, id_) for id_ in ids))

    def __repr__(self) -> str:
        unread = f", {len(self.unread)} unread" if self.unread else ""
        programmes = "programme" if len(self.members) == 1 else "programmes"
        return f"<Portfolio {self.id}: {len(self.members)} {programmes}{unread}>"


# --- under ids that no two programmes share -------------------------------------------------------


class _Part(NamedTuple):
    """A programme among others: what it refers to, by the ids that it has alone."""

    member: Programme
    bodies: Mapping[str, Body]
    sources: Mapping[str, Source]
    clusters: Mapping[str, Cluster]
    sectors: Mapping[str, Sector]
    kinds: Mapping[str, OwnKind]

    def id_of(self, own: str) -> str:
        """Return what an id of its own is among those of others."""
        return f"{self.member.id}/{own}"

    def ids_of(self, own: Iterable[str]) -> tuple[str, ...]:
        return tuple(f"{self.member.id}/{each}" for each in own)


def _all(shelves: Iterable[Mapping[str, Any]]) -> tuple[Any, ...]:
    return tuple(record for shelf in shelves for record in shelf.values())


def _renamed(member: Programme, shared: Mapping[str, Body]) -> _Part:
    home = member.id
    bodies = {}
    for body in member.bodies:
        formerly = tuple(f"{home}/{former}" for former in body.formerly)
        own = attrs.evolve(body, id=f"{home}/{body.id}", formerly=formerly)
        bodies[body.id] = shared.get(own.id, own)
    return _Part(
        member=member,
        bodies=bodies,
        sources={
            source.id: attrs.evolve(
                source, id=f"{home}/{source.id}", by=source.by and bodies[source.by.id]
            )
            for source in member.sources
        },
        clusters=_prefixed(member.clusters, home),
        sectors=_prefixed(member.sectors, home),
        kinds=_prefixed(member.kinds, home),
    )


def _prefixed(records: Iterable[Any], home: str) -> dict[str, Any]:
    return {record.id: attrs.evolve(record, id=f"{home}/{record.id}") for record in records}


def _measure(measure: Measure, part: _Part) -> Measure:
    return attrs.evolve(
        measure,
        id=part.id_of(measure.id),
        formerly=part.ids_of(measure.formerly),
        cluster=measure.cluster and part.clusters[measure.cluster.id],
        sectors=tuple(part.sectors[sector.id] for sector in measure.sectors),
        bodies=_bodies(measure.bodies, part),
        budgets=tuple(_budget(budget, part) for budget in measure.budgets),
        milestones=tuple(_milestone(milestone, part) for milestone in measure.milestones),
        path=part.member.path,
        **_cited(measure, part),
    )


def _milestone(milestone: Milestone, part: _Part) -> Milestone:
    own_bodies, kind = milestone.own_bodies, milestone.kind
    return attrs.evolve(
        milestone,
        formerly=part.ids_of(milestone.formerly),
        kind=part.kinds[kind.id] if isinstance(kind, OwnKind) else kind,
        also=part.ids_of(milestone.also),
        own_bodies=None if own_bodies is None else _bodies(own_bodies, part),
        revisions=tuple(
            attrs.evolve(
                revision,
                bodies=None if revision.bodies is None else _bodies(revision.bodies, part),
                **_cited(revision, part),
            )
            for revision in milestone.revisions
        ),
        news=tuple(attrs.evolve(news, **_cited(news, part)) for news in milestone.news),
        outcomes=tuple(
            attrs.evolve(outcome, **_by(outcome, part), **_cited(outcome, part))
            for outcome in milestone.outcomes
        ),
        number=milestone.number and _number(milestone.number, part),
        **_cited(milestone, part),
    )


def _bodies(bodies: Iterable[Body], part: _Part) -> tuple[Body, ...]:
    """Return the bodies that these are; two that are one stand there once."""
    named = (part.bodies[body.id] for body in bodies)
    return tuple({body.id: body for body in named}.values())


def _cited(said: Any, part: _Part) -> dict[str, Any]:
    """Return the sources of what is said, by the names of its fields."""
    return {
        "source": said.source and part.sources[said.source.id],
        "further_sources": tuple(part.sources[source.id] for source in said.further_sources),
    }


def _by(outcome: object, part: _Part) -> dict[str, Any]:
    """Return what took the place of a promise: of its own programme, or of the one it names."""
    if not isinstance(outcome, Replaced) or outcome.by is None:
        return {}
    return {"by": outcome.by if outcome.by.count("/") > 1 else part.id_of(outcome.by)}


def _budget(budget: Budget, part: _Part) -> Budget:
    return attrs.evolve(budget, source=budget.source and part.sources[budget.source.id])


def _number(number: Number, part: _Part) -> Number:
    readings = (attrs.evolve(reading, **_cited(reading, part)) for reading in number.readings)
    return attrs.evolve(number, readings=tuple(readings))
