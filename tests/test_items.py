"""A feed says what the data file says, in a form that every calendar reader takes as it is meant.

Read back twice: by icalendar, which wrote it, and by `ical`, the strict and independent reader of
Home Assistant, which refuses a whole feed for one bad item.
"""

import datetime as dt
import doctest
import hashlib
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import Any

import attrs
import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar.parser import Contentline
from programmes import PROGRAMME, SHIPPED, changed
from states import as_version

from betatech_milestones import (
    Component,
    Edition,
    Met,
    Placement,
    Programme,
    State,
    Texts,
    Voice,
    calendars,
    feed,
    loads,
    read_state,
    state_of,
)
from betatech_milestones.calendars.items import Item, items
from betatech_milestones.calendars.lines import (
    address_line,
    clean,
    folded,
    text_line,
    texts_line,
)
from betatech_milestones.model.records import trusted

DASH = " \u2013 "  # between a milestone and its measure
ROOT = Path(__file__).parents[1]

HEAD = """
[programme]
id = "test"
title = { nl = "Techniek; bèta, en meer", en = "Technology; science, and more" }
language = "nl"
timezone = "Europe/Amsterdam"

[[source]]
id = "letter"
title = { nl = "Brief", en = "Letter" }
reference = "Kamerstuk 32 637, nr. 50"
published = 2013-02-26
url = "https://example.org/letter"
[[source]]
id = "reply"
title = { nl = "Antwoord" }
published = 2014-03-01
[[source]]
id = "page"
title = { nl = "Webpagina" }
seen = 2016-09-01

[[cluster]]
id = "market"
title = { nl = "Onderwijs, arbeidsmarkt; en\\\\of werk", en = "School, or work" }
[[sector]]
id = "mbo"
title = { nl = "mbo" }
[[sector]]
id = "comma"
title = { nl = ",;" }
[[body]]
id = "ocw"
name = { nl = "OCW" }
[[body]]
id = "sbb"
name = { nl = "SBB" }

[[measure]]
id = "files"
title = { nl = "Dossiers", en = "Files" }
summary = { nl = "Minder dossiers." }
cluster = "market"
sectors = ["mbo", "comma"]
bodies = ["ocw", "sbb"]
source = "letter"
"""

EVERY_RULE = """
[[measure.milestone]]
id = "report"
title = { nl = "Rapportage", en = "Report" }
kind = "report"
due = "zomer 2014"

[[measure.milestone]]
id = "in-force"
title = { nl = "Van kracht", en = "In force" }
kind = "entry-into-force"
due = 2014-08-01
[[measure.milestone.revised]]
due = "2015-08"
source = "reply"
reason = { nl = "Scholen vroegen om tijd.", en = "Schools asked for time." }
[[measure.milestone.revised]]
due = 2016-08-01
source = "letter"
announced = 2015-01-20
[measure.milestone.met]
on = 2016-08-02
source = "page"

[[measure.milestone]]
id = "fund"
title = { nl = "Fonds", en = "Fund" }
kind = "funding"
due = 2014-01-01
[measure.milestone.dropped]
on = "maart 2014"
source = "reply"
reason = { nl = "Geen geld.", en = "No money." }

[[measure.milestone]]
id = "some-day"
title = { nl = "Ooit", en = "Some day" }
kind = "other"
due = { words = { nl = "doorlopend", en = "ongoing" } }

[[measure.milestone]]
id = "study"
title = { nl = "Studie", en = "Study" }
summary = { nl = "Wat het kost.", en = "What it costs." }
kind = "report"
commitment = "forecast"
due = 2014
also = ["bare"]
[[measure.milestone.revised]]
bodies = ["sbb"]
goal = 12
source = "reply"
[[measure.milestone.news]]
found = "partly"
says = { nl = "De helft is klaar.", en = "Half of it is done." }
source = "reply"
[[measure.milestone.news]]
on = 2015-02-01
found = "nothing"
by = "redactie"

[[measure.milestone]]
id = "old-plan"
title = { nl = "Oud plan", en = "Old plan" }
kind = "decision"
commitment = "aim"
due = 2014-01-01
[measure.milestone.replaced]
by = "files/study"
source = "reply"
reason = { nl = "Opgegaan in de studie.", en = "Part of the study." }

[[measure.milestone]]
id = "by-law"
title = { nl = "Van rechtswege", en = "By law" }
kind = "entry-into-force"
commitment = "fixed"
due = 2014-07-01

[[measure.milestone]]
id = "done"
title = { nl = "Gedaan", en = "Done" }
kind = "start"
commitment = "none"
met = { source = "letter" }

[[measure]]
id = "bare"
title = { nl = "Kaal", en = "Bare" }
source = "letter"
[[measure.milestone]]
id = "start"
title = { nl = "Begin", en = "Start" }
kind = "start"
due = 2013-09-01
source = "reply"
"""

EVENTS = r"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//betatech-milestones//feed//NL
DESCRIPTION:Aangekondigde mijlpalen en hun bronnen. Voorlopig is wat de br
 on niet op de dag dateert.
X-WR-CALDESC:Aangekondigde mijlpalen en hun bronnen. Voorlopig is wat de b
 ron niet op de dag dateert.
NAME:Techniek\; bèta\, en meer
X-WR-CALNAME:Techniek\; bèta\, en meer
COLOR:steelblue
REFRESH-INTERVAL;VALUE=DURATION:PT12H
SOURCE;VALUE=URI:https://example.org/feeds/test.ics
X-PUBLISHED-TTL:PT12H
BEGIN:VEVENT
SUMMARY:Begin – Kaal
DTSTART;VALUE=DATE:20130901
DTEND;VALUE=DATE:20130902
DTSTAMP:20140301T000000Z
UID:bare.start@test
SEQUENCE:0
CATEGORIES:start
CREATED:20140301T000000Z
DESCRIPTION:Maatregel: Kaal\n\nAangekondigd: 1 september 2013 (1 maart 201
 4)\nEr is hier geen uitkomst vastgelegd\; jongste vermelding: 1 maart 2014
 .\n\nBron: Antwoord\n\nMijlpaal: bare/start
LAST-MODIFIED:20140301T000000Z
STATUS:CONFIRMED
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
BEGIN:VEVENT
SUMMARY:Van rechtswege – Dossiers
DTSTART;VALUE=DATE:20140701
DTEND;VALUE=DATE:20140702
DTSTAMP:20130226T000000Z
UID:files.by-law@test
SEQUENCE:0
CATEGORIES:Onderwijs arbeidsmarkt en of werk,mbo,inwerkingtreding
CREATED:20130226T000000Z
DESCRIPTION:Maatregel: Dossiers\n\nMinder dossiers.\n\nVastgelegd in wet o
 f contract: 1 juli 2014 (26 februari 2013)\n\nVerantwoordelijk: OCW\; SBB
 \n\nBron: Brief\, Kamerstuk 32 637\, nr. 50\nhttps://example.org/letter\n
 \nMijlpaal: files/by-law
LAST-MODIFIED:20130226T000000Z
STATUS:CONFIRMED
TRANSP:TRANSPARENT
URL:https://example.org/letter
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
BEGIN:VEVENT
SUMMARY:Vervallen: Fonds – Dossiers
DTSTART;VALUE=DATE:20140101
DTEND;VALUE=DATE:20140102
DTSTAMP:20140301T000000Z
UID:files.fund@test
SEQUENCE:1
CATEGORIES:Onderwijs arbeidsmarkt en of werk,mbo,bekostiging
CREATED:20130226T000000Z
DESCRIPTION:Maatregel: Dossiers\n\nMinder dossiers.\n\nAangekondigd: 1 jan
 uari 2014 (26 februari 2013)\nVervallen: maart 2014 (Geen geld.)\n\nVerant
 woordelijk: OCW\; SBB\n\nBron: Brief\, Kamerstuk 32 637\, nr. 50\nhttps://
 example.org/letter\n\nBron: Antwoord\n\nMijlpaal: files/fund
LAST-MODIFIED:20140301T000000Z
STATUS:CANCELLED
TRANSP:TRANSPARENT
URL:https://example.org/letter
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
BEGIN:VEVENT
SUMMARY:Van kracht (was 1 augustus 2014\, augustus 2015) – Dossiers
DTSTART;VALUE=DATE:20160802
DTEND;VALUE=DATE:20160803
DTSTAMP:20160901T000000Z
UID:files.in-force@test
SEQUENCE:3
CATEGORIES:Onderwijs arbeidsmarkt en of werk,mbo,inwerkingtreding
CREATED:20130226T000000Z
DESCRIPTION:Maatregel: Dossiers\n\nMinder dossiers.\n\nAangekondigd: 1 aug
 ustus 2014 (26 februari 2013)\nVerplaatst naar augustus 2015 (1 maart 2014
 ): Scholen vroegen om tijd.\nVerplaatst naar 1 augustus 2016 (20 januari 2
 015)\nGerealiseerd: 2 augustus 2016\n\nVerantwoordelijk: OCW\; SBB\n\nBron
 : Brief\, Kamerstuk 32 637\, nr. 50\nhttps://example.org/letter\n\nBron: A
 ntwoord\n\nBron: Webpagina\n\nMijlpaal: files/in-force
