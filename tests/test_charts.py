"""Charts of figures: what is drawn is what their tables say, all can read it, and it is safe."""

import datetime as dt
import functools
import gc
import re
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from generate import programme_text
from golden import Golden, hold
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, SHIPPED
from sites import hostile
from strategies import programmes
from test_timeline import contrast

from betatech_milestones import (
    CHARTS,
    BadValue,
    Chart,
    Programme,
    Report,
    Stats,
    as_of,
    chart,
    incidence,
    loads,
    over_time,
    stats,
)
from betatech_milestones.pictures.plot import CHART_STYLE, apart, note, step, up_to
from betatech_milestones.pictures.svg import width, wrapped

FOLDER = Path(__file__).with_name("charts")
DOCS = Path(__file__).parents[1] / "docs"
SVG = "{http://www.w3.org/2000/svg}"
HEAD = PROGRAMME[: PROGRAMME.index("[[measure]]")]
DAY = "2026-11-28"
NAMES = pytest.mark.parametrize("name", CHARTS)


@functools.cache
def shipped() -> Stats:
    return stats(as_of(SHIPPED, DAY))


def golden() -> Golden:
    """Return what writes the charts of the shipped programme."""
    return {
        (DOCS if name == "burn-up" else FOLDER) / f"{name}.svg": functools.partial(written, name)
        for name in CHARTS
    }


def written(name: str) -> str:
    return chart(shipped(), name, language="en").svg


@pytest.mark.parametrize("file", golden(), ids=lambda file: file.stem)
def test_the_whole_chart(file: Path) -> None:
    """The charts of the shipped programme, in full view; one is shown in the documentation."""
    hold(file, golden()[file]())


def programme(*milestones: str, head: str = HEAD) -> Programme:
    """A programme of one measure, each milestone given by its keys but for id and kind."""
    return loads(
        f'{head}[[measure]]\nid = "m"\ntitle = "M"\nbodies = ["ocw"]\nsource = "letter-2013"\n'
        + "".join(
            f'[[measure.milestone]]\nid = "n{place}"\nkind = "other"\n'
            + ("" if "title =" in keys else 'title = "Titel"\n')
            + f"{keys}\n"
            for place, keys in enumerate(milestones)
        )
    )


def drawn(name: str, *milestones: str, day: str = "2016-01-01") -> Chart:
    """A chart of a programme of one measure."""
    return chart(stats(as_of(programme(*milestones), day)), name, language="en")


def met(on: str, source: str = "letter-2015") -> str:
    return f'[measure.milestone.met]\non = "{on}"\nsource = "{source}"'


def moved(due: str, announced: str) -> str:
    return (
        f'[[measure.milestone.revised]]\ndue = "{due}"\nsource = "letter-2015"\n'
        f"announced = {announced}\n"
    )


# --- reading a picture ----------------------------------------------------------------------------

_STEP = re.compile(r"([MmLlHhVvAaZz])|(-?[\d.]+)")


def places(d: str) -> list[tuple[float, float]]:
    """Every place that a path goes to."""
    found: list[tuple[float, float]] = []
    numbers: list[float] = []
    x = y = 0.0
    command = ""
    takes = {"m": 2, "l": 2, "h": 1, "v": 1, "a": 7, "z": 0}
    for letter, figure in _STEP.findall(d):
        if letter:
            assert not numbers, d
            command = letter
        else:
            numbers.append(float(figure))
        low = command.lower()
        if len(numbers) < takes[low]:
            continue
        base = (x, y) if command.islower() else (0.0, 0.0)
        if low in "mla":
            x, y = base[0] + numbers[-2], base[1] + numbers[-1]
        elif low == "h":
            x = base[0] + numbers[-1]
        elif low == "v":
            y = base[1] + numbers[-1]
        numbers = []
        if low != "z":
            found.append((x, y))
    return found


def paths(svg: str, look: str) -> list[list[tuple[float, float]]]:
    """The places of each path that has all of some classes."""
    wanted = set(look.split())
    return [
        places(path.get("d", ""))
        for path in ET.fromstring(svg).iter(f"{SVG}path")  # noqa: S314  what we have just written
        if wanted <= set((path.get("class") or "").split())
    ]


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


def ticks(svg: str, *, down: bool) -> dict[float, float]:
    """The numbers along an axis, by where they are."""
    found = {}
    for text in ET.fromstring(svg).iter(f"{SVG}text"):  # noqa: S314
        words, look = (
            (text.text or "").removesuffix("\N{NO-BREAK SPACE}%").replace(",", ""),
            text.get("class"),
        )
        if look == ("small end" if down else "small middle") and words.isdigit():
            found[float(text.get("y" if down else "x", ""))] = float(words)
    return found


