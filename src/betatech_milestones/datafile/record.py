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
from betatech_milestones.model.records import Milestone, Programme, Texts, as_texts

# --- what can be recorded -------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class MetEntry:
    """The promise was kept: when, and the id of the source that says so."""

    on: PolicyDate = attrs.field(converter=policy_date)
    source: str


@attrs.frozen(kw_only=True)
class DroppedEntry:
    """The promise was withdrawn: when, why, and the id of the source that says so."""

    on: PolicyDate = attrs.field(converter=policy_date)
    source: str
    reason: Texts = attrs.field(converter=as_texts)


@attrs.frozen(kw_only=True)
class MovedEntry:
    """The promised date was moved: the new one, and the id of the source that moves it."""

    due: PolicyDate = attrs.field(converter=policy_date)
    source: str
    announced: dt.date | None = attrs.field(default=None, converter=optional(day))
    """None: the day on which the source was published."""
    reason: Texts | None = attrs.field(default=None, converter=optional(as_texts))


@attrs.frozen(kw_only=True)
class ReadingEntry:
    """A number was measured on the way to the milestone's target."""

    on: PolicyDate = attrs.field(converter=policy_date)
    value: int | Decimal
    source: str


Entry = MetEntry | DroppedEntry | MovedEntry | ReadingEntry


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
    _known_source(programme, entry.source)
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


def _keys(entry: Entry) -> Keys:
    """Return an entry as the file has it."""
    given = attrs.asdict(entry, recurse=False, filter=lambda _, value: value is not None)
    return {name: _value(value) for name, value in given.items()}


def _value(value: Any) -> Any:
    match value:
        case Texts():
            return dict(value.pairs)
        case PolicyDate(words=words) if not value.is_plain:
            return {"words": words, "edtf": value.edtf}
        case PolicyDate(words=words):
            return value.latest if words == str(value.latest) else words
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
        'published = YYYY-MM-DD\nurl = "https://…"'
    )


def _refuse(milestone: Milestone, entry: Entry, location: Location) -> None:
    """Raise `CannotRecord` for what is known already, or can no longer be."""
    name, outcome = milestone.full_id, milestone.outcome
    if isinstance(entry, ReadingEntry):
        if milestone.target is None:
            raise CannotRecord(
                f"{name} has no target ({location}); "
                "add [measure.milestone.target] with its value and unit first"
            )
        if any(r.on == entry.on and r.source.id == entry.source for r in milestone.target.readings):
            raise CannotRecord(
                f'{name} has a reading of {entry.on} by "{entry.source}" already ({location})'
            )
        return
    if outcome is not None:
        raise CannotRecord(
            f"{name} is {outcome.status} already: {outcome.on}, "
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


_HOMES: Mapping[type[Entry], _Home] = {
    MovedEntry: _Home(("revised",), listed=True, before=frozenset({"met", "dropped", "target"})),
    MetEntry: _Home(("met",), listed=False, before=frozenset({"target"})),
    DroppedEntry: _Home(("dropped",), listed=False, before=frozenset({"target"})),
    ReadingEntry: _Home(
        ("target", "reading"), listed=True, before=frozenset({"revised", "met", "dropped"})
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
