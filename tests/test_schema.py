"""The JSON Schema says what the loader says, as far as one key at a time goes."""

import copy
import datetime as dt
import enum
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator
from programmes import WHOLE, findings_both_ways
from schemas import validator

from betatech_milestones import (
    Commitment,
    DateOrder,
    Found,
    InvalidData,
    Kind,
    Per,
    Programme,
    ReadingKind,
    SourceKind,
    loads,
    schema,
)
from betatech_milestones.datafile.find import shipped

SCHEMA = schema()
VALIDATOR = validator(SCHEMA)
BEYOND_A_SCHEMA = {
    "bad-period",
    "bad-replacement",
    "bad-snooze",
    "bad-timezone",
    "dated-after-source",
    "missing-language",
    "news-before-promise",
    "revised-before-promise",
    "unknown-body",
    "unknown-cluster",
    "unknown-measure",
    "unknown-sector",
    "unknown-source",
    "unknown-word",  # a kind that is none of the programme's own
}

Document = dict[str, Any]
Place = tuple[str | int, ...]


def as_json(value: Any) -> Any:
    """A TOML document as editors hand it to a schema: a date is a string."""
    return json.loads(json.dumps(value, default=str))


def as_toml(value: Any) -> str:
    """A value on one line of TOML."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {as_toml(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value)


def as_text(document: Document) -> str:
    """A document on a line for each of its keys."""
    return "\n".join(f"{json.dumps(key)} = {as_toml(item)}" for key, item in document.items())


def rules_broken(document: Document) -> set[str]:
    """What the loader finds, at once and with all explained."""
    return {finding.rule.name for finding in findings_both_ways(as_text(document))}


def agree(document: Document) -> bool:
    """Whether the loader refuses what the schema refuses, and else only what no schema can say."""
    if VALIDATOR.is_valid(as_json(document)):
        return rules_broken(document) <= BEYOND_A_SCHEMA
    return rules_broken(document) != set()


OF_ITS_DATES = """
programme.fiscal_year = "04-01"
programme.date_order = "dmy"
[[period]]
name = "zomerreces 2015"
also_called = ["de zomer 2015"]
first = 2015-07-03
last = 2015-08-31
"""
DOCUMENT: Document = tomli.loads(WHOLE)
DOCUMENT["programme"] |= tomli.loads(OF_ITS_DATES)["programme"]
DOCUMENT["period"] = tomli.loads(OF_ITS_DATES)["period"]


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Every key and element of a document, the outer before the inner."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs:
        yield (*here, key)
        if isinstance(item, dict | list):
            yield from places(item, (*here, key))


PLACES = list(places(DOCUMENT))


def at(document: Document, place: Place) -> Any:
    """What stands at a place."""
    found: Any = document
    for part in place:
        found = found[part]
    return found


def with_value(place: Place, value: Any) -> Document:
    """The document with another value at a place."""
    document = copy.deepcopy(DOCUMENT)
    at(document, place[:-1])[place[-1]] = value
    return document


def without(place: Place) -> Document:
    """The document without what stands at a place."""
    document = copy.deepcopy(DOCUMENT)
    del at(document, place[:-1])[place[-1]]
    return document


def test_schema_is_a_schema() -> None:
    """The file follows draft 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)


KINDS_OF_PLACES = {
    tuple(part for part in place if isinstance(part, str)): place for place in PLACES
}
each_kind_of_place = pytest.mark.parametrize(
    "place", KINDS_OF_PLACES.values(), ids=map(".".join, KINDS_OF_PLACES)
)


@each_kind_of_place
@pytest.mark.measured
def test_key_left_out(place: Place) -> None:
    """What may be left out, and what may not, is the same to both."""
    assert agree(without(place))


TABLES = [(), *(place for place in PLACES if isinstance(at(DOCUMENT, place), dict))]


@pytest.mark.parametrize("place", TABLES, ids=lambda place: ".".join(map(str, place)))
def test_unknown_key(place: Place) -> None:
    """No table takes a key that has no meaning; a text takes any language and no other key."""
    document = with_value((*place, "no such key"), "x")
    assert not VALIDATOR.is_valid(as_json(document))
    assert rules_broken(document) in ({"unknown-key"}, {"bad-language"})