def scale(found: dict[float, float]) -> Any:
    """What says which number stands at a place, by the outermost ticks."""
    (low, first), *_, (high, last) = sorted(found.items())
    return lambda place: first + (place - low) / (high - low) * (last - first)


# --- burn-up --------------------------------------------------------------------------------------


def test_burn_up_draws_its_table() -> None:
    """Each line is as high as its numbers, month by month."""
    found = chart(shipped(), "burn-up", language="en")
    months = over_time(shipped())
    # The words of a tick stand 4 below it.
    read = scale({y - 4: number for y, number in ticks(found.svg, down=True).items()})
    lines = {
        "plain thin": [one.promised for one in months],
        "plain short": [one.fell_due for one in months],
        "green mixed": [one.fixed for one in months],
        "red long": [one.dropped.at_least for one in months],
    }
    for look, numbers in lines.items():
        line = paths(found.svg, f"line {look}")[0]
        assert [read(y) for _, y in line] == pytest.approx(numbers, abs=0.02), look
    high, low, _ = paths(found.svg, "line blue")
    assert [read(y) for _, y in high] == pytest.approx([m.kept.at_most for m in months], abs=0.02)
    assert [read(y) for _, y in low] == pytest.approx([m.kept.at_least for m in months], abs=0.02)
    (band,) = paths(found.svg, "band")
    assert band == [*low, *reversed(high)]
    kept = [
        f"{m.kept.at_least} to {m.kept.at_most}" if m.kept.at_least < m.kept.at_most
        else f"{m.kept.at_least}"
        for m in months
    ]  # fmt: skip
    assert found.columns == (
        *("day", "promised", "first term passed", "recorded as kept"),
        "fixed by law or contract",
        "dropped or replaced",
    )
    assert [row[3] for row in found.rows] == kept
    assert found.rows[-1] == ("28 November 2026", "38", "22", "20", "1", "2")


def test_burn_up_leaves_out_what_never_was() -> None:
    """Where nothing was dropped and no law did anything there is no line of it."""
    assert drawn("burn-up", "due = 2014-01-01").columns == (
        *("day", "promised", "first term passed", "recorded as kept"),
    )


# --- trend ----------------------------------------------------------------------------------------


def test_trend_draws_its_table() -> None:
    """A line goes level to the day of each announcement, and there up or down to its term."""
    found = drawn(
        "trend",
        f"due = 2014-07-01\n{moved('2015-07-01', '2014-01-01')}{met('2015-01-01')}",
        "due = 2014-07-01",
        f'title = "Anders"\ndue = 2015-07-01\n{moved("2014-07-01", "2015-01-01")}',
        day="2015-12-31",
    )
    assert found.columns == ("milestone", "what happened", "day", "last day of the date in force")
    assert found.rows == (
        ("1. Titel", "announced", "26 February 2013", "1 July 2014"),
        ("1. Titel", "announced", "1 January 2014", "1 July 2015"),
        ("1. Titel", "met", "1 January 2015", "1 July 2015"),
        ("2. Anders", "announced", "26 February 2013", "1 July 2015"),
        ("2. Anders", "announced", "1 January 2015", "1 July 2014"),
        ("2. Anders", "open", "31 December 2015", "1 July 2014"),
    )
    # From 2013 to 2015 across 592 units, and from 2014 to 2015 up 360.
    across = {"2013-02-26": 102.5, "2014-01-01": 269.6, "2015-01-01": 466.9, "2015-12-31": 663.7}
    up = {"2014-07-01": 294.5, "2015-07-01": 114.5}

    def at(day: str, term: str) -> Any:
        return pytest.approx((across[day], up[term]), abs=0.1)

    one, other = paths(found.svg, "line blue")[0], paths(found.svg, "line red")[0]
    assert one == [
        at("2013-02-26", "2014-07-01"),
        at("2014-01-01", "2014-07-01"),
        at("2014-01-01", "2015-07-01"),
        at("2015-01-01", "2015-07-01"),
    ]
    assert other == [
        at("2013-02-26", "2015-07-01"),
        at("2015-01-01", "2015-07-01"),
        at("2015-01-01", "2014-07-01"),
        at("2015-12-31", "2014-07-01"),
    ]
    assert texts(found.svg)[-1] == "slanted line: the last day is the day itself"


def test_trend_has_the_day_itself_as_a_slanted_line() -> None:
    """On it each day of one axis meets the same day of the other."""
    found = drawn("trend", f"due = 2014-07-01\n{moved('2015-07-01', '2014-01-01')}")
    _, slanted, _ = paths(found.svg, "axis")
    # Both begin in 2014, on the left axis 2013 comes before it.
    assert slanted == [pytest.approx((220, 384), abs=1), pytest.approx((516, 24), abs=1)]


