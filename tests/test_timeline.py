"""The timeline: where each date stands, what its shape and its words say, and that it is safe."""

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest
from golden import Golden, hold
from hypothesis import example, given
from hypothesis import strategies as st
from programmes import PROGRAMME

from betatech_milestones import (
    BadValue,
    Measure,
    Milestone,
    Programme,
    Texts,
    load,
    loads,
    timeline,
)
from betatech_milestones.model.records import trusted
from betatech_milestones.pictures.timeline import TIMELINE_STYLE, has_dates

GOLDEN = Path(__file__).with_name("timeline.nl.svg")
SVG = "{http://www.w3.org/2000/svg}"
HEAD = PROGRAMME[: PROGRAMME.index("[[measure]]")]
# Ten years of 63.8 units, whatever else is in the file.
FRAME = ('title = { nl = "a" }\ndue = 2011-01-01', 'title = { nl = "z" }\ndue = 2020-12-31')


# The web page is read after all that it tells.
HEAD = HEAD.replace("seen = 2015-09-01", "seen = 2020-01-01")
LATER = 'due = { words = { nl = "later", en = "later on" } }'


def programme(*milestones: str) -> Programme:
    """A programme of one measure, each milestone given by its keys but for id and kind."""
    return loads(
        f'{HEAD}\n[[measure]]\nid = "m"\ntitle = {{ nl = "Maatregel" }}\nsource = "letter-2013"\n'
        + "".join(
            f'[[measure.milestone]]\nid = "n{place}"\nkind = "other"\n{keys}\n'
            for place, keys in enumerate(milestones)
        )
    )


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  what we have just written


def picture(*milestones: str) -> ET.Element:
    return drawn(timeline(programme(*milestones)))


def row_of(keys: str) -> ET.Element:
    """The row of a milestone, on an axis from 2011 to 2020."""
    svg = picture(*FRAME, f'title = {{ nl = "Titel" }}\n{keys}')
    return svg.findall(f"{SVG}g[@class='row']")[2]


def marks(row: ET.Element) -> list[str]:
    """The marks of a row: what each is, and how it is drawn."""
    return [
        f"{mark.get('class')}: {mark.get('d') or mark.get('href', '') + ' ' + mark.get('x', '')}"
        for mark in row
        if mark.tag in {f"{SVG}path", f"{SVG}use"} and mark.get("class") != "rule"
    ]


def words(row: ET.Element) -> str:
    """What stands beside the marks of a row."""
    text = row.find(f"{SVG}text[@class='small']")
    assert text is not None
    return text.text or ""


def revised(*dates: str) -> str:
    return "".join(
        f'[[measure.milestone.revised]]\ndue = "{date}"\nsource = "letter-2015"\n'
        f"announced = 2015-0{place}-01\n"
        for place, date in enumerate(dates, start=1)
    )


def ended(how: str, on: str, source: str = "web-page") -> str:
    reason = 'reason = { nl = "geen geld" }\n' if how != "met" else ""
    day = f'on = "{on}"\n' if on else ""
    return f'[measure.milestone.{how}]\n{day}source = "{source}"\n{reason}'


def test_the_whole_picture() -> None:
    """The shared programme, in full view."""
    hold(GOLDEN, timeline(loads(PROGRAMME)))


def golden() -> Golden:
    """Return what writes that picture."""
    return {GOLDEN: lambda: timeline(loads(PROGRAMME))}


