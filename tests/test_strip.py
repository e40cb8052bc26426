"""Strips: where the marks of a milestone stand, from which day up to which they hold."""

import datetime as dt
import itertools
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME
from strategies import programmes

from betatech_milestones import Milestone, Programme, Voice, load, loads
from betatech_milestones.pictures.axis import dates, drawn_from, endings, promises
from betatech_milestones.pictures.svg import width
from betatech_milestones.website import strip as strip_module
from betatech_milestones.website.strip import axis_of, bounds, keys, scale, strip

HEAD = PROGRAMME[: PROGRAMME.index("[[measure]]")].replace("seen = 2015-09-01", "seen = 2020-01-01")
# Ten years, each a tenth of the width, whatever else is in the file.
FRAME = ("due = 2011-01-01", "due = 2020-12-31")
DAY = dt.date(2016, 1, 1)
LATER = 'due = { words = { nl = "later", en = "later on" } }'


def programme(*milestones: str) -> Programme:
    """A programme of one measure, each milestone given by its keys but for id, kind and title."""
    return loads(
        f'{HEAD}\n[[measure]]\nid = "m"\ntitle = {{ nl = "Maatregel" }}\nsource = "letter-2013"\n'
        + "".join(
            f'[[measure.milestone]]\nid = "n{place}"\nkind = "other"\ntitle = "n"\n{keys}\n'
            for place, keys in enumerate(milestones)
        )
    )


def marks(keys: str, day: dt.date = DAY, since: dt.date | None = None) -> list[str]:
    """The marks of a milestone on an axis from 2011 to 2020, each as its attributes."""
    found = [*programme(*FRAME, keys).milestones]
    axis = axis_of(found)
    assert axis is not None
    return shapes(strip(found[2], axis, day=day, since=since))


def shapes(written: str) -> list[str]:
    """The rectangles in some markup, without what they have in common."""
    return [
        re.sub(
            r'(?:class|x|width|visibility)="([^"]*)"|data-(from|until)="([^"]*)"', r"\1\2\3", mark
        ).strip()
        for mark in re.findall(r"<rect ([^>]*)/>", written)
    ]


def revised(*dates: str) -> str:
    return "".join(
        f'[[measure.milestone.revised]]\ndue = "{date}"\nsource = "letter-2015"\n'
        f"announced = 2015-0{place}-01\n"
        for place, date in enumerate(dates, start=1)
    )


MARKS = {
    "a day stands in its middle": ("due = 2017-01-01", ["lag 60% 0%", "due day 60%"]),
    "a window is as wide as its days": ('due = "2017"', ["lag 70% 0%", "due 60% 10%"]),
    "an open start has no edge": ('due = "uiterlijk 2017"', ["lag 70% 0%", "due till 70%"]),
    "nor has an open end, and no term": ('due = "[2017..]"', ["due since 60%"]),
    "an approximate date says so": ('due = "2017~"', ["lag 70% 0%", "due near 60% 10%"]),
    "what is over has the time since": ('due = "2014"', ["lag 40% 10%", "due 30% 10%"]),
    "an aim is never overdue": ('commitment = "aim"\ndue = "2014"', ["due 30% 10%"]),
    "a move goes from edge to edge, from when it is known": (
        f'due = "2014"\n{revised("2016")}',
        [
            "lag 60% 0%",
            "move 40% 10% from2015-01-01",
            "due 30% 10%",
            "due 50% 10% from2015-01-01",
        ],
    ),
    "also back": (
        f'due = "2018"\n{revised("1 januari 2014")}',
        [
            "lag 30% 20%",
            "move 30% 40% from2015-01-01",
            "due 70% 10%",
            "due day 30% from2015-01-01",
        ],
    ),
    "from last day to last day where dates overlap": (
        f'due = "2014"\n{revised("[2014..2015]")}',
        [
            "lag 50% 0%",
            "move 40% 10% from2015-01-01",
            "due 30% 10%",
            "due 30% 20% from2015-01-01",
        ],
    ),
    "what keeps its last day does not move": (
        f'due = "2014"\n{revised("2014~")}',
        ["lag 40% 10%", "due 30% 10%", "due near 30% 10% from2015-01-01"],
    ),
    "a first date is no move": (
        revised("2014"),
        ["lag 40% 10%", "due 30% 10% from2015-01-01"],
    ),
    "words alone take the place of what was": (
        f'due = 2014-01-01\nrevised = [{{ {LATER}, source = "letter-2015" }}]',
        ["lag 30% 20% until2015-06-30 hidden", "due day 30%", "due 0% 0% from2015-07-01"],
    ),
    "what is moved later is hidden": (
        f'due = "2014"\n{revised("2016").replace("2015-01-01", "2016-01-02")}',
        [
            "lag 60% 0%",
            "move 40% 10% from2016-01-02 hidden",
            "due 30% 10%",
            "due 50% 10% from2016-01-02 hidden",
        ],
    ),
    "what is met has a sign from when that is known": (
        'due = 2014-01-01\nmet = { on = 2014-02-01, source = "letter-2015" }',
        ["lag 30% 20% until2015-06-30 hidden", "due day 30%", "met 30.9% from2015-07-01"],
    ),
    "and a slim bar where it was no day": (
        'due = 2014-01-01\nmet = { on = "2014", source = "web-page" }',
        [
            "lag 30% 20% until2019-12-31",
            "due day 30%",
            "span met 30% 10% from2020-01-01 hidden",
            "met 35% from2020-01-01 hidden",
        ],
    ),
    "what was dropped, and met after all": (
        (
            'due = "2018"\n'
            'dropped = { on = 2015-01-01, source = "letter-2015", reason = "a" }\n'
            'met = { on = 2016-02-01, source = "web-page" }'
        ),
        [
            "due 70% 10%",
            "dropped 40% from2015-07-01 until2019-12-31",
            "met 50.8% from2020-01-01 hidden",
        ],
    ),
    "what no source tells a day of has no sign": (
        'due = 2014-01-01\nmet = { source = "letter-2015" }',
        ["lag 30% 20% until2015-06-30 hidden", "due day 30%"],
    ),
    "what comes about by itself does so on its day": (
        'commitment = "fixed"\ndue = 2014-05-01',
        ["due day 33.3%", "met 33.3% from2014-05-02"],
    ),
    "a fact is there from when it is known": (
        'commitment = "none"\nmet = { on = 2014-01-01, source = "letter-2015" }',
        ["met 30%"],
    ),
    "what lies behind the axis": ("due = 9999-01-01", ["due beyond 100%"]),
    "and before it": ("due = 0001-01-01", ["due before 0%"]),
    "the first year there is stands for no bound": (
        'due = "[0001..2013]"',
        ["lag 30% 20%", "due 0% 30%"],
    ),
}


