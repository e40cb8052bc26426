"""What happened to a milestone, added to the text of its file: nothing that stood there changes.

tomlkit keeps the layout of what it has read, but has no say in where a new table goes: that lands
behind the comments that belong to the next one. So the place is found here (`lines`), tomlkit
writes the values, and the text between is never touched.
"""

import datetime as dt
import os
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import tomli
from attrs.converters import optional

from betatech_milestones.datafile.files import editing, replace
from betatech_milestones.datafile.lines import Holder, holders, key_lines
from betatech_milestones.datafile.load import load, loads
from betatech_milestones.model import values
from betatech_milestones.model.dates import PolicyDate, day, policy_date
from betatech_milestones.model.errors import (
    BadValue,
    BetatechError,
    UnknownId,
    did_you_mean,
)
from betatech_milestones.model.findings import KeyPath, Location
from betatech_milestones.model.records import (
    Dropped,
    Milestone,
    Programme,
    Replaced,
    Texts,
    as_texts,
)
from betatech_milestones.model.vocabulary import Found, ReadingKind

# --- what can be recorded -------------------------------------------------------------------------


def _found(value: object) -> Found:
    return values.word(value, Found)


def _reading_kind(value: object) -> ReadingKind:
    return values.word(value, ReadingKind)


@attrs.frozen(kw_only=True)
class MetEntry:
    """The promise was kept: when, and the ids of the sources that say so."""

    on: PolicyDate | None = attrs.field(default=None, converter=optional(policy_date))
    """None where no source tells the day."""
    source: str
    further_sources: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class DroppedEntry:
    """The promise was withdrawn: when, why, and the ids of the sources that say so."""

    on: PolicyDate | None = attrs.field(default=None, converter=optional(policy_date))
    source: str
    further_sources: tuple[str, ...] = ()
    reason: Texts = attrs.field(converter=as_texts)


@attrs.frozen(kw_only=True)
class ReplacedEntry:
    """Something took the place of the promise: when, what, and the sources that say so."""

    on: PolicyDate | None = attrs.field(default=None, converter=optional(policy_date))
    by: str | None = None
    """The full id of the milestone that did; None where it is no milestone."""
    source: str
    further_sources: tuple[str, ...] = ()
    reason: Texts | None = attrs.field(default=None, converter=optional(as_texts))


@attrs.frozen(kw_only=True)
class NewsEntry:
    """Somebody looked, or a source tells how far it is."""

    on: dt.date = attrs.field(converter=day)
    found: Found = attrs.field(default=Found.NOTHING, converter=_found)
    says: Texts | None = attrs.field(default=None, converter=optional(as_texts))
    by: str | None = None
    """Who looked; needed where nothing was found."""
    source: str | None = None
    """Needed where something was."""
    further_sources: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class MovedEntry:
    """The promised date was moved: the new one, and the ids of the sources that move it."""

    due: PolicyDate = attrs.field(converter=policy_date)
    source: str
    further_sources: tuple[str, ...] = ()
    announced: dt.date | None = attrs.field(default=None, converter=optional(day))
    """None: the day on which the source was published."""
    reason: Texts | None = attrs.field(default=None, converter=optional(as_texts))


@attrs.frozen(kw_only=True)
class ReadingEntry:
    """A number of the milestone was reached, or is planned."""

    on: PolicyDate = attrs.field(converter=policy_date)
    value: int | Decimal
    kind: ReadingKind = attrs.field(default=ReadingKind.REACHED, converter=_reading_kind)
    source: str
    further_sources: tuple[str, ...] = ()


Entry = MetEntry | DroppedEntry | ReplacedEntry | MovedEntry | NewsEntry | ReadingEntry


