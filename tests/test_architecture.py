"""Values travel one way: which module may import which, and who may touch the world."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import betatech_milestones

PACKAGE = Path(betatech_milestones.__file__).parent
MODULES = {
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts): ast.parse(
        file.read_text(encoding="utf-8")
    )
    for file in sorted(PACKAGE.rglob("*.py"))
}

# Each imports only from those above it.
ORDER = [
    "findings",
    "files",
    "words",
    "phrases",
    "dates",
    "model",
    "comparison",
    "lines",
    "values",
    "checks",
    "baselines",
    "loading",
    "versions",
    "advice",
    "recording",
    "report",
    "slippage",
    "letter",
    "verdicts",
    "history",
    "markup",
    "formats",
    "editions",
    "entries",
    "calendars",
    "atom",
    "api",
    "webpage",
    "publish",
    "options",
    "cli",
    "__main__",
]
VIEWS = {"formats", "entries", "calendars", "atom", "api", "webpage"}

# What reads, writes, prints or asks the clock, and the modules that may.
EFFECTS: dict[str, set[str]] = {
    "open": set(),
    ".open": {"cli"},  # the null device, in place of a standard output that is full
    ".read_text": {"loading"},
    # Of `api` the schema of its documents, which is a part of the package.
    ".read_bytes": {"loading", "recording", "api", "publish"},
    ".write_text": {"cli"},
    ".write_bytes": {"files", "publish"},
    "print": {"cli"},
    ".echo": {"cli"},
    "input": set(),
    ".today": {"cli"},
    ".now": {"cli"},
    ".run": {"versions"},  # git
    ".utcnow": set(),
}


def stage(module: str) -> str:
    """The module of the table that a module belongs to: a package stands there as a whole."""
    return module.partition(".")[0]


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules of this package that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "betatech_milestones":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            package, _, rest = node.module.partition(".")
            if package == "betatech_milestones":
                yield rest
        elif isinstance(node, ast.Import):
            for alias in node.names:
                assert not alias.name.startswith("betatech_milestones"), "import names from it"


def called(tree: ast.Module) -> Iterator[str]:
    """What is called in a module: functions by their name, methods with a dot before it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield f".{node.func.attr}"


def test_every_module_has_a_place() -> None:
    """The table names every module, and no other."""
    assert {stage(module) for module in MODULES} - {"__init__"} == set(ORDER)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "__init__"])
def test_imports_go_up(module: str) -> None:
    """A module imports only from those above it; one of a package also from its neighbours."""
    own = stage(module)
    above = set(ORDER[: ORDER.index(own)])
    package = {own} if (PACKAGE / own).is_dir() else set()
    assert {stage(name) for name in imported(MODULES[module])} <= above | package


@pytest.mark.parametrize("module", [name for name in MODULES if stage(name) in VIEWS])
def test_views_load_nothing(module: str) -> None:
    """A view gets a report or a programme, never a path."""
    assert "loading" not in {stage(name) for name in imported(MODULES[module])}


@pytest.mark.parametrize("module", MODULES)
def test_only_the_edges_touch_the_world(module: str) -> None:
    """Only loading reads files; only the command line writes, prints and asks the clock."""
    touched = {name for name in called(MODULES[module]) if name in EFFECTS}
    assert {name for name in touched if stage(module) not in EFFECTS[name]} == set()


def test_no_module_is_called_as_a_public_function() -> None:
    """A public name is never a module's name too: the one would hide the other."""
    assert set(betatech_milestones.__all__) & set(ORDER) == set()


def test_public_names() -> None:
    """The public names are sorted, and each can be imported."""
    names = betatech_milestones.__all__
    assert names == sorted(names)
    assert [name for name in names if not hasattr(betatech_milestones, name)] == []


def test_unknown_public_name() -> None:
    """A name that the package does not have is an `AttributeError` like any other."""
    with pytest.raises(
        AttributeError, match=r"^module 'betatech_milestones' has no attribute 'nothing'$"
    ):
        betatech_milestones.nothing  # noqa: B018