LAST-MODIFIED:20160901T000000Z
STATUS:CONFIRMED
TRANSP:TRANSPARENT
URL:https://example.org/letter
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
BEGIN:VEVENT
SUMMARY:Vervangen: Oud plan – Dossiers
DTSTART;VALUE=DATE:20140101
DTEND;VALUE=DATE:20140102
DTSTAMP:20140301T000000Z
UID:files.old-plan@test
SEQUENCE:1
CATEGORIES:Onderwijs arbeidsmarkt en of werk,mbo,besluit
CREATED:20130226T000000Z
DESCRIPTION:Maatregel: Dossiers\n\nMinder dossiers.\n\nBeoogd: 1 januari 2
 014 (26 februari 2013)\nVervangen: dag onbekend (door files/study\; Opgega
 an in de studie.)\n\nVerantwoordelijk: OCW\; SBB\n\nBron: Brief\, Kamerstu
 k 32 637\, nr. 50\nhttps://example.org/letter\n\nBron: Antwoord\n\nMijlpaa
 l: files/old-plan
LAST-MODIFIED:20140301T000000Z
STATUS:CONFIRMED
TRANSP:TRANSPARENT
URL:https://example.org/letter
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
BEGIN:VEVENT
SUMMARY:Rapportage (zomer 2014) – Dossiers
DTSTART;VALUE=DATE:20140831
DTEND;VALUE=DATE:20140901
DTSTAMP:20130226T000000Z
UID:files.report@test
SEQUENCE:0
CATEGORIES:Onderwijs arbeidsmarkt en of werk,mbo,rapport of brief
CREATED:20130226T000000Z
DESCRIPTION:Maatregel: Dossiers\n\nMinder dossiers.\n\nPeriode: 1 juni 201
 4 tot en met 31 augustus 2014\nAangekondigd: zomer 2014 (26 februari 2013)
 \nEr is hier geen uitkomst vastgelegd\; jongste vermelding: 26 februari 20
 13.\n\nVerantwoordelijk: OCW\; SBB\n\nBron: Brief\, Kamerstuk 32 637\, nr.
  50\nhttps://example.org/letter\n\nMijlpaal: files/report
LAST-MODIFIED:20130226T000000Z
STATUS:TENTATIVE
TRANSP:TRANSPARENT
URL:https://example.org/letter
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
BEGIN:VEVENT
SUMMARY:Studie (2014) – Dossiers
DTSTART;VALUE=DATE:20141231
DTEND;VALUE=DATE:20150101
DTSTAMP:20150201T000000Z
UID:files.study@test
SEQUENCE:3
CATEGORIES:Onderwijs arbeidsmarkt en of werk,mbo,rapport of brief
CREATED:20130226T000000Z
DESCRIPTION:Maatregel: Dossiers\nOok onderdeel van: Kaal\n\nMinder dossier
 s.\n\nWat het kost.\n\nPeriode: 1 januari 2014 tot en met 31 december 2014
 \nVerwacht: 2014 (26 februari 2013)\nDoel nu 12\; nu verantwoordelijk: SBB
  (1 maart 2014)\nBericht: 1 maart 2014: deels gedaan: De helft is klaar.\n
 Bericht: 1 februari 2015: niets gevonden (nagegaan door redactie)\nEr is h
 ier geen uitkomst vastgelegd\; jongste vermelding: 1 maart 2014.\n\nVerant
 woordelijk: SBB\n\nBron: Brief\, Kamerstuk 32 637\, nr. 50\nhttps://exampl
 e.org/letter\n\nBron: Antwoord\n\nMijlpaal: files/study
LAST-MODIFIED:20150201T000000Z
STATUS:TENTATIVE
TRANSP:TRANSPARENT
URL:https://example.org/letter
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
END:VCALENDAR
"""  # noqa: RUF001  the dash before a measure

TODOS = r"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//betatech-milestones//feed//EN
DESCRIPTION:Promised milestones and their sources. Tentative is what its s
 ource dates to no one day.
X-WR-CALDESC:Promised milestones and their sources. Tentative is what its 
 source dates to no one day.
NAME:Technology\; science\, and more
X-WR-CALNAME:Technology\; science\, and more
COLOR:steelblue
REFRESH-INTERVAL;VALUE=DURATION:PT12H
X-PUBLISHED-TTL:PT12H
BEGIN:VTODO
CATEGORIES:start
CREATED:20140301T000000Z
DESCRIPTION:Measure: Bare\n\nPromised: 1 September 2013 (1 March 2014)\nNo
  outcome is recorded here\; newest statement: 1 March 2014.\n\nSource: Ant
 woord\n\nMilestone: bare/start
DTSTAMP:20140301T000000Z
DUE;VALUE=DATE:20130901
LAST-MODIFIED:20140301T000000Z
PERCENT-COMPLETE:0
SEQUENCE:0
STATUS:NEEDS-ACTION
SUMMARY:Start – Bare
UID:bare.start.todo@test
END:VTODO
BEGIN:VTODO
CATEGORIES:School or work,mbo,entry into force
CREATED:20130226T000000Z
DESCRIPTION:Measure: Files\n\nMinder dossiers.\n\nFixed by law or contract
 : 1 July 2014 (26 February 2013)\n\nResponsible: OCW\; SBB\n\nSource: Lett
 er\, Kamerstuk 32 637\, nr. 50\nhttps://example.org/letter\n\nMilestone: f
 iles/by-law
DTSTAMP:20130226T000000Z
DUE;VALUE=DATE:20140701
LAST-MODIFIED:20130226T000000Z
PERCENT-COMPLETE:0
SEQUENCE:0
STATUS:NEEDS-ACTION
SUMMARY:By law – Files
UID:files.by-law.todo@test
URL:https://example.org/letter
END:VTODO
BEGIN:VTODO
CATEGORIES:School or work,mbo,start
CREATED:20130226T000000Z
DESCRIPTION:Measure: Files\n\nMinder dossiers.\n\nReported as done: day un
 known\n\nResponsible: OCW\; SBB\n\nSource: Letter\, Kamerstuk 32 637\, nr.
  50\nhttps://example.org/letter\n\nMilestone: files/done
DTSTAMP:20130226T000000Z
LAST-MODIFIED:20130226T000000Z
PERCENT-COMPLETE:100
SEQUENCE:1
STATUS:COMPLETED
SUMMARY:Done – Files
UID:files.done.todo@test
URL:https://example.org/letter
END:VTODO
BEGIN:VTODO
CATEGORIES:School or work,mbo,funding
CREATED:20130226T000000Z
DESCRIPTION:Measure: Files\n\nMinder dossiers.\n\nPromised: 1 January 2014
  (26 February 2013)\nDropped: March 2014 (“maart 2014”) (No money.)\n
 \nResponsible: OCW\; SBB\n\nSource: Letter\, Kamerstuk 32 637\, nr. 50\nht
 tps://example.org/letter\n\nSource: Antwoord\n\nMilestone: files/fund
DTSTAMP:20140301T000000Z
DUE;VALUE=DATE:20140101
LAST-MODIFIED:20140301T000000Z
PERCENT-COMPLETE:0
SEQUENCE:1
STATUS:CANCELLED
SUMMARY:Cancelled: Fund – Files
UID:files.fund.todo@test
URL:https://example.org/letter
END:VTODO
BEGIN:VTODO
CATEGORIES:School or work,mbo,entry into force
COMPLETED:20160802T000000Z
CREATED:20130226T000000Z
DESCRIPTION:Measure: Files\n\nMinder dossiers.\n\nPromised: 1 August 2014 
 (26 February 2013)\nMoved to August 2015 (1 March 2014): Schools asked for
  time.\nMoved to 1 August 2016 (20 January 2015)\nMet: 2 August 2016\n\nRe
 sponsible: OCW\; SBB\n\nSource: Letter\, Kamerstuk 32 637\, nr. 50\nhttps:
 //example.org/letter\n\nSource: Antwoord\n\nSource: Webpagina\n\nMilestone
 : files/in-force
DTSTAMP:20160901T000000Z
DUE;VALUE=DATE:20160801
LAST-MODIFIED:20160901T000000Z
PERCENT-COMPLETE:100
SEQUENCE:3
STATUS:COMPLETED
SUMMARY:In force (was 1 August 2014\, August 2015) – Files
UID:files.in-force.todo@test
URL:https://example.org/letter
END:VTODO
BEGIN:VTODO
CATEGORIES:School or work,mbo,decision
CREATED:20130226T000000Z
DESCRIPTION:Measure: Files\n\nMinder dossiers.\n\nAimed at: 1 January 2014
  (26 February 2013)\nReplaced: day unknown (by files/study\; Part of the s
 tudy.)\n\nResponsible: OCW\; SBB\n\nSource: Letter\, Kamerstuk 32 637\, nr
 . 50\nhttps://example.org/letter\n\nSource: Antwoord\n\nMilestone: files/o
 ld-plan
DTSTAMP:20140301T000000Z
DUE;VALUE=DATE:20140101
LAST-MODIFIED:20140301T000000Z
PERCENT-COMPLETE:0
SEQUENCE:1
STATUS:CANCELLED
SUMMARY:Replaced: Old plan – Files
UID:files.old-plan.todo@test
URL:https://example.org/letter
END:VTODO
BEGIN:VTODO
CATEGORIES:School or work,mbo,report or letter
CREATED:20130226T000000Z
DESCRIPTION:Measure: Files\n\nMinder dossiers.\n\nWindow: 1 June 2014 to 3
 1 August 2014\nPromised: summer 2014 (“zomer 2014”) (26 February 2013)
 \nNo outcome is recorded here\; newest statement: 26 February 2013.\n\nRes
 ponsible: OCW\; SBB\n\nSource: Letter\, Kamerstuk 32 637\, nr. 50\nhttps:/
 /example.org/letter\n\nMilestone: files/report
DTSTAMP:20130226T000000Z
DTSTART;VALUE=DATE:20140601
DUE;VALUE=DATE:20140831
LAST-MODIFIED:20130226T000000Z
PERCENT-COMPLETE:0
SEQUENCE:0
STATUS:NEEDS-ACTION
SUMMARY:Report (summer 2014 (“zomer 2014”)) – Files
UID:files.report.todo@test
URL:https://example.org/letter
END:VTODO
BEGIN:VTODO
CATEGORIES:School or work,mbo,other
CREATED:20130226T000000Z
DESCRIPTION:Measure: Files\n\nMinder dossiers.\n\nPromised: ongoing (26 Fe
 bruary 2013)\nNo outcome is recorded here\; newest statement: 26 February 
 2013.\n\nResponsible: OCW\; SBB\n\nSource: Letter\, Kamerstuk 32 637\, nr.
  50\nhttps://example.org/letter\n\nMilestone: files/some-day
DTSTAMP:20130226T000000Z
LAST-MODIFIED:20130226T000000Z
PERCENT-COMPLETE:0
SEQUENCE:0
STATUS:NEEDS-ACTION
SUMMARY:Some day (ongoing) – Files
UID:files.some-day.todo@test
URL:https://example.org/letter
END:VTODO
BEGIN:VTODO
CATEGORIES:School or work,mbo,report or letter
CREATED:20130226T000000Z
DESCRIPTION:Measure: Files\nAlso part of: Bare\n\nMinder dossiers.\n\nWhat
  it costs.\n\nWindow: 1 January 2014 to 31 December 2014\nExpected: 2014 (
 26 February 2013)\nGoal now 12\; now answered for by SBB (1 March 2014)\nN
 ews: 1 March 2014: partly done: Half of it is done.\nNews: 1 February 2015
 : nothing found (checked by redactie)\nNo outcome is recorded here\; newes
 t statement: 1 March 2014.\n\nResponsible: SBB\n\nSource: Letter\, Kamerst
 uk 32 637\, nr. 50\nhttps://example.org/letter\n\nSource: Antwoord\n\nMile
 stone: files/study
DTSTAMP:20150201T000000Z
DTSTART;VALUE=DATE:20140101
DUE;VALUE=DATE:20141231
LAST-MODIFIED:20150201T000000Z
PERCENT-COMPLETE:0
SEQUENCE:3
STATUS:NEEDS-ACTION
SUMMARY:Study (2014) – Files
UID:files.study.todo@test
URL:https://example.org/letter
END:VTODO
END:VCALENDAR
"""  # noqa: RUF001, W291  the dash before a measure, and a fold may come after a space


