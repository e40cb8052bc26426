"""What a person did, where a file cannot be read as TOML.

A parser says what it expected at the place where it gave up. Whoever types a file, pastes into it
or saves it from a word processor wants to know what they did, where, and what to write instead. The
parser alone decides what is TOML: nothing here is asked before it has refused a text, and what is
not recognised is told in its own words.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

import attrs
import tomli

from betatech_milestones.datafile.foreign import kind_of_file
from betatech_milestones.model import rules
from betatech_milestones.model.findings import Finding, Location
from betatech_milestones.model.printable import printable_line

# --- what the loader calls ------------------------------------------------------------------------


def not_toml(error: Exception, text: str, path: str) -> Finding:
    """Return why a text cannot be parsed, at its line, or at the likeliest one."""
    if isinstance(error, tomli.TOMLDecodeError):
        stop = Stop(text=error.doc, at=error.pos, why=error.msg)
        known = _EXPLANATIONS if stop.end - stop.start < _TYPED else (_unclosed_quote,)
        causes = (explain(stop) for explain in (*known, _in_other_words))
        at, said = next(filter(None, causes))
        where = Location(path=path, line=stop.line_of(at), column=stop.column_of(at))
        return Finding(rule=rules.TOML_SYNTAX, message=f"not TOML: {said}", location=where)
    if isinstance(error, RecursionError):
        return too_deep(_line_with_most("[{.", text), path)
    # Python's limit on the digits of a whole number
    said = "a number with too many digits to read; write a shorter one"
    where = Location(path=path, line=_line_with_most("0123456789", text))
    return Finding(rule=rules.TOML_SYNTAX, message=said, location=where)


def too_deep(line: int, path: str) -> Finding:
    """Return why what is nested in a line is not read."""
    said = "nested too deep to read; the format has no more than five levels"
    return Finding(rule=rules.TOML_SYNTAX, message=said, location=Location(path=path, line=line))


def _line_with_most(characters: str, text: str) -> int:
    """Return the likeliest line of what the parser gives up on without naming a line."""
    lines = text.split("\n")
    counts = [sum(map(line.count, characters)) for line in lines]
    return counts.index(max(counts)) + 1


# --- where the parser stopped ---------------------------------------------------------------------


class Cause(NamedTuple):
    """What a person did, at an offset in the text."""

    at: int
    said: str


@attrs.frozen(kw_only=True)
class Stop:
    """Where the parser gave up, and why; the text before it was accepted."""

    text: str
    at: int
    why: str

    start: int = attrs.field(init=False)
    """Where its line begins."""
    end: int = attrs.field(init=False)
    """Where its line ends."""

    @start.default
    def _start_of_line(self) -> int:
        return self.text.rfind("\n", 0, self.at) + 1

    @end.default
    def _end_of_line(self) -> int:
        end = self.text.find("\n", self.at)
        return len(self.text) if end < 0 else end

    @property
    def line(self) -> str:
        """Its line."""
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before it in its line."""
        return self.text[self.start : self.at]

    @property
    def rest(self) -> str:
        """What stands behind it in its line."""
        return self.text[self.at : self.end]

    @property
    def character(self) -> str:
        """The character at which it is; nothing at the end of the text."""
        return self.text[self.at : self.at + 1]

    @property
    def is_in_brackets(self) -> bool:
        """Whether the parser was reading what stands between brackets."""
        return self.why.startswith("Unclosed")

    def line_of(self, at: int) -> int:
        """Return the number of the line in which an offset lies."""
        return self.text.count("\n", 0, at) + 1

    def column_of(self, at: int) -> int:
        """Return the column of an offset in its line."""
        return at - self.text.rfind("\n", 0, at)


