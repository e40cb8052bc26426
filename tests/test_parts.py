"""Only what differs is made again, and what is made so is what would be made from nothing."""

import datetime as dt
import itertools
import json
import pickle
import re
import shutil
import threading
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from programmes import PROGRAMME, changed
from strategies import programmes

from betatech_milestones import (
    BadValue,
    PolicyDate,
    Programme,
    Refused,
    Texts,
    course,
    loads,
    publish,
    read_state,
    site,
)
from betatech_milestones.website import api
from betatech_milestones.website import folder as folder_module
from betatech_milestones.website.folder import alone
from betatech_milestones.website.parts import (
    Made,
    Record,
    digest_of,
    digests,
    read_record,
    setting,
    together,
)
from betatech_milestones.website.site import Settings, planned

DAY = dt.date(2016, 1, 1)
SCIENCE = loads(PROGRAMME, path="data.toml")
RETITLED = loads(changed('"Van kracht"', '"In werking"'), path="data.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a site is to come."""
    return tmp_path / "site"


def held(folder: Path) -> dict[str, bytes]:
    """All files of a folder, in order."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"), key=str)
        if path.is_file()
    }


def marks(folder: Path) -> dict[str, tuple[int, int]]:
    """What tells that a file is the same file still: its inode and its time."""
    return {
        path: ((folder / path).stat().st_ino, (folder / path).stat().st_mtime_ns)
        for path in held(folder)
    }


# --- what has a digest ----------------------------------------------------------------------------


@settings(max_examples=20)
@given(programmes())
def test_equal_values_have_one_digest(programme: Programme) -> None:
    """Whoever made them: neither identity nor what was reckoned of them meanwhile shows in it."""
    digest = digests()
    before = digest(programme), [digest(measure) for measure in programme.measures]
    for milestone in programme.milestones:
        course(milestone)
    copy = pickle.loads(pickle.dumps(programme))  # noqa: S301  made here
    digest = digests()
    assert (digest(copy), [digest(measure) for measure in copy.measures]) == before
    assert [digest(measure) for measure in programme.measures] == before[1]


def test_what_differs_has_another_digest() -> None:
    """Also where it is equal for a report: the words of a date, the kind of an outcome."""
    digest = digests()
    files, teachers = SCIENCE.measures
    milestone = files.milestones[0]
    found = [
        digest(files),
        digest(teachers),
        digest(files, teachers),
        digest([files, teachers]),
        digest(SCIENCE),
        digest(RETITLED),
        digest(milestone),
        digest(attrs.evolve(milestone, due=PolicyDate.parse("2014-08-01"))),
        digest(attrs.evolve(milestone, due=PolicyDate.parse("1 augustus 2014"))),
        digest(SCIENCE.sources[0]),
        digest(SCIENCE.sources[1]),
        digest(DAY),
        digest(Texts({"nl": "a"})),
        digest(Texts({"en": "a"})),
        digest("a"),
        digest("\ud800"),
        digest(None),
        digest(1, 2),
        digest(12),
        digest(Decimal("1.20")),
    ]
    assert len({*found}) == len(found) - 1
    assert found[6] == found[7], "a day in quotes is the day"
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in found)


def test_where_a_record_stands_is_not_in_its_digest() -> None:
    """A line more at the top of a file would move all that is below it."""
    lower = loads("\n\n" + PROGRAMME)
    assert [milestone.line for milestone in lower.milestones] != [
        milestone.line for milestone in SCIENCE.milestones
    ]
    digest = digests()
    assert digest(lower.measures) == digest(SCIENCE.measures)


def test_a_site_is_made_anew_by_other_settings() -> None:
    """Whatever shows in all files, the program itself among them."""
    assert setting("a") == setting("a") != setting("b")
    assert Settings().digest == Settings(placement="deadline").digest
    assert len({Settings().digest, Settings(since="2014-01-01").digest, setting(1)}) == 3


@pytest.mark.parametrize("path", ["nl/all.ics", "measure/files.html", "nl/changes.atom"])
def test_a_file_is_not_kept_once_it_is_made(path: str) -> None:
    """Who publishes ten thousand of them has room for one."""
    plan = planned(SCIENCE, DAY, Settings(), before=lambda: None)
    made = plan.content(path)
    assert made == plan.content(path) is not made


def test_files_that_are_made_together_are_made_once() -> None:
    """Each is kept until it is asked for, and no longer."""
    made = []

    def make() -> dict[str, bytes]:
        made.append(1)
        return {"a": b"1", "b": b"2"}

    files = together(("a", "b"), make)
    assert (files["a"](), files["b"](), len(made)) == (b"1", b"2", 1)
    assert (files["a"](), len(made)) == (b"1", 2)


# --- the record -----------------------------------------------------------------------------------

RECORD = Record(
    setting="0" * 16,
    state="1" * 16,
    parts={
        "b": Made(inputs="2" * 16, files={"nl/b.ics": "3" * 16, "nl/a.ics": "4" * 16}),
        'a"é': Made(inputs="", files={}),
    },
)
WRITTEN = """\
{"version":1,"checksum":"%s",
"setting":"0000000000000000","state":"1111111111111111","parts":{
"a\\"\\u00e9":["",{}],
"b":["2222222222222222",{"nl/a.ics":"4444444444444444","nl/b.ics":"3333333333333333"}]
}}
"""


def test_the_record_in_full() -> None:
    """A line for each part, and first of all what tells whether it is whole."""
    rest = WRITTEN.partition("\n")[2]
    written = (WRITTEN % digest_of(rest.encode())).encode()
    assert RECORD.dumps() == written
    assert read_record(written) == RECORD
    assert [*RECORD.files] == ["nl/b.ics", "nl/a.ics"]
    assert json.loads(written)["parts"]["b"][0] == "2" * 16


@given(st.binary() | st.integers(0, len(RECORD.dumps()) - 1).map(lambda at: RECORD.dumps()[:at]))
def test_what_is_no_record_is_none(written: bytes) -> None:
    """Half of one, or anything else: then all is made."""
    assert read_record(written) is None


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "}",
        '"setting":"","state":""}\n',
        '"setting":"","state":"","parts":[]}\n',
        '"setting":"","state":"","parts":{"a":[]}}\n',
        '"setting":"","state":"","parts":{"a":["",[]]}}\n',
        '"setting":"","state":"","parts":{"a":["",{"/etc/passwd":""}]}}\n',
        '"setting":"","state":"","parts":{"a":["",{"../a":""}]}}\n',
        '"setting":"","state":"","parts":{"a":["",{"a/.b":""}]}}\n',
        '"setting":"","state":"","parts":' + "[" * 100_000,
    ],
)
def test_a_record_with_another_content_is_none(rest: str) -> None:
    """Whoever took the trouble of giving it the right first line: no path leads out of a site."""
    first = f'{{"version":1,"checksum":"{digest_of(rest.encode())}",\n'
    assert read_record((first + rest).encode()) is None


# --- incremental is as full -----------------------------------------------------------------------

# What is edited, any number of times: what stands there · what takes its place, with a new number.
WORDS = {
    "a milestone": (r'"Van kracht\d*"', '"Van kracht{}"'),
    "a shared milestone": (r'"Leraren geraadpleegd\d*"', '"Leraren geraadpleegd{}"'),
    "a measure": (r'"Dossiers\d*"', '"Dossiers{}"'),
    "another language": (r'"Teachers\d*"', '"Teachers{}"'),
    "a cluster": (r'"Arbeidsmarkt\d*"', '"Arbeidsmarkt{}"'),
    "a sector": (r'"middelbaar beroepsonderwijs\d*"', '"middelbaar beroepsonderwijs{}"'),
    "a body": (r'"Ministerie van OCW\d*"', '"Ministerie van OCW{}"'),
    "a source": (r'"Tweede brief\d*"', '"Tweede brief{}"'),
    "the programme": (r'"Maatregelen\d*"', '"Maatregelen{}"'),
    "its publisher": (r'"Ministerie\d*"', '"Ministerie{}"'),
    "its file": (r"milestones\d*.toml", "milestones{}.toml"),
    "a kind": (r'"Raadpleging\d*"', '"Raadpleging{}"'),
    "a reason": (r'"meer tijd nodig\d*"', '"meer tijd nodig{}"'),
    "a code": (r'"L2\d*"', '"L2{}"'),
}
MEASURE = """
[[measure]]
id = "new-{0}"
title = {{ nl = "Nieuw {0}" }}
cluster = "labour-market"
bodies = ["{2}"]
source = "letter-2015"
[[measure.milestone]]
id = "begin"
title = {{ nl = "Begin {0}", en = "Start {0}" }}
kind = "start"
due = 2016-0{1}-01
also = ["files"]
"""
NEWS = """
[[measure.milestone.news]]
on = 2015-12-01
found = "nothing"
by = "redactie {}"
"""


MOVE = """
[[measure.milestone.revised]]
due = 2017-0{1}-01
source = "letter-2015"
announced = 2015-09-03
reason = "later {0}"
"""
MET = """
[measure.milestone.met]
on = 2015-06-0{1}
source = "web-page"
"""
_ENDED = re.compile(r"\.(met|replaced)\]")
RENAMED = {"a measure's id": "teachers", "a milestone's id": "in-force"}
ADDED = {"more": MEASURE, "news": NEWS, "a move": MOVE, "an outcome": MET}


def edited(text: str, what: str, number: int) -> str:
    """Return a data file that is edited in one place."""
    if what in WORDS:
        pattern, replacement = WORDS[what]
        return re.sub(pattern, replacement.format(number), text)
    if what == "an outcome" and _ENDED.search(text[text.rindex("[[measure.milestone]]") :]):
        return text
    body = re.findall(r'\[\[body\]\]\nid = "(.*)"', text)[0]
    if what in ADDED:
        return text + ADDED[what].format(number, number % 9 + 1, body)
    if what in RENAMED:
        old = re.findall(rf'id = "({RENAMED[what]}[-\d]*)"\n', text)[0]
        text = text.replace(f"files/{old}", f"files/{RENAMED[what]}-{number}")
        pattern = rf'id = "{old}"\n(?:formerly = \[(.*)\]\n)?'
        renamed = rf'id = "{RENAMED[what]}-{number}"\nformerly = ["{old}", \1]\n'
        return re.sub(pattern, renamed, text)
    match what:
        case "a line":
            text = "# more\n" + text
        case "less":
            head, new, _ = text.rpartition('\n[[measure]]\nid = "new-')
            text = head if new else text
        case "renamed body":
            text = text.replace(f'"{body}"', f'"body-{number}"')
            text = text.replace('formerly = ["ocenw"', f'formerly = ["ocenw", "{body}"')
    return text


def spoilt(folder: Path, how: str, chance: int) -> None:
    """Do to a published site what nobody should."""
    paths = sorted(held(folder).keys() - {"state.json"})
    file = folder / paths[chance % len(paths)]
    match how:
        case "edit":
            file.write_bytes(file.read_bytes() + b"x")
        case "remove":
            file.unlink()
        case "swap":
            shutil.copyfile(folder / paths[(chance + 1) % len(paths)], file)
        case "forget":
            (folder / "parts.json").unlink()


OTHERS = ("a line", "less", "renamed body")
STEPS = st.lists(
    st.tuples(
        st.lists(st.sampled_from([*WORDS, *ADDED, *RENAMED, *OTHERS]), max_size=3),
        st.integers(-400, 400),
        st.sampled_from(["", "", "", "edit", "remove", "swap", "forget"]),
        st.integers(0, 1000),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.slow
@pytest.mark.parametrize("large", [api.LARGE, 1])
@settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # each is slow
@given(steps=STEPS)
def test_incremental_is_as_full(large: int, steps: list[tuple[list[str], int, str, int]]) -> None:
    """Whatever is edited, on whatever day, also an earlier one, and whatever befell the site.

    What is as it was is the same file, with its inode and its time. Also as large programmes are
    published; patched: no property is tried with one.
    """
    with TemporaryDirectory() as temporary, pytest.MonkeyPatch.context() as patched:
        patched.setattr(api, "LARGE", large)
        folder = Path(temporary) / "site"
        text, day, numbers = PROGRAMME, DAY, itertools.count()
        publish(loads(text, path="data.toml"), day, folder)
        for edits, days, harm, chance in steps:
            before = read_state((folder / "state.json").read_bytes())
            spoilt(folder, harm, chance)
            for what in edits:
                text = edited(text, what, next(numbers))
            day += dt.timedelta(days=days)
            programme = loads(text, path="data.toml")
            was, mark = held(folder), marks(folder)
            publish(programme, day, folder, force=True)
            now = held(folder)
            assert now == site(programme, day, before=before)
            same = {path for path in now if was.get(path) == now[path]}
            assert {path for path, it in marks(folder).items() if mark.get(path) == it} == same


# --- what stands there is looked at ---------------------------------------------------------------


def lies(folder: Path, record: Record) -> None:
    (folder / "parts.json").write_bytes(record.dumps())


def test_a_record_that_was_edited_counts_for_nothing(folder: Path) -> None:
    """It says of the old files what is true of the new ones: they are made all the same."""
    publish(SCIENCE, DAY, folder)
    before = read_state((folder / "state.json").read_bytes())
    expected = site(RETITLED, DAY, before=before)
    written = (folder / "parts.json").read_text()
    old, new = (json.loads(text)["parts"] for text in (written, expected["parts.json"]))
    for name, (inputs, _) in new.items():
        written = written.replace(old[name][0] or "-", inputs)
    (folder / "parts.json").write_text(written)
    publish(RETITLED, DAY, folder)
    assert held(folder) == expected


@pytest.mark.parametrize("what", ["a file", "all paths", "the state", "the settings", "no part"])
def test_a_record_that_does_not_fit_is_not_believed(folder: Path, what: str) -> None:
    """Also where it is whole: a part is made of which the files are not as it says."""
    publish(SCIENCE, DAY, folder)
    expected = held(folder)
    record = read_record(expected["parts.json"])
    assert record is not None
    part = record.parts["measure/files"]
    path = "measure/files.html"
    match what:
        case "a file":
            (folder / path).write_text("lie")
            files = {**part.files, path: digest_of(b"lie!")}
            parts = {**record.parts, "measure/files": attrs.evolve(part, files=files)}
            record = attrs.evolve(record, parts=parts)
        case "all paths":
            (folder / path).write_text("lie")
            files = {path: digest_of(b"lie")}
            parts = {**record.parts, "measure/files": attrs.evolve(part, files=files)}
            record = attrs.evolve(record, parts=parts)
        case "the state":
            record = attrs.evolve(record, state="0" * 16)
        case "the settings":
            record = attrs.evolve(record, setting="0" * 16)
        case "no part":
            record = attrs.evolve(record, parts={})
    lies(folder, record)
    publish(SCIENCE, DAY, folder)
    assert held(folder) == expected


def test_a_record_that_vouches_for_a_bad_state(folder: Path) -> None:
    """Whoever edited both is told, once the state is needed; nothing is published."""
    publish(SCIENCE, DAY, folder)
    record = read_record((folder / "parts.json").read_bytes())
    assert record is not None
    (folder / "state.json").write_bytes(b"{}")
    lies(folder, attrs.evolve(record, state=digest_of(b"{}")))
    before = held(folder)
    with pytest.raises(Refused) as error:
        publish(RETITLED, DAY, folder, force=True)
    assert str(error.value) == (
        f"{folder / 'state.json'}: error: cannot be read: it is not what this program wrote; "
        "restore it, or remove parts.json [bad-state]"
    )
    assert held(folder) == before
    (folder / "parts.json").unlink()
    publish(RETITLED, DAY, folder, force=True)
    assert held(folder) == site(RETITLED, DAY)


@pytest.mark.parametrize(
    ("large", "path"), [(api.LARGE, "page.css"), (1, "page.css"), (1, "nl/milestones.csv.gz")]
)
def test_a_file_that_has_become_a_folder_is_made(
    large: int, path: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if it were not there; also one that is made of what was published. Patched as above."""
    monkeypatch.setattr(api, "LARGE", large)
    publish(SCIENCE, DAY, folder)
    expected = held(folder)
    (folder / path).unlink()
    (folder / path).mkdir()
    publish(SCIENCE, DAY, folder)
    assert held(folder) == expected


def test_an_edition_from_elsewhere_is_gone_on_from(folder: Path) -> None:
    """Its files are taken over where they are as they should be; the two share none."""
    old = folder.parent / "old"
    publish(SCIENCE, DAY, old)
    before = read_state((old / "state.json").read_bytes())
    (old / "nl/measure-dossiers.ics").write_text("spoilt")
    for programme in (SCIENCE, RETITLED):
        new = folder.parent / "new"
        publish(programme, DAY, new, previous=old)
        assert held(new) == site(programme, DAY, before=before)
        assert marks(new).items().isdisjoint(marks(old).items())
        shutil.rmtree(new)


# --- one at a time --------------------------------------------------------------------------------


def test_of_two_at_once_the_second_follows_the_first(folder: Path) -> None:
    """It waits, and goes on from what was published meanwhile."""
    began, done = threading.Event(), threading.Event()

    def second() -> None:
        began.set()
        publish(RETITLED, DAY, folder)
        done.set()

    thread = threading.Thread(target=second)
    with alone(folder):
        thread.start()
        began.wait()
        assert not done.wait(0.2)
        assert not folder.exists()
    thread.join()
    first = site(RETITLED, DAY)
    assert held(folder) == first
    threads = [
        threading.Thread(target=publish, args=(programme, DAY, folder))
        for programme in (SCIENCE, SCIENCE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert held(folder) == site(SCIENCE, DAY, before=read_state(first["state.json"]))
    assert [*folder.parent.iterdir()] == [folder]


def test_who_waits_too_long_gives_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says who is in the way. Patched: nobody waits ten minutes for a test."""
    monkeypatch.setattr(folder_module, "_WAIT_SECONDS", 0)
    with alone(folder), pytest.raises(TimeoutError) as error:
        publish(SCIENCE, DAY, folder)
    assert error.value.filename == str(folder)
    assert error.value.strerror == (
        f"another process is publishing there, and holds {folder.parent}/.site.lock; "
        "wait, or end it"
    )
    assert not folder.exists()


def test_what_comes_to_nothing_leaves_nothing(folder: Path) -> None:
    """Not even the folders above it; one that is used meanwhile stays."""
    deep = folder / "a" / "b" / "site"
    with pytest.raises(BadValue):
        publish(SCIENCE, DAY, deep, address="ftp://example.org/")
    with pytest.raises(FileNotFoundError):
        publish(SCIENCE, DAY, deep, previous=folder.parent / "none")
    assert not folder.exists()

    def ended() -> None:
        with alone(deep):
            (folder / "mine").touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ended()
    assert [*folder.iterdir()] == [folder / "mine"]
