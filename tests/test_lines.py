"""Every key, table and array element of a TOML text has a line, and it is the right one."""

import datetime as dt
import json
import pathlib
import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones.datafile.lines import headers, holders, key_lines, table_lines

Path = tuple[str | int, ...]
Lines = dict[Path, int]
Cases = dict[str, tuple[str, Lines]]
Form = TypeVar("Form")

ROOT = pathlib.Path(__file__).parents[1]

HEADERS: Cases = {
    "a table and its keys": (
        """\
language = "nl"
[programme]
id = "betatech"
title = "Milestones"
""",
        {
            ("language",): 1,
            ("programme",): 2,
            ("programme", "id"): 3,
            ("programme", "title"): 4,
        },
    ),
    "arrays of tables in an array of tables": (
        """\
[[measure]]
id = "a"
[[measure.milestone]]
id = "a1"
[[measure.milestone]]
id = "a2"
[measure.milestone.met]
on = 2016-08-01

[[measure]]
[[measure.milestone]]
[[measure.milestone.revised]]
due = 2015
[[measure.milestone.revised]]
""",
        {
            ("measure",): 1,
            ("measure", 0): 1,
            ("measure", 0, "id"): 2,
            ("measure", 0, "milestone"): 3,
            ("measure", 0, "milestone", 0): 3,
            ("measure", 0, "milestone", 0, "id"): 4,
            ("measure", 0, "milestone", 1): 5,
            ("measure", 0, "milestone", 1, "id"): 6,
            ("measure", 0, "milestone", 1, "met"): 7,
            ("measure", 0, "milestone", 1, "met", "on"): 8,
            ("measure", 1): 10,
            ("measure", 1, "milestone"): 11,
            ("measure", 1, "milestone", 0): 11,
            ("measure", 1, "milestone", 0, "revised"): 12,
            ("measure", 1, "milestone", 0, "revised", 0): 12,
            ("measure", 1, "milestone", 0, "revised", 0, "due"): 13,
            ("measure", 1, "milestone", 0, "revised", 1): 14,
        },
    ),
    "tables that only a header mentions": (
        """\
[a.b.c]
[[d.e]]
[d.e.f.g]
""",
        {
            ("a",): 1,
            ("a", "b"): 1,
            ("a", "b", "c"): 1,
            ("d",): 2,
            ("d", "e"): 2,
            ("d", "e", 0): 2,
            ("d", "e", 0, "f"): 3,
            ("d", "e", 0, "f", "g"): 3,
        },
    ),
    "a table after its sub-tables": (
        """\
[a.b]
x = 1
[[a.c]]
[a]
y = 2
""",
        {
            ("a",): 1,
            ("a", "b"): 1,
            ("a", "b", "x"): 2,
            ("a", "c"): 3,
            ("a", "c", 0): 3,
            ("a", "y"): 5,
        },
    ),
    "white space and comments": (
        """\
# [[x]]
  [ a . "b c" ] # [x]
\t[[\td\t]]#[[d]]
  k = 1
""",
        {("a",): 2, ("a", "b c"): 2, ("d",): 3, ("d", 0): 3, ("d", 0, "k"): 4},
    ),
    "quoted names": (
        r"""
[a."b.c".'d"]']
["]\"[".x]
[['\']]
["\u00e9\U0001F600\\\t"]
""",
        {
            ("a",): 2,
            ("a", "b.c"): 2,
            ("a", "b.c", 'd"]'): 2,
            (']"[',): 3,
            (']"[', "x"): 3,
            ("\\",): 4,
            ("\\", 0): 4,
            ("é😀\\\t",): 5,
        },
    ),
}

