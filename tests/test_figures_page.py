"""The page of figures: what became of promises, together, in groups and in pictures."""

import datetime as dt
import posixpath
import re
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import pytest
from generate import programme_text
from hypothesis import given, settings
from programmes import PROGRAMME, SHIPPED, changed
from sites import ADDRESS, EVERY_GROUP, HOSTILE, hostile
from strategies import programmes
from test_portfolio import PORTFOLIO, SCHOOLS, SCIENCE, write
from trees import Tree

from betatech_milestones import (
    Programme,
    Voice,
    as_of,
    chart,
    load_portfolio,
    loads,
    publish_portfolio,
    site,
    stats,
)
from betatech_milestones.formats.stats import cells, ordered, sections, title_of
from betatech_milestones.model.vocabulary import By
from betatech_milestones.pictures import CHARTS
from betatech_milestones.voice import capital, languages_of
from betatech_milestones.voice.paths import Paths
from betatech_milestones.website.demand import Given, on_demand
from betatech_milestones.website.figures import MOST, MOST_CELLS, Member, figures, groupings
from betatech_milestones.website.frame import frame
from betatech_milestones.website.telling import Relations

DAY = dt.date(2016, 2, 1)
EVERY = loads(EVERY_GROUP)
SHARED = loads(PROGRAMME)


def made(
    programme: Programme, *, day: dt.date = DAY, language: str = "en", address: str | None = None
) -> Mapping[str, str]:
    """The page and its pictures, by path."""
    outside = frame(
        Relations.of(programme),
        lambda paths: paths.figures,
        language=language,
        address=address,
    )
    found = figures(outside, groupings(as_of(programme, day)))
    return {path: content.decode() for path, content in found.items()}


def page(programme: Programme, **options: object) -> str:
    """The page alone, as HTML."""
    return next(iter(made(programme, **options).values()))  # type: ignore[arg-type]  # passed on


def parts(written: str) -> dict[str, Tree]:
    """The sections of a page, by the ids of their headings."""
    found = re.findall(r'<section aria-labelledby="([\w-]+)">\n(.*?)</section>', written, re.DOTALL)
    assert len(found) == written.count("<section")
    return {own: Tree(f"<section>{inner}</section>") for own, inner in found}


def rows(section: Tree) -> list[list[str]]:
    """The rows of a table, below that of its columns."""
    (table,) = [*section.all("table")]
    assert table is not None
    found: list[list[str]] = []
    for element in section.elements:
        if element.tag == "tr":
            found.append([])
        elif element.tag in {"th", "td"}:
            found[-1].append(element.text)
    return found


def read(table: Iterable[Iterable[str]]) -> list[list[str]]:
    """Rows as `rows` reads them, with plain spaces."""
    return [[" ".join(cell.split()) for cell in row] for row in table]


# --- the page -------------------------------------------------------------------------------------

NOTE = """\
Counted are promises of which the first term has passed, whether the date was moved or not; moves
are those of all promises. In time: by the end of that term. Where sources leave a day open, a share
is a range, from what is surely so to what may be so. What a law or a contract fixes is no case of a
share. No outcome means that none is recorded here, not that nothing was done. Fewer than 10 cases
are too few to compare."""
HEAD = f"""
Plan Nederlands
What became of promises, in figures
As of 1 February 2016
Newest statement: 15 January 2016. Nothing newer is recorded here.
{NOTE}
First term passed 11
Kept, in time or not: no source tells 2
Fixed by law or contract 1
Moved to a date that has not passed 1
Late 1
Looked for without finding news 1
Not checked since the term ended 1
Past the date of an aim or forecast 2
Dropped 1
Replaced 1
"""


def test_what_it_says_first() -> None:
    """Of which day it is and how fresh, what is counted, and what became of that."""
    shown = Tree(page(EVERY))
    assert shown.one("body").text.startswith(" ".join(HEAD.split()))
    name = "what became of promises, in figures"
    assert shown.one("title").text == f"{name} – Plan"  # noqa: RUF001  a dash
    about = shown.one("meta", name="description").attributes["content"]
    assert about == "What became of promises, as of 1 February 2016."


