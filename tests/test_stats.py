"""What became of promises: the fate of each, and the numbers that they make together.

The whole output in each format is in `formats/stats`, `stats-by-body`, `stats-by-year` and
`no-stats`.
"""

import copy
import csv
import datetime as dt
import io
import itertools
import json
import math
import pickle
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from strategies import programmes

from betatech_milestones import (
    Attestation,
    BadValue,
    By,
    Programme,
    Standing,
    Texts,
    as_of,
    load,
    load_example,
    loads,
    render,
)
from betatech_milestones.analysis.course import month_ends, stood
from betatech_milestones.analysis.stats import (
    FEW,
    KEPT,
    OPEN,
    Bounds,
    Fate,
    Group,
    Share,
    Spread,
    Stats,
    fate,
    is_untold,
    spread,
    stats,
)
from betatech_milestones.cli import main
from betatech_milestones.formats.stats import ordered
from betatech_milestones.model.records import trusted
from betatech_milestones.model.vocabulary import Kind
from betatech_milestones.voice import Voice

HEAD = """\
[programme]
id = "p"
title = "P"
language = "nl"
timezone = "Europe/Amsterdam"
[[source]]
id = "promise"
title = "Brief"
published = 2013-02-26
[[source]]
id = "soon"
title = "Soon"
published = 2014-07-10
[[source]]
id = "later"
title = "Later"
published = 2015-07-01
[[source]]
id = "own"
title = "Own"
by = "ocw"
published = 2015-07-01
[[source]]
id = "audit"
title = "Audit"
kind = "audit"
published = 2015-07-01
[[source]]
id = "page"
title = "Page"
seen = 2015-07-01
[[cluster]]
id = "c"
title = "Zeker"
[[cluster]]
id = "a"
title = "Klein"
[[sector]]
id = "mbo"
title = "Mbo"
[[sector]]
id = "hbo"
title = "Hbo"
[[body]]
id = "ocw"
name = "OCW"
[[body]]
id = "school"
name = "School"
[[kind]]
id = "consultation"
title = "Raadpleging"
"""
MEASURE = '[[measure]]\nid = "{}"\ntitle = "M {}"\nsource = "promise"\n{}\n'


def date(key: str, text: str) -> str:
    """A line with a date; of none, nothing."""
    return f"{key} = {text}\n" if text.startswith("{") else f'{key} = "{text}"\n' if text else ""


def milestone(name: str, written: str = "", due: str = "2014-08-01", kind: str = "other") -> str:
    what = f'id = "{name}"\ntitle = "x"\nkind = "{kind}"\n'
    return f"[[measure.milestone]]\n{what}{date('due', due)}{written}"


def moved(due: str, announced: str = "2014-06-01") -> str:
    revised = f'[[measure.milestone.revised]]\nsource = "later"\nannounced = {announced}\n'
    return revised + date("due", due)


def met(on: str = "", source: str = "later") -> str:
    return f'[measure.milestone.met]\nsource = "{source}"\n' + date("on", on)


def dropped(on: str = "2014-09-01", source: str = "later") -> str:
    return f'[measure.milestone.dropped]\nreason = "x"\non = "{on}"\nsource = "{source}"\n'


def news(found: str, on: str = "2014-09-01") -> str:
    return f'[[measure.milestone.news]]\nfound = "{found}"\non = {on}\nby = "x"\nsource = "later"\n'


def programme(*milestones: str) -> Programme:
    return loads(HEAD + MEASURE.format("m", "m", "") + "".join(milestones))


def ids(standings: Iterable[Standing]) -> list[str]:
    return [standing.milestone.full_id for standing in standings]


LATER, SOONER = moved("2014-09-01"), moved("2014-07-01")
REPLACED = '[measure.milestone.replaced]\nreason = "x"\nsource = "later"\n'
FIXED, AIM, FORECAST = (f'commitment = "{word}"\n' for word in ("fixed", "aim", "forecast"))
DAY = "2014-08-01"
UNDATED = '{ words = "doorlopend" }'
END = "2016-01-01"

# the first date · what became of it · the day -> its fate
FATES: list[tuple[str, str, str, Fate | None]] = [
    # not due: nothing is said of it, also where it ended or is overdue already
    (DAY, "", "2014-08-01", None),
    (DAY, met("2014-07-01", "soon"), "2014-07-31", None),
    (DAY, dropped("2014-07-01", "soon"), "2014-07-31", None),
    (DAY, SOONER, "2014-07-15", None),  # overdue by the date in force
    ("", "", END, None),
    (UNDATED, "", END, None),
    ("[2014..]", "", END, None),
    # kept by the first term, for sure
    (DAY, met("2014-07-01", "soon"), "2014-08-02", Fate.IN_TIME),
    (DAY, met("2014-08-01"), END, Fate.IN_TIME),
    (DAY, met("[..2014-07]"), END, Fate.IN_TIME),
    (DAY, met("", "soon"), END, Fate.IN_TIME),  # on which day nobody knows, but by 10 July
    (DAY, met("2012"), END, Fate.IN_TIME),  # before it was promised
    ("[..2014-08-01]", met("2014-08-01"), END, Fate.IN_TIME),
    ("zomer 2014", met("2014-08-31"), END, Fate.IN_TIME),
    ("", moved("2015-01-01") + met("2015-01-01"), END, Fate.IN_TIME),
    (DAY, AIM + met("2014-08-01"), END, Fate.IN_TIME),
    # kept, in time or not
    (DAY, met("augustus 2014"), END, Fate.IN_TIME_OR_NOT),  # a window across the term
    (DAY, met("[..2014-09]"), END, Fate.IN_TIME_OR_NOT),
    (DAY, met(), END, Fate.IN_TIME_OR_NOT),
    (DAY, met("", "page"), END, Fate.IN_TIME_OR_NOT),
    (DAY, met("2014-08-02~"), END, Fate.IN_TIME_OR_NOT),
    ("zomer 2014", met("2015-06-01"), END, Fate.IN_TIME_OR_NOT),  # a season is never surely late
    ("2014-08~", met("2015-06-01"), END, Fate.IN_TIME_OR_NOT),
    # kept after it, for sure
    (DAY, met("2014-08-02"), END, Fate.KEPT_LATE),
    (DAY, met("oktober 2014"), END, Fate.KEPT_LATE),
    (DAY, met("[2014-08-02..]"), END, Fate.KEPT_LATE),
    (DAY, moved("2015-01-01") + met("2014-10-01"), END, Fate.KEPT_LATE),  # by its second term
    (DAY, SOONER + met("2014-08-02"), END, Fate.KEPT_LATE),
    ("", moved("2015-01-01") + met("2015-01-02"), END, Fate.KEPT_LATE),
    # fixed by law, whatever came of it
    (DAY, FIXED, "2014-08-01", None),
    (DAY, FIXED, "2014-08-02", Fate.FIXED),
    (DAY, FIXED + LATER, "2014-08-02", Fate.FIXED),
    (DAY, FIXED + LATER, "2014-09-02", Fate.FIXED),
    (DAY, FIXED + met("2014-08-01"), END, Fate.FIXED),
    (DAY, FIXED + dropped(), END, Fate.FIXED),
    # moved, and not due by the date in force
    (DAY, LATER, "2014-08-02", Fate.PUT_OFF),
    (DAY, LATER, "2014-09-01", Fate.PUT_OFF),
    (DAY, moved(UNDATED), END, Fate.PUT_OFF),
    (DAY, moved("[2015..]"), END, Fate.PUT_OFF),
    (DAY, AIM + LATER, "2014-08-02", Fate.PUT_OFF),
    # not done by the date in force
    (DAY, "", "2014-08-02", Fate.UNCHECKED),
    (DAY, met("2014-07-01"), "2014-08-02", Fate.UNCHECKED),  # not known yet
    (DAY, LATER, "2014-09-02", Fate.UNCHECKED),
    (DAY, news("under-way", "2014-07-01"), END, Fate.UNCHECKED),  # of before the term
    (DAY, news("nothing"), END, Fate.NO_NEWS),
    (DAY, news("not-done"), END, Fate.LATE),
    (DAY, news("nothing") + news("partly"), END, Fate.LATE),
    (DAY, news("not-done"), "2015-06-30", Fate.UNCHECKED),
    (DAY, AIM, "2014-08-02", Fate.PASSED),
    (DAY, FORECAST + news("not-done"), END, Fate.PASSED),
    ("", moved("2015-01-01"), "2015-01-01", None),  # its first date, and no move
    ("", moved("2015-01-01"), "2015-01-02", Fate.UNCHECKED),
    # ended otherwise, before or after the term
    (DAY, dropped("2014-07-01", "soon"), "2014-08-02", Fate.DROPPED),
    (DAY, dropped(), END, Fate.DROPPED),
    (DAY, dropped(), "2015-06-30", Fate.UNCHECKED),
    (DAY, REPLACED, END, Fate.REPLACED),
    (DAY, dropped("2014-07-01", "soon") + met("2014-08-02"), END, Fate.KEPT_LATE),  # after all
]


