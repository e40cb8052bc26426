"""`serve` shows a file while it is edited: what is asked for is made, and nothing is written."""

import base64
import contextlib
import datetime as dt
import gzip
import hashlib
import html
import http.client
import io
import itertools
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, NoReturn

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, changed
from systems import PATIENCE_SECONDS, posix

from betatech_milestones import loads, read_state, site
from betatech_milestones.cli import main
from betatech_milestones.website.answers import answer, path_of
from betatech_milestones.website.demand import Files, Given, nothing, on_demand
from betatech_milestones.website.live import CHANGES, notice
from betatech_milestones.website.serve import (
    CannotListen,
    Original,
    Place,
    Shown,
    _contents,
    _why_not,
    serve,
)

# Who is asked to stop may be reading, and closes nothing any more.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

DAY = dt.date(2016, 1, 1)
SCIENCE = loads(PROGRAMME, path="data.toml")
RETITLED = changed('"Van kracht"', '"In werking"')
RETITLED_AGAIN = changed('"Van kracht"', '"Werkt"')
BROKEN = changed("due = 2014-08-01", 'due = "some day"')
MOMENT = dt.datetime(2016, 1, 1, 12, 30, 15, tzinfo=dt.UTC)


def wait_for(true: Callable[[], bool]) -> None:
    """Wait until something holds, and no longer than that takes."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


@attrs.frozen(kw_only=True)
class Showing:
    """A file that is being shown, in a thread of the test."""

    file: Path
    place: Place
    told: "queue.Queue[Shown]"
    days: list[dt.date]

    @property
    def port(self) -> int:
        return int(self.place.address.rstrip("/").rpartition(":")[2])

    def write(self, text: str) -> Shown:
        """Put a text in place of the file as editors do, and return what is shown then."""
        beside = self.file.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.file)
        return self.next()

    def next(self) -> Shown:
        return self.told.get(timeout=PATIENCE_SECONDS)

    def ask(
        self, target: str, method: str = "GET", **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Send one request as it is, and return what came."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        with contextlib.closing(connection):
            connection.request(method, target, headers=names)
            response = connection.getresponse()
            return response, response.read()

    def get(self, target: str) -> bytes:
        response, content = self.ask(target)
        assert response.status == 200
        return content

    @contextlib.contextmanager
    def hearing(self) -> Iterator[Callable[[], str]]:
        """Listen to changes, as a page does; each call waits for the next name."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        with contextlib.closing(connection):
            connection.request("GET", f"/{CHANGES}")
            response = connection.getresponse()
            assert response.headers["Content-Type"] == "text/event-stream"

            def heard() -> str:
                while not (line := response.readline()).startswith(b"data: "):
                    assert line  # it goes on
                return line.decode().removeprefix("data: ").strip()

            yield heard


def stamp(file: Path) -> object:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@contextlib.contextmanager
def showing(
    folder: Path,
    text: str = PROGRAMME,
    *,
    host: str = "127.0.0.1",
    clock: Callable[[], dt.datetime] = lambda: MOMENT,
) -> Iterator[Showing]:
    """Show a text as a file in a folder, until the end of the test."""
    file = folder / "data.toml"
    file.write_text(text, encoding="utf-8")
    days, stop = [DAY], threading.Event()
    ready: queue.Queue[Place] = queue.Queue()
    told: queue.Queue[Shown] = queue.Queue()
    original = Original(
        stamp=partial(stamp, file),
        read=file.read_bytes,
        load=partial(loads, path="data.toml"),
        why=lambda error: f"cannot read data.toml: {error.strerror}",
    )
    thread = threading.Thread(
        target=serve,
        kwargs={
            "original": original,
            "host": host,
            "port": 0,
            "day": lambda _: days[0],
            "clock": clock,
            "ready": ready.put,
            "told": lambda shown, _: told.put(shown),
            "stop": stop,
        },
    )
    thread.start()
    try:
        place = ready.get(timeout=PATIENCE_SECONDS)
        yield Showing(file=file, place=place, told=told, days=days)
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Showing]:
    """The shared programme, shown on `DAY`."""
    with showing(tmp_path) as it:
        assert it.next().problems == ()
        yield it


def published(text: str = PROGRAMME, day: dt.date = DAY, **options: Any) -> dict[str, bytes]:
    return site(loads(text, path="data.toml"), day, **options)


# --- what is shown --------------------------------------------------------------------------------

TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".db": "application/vnd.sqlite3",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".svg": "image/svg+xml",
}


def test_every_file_is_shown_as_it_would_be_published(shown: Showing) -> None:
    """Byte for byte, and as what it is; a page alone has something added, the state is kept."""
    files = published()
    del files["state.json"], files["parts.json"]
    for path, content in files.items():
        response, got = shown.ask(f"/{path}")
        assert response.status == 200
        assert response.headers["Content-Type"] == TYPES[Path(path).suffix]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        if path.endswith(".html"):
            got = without_additions(got, policy_of(content))
        assert got == content
    assert {Path(path).suffix for path in files} == TYPES.keys()


