"""What is published works by itself: the wheel, the source archive and an editable install.

Each is installed into an environment of its own that holds nothing but what the metadata asks
for, linked from the environment of the tests: a dependency that is used and not declared is not
there. Nothing is downloaded.
"""

import ast
import email
import email.message
import importlib.metadata
import os
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from trove_classifiers import classifiers

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "betatech_milestones"
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT: dict[str, Any] = PYPROJECT["project"]
DEPENDENCIES: list[str] = PROJECT["dependencies"]


# --- building and installing ----------------------------------------------------------------------


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Return what a command prints; the test fails where the command does."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=inherited | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def closure(requirements: Iterable[str]) -> dict[str, importlib.metadata.Distribution]:
    """Return the installed distributions that requirements ask for, and those that they do."""
    found: dict[str, importlib.metadata.Distribution] = {}
    waiting = list(requirements)
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if wanted and name not in found:
            found[name] = importlib.metadata.distribution(name)
            waiting += found[name].requires or []
    return found


def link(requirements: Iterable[str], folder: Path) -> Path:
    """Fill a folder with links to what requirements ask for, and to nothing else."""
    folder.mkdir()
    for distribution in closure(requirements).values():
        for name in {file.parts[0] for file in distribution.files or ()}:
            if name not in {"..", "__pycache__"}:
                installed = Path(str(distribution.locate_file(name)))
                (folder / name).symlink_to(installed, installed.is_dir())
    return folder


@attrs.frozen
class Built:
    """The two archives, and the wheel that is made of the source archive."""

    wheel: Path
    sdist: Path
    wheel_of_sdist: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("built")
    build = (sys.executable, "-m", "build", "--no-isolation", ROOT, "--outdir")
    run(*build, folder / "direct", "--wheel", cwd=folder)
    run(*build, folder / "by-sdist", cwd=folder)  # builds the wheel from the source archive
    (wheel,) = (folder / "direct").glob("*.whl")
    (sdist,) = (folder / "by-sdist").glob("*.tar.gz")
    (wheel_of_sdist,) = (folder / "by-sdist").glob("*.whl")
    return Built(wheel, sdist, wheel_of_sdist)


@attrs.frozen
class Environment:
    """A fresh environment with the package in it, and an empty folder to run it from."""

    python: Path
    command: Path
    packages: Path
    empty: Path


