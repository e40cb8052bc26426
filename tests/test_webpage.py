"""The page as it is written: its words, its links, and that text stays text."""

import base64
import datetime as dt
import hashlib
import json
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser

import attrs
import pytest
from programmes import PROGRAMME, changed
from sites import ADDRESS, EVERY_GROUP, HOSTILE, hostile, pages

from betatech_milestones import (
    Feed,
    Programme,
    Scope,
    Source,
    Standing,
    Texts,
    Voice,
    as_of,
    course,
    feeds,
    load,
    loads,
    site,
    timeline,
)
from betatech_milestones.formats.standings import tally
from betatech_milestones.model.records import trusted
from betatech_milestones.website.page import KEYS, page

DAY = dt.date(2015, 2, 1)
SHARED = loads(PROGRAMME)
VOID = {"meta", "link", "input", "br"}


@attrs.define
class Element:
    tag: str
    attributes: dict[str, str | None]
    texts: list[str]
    hidden: bool

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


class Tree(HTMLParser):
    """The elements of a page in their order, each with all the text within it."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(written)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        assert len(attributes) == len(attrs), attrs
        within = bool(self._open and self._open[-1].hidden)
        element = Element(tag, attributes, [], within or "hidden" in attributes)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            if not self._open[-1].hidden or element.hidden:
                element.texts.append(data)

    def all(self, tag: str, **wanted: str) -> Iterator[Element]:
        for element in self.elements:
            if element.tag == tag and all(
                element.attributes.get(name.strip("_")) == value for name, value in wanted.items()
            ):
                yield element

    def one(self, tag: str, **wanted: str) -> Element:
        (found,) = self.all(tag, **wanted)
        return found


def written(
    programme: Programme = SHARED,
    *,
    day: dt.date = DAY,
    language: str = "nl",
    address: str | None = None,
    picture: str | None = None,
) -> str:
    return page(
        as_of(programme, day),
        feeds=feeds(programme),
        picture=timeline(programme, language=language) if picture is None else picture,
        language=language,
        address=address,
    )


def tree(**options: object) -> Tree:
    return Tree(written(**options))  # type: ignore[arg-type]  # passed on


# --- what it says ---------------------------------------------------------------------------------

MEASURES = {
    ("nl", "files"): """
3.1 Dossiers
Minder en bredere dossiers.
Cluster Arbeidsmarkt
Sectoren middelbaar beroepsonderwijs
Verantwoordelijk Ministerie van OCW
Geld € 11.700.000 per jaar, 2012-2015; waarvan de helft voor leraren
Bronnen Brief, Kamerstuk 1 Tweede brief Webpagina
Geschiedenis (3)
Van kracht
gerealiseerd inwerkingtreding, uiterlijk
26 februari 2013 aangekondigd: 1 augustus 2014 (Kamerstuk 1)
1 mei 2014 verplaatst naar rond augustus 2016
(“over een paar jaar”; 1 augustus 2016 tot en met 31 augustus 2016, bij benadering),
761 dagen later: meer tijd nodig (Tweede brief)
1 juli 2015 gerealiseerd: 1 juni 2015; wie het zegt is niet vastgelegd; 304 dagen na de eerste
termijn
(Tweede brief)
Cijfers: doel 3.500 dossiers
schooljaar 2012/2013 (1 augustus 2012 tot en met 31 juli 2013): 152,5 dossiers (Kamerstuk 1)
Voortgang
vervallen rapport of brief, voorzien
26 februari 2013 aangekondigd zonder datum (Kamerstuk 1)
1 juli 2015 vervallen: zomer 2015 (1 juni 2015 tot en met 31 augustus 2015): niet meer nodig;
wie het zegt is niet vastgelegd (Tweede brief)
2 juli 2015 aangehouden t/m 1 oktober 2015 door redactie: wordt nagevraagd
Leraren geraadpleegd
Leraren
""",
    ("en", "files"): """