GROUPS = {
    "by-body": [
        ["Responsible body", "First term passed"],
        ["Education", "11", "2 of 10 (20 %)", "0 to 2 of 2 (0 to 100 %)", "0", "6", "2"],
        ["SBB", "1", "1 of 1 (100 %)", "0 to 1 of 1 (0 to 100 %)", "0", "0", "0"],
        ["none recorded", "0", "none", "none", "0", "0", "0"],
    ],
    "by-cluster": [
        ["Cluster", "First term passed"],
        ["education", "7", "0 of 6 (0 %)", "none", "0", "6", "2"],
        ["work", "4", "2 of 4 (50 %)", "0 to 2 of 2 (0 to 100 %)", "0", "0", "0"],
        ["none recorded", "0", "none", "none", "0", "0", "0"],
    ],
    "by-year": [
        ["Year of the promise", "First term passed"],
        ["2013", "11", "2 of 10 (20 %)", "0 to 2 of 2 (0 to 100 %)", "0", "6", "2"],
        ["2016", "0", "none", "none", "0", "0", "0"],
    ],
}


def test_groups_in_full() -> None:
    """By body, by cluster and by year; of no case there is no share."""
    found = {own: rows(it) for own, it in parts(page(EVERY)).items() if own in GROUPS}
    assert {own: [each[0][:2], *each[1:]] for own, each in found.items()} == GROUPS


def test_without_bodies_and_clusters() -> None:
    """There is no table of what nothing is in."""
    bare = attrs.evolve(SHARED, bodies=(), clusters=())
    assert [own for own in parts(page(bare)) if own.startswith("by-")] == ["by-year"]


@pytest.mark.parametrize("day", ["2013-02-26", "2015-03-01", "2026-11-27"])
@pytest.mark.parametrize("programme", [SHIPPED, EVERY, SHARED], ids=["shipped", "every", "shared"])
def test_the_numbers_are_those_of_stats(programme: Programme, day: str) -> None:
    """In the totals, and in each group."""
    for language in languages_of(programme):
        voice, report = Voice(language), as_of(programme, day)
        shown = page(programme, day=dt.date.fromisoformat(day), language=language)
        found = parts(shown)
        total = stats(report).total
        expected = {
            f"total-{number}": " ".join(
                (
                    capital(section.heading),
                    voice.number(section.number),
                    *(
                        " ".join((capital(it.what), it.told, "; ".join(it.details))).strip()
                        for it in section.figures
                    ),
                )
            )
            for number, section in enumerate(sections(total, voice), start=1)
        }
        told = {
            own: it.one("section").text for own, it in found.items() if own.startswith("total-")
        }
        assert told == {own: " ".join(it.split()) for own, it in expected.items()}
        for by in (By.BODY, By.CLUSTER, By.YEAR):
            groups = ordered(stats(report, by).groups, voice)
            wanted = read((title_of(group, voice), *cells(group, voice)) for group in groups)
            if total.fell_due or total.moves:
                assert rows(found[f"by-{by}"])[1:] == wanted
            else:
                assert f"by-{by}" not in found


# --- where it leads -------------------------------------------------------------------------------


def test_its_links_and_those_to_it() -> None:
    """To each body and cluster, to the pictures, and back; the overview and the sitemap lead to it.

    Every one of them leads to something that is there.
    """
    files = site(EVERY, DAY, address=ADDRESS)
    for language, path in ("nl", "figures.html"), ("en", "en/figures.html"):
        up = "../" * path.count("/")
        found = [link.attributes["href"] or "" for link in Tree(files[path].decode()).all("a")]
        other = "en/figures.html" if language == "nl" else "../figures.html"
        assert found == [
            "index.html",
            other,
            *("body/ocw.html", "body/sbb.html"),
            *("index.html?cluster=school#milestones", "index.html?cluster=work#milestones"),
            *(f"{up}{language}/{name}.svg" for name in CHARTS),
        ]
        for way in found:
            there = urlsplit(posixpath.join(posixpath.dirname(path), way))
            content = files[posixpath.normpath(there.path)].decode()
            assert not there.fragment or f'id="{there.fragment}"' in content
        overview = files[path.replace("figures", "index")].decode()
        assert f'href="{up}{path}"' in overview
        assert f"<loc>{ADDRESS}{path}</loc>".encode() in files["sitemap.xml"]


