"""How long promises took: against all days of all windows, and by hand."""

import itertools
import random
from collections.abc import Iterator, Sequence

import pytest

from betatech_milestones import BadValue, as_of, loads
from betatech_milestones.analysis.incidence import (
    QUARTER_DAYS,
    Case,
    Ending,
    Fraction,
    Incidence,
    curve,
    incidence,
)

KEPT, DROPPED = Ending


def by_definition(
    days: Sequence[int], endings: Sequence[Ending | None], by: int, ending: Ending
) -> float:
    """The estimator as it is defined, over days that are all settled."""
    lasting, found = 1.0, 0.0
    for at in sorted({*days}):
        if at > by:
            break
        followed = sum(day >= at for day in days)
        ended = [how for day, how in zip(days, endings, strict=True) if day == at and how]
        found += lasting * ended.count(ending) / followed
        lasting *= 1 - len(ended) / followed
    return found


def all_days(cases: Sequence[Case]) -> Iterator[Sequence[int]]:
    """Every choice of days in the windows, with what is open followed as long as can be, or not."""
    for until in ("first", "last"):
        yield from itertools.product(
            *(
                range(case.first, case.last + 1) if case.ending else [getattr(case, until)]
                for case in cases
            )
        )


@pytest.mark.parametrize("seed", range(40))
def test_bounds_are_those_of_all_days(seed: int) -> None:
    """Of all that the windows allow, the smallest and the largest that the estimator gives."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    for _ in range(10):
        cases = []
        for _ in range(chance.randint(1, 5)):
            first = chance.randint(0, 5)
            last = first + chance.choice([0, 0, 1, 2, 3])
            cases.append(Case(first, last, chance.choice([KEPT, DROPPED, None])))
        endings = [case.ending for case in cases]
        for point in curve(cases, 2):
            for ending, told in ((KEPT, point.kept), (DROPPED, point.dropped)):
                found = [by_definition(d, endings, point.days, ending) for d in all_days(cases)]
                assert told.at_least == pytest.approx(min(found))
                assert told.at_most == pytest.approx(max(found))


def test_one_minus_kaplan_and_meier_by_hand() -> None:
    """Where nothing is dropped, and all days are known: 1 - 3/4, then 1 - 3/4 * 1/2."""
    cases = [Case(1, 1, KEPT), Case(2, 2, None), Case(3, 3, KEPT), Case(4, 4, None)]
    told = {point.days: (point.kept.at_least, point.followed) for point in curve(cases, 1)}
    assert told == {
        0: (0, 4),
        1: (0.25, 4),
        2: (0.25, 3),
        3: (0.625, 2),
        4: (0.625, 1),
    }
    assert all(point.kept.at_least == point.kept.at_most for point in curve(cases, 1))


def test_two_endings_share_what_there_is() -> None:
    """A window of one, and one that competes."""
    cases = [Case(0, 2, KEPT), Case(1, 1, DROPPED)]
    assert [(point.kept, point.dropped) for point in curve(cases, 1)][:3] == [
        (Fraction(0, 0.5), Fraction(0, 0)),
        (Fraction(0, 0.5), Fraction(0.5, 0.5)),
        (Fraction(0.5, 0.5), Fraction(0.5, 0.5)),
    ]


def test_no_case_has_one_point_of_nothing() -> None:
    """And nothing is divided."""
    (point,) = curve([])
    assert (point.days, point.kept, point.dropped, point.followed) == (
        *(0, Fraction(0, 0), Fraction(0, 0)),
        0,
    )


# --- another reckoner -----------------------------------------------------------------------------


def exact(seed: int, endings: Sequence[Ending | None], number: int = 40) -> list[Case]:
    """Cases whose days are all known, and no two on one day: lifelines moves those apart."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    days = chance.sample(range(1, 900), number)
    return [Case(day, day, chance.choice(endings)) for day in days]


