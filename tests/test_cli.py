"""The command line: what each command prints, where, and with which exit code."""

import contextlib
import datetime as dt
import importlib
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import zoneinfo
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from programmes import PROGRAMME
from systems import PATIENCE_SECONDS, posix

import betatech_milestones
from betatech_milestones import (
    CHARTS,
    Component,
    Placement,
    PolicyDate,
    as_of,
    chart,
    feed,
    load,
    read_state,
    schema,
    site,
    stats,
    timeline,
)
from betatech_milestones.cli import main
from betatech_milestones.datafile.find import shipped

ROOT = Path(__file__).parents[1]
RUN = [sys.executable, "-m", "betatech_milestones"]
PATHS = {"PYTHONPATH": str(ROOT / "src")}
PLAN = (ROOT / "tests" / "formats" / "programme.toml").read_text(encoding="utf-8")
"""A programme in which something is late, unchecked and without news on 1 February 2015."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with data files that are sound, broken and not even text."""
    (tmp_path / "sound.toml").write_text(PROGRAMME, encoding="utf-8")
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "wrong.toml").write_text(PROGRAMME.replace('"report"', '"rapport"'), "utf-8")
    (tmp_path / "broken.toml").write_text("[programme\n", encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9\n")
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="betatech-milestones")


EXITS = {
    "overdue sound.toml --as-of 2015-02-01": 0,
    "overdue sound.toml --as-of 2014-05-01": 0,
    "overdue plan.toml --as-of 2015-02-01": 1,
    "overdue plan.toml --as-of 2015-02-01 --exit-zero": 0,
    "overdue plan.toml --as-of 2015-02-01 --known-on 2016-06-01": 1,
    "report plan.toml --as-of 2015-02-01 --known-on 2013-01-01": 0,
    "upcoming plan.toml --known-on soon": 2,
    "overdue plan.toml --recheck -1": 2,
    "stats sound.toml": 0,
    "stats plan.toml --as-of 2015-02-01": 0,
    "stats plan.toml --by sector --since 2014-01-01 --cluster teachers": 0,
    "stats plan.toml --by status": 2,
    "stats plan.toml --since 2014": 2,
    "stats plan.toml --known-on soon": 2,
    "stats plan.toml --output-format html": 2,
    "stats plan.toml --body nobody": 2,
    "stats wrong.toml": 2,
    "stats missing.toml": 2,
    "upcoming sound.toml": 0,
    "report sound.toml": 0,
    "show files sound.toml": 0,
    "show files/in-force sound.toml": 0,
    "check": 2,
    "check --example": 0,
    "check --example sound.toml": 2,
    "overdue --example --as-of 2013-03-01": 0,
    "check sound.toml": 0,
    "check wrong.toml": 1,
    "check broken.toml": 1,
    "check latin.toml": 1,
    "check missing.toml": 2,
    "check folder": 2,
    "schema": 0,
    "ics sound.toml": 0,
    "report wrong.toml": 2,
    "report broken.toml": 2,
    "report latin.toml": 2,
    "report missing.toml": 2,
    "report folder": 2,
    "report --no-such-option": 2,
    "no-such-command": 2,
    "upcoming --within -1": 2,
    "show": 2,
    "ics wrong.toml": 2,
    "ics sound.toml --alarm 14": 0,
    "check sound.toml --against sound.toml": 0,
    "check wrong.toml --against sound.toml": 1,
    "check sound.toml --against wrong.toml": 2,
    "check sound.toml --against missing.toml": 2,
    "build sound.toml": 2,
    "build wrong.toml -o site": 2,
    "build sound.toml -o site --since soon": 2,
    "build sound.toml -o site --address site": 2,
    "build sound.toml -o site --placement middle": 2,
    "build sound.toml -o broken.toml": 2,
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", EXITS)
def test_exit_codes(arguments: str) -> None:
    """0 is fine, 1 overdue or unsound, 2 unusable; only reports are on the standard output."""
    result = run(*arguments.split())
    assert result.exit_code == EXITS[arguments], result.output
    assert bool(result.stdout) == (EXITS[arguments] < 2)
    assert bool(result.stderr) == (EXITS[arguments] == 2)


REMEDY = (
    "name a file, make one with betatech-milestones init, "
    "or look at the example with --example (in Python: load_example())"
)
NONE = "Error: no milestones.toml and no data/milestones.toml"
MESSAGES = {
    "report missing.toml": "Error: cannot read missing.toml: no such file or directory\n",
    "check folder": f"{NONE} in folder: {REMEDY}\n",
    "report": f"{NONE} here, but several programmes: name one of them, such as plan.toml\n",
    "sheet .": f"{NONE} in ., but several programmes: name one of them, such as plan.toml\n",
    "serve .": f"{NONE} in ., but several programmes: name one of them, such as plan.toml\n",
    "diff sound.toml folder": f"{NONE} in folder: {REMEDY}\n",
    "report --example sound.toml": (
        "Usage: betatech-milestones report [OPTIONS] [FILE]...\n"
        "Try 'betatech-milestones report --help' for help.\n\n"
        "Error: --example is the programme that ships; leave FILE or --example out\n"
    ),
    "stats sound.toml --chart trend --output-format csv": (
        "Usage: betatech-milestones stats [OPTIONS] [FILE]...\n"
        "Try 'betatech-milestones stats --help' for help.\n\n"
        "Error: --chart draws SVG; leave --output-format or --chart out\n"
    ),
    "stats sound.toml --chart delays --by kind": (
        "Usage: betatech-milestones stats [OPTIONS] [FILE]...\n"
        "Try 'betatech-milestones stats --help' for help.\n\n"
        "Error: a chart has groups of its own, or none; leave --by or --chart out\n"
    ),
    "show flies sound.toml": 'Error: no measure or milestone "flies"; did you mean "files"?\n',
    "report sound.toml --sector mbi": 'Error: no sector "mbi"; did you mean "mbo"?\n',
    "report sound.toml -o no/such": (
        "Error: cannot write no/such: there is no folder no; make it first\n"
    ),
    "report sound.toml -o folder": "Error: cannot write folder: is a directory\n",
    "check sound.toml --against missing.toml": (
        "Error: cannot read missing.toml: no such file or directory\n"
    ),
    "build sound.toml -o broken.toml": (
        "Error: nothing was published in broken.toml: cannot read or write broken.toml: "
        "not a directory\n"
    ),
    "build sound.toml -o broken.toml/site": (
        "Error: nothing was published in broken.toml/site: cannot read or write "
        "broken.toml: not a directory\n"
    ),
    "build sound.toml -o site --lang fr": (
        'Error: nothing was published in site: "fr" is no language of the programme, which has '
        "nl, en\n"
    ),
    "build sound.toml -o site --previous folder": (
        "Error: nothing was published in site: cannot read or write folder/state.json: "
        "no such file or directory\n"
    ),
    "build sound.toml -o /": (
        "Error: nothing was published in /: cannot read or write /: it is where a disk is mounted, "
        "and cannot be replaced as a whole; publish in a folder within it\n"
    ),
    "report latin.toml": (
        "latin.toml:1:6: error: not UTF-8: byte 0xe9 in café, probably é of Windows-1252; "
        "save the file as UTF-8 [encoding]\n"
    ),
}


@posix
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", MESSAGES)
def test_messages(arguments: str) -> None:
    """What cannot be used is told in a line that names it."""
    told = run(*arguments.split()).stderr.replace(" -h' for", " --help' for")  # of older clicks
    assert told == MESSAGES[arguments]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("day", ["2014-09-01", "1 september 2014", "1 September 2014"])
def test_days_are_asked_for_in_any_form(day: str) -> None:
    """`--as-of` reads what the data file reads, if it is one day."""
    assert "1 september 2014" in run("report", "sound.toml", "--as-of", day).stdout


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2014", '"2014" is more than one day; write it as 2014-09-01'),
        ("[2014-09-01..]", '"[2014-09-01..]" is more than one day; write it as 2014-09-01'),
        ("soon", '"soon" is no day; write it as 2014-09-01'),
        ("long " * 40, f'"{"long " * 11}…" is no day; write it as 2014-09-01'),
    ],
)
def test_other_days_are_refused(day: str, message: str) -> None:
    """A period or a riddle is no day to report for."""
    result = run("report", "--as-of", day)
    assert result.exit_code == 2
    assert f"Error: Invalid value for '--as-of': {message}" in result.stderr


