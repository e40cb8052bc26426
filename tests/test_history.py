"""What was said and when: one change for each promise, move and outcome, the newest first."""

import datetime as dt
import itertools
from collections.abc import Iterator

import attrs
import pytest
from programmes import PROGRAMME

from betatech_milestones import Ended, Moved, Programme, Promised, Statement, history, load, loads

SHIPPED = load()


def told(programme: Programme) -> str:
    """Return a line for each change: all that it knows."""
    return "\n".join(" | ".join(_told(change)) for change in history(programme))


def _told(change: Statement) -> Iterator[str]:
    yield str(change.day)
    yield change.milestone.full_id
    yield type(change).__name__
    match change:
        case Promised(date=date):
            yield str(date)
        case Moved(move=move, date=date, reason=reason):
            yield f"{move.before} -> {date}"
            yield str(reason)
        case Ended(outcome=outcome, date=date, reason=reason):
            yield f"{type(outcome).__name__} {date}"
            yield str(reason)
    yield change.source.id


def one(milestone: str, *, promised: str = "2013-02-26") -> Programme:
    """Return the shared programme with one milestone, from the TOML below its title."""
    head = PROGRAMME.partition("[[measure.milestone]]")[0].replace("2013-02-26", promised)
    title = 'id = "x"\ntitle = { nl = "Titel" }\nkind = "other"\n'
    return loads(f"{head}[[measure.milestone]]\n{title}{milestone}")


def test_the_changes_of_a_programme() -> None:
    """Each is known from the day its source appeared or announced it, and says all there is."""
    assert told(loads(PROGRAMME)) == (
        "2015-07-01 | files/in-force | Ended | Met 2015-06-01 | None | letter-2015\n"
        "2015-07-01 | files/progress | Ended | Dropped zomer 2015 | niet meer nodig | letter-2015\n"
        "2014-05-01 | files/in-force | Moved | 2014-08-01 -> over een paar jaar"
        " | meer tijd nodig | letter-2015\n"
        "2013-02-26 | files/in-force | Promised | 2014-08-01 | letter-2013\n"
        "2013-02-26 | files/progress | Promised | None | letter-2013"
    )


def test_the_measure_goes_with_it() -> None:
    """A change can be told without the programme."""
    assert {change.milestone.measure.id for change in history(loads(PROGRAMME))} == {"files"}


def test_no_milestones_no_changes() -> None:
    """A programme in which nothing was promised has no history."""
    assert history(loads(PROGRAMME).only(kinds=["start"])) == ()


MOVES = """\
due = 2014-08-01
revised = [
  { due = 2015-08-01, source = "letter-2015", announced = 2014-05-01 },
  { due = 2016-08-01, source = "letter-2015" },
  { due = 2017-08-01, source = "letter-2015" },
]
met = { on = 2015-06-01, source = "letter-2015" }
"""


def test_one_day_of_one_milestone() -> None:
    """What was said last on a day comes first, and each move begins where the one before ended."""
    assert told(one(MOVES)) == (
        "2015-07-01 | files/x | Ended | Met 2015-06-01 | None | letter-2015\n"
        "2015-07-01 | files/x | Moved | 2016-08-01 -> 2017-08-01 | None | letter-2015\n"
        "2015-07-01 | files/x | Moved | 2015-08-01 -> 2016-08-01 | None | letter-2015\n"
        "2014-05-01 | files/x | Moved | 2014-08-01 -> 2015-08-01 | None | letter-2015\n"
        "2013-02-26 | files/x | Promised | 2014-08-01 | letter-2013"
    )


# What is in the file · the day of the outcome.
OUTCOMES = {
    "the source has a day": ('met = { on = 2012, source = "letter-2015" }', dt.date(2015, 7, 1)),
    "the source has none": ('met = { on = "2012-05", source = "web-page" }', dt.date(2012, 5, 31)),
    "nor has the date": ('met = { on = "[2012..]", source = "web-page" }', None),
    "the date alone has no end": (
        'met = { on = "[2012..]", source = "letter-2015" }',
        dt.date(2015, 7, 1),
    ),
}


@pytest.mark.parametrize(("outcome", "day"), OUTCOMES.values(), ids=OUTCOMES)
def test_the_day_of_an_outcome(outcome: str, day: dt.date | None) -> None:
    """It is when the source says so, else when it is certain; one that never is has no day."""
    ends = [change for change in history(one(outcome)) if isinstance(change, Ended)]
    assert [end.day for end in ends] == [day]


def test_what_has_no_day_comes_last() -> None:
    """It is told after the oldest, even if that is of the first day there is."""
    programme = one('met = { on = "[0001..]", source = "web-page" }', promised="0001-01-01")
    assert told(programme) == (
        "0001-01-01 | files/x | Promised | None | letter-2013\n"
        "None | files/x | Ended | Met [0001..] | None | web-page"
    )


def test_a_promise_of_a_source_without_a_day() -> None:
    """The loader refuses it; in a programme made by a script it has no day either."""
    programme = one("due = 2014-08-01")
    (measure,) = programme.measures
    (milestone,) = measure.milestones
    undated = attrs.evolve(milestone, source=programme.sources[2])
    made = attrs.evolve(programme, measures=(attrs.evolve(measure, milestones=(undated,)),))
    assert told(made) == "None | files/x | Promised | 2014-08-01 | web-page"


# What is in the file · whether it had been promised.
PROMISES = {
    "a date": ("due = 2014", True),
    "no date": ("", True),
    "a date later": ('revised = [{ due = 2016, source = "letter-2015" }]', True),
    "met, says another source": ('met = { on = 2014, source = "letter-2015" }', True),
    "met, says the same source": ('met = { on = 2012, source = "letter-2013" }', False),
    "a date, met, says the same source": (
        'due = 2012\nmet = { on = 2012, source = "letter-2013" }',
        True,
    ),
    "a date later, met, says the same source": (
        """
        revised = [{ due = 2016, source = "letter-2015" }]
        met = { on = 2012, source = "letter-2013" }
        """,
        True,
    ),
    "dropped, says the same source": (
        'dropped = { on = 2012, source = "letter-2013", reason = { nl = "Nee." } }',
        True,
    ),
}


@pytest.mark.parametrize(("milestone", "promised"), PROMISES.values(), ids=PROMISES)
def test_what_was_only_reported(milestone: str, *, promised: bool) -> None:
    """What a source reports as met, without a date before, was not promised."""
    programme = one(milestone)
    (found,) = programme.by_id
    assert found.was_promised is promised
    assert promised is any(isinstance(change, Promised) for change in history(programme))


def test_nothing_is_lost_of_the_shipped_data() -> None:
    """Every move and outcome is there once, and every promise that was made."""
    found = history(SHIPPED)
    milestones = [*SHIPPED.milestones]
    assert sum(isinstance(change, Promised) for change in found) == sum(
        milestone.was_promised for milestone in milestones
    )
    assert sum(isinstance(change, Moved) for change in found) == sum(
        len(milestone.revisions) for milestone in milestones
    )
    assert sorted(
        change.milestone.full_id for change in found if isinstance(change, Ended)
    ) == sorted(m.full_id for m in milestones if m.outcome)


def test_the_shipped_data_is_in_order() -> None:
    """No change is older than the one after it; of one day they come by full id."""
    order = [(change.day or dt.date.min, change.milestone.full_id) for change in history(SHIPPED)]
    for (day, full_id), (next_day, next_id) in itertools.pairwise(order):
        assert (next_day, full_id) <= (day, next_id)
