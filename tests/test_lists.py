"""Pages that only lead on: the lists of many measures, and old addresses."""

import datetime as dt
import posixpath
import re
from collections.abc import Mapping

import attrs
import pytest
from generate import programme_text
from programmes import PROGRAMME
from sites import ADDRESS, EVERY_GROUP, HOSTILE, hostile
from trees import Tree

from betatech_milestones import Programme, loads
from betatech_milestones.website.lists import (
    AT_ONCE,
    PER_PAGE,
    in_order,
    list_inputs,
    list_pages,
    page_of,
    stubs,
)
from betatech_milestones.website.parts import digests
from betatech_milestones.website.telling import Relations

DAY = dt.date(2015, 2, 1)
SHARED = loads(PROGRAMME)
# Some are in no cluster.
MANY = loads(programme_text(1500).replace('cluster = "cluster-7"\n', ""))


def made(
    programme: Programme,
    *,
    day: dt.date = DAY,
    language: str = "nl",
    address: str | None = None,
) -> Mapping[str, Tree]:
    relations = Relations.of(programme)
    pages = list_pages(relations, day, language=language, address=address)
    return {path: Tree(make()) for path, make in pages.items()}


def test_few_measures_need_no_lists() -> None:
    """The overview links to each of them."""
    few = attrs.evolve(MANY, measures=MANY.measures[:AT_ONCE])
    more = attrs.evolve(MANY, measures=MANY.measures[: AT_ONCE + 1])
    assert (made(few), page_of(few)) == ({}, {})
    assert [*made(more)] == ["measures/1.html", "measures/2.html"]


@pytest.mark.parametrize(("language", "folder"), [("nl", ""), ("en", "en/")])
def test_every_measure_is_listed_once(language: str, folder: str) -> None:
    """With its cluster above it, in the order of the clusters, then in that of the file."""
    shown = made(MANY, language=language)
    assert [*shown] == [f"{folder}measures/{number}.html" for number in (1, 2, 3)]
    found = [
        posixpath.normpath(posixpath.join(posixpath.dirname(path), link.attributes["href"] or ""))
        for path, page in shown.items()
        for link in page.all("a")
        if "measure/" in (link.attributes["href"] or "")
    ]
    assert found == [f"{folder}measure/{measure.id}.html" for measure in in_order(MANY)]
    assert {*found} == {f"{folder}measure/{measure.id}.html" for measure in MANY.measures}
    numbers = [len([*page.all("small")]) for page in shown.values()]
    assert numbers == [PER_PAGE, PER_PAGE, 100]
    heads = [head.text for page in shown.values() for head in page.all("h2")]
    name = "Cluster" if language == "en" else "Groep"
    assert [*dict.fromkeys(heads)] == [
        *(f"{name} {number}" for number in range(7)),
        "Without a cluster" if language == "en" else "Zonder cluster",
    ]


def test_a_page_leads_to_those_beside_it() -> None:
    """The first has none before it, and the last none behind it."""
    ways = [
        {
            link.attributes["rel"]: link.attributes["href"]
            for link in page.all("a")
            if "rel" in link.attributes
        }
        for page in made(MANY, language="en").values()
    ]
    assert ways == [
        {"next": "../measures/2.html"},
        {"prev": "../measures/1.html", "next": "../measures/3.html"},
        {"prev": "../measures/2.html"},
    ]


def test_what_a_page_says() -> None:
    """It says which measures it has, and of each how many milestones."""
    page = made(MANY, language="en", address=ADDRESS)["en/measures/3.html"]
    assert page.one("h1").text == "Measures 401 to 500 of 500"
    assert page.one("title").text.startswith("measures 401 to 500 of 500")
    assert page.one("link", rel="canonical").attributes["href"] == f"{ADDRESS}en/measures/3.html"
    assert next(page.all("li")).text.endswith(": more pupils choose technology 3")
    others = [link.attributes["href"] for link in page.all("a", class_="other")]
    assert others == ["../../measures/3.html"]
    crumbs = [(link.text, link.attributes["href"]) for link in page.all("a")][:2]
    assert crumbs == [
        ("Sample programme", "../index.html"),
        ("Measures", "../index.html#measures"),
    ]


def test_where_the_list_of_a_cluster_begins() -> None:
    """The overview leads to the page on which the list of a cluster begins."""
    begins = page_of(MANY)
    assert [*begins] == [*(f"cluster-{number}" for number in range(7)), None]
    names = {f"Groep {number}": f"cluster-{number}" for number in range(7)} | {
        "Zonder cluster": None
    }
    found: dict[str | None, int] = {}
    for number, page in enumerate(made(MANY).values(), 1):
        for head in page.all("h2"):
            found.setdefault(names[head.text], number)
    assert found == begins