# What a milestone says, its marks, and the words beside them.
MARKS = {
    "a day is a diamond in its middle": (
        "due = 2014-01-01",
        ["open: #timeline-day 541.5"],
        "1 januari 2014",
    ),
    "a window is a bar over all its days": (
        'due = "2014"',
        ["open: M541.4 6H605.2v8H541.4z"],
        "2014",
    ),
    "a short window can still be seen": (
        'due = "[2014-01-01..2014-01-03]"',
        ["open: M540.2 6H543.2v8H540.2z"],
        "1 januari 2014 tot en met 3 januari 2014",
    ),
    "an open start is a wedge up to a stroke": (
        'due = "uiterlijk 2013"',
        ["open: M505.4 10L541.4 6v8zM541.4 3v14"],
        "uiterlijk 31 december 2013",
    ),
    "an open start stays within the axis": (
        'due = "uiterlijk 1 maart 2011"',
        ["open: M350 10L360.5 6v8zM360.5 3v14"],
        "uiterlijk 1 maart 2011",
    ),
    "an open end is a wedge the other way": (
        'due = "[2014..]"',
        ["open: M577.4 10L541.4 6v8z"],
        "2014 of later",
    ),
    "and stays within the axis": (
        'due = "[2020-10..]"',
        ["open: M988 10L971.9 6v8z"],
        "oktober 2020 of later",
    ),
    "an approximate date is dashed": (
        'due = "2014~"',
        ["open approximate: M541.4 6H605.2v8H541.4z"],
        "rond 2014",
    ),
    "an approximate day is dashed": (
        'due = "2014-01-01~"',
        ["open approximate: #timeline-day 541.5"],
        "rond 1 januari 2014",
    ),
    "a deadline is a stroke through a day": (
        'commitment = "deadline"\ndue = 2014-01-01',
        ["open: #timeline-day 541.5", "open: M541.5 3v14"],
        "1 januari 2014",
    ),
    "a deadline is a stroke at the end of a window": (
        'commitment = "deadline"\ndue = "2014"',
        ["open: M541.4 6H605.2v8H541.4z", "open: M605.2 3v14"],
        "2014",
    ),
    "an aim is called so": (
        'commitment = "aim"\ndue = 2014-01-01',
        ["open: #timeline-day 541.5"],
        "streven, 1 januari 2014",
    ),
    "a move is an arrow from mark to mark": (
        f"due = 2014-01-01\n{revised('1 januari 2016')}",
        [
            "was: #timeline-former-day 541.5",
            "open: #timeline-day 669",
            "move: M544.5 10H664m-6 -3l6 3l-6 3z",
        ],
        "1 januari 2016",
    ),
    "each move has its arrow, also back": (
        f"due = 2014-01-01\n{revised('1 januari 2018', '1 januari 2016')}",
        [
            "was: #timeline-former-day 541.5",
            "was: #timeline-former-day 796.7",
            "open: #timeline-day 669",
            "move: M544.5 10H793.7m-6 -3l6 3l-6 3z",
            "move: M793.7 10H674m6 -3l-6 3l6 3z",
        ],
        "1 januari 2016",
    ),
    "a move from window to window goes from edge to edge": (
        f'due = "2014"\n{revised("2016")}',
        [
            "was: M541.4 8H605.2v4H541.4z",
            "open: M668.9 6H732.8v8H668.9z",
            "move: M605.2 10H668.9m-6 -3l6 3l-6 3z",
        ],
        "2016",
    ),
    "a move of an open start goes from last day to last day": (
        f'due = "uiterlijk 2013"\n{revised("uiterlijk 2014")}',
        [
            "was: M505.4 10L541.4 8v4zM541.4 5v10",
            "open: M569.2 10L605.2 6v8zM605.2 3v14",
            "move: M541.4 10H605.2m-6 -3l6 3l-6 3z",
        ],
        "uiterlijk 31 december 2014",
    ),
    "a window that shrinks goes from last day to last day": (
        f'due = "2014"\n{revised("2014-H1")}',
        [
            "was: M541.4 8H605.2v4H541.4z",
            "open: M541.4 6H573v8H541.4z",
            "move: M605.2 10H573m6 -3l-6 3l6 3z",
        ],
        "eerste helft 2014",
    ),
    "nothing moves where the last day stays": (
        f'due = "2014"\n{revised("2014-H2")}',
        ["was: M541.4 8H605.2v4H541.4z", "open: M573 6H605.2v8H573z"],
        "tweede helft 2014",
    ),
    "a first date is no move": (
        revised("2014"),
        ["open: M541.4 6H605.2v8H541.4z"],
        "2014",
    ),
    "what is met has a check, beside a promise that is settled": (
        f"due = 2014-01-01\n{ended('met', '1 januari 2016')}",
        ["due: #timeline-day 541.5", "met: #timeline-met 669"],
        "1 januari 2014, gerealiseerd: 1 januari 2016",
    ),
    "what is dropped has a cross": (
        f'due = "2014"\n{ended("dropped", "1 januari 2016")}',
        ["due: M541.4 6H605.2v8H541.4z", "dropped: #timeline-dropped 669"],
        "2014, vervallen: 1 januari 2016",
    ),
    "what is replaced has an arrow of its own": (
        f'due = "2014"\n{ended("replaced", "1 januari 2016")}',
        ["due: M541.4 6H605.2v8H541.4z", "replaced: #timeline-replaced 669"],
        "2014, vervangen: 1 januari 2016",
    ),
    "what is met on a day that no source tells has no sign": (
        f'due = "2014"\n{ended("met", "")}',
        ["due: M541.4 6H605.2v8H541.4z"],
        "2014, gerealiseerd: dag onbekend",
    ),
    "what is met by a day that is ours has its sign on that day": (
        'due = "2014"\nmet = { on = { edtf = "[..2013-12-31]" }, source = "web-page" }',
        [
            "due: M541.4 6H605.2v8H541.4z",
            "met: M505.4 10L541.4 8v4zM541.4 5v10",
            "met: #timeline-met 541.4",
        ],
        "2014, gerealiseerd: geen datum genoemd; gedaan uiterlijk 31 december 2013",
    ),
    "what was dropped and met after all is met": (
        f'due = "2014"\n{ended("dropped", "2014", "letter-2015")}{ended("met", "1 januari 2016")}',
        ["due: M541.4 6H605.2v8H541.4z", "met: #timeline-met 669"],
        "2014, gerealiseerd: 1 januari 2016",
    ),
    "a fact is told to be reported": (
        f'commitment = "none"\n{ended("met", "1 januari 2016")}',
        ["met: #timeline-met 669"],
        "gemeld als gedaan: 1 januari 2016",
    ),
    "a forecast is called so": (
        'commitment = "forecast"\ndue = 2014-01-01',
        ["open: #timeline-day 541.5"],
        "verwachting, 1 januari 2014",
    ),
    "a move to words alone leaves what was": (
        f'due = 2014-01-01\nrevised = [{{ {LATER}, source = "letter-2015" }}]',
        ["was: #timeline-former-day 541.5"],
        "later",
    ),
    "a deadline that moved to words alone is none": (
        f'due = "uiterlijk 2013"\nrevised = [{{ {LATER}, source = "letter-2015" }}]',
        ["was: M505.4 10L541.4 8v4zM541.4 5v10"],
        "later",
    ),
    "a move from words alone is a first date": (
        f"{LATER}\n{revised('2014')}",
        ["open: M541.4 6H605.2v8H541.4z"],
        "2014",
    ),
    "who answers for it is no date": (
        'due = 2014-01-01\nrevised = [{ bodies = ["ocw"], source = "letter-2015" }]',
        ["open: #timeline-day 541.5"],
        "1 januari 2014",
    ),
    "an outcome in a window is a slim bar around its sign": (
        ended("met", "2014"),
        ["met: M541.4 8H605.2v4H541.4z", "met: #timeline-met 573.3"],
        "gerealiseerd: 2014",
    ),
    "an outcome by some day has its sign on that day": (
        ended("met", "uiterlijk 2013"),
        ["met: M505.4 10L541.4 8v4zM541.4 5v10", "met: #timeline-met 541.4"],
        "gerealiseerd: uiterlijk 31 december 2013",
    ),
    "an approximate outcome is dashed": (
        ended("met", "2014~"),
        ["met approximate: M541.4 8H605.2v4H541.4z", "met: #timeline-met 573.3"],
        "gerealiseerd: rond 2014",
    ),
    "an arrow ends before a sign that would hide its head": (
        f"due = 2014-01-01\n{revised('2016-01')}{ended('met', '1 januari 2016')}",
        [
            "was: #timeline-former-day 541.5",
            "due: M668.9 6H674.3v8H668.9z",
            "move: M544.5 10H663m-6 -3l6 3l-6 3z",
            "met: #timeline-met 669",
        ],
        "januari 2016, gerealiseerd: 1 januari 2016",
    ),
    "an arrow ends at its date where the sign is elsewhere": (
        f"due = 2014-01-01\n{revised('1 januari 2016')}{ended('met', '1 januari 2017')}",
        [
            "was: #timeline-former-day 541.5",
            "due: #timeline-day 669",
            "move: M544.5 10H664m-6 -3l6 3l-6 3z",
            "met: #timeline-met 732.9",
        ],
        "1 januari 2016, gerealiseerd: 1 januari 2017",
    ),
    "an arrow ends at its date where it was met before": (
        f"due = 2014-01-01\n{revised('1 januari 2018')}{ended('met', '1 januari 2016')}",
        [
            "was: #timeline-former-day 541.5",
            "due: #timeline-day 796.7",
            "move: M544.5 10H791.7m-6 -3l6 3l-6 3z",
            "met: #timeline-met 669",
        ],
        "1 januari 2018, gerealiseerd: 1 janua…",
    ),
    "an arrow back ends at its date where it was met after": (
        f"due = 2018-01-01\n{revised('1 januari 2014')}{ended('met', '1 januari 2016')}",
        [
            "was: #timeline-former-day 796.7",
            "due: #timeline-day 541.5",
            "move: M793.7 10H546.5m6 -3l-6 3l6 3z",
            "met: #timeline-met 669",
        ],
        "1 januari 2014, gerealiseerd: 1 janua…",
    ),
    "the first day on the axis is not beyond it": (
        "due = 2011-01-01",
        ["open: #timeline-day 350.1"],
        "1 januari 2011",
    ),
    "nor is the last": (
        "due = 2020-12-31",
        ["open: #timeline-day 987.9"],
        "31 december 2020",
    ),
    "the first year there is stands for no bound": (
        'due = "[0001..2013]"',
        ["open: M350 6H541.4v8H350z", "edge: M342 6l-4 4l4 4"],
        "0001 tot en met 2013",
    ),
    "and so does the last": (
        'due = "[2014..9999]"',
        ["open: M541.4 6H988v8H541.4z", "edge: M996 6l4 4l-4 4"],
        "2014 tot en met 9999",
    ),
}


