"""What changed between two versions of a programme, and how `diff` tells it.

The whole output in each format is in `formats/changes` and `formats/no-changes`.
"""

import json
import subprocess
from operator import attrgetter
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, changed

from betatech_milestones import (
    Edited,
    Milestone,
    NowMoved,
    PolicyDate,
    Programme,
    Renamed,
    Rewritten,
    Status,
    diff,
    loads,
    render,
)
from betatech_milestones.analysis.diff import KINDS
from betatech_milestones.cli import main

SAME = loads(PROGRAMME)


def part(first: str, after: str) -> str:
    """What stands in the shared programme from one line up to another."""
    begin = PROGRAMME.index(first)
    return PROGRAMME[begin : PROGRAMME.index(after, begin + 1)]


MOVE = part("[[measure.milestone.rev", "[measure.milestone.m")
READING = part("[[measure.milestone.number.r", '[[measure.milestone]]\nid = "p')
PLANNED = READING.replace("value", 'kind = "planned"\nvalue')
MET = '[measure.milestone.met]\non = 2015-06-01\nsource = "letter-2015"\n'
DROPPED = part("[measure.milestone.d", "[measure.milestone.snoozed]")
DROPPED_FIRST = '[measure.milestone.dropped]\nsource = "letter-2013"\nreason = "x"\n'
REPLACED = PROGRAMME[PROGRAMME.index("[measure.milestone.replaced]") :]
BUDGET = part("[[measure.budget]]", "\n[[measure.milestone]]")
SNOOZED = part("[measure.milestone.snoozed]", "\n[[measure]]")
HANDED = part("[[measure.milestone.revised]]\ngoal", "[[measure.milestone.news]]")
NEWS = part("[[measure.milestone.news]]", "[measure.milestone.number]")
PAGE = '[[source]]\nid = "page"\ntitle = "x"\nseen = 2015-01-01\n'
LOOKED = '[[measure.milestone.news]]\nfound = "nothing"\nby = "wij"\non = 2015-08-31\n'
LATER = '[[measure.milestone.revised]]\ndue = 2017-01-01\nsource = "letter-2015"\n'
EARLIER = MOVE.replace("2016-08~", "2015-08")
"""Another move that the same letter announced on the same day."""
SOONER = '[[measure.milestone.revised]]\ndue = 2014-09-01\nsource = "letter-2013"\n'


def told(old: Programme, new: Programme) -> list[str]:
    """Each change in short: its kind, the record, and the field that was edited."""
    return [
        " ".join((change.kind, change.id, *((change.field,) if isinstance(change, Edited) else ())))
        for change in diff(old, new).changes
    ]