def test_an_only_body_leads_to_its_page() -> None:
    """It is looked for by its id, not told from others."""
    ways = [it.attributes["href"] for it in parts(page(SHARED))["by-body"].all("a")]
    assert ways == ["body/ocw.html"]


def test_who_looks_for_it_finds_each_language() -> None:
    """Its address, and that of the same page in the other language."""
    shown = Tree(page(EVERY, address=ADDRESS))
    links = [
        (it.attributes["rel"], it.attributes.get("hreflang"), it.attributes["href"])
        for it in shown.all("link")
    ][:2]
    assert links == [
        ("canonical", None, f"{ADDRESS}en/figures.html"),
        ("alternate", "nl", f"{ADDRESS}figures.html"),
    ]


def test_it_is_made_when_it_is_asked_for() -> None:
    """As it would be published, with its pictures."""
    files, ready = on_demand(EVERY, DAY, Given()), site(EVERY, DAY)
    for path in ("figures.html", "nl/trend.svg", "en/delays.svg", "en/figures.html"):
        assert files(path) == ready[path]


# --- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("programme", [SHIPPED, EVERY], ids=["shipped", "every"])
def test_every_picture_has_its_table(programme: Programme, language: str) -> None:
    """And what it shows above it; the place for it is as large as it is."""
    files = made(programme, language=language)
    paths = Paths.of(programme, language)
    assert [*files] == [paths.figures, *map(paths.chart, CHARTS)]
    found = parts(files[paths.figures])
    assert [own for own in found if own in CHARTS] == [*CHARTS]
    for name in CHARTS:
        drawn = chart(stats(as_of(programme, DAY), By.BODY), name, language=language)
        assert files[paths.chart(name)] == drawn.svg
        shown = found[name]
        heading, image = shown.one("h2").text, shown.one("img").attributes
        assert drawn.title.casefold().endswith(heading.casefold())
        assert next(iter(shown.all("p"))).text == drawn.about
        assert image["src"] == paths.up(paths.figures) + paths.chart(name)
        assert image["alt"] == Voice(language).label("in the table", title=heading)
        assert f' width="{image["width"]}" height="{image["height"]}"' in drawn.svg
        head, *table = rows(shown)
        assert head == [*map(capital, drawn.columns)]
        whole = read(drawn.rows)
        assert [row for row in table if row not in whole] == []


def test_a_long_table_is_folded() -> None:
    """It says how long it is; a short one stands open."""
    found = parts(page(EVERY))
    assert len(rows(found["trend"])[1:]) == 6
    assert [*found["trend"].all("details")] == []
    assert found["burn-up"].one("summary").text == "Table, 37 rows"
    assert len(rows(found["burn-up"])[1:]) == 37


@pytest.mark.parametrize(
    ("day", "is_folded"), [(dt.date(2014, 1, 31), False), (dt.date(2014, 2, 1), True)]
)
def test_a_table_of_twelve_rows_is_not_long(day: dt.date, *, is_folded: bool) -> None:
    """A year of months stands open; what has a row more does not."""
    burn_up = parts(page(SHARED, day=day))["burn-up"]
    assert len(rows(burn_up)) == (14 if is_folded else 13)  # with the headings
    assert bool([*burn_up.all("details")]) is is_folded