def ids(*arguments: str) -> set[str]:
    result = run("report", "--as-of", "2014-09-01", "--output-format", "json", *arguments)
    return {milestone["id"] for milestone in json.loads(result.stdout)["milestones"]}


def test_filters_combine() -> None:
    """Two of one sort widen the choice, another sort narrows it."""
    mbo, hbo = ids("--sector", "mbo"), ids("--sector", "hbo")
    assert ids("--sector", "mbo", "--sector", "hbo") == mbo | hbo
    assert ids("--sector", "mbo", "--kind", "report") == mbo & ids("--kind", "report")


def test_overdue_tells_the_progress_report_and_not_the_moved_files() -> None:
    """On 2 September 2014 the summer is over; the files were moved to 2016."""
    printed = run("overdue", "--as-of", "2014-09-02").stdout
    assert "sector-plan-physics-chemistry/progress-report-2014" in printed
    assert "qualification-files/in-force" not in printed


@pytest.mark.usefixtures("folder")
def test_overdue_tells_for_how_long_and_by_what() -> None:
    """How long ago the term ended, in words, and what is known of it since."""
    printed = run("overdue", "plan.toml", "--as-of", "2015-02-01", "--lang", "en").stdout
    assert (
        "  late: its term ended 4 months ago; not done (The paper, December 2014) | plan/late | "
        in printed
    )


@pytest.mark.parametrize(
    ("milestone", "ending"),
    [
        ("sector-plan-physics-chemistry/progress-report-2014", "met: 9 September 2014"),
        ("qualification-files/in-force", "met: 1 August 2016"),
        ("macro-efficiency-act/in-force", "met: 1 August 2015"),
    ],
)
def test_show_tells_when_it_was_met(milestone: str, ending: str) -> None:
    """The story of a milestone ends with its outcome, from the day that was known."""
    assert f"standing: {ending}" in run("show", milestone, "--lang", "en").stdout
    assert "met:" not in run("show", milestone, "--as-of", "2014-09-01", "--lang", "en").stdout


# --- what was known -------------------------------------------------------------------------------

HINDSIGHT = (
    "report plan.toml",
    "overdue plan.toml",
    "upcoming plan.toml",
    "slips plan.toml",
    "stats plan.toml",
    "show law plan.toml",
)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", HINDSIGHT)
def test_hindsight_is_asked_for_and_says_so(command: str) -> None:
    """`--known-on` counts what was known on that day; the same day as `--as-of` is no hindsight."""
    arguments = (*command.split(), "--as-of", "2015-02-01", "--lang", "en")
    of_its_day = run(*arguments).stdout
    later = run(*arguments, "--known-on", "1 juni 2016").stdout
    head = of_its_day.splitlines()[0]
    assert later.splitlines()[0] == f"{head} (with hindsight: what was known on 1 June 2016)"
    assert later.splitlines()[1:] != of_its_day.splitlines()[1:]
    assert run(*arguments, "--known-on", "2015-02-01").stdout == of_its_day


