"""Subscribers see every change and nothing else, for as long as the milestone is published."""

import datetime as dt
import functools
import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME
from states import DAY, as_version, following

from betatech_milestones import (
    BadState,
    Edition,
    PolicyDate,
    Programme,
    Published,
    State,
    loads,
    read_state,
    state_of,
)
from betatech_milestones.analysis.editions import first_edition, midnight


def edited(*edits: tuple[str, str], text: str = PROGRAMME) -> Programme:
    """The shared programme with parts, each of which it has once, replaced by others."""
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return loads(text, path="data.toml")


@functools.cache
def first_published() -> State:
    """The state of the shared programme that is published for the first time."""
    return following(None, edited())


def stamps(published: State, milestone: str, name: str = "nl.event") -> tuple[int, str, str]:
    """SEQUENCE, CREATED and LAST-MODIFIED of an item."""
    edition = published.milestones[milestone].editions[name]
    modified = edition.modified.replace(tzinfo=None).isoformat()
    return edition.sequence, edition.created.isoformat(), modified


MET = '[measure.milestone.met]\non = 2015-06-01\nsource = "letter-2015"\n'
NEWS = '[[measure.milestone.news]]\nfound = "partly"\non = 2015-06-30\nsource = "letter-2015"\n'
IN_FORCE, PROGRESS = "dossiers/in-force", "dossiers/letter"


# --- stamps ---------------------------------------------------------------------------------------

FIRST = (2, "2013-02-26", "2015-07-01T00:00:00")

# What is edited · on which day · the stamps of the event in Dutch.
CHANGES: dict[str, tuple[list[tuple[str, str]], dt.date, tuple[int, str, str]]] = {
    "nothing": ([], DAY, FIRST),
    "a comment": ([("[programme]", "# of 2013\n[programme]")], DAY, FIRST),
    "another milestone": ([('{ nl = "Voortgang" }', '{ nl = "Brief" }')], DAY, FIRST),
    "another language": ([('en = "In force"', 'en = "Into force"')], DAY, FIRST),
    "its title": (
        [('"Van kracht"', '"In werking"')],
        DAY,
        (3, "2013-02-26", "2016-01-01T00:00:00"),
    ),
    "a letter of its summary": (
        [("bredere dossiers.", "bredere dossiers!")],
        DAY,
        (3, "2013-02-26", "2016-01-01T00:00:00"),
    ),
    "its id": (
        [
            ('id = "in-force"', 'id = "valid"\nformerly = ["in-force"]'),
            ('by = "files/in-force"', 'by = "files/valid"'),
        ],
        DAY,
        (3, "2013-02-26", "2016-01-01T00:00:00"),
    ),
    "its title, on a day before the last statement": (
        [('"Van kracht"', '"In werking"')],
        dt.date(2014, 1, 1),
        (3, "2013-02-26", "2015-07-01T00:00:01"),
    ),
    "its title, on the day of the last statement": (
        [('"Van kracht"', '"In werking"')],
        dt.date(2015, 7, 1),
        (3, "2013-02-26", "2015-07-01T00:00:01"),
    ),
    "its outcome, taken back": ([(MET, "")], DAY, (3, "2013-02-26", "2016-01-01T00:00:00")),
    "its first statement, dated later": (
        [("published = 2013-02-26", "published = 2013-02-27")],
        DAY,
        (3, "2013-02-26", "2016-01-01T00:00:00"),
    ),
    "its title, and its last statement is dated after the day": (
        [
            ("published = 2015-07-01", "published = 2017-07-01"),
            ("on = 2015-08-31", "on = 2017-08-31"),
            ("seen = 2015-09-01", "seen = 2017-09-01"),
            ("announced = 2015-09-02", "announced = 2017-09-02"),
            ('"Van kracht"', '"In werking"'),
        ],
        DAY,
        (3, "2013-02-26", "2017-07-01T00:00:00"),
    ),
    "a body has another id, and says its former one": (
        [
            ('id = "ocw"\nformerly = ["ocenw"]', 'id = "minocw"\nformerly = ["ocenw", "ocw"]'),
            ('by = "ocw"', 'by = "minocw"'),
            ('bodies = ["ocw"]', 'bodies = ["minocw"]'),
            ('bodies = [ "ocw" ]\nalso', 'bodies = ["minocw"]\nalso'),
            ('goal = 12\nbodies = [ "ocw" ]', 'goal = 12\nbodies = ["minocw"]'),
        ],
        DAY,
        FIRST,
    ),
    "news of it": (
        [(MET, NEWS + MET)],
        DAY,
        (3, "2013-02-26", "2016-01-01T00:00:00"),
    ),
}


