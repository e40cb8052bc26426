"""A folder of files that takes the place of another at once: all of it, or nothing.

The fresh folder is written beside the one to replace, file by file, and the two get each other's
name, so that nobody ever meets half of one. What others have put in the folder is carried along.
"""

import contextlib
import ctypes
import errno
import glob
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

_WAIT_SECONDS = 600


def place_of(folder: Path) -> Path:
    """Return where a folder really is, or is to be.

    Raises the `OSError` of what can be no folder of files, or cannot be replaced.
    """
    target = Path(os.path.realpath(folder))
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
    if why := _irreplaceable(target):
        raise OSError(errno.EBUSY, f"{why}; publish in a folder within it", str(folder))
    return target


def _irreplaceable(target: Path) -> str:
    """Return why another folder cannot take the place of one, if it cannot."""
    if target == target.parent or os.path.ismount(target):
        return "it is where a disk is mounted, and cannot be replaced as a whole"
    with contextlib.suppress(FileNotFoundError):  # this process stands in a folder that is gone
        here = Path(os.path.realpath(Path.cwd()))
        if target in (here, *here.parents):
            return "the current folder is in it, and would be gone"
    return ""


@contextlib.contextmanager
def alone(target: Path) -> Iterator[None]:
    """Hold the only right to replace a folder, after clearing up what one that was killed has left.

    The folder above it is made where it is not there. Raises `TimeoutError` where another process
    held that right all the while. The system lets go of it when a process ends, however it ends.
    """
    import filelock

    with _parents(target):
        beside = target.with_name(f".{target.name}.lock")
        beside.touch()  # where nothing can be made, a lock would be waited for
        lock = filelock.FileLock(beside, timeout=_WAIT_SECONDS)
        try:
            lock.acquire()
        except filelock.Timeout:
            message = f"another process is publishing there, and holds {beside}; wait, or end it"
            raise TimeoutError(errno.ETIMEDOUT, message, str(target)) from None
        try:
            _restore(target)
            _sweep(target)
            yield
        finally:
            with contextlib.suppress(OSError):  # where a file in use cannot go, `release` does it
                beside.unlink()
            lock.release()


@contextlib.contextmanager
def _parents(target: Path) -> Iterator[None]:
    """Make the folders above one, and take those away again where nothing came of it."""
    missing = [parent for parent in target.parents if not parent.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):  # something else is in it by now
            for parent in missing:
                parent.rmdir()
        raise


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders, within the one they are in, of paths."""
    folders: set[str] = set()
    for folder in {path.rpartition("/")[0] for path in paths} - {""}:
        folders.update(map(str, (PurePosixPath(folder), *PurePosixPath(folder).parents)))
    return folders - {"."}


def replace_folder(
    target: Path, files: Iterable[tuple[str, bytes | None]], made: Collection[str]
) -> list[str]:
    """Put a folder of files in the place of one, along with what in that is not `made` by us.

    Each file is written as it comes, and those of which nothing is given stay as they are. What did
    not change stays the same file, with its time: a web server then tells its readers that there is
    nothing new. Returns the paths of what is not ours.
    """
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        fresh.mkdir()
        written = _written(target, fresh, files)
        left_alone = [*foreign(target, written, made)]
        for path in left_alone:
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            _carry(target / path, fresh / path)
        for folder in ("", *folders_of((*written, *left_alone))):
            if (target / folder).is_dir():  # now, since nothing is written in one that is read-only
                shutil.copymode(target / folder, fresh / folder)
        _swap(fresh, target)
    finally:
        _remove(fresh)  # what was not published, or what was before
    return left_alone


def _written(
    target: Path, fresh: Path, files: Iterable[tuple[str, bytes | None]]
) -> Collection[str]:
    """Write files in a fresh folder, or link those that are in the target; return their paths."""
    folders: set[str] = set()
    written = set()
    for path, content in files:
        folder = path.rpartition("/")[0]
        if folder not in folders:
            for each in sorted(folders_of([path]) - folders):
                (fresh / each).mkdir()
                folders.add(each)
            folders.add(folder)
        there, here = target / path, fresh / path
        if content is None or (there.is_file() and there.read_bytes() == content):
            _carry(there, here)
        else:
            here.write_bytes(content)
            if there.is_file():
                shutil.copymode(there, here)
        written.add(path)
    return written


def foreign(target: Path, files: Collection[str], made: Collection[str]) -> Iterator[str]:
    """Yield the paths of what in a folder is not ours, with a slash for all that a folder holds.

    What is to be there takes the place of it, and what was made and is not to be there goes.
    """
    to_be = folders_of(files)
    folders = folders_of(made) | to_be

    def found(within: str) -> Iterator[str]:
        with os.scandir(target / within) as there:
            entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in there)
        for name, folder in entries:
            path = f"{within}{name}"
            if folder and path in folders:
                yield from found(f"{path}/")
            elif path not in files and path not in to_be and (folder or path not in made):
                yield f"{path}/" if folder else path

    if target.exists():
        yield from found("")


def _carry(there: Path, here: Path) -> None:
    if there.is_symlink():
        here.symlink_to(there.readlink())
    elif there.is_dir():
        here.mkdir()
        for item in there.iterdir():
            _carry(item, here / item.name)
        shutil.copystat(there, here)
    else:
        try:
            here.hardlink_to(there)
        except OSError:  # a disk without such links
            shutil.copy2(there, here)


def _swap(fresh: Path, target: Path) -> None:
    """Give two folders each other's name at once; where the system cannot, one after the other."""
    if not target.exists():
        fresh.rename(target)
    elif not _exchanged(fresh, target):
        aside = fresh.with_suffix(".old")
        try:
            target.rename(aside)
            fresh.rename(target)
        finally:  # also where somebody ends it in between: there is a site at any rate
            if aside.exists():
                aside.rename(fresh if target.exists() else target)


_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # renameat2(2)


def _exchanged(fresh: Path, target: Path) -> bool:
    """Let Linux swap two names in one step; say whether it did."""
    linux = sys.platform == "linux"
    exchange = getattr(ctypes.CDLL(None), "renameat2", None) if linux else None
    paths = _AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(target)
    return exchange is not None and exchange(*paths, _RENAME_EXCHANGE) == 0


def _restore(target: Path) -> None:
    """Put back the site that a publication, killed between two renames, has put aside."""
    asides = _beside(target, "old")
    if asides and not target.exists():
        max(asides, key=lambda aside: aside.stat().st_mtime_ns).rename(target)


def _sweep(target: Path) -> None:
    """Remove what publications that were killed have left: none is running."""
    for left in (*_beside(target, "new"), *_beside(target, "old")):
        _remove(left)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, also where a folder in it is read-only."""
    with contextlib.suppress(OSError):
        folder.chmod(stat.S_IRWXU)
    for within, folders, _ in os.walk(folder):
        for each in folders:
            there = Path(within, each)
            if not there.is_symlink():
                with contextlib.suppress(OSError):
                    there.chmod(stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)


def _beside(target: Path, suffix: str) -> list[Path]:
    token = "[0-9a-f]" * 8
    return sorted(target.parent.glob(f".{glob.escape(target.name)}.{token}.{suffix}"))
