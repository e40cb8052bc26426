"""A site is published whole or not at all, and never at the cost of who subscribed before."""

import contextlib
import datetime as dt
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import attrs
import pytest
from programmes import PROGRAMME, changed
from sites import published_before
from systems import posix

from betatech_milestones import (
    BadValue,
    Placement,
    Programme,
    Publication,
    Refused,
    Texts,
    loads,
    publish,
    read_state,
    site,
)
from betatech_milestones.datafile import system
from betatech_milestones.datafile.portfolio import load_portfolio
from betatech_milestones.model.records import trusted
from betatech_milestones.website import catalogue
from betatech_milestones.website import publication as publication_module
from betatech_milestones.website import site as site_module
from betatech_milestones.website.folder import alone
from betatech_milestones.website.publish_portfolio import publish_portfolio

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
    "body/ocenw.html",
    "body/ocw.html",
    "catalog.jsonld",
    "datapackage.json",
    "en/alarm.ics",
    "en/all.ics",
    "en/body-ocenw.atom",
    "en/body-ocenw.ics",
    "en/body/ocenw.html",
    "en/body/ocw.html",
    "en/burn-up.svg",
    "en/changes.atom",
    "en/cluster-labour-market.ics",
    "en/deadlines.ics",
    "en/delays.svg",
    "en/figures.html",
    "en/incidence.svg",
    "en/index.html",
    "en/measure-dossiers.atom",
    "en/measure-dossiers.ics",
    "en/measure-teachers.atom",
    "en/measure-teachers.ics",
    "en/measure/dossiers.html",
    "en/measure/files.html",
    "en/measure/teachers.html",
    "en/milestones.csv",
    "en/milestones.db",
    "en/milestones.excel.csv",
    "en/moves.csv",
    "en/moves.excel.csv",
    "en/responsible.csv",
    "en/responsible.excel.csv",
    "en/search.json",
    "en/sector-mbo.ics",
    "en/statements.csv",
    "en/statements.excel.csv",
    "en/timeline.svg",
    "en/todo.ics",
    "en/trend.svg",
    "favicon.svg",
    "feeds.json",
    "figures.html",
    "index.html",
    "lines.json",
    "measure/dossiers.html",
    "measure/files.html",
    "measure/teachers.html",
    "nl/alarm.ics",
    "nl/all.ics",
    "nl/body-ocenw.atom",
    "nl/body-ocenw.ics",
    "nl/burn-up.svg",
    "nl/changes.atom",
    "nl/cluster-labour-market.ics",
    "nl/deadlines.ics",
    "nl/delays.svg",
    "nl/incidence.svg",
    "nl/measure-dossiers.atom",
    "nl/measure-dossiers.ics",
    "nl/measure-teachers.atom",
    "nl/measure-teachers.ics",
    "nl/milestones.csv",
    "nl/milestones.db",
    "nl/milestones.excel.csv",
    "nl/moves.csv",
    "nl/moves.excel.csv",
    "nl/responsible.csv",
    "nl/responsible.excel.csv",
    "nl/search.json",
    "nl/sector-mbo.ics",
    "nl/statements.csv",
    "nl/statements.excel.csv",
    "nl/timeline.svg",
    "nl/todo.ics",
    "nl/trend.svg",
    "page.css",
    "page.js",
    "parts.json",
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
        for path in sorted(folder.rglob("*"), key=str)
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


def test_lines_are_told_where_somebody_can_mend_them() -> None:
    """Of a programme whose file is in no repository they lead nowhere."""
    text = changed('repository = "https://example.org/data/milestones.toml"\n', "")
    assert {*FILES} - site(loads(text, path="data.toml"), DAY).keys() == {"lines.json"}


