"""What became of promises like one that is open: its reference class, and never a forecast.

That others took longer than they were promised to is the best guide to how long the next one takes
(Flyvbjerg, From Nobel Prize to Project Management: Getting Risks Right, Project Management Journal
37, 2006). Which ones are like it is told with the number, because another choice gives another.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from betatech_milestones.analysis.report import Report
from betatech_milestones.analysis.stats import FEW, Fate, Share, fate, is_untold
from betatech_milestones.model.records import Body, OwnKind
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import ENDED, Commitment, Kind

YEAR_DAYS = 365
_ENDED_OTHERWISE = (Fate.DROPPED, Fate.REPLACED)


@attrs.frozen(kw_only=True, repr=False)
class ReferenceClass:
    """Promises like one that is open, whose first term passed more than a year ago."""

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

    def __repr__(self) -> str:
        kept = self.kept_within_a_year
        ends = dict.fromkeys((kept.at_least, kept.at_most))  # one where they are the same
        within = f"{' to '.join(map(str, ends))} kept within a year of their first term"
        return f"<ReferenceClass of {len(self.cases)} cases: {within}>"


def reference_class(report: Report, standing: Standing) -> ReferenceClass | None:
    """Return what became of promises like an open one, by what was known on the day of a report.

    Those like it are promised as firmly, of the same kind and by the same bodies; where they are
    fewer than ten, by anybody; where those are fewer, of any kind. Only those are cases whose first
    term passed more than a year ago. None for what can no longer be kept within a year of its first
    term or never had one, for what comes about by itself, and where there are fewer than ten cases
    even so.
    """
    return reference_classes(report)(standing)


_Likeness = tuple[Commitment, Kind | OwnKind | None, tuple[Body, ...]]
"""How firmly something is promised, of which kind it is, and who answers; None and nobody: any."""


def reference_classes(report: Report) -> Callable[[Standing], ReferenceClass | None]:
    """Return `reference_class` for many promises of a report, with each class reckoned once."""
    old: defaultdict[_Likeness, list[Standing]] = defaultdict(list)
    for standing in report.standings:
        if (_days_since_first_term(standing) or 0) > YEAR_DAYS:
            commitment, kind = standing.milestone.commitment, standing.milestone.kind
            old[commitment, None, ()].append(standing)
            old[commitment, kind, ()].append(standing)
            for body in standing.bodies:
                old[commitment, kind, (body,)].append(standing)
    known: dict[_Likeness, ReferenceClass | None] = {}

    def found(standing: Standing) -> ReferenceClass | None:
        if not _is_comparable(standing):
            return None
        for likeness in _narrowest_first(standing):
            if likeness not in known:
                known[likeness] = _class_of(likeness, old)
            if (large_enough := known[likeness]) is not None:
                return large_enough
        return None

    return found


def _is_comparable(standing: Standing) -> bool:
    """Whether it is open, and may still be kept within a year of its first term."""
    if standing.status in ENDED or standing.milestone.commitment is Commitment.FIXED:
        return False
    since = _days_since_first_term(standing)
    return since is not None and since <= YEAR_DAYS


def _narrowest_first(standing: Standing) -> Iterator[_Likeness]:
    commitment, kind = standing.milestone.commitment, standing.milestone.kind
    if standing.bodies:
        yield commitment, kind, standing.bodies
    yield commitment, kind, ()
    yield commitment, None, ()


def _class_of(
    likeness: _Likeness, old: Mapping[_Likeness, Sequence[Standing]]
) -> ReferenceClass | None:
    """Return those that are like it, of all and of each body; None where they are too few."""
    commitment, kind, bodies = likeness
    of_each = [old.get((commitment, kind, (body,)), ()) for body in bodies]
    fewest = min(of_each, key=len) if bodies else old.get(likeness, ())
    cases = tuple(other for other in fewest if {*bodies} <= {*other.bodies})
    if len(cases) < FEW:
        return None
    fates = Counter(map(fate, cases))
    return ReferenceClass(
        commitment=commitment,
        kind=kind,
        bodies=bodies,
        cases=cases,
        kept_within_a_year=_kept_within_a_year(cases),
        ended_otherwise=sum(fates[word] for word in _ENDED_OTHERWISE),
        untold=sum(map(is_untold, cases)),
    )


def _days_since_first_term(standing: Standing) -> int | None:
    """Return how long ago its first term ended, negative where that is to come."""
    term = standing.first_term
    return None if term is None else (standing.day - term).days


def _kept_within_a_year(cases: tuple[Standing, ...]) -> Share:
    found = [case.timeliness for case in cases if case.timeliness is not None]
    surely = sum(t.at_most is not None and t.at_most <= YEAR_DAYS for t in found)
    perhaps = sum(t.at_least <= YEAR_DAYS for t in found)
    return Share(surely, perhaps, len(cases))
