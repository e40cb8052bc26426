"""Calendars over several programmes, made of what each of them has published."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import attrs
import pytest
from icalendar import Calendar

from betatech_milestones import Scope
from betatech_milestones.calendars.feeds import calendar
from betatech_milestones.calendars.joined import Event, Joined, Making, Published
from betatech_milestones.calendars.windows import ROOM, ROOM_OF_YEAR
from betatech_milestones.voice import Voice
from betatech_milestones.voice.paths import Paths

VOICE = Voice("en")
PATHS = Paths(language="en", at_home=True)
ADDRESS = "https://example.org/"
ALL, TODO = "en/all.ics", "en/todo.ics"
YEARS = ("en/all-2015.ics", "en/all-2016.ics")
THIS_YEAR = 2016
RECENT = (
    "There is too much for one calendar: here is what is open, and what ended on 1 January 2015 or "
    "later."
)
BY_YEAR = " The calendars of single years have everything with a date."


def event(uid: str, day: str, *, written: str = "20130226", octets: int = 0) -> bytes:
    """An event whose date ends on a day, filled up to a size."""
    after = str(dt.date.fromisoformat(day) + dt.timedelta(days=1)).replace("-", "")
    text = (
        f"BEGIN:VEVENT\r\nUID:{uid}@example.org\r\nDTEND;VALUE=DATE:{after}\r\n"
        f"LAST-MODIFIED:{written}T000000Z\r\nDESCRIPTION:\r\nEND:VEVENT\r\n"
    )
    return text.replace("TION:", f"TION:{'x' * (octets - len(text))}").encode()


def todo(uid: str, status: str) -> bytes:
    return f"BEGIN:VTODO\r\nUID:{uid}.todo@example.org\r\nSTATUS:{status}\r\nEND:VTODO\r\n".encode()


def written(items: Sequence[bytes], note: str = "") -> bytes:
    return calendar("Plan", note, VOICE, None, items)


def programme(
    own: str,
    events: Sequence[bytes] = (),
    todos: Sequence[bytes] = (),
    years: Sequence[str] = (),
    more: Mapping[str, bytes] = MappingProxyType({}),
) -> Published:
    """What a programme has published: with `years` also calendars of these."""
    there = {ALL: written(events), TODO: written(todos), **more}
    return Published(
        id=own,
        title=f"the {own}",
        paths=PATHS,
        content=lambda path: there.get(path, b""),
        years=years,
    )


def making(**other: object) -> Making:
    settings: dict[str, object] = {
        "title": "All programmes",
        "voice": VOICE,
        "paths": PATHS,
        "address": ADDRESS,
        "year": THIS_YEAR,
    }
    return Making(**{**settings, **other})  # type: ignore[arg-type]


def of_all(*programmes: Published, year: int = THIS_YEAR) -> list[Joined]:
    return [*making(year=year).of_all(programmes)]


def uids(one: Joined) -> list[str]:
    return [str(item["UID"]).partition("@")[0] for item in Calendar.from_ical(one.content).events]


def told(content: bytes, *, is_open: bool = False) -> Event:
    return Event(text=content, open=lambda: {b"a@example.org"} if is_open else {b"b@example.org"})


# --- what is joined -------------------------------------------------------------------------------


def test_all_of_all_programmes() -> None:
    """As they are, in the order of the programmes; no calendar of a year is needed then."""
    items = [event("b", "2014-08-01"), event("a", "2016-01-31"), event("c", "2013-01-01")]
    [one] = of_all(programme("rail", items[:2]), programme("schools", items[2:]))
    assert one == Joined(
        path="en/all.ics",
        scope=Scope.ALL,
        of=None,
        title="All programmes",
        items=3,
        note="",
        content=calendar("All programmes", "", VOICE, "https://example.org/en/all.ics", items),
    )
    assert "content" not in repr(one)


def test_without_an_address() -> None:
    """A calendar that is not on the web does not say where it is."""
    [one] = making(address=None).of_all([programme("rail", [event("a", "2014-08-01")])])
    assert one.content == calendar("All programmes", "", VOICE, None, [event("a", "2014-08-01")])


def test_a_programme_that_has_published_nothing() -> None:
    """There is a calendar with nothing in it."""
    nothing = Published(id="n", title="n", paths=PATHS, content=lambda _: b"", years=())
    [one] = of_all(nothing)
    assert (one.items, uids(one)) == (0, [])


def test_what_is_parted_by_year_is_whole() -> None:
    """Of the calendars of years each event is taken once, in the order of their UIDs."""
    more = {
        YEARS[0]: written([event("c", "2015-01-01"), event("a", "2015-12-31")]),
        YEARS[1]: written([event("a", "2015-12-31"), event("b", "2016-01-01")]),
    }
    [one] = of_all(programme("rail", [event("z", "2016-02-02")], years=YEARS, more=more))
    assert uids(one) == ["a", "b", "c"]


SPOILED_CALENDARS = {
    "what has no end is no event": (
        written([event("a", "2014-08-01")]) + b"BEGIN:VEVENT\r\nUID:b\r\n" * 3,
        ["a"],
    ),
    "what a text holds begins none": (
        written([event("a", "2014-08-01").replace(b"TION:", b"TION:BEGIN:VEVENT")]),
        ["a"],
    ),
    "nor does it end one": (
        written([event("a", "2014-08-01").replace(b"TION:", b"TION:\r\n END:VEVENT")]),
        ["a"],
    ),
    "what begins twice is one": (
        written([b"BEGIN:VEVENT\r\n" + event("a", "2014-08-01"), event("b", "2014-08-01")]),
        ["a", "b"],
    ),
}


@pytest.mark.parametrize(("content", "found"), SPOILED_CALENDARS.values(), ids=SPOILED_CALENDARS)
def test_a_calendar_that_somebody_has_spoiled(content: bytes, found: list[str]) -> None:
    """What is between the first line that begins an event and the next that ends it is one."""
    spoiled = Published(id="p", title="p", paths=PATHS, content=lambda _: content, years=())
    [one] = of_all(spoiled)
    assert one.items == len(found)
    assert re.findall(rb"\r\nUID:(\w+)@", one.content) == [uid.encode() for uid in found]


# --- what an event tells --------------------------------------------------------------------------


def test_what_an_event_tells() -> None:
    """Its last day is the one before DTEND, which is the first that it does not take."""
    found = told(event("a", "2014-08-31"))
    assert (found.uid, found.day) == (b"a@example.org", dt.date(2014, 8, 31))
    assert (found.day, found.end) == (dt.date(2014, 8, 31), dt.date(2014, 8, 31))
    assert "text" not in repr(found)
    assert "open" not in repr(found)


def test_a_uid_that_is_folded() -> None:
    """A line of more than 75 octets goes on in the next."""
    long = "x" * 100
    folded = event(long, "2014-08-31").replace(b"x" * 60, b"x" * 30 + b"\r\n " + b"x" * 30)
    assert told(folded).uid == f"{long}@example.org".encode()


ENDS = {
    "its date, where nothing came after it": ("20130226", False, dt.date(2014, 8, 1)),
    "the last change, where that came later": ("20150101", False, dt.date(2015, 1, 1)),
    "none, where it is open": ("20150101", True, None),
    "its date, where somebody has spoiled the change": ("20159999", False, dt.date(2014, 8, 1)),
}


@pytest.mark.parametrize(("changed", "is_open", "end"), ENDS.values(), ids=ENDS)
def test_when_an_event_has_ended(changed: str, end: dt.date | None, *, is_open: bool) -> None:
    """By then nothing more is told of it."""
    assert told(event("a", "2014-08-01", written=changed), is_open=is_open).end == end


SPOILED: dict[str, tuple[Callable[[bytes], bytes], dt.date]] = {
    "no day": (lambda text: re.sub(rb"DTEND.*\r\n", b"", text), dt.date.min),
    "no such day": (lambda text: text.replace(b"20140802", b"20149999"), dt.date.min),
}


@pytest.mark.parametrize(("spoil", "day"), SPOILED.values(), ids=SPOILED)
def test_a_spoiled_event(spoil: Callable[[bytes], bytes], day: dt.date) -> None:
    """Somebody has edited what was published: it is taken for very old."""
    assert told(spoil(event("a", "2014-08-01"))).day == day
    assert told(event("a", "2014-08-01").replace(b"UID:", b"ID:")).uid == b""


# --- what is too large ----------------------------------------------------------------------------


def large(uid: str, day: str, octets: int) -> bytes:
    made = event(uid, day, octets=octets)
    assert len(made) == octets
    return made


def test_a_calendar_that_just_has_room() -> None:
    """Nothing is left out then, and nothing said."""
    [one] = of_all(
        programme("rail", [large("a", "2010-08-01", ROOM // 2)]),
        programme("schools", [large("b", "2016-08-01", ROOM // 2)]),
    )
    assert (uids(one), one.note) == (["a", "b"], "")


def test_a_calendar_that_is_too_large() -> None:
    """What ended long ago is in the calendars of its years alone, of all programmes together."""
    one, *years = of_all(
        programme("rail", [large("a", "2010-08-01", ROOM // 2), event("c", "2016-08-01")]),
        programme("schools", [large("b", "2016-08-01", ROOM // 2)]),
    )
    assert (uids(one), one.path, one.scope) == (["c", "b"], "en/all.ics", Scope.ALL)
    assert one.note == RECENT + BY_YEAR
    assert str(Calendar.from_ical(one.content)["DESCRIPTION"]).endswith(f". {one.note}")
    assert [(each.of, each.path, each.title, uids(each)) for each in years] == [
        ("2010", "en/all-2010.ics", "2010 \u2013 All programmes", ["a"]),
        ("2016", "en/all-2016.ics", "2016 \u2013 All programmes", ["c", "b"]),
    ]
    assert {(each.scope, each.note) for each in years} == {(Scope.YEAR, "")}
    assert b"SOURCE;VALUE=URI:https://example.org/en/all-2010.ics\r\n" in years[0].content


def test_what_is_open_stays() -> None:
    """As the to-do of the same milestone tells, in the same programme."""
    old = [large(uid, "2010-08-01", ROOM // 3) for uid in ("a", "b", "c")]
    todos = [todo("a", "COMPLETED"), todo("b", "NEEDS-ACTION")]
    one, *_ = of_all(
        programme("rail", old, todos),
        programme("schools", [event("a", "2010-08-01")], [todo("a", "NEEDS-ACTION")]),
    )
    assert uids(one) == ["b", "a"]


def test_a_year_of_three_digits_has_four() -> None:
    """So that files are in order; a title has it as people write it."""
    [_, first, second] = of_all(
        programme("rail", [large("a", "0999-08-01", ROOM // 2), large("b", "2016-08-01", ROOM)])
    )
    assert (first.path, first.of) == ("en/all-0999.ics", "0999")
    assert first.title == "999 \u2013 All programmes"
    assert second.of == "2016"


@pytest.mark.parametrize("over", [0, 1])
def test_a_year_that_is_too_large_is_parted_by_programme(over: int) -> None:
    """It has more room than a calendar of everything, for it has all of its year."""
    half = ROOM_OF_YEAR // 2
    _, *years = of_all(
        programme("rail", [large("a", "2016-08-01", half)]),
        programme("schools", [large("b", "2016-09-01", half + over)]),
    )
    made = [(each.of, each.title, uids(each)) for each in years]
    if over:
        assert made == [
            ("2016-rail", "The rail 2016 \u2013 All programmes", ["a"]),
            ("2016-schools", "The schools 2016 \u2013 All programmes", ["b"]),
        ]
    else:
        assert made == [("2016", "2016 \u2013 All programmes", ["a", "b"])]


# --- of a body ------------------------------------------------------------------------------------

BODY = "en/body-ministry.ics"
OF_RAIL = "en/body-of-rail.ics"


def of_body(*found: tuple[Published, str], by_year: bool = False, year: int = THIS_YEAR) -> Joined:
    return making(year=year).of_body("ministry", "ministry of rail", found, by_year=by_year)


def test_a_calendar_of_a_body() -> None:
    """Of what it is in each programme, under whatever name."""
    rail = programme("rail", more={OF_RAIL: written([event("a", "2014-08-01")])})
    schools = programme("schools", more={BODY: written([event("b", "2013-08-01")])})
    one = of_body((rail, OF_RAIL), (schools, BODY))
    assert attrs.evolve(one, content=b"") == Joined(
        path=BODY,
        scope=Scope.BODY,
        of="ministry",
        title="Ministry of rail \u2013 All programmes",
        items=2,
        note="",
        content=b"",
    )
    assert uids(one) == ["a", "b"]


@pytest.mark.parametrize("by_year", [True, False])
@pytest.mark.parametrize("first", [True, False])
def test_a_calendar_of_a_body_that_is_not_whole(*, first: bool, by_year: bool) -> None:
    """Where a programme has left out something, that is told, also where there is room now."""
    cut = programme("rail", more={BODY: written([event("a", "2015-08-01")], "Some is left out.")})
    whole = programme("schools", more={BODY: written([event("b", "2013-08-01")])})
    both = [(cut, BODY), (whole, BODY)]
    one = of_body(*(both if first else both[::-1]), by_year=by_year)
    assert one.note == RECENT + (BY_YEAR if by_year else "")
    assert sorted(uids(one)) == ["a", "b"]


def test_before_the_first_year_there_is_none() -> None:
    """So what it tells begins with the first."""
    cut = programme("rail", more={BODY: written([event("a", "0001-08-01")], "Some is left out.")})
    assert of_body((cut, BODY), year=2).note == of_body((cut, BODY), year=1).note
    assert of_body((cut, BODY), year=3).note != of_body((cut, BODY), year=2).note


def test_a_calendar_of_a_body_that_is_too_large() -> None:
    """It is windowed as any other, whether it was whole or not."""
    items = [large("a", "2010-08-01", ROOM), event("b", "2016-08-01")]
    found = [
        of_body((programme("rail", more={BODY: written(items, note)}), BODY))
        for note in ("", "Some is left out.")
    ]
    assert [uids(one) for one in found] == [["b"], ["b"]]
    assert found[0] == found[1]
