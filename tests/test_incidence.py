"""How long promises took: against all days of all windows, and by hand."""

import itertools
import random
from collections.abc import Iterator, Sequence

import pytest

from betatech_milestones.analysis.incidence import (
    Case,
    Ending,
    Fraction,
    curve,
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
