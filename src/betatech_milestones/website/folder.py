"""A folder of files that takes the place of another at once: all of it, or nothing.

The fresh folder is written beside the one to replace, file by file, and the two get each other's
name, so that nobody ever meets half of one. What others have put in the folder is carried along.
"""

import contextlib
import errno
import glob
import json
import os
import secrets
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import attrs

from betatech_milestones.datafile.files import held, replace
from betatech_milestones.datafile.system import (
    contents,
    exchange,
    keep_access,
    link,
    move,
    sync_disk,
    sync_folder,
    why_in_use,
)

_WAIT_SECONDS = 600
_TOKEN = "[0-9a-f]" * 8


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

    def busy(beside: Path) -> TimeoutError:
        message = f"another process is publishing there, and holds {beside}; wait, or end it"
        return TimeoutError(errno.ETIMEDOUT, message, str(target))

    with _parents(target), held(target, busy, wait_seconds=_WAIT_SECONDS):
        _restore(target)
        _sweep(target)
        yield


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
    nothing new. What others write meanwhile is brought over. Returns the paths of what is not ours.
    """
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    carried: _Carried = {}
    try:
        fresh.mkdir()
        ours = {path: mark for path in made if (mark := _mark(target / path)) is not None}
        written = _written(target, fresh, files, carried)
        left_alone = [*foreign(target, written, made)]
        for path in left_alone:
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            _carry(target, fresh, path.rstrip("/"), carried)
        for folder in ("", *folders_of((*written, *left_alone))):
            was = target / folder  # now, since nothing is written in one that is read-only
            if was.is_dir() and not was.is_symlink():  # of which all may do everything
                keep_access(fresh / folder, was)
        replaced = _Replaced(
            fresh=_which(fresh), ours=ours, carried=carried, folders=sorted(folders_of(made))
        )
        replaced.write(fresh)
        sync_disk(fresh)
        _swap(fresh, target)
        sync_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):  # the next publication goes on where this one could not
            _clear(fresh, target)
            fresh.with_suffix(".json").unlink(missing_ok=True)
    return left_alone


def _written(
    target: Path, fresh: Path, files: Iterable[tuple[str, bytes | None]], carried: "_Carried"
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
        if content is None or content_of(there) == content:
            _carry(target, fresh, path, carried)
        if path not in carried:
            if content is None:
                message = "somebody removed it meanwhile; do this again, and it is made anew"
                raise FileNotFoundError(errno.ENOENT, message, str(there))
            here.write_bytes(content)
            if there.is_file() and not there.is_symlink():  # of which all may do everything
                keep_access(here, there)
        written.add(path)
    return written


def content_of(file: Path) -> bytes | None:
    """Return what a file holds; None where there is none, but a link, a folder or a device."""
    try:
        return contents(file)
    except OSError:
        if file.is_file() and not file.is_symlink():
            raise
        return None


def foreign(target: Path, files: Collection[str], made: Collection[str]) -> Iterator[str]:
    """Yield the paths of what in a folder is not ours, with a slash for all that a folder holds.

    What is to be there takes the place of it, and what was made and is not to be there goes.
    """
    to_be = folders_of(files)
    folders = folders_of(made) | to_be

    def found(within: str) -> Iterator[str]:
        for name, folder in _entries(target / within):
            path = f"{within}{name}"
            if folder and path in folders:
                yield from found(f"{path}/")
            elif path not in files and path not in to_be and (folder or path not in made):
                yield f"{path}/" if folder else path

    yield from found("")


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """Return what is in a folder by name, and whether each is a folder itself, which no link is."""
    try:
        with os.scandir(folder) as there:
            return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in there)
    except (FileNotFoundError, NotADirectoryError):  # it went meanwhile
        return []


def _carry(target: Path, fresh: Path, path: str, carried: "_Carried") -> None:
    """Put what stands at a path in the fresh folder, too: the same file, where a disk has links.

    What somebody removes meanwhile is not carried.
    """
    there, here = target / path, fresh / path
    was = _mark(there)
    if was is None:
        return
    with contextlib.suppress(FileNotFoundError):
        if there.is_symlink():
            here.symlink_to(there.readlink())
        elif there.is_dir():
            here.mkdir()
            for name, _ in _entries(there):
                _carry(target, fresh, f"{path}/{name}", carried)
            shutil.copystat(there, here)
            keep_access(here, there)
        else:
            _double(there, here)
    put = _mark(here)
    if put is not None:
        carried[path] = was, put


def _double(there: Path, here: Path) -> None:
    """Give a file a second name, or copy it where a disk has no links, or it is not ours to link.

    That of another disk is not carried: who takes its first name away would empty that disk.
    """
    try:
        link(there, here)
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno == errno.EXDEV:
            message = "a disk is mounted within the folder, here; publish in a folder without one"
            raise OSError(errno.EXDEV, message, str(there)) from None
        shutil.copy2(there, here)
        keep_access(here, there)


def _swap(fresh: Path, target: Path) -> None:
    """Give two folders each other's name at once; where the system cannot, one after the other."""
    if not target.exists():
        fresh.rename(target)
    elif not exchange(fresh, target):
        aside = fresh.with_suffix(".old")
        try:
            target.rename(aside)
            fresh.rename(target)
        except OSError as error:
            raise why_in_use(error) from None
        finally:  # also where somebody ends it in between: there is a site at any rate
            if aside.exists():
                aside.rename(fresh if target.exists() else target)