3.1 Files
Minder en bredere dossiers.
Cluster Labour market
Sectors middelbaar beroepsonderwijs
Responsible Ministry of Education
Money € 11,700,000 a year, 2012-2015; waarvan de helft voor leraren
Sources Letter, Kamerstuk 1 Tweede brief Webpagina
History (3)
In force
met entry into force, deadline
26 February 2013 promised: 1 August 2014 (Kamerstuk 1)
1 May 2014 moved to around August 2016
(“over een paar jaar”; 1 August 2016 to 31 August 2016, approximately),
761 days later: more time needed (Tweede brief)
1 July 2015 met: 1 June 2015; who says so is not recorded; 304 days after its first term
(Tweede brief)
Numbers: goal 3,500 files
school year 2012/2013 (“schooljaar 2012/2013”; 1 August 2012 to 31 July 2013):
152.5 files (Kamerstuk 1)
Voortgang
dropped report or letter, planned
26 February 2013 promised without a date (Kamerstuk 1)
1 July 2015 dropped: summer 2015 (“zomer 2015”; 1 June 2015 to 31 August 2015): niet meer nodig;
who says so is not recorded (Tweede brief)
2 July 2015 snoozed up to and including 1 October 2015 by redactie: being asked
Teachers consulted
Teachers
""",
    ("nl", "teachers"): """
Leraren
Geld € 250.000 in totaal, voor elk van 12 ontvangers
Bronnen Tweede brief Webpagina
Geschiedenis (1)
Leraren geraadpleegd
vervangen Raadpleging, voorzien, L2.1
Elke school doet mee.
Verantwoordelijk: Ministerie van OCW
Ook onderdeel van: Dossiers
1 juli 2015 aangekondigd: doorlopend (Tweede brief) eerst alleen in het mbo
31 augustus 2015 in uitvoering (nagegaan door de onderzoekers): drie scholen zijn klaar
(Webpagina)
ongedateerd, gelezen op 1 september 2015
vervangen: dag onbekend; door files/in-force: opgegaan in de dossiers;
volgens de verantwoordelijke zelf (Webpagina)
2 september 2015 doel nu 12; nu verantwoordelijk: Ministerie van OCW
(Tweede brief) (Webpagina) mondeling, later op de webpagina
Cijfers: doel 12 scholen; beginstand 1
2015 (1 januari 2015 tot en met 31 december 2015): 3 scholen (gepland) (Tweede brief)
""",
    ("en", "teachers"): """
