"""Who subscribed before an edit has the right calendar after it: nothing doubled, nothing lost.

The site is served over HTTP on this machine. vdirsyncer subscribes to it, and tells items apart by
their content; Radicale is given it, and tells them apart by their UIDs, as calendar programs do.
"""

import base64
import contextlib
import datetime as dt
import functools
import http.client
import http.server
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import icalendar
import pytest
from peers import needs, run
from systems import PATIENCE_SECONDS

from betatech_milestones import loads, publish

pytestmark = pytest.mark.slow

FIRST = """\
[programme]
id = "science"
title = { nl = "Maatregelen", en = "Measures" }
language = "nl"
timezone = "Europe/Amsterdam"
[[source]]
id = "letter"
title = { nl = "Brief", en = "Letter" }
published = 2013-02-26
[[source]]
id = "reply"
title = { nl = "Antwoord", en = "Reply" }
published = 2014-03-01
[[body]]
id = "ocw"
name = { nl = "OCW", en = "Education" }
[[measure]]
id = "plan"
title = { nl = "Plan", en = "Plan" }
bodies = ["ocw"]
source = "letter"

[[measure.milestone]]
id = "alone"
title = { nl = "Met rust gelaten", en = "Left alone" }
kind = "report"
due = "zomer 2016"

[[measure.milestone]]
id = "corrected"
title = { nl = "Besluit", en = "Decision" }
kind = "decision"
due = 2014-06-01
[[measure.milestone.revised]]
due = 2016-06-01
source = "reply"
reason = { nl = "meer tijd nodg" }

[[measure.milestone]]
id = "dropped"
title = { nl = "Fonds", en = "Fund" }
kind = "funding"
due = 2016-01-01

[[measure.milestone]]
id = "met"
title = { nl = "Akkoord", en = "Agreement" }
kind = "agreement"
due = 2014-02-01
met = { on = 2014-02-03, source = "reply" }

[[measure.milestone]]
id = "moved"
title = { nl = "Van kracht", en = "In force" }
kind = "entry-into-force"
due = 2016-08-01

[[measure.milestone]]
id = "named"
title = { nl = "Evaluatie", en = "Evaluation" }
kind = "evaluation"
due = 2017-08-01

[[measure.milestone]]
id = "retitled"
title = { nl = "Start", en = "Start" }
kind = "start"
due = 2016-09-01

[[measure.milestone]]
id = "superseded"
title = { nl = "Regeling", en = "Rules" }
kind = "decision"
due = 2016-11-01

[[measure.milestone]]
id = "told"
title = { nl = "Onderzoek", en = "Study" }
kind = "report"
due = 2016-10-01
"""

DROPPED = """\
due = 2016-01-01
[measure.milestone.dropped]
on = 2014-03-01
source = "reply"
reason = { nl = "Geen geld.", en = "No money." }
"""
MOVED = """\
due = 2016-08-01
[[measure.milestone.revised]]
due = 2018-08-01
source = "reply"
"""
REPLACED = """\
due = 2016-11-01
[measure.milestone.replaced]
by = "plan/moved"
source = "reply"
"""
TOLD = """\
due = 2016-10-01
[[measure.milestone.news]]
on = 2014-04-20
found = "nothing"
by = "redactie"
"""
EDITS = {
    "corrected": ("nodg", "nodig"),
    "dropped": ("due = 2016-01-01\n", DROPPED),
    "moved": ("due = 2016-08-01\n", MOVED),
    "renamed": ('id = "named"', 'id = "renamed"\nformerly = ["named"]'),
    "retitled": ('{ nl = "Start", en = "Start" }', '{ nl = "Begin", en = "Beginning" }'),
    "superseded": ("due = 2016-11-01\n", REPLACED),
    "told": ("due = 2016-10-01\n", TOLD),
}
# A brief event leaves it to its page why something was moved, and that somebody looked in vain.
ON_PAGES = {"corrected", "told"}
# Another id for who answers for all of it changes nothing that a subscriber sees.
RENAMED = {'"ocw"': '"edu"', 'id = "edu"': 'id = "edu"\nformerly = ["ocw"]'}
ADDED = """
[[measure.milestone]]
id = "added"
title = { nl = "Tweede evaluatie", en = "Second evaluation" }
kind = "evaluation"
due = 2020-08-01
source = "reply"
"""