def test_what_is_packed_already_is_not_packed_again() -> None:
    """A client would unpack it once only."""
    packed = answer("nl/milestones.csv.gz", b"x" * 5000, accept_encoding="gzip")
    assert packed.headers["Content-Type"] == "application/gzip"
    assert "Content-Encoding" not in packed.headers
    assert answer("sitemap.xml", b"").headers["Content-Type"] == "application/xml"


def without_additions(page: bytes, policy: str | None = None) -> bytes:
    """Return a page as it is published, with the policy that it then has."""
    text = re.sub(
        r'<link rel="expect".*?</script>\n(?=</head>)|(?<=<body>)\n(?=\n)|'
        r'<i id="\.whole" hidden></i>',
        "",
        page.decode(),
        flags=re.DOTALL,
    )
    if policy is None:
        policy = policy_of(published()["index.html"])
    return text.replace(policy_of(text.encode()), policy).encode()


def policy_of(page: bytes) -> str:
    found = re.search(rb'Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    return found[1].decode()


def test_nothing_is_written(shown: Showing) -> None:
    """Whatever is asked for: the file stands alone in its folder."""
    for path in ("/", "/nl/all.ics", "/api/v2/programme.json", "/feeds.json"):
        shown.get(path)
    assert [*shown.file.parent.iterdir()] == [shown.file]


def test_a_published_page_never_follows_a_file() -> None:
    """The script that loads a page again is that of `serve` alone."""
    assert not [path for path, content in published().items() if CHANGES.encode() in content]


def test_a_page_allows_what_was_added_and_no_more(shown: Showing) -> None:
    """Its policy names each style and script in it by its hash, and its own address."""
    page = shown.get("/").decode()
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    policy = {
        name: sources.split()
        for name, _, sources in (
            part.strip().partition(" ") for part in html.unescape(found[1]).split(";")
        )
    }
    styles = re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)
    scripts = re.findall(r"<script(?! type| src)[^>]*>(.*?)</script>", page, re.DOTALL)
    assert {*policy.pop("style-src")} == {"'self'", *map(hashed, styles)}
    assert {*policy.pop("script-src")} == {"'self'", *map(hashed, scripts)}
    assert policy == {
        "default-src": ["'none'"],
        "connect-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_a_file_is_made_once() -> None:
    """However often it is asked for; feeds and documents are made together."""
    file = on_demand(SCIENCE, DAY, Given())
    for path in ("index.html", "nl/timeline.svg", "nl/all.ics", "api/v2/schema.json", "feeds.json"):
        once = file(path)
        assert once is not None
        assert file(path) is once


def test_a_page_makes_no_feed() -> None:
    """Nobody has subscribed to a programme that somebody only looks at."""
    given = Given()
    assert on_demand(SCIENCE, DAY, given)("en/index.html") == published()["en/index.html"]
    assert given.state is None


def test_what_did_not_change_is_not_made_again() -> None:
    """Of two versions, or of two days, most parts are the same; what differs is made."""
    given = Given()
    file = on_demand(SCIENCE, DAY, given)
    first = {path: file(path) for path in published() if path not in {"state.json", "parts.json"}}
    later = on_demand(loads(RETITLED, path="data.toml"), DAY, given)
    again = {path for path in first if later(path) is first[path]}
    assert again >= {"en/measure/dossiers.html", "page.css", "body/ocenw.html"}
    assert "measure/files.html" not in again
    before = read_state(published()["state.json"])
    files = published(RETITLED, before=before)
    assert {path: later(path) for path in first} == {path: files[path] for path in first}
    tomorrow = on_demand(loads(RETITLED, path="data.toml"), DAY + dt.timedelta(1), given)
    assert tomorrow("measure/files.html") is later("measure/files.html")
    assert tomorrow("index.html") != later("index.html")


def test_where_nothing_is_sound_there_is_no_file() -> None:
    """Not yet."""
    file: Files = nothing
    assert file("index.html") is None


# --- where it is ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/", "index.html"),
        ("", "index.html"),
        ("/index.html", "index.html"),
        ("/?as-of=2014-09-01", "index.html"),
        ("/en/#measures", "en/index.html"),
        ("/en/?q=a/b", "en/index.html"),
        ("/nl/all.ics", "nl/all.ics"),
        ("/%6El/all%2Eics?v=2", "nl/all.ics"),
        ("http://127.0.0.1:8000/nl/all.ics", "nl/all.ics"),
        ("HTTP://localhost", "index.html"),
        ("/%3Fa", "?a"),
        ("/../nl/all.ics", "../nl/all.ics"),
        ("/%2e%2e/etc/passwd", "../etc/passwd"),
        ("/%ff", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_a_target_is_read_as_a_path(target: str, path: str) -> None:
    """Percent-encoded or not, with a query or without; nothing is made of two dots."""
    assert path_of(target) == path


@pytest.mark.parametrize(
    "target",
    [
        "/nl/",
        "/nl",
        "/fr/",
        "/fr/all.ics",
        "/nl/none.ics",
        "/all.ics",
        "/api/v2/",
        "/api/v2/none.json",
        "/state.json",
        "/..",
        "/../../etc/passwd",
        "/nl/../nl/all.ics",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/nl//all.ics",
        "/nl/all.ics/",
        "/%00",
        "/index.html%00.ics",
    ],
)
def test_what_is_not_there_is_not_found(shown: Showing, target: str) -> None:
    """No folder is listed and none is left; a page leads home."""
    response, page = shown.ask(target)
    assert (response.status, response.headers["Content-Type"]) == (404, TYPES[".html"])
    assert b'<a href="/">' in page


def test_a_folder_leads_to_its_page(shown: Showing) -> None:
    """The links of a page are relative, so its address has to end in a slash."""
    response, _ = shown.ask("/en")
    assert (response.status, response.headers["Location"]) == (308, "/en/")
    assert b'<html lang="en"' in shown.get("/en/")


# --- clients that come again ----------------------------------------------------------------------

FEED = published()["nl/all.ics"]
TAG = answer("all.ics", FEED).headers["ETag"]
PACKED_TAG = answer("all.ics", FEED, accept_encoding="gzip").headers["ETag"]


def test_a_client_is_told_when_nothing_changed(shown: Showing) -> None:
    """A feed has a tag, and who has what it stands for gets nothing else."""
    response, content = shown.ask("/nl/all.ics")
    assert (response.headers["ETag"], content) == (TAG, FEED)
    assert response.headers["Cache-Control"] == "no-cache"
    response, content = shown.ask("/nl/all.ics", if_none_match=TAG)
    assert (response.status, content) == (304, b"")
    assert response.headers["ETag"] == TAG
    assert "Content-Length" not in response.headers
    shown.write(RETITLED)
    response, content = shown.ask("/nl/all.ics", if_none_match=TAG)
    assert response.status == 200
    assert b"In werking" in content


@pytest.mark.parametrize(
    ("header", "known"),
    [
        (TAG, True),
        (f"W/{TAG}", True),
        (f'"other", {TAG}', True),
        ("*", True),
        (" * ", True),
        ('"other"', False),
        ("", False),
        (TAG.strip('"'), False),
        (PACKED_TAG, False),
    ],
)
def test_a_tag_is_compared(header: str, *, known: bool) -> None:
    """Alone, in a list, weak, or any at all; what is no tag is none."""
    assert (answer("all.ics", FEED, if_none_match=header).status == 304) is known


@pytest.mark.parametrize(
    ("header", "packed"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("deflate, gzip;q=0.5, br", True),
        ("br , *", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("*;q=0", False),
        ("*, gzip;q=0", False),
    ],
)
def test_a_file_is_packed_for_who_accepts_it(header: str, *, packed: bool) -> None:
    """It then has another tag: the octets are others (RFC 9110, 8.8.3)."""
    said = answer("all.ics", FEED, accept_encoding=header)
    assert (said.headers.get("Content-Encoding") == "gzip") is packed
    assert said.headers["ETag"] == (PACKED_TAG if packed else TAG)
    assert said.headers["Vary"] == "Accept-Encoding"
    assert (gzip.decompress(said.content) if packed else said.content) == FEED


@given(st.binary(max_size=3000), st.sampled_from(("", "gzip", "br, *;q=0.1")), st.text())
def test_who_has_a_file_is_known_by_its_tag(content: bytes, accepted: str, other: str) -> None:
    """Whatever it holds: it arrives whole, and whoever names its tag has it."""
    said = answer("data.csv", content, accept_encoding=accepted)
    packed = "Content-Encoding" in said.headers
    assert (gzip.decompress(said.content) if packed else said.content) == content
    named = f'W/"{other.replace(chr(34), "")}", {said.headers["ETag"]}'
    again = answer("data.csv", content, accept_encoding=accepted, if_none_match=named)
    assert (again.status, again.content) == (304, b"")


def test_what_is_small_is_not_packed() -> None:
    """Nothing would be saved."""
    assert "Content-Encoding" not in answer("a.json", b"{}", accept_encoding="gzip").headers


def test_the_same_file_is_packed_the_same_at_any_time() -> None:
    """A moment in it (RFC 1952, 2.3.1) would make other octets of what has the same tag."""
    assert answer("all.ics", FEED, accept_encoding="gzip").content[4:8] == bytes(4)


def test_what_is_not_there_is_never_what_a_client_has() -> None:
    """Only what would be answered with 200 can be answered with 304 (RFC 9110, 13.2.1)."""
    said = answer("x.html", b"none", status=HTTPStatus.NOT_FOUND, if_none_match="*")
    assert (said.status, said.content) == (404, b"none")


@pytest.mark.parametrize("target", ["/", "/nl/all.ics", "/nothing", "/en"])
def test_head_says_what_get_would(shown: Showing, target: str) -> None:
    """With the length of what it leaves out."""
    got, content = shown.ask(target, accept_encoding="gzip")
    head, nothing = shown.ask(target, "HEAD", accept_encoding="gzip")
    assert nothing == b""
    assert head.status == got.status
    assert int(head.headers["Content-Length"]) == len(content)
    del head.headers["Date"], got.headers["Date"]
    assert head.headers.items() == got.headers.items()


def test_head_of_the_changes_ends(shown: Showing) -> None:
    """Nobody would hear of any."""
    response, content = shown.ask(f"/{CHANGES}", "HEAD")
    assert (response.headers["Content-Type"], content) == ("text/event-stream", b"")


def test_several_requests_go_over_one_connection(shown: Showing) -> None:
    """As clients of HTTP/1.1 expect."""
    connection = http.client.HTTPConnection("127.0.0.1", shown.port, timeout=PATIENCE_SECONDS)
    with contextlib.closing(connection):
        for target, status in (("/", 200), ("/nothing", 404), ("/en", 308), ("/nl/all.ics", 200)):
            connection.request("GET", target)
            response = connection.getresponse()
            response.read()
            assert response.status == status
            own = connection.sock
            assert own is not None


@pytest.mark.parametrize(
    "header", ["Content-Length: 40", "content-length: 40", "Transfer-Encoding: chunked"]
)
def test_what_a_request_holds_is_no_request(shown: Showing, header: str) -> None:
    """Nobody can ask for something in the name of another behind a proxy."""
    with socket.create_connection(("127.0.0.1", shown.port), PATIENCE_SECONDS) as client:
        request = f"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1:{shown.port}\r\n"
        client.sendall(f"{request}{header}\r\n\r\n{request}\r\n".encode())
        said = client.makefile("rb").read()
    assert said.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "REPORT"])
def test_there_is_only_something_to_read(shown: Showing, method: str) -> None:
    """Some clients of calendars ask in other ways first, and go on when they are refused."""
    response, said = shown.ask("/nl/all.ics", method)
    assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD")
    assert said == b"there is only something to read here\n"


def test_no_request_that_is_none_is_answered_with_markup(shown: Showing) -> None:
    """What was sent is told back as plain text."""
    with socket.create_connection(("127.0.0.1", shown.port), PATIENCE_SECONDS) as client:
        client.sendall(b"GET / <b>HTTP\r\n\r\n")
        said = client.makefile("rb").read()
    assert b"Content-Type: text/plain; charset=utf-8\r\n" in said or said.startswith(b"400 ")


# --- who may see it -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8000", 200),
        ("127.1.2.3", 200),
        ("localhost:9000", 200),
        ("LocalHost.", 200),
        ("plan.localhost", 200),
        ("[::1]:8000", 200),
        ("", 200),
        ("example.org", 421),
        ("example.org:8000", 421),
        ("localhost.example.org", 421),
        ("192.0.2.1", 421),
        ("127.0.0.1.example.org", 421),
    ],
)
def test_on_loopback_only_names_of_loopback_are_answered(
    shown: Showing, host: str, status: int
) -> None:
    """A page of somebody else cannot read along under a name that leads here."""
    for target in ("/", f"/{CHANGES}"):
        response, said = shown.ask(target, "HEAD" if target != "/" else "GET", host=host)
        assert response.status == status
        if status == 421 and target == "/":
            assert said == f"this is not {host}; it is {shown.place.address}\n".encode()