# What stands in the new version in place of a part of the old, what is told of it, and what is told
# when the two are the other way round.
EDITS = [
    # promise and moves
    (MOVE, MOVE + LATER, "moved files/in-force", "rewritten files/in-force"),
    (MOVE, SOONER + MOVE, "moved files/in-force", "rewritten files/in-force"),
    (MOVE, EARLIER + MOVE, "moved files/in-force", "rewritten files/in-force"),
    (MOVE, MOVE * 2, "moved files/in-force", "rewritten files/in-force"),
    ("due = 2014-08-01", 'due = "2014-08"', "rewritten files/in-force", None),
    ("due = 2014-08-01\n", "", "rewritten files/in-force", None),
    ("due = 2014-08-01", 'due = "1 augustus 2014"', "edited files/in-force due", None),
    ('edtf = "2016-08~"', 'edtf = "2016-09~"', "rewritten files/in-force", None),
    ("announced = 2014-05-01", "announced = 2014-05-02", "edited files/in-force revised", None),
    (', en = "more time needed"', "", "edited files/in-force revised", None),
    # outcome
    (MET, "", "edited files/in-force outcome", "met files/in-force"),
    (DROPPED, "", "edited files/progress outcome", "dropped files/progress"),
    (DROPPED, MET, "edited files/progress outcome", None),
    (MET, DROPPED_FIRST + MET, "dropped files/in-force", "edited files/in-force outcome"),
    ("on = 2015-06-01", "on = 2015-06-02", "edited files/in-force outcome", None),
    (REPLACED, "", "edited teachers/survey outcome", "replaced teachers/survey"),
    ('by = "files/in-force"', 'by = "files/progress"', "edited teachers/survey outcome", None),
    # who answers for it, and how much is to be reached
    (HANDED, "", "rewritten teachers/survey", "revised teachers/survey"),
    ("goal = 12", "goal = 13", "edited teachers/survey revised", None),
    ('nl = "mondeling, later', 'nl = "eerst', "edited teachers/survey revised", None),
    # news
    (NEWS, "", "edited teachers/survey news", "news teachers/survey"),
    (NEWS, NEWS + LOOKED, "news teachers/survey", "edited teachers/survey news"),
    ('nl = "drie scholen', 'nl = "vier scholen', "edited teachers/survey news", None),
    # number and readings
    ("goal = 3500", "goal = 3600", "edited files/in-force number", None),
    ("baseline = 1\n", "", "edited teachers/survey number", None),
    (READING, "", "edited files/in-force reading", None),
    ("value = 152.5", "value = 153", "edited files/in-force reading", None),
    ('kind = "planned"\n', "", "edited teachers/survey reading", None),
    (READING, PLANNED + READING, "edited files/in-force reading", None),
    # the rest of a milestone
    (SNOOZED, "", "edited files/progress snoozed", None),
    ('kind = "report"', 'kind = "other"', "edited files/progress kind", None),
    ('commitment = "deadline"', "", "edited files/in-force commitment", None),
    ('kind = "report"', 'kind = "report"\nlocator = "4"', "edited files/progress locator", None),
    ('nl = "Voortgang"', 'nl = "Stand"', "retitled files/progress", None),
    ('formerly = ["letter"]\n', "", "edited files/progress formerly", None),
    ('kind = "consultation"', 'kind = "other"', "edited teachers/survey kind", None),
    ('code = "L2.1"\n', "", "edited teachers/survey code", None),
    ('summary = "Elke', 'summary = "Iedere', "edited teachers/survey summary", None),
    ('also = ["files"]\n', "", "edited teachers/survey also", None),
    ('nl = "eerst alleen', 'nl = "alleen', "edited teachers/survey note", None),
    ('nl = "de datum was', 'nl = "de dag was', "edited teachers/survey corrected", None),
    ('bodies = [ "ocw" ]\nalso', "bodies = []\nalso", "edited teachers/survey bodies", None),
    (', en = "ongoing"', ', en = "all the time"', "edited teachers/survey due", None),
    ('due = { words = { nl = "doorlopend", en = "ongoing" } }', "due = 2015",
     "rewritten teachers/survey", None),
    ('sources = ["letter-2015"]\n', 'sources = ["letter-2015", "letter-2013"]\n',
     "edited teachers/survey sources", None),
    # measures; what a milestone has of its measure is told once
    ('nl = "Minder en', 'nl = "Veel', "edited files summary", None),
    ('cluster = "labour-market"\n', "", "edited files cluster", None),
    ('sectors = ["mbo"]\n', "", "edited files sectors", None),
    ('bodies = ["ocw"]\n', "", "edited files bodies", None),
    ('locator = "3.1"\nformerly', 'locator = "3.2"\nformerly', "edited files locator", None),
    (BUDGET, "", "edited files budget", None),
    ("amount = 11_700_000", "amount = 12_700_000", "edited files budget", None),
    ("each = 12\n", "", "edited teachers budget", None),
    ('code = "L2"\n', "", "edited teachers code", None),
    ('sources = ["letter-2015", "web-page"]\n[[measure.budget]]',
     'sources = ["letter-2015"]\n[[measure.budget]]', "edited teachers sources", None),
    ('nl = "Dossiers"', 'nl = "Mappen"', "retitled files", None),
    # what they refer to
    ('reference = "Kamerstuk 1"\n', "", "edited letter-2013 reference", None),
    ("published = 2013-02-26", "published = 2013-02-27", "edited letter-2013 published", None),
    ("org/letter-2013", "org/letter", "edited letter-2013 url", None),
    ("number = 3", "number = 4", "edited labour-market number", None),
    ('nl = "Tweede brief"', 'nl = "Brief 2"', "retitled letter-2015", None),
    ('nl = "middelbaar', 'nl = "mbo', "retitled mbo", None),
    ('en = "Ministry of', 'en = "Department of', "retitled ocw", None),
    ("[[cluster]]", f"{PAGE}[[cluster]]", "added page", "removed page"),
    ('kind = "website"\n', "", "edited web-page kind", None),
    ('by = "ocw"\n', "", "edited web-page by", None),
    ("seen = 2015-09-01", "seen = 2015-09-01\npublished = 2015", "edited web-page published", None),
    ("org/2015/web-page", "org/2016/web-page", "edited web-page archived", None),
    ('nl = "Raadpleging"', 'nl = "Peiling"', "retitled consultation", None),
    # a body that is known by another name in another place is no change of those who cite it
    ('formerly = ["ocenw"]\n', "", None, None),
    # the programme
    ('id = "science"', 'id = "science-2"', "edited science-2 id", "edited science id"),
    ('nl = "Maatregelen"', 'nl = "Plan"', "retitled science", None),
    ('timezone = "Europe/Amsterdam"', 'timezone = "UTC"', "edited science timezone", None),
    ('name = "Ministerie"', 'name = "OCW"', "edited science publisher", None),
    ('"CC0-1.0"', '"CC-BY-4.0"', "edited science licence", None),
    ("org/data/milestones", "org/data/promises", "edited science repository", None),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "forward", "back"), EDITS)
