"""What those who subscribed would lose by a new version, told before it is published."""

from collections.abc import Iterator

from betatech_milestones.analysis.editions import Published, State, state_of
from betatech_milestones.model import rules
from betatech_milestones.model.findings import Finding, Location
from betatech_milestones.model.records import Milestone, Programme
from betatech_milestones.model.rules import Rule
from betatech_milestones.model.values import shown


def guard(before: State, programme: Programme, now: State | None = None) -> tuple[Finding, ...]:
    """Return what would break the calendars of those who subscribed to the state before.

    A UID that is lost or that another milestone takes, and a SEQUENCE that would go down. The state
    now is that of a first publication of the programme, if it is left out.
    """
    now = now or state_of(programme)
    if before.programme != now.programme:
        was = shown(before.programme)
        message = (
            f'the programme was published as {was}, and its id is now "{now.programme}": every '
            f"UID ends with it; write id = {was}"
        )
        return (_finding(programme, None, rules.LOST_UID, message),)
    return tuple(_breaks(before, now, programme))


def _breaks(before: State, now: State, programme: Programme) -> Iterator[Finding]:
    milestones = {milestone.lifelong_id: milestone for milestone in programme.by_id}
    owners = {
        name: milestone.lifelong_id
        for milestone in programme.by_id
        for name in (*milestone.formerly, milestone.full_id)
    }
    for known, old in before.milestones.items():
        if known not in milestones:
            if not old.gone:
                message = (
                    f"{_quoted(old)} was published and is not there any more; give it a "
                    "[measure.milestone.dropped], or write its old id in formerly"
                )
                yield _finding(programme, None, rules.LOST_UID, message)
            continue
        new, milestone = now.milestones[known], milestones[known]
        was, is_now = _sequence(old), _sequence(new)
        if owners.get(old.id, known) != known or _differ(old, new):
            message = (
                f"{_quoted(new)} would take the UID of {_quoted(old)}; give it an id of its own, "
                "and keep the other"
            )
            yield _finding(programme, milestone, rules.REUSED_UID, message)
        elif is_now < was:
            message = (
                f'SEQUENCE of "{new.id}" would go down from {was} to {is_now}: a statement was '
                "taken away; put it back, and add what is right below it"
            )
            yield _finding(programme, milestone, rules.LOWER_SEQUENCE, message)


def _differ(old: Published, new: Published) -> bool:
    """Say whether nothing is as it was: then an id was given to another milestone."""
    return old.title != new.title and old.kind != new.kind and old.promised != new.promised


def _quoted(published: Published) -> str:
    return f"{shown(published.id)} ({shown(published.title)})"


def _sequence(published: Published) -> int:
    return max((edition.sequence for edition in published.editions.values()), default=0)


def _finding(
    programme: Programme, milestone: Milestone | None, rule: Rule, message: str
) -> Finding:
    where = Location(path=programme.path, line=milestone.line if milestone else None)
    return Finding(rule=rule, message=message, location=where)