HEADERS: dict[Place, Document] = {
    (): SCHEMA,
    ("programme",): SCHEMA["properties"]["programme"],
    **{
        (name, 0): SCHEMA["$defs"][name]
        for name in ("period", "source", "cluster", "sector", "body")
    },
    ("kind", 0): SCHEMA["$defs"]["kind"],
    ("measure", 0): SCHEMA["$defs"]["measure"],
    ("measure", 0, "budget", 0): SCHEMA["$defs"]["budget"],
    ("measure", 0, "milestone", 0): SCHEMA["$defs"]["milestone"],
    ("measure", 0, "milestone", 0, "revised", 0): SCHEMA["$defs"]["revision"],
    ("measure", 0, "milestone", 0, "met"): SCHEMA["$defs"]["met"],
    ("measure", 0, "milestone", 0, "number"): SCHEMA["$defs"]["count"],
    ("measure", 0, "milestone", 0, "number", "reading", 0): SCHEMA["$defs"]["reading"],
    ("measure", 0, "milestone", 1, "dropped"): SCHEMA["$defs"]["dropped"],
    ("measure", 0, "milestone", 1, "snoozed"): SCHEMA["$defs"]["snooze"],
    ("measure", 1, "milestone", 0, "news", 0): SCHEMA["$defs"]["news"],
    ("measure", 1, "milestone", 0, "replaced"): SCHEMA["$defs"]["replaced"],
}


@pytest.mark.parametrize(("place", "table"), HEADERS.items(), ids=map(repr, HEADERS))
def test_same_keys(place: Place, table: Document) -> None:
    """Every table has the same keys for both, and the loader names them all."""
    with pytest.raises(InvalidData) as error:
        loads(as_text(with_value((*place, "zzz"), 1)))
    (finding,) = error.value.findings
    assert sorted(finding.message.partition("its keys are ")[2].split(", ")) == sorted(
        table["properties"]
    )


def test_every_key_is_in_the_shared_programme() -> None:
    """So every key is tried here and wherever that programme is read."""
    used = {part for place in PLACES for part in place}
    assert {key for table in HEADERS.values() for key in table["properties"]} - used == set()


VALUES = [
    True,
    -1,
    0,
    20140801,
    2**53,
    1.5,
    " ",
    "Two words",
    "x" * 61,
    "bell\x07",
    dt.date(2014, 8, 1),
    [],
    [2012, 10_000],
    [{}],
    {},
    {"nl": ""},
    {"n l": "tekst", "nl": "tekst"},
    {"words": "zomer 2012", "edtf": "2012-22"},
]
DAYS = {"seen", "announced", "until", "since", "first", "last"}
DATES = {"due", "on", "published"}
WORDS = {"words", "edtf"}


@pytest.mark.slow
@each_kind_of_place
def test_another_value(place: Place) -> None:
    """A value of another type, or outside its limits, is refused by both or by neither.

    Apart are the words of a policy date, which only the loader can read, and a day where there is
    no date: to a schema it is a text.
    """
    for value in VALUES:
        if isinstance(value, str) and place[-1] in DATES | WORDS:
            continue
        if isinstance(value, dt.date) and place[-1] not in DATES | DAYS:
            continue
        assert agree(with_value(place, value)), value


def test_no_text() -> None:
    """A text in no language is refused by both."""
    document = with_value(("measure", 0, "title"), {})
    assert not VALIDATOR.is_valid(as_json(document))
    assert rules_broken(document) == {"missing-language"}


FIRST: Place = ("measure", 0, "milestone", 0)
SECOND: Place = ("measure", 0, "milestone", 1)
THIRD: Place = ("measure", 1, "milestone", 0)
LETTER = {"source": "letter-2015"}
REASON = {"nl": "x"}
LETTERS = ["letter-2015", "web-page"]
FACT = {"id": "progress", "title": "x", "kind": "report", "commitment": "none"}
FIXED = {**FACT, "commitment": "fixed"}