_BARE = r"[A-Za-z0-9_-]+"
_NAME = rf"""(?:{_BARE}|"[^"\n]*"|'[^'\n]*')"""
_NAMES = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_KEY = re.compile(rf"[ \t]*(?P<key>{_NAMES})[ \t]*=[ \t]*(?P<value>.*)")
_KEYS = re.compile(rf"^{_KEY.pattern}", re.MULTILINE)
_HEADER = re.compile(rf"[ \t]*(?P<open>\[\[?)[ \t]*(?P<key>{_NAMES})")
_HEADERS = re.compile(rf"^{_HEADER.pattern}[ \t]*\]", re.MULTILINE)
_ID = re.compile(r"""^[ \t]*id[ \t]*=[ \t]*(["'])([^"'\n]*)\1""", re.MULTILINE)
_COMMENT = re.compile(r"(?:^|[ \t])#.*")
_TYPED = 20_000
"""No person has written a longer line."""
_LONG = 50
_FAR = 200
"""How many lines, or characters of one, are looked back upon: what a person did is near."""

LISTS = frozenset(
    {
        *("period", "source", "cluster", "sector", "body", "kind", "measure", "budget"),
        *("milestone", "revised", "news", "reading"),
    }
)
"""The tables of which there may be several: two brackets are around their names."""


def _names(key: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, key))


def _header(names: tuple[str, ...]) -> str:
    """Return how the header of a table is written."""
    written = ".".join(names)
    return f"[[{written}]]" if names[-1] in LISTS else f"[{written}]"


def _cut(written: str) -> str:
    """Return a text on one line, as a message quotes it."""
    shown = printable_line(written.strip()[: _LONG + 1])
    return shown if len(shown) <= _LONG else f"{shown[: _LONG - 1].rstrip()}…"


def _in_quotes(written: str) -> str:
    """Return a text as a value, in the quotes that it needs."""
    plain = written.strip().strip("\"'")
    quote = "'" if '"' in plain or "\\" in plain else '"'
    return f"{quote}{_cut(plain)}{quote}"


def _without_comment(written: str) -> str:
    return _COMMENT.sub("", written).strip()


def _backwards(pattern: re.Pattern[str], text: str, end: int) -> Iterator[re.Match[str]]:
    """Yield what matches before a place, the last first, a stretch of the text at a time."""
    while end > 0:
        start = text.rfind("\n", 0, max(end - 10_000, 0)) + 1
        yield from reversed(list(pattern.finditer(text, start, end)))
        end = start


# --- another sort of file -------------------------------------------------------------------------


def _other_file(stop: Stop) -> Cause | None:
    """A web page, rich text, JSON or YAML in the place of TOML."""
    beginning = stop.text[:_FAR]
    if kind := kind_of_file(beginning.encode(errors="replace")):
        return Cause(0, kind)
    if "\0" in beginning[:2]:
        return Cause(0, "it is UTF-16; save the file as UTF-8")
    first = beginning.lstrip()
    start = len(beginning) - len(first)
    if re.match(r"\{\s*[\"}]|\[\s*\{", first):
        return Cause(start, 'it is JSON; write key = "…" on a line of its own for each key')
    if stop.line_of(stop.at) == 1 and re.match(r"---\s*\n|%YAML", first):
        return Cause(start, "it is YAML; in TOML, = stands between a key and its value")
    return None


# --- merges ---------------------------------------------------------------------------------------

_MARKERS = {
    mark: re.compile(rf"^[{mark}]{{7}}(?=[ \n]|$)", re.MULTILINE) for mark in ("<", "|", "=", ">")
}


def _merge(stop: Stop) -> Cause | None:
    """The markers of a merge that nobody has finished."""
    markers = (marker.match(stop.text, stop.start) for marker in _MARKERS.values())
    if stop.before.strip() or not any(markers):
        return None
    opened = next(_backwards(_MARKERS["<"], stop.text, stop.end), None)
    closed = _MARKERS[">"].search(stop.text, stop.start)
    if opened is None or closed is None:
        return Cause(stop.start, f"{_cut(stop.line)} is left of a merge; take the line out")
    between = _MARKERS["="].search(stop.text, opened.end(), closed.start())
    middle = f", ======= in line {stop.line_of(between.start())}" if between else ""
    return Cause(
        opened.start(),
        f"an unfinished merge: <<<<<<< in line {stop.line_of(opened.start())}{middle}, "
        f">>>>>>> in line {stop.line_of(closed.start())}; keep what is right of both versions, "
        "and take out the lines with the markers",
    )


