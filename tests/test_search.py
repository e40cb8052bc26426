"""The index of which lists are drawn: what it holds, and that it tells what a report does."""

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from generate import programme_text
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME
from sites import EVERY_GROUP, HOSTILE, hostile
from strategies import programmes

from betatech_milestones import Programme, Standing, Voice, as_of, load, loads
from betatech_milestones.website.search import NONE, search_index

EVERY = loads(EVERY_GROUP)
EPOCH = dt.date(1970, 1, 1).toordinal()


def index(programme: Programme, language: str = "nl") -> Any:
    return json.loads(search_index(programme, language))


def test_whole_index() -> None:
    """It holds columns: milestones in the order of their ids, and what they share written once."""
    assert index(loads(PROGRAMME)) == {
        "version": 1,
        "keys": [
            *("late", "unchecked", "no-news", "due", "upcoming", "passed", "undated"),
            *("met", "replaced", "dropped", "fact"),
        ],
        "clusters": [["labour-market", "Arbeidsmarkt"]],
        "sectors": [["mbo", "middelbaar beroepsonderwijs"]],
        "bodies": [["ocw", "Ministerie van OCW"]],
        "measures": {
            "ids": ["files", "teachers"],
            "titles": ["Dossiers", "Leraren"],
            "languages": {},
            "codes": {"1": "L2"},
            "clusters": [0, NONE],
            "sectors": [[0], []],
            "bodies": [[0], []],
            "milestones": [2, 1],
        },
        "milestones": {
            "ids": ["in-force", "progress", "survey"],
            "titles": ["Van kracht", "Voortgang", "Leraren geraadpleegd"],
            "languages": {},
            "codes": {"2": "L2.1"},
            "also": {"2": [0]},
            "bodies": {"2": [[-719162, [0]]]},
            "snoozes": {
                "1": [
                    16618,
                    16709,
                    "aangehouden t/m 1 oktober 2015 door redactie: wordt nagevraagd",
                ]
            },
        },
        "dates": {
            "said": ["1 augustus 2014", "rond augustus 2016", "doorlopend"],
            "first": [16283, 17014, None],
            "last": [16283, 17044, None],
        },
        "sayings": {
            "keys": [4, 4, 7, 6, 9, 8],
            "texts": [
                "over {age}",
                "begint over {age}",
                "gerealiseerd: 1 juni 2015",
                "zonder datum",
                "vervallen: zomer 2015",
                "vervangen: dag onbekend",
            ],
        },
        "turns": {
            "counts": [3, 2, 3],
            "days": [15762, 429, 426, 15762, 855, 16617, 62, 1],
            "sayings": [0, 1, 2, 3, 4, 3, 5, 5],
            "dates": [0, 1, 1, NONE, NONE, 2, 2, 2],
        },
        "statements": {
            "days": [15762, 16191, 16617, 16679, 16680],
            "said": [
                "26 februari 2013",
                "1 mei 2014",
                "1 juli 2015",
                "1 september 2015",
                "2 september 2015",
            ],
            "undated": [3],
        },
    }


def test_what_few_have_stands_under_their_place() -> None:
    """So does who answered for what was handed over, from which day on."""
    found = index(EVERY, "en")["milestones"]
    assert found["also"] == {"14": [0]}
    assert found["bodies"] == {"14": [[-719162, [1]], [16191, [0, 1]]]}
    assert found["codes"] == {"11": "S.9"}


def test_words_of_another_language_are_marked() -> None:
    """A title that stands in none of the page's languages is read out in its own."""
    programme = loads(PROGRAMME.replace(', en = "Teachers" }', " }"))
    found = index(programme, "en")
    assert found["measures"]["titles"] == ["Files", "Leraren"]
    assert found["measures"]["languages"] == {"1": "nl"}
    assert found["milestones"]["languages"] == {"1": "nl"}


def test_that_somebody_looked_in_vain_is_no_statement() -> None:
    """How fresh a programme is, is told by what was said of it."""
    before, _, after = EVERY_GROUP.partition("on = 2015-02-01\n")
    later = loads(f"{before}on = 2026-11-23\n{after}")
    assert index(later)["statements"] == index(EVERY)["statements"]


def test_measure_without_milestones() -> None:
    """It has its place: what is a part of it too is found there."""
    text = PROGRAMME.replace('also = ["files"]', 'also = ["empty"]')
    empty = '[[measure]]\nid = "empty"\ntitle = { nl = "Leeg" }\nsource = "letter-2013"\n'
    found = index(loads(f"{text}\n{empty}"))
    assert found["measures"]["ids"] == ["files", "teachers", "empty"]
    assert found["measures"]["milestones"] == [2, 1, 0]
    assert found["milestones"]["also"] == {"2": [2]}


def test_size() -> None:
    """What a milestone takes is its title, its id and a few numbers."""
    programme = loads(programme_text(2_000))
    assert len(search_index(programme, "nl")) < 150 * 2_000


