"""The command `import`: what it adds, what it prints, where, and with which exit code."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner, Result
from systems import PATIENCE_SECONDS, posix
from test_replay import MOVES, PLAN, moves, repository

from betatech_milestones import load
from betatech_milestones.cli import main
from betatech_milestones.cli.importing import _progress

__all__ = ["repository"]  # a fixture

ROADS = """\
[programme]
id = "plan"
title = "Plan"
language = "en"
timezone = "Europe/Amsterdam"

[[source]] # the first list
id = "list-2023"
title = "List of promises"
kind = "register"
published = 2023-12-01
"""
LIST = "Title;Date\nBridge;2025-06-30\nTunnel;by 1 May 2026\n"
NEW = ("--new-source", "List", "--published", "2024-01-31")
HEAD = ["Plan, what changed", ""]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a programme and a list."""
    (tmp_path / "milestones.toml").write_text(ROADS, encoding="utf-8")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    """Run the command in the current folder."""
    return CliRunner().invoke(main, ["import", *arguments])


def text(folder: Path) -> str:
    """The data file as it stands."""
    return (folder / "milestones.toml").read_text(encoding="utf-8")


def test_a_list_becomes_milestones_and_is_their_source(folder: Path) -> None:
    """What it added is printed as `diff` prints it; how much, on the standard error."""
    done = run("list.csv", *NEW)
    assert (done.exit_code, done.stderr) == (0, "reads milestones.toml\nmilestones.toml: 4 added\n")
    assert done.stdout.splitlines() == [
        *HEAD,
        "added (4)",
        "  measure | list | list",
        "  milestone | list/bridge | Bridge | list | 30 June 2025",
        "  milestone | list/tunnel | Tunnel | list | by 1 May 2026",
        "  source | list-2024-01-31 | List",
    ]
    assert text(folder).startswith(ROADS)
    assert [str(one.source.title) for one in load().milestones] == ["List", "List"]


def test_the_same_list_again_changes_nothing(folder: Path) -> None:
    """Not a byte; and that is said."""
    run("list.csv", *NEW)
    before = text(folder)
    done = run("list.csv", *NEW)
    assert (done.exit_code, done.stdout.splitlines()) == (
        0,
        ["Plan, what changed", "Nothing changed."],
    )
    assert done.stderr.endswith("milestones.toml: nothing new\n")
    assert text(folder) == before


def test_an_edited_list_moves_what_it_moves(folder: Path) -> None:
    """By its own source, which may be one that the file has."""
    run("list.csv", "--source", "list-2023")
    (folder / "list.csv").write_text(LIST.replace("1 May", "1 June"), encoding="utf-8")
    done = run("list.csv", *NEW, "--lang", "nl", "--output-format", "json")
    kinds = [change["change"] for change in json.loads(done.stdout)["changes"]]
    assert kinds == ["moved", "added"]
    assert moves(load())["list/tunnel"] == ["2024-01-31 by 1 June 2026"]


def test_a_dry_run_only_prints(folder: Path) -> None:
    """The file stays as it was, and that is said."""
    done = run("list.csv", "milestones.toml", *NEW, "--dry-run")
    assert (done.exit_code, done.stderr) == (0, "milestones.toml: 4 added; left as it was\n")
    assert text(folder) == ROADS


def test_good_rows_go_in_only_if_that_is_wanted(folder: Path) -> None:
    """All problems are told at once, in words of the table."""
    (folder / "list.csv").write_text(f"{LIST}Ferry;soon\nRoad;31-31-2025\n", encoding="utf-8")
    done = run("list.csv", "milestones.toml", *NEW)
    problems = done.stderr.splitlines()
    assert (done.exit_code, done.stdout, text(folder)) == (2, "", ROADS)
    assert problems[0].startswith('list.csv: B4 "Date": "soon" is not a date: ')
    assert problems[1].startswith('list.csv: B5 "Date": "31-31-2025" is not a date: ')
    assert problems[2:] == ["Error: nothing was imported; --partial adds the rows that are right"]
    done = run("list.csv", "milestones.toml", *NEW, "--partial")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[:2] == problems[:2]
    assert {milestone.id for milestone in load().milestones} == {"bridge", "tunnel"}


