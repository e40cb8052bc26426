"""A site that stands is known again by a note, without reading it, and nothing is missed."""

import datetime as dt
import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from programmes import PROGRAMME, changed
from sites import held

from betatech_milestones import Publication, loads, publish
from betatech_milestones.datafile.system import keep_note, note_of
from betatech_milestones.website import folder as folder_module
from betatech_milestones.website import noted, prepared
from betatech_milestones.website import publish as publish_module

DAY = dt.date(2016, 1, 1)
SCIENCE = loads(PROGRAMME, path="data.toml")
LONG_AGO = -10_000_000_000
"""In nanoseconds: a step of the clock after which all that is written counts as settled."""


class Looked(Exception):  # noqa: N818  the name says what happened
    """The site was looked at in earnest."""


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the clock of the disk. Patched: it would take a moment for each test."""
    monkeypatch.setattr(noted, "_STEP", LONG_AGO)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder on a disk that has room for notes."""
    file = tmp_path / "probe"
    file.touch()
    keep_note(file, "x")
    if note_of(file) is None:
        pytest.skip("this system, or this disk, keeps no notes")
    return tmp_path / "site"


@pytest.fixture
def stands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that was published, with a note of that. Patched: whoever looks at it is told."""
    publish(SCIENCE, DAY, folder)

    def looked(*_: object, **__: object) -> None:
        raise Looked

    monkeypatch.setattr(prepared, "prepare", looked)
    return folder


def test_what_is_told_is_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what is left alone, of warnings, and how many files there are. Patched: small feeds."""
    monkeypatch.setattr("betatech_milestones.website.publication.LARGEST_FEED", 1000)
    publish(SCIENCE, DAY, folder)
    (folder / "own.html").write_text("x")
    (folder / "own").mkdir()
    (folder.parent / "site.left-1f0c9a2b").mkdir()
    files = held(folder)
    read = publish(SCIENCE, DAY, folder)
    assert [*read.left_alone] == ["own/", "own.html"]
    assert len(read.warnings) > 1
    monkeypatch.setattr(prepared, "prepare", None)
    assert publish(SCIENCE, DAY, folder) == read
    assert held(folder) == files


# --- what befell it -------------------------------------------------------------------------------


def edited(folder: Path) -> None:
    """As long as it was, and with the time that it had."""
    file = folder / "measure" / "files.html"
    was = file.stat()
    file.write_bytes(file.read_bytes().replace(b"e", b"a"))
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))


def replaced(folder: Path) -> None:
    file = folder / "measure" / "files.html"
    file.rename(folder.parent / "moved")
    shutil.copy2(folder.parent / "moved", file)


def linked(folder: Path) -> None:
    file = folder / "measure" / "files.html"
    file.rename(folder.parent / "moved")
    file.symlink_to(folder.parent / "moved")


def linked_folder(folder: Path) -> None:
    (folder / "measure").rename(folder.parent / "moved")
    (folder / "measure").symlink_to(folder.parent / "moved")


def piped(folder: Path) -> None:
    (folder / "index.html").unlink()
    os.mkfifo(folder / "index.html")


def restored(folder: Path) -> None:
    """With all times and attributes, as a backup does it."""
    folder.rename(folder.parent / "backup")
    shutil.copytree(folder.parent / "backup", folder)


def record_edited(folder: Path) -> None:
    with (folder / "parts.json").open("ab") as file:
        file.write(b"\n")


BEFELL: dict[str, Callable[[Path], object]] = {
    "edited": edited,
    "replaced by a copy": replaced,
    "a link": linked,
    "a link in place of a folder": linked_folder,
    "a pipe": piped,
    "restored": restored,
    "touched": lambda folder: (folder / "nl" / "all.ics").touch(),
    "a file is gone": lambda folder: (folder / "nl" / "all.ics").unlink(),
    "all is gone": shutil.rmtree,
    "its record is gone": lambda folder: (folder / "parts.json").unlink(),
    "its record is another": record_edited,
    "its state is another": lambda folder: (folder / "state.json").write_bytes(b"{}"),
    "a file more": lambda folder: (folder / "own.html").touch(),
    "a folder more": lambda folder: (folder / "nl" / "own").mkdir(),
    "its note is another": lambda folder: keep_note(folder / "parts.json", "0" * 16),
    "its note is no text": lambda folder: os.setxattr(
        folder / "parts.json", "user.betatech-milestones", b"\xff"
    ),
}


@pytest.mark.parametrize("befell", BEFELL)
def test_whatever_befell_it_is_looked_at(stands: Path, befell: str) -> None:
    """What the note does not tell of is looked at as if there were none."""
    BEFELL[befell](stands)
    with pytest.raises(Looked):
        publish(SCIENCE, DAY, stands)


INPUTS: dict[str, tuple[Any, ...]] = {
    "another text": (loads(changed('"Van kracht"', '"In werking"'), path="data.toml"), DAY, {}),
    "a comment": (loads(f"# more\n{PROGRAMME}", path="data.toml"), DAY, {}),
    "another file": (loads(PROGRAMME, path="other.toml"), DAY, {}),
    "the next day": (SCIENCE, DAY + dt.timedelta(days=1), {}),
    "a placement": (SCIENCE, DAY, {"placement": "span"}),
    "a first day": (SCIENCE, DAY, {"since": "2014-01-01"}),
    "an address": (SCIENCE, DAY, {"address": "https://example.org/"}),
    "a language": (SCIENCE, DAY, {"languages": ["nl"]}),
    "an edition before": (SCIENCE, DAY, {"previous": "elsewhere"}),
    "no text": (attrs.evolve(SCIENCE), DAY, {}),
}


