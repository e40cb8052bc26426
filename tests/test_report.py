"""How a milestone stands on a day, and what a report of that day leaves out.

Which status holds from which day is told in `test_course`.
"""

import datetime as dt
import itertools
import json
import re

import attrs
import pytest

from betatech_milestones import (
    Attestation,
    BadValue,
    Evidence,
    PolicyDate,
    Programme,
    Report,
    Standing,
    Status,
    Timeliness,
    UnknownId,
    as_of,
    load,
    loads,
)
from betatech_milestones.analysis.report import standing_on

HEAD = """\
[programme]
id = "p"
title = "P"
language = "nl"
timezone = "Europe/Amsterdam"

[[body]]
id = "ocw"
name = "OCW"

[[body]]
id = "school"
name = "School"

[[source]]
id = "page"
title = "Webpagina"
kind = "website"
seen = 2014-09-15

[[measure]]
id = "m"
title = "M"
source = "2013-01-01"
bodies = ["ocw"]
"""

KINDS = ("audit", "evaluation", "gazette", "law", "letter", "register", "report")


def programme(*written: str) -> Programme:
    """A programme of these tables; `source = "2014-03-01-law-ocw"` says when, what and by whom."""
    text = HEAD + "\n".join(written)
    ids = sorted(set(re.findall(r'"(\d{4}-\d\d-\d\d(?:-[a-z]+)*)"', text)))
    sources = []
    for one in ids:
        kind, _, by = one[11:].partition("-")
        sources.append(f'[[source]]\nid = "{one}"\ntitle = "x"\npublished = {one[:10]}\n')
        sources[-1] += f'kind = "{kind}"\n' if kind else ""
        sources[-1] += f'by = "{by}"\n' if by else ""
    return loads("\n".join((text, *sources)))


def milestone(name: str, written: str = "") -> str:
    return f'[[measure.milestone]]\nid = "{name}"\ntitle = "{name}"\nkind = "other"\n{written}'


def standing(written: str, day: str, known_on: str | None = None) -> Standing:
    """How a programme's only milestone stands on a day."""
    (only,) = as_of(programme(milestone("n", written)), day, known_on).standings
    return only


def due(date: str) -> str:
    return f"due = {json.dumps(date)}\n"


def moved(announced: str, date: str) -> str:
    return f'[[measure.milestone.revised]]\nsource = "{announced}"\ndue = "{date}"\n'


def met(source: str, on: str | None = None) -> str:
    """An outcome that a source reports, on a date or without one."""
    date = "" if on is None else f"on = {json.dumps(on)}\n"
    return f'[measure.milestone.met]\nsource = "{source}"\n{date}'


def ended(kind: str, source: str, on: str) -> str:
    return met(source, on).replace("met", kind) + 'reason = "x"\n'


DAY = due("2014-08-01")
ONCE = moved("2014-05-01", "2016-08-01")
FIXED, FACT = 'commitment = "fixed"\n', 'commitment = "none"\n'
AIM = 'commitment = "aim"\n'

# --- days -----------------------------------------------------------------------------------------

Row = tuple[str, str, str, int | None, int | None, int | None]

