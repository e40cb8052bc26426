"""A file is written whole or not at all, and read by nobody who may not read it."""

import ctypes
import errno
import os
import re
import stat
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from systems import posix, root

from betatech_milestones.datafile import system
from betatech_milestones.datafile.files import editing, replace
from betatech_milestones.datafile.system import (
    exchange,
    keep_access,
    move,
    sync_disk,
    sync_folder,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that only its owner may read."""
    file = tmp_path / "private.toml"
    file.write_bytes(b"before")
    file.chmod(0o600)
    return file


def access(file: Path) -> tuple[int, int, int]:
    """The owner, the group and the mode of a file."""
    there = file.stat()
    return there.st_uid, there.st_gid, stat.S_IMODE(there.st_mode)


def when_renamed(monkeypatch: pytest.MonkeyPatch, does: Callable[[Path], object]) -> None:
    """Let something happen when a file is about to get its name. Patched: it is done besides."""
    rename = Path.replace

    def renamed(path: Path, to: Path) -> Path:
        does(path)
        return rename(path, to)

    monkeypatch.setattr(Path, "replace", renamed)


# --- what stands under the name -------------------------------------------------------------------


def test_a_file_that_was_not_there_is_made_as_others_are(tmp_path: Path) -> None:
    """Who may read it says the umask of the process, as for any new file."""
    (tmp_path / "other").write_bytes(b"")
    replace(tmp_path / "new", b"content")
    assert (tmp_path / "new").read_bytes() == b"content"
    assert access(tmp_path / "new") == access(tmp_path / "other")


@posix
def test_a_private_file_is_never_readable_in_between(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is about to take its place has the mode of it before it has any content."""
    modes, write, chmod = [], os.fdopen, os.chmod

    def opened(descriptor: int, mode: str) -> object:
        modes.append((stat.S_IMODE(os.fstat(descriptor).st_mode), os.fstat(descriptor).st_size))
        return write(descriptor, mode)

    def changed(descriptor: int, mode: int) -> None:
        modes.append((mode, os.fstat(descriptor).st_size))
        chmod(descriptor, mode)

    monkeypatch.setattr(os, "fdopen", opened)
    monkeypatch.setattr(os, "chmod", changed)
    monkeypatch.setattr(os, "supports_fd", {changed})
    replace(file, b"secret")
    assert modes == [(0o600, 0), (0o600, 0)]
    assert access(file)[2] == 0o600


@root
def test_a_file_that_root_writes_stays_that_of_its_owner(file: Path) -> None:
    """Nor does it go to another group."""
    file.chmod(0o640)
    os.chown(file, 1234, 2345)
    replace(file, b"after")
    assert access(file) == (1234, 2345, 0o640)


@posix
@pytest.mark.parametrize(("mode", "without"), [(0o664, 0o644), (0o775, 0o755)])
def test_what_a_group_may_goes_to_no_other(
    file: Path, monkeypatch: pytest.MonkeyPatch, mode: int, without: int
) -> None:
    """Who cannot keep the group gives its members no more than all have. Patched: root may all."""

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    file.chmod(mode)
    if os.geteuid() == 0:
        os.chown(file, 1234, 2345)
        monkeypatch.setattr(os, "chown", refused)
        replace(file, b"after")
        assert access(file) == (0, os.getegid(), without)
    else:
        replace(file, b"after")
        assert access(file) == (os.geteuid(), os.getegid(), mode)


@root
def test_the_group_is_kept_where_the_owner_cannot_be(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is in a group may give a file to it. Patched: root may all."""
    chown = os.chown

    def of_group_only(file: int, owner: int, group: int) -> None:
        if owner != -1:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        chown(file, owner, group)

    chown(file, 1234, 2345)
    file.chmod(0o664)
    monkeypatch.setattr(os, "chown", of_group_only)
    replace(file, b"after")
    assert access(file) == (0, 2345, 0o664)


ACL = bytes.fromhex(
    "0200000001000600ffffffff02000600d204000004000000ffffffff10000600ffffffff20000000ffffffff"
)
"""As setfacl(1) writes it: the owner and user 1234 read and write, and nobody else; acl(5)."""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has them in this way")
@pytest.mark.parametrize("kept", [True, False])
def test_an_access_list_is_kept(file: Path, monkeypatch: pytest.MonkeyPatch, *, kept: bool) -> None:
    """Where it cannot be, the group gets no more than all have: it had nothing by the list."""
    setxattr = os.setxattr

    def refused(file: int, name: str, value: bytes) -> None:
        if name == "system.posix_acl_access":
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
        setxattr(file, name, value)

    try:
        setxattr(file, "system.posix_acl_access", ACL)
    except OSError:
        pytest.skip("this disk has no access lists")
    if not kept:
        monkeypatch.setattr(os, "setxattr", refused)
    replace(file, b"after")
    if kept:
        assert os.getxattr(file, "system.posix_acl_access") == ACL
        assert access(file)[2] == 0o660
    else:
        assert access(file)[2] == 0o600


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has them in this way")
def test_a_remark_on_a_file_that_cannot_be_kept_changes_no_mode(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No other attribute than the access list says who may read. Patched: a disk that keeps all."""

    def refused(*_: object) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    try:
        os.setxattr(file, "user.comment", b"x")
    except OSError:
        pytest.skip("this disk has no attributes of users")
    file.chmod(0o640)
    monkeypatch.setattr(os, "setxattr", refused)
    replace(file, b"after")
    assert access(file)[2] == 0o640


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has them in this way")
def test_a_disk_without_attributes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to keep then. Patched: few have such a disk."""

    def none(*_: object, **__: object) -> list[str]:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    file.chmod(0o640)
    monkeypatch.setattr(os, "listxattr", none)
    replace(file, b"after")
    assert access(file)[2] == 0o640


@pytest.mark.parametrize(
    ("lacking", "mode"), [("chown", 0o640), ("listxattr", 0o640), ("supports_fd", 0o600)]
)
def test_a_system_that_knows_less_of_access(
    file: Path, monkeypatch: pytest.MonkeyPatch, lacking: str, mode: int
) -> None:
    """The file is written all the same, for who could read it before.

    Patched: what such a system lacks is taken away.
    """
    file.chmod(mode)
    was = access(file)
    if lacking == "supports_fd":
        monkeypatch.setattr(os, "supports_fd", set())
    else:
        monkeypatch.delattr(os, lacking, raising=False)
    replace(file, b"after")
    assert (file.read_bytes(), access(file)) == (b"after", was)


# --- links, and what is in the way ----------------------------------------------------------------


@posix
def test_a_link_goes_on_leading_to_its_file(tmp_path: Path, file: Path) -> None:
    """Also one that leads to nothing yet."""
    (tmp_path / "link").symlink_to(file)
    (tmp_path / "early").symlink_to("late")
    for name in ("link", "early"):
        replace(tmp_path / name, b"after")
        assert (tmp_path / name).is_symlink()
    assert file.read_bytes() == (tmp_path / "late").read_bytes() == b"after"


@posix
def test_a_link_that_takes_the_place_meanwhile_is_not_followed(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is replaced itself."""
    other = tmp_path / "other"
    other.write_bytes(b"of another")

    def linked(_: Path) -> None:
        file.unlink()
        file.symlink_to(other)

    when_renamed(monkeypatch, linked)
    replace(file, b"after")
    assert (other.read_bytes(), file.read_bytes()) == (b"of another", b"after")
    assert not file.is_symlink()


def test_nothing_is_written_through_what_has_the_name_already(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can guess the name; where it is taken all the same, nothing is touched."""
    monkeypatch.setattr("secrets.token_hex", lambda _: "0" * 16)
    taken = file.with_name(".private.toml.0000000000000000.tmp")
    taken.write_bytes(b"of another")
    with pytest.raises(FileExistsError):
        replace(file, b"after")
    assert (taken.read_bytes(), file.read_bytes()) == (b"of another", b"before")


@posix
def test_a_lock_is_no_link(tmp_path: Path, file: Path) -> None:
    """What it leads to is not emptied, and the message names it."""
    (tmp_path / "theirs").write_text("theirs")
    lock = tmp_path / ".private.toml.lock"
    lock.symlink_to("theirs")
    message = f"{lock} is a link, which no lock is; remove it"
    with (
        pytest.raises(OSError, match=re.escape(message)) as caught,
        editing(file, wait_seconds=0),
    ):
        pass
    assert (caught.value.errno, caught.value.filename) == (errno.ELOOP, str(file))
    assert (tmp_path / "theirs").read_text() == "theirs"


@posix
def test_a_file_that_nobody_may_write_is_not_edited(file: Path) -> None:
    """Nor by the superuser, who could: the error names it."""
    file.chmod(0o444)
    with pytest.raises(PermissionError) as caught, editing(file, wait_seconds=0):
        pass
    assert (caught.value.errno, caught.value.filename) == (errno.EACCES, str(file))


@posix
def test_a_lock_that_is_gone_is_let_be(file: Path) -> None:
    """Who clears up takes nothing from who edits."""
    with editing(file, wait_seconds=0) as target:
        target.with_name(".private.toml.lock").unlink()
        replace(target, b"after")
    assert [each.read_bytes() for each in file.parent.iterdir()] == [b"after"]


@root
@pytest.mark.parametrize("mode", [0o200, 0o020, 0o002])
def test_a_file_that_somebody_may_write_is_edited(file: Path, mode: int) -> None:
    """By the superuser, whoever else it is."""
    file.chmod(mode)
    with editing(file, wait_seconds=0) as target:
        assert target == file


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(FileNotFoundError) as caught:
        replace(tmp_path / "a/b/file", b"content")
    assert caught.value.errno == errno.ENOENT
    assert caught.value.strerror == f"there is no folder {tmp_path / 'a/b'}; make it first"
    assert caught.value.filename == str(tmp_path / "a/b/file")
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_windows_keeps_says_why(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program has it open. Patched: what Windows says then."""

    def refused(path: Path, _: Path) -> None:
        error = PermissionError(errno.EACCES, "Access is denied", str(path))
        error.filename2, error.winerror = str(file), 32  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(PermissionError) as caught:
        replace(file, b"after")
    assert (caught.value.errno, caught.value.filename, caught.value.strerror) == (
        errno.EACCES,
        str(file),
        "another program has it open, or a file in it; close that, and do this again",
    )
    assert [each.read_bytes() for each in file.parent.iterdir()] == [b"before"]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_write_that_fails_leaves_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    """The file is as it was. Patched: nothing fails just then."""

    def failing(_: Path) -> None:
        raise error

    when_renamed(monkeypatch, failing)
    with pytest.raises(error):
        replace(file, b"after")
    assert [each.read_bytes() for each in file.parent.iterdir()] == [b"before"]


def test_what_is_written_is_no_failure_though_it_cannot_be_cleared_up(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new stands, beside what was left. Patched: a disk that removes no file any more."""
    left = file.with_name(".private.toml.0123456789abcdef.tmp")
    left.write_bytes(b"half")
    os.utime(left, (0, 0))

    def failing(_: Path, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "unlink", failing)
    replace(file, b"after")
    assert (file.read_bytes(), left.read_bytes()) == (b"after", b"half")


# --- what was left by who was killed --------------------------------------------------------------


def test_what_killed_writers_left_is_swept_away(file: Path) -> None:
    """Once it is so old that nobody writes it any more; nothing else has such a name."""
    old = time.time() - 2 * 3_600
    names = {
        ".private.toml.0123456789abcdef.tmp": old,
        ".private.toml.fedcba9876543210.tmp": time.time(),
        ".private.toml.tmp": old,
        ".private.toml.0123456789abcdeg.tmp": old,
        ".other.toml.0123456789abcdef.tmp": old,
    }
    for name, when in names.items():
        file.with_name(name).write_bytes(b"half")
        os.utime(file.with_name(name), (when, when))
    file.with_name(".private.toml.aaaaaaaaaaaaaaaa.tmp").mkdir()
    os.utime(file.with_name(".private.toml.aaaaaaaaaaaaaaaa.tmp"), (old, old))
    replace(file, b"after")
    names.pop(".private.toml.0123456789abcdef.tmp")
    assert {each.name for each in file.parent.iterdir()} == {
        *names,
        *("private.toml", ".private.toml.aaaaaaaaaaaaaaaa.tmp"),
    }


def test_what_a_writer_leaves_is_known_by_its_name(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one sweeps it, once it is old. Patched: nobody is killed just then."""
    left: list[Path] = []
    when_renamed(monkeypatch, left.append)
    replace(file, b"after")
    left[0].write_bytes(b"half")
    os.utime(left[0], (0, 0))
    replace(file, b"after")
    assert [*file.parent.iterdir()] == [file]


# --- what outlives a loss of power ----------------------------------------------------------------


@posix
def test_the_file_comes_to_the_disk_before_its_name_does(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a loss of power could leave the new name with nothing; then its folder does, too."""
    done, fsync = [], os.fsync

    def synced(descriptor: int) -> None:
        fsync(descriptor)
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        done.append("folder" if is_folder else f"{os.fstat(descriptor).st_size} octets")

    monkeypatch.setattr(os, "fsync", synced)
    when_renamed(monkeypatch, lambda _: done.append("renamed"))
    replace(file, b"after")
    assert done == ["5 octets", "renamed", "folder"]


def test_a_folder_that_cannot_be_opened_is_let_be(tmp_path: Path) -> None:
    """As any on Windows."""
    sync_folder(tmp_path / "nowhere")


def tells(sync: Callable[[Path], None], folder: Path, number: int, *, is_lost: bool) -> None:
    """What a disk has lost is told with its folder; what it cannot do is let be."""
    if not is_lost:
        sync(folder)
        return
    with pytest.raises(OSError, match=os.strerror(number)) as error:
        sync(folder)
    assert (error.value.errno, error.value.filename) == (number, str(folder))


@posix
@pytest.mark.parametrize(
    ("number", "is_lost"), [(errno.EIO, True), (errno.EDQUOT, True), (errno.EINVAL, False)]
)
def test_a_disk_that_has_lost_names_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, is_lost: bool
) -> None:
    """One that cannot keep them is let be. Patched: neither is at hand."""

    def failing(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", failing)
    tells(sync_folder, tmp_path, number, is_lost=is_lost)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux asks for one disk")
@pytest.mark.parametrize(
    ("number", "is_lost"), [(errno.EIO, True), (errno.ENOSPC, True), (errno.ENOSYS, False)]
)
def test_a_disk_that_has_lost_something_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, is_lost: bool
) -> None:
    """As syncfs(2) says. Patched: no such disk is at hand."""

    class Failing:
        def __init__(self, name: str | None, *, use_errno: bool) -> None:
            assert (name, use_errno) == (None, True)

        def syncfs(self, _: int) -> int:
            ctypes.set_errno(number)
            return -1

    monkeypatch.setattr(ctypes, "CDLL", Failing)
    tells(sync_disk, tmp_path, number, is_lost=is_lost)


@pytest.mark.parametrize("lacks", [False, True])
def test_elsewhere_all_disks_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, lacks: bool
) -> None:
    """Only Linux can ask for one; Windows cannot ask at all. Patched."""
    asked: list[None] = []
    monkeypatch.setattr(sys, "platform", "elsewhere")
    monkeypatch.setattr(os, "sync", lambda: asked.append(None), raising=False)
    if lacks:
        monkeypatch.delattr(os, "sync")
    sync_disk(tmp_path)
    assert len(asked) == (0 if lacks else 1)


# --- swapping names -------------------------------------------------------------------------------


def test_a_system_without_swaps_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both files stay what they are. Patched: an old C library."""
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    for name in ("one", "other"):
        (tmp_path / name).write_text(name)
    assert not exchange(tmp_path / "one", tmp_path / "other")
    assert [(tmp_path / name).read_text() for name in ("one", "other")] == ["one", "other"]


# --- reading where others write -----------------------------------------------------------------


@posix
@pytest.mark.parametrize("lacks", [False, True])
def test_only_a_file_is_read_where_others_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, lacks: bool
) -> None:
    """No link, whatever it leads to, and no pipe. Patched: what Windows lacks is taken away."""
    if lacks:
        monkeypatch.delattr(os, "O_NOFOLLOW")
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "link").symlink_to("file")
    os.mkfifo(tmp_path / "pipe")
    assert system.contents(tmp_path / "file") == b"content"
    for name, number in (("link", errno.ELOOP), ("pipe", errno.EINVAL), ("no", errno.ENOENT)):
        with pytest.raises(OSError, match=name) as error:
            system.contents(tmp_path / name)
        assert error.value.errno == number


# --- moving to a name that is free ----------------------------------------------------------------


def no_links(*_: object, **__: object) -> None:
    """A disk without hard links."""
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("way", ["links", "no links", "windows"])
def test_a_file_moves_to_no_name_that_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """It stays the same file. Patched: one system has not all ways; on Windows none is taken."""
    if way == "no links":
        monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(system, "IS_WINDOWS", way == "windows")
    there, here = tmp_path / "there", tmp_path / "here"
    there.write_bytes(b"there")
    which = there.stat().st_ino
    move(there, here)
    assert (here.stat().st_ino, there.exists()) == (which, False)
    if way != "windows":
        there.write_bytes(b"other")
        with pytest.raises(FileExistsError):
            move(there, here)
        assert (there.read_bytes(), here.read_bytes()) == (b"other", b"there")


@posix
@pytest.mark.parametrize("way", ["links", "no links"])
def test_what_is_gone_is_not_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Nothing is made in its place."""
    if way == "no links":
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(FileNotFoundError):
        move(tmp_path / "there", tmp_path / "here")
    assert [*tmp_path.iterdir()] == []


@posix
def test_a_link_moves_itself(tmp_path: Path) -> None:
    """What it leads to gets no second name."""
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "there").symlink_to("file")
    move(tmp_path / "there", tmp_path / "here")
    assert (tmp_path / "here").is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "here"]


@pytest.mark.parametrize("follows", [True, False])
def test_a_link_is_followed_only_where_a_system_knows_no_other_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, follows: bool
) -> None:
    """To ask that for anything else is an error. Patched: one system has one way."""
    asked: list[bool] = []

    def linked(_there: Path, _here: Path, *, follow_symlinks: bool) -> None:
        asked.append(follow_symlinks)

    monkeypatch.setattr(os, "link", linked)
    monkeypatch.setattr(os, "supports_follow_symlinks", set() if follows else {linked})
    system.link(tmp_path / "there", tmp_path / "here")
    assert asked == [follows]


@posix
def test_a_folder_keeps_its_access(tmp_path: Path) -> None:
    """As a site does when it is replaced."""
    for name in ("was", "now"):
        (tmp_path / name).mkdir()
    (tmp_path / "was").chmod(0o2751)
    keep_access(tmp_path / "now", tmp_path / "was")
    assert access(tmp_path / "now")[2] == 0o2751


def test_readers_never_meet_half_a_file(file: Path) -> None:
    """Each sees the one content or the other."""
    contents = {b"a" * 100_000, b"b" * 200_000}
    replace(file, min(contents))
    found: set[bytes] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            found.add(file.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(50):
        for content in contents:
            replace(file, content)
    done.set()
    reader.join()
    assert found <= contents
    assert re.fullmatch(rb"a+|b+", file.read_bytes())