@pytest.mark.parametrize("inputs", INPUTS)
def test_of_other_things_it_is_looked_at(stands: Path, inputs: str) -> None:
    """It was noted of what it is made, too."""
    programme, day, options = INPUTS[inputs]
    with pytest.raises(Looked):
        publish(programme, day, stands, **options)


def test_the_same_in_other_words_is_the_same(stands: Path) -> None:
    """A day may be a text; where the data file lies does not matter."""
    programme = loads(PROGRAMME.encode(), path="elsewhere/data.toml")
    assert isinstance(publish(programme, f"{DAY}", str(stands), placement="deadline"), Publication)


# --- when nothing is noted ------------------------------------------------------------------------


def test_a_note_is_not_kept_where_a_later_change_would_not_show(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written within one step of the disk's clock has one time. Patched: a long step."""
    monkeypatch.setattr(noted, "_STEP", 3_600_000_000_000)
    publish(SCIENCE, DAY, folder)
    publish(SCIENCE, DAY, folder)
    assert note_of(folder / "parts.json") is None


RETITLED, *_ = INPUTS["another text"]


def test_a_site_of_which_most_was_carried_along_is_noted(
    stands: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody wrote in what got another name. Patched back, and then again."""
    looked = prepared.prepare
    monkeypatch.undo()
    monkeypatch.setattr(noted, "_STEP", LONG_AGO)
    publish(RETITLED, DAY, stands)
    monkeypatch.setattr(prepared, "prepare", looked)
    assert publish(RETITLED, DAY, stands).changed == 0
    with pytest.raises(Looked):
        publish(SCIENCE, DAY, stands)


@pytest.mark.parametrize("befell", ["edited", "replaced by a copy"])
def test_what_others_wrote_meanwhile_is_not_noted(
    folder: Path, monkeypatch: pytest.MonkeyPatch, befell: str
) -> None:
    """It is looked at the next time, and is as it should be then. Patched: right after the swap."""
    publish(SCIENCE, DAY, folder)
    first, replace_folder = note_of(folder / "parts.json"), folder_module.replace_folder

    def replaced_meanwhile(*arguments: Any) -> list[str]:
        left_alone = replace_folder(*arguments)
        files = {"edited": "measure/teachers.html", "replaced by a copy": "nl/todo.ics"}
        file = folder / files[befell]
        content = file.read_bytes()
        if befell == "replaced by a copy":
            file.unlink()
        file.write_bytes(content[::-1])
        return left_alone

    with monkeypatch.context() as patched:
        patched.setattr(publish_module, "replace_folder", replaced_meanwhile)
        publish(RETITLED, DAY, folder)
    files = held(folder)
    assert note_of(folder / "parts.json") in (None, first)
    publish(RETITLED, DAY, folder)
    assert held(folder) != files
    files = held(folder)
    publish(RETITLED, DAY, folder)
    assert held(folder) == files


def test_what_was_written_just_before_is_not_taken_for_what_was_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been written once more in the same moment. Patched: a long one."""
    publish(SCIENCE, DAY, folder)
    first, look_at = note_of(folder / "parts.json"), noted.look_at
    looks = iter([3_600_000_000_000, LONG_AGO])

    def look(target: Path, inputs: str) -> noted.Look | None:
        monkeypatch.setattr(noted, "_STEP", next(looks))
        return look_at(target, inputs)

    monkeypatch.setattr(publish_module, "look_at", look)
    publish(RETITLED, DAY, folder)
    assert note_of(folder / "parts.json") in (None, first)


def test_what_was_not_touched_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the data is another, what stands is carried along. Patched: who reads is told."""
    publish(SCIENCE, DAY, folder)
    read, content_of = [], folder_module.content_of

    def reading(file: Path) -> bytes | None:
        read.append(file.relative_to(folder).as_posix())
        return content_of(file)

    monkeypatch.setattr(prepared, "content_of", reading)
    publish(RETITLED, DAY, folder)
    assert "favicon.svg" not in read
    files = held(folder)
    shutil.rmtree(folder)
    publish(SCIENCE, DAY, folder)
    (folder / "index.html").touch()
    publish(RETITLED, DAY, folder)
    assert "favicon.svg" in read
    assert held(folder) == files


def test_a_programme_of_no_text_is_published_without_a_note(folder: Path) -> None:
    """Nobody can tell whether the next one is the same."""
    publish(attrs.evolve(SCIENCE), DAY, folder)
    publish(attrs.evolve(SCIENCE), DAY, folder)
    assert note_of(folder / "parts.json") is None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have none anyway")
@pytest.mark.parametrize("lacking", ["the system", "the disk"])
def test_without_room_for_notes_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    """Each file, each time. Patched: few tests run on such a system, or such a disk."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    for name in ("setxattr", "getxattr"):
        if lacking == "the disk":
            monkeypatch.setattr(os, name, refused)
        else:
            monkeypatch.delattr(os, name)
    folder = tmp_path / "site"
    first = publish(SCIENCE, DAY, folder)
    second = publish(SCIENCE, DAY, folder)
    assert attrs.evolve(first, changed=0) == second
    assert publish(SCIENCE, DAY, folder) == second