# what is written · day -> status, days overdue, days left, days moved
DAYS: list[Row] = [
    (DAY, "2014-07-31", "upcoming", None, 1, None),
    (DAY, "2014-08-01", "due", None, None, None),
    (DAY, "2014-08-02", "overdue", 1, None, None),
    # of a window: to its first day, and from its last
    (due("zomer 2014"), "2014-05-31", "upcoming", None, 1, None),
    (due("zomer 2014"), "2014-08-31", "due", None, None, None),
    (due("zomer 2014"), "2014-09-01", "overdue", 1, None, None),
    # an approximate date: the window is the same
    (due("2014-22~"), "2014-09-01", "overdue", 1, None, None),
    # an open start: to its last day; an open end and no date: none
    (due("uiterlijk 1 juli 2013"), "2013-01-01", "upcoming", None, 181, None),
    (due("2014/.."), "2099-01-01", "undated", None, None, None),
    ("", "2014-08-02", "undated", None, None, None),
    # the ends of the calendar
    (due("9999-12-31"), "2014-08-01", "upcoming", None, 2916613, None),
    (due("0001-01-01"), "9999-12-31", "overdue", 3652058, None, None),
    # an aim that passed is so many days ago; what came about by itself, and what has ended, is not
    (AIM + DAY, "2014-08-02", "passed", 1, None, None),
    (FIXED + DAY, "2014-08-02", "met", None, None, None),
    (DAY + met("2014-09-15"), "2014-09-15", "met", None, None, None),
    (DAY + ended("dropped", "2014-09-15", "2014-09"), "2014-09-15", "dropped", None, None, None),
    (DAY + ended("replaced", "2014-09-15", "2014-09"), "2014-09-15", "replaced", None, None, None),
    # moves, from the first term to the one in force, from when they are announced
    (DAY + ONCE, "2014-04-30", "upcoming", None, 93, None),
    (DAY + ONCE, "2014-05-01", "upcoming", None, 823, 731),
    (DAY + ONCE + moved("2015-05-01", "2015-08-01"), "2015-05-01", "upcoming", None, 92, 365),
    (DAY + moved("2014-05-01", "2014-06-01"), "2014-05-01", "upcoming", None, 31, -61),
    (DAY + moved("2014-05-01", "2016"), "2014-05-01", "upcoming", None, 610, 883),
    (DAY + moved("2014-05-01", "2016/.."), "2014-05-01", "undated", None, None, None),
    (DAY + ONCE + moved("2014-06-01", "2014-08-01"), "2014-06-01", "upcoming", None, 61, 0),
    # a first date is no move; what has words alone for a date has no term to count from
    (ONCE, "2014-05-01", "upcoming", None, 823, None),
    (ONCE + moved("2015-05-01", "2017-08-01"), "2015-05-01", "upcoming", None, 823, 365),
    ('due = { words = "ooit" }\n' + ONCE, "2014-05-01", "upcoming", None, 823, None),
    # what was met stays as far from its first term as it was moved
    (DAY + ONCE + met("2014-09-15"), "2014-09-15", "met", None, None, 731),
]


@pytest.mark.parametrize("row", DAYS)
def test_days(row: Row) -> None:
    """A milestone has one status on a day, and the days that go with it."""
    written, day, *expected = row
    found = standing(written, day)
    assert [found.status, found.days_overdue, found.days_left, found.moved_days] == expected


# --- timeliness -----------------------------------------------------------------------------------

LETTER = "2015-03-01"
# what is written · at least and at most so many days after the first term
TIMELINESS: dict[str, tuple[str, tuple[int, int | None] | None]] = {
    "on its day": (DAY + met(LETTER, "2014-08-01"), (0, 0)),
    "early": (DAY + met(LETTER, "2013-08-01"), (0, 0)),
    "a day late": (DAY + met(LETTER, "2014-08-02"), (1, 1)),
    "in a window that begins with its term": (DAY + met(LETTER, "2014-08"), (0, 30)),
    "in a window around it": (DAY + met(LETTER, "2014"), (0, 152)),
    "in a window behind it": (DAY + met(LETTER, "2014-09"), (31, 60)),
    "since a day without an end: by the day of its source": (
        DAY + met(LETTER, "2014-09/.."),
        (31, 212),
    ),
    # by when it was done at the latest says nothing of when, where nothing says since when
    "by a day after it": (DAY + met(LETTER, "uiterlijk 2014-09-01"), (0, None)),
    "by its day": (DAY + met(LETTER, "uiterlijk 2014-08-01"), (0, 0)),
    "done, day unknown": (DAY + met(LETTER), (0, None)),
    "done, day unknown, says a source of before its term": (DAY + met("2014-03-01"), (0, 0)),
    "done, day unknown, says a page that bears no day": (DAY + met("page"), (0, None)),
    "the same, seen before its term": (due("2015") + met("page"), (0, 0)),
    "since a day, says a page that bears no day": (DAY + met("page", "2014-09/.."), (31, None)),
    "on a day, says a page that bears no day": (DAY + met("page", "2014-09-01"), (31, 31)),
    "in a year of which its source saw a part": (DAY + met("2014-09-01", "2014"), (0, 31)),
    "after a window": (due("Q2 2014") + met(LETTER, "2014-07-10"), (10, 10)),
    "in that window": (due("Q2 2014") + met(LETTER, "2014-05"), (0, 0)),
    "in two windows apart": (due("Q2 2014") + met(LETTER, "Q4 2014"), (93, 184)),
    # where a season ends, or "about" a day, is no more than a convention
    "after a season": (due("zomer 2014") + met(LETTER, "2014-09-10"), (0, 10)),
    "in a season": (DAY + met(LETTER, "herfst 2014"), (0, 121)),
    "about a day": (due("2014-08-01~") + met(LETTER, "2014-09-01"), (0, 31)),
    "on about a day": (DAY + met(LETTER, "2014-09-01~"), (0, 31)),
    "moved, and met by the new term": (DAY + ONCE + met(LETTER, "2015-01-01"), (153, 153)),
    "undated, and dated afterwards": (
        moved("2014-05-01", "2014-08-01") + met(LETTER, "2014-09-01"),
        (31, 31),
    ),
    "by itself": (FIXED + DAY, (0, 0)),
    "by itself, on the day that it was moved to": (
        FIXED + DAY + moved("2014-05-01", "2015-01-01"),
        (153, 153),
    ),
    "by itself, earlier than promised": (FIXED + DAY + moved("2014-05-01", "2014-07-01"), (0, 0)),
    "undated": (met(LETTER, "2014-09-01"), None),
    "an open end": (due("2013/..") + met(LETTER, "2014-09-01"), None),
    "a fact": (FACT + met(LETTER, "2014-09-01"), None),
    "not met": (DAY, None),
    "dropped": (DAY + ended("dropped", LETTER, "2014-09-01"), None),
}


