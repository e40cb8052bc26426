"""Calendars of others (iCalendar, RFC 5545) as tables: a row for each event, task or entry."""

import datetime as dt
from typing import Any

from icalendar import Calendar, Component, vCategory
from icalendar.prop import vBroken

from betatech_milestones.importing.grid import (
    NotATable,
    Table,
    Unusable,
    Value,
    padded,
    text,
)

_PROPERTIES = {
    "uid": "UID",
    "summary": "SUMMARY",
    "description": "DESCRIPTION",
    "start": "DTSTART",
    "end": "DTEND",
    "due": "DUE",
    "completed": "COMPLETED",
    "status": "STATUS",
    "categories": "CATEGORIES",
    "url": "URL",
    "location": "LOCATION",
    "organizer": "ORGANIZER",
    "related": "RELATED-TO",
}
_COMPONENTS = {"VEVENT", "VTODO", "VJOURNAL"}


def read(written: str) -> tuple[Table, ...]:
    """Return the entries of a calendar, or of several in one file."""
    try:
        calendars = Calendar.from_ical(written, multiple=True)
    except ValueError as error:
        raise NotATable(f"is no calendar that can be read: {error}; export it again") from error
    except Exception as error:  # whatever its parsers raise where parts are missing or twice
        raise NotATable("is no calendar that can be read; export it again") from error
    entries = [
        entry for calendar in calendars for entry in calendar.walk() if entry.name in _COMPONENTS
    ]
    rows = [(index, _values(entry)) for index, entry in enumerate(entries, 1)]
    names: list[Value] = list(_PROPERTIES)
    listed = [(0, names), *rows] if rows else []
    return (Table(name="", rows=padded(listed, len(names)), headed=True),)


def _values(entry: Component) -> list[Value]:
    return [
        _end(entry) if name == "end" else _value(entry.get(key))
        for name, key in _PROPERTIES.items()
    ]


def _end(entry: Component) -> Value:
    """Return the last day of an event: the end that iCalendar writes is the first moment after."""
    start, end, lasts = (entry.get(key) for key in ("DTSTART", "DTEND", "DURATION"))
    begins, ends, duration = map(_moment, (start, end, lasts))
    for one, moment in ((start, begins), (end, ends)):
        if one is not None and not isinstance(moment, dt.date):
            return _value(one)
    if end is None and begins is not None and lasts is not None:
        if not isinstance(duration, dt.timedelta):
            return _value(lasts)
        try:
            ends = begins + duration
        except OverflowError:
            return _unknown(lasts)
    if ends is None:
        return _value(start) if entry.name == "VEVENT" else None
    if begins is None or not _is_after(ends, begins):
        return _day(ends)
    return _day(ends - (_MOMENT if isinstance(ends, dt.datetime) else _DAY))


def _moment(found: Any) -> Any:
    return None if isinstance(found, vBroken) else getattr(found, "dt", None)


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


_DAY = dt.timedelta(days=1)
_MOMENT = dt.timedelta(microseconds=1)


def _is_after(one: dt.date, other: dt.date) -> bool:
    """Compare the days of two moments, of which one may have a time and the other none."""
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        return one.replace(tzinfo=None) > other.replace(tzinfo=None)
    return _day(one) > _day(other)


def _value(found: Any) -> Value:
    """Return what a property says, or all that properties of one name say."""
    match found:
        case None:
            return None
        case vBroken():
            return _unknown(found)
        case object(dt=moment):  # or a time of day, a period, a duration
            return _day(moment) if isinstance(moment, dt.date) else _unknown(found)
        case vCategory():
            return "; ".join(filter(None, map(text, map(str, found.cats)))) or None
        case list():
            values = [_value(one) for one in found]
            broken = [value for value in values if isinstance(value, Unusable)]
            return (
                broken[0] if broken else "; ".join(str(value) for value in values if value) or None
            )
    return text(str(found))


def _unknown(found: Any) -> Unusable:
    written = found.to_ical()
    shown = written.decode() if isinstance(written, bytes) else written
    return Unusable(shown, "no value that iCalendar knows here")
