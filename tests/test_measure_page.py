"""The page of a measure: its words, its links, what it depends on, and that text stays text."""

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import attrs
import hypothesis.strategies as st
import pytest
from generate import programme_text
from hypothesis import given
from programmes import PROGRAMME, SHIPPED, changed
from sites import ADDRESS, EVERY_GROUP, HOSTILE, hostile
from strategies import grown, programmes
from trees import Element, Tree

from betatech_milestones import (
    Measure,
    Milestone,
    Programme,
    Publisher,
    Source,
    Standing,
    Texts,
    Voice,
    course,
    loads,
)
from betatech_milestones.analysis.report import standing_on
from betatech_milestones.model.records import trusted
from betatech_milestones.voice import languages_of
from betatech_milestones.website.assets import POLICY
from betatech_milestones.website.measure import measure_inputs, measure_page
from betatech_milestones.website.parts import digests
from betatech_milestones.website.telling import (
    Relations,
    Spell,
    course_rows,
    lasting,
)

DAY = dt.date(2015, 2, 1)
LATER = dt.date(2026, 1, 1)
SHARED = loads(PROGRAMME)
EVERY = loads(EVERY_GROUP)


def written(
    programme: Programme = SHARED,
    measure: str = "files",
    *,
    day: dt.date = DAY,
    language: str = "nl",
    address: str | None = None,
) -> str:
    relations = Relations.of(programme)
    return measure_page(
        relations, relations.measures[measure], day, language=language, address=address
    )


def tree(*given: object, **options: object) -> Tree:
    return Tree(written(*given, **options))  # type: ignore[arg-type]  # passed on


def all_pages(
    programme: Programme, day: dt.date, language: str, address: str | None = None
) -> Iterator[str]:
    relations = Relations.of(programme)
    for measure in programme.measures:
        yield measure_page(relations, measure, day, language=language, address=address)


# --- what it says ---------------------------------------------------------------------------------

PAGES = {
    ("nl", "files"): """
Maatregelen Arbeidsmarkt English
3.1 Dossiers
Minder en bredere dossiers.
Verantwoordelijk Ministerie van OCW
Sectoren middelbaar beroepsonderwijs
Geld € 11.700.000 per jaar, 2012-2015; waarvan de helft voor leraren
Jongste vermelding: 1 juli 2015. Iets nieuwers is hier niet vastgelegd.
2014 2015 2016
Van kracht
gerealiseerd inwerkingtreding, uiterlijk
26 februari 2013 aangekondigd: 1 augustus 2014 (Kamerstuk 1)
1 mei 2014 verplaatst naar rond augustus 2016
(“over een paar jaar”; 1 augustus 2016 tot en met 31 augustus 2016, bij benadering),
761 dagen later: meer tijd nodig (Tweede brief)
1 juli 2015 gerealiseerd: 1 juni 2015; auteur van de bron niet vastgelegd; 304 dagen na de eerste
termijn
(Tweede brief)
Cijfers: doel 3.500 dossiers
schooljaar 2012/2013 (1 augustus 2012 tot en met 31 juli 2013): 152,5 dossiers (Kamerstuk 1)
Verbeter dit
Voortgang
vervallen rapport of brief, voorzien
26 februari 2013 aangekondigd zonder datum (Kamerstuk 1)
1 juli 2015 vervallen: zomer 2015 (1 juni 2015 tot en met 31 augustus 2015): niet meer nodig;
auteur van de bron niet vastgelegd (Tweede brief)
2 juli 2015 aangehouden t/m 1 oktober 2015 door redactie: wordt nagevraagd
Verbeter dit
Leraren geraadpleegd
Leraren
vervangen
Bronnen
Brief, Kamerstuk 1, 26 februari 2013
Tweede brief, 1 juli 2015
iCalendar Atom
Uitgever: Ministerie
""",
    ("en", "files"): """
Measures Labour market Nederlands
3.1 Files
Minder en bredere dossiers.
Responsible Ministry of Education
Sectors middelbaar beroepsonderwijs
Money € 11,700,000 a year, 2012-2015; waarvan de helft voor leraren
Newest statement: 1 July 2015. Nothing newer is recorded here.
2014 2015 2016
In force
met entry into force, deadline
26 February 2013 promised: 1 August 2014 (Kamerstuk 1)
1 May 2014 moved to around August 2016
(“over een paar jaar”; 1 August 2016 to 31 August 2016, approximately),
761 days later: more time needed (Tweede brief)
1 July 2015 met: 1 June 2015; author of the source not recorded; 304 days after its first term
(Tweede brief)
Numbers: goal 3,500 files
school year 2012/2013 (“schooljaar 2012/2013”; 1 August 2012 to 31 July 2013):
152.5 files (Kamerstuk 1)
Mend this
Voortgang
dropped report or letter, planned
26 February 2013 promised without a date (Kamerstuk 1)
1 July 2015 dropped: summer 2015 (“zomer 2015”; 1 June 2015 to 31 August 2015): niet meer nodig;
author of the source not recorded (Tweede brief)
2 July 2015 snoozed up to and including 1 October 2015 by redactie: being asked
Mend this
Teachers consulted
Teachers
replaced
Sources
Letter, Kamerstuk 1, 26 February 2013
Tweede brief, 1 July 2015
iCalendar Atom
Publisher: Ministerie
""",
    ("nl", "teachers"): """
Maatregelen English
Leraren
Geld € 250.000 in totaal, voor elk van 12 ontvangers
Nummer L2
Jongste vermelding: 2 september 2015. Iets nieuwers is hier niet vastgelegd.
Leraren geraadpleegd
vervangen Raadpleging, voorzien, L2.1
Elke school doet mee.
Verantwoordelijk: Ministerie van OCW
Ook onderdeel van: Dossiers
1 juli 2015 aangekondigd: doorlopend (Tweede brief) eerst alleen in het mbo
31 augustus 2015 in uitvoering (nagegaan door de onderzoekers): drie scholen zijn klaar
(Webpagina)
ongedateerd, gelezen op 1 september 2015
vervangen: dag onbekend; door Van kracht: opgegaan in de dossiers;
volgens de verantwoordelijke zelf (Webpagina)
2 september 2015 doel nu 12; nu verantwoordelijk: Ministerie van OCW
(Tweede brief) (Webpagina) mondeling, later op de webpagina
Cijfers: doel 12 scholen; beginstand 1
2015 (1 januari 2015 tot en met 31 december 2015): 3 scholen (gepland) (Tweede brief)
Verbeter dit
Bronnen
Tweede brief, 1 juli 2015
Webpagina, ongedateerd, gelezen op 1 september 2015 (gearchiveerde kopie)
iCalendar Atom
Uitgever: Ministerie
""",
    ("en", "teachers"): """
Measures Nederlands
Teachers
Money € 250,000 in total, for each of 12 recipients
Code L2
Newest statement: 2 September 2015. Nothing newer is recorded here.
Teachers consulted
replaced Consultation, planned, L2.1
Elke school doet mee.
Responsible: Ministry of Education
Also part of: Files
1 July 2015 promised: ongoing (Tweede brief) eerst alleen in het mbo
31 August 2015 under way (checked by de onderzoekers): three schools are done (Webpagina)
undated, read on 1 September 2015
replaced: day unknown; by In force: opgegaan in de dossiers;
claimed by those who answer for it (Webpagina)
2 September 2015 goal now 12; now answered for by Ministry of Education
(Tweede brief) (Webpagina) mondeling, later op de webpagina
Numbers: goal 12 scholen; baseline 1
2015 (1 January 2015 to 31 December 2015): 3 scholen (planned) (Tweede brief)
Mend this
Sources
Tweede brief, 1 July 2015
Webpagina, undated, read on 1 September 2015 (archived copy)
iCalendar Atom
Publisher: Ministerie
""",
}