@pytest.mark.parametrize(("written", "bounds"), TIMELINESS.values(), ids=TIMELINESS)
def test_timeliness(written: str, bounds: tuple[int, int | None] | None) -> None:
    """How late something was met is told as bounds, as far as its two windows tell."""
    found = standing(written, "2015-06-01").timeliness
    assert found == (None if bounds is None else Timeliness(*bounds))


# --- attestation ----------------------------------------------------------------------------------

CLAIMED, REPORTED, VERIFIED = Attestation
# the source or sources of an outcome · who answers for it, where that is not OCW · what it is worth
ATTESTED: list[tuple[str, str, Attestation]] = [
    ('source = "2014-03-01-letter-ocw"', "", CLAIMED),
    ('source = "2014-03-01-letter-school"', "", REPORTED),
    ('source = "2014-03-01-letter"', "", REPORTED),
    ('source = "2014-03-01"', "", REPORTED),
    ('source = "2014-03-01-report-ocw"', "", CLAIMED),
    # whose own word it is depends on who answers for the milestone
    ('source = "2014-03-01-letter-school"', 'bodies = ["school"]', CLAIMED),
    ('source = "2014-03-01-letter-ocw"', 'bodies = ["school"]', REPORTED),
    ('source = "2014-03-01-letter-ocw"', "bodies = []", REPORTED),
    # what is in force stands in a gazette, whoever signed it
    ('source = "2014-03-01-gazette-ocw"', "", VERIFIED),
    ('source = "2014-03-01-law"', "", VERIFIED),
    # others verify it, but nobody verifies himself
    ('source = "2014-03-01-evaluation-school"', "", VERIFIED),
    ('source = "2014-03-01-evaluation"', "", VERIFIED),
    ('source = "2014-03-01-evaluation-ocw"', "", CLAIMED),
    ('source = "2014-03-01-audit-school"', "", VERIFIED),
    ('source = "2014-03-01-audit-ocw"', "", CLAIMED),
    ('source = "2014-03-01-register"', "", VERIFIED),
    ('source = "2014-03-01-register-ocw"', "", CLAIMED),
    # of several the best counts, in any order
    ('sources = ["2014-03-01-letter-ocw", "2014-03-01-report"]', "", REPORTED),
    ('sources = ["2014-03-01-audit", "2014-03-01-letter-ocw"]', "", VERIFIED),
    # once it is known
    ('sources = ["2014-03-01-letter-ocw", "2014-07-01-audit"]', "", VERIFIED),
    ('sources = ["2014-07-02-audit", "2014-03-01-letter-ocw"]', "", CLAIMED),
]


@pytest.mark.parametrize(("sources", "bodies", "attestation"), ATTESTED)
def test_attestation(sources: str, bodies: str, attestation: Attestation) -> None:
    """Who says that it was met is reckoned from the sources that are known."""
    found = standing(f"{DAY}{bodies}\n[measure.milestone.met]\n{sources}\n", "2014-07-01")
    assert found.attestation == attestation


def test_nobody_attests_what_has_no_outcome() -> None:
    """Neither what is open, nor what came about by itself."""
    assert standing(DAY, "2014-07-01").attestation is None
    assert standing(FIXED + DAY, "2014-09-01").attestation is None


# --- what was known -------------------------------------------------------------------------------


