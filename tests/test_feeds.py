"""Every calendar that a subscriber may want: what it is called, and what it has."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import attrs
import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream
from programmes import PROGRAMME, SHIPPED, changed

from betatech_milestones import (
    BadValue,
    Component,
    Edition,
    Feed,
    Placement,
    Programme,
    Scope,
    State,
    Texts,
    Voice,
    feed,
    feeds,
    loads,
    read_state,
    site,
    state_of,
)
from betatech_milestones.calendars.feeds import feeds_of, items_of
from betatech_milestones.calendars.items import items
from betatech_milestones.model.records import trusted

DASH = " \u2013 "  # between a part and the whole; " - " below

HEAD = """
[programme]
id = "test"
title = { nl = "Plan", en = "Programme" }
language = "nl"
timezone = "Europe/Amsterdam"

[[source]]
id = "letter"
title = { nl = "Brief" }
published = 2013-02-26

[[cluster]]
id = "school"
title = { nl = "onderwijs", en = "education" }
[[cluster]]
id = "work"
title = { nl = "werk", en = "work" }
[[sector]]
id = "mbo"
title = { nl = "mbo" }
[[sector]]
id = "hbo"
title = { nl = "hbo" }
[[body]]
id = "ocw"
name = { nl = "OCW" }
[[body]]
id = "sbb"
name = { nl = "SBB" }
"""

SMALL = (
    HEAD
    + """