# what stands at a place instead · the rule that it breaks
BOTH_REFUSE: dict[str, tuple[Place, Any, str]] = {
    "dropped and replaced": (
        (*SECOND, "replaced"),
        {**LETTER, "reason": REASON},
        "two-outcomes",
    ),
    "a fact with a date": (SECOND, {**FACT, "due": 2014, "met": LETTER}, "commitment-conflict"),
    "a fact that was moved": (
        SECOND,
        {**FACT, "revised": [{**LETTER, "due": 2014}], "met": LETTER},
        "commitment-conflict",
    ),
    "a fact without an outcome": (SECOND, FACT, "commitment-conflict"),
    "fixed without a date": (SECOND, FIXED, "commitment-conflict"),
    "fixed in a year": (SECOND, {**FIXED, "due": 2014}, "commitment-conflict"),
    "fixed, and moved to a year": (
        SECOND,
        {**FIXED, "due": "2014-01-01", "revised": [{**LETTER, "due": 2014}]},
        "commitment-conflict",
    ),
    "a source without a day": (
        ("source", 2),
        {"id": "web-page", "title": "x"},
        "undated-source",
    ),
    "a source of words without a day": (
        ("source", 2),
        {"id": "web-page", "title": "x", "published": {"words": "ooit"}},
        "undated-source",
    ),
    "a revision of nothing": (
        (*FIRST, "revised", 0),
        {**LETTER, "reason": REASON},
        "missing-key",
    ),
    "replaced by nothing": ((*THIRD, "replaced"), LETTER, "bad-replacement"),
    "news that nobody says": (
        (*THIRD, "news", 0),
        {"on": dt.date(2016, 1, 1), "found": "partly", "by": "redactie"},
        "missing-key",
    ),
    "news of nothing that nobody looked for": (
        (*THIRD, "news", 0),
        {**LETTER, "found": "nothing"},
        "missing-key",
    ),
    "news of no day": (
        (*THIRD, "news", 0),
        {"found": "nothing", "by": "redactie"},
        "missing-key",
    ),
    "a milestone with source and sources": (
        (*THIRD, "source"),
        "letter-2015",
        "duplicate-key",
    ),
    "a sector named twice": (("measure", 0, "sectors"), ["mbo", "mbo"], "duplicate-id"),
    "a currency in small letters": (("measure", 0, "budget", 0, "currency"), "eur", "bad-currency"),
    "a financial year from a leap day": (("programme", "fiscal_year"), "02-29", "bad-date"),
    "a period called the same twice": (
        ("period", 0, "also_called"),
        ["de zomer 2015", "de zomer 2015"],
        "duplicate-id",
    ),
    "an outcome of no day and no words": ((*FIRST, "met", "on"), {}, "missing-key"),
    "an outcome of a day in no language": (
        (*FIRST, "met", "on"),
        {"words": {}, "edtf": "2015-06"},
        "missing-language",
    ),
    "too many sectors": (("measure", 0, "sectors"), [f"s{n}" for n in range(41)], "too-many"),
    "too many measures": ((*FIRST, "also"), [f"m{n}" for n in range(41)], "too-many"),
    "a text too long": (("measure", 0, "summary"), "x" * 10_001, "long-text"),
    "a text too long in a language": (
        ("measure", 0, "summary"),
        {"nl": "x" * 10_001},
        "long-text",
    ),
    "a code too long": (("measure", 0, "code"), "x" * 1_001, "long-text"),
    "an address too long": (
        ("source", 0, "url"),
        f"https://example.org/{'x' * 9_981}",
        "long-text",
    ),
    "half the id of a milestone": ((*THIRD, "replaced", "by"), "in-force", "bad-id"),
}


@pytest.mark.parametrize(("place", "value", "rule"), BOTH_REFUSE.values(), ids=BOTH_REFUSE)
@pytest.mark.measured
def test_what_both_refuse(place: Place, value: Any, rule: str) -> None:
    """What depends on more than one key is refused by both, too."""
    document = with_value(place, value)
    assert not VALIDATOR.is_valid(as_json(document))
    assert rules_broken(document) == {rule}


