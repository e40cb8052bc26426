"""The page as it is written: its words, its links, and that text stays text."""

import base64
import datetime as dt
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser

import attrs
import pytest
from programmes import PROGRAMME, changed
from sites import ADDRESS, HOSTILE, hostile, pages

from betatech_milestones import (
    Feed,
    Programme,
    Scope,
    Source,
    Status,
    Texts,
    as_of,
    feeds,
    load,
    loads,
    timeline,
)
from betatech_milestones.model.records import trusted
from betatech_milestones.website.page import page

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

MEASURE = {
    "nl": """
3.1 Dossiers
Minder en bredere dossiers.
Cluster Arbeidsmarkt
Sectoren middelbaar beroepsonderwijs
Verantwoordelijk Ministerie van OCW
Geld € 11.700.000 per jaar, 2012-2015; waarvan de helft voor leraren
Bronnen Brief, Kamerstuk 1; Tweede brief
Geschiedenis (2)
Van kracht
gerealiseerd inwerkingtreding, uiterlijk
26 februari 2013 toegezegd: 1 augustus 2014 (Kamerstuk 1)
1 mei 2014 verplaatst naar over een paar jaar
(1 augustus 2016 t/m 31 augustus 2016, bij benadering),
761 dagen later: meer tijd nodig (Tweede brief)
1 juni 2015 gerealiseerd: 1 juni 2015 (Tweede brief)
Cijfers: doel 3.500 dossiers
schooljaar 2012/2013 (1 augustus 2012 t/m 31 juli 2013): 152,5 dossiers (Kamerstuk 1)
Voortgang
vervallen voortgangsrapportage, voorzien
26 februari 2013 toegezegd zonder datum (Kamerstuk 1)
2 juli 2015 aangehouden t/m 1 oktober 2015 door redactie: wordt nagevraagd
1 juli 2015 vervallen: zomer 2015 (1 juni 2015 t/m 31 augustus 2015): niet meer nodig (Tweede brief)
""",
    "en": """
3.1 Files
Minder en bredere dossiers.
Cluster Labour market
Sectors middelbaar beroepsonderwijs
Responsible Ministry of Education
Money € 11,700,000 a year, 2012-2015; waarvan de helft voor leraren
Sources Letter, Kamerstuk 1; Tweede brief
History (2)
In force
met entry into force, deadline
26 February 2013 promised: 1 August 2014 (Kamerstuk 1)
1 May 2014 moved to over een paar jaar (1 August 2016 to 31 August 2016, approximately),
761 days later: more time needed (Tweede brief)
1 June 2015 met: 1 June 2015 (Tweede brief)
Numbers: goal 3,500 files
schooljaar 2012/2013 (1 August 2012 to 31 July 2013): 152.5 files (Kamerstuk 1)
Voortgang
dropped progress report, planned
26 February 2013 promised without a date (Kamerstuk 1)
2 July 2015 snoozed up to and including 1 October 2015 by redactie: being asked
1 July 2015 dropped: zomer 2015 (1 June 2015 to 31 August 2015): niet meer nodig (Tweede brief)
""",
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_measure(language: str) -> None:
    """A measure has its money, its numbers, its moves with their reasons, and its sources."""
    article = tree(day=dt.date(2026, 1, 1), language=language).one("article", id="measure:files")
    assert article.text == " ".join(MEASURE[language].split())


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


PROMISED = "26 februari 2013 toegezegd: 1 augustus 2014 (Kamerstuk 1)"
MOVED = (
    "1 mei 2014 verplaatst naar over een paar jaar (1 augustus 2016 t/m 31 augustus 2016, "
    "bij benadering), 761 dagen later: meer tijd nodig (Tweede brief)"
)
MEASURED = "schooljaar 2012/2013 (1 augustus 2012 t/m 31 juli 2013): 152,5 dossiers (Kamerstuk 1)"


@pytest.mark.parametrize(
    ("day", "told", "measured"),
    [
        (dt.date(2013, 2, 25), PROMISED, ""),
        (dt.date(2014, 4, 30), PROMISED, MEASURED),
        (dt.date(2014, 5, 1), f"{PROMISED} {MOVED}", MEASURED),
    ],
)
def test_what_is_not_known_yet_is_hidden(day: dt.date, told: str, measured: str) -> None:
    """What is moved, measured or done after the day is there for the script, but not shown."""
    assert [story.text for story in tree(day=day).all("ul", class_="history")] == [
        told,
        measured,
        "26 februari 2013 toegezegd zonder datum (Kamerstuk 1)",
    ]


def test_standings() -> None:
    """The list has the standings of the report, in its order, under their statuses and counts."""
    report = as_of(load(), DAY)
    shown = tree(programme=load())
    ids = [item.attributes["data-id"] for item in shown.all("li") if "data-id" in item.attributes]
    assert ids == [standing.milestone.full_id for standing in report.standings]
    counts = [count.text for count in shown.all("span", class_="count")]
    assert counts == [str(report.counts[status]) for status in Status]
    assert [group.hidden for group in shown.all("section", class_="group")] == [
        report.counts[status] == 0 for status in Status
    ]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        (PROGRAMME, True),
        (PROGRAMME.partition("[[measure.milestone]]")[0], False),
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
        "Minder en bredere dossiers.",
        "Tweede brief",
        "Voortgang",
        "Webpagina",
        "middelbaar beroepsonderwijs",
        "niet meer nodig",
        "over een paar jaar",
        "schooljaar 2012/2013",
        "waarvan de helft voor leraren",
        "zomer 2015",
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
                "api/v1/programme.json",
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
                "../api/v1/programme.json",
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
    assert sum(link.endswith(".ics") for link in files) == 8
    languages = [link.attributes["href"] for link in shown.all("link", rel="alternate")]
    assert languages == [expected[0], expected[5]]


def test_programme_in_another_language() -> None:
    """A programme that is neither Dutch nor English has the English page first."""
    german = loads(PROGRAMME.replace("nl =", "de =").replace('language = "nl"', 'language = "de"'))
    shown = Tree(pages(german, DAY)["index.html"])
    assert shown.one("html").attributes["lang"] == "en"
    assert {element.text for element in shown.all("bdi", lang="de")} >= {"Voortgang", "zomer 2015"}


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
    assert titles.count(f"{HOSTILE} {HOSTILE}") == 1
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
    """With its picture and every feed's buttons, the page stays under 250 kB."""
    assert len(written(load(), language=language, address=ADDRESS).encode()) < 250_000


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