KEYS: Cases = {
    "dotted": (
        """\
met.on = 2016-08-01
met.source.id = "a"
met . source\t.page = 3
[[a]]
b.c = 1
b.d = {}
""",
        {
            ("met",): 1,
            ("met", "on"): 1,
            ("met", "source"): 2,
            ("met", "source", "id"): 2,
            ("met", "source", "page"): 3,
            ("a",): 4,
            ("a", 0): 4,
            ("a", 0, "b"): 5,
            ("a", 0, "b", "c"): 5,
            ("a", 0, "b", "d"): 6,
        },
    ),
    "that look like values": (
        """\
2014-08-01 = 1
3.14 = 2
true = 3
- = 4
inf = { nan = 5 }
""",
        {
            ("2014-08-01",): 1,
            ("3",): 2,
            ("3", "14"): 2,
            ("true",): 3,
            ("-",): 4,
            ("inf",): 5,
            ("inf", "nan"): 5,
        },
    ),
    "quoted": (
        """\
"" = 1
x.'' = 2
"a # = [b" = 3
'c:\\n' = 4
"'" = 5
'"' = 6
"é"."x.y" = 7
""",
        {
            ("",): 1,
            ("x",): 2,
            ("x", ""): 2,
            ("a # = [b",): 3,
            ("c:\\n",): 4,
            ("'",): 5,
            ('"',): 6,
            ("é",): 7,
            ("é", "x.y"): 7,
        },
    ),
    "with every escape": (
        r"""
"\b\t\n\f\r\"\\" = 1
"\u0041\U00000042" = 2
"\\u0041" = 3
""",
        {('\b\t\n\f\r"\\',): 2, ("AB",): 3, ("\\u0041",): 4},
    ),
}

STRINGS: Cases = {
    "on one line, with all that means something outside": (
        r'''
a = "# [x] { y = 1 } ' \" \\"
b = '# [x] { y = 1 } "\'
c = ""
d = '"""'
e = "]" # "
f = '' # '
g = 1
''',
        {(key,): line for line, key in enumerate("abcdefg", 2)},
    ),
    "on many lines, with headers and keys inside": (
        '''
a = """
[x]
y = "1"
z = { # '
"""
b = 2
''',
        {("a",): 2, ("b",): 7},
    ),
    "on many lines, literal": (
        r"""
a = '''
[[x]] ' '' ""
y = "1" \'''
b = "'''"
c = 2
""",
        {("a",): 2, ("b",): 5, ("c",): 6},
    ),
    "with quotes of their own at both ends": (
        r'''
a = """"one"""" # """
b = """""two"""""
c = """""" # "
d = """\"""" # '
e = """\\""" # '
f = """ "" \""" ""\\"""
g = 1
''',
        {(key,): line for line, key in enumerate("abcdefg", 2)},
    ),
    "with apostrophes of their own at both ends": (
        r"""
a = ''''one'''' # '''
b = '''''two'''''
c = '''''' # '
d = ''' '' \''' # "
e = 1
""",
        {(key,): line for line, key in enumerate("abcde", 2)},
    ),
    "with escaped line ends": (
        r'''
a = """\
  one \

  two\\
"""
b = 1
''',
        {("a",): 2, ("b",): 7},
    ),
}