@pytest.mark.parametrize(("keys", "found"), MARKS.values(), ids=MARKS)
def test_marks(keys: str, found: list[str]) -> None:
    """What is drawn where, from which day up to which."""
    assert marks(keys) == found


OF_NO_DAY = {
    "what is known bears no day, and the time since waits": (
        f'due = "2014"\n{revised("2016")}',
        ["lag 60%", "move 40% 10%", "due 30% 10%", "due 50% 10%"],
    ),
    "what is not, does": (
        'due = 2014-01-01\nmet = { on = 2014-02-01, source = "web-page" }',
        ["lag 30% until2019-12-31", "due day 30%", "met 30.9% from2020-01-01 hidden"],
    ),
    "what is over is left out": (
        'due = 2014-01-01\nmet = { on = 2014-02-01, source = "letter-2015" }',
        ["due day 30%", "met 30.9%"],
    ),
}


@pytest.mark.parametrize(("keys", "found"), OF_NO_DAY.values(), ids=OF_NO_DAY)
def test_a_page_of_no_day(keys: str, found: list[str]) -> None:
    """It tells no day before its first: nothing in it changes overnight."""
    assert marks(keys, since=DAY) == found


def test_a_page_of_no_day_has_the_lines_of_the_axis_in_each_strip() -> None:
    """Between one strip and the next there is a story."""
    (milestone,) = programme("due = 2014-01-01").milestones
    axis = axis_of([milestone])
    assert axis is not None
    written = strip(milestone, axis, day=DAY, since=DAY)
    assert '<use href="#axis:lines"/>' in written
    assert '<g class="lines" id="axis:lines">' in scale(axis, Voice("nl"))


def test_words_alone_are_not_drawn() -> None:
    """A milestone without a date has no strip, and some of them no axis."""
    undated = [*programme(LATER, "").milestones]
    axis = axis_of(programme(*FRAME).milestones)
    assert axis is not None
    assert axis_of(undated) is None
    assert [strip(milestone, axis, day=DAY) for milestone in undated] == ["", ""]


def test_a_strip_is_small() -> None:
    """A site has one for each milestone of each measure, in each language."""
    sizes = [len(strip(m, axis, day=DAY, since=DAY)) for axis, m in drawn(load())]
    assert sum(sizes) / len(sizes) < 200


def drawn(whole: Programme) -> list[tuple[Any, Milestone]]:
    """The milestones that have a date, each with the axis of its measure."""
    found = [(axis_of(measure.milestones), measure) for measure in whole.measures]
    return [(axis, m) for axis, measure in found for m in measure.milestones if axis and dates(m)]


# --- what always holds ----------------------------------------------------------------------------


