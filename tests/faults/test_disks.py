"""Where there is no room: nothing is half-written, and what stood stands."""

import contextlib
import functools
import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from faults.commands import Ended, Place, run
from faults.conftest import Tally, Turns
from faults.test_errors import problem_of

_PAGE = 4096
_Fault = Callable[[Place, Path, random.Random], tuple[str, Ended]]
"""Runs a command on a disk that has a fault, and tells which: the disk is without it afterwards."""


@contextlib.contextmanager
def _disk(folder: Path) -> Iterator[None]:
    """Mount a disk of its own, in the memory of the machine."""
    folder.mkdir(exist_ok=True)
    _mount("-t", "tmpfs", "-o", "size=16m,nr_inodes=4096", "tmpfs", str(folder))
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


@functools.cache
def _may_mount(folder: Path) -> bool:
    try:
        with _disk(folder):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


# --- the faults -----------------------------------------------------------------------------------


def _full(at: Place, disk: Path, chance: random.Random) -> tuple[str, Ended]:
    """Leave room for so many pages, at most as many as are written."""
    pages = sum(
        2 + len(content) // _PAGE if isinstance(content, bytes) else 1
        for path, (_, content) in at.after.items()
        if path.startswith(at.command.writes)
    )
    room, filler = chance.randrange(pages), disk / "filler"
    state = os.statvfs(disk)
    with filler.open("wb") as file:
        free = state.f_bavail * state.f_frsize
        os.posix_fallocate(file.fileno(), 0, free - room * _PAGE)
    ended = run(disk / "place", *at.command.arguments)
    filler.unlink()
    return f"room for {room} pages", ended


def _no_more_files(at: Place, disk: Path, chance: random.Random) -> tuple[str, Ended]:
    """Leave room for so many files, at most as many as are made."""
    room, state = chance.randrange(len(at.after) + 2), os.statvfs(disk)
    _mount("-o", f"remount,nr_inodes={state.f_files - state.f_ffree + room}", str(disk))
    ended = run(disk / "place", *at.command.arguments)
    _mount("-o", "remount,nr_inodes=4096", str(disk))
    return f"room for {room} files", ended


def _read_only(at: Place, disk: Path, _chance: random.Random) -> tuple[str, Ended]:
    _mount("-o", "remount,ro", str(disk))
    ended = run(disk / "place", *at.command.arguments)
    _mount("-o", "remount,rw", str(disk))
    return "read-only", ended


def _small_files(at: Place, disk: Path, chance: random.Random) -> tuple[str, Ended]:
    """Let no file become larger than so many octets, as a quota for one would."""
    sizes = [len(content) for _, content in at.after.values() if isinstance(content, bytes)]
    octets = chance.randrange(1, max(sizes))
    under = ("prlimit", f"--fsize={octets}", "--")
    return f"{octets} octets", run(disk / "place", *at.command.arguments, under=under)


_FAULTS: Mapping[str, _Fault] = {
    "a full disk": _full,
    "a disk that takes no more files": _no_more_files,
    "a read-only disk": _read_only,
}


# --- what comes of them ---------------------------------------------------------------------------


def test_a_disk_without_room(
    at: Place, tmp_path: Path, chance: random.Random, turns: Turns, tally: Tally
) -> None:
    """Where not all of it can be written, the old stands, and the message says why."""
    assert shutil.which("prlimit"), "prlimit, of util-linux, is needed"
    wrong, disk = [], tmp_path / "disk"
    disk.mkdir()
    faults = {**_FAULTS} if _may_mount(disk) else {}
    if not faults:
        tally["a full disk", "not tried: nothing may be mounted here"] += 1
    faults["a limit to the size of files"] = _small_files
    for _ in turns:
        kind = chance.choice([*faults])
        with _disk(disk) if len(faults) > 1 else contextlib.nullcontext():
            at.fresh(disk / "place")
            said, ended = faults[kind](at, disk, chance)
            came, problem = problem_of(at, ended, may_leave=False, folder=disk / "place")
        tally[kind, came or "WRONG"] += 1
        if problem:
            wrong.append(f"{kind}, {said}: {problem}")
    assert not wrong, "\n".join(wrong)