def test_trend_of_other_years_has_no_slanted_line() -> None:
    """Where no term is in a year in which anything was said, no day can be on both axes."""
    found = drawn(
        "trend", f"due = 2030-07-01\n{moved('2031-07-01', '2014-01-01')}", day="2014-12-31"
    )
    assert len(paths(found.svg, "axis")) == 2


@pytest.mark.parametrize(
    ("keys", "told", "day"),
    [
        (met("2014-02-02"), "met", "2 February 2014"),
        (met("2014-01-01/2014-03-01"), "met", "1 March 2014 at the latest"),
        ('[measure.milestone.met]\nsource = "letter-2015"', "met", "1 July 2015 at the latest"),
        (met("2013-01-01", "letter-2013"), "met", "1 January 2014 at the latest"),
        (met("2014-02-02").replace("met", "dropped") + '\nreason = "r"', "dropped", None),
        (met("2014-02-02").replace("met", "replaced") + '\nreason = "r"', "replaced", None),
        ("", "open", "1 January 2016"),
    ],
)
def test_trend_ends_with_what_came_of_it(keys: str, told: str, day: str | None) -> None:
    """A line ends by when that was surely so, but not before what was last announced."""
    found = drawn("trend", f"due = 2014-07-01\n{moved('2015-07-01', '2014-01-01')}{keys}")
    assert found.rows[-1][1:3] == (told, day or "2 February 2014")
    assert len({path.get("d", "")[-9:] for path in ET.fromstring(found.svg).iter()}) > 1  # noqa: S314


def test_trend_of_what_came_about_fixed() -> None:
    """By law or contract it came about on its last day."""
    keys = f'commitment = "fixed"\ndue = 2014-07-01\n{moved("2015-07-01", "2014-01-01")}'
    assert drawn("trend", keys).rows[-1][1:3] == ("met", "1 July 2015")


def test_trend_leaves_out_what_moved_least() -> None:
    """Of many that moved those are drawn that moved by most days, and it is told how many did."""
    found = drawn(
        "trend",
        *(
            f'title = "N {place}"\ndue = 2014-07-01\n{moved(f"2014-08-{place:02}", "2014-01-01")}'
            for place in range(1, 15)
        ),
    )
    assert [row[0] for row in found.rows[::3]] == [f"{n + 1}. N {14 - n}" for n in range(12)]
    assert texts(found.svg)[-1] == (
        "Drawn are the 12 promises that moved by most days, of 14 of which a term moved."
    )


def test_trend_counts_the_way_there_and_back() -> None:
    """What was moved to and fro moved by all those days."""
    there = moved("2015-07-01", "2014-01-01") + moved("2014-07-01", "2014-02-01")
    found = drawn(
        "trend",
        *(f'title = "N"\ndue = 2014-07-01\n{moved("2014-09-01", "2014-01-01")}' for _ in range(12)),
        f'title = "There and back"\ndue = 2014-07-01\n{there}',
    )
    assert found.rows[-1][0] == "12. There and back"


NEVER_MOVED = {
    "nothing moved": "due = 2014-07-01",
    "a first date is no move": moved("2014-07-01", "2014-01-01"),
    "the same day again": f"due = 2014-07-01\n{moved('1 July 2014', '2014-01-01')}",
    "no last day": f'due = "[2014-07-01..]"\n{moved("[2015..]", "2014-01-01")}',
}


@pytest.mark.parametrize("keys", NEVER_MOVED.values(), ids=NEVER_MOVED)
def test_trend_of_what_did_not_move(keys: str) -> None:
    """Where no term moved there is a sentence instead of axes, and no table."""
    found = drawn("trend", keys)
    assert texts(found.svg)[-1] == "No date of a promise was moved, as far as is recorded here."
    assert (found.columns, found.rows, paths(found.svg, "axis")) == ((), (), [])


# --- incidence ------------------------------------------------------------------------------------