@pytest.mark.parametrize(("due", "written", "day", "expected"), FATES)
def test_fates(due: str, written: str, day: str, expected: Fate | None) -> None:
    """By its first term, whether it was moved since or not, and by what was known on the day."""
    report = as_of(programme(milestone("n", written, due)), day)
    (standing,) = report.standings
    assert fate(standing) is expected
    total = stats(report).total
    assert [word for word, its in total.fates.items() if its] == ([expected] if expected else [])
    assert total.fell_due == ((standing,) if expected else ())


# the same -> whether no source says what became of it
UNTOLD: list[tuple[str, str, str, bool]] = [
    (DAY, "", END, True),
    (DAY, news("nothing"), END, True),
    (DAY, news("not-done"), END, False),
    (DAY, AIM, END, True),
    (DAY, AIM + news("nothing"), END, True),
    (DAY, AIM + news("partly", "2014-07-01"), END, True),  # of before the term
    (DAY, AIM + news("partly"), END, False),
    (DAY, FORECAST + news("not-done"), END, False),
    (DAY, FORECAST + news("not-done"), "2015-06-30", True),  # not known yet
    (DAY, AIM + moved("2014-11-01", "2014-09-01"), END, True),  # by the date in force
    (DAY, AIM + moved("2014-08-15", "2014-09-01"), END, False),  # announced after it
    (DAY, AIM, DAY, False),
    (DAY, LATER, DAY, False),
    (DAY, met(), END, False),
    (DAY, REPLACED, END, False),
    (DAY, FIXED, END, False),
    ("", "", END, False),
]


@pytest.mark.parametrize(("due", "written", "day", "expected"), UNTOLD)
def test_of_what_no_source_tells(due: str, written: str, day: str, *, expected: bool) -> None:
    """News of after the term tells what became of it, also of an aim or a forecast."""
    report = as_of(programme(milestone("n", written, due)), day)
    assert [is_untold(standing) for standing in report.standings] == [expected]
    assert len(stats(report).total.untold) == expected


def test_every_fate_has_its_case() -> None:
    """None is left out of the table."""
    assert {expected for *_, expected in FATES} == {None, *Fate}


@pytest.mark.parametrize("first", [UNDATED, "[2014..]"])
def test_a_date_without_a_last_day_is_no_term(first: str) -> None:
    """What it moved to is the first one that it had, though by how much it moved nobody knows."""
    written = programme(milestone("n", LATER + met("2014-09-11"), first), milestone("o", "", first))
    total = stats(as_of(written, END)).total
    assert (ids(total.fates[Fate.KEPT_LATE]), ids(total.without_term)) == (["m/n"], ["m/o"])
    assert (total.largest_days_late, total.moves, total.moved_days) == (Bounds(10, 10), 1, None)


def test_what_was_kept_early_waits_for_its_term() -> None:
    """Or only what was kept would be counted before the term, and none that is open."""
    written = programme(milestone("a", met("2014-07-01", "soon")), milestone("b"))
    before = stats(as_of(written, "2014-08-01")).total
    after = stats(as_of(written, "2014-08-02")).total
    assert (ids(before.not_due), before.share_in_time) == (["m/a", "m/b"], Share(0, 0, 0))
    assert (after.not_due, after.share_kept_in_time) == ((), Share(1, 1, 2))


def test_hindsight_tells_what_became_of_it() -> None:
    """By what was known on another day; the day itself stays."""
    written = programme(milestone("n", met("2014-07-01")))
    report = as_of(written, "2014-08-02", known_on="2015-07-01")
    (standing,) = report.standings
    found = stats(report)
    assert fate(standing) is Fate.IN_TIME
    assert (str(found.day), str(found.known_on)) == ("2014-08-02", "2015-07-01")


def test_facts_are_no_promises() -> None:
    """What a source only reports as done is not counted anywhere."""
    fact = milestone("n", 'commitment = "none"\n' + met("2014-07-01"), "")
    found = stats(as_of(programme(fact), END), "measure")
    assert (found.total.promises, found.groups) == ((), ())


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(0, 0, 0), None),
        (Share(0, 1, 1), (0, 100)),
        (Share(1, 2, 3), (33, 67)),
        (Share(1, 1, 8), (13, 13)),  # halves go up
        (Share(3, 5, 8), (38, 63)),
        (Share(1, 999, 1000), (1, 99)),  # never 0 or 100 that is not exact
        (Share(0, 1000, 1000), (0, 100)),
        (Share(1, 199, 200), (1, 99)),
        (Share(5, 15, 1000), (1, 2)),
        (Share(14, 985, 1000), (1, 99)),
        (Share(10**40 - 1, 10**40, 10**40), (99, 100)),
    ],
)
def test_percent(share: Share, percent: tuple[int, int] | None) -> None:
    """Whole, rounded to the nearest; without a case there is none."""
    assert share.percent == percent


@given(st.integers(1, 10**6), st.data())
def test_percent_is_near_and_exact_at_its_ends(of: int, data: st.DataObject) -> None:
    """It is off by a half at most, or by what keeps it from an end that it does not reach."""
    least = data.draw(st.integers(0, of))
    most = data.draw(st.integers(least, of))
    percent = Share(least, most, of).percent
    assert percent is not None
    assert percent[0] <= percent[1]
    for part, told in zip((least, most), percent, strict=True):
        assert (told == 0, told == 100) == (part == 0, part == of)
        assert abs(100 * part / of - told) <= 0.5 or told in {1, 99}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], None),
        ([7], Spread(1, 7, 7, 7, 7, 7)),
        ([10, 1], Spread(2, 1, 3.25, 5.5, 7.75, 10)),
        ([3, 1, 2], Spread(3, 1, 1.5, 2, 2.5, 3)),
        ([-31, 0, 31, 62, 365], Spread(5, -31, 0, 31, 62, 365)),
        ([5, 5, 5, 9], Spread(4, 5, 5, 5, 6, 9)),
    ],
)
def test_spread(days: list[float], expected: Spread | None) -> None:
    """Quartiles by hand, in any order of the days; of none there is none."""
    assert spread(days) == expected
    assert spread(iter(days)) == expected


@given(st.lists(st.integers(-4000, 4000), min_size=2, max_size=40))
def test_quartiles_are_those_of_another_reckoner(days: list[int]) -> None:
    """Python's own, where the data are the whole and no sample."""
    found = spread(days)
    assert found is not None
    quartiles = (found.lower_quartile, found.median, found.upper_quartile)
    assert quartiles == pytest.approx(statistics.quantiles(days, n=4, method="inclusive"))
    assert found.median == statistics.median(days)
    assert (found.number, found.smallest, found.largest) == (len(days), min(days), max(days))


