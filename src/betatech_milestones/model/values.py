"""What a value may be: the same rules, in the same words, for a data file and for a script.

Each function takes a value and returns what it stands for, or raises `BadValue` with what would be
right.
"""

import contextlib
import datetime as dt
import enum
import functools
import itertools
import re
import unicodedata
from collections.abc import Container, Iterable
from decimal import Decimal
from typing import TypeGuard, TypeVar

from betatech_milestones.model import rules
from betatech_milestones.model.errors import BadValue, did_you_mean
from betatech_milestones.model.printable import BIDI, INVISIBLE, UNSHOWABLE, printable_line
from betatech_milestones.model.rules import Rule

# --- texts ----------------------------------------------------------------------------------------

LONGEST_ID = 60
"""Keeps the UID of a calendar entry, which is three ids, under 200 octets."""
LONGEST_LINE, LONGEST_TEXT = 1_000, 10_000
"""In characters: a title stands in every entry and on every page that tells of what it names."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_URL = re.compile(r"https?://([!-$&-~]|%[0-9A-Fa-f]{2})+")
# What few values are asked for is compiled when the first is.
_MONTH_AND_DAY = r"[0-9]{2}-[0-9]{2}"
_CURRENCY = r"[A-Z]{3}"
# What cannot stand in an address as it is stands there by its number; a control cannot at all.
_MAIL = (
    r"mailto:([!#$&-;=?A-Z^-~]|%[2-689A-Fa-f][0-9A-Fa-f]|%7[0-9A-Ea-e])+"
    r"@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
)
_LICENCE = r"[A-Za-z0-9][A-Za-z0-9.-]*\+?( (AND|OR|WITH) [A-Za-z0-9][A-Za-z0-9.-]*\+?)*"
_CONTROL = f"[{UNSHOWABLE}]"
_CONTROL_OR_BREAK = f"[\t-\r{UNSHOWABLE}]"
_TURNING = f"[{BIDI}]"
_BLANK = rf"[\s{INVISIBLE}\u00ad\u200c\u200d\u2800\ufe00-\ufe0f]*"
"""What leaves a line as empty as if nothing stood there."""


def prose(value: object) -> str:
    """A text of one or more lines, without the white space around it."""
    return value if _is_clean(value, LONGEST_TEXT) else _text(value, LONGEST_TEXT)


def line(value: object) -> str:
    """A text of one line: a line break is one space."""
    if _is_clean(value, LONGEST_LINE) and "  " not in value:
        return value
    return " ".join(_text(value, LONGEST_LINE).split())


def _is_clean(value: object, longest: int) -> TypeGuard[str]:
    """Whether a text is as it should be at a glance, as most are."""
    return (
        type(value) is str
        and value[:1].isascii()
        and value[:1].isalnum()
        and value[-1] != " "
        and len(value) <= longest
        and value.isprintable()  # white space is not, but for a space
    )


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise BadValue(rules.WRONG_TYPE, f"{shown(value)} is no text; put it between quotes")
    _refuse_long(value, longest)
    if not value.isprintable():
        _refuse_unshowable(value)
    stripped = value.strip()
    if not stripped or (not stripped[0].isascii() and re.fullmatch(_BLANK, stripped)):
        raise BadValue(
            rules.EMPTY_TEXT, f"{shown(value)} is empty; write the text or leave the key out"
        )
    return stripped


def _refuse_long(text: object, longest: int = LONGEST_TEXT) -> None:
    if isinstance(text, str) and len(text) > longest:
        message = f"has {len(text):,} characters; write {longest:,} at most"
        raise BadValue(rules.LONG_TEXT, f"{message}, and leave the rest out")


def _refuse_unshowable(text: str, control: str = _CONTROL) -> None:
    if found := re.search(control, text):
        raise BadValue(
            rules.CONTROL_CHARACTER, f"has the control character {_place_of(found)}; take it out"
        )
    if found := re.search(_TURNING, text):
        raise BadValue(
            rules.BIDI_CONTROL,
            f"has {_place_of(found)}, which turns the text behind it around; take it out",
        )


def _place_of(found: re.Match[str]) -> str:
    return f"U+{ord(found[0]):04X} at position {found.start() + 1}"


def in_phrase(text: str) -> None:
    """Refuse what has no place in a few words that are kept as written, such as a line break."""
    if not text.isprintable():
        _refuse_unshowable(text, _CONTROL_OR_BREAK)


# What NFKD takes off a letter: accents, and dots above and below.
_MARKS = "[\u0300-\u036f]"


def slug(text: str, *, longest: int | None = LONGEST_ID) -> str:
    """Return the id that the first words of a text suggest; nothing where none fits, or is one.

    Without a longest it is made of all of them.

    >>> slug("Élan pour une école")
    'elan-pour-une-ecole'
    """
    letters = re.sub(_MARKS, "", unicodedata.normalize("NFKD", text.casefold()))
    made = "-".join(re.findall("[a-z0-9]+", letters))
    if longest is None or len(made) <= longest:
        return made
    return made[: longest + 1].rpartition("-")[0]


def free(id_: str, taken: Container[str]) -> str:
    """Return an id that is not taken: the one wanted, or that with the first free number."""
    if id_ not in taken:
        return id_
    ends = (f"-{number}" for number in itertools.count(2))
    others = (f"{id_[: LONGEST_ID - len(end)].rstrip('-')}{end}" for end in ends)
    return next(other for other in others if other not in taken)


def identifier(value: object) -> str:
    """An id: it stays for ever, in references and in calendars."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        suggested = slug(_plain(value))
        raise BadValue(
            rules.BAD_ID,
            f"{shown(value)} is no id; use lower-case letters, digits and single hyphens"
            + (f', such as "{suggested}"' if suggested else ""),
        )
    if len(value) > LONGEST_ID:
        raise BadValue(
            rules.BAD_ID, f"{shown(value)} is longer than {LONGEST_ID} characters; shorten it"
        )
    return value