# --- characters -----------------------------------------------------------------------------------

_CURLY = "“”„‟«»‘’‚‛‹›″`´"  # noqa: RUF001  they are what is looked for
_ENDS_CURLY = re.compile(rf"[{_CURLY}]([^{_CURLY}\"\n]*)[{_CURLY}\"]")
_LOOK_LIKE = {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "＝": "=", "：": "=", "，": ","}  # noqa: RUF001


def _curly(stop: Stop) -> Cause | None:
    """Quotes of a word processor, in the place of straight ones."""
    if not stop.character or stop.character not in _CURLY:
        return None
    if text := _ENDS_CURLY.match(stop.rest):
        remedy = f'write {_in_quotes(text[1])}, with straight quotes (")'
    else:
        remedy = 'write a straight quote (")'
    return Cause(stop.at, f"{stop.character} is a quote of a word processor; {remedy}")


def _strange_character(stop: Stop) -> Cause | None:
    """A space or a line end that is none, or a sign that only looks like one of ASCII."""
    character = stop.character
    if character == "\r":
        said = "a line end of an old Macintosh (CR); save the file with those of Unix or Windows"
        return Cause(stop.at, said)
    if not character or character.isascii():
        return None
    name = f"U+{ord(character):04X}, {unicodedata.name(character, 'no name').lower()}"
    if character.isspace() or unicodedata.category(character) == "Cf":
        behind = _cut(stop.rest[1:])
        where = f"before {behind}" if behind else "at the end of the line"
        return Cause(stop.at, f"an invisible character ({name}) {where}; take it out")
    if meant := _LOOK_LIKE.get(character):
        return Cause(stop.at, f"{character} ({name}) is no {meant}; write {meant}")
    return None


# --- quotes ---------------------------------------------------------------------------------------

# A remark, a text or what is neither. The limit saves memory.
_WHOLE = re.compile(
    r"""(?:
        [^"'\#]++
      | \#[^\n]*+
      | "{3}[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*"{3,5}+
      | '{3}[^']*+(?:'(?!'')[^']*+)*'{3,5}+
      | "(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*"
      | '(?!'')[^'\n]*+'
    ){,100}""",
    re.DOTALL | re.VERBOSE,
)
_UNENDED = (
    "Illegal character '\\n'",
    "Found invalid character '\\n'",
    "Unterminated",
    'Expected "',
)


def _open_quote(text: str) -> int:
    """Return where the first text begins that has no end."""
    position = 0
    while (found := _WHOLE.match(text, position)) and found.end() > position:
        position = found.end()
    return position


def _unclosed_quote(stop: Stop) -> Cause | None:
    """A text without the quote that ends it, where it begins."""
    if not stop.why.startswith(_UNENDED):
        return None
    start = _open_quote(stop.text)
    quote = stop.text[start : start + 1]
    if stop.text.startswith(quote * 3, start):
        return Cause(start, f"a text in three quotes is never closed; end it with {quote * 3}")
    text = stop.text[start:].partition("\n")[0].rstrip()
    if curly := re.search(rf"[{_CURLY}][ \t,\]}}]*$", text[-_FAR:]):
        said = f"{_cut(text)} ends with {curly[0][0]} of a word processor; write a straight {quote}"
    elif text.endswith(f"\\{quote}"):
        said = (
            rf"the backslash before the last quote of {_cut(text)} keeps it open; write \\ for it"
        )
    else:
        said = f"{_cut(text)} has no quote at its end; close it with {quote} on the same line"
    return Cause(start, said)