def edited() -> str:
    text = FIRST
    for old, new in EDITS.values():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    for old, new in RENAMED.items():
        text = text.replace(old, new)
    return text + ADDED


DASH = " \u2013 "
# The day of an event, its status, its title before that of its measure, and its SEQUENCE.
BEFORE = {
    "alone": ("2016-08-31", "TENTATIVE", "Met rust gelaten (zomer 2016)", 0),
    "corrected": ("2016-06-01", "CONFIRMED", "Besluit (was 1 juni 2014)", 1),
    "dropped": ("2016-01-01", "CONFIRMED", "Fonds", 0),
    "met": ("2014-02-03", "CONFIRMED", "Akkoord", 1),
    "moved": ("2016-08-01", "CONFIRMED", "Van kracht", 0),
    "named": ("2017-08-01", "CONFIRMED", "Evaluatie", 0),
    "retitled": ("2016-09-01", "CONFIRMED", "Start", 0),
    "superseded": ("2016-11-01", "CONFIRMED", "Regeling", 0),
    "told": ("2016-10-01", "CONFIRMED", "Onderzoek", 0),
}
AFTER = {
    "added": ("2020-08-01", "CONFIRMED", "Tweede evaluatie", 0),
    "alone": ("2016-08-31", "TENTATIVE", "Met rust gelaten (zomer 2016)", 0),
    "corrected": ("2016-06-01", "CONFIRMED", "Besluit (was 1 juni 2014)", 2),
    "dropped": ("2016-01-01", "CANCELLED", "Vervallen: Fonds", 1),
    "met": ("2014-02-03", "CONFIRMED", "Akkoord", 1),
    "moved": ("2018-08-01", "CONFIRMED", "Van kracht (was 1 augustus 2016)", 1),
    "renamed": ("2017-08-01", "CONFIRMED", "Evaluatie", 1),
    "retitled": ("2016-09-01", "CONFIRMED", "Begin", 1),
    "superseded": ("2016-11-01", "CONFIRMED", "Vervangen: Regeling", 1),
    "told": ("2016-10-01", "CONFIRMED", "Onderzoek", 1),
}
FEEDS = ("nl/all.ics", "en/alarm.ics", "nl/todo.ics", "nl/body-ocw.ics")


@attrs.frozen(kw_only=True)
class Item:
    """An item as a subscriber holds it."""

    name: str
    """What the subscriber's own program calls it."""
    text: str

    @property
    def read(self) -> Any:
        calendar = icalendar.Calendar.from_ical(self.text)
        items: list[Any] = [*calendar.events, *calendar.todos]
        (item,) = items
        return item

    @property
    def milestone(self) -> str:
        """Its id: the end of the description, be that its full id or its place on a page."""
        return re.split("[/#]", str(self.read["DESCRIPTION"]))[-1]

    @property
    def shown(self) -> tuple[str, str, str, int]:
        read = self.read
        title, measure = str(read["SUMMARY"]).split(DASH)
        assert measure == "Plan"
        return str(read.DTSTART), str(read["STATUS"]), title, int(read["SEQUENCE"])


def by_milestone(items: list[Item]) -> dict[str, Item]:
    """Return items by the id of their milestone, each of which is there once."""
    found = {item.milestone: item for item in items}
    assert len(found) == len(items)
    return found


def edits_in(address: str | None) -> set[str]:
    """Return which milestones subscribers see edited, where there are pages and where not."""
    return {*EDITS} - (ON_PAGES if address is not None else set())