def test_of_a_very_long_table_there_is_a_part() -> None:
    """Of a curve some rows tell all of it; of others those that there is room for."""
    plan = loads(programme_text(1200))
    found = parts(page(plan, day=dt.date(2030, 1, 1)))
    told = stats(as_of(plan, "2030-01-01"), By.BODY)
    drawn = {name: chart(told, name, language="en") for name in CHARTS}
    months, shown = read(drawn["burn-up"].rows), rows(found["burn-up"])[1:]
    every = -(-len(months) // (MOST_CELLS // (len(drawn["burn-up"].columns) + 1)))
    assert every == 3
    assert shown == months[::-1][::3][::-1]
    said = [it.text for it in found["burn-up"].all("p")][-1]
    assert said == "One row in 3 stands here, counted back from the last."
    late, shown = read(drawn["delays"].rows), rows(found["delays"])[1:]
    assert shown == late[: MOST_CELLS // 5]
    said = [it.text for it in found["delays"].all("p")][-1]
    assert said == f"And {len(late) - MOST_CELLS // 5} more, which the picture shows."


# --- much -----------------------------------------------------------------------------------------


def grouped(number: int) -> Programme:
    """A programme with so many bodies and years, each with as many promises as its number."""
    text = EVERY_GROUP.partition("[[source]]")[0]
    for at in range(number):
        text += (
            f'[[source]]\nid = "s{at}"\ntitle = "S"\npublished = {1950 + at}-01-01\n'
            f'[[body]]\nid = "b{at}"\nname = "Body {at}"\n'
        )
    for at in range(number):
        text += (
            f'[[measure]]\nid = "m{at}"\ntitle = "M"\nbodies = ["b{at}"]\nsource = "s{at}"\n'
            f'[[measure.milestone]]\nid = "a"\ntitle = "A"\nkind = "start"\ndue = {1990 + at}\n'
        )
    return loads(text)


def test_of_many_groups_there_are_the_largest() -> None:
    """Of years the last; each table says how many more there are, and who tells of all."""
    shown = page(grouped(MOST + 2), day=dt.date(2040, 1, 1))
    found = parts(shown)
    bodies = [row[0] for row in rows(found["by-body"])[1:]]
    assert bodies == sorted(f"Body {at}" for at in range(MOST + 2))[:MOST]
    years = [row[0] for row in rows(found["by-year"])[1:]]
    assert years == [f"{1952 + at}" for at in range(MOST)]
    for by in "body", "year":
        (said,) = found[f"by-{by}"].all("p")
        assert said.text == f"And 2 more: betatech-milestones stats --by {by} tells of all."
    fewer = parts(page(grouped(MOST), day=dt.date(2040, 1, 1)))
    assert [*fewer["by-body"].all("p"), *fewer["by-year"].all("p")] == []


@pytest.mark.parametrize("milestones", [2_000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_size(milestones: int) -> None:
    """However large a programme, its page of figures is small."""
    shown = page(loads(programme_text(milestones)), day=dt.date(2026, 11, 28), language="nl")
    assert len(shown.encode()) < 300_000
    assert len(Tree(shown).elements) < 3_000


# --- nothing, and too little ----------------------------------------------------------------------

_START = PROGRAMME.partition("[[measure.milestone]]")[0]


def plan(*promises: str) -> Programme:
    """A programme of some promises, each with what follows its kind."""
    written = (
        f'[[measure.milestone]]\nid = "a{number}"\ntitle = "A"\nkind = "start"\n{rest}\n'
        for number, rest in enumerate(promises)
    )
    return loads(_START + "".join(written))


NEVER = """\
No first term that has passed 2
Never had a term 2
"""
ONE = """\
First term passed 1
Kept, in time 1
Shares of those, without what a law or a contract fixes 1
Recorded as kept, in time or not 1 of 1 (100 %)
Recorded as kept by the first term 1 of 1 (100 %)
Of those kept, in time 1 of 1 (100 %)
Who says that they were kept 1
Author of the source not recorded 1
"""
FEW = "There are too few cases of this for a picture."
NOTHING = "No promise is recorded for this."
BAD: dict[str, tuple[Programme, str, list[str]]] = {
    "no promise": (plan(), NOTHING, []),
    "what is only reported": (
        plan('commitment = "none"\nmet = { on = 2012, source = "letter-2013" }'),
        NOTHING,
        [],
    ),
    "everything undated": (
        plan('due = { words = "ooit" }', 'due = { words = "ooit" }'),
        f"{NOTE} {NEVER}",
        [],
    ),
    "no term": (
        plan('due = "na 2014"'),
        f"{NOTE} No first term that has passed 1 Never had a term 1",
        [],
    ),
    "nothing due yet": (
        plan("due = 2030"),
        f"{NOTE} No first term that has passed 1 First term not passed 1",
        [],
    ),
    "one case": (
        plan('due = 2014\nmet = { on = 2014-03-01, source = "letter-2015" }'),
        f"{NOTE} {ONE}",
        ["by-body", "by-cluster", "by-year"],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_where_there_is_little(name: str) -> None:
    """It says so in sentences: no table is empty, and nothing is a share of nothing."""
    programme, said, tables = BAD[name]
    shown = page(programme)
    found = parts(shown)
    main = shown.partition("<main>")[2].partition("</main>")[0]
    totals = main.partition('<section aria-labelledby="by-')[0]
    totals = totals.partition(f'<section aria-labelledby="{CHARTS[0]}"')[0]
    assert Tree(f"<main>{totals}</main>").one("main").text == " ".join(said.split())
    assert [own for own in found if own.startswith("by-")] == tables
    for name_, section in found.items():
        if name_ in CHARTS and not [*section.all("table")]:
            assert [it.text for it in section.all("p")] == [FEW]
            assert [*section.all("img"), *section.all("a")] == []
        elif name_ in CHARTS:
            assert len(rows(section)) > 1
    assert not re.search(r"\b(nan|NaN|None|inf)\b|of 0\b", unescape(main))


def test_before_anything_was_promised() -> None:
    """Then nothing is known, and nothing is said of how fresh it is."""
    shown = Tree(page(EVERY, day=dt.date(2013, 1, 1)))
    assert [it.text for it in shown.all("p")] == ["As of 1 January 2013", NOTHING]


def test_before_anything_was_promised_by_any() -> None:
    """Of several programmes of which none had promised anything there is no table of them."""
    outside = frame(Relations.of(SHARED), lambda paths: paths.figures, language="en", address=None)
    found = groupings(as_of(SHARED, "2013-02-25"))
    written, *_ = figures(outside, found, members=[Member(group=found[0].total, page="x")]).values()
    assert parts(written.decode()) == {}


def test_without_a_promise_there_is_no_picture() -> None:
    """Nor a heading for one; their files are there all the same, since addresses stay."""
    files = made(plan())
    assert parts(files["en/figures.html"]) == {}
    assert [*files] == ["en/figures.html", *(f"en/{name}.svg" for name in CHARTS)]


RTL = "تقرير <b>التقدم</b> & (٢٠٢٦)"


@pytest.mark.parametrize("words", [HOSTILE, RTL])
def test_text_stays_text(words: str) -> None:
    """Whatever a name holds, it is read as it is written, apart from what is around it."""
    spoilt, plain = page(hostile(EVERY)), page(EVERY)
    tags = [it.tag for it in Tree(plain).elements]
    assert [it.tag for it in Tree(spoilt).elements if it.tag != "bdi"] == [
        tag for tag in tags if tag != "bdi"
    ]
    named = loads(EVERY_GROUP.replace('en = "Education"', f"en = '''{words}'''"))
    shown = Tree(page(named))
    link = shown.one("a", href="body/ocw.html")
    assert link.text == words
    assert [it.text for it in shown.all("bdi")].count(words) == 1
    assert any(row[0] == words for row in rows(parts(page(named))["delays"]))


@settings(max_examples=25)
@given(programmes())
def test_any_programme_has_one(programme: Programme) -> None:
    """With a table for each picture, and with no number that is none."""
    for language in languages_of(programme):
        shown = page(programme, language=language)
        found = parts(shown)
        for own, section in found.items():
            if own in CHARTS:
                assert len([*section.all("img")]) == len([*section.all("table")])
            for table in section.all("table"):
                assert table.text
        assert not re.search(r"\bnan\b|\binf\b", Tree(shown).one("main").text)


# --- several programmes ---------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with two programmes and a portfolio of them."""
    write(tmp_path, "science.toml", SCIENCE)
    write(tmp_path, "more/schools.toml", SCHOOLS)
    write(tmp_path, "portfolio.toml", PORTFOLIO)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def front(name: str = "site", *, force: bool = False) -> str:
    """Publish the portfolio of the current folder, and return its page of figures in English."""
    publish_portfolio(load_portfolio(), DAY, name, address=ADDRESS, force=force)
    return Path(name, "en", "figures.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_several_programmes_have_one_together() -> None:
    """Of all that they promise, with a row for each that leads to its own."""
    shown = front()
    found = parts(shown)
    assert Tree(shown).one("h1").text == "What became of promises, in figures"
    late = "median: 304 days; largest: 304 days"
    assert rows(found["programmes"])[1:] == [
        ["Measures", "1", "1 of 1 (100 %)", "0 of 1 (0 %)", f"1; {late}", "0", "1"],
        ["Scholen", "1", "0 of 1 (0 %)", "none", "0", "1", "0"],
    ]
    assert [row[:2] for row in rows(found["by-body"])[1:]] == [["Ministry", "2"]]
    together = stats(as_of(load_portfolio().programme, DAY), By.YEAR)
    voice = Voice("en")
    assert rows(found["by-year"])[1:] == read(
        (group.id or "", *cells(group, voice)) for group in together.groups
    )
    ways = [link.attributes["href"] or "" for link in Tree(shown).all("a")]
    assert ways == [
        *("index.html", "../figures.html"),
        *("../science/en/figures.html", "../schools/figures.html"),
        *(f"../en/{name}.svg" for name in CHARTS if [*found[name].all("img")]),
        "https://example.org",
    ]
    assert all(Path("site", "en", way).is_file() for way in ways[:-1])
    overview = Tree(Path("site", "en", "index.html").read_text(encoding="utf-8"))
    assert overview.one("a", href="../en/figures.html").text == (
        "What became of promises, in figures"
    )
    assert not re.search("could not be read", shown)


def test_it_says_what_could_not_be_read(folder: Path) -> None:
    """Of a programme whose file is broken the front keeps an entry, and this page nothing."""
    front()
    write(folder, "more/schools.toml", "[programme")
    shown = front()
    said = "These figures are of 1 of 2 files: the others could not be read."
    assert [it.text for it in Tree(shown).all("p")].count(said) == 1
    assert [row[0] for row in rows(parts(shown)["programmes"])[1:]] == ["Measures"]
    write(folder, "science.toml", "[programme")
    broken = front()
    said = "These figures are of 0 of 2 files: the others could not be read."
    assert [it.text for it in Tree(broken).all("p")] == [
        "As of 1 February 2016",
        said,
        NOTHING,
        "Publisher: Ministerie",
    ]


@pytest.mark.parametrize(
    "edit",
    [
        ('en = "Labour market"', 'en = "Work"'),
        ("due = 2014-08-01", "due = 2014-09-01"),
        ("announced = 2014-05-01", "announced = 2014-05-02"),
    ],
)
def test_it_is_made_anew_when_a_programme_changes(edit: tuple[str, str], folder: Path) -> None:
    """Also where nothing that the front tells is another."""
    before = front()
    write(folder, "science.toml", changed(*edit))
    after = front(force=True)
    for path in Path("site").glob("*/*.svg"):
        assert path.is_file()
    assert after == front("new")
    assert after != before or "announced" in edit[0]


def test_no_place_on_this_machine_is_in_the_record(folder: Path) -> None:
    """The same files elsewhere give the same site, and the same record of it."""
    front()
    there = folder / "elsewhere"
    for name, written in ("science", SCIENCE), ("more/schools", SCHOOLS):
        write(there, f"{name}.toml", written)
    write(there, "portfolio.toml", PORTFOLIO)
    publish_portfolio(load_portfolio(there / "portfolio.toml"), DAY, "other", address=ADDRESS)
    assert Path("other", "parts.json").read_bytes() == Path("site", "parts.json").read_bytes()
