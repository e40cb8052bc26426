"""One milestone as an item of a calendar (RFC 5545): an event or a to-do, in one language.

What an item says is a function of the milestone and the language alone. icalendar escapes and folds
every line; a line that recurs, such as that of a day, is asked of it once. No milestone is said to
be overdue, because that changes by the day.
"""

import datetime as dt
import enum
import functools
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import attrs
from icalendar import Event, vCategory, vDDDTypes, vDuration, vInt, vText, vUri

from betatech_milestones.analysis.course import course
from betatech_milestones.analysis.editions import Edition, State, edition_after, midnight
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import (
    Dropped,
    Measure,
    Met,
    Milestone,
    Outcome,
    Programme,
    Replaced,
    Source,
)
from betatech_milestones.model.vocabulary import Commitment
from betatech_milestones.voice import Voice, capital


class Component(enum.StrEnum):
    """What a milestone becomes: hardly any subscriber shows to-dos (docs/design.md)."""

    EVENT = "event"
    TODO = "todo"


class Placement(enum.StrEnum):
    """Where an event of an imprecise date stands: on its last day, or on all days of its window."""

    DEADLINE = "deadline"
    SPAN = "span"


@attrs.frozen(kw_only=True)
class Item:
    """A milestone as it stands in calendars."""

    milestone: Milestone
    component: Component
    name: str
    """What tells it from other items of the milestone, in the state of a site: `nl.event`."""
    edition: Edition
    text: bytes = attrs.field(repr=False)
    alarm: bytes = attrs.field(repr=False)
    """Stands before its last line in a calendar with alarms; empty where nothing is to come."""

    @property
    def text_with_alarm(self) -> bytes:
        """The same item with its alarm."""
        end = _END[self.component]
        return self.text.removesuffix(end) + self.alarm + end


def items(
    programme: Programme,
    voice: Voice,
    components: Collection[Component],
    *,
    placement: Placement = Placement.DEADLINE,
    alarm_days: int | None = None,
    before: State | None = None,
    day: dt.date = dt.date.min,
) -> Iterator[Item]:
    """Yield the items of every milestone, in the order of their full ids.

    An event needs a date with a last day, a to-do does not; a to-do has a start and an end of its
    own, so no placement. Alarms go off so many days before an open event. What was published
    `before` goes on from its stamps, with `day` where it changed; else they are those of a first
    publication.
    """
    measures = {measure.id: measure for measure in programme.measures}
    for milestone in programme.by_id:
        common = _common(milestone, measures, voice)
        for component in components:
            own = _OWN[component](milestone, placement)
            if own is None:
                continue
            item_uid = uid(programme, milestone, component)
            lines = {**common, **own, "UID": line("UID", vText(item_uid))}
            alarm = b""
            if (
                alarm_days is not None
                and component is Component.EVENT
                and milestone.outcome is None
            ):
                summary = _summary(milestone, voice)
                alarm = _alarm(uid(programme, milestone, "alarm"), summary, alarm_days)
            name = f"{voice.language}.{component}"
            digest = hashlib.sha256(b"".join([*lines.values(), alarm])).hexdigest()[:_DIGITS]
            edition = edition_after(before, milestone, name, digest, day)
            lines.update(_stamps(edition))
            yield Item(
                milestone=milestone,
                component=component,
                name=name,
                edition=edition,
                text=b"".join(
                    [
                        _BEGIN[component],
                        *(lines[name] for name in _ORDER[component] if name in lines),
                        _END[component],
                    ]
                ),
                alarm=alarm,
            )


def uid(programme: Programme, milestone: Milestone, what: str = Component.EVENT) -> str:
    """Return the UID for life of an event, a to-do or an alarm: no two of them share one."""
    suffix = "" if what == Component.EVENT else f".{what}"
    return f"{milestone.lifelong_id.replace('/', '.')}{suffix}@{programme.id}"


