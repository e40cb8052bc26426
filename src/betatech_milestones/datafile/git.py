"""A data file as it is, or as a revision in its git repository has it: `git:REV`, `git:REV:PATH`.

Git is named, by the program `git`, for nothing but the bytes of that one file.
"""

import os
import re
import subprocess
from pathlib import Path

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


_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX")


def _surroundings() -> dict[str, str]:
    """Return the environment without the repository that git names to its hooks."""
    return {name: value for name, value in os.environ.items() if name not in _REPOSITORY}


def _stored(name: str, folder: Path) -> bytes:
    """Return the bytes that git has stored under a revision and a path."""
    try:
        done = subprocess.run(  # noqa: S603  a name never begins with a dash
            ["git", "cat-file", "blob", name],  # noqa: S607  whichever git the user has
            cwd=folder,
            env={**_surroundings(), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise NoVersion(
            "git is not installed" if folder.is_dir() else f"no folder {folder}"
        ) from None
    if done.returncode:
        message = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise NoVersion(message)
    return done.stdout