Teachers
Money € 250,000 in total, for each of 12 recipients
Sources Tweede brief Webpagina
History (1)
Teachers consulted
replaced Consultation, planned, L2.1
Elke school doet mee.
Responsible: Ministry of Education
Also part of: Files
1 July 2015 promised: ongoing (Tweede brief) eerst alleen in het mbo
31 August 2015 under way (checked by de onderzoekers): three schools are done (Webpagina)
undated, read on 1 September 2015
replaced: day unknown; by files/in-force: opgegaan in de dossiers;
claimed by those who answer for it (Webpagina)
2 September 2015 goal now 12; now answered for by Ministry of Education
(Tweede brief) (Webpagina) mondeling, later op de webpagina
Numbers: goal 12 scholen; baseline 1
2015 (1 January 2015 to 31 December 2015): 3 scholen (planned) (Tweede brief)
""",
}


@pytest.mark.parametrize(("language", "measure"), MEASURES, ids=str)
def test_measure(language: str, measure: str) -> None:
    """A measure has its money, its numbers, all that was said of it with who says so, and more."""
    shown = tree(day=dt.date(2026, 1, 1), language=language)
    article = shown.one("article", id=f"measure:{measure}")
    assert article.text == " ".join(MEASURES[language, measure].split())


EVERY = loads(EVERY_GROUP)
# A milestone · the day of the page · its dates, and when it ended, as its line tells them.
SUMMER = "zomer 2014 1 juni 2014 tot en met 31 augustus 2014"
YEAR = "2014 1 januari 2014 tot en met 31 december 2014"
LINES = {
    "late": ("first/late", "2015-03-01", SUMMER, ""),
    "unchecked": ("first/late", "2015-02-28", SUMMER, ""),
    "looked for": ("first/no-news", "2014-02-01", "uiterlijk 1 juli 2013", ""),
    "an aim": ("first/aim", "2014-01-10", "2013 1 januari 2013 tot en met 31 december 2013", ""),
    "a forecast": (
        *("first/forecast", "2014-09-01"),
        *("juni 2014 1 juni 2014 tot en met 30 juni 2014", ""),
    ),
    "words alone": ("first/undated", "2014-01-01", "doorlopend", ""),
    "by itself": ("first/fixed", "2014-07-02", "1 januari 2014 1 juli 2014", ""),
    "met, nobody knows when": (
        *("second/met", "2015-09-01"),
        *("uiterlijk 1 juli 2014", "dag onbekend"),
    ),
    "verified later": (
        *("second/met", "2016-01-15"),
        *("uiterlijk 1 juli 2014", "dag onbekend"),
    ),
    "replaced": (
        *("second/replaced", "2014-05-01"),
        *(YEAR, "april 2014 1 april 2014 tot en met 30 april 2014"),
    ),
    "dropped": (
        *("second/after-all", "2014-05-01"),
        *(YEAR, "15 april 2014"),
    ),
    "met after all": (
        *("second/after-all", "2015-09-01", YEAR),
        "voorjaar 2015 1 maart 2015 tot en met 31 mei 2015",
    ),
    "a fact": ("second/fact", "2014-05-01", "", "2012 1 januari 2012 tot en met 31 december 2012"),
}


@pytest.mark.parametrize(("milestone", "day", "dates", "ended"), LINES.values(), ids=LINES)
def test_a_line_of_the_list(milestone: str, day: str, dates: str, ended: str) -> None:
    """It tells the dates, how the milestone stands, when it ended, who says so and how late."""
    voice = Voice("nl")
    report = as_of(EVERY, day)
    (standing,) = (one for one in report.standings if one.milestone.full_id == milestone)
    shown = tree(programme=EVERY, day=report.day, picture="")
    (item,) = shown.all("li", **{"data-id": milestone})
    title = standing.measure.title
    assert item.text.partition(f" {title} ")[2] == " ".join(
        filter(None, [dates, voice.status(standing), ended, voice.verdict(standing)])
    )


def test_what_is_verified_later() -> None:
    """A source that comes later can tell more of the same outcome, and is told from its day on."""
    told = [
        tree(programme=EVERY, day=dt.date(2016, 1, day), picture="").one("li", id="second/met").text
        for day in (14, 15)
    ]
    label = Voice("nl").label
    assert [label("reported by unknown") in text for text in told] == [True, False]
    assert [label("verified") in text for text in told] == [False, True]
    assert ["(Webpagina)" in text for text in told] == [True, True]
    assert ["(Onderzoek)" in text for text in told] == [False, True]


# The day · who answers for the milestone, and the number to reach.
HANDED_OVER = {
    "2014-04-30": ("Verantwoordelijk: SBB", "Cijfers: doel 10 scholen; beginstand 1"),
    "2014-05-01": ("Verantwoordelijk: OCW, SBB", "Cijfers: doel 20 scholen; beginstand 1"),
}


@pytest.mark.parametrize("day", HANDED_OVER)
def test_who_answers_for_it_on_the_day(day: str) -> None:
    """Who is to answer for it later is not told before that is announced, nor is another goal."""
    shown = tree(programme=EVERY, day=dt.date.fromisoformat(day), picture="")
    told = [part.text for part in shown.all("p") if not part.hidden]
    assert [part for part in told if part.startswith("Verantwoordelijk: ")] == [HANDED_OVER[day][0]]
    assert [part for part in told if part.startswith("Cijfers: ")] == [HANDED_OVER[day][1]]


def test_the_script_gets_the_courses() -> None:
    """From which day on, in which group, up to when, counted from when, and in which words."""
    data = json.loads(tree(programme=EVERY, language="en").one("script", id="for-script").text)
    assert {*data} == {"timezone", "courses", "days", "spans", "hits", "copied"}
    assert {*data["courses"]} == {milestone.full_id for milestone in EVERY.by_id}
    no_news = next(m for m in EVERY.by_id if m.full_id == "first/no-news")
    assert data["courses"]["first/no-news"] == [
        [*row, Voice("en").status(Standing(no_news, turn.day, turn.day, turn), age="{age}")]
        for row, turn in zip(
            [
                ("2013-02-26", "upcoming", "2013-07-01", "2013-07-01"),
                ("2013-07-01", "due", "2013-07-01", None),
                ("2013-07-02", "unchecked", "2013-07-01", "2013-07-01"),
                ("2014-02-01", "no-news", "2013-07-01", "2013-07-01"),
                ("2015-02-01", "no-news", "2013-07-01", "2013-07-01"),
            ],
            course(no_news),
            strict=True,
        )
    ]
    assert ["{age}" in row[4] for row in data["courses"]["first/no-news"]] == [
        *(True, False, True, True, True)
    ]
    assert data["courses"]["second/fact-later"] == [
        ["2015-09-01", "fact", "9999-12-31", None, "reported as done"]
    ]
    assert data["spans"] == {
        "day": {"one": "{number} day", "other": "{number} days"},
        "week": {"one": "{number} week", "other": "{number} weeks"},
        "month": {"one": "{number} month", "other": "{number} months"},
        "year": {"one": "{number} year", "other": "{number} years"},
        "over": Voice("en").label("over", age="{age}"),
    }
    assert data["days"] == Voice("en").days_in_words
    french = Voice("fr").days_in_words
    assert (french["first"], french["day"]) == ("1er {month} {year}", "{day} {month} {year}")


@pytest.mark.parametrize(
    ("due", "moved"),
    [
        ("due = 2014-08-01", ", 31 dagen later"),
        ("due = 2014-09-02", ", 1 dag eerder"),
        ('due = "[2014-08..2014-09-01]"', ""),
        ('due = "[2014-08..]"', ""),
        ("", ""),
    ],
)
def test_moves(due: str, moved: str) -> None:
    """A move is told with the days by which the last day moved, where it did and both have one."""
    text = changed("due = 2014-08-01", due).replace('words = "over een paar jaar", ', "")
    programme = loads(text.replace('{ edtf = "2016-08~" }', "2014-09-01"))
    story = next(tree(programme=programme).all("ul", class_="history"))
    assert f"1 mei 2014 verplaatst naar 1 september 2014{moved}: meer tijd nodig" in story.text


PROMISED = "26 februari 2013 aangekondigd: 1 augustus 2014 (Kamerstuk 1)"
MOVED = (
    "1 mei 2014 verplaatst naar rond augustus 2016 (“over een paar jaar”; "
    "1 augustus 2016 tot en met 31 augustus 2016, bij benadering), 761 dagen later: meer tijd nodig"
)
MEASURED = (
    "schooljaar 2012/2013 (1 augustus 2012 tot en met 31 juli 2013): 152,5 dossiers (Kamerstuk 1)"
)


@pytest.mark.parametrize(
    ("day", "told", "measured"),
    [
        (dt.date(2013, 7, 30), PROMISED, MEASURED),
        (dt.date(2014, 4, 30), PROMISED, MEASURED),
        # The document that tells of it appeared only later.
        (dt.date(2014, 5, 1), f"{PROMISED} {MOVED}", MEASURED),
        (dt.date(2015, 6, 30), f"{PROMISED} {MOVED}", MEASURED),
        (
            dt.date(2015, 7, 1),
            (
                f"{PROMISED} {MOVED} (Tweede brief) 1 juli 2015 gerealiseerd: 1 juni 2015; "
                "wie het zegt is niet vastgelegd; 304 dagen na de eerste termijn (Tweede brief)"
            ),
            MEASURED,
        ),
    ],
)
def test_what_is_not_known_yet_is_hidden(day: dt.date, told: str, measured: str) -> None:
    """What is said after the day is there for the script, but not shown."""
    found = [story.text for story in tree(day=day).all("ul", class_="history")]
    assert found[:2] == [told, measured]


def test_what_nobody_knew_of_is_hidden() -> None:
    """A milestone is there from the day on which its promise was public; so is its measure."""
    for day, hidden in (dt.date(2016, 1, 14), True), (dt.date(2016, 1, 15), False):
        shown = tree(programme=EVERY, day=day, picture="")
        (item,) = shown.all("li", **{"data-id": "third/start"})
        story, measure = shown.one("li", id="third/start"), shown.one("article", id="measure:third")
        assert [part.hidden for part in (item, story, measure)] == [hidden] * 3
    for day, count in (dt.date(2013, 2, 25), 0), (dt.date(2013, 2, 26), 13):
        shown = tree(programme=EVERY, day=day, picture="")
        told = [part for part in shown.elements if "data-id" in part.attributes and not part.hidden]
        assert len(told) == count


@pytest.mark.parametrize("day", [DAY, dt.date(2013, 2, 25), dt.date(2013, 2, 26)], ids=str)
@pytest.mark.parametrize("programme", [load(), EVERY], ids=["shipped", "every group"])
def test_standings(programme: Programme, day: dt.date) -> None:
    """The list has the standings of the report in their groups, in its order, and their counts."""
    report = as_of(programme, day)
    shown = tree(programme=programme, day=day)
    items = [item for item in shown.all("li") if "data-id" in item.attributes]
    groups: dict[str, list[str]] = {key: [] for key in KEYS}
    for standing in report.standings:
        key = "fact" if standing.milestone.is_fact else standing.evidence or standing.status
        groups[key].append(standing.milestone.full_id)
    ids = [item.attributes["data-id"] for item in items if not item.hidden]
    assert ids == [full_id for found in groups.values() for full_id in found]
    assert len(items) == len(programme.by_id)
    counts = [count.text for count in shown.all("span", class_="count")]
    assert counts == [str(len(found)) for found in groups.values()]
    parts = [*shown.all("section", class_="group")]
    assert [part.attributes["data-status"] for part in parts] == [*groups]
    assert [part.hidden for part in parts] == [not found for found in groups.values()]
    assert shown.one("p", class_="tally").text == tally(report, Voice("nl"))


NO_DAYS = (
    PROGRAMME.partition("[[measure.milestone]]")[0]
    + '[[measure.milestone]]\nid = "x"\ntitle = "X"\nkind = "other"\n'
)


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        (PROGRAMME, True),
        (PROGRAMME.partition("[[measure.milestone]]")[0], False),
        (f'{NO_DAYS}due = {{ words = "ooit" }}\n', False),
        (f'{NO_DAYS}met = {{ source = "letter-2015" }}\n', False),
        (f'{NO_DAYS}revised = [{{ bodies = ["ocw"], source = "letter-2015" }}]\n', False),
        (f'{NO_DAYS}met = {{ on = 2015, source = "letter-2015" }}\n', True),
    ],
)
def test_programme_without_dates(text: str, *, dated: bool) -> None:
    """Where no milestone has a date, the page says so in place of the picture."""
    shown = tree(programme=loads(text))
    assert any(shown.all("svg")) is dated
    sentence = "Geen van de mijlpalen heeft een datum: er is geen tijdlijn te tekenen."
    assert any(paragraph.text == sentence for paragraph in shown.all("p")) is not dated


def test_parts_that_a_programme_lacks_are_no_filters() -> None:
    """Who has no clusters, sectors or bodies is not asked to choose one."""
    bare = Programme(id="bare", title=Texts((("nl", "Kaal"),)), language="nl", timezone="UTC")
    names = [field.attributes["name"] for field in tree(programme=bare).all("select")]
    assert names == ["status"]
    names = [field.attributes["name"] for field in tree().all("select")]
    assert names == ["cluster", "sector", "body", "status"]


# --- languages ------------------------------------------------------------------------------------


def test_language_of_each_text() -> None:
    """A text that is not in the page's language says which it is in, also when it is a date."""
    shown = tree(language="en")
    assert shown.one("html").attributes["lang"] == "en"
    foreign = {element.text for element in shown.all("bdi", lang="nl")}
    assert foreign == {
        "Elke school doet mee.",
        "Minder en bredere dossiers.",
        "Tweede brief",
        "Voortgang",
        "Webpagina",
        "eerst alleen in het mbo",
        "middelbaar beroepsonderwijs",
        "mondeling, later op de webpagina",
        "niet meer nodig",
        "opgegaan in de dossiers",
        "scholen",
        "waarvan de helft voor leraren",
        "“over een paar jaar”",
        "“schooljaar 2012/2013”",
        "“zomer 2015”",
    }
    (sector,) = (option for option in shown.all("option") if option.attributes["value"] == "mbo")
    assert sector.attributes["lang"] == "nl"
    assert not any(tree(language="nl").all("bdi", lang="nl"))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "index.html",
            [
                "en/index.html",
                "nl/all.ics",
                "nl/milestones.csv",
                "api/v2/programme.json",
                "nl/timeline.svg",
                "nl/changes.atom",
                "feeds.json",
            ],
        ),
        (
            "en/index.html",
            [
                "../index.html",
                "../en/all.ics",
                "../en/milestones.csv",
                "../api/v2/programme.json",
                "../en/timeline.svg",
                "../en/changes.atom",
                "../feeds.json",
            ],
        ),
    ],
)
def test_what_is_published_beside_it(path: str, expected: list[str]) -> None:
    """Each page links to the other language, its feeds and the data, from where it stands."""
    shown = Tree(pages(SHARED, DAY)[path])
    links = [link.attributes.get("href") or "" for link in shown.all("a")]
    files = [link for link in links if link and not link.startswith(("#", "https:"))]
    assert [link for link in files if not link.endswith(".ics") or "all" in link] == expected
    assert sum(link.endswith(".ics") for link in files) == 9
    languages = [link.attributes["href"] for link in shown.all("link", rel="alternate")]
    assert languages == [expected[0], expected[5]]