BOTH_TAKE: dict[str, tuple[Place, Any]] = {
    "a fact": (SECOND, {**FACT, "met": LETTER}),
    "fixed on a day": (SECOND, {**FIXED, "due": dt.date(2014, 1, 1)}),
    "fixed on a day in words": (SECOND, {**FIXED, "due": "1 januari 2014"}),
    "an undated source that was seen": (
        ("source", 2),
        {
            "id": "web-page",
            "title": "x",
            "published": {"words": "ooit"},
            "seen": dt.date(2015, 9, 1),
        },
    ),
    "a source of a month": (
        ("source", 2),
        {"id": "web-page", "title": "x", "published": {"words": "toen", "edtf": "2015-08"}},
    ),
    "who answers from then on": ((*FIRST, "revised", 0), {**LETTER, "bodies": ["ocw"]}),
    "nothing was found": (
        (*THIRD, "news", 0),
        {"on": dt.date(2016, 1, 1), "found": "nothing", "by": "redactie"},
    ),
    "news of several sources": ((*THIRD, "news", 0), {"sources": LETTERS, "found": "not-done"}),
    "an outcome that no source dates": ((*FIRST, "met", "on"), {"edtf": "[..2015-06-01]"}),
    "dropped, and met by a newer source": (
        (*SECOND, "met"),
        {"source": "web-page"},
    ),
}


@pytest.mark.parametrize(("place", "value"), BOTH_TAKE.values(), ids=BOTH_TAKE)
def test_what_both_take(place: Place, value: Any) -> None:
    """What is unusual and sound is accepted by both."""
    document = with_value(place, value)
    assert VALIDATOR.is_valid(as_json(document))
    assert rules_broken(document) == set()


CITING = [
    ("measure", 0),
    (*FIRST, "revised", 0),
    (*FIRST, "met"),
    (*FIRST, "number", "reading", 0),
    (*SECOND, "dropped"),
    (*THIRD, "replaced"),
    (*THIRD, "news", 0),
]


@pytest.mark.parametrize("place", CITING, ids=map(repr, CITING))
def test_one_source_or_several(place: Place) -> None:
    """What cites one source may cite several instead; not both, not none, and none twice."""
    document = with_value((*place, "sources"), LETTERS)
    assert not VALIDATOR.is_valid(as_json(document))
    assert "duplicate-key" in rules_broken(document)
    del at(document, place)["source"]
    assert VALIDATOR.is_valid(as_json(document))
    assert rules_broken(document) <= BEYOND_A_SCHEMA
    for wrong, rule in ([], "missing-key"), (["web-page"] * 2, "duplicate-id"):
        at(document, place)["sources"] = wrong
        assert not VALIDATOR.is_valid(as_json(document))
        assert rule in rules_broken(document)
    del at(document, place)["sources"]
    assert not VALIDATOR.is_valid(as_json(document))
    assert "missing-key" in rules_broken(document)


WORDS_OF = [
    (SCHEMA["properties"]["programme"]["properties"]["date_order"], DateOrder),
    (SCHEMA["$defs"]["milestone"]["properties"]["kind"]["anyOf"][0], Kind),
    *(
        (SCHEMA["$defs"][table]["properties"][key], words)
        for table, key, words in [
            ("milestone", "commitment", Commitment),
            ("budget", "per", Per),
            ("source", "kind", SourceKind),
            ("news", "found", Found),
            ("reading", "kind", ReadingKind),
        ]
    ),
]


@pytest.mark.parametrize(("key", "words"), WORDS_OF, ids=[words.__name__ for _, words in WORDS_OF])
def test_lists_of_words(key: Document, words: type[enum.StrEnum]) -> None:
    """The words to choose from are those of the model, in its order."""
    assert [one["const"] for one in key["oneOf"]] == [word.value for word in words]
    assert all(one["description"].endswith(".") for one in key["oneOf"])


def test_shipped_data_set() -> None:
    """The data set of the package is valid."""
    document = tomli.loads(shipped().read_text(encoding="utf-8"))
    assert list(VALIDATOR.iter_errors(as_json(document))) == []


def schemas(value: Any, pointer: str = "#") -> Iterator[tuple[str, Document]]:
    """Every part of the schema that is a schema of a key or of a definition."""
    for part in ("properties", "$defs"):
        for name, inner in value.get(part, {}).items():
            here = f"{pointer}/{part}/{name}"
            yield here, inner
            yield from schemas(inner, here)


SCHEMAS = dict(schemas(SCHEMA))


def resolved(part: Document) -> Document:
    """A part of the schema, or the definition that stands in its place."""
    return SCHEMAS[part["$ref"]] if "$ref" in part else part


