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

from betatech_milestones.dates import PolicyDate, in_words, window_in_words
from betatech_milestones.editions import Edition, first_edition, midnight
from betatech_milestones.history import was_promised
from betatech_milestones.model import Dropped, Measure, Met, Milestone, Programme, Source
from betatech_milestones.words import say, say_day


class Component(enum.StrEnum):
    """What a milestone becomes: hardly any subscriber shows to-dos (docs/design.md)."""

    EVENT = "event"
    TODO = "todo"


class Placement(enum.StrEnum):
    """Where an event of an imprecise date stands: on its last day, or on all days of its window."""

    DEADLINE = "deadline"
    SPAN = "span"


Editor = Callable[[Milestone, str, str], Edition]
"""Gives an item its edition, from its milestone, its name in the state and its digest."""


@attrs.frozen(kw_only=True)
class Item:
    """A milestone as it stands in calendars."""

    measure: Measure
    milestone: Milestone
    component: Component
    text: bytes
    alarm: bytes
    """Stands before its last line in a calendar with alarms; empty where nothing is to come."""

    @property
    def text_with_alarm(self) -> bytes:
        """The same item with its alarm."""
        end = _END[self.component]
        return self.text.removesuffix(end) + self.alarm + end


def items(
    programme: Programme,
    language: str,
    components: Collection[Component],
    *,
    placement: Placement = Placement.DEADLINE,
    alarm_days: int | None = None,
    editor: Editor = first_edition,
) -> Iterator[Item]:
    """Yield the items of every milestone, in the order of their full ids.

    An event needs a date with a last day, a to-do does not; a to-do has a start and an end of its
    own, so no placement. Alarms go off so many days before an open event. Without an editor the
    stamps are those of a first publication.
    """
    for measure, milestone in programme.by_id:
        told = _told(measure, milestone, language)
        for component in components:
            own = _OWN[component](milestone, placement)
            if own is None:
                continue
            lines = {**told, **own, "UID": line("UID", vText(uid(programme, milestone, component)))}
            alarm = b""
            if (
                alarm_days is not None
                and component is Component.EVENT
                and milestone.outcome is None
            ):
                summary = _summary(milestone, language)
                alarm = _alarm(uid(programme, milestone, "alarm"), summary, alarm_days)
            name = f"{language}.{component}"
            digest = hashlib.sha256(b"".join([*lines.values(), alarm])).hexdigest()[:_DIGITS]
            edition = editor(milestone, name, digest)
            lines.update(_stamps(edition))
            yield Item(
                measure=measure,
                milestone=milestone,
                component=component,
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


def stands(milestone: Milestone) -> PolicyDate | None:
    """Return the date of an event: that of being met where it has a last day, else the promised."""
    outcome = milestone.outcome
    if isinstance(outcome, Met) and outcome.on.latest is not None:
        return outcome.on
    return _in_force(milestone)


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
    date = stands(milestone)
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
    due, outcome = _in_force(milestone), milestone.outcome
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
    if isinstance(outcome, Met) and outcome.on.latest is not None:
        lines["COMPLETED"] = _day_line("COMPLETED", midnight(outcome.on.latest))
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


def _in_force(milestone: Milestone) -> PolicyDate | None:
    return milestone.revisions[-1].due if milestone.revisions else milestone.due


def _is_exact(date: PolicyDate) -> bool:
    return date.is_day and not date.approximate


def _event_status(date: PolicyDate, outcome: Met | Dropped | None) -> str:
    if isinstance(outcome, Dropped):
        return "CANCELLED"
    return "CONFIRMED" if isinstance(outcome, Met) or _is_exact(date) else "TENTATIVE"


_TODO_STATUS = {type(None): "NEEDS-ACTION", Met: "COMPLETED", Dropped: "CANCELLED"}


def _days(date: PolicyDate, latest: dt.date, placement: Placement) -> tuple[dt.date, dt.date]:
    """Return the first day of an event and the day after its last one.

    No day comes after 31 December 9999, so what ends there is shown to end a day earlier: an event
    without an explicit end is misread by more readers. The description has the true days.
    """
    last = min(latest, _LAST_START)
    first = date.earliest if placement is Placement.SPAN else None
    return min(first or last, last), last + dt.timedelta(days=1)


# --- what -----------------------------------------------------------------------------------------


def _told(measure: Measure, milestone: Milestone, language: str) -> dict[str, bytes]:
    """Return what an event and a to-do have in common."""
    lines = {
        "SUMMARY": line("SUMMARY", Text(clean_line(_summary(milestone, language)))),
        "DESCRIPTION": line(
            "DESCRIPTION", Text(_clean(_description(measure, milestone, language)))
        ),
        "CATEGORIES": line("CATEGORIES", vCategory(_categories(measure, milestone, language))),
    }
    if milestone.source.url is not None:
        lines["URL"] = line("URL", vUri(milestone.source.url))
    return lines


def _summary(milestone: Milestone, language: str) -> str:
    """Return the title, the source's own words for an imprecise date, and the dates it had."""
    date = stands(milestone)
    notes = []
    if date is not None and not _is_exact(date):
        notes.append(in_words(date, language))
    before = milestone.dates_before(milestone.revisions)
    if was := ", ".join(in_words(earlier, language) for earlier in before):
        notes.append(say("was", language, date=was))
    title = milestone.title.in_language(language)
    if notes:
        title += f" ({'; '.join(notes)})"
    if isinstance(milestone.outcome, Dropped):
        return say("cancelled", language, title=title)
    return title


def _description(measure: Measure, milestone: Milestone, language: str) -> str:
    """Return plain text that stands on its own: many clients show no other property.

    The full id ends it, so that no two items are alike: some clients tell items apart by content.
    """
    paragraphs = [_labelled("measure", measure.title.in_language(language), language)]
    if measure.summary is not None:
        paragraphs.append(measure.summary.in_language(language))
    paragraphs.append("\n".join(_history(milestone, language)))
    if measure.bodies:
        names = "; ".join(body.name.in_language(language) for body in measure.bodies)
        paragraphs.append(_labelled("responsible", names, language))
    paragraphs.extend(
        _labelled("source", _cited(source, language), language) for source in _sources(milestone)
    )
    paragraphs.append(_labelled("milestone", milestone.full_id, language))
    return "\n\n".join(paragraphs)


def _history(milestone: Milestone, language: str) -> Iterator[str]:
    """Yield a line for the window and for each statement: what was said, when, and why."""
    date, promised, outcome = stands(milestone), milestone.due, milestone.outcome
    if date is not None and not _is_exact(date):
        yield _labelled("window", window_in_words(date, language), language)
    published = milestone.source.published
    said = f" ({say_day(published, language)})" if published is not None else ""
    if promised is not None:
        yield _capital(say("promised", language, date=in_words(promised, language))) + said
    elif was_promised(milestone):
        yield _capital(say("promised undated", language)) + said
    for revision in milestone.revisions:
        moved = _capital(say("moved", language, date=in_words(revision.due, language)))
        reason = f": {revision.reason.in_language(language)}" if revision.reason else ""
        yield f"{moved} ({say_day(revision.announced, language)}){reason}"
    if isinstance(outcome, Met):
        yield _capital(say("met on", language, date=in_words(outcome.on, language)))
    elif outcome is not None:
        ended = _capital(say("dropped on", language, date=in_words(outcome.on, language)))
        yield f"{ended} ({outcome.reason.in_language(language)})"


def _sources(milestone: Milestone) -> Iterable[Source]:
    """Return what attests a milestone, each document once."""
    return {source.id: source for source in milestone.sources}.values()


def _cited(source: Source, language: str) -> str:
    title = source.title.in_language(language)
    cited = title if source.reference is None else f"{title}, {source.reference}"
    return cited if source.url is None else f"{cited}\n{source.url}"


def _categories(measure: Measure, milestone: Milestone, language: str) -> list[str]:
    """Return cluster, sectors and kind, without what some readers take for the end of an entry."""
    titles = [sector.title.in_language(language) for sector in measure.sectors]
    if measure.cluster is not None:
        titles.insert(0, measure.cluster.title.in_language(language))
    entries = (clean_line(_SEPARATORS.sub(" ", title)) for title in titles)
    return list(dict.fromkeys([*filter(None, entries), say(milestone.kind, language)]))


# --- text -----------------------------------------------------------------------------------------

_SEPARATORS = re.compile(r"[,;\\]")
# The loader refuses most of these; a programme made by a script may hold them. One control
# character makes some readers refuse the whole feed, the two separators cut a line in others, and
# half a surrogate pair cannot be written at all.
_UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _clean(text: str) -> str:
    return _UNWANTED.sub(" ", text.replace("\r\n", "\n"))


def _labelled(key: str, text: str, language: str) -> str:
    return f"{_capital(say(key, language))}: {text}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