@pytest.mark.parametrize(
    ("due", "page_language", "told", "language"),
    [
        # What names no day is told in the words of the source.
        ('{ words = "doorlopend" }', "nl", "“doorlopend”", None),
        ('{ words = "doorlopend" }', "en", "“doorlopend”", "nl"),
        ('{ words = { nl = "doorlopend", en = "ongoing" } }', "nl", "doorlopend", None),
        ('{ words = { nl = "doorlopend", en = "ongoing" } }', "en", "ongoing", None),
        ('{ words = { nl = "doorlopend", fr = "en continu" } }', "en", "doorlopend", "nl"),
        # Words that tell more stand beside the date, as the file has them.
        ('{ words = "na de examens", edtf = "2014-22" }', "nl", "“na de examens”", None),
        ('{ words = "na de examens", edtf = "2014-22" }', "en", "“na de examens”", "nl"),
        (
            '{ words = { nl = "na de examens", en = "after the exams" }, edtf = "2014-22" }',
            *("nl", "na de examens", None),
        ),
        (
            '{ words = { nl = "na de examens", en = "after the exams" }, edtf = "2014-22" }',
            *("en", "after the exams", None),
        ),
        (
            '{ words = { nl = "na de examens", fr = "après les examens" }, edtf = "2014-22" }',
            *("en", "na de examens", "nl"),
        ),
    ],
)
def test_language_of_words(due: str, page_language: str, told: str, language: str | None) -> None:
    """The words of a date say which language they are in, where it is not that of the page."""
    programme = loads(changed("due = 2014-08-01", f"due = {due}"))
    shown = tree(programme=programme, language=page_language)
    found = [element for element in shown.all("bdi") if element.text == told]
    assert {element.attributes.get("lang") for element in found} == {language}