def test_incidence_draws_its_table() -> None:
    """Each band lies between the shares that there are at least and at most."""
    found = chart(shipped(), "incidence", language="en")
    points = incidence(shipped().total.promises).points
    read = scale({y - 4: number for y, number in ticks(found.svg, down=True).items()})
    for look, of in (("blue", "kept"), ("red long", "dropped")):
        high, low, _ = paths(found.svg, f"line {look}")
        shares = [getattr(point, of) for point in points]
        assert [read(y) / 100 for _, y in low] == pytest.approx(
            [s.at_least for s in shares], abs=1e-3
        )
        assert [read(y) / 100 for _, y in high] == pytest.approx(
            [s.at_most for s in shares], abs=1e-3
        )
    years = scale(ticks(found.svg, down=False))
    assert [years(x) * 365.25 for x, _ in low] == pytest.approx([p.days for p in points], abs=2)
    assert found.rows[4] == (
        "364",
        "24 to 54\N{NO-BREAK SPACE}%",
        "3 to 4\N{NO-BREAK SPACE}%",
        "27",
    )
    assert [int(row[3]) for row in found.rows] == [point.followed for point in points]


def test_incidence_says_how_many_could_be_followed() -> None:
    """Beneath each tick stands how many were followed so long."""
    found = chart(shipped(), "incidence", language="en")
    told = texts(found.svg)
    at = told.index("how many could be followed so long, at most:")
    assert told[at + 1 :] == ["37", "24", "19", "16", "16", "16", "15"]


@pytest.mark.parametrize(
    ("day", "unit", "numbers"),
    [
        ("2013-03-01", "months since the promise", [0, 1, 2]),
        ("2013-12-01", "months since the promise", [0, 2, 4, 6, 8, 10]),
        ("2014-10-01", "months since the promise", [0, 5, 10, 15, 20]),
        ("2015-03-01", "years since the promise", [0, 1, 2]),
    ],
)
def test_incidence_in_months(day: str, unit: str, numbers: list[float]) -> None:
    """Of less than two years the axis counts months, a point each quarter."""
    found = drawn("incidence", *["due = 2014-01-01"] * 10, day=day)
    assert unit in texts(found.svg)
    assert list(ticks(found.svg, down=False).values()) == numbers


def test_incidence_is_all_or_nothing_only_where_it_is() -> None:
    """Of 300 promises one that is left is no 100 percent, and one that was dropped no 0."""
    kept = f"due = 2014-01-01\n{met('2014-01-01')}"
    dropped = kept.replace("met]", "dropped]") + '\nreason = "r"'
    every = drawn("incidence", *[kept] * 10)
    most = drawn("incidence", *[kept] * 299, dropped)
    assert [cell.replace("\N{NO-BREAK SPACE}", "") for cell in every.rows[-1][1:3]] == [
        "100%",
        "0%",
    ]
    assert [cell.replace("\N{NO-BREAK SPACE}", "") for cell in most.rows[-1][1:3]] == ["99%", "1%"]


def test_incidence_is_told_as_shares_are() -> None:
    """Two of sixteen are 13 percent in the chart, as in the figures: half a percent is the next."""
    kept = f"due = 2014-01-01\n{met('2014-01-01')}"
    of_all = programme(*[kept] * 2, *["due = 2014-01-01"] * 14)
    found = stats(as_of(of_all, "2016-01-01"))
    assert found.total.share_kept.percent == (13, 13)
    assert chart(found, "incidence", language="en").rows[-1][1] == "13 to 100\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("milestones", "cases"),
    [
        (["due = 2014-01-01"] * 9, 9),
        (["due = 2014-01-01"], 1),
        (['commitment = "fixed"\ndue = 2014-01-01'] * 10, 0),
    ],
    ids=["nine", "one", "by law"],
)
def test_incidence_of_few(milestones: Sequence[str], cases: int) -> None:
    """Below ten cases nothing is drawn, and it is told why."""
    found = drawn("incidence", *milestones)
    assert texts(found.svg)[-1] == (
        f"Not drawn: too few promises for shares over time ({cases}; it takes 10)."
    )
    assert (found.columns, paths(found.svg, "axis")) == ((), [])


def test_incidence_on_the_day_of_the_promise() -> None:
    """Where no day has passed there is nothing to draw yet."""
    found = drawn("incidence", *["due = 2014-01-01"] * 10, day="2013-02-26")
    assert texts(found.svg)[-1] == "Not drawn: no day has passed since these promises were made."


def test_incidence_of_a_thousand_years() -> None:
    """However long ago it was, there are no more points than can be told apart."""
    head = HEAD.replace("published = 2013-02-26", "published = 1013-02-26")
    old = programme(*["due = 1014-01-01"] * 10, head=head)
    found = chart(stats(as_of(old, "2016-01-01")), "incidence", language="en")
    assert len(found.rows) == 120
    assert len(ticks(found.svg, down=False)) <= 9


# --- delays ---------------------------------------------------------------------------------------