def one(milestone: str, more: str = "") -> Programme:
    """Return a programme of one milestone, from the TOML below its title."""
    title = 'id = "x"\ntitle = { nl = "Titel", en = "Title" }\nkind = "other"\n'
    return loads(f"{HEAD}[[measure.milestone]]\n{title}{milestone}\n{more}")


@trusted()
def titled(title: str) -> Programme:
    """Return a programme made by hand, where every text is the same."""
    programme = one("due = 2014-08-01")
    texts = Texts((("nl", title),))
    (measure,) = programme.measures
    (milestone,) = measure.milestones
    sector = attrs.evolve(programme.sectors[0], title=texts)
    return attrs.evolve(
        programme,
        title=texts,
        measures=(
            attrs.evolve(
                measure,
                title=texts,
                sectors=(sector,),
                cluster=None,
                milestones=(attrs.evolve(milestone, title=texts),),
            ),
        ),
    )


def lines(written: bytes) -> list[str]:
    """Return the content lines of a feed, unfolded."""
    return written.decode().replace("\r\n ", "").split("\r\n")


def item(written: bytes) -> dict[str, str]:
    """Return the properties of the one item of a feed, as they are written."""
    found = lines(written)
    begins = [number for number, line in enumerate(found) if re.match("BEGIN:V(EVENT|TODO)", line)]
    if not begins:
        return {}
    (begin,) = begins
    return dict(line.split(":", 1) for line in found[begin + 1 : -3])


def uids(written: bytes) -> list[str]:
    return [line.removeprefix("UID:") for line in lines(written) if line.startswith("UID:")]


def said(programme: Programme, *names: str, **options: Any) -> list[str | None]:
    """Return some properties of the one item of a feed; None for one that is absent."""
    found = item(feed(programme, **options))
    return [found.get(name) for name in names]


def all_options() -> list[dict[str, Any]]:
    return [
        {"language": language, "component": component, "placement": placement}
        for language in ("nl", "en")
        for component in Component
        for placement in Placement
    ]


# --- in full --------------------------------------------------------------------------------------


def test_a_feed_of_events_in_full() -> None:
    """Every rule of a feed can be seen in this one."""
    written = feed(loads(HEAD + EVERY_RULE), address="https://example.org/feeds/test.ics")
    assert written.decode() == EVENTS.replace("\n", "\r\n")


def test_a_feed_of_todos_in_full() -> None:
    """To-dos tell the same, and have a start, an end and a degree of completion of their own."""
    written = feed(loads(HEAD + EVERY_RULE), language="en", component=Component.TODO)
    assert written.decode() == TODOS.replace("\n", "\r\n")


def test_an_empty_programme_gives_an_empty_calendar() -> None:
    """Nothing to show is a calendar without items, never an error or an empty file."""
    written = feed(SHIPPED.only(measures=["image-bank"], kinds=["evaluation"]), language="en")
    about = (
        "Promised milestones and their sources. Tentative is what its source dates to no one day."
    )
    assert lines(written) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//betatech-milestones//feed//EN",
        f"DESCRIPTION:{about}",
        f"X-WR-CALDESC:{about}",
        "NAME:Education measures for science and technology",
        "X-WR-CALNAME:Education measures for science and technology",
        "COLOR:steelblue",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "END:VCALENDAR",
        "",
    ]
    assert IcsCalendarStream.calendar_from_ics(written.decode()).events == []


def test_the_examples_in_the_module_run() -> None:
    """Its docstrings are right."""
    assert doctest.testmod(calendars).failed == 0


# --- where an item stands -------------------------------------------------------------------------

MET = 'met = { on = "%s", source = "%s" }\n'
DROPPED = 'dropped = { on = "%s", source = "%s", reason = { nl = "Nee." } }\n'
REPLACED = 'replaced = { on = 2014-03-01, source = "reply", reason = { nl = "Anders." } }\n'
DONE = 'met = { source = "page" }\n'
OURS = 'met = { on = { edtf = "[..2016-09-01]" }, source = "page" }\n'
MOVED = 'revised = [{ due = "%s", source = "reply" }]\n'