@pytest.mark.parametrize(("keys", "shapes", "beside"), MARKS.values(), ids=MARKS)
def test_marks(keys: str, shapes: list[str], beside: str) -> None:
    """Where a date stands, how it is drawn, and what stands beside it."""
    found = row_of(keys)
    assert marks(found) == shapes
    assert words(found) == beside


REVISED_BESIDES = 'revised = [{ goal = 5, bodies = ["ocw"], source = "letter-2015" }]'
NEWS = 'news = [{ found = "partly", source = "letter-2015", says = "Half." }]'
TITLES = {
    "due = 2014": "Titel; Maatregel; "
    "aangekondigd: 2014 (1 januari 2014 tot en met 31 december 2014); voorzien; nog open",
    'commitment = "aim"\ndue = "zomer 2014"': "Titel; Maatregel; "
    "beoogd: zomer 2014 (1 juni 2014 tot en met 31 augustus 2014); nog open",
    'commitment = "forecast"\ndue = 2014-05-01': "Titel; Maatregel; verwacht: 1 mei 2014; nog open",
    'commitment = "fixed"\ndue = 2014-05-01': "Titel; Maatregel; "
    "vastgelegd in wet of contract: 1 mei 2014; nog open",
    f"due = 2014-01-01\n{revised('2015-01', '2016-01')}{ended('dropped', '1 mei 2016')}": "Titel; "
    "Maatregel; aangekondigd: 1 januari 2014; voorzien; "
    "verplaatst naar januari 2015 (1 januari 2015 tot en met 31 januari 2015); "
    "verplaatst naar januari 2016 (1 januari 2016 tot en met 31 januari 2016); "
    "vervallen: 1 mei 2016",
    revised("2 mei 2015"): "Titel; Maatregel; aangekondigd zonder datum; "
    "verplaatst naar 2 mei 2015; nog open",
    f"due = 2014-05-01\n{REVISED_BESIDES}": "Titel; "
    "Maatregel; aangekondigd: 1 mei 2014; voorzien; "
    "doel nu 5; nu verantwoordelijk: Ministerie van OCW; nog open",
    f"due = 2014-05-01\n{NEWS}": "Titel; "
    "Maatregel; aangekondigd: 1 mei 2014; voorzien; deels gedaan: Half.; nog open",
    "due = 2014-05-01\n" + ended("met", ""): "Titel; Maatregel; "
    "aangekondigd: 1 mei 2014; voorzien; gerealiseerd: dag onbekend",
    ended("replaced", "2 mei 2015"): "Titel; Maatregel; aangekondigd zonder datum; "
    "vervangen: 2 mei 2015",
    f"{LATER}\n{revised('2 mei 2015')}": "Titel; Maatregel; aangekondigd: later; voorzien; "
    "verplaatst naar 2 mei 2015; nog open",
    # Nobody promised it.
    'commitment = "none"\n' + ended("met", "2013-01-02", "letter-2013"): "Titel; Maatregel; "
    "gemeld als gedaan: 2 januari 2013",
}


