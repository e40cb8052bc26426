"""The house is in order: what workflows, hooks and documents name is there, and is named alike."""

import ast
import importlib.util
import itertools
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT: dict[str, Any] = PYPROJECT["project"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))
GUIDES = [ROOT / name for name in ("CONTRIBUTING.md", "SECURITY.md")]


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def pythons() -> list[str]:
    """The versions of Python that the classifiers name."""
    found = [
        one.rpartition(" ")[2]
        for one in PROJECT["classifiers"]
        if re.fullmatch(r"Programming Language :: Python :: 3\.\d+", one)
    ]
    assert found
    return found


# --- sessions -------------------------------------------------------------------------------------


def sessions() -> dict[str, str]:
    """The sessions of noxfile.py, each with what it does."""
    tree = ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8"))
    return {
        node.name: ast.get_docstring(node) or ""
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any("nox.session" in ast.unparse(one) for one in node.decorator_list)
    }


def named_sessions(text: str) -> Iterator[str]:
    """Each session that a command in a text asks nox for."""
    for command in re.findall(r"\bnox\b((?: --?[\w-]+| \"[^\"]+\"| [\w./-]+)*)", text):
        words = command.split()
        for word in words[words.index("-s") + 1 :] if "-s" in words else ():
            if word.startswith("-"):
                break
            yield word


NAMING_SESSIONS = [
    *WORKFLOWS,
    ROOT / ".ci" / "run",
    ROOT / ".ci" / "requirements.txt",
    ROOT / ".github" / "pull_request_template.md",
    ROOT / "CONTRIBUTING.md",
]


@pytest.mark.parametrize("path", NAMING_SESSIONS, ids=name)
def test_sessions_that_are_named_exist(path: Path) -> None:
    named = {*named_sessions(path.read_text(encoding="utf-8"))}
    assert named
    assert named <= sessions().keys()


def test_sessions_are_found_in_a_text() -> None:
    """The probe sees what is named, wherever options stand."""
    text = "`nox -s lint types`, nox --no-venv -s golden -- all\n .venv/bin/nox -s wheel -P 3.12"
    assert [*named_sessions(text)] == ["lint", "types", "golden", "wheel"]


def test_every_session_says_what_it_does() -> None:
    """`nox -l` shows the first line of it."""
    assert [name for name, says in sessions().items() if not says] == []


def test_every_session_is_run_or_told_of() -> None:
    """A session that nobody knows of would rot."""
    texts = [path.read_text(encoding="utf-8") for path in NAMING_SESSIONS]
    assert {found for text in texts for found in named_sessions(text)} == sessions().keys()


