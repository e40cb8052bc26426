"""How promises stood at the end of each month: against a report of each day, and by hand."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, SHIPPED
from strategies import programmes

from betatech_milestones import (
    Commitment,
    Evidence,
    MonthEnd,
    Programme,
    Share,
    Standing,
    Stats,
    Status,
    as_of,
    loads,
    over_time,
    stats,
)

HEAD = PROGRAMME[: PROGRAMME.index("[[measure]]")]
OVERDUE = (Status.OVERDUE, Evidence.UNCHECKED)
DAYS = st.dates(dt.date(2011, 1, 1), dt.date(2022, 12, 31))


def programme(*milestones: str) -> Programme:
    """A programme of one measure, each milestone given by its keys but for id, kind and title."""
    return loads(
        f'{HEAD}[[measure]]\nid = "m"\ntitle = "M"\nsource = "letter-2013"\n'
        + "".join(
            f'[[measure.milestone]]\nid = "n{place}"\nkind = "other"\ntitle = "N"\n{keys}\n'
            for place, keys in enumerate(milestones)
        )
    )


def told(day: str, *milestones: str) -> dict[str, MonthEnd]:
    """What had become of promises by each month's end, by its day."""
    found = over_time(stats(as_of(programme(*milestones), day)))
    return {one.day.isoformat(): one for one in found}


def test_days_are_ends_of_months() -> None:
    """The first is the end of the month of the first promise, the last the day of the report."""
    days = [*told("2013-05-10", "due = 2014-01-01")]
    assert days == ["2013-02-28", "2013-03-31", "2013-04-30", "2013-05-10"]


def test_ends_of_years_where_it_is_long() -> None:
    """More than a hundred years ago, years take the place of months: there are never too many."""
    old = HEAD.replace("published = 2013-02-26", "published = 1013-02-26")
    text = f'{old}[[measure]]\nid = "m"\ntitle = "M"\nsource = "letter-2013"\n'
    text += '[[measure.milestone]]\nid = "n"\nkind = "other"\ntitle = "N"\ndue = 1014-01-01\n'
    long, short = (
        over_time(stats(as_of(loads(text), day))) for day in ("1114-06-01", "1113-06-01")
    )
    assert [one.day.isoformat() for one in (long[0], long[1], long[-2], long[-1])] == [
        "1013-12-31",
        "1014-12-31",
        "1113-12-31",
        "1114-06-01",
    ]
    assert len(long) == 102
    assert len(short) == 1_205
    assert [one.fell_due for one in long[:2]] == [0, 1]


def test_nothing_promised() -> None:
    """Where nothing was promised there is no month to tell of."""
    assert over_time(stats(as_of(SHIPPED, "2013-02-25"))) == ()


def test_nothing_promised_by_the_day() -> None:
    """With hindsight, too: what was promised later has no month before it."""
    assert over_time(stats(as_of(SHIPPED, "2000-01-01", "2026-01-01"))) == ()


def test_a_window_of_an_outcome() -> None:
    """What was kept in a window may have been as it begins, and surely was as it ends."""
    met = '[measure.milestone.met]\non = "2013-03-15/2013-05-01"\nsource = "letter-2015"'
    found = told("2016-01-01", f"due = 2013-04-30\n{met}", "due = 2013-04-29")
    assert [
        found[day].kept for day in ("2013-02-28", "2013-03-31", "2013-04-30", "2013-05-31")
    ] == [
        Share(0, 0, 2),
        Share(0, 1, 2),
        Share(0, 1, 2),
        Share(1, 1, 2),
    ]
    assert [found[day].fell_due for day in ("2013-04-30", "2013-05-31")] == [1, 2]


def test_outcomes_in_any_order() -> None:
    """What was kept last may stand first in the data."""
    met = '[measure.milestone.met]\non = {}\nsource = "letter-2015"'
    days = ("2013-06-01", "2013-03-15", "2013-09-01")
    found = told("2016-01-01", *(f"due = 2013-04-30\n{met.format(day)}" for day in days))
    assert [
        found[day].kept for day in ("2013-02-28", "2013-03-31", "2013-06-30", "2013-09-30")
    ] == [Share(number, number, 3) for number in range(4)]


def test_what_was_known_then_and_what_is_known_now() -> None:
    """A standing is told by what was known on the day, what was kept by all that is known."""
    met = '[measure.milestone.met]\non = 2013-03-15\nsource = "letter-2015"'
    found = told("2016-01-01", f"due = 2013-03-30\n{met}")["2013-04-30"]
    assert found.standings == {OVERDUE: 1}
    assert found.kept == Share(1, 1, 1)