def test_delays_draw_their_table() -> None:
    """A dot for each day late, a number for what was in time, a line from at least to at most."""
    found = drawn(
        "delays",
        f"due = 2014-01-01\n{met('2014-01-01')}",
        f"due = 2014-01-01\n{met('2013-12-01')}",
        f"due = 2014-01-01\n{met('2014-01-11')}",
        f"due = 2014-01-01\n{met('2014-01-11')}",
        f"due = 2014-01-01\n{met('2014-03-02')}",
        f"due = 2014-01-01\n{met('2014-01-11/2014-03-02')}",
        'due = 2014-01-01\nmet = { source = "letter-2015" }',
        "due = 2014-01-01",
    )
    assert found.columns == (
        *("responsible body", "recorded as kept, in time or not", "days after the first term"),
        "number of promises",
    )
    share = ("Ministry of Education", "7 of 8 (88\N{NO-BREAK SPACE}%)")
    assert found.rows == (
        (*share, "0", "2"),
        (*share, "10", "2"),
        (*share, "60", "1"),
        (*share, "at least 0", "1"),
        (*share, "at least 10, at most 60", "1"),
    )
    at = scale({x: n for x, n in ticks(found.svg, down=False).items() if n})
    (dots,) = paths(found.svg, "blue-fill")
    assert [at(x + 3) for x, _ in dots[::3]] == pytest.approx([10, 10, 60], abs=1)
    assert len({y for _, y in dots[::3]}) == 2, "the two of a day stand above each other"
    arrow, line = paths(found.svg, "line thin red")
    assert (arrow[0][0], arrow[3][0]) == (30, 712)
    assert [at(line[0][0]), at(line[3][0])] == pytest.approx([10, 60], abs=0.1)


MARKS = (
    "A number at the left is how many were kept in time; a line runs from at least to at most so "
    "many days, an arrow where sources leave the end open."
)


def test_delays_say_what_their_marks_are() -> None:
    """Also to who has the picture alone."""
    found = drawn("delays", f"due = 2014-01-01\n{met('2014-01-11')}")
    assert " ".join(texts(found.svg)[-2:]) == f"A dot is one promise. {MARKS}"


def test_delays_of_many_are_bars() -> None:
    """More than five in a bin are a bar, and it is told how many the tallest stands for."""
    found = drawn(
        "delays",
        *[f"due = 2014-01-01\n{met('2014-01-11')}"] * 6,
        *[f"due = 2014-01-01\n{met('2014-01-10')}"] * 3,
        f"due = 2014-01-01\n{met('2014-12-31')}",
    )
    (bars,) = paths(found.svg, "blue-fill")
    tall = [bars[at][1] - bars[at + 1][1] for at in range(0, len(bars), 4)]
    assert tall == pytest.approx([40, 40 / 9], abs=0.1)
    assert [row[2:] for row in found.rows] == [("9 to 10", "9"), ("364", "1")]
    assert " ".join(texts(found.svg)[-2:]) == f"The tallest bar stands for 9 promises. {MARKS}"


def test_delays_leave_out_lines_for_which_there_is_no_room() -> None:
    """Six lines below each other, and how many more; the table has them all."""
    found = drawn(
        "delays", *(f"due = 2014-01-01\n{met(f'2013-12-31/2014-02-{n:02}')}" for n in range(1, 10))
    )
    assert len(paths(found.svg, "line thin red")) == 6
    assert "+ 3 more of which the days are not certain" in texts(found.svg)
    assert len(found.rows) == 9


def test_delays_put_lines_beside_each_other() -> None:
    """A line that begins behind the end of another stands beside it."""
    found = drawn(
        "delays",
        f"due = 2014-01-01\n{met('2014-01-05/2014-01-09')}",
        f"due = 2014-01-01\n{met('2014-02-05/2014-02-09')}",
        f"due = 2014-01-01\n{met('2014-02-06/2014-02-10')}",
    )
    heights = [line[0][1] for line in paths(found.svg, "line thin red")]
    assert heights[0] == heights[1] < heights[2]


def of_bodies(*numbers: int) -> Stats:
    """Figures of bodies: each with so many promises, of which the first one is kept."""
    head = HEAD + "".join(
        f'[[body]]\nid = "b{n}"\nname = "Body {n}"\n' for n in range(len(numbers))
    )
    milestones = [
        f'bodies = ["b{body}"]\ndue = 2014-01-01\n{"" if place else met("2014-01-05")}'
        for body, number in enumerate(numbers)
        for place in range(number)
    ]
    return stats(as_of(programme(*milestones, head=head), "2016-01-01"))


