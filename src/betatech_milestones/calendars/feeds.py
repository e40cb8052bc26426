"""A programme as iCalendar feeds (RFC 5545 and RFC 7986), for who subscribes rather than asks.

A feed is a function of the data file, the language, the address of the site, the editions published
before and, where it is too large to have everything, the year: the same input gives the same bytes
on any day and any machine, so a subscriber sees a change only where there is one.
"""

import datetime as dt
import enum
import functools
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from betatech_milestones.analysis.editions import State
from betatech_milestones.calendars.items import Component, Item, Placement, items
from betatech_milestones.calendars.lines import address_line, clean_line, text_line
from betatech_milestones.calendars.windows import (
    ROOM_OF_YEAR,
    Window,
    size,
    size_with_alarm,
    window,
)
from betatech_milestones.model import rules, values
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.records import Measure, Milestone, Programme, usual_commitment
from betatech_milestones.model.vocabulary import Commitment
from betatech_milestones.voice import Voice, capital, languages_of
from betatech_milestones.voice.paths import Paths

ALARM_DAYS = 14
"""How long before an event the alarm of the feed with alarms goes off."""


class Client(enum.StrEnum):
    """A way to subscribe to a feed, each with an address of its own."""

    WEBCAL = "webcal"
    """Opens the calendar program of the reader: Apple's, Thunderbird, and most others."""
    GOOGLE = "google"
    OUTLOOK = "outlook"
    OUTLOOK_AT_WORK = "outlook-work"


class Scope(enum.StrEnum):
    """Which milestones a feed has, and as what."""

    ALL = "all"
    DEADLINES = "deadlines"
    """What is promised or planned "by" a day ("uiterlijk"), or fixed; not what is aimed at."""
    TODOS = "todo"
    ALARMS = "alarm"
    YEAR = "year"
    """What is dated in a year, where `all` has no room for everything."""
    CLUSTER = "cluster"
    SECTOR = "sector"
    BODY = "body"
    MEASURE = "measure"

    @property
    def clients(self) -> tuple[Client, ...]:
        """Who shows what such a feed has: Google and Outlook know no to-dos and no alarms."""
        return (Client.WEBCAL,) if self in {Scope.TODOS, Scope.ALARMS} else (*Client,)


@attrs.frozen(kw_only=True, slots=False)  # a cached property needs room
class Feed:
    """One calendar to subscribe to; it is written when its content is asked for."""

    path: str
    """Where it is published, from the root of the site: `nl/sector-mbo.ics`."""
    language: str
    scope: Scope
    of: str | None
    """The id of its cluster, sector, body or measure; or its year: `2014`, `2014-cluster-x`."""
    title: str
    items: int
    left_out: int = 0
    """How many items there was no room for: all of them are in the feeds by year."""
    since: dt.date | None = None
    """What ended before is left out for want of room; None: nothing is."""
    first: dt.date | None = None
    """For want of room, nothing of an earlier day is there."""
    last: dt.date | None = None
    """For want of room, nothing of a later day is there."""
    note: str = ""
    """What it tells its readers of all that, in their language; empty where it is whole."""
    inputs: str = attrs.field(default="", repr=False)
    """A digest of what it is made of: of the same this version of the program makes the same."""
    _write: Callable[[], bytes] = attrs.field(default=bytes, eq=False, repr=False)

    @property
    def content(self) -> bytes:
        """The calendar itself, written anew each time: all of them together take a lot of room."""
        return self._write()


def feed(
    programme: Programme,
    *,
    language: str | None = None,
    component: Component | str = Component.EVENT,
    placement: Placement | str = Placement.DEADLINE,
    alarm_days: int | None = None,
    address: str | None = None,
) -> bytes:
    """Return one calendar of every milestone of a programme (narrow it with `Programme.only`).

    Without a language it speaks the programme's own. `address` is where the feed will be published,
    in ASCII. Events need a date, to-dos do not; to-dos have no placement, since they have a start
    and an end of their own, and no alarms. Raises `BadValue` for what is no component, placement or
    address.

    >>> from betatech_milestones import load_example
    >>> feed(load_example(), language="en").splitlines()[0]
    b'BEGIN:VCALENDAR'
    """
    voice = Voice(language or programme.language)
    found = items(
        programme,
        voice,
        [values.word(component, Component)],
        placement=values.word(placement, Placement),
        alarm_days=alarm_days,
    )
    address = None if address is None else values.url(address)
    texts = (item.text_with_alarm for item in found)
    return calendar(voice.text(programme.title), "", voice, address, texts)


