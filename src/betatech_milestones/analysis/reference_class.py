"""What became of promises like one that is open: its reference class, and never a forecast.

That others took longer than they were promised to is the best guide to how long the next one takes
(Flyvbjerg, From Nobel Prize to Project Management: Getting Risks Right, Project Management Journal
37, 2006). Which ones are like it is told with the number, because another choice gives another.
"""

from collections.abc import Iterator

import attrs

from betatech_milestones.analysis.report import Report
from betatech_milestones.analysis.stats import FEW, Fate, Share, fate
from betatech_milestones.model.records import Body, OwnKind
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import ENDED, Commitment, Kind

YEAR_DAYS = 365
_ENDED_OTHERWISE = {Fate.DROPPED, Fate.REPLACED}
_UNTOLD = {Fate.NO_NEWS, Fate.UNCHECKED, Fate.PASSED}


@attrs.frozen(kw_only=True)
class ReferenceClass:
    """Promises like one that is open, whose first term passed at least a year ago."""

    commitment: Commitment
    kind: Kind | OwnKind | None
    """None where too few of its kind have a term so long ago."""
    bodies: tuple[Body, ...]
    """Who answers for all of them; none where too few of theirs have."""
    cases: tuple[Standing, ...]
    kept_within_a_year: Share
    """How many of them were kept within a year of their first term, or before it."""
    ended_otherwise: int
    """How many of them were dropped or replaced, whenever."""
    untold: int
    """Of how many of them no source says what became of them."""


def reference_class(report: Report, standing: Standing) -> ReferenceClass | None:
    """Return what became of promises like an open one, by what was known on the day of a report.

    Those like it are promised as firmly, of the same kind and by the same bodies; where they are
    fewer than ten, by anybody; where those are fewer, of any kind. What is not due for a year is no
    case, and neither is the promise itself. None for what has ended or comes about by itself, and
    where there are fewer than ten even so.
    """
    milestone = standing.milestone
    if standing.status in ENDED or milestone.commitment in {Commitment.FIXED, Commitment.NONE}:
        return None
    alike = [
        other
        for other in report.standings
        if other.milestone.commitment is milestone.commitment
        and other.milestone.full_id != milestone.full_id
        and _is_a_year_past(other)
    ]
    for kind, bodies in _narrowest_first(standing):
        cases = tuple(
            other
            for other in alike
            if kind in {None, other.milestone.kind} and other.bodies[: len(bodies)] == bodies
        )
        if len(cases) >= FEW:
            return ReferenceClass(
                commitment=milestone.commitment,
                kind=kind,
                bodies=bodies,
                cases=cases,
                kept_within_a_year=_kept_within_a_year(cases),
                ended_otherwise=sum(fate(case) in _ENDED_OTHERWISE for case in cases),
                untold=sum(fate(case) in _UNTOLD for case in cases),
            )
    return None


def _narrowest_first(
    standing: Standing,
) -> Iterator[tuple[Kind | OwnKind | None, tuple[Body, ...]]]:
    kind = standing.milestone.kind
    if standing.bodies:
        yield kind, standing.bodies
    yield kind, ()
    yield None, ()


def _is_a_year_past(standing: Standing) -> bool:
    promised = standing.promised
    term = None if promised is None else promised.latest
    return term is not None and (standing.day - term).days >= YEAR_DAYS


def _kept_within_a_year(cases: tuple[Standing, ...]) -> Share:
    found = [case.timeliness for case in cases if case.timeliness is not None]
    surely = sum(t.at_most is not None and t.at_most <= YEAR_DAYS for t in found)
    perhaps = sum(t.at_least <= YEAR_DAYS for t in found)
    return Share(surely, perhaps, len(cases))