def test_what_nobody_knew_of_is_hidden() -> None:
    """A measure is listed from the day on which there is anything to tell of it."""
    later = programme_text(1500).replace('source = "letter-00"', 'source = "letter-05"', 1)
    programme = loads(later)
    for day, hidden in (dt.date(2013, 5, 30), 1), (dt.date(2013, 5, 31), 0):
        items = [it for page in made(programme, day=day).values() for it in page.all("li")]
        assert [it.attributes["data-from"] for it in items if it.hidden] == ["2013-05-31"] * hidden


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ('nl = "Maatregel 7: meer', 'nl = "Maatregel 7: minder', False),
        ('nl = "Groep 3"', 'nl = "Groep drie"', False),
        ("[[cluster]]", "\n[[cluster]]", True),
        ('nl = "Voortgangsrapportage 7 ', 'nl = "Rapportage 7 ', True),
    ],
)
def test_what_they_depend_on(old: str, new: str, *, same: bool) -> None:
    """On the titles and the order of the measures, and on nothing that is said of them."""
    text = programme_text(1200)
    assert old in text
    changed = text.replace(old, new, 1)
    inputs = [digests()(list_inputs(Relations.of(loads(one)), DAY)) for one in (text, changed)]
    assert (inputs[0] == inputs[1]) is same


def test_few_depend_on_nothing_listed() -> None:
    """Without lists, no title is among the inputs."""
    renamed = loads(PROGRAMME.replace('nl = "Dossiers"', 'nl = "Stukken"'))
    inputs = [digests()(list_inputs(Relations.of(one), DAY)) for one in (SHARED, renamed)]
    assert inputs[0] == inputs[1]


def test_text_stays_text() -> None:
    """Whatever a title holds, it is read as it is written."""
    page = made(hostile(MANY))["measures/1.html"]
    plain = made(MANY)["measures/1.html"]
    assert [it.tag for it in page.elements] == [it.tag for it in plain.elements]
    assert page.one("a", href="../index.html").text == HOSTILE


# --- old addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "folder"), [("nl", ""), ("en", "en/")])
def test_an_old_address_leads_to_the_new_one(language: str, folder: str) -> None:
    """By itself, by a link, and so that no search engine keeps the old one."""
    pages = stubs(Relations.of(SHARED), language=language, address=ADDRESS)
    assert [*pages] == [f"{folder}measure/dossiers.html", f"{folder}body/ocenw.html"]
    for (path, make), new, name in zip(
        pages.items(),
        ("files", "ocw"),
        {"nl": ("Dossiers", "Ministerie van OCW"), "en": ("Files", "Ministry of Education")}[
            language
        ],
        strict=True,
    ):
        shown = Tree(make())
        refresh = next(shown.all("meta", **{"http-equiv": "refresh"}))
        assert refresh.attributes["content"] == f"0; url={new}.html"
        assert shown.one("meta", name="robots").attributes["content"] == "noindex"
        canonical = shown.one("link", rel="canonical").attributes["href"]
        assert canonical == ADDRESS + posixpath.join(posixpath.dirname(path), f"{new}.html")
        (link,) = shown.all("a")
        assert (link.text, link.attributes["href"]) == (name, f"{new}.html")
        assert shown.one("title").text == name
        assert shown.one("html").attributes["lang"] == language
        told = {"nl": "Deze pagina is verplaatst: ", "en": "This page has moved: "}[language]
        assert shown.one("p").text == told + name


def test_an_old_address_without_that_of_the_site() -> None:
    """It leads on, and names no canonical address."""
    make = stubs(Relations.of(SHARED), language="nl")["measure/dossiers.html"]
    assert not any(Tree(make()).all("link"))


def test_an_old_id_that_is_in_use_again() -> None:
    """The page of what has the id now stays; nothing leads away from it."""
    text = EVERY_GROUP.replace('id = "third"\n', 'id = "third"\nformerly = ["a"]\n')
    programme = loads(text.replace('id = "sbb"\n', 'id = "sbb"\nformerly = ["b"]\n'))
    third = attrs.evolve(programme.measures[2], formerly=("first", "a"))
    sbb = attrs.evolve(programme.bodies[1], formerly=("ocw", "b"))
    clashing = attrs.evolve(
        programme,
        measures=(*programme.measures[:2], third),
        bodies=(programme.bodies[0], sbb),
    )
    assert [*stubs(Relations.of(clashing), language="nl")] == ["measure/a.html", "body/b.html"]


def test_an_old_address_keeps_text_to_itself() -> None:
    """Whatever a title holds, it adds nothing."""
    make = stubs(Relations.of(hostile(SHARED)), language="nl")["measure/dossiers.html"]
    written = make()
    assert HOSTILE in Tree(written).one("p").text
    assert len(re.findall(r"<script|<img", written)) == 0