def assert_followed(
    feed: str, items_before: list[Item], items_after: list[Item], edits: set[str]
) -> None:
    """See that a subscriber has every edit, and that nothing else moved."""
    before, after = by_milestone(items_before), by_milestone(items_after)
    assert before.keys() == BEFORE.keys()
    assert after.keys() == AFTER.keys()
    if feed == "nl/all.ics":
        assert {name: item.shown for name, item in before.items()} == BEFORE
        unseen = {name: BEFORE[name] for name in {*EDITS} - edits}
        assert {name: item.shown for name, item in after.items()} == {**AFTER, **unseen}
    for name in before.keys() & after.keys() - edits:
        assert before[name] == after[name]
    for name in edits:
        old, new = before[{"renamed": "named"}.get(name, name)].read, after[name].read
        assert new["SEQUENCE"] > old["SEQUENCE"], name
        for stamp in ("LAST-MODIFIED", "DTSTAMP"):
            assert new[stamp].dt > old[stamp].dt, name
        assert new["CREATED"] == old["CREATED"], name


# --- the site -------------------------------------------------------------------------------------


ADDRESSES = {"without pages": None, "with pages": "https://example.org/plans/"}


def publish_first(folder: Path, address: str | None = None) -> None:
    publish(loads(FIRST), dt.date(2014, 4, 1), folder, address=address)


