"""What goes wrong around the data is told in one message, with what to do about it."""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from programmes import PROGRAMME, found
from systems import posix

from betatech_milestones import loads, publish
from betatech_milestones.cli.commands import main
from betatech_milestones.cli.output import today_in

DAY = "2016-01-01"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a data file, to work in."""
    (tmp_path / "data.toml").write_text(PROGRAMME)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    """Run a command; no traceback ever reaches its user."""
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


NAMES = {
    "a report": (("overdue", "data.toml", "-o", ""), "-o' / '--output"),
    "a site": (("build", "data.toml", "-o", ""), "-o' / '--output"),
    "a sheet": (("sheet", "data.toml", "-o", ""), "-o' / '--output"),
}


@pytest.mark.parametrize(("arguments", "option"), NAMES.values(), ids=NAMES)
def test_an_empty_name_is_none(here: Path, arguments: tuple[str, ...], option: str) -> None:
    """It is that of a variable of a shell, which nobody set."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        f"Error: Invalid value for '{option}': \"\" is no name; is a variable empty?"
    )
    assert [path.name for path in here.iterdir()] == ["data.toml"]


def test_a_folder_that_is_not_there_is_to_be_made_first() -> None:
    """A report is written in no folder that nobody made: its name may be misspelt."""
    result = run("overdue", "data.toml", "--as-of", DAY, "-o", "out/report.txt")
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: cannot write out/report.txt: there is no folder out; make it first\n",
    )


def test_a_baseline_is_not_written_over(here: Path) -> None:
    """It is read in the same run."""
    report = ("--output-format", "json", "-o", "base.json")
    run("overdue", "data.toml", "--as-of", DAY, *report)
    before = (here / "base.json").read_bytes()
    result = run("overdue", "data.toml", "--as-of", DAY, "--baseline", "base.json", *report)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: base.json is read here, and would be lost; name another -o"
    )
    assert (here / "base.json").read_bytes() == before


@posix
def test_a_report_that_is_private_stays_so(here: Path) -> None:
    """Its mode is that of the file before."""
    (here / "report.txt").touch(0o600)
    run("overdue", "data.toml", "--as-of", DAY, "-o", "report.txt")
    assert (here / "report.txt").stat().st_mode & 0o777 == 0o600
    assert (here / "report.txt").stat().st_size > 0


@pytest.mark.parametrize("several", [False, True])
def test_a_day_far_ahead_is_refused_unless_it_is_forced(here: Path, *, several: bool) -> None:
    """Stamps of such a day would stand in calendars until then; a month ahead is fine."""
    names = ["data.toml"]
    if several:
        (here / "other.toml").write_text(PROGRAMME.replace('id = "science"', 'id = "other"', 1))
        names.append("other.toml")
    today = dt.datetime.now(dt.UTC).date()
    assert (
        run("build", *names, "-o", "near", "--as-of", f"{today + dt.timedelta(28)}").exit_code == 0
    )
    days = f"{(dt.date(2999, 12, 31) - today).days:,}"
    result = run("build", *names, "-o", "site", "--as-of", "2999-12-31")
    told = "calendars would take each change until then for one of that day"
    assert result.exit_code == 1
    assert days in result.stderr or days[:-1] in result.stderr  # the day may turn meanwhile
    assert result.stderr.startswith("2999-12-31 is ")
    assert result.stderr.endswith(
        f" days ahead: {told}; leave --as-of out\n"
        "nothing was published; --force publishes all the same\n"
    )
    assert not (here / "site").exists()
    forced = run("build", *names, "-o", "site", "--as-of", "2999-12-31", "--force")
    assert forced.exit_code == 0
    assert forced.stderr.splitlines()[0].endswith(f" days ahead: {told}")


def test_a_state_at_its_last_stamp_is_refused(here: Path) -> None:
    """Whoever wrote it: nothing could be published after it."""
    publish(loads(PROGRAMME), DAY, "site")
    (here / "site/parts.json").unlink()
    state = here / "site/state.json"
    written = state.read_text()
    first = r'(?<="stamps":\[\[)\d+,("[^"]+"),"[^"]+"'
    for sequence, moment in ((2**31 - 1, "2015-01-01T00:00:00"), (2, "9999-12-31T23:59:59")):
        state.write_text(re.sub(first, rf'{sequence},\1,"{moment}"', written))
        result = run("build", "data.toml", "-o", "site", "--as-of", DAY)
        assert result.stderr == (
            "site/state.json: error: cannot be read: it has the last SEQUENCE or LAST-MODIFIED "
            "that there is, which no change could follow; restore it [bad-state]\n"
            "nothing was published; --force publishes all the same\n"
        )