# What happened · where it stands, and where it spans · status · summary.
EVENT_DAYS = {
    "a day": ("due = 2014-08-01", "20140801-20140802", None, "CONFIRMED", "Titel"),
    "a season": (
        'due = "zomer 2014"',
        "20140831-20140901",
        "20140601-20140901",
        "TENTATIVE",
        "Titel (zomer 2014)",
    ),
    "a month of ISO 8601": (
        'due = "2015-08"',
        "20150831-20150901",
        "20150801-20150901",
        "TENTATIVE",
        "Titel (augustus 2015)",
    ),
    "about a day": (
        'due = { words = "rond de jaarwisseling", edtf = "2014-12-31~" }',
        "20141231-20150101",
        None,
        "TENTATIVE",
        "Titel (rond 31 december 2014 (“rond de jaarwisseling”))",
    ),
    "no start": (
        'due = "uiterlijk 1 juli 2013"',
        "20130701-20130702",
        None,
        "TENTATIVE",
        "Titel (uiterlijk 1 juli 2013)",
    ),
    "no end": ('due = "[2014..]"', None, None, None, None),
    "no date": ("", None, None, None, None),
    "the last day there is": (
        "due = 9999-12-31",
        "99991230-99991231",
        None,
        "CONFIRMED",
        "Titel",
    ),
    "the last day but one": (
        "due = 9999-12-30",
        "99991230-99991231",
        None,
        "CONFIRMED",
        "Titel",
    ),
    "the last year": (
        'due = "9999"',
        "99991230-99991231",
        "99990101-99991231",
        "TENTATIVE",
        "Titel (9999)",
    ),
    "the first year": (
        'due = "0001"',
        "00011231-00020101",
        "00010101-00020101",
        "TENTATIVE",
        "Titel (0001)",
    ),
    "met on a day": (
        "due = 2014-08-01\n" + MET % ("2014-09-09", "page"),
        "20140909-20140910",
        None,
        "CONFIRMED",
        "Titel",
    ),
    "met in a month": (
        "due = 2014-08-01\n" + MET % ("september 2014", "page"),
        "20140930-20141001",
        "20140901-20141001",
        "CONFIRMED",
        "Titel (september 2014)",
    ),
    "met without a promise": (
        MET % ("2012-03-01", "page"),
        "20120301-20120302",
        None,
        "CONFIRMED",
        "Titel",
    ),
    "met, nobody knows when": (
        "due = 2014-08-01\n" + MET % ("[2013..]", "page"),
        "20140801-20140802",
        None,
        "CONFIRMED",
        "Titel",
    ),
    "moved": (
        "due = 2014-08-01\n" + MOVED % "2015-08-01",
        "20150801-20150802",
        None,
        "CONFIRMED",
        "Titel (was 1 augustus 2014)",
    ),
    "moved to a season": (
        'due = "2014-08"\n' + MOVED % "zomer 2015",
        "20150831-20150901",
        "20150601-20150901",
        "TENTATIVE",
        "Titel (zomer 2015\\; was augustus 2014)",
    ),
    "dated later": (MOVED % "2015-08-01", "20150801-20150802", None, "CONFIRMED", "Titel"),
    "moved to no end": ("due = 2014-08-01\n" + MOVED % "[2015..]", None, None, None, None),
    "dropped": (
        "due = 2014-08-01\n" + DROPPED % ("2014-03-01", "reply"),
        "20140801-20140802",
        None,
        "CANCELLED",
        "Vervallen: Titel",
    ),
    "dropped, imprecise and moved": (
        "due = 2014-08-01\n" + MOVED % "zomer 2015" + DROPPED % ("2014-05-01", "page"),
        "20150831-20150901",
        "20150601-20150901",
        "CANCELLED",
        "Vervallen: Titel (zomer 2015\\; was 1 augustus 2014)",
    ),
    "dropped without a date": (DROPPED % ("2014-03-01", "reply"), None, None, None, None),
    "replaced": (
        "due = 2014-08-01\n" + REPLACED,
        "20140801-20140802",
        None,
        "CONFIRMED",
        "Vervangen: Titel",
    ),
    "replaced, imprecise and moved": (
        "due = 2014-08-01\n" + MOVED % "zomer 2015" + REPLACED,
        "20150831-20150901",
        "20150601-20150901",
        "TENTATIVE",
        "Vervangen: Titel (zomer 2015\\; was 1 augustus 2014)",
    ),
    "met, on a day that no source tells": (
        "due = 2014-08-01\n" + DONE,
        "20140801-20140802",
        None,
        "CONFIRMED",
        "Titel",
    ),
    "met by a day that is ours": (
        f"due = 2014-08-01\n{OURS}",
        "20160901-20160902",
        None,
        "CONFIRMED",
        "Titel (geen datum genoemd\\; gedaan uiterlijk 1 september 2016)",
    ),
    "dropped, and met after all": (
        "due = 2014-08-01\n" + DROPPED % ("2014-03-01", "reply") + MET % ("2016-08-02", "page"),
        "20160802-20160803",
        None,
        "CONFIRMED",
        "Titel",
    ),
    "words alone": ('due = { words = "doorlopend" }', None, None, None, None),
    "moved to words alone": (
        'due = 2014-08-01\nrevised = [{ due = { words = "later" }, source = "reply" }]',
        None,
        None,
        None,
        None,
    ),
    "dated after words": (
        'due = { words = "later" }\n' + MOVED % "2015-08-01",
        "20150801-20150802",
        None,
        "CONFIRMED",
        "Titel (was “later”)",
    ),
    "handed over": (
        'due = 2014-08-01\nrevised = [{ bodies = ["sbb"], source = "reply" }]',
        "20140801-20140802",
        None,
        "CONFIRMED",
        "Titel",
    ),
    "an aim": (
        'commitment = "aim"\ndue = 2014-08-01',
        "20140801-20140802",
        None,
        "CONFIRMED",
        "Titel",
    ),
    "a fact": (
        'commitment = "none"\n' + MET % ("2012-03-01", "letter"),
        "20120301-20120302",
        None,
        "CONFIRMED",
        "Titel",
    ),
    "a fact without a day": ('commitment = "none"\n' + DONE, None, None, None, None),
}


