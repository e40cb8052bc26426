"""`docs/data-format.md` is true: its examples load, and it has every key and every rule."""

import ast
import itertools
import re
from pathlib import Path

import betatech_milestones
from betatech_milestones import Finding, Level, Location, loads, schema
from betatech_milestones.formats.rules import RULES

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


RULE = (
    r"encoding|(bad|control|date|dated|duplicate|empty|former|missing|revised|revisions|toml|two|undated"
    r"|unknown|wrong)-[a-z-]+"
)


def test_every_rule_has_a_row() -> None:
    """The table of rules has every rule that there is, in the order of the alphabet."""
    used = set()
    for module in ("loading", "values", "checks"):
        tree = ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))
        texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        used |= {text for text in texts if isinstance(text, str) and re.fullmatch(RULE, text)}
    used |= {f"unknown-{table}" for table in ("source", "cluster", "sector", "body")}
    told = re.findall(r"^\| `([a-z-]+)` \|", PAGE.partition("| rule |")[2], re.MULTILINE)
    assert told == sorted(told)
    assert set(told) == used


OF_BUILD = {"no-state", "bad-state", "not-ours", "large-feed", "lost-feed"}


def test_every_rule_is_explained_as_on_the_page() -> None:
    """What views say of a rule is what its row says."""
    guard, hints = (
        (ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("publishing.md", "hints.md")
    )
    tables = (page.partition("| rule |")[2] for page in (PAGE, guard, hints))
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \| (.*) \|$", "".join(tables), re.MULTILINE)
    told = {
        name: tuple(re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", cell) for cell in cells)
        for name, *cells in rows
        if name not in {"no-state", "bad-state", "not-ours", "large-feed", "lost-feed"}
    }
    explained = {
        name: tuple(text[0].lower() + text[1:].removesuffix(".") for text in texts)
        for name, texts in RULES.items()
    }
    assert explained == told


def test_form_of_a_finding() -> None:
    """A finding is written in the form that the page shows."""
    finding = Finding(
        level=Level.ERROR,
        rule="rule",
        message="what is wrong, the value, what would be right",
        location=Location(path="path"),
    )
    assert f"\n{finding}\n".replace("path:", "path:line:") in PAGE