def test_what_was_known() -> None:
    """A standing has the date in force, the moves and the outcome that were known on its day."""
    written = DAY + ONCE + met("2014-09-15", "2014-07-20")
    before, told, done = (
        standing(written, day) for day in ("2014-04-30", "2014-05-01", "2014-09-15")
    )
    assert [found.due for found in (before, told, done)] == [
        PolicyDate("2014-08-01"),
        PolicyDate("2016-08-01"),
        PolicyDate("2016-08-01"),
    ]
    assert [len(found.moves) for found in (before, told, done)] == [0, 1, 1]
    assert [len(found.revisions) for found in (before, told, done)] == [0, 1, 1]
    assert [len(found.outcomes) for found in (before, told, done)] == [0, 0, 1]
    assert (before.outcome, told.outcome) == (None, None)
    assert done.outcome is done.milestone.outcome
    assert [str(found.now) for found in (before, told, done)] == [
        "2014-08-01",
        "2016-08-01",
        "2014-07-20",
    ]
    assert [str(found.promised) for found in (before, told, done)] == ["2014-08-01"] * 3


def test_who_and_how_much_are_as_was_known() -> None:
    """A handing over and another goal count from when they were announced."""
    written = (
        f"{DAY}[measure.milestone.number]\nunit = 'x'\ngoal = 5\n"
        '[[measure.milestone.revised]]\ngoal = 9\nbodies = ["school"]\nsource = "2014-03-01"\n'
        '[[measure.milestone.revised]]\nbodies = []\nsource = "2014-04-01"\n'
    )
    told = [standing(written, day) for day in ("2014-02-28", "2014-03-01", "2014-04-01")]
    assert [[body.id for body in found.bodies] for found in told] == [["ocw"], ["school"], []]
    assert [found.goal for found in told] == [5, 9, 9]
    assert [found.moves for found in told] == [()] * 3


def test_sources_as_far_as_they_were_known() -> None:
    """Each document as often as it is cited; none of a statement that was not made yet."""
    written = (
        f'{DAY}sources = ["2013-01-01", "2014-02-01"]\n'
        '[[measure.milestone.revised]]\ngoal = 9\nsource = "2014-02-01"\nannounced = 2014-05-01\n'
        '[[measure.milestone.news]]\nfound = "nothing"\nby = "wij"\non = 2014-03-01\n'
        f"{met('2014-06-01')}"
        "[measure.milestone.number]\nunit = 'x'\n"
        '[[measure.milestone.number.reading]]\non = 2014-04\nvalue = 1\nsource = "2014-04-15"\n'
    ).replace("2014-04\n", '"2014-04"\n')

    def known(day: str) -> list[str]:
        return [source.id for source in standing(written, day).sources]

    assert known("2014-01-31") == ["2013-01-01"]
    assert known("2014-04-15") == ["2013-01-01", "2014-02-01", "2014-04-15"]
    assert known("2014-06-01") == [
        *("2013-01-01", "2014-02-01", "2014-02-01", "2014-06-01", "2014-04-15")
    ]


def test_readings_known_by_the_day() -> None:
    """A number counts from the day of its source; without a number there is nothing to read."""
    reading = '[[measure.milestone.number.reading]]\non = "{}"\nvalue = {}\nsource = "{}"\n'
    number = (
        "[measure.milestone.number]\ngoal = 9\nunit = 'klassen'\n"
        + reading.format("2012", 1, "2013-01-01")
        + reading.format("2013", 2, "2013-06-01")
        + reading.format("2013-12-31", 3, "page")
    )

    def known(day: str) -> list[int]:
        return [int(reading.value) for reading in standing(number, day).readings]

    assert known("2013-05-31") == [1]
    assert known("2013-06-01") == [1, 2]
    assert known("2014-09-14") == [1, 2]
    assert known("2014-09-15") == [1, 2, 3]
    assert standing(DAY, "2014-08-01").readings == ()


def test_the_newest_statement() -> None:
    """The day of what was last said; that somebody looked in vain is no statement."""
    written = (
        f"{DAY}{ONCE}"
        '[[measure.milestone.news]]\nfound = "nothing"\nby = "wij"\non = 2016-09-01\n'
        '[[measure.milestone.news]]\nfound = "partly"\non = 2016-10-01\nsource = "2016-11-01"\n'
    )
    told = [
        standing(written, day)
        for day in ("2014-04-30", "2016-08-31", "2016-09-01", "2016-10-31", "2016-11-01")
    ]
    assert [str(found.newest_statement) for found in told] == [
        "2013-01-01",
        "2014-05-01",
        "2014-05-01",
        "2014-05-01",
        "2016-11-01",
    ]
    assert [found.evidence for found in told] == [
        None,
        Evidence.UNCHECKED,
        Evidence.NO_NEWS,
        Evidence.NO_NEWS,
        Evidence.LATE,
    ]
    assert [len(found.news) for found in told] == [0, 0, 1, 1, 2]
    assert [str(found.newest_news and found.newest_news.on) for found in told] == [
        "None",
        "None",
        "2016-09-01",
        "2016-09-01",
        "2016-10-01",
    ]


