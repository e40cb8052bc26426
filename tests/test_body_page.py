"""The page of a body: what it answers for, and did, with links to where that is told."""

import datetime as dt
import itertools
import re

import pytest
from generate import programme_text
from hypothesis import given
from programmes import PROGRAMME, SHIPPED
from sites import ADDRESS, EVERY_GROUP, HOSTILE, hostile
from strategies import grown
from trees import Tree

from betatech_milestones import Programme, as_of, loads
from betatech_milestones.voice import languages_of
from betatech_milestones.website.body import MOST, body_inputs, body_page
from betatech_milestones.website.parts import digests
from betatech_milestones.website.telling import Relations

DAY = dt.date(2015, 3, 1)
SHARED = loads(PROGRAMME)
EVERY = loads(EVERY_GROUP)


def written(
    programme: Programme,
    body: str,
    *,
    day: dt.date = DAY,
    language: str = "nl",
    address: str | None = None,
) -> str:
    relations = Relations.of(programme)
    (found,) = (one for one in programme.bodies if one.id == body)
    return body_page(relations, found, day, language=language, address=address)


def tree(*given: object, **options: object) -> Tree:
    return Tree(written(*given, **options))  # type: ignore[arg-type]  # passed on


PAGE = """
Plan Wie waarvoor verantwoordelijk is English
SBB
Jongste vermelding: 1 mei 2014. Iets nieuwers is hier niet vastgelegd.
Stand op 2 juli 2014
1 Termijn verstreken, daarna niet nagegaan
1 Intussen overgedragen aan anderen
Termijn verstreken, daarna niet nagegaan 1
Gehaald Tweede
niet nagegaan sinds de termijn op 1 juli 2014 verstreek; jongste vermelding: 1 mei 2014
uiterlijk 1 juli 2014
Intussen overgedragen aan anderen 1
Komend Eerste
komend: 1 januari 2040
iCalendar Atom
"""
AWAY = EVERY_GROUP.replace(
    'due = 2040-01-01\nsource = "december"\n',
    'due = 2040-01-01\nsource = "december"\nbodies = ["sbb"]\n'
    '[[measure.milestone.revised]]\nbodies = ["ocw"]\nsource = "reply"\n',
)


def test_the_whole_page() -> None:
    """It has what it answers for by how that stands and since when, then what it handed away.

    It is of the day on which that changed last, and says so.
    """
    shown = tree(loads(AWAY), "sbb")
    assert shown.one("body").text == " ".join(PAGE.split())
    assert shown.one("title").text == "SBB – Plan"  # noqa: RUF001  a dash
    assert shown.one("meta", name="description").attributes["content"] == "Mijlpalen: 2."
    places = {it.attributes["id"] for it in shown.elements if "id" in it.attributes}
    assert {link.attributes["href"] for link in shown.all("a") if link.text.startswith("1 ")} == {
        f"#{place}" for place in places
    }


@pytest.mark.parametrize(("language", "up"), [("nl", ".."), ("en", "../..")])
def test_where_it_leads(language: str, up: str) -> None:
    """To each milestone on the page of its measure, and to its calendar and its feed of changes."""
    shown = tree(SHARED, "ocw", language=language, address=ADDRESS)
    assert [link.attributes["href"] for link in shown.all("a")] == [
        "../index.html",
        "../index.html#bodies",
        f"{up}/{'en/' if language == 'nl' else ''}body/ocw.html",
        "#upcoming",
        "#undated",
        "../measure/files.html#in-force",
        "../measure/files.html#progress",
        f"webcal://example.org/promises/{language}/body-ocenw.ics",
        f"{up}/{language}/body-ocenw.ics",
        f"{up}/{language}/body-ocenw.atom",
        "https://example.org",
    ]


@pytest.mark.parametrize("day", ["2013-02-26", "2014-05-01", "2015-03-01", "2026-11-27"])
@pytest.mark.parametrize("programme", [SHIPPED, EVERY], ids=["shipped", "every group"])
def test_it_has_the_standings_of_the_report(programme: Programme, day: str) -> None:
    """Each milestone for which it answers on the day is told once, in its group of the report."""
    for body in programme.bodies:
        shown = tree(programme, body.id, day=dt.date.fromisoformat(day))
        expected = [
            (standing.milestone, standing)
            for standing in as_of(programme, day).standings
            if body in standing.bodies
        ]
        ways = [
            f"../measure/{milestone.measure.id}.html#{milestone.id}" for milestone, _ in expected
        ]
        found = [link.attributes.get("href") or "" for link in shown.all("a")]
        told = [way for way in found if way.startswith("../measure/")]
        assert {*ways} <= {*told}
        assert len(told) == len({*told})
        keys = {
            "fact" if milestone.is_fact else standing.evidence or standing.status
            for milestone, standing in expected
        }
        heads = {it.attributes["id"] for it in shown.all("h2")}
        assert heads - {"handed-away"} == keys