_BEGINS_ANEW = re.compile(
    rf"""^[ \t]*(?:
        \[\[?(?:programme|{"|".join(sorted(LISTS))})[\w.]*\]
      | (?:id|title|language|kind|due|source|published|found)[ \t]*=
    )""",
    re.MULTILINE | re.VERBOSE,
)


def _swallowed(stop: Stop) -> Cause | None:
    """A text in three quotes that runs on to the quotes of another one."""
    ended = re.search(r"(\"{3}|'{3})[ \t]*$", stop.before[-_FAR:])
    if not ended:
        return None
    closed = stop.at - len(ended[0])
    opened = stop.text.rfind(ended[1], 0, closed)
    key = _BEGINS_ANEW.search(stop.text, opened + 3, closed) if opened >= 0 else None
    if not key:
        return None
    return Cause(
        opened,
        f"a text in three quotes runs on to line {stop.line_of(closed)}, and takes in "
        f"{_cut(key[0])} of line {stop.line_of(key.end())}; end it with {ended[1]} where it ends",
    )


_RUNS_ON = re.compile(rf"""(["'])(?P<text>[^"']*?),[ \t]*{_BARE}[ \t]*=[ \t]*\1[ \t]*$""")
_QUOTES_WITHIN = r"""write \" for a quote within "…", and put "…" around a text that has an '"""


def _behind_a_text(stop: Stop) -> Cause | None:
    """What stands behind the quote that ends a text."""
    ended = re.search(r"[\"'][ \t]*$", stop.before[-_FAR:])
    if not ended or not stop.rest.strip() or not stop.why.startswith(("Expected newline", "Uncl")):
        return None
    behind = _cut(stop.rest)
    if stop.is_in_brackets:
        if runs_on := _RUNS_ON.search(stop.before[-_FAR:]):
            text = f"{runs_on[1]}{runs_on['text']}"
            said = f"{_cut(text)} has no quote at its end; close it with {runs_on[1]}"
            return Cause(stop.at - len(runs_on[0]), said)
        if _KEY.match(stop.rest) or not stop.character.isalnum():
            return None
        return Cause(stop.at, f"{behind} stands behind a text that has ended; {_QUOTES_WITHIN}")
    if another := _KEY.match(stop.rest):
        said = f"a second key on the line; put {another['key']} on a line of its own"
    elif ended[0][0] in stop.rest:
        said = f"{behind} stands behind a text that has ended; {_QUOTES_WITHIN}"
    elif stop.character in ",;]}":
        return None
    else:
        said = f"{behind} stands behind a text; write a remark behind #, or all of it in quotes"
    return Cause(stop.at, said)


_ESCAPES = ("Unescaped", "Invalid hex value", "Escaped character")


def _backslash(stop: Stop) -> Cause | None:
    """A backslash that was meant to be one."""
    if not stop.why.startswith(_ESCAPES):
        return None
    at = stop.text.rfind("\\", 0, stop.at)
    return Cause(at, r"a backslash begins an escape within quotes; write \\ for one")


# --- brackets -------------------------------------------------------------------------------------

_BRACKETS = re.compile(
    r"""[\[{}\]] | \#[^\n]* | "{3}.*?"{3} | '{3}.*?'{3}
    | "[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"? | '[^'\n]*+'?""",
    re.DOTALL | re.VERBOSE,
)


def _open_bracket(stop: Stop, end: int) -> int | None:
    """Return where the innermost bracket opened that was not closed before a place."""
    start = end
    for _ in range(_FAR):
        start = stop.text.rfind("\n", 0, max(start - 1, 0)) + 1
        if found := _KEY.match(stop.text, start, end):
            opened: list[int] = []
            for token in _BRACKETS.finditer(stop.text, found.start("value"), end):
                if token[0] in "[{":
                    opened.append(token.start())
                elif token[0] in "]}" and opened:
                    opened.pop()
            if opened:
                return opened[-1]
        if start == 0:
            break
    return None


