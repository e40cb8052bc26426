"""One TOML value to one value of the model, or what is wrong with it and what would be right.

A reader takes a value, the path to it and the book in which problems are noted. A scalar that
cannot be read raises `Wrong`; a table notes the problem of each of its keys and goes on.
"""

import datetime as dt
import enum
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import count, islice
from typing import Any

import attrs

from betatech_milestones.dates import PolicyDate
from betatech_milestones.findings import Path, Problem, did_you_mean
from betatech_milestones.model import Texts


class Wrong(ValueError):  # noqa: N818  what it says is shown as an error
    """A value that cannot be read: the rule it breaks, and what would be right."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


class Noted(ValueError):  # noqa: N818  no error: it was noted before
    """A value that cannot be read, whose problems are in the book already."""


@attrs.define
class Book:
    """What is kept while a document is read."""

    lines: Mapping[Path, int]
    problems: list[Problem] = attrs.Factory(list)
    shelves: dict[str, dict[str, Any]] = attrs.Factory(dict)
    """The records that others refer to: table name, id, record; unreadable tables have no shelf."""
    left_out: set[Path] = attrs.Factory(set)
    """The elements of arrays that could not be read and that no record stands in for."""
    language: str | None = None
    """The programme's own, in which every text is needed; None while it is not known."""

    def note(self, at: Path, rule: str, message: str) -> None:
        """Put down a problem."""
        self.problems.append(Problem(at, rule, message))

    def as_written(self, at: Path) -> Path:
        """Return the path in the document of what is at a path in the records."""
        written: Path = ()
        for part in at:
            if isinstance(part, int):
                around = written
                kept = (index for index in count() if (*around, index) not in self.left_out)
                written = (*around, next(islice(kept, part, None)))
            else:
                written = (*written, part)
        return written


Reader = Callable[[Any, Path, Book], Any]


@attrs.frozen
class Key:
    """How the value of a key is read, and what to add where a required one is absent."""

    read: Reader
    example: str | None = None


def required(read: Reader, example: str) -> Key:
    """A key that a table must have, and an example of its value."""
    return Key(read, example)


def optional(read: Reader) -> Key:
    """A key that a table may leave out."""
    return Key(read)


Keys = Mapping[str, Key]


def read_keys(value: Any, keys: Keys, at: Path, book: Book) -> dict[str, Any]:
    """Return the values of a table that can be read, and note a problem for each of the others."""
    if not isinstance(value, dict):
        raise Wrong("wrong-type", f"{shown(value)} is no table; write {header(at)}")
    values = {}
    for name, key in keys.items():
        if name in value:
            try:
                values[name] = key.read(value[name], (*at, name), book)
            except Wrong as wrong:
                book.note((*at, name), wrong.rule, f"{name}: {wrong}")
            except Noted:
                continue
        elif key.example is not None:
            message = f"{header(at)} lacks {name}; add {name} = {key.example}"
            book.note(at, "missing-key", message)
    for name in value:
        if name not in keys:
            known = did_you_mean(name, keys) or f"; its keys are {', '.join(keys)}"
            book.note((*at, name), "unknown-key", f"{header(at)} has no key {shown(name)}{known}")
    return values


def table(keys: Keys) -> Reader:
    """A table as it is: the values of its keys."""
    return lambda value, at, book: read_keys(value, keys, at, book)


def record(make: Callable[..., Any], keys: Keys) -> Reader:
    """A table that becomes one record whose fields are its keys."""

    def read(value: Any, at: Path, book: Book) -> Any:
        values = read_keys(value, keys, at, book)
        if any(name not in values for name in keys if keys[name].example or name in value):
            raise Noted
        return make(**values)

    return read


def each(read_one: Reader) -> Reader:
    """An array of tables; those that cannot be read are left out."""

    def read(value: Any, at: Path, book: Book) -> tuple[Any, ...]:
        found = []
        for index, item in enumerate(tables(value, at, book)):
            try:
                found.append(read_one(item, (*at, index), book))
            except Wrong as wrong:
                book.note((*at, index), wrong.rule, f"{at[-1]}: {wrong}")
                book.left_out.add((*at, index))
            except Noted:
                book.left_out.add((*at, index))
        return tuple(found)

    return read


def tables(value: Any, at: Path, _book: Book) -> list[Any]:
    """An array of tables, as they are."""
    return _array(value, header((*at, 0)))


def _array(value: Any, right: str) -> list[Any]:
    if not isinstance(value, list):
        raise Wrong("wrong-type", f"{shown(value)} is no array; write {right}")
    return value


# --- scalars --------------------------------------------------------------------------------------