SNOOZED = """
[measure.milestone.snoozed]
until = 2014-10-01
by = "redactie"
reason = "x"
"""
SINCE = "since = 2014-08-15\n"


@pytest.mark.parametrize(
    ("since", "day", "known", "quiet"),
    [
        # from the day it was given, and through its last
        (SINCE, "2014-08-14", False, False),
        (SINCE, "2014-08-15", True, True),
        (SINCE, "2014-10-01", True, True),
        (SINCE, "2014-10-02", True, False),
        # as if it always was, where nobody wrote down when it was given
        ("", "2013-01-01", True, True),
        ("", "2014-10-02", True, False),
        # until there is an outcome
        (SINCE, "2014-12-04", True, False),
        (SINCE, "2014-12-05", False, False),
    ],
)
def test_snooze(since: str, day: str, *, known: bool, quiet: bool) -> None:
    """A snooze changes no status, and a report of a day knows only what was given by then."""
    open_until = DAY + met("2014-12-05", "2014-12-01")
    snoozed, plain = (
        standing(written, day) for written in (open_until + SNOOZED + since, open_until)
    )
    assert (snoozed.status, snoozed.days_overdue) == (plain.status, plain.days_overdue)
    assert (snoozed.snooze is not None, snoozed.is_snoozed) == (known, quiet)
    assert (plain.snooze, plain.is_snoozed) == (None, False)


def test_how_a_milestone_first_stands() -> None:
    """Before anybody knew of it, it is told by what is known on the first day that it has."""
    (only,) = programme(milestone("n", DAY)).milestones
    first = standing_on(only, dt.date(2013, 1, 1))
    assert standing_on(only, dt.date(2012, 12, 31)) == first
    assert (first.day, first.known_on) == (dt.date(2013, 1, 1), dt.date(2013, 1, 1))
    assert standing_on(only, dt.date(2013, 1, 2)) != first


def test_a_standing_is_shown_in_a_line() -> None:
    """With its evidence, where it has any."""
    assert repr(standing(DAY, "2014-08-01")) == "<Standing m/n 2014-08-01: due>"
    assert repr(standing(DAY, "2014-08-02")) == "<Standing m/n 2014-08-02: overdue, unchecked>"


# --- hindsight ------------------------------------------------------------------------------------

LATER = DAY + ONCE + met("2015-06-01", "2014-10-01")


@pytest.mark.parametrize(
    ("day", "known_on", "expected"),
    [
        ("2014-04-30", None, "upcoming 2014-08-01"),
        ("2014-05-01", None, "upcoming 2016-08-01"),
        # with hindsight: what was announced later, and what had happened already
        ("2014-04-30", "2014-05-01", "upcoming 2016-08-01"),
        ("2014-09-30", "2015-06-01", "upcoming 2016-08-01"),
        ("2014-10-01", "2015-06-01", "met 2016-08-01"),
        ("2014-10-01", "2015-05-31", "upcoming 2016-08-01"),
        # before it was promised, for who knows that it would be
        ("2012-01-01", "2013-01-01", "upcoming 2014-08-01"),
        ("2012-01-01", "2012-12-31", ""),
        # by what was known earlier
        ("2014-08-02", "2014-04-30", "overdue 2014-08-01"),
        ("2016-08-02", "2014-05-01", "overdue 2016-08-01"),
        ("2016-08-02", "2012-12-31", ""),
    ],
)
def test_hindsight(day: str, known_on: str | None, expected: str) -> None:
    """A report of one day by what was known on another says how it stood, and that it does so."""
    report = as_of(programme(milestone("n", LATER)), day, known_on)
    assert " ".join(f"{s.status} {s.due}" for s in report.standings) == expected
    assert (str(report.day), str(report.known_on)) == (day, known_on or day)
    assert report.is_hindsight is (known_on is not None and known_on > day)
    assert {s.known_on for s in report.standings} <= {report.known_on}


def test_what_is_known_on_the_day_is_no_hindsight() -> None:
    """To say so changes nothing."""
    one = programme(milestone("n", LATER))
    assert as_of(one, "2014-05-01", dt.date(2014, 5, 1)) == as_of(one, "2014-05-01")