@pytest.mark.parametrize(
    ("origin", "into", "status"),
    [
        ("none", "document", 200),
        ("same-origin", "script", 200),
        ("cross-site", "document", 200),  # a link that was followed
        ("cross-site", "script", 403),
        ("cross-site", "iframe", 403),
        ("cross-site", "empty", 403),
        ("same-site", "image", 403),  # of another port of this machine
    ],
)
def test_it_is_shown_in_no_page_of_another_origin(
    shown: Showing, origin: str, into: str, status: int
) -> None:
    """Neither as a frame nor as a script, of which that page could read something."""
    response, said = shown.ask("/", Sec_Fetch_Site=origin, Sec_Fetch_Dest=into)
    assert response.status == status
    if status == 403:
        assert said == b"this is shown in no page of another site\n"


def test_who_shows_it_to_all_may_give_it_any_name(tmp_path: Path) -> None:
    """Where others are meant to reach it, they know it by names that nobody here does."""
    with showing(tmp_path, host="0.0.0.0") as it:  # noqa: S104  what the test is about
        assert it.place == Place(address=f"http://localhost:{it.port}/", is_for_all=True)
        assert it.ask("/", host="plans.example.org")[0].status == 200


def test_an_address_of_ipv6_is_written_as_one(tmp_path: Path) -> None:
    """In brackets (RFC 3986, 3.2.2)."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine speaks no IPv6")
    with showing(tmp_path, host="::1") as it:
        assert it.place == Place(address=f"http://[::1]:{it.port}/", is_for_all=False)


# --- while it is edited ---------------------------------------------------------------------------


def test_a_page_hears_of_a_change(shown: Showing) -> None:
    """At once of what is shown, and then each time that it is something else."""
    with shown.hearing() as heard:
        first = heard()
        assert f'data-shown="{first}"' in shown.get("/").decode()
        shown.write(RETITLED)
        second = heard()
        assert second != first
        page = shown.get("/").decode()
        assert f'data-shown="{second}"' in page
        assert "In werking" in page
        assert "Van kracht" not in page


def test_a_page_that_is_not_there_hears_of_changes_too(shown: Showing) -> None:
    """It may be there next time."""
    assert f'data-from="/{CHANGES}"'.encode() in shown.ask("/fr/")[1]


def test_what_is_wrong_stands_above_what_was_sound(shown: Showing) -> None:
    """Pages tell it, and nobody who subscribed loses anything; once it is mended it is gone."""
    feed = shown.get("/nl/all.ics")
    broken = shown.write(BROKEN)
    (problem,) = broken.problems
    assert problem.startswith(
        'data.toml:67: error: due: "some day" is not a date: write 2014-08-01'
    )
    for target in ("/", "/en/", "/nothing"):
        page = html.unescape(shown.ask(target)[1].decode())
        assert f"<li>{problem}</li>" in page
        assert (
            "<p>Not sound since 2016-01-01 12:30:15: 1 problem. "
            "Below is what was sound, and read at 2016-01-01 12:30:15.</p>"
        ) in page
    assert "Van kracht" in shown.get("/").decode()
    assert shown.get("/nl/all.ics") == feed
    assert b"not-sound" not in shown.get("/api/v2/programme.json")
    shown.write(RETITLED)
    assert b'<aside class="not-sound"' not in shown.get("/")
    assert "In werking" in shown.get("/").decode()


def test_it_is_told_since_when_a_file_is_not_sound(tmp_path: Path) -> None:
    """Another mistake meanwhile does not make it new; once it was sound, the next one does."""
    minutes = (MOMENT + dt.timedelta(minutes=number) for number in itertools.count())
    with showing(tmp_path, clock=partial(next, minutes)) as it:
        it.next()
        texts = (BROKEN, f"{BROKEN}\n", PROGRAMME, BROKEN)
        assert [it.write(text).unsound_since for text in texts] == [
            MOMENT + dt.timedelta(minutes=1),
            MOMENT + dt.timedelta(minutes=1),
            None,
            MOMENT + dt.timedelta(minutes=4),
        ]


def test_a_file_that_is_not_sound_at_first_is_shown_once_it_is(tmp_path: Path) -> None:
    """Until then each page tells what is wrong, and clients are told to come again."""
    with showing(tmp_path, BROKEN) as it, it.hearing() as heard:
        first = heard()
        assert len(it.next().problems) == 1
        for target in ("/", "/en/", "/nl/all.ics", "/feeds.json"):
            response, page = it.ask(target)
            assert (response.status, response.headers["Content-Type"]) == (503, TYPES[".html"])
            assert b"<p>Not sound since 2016-01-01 12:30:15: 1 problem.</p>" in page
        assert it.write(PROGRAMME).problems == ()
        assert heard() != first
        assert without_additions(it.get("/")) == published()["index.html"]


def test_problems_are_counted_and_those_after_a_hundred_left_out() -> None:
    """A file of another kind has thousands; markup in them is text."""
    told = notice("2,000 problems", [f"<b>{number}</b>" for number in range(2000)])
    assert told.count("<li>") == 101
    assert "<li>&lt;b&gt;99&lt;/b&gt;</li>" in told
    assert "<li>and 1900 more, which betatech-milestones check names</li>" in told
    assert "more" not in notice("1 problem", ["one"])


def test_a_file_that_goes_is_told_of_and_may_come_back(shown: Showing) -> None:
    """What was sound stays meanwhile."""
    aside = shown.file.rename(shown.file.with_suffix(".aside"))
    assert shown.next().problems == ("cannot read data.toml: No such file or directory",)
    assert "Van kracht" in shown.get("/").decode()
    aside.rename(shown.file)
    assert shown.next().problems == ()


def test_a_new_day_begins_while_the_site_is_shown(shown: Showing) -> None:
    """The pages go along with it, also those of a file that is not sound; the feeds stay."""
    feed = shown.get("/nl/all.ics")
    with shown.hearing() as heard:
        first = heard()
        shown.days[0] = DAY + dt.timedelta(days=1)
        second = heard()
        assert second != first
        assert without_additions(shown.get("/")) == published(day=shown.days[0])["index.html"]
        shown.write(BROKEN)
        heard()
        shown.days[0] += dt.timedelta(days=1)
        heard()
        page = shown.get("/")
        assert b'data-built="2016-01-03"' in page
        assert b'<aside class="not-sound"' in page
        assert shown.get("/nl/all.ics") == feed


# --- how a change is seen -------------------------------------------------------------------------


def seen(stamps: Iterator[object], held: Iterator[bytes | None]) -> Iterator[bytes | str | None]:
    """Look at a file that has these stamps, and holds this, one after the other."""

    def read() -> bytes:
        content = next(held)
        if content is None:
            raise FileNotFoundError(2, "away")
        return content

    original = Original(
        stamp=lambda: next(stamps),
        read=read,
        load=loads,
        why=lambda error: f"it is {error.strerror}",
    )
    return _contents(original, lambda _: False)


def test_a_change_counts_once_it_has_settled() -> None:
    """A file whose stamp is another at each look is being written."""
    looks = seen(iter([1, 2, 3, 3, 3]), iter([b"old", b"n", b"ne", b"new", b"new"]))
    assert [next(looks) for _ in range(5)] == [b"old", None, None, b"new", None]


def test_a_file_that_changed_while_it_was_read_counts_later() -> None:
    """What was read may be the half of it, or nothing where an editor empties it first."""
    looks = seen(iter([1, 1, 2, 2]), iter([b"old", b"old", b"half", b"whole"]))
    assert [next(looks) for _ in range(4)] == [b"old", None, None, b"whole"]


def test_a_file_that_is_empty_for_a_moment_did_not_change() -> None:
    """Some editors empty it before they write, and the machine may do something else between."""
    looks = seen(iter([1, 2, 2, 2, 3, 3]), iter([b"old", b"", b"", b"", b"", b"new"]))
    assert [next(looks) for _ in range(6)] == [b"old", None, None, None, None, b"new"]


def test_a_file_that_stays_empty_is_shown_so() -> None:
    looks = seen(iter([1] + [2] * 99), iter([b"old"] + [b""] * 99))
    assert [it for it in (next(looks) for _ in range(99)) if it is not None] == [b"old", b""]


def test_a_second_change_under_the_same_stamp_is_seen() -> None:
    """A clock of files may be coarse: for a while after a change a file is read anyhow."""
    looks = seen(iter([1] * 9), iter([b"old", b"old", b"new", b"new"]))
    assert [next(looks) for _ in range(4)] == [b"old", None, b"new", None]


def test_a_file_that_did_not_change_is_not_read() -> None:
    """Its stamp is enough, from a while after the last change on."""
    reads = 0

    def contents() -> Iterator[bytes]:
        nonlocal reads
        while True:
            reads += 1
            yield b"old"

    looks = seen(iter([1] * 10_000), contents())
    assert [*{next(looks) for _ in range(5000)} - {b"old"}] == [None]
    assert reads < 1000


def test_a_file_that_is_away_for_a_moment_did_not_change() -> None:
    """Some editors take it away before they put the new one there."""
    looks = seen(
        iter([1, None, None, None, 2, 2]), iter([b"old", b"old", None, None, None, b"new"])
    )
    assert [next(looks) for _ in range(6)] == [b"old", None, None, None, None, b"new"]


def test_a_file_that_stays_away_is_told_of_once() -> None:
    """Why it cannot be read is something to show."""
    looks = seen(iter([1] + [None] * 99), iter([b"old"] + [None] * 99))
    assert [it for it in (next(looks) for _ in range(99)) if it] == [b"old", "it is away"]


# --- what subscribers get -------------------------------------------------------------------------


def test_what_changed_has_higher_stamps(shown: Showing) -> None:
    """Feeds are the next edition of those before, as from one publication to the next."""
    before = read_state(published()["state.json"])
    assert shown.get("/nl/all.ics") == published()["nl/all.ics"]
    assert shown.get("/en/all.ics") == published()["en/all.ics"]
    shown.days[0] = DAY + dt.timedelta(days=9)
    shown.write(RETITLED)
    after = published(RETITLED, shown.days[0], before=before)
    assert b"SEQUENCE:3\r\n" in after["nl/all.ics"]
    for path in ("nl/all.ics", "nl/sector-mbo.ics", "en/all.ics", "feeds.json"):
        assert shown.get(f"/{path}") == after[path]


def test_what_nobody_asked_for_was_not_published(shown: Showing) -> None:
    """The edition before is the last that was given, whatever stood in the file meanwhile."""
    before = read_state(published()["state.json"])
    shown.get("/nl/all.ics")
    shown.write(RETITLED)
    shown.get("/")
    shown.write(RETITLED_AGAIN)
    after = published(RETITLED_AGAIN, before=before)
    assert shown.get("/nl/all.ics") == after["nl/all.ics"]


def test_what_is_taken_back_still_goes_up(shown: Showing) -> None:
    """A client that has the change takes over the old text only under a higher stamp."""
    state = None
    for text in (PROGRAMME, RETITLED, PROGRAMME):
        if state is not None:
            shown.write(text)
        files = published(text, before=state)
        state = read_state(files["state.json"])
        assert shown.get("/nl/all.ics") == files["nl/all.ics"]


# --- many clients, slow ones, and those who go ----------------------------------------------------


def test_nobody_waits_for_a_slow_client(shown: Showing) -> None:
    """One asks half a question, and others listen for ever: the rest get their answers."""
    with contextlib.ExitStack() as clients:
        for _ in range(20):
            slow = socket.create_connection(("127.0.0.1", shown.port), PATIENCE_SECONDS)
            clients.enter_context(slow).sendall(b"GET / HTTP/1.1\r\nHost: loc")
            clients.enter_context(shown.hearing())
        assert shown.get("/")


def test_a_client_that_goes_leaves_no_trace(
    shown: Showing, capfd: pytest.CaptureFixture[str]
) -> None:
    """In the middle of an answer, of a question or of listening."""
    for said in (
        b"",
        b"GET",
        b"GET / HTTP/1.1\r\n\r\n",
        f"GET /{CHANGES} HTTP/1.1\r\n\r\n".encode(),
    ):
        with socket.create_connection(("127.0.0.1", shown.port), PATIENCE_SECONDS) as client:
            client.sendall(said)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    with shown.hearing() as heard:
        heard()
        for text in (RETITLED, PROGRAMME):
            shown.write(text)
            heard()
    assert capfd.readouterr() == ("", "")


def test_who_listens_hears_that_it_goes_on(shown: Showing, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comment now and then, by which either side finds out that the other has gone."""
    monkeypatch.setattr("betatech_milestones.website.serve._HEARTBEAT_SECONDS", 0.01)
    with socket.create_connection(("127.0.0.1", shown.port), PATIENCE_SECONDS) as client:
        client.sendall(f"GET /{CHANGES} HTTP/1.1\r\n\r\n".encode())
        lines = client.makefile("rb")
        wait_for(lambda: lines.readline() == b":\n")


