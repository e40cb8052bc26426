"""The course of a milestone: what can change its standing, and on which day it does.

The rules are told twice: as a table of courses in full, and as a slow and obvious definition that
any course is held against.
"""

import datetime as dt
import itertools
import json
import re
from collections.abc import Sequence
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones import (
    BadValue,
    Body,
    Commitment,
    Dropped,
    Evidence,
    Found,
    Measure,
    Met,
    Milestone,
    News,
    Number,
    Outcome,
    PolicyDate,
    Programme,
    Reading,
    Replaced,
    Report,
    Revision,
    Snooze,
    Source,
    SourceKind,
    Standing,
    Status,
    Texts,
    Turn,
    as_of,
    counts,
    course,
    loads,
    render,
)

HEAD = """\
[programme]
id = "p"
title = "P"
language = "nl"
timezone = "Europe/Amsterdam"

[[measure]]
id = "m"
title = "M"
source = "2013-01-01"

[[measure.milestone]]
id = "n"
title = "N"
kind = "other"
"""


def milestone(written: str) -> Milestone:
    """A milestone; `source = "2013-01-01"` is what appeared on that day, and "page" was read."""
    text = HEAD + written
    days = sorted(set(re.findall(r'"(\d{4}-\d\d-\d\d)"', text)))
    sources = [f'[[source]]\nid = "{day}"\ntitle = "x"\npublished = {day}\n' for day in days]
    page = '[[source]]\nid = "page"\ntitle = "x"\nseen = 2014-09-15\n'
    (only,) = loads("\n".join([text, *sources, page])).milestones
    return only


def told(turns: Sequence[Turn]) -> list[str]:
    """Each turn in a line: day, status, evidence, date in force, day of the newest statement."""
    return [
        " ".join(
            (
                f"{turn.day}",
                turn.status if turn.evidence is None else f"{turn.status}/{turn.evidence}",
                "undated" if turn.due is None else f"<{turn.due}>",
                f"{turn.newest_statement}",
            )
        )
        for turn in turns
    ]


DAY = "due = 2014-08-01\n"
SUMMER = 'due = "zomer 2014"\n'
MOVED = '[[measure.milestone.revised]]\ndue = {}\nsource = "{}"\n'
REVISED = '[[measure.milestone.revised]]\ngoal = 9\nbodies = []\nsource = "{}"\n'
MET = '[measure.milestone.met]\non = {}\nsource = "{}"\n'
DONE = '[measure.milestone.met]\nsource = "{}"\n'
DROPPED = '[measure.milestone.dropped]\non = {}\nsource = "{}"\nreason = "x"\n'
REPLACED = '[measure.milestone.replaced]\nreason = "x"\nsource = "{}"\n'
LOOKED = '[[measure.milestone.news]]\nfound = "nothing"\nby = "wij"\non = {}\n'
FOUND = '[[measure.milestone.news]]\nfound = "{}"\non = {}\nsource = "{}"\n'
AIM = 'commitment = "aim"\n'
FIXED = 'commitment = "fixed"\n'
FACT = 'commitment = "none"\n'

PROMISED = "2013-01-01 upcoming <2014-08-01> 2013-01-01"
DUE = "2014-08-01 due <2014-08-01> 2013-01-01"
LATE = "2014-08-02 overdue/unchecked <2014-08-01> 2013-01-01"