@pytest.mark.measured
def test_a_sitemap_that_is_too_long_comes_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patched: only a programme of ten thousands of pages would have one."""
    for module in (catalogue, site_module):
        monkeypatch.setattr(module, "ADDRESSES", 5)
    files = site(SCIENCE, DAY, address="https://example.org/site/")
    assert [path for path in files if path.endswith(".xml")] == [
        "sitemap-1.xml",
        "sitemap-2.xml",
        "sitemap.xml",
    ]
    assert files.keys() - {*FILES} == {"sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"}


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
    assert f'href="{address}{at}measure/files.html#in-force"'.encode() in changes
    assert b"in-force" in files[f"{at}measure/files.html"]


@pytest.mark.measured
def test_feeds_that_one_disk_cannot_hold_are_refused() -> None:
    """No id has capitals; what was made unchecked may have some."""
    (sector,) = SCIENCE.sectors
    with trusted():
        both = attrs.evolve(SCIENCE, sectors=(sector, attrs.evolve(sector, id="MBO")))
    with pytest.raises(BadValue) as error:
        site(both, DAY)
    assert str(error.value) == (
        "nl/sector-mbo.ics and nl/sector-MBO.ics would be one file, on some disks at least; "
        "give ids apart"
    )


@pytest.mark.measured
def test_a_language_that_is_called_as_a_folder_is_refused() -> None:
    """Its overview would be the page of a body."""
    texts = PROGRAMME.replace('en = "Measures"', 'body = "Measures"')
    programme = loads(texts.replace('"ocw"', '"index"'))
    with pytest.raises(BadValue) as error:
        site(programme, DAY)
    assert str(error.value) == (
        "body/index.html would be two pages: a language and the folder of an id are both called "
        '"body"; give another id'
    )


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
    before = site(SCIENCE, DAY)
    after = site(RETITLED, dt.date(2030, 1, 1), before=read_state(before["state.json"]))
    assert before.keys() == after.keys()
    others = set()
    for path in (path for path in before if path.endswith(".ics")):
        old, new = items(before[path]), items(after[path])
        assert old.keys() == new.keys()
        others |= {uid for uid in old if old[uid] != new[uid]}
        assert (before[path] != after[path]) == (
            path.startswith("nl/") and any(b"dossiers.in-f" in uid for uid in old)
        )
    assert others == {b"dossiers.in-force@science", b"dossiers.in-force.todo@science"}


OF_A_DAY = {
    "api/v2/milestones.json",
    "api/v2/programme.json",
    "en/burn-up.svg",
    "en/delays.svg",
    "en/figures.html",
    "en/incidence.svg",
    "en/index.html",
    "en/milestones.csv",
    "en/milestones.db",
    "en/milestones.excel.csv",
    "en/responsible.csv",
    "en/responsible.excel.csv",
    "en/trend.svg",
    "figures.html",
    "index.html",
    "nl/burn-up.svg",
    "nl/delays.svg",
    "nl/incidence.svg",
    "nl/milestones.csv",
    "nl/milestones.db",
    "nl/milestones.excel.csv",
    "nl/responsible.csv",
    "nl/responsible.excel.csv",
    "nl/trend.svg",
    "parts.json",
}


def test_nothing_edited_is_the_same_site() -> None:
    """However much later it is built, and however often; only what tells a standing moves on."""
    files = site(SCIENCE, DAY)
    before = read_state(files["state.json"])
    assert site(SCIENCE, DAY, before=before) == files
    later = site(SCIENCE, dt.date(2030, 1, 1), before=before)
    assert {path for path in FILES if later[path] != files[path]} == OF_A_DAY


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
from betatech_milestones import loads, read_state, site
text = sys.stdin.buffer.read().decode()
before = read_state(site(loads(text), dt.date(2015, 1, 1))["state.json"])
digest = hashlib.sha256()
edited = loads(text.replace("Van kracht", "In werking"))
for path, content in site(edited, dt.date(2016, 1, 1), before=before).items():
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
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for place in places
    ]
    digest = hashlib.sha256()
    before = read_state(site(loads(PROGRAMME), dt.date(2015, 1, 1))["state.json"])
    edited = loads(PROGRAMME.replace("Van kracht", "In werking"))
    for name, content in site(edited, DAY, before=before).items():
        digest.update(name.encode() + content)
    told = {process.communicate(PROGRAMME.encode())[0].strip() for process in running}
    assert told == {digest.hexdigest().encode()}


# --- publishing -----------------------------------------------------------------------------------


def test_a_first_publication(folder: Path) -> None:
    """The folder, and those above it, are made; it holds the site and nothing else."""
    target = folder / "public" / "site"
    published = publish(SCIENCE, DAY, target)
    assert published == Publication(files=84, feeds=18, changed=3, left_alone=(), warnings=())
    assert held(folder) == {
        f"public/site/{path}": text for path, text in site(SCIENCE, DAY).items()
    }


def test_the_next_publication_is_the_next_edition(folder: Path) -> None:
    """It takes the state of the one that stands there."""
    published_before(SCIENCE, DAY, folder)
    before = read_state((folder / "state.json").read_bytes())
    assert publish(RETITLED, DAY, folder).changed == 1
    assert held(folder) == site(RETITLED, DAY, before=before)
    assert b"\r\nSEQUENCE:3\r\n" in (folder / "nl/all.ics").read_bytes()
    assert [*folder.parent.iterdir()] == [folder]


OF_ENGLISH = {
    "api/v2/measures/files.json",
    "api/v2/milestones.json",
    "feeds.json",
    "parts.json",
    "state.json",
    *(path for path in FILES if path.startswith("en/") and "teachers." not in path),
    "en/measure/teachers.html",  # it leads to the other
} - {
    *("en/body/ocenw.html", "en/measure/dossiers.html"),  # which only lead on
    *("en/burn-up.svg", "en/delays.svg", "en/incidence.svg"),  # which only count
}


def test_files_that_did_not_change_stay_the_same_files(folder: Path) -> None:
    """A web server tells by their time that there is nothing new."""
    published_before(SCIENCE, DAY, folder)
    for number, path in enumerate(FILES):
        os.utime(folder / path, (number, number))
    before = {path: (folder / path).stat() for path in FILES}
    contents = held(folder)
    publish(loads(changed('"In force"', '"Into force"'), path="data.toml"), DAY, folder)
    for path in FILES:
        there = (folder / path).stat()
        same = (there.st_ino, there.st_mtime) == (before[path].st_ino, before[path].st_mtime)
        assert same is (contents[path] == (folder / path).read_bytes()), path
        assert same is (path not in OF_ENGLISH), path


def test_nothing_is_touched_where_nothing_changed(folder: Path) -> None:
    """Not even the folder is another: who stands in it, stands in it still."""
    published_before(SCIENCE, DAY, folder)
    (folder / "own.txt").write_text("mine")
    before, inode = held(folder), folder.stat().st_ino
    published = publish(SCIENCE, DAY, folder)
    assert (published.changed, published.files) == (0, len(FILES))
    assert published.left_alone == ("own.txt",)
    assert (held(folder), folder.stat().st_ino) == (before, inode)


def test_files_that_are_no_longer_made_go(folder: Path) -> None:
    """And who subscribed to them is thought of."""
    published_before(SCIENCE, DAY, folder)
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
    published_before(SCIENCE, DAY, folder)
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
    published_before(SCIENCE, DAY, folder)
    state = read_state((folder / "state.json").read_bytes())
    files = (*state.files, "fr/all.ics", "old/all.ics", "home.html")
    (folder / "state.json").write_bytes(attrs.evolve(state, files=files).dumps())
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
    published_before(SCIENCE, DAY, folder)
    modes = {"": 0o751, "nl": 0o711, "nl/all.ics": 0o604, "nl/body-ocenw.ics": 0o600}
    for path, mode in modes.items():
        (folder / path).chmod(mode)
    publish(RETITLED, DAY, folder)
    assert {path: (folder / path).stat().st_mode & 0o777 for path in modes} == modes


def test_a_disk_without_hard_links(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are copied there, with their times. Patched: no such disk can be had everywhere."""

    def no_links(*_: Path, **__: bool) -> None:
        raise PermissionError

    publish(SCIENCE, DAY, folder)
    (folder / "own.txt").write_text("mine")
    os.utime(folder / "own.txt", (5, 5))
    os.utime(folder / "en/all.ics", (6, 6))
    before = read_state((folder / "state.json").read_bytes())
    monkeypatch.setattr(os, "link", no_links)
    assert publish(RETITLED, DAY, folder).left_alone == ("own.txt",)
    assert held(folder) == {**site(RETITLED, DAY, before=before), "own.txt": b"mine"}
    assert (folder / "own.txt").stat().st_mtime == 5
    assert (folder / "en/all.ics").stat().st_mtime == 6