LONGEST_ID = 60
"""Keeps the UID of a calendar entry, which is three ids, under 200 octets."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
_URL = re.compile(r"https?://[!-~]+")
# Controls but tab and line breaks, and the two separators that some calendar readers take for the
# end of a line (docs/design.md).
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


def text(value: Any, _at: Path = (), _book: Book | None = None) -> str:
    """A text of one or more lines."""
    if not isinstance(value, str):
        raise Wrong("wrong-type", f"{shown(value)} is no text; put it between quotes")
    if control := _CONTROL.search(value):
        raise Wrong(
            "control-character",
            f"has the control character U+{ord(control[0]):04X} "
            f"at position {control.start() + 1}; take it out",
        )
    if not (stripped := value.strip()):
        raise Wrong("empty-text", f"{shown(value)} is empty; write the text or leave the key out")
    return stripped


def line(value: Any, _at: Path = (), _book: Book | None = None) -> str:
    """A text of one line: a line break in the file is one space."""
    return " ".join(text(value).split())


def identifier(value: Any, _at: Path = (), _book: Book | None = None) -> str:
    """An id: it stays for ever, in references and in calendars."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        slug = "-".join(re.findall("[a-z0-9]+", _plain(value).lower()))
        raise Wrong(
            "bad-id",
            f"{shown(value)} is no id; use lower-case letters, digits and single hyphens"
            + (f', such as "{slug[:LONGEST_ID].strip("-")}"' if slug else ""),
        )
    if len(value) > LONGEST_ID:
        raise Wrong("bad-id", f"{shown(value)} is longer than {LONGEST_ID} characters; shorten it")
    return value


def former_id(value: Any, at: Path = (), book: Book | None = None) -> str:
    """An id that a milestone had: in its measure, or `measure/milestone` in another."""
    if not isinstance(value, str):
        return identifier(value)
    return "/".join(identifier(part, at, book) for part in value.split("/", 1))


def url(value: Any, _at: Path = (), _book: Book | None = None) -> str:
    """A web address as RFC 3986 wants it: absolute, ASCII, no spaces."""
    if not isinstance(value, str) or not _URL.fullmatch(value):
        raise Wrong(
            "bad-url",
            f"{shown(value)} is no web address; begin with https:// and percent-encode "
            "spaces and letters outside ASCII",
        )
    return value


def language(value: Any, _at: Path = (), _book: Book | None = None) -> str:
    """A language tag."""
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise Wrong("bad-language", f'{shown(value)} is no BCP 47 language tag, such as "nl"')
    return value


def timezone(value: Any, _at: Path = (), _book: Book | None = None) -> str:
    """The name of a zone in the IANA time zone database."""
    import zoneinfo  # noqa: PLC0415  a program that loads no file need not wait for it

    name = _plain(value)
    try:
        return zoneinfo.ZoneInfo(name).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # OSError: too long, or a folder
        hint = did_you_mean(name, zoneinfo.available_timezones()) or "; try Europe/Amsterdam"
    raise Wrong("bad-timezone", f"{shown(value)} is no IANA time zone{hint}")


def day(value: Any, _at: Path = (), _book: Book | None = None) -> dt.date:
    """One exact day."""
    if type(value) is dt.date:
        return value
    raise Wrong("bad-date", f"{shown(value)} is no day; write it bare, such as 2013-02-26")


LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader takes for what it is (RFC 8259, section 6)."""


def whole(value: Any, _at: Path = (), _book: Book | None = None) -> int:
    """A whole number from 1 up."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LARGEST:
        raise Wrong("bad-number", f"{shown(value)} is no whole number from 1 up; write one, bare")
    return value