def test_delays_leave_out_bodies() -> None:
    """Twelve bodies are drawn, in the order of the figures; the rest is counted."""
    found = chart(of_bodies(*[2] * 12, 20, 1, 1), "delays", language="en")
    names = list(dict.fromkeys(row[0] for row in found.rows))
    assert names == ["Body 12", "Body 0", "Body 1", "Body 10", "Body 11", "Body 13", "Body 14"] + [
        f"Body {n}" for n in range(2, 7)
    ]
    told = "Not drawn: more responsible bodies (3), and what they kept (3)."
    assert texts(found.svg)[-1] == told


def test_the_language_of_a_reader_chooses_no_body() -> None:
    """Which twelve are drawn is the same in all; small ones stand in the order of their names."""
    head = HEAD + "".join(
        f'[[body]]\nid = "b{n}"\nname = {{ nl = "Dienst {n:02}", en = "Service {99 - n}" }}\n'
        for n in range(13)
    )
    written = [f'bodies = ["b{n}"]\ndue = 2014-01-01\n{met("2014-01-05")}' for n in range(13)]
    found = stats(as_of(programme(*written, head=head), "2016-01-01"))
    for language, expected in {
        "nl": [f"Dienst {n:02}" for n in range(12)],
        "en": [f"Service {99 - n}" for n in reversed(range(12))],
    }.items():
        assert [row[0] for row in chart(found, "delays", language=language).rows] == expected


def test_delays_are_by_body_whatever_the_figures_are_by() -> None:
    """Figures by another group, or by none, give the same chart."""
    report = as_of(SHIPPED, DAY)
    whole = chart(stats(report, since="2013-03-01"), "delays")
    assert chart(stats(report, "year", since="2013-03-01"), "delays") == whole
    assert chart(stats(report, "body", since="2013-03-01"), "delays") == whole


def test_delays_of_those_who_kept_nothing() -> None:
    """A body that kept nothing of what fell due has a row all the same, without a mark."""
    head = HEAD + '[[body]]\nid = "b"\nname = "Body"\n[[body]]\nid = "c"\nname = "Later"\n'
    kept = programme(
        f"due = 2014-01-01\n{met('2014-01-05')}",
        'bodies = ["b"]\ndue = 2014-01-01',
        "bodies = []\ndue = 2014-01-01",
        'bodies = ["c"]\ndue = 2024-01-01',
        head=head,
    )
    found = chart(stats(as_of(kept, "2016-01-01")), "delays", language="en")
    assert found.rows == (
        ("Body", "0 of 1 (0\N{NO-BREAK SPACE}%)", "none", "0"),
        ("Ministry of Education", "1 of 1 (100\N{NO-BREAK SPACE}%)", "4", "1"),
        ("none recorded", "0 of 1 (0\N{NO-BREAK SPACE}%)", "none", "0"),
    )


def test_delays_where_nothing_was_kept() -> None:
    """Where nothing was kept there is a sentence instead of axes."""
    assert texts(drawn("delays", "due = 2014-01-01").svg)[-1] == (
        "Nothing is recorded as kept of which the first term has passed."
    )


# --- all of them ----------------------------------------------------------------------------------


def test_unknown_name() -> None:
    """What is no chart is refused, and told what there is."""
    with pytest.raises(BadValue) as wrong:
        chart(shipped(), "pie")
    assert str(wrong.value) == '"pie" is no chart; use one of trend, burn-up, incidence, delays'
    with pytest.raises(BadValue) as wrong:
        chart(shipped(), "burnup")
    assert str(wrong.value) == '"burnup" is no chart; did you mean "burn-up"?'


@NAMES
def test_title(name: str) -> None:
    """It is told whose figures they are, of which day, and with what knowledge."""
    found = stats(as_of(SHIPPED, "2014-09-01", "2026-11-28"), since="2013-03-01")
    title = chart(found, name, language="en").title
    assert title.startswith("Education measures for science and technology, ")
    assert title.endswith(
        ", as of 1 September 2014 (with hindsight: what was known on 28 November 2026), "
        "only what was promised on 1 March 2013 or later"
    )


@NAMES
def test_accessible(name: str) -> None:
    """It is an image with a name and a description, and says its language."""
    found = chart(shipped(), name, language="en")
    root = ET.fromstring(found.svg)  # noqa: S314
    assert (root.get("role"), root.get("lang")) == ("img", "en")
    named, told = (
        root.find(f".//*[@id='{one}']") for one in root.get("aria-labelledby", "").split()
    )
    assert named is not None
    assert told is not None
    assert (named.text, told.text) == (found.title, found.about)
    assert repr(found) == f"<Chart {name}: {len(found.rows)} rows>"


