"""What a browser or a calendar client is answered over HTTP (RFC 9110), as far as it is asked here.

A client that subscribed asks for the same feed again and again: it is told when nothing changed.
"""

import gzip
import hashlib
import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import unquote

import attrs


@attrs.frozen(kw_only=True)
class Answer:
    """A status, what is said of the content, and the content."""

    status: HTTPStatus
    headers: Mapping[str, str] = attrs.field(factory=dict)
    content: bytes = attrs.field(default=b"", repr=False)


def path_of(target: str) -> str:
    """Return the path of the file that is asked for, from the root of the site.

    `target` is that of a request: percent-encoded, with a query, or a whole address. The path is
    looked up among those of the site and never on a disk, so it may be anything.

    >>> path_of("/en/?as-of=2014-09-01")
    'en/index.html'
    """
    path = _QUERY.sub("", _ORIGIN.sub("", target))
    path = unquote(path, errors="replace").removeprefix("/")
    return f"{path}index.html" if path.endswith("/") or not path else path


_ORIGIN = re.compile(r"^https?://[^/?#]*", re.IGNORECASE)
_QUERY = re.compile(r"[?#].*", re.DOTALL)


def answer(
    path: str,
    content: bytes,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    accept_encoding: str = "",
    if_none_match: str = "",
) -> Answer:
    """Return what a request for a file is answered, by what its headers of these names say.

    The client may keep it, and has to ask each time whether it still holds.
    """
    kind = PurePosixPath(path).suffix
    packed = len(content) >= _WORTH_PACKING and kind != ".gz" and _accepts_gzip(accept_encoding)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}{"-gzip" if packed else ""}"'
    about = {"Cache-Control": "no-cache", "ETag": tag, "Vary": "Accept-Encoding"}
    if status is HTTPStatus.OK and _is_known(tag, if_none_match):
        return Answer(status=HTTPStatus.NOT_MODIFIED, headers=about)
    if packed:
        about["Content-Encoding"] = "gzip"
        content = gzip.compress(content, _QUICKLY, mtime=0)
    about["Content-Type"] = _TYPES[kind]
    return Answer(status=status, headers=about, content=content)


_WORTH_PACKING = 1000
"""In octets: what is smaller travels in one packet anyhow."""
_QUICKLY = 1
_TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".db": "application/vnd.sqlite3",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
}
"""Every kind of file that a site has."""


def _accepts_gzip(header: str) -> bool:
    """Whether a client takes gzip (RFC 9110, 12.5.3): named, or as anything, and not refused."""
    accepted = {}
    for coding in header.lower().split(","):
        name, _, weight = coding.replace(" ", "").partition(";")
        accepted[name] = not _REFUSED.fullmatch(weight)
    return accepted.get("gzip", accepted.get("x-gzip", accepted.get("*", False)))


_REFUSED = re.compile(r"q=0(\.0*)?")


def _is_known(tag: str, header: str) -> bool:
    """Whether a client has what a tag stands for (RFC 9110, 13.1.2)."""
    return header.strip() == "*" or tag in _TAG.findall(header)


_TAG = re.compile(r'(?:W/)?("[^"]*")')