def test_less_known_than_on_its_day() -> None:
    """Where a report knows less than was known on its day, so does each month's end before it."""
    met = '[measure.milestone.met]\non = 2013-03-15\nsource = "letter-2015"'
    promised = programme(f"due = 2013-03-30\n{met}")
    less, all_of_it = (
        over_time(stats(as_of(promised, "2016-01-01", known_on)))[-2]
        for known_on in ("2015-06-30", "2015-07-01")
    )
    assert less.day == all_of_it.day == dt.date(2015, 12, 31)
    assert (less.standings, less.kept) == ({OVERDUE: 1}, Share(0, 0, 1))
    assert (all_of_it.standings, all_of_it.kept) == ({(Status.MET, None): 1}, Share(1, 1, 1))


@pytest.mark.parametrize(
    ("known_on", "stood"),
    [("2015-06-30", OVERDUE), ("2015-07-01", (Status.UPCOMING, None))],
)
def test_move_on_the_last_day_that_is_known(
    known_on: str, stood: tuple[Status, Evidence | None]
) -> None:
    """What is announced on the very day on which knowledge ends counts from then on."""
    moved = '[[measure.milestone.revised]]\ndue = 2015-12-01\nsource = "letter-2015"'
    promised = programme(f"due = 2013-03-30\n{moved}")
    found = over_time(stats(as_of(promised, "2016-01-01", known_on)))
    (autumn,) = (one for one in found if one.day == dt.date(2015, 9, 30))
    assert autumn.standings == {stood: 1}


def test_what_was_kept_before_it_was_promised() -> None:
    """It cannot have been kept before anybody promised it."""
    met = '[measure.milestone.met]\non = 2012-03-15\nsource = "letter-2013"'
    (found,) = told("2013-02-28", f"due = 2013-03-30\n{met}").values()
    assert (found.kept, found.fell_due) == (Share(1, 1, 1), 0)


def test_dropped_and_fixed() -> None:
    """What was dropped is counted apart, and so is what a law fixes, whatever came of it."""
    dropped = '[measure.milestone.dropped]\non = 2013-03-15\nsource = "letter-2015"\nreason = "r"'
    replaced = dropped.replace("dropped", "replaced").replace("03-15", "05-15")
    found = told(
        "2016-01-01",
        f"due = 2013-12-30\n{dropped}",
        f"due = 2013-12-30\n{replaced}",
        'commitment = "fixed"\ndue = 2013-03-30',
        f'commitment = "fixed"\ndue = 2013-04-30\n{dropped}',
    )
    assert [
        (found[day].dropped.at_least, found[day].fixed, found[day].kept.at_most)
        for day in ("2013-02-28", "2013-03-31", "2013-05-31")
    ] == [(0, 0, 0), (1, 1, 0), (2, 2, 0)]


def by_definition(found: Stats, day: dt.date) -> MonthEnd:
    """The same of one day, from a report of that day and every day of every window."""
    ids = {standing.milestone.full_id for standing in found.total.promises}
    report = as_of(found.report.programme, day, min(day, found.known_on))
    stood = [s for s in report.standings if s.milestone.full_id in ids]
    public = [s for s in found.total.promises if s.milestone.known_from <= day]
    kept = [s for s in public if s.milestone.commitment is not Commitment.FIXED]

    def ended(*words: Status) -> Share:
        windows = [[*days_of(s)] for s in kept if s.outcome and s.status in words]
        surely = sum(all(one <= day for one in window) for window in windows)
        return Share(surely, sum(any(one <= day for one in w) for w in windows), len(public))

    return MonthEnd(
        day=day,
        promised=len(public),
        fell_due=sum((s.first_term or day) < day for s in public),
        standings=dict(Counter((s.status, s.evidence) for s in stood)),
        kept=ended(Status.MET),
        dropped=ended(Status.DROPPED, Status.REPLACED),
        fixed=sum((s.first_term or day) < day for s in public if s not in kept),
    )


def days_of(standing: Standing) -> Iterator[dt.date]:
    """Every day on which a promise may have ended, from when it was public."""
    made, outcome = standing.milestone.known_from, standing.outcome
    assert outcome is not None
    begun = None if outcome.on is None else outcome.on.earliest
    last = max(outcome.certain_from, made)
    day = max(min(begun or made, last), made)
    while day <= last:
        yield day
        day += dt.timedelta(days=1)


@given(programmes(), DAYS, st.none() | DAYS)
def test_every_month_is_a_report_of_its_day(
    programme: Programme, day: dt.date, known_on: dt.date | None
) -> None:
    """What is told of a month's end is what a report of that day counts, window by window."""
    found = stats(as_of(programme, day, known_on))
    months = over_time(found)
    for one in (*months[:3], *months[3::11], *months[-1:]):
        assert one == by_definition(found, one.day)


@pytest.mark.parametrize("day", ["2014-09-01", "2026-11-28"])
def test_at_last_it_is_the_report(day: str) -> None:
    """On the day of the report all numbers are those of its figures."""
    found = stats(as_of(SHIPPED, day))
    last = over_time(found)[-1]
    total = found.total
    assert (last.promised, last.fell_due) == (len(total.promises), len(total.fell_due))
    assert last.kept.at_least == last.kept.at_most >= len(total.kept)
    assert last.standings == Counter((s.status, s.evidence) for s in total.promises)