# --- where it cannot be shown ---------------------------------------------------------------------


def refused(host: str, port: int) -> str:
    """Return why nothing can be shown at an address."""

    def unexpected(*_: object) -> NoReturn:
        raise AssertionError

    original = Original(stamp=unexpected, read=unexpected, load=unexpected, why=unexpected)
    with pytest.raises(CannotListen) as error:
        serve(
            original,
            host=host,
            port=port,
            day=unexpected,
            clock=unexpected,
            ready=unexpected,
            told=unexpected,
        )
    return str(error.value)


def test_a_port_in_use_is_named_with_the_remedy() -> None:
    """Before the file is even read."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert refused("127.0.0.1", port) == (
            f"port {port} of 127.0.0.1 is in use; end the program that uses it, or choose another "
            "port: --port 0 takes any that is free"
        )


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-name.invalid", "a" * 64, "a..b"])
def test_a_host_that_is_not_this_machine_is_refused(host: str) -> None:
    """Of somebody else, unknown, or no name at all."""
    assert re.fullmatch(
        rf"cannot listen at {re.escape(host)}: [a-z][^;\n]+; "
        "--host 127.0.0.1 is this machine, for nobody else",
        refused(host, 0),
    )


def test_a_port_of_the_system_is_refused_with_the_remedy() -> None:
    """As systems do to who has no rights to it."""
    why = _why_not(PermissionError(13, "Permission denied"), "127.0.0.1", 80)
    assert why == "port 80 is for the system alone; choose another with --port 8000"


# --- the command ----------------------------------------------------------------------------------


@contextlib.contextmanager
def command(*arguments: str | Path, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Run the real command; it can be interrupted, also where the tests cannot."""
    script = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from betatech_milestones.cli import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, "serve", *map(str, arguments)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: "subprocess.Popen[str]") -> str:
    assert process.stderr is not None
    return process.stderr.readline().rstrip("\n")