def test_changes(old: str, new: str, forward: str | None, back: str | None) -> None:
    """One edit of the file is one change, of the kind that it is; nothing else is told."""
    edited = loads(changed(old, new))
    assert told(SAME, edited) == ([] if forward is None else [forward])
    assert told(edited, SAME) == ([] if forward is None else [back or forward])


# What stands in the new version in place of a part of the old · of what changed · before and after.
BEFORE_AND_AFTER = [
    ("due = 2014-08-01", 'due = "2014-08"', "edtf", "2014-08-01", "2014-08"),
    ('edtf = "2016-08~"', 'edtf = "2016-09~"', "edtf", "2016-08~", "2016-09~"),
    ("amount = 11_700_000", "amount = 12_700_000", "amount", 11_700_000, 12_700_000),
    ("on = 2015-06-01", "on = 2015-06-02", "on.edtf", "2015-06-01", "2015-06-02"),
    ("value = 152.5", "value = 153", "value", 152.5, 153),
    ("goal = 3500", "goal = 3600", "goal", 3500, 3600),
    ("goal = 3500", "goal = 3600", "readings", (), ()),  # they are told one by one
    ("announced = 2014-05-01", "announced = 2014-05-02", "announced.day", 1, 2),
    ('by = "de onderzoekers"', 'by = "wij"', "by", "de onderzoekers", "wij"),
    (DROPPED, MET, "status", Status.DROPPED, Status.MET),
]


@pytest.mark.parametrize(("old", "new", "of", "before", "after"), BEFORE_AND_AFTER)
def test_before_and_after(old: str, new: str, of: str, before: object, after: object) -> None:
    """What changed is there as it was and as it is."""
    (change,) = diff(SAME, loads(changed(old, new))).changes
    assert isinstance(change, Edited | Rewritten)
    assert [attrgetter(of)(value) for value in (change.was, change.now)] == [before, after]


# What stands in place of a part of the old · what is told as it was and as it is: a revision of the
# milestone, or None for its promise, and both dates.
OVERWRITTEN = [
    (("due = 2014-08-01", 'due = "2014-08"'), None, "2014-08-01", "2014-08"),
    (('edtf = "2016-08~"', 'edtf = "2016-09~"'), 0, "2016-08~", "2016-09~"),
    ((MOVE, ""), 0, "2016-08~", None),
    ((HANDED, ""), 0, None, None),
]


@pytest.mark.parametrize(("edit", "which", "before", "after"), OVERWRITTEN)
def test_what_was_overwritten_is_told_as_it_was(
    edit: tuple[str, str], which: int | None, before: str | None, after: str | None
) -> None:
    """The move that the file had is named, with its date then and now; a promise is no move."""
    (change,) = diff(SAME, loads(changed(*edit))).changes
    assert isinstance(change, Rewritten)
    (milestone,) = (one for one in SAME.milestones if one.full_id == change.id)
    assert change.revision == (None if which is None else milestone.revisions[which])
    dates = (change.was, change.now)
    assert [date and date.edtf for date in dates] == [before, after]


def test_a_move_in_place_of_another_is_no_mended_one() -> None:
    """Another document, of another day, says something else: one was taken out, and one came."""
    other = loads(changed(MOVE, SOONER))
    assert told(SAME, other) == ["moved files/in-force", "rewritten files/in-force"]
    assert told(other, SAME) == ["moved files/in-force", "rewritten files/in-force"]


