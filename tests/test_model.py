"""The records, and what can be asked of them without a day."""

import datetime as dt
from typing import Any

import attrs
import pytest
from programmes import PROGRAMME, changed

from betatech_milestones import (
    Attestation,
    Body,
    Commitment,
    Dropped,
    Measure,
    Met,
    Milestone,
    NotADate,
    PolicyDate,
    Programme,
    Replaced,
    Revision,
    Source,
    SourceKind,
    Standing,
    Status,
    Texts,
    Timeliness,
    UnknownId,
    as_of,
    loads,
)

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


# on · published -> certain from
CERTAIN = [
    ("2014-08-01", "2014-09-01", "2014-08-01"),
    ("2014-08-01", "2014-08-01", "2014-08-01"),
    ("2014", "2014-03-01", "2014-03-01"),
    ("2014", "2014-01-01", "2014-01-01"),
    ("2014", "2013-12-31", "2014-12-31"),
    ("2014", "2015-03-01", "2014-12-31"),
    ("[..2014-06-30]", "2014-03-01", "2014-03-01"),
    ("[..2014-06-30]", "2014-07-01", "2014-06-30"),
    ("[2014..]", "2014-03-01", "2014-03-01"),
    (None, "2014-03-01", "2014-03-01"),
]


def source(published: str, name: str = "s") -> Source:
    return Source(id=name, title=TITLE, published=PolicyDate(published))


@pytest.mark.parametrize(("on", "published", "certain_from"), CERTAIN)
def test_outcome_is_known_from_its_source_and_certain_from_its_date(
    on: str | None, published: str, certain_from: str
) -> None:
    """It is certain on the last day of its date, or on that of a source that appeared within it."""
    date = on and PolicyDate(on)
    for outcome in (
        Met(on=date or None, source=source(published)),
        Dropped(on=date or None, source=source(published), reason=TITLE),
        Replaced(on=date or None, source=source(published), reason=TITLE),
    ):
        assert outcome.known_from == dt.date.fromisoformat(published)
        assert outcome.certain_from == dt.date.fromisoformat(certain_from)


def test_outcome_of_several_sources() -> None:
    """It is known from the first of them, in whatever order they are cited."""
    first, second = source("2014-03", "a"), source("2014-02", "b")
    outcome = Met(source=first, further_sources=(second,))
    assert outcome.sources == (first, second)
    assert outcome.known_from == outcome.certain_from == dt.date(2014, 2, 28)


def test_newest_outcome_is_the_outcome() -> None:
    """What was dropped may be met after all; the order in which it is written does not count."""
    met, dropped = (
        Met(source=source("2015")),
        Dropped(source=source("2014"), reason=TITLE),
    )
    for outcomes in (met, dropped), (dropped, met):
        milestone = Milestone(id="x", title=TITLE, source=source("2013"), outcomes=outcomes)
        assert milestone.outcomes == (dropped, met)
        assert milestone.outcome is met


def test_statements() -> None:
    """A milestone's statements are its promise, its revisions, its news and its outcomes."""
    for milestone, known in zip(
        loads(PROGRAMME).by_id,
        [
            ["2013-02-26", "2014-05-01", "2015-07-01"],
            ["2013-02-26", "2015-07-01"],
            ["2015-07-01", "2015-09-02", "2015-09-01", "2015-09-01"],
        ],
        strict=True,
    ):
        assert [str(statement.known_from) for statement in milestone.statements] == known


# --- what was promised, and what became of it -----------------------------------------------------

REVISED = """\
[[measure.milestone.revised]]
due = 2017
goal = 3000
source = "letter-2015"
announced = 2015-07-01
[[measure.milestone.revised]]
bodies = []
source = "web-page"
"""
IN_FORCE = loads(
    changed("[measure.milestone.met]", f"{REVISED}[measure.milestone.met]").replace(
        "due = 2014-08-01\n", ""
    )
).by_id[0]


def test_dates_of_a_milestone() -> None:
    """The date in force is the last that was announced, the promised one the first it had."""
    assert (IN_FORCE.due, str(IN_FORCE.promised), str(IN_FORCE.in_force)) == (
        None,
        "over een paar jaar",
        "2017",
    )
    progress, survey = loads(PROGRAMME).by_id[1:]
    assert (progress.promised, progress.in_force) == (None, None)
    assert str(survey.promised) == str(survey.in_force) == "doorlopend"


def test_date_in_words_alone() -> None:
    """It has no day, and what it is called in each language; without words it is none."""
    date = PolicyDate(None, words="doorlopend", translations={"en": "ongoing"})
    assert (date.earliest, date.latest, date.is_day, date.is_plain) == (None, None, False, False)
    assert [date.in_language(tag) for tag in ("nl", "en-GB", "fr")] == [
        "doorlopend",
        "ongoing",
        "doorlopend",
    ]
    with pytest.raises(NotADate, match=r"^a date without a day needs its words$"):
        PolicyDate(None)