LOADED = r"data\.toml: 3 milestones, no problems, 0 hints; made in [\d,]+ ms"


@posix
@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_command_shows_a_file_until_it_is_ended(
    tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    """It says where, a line for each change, and nothing at the end, also while a page listens."""
    file = tmp_path / "data.toml"
    file.write_text(PROGRAMME, encoding="utf-8")
    with command("data.toml", "--port", "0", folder=tmp_path) as process:
        assert re.fullmatch(LOADED, line_of(process))
        ready = re.fullmatch(
            r"http://127\.0\.0\.1:(\d+)/ shows data\.toml; Ctrl-C ends it", line_of(process)
        )
        assert ready is not None
        listening = http.client.HTTPConnection("127.0.0.1", int(ready[1]), PATIENCE_SECONDS)
        with contextlib.closing(listening):
            listening.request("GET", f"/{CHANGES}")
            response = listening.getresponse()
            assert response.readline() == b"retry: 1000\n"
            file.write_text(BROKEN, encoding="utf-8")
            assert re.fullmatch(
                r"data\.toml: 1 problem; what was read at \d\d:\d\d:\d\d stays; made in [\d,]+ ms",
                line_of(process),
            )
            file.write_text(RETITLED, encoding="utf-8")
            assert re.fullmatch(LOADED, line_of(process))
            process.send_signal(sent)
            assert process.wait(PATIENCE_SECONDS) == code
        assert process.stdout is not None
        assert process.stderr is not None
        assert (process.stdout.read(), process.stderr.read()) == ("", "")


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., tuple[object, str]]]:
    """Run the command in this process; it is interrupted once it has said where to look."""
    monkeypatch.chdir(tmp_path)
    Path("data.toml").write_text(PROGRAMME, encoding="utf-8")
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)

    def ran(
        *arguments: str,
        until: Callable[[], bool] = lambda: True,
        sent: signal.Signals = signal.SIGINT,
    ) -> tuple[object, str]:
        # Text of its own: what pytest captured is lost where it is read while more is written.
        said, over = io.StringIO(), threading.Event()

        def interrupt() -> None:
            while not over.wait(0.01):
                if "Ctrl-C ends it" in said.getvalue() and until():
                    signal.raise_signal(sent)
                    return

        thread = threading.Thread(target=interrupt)
        thread.start()
        try:
            with contextlib.redirect_stderr(said), pytest.raises(SystemExit) as ended:
                main(["serve", *arguments])
        finally:
            over.set()
            thread.join()
        return ended.value.code, said.getvalue() + capfd.readouterr().err

    yield ran
    for one, handler in before.items():
        signal.signal(one, handler)