@pytest.mark.parametrize("pointer", SCHEMAS)
def test_every_key_is_described(pointer: str) -> None:
    """Every key has a description, which editors show, and examples or the meaning of its words."""
    key = resolved(SCHEMAS[pointer])
    assert key["description"].endswith(".")
    assert key.get("examples") or all(
        word["description"] for word in key.get("oneOf") or key["anyOf"]
    )


@pytest.mark.parametrize("pointer", SCHEMAS)
def test_nothing_stands_beside_a_reference(pointer: str) -> None:
    """A description beside a `$ref` is one that some editors never show."""
    key = SCHEMAS[pointer]
    assert "$ref" not in key or set(key) == {"$ref"}


VALUES_OF_KEYS = (
    *("id", "former-id", "full-id", "language", "line", "texts", "url", "day", "policy-date"),
    *("day-of-outcome", "number", "whole"),
)
TOLD = {"title", "description", "examples", "default"}


def taken(part: Document) -> Document:
    """What a part of the schema takes, without what it says of it."""
    return {key: value for key, value in part.items() if key not in TOLD}


OF_ITS_OWN = {"contact", "currency", "fiscal_year", "licence", "timezone"}
SPELLED_OUT = [
    pointer
    for pointer, key in SCHEMAS.items()
    if pointer.rpartition("/")[0].endswith("/properties")
    and key.get("type", "string") in {"string", "number", "integer"}
    and key.keys().isdisjoint({"oneOf", "$ref"})
    and pointer.rpartition("/")[2] not in OF_ITS_OWN
]


@pytest.mark.parametrize("pointer", SPELLED_OUT)
def test_what_is_spelled_out_is_a_definition(pointer: str) -> None:
    """Keys that take the same say so in the same words, which a definition has."""
    definitions = [taken(SCHEMA["$defs"][name]) for name in VALUES_OF_KEYS]
    key = SCHEMAS[pointer]
    own_words = "anyOf" in key and any("oneOf" in one for one in key["anyOf"])
    assert own_words or taken(key) in definitions


# table · key · what it is where it is left out, as a script has it
LEFT_OUT: dict[str, tuple[str, str, Any]] = {
    "of what a source is": ("source", "kind", "other"),
    "of what a reading is": ("reading", "kind", "reached"),
    "of the other names of a period": ("period", "also_called", []),
    "of the former ids of a body": ("body", "formerly", []),
    "of the former ids of a measure": ("measure", "formerly", []),
    "of sectors": ("measure", "sectors", []),
    "of bodies": ("measure", "bodies", []),
    "of the former ids of a milestone": ("milestone", "formerly", []),
    "of other measures": ("milestone", "also", []),
}


def outcome(document: Document) -> Programme | set[str]:
    """What the loader makes of a document, or what it finds wrong."""
    return rules_broken(document) or loads(as_text(document), path="data.toml")


def test_every_default_is_known() -> None:
    """No key has a default but these."""
    has_one = {
        (table, key)
        for table, part in SCHEMA["$defs"].items()
        for key, inner in part.get("properties", {}).items()
        if "default" in inner
    }
    assert has_one == {(table, key) for table, key, _ in LEFT_OUT.values()}


@pytest.mark.parametrize(("table", "key", "default"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_leaving_out_means(table: str, key: str, default: Any) -> None:
    """A key that says what it is where it is left out means just that to the loader."""
    assert SCHEMA["$defs"][table]["properties"][key]["default"] == default
    (header,) = (place for place, part in HEADERS.items() if part is SCHEMA["$defs"][table])
    written = with_value((*header, key), default)
    left_out = copy.deepcopy(written)
    del at(left_out, header)[key]
    assert outcome(written) == outcome(left_out)


ROOT = Path(__file__).parents[1]
FILES = [ROOT / "data" / "milestones.toml", *sorted((ROOT / "examples").glob("*.toml"))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_editors_find_the_schema(file: Path) -> None:
    """Every data set names the schema in its first line, as seen from where it stands."""
    first = file.read_text(encoding="utf-8").splitlines()[0]
    named = file.parent / first.removeprefix("#:schema ")
    assert json.loads(named.read_text(encoding="utf-8")) == SCHEMA