@pytest.fixture(scope="module", params=["wheel", "sdist", "editable"])
def installed(
    request: pytest.FixtureRequest, built: Built, tmp_path_factory: pytest.TempPathFactory
) -> Environment:
    folder = tmp_path_factory.mktemp(request.param)
    home = folder / "venv"
    venv.create(home, symlinks=os.name != "nt")
    paths = sysconfig.get_paths("venv", vars={"base": str(home), "platbase": str(home)})
    python, packages = Path(paths["scripts"], "python"), Path(paths["purelib"])
    what: dict[str, tuple[str | Path, ...]] = {
        "wheel": (built.wheel,),
        "sdist": (built.sdist,),
        "editable": ("--editable", ROOT),
    }
    (folder / "empty").mkdir()
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet"),
        *("--no-deps", "--no-index", "--no-build-isolation", *what[request.param]),
        cwd=folder / "empty",
        PYTHONPATH=str(link(PYPROJECT["build-system"]["requires"], folder / "build-tools")),
    )
    dependencies = link(DEPENDENCIES, folder / "dependencies")
    (packages / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
    command = Path(paths["scripts"], "betatech-milestones")
    return Environment(python, command, packages, folder / "empty")


def files(archive: Path) -> dict[str, bytes]:
    """Return the files of a wheel or a source archive; of the latter, without its first folder."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(archive) as sdist:
        return {
            member.name.partition("/")[2]: content.read()
            for member in sdist
            if (content := sdist.extractfile(member))
        }


def metadata(wheel: Path) -> email.message.Message:
    (written,) = (text for name, text in files(wheel).items() if name.endswith("/METADATA"))
    return email.message_from_bytes(written)


# --- the installed package ------------------------------------------------------------------------


def test_load_finds_the_shipped_data(installed: Environment) -> None:
    """`load_example()` works wherever one is, and reads the package that was installed."""
    script = "import betatech_milestones as b; print(b.__file__, b.load_example().id, sep='\\n')"
    path, programme = run(installed.python, "-c", script, cwd=installed.empty).splitlines()
    assert Path(path).parent in {installed.packages / "betatech_milestones", PACKAGE}
    assert programme == "betatech"


def test_command_runs(installed: Environment) -> None:
    """The command is installed, and needs no file to report on."""
    report = run(
        installed.command, "report", "--example", "--as-of", "2014-09-01", cwd=installed.empty
    )
    assert "qualification-files" in report or "kwalificatie" in report


def test_feed_can_be_made(installed: Environment) -> None:
    """What is imported late is there too: the feed, and with it every dependency but rich."""
    feed = run(installed.command, "ics", "--example", cwd=installed.empty)
    assert feed.startswith("BEGIN:VCALENDAR")


def test_schema_is_installed(installed: Environment) -> None:
    """The JSON Schema of the data file ships with the package."""
    script = "import betatech_milestones as b; print(b.schema()['$schema'])"
    draft = run(installed.python, "-c", script, cwd=installed.empty)
    assert draft == "https://json-schema.org/draft/2020-12/schema\n"


# --- the archives ---------------------------------------------------------------------------------


def test_wheel_holds_the_package(built: Built) -> None:
    """Every file of the package is in the wheel as it is, with the one copy of the data."""
    packed = files(built.wheel)
    expected = {
        f"betatech_milestones/{file.relative_to(PACKAGE).as_posix()}": file.read_bytes()
        for file in PACKAGE.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    expected["betatech_milestones/milestones.toml"] = (ROOT / "data/milestones.toml").read_bytes()
    package = {name: text for name, text in packed.items() if ".dist-info/" not in name}
    assert package == expected
    assert {
        "betatech_milestones/py.typed",
        "betatech_milestones/datafile/milestones.schema.json",
    } <= {*package}


def test_wheel_holds_the_licence(built: Built) -> None:
    licences = [text for name, text in files(built.wheel).items() if "/licenses/" in name]
    assert licences == [(ROOT / "LICENSE").read_bytes()]


def test_wheel_of_the_source_archive_is_the_wheel(built: Built) -> None:
    """Who builds from the source archive gets the same files as who takes the wheel."""
    assert files(built.wheel_of_sdist) == files(built.wheel)


@pytest.mark.parametrize("folder", ["data", "docs", "examples", "src", "tests"])
def test_source_archive_is_complete(built: Built, folder: str) -> None:
    """Who packages the source archive elsewhere can run its tests and read its documentation."""
    packed = files(built.sdist)
    listed = run("git", "ls-files", "-z", folder, cwd=ROOT) if (ROOT / ".git").exists() else ""
    missing = {name for name in listed.split("\0") if name and (ROOT / name).exists()} - {*packed}
    assert not missing
    assert any(name.startswith(f"{folder}/") for name in packed)


# --- the metadata ---------------------------------------------------------------------------------


def test_metadata(built: Built) -> None:
    """An index shows the licence, the Python versions and the README."""
    fields = metadata(built.wheel)
    assert fields["Name"] == "betatech-milestones"
    assert fields["License-Expression"] == "MIT"
    assert fields.get_all("License-File") == ["LICENSE"]
    assert fields["Requires-Python"] == ">=3.11"
    assert fields["Description-Content-Type"] == "text/markdown"


def test_classifiers_exist() -> None:
    """An index refuses a classifier that it does not know."""
    assert set(PROJECT["classifiers"]) <= classifiers
    assert PROJECT["classifiers"] == sorted(PROJECT["classifiers"])


def test_the_same_is_built_at_any_time(tmp_path: Path) -> None:
    """Whoever builds a commit gets the bytes that were published, in any zone and language."""
    made = []
    for name, zone, seed in ("one", "UTC", "1"), ("two", "Pacific/Apia", "2"):
        build = (sys.executable, "-m", "build", "--no-isolation", ROOT, "--outdir", tmp_path / name)
        surroundings = {"TZ": zone, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1420070400"}
        run(*build, cwd=tmp_path, **surroundings)
        made.append({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()})
    assert len(made[0]) == 2
    assert made[0] == made[1]


def imported() -> Iterator[str]:
    """Yield the top-level name of each import in the package, wherever it stands."""
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def test_dependencies_are_what_is_imported(built: Built) -> None:
    """Nothing is imported that is not declared, and nothing declared that is not imported."""
    providers = importlib.metadata.packages_distributions()
    used = {
        canonicalize_name(distribution)
        for name in {*imported()} - {*sys.stdlib_module_names, "betatech_milestones"}
        for distribution in providers[name]
    }
    listed = map(Requirement, metadata(built.wheel).get_all("Requires-Dist") or [])
    declared = {
        canonicalize_name(requirement.name)
        for requirement in listed
        if requirement.marker is None
        or any(requirement.marker.evaluate({"extra": extra}) for extra in ("sheets", "frames"))
    }
    assert declared == used


@pytest.mark.parametrize("name", PYPROJECT["dependency-groups"])
def test_development_tools_are_listed_alike(name: str) -> None:
    """`pip install -e '.[dev]'` and a dependency group give the same tools."""
    tools: list[str] = PROJECT["optional-dependencies"][name]
    assert tools == PYPROJECT["dependency-groups"][name]
    assert tools == sorted(tools, key=lambda tool: Requirement(tool).name)
