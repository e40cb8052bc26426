"""The command that writes a workbook: what it writes, where, and with which exit code."""

import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from generate import programme_text
from systems import posix

from betatech_milestones import load, loads
from betatech_milestones.cli import main
from betatech_milestones.formats.workbook import workbook
from betatech_milestones.importing.tables import read_tables
from betatech_milestones.importing.workbook import read_workbook

ROOT = Path(__file__).parents[1]
PLAN = ROOT / "tests" / "formats" / "programme.toml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ("sheet", *arguments))


def test_it_writes_what_the_library_writes(tmp_path: Path) -> None:
    """Whole, to a file; nothing is said on the way."""
    file = tmp_path / "plan.xlsx"
    written = run(str(PLAN), "-o", str(file), "--lang", "en", "--body", "pbt")
    assert (written.exit_code, written.output) == (0, "")
    assert file.read_bytes() == workbook(load(PLAN), language="en", bodies=["pbt"])


def test_it_is_not_written_over_what_it_is_made_of(tmp_path: Path) -> None:
    """Not by another name either: the data file would be lost."""
    file = tmp_path / "milestones.toml"
    file.write_bytes(PLAN.read_bytes())
    written = run(str(file), "-o", str(tmp_path / "." / "milestones.toml"))
    assert (written.exit_code, written.stderr.splitlines()[-1]) == (
        2,
        f"Error: {file} is read here, and would be lost; name another -o",
    )
    assert file.read_bytes() == PLAN.read_bytes()


def test_it_can_be_piped() -> None:
    """Its bytes are on the standard output where that is no terminal."""
    written = run(str(PLAN), "--template")
    assert written.exit_code == 0
    assert written.stdout_bytes == workbook(load(PLAN), template=True)


@posix
def test_it_is_not_written_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes of a workbook spoil it, and nobody can read them."""
    import pty

    ours, theirs = pty.openpty()
    with open(theirs, "w", encoding="utf-8") as terminal, open(ours, "rb"):  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", terminal)
        with pytest.raises(click.UsageError) as refused:
            main(["sheet", str(PLAN)], standalone_mode=False)
    assert refused.value.message == (
        "a workbook is no text to look at here; name a file: -o sheet.xlsx"
    )
    assert refused.value.exit_code == 2


REFUSED = {
    "no such body": (
        (str(PLAN), "--body", "oc"),
        'Error: no body "oc"; did you mean "ocw"?\n',
    ),
    "no such file": (
        ("missing.toml",),
        "Error: cannot read missing.toml: no such file or directory\n",
    ),
    "no such folder": (
        (str(PLAN), "-o", "missing/plan.xlsx"),
        "Error: cannot write missing/plan.xlsx: there is no folder missing; make it first\n",
    ),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_written_is_told(
    arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence; there is no half of a workbook."""
    monkeypatch.chdir(tmp_path)
    refused = run(*arguments)
    assert (refused.exit_code, refused.stderr) == (2, message)
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And an earlier workbook stays as it was."""
    file = tmp_path / "plan.xlsx"
    file.write_bytes(b"before")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    refused = run(str(PLAN), "-o", str(file))
    assert (refused.exit_code, refused.stderr) == (
        2,
        "Error: a workbook needs XlsxWriter; run: pip install 'betatech-milestones[sheets]'\n",
    )
    assert file.read_bytes() == b"before"


@pytest.mark.slow
def test_a_large_programme_comes_back_whole() -> None:
    """One of 1,500 milestones, with the links that it has."""
    programme = loads(programme_text(1500))
    found = read_workbook(read_tables(workbook(programme), name="large.xlsx"), programme)
    assert (found.problems, len(found.rows)) == ((), len(programme.by_id))