INLINE: Cases = {
    "tables in tables": (
        """\
title = { nl = "{", en.short = "}", "x y" = { z = [] } } # { a = 1 }
empty = {}
[a]
b = {c={d={}}}
""",
        {
            ("title",): 1,
            ("title", "nl"): 1,
            ("title", "en"): 1,
            ("title", "en", "short"): 1,
            ("title", "x y"): 1,
            ("title", "x y", "z"): 1,
            ("empty",): 2,
            ("a",): 3,
            ("a", "b"): 4,
            ("a", "b", "c"): 4,
            ("a", "b", "c", "d"): 4,
        },
    ),
    "arrays of values of all types": (
        """\
sectors = ["mbo", 'hbo']
mixed = [1, -2.5e3, true, inf, 0xff, "a", '''b''', 1979-05-27 07:32:00Z, 07:32:00, [], {}]
""",
        {
            ("sectors",): 1,
            ("sectors", 0): 1,
            ("sectors", 1): 1,
            ("mixed",): 2,
            **{("mixed", index): 2 for index in range(11)},
        },
    ),
    "arrays on many lines": (
        '''\
a = [ # ] "
  1, 2

  , # [3]
  """
  ]
  """, [
    "x", # one
    [ 4 ]
  ],
]
b = [[],
[]]
''',
        {
            ("a",): 1,
            ("a", 0): 2,
            ("a", 1): 2,
            ("a", 2): 5,
            ("a", 3): 7,
            ("a", 3, 0): 8,
            ("a", 3, 1): 9,
            ("a", 3, 1, 0): 9,
            ("b",): 12,
            ("b", 0): 12,
            ("b", 1): 13,
        },
    ),
    "arrays that look like headers": (
        """\
a = [
[1],
["b"],
[[2]]]
[d]
e = [
  ["f = 1"]
]
""",
        {
            ("a",): 1,
            ("a", 0): 2,
            ("a", 0, 0): 2,
            ("a", 1): 3,
            ("a", 1, 0): 3,
            ("a", 2): 4,
            ("a", 2, 0): 4,
            ("a", 2, 0, 0): 4,
            ("d",): 5,
            ("d", "e"): 6,
            ("d", "e", 0): 7,
            ("d", "e", 0, 0): 7,
        },
    ),
    "arrays with strings that would end them, read from the wrong quote": (
        r'''
a = ["\"]", ']"', {}]
b = ["""a"]""", {}]
''',
        {
            ("a",): 2,
            ("a", 0): 2,
            ("a", 1): 2,
            ("a", 2): 2,
            ("b",): 3,
            ("b", 0): 3,
            ("b", 1): 3,
        },
    ),
    "the same with apostrophes": (
        """
a = ['''a']''', {}]
""",
        {("a",): 2, ("a", 0): 2, ("a", 1): 2},
    ),
    "a programme": (
        """\
measure = [
  { id = "a", milestone = [
    { id = "a1", due = 2015-01-01 }, # first
    { met.on = 2016 },
  ] },
  "x",
  { id = "b" }
]
""",
        {
            ("measure",): 1,
            ("measure", 0): 2,
            ("measure", 0, "id"): 2,
            ("measure", 0, "milestone"): 2,
            ("measure", 0, "milestone", 0): 3,
            ("measure", 0, "milestone", 0, "id"): 3,
            ("measure", 0, "milestone", 0, "due"): 3,
            ("measure", 0, "milestone", 1): 4,
            ("measure", 0, "milestone", 1, "met"): 4,
            ("measure", 0, "milestone", 1, "met", "on"): 4,
            ("measure", 1): 6,
            ("measure", 2): 7,
            ("measure", 2, "id"): 7,
        },
    ),
}

LAYOUT: Cases = {
    "nothing": ("", {}),
    "blank lines and a comment": ("\n \t\n# a = 1", {}),
    "no line end at the end": ("a = 1\nb = []", {("a",): 1, ("b",): 2}),
    "no spaces": (
        "a=1#b=2\n[c]\nd={e=1}",
        {("a",): 1, ("c",): 2, ("c", "d"): 3, ("c", "d", "e"): 3},
    ),
    "line ends of Windows": (
        'a = """\r\n[x]\r\n"""\r\n\r\n[b] # c\r\nd = [\r\n1,\r\n]\r\n',
        {("a",): 1, ("b",): 5, ("b", "d"): 6, ("b", "d", 0): 7},
    ),
    "other characters that end lines elsewhere": (
        "a = '\x85 \u2028' # \u2029\nb = 1",
        {("a",): 1, ("b",): 2},
    ),
}

# Not for tomllib before Python 3.15.
TOML_1_1: Cases = {
    "line ends, comments and a last comma in inline tables": (
        """\
a = { # }
  b = 1,

  c.d = { e = [ {
    f = 2 } ], }, # {
}
g = 3
""",
        {
            ("a",): 1,
            ("a", "b"): 2,
            ("a", "c"): 4,
            ("a", "c", "d"): 4,
            ("a", "c", "d", "e"): 4,
            ("a", "c", "d", "e", 0): 4,
            ("a", "c", "d", "e", 0, "f"): 5,
            ("g",): 7,
        },
    ),
    "the escapes for ESC and for two hexadecimal digits": (
        r'"\e[0m\x41" = "\e"',
        {("\x1b[0mA",): 1},
    ),
}


