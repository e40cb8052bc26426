"""Calendars over several programmes, made of those that each of them has published.

An item is the very one of its programme, byte for byte: who subscribes to both sees no two of one.
What would be too large for a reader is windowed as the calendars of one programme are. Whether an
item is open, an event does not tell; the to-do of the same milestone does.
"""

import datetime as dt
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

import attrs

from betatech_milestones.calendars.feeds import Scope, calendar, note_of, part_title
from betatech_milestones.calendars.lines import text_line
from betatech_milestones.calendars.windows import ROOM_OF_YEAR, Window, window
from betatech_milestones.voice import Voice, capital
from betatech_milestones.voice.paths import Paths


@attrs.frozen(kw_only=True)
class Published:
    """The calendars of one programme, as they are published in one language."""

    id: str
    title: str
    paths: Paths
    content: Callable[[str], bytes]
    """What stands at a path of its site; nothing where nothing does."""
    years: Sequence[str]
    """The paths of its calendars of single years, where one of everything is too large."""


@attrs.frozen(kw_only=True, slots=False)  # a cached property needs room
class Event:
    """An item of a calendar that this program wrote; its days are read when they are asked for."""

    text: bytes = attrs.field(repr=False)
    _open: Callable[[], Container[bytes]] = attrs.field(repr=False)

    @functools.cached_property
    def uid(self) -> bytes:
        """What it is known by for life."""
        return _uid(self.text)

    @functools.cached_property
    def day(self) -> dt.date:
        """The last day of its date: DTEND is the one after it."""
        return _day(_LAST, self.text, dt.date.min + _ONE_DAY) - _ONE_DAY

    @functools.cached_property
    def end(self) -> dt.date | None:
        """None where it is open; else a day by which it has ended, and nothing changed after it."""
        if self.uid in self._open():
            return None
        return max(self.day, _day(_MODIFIED, self.text, self.day))


