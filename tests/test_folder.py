"""A folder that is replaced at once belongs to others, too: nothing of theirs is ever removed."""

import errno
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from itertools import count
from pathlib import Path

import pytest
from systems import PATIENCE_SECONDS, posix, root

from betatech_milestones.datafile.system import exchange
from betatech_milestones.website import folder as folder_module
from betatech_milestones.website.folder import alone, content_of, left_beside, replace_folder

OURS = {"index.html": b"old page", "nl/all.ics": b"old feed", "nl/gone.html": b"no longer made"}
NEW = {"index.html": b"new page", "nl/all.ics": b"old feed", "nl/new.html": b"made now"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder in which this program has made something, and others have, too."""
    site = tmp_path / "site"
    for path, content in {**OURS, "own.txt": b"mine", "deep/er/own.txt": b"mine"}.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    return site


def held(folder: Path) -> dict[str, str]:
    """The texts of all files in a folder, and where links lead."""
    return {
        path.relative_to(folder).as_posix(): (
            f"-> {path.readlink()}" if path.is_symlink() else path.read_text()
        )
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


THEIRS = {"own.txt": "mine", "deep/er/own.txt": "mine"}
REPLACED = {**{path: content.decode() for path, content in NEW.items()}, **THEIRS}


def replaced(site: Path) -> dict[str, str]:
    """Replace the folder, see that nothing is left beside it, and return what it holds."""
    with alone(site):
        replace_folder(site, NEW.items(), OURS)
    assert [path.name for path in site.parent.iterdir() if path.name != "elsewhere"] == ["site"]
    return held(site)


_Do = Callable[[], object]


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let others do something just before the folders are swapped, or right after.

    Patched: it is what is done there anyway, and they besides.
    """

    def at(*, before: _Do = lambda: None, after: _Do = lambda: None) -> None:
        for name, does in (("sync_disk", before), ("sync_folder", after)):
            monkeypatch.setattr(folder_module, name, lambda _, does=does: does())

    return at


@pytest.fixture(params=["links", "no links"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A disk that has hard links, and one that has none. Patched: few have such a disk at hand."""

    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    if request.param == "no links":
        monkeypatch.setattr(os, "link", no_links)
    return str(request.param)


@pytest.fixture(params=["one step", "two steps"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A system that swaps two names at once, and one that does not. Patched, as that is at hand."""
    if request.param == "two steps":
        monkeypatch.setattr(sys, "platform", "elsewhere")
    return str(request.param)


def write(file: Path, text: str) -> None:
    """Write a file as careful programs do: under another name first."""
    beside = file.with_suffix(".part")
    beside.write_text(text)
    beside.replace(file)


def put(file: Path, text: str) -> None:
    """Write a file in a folder of its own."""
    file.parent.mkdir(parents=True)
    file.write_text(text)


# --- what others do between the carry and the swap ------------------------------------------------

_Does = Callable[[Path], object]
MEANWHILE: Mapping[str, tuple[_Does, Mapping[str, str | None]]] = {
    "nothing": (lambda _: None, {}),
    "a new file": (lambda site: (site / "new.txt").write_text("n"), {"new.txt": "n"}),
    "a new file in a folder of ours": (
        lambda site: (site / "nl/new.txt").write_text("n"),
        {"nl/new.txt": "n"},
    ),
    "a new file in a folder of theirs": (
        lambda site: (site / "deep/er/new.txt").write_text("n"),
        {"deep/er/new.txt": "n"},
    ),
    "a new folder": (
        lambda site: put(site / "a/b/c", "n"),
        {"a/b/c": "n"},
    ),
    "a file replaced": (lambda site: write(site / "own.txt", "newer"), {"own.txt": "newer"}),
    "a file written to": (
        lambda site: (site / "own.txt").write_text("longer"),
        {"own.txt": "longer"},
    ),
    "a file in a folder replaced": (
        lambda site: write(site / "deep/er/own.txt", "newer"),
        {"deep/er/own.txt": "newer"},
    ),
    "a file renamed": (  # it has both names then: see below
        lambda site: (site / "own.txt").rename(site / "other.txt"),
        {"other.txt": "mine"},
    ),
    "a file removed": (lambda site: (site / "own.txt").unlink(), {}),  # it is there again
    "a file of ours removed": (lambda site: (site / "nl/gone.html").unlink(), {}),
}


@pytest.mark.usefixtures("disk", "swap")
@pytest.mark.parametrize(("does", "more"), MEANWHILE.values(), ids=MEANWHILE)
def test_what_others_do_before_the_swap_stays(
    site: Path, moments: Callable[..., None], does: _Does, more: Mapping[str, str]
) -> None:
    """Nothing that they wrote is lost; what they removed just then is there again."""
    moments(before=lambda: does(site))
    assert replaced(site) == {**REPLACED, **more}


@posix
@pytest.mark.usefixtures("disk", "swap")
def test_links_that_others_make_before_the_swap_stay(
    site: Path, moments: Callable[..., None]
) -> None:
    """New ones, and those that lead elsewhere now; none is followed."""
    (site / "link").symlink_to("own.txt")
    (site / "same").symlink_to("own.txt")

    def do() -> None:
        (site / "link").unlink()
        (site / "link").symlink_to("index.html")
        (site / "to-nowhere").symlink_to("/nowhere")

    moments(before=do)
    links = {"link": "-> index.html", "same": "-> own.txt", "to-nowhere": "-> /nowhere"}
    assert replaced(site) == {**held(site), **REPLACED, **links}


# --- what others do after the swap ----------------------------------------------------------------


@posix
@pytest.mark.usefixtures("disk", "swap")
def test_who_has_a_file_open_goes_on_writing_in_it(
    site: Path, moments: Callable[..., None]
) -> None:
    """It is the same file, also where a disk has no links: it is moved then."""
    with (site / "own.txt").open("a") as before, (site / "deep/er/own.txt").open("a") as after:
        moments(before=lambda: print(" and", file=before, flush=True))
        wanted = {**REPLACED, "own.txt": "mine and\nmore\n", "deep/er/own.txt": "mine, too\n"}
        with alone(site):
            replace_folder(site, NEW.items(), OURS)
        print("more", file=before, flush=True)
        print(", too", file=after, flush=True)
    assert held(site) == wanted


@posix
@pytest.mark.usefixtures("disk", "swap")
def test_who_stands_in_the_old_folder_loses_nothing(
    site: Path, moments: Callable[..., None]
) -> None:
    """What is written there by who has it open is brought over; then it is gone, and says so."""
    folders = [os.open(site / path, os.O_RDONLY) for path in ("", "nl", "deep/er")]

    def put(name: str) -> None:
        for folder in folders:
            flags = os.O_WRONLY | os.O_CREAT
            with os.fdopen(os.open(name, flags, 0o644, dir_fd=folder), "w") as file:
                file.write(name)

    moments(after=lambda: put("late"))
    wanted = {**REPLACED, "late": "late", "nl/late": "late", "deep/er/late": "late"}
    assert replaced(site) == wanted
    with pytest.raises(FileNotFoundError):
        put("later")
    for folder in folders:
        os.close(folder)


AFTER: Mapping[str, tuple[_Does, Mapping[str, str | None]]] = {
    "a file replaced": (lambda site: write(site / "own.txt", "newer"), {"own.txt": "newer"}),
    "a file removed": (lambda site: (site / "own.txt").unlink(), {"own.txt": None}),
    "a file of ours removed": (lambda site: (site / "index.html").unlink(), {"index.html": None}),
    "a folder removed": (
        lambda site: shutil.rmtree(site / "deep/er"),
        {"deep/er/own.txt": None},
    ),
}


@pytest.mark.usefixtures("disk", "swap")
@pytest.mark.parametrize(("does", "more"), AFTER.values(), ids=AFTER)
def test_what_others_do_after_the_swap_stays(
    site: Path, moments: Callable[..., None], does: _Does, more: Mapping[str, str | None]
) -> None:
    """What they wrote is newer than what is brought over, and what they removed stays away."""
    moments(after=lambda: does(site))
    wanted = {path: text for path, text in {**REPLACED, **more}.items() if text is not None}
    assert replaced(site) == wanted


def test_what_goes_while_it_is_carried_is_not_carried(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others may remove files and folders at any time. Patched: they do so just then."""
    scandir = os.scandir

    def gone(folder: Path | str) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        found = [*scandir(folder)]
        (site / "own.txt").unlink(missing_ok=True)
        if folder == site / "deep/er":
            Path(folder, "own.txt").unlink(missing_ok=True)
        if Path(folder).suffix == ".new":  # what was replaced is looked through
            Path(folder, "index.html").unlink(missing_ok=True)
        return nullcontext(iter(found))

    monkeypatch.setattr(os, "scandir", gone)
    assert replaced(site) == {path: content.decode() for path, content in NEW.items()}
    assert (site / "deep/er").is_dir()


GONE = {
    "a file of others stays away": ("own.txt", {"own.txt"}),
    "a file of ours is made again": ("nl/all.ics", set[str]()),
}


@pytest.mark.parametrize(("path", "away"), GONE.values(), ids=GONE)
def test_what_goes_when_it_is_to_be_linked(
    site: Path, monkeypatch: pytest.MonkeyPatch, path: str, away: set[str]
) -> None:
    """It was seen, and others remove it. Patched: they do so just then."""
    linked = os.link

    def gone(there: Path, here: Path, *, follow_symlinks: bool) -> None:
        if there == site / path:
            there.unlink()
        linked(there, here, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(os, "link", gone)
    assert replaced(site) == {at: text for at, text in REPLACED.items() if at not in away}


def test_a_file_of_ours_that_is_gone_is_told(site: Path) -> None:
    """Where nobody has what it held any more: the next publication makes it anew."""
    before = held(site)
    said = "somebody removed it meanwhile; do this again, and it is made anew"
    with alone(site), pytest.raises(FileNotFoundError, match=said) as error:
        replace_folder(site, {**NEW, "nl/lost.html": None}.items(), OURS)
    assert error.value.filename == str(site / "nl/lost.html")
    assert held(site) == before


@root
def test_a_folder_of_theirs_goes_to_no_other_group(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who cannot keep the group gives its members no more than all have. Patched: root may all."""

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    for folder in (site / "deep", site / "deep/er"):
        os.chown(folder, 0, 2345)
        folder.chmod(0o770)
    monkeypatch.setattr(os, "chown", refused)
    assert replaced(site) == REPLACED
    for folder in (site / "deep", site / "deep/er"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


# --- what cannot be brought over ------------------------------------------------------------------


def left(site: Path) -> dict[str, str]:
    """What stands beside a folder that was replaced, and is told."""
    (there,) = left_beside(site)
    assert re.fullmatch(r"site\.left-[0-9a-f]{8}", there.name)
    return held(there)


@pytest.mark.usefixtures("disk", "swap")
def test_what_has_the_name_of_something_else_stands_beside(
    site: Path, moments: Callable[..., None]
) -> None:
    """Such as a file of theirs where one of ours is now; the next publication leaves it there."""

    def do() -> None:
        (site / "nl/new.html").write_text("theirs")
        write(site / "index.html", "theirs, too")
        (site / "other").write_text("theirs, before")
        (site / "folder").write_text("a file")

    def after() -> None:
        (site / "other").write_text("theirs, after")
        (site / "folder").mkdir()
        (site / "folder/new").write_text("new")

    moments(before=do, after=after)
    site.chmod(0o755)
    (site / "nl").chmod(0o755)
    with alone(site):
        replace_folder(site, NEW.items(), OURS)
    theirs = {"other": "theirs, after", "folder/new": "new"}
    (beside_it,) = left_beside(site)
    for folder in (beside_it, beside_it / "nl"):  # who wrote there takes it from there
        assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(site.stat().st_mode)
    assert held(site) == {**REPLACED, **theirs}
    beside = {
        "folder": "a file",
        "index.html": "theirs, too",
        "nl/new.html": "theirs",
        "other": "theirs, before",
    }
    assert left(site) == beside
    moments()
    with alone(site):
        replace_folder(site, NEW.items(), NEW)
    assert held(site) == {**REPLACED, **theirs}
    assert left(site) == beside


@pytest.mark.usefixtures("disk", "swap")
def test_two_versions_that_others_wrote_both_stay(site: Path, moments: Callable[..., None]) -> None:
    """One before the swap and one after, in the place of one file: they know which is right."""
    moments(
        before=lambda: write(site / "own.txt", "before"),
        after=lambda: write(site / "own.txt", "after"),
    )
    with alone(site):
        replace_folder(site, NEW.items(), OURS)
    assert held(site) == {**REPLACED, "own.txt": "after"}
    assert left(site) == {"own.txt": "before"}


@posix
@pytest.mark.usefixtures("disk", "swap")
def test_nothing_is_brought_over_through_a_link(site: Path, moments: Callable[..., None]) -> None:
    """Others put one in the place of a folder just then: it may lead anywhere."""
    elsewhere = site.parent / "elsewhere"

    def before() -> None:
        (site / "deep/er/new.txt").write_text("new")
        (site / "deep/new").mkdir()
        write(site / "deep/er/own.txt", "newer")

    def after() -> None:
        (site / "deep").rename(elsewhere)
        (site / "deep").symlink_to(elsewhere)

    moments(before=before, after=after)
    with alone(site):
        replace_folder(site, NEW.items(), OURS)
    assert held(elsewhere) == {"er/own.txt": "mine"}
    assert left(site) == {"deep/er/new.txt": "new", "deep/er/own.txt": "newer"}


@posix
def test_a_folder_that_others_fill_without_end_is_left_to_them(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not waited for. Patched: a writer that is always faster."""
    names, rmdir = count(), Path.rmdir

    def filled(folder: Path) -> None:
        if folder.suffix == ".new":
            (folder / str(next(names))).write_text("late")
        rmdir(folder)

    monkeypatch.setattr(folder_module, "_MOST_ROUNDS", 5)
    monkeypatch.setattr(Path, "rmdir", filled)
    with alone(site):
        replace_folder(site, NEW.items(), OURS)
    assert held(site) == {**REPLACED, **{str(name): "late" for name in range(4)}}
    assert left(site) == {"4": "late"}


# --- who is faster --------------------------------------------------------------------------------


@pytest.mark.parametrize("again", [False, True])
def test_a_file_that_is_replaced_when_it_is_to_be_removed_stays(
    site: Path, monkeypatch: pytest.MonkeyPatch, *, again: bool
) -> None:
    """It is known when nobody can replace it any more. Patched: others do so in between."""
    rename = Path.rename
    done: list[Path] = []

    def faster(path: Path, to: Path) -> Path:
        if to.suffix == ".out" and path.name == "gone.html" and not done:
            done.append(path)
            write(path, "theirs")
            renamed = rename(path, to)
            if again:
                path.write_text("theirs again")
            return renamed
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", faster)
    with alone(site):
        replace_folder(site, NEW.items(), OURS)
    theirs = "theirs again" if again else "theirs"
    assert held(site) == {**REPLACED, "nl/gone.html": theirs}
    assert [each.read_text() for each in left_beside(site)] == (["theirs"] if again else [])


def test_a_file_that_is_replaced_when_it_is_to_be_brought_over_stays(
    site: Path, moments: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both versions are kept. Patched: others do so in between."""
    done: list[Path] = []

    def faster(there: Path, here: Path) -> bool:
        if here.name == "own.txt" and not done:
            done.append(here)
            write(here, "newest")
        return exchange(there, here)

    monkeypatch.setattr(folder_module, "exchange", faster)
    moments(before=lambda: write(site / "own.txt", "newer"))
    with alone(site):
        replace_folder(site, NEW.items(), OURS)
    assert held(site) == {**REPLACED, "own.txt": "newest"}
    assert left(site) == {"own.txt": "newer"}


# --- a kill ---------------------------------------------------------------------------------------

KILLED = f"""
import os, signal, sys
from pathlib import Path
from betatech_milestones.website import folder
site, moment, sys.platform = Path(sys.argv[1]), *sys.argv[2:]
def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)
def killed(_):
    if moment == "sync_disk":  # all is written, and nothing swapped
        kill()
    (site / "new.txt").write_text("new")
    (site / "own.txt").unlink()
    (site / "own.txt").write_text("newer")
    (site / "nl/new.html").write_text("in the way")
folder.sync_disk = killed
if moment == "sync_folder":
    folder.sync_folder = kill
elif moment == "replace":  # when what is there was written down, under a name of its own still
    rename = Path.replace
    Path.replace = lambda path, to: kill() if path.suffix == ".tmp" else rename(path, to)
elif moment == "unlink":  # when the first file is to be removed
    unlink = Path.unlink
    Path.unlink = lambda path, **kw: kill() if path.suffix == ".out" else unlink(path, **kw)
with folder.alone(site):
    folder.replace_folder(site, {NEW!r}.items(), {OURS!r})
"""


@posix
@pytest.mark.parametrize("system", ["linux", "elsewhere"])
@pytest.mark.parametrize("moment", ["replace", "sync_disk", "sync_folder", "unlink"])
def test_after_a_kill_the_next_publication_brings_over_what_others_wrote(
    site: Path, moment: str, system: str
) -> None:
    """What stood in the folder is written down before the swap, so that it is known again."""
    script = [sys.executable, "-c", KILLED, str(site), moment, system]
    done = subprocess.run(script, check=False, timeout=PATIENCE_SECONDS)
    assert done.returncode == -signal.SIGKILL
    with alone(site):
        pass
    if moment in ("replace", "sync_disk"):
        before = {path: content.decode() for path, content in OURS.items()}
        assert held(site.parent) == {
            f"site/{path}": text for path, text in {**before, **THEIRS}.items()
        }
    else:
        theirs = {"new.txt": "new", "own.txt": "newer"}
        assert held(site) == {**REPLACED, **theirs}
        assert left(site) == {"nl/new.html": "in the way"}
        assert {path.name.partition(".left")[0] for path in site.parent.iterdir()} == {"site"}


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("name", ["gone.html", "index.html"])
def test_what_could_not_be_cleared_away_is_by_the_next_publication(
    site: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, lasting: bool
) -> None:
    """The site is published then, and says so. Patched: a disk that fails once, or goes on to."""
    failed: list[Path] = []
    unlink, rename = Path.unlink, Path.rename

    def renamed(path: Path, to: Path) -> Path:
        if path.name == name:
            failed.append(to)
        return rename(path, to)

    def failing(path: Path, *, missing_ok: bool = False) -> None:
        if path in failed:
            if not lasting:
                failed.remove(path)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", renamed)
        patched.setattr(Path, "unlink", failing)
        with alone(site):
            replace_folder(site, NEW.items(), OURS)
    assert held(site) == REPLACED
    with alone(site):
        pass
    assert [*site.parent.iterdir()] == [site]


UNREADABLE = (
    *("", "[]", "{}", "5", '{"fresh": 1}', '{"fresh": [1, 2]}', "[" * 100_000),
    '{"fresh": [1, Infinity], "ours": {}, "carried": {}, "folders": []}',
    '{"fresh": [1, 2], "ours": {"own.txt": [[]]}, "carried": {}, "folders": []}',
    '{"fresh": [1, 2], "ours": {}, "carried": {"own.txt": [[[]], [1]]}, "folders": []}',
    '{"fresh": [1, 2], "ours": {}, "carried": {}, "folders": 5}',
)


@pytest.mark.parametrize("known", UNREADABLE, ids=count())
def test_of_what_a_kill_left_nothing_unknown_is_removed(site: Path, known: str) -> None:
    """What was written down of it is not readable any more: all of it is taken for theirs."""
    old = site.with_name(".site.0123abcd.new")
    old.mkdir()
    (old / "own.txt").write_text("theirs, too")
    (old / "new.txt").write_text("new")
    site.with_name(".site.0123abcd.out").write_text("just to be removed")
    site.with_name(".site.0123abcd.json").write_text(known)
    before = held(site)
    with alone(site):
        pass
    assert held(site) == {**before, "new.txt": "new"}
    beside = [held(each) if each.is_dir() else each.read_text() for each in left_beside(site)]
    assert sorted(beside, key=str) == ["just to be removed", {"own.txt": "theirs, too"}]
    assert not [*site.parent.glob(".*")]


def test_what_was_only_to_be_removed_is_told(site: Path) -> None:
    """Where nothing else is known any more of a publication, it is taken for theirs."""
    site.with_name(".site.0123abcd.out").write_text("theirs")
    with alone(site):
        pass
    assert [each.read_text() for each in left_beside(site)] == ["theirs"]
    assert not [*site.parent.glob(".*")]


@posix
@pytest.mark.parametrize("suffix", ["new", "old"])
@pytest.mark.parametrize("known", [None, "{}"])
@pytest.mark.parametrize("first", [False, True])
def test_a_link_is_nothing_that_a_kill_left(
    site: Path, suffix: str, known: str | None, *, first: bool
) -> None:
    """Whoever wrote the folder around a site, such as that of a commit: what it leads to stays."""
    elsewhere = site.with_name("elsewhere")
    (elsewhere / "deep").mkdir(parents=True)
    (elsewhere / "own.txt").write_text("private")
    (elsewhere / "deep").chmod(0o750)
    link = site.with_name(f".site.0123abcd.{suffix}")
    link.symlink_to(elsewhere)
    if known is not None:
        site.with_name(".site.0123abcd.json").write_text(known)
    if first:
        shutil.rmtree(site)
    with alone(site):
        replace_folder(site, NEW.items(), () if first else OURS)
    assert held(site) == {**held(site), **{path: text.decode() for path, text in NEW.items()}}
    assert held(elsewhere) == {"own.txt": "private"}
    assert stat.S_IMODE((elsewhere / "deep").stat().st_mode) == 0o750
    assert sorted(path.name for path in site.parent.iterdir()) == [link.name, "elsewhere", "site"]
    assert ("private" in held(site).values()) is False


@posix
@pytest.mark.parametrize("is_there", [False, True])
def test_a_lock_is_no_link(site: Path, *, is_there: bool) -> None:
    """What it leads to is neither made nor emptied."""
    elsewhere = site.with_name("elsewhere")
    if is_there:
        elsewhere.write_text("private")
    lock = site.with_name(".site.lock")
    lock.symlink_to(elsewhere)
    message = f"{lock} is a link, which no lock is; remove it"
    with pytest.raises(OSError, match=re.escape(message)), alone(site):
        pass
    assert held(site.parent).get("elsewhere") == ("private" if is_there else None)


@posix
def test_a_folder_in_the_place_of_a_link_is_as_others_are(site: Path) -> None:
    """All may do everything with a link; of a folder that says nothing."""
    elsewhere = site.with_name("elsewhere")
    (site / "nl").rename(elsewhere)
    (site / "nl").symlink_to(elsewhere)
    with alone(site):
        replace_folder(site, NEW.items(), OURS)
    assert stat.S_IMODE((site / "nl").stat().st_mode) == stat.S_IMODE(elsewhere.stat().st_mode)


@posix
def test_a_file_in_the_place_of_a_link_is_as_others_are(site: Path) -> None:
    """All may do everything with a link; of a file that says nothing."""
    (site / "index.html").unlink()
    (site / "index.html").symlink_to("own.txt")
    with alone(site):
        replace_folder(site, NEW.items(), OURS)
    assert not (site / "index.html").is_symlink()
    assert stat.S_IMODE((site / "index.html").stat().st_mode) & 0o022 == 0


@posix
def test_of_what_was_not_published_no_link_is_followed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of others is as it was, also one that only a link in the site leads to."""
    elsewhere = site.with_name("elsewhere")
    elsewhere.mkdir(mode=0o500)
    (site / "link").symlink_to(elsewhere)
    before = held(site)

    def failing(_: Path) -> None:
        raise OSError

    monkeypatch.setattr(folder_module, "sync_disk", failing)
    with alone(site), pytest.raises(OSError, match=r"^$"):
        replace_folder(site, NEW.items(), OURS)
    assert held(site) == before
    assert sorted(path.name for path in site.parent.iterdir()) == ["elsewhere", "site"]
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o500


def test_what_is_there_and_cannot_be_read_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be as it is to be. Patched: root reads everything."""

    def failing(file: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))

    monkeypatch.setattr(folder_module, "contents", failing)
    with pytest.raises(PermissionError):
        content_of(site / "index.html")
    assert [content_of(site / path) for path in ("nothing", "nl")] == [None, None]


# --- the disk -------------------------------------------------------------------------------------


@posix
def test_a_disk_within_the_folder_is_left_alone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on it cannot be carried, and must not go. Patched: only root can mount one."""

    def elsewhere(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    before = held(site.parent)
    monkeypatch.setattr(os, "link", elsewhere)
    with alone(site), pytest.raises(OSError, match="mounted") as caught:
        replace_folder(site, NEW.items(), OURS)
    assert caught.value.filename == str(site / "nl/all.ics")
    assert caught.value.strerror == (
        "a disk is mounted within the folder, here; publish in a folder without one"
    )
    assert held(site.parent) == before


@posix
def test_a_folder_that_windows_keeps_says_why(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program has a file of it open. Patched: what Windows says then."""
    error = PermissionError(errno.EACCES, "Access is denied", str(site))
    error.winerror = 5  # type: ignore[attr-defined]

    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(sys, "platform", "elsewhere")
    monkeypatch.setattr(Path, "rename", refused)
    with alone(site), pytest.raises(PermissionError) as caught:
        replace_folder(site, NEW.items(), OURS)
    assert (caught.value.filename, caught.value.strerror) == (
        str(site),
        "another program has it open, or a file in it; close that, and do this again",
    )
    assert held(site) == {**{path: content.decode() for path, content in OURS.items()}, **THEIRS}