@pytest.mark.parametrize(
    ("milestone", "deadline", "span", "status", "summary"), EVENT_DAYS.values(), ids=EVENT_DAYS
)
def test_an_event_stands_on_the_last_day_of_its_window_or_spans_it(
    milestone: str, deadline: str | None, span: str | None, status: str | None, summary: str | None
) -> None:
    """What has no last day has no event; what ends with the calendar itself ends a day before."""
    names = ("DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "STATUS", "SUMMARY")
    for placement, days in (Placement.DEADLINE, deadline), (Placement.SPAN, span or deadline):
        first, end = days.split("-") if days is not None else (None, None)
        whole = None if summary is None else f"{summary}{DASH}Dossiers"
        assert said(one(milestone), *names, placement=placement) == [first, end, status, whole]


# What happened · start · due · completed · status · percentage · summary.
TODO_DAYS = {
    "a day": ("due = 2014-08-01", None, "20140801", None, "NEEDS-ACTION", "0", "Titel"),
    "a season": (
        'due = "zomer 2014"',
        "20140601",
        "20140831",
        None,
        "NEEDS-ACTION",
        "0",
        "Titel (zomer 2014)",
    ),
    "no start": (
        'due = "uiterlijk 1 juli 2013"',
        None,
        "20130701",
        None,
        "NEEDS-ACTION",
        "0",
        "Titel (uiterlijk 1 juli 2013)",
    ),
    "no end": (
        'due = "[2014..]"',
        "20140101",
        None,
        None,
        "NEEDS-ACTION",
        "0",
        "Titel (2014 of later)",
    ),
    "no date": ("", None, None, None, "NEEDS-ACTION", "0", "Titel"),
    "the last year": (
        'due = "9999"',
        "99990101",
        "99991231",
        None,
        "NEEDS-ACTION",
        "0",
        "Titel (9999)",
    ),
    "met in a month": (
        "due = 2014-08-01\n" + MET % ("september 2014", "page"),
        None,
        "20140801",
        "20140930T000000Z",
        "COMPLETED",
        "100",
        "Titel (september 2014)",
    ),
    "met without a promise": (
        MET % ("2012-03-01", "page"),
        None,
        None,
        "20120301T000000Z",
        "COMPLETED",
        "100",
        "Titel",
    ),
    "met, nobody knows when": (
        "due = 2014-08-01\n" + MET % ("[2013..]", "page"),
        None,
        "20140801",
        None,
        "COMPLETED",
        "100",
        "Titel",
    ),
    "moved": (
        "due = 2014-08-01\n" + MOVED % "2015-08-01",
        None,
        "20150801",
        None,
        "NEEDS-ACTION",
        "0",
        "Titel (was 1 augustus 2014)",
    ),
    "dropped": (
        DROPPED % ("2014-03-01", "reply"),
        None,
        None,
        None,
        "CANCELLED",
        "0",
        "Vervallen: Titel",
    ),
    # Nobody has to do it any more; RFC 5545 has no other word for that.
    "replaced": (REPLACED, None, None, None, "CANCELLED", "0", "Vervangen: Titel"),
    "met, on a day that no source tells": (
        "due = 2014-08-01\n" + DONE,
        *(None, "20140801", None, "COMPLETED", "100", "Titel"),
    ),
    "words alone": (
        'due = { words = "doorlopend" }',
        *(None, None, None, "NEEDS-ACTION", "0", "Titel (“doorlopend”)"),
    ),
    "met, and the last of all days may be the one": (
        "due = 2014-08-01\n" + MET % ("[2014..9999]", "page"),
        *(None, "20140801", None, "COMPLETED", "100", "Titel (2014 tot en met 9999)"),
    ),
    "dropped, and met after all": (
        DROPPED % ("2014-03-01", "reply") + MET % ("2016-08-02", "page"),
        *(None, None, "20160802T000000Z", "COMPLETED", "100", "Titel"),
    ),
}


@pytest.mark.parametrize(
    ("milestone", "expected"),
    [(row[0], list(row[1:])) for row in TODO_DAYS.values()],
    ids=TODO_DAYS,
)
@pytest.mark.parametrize("placement", Placement)
def test_a_todo_begins_and_is_due_with_its_window(
    milestone: str, expected: list[str | None], placement: Placement
) -> None:
    """Its start is left out where it would be the day on which it is due."""
    names = ("DTSTART;VALUE=DATE", "DUE;VALUE=DATE", "COMPLETED", "STATUS", "PERCENT-COMPLETE")
    *dates, summary = said(
        one(milestone), *names, "SUMMARY", component=Component.TODO, placement=placement
    )
    assert [*dates, summary and summary.removesuffix(f"{DASH}Dossiers")] == expected


# --- when it changed ------------------------------------------------------------------------------

# What happened · SEQUENCE · CREATED · LAST-MODIFIED and DTSTAMP.
STAMPS = {
    "promised": ("due = 2014-08-01", "0", "20130226", "20130226"),
    "moved": ("due = 2014-08-01\n" + MOVED % "2015-08-01", "1", "20130226", "20140301"),
    "met": ("due = 2014-08-01\n" + MET % ("2014-09-09", "page"), "1", "20130226", "20160901"),
    "moved and met": (
        "due = 2014-08-01\n" + MOVED % "2015-08-01" + MET % ("2015-08-01", "page"),
        "2",
        "20130226",
        "20160901",
    ),
    "met before it was promised": (
        "due = 2013-08-01\n" + MET % ("2012-03-01", "page"),
        "1",
        "20130226",
        "20160901",
    ),
    "met, nobody knows when": (
        "due = 2014-08-01\n" + MET % ("[2014..]", "page"),
        "1",
        "20130226",
        "20160901",
    ),
    "looked for": (
        'due = 2014-08-01\nnews = [{ on = 2015-05-01, found = "nothing", by = "wij" }]',
        "1",
        "20130226",
        "20150501",
    ),
    "told": (
        'due = 2014-08-01\nnews = [{ found = "under-way", source = "reply" }]',
        "1",
        "20130226",
        "20140301",
    ),
    "handed over": (
        'due = 2014-08-01\nrevised = [{ bodies = ["sbb"], source = "reply" }]',
        "1",
        "20130226",
        "20140301",
    ),
}


@pytest.mark.measured
@pytest.mark.parametrize(
    ("milestone", "sequence", "created", "modified"), STAMPS.values(), ids=STAMPS
)
@pytest.mark.parametrize("component", Component)
def test_an_item_is_as_old_as_its_statements(
    milestone: str, sequence: str, created: str, modified: str, component: Component
) -> None:
    """Clients take over a change only where SEQUENCE and LAST-MODIFIED move; "now" is neither."""
    names = ("SEQUENCE", "CREATED", "LAST-MODIFIED", "DTSTAMP")
    programme = one(milestone)
    first, last = f"{created}T000000Z", f"{modified}T000000Z"
    assert said(programme, *names, component=component) == [sequence, first, last, last]


def test_an_item_that_is_never_known_is_old() -> None:
    """A script may put a source at the end of all days, and any later statement passes."""
    programme = one("due = 2014-08-01")
    (measure,) = programme.measures
    (milestone,) = measure.milestones
    never = attrs.evolve(milestone.source, published=None, seen=dt.date.max)
    milestone = attrs.evolve(milestone, source=never)
    programme = attrs.evolve(programme, measures=(attrs.evolve(measure, milestones=(milestone,)),))
    stamps = said(programme, "CREATED", "LAST-MODIFIED", "DTSTAMP")
    assert stamps == ["19700101T000000Z"] * 3


# --- what it says ---------------------------------------------------------------------------------


NOTHING = "Er is hier geen uitkomst vastgelegd; jongste vermelding: %s."
# What is in the file · the lines of its history.
HISTORIES = {
    "promised": (
        "due = 2014-08-01",
        ["Aangekondigd: 1 augustus 2014 (26 februari 2013)", NOTHING % "26 februari 2013"],
    ),
    "promised, no date": (
        "",
        ["Aangekondigd zonder datum (26 februari 2013)", NOTHING % "26 februari 2013"],
    ),
    "promised in words alone": (
        'due = { words = "doorlopend" }',
        ["Aangekondigd: “doorlopend” (26 februari 2013)", NOTHING % "26 februari 2013"],
    ),
    "an aim": (
        'commitment = "aim"\ndue = 2014-08-01',
        ["Beoogd: 1 augustus 2014 (26 februari 2013)", NOTHING % "26 februari 2013"],
    ),
    "a forecast": (
        'commitment = "forecast"\ndue = 2014-08-01',
        ["Verwacht: 1 augustus 2014 (26 februari 2013)", NOTHING % "26 februari 2013"],
    ),
    # It comes about by itself: nobody has to do it, and nothing is lacking.
    "fixed": (
        'commitment = "fixed"\ndue = 2014-08-01',
        ["Vastgelegd in wet of contract: 1 augustus 2014 (26 februari 2013)"],
    ),
    "a fact": (
        'commitment = "none"\n' + MET % ("2012-03-01", "letter"),
        ["Gemeld als gedaan: 1 maart 2012"],
    ),
    "a fact without a day": ('commitment = "none"\n' + DONE, ["Gemeld als gedaan: dag onbekend"]),
    "met": (
        DONE,
        ["Aangekondigd zonder datum (26 februari 2013)", "Gerealiseerd: dag onbekend"],
    ),
    "met by a day that is ours": (
        OURS,
        [
            "Aangekondigd zonder datum (26 februari 2013)",
            "Gerealiseerd: geen datum genoemd; gedaan uiterlijk 1 september 2016",
        ],
    ),
    "replaced": (
        REPLACED,
        [
            "Aangekondigd zonder datum (26 februari 2013)",
            "Vervangen: 1 maart 2014 (Anders.)",
        ],
    ),
    "met, with a note": (
        MET[:-3] % ("2014-03-01", "reply") + ', note = "Met vertraging." }\n',
        [
            "Aangekondigd zonder datum (26 februari 2013)",
            "Gerealiseerd: 1 maart 2014",
            "Noot: Met vertraging.",
        ],
    ),
    "dropped, and met after all": (
        DROPPED % ("2014-03-01", "reply") + MET % ("2016-08-02", "page"),
        [
            "Aangekondigd zonder datum (26 februari 2013)",
            "Vervallen: 1 maart 2014 (Nee.)",
            "Gerealiseerd: 2 augustus 2016",
        ],
    ),
    "told, and looked for": (
        (
            'due = 2014-01-01\nnews = [{ found = "not-done", source = "reply" }, '
            '{ on = 2016-10-01, found = "nothing", by = "wij" }]'
        ),
        [
            "Aangekondigd: 1 januari 2014 (26 februari 2013)",
            "Bericht: 1 maart 2014: niet gedaan",
            "Bericht: 1 oktober 2016: niets gevonden (nagegaan door wij)",
            NOTHING % "1 maart 2014",
        ],
    ),
    "handed over, with another goal": (
        'due = 2014-01-01\nrevised = [{ bodies = ["sbb"], goal = 12, source = "reply" }]',
        [
            "Aangekondigd: 1 januari 2014 (26 februari 2013)",
            "Doel nu 12; nu verantwoordelijk: SBB (1 maart 2014)",
            NOTHING % "1 maart 2014",
        ],
    ),
}


@pytest.mark.parametrize(("milestone", "told"), HISTORIES.values(), ids=HISTORIES)
def test_history(milestone: str, told: list[str]) -> None:
    """A line for each statement, and none that another day would alter."""
    (read,) = icalendar.Calendar.from_ical(feed(one(milestone), component=Component.TODO)).todos
    _, _, history, *_ = str(read["DESCRIPTION"]).split("\n\n")
    assert history.split("\n") == told


def test_a_month_is_not_said_to_be_a_day() -> None:
    """What a source dates to a month is told with the month."""
    text = f'{HEAD}[[measure.milestone]]\nid = "x"\ntitle = "X"\nkind = "other"\ndue = 2014\n'
    programme = loads(text.replace("published = 2013-02-26", 'published = "2013-02"'))
    (description,) = said(programme, "DESCRIPTION")
    assert description is not None
    assert "\\nAangekondigd: 2014 (februari 2013)\\nEr is hier" in description
    assert "jongste vermelding: februari 2013." in description


def test_a_language_without_words_of_its_own_gets_english_labels() -> None:
    """Texts fall back to the programme's own language, labels to English."""
    description, summary, categories = said(
        one('due = "zomer 2014"'), "DESCRIPTION", "SUMMARY", "CATEGORIES", language="es"
    )
    assert description is not None
    assert description.startswith("Measure: Dossiers\\n\\nMinder dossiers.\\n\\nWindow: 1 June")
    assert summary == f"Titel (summer 2014 (“zomer 2014”)){DASH}Dossiers"
    assert categories == "Onderwijs arbeidsmarkt en of werk,mbo,other"


def test_placements() -> None:
    """These are the words of the command line, too."""
    assert [str(placement) for placement in Placement] == ["deadline", "span"]


def test_no_two_items_are_alike() -> None:
    """Some clients tell items apart by content alone; the full id makes every description new."""
    twin = '[[measure.milestone]]\nid = "%s"\ntitle = { nl = "T" }\nkind = "other"\ndue = 2014\n'
    read = icalendar.Calendar.from_ical(feed(loads(HEAD + twin % "one" + twin % "two")))
    one_text, other = (str(event["DESCRIPTION"]) for event in read.events)
    assert one_text.removesuffix("files/one") == other.removesuffix("files/two")
    assert one_text != other


def test_a_category_told_twice_stands_once() -> None:
    """A sector with the title of the kind adds nothing."""
    assert said(titled("overig"), "CATEGORIES") == ["overig"]


def test_a_kind_with_a_comma_is_one_category() -> None:
    """Some readers part categories at what is escaped, too; its title is the editor's own."""
    milestone = 'id = "x"\ntitle = "X"\nkind = "own"\ndue = 2014\n'
    kind = '[[kind]]\nid = "own"\ntitle = "Inspraak, ronde 1;2"\n'
    programme = loads(f"{HEAD}[[measure.milestone]]\n{milestone}{kind}")
    assert said(programme, "CATEGORIES") == [
        "Onderwijs arbeidsmarkt en of werk,mbo,Inspraak ronde 1 2"
    ]


LONG = "Meer leerlingen kiezen in het voortgezet onderwijs voor een vak met techniek. " * 4

# The title of the milestone · that of its measure · the summary.
SUMMARIES = {
    "both": ("Begin", "Dossiers", f"Begin{DASH}Dossiers"),
    "a title for both": ("Dossiers", "Dossiers", "Dossiers"),
    "a title for both, but for capitals and spaces": ("De  dossiers", "de dossiers", "De dossiers"),
    "lines": ("Be\ngin", "Dos\r\nsiers", f"Be gin{DASH}Dos siers"),
    "braces": ("{title}", "{0}", f"{{title}}{DASH}{{0}}"),
    "255 characters": ("x" * 126, "y" * 126, f"{'x' * 126}{DASH}{'y' * 126}"),
    "a word that does not fit": ("x" * 240, "Dossiers zijn", f"{'x' * 240}{DASH}Dossiers…"),
    "a word that just fits": ("x" * 240, "Dossiers z en", f"{'x' * 240}{DASH}Dossiers z…"),
    "a measure without room": ("x" * 250, "Dossiers", f"{'x' * 250}…"),
    "a title that is too long": ("y" * 20 + " x" * 500, "M", f"{'y' * 20}{' x' * 117}…"),
    "a word that is too long": ("y " + "x" * 10_000, "M", f"y {'x' * 252}…"),
    "a first word of half a line": ("y" * 127 + " " + "x" * 200, "M", f"{'y' * 127}…"),
    "a first word of less": ("y" * 126 + " " + "x" * 200, "M", f"{'y' * 126} {'x' * 127}…"),
    "a comma where it is cut": ("x" * 240, "Dossiers, zijnde", f"{'x' * 240}{DASH}Dossiers…"),
}


@pytest.mark.parametrize(("title", "measure", "summary"), SUMMARIES.values(), ids=SUMMARIES)
def test_a_summary_ends_with_the_measure(title: str, measure: str, summary: str) -> None:
    """Whoever sees one line knows what it is about; that has at most 255 characters."""
    programme = renamed(one("due = 2014-08-01"), title, measure)
    (event,) = icalendar.Calendar.from_ical(feed(programme)).events
    assert event["SUMMARY"] == summary
    assert len(summary) <= 255


def test_all_that_it_is_part_of_is_named() -> None:
    """On one line, below the measure that it stands in."""
    more = "".join(
        f'[[measure]]\nid = "{name}"\ntitle = {{ nl = "{title}" }}\nsource = "letter"\n'
        for name, title in (("one", "Eén"), ("two", "Twee"))
    )
    (description,) = said(one('due = 2014-08-01\nalso = ["two", "one"]', more), "DESCRIPTION")
    assert description is not None
    assert description.startswith(r"Maatregel: Dossiers\nOok onderdeel van: Twee\; Eén\n\n")


def test_the_summary_of_what_was_dropped_is_cut_at_its_end() -> None:
    """What became of it comes first."""
    dropped = one("due = 2014-08-01\n" + DROPPED % ("2014-03-01", "reply"))
    (event,) = icalendar.Calendar.from_ical(feed(renamed(dropped, LONG, "M"))).events
    summary = str(event["SUMMARY"])
    assert summary.startswith("Vervallen: Meer leerlingen")
    assert summary.endswith("…")
    assert 240 < len(summary) <= 255


@trusted()
def renamed(programme: Programme, title: str, of_measure: str) -> Programme:
    """Return a programme of one milestone with other titles."""
    (measure,) = programme.measures
    (milestone,) = measure.milestones
    milestone = attrs.evolve(milestone, title=Texts((("nl", title),)))
    measure = attrs.evolve(measure, title=Texts((("nl", of_measure),)), milestones=(milestone,))
    return attrs.evolve(programme, measures=(measure,))


# --- in brief -------------------------------------------------------------------------------------

ADDRESS = "https://example.org/site/"
PAGE = f"{ADDRESS}measure/files.html#x"

# What is in the file · what is told above the page.
IN_BRIEF = {
    "promised": (
        "due = 2014-08-01",
        ["Aangekondigd: 1 augustus 2014", NOTHING % "Brief, 26 februari 2013"],
    ),
    "promised, no date": (
        "",
        ["Aangekondigd zonder datum", NOTHING % "Brief, 26 februari 2013"],
    ),
    "moved twice": (
        (
            'due = 2014-08-01\nrevised = [{ due = 2015-08-01, source = "reply" }, '
            '{ due = "zomer 2016", source = "reply", announced = 2014-04-01 }]'
        ),
        [
            "Aangekondigd: 1 augustus 2014",
            "Verplaatst naar zomer 2016",
            NOTHING % "1 april 2014 (Antwoord, 1 maart 2014)",
        ],
    ),
    "fixed": (
        'commitment = "fixed"\ndue = 2014-08-01',
        [
            "Vastgelegd in wet of contract: 1 augustus 2014",
            "Jongste vermelding: Brief, 26 februari 2013",
        ],
    ),
    "a fact": (
        'commitment = "none"\n' + MET % ("2012-03-01", "letter"),
        ["Gemeld als gedaan: 1 maart 2012; jongste vermelding: Brief, 26 februari 2013"],
    ),
    "met": (
        "due = 2014-08-01\n" + MET % ("2014-09-09", "page"),
        [
            "Aangekondigd: 1 augustus 2014",
            (
                "Gerealiseerd: 9 september 2014; jongste vermelding: Webpagina, ongedateerd, "
                "gelezen op 1 september 2016"
            ),
        ],
    ),
    "dropped": (
        "due = 2014-08-01\n" + DROPPED % ("2014-03-01", "reply"),
        [
            "Aangekondigd: 1 augustus 2014",
            "Vervallen: 1 maart 2014; jongste vermelding: Antwoord, 1 maart 2014",
        ],
    ),
    "told, and looked for": (
        (
            'due = 2014-01-01\nnews = [{ found = "not-done", source = "reply" }, '
            '{ on = 2016-10-01, found = "nothing", by = "wij" }]'
        ),
        ["Aangekondigd: 1 januari 2014", NOTHING % "Antwoord, 1 maart 2014"],
    ),
    "two on one day": (
        (
            'due = 2014-01-01\nnews = [{ found = "not-done", source = "reply" }, '
            '{ found = "under-way", sources = ["other", "reply"] }]'
        ),
        ["Aangekondigd: 1 januari 2014", NOTHING % "Ander antwoord, 1 maart 2014"],
    ),
}


@pytest.mark.parametrize("component", Component)
@pytest.mark.parametrize(("milestone", "told"), IN_BRIEF.values(), ids=IN_BRIEF)
def test_where_a_page_tells_all_an_item_is_brief(
    milestone: str, told: list[str], component: Component
) -> None:
    """It tells the promise, how that moved or ended, who said so last and who answers for it."""
    text = one(milestone, OTHER)
    for item in items(text, Voice("nl"), [component], address=ADDRESS):
        (read,) = icalendar.Calendar.from_ical(calendar(item)).subcomponents
        assert str(read["DESCRIPTION"]).split("\n") == [
            *told,
            "Verantwoordelijk: OCW; SBB",
            PAGE,
        ]
        assert read["URL"] == PAGE


OTHER = '[[source]]\nid = "other"\ntitle = "Ander antwoord"\npublished = 2014-03-01\n'


def calendar(item: Item) -> bytes:
    return b"BEGIN:VCALENDAR\r\n" + item.text + b"END:VCALENDAR\r\n"


IN_ENGLISH = r"""BEGIN:VEVENT
SUMMARY:In force (was 1 August 2014\, August 2015) – Files
DTSTART;VALUE=DATE:20160802
DTEND;VALUE=DATE:20160803
DTSTAMP:20160901T000000Z
UID:files.in-force@test
SEQUENCE:3
CATEGORIES:School or work,mbo,entry into force
CREATED:20130226T000000Z
DESCRIPTION:Promised: 1 August 2014\nMoved to 1 August 2016\nMet: 2 August
  2016\; newest statement: Webpagina\, undated\, read on 1 September 2016\n
 Responsible: OCW\; SBB\nhttps://example.org/site/en/measure/files.html#in-
 force
LAST-MODIFIED:20160901T000000Z
STATUS:CONFIRMED
TRANSP:TRANSPARENT
URL:https://example.org/site/en/measure/files.html#in-force
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
"""  # noqa: RUF001  the dash before a measure


def test_an_event_that_leads_to_a_page_in_full() -> None:
    """The page is the one in its own language."""
    found = items(loads(HEAD + EVERY_RULE), Voice("en"), [Component.EVENT], address=ADDRESS)
    (text,) = (item.text for item in found if item.milestone.id == "in-force")
    assert text.decode() == IN_ENGLISH.replace("\n", "\r\n")


def test_a_measure_that_the_summary_has_no_room_for_is_told() -> None:
    """What one line cannot hold, the description does."""
    programme = renamed(one("due = 2014-08-01"), LONG, "Dossiers, en meer")
    (item,) = items(programme, Voice("nl"), [Component.EVENT], address=ADDRESS)
    (event,) = icalendar.Calendar.from_ical(calendar(item)).events
    assert str(event["DESCRIPTION"]).startswith("Maatregel: Dossiers, en meer\nAangekondigd")


def test_a_brief_event_is_short() -> None:
    """Thousands of them have to fit into a calendar, for those who read no more than 1 MB."""
    found = items(SHIPPED, Voice("nl"), [Component.EVENT], address="https://example.org/")
    brief = [len(item.text) for item in found]
    whole = [len(item.text) for item in items(SHIPPED, Voice("nl"), [Component.EVENT])]
    assert sum(brief) < 0.7 * sum(whole)
    assert max(brief) < 1_500 < max(whole)


# --- written when it is asked for -----------------------------------------------------------------


def state_after(programme: Programme, before: State | None = None, day: int = 1) -> State:
    """Return what is published of the items of a programme, in Dutch and with pages."""
    editions: dict[str, dict[str, Edition]] = {}
    for item in all_items(programme, before, day=day):
        editions.setdefault(item.milestone.lifelong_id, {})[item.name] = item.edition
    state = read_state(state_of(programme, editions).dumps())
    return state if before is None else state.following(before)


def all_items(
    programme: Programme, before: State | None, known: Collection[str] = (), day: int = 1
) -> list[Item]:
    found = items(
        programme,
        Voice("nl"),
        [*Component],
        alarm_days=14,
        before=before,
        day=dt.date(2020, 1, day),
        address=ADDRESS,
        known=known,
    )
    return [*found]


TITLES = ("Van kracht", "Fonds", "Ooit", "Studie", "Oud plan", "Gedaan", "Kaal", "Webpagina")


def touched(title: str) -> set[str]:
    """Return the milestones of which an item may tell a title: theirs, or one that they cite."""
    return {
        milestone.full_id
        for milestone in loads(HEAD + EVERY_RULE).milestones
        if title in {str(milestone.title), str(milestone.measure.title)}
        or title in {str(source.title) for said in milestone.statements for source in said.sources}
    }


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(st.sets(st.sampled_from(TITLES), max_size=3), min_size=1, max_size=4))
def test_what_is_known_is_as_if_it_was_written(edits: list[set[str]]) -> None:
    """Edit upon edit: the stamps, sizes and texts of what did not change are those it has."""
    state, now = state_after(loads(HEAD + EVERY_RULE)), dict.fromkeys(TITLES, 0)
    everything = {milestone.full_id for milestone in loads(HEAD + EVERY_RULE).milestones}
    for day, titles in enumerate(edits, start=2):
        text = HEAD + EVERY_RULE
        for title in TITLES:
            now[title] += title in titles
            text = text.replace(f'"{title}"', f'"{title} {now[title]}"')
        programme = loads(text)
        known = everything.difference(*map(touched, titles)) if day > 2 else set[str]()
        anew = all_items(programme, state, day=day)
        for new, old in zip(anew, all_items(programme, state, known, day), strict=True):
            assert (new.name, new.edition, new.version) == (old.name, old.edition, old.version)
            assert new.edition.octets == old.edition.octets == len(new.text)
            assert (new.text, new.text_with_alarm) == (old.text, old.text_with_alarm)
        state = state_after(programme, state, day)