@pytest.mark.parametrize(("edits", "day", "expected"), CHANGES.values(), ids=CHANGES)
def test_what_changes_gets_higher_stamps_and_all_else_keeps_its_own(
    edits: list[tuple[str, str]], day: dt.date, expected: tuple[int, str, str]
) -> None:
    """SEQUENCE and LAST-MODIFIED go up with any change of content, and CREATED is for life."""
    before = first_published()
    assert stamps(before, IN_FORCE) == FIRST
    assert stamps(following(before, edited(*edits), day), IN_FORCE) == expected


def test_what_changes_by_two_statements_gets_the_sequence_of_both() -> None:
    """SEQUENCE never lags behind the number of statements."""
    revised = '[[measure.milestone.revised]]\ndue = { words = "over een paar jaar"'
    before = following(None, edited((MET, "")))
    more = '[[measure.milestone.revised]]\ndue = 2015\nsource = "letter-2013"\n' * 3
    after = following(before, edited((revised, more + revised)))
    assert (stamps(before, IN_FORCE)[0], stamps(after, IN_FORCE)[0]) == (1, 5)


def test_changes_on_one_day_follow_each_other() -> None:
    """Every second change of a day is a second later, also when it undoes the first."""
    other = edited(('"Van kracht"', '"In werking"'))
    published, seen = None, []
    for programme in (edited(), other, edited(), other, other):
        published = following(published, programme)
        seen.append(stamps(published, IN_FORCE)[::2])
    assert seen == [
        (2, "2015-07-01T00:00:00"),
        (3, "2016-01-01T00:00:00"),
        (4, "2016-01-01T00:00:01"),
        (5, "2016-01-01T00:00:02"),
        (5, "2016-01-01T00:00:02"),
    ]


def test_what_disappears_and_comes_back_goes_on_from_its_stamps() -> None:
    """A milestone that was taken out is remembered, with the stamps that were published."""
    gone = edited(
        ('"Van kracht"', '"In werking"'),
        ('id = "in-force"', 'id = "other"'),
        ('by = "files/in-force"', 'by = "files/other"'),
    )
    published = first_published()
    published = following(published, edited(('"Van kracht"', '"In werking"')))
    published = following(published, gone)
    assert published.milestones[IN_FORCE].gone
    ids = [
        measure + id_
        for measure, those in json.loads(published.dumps())["milestones"].items()
        for id_ in those
    ]
    assert ids == sorted(published.milestones)
    assert stamps(published, IN_FORCE)[0] == 3
    published = following(following(published, gone), edited())
    assert not published.milestones[IN_FORCE].gone
    assert stamps(published, IN_FORCE) == (4, "2013-02-26", "2016-01-01T00:00:01")


def test_an_event_that_loses_its_day_and_gets_one_again_goes_on_from_its_stamps() -> None:
    """A date without a last day has no event; the to-do stays, and the event is remembered."""
    dated = edited((MET, ""))
    open_ended = edited((MET, ""), ('edtf = "2016-08~"', 'edtf = "[2016..]"'))
    before = following(None, dated)
    lost = following(before, open_ended)
    back = following(lost, dated)
    assert [stamps(each, IN_FORCE)[0] for each in (before, lost, back)] == [1, 1, 1]
    assert [stamps(each, IN_FORCE, "nl.todo")[0] for each in (before, lost, back)] == [1, 2, 3]
    moved = following(lost, edited((MET, ""), ("2016-08~", "2017-08~")))
    assert stamps(moved, IN_FORCE) == (2, "2013-02-26", "2016-01-01T00:00:00")


def test_what_is_of_the_last_of_all_days_is_old() -> None:
    """A promise of the day beyond which no change could go is of 1970."""
    milestone, *_ = edited().by_id
    source = attrs.evolve(milestone.source, published=PolicyDate.parse(dt.date.max))
    undated = attrs.evolve(milestone, source=source, revisions=(), outcomes=())
    edition = first_edition(undated, "0")
    unknown = dt.date(1970, 1, 1)
    assert edition == Edition(digest="0", sequence=0, created=unknown, modified=midnight(unknown))