def test_budgets_are_the_same_in_any_order() -> None:
    """Each is compared with that of the same years; for other years it is another one."""
    more = BUDGET.replace("11_700_000", "900_000")
    one, other = (loads(changed(BUDGET, both)) for both in (BUDGET + more, more + BUDGET))
    assert told(one, other) == []
    later = loads(changed("years = [2012, 2015]", "years = [2016, 2019]"))
    was, now = diff(SAME, later).changes
    assert isinstance(was, Edited)
    assert isinstance(now, Edited)
    assert [(was.was, was.now), (now.was, now.now)] == [
        (SAME.measures[0].budgets[0], None),
        (None, later.measures[0].budgets[0]),
    ]


def test_news_of_one_day_is_the_same_in_any_order() -> None:
    """Of two things that were found on a day it does not matter which is told first."""
    more = NEWS.replace('nl = "drie scholen', 'nl = "vier scholen')
    one, other = (loads(changed(NEWS, both)) for both in (NEWS + more, more + NEWS))
    assert told(one, other) == told(other, one) == []


def test_a_reading_of_another_day_is_another_one() -> None:
    """It is no mended one: what was read is gone, and something else was read."""
    other = loads(changed("schooljaar 2012/2013", "schooljaar 2011/2012"))
    assert told(SAME, other) == ["edited files/in-force reading"] * 2


def test_a_handing_over_that_was_taken_out_is_told_in_words() -> None:
    """It has no date: what it changed is told in its place."""
    shown = render(diff(SAME, loads(changed(HANDED, ""))), language="en")
    assert (
        "  revised | teachers/survey | Teachers consulted | Teachers | "
        "goal now 12; now answered for by Ministry of Education → –\n"  # noqa: RUF001  a dash
    ) in shown


def test_snoozes_are_told_in_words() -> None:
    """A snooze that is added tells until when, by whom and why."""
    shown = render(diff(loads(changed(SNOOZED, "")), SAME), language="en")
    assert "| – → 1 October 2015, redactie, being asked\n" in shown  # noqa: RUF001


def test_publishers_are_told_in_words() -> None:
    """Another publisher is told by its name and where it is found."""
    shown = render(diff(SAME, loads(changed('"Ministerie"', '{ nl = "OCW" }'))), language="en")
    assert (
        "| Ministerie, https://example.org, mailto:a@example.org → "
        "OCW, https://example.org, mailto:a@example.org\n"
    ) in shown


def test_periods_are_told_in_words() -> None:
    """A stretch of days is told by its names, and its first and last day; and as a record."""
    source = '[[source]]\nid = "web-page"'
    period = '[[period]]\nname = "reces"\nfirst = 2015-07-03\nlast = {}\n'
    texts = [
        changed(source, period.format(last) + source)
        for last in ("2015-08-30", '2015-08-31\nalso_called = ["de zomer"]')
    ]
    changes = diff(*map(loads, texts))
    assert (
        "| reces, 3 July 2015, 30 August 2015 → reces, de zomer, 3 July 2015, 31 August 2015\n"
    ) in render(changes, language="en")
    (change,) = json.loads(render(changes, "json"))["changes"]
    assert change["field"] == "periods"
    assert change["to"] == [
        {
            "name": "reces",
            "also_called": ["de zomer"],
            "first": "2015-07-03",
            "last": "2015-08-31",
        }
    ]


def test_what_did_not_change_is_not_told() -> None:
    """Comments, the order of a file and where it stands are no changes."""
    moved = loads(f"# Earlier.\n\n{PROGRAMME}", path="elsewhere.toml")
    reordered = attrs.evolve(SAME, sources=SAME.sources[::-1])
    assert told(SAME, moved) == told(SAME, reordered) == []


def test_changes_are_shown_in_a_line() -> None:
    """How many there are of each kind."""
    assert repr(diff(SAME, loads(changed(MET, LATER)))) == "<Diff science: 1 moved, 1 edited>"
    assert repr(diff(SAME, SAME)) == "<Diff science: nothing changed>"


def test_the_order_of_languages_is_no_change() -> None:
    """Texts are the same in any order; another text in any language is a change."""
    old = changed('nl = "Van kracht", en = "In force"', 'nl = "V", en = "F", de = "K"')
    reordered = old.replace('en = "F", de = "K"', 'de = "K", en = "F"')
    assert told(loads(old), loads(reordered)) == []
    other = loads(old.replace('de = "K"', 'de = "L"'))
    shown = render(diff(loads(old), other))
    assert "  mijlpaal | files/in-force | V | Dossiers | de: K → L\n" in shown