@pytest.mark.slow  # lifelines takes seconds to import
@pytest.mark.parametrize("seed", range(5))
def test_it_is_one_minus_kaplan_and_meier_of_lifelines(seed: int) -> None:
    """Where days are exact and nothing competes."""
    lifelines = pytest.importorskip("lifelines")
    cases = exact(seed, [KEPT, None])
    fitter = lifelines.KaplanMeierFitter()
    fitter.fit([case.last for case in cases], [case.ending is KEPT for case in cases])
    for point in curve(cases, 30):
        assert point.kept.at_least == pytest.approx(point.kept.at_most)
        assert point.kept.at_least == pytest.approx(1 - fitter.predict(point.days))
        assert (point.dropped.at_least, point.dropped.at_most) == (0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_it_is_aalen_and_johansen_of_lifelines(seed: int) -> None:
    """Where days are exact, and being dropped competes with being kept."""
    lifelines = pytest.importorskip("lifelines")
    cases = exact(seed, [KEPT, DROPPED, None])
    codes = [0 if case.ending is None else 1 + (case.ending is DROPPED) for case in cases]
    for ending, code in ((KEPT, 1), (DROPPED, 2)):
        fitter = lifelines.AalenJohansenFitter(calculate_variance=False)
        fitter.fit([case.last for case in cases], codes, event_of_interest=code)
        for point in curve(cases, 30):
            told = point.kept if ending is KEPT else point.dropped
            assert told.at_least == pytest.approx(told.at_most)
            assert told.at_least == pytest.approx(fitter.predict(point.days))


# --- from promises --------------------------------------------------------------------------------

HEAD = """\
[programme]
id = "p"
title = "P"
language = "nl"
timezone = "Europe/Amsterdam"
[[source]]
id = "promise"
title = "x"
published = 2014-01-01
[[source]]
id = "later"
title = "x"
published = 2014-12-31
[[source]]
id = "page"
title = "x"
seen = 2014-12-31
[[source]]
id = "after"
title = "x"
published = 2015-01-01
[[measure]]
id = "m"
title = "x"
source = "promise"
[[measure.milestone]]
id = "n"
title = "x"
kind = "other"
"""
DUE = "due = 2014-03-01\n"
LOOKED = '[[measure.milestone.news]]\nfound = "nothing"\nby = "x"\non = 2014-06-01\n'
NEWS = '[[measure.milestone.news]]\nfound = "partly"\nsource = "later"\non = 2014-06-01\n'
MOVE = '[[measure.milestone.revised]]\ndue = 2015\nannounced = 2014-06-30\nsource = "later"\n'
DROP = '[measure.milestone.dropped]\nreason = "x"\nsource = "later"\n'
REPLACED = '[measure.milestone.replaced]\nreason = "x"\nsource = "later"\n'


def met(on: str = "", source: str = "later") -> str:
    return f'[measure.milestone.met]\nsource = "{source}"\n' + (f'on = "{on}"\n' if on else "")


# what is known of it on the last day of 2014 -> the case that it is
CASES: list[tuple[str, Case | None]] = [
    # open: followed to the last day of which a statement speaks at least, and to the day at most
    (DUE, Case(0, 364, None)),
    ("", Case(0, 364, None)),
    (DUE + LOOKED, Case(0, 364, None)),  # that somebody looked is no statement
    (DUE + NEWS, Case(151, 364, None)),  # of its day, and not of that of its source
    (DUE + NEWS.replace("on = 2014-06-01\n", ""), Case(364, 364, None)),
    (DUE + NEWS + MOVE, Case(180, 364, None)),
    (DUE + NEWS.replace("06-01", "07-01") + MOVE, Case(181, 364, None)),
    (DUE + NEWS.replace('"later"', '"after"') + MOVE, Case(180, 364, None)),  # not known yet
    ('sources = ["promise", "after"]\n' + DUE + NEWS, Case(151, 364, None)),  # nor said again yet
    # kept, or dropped: on a day, or on some day in a window
    (DUE + met("2014-02-01"), Case(31, 31, KEPT)),
    (DUE + met("februari 2014"), Case(31, 58, KEPT)),
    (DUE + met("2014"), Case(0, 364, KEPT)),
    (DUE + met(), Case(0, 364, KEPT)),
    (DUE + DROP, Case(0, 364, DROPPED)),
    (DUE + DROP.replace("source", "on = 2014-02-01\nsource"), Case(31, 31, DROPPED)),
    (DUE + REPLACED, Case(0, 364, DROPPED)),
    # windows that are open, and windows of before the promise
    (DUE + met("[..2014-02]"), Case(0, 58, KEPT)),
    (DUE + met("[2014-02..]", "page"), Case(31, 364, KEPT)),
    (DUE + met("2013-06-01"), Case(0, 0, KEPT)),
    (DUE + met("[2013-06..2014-02]"), Case(0, 58, KEPT)),
    (DUE + met("[..2012]"), Case(0, 0, KEPT)),
    ('due = "[2013..]"\n' + met("2014-02-01"), Case(31, 31, KEPT)),
    # whatever the firmness, but for what nobody had to keep
    ('commitment = "aim"\n' + DUE, Case(0, 364, None)),
    ('commitment = "forecast"\n' + DUE, Case(0, 364, None)),
    ('commitment = "fixed"\n' + DUE, None),
    ('commitment = "fixed"\n' + DUE + met("2014-02-01"), None),
    ('commitment = "none"\n' + met("2014-02-01"), None),
]


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_a_case_is_counted_from_its_promise(written: str, expected: Case | None) -> None:
    """In days, from the day on which it was public; no case is shorter than none."""
    found = incidence(as_of(loads(HEAD + written), "2014-12-31").standings)
    assert found.cases == (() if expected is None else (expected,))
    assert found.points == tuple(curve(found.cases, QUARTER_DAYS))


def test_hindsight_follows_no_case_to_before_its_promise() -> None:
    """On a day before it was made nothing went by, whatever was known later."""
    written = as_of(loads(HEAD + DUE + NEWS), "2013-12-01", known_on="2015-01-01")
    assert incidence(written.standings).cases == (Case(0, 0, None),)


@pytest.mark.parametrize(
    ("longest", "days"), [(0, [0]), (1, [0, 7]), (7, [0, 7]), (8, [0, 7, 14]), (14, [0, 7, 14])]
)
def test_points_go_on_until_nobody_is_followed(longest: int, days: list[int]) -> None:
    """One after each step, to the first that is no earlier than the last day of all cases."""
    assert [point.days for point in curve([Case(0, longest, None)], 7)] == days


@pytest.mark.parametrize("step", [0, -91])
def test_a_step_goes_forward(step: int) -> None:
    """Steps of no day would never end, and back there is nothing."""
    with pytest.raises(BadValue) as caught:
        incidence([], step_days=step)
    assert str(caught.value) == f"{step} is no whole number from 1 up; write one, bare"


def test_its_repr_is_short() -> None:
    """How many cases and points there are."""
    found = incidence(as_of(loads(HEAD + DUE), "2014-12-31").standings)
    assert isinstance(found, Incidence)
    assert repr(found) == "<Incidence of 1 cases, 5 points>"