@pytest.mark.parametrize(("language", "measure"), PAGES, ids=str)
def test_the_whole_page(language: str, measure: str) -> None:
    """It has the money, the numbers, all that was said with who says so, and the sources."""
    shown = tree(SHARED, measure, day=LATER, language=language)
    assert shown.one("body").text == " ".join(PAGES[language, measure].split())


def stands(shown: Tree, milestone: str) -> Element:
    """The sign of a milestone that is told in full."""
    first = next(
        number
        for number, element in enumerate(shown.elements)
        if (element.tag, element.attributes.get("id")) == ("article", milestone)
    )
    return next(
        element
        for element in shown.elements[first:]
        if (element.attributes.get("class") or "").startswith("how ")
    )


@pytest.mark.parametrize("language", ["nl", "en", "fr", "de", "it"])
@pytest.mark.parametrize("day", ["2013-02-26", "2014-02-01", "2015-03-01", "2016-01-15"])
def test_since_when_it_stands_so(day: str, language: str) -> None:
    """A standing is told by its day; the script puts the time since then in place of that."""
    title = ", ".join(f'{tag} = "Plan"' for tag in ("nl", "en", "fr", "de", "it"))
    programme = loads(EVERY_GROUP.replace('nl = "Plan", en = "Plan"', title))
    voice, on = Voice(language), dt.date.fromisoformat(day)
    for measure in programme.measures:
        text = written(programme, measure.id, day=on, language=language)
        shown = Tree(text)
        for milestone in measure.milestones:
            standing = standing_on(milestone, on)
            sign = stands(shown, milestone.id)
            assert sign.attributes["class"] == f"how {key_of(standing)}"
            if not sign.hidden:
                assert sign.text == " ".join(voice.standing_since(standing).split())
            article = text.partition(f'id="{milestone.id}"')[2].partition("</p>")[0]
            aged = re.sub(r'<time datetime="(\S+)" data-age="([^"]*)">[^<]*', r"\2<\1>", article)
            told = re.sub(r"<[^>]*>", "", aged.partition('<bdi class="how')[2].partition(">")[2])
            assert told.startswith(voice.status(standing, age="{age}"))
            counted = standing.turn.counted
            assert re.findall(r"<(\d{4}-\d\d-\d\d)>", aged) == ([str(counted)] if counted else [])


def key_of(standing: Standing) -> str:
    return "fact" if standing.milestone.is_fact else standing.evidence or standing.status