def _unclosed_bracket(stop: Stop) -> Cause | None:
    """A value in brackets that runs on into the next key, the next header or the end."""
    if not stop.why.startswith(("Unclosed", "Invalid value", "Invalid initial", "Expected '=' ")):
        return None
    begins_anew = _KEY.match(stop.line) or _HEADERS.match(stop.line)
    if begins_anew and not stop.before.strip(" \t["):
        at = _open_bracket(stop, stop.start)
    elif not stop.text[stop.at :].strip() or (stop.is_in_brackets and stop.character in "]}"):
        at = _open_bracket(stop, stop.at)
    else:
        return None
    if at is None:
        is_surely = stop.why.startswith(("Unclosed", "Invalid value")) and not stop.before.strip()
        return Cause(stop.at, "a bracket above is not closed; close it") if is_surely else None
    closing = "]" if stop.text[at] == "[" else "}"
    start = stop.text.rfind("\n", 0, at) + 1
    line = _cut(stop.text[start : at + _LONG].partition("\n")[0])
    said = f"the {stop.text[at]} of {line} is not closed; write {closing} where it ends"
    return Cause(at, said)


def _missing_comma(stop: Stop) -> Cause | None:
    """Two values between brackets, with nothing but white space between them."""
    begins = re.match(rf"[\"'\[{{\d]|{_NAMES}[ \t]*=", stop.rest[:_FAR])
    if not stop.is_in_brackets or not begins:
        return None
    if not re.match(r"[\s\"'\]}]", stop.text[stop.at - 1]):
        return None
    return Cause(stop.at, f"a comma is missing before {_cut(stop.rest)}")


def _malformed_header(stop: Stop) -> Cause | None:
    """A header with a bracket too few or too many, without a dot or without a name."""
    if not stop.before.lstrip().startswith("["):
        return None
    header = _HEADER.match(stop.line)
    if header is None:
        said = "a header has a name between its brackets, as in [programme]"
        return Cause(stop.at, said) if stop.why.startswith("Invalid initial") else None
    between = stop.line[header.end() :].lstrip()
    if re.match(r"\.[ \t]*[\].]", between):
        said = f"{_cut(_without_comment(stop.line))} has a dot with no name behind it; take it out"
        return Cause(stop.end - len(between), said)
    is_short = stop.why.startswith("Expected ']") or re.match(r"(?:#|$)", between)
    is_long = header["open"] == "[" and re.match(r"\]\][ \t]*(?:#|$)", between)
    if re.match(_NAME, between) and (is_short or stop.why.startswith(_TWICE)):
        said = f"{_cut(stop.line)} has no dot between its names; write one"
        return Cause(stop.end - len(between), said)
    if not is_short and not is_long:
        return None
    return Cause(
        stop.start + header.start("open"),
        f"the brackets of {_cut(_without_comment(stop.line))} do not match; "
        f"write {_header(_names(header['key']))}",
    )


# --- the same twice -------------------------------------------------------------------------------

_TWICE = ("Cannot ", "Duplicate ")


def _owner(stop: Stop, names: tuple[str, ...]) -> tuple[int, str]:
    """Return where the record begins to which a table belongs, and what it is called.

    That is the last one above it, wherever it was meant to be.
    """
    for header in _backwards(_HEADERS, stop.text, stop.start):
        own = _names(header["key"])
        if header["open"] == "[[" and len(own) < len(names) and own == names[: len(own)]:
            end = _HEADERS.search(stop.text, header.end(), stop.start)
            found = _ID.search(stop.text, header.end(), end.start() if end else stop.start)
            line = stop.line_of(header.start("open"))
            called = f' "{_cut(found[2])}" (line {line})' if found else f" of line {line}"
            return header.start(), f" for the {own[-1]}{called}"
    return 0, ""