def publish_edited(folder: Path, day: int = 1, address: str | None = None) -> None:
    publish(loads(edited()), dt.date(2014, 5, day), folder, address=address)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Leave the output to the tests."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve a folder on this machine, and give the port."""
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@attrs.frozen
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(
    port: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Answer:
    """Return what a server on this machine answers."""
    with contextlib.closing(
        http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    ) as server:
        server.request(method, path, body, headers or {})
        answer = server.getresponse()
        return Answer(answer.status, dict(answer.getheaders()), answer.read())


def test_what_did_not_change_is_not_sent_again(tmp_path: Path) -> None:
    """After an edit a web server sends only the feeds that have it; the others are as they were."""
    site = tmp_path / "site"
    publish_first(site)
    with served(site) as port:
        feeds = [f"/{path.relative_to(site)}" for path in sorted(site.glob("*/*.ics"))]
        for path in site.rglob("*.ics"):
            os.utime(path, (1_400_000_000, 1_400_000_000))  # web servers count in seconds
        first = {feed: ask(port, "GET", feed) for feed in feeds}
        assert {answer.status for answer in first.values()} == {200}
        assert {answer.headers["Content-type"] for answer in first.values()} == {"text/calendar"}

        def again(feed: str) -> int:
            since = {"If-Modified-Since": first[feed].headers["Last-Modified"]}
            return ask(port, "GET", feed, headers=since).status

        publish(loads(FIRST), dt.date(2014, 4, 2), site)
        assert {again(feed) for feed in feeds} == {304}
        publish_edited(site)
        empty = {"/nl/deadlines.ics", "/en/deadlines.ics"}
        assert {feed for feed in feeds if again(feed) == 304} == empty
        assert {again(feed) for feed in {*feeds} - empty} == {200}


# --- subscribers ----------------------------------------------------------------------------------

VDIRSYNCER_SETTINGS = """\
[general]
status_path = "{folder}/status"
"""
VDIRSYNCER_FEED = """\
[pair {name}]
a = "{name}_web"
b = "{name}_disk"
collections = null
conflict_resolution = "a wins"
partial_sync = "revert"
[storage {name}_web]
type = "http"
url = "http://127.0.0.1:{port}/{feed}"
[storage {name}_disk]
type = "filesystem"
path = "{folder}/{name}"
fileext = ".ics"
"""


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_vdirsyncer_follows_an_edit(address: str | None, tmp_path: Path) -> None:
    """A subscription has each milestone once, where it now stands; other files stay untouched."""
    site, folder = tmp_path / "site", tmp_path / "subscriber"
    settings = folder / "settings"
    names = {feed: Path(feed).stem.replace("-", "_") for feed in FEEDS}

    def synchronised() -> dict[str, dict[Item, int]]:
        """Synchronise, and return each item with the time at which its file was written."""
        run("vdirsyncer", "--config", settings, "sync")
        return {
            feed: {
                Item(name=file.name, text=file.read_text(encoding="utf-8")): file.stat().st_mtime_ns
                for file in (folder / name).iterdir()
            }
            for feed, name in names.items()
        }

    publish_first(site, address)
    with served(site) as port:
        told = [VDIRSYNCER_SETTINGS.format(folder=folder)]
        for feed, name in names.items():
            (folder / name).mkdir(parents=True)
            told.append(VDIRSYNCER_FEED.format(folder=folder, name=name, port=port, feed=feed))
        settings.write_text("".join(told))
        run("vdirsyncer", "--config", settings, "discover")
        before = synchronised()
        publish_edited(site, address=address)
        after = synchronised()
        publish_edited(site, day=2, address=address)
        assert synchronised() == after
    for feed in FEEDS:
        assert_followed(feed, [*before[feed]], [*after[feed]], edits_in(address))
        kept = before[feed].keys() & after[feed].keys()
        assert {item.milestone for item in kept} == {"alone", "met"} | {*EDITS} - edits_in(address)
        assert {before[feed][item] for item in kept} == {after[feed][item] for item in kept}


RADICALE_SETTINGS = """\
[auth]
type = none
[rights]
type = owner_only
[storage]
filesystem_folder = {folder}
"""
RADICALE = """\
import wsgiref.simple_server, radicale
with wsgiref.simple_server.make_server("127.0.0.1", 0, radicale.application) as server:
    print(server.server_port, flush=True)
    server.serve_forever()
"""
ETAGS = b'<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
SOMEBODY = {"Authorization": f"Basic {base64.b64encode(b'somebody:').decode()}"}


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a calendar server that holds nothing yet."""
    needs("radicale")
    folder = tmp_path_factory.mktemp("radicale")
    settings = folder / "settings"
    settings.write_text(RADICALE_SETTINGS.format(folder=folder / "calendars"))
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-c", RADICALE],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
            env={**os.environ, "RADICALE_CONFIG": str(settings)},
        ) as server,
    ):
        try:
            assert server.stdout is not None
            late = threading.Timer(PATIENCE_SECONDS, server.kill)
            late.start()
            told = server.stdout.readline()
            late.cancel()
            assert told, (folder / "log").read_text()
            yield int(told)
        finally:
            server.kill()


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
@pytest.mark.parametrize("feed", FEEDS)
def test_radicale_follows_an_edit(
    feed: str, address: str | None, radicale: int, tmp_path: Path
) -> None:
    """A calendar server keeps the name of every item, and the ETag of each that was not edited."""
    site = tmp_path / "site"
    calendar = f"/somebody/{Path(feed).stem}-{'alone' if address is None else 'pages'}/"

    def uploaded() -> tuple[dict[str, str], list[Item]]:
        """Give the server the feed, and return the ETags and the items that it then has."""
        put = {**SOMEBODY, "Content-Type": "text/calendar; charset=utf-8"}
        assert ask(radicale, "PUT", calendar, ask(port, "GET", f"/{feed}").body, put).status == 201
        answer = ask(radicale, "PROPFIND", calendar, ETAGS, {**SOMEBODY, "Depth": "1"})
        found = ET.fromstring(answer.body).iterfind("{DAV:}response")  # noqa: S314  our own server
        etags = {
            one.findtext("{DAV:}href", ""): one.findtext(".//{DAV:}getetag", "") for one in found
        }
        etags.pop(calendar)
        items = [
            Item(name=path, text=ask(radicale, "GET", path, headers=SOMEBODY).body.decode())
            for path in etags
        ]
        return etags, items

    publish_first(site, address)
    with served(site) as port:
        etags_before, before = uploaded()
        publish_edited(site, address=address)
        etags_after, after = uploaded()
        publish_edited(site, day=2, address=address)
        assert uploaded()[0] == etags_after
    assert_followed(feed, before, after, edits_in(address))
    assert etags_before.keys() < etags_after.keys()
    changed = {path for path in etags_before if etags_before[path] != etags_after[path]}
    assert {item.milestone for item in after if item.name in changed} == edits_in(address)