def test_moves() -> None:
    """A revision of something else than the date moves nothing."""
    assert [(str(move.before), str(move.due), move.days) for move in IN_FORCE.moves] == [
        ("None", "over een paar jaar", None),
        ("over een paar jaar", "2017", 487),
    ]


def test_who_answers_for_a_milestone() -> None:
    """Who answers for the measure, until it is handed over; or whom the milestone names."""
    programme = loads(PROGRAMME)
    ocw = programme.bodies
    assert IN_FORCE.bodies_by(dt.date(2015, 8, 31)) == ocw
    assert IN_FORCE.bodies_by(dt.date(2015, 9, 1)) == IN_FORCE.bodies == ()
    survey = programme.by_id[2]
    assert (survey.measure.bodies, survey.bodies_by(dt.date.min), survey.bodies) == ((), ocw, ocw)


def test_number_to_reach() -> None:
    """That of the promise, until it is changed; none where none was set."""
    assert [IN_FORCE.goal_by(dt.date(2015, month, 1)) for month in (6, 7)] == [3500, 3000]
    assert loads(PROGRAMME).by_id[1].goal_by(dt.date.max) is None


def test_fact() -> None:
    """What nobody promised is a fact that a source reports."""
    milestone = Milestone(
        id="x",
        title=TITLE,
        source=source("2014"),
        commitment=Commitment.NONE,
        outcomes=(Met(source=source("2014")),),
    )
    assert milestone.is_fact
    assert not IN_FORCE.is_fact


def test_lifelong_ids() -> None:
    """What was renamed goes on being known by the id that it had first."""
    programme = loads(PROGRAMME)
    assert [measure.lifelong_id for measure in programme.measures] == ["dossiers", "teachers"]
    assert [body.lifelong_id for body in programme.bodies] == ["ocenw"]
    assert attrs.evolve(programme.bodies[0], formerly=()).lifelong_id == "ocw"
    assert [milestone.lifelong_id for milestone in programme.by_id] == [
        "dossiers/in-force",
        "dossiers/letter",
        "teachers/survey",
    ]


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
    assert [m.full_id for m in programme.milestones] == [
        "files/in-force",
        "files/a",
        "teachers/survey",
    ]
    assert [m.full_id for m in programme.by_id] == ["files/a", "files/in-force", "teachers/survey"]


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
IN, PROGRESS, START, SURVEY = (
    "files/in-force",
    "files/progress",
    "pupils/start",
    "teachers/survey",  # also part of files
)
EVERYTHING = [IN, PROGRESS, START, SURVEY]


def ids(programme: Programme) -> list[str]:
    return [milestone.full_id for milestone in programme.by_id]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, EVERYTHING),
        ({"clusters": []}, EVERYTHING),
        ({"clusters": ["labour-market"]}, [IN, PROGRESS, SURVEY]),
        ({"sectors": ["mbo"]}, EVERYTHING),
        ({"sectors": ["po"]}, [START]),
        ({"sectors": ["po", "mbo"]}, EVERYTHING),
        ({"bodies": ["ocw"]}, [IN, PROGRESS, SURVEY]),
        ({"measures": ["pupils"]}, [START]),
        ({"measures": ["teachers"]}, [SURVEY]),
        ({"measures": ["files"]}, [IN, PROGRESS, SURVEY]),
        ({"measures": ["pupils", "files"]}, EVERYTHING),
        ({"kinds": ["report"]}, [PROGRESS]),
        ({"kinds": ["report", "start"]}, [PROGRESS, START]),
        ({"kinds": ["consultation"]}, [SURVEY]),
        ({"kinds": ["decision"]}, []),
        ({"sectors": ["mbo"], "kinds": ["report"]}, [PROGRESS]),
        ({"clusters": ["labour-market"], "sectors": ["po"]}, []),
    ],
)
def test_only(asked: dict[str, list[str]], expected: list[str]) -> None:
    """Ids of one sort widen the choice, another sort narrows it; nothing asked is everything."""
    assert ids(BOTH.only(**asked)) == expected


def test_only_what_was_handed_over() -> None:
    """A body has what it answers for, and what it answered for once."""
    sbb = '[[body]]\nid = "sbb"\nname = "SBB"\n\n[[kind]]'
    handed = '[[measure.milestone.revised]]\nbodies = ["sbb"]\nsource = "letter-2015"\n'
    programme = loads(
        changed("[[kind]]", sbb).replace(
            "[measure.milestone.snoozed]", f"{handed}[measure.milestone.snoozed]"
        )
    )
    assert ids(programme.only(bodies="sbb")) == [PROGRESS]
    assert ids(programme.only(bodies="ocw")) == [IN, PROGRESS, SURVEY]


def test_only_measures() -> None:
    """A measure that is asked for stays without its milestones; one without any of them goes."""
    assert [measure.id for measure in BOTH.only(kinds="report").measures] == [
        "files",
        "teachers",
        "pupils",
    ]
    bare = '[[measure]]\nid = "bare"\ntitle = "x"\nsource = "letter-2013"\nbodies = ["ocw"]\n'
    answered = bare.replace('"bare"', '"nobody"').replace('bodies = ["ocw"]\n', "")
    programme = loads(PROGRAMME + SECOND + bare + answered)
    assert [measure.id for measure in programme.only(bodies="ocw").measures] == [
        "files",
        "teachers",
        "bare",
    ]


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


