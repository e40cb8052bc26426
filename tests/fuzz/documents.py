"""Documents to read: sound ones, nearly sound ones, and whatever else a file may hold.

An example is a folder: what its files hold, by their names. What is nearly sound is a sound text
with one to three mutations, of characters, lines, values, keys or tables. What is hostile is TOML
by its grammar, with our keys and any values, or bytes that are nothing at all.
"""

import datetime as dt
import functools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli
from compare_readers import corpus
from hypothesis import strategies as st
from programmes import PROGRAMME
from sites import EVERY_GROUP
from strategies import grown, programmes

from betatech_milestones import LANGUAGES, as_of, dumps, loads, publish, render, schema
from betatech_milestones.datafile.dump import inline
from betatech_milestones.datafile.find import shipped

Folder = dict[str, bytes]
"""What the files of a folder hold, by their names."""
Draw = Callable[[st.SearchStrategy[Any]], Any]

DATA = "milestones.toml"
ROOT = Path(__file__).parents[2]
DAY = dt.date(2015, 6, 1)
"""On which the shared programmes have something of every status."""


def files(**by_stem: st.SearchStrategy[bytes]) -> st.SearchStrategy[Folder]:
    """Folders with files of these contents; `milestones_toml` is `milestones.toml`."""
    named = {stem.replace("_", "."): contents for stem, contents in by_stem.items()}
    return st.fixed_dictionaries(named)


# --- what stands in a hostile file ----------------------------------------------------------------


def _keys(described: Any) -> Iterator[str]:
    """Yield every key that a schema knows."""
    if isinstance(described, dict):
        yield from described.get("properties", ())
        for one in described.values():
            yield from _keys(one)
    elif isinstance(described, list):
        for one in described:
            yield from _keys(one)


KEYS = sorted({*_keys(schema()), *_keys(schema(portfolio=True)), "colour"})
HOSTILE_CHARACTERS = (
    "\x00\x07\x1b\x7f\x85\xa0\u2028\u200b\u202e\ufeff\U000e0041\ud83d\"'\\[]{}#=,.\n\r\t"
)
HOSTILE_TEXTS = [
    *("", " ", "::set-output name=x::y", "##[error]x", "\x1b[2Jx", "a\u202eb", "../../etc/passwd"),
    *("=1+1", "<script>", "{{ 7 }}", "%s{0}", "é" * 300, "x" * 5000, "con", "a/b", "a/b/c", "-"),
    *("zomer\n2014", "2014-02-30", "9999-12-31", "voor de zomer", "1/9/2026", "2026-27", "[..]"),
    *("0001-01-01", "[9999..]", "https://[", "http://a b", "mailto:", "Mars/Phobos", "nl-x-" * 9),
]
HOSTILE_NUMBERS = [
    *("0", "-1", "+0", "1e999", "-inf", "nan", "1e-400", "9" * 400, "9" * 5000, "0.1e-9", "1_0"),
    *("0x7fffffffffffffff", "9007199254740993", "00", "1.", "9999", "10000", "true", "false"),
]
HOSTILE_DAYS = [
    *("2014-08-01", "0001-01-01", "9999-12-31", "2014-02-30", "2014-08-01T00:00:00Z", "10:00:00"),
    *("2014-08-01 10:00:00.999999999-23:59", "2014-13-01", "0000-01-01", "24:00:00"),
]