class CannotRecord(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """Something that does not fit what the file says already; the message has the remedy."""


Keys = dict[str, Any]
"""The keys of an entry and their values, as a TOML parser gives them."""


@attrs.frozen(kw_only=True)
class Recording:
    """The text of a file with an entry in it, and where that begins."""

    text: str = attrs.field(repr=False)
    location: Location


# --- what users call ------------------------------------------------------------------------------


def record(
    path: str | os.PathLike[str], milestone: str, entry: Entry, *, wait_seconds: float = 10
) -> Location:
    """Add an entry to a milestone, by its full id, in a data file; return where it stands now.

    Whoever records in the same file meanwhile waits, and so does this. Raises what `with_entry`
    does, `Locked` where another went on for too long, and the `OSError` of a file that cannot be
    read or written; the file is then as it was.
    """
    with editing(Path(path), wait_seconds=wait_seconds) as file:
        load(path)  # tells what is wrong with a file that is no text
        recording = with_entry(file.read_bytes().decode(), milestone, entry, path=str(path))
        replace(file, recording.text.encode())
    return recording.location


def with_entry(text: str, milestone: str, entry: Entry, *, path: str = "<text>") -> Recording:
    """Return the TOML text of a programme with an entry added to a milestone, by its full id.

    Whatever stood in the text still does, byte for byte. Raises `InvalidData` where the text has
    problems, or would have with the entry; `UnknownId` where it has no such milestone; and
    `CannotRecord` where the entry does not fit what is known of it.
    """
    programme = loads(text, path=path)
    at, found = _milestone(programme, milestone)
    _refuse(found, entry, Location(path=path, line=found.line))
    for source in (entry.source, *entry.further_sources):
        if source is not None:
            _known_source(programme, source)
    keys, home = _keys(entry), _HOMES[type(entry)]
    document = _parsed(text)
    where = _put(document, (*at, *home.keys), keys, listed=home.listed)
    added = _inserted(text, _additions(text, at, home, keys))
    try:
        added.encode()
    except UnicodeEncodeError:
        raise CannotRecord("what is to be recorded is no text; write it in UTF-8") from None
    loads(added, path=path)
    if _parsed(added) != document:  # the promise of this function, kept even under python -O
        raise CannotRecord(
            f"{path}: cannot add to {milestone} as it is written and leave the rest as it is; "
            "add it in the file"
        )
    return Recording(text=added, location=Location(path=path, line=key_lines(added)[where]))


def _parsed(text: str) -> dict[str, Any]:
    return tomli.loads(text.removeprefix("\ufeff"), parse_float=Decimal)


def _put(document: Any, at: KeyPath, keys: Keys, *, listed: bool) -> KeyPath:
    """Put the values where they belong in a parsed document, and return the path to them."""
    for key in at[:-1]:
        document = document[key]
    if not listed:
        document[at[-1]] = keys
        return at
    others = document.setdefault(at[-1], [])
    others.append(keys)
    return (*at, len(others) - 1)


_UNSAID = (None, ReadingKind.REACHED)
"""What the file says by not having the key."""


def _keys(entry: Entry) -> Keys:
    """Return an entry as the file has it."""
    given = attrs.asdict(entry, recurse=False, filter=lambda _, value: value not in _UNSAID)
    if further := given.pop("further_sources"):
        keys = {"source": "sources"}
        given = {keys.get(name, name): value for name, value in given.items()}
        given["sources"] = [given["sources"], *further]
    return {name: _value(value) for name, value in given.items()}


def _value(value: Any) -> Any:
    match value:
        case Texts():
            return dict(value.pairs)
        case PolicyDate() if not value.is_plain:
            keys = {"words": value.words or None, "edtf": value.edtf}
            return {name: given for name, given in keys.items() if given is not None}
        case PolicyDate(words=words):
            return value.latest if words == str(value.latest) else words
        case Found() | ReadingKind():
            return str(value)
    return value


# --- whether it fits ------------------------------------------------------------------------------


def _milestone(programme: Programme, full_id: str) -> tuple[KeyPath, Milestone]:
    for index, measure in enumerate(programme.measures):
        for number, milestone in enumerate(measure.milestones):
            if milestone.full_id == full_id:
                return ("measure", index, "milestone", number), milestone
    known = [milestone.full_id for milestone in programme.by_id]
    hint = did_you_mean(full_id, known) or "; name it as measure/milestone"
    raise UnknownId(f'no milestone "{full_id}"{hint}')


def _known_source(programme: Programme, wanted: str) -> None:
    known = [source.id for source in programme.sources]
    if wanted in known:
        return
    try:
        values.identifier(wanted)
    except BadValue as error:
        raise CannotRecord(f"source: {error}") from None
    raise CannotRecord(
        f'there is no source "{wanted}"{did_you_mean(wanted, known)}\n'
        f"To add it, put this in {programme.path} and fill it in:\n\n"
        f'[[source]]\nid = "{wanted}"\ntitle = {{ {programme.language} = "…" }}\n'
        'kind = "letter"\npublished = YYYY-MM-DD\nurl = "https://…"\n\n'
        "A document without a date has seen = YYYY-MM-DD, when you read it, for published."
    )


def _refuse(milestone: Milestone, entry: Entry, location: Location) -> None:
    """Raise `CannotRecord` for what is known already, or can no longer be."""
    name, outcome = milestone.full_id, milestone.outcome
    if isinstance(entry, ReadingEntry):
        if milestone.number is None:
            raise CannotRecord(
                f"{name} has no number ({location}); "
                "add [measure.milestone.number] with its unit first"
            )
        if any(r.on == entry.on and r.source.id == entry.source for r in milestone.number.readings):
            raise CannotRecord(
                f'{name} has a reading of {entry.on} by "{entry.source}" already ({location})'
            )
        return
    if isinstance(entry, NewsEntry):
        if any((news.on, news.found) == (entry.on, entry.found) for news in milestone.news):
            raise CannotRecord(
                f'{name} has news of {entry.on}, found "{entry.found}", already ({location})'
            )
        return
    if isinstance(entry, MetEntry) and isinstance(outcome, Dropped | Replaced):
        return  # kept after all: the rules of the file say whether its source is newer
    if outcome is not None:
        on = "day unknown" if outcome.on is None else outcome.on
        raise CannotRecord(
            f"{name} is {outcome.status} already: {on}, "
            f'source "{outcome.source.id}" ({location}); if that is wrong, mend it in the file'
        )
    if isinstance(entry, MovedEntry) and any(
        revision.due == entry.due and revision.source.id == entry.source
        for revision in milestone.revisions
    ):
        raise CannotRecord(
            f'{name} is moved to {entry.due} by "{entry.source}" already ({location})'
        )


# --- where it goes, and how it is written ---------------------------------------------------------


@attrs.frozen
class _Home:
    """Where entries of one sort stand in a milestone."""

    keys: tuple[str, ...]
    listed: bool
    """Whether there can be more of them: in TOML, `[[…]]`."""
    before: frozenset[str]
    """What comes after it in a milestone, in the order of `docs/data-format.md`."""


_AFTER_NEWS = frozenset({"met", "dropped", "replaced", "number"})
_HOMES: Mapping[type[Entry], _Home] = {
    MovedEntry: _Home(("revised",), listed=True, before=frozenset({"news", *_AFTER_NEWS})),
    NewsEntry: _Home(("news",), listed=True, before=_AFTER_NEWS),
    MetEntry: _Home(("met",), listed=False, before=frozenset({"dropped", "replaced", "number"})),
    DroppedEntry: _Home(("dropped",), listed=False, before=frozenset({"replaced", "number"})),
    ReplacedEntry: _Home(("replaced",), listed=False, before=frozenset({"number"})),
    ReadingEntry: _Home(
        ("number", "reading"),
        listed=True,
        before=frozenset({"revised", "news", "met", "dropped", "replaced"}),
    ),
}

_Additions = list[tuple[int, str]]
"""What is put in a text at which offset, from its beginning to its end."""


def _inserted(text: str, additions: _Additions) -> str:
    for offset, added in reversed(additions):
        text = text[:offset] + added + text[offset:]
    return text


def _additions(text: str, at: KeyPath, home: _Home, keys: Keys) -> _Additions:
    """Add to the brackets in which the milestone or what it has of the sort stands, or a table."""
    around = [holder for holder in holders(text) if holder.path[: len(at)] == at]
    brackets = {holder.path: holder for holder in around if not holder.is_section}
    for depth in range(len(home.keys), -1, -1):
        if holder := brackets.get((*at, *home.keys[:depth])):
            return _in_brackets(text, holder, _item(home, home.keys[depth:], keys))
    return _as_table(text, [holder for holder in around if holder.is_section], home, keys)


def _item(home: _Home, path: tuple[str, ...], keys: Keys) -> str:
    """Write an entry as an element of its array or, where that has to be made, as its key."""
    written = _written(keys)
    if not path:
        return written
    return f"{'.'.join(path)} = {f'[{written}]' if home.listed else written}"


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(_key_values(value))} }}"
    if isinstance(value, Decimal):  # tomlkit has none
        return str(value)
    import tomlkit

    written: str = tomlkit.item(value).as_string()
    return written


