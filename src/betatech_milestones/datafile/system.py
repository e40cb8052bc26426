"""What one system can do and another cannot: the only place that asks which it is.

Each function says what it does on a system without what it needs. No other module names what only
some systems have.
"""

import contextlib
import ctypes
import errno
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext

IS_WINDOWS = sys.platform == "win32"
REUSES_ADDRESSES = not IS_WINDOWS
"""Whether a server may take a port that was let go just now: on Windows two could hold it."""

# --- processes ------------------------------------------------------------------------------------


def processors() -> int:
    """Return how many processors this process may use; where its `threads` are known."""
    return len(os.sched_getaffinity(0))


def threads() -> int | None:
    """Return how many threads this process has, also those that Python did not start (proc(5)).

    None elsewhere than on Linux, where nobody can tell.
    """
    try:
        return len([*Path("/proc/self/task").iterdir()])
    except OSError:
        return None


def splitting() -> "ForkContext":
    """Return how a process is split in two; raises `ValueError` on Windows, which cannot."""
    import multiprocessing

    return multiprocessing.get_context("fork")


def on_one_processor(command: str) -> str:
    """Return what leaves the process of a command one processor; where its `threads` are known."""
    return f"taskset -c {min(os.sched_getaffinity(0))} {command}"


# --- names ----------------------------------------------------------------------------------------

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # renameat2(2)


def exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step; return whether the system could: Linux can, on most disks."""
    linux = sys.platform == "linux"
    swap = getattr(ctypes.CDLL(None), "renameat2", None) if linux else None
    paths = _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other)
    return swap is not None and swap(*paths, _RENAME_EXCHANGE) == 0


def link(there: Path, here: Path) -> None:
    """Give a file a second name; a link is not followed where the system lets one choose."""
    os.link(there, here, follow_symlinks=os.link not in os.supports_follow_symlinks)


def move(there: Path, here: Path) -> None:
    """Rename a file to a name that is free; raises `FileExistsError` where it is not.

    On a disk without hard links the name is taken by an empty file first: what another writes into
    that in the same moment is lost. Windows renames to no name that is taken.
    """
    if IS_WINDOWS:
        there.rename(here)
        return
    try:
        link(there, here)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        os.close(create(here, 0o600))
        try:
            there.replace(here)
        except OSError:
            here.unlink()
            raise
    else:
        there.unlink()


def create(file: Path, mode: int) -> int:
    """Make a file where there is none, not even a link, and return its descriptor."""
    return os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _flags("O_NOFOLLOW"), mode)


def contents(file: Path) -> bytes:
    """Return what a file holds, in a folder in which others write, too.

    Raises the `OSError` of what is none: a device may have no end, and who reads a pipe waits. Nor
    is a link followed; Windows is asked before whether it is one.
    """
    if not hasattr(os, "O_NOFOLLOW") and file.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(file))
    flags = os.O_RDONLY | _flags("O_NONBLOCK", "O_NOFOLLOW")
    with os.fdopen(os.open(file, flags), "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no file, but a device or a pipe", str(file))
        return opened.read()


def _flags(*names: str) -> int:
    """Return those of the names that the system has, and what any file of bytes is opened with."""
    flags = 0
    for name in (*names, "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    return flags


def why_in_use(error: OSError) -> OSError:
    """Return an error that says so, where Windows keeps a file that another program has open."""
    if getattr(error, "winerror", None) not in _IN_USE:
        return error
    message = "another program has it open, or a file in it; close that, and do this again"
    return PermissionError(errno.EACCES, message, error.filename2 or error.filename)


_IN_USE = (5, 32, 33)  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION

# --- who may read and write -----------------------------------------------------------------------


def keep_access(file: int | Path, was: Path) -> None:
    """Give a file, or a folder, the owner, the group, the access list and the mode of another.

    What is not ours to give stays as it is. Where the group cannot be kept its members get what all
    others have: they may be others now. Windows has none of it but whether a file may be written.
    """
    there = was.lstat()
    mode = stat.S_IMODE(there.st_mode)
    if hasattr(os, "chown"):
        is_its = _chowned(file, there.st_uid, there.st_gid)
        if not (_with_attributes(file, was) and is_its):
            mode = mode & ~0o7070 | (mode & 0o007) << 3
    if isinstance(file, int) and os.chmod not in os.supports_fd:
        return
    os.chmod(file, mode)  # noqa: PTH101  a descriptor, too


def _chowned(file: int | Path, owner: int, group: int) -> bool:
    """Give a file to an owner and a group; return whether it is the group's."""
    now = os.stat(file)  # noqa: PTH116  a descriptor, too
    if (now.st_uid, now.st_gid) == (owner, group):
        return True
    for whose in ((owner, group), (-1, group)):
        with contextlib.suppress(PermissionError):
            os.chown(file, *whose)
            return True
    return now.st_gid == group


def _with_attributes(file: int | Path, was: Path) -> bool:
    """Copy the extended attributes of a file; return whether its access list is among them."""
    if not hasattr(os, "listxattr"):
        return True
    try:
        names = os.listxattr(was, follow_symlinks=False)
    except OSError:  # a disk without any
        return True
    kept = True
    for name in names:
        try:
            os.setxattr(file, name, os.getxattr(was, name, follow_symlinks=False))
        except OSError:
            kept = kept and name != "system.posix_acl_access"
    return kept


# --- what is noted beside what a file holds -------------------------------------------------------

_NOTE = "user.betatech-milestones"


def keep_note(file: Path, note: str) -> None:
    """Note a few words with a file, which are no part of what it holds (xattr(7)).

    That lets no time pass by which its folder or its content are known. Where a system or a disk
    has no room for them, they are not kept.
    """
    if hasattr(os, "setxattr"):
        with contextlib.suppress(OSError):
            os.setxattr(file, _NOTE, note.encode())


def note_of(file: Path) -> str | None:
    """Return what was noted with a file; a copy of it may bear the same."""
    if not hasattr(os, "getxattr"):
        return None
    try:
        return os.getxattr(file, _NOTE).decode(errors="replace")
    except OSError:
        return None


# --- what outlives a loss of power ----------------------------------------------------------------


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlive a loss of power.

    Windows opens no folder, and a disk may not be able to: then nothing is done. Raises the
    `OSError` of a disk that has lost them.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno in _LOST:
            raise OSError(error.errno, error.strerror, str(folder)) from None


_LOST = (errno.EIO, errno.ENOSPC, errno.EDQUOT)  # fsync(2)


def sync_disk(folder: Path) -> None:
    """Let all that was written on the disk of a folder outlive a loss of power: syncfs(2).

    Of thousands of files that is a fraction of what it costs to ask for each. Other systems than
    Linux begin it for all disks; Windows has no such call. Raises the `OSError` of a disk that has
    lost some of it, as Linux tells since 5.8.
    """
    linux = sys.platform == "linux"
    one = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if linux else None
    if one is not None:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            if one(descriptor) and (number := ctypes.get_errno()) in _LOST:
                raise OSError(number, os.strerror(number), str(folder))
        finally:
            os.close(descriptor)
    elif hasattr(os, "sync"):
        os.sync()