@pytest.mark.slow
@given(programmes(), st.dates(dt.date(2010, 1, 1), dt.date(2030, 1, 1)))
def test_a_strip_shows_what_a_report_knows(whole: Programme, day: dt.date) -> None:
    """Nothing outside of the axis; a mark for each day on which anything can be drawn.

    Nothing can of what was told to have ended otherwise since, on no day that is known.
    """
    for axis, milestone in drawn(whole):
        written = strip(milestone, axis, day=day)
        svg = ET.fromstring(str(written))  # noqa: S314  ours
        shown = [mark for mark in svg if mark.get("visibility") is None]
        known = [mark for mark in shown if mark.get("class") != "lag"]
        said = [bool(date.edtf) for since, date in promises(milestone) if since <= day]
        ends = [ending for since, ending in endings(milestone) if since <= day]
        if any(said) or any(ends[-1:]):
            assert drawn_from(milestone) <= day
            assert len(known) > said.count(False)  # words alone have a mark without a size
        for mark in svg:
            x, width = (float((mark.get(name) or "0").strip("%")) for name in ("x", "width"))
            assert 0 <= x <= 100
            assert 0 <= x + width <= 100.1


# --- the axis -------------------------------------------------------------------------------------


def names(*found: str, language: str = "nl") -> list[str]:
    """The names on the axis of some dates; those that a telephone leaves out behind a hyphen."""
    axis = axis_of(programme(*(f'due = "{date}"' for date in found)).milestones)
    assert axis is not None
    return [
        f"{'-' if wide else ''}{name}"
        for wide, name in re.findall(
            r'<text x="[^"]*"( class="wide")?>([^<]*)', scale(axis, Voice(language))
        )
    ]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (["2014"], ["2014", "-maart", "mei", "-juli", "september", "-november"]),
        (
            ["2014", "2015"],
            ["2014", "-april", "juli", "-oktober", "2015", "-april", "juli", "-oktober"],
        ),
        (["2014", "2016"], ["2014", "2015", "2016"]),
        (
            ["2011", "2023"],
            [f"{'' if year % 2 else '-'}{year}" for year in range(2011, 2024)],
        ),
        (["0001-05-01"], ["1", "-maart", "mei", "-juli", "september", "-november"]),
    ],
)
def test_names(found: list[str], told: list[str]) -> None:
    """As many as fit on a page, and on a telephone every so many of them."""
    assert names(*found) == told


@pytest.mark.parametrize(
    ("day", "mark"),
    [
        (None, "today hidden"),
        (dt.date(2016, 1, 1), "today 50%"),
        (dt.date(2026, 1, 1), "today hidden"),
    ],
)
def test_today(day: dt.date | None, mark: str) -> None:
    """It is marked where the page is of a day that is on the axis; else it waits for a script."""
    axis = axis_of(programme(*FRAME).milestones)
    assert axis is not None
    assert shapes(scale(axis, Voice("nl"), day=day))[-1] == mark


def test_a_script_finds_days_by_the_bounds() -> None:
    """The first and the last day of the axis."""
    axis = axis_of(programme(*FRAME).milestones)
    assert axis is not None
    assert bounds(axis) == ' data-first="2011-01-01" data-last="2020-12-31"'


@pytest.mark.parametrize("language", ["nl", "en", "fr", "de", "it"])
@pytest.mark.parametrize("years", range(1, 31))
def test_names_have_room_on_a_telephone(years: int, language: str) -> None:
    """The next one begins behind the end of the one before, whatever is on an axis of 27 ems."""
    axis = axis_of(programme("due = 1001-01-01", f"due = {1000 + years}-01-01").milestones)
    assert axis is not None
    found = re.findall(r'<text x="([^"]*)%">([^<]*)', scale(axis, Voice(language)))
    places = [(float(x) * 27 / 100, name) for x, name in found]
    for (x, name), (after, _) in itertools.pairwise(places):
        assert x + width(name) < after
    assert len(places) > min(years, 2)


# --- the row in which it stands -------------------------------------------------------------------


def test_keys() -> None:
    """From which day on it stands in which group, without turns that leave it there."""
    text = 'due = 2014-01-01\nmet = { on = 2014-02-01, source = "web-page" }'
    (milestone,) = programme(text).milestones
    told = [
        ("2013-02-26", "upcoming"),
        ("2014-01-01", "due"),
        ("2014-01-02", "unchecked"),
        ("2020-01-01", "met"),
    ]
    assert keys(milestone) == told


# --- its style ------------------------------------------------------------------------------------


def test_every_look_has_a_style() -> None:
    """A class that the style does not know would be drawn in black."""
    written = "".join(strip(m, axis, day=DAY) for axis, m in drawn(load()))
    used = {look for looks in re.findall(r'class="([^"]*)"', written) for look in looks.split()}
    style = (Path(strip_module.__file__).with_name("strip.css")).read_text(encoding="utf-8")
    assert {look for look in used if f".{look}" not in style} == set()