@pytest.mark.parametrize(
    ("tag", "ours", "kind"),
    [("de", "de", "Bericht oder Schreiben"), ("es", "en", "report or letter")],
)
def test_programme_in_another_language(tag: str, ours: str, kind: str) -> None:
    """A programme has its own language at the root, or English where we do not speak that."""
    text = PROGRAMME.replace("nl =", f"{tag} =").replace('"nl"', f'"{tag}"')
    text = re.sub(r', en = "[^"]*"', "", text)
    written = pages(loads(text), DAY)
    assert [*written] == ["index.html"]
    shown = Tree(written["index.html"])
    assert shown.one("html").attributes["lang"] == ours
    assert kind in shown.one("article", id="measure:files").text
    foreign = {element.text for element in shown.all("bdi") if "lang" in element.attributes}
    assert ("Voortgang" in foreign) is (tag != ours)


ITALIAN = """\
[programme]
id = "piano"
title = "Piano"
language = "it"
timezone = "Europe/Rome"
[[source]]
id = "decreto"
title = "Decreto"
published = 2021-07-13
[[measure]]
id = "giustizia"
title = "Giustizia"
source = "decreto"
[[measure.milestone]]
id = "legge"
title = "Legge"
kind = "decision"
due = "entro il 31 dicembre 2021"
"""
# The title of a programme in Italian · the title on each page of its site.
TITLES = {
    "in one language": ('"Piano"', {"it": "Piano"}),
    "in three": (
        '{ it = "Piano", en = "Plan", fr = "Programme" }',
        {"it": "Piano", "en": "Plan", "fr": "Programme"},
    ),
    "in one that we do not speak": ('{ it = "Piano", es = "Programa" }', {"it": "Piano"}),
    "in that of a region": ('{ it = "Piano", de-AT = "Plan" }', {"it": "Piano"}),
}