def test_what_is_not_known_yet() -> None:
    """For what it will answer later, or what nobody promised yet, is told from that day on."""
    assert "Gehaald" not in written(EVERY, "ocw", day=dt.date(2014, 4, 30))
    assert "Gehaald" in written(EVERY, "ocw", day=dt.date(2014, 5, 1))
    assert "Later gemeld" not in written(EVERY, "ocw", day=dt.date(2015, 8, 31))
    assert "Later gemeld" in written(EVERY, "ocw", day=dt.date(2015, 9, 1))
    nothing = tree(EVERY, "sbb", day=dt.date(2013, 1, 1))
    assert next(nothing.all("p")).text == "Geen mijlpalen."


def test_a_body_of_nothing() -> None:
    """Who answers for nothing has a page that says so."""
    programme = loads(PROGRAMME.replace("[[kind]]", '[[body]]\nid = "x"\nname = "X"\n[[kind]]'))
    shown = tree(programme, "x")
    assert next(shown.all("p")).text == "Geen mijlpalen."
    assert shown.one("meta", name="description").attributes["content"] == "Mijlpalen: 0."


def test_it_is_of_one_day() -> None:
    """No script tells another one in a row, which would stand in a group of this one."""
    shown = tree(EVERY, "ocw", day=dt.date(2013, 7, 1), language="en")
    assert "As of 1 July 2013" in [it.text for it in shown.all("p", class_="note")]
    names = {name for it in shown.elements for name in it.attributes if name.startswith("data-")}
    assert names == {"data-zone", "data-feed", "data-known"}


@pytest.mark.parametrize(
    ("day", "title", "date"),
    [
        ("2013-07-01", "Late", "summer 2014"),
        ("2013-07-01", "After all", "2014"),  # it was dropped later, and then met
        ("2016-02-01", "After all", "spring 2015"),
        ("2016-02-01", "Met", "day unknown"),
        ("2016-02-01", "Reported", "2012"),
        ("2016-02-01", "Some day", "ongoing"),
        # How it stands tells the day.
        ("2016-02-01", "By law", None),
        ("2014-07-31", "Not checked", None),
        ("2014-08-01", "Not checked", "1 August 2014"),
        ("2014-08-02", "Not checked", None),
    ],
)
def test_when_that_is_or_was(day: str, title: str, date: str | None) -> None:
    """Beside how it stands is the date in force, or when it ended, where that tells more."""
    shown = tree(EVERY, "ocw", day=dt.date.fromisoformat(day), language="en")
    (item,) = (it for it in shown.all("li") if it.text.startswith((f"{title} First", f"{title} S")))
    place = shown.elements.index(item)
    row = [*itertools.takewhile(lambda it: it.tag != "li", shown.elements[place + 1 :])]
    told = [it for it in row if it.attributes.get("class") == "on"]
    assert [it.text for it in told] == ([date] if date else [])


def test_about_a_day() -> None:
    """A day that is only about when stands beside it, with that."""
    text = EVERY_GROUP.replace("due = 2014-08-01", 'due = "2014-08-01~"')
    shown = tree(loads(text), "ocw", day=dt.date(2014, 5, 1), language="en")
    assert "around 1 August 2014" in [it.text for it in shown.all("span", class_="on")]


def test_how_fresh_it_is() -> None:
    """Of a page that bears no day it is told when that was read."""
    shown = tree(EVERY, "ocw", day=dt.date(2015, 9, 1), language="en")
    assert next(shown.all("p")).text == (
        "Newest dated statement: 1 March 2015. Undated pages were read up to 1 September 2015. "
        "Nothing newer is recorded here."
    )


# --- many -----------------------------------------------------------------------------------------