# when each of some was met, after 1 August 2014 -> the days late in the middle, and the largest
LATENESS: list[tuple[list[str], Bounds | None, Bounds | None]] = [
    (["2014-08-01"], None, None),
    (["2014-08-11"], Bounds(10, 10), Bounds(10, 10)),
    (["2014-08-11", "2014-08-22"], Bounds(15.5, 15.5), Bounds(21, 21)),
    (["2014-08-11", "2014-07-01", "augustus 2014"], Bounds(10, 10), Bounds(10, 10)),
    (["september 2014"], Bounds(31, 60), Bounds(31, 60)),
    (["september 2014", "2014-10-10"], Bounds(50.5, 65), Bounds(70, 70)),
    (["september 2014", "[2014-08-05..2014-10-31]"], Bounds(17.5, 75.5), Bounds(31, 91)),
    # where a page tells since when, and none by when
    (["[2014-09..]", "2014-08-11"], Bounds(20.5, None), Bounds(31, None)),
    (["[2014-09..]", "2014-08-11", "2014-08-12"], Bounds(11, 11), Bounds(31, None)),
    (["[2014-09..]", "[2014-10..]", "2014-08-12"], Bounds(31, None), Bounds(61, None)),
]


@pytest.mark.parametrize(("days", "median", "largest"), LATENESS)
def test_days_late(days: list[str], median: Bounds | None, largest: Bounds | None) -> None:
    """Only of what was surely late, as bounds; an end that no source tells stays open."""
    source = {True: "page", False: "later"}
    written = [
        milestone(f"n{number}", met(day, source[day.endswith("..]")]))
        for number, day in enumerate(days)
    ]
    total = stats(as_of(programme(*written), END)).total
    assert (total.median_days_late, total.largest_days_late) == (median, largest)


# --- groups ---------------------------------------------------------------------------------------

SOME = (
    milestone("aim", AIM),
    milestone("audited", met("2014-08-01", "audit")),
    milestone("fixed", FIXED),
    milestone("claimed", 'bodies = ["ocw"]\n' + met("2014-09-01", "own")),
    milestone("dropped", dropped()),
    milestone("fact", 'commitment = "none"\n' + met("2014-07-01"), ""),
    milestone("first-date", moved("2015-01-01") + met("2014-12-01"), ""),
    milestone("late", news("not-done")),
    milestone("looked", news("nothing")),
    milestone("never", "", ""),
    milestone("ongoing", "", UNDATED),
    milestone("put-off", moved("2014-10-01") + moved("2016-08-01", "2014-09-01")),
    milestone("replaced", REPLACED),
    milestone("some-day", met("augustus 2014")),
    milestone("sooner", moved("2016-07-01"), "2016-08-01"),
    milestone("to-come", "", "2016-09-01"),
    milestone("unchecked"),
)


def some() -> Group:
    return stats(as_of(programme(*SOME), END)).total


@pytest.mark.parametrize("by", By)
def test_figures_can_be_grouped_anew(by: By) -> None:
    """As if they had been grouped so at first; what was counted stays."""
    found = stats(as_of(programme(*SOME), END), By.YEAR, since="2013-01-01")
    again = found.grouped(by)
    assert again.groups == stats(found.report, by, found.since).groups
    assert (again.by, again.since, again.total) == (by, found.since, found.total)


def test_what_is_no_group_is_refused() -> None:
    """Also where figures are grouped anew."""
    with pytest.raises(BadValue, match=r'^"ministry" is not known here'):
        stats(as_of(programme(*SOME), END)).grouped("ministry")


def pickled(found: Stats) -> Stats:
    copied: Stats = pickle.loads(pickle.dumps(found))  # noqa: S301  written in the same breath
    return copied


@pytest.mark.parametrize("copied", [copy.deepcopy, pickled])
def test_a_copy_says_the_same(copied: Callable[[Stats], Stats]) -> None:
    """Another process, which gets one, can reckon with it."""
    found = stats(as_of(programme(*SOME), END), By.KIND)
    assert render(copied(found), "json") == render(found, "json")
    assert copied(found).grouped(By.YEAR).groups == found.grouped(By.YEAR).groups


def test_each_promise_is_in_one_place() -> None:
    """In one of the fates, or not due, or without a term."""
    total = some()
    assert {
        str(word): [m.removeprefix("m/") for m in ids(its)] for word, its in total.fates.items()
    } == {
        "in-time": ["audited", "first-date"],
        "in-time-or-not": ["some-day"],
        "kept-late": ["claimed"],
        "fixed": ["fixed"],
        "put-off": ["put-off"],
        "late": ["late"],
        "no-news": ["looked"],
        "unchecked": ["unchecked"],
        "passed": ["aim"],
        "dropped": ["dropped"],
        "replaced": ["replaced"],
    }
    assert ids(total.not_due) == ["m/sooner", "m/to-come"]
    assert ids(total.without_term) == ["m/never", "m/ongoing"]
    assert len(total.promises) == 16


def test_numbers_have_their_denominators() -> None:
    """Shares are of what somebody had to keep, or of what was kept."""
    total = some()
    assert (len(total.fell_due), total.judged, len(total.kept), len(total.open)) == (12, 11, 4, 5)
    assert ids(total.open) == ["m/aim", "m/late", "m/looked", "m/put-off", "m/unchecked"]
    assert ids(total.kept) == ["m/audited", "m/claimed", "m/first-date", "m/some-day"]
    assert ids(total.untold) == ["m/aim", "m/looked", "m/unchecked"]
    assert total.share_kept == Share(4, 4, 11)
    assert total.share_kept_in_time == Share(2, 3, 11)
    assert total.share_in_time == Share(2, 3, 4)
    assert total.days_since_term == Spread(5, 518, 518, 518, 518, 518)
    assert total.those([Fate.PASSED, Fate.IN_TIME]) == total.those([Fate.IN_TIME, Fate.PASSED])
    assert ids(total.those([Fate.PASSED, Fate.IN_TIME])) == ["m/aim", "m/audited", "m/first-date"]


def test_a_first_date_is_no_move() -> None:
    """Moves are counted where a date was there before, whether it is due or not."""
    total = some()
    assert ids(total.moved) == ["m/put-off", "m/sooner"]
    assert (total.moves, total.moved_days) == (3, Spread(2, -31, 159.5, 350, 540.5, 731))


def test_who_says_that_it_was_kept() -> None:
    """Of what was kept alone, each once."""
    assert {word: ids(its) for word, its in some().attested.items()} == {
        Attestation.CLAIMED: ["m/claimed"],
        Attestation.REPORTED: ["m/first-date", "m/some-day"],
        Attestation.VERIFIED: ["m/audited"],
    }


def test_no_case_is_no_number() -> None:
    """Nothing is divided by nothing, and nothing is a median of nothing."""
    total = stats(as_of(programme(milestone("never", "", "")), END)).total
    assert total.share_kept == total.share_kept_in_time == total.share_in_time == Share(0, 0, 0)
    assert total.share_in_time.percent is None
    numbers = (
        total.median_days_late,
        total.largest_days_late,
        total.days_since_term,
        total.moved_days,
    )
    assert (numbers, total.moves, total.judged) == ((None,) * 4, 0, 0)
    assert {*total.fates} == {*Fate}
    assert {*total.attested} == {*Attestation}


HANDED = '[[measure.milestone.revised]]\nbodies = ["school"]\nsource = "later"\n'
SHARED = "bodies = ['ocw', 'school']\nsectors = ['mbo', 'hbo']\ncluster = 'c'"
GROUPED = (
    MEASURE.format("shared", "one", SHARED)
    + milestone("a", met("2014-07-01"))
    + milestone("b", 'bodies = ["school"]\n', kind="report")
    + milestone("handed", handed := 'bodies = ["ocw"]\n' + HANDED, kind="consultation")
    + MEASURE.format("none", "two", "")
    + milestone("a", kind="report")
    + milestone("new", 'source = "later"\n', "2016-08-01")
)

