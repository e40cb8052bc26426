"""The files of a site, each made when somebody first asks for it, and then kept.

Of a programme that is being edited hardly any file is ever looked at, and of two versions of it
most parts are the same. What is made is what `site` makes, but for the state and the record: those
are remembered, and nobody subscribes to them.
"""

import datetime as dt
import functools
from collections.abc import Callable, Mapping

import attrs

from betatech_milestones.analysis.editions import State
from betatech_milestones.calendars.feeds import Feed
from betatech_milestones.model.records import Programme
from betatech_milestones.voice.paths import FEEDS
from betatech_milestones.website.parts import Made, Part, Record
from betatech_milestones.website.site import Making, Settings

Files = Callable[[str], bytes | None]
"""Returns a file of a site by its path, or None where it has none of that path."""


@attrs.define
class Given:
    """What was made last: the next version goes on from it."""

    state: State | None = None
    """What subscribers were given: the next edition of a feed follows it, once it is made."""
    record: Record | None = attrs.field(default=None, repr=False)
    """On what the feeds depend that they were given."""
    kept: dict[str, tuple[str, dict[str, bytes]]] = attrs.field(factory=dict, repr=False)
    """The files that were made of each part, by its name, and on what they depend."""


def nothing(_path: str) -> None:
    """Have no file at all."""


def on_demand(programme: Programme, day: dt.date, given: Given) -> Files:
    """Return the files of a site whose pages speak for a day; what changed in a feed is dated so.

    Of two programmes the files of the newer one must not be made first.
    """
    making = Making(
        programme=programme,
        day=day,
        settings=Settings(),
        before=lambda: given.state,
        record=given.record,
        is_draft=True,
    )

    @functools.cache
    def parts() -> Mapping[str, Part]:
        return {path: part for part in making.pages() for path in part.files}

    @functools.cache
    def calendars() -> Mapping[str, Callable[[], bytes]]:
        found = making.calendars
        given.state = making.state
        made = {part.name: Made(inputs=part.inputs, files={}) for part in making.pages()}
        given.record = Record(setting="", state="", parts=made)
        return {
            path: functools.cache(functools.partial(_content, feed)) for path, feed in found.items()
        }

    def kept(path: str, part: Part) -> bytes:
        inputs, files = given.kept.get(part.name, ("", {}))
        if inputs != part.inputs:
            files = {}
            given.kept[part.name] = part.inputs, files
        if path not in files:
            files[path] = part.files[path]()
        return files[path]

    def file(path: str) -> bytes | None:
        if path.endswith(".ics"):
            calendar = calendars().get(path)
            return None if calendar is None else calendar()
        part = parts().get(path)
        if part is None:
            return None
        if path == FEEDS:
            calendars()
        return kept(path, part)

    return file


def _content(feed: Feed) -> bytes:
    return feed.content