# --- the state as a file --------------------------------------------------------------------------

TEXTS = st.text(st.characters() | st.sampled_from('\ud83d\0\n"\\/ '))  # half a pair, too
EDITIONS = st.builds(
    Edition,
    digest=TEXTS,
    octets=st.integers(0),
    sequence=st.integers(0, 2**31 - 2),
    created=st.dates(),
    modified=st.datetimes(
        max_value=dt.datetime(9999, 12, 31, 23, 59, 58)  # noqa: DTZ001  a zone is added
    ).map(lambda moment: moment.replace(microsecond=0, tzinfo=dt.UTC)),
)
STATES = st.builds(
    State,
    programme=TEXTS,
    files=st.lists(
        st.sampled_from(["nl/all.ics", "nl/todo.ics", "state.json", "api/v1/x.json"])
    ).map(tuple),
    milestones=st.dictionaries(
        TEXTS,
        st.builds(
            Published,
            id=TEXTS,
            title=TEXTS,
            kind=TEXTS,
            promised=st.none() | TEXTS,
            revisions=st.none() | st.lists(TEXTS, max_size=2).map(tuple),
            outcomes=st.none() | st.lists(TEXTS, max_size=2).map(tuple),
            corrected=st.none() | TEXTS,
            editions=st.dictionaries(TEXTS, EDITIONS, max_size=3),
            gone=st.booleans(),
        ),
        max_size=3,
    ),
)


@pytest.mark.slow
@given(STATES)
def test_a_state_is_read_back_as_it_was(published: State) -> None:
    """Reading is the inverse of writing, whatever the texts hold."""
    read = read_state(published.dumps())
    assert read == published
    assert sizes(read) == sizes(published)
    assert read.dumps() == published.dumps()


def sizes(published: State) -> list[int]:
    return [
        edition.octets
        for _, one in sorted(published.milestones.items())
        for _, edition in sorted(one.editions.items())
    ]


@given(STATES, st.sampled_from([1, 2]))
def test_a_state_of_an_earlier_version_is_read(published: State, version: int) -> None:
    """It tells all that it kept, and is written in this version."""
    read = read_state(as_version(version, published))
    kept = {
        known: one
        if version == 2
        else attrs.evolve(one, revisions=None, outcomes=None, corrected=None)
        for known, one in published.milestones.items()
    }
    assert read == attrs.evolve(published, milestones=kept)
    assert not any(sizes(read))
    assert read_state(read.dumps()) == read


@given(STATES, STATES)
def test_a_state_forgets_nothing(before: State, now: State) -> None:
    """All that was ever published is in every later state, and is gone where it is not now."""
    after = now.following(before)
    assert after.milestones.keys() == before.milestones.keys() | now.milestones.keys()
    for known, one in after.milestones.items():
        old = before.milestones.get(known)
        assert old is None or old.editions.keys() <= one.editions.keys()
        assert one.gone == (now.milestones.get(known, attrs.evolve(one, gone=True)).gone)


def edition(digest: str, sequence: int, day: dt.date, octets: int) -> Edition:
    return Edition(
        digest=digest, sequence=sequence, created=DAY, modified=midnight(day), octets=octets
    )


IN_FULL = """\
{"version":3,
"programme":"science",
"files":[["nl/","all.ics","deadlines.ics"],["","state.json"]],
"names":["en.event","nl.event","nl.todo"],
"kinds":["decision","report"],
"stamps":[[1,"2016-01-01","0001-02-03T00:00:00"],[0,"2016-01-01","2016-01-01T00:00:00"]],
"milestones":{
"a-b/":{"c":["Besluit",0,null,[null,"a1 1 0",null]]},
"a/":{"b":["Bèta",1,"2014-08",["b2 1 700","c3 1 710","d4 0 690"],["2014-05-01: due 2015"],["met"],\
"typo","a/c"],
"d":["Verslag",1,"2015",[null,null,null],null,null,null,null,true]}
}}
"""