# what they are grouped by, what is known of -> each group in order, and whose it is
GROUPS: list[tuple[By, str, list[tuple[str | None, str, list[str]]]]] = [
    (
        By.BODY,
        END,
        [
            ("ocw", "OCW", ["shared/a"]),
            ("school", "School", ["shared/a", "shared/b", "shared/handed"]),
            (None, "", ["none/a", "none/new"]),
        ],
    ),
    (
        By.BODY,
        "2015-06-30",  # before it was handed over, and before the new one was promised
        [
            ("ocw", "OCW", ["shared/a", "shared/handed"]),
            ("school", "School", ["shared/a", "shared/b"]),
            (None, "", ["none/a"]),
        ],
    ),
    (
        By.SECTOR,
        END,
        [
            ("hbo", "Hbo", ["shared/a", "shared/b", "shared/handed"]),
            ("mbo", "Mbo", ["shared/a", "shared/b", "shared/handed"]),
            (None, "", ["none/a", "none/new"]),
        ],
    ),
    (
        By.CLUSTER,
        END,
        [
            ("c", "Zeker", ["shared/a", "shared/b", "shared/handed"]),
            (None, "", ["none/a", "none/new"]),
        ],
    ),
    (
        By.MEASURE,
        END,
        [
            ("shared", "M one", ["shared/a", "shared/b", "shared/handed"]),
            ("none", "M two", ["none/a", "none/new"]),
        ],
    ),
    (
        By.KIND,
        END,
        [
            ("consultation", "Raadpleging", ["shared/handed"]),
            ("other", "other", ["none/new", "shared/a"]),
            ("report", "report", ["none/a", "shared/b"]),
        ],
    ),
    (
        By.YEAR,
        END,
        [
            ("2013", "", ["none/a", "shared/a", "shared/b", "shared/handed"]),
            ("2015", "", ["none/new"]),
        ],
    ),
]


@pytest.mark.parametrize(("by", "day", "expected"), GROUPS)
def test_groups(by: By, day: str, expected: list[tuple[str | None, str, list[str]]]) -> None:
    """Who shares a promise has it counted with it, and what is in no group is in a last one."""
    report = as_of(loads(HEAD + GROUPED), day)
    found = stats(report, by)
    told = [(group.id, str(group.title or ""), ids(group.promises)) for group in found.groups]
    assert told == expected
    assert stats(report, str(by)).groups == found.groups
    assert stats(report).groups == ()
    for group in found.groups:
        assert isinstance(group.title, Texts | Kind | None)


def of_cluster(cluster: str, due: int, kept: int = 0) -> str:
    """A measure of so many promises that fell due, and one that did not."""
    whose = f'cluster = "{cluster}"' if cluster else ""
    return (
        MEASURE.format(f"m-{cluster or 'none'}", "x", whose)
        + "".join(
            milestone(f"n{number}", met("2014-07-01") if number < kept else "")
            for number in range(due)
        )
        + milestone("to-come", "", "2030")
    )


def test_the_largest_is_first_and_none_is_placed_by_how_it_did() -> None:
    """Below ten cases there is no order of size: the titles give one."""
    names = {"few": "Zes", "fewest": "Een", "most": "Meest", "more": "Tien", "as-many": "Elf"}
    clusters = "".join(
        f'[[cluster]]\nid = "{id_}"\ntitle = "{its}"\n' for id_, its in names.items()
    )
    sizes = {"few": FEW - 1, "fewest": 0, "most": FEW + 2, "more": FEW, "as-many": FEW, "": FEW + 9}
    for kept in (0, FEW - 1):
        written = "".join(
            of_cluster(cluster, due, kept if cluster in {"few", "more"} else 0)
            for cluster, due in sizes.items()
        )
        found = stats(as_of(loads(HEAD + clusters + written), END), "cluster")
        assert [(group.id, len(group.fell_due)) for group in found.groups] == [
            *(("most", 12), ("as-many", 10), ("more", 10)),
            *(("fewest", 0), ("few", 9)),
            (None, 19),
        ]
        assert [group.is_small for group in found.groups] == [*[False] * 3, True, True, False]


def test_groups_of_one_name() -> None:
    """Where two have one name and are as large, their ids give the order."""
    clusters = "".join(f'[[cluster]]\nid = "{id_}"\ntitle = "Zelfde"\n' for id_ in "zx")
    written = MEASURE.format("m-1", "x", 'cluster = "z"') + milestone("n")
    written += MEASURE.format("m-2", "x", 'cluster = "x"') + milestone("n")
    found = stats(as_of(loads(HEAD + clusters + written), END), "cluster")
    assert [group.id for group in found.groups] == ["x", "z"]


def test_years_follow_each_other() -> None:
    """Whatever fell due in them."""
    years = (
        *(f'[[source]]\nid = "{year}"\ntitle = "x"\npublished = {year}\n' for year in (2009, 2011)),
        MEASURE.format("m", "m", ""),
        milestone("a", 'source = "2011"\n'),
        *(milestone(f"b{number}") for number in range(FEW)),
        milestone("c", 'source = "2009"\n'),
    )
    found = stats(as_of(loads(HEAD + "".join(years)), END), "year")
    assert [(group.id, len(group.promises)) for group in found.groups] == [
        ("2009", 1),
        ("2011", 1),
        ("2013", 10),
    ]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (None, ["none/a", "none/new", "shared/a", "shared/b", "shared/handed"]),
        ("2013-02-26", ["none/a", "none/new", "shared/a", "shared/b", "shared/handed"]),
        ("2013-02-27", ["none/new"]),
        (dt.date(2015, 7, 1), ["none/new"]),
        ("2 juli 2015", []),
    ],
)
def test_since(since: dt.date | str | None, expected: list[str]) -> None:
    """Only what was public on that day or later; a day in any form."""
    found = stats(as_of(loads(HEAD + GROUPED), END), "measure", since)
    assert ids(found.total.promises) == expected
    assert {one for group in found.groups for one in ids(group.promises)} == {*expected}
    assert found.since is None or isinstance(found.since, dt.date)


@pytest.mark.parametrize(
    ("by", "since", "message"),
    [
        (
            "bodies",
            None,
            '"bodies" is not known here; did you mean "body"?',
        ),
        ("", None, '"" is not known here; use one of body, cluster, sector, kind, measure, year'),
        (None, "2014", '"2014" is more than one day; write it as 2014-09-01'),
        (None, "soon", '"soon" is no day; write it as 2014-09-01'),
    ],
)
def test_bad_questions(by: str | None, since: str | None, message: str) -> None:
    """A word that is no group and a day that is none are refused, and what would be right told."""
    with pytest.raises(BadValue) as error:
        stats(as_of(programme(), END), by, since)
    assert str(error.value) == message


def test_reprs_are_short() -> None:
    """A line that tells what there is, and of how much."""
    report = as_of(loads(HEAD + GROUPED), END)
    found = stats(report, By.YEAR)
    assert repr(found) == "<Stats p 2016-01-01: <Group: 4 fell due of 5>, 2 groups by year>"
    assert repr(found.groups[1]) == "<Group 2015: 0 fell due of 1>"
    assert repr(stats(report)) == "<Stats p 2016-01-01: <Group: 4 fell due of 5>>"
    assert found.programme is report.programme


# --- properties -----------------------------------------------------------------------------------

DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2024, 1, 1))
HINDSIGHT = st.none() | DAYS


@given(programmes(), DAYS, HINDSIGHT)
def test_promises_add_up(drawn: Programme, day: dt.date, known_on: dt.date | None) -> None:
    """Each is in one fate or fell not due or has no term, on any day by what is known on any."""
    report = as_of(drawn, day, known_on)
    total = stats(report).total
    parts = [*total.fates.values(), total.not_due, total.without_term]
    assert sorted(itertools.chain(*map(ids, parts))) == ids(total.promises)
    assert len(total.promises) == sum(report.counts.values())
    assert {fate(standing) for standing in total.fell_due} <= {*Fate}
    assert {fate(standing) for standing in (*total.not_due, *total.without_term)} <= {None}
    assert sorted(ids([*total.kept, *total.open])) == sorted(
        itertools.chain(*(ids(total.fates[word]) for word in (*KEPT, *OPEN)))
    )
    attested = itertools.chain(*map(ids, total.attested.values()))
    assert sorted(attested) == ids(total.kept)