def feeds(
    programme: Programme,
    *,
    languages: Collection[str] | None = None,
    placement: Placement | str = Placement.DEADLINE,
    since: dt.date | str | None = None,
    address: str | None = None,
    before: State | None = None,
    day: dt.date | str | None = None,
) -> tuple[Feed, ...]:
    """Return every calendar that a subscriber may want.

    For each of the `languages`, which are those of the programme if none are given: everything, the
    deadlines, to-dos, events with alarms, and one for each cluster, sector, body and measure. What
    ended before `since` is left out. `address` is where the site is published, in ASCII and with a
    slash at its end: items then lead to its pages. What was published `before` goes on from its
    stamps, and what changed since is dated `day`, which then has to be given.

    By the year of the `day`, a feed of over 500 kB has only what is open and what ended since the
    year before, as far as there is room, and feeds by year have the rest; without a day, and for a
    measure, a feed is whole. Raises `BadValue` for what is no placement, day or address.

    >>> from betatech_milestones import load_example
    >>> [feed.path for feed in feeds(load_example(), languages=["nl"])][:4]
    ['nl/all.ics', 'nl/deadlines.ics', 'nl/todo.ics', 'nl/alarm.ics']
    """
    if before is not None and day is None:
        message = "what changed since the state before is dated; give a day"
        raise BadValue(rules.MISSING_KEY, message)
    day = None if day is None else a_day(day)
    address = None if address is None else values.url(address)
    return tuple(
        feed
        for language in (languages_of(programme) if languages is None else languages)
        for feed in feeds_of(
            programme,
            language,
            items_of(
                programme,
                language,
                placement=values.word(placement, Placement),
                before=before,
                day=day or dt.date.min,
                address=address,
            ),
            since=None if since is None else a_day(since),
            address=address,
            day=day,
        )
    )


def items_of(
    programme: Programme,
    language: str,
    *,
    placement: Placement,
    before: State | None,
    day: dt.date,
    address: str | None = None,
    known: Container[str] = (),
) -> Iterator[Item]:
    """Yield all that the feeds of one language are made of; what is `known` as `items` has it."""
    return items(
        programme,
        Voice(language),
        tuple(Component),
        placement=placement,
        alarm_days=ALARM_DAYS,
        before=before,
        day=day,
        address=address,
        known=known,
    )


def feeds_of(
    programme: Programme,
    language: str,
    found: Iterable[Item],
    *,
    since: dt.date | None,
    address: str | None,
    day: dt.date | None = None,
) -> Iterator[Feed]:
    """Yield the feeds of one language from items that are in order; each is written once.

    The editions of all items are asked for before the first feed, and nothing else of them: their
    sizes tell whether a feed has room for them in the year of the `day`.
    """
    voice = Voice(language)
    making = _Making(voice=voice, paths=Paths.of(programme, language), address=address)
    measures = {measure.id: measure for measure in programme.measures}
    parts: defaultdict[tuple[Scope, str | None], list[Item]] = defaultdict(list)
    for item in found:
        if since is None or item.end is None or item.end >= since:
            for home in _homes(item, measures):
                parts[home].append(item)

    def within(scope: Scope, of: str | None) -> Window[Item]:
        if day is None or scope is Scope.MEASURE:
            return Window(items=parts[scope, of])
        octets = size_with_alarm if scope is Scope.ALARMS else size
        return window(parts[scope, of], day.year, octets)

    by_year = within(Scope.ALL, None).since is not None
    for scope, of, title in _titles(programme, voice):
        shown = within(scope, of)
        yield making.feed(scope, of, title, shown, note_of(shown, voice, by_year=by_year))
        if scope is Scope.ALARMS and by_year:
            yield from _by_year(programme, making, parts[Scope.ALL, None], measures)


