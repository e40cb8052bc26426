"""Values travel one way: which room may import which, and who may touch the world.

This is the only copy of the two tables. A room is a folder of the package; its docstring says what
comes in, what goes out, and what it may touch.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import betatech_milestones

PACKAGE = Path(betatech_milestones.__file__).parent


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its name in it."""
    return {
        ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(
            ".__init__"
        ): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted(PACKAGE.rglob("*.py"))
    }


# Each room, and those above it from which it imports.
ROOMS: dict[str, set[str]] = {
    "language": set(),
    "model": {"language"},
    "voice": {"language", "model"},
    "datafile": {"language", "model", "voice"},
    "importing": {"language", "model", "voice", "datafile"},
    "analysis": {"language", "model", "datafile"},
    "formats": {"model", "voice", "importing", "analysis"},
    "calendars": {"model", "voice", "analysis"},
    "pictures": {"language", "model", "voice", "analysis", "formats"},
    "website": {
        "language",
        "model",
        "voice",
        "datafile",
        "analysis",
        "formats",
        "calendars",
        "pictures",
    },
    "cli": {
        "language",
        "model",
        "voice",
        "datafile",
        "importing",
        "analysis",
        "formats",
        "calendars",
        "pictures",
        "website",
    },
}
# The door to all of them: it imports a room when a name of it is first used.
DOOR = {"__init__", "__main__"}

# What reads, writes, prints or asks the clock, and the modules that may.
EFFECTS: dict[str, set[str]] = {
    "open": set(),
    # The null device, and the summary of a step; the catalogues, which are parts of the package.
    # A member of an archive that is in memory already.
    # A descriptor, by what the system can do.
    ".open": {"cli.output", "cli.importing", "voice.catalogues", "importing.packages"}
    | {"datafile.system"},
    # The texts of the starter are parts of the package.
    ".read_text": {"datafile.load", "datafile.starter"},
    # Of `website.api` the schema of its documents, which is a part of the package; of the starter
    # what a killed attempt has written.
    ".read_bytes": {"datafile.load", "datafile.record", "datafile.edit", "importing.mapping"}
    | {"datafile.starter"}
    | {"datafile.find", "datafile.portfolio", "website.parts"}
    | {"website.api", "website.folder"},
    ".write_text": set(),
    ".write_bytes": {"datafile.files", "website.folder"},
    "print": set(),
    ".print": {"cli.commands", "formats.listing"},  # a method of ours; rich, captured
    ".echo": {"cli.output"},
    "input": set(),
    ".today": set(),
    ".now": {"cli.output", "cli.serve"},  # the day; the moment of a version
    ".run": {"datafile.git", "cli.picker"},  # git; questions that are asked
    ".utcnow": set(),
}


def room(module: str) -> str:
    """The folder that a module is in; the door for those in none."""
    return module.partition(".")[0]


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules of this package that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            package, _, rest = node.module.partition(".")
            if package == "betatech_milestones":
                assert rest, "no room imports from the door"
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


def test_every_module_is_in_a_room() -> None:
    """The table names every room, and there is no other."""
    assert {room(module) for module in modules()} == {*ROOMS, *DOOR}


def test_rooms_stand_in_the_order_of_the_flow() -> None:
    """A room imports only from those above it, so nothing goes round."""
    order = list(ROOMS)
    assert [name for name in order if not ROOMS[name] <= {*order[: order.index(name)]}] == []


DESIGN = (Path(__file__).parents[1] / "docs" / "design.md").read_text(encoding="utf-8")


def test_the_graph_of_the_rooms_is_that_of_the_table() -> None:
    """An arrow for each import that does not follow from others; every room is at one of them."""
    drawn = re.findall(r"^    (\w+) --> (\w+)$", DESIGN, re.MULTILINE)
    behind: dict[str, set[str]] = {}  # all that a room can reach, in the order of the flow
    for name, above in ROOMS.items():
        behind[name] = above.union(*(behind[one] for one in above))
    wanted = {
        (name, one)
        for name, above in ROOMS.items()
        for one in above
        if not any(one in behind[other] for other in above)
    }
    assert sorted(drawn) == sorted(wanted)
    assert {name for arrow in drawn for name in arrow} == {*ROOMS}


