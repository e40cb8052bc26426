"""What a reader who knows the field would ask about a sound file.

None of it is an error: a hint may be wrong, and says what to do if it is not. What has ended gives
no hints. Messages hold no day that passes, so that a hint stays the same one until it is answered.
Each rule, with its source, is in `docs/hints.md`.
"""

import datetime as dt

from betatech_milestones.analysis.course import course, outcome_by
from betatech_milestones.language import spoken
from betatech_milestones.model import rules
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.findings import Finding, Location
from betatech_milestones.model.records import Dropped, Measure, Milestone, Programme, Replaced
from betatech_milestones.model.vocabulary import ENDED, Commitment, Kind


def hints(
    programme: Programme, *, day: dt.date | str | None = None, stale_days: int | None = None
) -> tuple[Finding, ...]:
    """Return what deserves a second look, in the order of the file.

    Some rules speak of a day, and are silent without one: that a snooze has ended, and, where
    `stale_days` is given, that the newest source of an open milestone is older than that.
    Raises `BadValue` for what is no day, and for `stale_days` without one.
    """
    day = None if day is None else a_day(day)
    if stale_days is not None and day is None:
        raise BadValue(rules.MISSING_KEY, "stale_days counts back from a day; give one")
    found = []
    begins = {measure.id: _beginning(measure) for measure in programme.measures}
    is_dutch = spoken(programme.language) == "nl" and programme.timezone == "Europe/Amsterdam"
    for milestone in programme.milestones:
        if _has_ended(milestone, day):
            continue
        date = milestone.in_force
        first, name = begins[milestone.measure.id]
        messages = {
            rules.EVALUATED_TOO_SOON: _evaluated_too_soon(milestone, date, first, name),
            rules.OFF_CHANGE_DATE: _off_change_date(milestone, date) if is_dutch else "",
            rules.SNOOZE_ENDED: _snooze_ended(milestone, day),
            rules.STALE_SOURCE: _stale_source(milestone, day, stale_days),
            rules.WIDE_WINDOW: _wide_window(date),
        }
        found += [
            Finding(
                rule=rule,
                message=f"{milestone.full_id} {message}",
                location=Location(path=milestone.path_in(programme), line=milestone.line),
            )
            for rule, message in messages.items()
            if message
        ]
    return tuple(found)


def _has_ended(milestone: Milestone, day: dt.date | None) -> bool:
    if day is None:
        return bool(milestone.outcomes)
    if milestone.commitment is Commitment.FIXED:  # it may have come about by itself
        turns = [turn for turn in course(milestone) if turn.day <= day]
        return bool(turns) and turns[-1].status in ENDED
    return milestone.known_from <= day and outcome_by(milestone, day, day) is not None


# --- the rules: what to say of a milestone, or nothing --------------------------------------------


def _beginning(measure: Measure) -> tuple[dt.date, str]:
    """Return the first day on which a milestone of a measure begins, and its id."""
    beginnings = [
        (begins.earliest, other.full_id)
        for other in measure.milestones
        if other.kind in {Kind.START, Kind.ENTRY_INTO_FORCE}
        if not isinstance(other.outcome, Dropped | Replaced)
        if (begins := (other.outcome and other.outcome.on) or other.in_force) and begins.earliest
    ]
    return min(beginnings, default=(dt.date.min, ""))


def _evaluated_too_soon(
    milestone: Milestone, date: PolicyDate | None, first: dt.date, name: str
) -> str:
    if milestone.kind is not Kind.EVALUATION or date is None or date.latest is None:
        return ""
    if date.latest >= first:
        return ""
    return (
        f"is due by {date.latest}, before {name} begins ({first}); "
        "mend one of the two dates, or the kind"
    )


# Aanwijzingen voor de regelgeving, 4.17, first and third paragraph: months and days for acts and
# general decrees. Ministerial regulations have 1 April and 1 October besides.
_GENERAL = {(1, 1): "1 January", (7, 1): "1 July"}
_SCHOOLS = {(1, 1): "1 January", (8, 1): "1 August"}
_HIGHER = {(1, 1): "1 January", (9, 1): "1 September"}
_FIXED = {
    **dict.fromkeys(("po", "so", "vso", "vo", "vmbo", "havo", "vwo", "mbo"), _SCHOOLS),
    **dict.fromkeys(("ho", "hbo", "wo"), _HIGHER),
}


def _off_change_date(milestone: Milestone, date: PolicyDate | None) -> str:
    if milestone.kind is not Kind.ENTRY_INTO_FORCE or date is None or not date.is_day:
        return ""
    sectors = [sector.id for sector in milestone.measure.sectors if sector.id in _FIXED]
    fixed = {day: name for sector in sectors for day, name in _FIXED[sector].items()} or _GENERAL
    day = date.earliest
    if day is None or (day.month, day.day) in fixed:
        return ""
    acts = f"acts on {', '.join(sectors)}" if sectors else "acts"
    return (
        f"is to be in force on {day}, and {acts} begin on {' or '.join(fixed.values())} "
        "(ministerial regulations also on 1 April or 1 October); "
        "mend the day, or leave it where an exception was made"
    )


def _snooze_ended(milestone: Milestone, day: dt.date | None) -> str:
    snooze = milestone.snoozed
    if snooze is None or day is None or day <= snooze.until:
        return ""
    return (
        f"was snoozed up to and including {snooze.until} and has no outcome; "
        "record what came of it, or decide anew"
    )


def _stale_source(milestone: Milestone, day: dt.date | None, stale_days: int | None) -> str:
    if day is None or stale_days is None:
        return ""
    readings = milestone.number.readings if milestone.number else ()
    known = (statement.known_from for statement in (*milestone.statements, *readings))
    newest = max((known_from for known_from in known if known_from <= day), default=day)
    if (day - newest).days <= stale_days:
        return ""
    return f"is open and has no source since {newest}; look for what came of it, and record it"


def _wide_window(date: PolicyDate | None) -> str:
    if date is None or date.earliest is None or date.latest is None:
        return ""
    first, last = date.earliest, date.latest
    if (last.year - 1, last.month, last.day) < (first.year, first.month, first.day):
        return ""
    return (
        f"has a window of more than a year ({first} to {last}); "
        "write the day by which it was promised, or a milestone for each step"
    )