def paths(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every path of a parsed document and its value."""
    if isinstance(value, dict):
        inside: Any = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    else:
        return
    for key, part in inside:
        yield (*path, key), part
        yield from paths(part, (*path, key))


def of_tables(lines: Lines, text: str) -> Lines:
    """Those lines whose path leads to a table, says the parser of the standard library."""
    values = dict(paths(tomllib.loads(text)))
    return {path: line for path, line in lines.items() if isinstance(values[path], dict)}


def table(cases: Cases) -> Callable[..., Any]:
    return pytest.mark.parametrize(("text", "lines"), cases.values(), ids=cases)


@table(HEADERS)
def test_headers(text: str, lines: Lines) -> None:
    """A header gives its line to its table or element, and to what it is the first to mention."""
    assert key_lines(text) == lines


@table(KEYS)
def test_keys(text: str, lines: Lines) -> None:
    """A key has the line it is on, under the name that its quotes and escapes stand for."""
    assert key_lines(text) == lines


@table(STRINGS)
def test_strings(text: str, lines: Lines) -> None:
    """Nothing inside a string is taken for a key, a bracket, a comment or the end of the string."""
    assert key_lines(text) == lines


@table(INLINE)
def test_inline(text: str, lines: Lines) -> None:
    """Elements of arrays and keys of inline tables have lines, nested to any depth."""
    assert key_lines(text) == lines


@table(LAYOUT)
def test_layout(text: str, lines: Lines) -> None:
    """Lines are counted by line feeds, whatever else is or is not between the keys."""
    assert key_lines(text) == lines


@table(HEADERS | KEYS | STRINGS | INLINE | LAYOUT)
def test_byte_order_mark(text: str, lines: Lines) -> None:
    """A byte order mark before the text changes nothing."""
    assert key_lines(f"\ufeff{text}") == lines
    assert table_lines(f"\ufeff{text}") == table_lines(text)


@table(HEADERS | KEYS | STRINGS | INLINE | LAYOUT)
def test_cases_against_a_parser(text: str, lines: Lines) -> None:
    """The tables above hold the paths that the parser of the standard library finds."""
    assert lines.keys() == dict(paths(tomllib.loads(text))).keys()
    assert table_lines(text) == of_tables(lines, text)


@table(TOML_1_1)
def test_toml_1_1(text: str, lines: Lines) -> None:
    """What TOML 1.1 added is understood."""
    assert key_lines(text) == lines


def test_tables_of_toml_1_1() -> None:
    """Tables within an inline table of many lines are found too."""
    text, _ = TOML_1_1["line ends, comments and a last comma in inline tables"]
    assert table_lines(text) == {
        ("a",): 1,
        ("a", "c"): 4,
        ("a", "c", "d"): 4,
        ("a", "c", "d", "e", 0): 4,
    }


def test_table_lines() -> None:
    """Tables are headers, elements, dotted keys and inline tables; arrays of tables are not."""
    text = """\
[[measure]]
id = "a"
title = { nl = "een", en = "one" }
sectors = ["mbo", "hbo"]
met.on = 2016-08-01
budget = [{ amount = 1 }, 2,
  { amount = 3 }]
"""
    assert table_lines(text) == {
        ("measure", 0): 1,
        ("measure", 0, "title"): 3,
        ("measure", 0, "met"): 5,
        ("measure", 0, "budget", 0): 6,
        ("measure", 0, "budget", 2): 7,
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("[[a]]", ["[[a]] 1"]),
        ("# one\r\n[[a]] # of three\r\n [a.b]\r\n\r\n[[a]]", ["[[a]] 2", "[a.b] 3", "[[a]] 5"]),
        ("[[ a . 'b' ]]\nc = [[1]]\n\t[ 'd]' ]", ["[[ a . 'b' ]] 1", "[ 'd] 3"]),
        ("x = 'y'\n#[[a]]\nz = '[[a]]'\n[[a.b]]", ["[[a.b]] 4"]),
        ('x = """\n[[a]]\\"""\n[[a]]"""\n[[a]]', ["[[a]] 4"]),
        ("x = '''\n[[a]]\\'''\n[[a]]", ["[[a]] 3"]),
        ('x = ["y", """z""", """\n[[a]]""", """\n[[a]]\n"""]\n[[a]]', ["[[a]] 5"]),
        ('x = \'"""\' # \'\'\'\n[[a]]\n[a.b] # """\n[a]', ["[[a]] 2", "[a.b] 3", "[a] 4"]),
    ],
)
def test_headers_as_they_are_written(text: str, found: list[str]) -> None:
    """Headers as they are written, and nothing that only looks like one."""
    any_form = r"\[\[?[^\n\]]*\]\]?"
    assert [
        f"{one} {text.count(chr(10), 0, at) + 1}" for one, at in headers(text, any_form)
    ] == found
    assert all(text.startswith(one, at) for one, at in headers(text, any_form))
    assert [one for one, _ in headers(text, r"\[\[a\]\]")] == [
        one.partition(" ")[0] for one in found if one.startswith("[[a]]")
    ]