@given(programmes(), DAYS, HINDSIGHT)
def test_shares_and_bounds_are_in_order(
    drawn: Programme, day: dt.date, known_on: dt.date | None
) -> None:
    """At least is no more than at most, and neither is more than what it is of."""
    total = stats(as_of(drawn, day, known_on)).total
    for share in (total.share_kept, total.share_kept_in_time, total.share_in_time):
        assert 0 <= share.at_least <= share.at_most <= share.of <= len(total.fell_due)
    assert total.share_kept.of == total.share_kept_in_time.of == total.judged
    assert total.share_kept.at_least == total.share_kept.at_most == total.share_in_time.of
    assert (total.median_days_late is None) == (not total.fates[Fate.KEPT_LATE])
    for median, largest in [(total.median_days_late, total.largest_days_late)]:
        for bounds in filter(None, (median, largest)):
            assert 0 < bounds.at_least <= (bounds.at_most or math.inf)
        if median is not None and largest is not None:
            assert median.at_least <= largest.at_least
            assert (median.at_most or math.inf) <= (largest.at_most or math.inf)
    for days in filter(None, (total.days_since_term, total.moved_days)):
        told = attrs.astuple(days)[1:]
        assert [*told] == sorted(told)
    assert total.moves >= len(total.moved)


@given(programmes(), DAYS, st.sampled_from([By.CLUSTER, By.KIND, By.MEASURE, By.YEAR]))
def test_groups_are_all_there_is(drawn: Programme, day: dt.date, by: By) -> None:
    """Where a promise can be in one group alone, the groups have every promise once."""
    found = stats(as_of(drawn, day), by)
    once = [standing for group in found.groups for standing in group.promises]
    assert sorted(ids(once)) == ids(found.total.promises)
    assert all(group.promises for group in found.groups)
    assert len({group.id for group in found.groups}) == len(found.groups)


@given(programmes(), DAYS, st.sampled_from([By.BODY, By.SECTOR]))
def test_groups_that_share_have_each_promise(drawn: Programme, day: dt.date, by: By) -> None:
    """As often as there are bodies or sectors of it, and else once."""
    found = stats(as_of(drawn, day), by)
    told = Counter(one for group in found.groups for one in ids(group.promises))
    assert told == {
        standing.milestone.full_id: max(
            len(standing.bodies if by is By.BODY else standing.measure.sectors), 1
        )
        for standing in found.total.promises
    }


ONE_DAY = dt.timedelta(days=1)
TERM = dt.date(2014, 8, 1)
_dues = st.sampled_from([f"{TERM}", "[2014-07-30..2014-08-01]", "[..2014-08-01]", f"{TERM}~"])
_ends = st.tuples(st.integers(-3, 3), st.integers(0, 4), st.sampled_from(["", "", "~"]))


def days_of(standing: Standing) -> list[dt.date]:
    """Every day of the window in which it was kept."""
    outcome = standing.outcome
    assert outcome is not None
    assert outcome.on is not None
    assert outcome.on.earliest is not None
    number = (outcome.certain_from - outcome.on.earliest).days
    return [outcome.on.earliest + days * ONE_DAY for days in range(number + 1)]


@given(st.lists(st.tuples(_dues, _ends), max_size=4))
def test_the_share_in_time_is_that_of_all_days(
    drawn: Sequence[tuple[str, tuple[int, int, str]]],
) -> None:
    """The smallest and the largest that there is for any days on which they may have been kept.

    Of what is only about a day, the days before its window may be it, too.
    """
    written = []
    for number, (due, (first, length, about)) in enumerate(drawn):
        begin, end = TERM + first * ONE_DAY, TERM + (first + length) * ONE_DAY
        window = f"[{begin}{about}..{end}]" if length else f"{begin}{about}"
        written.append(milestone(f"n{number}", met(window), due))
    total = stats(as_of(programme(*written), END)).total
    choices: list[list[bool]] = []
    for standing in total.kept:
        assert standing.promised is not None
        assert standing.outcome is not None
        assert standing.outcome.on is not None
        in_time = [day <= TERM for day in days_of(standing)]
        if standing.promised.approximate or standing.outcome.on.approximate:
            in_time.append(True)
        choices.append(in_time)
    found = [sum(chosen) for chosen in itertools.product(*choices)]
    assert total.share_in_time == Share(min(found), max(found), len(drawn))
    assert total.share_kept_in_time == total.share_in_time  # all fell due, and all were kept


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 4)), min_size=1, max_size=4))
def test_days_late_are_those_of_all_days(drawn: Sequence[tuple[int, int]]) -> None:
    """The smallest and the largest median and maximum for any days in the windows."""
    windows = [
        f"[{TERM + first * ONE_DAY}..{TERM + (first + length) * ONE_DAY}]"
        for first, length in drawn
    ]
    written = (milestone(f"n{number}", met(on)) for number, on in enumerate(windows))
    total = stats(as_of(programme(*written), END)).total
    chosen = [*itertools.product(*(range(first, first + length + 1) for first, length in drawn))]
    medians, largest = [statistics.median(days) for days in chosen], [max(days) for days in chosen]
    assert total.median_days_late == Bounds(min(medians), max(medians))
    assert total.largest_days_late == Bounds(min(largest), max(largest))