# --- what is refused ------------------------------------------------------------------------------


def test_a_lost_milestone_is_refused_and_can_be_forced(folder: Path) -> None:
    """Nothing is touched until someone insists."""
    published_before(SCIENCE, DAY, folder)
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
    published_before(SCIENCE, DAY, folder)
    assert refused(loads(text, path="data.toml"), folder) == f"data.toml:62: error: {why}"
    mistake = 'id = "in-force"\ncorrected = "een tikfout"'
    corrected = loads(text.replace('id = "in-force"', mistake), path="data.toml")
    copy = shutil.copytree(folder, folder.parent / "copy")
    assert publish(corrected, DAY, folder).changed == 1
    assert publish(corrected, DAY, folder).changed == 0
    assert publish(loads(text, path="data.toml"), DAY, copy, force=True).changed == 1


def test_a_mistake_is_corrected_once(folder: Path) -> None:
    """What let one correction through lets no other."""
    published_before(SCIENCE, DAY, folder)
    first = REWRITTEN["the date"][0].replace('id = "in-force"', 'id = "in-force"\ncorrected = "a"')
    publish(loads(first, path="data.toml"), DAY, folder)
    second = first.replace("due = 2014-09-01", "due = 2014-10-01")
    assert refused(loads(second, path="data.toml"), folder).endswith("[promise-rewritten]")
    publish(loads(second.replace('"a"', '"b"'), path="data.toml"), DAY, folder)