# --- on a day -------------------------------------------------------------------------------------


def standing(day: str, **fields: object) -> Standing:
    """How the only milestone of a programme stands on a day."""
    make: Any = Milestone
    milestone: Milestone = make(
        **{"id": "x", "title": TITLE, "source": source("2013-01-01"), **fields}
    )
    measure = Measure(id="m", title=TITLE, source=source("2013-01-01"), milestones=(milestone,))
    programme = Programme(id="p", title=TITLE, language="nl", timezone="UTC", measures=(measure,))
    (only,) = as_of(programme, day).standings
    return only


PAGE = Source(id="page", title=TITLE, seen=dt.date(2015, 1, 1))
# the first date · met on · its source · at least and at most so many days late
LATENESS = [
    ("2014-08-01", "2014-07-31", source("2015"), (0, 0)),
    ("2014-08-01", "2014-08-11", source("2015"), (10, 10)),
    ("2014-08-01", "2014-08", source("2015"), (0, 30)),
    ("2014-08-01", "2014-09", source("2015"), (31, 60)),
    ("2014-08-01", "2014-09", source("2014-09-11"), (31, 41)),
    ("2014-08-01~", "2014-09", source("2015"), (0, 60)),
    ("zomer 2014", "2014-09-10", source("2015"), (0, 10)),
    ("2014-08-01", None, source("2014-08-11"), (0, None)),
    ("2014-08-01", "uiterlijk september 2014", source("2015"), (0, None)),
    ("2014-08-01", "uiterlijk juli 2014", source("2015"), (0, 0)),
    ("2014-08-01", None, source("2014-07-11"), (0, 0)),
    ("2014-08-01", None, PAGE, (0, None)),
    ("2014-08-01", "2014-08-11", PAGE, (10, 10)),
    ("[2014..]", "2014-08-11", source("2015"), None),
    (None, "2014-08-11", source("2015"), None),
]


@pytest.mark.parametrize(("due", "on", "says_so", "late"), LATENESS)
def test_how_late_it_was_met(
    due: str | None, on: str | None, says_so: Source, late: tuple[int, int | None] | None
) -> None:
    """As much as the dates tell: after what is vague, nothing is surely late."""
    met = Met(on=None if on is None else PolicyDate.parse(on), source=says_so)
    found = standing("2016-01-01", due=due, outcomes=(met,)).timeliness
    assert (found and (found.at_least, found.at_most)) == late


def test_how_late_came_about_what_is_fixed() -> None:
    """It is met by itself on the day in force, which may have been moved."""
    moved = Revision(due=PolicyDate("2014-08-11"), source=source("2014-01-01"))
    now = standing("2014-08-12", due="2014-08-01", commitment="fixed", revisions=(moved,))
    assert (now.status, now.outcome, str(now.now), now.attestation) == (
        Status.MET,
        None,
        "2014-08-11",
        None,
    )
    assert now.timeliness == Timeliness(10, 10)


def test_days_of_a_standing() -> None:
    """How long it is overdue, or how long there is left; never both."""
    late, coming = (standing(day, due="2014-08-01") for day in ("2014-08-11", "2014-07-22"))
    assert (late.days_overdue, late.days_left) == (10, None)
    assert (coming.days_overdue, coming.days_left) == (None, 10)
    assert (late.outcomes, late.timeliness, late.attestation) == ((), None, None)
    assert late.reporter_is_unknown


OCW = Body(id="ocw", name=TITLE)
# what sort of document it is · who wrote it · what it is worth
WORTH = [
    (SourceKind.LETTER, OCW, Attestation.CLAIMED),
    (SourceKind.LETTER, None, Attestation.REPORTED),
    (SourceKind.PRESS, Body(id="paper", name=TITLE), Attestation.REPORTED),
    (SourceKind.GAZETTE, OCW, Attestation.VERIFIED),
    (SourceKind.LAW, None, Attestation.VERIFIED),
    (SourceKind.EVALUATION, OCW, Attestation.CLAIMED),
    (SourceKind.EVALUATION, None, Attestation.VERIFIED),
    (SourceKind.AUDIT, Body(id="court", name=TITLE), Attestation.VERIFIED),
    (SourceKind.REGISTER, None, Attestation.VERIFIED),
]


@pytest.mark.parametrize(("kind", "by", "worth"), WORTH)
def test_who_says_that_it_was_met(kind: SourceKind, by: Body | None, worth: Attestation) -> None:
    """Nobody verifies himself, but what stands in a gazette is in force."""
    document = attrs.evolve(source("2014"), kind=kind, by=by)
    claim = attrs.evolve(source("2014"), by=OCW)
    for outcome in (
        Met(source=document),
        Met(source=claim, further_sources=(document,)),
    ):
        now = standing("2015-01-01", own_bodies=(OCW,), outcomes=(outcome,))
        assert now.attestation is worth
        assert now.outcomes == (outcome,)