# --- what others wrote while a folder was replaced ------------------------------------------------

_Mark = tuple[int, ...]
"""Which file it is (its disk, and its number there), how long, and when it was written last."""
_WHICH = 2
"""So much of a mark tells which file it is, whatever was written in it since."""
_Carried = dict[str, tuple[_Mark, _Mark]]
"""What was carried along, by path: as it was there, and as it came here."""
_MOST_ROUNDS = 10_000
"""Who goes on writing in a folder that was replaced as fast as it is emptied is left with it."""


def _mark(path: Path) -> _Mark | None:
    """Return what tells a file from another that takes its name, or from itself once changed."""
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _which(path: Path) -> _Mark | None:
    mark = _mark(path)
    return mark and mark[:_WHICH]


@attrs.frozen(kw_only=True)
class _Replaced:
    """What stood in a folder before another took its place: by this it is known again.

    It is written beside the folder before that, so that who goes on after a kill knows it, too.
    """

    fresh: _Mark | None
    """Which folder takes the place: one of that mark was never published."""
    ours: Mapping[str, _Mark]
    """What this program had made, by path."""
    carried: _Carried
    folders: Collection[str]
    """Those in which this program had made something."""

    def write(self, fresh: Path) -> None:
        document = attrs.asdict(self, recurse=False)
        replace(fresh.with_suffix(".json"), json.dumps(document).encode())


def _read_replaced(left: Path) -> _Replaced | None:
    """Return what is known of a folder that was replaced; None where none was to be yet."""
    try:
        known = json.loads(left.with_suffix(".json").read_bytes())
        carried = known["carried"].items()
        return _Replaced(
            fresh=_numbers(known["fresh"]),
            ours={path: _numbers(mark) for path, mark in known["ours"].items()},
            carried={path: (_numbers(was), _numbers(put)) for path, (was, put) in carried},
            folders={*known["folders"]},
        )
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        # Nothing then is known to be ours.
        return _Replaced(fresh=None, ours={}, carried={}, folders=())


def _numbers(mark: Iterable[float]) -> _Mark:
    return tuple(map(int, mark))


def _clear(left: Path, target: Path) -> None:
    """Take away a fresh folder that was not published, or what is ours of one that was replaced.

    What others wrote there meanwhile is brought over to the target. What cannot be, since something
    else has its name, stays in a folder beside it that no publication touches any more.
    """
    replaced = _read_replaced(left)
    if replaced is None or _which(left) == replaced.fresh:
        _remove(left)
        return
    emptying = _Emptying(old=left, target=target, replaced=replaced)
    emptying.discard_rest()
    for _ in range(_MOST_ROUNDS):
        settled = emptying.empty()
        if _removed(left) or not settled:
            break
    if left.exists():
        _set_aside(left, target)
    emptying.discard_rest()


def _removed(folder: Path) -> bool:
    """Remove a folder that holds nothing; return whether it did."""
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


def _set_aside(left: Path, target: Path) -> None:
    left.rename(target.with_name(f"{target.name}.left-{secrets.token_hex(4)}"))


def left_beside(target: Path) -> list[Path]:
    """Return where stands what others wrote and could not be brought over."""
    return sorted(target.parent.glob(f"{glob.escape(target.name)}.left-{_TOKEN}"))