def first_version(folder: Path) -> None:
    """Let a site have the state that an earlier program would have written."""
    state = read_state((folder / "state.json").read_bytes())
    document = {
        "version": 1,
        "programme": state.programme,
        "files": state.files,
        "milestones": {
            known: {
                "id": milestone.id,
                "title": milestone.title,
                "kind": milestone.kind,
                "promised": milestone.promised,
                "gone": milestone.gone,
                "editions": {
                    name: (
                        edition.digest,
                        edition.sequence,
                        edition.created.isoformat(),
                        edition.modified.replace(tzinfo=None).isoformat(),
                    )
                    for name, edition in milestone.editions.items()
                },
            }
            for known, milestone in state.milestones.items()
        },
    }
    (folder / "state.json").write_text(json.dumps(document), "utf-8")


def test_a_state_of_the_first_version_is_read(folder: Path) -> None:
    """It knows the promised dates, which are guarded; and it is written in the second."""
    published_before(SCIENCE, DAY, folder)
    before = held(folder)
    first_version(folder)
    text, why = REWRITTEN["the date"]
    assert refused(loads(text, path="data.toml"), folder) == f"data.toml:62: error: {why}"
    assert publish(SCIENCE, DAY, folder).changed == 0
    assert held(folder) == before
    assert json.loads((folder / "state.json").read_text("utf-8"))["version"] == 3


@pytest.mark.parametrize("what", ["a move", "an outcome"])
def test_what_the_first_version_did_not_keep_is_not_guarded(folder: Path, what: str) -> None:
    """Nobody can tell whether that was published."""
    published_before(SCIENCE, DAY, folder)
    first_version(folder)
    assert publish(loads(REWRITTEN[what][0], path="data.toml"), DAY, folder).changed == 1


def test_a_renamed_body_loses_no_feed(folder: Path) -> None:
    """Its calendar stays where it was, and no item gets other stamps."""
    published_before(SCIENCE, DAY, folder)
    before = {path: text for path, text in held(folder).items() if path.endswith(".ics")}
    text = PROGRAMME.replace('"ocw"', '"education"').replace('["ocenw"]', '["ocenw", "ocw"]')
    published = publish(loads(text, path="data.toml"), DAY, folder)
    assert (published.changed, published.warnings) == (0, ())
    assert {path: text for path, text in held(folder).items() if path.endswith(".ics")} == before


@pytest.mark.measured
def test_feeds_without_a_state_are_refused(folder: Path) -> None:
    """What was published would be published once more as if it were new."""
    published_before(SCIENCE, DAY, folder)
    before = held(folder)
    (folder / "state.json").unlink()
    assert refused(SCIENCE, folder) == (
        "site/state.json: error: is not there, and feeds are: what was published is not known, and "
        "subscribers would miss changes; restore it [no-state]"
    )
    publish(SCIENCE, DAY, folder, force=True)
    assert held(folder) == before


STATES = pytest.mark.parametrize("written", [None, b"{}", b"\xff"])
"""A state that is lost, and some that are damaged."""


def spoil_state(folder: Path, written: bytes | None) -> None:
    """Put something in the place of a state, or nothing."""
    (folder / "state.json").unlink()
    if written is not None:
        (folder / "state.json").write_bytes(written)


@STATES
def test_the_record_tells_without_a_state_what_is_ours(folder: Path, written: bytes | None) -> None:
    """Pages of what is no longer there go, and who had its calendars is thought of."""
    published_before(SCIENCE, DAY, folder)
    (folder / "own.txt").write_text("mine")
    spoil_state(folder, written)
    one = loads(PROGRAMME[: PROGRAMME.rindex("[[measure]]")], path="data.toml")
    published = publish(one, DAY, folder, force=True)
    assert published.left_alone == ("own.txt",)
    assert held(folder) == {**site(one, DAY), "own.txt": b"mine"}
    assert f"{folder / 'nl' / 'measure-teachers.ics'}: warning: is no longer made" in str(
        published.warnings[-1]
    )