@NAMES
def test_without_a_promise(name: str) -> None:
    """A chart without a case is a picture of one sentence, never an empty axis."""
    found = chart(stats(as_of(SHIPPED, "2013-01-01")), name, language="en")
    assert paths(found.svg, "") == []
    assert (found.columns, found.rows) == ((), ())
    root = ET.fromstring(found.svg)  # noqa: S314
    assert root.get("viewBox") == "0 -54 720 77"


def check(found: Chart) -> None:
    """Hold that a chart is well-formed, safe, within its frame, and as wide as its table."""
    root = ET.fromstring(found.svg)  # noqa: S314
    left, top, wide, tall = map(float, root.get("viewBox", "").split())
    assert (root.get("width"), root.get("height")) == (f"{wide:g}", f"{tall:g}")
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "style", "path", "text"}
        assert not {key for key in element.keys() if key.startswith("on") or key == "style"}  # noqa: SIM118
        if element.tag == f"{SVG}path":
            for x, y in places(element.get("d", "")):
                assert left <= x <= left + wide, element.get("d")
                assert top <= y <= top + tall, element.get("d")
        if element.tag == f"{SVG}text":
            look, words = element.get("class") or "", element.text or ""
            x, y = float(element.get("x", "")), float(element.get("y", ""))
            size = {"title": 16 * 1.1, "subtitle": 15}.get(look, 12) * (
                1.1 if "bold" in look else 1
            )
            before = {"end": 1, "middle": 0.5}.get(look.split()[-1] if look else "", 0)
            if "end" in look:
                before = 1
            start = x - before * width(words) * size
            assert left <= start, words
            assert start + width(words) * size <= left + wide + 1, words
            assert top + 8 <= y <= top + tall, words
    assert {len(row) for row in found.rows} <= {len(found.columns)}


@given(
    programmes(),
    st.dates(dt.date(2012, 1, 1), dt.date(2025, 1, 1)),
    st.none() | st.dates(dt.date(2012, 1, 1), dt.date(2025, 1, 1)),
    st.sampled_from(["nl", "en", "de", "fr", "it"]),
)
def test_any_programme(
    programme: Programme, day: dt.date, known_on: dt.date | None, language: str
) -> None:
    """Of any programme on any day there is each chart, the same each time."""
    found = stats(as_of(programme, day, known_on))
    for name in CHARTS:
        drawn = chart(found, name, language=language)
        check(drawn)
        assert chart(found, name, language=language).svg == drawn.svg


UNDATED = '[measure.milestone.met]\nsource = "letter-2015"'
BAD: dict[str, list[str]] = {
    "one case": [f"due = 2014-01-01\n{met('2014-01-05')}"],
    "all undated": ['due = { words = "ooit" }'] * 12,
    "open on both sides": [
        f'due = "{due}"\n{moved(later, "2014-01-01")}{outcome}'
        for due, later in (("[..2014]", "[2015..]"), ("[2014..]", "[..2015]"))
        for outcome in (met("[..2015]"), met("[2015-01..]"), UNDATED, "")
    ]
    * 2,
    "outcomes before promises": [f"due = 2014-01-01\n{met('1900', 'letter-2013')}"] * 12,
    "days at the ends of all days": [
        f"due = 0001-01-01\n{moved('9999-12-31', '2014-01-01')}{met('2014-01-05')}",
        f"due = 9999-12-31\n{moved('0001-01-01', '2014-01-01')}{met('2014-01-05')}",
    ]
    * 6,
    "right to left": [
        'title = "\u05d4\u05d1\u05d8\u05d7\u05d4 (1) abc"\ndue = 2014-01-01\n{}{}'.format(
            moved("2015-01-01", "2014-01-01"), met("2015-02-05")
        )
    ]
    * 12,
}  # fmt: skip


@NAMES
@pytest.mark.parametrize("milestones", BAD.values(), ids=BAD)
def test_bad_input(name: str, milestones: Sequence[str]) -> None:
    """What is odd in the data is drawn all the same, within the frame."""
    check(drawn(name, *milestones))


@NAMES
def test_text_that_looks_like_markup(name: str) -> None:
    """A text is a text, whatever it holds."""
    found = chart(stats(as_of(hostile(SHIPPED), DAY)), name)
    check(found)
    assert "<script" not in found.svg


def test_names_are_isolated() -> None:
    """A name that runs from right to left leaves what stands beside it where it is."""
    assert ".chart text{unicode-bidi:isolate}" in CHART_STYLE
    for name in CHARTS:
        root = ET.fromstring(chart(shipped(), name).svg)  # noqa: S314
        assert not [*root.iter(f"{SVG}tspan")], "each name is a text of its own"


@functools.cache
def in_one_group() -> Report:
    text = re.sub(r'bodies = \["body-\d+"\]', 'bodies = ["body-00"]', programme_text(3_000))
    return as_of(loads(text), "2019-06-01")