@pytest.mark.parametrize("days", [("2014", None), ("2014-05-01", "2014")])
def test_no_day(days: tuple[str, str | None]) -> None:
    """What is more than one day is refused, as the day and as what is known."""
    message = '^"2014" is more than one day; write it as 2014-09-01$'
    with pytest.raises(BadValue, match=message):
        as_of(programme(), *days)


# --- reports --------------------------------------------------------------------------------------

NOW = dt.date(2014, 8, 1)
LOOK = '[[measure.milestone.news]]\nfound = "nothing"\nby = "wij"\non = 2014-07-31\n'
FOUND = '[[measure.milestone.news]]\nfound = "not-done"\non = 2014-07-31\nsource = "2014-08-01"\n'
MANY = programme(
    milestone("undated"),
    milestone("words", 'due = { words = "ooit" }\n'),
    milestone("b", due("2014-07-31")),
    milestone("a", due("2014-07-31")),
    milestone("early", due("2013")),
    milestone("looked", due("2013-02-01") + LOOK),
    milestone("late", due("2014-07-30") + FOUND),
    milestone("this-year", due("2014")),
    milestone("today", due("2014-08-01")),
    milestone("tomorrow", due("2014-08-02")),
    milestone("autumn", due("herfst 2014")),
    milestone("by-christmas", due("uiterlijk 25 december 2014")),
    milestone("hoped", AIM + due("2013")),
    milestone("kept", due("2014-01-01") + met("2014-01-01")),
    milestone("kept-undated", met("2014-01-01")),
    milestone("law", FIXED + due("2014-07-01")),
    milestone("done", FACT + met("2014-01-01")),
    milestone("given-up", due("2015") + ended("dropped", "2014-01-01", "2014-01-01")),
    milestone("another", due("2015") + ended("replaced", "2014-01-01", "2014-01-01")),
    milestone("new", 'source = "2014-08-02"\n'),
    milestone("done-later", FACT + met("2014-08-02")),
)


def names(report: Report) -> list[str]:
    """The milestones of a report, in its order."""
    return [found.milestone.id for found in report.standings]


def test_order() -> None:
    """Standings are ordered by status, evidence, last day, and id."""
    assert names(as_of(MANY, NOW)) == [
        *("late", "early", "a", "b", "looked"),
        *("today", "this-year"),
        *("tomorrow", "autumn", "by-christmas"),
        "hoped",
        *("undated", "words"),
        *("kept", "law", "done", "kept-undated"),
        "another",
        "given-up",
    ]


def test_the_last_of_all_days_is_a_day() -> None:
    """What never had a date comes behind what had one, be it the last that there is."""
    both = programme(
        milestone("a", met("2014-01-01")),
        milestone("z", due("9999-12-31") + met("2014-01-01")),
    )
    assert names(as_of(both, NOW)) == ["z", "a"]


def test_counts() -> None:
    """Promises are counted by status, facts and what is not promised yet apart."""
    report = as_of(MANY, NOW)
    assert report.counts == {
        Status.OVERDUE: 5,
        Status.DUE: 2,
        Status.UPCOMING: 3,
        Status.PASSED: 1,
        Status.UNDATED: 2,
        Status.MET: 3,
        Status.REPLACED: 1,
        Status.DROPPED: 1,
    }
    assert report.dated == {**report.counts, Status.UNDATED: 0, Status.MET: 2}
    assert report.evidence == {Evidence.LATE: 1, Evidence.UNCHECKED: 3, Evidence.NO_NEWS: 1}
    assert (report.facts, report.not_yet_promised) == (1, 2)
    assert sum(report.counts.values()) + report.facts == len(report.standings)
    assert sum(report.evidence.values()) == report.counts[Status.OVERDUE]


def test_counts_are_of_all_that_there_is() -> None:
    """Whatever the report is narrowed to."""
    report = as_of(MANY, NOW)
    for narrowed in (report.only(Status.MET), report.within(10)):
        assert [
            *(narrowed.counts, narrowed.dated, narrowed.evidence, narrowed.facts),
            narrowed.not_yet_promised,
        ] == [
            *(report.counts, report.dated, report.evidence, report.facts),
            report.not_yet_promised,
        ]
    nothing = as_of(programme(), NOW)
    assert nothing.counts == nothing.dated == dict.fromkeys(Status, 0)
    assert nothing.evidence == dict.fromkeys(Evidence, 0)
    assert (nothing.facts, nothing.not_yet_promised, nothing.standings) == (0, 0, ())