def test_a_state_in_full() -> None:
    """It is JSON that can be read and compared line by line; what recurs stands in it once."""
    report, later = DAY, dt.date(1, 2, 3)
    published = Published(
        id="a/c",
        title="Bèta",
        kind="report",
        promised="2014-08",
        revisions=("2014-05-01: due 2015",),
        outcomes=("met",),
        corrected="typo",
        editions={
            "nl.todo": edition("d4", 1, later, 690),
            "nl.event": edition("c3", 0, report, 710),
            "en.event": edition("b2", 0, report, 700),
        },
    )
    decision = attrs.evolve(
        published,
        id="a-b/c",
        title="Besluit",
        kind="decision",
        promised=None,
        revisions=(),
        outcomes=(),
        corrected=None,
        editions={"nl.event": edition("a1", 0, report, 0)},
    )
    gone = attrs.evolve(
        published,
        id="a/d",
        title="Verslag",
        promised="2015",
        revisions=None,
        outcomes=None,
        corrected=None,
        editions={},
        gone=True,
    )
    state = State(
        programme="science",
        files=("nl/all.ics", "nl/deadlines.ics", "state.json"),
        milestones={"a/d": gone, "a/b": published, "a-b/c": decision},
    )
    assert state.dumps().decode() == IN_FULL
    assert read_state(state.dumps()) == state


def test_odd_texts_are_kept() -> None:
    """Half a character, which no file in UTF-8 can hold as it is, and a digest with spaces."""
    milestones = state_of(edited()).milestones
    editions = {"nl.event": edition("of two parts", 0, DAY, 700)}
    odd = attrs.evolve(milestones[IN_FORCE], title="Bèta \ud83d", editions=editions)
    state = State(programme="science", milestones={**milestones, IN_FORCE: odd})
    assert read_state(state.dumps()) == state


@pytest.mark.slow
def test_a_large_state_is_small() -> None:
    """What is kept of 20,000 milestones in one language takes less than 3 MB."""
    published = Published(
        id="",
        title="Voortgangsrapportage 12345 naar de Kamer",
        kind="report",
        promised="2015-08-01",
        revisions=(),
        outcomes=("met",),
        editions={name: edition("01234567", 0, DAY, 800) for name in ("nl.event", "nl.todo")},
    )
    ids = (f"measure-{n // 3:05}/milestone-{n:05}" for n in range(20_000))
    large = State(
        programme="large", milestones={id_: attrs.evolve(published, id=id_) for id_ in ids}
    )
    assert len(large.dumps()) < 3_000_000
    assert read_state(large.dumps()) == large


def test_what_is_kept_of_a_milestone() -> None:
    """What was promised, how that was revised and how it ended: none of it is rewritten later.

    Bodies are known by their first id, so that they may be renamed.
    """
    published = state_of(edited()).milestones
    assert {
        known: (one.id, one.promised, one.revisions, one.outcomes, one.corrected)
        for known, one in published.items()
    } == {
        IN_FORCE: ("files/in-force", "2014-08-01", ("2014-05-01: due 2016-08~",), ("met",), None),
        PROGRESS: ("files/progress", None, (), ("dropped",), None),
        "teachers/survey": (
            "teachers/survey",
            None,
            ("2015-09-02: goal 12; bodies ocenw",),
            ("replaced",),
            "de datum was die van een andere maatregel",
        ),
    }
    assert {known: (one.kind, one.title) for known, one in published.items()} == {
        IN_FORCE: ("entry-into-force", "Van kracht"),
        PROGRESS: ("report", "Voortgang"),
        "teachers/survey": ("consultation", "Leraren geraadpleegd"),
    }
    assert {one.editions[""].digest for one in published.values()} == {""}  # nothing was written
    assert repr(state_of(edited())) == "<State science: 3 milestones>"


SBB = '[[body]]\nid = "sbb"\nname = "SBB"\n'
REVISIONS = {
    "due = 2017": "2015-07-01: due 2017",
    'due = { words = "ooit" }': "2015-07-01: due ooit",
    "bodies = []": "2015-07-01: bodies ",
    'bodies = ["ocw", "sbb"]': "2015-07-01: bodies ocenw, sbb",
    'due = "zomer 2017"\ngoal = 2.5\nbodies = ["ocw"]': (
        "2015-07-01: due 2017-22; goal 2.5; bodies ocenw"
    ),
}


