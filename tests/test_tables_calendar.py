"""Calendars of others as rows: the last day of an event is the one on which it ends."""

import datetime as dt

import pytest

from betatech_milestones.importing.grid import NotATable, Unusable, Value
from betatech_milestones.importing.tables import read_tables


def calendar(*lines: str) -> bytes:
    """A calendar of these lines."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]).encode()


def event(*lines: str) -> bytes:
    """A calendar of one event."""
    return calendar("BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT")


def entries(data: bytes) -> list[dict[str, Value]]:
    """What is said of each entry, by heading."""
    (table,) = read_tables(data, name="list.ics")
    headings, *rows = table.rows
    assert (table.name, table.headed, headings.number) == ("", True, 0)
    return [
        {
            str(name): value
            for name, value in zip(headings.values, row.values, strict=True)
            if value is not None
        }
        for row in rows
    ]


def test_events_tasks_and_entries_are_rows() -> None:
    """With what they say, whatever calendar they come from."""
    data = calendar(
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Amsterdam",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:een",
        "SUMMARY:Eerste\\, lange ",
        " regel",
        "DESCRIPTION:a\\nb",
        "DTSTART;VALUE=DATE:20140801",
        "CATEGORIES:wet,beleid",
        "CATEGORIES:onderwijs",
        "URL:https://example.org/een",
        "LOCATION:Den Haag",
        "ORGANIZER;CN=OCW:mailto:ocw@example.org",
        "RELATED-TO:twee",
        "RELATED-TO:drie",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "END:VALARM",
        "END:VEVENT",
        "BEGIN:VTODO",
        "UID:twee",
        "DUE;TZID=Europe/Amsterdam:20140901T170000",
        "COMPLETED:20140830T100000Z",
        "STATUS:COMPLETED",
        "END:VTODO",
        "BEGIN:VJOURNAL",
        "UID:drie",
        "DTSTART:20140701T000000",
        "END:VJOURNAL",
    )
    assert entries(data + calendar("BEGIN:VTODO", "UID:vier", "END:VTODO")) == [
        {
            "uid": "een",
            "summary": "Eerste, lange regel",
            "description": "a\nb",
            "start": dt.date(2014, 8, 1),
            "end": dt.date(2014, 8, 1),
            "categories": "wet; beleid; onderwijs",
            "url": "https://example.org/een",
            "location": "Den Haag",
            "organizer": "mailto:ocw@example.org",
            "related": "twee; drie",
        },
        {
            "uid": "twee",
            "due": dt.date(2014, 9, 1),
            "completed": dt.date(2014, 8, 30),
            "status": "COMPLETED",
        },
        {"uid": "drie", "start": dt.date(2014, 7, 1)},
        {"uid": "vier"},
    ]


def unknown(written: str) -> Unusable:
    """What is no day, as it is written."""
    return Unusable(written, "no value that iCalendar knows here")


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        (["DTSTART;VALUE=DATE:20140801", "DTEND;VALUE=DATE:20140803"], dt.date(2014, 8, 2)),
        (["DTSTART;VALUE=DATE:20140801", "DTEND;VALUE=DATE:20140802"], dt.date(2014, 8, 1)),
        (["DTSTART;VALUE=DATE:20140801", "DTEND;VALUE=DATE:20140801"], dt.date(2014, 8, 1)),
        (["DTSTART;VALUE=DATE:20140801", "DURATION:P3D"], dt.date(2014, 8, 3)),
        (["DTSTART:20140801T100000", "DTEND:20140802T000000"], dt.date(2014, 8, 1)),
        (["DTSTART:20140801T100000", "DTEND:20140802T000001"], dt.date(2014, 8, 2)),
        (["DTSTART:20140801T100000Z", "DTEND:20140802T100000"], dt.date(2014, 8, 2)),
        (["DTSTART:20140801T100000", "DTEND;VALUE=DATE:20140803"], dt.date(2014, 8, 2)),
        (["DTSTART:20140801T100000", "DURATION:PT2H"], dt.date(2014, 8, 1)),
        (["DTSTART:20140801T100000"], dt.date(2014, 8, 1)),
        (["DTEND;VALUE=DATE:20140803"], dt.date(2014, 8, 3)),
        (
            ["DTSTART:20140801T100000", "DTEND:morgen"],
            Unusable("morgen", "no value that iCalendar knows here"),
        ),
        (["DTSTART;VALUE=DATE:20140801", "DURATION:P99999999W"], unknown("P699999993D")),
        (["DTSTART;VALUE=DATE:20140801", "DURATION:P1D", "DURATION:P2D"], unknown("P1D")),
        (["DTSTART;VALUE=DATE:20140801", "DURATION:soon"], unknown("soon")),
        (["DTSTART:20140801T100000Z", "DTEND;VALUE=DURATION:P1D"], unknown("P1D")),
        (
            ["DTSTART:20140801T100000Z", "DTEND;VALUE=PERIOD:20140801T100000Z/P1D"],
            unknown("20140801T100000Z/P1D"),
        ),
        (["DTSTART;VALUE=TIME:120000", "DTEND;VALUE=DATE:20140803"], unknown("120000")),
        (
            ["DTSTART:20140801", "DTEND;VALUE=DATE:20140803", "DTEND;VALUE=DATE:20140804"],
            "2014-08-03; 2014-08-04",
        ),
        (["DTSTART;VALUE=DATE:20140801", "DTEND;VALUE=TEXT:autumn"], "autumn"),
        ([], None),
    ],
)
def test_the_end_is_the_last_day(lines: list[str], end: Value) -> None:
    """ICalendar writes the first moment after it."""
    assert entries(event(*lines))[0].get("end") == end


def test_what_iCalendar_does_not_know_is_told() -> None:  # noqa: N802  its name
    """The other values of the entry are read."""
    assert entries(event("DTSTART:morgen", "SUMMARY:x", "SUMMARY:y"))[0] == {
        "uid": "1",
        "summary": "x; y",
        "start": Unusable("morgen", "no value that iCalendar knows here"),
        "end": Unusable("morgen", "no value that iCalendar knows here"),
    }


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            calendar("oops"),
            (
                "is no calendar that can be read: Content line could not be parsed into parts: "
                "'oops': Invalid content line; export it again"
            ),
        ),
        (
            calendar("BEGIN:VTIMEZONE", "TZID:X", "TZID:Y", "END:VTIMEZONE"),
            "is no calendar that can be read; export it again",
        ),
        (b"BEGIN:VCALENDAR\r\n", "has no rows; look whether it is the right file"),
        (calendar(), "has no rows; look whether it is the right file"),
    ],
)
def test_a_broken_calendar_is_refused(data: bytes, message: str) -> None:
    """With what is wrong with it."""
    with pytest.raises(NotATable) as caught:
        read_tables(data, name="list.ics")
    assert str(caught.value) == f"list.ics: {message}"
