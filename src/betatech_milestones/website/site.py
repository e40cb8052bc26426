"""What a site holds: everything to publish, as files by their paths."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

import attrs

from betatech_milestones.analysis.editions import Edition, State, state_of
from betatech_milestones.analysis.report import as_of
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
        items = _with_kept_editions(found, editions)
        calendars += feeds_of(programme, language, items, since=since, address=address)
    files = {feed.path: feed.content for feed in calendars}
    if len({path.casefold() for path in files}) < len(calendars):
        message = "two feeds would have one path, on some disks at least; give ids apart"
        raise BadValue(rules.DUPLICATE_ID, message)
    files["feeds.json"] = _index(programme, calendars, address)
    report = as_published(as_of(programme, day))
    files |= documents(report)
    for language in languages_of(programme):
        picture = timeline(programme, language=language)
        drawn = page(report, feeds=calendars, picture=picture, language=language, address=address)
        at_home = spoken(programme.language) == language
        texts = {
            "index.html" if at_home else f"{language}/index.html": drawn,
            f"{language}/timeline.svg": picture,
            f"{language}/milestones.csv": render(report, "csv", language=language),
        }
        files |= {path: text.encode(errors="replace") for path, text in texts.items()}
        files[f"{language}/changes.atom"] = atom(programme, language=language, address=address)
    now = state_of(programme, editions)
    if before is not None:
        now = now.following(before)
    files[STATE] = attrs.evolve(now, files=tuple(sorted([*files, STATE]))).dumps()
    return dict(sorted(files.items()))


def _with_kept_editions(
    items: Iterable[Item], editions: defaultdict[str, dict[str, Edition]]
) -> Iterator[Item]:
    """Yield items, and keep their stamps by the full id under which calendars know a milestone."""
    for item in items:
        editions[item.milestone.lifelong_id][item.name] = item.edition
        yield item


def _index(programme: Programme, calendars: list[Feed], address: str | None) -> bytes:
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