@pytest.mark.parametrize("revised", REVISIONS)
def test_what_is_kept_of_a_revision(revised: str) -> None:
    """The day on which it was announced, and all that it changed."""
    more = f'[[measure.milestone.revised]]\n{revised}\nsource = "letter-2015"\n'
    programme = edited((MET, more + MET), ("[[kind]]", f"{SBB}[[kind]]"))
    published = state_of(programme).milestones[IN_FORCE]
    assert published.revisions == ("2014-05-01: due 2016-08~", REVISIONS[revised])


def test_a_state_of_version_1() -> None:
    """It is read: what it did not keep yet is not known, and all else goes on from it."""
    published = first_published()
    read = read_state(as_version(1, published))
    assert read.milestones == {
        known: attrs.evolve(one, revisions=None, outcomes=None, corrected=None)
        for known, one in published.milestones.items()
    }
    assert json.loads(read.dumps())["version"] == 3
    changed = edited(('"Van kracht"', '"In werking"'))
    assert stamps(following(read, changed), IN_FORCE) == (3, "2013-02-26", "2016-01-01T00:00:00")


def at(document: Any, path: tuple[str | int, ...]) -> tuple[Any, str | int]:
    """Return what holds the last key of a path, and that key; "*" is the first there is."""
    *most, last = path
    for key in most:
        document = document[next(iter(document)) if key == "*" else key]
    return document, next(iter(document)) if last == "*" else last


def with_value(value: Any, *path: str | int) -> Callable[[Any], None]:
    """Put a value at a path into a document."""

    def change(document: Any) -> None:
        table, key = at(document, path)
        table[key] = value

    return change


def without(*path: str | int) -> Callable[[Any], None]:
    """Take what is at a path out of a document."""

    def change(document: Any) -> None:
        table, key = at(document, path)
        del table[key]

    return change


ONE = ("milestones", "*")  # in version 2
ROW = (*ONE, "editions", "*")
ROW_VALUES = ["0123456789abcdef", 0, "2013-02-26", "2013-02-26T00:00:00"]


def row_with(index: int, value: Any) -> Callable[[Any], None]:
    row: list[Any] = [*ROW_VALUES]
    row[index] = value
    return with_value(row, *ROW)


BAD_TABLES = {
    **{f"without {key}": without(key) for key in ("version", "programme", "files", "milestones")},
    **{
        f"one without {key}": without(*ONE, key)
        for key in ("id", "title", "kind", "promised", "gone", "editions")
    },
    "a number for a programme": with_value(1, "programme"),
    "a text for files": with_value("state", "files"),
    "a table for files": with_value({"state": 1}, "files"),
    "a number among the files": with_value([1], "files"),
    "a file in the folder above": with_value(["../x"], "files"),
    "a file in a folder above that": with_value(["nl/../../x"], "files"),
    "an absolute file": with_value(["/etc/passwd"], "files"),
    "a hidden file": with_value([".git"], "files"),
    "the folder itself": with_value(["."], "files"),
    "no file": with_value([""], "files"),
    "a file with a null": with_value(["a\0"], "files"),
    "a file with a line break": with_value(["a\n"], "files"),
    "a list of milestones": with_value([], "milestones"),
    "a milestone that is a list": with_value([], *ONE),
    "a milestone with a key too many": with_value(1, *ONE, "more"),
    "a number for an id": with_value(1, *ONE, "id"),
    "a list for a title": with_value([], *ONE, "title"),
    "nothing for a kind": with_value(None, *ONE, "kind"),
    "a number for a promise": with_value(2014, *ONE, "promised"),
    "a number for gone": with_value(0, *ONE, "gone"),
    "a number for a correction": with_value(1, *ONE, "corrected"),
    "a text for revisions": with_value("2014-05-01: due 2015", *ONE, "revisions"),
    "a table for outcomes": with_value({"met": 1}, *ONE, "outcomes"),
    "a number among the revisions": with_value([2014], *ONE, "revisions"),
    "nothing among the outcomes": with_value([None], *ONE, "outcomes"),
    "a list of editions": with_value([], *ONE, "editions"),
    "an edition that is a number": with_value(1, *ROW),
    "an edition that is a text": with_value("abcd", *ROW),
    "an edition that is a table": with_value(dict.fromkeys([*ROW_VALUES[2:], "a", "b"]), *ROW),
    "an edition too short": with_value(ROW_VALUES[:3], *ROW),
    "an edition too long": with_value([*ROW_VALUES, 1], *ROW),
    "a number for a digest": row_with(0, 1),
    "a text for a sequence": row_with(1, "1"),
    "a fraction for a sequence": row_with(1, 1.0),
    "an infinite sequence": row_with(1, float("inf")),
    "true for a sequence": row_with(1, True),  # noqa: FBT003  a value of JSON
    "a sequence below 0": row_with(1, -1),
    "a sequence that cannot go up": row_with(1, 2**31 - 1),
    "a sequence without end": row_with(1, 10**4000),
    "no day of creation": row_with(2, "2013-02-30"),
    "another form of day": row_with(2, "20130226"),
    "a number for a day": row_with(2, 2013),
    "no moment of change": row_with(3, "soon"),
    "a day for a moment": row_with(3, "2013-02-26"),
    "a moment in another zone": row_with(3, "2013-02-26T00:00:00+02:00"),
    "a part of a second": row_with(3, "2013-02-26T00:00:00.5"),
    "a moment that nothing can follow": row_with(3, "9999-12-31T23:59:59"),
}


