"""The records, and what can be asked of them without a day."""

import datetime as dt

import attrs
import pytest
from programmes import PROGRAMME, changed

from betatech_milestones import Dropped, Met, PolicyDate, Programme, Source, Texts, UnknownId, loads

TITLE = Texts((("nl", "Klassen"), ("en", "Classes"), ("zh-Hant", "班級")))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Klassen"),
        ("en", "Classes"),
        ("en-GB", "Classes"),
        ("EN-gb", "Classes"),
        ("zh-Hant", "班級"),
        ("zh-hant-TW", "班級"),
        ("zh", "Klassen"),
        ("fr", "Klassen"),
        ("", "Klassen"),
    ],
)
def test_text_in_a_language(language: str, text: str) -> None:
    """A tag is shortened until there is a text for it, in any case; else it is the own language."""
    assert TITLE.in_language(language) == text


def test_text_is_that_of_the_programme() -> None:
    """Written out, a text is in the programme's own language."""
    assert str(TITLE) == "Klassen"


# on · published -> known from
CERTAIN = [
    ("2014-08-01", "2014-09-01", "2014-08-01"),
    ("2014-08-01", "2014-08-01", "2014-08-01"),
    ("2014-08-01", None, "2014-08-01"),
    ("2014", "2014-03-01", "2014-03-01"),
    ("2014", "2014-01-01", "2014-01-01"),
    ("2014", "2013-12-31", "2014-12-31"),
    ("2014", "2015-03-01", "2014-12-31"),
    ("2014", None, "2014-12-31"),
    ("[..2014-06-30]", "2014-03-01", "2014-03-01"),
    ("[..2014-06-30]", "2014-07-01", "2014-06-30"),
    ("[2014..]", "2014-03-01", "2014-03-01"),
    ("[2014..]", None, "9999-12-31"),
]


@pytest.mark.parametrize(("on", "published", "known_from"), CERTAIN)
def test_outcome_is_known_from_the_first_certain_day(
    on: str, published: str | None, known_from: str
) -> None:
    """That is the last day of its date, or the day of a source that appeared within it."""
    source = Source(
        id="s", title=TITLE, published=(published and dt.date.fromisoformat(published)) or None
    )
    for outcome in (
        Met(on=PolicyDate(on), source=source),
        Dropped(on=PolicyDate(on), source=source, reason=TITLE),
    ):
        assert outcome.known_from == dt.date.fromisoformat(known_from)


def test_statements() -> None:
    """A milestone's statements are its promise, its revisions and its outcome, with their days."""
    in_force, progress = loads(PROGRAMME).measures[0].milestones
    assert list(in_force.statements) == [
        dt.date(2013, 2, 26),
        dt.date(2014, 5, 1),
        dt.date(2015, 7, 1),
    ]
    assert list(progress.statements) == [dt.date(2013, 2, 26), dt.date(2015, 7, 1)]


def test_statement_without_a_day() -> None:
    """A source without a day adds none; a file with such a promise is refused."""
    progress = loads(PROGRAMME).measures[0].milestones[1]
    bare = attrs.evolve(progress, source=Source(id="s", title=TITLE), outcome=None)
    assert list(bare.statements) == []


def test_records_are_frozen() -> None:
    """Nothing changes a record once it is read."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        loads(PROGRAMME).id = "other"  # type: ignore[misc]


def test_same_text_same_programme() -> None:
    """Reading a text twice gives equal programmes, that can be keys."""
    first, second = loads(PROGRAMME), loads(PROGRAMME)
    assert first == second
    assert len({first, second}) == 1


def test_by_id() -> None:
    """Milestones come in the order of the file, or of their full ids."""
    programme = loads(changed('id = "progress"', 'id = "a"'))
    assert [m.full_id for m in programme.milestones] == ["files/in-force", "files/a"]
    assert [m.full_id for m in programme.by_id] == ["files/a", "files/in-force"]


# --- choosing -------------------------------------------------------------------------------------

SECOND = """
[[sector]]
id = "po"
title.nl = "primair onderwijs"

[[measure]]
id = "pupils"
title.nl = "Leerlingen"
source = "letter-2013"
sectors = ["po", "mbo"]

[[measure.milestone]]
id = "start"
title.nl = "Begin"
kind = "start"
"""
BOTH = loads(PROGRAMME + SECOND)
EVERYTHING = ["files/in-force", "files/progress", "pupils/start"]


def ids(programme: Programme) -> list[str]:
    return [milestone.full_id for milestone in programme.by_id]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, EVERYTHING),
        ({"clusters": []}, EVERYTHING),
        ({"clusters": ["labour-market"]}, EVERYTHING[:2]),
        ({"sectors": ["mbo"]}, EVERYTHING),
        ({"sectors": ["po"]}, EVERYTHING[2:]),
        ({"sectors": ["po", "mbo"]}, EVERYTHING),
        ({"bodies": ["ocw"]}, EVERYTHING[:2]),
        ({"measures": ["pupils"]}, EVERYTHING[2:]),
        ({"measures": ["pupils", "files"]}, EVERYTHING),
        ({"kinds": ["report"]}, EVERYTHING[1:2]),
        ({"kinds": ["report", "start"]}, EVERYTHING[1:]),
        ({"kinds": ["decision"]}, []),
        ({"sectors": ["mbo"], "kinds": ["report"]}, EVERYTHING[1:2]),
        ({"clusters": ["labour-market"], "sectors": ["po"]}, []),
    ],
)
def test_only(asked: dict[str, list[str]], expected: list[str]) -> None:
    """Ids of one sort widen the choice, another sort narrows it; nothing asked is everything."""
    assert ids(BOTH.only(**asked)) == expected


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"clusters": ["labor-mart"]},
            'no cluster "labor-mart"; did you mean "labour-market"?',
        ),
        ({"sectors": ["wo"]}, 'no sector "wo"; there are: mbo, po'),
        ({"sectors": ["havo-5"]}, 'no sector "havo-5"; there are: mbo, po'),
        ({"bodies": ["szw", "ez"]}, 'no body "ez"; there are: ocw'),
        ({"measures": ["file"]}, 'no measure "file"; did you mean "files"?'),
        ({"kinds": ["reports"]}, 'no kind "reports"; did you mean "report"?'),
    ],
)
def test_only_what_is_not_there(asked: dict[str, list[str]], message: str) -> None:
    """An id that the programme does not have is refused, with the nearest or all that it has."""
    with pytest.raises(UnknownId) as error:
        BOTH.only(**asked)
    assert str(error.value) == message


def test_only_where_there_is_none() -> None:
    """A programme without clusters says so."""
    bare = attrs.evolve(BOTH, clusters=())
    with pytest.raises(UnknownId, match=r'^no cluster "x"; there are: none$'):
        bare.only(clusters=["x"])