def _twice_headed(stop: Stop) -> Cause | None:
    """A table that is there already."""
    header = _HEADERS.match(stop.line)
    if not header or not stop.why.startswith(_TWICE):
        return None
    names = _names(header["key"])
    at = stop.start + header.start("open")
    start, owner = _owner(stop, names)
    above: dict[tuple[str, ...], re.Match[str]] = {}
    for one in _HEADERS.finditer(stop.text, start, at):
        above.setdefault(_names(one["key"]), one)
    if names in above:
        line = f"in line {stop.line_of(above[names].start('open'))}"
        return Cause(at, f"{'.'.join(names)} is there already{owner}, {line}; {_apart(names)}")
    for lower, one in above.items():
        if lower[: len(names)] == names:
            said = f"{_header(lower)} stands above the first {_header(names)}"
            return Cause(one.start("open"), f"{said}; move it below its own")
    key = re.compile(rf"^[ \t]*{re.escape(names[-1])}[ \t]*[.=]", re.MULTILINE)
    earlier = key.search(stop.text, start, at)
    line = f", in line {stop.line_of(earlier.end())}" if earlier else ""
    said = f"{names[-1]} has a value already{owner}{line}; keep that or {_header(names)}"
    return Cause(at, said)


def _apart(names: tuple[str, ...]) -> str:
    """Return what to do with a header that is there twice."""
    if names[-1] in LISTS:
        return f"write {_header(names)} for each of them"
    if len(names) == 1:
        return "put the keys of both into one"
    return (
        f"keep one {_header(names)}, or move this below its own: "
        f"a table belongs to the last {_header(names[:-1])} above it"
    )


def _twice_keyed(stop: Stop) -> Cause | None:
    """A key that the table has already."""
    if not stop.why.startswith(_TWICE):
        return None
    if inline := re.match(r"Duplicate inline table key (['\"])(.*)\1$", stop.why):
        said = f"{_cut(inline[2])} is given twice within the same braces; keep one of them"
        return Cause(stop.at, said)
    section = next(_backwards(_HEADERS, stop.text, stop.at), None)
    start = stop.text.find("\n", section.end()) + 1 if section else 0
    own = next(_backwards(_KEYS, stop.text, stop.at), None)
    earlier = _first_of(own, stop.text, start) if own else None
    if own is None or earlier is None:
        return None
    names, known = _names(own["key"]), _names(earlier["key"])
    table = _names(section["key"]) if section else ()
    inside = f" in {_header(table)}" if table and table[-1] not in LISTS else ""
    owner = _owner(stop, (*table, ""))[1]
    line = f"{inside}{owner}, in line {stop.line_of(earlier.start('key'))}"
    if known != names:
        said = "write all of it as a table, or all of it with dots"
        return Cause(own.start("key"), f"{names[0]} has a value already{line}; {said}")
    said = f"{'.'.join(names)} is given twice{line} and here"
    return Cause(own.start("key"), f"{said}; {_remedy_of_twice(names, table)}")


def _first_of(own: re.Match[str], text: str, start: int) -> re.Match[str] | None:
    """Return the first line whose key has a value to which another one's key leads, too."""
    names = _names(own["key"])
    alike = re.compile(rf"^[ \t]*[\"']?{re.escape(names[0])}[\"']?[ \t]*[.=]", re.MULTILINE)
    for line in alike.finditer(text, start, own.start()):
        if earlier := _KEY.match(text, line.start()):
            known = _names(earlier["key"])
            shared = min(len(known), len(names))
            if known[:shared] == names[:shared]:
                return earlier
    return None


def _remedy_of_twice(names: tuple[str, ...], table: tuple[str, ...]) -> str:
    if names == ("source",):
        return 'keep one, or write both as sources = ["…", "…"]'
    if names == ("id",) and table and table[-1] in LISTS:
        return f"keep one, or begin the second record with {_header(table)}"
    return "keep one of them"


# --- values ---------------------------------------------------------------------------------------

_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEARS = re.compile(r"(\d{4}) ?[-/] ?(\d{4})")
_MONTH = re.compile(r"\d{4}-\d{1,2}")
_MONTHS = 12


_NO_SUCH_DAY = "the calendar has no such day"