BAD = (
    r"^it (is not what this program wrote"
    r"|has the last SEQUENCE or LAST-MODIFIED that there is, which no change could follow)$"
)


@pytest.mark.parametrize("spoil", BAD_TABLES.values(), ids=BAD_TABLES)
def test_a_state_of_version_2_that_was_tampered_with_is_bad(spoil: Callable[[Any], None]) -> None:
    """What was not written by this program is told, whatever it is, and never believed."""
    document = json.loads(as_version(2, first_published()))
    spoil(document)
    with pytest.raises(BadState, match=BAD):
        read_state(json.dumps(document).encode())


A_ROW = ("milestones", "*", "*")
A_TITLE, A_KIND, PROMISED, THOSE, REVISED, OUTCOMES, CORRECTED, AN_ID = (
    (*A_ROW, n) for n in range(8)
)
STAMP = ("stamps", 0)
TABLES = ("files", "names", "kinds", "stamps", "milestones")
BAD_STATES = {
    **{f"without {key}": without(key) for key in ("version", "programme", *TABLES)},
    **{f"a number for {key}": with_value(1, key) for key in ("programme", *TABLES)},
    "files that are not by folder": with_value(["state.json"], "files"),
    "a number among the files": with_value([["nl/", 1]], "files"),
    "a number for a folder": with_value([[1, "all.ics"]], "files"),
    "a file in the folder above": with_value([["../", "x"]], "files"),
    "a file in a folder above that": with_value([["nl/", "../../x"]], "files"),
    "no file": with_value([["", ""]], "files"),
    "a folder without an end": with_value([[]], "files"),
    "a number for a name": with_value(1, "names", 0),
    "a name too many": with_value(["a"] * 5, "names"),
    "a name too few": with_value(["a"] * 3, "names"),
    "a text for names": with_value("abcd", "names"),
    "a number for a kind": with_value(1, "kinds", 0),
    "a text for kinds": with_value("abcd", "kinds"),
    "a stamp too short": with_value([0, "2013-02-26"], *STAMP),
    "a stamp too long": with_value([*ROW_VALUES[1:], 1], *STAMP),
    "a text for a sequence": with_value("1", *STAMP, 0),
    "a fraction for a sequence": with_value(1.0, *STAMP, 0),
    "true for a sequence": with_value(True, *STAMP, 0),  # noqa: FBT003  a value of JSON
    "a sequence that cannot go up": with_value(2**31 - 1, *STAMP, 0),
    "no day of creation": with_value("2013-02-30", *STAMP, 1),
    "a number for a day": with_value(2013, *STAMP, 1),
    "a moment in another zone": with_value("2013-02-26T00:00:00+02:00", *STAMP, 2),
    "a moment that nothing can follow": with_value("9999-12-31T23:59:59", *STAMP, 2),
    "a list of milestones": with_value([], "milestones"),
    "a list for a measure": with_value([], "milestones", "*"),
    "a table for a milestone": with_value({"a": 1, "b": 2, "c": 3, "d": 4}, *A_ROW),
    "a text for a milestone": with_value("abcd", *A_ROW),
    "a milestone too short": with_value(["a", 0, None], *A_ROW),
    "a milestone too long": with_value(
        ["a", 0, None, [None] * 4, [], [], None, None, False, 1], *A_ROW
    ),
    "a list for a title": with_value([], *A_TITLE),
    "a word for a kind": with_value("report", *A_KIND),
    "true for a kind": with_value(True, *A_KIND),  # noqa: FBT003  a value of JSON
    "a kind before the first": with_value(-1, *A_KIND),
    "a kind behind the last": with_value(99, *A_KIND),
    "a number for a promise": with_value(2014, *PROMISED),
    "nothing for editions": with_value(None, *THOSE),
    "an edition too few": with_value([None] * 3, *THOSE),
    "an edition too many": with_value([None] * 5, *THOSE),
    "a number for an edition": with_value(1, *THOSE, 0),
    "a list for an edition": with_value(["a", "0", "1"], *THOSE, 0),
    "an edition without a size": with_value("0123456789ab 0", *THOSE, 0),
    "an edition without a stamp": with_value("0123456789ab 99 700", *THOSE, 0),
    "a word for a size": with_value("0123456789ab 0 large", *THOSE, 0),
    "a size below 0": with_value("0123456789ab 0 -1", *THOSE, 0),
    "a size without end": with_value(f"0123456789ab 0 {'9' * 5_000}", *THOSE, 0),
    "a text for revisions": with_value("2014-05-01: due 2015", *REVISED),
    "a number among the revisions": with_value([2014], *REVISED),
    "no list for revisions": with_value(0, *REVISED),
    "a table for outcomes": with_value({"met": 1}, *OUTCOMES),
    "nothing among the outcomes": with_value([None], *OUTCOMES),
    "a number for a correction": with_value(1, *CORRECTED),
    "a number for an id": with_value(1, *AN_ID),
    "a number for gone": with_value(["a", 0, None, [None] * 4, [], [], None, None, 0], *A_ROW),
}