def test_a_state_of_another_edition_and_the_record_tell_what_is_ours(folder: Path) -> None:
    """Where they are not of one time, what either names was made by this program."""
    published_before(WITHOUT_SECTOR, DAY, folder)
    old = (folder / "state.json").read_bytes()
    publish(SCIENCE, DAY, folder)
    (folder / "state.json").write_bytes(old)
    (folder / "own.txt").write_text("mine")
    assert publish(WITHOUT_SECTOR, DAY, folder, force=True).left_alone == ("own.txt",)
    assert {*held(folder)} == {*site(WITHOUT_SECTOR, DAY), "own.txt"}


def test_a_bad_state_is_refused(folder: Path) -> None:
    """Also one from elsewhere; forced, it is replaced."""
    published_before(SCIENCE, DAY, folder)
    before = held(folder)
    (folder / "state.json").write_text('{"version": 4}')
    why = (
        "cannot be read: its version is 4, and this program reads 1, 2 and 3; "
        "restore it [bad-state]"
    )
    assert refused(SCIENCE, folder) == f"site/state.json: error: {why}"
    assert refused(SCIENCE, folder.parent / "new", previous=folder) == (
        f"site/state.json: error: {why}"
    )
    assert publish(SCIENCE, DAY, folder, force=True).changed == 3
    assert held(folder) == before


@pytest.mark.measured
def test_a_state_older_than_the_feeds_is_refused(folder: Path) -> None:
    """It was restored from a copy that was too old: the feeds themselves have higher stamps."""
    published_before(SCIENCE, DAY, folder)
    old = (folder / "state.json").read_bytes()
    publish(RETITLED, DAY, folder)
    (folder / "state.json").write_bytes(old)
    assert refused(RETITLED, folder) == "\n".join(
        f"site/nl/{name}.ics: error: dossiers.in-force{infix}@science has SEQUENCE 3 here, "
        "and none or a lower one in the state, which is older than this feed; restore the one "
        "published with it [lower-sequence]"
        for name, infix in (("all", ""), ("todo", ".todo"))
    )


def test_a_state_older_than_a_long_name_is_refused(folder: Path) -> None:
    """Of a name that takes two lines in a feed, as any that does not."""
    known = "x" * 60
    first, second = (
        loads(text.replace('"dossiers"', f'"{known}"'), path="data.toml")
        for text in (PROGRAMME, changed('"Van kracht"', '"In werking"'))
    )
    publish(first, DAY, folder)
    assert f"\r\nUID:{known}.in-f".encode() in (folder / "nl/all.ics").read_bytes()
    assert f"{known}.in-force@science".encode() not in (folder / "nl/all.ics").read_bytes()
    old = (folder / "state.json").read_bytes()
    publish(second, DAY, folder)
    (folder / "state.json").write_bytes(old)
    assert refused(second, folder) == "\n".join(
        f"site/nl/{name}.ics: error: {known}.in-force{infix}@science has SEQUENCE 3 here, "
        "and none or a lower one in the state, which is older than this feed; restore the one "
        "published with it [lower-sequence]"
        for name, infix in (("all", ""), ("todo", ".todo"))
    )


def test_a_state_that_knows_less_than_the_feeds_is_refused(folder: Path) -> None:
    """The same for a milestone that was published after it."""
    published_before(SHORTER, DAY, folder)
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
    published_before(SCIENCE, DAY, folder)
    before = held(folder)
    (folder / "nl/all.ics").write_bytes(feed)
    publish(SCIENCE, DAY, folder)
    assert held(folder) == before


IN_THE_WAY = "was not made by this program and is in the way"


@posix
@pytest.mark.measured
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


@pytest.mark.measured
def test_all_reasons_are_told_at_once(folder: Path) -> None:
    """Of the data and of the folder."""
    published_before(WITHOUT_SECTOR, DAY, folder)
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


@pytest.mark.measured
def test_what_did_not_change_is_published_elsewhere_all_the_same(folder: Path) -> None:
    """That it stands in the other folder already is of no use to who reads this one."""
    old = folder.parent / "old"
    publish(SCIENCE, DAY, old)
    assert publish(SCIENCE, DAY, folder, previous=old).changed == 0
    assert held(folder) == held(old)


