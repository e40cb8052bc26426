"""The JSON Schema of a portfolio says what its reader says, as far as one key at a time goes."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import tomli
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from schemas import validator
from test_schema import Document, Place, as_json, as_text, at, places, schemas, taken

from betatech_milestones import InvalidData, load_portfolio, schema
from betatech_milestones.cli import main

SCHEMA = schema(portfolio=True)
VALIDATOR = validator(SCHEMA)
DOCUMENT: Document = tomli.loads("""\
[portfolio]
id = "all"
title = { nl = "Alle", en = "All" }
language = "nl"
timezone = "Europe/Amsterdam"
publisher = { name = "Ministerie", url = "https://example.org", contact = "mailto:a@example.org" }
[[member]]
file = "a.toml"
[[member]]
file = "more/b.toml"
[[body]]
id = "ocw"
name = { nl = "Ministerie" }
same_as = ["a/ocw", "b/ministry"]
""")
BEYOND_A_SCHEMA = {"bad-timezone", "missing-language"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a portfolio is read; what it names is not there, which hides nothing of it."""
    return tmp_path / "portfolio.toml"


def rules_broken(document: Document, file: Path) -> set[str]:
    """What the reader finds."""
    file.write_text(as_text(document), encoding="utf-8")
    try:
        load_portfolio(file)
    except InvalidData as error:
        return {finding.rule.name for finding in error.findings}
    return set()


def agree(document: Document, file: Path) -> bool:
    """Whether the reader refuses what the schema refuses, and else only what no schema can say."""
    broken = rules_broken(document, file)
    if VALIDATOR.is_valid(as_json(document)):
        return broken <= BEYOND_A_SCHEMA
    return broken != set()


PLACES = list(places(DOCUMENT))
each_place = pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))


def test_schema_is_a_schema() -> None:
    """The file follows draft 2020-12, and so does a sound portfolio the schema."""
    Draft202012Validator.check_schema(SCHEMA)
    assert VALIDATOR.is_valid(as_json(DOCUMENT))


@each_place
def test_key_left_out(place: Place, file: Path) -> None:
    """What may be left out, and what may not, is the same to both."""
    document = copy.deepcopy(DOCUMENT)
    del at(document, place[:-1])[place[-1]]
    assert agree(document, file)


VALUES: tuple[Any, ...] = (
    None,
    "",
    " ",
    "x",
    "a/b",
    "a/b/c",
    "/x",
    "A b",
    3,
    True,
    [],
    ["x"],
    [{}],
    {},
    {"nl": "x"},
)


@pytest.mark.parametrize("value", VALUES, ids=repr)
@each_place
def test_another_value(place: Place, value: object, file: Path) -> None:
    """A value of another type, or outside its limits, is refused by both or by neither."""
    document = copy.deepcopy(DOCUMENT)
    at(document, place[:-1])[place[-1]] = value
    assert agree(document, file)


TABLES = [(), *(place for place in PLACES if isinstance(at(DOCUMENT, place), dict))]


@pytest.mark.parametrize("place", TABLES, ids=lambda place: ".".join(map(str, place)))
def test_unknown_key(place: Place, file: Path) -> None:
    """No table takes a key that has no meaning."""
    document = copy.deepcopy(DOCUMENT)
    at(document, place)["no such key"] = "x"
    assert not VALIDATOR.is_valid(as_json(document))
    assert rules_broken(document, file) in ({"unknown-key"}, {"bad-language"})


def test_same_words_as_the_data_file() -> None:
    """What a programme has, too, takes the same here."""
    data = schema()["properties"]["programme"]["properties"]
    here = SCHEMA["properties"]["portfolio"]["properties"]
    assert {key: taken(here[key]) for key in here} == {key: taken(data[key]) for key in here}


PARTS = dict(schemas(SCHEMA))


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS.keys())
def test_every_key_is_described(part: Document) -> None:
    """An editor shows what each means, with an example, and what stands beside no reference."""
    assert "$ref" in part or {"description", "examples"} <= part.keys()
    assert "$ref" not in part or part.keys() == {"$ref"}


def test_the_command_prints_it() -> None:
    """For a file beside the portfolio, which its first line names."""
    result = CliRunner().invoke(main, ["schema", "--portfolio"])
    assert (result.exit_code, json.loads(result.stdout)) == (0, SCHEMA)