@pytest.mark.measured
def test_of_what_is_known_nothing_is_written_before_it_is_asked_for() -> None:
    """Its stamps and its size come from the state, whatever its text would be by now."""
    programme = loads(HEAD + EVERY_RULE)
    state = state_after(programme)
    other = loads((HEAD + EVERY_RULE).replace('"Fonds"', '"Geld"'))
    for now, was in zip(
        all_items(other, state, ["files/fund"]), all_items(programme, None), strict=True
    ):
        assert (now.edition, now.version) == (was.edition, was.version)
    changed = [item for item in all_items(other, state) if item.edition.sequence > 1]
    assert {item.milestone.full_id for item in changed} >= {"files/fund"}


def test_what_a_state_does_not_tell_is_written_though_it_is_known() -> None:
    """It may be of another language, or of a version that kept no sizes."""
    programme = loads(HEAD + EVERY_RULE)
    everything = [milestone.full_id for milestone in programme.milestones]
    written = [(item.text, item.edition.octets) for item in all_items(programme, None)]
    for before in (
        None,
        state_of(programme),
        attrs.evolve(state_after(programme), milestones={}),
        read_state(as_version(2, state_after(programme))),
    ):
        found = all_items(programme, before, everything)
        assert [(item.text, item.edition.octets) for item in found] == written