@pytest.mark.slow
def test_nox_reads_its_file() -> None:
    """What nox lists is what stands there."""
    done = subprocess.run(
        [sys.executable, "-m", "nox", "--list", "--noxfile", str(ROOT / "noxfile.py")],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    listed = {line.split()[1] for line in done.stdout.splitlines() if re.match(r"[*-] ", line)}
    several = {f"wheel-{version}" for version in pythons()}
    assert {*listed} == (sessions().keys() - {"wheel"}) | several


# --- workflows ------------------------------------------------------------------------------------


def steps(workflow: Any) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_workflows_may_do_no_more_than_they_need(path: Path) -> None:
    """Reading is all, but for what signs, publishes and releases; no job runs for hours."""
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    granted = {name: job.get("permissions") for name, job in workflow["jobs"].items()}
    asked = {name: rights for name, rights in granted.items() if rights is not None}
    signs = {"id-token": "write", "attestations": "write"}
    publishes = {"publish": {"id-token": "write"}, "release": {"contents": "write"}}
    assert asked == ({"attest": signs, **publishes} if path.stem == "release" else {})
    assert all(job["timeout-minutes"] <= 45 for job in workflow["jobs"].values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_a_checkout_leaves_no_password(path: Path) -> None:
    """What the tests and the tools run cannot push."""
    checkouts = [step for step in steps(read(path)) if "checkout" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"] == {"persist-credentials": False} for step in checkouts)


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_scripts_of_workflows_hold_no_expression(path: Path) -> None:
    """What stands in a name of a branch or a tag is never a part of a script."""
    scripts = [step["run"] for step in steps(read(path)) if "run" in step]
    assert scripts
    assert [script for script in scripts if "${{" in script] == []


USED = re.compile(r"^[ -]*uses: (?P<action>[^@\s]+)@(?P<commit>\S+)(?P<version>.*)$", re.MULTILINE)
OURS = "betatech-milestones/betatech-milestones/.github/actions/overdue"


def uses() -> Iterator[tuple[str, str, str, str]]:
    """Each file that names an action, with the action, its commit and its version."""
    for folder in (".github", "docs", "examples", "src"):
        for path in sorted(ROOT.joinpath(folder).rglob("*")):
            if path.suffix in {".yml", ".yaml", ".md", ".py"}:
                for found in USED.finditer(path.read_text(encoding="utf-8")):
                    yield name(path), found["action"], found["commit"], found["version"]


def test_actions_are_pinned() -> None:
    """Each is the commit of a version, which a comment names, and the same one everywhere.

    Who owns an action can move its tags, and what a commit holds can nobody change.
    """
    found = [*uses()]
    assert {file.partition("/")[0] for file, *_ in found} == {".github", "docs", "examples", "src"}
    for file, action, commit, version in found:
        if action == OURS:  # a commit that holds its own number cannot be made
            assert (commit, version) == ("COMMIT", " # v0.1.0"), file
        else:
            assert re.fullmatch(r"[0-9a-f]{40}", commit), file
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", version), file
    pins = {(action, commit, version) for _, action, commit, version in found}
    assert len(pins) == len({action for action, *_ in pins})


def test_what_is_pinned_is_kept_fresh() -> None:
    """Dependabot looks in each folder that pins an action, a package of Python or one of npm."""
    config = read(ROOT / ".github" / "dependabot.yml")
    looked = {
        (one["package-ecosystem"], folder)
        for one in config["updates"]
        for folder in one.get("directories", [one.get("directory")])
    }
    pinned = {
        f"/{file.rpartition('/')[0]}" for file, *_ in uses() if not file.startswith("docs/")
    } - {"/.github/workflows"}
    assert looked == {
        *(("github-actions", folder) for folder in {*pinned, "/", "/.github/actions/overdue"}),
        ("pip", "/.ci"),
        ("npm", "/.ci"),
    }
    assert all(one["cooldown"]["default-days"] >= 7 for one in config["updates"])


def test_the_python_versions_are_those_of_the_classifiers() -> None:
    """The newest dependencies are tested on each, and the locked tools on the oldest."""
    jobs = read(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]
    assert jobs["newest"]["strategy"]["matrix"]["python"] == pythons()
    assert PROJECT["requires-python"] == f">={pythons()[0]}"
    for path in WORKFLOWS:
        for step in steps(read(path)):
            if "setup-python" in step.get("uses", ""):
                asked = step["with"]["python-version"]
                assert asked in {pythons()[0], "${{ matrix.python }}"}


def test_only_a_tag_releases() -> None:
    """What was built once is tested, described, attested, published and released, in that order."""
    workflow = read(ROOT / ".github" / "workflows" / "release.yml")
    assert workflow[True] == {"push": {"tags": ["v*"]}}  # YAML 1.1 reads `on` so
    assert {name: job.get("needs") for name, job in workflow["jobs"].items()} == {
        "build": None,
        "test": "build",
        "parts": "build",
        "attest": ["test", "parts"],
        "publish": "attest",
        "release": "publish",
    }
    *_, publish = workflow["jobs"]["publish"]["steps"]
    assert publish["with"] == {"attestations": True}


def test_what_may_write_runs_nothing_of_the_repository() -> None:
    """The jobs that sign, publish and release check nothing out, and install nothing."""
    jobs = read(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    for job in (jobs["attest"], jobs["publish"], jobs["release"]):
        assert not [step for step in job["steps"] if "checkout" in step.get("uses", "")]
        scripts = "".join(step.get("run", "") for step in job["steps"])
        assert re.findall(r"\b(?:pip|npm|python|nox)\b", scripts) == []


# --- forms, hooks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FORMS, ids=name)
def test_forms_are_what_github_shows(path: Path) -> None:
    """A form has a name, says what it is for, and asks something under ids of its own."""
    form = read(path)
    assert {"name", "description", "body"} <= form.keys()
    asked = [one for one in form["body"] if one["type"] != "markdown"]
    assert {one["type"] for one in asked} <= {"input", "textarea"}
    assert len({one["id"] for one in asked}) == len(asked)
    assert any(one["validations"]["required"] for one in asked if "validations" in one)
    assert all(one["attributes"]["label"] for one in asked)


@pytest.mark.slow
@pytest.mark.parametrize("what", [".pre-commit-config.yaml", ".pre-commit-hooks.yaml"])
def test_pre_commit_reads_its_files(what: str) -> None:
    """Both what we ask of it and what others may."""
    kind = "validate-config" if "config" in what else "validate-manifest"
    subprocess.run([sys.executable, "-m", "pre_commit", kind, str(ROOT / what)], check=True)


def test_hooks_run_what_the_environment_has() -> None:
    """Each is a module that `pip install -e '.[dev]'` installs."""
    (local,) = read(ROOT / ".pre-commit-config.yaml")["repos"]
    for hook in local["hooks"]:
        python, option, module, *_ = hook["entry"].split()
        assert (python, option, hook["language"]) == ("python", "-m", "system")
        assert importlib.util.find_spec(module)


# --- the lock -------------------------------------------------------------------------------------

LOCK = [
    Requirement(line.partition("#")[0])
    for line in (ROOT / ".ci" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if not line.lstrip().startswith("#")
]


def locked(requirement: Requirement) -> Version:
    """The one version of a package that the lock has for this machine."""
    (found,) = (
        one
        for one in LOCK
        if canonicalize_name(one.name) == canonicalize_name(requirement.name)
        and (one.marker is None or one.marker.evaluate())
    )
    (only,) = found.specifier
    assert only.operator == "=="
    return Version(only.version)


@pytest.mark.parametrize(
    "asked", [*PROJECT["dependencies"], *itertools.chain(*PYPROJECT["dependency-groups"].values())]
)
def test_the_lock_has_what_is_asked_for(asked: str) -> None:
    """Every dependency and every tool is locked, to a version that pyproject.toml allows."""
    requirement = Requirement(asked)
    assert requirement.specifier.contains(locked(requirement))


HASHED = sorted(path.with_suffix(".txt") for path in (ROOT / ".ci").glob("*.in"))


@pytest.mark.parametrize("path", [ROOT / ".ci" / "requirements.txt", *HASHED], ids=name)
def test_a_lock_names_no_machine(path: Path) -> None:
    """Neither an address of an index nor a path: it installs from wherever one installs."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^ *-(?!-hash=).*|\S*://\S*|file:\S*|@ \S*", text, re.MULTILINE) == []


@pytest.mark.parametrize("path", HASHED, ids=name)
def test_what_a_release_needs_is_locked_with_hashes(path: Path) -> None:
    """Each package has one, and the version that the other lock has."""
    text = path.read_text(encoding="utf-8")
    packages = re.findall(
        r"^(\S+==\S+)[^\\]*\\\n((?: +--hash=sha256:[0-9a-f]{64}[ \\]*\n)*)", text, re.MULTILINE
    )
    names = [line for line in text.splitlines() if line[:1].isalpha()]
    assert [package for package, _ in packages] == [line.split()[0] for line in names]
    assert all(hashes for _, hashes in packages)
    locks = {canonicalize_name(one.name): str(one.specifier) for one in LOCK if one.marker is None}
    for one in (Requirement(package) for package, _ in packages):
        assert locks.get(canonicalize_name(one.name), str(one.specifier)) == str(one.specifier)


def test_programs_of_npm_are_locked_with_hashes() -> None:
    """What `npm ci --prefix .ci` installs is of one version, from wherever one installs."""
    lock = json.loads((ROOT / ".ci" / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((ROOT / ".ci" / "package.json").read_text(encoding="utf-8"))
    assert lock["packages"][""]["dependencies"] == asked["dependencies"]
    packages = {path: one for path, one in lock["packages"].items() if path}
    for path, one in packages.items():
        assert one["integrity"].startswith("sha512-"), path
        assert "resolved" not in one, path
    for one, version in asked["dependencies"].items():
        assert packages[f"node_modules/{one}"]["version"] == version


# --- documents ------------------------------------------------------------------------------------


def test_the_rooms_are_told_in_one_order() -> None:
    """CONTRIBUTING.md names them as one walks through them; a test alone holds who may enter."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert rooms == [
        *("language", "model", "voice", "datafile", "importing", "analysis", "formats"),
        *("calendars", "website", "cli"),
    ]


@pytest.mark.parametrize("path", GUIDES, ids=name)
def test_guides_give_no_address_that_nobody_reads(path: Path) -> None:
    """There is no address to write to, so none is given."""
    assert re.findall(r"\w@\w|mailto:", path.read_text(encoding="utf-8")) == []


def test_marks_are_told() -> None:
    """The marks of pyproject.toml are those that the quick session leaves out, and an exception."""
    marks = {one.partition(":")[0] for one in PYPROJECT["tool"]["pytest"]["ini_options"]["markers"]}
    text = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    assert {*re.findall(r"not (browser|slow)", text), "measured"} == marks