def _key_values(keys: Keys) -> Iterator[str]:
    import tomlkit

    for key, value in keys.items():
        yield f"{tomlkit.key(key).as_string()} = {_written(value)}"


def _in_brackets(text: str, holder: Holder, item: str) -> _Additions:
    """Put an item behind the last one in brackets: on a line of its own, if that one has such."""
    if holder.last is None:
        return [(holder.inside, item)]
    begin, end = holder.last
    behind, comma = end, _skip(text, end)
    close = comma
    if has_comma := text[comma] == ",":
        behind, close = comma, _skip(text, comma + 1)
    if "\n" not in text[behind:close]:
        return [(end, f", {item}")]
    line = f"{_line_end(text, behind)}{_indent(text, begin)}{item}"
    if has_comma:
        return [(_end_of_line(text, comma), f"{line},")]
    return [(end, ","), (_end_of_line(text, end), line)]


def _as_table(text: str, sections: list[Holder], home: _Home, keys: Keys) -> _Additions:
    """Put a table behind what comes before it in the milestone, and the comments at its end."""
    own = sections[0]
    below = len(own.path)
    last = [s for s in sections if home.before.isdisjoint(s.path[below:])][-1]
    _, end = last.last or (last.start, last.inside)
    end = _end_of_line(text, end)
    if comments := _LAST_COMMENTS.match(text, end):
        end = comments.end()
    header = ".".join(key for key in (*own.path, *home.keys) if isinstance(key, str))
    lines = [f"[[{header}]]" if home.listed else f"[{header}]", *_key_values(keys)]
    new_line = _line_end(text, own.start)
    gap = new_line if _BLANK_ABOVE.search(text, 0, own.start) else ""
    between = f"{new_line}{_indent(text, own.start)}"
    return [(end, gap + "".join(between + line for line in lines))]


_BETWEEN = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*")
# Lines of comment alone below the last item, and none of a table that follows.
_LAST_COMMENTS = re.compile(r"(?:\r?\n[ \t]*+#[^\r\n]*+)+(?=\s*+\Z|\r?\n[ \t]*+\r?\n)")
# What stands above a header where there is a blank line above its comments.
_BLANK_ABOVE = re.compile(r"\n[ \t]*+\r?\n(?:[ \t]*+#[^\n]*+\n)*[ \t]*+\Z")


def _skip(text: str, offset: int) -> int:
    """Return where the next thing stands that is neither white space nor a comment."""
    between = _BETWEEN.match(text, offset)
    assert between, "nothing at all is between, too"
    return between.end()


def _end_of_line(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    if end < 0:
        return len(text)
    return end - 1 if text[end - 1] == "\r" else end


def _line_end(text: str, offset: int) -> str:
    """Return how the line ends in which an offset is."""
    return "\r\n" if text.startswith("\r", _end_of_line(text, offset)) else "\n"


def _indent(text: str, offset: int) -> str:
    """Return the white space with which the line begins in which an offset is."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return line[: len(line) - len(line.lstrip(" \t"))]
