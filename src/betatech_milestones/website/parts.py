"""A site in parts, and the record of what was published of each: what holds need not be made again.

A part names all that its files depend on by a digest. Where that is the digest of what was
published, its files would be made byte for byte as they are. The record stands in the site beside
its state; whatever is wrong with it, the site is made as if there were none.
"""

import functools
import hashlib
import json
import operator
import platform
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import attrs

from betatech_milestones.model.records import Body, Cluster, Sector, Source

STATE = "state.json"
RECORD = "parts.json"
_VERSION = 1
_DIGITS = 16
"""Hexadecimal digits of a digest: enough to tell apart what is made of one programme."""


@attrs.frozen(kw_only=True)
class Part:
    """Some files of a site that depend on the same things."""

    name: str
    """What no other part is called, whatever the edition: `measure/image-bank`."""
    inputs: str
    """The digest of all that it depends on, but for what `setting` tells of the whole site."""
    files: Mapping[str, Callable[[], bytes]]
    """What makes each of its files, by path."""

    def made(self) -> dict[str, bytes]:
        """Make all its files, and return them by path."""
        return {path: make() for path, make in self.files.items()}


def together(
    paths: Iterable[str], make: Callable[[], Mapping[str, bytes]]
) -> dict[str, Callable[[], bytes]]:
    """Return what makes each of some files that can only be made at once.

    They are made when the first is asked for, and each is kept until it is.
    """
    kept: dict[str, bytes] = {}

    def one(path: str) -> bytes:
        if path not in kept:
            kept.update(make())
        return kept.pop(path)

    return {path: functools.partial(one, path) for path in paths}


# --- what a part depends on -----------------------------------------------------------------------


def digest_of(content: bytes) -> str:
    """Return the digest of a file."""
    return hashlib.sha256(content).hexdigest()[:_DIGITS]


def digests() -> Callable[..., str]:
    """Return what gives values a digest: texts, numbers, days, records, and sequences of them.

    Equal values have one digest, whoever made them and wherever. Where a record stands in the data
    file is left out, since every line above moves it. What many measures share is looked at once.
    """
    shared: dict[int, tuple[str, object]] = {}

    def plain(value: Any) -> object:
        kind = type(value)
        if kind not in _SHARED:
            return _fields(kind, value)
        if id(value) not in shared:
            # The record is kept along, so that no other takes its identity.
            shared[id(value)] = digest(_fields(kind, value)), value
        return shared[id(value)][0]

    encode = json.JSONEncoder(default=plain, check_circular=False).encode

    def digest(*values: object) -> str:
        return digest_of(encode(values).encode())

    return digest


_SHARED = frozenset({Source, Body, Cluster, Sector})


def _fields(kind: type, value: object) -> object:
    """Return the name and the fields of a record, or what is no record as a text."""
    getter = _getter(kind)
    return str(value) if getter is None else (kind.__name__, getter(value))


@functools.cache
def _getter(kind: Any) -> Callable[[object], object] | None:
    if not attrs.has(kind):
        return None
    names = (field.name for field in attrs.fields(kind) if field.init and field.name != "line")
    return operator.attrgetter(*names)


def setting(*options: object) -> str:
    """Return the digest of what a whole site depends on: its options, and the program itself."""
    return digests()(_program(), *options)


@functools.cache
def _program() -> str:
    """Return the digest of this program, and of all of others' that shows in what it writes."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        name = file.relative_to(package).as_posix()
        if file.is_file() and file.suffix != ".pyc" and "/." not in name:  # caches of tools
            digest.update(f"{name}\0".encode())
            digest.update(file.read_bytes())
    others = map(version, ("icalendar", "jinja2", "markupsafe"))
    libraries = platform.python_version(), zlib.ZLIB_RUNTIME_VERSION, sqlite3.sqlite_version
    return f"{digest.hexdigest()} {' '.join((*others, *libraries))}"


# --- what was published ---------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Made:
    """What was published of a part."""

    inputs: str
    files: Mapping[str, str]
    """The digest of each of its files, by path."""


@attrs.frozen(kw_only=True)
class Record:
    """What was published in a folder: it tells what of that still holds."""

    setting: str
    state: str
    """The digest of the state that was published with it."""
    parts: Mapping[str, Made]

    @property
    def files(self) -> Iterator[str]:
        """The paths of all files of its parts."""
        for made in self.parts.values():
            yield from made.files

    def dumps(self) -> bytes:
        """Return the record as JSON, for `read_record`: a line for each part."""
        lines = (f"{_text(name)}:{_row(made)}" for name, made in sorted(self.parts.items()))
        parts = ",\n".join(lines)
        rest = f'"setting":"{self.setting}","state":"{self.state}","parts":{{\n{parts}\n}}}}\n'
        return f"{_head(rest)}\n{rest}".encode()


_text = json.JSONEncoder(separators=(",", ":")).encode


def _row(made: Made) -> str:
    return _text((made.inputs, dict(sorted(made.files.items()))))


def _head(rest: str) -> str:
    """Return the first line of a record: the others are known by their digest."""
    return f'{{"version":{_VERSION},"checksum":"{digest_of(rest.encode())}",'


def read_record(written: bytes) -> Record | None:
    """Return the record that `Record.dumps` wrote, and None for anything else."""
    try:
        head, _, rest = written.decode().partition("\n")
        if head != _head(rest):
            return None
        document = json.loads("{" + rest)
        return Record(
            setting=document["setting"],
            state=document["state"],
            parts={name: _made(*row) for name, row in document["parts"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _made(inputs: str, files: Mapping[str, str]) -> Made:
    if not all(map(_PATH.fullmatch, files.keys())):
        raise ValueError
    return Made(inputs=inputs, files=files)


_PATH = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")
"""What is published is called so: no path leads out of the folder, whoever wrote the record."""