def number(value: Any, _at: Path = (), _book: Book | None = None) -> int | Decimal:
    """A number from 0 up, whole or decimal."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Wrong("bad-number", f"{shown(value)} is no number; write it bare, such as 3_500")
    if (isinstance(value, Decimal) and not value.is_finite()) or not 0 <= value <= LARGEST:
        right = f"write a number from 0 up to {LARGEST}"
        raise Wrong("bad-number", f"{shown(value)} is no amount; {right}")
    return value


def years(value: Any, _at: Path = (), _book: Book | None = None) -> tuple[int, int]:
    """The first and the last year of a period."""
    match [whole(year) for year in _array(value, "the first and the last year, [2012, 2015]")]:
        case [first, last] if first <= last <= dt.MAXYEAR:
            return first, last
    raise Wrong(
        "bad-years", f"{shown(value)} is not the first and the last year, such as [2012, 2015]"
    )


def one_of(words: type[enum.StrEnum]) -> Reader:
    """One of a fixed list of words."""
    known = {word.value: word for word in words}

    def read(value: Any, _at: Path, _book: Book) -> enum.StrEnum:
        if isinstance(value, str) and value in known:
            return known[value]
        hint = did_you_mean(_plain(value), known) or f"; use one of {', '.join(known)}"
        raise Wrong("unknown-word", f"{shown(value)} is not known here{hint}")

    return read


def policy_date(value: Any, at: Path, book: Book) -> PolicyDate:
    """A date in any of the forms of `docs/dates.md`, or a table of words and their reading."""
    words = None
    if isinstance(value, dict):
        value, words = record(_as_read, _DATE)(value, at, book)
    elif isinstance(value, bool) or not isinstance(value, str | int | dt.date):
        raise Wrong("bad-date", f'{shown(value)} is no date; write 2014-08-01 or "zomer 2014"')
    elif isinstance(value, int) and abs(value) > LARGEST:
        raise Wrong("bad-date", f"{shown(value)} is no year; write four digits")
    try:
        date = PolicyDate.parse(value) if words is None else PolicyDate(value, words=words)
    except ValueError as error:
        raise Wrong("bad-date", str(error)) from None
    if words is not None:
        _same_window(date)
    return date


def _same_window(date: PolicyDate) -> None:
    """Refuse a reading that contradicts words which have a meaning of their own."""
    try:
        said = PolicyDate.parse(date.words)
    except ValueError:
        return
    if (said.earliest, said.latest) != (date.earliest, date.latest):
        raise Wrong(
            "date-conflict",
            f'"{date.words}" means {said.edtf}, and edtf says {date.edtf}; '
            "write the words alone, or mend the edtf",
        )


def texts(read_one: Callable[[Any], str]) -> Reader:
    """A text per language, the programme's own among them and put first."""

    def read(value: Any, at: Path, book: Book) -> Texts:
        own = book.language
        if not isinstance(value, dict):
            example = shown(value if isinstance(value, str) else "…")
            remedy = f"write {at[-1]} = {{ {own or 'nl'} = {example} }}"
            raise Wrong("wrong-type", f"{shown(value)} is no text by language; {remedy}")
        pairs = []
        for tag, written in value.items():
            try:
                pairs.append((language(tag), read_one(written)))
            except Wrong as wrong:
                name = tag if _LANGUAGE.fullmatch(tag) else shown(tag)
                book.note((*at, tag), wrong.rule, f"{at[-1]}.{name}: {wrong}")
        if own is not None and own not in value:
            raise Wrong(
                "missing-language", f'has no text in the programme\'s language; add {own} = "…"'
            )
        if not pairs:
            raise Noted
        pairs.sort(key=lambda pair: pair[0] != own)
        return Texts(tuple(pairs))

    return read


def reference(table: str) -> Reader:
    """The id of a record in another table: the record itself."""

    def read(value: Any, _at: Path, book: Book) -> Any:
        if not isinstance(value, str):
            raise Wrong(
                "wrong-type", f"{shown(value)} is no id of a {table}; put it between quotes"
            )
        if table not in book.shelves:
            raise Noted
        shelf = book.shelves[table]
        if value not in shelf:
            added = f"; add a [[{table}]] with this id, or name another"
            hint = did_you_mean(value, shelf) or added
            raise Wrong(f"unknown-{table}", f"there is no {table} {shown(value)}{hint}")
        return shelf[value]

    return read


def references(table: str) -> Reader:
    """An array of ids of records in another table: those records."""
    return several(reference(table), f"id-of-a-{table}")


def several(read_one: Reader, example: str) -> Reader:
    """An array of ids, each once."""

    def read(value: Any, at: Path, book: Book) -> tuple[Any, ...]:
        found: dict[str, Any] = {}
        for index, item in enumerate(_array(value, f'{at[-1]} = ["{example}"]')):
            try:
                one = read_one(item, (*at, index), book)
            except Wrong as wrong:
                book.note((*at, index), wrong.rule, f"{at[-1]}: {wrong}")
                continue
            if item in found:
                message = f"{at[-1]}: {shown(item)} is named twice; name it once"
                book.note((*at, index), "duplicate-id", message)
            found[item] = one
        return tuple(found.values())

    return read


def _as_read(*, words: str, edtf: str) -> tuple[str, str]:
    return edtf, words


_DATE = {"words": required(line, '"…"'), "edtf": required(line, '"2013-08~"')}


# --- for messages ---------------------------------------------------------------------------------


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else shown(value)


def header(at: Path) -> str:
    """Return the TOML header of the table at a path: `[[measure.milestone]]`."""
    if not at:
        return "the file"
    name = ".".join(part for part in at if isinstance(part, str))
    return f"[[{name}]]" if isinstance(at[-1], int) else f"[{name}]"


def shown(value: Any) -> str:
    """Return a value as the file has it, cut short."""
    import json  # noqa: PLC0415  only for messages

    try:
        plain = isinstance(value, dt.date | dt.time | Decimal)
        written = str(value) if plain else json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):  # thousands of digits, hundreds of brackets
        return "what stands here"
    written = _CONTROL.sub(lambda control: f"\\u{ord(control[0]):04x}", written)
    return written if len(written) <= 60 else f"{written[:59]}…"  # noqa: PLR2004  about a line