def _by_year(
    programme: Programme,
    making: "_Making",
    found: Iterable[Item],
    measures: Mapping[str, Measure],
) -> Iterator[Feed]:
    """Yield a feed for each year; one that is too large is parted by cluster."""
    voice, whole = making.voice, making.voice.text(programme.title)
    titles = {cluster.id: capital(voice.text(cluster.title)) for cluster in programme.clusters}
    years: defaultdict[int, list[Item]] = defaultdict(list)
    for one in found:
        assert one.day is not None, "an event has one"
        years[one.day.year].append(one)
    for year, events in sorted(years.items()):
        if sum(map(size, events)) <= ROOM_OF_YEAR:
            parts: Mapping[str | None, Sequence[Item]] = {None: events}
        else:
            parts = _by_cluster(events, titles.keys(), measures)
        for cluster in filter(parts.__contains__, (None, *titles)):
            is_rest = cluster is None and len(parts) > 1
            yield making.feed(
                Scope.YEAR,
                f"{year:04}" if cluster is None else f"{year:04}-cluster-{cluster}",
                part_title(str(year) if cluster is None else f"{titles[cluster]} {year}", whole),
                Window(items=parts[cluster]),
                voice.label("feed no cluster") if is_rest else "",
            )


def _by_cluster(
    found: Iterable[Item], clusters: Collection[str], measures: Mapping[str, Measure]
) -> Mapping[str | None, Sequence[Item]]:
    """Return what is shown in each cluster, and what is shown in none."""
    parts: defaultdict[str | None, list[Item]] = defaultdict(list)
    for one in found:
        shown_in = (measure.cluster for measure in _measures(one.milestone, measures))
        ids = {cluster.id for cluster in shown_in if cluster is not None}
        for cluster in ids.intersection(clusters) or (None,):
            parts[cluster].append(one)
    return parts


def note_of(shown: Window[Any], voice: Voice, *, by_year: bool) -> str:
    """Return what a feed tells of what is not in it."""
    if shown.since is None:
        return ""
    told = [voice.label("feed recent", since=voice.day(shown.since))]
    if shown.is_full:
        told.append(voice.label("feed room"))
    if shown.first is not None:
        told.append(voice.label("feed not before", first=voice.day(shown.first)))
    if shown.last is not None:
        told.append(voice.label("feed not after", last=voice.day(shown.last)))
    if by_year:
        told.append(voice.label("feed by year"))
    return " ".join(told)


@attrs.frozen(kw_only=True)
class _Making:
    """What all feeds of one language have in common."""

    voice: Voice
    paths: Paths
    address: str | None

    def feed(
        self, scope: Scope, of: str | None, title: str, shown: Window[Item], note: str
    ) -> Feed:
        """Return a feed, which is written later."""
        path = self.paths.feed(Scope.ALL if scope is Scope.YEAR else scope, of)
        address = None if self.address is None else self.address + path
        found = shown.items
        head = repr((title, note, self.voice.language, address, scope))
        editions = "".join([item.version for item in found])
        return Feed(
            path=path,
            language=self.voice.language,
            scope=scope,
            of=of,
            title=title,
            items=len(found),
            left_out=shown.left_out,
            since=shown.since,
            first=shown.first,
            last=shown.last,
            note=note,
            inputs=hashlib.sha256(f"{head}{editions}".encode(errors="replace")).hexdigest(),
            write=functools.partial(self._written, title, note, address, scope, found),
        )

    def _written(
        self, title: str, note: str, address: str | None, scope: Scope, found: Iterable[Item]
    ) -> bytes:
        with_alarms = scope is Scope.ALARMS
        texts = (item.text_with_alarm if with_alarms else item.text for item in found)
        return calendar(title, note, self.voice, address, texts)


