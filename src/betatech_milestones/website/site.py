"""What a site holds: everything to publish, as files by their paths."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

import attrs

from betatech_milestones.analysis.editions import Edition, State, state_of
from betatech_milestones.analysis.report import Report, as_of
from betatech_milestones.calendars.feeds import Feed, feeds_of, items_of
from betatech_milestones.calendars.items import Item, Placement
from betatech_milestones.formats import render
from betatech_milestones.language import spoken
from betatech_milestones.model import rules, values
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.records import Programme
from betatech_milestones.voice import languages_of
from betatech_milestones.website.api import as_published, documents
from betatech_milestones.website.atom import atom
from betatech_milestones.website.page import page
from betatech_milestones.website.timeline import timeline

STATE = "state.json"


def site(
    programme: Programme,
    day: dt.date | str,
    *,
    placement: Placement | str = Placement.DEADLINE,
    since: dt.date | str | None = None,
    address: str | None = None,
    before: State | None = None,
) -> dict[str, bytes]:
    """Return every file to publish, by its path from the root of the site.

    `day` is the one for which the pages speak; feeds depend on it only where an item changed since
    the state `before`. What ended before `since` is left out of the feeds. `address` is where the
    site will be found, in ASCII and with a slash at its end; the feeds then name their own. Raises
    `BadValue` for what is no day, placement or address.
    """
    day = a_day(day)
    since = None if since is None else a_day(since)
    address = None if address is None else values.url(address)
    placement = values.word(placement, Placement)
    editions: defaultdict[str, dict[str, Edition]] = defaultdict(dict)
    calendars: list[Feed] = []
    for language in languages_of(programme):
        found = items_of(programme, language, placement=placement, before=before, day=day)
        items = with_kept_editions(found, editions)
        calendars += feeds_of(programme, language, items, since=since, address=address)
    files = {feed.path: feed.content for feed in calendars}
    if len({path.casefold() for path in files}) < len(calendars):
        message = "two feeds would have one path, on some disks at least; give ids apart"
        raise BadValue(rules.DUPLICATE_ID, message)
    files["feeds.json"] = index(programme, calendars, address)
    report = as_published(as_of(programme, day))
    files |= documents(report)
    for language in languages_of(programme):
        makers = views(report, language=language, feeds=lambda: calendars, address=address)
        files |= {path: make() for path, make in makers.items()}
    now = state_of(programme, editions)
    if before is not None:
        now = now.following(before)
    files[STATE] = attrs.evolve(now, files=tuple(sorted([*files, STATE]))).dumps()
    return dict(sorted(files.items()))


def views(
    report: Report,
    *,
    language: str,
    feeds: Callable[[], Sequence[Feed]],
    address: str | None = None,
) -> Mapping[str, Callable[[], bytes]]:
    """Return what makes each file in one language but for its feeds, by path.

    The report is one to publish. Of the feeds, whose turn comes with the page, paths and titles are
    used alone.
    """
    programme = report.programme
    at_home = spoken(programme.language) == language
    picture = cache(lambda: timeline(programme, language=language))

    def drawn() -> str:
        return page(report, feeds=feeds(), picture=picture(), language=language, address=address)

    return {
        "index.html" if at_home else f"{language}/index.html": lambda: _encoded(drawn()),
        f"{language}/timeline.svg": lambda: _encoded(picture()),
        f"{language}/milestones.csv": lambda: _encoded(render(report, "csv", language=language)),
        f"{language}/changes.atom": lambda: atom(programme, language=language, address=address),
    }


def _encoded(text: str) -> bytes:
    return text.encode(errors="replace")


def with_kept_editions(
    items: Iterable[Item], editions: defaultdict[str, dict[str, Edition]]
) -> Iterator[Item]:
    """Yield items, and keep their stamps by the full id under which calendars know a milestone."""
    for item in items:
        editions[item.milestone.lifelong_id][item.name] = item.edition
        yield item


def index(programme: Programme, calendars: Iterable[Feed], address: str | None) -> bytes:
    """Return the index of all feeds, as JSON."""
    document = {
        "version": 1,
        "programme": {"id": programme.id, "title": dict(programme.title.pairs)},
        "feeds": [
            {
                "path": feed.path,
                "url": None if address is None else address + feed.path,
                "language": feed.language,
                "scope": feed.scope,
                "of": feed.of,
                "title": feed.title,
                "items": feed.items,
                "octets": len(feed.content),
            }
            for feed in calendars
        ],
    }
    written = json.dumps(document, ensure_ascii=False, indent=1)
    return written.encode(errors="backslashreplace") + b"\n"