Run = Callable[..., tuple[object, str]]


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_says_what_it_shows_and_where(run: Run, sent: signal.Signals, code: int) -> None:
    """The hints are counted, and left to `check`."""
    ended, said = run("data.toml", "--port", "0", sent=sent)
    assert ended == code
    assert re.fullmatch(
        rf"{LOADED}\nhttp://127\.0\.0\.1:\d+/ shows data\.toml; Ctrl-C ends it\n", said
    )


def test_a_file_that_is_not_sound_is_shown_all_the_same(run: Run) -> None:
    """One begins with what one has."""
    Path("data.toml").write_text(PROGRAMME[:-40], encoding="utf-8")
    code, said = run("data.toml", "--port", "0")
    assert code == 130
    assert re.match(r"data\.toml: 1 problem; made in [\d,]+ ms\nhttp://", said)


def test_another_day_is_shown_where_it_is_asked_for(run: Run) -> None:
    """The page follows the clock of its reader, so the day stands in the address."""
    _, said = run("data.toml", "--port", "0", "--as-of", "2014-09-01")
    assert re.search(
        r"^http://127\.0\.0\.1:\d+/\?as-of=2014-09-01 shows data\.toml;", said, re.MULTILINE
    )


def test_who_shows_it_to_others_is_told(run: Run) -> None:
    """It is on purpose, or it is not."""
    _, said = run("data.toml", "--port", "0", "--host", "0.0.0.0")  # noqa: S104  on purpose
    assert (
        "\nwhoever reaches this machine over its network can see the site; without --host nobody "
        "but this machine can\nhttp://localhost:"
    ) in said