def test_the_turns_to_come() -> None:
    """The script gets those that follow the standing which is told, and nothing where none do."""
    for day in (dt.date(2013, 2, 25), dt.date(2013, 7, 1), DAY, LATER):
        for measure in EVERY.measures:
            shown = tree(EVERY, measure.id, day=day, language="en")
            for milestone in measure.milestones:
                coming = [
                    [*row]
                    for row, turn in zip(
                        course_rows(milestone, Voice("en")), course(milestone), strict=True
                    )
                    if turn.day > day
                ]
                if course(milestone)[0].day > day:
                    del coming[0]  # it is that which is told
                told = stands(shown, milestone.id).attributes.get("data-course")
                assert json.loads(told or "[]") == coming
                assert told != "[]"


def test_what_is_verified_later() -> None:
    """A source that comes later can tell more of the same outcome, and is told from its day on."""
    told = [tree(EVERY, "second", day=dt.date(2016, 1, day)) for day in (14, 15)]
    texts = [shown.one("article", id="met").text for shown in told]
    label = Voice("nl").label
    assert [label("reported by unknown") in text for text in texts] == [True, False]
    assert [label("verified") in text for text in texts] == [False, True]
    assert ["(Webpagina)" in text for text in texts] == [True, True]
    assert ["(Onderzoek)" in text for text in texts] == [False, True]
    later = [part for part in told[0].all("span") if "data-from" in part.attributes]
    assert {part.attributes["data-from"] for part in later} == {"2016-01-15"}
    assert not any("data-until" in part.attributes for part in told[1].all("span"))


# The day · who answers for the milestone, and the number to reach.
HANDED_OVER = {
    "2014-04-30": ("Verantwoordelijk: SBB", "Cijfers: doel 10 scholen; beginstand 1"),
    "2014-05-01": ("Verantwoordelijk: OCW, SBB", "Cijfers: doel 20 scholen; beginstand 1"),
}


@pytest.mark.parametrize("day", HANDED_OVER)
def test_who_answers_for_it_on_the_day(day: str) -> None:
    """Who is to answer for it later is not told before that is announced, nor is another goal."""
    shown = tree(EVERY, "second", day=dt.date.fromisoformat(day))
    told = [part.text for part in shown.all("p") if not part.hidden]
    assert [part for part in told if part.startswith("Verantwoordelijk: ")] == [HANDED_OVER[day][0]]
    assert [part for part in told if part.startswith("Cijfers: ")] == [HANDED_OVER[day][1]]


def test_what_is_over_is_left_out() -> None:
    """No reader's day is before that of the page, so what was over by then is not there at all."""
    before = written(EVERY, "second", day=dt.date(2014, 4, 30))
    after = written(EVERY, "second", day=dt.date(2014, 5, 1))
    assert '<p data-until="2014-04-30">Verantwoordelijk: ' in before
    assert '<p data-from="2014-05-01" hidden>Verantwoordelijk: ' in before
    assert 'data-until="2014-04-30"' not in after
    assert 'data-from="2014-05-01"' not in after


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
    story = next(tree(programme).all("ul", class_="history"))
    assert f"1 mei 2014 verplaatst naar 1 september 2014{moved}: meer tijd nodig" in story.text


def test_everything_that_a_revision_changes() -> None:
    """The date, the number to reach and who answers for it are told in one line."""
    revised = 'announced = 2014-05-01\ngoal = 20\nbodies = ["ocw"]\n'
    text = PROGRAMME.replace("announced = 2014-05-01\n", revised)
    told = next(tree(loads(text)).all("ul", class_="history")).text
    assert "dagen later; doel nu 20; nu verantwoordelijk: Ministerie van OCW: meer" in told
    nobody = text.replace('bodies = ["ocw"]\n', "bodies = []\n", 1)
    nobody = text.replace('goal = 20\nbodies = ["ocw"]', "bodies = []")
    told = next(tree(loads(nobody)).all("ul", class_="history")).text
    assert "dagen later; nu verantwoordelijk: niemand genoemd: meer" in told


PROMISED = "26 februari 2013 aangekondigd: 1 augustus 2014 (Kamerstuk 1)"
MOVED = (
    "1 mei 2014 verplaatst naar rond augustus 2016 (“over een paar jaar”; "
    "1 augustus 2016 tot en met 31 augustus 2016, bij benadering), 761 dagen later: meer tijd nodig"
)
MET = (
    "(Tweede brief) 1 juli 2015 gerealiseerd: 1 juni 2015; "
    "auteur van de bron niet vastgelegd; 304 dagen na de eerste termijn (Tweede brief)"
)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2013-07-30", PROMISED),
        ("2014-04-30", PROMISED),
        # The document that tells of it appeared only later.
        ("2014-05-01", f"{PROMISED} {MOVED}"),
        ("2015-06-30", f"{PROMISED} {MOVED}"),
        ("2015-07-01", f"{PROMISED} {MOVED} {MET}"),
    ],
)
def test_what_is_not_known_yet_is_hidden(day: str, told: str) -> None:
    """What is said after the day is there for the script, but not shown."""
    shown = tree(day=dt.date.fromisoformat(day))
    assert next(shown.all("ul", class_="history")).text == told
    sources = [item for item in shown.all("li") if item.text.startswith("Tweede brief, ")]
    assert [item.hidden for item in sources] == [day < "2015-07-01"]
    later = [item for item in shown.all("li") if item.hidden]
    assert {item.attributes["data-from"] for item in later} == {
        it for it in ("2014-05-01", "2015-07-01", "2015-07-02") if it > day
    }