def test_what_is_told_is_cut_short(folder: Path) -> None:
    """A register that rewords everything does not fill the screen."""
    rows = "".join(f"{number};Bridge {number};2025\n" for number in range(30))
    (folder / "list.csv").write_text(f"id;Title;Date\n{rows}", encoding="utf-8")
    assert run("list.csv", *NEW).exit_code == 0
    rows = rows.replace("Bridge", "Road")
    (folder / "list.csv").write_text(f"id;Title;Date\n{rows}", encoding="utf-8")
    told = run("list.csv", *NEW).stderr.splitlines()
    if len(told) > 3:  # the id of a row may be its title
        assert told[-1] == "list.csv: note: and 10 more such notes"


WRONG = {
    "": "name the table; or, with --history, its place in a git repository",
    "list.csv": (
        "name the source that this table is, which is who says so: --source ID for one that the "
        "file has, or --new-source TITLE with --published or --seen DATE"
    ),
    "list.csv --source list-2024": 'there is no source "list-2024"; did you mean "list-2023"?',
    "list.csv --source list-2023 --new-source List": (
        "a table is one source: give --source or --new-source, not both"
    ),
    "list.csv --new-source List": (
        "--new-source needs --published, the day on which it appeared, or --seen, the day on which "
        "you read it, if it bears none"
    ),
    "lst.csv --source list-2023": "cannot read lst.csv: no such file or directory",
    "list.csv --map map.toml": "cannot read map.toml: no such file or directory",
    "list.csv --map lists": 'no mapping is called "lists"; did you mean "list"?',
    "list.csv milestones.toml --history git:.:list.csv": (
        "--history stands for TABLE: name FILE alone"
    ),
    "list.csv --source list-2023 --url https://example.org/": (
        "--url is of a document that is new: leave it out with --source"
    ),
    "list.csv --published 2024-01-31": "--published goes with --new-source",
    "list.csv --map tweede-kamer-toezegging --seen 2024-01-31 --written-by x": (
        "--written-by goes with --new-source"
    ),
    "list.csv --sketch --source list-2023": (
        "--source says nothing of what columns mean: leave it out with --sketch"
    ),
    "list.csv milestones.toml --sketch": "--sketch reads TABLE alone: leave FILE and --history out",
    "--history git:.:list.csv --sketch": "--sketch reads TABLE alone: leave FILE and --history out",
    "--history git:.:list.csv --seen 2024-01-31": (
        "--seen would be that of one edition: leave it out with --history"
    ),
    "--history git:.:list.csv": (
        "cannot read git:.:list.csv: not a git repository (or any of the parent directories): .git"
    ),
}


@pytest.mark.parametrize("arguments", WRONG)
def test_a_wrong_call_says_what_is_right(arguments: str, folder: Path) -> None:
    """In one message, with exit code 2; the file stays as it was."""
    done = run(*arguments.split())
    assert done.exit_code == 2
    assert f"Error: {WRONG[arguments]}" in done.stderr
    assert text(folder) == ROADS


def test_nothing_from_a_cell_moves_the_cursor(folder: Path) -> None:
    """What is written in a table, or in the name of its file, is told as text."""
    name = "list\u202e.csv"
    (folder / name).write_text("Title;Date\nA;x\u009b31m\u2028\u202ey\u00a0z\n", encoding="utf-8")
    done = run(name, *NEW)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[1].startswith(
        r'list\u202e.csv: B2 "Date": "x\u009b31m \u202ey z" is not a date: it has the control '
    )


def test_what_turns_a_cell_around_is_told_there(folder: Path) -> None:
    """A line break in a cell is layout, also in a date; what turns a text around is refused."""
    (folder / "list.csv").write_text("Title;Date\nA\u202eb;2026\n", encoding="utf-8")
    done = run("list.csv", *NEW)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[1] == (
        'list.csv: A2 "Title": has U+202E at position 2, which turns the text behind it around; '
        "take it out"
    )
    (folder / "list.csv").write_text('Title;Date\nA;"summer\n2026"\n', encoding="utf-8")
    assert run("list.csv", *NEW).exit_code == 0
    assert '"summer 2026"' in (folder / "milestones.toml").read_text(encoding="utf-8")


