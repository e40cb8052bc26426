"""A programme in a browser while its file is edited: made in memory, written nowhere.

The server is that of the standard library. It is for who edits, on the machine itself: what the
world is to see is published as files, for a server that is made for the world.
"""

import contextlib
import datetime as dt
import errno
import http.server
import ipaddress
import re
import secrets
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import attrs

from betatech_milestones.datafile.system import REUSES_ADDRESSES
from betatech_milestones.model.about import NAME
from betatech_milestones.model.errors import BetatechError
from betatech_milestones.model.findings import InvalidData
from betatech_milestones.model.records import Programme
from betatech_milestones.website.answers import Answer, answer, path_of
from betatech_milestones.website.demand import Files, Given, nothing, on_demand
from betatech_milestones.website.live import CHANGES, live, notice, plain_page

# --- what users call ------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Original:
    """The file that is shown, and how it is read: nothing here touches it."""

    stamp: Callable[[], object]
    """Return what differs once the file was written, and costs little to look at."""
    read: Callable[[], bytes]
    """Return what it holds, or raise the `OSError` of why it cannot be read."""
    load: Callable[[bytes], Programme]
    """Make a programme of that, or raise `InvalidData`."""
    why: Callable[[OSError], str]
    """Return in one sentence why it cannot be read."""


@attrs.frozen(kw_only=True)
class Shown:
    """What there is to show of a file: its newest version that is sound, and what is wrong now."""

    name: str = ""
    """What nothing else that is shown is called."""
    programme: Programme | None = None
    """The newest version that was sound; nothing where there was none yet."""
    read_at: dt.datetime | None = None
    """When that was read."""
    day: dt.date | None = None
    """The one for which its pages speak."""
    file: Files = attrs.field(default=nothing, repr=False)
    problems: tuple[str, ...] = ()
    """What is wrong with the file as it is now."""
    unsound_since: dt.datetime | None = None


@attrs.frozen(kw_only=True)
class Place:
    """Where a site is shown."""

    address: str
    """For a browser on this machine."""
    is_for_all: bool
    """Whether others than this machine can reach it."""


class CannotListen(BetatechError):  # noqa: N818  the name says what it is
    """An address at which nothing can be shown, and why."""