def test_before_the_letter_nothing_was_promised() -> None:
    """The shipped programme is empty on the day before its letter, and no error."""
    done = run("report", "--as-of", "2013-02-25", "--lang", "en")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "No milestones.")


# With one milestone, for which somebody looked on 15 January 2015.
BEFORE, *MILESTONES = PLAN.split("[[measure.milestone]]\nid = ")
(SOUGHT,) = (milestone for milestone in MILESTONES if milestone.startswith('"sought"\n'))
ONLY_LOOKED = f"{BEFORE}[[measure.milestone]]\nid = {SOUGHT}"


@pytest.mark.parametrize(
    ("options", "code", "level"),
    [
        ("", 0, "warning"),
        ("--recheck 17", 0, "warning"),
        ("--recheck 16", 1, "error"),
        ("--recheck 0", 1, "error"),
        ("--recheck 16 --grace 63", 0, "warning"),
        ("--recheck 16 --exit-zero", 0, "error"),
    ],
)
def test_who_looked_in_vain_passes_for_a_while(
    options: str, code: int, level: str, folder: Path
) -> None:
    """No news alone is a warning, until the look is older than `--recheck` days."""
    (folder / "looked.toml").write_text(ONLY_LOOKED, encoding="utf-8")
    arguments = ("overdue", "looked.toml", "--as-of", "2015-02-01")
    done = run(*arguments, *options.split(), "--output-format", "github")
    assert done.exit_code == code
    assert done.stdout.startswith(f"::{level} file=looked.toml,")
    assert "title=no-news::" in done.stdout
    assert done.stdout.count("\n") == 1


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("measure", ["law", "plan"])
def test_late_and_unchecked_fail(measure: str) -> None:
    """Whatever the days to recheck: nobody looked, or a statement says that it was not done."""
    arguments = ("overdue", "plan.toml", "--as-of", "2015-02-01", "--measure", measure)
    assert run(*arguments, "--recheck", "9999").exit_code == 1


@pytest.mark.usefixtures("folder")
def test_check_takes_several_files() -> None:
    """Each is checked, and what is wrong with one does not hide what is wrong with another."""
    result = run("check", "sound.toml", "wrong.toml", "plan.toml")
    assert (result.exit_code, result.stdout.count("wrong.toml:93: error: kind: ")) == (1, 1)
    assert result.stdout.splitlines()[1].startswith("plan.toml:3: error: id: ")
    result = run("check", "sound.toml", "./sound.toml")
    assert result.stderr == "Error: sound.toml is named twice; name it once\n"
    result = run("check", "sound.toml", "wrong.toml", "--against", "sound.toml")
    message = "Error: --against compares one file; name that one\n"
    assert (result.exit_code, result.stderr.endswith(message)) == (2, True)


def test_timeline_is_the_picture_of_the_library(tmp_path: Path) -> None:
    """What `timeline` writes, to a file or not, is what `webpage.timeline` returns."""
    arguments = ("timeline", "--measure", "macro-efficiency-act", "--lang", "en")
    expected = timeline(load().only(measures=["macro-efficiency-act"]), language="en")
    assert run(*arguments).stdout == expected
    assert run(*arguments, "-o", str(tmp_path / "timeline.svg")).stdout == ""
    assert (tmp_path / "timeline.svg").read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_that_of_the_library(name: str, tmp_path: Path) -> None:
    """What `stats --chart` writes, to a file or not, is the picture that `chart` returns."""
    days = ("--as-of", "2014-09-01", "--since", "2013-03-01")
    arguments = ("stats", *days, "--chart", name, "--lang", "en")
    figures = stats(as_of(load(), "2014-09-01"), since="2013-03-01")
    expected = chart(figures, name, language="en").svg
    assert run(*arguments).stdout == expected
    assert run(*arguments, "-o", str(tmp_path / "chart.svg")).stdout == ""
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8") == expected


def test_calendar_is_the_feed_of_the_library(tmp_path: Path) -> None:
    """What `ics` writes, to a file or not, is what `feed` returns."""
    arguments = ("--sector", "mbo", "--lang", "en", "--component", "todo", "--placement", "span")
    address = "https://example.org/mbo.ics"
    file = tmp_path / "mbo.ics"
    assert run("ics", *arguments, "--address", address, "-o", str(file)).stdout == ""
    expected = feed(
        load().only(sectors=["mbo"]),
        language="en",
        component=Component.TODO,
        placement=Placement.SPAN,
        address=address,
    )
    assert file.read_bytes() == expected
    assert run("ics", *arguments, "--address", address).stdout_bytes == expected


def test_calendar_address_is_a_web_address() -> None:
    """An address that a calendar could not hold is refused."""
    result = run("ics", "--address", "mbo.ics")
    assert result.exit_code == 2
    assert "Error: Invalid value for '--address': \"mbo.ics\" is no web address" in result.stderr


@pytest.mark.parametrize("days", ["14", "14d"])
def test_calendar_with_alarms_is_the_feed_of_the_library(days: str) -> None:
    """`--alarm` takes a number of days, with or without its unit."""
    assert run("ics", "--alarm", days).stdout_bytes == feed(load(), alarm_days=14)


@pytest.mark.parametrize(
    "days", ["0", "14h", "-1", "10000", "1.5", "two", "", "014", "14 d", "\u0661"]
)
def test_other_alarms_are_refused(days: str) -> None:
    """An alarm goes off a number of days before, and at least one."""
    result = run("ics", "--alarm", days)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(
        f"Error: Invalid value for '--alarm': \"{days}\" is no number of days from 1 to 9999; "
        "write it as 14d\n"
    )


# --- publishing -----------------------------------------------------------------------------------

SHORTER = PROGRAMME[: PROGRAMME.rindex("[[measure.milestone]]")]
"""The shared programme without its last milestone."""