[[measure]]
id = "files"
title = { nl = "Dossiers", en = "Files" }
cluster = "work"
sectors = ["mbo", "hbo"]
bodies = ["ocw"]
source = "letter"
formerly = ["papers"]
[[measure.milestone]]
id = "start"
title = { nl = "Begin" }
kind = "start"
due = 2014-08-01
[[measure.milestone]]
id = "report"
title = { nl = "Verslag" }
kind = "report"
commitment = "deadline"
due = "zomer 2014"
met = { on = 2014-09-01, source = "later" }
[[measure.milestone]]
id = "some-day"
title = { nl = "Ooit" }
kind = "other"
commitment = "deadline"
[[measure]]
id = "act"
title = { nl = "Wet", en = "Act" }
sectors = ["mbo"]
bodies = ["sbb", "ocw"]
source = "letter"
[[measure.milestone]]
id = "in-force"
title = { nl = "Van kracht" }
kind = "entry-into-force"
commitment = "aim"
due = "2015-01-01"
dropped = { on = "maart 2014", source = "later", reason = { nl = "Nee." } }
[[measure]]
id = "empty"
title = { nl = "Leeg" }
source = "letter"
[[source]]
id = "later"
title = { nl = "Bericht" }
published = 2014-10-01
"""
)

# Path · scope and id · title in Dutch and English · the milestones it has, in order.
FEEDS = [
    ("all", "all", None, "Plan", "Programme", "act.in-force papers.report papers.start"),
    (
        "deadlines",
        "deadlines",
        None,
        "Uiterste data - Plan",
        "Deadlines - Programme",
        "papers.report",
    ),
    (
        *("todo", "todo", None, "Taken - Plan", "To-dos - Programme"),
        "act.in-force papers.report papers.some-day papers.start",
    ),
    (
        *("alarm", "alarm", None, "Met herinnering - Plan", "With reminders - Programme"),
        "act.in-force papers.report papers.start",
    ),
    ("cluster-school", "cluster", "school", "Onderwijs - Plan", "Education - Programme", ""),
    (
        *("cluster-work", "cluster", "work", "Werk - Plan", "Work - Programme"),
        "papers.report papers.start",
    ),
    (
        *("sector-mbo", "sector", "mbo", "Mbo - Plan", "Mbo - Programme"),
        "act.in-force papers.report papers.start",
    ),
    ("sector-hbo", "sector", "hbo", "Hbo - Plan", "Hbo - Programme", "papers.report papers.start"),
    (
        *("body-ocw", "body", "ocw", "OCW - Plan", "OCW - Programme"),
        "act.in-force papers.report papers.start",
    ),
    ("body-sbb", "body", "sbb", "SBB - Plan", "SBB - Programme", "act.in-force"),
    (
        *("measure-papers", "measure", "papers", "Dossiers - Plan", "Files - Programme"),
        "papers.report papers.start",
    ),
    ("measure-act", "measure", "act", "Wet - Plan", "Act - Programme", "act.in-force"),
    ("measure-empty", "measure", "empty", "Leeg - Plan", "Leeg - Programme", ""),
]


def by_path(found: Iterable[Feed]) -> dict[str, Feed]:
    return {one.path: one for one in found}


def unfolded(written: bytes) -> list[str]:
    return written.decode().replace("\r\n ", "").split("\r\n")


def uids(one: Feed) -> list[str]:
    """The UIDs of the items of a feed, without what is the same for all."""
    found = [line[4:] for line in unfolded(one.content) if line.startswith("UID:")]
    return [re.sub(r"(\.todo)?@test$", "", uid) for uid in found if ".alarm@" not in uid]


def test_every_feed_of_a_programme() -> None:
    """Which there are, in which order, what they are called, and which milestones they have."""
    found = feeds(loads(SMALL))
    assert [one.path for one in found] == [
        f"{language}/{row[0]}.ics" for language in ("nl", "en") for row in FEEDS
    ]
    for one, row in zip(found, FEEDS * 2, strict=True):
        name, scope, of, dutch, english, milestones = row
        title = (dutch if one.language == "nl" else english).replace(" - ", DASH)
        assert one.path == f"{one.language}/{name}.ics"
        assert (one.scope, one.of, one.title) == (Scope(scope), of, title)
        assert uids(one) == milestones.split(), one.path
        assert one.items == len(milestones.split())
        lines = unfolded(one.content)
        assert [f"NAME:{title}", f"X-WR-CALNAME:{title}"] == lines[5:7]
        assert not [line for line in lines if line.startswith("SOURCE")]


def test_feeds_in_one_language() -> None:
    """The languages are those asked for, in that order."""
    small = loads(SMALL)
    dutch, english = feeds(small, languages=["nl"]), feeds(small, languages=["en"])
    assert feeds(small) == dutch + english
    assert {one.language for one in dutch} == {"nl"}


def test_a_feed_knows_its_address() -> None:
    """Clients that heed SOURCE refresh from there."""
    for one in feeds(loads(SMALL), address="https://example.org/feeds/"):
        assert f"SOURCE;VALUE=URI:https://example.org/feeds/{one.path}" in unfolded(one.content)


def test_items_lead_to_the_site() -> None:
    """Where it is published; one that is not on the web has no pages to lead to."""
    there, nowhere = (
        by_path(feeds(loads(SMALL), languages=["nl"], address=address))["nl/all.ics"].content
        for address in ("https://example.org/", None)
    )
    assert there.count(b"\r\nURL:https://example.org/measure/") == 3
    assert b"https://example.org/" not in nowhere


def test_the_feed_of_everything_is_the_one_feed() -> None:
    """`feed` and `feeds` never tell two stories."""
    for placement in Placement:
        found = by_path(feeds(SHIPPED, placement=placement))
        for language in ("nl", "en"):
            one = feed(SHIPPED, language=language, placement=placement)
            assert found[f"{language}/all.ics"].content == one
            alarms = feed(SHIPPED, language=language, placement=placement, alarm_days=14)
            title = SHIPPED.title.in_language(language)
            written = unfolded(found[f"{language}/alarm.ics"].content)
            prefix = "Met herinnering" if language == "nl" else "With reminders"
            assert [line.replace(f"{prefix}{DASH}{title}", title) for line in written] == unfolded(
                alarms
            )


@pytest.mark.parametrize(
    ("since", "left"),
    [
        # Met on 1 September, and known a month later.
        ("2014-10-01", "act.in-force papers.report papers.some-day papers.start"),
        ("2014-10-02", "act.in-force papers.some-day papers.start"),
        ("2015-01-01", "act.in-force papers.some-day papers.start"),
        ("2015-01-02", "papers.some-day papers.start"),
        ("9999-12-31", "papers.some-day papers.start"),
    ],
)
def test_what_ended_before_a_day_is_left_out(since: str, left: str) -> None:
    """An outcome must be known by then, and the day itself past; what is open stays for ever."""
    found = by_path(feeds(loads(SMALL), since=dt.date.fromisoformat(since)))
    assert uids(found["en/todo.ics"]) == left.split()
    assert uids(found["nl/all.ics"]) == [one for one in left.split() if "some-day" not in one]


@pytest.mark.parametrize(
    ("dropped", "since", "left"),
    [
        ("maart 2014", "2014-10-01", 1),
        ("maart 2014", "2014-10-02", 0),
        ("[2014..]", "2014-10-01", 1),
        ("[2014..]", "2014-10-02", 0),
    ],
)
def test_what_had_no_day_ended_when_it_was_dropped(dropped: str, since: str, left: int) -> None:
    """A promise without a date has no other end."""
    outcome = f'dropped = {{ on = "{dropped}", source = "later", reason = {{ nl = "Nee." }} }}\n'
    undated = 'kind = "other"\ncommitment = "deadline"\n'
    assert SMALL.count(undated) == 1
    programme = loads(SMALL.replace(undated, undated + outcome)).only(measures=["files"])
    found = by_path(feeds(programme, since=dt.date.fromisoformat(since)))
    assert uids(found["nl/todo.ics"]).count("papers.some-day") == left


@pytest.mark.parametrize("since", ["2014-08-01", "2014-08-02"])
@pytest.mark.parametrize("commitment", ["fixed", "deadline"])
def test_what_is_fixed_ends_with_its_day(commitment: str, since: str) -> None:
    """It comes about by itself; what was promised stays open until an outcome is known."""
    due = "due = 2014-08-01\n"
    programme = loads(SMALL.replace(due, f'{due}commitment = "{commitment}"\n'))
    found = by_path(feeds(programme, languages=["nl"], since=since))
    has_ended = (commitment, since) == ("fixed", "2014-08-02")
    assert uids(found["nl/all.ics"]).count("papers.start") == (0 if has_ended else 1)


# What is added to a milestone with that date · whether it is a deadline.
COMMITMENTS = {
    "planned": ("due = 2016", False),
    "planned, uiterlijk": ('commitment = "planned"\ndue = "uiterlijk 2016"', True),
    "planned, moved to uiterlijk": (
        'due = 2016\nrevised = [{ due = "uiterlijk 2017", source = "letter" }]',
        True,
    ),
    "planned uiterlijk, moved": (
        (
            'commitment = "planned"\ndue = "uiterlijk 2016"\n'
            'revised = [{ due = 2017, source = "letter" }]'
        ),
        False,
    ),
    "planned, expected uiterlijk": (
        'commitment = "planned"\ndue = "naar verwachting uiterlijk 2016"',
        False,
    ),
    "uiterlijk, moved": (
        'due = "uiterlijk 2016"\nrevised = [{ due = 2017, source = "letter" }]',
        True,
    ),
    "met after all": (
        'commitment = "planned"\nmet = { on = 2012, source = "letter" }',
        False,
    ),
    "uiterlijk": ('due = "uiterlijk 2016"', True),
    "deadline": ('commitment = "deadline"\ndue = 2016', True),
    "fixed": ('commitment = "fixed"\ndue = 2016-01-01', True),
    "aim": ('commitment = "aim"\ndue = "uiterlijk 2016"', False),
    "forecast": ('commitment = "forecast"\ndue = 2016', False),
    "none": ('commitment = "none"\nmet = { on = 2012, source = "letter" }', False),
}


@pytest.mark.parametrize(("keys", "firm"), COMMITMENTS.values(), ids=COMMITMENTS)
def test_deadlines(keys: str, *, firm: bool) -> None:
    """A calendar of deadlines has what was promised "by", and what a law fixes.

    What is aimed at or expected by a day is no promise.
    """
    programme = loads(
        f'{HEAD}[[measure]]\nid = "m"\ntitle = "M"\nsource = "letter"\n'
        f'[[measure.milestone]]\nid = "x"\ntitle = "X"\nkind = "other"\n{keys}\n'
    )
    found = by_path(feeds(programme, languages=["nl"]))
    assert uids(found["nl/all.ics"]) == ["m.x"]
    assert uids(found["nl/deadlines.ics"]) == (["m.x"] if firm else [])


SHARED = SMALL.replace(
    'id = "in-force"', 'id = "in-force"\nalso = ["files", "empty"]\nbodies = ["ocw"]'
)


def test_what_measures_share() -> None:
    """It is in the feeds of each of its measures, their clusters and sectors, once in each."""
    found = {
        name.partition("/")[2]: uids(one) for name, one in by_path(feeds(loads(SHARED))).items()
    }
    having = sorted(name for name, items in found.items() if "act.in-force" in items)
    assert having == [
        "alarm.ics",
        "all.ics",
        "body-ocw.ics",
        "cluster-work.ics",
        "measure-act.ics",
        "measure-empty.ics",
        "measure-papers.ics",
        "sector-hbo.ics",
        "sector-mbo.ics",
        "todo.ics",
    ]
    assert {items.count("act.in-force") for items in found.values()} == {0, 1}


def test_what_is_shared_with_a_measure_that_was_left_out() -> None:
    """A part of a programme may lack the other measures."""
    part = loads(SHARED).only(measures="act")
    found = by_path(feeds(part, languages=["nl"]))
    assert uids(found["nl/all.ics"]) == uids(found["nl/measure-act.ics"]) == ["act.in-force"]
    assert "nl/measure-papers.ics" not in found
    assert uids(found["nl/cluster-work.ics"]) == []


def test_who_answers_for_a_milestone_has_it_in_his_feed() -> None:
    """That is who was named last: for the milestone, where it names any, or for its measure."""
    handed = SMALL.replace(
        'id = "report"',
        'id = "report"\nbodies = ["ocw"]\nrevised = [{ bodies = ["sbb"], source = "later" }]',
    )
    found = by_path(feeds(loads(handed), languages=["nl"]))
    assert uids(found["nl/body-sbb.ics"]) == ["act.in-force", "papers.report"]
    assert uids(found["nl/body-ocw.ics"]) == ["act.in-force", "papers.start"]


def test_a_renamed_body_keeps_its_feed() -> None:
    """Another id and name, with the old one in formerly: no feed is lost, no item is restamped."""
    before = loads(SMALL)
    state = read_state(site(before, "2016-01-01")["state.json"])
    text = SMALL.replace('"ocw"', '"education"')
    text = text.replace('id = "education"', 'id = "education"\nformerly = ["ocw"]')
    renamed = loads(text)
    assert feeds(renamed, before=state, day="2020-01-01") == feeds(before)
    (feed_of_body,) = (one for one in feeds(renamed, languages=["nl"]) if one.of == "ocw")
    assert feed_of_body.path == "nl/body-ocw.ics"


# --- alarms ---------------------------------------------------------------------------------------

ALARM = """\
BEGIN:VEVENT
SUMMARY:Begin – Files
DTSTART;VALUE=DATE:20140801
DTEND;VALUE=DATE:20140802
DTSTAMP:20130226T000000Z
UID:papers.start@test
SEQUENCE:0
CATEGORIES:work,mbo,hbo,start
CREATED:20130226T000000Z
DESCRIPTION:Measure: Files\\n\\nPromised: 1 August 2014 (26 February 2013)\\n
 No outcome is recorded here\\; newest statement: 26 February 2013.\\n\\nRespo
 nsible: OCW\\n\\nSource: Brief\\n\\nMilestone: files/start