@pytest.mark.parametrize(
    ("stretch", "lines"),
    [
        ("# comment\n\n", 2),
        ("key-{} = 'value'\n", 1),
        ("key-{} = 'value'\n# comment\n", 2),
        ("key-{} = [\n  1, 'value',\n]\n", 3),
        ('key-{} = """ "" \\" \\\n"""\n', 2),
        ("[table-{}]\n\n", 2),
    ],
)
def test_long_stretches(stretch: str, lines: int) -> None:
    """However long a stretch of the same is, what follows it is found."""
    text = "".join(stretch.format(number) for number in range(3000)) + "[last]"
    assert key_lines(text)["last",] == table_lines(text)["last",] == 3000 * lines + 1
    assert key_lines(text).keys() == dict(paths(tomllib.loads(text))).keys()


def test_long_values() -> None:
    """An array or inline table of thousands of values may still have a table at its end."""
    text = "a = [" + "'x',\n" * 3000 + "{}]\nb = [" + "'x',\n" * 3000 + "]\n"
    text += "c = { " + "".join(f"k{number}=1, " for number in range(3000)) + "d = {} }"
    assert len(key_lines(text)) == 9005
    assert table_lines(text) == {("a", 3000): 3001, ("c",): 6003, ("c", "d"): 6003}


def test_deep_nesting() -> None:
    """No nesting is too deep; what no key of a programme is as deep as has no line of its own."""
    text = "a = " + "[\n" * 2000 + "{}" + "]" * 2000 + "\nb = {}\n"
    assert table_lines(text) == {("b",): 2002}
    assert key_lines(text) == {("a", *[0] * depth): depth + 1 for depth in range(20)} | {
        ("b",): 2002
    }


@pytest.mark.parametrize(
    "text",
    [
        f"{'.'.join(['a'] * 2000)} = 1",
        f"[{'.'.join(['a'] * 2000)}]",
        f"[[{'.'.join(['a'] * 2000)}]]",
    ],
    ids=["key", "header", "header of an array"],
)
def test_long_dotted_keys(text: str) -> None:
    """Of a key of thousands of names, as many have a line as a key of a programme may have."""
    assert [len(path) for path in key_lines(text)] == [*range(1, 21)]


@pytest.mark.parametrize(
    "path",
    [ROOT / "pyproject.toml", *sorted((ROOT / "data").glob("*.toml"))],
    ids=lambda path: path.name,
)
def test_own_files(path: pathlib.Path) -> None:
    """In the files of the project each path has a line, and the line names its last key."""
    text = path.read_text(encoding="utf-8")
    lines = key_lines(text)
    assert lines.keys() == dict(paths(tomllib.loads(text))).keys()
    for (*_, key), line in lines.items():
        assert isinstance(key, int) or key in text.split("\n")[line - 1]
    assert table_lines(text) == of_tables(lines, text)