def test_check_tells_what_was_rewritten(folder: Path) -> None:
    """A published date that is another one now is an error, whose remedy is a ready command."""
    (folder / "old.toml").write_text(PLAN, encoding="utf-8")
    rewritten = PLAN.replace("due = 2014-11-01\n", "due = 2015-03-01\n")
    (folder / "my plan.toml").write_text(rewritten, encoding="utf-8")
    done = run("check", "my plan.toml", "--against", "old.toml")
    assert (done.exit_code, done.stderr) == (1, "")
    line = rewritten[: rewritten.index('id = "partly-late"')].count("\n")
    command = "record plan/partly-late 'my plan.toml' --moved 2015-03-01 --source ID"
    assert (
        f'my plan.toml:{line}: error: due of "plan/partly-late" was published as 2014-11-01, and '
        "is 2015-03-01 now: a promise is moved, and never rewritten; put 2014-11-01 back and "
        f"record the move with betatech-milestones {command}, or say in "
        'corrected = "…" why it was a mistake [promise-rewritten]\n'
    ) in done.stdout
    (folder / "my plan.toml").write_text(PLAN, encoding="utf-8")
    moved = run(*shlex.split(command.replace("ID", "audit")))
    assert (moved.exit_code, moved.stdout) == (0, "")
    assert "promise-rewritten" not in run("check", "my plan.toml", "--against", "old.toml").stdout
    (found,) = (m for m in load("my plan.toml").milestones if m.id == "partly-late")
    assert found.in_force == PolicyDate.parse("2015-03-01")


REMEMBERED = {
    "a revision": 'revised]]\ndue = 2015-01-01\nsource = "answers"',
    "an outcome": 'met]\non = 2014-12-31\nsource = "web-page"',
}


@pytest.mark.parametrize("part", REMEMBERED.values(), ids=REMEMBERED)
def test_check_tells_what_was_taken_out(part: str, folder: Path) -> None:
    """A revision or an outcome that is gone is one, too; `corrected` says why it was a mistake."""
    (folder / "old.toml").write_text(PLAN, encoding="utf-8")
    before, _, after = PLAN.partition(f"[[measure.milestone.{part}")
    if not after:
        before, _, after = PLAN.partition(f"[measure.milestone.{part}")
    gone = before + after[after.index("\n\n") :]
    (folder / "plan.toml").write_text(gone, encoding="utf-8")
    done = run("check", "plan.toml", "--against", "old.toml")
    assert (done.exit_code, done.stdout.count("[promise-rewritten]")) == (1, 1)
    at = before.rindex("kind = ")
    excused = f'{before[:at]}corrected = {{ nl = "een tikfout" }}\n{gone[at:]}'
    (folder / "plan.toml").write_text(excused, encoding="utf-8")
    assert run("check", "plan.toml", "--against", "old.toml").exit_code == 0


def test_check_tells_what_subscribers_would_lose(folder: Path) -> None:
    """`--against` compares with an earlier version, whatever the format."""
    (folder / "shorter.toml").write_text(SHORTER, encoding="utf-8")
    result = run("check", "shorter.toml", "--against", "sound.toml")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        'shorter.toml: error: "teachers/survey" ("Leraren geraadpleegd") was published and is not '
        "there any more; give it a [measure.milestone.dropped], or write its old id in formerly "
        "[lost-uid]\n"
    )
    assert run("check", "sound.toml", "--against", "shorter.toml").exit_code == 0
    github = run("check", "shorter.toml", "--against", "sound.toml", "--output-format", "github")
    assert github.stdout.startswith("::error file=shorter.toml,line=1,title=lost-uid::")


def test_check_tells_first_what_is_unsound(folder: Path) -> None:
    """A file that cannot be read as a programme is compared with nothing."""
    alone = run("check", "wrong.toml")
    (folder / "sound.toml").unlink()
    assert run("check", "wrong.toml", "--against", "sound.toml").output == alone.output


def test_build_publishes_the_site_of_the_library(folder: Path) -> None:
    """What `build` writes is what `site` returns; it says how much that is."""
    arguments = ("sound.toml", "-o", "site", "--as-of", "2016-01-01")
    result = run("build", *arguments, "--address", "https://example.org/site")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "site: 85 files, 18 of them feeds; new or changed milestones: 3\n"
    day = dt.date(2016, 1, 1)
    expected = site(load("sound.toml"), day, address="https://example.org/site/")
    assert tree(folder / "site") == expected
    again = run("build", *arguments, "--placement", "span", "--since", "2015-08-01")
    assert again.stderr == "site: 84 files, 18 of them feeds; new or changed milestones: 3\n"
    since, before = dt.date(2015, 8, 1), read_state(expected["state.json"])
    assert tree(folder / "site") == site(
        load("sound.toml"), day, placement=Placement.SPAN, since=since, before=before
    )


def test_build_speaks_the_languages_that_are_asked_for(folder: Path) -> None:
    """Those alone, and the first of them at the root."""
    run("build", "sound.toml", "-o", "site", "--as-of", "2016-01-01", "--lang", "en")
    expected = site(load("sound.toml"), "2016-01-01", languages=["en"])
    assert tree(folder / "site") == expected
    assert b'<html lang="en"' in expected["index.html"]
    assert [path for path in expected if path.startswith(("nl/", "en/index"))] == []


def test_timeline_of_a_day(folder: Path) -> None:
    """What was known by then; without a day, all that there is."""
    programme = load(folder / "sound.toml")
    drawn = run("timeline", "sound.toml", "--as-of", "2014-03-01").stdout
    assert drawn == timeline(programme, day="2014-03-01")
    assert run("timeline", "sound.toml").stdout == timeline(programme) != drawn