LAST-MODIFIED:20130226T000000Z
STATUS:CONFIRMED
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
BEGIN:VALARM
UID:papers.start.alarm@test
ACTION:DISPLAY
TRIGGER:-P14D
DESCRIPTION:Begin – Files
END:VALARM
END:VEVENT
"""  # noqa: RUF001  the dash before a measure


def test_an_alarm_in_full() -> None:
    """It stands in the event, shows its summary, and has a UID of its own."""
    written = by_path(feeds(loads(SMALL)))["en/alarm.ics"].content.decode()
    assert ALARM.replace("\n", "\r\n") in written
    assert written.count("BEGIN:VALARM") == 1


def test_alarms_are_read_back() -> None:
    """Both readers find one in every open event, and none in what is met or dropped."""
    for language in ("nl", "en"):
        written = by_path(feeds(SHIPPED))[f"{language}/alarm.ics"].content
        ours = icalendar.Calendar.from_ical(written)
        theirs = IcsCalendarStream.calendar_from_ics(written.decode())
        assert not any(component.errors for component in ours.walk())
        open_ones = {
            f"{milestone.full_id.replace('/', '.')}@betatech"
            for milestone in SHIPPED.milestones
            if milestone.outcome is None
        }
        found = 0
        for our, their in zip(ours.events, theirs.events, strict=True):
            our_alarms: list[Any] = our.walk("VALARM")
            assert len(our_alarms) == len(their.alarm) == (their.uid in open_ones)
            for our_alarm, their_alarm in zip(our_alarms, their.alarm, strict=True):
                found += 1
                assert our_alarm["ACTION"] == their_alarm.action == "DISPLAY"
                assert our_alarm["DESCRIPTION"] == their_alarm.description == their.summary
                assert our_alarm["TRIGGER"].dt == their_alarm.trigger == dt.timedelta(days=-14)
                assert our_alarm["UID"] == str(their.uid).replace("@", ".alarm@")
        assert found > 0


@pytest.mark.parametrize(
    ("days", "trigger"), [(0, "P0D"), (1, "-P1D"), (14, "-P14D"), (9999, "-P9999D")]
)
def test_an_alarm_goes_off_so_many_days_before(days: int, trigger: str) -> None:
    """To-dos have none."""
    small = loads(SMALL)
    lines = unfolded(feed(small, alarm_days=days))
    assert [line for line in lines if line.startswith("TRIGGER")] == [f"TRIGGER:{trigger}"]
    todos = feed(small, component=Component.TODO, alarm_days=days)
    assert todos == feed(small, component=Component.TODO)


def test_another_alarm_is_another_content() -> None:
    """Who gets alarms sees that they go off on another day: the edition follows from them too."""

    def digests(days: int | None) -> dict[str, str]:
        found = items(loads(SMALL), Voice("nl"), [Component.EVENT], alarm_days=days)
        return {item.milestone.full_id: item.edition.digest for item in found}

    none, week, fortnight = digests(None), digests(7), digests(14)
    assert len({none["files/start"], week["files/start"], fortnight["files/start"]}) == 3
    assert none["act/in-force"] == week["act/in-force"] == fortnight["act/in-force"]


# --- one item, many feeds -------------------------------------------------------------------------

ITEM = re.compile(rb"BEGIN:V(?:EVENT|TODO)\r\n.*?END:V(?:EVENT|TODO)\r\n", re.DOTALL)
AN_ALARM = re.compile(rb"BEGIN:VALARM\r\n.*?END:VALARM\r\n", re.DOTALL)


def test_an_item_is_the_same_in_every_feed_of_a_language() -> None:
    """Byte by byte, but for its alarm; so clients that merge feeds see one item."""
    for language in ("nl", "en"):
        found = feeds(SHIPPED, languages=[language])
        known = set(ITEM.findall(feed(SHIPPED, language=language)))
        todos = set(ITEM.findall(feed(SHIPPED, language=language, component=Component.TODO)))
        for one in found:
            texts = [AN_ALARM.sub(b"", item) for item in ITEM.findall(one.content)]
            assert len(texts) == one.items == len(set(texts))
            assert set(texts) <= (todos if one.scope is Scope.TODOS else known)


def test_no_uid_is_another_items() -> None:
    """Not in two feeds either: events, to-dos and alarms each have their own."""
    owners: dict[str, set[str]] = {}
    for one in feeds(SHIPPED, languages=["nl"]):
        kind = ""
        for line in unfolded(one.content):
            if line.startswith("BEGIN:"):
                kind = line
            elif line.startswith("UID:"):
                owners.setdefault(line, set()).add(kind)
    assert {len(kinds) for kinds in owners.values()} == {1}


def test_an_empty_programme_has_empty_feeds() -> None:
    """Every one is a calendar that can be read."""
    programme = loads(HEAD)
    found = feeds(programme)
    assert [one.path for one in found][:10] == [
        *("nl/all.ics", "nl/deadlines.ics", "nl/todo.ics", "nl/alarm.ics"),
        *("nl/cluster-school.ics", "nl/cluster-work.ics", "nl/sector-mbo.ics"),
        *("nl/sector-hbo.ics", "nl/body-ocw.ics", "nl/body-sbb.ics"),
    ]
    for one in found:
        assert one.items == 0
        assert IcsCalendarStream.calendar_from_ics(one.content.decode()).events == []
        assert icalendar.Calendar.from_ical(one.content).events == []


def test_a_renamed_measure_keeps_its_feed() -> None:
    """Who subscribed to a measure goes on getting it, under its new title."""
    before = by_path(
        feeds(
            loads(
                changed('formerly = ["dossiers"]\n', "")
                .replace('"files"', '"dossiers"')
                .replace('"files/', '"dossiers/')
            )
        )
    )
    after = by_path(feeds(loads(PROGRAMME.replace('"Dossiers"', '"Nieuwe dossiers"'))))
    assert before.keys() == after.keys()
    assert after["nl/measure-dossiers.ics"].title == f"Nieuwe dossiers{DASH}Maatregelen"


def all_titled(title: str) -> Programme:
    """The shared programme with one title for all that has one."""
    programme, texts = loads(SMALL), Texts((("nl", title),))
    return attrs.evolve(
        programme,
        title=texts,
        clusters=tuple(attrs.evolve(one, title=texts) for one in programme.clusters),
        bodies=tuple(attrs.evolve(one, name=texts) for one in programme.bodies),
        measures=tuple(
            attrs.evolve(
                measure,
                title=texts,
                milestones=tuple(attrs.evolve(one, title=texts) for one in measure.milestones),
            )
            for measure in programme.measures
        ),
    )


@pytest.mark.parametrize("characters", ["x", "é", "😀", "e\u0301", "👩‍🔬", "\\,;", "a\r\nb\n"])
def test_every_feed_is_folded_between_characters(characters: str) -> None:
    """CRLF throughout, 75 octets at most, and UTF-8 line by line, wherever a line must end."""
    for shift, length in enumerate([1_000, 200, 200, 200]):
        title = ("y" * shift + characters * length)[:length].strip()
        programme = all_titled(title).only(measures=["act"])
        for one in feeds(programme, languages=["nl"], address="https://example.org/"):
            physical = one.content.split(b"\r\n")
            assert max(map(len, physical)) <= 75
            for line in physical:
                assert not {*b"\r\n"} & {*line}
                line.decode()
            for event in IcsCalendarStream.calendar_from_ics(one.content.decode()).events:
                assert " ".join(title.split()) in f"{event.summary} {event.description}"


def test_titles_of_parts_begin_with_a_capital() -> None:
    """A list of calendars shows them beside each other."""
    assert [one.title for one in feeds(all_titled("élan"), languages=["nl"])][4:6] == [
        f"Élan{DASH}élan",
        f"Élan{DASH}élan",
    ]


def test_what_follows_an_edition_needs_a_day() -> None:
    """What changed since is dated; without a day it would be of the year 1."""
    with pytest.raises(BadValue, match=r"^what changed since the state before is d") as error:
        feeds(loads(SMALL), before=state_of(loads(SMALL)))
    assert error.value.rule.name == "missing-key"


def test_plain_texts_stand_for_words() -> None:
    """A placement is read, or refused with those that there are; it is never passed over."""
    small = loads(SMALL)
    assert feed(small, placement="span") == feed(small, placement=Placement.SPAN)
    assert feed(small, component="todo") == feed(small, component=Component.TODO)
    with pytest.raises(BadValue, match=r'^"spam" is not known here; did you mean "span"\?$'):
        feeds(small, placement="spam")
    with pytest.raises(BadValue, match=r'^"example\.org" is no web address; begin with https://'):
        feed(small, address="example.org")


def test_a_second_edition_of_all_feeds() -> None:
    """What did not change keeps its stamps; what changed is dated, and goes up."""
    small, changed = loads(SMALL), loads(SMALL.replace('nl = "Begin"', 'nl = "Start"'))
    state = read_state(site(small, "2016-01-01")["state.json"])
    assert feeds(small, before=state, day="2020-01-01") == feeds(small)
    later = b"".join(f.content for f in feeds(changed, before=state, day="2020-01-01"))
    assert set(re.findall(rb"LAST-MODIFIED:(2020\w+)", later)) == {b"20200101T000000Z"}


def test_what_was_published_otherwise_begins_anew() -> None:
    """An item of which the state knows no edition has the stamps of a first publication."""
    small = loads(SMALL)
    assert feeds(small, before=state_of(small), day="2020-01-01") == feeds(small)


def restamped(before: Programme, after: Programme, address: str | None) -> set[str]:
    """The items in Dutch that subscribers see change between two versions, by their UIDs."""

    def editions(programme: Programme, state: State | None) -> dict[str, dict[str, Edition]]:
        found: dict[str, dict[str, Edition]] = {}
        for item in items_of(
            programme,
            "nl",
            placement=Placement.DEADLINE,
            before=state,
            day=dt.date(2020, 1, 1),
            address=address,
        ):
            found.setdefault(item.milestone.lifelong_id, {})[item.name] = item.edition
        return found

    was = editions(before, None)
    now = editions(after, state_of(before, was))
    return {known for known, those in now.items() if those != was[known]}


@pytest.mark.parametrize("address", [None, "https://example.org/"])
def test_the_new_name_of_a_body_restamps_only_what_shows_it(address: str | None) -> None:
    """That is what it answers for, or answered for where all revisions are told."""
    handed = SMALL.replace(
        'id = "start"', 'id = "start"\nrevised = [{ bodies = ["ocw"], source = "later" }]'
    ).replace('id = "report"', 'id = "report"\nbodies = ["sbb"]')
    before, after = loads(handed), loads(handed.replace('nl = "SBB"', 'nl = "Stichting SBB"'))
    assert restamped(before, after, address) == {"act/in-force", "papers/report"}
    other = loads(handed.replace('nl = "OCW"', 'nl = "Onderwijs"'))
    assert restamped(before, other, address) == {"act/in-force", "papers/some-day", "papers/start"}


# --- who shows it ---------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", Scope)
def test_whom_a_feed_is_for(scope: Scope) -> None:
    """Google and Outlook show neither to-dos nor alarms, so that nobody is led there."""
    everybody = ("webcal", "google", "outlook", "outlook-work")
    of_programs = scope in {Scope.TODOS, Scope.ALARMS}
    assert scope.clients == (("webcal",) if of_programs else everybody)


# --- a feed that is too large ---------------------------------------------------------------------

with trusted():
    BULK = Texts((("nl", "veel " * 4_000),))  # longer than a file may have it
SOURCES = "".join(
    f'[[source]]\nid = "of-{day}"\ntitle = "Bericht"\npublished = {day}\n'
    for day in ("2014-10-01", "2014-12-31", "2015-01-01")
)
MET = 'met = { source = "of-%s" }'
DAY = dt.date(2016, 5, 5)
LAST_YEAR = dt.date(2015, 1, 1)


def many(year: int | None, number: int, more: str = "") -> str:
    """The TOML of milestones of a year, from June on, or of milestones without a date."""
    return "".join(
        f'[[measure.milestone]]\nid = "of-{year or "none"}-{n:02}"\ntitle = "M"\n'
        f'kind = "report"\n{more}\n'
        + (f"due = {year:04}-{6 + n // 28:02}-{n % 28 + 1:02}\n" if year else "")
        for n in range(number)
    )


def large(*milestones: str) -> Programme:
    """A programme of one measure, which belongs to no cluster."""
    measure = '[[measure]]\nid = "m"\ntitle = "M"\nsource = "letter"\n'
    return bulky(f"{HEAD}{SOURCES}{measure}{''.join(milestones)}")


def bulky(text: str) -> Programme:
    """A programme of milestones that each take a twenty-third of a calendar."""
    programme = loads(text)
    measures = (
        attrs.evolve(
            measure,
            milestones=tuple(attrs.evolve(one, summary=BULK) for one in measure.milestones),
        )
        for measure in programme.measures
    )
    return attrs.evolve(programme, measures=tuple(measures))


def in_dutch(programme: Programme, day: dt.date | None = DAY) -> dict[str, Feed]:
    """The feeds in Dutch as a build on a day makes them, by their names."""
    found = feeds(programme, languages=["nl"], day=day)
    return {one.path.removeprefix("nl/").removesuffix(".ics"): one for one in found}


def per_year(one: Feed) -> dict[str, int]:
    """How many items it has of each year, or without a date."""
    return Counter(uid.split("-")[1] for uid in uids(one))


# What there is · in which feed · how many are left of which year · after, from and up to which day.
WINDOWS: dict[str, Any] = {
    "not too much": ([many(2010, 10), many(2016, 10)], "all", {"2010": 10, "2016": 10}),
    "much that was met": (
        [many(2010, 20, MET % "2014-10-01"), many(2011, 10), many(2016, 5)],
        *("all", {"2011": 10, "2016": 5}, LAST_YEAR),
    ),
    "much that came about by itself": (
        [many(2010, 20, 'commitment = "fixed"'), many(2011, 10), many(2016, 5)],
        *("all", {"2011": 10, "2016": 5}, LAST_YEAR),
    ),
    "met before last year": (
        [many(2010, 25, MET % "2014-12-31"), many(2011, 5, MET % "2015-01-01")],
        *("all", {"2011": 5}, LAST_YEAR),
    ),
    "much that is open, of the past": (
        [many(2010, 20), many(2014, 5), many(2016, 5), many(2020, 10)],
        *("all", {"2014": 5, "2016": 5, "2020": 10}, LAST_YEAR, dt.date(2014, 1, 1)),
    ),
    "no room for the past": (
        [many(2015, 5), many(2016, 10), many(2020, 10)],
        *("all", {"2016": 10, "2020": 10}, LAST_YEAR, dt.date(2016, 1, 1)),
    ),
    "no room for the future": (
        [many(2015, 5), many(2016, 10), many(2030, 30)],
        *("all", {"2016": 10}, LAST_YEAR, dt.date(2016, 1, 1), dt.date(2016, 12, 31)),
    ),
    "much of this year": (
        [many(2015, 5), many(2016, 40), many(2017, 5)],
        *("all", {"2016": 23}, LAST_YEAR, dt.date(2016, 6, 18), dt.date(2016, 12, 31)),
    ),
    "much of a past year": (
        [many(2012, 40)],
        *("all", {"2012": 23}, LAST_YEAR, dt.date(2012, 6, 18)),
    ),
    "much of the last year there is": (
        [many(9999, 40)],
        *("all", {"9999": 23}, LAST_YEAR, dt.date(9999, 6, 18)),
    ),
    "much of the first year there is": (
        [many(1, 40)],
        *("all", {"1": 23}, LAST_YEAR, dt.date(1, 6, 18)),
    ),
    "no room for what has no date": (
        [many(2010, 10), many(2016, 10), many(None, 20)],
        *("todo", {"2016": 10}, LAST_YEAR, dt.date(2016, 1, 1)),
    ),
    "room for what has no date": (
        [many(2010, 20), many(2016, 10), many(None, 5)],
        *("todo", {"2016": 10, "none": 5}, LAST_YEAR, dt.date(2016, 1, 1)),
    ),
    "nothing but what has no date": ([many(None, 30)], "todo", {"none": 23}, LAST_YEAR),
}


@pytest.mark.slow
@pytest.mark.parametrize("row", WINDOWS.values(), ids=WINDOWS)
def test_what_a_feed_has_no_room_for(row: Any) -> None:
    """It has what is open and ended of late, then this year and the next, then the near past."""
    milestones, name, left, *days = row
    since, first, last = (days + [None] * 3)[:3]
    programme = large(*milestones)
    one = in_dutch(programme)[name]
    assert per_year(one) == left
    assert (one.since, one.first, one.last) == (since, first, last)
    assert one.items == sum(left.values())
    assert one.left_out == len(programme.by_id) - one.items
    assert len(one.content) < 501_000
    about = [line for line in unfolded(one.content) if line.startswith("X-WR-CALDESC")]
    assert about[0].replace(r"\,", ",").endswith(f"dateert. {one.note}" if since else "dateert.")


NOTES = {
    "much that was met": (
        "Er is te veel voor één agenda: hier staat wat open is, en wat op 1 januari 2015 of later "
        "eindigde. In de agenda’s per jaar staat alles wat een datum heeft."  # noqa: RUF001
    ),
    "no room for the future": (
        "Er is te veel voor één agenda: hier staat wat open is, en wat op 1 januari 2015 of later "
        "eindigde. Daarvan paste niet alles. Wat vóór 1 januari 2016 staat, ontbreekt. Wat na "
        "31 december 2016 staat, ontbreekt. In de agenda’s per jaar staat alles wat een datum "  # noqa: RUF001
        "heeft."
    ),
    # No calendars by year are there: the events fit into one.
    "nothing but what has no date": (
        "Er is te veel voor één agenda: hier staat wat open is, en wat op 1 januari 2015 of later "
        "eindigde. Daarvan paste niet alles."
    ),
    "not too much": "",
}


@pytest.mark.parametrize("case", NOTES)
def test_a_feed_says_what_is_not_in_it(case: str) -> None:
    """A reader learns why something is missing, and where it is."""
    milestones, name, _, *days = WINDOWS[case]
    one = in_dutch(large(*milestones))[name]
    assert one.note == NOTES[case]
    assert [one.since, one.first, one.last] == (days + [None] * 3)[:3]
    about = f"{Voice('nl').label('feed about')} {one.note}".rstrip().replace(",", "\\,")
    lines = unfolded(one.content)
    assert f"DESCRIPTION:{about}" in lines
    assert f"X-WR-CALDESC:{about}" in lines


def test_everything_is_in_the_feeds_by_year() -> None:
    """There is one for each year, where one calendar has no room for all."""
    milestones = [many(2010, 20, MET % "2014-10-01"), many(2011, 10), many(2016, 5)]
    found = in_dutch(large(*milestones))
    assert [*found][:8] == [
        *("all", "deadlines", "todo", "alarm", "all-2010", "all-2011", "all-2016"),
        "cluster-school",
    ]
    by_year = {name: one for name, one in found.items() if one.scope is Scope.YEAR}
    assert {name: per_year(one) for name, one in by_year.items()} == {
        "all-2010": {"2010": 20},
        "all-2011": {"2011": 10},
        "all-2016": {"2016": 5},
    }
    assert {(one.of, one.title, one.note, one.since, one.left_out) for one in by_year.values()} == {
        (year, f"{year}{DASH}Plan", "", None, 0) for year in ("2010", "2011", "2016")
    }
    whole = in_dutch(large(*milestones), day=None)
    assert [name for name in whole if name.startswith("all")] == ["all"]
    items = [item for one in by_year.values() for item in ITEM.findall(one.content)]
    assert sorted(items) == sorted(ITEM.findall(whole["all"].content))


def in_clusters(head: str) -> Programme:
    """A programme with much in one year, in clusters and in none, and something in both."""
    measures = "".join(
        f'[[measure]]\nid = "{id_}"\ntitle = "M"\nsource = "letter"\n{keys}\n'
        + many(2016, number, more)
        for id_, keys, number, more in (
            ("school", 'cluster = "school"', 20, ""),
            ("both", 'cluster = "school"', 2, 'also = ["job", "free"]'),
            ("job", 'cluster = "work"', 18, ""),
            ("free", "", 8, ""),
        )
    )
    return bulky(f"{head}{SOURCES}{measures}")


def test_a_year_that_is_too_large_is_parted_by_cluster() -> None:
    """What belongs to none is in the feed of the year; what two clusters share is in both."""
    found = in_dutch(in_clusters(HEAD))
    by_year = {name: one for name, one in found.items() if one.scope is Scope.YEAR}
    assert {name: (one.of, one.title, one.items, one.note) for name, one in by_year.items()} == {
        "all-2016": (
            *("2016", f"2016{DASH}Plan", 8),
            ("Hier staat wat bij geen cluster hoort; elk cluster heeft een agenda van dit jaar."),
        ),
        "all-2016-cluster-school": (*("2016-cluster-school", f"Onderwijs 2016{DASH}Plan", 22, ""),),
        "all-2016-cluster-work": ("2016-cluster-work", f"Werk 2016{DASH}Plan", 20, ""),
    }
    assert "all-2016-cluster-work" in [*found][:7]


def test_a_year_is_not_parted_where_there_are_no_clusters() -> None:
    """Nobody could tell one part of it from another."""
    text = re.sub(r"\[\[cluster\]\]\n.*\n.*\n", "", HEAD)
    programme = in_clusters(HEAD)
    free = attrs.evolve(
        programme,
        clusters=(),
        measures=tuple(attrs.evolve(one, cluster=None) for one in programme.measures),
    )
    assert text.count("cluster") == 0
    by_year = [one for one in in_dutch(free).values() if one.scope is Scope.YEAR]
    assert [(one.of, one.items, one.note) for one in by_year] == [("2016", 48, "")]
    # A part of a programme may lack the cluster of another measure.
    rest = in_dutch(attrs.evolve(programme, clusters=programme.clusters[:1]))
    assert (rest["all-2016"].items, rest["all-2016-cluster-school"].items) == (26, 22)
    assert rest["all-2016"].note.startswith("Hier staat wat bij geen cluster hoort")


def test_nothing_comes_or_goes_but_at_new_year() -> None:
    """A window follows from the year of the day alone."""
    programme = large(many(2010, 20), many(2015, 5, MET % "2015-01-01"), many(2016, 5))
    first, last, next_year = (
        {name: one.content for name, one in in_dutch(programme, day).items()}
        for day in (dt.date(2016, 1, 1), dt.date(2016, 12, 31), dt.date(2017, 1, 1))
    )
    assert first == last
    assert {name for name in first if first[name] != next_year[name]} == {"all", "alarm", "todo"}


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_a_window_of_any_day(day: dt.date) -> None:
    """There is no year before the first."""
    found = in_dutch(large(many(2016, 30)), day)
    assert found["all"].since == dt.date(max(day.year - 1, 1), 1, 1)
    assert (found["all"].items, found["all-2016"].items) == (23, 30)


def test_what_is_never_cut() -> None:
    """The story of a measure is told whole, and so is everything where no day is known."""
    programme = large(many(2010, 20, MET % "2014-10-01"), many(2016, 10))
    found, whole = in_dutch(programme), in_dutch(programme, day=None)
    assert (found["all"].items, found["all"].left_out) == (10, 20)
    assert (found["measure-m"].items, found["measure-m"].left_out) == (30, 0)
    assert {one.since for one in whole.values()} == {None}
    assert whole["all"].content == feed(programme)
    assert whole["measure-m"] == found["measure-m"]


def test_alarms_need_room_too() -> None:
    """Where events just fit, they may not with their alarms; then there are no feeds by year."""
    told = "wij" * 300
    looked = "".join(
        f'[[measure.milestone.news]]\non = 2014-10-0{day}\nfound = "nothing"\nby = "{told}"\n'
        for day in (1, 2, 3)
    )
    found = in_dutch(large(many(2010, 1) + looked, many(2016, 22)))
    assert (found["all"].items, found["all"].note) == (23, "")
    assert 493_000 < len(found["all"].content) < 500_000
    assert (found["alarm"].items, found["alarm"].first) == (22, dt.date(2016, 1, 1))
    assert found["alarm"].note.endswith("Wat vóór 1 januari 2016 staat, ontbreekt.")
    assert "all-2016" not in found


def test_what_ended_before_a_day_is_in_no_feed() -> None:
    """`since` leaves out of all of them what a window leaves out of one."""
    programme = large(many(2010, 20, MET % "2014-10-01"), many(2016, 10))
    found = feeds(programme, languages=["nl"], since="2015-01-01", day=DAY)
    assert {one.items for one in found if one.items} == {10}
    assert {one.since for one in found} == {None}


# --- made of the same -----------------------------------------------------------------------------


def looked(*when_and_who: str) -> str:
    """The same milestones, of one of which somebody looked for news and found nothing."""
    news = ", ".join(f'{{ {each}, found = "nothing" }}' for each in when_and_who)
    return SMALL.replace("due = 2014-08-01\n", f"due = 2014-08-01\nnews = [{news}]\n")


def test_feeds_of_the_same_are_the_same() -> None:
    """What a feed is made of tells whether it is another one, before it is written."""
    text = SMALL.replace('"Verslag"', '"Rapport"').replace('en = "work"', 'en = "labour"')
    texts = [SMALL, text, SMALL.replace('en = "Programme"', 'en = "Plan"')]
    # No item of a site tells of it, but it counts for their stamps.
    first, other = 'on = 2014-09-01, by = "x"', 'on = 2014-09-01, by = "y"'
    texts += [looked(first), looked(first, other), looked('on = 2014-08-02, by = "x"')]
    seen: dict[str, bytes] = {}
    for programme in map(loads, texts):
        for address in (None, "https://example.org/"):
            for one in feeds(programme, address=address):
                assert seen.setdefault(one.inputs, one.content) == one.content
    assert len(set(seen.values())) == len(seen)


def test_known_items_have_the_stamps_that_were_published() -> None:
    """Whatever stands in a state for what they were made of: even half a character is no matter."""
    small = loads(SMALL)
    settings: Any = {"placement": Placement.DEADLINE, "day": DAY}
    editions: dict[str, dict[str, Edition]] = {}
    for item in items_of(small, "nl", before=None, **settings):
        spoiled = attrs.evolve(item.edition, digest="\ud83d")
        editions.setdefault(item.milestone.lifelong_id, {})[item.name] = spoiled
    state = read_state(state_of(small, editions).dumps())
    again = items_of(small, "nl", before=state, known=state.milestones, **settings)
    made = feeds_of(small, "nl", again, since=None, address=None)
    assert [one.content for one in made] == [one.content for one in feeds(small, languages=["nl"])]


def test_known_items_are_not_written_for_their_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large site most are as they were. Patched: nothing is there to write a text with."""
    small = loads(SMALL)
    settings: Any = {"placement": Placement.DEADLINE, "day": DAY}
    editions: dict[str, dict[str, Edition]] = {}
    for item in items_of(small, "nl", before=None, **settings):
        editions.setdefault(item.milestone.lifelong_id, {})[item.name] = item.edition
    state = read_state(state_of(small, editions).dumps())
    monkeypatch.delattr(Voice, "text")
    again = items_of(small, "nl", before=state, known=state.milestones, **settings)
    for item in again:
        assert item.edition == editions[item.milestone.lifelong_id][item.name]


def test_feeds_of_known_items_are_the_same() -> None:
    """The sizes that a state keeps decide the windows as the texts themselves do."""
    programme = large(many(2010, 20), many(2012, 5, MET % "2014-10-01"), many(2016, 10))
    settings: Any = {"placement": Placement.DEADLINE, "day": DAY, "address": "https://example.org/"}
    where: Any = {"since": None, "day": DAY, "address": settings["address"]}
    first = [*items_of(programme, "nl", before=None, **settings)]
    editions: dict[str, dict[str, Edition]] = {}
    for item in first:
        editions.setdefault(item.milestone.lifelong_id, {})[item.name] = item.edition
    state = read_state(state_of(programme, editions).dumps())
    again = items_of(programme, "nl", before=state, known=state.milestones, **settings)
    made, remade = ([*feeds_of(programme, "nl", some, **where)] for some in (first, again))
    assert remade == made
    assert [one.content for one in remade] == [one.content for one in made]
