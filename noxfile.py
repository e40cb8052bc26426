"""What is done with this project, each under a name: `nox -l` lists them.

A session makes an environment of its own. With `--no-venv` it uses the one that nox is in, which
then has what `pip install -e '.[dev]'` installs.
"""

import os
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["lint", "types", "quick"]
nox.options.reuse_existing_virtualenvs = True

PYPROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PYPROJECT)
LOCK = Path(".ci", "requirements.txt")
PARALLEL = ("-n", "auto", "--dist", "worksteal")


def is_own(session: nox.Session) -> bool:
    """Whether a session has an environment of its own."""
    return session.venv_backend != "none"


def prepare(session: nox.Session) -> None:
    """Install the project and the locked tools."""
    if is_own(session):
        session.install("--constraint", str(LOCK), "--editable", ".[dev]")


def python(session: nox.Session, *arguments: str) -> None:
    """Run the interpreter of the environment, with its commands on the path."""
    if is_own(session):
        session.run("python", *arguments)
    else:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        session.run(sys.executable, *arguments, env={"PATH": path}, external=True)


def command(session: nox.Session, name: str, *arguments: str) -> None:
    """Run a command of the environment that is no module of Python."""
    if is_own(session):
        session.run(name, *arguments)
    else:
        session.run(str(Path(sys.executable).with_name(name)), *arguments, external=True)


def pytest(session: nox.Session, *arguments: str) -> None:
    """Run the tests in parallel, with what stands behind `--` on the command line of nox."""
    python(session, "-m", "pytest", *PARALLEL, *arguments, *session.posargs)


# --- tests ----------------------------------------------------------------------------------------


@nox.session
def tests(session: nox.Session) -> None:
    """Run the whole suite; every line and branch of the package must be reached."""
    prepare(session)
    pytest(session, "--cov")


@nox.session
def quick(session: nox.Session) -> None:
    """Run what takes less than half a minute: no browser, nothing slow."""
    prepare(session)
    pytest(session, "-m", "not browser and not slow")


_SAME_EVERYWHERE = (
    *("tests/test_docs.py", "tests/test_schema.py", "tests/test_tombi.py"),
    *("tests/test_catalogues.py", "tests/test_corpus.py", "tests/test_syntax.py"),
)
"""What is the same under every version of Python: prose, a schema, texts, and how they are read."""
_FAST = ("-m", "not browser and not slow")
"""What tells one version from another is in the fast tests; the slow ones are run once."""


@nox.session(python=PYTHONS)
def wheel(session: nox.Session) -> None:
    """Run the fast tests on the built package, with the newest of everything."""
    session.install(".[dev]")
    left_out = (f"--ignore={path}" for path in _SAME_EVERYWHERE)
    pytest(session, "-p", "no:cacheprovider", *_FAST, *left_out)


@nox.session(python=PYTHONS[0])
def oldest(session: nox.Session) -> None:
    """Run the fast tests with the oldest dependencies that pyproject.toml allows."""
    session.install("uv")
    constraints = Path(session.create_tmp(), "oldest.txt")
    session.run(
        *("uv", "pip", "compile", "pyproject.toml", "--quiet", "--no-deps"),
        *("--resolution", "lowest-direct", "--output-file", str(constraints)),
    )
    session.install("--constraint", str(constraints), "--editable", ".[dev]")
    # What holds the house in order runs nox, and nox wants a newer attrs than it says.
    left_out = ("tests/test_house.py", *_SAME_EVERYWHERE)
    pytest(session, "-p", "no:cacheprovider", *_FAST, *(f"--ignore={path}" for path in left_out))


@nox.session
def bench(session: nox.Session) -> None:
    """Run the benchmarks, one after the other."""
    prepare(session)
    python(session, "-m", "pytest", "tests/benchmarks", *session.posargs)


# --- what is checked without running it -----------------------------------------------------------


@nox.session
def lint(session: nox.Session) -> None:
    """Check the layout of the code and of the data, and what ruff and Tombi know to be wrong."""
    prepare(session)
    python(session, "-m", "ruff", "format", "--check")
    python(session, "-m", "ruff", "check")
    command(session, "tombi", "format", "--check", "--offline")
    command(session, "tombi", "lint", "--error-on-warnings", "--offline")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types: ours with mypy, and what users see of them with pyright."""
    prepare(session)
    python(session, "-m", "mypy")
    if Path("typing_tests").is_dir():
        python(session, "-m", "pyright", "typing_tests")
        public = ("--verifytypes", "betatech_milestones", "--ignoreexternal")
        python(session, "-m", "pyright", *public)


# --- what is written ------------------------------------------------------------------------------


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site of the documentation; a warning is an error."""
    if not Path("mkdocs.yml").exists():
        session.skip("mkdocs.yml is not there: there is no site to build yet")
    if is_own(session):
        session.install("--constraint", str(LOCK), "--editable", ".[docs]")
    python(session, "-m", "mkdocs", "build", "--strict", *session.posargs)


@nox.session
def golden(session: nox.Session) -> None:
    """Compare every golden file with what is made now; `-- FILE` and the like are passed on."""
    if not Path("tests", "golden.py").exists():
        session.skip("tests/golden.py is not there: no file is written by it yet")
    prepare(session)
    python(session, "tests/golden.py", *(session.posargs or ["--check"]))


@nox.session
def build(session: nox.Session) -> None:
    """Build the wheel and the source archive in `dist`."""
    if is_own(session):
        session.install("--constraint", str(LOCK), "build", "hatchling")
    python(session, "-m", "build", "--no-isolation", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Write the lock of the tools anew, with the newest versions."""
    session.install("uv")
    session.run(
        *("uv", "pip", "compile", "pyproject.toml", "--all-extras", "--upgrade", "--quiet"),
        *("--universal", "--python-version", PYTHONS[0], "--annotation-style", "line"),
        *("--custom-compile-command", "nox -s lock", "--output-file", str(LOCK)),
        *session.posargs,
    )
