"""Pages that only lead to others: lists of the measures of a large programme, and old addresses.

They are for who has no script, and for machines that follow links: from the overview, every measure
is two links away however many there are.
"""

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from betatech_milestones.model.records import Cluster, Measure, Programme, Texts
from betatech_milestones.voice.paths import Paths
from betatech_milestones.website.frame import frame
from betatech_milestones.website.telling import Relations, known_from

PER_PAGE = 200
"""How many measures a page lists."""

AT_ONCE = 300
"""Up to so many measures the overview links to each, and there are no pages of lists."""


# --- lists of measures ----------------------------------------------------------------------------


def list_pages(
    relations: Relations, day: dt.date, *, language: str, address: str | None = None
) -> Mapping[str, Callable[[], str]]:
    """Return what makes each page of a list of measures, by path; none where there are few."""
    paths = Paths.of(relations.programme, language)
    return {
        paths.measures(number): functools.partial(
            _list_page, relations, day, number, language=language, address=address
        )
        for number in range(1, _number_of_pages(relations.programme) + 1)
    }


def list_inputs(relations: Relations, day: dt.date) -> tuple[object, ...]:
    """Return all that the lists depend on, in whatever language: records and texts."""
    programme = relations.programme
    measures = in_order(programme) if _number_of_pages(programme) else ()
    return (
        programme.title,
        programme.language,
        programme.timezone,
        programme.publisher,
        tuple(
            (it.id, it.title, it.cluster, len(it.milestones), _hidden_up_to(it, day))
            for it in measures
        ),
    )


def page_of(programme: Programme) -> Mapping[str | None, int]:
    """Return on which page the list of each cluster begins, by its id; empty where there are none.

    What is in no cluster has None.
    """
    if not _number_of_pages(programme):
        return {}
    first: dict[str | None, int] = {}
    for place, measure in enumerate(in_order(programme)):
        cluster = measure.cluster
        first.setdefault(None if cluster is None else cluster.id, place // PER_PAGE + 1)
    return first


def in_order(programme: Programme) -> Sequence[Measure]:
    """Return the measures as they are listed: by cluster, in the order of the file."""
    places = {cluster.id: place for place, cluster in enumerate(programme.clusters)}

    def place(measure: Measure) -> int:
        return len(places) if measure.cluster is None else places[measure.cluster.id]

    return sorted(programme.measures, key=place)


def _number_of_pages(programme: Programme) -> int:
    number = len(programme.measures)
    return 0 if number <= AT_ONCE else -(-number // PER_PAGE)


@attrs.frozen(kw_only=True)
class _Shelf:
    """Measures that stand below one heading."""

    cluster: Cluster | None
    measures: Sequence[Measure]


def _list_page(
    relations: Relations, day: dt.date, number: int, *, language: str, address: str | None
) -> str:
    programme = relations.programme
    outside = frame(
        relations, lambda paths: paths.measures(number), language=language, address=address
    )
    first = (number - 1) * PER_PAGE
    measures = in_order(programme)[first : first + PER_PAGE]
    name = outside.voice.label(
        "measures from to",
        first=first + 1,
        last=first + len(measures),
        all=len(programme.measures),
    )
    pages = _number_of_pages(programme)
    return outside.fill(
        "lists.html",
        name=name,
        about=name,
        shelves=[*_shelves(measures)],
        hidden={it.id: _hidden_up_to(it, day) for it in measures},
        before=outside.paths.measures(number - 1) if number > 1 else None,
        behind=outside.paths.measures(number + 1) if number < pages else None,
    )


def _hidden_up_to(measure: Measure, day: dt.date) -> dt.date | None:
    """Return the first day on which anything of a measure is known, where that is after a day."""
    known = known_from(measure)
    return known if known > day else None


def _shelves(measures: Sequence[Measure]) -> Iterator[_Shelf]:
    for cluster in dict.fromkeys(measure.cluster for measure in measures):
        yield _Shelf(cluster=cluster, measures=[it for it in measures if it.cluster == cluster])


# --- old addresses --------------------------------------------------------------------------------


def stubs(
    relations: Relations, *, language: str, address: str | None = None
) -> Mapping[str, Callable[[], str]]:
    """Return what makes each page that leads from an old address to that of today, by path."""
    return {
        old: functools.partial(
            stub, relations, title=title, new=new, language=language, address=address
        )
        for old, new, title in _moved(relations, Paths.of(relations.programme, language))
    }


def _moved(relations: Relations, paths: Paths) -> Iterator[tuple[str, str, Texts]]:
    """Yield the old and the new path of what had another id, and what it is called."""
    programme = relations.programme
    bodies = {body.id for body in programme.bodies}
    for measure in programme.measures:
        for former in measure.formerly:
            if former not in relations.measures:
                yield paths.measure(former), paths.measure(measure.id), measure.title
    for body in programme.bodies:
        for former in body.formerly:
            if former not in bodies:
                yield paths.body(former), paths.body(body.id), body.name


def stub(
    relations: Relations, *, title: Texts, new: str, language: str, address: str | None = None
) -> str:
    """Return a page that leads from an old address to a path in the same folder."""
    outside = frame(relations, lambda _: new, language=language, address=address)
    return outside.fill("stub.html", title=title, way=new.rpartition("/")[2])