@pytest.mark.parametrize(("keys", "title"), TITLES.items())
def test_a_row_says_in_words_all_that_it_shows(keys: str, title: str) -> None:
    """The title of a row: the milestone, its measure, every date it had and how it ended."""
    assert row_of(keys).findtext(f"{SVG}title") == title


def test_the_picture_says_what_it_is() -> None:
    """A screen reader hears one image: its title, and how many milestones stand how."""
    svg = drawn(timeline(loads(PROGRAMME), language="en"))
    named = {element.get("id"): element.text for element in svg}
    assert (svg.get("role"), svg.get("lang")) == ("img", "en")
    assert [named[name] for name in svg.attrib["aria-labelledby"].split()] == [
        "Timeline: Measures",
        "Milestones: 3; met: 1; reported as done: 0; replaced: 1; dropped: 1; open: 0.",
    ]


@pytest.mark.parametrize(
    ("language", "entries"),
    [
        (
            "nl",
            (
                "dag periode uiterlijk bij benadering verplaatst gerealiseerd vervangen vervallen "
                "nog open"
            ),
        ),
        ("en", "day window deadline approximately moved met replaced dropped open"),
        (
            "de",
            (
                "Tag Zeitraum spätester Termin ungefähr Termin geändert erfüllt ersetzt entfallen "
                "offen"
            ),
        ),
        ("es", "day window deadline approximately moved met replaced dropped open"),
    ],
)
def test_legend(language: str, entries: str) -> None:
    """Every shape and colour is named, in the language of the picture."""
    svg = drawn(timeline(loads(PROGRAMME), language=language))
    legend = svg.find(f"{SVG}g[@class='small']")
    assert legend is not None
    assert " ".join(legend.itertext()) == entries


def test_the_language_is_the_programmes_own_unless_asked() -> None:
    """As everywhere."""
    assert timeline(loads(PROGRAMME)) == timeline(loads(PROGRAMME), language="nl")


# --- the axis -------------------------------------------------------------------------------------


def axis(*dates: str) -> str:
    """The first day of the axis of some dates, and the names on it."""
    svg = picture(*(f'title = {{ nl = "t" }}\ndue = "{date}"' for date in dates))
    years = svg.find(f"{SVG}defs/{SVG}g[@id='timeline-years']")
    assert years is not None
    return f"{svg.get('data-origin')}: {', '.join(years.itertext())}"


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (
            ["2014-05-06"],
            "2014-01-01: 2014, maart, mei, juli, september, november",
        ),
        (
            ["december 2014", "2015-01-01"],
            "2014-01-01: 2014, april, juli, oktober, 2015, april, juli, oktober",
        ),
        (["2014", "2016"], "2014-01-01: 2014, 2015, 2016"),
        (
            ["2011", "uiterlijk 2023"],
            f"2011-01-01: {', '.join(map(str, range(2011, 2024)))}",
        ),
        (["2011", "[2024..]"], "2011-01-01: 2012, 2014, 2016, 2018, 2020, 2022, 2024"),
        # The last name would not fit beside its line.
        (
            ["1814-05-01", "2300"],
            "1814-01-01: 1850, 1900, 1950, 2000, 2050, 2100, 2150, 2200, 2250",
        ),
        # The first and the last year that a date can have stand for no bound.
        (["[0001..2013]", "[2014..9999]", "2015"], axis("2013", "2015")),
        (
            ["0002-05-01", "9998-05-01"],
            "0002-01-01: 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000",
        ),
        (
            ["9999-12-31"],
            "9999-01-01: 9999, maart, mei, juli, september, november",
        ),
    ],
)
def test_axis(dates: list[str], found: str) -> None:
    """Whole years from the first day to the last, with about as many names as fit.

    A year stands where its January does.
    """
    assert axis(*dates) == found


@given(st.lists(st.dates(dt.date(2, 1, 1), dt.date(9998, 12, 31)), min_size=1, max_size=3))
@example([dt.date(1418, 1, 1), dt.date(8433, 12, 31)])  # a rounded scale ran off the axis
def test_a_script_finds_the_place_of_any_day(days: list[dt.date]) -> None:
    """A day's mark stands in the middle of the day that the root element's attributes tell."""
    svg = picture(*(f'title = {{ nl = "t" }}\ndue = {day}' for day in days))
    origin = dt.date.fromisoformat(svg.attrib["data-origin"])
    x0, x1, px_per_day = (
        float(svg.attrib[name]) for name in ("data-x0", "data-x1", "data-px-per-day")
    )
    for day, row in zip(days, svg.findall(f"{SVG}g[@class='row']"), strict=True):
        mark = row.find(f"{SVG}use")
        assert mark is not None
        place = x0 + ((day - origin).days + 0.5) * px_per_day
        assert x0 <= place <= x1
        assert float(mark.attrib["x"]) == pytest.approx(place, abs=0.06)


def test_the_lines_of_the_axis_stand_where_its_names_do() -> None:
    """A line for each stretch, from the rows to the foot, and its name just behind it."""
    svg = picture(*FRAME)
    grid = svg.find(f"{SVG}path[@class='grid']")
    assert grid is not None
    assert grid.attrib["d"].startswith("M350 34V102M413.7 34V102M477.7 34V102")
    names = svg.findall(f"{SVG}defs/{SVG}g[@id='timeline-years']/{SVG}text")
    assert [name.get("x") for name in names[:3]] == ["353", "416.7", "480.7"]