@pytest.mark.parametrize(("title", "titles"), TITLES.values(), ids=TITLES)
def test_languages_of_a_site(title: str, titles: dict[str, str]) -> None:
    """A site is in the languages of its programme, and each page links to it in every other."""
    programme = loads(ITALIAN.replace('title = "Piano"', f"title = {title}"))
    folders = {tag: "" if tag == "it" else f"{tag}/" for tag in titles}
    files = site(programme, DAY)
    assert {path for path in files if path.endswith(".html")} == {
        f"{folder}index.html" for folder in folders.values()
    }
    assert {path.partition("/")[0] for path in files if "/" in path} == {"api", *folders}
    for language, folder in folders.items():
        shown = Tree(files[f"{folder}index.html"].decode())
        assert shown.one("html").attributes["lang"] == language
        assert shown.one("h1").text == titles[language]
        others = {tag: path for tag, path in folders.items() if tag != language}
        for name in "link", "a":
            links = [link for link in shown.all(name) if "hreflang" in link.attributes]
            found = {
                link.attributes["hreflang"]: posixpath.normpath(
                    posixpath.join(folder, link.attributes["href"] or "")
                )
                for link in links
            }
            assert found == {tag: f"{path}index.html" for tag, path in others.items()}
        names = [link.text for link in shown.all("a", class_="other")]
        assert names == [NAMES[tag] for tag in others]
        langs = [link.attributes["lang"] for link in shown.all("a", class_="other")]
        assert langs == [*others]


