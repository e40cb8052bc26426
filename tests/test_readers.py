"""Every feed of the shipped data is the same calendar to each program that reads it.

icalendar wrote the lines. `ical` (Home Assistant's), vobject (under Radicale) and `ics` are parsers
of their own; one bad item costs the first and the last a whole feed. khal is a calendar that people
use.
"""

import datetime as dt
import functools
import importlib
import importlib.util
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream
from peers import needs, run

from betatech_milestones import Placement, languages_of, load, site

pytestmark = pytest.mark.slow

DAY = dt.timedelta(days=1)
PLACEMENTS = pytest.mark.parametrize("placement", Placement)


@attrs.frozen(kw_only=True)
class Entry:
    """What a reader makes of an item."""

    uid: str
    summary: str
    description: str
    status: str
    first: dt.date | None
    last: dt.date | None
    alarms: tuple[dt.timedelta, ...] = ()


Reader = Callable[[str], Iterator[Entry]]


@functools.cache
def built(placement: Placement) -> dict[str, bytes]:
    """Return the site of the shipped data."""
    address = "https://example.org/feeds/"
    return site(load(), dt.date(2015, 6, 1), placement=placement, address=address)


def read(reader: Reader, placement: Placement, paths: Iterable[str]) -> dict[str, list[Entry]]:
    """Return what a reader makes of feeds, in the order of their UIDs."""
    files = built(placement)
    return {
        path: sorted(reader(files[path].decode()), key=lambda entry: entry.uid) for path in paths
    }


def every_feed(placement: Placement) -> list[str]:
    return [path for path in built(placement) if path.endswith(".ics")]


def whole_feeds(*names: str) -> list[str]:
    return [f"{language}/{name}.ics" for language in languages_of(load()) for name in names]


# --- readers --------------------------------------------------------------------------------------


def icalendar_reads(feed: str) -> Iterator[Entry]:
    calendar = icalendar.Calendar.from_ical(feed)
    assert not any(component.errors for component in calendar.walk())
    items: list[Any] = [*calendar.events, *calendar.todos]
    for item in items:
        days = {name: item[name].dt for name in ("DTSTART", "DTEND", "DUE") if name in item}
        yield Entry(
            uid=str(item["UID"]),
            summary=str(item["SUMMARY"]),
            description=str(item["DESCRIPTION"]),
            status=str(item["STATUS"]),
            first=days.get("DTSTART"),
            last=days["DTEND"] - DAY if "DTEND" in days else days.get("DUE"),
            alarms=tuple(alarm["TRIGGER"].dt for alarm in item.walk("VALARM")),
        )


def ical_reads(feed: str) -> Iterator[Entry]:
    calendar = IcsCalendarStream.calendar_from_ics(feed)
    items: list[Any] = [*calendar.events, *calendar.todos]
    for item in items:
        yield Entry(
            uid=item.uid,
            summary=item.summary,
            description=item.description,
            status=item.status,
            first=item.dtstart,
            last=item.dtend - DAY if hasattr(item, "dtend") else item.due,
            alarms=tuple(alarm.trigger for alarm in getattr(item, "alarm", ())),
        )


def vobject_reads(feed: str) -> Iterator[Entry]:
    needs("vobject")
    calendar = importlib.import_module("vobject").readOne(feed)
    for item in calendar.components():
        said = {line.name: line.value for line in item.lines()}
        yield Entry(
            uid=said["UID"],
            summary=said["SUMMARY"],
            description=said["DESCRIPTION"],
            status=said["STATUS"],
            first=said.get("DTSTART"),
            last=said["DTEND"] - DAY if "DTEND" in said else said.get("DUE"),
            alarms=tuple(alarm.trigger.value for alarm in item.components()),
        )


def ics_reads(feed: str) -> Iterator[Entry]:
    needs("ics")
    calendar = importlib.import_module("ics").Calendar(feed)
    for item in (*calendar.events, *calendar.todos):
        end = item.end.date() - DAY if hasattr(item, "end") else item.due and item.due.date()
        yield Entry(
            uid=item.uid,
            summary=item.name,
            description=item.description,
            status=item.status,
            first=item.begin and item.begin.date(),
            last=end,
            alarms=tuple(alarm.trigger for alarm in item.alarms),
        )


KHAL_SETTINGS = """\
[calendars]
[[here]]
path = {folder}
[locale]
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
[sqlite]
path = {folder}/khal.db
"""
KHAL_FORMAT = "\x1e{uid}\x1f{title}\x1f{description}\x1f{status}\x1f{start-date}\x1f{end-date}\x1f"


def khal_reads(folder: Path) -> Reader:
    settings = folder / "khal.conf"
    settings.write_text(KHAL_SETTINGS.format(folder=folder))

    def reads(feed: str) -> Iterator[Entry]:
        written = folder / "feed.ics"
        written.write_bytes(feed.encode())
        told = run("khal", "--config", settings, "printics", "--format", KHAL_FORMAT, written)
        for event in told.split("\x1e")[1:]:
            uid, summary, description, status, first, last, _ = event.split("\x1f")
            yield Entry(
                uid=uid,
                summary=summary,
                description=description,
                status=status.strip(),
                first=dt.date.fromisoformat(first),
                last=dt.date.fromisoformat(last),
            )

    return reads


# --- what they read -------------------------------------------------------------------------------


@PLACEMENTS
def test_every_item_of_the_index_is_read(placement: Placement) -> None:
    """The index tells of each feed how many items a reader finds there."""
    index = json.loads(built(placement)["feeds.json"])
    found = read(icalendar_reads, placement, every_feed(placement))
    assert {path: len(entries) for path, entries in found.items()} == {
        feed["path"]: feed["items"] for feed in index["feeds"]
    }


@PLACEMENTS
def test_every_milestone_is_read(placement: Placement) -> None:
    """The list of to-dos has each milestone once, the calendar each that stands on a day."""
    ids = {milestone.full_id.replace("/", ".") for milestone in load().milestones}
    for language in languages_of(load()):
        paths = [f"{language}/todo.ics", f"{language}/all.ics"]
        todos, events = read(icalendar_reads, placement, paths).values()
        assert [todo.uid for todo in todos] == sorted(f"{one}.todo@betatech" for one in ids)
        assert {event.uid for event in events} < {f"{one}@betatech" for one in ids}
        assert None not in {event.first for event in events}


@PLACEMENTS
@pytest.mark.parametrize("reader", [ical_reads, vobject_reads])
def test_readers_agree_on_every_feed(reader: Reader, placement: Placement) -> None:
    """Days, texts, statuses and alarms are the same to each of them."""
    paths = every_feed(placement)
    assert read(reader, placement, paths) == read(icalendar_reads, placement, paths)


@PLACEMENTS
def test_the_strictest_reader_agrees(placement: Placement, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for `ics`, on the feeds that hold every item: it needs 4 ms for each."""
    if importlib.util.find_spec("colorama"):  # its parser wraps the output once more each time
        monkeypatch.setattr("colorama.init", lambda: None)
    paths = whole_feeds("all", "todo")
    assert read(ics_reads, placement, paths) == read(icalendar_reads, placement, paths)


@PLACEMENTS
def test_khal_shows_the_same(placement: Placement, tmp_path: Path) -> None:
    """A calendar program shows every event once, on the days and with the words that it has."""
    paths = whole_feeds("all")
    assert read(khal_reads(tmp_path), placement, paths) == read(icalendar_reads, placement, paths)