def test_what_is_read_is_not_written_over(folder: Path) -> None:
    """A data file, a table or a mapping would be lost."""
    (folder / "map.toml").touch()
    read_by = {
        ("list.csv", *NEW): ("milestones.toml", "./list.csv"),
        ("list.csv", *NEW, "--map", "map.toml"): ("map.toml",),
        ("--sketch", "list.csv"): ("./list.csv",),
    }
    for arguments, outputs in read_by.items():
        for output in outputs:
            done = run(*arguments, "-o", output)
            assert (done.exit_code, done.stderr.splitlines()[-1]) == (
                2,
                f"Error: {Path(output)} is read here, and would be lost; name another -o",
            )
    assert (text(folder), (folder / "list.csv").read_text(encoding="utf-8")) == (ROADS, LIST)


def test_what_was_added_is_told_though_the_report_cannot_be_written(folder: Path) -> None:
    """It is in the file all the same."""
    done = run("list.csv", *NEW, "-o", "no/such")
    assert (done.exit_code, done.stderr.splitlines()[1:]) == (
        2,
        [
            "milestones.toml: 4 added",
            "Error: cannot write no/such: there is no folder no; make it first",
        ],
    )
    assert text(folder) != ROADS


@posix
def test_a_data_file_that_cannot_be_written_is_named(folder: Path) -> None:
    """Not the table, of which nothing is wrong."""
    (folder / "milestones.toml").chmod(0o444)
    done = run("list.csv", *NEW)
    assert (done.exit_code, done.stderr.splitlines()[1:]) == (
        2,
        ["Error: cannot write milestones.toml: permission denied; nothing was imported"],
    )


def test_a_table_without_end_is_refused(folder: Path) -> None:
    """Before it is in the memory."""
    with (folder / "endless.csv").open("wb") as file:
        file.truncate(200_000_001)  # takes no room
    done = run("endless.csv", *NEW)
    assert (done.exit_code, done.stderr.splitlines()[1:]) == (
        2,
        [
            (
                "Error: endless.csv: has more than 200 MB; look whether it is the right file, or "
                "split it"
            )
        ],
    )


def test_a_mapping_with_problems_is_told_at_its_lines(folder: Path) -> None:
    """As `check` tells them of a data file."""
    (folder / "map.toml").write_text("[tabel]\n", encoding="utf-8")
    done = run("list.csv", "--map", "map.toml", "--source", "list-2023")
    assert done.exit_code == 2
    assert "map.toml:1: error: " in done.stderr
    assert done.stderr.endswith("Error: nothing was imported\n")


def test_a_mapping_can_say_how_an_edition_is_cited(folder: Path) -> None:
    """Then only its day is needed."""
    (folder / "map.toml").write_text(
        '[source]\nid = "roads"\ntitle = "Roads"\nurl = "https://example.org/roads"\n'
        '[measure]\nid = { always = "roads" }\n'
        '[[milestone]]\nid = "Title"\ntitle = "Title"\ndue = "Date"\n',
        encoding="utf-8",
    )
    done = run("list.csv", "--map", "map.toml", "--seen", "2024-02-01")
    assert done.exit_code == 0, done.stderr
    assert load().sources[-1].id == "roads-2024-02-01"
    published = run("list.csv", "--map", "map.toml", "--published", "2024-03-01", "--dry-run")
    assert published.stderr.endswith("milestones.toml: nothing new; left as it was\n")
    wrong = run("list.csv", "--map", "map.toml", "--published", "2024")
    assert wrong.exit_code == 2
    assert '"2024" is more than one day; write it as 2014-09-01' in wrong.stderr
    nobody = run("list.csv", "--map", "map.toml")
    assert "name the source that this table is" in nobody.stderr