NAMES = {"nl": "Nederlands", "en": "English", "fr": "Français", "de": "Deutsch", "it": "Italiano"}


# --- links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "hidden"),
    [("2015-07-01", True), ("2015-07-02", False), ("2015-10-01", False), ("2015-10-02", True)],
)
def test_snooze(day: str, *, hidden: bool) -> None:
    """It is told beside the standing, from the day that it was given through its last."""
    before, _, after = PROGRAMME.partition("[measure.milestone.dropped]")
    programme = loads(before + after[after.index("[measure.milestone.snoozed]") :])
    snooze = tree(programme=programme, day=dt.date.fromisoformat(day)).one("small", class_="snooze")
    assert snooze.text == "aangehouden t/m 1 oktober 2015 door redactie: wordt nagevraagd"
    assert snooze.hidden is hidden


def test_what_was_only_reported_is_not_said_to_be_promised() -> None:
    """What its own source reports as met has no promise in its history."""
    dropped = PROGRAMME.partition("[measure.milestone.dropped]")[2]
    met = 'on = 2012\nsource = "letter-2013"\n'
    text = PROGRAMME.replace(f"dropped]{dropped}", f"met]\n{met}")
    (history,) = tree(programme=loads(text)).all("li", id="files/progress")
    assert "toegezegd" not in history.text
    assert "gerealiseerd: 2012" in history.text


def test_subscribing_at_a_known_address() -> None:
    """Each feed of the language has its links, each as its client wants it."""
    feed = Feed(
        path="nl/sector-mbo.ics",
        language="nl",
        scope=Scope.SECTOR,
        of="mbo",
        title="Mbo & meer",
        items=1,
        content=b"",
    )
    shown = Tree(
        page(
            as_of(SHARED, DAY),
            feeds=[feed, attrs.evolve(feed, language="en")],
            picture="",
            language="nl",
            address=ADDRESS,
        )
    )
    links = [(link.text, link.attributes.get("href") or "") for link in shown.all("a")]
    assert [link for link in links if "sector-mbo.ics" in link[1]] == [
        ("Abonneren", "webcal://example.org/promises/nl/sector-mbo.ics"),
        (
            "Google",
            "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fexample.org%2Fpromises%2Fnl%2Fsector-mbo.ics",
        ),
        (
            "Outlook",
            "https://outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2Fexample.org%2Fpromises%2Fnl%2Fsector-mbo.ics&name=Mbo%20%26%20meer",
        ),
        (
            "Outlook (werk)",
            "https://outlook.office.com/calendar/0/addfromweb?url=https%3A%2F%2Fexample.org%2Fpromises%2Fnl%2Fsector-mbo.ics&name=Mbo%20%26%20meer",
        ),
        (
            "https://example.org/promises/nl/sector-mbo.ics",
            "https://example.org/promises/nl/sector-mbo.ics",
        ),
    ]
    assert [part.text for part in shown.all("summary")][-1] == "Per sector"


def test_todos_are_offered_to_who_reads_them() -> None:
    """Google and Outlook show nothing of a calendar of to-dos."""
    shown = tree(address=ADDRESS)
    named = [link.attributes.get("href") or "" for link in shown.all("a")]
    assert [link for link in named if "todo.ics" in link] == [
        "webcal://example.org/promises/nl/todo.ics",
        "https://example.org/promises/nl/todo.ics",
    ]


def test_subscribing_without_an_address() -> None:
    """The file itself is linked, and a sentence says what is missing."""
    shown = tree()
    assert [link.attributes["href"] for link in shown.all("a", class_="address")][:2] == [
        "nl/all.ics",
        "nl/deadlines.ics",
    ]
    assert all(link.hidden for link in shown.all("a", **{"data-to": "webcal"}))
    assert shown.one("p", id="no-address").text.startswith("Abonneren kan met het adres")