@pytest.fixture
def _without_zones(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system that has no time zones. Patched: where they are looked for, there are none."""
    for name in ("tzdata", *(name for name in sys.modules if name.startswith("tzdata."))):
        monkeypatch.setitem(sys.modules, name, None)
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath()


@pytest.mark.usefixtures("_without_zones")
def test_a_system_without_time_zones_says_what_to_install(here: Path) -> None:
    """At the line that names one that nobody read yet, and where the clock is asked."""
    (here / "data.toml").write_text(PROGRAMME.replace("Europe/Amsterdam", "Antarctica/Troll"))
    remedy = "this system has no time zones; install the package tzdata"
    assert run("overdue", "data.toml").stderr == (
        'data.toml:5: error: timezone: "Antarctica/Troll" cannot be read: '
        f"{remedy} [bad-timezone]\n"
    )
    with pytest.raises(click.ClickException) as caught:
        today_in("Antarctica/Troll")
    assert caught.value.message == (
        f"what day it is in Antarctica/Troll is not known: {remedy}, or name a day"
    )


@pytest.mark.parametrize(
    "address", ["https://example.org/#%", "https://example.org/%zz", "http://x/%4"]
)
def test_a_percent_sign_that_no_number_follows_is_refused(address: str) -> None:
    """It stands for the octet whose number follows it (RFC 3986, 2.1)."""
    text = PROGRAMME.replace("https://example.org/letter-2013", address, 1)
    assert f'url: "{address}" has a % that no number follows; write %25 for it [bad-url]' in found(
        text
    )
    result = run("build", "data.toml", "-o", "site", "--address", address)
    assert result.stderr.splitlines()[-1] == (
        f"Error: Invalid value for '--address': \"{address}\" has a % that no number follows; "
        "write %25 for it"
    )


# --- git ------------------------------------------------------------------------------------------


def git(*arguments: str | Path, folder: Path) -> None:
    """Have git do something, as nobody's user."""
    own = (
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "protocol.file.allow=always",
    )
    surroundings = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(
        ["git", *own, *arguments], cwd=folder, check=True, env=surroundings, capture_output=True
    )


@pytest.fixture
def repository(here: Path) -> Path:
    """A repository with two versions of the data file."""
    git("init", "-q", "-b", "main", folder=here)
    git("config", "uploadpack.allowFilter", "true", folder=here)
    git("config", "uploadpack.allowAnySHA1InWant", "true", folder=here)
    for text in (PROGRAMME, PROGRAMME.replace('"Van kracht"', '"In werking"')):
        (here / "data.toml").write_text(text)
        git("add", "data.toml", folder=here)
        git("commit", "-q", "-m", "a version", folder=here)
    return here


def test_nothing_is_fetched_for_a_partial_clone(repository: Path) -> None:
    """Git would ask another machine for what is not in it."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        git("clone", "-q", "--filter=blob:none", repository.as_uri(), clone, folder=repository)
        os.chdir(clone)
        result = run("diff", "git:HEAD~1", "data.toml")
        os.chdir(repository)
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: cannot read git:HEAD~1:data.toml: it is not in this clone, which is partial, and "
        "nothing is fetched here; do so first: git fetch --refetch --no-filter\n"
    )


def test_a_name_is_no_message_of_git(repository: Path) -> None:
    """What git says of a file that is called like one of its messages is told as it is."""
    name = "transport 'x' not allowed, promisor, lazy fetch.toml"
    (repository / name).write_text((repository / "data.toml").read_text())
    result = run("diff", "git:HEAD", name)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: cannot read git:HEAD:{name}: path '")
    assert "partial" not in result.stderr


def test_what_git_says_in_several_lines_is_told_in_one(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its remedy can be copied: this is what it says of a folder of another user, as in CI."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    result = run("diff", "git:HEAD", "data.toml")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "u000a" not in result.stderr
    assert f"git config --global --add safe.directory {repository}" in result.stderr


# Git before 2.44, which fetches what is missing whatever it is told of that.
OLD_GIT = """#!/bin/sh
export GIT_NO_LAZY_FETCH=0
exec {} "$@"
"""


@posix
def test_a_repository_names_no_program_to_fetch_with(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it allows that to itself, and git is an old one."""
    old = repository / "bin" / "git"
    old.parent.mkdir()
    old.write_text(OLD_GIT.format(shutil.which("git")))
    old.chmod(0o755)
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        git("clone", "-q", "--filter=blob:none", repository.as_uri(), clone, folder=repository)
        git("config", "protocol.ext.allow", "always", folder=clone)
        program = f"ext::sh -c touch% {repository}/was-run"
        git("config", "remote.origin.url", program, folder=clone)
        monkeypatch.setenv("PATH", str(old.parent), prepend=os.pathsep)
        os.chdir(clone)
        result = run("diff", "git:HEAD~1", "data.toml")
        os.chdir(repository)
    assert not (repository / "was-run").exists()
    assert result.stderr == (
        "Error: cannot read git:HEAD~1:data.toml: it is not in this clone, which is partial, and "
        "nothing is fetched here; do so first: git fetch --refetch --no-filter\n"
    )


# What stands for gpg(1), and does not care what it is called for.
SIGNS = """#!/bin/sh
touch {}/was-run
cat > /dev/null
echo '-----BEGIN PGP SIGNATURE-----'
echo '-----END PGP SIGNATURE-----'
echo '[GNUPG:] SIG_CREATED ' >&2
"""


@posix
def test_nothing_that_a_repository_configures_is_run(repository: Path) -> None:
    """Whoever wrote it: a version is read, and no program but git."""
    script = repository / "run"
    script.write_text(SIGNS.format(repository))
    script.chmod(0o755)
    for name in (
        *("core.fsmonitor", "core.pager", "pager.log", "diff.external", "gpg.program"),
        *("diff.toml.textconv", "diff.toml.command", "filter.toml.smudge", "filter.toml.clean"),
        *("core.sshCommand", "core.askPass", "core.editor", "core.alternateRefsCommand"),
    ):
        git("config", name, str(script), folder=repository)
    git("config", "log.showSignature", "true", folder=repository)
    git("commit", "-q", "--amend", "-S", "-m", "signed", folder=repository)
    (repository / "was-run").unlink()
    (repository / ".gitattributes").write_text("*.toml diff=toml filter=toml\n")
    assert run("diff", "git:HEAD~1", "data.toml").exit_code == 0
    table = repository / "data.toml"
    run("import", "--history", f"git:{repository}:data.toml", str(table))
    assert not (repository / "was-run").exists()
