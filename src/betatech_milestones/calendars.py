"""A programme as an iCalendar feed (RFC 5545 and RFC 7986), for who subscribes rather than asks.

A feed is what the data file says in one language, and nothing else: the same programme gives the
same bytes on any day and any machine, so a subscriber sees a change only where there is one. No
milestone is said to be overdue, because that changes by the day.
"""

import datetime as dt
import enum
import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from icalendar import Calendar, Event, Todo, vDDDTypes, vText

from betatech_milestones.dates import PolicyDate, in_words, window_in_words
from betatech_milestones.model import Dropped, Measure, Met, Milestone, Programme, Source
from betatech_milestones.words import say, say_day, spoken


class Component(enum.StrEnum):
    """What a milestone becomes: hardly any subscriber shows to-dos (docs/design.md)."""

    EVENT = "event"
    TODO = "todo"


class Placement(enum.StrEnum):
    """Where an event of an imprecise date stands: on its last day, or on all days of its window."""

    DEADLINE = "deadline"
    SPAN = "span"


def feed(
    programme: Programme,
    *,
    language: str | None = None,
    component: Component = Component.EVENT,
    placement: Placement = Placement.DEADLINE,
    source: str | None = None,
) -> bytes:
    """Return one calendar of every milestone of a programme (narrow it with `Programme.only`).

    Without a language it speaks the programme's own. `source` is the address at which the feed will
    be published, in ASCII. Events need a date, to-dos do not; to-dos have no placement, since they
    have a start and an end of their own.

    >>> from betatech_milestones import load
    >>> feed(load(), language="en").splitlines()[0]
    b'BEGIN:VCALENDAR'
    """
    language = language or programme.language
    items: Iterable[Event | Todo]
    if component is Component.TODO:
        items = todos(programme, language)
    else:
        items = events(programme, language, placement)
    return calendar(programme, items, language, source)


def events(programme: Programme, language: str, placement: Placement) -> Iterator[Event]:
    """Yield an event for every milestone that has a last day, in the order of their full ids."""
    for measure, milestone in programme.by_id:
        date = _stands(milestone)
        if date is not None and date.latest is not None:
            first, end = _days(date, date.latest, placement)
            event = Event()
            _add(
                event,
                {
                    "UID": f"{milestone.lifelong_id.replace('/', '.')}@{programme.id}",
                    "DTSTART": first,
                    "DTEND": end,
                    "STATUS": _event_status(date, milestone.outcome),
                    "TRANSP": _TRANSPARENT,
                    "X-MICROSOFT-CDO-BUSYSTATUS": _FREE,  # Outlook heeds this before TRANSP
                },
            )
            _add(event, _told(measure, milestone, language))
            yield event


def todos(programme: Programme, language: str) -> Iterator[Todo]:
    """Yield a to-do for every milestone, in the order of their full ids."""
    for measure, milestone in programme.by_id:
        due, outcome = _in_force(milestone), milestone.outcome
        first, last = (due.earliest, due.latest) if due is not None else (None, None)
        met_on = outcome.on.latest if isinstance(outcome, Met) else None
        todo = Todo()
        _add(
            todo,
            {
                # An event and a to-do may never share a UID, not even in two feeds.
                "UID": f"{milestone.lifelong_id.replace('/', '.')}.todo@{programme.id}",
                "DTSTART": first if first != last else None,  # DUE is later (RFC 5545, 3.8.2.3)
                "DUE": last,
                "COMPLETED": _midnight(met_on) if met_on is not None else None,
                "STATUS": _TODO_STATUS[type(outcome)],
                "PERCENT-COMPLETE": 100 if isinstance(outcome, Met) else 0,
            },
        )
        _add(todo, _told(measure, milestone, language))
        yield todo


def calendar(
    programme: Programme, items: Iterable[Event | Todo], language: str, source: str | None
) -> bytes:
    """Return the text of a calendar around items that are in order.

    It has no METHOD, which would ask for an ORGANIZER (RFC 5546, 3.2.1), and no UID, which some
    readers take for that of its events.
    """
    around = Calendar()
    around.add("VERSION", "2.0")
    around.add("PRODID", f"-//betatech-milestones//feed//{spoken(language).upper()}")
    name = vText(_line(programme.title.in_language(language)))
    about = vText(say("feed about", language))
    # As vText: icalendar writes a plain str under these names without escaping it.
    for names, text in (("NAME", "X-WR-CALNAME"), name), (("DESCRIPTION", "X-WR-CALDESC"), about):
        for either in names:
            around.add(either, text)
    around.add("REFRESH-INTERVAL", _HALF_A_DAY, parameters={"VALUE": "DURATION"})
    around.add("X-PUBLISHED-TTL", "PT12H")
    around.add("COLOR", "steelblue")  # a CSS name: RFC 7986 has no hexadecimal colours
    if source is not None:
        around.add("SOURCE", source, parameters={"VALUE": "URI"})
    for item in items:
        around.add_component(item)
    written: bytes = around.to_ical()
    return written


