"""Files that are replaced whole, and edited by one at a time.

Nobody ever reads half a file, and of two who edit at once neither loses what the other wrote.
"""

import contextlib
import errno
import glob
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from betatech_milestones.datafile.system import create, keep_access, sync_folder, why_in_use
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
    target = Path(os.path.realpath(file))
    # The superuser may write everything: the mode says whether it is meant to be written.
    writable = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    if not target.stat().st_mode & writable or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))

    def busy(beside: Path) -> Locked:
        return Locked(
            f"{file} is being edited: another process holds {beside}; "
            "try again when it is done, or end it"
        )

    with held(target, busy, wait_seconds=wait_seconds):
        yield target


@contextlib.contextmanager
def held(target: Path, busy: Callable[[Path], Exception], *, wait_seconds: float) -> Iterator[None]:
    """Hold the lock of a file, or a folder, which is a file beside it.

    Raises what `busy` makes of that file where another process held it all the while, or the
    `OSError` of one that cannot be made, or of a link: what that leads to would be emptied.
    """
    import filelock

    beside = target.with_name(f".{target.name}.lock")
    if beside.is_symlink():
        message = f"{beside} is a link, which no lock is; remove it"
        raise OSError(errno.ELOOP, message, str(target))
    beside.touch()  # where nothing can be made, a lock would be waited for
    lock = filelock.FileLock(beside, timeout=wait_seconds)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise busy(beside) from None
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # where a file in use cannot go, `release` removes it
            beside.unlink()
        lock.release()


def replace(output: Path, content: bytes) -> None:
    """Write a file whole, or not at all; a link goes on leading to it, and its owner and mode stay.

    Nobody who may not read the file can read any of it meanwhile. When this returns, the file
    outlives a loss of power. Raises the `OSError` of what cannot be written.
    """
    if output.exists() and not output.is_file():  # a device, a pipe, or a mistake
        output.write_bytes(content)
        return
    target = Path(os.path.realpath(output))
    if not target.parent.is_dir():
        message = f"there is no folder {output.parent}; make it first"
        raise FileNotFoundError(errno.ENOENT, message, str(output))
    _sweep(target)
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}.tmp")
    is_new = not target.exists()
    descriptor = create(beside, 0o666 if is_new else 0o600)  # less what the umask takes
    try:
        with os.fdopen(descriptor, "wb") as file:
            if not is_new:
                keep_access(descriptor, target)
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        beside.replace(target)
    except OSError as error:
        raise why_in_use(error) from None
    finally:
        with contextlib.suppress(OSError):  # a later write sweeps it
            beside.unlink(missing_ok=True)
    sync_folder(target.parent)


_OLD_SECONDS = 3_600
"""No write takes so long: what was begun before that was left by a process that was killed."""


def _sweep(target: Path) -> None:
    """Remove what writers of this file that were killed have left beside it."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.{'[0-9a-f]' * 16}.tmp"):
        with contextlib.suppress(OSError):  # that of another user, or swept by another process
            found = left.lstat()
            if stat.S_ISREG(found.st_mode) and time.time() - found.st_mtime > _OLD_SECONDS:
                left.unlink()