COURSES: dict[str, tuple[str, list[str]]] = {
    # how firmly it was promised
    "deadline": (f'commitment = "deadline"\n{DAY}', [PROMISED, DUE, LATE]),
    "planned": (f'commitment = "planned"\n{DAY}', [PROMISED, DUE, LATE]),
    "fixed": (FIXED + DAY, [PROMISED, DUE, LATE.replace("overdue/unchecked", "met")]),
    "aim": (AIM + DAY, [PROMISED, DUE, LATE.replace("overdue/unchecked", "passed")]),
    "forecast": (
        f'commitment = "forecast"\n{DAY}',
        [PROMISED, DUE, LATE.replace("overdue/unchecked", "passed")],
    ),
    "nobody promised it": (
        FACT + MET.format("2012", "2013-01-01"),
        ["2013-01-01 met undated 2013-01-01"],
    ),
    "nobody promised it, and it is not certain yet": (
        FACT + MET.format("2013", "2013-03-01"),
        ["2013-03-01 met undated 2013-03-01"],
    ),
    # how its date is worded
    "a window": (
        SUMMER,
        [
            "2013-01-01 upcoming <zomer 2014> 2013-01-01",
            "2014-06-01 due <zomer 2014> 2013-01-01",
            "2014-09-01 overdue/unchecked <zomer 2014> 2013-01-01",
        ],
    ),
    "an open start: due on its last day alone": (
        'due = "uiterlijk 1 juli 2013"\n',
        [
            "2013-01-01 upcoming <uiterlijk 1 juli 2013> 2013-01-01",
            "2013-07-01 due <uiterlijk 1 juli 2013> 2013-01-01",
            "2013-07-02 overdue/unchecked <uiterlijk 1 juli 2013> 2013-01-01",
        ],
    ),
    "an open end": ('due = "2014/.."\n', ["2013-01-01 undated <2014/..> 2013-01-01"]),
    "words alone": (
        'due = { words = "doorlopend" }\n',
        ["2013-01-01 undated <doorlopend> 2013-01-01"],
    ),
    "no date": ("", ["2013-01-01 undated undated 2013-01-01"]),
    "moved on its last day, to no later one": (
        DAY + MOVED.format('"2014-08-01/2014-08-01"', "2014-08-01"),
        [
            PROMISED,
            "2014-08-01 due <2014-08-01/2014-08-01> 2014-08-01",
            "2014-08-02 overdue/unchecked <2014-08-01/2014-08-01> 2014-08-01",
        ],
    ),
    "moved before the first letter that tells it, and told again": (
        DAY
        + "[[measure.milestone.revised]]\ndue = 2015\nannounced = 2014-01-01\n"
        + 'sources = ["2014-03-01", "2014-06-01"]\n',
        [
            PROMISED,
            "2014-01-01 upcoming <2015> 2014-01-01",
            "2014-06-01 upcoming <2015> 2014-06-01",
            "2015-01-01 due <2015> 2014-06-01",
            "2016-01-01 overdue/unchecked <2015> 2014-06-01",
        ],
    ),
    "promised when it had begun": (
        "due = 2013\n",
        [
            "2013-01-01 due <2013> 2013-01-01",
            "2014-01-01 overdue/unchecked <2013> 2013-01-01",
        ],
    ),
    "promised when its term had passed": (
        "due = 2012\n",
        ["2013-01-01 overdue/unchecked <2012> 2013-01-01"],
    ),
    "the last of all days": (
        "due = 9999-12-31\n",
        [
            "2013-01-01 upcoming <9999-12-31> 2013-01-01",
            "9999-12-31 due <9999-12-31> 2013-01-01",
        ],
    ),
    "a promise that two sources make, the older second": (
        f'sources = ["2013-05-01", "2013-02-01"]\n{DAY}',
        ["2013-02-01 upcoming <2014-08-01> 2013-02-01",
         "2013-05-01 upcoming <2014-08-01> 2013-05-01", "2014-08-01 due <2014-08-01> 2013-05-01",
         "2014-08-02 overdue/unchecked <2014-08-01> 2013-05-01"],
    ),
    # outcomes: once they are known and certain
    "met before its term, reported after it": (
        DAY + MET.format("2014-07-20", "2014-09-15"),
        [PROMISED, DUE, LATE, "2014-09-15 met <2014-08-01> 2014-09-15"],
    ),
    "met in a year, reported in it": (
        DAY + MET.format("2014", "2014-03-01"),
        [PROMISED, "2014-03-01 met <2014-08-01> 2014-03-01"],
    ),
    "met in a year, reported after it": (
        DAY + MET.format("2014", "2015-03-01"),
        [PROMISED, DUE, LATE, "2015-03-01 met <2014-08-01> 2015-03-01"],
    ),
    "done, day unknown": (
        DAY + DONE.format("2014-03-01"),
        [PROMISED, "2014-03-01 met <2014-08-01> 2014-03-01"],
    ),
    "met since a day without an end": (
        DAY + MET.format('"2012/.."', "2014-03-01"),
        [PROMISED, "2014-03-01 met <2014-08-01> 2014-03-01"],
    ),
    "met, says a page that bears no day": (
        DAY + MET.format("2014-07-20", "page"),
        [PROMISED, DUE, LATE, "2014-09-15 met <2014-08-01> 2014-09-15"],
    ),
    "dropped": (
        DAY + DROPPED.format("2014-07-20", "2014-07-21"),
        [PROMISED, "2014-07-21 dropped <2014-08-01> 2014-07-21"],
    ),
    "replaced": (
        DAY + REPLACED.format("2014-07-21"),
        [PROMISED, "2014-07-21 replaced <2014-08-01> 2014-07-21"],
    ),
    "dropped, and met after all": (
        DAY + MET.format("2015-01-01", "2015-02-01") + DROPPED.format("2014-07-20", "2014-07-21"),
        [
            PROMISED,
            "2014-07-21 dropped <2014-08-01> 2014-07-21",
            "2015-02-01 met <2014-08-01> 2015-02-01",
        ],
    ),
    "dropped and met, which was known before": (
        DAY + DROPPED.format("2014-07-20", "2014-03-01").replace("2014-07-20", "2014")
        + MET.format("2014", "2014-06-01"),
        [
            PROMISED,
            "2014-03-01 dropped <2014-08-01> 2014-03-01",
            "2014-06-01 met <2014-08-01> 2014-06-01",
        ],
    ),
    "fixed, and dropped before its day": (
        FIXED + DAY + DROPPED.format("2014-07-20", "2014-07-21"),
        [PROMISED, "2014-07-21 dropped <2014-08-01> 2014-07-21"],
    ),
    "fixed, and an outcome says otherwise afterwards": (
        FIXED + DAY + DROPPED.format("2014-07-20", "2014-09-01"),
        [
            PROMISED,
            DUE,
            "2014-08-02 met <2014-08-01> 2013-01-01",
            "2014-09-01 dropped <2014-08-01> 2014-09-01",
        ],
    ),
    "an aim that was met after all": (
        AIM + DAY + MET.format("2014-10-01", "2014-11-01"),
        [
            PROMISED,
            DUE,
            "2014-08-02 passed <2014-08-01> 2013-01-01",
            "2014-11-01 met <2014-08-01> 2014-11-01",
        ],
    ),
    # revisions
    "moved before its term": (
        DAY + MOVED.format("2016-08-01", "2014-05-01"),
        [
            PROMISED,
            "2014-05-01 upcoming <2016-08-01> 2014-05-01",
            "2016-08-01 due <2016-08-01> 2014-05-01",
            "2016-08-02 overdue/unchecked <2016-08-01> 2014-05-01",
        ],
    ),
    "moved after its term": (
        DAY + MOVED.format("2016-08-01", "2014-10-01"),
        [
            PROMISED,
            DUE,
            LATE,
            "2014-10-01 upcoming <2016-08-01> 2014-10-01",
            "2016-08-01 due <2016-08-01> 2014-10-01",
            "2016-08-02 overdue/unchecked <2016-08-01> 2014-10-01",
        ],
    ),
    "moved to a day that had passed": (
        DAY + MOVED.format("2014-09-01", "2014-10-01"),
        [PROMISED, DUE, LATE, "2014-10-01 overdue/late <2014-09-01> 2014-10-01"],
    ),
    "announced before its source appeared": (
        DAY + MOVED.format("2016-08-01", "2014-10-01") + "announced = 2014-06-01\n",
        [
            PROMISED,
            "2014-06-01 upcoming <2016-08-01> 2014-06-01",
            "2016-08-01 due <2016-08-01> 2014-06-01",
            "2016-08-02 overdue/unchecked <2016-08-01> 2014-06-01",
        ],
    ),
    "moved twice on a day: the later in the file holds": (
        DAY + MOVED.format("2016-08-01", "2014-05-01") + MOVED.format("2017", "2014-05-01"),
        [
            PROMISED,
            "2014-05-01 upcoming <2017> 2014-05-01",
            "2017-01-01 due <2017> 2014-05-01",
            "2018-01-01 overdue/unchecked <2017> 2014-05-01",
        ],
    ),
    "moved to an open end": (
        DAY + MOVED.format('"2016/.."', "2014-05-01"),
        [PROMISED, "2014-05-01 undated <2016/..> 2014-05-01"],
    ),
    "a date for what had none": (
        MOVED.format("2014-08-01", "2014-05-01"),
        [
            "2013-01-01 undated undated 2013-01-01",
            "2014-05-01 upcoming <2014-08-01> 2014-05-01",
            "2014-08-01 due <2014-08-01> 2014-05-01",
            "2014-08-02 overdue/unchecked <2014-08-01> 2014-05-01",
        ],
    ),
    "handed over before its term: its date stays": (
        DAY + REVISED.format("2014-05-01"),
        [
            PROMISED,
            "2014-05-01 upcoming <2014-08-01> 2014-05-01",
            "2014-08-01 due <2014-08-01> 2014-05-01",
            "2014-08-02 overdue/unchecked <2014-08-01> 2014-05-01",
        ],
    ),
    "handed over on the last day of its term": (
        DAY + REVISED.format("2014-08-01"),
        [
            PROMISED,
            "2014-08-01 due <2014-08-01> 2014-08-01",
            "2014-08-02 overdue/unchecked <2014-08-01> 2014-08-01",
        ],
    ),
    "handed over after its term: that says nothing of whether it was done": (
        DAY + REVISED.format("2014-10-01"),
        [PROMISED, DUE, LATE, "2014-10-01 overdue/unchecked <2014-08-01> 2014-10-01"],
    ),
    "moved after its term to a day that had passed: it was not done by then": (
        DAY + MOVED.format("2014-09-01", "2014-10-01"),
        [PROMISED, DUE, LATE, "2014-10-01 overdue/late <2014-09-01> 2014-10-01"],
    ),
    # news
    "looked for after its term: no statement is newer for that": (
        DAY + LOOKED.format("2014-10-01"),
        [PROMISED, DUE, LATE, "2014-10-01 overdue/no-news <2014-08-01> 2013-01-01"],
    ),
    "looked for again: the newest look is told": (
        DAY + LOOKED.format("2014-10-01") + LOOKED.format("2015-10-01"),
        [
            PROMISED,
            DUE,
            LATE,
            "2014-10-01 overdue/no-news <2014-08-01> 2013-01-01",
            "2015-10-01 overdue/no-news <2014-08-01> 2013-01-01",
        ],
    ),
    "looked for before its term": (DAY + LOOKED.format("2014-08-01"), [PROMISED, DUE, LATE]),
    "under way after its term": (
        DAY + FOUND.format("under-way", "2014-09-01", "2014-10-01"),
        [PROMISED, DUE, LATE, "2014-10-01 overdue/late <2014-08-01> 2014-10-01"],
    ),
    "partly done": (
        DAY + FOUND.format("partly", "2014-09-01", "2014-10-01"),
        [PROMISED, DUE, LATE, "2014-10-01 overdue/late <2014-08-01> 2014-10-01"],
    ),
    "not done": (
        DAY + FOUND.format("not-done", "2014-09-01", "2014-10-01"),
        [PROMISED, DUE, LATE, "2014-10-01 overdue/late <2014-08-01> 2014-10-01"],
    ),
    "under way in its term, as was known after it": (
        DAY + FOUND.format("under-way", "2014-08-01", "2014-10-01"),
        [PROMISED, DUE, LATE, LATE.replace("2014-08-02", "2014-10-01")[:-10] + "2014-10-01"],
    ),
    "under way, and looked for in vain later: it is late": (
        DAY + FOUND.format("under-way", "2014-09-01", "2014-10-01") + LOOKED.format("2015-10-01"),
        [PROMISED, DUE, LATE, "2014-10-01 overdue/late <2014-08-01> 2014-10-01"],
    ),
    "looked for, moved, and its term passed again": (
        DAY + LOOKED.format("2014-10-01") + MOVED.format("2014-12-31", "2014-11-01"),
        [
            PROMISED,
            DUE,
            LATE,
            "2014-10-01 overdue/no-news <2014-08-01> 2013-01-01",
            "2014-11-01 upcoming <2014-12-31> 2014-11-01",
            "2014-12-31 due <2014-12-31> 2014-11-01",
            "2015-01-01 overdue/unchecked <2014-12-31> 2014-11-01",
        ],
    ),
    "an aim has no evidence": (
        AIM + DAY + LOOKED.format("2014-10-01"),
        [PROMISED, DUE, "2014-08-02 passed <2014-08-01> 2013-01-01"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("written", "turns"), COURSES.values(), ids=COURSES)
def test_courses(written: str, turns: list[str]) -> None:
    """Each has every day on which something about its standing is another thing than before."""
    assert told(course(milestone(written))) == turns


MUCH = (
    DAY
    + MOVED.format("2015-01-01", "2014-05-01")
    + LOOKED.format("2015-03-01")
    + FOUND.format("under-way", "2015-05-01", "2015-06-01")
    + MET.format("2015-04-01", "2016-01-01")
)
BY_KNOWLEDGE: dict[str, list[str]] = {
    "2012-12-31": [],
    "2013-01-01": [
        "0001-01-01 upcoming <2014-08-01> 2013-01-01",
        "2014-08-01 due <2014-08-01> 2013-01-01",
        "2014-08-02 overdue/unchecked <2014-08-01> 2013-01-01",
    ],
    "2014-05-01": [
        "0001-01-01 upcoming <2015-01-01> 2014-05-01",
        "2015-01-01 due <2015-01-01> 2014-05-01",
        "2015-01-02 overdue/unchecked <2015-01-01> 2014-05-01",
    ],
    "2015-03-01": [
        "0001-01-01 upcoming <2015-01-01> 2014-05-01",
        "2015-01-01 due <2015-01-01> 2014-05-01",
        "2015-01-02 overdue/no-news <2015-01-01> 2014-05-01",
    ],
    "2015-06-01": [
        "0001-01-01 upcoming <2015-01-01> 2015-06-01",
        "2015-01-01 due <2015-01-01> 2015-06-01",
        "2015-01-02 overdue/late <2015-01-01> 2015-06-01",
    ],
    "2016-01-01": [
        "0001-01-01 upcoming <2015-01-01> 2016-01-01",
        "2015-01-01 due <2015-01-01> 2016-01-01",
        "2015-01-02 overdue/late <2015-01-01> 2016-01-01",
        "2015-04-01 met <2015-01-01> 2016-01-01",
    ],
}


@pytest.mark.parametrize(("known_on", "turns"), BY_KNOWLEDGE.items(), ids=BY_KNOWLEDGE)
def test_courses_by_what_is_known_on_a_day(known_on: str, turns: list[str]) -> None:
    """Then it stands somehow on every day there is, those before that one too."""
    one = milestone(MUCH)
    assert told(course(one, known_on=known_on)) == turns
    assert course(one, known_on=dt.date.fromisoformat(known_on)) == course(one, known_on=known_on)


def test_a_turn_has_what_decides_it() -> None:
    """The outcome, and the news that tells why it is late or that somebody looked."""
    one = milestone(
        DAY
        + LOOKED.format("2014-10-01")
        + FOUND.format("not-done", "2014-12-01", "2014-12-31")
        + FOUND.format("under-way", "2014-11-01", "2015-01-31")
        + MET.format("2015-04-01", "2016-01-01")
    )
    looked, not_done, under_way = one.news
    assert [(turn.news, turn.outcome) for turn in course(one)] == [
        (None, None),
        (None, None),
        (None, None),
        (looked, None),
        (not_done, None),
        (not_done, None),  # what was known later speaks of an earlier day
        (None, one.outcome),
    ]
    assert under_way not in [turn.news for turn in course(one)]


@pytest.mark.parametrize(
    ("known", "newest"),
    [
        (("2014-12-01", "2014-10-01"), [("2014-10-01", 1), ("2014-12-01", 0)]),
        (("2014-10-01", "2014-10-01"), [("2014-10-01", 0)]),
        (("2014-10-01", "2014-12-01"), [("2014-10-01", 0), ("2014-12-01", 0)]),
    ],
)
def test_of_two_news_of_one_day_the_first_counts(
    known: tuple[str, str], newest: list[tuple[str, int]]
) -> None:
    """By their order in the file, as soon as it is known, which it may be after the second."""
    words = zip(("partly", "under-way"), known, strict=True)
    one = milestone(DAY + "".join(FOUND.format(word, "2014-09-01", day) for word, day in words))
    turns = course(one)[3:]
    assert [(f"{turn.day}", one.news.index(turn.news)) for turn in turns if turn.news] == newest


def test_a_move_of_after_the_term_tells_no_news() -> None:
    """It is late by the move alone; there is no news that says so."""
    *_, last = course(milestone(DAY + MOVED.format("2014-09-01", "2014-10-01")))
    assert (last.evidence, last.news) == (Evidence.LATE, None)


def test_a_course_is_reckoned_once() -> None:
    """Who asks again gets the same one; what is known on a day is reckoned for who asks."""
    one = milestone(MUCH)
    assert course(one) is course(one)
    assert course(attrs.evolve(one, news=())) != course(one)


def test_a_moment_is_no_day_to_know_something() -> None:
    """What is no day is refused, with what would be one."""
    message = '^"2014" is more than one day; write it as 2014-09-01$'
    with pytest.raises(BadValue, match=message):
        course(milestone(DAY), known_on="2014")


# --- counts ---------------------------------------------------------------------------------------


def test_counts_of_a_few_days() -> None:
    """Each day of the period has each status; facts are not counted."""
    one, fact = milestone(DAY), milestone(FACT + MET.format("2012", "2013-01-01"))
    both = made(one, attrs.evolve(fact, id="fact"))
    assert [
        (str(day), {str(status): number for status, number in found.items() if number})
        for day, found in counts(both, "2012-12-31", dt.date(2013, 1, 2))
    ] == [("2012-12-31", {}), ("2013-01-01", {"upcoming": 1}), ("2013-01-02", {"upcoming": 1})]
    assert [found[Status.OVERDUE] for _, found in counts(both, "2014-08-01", "2014-08-02")] == [
        0,
        1,
    ]
    assert [*counts(both, "2013-01-02", "2013-01-01")] == []


def test_what_is_overdue_is_counted_whatever_is_known_of_it() -> None:
    """What nobody looked for, what somebody looked for in vain, and what is known to be late."""
    several = {
        "a": DAY,
        "b": DAY + LOOKED.format("2014-09-01"),
        "c": DAY + FOUND.format("not-done", "2014-09-01", "2014-09-01"),
    }
    all_of_them = (attrs.evolve(milestone(one), id=id_) for id_, one in several.items())
    ((_, found),) = counts(made(*all_of_them), "2014-09-01", "2014-09-01")
    assert {status: number for status, number in found.items() if number} == {Status.OVERDUE: 3}


# --- a slow and obvious definition ----------------------------------------------------------------

BEGIN = dt.date(2014, 1, 1)
LENGTH = 60
X = Texts((("nl", "x"),))
BODIES = tuple(Body(id=name, name=X) for name in ("a", "b", "c"))


def at(number: int) -> dt.date:
    return BEGIN + dt.timedelta(number)


NUMBERS = st.integers(0, LENGTH)
DAYS = NUMBERS.map(at)
EXACT = DAYS.map(PolicyDate.parse)
WINDOWS = st.tuples(DAYS, DAYS).map(lambda pair: PolicyDate(f"[{min(pair)}..{max(pair)}]"))
DATES = (
    EXACT
    | WINDOWS
    | DAYS.map(lambda day: PolicyDate(f"{day}~"))
    | DAYS.map(lambda day: PolicyDate(f"[..{day}]"))
    | DAYS.map(lambda day: PolicyDate(f"[{day}..]"))
    | st.just(PolicyDate(None, words="ooit"))
)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """What appeared on a day, or was read on one."""
    day = draw(DAYS)
    was_seen = draw(st.booleans())
    return Source(
        id=f"{'seen' if was_seen else 'of'}-{day}",
        title=X,
        kind=draw(st.sampled_from((SourceKind.LETTER, SourceKind.AUDIT, SourceKind.LAW))),
        by=draw(st.sampled_from((None, *BODIES))),
        published=None if was_seen else PolicyDate.parse(day),
        seen=day if was_seen else None,
    )


CITED = st.lists(sources(), min_size=1, max_size=3, unique_by=lambda source: source.id)
SAID: st.SearchStrategy[dict[str, Any]] = CITED.map(
    lambda found: {"source": found[0], "further_sources": tuple(found[1:])}
)
OWN = st.lists(st.sampled_from(BODIES), max_size=2, unique=True).map(tuple)


@st.composite
def revisions(draw: st.DrawFn, dates: st.SearchStrategy[PolicyDate] | None) -> Revision:
    """A change of the date, where there may be one, of the goal or of who answers."""
    due = draw(st.none() | dates) if dates is not None else None
    goal, bodies = draw(st.none() | st.integers(1, 9)), draw(st.none() | OWN)
    said = draw(SAID)
    if draw(st.booleans()):
        said["announced"] = draw(DAYS)
    goal = 0 if due is None and bodies is None and goal is None else goal
    return Revision(due=due, goal=goal, bodies=bodies, **said)


@st.composite
def news(draw: st.DrawFn) -> News:
    found = draw(st.sampled_from(Found))
    if found is Found.NOTHING and draw(st.booleans()):
        return News(found=found, by="wij", on=draw(DAYS))
    return News(found=found, by="wij", on=draw(DAYS), **draw(SAID))


@st.composite
def outcomes(draw: st.DrawFn) -> tuple[Outcome, ...]:
    """How it ended; what was dropped or replaced may be met by what appeared later."""
    ends: list[Outcome] = []
    if draw(st.booleans()):
        ends.append(Met(on=draw(st.none() | DATES), **draw(SAID)))
    if draw(st.booleans()):
        kind = draw(st.sampled_from((Dropped, Replaced)))
        ends.append(kind(on=draw(st.none() | DATES), reason=X, **draw(SAID)))
    is_in_order = len(ends) < 2 or ends[0].known_from > ends[1].known_from
    return tuple(ends if is_in_order else ends[:1])


@st.composite
def milestones(draw: st.DrawFn, name: str = "n") -> Milestone:
    """Anything that the rules let one be, and some that a file could not say."""
    commitment = draw(st.sampled_from(Commitment))
    is_fact, is_fixed = commitment is Commitment.NONE, commitment is Commitment.FIXED
    dates = None if is_fact else EXACT if is_fixed else DATES
    ends = draw(outcomes())
    if is_fact and not ends:
        ends = (Met(**draw(SAID)),)
    due = None if dates is None else draw(dates if is_fixed else st.none() | dates)
    readings = st.builds(
        lambda on, value, said: Reading(on=on, value=value, **said), DATES, NUMBERS, SAID
    )
    return Milestone(
        id=name,
        title=X,
        commitment=commitment,
        due=due,
        own_bodies=draw(st.none() | OWN),
        revisions=tuple(
            sorted(draw(st.lists(revisions(dates), max_size=3)), key=lambda one: one.announced)
        ),
        news=tuple(draw(st.lists(news(), max_size=3))),
        outcomes=ends,
        number=Number(unit=X, goal=5, readings=tuple(draw(st.lists(readings, max_size=2)))),
        snoozed=draw(
            st.none()
            | DAYS.map(lambda day: Snooze(until=at(LENGTH), by="x", reason=X, since=day))
            | st.just(Snooze(until=at(LENGTH), by="x", reason=X))
        ),
        **draw(SAID),
    )


def made(*them: Milestone) -> Programme:
    """A programme of one measure."""
    measure = Measure(
        id="m",
        title=X,
        source=Source(id="of", title=X, seen=BEGIN),
        bodies=BODIES[:1],
        milestones=them,
    )
    return Programme(
        id="p",
        title=X,
        language="nl",
        timezone="Europe/Amsterdam",
        bodies=BODIES,
        measures=(measure,),
    )


PROGRAMMES = st.tuples(*(milestones(name) for name in "ab")).map(lambda them: made(*them))
Slow = tuple[Status, PolicyDate | None, Outcome | None, Evidence | None, dt.date]


def appeared(said: Milestone | News | Outcome) -> dt.date:
    """The day of the first of the sources of a statement."""
    return min((source.known_from for source in said.sources), default=dt.date.max)


def certain(outcome: Outcome) -> dt.date:
    """The last day of its `on`, or its source's day where that is earlier, and it had begun."""
    day, on = appeared(outcome), outcome.on
    if on is None or on.latest is None:
        return day
    if on.earliest is not None and on.earliest > day:
        return on.latest
    return min(on.latest, day)


def slow(one: Milestone, day: dt.date, known_on: dt.date) -> Slow | None:  # noqa: PLR0911, C901  the table of DESIGN
    """How it stands, as the design has it, line by line; None: it does not exist yet."""

    def known(said: Milestone | News | Outcome) -> bool:
        return appeared(said) <= known_on

    moves = [revision for revision in one.revisions if revision.announced <= known_on]
    told_by_source = [news for news in one.news if news.sources and known(news)]
    looked = [news for news in one.news if not news.sources and news.on <= known_on]
    ends = [outcome for outcome in one.outcomes if known(outcome)]
    if not known(one):
        return None
    due = [one.due, *(move.due for move in moves if move.due is not None)][-1]
    stated: list[Milestone | Revision | News | Outcome] = [one, *moves, *ends]
    stated += [news for news in told_by_source if news.found is not Found.NOTHING]
    again = [
        source.known_from
        for said in stated
        for source in said.sources
        if source.published and min(s.known_from for s in said.sources) < source.known_from
    ]
    newest = max(
        [
            appeared(one),
            *(day for day in again if day <= known_on),
            *(move.announced for move in moves),
            *(appeared(news) for news in told_by_source if news.found is not Found.NOTHING),
            *(appeared(end) for end in ends),
        ]
    )
    counting = [end for end in ends if certain(end) <= day]
    if counting:
        newest_end = max(counting, key=lambda end: end.known_from)
        return Status(type(newest_end).__name__.lower()), due, newest_end, None, newest
    if one.commitment is Commitment.NONE:
        return None
    if due is None or due.latest is None:
        return Status.UNDATED, due, None, None, newest
    term = due.latest
    if term < day:
        if one.commitment is Commitment.FIXED:
            return Status.MET, due, None, None, newest
        if one.commitment in {Commitment.AIM, Commitment.FORECAST}:
            return Status.PASSED, due, None, None, newest
        after = [news for news in (*told_by_source, *looked) if news.on > term]
        is_late = any(news.found is not Found.NOTHING for news in after)
        if is_late or any(move.due and move.announced > term for move in moves):
            return Status.OVERDUE, due, None, Evidence.LATE, newest
        evidence = Evidence.NO_NEWS if after else Evidence.UNCHECKED
        return Status.OVERDUE, due, None, evidence, newest
    if day == term or (due.earliest is not None and due.earliest <= day):
        return Status.DUE, due, None, None, newest
    return Status.UPCOMING, due, None, None, newest


def looked_up(turns: tuple[Turn, ...], day: dt.date) -> Slow | None:
    """The turn that holds on a day."""
    now = [turn for turn in turns if turn.day <= day]
    if not now:
        return None
    turn = now[-1]
    return turn.status, turn.due, turn.outcome, turn.evidence, turn.newest_statement


ALL_DAYS = [at(number) for number in range(-2, LENGTH + 3)]


@pytest.mark.slow
@given(milestones())
def test_a_course_is_the_slow_definition(one: Milestone) -> None:
    """On every day, by what was known on it."""
    turns = course(one)
    for day in ALL_DAYS:
        assert looked_up(turns, day) == slow(one, day, day)


@pytest.mark.slow
@given(milestones(), DAYS)
def test_a_course_by_what_is_known_is_the_slow_definition(
    one: Milestone, known_on: dt.date
) -> None:
    """On every day, by what was known on one."""
    turns = course(one, known_on=known_on)
    for day in ALL_DAYS:
        assert looked_up(turns, day) == slow(one, day, known_on)


@pytest.mark.slow
@given(milestones(), st.none() | DAYS)
def test_a_course_has_no_turn_too_many(one: Milestone, known_on: dt.date | None) -> None:
    """The days go up, and each turn is another than the one before."""
    turns = course(one, known_on=known_on)
    assert [turn.day for turn in turns] == sorted({turn.day for turn in turns})
    for before, after in itertools.pairwise(turns):
        assert attrs.evolve(before, day=after.day) != after


@pytest.mark.slow
@given(PROGRAMMES, DAYS, st.none() | DAYS)
def test_a_report_looks_the_courses_up(
    programme: Programme, day: dt.date, known_on: dt.date | None
) -> None:
    """It has nothing of its own: neither with hindsight nor without."""
    report = as_of(programme, day, known_on)
    expected = {one.full_id: slow(one, day, known_on or day) for one in programme.milestones}
    found = {
        s.milestone.full_id: (s.status, s.due, s.outcome, s.evidence, s.newest_statement)
        for s in report.standings
    }
    assert found == {name: stands for name, stands in expected.items() if stands is not None}
    assert report.not_yet_promised == [*expected.values()].count(None)


@pytest.mark.slow
@given(PROGRAMMES, NUMBERS, NUMBERS)
def test_counts_are_those_of_a_report_of_each_day(
    programme: Programme, one: int, other: int
) -> None:
    """A sweep over the days of change is as good as a report of every day."""
    first, last = sorted((one, other))
    assert [*counts(programme, at(first), at(last))] == [
        (day, as_of(programme, day).counts) for day in map(at, range(first, last + 1))
    ]


# --- later knowledge ------------------------------------------------------------------------------


def as_written_on(programme: Programme, day: dt.date) -> Programme:
    """The programme without any statement, and any source of one, that was not known on a day."""
    known = [_as_written_on(one, day) for one in programme.milestones if one.known_from <= day]
    return made(*(one for one in known if one is not None))


S = TypeVar("S", bound=Milestone | Revision | News | Outcome | Reading)


def _as_written_on(one: Milestone, day: dt.date) -> Milestone | None:
    kept: dict[str, Any] = {
        "revisions": tuple(_cut(r, day) for r in one.revisions if r.announced <= day),
        "news": tuple(_cut(news, day) for news in one.news if news.known_from <= day),
        "outcomes": tuple(_cut(end, day) for end in one.outcomes if end.known_from <= day),
    }
    if one.is_fact and not kept["outcomes"]:
        return None
    assert one.number is not None
    readings = tuple(_cut(r, day) for r in one.number.readings if r.known_from <= day)
    is_snoozed = one.snoozed and (one.snoozed.since is None or one.snoozed.since <= day)
    kept["number"] = attrs.evolve(one.number, readings=readings)
    kept["snoozed"] = one.snoozed if is_snoozed else None
    return _cut(attrs.evolve(one, **kept), day)


def _cut(said: S, day: dt.date) -> S:
    """A statement without the sources that were not there on a day, unless it has no others."""
    known = [source for source in said.sources if source.known_from <= day]
    if not known:
        return said
    return attrs.evolve(said, source=known[0], further_sources=tuple(known[1:]))


def all_of(standing: Standing) -> dict[str, Any]:
    """All that a standing tells, and what is reckoned from it."""
    return {
        "id": standing.milestone.full_id,
        "turn": (standing.status, standing.due, standing.evidence, standing.turn.day),
        "bodies": standing.bodies,
        "goal": standing.goal,
        "days": (standing.days_overdue, standing.days_left, standing.last_day),
        "promised": standing.promised,
        "now": standing.now,
        "moves": [
            (move.before, move.due, move.days, move.revision.announced) for move in standing.moves
        ],
        "moved": standing.moved_days,
        "revisions": [(r.announced, r.due, r.goal, r.bodies) for r in standing.revisions],
        "news": [(news.on, news.found) for news in standing.news],
        "newest": standing.newest_news and (standing.newest_news.on, standing.newest_news.found),
        "newest statement": standing.newest_statement,
        "outcome": standing.outcome and (standing.outcome.status, standing.outcome.on),
        "outcomes": [(end.status, end.on) for end in standing.outcomes],
        "attestation": standing.attestation,
        "timeliness": standing.timeliness,
        "readings": [(reading.on, reading.value) for reading in standing.readings],
        "snooze": (standing.snooze, standing.is_snoozed),
        "sources": [source.id for source in standing.sources],
    }


def document(report: Report) -> Any:
    """What JSON has, but for how many are not promised yet: what is deleted is not counted."""
    return {**json.loads(render(report, "json")), "not_yet_promised": None}


@pytest.mark.slow
@given(PROGRAMMES, DAYS, DAYS)
def test_no_later_knowledge_comes_through(
    programme: Programme, day: dt.date, known_on: dt.date
) -> None:
    """Delete every statement that was not known, and the report is the same."""
    report = as_of(programme, day, known_on)
    then = as_of(as_written_on(programme, known_on), day, known_on)
    assert [*map(all_of, report.standings)] == [*map(all_of, then.standings)]
    assert document(report) == document(then)


@pytest.mark.slow
@given(PROGRAMMES, DAYS)
def test_a_report_of_a_day_is_the_report_of_that_day(programme: Programme, day: dt.date) -> None:
    """Who says nothing of what was known is answered by what was known on the day."""
    report = as_of(programme, day)
    assert report == as_of(programme, day, day)
    then = as_of(as_written_on(programme, day), day)
    assert [*map(all_of, report.standings)] == [*map(all_of, then.standings)]
    assert document(report) == document(then)