def test_moves_are_told_one_by_one() -> None:
    """Two moves announced between the versions are two, each from the date before it."""
    moves = diff(SAME, loads(changed(MOVE, SOONER + MOVE + LATER))).changes
    assert [
        (str(change.move.before), str(change.move.revision.due), change.move.days)
        for change in moves
        if isinstance(change, NowMoved)
    ] == [("2014-08-01", "2014-09-01", 31), ("over een paar jaar", "2017-01-01", 123)]


def test_moves_have_days_between_last_days() -> None:
    """Earlier is negative; without a last day there is nothing to count."""
    change = diff(SAME, loads(changed(MOVE, MOVE + LATER))).changes[0]
    assert isinstance(change, NowMoved)
    move = change.move
    assert attrs.evolve(move, before=PolicyDate("2017-01-31")).days == -30
    assert attrs.evolve(move, before=PolicyDate("[2017..]")).days is None
    assert attrs.evolve(move, before=None).days is None


# --- renaming -------------------------------------------------------------------------------------

MEASURE = 'id = "files"'
# What names it by its id says another one.
REFERRING = ["edited teachers/survey also", "edited teachers/survey outcome"]
RENAMED = [
    ({'id = "progress"': 'id = "letters"', '["letter"]': '["letter", "progress"]'},
     ["renamed files/letters"]),
    ({MEASURE: 'id = "dossier"', '["dossiers"]': '["dossiers", "files"]',
      'also = ["files"]': 'also = ["dossier"]', 'by = "files/': 'by = "dossier/'},
     ["renamed dossier", *REFERRING]),
    ({MEASURE: 'id = "dossier"', '["dossiers"]': '["dossiers", "files"]',
      'id = "in-force"': 'id = "force"\nformerly = ["in-force"]',
      'also = ["files"]': 'also = ["dossier"]', '"files/in-force"': '"dossier/force"'},
     ["renamed dossier", "renamed dossier/force", *REFERRING]),
    ({'id = "progress"': 'id = "letters"', 'kind = "report"': 'kind = "other"',
      '["letter"]': '["letter", "progress"]'},
     ["renamed files/letters", "edited files/letters kind"]),
    ({'id = "teachers"': 'id = "staff"\nformerly = ["teachers"]'},
     ["renamed staff"]),
]  # fmt: skip


def replaced(edits: dict[str, str]) -> Programme:
    text = PROGRAMME
    for old, new in edits.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return loads(text)


@pytest.mark.parametrize(("edits", "expected"), RENAMED)
def test_renaming_is_neither_adding_nor_removing(
    edits: dict[str, str], expected: list[str]
) -> None:
    """What says its former id is the same one; of a renamed measure, its milestones too."""
    assert told(SAME, replaced(edits)) == expected


def test_what_is_renamed_says_what_it_was() -> None:
    """Its id in the old version: a milestone has that of its measure in it."""
    changes = diff(SAME, replaced(RENAMED[2][0])).changes
    assert {change.id: change.was for change in changes if isinstance(change, Renamed)} == {
        "dossier": "files",
        "dossier/force": "files/in-force",
    }


def test_a_body_that_is_renamed() -> None:
    """It is the same one: who answers for the measures, or wrote a source, has not changed."""
    renamed = loads(PROGRAMME.replace('"ocw"', '"minocw"').replace('["ocenw"]', '["ocenw", "ocw"]'))
    assert told(SAME, renamed) == ["renamed minocw"]
    assert told(renamed, SAME) == ["renamed ocw"]
    shown = render(diff(SAME, renamed), language="en")
    assert "  was ocw | minocw | Ministry of Education\n" in shown


def test_a_body_that_took_the_place_of_another() -> None:
    """Without the former id others answer for everything."""
    other = loads(PROGRAMME.replace('"ocw"', '"minocw"').replace('formerly = ["ocenw"]\n', ""))
    assert told(SAME, other) == [
        "added minocw",
        "removed ocw",
        "edited files bodies",
        "edited teachers/survey bodies",
        "edited teachers/survey revised",
        "edited web-page by",
    ]


def test_renaming_is_seen_backwards() -> None:
    """Who asks what changed from the newer to the older version gets an answer too."""
    assert told(replaced(RENAMED[2][0]), SAME) == [
        "renamed files", "renamed files/in-force", *REFERRING,
    ]  # fmt: skip