_HALF_A_DAY = dt.timedelta(hours=12)
_TRANSPARENT, _FREE = vText("TRANSPARENT"), vText("FREE")
_MIDNIGHT = dt.time(tzinfo=dt.UTC)
_LAST_START = dt.date.max - dt.timedelta(days=1)
_UNKNOWN = dt.date(1970, 1, 1)


def _add(item: Event | Todo, properties: dict[str, Any]) -> None:
    """Add the properties that have a value (in less time than `Event.new`, which sets them all)."""
    for name, value in properties.items():
        if value is not None:
            item.add(name, value)


# --- when -----------------------------------------------------------------------------------------


def _in_force(milestone: Milestone) -> PolicyDate | None:
    return milestone.revisions[-1].due if milestone.revisions else milestone.due


def _stands(milestone: Milestone) -> PolicyDate | None:
    """Return the date of an event: that of being met where it has a last day, else the promised."""
    outcome = milestone.outcome
    if isinstance(outcome, Met) and outcome.on.latest is not None:
        return outcome.on
    return _in_force(milestone)


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


@functools.lru_cache(maxsize=1024)  # many milestones stand in one letter
def _midnight(day: dt.date) -> vDDDTypes:
    return vDDDTypes(dt.datetime.combine(day, _MIDNIGHT))


# --- what -----------------------------------------------------------------------------------------


def _told(measure: Measure, milestone: Milestone, language: str) -> dict[str, Any]:
    """Return what an event and a to-do have in common."""
    # An outcome that is never certain is dated 9999: a stamp that no later change could pass.
    stated = [day for day in milestone.statements if day < dt.date.max] or [_UNKNOWN]
    newest = _midnight(max(stated))
    return {
        "SUMMARY": _line(_summary(milestone, language)),
        "DESCRIPTION": _clean(_description(measure, milestone, language)),
        "CATEGORIES": _categories(measure, milestone, language),
        "URL": milestone.source.url,
        "SEQUENCE": len(milestone.revisions) + (milestone.outcome is not None),
        "CREATED": _midnight(min(stated)),
        "LAST-MODIFIED": newest,
        "DTSTAMP": newest,
    }


def _summary(milestone: Milestone, language: str) -> str:
    """Return the title, the source's own words for an imprecise date, and the dates it had."""
    date = _stands(milestone)
    notes = []
    if date is not None and not _is_exact(date):
        notes.append(in_words(date, language))
    before = [milestone.due, *(revision.due for revision in milestone.revisions)][:-1]
    if was := ", ".join(in_words(earlier, language) for earlier in before if earlier is not None):
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
    date, promised, outcome = _stands(milestone), milestone.due, milestone.outcome
    if date is not None and not _is_exact(date):
        yield _labelled("window", window_in_words(date, language), language)
    published = milestone.source.published
    said = f" ({say_day(published, language)})" if published is not None else ""
    if promised is not None:
        yield _capital(say("promised", language, date=in_words(promised, language))) + said
    elif milestone.revisions or not isinstance(outcome, Met):
        # What is met without ever having had a date was only reported, not promised.
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
    """Return what attests a milestone, each document once: of the promise, its moves, its end."""
    cited = [milestone.source, *(revision.source for revision in milestone.revisions)]
    if milestone.outcome is not None:
        cited.append(milestone.outcome.source)
    return {source.id: source for source in cited}.values()


def _cited(source: Source, language: str) -> str:
    title = source.title.in_language(language)
    cited = title if source.reference is None else f"{title}, {source.reference}"
    return cited if source.url is None else f"{cited}\n{source.url}"


def _categories(measure: Measure, milestone: Milestone, language: str) -> list[str]:
    """Return cluster, sectors and kind, without what some readers take for the end of an entry."""
    titles = [sector.title.in_language(language) for sector in measure.sectors]
    if measure.cluster is not None:
        titles.insert(0, measure.cluster.title.in_language(language))
    entries = (_line(_SEPARATORS.sub(" ", title)) for title in titles)
    return list(dict.fromkeys([*filter(None, entries), say(milestone.kind, language)]))


# --- text -----------------------------------------------------------------------------------------

_SEPARATORS = re.compile(r"[,;\\]")
# The loader refuses most of these; a programme made by a script may hold them. One control
# character makes some readers refuse the whole feed, the two separators cut a line in others, and
# half a surrogate pair cannot be written at all.
_UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _clean(text: str) -> str:
    return _UNWANTED.sub(" ", text.replace("\r\n", "\n"))


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _labelled(key: str, text: str, language: str) -> str:
    return f"{_capital(say(key, language))}: {text}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
