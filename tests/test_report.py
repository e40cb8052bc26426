"""How a milestone stands on a day, and what a report of that day leaves out."""

import datetime as dt
import itertools
import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones import (
    PolicyDate,
    Programme,
    Report,
    Standing,
    Status,
    UnknownId,
    as_of,
    load,
    loads,
)

HEAD = """\
[programme]
id = "p"
title.nl = "P"
language = "nl"
timezone = "Europe/Amsterdam"

[[source]]
id = "promise"
title.nl = "Brief"
published = 2013-01-01

[[measure]]
id = "m"
title.nl = "M"
source = "promise"
"""

Moves = Sequence[tuple[str, str]]
Outcome = tuple[str, str, str] | None  # type, date, day of the source


def milestone(name: str, due: str | None, moves: Moves = (), outcome: Outcome = None) -> str:
    """A milestone in TOML: when each move was announced and whereto, and how it ended."""
    lines = ["[[measure.milestone]]", f'id = "{name}"', f'title.nl = "{name}"', 'kind = "other"']
    if due is not None:
        lines.append(f"due = {json.dumps(due)}")
    for announced, moved in moves:
        lines += ["[[measure.milestone.revised]]", f"announced = {announced}"]
        lines += [f"due = {json.dumps(moved)}", 'source = "promise"']
    sources = []
    if outcome is not None:
        kind, on, published = outcome
        sources = ["[[source]]", f'id = "end-of-{name}"', 'title.nl = "Einde"']
        sources += [f"published = {published}"] * (published != "")
        lines += [f"[measure.milestone.{kind}]", f"on = {json.dumps(on)}"]
        lines += [f'source = "end-of-{name}"', 'reason.nl = "x"' * (kind == "dropped")]
    return "\n".join([*lines, *sources]) + "\n"


def standing(due: str | None, moves: Moves, outcome: Outcome, day: str) -> Standing:
    """How a programme's only milestone stands on a day."""
    programme = loads(HEAD + milestone("n", due, moves, outcome))
    (only,) = as_of(programme, dt.date.fromisoformat(day)).standings
    return only


DAY = "2014-08-01"
BY = "uiterlijk 1 juli 2013"
ONCE = [("2014-05-01", "2016-08-01")]
TWICE = [("2014-05-01", "2016-08-01"), ("2015-05-01", "2015-08-01")]
MET = ("met", "2014-07-20", "2014-09-15")
MET_IN_2014 = ("met", "2014", "2014-03-01")
MET_SOMETIME = ("met", "2014", "")
DROPPED = ("dropped", "2014-07-20", "2014-09-15")

Row = tuple[str | None, Moves, Outcome, str, str, int | None, int | None, int | None]