def test_hostile_text() -> None:
    """Texts are on one line, and stay what they are."""
    found = index(hostile(loads(PROGRAMME)))
    assert set(found["milestones"]["titles"]) == {" ".join(HOSTILE.split())}


# --- what it tells --------------------------------------------------------------------------------

Told = tuple[str, str, str, str | None, list[str]]


def told(found: Any, day: dt.date, voice: Voice) -> list[Told]:
    """Return what the page's script tells for a day: id, group, how, the date and who answers."""
    counts = found["turns"]["counts"]
    owners = [at for at, own in enumerate(found["measures"]["milestones"]) for _ in range(own)]
    rows = [
        row
        for place, (owner, end) in enumerate(zip(owners, itertools.accumulate(counts), strict=True))
        for row in _row(found, place, owner, range(end - counts[place], end), day=day, voice=voice)
    ]
    return [row for _, row in sorted(rows, key=lambda one: one[0])]


_DATE = ("said", "first", "last")


def _row(
    found: Any, place: int, owner: int, turns: range, *, day: dt.date, voice: Voice
) -> Iterator[tuple[tuple[int, float, int], Told]]:
    """Yield a milestone and by what it is sorted; nothing where nobody knew of it."""
    number = day.toordinal() - EPOCH
    since = itertools.accumulate(found["turns"]["days"][turn] for turn in turns)
    held = [turn for turn, first in zip(turns, since, strict=True) if first <= number]
    if not held:
        return
    saying, date = found["turns"]["sayings"][held[-1]], found["turns"]["dates"][held[-1]]
    key, text = found["sayings"]["keys"][saying], found["sayings"]["texts"][saying]
    group = found["keys"][key]
    columns: list[Any] = [None if date == NONE else found["dates"][name][date] for name in _DATE]
    said, begin, last = columns
    if "{age}" in text:
        counted = begin if group == "upcoming" and begin is not None else last
        first, then = sorted((day, dt.date.fromordinal(counted + EPOCH)))
        text = text.replace("{age}", voice.age(first, then))
    own = [[number, found["measures"]["bodies"][owner]]]
    spells = found["milestones"]["bodies"].get(str(place), own)
    answering = [those for first, those in spells if first <= number][-1]
    full_id = f"{found['measures']['ids'][owner]}/{found['milestones']['ids'][place]}"
    yield (
        (key, float("inf") if last is None else last, place),
        (full_id, group, text, said, [found["bodies"][one][1] for one in answering]),
    )


def reported(programme: Programme, day: dt.date, voice: Voice) -> list[Told]:
    """Return the same as a report has it: what nobody promised comes last."""
    standings = as_of(programme, day).standings
    return [
        _reported(standing, voice)
        for standing in sorted(standings, key=lambda one: one.milestone.is_fact)
    ]


def _reported(standing: Standing, voice: Voice) -> Told:
    milestone, outcome = standing.milestone, standing.outcome
    return (
        milestone.full_id,
        "fact" if milestone.is_fact else str(standing.evidence or standing.status),
        voice.outcome(outcome, fact=milestone.is_fact) if outcome else voice.status(standing),
        None if standing.due is None else voice.said(standing.due),
        [voice.line(body.name) for body in standing.bodies],
    )


def days_of(programme: Programme) -> Iterator[dt.date]:
    """Yield some days on which things change, and one of long after."""
    yield from {statement.known_from for it in programme.by_id for statement in it.statements} | {
        dt.date(2026, 11, 27)
    }


@pytest.mark.parametrize("language", ["nl", "en", "fr", "de", "it"])
@pytest.mark.parametrize(
    "programme", [EVERY, loads(PROGRAMME), load()], ids=["every group", "shared", "shipped"]
)
def test_it_tells_the_standings_of_a_report(programme: Programme, language: str) -> None:
    """On any day: in the same order, and in the same words."""
    found, voice = index(programme, language), Voice(language)
    for day in days_of(programme):
        assert told(found, day, voice) == reported(programme, day, voice), day


@pytest.mark.slow
@given(programmes(), st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_any_index_tells_the_standings_of_a_report(programme: Programme, day: dt.date) -> None:
    """Whatever a programme holds, and whatever the day."""
    found, voice = index(programme), Voice("nl")
    assert told(found, day, voice) == reported(programme, day, voice)


def test_what_is_undated_is_told_apart() -> None:
    """Two dates that nobody can reckon with are equal, and yet have words of their own."""
    measure = EVERY.measures[0]
    undated = next(it for it in measure.milestones if it.id == "undated")
    other = attrs.evolve(
        undated,
        id="undated-too",
        due=type(undated.due)(None, words="ooit"),  # type: ignore[misc]
    )
    measure = attrs.evolve(measure, milestones=(undated, other))
    found = index(attrs.evolve(EVERY, measures=(measure,)))
    assert found["dates"]["said"] == ["doorlopend", "“ooit”"]
