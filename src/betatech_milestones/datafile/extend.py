"""What was added to a programme, put in the text of its file: nothing that stood there changes.

A writer of TOML that keeps the layout of what it has read has no say in where a new table goes:
that lands behind the comments that belong to the next one. So the places are found here (`lines`),
the values are written as `dump` writes them, and the text between is never touched.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from betatech_milestones.datafile.dump import (
    BELOW_MILESTONE,
    ENDINGS,
    SHELVES,
    difference,
    inline,
    key_lines,
    key_of,
    keys_of,
    own_locator,
    reading_context,
    tables,
    text_value,
    told,
)
from betatech_milestones.datafile.excerpt import Excerpt, excerpt
from betatech_milestones.datafile.lines import Holder, holders
from betatech_milestones.datafile.load import loads, loads_to_compare
from betatech_milestones.datafile.readers import Context
from betatech_milestones.model import rules
from betatech_milestones.model.errors import BetatechError
from betatech_milestones.model.findings import InvalidData, KeyPath
from betatech_milestones.model.records import Measure, Milestone, Number, Programme, Texts, alike


class CannotExtend(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """Something that is not added to what a file says, but changes it; or that fits in nowhere."""


# --- what users call ------------------------------------------------------------------------------


def extended(
    text: str, after: Programme, *, path: str = "<text>", before: Programme | None = None
) -> str:
    """Return the TOML text of a programme with what another one has besides.

    `after` is the programme of the text with records, statements and keys added; `before` is that
    of the text, where it is known already. Whatever stood in the text still does, byte for byte.
    Raises `InvalidData` where the text has problems, or would have with what is added, and
    `CannotExtend` where something else than additions is wanted.
    """
    if before is None:
        before = loads(text, path=path)
    additions = [*_additions(before, after)]
    if not additions:
        return text
    written = _with(excerpt(text, len(before.measures), (one.at for one in additions)), additions)
    try:
        written.encode()
    except UnicodeEncodeError:  # half a character
        raise CannotExtend("what is to be recorded is no text; write it in UTF-8") from None
    by_hand = "as the file is written, and leave the rest as it is; edit it by hand"
    try:
        found = loads_to_compare(written, path)
    except InvalidData as error:
        if any(finding.rule is rules.TOML_SYNTAX for finding in error.findings):
            raise CannotExtend(f"{path}: cannot add this {by_hand}") from None
        raise
    if found != after:  # the promise of this function, kept even under python -O
        where, value, _ = difference(after, found)
        raise CannotExtend(f"{path}: cannot add {where}, {told(value)}, {by_hand}")
    return written


# --- what is added --------------------------------------------------------------------------------


@attrs.frozen
class _Added:
    """What a table has besides: a value for a key, or items for what the key holds already."""

    at: KeyPath
    """Of the table."""
    key: str
    value: Any
    """As a parsed document has it; of a list, what is added to it."""

    @property
    def path(self) -> KeyPath:
        return (*self.at, self.key)


def _additions(before: Programme, after: Programme) -> Iterator[_Added]:
    context = reading_context(after)
    _refuse_changes("", before, after, except_for=SHELVES.values())
    for key, field in SHELVES.items():
        old, new = getattr(before, field), getattr(after, field)
        if key == "measure":
            for index, (one, other) in enumerate(_paired("", key, old, new)):
                yield from _to_measure(("measure", index), one, other, context)
            yield from _listed((), key, new[len(old) :], context)
        else:
            yield from _listed((), key, _appended("", key, old, new), context)


def _listed(at: KeyPath, key: str, records: Iterable[Any], context: Context) -> Iterator[_Added]:
    if added := [keys_of(record, context) for record in records]:
        yield _Added(at, key, added)


_KEYS: Mapping[type[Any], tuple[str, ...]] = {
    Measure: ("code", "summary", "bodies", "locator"),
    Milestone: ("code", "summary", "note", "locator", "own_bodies", "also", "corrected"),
}
"""What may be absent from a file, and is added to it as a key."""
_GROWS = ("revisions", "news", "snoozed", "outcomes", "number")


def _to_measure(at: KeyPath, old: Measure, new: Measure, context: Context) -> Iterator[_Added]:
    if old is new:
        return
    name = _name(old)
    _refuse_changes(name, old, new, except_for=(*_KEYS[Measure], "milestones"))
    yield from _keys(at, old, new, context)
    pairs = _paired(name, "milestone", old.milestones, new.milestones)
    for index, (one, other) in enumerate(pairs):
        yield from _to_milestone((*at, "milestone", index), one, other, context)
    yield from _listed(at, "milestone", new.milestones[len(old.milestones) :], context)


def _to_milestone(
    at: KeyPath, old: Milestone, new: Milestone, context: Context
) -> Iterator[_Added]:
    name = _name(old)
    _refuse_changes(name, old, new, except_for=(*_KEYS[Milestone], *_GROWS))
    yield from _keys(at, old, new, context)
    for field in ("revisions", "news"):
        key, pair = key_of(old, field), (getattr(old, field), getattr(new, field))
        yield from _listed(at, key, _appended(name, key, *pair), context)
    if not alike(old.snoozed, new.snoozed):
        if old.snoozed is not None:
            raise _changes(name, "snoozed", old.snoozed, new.snoozed)
        yield _Added(at, "snoozed", keys_of(new.snoozed, context))
    if old.outcomes is not new.outcomes:
        yield from _endings(at, old, new, context)
    if old.number is not new.number:
        yield from _to_number(at, name, old.number, new.number, context)


def _endings(at: KeyPath, old: Milestone, new: Milestone, context: Context) -> Iterator[_Added]:
    known, ended = (
        {str(outcome.status): outcome for outcome in milestone.outcomes} for milestone in (old, new)
    )
    for status in ENDINGS:
        one, other = known.get(status), ended.get(status)
        if one is None and other is not None:
            yield _Added(at, status, keys_of(other, context))
        elif not alike(one, other):
            raise _changes(_name(old), status, one, other)


def _to_number(
    at: KeyPath, name: str, old: Number | None, new: Number | None, context: Context
) -> Iterator[_Added]:
    if new is None:
        raise _changes(name, "number", old, new)
    if old is None:
        yield _Added(at, "number", keys_of(new, context))
        return
    name = f"{name}, number"
    _refuse_changes(name, old, new, except_for=["readings"])
    readings = _appended(name, "reading", old.readings, new.readings)
    yield from _listed((*at, "number"), "reading", readings, context)


def _keys(
    at: KeyPath, old: Measure | Milestone, new: Measure | Milestone, context: Context
) -> Iterator[_Added]:
    """Yield the keys that were absent, and what a list of ids has besides."""
    name = _name(old)
    for field in _KEYS[type(old)]:
        one, other, key = getattr(old, field), getattr(new, field), key_of(old, field)
        if field == "locator" and isinstance(new, Milestone) and one is None:
            other = own_locator(new)  # that of its measure can be the one that was added
        if alike(one, other):
            continue
        if field == "also":
            other = _appended(name, key, one, other)
        elif one not in (None, ()):
            raise _changes(name, key, one, other)
        if isinstance(other, Texts):
            other = text_value(other, context)
        elif isinstance(other, tuple):
            other = [getattr(one, "id", one) for one in other]
        yield _Added(at, key, other)


def _name(record: Measure | Milestone) -> str:
    if isinstance(record, Milestone):
        return f'milestone "{record.full_id}"'
    return f'measure "{record.id}"'


# --- what is no addition --------------------------------------------------------------------------


def _refuse_changes(name: str, old: Any, new: Any, *, except_for: Iterable[str]) -> None:
    for field in attrs.fields(type(old)):
        one, other = getattr(old, field.name), getattr(new, field.name)
        if one is other or not field.eq or field.name in except_for:
            continue
        if not alike(one, other):
            raise _changes(name, key_of(old, field.name), one, other)


def _paired(name: str, key: str, old: Any, new: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what was there with what it is now, which has the same id at the same place."""
    for index, one in enumerate(old):
        if index >= len(new) or new[index].id != one.id:
            what = f'{name}, {key} "{one.id}"' if name else f'{key} "{one.id}"'
            raise CannotExtend(
                f"{what}: is not where the file has it; keep all that was there in its order, and "
                "add behind it"
            )
        yield one, new[index]