def test_who_forgets_a_former_id_is_still_known_by_it() -> None:
    """An id that the older version had formerly is the same record, though calendars lose it."""
    forgotten = replaced({'formerly = ["dossiers"]\n': "", 'formerly = ["letter"]\n': ""})
    assert told(replaced(RENAMED[1][0]), forgotten) == [
        "renamed files",
        "edited files/in-force formerly",
        "edited files/progress formerly",
        *REFERRING,
    ]


def test_two_that_became_one() -> None:
    """It is the one that calendars know it by; the other is gone."""
    second = '[[measure.milestone]]\nid = "letter"\ntitle = { nl = "B" }\nkind = "report"\n'
    text = PROGRAMME.replace('formerly = ["letter"]\n', "")
    two = loads(
        text.replace('[[measure]]\nid = "teachers"', f'{second}[[measure]]\nid = "teachers"')
    )
    names = '["letter", "progress"]'
    one = replaced({'id = "progress"': 'id = "both"', '["letter"]': names})
    assert {"removed files/progress", "renamed files/both"} <= {*told(two, one)}


def test_renamed_in_two_ways() -> None:
    """Two branches that renamed one milestone each tell of the same one."""
    one = replaced({'id = "progress"': 'id = "one"', '["letter"]': '["letter", "progress"]'})
    two = replaced({'id = "progress"': 'id = "two"', '["letter"]': '["letter", "progress"]'})
    assert told(one, two) == ["renamed files/two"]


def test_moving_to_another_measure_is_renaming() -> None:
    """A milestone is the same one in another measure, if it says where it was."""
    at = PROGRAMME.index('[[measure.milestone]]\nid = "progress"')
    other = '[[measure]]\nid = "other"\ntitle = { nl = "Andere" }\nsource = "letter-2013"\n'
    formerly = '["dossiers/letter", "files/letter", "files/progress"]'
    there = PROGRAMME[:at] + other + PROGRAMME[at:].replace('["letter"]', formerly)
    assert told(SAME, loads(there)) == ["added other", "renamed other/progress"]


def test_without_a_former_id_one_went_and_one_came() -> None:
    """Nothing is guessed from titles."""
    other = replaced({'id = "progress"': 'id = "letters"', 'formerly = ["letter"]\n': ""})
    assert told(SAME, other) == ["added files/letters", "removed files/progress"]


def test_news_that_says_something_else() -> None:
    """It is other news: what was found before is no longer told."""
    other = replaced({'found = "under-way"': 'found = "partly"'})
    assert told(SAME, other) == ["news teachers/survey", "edited teachers/survey news"]


def test_an_outcome_that_became_another() -> None:
    """What is no longer dropped but met is one edit; what is met besides is news."""
    met = MET.replace("letter-2015", "web-page")
    dropped, besides = (loads(changed(DROPPED, new)) for new in (met, met + DROPPED))
    assert told(SAME, dropped) == ["edited files/progress outcome"]
    assert told(SAME, besides) == ["met files/progress"]
    assert told(besides, SAME) == ["edited files/progress outcome"]


def test_calendars_that_lose_a_milestone_are_told() -> None:
    """Where the first id is another one, a subscriber sees one go and one come."""
    other = replaced({'["letter"]': '["first", "letter"]'})
    assert told(SAME, other) == ["edited files/progress formerly"]


@given(st.permutations(SAME.measures[0].milestones), st.booleans())
def test_order_and_way_do_not_matter(milestones: list[Milestone], back: bool) -> None:  # noqa: FBT001  hypothesis gives it
    """What is added one way is removed the other way, whatever the order of the file."""
    fewer = attrs.evolve(SAME.measures[0], milestones=tuple(milestones[:1]))
    more = attrs.evolve(SAME.measures[0], milestones=tuple(milestones))
    old, new = (attrs.evolve(SAME, measures=(one,)) for one in (fewer, more))
    kind = "removed" if back else "added"
    assert told(*((new, old) if back else (old, new))) == [f"{kind} {milestones[1].full_id}"]


# --- JSON -----------------------------------------------------------------------------------------


def test_json_keys_never_vanish() -> None:
    """A reader finds each key in each change; what is absent is null."""
    document = json.loads(render(diff(SAME, replaced(RENAMED[2][0])), "json"))
    assert list(document) == ["version", "programme", "counts", "changes"]
    assert list(document["counts"]) == [kind.kind for kind in KINDS]
    for change in document["changes"]:
        assert list(change) == [
            *("change", "sort", "id", "title", "measure", "measure_title"),
            *("field", "from", "to", "days", "announced", "source", "reason"),
        ]


