"""What was said and when: promises, moves, revisions, news and outcomes, the newest first."""

import datetime as dt
import itertools
from collections.abc import Iterator

import pytest
from programmes import PROGRAMME

from betatech_milestones import (
    Ended,
    Moved,
    Programme,
    Promised,
    Revised,
    Statement,
    Told,
    history,
    load,
    loads,
)
from betatech_milestones.analysis.history import concerned, with_names


def told(programme: Programme) -> str:
    """Return a line for each statement: all that it knows."""
    return "\n".join(" | ".join(_told(statement)) for statement in history(programme))


def _told(statement: Statement) -> Iterator[str]:
    yield str(statement.day)
    yield statement.milestone.full_id
    yield type(statement).__name__
    match statement:
        case Moved(move=move, date=date):
            yield f"{move.before} -> {date}"
        case Revised(revision=revision, date=date):
            yield f"{revision.goal} {[body.id for body in revision.bodies or ()]} {date}"
        case Told(news=news, date=date):
            yield f"{news.found} {date}"
        case Ended(outcome=outcome, date=date):
            yield f"{outcome.status} {date}"
        case Promised(date=date):
            yield str(date)
    yield str(statement.reason)
    yield statement.source.id if statement.source else "-"


def one(milestone: str, *, promised: str = "2013-02-26") -> Programme:
    """Return the shared programme with one milestone, from the TOML below its title."""
    head = PROGRAMME.partition("[[measure.milestone]]")[0].replace("2013-02-26", promised)
    title = 'id = "x"\ntitle = { nl = "Titel" }\nkind = "other"\n'
    return loads(f"{head}[[measure.milestone]]\n{title}{milestone}")


def test_the_statements_of_a_programme() -> None:
    """Each is known from the day its source appeared or announced it, and says all there is."""
    assert told(loads(PROGRAMME)) == (
        "2015-09-02 | teachers/survey | Revised | 12 ['ocw'] None | None | letter-2015\n"
        "2015-09-01 | teachers/survey | Ended | replaced None | opgegaan in de dossiers"
        " | web-page\n"
        "2015-09-01 | teachers/survey | Told | under-way 2015-08-31 | drie scholen zijn klaar"
        " | web-page\n"
        "2015-07-01 | files/in-force | Ended | met 2015-06-01 | None | letter-2015\n"
        "2015-07-01 | files/progress | Ended | dropped zomer 2015 | niet meer nodig | letter-2015\n"
        "2015-07-01 | teachers/survey | Promised | doorlopend | None | letter-2015\n"
        "2014-05-01 | files/in-force | Moved | 2014-08-01 -> over een paar jaar"
        " | meer tijd nodig | letter-2015\n"
        "2013-02-26 | files/in-force | Promised | 2014-08-01 | None | letter-2013\n"
        "2013-02-26 | files/progress | Promised | None | None | letter-2013"
    )


def test_the_measure_goes_with_it() -> None:
    """A statement can be told without the programme."""
    measures = {statement.milestone.measure.id for statement in history(loads(PROGRAMME))}
    assert measures == {"files", "teachers"}


def test_no_milestones_no_statements() -> None:
    """A programme in which nothing was promised has no history."""
    assert history(loads(PROGRAMME).only(kinds=["start"])) == ()


MANY = """\
due = 2014-08-01
revised = [
  { due = 2015-08-01, source = "letter-2015", announced = 2014-05-01 },
  { due = 2016-08-01, source = "letter-2015" },
  { bodies = [], source = "letter-2015", reason = "opgeheven" },
  { due = 2017-08-01, goal = 9, source = "letter-2015" },
]
news = [
  { found = "nothing", by = "wij", on = 2015-07-01 },
  { found = "not-done", on = 2015-06-30, source = "letter-2015" },
]
met = { source = "letter-2015" }
number = { unit = "x" }
"""


def test_one_day_of_one_milestone() -> None:
    """What was said last on a day comes first, and each move begins where the one before ended."""
    assert told(one(MANY)) == (
        "2015-07-01 | files/x | Ended | met None | None | letter-2015\n"
        "2015-07-01 | files/x | Told | not-done 2015-06-30 | None | letter-2015\n"
        "2015-07-01 | files/x | Told | nothing 2015-07-01 | None | -\n"
        "2015-07-01 | files/x | Moved | 2016-08-01 -> 2017-08-01 | None | letter-2015\n"
        "2015-07-01 | files/x | Revised | None [] None | opgeheven | letter-2015\n"
        "2015-07-01 | files/x | Moved | 2015-08-01 -> 2016-08-01 | None | letter-2015\n"
        "2014-05-01 | files/x | Moved | 2014-08-01 -> 2015-08-01 | None | letter-2015\n"
        "2013-02-26 | files/x | Promised | 2014-08-01 | None | letter-2013"
    )


