"""What a table says becomes statements: added to what was known, never over it."""

import datetime as dt
from collections.abc import Iterable

import attrs
import pytest

from betatech_milestones import diff, loads, render
from betatech_milestones.importing.ledger import Imported, editions, stem, with_edition
from betatech_milestones.importing.rows import (
    MeasureSaid,
    MilestoneRow,
    MilestoneSaid,
    Place,
    ReadingSaid,
    TableProblem,
)
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import Body, Dropped, Milestone, Programme, Source, Texts
from betatech_milestones.model.vocabulary import Commitment, Found, SourceKind, Status

PLAN = loads(
    """
[programme]
id = "plan"
title = "Plan"
language = "en"
timezone = "Europe/Amsterdam"

[[body]]
id = "ocw"
name = { en = "Ministry of Education", nl = "Ministerie van OCW" }

[[body]]
id = "sbb"
name = "SBB"

[[source]]
id = "letter"
title = "Letter"
published = 2020-01-10

[[source]]
id = "register-2020-06"
title = "Register, June"
kind = "register"
published = 2020-06-30

[[kind]]
id = "consultation"
title = "Consultation"

[[cluster]]
id = "roads"
title = "Roads"

[[measure]]
id = "bridges"
title = "Bridges"
bodies = ["ocw"]
source = "letter"

[[measure.milestone]]
id = "report"
code = "B 1"
title = "Report on bridges"
summary = "Which of them are safe."
kind = "report"
due = 2020-12-31

[[measure.milestone]]
id = "count"
title = "Bridges mended"
kind = "target"
due = "by the end of 2021"

[measure.milestone.number]
unit = "bridges"
goal = 100

[[measure.milestone]]
id = "act"
formerly = ["law"]
title = "Act in force"
kind = "entry-into-force"
commitment = "fixed"
due = 2021-01-01

[[measure.milestone]]
id = "agreement"
title = "Agreement"
kind = "agreement"
due = "spring 2020"
source = "register-2020-06"

[measure.milestone.met]
on = 2020-05-12
source = "register-2020-06"

[[measure.milestone]]
id = "closed"
title = "Old bridge closed"
kind = "other"
commitment = "none"

[measure.milestone.met]
source = "letter"
"""
)
EDITION = Source(
    id="register-2020-12",
    title=Texts({"en": "Register, December"}),
    kind=SourceKind.REGISTER,
    published=PolicyDate("2020-12-15"),
)
BRIDGES = MeasureSaid(id="bridges")


def date(words: str) -> PolicyDate:
    """A date as a table words it."""
    return PolicyDate.parse(words)


def row(id_: str = "report", *, measure: MeasureSaid = BRIDGES, **said: object) -> MilestoneRow:
    """A row of the table, of which the cells are called as their keys."""
    places = {key: Place("Sheet", f"{key}7", key.title()) for key in ("id", *said)}
    return MilestoneRow(
        said=MilestoneSaid(measure=measure, id=id_, **said),  # type: ignore[arg-type]
        places=places,
    )


def taken_in(
    *rows: MilestoneRow,
    programme: Programme = PLAN,
    source: Source = EDITION,
    vanished: str | None = None,
) -> Imported:
    """What an edition with these rows adds."""
    return with_edition(programme, rows, source, vanished=vanished)


def added(imported: Imported, *, to: Programme = PLAN) -> list[str]:
    """The lines of what was added, as `diff` prints them, without its heading."""
    written = render(diff(to, imported.programme), "text")
    return [line for line in written.splitlines()[2:] if line]


def milestone(imported: Imported, full_id: str) -> Milestone:
    """A milestone as the import left it."""
    return next(one for one in imported.programme.milestones if one.full_id == full_id)


def texts(said: Iterable[TableProblem]) -> list[str]:
    """What is told, a line each."""
    return list(map(str, said))


# --- a milestone that is known --------------------------------------------------------------------