def test_a_new_title_makes_an_edition_of_a_register_all_the_same(folder: Path) -> None:
    """Its id is that of the register; what nobody can have seen yet is refused."""
    (folder / "map.toml").write_text(
        '[table]\nvanished = "dropped"\n[source]\nid = "roads"\ntitle = "Roads"\n'
        '[measure]\nid = { always = "roads" }\n[[milestone]]\ntitle = "Title"\n',
        encoding="utf-8",
    )
    for day in ("2024-01-31", "2024-02-29"):
        done = run("list.csv", "--map", "map.toml", "--new-source", f"Of {day}", "--seen", day)
        assert done.exit_code == 0, done.stderr
        (folder / "list.csv").write_text("Title;Date\nBridge;2025-06-30\n", encoding="utf-8")
    assert "  dropped: day unknown | roads/tunnel | Tunnel" in done.stdout
    assert [source.id for source in load().sources[1:]] == ["roads-2024-01-31", "roads-2024-02-29"]
    done = run("list.csv", "--new-source", "Of then", "--seen", "9000-01-01")
    assert done.exit_code == 2
    assert "9000-01-01 lies ahead, and nobody has read it yet; give a day of before" in done.stderr


def test_a_register_stays_at_its_address(folder: Path) -> None:
    """Its next edition is another document, though it is found where the one before was."""
    register = ("--kind", "register", "--url", "https://example.org/list")
    for day in ("2024-01-31", "2024-02-29"):
        done = run("list.csv", "--new-source", "List", "--published", day, *register)
        assert done.exit_code == 0, done.stderr
        (folder / "list.csv").write_text(LIST.replace("1 May", "1 June"), encoding="utf-8")
    assert [source.id for source in load().sources[1:]] == [
        "list-2024-01-31",
        "list-2024-02-29",
    ]


@pytest.mark.parametrize(
    "given",
    [("--source", "roads", "--kind", "register"), ("--new-source", "Roads", "--kind", "register")],
)
def test_a_history_is_cited_by_an_id_and_a_title(
    given: tuple[str, ...], folder: Path, repository: Path
) -> None:
    """One of them alone will not do, whatever else is said of the source."""
    done = run("--history", f"git:{repository}:roads.csv", *given)
    assert (done.exit_code, text(folder)) == (2, ROADS)
    assert "Error: say how the editions are cited: --source ID" in done.stderr


def test_another_file_of_the_programme_is_merged(folder: Path) -> None:
    """What it has besides comes in, by its own sources."""
    shutil.copy("milestones.toml", "other.toml")
    run("list.csv", "other.toml", *NEW)
    done = run("other.toml")
    assert (done.exit_code, done.stderr) == (0, "reads milestones.toml\nmilestones.toml: 4 added\n")
    assert text(folder) == (folder / "other.toml").read_text(encoding="utf-8")


def test_a_sketch_is_a_mapping_to_begin_with(folder: Path) -> None:
    """Printed, and nothing is added; what it prints can be used."""
    done = run("list.csv", "--sketch", "--lang", "en")
    assert done.exit_code == 0
    (folder / "map.toml").write_text(done.stdout, encoding="utf-8")
    assert text(folder) == ROADS
    done = run("list.csv", "--map", "map.toml", *NEW)
    assert (done.exit_code, {milestone.id for milestone in load().milestones}) == (
        0,
        {"bridge", "tunnel"},
    )


def test_every_committed_edition_comes_in(folder: Path, repository: Path) -> None:
    """One run; the sources are the editions that said something new."""
    (folder / "milestones.toml").write_text(PLAN, encoding="utf-8")
    arguments = ("--history", f"git:{repository}:roads.csv", "--source", "roads")
    done = run(*arguments)
    assert done.stderr.endswith(
        "Error: say how the editions are cited: --source ID, with which the ids of all begin, and "
        "--new-source TITLE; or [source] in the mapping\n"
    )
    done = run(*arguments, "--new-source", "Roads", "--kind", "register", "--url", "https://a.org")
    assert (done.exit_code, moves(load())) == (0, MOVES)
    assert done.stderr.endswith("milestones.toml: 3 moved, 1 met, 7 added\n")
    assert "  met: day unknown | roads/ferry | Ferry" in done.stdout
    assert [source.id for source in load().sources] == [
        f"roads-{day}" for day in ("2024-01-31", "2024-03-01", "2024-06-30")
    ]
    again = run(*arguments, "--new-source", "Roads", "--kind", "register")
    assert again.stderr.endswith("milestones.toml: nothing new\n")