def date_of_event(milestone: Milestone) -> PolicyDate | None:
    """Return the date of an event: that of being met where it has a last day, else the promised."""
    outcome = milestone.outcome
    if isinstance(outcome, Met) and outcome.on is not None and outcome.on.latest is not None:
        return outcome.on
    return milestone.in_force


def clean_line(text: str) -> str:
    """Return a text without what breaks readers, on one line."""
    return " ".join(_clean(text).split())


# --- lines ----------------------------------------------------------------------------------------

_DIGITS = 16
"""Hexadecimal digits of a digest: enough to tell a text from what it was before."""
_WRITER = Event()
_BEGIN = {Component.EVENT: b"BEGIN:VEVENT\r\n", Component.TODO: b"BEGIN:VTODO\r\n"}
_END = {Component.EVENT: b"END:VEVENT\r\n", Component.TODO: b"END:VTODO\r\n"}
# The order in which icalendar itself writes them.
_ORDER = {
    Component.EVENT: (
        *("SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "CATEGORIES", "CREATED"),
        *("DESCRIPTION", "LAST-MODIFIED", "STATUS", "TRANSP", "URL"),
        "X-MICROSOFT-CDO-BUSYSTATUS",
    ),
    Component.TODO: (
        *("CATEGORIES", "COMPLETED", "CREATED", "DESCRIPTION", "DTSTAMP", "DTSTART", "DUE"),
        *("LAST-MODIFIED", "PERCENT-COMPLETE", "SEQUENCE", "STATUS", "SUMMARY", "UID", "URL"),
    ),
}


class Text(vText):
    r"""A text of somebody else's: icalendar takes a backslash and an N in it for a line break.

    It means to read `\N` as RFC 5545 (3.3.11) writes it, and does so before it escapes: `C:\Nieuw`
    would be two lines.
    """

    def to_ical(self) -> bytes:
        return rb"\\N".join(vText(part).to_ical() for part in self.split(r"\N"))


def line(name: str, value: Any) -> bytes:
    """Let icalendar escape a value, and fold its line at 75 octets."""
    written: bytes = _WRITER.content_line(name, value).to_ical()
    return written + b"\r\n"


@functools.lru_cache(maxsize=8192)  # many milestones stand in one letter, or on 1 January
def _day_line(name: str, day: dt.date) -> bytes:
    return line(name, vDDDTypes(day))


@functools.lru_cache(maxsize=256)
def _word_line(name: str, word: str) -> bytes:
    return line(name, vText(word))


@functools.lru_cache(maxsize=256)
def _number_line(name: str, number: int) -> bytes:
    return line(name, vInt(number))


@functools.lru_cache
def _trigger_line(days: int) -> bytes:
    return line("TRIGGER", vDuration(-dt.timedelta(days=days)))


def _stamps(edition: Edition) -> dict[str, bytes]:
    return {
        "SEQUENCE": _number_line("SEQUENCE", edition.sequence),
        "CREATED": _day_line("CREATED", midnight(edition.created)),
        "LAST-MODIFIED": _day_line("LAST-MODIFIED", edition.modified),
        "DTSTAMP": _day_line("DTSTAMP", edition.modified),
    }


# --- when -----------------------------------------------------------------------------------------

_LAST_START = dt.date.max - dt.timedelta(days=1)


def _event(milestone: Milestone, placement: Placement) -> dict[str, bytes] | None:
    date = date_of_event(milestone)
    if date is None or date.latest is None:
        return None
    first, end = _days(date, date.latest, placement)
    return {
        "DTSTART": _day_line("DTSTART", first),
        "DTEND": _day_line("DTEND", end),
        "STATUS": _word_line("STATUS", _event_status(date, milestone.outcome)),
        "TRANSP": _word_line("TRANSP", "TRANSPARENT"),
        # Outlook heeds this before TRANSP.
        "X-MICROSOFT-CDO-BUSYSTATUS": _word_line("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
    }


def _todo(milestone: Milestone, _placement: Placement) -> dict[str, bytes]:
    due, outcome = milestone.in_force, milestone.outcome
    first, last = (due.earliest, due.latest) if due is not None else (None, None)
    lines = {
        "STATUS": _word_line("STATUS", _TODO_STATUS[type(outcome)]),
        "PERCENT-COMPLETE": _number_line(
            "PERCENT-COMPLETE", 100 if isinstance(outcome, Met) else 0
        ),
    }
    if first is not None and first != last:  # DUE is later (RFC 5545, 3.8.2.3)
        lines["DTSTART"] = _day_line("DTSTART", first)
    if last is not None:
        lines["DUE"] = _day_line("DUE", last)
    if isinstance(outcome, Met) and outcome.on is not None:
        last = outcome.on.latest
        if last is not None and last < dt.date.max:
            lines["COMPLETED"] = _day_line("COMPLETED", midnight(last))
    return lines


_OWN: Mapping[Component, Callable[[Milestone, Placement], dict[str, bytes] | None]] = {
    Component.EVENT: _event,
    Component.TODO: _todo,
}


def _alarm(uid: str, summary: str, days: int) -> bytes:
    """Return an alarm that shows the summary (RFC 9074 gives alarms a UID of their own)."""
    return b"".join(
        [
            b"BEGIN:VALARM\r\n",
            line("UID", vText(uid)),
            _word_line("ACTION", "DISPLAY"),
            _trigger_line(days),
            line("DESCRIPTION", Text(clean_line(summary))),
            b"END:VALARM\r\n",
        ]
    )


def _event_status(date: PolicyDate, outcome: Outcome | None) -> str:
    if isinstance(outcome, Dropped):
        return "CANCELLED"
    return "CONFIRMED" if isinstance(outcome, Met) or date.is_exact else "TENTATIVE"


_TODO_STATUS = {
    type(None): "NEEDS-ACTION",
    Met: "COMPLETED",
    Dropped: "CANCELLED",
    Replaced: "CANCELLED",
}


def _days(date: PolicyDate, latest: dt.date, placement: Placement) -> tuple[dt.date, dt.date]:
    """Return the first day of an event and the day after its last one.

    No day comes after 31 December 9999, so what ends there is shown to end a day earlier: an event
    without an explicit end is misread by more readers. The description has the true days.
    """
    last = min(latest, _LAST_START)
    first = date.earliest if placement is Placement.SPAN else None
    return min(first or last, last), last + dt.timedelta(days=1)


# --- what -----------------------------------------------------------------------------------------


def _common(
    milestone: Milestone, measures: Mapping[str, Measure], voice: Voice
) -> dict[str, bytes]:
    """Return what an event and a to-do have in common."""
    lines = {
        "SUMMARY": line("SUMMARY", Text(clean_line(_summary(milestone, voice)))),
        "DESCRIPTION": line("DESCRIPTION", Text(_clean(_description(milestone, measures, voice)))),
        "CATEGORIES": line("CATEGORIES", vCategory(_categories(milestone, voice))),
    }
    if milestone.source.url is not None:
        lines["URL"] = line("URL", vUri(milestone.source.url))
    return lines


def _summary(milestone: Milestone, voice: Voice) -> str:
    """Return the title, the source's own words for an imprecise date, and the dates it had."""
    date = date_of_event(milestone)
    notes = []
    if date is not None and not date.is_exact:
        outcome = milestone.outcome
        is_own = outcome is not None and date is outcome.on
        notes.append(voice.outcome_day(outcome) if outcome and is_own else voice.date(date))
    before = (move.before for move in milestone.moves if move.before is not None)
    if was := voice.was(before):
        notes.append(was)
    title = voice.text(milestone.title)
    if notes:
        title += f" ({'; '.join(notes)})"
    if isinstance(milestone.outcome, Dropped | Replaced):
        key = "cancelled" if isinstance(milestone.outcome, Dropped) else "replaced title"
        return voice.label(key, title=title)
    return title


def _description(milestone: Milestone, measures: Mapping[str, Measure], voice: Voice) -> str:
    """Return plain text that stands on its own: many clients show no other property.

    The full id ends it, so that no two items are alike: some clients tell items apart by content.
    """
    measure = milestone.measure
    paragraphs = [voice.labelled("measure", voice.text(measure.title))]
    if others := [voice.text(measures[id_].title) for id_ in milestone.also if id_ in measures]:
        paragraphs[0] += "\n" + voice.labelled("also", "; ".join(others))
    if measure.summary is not None:
        paragraphs.append(voice.text(measure.summary))
    if milestone.summary is not None:
        paragraphs.append(voice.text(milestone.summary))
    paragraphs.append("\n".join(_history(milestone, voice)))
    if milestone.bodies:
        paragraphs.append(voice.labelled("responsible", voice.responsible(milestone.bodies)))
    paragraphs.extend(
        voice.labelled("source", _cited(source, voice)) for source in _sources(milestone)
    )
    paragraphs.append(voice.labelled("milestone", milestone.full_id))
    return "\n\n".join(paragraphs)


def _history(milestone: Milestone, voice: Voice) -> Iterator[str]:
    """Yield a line for the window and for each statement: what was said, when, and why.

    Nothing here changes by the day: whether a term has passed is for who reads it. That there is no
    outcome is told of what somebody has to do; what is fixed comes about by itself.
    """
    date = date_of_event(milestone)
    if date is not None and (window := voice.window(date)):
        yield voice.labelled("window", window)
    if promise := voice.promise(milestone):
        known = voice.known_day(milestone.known_from, milestone.sources)
        yield f"{capital(promise)} ({known})"
    for revision in milestone.revisions:
        revised = capital(voice.revised(revision))
        reason = f": {voice.text(revision.reason)}" if revision.reason else ""
        known = voice.known_day(revision.announced, revision.sources)
        yield f"{revised} ({known}){reason}"
    for news in milestone.news:
        told = voice.label("news on", day=voice.day(news.on), news=voice.news(news))
        yield voice.labelled("news", told)
    for outcome in milestone.outcomes:
        ended = capital(voice.outcome(outcome, fact=milestone.is_fact))
        because = voice.because(outcome)
        yield f"{ended} ({because})" if because else ended
    if not milestone.outcomes and milestone.commitment is not Commitment.FIXED:
        newest = course(milestone)[-1].newest_statement
        yield voice.label("nothing recorded", day=voice.known_day(newest, _sources(milestone)))


def _sources(milestone: Milestone) -> Iterable[Source]:
    """Return what attests a milestone, each document once."""
    cited = (source for said in milestone.statements for source in said.sources)
    return {source.id: source for source in cited}.values()


def _cited(source: Source, voice: Voice) -> str:
    return "\n".join(filter(None, (voice.citation(source), source.url)))


def _categories(milestone: Milestone, voice: Voice) -> list[str]:
    """Return cluster, sectors and kind, without what some readers take for the end of an entry."""
    measure = milestone.measure
    titles = [voice.text(sector.title) for sector in measure.sectors]
    if measure.cluster is not None:
        titles.insert(0, voice.text(measure.cluster.title))
    entries = (clean_line(_SEPARATORS.sub(" ", title)) for title in titles)
    return list(
        dict.fromkeys(
            [*filter(None, entries), clean_line(_SEPARATORS.sub(" ", voice.kind(milestone.kind)))]
        )
    )


# --- text -----------------------------------------------------------------------------------------

_SEPARATORS = re.compile(r"[,;\\]")
# The loader refuses most of these; a programme made by a script may hold them. One control
# character makes some readers refuse the whole feed, the two separators cut a line in others, and
# half a surrogate pair cannot be written at all.
_UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _clean(text: str) -> str:
    return _UNWANTED.sub(" ", text.replace("\r\n", "\n"))
