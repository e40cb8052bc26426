"""What the formats of a report have in common: its heading, and what a line says of a milestone."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from betatech_milestones.analysis.report import Report
from betatech_milestones.analysis.verdicts import Judgement, Why
from betatech_milestones.model import rules
from betatech_milestones.model.findings import Finding, Location
from betatech_milestones.model.records import Budget, Measure, Source
from betatech_milestones.model.rules import Rule
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Attestation, Evidence, Status
from betatech_milestones.voice import Voice, capital

if TYPE_CHECKING:
    from betatech_milestones.analysis.slips import Slips
    from betatech_milestones.analysis.stats import Stats


def heading(report: Report, voice: Voice) -> str:
    """Return the first line of a report: what it is of, for which day, and by whose knowledge."""
    return f"{voice.text(report.programme.title)}, {day(report, voice)}"


def day(view: "Report | Slips | Stats", voice: Voice) -> str:
    """Return for which day a view is, and where it counts what was known on another."""
    words = voice.label("as of", day=voice.day(view.day))
    known = knowledge(view, voice)
    return f"{words} ({known})" if known else words


def knowledge(view: "Report | Slips | Stats", voice: Voice) -> str:
    """Return that a view counts what was known on another day than its own; else nothing."""
    if view.known_on == view.day:
        return ""
    key = "hindsight" if view.known_on > view.day else "foresight"
    return voice.label(key, day=voice.day(view.known_on))


def attested(standing: Standing) -> str | None:
    """Return the key of who says that it ended so; that nobody recorded who is one of its own."""
    if standing.attestation is Attestation.REPORTED and standing.reporter_is_unknown:
        return "reported by unknown"
    return standing.attestation


def tally(report: Report, voice: Voice) -> str:
    """Return what a programme promised, in numbers: with and without a date, and facts apart."""
    undated = {status: report.counts[status] - report.dated[status] for status in Status}
    parts = [
        _counted("counted dated", report.dated, report.evidence, voice),
        _counted("counted undated", undated, {}, voice),
        voice.label("counted facts", all=voice.number(report.facts)) if report.facts else "",
        _unknown(report, voice),
    ]
    return capital("; ".join(filter(None, parts)) or voice.label("counted nothing")) + "."


def _counted(
    key: str, counts: Mapping[Status, int], evidence: Mapping[Evidence, int], voice: Voice
) -> str:
    """Return how many there are, and how many of those stand how; nothing where there are none."""
    words = dict(counts)
    overdue = words.pop(Status.OVERDUE)
    parts = [
        voice.pair(voice.label(f"group {word}"), voice.number(number))
        for word, number in evidence.items()
        if number
    ]
    parts += [
        voice.pair(_in_brief(status, voice), voice.number(number))
        for status, number in words.items()
        if number
    ]
    whole = overdue + sum(words.values())
    return voice.label(key, all=voice.number(whole), counts=", ".join(parts)) if whole else ""


def _unknown(report: Report, voice: Voice) -> str:
    """Return, of a report that holds nothing, how many nobody knew of yet; else that is no news."""
    if report.standings or not report.not_yet_promised:
        return ""
    return voice.label("counted unknown", all=voice.number(report.not_yet_promised))


_IN_BRIEF = {Status.UNDATED: "counted open", Status.PASSED: "group passed"}


def _in_brief(status: Status, voice: Voice) -> str:
    return voice.label(_IN_BRIEF.get(status, status))


def nothing(report: Report, voice: Voice) -> str:
    """Return what a report without standings says."""
    if report.shows == (Status.OVERDUE,):
        return voice.label("nothing overdue")
    partly = Status.OVERDUE in report.shows and len(report.shows) < len(Status)
    return voice.label("nothing to do" if partly else "nothing")


def caution(report: Report, voice: Voice) -> str:
    """Return what a term that passed means, where a report has one."""
    overdue = any(standing.status is Status.OVERDUE for standing in report.standings)
    return voice.label("no outcome") if overdue else ""


def attention(judgement: Judgement, voice: Voice) -> Iterator[tuple[Standing, Finding]]:
    """Yield what of a report deserves attention, each at the line of its milestone."""
    report = judgement.report
    for standing in report.standings:
        if level := judgement.verdict(standing).level:
            finding = Finding(
                rule=rule(standing),
                level=level,
                message=message(standing, judgement, voice),
                location=Location(
                    path=standing.milestone.path_in(report.programme), line=standing.milestone.line
                ),
            )
            yield standing, finding


def rule(standing: Standing) -> Rule:
    """Return under which rule a milestone deserves attention: its evidence, or else its status."""
    return rules.RULES[standing.evidence or standing.status]


def message(standing: Standing, judgement: Judgement, voice: Voice) -> str:
    """Return all that one line says of a milestone: what, when, how it stands, and who.

    With hindsight each says so, because the formats that show it have no head.
    """
    parts = (
        voice.text(standing.milestone.title),
        voice.text(standing.measure.title),
        voice.due_and_was(standing),
        standing_and_why(standing, judgement, voice),
        voice.responsible(standing.bodies),
        knowledge(judgement.report, voice),
    )
    return "; ".join(filter(None, parts))


def standing_and_why(
    standing: Standing, judgement: Judgement, voice: Voice, *, noted: bool = True
) -> str:
    """Return how a milestone stands, why it is only a warning, and its snooze.

    What is noted of its outcome goes along ("inferred from …"), unless that stands elsewhere.
    """
    parts = [voice.standing(standing)]
    outcome = standing.outcome
    if noted and outcome is not None and outcome.note is not None:
        parts.append(voice.pair(voice.label("note"), voice.line(outcome.note)))
    if why := judgement.verdict(standing).why:
        parts.append(voice.label(f"why {why}", days=voice.days(_days_of(why, judgement))))
    if snooze := voice.snooze(standing):
        parts.append(snooze)
    return "; ".join(parts)


def _days_of(why: Why, judgement: Judgement) -> int:
    if why is Why.LEAD:
        return judgement.lead_days or 0
    return judgement.recheck_days if why is Why.LOOKED else judgement.grace_days


def cited(
    measure: Measure, standings: Iterable[Standing], known_on: dt.date = dt.date.max
) -> Iterable[Source]:
    """Return what attests a measure and its standings, as far as it is known, each once."""
    own = (*measure.sources, *(budget.source for budget in budgets(measure, known_on)))
    found = {source.id: source for source in own if source and source.known_from <= known_on}
    for standing in standings:
        found |= {source.id: source for source in standing.sources}
    return found.values()


def budgets(measure: Measure, known_on: dt.date) -> Iterator[Budget]:
    """Yield the money of a measure that is known of."""
    for budget in measure.budgets:
        known = min(s.known_from for s in ([budget.source] if budget.source else measure.sources))
        if known <= known_on:
            yield budget


def standings_by_measure(report: Report) -> Mapping[str, tuple[Standing, ...]]:
    """Return the standings of each measure by its id: its own as in the file, then those shared."""
    shown = {standing.milestone.full_id: standing for standing in report.standings}
    found = {
        measure.id: [shown[m.full_id] for m in measure.milestones if m.full_id in shown]
        for measure in report.programme.measures
    }
    for standing in report.standings:
        for further in standing.milestone.also:
            if further in found:
                found[further].append(standing)
    return {own: tuple(standings) for own, standings in found.items()}


class Group(NamedTuple):
    """Milestones that stand alike: their status, for what is overdue its evidence, or facts."""

    key: str
    status: Status
    standings: tuple[Standing, ...]


def groups(report: Report) -> Iterator[Group]:
    """Yield the standings of each group that has any, facts last."""
    promises = (standing for standing in report.standings if not standing.milestone.is_fact)
    for key, standings in itertools.groupby(promises, key=group_of):
        found = tuple(standings)
        yield Group(key=key, status=found[0].status, standings=found)
    facts = tuple(standing for standing in report.standings if standing.milestone.is_fact)
    if facts:
        yield Group(key=FACT, status=Status.MET, standings=facts)


FACT = "fact"
"""The key of what nobody promised."""
KEYS = (
    *Evidence,
    *(status for status in Status if status is not Status.OVERDUE),
    FACT,
)
"""The groups in which milestones stand: what is overdue by its evidence, and facts apart."""


def group_of(standing: Standing) -> str:
    """Return the key of the group in which a milestone stands."""
    return FACT if standing.milestone.is_fact else standing.evidence or standing.status
