"""The files of a site, each made when somebody first asks for it, and then kept.

Of a programme that is being edited hardly any file is ever looked at. What is made is what `site`
makes, but for the state: that is remembered, and nobody subscribes to it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial

import attrs

from betatech_milestones.analysis.editions import Edition, State, state_of
from betatech_milestones.analysis.report import as_of
from betatech_milestones.calendars.feeds import Feed, feeds_of, items_of
from betatech_milestones.calendars.items import Item, Placement
from betatech_milestones.model.records import Programme
from betatech_milestones.voice import languages_of
from betatech_milestones.website.api import as_published, documents
from betatech_milestones.website.site import index, views, with_kept_editions

Parts = Mapping[str, Callable[[], Mapping[str, bytes]]]
"""What makes each part of a site, by its name: files by their paths, at no cost the second time.

All feeds of a language are one part, and so are all documents: they are made of the same things.
Any other file is a part of its own.
"""
Calendars = Mapping[str, Callable[[], Mapping[str, Feed]]]
"""What makes the feeds of each language, by their paths."""


def file_in(parts: Parts, path: str) -> bytes | None:
    """Return a file of a site by its path, or nothing where it has none of that path."""
    folder, _, name = path.rpartition("/")
    if name.endswith(".ics"):
        part = _feeds_part(folder)
    else:
        part = _DOCUMENTS if path.startswith(_DOCUMENTS) else path
    return parts[part]().get(path) if part in parts else None


_DOCUMENTS = "api/"


def _feeds_part(language: str) -> str:
    return f"{language}/*.ics"


@attrs.define
class Given:
    """What subscribers were given last: the next edition of a feed follows it, once it is made."""

    state: State | None = None


def calendars(programme: Programme, day: dt.date, given: Given) -> Calendars:
    """Return what makes the feeds of a programme; what changed since the last ones is dated `day`.

    Of two programmes the feeds of the newer one must not be made first.
    """

    @cache
    def made(language: str) -> Mapping[str, Feed]:
        editions: defaultdict[str, dict[str, Edition]] = defaultdict(dict)
        items = items_of(
            programme, language, placement=Placement.DEADLINE, before=given.state, day=day
        )
        found = [*_feeds(programme, language, with_kept_editions(items, editions))]
        now = state_of(programme, editions)
        given.state = now if given.state is None else now.following(given.state)
        return {feed.path: feed for feed in found}

    return {language: partial(made, language) for language in languages_of(programme)}


def _feeds(programme: Programme, language: str, items: Iterable[Item]) -> Iterator[Feed]:
    return feeds_of(programme, language, items, since=None, address=None)


def on_demand(programme: Programme, day: dt.date, feeds: Calendars) -> Parts:
    """Return the parts of a site with these feeds, whose pages speak for a day."""
    report = as_published(as_of(programme, day))

    @cache
    def of_feeds() -> Mapping[str, bytes]:
        found = [feed for made in feeds.values() for feed in made().values()]
        return {"feeds.json": index(programme, found, None)}

    def in_language(language: str) -> Mapping[str, bytes]:
        return {path: feed.content for path, feed in feeds[language]().items()}

    def named(language: str) -> list[Feed]:
        """Return the feeds as a page names them: it tells nothing of what is in them."""
        return [*_feeds(programme, language, ())]

    parts: dict[str, Callable[[], Mapping[str, bytes]]] = {
        "feeds.json": of_feeds,
        _DOCUMENTS: cache(lambda: documents(report)),
    }
    for language in feeds:
        made = views(report, language=language, feeds=partial(named, language))
        parts |= {path: cache(partial(_alone, path, make)) for path, make in made.items()}
        parts[_feeds_part(language)] = cache(partial(in_language, language))
    return parts


def _alone(path: str, make: Callable[[], bytes]) -> Mapping[str, bytes]:
    return {path: make()}
