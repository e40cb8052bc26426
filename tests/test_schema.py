"""The JSON Schema says what the loader says, as far as one key at a time goes."""

import copy
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator
from programmes import PROGRAMME

from betatech_milestones import Commitment, InvalidData, Kind, Per, loads, schema
from betatech_milestones.datafile.load import shipped

SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
BEYOND_A_SCHEMA = {
    "bad-snooze",
    "bad-timezone",
    "dated-after-source",
    "missing-language",
    "undated-source",
    "unknown-body",
    "unknown-cluster",
    "unknown-sector",
    "unknown-source",
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


def rules_broken(document: Document) -> set[str]:
    """What the loader finds."""
    text = "\n".join(f"{json.dumps(key)} = {as_toml(item)}" for key, item in document.items())
    try:
        loads(text)
    except InvalidData as error:
        return {finding.rule.name for finding in error.findings}
    return set()


def agree(document: Document) -> bool:
    """Whether the loader refuses what the schema refuses, and else only what no schema can say."""
    if VALIDATOR.is_valid(as_json(document)):
        return rules_broken(document) <= BEYOND_A_SCHEMA
    return rules_broken(document) != set()


DOCUMENT: Document = tomli.loads(PROGRAMME)


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
DAYS = {"published", "announced", "until", "since"}
DATES = {"due", "on"}
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


def test_named_twice() -> None:
    """A sector named twice is refused by both."""
    document = with_value(("measure", 0, "sectors"), ["mbo", "mbo"])
    assert not VALIDATOR.is_valid(as_json(document))
    assert rules_broken(document) == {"duplicate-id"}


def test_both_outcomes() -> None:
    """A milestone is either met or dropped to both."""
    place = ("measure", 0, "milestone", 1)
    document = with_value((*place, "met"), {"on": 2013, "source": "letter-2013"})
    assert not VALIDATOR.is_valid(as_json(document))
    assert rules_broken(document) == {"two-outcomes"}


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [("milestone", "kind", Kind), ("milestone", "commitment", Commitment), ("budget", "per", Per)],
)
def test_lists_of_words(table: str, key: str, words: type[Kind | Commitment | Per]) -> None:
    """The words to choose from are those of the model, in its order."""
    assert SCHEMA["$defs"][table]["properties"][key]["enum"] == [word.value for word in words]


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


@pytest.mark.parametrize("pointer", SCHEMAS)
def test_every_key_is_described(pointer: str) -> None:
    """Every key has a description, which editors show."""
    target = SCHEMAS[pointer]
    if "description" not in target:
        target = SCHEMAS[target["$ref"]]
    assert target["description"].endswith(".")


@pytest.mark.parametrize("pointer", [p for p in SCHEMAS if "examples" in SCHEMAS[p]])
def test_examples(pointer: str) -> None:
    """Every example is valid."""
    part = VALIDATOR.evolve(schema=SCHEMAS[pointer])
    assert [example for example in SCHEMAS[pointer]["examples"] if not part.is_valid(example)] == []


def test_taplo_finds_the_schema() -> None:
    """The data set names the schema in its first line, as seen from where it stands."""
    first = shipped().read_text(encoding="utf-8").splitlines()[0]
    named = Path(first.removeprefix("#:schema "))
    assert (shipped().parent / named).resolve().name == "milestones.schema.json"