@posix
@pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning")
def test_a_browser_is_opened_where_that_is_asked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the page, once it can be seen."""
    opened = tmp_path / "opened"
    for name in ("xdg-open", "open"):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "$1" > {opened}\n', encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    _, said = run(
        "data.toml",
        "--port",
        "0",
        "--open",
        until=lambda: opened.is_file() and bool(opened.read_text()),
    )
    assert opened.read_text(encoding="utf-8").strip() in said.split()


def test_it_ends_where_the_port_is_in_use(run: Run) -> None:
    """With one message, and the code for what cannot be used."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, said = run("data.toml", "--port", str(port))
    assert code == 2
    assert said.startswith(f"Error: port {port} of 127.0.0.1 is in use; end the program that uses")


def test_it_ends_where_the_file_is_a_portfolio(run: Run) -> None:
    """No edit makes one programme of it: it is refused as by every command that takes one."""
    Path("portfolio.toml").write_text('[portfolio]\nid = "all"\n', encoding="utf-8")
    code, said = run("portfolio.toml", "--port", "0")
    assert code == 2
    assert said == (
        "portfolio.toml:1: error: a portfolio names the files of several programmes, and is none "
        "itself; name one of those files, or the portfolio alone where several are read together "
        "[no-programme]\n"
    )


def test_it_ends_where_the_file_cannot_be_read(run: Run) -> None:
    """There is nothing to follow."""
    assert run("none.toml", "--port", "0") == (
        2,
        "Error: cannot read none.toml: no such file or directory\n",
    )