def test_the_files_of_the_website_are_told_by_their_job() -> None:
    """Each stands once in the table, and nothing else does."""
    table = DESIGN.partition("| job | files |\n")[2].partition("\n\n")[0]
    named = re.findall(r"`(\w+)`", table)
    files = {name.partition(".")[2] for name in modules() if name.startswith("website.")}
    assert sorted(named) == sorted(files)


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_what_the_table_says(name: str) -> None:
    """Neither more nor less; laziness is no excuse: an import in a function counts."""
    trees = [tree for module, tree in modules().items() if room(module) == name]
    found = {room(module) for tree in trees for module in imported(tree)} - {name}
    assert found == ROOMS[name]


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_says_what_it_is(name: str) -> None:
    """What comes in, what goes out, what it may touch: who enters reads it first."""
    docstring = ast.get_docstring(modules()[name]) or ""
    assert "come" in docstring
    assert "Nothing here" in docstring or "writes" in docstring or "reads" in docstring


def test_only_the_edges_touch_the_world() -> None:
    """Files are read and written, printed to and dated where the table says, and nowhere else."""
    found = {(name, module) for module, tree in modules().items() for name in called(tree)}
    allowed = {(name, module) for name, those in EFFECTS.items() for module in those}
    assert {one for one in found if one[0] in EFFECTS} - allowed == set()
    assert allowed - found == set(), "the table allows nothing that nobody does"


# What only some systems have, and whatever asks which system it is.
OF_SOME_SYSTEMS = re.compile(
    r"""\b(?:
        sys\.platform | os\.name | os\.uname | platform\.(?!python_)\w+
        | os\.(?:\w*chown|fchmod|lchmod|\w*fork\w*|wait\w*|kill\w*|nice|umask|mkfifo|mknod|chroot
            |get(?:e?[ug]id|groups|pgid|ppid|priority|loadavg)|set\w+|sched_\w+|\w*xattr|\w*statvfs
            |fdatasync|sync|f?truncate|link|symlink|open|pipe2?|O_\w+|posix_\w+|pread\w*
            |sysconf\w*|confstr\w*|EX_\w+|startfile|add_dll_directory|supports_\w+)
        | os\.(?:stat|chmod)
        | signal\.(?:SIG(?!INT\b|TERM\b|_IGN\b|_DFL\b)\w+|alarm|pause|pthread_\w+|set\w+
            |sig(?:wait|pending|timed)\w*)
        | get_context | hardlink_to | winerror
        | import\ (?:ctypes|fcntl|pwd|grp|resource|termios|tty|pty|syslog|msvcrt|winreg)
        | from\ (?:ctypes|fcntl|pwd|grp|resource|termios|tty|pty|syslog|msvcrt|winreg)
    )\b | ["']/(?:proc|dev|sys|etc|tmp|var)\b""",
    re.VERBOSE,
)


def test_only_one_module_asks_which_system_it_is() -> None:
    """What only some systems have is named where it is told what is done on the others."""
    asking = {
        (module, match[0])
        for module, tree in modules().items()
        for match in OF_SOME_SYSTEMS.finditer(ast.unparse(tree))
    }
    assert {module for module, _ in asking} == {"datafile.system"}, sorted(asking)


def test_no_room_is_called_as_a_public_name() -> None:
    """The one would hide the other."""
    assert set(betatech_milestones.__all__) & {*ROOMS} == set()


def test_what_caches_a_property_has_room() -> None:
    """The lowest attrs that is allowed keeps nothing in a class with slots."""
    lacking = {
        (module, each.name)
        for module, tree in modules().items()
        for each in ast.walk(tree)
        if isinstance(each, ast.ClassDef)
        and any("cached_property" in ast.unparse(part) for part in each.body)
        and not any("slots=False" in ast.unparse(one) for one in each.decorator_list)
    }
    assert lacking == set()