@NAMES
def test_thousands_in_one_group(name: str) -> None:
    """A large group is drawn in as little room as a small one."""
    found = chart(stats(in_one_group(), "body"), name)
    check(found)
    assert len(found.svg) < 20_000


@pytest.mark.parametrize("mode", [0, 1], ids=["light and print", "dark"])
def test_contrast(mode: int) -> None:
    """Text stands out by 4.5 to 1 and lines by 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    sheet = CHART_STYLE.replace("\\\n", "").split("@media")[mode]
    rules = dict(re.findall(r"^(\.chart(?: \.[a-z-]+)?)\{(.*)\}$", sheet, flags=re.MULTILINE))

    def colour(rule: str, what: str) -> str:
        (found,) = re.findall(rf"\b{what}:(#[0-9a-f]+)", rules[rule])
        return str(found)

    paper = colour(".chart", "background")
    for text in (".chart", ".chart .small"):
        assert contrast(colour(text, "fill"), paper) >= 4.5
    for stroke in ("axis", "leader", "plain", "blue", "red", "violet", "green"):
        assert contrast(colour(f".chart .{stroke}", "stroke"), paper) >= 3, stroke
    for fill in ("plain", "blue", "red", "violet", "green"):
        assert contrast(colour(f".chart .{fill}-fill", "fill"), paper) >= 3, fill
    assert colour(".chart .hollow", "fill") == paper


def test_lines_differ_without_colour() -> None:
    """No two lines of a chart have the same stroke in the same colour; few share a stroke."""
    found = chart(stats(as_of(loads(programme_text(300)), "2019-06-01")), "trend")
    looks = re.findall(r'class="line ([a-z ]+)"', found.svg)
    assert len(set(looks)) == 12
    assert len(looks) == 24, "each is drawn, and named beside its number"


@NAMES
def test_a_chart_keeps_no_figures(name: str) -> None:
    """What was drawn, in one language or in two, is forgotten with the figures it was drawn of."""
    found = stats(as_of(SHIPPED, DAY))
    assert [chart(found, name, language=language).rows for language in ("en", "nl")]
    kept = weakref.ref(found)
    del found
    gc.collect()
    assert kept() is None


# --- what they are made of ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], []),
        ([50], [50]),
        ([50, 52], [50, 60]),
        ([52, 50], [60, 50]),
        ([50, 50, 50], [50, 60, 70]),
        ([98, 99], [90, 100]),
        ([-5, 0], [0, 10]),
        ([200, 210], [90, 100]),
    ],
)
def test_labels_keep_apart(places: list[float], expected: list[float]) -> None:
    """Labels stand where they should, a gap apart, in their order, and within their bounds."""
    assert apart(places, 10, 0, 100) == expected


NOT_BROKEN = ["van\N{NO-BREAK SPACE}een", "tot\N{NO-BREAK SPACE}twee"]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", []),
        ("een twee drie", ["een twee", "drie"]),
        ("een twee drie vier vijf zes", ["een twee", "drie vie…"]),
        ("een  twee", ["een twee"]),
        (" ".join(NOT_BROKEN), NOT_BROKEN),
        ("zeventienhonderd", ["zeventie…"]),
    ],
)
def test_lines(words: str, lines: list[str]) -> None:
    """A text breaks at spaces, but not at those that keep words together; the last line is cut."""
    assert wrapped(words, 4.9, 2) == lines


def test_a_note_stays_within_the_chart() -> None:
    """A long sentence takes several lines, each no wider than the chart within its margins."""
    parts, tall = note("nagekomen " * 40, 0)
    lines = [part.text or "" for part in parts]
    assert len(lines) == 4
    assert all(500 < 12 * width(line) <= 720 - 2 * 12 for line in lines)
    assert tall == 4 * 17 + 6


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
        (6, [0, 2, 4, 6]),
        (38, [0, 10, 20, 30, 40]),
    ],
)
def test_ticks(largest: int, ticks: list[int]) -> None:
    """An axis of numbers has few ticks, at round numbers, and reaches the largest one."""
    assert [*up_to(largest)] == ticks


@given(st.integers(1, 10**9), st.integers(1, 50))
def test_steps_are_round(largest: int, most: int) -> None:
    """A step goes no more than so often into a number, and the next smaller one would."""
    found = step(largest, most)
    assert largest <= most * found
    assert str(found).rstrip("0") in {"1", "2", "5"}
    smaller = [n * 10**power for n in (1, 2, 5) for power in range(10)]
    assert all(most * one < largest for one in smaller if one < found)