# --- over time ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2014-01-15", "2014-04-02", ["2014-01-31", "2014-02-28", "2014-03-31", "2014-04-02"]),
        ("2016-02-01", "2016-02-29", ["2016-02-29"]),
        ("2015-12-31", "2016-01-31", ["2015-12-31", "2016-01-31"]),
        ("2015-12-31", "2016-01-01", ["2015-12-31", "2016-01-01"]),
        ("2014-01-15", "2014-01-15", ["2014-01-15"]),
        ("2014-01-16", "2014-01-15", []),
        ("9999-11-30", "9999-12-31", ["9999-11-30", "9999-12-31"]),
    ],
)
def test_month_ends(first: str, last: str, expected: list[str]) -> None:
    """The last day of each month, and the last day asked for once."""
    days = month_ends(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert [*map(str, days)] == expected


@given(programmes(), DAYS, st.integers(0, 900))
def test_month_ends_stand_as_in_a_report(drawn: Programme, first: dt.date, length: int) -> None:
    """`stood` is `as_of(programme, day)` for each day, by status and evidence."""
    days = [*month_ends(first, first + length * ONE_DAY)]
    told = [(day, Counter(found)) for day, found in stood(drawn.by_id, days)]
    assert [day for day, _ in told] == days
    for day, found in told:
        promises = stats(as_of(drawn, day)).total.promises
        assert found == Counter((its.status, its.evidence) for its in promises)


def test_nothing_stands_where_there_is_nothing() -> None:
    """No promise, and no day."""
    assert [dict(found) for _, found in stood([], [TERM])] == [{}]
    assert [*stood(programme(milestone("n")).by_id, [])] == []


def test_what_is_due_stands_so_from_the_day_itself() -> None:
    """From its first day to the last, and after it as what is known of it tells."""
    days = [TERM - ONE_DAY, TERM, TERM + ONE_DAY]
    told = [
        {f"{status}/{evidence}": number for (status, evidence), number in found.items() if number}
        for _, found in stood(programme(milestone("n")).by_id, days)
    ]
    assert told == [{"upcoming/None": 1}, {"due/None": 1}, {"overdue/unchecked": 1}]


# --- the programme that ships ---------------------------------------------------------------------

SHIPPED_DAY = "2026-11-28"
SHIPPED = {
    "in-time": [
        "centres-for-craftsmanship/centres-developed",
        "centres-of-expertise/evaluation",
        "centres-of-expertise/yearly-funding",
        "stimulus-programme/evaluation",
        "study-information-leaflet-he/chamber-informed",
        "talent-in-primary-teacher-training/elaboration",
        "vmbo-mbo-pathways/first-pupils",
    ],
    "in-time-or-not": [
        "centres-for-craftsmanship/agro-food-grant",
        "centres-of-expertise/evaluation-report",
        "girls-and-role-models/classes-2014",
        "macro-efficiency-act/policy-rule",
        "sector-plan-physics-chemistry/progress-report-2014",
        "stimulus-programme/jet-net-junior",
    ],
    "kept-late": [
        "macro-efficiency-act/in-force",
        "macro-efficiency-act/policy-rule-draft",
        "qualification-files/files-laid-down",
        "qualification-files/in-force",
    ],
    "fixed": ["qualification-files/voluntary-use"],
    "put-off": [],
    "late": [],
    "no-news": [
        "sector-plan-3tu/report-2013",
        "sector-plan-physics-chemistry/lasting-funding",
    ],
    "unchecked": [],
    "passed": [],
    "dropped": [],
    "replaced": ["performance-box/yearly-funding", "study-information-leaflet-he/mandatory"],
}
SHIPPED_WITHOUT_TERM = [
    "associate-degrees/business-involved",
    "centres-of-expertise/lasting-partnerships",
    "centres-of-expertise/one-in-each-top-sector",
    "image-bank/filled",
    "image-bank/set-up",
    "qualification-files/fewer-qualifications",
    "sector-plan-hbo-engineering/broad-programmes",
    "sector-plan-hbo-engineering/pact-directions",
    "sector-plan-hbo-engineering/pact-domains",
    "sector-plan-physics-chemistry/higher-intake",
    "small-and-popular-programmes/policy-response",
    "stimulus-programme/networks-anchored",
    "study-information-leaflet-he/rule-if-needed",
    "study-information-leaflet-mbo/leaflet",
    "talent-in-primary-teacher-training/science-in-curricula",
    "vmbo-mbo-pathways/legal-framework",
]


def shipped() -> Stats:
    return stats(as_of(load_example(), SHIPPED_DAY))


def test_what_became_of_the_promises_that_ship() -> None:
    """By which milestones each number is made, so that it can be looked up with `show`."""
    total = shipped().total
    assert {str(word): ids(its) for word, its in total.fates.items()} == SHIPPED
    assert ids(total.without_term) == SHIPPED_WITHOUT_TERM
    assert ids(total.not_due) == []
    assert total.share_kept == Share(17, 17, 21)
    assert total.share_kept_in_time == Share(7, 13, 21)
    assert total.share_in_time == Share(7, 13, 17)
    assert (total.median_days_late, total.largest_days_late) == (Bounds(241, 241), Bounds(731, 731))
    assert total.days_since_term == Spread(2, 3254, 3665, 4076, 4487, 4898)
    assert [(standing.milestone.full_id, standing.moved_days) for standing in total.moved] == [
        ("macro-efficiency-act/in-force", 212),
        ("macro-efficiency-act/policy-rule-draft", 30),
        ("qualification-files/in-force", 731),
    ]
    assert (total.moves, total.moved_days) == (3, Spread(3, 30, 121, 212, 471.5, 731))


# what `show` tells of each: when it was promised for, and how it ended
SHOWN = {
    "centres-for-craftsmanship/centres-developed": (
        "promised: 2013 to 2017",
        "met: 2017",
        "in time",
    ),
    "centres-of-expertise/evaluation": (
        "promised: by 31 December 2017",
        "met: 20 March 2017",
        "in time",
    ),
    "centres-of-expertise/yearly-funding": (
        "promised: 2013 to 2016",
        "met: day unknown",
        "in time",
    ),
    "stimulus-programme/evaluation": ("promised: 2013", "met: 2013", "in time"),
    "study-information-leaflet-he/chamber-informed": (
        "promised: by 1 January 2014",
        "met: 19 December 2013",
        "in time",
    ),
    "talent-in-primary-teacher-training/elaboration": (
        "promised: spring 2013",
        "met: 13 March 2013",
        "in time",
    ),
    "vmbo-mbo-pathways/first-pupils": (
        "aimed at: school year 2014/2015",
        "met: school year 2014/2015",
        "in time",
    ),
    "centres-for-craftsmanship/agro-food-grant": (
        "promised: June 2013 to August 2013",
        "met: by 19 October 2017",
        "in time or not: no source tells the day",
    ),
    "centres-of-expertise/evaluation-report": (
        "promised: by 1 March 2017",
        "met: by 20 March 2017",
        "in time or not: no source tells the day",
    ),
    "girls-and-role-models/classes-2014": (
        "promised: 2014",
        "met: August 2012 to July 2015",
        "in time or up to 212 days late",
    ),
    "macro-efficiency-act/policy-rule": (
        "promised: by 31 October 2015",
        "met: 2 July 2015 to 31 December 2015",
        "in time or up to 61 days late",
    ),
    "sector-plan-physics-chemistry/progress-report-2014": (
        "promised: summer 2014",
        "met: 9 September 2014",
        "in time or up to 9 days late",
    ),
    "stimulus-programme/jet-net-junior": (
        "promised: early 2013",
        "met: 2013",
        "in time or up to 245 days late",
    ),
    "macro-efficiency-act/in-force": (
        "promised: 1 January 2015",
        "met: 1 August 2015",
        "212 days after its first term",
    ),
    "macro-efficiency-act/policy-rule-draft": (
        "promised: by 31 May 2015",
        "met: 1 July 2015",
        "31 days after its first term",
    ),
    "qualification-files/files-laid-down": (
        "promised: by 1 June 2014",
        "met: 26 February 2015",
        "270 days late",
    ),
    "qualification-files/in-force": (
        "promised: 1 August 2014",
        "met: 1 August 2016",
        "731 days after its first term",
    ),
    "qualification-files/voluntary-use": (
        "fixed by law or contract: 1 August 2015",
        "by law or contract since 1 August 2015",
        "",
    ),
    "sector-plan-3tu/report-2013": (
        "promised: by 1 July 2013",
        "no news: looked for on 27 November 2026 by betatech-milestones",
        "its term ended over 13 years ago",
    ),
    "sector-plan-physics-chemistry/lasting-funding": (
        "promised: 2017",
        "no news: looked for on 27 November 2026 by betatech-milestones",
        "its term ended over 8 years ago",
    ),
    "performance-box/yearly-funding": ("promised: 2012 to 2015", "replaced: 10 July 2014", ""),
    "study-information-leaflet-he/mandatory": (
        "promised: 2014",
        "replaced: 9 July 2013",
        "by study-information-leaflet-he/rule-if-needed",
    ),
}


@pytest.mark.parametrize("full_id", SHOWN)
def test_show_tells_what_each_number_follows_from(full_id: str) -> None:
    """The date that was promised first, how it ended, and how that compares."""
    promised, ended, compares = SHOWN[full_id]
    told = render(as_of(load_example(), SHIPPED_DAY).about(full_id), "story", language="en")
    _, _, its = told.partition(f"\n  {full_id} ")
    standing, *events = its.splitlines()[1:]
    assert standing.startswith(f"  standing: {ended}")
    assert compares in standing
    (first,) = (event for event in events if f"  {promised}" in event)
    assert first == events[0] or "responsible: " in events[0]


def test_each_that_fell_due_is_shown() -> None:
    """The table has every one of them, and no other."""
    assert sorted(SHOWN) == ids(shown := shipped().total.fell_due)
    assert len(shown) == 22


@pytest.mark.parametrize("full_id", SHIPPED_WITHOUT_TERM)
def test_show_tells_that_there_is_no_term(full_id: str) -> None:
    """A reader of its story finds no day by which it was promised."""
    told = render(as_of(load_example(), SHIPPED_DAY).about(full_id), "story", language="en")
    _, _, its = told.partition(f"\n  {full_id} ")
    assert re.search(r"promised without a date|an aim without a date", its)


@pytest.mark.parametrize("by", By)
def test_groups_of_what_ships_have_what_fell_due(by: By) -> None:
    """Every promise is in one group at least, and none of another day."""
    found = stats(as_of(load_example(), SHIPPED_DAY), by)
    grouped = {one for group in found.groups for one in ids(group.fell_due)}
    assert grouped == {*ids(found.total.fell_due)}


# --- formats and the command ----------------------------------------------------------------------


def documents(found: Stats) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render(found, "json"))
    return document


