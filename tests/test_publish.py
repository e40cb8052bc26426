"""A site is published whole or not at all, and never at the cost of who subscribed before."""

import contextlib
import datetime as dt
import hashlib
import json
import math
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from programmes import PROGRAMME, changed
from systems import posix

from betatech_milestones import (
    BadValue,
    Placement,
    Programme,
    Publication,
    Refused,
    load,
    loads,
    publish,
    read_state,
    site,
)
from betatech_milestones.model.records import trusted

ROOT = Path(__file__).parents[1]
DAY = dt.date(2016, 1, 1)
SCIENCE = loads(PROGRAMME, path="data.toml")
RETITLED = loads(changed('"Van kracht"', '"In werking"'), path="data.toml")
SHORTER = loads(PROGRAMME[: PROGRAMME.rindex("[[measure.milestone]]")], path="data.toml")
WITHOUT_SECTOR = loads(
    changed('sectors = ["mbo"]\n', "").replace(
        '[[sector]]\nid = "mbo"\ntitle = { nl = "middelbaar beroepsonderwijs" }\n', ""
    ),
    path="data.toml",
)
FILES = [
    "api/v2/measures/files.json",
    "api/v2/measures/teachers.json",
    "api/v2/milestones.json",
    "api/v2/programme.json",
    "api/v2/schema.json",
    "en/alarm.ics",
    "en/all.ics",
    "en/body-ocenw.ics",
    "en/changes.atom",
    "en/cluster-labour-market.ics",
    "en/deadlines.ics",
    "en/index.html",
    "en/measure-dossiers.ics",
    "en/measure-teachers.ics",
    "en/milestones.csv",
    "en/sector-mbo.ics",
    "en/timeline.svg",
    "en/todo.ics",
    "feeds.json",
    "index.html",
    "nl/alarm.ics",
    "nl/all.ics",
    "nl/body-ocenw.ics",
    "nl/changes.atom",
    "nl/cluster-labour-market.ics",
    "nl/deadlines.ics",
    "nl/measure-dossiers.ics",
    "nl/measure-teachers.ics",
    "nl/milestones.csv",
    "nl/sector-mbo.ics",
    "nl/timeline.svg",
    "nl/todo.ics",
    "state.json",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a site is to come; nothing is there yet, and nothing else beside it."""
    return tmp_path / "site"


def held(folder: Path) -> dict[str, bytes | Path | None]:
    """All that a folder holds: the bytes of files, where links lead, nothing for empty folders."""
    return {
        path.relative_to(folder).as_posix(): (
            path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else None
        )
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or not path.is_dir() or not any(path.iterdir())
    }


def refused(programme: Programme, folder: Path, **options: Path | None) -> str:
    """Publish what is refused, see that nothing changed, and return why, without the folder."""
    before = held(folder.parent)
    with pytest.raises(Refused) as error:
        publish(programme, DAY, folder, previous=options.get("previous"))
    assert held(folder.parent) == before
    assert [str(one) for one in error.value.findings] == str(error.value).splitlines()
    return str(error.value).replace(f"{folder.parent}/", "")


# --- what is published ----------------------------------------------------------------------------


def test_a_site_has_pages_feeds_documents_and_the_state() -> None:
    """Its files, in order; the state names them all."""
    files = site(SCIENCE, DAY)
    assert [*files] == FILES
    assert read_state(files["state.json"]).files == tuple(FILES)


def test_no_file_tells_where_the_data_lay() -> None:
    """The folder of the data file is nobody's business; its name is."""
    files = site(loads(PROGRAMME, path="/home/someone/data.toml"), DAY)
    assert not [path for path, content in files.items() if b"someone" in content]
    assert b"data.toml" in files["nl/milestones.csv"]


@pytest.mark.parametrize(("page", "at"), [("index.html", ""), ("en/index.html", "en/")])
def test_the_address_is_told_to_all_who_link(page: str, at: str) -> None:
    """Calendars, pages and changes give the full addresses that they will have."""
    address = "https://example.org/site/"
    files = site(SCIENCE, DAY, address=address)
    language = at.rstrip("/") or "nl"
    assert f'href="webcal://example.org/site/{language}/all.ics"'.encode() in files[page]
    changes = files[f"{language}/changes.atom"]
    assert f'href="{address}{language}/changes.atom"'.encode() in changes
    link = f'href="{address}{at}#files/in-force"'.encode()
    assert link in changes
    assert b'id="files/in-force"' in files[page]


def test_feeds_that_one_disk_cannot_hold_are_refused() -> None:
    """No id has capitals; what was made unchecked may have some."""
    (sector,) = SCIENCE.sectors
    with trusted():
        both = attrs.evolve(SCIENCE, sectors=(sector, attrs.evolve(sector, id="MBO")))
    with pytest.raises(
        BadValue, match=r"^two feeds would have one path, on some disks at least; give ids apart$"
    ):
        site(both, DAY)


def test_the_index_of_the_feeds_in_full() -> None:
    """A program finds in it what there is to subscribe to."""
    address = "https://example.org/site/"
    files = site(SCIENCE, DAY, address=address)
    index = json.loads(files["feeds.json"])
    assert {key: value for key, value in index.items() if key != "feeds"} == {
        "version": 1,
        "programme": {"id": "science", "title": {"nl": "Maatregelen", "en": "Measures"}},
    }
    assert sorted(one["path"] for one in index["feeds"]) == [
        path for path in FILES if path.endswith(".ics")
    ]
    assert index["feeds"][7] == {
        "path": "nl/measure-dossiers.ics",
        "url": "https://example.org/site/nl/measure-dossiers.ics",
        "language": "nl",
        "scope": "measure",
        "of": "dossiers",
        "title": "Dossiers – Maatregelen",  # noqa: RUF001  a dash
        "items": 1,
        "octets": len(files["nl/measure-dossiers.ics"]),
    }
    assert {one["url"] for one in json.loads(site(SCIENCE, DAY)["feeds.json"])["feeds"]} == {None}


def items(feed: bytes) -> dict[bytes, bytes]:
    """The items of a feed by their UID."""
    found = re.findall(rb"BEGIN:V(?:EVENT|TODO)\r\n.*?END:V(?:EVENT|TODO)\r\n", feed, re.DOTALL)
    return {re.search(rb"\r\nUID:(.*?)\r\n", one)[1]: one for one in found}  # type: ignore[index]


def test_what_is_not_edited_keeps_its_bytes() -> None:
    """After one title is edited, that item alone is another, in every feed that has it."""
    before = site(load(), DAY)
    text = (ROOT / "data/milestones.toml").read_text(encoding="utf-8")
    title = 'title = { nl = "Wet in werking", en = "Act in force" }'
    assert text.count(title) == 1
    edited = loads(text.replace(title, 'title = { nl = "Wet geldt", en = "Act valid" }'))
    after = site(edited, dt.date(2030, 1, 1), before=read_state(before["state.json"]))
    assert before.keys() == after.keys()
    feeds = [path for path in before if path.endswith(".ics")]
    others = set()
    for path in feeds:
        old, new = items(before[path]), items(after[path])
        assert old.keys() == new.keys()
        others |= {uid for uid in old if old[uid] != new[uid]}
        assert (before[path] != after[path]) == any(b"macro-efficiency-act.in-f" in u for u in old)
    assert others == {
        b"macro-efficiency-act.in-force@betatech",
        b"macro-efficiency-act.in-force.todo@betatech",
    }


@pytest.mark.slow
def test_nothing_edited_is_the_same_site() -> None:
    """However much later it is built, and however often; only what tells a standing moves on."""
    files = site(load(), DAY)
    before = read_state(files["state.json"])
    assert site(load(), DAY, before=before) == files
    for year in (2017, 2030):
        later = site(load(), dt.date(year, 1, 1), before=before)
        moved = {path for path in FILES if later.get(path) != files.get(path)}
        assert moved == {
            *("api/v2/milestones.json", "api/v2/programme.json"),
            *("index.html", "en/index.html", "nl/milestones.csv", "en/milestones.csv"),
        }


def test_a_site_speaks_for_its_options() -> None:
    """Where events stand, what is left out, and where it will be found."""
    span = site(SCIENCE, DAY, placement=Placement.SPAN)["nl/todo.ics"]
    assert span == site(SCIENCE, DAY)["nl/todo.ics"]
    unmet = loads(
        changed('[measure.milestone.met]\non = 2015-06-01\nsource = "letter-2015"\n', "").replace(
            '"2016-08~"', '"2016-08"'
        )
    )
    for placement, start in (Placement.DEADLINE, b"20160831"), (Placement.SPAN, b"20160801"):
        files = site(unmet, DAY, placement=placement)
        assert b"\r\nDTSTART;VALUE=DATE:" + start in files["en/all.ics"]
    assert items(site(SCIENCE, DAY, since=dt.date(2015, 9, 2))["nl/todo.ics"]) == {}
    assert items(site(SCIENCE, DAY, since=dt.date(2015, 6, 1))["nl/all.ics"]).keys() == {
        b"dossiers.in-force@science"
    }
    files = site(SCIENCE, DAY, address="https://example.org/")
    assert b"\r\nSOURCE;VALUE=URI:https://example.org/nl/all.ics\r\n" in files["nl/all.ics"]


def test_what_is_left_out_of_the_feeds_is_not_forgotten() -> None:
    """`since` shortens the feeds; the state goes on knowing what was published."""
    short = site(SCIENCE, DAY, since=dt.date(2020, 1, 1))
    assert items(short["nl/all.ics"]) == {}
    assert short["state.json"] == site(SCIENCE, DAY)["state.json"]


FINGERPRINT = """
import datetime as dt, hashlib, sys
from betatech_milestones import load, loads, site
from betatech_milestones import read_state
before = read_state(site(load(), dt.date(2015, 1, 1))["state.json"])
text = open("data/milestones.toml", encoding="utf-8").read().replace("2014-08-01", "2014-08-02")
digest = hashlib.sha256()
for path, content in site(loads(text), dt.date(2016, 1, 1), before=before).items():
    digest.update(path.encode() + content)
print(digest.hexdigest())
"""


@pytest.mark.slow
def test_the_same_file_and_state_give_the_same_site_anywhere() -> None:
    """Neither the zone, the locale nor the order of sets shows in it."""
    places = (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8"},
        {"PYTHONHASHSEED": "3", "TZ": "Asia/Kathmandu", "PYTHONUTF8": "0", "LC_ALL": "POSIX"},
    )
    path = os.pathsep.join([str(ROOT / "src"), *sys.path])
    running = [
        subprocess.Popen(
            [sys.executable, "-c", FINGERPRINT],
            env={**os.environ, "PYTHONPATH": path, **place},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for place in places
    ]
    digest = hashlib.sha256()
    before = read_state(site(load(), dt.date(2015, 1, 1))["state.json"])
    text = (ROOT / "data/milestones.toml").read_text("utf-8").replace("2014-08-01", "2014-08-02")
    for name, content in site(loads(text), DAY, before=before).items():
        digest.update(name.encode() + content)
    assert {process.communicate()[0].strip() for process in running} == {digest.hexdigest()}


# --- publishing -----------------------------------------------------------------------------------


def test_a_first_publication(folder: Path) -> None:
    """The folder, and those above it, are made; it holds the site and nothing else."""
    target = folder / "public" / "site"
    published = publish(SCIENCE, DAY, target)
    assert published == Publication(files=33, feeds=18, changed=3, left_alone=(), warnings=())
    assert held(folder) == {
        f"public/site/{path}": text for path, text in site(SCIENCE, DAY).items()
    }


def test_the_next_publication_is_the_next_edition(folder: Path) -> None:
    """It takes the state of the one that stands there."""
    publish(SCIENCE, DAY, folder)
    before = read_state((folder / "state.json").read_bytes())
    assert publish(RETITLED, DAY, folder).changed == 1
    assert held(folder) == site(RETITLED, DAY, before=before)
    assert b"\r\nSEQUENCE:3\r\n" in (folder / "nl/all.ics").read_bytes()
    assert [*folder.parent.iterdir()] == [folder]


NOT_OF_IT = {
    "api/v2/measures/teachers.json",
    "api/v2/programme.json",
    "api/v2/schema.json",
    "en/measure-teachers.ics",
    "index.html",
}


def test_files_that_did_not_change_stay_the_same_files(folder: Path) -> None:
    """A web server tells by their time that there is nothing new."""
    publish(SCIENCE, DAY, folder)
    for number, path in enumerate(FILES):
        os.utime(folder / path, (number, number))
    before = {path: (folder / path).stat() for path in FILES}
    contents = held(folder)
    publish(loads(changed('"In force"', '"Into force"'), path="data.toml"), DAY, folder)
    for path in FILES:
        there = (folder / path).stat()
        same = (there.st_ino, there.st_mtime) == (before[path].st_ino, before[path].st_mtime)
        assert same is (contents[path] == (folder / path).read_bytes()), path
        assert same is (path.startswith("nl/") or path in NOT_OF_IT), path


def test_files_that_are_no_longer_made_go(folder: Path) -> None:
    """And who subscribed to them is thought of."""
    publish(SCIENCE, DAY, folder)
    published = publish(WITHOUT_SECTOR, DAY, folder)
    assert [*held(folder)] == [path for path in FILES if "sector" not in path]
    assert [str(warning) for warning in published.warnings] == [
        f"{folder}/{language}/sector-mbo.ics: warning: is no longer made: who subscribed to it "
        "gets an error from now on [lost-feed]"
        for language in ("en", "nl")
    ]
    assert publish(WITHOUT_SECTOR, DAY, folder).warnings == ()


@posix
def test_what_others_made_is_left_alone_and_named(folder: Path) -> None:
    """Files, folders, links and hidden files stay the same, with their times and modes."""
    publish(SCIENCE, DAY, folder)
    (folder / "CNAME").write_text("example.org\n")
    (folder / "CNAME").chmod(0o640)
    (folder / "nl/own.html").write_text("mine")
    (folder / ".git/refs").mkdir(parents=True)
    (folder / ".git/HEAD").write_text("main")
    (folder / ".git").chmod(0o750)
    os.utime(folder / ".git", (5, 5))
    (folder / "empty").mkdir()
    (folder / "to-state").symlink_to("state.json")
    (folder / "to-nowhere").symlink_to("/nowhere")
    (folder / "to-folder").symlink_to("nl")
    left_alone = (
        *(".git/", "CNAME", "empty/", "nl/own.html"),
        *("to-folder", "to-nowhere", "to-state"),
    )
    before = held(folder)
    inode = (folder / "CNAME").stat().st_ino
    for programme in (SCIENCE, WITHOUT_SECTOR):
        assert publish(programme, DAY, folder).left_alone == left_alone
    own = {path: there for path, there in before.items() if path not in FILES}
    assert {path: there for path, there in held(folder).items() if path not in FILES} == own
    assert len(own) == 8
    there = (folder / "CNAME").stat()
    assert (there.st_ino, there.st_mode & 0o777) == (inode, 0o640)
    there = (folder / ".git").stat()
    assert (there.st_mtime, there.st_mode & 0o777) == (5, 0o750)


def test_what_others_put_in_the_place_of_what_is_no_longer_made_stays(folder: Path) -> None:
    """A former file may have become a folder, and a former folder a file."""
    publish(SCIENCE, DAY, folder)
    state = json.loads((folder / "state.json").read_text("utf-8"))
    state["files"] += ["fr/all.ics", "old/all.ics", "home.html"]
    (folder / "state.json").write_text(json.dumps(state), "utf-8")
    (folder / "old").mkdir()
    (folder / "old/all.ics").write_text("former")
    (folder / "old/own.txt").write_text("mine")
    (folder / "fr").write_text("mine")
    (folder / "home.html").mkdir()
    (folder / "home.html/mine").write_text("mine")
    assert publish(SCIENCE, DAY, folder).left_alone == ("fr", "home.html/", "old/own.txt")
    assert [*held(folder)] == sorted([*FILES, "fr", "home.html/mine", "old/own.txt"])


@posix
def test_modes_are_kept(folder: Path) -> None:
    """What a web server may read, it may read after the next publication."""
    publish(SCIENCE, DAY, folder)
    modes = {"": 0o751, "nl": 0o711, "nl/all.ics": 0o604, "nl/body-ocenw.ics": 0o600}
    for path, mode in modes.items():
        (folder / path).chmod(mode)
    publish(RETITLED, DAY, folder)
    assert {path: (folder / path).stat().st_mode & 0o777 for path in modes} == modes


def test_a_disk_without_hard_links(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are copied there, with their times. Patched: no such disk can be had everywhere."""

    def no_links(_here: Path, _there: Path) -> None:
        raise PermissionError

    publish(SCIENCE, DAY, folder)
    (folder / "own.txt").write_text("mine")
    os.utime(folder / "own.txt", (5, 5))
    before = held(folder)
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    assert publish(SCIENCE, DAY, folder).left_alone == ("own.txt",)
    assert held(folder) == before
    assert (folder / "own.txt").stat().st_mtime == 5


# --- what is refused ------------------------------------------------------------------------------


def test_a_lost_milestone_is_refused_and_can_be_forced(folder: Path) -> None:
    """Nothing is touched until someone insists."""
    publish(SCIENCE, DAY, folder)
    assert refused(SHORTER, folder) == (
        'data.toml: error: "teachers/survey" ("Leraren geraadpleegd") was published and is not '
        "there any more; give it a [measure.milestone.dropped], or write its old id in formerly "
        "[lost-uid]"
    )
    assert publish(SHORTER, DAY, folder, force=True).changed == 1
    assert publish(SHORTER, DAY, folder).changed == 0
    assert publish(SCIENCE, DAY, folder).changed == 1


RECORD = "betatech-milestones record files/in-force data.toml"
EXCUSE = 'or say in corrected = "…" why it was a mistake [promise-rewritten]'
WAS = 'due of "files/in-force" was published as 2014-08-01, and is'
BACK = "a promise is moved, and never rewritten; put 2014-08-01 back and record the move with"
LOST_MOVE = (
    'a published revision of "files/in-force" is not there any more (2014-05-01: due 2016-08~); '
    f"put it back, and record what is right with {RECORD} --moved DATE --source ID, {EXCUSE}"
)
# What is rewritten · what that is refused with.
REWRITTEN = {
    "the date": (
        changed("due = 2014-08-01", "due = 2014-09-01"),
        f"{WAS} 2014-09-01 now: {BACK} {RECORD} --moved 2014-09-01 --source ID, {EXCUSE}",
    ),
    "the date, taken away": (
        changed("due = 2014-08-01\n", ""),
        f"{WAS} no date now: {BACK} {RECORD} --moved DATE --source ID, {EXCUSE}",
    ),
    "a move": (
        changed(
            """
[[measure.milestone.revised]]
due = { words = "over een paar jaar", edtf = "2016-08~" }
source = "letter-2015"
announced = 2014-05-01
reason = { nl = "meer tijd nodig", en = "more time needed" }
""",
            "",
        ),
        LOST_MOVE,
    ),
    "where it moved to": (changed('edtf = "2016-08~"', 'edtf = "2015-08~"'), LOST_MOVE),
    "an outcome": (
        changed('[measure.milestone.met]\non = 2015-06-01\nsource = "letter-2015"\n', ""),
        (
            'a published outcome of "files/in-force" is not there any more (met); put it back, and '
            f"record what is right with {RECORD} --met DATE --source ID, {EXCUSE}"
        ),
    ),
}


@pytest.mark.parametrize(("text", "why"), REWRITTEN.values(), ids=REWRITTEN)
def test_a_promise_is_moved_and_never_rewritten(folder: Path, text: str, why: str) -> None:
    """What was published stays; who made a mistake says so, or insists."""
    publish(SCIENCE, DAY, folder)
    assert refused(loads(text, path="data.toml"), folder) == f"data.toml:62: error: {why}"
    mistake = 'id = "in-force"\ncorrected = "een tikfout"'
    corrected = loads(text.replace('id = "in-force"', mistake), path="data.toml")
    copy = shutil.copytree(folder, folder.parent / "copy")
    assert publish(corrected, DAY, folder).changed == 1
    assert publish(corrected, DAY, folder).changed == 0
    assert publish(loads(text, path="data.toml"), DAY, copy, force=True).changed == 1


def test_a_mistake_is_corrected_once(folder: Path) -> None:
    """What let one correction through lets no other."""
    publish(SCIENCE, DAY, folder)
    first = REWRITTEN["the date"][0].replace('id = "in-force"', 'id = "in-force"\ncorrected = "a"')
    publish(loads(first, path="data.toml"), DAY, folder)
    second = first.replace("due = 2014-09-01", "due = 2014-10-01")
    assert refused(loads(second, path="data.toml"), folder).endswith("[promise-rewritten]")
    publish(loads(second.replace('"a"', '"b"'), path="data.toml"), DAY, folder)


def first_version(folder: Path) -> None:
    """Let a site have the state that an earlier program would have written."""
    state = json.loads((folder / "state.json").read_text("utf-8"))
    for milestone in state["milestones"].values():
        for key in ("revisions", "outcomes", "corrected"):
            del milestone[key]
    (folder / "state.json").write_text(json.dumps(state | {"version": 1}), "utf-8")


def test_a_state_of_the_first_version_is_read(folder: Path) -> None:
    """It knows the promised dates, which are guarded; and it is written in the second."""
    publish(SCIENCE, DAY, folder)
    before = held(folder)
    first_version(folder)
    text, why = REWRITTEN["the date"]
    assert refused(loads(text, path="data.toml"), folder) == f"data.toml:62: error: {why}"
    assert publish(SCIENCE, DAY, folder).changed == 0
    assert held(folder) == before
    assert json.loads((folder / "state.json").read_text("utf-8"))["version"] == 2


@pytest.mark.parametrize("what", ["a move", "an outcome"])
def test_what_the_first_version_did_not_keep_is_not_guarded(folder: Path, what: str) -> None:
    """Nobody can tell whether that was published."""
    publish(SCIENCE, DAY, folder)
    first_version(folder)
    assert publish(loads(REWRITTEN[what][0], path="data.toml"), DAY, folder).changed == 1


def test_a_renamed_body_loses_no_feed(folder: Path) -> None:
    """Its calendar stays where it was, and no item gets other stamps."""
    publish(SCIENCE, DAY, folder)
    before = {path: text for path, text in held(folder).items() if path.endswith(".ics")}
    text = PROGRAMME.replace('"ocw"', '"education"').replace('["ocenw"]', '["ocenw", "ocw"]')
    published = publish(loads(text, path="data.toml"), DAY, folder)
    assert (published.changed, published.warnings) == (0, ())
    assert {path: text for path, text in held(folder).items() if path.endswith(".ics")} == before


def test_feeds_without_a_state_are_refused(folder: Path) -> None:
    """What was published would be published once more as if it were new."""
    publish(SCIENCE, DAY, folder)
    before = held(folder)
    (folder / "state.json").unlink()
    assert refused(SCIENCE, folder) == (
        "site/state.json: error: is not there, and feeds are: what was published is not known, and "
        "subscribers would miss changes; restore it [no-state]"
    )
    publish(SCIENCE, DAY, folder, force=True)
    assert held(folder) == before


def test_a_bad_state_is_refused(folder: Path) -> None:
    """Also one from elsewhere; forced, it is replaced."""
    publish(SCIENCE, DAY, folder)
    before = held(folder)
    (folder / "state.json").write_text('{"version": 3}')
    why = "cannot be read: its version is 3, and this program reads 1 and 2; restore it [bad-state]"
    assert refused(SCIENCE, folder) == f"site/state.json: error: {why}"
    assert refused(SCIENCE, folder.parent / "new", previous=folder) == (
        f"site/state.json: error: {why}"
    )
    assert publish(SCIENCE, DAY, folder, force=True).changed == 3
    assert held(folder) == before


def test_a_state_older_than_the_feeds_is_refused(folder: Path) -> None:
    """It was restored from a copy that was too old: the feeds themselves have higher stamps."""
    publish(SCIENCE, DAY, folder)
    old = (folder / "state.json").read_bytes()
    publish(RETITLED, DAY, folder)
    (folder / "state.json").write_bytes(old)
    assert refused(RETITLED, folder) == "\n".join(
        f"site/nl/{name}.ics: error: dossiers.in-force{infix}@science has SEQUENCE 3 here, "
        "and none or a lower one in the state, which is older than this feed; restore the one "
        "published with it [lower-sequence]"
        for name, infix in (("all", ""), ("todo", ".todo"))
    )


def test_a_state_that_knows_less_than_the_feeds_is_refused(folder: Path) -> None:
    """The same for a milestone that was published after it."""
    publish(SHORTER, DAY, folder)
    old = (folder / "state.json").read_bytes()
    publish(SCIENCE, DAY, folder)
    (folder / "state.json").write_bytes(old)
    assert refused(SCIENCE, folder) == "\n".join(
        f"site/{language}/todo.ics: error: teachers.survey.todo@science has SEQUENCE 3 here, and "
        "none or a lower one in the state, which is older than this feed; restore the one "
        "published with it [lower-sequence]"
        for language in ("nl", "en")
    )


@pytest.mark.parametrize(
    "feed",
    [
        b"",
        b"\xff",
        b"BEGIN:VEVENT\r\nSEQUENCE:x\r\nUID:dossiers.in-force@science\r\nEND:VEVENT\r\n",
        b"\r\nBEGIN:VEVENT\r\nUID:dossiers.in-force@science\r\nEND:VEVENT\r\n",
        b"\r\nBEGIN:VEVENT\r\nSEQUENCE:9\r\nEND:VEVENT\r\n",
        b"\r\nBEGIN:VEVENT\r\nUID:of.another@science\r\nSEQUENCE:9\r\nEND:VEVENT\r\n",
    ],
)
def test_a_feed_that_was_spoiled_is_replaced(folder: Path, feed: bytes) -> None:
    """Whatever stands in its place, it is ours, and nothing in it counts."""
    publish(SCIENCE, DAY, folder)
    before = held(folder)
    (folder / "nl/all.ics").write_bytes(feed)
    publish(SCIENCE, DAY, folder)
    assert held(folder) == before


IN_THE_WAY = "was not made by this program and is in the way"


@posix
def test_what_is_in_the_way_is_refused(folder: Path) -> None:
    """A file, a folder or a link where something is to come would go; all are named at once."""
    (folder / "feeds.json/deep").mkdir(parents=True)
    (folder / "nl").mkdir()
    (folder / "nl/all.ics").write_text("mine")
    (folder / "nl/todo.ics").symlink_to("/nowhere")
    (folder / "nl/own.ics").write_text("mine")
    (folder / "en").write_text("mine")
    assert refused(SCIENCE, folder) == (
        "site/state.json: error: is not there, and feeds are: what was published is not known, and "
        "subscribers would miss changes; restore it [no-state]"
    )
    (folder / "nl/all.ics").rename(folder / "nl/alarm.ics")
    assert refused(SCIENCE, folder) == (
        f"site/en: error: {IN_THE_WAY}; move it [not-ours]\n"
        f"site/feeds.json: error: {IN_THE_WAY}; move it [not-ours]\n"
        f"site/nl/alarm.ics: error: {IN_THE_WAY}; move it [not-ours]\n"
        f"site/nl/todo.ics: error: {IN_THE_WAY}; move it [not-ours]"
    )
    assert publish(SCIENCE, DAY, folder, force=True).left_alone == ("nl/own.ics",)
    assert held(folder) == {**site(SCIENCE, DAY), "nl/own.ics": b"mine"}


@posix
def test_a_link_to_a_folder_is_in_the_way(folder: Path) -> None:
    """It is never followed; forced, the link goes and the folder it leads to stays."""
    folder.mkdir()
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_text("mine")
    (folder / "nl").symlink_to(elsewhere)
    assert refused(SCIENCE, folder) == (f"site/nl: error: {IN_THE_WAY}; move it [not-ours]")
    publish(SCIENCE, DAY, folder, force=True)
    assert held(folder) == site(SCIENCE, DAY)
    assert held(elsewhere) == {"mine": b"mine"}


def test_what_is_already_as_it_is_to_be_is_not_in_the_way(folder: Path) -> None:
    """A copy of the site without its state is told by the feeds alone, not file by file."""
    folder.mkdir()
    (folder / "feeds.json").write_bytes(site(SCIENCE, DAY)["feeds.json"])
    assert publish(SCIENCE, DAY, folder).left_alone == ()


def test_all_reasons_are_told_at_once(folder: Path) -> None:
    """Of the data and of the folder."""
    publish(WITHOUT_SECTOR, DAY, folder)
    (folder / "nl/sector-mbo.ics").write_text("mine")
    told = refused(loads(PROGRAMME[: PROGRAMME.rindex("[[measure.milestone]]")]), folder)
    assert re.findall(r"\[([a-z-]+)\]$", told, re.MULTILINE) == ["lost-uid", "not-ours"]


# --- the state from elsewhere ---------------------------------------------------------------------


def test_the_state_may_come_from_another_folder(folder: Path) -> None:
    """What is published afresh each time continues the edition that was published last."""
    old = folder.parent / "old"
    publish(SCIENCE, DAY, old)
    published = publish(WITHOUT_SECTOR, DAY, folder, previous=old)
    before = read_state((old / "state.json").read_bytes())
    assert held(folder) == site(WITHOUT_SECTOR, DAY, before=before)
    assert [warning.rule.name for warning in published.warnings] == ["lost-feed", "lost-feed"]
    with pytest.raises(Refused, match=r"\[lost-uid\]$"):
        publish(SHORTER, DAY, folder.parent / "third", previous=str(old))


def test_the_state_from_elsewhere_does_not_make_files_ours(folder: Path) -> None:
    """Only what the folder's own state names was made by this program."""
    old = folder.parent / "old"
    publish(SCIENCE, DAY, old)
    folder.mkdir()
    (folder / "feeds.json").write_text("mine")
    (folder / "state.json").write_text("mine")
    assert refused(SCIENCE, folder, previous=old) == (
        f"site/feeds.json: error: {IN_THE_WAY}; move it [not-ours]\n"
        f"site/state.json: error: {IN_THE_WAY}; move it [not-ours]"
    )


def test_a_state_from_elsewhere_that_is_not_there(folder: Path) -> None:
    """A wrong folder is an error, not a first publication."""
    with pytest.raises(FileNotFoundError) as error:
        publish(SCIENCE, DAY, folder, previous=folder.parent / "none")
    assert error.value.filename == str(folder.parent / "none/state.json")
    assert not folder.exists()


# --- warnings -------------------------------------------------------------------------------------


def test_a_feed_that_is_too_large_is_published_with_a_warning(folder: Path) -> None:
    """Google Calendar stops at 1 MB."""
    summary = '{ nl = "Minder en bredere dossiers.", en = "%s" }' % ("x" * 899_000)
    large = loads(changed('{ nl = "Minder en bredere dossiers." }', summary))
    published = publish(large, DAY, folder)
    assert {warning.rule.name for warning in published.warnings} == {"large-feed"}
    sizes = {
        path: (folder / path).stat().st_size
        for path in FILES
        if re.fullmatch(r"en/(?!measure-teachers).*\.ics", path)
    }
    assert [str(warning) for warning in published.warnings] == [
        f"{folder}/{path}: warning: has {size // 1000:,} kB, and Google Calendar stops at 1,000; "
        "subscribe to feeds by part, or leave out what ended long ago with --since DATE "
        "[large-feed]"
        for path, size in sizes.items()
    ]
    assert len(sizes) == 8


# --- folders --------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("name", ["[x]*", "a b", "é😀", "-o", ".hidden", "a.new", "x" * 200])
def test_a_folder_may_have_any_name(folder: Path, name: str) -> None:
    """Nothing of it is a pattern."""
    target = folder.parent / name
    (left := folder.parent / f".{name}.0123abcd.new").mkdir()
    os.utime(left, (0, 0))
    publish(SCIENCE, DAY, target)
    publish(RETITLED, DAY, f"{target}/")
    assert [*folder.parent.iterdir()] == [target]
    assert [*held(target)] == FILES


def test_the_current_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder one is in is replaced like any other."""
    folder.mkdir()
    monkeypatch.chdir(folder)
    publish(SCIENCE, DAY, ".")
    assert held(folder) == site(SCIENCE, DAY)


@posix
def test_a_link_to_the_folder_stays_a_link(folder: Path) -> None:
    """What it leads to is replaced, or made where it is not there yet."""
    folder.symlink_to("real")
    for programme in (SCIENCE, RETITLED):
        publish(programme, DAY, folder)
    assert folder.readlink() == Path("real")
    assert [*held(folder.parent / "real")] == FILES
    assert {path.name for path in folder.parent.iterdir()} == {"site", "real"}


def test_no_folder_can_be_made_of_a_file(folder: Path) -> None:
    """It is named, and stays."""
    folder.write_text("mine")
    with pytest.raises(NotADirectoryError) as error:
        publish(SCIENCE, DAY, folder)
    assert (error.value.filename, folder.read_text()) == (str(folder), "mine")


@posix
def test_the_root_cannot_be_replaced() -> None:
    """Nothing can stand beside it."""
    with pytest.raises(OSError, match="busy") as error:
        publish(SCIENCE, DAY, "/")
    assert error.value.filename == "/"


@contextlib.contextmanager
def full_disk(octets: int) -> Iterator[None]:
    """Let no file be larger: the system refuses the write, as it does where a disk is full."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (octets, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@posix
@pytest.mark.parametrize("octets", [0, 1_200, 1_800])
def test_a_full_disk_leaves_the_old_site(folder: Path, octets: int) -> None:
    """What cannot be written whole is not published, and nothing is left of it."""
    publish(SCIENCE, DAY, folder)
    (folder / "own.txt").write_text("mine")
    before = held(folder)
    with full_disk(octets), pytest.raises(OSError, match="too large"):
        publish(RETITLED, DAY, folder)
    assert held(folder) == before
    assert [*folder.parent.iterdir()] == [folder]


WATCH = """
import os, select, sys
looked = missing = 0
print(flush=True)
while not looked or not select.select([sys.stdin], [], [], 0)[0]:
    for _ in range(1000):
        looked += 1
        missing += not os.path.exists(sys.argv[1])
print(looked > 0, missing)
"""


@posix
@pytest.mark.slow
def test_readers_never_miss_the_folder(folder: Path) -> None:
    """Its name leads to a site at every moment: two folders swap names in one step."""
    publish(SCIENCE, DAY, folder)
    command = [sys.executable, "-c", WATCH, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as watcher:
        assert watcher.stdout is not None
        watcher.stdout.readline()  # it looks
        for programme in (RETITLED, SCIENCE) * 20:
            publish(programme, DAY, folder)
        assert watcher.communicate("\n")[0] == "True 0\n"


# --- systems that cannot swap two folders at once -------------------------------------------------


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another system than Linux; patched, since no file system that cannot swap is at hand."""
    monkeypatch.setattr(sys, "platform", "elsewhere")


@pytest.mark.usefixtures("elsewhere")
def test_elsewhere_a_folder_is_replaced_in_two_steps(folder: Path) -> None:
    """The result is the same."""
    publish(SCIENCE, DAY, folder)
    (folder / "own.txt").write_text("mine")
    before = read_state((folder / "state.json").read_bytes())
    publish(RETITLED, DAY, folder)
    assert held(folder) == {**site(RETITLED, DAY, before=before), "own.txt": b"mine"}
    assert [*folder.parent.iterdir()] == [folder]


@pytest.mark.usefixtures("elsewhere")
def test_elsewhere_a_second_step_that_fails_undoes_the_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old site is put back. Patched: nothing makes a rename fail just then."""
    publish(SCIENCE, DAY, folder)
    before = held(folder)
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.suffix == ".new":
            raise PermissionError(13, "Permission denied", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(PermissionError):
        publish(RETITLED, DAY, folder)
    assert held(folder) == before
    assert [*folder.parent.iterdir()] == [folder]


def test_a_site_put_aside_is_put_back(folder: Path) -> None:
    """A publication killed between the two steps left it there; the next one goes on from it."""
    publish(SCIENCE, DAY, folder)
    (folder / "own.txt").write_text("mine")
    folder.rename(folder.with_name(".site.0123abcd.old"))
    assert publish(SCIENCE, DAY, folder).changed == 0
    assert held(folder.parent).keys() == {f"site/{path}" for path in [*FILES, "own.txt"]}


def test_only_its_own_site_is_put_back(folder: Path) -> None:
    """Another site beside it has a name that looks the same."""
    publish(SCIENCE, DAY, folder)
    aside = folder.rename(folder.with_name(".site.b.0123abcd.old"))
    publish(RETITLED, DAY, folder)
    assert held(folder) == site(RETITLED, DAY)
    assert [*held(aside)] == FILES


# --- publications that were killed ----------------------------------------------------------------


def test_what_a_killed_publication_left_is_swept_when_it_is_old(folder: Path) -> None:
    """A recent one may still be running."""
    publish(SCIENCE, DAY, folder)
    names = [
        f".site.{token}.{kind}" for token in ("00000000", "ffffffff") for kind in ("new", "old")
    ]
    for number, name in enumerate(names):
        (folder.parent / name).mkdir()
        (folder.parent / name / "half").write_text("half")
        if number < 2:
            long_ago = time.time() - 2 * 3600
            os.utime(folder.parent / name, (long_ago, long_ago))
    (folder.parent / ".site.mine.new").mkdir()
    os.utime(folder.parent / ".site.mine.new", (0, 0))
    publish(SCIENCE, DAY, folder)
    assert {path.name for path in folder.parent.iterdir()} == {"site", ".site.mine.new", *names[2:]}


# For each line that it reads, a process that publishes two versions in turn, as fast as can be.
PUBLISHERS = """
import datetime as dt, itertools, os, sys
from betatech_milestones import loads, site
from betatech_milestones import publish
sys.platform, folder, *texts = sys.argv[1:]
programmes = [loads(text, path="data.toml") for text in texts]
for programme in programmes:
    site(programme, dt.date(2016, 1, 1))  # what is made once is made here
for _ in sys.stdin:
    if process := os.fork():
        print(process, flush=True)
        os.waitpid(process, 0)
        print("ended", flush=True)
    else:
        for programme in itertools.cycle(programmes):
            publish(programme, dt.date(2016, 1, 1), folder)
"""


@posix
@pytest.mark.slow
@pytest.mark.parametrize("system", ["linux", "elsewhere"])
def test_a_publication_can_be_killed_at_any_point(folder: Path, system: str) -> None:
    """The folder holds the site before or the one after, whole, and the next one follows.

    Each edition follows from the one before, so whatever is found must be one of that chain, byte
    by byte, and never an earlier one. Elsewhere than on Linux it may stand aside.
    """
    chance = random.Random(20161123)  # noqa: S311  nothing secret
    versions = [PROGRAMME, changed('"Van kracht"', '"In werking"')]
    editions = [site(SCIENCE, DAY)]
    publish(SCIENCE, DAY, folder)
    (folder / "nl/own.txt").write_text("mine")
    once = math.inf  # how long one takes where nothing comes between
    for _ in range(3):
        began = time.perf_counter()
        publish(SCIENCE, DAY, folder)
        once = min(once, time.perf_counter() - began)

    def found() -> dict[str, bytes | Path | None]:
        if system == "linux" or folder.exists():
            return held(folder)
        asides = folder.parent.glob(".site.*.old")
        return held(max(asides, key=lambda old: old.stat().st_mtime_ns))

    number = 0
    with subprocess.Popen(
        [sys.executable, "-c", PUBLISHERS, system, folder, *versions],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *sys.path])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as publishers:
        assert publishers.stdin is not None
        assert publishers.stdout is not None
        for killed in range(600):
            if killed >= 60 and number > 10 and len([*folder.parent.iterdir()]) > 10:
                break  # a busy machine may need more
            publishers.stdin.write("\n")
            publishers.stdin.flush()
            process = int(publishers.stdout.readline())
            patience = 6 * once * (1 + killed // 60)
            time.sleep(chance.uniform(0, patience))  # not to wait for anything: a random moment
            os.kill(process, signal.SIGKILL)
            assert publishers.stdout.readline() == "ended\n"
            held_now = found()
            assert held_now.pop("nl/own.txt") == b"mine"
            while held_now != editions[number]:
                number += 1
                if number == len(editions):
                    assert number < 3_000, "the folder holds no edition"
                    before = read_state(editions[-1]["state.json"])
                    programme = [SCIENCE, RETITLED][number % 2]
                    editions.append(site(programme, DAY, before=before))
        publishers.stdin.close()
    assert number > 10, "publications were killed before they came to anything"
    assert len([*folder.parent.iterdir()]) > 10, "publications were not killed while they wrote"
    publish(SCIENCE, DAY, folder)
    for path in folder.parent.glob(".site.*"):
        os.utime(path, (0, 0))
    publish(SCIENCE, DAY, folder)
    assert [*folder.parent.iterdir()] == [folder]


def test_of_several_sites_put_aside_the_newest_is_put_back(folder: Path) -> None:
    """The others were left when both steps were done."""
    publish(SCIENCE, DAY, folder)
    first = shutil.copytree(folder, folder.parent / "first")
    publish(RETITLED, DAY, folder)
    publish(SCIENCE, DAY, folder)
    newest = held(folder)
    folder.rename(folder.with_name(".site.77777777.old"))
    for token in ("00000000", "ffffffff"):
        shutil.copytree(first, folder.with_name(f".site.{token}.old"))
    assert publish(SCIENCE, DAY, folder).changed == 0
    assert held(folder) == newest