# --- texts ----------------------------------------------------------------------------------------


def cleaned(text: str) -> str:
    """Return a text as it should be read back: a line break is one, other controls are spaces."""
    return "".join(
        " "
        if character != "\n" and unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        else character
        for character in text.replace("\r\n", "\n")
    )


TRICKY = st.characters() | st.sampled_from('\\,;:^"\r\n\t\x07 {}é😀\u0301')


def assert_read_back(title: str) -> None:
    written = feed(titled(title))
    expected = " ".join(cleaned(title).split())  # one line
    ours = icalendar.Calendar.from_ical(written)
    theirs = IcsCalendarStream.calendar_from_ics(written.decode())
    (our_event,), (their_event,) = ours.events, theirs.events
    assert [component.errors for component in ours.walk()] == [[], []]
    escaped = re.sub(r"([\\;,])", r"\\\1", expected)  # RFC 5545, 3.3.11
    assert our_event["SUMMARY"] == their_event.summary == expected
    # icalendar reads a name as it stands, `ical` as the text that RFC 7986 says it is.
    assert ours["NAME"] == ours["X-WR-CALNAME"] == escaped
    assert theirs.name == [expected]
    assert our_event["DESCRIPTION"] == their_event.description
    assert their_event.description is not None
    assert their_event.description.startswith(f"Maatregel: {cleaned(title)}\n\n")


HOSTILE = {
    "separators": "a, b; c: d \\ e \\n f \"g\" 'h' ^n",
    "line breaks": "one\ntwo\r\nthree\rfour",
    "other line breaks": "one\x0btwo\x0cthree\x85four\u2028five\u2029six",
    "controls": "bell\x07 nul\x00 tab\t delete\x7f",
    "half a surrogate pair": "a\ud83db",
    "right to left": "\u200f\u05e2\u05d1\u05e8\u05d9\u05ea \u200eback",
    "calendar lines": "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
    "a trailing backslash": "C:\\",
    "a backslash and an N": r"C:\Nieuw \n \\N \N",
    "only separators": ",;\\",
    "braces": "{title} {0} %s",
}


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_hostile_titles_are_read_back_as_they_were(title: str) -> None:
    """Both readers see the text that was written, on one line and without control characters."""
    assert_read_back(title)


@given(st.text(TRICKY, min_size=1, max_size=200))
def test_any_title_is_read_back_as_it_was(title: str) -> None:
    """The same holds for every text there is."""
    assert_read_back(f"a{title}z")