@pytest.mark.parametrize("spoil", BAD_STATES.values(), ids=BAD_STATES)
def test_a_state_that_was_tampered_with_is_bad(spoil: Callable[[Any], None]) -> None:
    """The same holds for what this version writes."""
    document = json.loads(first_published().dumps())
    spoil(document)
    with pytest.raises(BadState, match=BAD):
        read_state(json.dumps(document).encode())


NO_STATES = {
    "nothing": b"",
    "no JSON": b"state",
    "half of one": b'{"version":3,"prog',
    "a list": b"[]",
    "a number": b"1",
    "nothing at all": b"null",
    "no UTF-8": b'{"version": "\xe9"}',
    "deeply nested": b"[" * 100_000,
    "deeply nested tables": b'{"a":' * 100_000,
    "a number of many digits": b'{"version": 1' + b"0" * 5_000 + b"}",
}


@pytest.mark.parametrize("written", NO_STATES.values(), ids=NO_STATES)
def test_what_is_no_state_is_bad(written: bytes) -> None:
    """Anything at all is read, and never ends in another exception."""
    with pytest.raises(BadState, match=r"^it is not what this program wrote$"):
        read_state(written)


@pytest.mark.slow
@given(st.binary() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_anything_else_is_bad(written: Any) -> None:
    """The same holds for all other bytes and documents."""
    with pytest.raises(BadState):
        read_state(written.encode() if isinstance(written, str) else written)


@pytest.mark.parametrize(
    ("version", "told"),
    [(0, "0"), (4, "4"), ("two\n", '"two\\n"'), (None, "null"), ("x" * 100, f'"{"x" * 58}…')],
)
def test_a_state_of_another_version_is_told(version: Any, told: str) -> None:
    """A newer program may have written it; what it says is shown on one short line."""
    with pytest.raises(BadState) as error:
        read_state(json.dumps({"version": version}).encode())
    assert str(error.value) == f"its version is {told}, and this program reads 1, 2 and 3"


def test_the_last_edition_but_one_can_be_followed() -> None:
    """What is read can always go up once more."""
    row = ["0", 2**31 - 2, "2013-02-26", "9999-12-31T23:59:58"]
    document = json.loads(as_version(2, first_published()))
    with_value(row, *ROW)(document)
    read = read_state(json.dumps(document).encode()).milestones[IN_FORCE].editions["en.event"]
    after = read.followed_by(attrs.evolve(read, digest="1"), DAY)
    assert after.sequence == 2**31 - 1
    assert after.modified == dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