def _appended(name: str, key: str, old: Any, new: Any) -> Any:
    """Return what stands behind what was there."""
    if old is new:
        return ()
    known = new[: len(old)]
    if not alike(old, known):
        raise _changes(name, key, old, known)
    return new[len(old) :]


def _changes(name: str, key: str, old: Any, new: Any) -> CannotExtend:
    where, one, other = difference(old, new, key, same=alike)
    what = f"{name}, {where}" if name else where
    return CannotExtend(
        f"{what}: {told(one)} cannot become {told(other)}; what stands in the file stays there, "
        "edit it by hand"
    )


# --- where it goes --------------------------------------------------------------------------------


@attrs.frozen
class _Map:
    """What stands where in a text."""

    text: str
    brackets: Mapping[KeyPath, Holder]
    """Values in brackets, by their paths."""
    sections: Mapping[KeyPath, list[Holder]]
    """All that belong to a table, by its path, in the order of the text; `()` has the first."""


_Pieces = list[tuple[int, str]]
"""What is put in a text at which offset."""


def _mapped(text: str) -> _Map:
    brackets: dict[KeyPath, Holder] = {}
    sections: dict[KeyPath, list[Holder]] = defaultdict(list)
    for holder in holders(text):
        if not holder.is_section:
            brackets[holder.path] = holder
            continue
        for depth in {min(depth, len(holder.path)) for depth in _DEPTHS}:
            sections[holder.path[:depth]].append(holder)
    return _Map(text, brackets, sections)


