"""A programme as iCalendar feeds (RFC 5545 and RFC 7986), for who subscribes rather than asks.

A feed is a function of the data file, the language and the editions published before: the same
input gives the same bytes on any day and any machine, so a subscriber sees a change only where
there is one.
"""

import datetime as dt
import enum
import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

import attrs
from icalendar import vText, vUri

from betatech_milestones.analysis.editions import State
from betatech_milestones.calendars.items import (
    Component,
    Item,
    Placement,
    Text,
    clean_line,
    date_of_event,
    items,
    line,
)
from betatech_milestones.model import rules, values
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.records import Measure, Programme
from betatech_milestones.model.vocabulary import Commitment
from betatech_milestones.voice import Voice, capital, languages_of

ALARM_DAYS = 14
"""How long before an event the alarm of the feed with alarms goes off."""


class Scope(enum.StrEnum):
    """Which milestones a feed has, and as what."""

    ALL = "all"
    DEADLINES = "deadlines"
    """What was promised as a deadline ("uiterlijk") or is fixed, not planned or aimed at."""
    TODOS = "todo"
    ALARMS = "alarm"
    CLUSTER = "cluster"
    SECTOR = "sector"
    BODY = "body"
    MEASURE = "measure"


@attrs.frozen(kw_only=True)
class Feed:
    """One calendar to subscribe to."""

    path: str
    """Where it is published, from the root of the site: `nl/sector-mbo.ics`."""
    language: str
    scope: Scope
    of: str | None
    """The id of its cluster, sector, body or measure."""
    title: str
    items: int
    content: bytes = attrs.field(repr=False)


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
    return _calendar(voice.text(programme.title), voice, address, texts)


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
    ended before `since` is left out. `address` is where the
    site is published, in ASCII and with a slash at its end. What was published `before` goes on
    from its stamps, and what changed since is dated `day`, which then has to be given. Raises
    `BadValue` for what is no placement, day or address.

    >>> from betatech_milestones import load_example
    >>> [feed.path for feed in feeds(load_example(), languages=["nl"])][:4]
    ['nl/all.ics', 'nl/deadlines.ics', 'nl/todo.ics', 'nl/alarm.ics']
    """
    if before is not None and day is None:
        message = "what changed since the state before is dated; give a day"
        raise BadValue(rules.MISSING_KEY, message)
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
                day=dt.date.min if day is None else a_day(day),
            ),
            since=None if since is None else a_day(since),
            address=None if address is None else values.url(address),
        )
    )


def items_of(
    programme: Programme,
    language: str,
    *,
    placement: Placement,
    before: State | None,
    day: dt.date,
) -> Iterator[Item]:
    """Yield all that the feeds of one language are made of."""
    return items(
        programme,
        Voice(language),
        tuple(Component),
        placement=placement,
        alarm_days=ALARM_DAYS,
        before=before,
        day=day,
    )


def feeds_of(
    programme: Programme,
    language: str,
    found: Iterable[Item],
    *,
    since: dt.date | None,
    address: str | None,
) -> Iterator[Feed]:
    """Yield the feeds of one language from items that are in order; each is written once."""
    voice = Voice(language)
    texts: defaultdict[tuple[Scope, str | None], list[bytes]] = defaultdict(list)
    measures = {measure.id: measure for measure in programme.measures}
    for item in found:
        if since is None or not _ended_before(item, since):
            for part in _parts(item, measures):
                text = item.text_with_alarm if part[0] is Scope.ALARMS else item.text
                texts[part].append(text)
    for scope, of, title in _titles(programme, voice):
        path = f"{language}/{'-'.join(filter(None, (scope, of)))}.ics"
        written = texts[scope, of]
        yield Feed(
            path=path,
            language=language,
            scope=scope,
            of=of,
            title=title,
            items=len(written),
            content=_calendar(title, voice, None if address is None else address + path, written),
        )


def _ended_before(item: Item, day: dt.date) -> bool:
    date, outcome = date_of_event(item.milestone), item.milestone.outcome
    if outcome is None or max(outcome.known_from, outcome.certain_from) >= day:
        return False
    return date is None or date.latest is None or date.latest < day


def _parts(item: Item, measures: Mapping[str, Measure]) -> Iterable[tuple[Scope, str | None]]:
    """Return the feeds that an item belongs to, each once."""
    return dict.fromkeys(_homes(item, measures))


def _homes(item: Item, measures: Mapping[str, Measure]) -> Iterator[tuple[Scope, str | None]]:
    if item.component is Component.TODO:
        yield Scope.TODOS, None
        return
    milestone = item.milestone
    yield Scope.ALL, None
    yield Scope.ALARMS, None
    if milestone.commitment in {Commitment.DEADLINE, Commitment.FIXED}:
        yield Scope.DEADLINES, None
    for measure in (
        milestone.measure,
        *(measures[other] for other in milestone.also if other in measures),
    ):
        if measure.cluster is not None:
            yield Scope.CLUSTER, measure.cluster.id
        for sector in measure.sectors:
            yield Scope.SECTOR, sector.id
        yield Scope.MEASURE, measure.lifelong_id
    for body in milestone.bodies:
        yield Scope.BODY, body.lifelong_id


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
            yield scope, of, f"{capital(voice.text(title))} – {whole}"  # noqa: RUF001  a dash


def _calendar(title: str, voice: Voice, address: str | None, texts: Iterable[bytes]) -> bytes:
    """Return the text of a calendar around items that are in order.

    It has no METHOD, which would ask for an ORGANIZER (RFC 5546, 3.2.1), and no UID, which some
    readers take for that of its events.
    """
    name = Text(clean_line(title))
    return b"".join(
        [
            _begin(voice),
            line("NAME", name),
            line("X-WR-CALNAME", name),
            b"COLOR:steelblue\r\n",  # a CSS name: RFC 7986 has no hexadecimal colours
            b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n",
            b"" if address is None else line("SOURCE", vUri(address, params={"VALUE": "URI"})),
            b"X-PUBLISHED-TTL:PT12H\r\n",
            *texts,
            b"END:VCALENDAR\r\n",
        ]
    )


@functools.lru_cache
def _begin(voice: Voice) -> bytes:
    about = vText(voice.label("feed about"))
    return b"".join(
        [
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            line("PRODID", vText(f"-//betatech-milestones//feed//{voice.spoken.upper()}")),
            line("DESCRIPTION", about),
            line("X-WR-CALDESC", about),
        ]
    )
