"""How promises like an open one went: which are like it, what is told of them, and when nothing."""

import textwrap
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones import (
    Commitment,
    Kind,
    Programme,
    Standing,
    Status,
    as_of,
    load_example,
    loads,
    render,
)
from betatech_milestones.analysis.reference_class import (
    YEAR_DAYS,
    ReferenceClass,
    reference_class,
    reference_classes,
)
from betatech_milestones.analysis.stats import FEW, Share

HEAD = """\
[programme]
id = "p"
title = "P"
language = "en"
timezone = "Europe/Amsterdam"
[[source]]
id = "promise"
title = "Letter"
published = 2012-01-01
[[source]]
id = "later"
title = "Report"
published = 2015-12-01
[[source]]
id = "page"
title = "Page"
seen = 2015-12-01
[[source]]
id = "too-late"
title = "Not known yet"
published = 2016-01-02
[[body]]
id = "ocw"
name = "OCW"
[[body]]
id = "school"
name = "School"
[[kind]]
id = "consultation"
title = "Consultation"
[[measure]]
id = "m"
title = "M"
source = "promise"
"""
OLD = "2014-06-01"
SOON = "2016-06-01"
DAY = "2016-01-01"


def milestone(
    name: str, written: str = "", due: str = OLD, *, kind: str = "report", bodies: str = ""
) -> str:
    whose = f"bodies = [{bodies}]\n" if bodies else ""
    date = f"due = {due}\n" if due.startswith("{") else f'due = "{due}"\n' if due else ""
    what = f'id = "{name}"\ntitle = "x"\nkind = "{kind}"\n'
    return f"[[measure.milestone]]\n{what}{date}{whose}{written}"


def several(number: int, written: str = "", **keys: str) -> str:
    """So many that fell due long ago, under names of their own."""
    name = f"old-{abs(hash((written, *keys.items())))}"
    return "".join(milestone(f"{name}-{count}", written, **keys) for count in range(number))


def met(on: str = "", source: str = "later") -> str:
    return f'[measure.milestone.met]\nsource = "{source}"\n' + (f'on = "{on}"\n' if on else "")


def moved(due: str) -> str:
    return f'[[measure.milestone.revised]]\nsource = "later"\ndue = "{due}"\n'


def committed(word: str) -> str:
    return f'commitment = "{word}"\n'


DROPPED = '[measure.milestone.dropped]\nreason = "x"\nsource = "later"\n'
REPLACED = '[measure.milestone.replaced]\nreason = "x"\nsource = "later"\n'
LOOKED = '[[measure.milestone.news]]\nfound = "nothing"\nby = "x"\non = 2015-06-01\n'
LATE = '[[measure.milestone.news]]\nfound = "not-done"\nsource = "later"\n'
HANDED = '[[measure.milestone.revised]]\nsource = "{}"\nbodies = ["ocw"]\n'


def found_for(name: str, text: str, day: str = DAY) -> ReferenceClass | None:
    """The reference class of one milestone, by its id, in a programme of some."""
    report = as_of(loads(HEAD + text), day)
    (standing,) = (each for each in report.standings if each.milestone.id == name)
    return reference_class(report, standing)


# --- which are cases ------------------------------------------------------------------------------

# another than nine of the same sort: when it was promised for · what became of it · it is a case
CASES: list[tuple[str, str, bool]] = [
    ("2014-12-31", "", True),
    ("2015-01-01", "", False),  # a year ago to the day
    ("zomer 2014", "", True),
    ("[..2014-12-31]", committed("planned"), True),
    ("", "", False),
    ('{ words = "ongoing" }', "", False),
    ("[2013..]", "", False),
    # whatever became of it
    (OLD, met("2013"), True),
    (OLD, met(), True),
    (OLD, DROPPED, True),
    (OLD, REPLACED, True),
    (OLD, LOOKED, True),
    (OLD, LATE, True),
    # its first term counts, also where it was moved since
    (OLD, moved("2017-01-01"), True),
    ("", moved("2014-12-31"), True),
    ("[2013..]", moved("2014-12-31"), True),
    ("2015-06-01", moved("2014-06-01"), False),
    # only what is promised as firmly, and is known
    (OLD, committed("deadline"), False),
    (OLD, committed("aim"), False),
    (OLD, committed("forecast"), False),
    (OLD, committed("fixed"), False),
    ("", committed("none") + met("2013"), False),
    (OLD, 'source = "too-late"\n', False),
]