# --- the rows -------------------------------------------------------------------------------------


def test_rows_follow_the_file_under_their_measures() -> None:
    """Each at the foot of the one before: what has no date has none, and is counted below them."""
    whole = load()
    svg = drawn(timeline(whole))
    top, found = 34, []
    for group in svg.findall(f"{SVG}g[@transform]"):
        assert group.get("transform") == f"translate(0 {top})"
        top += {"heading": 28, "row": 20}[group.attrib["class"]]
        found.append(group.get("data-measure") or group.get("data-milestone"))
    assert svg.get("viewBox") == f"-12 0 1024 {top + 28}"
    rows = {
        measure.id: [
            milestone.full_id
            for milestone in measure.milestones
            if has_dates(attrs.evolve(whole, measures=(holding(milestone),)))
        ]
        for measure in whole.measures
    }
    assert found == [name for measure, drawn in rows.items() if drawn for name in (measure, *drawn)]
    undated = len(whole.by_id) - sum(map(len, rows.values()))
    assert svg.findall(f"{SVG}text")[-1].text == f"Zonder datum, en niet getekend: {undated}."


def holding(milestone: Milestone) -> Measure:
    """A measure with nothing but a milestone."""
    return attrs.evolve(milestone.measure, milestones=(milestone,))


def test_what_has_no_date_takes_no_row() -> None:
    """Nor its measure a heading, where nothing of it has one."""
    svg = drawn(timeline(loads(PROGRAMME + EMPTY + UNDATED)))
    groups = {group.get("data-measure") for group in svg.iter(f"{SVG}g")}
    assert "empty" not in groups
    assert svg.findall(f"{SVG}text")[-1].text == "Zonder datum, en niet getekend: 2."


def test_a_measure_without_milestones_has_no_heading() -> None:
    """Nor has one of which nothing was asked for."""
    svg = drawn(timeline(loads(PROGRAMME + EMPTY)))
    assert [group.get("data-measure") for group in svg.iter(f"{SVG}g")].count("empty") == 0


UNDATED = '[[measure.milestone]]\nid = "some-day"\nkind = "other"\ntitle = { nl = "Ooit" }\n'
EMPTY = '[[measure]]\nid = "empty"\ntitle = { nl = "Leeg" }\nsource = "letter-2013"\n'


def test_heading() -> None:
    """A measure with its place in the source, and the names on the axis once more."""
    svg = drawn(timeline(loads(PROGRAMME)))
    heading = svg.find(f"{SVG}g[@class='heading']")
    assert heading is not None
    assert list(heading.itertext()) == ["3.1 Dossiers", "3.1 Dossiers"]
    assert [use.attrib for use in heading.iter(f"{SVG}use")] == [
        {"href": "#timeline-years", "class": "small", "y": "21"}
    ]


def test_long_headings_are_cut_earlier() -> None:
    """Bold type is wider."""
    svg = drawn(timeline(titled("a" * 100)))
    labels = [text.text for text in svg.iter(f"{SVG}text") if text.get("class") == "label"]
    assert labels == [
        "3.1 " + "a" * 42 + "…",
        *["a" * 47 + "…"] * 2,
    ]


def test_the_day_after_the_axis_is_beyond_it() -> None:
    """Where that is the first day of the last year that there is."""
    svg = picture(
        'title = { nl = "a" }\ndue = 9998-01-01', 'title = { nl = "b" }\ndue = 9999-01-01'
    )
    _, last = svg.findall(f"{SVG}g[@class='row']")
    assert marks(last) == ["open: #timeline-day 988", "edge: M996 6l4 4l-4 4"]


BESIDE = [
    # Words stand behind the marks, or before them where that has more room, and are cut to fit.
    ("due = 2011-01-01", "363.1", None, "1 januari 2011"),
    ("due = 2020-12-31", "974.9", "end", "31 december 2020"),
    (
        ended("met", "uiterlijk 2013"),
        "555.4",
        None,
        "gerealiseerd: uiterlijk 31 december 2013",
    ),
    (
        f'due = {{ words = "{"lang " * 80}", edtf = "2011" }}',
        "421.7",
        None,
        f"2011 (“{'lang ' * 22}lang…",
    ),
    (
        f'due = {{ words = "{"lang " * 80}", edtf = "2020" }}',
        "916.1",
        "end",
        f"2020 (“{'lang ' * 22}la…",
    ),
]


@pytest.mark.parametrize(("keys", "place", "anchor", "beside"), BESIDE)
def test_words_have_their_place(keys: str, place: str, anchor: str | None, beside: str) -> None:
    """No words leave the picture, and none runs over a mark."""
    text = row_of(keys).find(f"{SVG}text[@class='small']")
    assert text is not None
    assert (text.get("x"), text.get("text-anchor"), text.text) == (place, anchor, beside)


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Kort", "Kort"),
        ("a" * 49, "a" * 49),
        ("a" * 50, "a" * 47 + "…"),
        ("lang" + " lang" * 2_000, "lang " * 11 + "lan…"),
        ("W" * 100, "W" * 28 + "…"),
        ("字" * 100, "字" * 25 + "…"),
        # An accent of its own takes no room, and stays with its letter.
        ("e\u0301" * 49, "e\u0301" * 49),
        ("e\u0301" * 50, "e\u0301" * 47 + "…"),
    ],
)
def test_long_titles_are_cut(title: str, label: str) -> None:
    """The label ends with an ellipsis, and the title of the row has it all."""
    row = drawn(timeline(titled(title))).findall(f"{SVG}g[@class='row']")[0]
    assert row.findtext(f"{SVG}text[@class='label']") == label
    assert (row.findtext(f"{SVG}title") or "").startswith(f"{title.strip()}; ")