# due · moves · outcome · day -> status, days overdue, days left, slip in days
STANDINGS: list[Row] = [
    # an exact day
    (DAY, [], None, "2014-07-31", "upcoming", None, 1, 0),
    (DAY, [], None, "2014-08-01", "due", None, None, 0),
    (DAY, [], None, "2014-08-02", "overdue", 1, None, 0),
    # a window
    ("zomer 2014", [], None, "2014-05-31", "upcoming", None, 1, 0),
    ("zomer 2014", [], None, "2014-06-01", "due", None, None, 0),
    ("zomer 2014", [], None, "2014-08-31", "due", None, None, 0),
    ("zomer 2014", [], None, "2014-09-01", "overdue", 1, None, 0),
    # an approximate date: the window is the same
    ("2014-22~", [], None, "2014-08-31", "due", None, None, 0),
    ("2014-22~", [], None, "2014-09-01", "overdue", 1, None, 0),
    # an open start: due on its last day, upcoming on every day before
    (BY, [], None, "2013-01-01", "upcoming", None, 181, 0),
    (BY, [], None, "2013-06-30", "upcoming", None, 1, 0),
    (BY, [], None, "2013-07-01", "due", None, None, 0),
    (BY, [], None, "2013-07-02", "overdue", 1, None, 0),
    # an open end, and no date at all
    ("2014/..", [], None, "2013-01-01", "undated", None, None, None),
    ("2014/..", [], None, "2099-01-01", "undated", None, None, None),
    (None, [], None, "2014-08-02", "undated", None, None, None),
    # the ends of the calendar
    ("9999-12-31", [], None, "2014-08-01", "upcoming", None, 2916613, 0),
    ("0001-01-01", [], None, "9999-12-31", "overdue", 3652058, None, 0),
    # a move counts from the day it was announced
    (DAY, ONCE, None, "2014-04-30", "upcoming", None, 93, 0),
    (DAY, ONCE, None, "2014-05-01", "upcoming", None, 823, 731),
    (DAY, ONCE, None, "2016-08-02", "overdue", 1, None, 731),
    (DAY, TWICE, None, "2015-04-30", "upcoming", None, 459, 731),
    (DAY, TWICE, None, "2015-05-01", "upcoming", None, 92, 365),
    # to an earlier day, to an imprecise one, to an open end, and from no date to one
    (DAY, [("2014-05-01", "2014-06-01")], None, "2014-05-01", "upcoming", None, 31, -61),
    (DAY, [("2014-05-01", "2016")], None, "2014-05-01", "upcoming", None, 610, 883),
    (DAY, [("2014-05-01", "2016/..")], None, "2014-05-01", "undated", None, None, None),
    (None, ONCE, None, "2014-04-30", "undated", None, None, None),
    (None, ONCE, None, "2014-05-01", "upcoming", None, 823, None),
    # two moves on one day: the later in the file holds
    (DAY, [*ONCE, ("2014-05-01", "2017-01-01")], None, "2014-05-01", "upcoming", None, 976, 884),
    # met on a day: from that day on, whenever the source appeared
    (DAY, [], MET, "2014-07-19", "upcoming", None, 13, 0),
    (DAY, [], MET, "2014-07-20", "met", None, None, -12),
    (DAY, ONCE, MET, "2014-07-20", "met", None, None, -12),
    # met in a year: from the day of the source, if it appeared in that year
    (DAY, [], MET_IN_2014, "2014-02-28", "upcoming", None, 154, 0),
    (DAY, [], MET_IN_2014, "2014-03-01", "met", None, None, 152),
    # met in a year, by a source without a day: from the end of that year
    (DAY, [], MET_SOMETIME, "2014-12-30", "overdue", 151, None, 0),
    (DAY, [], MET_SOMETIME, "2014-12-31", "met", None, None, 152),
    # met without ever having been promised
    (None, [], MET, "2014-07-19", "undated", None, None, None),
    (None, [], MET, "2014-07-20", "met", None, None, None),
    # dropped: what was slipped until then stays
    (DAY, [], DROPPED, "2014-07-19", "upcoming", None, 13, 0),
    (DAY, [], DROPPED, "2014-07-20", "dropped", None, None, 0),
    (DAY, ONCE, DROPPED, "2014-07-20", "dropped", None, None, 731),
]


@pytest.mark.parametrize("row", STANDINGS)
def test_standing(row: Row) -> None:
    """A milestone has one status on a day, and the days that go with it."""
    due, moves, outcome, day, *expected = row
    found = standing(due, moves, outcome, day)
    assert [found.status, found.days_overdue, found.days_left, found.slip_days] == expected


def test_what_was_known() -> None:
    """A standing has the date in force, the moves and the outcome that were known on its day."""
    before = standing(DAY, ONCE, MET, "2014-04-30")
    moved = standing(DAY, ONCE, MET, "2014-05-01")
    met = standing(DAY, ONCE, MET, "2014-07-20")
    assert [found.due for found in (before, moved, met)] == [
        PolicyDate("2014-08-01"),
        PolicyDate("2016-08-01"),
        PolicyDate("2016-08-01"),
    ]
    assert [len(found.moves) for found in (before, moved, met)] == [0, 1, 1]
    assert (before.outcome, moved.outcome) == (None, None)
    assert met.outcome is met.milestone.outcome