@attrs.frozen(kw_only=True)
class _Emptying:
    """Taking away what is ours from a folder that was replaced, and bringing over what is not.

    Others may still write in it. So nothing is removed but a file that is known by its mark, and a
    folder that holds nothing just then: whoever goes on writing in that is told by the system.
    """

    old: Path
    target: Path
    replaced: _Replaced

    def empty(self, within: str = "") -> int:
        """Return how much of what is in a folder was removed, or brought over."""
        with contextlib.suppress(OSError):  # of a read-only folder, too, all is to go
            its = self.old / within
            its.chmod(stat.S_IMODE(its.stat().st_mode) | stat.S_IRWXU)
        settled, is_linked = 0, _is_linked(self.target / within)
        for name, folder in _entries(self.old / within):
            path = f"{within}{name}"
            with contextlib.suppress(OSError):  # it went meanwhile, or something is in its way
                if not folder:
                    settled += self._settled(path, is_linked=is_linked)
                elif self._was_there(path) or (self.target / path).is_dir():
                    settled += self.empty(f"{path}/") + _removed(self.old / path)
                else:
                    self._bring(path)
                    settled += 1
        return settled

    def _was_there(self, folder: str) -> bool:
        return folder in self.replaced.folders or folder in self.replaced.carried

    def _settled(self, path: str, *, is_linked: bool) -> bool:
        """Settle a file, and return whether it was; what a link leads to is not looked at."""
        there, here = self.old / path, self.target / path
        now, its = _mark(there), None if is_linked else _mark(here)
        was, put = self.replaced.carried.get(path, (None, None))
        if now is None:
            return False
        if its is not None and now[:_WHICH] == its[:_WHICH]:  # one file, with both names
            return self._discard(there, its[:_WHICH])
        if now == self.replaced.ours.get(path):
            return self._discard(there, now)
        if put is not None and its == put:  # a copy, or what another has taken the place of since
            return self._put_over(there, here, put)
        if now in (was, put) or (put is not None and now[:_WHICH] == put[:_WHICH]):
            return self._discard(there, now)  # others have replaced or removed it in the target
        self._bring(path)
        return True

    def _bring(self, path: str) -> None:
        """Give what stands at a path its place in the target; raise `OSError` if that is taken."""
        there, here = self.old / path, self.target / path
        if _is_linked(here.parent):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(here))
        here.parent.mkdir(parents=True, exist_ok=True)
        if there.is_dir() and not there.is_symlink():
            there.rename(here)  # takes the place of nothing but an empty folder
        else:
            move(there, here)

    def _put_over(self, there: Path, here: Path, known: _Mark) -> bool:
        """Replace a file that is known by one that is newer, unless it is replaced just now."""
        if not exchange(there, here):
            there.replace(here)
            return True
        if _mark(there) == known:
            return self._discard(there, known)
        exchange(there, here)
        return False

    def _discard(self, there: Path, known: _Mark) -> bool:
        """Remove a file, if it is the one that is known still when nobody can replace it.

        Its name may be taken by another in any moment: so it gets one that is ours alone first.
        """
        alone = self.old.with_suffix(".out")
        there.rename(alone)
        found = _mark(alone)
        if found is not None and found[: len(known)] == known:
            alone.unlink()
            return True
        try:
            move(alone, there)
        except OSError:
            _set_aside(alone, self.target)
        return True

    def discard_rest(self) -> None:
        """Settle the one file that was to be removed, and was not: after a kill, or an error."""
        alone = self.old.with_suffix(".out")
        found = _mark(alone)
        carried = {mark[:_WHICH] for marks in self.replaced.carried.values() for mark in marks}
        if found is not None:
            if found in self.replaced.ours.values() or found[:_WHICH] in carried:
                alone.unlink()
            else:
                _set_aside(alone, self.target)


def _is_linked(folder: Path) -> bool:
    """Whether a link leads to a folder: then it may be one outside of that of the site."""
    return os.path.realpath(folder) != str(folder)


def _restore(target: Path) -> None:
    """Put back the site that a publication, killed between two renames, has put aside."""
    asides = _beside(target, "old")
    if asides and not target.exists():
        max(asides, key=lambda aside: aside.stat().st_mtime_ns).rename(target)


def _sweep(target: Path) -> None:
    """Remove what publications that were killed have left: none is running."""
    for known in _beside(target, "json"):
        for left in (known.with_suffix(".new"), known.with_suffix(".old")):
            if not left.is_symlink():
                _clear(left, target)
        known.unlink(missing_ok=True)
    for left in (*_beside(target, "new"), *_beside(target, "old")):
        _remove(left)  # nothing was to be replaced yet
    for left in _beside(target, "out"):  # nobody knows any more whose it was
        _set_aside(left, target)
    for half in target.parent.glob(f".{_pattern(target, 'json')}.*.tmp"):  # as `replace` names it
        half.unlink(missing_ok=True)


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
    """Return what publications have left of one kind; a link is none of theirs."""
    found = target.parent.glob(_pattern(target, suffix))
    return sorted(left for left in found if not left.is_symlink())


def _pattern(target: Path, suffix: str) -> str:
    return f".{glob.escape(target.name)}.{_TOKEN}.{suffix}"
