"""The workflows, the action and the hook do what they say: their scripts are run as they stand."""

import http.server
import importlib
import json
import os
import shutil
import site
import subprocess
import sys
import threading
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import transcripts
import yaml
from systems import posix

pytestmark = [pytest.mark.slow, posix]

ROOT = transcripts.ROOT
ACTION = ROOT / ".github" / "actions" / "overdue" / "action.yml"
PIPELINES = {
    path.relative_to(ROOT).as_posix(): yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in [ACTION, *sorted((ROOT / "examples").glob("*.yml"))]
}
NOTHING_OVERDUE = "2013-03-01"


def scripts(pipeline: Any, key: str = "") -> Iterator[str]:
    """Every script of a workflow, an action or a GitLab pipeline."""
    if isinstance(pipeline, dict):
        for name, value in pipeline.items():
            yield from scripts(value, str(name))
    elif key in {"run", "script", "before_script"}:
        yield pipeline if isinstance(pipeline, str) else "\n".join(pipeline)
    elif isinstance(pipeline, list):
        for value in pipeline:
            yield from scripts(value)


def step(file: str, name: str) -> dict[str, Any]:
    """The step of a workflow or an action that has a name."""
    pipeline = PIPELINES[file]
    jobs = pipeline["jobs"].values() if "jobs" in pipeline else [pipeline["runs"]]
    (found,) = (one for job in jobs for one in job["steps"] if one.get("name") == name)
    return dict(found)