@pytest.mark.parametrize(("due", "written", "is_case"), CASES)
def test_what_is_a_case(due: str, written: str, *, is_case: bool) -> None:
    """What is promised as firmly, and whose first term passed more than a year ago."""
    text = milestone("open", "", SOON) + several(FEW - 1) + milestone("one", written, due)
    found = found_for("open", text)
    assert (found is not None) is is_case
    if found is not None:
        assert len(found.cases) == FEW
        assert "one" in {case.milestone.id for case in found.cases}


def test_a_year_is_365_days() -> None:
    """Of which none is a leap day's more."""
    assert YEAR_DAYS == 365


OCW, SCHOOL, BOTH = '"ocw"', '"school"', '"ocw", "school"'
Found = tuple[str, str, int] | None

# the open one's kind and bodies · what fell due long ago · the kind and bodies told, and how many
WIDENED: list[tuple[str, str, str, Found]] = [
    ("report", OCW, several(10, bodies=OCW), ("report", "ocw", 10)),
    ("report", OCW, several(10, bodies=BOTH), ("report", "ocw", 10)),  # and others with them
    ("report", BOTH, several(10, bodies=BOTH), ("report", "ocw school", 10)),
    ("report", BOTH, several(10, bodies=OCW), ("report", "", 10)),  # both have to be there
    (
        "report",
        OCW,
        several(9, bodies=OCW) + several(1, bodies=SCHOOL),
        ("report", "", 10),
    ),
    (
        "report",
        OCW,
        several(10, bodies=OCW) + several(9, bodies=SCHOOL),
        ("report", "ocw", 10),
    ),
    (
        "report",
        OCW,
        several(9, bodies=OCW) + several(5, bodies=OCW, kind="other"),
        ("", "", 14),  # of any kind by anybody, rather than of any kind by the same
    ),
    ("report", OCW, several(10, kind="other"), ("", "", 10)),
    ("report", "", several(10, bodies=OCW), ("report", "", 10)),  # nobody: by anybody
    ("report", "", several(9) + several(1, kind="other"), ("", "", 10)),
    ("report", "", several(9), None),
    ("report", OCW, several(9, bodies=OCW), None),
    ("report", "", several(10, committed("aim")), None),
    ("consultation", "", several(10, kind="consultation"), ("consultation", "", 10)),
    ("consultation", "", several(10), ("", "", 10)),
    # by who answers for them now
    ("report", OCW, several(10, HANDED.format("later"), bodies=SCHOOL), ("report", "ocw", 10)),
    ("report", OCW, several(10, HANDED.format("too-late"), bodies=SCHOOL), ("report", "", 10)),
]


@pytest.mark.parametrize(("kind", "bodies", "others", "expected"), WIDENED)
def test_the_class_is_as_narrow_as_ten_cases_allow(
    kind: str, bodies: str, others: str, expected: Found
) -> None:
    """First of the same bodies and kind, then of the kind, then all that are promised so."""
    found = found_for("open", milestone("open", "", SOON, kind=kind, bodies=bodies) + others)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        of_kind = "" if found.kind is None else str(found.kind)
        whose = " ".join(body.id for body in found.bodies)
        assert (of_kind, whose, len(found.cases)) == expected
        assert found.commitment is Commitment.PLANNED
        assert found.kept_within_a_year.of == len(found.cases)


# --- for what there is none -----------------------------------------------------------------------