_texts = st.sampled_from(HOSTILE_TEXTS) | st.text(
    st.characters(exclude_categories=()) | st.sampled_from(HOSTILE_CHARACTERS), max_size=12
)
_ids = st.sampled_from([*re.findall(r'^id = "(.*)"', PROGRAMME, re.MULTILINE), "files/in-force"])
_words = st.sampled_from(sorted({*re.findall(r'"([^"\\\n]*)"', EVERY_GROUP + PROGRAMME)}))
_scalars = (
    st.one_of(_texts, _ids, _words).map(json.dumps)
    | _texts.map("'{}'".format)
    | _texts.map('"""{}"""'.format)
    | st.sampled_from(HOSTILE_NUMBERS + HOSTILE_DAYS)
    | st.integers().map(str)
    | st.floats().map(str)
    | st.dates().map(str)
)
_keys_of_tables = st.sampled_from([*KEYS, "nl", "en", '"a b"', "'é'", "1", '""'])
_dotted = st.lists(_keys_of_tables, min_size=1, max_size=3).map(".".join)
values = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda those: f"[{', '.join(those)}]")
        | st.lists(st.tuples(_dotted, inner), max_size=3).map(
            lambda pairs: f"{{ {', '.join(f'{key} = {value}' for key, value in pairs)} }}"
        )
    ),
    max_leaves=6,
) | st.builds(
    lambda deep, with_what: with_what[0] * deep + with_what[1] * deep,
    st.sampled_from([5, 90, 2000]),
    st.sampled_from(["[]", ("{a=", "}"), "[\n"]),
)
"""Any values, as they are written."""
_lines = (
    st.builds("{} = {}".format, _dotted, values)
    | _dotted.map("[{}]".format)
    | _dotted.map("[[{}]]".format)
    | _texts.map("# {}".format)
    | _texts
)
hostile = st.lists(_lines, max_size=12).map("\n".join)
"""TOML by its grammar, more or less, with our keys and any values."""


PHRASES = [row.phrase for language in LANGUAGES for row in corpus(language)]
"""Dates as people wrote them."""

# --- sound texts ----------------------------------------------------------------------------------

SEEDS = (PROGRAMME, EVERY_GROUP, shipped().read_text(encoding="utf-8"))


def _in_brackets(text: str) -> str:
    """Return a document with every table on the line of its key."""
    document = tomli.loads(text)
    return "\n".join(f"{key} = {inline(value)}" for key, value in document.items())


_LAYOUTS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: "\ufeff" + text,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.rstrip("\n"),
    lambda text: text.replace("\n[", "\n\n\n  # a remark\n  ["),
    lambda text: text.replace(" = ", "="),
    lambda text: re.sub(r"^(\w+ = .*[^,\[({])$", r"\1 # a remark", text, flags=re.MULTILINE),
)


def _laid_out(text: str, layout: Callable[[str], str]) -> str:
    """Return a text in another layout, if it says the same then."""
    changed = layout(text)
    try:
        same = tomli.loads(changed.removeprefix("\ufeff")) == tomli.loads(text)
    except tomli.TOMLDecodeError:
        same = False
    return changed if same else text


written = programmes().map(dumps)
sound = st.builds(
    _laid_out,
    st.sampled_from([*SEEDS[:2], *map(_in_brackets, SEEDS[:2])]) | written,
    st.sampled_from(_LAYOUTS),
)
"""Data files without problems, in any layout."""


# --- nearly sound texts ---------------------------------------------------------------------------


def _character(draw: Draw, text: str) -> str:
    at: int = draw(st.integers(0, len(text)))
    inserted: str = draw(st.sampled_from(["", *HOSTILE_CHARACTERS]))
    return text[:at] + inserted + text[at + draw(st.integers(0, 2)) :]


def _line(draw: Draw, text: str) -> str:
    lines = text.split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    match draw(st.sampled_from(["without", "twice", "moved", "cut off"])):
        case "without":
            del lines[at]
        case "twice":
            lines.insert(at, lines[at])
        case "moved":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        case "cut off":
            del lines[at:]
    return "\n".join(lines)


def _in_a_match(
    pattern: str, written: st.SearchStrategy[str] | None = None
) -> Callable[[Draw, str], str]:
    """Return what puts something else in place of what a pattern finds somewhere in a text."""

    def mutated(draw: Draw, text: str) -> str:
        found = [*re.finditer(pattern, text, re.MULTILINE)]
        if not found:
            return text
        one: re.Match[str] = draw(st.sampled_from(found))
        new: str = draw(st.sampled_from(found))[1] if written is None else draw(written)
        return text[: one.start(1)] + new + text[one.end(1) :]

    return mutated


_VALUE = r"(?:^|[{,])[ \t]*[\w.]+ ?= ?((?:\"[^\"\n]*\"|[^,}\n#]+))"
_KEY = r"(?:^|[{,])[ \t]*([\w.]+) ?="
_HEADER = r"^\[+([^\]\n]*)\]"