def test_before_anything_was_promised() -> None:
    """A milestone does not exist before its promise is public: it is neither listed nor counted."""
    report = as_of(MANY, "2012-12-31")
    assert report.standings == ()
    assert report.counts == dict.fromkeys(Status, 0)
    assert (report.facts, report.not_yet_promised) == (0, 21)
    assert names(as_of(MANY, "2014-08-02").only("undated")) == ["new", "undated", "words"]


def test_a_report_is_shown_in_a_line() -> None:
    """With what it counts."""
    assert repr(as_of(MANY, NOW)) == (
        "<Report p 2014-08-01: 5 overdue, 2 due, 3 upcoming, 1 passed, 2 undated, 3 met, "
        "1 replaced, 1 dropped>"
    )
    assert repr(as_of(MANY, "2012-12-31")) == "<Report p 2012-12-31: no milestones>"


def test_only() -> None:
    """A report of some statuses keeps the order, and says which it speaks of."""
    report = as_of(MANY, NOW).only(Status.DROPPED, Status.DUE)
    assert names(report) == ["today", "this-year", "given-up"]
    assert report.shows == (Status.DUE, Status.DROPPED)
    assert as_of(MANY, NOW).shows == tuple(Status)
    assert names(report.only("dropped")) == ["given-up"]
    with pytest.raises(BadValue, match=r'^"meet" is not known here; did you mean "met"\?$'):
        report.only("meet")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, []),
        (1, ["tomorrow"]),
        (30, ["tomorrow"]),
        (31, ["tomorrow", "autumn"]),
        (145, ["tomorrow", "autumn"]),
        (146, ["tomorrow", "autumn", "by-christmas"]),
    ],
)
def test_within(days: int, expected: list[str]) -> None:
    """What is coming is what is due, and what begins within so many days."""
    assert names(as_of(MANY, NOW).within(days)) == ["today", "this-year", *expected]


SHARED = programme(
    milestone("own", due("2014-07-31")),
    milestone("shared", f'also = ["other"]\n{due("2014-09-01")}'),
    milestone("new", 'source = "2015-01-01"\nalso = ["other"]\n'),
    '[[measure]]\nid = "other"\ntitle = "O"\nsource = "2013-01-01"\n',
    milestone("done", FACT + met("2014-01-01")),
    '[[measure]]\nid = "third"\ntitle = "T"\nsource = "2013-01-01"\n',
    milestone("x"),
)


@pytest.mark.parametrize(
    ("item", "shown", "measures", "counted"),
    [
        ("m", ["own", "shared"], ["m"], ({"overdue": 1, "upcoming": 1}, 0, 1)),
        ("other", ["shared", "done"], ["m", "other"], ({"upcoming": 1}, 1, 1)),
        ("third", ["x"], ["third"], ({"undated": 1}, 0, 0)),
        ("m/shared", ["shared"], ["m"], ({"upcoming": 1}, 0, 0)),
        ("m/new", [], ["m"], ({}, 0, 1)),
    ],
)
def test_about(
    item: str, shown: list[str], measures: list[str], counted: tuple[dict[str, int], int, int]
) -> None:
    """A report on a measure has what is also part of it, and counts what it is about."""
    report = as_of(SHARED, NOW).about(item)
    assert names(report) == shown
    assert [measure.id for measure in report.programme.measures] == measures
    found = {str(status): number for status, number in report.counts.items() if number}
    assert (found, report.facts, report.not_yet_promised) == counted


@pytest.mark.parametrize("narrowed", [("met",), ("upcoming",), ()])
def test_about_counts_what_it_does_not_show(narrowed: tuple[str, ...]) -> None:
    """Narrowed before or afterwards, its counts are the same."""
    report = as_of(SHARED, NOW)
    assert report.only(*narrowed).about("m") == report.about("m").only(*narrowed)
    hindsight = as_of(SHARED, NOW, "2015-01-01")
    assert hindsight.only(*narrowed).about("m") == hindsight.about("m").only(*narrowed)