def test_what_nobody_knew_of_is_hidden() -> None:
    """A milestone is there from the day on which its promise was public."""
    for day, hidden in (dt.date(2016, 1, 14), True), (dt.date(2016, 1, 15), False):
        shown = tree(EVERY, "third", day=day)
        assert shown.one("article", id="start").hidden is hidden
        assert any(part.text.startswith("Jongste") for part in shown.all("p")) is not hidden
    shown = tree(EVERY, "third", day=dt.date(2013, 1, 1))
    assert shown.one("h1").text == "Derde"


def test_money_that_is_known_later() -> None:
    """A budget is told from when its source was known, or else that of its measure."""
    for day, hidden in (dt.date(2015, 2, 28), True), (dt.date(2015, 3, 1), False):
        (money,) = (
            part
            for part in tree(EVERY, "first", day=day).all("dd")
            if "€" in part.text or part.hidden
        )
        assert money.hidden is hidden


def test_what_was_only_reported_is_not_said_to_be_promised() -> None:
    """What its own source reports as met has no promise in its history."""
    dropped = PROGRAMME.partition("[measure.milestone.dropped]")[2]
    met = 'on = 2012\nsource = "letter-2013"\n'
    text = PROGRAMME.replace(f"dropped]{dropped}", f"met]\n{met}")
    story = tree(loads(text)).one("article", id="progress").text
    assert "aangekondigd:" not in story
    assert "gerealiseerd: 2012" in story
    fact = tree(EVERY, "second").one("article", id="fact").text
    assert fact.startswith("Gemeld gemeld als gedaan start, geen aankondiging vastgelegd, S.9 ")
    assert "26 februari 2013 gemeld als gedaan: 2012" in fact
    assert "aangekondigd:" not in fact


def test_a_page_that_bears_no_day_is_told_by_when_it_was_read() -> None:
    """No statement is said to be of a day that its source does not bear."""
    read = "Undated pages were read up to 1 September 2015. Nothing newer is recorded here."
    day = dt.date(2015, 9, 1)
    notes = [it.text for it in tree(EVERY, "second", day=day, language="en").all("p")]
    assert f"Newest dated statement: 1 March 2015. {read}" in notes
    text = EVERY_GROUP.replace('"2013-12"', "2013-12-31").replace("\npublished =", "\nseen =")
    undated = loads(text)
    notes = [it.text for it in tree(undated, "second", day=day, language="en").all("p")]
    assert read in notes


def test_a_kind_that_tells_nothing_is_not_told() -> None:
    """That it is of no kind is no news; how firmly it was promised is."""
    text = EVERY_GROUP.replace('kind = "report"\ndue', 'kind = "other"\ndue', 1)
    told = [it.text for it in tree(loads(text), "first", language="en").all("small")]
    assert told[0] == "planned"
    assert next(tree(EVERY, "first", language="en").all("small")).text.endswith(", planned")


def test_a_snooze_of_ever() -> None:
    """A snooze that bears no day was always there."""
    text = PROGRAMME.replace("since = 2015-07-02\n", "")
    (item,) = (item for item in tree(loads(text)).all("li") if "aangehouden" in item.text)
    assert item.text == "aangehouden t/m 1 oktober 2015 door redactie: wordt nagevraagd"
    assert not item.hidden


def test_measure_with_nothing_to_draw() -> None:
    """Where no milestone has a date there is no axis; where there is none at all, no story."""
    assert not any(tree(SHARED, "teachers").all("svg"))
    assert any(tree(SHARED, "files").all("svg", class_="strip"))
    bare = attrs.evolve(SHARED.measures[0], milestones=(), summary=None, bodies=())
    shown = tree(attrs.evolve(SHARED, measures=(bare,)))
    assert not any(shown.all("article"))
    assert [item.text for item in shown.all("li")] == ["Brief, Kamerstuk 1, 26 februari 2013"]


# --- its head -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({}, "Minder en bredere dossiers."),
        ({"summary": None}, "Verantwoordelijk: Ministerie van OCW. Mijlpalen: 2."),
        ({"summary": None, "bodies": ()}, "Mijlpalen: 2."),
    ],
)
def test_who_shares_a_link_shows_what_it_is(changes: dict[str, Any], about: str) -> None:
    """The title, and the summary or else what there is, are for who has not opened the page."""
    measure = attrs.evolve(SHARED.measures[0], **changes)
    shown = tree(attrs.evolve(SHARED, measures=(measure,)))
    assert shown.one("title").text == "Dossiers – Maatregelen"  # noqa: RUF001  a dash
    assert shown.one("meta", property="og:title").attributes["content"] == "Dossiers"
    assert shown.one("meta", name="description").attributes["content"] == about