def test_json_has_the_ids_behind_every_number() -> None:
    """What is counted is named, and its keys are there whatever there is to count."""
    for found in (stats(as_of(loads(HEAD + GROUPED), END), "body"), shipped()):
        document = documents(found)
        assert list(document) == [
            *("version", "programme", "as_of", "known_on", "since", "by", "total", "groups"),
            *("over_time", "incidence"),
        ]
        for record, group in zip(
            (document["total"], *document["groups"]), (found.total, *found.groups), strict=True
        ):
            assert list(record) == [
                *("id", "title", "promises", "without_term", "not_due", "fell_due", "fates"),
                *("attestation", "kept", "kept_in_time", "in_time", "median_days_late"),
                *("largest_days_late", "open", "untold", "days_since_term", "moved", "moves"),
                *("moved_days", "is_small"),
            ]
            assert list(record["fates"]) == [*Fate]
            assert list(record["attestation"]) == [*Attestation]
            counted = [record[key] for key in ("promises", "without_term", "not_due", "fell_due")]
            counted += [record["open"], record["untold"], record["moved"]]
            for one in (*counted, *record["fates"].values(), *record["attestation"].values()):
                assert one["number"] == len(one["ids"])
            assert record["fell_due"]["ids"] == ids(group.fell_due)
            assert record["open"]["ids"] == ids(group.open)
            assert record["untold"]["ids"] == ids(group.untold)
            assert record["moved"]["ids"] == ids(group.moved)
            assert record["id"] == group.id


def test_json_has_null_where_there_is_no_case() -> None:
    """No share of nothing, and no days of nothing; bounds that no source tells are null."""
    total = documents(stats(as_of(programme(milestone("n", "", "")), END)))["total"]
    assert total["in_time"] == {"at_least": 0, "at_most": 0, "of": 0, "percent": None}
    keys = ("median_days_late", "largest_days_late", "days_since_term", "moved_days")
    assert [total[key] for key in keys] == [None] * 4
    written = milestone("n", met("[2014-09..]", "page"))
    total = documents(stats(as_of(programme(written), END)))["total"]
    assert total["median_days_late"] == {"at_least": 31, "at_most": None}
    assert total["in_time"] == {"at_least": 0, "at_most": 0, "of": 1, "percent": [0, 0]}
    found = documents(stats(as_of(programme(), END), "year", "2014-01-01"))
    assert (found["version"], found["since"], found["by"]) == (2, "2014-01-01", "year")


def rows(found: Stats) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(render(found, "csv"), newline=""))]


def test_csv_has_a_row_for_all_and_one_for_each_group() -> None:
    """Numbers as they are, nothing where there is no case, and both days in each row."""
    found = stats(as_of(loads(HEAD + GROUPED), END), "body")
    told = rows(found)
    assert [(row["by"], row["id"], row["promises"], row["fell_due"]) for row in told] == [
        ("all", "", "5", "4"),
        ("body", "ocw", "1", "1"),
        ("body", "school", "3", "3"),
        ("body", "", "2", "1"),
    ]
    assert {(row["as_of"], row["known_on"]) for row in told} == {(END, END)}
    for row, group in zip(told, (found.total, *found.groups), strict=True):
        fates = {word: int(row[word.replace("-", "_")]) for word in Fate}
        assert fates == {word: len(its) for word, its in group.fates.items()}
        assert sum(fates.values()) == int(row["fell_due"])
        shares = ("kept", "in_time")
        assert [
            Share(*(int(row[f"{key}_{end}"]) for end in ("at_least", "at_most", "cases")))
            for key in shares
        ] == [group.share_kept, group.share_in_time]


def test_csv_has_days_to_a_quarter() -> None:
    """A median or a quartile between two numbers has what it has; what nothing tells is empty."""
    (row,) = rows(stats(as_of(programme(*SOME), END)))
    days = [row[f"moved_days_{name}"] for name in ("counted", "lower_quartile", "median")]
    assert [*days, row["moved_days_upper_quartile"]] == ["2", "159.5", "350", "540.5"]
    written = (milestone("a", met("[2014-09..]", "page")), milestone("b", met("2014-08-11")))
    (row,) = rows(stats(as_of(programme(*written), END)))
    ends = [
        f"{key}_days_late_{end}" for key in ("median", "largest") for end in ("at_least", "at_most")
    ]
    assert [row[end] for end in ends] == ["20.5", "", "31", ""]
    assert row["moved_days_median"] == ""


def lines(found: Stats, **layout: Any) -> list[str]:
    return str(render(found, "text", language="en", **layout)).splitlines()


def test_text_tells_no_number_of_no_case() -> None:
    """What there is none of is left out, and a share of none of those that were kept is none."""
    never = lines(stats(as_of(programme(milestone("n", "", "")), END)))
    assert never[:4] == [
        "P, what became of promises, as of 1 January 2016",
        "",
        "no first term that has passed (1)",
        "  1 | never had a term",
    ]
    assert (len(never), never[4]) == (6, "")  # and what it means
    one = lines(stats(as_of(programme(milestone("n")), END)))
    untold = "no source says what became of 1 of 1"
    assert [line for line in one if line.startswith("  ")] == [
        "  1 | not checked since the term ended",
        f"  0 of 1 (0\u00a0%) | recorded as kept, in time or not | {untold}",
        f"  0 of 1 (0\u00a0%) | recorded as kept by the first term | {untold}",
        "  none | of those kept, in time",
    ]
    assert lines(stats(as_of(programme(), END), "year")) == [
        "P, what became of promises, as of 1 January 2016",
        "No promise is recorded for this.",
    ]


# when some were met, or whereto they were moved -> what is told of the days
DAYS_TOLD: list[tuple[list[str], str]] = [
    ([met("2014-08-02")], "1 | kept late | median: 1 day | largest: 1 day"),
    (
        [met("2014-08-02"), met("2014-08-11")],  # the middle of the two is 5.5
        "2 | kept late | median: 6 days | largest: 10 days",
    ),
    (
        [met("[2014-09..]", "page"), met("2014-08-11"), met("2014-08-12")],
        "3 | kept late | median: 11 days | largest: at least 31 days",
    ),
    ([LATER], "1 of 1 (100\u00a0%) | promises of which a date moved | 31 days later (of 1)"),
    ([LATER, LATER], "2 of 2 (100\u00a0%) | promises of which a date moved | 31 days later (of 2)"),
    (
        [LATER, moved("2015-08-01")],
        (
            "2 of 2 (100\u00a0%) | promises of which a date moved | "
            "median: 198 days later; from 31 days later to "
            "365 days later (2 counted)"
        ),
    ),
    (
        [LATER, moved(DAY)],
        (
            "2 of 2 (100\u00a0%) | promises of which a date moved | "
            "median: 16 days later; from 0 days to "
            "31 days later (2 counted)"
        ),
    ),
    (
        [LATER, moved("[2015..]"), LATER],
        "3 of 3 (100\u00a0%) | promises of which a date moved | 31 days later (of 2)",
    ),
    (
        [met("[2014-09..]", "page"), met("2014-08-11")],  # from 20.5 days on
        "2 | kept late | median: at least 20 days | largest: at least 31 days",
    ),
    (
        [met("[2014-08-11..2014-08-13]"), met("2014-08-22")],  # from 15.5 to 16.5
        "2 | kept late | median: at least 15 days, at most 17 days | largest: 21 days",
    ),
    ([moved("[2015..]")], "1 of 1 (100\u00a0%) | promises of which a date moved"),
    (
        [*[LATER] * 3, *[moved("2014-10-01")] * 3, *[moved("2015-08-01")] * 4],
        (
            "10 of 10 (100\u00a0%) | promises of which a date moved | "
            "median: 61 days later; half of them from "
            "39 days later to 365 days later (10 counted)"
        ),
    ),
    (
        [*[LATER] * 3, *[moved("2014-10-01")] * 3, *[moved("2015-08-01")] * 3],
        (
            "9 of 9 (100\u00a0%) | promises of which a date moved | "
            "median: 61 days later; from 31 days later to "
            "365 days later (9 counted)"
        ),
    ),
]