_DEPTHS = (1, 2, 4)
"""Of what can be added to: a sort of tables, a measure, a milestone."""


def _with(part: Excerpt, additions: Iterable[_Added]) -> str:
    """Return a whole text with additions to a part of it, those at one place in their order."""
    text = part.text
    around = _mapped(text)
    pieces: _Pieces = [*part.gaps]
    inside: dict[KeyPath, list[str]] = defaultdict(list)
    for added in (attrs.evolve(one, at=part.path(one.at)) for one in additions):
        if (home := _in_brackets_of(added, around)) is not None:
            inside[home] += _items(added, home)
        elif _is_table(added):
            pieces.append(_as_tables(added, around))
        else:
            pieces.append(_as_key(added, around))
    for home, items in inside.items():
        pieces += _in_brackets(text, around.brackets[home], items)
    parts, begin = [], 0
    for offset, piece in sorted(pieces, key=lambda piece: piece[0]):
        parts += [text[begin:offset], piece]
        begin = offset
    return "".join([*parts, text[begin:]])


def _in_brackets_of(added: _Added, around: _Map) -> KeyPath | None:
    """Return the innermost brackets that what is added belongs in, if it stands in any."""
    path = added.path
    while path:
        if path in around.brackets:
            return path
        path = path[:-1]
    return None


def _items(added: _Added, home: KeyPath) -> list[str]:
    """Write what is added as items of brackets: elements of an array, or a key with all of it."""
    rest = added.path[len(home) :]
    if not rest:
        return [inline(value) for value in added.value]
    return [f"{'.'.join(map(str, rest))} = {inline(added.value)}"]


def _in_brackets(text: str, holder: Holder, items: list[str]) -> _Pieces:
    """Put items behind the last one in brackets: on lines of their own, if that one has such."""
    if holder.last is None:
        return [(holder.inside, ", ".join(items))]
    begin, end = holder.last
    behind, comma = end, _skip(text, end)
    close = comma
    if has_comma := text[comma] == ",":
        behind, close = comma, _skip(text, comma + 1)
    if "\n" not in text[behind:close]:
        return [(end, "".join(f", {item}" for item in items))]
    between = f"{_line_end(text, behind)}{_indent(text, begin)}"
    lines = ",".join(f"{between}{item}" for item in items)
    if has_comma:
        return [(_end_of_line(text, comma), f"{lines},")]
    return [(end, ","), (_end_of_line(text, end), lines)]


