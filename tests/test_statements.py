"""What a table says apart of what became of milestones: a statement a row, by its sources."""

import datetime as dt

import attrs
import pytest
from test_ledger import BRIDGES, EDITION, PLAN, added, date, milestone, row, texts

from betatech_milestones.importing.ledger import Imported, with_edition
from betatech_milestones.importing.rows import MeasureSaid, Place, StatementRow, What
from betatech_milestones.model.records import Programme, Source
from betatech_milestones.model.vocabulary import Found, ReadingKind

LETTER = "Letter, 10 January 2020"
REGISTER = "Register, June, 30 June 2020"
REPORT = "bridges/report | Report on bridges | Bridges"
COUNT = "bridges/count | Bridges mended | Bridges"
JUNE = ("register-2020-06",)


def says(what: What, of: str = "bridges/report", **said: object) -> StatementRow:
    """A row of the sheet with statements."""
    places = {key: Place("Moves", f"{key}3", key.title()) for key in ("id", "what", *said)}
    return StatementRow(
        milestone=of,
        what=what,
        places=places,
        **said,  # type: ignore[arg-type]
    )


def taken_in(
    *rows: StatementRow,
    programme: Programme = PLAN,
    edition: Source | None = None,
    sources: tuple[Source, ...] = (),
) -> Imported:
    """What the rows add."""
    return with_edition(programme, (), edition, statements=rows, sources=sources)