def former_id(value: object) -> str:
    """An id that a milestone had: in its measure, or `measure/milestone` in another."""
    if not isinstance(value, str):
        return identifier(value)
    return "/".join(identifier(part) for part in value.split("/", 1))


def full_id(value: object) -> str:
    """The full id of a milestone: `measure/milestone`, behind its programme if that is another."""
    if not isinstance(value, str) or value.count("/") not in {1, 2}:
        message = f"{shown(value)} is no id of a milestone; write it as measure/milestone"
        raise BadValue(rules.BAD_ID, message)
    return "/".join(identifier(part) for part in value.split("/"))


def currency(value: object) -> str:
    """The code of a currency in ISO 4217."""
    if not isinstance(value, str) or not re.fullmatch(_CURRENCY, value):
        message = f'{shown(value)} is no currency; write its three letters, such as "EUR"'
        raise BadValue(rules.BAD_CURRENCY, message)
    return value


def url(value: object) -> str:
    """A web address as RFC 3986 wants it: absolute, ASCII, no spaces."""
    _refuse_long(value)
    if not isinstance(value, str) or not _URL.fullmatch(value):
        if isinstance(value, str) and _URL.fullmatch(value.replace("%", "%25")):
            message = f"{shown(value)} has a % that no number follows; write %25 for it"
            raise BadValue(rules.BAD_URL, message)
        raise BadValue(
            rules.BAD_URL,
            f"{shown(value)} is no web address; begin with https:// and percent-encode "
            "spaces and letters outside ASCII",
        )
    return value


def contact(value: object) -> str:
    """Where one writes to: an address of mail (RFC 6068) or of a page."""
    _refuse_long(value)
    if isinstance(value, str) and (re.fullmatch(_MAIL, value) or _URL.fullmatch(value)):
        return value
    bare = isinstance(value, str) and re.fullmatch(_MAIL, f"mailto:{value}") is not None
    what = f'"mailto:{value}"' if bare else '"mailto:name@example.org", or begin with https://'
    raise BadValue(rules.BAD_CONTACT, f"{shown(value)} is nothing to write to; write {what}")


def licence(value: object) -> str:
    """The identifier of a licence, or an expression of several (SPDX 2.3, annex D)."""
    _refuse_long(value)
    if not isinstance(value, str) or not re.fullmatch(_LICENCE, value):
        message = (
            f"{shown(value)} is no SPDX licence; write its identifier, such as "
            '"CC0-1.0" or "CC-BY-4.0"'
        )
        raise BadValue(rules.BAD_LICENCE, message)
    return value


def language(value: object) -> str:
    """A language tag (BCP 47)."""
    if not is_language(value):
        raise BadValue(
            rules.BAD_LANGUAGE, f'{shown(value)} is no BCP 47 language tag, such as "nl"'
        )
    return str(value)


def is_language(value: object) -> bool:
    """Whether a value has the form of a language tag."""
    return isinstance(value, str) and _has_form_of_a_language(value)


@functools.lru_cache(maxsize=256)  # the few of a programme are asked for with every text
def _has_form_of_a_language(tag: str) -> bool:
    return _LANGUAGE.fullmatch(tag) is not None