def _table(draw: Draw, text: str) -> str:
    first, *tables = re.split(r"^(?=\[)", text, flags=re.MULTILINE)
    if not tables:
        return text
    at = draw(st.integers(0, len(tables) - 1))
    match draw(st.sampled_from(["without", "twice", "moved", "of another"])):
        case "without":
            del tables[at]
        case "twice":
            tables.insert(at, tables[at])
        case "moved":
            tables.insert(draw(st.integers(0, len(tables) - 1)), tables.pop(at))
        case "of another":
            others = re.split(r"^(?=\[)", draw(st.sampled_from(SEEDS[:2])), flags=re.MULTILINE)
            tables.insert(at, draw(st.sampled_from(others)))
    return first + "".join(tables)


_MUTATIONS: tuple[Callable[[Draw, str], str], ...] = (
    _character,
    _line,
    _in_a_match(_VALUE),
    _in_a_match(_VALUE, values),
    _in_a_match(_KEY),
    _in_a_match(_KEY, _dotted),
    _in_a_match(_HEADER),
    _in_a_match(_HEADER, _dotted),
    _table,
)


@st.composite
def mutated(draw: Draw, texts: st.SearchStrategy[str]) -> str:
    """Texts with one to three mutations."""
    text: str = draw(texts)
    for _ in range(draw(st.integers(1, 3))):
        text = draw(st.sampled_from(_MUTATIONS))(draw, text)
    return text