class Runner:
    """A machine that runs steps as GitHub does: in a clone, with files for what they leave."""

    def __init__(self, folder: Path) -> None:
        self.clone = transcripts.workplace(folder / "clone")
        self.temp = folder / "temp"
        self.temp.mkdir()
        self.files = {
            name: folder / name for name in ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
        }
        self.environment = {
            **{name: str(path) for name, path in self.files.items()},
            "PATH": f"{self.clone / '.bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(self.clone / "src"),
            "RUNNER_TEMP": str(self.temp),
            "DATA": "data/milestones.toml",
            "HOME": str(folder),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "no_proxy": "*",
        }

    def run(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.clone,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def left(self, name: str) -> str:
        """What steps left in one of GitHub's files."""
        path = self.files[name]
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def command(self, name: str, script: str) -> None:
        """Put a command on the path."""
        path = self.clone / ".bin" / name
        path.write_text(f"#!/bin/bash\n{script}")
        path.chmod(0o755)

    def commit(self) -> None:
        """Make the clone a repository whose main branch is what is there."""
        who = "-c user.name=A -c user.email=a@example.org -c commit.gpgsign=false"
        done = self.run(
            f"git init -q && git add data && git {who} commit -qm data "
            "&& git update-ref refs/remotes/origin/main HEAD"
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    (tmp_path / "clone").mkdir()
    return Runner(tmp_path)


WRITTEN = [
    *sorted((ROOT / ".github").glob("[aw]*/**/*.yml")),
    *sorted((ROOT / "examples").glob("*.yml")),
    *sorted((ROOT / "src").rglob("starter/*.yml")),
]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_scripts_are_sound(path: Path) -> None:
    """ShellCheck finds nothing, and no expression is in a script that others could fill in."""
    found = [*scripts(yaml.safe_load(path.read_text(encoding="utf-8")))]
    assert found
    tool = Path(sys.executable).with_name("shellcheck")
    for script in found:
        done = subprocess.run(
            [tool, "--shell=bash", "-"], input=script, capture_output=True, text=True, check=False
        )
        assert done.stdout == ""
        assert "${{" not in script


@pytest.mark.parametrize("file", [file for file in PIPELINES if "jobs" in PIPELINES[file]])
def test_workflows_may_do_no_more_than_they_need(file: str) -> None:
    """Reading is all that a workflow may do, but for the job that writes what it says."""
    assert PIPELINES[file]["permissions"] == {"contents": "read"}
    granted = {
        name: [scope for scope, right in job.get("permissions", {}).items() if right == "write"]
        for name, job in PIPELINES[file]["jobs"].items()
    }
    assert (
        granted
        == {
            "examples/overdue.yml": {"check": [], "overdue": ["issues"]},
            "examples/publish-pages.yml": {"check": [], "publish": ["pages", "id-token"]},
        }[file]
    )


# --- the action -----------------------------------------------------------------------------------


def test_every_input_is_used() -> None:
    """An input is a variable of the step, and has a description."""
    action = PIPELINES[".github/actions/overdue/action.yml"]
    used = step(".github/actions/overdue/action.yml", "Report what is overdue")["env"].values()
    assert set(used) == {f"${{{{ inputs.{name} }}}}" for name in action["inputs"]}
    assert all(
        one["description"] for one in [*action["inputs"].values(), *action["outputs"].values()]
    )


def report(runner: Runner, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's second step, as if the first had installed this version."""
    action = PIPELINES[".github/actions/overdue/action.yml"]
    found = step(".github/actions/overdue/action.yml", "Report what is overdue")
    values = {name: one["default"] for name, one in action["inputs"].items()} | inputs
    given = {
        variable: values[expression.removeprefix("${{ inputs.").removesuffix(" }}")]
        for variable, expression in found["env"].items()
    }
    home = runner.temp / "betatech-milestones"
    if not home.exists():
        installed(home, ROOT / "src")
    return runner.run(found["run"], **given)


def installed(home: Path, *more: Path) -> None:
    """Make an environment that finds what this one has, without installing anything."""
    if not home.exists():
        venv.create(home, symlinks=True)
    (packages,) = home.glob("lib/python*/site-packages")
    found = "".join(f"{path}\n" for path in (*more, *site.getsitepackages()))
    (packages / "here.pth").write_text(found)


FOUND = "reads data/milestones.toml\n" * 2
"""What the two runs of the action say of the file that they find."""


def test_action_fails_for_what_is_overdue(runner: Runner) -> None:
    """It points at the lines, appends the report to the summary, and tells how many there are."""
    done = report(runner, **{"as-of": "2015-02-01"})
    assert (done.returncode, done.stderr) == (1, FOUND)
    assert done.stdout.startswith("::error file=data/milestones.toml,line=")
    assert runner.left("GITHUB_OUTPUT") == f"report={runner.temp}/overdue.json\noverdue=5\n"
    assert "1 februari 2015" in runner.left("GITHUB_STEP_SUMMARY")


def test_action_passes_when_nothing_is_overdue(runner: Runner) -> None:
    done = report(runner, **{"as-of": NOTHING_OVERDUE, "lang": "en"})
    assert (done.returncode, done.stderr) == (0, FOUND)
    assert runner.left("GITHUB_OUTPUT").endswith("overdue=0\n")


def test_action_takes_an_earlier_report_for_a_baseline(runner: Runner) -> None:
    """Only what has become overdue since fails the step."""
    report(runner, **{"as-of": "2015-02-01"})
    baseline = runner.temp / "overdue.json"
    known = runner.temp / "known.json"
    baseline.rename(known)
    done = report(runner, **{"as-of": "2015-02-02", "baseline": str(known)})
    assert (done.returncode, done.stderr) == (0, FOUND)


def test_action_does_as_it_is_told(runner: Runner) -> None:
    """What stands in an input is one argument, and where no option stands, none begins."""
    done = report(
        runner, **{"as-of": "2015-02-01", "fail-on": "never", "grace": "30", "lead": "60"}
    )
    assert (done.returncode, done.stderr) == (0, FOUND)


@pytest.mark.parametrize("value", ['$(touch pwned); "x', "--output=pwned", "x\n::add-mask::e"])
def test_action_takes_an_input_for_a_value(value: str, runner: Runner) -> None:
    """A value that cannot be is refused, and nothing of it is done."""
    before = {path for path in runner.clone.rglob("*") if "__pycache__" not in path.parts}
    for name in step(".github/actions/overdue/action.yml", "Report what is overdue")["env"]:
        done = report(runner, **{name.removeprefix("REPORT_").lower().replace("_", "-"): value})
        assert done.returncode == 2, name
    assert {path for path in runner.clone.rglob("*") if "__pycache__" not in path.parts} == before
    assert "mask" not in runner.left("GITHUB_OUTPUT")


def test_action_rechecks_what_was_looked_for(runner: Runner) -> None:
    """Who found nothing on 27 November 2026 looks again within so many days."""
    for recheck, code in ("34", 0), ("33", 1):
        done = report(runner, **{"as-of": "2026-12-31", "recheck": recheck})
        assert (done.returncode, done.stderr) == (code, FOUND)


TRAP = 'open(__file__ + ".ran", "x").close()\nraise SystemExit("code of the checkout ran")\n'


def set_traps(runner: Runner) -> None:
    """Fill the clone with modules that Python, pip and the command would find first in it."""
    modules = ["sitecustomize", "usercustomize", "encodings", "json", "site", "venv", "pip"]
    for name in (*modules, "betatech_milestones", "setup", "hatchling"):
        (runner.clone / f"{name}.py").write_text(TRAP)
    for name in ("pip.conf", "pip.ini", "setup.cfg"):
        (runner.clone / name).write_text("[global]\nindex-url = no\n[install]\nprefix = pwned\n")
    (runner.clone / "pyproject.toml").write_text("no TOML")
    runner.environment["PYTHONPATH"] = str(runner.clone)
    runner.environment["PYTHONSTARTUP"] = str(runner.clone / "setup.py")


def test_action_runs_no_code_of_the_checkout(runner: Runner) -> None:
    """It installs the version it stands in, and neither step imports what the checkout holds."""
    set_traps(runner)
    # pip builds with the tools of this environment, and downloads nothing.
    tools = runner.clone.parent / "tools"
    tools.mkdir()
    for name in ("hatchling", "packaging", "pathspec", "pluggy", "trove_classifiers"):
        (found,) = importlib.import_module(name).__path__
        (tools / name).symlink_to(found)
    find = f'echo {tools} > "$(echo "${{!#}}"/lib/python*/site-packages)/tools.pth"'
    runner.command("python3", f'"{sys.executable}" "$@"\n{find}\n')
    options = {"PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1"}
    install = step(".github/actions/overdue/action.yml", "Install betatech-milestones")["run"]
    done = runner.run(install, GITHUB_ACTION_PATH=str(ACTION.parent), **options)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    home = runner.temp / "betatech-milestones"
    assert len([*home.glob("lib/python*/site-packages/betatech_milestones/py.typed")]) == 1
    installed(home)
    done = report(runner, **{"as-of": NOTHING_OVERDUE})
    assert (done.returncode, done.stderr) == (0, FOUND)
    assert [*runner.clone.rglob("*.ran"), *runner.clone.rglob("pwned")] == []


# --- publishing -----------------------------------------------------------------------------------


@pytest.fixture
def answer() -> Iterator[tuple[str, dict[str, Any]]]:
    """A server on this machine, and what it is to answer."""
    asked: dict[str, Any] = {"status": 404, "body": b"", "paths": []}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked["paths"].append(self.path)
            self.send_response(asked["status"])
            self.send_header("Content-Length", str(len(asked["body"])))
            self.end_headers()
            self.wfile.write(asked["body"])

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/site", asked
        finally:
            server.shutdown()
            thread.join()


def publish(runner: Runner, address: str) -> subprocess.CompletedProcess[str]:
    """Run the steps of the workflow that fetch and build, as one after the other."""
    file = "examples/publish-pages.yml"
    fetch, build = (step(file, name) for name in ("Fetch what was published before", "Build"))
    assert fetch["env"] == build["env"] == {"ADDRESS": "${{ steps.pages.outputs.base_url }}"}
    fetched = runner.run(fetch["run"], ADDRESS=address, GITHUB_RUN_ID="7")
    if fetched.returncode:
        return fetched
    handed_on = dict(line.split("=", 1) for line in runner.left("GITHUB_ENV").splitlines())
    return runner.run(build["run"], ADDRESS=address, **handed_on)


def test_a_site_is_published_as_the_next_edition(
    runner: Runner, answer: tuple[str, dict[str, Any]]
) -> None:
    """The first time there is no state; the second time it comes from the site itself."""
    address, asked = answer
    first = publish(runner, address)
    assert (first.returncode, first.stdout) == (0, "")
    public = runner.clone / "public"
    asked.update(status=200, body=(public / "state.json").read_bytes())
    feed = public / "en" / "all.ics"
    before = feed.read_bytes()
    assert f"SOURCE;VALUE=URI:{address}/en/all.ics".encode() in before
    shutil.rmtree(public)
    second = publish(runner, address)
    assert "new or changed milestones: 0" in second.stderr
    assert feed.read_bytes() == before
    assert asked["paths"] == ["/site/state.json?run=7"] * 2


def test_a_site_in_trouble_is_not_published_over(
    runner: Runner, answer: tuple[str, dict[str, Any]]
) -> None:
    """Without its state, an edition could look older than the one before."""
    address, asked = answer
    asked["status"] = 403
    done = publish(runner, address)
    message = "::error::the state of the published site answers with 403, not 200 or 404\n"
    assert (done.returncode, done.stdout) == (1, message)
    assert not (runner.clone / "public").exists()


@pytest.mark.parametrize("file", ["examples/publish-pages.yml", "examples/overdue.yml"])
def test_pull_requests_are_told_what_they_change(file: str, runner: Runner) -> None:
    """The change stands in the summary of the job, against the branch that is asked to pull."""
    runner.commit()
    data = runner.clone / "data" / "milestones.toml"
    text = data.read_text(encoding="utf-8")
    data.write_text(text.replace('en = "Measures', 'en = "The measures'), encoding="utf-8")
    done = runner.run(step(file, "What changes?")["run"], GITHUB_BASE_REF="main")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert runner.left("GITHUB_STEP_SUMMARY") != ""


def test_pull_requests_keep_what_subscribers_have(runner: Runner) -> None:
    """A milestone that was renamed without saying so fails the check."""
    runner.commit()
    script = step(
        "examples/publish-pages.yml", "Is the data sound, and do subscribers keep what they have?"
    )["run"]
    assert runner.run(script, GITHUB_BASE_REF="main").returncode == 0
    data = runner.clone / "data" / "milestones.toml"
    text = data.read_text(encoding="utf-8")
    data.write_text(text.replace('id = "in-force"', 'id = "in-effect"', 1), encoding="utf-8")
    done = runner.run(script, GITHUB_BASE_REF="main")
    assert done.returncode == 1
    assert "lost-uid" in done.stdout


# --- one issue ------------------------------------------------------------------------------------

GH = """\
printf '%s\\n' "$*" >> "$HOME/asked"
case $1-$2 in issue-list) cat "$HOME/open" ;; esac
"""

# The day, the number of an open issue: what gh is asked to do after it has listed the issues.
ISSUES = {
    "overdue, no issue": (
        "2015-02-01",
        "",
        [
            (
                "label create overdue --force "
                "--description Its term passed, and no outcome is recorded"
            ),
            "issue create --title Overdue milestones --label overdue --body-file {report}",
        ],
    ),
    "overdue, an issue": ("2015-02-01", "12\n", ["issue edit 12 --body-file {report}"]),
    "nothing, an issue": (
        NOTHING_OVERDUE,
        "12\n",
        ["issue close 12 --comment Nothing needs looking for now."],
    ),
    "nothing, no issue": (NOTHING_OVERDUE, "", []),
}


def issue(runner: Runner, day: str, number: str) -> subprocess.CompletedProcess[str]:
    home = Path(runner.environment["HOME"])
    (home / "open").write_text(number)
    runner.command("gh", GH)
    found = step("examples/overdue.yml", "Bring the issue up to date")
    script = found["run"].replace('overdue "$DATA"', f'overdue "$DATA" --as-of {day}')
    told = {name: value for name, value in found["env"].items() if "${{" not in value}
    return runner.run(script, **told)


@pytest.mark.parametrize(("day", "number", "asked"), ISSUES.values(), ids=ISSUES)
def test_one_issue_is_kept_up_to_date(
    day: str, number: str, asked: list[str], runner: Runner
) -> None:
    """It is opened once, brought up to date after that, and closed when nothing is overdue."""
    done = issue(runner, day, number)
    assert (done.returncode, done.stderr) == (0, "")
    listed, *others = (runner.clone.parent / "asked").read_text().splitlines()
    assert listed == (
        "issue list --label overdue --state open --limit 1 --json number --jq .[].number"
    )
    report_path = runner.temp / "overdue.md"
    assert others == [line.format(report=report_path) for line in asked]
    assert report_path.read_text(encoding="utf-8").startswith("# ")


def test_an_issue_is_no_place_for_data_that_cannot_be_loaded(runner: Runner) -> None:
    """A file with errors fails the job, and no issue is touched."""
    (runner.clone / "data" / "milestones.toml").write_text("no TOML")
    assert issue(runner, "2015-02-01", "12\n").returncode == 2
    assert len((runner.clone.parent / "asked").read_text().splitlines()) == 1


# --- GitLab and pre-commit ------------------------------------------------------------------------


def test_gitlab_jobs(runner: Runner) -> None:
    """Each job leaves the report that its artifact names."""
    runner.commit()
    pipeline = PIPELINES["examples/gitlab-ci.yml"]
    runner.command("apt-get", "exit 0\n")
    codes = {}
    for job in ("check", "diff", "overdue"):
        done = runner.run("\n".join(pipeline[job]["script"]), CI_MERGE_REQUEST_DIFF_BASE_SHA="HEAD")
        codes[job] = done.returncode
        assert done.stderr == ""
    assert codes["check"] == codes["diff"] == 0
    assert codes["overdue"] in {0, *pipeline["overdue"]["allow_failure"]["exit_codes"]}
    found = json.loads((runner.clone / "check.json").read_text())
    assert {one["severity"] for one in found} <= {"info"}
    assert (runner.clone / "diff.md").read_text().endswith("\n")
    assert "<testsuites" in (runner.clone / "overdue.xml").read_text()


@pytest.fixture
def hook(runner: Runner) -> str:
    """A repository whose commits are checked by the hook, as pre-commit runs it."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    # The environment of the tests, in the place of one that pre-commit would fill by itself.
    hook |= {"language": "system", "entry": hook["entry"].replace("python", sys.executable, 1)}
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (runner.clone / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    runner.environment["PRE_COMMIT_HOME"] = str(runner.temp)
    return f'git init -q; git add -A . ":!.bin"; "{sys.executable}" -Im pre_commit run --verbose'


def test_hook_checks_the_files_that_are_committed(hook: str, runner: Runner) -> None:
    """pre-commit hands over all that are called `milestones.toml`."""
    assert runner.run(hook).returncode == 0
    broken = runner.clone / "plan" / "milestones.toml"
    broken.parent.mkdir()
    broken.write_text("no TOML")
    done = runner.run(hook)
    assert done.returncode == 1
    assert "plan/milestones.toml:1:4: error: not TOML" in done.stdout


@pytest.mark.parametrize(
    "folder", ["--output=pwned.toml", "--against=git:HEAD", "-opwned", "git:x"]
)
def test_hook_takes_a_name_for_a_file(folder: str, hook: str, runner: Runner) -> None:
    """A file that a stranger named like an option is read, and nothing is written."""
    set_traps(runner)
    (runner.clone / folder).mkdir()
    (runner.clone / folder / "milestones.toml").write_text("no TOML")
    before = {path.relative_to(runner.clone) for path in runner.clone.rglob("*")}
    done = runner.run(hook)
    assert done.returncode == 1
    assert f"{folder}/milestones.toml:1:4: error: not TOML" in done.stdout
    after = {path.relative_to(runner.clone) for path in runner.clone.rglob("*")}
    assert {path for path in after - before if path.parts[0] != ".git"} == set()