def test_about_counts_by_what_the_report_knows() -> None:
    """With hindsight, too, what counts is how it stood on the day of the report."""
    report = as_of(SHARED, NOW, "2015-01-01").about("m")
    assert {str(status): number for status, number in report.counts.items() if number} == {
        "overdue": 1,
        "upcoming": 1,
        "undated": 1,
    }
    assert report.not_yet_promised == 0


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("m/autum", 'no measure or milestone "m/autum"; did you mean "m/autumn"?'),
        ("autumn 2014", 'no measure or milestone "autumn 2014"; did you mean "m/autumn"?'),
        ("autumn", 'no measure or milestone "autumn"; did you mean "m/autumn"?'),
        ("?", 'no measure or milestone "?"; there are: m'),
    ],
)
def test_about_what_is_not_there(item: str, message: str) -> None:
    """The nearest id is offered, or the measures there are."""
    with pytest.raises(UnknownId) as error:
        as_of(MANY, NOW).about(item)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("number", "item", "hint"),
    [
        (0, "x", "there are: none"),
        (5, "zzz", "there are: m0, m1, m2, m3, m4"),
        (6, "zzz", "there are: m0, m1, m2, m3, m4 and 1 more"),
        (7, "zzz", "there are: m0, m1, m2, m3, m4 and 2 more"),
        (2, "x", 'did you mean "m0/x" or "m1/x"?'),
        (9, "x", 'did you mean "m0/x" or "m1/x" or "m2/x" or "m3/x" or "m4/x"?'),
    ],
)
def test_about_names_some_of_many(number: int, item: str, hint: str) -> None:
    """What lacks only the beginning of its id comes first; nobody wants a thousand ids."""
    measure = MANY.measures[0]
    one = attrs.evolve(measure.milestones[0], id="x")
    measures = (attrs.evolve(measure, id=f"m{n}", milestones=(one,)) for n in range(number))
    report = as_of(attrs.evolve(MANY, measures=tuple(measures)), NOW)
    with pytest.raises(UnknownId) as error:
        report.about(item)
    assert str(error.value) == f'no measure or milestone "{item}"; {hint}'


# --- a part of a programme ------------------------------------------------------------------------

PARTS = """\
[[cluster]]
id = "c"
title = "C"
[[sector]]
id = "mbo"
title = "mbo"
[[kind]]
id = "consultation"
title = "Raadpleging"
"""
WHOLE = programme(
    milestone("its"),
    milestone("school", 'bodies = ["school"]\n'),
    milestone("handed", '[[measure.milestone.revised]]\nbodies = ["school"]\nsource = "page"\n'),
    PARTS,
    '[[measure]]\nid = "other"\ntitle = "O"\nsource = "2013-01-01"\ncluster = "c"\n'
    'sectors = ["mbo"]\n',
    milestone("nobody").replace('"other"', '"consultation"'),
    milestone("shared", 'also = ["m"]\nbodies = ["ocw"]\n').replace('"other"', '"start"'),
    '[[measure]]\nid = "empty"\ntitle = "E"\nsource = "2013-01-01"\nbodies = ["school"]\n',
)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "m: its school handed; other: nobody shared; empty:"),
        # who answers for it, now or ever, on the milestone before the measure
        ({"bodies": "ocw"}, "m: its handed; other: shared"),
        ({"bodies": "school"}, "m: school handed; empty:"),
        ({"bodies": ["school", "ocw"]}, "m: its school handed; other: shared; empty:"),
        # kinds of one's own, too
        ({"kinds": "consultation"}, "m:; other: nobody; empty:"),
        ({"kinds": ["consultation", "start"]}, "m:; other: nobody shared; empty:"),
        # what is also part of a measure goes with it, in its own
        ({"measures": "m"}, "m: its school handed; other: shared"),
        ({"measures": "other"}, "other: nobody shared"),
        ({"measures": "m", "kinds": "start"}, "m:; other: shared"),
        ({"measures": "empty"}, "empty:"),
        ({"clusters": "c"}, "other: nobody shared"),
        ({"sectors": "mbo", "bodies": "ocw"}, "other: shared"),
    ],
)
def test_part(asked: dict[str, str], expected: str) -> None:
    """A part has the milestones asked for, in the measures in which they stand."""
    part = WHOLE.only(**asked)
    found = [
        " ".join((f"{measure.id}:", *(one.id for one in measure.milestones)))
        for measure in part.measures
    ]
    assert "; ".join(found) == expected
    assert [*part.by_id] == sorted(part.milestones, key=lambda one: one.full_id)


# --- the shipped data set -------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(2012, 2028))
def test_shipped_data_set(year: int) -> None:
    """Every milestone is counted once, on any day, and none is known before its source."""
    shipped = load()
    for month, day in itertools.product((1, 6), (1, 30)):
        on = dt.date(year, month, day)
        report = as_of(shipped, on)
        assert sum(report.counts.values()) + report.facts == len(report.standings)
        assert len(report.standings) + report.not_yet_promised == len(shipped.by_id)
        assert all(source.known_from <= on for s in report.standings for source in s.sources)