# --- text stays text ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("address", [None, ADDRESS])
def test_text_stays_text(language: str, address: str | None) -> None:
    """Whatever a text holds, it is read as it is written, and adds nothing to the page."""
    options = {
        "language": language,
        "address": address,
        "day": dt.date(2026, 1, 1),
        "picture": "<svg></svg>",  # which has texts of its own
    }
    shown, plain = tree(programme=hostile(SHARED), **options), tree(**options)
    kept = [element.tag for element in shown.elements if element.tag not in {"bdi", "small"}]
    assert kept == [
        element.tag for element in plain.elements if element.tag not in {"bdi", "small"}
    ]
    assert {name for element in shown.elements for name in element.attributes} <= {
        name for element in plain.elements for name in element.attributes
    }
    assert shown.one("title").text == shown.one("h1").text == HOSTILE
    titles = [part.text for part in (*shown.all("h3"), *shown.all("h4"))]
    assert titles.count(f"{HOSTILE} {HOSTILE}") == len(SHARED.measures)
    assert titles.count(HOSTILE) >= 2
    assert json.loads(shown.one("script", id="for-script").text)["timezone"] == "Europe/Amsterdam"


def test_text_of_either_direction_keeps_to_itself() -> None:
    """A text that runs the other way turns nothing around it: each stands in an element apart."""
    text = written(programme=hostile(SHARED), picture="<svg></svg>")
    apart = re.findall(r"<(?:bdi|h\d|option|title)\b[^>]*>([^<]*\u202e[^<]*)</", text)
    assert text.count("\u202e") == "".join(apart).count("\u202e")


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b&c", True),
        ("http://example.org/", True),
        ("javascript:alert(1)", False),
        (" https://example.org/", False),
        ("data:text/html,x", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url: str | None, *, linked: bool) -> None:
    """A source with another sort of address, made unchecked, is told without a link."""
    with trusted():
        source = Source(id="letter", title=Texts((("nl", "Brief"),)), url=url)
    programme = attrs.evolve(SHARED, sources=(source,), measures=())
    links = [link.attributes.get("href") for link in tree(programme=programme).all("a")]
    assert (url in links) is (linked or url is None)


# --- the policy -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("programme", "styles"),
    [(SHARED, 2), (attrs.evolve(SHARED, measures=()), 1)],
    ids=["with a picture", "without"],
)
def test_policy_allows_what_stands_in_the_page(programme: Programme, styles: int) -> None:
    """The hashes are of the very styles and the script in the page; nothing else is allowed."""
    text = written(programme)

    def hashes(pattern: str) -> list[str]:
        found = re.findall(pattern, text, re.DOTALL)
        digests = (hashlib.sha256(part.encode()).digest() for part in found)
        return [f"'sha256-{base64.b64encode(one).decode()}'" for one in digests]

    style, script = hashes("<style>(.*?)</style>"), hashes("<script>(.*?)</script>")
    assert (len(style), len(script)) == (styles, 1)
    policy = next(Tree(text).all("meta", **{"http-equiv": "Content-Security-Policy"}))
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src {' '.join(style)}; script-src {script[0]}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_nothing_is_loaded_and_nothing_is_inline() -> None:
    """No element asks for a file, and none carries a style or a handler."""
    shown = tree(programme=load())
    names = {name for element in shown.elements for name in element.attributes}
    assert not {name for name in names if name.startswith("on")} | {"src", "style"} & names
    assert {element.attributes["rel"] for element in shown.all("link")} == {"icon", "alternate"}


# --- its bytes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_shipped_page_is_light(language: str) -> None:
    """With its picture and every feed's buttons, the page stays under 300 kB."""
    assert len(written(load(), language=language, address=ADDRESS).encode()) < 300_000


def test_same_page_everywhere() -> None:
    """The page is the same whatever the machine's locale, time zone and hash seed."""
    script = (
        "import datetime as dt, hashlib, sites\n"
        "from betatech_milestones import load\n"
        "pages = sites.pages(load(), dt.date(2015, 2, 1))\n"
        "print(hashlib.sha256(repr(pages).encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), **setting},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for setting in (
            {"PYTHONHASHSEED": "1", "TZ": "Pacific/Apia", "LC_ALL": "C"},
            {"PYTHONHASHSEED": "2", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
        )
    }
    assert len(told) == 1