# the open one: when it was promised for · what is known of it · there is one
ASKED: list[tuple[str, str, bool]] = [
    (SOON, "", True),
    (SOON, met("2015-11-01"), False),
    (SOON, DROPPED, False),
    (SOON, REPLACED, False),
    (SOON, committed("fixed"), False),
    ("", "", False),
    ("[2017..]", "", False),
    ("", moved(SOON), True),
    ("2016-01-01", "", True),
    ("2015-07-01", "", True),  # overdue, and may be kept within a year
    ("2015-01-01", "", True),  # today, still
    ("2014-12-31", "", False),
    ("2014-12-31", moved(SOON), False),  # its first term counts
    ("2015-07-01", LATE, True),
]


@pytest.mark.parametrize(("due", "written", "is_told"), ASKED)
def test_for_what_there_is_one(due: str, written: str, *, is_told: bool) -> None:
    """For what is open, and can be kept within a year of its first term."""
    text = several(2 * FEW) + several(2 * FEW, committed("fixed")) + milestone("one", written, due)
    found = found_for("one", text)
    assert (found is not None) is is_told
    if found is not None:
        assert "one" not in {case.milestone.id for case in found.cases}


def test_an_aim_that_passed_is_compared_with_aims() -> None:
    """It has no outcome, and so it is open."""
    aim = committed("aim")
    text = several(FEW, aim) + several(FEW) + milestone("one", aim, "2015-07-01")
    found = found_for("one", text)
    assert found is not None
    assert {case.milestone.commitment for case in found.cases} == {Commitment.AIM}
    assert (len(found.cases), found.untold) == (FEW, FEW)


# --- what is told of them -------------------------------------------------------------------------

# what became of one of ten, promised for 1 June 2014: surely kept by 1 June 2015, and perhaps
KEPT: list[tuple[str, str, tuple[int, int], tuple[int, int]]] = [
    (OLD, met("2012-06-01"), (1, 1), (0, 0)),
    (OLD, met("2014-06-01"), (1, 1), (0, 0)),
    (OLD, met("2015-06-01"), (1, 1), (0, 0)),  # 365 days later
    (OLD, met("2015-06-02"), (0, 0), (0, 0)),
    (OLD, met("[2015-05-01..2015-06-01]"), (1, 1), (0, 0)),
    (OLD, met("[2015-05-01..2015-06-02]"), (0, 1), (0, 0)),
    (OLD, met("[2015-06-01..2015-06-02]"), (0, 1), (0, 0)),
    (OLD, met("[2015-06-02..2015-06-03]"), (0, 0), (0, 0)),
    (OLD, met("[..2015-06-01]"), (0, 1), (0, 0)),  # since when, nothing tells
    (OLD, met("[..2014-06-01]"), (1, 1), (0, 0)),
    (OLD, met(), (0, 1), (0, 0)),
    (OLD, met("[2015-06-02..]", "page"), (0, 0), (0, 0)),
    (OLD, met("[2015-06-01..]", "page"), (0, 1), (0, 0)),
    ("2014-06~", met("2015-12-01"), (0, 1), (0, 0)),  # what is vague is never surely late
    (OLD, moved("2015-12-01") + met("2015-11-01"), (0, 0), (0, 0)),  # by its second term
    # without being kept: how many ended otherwise, and of how many nothing is known
    (OLD, DROPPED, (0, 0), (1, 0)),
    (OLD, REPLACED, (0, 0), (1, 0)),
    (OLD, "", (0, 0), (0, 1)),
    (OLD, LOOKED, (0, 0), (0, 1)),
    (OLD, LATE, (0, 0), (0, 0)),  # what became of it is known: it is open
    (OLD, moved("2017-01-01"), (0, 0), (0, 0)),
]


@pytest.mark.parametrize(("due", "written", "kept", "besides"), KEPT)
def test_what_is_told(
    due: str, written: str, kept: tuple[int, int], besides: tuple[int, int]
) -> None:
    """How many were kept within a year of their first term, and what is known of the others."""
    others = several(FEW - 1, LATE)
    found = found_for("open", milestone("open", "", SOON) + others + milestone("n", written, due))
    assert found is not None
    assert found.kept_within_a_year == Share(*kept, FEW)
    assert (found.ended_otherwise, found.untold) == besides


# --- many at once ---------------------------------------------------------------------------------