@STATES
def test_the_state_from_elsewhere_takes_the_place_of_a_spoilt_one(
    folder: Path, written: bytes | None
) -> None:
    """The record tells what of the folder is ours: none of that is in the way."""
    good = folder.parent / "good"
    publish(SCIENCE, DAY, folder)
    shutil.copytree(folder, good)
    spoil_state(folder, written)
    assert publish(SCIENCE, DAY, folder, previous=good).left_alone == ()
    assert held(folder) == held(good)


@pytest.mark.measured
def test_the_front_of_several_programmes_is_not_taken_for_a_site(folder: Path) -> None:
    """It has a record and no state: one programme does not take its place unasked."""
    old = folder.parent / "old"
    publish(SCIENCE, DAY, old)
    text = PROGRAMME.replace('id = "science"', 'id = "schools"')
    for name, its in ("science", PROGRAMME), ("schools", text):
        (folder.parent / f"{name}.toml").write_text(its, encoding="utf-8")
    files = [folder.parent / f"{name}.toml" for name in ("science", "schools")]
    publish_portfolio(load_portfolio(*files), DAY, folder)
    ours = {path for path in FILES if (folder / path).exists()}
    assert {"index.html", "parts.json"} < ours
    told = refused(SCIENCE, folder, previous=old).splitlines()
    named = {line.partition(": ")[0].removeprefix("site/") for line in told}
    assert ours - {"page.css", "page.js", "favicon.svg"} <= named <= ours


@pytest.mark.measured
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
    with trusted():  # no file may hold so long a text; many milestones come to as much
        summary = Texts((("nl", "Minder en bredere dossiers."), ("en", "x" * 899_000)))
    first, *others = SCIENCE.measures
    large = attrs.evolve(SCIENCE, measures=(attrs.evolve(first, summary=summary), *others))
    published = publish(large, DAY, folder)
    assert {warning.rule.name for warning in published.warnings} == {"large-feed"}
    sizes = {path: len(content) for path, content in site(large, DAY).items()}
    assert [str(warning) for warning in published.warnings] == [
        f"{folder}/{path}: warning: has {sizes[path] // 1000:,} kB, and Google Calendar stops at "
        "1,000; subscribe to feeds by part, or leave out what ended long ago with --since DATE "
        "[large-feed]"
        for path in ("en/all-2015-cluster-labour-market.ics", "en/measure-dossiers.ics")
    ]
    inode = folder.stat().st_ino
    assert publish(large, DAY, folder).warnings == published.warnings
    assert folder.stat().st_ino == inode, "nothing is made again"


@posix
@pytest.mark.parametrize("what", ["link", "pipe"])
@pytest.mark.parametrize("path", ["nl/all.ics", "feeds.json", "index.html", "parts.json"])
def test_what_is_no_file_is_not_read(folder: Path, path: str, what: str) -> None:
    """A device has no end, and who reads a pipe waits: it is made anew."""
    published_before(SCIENCE, DAY, folder)
    before = held(folder)
    (folder / path).unlink()
    if what == "pipe":
        os.mkfifo(folder / path)
    else:
        (folder / path).symlink_to("/dev/zero")
    publish(SCIENCE, DAY, folder)
    assert held(folder) == before


@posix
@pytest.mark.parametrize("what", ["link", "pipe"])
@pytest.mark.measured
def test_a_state_that_is_no_file_is_none(folder: Path, what: str) -> None:
    """It is to be restored, as one that is gone."""
    published_before(SCIENCE, DAY, folder)
    (folder / "state.json").unlink()
    if what == "pipe":
        os.mkfifo(folder / "state.json")
    else:
        (folder / "state.json").symlink_to("/dev/zero")
    with pytest.raises(Refused, match=r"^\S+state.json: error: is not there, and feeds are: "):
        publish(SCIENCE, DAY, folder)


@pytest.mark.parametrize("record", ["[]", "", None])
@pytest.mark.measured
def test_only_a_site_above_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, record: str | None
) -> None:
    """A `parts.json` of others makes none: what is above it may be closed to who publishes."""
    locked: list[Path] = []

    def noted(target: Path) -> AbstractContextManager[None]:
        locked.append(target)
        return alone(target)

    monkeypatch.setattr(publication_module, "alone", noted)
    if record is None:
        publish(SCIENCE, DAY, folder)
        locked.clear()
    else:
        folder.mkdir()
        (folder / "parts.json").write_text(record)
    publish(SCIENCE, DAY, folder / "within")
    assert locked == ([folder] if record is None else []) + [folder / "within"]


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