@pytest.mark.parametrize(("written", "expected"), DAYS_TOLD)
def test_days_in_words(written: list[str], expected: str) -> None:
    """With the number that they are of; all there is of a few, and the half of them of many."""
    its = (milestone(f"n{number}", one) for number, one in enumerate(written))
    assert f"  {expected}" in lines(stats(as_of(programme(*its), END)))


HARSH = "<b>\u05e9\u05dc\u05d5\u05dd</b> | [x](javascript:y) `a` *b*"


def test_names_stay_names() -> None:
    """Markup and writing from right to left do nothing to the table around them."""
    body = f'[[body]]\nid = "harsh"\nname = "{HARSH}"\n'
    measure = MEASURE.format("m", "m", 'bodies = ["harsh"]')
    found = stats(as_of(loads(HEAD + body + measure + milestone("n")), END), "body")
    (row,) = (line for line in render(found, "markdown").splitlines() if "harsh" in line)
    assert row == (
        "| \\<b\\>\u05e9\u05dc\u05d5\u05dd\\</b\\> \\| \\[x\\](javascript:y) \\`a\\` \\*b\\*"
        "<br>`harsh` | 1 | 0 van 1 (0\u00a0%) | geen | 0 | 1 | 0 |"
    )
    assert any(HARSH in line for line in lines(found))
    assert max(map(len, lines(found, width=40))) <= 40
    assert documents(found)["groups"][0]["title"] == {"nl": HARSH}


NAMED = {  # in the order of its names in Dutch; each in English, as far as it has a name there
    "six": ("Zes", "arts"),
    "one": ("Een", "Zoology"),
    "two": ("Twee", "Être"),
    "three": ("Drie", "Exams"),
    "large": ("Veel", "Very many"),
}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nl", ["large", "three", "one", "two", "six", None]),
        ("en", ["large", "six", "two", "three", "one", None]),
    ],
)
def test_small_groups_stand_where_a_reader_looks_for_them(
    language: str, expected: list[str | None]
) -> None:
    """In the order of their titles in his language, without regard to capitals and accents."""
    clusters = "".join(
        f'[[cluster]]\nid = "{id_}"\ntitle = {{ nl = "{nl}", en = "{en}" }}\n'
        for id_, (nl, en) in NAMED.items()
    )
    sizes = {**dict.fromkeys(NAMED, 1), "large": FEW, "": 1}
    written = "".join(of_cluster(cluster, due, 0) for cluster, due in sizes.items())
    found = stats(as_of(loads(HEAD + clusters + written), END), "cluster")
    assert [group.id for group in ordered(found.groups, Voice(language))] == expected
    titles = [NAMED[id_][language == "en"] if id_ else "" for id_ in expected]
    told = render(found, "csv", language=language)
    assert [row["id"] or None for row in csv.DictReader(io.StringIO(told))][1:] == expected
    for output in ("text", "markdown"):
        lines = render(found, output, language=language)
        at = [lines.index(title) for title in titles if title]
        assert at == sorted(at)


def test_years_stay_as_they_follow_each_other() -> None:
    """They have no name but themselves."""
    found = stats(as_of(loads(HEAD + GROUPED), END), "year")
    assert ordered(found.groups, Voice("en")) == [*found.groups]


def test_kinds_are_told_in_words() -> None:
    """Ours in the language of the reader, and one of the programme's own as that names it."""
    told = lines(stats(as_of(loads(HEAD + GROUPED), END), "kind"))
    found = told[told.index("by kind (3)") + 1 : -2]
    assert [line.split(" | ")[1:3] for line in found] == [
        ["other", "other"],
        ["consultation", "Raadpleging"],
        ["report", "report or letter"],
    ]


def test_everything_undated() -> None:
    """Nothing fell due, and nothing is said of what did not."""
    its = (milestone(f"n{number}", "", UNDATED) for number in range(3))
    found = stats(as_of(programme(*its), END), "measure")
    assert [line for line in lines(found) if line.startswith("  ")] == [
        "  3 | never had a term",
        "  first term passed: 0 | m | M m | never had a term: 3",
    ]


def test_a_thousand_in_one_group() -> None:
    """Each is counted once, and numbers are written with their thousands apart."""
    (written,) = programme(milestone("n", met("2014-08-02"))).measures
    with trusted():
        (one,) = written.milestones
        many = [attrs.evolve(one, id=f"n{number}") for number in range(1_000)]
        whole = attrs.evolve(
            programme(milestone("n")), measures=(attrs.evolve(written, milestones=tuple(many)),)
        )
    found = stats(as_of(whole, END), "measure")
    assert found.groups[0].share_kept == Share(1_000, 1_000, 1_000)
    told = lines(found)
    assert "first term passed (1,000)" in told
    assert "  1,000 | kept late | median: 1 day | largest: 1 day" in told
    assert "  1,000 of 1,000 (100\u00a0%) | recorded as kept, in time or not" in told
    assert len(documents(found)["groups"][0]["fates"]["kept-late"]["ids"]) == 1_000


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["stats", *arguments], prog_name="betatech-milestones")


def test_the_command_takes_a_day_filters_and_formats(tmp_path: Path) -> None:
    """`stats` writes what the library returns for the same question."""
    data, file = tmp_path / "data.toml", tmp_path / "stats.csv"
    data.write_text(HEAD + GROUPED, encoding="utf-8")
    asked = ("--as-of", "2015-06-30", "--known-on", END, "--sector", "mbo", "--by", "body")
    since = ("--since", "26 februari 2013", "--output-format", "csv")
    result = run(str(data), *asked, *since, "--lang", "en", "-o", str(file))
    assert (result.exit_code, result.output) == (0, "")
    report = as_of(load(data).only(sectors=["mbo"]), "2015-06-30", END)
    assert file.read_text("utf-8") == render(stats(report, "body", "2013-02-26"), "csv")
    text = run(str(data), "--as-of", END, "--by", "year", "--lang", "en")
    expected = stats(as_of(load(data), END), "year")
    assert text.stdout == render(expected, language="en")


def test_the_command_says_what_it_takes() -> None:
    """What is no group and what is no day are refused, and what would be right is told."""
    refused = run("--example", "--by", "status")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.endswith(
        "Error: Invalid value for '--by': 'status' is not one of 'body', 'cluster', 'sector', "
        "'kind', 'measure', 'year'.\n"
    )
    refused = run("--example", "--since", "2014")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.endswith(
        "Error: Invalid value for '--since': "
        '"2014" is more than one day; write it as 2014-09-01\n'
    )


def test_several_files_keep_their_ids_apart(tmp_path: Path) -> None:
    """Behind the numbers of two programmes stand `programme/measure/milestone`."""
    files = []
    for name in ("one", "two"):
        file = tmp_path / f"{name}.toml"
        file.write_text(HEAD.replace('id = "p"', f'id = "{name}"') + GROUPED, encoding="utf-8")
        files.append(str(file))
    asked = ("--as-of", END, "--by", "measure", "--output-format", "json")
    found = json.loads(run(*files, *asked).stdout)
    assert found["total"]["fates"]["in-time"]["ids"] == ["one/shared/a", "two/shared/a"]
    assert [group["id"] for group in found["groups"]] == [
        *("one/shared", "two/shared", "one/none", "two/none"),
    ]