_promises = st.lists(
    st.tuples(
        st.sampled_from([committed("planned"), committed("aim"), committed("fixed")]),
        st.sampled_from(["report", "other", "consultation"]),
        st.sampled_from(["", OCW, SCHOOL, BOTH]),
        st.sampled_from([OLD, OLD, "2014-12-31", "2015-01-01", SOON]),
        st.sampled_from(["", met("2014-06-01"), met("2015"), DROPPED, LOOKED]),
    ),
    min_size=15,
    max_size=60,
)


def slowly(standings: Sequence[Standing], asked: Standing) -> list[str] | None:
    """The ids of the cases by the plain definition, or None."""
    term = asked.first_term
    if (
        term is None
        or (asked.day - term).days > YEAR_DAYS
        or asked.status in {Status.MET, Status.DROPPED, Status.REPLACED}
        or asked.milestone.commitment is Commitment.FIXED
    ):
        return None
    firm = [
        each
        for each in standings
        if each.milestone.commitment is asked.milestone.commitment
        and each.first_term is not None
        and (each.day - each.first_term).days > YEAR_DAYS
    ]
    of_kind = [each for each in firm if each.milestone.kind == asked.milestone.kind]
    of_bodies = [each for each in of_kind if set(asked.bodies).issubset(each.bodies)]
    for cases in ([of_bodies] if asked.bodies else []) + [of_kind, firm]:
        if len(cases) >= 10:
            return [case.milestone.id for case in cases]
    return None


@given(_promises)
def test_many_are_reckoned_as_one(drawn: Sequence[tuple[str, str, str, str, str]]) -> None:
    """Each class once, and the same as one by one; no promise is a case of its own."""
    report = as_of(
        loads(
            HEAD
            + "".join(
                milestone(f"n{number}", firmly + written, due, kind=kind, bodies=bodies)
                for number, (firmly, kind, bodies, due, written) in enumerate(drawn)
            )
        ),
        DAY,
    )
    alike = reference_classes(report)
    for standing in report.standings:
        found = alike(standing)
        assert found == reference_class(report, standing)
        assert found is alike(standing)
        ids = None if found is None else [case.milestone.id for case in found.cases]
        assert ids == slowly(report.standings, standing)
        assert standing.milestone.id not in (ids or ())


def test_a_class_that_many_fall_back_on_is_reckoned_once() -> None:
    """Of a programme of thousands of bodies, each with few promises, most share one."""
    text = several(FEW) + "".join(
        milestone(f"open-{body}", "", SOON, bodies=f'"{body}"') for body in ("ocw", "school")
    )
    report = as_of(loads(HEAD + text), DAY)
    alike = reference_classes(report)
    one, other = (alike(each) for each in report.standings if each.bodies)
    assert one is not None
    assert one is other


def test_of_nothing_there_is_none() -> None:
    """Neither in a programme of one, nor on a day before any."""
    assert found_for("open", milestone("open", "", SOON)) is None
    assert as_of(loads(HEAD), DAY).standings == ()


# --- as `show` tells it ---------------------------------------------------------------------------


def shown() -> Programme:
    written = (
        milestone("open", committed("planned"), SOON, bodies=OCW)
        + several(4, met("2014-06-01"), bodies=OCW)
        + several(2, met("[2015-05-01..2015-07-01]"), bodies=OCW)
        + several(3, DROPPED, bodies=SCHOOL)
        + several(5, LOOKED, bodies=OCW)
        + milestone("late", LATE, bodies=OCW)
    )
    return loads(HEAD + written)


def story(language: str, width: int | None = None) -> str:
    report = as_of(shown(), DAY).about("m/open")
    return render(report, "story", language=language, width=width)


