"""What the tables of a report refer to, and the rest of a programme: for a relational database.

`tables` has what is published as files; these make it whole, so that every id leads somewhere.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from betatech_milestones.analysis.history import Statement
from betatech_milestones.formats.columns import (
    Column,
    One,
    Read,
    Table,
    Telling,
    Type,
    a_body,
    answering,
    cited,
    dated,
    each,
    each_of_milestones,
    in_cluster,
    note,
    of_measure,
    of_milestone,
    which,
)
from betatech_milestones.formats.standings import budgets
from betatech_milestones.formats.tables import (
    MILESTONES,
    MOVES,
    RESPONSIBLE,
    STATEMENTS,
    record_of,
    statements,
)
from betatech_milestones.model.records import Body, Cluster, Measure, Source
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Per, ReadingKind, SourceKind


def _further_sources(telling: Telling) -> Iterator[One[One[Statement]]]:
    for statement in statements(telling):
        _, *further = dict.fromkeys(telling.known(record_of(statement).sources)) or [None]
        yield from each(statement, further)


FURTHER_SOURCES: Table[One[One[Statement]]] = Table(
    name="further_sources",
    about="A row for each statement and each known source that says so besides the first.",
    key=("milestone", "number", "source"),
    subjects=_further_sources,
    columns=(
        Column(
            "milestone",
            "id of the milestone",
            lambda one, _: one.of.of.milestone.full_id,
            required=True,
            refers_to="milestones",
        ),
        Column(
            "number",
            "the number of the statement on it",
            lambda one, _: one.of.number,
            Type.INTEGER,
            required=True,
        ),
        Column(
            "source",
            "id of a further source",
            lambda one, _: one.what.id,
            required=True,
            refers_to="sources",
        ),
    ),
)
READINGS: Table[One[Standing]] = Table(
    name="readings",
    about="A row for each number that was reached or planned on the way to a goal.",
    key=("milestone", "number"),
    subjects=each_of_milestones(lambda standing: standing.readings),
    columns=(
        *of_milestone(lambda one: one.of.milestone),
        which("reading of the milestone"),
        *dated("on", "of when it is", lambda one: one.what.on),
        Column(
            "value",
            "the number, in the unit of the milestone",
            lambda one, _: one.what.value,
            Type.NUMBER,
            required=True,
        ),
        Column(
            "kind",
            "whether it was reached, or only planned for",
            lambda one, _: one.what.kind,
            required=True,
            words=tuple(ReadingKind),
        ),
        note(lambda one: one.what.note),
        *cited(lambda one: one.what.sources),
    ),
)


# --- measures, and what milestones refer to -------------------------------------------------------


def _measures(telling: Telling) -> tuple[Measure, ...]:
    return telling.report.programme.measures


def _each_of_measures(
    several: Callable[[Measure, Telling], Iterable[Any]],
) -> Callable[[Telling], Iterator[One[Measure]]]:
    """Return what yields the things that measures have several of."""

    def subjects(telling: Telling) -> Iterator[One[Measure]]:
        for measure in _measures(telling):
            yield from each(measure, several(measure, telling))

    return subjects


MEASURES: Table[Measure] = Table(
    name="measures",
    about="A row for each measure.",
    key=("id",),
    subjects=_measures,
    columns=(
        Column("id", "its id", lambda measure, _: measure.id, required=True),
        Column("code", "the number that a register gives it", lambda measure, _: measure.code),
        Column(
            "title", "its title", lambda measure, it: it.voice.text(measure.title), required=True
        ),
        Column("summary", "what it is", lambda measure, it: it.text(measure.summary)),
        *in_cluster(lambda measure: measure),
        *answering("answer for it", lambda measure: measure.bodies),
        *cited(lambda measure: measure.sources),
        Column("locator", "where in that source", lambda measure, _: measure.locator),
    ),
)
SECTORS: Table[One[Measure]] = Table(
    name="sectors",
    about="A row for each measure and each sector to which it applies.",
    key=("measure", "sector"),
    subjects=_each_of_measures(lambda measure, _: dict.fromkeys(measure.sectors)),
    columns=(
        *of_measure(lambda one: one.of),
        Column("sector", "id of a sector", lambda one, _: one.what.id, required=True),
        Column(
            "sector_title",
            "the title of that sector",
            lambda one, it: it.voice.text(one.what.title),
            required=True,
        ),
    ),
)


def _year(index: int) -> Read[One[Measure]]:
    def value(one: One[Measure], _: Telling) -> int | None:
        years = one.what.years
        return None if years is None else years[index]

    return value


def _money_sources(one: One[Measure]) -> tuple[Source, ...]:
    source = one.what.source
    return one.of.sources if source is None else (source,)


BUDGETS: Table[One[Measure]] = Table(
    name="budgets",
    about="A row for each amount of money set aside for a measure.",
    key=("measure", "number"),
    subjects=_each_of_measures(lambda measure, it: budgets(measure, it.report.known_on)),
    columns=(
        *of_measure(lambda one: one.of),
        which("amount for the measure"),
        Column(
            "amount",
            "the amount, in the currency",
            lambda one, _: one.what.amount,
            Type.NUMBER,
            required=True,
        ),
        Column(
            "currency",
            "its code in ISO 4217",
            lambda one, _: one.what.currency,
            required=True,
        ),
        Column(
            "per",
            "whether it is for each year or for all years together",
            lambda one, _: one.what.per,
            required=True,
            words=tuple(Per),
        ),
        Column("first_year", "the first year", _year(0), Type.INTEGER),
        Column("last_year", "the last year, included", _year(1), Type.INTEGER),
        Column(
            "each",
            "how many get that amount; empty: it is one amount for all",
            lambda one, _: one.what.each,
            Type.INTEGER,
        ),
        note(lambda one: one.what.note),
        *cited(_money_sources),
    ),
)


def _further_measures(telling: Telling) -> Iterator[One[Standing]]:
    measures = {measure.id: measure for measure in _measures(telling)}
    for standing in telling.report.standings:
        further = (
            measures[own] for own in dict.fromkeys(standing.milestone.also) if own in measures
        )
        yield from each(standing, further)


SHARED: Table[One[Standing]] = Table(
    name="shared",
    about="A row for each milestone and each further measure of which it is a part.",
    key=("milestone", "measure"),
    subjects=_further_measures,
    columns=(
        Column(
            "milestone",
            "id of the milestone",
            lambda one, _: one.of.milestone.full_id,
            required=True,
            refers_to="milestones",
        ),
        Column(
            "measure",
            "id of the further measure",
            lambda one, _: one.what.id,
            required=True,
            refers_to="measures",
        ),
    ),
)
CLUSTERS: Table[Cluster] = Table(
    name="clusters",
    about="A row for each group of measures.",
    key=("id",),
    subjects=lambda telling: telling.report.programme.clusters,
    columns=(
        Column("id", "its id", lambda cluster, _: cluster.id, required=True),
        Column(
            "title", "its title", lambda cluster, it: it.voice.text(cluster.title), required=True
        ),
        Column(
            "number",
            "its number, where the source numbers them",
            lambda cluster, _: cluster.number,
            Type.INTEGER,
        ),
    ),
)
BODIES: Table[Body] = Table(
    name="bodies",
    about="A row for each body that can answer for something: a ministry, a council.",
    key=("id",),
    subjects=lambda telling: telling.report.programme.bodies,
    columns=(
        Column("id", "its id", lambda body, _: body.id, required=True),
        Column("name", "its name", lambda body, it: it.voice.text(body.name), required=True),
    ),
)
SOURCES: Table[Source] = Table(
    name="sources",
    about="A row for each document that was known.",
    key=("id",),
    subjects=lambda telling: telling.known(telling.report.programme.sources),
    columns=(
        Column("id", "its id", lambda source, _: source.id, required=True),
        Column("title", "its title", lambda source, it: it.voice.text(source.title), required=True),
        Column(
            "kind",
            "what sort of document it is",
            lambda source, _: source.kind,
            required=True,
            words=tuple(SourceKind),
        ),
        *a_body("the body that wrote it", lambda source: source.by),
        Column("reference", "where it is filed", lambda source, _: source.reference),
        *dated("published", "when it appeared", lambda source: source.published),
        Column("seen", "the day on which it was read", lambda source, _: source.seen, Type.DATE),
        Column(
            "known_from",
            "the first day on which what it says is known",
            lambda source, _: source.known_from,
            Type.DATE,
            required=True,
        ),
        Column("url", "its address", lambda source, _: source.url),
        Column(
            "archived",
            "the address of a copy that stays as it was",
            lambda source, _: source.archived,
        ),
    ),
)


TABLES: tuple[Table[Any], ...] = (
    *(CLUSTERS, BODIES, SOURCES, MEASURES, SECTORS, BUDGETS),
    *(MILESTONES, RESPONSIBLE, SHARED, MOVES, STATEMENTS, FURTHER_SOURCES, READINGS),
)
"""All tables; each refers to those before it alone."""