def timezone(value: object) -> str:
    """The name of a zone in the IANA time zone database."""
    import zoneinfo

    name = _plain(value)
    if (zone := _zone(name)) is not None:
        return zone
    if not zoneinfo.available_timezones():
        raise BadValue(rules.BAD_TIMEZONE, f"{shown(value)} cannot be read: {NO_TIMEZONES}")
    hint = did_you_mean(name, zoneinfo.available_timezones()) or "; try Europe/Amsterdam"
    raise BadValue(rules.BAD_TIMEZONE, f"{shown(value)} is no IANA time zone{hint}")


NO_TIMEZONES = "this system has no time zones; install the package tzdata"


@functools.cache
def _zone(name: str) -> str | None:
    import zoneinfo

    try:
        return zoneinfo.ZoneInfo(name).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # OSError: too long, or a folder
        return None


# --- days and numbers -----------------------------------------------------------------------------


def exact_day(value: object) -> dt.date:
    """One exact day, as TOML has it, or as forms write it: between quotes."""
    if type(value) is dt.date:
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        with contextlib.suppress(ValueError):  # such as 2013-02-30
            return dt.date.fromisoformat(value)
    raise BadValue(rules.BAD_DATE, f"{shown(value)} is no day; write it bare, such as 2013-02-26")


def month_and_day(value: object) -> str:
    """A day that every year has, as its month and its day: "04-01"."""
    if isinstance(value, str) and re.fullmatch(_MONTH_AND_DAY, value):
        with contextlib.suppress(ValueError):
            dt.date.fromisoformat(f"2014-{value}")  # no leap year
            return value
    raise BadValue(
        rules.BAD_DATE, f'{shown(value)} is no day of every year; write month and day, as "04-01"'
    )


LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader takes for what it is (RFC 8259, section 6)."""
MOST_DECIMALS = 22
"""With the largest number before them they fill the 38 digits of a decimal in Arrow."""


def whole(value: object) -> int:
    """A whole number from 1 up."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LARGEST:
        message = f"{shown(value)} is no whole number from 1 up; write one, bare"
        raise BadValue(rules.BAD_NUMBER, message)
    return value


def number(value: object) -> int | Decimal:
    """A number from 0 up, whole or decimal."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        message = f"{shown(value)} is no number; write it bare, such as 3_500"
        raise BadValue(rules.BAD_NUMBER, message)
    if (isinstance(value, Decimal) and not value.is_finite()) or not 0 <= value <= LARGEST:
        right = f"write a number from 0 up to {LARGEST}"
        raise BadValue(rules.BAD_NUMBER, f"{shown(value)} is no amount; {right}")
    if isinstance(value, Decimal):
        _, digits, power = value.as_tuple()
        if int(power) > MOST_DECIMALS:  # of nothing else than 0
            raise BadValue(rules.BAD_NUMBER, f"{shown(value)} is 0; write 0")
        if -int(power) > MOST_DECIMALS or len(digits) > len(str(LARGEST)) + MOST_DECIMALS:
            message = f"{shown(value)} has more than {MOST_DECIMALS} decimals; round it"
            raise BadValue(rules.BAD_NUMBER, message)
    return value


def years(first: object, last: object) -> tuple[int, int]:
    """The first and the last year of a period."""
    begin, end = whole(first), whole(last)
    if not begin <= end <= dt.MAXYEAR:
        raise bad_years([first, last])
    return begin, end


def bad_years(value: object) -> BadValue:
    """What to raise for years that are no period."""
    return BadValue(
        rules.BAD_YEARS,
        f"{shown(value)} is not the first and the last year, such as [2012, 2015]",
    )


# --- words from a list ----------------------------------------------------------------------------

Word = TypeVar("Word", bound=enum.StrEnum)


def word(value: object, words: type[Word], rule: Rule = rules.UNKNOWN_WORD) -> Word:
    """One of a fixed list of words, as a member or as its text."""
    for known in words:
        if value == known.value:
            return known
    hint = did_you_mean(_plain(value), words) or f"; use one of {', '.join(words)}"
    raise BadValue(rule, f"{shown(value)} is not known here{hint}")


def ids(value: str | Iterable[str]) -> tuple[str, ...]:
    """Ids, of which a single one may stand bare."""
    return (value,) if isinstance(value, str) else tuple(value)


# --- for messages ---------------------------------------------------------------------------------


def _plain(value: object) -> str:
    return value if isinstance(value, str) else shown(value)


def shown(value: object) -> str:
    """Return a value as a data file has it, cut short."""
    import json

    try:
        plain = isinstance(value, dt.date | dt.time | Decimal)
        written = str(value) if plain else json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):  # thousands of digits, hundreds of brackets
        return "what stands here"
    written = printable_line(written, longest=None)
    return written if len(written) <= 60 else f"{written[:59]}…"  # noqa: PLR2004  about a line
