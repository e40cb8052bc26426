"""`docs/data-format.md` is true: its examples load, and it has every key and every rule."""

import enum
import itertools
import re
from pathlib import Path
from typing import Any

import pytest

import betatech_milestones
from betatech_milestones import (
    Commitment,
    Finding,
    Found,
    Kind,
    Level,
    Location,
    Per,
    ReadingKind,
    Rule,
    SourceKind,
    loads,
    schema,
)

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8")
EXAMPLE = "\n".join(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
SOURCE = Path(betatech_milestones.__file__).parent


def test_examples_are_a_programme() -> None:
    """The examples, one behind the other, are a sound programme."""
    exams, files = loads(EXAMPLE).measures
    assert [milestone.full_id for milestone in (*exams.milestones, *files.milestones)] == [
        "qualification-files/in-force",
        "qualification-files/progress-report",
        "qualification-files/consulted",
    ]


def test_every_key_is_in_the_examples() -> None:
    """No key of the format is without an example."""
    keys = {
        key
        for table in [schema(), *schema()["properties"].values(), *schema()["$defs"].values()]
        for key in table.get("properties", {})
    }
    used = set(re.findall(r"(\w+) =|[\[.](\w+)\]", EXAMPLE))
    assert keys - set(itertools.chain.from_iterable(used)) == set()


def needed(table: dict[str, Any], key: str) -> str:
    """How the page says whether a table needs a key."""
    for word, groups in ("one", "anyOf"), ("either", "oneOf"):
        if any(key in group["required"] for group in table.get(groups, ())):
            return word
    return "yes" if key in table.get("required", ()) else "no"


SECTIONS = {
    "## `[programme]`": schema()["properties"]["programme"],
    "## `[[source]]`": schema()["$defs"]["source"],
    "## `[[measure]]`": schema()["$defs"]["measure"],
    "### `[[measure.budget]]`": schema()["$defs"]["budget"],
    "## `[[measure.milestone]]`": schema()["$defs"]["milestone"],
    "### `[[measure.milestone.revised]]`": schema()["$defs"]["revision"],
    "### `[[measure.milestone.news]]`": schema()["$defs"]["news"],
    "### `[measure.milestone.snoozed]`": schema()["$defs"]["snooze"],
    "### `[measure.milestone.met]`": schema()["$defs"]["met"],
    "### `[measure.milestone.number]`": schema()["$defs"]["count"],
    "### `[[measure.milestone.number.reading]]`": schema()["$defs"]["reading"],
    "### `[measure.milestone.dropped]`": schema()["$defs"]["dropped"],
    "### `[measure.milestone.replaced]`": schema()["$defs"]["replaced"],
}


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_key_has_a_row(heading: str) -> None:
    """Each section has the keys of the schema in its order, and says which are required."""
    section = re.split(r"\n##+ ", PAGE.partition(f"\n{heading}\n")[2])[0]
    told = re.findall(r"^\| `(\w+)` \| (yes|no|one|either) \|", section, re.MULTILINE)
    own_section = {re.split(r"[.\[\]]+", other)[-2] for other in SECTIONS if "." in other}
    table = SECTIONS[heading]
    assert told == [
        (key, needed(table, key)) for key in table["properties"] if key not in own_section
    ]


LISTS = [Kind, Commitment, SourceKind, Found, ReadingKind, Per]


@pytest.mark.parametrize("words", LISTS, ids=[words.__name__ for words in LISTS])
def test_every_word_is_told(words: type[enum.StrEnum]) -> None:
    """No word of a list is left out."""
    assert [word for word in words if f'`"{word}"`' not in PAGE] == []


def test_form_of_a_finding() -> None:
    """A finding is written in the form that the page shows."""
    finding = Finding(
        rule=Rule(name="rule", meaning="", remedy="", level=Level.ERROR, documentation=""),
        message="what is wrong, the value, what would be right",
        location=Location(path="path"),
    )
    assert f"\n{finding}\n".replace("path:", "path:line:") in PAGE
