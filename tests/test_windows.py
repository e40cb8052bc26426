"""What a calendar that is too large leaves out, on days alone."""

import datetime as dt
from collections.abc import Sequence

import attrs
import pytest

from betatech_milestones import Component, load_example
from betatech_milestones.calendars.items import items
from betatech_milestones.calendars.windows import size, size_with_alarm, window
from betatech_milestones.voice import Voice

OCTETS = 100_000
"""Of an item here: a calendar has room for five."""


@attrs.frozen
class Thing:
    """An item of a calendar, by the last day of its date and the first by which it has ended."""

    day: dt.date | None
    end: dt.date | None = None


def open_on(*days: str) -> list[Thing]:
    return [Thing(dt.date.fromisoformat(day)) for day in days]


def ended_on(*days: str) -> list[Thing]:
    return [Thing(dt.date(2016, 5, 1), dt.date.fromisoformat(day)) for day in days]


JUNE = [f"2016-06-{day:02}" for day in range(1, 6)]

# What there is in 2016 · how many of the first are left out · after, from and up to which day.
CASES: dict[str, tuple[Sequence[Thing], int, str, str, str]] = {
    "just enough room": (open_on(*JUNE), 0, "", "", ""),
    "what ended on the last day of the year before last": (
        [*ended_on("2014-12-31"), *open_on(*JUNE)],
        *(1, "2015-01-01", "", ""),
    ),
    "what ended at New Year": (
        [*ended_on("2014-12-31", "2015-01-01"), *open_on(*JUNE[:4])],
        *(1, "2015-01-01", "", ""),
    ),
    "two years that just fit, and one before": (
        open_on("2015-12-31", "2016-01-01", *JUNE[:2], "2017-01-01", "2017-12-31"),
        *(1, "2015-01-01", "2016-01-01", ""),
    ),
    "too much on one day": (
        open_on(*["2016-06-01"] * 6),
        *(1, "2015-01-01", "2016-01-01", "2016-12-31"),
    ),
    "too much by what is of New Year": (
        open_on("2016-01-01", *JUNE),
        *(1, "2015-01-01", "2016-06-01", ""),
    ),
    "no date, and the past": (
        [*open_on(*JUNE[:4], "2015-12-31"), Thing(None)],
        *(1, "2015-01-01", "2016-01-01", ""),
    ),
    "too much without a date": ([Thing(None) for _ in range(6)], 1, "2015-01-01", "", ""),
}


@pytest.mark.parametrize(("found", "left_out", "since", "first", "last"), CASES.values(), ids=CASES)
def test_window(found: Sequence[Thing], left_out: int, since: str, first: str, last: str) -> None:
    """What ended long ago is left out, then the furthest past, and then the furthest future."""
    kept = window(found, 2016, lambda _: OCTETS)
    assert (len(kept.items), kept.left_out) == (5, left_out)
    days = [dt.date.fromisoformat(day) if day else None for day in (since, first, last)]
    assert [kept.since, kept.first, kept.last] == days


def test_a_window_of_the_first_year() -> None:
    """There is no year before the year 1."""
    kept = window([*open_on(*JUNE), *ended_on("0001-01-01")], 1, lambda _: OCTETS)
    assert kept.since == dt.date(1, 1, 1)


def test_what_is_to_come_has_room_before_what_has_no_date() -> None:
    """Where there is none for all that has no date, it is left out, and so is the past."""
    coming = open_on("2016-06-01", *["2017-06-01"] * 3)
    found = [*open_on("2015-06-01"), *coming, Thing(None), Thing(None)]
    assert window(found, 2016, lambda _: OCTETS).items == coming


def test_there_is_room_for_the_alarms_that_go_off() -> None:
    """None is kept free for that of a milestone which has come to its end."""
    found = [*items(load_example(), Voice("nl"), [Component.EVENT], alarm_days=14)]
    assert {item.milestone.outcome is None for item in found} == {True, False}
    for item in found:
        assert (size_with_alarm(item) > size(item)) == (item.milestone.outcome is None)
