r"""Which line of the TOML text holds which key, and where more can be put.

A TOML parser gives values and forgets where they stood; a report of what is wrong in a file has
to name the line, and who adds to a file has to leave the rest of it as it is. The texts here have
been accepted by a parser, so nothing is validated.

Source: TOML 1.0, and TOML 1.1 for line ends in inline tables and the escapes `\e` and `\xHH`.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import count

import attrs

from betatech_milestones.model.findings import KeyPath

# No two alternatives match at the same place, so that backtracking never finds a second reading.
# Possessive quantifiers stand on single characters only: on groups, Python before 3.11.5 errs.
_COMMENT = r"\#[^\n]*+"
_BASIC = r'"(?!"")[^"\\]*+(?:\\.[^"\\]*+)*"'
_LITERAL = r"'(?!'')[^']*+'"
_STRING = rf"""(?:
    "{{3}}[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*"{{3,5}}+  # it may end in two quotes of its own
  | '{{3}}[^']*+(?:'(?!'')[^']*+)*'{{3,5}}+
  | {_BASIC}
  | {_LITERAL}
)"""
_SCALAR = rf"""(?:{_STRING} | [^\s,\#"'\[\]{{}}][^\n,\#\]}}]*+)"""

_BARE = r"[A-Za-z0-9_-]++"
_PART = rf"(?:{_BARE}|{_BASIC}|{_LITERAL})"
_KEY = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*"
_EQUALS = r"[ \t]*+=[ \t]*+"

# What stands between two items.
_SEPARATOR = rf"[ \t\r\n,]++ | {_COMMENT}"
# A key and value that make no table. An array with more strings is read by element, to save memory.
_FLAT_ARRAY = rf"""\[ (?: [^\[\]{{}}"'\#]++ | {_STRING} ){{,1000}} \]"""
_NO_TABLE = rf"{_BARE}{_EQUALS} (?: {_SCALAR} | {_FLAT_ARRAY} )"

# A line on which a string of several lines may begin, to where the last string on it ends.
_WITH_STRINGS = rf"""(?= [^\n]*\"\"\" | [^\n]*''' ) (?: [^\n"'\#]++ | {_STRING} )*"""


@cache  # when first used: a program that loads no file need not wait for it
def _item(skipped: str) -> re.Pattern[str]:
    """Match the next closing bracket, or key with its value, or element of an array.

    Of a value in brackets, and of a header, only the first bracket is in the match. The item is
    empty at the end of the text, and where the stretch before it is long: the limit saves memory.
    """
    return re.compile(
        rf"""(?: {skipped} ){{,1000}} (?P<item>
            (?P<close> [\]}}] )
          | (?: (?P<key>{_KEY}) {_EQUALS} )? (?: (?P<open> [\[{{] ) | {_SCALAR} )
          |
        )""",
        re.DOTALL | re.VERBOSE,
    )


@cache
def _header() -> re.Pattern[str]:
    return re.compile(rf"\[(\[)?[ \t]*+({_KEY})[ \t]*+\]\]?", re.DOTALL)


def _parts_of(key: str) -> list[str]:
    """The names in a dotted key, as they are written."""
    return re.findall(_PART, key, re.DOTALL)


_DEEPEST = 20
"""Parts of a path: what is deeper is no key of ours, and is told at the line of what it is in."""

_FURTHER = rf"""\.[ \t]*+(?:{_BARE}|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
# It begins with a dot, and not with a group: only dots are looked at then.
_MANY_NAMES = re.compile(rf"{_FURTHER}(?:{_FURTHER}){{{_DEEPEST - 1}}}")

_ESCAPE = re.compile(r"\\(x..|u.{4}|U.{8}|.)")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def too_long_key(text: str) -> int | None:
    """Return the line of the first key of more names than a key of ours is deep, if there is one.

    It is asked before a parser is: each of those names becomes a table. A text that does not parse
    is read as far as it would be.
    """
    if not _MANY_NAMES.search(text):  # which texts in quotes may have, too
        return None
    items = _item(_SEPARATOR)
    position = 0
    while (item := items.match(text, position)) and item.end() > position:
        start, position = item.span("item")
        key, opening = item.group("key", "open")
        if opening == "[" and not key and (header := _header().match(text, start)):
            key = header[2]
        if key and len(_parts_of(key)) > _DEEPEST:
            return text.count("\n", 0, start) + 1
    return None


def key_lines(text: str) -> dict[KeyPath, int]:
    """The 1-based line of every key, table and array element of a TOML text that parses.

    A path is what leads to the value in the parsed document: `("measure", 3, "milestone", 0)`.
    What is mentioned more than once, as `a` in `[a.b]` and `[a]`, has the line of the first time.
    """
    lines: dict[KeyPath, int] = {}
    for path, line, _, _ in _entries(text, _item(_SEPARATOR)):
        lines.setdefault(path, line)
    return lines


def table_lines(text: str) -> dict[KeyPath, int]:
    """The same for tables alone, in less than half the time and memory.

    Tables are made by headers, by dotted keys and inline; an array of tables is none.
    """
    lines: dict[KeyPath, int] = {}
    for path, line, is_table, _ in _entries(text, _item(f"{_SEPARATOR} | {_NO_TABLE}")):
        if is_table:
            lines.setdefault(path, line)
    return lines


def headers(text: str, form: str) -> list[tuple[str, int]]:
    """The headers of tables that match a regular expression as they are written, and where.

    An array of arrays with lines of their own would look like some; the format has none.
    """
    header = rf"[ \t]*+({form})"
    if '"""' in text or "'''" in text:  # nothing else can hold a line that looks like a header
        header = rf"(?: {header} | {_WITH_STRINGS} )"
    found = re.finditer(rf"\n{header}", f"\n{text}", re.DOTALL | re.VERBOSE)
    return [(match[1], match.start(1) - 1) for match in found if match[1]]


@attrs.define(eq=False, repr=False)
class Holder:
    """What more can be put in: all that stands under a header, or a value in brackets.

    Places are offsets in the text.
    """

    path: KeyPath
    """Of a section before the first header, that of the document: `()`."""
    is_section: bool
    start: int
    """Where the header, or the key of the value, or the value in an array begins."""
    inside: int
    """Where the header ends, or just behind the bracket that opens."""
    last: tuple[int, int] | None = None
    """Where the last item in it begins and ends; None while it has none."""


def holders(text: str) -> Iterator[Holder]:
    """Every section and every value in brackets of a TOML text that parses, as they end."""
    items = _item(_SEPARATOR)
    paths = {start: path for path, _, _, start in _entries(text, items)}
    position = 1 if text.startswith("\ufeff") else 0
    section = Holder((), is_section=True, start=position, inside=position)
    values: list[Holder] = []  # the brackets that are open
    while (item := items.match(text, position)) and item.end() > position:
        start, position = item.span("item")
        if start == position:
            continue
        close, key, opening = item.group("close", "key", "open")
        if close:
            start = values[-1].start
            yield values.pop()
        elif opening == "[" and not key and not values:
            yield section
            header = _header().match(text, start)
            assert header, "a text that parses has nothing else here"
            position = header.end()
            section = Holder(paths[start], is_section=True, start=start, inside=position)
            continue
        elif opening:
            values.append(Holder(paths[start], is_section=False, start=start, inside=position))
            continue
        (values or [section])[-1].last = start, start + len(text[start:position].rstrip())
    yield section


def _entries(text: str, items: re.Pattern[str]) -> Iterator[tuple[KeyPath, int, bool, int]]:
    """Each mention of a path in the order of the text: its line, whether it is a table's, where."""
    here: KeyPath = ()  # the table or array we are in
    elements: Iterator[int] | None = None  # the indexes still to come, where it is an array
    outer: list[tuple[KeyPath, Iterator[int] | None]] = []  # the same for each that encloses it
    newest: dict[KeyPath, int] = {}  # the index of the newest element of every [[array of tables]]
    line, counted = 1, 0
    position = 1 if text.startswith("\ufeff") else 0  # a byte order mark
    while (item := items.match(text, position)) and item.end() > position:
        start, position = item.span("item")
        if start == position:
            continue  # nothing but what is skipped
        line += text.count("\n", counted, start)
        counted = start
        close, key, opening = item.group("close", "key", "open")
        if close:
            here, elements = outer.pop()
            continue
        if key:
            *tables, name = _parts(key)
            path = here
            for table in tables:
                path = (*path, table)[:_DEEPEST]
                yield path, line, True, start
            path = (*path, name)[:_DEEPEST]
        elif elements:
            path = (*here, next(elements))[:_DEEPEST]
        else:
            header = _header().match(text, start)
            assert header, "a text that parses has nothing else here"
            position = header.end()
            for here, is_table in _headed(header, newest):
                yield here, line, is_table, start
            continue
        yield path, line, opening == "{" and len(path) < _DEEPEST, start
        if opening:
            outer.append((here, elements))
            here, elements = path, count() if opening == "[" else None


def _headed(header: re.Match[str], newest: dict[KeyPath, int]) -> Iterator[tuple[KeyPath, bool]]:
    """The paths that a header mentions, the table it opens last, and whether each is a table's."""
    array, key = header.groups()
    path: KeyPath = ()
    *tables, name = _parts(key)
    for table in tables:
        path = (*path, table)[:_DEEPEST]
        if path in newest:
            path = (*path, newest[path])[:_DEEPEST]
        yield path, True
    path = (*path, name)[:_DEEPEST]
    if array:
        yield path, False
        newest[path] = newest.get(path, -1) + 1
        path = (*path, newest[path])[:_DEEPEST]
    yield path, True


@lru_cache(maxsize=1024)
def _parts(key: str) -> tuple[str, ...]:
    """The names in a dotted key; the cache keeps one copy of those that every record repeats."""
    return tuple(_name(part) for part in _parts_of(key))


def _name(part: str) -> str:
    if part.startswith('"'):
        return _ESCAPE.sub(_character, part[1:-1])
    return part.strip("'")


def _character(escape: re.Match[str]) -> str:
    code = escape[1]
    if code[0] in "xuU":
        return chr(int(code[1:], 16))
    return _ESCAPED.get(code, code)