NASTY = st.text("\"'\\#[]{}=,.\n\t a1é😀", max_size=8)
NAMES = st.sampled_from(["a", "b", "c-1", "2014-08-01", "true", ""]) | NASTY
SCALARS = (
    NASTY
    | st.integers(-9, 9)
    | st.booleans()
    | st.dates(dt.date(1000, 1, 1))
    | st.datetimes(dt.datetime(1000, 1, 1))  # noqa: DTZ001  TOML's local date-time
    | st.times()
)


def tables_of(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(NAMES, values, max_size=4)


VALUES = st.recursive(
    SCALARS,
    lambda values: (
        st.lists(values, max_size=3)
        | tables_of(values)
        | st.lists(tables_of(values), min_size=1, max_size=3)
    ),
    max_leaves=12,
)


class Writer:
    """Writes TOML in any layout and knows the line of what it writes."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.text = ""
        self.lines: Lines = {}
        self.draw = draw

    def any_of(self, *forms: Form) -> Form:
        return self.draw(st.sampled_from(forms))

    def perhaps(self) -> bool:
        return self.draw(st.booleans())

    def put(self, *parts: str) -> None:
        for part in parts:
            self.text += part + self.any_of("", " ", "\t")

    def end_line(self) -> None:
        self.put(self.any_of("\n", "\n\n \n", "# [x] = {\n", "#'''\n# \"\n"))

    def mark(self, path: Path) -> None:
        """Note that a path is mentioned here, and so is all that leads to it."""
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], self.text.count("\n") + 1)

    def table(self, value: dict[str, Any], path: Path = ()) -> None:
        """Write a header and what is below it, some tables below headers of their own."""
        apart = {
            key: part
            for key, part in value.items()
            if (isinstance(part, dict) or is_array_of_tables(part)) and self.perhaps()
        }
        may_follow = bool(path) and isinstance(path[-1], str)
        order = self.any_of("header first", "header last", "no header") if may_follow else None
        if order == "header last":
            self.tables_apart(apart, path)
        if path and not (order == "no header" and apart and apart == value):
            opening = "[" if may_follow else "[["
            self.put(opening)
            self.mark(path)
            self.key(path)
            self.put("]" * len(opening))
            self.end_line()
        for key, part in value.items():
            if key not in apart:
                self.pair(part, (*path, key), path, self.end_line)
                self.end_line()
        if order != "header last":
            self.tables_apart(apart, path)

    def tables_apart(self, tables: dict[str, Any], path: Path) -> None:
        for key, part in tables.items():
            if isinstance(part, dict):
                self.table(part, (*path, key))
            else:
                for index, element in enumerate(part):
                    self.table(element, (*path, key, index))

    def pair(self, value: Any, path: Path, within: Path, separate: Callable[[], None]) -> None:
        """Write `key = value`, or a table as dotted keys with separators in between."""
        if isinstance(value, dict) and value and self.perhaps():
            for number, (key, part) in enumerate(value.items()):
                if number:
                    separate()
                self.pair(part, (*path, key), within, separate)
        else:
            self.mark(path)
            self.key(path[len(within) :])
            self.put("=")
            self.value(value, path)

    def key(self, path: Path) -> None:
        names = [name for name in path if isinstance(name, str)]
        for number, name in enumerate(names):
            forms = [self.basic(name)]
            if re.fullmatch("[A-Za-z0-9_-]+", name):
                forms.append(name)
            if not set("'\n") & set(name):
                forms.append(f"'{name}'")
            self.put(*["."] * bool(number), self.any_of(*forms))

    def value(self, value: Any, path: Path) -> None:
        if isinstance(value, dict):
            self.put("{")
            for number, (key, part) in enumerate(value.items()):
                self.put(*[","] * bool(number))
                self.pair(part, (*path, key), path, lambda: self.put(","))
            self.put("}")
        elif isinstance(value, list):
            self.put("[")
            for index, part in enumerate(value):
                if self.perhaps():
                    self.end_line()
                self.mark((*path, index))
                self.value(part, (*path, index))
                self.put("," if index < len(value) - 1 else self.any_of("", ","))
            self.put("]")
        elif isinstance(value, str):
            self.put(self.string(value))
        elif isinstance(value, bool):
            self.put(str(value).lower())
        else:
            self.put(str(value))  # a number, a day, a time, or both with a space between

    def string(self, content: str) -> str:
        escaped = content.replace("\\", "\\\\").replace('"""', '""\\"')
        forms = [self.basic(content), f'"""\n{escaped}"""']
        if content == content.lstrip():
            forms.append(f'"""\\\n \n{escaped}"""')
        if not set("'\n") & set(content):
            forms.append(f"'{content}'")
        if "'''" not in content:
            forms.append(f"'''\n{content}'''")
        return self.any_of(*forms)

    def basic(self, content: str) -> str:
        escaped = "".join(f"\\U{ord(character):08x}" for character in content)
        return self.any_of(json.dumps(content, ensure_ascii=False), f'"{escaped}"')


def is_array_of_tables(value: Any) -> bool:
    return isinstance(value, list) and value != [] and all(isinstance(e, dict) for e in value)


@st.composite
def written(draw: st.DrawFn) -> tuple[dict[str, Any], str, Lines]:
    """Any document, a text of it and the line of each path in that text."""
    document = draw(tables_of(VALUES))
    writer = Writer(draw)
    writer.end_line()
    writer.table(document)
    return document, writer.text.replace("\n", writer.any_of("\n", "\r\n")), writer.lines


@pytest.mark.slow
@given(written())
def test_any_document_in_any_layout(example: tuple[dict[str, Any], str, Lines]) -> None:
    """Every path of any document has the line that its writer put it on.

    Headers that are plain have it where they are as many as the tables of their array.
    """
    document, text, lines = example
    assert tomllib.loads(text) == document, "the writer writes TOML"
    assert key_lines(text) == lines
    assert table_lines(text) == of_tables(lines, text)
    for name in ("a", "b"):
        starts = headers(text, rf"\[\[{name}\]\]")
        found = [text.count("\n", 0, start) + 1 for _, start in starts]
        elements = document[name] if is_array_of_tables(document.get(name)) else []
        assert len(found) <= len(elements)
        if len(found) == len(elements):
            assert found == [lines[name, index] for index in range(len(found))]


# --- what more can be put in ----------------------------------------------------------------------

HOLDERS = """\
\ufefftop = [ 1, [ 2 ], ] # of the document
[a.b] # empty
[[c]]
'd'.e = { "f" = "]", g = { } }
h = '''
[no.header]''' # nor here: [x]

[[c]]
i = [
  { j = 1 }, # {
  # ]
]
"""


def test_holders_and_what_they_hold_last() -> None:
    """Every section and every pair of brackets: its path, how it begins, what is last in it."""
    text = HOLDERS
    found = [
        (
            holder.path,
            "section" if holder.is_section else "brackets",
            text[holder.start : holder.inside],
            holder.last and text[slice(*holder.last)],
        )
        for holder in holders(text)
    ]
    assert found == [
        (("top", 1), "brackets", "[", "2"),
        (("top",), "brackets", "top = [", "[ 2 ]"),
        ((), "section", "", "top = [ 1, [ 2 ], ]"),
        (("a", "b"), "section", "[a.b]", None),
        (("c", 0, "d", "e", "g"), "brackets", "g = {", None),
        (("c", 0, "d", "e"), "brackets", "'d'.e = {", "g = { }"),
        (("c", 0), "section", "[[c]]", "h = '''\n[no.header]'''"),
        (("c", 1, "i", 0), "brackets", "{", "j = 1"),
        (("c", 1, "i"), "brackets", "i = [", "{ j = 1 }"),
        (("c", 1), "section", "[[c]]", "i = [\n  { j = 1 }, # {\n  # ]\n]"),
    ]


def test_holders_of_large_texts() -> None:
    """What is longer than one stretch of the pattern is read to its end."""
    text = "".join(["a = [", "1," * 3000, "]\n", "# comment\n" * 3000, "[b]\nc = 1"])
    assert [(one.path, one.last and text[slice(*one.last)][-5:]) for one in holders(text)] == [
        (("a",), "1"),
        ((), "1,1,]"),
        (("b",), "c = 1"),
    ]