def tree(folder: Path) -> dict[str, bytes]:
    """The files of a folder by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_build_tells_what_it_leaves_alone_and_what_is_lost(folder: Path) -> None:
    """Warnings first, then what others made; neither stops it."""
    run("build", "sound.toml", "-o", "site")
    (folder / "site/CNAME").write_text("example.org")
    without = PROGRAMME.replace('sectors = ["mbo"]\n', "").replace("[[sector]]", "[[cluster]]")
    (folder / "without.toml").write_text(without, encoding="utf-8")
    result = run("build", "without.toml", "-o", "site/")
    assert result.exit_code == 0
    assert result.stderr == (
        "site/en/sector-mbo.ics: warning: is no longer made: who subscribed to it gets an error "
        "from now on [lost-feed]\n"
        "site/nl/sector-mbo.ics: warning: is no longer made: who subscribed to it gets an error "
        "from now on [lost-feed]\n"
        "site/CNAME: left alone, not made by this program\n"
        "site/: 84 files, 18 of them feeds; new or changed milestones: 2\n"
    )


def test_build_refuses_what_subscribers_would_lose(folder: Path) -> None:
    """Exit 1, and nothing is touched; `--force` publishes all the same."""
    run("build", "sound.toml", "-o", "old")
    (folder / "shorter.toml").write_text(SHORTER, encoding="utf-8")
    arguments = ("build", "shorter.toml", "-o", "site", "--previous", "old")
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        'shorter.toml: error: "teachers/survey" ("Leraren geraadpleegd") was published and is not '
        "there any more; give it a [measure.milestone.dropped], or write its old id in formerly "
        "[lost-uid]\n"
        "nothing was published; --force publishes all the same\n"
    )
    assert not (folder / "site").exists()
    forced = run(*arguments, "--force")
    assert forced.exit_code == 0
    assert forced.stderr == "site: 84 files, 18 of them feeds; new or changed milestones: 1\n"


@posix
@pytest.mark.usefixtures("folder")
def test_build_where_nothing_can_be_written() -> None:
    """A folder in which none can be made is told, without a trace."""
    result = run("build", "sound.toml", "-o", "/proc/site")
    assert result.exit_code == 2
    assert re.fullmatch(
        r"Error: nothing was published in /proc/site: cannot read or write "
        r"/proc/\.site\.lock: .*\n",
        result.stderr,
    )


@posix
@pytest.mark.usefixtures("folder")
def test_build_on_a_full_disk() -> None:
    """It is told in a line, without the name of a file that is gone again."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        result = run("build", "sound.toml", "-o", "site")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: nothing was published in site: cannot read or write site: file too large\n"
    )
    assert not Path("site").exists()


def test_upcoming_looks_as_far_as_asked() -> None:
    """The horizon is in days, and includes its last."""

    def coming(days: str) -> bool:
        printed = run("upcoming", "--as-of", "2014-05-01", "--within", days).stdout
        return "progress-report-2014" in printed

    assert (coming("0"), coming("30"), coming("31"), coming("90")) == (False, False, True, True)


def test_schema_is_the_schema_of_the_library() -> None:
    """The command prints what the function returns."""
    assert json.loads(run("schema").stdout) == schema()


def test_help_says_what_is_read_where_no_file_is_named() -> None:
    """All of it: a portfolio comes before the file of one programme."""
    printed = " ".join(run("--help").stdout.split())
    assert "Left out, it is milestones.toml, or else data/milestones.toml, in" in printed
    assert "and FILE is left out, a portfolio.toml in the current folder comes first." in printed


@pytest.mark.parametrize("command", ["", *main.list_commands(click.Context(main))])
def test_help_fits_a_terminal(command: str) -> None:
    """Every command has help, and no line of it is wider than 80 columns or cut short."""
    printed = run(*command.split(), "--help").stdout
    assert max(map(len, printed.splitlines())) <= 80
    assert "..." not in re.sub(r"\[[A-Z/]+\]\.\.\.", "", printed)


# --- which file -----------------------------------------------------------------------------------

READING = {
    "overdue": "--as-of 2013-03-01",
    "upcoming": "",
    "report": "",
    "show": "files",
    "slips": "",
    "stats": "--by measure",
    "reminder": "--from 2014-07-01 --to 2015-01-01",
    "check": "",
    "ics": "",
    "timeline": "",
    "build": "-o site",
}
"""The commands that read one programme, each with what it needs besides."""


