"""What slipped by a day, and what it adds up to.

The whole output in each format is in `formats/slips` and `formats/no-slips`.
"""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, changed

from betatech_milestones import as_of, load, loads, render, slips
from betatech_milestones.cli import main

MOVE = PROGRAMME[
    PROGRAMME.index("[[measure.milestone.rev") : PROGRAMME.index("[measure.milestone.m")
]
TO = '[[measure.milestone.revised]]\ndue = {}\nsource = "letter-2015"\nannounced = {}\n'
MET = '[measure.milestone.met]\non = 2015-06-01\nsource = "letter-2015"\n'
LATER = TO.format("2014-09-01", "2014-06-01")
SOONER = TO.format("2014-07-01", "2014-06-01")
NOTHING: tuple[int, ...] = ()

SLIPS = [
    # the moves and the outcome of what was promised for 1 August 2014; the day; days and moves
    (LATER, "2014-05-31", NOTHING),  # not announced yet
    (LATER, "2014-06-01", (31, 1)),
    (SOONER, "2014-06-01", (-31, 1)),  # moved forward
    (LATER + TO.format("2014-08-01", "2014-07-01"), "2014-07-01", (0, 2)),  # and back again
    (TO.format('"uiterlijk september 2014"', "2014-06-01"), "2014-06-01", (60, 1)),
    (TO.format('"[2014-09..]"', "2014-06-01"), "2014-06-01", (None, 1)),
    (LATER + MET, "2015-06-01", (304, 1)),  # later than moved to
    (MET, "2015-05-31", NOTHING),  # overdue, and nobody knows until when
    (MET, "2015-06-01", (304, 0)),  # in silence
    (MET.replace("2015-06-01", "2014-08-01"), "2016-01-01", NOTHING),
    (MET.replace("2015-06-01", "2014-07-01"), "2016-01-01", NOTHING),  # early is no slip
    (MET.replace("2015-06-01", '"augustus 2014"'), "2016-01-01", NOTHING),  # perhaps the first
    (MET.replace("2015-06-01", '"[..2014-09]"'), "2016-01-01", NOTHING),
    (MET.replace("2015-06-01", '"2 augustus 2014"'), "2016-01-01", (1, 0)),
]


@pytest.mark.parametrize(("history", "day", "expected"), SLIPS)
def test_slips(history: str, day: str, expected: tuple[int | None, int]) -> None:
    """Announced moves count, and what was surely met late, both as known on the day."""
    at = PROGRAMME.index("[[measure.milestone.rev")
    text = PROGRAMME[:at] + history + PROGRAMME[PROGRAMME.index("[measure.milestone.target]") :]
    slippage = slips(as_of(loads(text), dt.date.fromisoformat(day)))
    slip = next(iter(slippage.slips), None)
    assert ((slip.days, len(slip.moves)) if slip else ()) == expected
    assert slippage.moved + slippage.silent == slippage.slips


def test_undated_promise_that_got_a_date() -> None:
    """What was promised without a date and got one moved, by no number of days."""
    text = changed("[measure.milestone.dropped]", f"{LATER}[measure.milestone.dropped]")
    slippage = slips(as_of(loads(text), dt.date(2014, 7, 1)))
    assert [(slip.days, str(slip.now)) for slip in slippage.slips] == [
        (761, "over een paar jaar"),
        (None, "2014-09-01"),
    ]
    assert [(total.days, total.largest) for total in slippage.measures] == [(761, 761)]


def test_largest_first_and_ties_by_id() -> None:
    """The order is of days; what came earlier follows, then what has no days."""
    slipped = [slip.days for slip in slips(as_of(load(), dt.date(2016, 12, 31))).slips]
    assert slipped == [731, 730, 212, 9]
    programme = loads(changed(MOVE, LATER))
    one = programme.measures[0].milestones[0]
    same = tuple(attrs.evolve(one, id=name) for name in "cab")
    measure = attrs.evolve(programme.measures[0], milestones=same)
    tied = slips(as_of(attrs.evolve(programme, measures=(measure,)), dt.date(2014, 7, 1)))
    assert [slip.standing.milestone.full_id for slip in tied.slips] == [
        "files/a", "files/b", "files/c",
    ]  # fmt: skip