def in_bytes(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Return texts as a file holds them; what no encoding has is not UTF-8 there, either."""
    return texts.map(lambda text: text.encode(errors="surrogatepass"))


nearly_sound = mutated(sound)
texts = nearly_sound | sound | hostile
data_files = files(milestones_toml=in_bytes(texts) | st.binary(max_size=60))
"""A data file, whatever it holds."""
sound_files = files(milestones_toml=in_bytes(nearly_sound | sound))
"""A data file that is sound, or was before somebody touched it."""
grown_files = grown().map(
    lambda both: {DATA: dumps(both[0]).encode(), "before.toml": dumps(both[1]).encode()}
) | files(before_toml=in_bytes(sound), milestones_toml=in_bytes(nearly_sound))
"""A data file, and what it was before."""


# --- other documents ------------------------------------------------------------------------------

_PORTFOLIO = """\
[portfolio]
id = "together"
title = { nl = "Samen", en = "Together" }
language = "nl"
timezone = "Europe/Amsterdam"
publisher = { name = "Ministerie", url = "https://example.org", contact = "mailto:a@example.org" }
[[member]]
file = "milestones.toml"
[[member]]
file = "other.toml"
[[body]]
id = "ocw"
name = { nl = "OCW", en = "Education" }
same_as = ["science/ocw", "plan/ocw"]
[[body]]
id = "sbb"
name = { nl = "SBB" }
same_as = ["plan/sbb"]
"""
portfolios = files(
    milestones_toml=st.just(PROGRAMME.encode()) | in_bytes(nearly_sound),
    other_toml=st.just(EVERY_GROUP.encode()) | in_bytes(sound),
    portfolio_toml=in_bytes(mutated(st.just(_PORTFOLIO)) | st.just(_PORTFOLIO)),
)
"""A portfolio with two data files, one of which is sound."""

mappings = st.sampled_from(
    sorted((ROOT / "src/betatech_milestones/importing/mappings").glob("*.toml"))
).map(lambda path: path.read_text(encoding="utf-8"))
"""The mappings that come with the package."""
mapping_files = files(mapping_toml=in_bytes(mutated(mappings) | hostile))
"""A mapping, whatever it holds."""


def _json_value(draw: Draw, written: str) -> str:
    """Put another value in place of one of those of a JSON document."""
    found: list[re.Match[str]] = [
        *re.finditer(r'"(?:[^"\\\n]|\\.)*"|-?\d[\d.]*|null|true|false', written)
    ]
    if not found:
        return written
    one = draw(st.sampled_from(found))
    new: str = draw(
        st.sampled_from(["null", "-1", "1e999", "[]", "{}", '"\\ud800"', "true", "NaN", "9" * 5000])
        | st.sampled_from(found).map(lambda other: other[0])
        | _texts.map(json.dumps)
        | st.sampled_from(HOSTILE_DAYS).map(json.dumps)
    )
    return written[: one.start()] + new + written[one.end() :]


@st.composite
def mutated_json(draw: Draw, document: bytes) -> bytes:
    """JSON documents that are nearly as they should be."""
    text = document.decode()
    for _ in range(draw(st.integers(0, 3))):
        text = draw(st.sampled_from([_json_value, _json_value, _character, _line]))(draw, text)
    return text.encode(errors="surrogatepass")


def _as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


@functools.cache
def _published() -> Folder:
    """Return the state and the record that a site of the shared programme has."""
    with TemporaryDirectory() as folder:
        publish(loads(PROGRAMME, path=DATA), DAY, folder)
        return {name: Path(folder, name).read_bytes() for name in ("state.json", "parts.json")}


def _as_published(name: str) -> st.SearchStrategy[bytes]:
    """Return that file of the site, as it is or nearly so."""
    return st.deferred(lambda: mutated_json(_published()[name]) | st.just(_published()[name]))


_nothings = st.binary(max_size=60)
state_files = files(
    state_json=_as_published("state.json") | _nothings,
    parts_json=_as_published("parts.json") | _nothings,
)
"""What is left of a site of the shared programme: its state, and the record of its parts."""
baseline_files = files(
    baseline_json=mutated_json(render(as_of(loads(PROGRAMME), DAY), "json").encode()) | _nothings
)
"""An earlier report on the shared programme, more or less."""

_any_text = _texts | _words | _ids | st.sampled_from(HOSTILE_DAYS)


@st.composite
def _nearly(draw: Draw, sound_values: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """Values by their keys, most of them sound."""
    found: dict[str, Any] = draw(st.fixed_dictionaries(sound_values))
    if draw(st.booleans()):
        key = draw(st.sampled_from([*found]))
        found[key] = draw(st.integers() if key == "value" else _any_text)
    return found


_dates = st.dates(dt.date(2012, 1, 1), dt.date(2018, 1, 1)).map(str) | st.sampled_from(PHRASES)
_cited = {"source": st.integers(0, 9)}  # which of the sources that are there
_days = st.dates(dt.date(2015, 6, 1), dt.date(2016, 1, 1)).map(str)
_SOUND_ENTRIES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "Met": {"on": _dates | st.none(), **_cited},
    "Dropped": {"on": _dates | st.none(), "reason": _words, **_cited},
    "Replaced": {
        "on": _dates | st.none(),
        "by": st.sampled_from(["first/late", None]),
        "reason": _words,
        **_cited,
    },
    "Moved": {"due": _dates, "announced": _days, "reason": _words | st.none(), **_cited},
    "News": {
        "on": _days,
        "found": st.sampled_from(["nothing", "under-way", "partly", "not-done"]),
        "by": _words,
        "says": _words | st.none(),
        **_cited,
    },
    "Reading": {"on": _dates, "value": st.integers(0, 10**6), **_cited},
}
_entries = st.sampled_from([*_SOUND_ENTRIES]).flatmap(
    lambda kind: _nearly(_SOUND_ENTRIES[kind]).map(lambda given: {"entry": kind, **given})
)
entry_files = files(
    milestones_toml=in_bytes(st.sampled_from([EVERY_GROUP, _in_brackets(EVERY_GROUP)]) | sound),
    entries_json=st.lists(_entries, min_size=1, max_size=4).map(_as_json),
)
"""A data file, and what is to be recorded in it."""
_starters: dict[str, st.SearchStrategy[Any]] = {
    "title": _words,
    "id": st.sampled_from(["rail", "plan-2030"]),
    "language": st.sampled_from(LANGUAGES),
    "timezone": st.sampled_from(["Europe/Paris", "UTC", None]),
}
starter_files = files(starter_json=_nearly(_starters).map(_as_json))
"""What a programme that is begun is to be called."""