def serve(
    original: Original,
    *,
    host: str,
    port: int,
    day: Callable[[Programme], dt.date],
    clock: Callable[[], dt.datetime],
    ready: Callable[[Place], None],
    told: Callable[[Shown, float], None],
    stop: threading.Event | None = None,
) -> None:
    """Show the site of a programme, and follow its file, until it is told to stop.

    `day` is the one for which the pages of a programme speak, and is asked again and again: they go
    along with it at midnight. `ready` is called once, with the place where the site is shown;
    `told` each time that the file was read, with the seconds that took. Raises `CannotListen`, or
    the `OSError` of a file that cannot be read at first.
    """
    pause = (stop or threading.Event()).wait
    given = Given()
    with _listening(host, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
        try:
            for content in _contents(original, pause):
                if content is not None:
                    began = time.perf_counter()
                    newer = partial(_newer, load=original.load, day=day, now=clock(), given=given)
                    server.show(partial(newer, content=content))
                    told(server.shown, time.perf_counter() - began)
                elif _speaks_for_another_day(server.shown, day):
                    server.show(partial(_on_another_day, day=day, given=given))
                if thread.ident is None:
                    thread.start()
                    ready(Place(address=server.address, is_for_all=server.is_for_all))
        finally:
            server.end()
            if thread.ident is not None:
                server.shutdown()


# --- the versions of a file -----------------------------------------------------------------------

_POLL_SECONDS = 0.02
_SETTLE_SECONDS = 0.005
"""So long after a change a file has to stay as it is: one that is being written has not."""
_RECENT = 150
"""So many looks after a change a file is read anyhow: a second change may bear the same stamp."""
_GONE = 25
"""So many looks a file may be away, empty, or not to be read: some editors put a new one in its
place, others empty it before they write.
"""


def _contents(original: Original, pause: Callable[[float], bool]) -> Iterator[bytes | str | None]:
    """Yield what a file holds, or why it cannot be read, each time it changed, and else nothing."""
    stamp = original.stamp()
    held: bytes | str = original.read()
    yield held
    looks = 0
    while not pause(_POLL_SECONDS if looks else _SETTLE_SECONDS):
        content = held
        if looks < _RECENT:
            try:
                content = original.read() or (held if looks < _GONE else b"")
            except OSError as error:
                content = held if looks < _GONE else original.why(error)
        before, stamp = stamp, original.stamp()
        looks = looks + 1 if stamp == before else 0
        if looks and content != held:
            yield content
            held = content
        else:
            yield None


def _newer(
    before: Shown,
    *,
    content: bytes | str,
    load: Callable[[bytes], Programme],
    day: Callable[[Programme], dt.date],
    now: dt.datetime,
    given: Given,
) -> Shown:
    """Return what is to be shown of what a file holds, or of why it cannot be read."""
    try:
        if isinstance(content, str):
            return _unsound(before, (content,), now)
        programme = load(content)
    except InvalidData as error:
        return _unsound(before, tuple(map(str, error.findings)), now)
    today = day(programme)
    files = on_demand(programme, today, given)
    return Shown(programme=programme, read_at=now, day=today, file=files)


def _unsound(before: Shown, problems: tuple[str, ...], now: dt.datetime) -> Shown:
    return attrs.evolve(before, problems=problems, unsound_since=before.unsound_since or now)


def _speaks_for_another_day(shown: Shown, day: Callable[[Programme], dt.date]) -> bool:
    return shown.programme is not None and day(shown.programme) != shown.day


def _on_another_day(before: Shown, *, day: Callable[[Programme], dt.date], given: Given) -> Shown:
    """Return the same programme as it stands on a day that has begun since."""
    assert before.programme is not None
    today = day(before.programme)
    return attrs.evolve(before, day=today, file=on_demand(before.programme, today, given))


# --- what is seen of it ---------------------------------------------------------------------------


def _seen(shown: Shown, path: str) -> tuple[HTTPStatus, str, bytes]:
    """Return what is to be seen at a path, and of which path it is."""
    if shown.programme is None:
        return HTTPStatus.SERVICE_UNAVAILABLE, _PAGE, _live(plain_page("Not sound"), shown)
    content = shown.file(path)
    if content is None:
        page = plain_page("There is no such page", home=True)
        return HTTPStatus.NOT_FOUND, _PAGE, _live(page, shown)
    if path.endswith(".html"):
        content = _live(content.decode(), shown)
    return HTTPStatus.OK, path, content


_PAGE = "a.html"
"""Stands for the path of what is a page, and has none."""


def _live(page: str, shown: Shown) -> bytes:
    """Return a page that follows what is shown, below what is wrong."""
    above = notice(_said(shown), shown.problems) if shown.problems else ""
    return live(page, shown=shown.name, above=above).encode()


def _said(shown: Shown) -> str:
    number = len(shown.problems)
    problems = "1 problem" if number == 1 else f"{number:,} problems"
    since = f"Not sound since {_moment(shown.unsound_since)}: {problems}."
    if shown.read_at is None:
        return since
    return f"{since} Below is what was sound, and read at {_moment(shown.read_at)}."


def _moment(moment: dt.datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"


# --- the server -----------------------------------------------------------------------------------


class _Server(socketserver.ThreadingTCPServer):
    """Listens at an address; each connection has a thread, so none waits for a slow one."""

    daemon_threads = True
    allow_reuse_address = REUSES_ADDRESSES
    allow_reuse_port = False
    request_queue_size = 128

    def __init__(self, family: int, at: Any, host: str) -> None:
        self.address_family = family
        super().__init__(at, _Handler)
        bound, self.port, *_ = self.server_address
        self.ip = ipaddress.ip_address(str(bound).partition("%")[0])
        self.host = host.lower()
        self.shown = Shown()
        self.newest = ""
        """What is shown, or will be soon, by its name."""
        self.looked_at = ""
        self.ended = False
        self.changed = threading.Condition()
        self.making = threading.Lock()
        """Held by who makes a file of what is shown: once each, and none of an older version after
        those of a newer one."""

    @property
    def address(self) -> str:
        """Where a browser on this machine finds it."""
        host = "localhost" if self.ip.is_unspecified else self.host
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"

    @property
    def is_for_all(self) -> bool:
        """Whether others than this machine can reach it."""
        return not self.ip.is_loopback

    def show(self, make: Callable[[Shown], Shown]) -> None:
        """Show something else, made of what is shown now.

        Browsers hear of it at once, and get ready while it is made, and the page that was looked at
        last with it.
        """
        with self.making:
            with self.changed:
                self.newest = secrets.token_hex(8)
                self.changed.notify_all()
            self.shown = attrs.evolve(make(self.shown), name=self.newest)
            self.shown.file(self.looked_at)

    def end(self) -> None:
        """Let those go who wait for something else."""
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def other_than(self, name: str, patience_seconds: float) -> str:
        """Return the name of the newest to be shown, once that is another, or patience ends."""
        with self.changed:
            self.changed.wait_for(lambda: self.ended or self.newest != name, patience_seconds)
            return self.newest

    def is_meant(self, host: str) -> bool:
        """Whether a request is for this server, by the host that it names.

        A page of somebody else may have its own name lead to this machine (DNS rebinding), and read
        along: on loopback only names of loopback are answered.
        """
        name = _PORT.sub("", host.lower()).strip("[]").rstrip(".")
        if self.is_for_all or name in {"", self.host, "localhost"} or name.endswith(".localhost"):
            return True
        with contextlib.suppress(ValueError):
            return ipaddress.ip_address(name).is_loopback
        return False


_PORT = re.compile(r":\d*$")


def _listening(host: str, port: int) -> _Server:
    try:
        [(family, *_, at), *_] = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        return _Server(family, at, host)
    except (OSError, UnicodeError) as error:
        raise CannotListen(_why_not(error, host, port)) from None


def _why_not(error: OSError | UnicodeError, host: str, port: int) -> str:
    if isinstance(error, PermissionError):
        return f"port {port} is for the system alone; choose another with --port 8000"
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return (
            f"port {port} of {host} is in use; end the program that uses it, or choose another "
            "port: --port 0 takes any that is free"
        )
    reason = (isinstance(error, OSError) and error.strerror) or "it is no name of a machine"
    return (
        f"cannot listen at {host}: {reason[:1].lower()}{reason[1:]}; "
        "--host 127.0.0.1 is this machine, for nobody else"
    )


class _Handler(http.server.BaseHTTPRequestHandler):
    """Answers one client, request after request."""

    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 60
    """In seconds: a client that neither asks nor takes anything for so long is let go."""
    disable_nagle_algorithm = True
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # a client that went away
            super().handle()

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()

    def version_string(self) -> str:
        return NAME

    def log_message(self, *_: object) -> None:
        """Say nothing of requests: a person who edits reads of the file."""

    def do_GET(self) -> None:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # what follows is no request: it is not read
        if not self.server.is_meant(self.headers.get("Host", "")):
            self._refuse(
                HTTPStatus.MISDIRECTED_REQUEST,
                f"this is not {self.headers['Host']}; it is {self.server.address}",
            )
        elif self._is_for_another_page():
            self._refuse(HTTPStatus.FORBIDDEN, "this is shown in no page of another site")
        elif path_of(self.path) == CHANGES:
            self._tell_changes()
        else:
            self._send(self._answer())

    def _is_for_another_page(self) -> bool:
        """Whether a browser asks on behalf of a page of another origin (Fetch Metadata, W3C).

        A link that leads here opens a page of its own; a program that is no browser says nothing.
        """
        origin = self.headers.get("Sec-Fetch-Site", "none")
        opens = self.headers.get("Sec-Fetch-Dest") == "document"
        return origin not in ("none", "same-origin") and not opens

    do_HEAD = do_GET  # noqa: N815  the name that is looked for

    def _not_allowed(self) -> None:
        self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, "there is only something to read here")

    do_OPTIONS = do_POST = do_PUT = do_PATCH = do_DELETE = _not_allowed  # noqa: N815  the same
    # Of WebDAV and CalDAV, which some clients try first.
    do_PROPFIND = do_REPORT = _not_allowed  # noqa: N815  the same

    def _answer(self) -> Answer:
        path = path_of(self.path)
        with self.server.making:
            shown = self.server.shown
            status, kind, content = _seen(shown, path)
            if kind.endswith(".html"):
                self.server.looked_at = path
            folder = f"{path}/index.html"
            if status is HTTPStatus.NOT_FOUND and shown.file(folder) is not None:
                return Answer(
                    status=HTTPStatus.PERMANENT_REDIRECT, headers={"Location": f"/{quote(path)}/"}
                )
        return answer(
            kind,
            content,
            status=status,
            accept_encoding=self.headers.get("Accept-Encoding", ""),
            if_none_match=self.headers.get("If-None-Match", ""),
        )

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self.close_connection = True  # what else the request holds is not read
        headers = {"Content-Type": self.error_content_type, "Connection": "close"}
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = "GET, HEAD"
        self._send(Answer(status=status, headers=headers, content=f"{why}\n".encode()))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(answer.content)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)

    def _tell_changes(self) -> None:
        """Send the name of what is shown, each time that it is another (HTML, 9.2)."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 1000\n\n")
        name = ""
        while not self.server.ended:
            before, name = name, self.server.other_than(name, _HEARTBEAT_SECONDS)
            # A comment tells whether somebody still listens.
            self.wfile.write(b":\n\n" if name == before else f"data: {name}\n\n".encode())


_HEARTBEAT_SECONDS = 15