STATEMENTS: dict[str, tuple[StatementRow, list[str]]] = {
    "a move": (
        says(
            What.MOVED,
            due=date("2021-03-31"),
            announced=dt.date(2020, 6, 15),
            reason="rain",
            sources=JUNE,
        ),
        [
            (
                f"  90 days later | {REPORT} | 31 December 2020 → 31 March 2021 | rain | "
                "15 June 2020 (Register, June, 30 June 2020)"
            )
        ],
    ),
    "another goal": (
        says(What.MOVED, "bridges/count", goal=120, sources=JUNE),
        [f"  goal now 120 | {COUNT} | {REGISTER}"],
    ),
    "others who answer": (
        says(What.MOVED, bodies=("SBB",), sources=JUNE),
        [f"  now answered for by SBB | {REPORT} | {REGISTER}"],
    ),
    "news": (
        says(What.NEWS, found=Found.PARTLY, says="half of it", sources=JUNE),
        [f"  partly done: half of it | {REPORT} | {REGISTER}"],
    ),
    "a look in vain": (
        says(What.NEWS, found=Found.NOTHING, by="the editors", on=date("2020-09-01")),
        [f"  nothing found (checked by the editors) | {REPORT} | 1 September 2020"],
    ),
    "an end": (
        says(What.MET, on=date("2020"), sources=("letter", "register-2020-06")),
        [f"  met: 2020 | {REPORT} | {LETTER}"],
    ),
    "an end without success": (
        says(What.DROPPED, reason="no money", sources=JUNE),
        [f"  dropped: day unknown | {REPORT} | no money | {REGISTER}"],
    ),
    "another in its place": (
        says(What.REPLACED, by="bridges/act", sources=JUNE),
        [f"  replaced: day unknown | {REPORT} | by bridges/act | {REGISTER}"],
    ),
    "a number": (
        says(
            What.READING,
            "bridges/count",
            on=date("2021"),
            value=90,
            kind=ReadingKind.PLANNED,
            sources=JUNE,
        ),
        [f"  reading | {COUNT} | \N{EN DASH} → 2021: 90 (planned) [register-2020-06]"],
    ),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_row_is_a_statement_by_the_sources_it_names(name: str) -> None:
    """It is printed as `diff` prints it; nothing else comes with it."""
    said, expected = STATEMENTS[name]
    imported = taken_in(said)
    assert texts(imported.problems) == []
    assert added(imported)[1:] == expected


def test_a_row_that_names_no_source_goes_by_the_table() -> None:
    """Which is a source itself, where one was named."""
    said = says(What.MET, on=date("2020-12-01"))
    (met,) = milestone(taken_in(said, edition=EDITION), "bridges/report").outcomes
    assert met.source is EDITION
    assert texts(taken_in(said).problems) == [
        'Moves!id3 "Id": no source says so; name one in the row, or one for the whole table'
    ]


def test_sources_come_with_the_table() -> None:
    """Whether something cites them or not."""
    page = attrs.evolve(EDITION, id="page")
    imported = taken_in(says(What.MET, sources=("page",)), sources=(page,))
    assert milestone(imported, "bridges/report").outcomes[0].source is page
    alone = taken_in(sources=(page,))
    assert alone.programme.sources == (*PLAN.sources, page)


def test_a_milestone_without_a_source_needs_none_to_say_nothing_new() -> None:
    """Only a cell that says something else asks who says so."""
    same = with_edition(PLAN, [row(due=date("2020-12-31"))], None)
    assert same == Imported(programme=PLAN)
    for said in (row(due=date("2021")), row("new", title="New")):
        imported = with_edition(PLAN, [said], None)
        assert texts(imported.problems) == [
            'Sheet!id7 "Id": no source says so; name one in the row, or one for the whole table'
        ]
        assert imported.programme is PLAN
    elsewhere = row("new", measure=MeasureSaid(id="m", title="M"), title="New", bodies=("Nobody",))
    handed = row(bodies=("Nobody",), also=(MeasureSaid(id="m"), MeasureSaid(id="n")))
    for said in (elsewhere, handed):  # what they would make comes in with no other row either
        named = attrs.evolve(row("count", goal=120), sources=("letter",))
        imported = with_edition(PLAN, [said, named], None)
        assert len(imported.problems) == 1
        assert imported.programme.bodies == PLAN.bodies
        assert [measure.id for measure in imported.programme.measures] == ["bridges"]
    unknown = attrs.evolve(row("new", title="New"), sources=("lettre",))
    assert texts(with_edition(PLAN, [unknown], EDITION).problems) == [
        'Sheet!id7 "Id": there is no source "lettre"; did you mean "letter"?'
    ]
    own = attrs.evolve(row("new", title="New"), sources=("letter",))
    assert milestone(with_edition(PLAN, [own], EDITION), "bridges/new").source.id == "letter"


def test_what_a_row_just_added_can_be_spoken_of() -> None:
    """Rows of milestones are taken in before statements."""
    said = row("new", measure=MeasureSaid(id="m"), title="New", due=date("2021"))
    moved = says(What.MOVED, "m/new", due=date("2022"))
    found = milestone(with_edition(PLAN, [said], EDITION, statements=[moved]), "m/new")
    assert [move.days for move in found.moves] == [365]
    assert BRIDGES.title is None


NOT_TAKEN: dict[str, tuple[StatementRow, str]] = {
    "an unknown milestone": (
        says(What.MET, "bridges/raport", sources=JUNE),
        'Moves!id3 "Id": there is no milestone "bridges/raport"; did you mean "bridges/report"?',
    ),
    "one like no other": (
        says(What.MET, "ø", sources=JUNE),
        'Moves!id3 "Id": there is no milestone "ø"; choose one of the list',
    ),
    "a move to nowhere": (
        says(What.MOVED, sources=JUNE),
        (
            'Moves!id3 "Id": is empty; write the new date, or the new number, or who answers from '
            "now on"
        ),
    ),
    "news of nothing": (
        says(What.NEWS, sources=JUNE),
        'Moves!id3 "Id": is empty; choose how far it is, or that nothing was found',
    ),
    "a look by nobody": (
        says(What.NEWS, found=Found.NOTHING, on=date("2020-09-01")),
        'Moves!id3 "Id": is empty; say who looked and found nothing',
    ),
    "a look on no day": (
        says(What.NEWS, found=Found.NOTHING, by="the editors"),
        'Moves!id3 "Id": is empty; write the day of the look',
    ),
    "a look of a month": (
        says(What.NEWS, found=Found.PARTLY, on=date("2020-05"), sources=JUNE),
        'Moves!on3 "On": "2020-05" is more than one day; write the day of the look',
    ),
    "news of before the promise": (
        says(What.NEWS, found=Found.PARTLY, on=date("2019-05-01"), sources=JUNE),
        'Moves!on3 "On": 2019-05-01 is before the promise (2020-01-10); mend the day',
    ),
    "an end of after its source": (
        says(What.MET, on=date("2021-05-01"), sources=JUNE),
        'Moves!on3 "On": "2021-05-01" lies after the day of its source (2020-06-30); mend one',
    ),
    "a second end": (
        says(What.DROPPED, "bridges/agreement", reason="no", sources=JUNE),
        (
            'Moves!what3 "What": met by a source of 2020-06-30, and dropped by one of 2020-06-30: '
            "what is kept cannot be dropped later; keep the one that came about, or cite a newer "
            "source for met"
        ),
    ),
    "dropped without a reason": (
        says(What.DROPPED, sources=JUNE),
        'Moves!id3 "Id": is empty; say why it was dropped',
    ),
    "replaced by nothing": (
        says(What.REPLACED, sources=JUNE),
        'Moves!id3 "Id": is empty; say what took its place',
    ),
    "a reading of nothing": (
        says(What.READING, on=date("2020-05-01"), value=3, sources=JUNE),
        'Moves!value3 "Value": 3 of what? give the milestone a unit first',
    ),
    "a reading of no day": (
        says(What.READING, "bridges/count", value=3, sources=JUNE),
        'Moves!id3 "Id": is empty; write of when the number is',
    ),
    "no reading": (
        says(What.READING, "bridges/count", on=date("2020-05-01"), sources=JUNE),
        'Moves!id3 "Id": is empty; write the number',
    ),
    "a move of before the promise": (
        says(What.MOVED, due=date("2021"), announced=dt.date(2020, 1, 1), sources=JUNE),
        (
            'Moves!announced3 "Announced": 2020-01-01 is before what the file has already, of '
            "2020-01-10; what is older than that is put into the file by hand"
        ),
    ),
}


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_a_row_with_a_problem_adds_nothing(name: str) -> None:
    """The problem names the cell, and what would be right."""
    said, message = NOT_TAKEN[name]
    imported = taken_in(said)
    assert texts(imported.problems) == [message]
    assert imported.programme is PLAN


def test_a_move_that_contradicts_makes_nobody() -> None:
    """Who would answer from then on is known to no other row."""
    said = says(What.MOVED, "bridges/act", due=date("2022"), bodies=("Nobody",), sources=JUNE)
    other = says(What.MET, sources=JUNE)
    imported = taken_in(said, other)
    assert len(imported.problems) == 1
    assert imported.programme.bodies == PLAN.bodies


def test_a_move_is_said_once_by_one_source() -> None:
    """In a row and in the date in force, or in two rows; another source may say it again."""
    said = row(due=date("2021-03-31"))
    moved = says(What.MOVED, due=date("2021-03-31"))
    once = with_edition(PLAN, [said], EDITION, statements=[moved])
    assert len(milestone(once, "bridges/report").moves) == 1
    assert texts(once.problems) == [
        (
            'Moves!what3 "What": is said already, by "register-2020-12"; say it once: empty this '
            "row, or put back what was typed elsewhere"
        )
    ]
    confirmed = says(What.MOVED, due=date("2021-03-31"), sources=JUNE)
    twice = taken_in(confirmed, moved, edition=EDITION)
    assert (len(milestone(twice, "bridges/report").revisions), twice.problems) == (2, ())


def test_a_move_stands_behind_the_newest() -> None:
    """What is older than that needs a hand, and its source says which day that was."""
    moved = taken_in(says(What.MOVED, due=date("2021"), sources=JUNE)).programme
    again = says(What.MOVED, due=date("2022"), sources=("letter",))
    assert texts(taken_in(again, programme=moved).problems) == [
        (
            'Moves!sources3 "Sources": 2020-01-10 is before what the file has already, of '
            "2020-06-30; what is older than that is put into the file by hand"
        )
    ]