@attrs.frozen(kw_only=True)
class Joined:
    """One calendar over several programmes."""

    path: str
    scope: Scope
    of: str | None
    title: str
    items: int
    note: str
    """What it tells its readers of what is not in it; empty where it is whole."""
    content: bytes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Making:
    """What all calendars over several programmes have in common, in one language."""

    title: str
    voice: Voice
    paths: Paths
    address: str | None
    year: int

    def of_all(self, programmes: Sequence[Published]) -> Iterator[Joined]:
        """Yield the calendar of everything; where that has no room, those by year with the rest."""
        found = {each.id: _everything(each) for each in programmes}
        shown = self._window([event for events in found.values() for event in events])
        yield self._joined(Scope.ALL, None, self.title, shown, by_year=shown.since is not None)
        if shown.since is not None:
            yield from self._by_year(found, {each.id: each.title for each in programmes})

    def of_body(
        self, own: str, name: str, found: Sequence[tuple[Published, str]], *, by_year: bool
    ) -> Joined:
        """Return that of a body, from its calendars in the programmes by their paths."""
        events: list[Event] = []
        are_whole = True
        for each, path in found:
            events += _events(each, path)
            are_whole = are_whole and _is_whole(each, path)
        shown = self._window(events, is_whole=are_whole)
        return self._joined(
            Scope.BODY, own, part_title(capital(name), self.title), shown, by_year=by_year
        )

    def _window(self, events: Sequence[Event], *, is_whole: bool = True) -> Window[Event]:
        shown = window(events, self.year, _octets)
        if shown.since is None and not is_whole:
            # As its own programme has left out what ended before.
            since = dt.date(max(self.year - 1, dt.MINYEAR), 1, 1)
            return attrs.evolve(shown, since=since)
        return shown

    def _by_year(
        self, found: Mapping[str, Iterable[Event]], titles: Mapping[str, str]
    ) -> Iterator[Joined]:
        """Yield a calendar for each year; one that is too large is parted by programme."""
        years: defaultdict[int, defaultdict[str, list[Event]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for own, events in found.items():
            for event in events:
                years[event.day.year][own].append(event)
        for year, parts in sorted(years.items()):
            whole = [event for events in parts.values() for event in events]
            if sum(map(_octets, whole)) <= ROOM_OF_YEAR:
                yield self._of_year(f"{year:04}", str(year), whole)
                continue
            for own, events in parts.items():
                yield self._of_year(f"{year:04}-{own}", f"{capital(titles[own])} {year}", events)

    def _of_year(self, of: str, title: str, events: Sequence[Event]) -> Joined:
        shown = Window(items=events)
        return self._joined(Scope.YEAR, of, part_title(title, self.title), shown, by_year=False)

    def _joined(
        self, scope: Scope, of: str | None, title: str, shown: Window[Event], *, by_year: bool
    ) -> Joined:
        path = self.paths.feed(Scope.ALL if scope is Scope.YEAR else scope, of)
        note = note_of(shown, self.voice, by_year=by_year)
        address = None if self.address is None else self.address + path
        texts = [event.text for event in shown.items]
        return Joined(
            path=path,
            scope=scope,
            of=of,
            title=title,
            items=len(texts),
            note=note,
            content=calendar(title, note, self.voice, address, texts),
        )


def _octets(event: Event) -> int:
    return len(event.text)


# --- read again -----------------------------------------------------------------------------------

_ONE_DAY = dt.timedelta(days=1)
_UID = re.compile(rb"\r\nUID:(.*?)\r\n")
_LAST = re.compile(rb"\r\nDTEND;VALUE=DATE:(\d{8})\r\n")
_MODIFIED = re.compile(rb"\r\nLAST-MODIFIED:(\d{8})T")
_IS_OPEN = b"\r\nSTATUS:NEEDS-ACTION\r\n"


def _everything(programme: Published) -> Sequence[Event]:
    """Return all events of a programme, each once: of its years, where it is parted by those."""
    if not programme.years:
        return _events(programme, programme.paths.feed(Scope.ALL))
    found = {event.uid: event for path in programme.years for event in _events(programme, path)}
    return sorted(found.values(), key=lambda event: event.uid)


def _events(programme: Published, path: str) -> list[Event]:
    """Return the events of a calendar in their order."""
    open_ = functools.cache(lambda: _open(programme))
    return [Event(text=text, open=open_) for text in _items(b"VEVENT", programme.content(path))]


def _open(programme: Published) -> Container[bytes]:
    """Return the UIDs of the events of which the to-dos are open."""
    todos = _items(b"VTODO", programme.content(programme.paths.feed(Scope.TODOS)))
    return {_uid(todo).replace(b".todo@", b"@") for todo in todos if _IS_OPEN in todo}


def _items(component: bytes, calendar: bytes) -> Iterator[bytes]:
    """Yield the components of a kind, each from the first line that begins one to the next end."""
    begin, end = b"\r\nBEGIN:%b\r\n" % component, b"\r\nEND:%b\r\n" % component
    at = calendar.find(begin)
    while at >= 0 and (last := calendar.find(end, at)) >= 0:
        yield calendar[at + 2 : last + len(end)]
        at = calendar.find(begin, last + len(end) - 2)


def _uid(item: bytes) -> bytes:
    found = _UID.search(item.replace(b"\r\n ", b""))
    return b"" if found is None else found[1]


def _day(pattern: re.Pattern[bytes], item: bytes, default: dt.date) -> dt.date:
    """Return a day of an item; the default where somebody has spoiled it."""
    found = pattern.search(item)
    try:
        return default if found is None else dt.date.fromisoformat(found[1].decode())
    except ValueError:
        return default


def _is_whole(programme: Published, path: str) -> bool:
    """Whether a calendar says nothing of what is not in it."""
    about = Voice(programme.paths.language).label("feed about")
    return text_line("X-WR-CALDESC", about) in programme.content(path)