@pytest.mark.parametrize("command", READING)
def test_a_folder_with_data_of_its_own_gets_that(command: str, folder: Path) -> None:
    """Never somebody else's: what is read is named, and the report is the same as with a name."""
    arguments = (command, *READING[command].split())
    assert run(*arguments).exit_code == 2
    for name in ("data/milestones.toml", "milestones.toml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(PROGRAMME, encoding="utf-8")
        found, named = run(*arguments), run(*arguments, name)
        assert (found.exit_code, found.stdout) == (0, named.stdout)
        assert found.stderr.startswith(f"reads {Path(name)}\n")
        assert "reads" not in named.stderr


def test_what_is_wrong_with_data_of_its_own_is_told(folder: Path) -> None:
    """`check` is not green for the sake of a file that is not the reader's."""
    (folder / "milestones.toml").write_text("[programme\n", encoding="utf-8")
    done = run("check")
    assert (done.exit_code, done.stderr) == (1, "reads milestones.toml\n")
    assert done.stdout.startswith("milestones.toml:1:")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", READING)
def test_the_example_is_asked_for(command: str) -> None:
    """It needs no file, and says nothing of one: whoever reads knows which it is."""
    item = {"show": ["macro-efficiency-act"]}.get(command, READING[command].split())
    done = run(command, *item, "--example")
    assert (done.exit_code, "reads" in done.stderr) == (0, False)


def test_a_folder_stands_for_the_file_in_it(folder: Path) -> None:
    """That is so for every name of a file, also of a version; the file that is read is named."""
    (folder / "folder" / "data").mkdir()
    (folder / "folder" / "data" / "milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    name = Path("folder", "data", "milestones.toml")
    done = run("check", "folder")
    assert (done.stdout, done.stderr) == (f"{name}: no problems found\n", f"reads {name}\n")
    done = run("diff", "sound.toml", "folder", "--exit-code")
    assert (done.exit_code, done.stderr) == (0, f"reads {name}\n")
    missing = "cannot read git:HEAD:"
    assert missing in run("diff", "git:HEAD", "folder").stderr


@pytest.mark.usefixtures("folder")
def test_an_empty_name_is_told() -> None:
    """It is what a variable leaves that nobody has set, and means no file at all."""
    done = run("overdue", "")
    assert (done.exit_code, done.stderr) == (
        2,
        "Error: the name of the data file is empty; write it, or leave it out\n",
    )


def test_the_example_is_named_from_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Below the current folder its path is short, for annotations; elsewhere it is whole."""
    folder, name = shipped().parts[-2:]
    monkeypatch.chdir(shipped().parents[1])
    assert run("check", "--example").stdout.startswith(f"{Path(folder, name)}:")
    monkeypatch.chdir(tmp_path)
    assert Path(run("check", "--example").stdout.partition(":")[0]).is_absolute()


# --- files ----------------------------------------------------------------------------------------


@posix
def test_output_is_written_whole_through_a_link(folder: Path) -> None:
    """The file that a link leads to is replaced and keeps its mode; nothing else is left."""
    target, link = folder / "folder" / "report.txt", folder / "link"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(target)
    assert run("report", "sound.toml", "-o", "link").output == ""
    assert target.read_text("utf-8").startswith("Maatregelen, stand op ")
    assert (target.stat().st_mode & 0o777, link.is_symlink()) == (0o640, True)
    assert [*(folder / "folder").iterdir()] == [target]


@posix
@pytest.mark.usefixtures("folder")
def test_output_may_be_a_new_file_or_a_device(folder: Path) -> None:
    """A new file is made; a device is written to, and stays one."""
    assert run("schema", "-o", "new.json").exit_code == 0
    assert (folder / "new.json").read_text("utf-8") == run("schema").stdout
    assert run("schema", "-o", "/dev/null").exit_code == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.usefixtures("folder")
def test_a_dash_is_the_standard_output() -> None:
    """`-o -` is the same as no `-o`."""
    assert run("schema", "-o", "-").stdout == run("schema").stdout


# --- hints ----------------------------------------------------------------------------------------


def test_hints_change_no_exit_code(folder: Path) -> None:
    """A sound file is sound, whatever there is to ask about it; of another no more is said."""
    wide = PROGRAMME.replace('kind = "report"', 'kind = "report"\ndue = "[2013..2017]"')
    dropped, measure = wide.index("[measure.milestone.dropped]"), wide.rindex("[[measure]]")
    asked = wide[:dropped] + wide[measure:]
    (folder / "asked.toml").write_text(asked, encoding="utf-8")
    told = (
        "asked.toml:90: hint: files/progress has a window of more than a year "
        "(2013-01-01 to 2017-12-31); write the day by which it was promised, "
        "or a milestone for each step [wide-window]\n"
    )
    result = run("check", "asked.toml")
    assert (result.exit_code, result.stdout) == (0, told)
    (folder / "asked.toml").write_text(asked.replace("2014-08-01", "soon"), encoding="utf-8")
    assert "hint" not in run("check", "asked.toml").stdout


@pytest.mark.parametrize(
    ("day", "stale", "told"),
    [("2013-08-26", "180", True), ("2013-08-25", "180", False), ("2013-08-26", "181", False)],
)
def test_stale_hints_are_asked_for(day: str, stale: str, *, told: bool) -> None:
    """`--stale` counts back from the day asked for, and without it nothing is stale."""
    assert ("[stale-source]" in run("check", "--as-of", day, "--stale", stale).stdout) is told
    assert "[stale-source]" not in run("check", "--as-of", day).stdout


# --- manners --------------------------------------------------------------------------------------

UNCHECKED = "overdue plan.toml --as-of 2015-02-01 --measure law"
NOTHING_LATE = "overdue plan.toml --as-of 2014-12-20 --measure law"
VERDICTS = {
    UNCHECKED: (1, "error"),
    f"{UNCHECKED} --grace 30": (1, "error"),
    f"{UNCHECKED} --grace 31": (0, "warning"),
    f"{UNCHECKED} --exit-zero": (0, "error"),
    f"{UNCHECKED} --fail-on never": (0, "error"),
    f"{UNCHECKED} --fail-on due": (1, "error"),
    f"{UNCHECKED} --fail-on due --exit-zero": (0, "error"),
    f"{UNCHECKED} --baseline new.json": (1, "error"),
    f"{UNCHECKED} --baseline known.json": (0, "warning"),
    NOTHING_LATE: (0, "notice"),
    f"{NOTHING_LATE} --lead 11": (0, "notice"),
    f"{NOTHING_LATE} --lead 12": (0, "warning"),
    "overdue plan.toml --as-of 2015-01-01 --measure law --fail-on due": (1, "error"),
    f"{UNCHECKED} --grace 31".replace("overdue ", "report "): (0, "warning"),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", VERDICTS)
def test_manners(arguments: str) -> None:
    """The exit code and the level that is shown are the same verdict."""
    for day, name in (("2014-12-20", "new.json"), ("2015-01-15", "known.json")):
        run("report", "plan.toml", "--as-of", day, "--output-format", "json", "-o", name)
    result = run(*arguments.split(), "--output-format", "github")
    levels = [line.split(" ")[0].strip(":") for line in result.stdout.splitlines()]
    assert (result.exit_code, levels[0]) == VERDICTS[arguments]


BASELINES = {
    "missing.json": "cannot read missing.json: no such file or directory",
    "folder": "cannot read folder: is a directory",
    "sound.toml": (
        "sound.toml: not JSON: Expecting value: line 1 column 2 (char 1); "
        "write one with betatech-milestones report --output-format json"
    ),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("path", BASELINES)
def test_baselines_that_cannot_be_used(path: str) -> None:
    """What is no earlier report is told in a line that names it, before anything is printed."""
    result = run("overdue", "sound.toml", "--baseline", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: {BASELINES[path]}\n"


# --- the summary of a step on GitHub --------------------------------------------------------------

OVERDUE = ("overdue", str(ROOT / "tests/formats/programme.toml"), "--as-of", "2015-02-01")
AS_GITHUB = (*OVERDUE, "--lang", "en", "--output-format")


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file to which a step on GitHub appends Markdown, not there yet."""
    path = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


def test_summary_is_the_report_as_markdown(summary: Path) -> None:
    """Beside the annotations the whole report is appended, below what is there."""
    whole = run(*AS_GITHUB, "markdown").stdout
    assert not summary.exists()
    assert run(*AS_GITHUB, "github").stdout.startswith("::error ")
    assert summary.read_text("utf-8") == whole
    assert run(*AS_GITHUB, "github").exit_code == 1
    assert summary.read_text("utf-8") == f"{whole}\n{whole}"


def test_summary_speaks_the_language_of_the_programme(summary: Path) -> None:
    """Where no language is asked for."""
    run(*OVERDUE, "--output-format", "github")
    assert "## Te laat (2)" in summary.read_text("utf-8")


@pytest.mark.parametrize("variable", ["", None])
def test_no_summary_is_asked_for(
    variable: str | None, summary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the variable, or with nothing in it, no file is written."""
    if variable is None:
        monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    else:
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", variable)
    assert run(*AS_GITHUB, "github").exit_code == 1
    assert not summary.exists()


@pytest.mark.parametrize(("room", "left_out"), [(20_000, 0), (2000, 2), (600, 6), (10, None)])
def test_summary_stays_below_what_github_shows(
    summary: Path, room: int, left_out: int | None
) -> None:
    """What others wrote counts; what finds no room is counted, or nothing is added."""
    before = b"x" * (1024 * 1024 - room)
    summary.write_bytes(before)
    run(*AS_GITHUB, "github")
    written = summary.read_bytes()
    assert len(written) < 1024 * 1024
    added = written.removeprefix(before).decode()
    if left_out is None:
        assert added == ""
    else:
        assert added.startswith("\n# Plan: 100%")
        assert added.count("<br>") == 6 - left_out
        assert (f"\nAnd {left_out} more;" in added) == bool(left_out)


def test_summary_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report is printed, and the file that cannot be written is named."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    result = run(*AS_GITHUB, "github")
    assert (result.exit_code, bool(result.stdout)) == (2, True)
    told = f"Error: cannot write {tmp_path} (GITHUB_STEP_SUMMARY): is a directory\n"
    assert result.stderr == told


# --- real processes -------------------------------------------------------------------------------


def process(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **PATHS, **variables}
    return subprocess.run(
        [*RUN, *arguments],
        capture_output=True,
        check=False,
        env=environment,
        timeout=PATIENCE_SECONDS,
    )


def test_ascii_output_is_utf_8_all_the_same() -> None:
    """A locale without accents gives no traceback, and no other bytes."""
    done = process(*OVERDUE, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (done.returncode, done.stderr) == (1, b"")
    assert "bèta" in done.stdout.decode()


@posix
@pytest.mark.parametrize("words", ["check --example", "--help", "--version", "check --help"])
def test_a_full_disk_is_told(words: str) -> None:
    """What cannot be written is an error in one line."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*RUN, *words.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, **PATHS, "PYTHONUNBUFFERED": ""},
            timeout=PATIENCE_SECONDS,
        )
    assert done.returncode == 2
    assert done.stderr == b"Error: cannot write the standard output: no space left on device\n"


@posix
@pytest.mark.parametrize("words", ["check --example", "--help", "check --help"])
def test_a_full_disk_is_told_once(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What could not be written is let go of, so that leaving does not fail on it again."""
    with Path("/dev/full").open("w") as full:
        with contextlib.redirect_stdout(full), pytest.raises(SystemExit) as ended:
            main(words.split())
        assert ended.value.code == 2
    told = "Error: cannot write the standard output: no space left on device\n"
    assert capsys.readouterr().err == told


@posix
def test_who_interrupts_is_told_so(tmp_path: Path) -> None:
    """The exit code is that of shells for SIGINT, whatever is going on: here a read that waits."""
    os.mkfifo(tmp_path / "waits.toml")
    with (
        subprocess.Popen(
            [*RUN, "report", str(tmp_path / "waits.toml")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **PATHS},
            text=True,
        ) as reporting,
        (tmp_path / "waits.toml").open("wb"),
    ):  # opens once it is read
        reporting.send_signal(signal.SIGINT)
        told = reporting.communicate(timeout=PATIENCE_SECONDS)
    assert (reporting.returncode, told) == (130, ("", "interrupted\n"))


@posix
def test_a_closed_pipe_has_the_exit_code_of_shells() -> None:
    """A reader that has seen enough is no error with a message, and nothing that was found."""
    reader, writer = os.pipe()
    os.close(reader)
    with contextlib.suppress(BrokenPipeError), os.fdopen(writer, "w") as pipe:
        with contextlib.redirect_stdout(pipe), pytest.raises(SystemExit) as ended:
            main(["check", "--example"])
        assert ended.value.code == 141


@posix
@pytest.mark.parametrize("command", ["report", "stats"])
def test_a_closed_pipe_ends_quietly(command: str) -> None:
    """`report | head -1` says nothing on the standard error."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        done = subprocess.run(
            [*RUN, command, "--example"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, **PATHS},
            timeout=PATIENCE_SECONDS,
        )
    assert (done.returncode, done.stderr) == (141, b"")


@posix
@pytest.mark.parametrize(
    ("variables", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_a_terminal_gets_a_table(variables: dict[str, str], *, colour: bool) -> None:
    """On a terminal of 60 columns no line is wider, and colour is there unless refused."""
    import pty

    main_end, other_end = pty.openpty()
    environment = {**os.environ, **PATHS, "TERM": "xterm", "COLUMNS": "60", **variables}
    if "NO_COLOR" not in variables:
        environment.pop("NO_COLOR", None)
    arguments = [*OVERDUE, "--body", "ocw"]
    subprocess.run(
        [*RUN, *arguments], stdout=other_end, check=False, env=environment, timeout=PATIENCE_SECONDS
    )
    printed = os.read(main_end, 65536).decode()
    os.close(other_end)
    os.close(main_end)
    assert "TE LAAT (1)" in printed
    assert ("\x1b[" in printed) is colour
    if not colour:
        assert max(map(len, printed.splitlines())) <= 60


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_today_is_where_the_programme_is(folder: Path, zone: str) -> None:
    """Two zones that never have the same day each have their own."""
    file = folder / "far.toml"
    file.write_text(PROGRAMME.replace("Europe/Amsterdam", zone), encoding="utf-8")
    before = dt.datetime.now(zoneinfo.ZoneInfo(zone)).date()
    printed = json.loads(run("report", "far.toml", "--output-format", "json").stdout)
    after = dt.datetime.now(zoneinfo.ZoneInfo(zone)).date()
    assert before <= dt.date.fromisoformat(printed["as_of"]) <= after


@pytest.mark.parametrize("handler", [signal.default_int_handler, signal.SIG_IGN])
def test_package_runs_as_a_module(
    handler: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m betatech_milestones` is the same command, and minds interrupts as it was told."""
    monkeypatch.setattr(sys, "argv", ["betatech-milestones", "--version"])
    before = signal.signal(signal.SIGINT, handler)
    try:
        with pytest.raises(SystemExit) as ended:
            importlib.import_module("betatech_milestones.__main__").main()
        assert signal.getsignal(signal.SIGINT) is handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("betatech-milestones, version ")


# Interrupts the process as soon as it asks for a module, in the middle of loading all of it.
_INTERRUPTED_WHILE_LOADING = """
import os, signal, sys

class Interrupt:
    def find_spec(name, path=None, target=None):
        if name == "betatech_milestones.cli.commands":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt)
from betatech_milestones.__main__ import main
main()
"""


@posix
def test_who_interrupts_while_it_is_loaded_sees_no_traceback() -> None:
    """Nothing was done yet, so the system ends the process."""
    done = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED_WHILE_LOADING, "--version"],
        capture_output=True,
        check=False,
        env={**os.environ, **PATHS},
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_package_has_no_other_names() -> None:
    """A name that the library lacks is told as Python tells it."""
    with pytest.raises(
        AttributeError, match=r"^module 'betatech_milestones' has no attribute 'lod'$"
    ):
        _ = betatech_milestones.lod


def test_a_report_is_as_wide_as_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the terminal says of itself is what lines are folded to; a pipe has no width."""
    arguments = ["report", "--as-of", "2015-02-01"]
    monkeypatch.setenv("COLUMNS", "40")
    for is_terminal in (True, False):
        monkeypatch.setattr(sys.stdout, "isatty", lambda is_terminal=is_terminal: is_terminal)
        with pytest.raises(SystemExit, match=r"^0$"):
            main(arguments)
        written = capsys.readouterr().out
        plain = re.sub(r"\x1b\[[0-9;]*m", "", written)
        assert (max(map(len, plain.splitlines())) <= 40) is is_terminal


@pytest.mark.parametrize(
    "arguments",
    [
        "report plan.toml -o plan.toml",
        "overdue plan.toml -o ./plan.toml",
        "ics plan.toml -o plan.toml",
        "timeline plan.toml -o plan.toml",
        "check sound.toml plan.toml -o plan.toml",
        "check sound.toml --against plan.toml -o plan.toml",
        "diff sound.toml plan.toml -o plan.toml",
        "sheet plan.toml -o plan.toml",
    ],
)
def test_a_file_that_is_read_is_not_written_over(arguments: str, folder: Path) -> None:
    """What was in it would be lost."""
    before = (folder / "plan.toml").read_bytes()
    done = run(*arguments.split())
    assert done.exit_code == 2
    assert "Error: plan.toml is read here, and would be lost; name another -o\n" in done.stderr
    assert (folder / "plan.toml").read_bytes() == before


@pytest.mark.parametrize(
    "arguments", ["diff sound.toml folder", "diff folder sound.toml", "check --against folder ."]
)
def test_the_file_of_a_folder_is_not_written_over(arguments: str, folder: Path) -> None:
    """It is read where the folder is named."""
    for name in ("milestones.toml", "folder/milestones.toml"):
        (folder / name).write_text(PLAN, encoding="utf-8")
    done = run(*arguments.split(), "-o", "./folder/milestones.toml")
    assert done.exit_code == 2
    file = Path("folder", "milestones.toml")
    assert f"Error: {file} is read here, and would be lost; name another -o\n" in done.stderr
    assert file.read_text(encoding="utf-8") == PLAN