@pytest.mark.parametrize("at", [".", "..", "{folder}"])
@pytest.mark.measured
def test_the_current_folder_is_not_replaced(
    folder: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """Nor one above it: whoever stands there would stand in a folder that is gone."""
    (folder / "deep").mkdir(parents=True)
    monkeypatch.chdir(folder / "deep" if at == ".." else folder)
    at = at.format(folder=folder)
    with pytest.raises(OSError, match="current") as error:
        publish(SCIENCE, DAY, at)
    assert (error.value.strerror, error.value.filename) == (
        "the current folder is in it, and would be gone; publish in a folder within it",
        at,
    )
    assert [*folder.iterdir()] == [folder / "deep"]
    publish(SCIENCE, DAY, "site")
    assert [*held(Path("site"))] == FILES


@posix
@posix
@pytest.mark.measured
def test_a_folder_that_is_gone_is_in_nobodys_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process may stand in one that another has removed."""
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    publish(SCIENCE, DAY, folder)
    assert [*held(folder)] == FILES


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
@pytest.mark.parametrize("at", ["/", "/proc"])
def test_a_place_where_a_disk_is_mounted_cannot_be_replaced(at: str) -> None:
    """Nothing can stand beside it on that disk."""
    with pytest.raises(OSError, match="mounted") as error:
        publish(SCIENCE, DAY, at)
    assert error.value.filename == at
    assert error.value.strerror == (
        "it is where a disk is mounted, and cannot be replaced as a whole; "
        "publish in a folder within it"
    )


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
    published_before(SCIENCE, DAY, folder)
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
    published_before(SCIENCE, DAY, folder)
    command = [sys.executable, "-c", WATCH, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as watcher:
        assert watcher.stdout is not None
        watcher.stdout.readline()  # it looks
        for programme in (RETITLED, SCIENCE) * 5:
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
    published_before(SCIENCE, DAY, folder)
    (folder / "own.txt").write_text("mine")
    before = read_state((folder / "state.json").read_bytes())
    publish(RETITLED, DAY, folder)
    assert held(folder) == {**site(RETITLED, DAY, before=before), "own.txt": b"mine"}
    assert [*folder.parent.iterdir()] == [folder]


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("error", [PermissionError, KeyboardInterrupt])
@pytest.mark.parametrize("step", ["", ".new"])
def test_elsewhere_a_step_that_fails_undoes_the_first(
    folder: Path, step: str, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old site is put back. Patched: nothing makes a rename fail just then."""
    published_before(SCIENCE, DAY, folder)
    before = held(folder)
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.suffix == step:
            raise error
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(error):
        publish(RETITLED, DAY, folder)
    assert held(folder) == before
    assert [*folder.parent.iterdir()] == [folder]


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("step", ["", ".new"])
@pytest.mark.measured
def test_elsewhere_who_interrupts_a_step_leaves_a_site(
    folder: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key is heard when a rename is done: one of the two is in its place. Patched as above."""
    published_before(SCIENCE, DAY, folder)
    before = held(folder)
    after = site(RETITLED, DAY, before=read_state((folder / "state.json").read_bytes()))
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        done = rename(path, target)
        if path.suffix == step:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(RETITLED, DAY, folder)
    assert held(folder) == (after if step else before)
    assert [*folder.parent.iterdir()] == [folder]


def test_a_disk_that_cannot_swap_two_folders(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux says that of some. Patched: what is asked for is what no disk can do."""
    published_before(SCIENCE, DAY, folder)
    before = read_state((folder / "state.json").read_bytes())
    monkeypatch.setattr(system, "_RENAME_EXCHANGE", 1 << 30)
    publish(RETITLED, DAY, folder)
    assert held(folder) == site(RETITLED, DAY, before=before)
    assert [*folder.parent.iterdir()] == [folder]


@pytest.mark.measured
def test_a_site_put_aside_is_put_back(folder: Path) -> None:
    """A publication killed between the two steps left it there; the next one goes on from it."""
    published_before(SCIENCE, DAY, folder)
    (folder / "own.txt").write_text("mine")
    folder.rename(folder.with_name(".site.0123abcd.old"))
    assert publish(SCIENCE, DAY, folder).changed == 0
    assert held(folder.parent).keys() == {f"site/{path}" for path in [*FILES, "own.txt"]}


def test_only_its_own_site_is_put_back(folder: Path) -> None:
    """Another site beside it has a name that looks the same."""
    published_before(SCIENCE, DAY, folder)
    aside = folder.rename(folder.with_name(".site.b.0123abcd.old"))
    publish(RETITLED, DAY, folder)
    assert held(folder) == site(RETITLED, DAY)
    assert [*held(aside)] == FILES


# --- publications that were killed ----------------------------------------------------------------


def test_what_a_killed_publication_left_is_swept_away(folder: Path) -> None:
    """Also where nothing else is to be done: nobody else publishes there meanwhile."""
    published_before(SCIENCE, DAY, folder)
    for token in ("00000000", "ffffffff"):
        for kind in ("new", "old"):
            left = folder.with_name(f".site.{token}.{kind}")
            left.mkdir()
            (left / "half").write_text("half")
    folder.with_name(".site.mine.new").mkdir()
    folder.with_name(".site.lock").touch()
    publish(SCIENCE, DAY, folder)
    assert {path.name for path in folder.parent.iterdir()} == {"site", ".site.mine.new"}


# For each line that it reads, a process that publishes a version, and is killed as soon as it has
# touched files so often.
PUBLISHERS = """
import datetime as dt, os, signal, sys
from betatech_milestones import loads, publish, site
sys.platform, folder, *texts = sys.argv[1:]
programmes = [loads(text, path="data.toml") for text in texts]
for programme in programmes:
    site(programme, dt.date(2016, 1, 1))  # what is made once is made here
def touched(event, _):
    global left
    if event == "open" or event.startswith(("os.", "shutil.", "ctypes.dlsym")):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
for line in sys.stdin:
    version, left = map(int, line.split())
    if process := os.fork():
        os.waitpid(process, 0)
        print("ended", flush=True)
    else:
        most = left
        sys.addaudithook(touched)
        publish(programmes[version], dt.date(2016, 1, 1), folder)
        print(most - left, flush=True)
        os._exit(0)
"""


@posix
@pytest.mark.slow
@pytest.mark.parametrize("system", ["linux", "elsewhere"])
def test_a_publication_can_be_killed_at_any_point(folder: Path, system: str) -> None:
    """The folder holds the site before or the one after, whole, and the next one follows.

    Both are known byte by byte. Elsewhere than on Linux the site may stand aside.
    """
    chance = random.Random(20161123)  # noqa: S311  nothing secret
    versions = [PROGRAMME, changed('"Van kracht"', '"In werking"')]
    publish(SCIENCE, DAY, folder)
    (folder / "nl/own.txt").write_text("mine")

    def found() -> dict[str, bytes | Path | None]:
        there = folder
        if system != "linux" and not folder.exists():
            asides = folder.parent.glob(".site.*.old")
            there = max(asides, key=lambda old: old.stat().st_mtime_ns)
        return {path: content for path, content in held(there).items() if path != "nl/own.txt"}

    with subprocess.Popen(
        [sys.executable, "-c", PUBLISHERS, system, folder, *versions],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *sys.path])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as publishers:
        assert publishers.stdin is not None
        assert publishers.stdout is not None

        def told(version: int, most: int) -> list[str]:
            print(version, most, file=publishers.stdin, flush=True)
            return [*iter(partial(next, publishers.stdout), "ended\n")]

        touches = int(told(1, 10**9)[0])
        edition, version = found(), 1
        followed = halves = 0
        for killed in range(16):
            state = edition["state.json"]
            assert isinstance(state, bytes)
            new = 1 - version
            after = site([SCIENCE, RETITLED][new], DAY, before=read_state(state))
            span = touches / 10  # a random point in each stretch, and what is swept away besides
            told(new, int(span * killed + chance.uniform(1, span)))
            halves += any(folder.parent.glob(".site.*.new"))
            if (held_now := found()) != edition:
                assert held_now == after
                edition, version, followed = held_now, new, followed + 1
        publishers.stdin.close()
    assert halves > 4, "publications were not killed while they wrote"
    assert followed > 0, "publications were killed before they came to anything"
    publish(SCIENCE, DAY, folder)
    assert held(folder)["nl/own.txt"] == b"mine"
    assert [*folder.parent.iterdir()] == [folder]


def test_of_several_sites_put_aside_the_newest_is_put_back(folder: Path) -> None:
    """The others were left when both steps were done."""
    published_before(SCIENCE, DAY, folder)
    first = shutil.copytree(folder, folder.parent / "first")
    publish(RETITLED, DAY, folder)
    publish(SCIENCE, DAY, folder)
    newest = held(folder)
    folder.rename(folder.with_name(".site.77777777.old"))
    for token in ("00000000", "ffffffff"):
        shutil.copytree(first, folder.with_name(f".site.{token}.old"))
    assert publish(SCIENCE, DAY, folder).changed == 0
    assert held(folder) == newest