def _day(year: str, month: int, day: int) -> str | None:
    try:
        return dt.date(int(year), month, day).isoformat()
    except ValueError:
        return None


def _date(raw: str) -> str | None:
    """Return how to write what is meant for a date."""
    if found := _DAY_FIRST.fullmatch(raw):
        first, second, year = int(found[1]), int(found[3]), found[4]
        if first <= _MONTHS and second <= _MONTHS and first != second:
            return f"write the year first, {year}-{second:02}-{first:02} if {first} is the day"
        month, day = (second, first) if second <= _MONTHS else (first, second)
        written = _day(year, month, day)
        return f"write the year first, {written}" if written else _NO_SUCH_DAY
    if found := _YEAR_FIRST.fullmatch(raw):
        written = _day(found[1], int(found[3]), int(found[4]))
        return f"write {written}" if written else _NO_SUCH_DAY
    if found := _YEARS.fullmatch(raw):
        return f'write {found[1]}, {found[2]} for two years, or a text in quotes, "{raw}"'
    return f'write a month in quotes, "{raw}"' if _MONTH.fullmatch(raw) else None


_DECIMAL = re.compile(r"([+-]?\d+),(\d+)")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:([., ’'])\d{3})(?:\1\d{3})*")  # noqa: RUF001
_WITH_UNIT = re.compile(r"(?:[€$£]|EUR)? ?(\d+(?:\.\d+)?) ?(?:[%€$£]|EUR|euro)?")


def _number(raw: str) -> str | None:
    """Return how to write what is meant for a number."""
    if found := _DECIMAL.fullmatch(raw):
        thousands = f" or {found[1]}_{found[2]}" if len(found[2]) == len("000") else ""
        return f"write {found[1]}.{found[2]}{thousands}, as no number has a comma"
    if _THOUSANDS.fullmatch(raw):
        return f"write {re.sub('[^0-9+-]', '_', raw)}, with _ between thousands"
    if re.fullmatch(r"[+-]?0\d+", raw):
        sign, digits = raw.rstrip("0123456789"), raw.lstrip("+-0")
        return f"write {sign}{digits or '0'}, without a zero before it"
    if re.fullmatch(r"[+-]?\.\d+", raw):
        return f"write {raw.replace('.', '0.')}"
    if found := _WITH_UNIT.fullmatch(raw):
        return f"write the number alone, {found[1]}, or a text in quotes"
    return None


_NOTHINGS = {"null", "none", "nil", "~", "n/a"}


def _meant(raw: str, key: str) -> str:
    """Return what to write for a value that is none."""
    if remedy := _date(raw) or _number(raw):
        return remedy
    if raw.lower() in {"true", "false"}:
        return f"write {raw.lower()}, in small letters, or a text in quotes"
    if raw.lower() in _NOTHINGS:
        return "leave the key out where there is nothing to say"
    if raw.startswith("="):
        return "write one = between a key and its value"
    return f"write a text in quotes, {key}{_in_quotes(raw)}"


def _value(stop: Stop) -> tuple[int, str, str]:
    """Return where the value begins that was not read, the value, and what to write before it."""
    key = _KEY.match(stop.line)
    if key and not key["value"].startswith(("[", "{", '"', "'")):
        return stop.start + key.start("value"), _without_comment(key["value"]), f"{key['key']} = "
    behind = re.match(r"[^\[\]{},\n]*", stop.rest)
    assert behind, "the pattern matches nothing at all, too"
    before = stop.before[max(map(stop.before.rfind, "[]{},=")) + 1 :].lstrip()
    return stop.at - len(before), _without_comment(before + behind[0]), ""


_NO_VALUE = ("Invalid value", "Invalid date", "Expected newline", "Unclosed")


def _bare_value(stop: Stop) -> Cause | None:
    """A text, a date or a number that is written otherwise in TOML."""
    if not stop.why.startswith(_NO_VALUE):
        return None
    at, raw, key = _value(stop)
    if raw.startswith(('"', "'")) or re.match(r"[,;]\s*$", stop.rest):
        return None
    if raw and (key or not stop.why.startswith("Expected newline")):
        return Cause(at, f"{_cut(raw)} is no value; {_meant(raw, key)}")
    if own := re.search(rf"({_NAMES})[ \t]*=[ \t]*$", stop.before[-_FAR:]):
        said = f'{_cut(own[1])} has no value; write {_cut(own[1])} = "…", or leave the key out'
        return Cause(stop.at, said)
    if stop.character == "," and stop.why == "Invalid value":
        return Cause(stop.at, "a comma with no value before it; take it out")
    return None


# --- keys -----------------------------------------------------------------------------------------


def _colon(stop: Stop) -> Cause | None:
    """A colon between a key and its value, as in YAML and JSON."""
    if stop.character != ":" or not stop.why.startswith("Expected '='"):
        return None
    found = re.search(rf"({_NAMES})[ \t]*$", stop.before[-_FAR:])
    key = _cut(found[1]) if found else "a key"
    if re.fullmatch(_BARE, bare := key.strip("\"'")):
        key = bare
    value = re.split(r"[,}]", stop.rest[1:])[0].strip("= \t")
    if not re.match(r"[\"'\[{\d]", value):
        value = _in_quotes(value or "…")
    return Cause(stop.at, f"a colon behind {key}; write {key} = {_cut(value)}")


_NO_KEY = ("Expected '='", "Invalid statement", "Invalid initial")
_NO_KEY_BUT: tuple[tuple[str, str], ...] = (
    (r"//|--|;|/\*|\*\*|!", "is no remark; begin it with #"),
    (r"[-*•] ", "is no element of a list; a list stands behind its key, in brackets"),
    (r"[\]},]", "closes nothing that is open; take it out, or look for what it was to close"),
    (r"=", "has no key before its =; write one"),
    (r"[^\"'\[{=]+=", "has no key; a key is made of letters from a to z, digits, _ and - alone"),
)


def _bare_line(stop: Stop) -> Cause | None:
    """A line that is neither a key with its value nor a header."""
    if not stop.why.startswith(_NO_KEY):
        return None
    if "{" in stop.before or "[" in stop.before:
        said = 'within braces each value stands behind its key, as in nl = "…"'
        return Cause(stop.at, said) if stop.why.startswith("Expected '='") else None
    line = stop.line.lstrip()
    shown = _cut(line)
    for pattern, said in _NO_KEY_BUT:
        if re.match(pattern, line):
            return Cause(stop.end - len(line), f"{shown} {said}")
    said = "is neither a key with its value nor a header"
    return Cause(stop.at, f'{shown} {said}; write key = "…", or # before a remark')


# --- what else ------------------------------------------------------------------------------------


def _behind_a_value(stop: Stop) -> Cause | None:
    """What stands behind a value or a header that has ended."""
    if not stop.why.startswith("Expected newline"):
        return None
    if stop.character in "]}":
        return Cause(stop.at, f"one {stop.character} too many; take it out")
    if stop.character in ",;":
        return Cause(stop.at, f"a line needs no {stop.character} at its end; take it out")
    said = "stands behind what the line holds; put it on a line of its own, or # before a remark"
    return Cause(stop.at, f"{_cut(stop.rest)} {said}")


def _in_other_words(stop: Stop) -> Cause:
    """What the parser itself says."""
    return Cause(stop.at, f"{stop.why[:1].lower()}{stop.why[1:]}; see https://toml.io")


_EXPLANATIONS: tuple[Callable[[Stop], Cause | None], ...] = (
    _other_file,
    _merge,
    _unclosed_quote,
    _curly,
    _strange_character,
    _malformed_header,
    _twice_headed,
    _twice_keyed,
    _backslash,
    _unclosed_bracket,
    _swallowed,
    _colon,
    _behind_a_text,
    _missing_comma,
    _bare_value,
    _bare_line,
    _behind_a_value,
)
"""What a person may have done, what is surest first."""
