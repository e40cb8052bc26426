"""`docs/data-format.md` is true: its examples load, and it has every key and every rule."""

import itertools
import re
from pathlib import Path

import betatech_milestones
from betatech_milestones import Finding, Level, Location, Rule, loads, schema

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8")
EXAMPLE = "\n".join(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
SOURCE = Path(betatech_milestones.__file__).parent


def test_examples_are_a_programme() -> None:
    """The examples, one behind the other, are a sound programme."""
    (measure,) = loads(EXAMPLE).measures
    assert [milestone.id for milestone in measure.milestones] == ["in-force", "progress-report"]


def test_every_key_is_in_the_examples() -> None:
    """No key of the format is without an example."""
    keys = {
        key
        for table in [schema(), *schema()["properties"].values(), *schema()["$defs"].values()]
        for key in table.get("properties", {})
    }
    used = set(re.findall(r"(\w+) =|[\[.](\w+)\]", EXAMPLE))
    assert keys - set(itertools.chain.from_iterable(used)) == set()


def test_every_key_has_a_row() -> None:
    """Each section has the keys of the schema in its order, and says which are required."""
    sections = {
        "## `[programme]`": schema()["properties"]["programme"],
        "## `[[source]]`": schema()["$defs"]["source"],
        "## `[[measure]]`": schema()["$defs"]["measure"],
        "### `[[measure.budget]]`": schema()["$defs"]["budget"],
        "## `[[measure.milestone]]`": schema()["$defs"]["milestone"],
        "### `[[measure.milestone.revised]]`": schema()["$defs"]["revision"],
        "### `[measure.milestone.snoozed]`": schema()["$defs"]["snooze"],
        "### `[measure.milestone.met]`": schema()["$defs"]["met"],
        "### `[measure.milestone.dropped]`": schema()["$defs"]["dropped"],
        "### `[measure.milestone.target]`": schema()["$defs"]["target"],
    }
    own_section = {"budget", "milestone", "revised", "met", "dropped", "target", "snoozed"}
    for heading, table in sections.items():
        section = re.split(r"\n##+ ", PAGE.partition(f"\n{heading}\n")[2])[0]
        told = re.findall(r"^\| `(\w+)` \| (yes|no) \|", section, re.MULTILINE)
        assert told == [
            (key, "yes" if key in table["required"] else "no")
            for key in table["properties"]
            if key not in own_section
        ], heading


def test_form_of_a_finding() -> None:
    """A finding is written in the form that the page shows."""
    finding = Finding(
        rule=Rule(name="rule", meaning="", remedy="", level=Level.ERROR, documentation=""),
        message="what is wrong, the value, what would be right",
        location=Location(path="path"),
    )
    assert f"\n{finding}\n".replace("path:", "path:line:") in PAGE
