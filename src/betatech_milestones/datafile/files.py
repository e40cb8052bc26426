"""Files that are replaced whole, and edited by one at a time.

Nobody ever reads half a file, and of two who edit at once neither loses what the other wrote.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from betatech_milestones.model.errors import BetatechError


class Locked(BetatechError):  # noqa: N818  the name says what it is
    """A file that somebody else went on editing."""


@contextlib.contextmanager
def editing(file: Path, *, wait_seconds: float) -> Iterator[Path]:
    """Hold the only right to edit a file, and give the file that its links lead to.

    Raises `Locked` where another held that right all the while, and the `OSError` of a file that
    may not be written. The system lets go of the right when a process ends, however it ends: what
    is left of the lock file then is in nobody's way.
    """
    import filelock

    target = Path(os.path.realpath(file))
    # The superuser may write everything: the mode says whether it is meant to be written.
    writable = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    if not target.stat().st_mode & writable or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
    beside = target.with_name(f".{target.name}.lock")
    lock = filelock.FileLock(beside, timeout=wait_seconds)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise Locked(
            f"{file} is being edited: another process holds {beside}; "
            "try again when it is done, or end it"
        ) from None
    try:
        yield target
    finally:
        with contextlib.suppress(OSError):  # where a file in use cannot go, `release` removes it
            beside.unlink()
        lock.release()


def replace(output: Path, content: bytes) -> None:
    """Write a file whole, or not at all; a link goes on leading to it, and its mode stays."""
    if output.exists() and not output.is_file():  # a device, a pipe, or a mistake
        output.write_bytes(content)
        return
    import shutil

    target = Path(os.path.realpath(output))
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
