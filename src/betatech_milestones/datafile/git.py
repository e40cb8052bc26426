"""A data file as it is, or as a revision in its git repository has it: `git:REV`, `git:REV:PATH`.

Git is asked, by the program `git`, for nothing but the bytes of one file, and for the commits that
changed it.
"""

import datetime as dt
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import attrs

from betatech_milestones.datafile.load import load, loads
from betatech_milestones.model.errors import BetatechError
from betatech_milestones.model.records import Programme

# A revision holds a colon only between braces, as in main@{2014-08-01 12:00}.
_VERSION = re.compile(r"git:(?P<revision>(?:[^:{]|\{[^}]*\})*)(?::(?P<path>.*))?", re.DOTALL)


class NoVersion(BetatechError, LookupError):  # noqa: N818  the name says what it is
    """A version that git cannot show, and why."""


def load_version(wanted: str, *, beside: str) -> Programme:
    """Read a programme from a file, or from one in git; `beside` is the version it goes with.

    `git:REV` is the file of `beside`, in its own repository. `git:REV:PATH` is a path as git reads
    it: from the top of the repository of the current folder, or with `./` from that folder.

    Raises `InvalidData` with every problem found, `NoVersion`, or the `OSError` of a file that
    cannot be read.
    """
    named = _VERSION.fullmatch(wanted)
    if named is None:
        return load(wanted)
    revision, path, folder = named["revision"], named["path"], Path()
    if not revision or revision.startswith("-"):
        raise NoVersion(f'cannot read {wanted}: "{revision}" is no revision; write git:HEAD')
    if path is None:
        other = _VERSION.fullmatch(beside)
        if other is None:
            folder, path = Path(beside).parent, f"./{Path(beside).name}"
            wanted = f"{wanted}:{beside}"
        elif other["path"]:
            path = other["path"]
            wanted = f"{wanted}:{path}"
        else:
            raise NoVersion(f"cannot read {wanted}: of which file? write {wanted}:PATH")
    try:
        data = _stored(f"{revision}:{path}", folder)
    except NoVersion as error:
        raise NoVersion(f"cannot read {wanted}: {error}") from None
    return loads(data, path=wanted)


_NAMED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF")
_SAFELY = {
    # It counts for more than what a repository allows of protocols by name; "" would be unset to
    # some versions. Git before 2.44 knows no GIT_NO_LAZY_FETCH.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
# What a repository may name in its configuration to have it run: hooks, a watcher of files, who
# checks signatures.
_CONFIGURED = (
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "log.showSignature=false"),
    # What would leave out the first commit, or write commits in other bytes.
    *("-c", "log.showRoot=true"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
)


def _surroundings() -> dict[str, str]:
    """Return the environment without what names a repository, or a program to run, to git."""
    kept = {name: value for name, value in os.environ.items() if name not in _NAMED}
    return kept | _SAFELY


def _stored(name: str, folder: Path) -> bytes:
    """Return the bytes that git has stored under a revision and a path."""
    return _said("cat-file", "blob", name, folder=folder)


_PARTIAL = (
    "it is not in this clone, which is partial, and nothing is fetched here; "
    "do so first: git fetch --refetch --no-filter"
)


_WOULD_FETCH = re.compile(
    r"^(?:\w+: )?(?:transport '\w+' not allowed|lazy fetching disabled|"
    r"could not fetch \w+ from promisor remote)",
    re.MULTILINE,
)


def _said(*arguments: str, folder: Path) -> bytes:
    """Return what git prints for a command in a folder."""
    try:
        done = subprocess.run(  # noqa: S603  what users name never begins with a dash
            ["git", "--no-pager", *_CONFIGURED, *arguments],  # noqa: S607  whichever git the user has
            cwd=folder,
            env=_surroundings(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except (FileNotFoundError, NotADirectoryError):
        raise NoVersion(
            "git is not installed" if folder.is_dir() else f"no folder {folder}"
        ) from None
    if done.returncode:
        written = done.stderr.decode(errors="replace")
        said = " ".join(written.split()).removeprefix("fatal: ")  # some of it has several lines
        raise NoVersion(_PARTIAL if _WOULD_FETCH.search(written) else said)
    return done.stdout


# --- every version of a file ----------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Version:
    """A file as a commit left it."""

    repository: Path
    commit: str
    """Its full hash."""
    moment: dt.datetime
    """When it was committed."""
    path: str
    """What the file was called then, from the top of the repository."""

    def read(self) -> bytes:
        """Return its bytes."""
        return _stored(f"{self.commit}:{self.path}", self.repository)


_HISTORY = re.compile(r"git:(?P<repository>.*):(?P<path>[^:]+)", re.DOTALL)


def versions(wanted: str) -> tuple[Version, ...]:
    """Return every committed version of a file, the oldest first: `git:REPOSITORY:PATH`.

    The repository is a folder; the path is what the file is called now, from the top of it. Its
    earlier names are found by git; what a commit deleted has no version there.

    Raises `NoVersion`.
    """
    named = _HISTORY.fullmatch(wanted)
    if named is None:
        raise NoVersion(f"cannot read {wanted}: write git:FOLDER-OF-THE-REPOSITORY:PATH-IN-IT")
    repository, path = Path(named["repository"]), named["path"]
    try:
        written = _said(
            *("log", "-z", "--follow", "--name-status", "--format=%H %cI"),
            *("--no-ext-diff", "--no-textconv"),
            *("--", f":(top,literal){path}"),
            folder=repository,
        )
    except NoVersion as error:
        raise NoVersion(f"cannot read {wanted}: {error}") from None
    found = tuple(_logged(repository, written.decode(errors="surrogateescape"), wanted))
    if not found:
        raise NoVersion(
            f"cannot read {wanted}: no commit has a file {path}; name it as it is called now, "
            "from the top of the repository"
        )
    return found[::-1]


_COMMIT = re.compile(r"\n?(?P<commit>[0-9a-f]{40,64}) (?P<moment>\S+)")


def _logged(repository: Path, written: str, wanted: str) -> Iterator[Version]:
    """Yield the versions of a log, in which names and commits are parted by nothing else than NUL.

    Behind each commit stand what it did, in a letter, and the name of the file; the name before,
    too, where it got another.
    """
    parts = iter(written.split("\0"))
    for part in parts:
        head = _COMMIT.fullmatch(part)
        if head is None:
            continue
        status = next(parts).strip()
        path = [next(parts) for _ in range(2 if status[:1] in "RC" else 1)][-1]
        try:
            moment = dt.datetime.fromisoformat(head["moment"])
        except ValueError:
            raise NoVersion(
                f"cannot read {wanted}: commit {head['commit'][:12]} says that it is of "
                f"{head['moment']}; no such day is known"
            ) from None
        if status != "D":
            yield Version(repository=repository, commit=head["commit"], moment=moment, path=path)