def _homes(item: Item, measures: Mapping[str, Measure]) -> Iterable[tuple[Scope, str | None]]:
    """Return the feeds that an item belongs to, each once."""
    if item.component is Component.TODO:
        return ((Scope.TODOS, None),)
    milestone = item.milestone
    homes: list[tuple[Scope, str | None]] = [(Scope.ALL, None), (Scope.ALARMS, None)]
    if _is_promised_by_a_day(milestone):
        homes.append((Scope.DEADLINES, None))
    for measure in _measures(milestone, measures):
        if measure.cluster is not None:
            homes.append((Scope.CLUSTER, measure.cluster.id))
        homes.extend((Scope.SECTOR, sector.id) for sector in measure.sectors)
        homes.append((Scope.MEASURE, measure.lifelong_id))
    homes.extend((Scope.BODY, body.lifelong_id) for body in milestone.bodies)
    return dict.fromkeys(homes)


def _measures(milestone: Milestone, measures: Mapping[str, Measure]) -> tuple[Measure, ...]:
    """Return the measures that a milestone is a part of."""
    if not milestone.also:
        return (milestone.measure,)
    others = (measures[other] for other in milestone.also if other in measures)
    return (milestone.measure, *others)


def _is_promised_by_a_day(milestone: Milestone) -> bool:
    """Say whether it has a deadline: what is planned has where its date is a limit, "uiterlijk".

    An aim or a forecast by a day promises nothing.
    """
    if milestone.commitment in {Commitment.DEADLINE, Commitment.FIXED}:
        return True
    due = milestone.in_force
    return (
        milestone.commitment is Commitment.PLANNED
        and due is not None
        and usual_commitment(due) is Commitment.DEADLINE
    )


def _titles(programme: Programme, voice: Voice) -> Iterator[tuple[Scope, str | None, str]]:
    """Yield the feeds of a programme with their titles, the part before the whole.

    A list of calendars shows the beginning of a title only.
    """
    whole = voice.text(programme.title)
    yield Scope.ALL, None, whole
    for scope in (Scope.DEADLINES, Scope.TODOS, Scope.ALARMS):
        yield scope, None, voice.label(f"feed {scope}", title=whole)
    parts = (
        (Scope.CLUSTER, [(cluster.id, cluster.title) for cluster in programme.clusters]),
        (Scope.SECTOR, [(sector.id, sector.title) for sector in programme.sectors]),
        (Scope.BODY, [(body.lifelong_id, body.name) for body in programme.bodies]),
        (Scope.MEASURE, [(measure.lifelong_id, measure.title) for measure in programme.measures]),
    )
    for scope, titles in parts:
        for of, title in titles:
            yield scope, of, part_title(capital(voice.text(title)), whole)


def part_title(part: str, whole: str) -> str:
    return f"{part} – {whole}"  # noqa: RUF001  a dash


def calendar(
    title: str, note: str, voice: Voice, address: str | None, texts: Iterable[bytes]
) -> bytes:
    """Return the text of a calendar around items that are in order.

    It has no METHOD, which would ask for an ORGANIZER (RFC 5546, 3.2.1), and no UID, which some
    readers take for that of its events.
    """
    name = clean_line(title)
    return b"".join(
        [
            _begin(voice, note),
            text_line("NAME", name),
            text_line("X-WR-CALNAME", name),
            b"COLOR:steelblue\r\n",  # a CSS name: RFC 7986 has no hexadecimal colours
            b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n",
            b"" if address is None else address_line("SOURCE;VALUE=URI", address),
            b"X-PUBLISHED-TTL:PT12H\r\n",
            *texts,
            b"END:VCALENDAR\r\n",
        ]
    )


@functools.lru_cache
def _begin(voice: Voice, note: str) -> bytes:
    about = " ".join(filter(None, (voice.label("feed about"), note)))
    return b"".join(
        [
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            text_line("PRODID", f"-//betatech-milestones//feed//{voice.spoken.upper()}"),
            text_line("DESCRIPTION", about),
            text_line("X-WR-CALDESC", about),
        ]
    )