def test_an_edition_with_a_problem_stops_all_unless_the_rest_is_wanted(
    folder: Path, repository: Path
) -> None:
    """Each problem has the day of its edition."""
    (folder / "map.toml").write_text(
        '[source]\nid = "roads"\ntitle = "Roads"\n'
        '[measure]\nid = { always = "roads" }\n'
        '[[milestone]]\nid = "Title"\ntitle = "Title"\ndue = "Date"\nkind = "Status"\n',
        encoding="utf-8",
    )
    (folder / "milestones.toml").write_text(PLAN, encoding="utf-8")
    arguments = ("--history", f"git:{repository}:roads.csv", "--map", "map.toml")
    done = run(*arguments)
    assert (done.exit_code, text(folder)) == (2, PLAN)
    assert '"done"' in done.stderr
    assert "(edition of 2024-06-30)" in done.stderr
    assert run(*arguments, "--partial").exit_code == 1
    assert moves(load()) == {name: those for name, those in MOVES.items() if "ferry" not in name}


@posix
def test_what_was_taken_in_by_then_is_whole(
    folder: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever interrupts while git is asked for the third edition has the first two."""
    (folder / "milestones.toml").write_text(PLAN, encoding="utf-8")
    (folder / "bin").mkdir()
    git = folder / "bin" / "git"
    git.write_text(
        f'#!/bin/sh\ncase " $* " in *" cat-file "*) echo >> {folder}/asked ;; esac\n'
        f"[ $(wc -l 2> /dev/null < {folder}/asked || echo 0) = 3 ] && kill -INT $PPID\n"
        f'exec {shutil.which("git")} "$@"\n',
        encoding="utf-8",
    )
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{git.parent}:{os.environ['PATH']}")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        arguments = ("--history", f"git:{repository}:roads.csv", "--source", "roads")
        done = run(*arguments, "--new-source", "Roads")
    finally:
        signal.signal(signal.SIGINT, before)
    assert done.exit_code == 130
    assert done.stderr.endswith(
        "interrupted after 2 of 4 editions; the same command goes on from there\n"
    )
    assert [source.id for source in load().sources] == ["roads-2024-01-31", "roads-2024-03-01"]


@posix
@pytest.mark.slow
def test_an_interrupted_run_keeps_what_it_has_and_goes_on(folder: Path) -> None:
    """What was taken in is whole; the same command does the rest."""
    (folder / "milestones.toml").write_text(PLAN, encoding="utf-8")
    repository = folder / "scraped"
    repository.mkdir()
    fast_import(repository, editions=400)
    arguments = ("--history", f"git:{repository}:a.csv", "--source", "a", "--new-source", "A")
    command = ["-m", "betatech_milestones", "import", *arguments]
    running = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=PATIENCE_SECONDS)
    running.expect("[1-9][0-9]+/400")
    running.sendintr()
    running.expect("interrupted after ([0-9]+) of 400 editions; the same command goes on")
    running.expect(pexpect.EOF)
    running.close()
    assert running.exitstatus == 130
    (milestone,) = load().milestones
    assert 0 < len(milestone.moves) < 399
    done = run(*arguments)
    assert done.exit_code == 0, done.stderr
    (milestone,) = load().milestones
    assert len(milestone.moves) == 399
    assert {path.name for path in folder.iterdir()} == {"list.csv", "milestones.toml", "scraped"}


def fast_import(repository: Path, *, editions: int) -> None:
    """Make a repository with many editions of a table, a day each."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=repository, check=True)
    commits = []
    for number in range(editions):
        content = f"Title,Date\nBridge,{2030 + number}\n"
        commits.append(
            f"commit refs/heads/main\ncommitter A <a@example.org> {1700000000 + 86400 * number} "
            f"+0000\ndata 1\na\nM 100644 inline a.csv\ndata {len(content)}\n{content}\n"
        )
    subprocess.run(
        ["git", "fast-import", "--quiet"],
        input="".join(commits).encode(),
        cwd=repository,
        check=True,
    )


def test_the_name_of_a_replayed_file_is_shown_by_its_codes() -> None:
    """Beside the bar, on a terminal, which obeys to no name."""
    assert _progress("a\x1b[2J.csv", 1).label == "a\\u001b[2J.csv"