# --- on a day -------------------------------------------------------------------------------------

# What a milestone says, its marks on a day, and the words beside them.
ON_A_DAY = {
    "what is to come looks as without a day": (
        "due = 2014-01-01",
        "2013-12-31",
        ["open: #timeline-day 541.5"],
        "1 januari 2014",
    ),
    "what is not checked has a colour, and the time since": (
        "due = 2014-01-01",
        "2016-01-01",
        ["open unchecked: #timeline-day 541.5", "lag unchecked: M546.5 10H668.9"],
        "1 januari 2014",
    ),
    "what is late has another": (
        'due = 2014-01-01\nnews = [{ found = "not-done", source = "letter-2015" }]',
        "2016-01-01",
        ["open late: #timeline-day 541.5", "lag late: M546.5 10H668.9"],
        "1 januari 2014",
    ),
    "up to the end of the axis": (
        'commitment = "deadline"\ndue = "2014"',
        "2026-11-27",
        [
            "open unchecked: M541.4 6H605.2v8H541.4z",
            "open unchecked: M605.2 3v14",
            "lag unchecked: M605.2 10H988",
        ],
        "2014",
    ),
    "what is announced later is not drawn": (
        f"due = 2014-01-01\n{revised('1 januari 2016')}",
        "2014-12-31",
        ["open unchecked: #timeline-day 541.5", "lag unchecked: M546.5 10H605"],
        "1 januari 2014",
    ),
    "nor how it ended": (
        f"due = 2018-01-01\n{ended('met', '1 mei 2015')}",
        "2015-06-30",
        ["open: #timeline-day 796.7"],
        "1 januari 2018",
    ),
    "what comes about by itself has ended on its day": (
        'commitment = "fixed"\ndue = 2014-01-01',
        "2016-01-01",
        ["due: #timeline-day 541.5", "met: #timeline-met 541.5"],
        "volgens wet of contract sinds 1 januari 2014, niet nagegaan",
    ),
    "an aim that passed is not late": (
        'commitment = "aim"\ndue = 2014-01-01',
        "2016-01-01",
        ["open: #timeline-day 541.5"],
        "streven, 1 januari 2014",
    ),
    "what was replaced": (
        f"due = 2014-01-01\n{ended('replaced', '1 januari 2016')}",
        "2020-02-01",
        ["due: #timeline-day 541.5", "replaced: #timeline-replaced 669"],
        "1 januari 2014, vervangen: 1 januari 2016",
    ),
}


@pytest.mark.parametrize(("keys", "day", "shapes", "beside"), ON_A_DAY.values(), ids=ON_A_DAY)
def test_on_a_day(keys: str, day: str, shapes: list[str], beside: str) -> None:
    """What was known on it, and how that stood."""
    svg = drawn(timeline(programme(*FRAME, f'title = {{ nl = "Titel" }}\n{keys}'), day=day))
    row = svg.findall(f"{SVG}g[@class='row']")[2]
    assert (marks(row), words(row)) == (shapes, beside)


def test_on_a_day_a_row_says_how_it_stands() -> None:
    """As of that day, by what was known on it."""
    text = f'title = {{ nl = "Titel" }}\ndue = 2014-01-01\n{revised("2016-01")}'
    svg = drawn(timeline(programme(text), day="2014-12-31"))
    assert svg.findtext(f"{SVG}g[@class='row']/{SVG}title") == (
        "Titel; Maatregel; aangekondigd: 1 januari 2014; voorzien; niet nagegaan sinds de termijn "
        "11 maanden geleden verstreek; jongste vermelding: 26 februari 2013"
    )


def test_the_day_is_marked_and_told() -> None:
    """Where it is on the axis: a line through all rows, and a line of the legend."""
    svg = drawn(timeline(programme(*FRAME), day="2016-01-01"))
    assert [path.get("d") for path in svg.findall(f"{SVG}path[@class='today']")] == ["M669 52V120"]
    assert "stand op 1 januari 2016" in legend(svg)
    later = drawn(timeline(programme(*FRAME), day=dt.date(2026, 11, 27)))
    assert later.findall(f".//{SVG}path[@class='today']") == []


def legend(svg: ET.Element) -> list[str]:
    """The entries of the legend."""
    found = svg.find(f"{SVG}g[@class='small']")
    assert found is not None
    return [*found.itertext()]


def test_the_legend_takes_as_many_lines_as_it_needs() -> None:
    """And the rows begin below it."""
    late = 'title = { nl = "t" }\ndue = 2015-01-01'
    svg = drawn(timeline(programme(*FRAME, late), day="2019-01-01"))
    assert legend(svg)[-2:] == [
        "termijn verstreken, geen uitkomst vastgelegd",
        "stand op 1 januari 2019",
    ]
    heading = svg.find(f"{SVG}g[@class='heading']")
    assert heading is not None
    assert heading.get("transform") == "translate(0 52)"


def test_nobody_knew_of_it_yet() -> None:
    """A day before all promises has a picture of a sentence."""
    assert "Geen mijlpalen." in timeline(loads(PROGRAMME), day="2013-02-25")


def test_what_is_no_day_is_refused() -> None:
    """As everywhere."""
    with pytest.raises(BadValue, match="tomorrow"):
        timeline(loads(PROGRAMME), day="tomorrow")