def test_json_has_a_date_for_what_came_and_went() -> None:
    """The date in force of a milestone that was added or removed; null for an undated one."""
    document = json.loads(render(diff(SAME, attrs.evolve(SAME, measures=())), "json"))
    dates = {change["id"]: change["from"] for change in document["changes"]}
    assert dates == {
        "files": None,
        "files/in-force": {
            "words": "over een paar jaar",
            "translations": {},
            "edtf": "2016-08~",
            "earliest": "2016-08-01",
            "latest": "2016-08-31",
        },
        "files/progress": None,
        "teachers": None,
        "teachers/survey": {
            "words": "doorlopend",
            "translations": {"en": "ongoing"},
            "edtf": None,
            "earliest": None,
            "latest": None,
        },
    }


# --- the command ----------------------------------------------------------------------------------

CALM = "Maatregelen, wat er veranderde\nNiets veranderd.\n"
LATER_TOLD = """\
Maatregelen, wat er veranderde

verplaatst (1)
  123 dagen later | files/in-force | Van kracht | Dossiers | rond augustus 2016 \
(“over een paar jaar”) → 1 januari 2017 | Tweede brief, 1 juli 2015
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, a git repository: two commits of `data/plan.toml`, and a later move."""
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "data" / "plan.toml"
    file.parent.mkdir()
    git("init", "--quiet")
    for number, text in enumerate(["[programme\n", PROGRAMME]):
        file.write_text(text, encoding="utf-8")
        git("add", ".")
        author = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org")
        git(*author, "commit", "--quiet", "-m", f"{number}: it")
    file.write_text(changed(MOVE, MOVE + LATER), encoding="utf-8")
    (tmp_path / "same.toml").write_text(PROGRAMME, encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9\n")
    return tmp_path


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments])


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("same.toml", "data/plan.toml", LATER_TOLD),
        ("git:HEAD", "data/plan.toml", LATER_TOLD),
        ("git:HEAD:data/plan.toml", "data/plan.toml", LATER_TOLD),
        ("git:HEAD:./data/plan.toml", "data/plan.toml", LATER_TOLD),
        ("git:HEAD^{/1: it}", "data/plan.toml", LATER_TOLD),  # a revision may hold a colon
        ("same.toml", "git:HEAD:data/plan.toml", CALM),
        ("git:HEAD:data/plan.toml", "git:HEAD", CALM),
        ("git:HEAD", "git:HEAD:data/plan.toml", CALM),
    ],
)
def test_versions(old: str, new: str, expected: str) -> None:
    """A version is a file, or what a revision has of it: of the other's file, or of a path."""
    result = run(old, new)
    assert (result.stdout, result.stderr, result.exit_code) == (expected, "", 0)


def test_file_below_the_current_folder(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The repository is that of the file, wherever one stands."""
    monkeypatch.chdir("/")
    assert run("git:HEAD", str(repository / "data" / "plan.toml")).stdout == LATER_TOLD
    monkeypatch.chdir(repository / "data")
    assert run("git:HEAD", "plan.toml").stdout == LATER_TOLD
    assert run("git:HEAD:data/plan.toml", "plan.toml").stdout == LATER_TOLD


@pytest.mark.usefixtures("repository")
def test_in_a_hook_of_another_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    """What git tells its hooks of their repository says nothing of the file's."""
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_WORK_TREE", "/nowhere")
    assert run("git:HEAD", "data/plan.toml").stdout == LATER_TOLD


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("same.toml", "data/plan.toml"), 0),
        (("same.toml", "data/plan.toml", "--exit-code"), 1),
        (("same.toml", "same.toml", "--exit-code"), 0),
    ],
)
def test_exit_code_is_asked_for(arguments: tuple[str, ...], code: int) -> None:
    """Whether anything changed is an exit code for who asks for it."""
    assert run(*arguments).exit_code == code


@pytest.mark.usefixtures("repository")
def test_language_format_and_file() -> None:
    """The options of the reports that have a meaning here do what they do there."""
    arguments = ("same.toml", "data/plan.toml", "--output-format", "markdown", "--lang", "en")
    assert run(*arguments, "-o", "changes.md").stdout == ""
    assert Path("changes.md").read_text(encoding="utf-8") == run(*arguments).stdout
    assert run(*arguments).stdout.startswith("# Measures, what changed\n\n## Moved (1)\n")