MANY = loads(re.sub(r"body-\d\d\"\]", 'body-00"]', programme_text(900)))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_body_that_answers_for_much(language: str) -> None:
    """Its page stays small: some of each group, how many more there are, and the way to all."""
    day = dt.date(2016, 1, 1)
    text = written(MANY, "body-00", day=day, language=language)
    shown = Tree(text)
    assert len(text.encode()) < 300_000
    assert len(shown.elements) < 3_000
    told = [*shown.all("p", class_="what")]
    groups = [*shown.all("h2")]
    assert MOST - len(groups) * 40 < len(told) <= MOST
    numbers = [int(it.text) for it in shown.all("span", class_="count")]
    assert sum(numbers) == len(as_of(MANY, day).standings)
    links = [*shown.all("a", class_="all")]
    rest = [number for number in numbers if number > MOST // len(groups)]
    assert len(links) == len(rest)
    for link, number in zip(links, rest, strict=True):
        assert str(number) in link.text
        href = link.attributes["href"] or ""
        assert re.fullmatch(r"\.\./index\.html\?body=body-00&status=[a-z-]+#milestones", href)


def test_what_was_handed_away_is_no_status() -> None:
    """Of much that it handed away, the whole list is all that it ever answered for."""
    text = re.sub(
        r"(\[\[measure\.milestone\]\]\n(?:.+\n)+)",
        r'\1[[measure.milestone.revised]]\nbodies = ["body-01"]\nsource = "letter-01"\n',
        re.sub(r'body-\d\d"\]', 'body-00"]', programme_text(900)),
    )
    shown = tree(loads(text), "body-00")
    assert [it.attributes["id"] for it in shown.all("h2")] == ["handed-away"]
    (link,) = shown.all("a", class_="all")
    assert link.attributes["href"] == "../index.html?body=body-00#milestones"


# --- what it depends on ---------------------------------------------------------------------------


def inputs_and_pages(programme: Programme, day: dt.date) -> dict[str, tuple[str, list[str]]]:
    """The digest of the inputs of each body, and its pages in all languages."""
    relations, digest = Relations.of(programme), digests()
    return {
        body.id: (
            digest(body_inputs(relations, body, day)),
            [
                body_page(relations, body, day, language=language)
                for language in languages_of(programme)
            ],
        )
        for body in programme.bodies
    }


@pytest.mark.slow
@given(grown())
def test_it_changes_with_its_inputs_alone(programmes: tuple[Programme, Programme]) -> None:
    """Whatever is edited, and on whatever day, equal inputs make equal pages."""
    found: dict[tuple[str, str], list[str]] = {}
    for programme in programmes:
        for year in (2009, 2014, 2019, 2026):
            for body, (inputs, pages) in inputs_and_pages(programme, dt.date(year, 3, 1)).items():
                assert found.setdefault((body, inputs), pages) == pages


EDITS = {
    "a title": ('nl = "Voortgang"', 'nl = "Vordering"', {"ocw"}),
    "its name": ('nl = "Ministerie van OCW"', 'nl = "OCW"', {"ocw"}),
    "a measure": ('nl = "Dossiers"', 'nl = "Stukken"', {"ocw"}),
    "who publishes it": ('name = "Ministerie"', 'name = "Departement"', {"ocw"}),
    "the programme": ('nl = "Maatregelen"', 'nl = "Plan"', {"ocw"}),
    "whose day it is": ("Europe/Amsterdam", "Europe/Brussels", {"ocw"}),
    "a line more": ("[[cluster]]", "\n\n[[cluster]]", set()),
    "what is another's": ('nl = "Begin"', 'nl = "Start"', set()),
}
OTHERS = PROGRAMME + (
    '[[measure]]\nid = "other"\ntitle = "Anders"\nsource = "letter-2013"\n'
    '[[measure.milestone]]\nid = "begin"\ntitle = { nl = "Begin" }\nkind = "start"\ndue = 2014\n'
)


@pytest.mark.parametrize(("old", "new", "touched"), EDITS.values(), ids=EDITS)
def test_an_edit_touches_who_shows_it(old: str, new: str, touched: set[str]) -> None:
    """What is told on a page is among its inputs, and what is told elsewhere is not."""
    assert old in OTHERS
    before, after = (
        inputs_and_pages(loads(text), DAY) for text in (OTHERS, OTHERS.replace(old, new, 1))
    )
    assert {it for it in before if before[it][0] != after[it][0]} == touched


def test_nothing_changes_overnight_without_news() -> None:
    """From the last turn on, a page is what it is on every later day."""
    one, other = (inputs_and_pages(SHIPPED, dt.date(year, 12, 1)) for year in (2026, 2126))
    assert one == other


def test_it_changes_on_the_day_of_news() -> None:
    """What is announced on a day is among the inputs from that day on."""
    one, other = (inputs_and_pages(EVERY, dt.date(2014, *on)) for on in ((4, 30), (5, 1)))
    for body in one:
        assert one[body][0] != other[body][0]
        assert one[body][1] != other[body][1]


# --- text stays text ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [None, ADDRESS])
def test_text_stays_text(address: str | None) -> None:
    """Whatever a text holds, it is read as it is written, and adds nothing to the page."""
    shown = tree(hostile(SHARED), "ocw", address=address)
    plain = tree(SHARED, "ocw", address=address)
    assert [it.tag for it in shown.elements] == [it.tag for it in plain.elements]
    assert shown.one("h1").text == HOSTILE
    foreign = tree(loads(PROGRAMME), "ocw", language="en")
    assert {it.text for it in foreign.all("bdi", lang="nl")} == {"Voortgang", "Ministerie"}


def test_language_of_a_name() -> None:
    """A name that is not in the page's language says which it is in."""
    assert tree(EVERY, "sbb", language="en").one("h1").attributes["lang"] == "nl"
    assert "lang" not in tree(EVERY, "ocw", language="en").one("h1").attributes
