"""The page on which a site opens: what needs attention first, then all there is and the way to it.

It is whole without a script: it tells the standings of the day for which it was made, and leads to
the page of each measure. Its script tells those of the reader's day, and draws the list of all
milestones from the search index. However large a programme is, this page stays small: it holds a
few rows of each sort, and links to the rest.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import quote

import attrs

from betatech_milestones.analysis.report import Report
from betatech_milestones.formats.standings import KEYS, group_of, tally
from betatech_milestones.model.records import Cluster, Measure, Programme, Source
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Evidence
from betatech_milestones.voice import Voice, capital
from betatech_milestones.voice.paths import FEEDS, PROGRAMME, Paths
from betatech_milestones.website.api import Published, published
from betatech_milestones.website.assets import SOON_DAYS
from betatech_milestones.website.catalogue import dataset, script
from betatech_milestones.website.entries import coming_in, soon_in
from betatech_milestones.website.frame import frame
from betatech_milestones.website.lists import page_of
from betatech_milestones.website.mend import mend_link
from betatech_milestones.website.picture import picture
from betatech_milestones.website.telling import Relations, known_from, newest_told

if TYPE_CHECKING:
    from betatech_milestones.calendars.feeds import Feed

ALERTS = 6
"""How many rows there are of what needs attention; each sort has one of its own."""

COMING = 5
"""How many of the next dates there are."""

AT_ONCE = 2_000
"""Up to so many milestones the list is loaded as soon as its place is in sight; else when asked."""

_MOST = 100  # of bodies, of sources, and of the calendars of each sort


def overview(
    report: Report,
    *,
    language: str,
    feeds: Iterable["Feed"],
    address: str | None = None,
) -> str:
    """Return the page on which the site of a programme opens in one of its languages, as HTML.

    The report is one by what was known on its own day, as every day of the page's script is. Of the
    feeds, titles and paths are used alone. `address` is that of the published site, ending in a
    slash; without it, the page's script takes the address at which it finds itself.
    """
    programme = report.programme
    relations = Relations.of(programme)
    outside = frame(relations, lambda paths: paths.overview, language=language, address=address)
    voice = outside.voice.voice
    offers = [
        _Offer.of(feed, voice, address)
        for feed in feeds
        if feed.language == language and (feed.of is None or feed.scope in _PARTED)
    ]
    alerts, coming = _alerts(report), coming_in(report.standings)
    soon = soon_in(coming, report.day)
    pages = _pages(programme, outside.paths)
    return outside.fill(
        "overview.html",
        page_day=report.day,
        number=len(programme.by_id),
        newest=newest_told(programme.by_id, report.day, voice),
        alerts=alerts,
        most_alerts=ALERTS,
        soon=soon,
        is_calm=not soon and not any(alert.number for alert in alerts),
        soon_days=SOON_DAYS,
        coming=coming[:COMING],
        most_coming=COMING,
        key_of=group_of,
        counts=_counts(report),
        tally=tally(report, voice),
        picture=picture(report, language=language, paths=outside.paths, lists=pages),
        is_small=len(programme.by_id) <= AT_ONCE,
        shelves=_First.of(_shelves(programme, pages)),
        known_from=known_from,
        bodies=_First.of([it for it in programme.bodies if it.id in relations.answered]),
        offers=[offer for offer in offers if offer.feed.of is None],
        folded=[*_folded(offers)],
        sources=_First.of(_newest_first(programme.sources)),
        data=[*_data(programme, outside.paths, voice)],
        dataset=script(dataset(report, language=language, address=address)),
        mend=mend_link(programme, voice),
        in_english=voice.spoken != language,
    )


# --- the day --------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Alert:
    """One sort of what needs attention."""

    key: str
    number: int
    shown: Sequence[Standing]


def _alerts(report: Report) -> list[_Alert]:
    """Return what is overdue by its evidence, each with some of those that nobody keeps quiet.

    Each sort has a row, and the most pressing have the rows that are left.
    """
    found: dict[str, list[Standing]] = {key: [] for key in Evidence}
    for standing in report.standings:
        if standing.evidence is not None:
            found[standing.evidence].append(standing)
    loud = {key: [one for one in those if not one.is_snoozed] for key, those in found.items()}
    left = ALERTS - sum(bool(those) for those in loud.values())
    alerts = []
    for key, those in loud.items():
        shown = those[: 1 + left]
        left -= max(len(shown) - 1, 0)
        alerts.append(_Alert(key=key, number=len(found[key]), shown=shown))
    return alerts


def _counts(report: Report) -> list[tuple[str, int]]:
    """Return how many milestones are in each group."""
    found = Counter(map(group_of, report.standings))
    return [(key, found[key]) for key in KEYS]


# --- what there is --------------------------------------------------------------------------------

_Shown = TypeVar("_Shown")


@attrs.frozen(kw_only=True)
class _First(Generic[_Shown]):
    """As much of something as the page has room for."""

    shown: Sequence[_Shown]
    rest: int
    """How many more there are."""

    @classmethod
    def of(cls, those: Sequence[_Shown]) -> "_First[_Shown]":
        return cls(shown=those[:_MOST], rest=max(len(those) - _MOST, 0))


def _newest_first(sources: Sequence[Source]) -> Sequence[Source]:
    """Return documents in the order of the file; where they are too many, the newest first."""
    if len(sources) <= _MOST:
        return sources
    return sorted(sources, key=lambda source: source.known_from, reverse=True)


@attrs.frozen(kw_only=True)
class _Shelf:
    """The measures of a cluster, or those that are in none."""

    cluster: Cluster | None
    number: int
    measures: Sequence[Measure]
    """Those to link; none where there are too many in all."""
    page: str | None
    """The page on which the list of them begins, where there is one."""


def _pages(programme: Programme, paths: Paths) -> Mapping[str | None, str]:
    """Return on which page the list of a cluster begins, by its id; none where all are linked."""
    up = paths.up(paths.overview)
    return {id_: up + paths.measures(number) for id_, number in page_of(programme).items()}


def _shelves(programme: Programme, pages: Mapping[str | None, str]) -> list[_Shelf]:
    """Return the measures by cluster, in the order of the file."""
    found: dict[Cluster | None, list[Measure]] = {cluster: [] for cluster in programme.clusters}
    found[None] = []
    for measure in programme.measures:
        found[measure.cluster].append(measure)
    return [
        _Shelf(
            cluster=cluster,
            number=len(those),
            measures=() if pages else those,
            page=pages.get(None if cluster is None else cluster.id),
        )
        for cluster, those in found.items()
        if those
    ]


# --- calendars and data ---------------------------------------------------------------------------


# Of the programme, in parts: the calendar of a measure or a body is offered on its own page.
_PARTED = {"year": "by year", "cluster": "by cluster", "sector": "by sector"}


@attrs.frozen(kw_only=True)
class _Offer:
    """A calendar, and where one subscribes to it."""

    feed: "Feed"
    address: str | None
    webcal: str | None
    buttons: Sequence[tuple[str, str, str | None]]
    """Each client with its name, and its link where the address is known."""

    @classmethod
    def of(cls, feed: "Feed", voice: Voice, address: str | None) -> "_Offer":
        links = {} if address is None else _links(feed, address)
        names = {
            "webcal": capital(voice.label("subscribe")),
            "google": "Google",
            "outlook": "Outlook",
            "outlook-work": voice.label("outlook work"),
        }
        return cls(
            feed=feed,
            address=None if address is None else address + feed.path,
            webcal=links.get("webcal"),
            buttons=[(client, names[client], links.get(client)) for client in feed.scope.clients],
        )


def _links(feed: "Feed", address: str) -> dict[str, str]:
    """Return where one subscribes to a feed, by client.

    Google wants the webcal address, Outlook on the web the https one.
    """
    https = address + feed.path
    webcal = f"webcal:{https.partition(':')[2]}"
    outlook = f"0/addfromweb?url={quote(https, safe='')}&name={quote(feed.title, safe='')}"
    return {
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "outlook": f"https://outlook.live.com/calendar/{outlook}",
        "outlook-work": f"https://outlook.office.com/calendar/{outlook}",
    }


def _folded(offers: Sequence[_Offer]) -> Iterator[tuple[str, Sequence[_Offer]]]:
    """Yield the calendars of parts of the programme, by their label: the first of each sort."""
    for scope, label in _PARTED.items():
        those = [offer for offer in offers if offer.feed.scope == scope]
        if those:
            yield label, those[:_MOST]


def _data(programme: Programme, paths: Paths, voice: Voice) -> Iterator[tuple[str, str]]:
    """Yield what is published beside the pages, by path from the root of the site."""
    for file in published(programme, [paths.language]):
        yield file.path, _named(voice, _TABLES.get(file.what, file.what), _format(file))
    yield PROGRAMME, _named(voice, "programme", "JSON")
    yield paths.timeline, _named(voice, "picture", "SVG")
    yield paths.changes, _named(voice, "changes", "Atom")
    yield FEEDS, _named(voice, "calendars", "JSON")


_TABLES = {"statements": "history", "database": "data"}
_FORMATS = {"application/json": "JSON", "application/vnd.sqlite3": "SQLite"}


def _format(file: Published) -> str:
    return "Excel" if file.is_for_people else _FORMATS.get(file.media_type, "CSV")


def _named(voice: Voice, label: str, format_: str) -> str:
    return f"{capital(voice.label(label))} ({format_})"
