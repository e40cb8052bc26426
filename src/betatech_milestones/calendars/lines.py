"""The lines of a calendar (RFC 5545, 3.1): texts without what breaks readers, escaped and folded.

icalendar writes every line that recurs in many items, such as that of a day, and each is asked of
it once. The texts of an item are its own, and there are hundreds of thousands in a large site: they
are escaped and folded here, octet for octet as icalendar does, in a twentieth of the time.
"""

import datetime as dt
import functools
import re
from typing import Any

from icalendar import Event, vDDDTypes, vDuration, vInt, vText

from betatech_milestones.model.printable import BIDI, HALVES, UNSHOWABLE

_WRITER = Event()
_LONGEST = 74
"""Octets of a line without the space before one that goes on: 75 with it."""

# The loader refuses most of these; a programme made by a script may hold them. One control
# character makes some readers refuse the whole feed, the two separators cut a line in others, and
# half a surrogate pair cannot be written at all. What turns a text around would turn what a client
# shows behind it, too.
_UNWANTED = re.compile(f"[\t\r{UNSHOWABLE}{HALVES}{BIDI}]")


def clean(text: str) -> str:
    """Return a text without what breaks readers."""
    return _UNWANTED.sub(" ", text.replace("\r\n", "\n"))


def clean_line(text: str) -> str:
    """Return a text without what breaks readers, on one line."""
    return " ".join(clean(text).split())


# --- what is asked of icalendar once --------------------------------------------------------------


def line(name: str, value: Any) -> bytes:
    """Let icalendar write a line."""
    written: bytes = _WRITER.content_line(name, value).to_ical()
    return written + b"\r\n"


@functools.lru_cache(maxsize=8192)  # many milestones stand in one letter, or on 1 January
def day_line(name: str, day: dt.date) -> bytes:
    """Return the line of a day or a moment."""
    return line(name, vDDDTypes(day))


@functools.lru_cache(maxsize=256)
def word_line(name: str, word: str) -> bytes:
    """Return the line of a word of the standard."""
    return line(name, vText(word))


@functools.lru_cache(maxsize=256)
def number_line(name: str, number: int) -> bytes:
    """Return the line of a number."""
    return line(name, vInt(number))


@functools.lru_cache
def trigger_line(days: int) -> bytes:
    """Return the line that lets an alarm go off so many days before."""
    return line("TRIGGER", vDuration(-dt.timedelta(days=days)))


# --- texts ----------------------------------------------------------------------------------------


def text_line(name: str, text: str) -> bytes:
    """Return the line of a text, once it is clean."""
    return folded(f"{name}:{_escaped(text)}".encode())


@functools.lru_cache(maxsize=1024)  # many milestones stand in one cluster and one sector
def texts_line(name: str, texts: tuple[str, ...]) -> bytes:
    """Return the line of several texts, once they are clean."""
    return folded(f"{name}:{','.join(map(_escaped, texts))}".encode())


def address_line(name: str, address: str) -> bytes:
    """Return the line of an address on the web, which is no text: nothing in it is escaped."""
    return folded(f"{name}:{address}".encode())


def _escaped(text: str) -> str:
    r"""Return a text as RFC 5545 (3.3.11) writes it; `C:\Nieuw` has no line break."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(text: bytes) -> bytes:
    """Return a line folded within 75 octets, between characters, and not behind a backslash."""
    if len(text) <= _LONGEST:
        return text + b"\r\n"
    parts, begin, last = [], 0, len(text) - _LONGEST
    while begin < last:
        end = begin + _LONGEST
        while text[end] & 0xC0 == 0x80:  # noqa: PLR2004  an octet within a character of UTF-8
            end -= 1
        if text[end - 1] in b"\\^":  # it may escape what follows
            end -= 1
        parts.append(text[begin:end])
        begin = end
    parts.append(text[begin:])
    return b"\r\n ".join(parts) + b"\r\n"