def test_its_own_address() -> None:
    """The canonical address is the one in the language of the page, where the site has one."""
    assert not any(tree().all("link", rel="canonical"))
    for language, folder in {"nl": "", "en": "en/"}.items():
        shown = tree(language=language, address=ADDRESS)
        link = shown.one("link", rel="canonical")
        assert link.attributes["href"] == f"{ADDRESS}{folder}measure/files.html"


def test_nothing_is_inline() -> None:
    """The style and the script stand beside the site; the policy allows nothing from elsewhere."""
    for page in all_pages(SHIPPED, LATER, "nl"):
        shown = Tree(page)
        names = {name for element in shown.elements for name in element.attributes}
        assert not {name for name in names if name.startswith("on")} | {"style"} & names
        assert not any(shown.all("style"))
        (script,) = shown.all("script")
        assert re.fullmatch(r"\.\./page\.js\?v=[0-9a-f]{8}", script.attributes["src"] or "")
        style = shown.one("link", rel="stylesheet").attributes["href"] or ""
        assert re.fullmatch(r"\.\./page\.css\?v=[0-9a-f]{8}", style)
    policy = next(shown.all("meta", **{"http-equiv": "Content-Security-Policy"}))
    assert policy.attributes["content"] == POLICY.replace("; ", ";")


# --- languages ------------------------------------------------------------------------------------