TOLD = {
    "en": """\
  promises like it: 4 to 6 of 12 (33 to 50\u00a0%) recorded as kept by a year after their first \
term; dropped or replaced: 0; without a source that says what became of them: 5
    planned; report or letter; OCW; first term more than a year ago. How those went is no \
forecast of how this one goes.
""",
    "nl": """\
  aankondigingen als deze: 4 tot 6 van 12 (33 tot 50\u00a0%) volgens een bron gerealiseerd \
binnen een jaar na hun eerste termijn of eerder; vervallen of vervangen: 0; zonder bron die zegt \
wat ervan werd: 5
    voorzien; rapport of brief; OCW; eerste termijn meer dan een jaar geleden verstreken. \
Hoe het daarmee ging is geen voorspelling voor deze.
""",
}


@pytest.mark.parametrize("language", TOLD)
def test_show_tells_it_in_two_lines(language: str) -> None:
    """The share with its cases, who they are, and that it is no forecast; of any width."""
    assert TOLD[language] in story(language)
    for width in (80, 40):
        folded = story(language, width)
        assert max(map(len, folded.splitlines())) <= width
        for line in TOLD[language].splitlines():
            indent = line[: len(line) - len(line.lstrip())]
            assert (
                textwrap.fill(
                    line.lstrip(),
                    width,
                    initial_indent=indent,
                    subsequent_indent=f"{indent}  ",
                    break_on_hyphens=False,
                )
                in folded
            )


def test_show_tells_what_is_wider() -> None:
    """Where it is of any kind and by anybody, both are said."""
    text = milestone("open", "", SOON, kind="other", bodies=OCW) + several(FEW, bodies=SCHOOL)
    told = render(as_of(loads(HEAD + text), DAY).about("m/open"), "story", language="en")
    assert told[told.index("  promises like it") : told.index("\nSources")] == (
        "  promises like it: 0 of 10 (0\u00a0%) recorded as kept by a year after their first term; "
        "dropped or replaced: 0; without a source that says what became of them: 10\n"
        "    planned; of any kind; whoever answers for it; first term more than a year ago. "
        "How those went is no forecast of how this one goes.\n"
    )


def test_show_compares_with_the_whole_programme() -> None:
    """What is shown is one measure; those like its promises may be of others."""
    other = '[[measure]]\nid = "other"\ntitle = "O"\nsource = "promise"\n'
    text = milestone("open", "", SOON) + other + several(FEW)
    told = render(as_of(loads(HEAD + text), DAY).about("m/open"), "story", language="en")
    assert "promises like it: 0 of 10" in told


def test_show_tells_nothing_of_too_few() -> None:
    """Neither of nine, nor of what has ended."""
    for text in (
        milestone("open", "", SOON) + several(FEW - 1),
        milestone("open", met("2015-01-01"), SOON) + several(FEW),
    ):
        told = render(as_of(loads(HEAD + text), DAY).about("m/open"), "story", language="en")
        assert "like it" not in told


@pytest.mark.parametrize(
    ("written", "kept"), [(met("2014-06-01"), "10"), (met("[2015-05-01..2015-07-01]"), "9 to 10")]
)
def test_a_class_is_shown_in_a_line(written: str, kept: str) -> None:
    """How many cases it has, and how many of them were kept, where it may be more: up to what."""
    text = milestone("open", "", SOON) + several(FEW - 1, met("2014-06-01"))
    found = found_for("open", text + milestone("one", written))
    line = f"<ReferenceClass of 10 cases: {kept} kept within a year of their first term>"
    assert repr(found) == line


def test_kinds_are_those_of_the_programme() -> None:
    """Of the ten that there are, or one of its own."""
    of_kind = [
        found_for("open", milestone("open", "", SOON, kind=kind) + several(FEW, kind=kind))
        for kind in ("report", "consultation")
    ]
    assert [getattr(found and found.kind, "id", found and found.kind) for found in of_kind] == [
        Kind.REPORT,
        "consultation",
    ]


@pytest.mark.parametrize("year", range(2014, 2027))
def test_the_programme_that_ships_never_has_its_own_case(year: int) -> None:
    """On no day is a promise told to be like itself."""
    report = as_of(load_example(), f"{year}-11-28")
    alike = reference_classes(report)
    for standing in report.standings:
        found = alike(standing)
        assert found is None or (standing not in found.cases and len(found.cases) >= FEW)