def test_totals() -> None:
    """A slip counts for its measure, its cluster if it has one, and each responsible body."""
    slippage = slips(as_of(load(), dt.date(2016, 12, 31)))
    assert [(one.id, one.milestones, one.silent, one.moves, one.days, one.largest)
            for one in (*slippage.clusters, *slippage.bodies)] == [
        ("labour-market", 2, 0, 2, 943, 731),
        ("attractive-education", 2, 2, 0, 739, 730),
        ("ocw", 4, 2, 2, 1682, 731),
        ("3tu", 1, 1, 0, 730, 730),
    ]  # fmt: skip
    alone = loads(changed('cluster = "labour-market"\n', "").replace('bodies = ["ocw"]\n', ""))
    slippage = slips(as_of(alone, dt.date(2014, 7, 1)))
    assert [one.id for one in slippage.measures] == ["files"]
    assert slippage.clusters == slippage.bodies == ()


@given(st.dates(dt.date(2013, 1, 1), dt.date(2017, 1, 1)))
def test_totals_of_measures_are_all_there_is(day: dt.date) -> None:
    """On any day, the totals of the measures have every slip once."""
    slippage = slips(as_of(SHIPPED, day))
    assert sum(total.milestones for total in slippage.measures) == len(slippage.slips)
    assert sum(total.silent for total in slippage.measures) == len(slippage.silent)
    assert sum(total.days for total in slippage.measures) == sum(
        slip.days or 0 for slip in slippage.slips
    )


SHIPPED = load()


def test_csv_and_json_are_read_back() -> None:
    """Both have each slip in the same order, whatever its title holds."""
    text = changed('nl = "Van kracht"', 'nl = "Van \\"kracht\\", <b>;\\u202e|"')
    slippage = slips(as_of(loads(text), dt.date(2014, 7, 1)))
    (row,) = csv.DictReader(io.StringIO(render(slippage, "csv"), newline=""))
    (slip,) = json.loads(render(slippage, "json"))["slips"]
    assert row["title"] == slip["title"]["nl"] == 'Van "kracht", <b>;\u202e|'
    assert (row["slip_days"], row["announced"]) == ("761", "2014-05-01")
    assert slip["moves"][0]["announced"] == "2014-05-01"


def test_json_keys_never_vanish() -> None:
    """A reader finds each key in each object; what is absent is null."""
    document = json.loads(render(slips(as_of(SHIPPED, dt.date(2016, 12, 31))), "json"))
    assert list(document) == ["version", "programme", "as_of", "slips", "totals"]
    for slip in document["slips"]:
        assert list(slip) == [
            *("id", "measure", "milestone", "title", "measure_title", "cluster", "bodies"),
            *("status", "promised", "now", "days", "moves"),
        ]
    for totals in document["totals"].values():
        for total in totals:
            assert list(total) == [
                "id",
                "title",
                "milestones",
                "silent",
                "moves",
                "days",
                "largest",
            ]


def test_the_command_takes_a_day_filters_and_formats(tmp_path: Path) -> None:
    """`slips` writes what the library returns for the same question."""
    file = tmp_path / "slips.csv"
    asked = ("--as-of", "2016-12-31", "--cluster", "labour-market", "--output-format", "csv")
    result = CliRunner().invoke(main, ["slips", *asked, "--lang", "en", "-o", str(file)])
    assert (result.exit_code, result.output) == (0, "")
    expected = slips(as_of(load().only(clusters=["labour-market"]), dt.date(2016, 12, 31)))
    assert file.read_text(encoding="utf-8") == render(expected, "csv", language="en")