def test_readings_known_by_the_day() -> None:
    """A number counts from the last day of its period, or the day of its source within it."""
    target = (
        '[measure.milestone.target]\nvalue = 9\nunit.nl = "klassen"\n'
        "[[measure.milestone.target.reading]]\n"
        'on = "2012"\nvalue = 1\nsource = "promise"\n'
        "[[measure.milestone.target.reading]]\n"
        'on = "2013"\nvalue = 2\nsource = "promise"\n'
        "[[measure.milestone.target.reading]]\n"
        'on = "2013-12-31"\nvalue = 3\nsource = "web"\n'
        '[[source]]\nid = "web"\ntitle.nl = "Web"\n'
    )
    programme = loads(HEAD + milestone("n", None) + target)

    def known(day: str) -> list[int]:
        (only,) = as_of(programme, dt.date.fromisoformat(day)).standings
        return [int(reading.value) for reading in only.readings]

    assert known("2012-12-30") == []
    assert known("2012-12-31") == [1]
    assert known("2013-01-01") == [1, 2]
    assert known("2013-12-31") == [1, 2, 3]


SNOOZED = """
[measure.milestone.snoozed]
until = 2014-10-01
by = "redactie"
reason.nl = "x"
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
        (SINCE, "2014-11-30", True, False),
        (SINCE, "2014-12-01", False, False),
    ],
)
def test_snooze(since: str, day: str, *, known: bool, quiet: bool) -> None:
    """A snooze changes no status, and a report of a day knows only what was given by then."""
    met = ("met", "2014-12-01", "2014-12-05")
    written = HEAD + milestone("n", DAY, [], met) + SNOOZED + since
    snoozed, plain = (
        as_of(loads(text), dt.date.fromisoformat(day)).standings[0]
        for text in (written, HEAD + milestone("n", DAY, [], met))
    )
    assert (snoozed.status, snoozed.days_overdue) == (plain.status, plain.days_overdue)
    assert (snoozed.snooze is not None, snoozed.is_snoozed) == (known, quiet)
    assert (plain.snooze, plain.is_snoozed) == (None, False)


def test_no_target_has_no_readings() -> None:
    """Without a target there is nothing to read."""
    assert standing(DAY, [], None, DAY).readings == ()


# --- reports --------------------------------------------------------------------------------------

NOW = dt.date(2014, 8, 1)
MANY = loads(
    HEAD
    + milestone("undated", None)
    + milestone("late-b", "2014-07-31")
    + milestone("late-a", "2014-07-31")
    + milestone("later", "2013")
    + milestone("this-year", "2014")
    + milestone("today", "2014-08-01")
    + milestone("tomorrow", "2014-08-02")
    + milestone("autumn", "herfst 2014")
    + milestone("by-christmas", "uiterlijk 25 december 2014")
    + milestone("kept", "2014-01-01", (), ("met", "2014-01-01", "2014-01-01"))
    + milestone("given-up", "2015", (), ("dropped", "2014-01-01", "2014-01-01"))
)


def names(report: Report) -> list[str]:
    """The milestones of a report, in its order."""
    return [found.milestone.id for found in report.standings]


def test_order() -> None:
    """Standings are ordered by status, then by last day, then by id."""
    assert names(as_of(MANY, NOW)) == [
        *("later", "late-a", "late-b"),
        *("today", "this-year"),
        *("tomorrow", "autumn", "by-christmas"),
        "undated",
        "kept",
        "given-up",
    ]
    met = ("met", "2013-01-01", "2013-01-01")
    ended = milestone("ever", None, (), met) + milestone("b", "2014", (), met)
    ended += milestone("a", "2015", (), met) + milestone("c", "[2013..]", (), met)
    assert names(as_of(loads(HEAD + ended), NOW)) == ["b", "a", "c", "ever"], (
        "no last day comes last"
    )


def test_counts() -> None:
    """Every status is counted, whatever the report is narrowed to."""
    report = as_of(MANY, NOW)
    assert report.counts == {
        Status.OVERDUE: 3,
        Status.DUE: 2,
        Status.UPCOMING: 3,
        Status.UNDATED: 1,
        Status.MET: 1,
        Status.DROPPED: 1,
    }
    assert report.only(Status.MET).counts == report.counts
    assert as_of(loads(HEAD), NOW).counts == dict.fromkeys(Status, 0)


def test_only() -> None:
    """A report of some statuses keeps the order, and says which it speaks of."""
    report = as_of(MANY, NOW).only(Status.MET, Status.DUE)
    assert names(report) == ["today", "this-year", "kept"]
    assert report.shows == (Status.DUE, Status.MET)
    assert as_of(MANY, NOW).shows == tuple(Status)
    assert names(report.only(Status.MET)) == ["kept"]


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


def test_about() -> None:
    """A report can be of one measure, or of one milestone by its full id."""
    report = as_of(MANY, NOW)
    assert names(report.about("m")) == names(report)
    assert names(report.about("m/autumn")) == ["autumn"]


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("m/autum", 'no measure or milestone "m/autum"; did you mean "m/autumn"?'),
        ("autumn 2014", 'no measure or milestone "autumn 2014"; did you mean "m/autumn"?'),
        ("?", 'no measure or milestone "?"'),
    ],
)
def test_about_what_is_not_there(item: str, message: str) -> None:
    """The nearest id is offered."""
    with pytest.raises(UnknownId) as error:
        as_of(MANY, NOW).about(item)
    assert str(error.value) == message


# --- a day in the past ----------------------------------------------------------------------------

MADE = dt.date(2013, 1, 1)


def told(report: Report) -> list[object]:
    """All that a report says of its milestones."""
    return [
        (s.milestone.id, s.status, s.due, s.moves, s.outcome, s.days_overdue, s.slip_days)
        for s in report.standings
    ]


@given(
    announced=st.lists(st.integers(0, 900), max_size=3).map(sorted),
    due=st.lists(st.integers(0, 900), min_size=4, max_size=4),
    end=st.none() | st.integers(0, 900),
    asked=st.integers(0, 1000),
)
def test_past_day_is_the_report_of_that_day(
    announced: list[int], due: list[int], end: int | None, asked: int
) -> None:
    """A report for a day equals that of the file as it was then, without any later statement."""

    def day(number: int) -> str:
        return str(MADE + dt.timedelta(days=number))

    moves = [(day(when), day(moved)) for when, moved in zip(announced, due[1:], strict=False)]
    outcome = None if end is None else ("met", day(end), day(end))
    earlier = [(when, moved) for when, moved in moves if when <= day(asked)]
    ended = outcome if outcome is not None and outcome[1] <= day(asked) else None
    now = loads(HEAD + milestone("n", day(due[0]), moves, outcome))
    then = loads(HEAD + milestone("n", day(due[0]), earlier, ended))
    on = dt.date.fromisoformat(day(asked))
    assert told(as_of(now, on)) == told(as_of(then, on))


def one_by_one(programme: Programme, day: dt.date) -> set[tuple[str, Status]]:
    """What counts on a day, told in another way."""
    found = set()
    for one in programme.milestones:
        dues = [one.due, *(r.due for r in one.revisions if r.announced <= day)]
        due = dues[-1]
        if one.outcome is not None and one.outcome.known_from <= day:
            status = Status(type(one.outcome).__name__.lower())
        elif due is None or due.latest is None:
            status = Status.UNDATED
        elif due.latest < day:
            status = Status.OVERDUE
        elif (due.earliest or due.latest) <= day:
            status = Status.DUE
        else:
            status = Status.UPCOMING
        found.add((one.full_id, status))
    return found


@pytest.mark.parametrize("year", range(2012, 2019))
def test_shipped_data_set(year: int) -> None:
    """For the shipped data set, the report agrees with the rules read one by one."""
    programme = load()
    for month, day in itertools.product((1, 6), (1, 30)):
        on = dt.date(year, month, day)
        standings = as_of(programme, on).standings
        assert {(s.milestone.full_id, s.status) for s in standings} == one_by_one(programme, on)