# --- links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "measure"), [("nl", "measure/files.html"), ("en", "en/measure/files.html")]
)
def test_titles_lead_to_the_pages_of_the_site(language: str, measure: str) -> None:
    """Where its address is known; then it is no image, in which nothing could be followed."""
    svg = drawn(timeline(loads(PROGRAMME), language=language, address="https://example.org/b/"))
    assert svg.get("role") == "group"
    assert [link.get("href") for link in svg.iter(f"{SVG}a")] == [
        f"https://example.org/b/{measure}",
        f"https://example.org/b/{measure}#in-force",
        f"https://example.org/b/{measure}#progress",
    ]


def test_a_language_without_pages_leads_to_those_of_the_programme() -> None:
    """A picture can be had in any language."""
    written = timeline(loads(PROGRAMME), language="de", address="https://example.org/")
    assert 'href="https://example.org/measure/files.html"' in written


# --- very many milestones -------------------------------------------------------------------------


def of_many(number: int, each: int = 10) -> Programme:
    """A programme of many milestones in clusters, bodies or neither: every fate is there."""
    fates = [
        "",
        'news = [{ found = "partly", source = "letter-2015" }]',
        revised("2018"),
        'met = { on = 2015-03-01, source = "letter-2015" }',
        'dropped = { on = 2015-04-01, source = "letter-2015", reason = "a" }',
    ]
    parts = [HEAD]
    for n in range(number):
        if n % each == 0:
            parts.append(
                f'[[measure]]\nid = "m{n}"\ntitle = "Maatregel {n}"\nsource = "letter-2013"\n'
                + ('cluster = "labour-market"\n' if n // each % 2 else "")
            )
        parts.append(
            f'[[measure.milestone]]\nid = "n{n}"\nkind = "other"\ntitle = "Mijlpaal {n}"\n'
            f"due = {2013 + n % 10}-06-01\n{fates[n // 10 % 5]}\n"
        )
    return loads("".join(parts))


LAPSED = "termijn verstreken, daarna niet nagegaan"
ENDED = ["gerealiseerd: 30", "vervallen: 30", "verplaatsingen: 30"]


def test_many_milestones_are_drawn_by_cluster_and_measure() -> None:
    """A row of bars for each, with its numbers, and what is in no cluster last."""
    svg = drawn(timeline(of_many(310), day="2016-01-01", address="https://example.org/"))
    groups = svg.findall(f"{SVG}g[@class='heading']")[1:]
    told = [group.findtext(f"{SVG}title") or "" for group in groups]
    assert [title.split("; ") for title in told] == [
        ["Arbeidsmarkt: mijlpalen: 150", "te laat: 9", f"{LAPSED}: 9", "komend: 72", *ENDED],
        ["Overige: mijlpalen: 160", "te laat: 9", f"{LAPSED}: 12", "komend: 79", *ENDED],
    ]
    rows = svg.findall(f"{SVG}g[@class='row']")
    assert len(rows) == 31
    link = rows[0].find(f"{SVG}a")
    assert link is not None
    assert link.get("href") == "https://example.org/measure/m10.html"
    assert legend(svg) == [
        "termijn van wat is afgelopen",
        "te laat",
        "termijn verstreken, geen uitkomst vastgelegd",
        "nu verwacht of komend",
        "gerealiseerd",
        "gemeld als gedaan",
        "vervallen of vervangen",
        "verplaatsingen",
        "stand op 1 januari 2016",
    ]


def test_without_a_day_nothing_of_many_is_late() -> None:
    """What has no outcome is open."""
    svg = drawn(timeline(of_many(310)))
    title = svg.findall(f"{SVG}g[@class='heading']")[1].findtext(f"{SVG}title")
    assert title == (
        "Arbeidsmarkt: mijlpalen: 150; nog open: 90; gerealiseerd: 30; "
        "vervallen: 30; verplaatsingen: 30"
    )
    assert "nog open" in legend(svg)
    assert {path.get("class") for path in svg.findall(f".//{SVG}g[@class='bars']/{SVG}path")} == {
        "settled",
        "coming",
        "met",
        "fact",
        "dropped",
        "moved",
    }


@pytest.mark.parametrize("number", [310, 1_000, 3_000])
def test_the_picture_of_many_is_within_two_screens(number: int) -> None:
    """However many there are: measures that would make it longer are left out."""
    written = timeline(of_many(number, each=10))
    assert int(drawn(written).attrib["viewBox"].split()[-1]) <= 1_600
    assert len(written) < 120_000


# --- whatever the file holds ----------------------------------------------------------------------


@trusted()
def titled(title: str) -> Programme:
    """The shared programme, with another title everywhere that there is one."""
    texts = Texts((("nl", title),))
    plain = loads(PROGRAMME)
    return attrs.evolve(
        plain,
        title=texts,
        measures=tuple(
            attrs.evolve(
                measure,
                title=texts,
                milestones=tuple(attrs.evolve(m, title=texts) for m in measure.milestones),
            )
            for measure in plain.measures
        ),
    )


HOSTILE = {
    "markup": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "the end of the picture": ("]]></title></svg>&amp;", "]]></title></svg>&amp;"),
    "quotes": ("a\"b'c", "a\"b'c"),
    "line breaks": ("a\r\nb\u2028c\td", "a b c d"),
    "controls": ("a\x00b\x07c\x7fd\x85e\ufffef", "abcd ef"),
    "half a surrogate pair": ("a\ud83db", "ab"),
    "what turns the text around": ("a\u202eb\u202dc\u2066d\u2069e", "abcde"),
    "what belongs to a right-to-left text": (
        "\u200f\u05e2\u05d1\u200e",
        "\u200f\u05e2\u05d1\u200e",
    ),
}


@pytest.mark.parametrize(("title", "read"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_titles_are_text(title: str, read: str) -> None:
    """No text becomes markup, none breaks the document, and none turns its neighbours around."""
    written = timeline(titled(title))
    svg = drawn(written)
    assert svg.findtext(f"{SVG}title") == f"Tijdlijn: {read}"
    assert [text.text for text in svg.iter(f"{SVG}text") if text.get("class") == "label"] == [
        f"3.1 {read}",
        *[read] * 2,
    ]
    assert elements(svg) == elements(drawn(timeline(titled("tame"))))


@given(st.text())
def test_any_title_gives_a_picture(title: str) -> None:
    """The same holds for every text there is."""
    svg = drawn(timeline(titled(title)))
    assert elements(svg) == elements(drawn(timeline(titled("tame"))))


def elements(svg: ET.Element) -> list[str]:
    return [element.tag for element in svg.iter()]


def attributes(svg: ET.Element) -> Iterator[tuple[str, str]]:
    for element in svg.iter():
        yield from element.attrib.items()


def test_nothing_that_a_strict_policy_forbids() -> None:
    """No style attribute, no event handler, nothing from elsewhere; one constant style."""
    svg = drawn(timeline(load()))
    assert {
        name for name, _ in attributes(svg) if name == "style" or name.startswith("on")
    } == set()
    assert {value[0] for name, value in attributes(svg) if name == "href"} == {"#"}
    assert [style.text for style in svg.iter(f"{SVG}style")] == [TIMELINE_STYLE]
    assert not re.search(r"[<>&]|@import|https?:", TIMELINE_STYLE)


def test_ids_and_what_refers_to_them() -> None:
    """Every id is there once, begins with the picture's name, and is what a reference finds."""
    svg = drawn(timeline(load()))
    ids = [value for name, value in attributes(svg) if name == "id"]
    used = {value[1:] for name, value in attributes(svg) if name == "href"}
    used |= set(re.findall(r"url\(#(.+?)\)", TIMELINE_STYLE))
    assert len(ids) == len(set(ids))
    assert {name for name in ids if not name.startswith("timeline-")} == set()
    assert used == set(ids) - {"timeline-title", "timeline-summary"}


def test_every_class_has_a_style() -> None:
    """No rule is for what is not drawn."""
    late = 'title = { nl = "t" }\ncommitment = "deadline"\ndue = 2015-01-01'
    day_by_day = drawn(
        timeline(
            programme(
                *FRAME,
                f'title = {{ nl = "t" }}\ndue = "[0001..2014~]"\n{revised("2015")}'
                f"{ended('met', '2015')}",
                f'title = {{ nl = "t" }}\ndue = 2015-01-01\n{ended("dropped", "2015")}',
                f'{late}\nnews = [{{ found = "partly", source = "web-page" }}]',
                late,
            ),
            day="2021-01-01",
        )
    )
    many = drawn(timeline(of_many(301), day="2021-01-01"))
    used = {
        name
        for svg in (day_by_day, many)
        for key, value in attributes(svg)
        if key == "class"
        for name in value.split()
    }
    styled = set(re.findall(r"\.([a-z-]+)", TIMELINE_STYLE))
    assert used - {"today"} == styled - {"today"}


def luminance(colour: str) -> float:
    """Relative luminance as in WCAG 2.2, of #rgb or #rrggbb."""
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    channels = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light and print", "dark"])
def test_contrast(mode: int) -> None:
    """Text stands out by 4.5 to 1 and marks by 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    rules = dict(
        re.findall(
            r"(\.timeline(?: \.?[a-z]+)?)\{(.*)\}",
            TIMELINE_STYLE.replace("\\\n", "").split("@media")[mode],
        )
    )

    def colour(rule: str, what: str) -> str:
        (found,) = re.findall(rf"\b{what}:(#[0-9a-f]+)", rules[rule])
        return str(found)

    paper = colour(".timeline", "background")
    for text in (".timeline", ".timeline .small"):
        assert contrast(colour(text, "fill"), paper) >= 4.5
    for stroke in [
        "due",
        "open",
        "late",
        "unchecked",
        "was",
        "move",
        "edge",
        "dropped",
        "replaced",
        "today",
    ]:
        assert contrast(colour(f".timeline .{stroke}", "stroke"), paper) >= 3, stroke
    assert contrast(colour(".timeline .met", "fill"), paper) >= 3
    assert contrast(colour(".timeline a", "fill"), paper) >= 4.5


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (HEAD, ("Geen mijlpalen.", "No milestones.")),
        (
            HEAD + EMPTY + UNDATED,
            ("Geen mijlpaal heeft een datum.", "No milestone has a date."),
        ),
    ],
)
def test_without_dates(text: str, sentences: tuple[str, str]) -> None:
    """A programme without a date is a small picture that says so."""
    for language, sentence in zip(("nl", "en"), sentences, strict=True):
        svg = drawn(timeline(loads(text), language=language))
        assert svg.get("viewBox") == "-12 0 1024 28"
        assert [element.text for element in svg.iter(f"{SVG}text")] == [sentence]
        assert svg.get("data-origin") is None


# --- what it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_shipped_picture_is_small(language: str) -> None:
    """It is a part of a page that is to stay under 300 kB."""
    assert len(timeline(load(), language=language).encode()) < 60_000


def test_the_same_data_gives_the_same_bytes_anywhere() -> None:
    """Neither the clock, the zone, the locale nor the order of sets shows in a picture."""
    code = (
        "import sys\nfrom betatech_milestones import load\n"
        "from betatech_milestones import timeline\n"
        "sys.stdout.buffer.write(timeline(load()).encode())"
    )
    path = os.pathsep.join([str(Path(__file__).parents[1] / "src"), *sys.path])
    elsewhere = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    written = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path, **elsewhere},
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    assert written == timeline(load()).encode()
