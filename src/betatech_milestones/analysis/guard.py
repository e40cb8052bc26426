"""What those who subscribed would lose by a new version, told before it is published."""

import shlex
from collections import Counter
from collections.abc import Iterator
from operator import attrgetter

from betatech_milestones.analysis.editions import Published, State, unstamped
from betatech_milestones.model import rules
from betatech_milestones.model.about import NAME
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.findings import Finding, Location
from betatech_milestones.model.records import Milestone, Programme
from betatech_milestones.model.rules import Rule
from betatech_milestones.model.values import shown


def guard(before: State, programme: Programme, now: State | None = None) -> tuple[Finding, ...]:
    """Return what would break the calendars of those who subscribed to the state before.

    A UID that is lost or that another milestone takes; and a promise that is rewritten: a published
    date that is another one now, a revision or an outcome that is gone. A milestone whose
    `corrected` says since why that was a mistake is let through. The state now is that of a first
    publication of the programme, if it is left out.
    """
    now = now or unstamped(programme)
    if before.programme != now.programme:
        was = shown(before.programme)
        message = (
            f'the programme was published as {was}, and its id is now "{now.programme}": every '
            f"UID ends with it; write id = {was}"
        )
        return (_finding(programme, None, rules.LOST_UID, message),)
    return tuple(_breaks(before, now, programme))


def guard_version(before: Programme, programme: Programme) -> tuple[Finding, ...]:
    """Return what would break them if a version of a programme had been published before."""
    same = _unchanged(before, programme)
    return guard(unstamped(before, same), programme, unstamped(programme, same))


def _unchanged(before: Programme, programme: Programme) -> set[str]:
    """Return which milestones promise what they did, as nearly all do: nothing breaks by those."""
    promises = {one.lifelong_id: _published(one) for one in before.by_id}
    return {
        one.lifelong_id
        for one in programme.by_id
        if promises.get(one.lifelong_id) == _published(one)
    }


_published = attrgetter(
    *("full_id", "formerly", "title", "kind", "due", "revisions", "outcomes", "corrected")
)


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
        if owners.get(old.id, known) != known or _differ(old, new):
            message = (
                f"{_quoted(new)} would take the UID of {_quoted(old)}; give it an id of its own, "
                "and keep the other"
            )
            yield _finding(programme, milestone, rules.REUSED_UID, message)
        elif new.corrected is None or new.corrected == old.corrected:
            yield from _rewritten(old, new, programme, milestone)


def _rewritten(
    old: Published, new: Published, programme: Programme, milestone: Milestone
) -> Iterator[Finding]:
    """Yield what was published of a milestone and is another text now, or gone."""
    if _promises(old) == _promises(new):
        return
    command = f"{NAME} record {new.id} {shlex.quote(programme.path)}"
    excuse = 'or say in corrected = "…" why it was a mistake'
    if old.promised != new.promised:
        was = "no date" if old.promised is None else _harmless(old.promised)
        to = "DATE" if milestone.due is None else _as_option(milestone.due)
        message = (
            f'due of "{new.id}" was published as {was}, and is {new.promised or "no date"} now: a '
            f"promise is moved, and never rewritten; put {was} back and record the move with "
            f"{command} --moved {to} --source ID, {excuse}"
        )
        yield _finding(programme, milestone, rules.PROMISE_REWRITTEN, message)
    for what, before, after in (
        ("revision", old.revisions, new.revisions),
        ("outcome", old.outcomes, new.outcomes),
    ):
        gone = Counter(before or ()) - Counter(after or ())
        for lost in gone.elements():
            message = (
                f'a published {what} of "{new.id}" is not there any more ({_harmless(lost)}); put '
                f"it back, and record what is right with {command} {_RECORDED[what]} --source ID, "
                f"{excuse}"
            )
            yield _finding(programme, milestone, rules.PROMISE_REWRITTEN, message)


_promises = attrgetter("promised", "revisions", "outcomes")
_RECORDED = {"revision": "--moved DATE", "outcome": "--met DATE"}


def _as_option(date: PolicyDate) -> str:
    """Return a date as the command takes it."""
    if date.is_exact:
        return str(date.latest)
    words = shlex.quote(date.words)
    return words if date.is_plain or date.edtf is None else f"{words} --edtf {date.edtf}"


def _differ(old: Published, new: Published) -> bool:
    """Say whether nothing is as it was: then an id was given to another milestone."""
    return old.title != new.title and old.kind != new.kind and old.promised != new.promised


def _quoted(published: Published) -> str:
    return f"{shown(published.id)} ({shown(published.title)})"


def _harmless(text: str) -> str:
    """Return what a state says on one short line, whoever wrote it."""
    return shown(text).strip('"')


def _finding(
    programme: Programme, milestone: Milestone | None, rule: Rule, message: str
) -> Finding:
    where = Location(path=programme.path, line=milestone.line if milestone else None)
    return Finding(rule=rule, message=message, location=where)