# --- tables and keys ------------------------------------------------------------------------------


def _is_table(added: _Added) -> bool:
    return added.key in {*SHELVES, *BELOW_MILESTONE, "milestone", "reading"}


def _as_key(added: _Added, around: _Map) -> tuple[int, str]:
    """Put a key behind the last one of its table, before the tables below it."""
    text, section = around.text, around.sections[added.at][0]
    begin, end = section.last or (section.start, section.inside)
    new_line = _line_end(text, section.start)
    lines = key_lines(added.key, added.value)
    return _end_of_line(text, end), _lines(lines, new_line, _indent(text, begin))


def _as_tables(added: _Added, around: _Map) -> tuple[int, str]:
    """Put tables behind what comes before them, and the comments at its end."""
    text = around.text
    behind, like = _neighbours(added, around)
    _, end = behind.last or (behind.start, behind.inside)
    end = _end_of_line(text, end)
    if comments := _LAST_COMMENTS.match(text, end):
        end = comments.end()
    path = tuple(key for key in added.path if isinstance(key, str))
    new_line, indent = _line_end(text, like.start), _indent(text, like.start)
    gap = new_line if _has_blank_above(text, like.start) else ""
    written = (_lines(lines, new_line, indent) for lines in tables(path, added.value))
    return end, "".join(f"{gap}{table}" for table in written)


def _lines(lines: Iterable[str], new_line: str, indent: str) -> str:
    """Write lines below another; one of them may be a text of several, which is not indented."""
    between = f"{new_line}{indent}"
    return "".join(between + line.replace("\n", new_line) for line in lines)


def _neighbours(added: _Added, around: _Map) -> tuple[Holder, Holder]:
    """Return the section behind which tables go, and the one whose layout they take over."""
    if not added.at:
        return _among_sorts(added.key, around.sections)
    own = around.sections[added.at[:4]]
    if added.key == "milestone":
        others = (section for section in reversed(own) if section.path[2:3] == ("milestone",))
        like = next((section for section in others if len(section.path) == _OF_MILESTONE), own[0])
        return own[-1], like
    key = "number" if added.key == "reading" else added.key
    same = [section for section in own if section.path[4:5] == (key,)]
    before = BELOW_MILESTONE[: 0 if added.key == "reading" else BELOW_MILESTONE.index(key)]
    after = {*BELOW_MILESTONE}.difference(before)
    earlier = [section for section in own if after.isdisjoint(section.path[4:5])]
    return (same or earlier)[-1], own[0]


_OF_MILESTONE = 4
"""The length of its path."""


def _among_sorts(sort: str, sections: Mapping[KeyPath, list[Holder]]) -> tuple[Holder, Holder]:
    """Return the same for tables of the document: they go behind their sort, or those before it."""
    if same := sections.get((sort,)):
        return same[-1], next(one for one in reversed(same) if isinstance(one.path[-1], int))
    order = ("programme", *SHELVES)
    by_sort = {one: sections[one,] for one in order if (one,) in sections}
    (first,) = sections[()]
    before = order[: order.index(sort)]
    behind = max((by_sort[one][-1] for one in before if one in by_sort), key=_start, default=first)
    if behind is not first:
        return behind, behind
    return first, min((some[0] for some in by_sort.values()), key=_start, default=first)


def _start(holder: Holder) -> int:
    return holder.start


# --- lines ----------------------------------------------------------------------------------------

_BETWEEN = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*")
# Lines of comment alone below the last item, and none of a table that follows.
_LAST_COMMENTS = re.compile(r"(?:\r?\n[ \t]*+#[^\r\n]*+)+(?=\s*+\Z|\r?\n[ \t]*+\r?\n)")


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


def _has_blank_above(text: str, offset: int) -> bool:
    """Whether a blank line stands above a header and its comments, or nothing at all."""
    end = text.rfind("\n", 0, offset)
    while end >= 0:
        begin = text.rfind("\n", 0, end)
        line = text[begin + 1 : end].lstrip("\ufeff").strip()
        if not line.startswith("#"):
            return not line
        end = begin
    return True
