"""A command that runs in every pipeline starts fast: it imports only what it uses."""

import subprocess
import sys
from pathlib import Path

import pytest

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


def modules_after(script: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter holds after a script."""
    told = "import sys; print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\n{told}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stderr.split())


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
    """The page of a measure names its calendar, and needs nothing that makes one."""
    held = modules_after("from betatech_milestones.website.measure import measure_page")
    assert held & HEAVY == {"jinja2"}


def test_beginning_a_programme_imports_no_view(tmp_path: Path) -> None:
    """Who says all that is needed is asked nothing, and pays for no questions."""
    options = ("--title", "Plan", "--language", "en", "--id", "plan")
    held = modules_after(command("init", str(tmp_path), *options))
    assert held & HEAVY <= {"click"}
    assert (tmp_path / "milestones.toml").is_file()


def test_feed_imports_icalendar() -> None:
    """The probe sees what is imported."""
    assert "icalendar" in modules_after(command("ics", "--example"))


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