def test_each_statement_has_a_name_for_life() -> None:
    """The second of its sort on one day is numbered, and so is the third."""
    named = with_names(history(one(MANY)))
    assert [statement for statement, _ in named] == [*history(one(MANY))]
    assert [name for _, name in named] == [
        "dossiers/x met",
        "dossiers/x news 2015-07-01 2",
        "dossiers/x news 2015-07-01",
        "dossiers/x moved 2015-07-01 2",
        "dossiers/x revised 2015-07-01",
        "dossiers/x moved 2015-07-01",
        "dossiers/x moved 2014-05-01",
        "dossiers/x promised",
    ]
    last = '{ due = 2017-08-01, goal = 9, source = "letter-2015" },'
    third = MANY.replace(last, f'{last}\n  {{ due = 2018-08-01, source = "letter-2015" }},')
    names = [name for _, name in with_names(history(one(third)))]
    assert [name for name in names if "moved 2015-07-01" in name] == [
        "dossiers/x moved 2015-07-01 3",
        "dossiers/x moved 2015-07-01 2",
        "dossiers/x moved 2015-07-01",
    ]


# What is in the file · the day of the outcome.
OUTCOMES = {
    "the source has a day": ('met = { on = 2012, source = "letter-2015" }', "2015-07-01"),
    "it is of a year that had begun": ('met = { on = 2015, source = "letter-2015" }', "2015-07-01"),
    "the source was only read": ('met = { on = "2012-05", source = "web-page" }', "2015-09-01"),
    "no day is told": ('met = { source = "letter-2015" }', "2015-07-01"),
    "the first of several sources": (
        'met = { sources = ["web-page", "letter-2015"] }',
        "2015-07-01",
    ),
}


@pytest.mark.parametrize(("outcome", "day"), OUTCOMES.values(), ids=OUTCOMES)
def test_the_day_of_an_outcome(outcome: str, day: str) -> None:
    """It is when a source first said so."""
    ends = [end for end in history(one(outcome)) if isinstance(end, Ended)]
    assert [str(end.day) for end in ends] == [day]


def test_both_endings_of_what_was_met_after_all() -> None:
    """The one that was known later comes first, wherever it stands in the file."""
    written = (
        'met = { on = 2015-08-31, source = "web-page" }\n'
        'dropped = { on = 2014, source = "letter-2015", reason = "geen geld" }\n'
    )
    assert told(one(written)) == (
        "2015-09-01 | files/x | Ended | met 2015-08-31 | None | web-page\n"
        "2015-07-01 | files/x | Ended | dropped 2014 | geen geld | letter-2015\n"
        "2013-02-26 | files/x | Promised | None | None | letter-2013"
    )


def test_before_the_first_of_all_days_nobody_answered_for_anything() -> None:
    """Whom a statement of that day concerns is told all the same."""
    (first,) = history(one("due = 2014", promised="0001-01-01"))
    assert first.day == dt.date.min
    assert [body.id for body in concerned(first)] == ["ocw"]


def test_a_fact_was_never_promised() -> None:
    """What a source only reports as done has an end, and no promise."""
    fact = 'commitment = "none"\nmet = { on = 2012, source = "letter-2013" }'
    assert told(one(fact)) == "2013-02-26 | files/x | Ended | met 2012 | None | letter-2013"
    assert told(one(fact.partition("\n")[2])) == (
        "2013-02-26 | files/x | Ended | met 2012 | None | letter-2013\n"
        "2013-02-26 | files/x | Promised | None | None | letter-2013"
    )


def test_nothing_is_lost_of_the_shipped_data() -> None:
    """Every statement is there once, each of its own sort."""
    shipped = load()
    found = history(shipped)
    milestones = [*shipped.milestones]
    counted = [sum(isinstance(one, sort) for one in found)
               for sort in (Promised, Moved, Revised, Told, Ended)]  # fmt: skip
    assert counted == [
        sum(not milestone.is_fact for milestone in milestones),
        sum(len(milestone.moves) for milestone in milestones),
        sum(len(m.revisions) - len(m.moves) for m in milestones),
        sum(len(milestone.news) for milestone in milestones),
        sum(len(milestone.outcomes) for milestone in milestones),
    ]
    assert len(found) == sum(counted)


def test_the_shipped_data_is_in_order() -> None:
    """No statement is older than the one after it; of one day they come by full id."""
    order = [(statement.day, statement.milestone.full_id) for statement in history(load())]
    for (day, full_id), (next_day, next_id) in itertools.pairwise(order):
        assert next_day < day or (next_day == day and full_id <= next_id)