REFUSED = {
    ("git:HEAD~1", "data/plan.toml"): (
        "git:HEAD~1:data/plan.toml:1:1: error: not TOML: the brackets of [programme do not match; "
        "write [programme] [toml-syntax]\n"
    ),
    ("git:HEAD~1", "git:HEAD:data/plan.toml"): (
        "git:HEAD~1:data/plan.toml:1:1: error: not TOML: the brackets of [programme do not match; "
        "write [programme] [toml-syntax]\n"
    ),
    ("same.toml", "git:HEAD~1:data/plan.toml"): (
        "git:HEAD~1:data/plan.toml:1:1: error: not TOML: the brackets of [programme do not match; "
        "write [programme] [toml-syntax]\n"
    ),
    ("latin.toml", "same.toml"): (
        "latin.toml:1:6: error: not UTF-8: byte 0xe9 in café, probably é of Windows-1252; "
        "save the file as UTF-8 [encoding]\n"
    ),
    ("missing.toml", "same.toml"): ("Error: cannot read missing.toml: no such file or directory\n"),
    ("git:nope", "same.toml"): (
        "Error: cannot read git:nope:same.toml: invalid object name 'nope'.\n"
    ),
    ("git:HEAD", "same.toml"): (
        "Error: cannot read git:HEAD:same.toml: "
        "path 'same.toml' exists on disk, but not in 'HEAD'\n"
    ),
    ("git:HEAD:none.toml", "same.toml"): (
        "Error: cannot read git:HEAD:none.toml: path 'none.toml' does not exist in 'HEAD'\n"
    ),
    ("git:HEAD:data", "same.toml"): (
        "Error: cannot read git:HEAD:data: git cat-file HEAD:data: bad file\n"
    ),
    ("git:HEAD", "no/such.toml"): "Error: cannot read git:HEAD:no/such.toml: no folder no\n",
    ("git:HEAD", "git:HEAD~1"): (
        "Error: cannot read git:HEAD: of which file? write git:HEAD:PATH\n"
    ),
    ("git:", "same.toml"): 'Error: cannot read git:: "" is no revision; write git:HEAD\n',
    ("git:--output=x", "same.toml"): (
        'Error: cannot read git:--output=x: "--output=x" is no revision; write git:HEAD\n'
    ),
}


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("versions", REFUSED)
def test_versions_that_cannot_be_read(versions: tuple[str, str]) -> None:
    """One clear message, or the findings of the version, and exit code 2."""
    result = run(*versions)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == REFUSED[versions]


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no repository, git says so."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Path("plan.toml").write_text(PROGRAMME, encoding="utf-8")
    assert run("git:HEAD", "plan.toml").stderr == (
        "Error: cannot read git:HEAD:plan.toml: "
        "not a git repository (or any of the parent directories): .git\n"
    )


@pytest.mark.usefixtures("repository")
def test_without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are compared without git; a revision needs it."""
    monkeypatch.setenv("PATH", "")
    assert run("same.toml", "same.toml").stdout == CALM
    assert run("git:HEAD", "data/plan.toml").stderr == (
        "Error: cannot read git:HEAD:data/plan.toml: git is not installed\n"
    )


def test_the_whole_story_of_what_is_new_has_its_moves_and_its_end() -> None:
    """A fact that nobody promised is no more than there."""
    head = (
        '[programme]\nid = "p"\ntitle = "P"\nlanguage = "en"\ntimezone = "UTC"\n'
        '[[source]]\nid = "s"\ntitle = "S"\npublished = 2017-01-01\n'
        '[[measure]]\nid = "m"\ntitle = "M"\nsource = "s"\n'
    )
    new = (
        '[[measure.milestone]]\nid = "a"\ntitle = "A"\nkind = "other"\ndue = 2016\n'
        '[[measure.milestone.revised]]\ndue = 2017\nsource = "s"\n'
        '[[measure.milestone.news]]\nfound = "partly"\nsource = "s"\n'
        '[measure.milestone.met]\nsource = "s"\n'
        '[[measure.milestone]]\nid = "b"\ntitle = "B"\nkind = "other"\ncommitment = "none"\n'
        '[measure.milestone.met]\nsource = "s"\n'
    )
    old, now = loads(head), loads(head + new)
    added = ["added m/a", "added m/b"]
    assert [f"{change.kind} {change.id}" for change in diff(old, now).changes] == added
    assert [f"{change.kind} {change.id}" for change in diff(old, now, whole=True).changes] == [
        *("moved m/a", "met m/a", "news m/a"),
        *added,
    ]