@pytest.mark.parametrize("character", ["x", "é", "€", "😀", "e\u0301", "👩‍🔬", "\\", ",é"])
def test_long_lines_are_folded_between_characters(character: str) -> None:
    """No line is longer than 75 octets, and each is UTF-8 on its own, however long the title."""
    title = character * (100_000 // len(character))
    written = feed(titled(title))
    physical = written.split(b"\r\n")
    assert max(map(len, physical)) <= 75
    for line in physical:
        line.decode()  # raises where a fold splits a character
    (event,) = icalendar.Calendar.from_ical(written).events
    assert str(event["DESCRIPTION"]).startswith(f"Maatregel: {title}\n\n")


@given(st.text(TRICKY))
def test_lines_are_those_that_icalendar_writes(text: str) -> None:
    """Octet for octet, wherever they are folded; but that a backslash and an N stay what they are.

    icalendar reads those as a line break, before it writes them.
    """
    text = clean(text).replace("\\N", "")
    writer = icalendar.Event()
    for shift in range(4):
        shifted = "x" * shift + text
        for value, line in (
            (icalendar.vText(shifted), text_line("SUMMARY", shifted)),
            (icalendar.vCategory([text, shifted]), texts_line("SUMMARY", (text, shifted))),
            (icalendar.vText(shifted * 9), text_line("SUMMARY", shifted * 9)),
        ):
            assert line == writer.content_line("SUMMARY", value).to_ical() + b"\r\n"
    address = f"https://example.org/{len(text)}?q={'^' * len(text)}"
    written = writer.content_line("URL", icalendar.vUri(address)).to_ical()
    assert address_line("URL", address) == written + b"\r\n"


CONTENT_LINE: Any = Contentline  # it has no types


def assert_folded_as_by_icalendar(line: str) -> None:
    assert folded(line.encode()) == CONTENT_LINE(line).to_ical() + b"\r\n"


# What fills a line to any octet, and what a line must not be cut behind or within.
WIDE = ["x", "é", "€", "😀", "e\u0301", "👩‍🔬", "\r", "\\", "^", "\\\\", "\\^\\"]


@pytest.mark.parametrize("character", WIDE)
@pytest.mark.parametrize("filler", WIDE)
def test_a_line_is_folded_as_icalendar_folds_it(filler: str, character: str) -> None:
    """Whatever comes to stand at the end of a line, of any width, and at any octet of it."""
    for before in range(80):
        assert_folded_as_by_icalendar("x" * before + character + filler * 80)
        assert_folded_as_by_icalendar("x" * (before % 4) + filler * before + character * 80)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(
                st.characters(exclude_categories=["Cs"], exclude_characters="\n")
                | st.sampled_from("\\^\r\u0301é€😀"),
                max_size=90,
            ),
            st.integers(1, 40),
        )
    )
)
def test_any_line_is_folded_as_icalendar_folds_it(parts: list[tuple[str, int]]) -> None:
    """All of Unicode but half pairs and the line break, which no line has; some of it very long."""
    assert_folded_as_by_icalendar("".join(text * times for text, times in parts))


@pytest.mark.slow
def test_a_line_of_all_characters_is_folded_as_icalendar_folds_it() -> None:
    """Each character there is, in one line of four million octets."""
    halves = range(0xD800, 0xE000)
    every = (chr(code) for code in range(0x110000) if code not in halves)
    assert_folded_as_by_icalendar("".join(every).replace("\n", ""))


# --- the shipped data -----------------------------------------------------------------------------


@pytest.mark.parametrize("options", all_options(), ids=lambda each: "-".join(each.values()))
def test_two_readers_agree_on_the_shipped_data(options: dict[str, Any]) -> None:
    """Both icalendar and `ical` find the same in every field, and neither finds a fault."""
    written = feed(SHIPPED, address="https://example.org/x.ics", **options)
    ours = icalendar.Calendar.from_ical(written)
    theirs = IcsCalendarStream.calendar_from_ics(written.decode())
    assert not any(component.errors for component in ours.walk())
    assert (theirs.name, theirs.description) == ([ours["NAME"]], [ours["DESCRIPTION"]])
    assert theirs.refresh_interval == dt.timedelta(hours=12)
    assert (theirs.color, str(theirs.source)) == ("steelblue", "https://example.org/x.ics")
    assert (theirs.uid, theirs.method) == (None, None)
    our_items: list[Any] = [*ours.events, *ours.todos]
    their_items: list[Any] = [*theirs.events, *theirs.todos]
    for our, their in zip(our_items, their_items, strict=True):
        assert (their.uid, their.summary, their.description) == (
            our["UID"],
            our["SUMMARY"],
            our["DESCRIPTION"],
        )
        assert their.categories == our.categories
        assert (their.status, their.sequence) == (our["STATUS"], our["SEQUENCE"])
        assert (their.dtstamp, their.created, their.last_modified) == (
            our.DTSTAMP,
            our["CREATED"].dt,
            our["LAST-MODIFIED"].dt,
        )
        assert their.dtstamp == their.last_modified
        assert (str(their.url) if their.url else None) == our.get("URL")
        assert their.dtstart == our.DTSTART
        extras = {extra.name: extra.value for extra in their.extras}
        if options["component"] is Component.EVENT:
            assert their.dtend == our.DTEND
            assert their.transparency == our["TRANSP"] == "TRANSPARENT"
            assert extras == {"x-microsoft-cdo-busystatus": "FREE"}
        else:
            assert their.due == our.DUE
            completed = our.get("COMPLETED")
            assert their.completed == (completed and completed.dt)
            assert extras == {"percent-complete": str(our["PERCENT-COMPLETE"])}


@pytest.mark.parametrize("options", all_options(), ids=lambda each: "-".join(each.values()))
def test_the_shipped_feeds_keep_to_the_letter_of_the_standard(options: dict[str, Any]) -> None:
    """CRLF to the very end, 75 octets, UTF-8 line by line, no control character, no lower case."""
    written = feed(SHIPPED, **options)
    assert written.endswith(b"END:VCALENDAR\r\n")
    physical = written.split(b"\r\n")
    assert max(map(len, physical)) <= 75
    for line in physical:
        assert {unicodedata.category(character) for character in line.decode()}.isdisjoint(
            {"Cc", "Zl", "Zp"}
        )
    for unfolded in lines(written)[:-1]:
        assert re.match(r"[A-Z-]+(;VALUE=(DATE|URI|DURATION))?:", unfolded)


def test_a_renamed_milestone_keeps_its_uid() -> None:
    """What was renamed, or put into another measure, is the same entry for who subscribed."""
    renamed = loads(PROGRAMME)
    assert uids(feed(renamed)) == ["dossiers.in-force@science"]
    assert uids(feed(renamed, component=Component.TODO)) == [
        "dossiers.in-force.todo@science",
        "dossiers.letter.todo@science",
        "teachers.survey.todo@science",
    ]
    elsewhere = loads(changed('formerly = ["letter"]', 'formerly = ["exams/letter", "post"]'))
    assert uids(feed(elsewhere, component=Component.TODO))[1] == "exams.letter.todo@science"


def test_uids_are_the_ids_in_order_and_for_ever() -> None:
    """A subscriber knows a milestone by its UID; an event and a to-do never share one."""
    milestones = sorted((milestone for milestone in SHIPPED.milestones), key=lambda m: m.full_id)
    assert uids(feed(SHIPPED, component=Component.TODO)) == [
        f"{milestone.full_id.replace('/', '.')}.todo@betatech" for milestone in milestones
    ]
    assert uids(feed(SHIPPED)) == [
        f"{milestone.full_id.replace('/', '.')}@betatech"
        for milestone in milestones
        if any(
            date is not None and date.latest is not None
            for date in (
                milestone.in_force,
                milestone.outcome.on if isinstance(milestone.outcome, Met) else None,
            )
        )
    ]


FINGERPRINTS = """
import hashlib
from betatech_milestones import feed, load
from betatech_milestones import Component, Placement
for language in ("nl", "en"):
    for component in Component:
        for placement in Placement:
            written = feed(load(), language=language, component=component, placement=placement)
            print(hashlib.sha256(written).hexdigest())
"""


def test_the_same_data_gives_the_same_bytes_anywhere() -> None:
    """Neither the clock, the zone, the locale nor the order of sets shows in a feed."""
    places = (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "nl_NL.UTF-8"},
    )
    path = os.pathsep.join([str(ROOT / "src"), *sys.path])
    running = [
        subprocess.Popen(
            [sys.executable, "-c", FINGERPRINTS],
            env={**os.environ, "PYTHONPATH": path, **place},
            stdout=subprocess.PIPE,
            text=True,
        )
        for place in places
    ]
    here = [hashlib.sha256(feed(SHIPPED, **options)).hexdigest() for options in all_options()]
    assert [process.communicate()[0].split() for process in running] == [here, here]