def test_language_of_each_text() -> None:
    """A text that is not in the page's language says which it is in, also when it is a date."""
    shown = [tree(SHARED, it, day=LATER, language="en") for it in ("files", "teachers")]
    assert {page.one("html").attributes["lang"] for page in shown} == {"en"}
    foreign = {element.text for page in shown for element in page.all("bdi", lang="nl")}
    assert foreign == {
        "Elke school doet mee.",
        "Minder en bredere dossiers.",
        "Ministerie",
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
    assert not any(tree(language="nl").all("bdi", lang="nl"))


def test_language_of_a_title() -> None:
    """The heading says so too."""
    programme = loads(PROGRAMME.replace('{ nl = "Dossiers", en = "Files" }', '"Dossiers"'))
    assert tree(programme, language="en").one("h1").attributes["lang"] == "nl"
    assert "lang" not in tree(programme, language="nl").one("h1").attributes


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
    shown = tree(programme, language=page_language)
    found = [element for element in shown.all("bdi") if element.text == told]
    assert {element.attributes.get("lang") for element in found} == {language}


def test_one_date_in_other_words() -> None:
    """Two milestones of one date each keep the words of their own source."""
    first = '{ words = "na de examens", edtf = "2014-22" }'
    second = '{ words = "na de toetsen", edtf = "2014-22" }'
    text = changed("due = 2014-08-01", f"due = {first}")
    text = text.replace('formerly = ["letter"]\n', f'formerly = ["letter"]\ndue = {second}\n')
    shown = tree(loads(text))
    for milestone, words in {"in-force": "na de examens", "progress": "na de toetsen"}.items():
        told = shown.one("article", id=milestone).text
        assert f"aangekondigd: zomer 2014 (“{words}”; 1 juni 2014 tot en met" in told


@pytest.mark.parametrize(
    ("tag", "ours", "kind"),
    [("de", "de", "Bericht oder Schreiben"), ("es", "en", "report or letter")],
)
def test_programme_in_another_language(tag: str, ours: str, kind: str) -> None:
    """A programme has its own language at the root, or English where we do not speak that."""
    text = re.sub(r', en = "[^"]*"', "", PROGRAMME.replace("nl =", f"{tag} ="))
    programme = loads(text.replace('"nl"', f'"{tag}"'))
    assert languages_of(programme) == (tag,)
    shown = tree(programme, language=tag, day=LATER)
    assert shown.one("html").attributes["lang"] == ours
    assert kind in shown.one("article", id="progress").text
    foreign = {element.text for element in shown.all("bdi") if "lang" in element.attributes}
    assert ("Voortgang" in foreign) is (tag != ours)
    assert not any("hreflang" in link.attributes for link in shown.all("link"))


def test_the_same_page_in_other_languages() -> None:
    """Each page links to itself in every other language of the programme, in its own words."""
    title = '{ nl = "Maatregelen", en = "Measures", fr = "Mesures" }'
    programme = loads(PROGRAMME.replace('{ nl = "Maatregelen", en = "Measures" }', title, 1))
    for language, ways in {
        "nl": {"en": "../en/", "fr": "../fr/"},
        "en": {"nl": "../../", "fr": "../../fr/"},
    }.items():
        shown = tree(programme, language=language)
        for tag in "link", "a":
            links = [link.attributes for link in shown.all(tag) if "hreflang" in link.attributes]
            found = {link["hreflang"]: link["href"] for link in links}
            assert found == {other: f"{way}measure/files.html" for other, way in ways.items()}
        others = [*shown.all("a", class_="other")]
        names = {"nl": "Nederlands", "en": "English", "fr": "Français"}
        assert [link.text for link in others] == [names[other] for other in ways]
        assert [link.attributes["lang"] for link in others] == [*ways]


def test_a_language_that_we_do_not_speak() -> None:
    """Its page has labels in English, and is called by its tag on the others."""
    text = PROGRAMME.replace("nl =", "es =").replace('"nl"', '"es"')
    own, english = (tree(loads(text), language=tag) for tag in ("es", "en"))
    assert {it.one("html").attributes["lang"] for it in (own, english)} == {"en"}
    assert [link.text for link in own.all("a", class_="other")] == ["English"]
    (link,) = english.all("a", class_="other")
    assert (link.text, link.attributes["lang"]) == ("es", "es")
    assert link.attributes["href"] == "../../measure/files.html"


# --- links ----------------------------------------------------------------------------------------


def links(shown: Tree) -> list[tuple[str, str | None]]:
    return [
        (link.text, link.attributes.get("href"))
        for link in shown.all("a")
        if link.text and not link.hidden
    ]


@pytest.mark.parametrize(("language", "up"), [("nl", ".."), ("en", "../..")])
def test_where_it_leads(language: str, up: str) -> None:
    """To the overview, its cluster there, who answers for it, other measures, and its calendars."""
    shown = tree(SHARED, "files", day=LATER, language=language)
    found = [link for link in links(shown) if not (link[1] or "").startswith("https:")]
    name = {"nl": "Nederlands", "en": "English"}["en" if language == "nl" else "nl"]
    other = f"{up}/{'en/' if language == 'nl' else ''}measure/files.html"
    texts = {
        "nl": ("Maatregelen", "Arbeidsmarkt", "Ministerie van OCW", "Leraren geraadpleegd"),
        "en": ("Measures", "Labour market", "Ministry of Education", "Teachers consulted"),
    }[language]
    assert found == [
        (texts[0], "../index.html"),
        (texts[1], "../index.html#cluster:labour-market"),
        (name, other),
        (texts[2], "../body/ocw.html"),
        (texts[3], "../measure/teachers.html#survey"),
        ("iCalendar", f"{up}/{language}/measure-dossiers.ics"),
        ("Atom", f"{up}/{language}/measure-dossiers.atom"),
    ]
    atom = shown.one("link", type="application/atom+xml")
    assert atom.attributes["href"] == f"{up}/{language}/measure-dossiers.atom"


def test_what_took_its_place() -> None:
    """A milestone that was replaced leads to the other, on whatever page that is."""
    assert ("Van kracht", "../measure/files.html#in-force") in links(
        tree(SHARED, "teachers", day=LATER)
    )
    measures = tuple(it for it in SHARED.measures if it.id == "teachers")
    alone = tree(attrs.evolve(SHARED, measures=measures), "teachers", day=LATER)
    assert "door files/in-force: opgegaan" in alone.one("article", id="survey").text
    assert "Ook onderdeel van" not in alone.one("article", id="survey").text


def test_a_part_of_its_own_measure() -> None:
    """What a script makes a part of its own measure too is told there once."""
    survey = attrs.evolve(SHARED.measures[1].milestones[0], also=("teachers", "gone"))
    measure = attrs.evolve(SHARED.measures[1], milestones=(survey,))
    shown = tree(attrs.evolve(SHARED, measures=(measure,)), "teachers", day=LATER)
    assert "Ook onderdeel van" not in shown.one("main").text
    assert shown.one("main").text.count("Leraren geraadpleegd") == 1
    inputs_and_pages(attrs.evolve(SHARED, measures=(measure,)), LATER)


def test_subscribing() -> None:
    """One link subscribes; without an address, the page's script finds out the one it is at."""
    (unknown,) = tree().all("a", class_="button")
    assert unknown.hidden
    assert unknown.attributes["data-feed"] == "../nl/measure-dossiers.ics"
    (known,) = tree(address=ADDRESS).all("a", class_="button")
    assert not known.hidden
    assert known.attributes["href"] == "webcal://example.org/promises/nl/measure-dossiers.ics"
    plain = tree(address="http://example.org/").one("a", class_="button")
    assert plain.attributes["href"] == "webcal://example.org/nl/measure-dossiers.ics"


@pytest.mark.parametrize(
    ("changes", "text", "href", "line"),
    [
        ({}, "Verbeter dit", "https://example.org/data/milestones.toml", "files/in-force"),
        (
            {"repository": None},
            *("Meld een fout", "mailto:a@example.org?subject=Een%20fout%3A%20Van%20kracht"),
            None,
        ),
        ({"repository": None, "publisher": None}, None, None, None),
    ],
)
def test_mending(
    changes: dict[str, Any], text: str | None, href: str | None, line: str | None
) -> None:
    """Each milestone leads to the data file, where the script adds the line, or to a letter."""
    mend = [*tree(attrs.evolve(SHARED, **changes)).all("a", class_="mend")]
    if text is None:
        assert mend == []
        return
    first, second = mend
    assert first.text == second.text == text
    assert (first.attributes["href"] or "").startswith(href or "")
    assert first.attributes.get("data-line") == line
    assert second.attributes.get("data-line") == (line and "files/progress")


def test_publisher_without_an_address() -> None:
    """Who publishes it is named with a link where there is one, or else without."""
    publisher = Publisher(name=Texts({"nl": "Gemeente"}))
    shown = tree(attrs.evolve(SHARED, publisher=publisher))
    assert shown.one("footer").text.endswith("Uitgever: Gemeente")
    assert "Gemeente" not in {text for text, _ in links(shown)}
    assert ("Ministerie", "https://example.org") in links(tree())


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
        source = Source(
            id="letter", title=Texts((("nl", "Brief"),)), url=url, archived=url, seen=DAY
        )
        other = attrs.evolve(source, id="other")
        milestone = Milestone(id="m", title=source.title, source=other)
        measure = Measure(id="files", title=source.title, source=source, milestones=(milestone,))
    programme = attrs.evolve(SHARED, sources=(source,), measures=(measure,))
    named = [
        href for text, href in links(tree(programme)) if text in {"Brief", "gearchiveerde kopie"}
    ]
    assert named == ([url] * 5 if linked else [])


# --- addresses that stay --------------------------------------------------------------------------


def test_old_ids_are_places_too() -> None:
    """A milestone is found under the ids that it had before."""
    text = written()
    assert '<article class="row" id="progress">\n<a id="letter"></a>' in text


def test_a_milestone_that_went_to_another_measure() -> None:
    """Its old measure has a line of it, at its old place, that leads to the new one."""
    moved = EVERY_GROUP.replace('id = "start"\n', 'id = "start"\nformerly = ["first/begin"]\n')
    shown = tree(loads(moved), "first", day=LATER)
    (line,) = (item for item in shown.all("li") if item.text.startswith("Begin"))
    assert line.text == f"Begin Derde {Voice('nl').standing_since(START)}"
    assert shown.one("a", id="begin").text == ""
    assert ("Begin", "../measure/third.html#start") in links(shown)
    assert any(tree(loads(moved), "third").all("a", id="begin"))


START = standing_on(next(it for it in EVERY.by_id if it.full_id == "third/start"), LATER)


def test_no_two_places_have_one_name() -> None:
    """An old id that another milestone has now, or had too, is no second place."""
    text = EVERY_GROUP
    for milestone, formerly in {
        "unchecked": '"second/late", "second/old"',
        "no-news": '"third/old", "first/older"',
    }.items():
        own = f'id = "{milestone}"\n'
        text = text.replace(own, f"{own}formerly = [{formerly}]\n")
    programme = loads(text)
    shown = tree(programme, "first")
    places = [it.attributes["id"] for it in shown.elements if "id" in it.attributes]
    assert len(places) == len({*places})
    assert {"old", "older"} <= {*places}


def test_nothing_is_on_two_pages_in_full() -> None:
    """A milestone that is a part of two measures has a line with a link on the other page."""
    shown = tree(EVERY, "first", day=LATER)
    assert "met" not in {article.attributes["id"] for article in shown.all("article")}
    (line,) = (item for item in shown.all("li") if item.text.startswith("Gehaald"))
    assert line.text == "Gehaald Tweede gerealiseerd"
    assert not any("Onderzoek" in item.text for item in shown.all("li"))


# --- what it depends on ---------------------------------------------------------------------------


def inputs_and_pages(programme: Programme, day: dt.date) -> dict[str, tuple[str, list[str]]]:
    """The digest of the inputs of each measure, and its pages in all languages."""
    relations, digest = Relations.of(programme), digests()
    return {
        measure.id: (
            digest(measure_inputs(relations, measure, day)),
            [
                measure_page(relations, measure, day, language=language)
                for language in languages_of(programme)
            ],
        )
        for measure in programme.measures
    }


@pytest.mark.slow
@given(grown(), st.dates(dt.date(2008, 1, 1), dt.date(2030, 1, 1)))
def test_it_changes_with_its_inputs_alone(
    programmes: tuple[Programme, Programme], day: dt.date
) -> None:
    """Whatever is edited, where the inputs of a page are what they were, so is the page."""
    before, after = (inputs_and_pages(programme, day) for programme in programmes)
    for measure in before.keys() & after.keys():
        if before[measure][0] == after[measure][0]:
            assert before[measure][1] == after[measure][1]


@pytest.mark.slow
@given(programmes(), st.lists(st.dates(dt.date(2008, 1, 1), dt.date(2030, 1, 1)), min_size=2))
def test_it_changes_overnight_with_its_inputs_alone(
    programme: Programme, days: list[dt.date]
) -> None:
    """On whatever day, where the inputs of a page are those of another day, so is the page."""
    found: dict[tuple[str, str], list[str]] = {}
    for day in days:
        for measure, (inputs, pages) in inputs_and_pages(programme, day).items():
            assert found.setdefault((measure, inputs), pages) == pages


def test_the_days_on_which_a_milestone_is_told_otherwise() -> None:
    """Its turns, and when a later source, a number or a snooze of it became known."""
    relations = Relations.of(EVERY)
    days = {it.id: {*relations.changing_days(it)} for it in EVERY.by_id}
    turns = {milestone.id: {turn.day for turn in course(milestone)} for milestone in EVERY.by_id}
    assert days["met"] == turns["met"] >= {dt.date(2014, 5, 1), dt.date(2016, 1, 15)}
    assert days["dropped"] == turns["dropped"] | {dt.date(2014, 1, 5)}
    assert days["unchecked"] == turns["unchecked"]


def test_what_lasts() -> None:
    """What holds through a day is told on that day, and not on the next."""
    one = Spell("a", None, dt.date(2014, 4, 30))
    other = Spell("b", dt.date(2014, 5, 1), None)
    assert lasting([one, other], dt.date(2014, 4, 30)) == [one, other]
    assert lasting([one, other], dt.date(2014, 5, 1)) == [other]


EDITS = {
    "a note elsewhere": ('note = { nl = "eerst', 'note = { nl = "Eerst', {"files", "teachers"}),
    "a title elsewhere": ('nl = "Leraren", en', 'nl = "Docenten", en', {"files", "teachers"}),
    "a reason within": ("meer tijd nodig", "meer tijd", {"files"}),
    "what is replaced by it": ('nl = "Van kracht"', 'nl = "Geldig"', {"files", "teachers"}),
    "a measure of which it is a part": ('nl = "Dossiers"', 'nl = "Stukken"', {"files", "teachers"}),
    "a source of both": ('"Tweede brief"', '"Brief twee"', {"files", "teachers"}),
    "a cluster": ('"Arbeidsmarkt"', '"Werk"', {"files"}),
    "who publishes it": ('"Ministerie"', '"Departement"', {"files", "teachers"}),
    "where it is mended": ("data/milestones.toml", "milestones.toml", {"files", "teachers"}),
    "the programme": ('nl = "Maatregelen"', 'nl = "Plan"', {"files", "teachers"}),
    "whose day it is": ("Europe/Amsterdam", "Europe/Brussels", {"files", "teachers"}),
    "a budget": ("11_700_000", "11_700_001", {"files"}),
    "a line more": ("[[cluster]]", "\n\n[[cluster]]", set()),
    "who is nobody's": (
        "[[kind]]",
        '[[body]]\nid = "x"\nname = "X"\n[[kind]]',
        set(),
    ),
}


@pytest.mark.parametrize(("old", "new", "touched"), EDITS.values(), ids=EDITS)
def test_an_edit_touches_what_shows_it(old: str, new: str, touched: set[str]) -> None:
    """What is told on a page is among its inputs, and what is told elsewhere is not."""
    assert old in PROGRAMME
    before, after = (
        inputs_and_pages(loads(text), LATER) for text in (PROGRAMME, PROGRAMME.replace(old, new, 1))
    )
    assert {it for it in before if before[it][0] != after[it][0]} == touched


@pytest.mark.parametrize("programme", [SHARED, EVERY, SHIPPED], ids=["small", "groups", "shipped"])
def test_nothing_changes_overnight_without_news(programme: Programme) -> None:
    """From its last turn on, a page is what it is on every later day."""
    last = max(turn.day for milestone in programme.by_id for turn in course(milestone))
    days = (max(last, dt.date(2026, 12, 1)), dt.date(2126, 1, 1))
    one, other = (inputs_and_pages(programme, day) for day in days)
    assert one == other


# --- text stays text ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("address", [None, ADDRESS])
@pytest.mark.parametrize("measure", ["files", "teachers"])
def test_text_stays_text(measure: str, language: str, address: str | None) -> None:
    """Whatever a text holds, it is read as it is written, and adds nothing to the page."""
    options = {"language": language, "address": address}
    shown = tree(hostile(SHARED), measure, day=LATER, **options)
    plain = tree(SHARED, measure, day=LATER, **options)
    kept = [element.tag for element in shown.elements if element.tag not in {"bdi", "small", "a"}]
    added = [element.tag for element in plain.elements if element.tag not in {"bdi", "small", "a"}]
    assert {*kept} == {*added}
    assert {name for element in shown.elements for name in element.attributes} <= {
        name for element in plain.elements for name in element.attributes
    } | {"lang"}
    assert shown.one("h1").text in {HOSTILE, f"{HOSTILE} {HOSTILE}"}
    assert shown.one("meta", property="og:title").attributes["content"] == HOSTILE
    assert not any(shown.all("img"))


@pytest.mark.parametrize("measure", ["files", "teachers"])
def test_text_of_either_direction_keeps_to_itself(measure: str) -> None:
    """A text that runs the other way turns nothing around it: each stands in an element apart."""
    text = written(hostile(SHARED), measure)
    attributes = re.findall(r'content="([^"]*)"', text)
    apart = re.findall(r"<(?:bdi|title)\b[^>]*>([^<]*\u200f[^<]*)<", text)
    apart += re.findall(r"<h1 .*?</bdi>([^<]*\u200f[^<]*)</h1>", text)
    found = "".join((*attributes, *apart))
    assert text.count("\u200f") == found.count("\u200f")


# --- its bytes ------------------------------------------------------------------------------------


def test_pages_of_a_large_programme_are_light() -> None:
    """A measure of three milestones takes some 4 kB in one language: there are thousands."""
    text = re.sub(r', en = "[^"]*" }', " }", programme_text(120))
    sizes = [len(page.encode()) for page in all_pages(loads(text), LATER, "nl", ADDRESS)]
    assert sum(sizes) / len(sizes) < 4_700


def test_same_page_everywhere() -> None:
    """The page is the same whatever the machine's locale, time zone and hash seed."""
    script = (
        "import datetime as dt, hashlib\n"
        "from test_measure_page import EVERY, all_pages\n"
        "pages = [*all_pages(EVERY, dt.date(2015, 2, 1), 'nl')]\n"
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
