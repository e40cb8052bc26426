"""What slipped by a day, and how much of it there is where.

The whole output in each format is in `formats/slips` and `formats/no-slips`.
"""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, changed

from betatech_milestones import (
    NowMoved,
    Programme,
    Timeliness,
    as_of,
    diff,
    load,
    loads,
    render,
    slips,
)
from betatech_milestones.cli import main

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
id = "later"
title = "Later"
published = 2015-07-01
[[cluster]]
id = "c"
title = "C"
[[body]]
id = "ocw"
name = "OCW"
[[body]]
id = "school"
name = "School"
"""
MEASURE = '[[measure]]\nid = "{}"\ntitle = "M"\nsource = "promise"\n{}\n'


def milestone(name: str, written: str = "", due: str = "2014-08-01") -> str:
    date = f'due = "{due}"\n' if due else ""
    return f'[[measure.milestone]]\nid = "{name}"\ntitle = "x"\nkind = "other"\n{date}{written}'


def moved(due: str, announced: str = "2014-06-01") -> str:
    revised = f'[[measure.milestone.revised]]\nsource = "later"\nannounced = {announced}\n'
    return revised + f'due = "{due}"\n'


def met(on: str = "", source: str = "later") -> str:
    return f'[measure.milestone.met]\nsource = "{source}"\n' + (f'on = "{on}"\n' if on else "")


def programme(*milestones: str) -> Programme:
    return loads(HEAD + MEASURE.format("m", "") + "".join(milestones))


LATER, SOONER = moved("2014-09-01"), moved("2014-07-01")
HANDED = (
    '[[measure.milestone.revised]]\nbodies = ["school"]\nsource = "later"\nannounced = 2014-06-01\n'
)
DAY = "2014-08-01"
END = "2016-01-01"
Found = tuple[int | None, tuple[int, int] | None, int] | None

# the first date · what became of it · the day -> the days it was moved, the bounds of how late it
# was met, and how many moves there were; None: it did not slip
SLIPS: list[tuple[str, str, str, Found]] = [
    (DAY, LATER, "2014-05-31", None),  # not announced yet
    (DAY, LATER, "2014-06-01", (31, None, 1)),
    (DAY, SOONER, "2014-06-01", (-31, None, 1)),  # moved forward
    (DAY, LATER + moved(DAY, "2014-07-01"), "2014-07-01", (0, None, 2)),  # and back again
    (DAY, LATER + moved("2015-09-01", "2014-07-01"), "2014-07-01", (396, None, 2)),
    (DAY, moved("uiterlijk september 2014"), "2014-06-01", (60, None, 1)),
    ("zomer 2014", moved("herfst 2014"), "2014-06-01", (91, None, 1)),  # from term to term
    (DAY, moved("[2014-09..]"), "2014-06-01", (None, None, 1)),
    ("[2014..]", LATER, "2014-06-01", (None, None, 1)),
    # a first date is no slip, but what it is moved to is
    ("", LATER, "2014-06-01", None),
    ("", LATER + moved("2014-10-01", "2014-07-01"), "2014-07-01", (30, None, 1)),
    # neither is a handing over
    (DAY, HANDED, "2014-06-01", None),
    # moved with a word, and met later than that
    (DAY, LATER + met("2015-06-01"), "2015-06-30", (31, None, 1)),
    (DAY, LATER + met("2015-06-01"), "2015-07-01", (31, (304, 304), 1)),
    (DAY, LATER + met("2014"), "2015-07-01", (31, (0, 152), 1)),
    # without a word: only where it was surely met after its term
    (DAY, "", END, None),  # overdue, and nobody knows until when
    (DAY, met("2015-06-01"), "2015-06-30", None),
    (DAY, met("2015-06-01"), "2015-07-01", (None, (304, 304), 0)),
    (DAY, met("2014-08-02"), END, (None, (1, 1), 0)),
    (DAY, met("oktober 2014"), END, (None, (61, 91), 0)),
    (DAY, met("2014-08-01"), END, None),
    (DAY, met("2014-07-01"), END, None),  # early is no slip
    (DAY, met("augustus 2014"), END, None),  # perhaps the first
    (DAY, met("[..2014-09]"), END, None),
    (DAY, met(), END, None),
    ("", met("2015-06-01"), END, None),
]


@pytest.mark.parametrize(("due", "written", "day", "expected"), SLIPS)
def test_slips(due: str, written: str, day: str, expected: Found) -> None:
    """Announced moves count, and what was surely met late, both as known on the day."""
    slippage = slips(as_of(programme(milestone("n", written, due)), day))
    found = [(slip.days, slip.timeliness, len(slip.moves)) for slip in slippage.slips]
    if expected is None:
        assert found == []
    else:
        days, bounds, moves = expected
        assert found == [(days, None if bounds is None else Timeliness(*bounds), moves)]
    assert slippage.moved + slippage.silent == slippage.slips


def test_with_hindsight() -> None:
    """What was announced later is a slip already; the slips say of when that is."""
    slippage = slips(as_of(programme(milestone("n", LATER)), "2014-05-31", "2014-06-01"))
    assert [slip.days for slip in slippage.slips] == [31]
    assert (str(slippage.day), str(slippage.known_on)) == ("2014-05-31", "2014-06-01")


def test_largest_first_and_ties_by_id() -> None:
    """By the days it was moved or else surely late; what came earlier follows, then no days."""
    slippage = slips(
        as_of(
            programme(
                milestone("unknown", moved("[2014-09..]")),
                milestone("sooner", SOONER),
                milestone("silent", met("2014-08-21")),
                milestone("b", LATER),
                milestone("a", LATER),
                milestone("most", moved("2015-08-01")),
                milestone("and-back", LATER + moved(DAY, "2014-07-01")),
                milestone("by-a-day", moved("2014-08-02")),
            ),
            END,
        )
    )
    assert [(slip.standing.milestone.id, slip.days) for slip in slippage.slips] == [
        ("most", 365),
        ("a", 31),
        ("b", 31),
        ("silent", None),
        ("by-a-day", 1),
        ("and-back", 0),
        ("sooner", -31),
        ("unknown", None),
    ]


TOTALS = (
    MEASURE.format("m", 'cluster = "c"\nbodies = ["ocw", "school"]')
    + milestone("a", LATER)
    + milestone("b", moved("2014-11-01") + moved("2015-08-01", "2014-10-01"))
    + milestone("c", 'bodies = ["school"]\n' + moved("2014-08-11"))
    + milestone("d", met("2015-06-01"))
    + milestone("e", moved("[2014-09..]"))
    + MEASURE.format("other", 'cluster = "c"')
    + milestone("a", SOONER)
    + milestone("b", met("2014-10-01"))
    + MEASURE.format("silent", "")
    + milestone("a", met("2014-10-01"))
    + MEASURE.format("calm", 'bodies = ["ocw"]')
    + milestone("a")
)


def test_totals() -> None:
    """A slip counts for its measure, its cluster if it has one, and each responsible body.

    What can be counted of unlike things is how many, the one in the middle and the largest; the
    days that nobody announced are none of those by which something moved.
    """
    slippage = slips(as_of(loads(HEAD + TOTALS), END))
    totals = (*slippage.measures, *slippage.clusters, *slippage.bodies)
    columns = ("milestones", "silent", "moves", "counted", "median", "largest")
    assert [(one.id, *(getattr(one, column) for column in columns)) for one in totals] == [
        ("m", 5, 1, 5, 3, 31, 365),
        ("other", 2, 1, 1, 1, -31, -31),
        ("silent", 1, 1, 0, 0, None, None),
        ("c", 7, 2, 6, 4, 20.5, 365),
        ("school", 5, 1, 5, 3, 31, 365),
        ("ocw", 4, 1, 4, 2, 198, 365),
    ]
    assert repr(slippage) == "<Slips p 2016-01-01: 5 moved, 3 unannounced>"
    assert repr(slippage.slips[0]) == "<Slip m/b: 365 days>"


@pytest.mark.parametrize("year", range(2013, 2027))
def test_totals_of_measures_are_all_there_is(year: int) -> None:
    """On any day, the totals of the measures of the shipped data set have every slip once."""
    slippage = slips(as_of(load(), dt.date(year, 9, 1)))
    assert sum(total.milestones for total in slippage.measures) == len(slippage.slips)
    assert sum(total.silent for total in slippage.measures) == len(slippage.silent)
    assert sum(total.moves for total in slippage.measures) == sum(
        len(slip.moves) for slip in slippage.slips
    )


TERMS = st.dates(dt.date(2014, 1, 1), dt.date(2018, 1, 1))


@given(st.lists(TERMS, min_size=2, max_size=4))
def test_days_are_those_of_diff(terms: list[dt.date]) -> None:
    """What `diff` tells of each move is together what it was moved from first term to last."""
    first, *others = map(str, terms)
    before = programme(milestone("n", due=first))
    after = programme(milestone("n", "".join(map(moved, others)), due=first))
    (slip,) = slips(as_of(after, END)).slips
    moves = [change.move for change in diff(before, after).changes if isinstance(change, NowMoved)]
    assert [move.days for move in moves] == [move.days for move in slip.moves]
    assert sum(move.days or 0 for move in moves) == slip.days


# --- formats and the command ----------------------------------------------------------------------


def test_csv_and_json_are_read_back() -> None:
    """Both have each slip in the same order, whatever its title holds."""
    text = changed('nl = "Van kracht"', 'nl = "Van \\"kracht\\", <b>;\\u200f|"')
    slippage = slips(as_of(loads(text), dt.date(2014, 7, 1)))
    (row,) = csv.DictReader(io.StringIO(render(slippage, "csv"), newline=""))
    (slip,) = json.loads(render(slippage, "json"))["slips"]
    assert row["title"] == slip["title"]["nl"] == 'Van "kracht", <b>;\u200f|'
    assert (row["moved_days"], row["announced"]) == ("761", "2014-05-01")
    assert (slip["moved_days"], slip["timeliness"]) == (761, None)
    assert slip["moves"][0]["announced"] == "2014-05-01"


def test_json_keys_never_vanish() -> None:
    """A reader finds each key in each object; what is absent is null."""
    document = json.loads(render(slips(as_of(loads(HEAD + TOTALS), END)), "json"))
    assert list(document) == ["version", "programme", "as_of", "known_on", "slips", "totals"]
    for slip in document["slips"]:
        assert list(slip) == [
            *("id", "measure", "milestone", "title", "measure_title", "cluster", "bodies"),
            *("status", "promised", "now", "moved_days", "timeliness", "moves"),
        ]
    for totals in document["totals"].values():
        for total in totals:
            assert list(total) == [
                *("id", "title", "milestones", "silent", "moves", "counted", "median", "largest"),
            ]


def test_the_command_takes_a_day_filters_and_formats(tmp_path: Path) -> None:
    """`slips` writes what the library returns for the same question."""
    data, file = tmp_path / "data.toml", tmp_path / "slips.csv"
    data.write_text(PROGRAMME, encoding="utf-8")
    asked = ("--as-of", "2014-07-01", "--cluster", "labour-market", "--output-format", "csv")
    result = CliRunner().invoke(main, ["slips", str(data), *asked, "--lang", "en", "-o", str(file)])
    assert (result.exit_code, result.output) == (0, "")
    expected = slips(as_of(load(data).only(clusters=["labour-market"]), dt.date(2014, 7, 1)))
    assert file.read_text(encoding="utf-8") == render(expected, "csv", language="en")
