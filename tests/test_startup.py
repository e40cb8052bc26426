"""A command that runs in every pipeline starts fast: it imports only what it uses."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from betatech_milestones.cli.commands import main

HEAVY = {
    "icalendar",
    "click",
    "rich",
    "jinja2",
    "tomlkit",
    "filelock",
    "questionary",
    "prompt_toolkit",
}


def all_modules_after(script: str) -> set[str]:
    """Return the modules that a fresh interpreter loads for a script."""
    before = "import sys; before = {*sys.modules}"  # such as those that measure coverage
    told = "print(*{*sys.modules} - before, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{before}\n{script}\n{told}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stderr.split())


def modules_after(script: str) -> set[str]:
    """Return the same without what they are parts of."""
    return {name.partition(".")[0] for name in all_modules_after(script)}


def command(*arguments: str) -> str:
    """Return a script that runs the command line, and survives its exit."""
    return (
        "import contextlib\n"
        "from betatech_milestones.cli import main\n"
        f"with contextlib.suppress(SystemExit): main({list(arguments)!r})"
    )


def test_library_imports_no_view() -> None:
    """A script that computes pays for no calendar, command line, terminal or web page."""
    assert not modules_after("import betatech_milestones") & HEAVY


def test_reports_need_no_view() -> None:
    """The same holds for loading the shipped data and asking how it stands on a day."""
    script = (
        "import datetime as dt\n"
        "from betatech_milestones import as_of\n"
        "from betatech_milestones.datafile.load import load_example\n"
        "as_of(load_example(), dt.date(2014, 9, 1))"
    )
    assert not modules_after(script) & HEAVY


@pytest.mark.parametrize("name", ["overdue", "upcoming", "report", "check"])
def test_commands_in_a_pipe_import_no_calendar_and_no_terminal(name: str) -> None:
    """Only `ics` makes calendars, and only a terminal wants its tables drawn."""
    assert not modules_after(command(name, "--example")) & (HEAVY - {"click"})


def test_a_page_imports_no_calendar() -> None:
    """The page of a measure names its calendar, and needs nothing that makes one.

    What fills its template is imported with the first.
    """
    page = "from betatech_milestones.website.measure import measure_page"
    assert not modules_after(page) & HEAVY
    made = (
        "from betatech_milestones import load_example\n"
        "from betatech_milestones.website.telling import Relations\n"
        "example = load_example()\n"
        "day = example.sources[0].known_from\n"
        "measure_page(Relations.of(example), example.measures[0], day, language='nl')"
    )
    assert modules_after(f"{page}\n{made}") & HEAVY == {"jinja2"}


def test_beginning_a_programme_imports_no_view(tmp_path: Path) -> None:
    """Who says all that is needed is asked nothing, and pays for no questions."""
    options = ("--title", "Plan", "--language", "en", "--id", "plan")
    held = modules_after(command("init", str(tmp_path), *options))
    assert held & HEAVY <= {"click"}
    assert (tmp_path / "milestones.toml").is_file()


def test_feed_imports_icalendar() -> None:
    """The probe sees what is imported."""
    assert "icalendar" in modules_after(command("ics", "--example"))


OURS = "betatech_milestones"
WITHOUT_A_DATE = {"zoneinfo", f"{OURS}.datafile.portfolio", f"{OURS}.language.nl"}
WITHOUT_A_REPORT = {
    f"{OURS}.formats.text",
    f"{OURS}.formats.listing",
    f"{OURS}.formats.standings",
}
WITHOUT_A_FILE_WRITTEN = {"secrets", f"{OURS}.datafile.files", f"{OURS}.datafile.system"}
OF_OTHER_COMMANDS = {
    "json",
    "difflib",
    "hashlib",
    "dateutil",
    "calendar",
    "tempfile",
    "subprocess",
    "importlib.resources",
    f"{OURS}.analysis.check",
    f"{OURS}.analysis.diff",
    f"{OURS}.analysis.editions",
    f"{OURS}.analysis.hints",
    f"{OURS}.analysis.slips",
    f"{OURS}.analysis.stats",
    f"{OURS}.calendars",
    f"{OURS}.cli.digest",
    f"{OURS}.cli.importing",
    f"{OURS}.cli.init",
    f"{OURS}.cli.record",
    f"{OURS}.cli.serve",
    f"{OURS}.cli.sheet",
    f"{OURS}.datafile.git",
    f"{OURS}.importing",
    f"{OURS}.pictures.charts",
    f"{OURS}.website",
}
A_REPORT = OF_OTHER_COMMANDS | WITHOUT_A_FILE_WRITTEN
ONLY_WORDS = A_REPORT | WITHOUT_A_REPORT | WITHOUT_A_DATE

NEEDLESS: dict[str, tuple[str, set[str]]] = {
    "overdue": (command("overdue", "--example"), A_REPORT),
    "--version": (command("--version"), ONLY_WORDS),
    "--help": (command("--help"), ONLY_WORDS),
    "overdue --help": (command("overdue", "--help"), ONLY_WORDS),
    "import": (
        f"import {OURS}",
        ONLY_WORDS | {"attr", "datetime", "pathlib", "tomli", f"{OURS}.model.records"},
    ),
}
"""What each start has no use for, and does not load."""


@pytest.mark.parametrize("start", NEEDLESS)
def test_a_start_loads_nothing_that_it_does_not_need(start: str) -> None:
    """A report, and even more so what only tells of the commands, is for its reader right away."""
    script, needless = NEEDLESS[start]
    assert all_modules_after(script) & needless == set()


@pytest.mark.parametrize("name", sorted(set.union(*(names for _, names in NEEDLESS.values()))))
def test_what_a_start_does_not_need_is_a_module(name: str) -> None:
    """No start would load what there is not."""
    assert find_spec(name) is not None


@pytest.mark.parametrize("name", main.elsewhere)
def test_the_help_tells_of_a_command_what_that_tells_of_itself(name: str) -> None:
    """The commands that are not loaded for it, too."""
    told = main.get_command(click.Context(main), name)
    assert told is not None
    assert told.get_short_help_str(limit=1000) == main.elsewhere[name][1]


def test_the_command_looks_for_no_garbage_in_what_it_loaded() -> None:
    """Nor when it leaves, in what it made since; in between it does, as any program."""
    script = (
        "import atexit, contextlib, gc, sys\n"
        "from betatech_milestones.__main__ import main\n"
        "sys.argv[1:] = ['--version']\n"
        "told = lambda *seen: print(*seen, file=sys.stderr)\n"
        "made = []\n"
        "is_looked_at = lambda: any(one is made for one in gc.get_objects())\n"
        "atexit.register(lambda: told('leaves', is_looked_at()))\n"  # the last of what is then done
        "told('before', gc.isenabled(), gc.get_freeze_count() > 0)\n"
        "with contextlib.suppress(SystemExit): main()\n"
        "made = [[]]\n"
        "told('after', gc.isenabled(), gc.get_freeze_count() > 0, is_looked_at())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr.splitlines() == ["before True False", "after True True True", "leaves False"]


def test_a_report_loads_the_language_of_its_programme_alone() -> None:
    """The words of the other languages are for texts that it cannot read."""
    told = (
        "import sys\n"
        "from betatech_milestones.language import LANGUAGES\n"
        "place = 'betatech_milestones.language.'\n"
        "held = [tag for tag in LANGUAGES if place + tag in sys.modules]\n"
        "print(*held, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{command('overdue', '--example')}\n{told}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr.split() == ["nl"]