BY = "Register, December, 15 December 2020"
SOURCE = ["added (1)", "  source | register-2020-12 | Register, December"]
REPORT = "bridges/report | Report on bridges | Bridges"
COUNT = "bridges/count | Bridges mended | Bridges"

STATEMENTS: dict[str, tuple[MilestoneRow, list[str]]] = {
    "another date is a move": (
        row(due=date("2021-03-31")),
        ["moved (1)", f"  90 days later | {REPORT} | 31 December 2020 → 31 March 2021 | {BY}"],
    ),
    "an earlier date, too": (
        row(due=date("2020-12-01"), reason="it went well"),
        [
            "moved (1)",
            (
                f"  30 days earlier | {REPORT} | 31 December 2020 → 1 December 2020 | it went well"
                f" | {BY}"
            ),
        ],
    ),
    "a milestone is known by a former id": (
        row("law", due=date("2021-07-01")),
        [
            "moved (1)",
            (
                "  181 days later | bridges/act | Act in force | Bridges | "
                f"1 January 2021 → 1 July 2021 | {BY}"
            ),
        ],
    ),
    "and by its code, however that is written": (
        row("other", measure=MeasureSaid(id="roads"), code="b  1", due=date("2021-01-31")),
        ["moved (1)", f"  31 days later | {REPORT} | 31 December 2020 → 31 January 2021 | {BY}"],
    ),
    "others who answer are a handing over": (
        row(bodies=("Ministerie van  OCW", "sbb")),
        [
            "revised (1)",
            f"  now answered for by Ministry of Education; SBB | {REPORT} | {BY}",
        ],
    ),
    "another goal is one": (
        row("count", goal=120),
        ["revised (1)", f"  goal now 120 | {COUNT} | {BY}"],
    ),
    "what is met is met": (
        row(outcome=Status.MET, on=date("2020-12-01")),
        ["met (1)", f"  met: 1 December 2020 | {REPORT} | {BY}"],
    ),
    "also on an unknown day": (
        row(outcome=Status.MET),
        ["met (1)", f"  met: day unknown | {REPORT} | {BY}"],
    ),
    "what is dropped is dropped": (
        row(outcome=Status.DROPPED, on=date("2020-12-01"), reason="no money"),
        ["dropped (1)", f"  dropped: 1 December 2020 | {REPORT} | no money | {BY}"],
    ),
    "how far it is, is news": (
        row(found=Found.PARTLY, says="Two of three"),
        ["news (1)", f"  partly done: Two of three | {REPORT} | {BY}"],
    ),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_row_that_says_something_else_is_one_statement_more(name: str) -> None:
    """It is printed as `diff` prints it, and its source is the edition."""
    said, expected = STATEMENTS[name]
    imported = taken_in(said)
    assert added(imported) == [*expected, *SOURCE]
    assert imported.problems == ()


@pytest.mark.parametrize("name", STATEMENTS)
def test_an_edition_read_twice_changes_nothing(name: str) -> None:
    """The programme is the very one that it was, sources and all."""
    said, _ = STATEMENTS[name]
    once = taken_in(said).programme
    assert taken_in(said, programme=once).programme is once


NOTHING_NEW: dict[str, MilestoneRow] = {
    "nothing": row(),
    "the date in force": row(due=date("31 December 2020")),
    "those who answer, by name or id": row(bodies=("ocw",)),
    "the goal": row("count", goal=100, unit="bridges"),
    "the outcome": row("agreement", outcome=Status.MET, on=date("2020-05-12")),
    "a title with other capitals": row(title="REPORT on  bridges"),
    "a title in another language": row(title="Report on bridges", kind="report"),
}


@pytest.mark.parametrize("name", NOTHING_NEW)
def test_a_row_that_says_nothing_new_adds_nothing(name: str) -> None:
    """Not even its source."""
    imported = taken_in(NOTHING_NEW[name])
    assert imported == Imported(programme=PLAN)
    assert imported.programme is PLAN


def test_what_a_file_lacks_is_filled_in() -> None:
    """A code, a summary and a note are no statements: they go where none are."""
    measure = MeasureSaid(id="tunnels", title="Tunnels")
    said = row("count", code="B 2", summary="All of them.", note="see annex", also=(measure,))
    imported = taken_in(said)
    found = milestone(imported, "bridges/count")
    assert (found.code, str(found.summary), str(found.note)) == ("B 2", "All of them.", "see annex")
    assert found.also == ("tunnels",)
    assert [one.id for one in imported.programme.measures] == ["bridges", "tunnels"]
    assert taken_in(said, programme=imported.programme).programme is imported.programme


def test_a_number_that_nobody_counted_before_has_its_goal_from_the_edition() -> None:
    """The goal was not promised before, so it is no goal of the first day."""
    said = row(unit="pages", goal=40, reading=ReadingSaid(on=date("2020-12-01"), value=12))
    found = milestone(taken_in(said), "bridges/report")
    assert found.number is not None
    assert (found.number.goal, found.goal_by(dt.date(2020, 12, 15))) == (None, 40)
    assert found.goal_by(dt.date(2020, 12, 14)) is None
    assert [reading.value for reading in found.number.readings] == [12]


def test_the_figures_of_a_day_are_no_wording() -> None:
    """A day is kept as a day, and a phrase as it is written."""
    day = PolicyDate("2021-03-31", words="31/03/2021")
    moved = milestone(taken_in(row(due=day)), "bridges/report").in_force
    assert moved is not None
    assert moved.words == "2021-03-31"
    phrase = milestone(taken_in(row(due=date("spring 2021"))), "bridges/report").in_force
    assert phrase is not None
    assert phrase.words == "spring 2021"


def test_what_was_dropped_can_be_met_by_a_newer_edition() -> None:
    """Both stand in the ledger; the newest counts."""
    dropped = taken_in(row(outcome=Status.DROPPED)).programme
    later = attrs.evolve(EDITION, id="register-2021-06", published=date("2021-06-30"))
    met = milestone(
        taken_in(row(outcome=Status.MET), programme=dropped, source=later), "bridges/report"
    )
    assert [outcome.status for outcome in met.outcomes] == [Status.DROPPED, Status.MET]
    assert str(met.outcomes[0].reason) == "no reason in the table"  # type: ignore[union-attr]


# --- news, year after year ------------------------------------------------------------------------


def edition(day: str) -> Source:
    """An edition of the register of a day."""
    return attrs.evolve(EDITION, id=f"register-{day}", published=date(day))


def test_the_same_news_is_told_again_once_the_term_has_passed() -> None:
    """That it still stands in the table then says that it was not done by then; once is enough."""
    programme, told = PLAN, []
    for day in ("2020-09-30", "2020-12-15", "2021-03-31", "2021-06-30"):
        said = row(found=Found.UNDER_WAY, says="In progress")
        programme = taken_in(said, programme=programme, source=edition(day)).programme
        told = [str(news.on) for m in programme.milestones for news in m.news]
    assert told == ["2020-09-30", "2021-03-31"]


def test_news_of_the_last_day_was_not_of_after_the_term() -> None:
    """By the end of that day it could still be done: the next edition says that it was not."""
    said, programme = row(found=Found.UNDER_WAY), PLAN
    for day in ("2020-12-31", "2021-01-01", "2021-06-30"):
        programme = taken_in(said, programme=programme, source=edition(day)).programme
    told = [str(news.on) for one in programme.milestones for news in one.news]
    assert told == ["2020-12-31", "2021-01-01"]


def test_other_news_is_told_at_once() -> None:
    """Another word for how far it is, or another sentence about it, is something new."""
    first = taken_in(row(found=Found.UNDER_WAY, says="one"), source=edition("2020-09-30")).programme
    for said in (row(found=Found.PARTLY, says="one"), row(found=Found.UNDER_WAY, says="two")):
        imported = taken_in(said, programme=first)
        assert len(milestone(imported, "bridges/report").news) == 2
    without_term = row("new", title="New", found=Found.UNDER_WAY)
    undated = taken_in(without_term, source=edition("2020-09-30")).programme
    assert taken_in(without_term, programme=undated).programme is undated


def test_news_of_before_the_newest_is_no_news() -> None:
    """A source that is no register may be older than what is known."""
    first = taken_in(row(found=Found.UNDER_WAY)).programme
    older = attrs.evolve(EDITION, id="page", kind=SourceKind.WEBSITE, published=date("2020-10-01"))
    assert taken_in(row(found=Found.PARTLY), programme=first, source=older).programme is first
    of_one_day = attrs.evolve(older, published=EDITION.published)
    both = taken_in(row(found=Found.PARTLY), programme=first, source=of_one_day)
    assert [news.found for news in milestone(both, "bridges/report").news] == [
        "under-way",
        "partly",
    ]


def test_who_found_nothing_is_the_edition() -> None:
    """A look in vain needs to say who looked."""
    (news,) = milestone(taken_in(row(found=Found.NOTHING)), "bridges/report").news
    assert (news.by, news.on) == ("Register, December", dt.date(2020, 12, 15))


# --- a milestone that is new ----------------------------------------------------------------------


def test_a_new_row_is_a_milestone_and_what_it_names_is_found_or_made() -> None:
    """Measures, clusters, sectors and bodies are known by their ids and by their names."""
    measure = MeasureSaid(
        id="tunnels",
        code="T",
        title="Tunnels",
        summary="Long ones.",
        cluster="ROADS",
        sectors=("North", "north"),
        bodies=("ocw",),
        locator="p. 3",
    )
    said = row(
        "first",
        measure=measure,
        title="First tunnel",
        kind="consultation",
        commitment=Commitment.AIM,
        due=date("2022"),
        bodies=("Tunnel  Authority",),
        unit="metres",
        goal=900,
        baseline=0,
        reading=ReadingSaid(on=date("2020-11-30"), value=12),
    )
    imported = taken_in(said, row("second", measure=measure, title="Second", bodies=("OCW",)))
    assert added(imported) == [
        "added (6)",
        "  measure | tunnels | Tunnels",
        "  milestone | tunnels/first | First tunnel | Tunnels | 2022",
        "  milestone | tunnels/second | Second | Tunnels | undated",
        "  source | register-2020-12 | Register, December",
        "  sector | north | North",
        "  responsible body | tunnel-authority | Tunnel Authority",
    ]
    first = milestone(imported, "tunnels/first")
    assert first.measure.cluster is PLAN.clusters[0]
    assert (first.number, first.commitment) == (first.number, Commitment.AIM)
    assert first.number is not None
    assert (first.number.goal, first.number.baseline) == (900, 0)
    assert [str(body.name) for body in first.bodies] == ["Tunnel Authority"]
    assert milestone(imported, "tunnels/second").own_bodies is None


def test_a_cluster_that_nobody_knows_is_new() -> None:
    """As a body is."""
    said = row("new", measure=MeasureSaid(id="m", cluster="Deep Tunnels"), title="New")
    imported = taken_in(said)
    assert [one.id for one in imported.programme.clusters] == ["roads", "deep-tunnels"]


def test_a_number_that_was_told_is_told_once() -> None:
    """An edition that reports the same number of the same day adds nothing."""
    said = row("count", reading=ReadingSaid(on=date("2020-12-01"), value=30))
    once = taken_in(said).programme
    assert taken_in(said, programme=once, source=edition("2021-06-30")).programme is once


def test_another_number_of_the_same_day_is_told() -> None:
    """A register that corrects itself has said both; the newest counts."""
    on = date("2020-12-01")
    once = taken_in(row("count", reading=ReadingSaid(on=on, value=30))).programme
    corrected = row("count", reading=ReadingSaid(on=on, value=28))
    number = milestone(
        taken_in(corrected, programme=once, source=edition("2021-06-30")), "bridges/count"
    ).number
    assert number is not None
    assert [reading.value for reading in number.readings] == [30, 28]


def test_what_is_done_was_promised() -> None:
    """A list of promises promised what it reports as done, with a date for it or without."""
    said = row("done", title="Done", outcome=Status.MET)
    done = milestone(taken_in(said), "bridges/done")
    assert not done.is_fact
    assert done.outcome is not None
    fact = attrs.evolve(said, said=attrs.evolve(said.said, commitment=Commitment.NONE))
    assert milestone(taken_in(fact), "bridges/done").is_fact


def test_a_table_that_is_read_again_takes_nothing_back() -> None:
    """Its source said so before, and another went on from there."""
    first = row("new", title="New", due=date("2021"), unit="km", goal=5, bodies=("Roads",))
    later = row("new", due=date("2022"), goal=6, bodies=("Rail",))
    old, new = edition("2020-06-30"), attrs.evolve(edition("2020-12-31"), id="minutes")
    once = taken_in(first, source=old).programme
    moved = taken_in(later, programme=once, source=new).programme
    again = taken_in(first, programme=moved, source=old)
    assert (again.programme, again.problems) == (moved, ())
    letter = attrs.evolve(edition("2021-06-30"), id="letter")
    back = taken_in(first, programme=moved, source=letter)
    assert str(milestone(back, "bridges/new").in_force) == "2021"


LIST = MeasureSaid(id="list-june", title="list-june", is_named=False)


def test_the_list_of_june_is_that_of_may() -> None:
    """Rows that name no measure are where they were, whatever the file is called by now."""
    may = attrs.evolve(LIST, id="list-may", title="list-may")
    once = taken_in(row("lift", measure=may, title="Lift"), row("ramp", measure=may, title="Ramp"))
    later = taken_in(
        row("lift", measure=LIST, title="Lift", due=date("2027")),
        row("door", measure=LIST, title="Door"),
        row("else", title="Else"),
        programme=once.programme,
        source=edition("2021-06-30"),
    )
    assert str(milestone(later, "list-may/lift").in_force) == "2027"
    assert milestone(later, "list-may/door")
    assert milestone(later, "bridges/else")
    assert texts(later.told) == [
        'its rows are those of the measure "list-may", so no measure "list-june" is made'
    ]


def test_another_list_is_another_measure() -> None:
    """What one row in three shares may be called so by chance."""
    rows = [row(one, measure=LIST, title=one.title()) for one in ("report", "ramp", "door")]
    imported = taken_in(*rows)
    assert milestone(imported, "list-june/report")
    assert imported.told == ()


def test_a_remark_is_the_reason_where_there_is_no_other() -> None:
    """That a table gives none would be wrong beside it."""
    said = row("new", title="New", outcome=Status.DROPPED, note="no money")
    [dropped] = milestone(taken_in(said), "bridges/new").outcomes
    assert isinstance(dropped, Dropped)
    assert str(dropped.reason) == "no money"


def test_a_measure_without_a_title_is_called_by_its_id() -> None:
    """And a milestone in several measures is one that is part of the others."""
    said = row("new", measure=MeasureSaid(id="m-1"), title="New", also=(MeasureSaid(id="m-2"),))
    imported = taken_in(said)
    assert [str(one.title) for one in imported.programme.measures[1:]] == ["m-1", "m-2"]
    assert milestone(imported, "m-1/new").also == ("m-2",)


def test_the_body_that_keeps_the_register_comes_with_it() -> None:
    """A source names a body that the programme may not have yet."""
    office = Body(id="office", name=Texts({"en": "Office"}))
    imported = taken_in(row(outcome=Status.MET), source=attrs.evolve(EDITION, by=office))
    assert imported.programme.bodies[-1] is office


# --- problems -------------------------------------------------------------------------------------

NOT_TAKEN: dict[str, tuple[MilestoneRow, str]] = {
    "a milestone without a title": (
        row("new", title=None),
        'Sheet!title7 "Title": is empty; every milestone needs a title',
    ),
    "an unknown kind": (
        row("new", title="New", kind="repport"),
        'Sheet!kind7 "Kind": "repport" is no kind of milestone; did you mean "report"?',
    ),
    "a kind like no other": (
        row("new", title="New", kind="ø"),
        (
            'Sheet!kind7 "Kind": "ø" is no kind of milestone; use one of start, report, '
            "evaluation, decision, agreement, publication, funding, target, entry-into-force, "
            "other, consultation"
        ),
    ),
    "a date of what nobody promised": (
        row("new", title="New", due=date("2021"), commitment=Commitment.NONE, outcome=Status.MET),
        'Sheet!due7 "Due": "2021": what nobody promised has no date to be done by; empty it',
    ),
    "what nobody promised and nobody did": (
        row("new", title="New", commitment=Commitment.NONE),
        (
            'Sheet!commitment7 "Commitment": nobody promised it, and it has not ended; say when it '
            "was met"
        ),
    ),
    "a law without its day": (
        row("new", title="New", commitment=Commitment.FIXED),
        'Sheet!id7 "Id": what is fixed by law or contract needs the day on which it comes about',
    ),
    "a law that moves to a year": (
        row("act", due=date("2022")),
        'Sheet!due7 "Due": "2022": what is fixed by law or contract moves to a day',
    ),
    "a number of nothing": (
        row("new", title="New", goal=12),
        'Sheet!goal7 "Goal": 12 of what? a number needs its unit',
    ),
    "a goal of nothing": (
        row(goal=12),
        'Sheet!goal7 "Goal": 12 of what? a number needs its unit',
    ),
    "a reading of nothing": (
        row(reading=ReadingSaid(on=date("2020-12-01"), value=3)),
        'Sheet!reading7 "Reading": 3 of what? a number needs its unit',
    ),
    "a reading of tomorrow": (
        row("count", reading=ReadingSaid(on=date("2021-12-01"), value=3)),
        (
            'Sheet!reading7 "Reading": 3 reached on 2021-12-01, after the day of this table '
            "(2020-12-15); mend one of the two"
        ),
    ),
    "an outcome of tomorrow": (
        row(outcome=Status.MET, on=date("2021-12-01")),
        (
            'Sheet!on7 "On": "2021-12-01" lies after the day of this table (2020-12-15); '
            "mend one of the two"
        ),
    ),
}


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_a_row_with_a_problem_adds_nothing(name: str) -> None:
    """The problem names the cell, its heading, the value and the remedy; the other rows go in."""
    said, message = NOT_TAKEN[name]
    other = row("count", goal=120)
    if said.said.id == "count":
        other = row(due=date("2021-03-31"))
    imported = taken_in(said, other)
    assert texts(imported.problems) == [message]
    assert len(added(imported)) == 4


def test_a_table_that_is_older_than_what_is_known_moves_nothing() -> None:
    """A letter of before the newest move cannot be appended to it."""
    older = attrs.evolve(
        EDITION, id="letter-2", kind=SourceKind.LETTER, published=date("2020-01-05")
    )
    imported = taken_in(row(due=date("2022"), found=Found.PARTLY), source=older)
    assert texts(imported.problems) == [
        (
            'Sheet!due7 "Due": is another one in the file, which has it from a newer source: '
            '"letter" of 2020-01-10, and this table is of 2020-01-05; name a source of the day of '
            "the table, or mend the file by hand"
        ),
        'Sheet!id7 "Id": is news of a promise of 2020-01-10, older than the promise',
    ]
    moved = taken_in(row(due=date("2022"))).programme
    imported = taken_in(row(due=date("2023")), source=older, programme=moved)
    assert 'a newer source: "register-2020-12" of 2020-12-15' in texts(imported.problems)[0]


def test_an_outcome_needs_a_newer_source_than_the_one_before() -> None:
    """What was dropped on the day of a table is not met by it."""
    dropped = taken_in(row(outcome=Status.DROPPED)).programme
    imported = taken_in(row(outcome=Status.MET), programme=dropped)
    assert texts(imported.problems) == [
        (
            'Sheet!outcome7 "Outcome": "met": the file has it as dropped, by a source of '
            "2020-12-15, and this table is of 2020-12-15; name a newer one"
        )
    ]


# --- what is told and not taken over --------------------------------------------------------------

TOLD: dict[str, tuple[MilestoneRow, str]] = {
    "another title": (
        row(title="Report on tunnels " * 5),
        (
            'Sheet!title7 "Title": "Report on tunnels Report on tunnels Report on tunnels Repor…" '
            'stays "Report on bridges" in the file; reword it there'
        ),
    ),
    "another summary": (
        row(summary="Which are not."),
        (
            'Sheet!summary7 "Summary": "Which are not." stays "Which of them are safe." in the '
            "file; reword it there"
        ),
    ),
    "another kind": (
        row(kind="decision"),
        'Sheet!kind7 "Kind": "decision" stays "report" in the file; mend it there',
    ),
    "another commitment": (
        row(commitment=Commitment.AIM),
        'Sheet!commitment7 "Commitment": "aim" stays "planned" in the file; mend it there',
    ),
    "a date of what has ended": (
        row("agreement", due=date("2021")),
        'Sheet!due7 "Due": "2021": not moved, since the file has it as met',
    ),
    "another day of its end": (
        row("agreement", outcome=Status.MET, on=date("2020-05-13")),
        'Sheet!on7 "On": "2020-05-13" stays "2020-05-12" in the file; mend it there',
    ),
    "that what is done is not": (
        row("agreement", found=Found.UNDER_WAY),
        'Sheet!id7 "Id": "under-way": the file has it as met, and keeps that',
    ),
    "that what is done is dropped": (
        row("agreement", outcome=Status.DROPPED, says="cancelled"),
        'Sheet!outcome7 "Outcome": "cancelled": the file has it as met, and keeps that',
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_no_statement_is_told(name: str) -> None:
    """Nothing is ever overwritten."""
    said, message = TOLD[name]
    imported = taken_in(said)
    assert texts(imported.told) == [message]
    assert imported.programme is PLAN


def test_a_fact_has_no_date_that_moves() -> None:
    """Nobody promised it, so nobody can be late with it."""
    assert taken_in(row("closed", due=date("2022"))) == Imported(programme=PLAN)


# --- editions -------------------------------------------------------------------------------------


def test_an_edition_older_than_the_newest_is_refused() -> None:
    """A ledger is written forwards."""
    older = edition("2020-01-31")
    imported = taken_in(row(due=date("2022")), source=older)
    assert texts(imported.problems) == [
        (
            'this edition, "register-2020-01-31" of 2020-01-31, is older than "register-2020-06" '
            "of 2020-06-30, which is recorded; record editions from the oldest to the newest"
        )
    ]
    assert imported.programme is PLAN
    of_one_day = taken_in(row(due=date("2022")), source=edition("2020-06-30"))
    assert of_one_day.problems == ()
    assert "moved (1)" in added(of_one_day)


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("pnrr-2024-06-30", "pnrr"),
        ("pnrr-2024-06-30-2", "pnrr"),
        ("pnrr2024", "pnrr"),
        ("pnrr", "pnrr"),
        ("2024-06", "2024-06"),
    ],
)
def test_editions_differ_in_figures_alone(id_: str, expected: str) -> None:
    """So their ids tell that they are of one table."""
    assert stem(id_) == expected


def test_only_registers_have_editions() -> None:
    """A letter of another year is another letter."""
    letter = attrs.evolve(EDITION, kind=SourceKind.LETTER)
    assert [one.id for one in editions(PLAN, EDITION)] == ["register-2020-06"]
    assert editions(PLAN, letter) == []
    both = attrs.evolve(PLAN, sources=(*PLAN.sources, letter))
    assert editions(both, PLAN.sources[1]) == []


def test_what_an_edition_lacks_is_dropped_or_told_as_the_mapping_says() -> None:
    """Only what an earlier edition had, and what has not ended, can vanish."""
    first = taken_in(row("new", title="New"), row(due=date("2022"))).programme
    later = edition("2021-06-30")
    told = taken_in(row(), programme=first, source=later, vanished="tell")
    assert texts(told.told) == [
        'bridges/new ("New") is no longer in the table; if it was dropped, record that'
    ]
    assert told.programme is first
    dropped = taken_in(row(), programme=first, source=later, vanished="dropped")
    assert added(dropped, to=first)[:2] == [
        "dropped (1)",
        (
            "  dropped: day unknown | bridges/new | New | Bridges | "
            "no longer in “Register, December” | Register, December, 30 June 2021"
        ),
    ]
    assert taken_in(row(), programme=first, source=later).programme is first


def test_nothing_vanishes_of_a_table_that_has_no_earlier_edition() -> None:
    """Where it should, that is told: its source may have another name than the one before."""
    first = taken_in(row("new", title="New")).programme
    other = attrs.evolve(EDITION, id="list-of-july", published=date("2021-07-01"))
    told = taken_in(row(), programme=first, source=other, vanished="dropped")
    assert told.programme is first
    assert texts(told.told) == [
        (
            'no earlier edition of this table is known beside "list-of-july", so nothing counts as '
            "vanished; editions are sources of the kind register whose ids differ in figures "
            "alone, such as roads-2025-12 and roads-2026-06"
        )
    ]


def test_what_was_dropped_and_is_there_again_is_told() -> None:
    """A register may lose a row by mistake; the file keeps what it has until somebody mends it."""
    dropped = taken_in(row(outcome=Status.DROPPED)).programme
    again = taken_in(row(due=date("2020-12-31")), programme=dropped, source=edition("2021-06-30"))
    assert again.programme is dropped
    assert texts(again.told) == [
        (
            'Sheet!id7 "Id": is in the table, and the file has it as dropped, by '
            '"register-2020-12"; mend one of them'
        )
    ]


def test_rows_with_problems_have_not_vanished() -> None:
    """They are in the table, though what they say cannot be taken over."""
    first = taken_in(row("new", title="New")).programme
    wrong = row("new", title="New", goal=3)
    imported = taken_in(wrong, programme=first, source=edition("2021-06-30"), vanished="dropped")
    assert len(imported.problems) == 1
    assert imported.programme is first


def test_a_milestone_is_known_in_whichever_of_its_measures_comes_first() -> None:
    """A table that has it under several may put another one first."""
    other = MeasureSaid(id="a", title="A")
    first = taken_in(row("new", title="New", due=date("2021"))).programme
    said = row("new", measure=other, also=(BRIDGES,), title="New", due=date("2022"))
    found = milestone(taken_in(said, programme=first), "bridges/new")
    assert (len(found.moves), found.also) == (1, ("a",))


def test_a_new_milestone_fits_into_its_measure() -> None:
    """It has had the ids that the measure had before, and stands where the measure does."""
    (bridges,) = PLAN.measures
    renamed = attrs.evolve(bridges, formerly=("spans",), locator="p. 3")
    programme = attrs.evolve(PLAN, measures=(renamed,))
    said = row("new", title="New")
    found = milestone(taken_in(said, programme=programme), "bridges/new")
    assert (found.formerly, found.locator) == (("spans/new",), None)
    by_letter = taken_in(said, programme=programme, source=PLAN.sources[0])
    assert milestone(by_letter, "bridges/new").locator == "p. 3"


def test_two_rows_of_one_milestone_are_taken_in_one_after_the_other() -> None:
    """Each adds what it says, as two tables would."""
    imported = taken_in(row(due=date("2021-03-31")), row(outcome=Status.MET))
    found = milestone(imported, "bridges/report")
    assert (len(found.revisions), found.outcome is not None) == (1, True)
    assert found.measure.milestones[0] is found
