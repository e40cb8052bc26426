"""A folder of files that takes the place of another at once: all of it, or nothing.

The fresh folder is written beside the one to replace, and the two get each other's name, so that
nobody ever meets half of one. What others have put in the folder is carried along.
"""

import contextlib
import ctypes
import errno
import glob
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

_STALE_SECONDS = 3600


def restored(folder: Path) -> Path:
    """Return where a folder really is, after putting back what a killed publication put aside.

    Raises the `OSError` of what can be no folder of files.
    """
    target = Path(os.path.realpath(folder))
    if target == target.parent:  # has no folder beside it
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(folder))
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    _restore(target)
    return target


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders, within the one they are in, of paths."""
    parents = (parent for path in paths for parent in PurePosixPath(path).parents)
    return {str(parent) for parent in parents} - {"."}


def replace_folder(target: Path, files: Mapping[str, bytes], made: frozenset[str]) -> list[str]:
    """Put a folder of these files, and of what is not ours, in the place of the one that is there.

    A file that did not change stays the same file, with its time: a web server then tells its
    readers that there is nothing new.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        fresh.mkdir()
        _sweep(target, fresh.stat().st_mtime)
        left_alone = []
        if target.exists():
            shutil.copymode(target, fresh)
        for folder in sorted(folders_of(files)):
            (fresh / folder).mkdir()
            if (target / folder).is_dir():
                shutil.copymode(target / folder, fresh / folder)
        for path, content in files.items():
            there, here = target / path, fresh / path
            if there.is_file() and there.read_bytes() == content:
                _carry(there, here)
            else:
                here.write_bytes(content)
                if there.is_file():
                    shutil.copymode(there, here)
        if target.exists():
            left_alone = list(_carry_foreign(target, fresh, made))
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)  # what was not published, or what was before
    return left_alone


def _carry_foreign(target: Path, fresh: Path, made: frozenset[str]) -> Iterator[str]:
    """Take what is not ours along, and yield its path: a folder for all that it holds.

    What is there already is in the place of it, and what was made and is not there goes.
    """
    folders = folders_of(made)

    def carried(within: str) -> Iterator[str]:
        for there in sorted((target / within).iterdir()):
            path = f"{within}{there.name}"
            here = fresh / path
            folder = there.is_dir() and not there.is_symlink()
            if folder and (path in folders or here.is_dir()):
                yield from carried(f"{path}/")
            elif not os.path.lexists(here) and (folder or path not in made):
                here.parent.mkdir(parents=True, exist_ok=True)
                _carry(there, here)
                yield f"{path}/" if folder else path

    return carried("")


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
        target.rename(aside)
        try:
            fresh.rename(target)
        except OSError:
            aside.rename(target)
            raise
        aside.rename(fresh)


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


def _sweep(target: Path, now: float) -> None:
    """Remove what publications that were killed have left; a recent one may still be running."""
    for left in (*_beside(target, "new"), *_beside(target, "old")):
        with contextlib.suppress(FileNotFoundError):  # another publication swept it away
            if now - left.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _beside(target: Path, suffix: str) -> list[Path]:
    token = "[0-9a-f]" * 8
    return sorted(target.parent.glob(f".{glob.escape(target.name)}.{token}.{suffix}"))
