"""The site of several programmes: the front above their own, and how all of it is published."""

import datetime as dt
import gc
import importlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sites import held, lay_out
from test_portfolio import PORTFOLIO, SCHOOLS, SCIENCE, write

from betatech_milestones import (
    BadValue,
    Body,
    Refused,
    Texts,
    Voice,
    as_of,
    load,
    load_example,
    loads,
    publish,
)
from betatech_milestones.calendars import feeds, joined, windows
from betatech_milestones.calendars.joined import Event
from betatech_milestones.cli import main
from betatech_milestones.datafile.portfolio import load_portfolio
from betatech_milestones.model.portfolio import Portfolio, SharedBody
from betatech_milestones.pictures import CHARTS
from betatech_milestones.website import publication as publication_module
from betatech_milestones.website.ahead import AHEAD_DAYS, View, ahead, last_day, view
from betatech_milestones.website.entries import ALERTS, Entry, entries_in, entry, file_of
from betatech_milestones.website.parts import digest_of, read_record
from betatech_milestones.website.portfolio import Front, how_fresh
from betatech_milestones.website.publish_portfolio import publish_portfolio
from betatech_milestones.website.telling import Spell

DAY = dt.date(2015, 9, 1)
QUIET_DAY = dt.date(2016, 9, 1)  # nothing more is said in the month that follows it
ADDRESS = "https://example.org/promises/"
BROKEN = SCHOOLS.replace('"entry-into-force"', '"forced"')
OTHER = SCHOOLS.replace("de scholen", "alle scholen").replace("in scholen", "in alle scholen")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with two programmes and a portfolio of them."""
    write(tmp_path, "science.toml", SCIENCE)
    write(tmp_path, "more/schools.toml", SCHOOLS)
    write(tmp_path, "portfolio.toml", PORTFOLIO)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def published(*, day: dt.date = DAY, force: bool = False) -> dict[str, bytes]:
    """Publish the portfolio of the current folder, and return what stands there then."""
    publish_portfolio(load_portfolio(), day, "site", address=ADDRESS, force=force)
    return held(Path("site"))


_FIRST: dict[tuple[object, ...], dict[str, bytes]] = {}


def published_first(*, day: dt.date = DAY) -> dict[str, bytes]:
    """Do so where nothing is published yet, and but once of the same files.

    What another test published of them is laid out: it does not depend on where it is.
    """
    at = Path("site")
    made_of = (day, *held(Path()).items())
    if made_of in _FIRST:
        lay_out(_FIRST[made_of], at)
    else:
        _FIRST[made_of] = published(day=day)
    return dict(_FIRST[made_of])


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """The paths at which something else stands, or nothing any more."""
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}


FRONT = {
    *("index.html", "en/index.html", "portfolio.json", "parts.json"),
    *("figures.html", "en/figures.html"),
    *(f"{tag}/{name}.svg" for tag in ("nl", "en") for name in CHARTS),
    *("page.css", "page.js", "favicon.svg"),
    *(f"{tag}/{name}" for tag in ("nl", "en") for name in ("all.ics", "body-ocw.ics")),
    *("nl/changes.atom", "en/changes.atom"),
}


# --- what there is --------------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_each_programme_has_its_own_site_and_all_have_a_front() -> None:
    """Each as if it stood alone, in a folder that bears its id."""
    found = published_first()
    assert {path for path in found if path.split("/")[0] not in {"science", "schools"}} == FRONT
    for file, own in ("science.toml", "science"), ("more/schools.toml", "schools"):
        publish(load(file), DAY, f"alone-{own}", address=f"{ADDRESS}{own}/")
        alone = held(Path(f"alone-{own}"))
        assert {
            path.removeprefix(f"{own}/"): content
            for path, content in found.items()
            if path.startswith(f"{own}/")
        } == alone


def uids(calendar: bytes) -> list[str]:
    """The UIDs of a calendar, in its order."""
    return [str(event["UID"]) for event in Calendar.from_ical(calendar).walk("VEVENT")]


@pytest.mark.usefixtures("folder")
def test_calendars_over_all_have_the_items_of_each() -> None:
    """The very same: who subscribes to both sees no two of one."""
    found = published_first()
    for tag in ("nl", "en"):
        other = tag if tag == "nl" else "nl"  # the schools speak Dutch and French
        own = found[f"science/{tag}/all.ics"], found[f"schools/{other}/all.ics"]
        assert uids(found[f"{tag}/all.ics"]) == [*uids(own[0]), *uids(own[1])]
        for each in own:
            items = each[each.index(b"BEGIN:VEVENT") : each.index(b"END:VCALENDAR")]
            assert items in found[f"{tag}/all.ics"]
    assert uids(found["nl/body-ocw.ics"]) == [
        *uids(found["science/nl/body-ocenw.ics"]),
        *uids(found["schools/nl/body-ministry.ics"]),
    ]
    body = Calendar.from_ical(found["en/body-ocw.ics"])
    assert (body["NAME"], body["SOURCE"]) == (
        "Ministry – Education",  # noqa: RUF001  a dash
        f"{ADDRESS}en/body-ocw.ics",
    )


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.usefixtures("folder")
def test_news_over_all_are_the_entries_of_each() -> None:
    """The newest first; each with its own id, language and author."""
    found = published_first()
    whole = ET.fromstring(found["en/changes.atom"])  # noqa: S314  made in this test
    entries = whole.findall(f"{ATOM}entry")
    moments = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert moments == sorted(moments, key=str, reverse=True)
    of_each = [
        entry.findtext(f"{ATOM}id")
        for path in ("science/en/changes.atom", "schools/nl/changes.atom")
        for entry in ET.fromstring(found[path]).findall(f"{ATOM}entry")  # noqa: S314  the same
    ]
    assert sorted(entry.findtext(f"{ATOM}id") or "" for entry in entries) == sorted(
        map(str, of_each)
    )
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert {entry.get(lang) for entry in entries} == {"nl", "en"}
    assert all(entry.find(f"{ATOM}author") is not None for entry in entries)
    links = [link.get("href") for link in whole.findall(f"{ATOM}link")]
    assert links == [f"{ADDRESS}en/changes.atom", f"{ADDRESS}en/"]


@pytest.mark.usefixtures("folder")
def test_the_index_tells_machines_what_the_page_tells() -> None:
    """Of each programme, of each body over all, and of each calendar."""
    index = json.loads(published_first()["portfolio.json"])
    assert index["portfolio"] == {
        "id": "education",
        "title": {"nl": "Onderwijs", "en": "Education"},
    }
    science, schools = index["programmes"]
    assert (science["id"], science["languages"], science["milestones"]) == (
        "science",
        ["nl", "en"],
        3,
    )
    assert {key: number for key, number in schools["counts"].items() if number} == {"unchecked": 1}
    (row,) = schools["attention"]
    assert (row["path"], row["term"]) == ("measure/files.html#in-force", "2014-10-01")
    (body,) = index["bodies"]
    assert (body["id"], body["programmes"]) == ("ocw", ["science", "schools"])
    assert body["counts"]["unchecked"] == 1
    assert {feed["url"] for feed in index["feeds"]} == {
        ADDRESS + path for path in FRONT if path.endswith(".ics")
    }


@pytest.mark.usefixtures("folder")
def test_every_link_of_the_front_leads_somewhere() -> None:
    """To a page of a programme, in the language or in its own, and to its place on it."""
    found = published_first()
    for path in ("index.html", "en/index.html"):
        page = found[path].decode()
        up = "../" * path.count("/")
        ways = re.findall(r'(?:href|src)="([^":]+?)"', page)
        assert len(ways) > 8
        for way in ways:
            where, _, place = way.partition("#")
            target = where.partition("?")[0]
            assert target.startswith(up)
            there = target.removeprefix(up) if up else target
            assert there in found, way
            assert not place or f"id={place}" in found[there].decode().replace('"', "")
    assert "schools/measure/files.html#in-force" in found["index.html"].decode()


PAGE = {
    "index.html": ["Onderwijs", "Uitgever: ", "Wat aandacht vraagt", "niet nagegaan"],
    "en/index.html": ["Education", "Publisher: ", "What needs attention", '<bdi lang="nl">'],
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("path", PAGE)
def test_the_page_answers_first(path: str) -> None:
    """What is asked for, by whom, how fresh it is, and what needs attention, in its language."""
    page = published_first()[path].decode()
    places = [page.index(words) for words in PAGE[path]]
    assert places[:3] == sorted(places[:3])
    assert "webcal://example.org/promises/" in page
    assert " style=" not in page
    assert "<script>" not in page


def test_without_anything_overdue_it_says_so(folder: Path) -> None:
    """And a body that answers for nothing yet is not there."""
    page = published_first(day=dt.date(2013, 3, 5))["en/index.html"].decode()
    assert '<p class="calm">Nothing that needs attention is recorded here.</p>' in page
    assert (folder / "site" / "science" / "index.html").is_file()
    nothing = published(day=dt.date(2012, 1, 1))["en/index.html"].decode()
    assert "Who answers for what" not in nothing


@pytest.mark.usefixtures("folder")
def test_the_front_claims_no_more_than_a_site() -> None:
    """What was only read on a day was not said on it; a standing is told in the reader's words."""
    found = {
        path: text.decode() for path, text in published_first().items() if path.endswith(".html")
    }
    fresh = re.compile(r'<p class="lede fresh">(.*?)</p>')
    told = (
        "Newest dated statement: 1 July 2015. Undated pages were read up to 1 September 2015. "
        "Nothing newer is recorded here."
    )
    assert fresh.findall(found["en/index.html"]) == [told]
    assert fresh.findall(found["science/en/index.html"]) == [told]
    signs = re.findall(r'<p class="how .*?"><bdi>(.*?)</bdi>', found["en/index.html"])
    assert "not checked since its term ended on 1 October 2014" in " ".join(signs)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([], ""),
        ([(None, None)], ""),
        ([("2015-07-01", "2015-07-01"), (None, None)], "Newest statement: D 2015-07-01. N"),
        (
            [("2015-09-01", "2014-05-01"), ("2015-07-01", "2015-07-01")],
            (
                "Newest dated statement: D 2015-07-01. Undated pages were read up to "
                "1 September 2015. N"
            ),
        ),
        ([("2015-09-01", "2015-09-01"), ("2015-09-01", None)], "Newest statement: D 2015-09-01. N"),
        ([("2015-09-01", None)], "Undated pages were read up to 1 September 2015. N"),
    ],
)
def test_how_fresh_all_are_together(found: list[tuple[str | None, str | None]], told: str) -> None:
    """The newest dated statement may be of another programme than that which was read last."""
    entries = [
        {
            "newest_statement": newest,
            "newest_dated": dated,
            "newest_told": {"en": f"D {dated}" if dated else ""},
        }
        for newest, dated in found
    ]
    said = told.replace(" N", " Nothing newer is recorded here.")
    assert how_fresh(entries, Voice("en")) == said


def test_the_most_pressing_of_all_are_shown(folder: Path) -> None:
    """One of each sort, then by evidence and term, whatever programme they are of."""
    plan = (Path(__file__).parent / "formats" / "programme.toml").read_text(encoding="utf-8")
    write(folder, "plan.toml", plan.replace('id = "science"', 'id = "plan"', 1))
    write(folder, "portfolio.toml", f'{PORTFOLIO}\n[[member]]\nfile = "plan.toml"\n')
    found = published_first(day=dt.date(2017, 6, 1))
    attention = found["index.html"].decode().partition('id="next"')[0]
    signs = re.findall(r'class="how (\S+)"><bdi', attention)
    assert len(signs) == ALERTS
    assert list(dict.fromkeys(signs)) == ["late", "unchecked", "no-news"]


@pytest.mark.measured
def test_a_programme_gives_no_more_rows_than_a_page_has(folder: Path) -> None:
    """However much of it is overdue."""
    promise = SCHOOLS[SCHOOLS.index("[[measure.milestone]]") :]
    more = (promise.replace('"in-force"', f'"step-{number}"') for number in range(ALERTS))
    write(folder, "more/schools.toml", SCHOOLS + "".join(more))
    found = published_first()
    _, schools = json.loads(found["portfolio.json"])["programmes"]
    assert (len(schools["attention"]), schools["counts"]["unchecked"]) == (ALERTS, ALERTS + 1)


# --- for the day of the reader --------------------------------------------------------------------


def shown(seen: View, day: dt.date) -> dict[str, Any]:
    """What a page tells its reader of a day."""

    def held(those: Iterable[Spell]) -> list[Any]:
        return [
            spell.value for spell in those if (spell.since or day) <= day <= (spell.until or day)
        ]

    def rows(those: Sequence[Spell]) -> list[tuple[str, Entry]]:
        return [(one["id"], row) for one, row in held(those)]

    def counts(those: Sequence[tuple[str, Spell]]) -> dict[str, int]:
        return {key: each for key, spell in those for each in held([spell])}

    return {
        "attention": rows(seen.attention),
        "next": rows(seen.coming),
        "soon": held(seen.soon),
        "is_calm": held(seen.is_calm),
        "is_empty": held(seen.is_empty),
        "counts": counts(seen.counts),
        "programmes": [counts(each) for each in seen.programmes],
        "bodies": {own: counts(each) for own, each in seen.bodies.items()},
    }


def seen_on(portfolio: Portfolio, day: dt.date) -> View:
    """What a page tells that is made on a day."""
    last = last_day(portfolio.members, day)
    found = []
    for member in portfolio.members:
        report = as_of(member, day)
        found.append(ahead(member, report, entry(member, report, portfolio), portfolio, last))
    return view(found, day, last)


PLAN = Path(__file__).parent / "formats" / "programme.toml"
RULES = {name: loads(text, path=name) for name, text in (("a", SCIENCE), ("b", SCHOOLS))}
LEDGERS = [load_example(), attrs.evolve(load(PLAN), id="plan"), *RULES.values()]
TOGETHER = Portfolio(
    id="all",
    title=Texts((("nl", "Alle"), ("en", "All"))),
    language="nl",
    timezone="Europe/Amsterdam",
    members=tuple(LEDGERS),
    bodies=(
        SharedBody(
            body=Body(id="ministry", name=Texts((("nl", "Ministerie"),))),
            same_as=("betatech/ocw", "schools/ministry"),
        ),
    ),
    title_as_read=Texts((("nl", "Alle"),)),
    path="portfolio.toml",
)


@pytest.mark.slow
@pytest.mark.measured
@given(
    day=st.dates(dt.date(2012, 12, 1), dt.date(2018, 1, 1)),
    later=st.integers(min_value=0, max_value=AHEAD_DAYS),
)
def test_a_page_tells_of_a_later_day_what_one_of_that_day_would(day: dt.date, later: int) -> None:
    """As far as it looks ahead; after that it stays as it is, and says for which day it speaks."""
    seen = seen_on(TOGETHER, day)
    later_day = min(day + dt.timedelta(days=later), seen.last)
    then = seen_on(TOGETHER, later_day)
    assert shown(seen, later_day) == shown(then, later_day)
    assert shown(seen, seen.last) == shown(seen, seen.last + dt.timedelta(days=400))


def test_a_page_looks_ahead_up_to_what_is_not_known_yet() -> None:
    """A letter of the next month, in a file that somebody wrote ahead of time, is told then."""
    assert last_day(TOGETHER.members, dt.date(2020, 1, 1)) == dt.date(2020, 2, 1)
    assert last_day(TOGETHER.members, dt.date(2013, 2, 20)) == dt.date(2013, 2, 25)
    assert last_day((), dt.date.max) == dt.date.max


def test_what_is_kept_quiet_is_told_again_when_that_ends(folder: Path) -> None:
    """Also on a page that was made before."""
    snooze = (
        '[measure.milestone.snoozed]\nuntil = 2016-09-10\nby = "somebody"\nreason = "holidays"\n'
    )
    write(folder, "more/schools.toml", SCHOOLS + snooze)
    seen = seen_on(load_portfolio(), QUIET_DAY)
    (spell,) = (each for each in seen.attention if each.value[0]["id"] == "schools")
    assert (spell.since, spell.until) == (dt.date(2016, 9, 11), None)


@pytest.mark.usefixtures("folder")
def test_the_page_says_for_which_day_it_speaks() -> None:
    """For its reader's, from the day on which it was made, as far as it looks ahead."""
    page = published_first(day=QUIET_DAY)["en/index.html"].decode()
    days = re.findall(r'<p class="day"(.*?)>As of (?:<time data-day-of-reader.*?>)?(.*?)<', page)
    assert days == [
        (' data-until="2016-08-31" hidden', "1 September 2016"),
        (' data-from="2016-09-01" data-until="2016-10-02"', "1 September 2016"),
        (' data-from="2016-10-03" hidden', "2 October 2016"),
    ]


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_a_page_of_the_first_and_of_the_last_of_all_days(day: dt.date, folder: Path) -> None:
    """Nothing is before the one, and nothing after the other."""
    page = published_first(day=day)["en/index.html"].decode()
    assert (folder / "site" / "science" / "index.html").is_file()
    assert page.count('<p class="day"') == 2


@pytest.mark.parametrize(("tag", "path"), [("es", "es"), ("nl-BE", "nl")])
def test_a_portfolio_in_another_language(tag: str, path: str, folder: Path) -> None:
    """Its words are its own; ours are in the nearest that we speak, or in English."""
    text = PORTFOLIO.replace(" nl = ", f" {tag} = ").replace('"nl"', f'"{tag}"')
    write(folder, "portfolio.toml", text)
    found = published_first()
    assert "Onderwijs" in found["index.html"].decode()
    assert uids(found[f"{path}/all.ics"]) == uids(found["en/all.ics"])


# --- only what changed ----------------------------------------------------------------------------


@pytest.mark.measured
@pytest.mark.usefixtures("folder")
def test_nothing_is_touched_where_nothing_changed() -> None:
    """The folder stays the same folder."""
    before = published_first(), Path("site").stat().st_ino
    assert (published(), Path("site").stat().st_ino) == before


@pytest.mark.usefixtures("folder")
def test_to_see_that_nothing_changed_the_calendars_are_made_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They cost most of the time. Patched to be counted: nothing else tells."""
    published()
    made = []
    of_all = joined.Making.of_all

    def counted(making: joined.Making, those: Sequence[joined.Published]) -> Any:
        made.append(making.paths.language)
        return of_all(making, those)

    monkeypatch.setattr(joined.Making, "of_all", counted)
    published()
    assert made == ["nl", "en"]
    made.clear()
    published(day=dt.date(2015, 9, 2))
    assert made == ["nl", "en"], "another day is not in them"


@pytest.mark.usefixtures("folder")
def test_a_front_of_another_program_is_made_anew() -> None:
    """Each page is as that made it, of the same things, and as its record says."""
    before = published_first()
    record = read_record(before["parts.json"])
    assert record is not None
    page = record.parts["overview/nl"]
    was = attrs.evolve(page, files={"index.html": digest_of(b"as it was")})
    Path("site", "index.html").write_bytes(b"as it was")
    older = attrs.evolve(record, setting="0" * 16, parts={**record.parts, "overview/nl": was})
    Path("site", "parts.json").write_bytes(older.dumps())
    assert published() == before


def test_members_come_in_the_order_of_the_portfolio(folder: Path) -> None:
    """Also where they were published in another."""
    published_first()
    first, second = '"science.toml"', '"more/schools.toml"'
    text = PORTFOLIO.replace(first, "x").replace(second, first).replace("x\n", f"{second}\n")
    write(folder, "portfolio.toml", text)
    found = published()
    index = json.loads(found["portfolio.json"])
    assert [one["id"] for one in index["programmes"]] == ["schools", "science"]
    publish_portfolio(load_portfolio(), DAY, "new", address=ADDRESS)
    assert held(folder / "new") == found


def test_only_what_changed_is_made(folder: Path) -> None:
    """Another programme stays file by file what it was; all of it is what a first build makes."""
    before = published_first()
    inodes = {path: (folder / "site" / path).stat().st_ino for path in before}
    write(folder, "more/schools.toml", OTHER)
    after = published()
    different = changed(before, after)
    assert {path.split("/")[0] for path in different} <= {"schools", *FRONT, "nl", "en"}
    assert "nl/all.ics" in different
    assert all(
        (folder / "site" / path).stat().st_ino == inode
        for path, inode in inodes.items()
        if path not in different and path in after
    )
    assert not [path for path in different if path.startswith("science/")]


def test_a_spoiled_file_is_made_anew(folder: Path) -> None:
    """Of a site or of the front, and where the record is gone."""
    before = published_first()
    for path in ("index.html", "nl/all.ics", "schools/index.html", "parts.json"):
        (folder / "site" / path).write_bytes(b"spoiled")
        assert published() == before


def test_a_front_without_its_record_is_ours(folder: Path) -> None:
    """The index tells of it: nothing of it is left beside the site, as if it were of others."""
    before = published_first()
    (folder / "site" / "parts.json").unlink()
    done = publish_portfolio(load_portfolio(), DAY, "site", address=ADDRESS)
    assert done.warnings == ()
    assert published() == before
    assert not [*folder.glob("site.left-*")]


def test_a_feed_that_a_site_has_no_more_is_not_in_the_front(folder: Path) -> None:
    """What stood there is of an edition that is gone."""
    published_first()
    write(folder, "more/schools.toml", SCHOOLS.replace('bodies = ["ministry"]\n', ""))
    found = published(force=True)
    assert uids(found["nl/body-ocw.ics"]) == uids(found["science/nl/body-ocenw.ics"])


# --- what cannot be read --------------------------------------------------------------------------


@pytest.mark.parametrize("text", [BROKEN, None], ids=["broken", "missing"])
def test_the_last_site_of_what_is_broken_stays(text: str | None, folder: Path) -> None:
    """File by file, with its part of what the front tells; the page says of which day that is."""
    before = published_first()
    if text is None:
        (folder / "more" / "schools.toml").unlink()
    else:
        write(folder, "more/schools.toml", text)
    after = published(day=dt.date(2015, 9, 8))
    for path in before:
        if path.startswith("schools/") or path.endswith((".ics", "changes.atom")):
            assert after[path] == before[path]
    page = after["en/index.html"].decode()
    assert "Its file could not be read: this is how it stood on 1 September 2015." in page
    assert "Scholen" in page
    write(folder, "more/schools.toml", SCHOOLS)
    assert "could not be read" not in published()["en/index.html"].decode()
    assert published() == before


SPOILED_ENTRIES = {
    "no end": "<entry><updated>2015-01-01T00:00:00Z</updated>",
    "no moment": "<entry><id>a</id></entry>",
    "an entity": "<entry>&bad;<updated>2015-01-01T00:00:00Z</updated></entry>",
    "a tag that is not closed": "<entry><x><updated>2015-01-01T00:00:00Z</updated></entry>",
}


@pytest.mark.measured
@pytest.mark.parametrize("spoiled", SPOILED_ENTRIES.values(), ids=SPOILED_ENTRIES)
def test_a_spoiled_entry_of_what_is_broken_is_left_out(spoiled: str, folder: Path) -> None:
    """Whoever wrote it where the site is: the feed of all programmes stays one."""
    before = published_first()["nl/changes.atom"]
    write(folder, "more/schools.toml", BROKEN)
    feed = folder / "site/schools/nl/changes.atom"
    told = feed.read_text(encoding="utf-8").replace("</feed>", f"{spoiled}</feed>")
    feed.write_text(told, encoding="utf-8")
    assert published()["nl/changes.atom"] == before


def test_what_was_never_read_is_counted(folder: Path) -> None:
    """Nobody takes the front for the whole."""
    write(folder, "more/schools.toml", BROKEN)
    found = published_first()
    assert "Not read, and never published: 1 of 2 files." in found["en/index.html"].decode()
    assert json.loads(found["portfolio.json"])["not_read"] == 1


def without_schools(folder: Path) -> None:
    """Take the schools out of the portfolio."""
    alone = PORTFOLIO.replace('[[member]]\nfile = "more/schools.toml"\n', "")
    write(folder, "portfolio.toml", alone.replace(', "schools/ministry"', ""))


def test_what_is_gone_is_not_taken_for_what_is_broken(folder: Path) -> None:
    """A file that cannot be read is that of the programme that was published of it."""
    published_first()
    without_schools(folder)
    write(folder, "science.toml", "[programme")
    write(folder, "plan.toml", PLAN.read_text(encoding="utf-8").replace('"science"', '"plan"', 1))
    with (folder / "portfolio.toml").open("a", encoding="utf-8") as file:
        file.write('[[member]]\nfile = "plan.toml"\n')
    with pytest.raises(Refused, match=r'^\S+schools: error: the programme "schools" was published'):
        published()


def test_a_broken_file_under_a_new_name_may_be_any_of_those_published(folder: Path) -> None:
    """So nothing of them is taken away."""
    published_first()
    (folder / "more" / "schools.toml").rename(folder / "more" / "moved.toml")
    write(folder, "more/moved.toml", "[programme")
    write(folder, "portfolio.toml", PORTFOLIO.replace("schools.toml", "moved.toml"))
    page = published()["en/index.html"].decode()
    assert "Could not be read this time: 1 of 2 files." in page
    assert "Its file could not be read: this is how it stood on 1 September 2015." in page


@pytest.mark.measured
def test_what_is_broken_for_long_says_nothing_new(folder: Path) -> None:
    """Its rows name the day of which they are; a date that is over is no longer to come."""
    due = SCHOOLS.replace("due = 2014-10-01", "due = 2015-09-10")
    write(folder, "more/schools.toml", due)
    page = published_first()["en/index.html"].decode().partition('id="next"')[2]
    assert '<p class="when"><bdi>10 September 2015</bdi></p>' in page
    write(folder, "more/schools.toml", BROKEN)
    for day, is_there in (dt.date(2015, 9, 8), True), (dt.date(2015, 9, 11), False):
        page = published(day=day)["en/index.html"].decode()
        _, _, following = page.partition('id="next"')
        assert ("Van kracht in scholen" in following.partition("</section>")[0]) is is_there
        assert page.count("this is how it stood on 1 September 2015") == 1 + is_there


def edited(index: bytes) -> Any:
    """What stands in an index, to be edited by hand."""
    return json.loads(index)


@pytest.mark.parametrize(
    "edit",
    [
        lambda entry: entry.pop("counts"),
        lambda entry: entry["counts"].update(late=999),
        lambda entry: entry["attention"][0].update(term="soon"),
        lambda entry: entry.update(id="../elsewhere"),
        lambda entry: entry.update(languages=[]),
        lambda entry: entry["bodies"][0].update(id=3),
        lambda entry: entry["bodies"][0].update(lifelong="../x"),
        lambda entry: entry["counts"].update(late=True),
        lambda entry: entry.update(title={"nl": 1}),
    ],
)
def test_an_index_that_somebody_edited_is_made_anew(edit: Any, folder: Path) -> None:
    """Where a file cannot be read it cannot be, and nothing is published."""
    before = published_first()
    document = edited(before["portfolio.json"])
    edit(document["programmes"][1])
    write(folder, "site/portfolio.json", json.dumps(document))
    spoiled = held(folder / "site")
    write(folder, "more/schools.toml", BROKEN)
    with pytest.raises(Refused) as refused:
        published()
    assert str(refused.value) == (
        f"{Path('site', 'portfolio.json')}: error: is not as it was published, and has to tell how "
        "programmes stood whose files cannot be read now; restore it, or mend "
        f"{Path('more', 'schools.toml')} [bad-state]"
    )
    assert held(folder / "site") == spoiled
    write(folder, "more/schools.toml", SCHOOLS)
    assert published() == before


@pytest.mark.parametrize(
    ("portfolio", "path", "name"),
    [
        ("portfolio.toml", "more/schools.toml", "more/schools.toml"),
        ("all/portfolio.toml", "all/../schools.toml", "../schools.toml"),
        ("/all/portfolio.toml", "/all/more/schools.toml", "more/schools.toml"),
        ("all", "all/schools.toml", "schools.toml"),
        ("x/a.toml, y/b.toml", "y/b.toml", "b.toml"),
    ],
)
def test_a_file_has_one_name_wherever_it_is_read_from(portfolio: str, path: str, name: str) -> None:
    """Nothing of the machine is published with it."""
    assert file_of(path, attrs.evolve(TOGETHER, path=portfolio)) == name


def test_days_of_a_spoiled_item() -> None:
    """Who edits a calendar by hand finds its items at the end of a list, and no error."""
    item = b"BEGIN:VEVENT\r\nUID:a@b\r\nDTEND;VALUE=DATE:20139999\r\nEND:VEVENT\r\n"
    event = Event(text=item, open=tuple)
    assert (event.uid, event.day, event.end) == (b"a@b", dt.date.min, dt.date.min)
    assert Event(text=b"", open=tuple).uid == b""


def test_an_index_without_a_record_is_believed_as_far_as_it_is_one(folder: Path) -> None:
    """What was published with it is not known then."""
    before = published_first()
    (folder / "site" / "parts.json").unlink()
    write(folder, "more/schools.toml", BROKEN)
    after = published()
    assert after["schools/index.html"] == before["schools/index.html"]
    assert "Its file could not be read" in after["en/index.html"].decode()


# --- calendars that would be too large ------------------------------------------------------------

LONG = "x" * 200
ROOM = 25_000


@pytest.fixture
def small_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let calendars have room for a twentieth of what they hold, and be too large as soon."""
    monkeypatch.setattr(windows, "ROOM", ROOM)
    for module in (feeds, joined):
        monkeypatch.setattr(module, "ROOM_OF_YEAR", 45_000)
    monkeypatch.setattr(publication_module, "LARGEST_FEED", 45_000)


def large(own: str, many: int, years: Sequence[int]) -> str:
    """A programme with many milestones, dated in turn in some years; half of the old ones met."""
    head = SCHOOLS[: SCHOOLS.index("[[measure.milestone]]")].replace('"schools"', f'"{own}"')

    def milestone(number: int) -> str:
        year = years[number % len(years)]
        promise = (
            f'[[measure.milestone]]\nid = "m-{number}"\ntitle = "{number} {LONG}"\n'
            f'kind = "report"\ndue = {year}-03-0{1 + number % 9}\n'
        )
        met = f'[measure.milestone.met]\non = {year}-03-01\nsource = "letter-2013"\n'
        return promise + met if number % 2 and year < 2013 else promise

    return head + "".join(map(milestone, range(many)))


def write_portfolio(folder: Path, members: Mapping[str, str]) -> None:
    """Write programmes and a portfolio of them, whose ministries are one."""
    for own, text in members.items():
        write(folder, f"{own}.toml", text)
    named = "".join(f'[[member]]\nfile = "{own}.toml"\n' for own in members)
    ministries = ", ".join(f'"{own}/ministry"' for own in members)
    head, _, _ = PORTFOLIO.partition("[[member]]")
    shared = (
        f'[[body]]\nid = "ocw"\nname = {{ nl = "OCW", en = "OCW" }}\nsame_as = [{ministries}]\n'
    )
    write(folder, "portfolio.toml", head + named + shared)


def about(calendar: bytes) -> str:
    """What a calendar says of itself."""
    return str(Calendar.from_ical(calendar)["X-WR-CALDESC"])


def whole_of(found: Mapping[str, bytes], pattern: str) -> list[str]:
    """All UIDs of the calendars at the paths of a form, which need not be in one order."""
    paths = [path for path in found if re.fullmatch(pattern, path)]
    return sorted(each for path in paths for each in uids(found[path]))


LEFT_OUT = "Er is te veel voor één agenda"
BY_YEAR = "In de agenda\N{RIGHT SINGLE QUOTATION MARK}s per jaar staat alles wat een datum heeft."


@pytest.mark.usefixtures("small_rooms")
def test_calendars_over_all_are_windowed_as_those_of_one(folder: Path) -> None:
    """What is open or ended of late where everything has no room, and the rest by year."""
    names = ("one", "two", "three")
    write_portfolio(folder, {own: large(own, 20, range(2000, 2020)) for own in names})
    found = published()
    whole = whole_of(found, r"(one|two|three)/nl/all\.ics")
    assert (len(whole), whole_of(found, r"one/nl/all-.*")) == (60, [])
    for path in ("nl/all.ics", "nl/body-ocw.ics"):
        assert len(found[path]) < ROOM + 2_000
        assert {*whole} > {*uids(found[path])}
        assert LEFT_OUT in about(found[path])
        assert BY_YEAR in about(found[path])
    assert whole_of(found, r"nl/all-\d{4}\.ics") == whole
    index = json.loads(found["portfolio.json"])["feeds"]
    years = {feed["path"] for feed in index if feed["scope"] == "year"}
    assert len(years) == 2 * 20
    links = {*re.findall(r'href="(nl/all-[^"]+)"', found["index.html"].decode())}
    assert links == {path for path in years if path.startswith("nl/")}
    assert published() == found


@pytest.mark.usefixtures("small_rooms")
def test_what_a_programme_parts_by_year_is_there_once(folder: Path) -> None:
    """Its own calendar of everything has not all; a body's says of what it lacks the same."""
    write_portfolio(folder, {"one": large("one", 50, range(2000, 2020)), "schools": SCHOOLS})
    found = published()
    whole = sorted([*whole_of(found, r"one/nl/all-\d{4}\.ics"), "files.in-force@schools"])
    assert len(whole) == 51 > len(uids(found["one/nl/all.ics"]))
    assert whole_of(found, r"nl/all-\d{4}\.ics") == whole
    assert "files.in-force@schools" in uids(found["nl/all.ics"])
    own = {each.replace(".todo@", "@") for each in todos(found["one/nl/todo.ics"])}
    assert {each for each in uids(found["nl/all.ics"]) if each.endswith("@one")} <= own
    assert LEFT_OUT in about(found["nl/body-ocw.ics"])


def todos(calendar: bytes) -> list[str]:
    """The UIDs of what a calendar of to-dos has open."""
    found = Calendar.from_ical(calendar).walk("VTODO")
    return [str(todo["UID"]) for todo in found if todo["STATUS"] == "NEEDS-ACTION"]


@pytest.mark.measured
@pytest.mark.usefixtures("small_rooms")
def test_a_year_that_is_too_large_is_parted_by_programme(folder: Path) -> None:
    """Where one of a single programme is too large by itself, that is told."""
    write_portfolio(folder, {"one": large("one", 60, [2015]), "two": large("two", 10, [2015])})
    done = publish_portfolio(load_portfolio(), DAY, "site", address=ADDRESS)
    large_one = str(Path("site", "nl", "all-2015-one.ics"))
    (told,) = (str(each) for each in done.warnings if str(each).startswith(large_one))
    assert re.sub(r"[\d,]+ kB", "N kB", told) == (
        f"{large_one}: warning: has N kB, and Google Calendar stops at 1,000; subscribe to the "
        "calendars of the programme [large-feed]"
    )
    found = held(folder / "site")
    assert not [path for path in found if path == "nl/all-2015.ics"]
    assert whole_of(found, r"nl/all-2015-(one|two)\.ics") == whole_of(
        found, r"(one/nl/all-\d{4}|two/nl/all)\.ics"
    )
    assert "Scholen 2015" in str(Calendar.from_ical(found["nl/all-2015-one.ics"])["NAME"])
    write_portfolio(folder, {"one": large("one", 25, [2015]), "two": large("two", 10, [2015])})
    done = publish_portfolio(load_portfolio(), DAY, "site", address=ADDRESS, force=True)
    lost = [str(warning) for warning in done.warnings if "all-2015-one" in str(warning)]
    assert lost[0] == (
        f"{Path('site', 'en', 'all-2015-one.ics')}: warning: is no longer made: who subscribed to "
        "it gets an error from now on [lost-feed]"
    )


@pytest.mark.measured
def test_a_programme_that_is_gone_is_refused(folder: Path) -> None:
    """Who subscribed to it would get errors; who insists takes its files away, and no others."""
    published_first()
    (folder / "site" / "schools" / "note.txt").write_text("mine", encoding="utf-8")
    without_schools(folder)
    with pytest.raises(Refused) as refused:
        published()
    assert str(refused.value) == (
        f'{Path("site", "schools")}: error: the programme "schools" was published here, and is '
        "not among these: who subscribed to it would get errors; put its file back [lost-uid]"
    )
    found = published(force=True)
    assert [path for path in found if path.startswith("schools/")] == ["schools/note.txt"]


@pytest.mark.parametrize("lost", ["parts.json", "state.json"])
@pytest.mark.parametrize("written", [None, b"{}"])
def test_either_of_two_files_tells_what_was_made_of_a_programme_that_is_gone(
    lost: str, written: bytes | None, folder: Path
) -> None:
    """The record or the state: who insists takes its files away though one of them is spoilt."""
    published_first()
    (folder / "site" / "schools" / "note.txt").write_text("mine", encoding="utf-8")
    (folder / "site" / "schools" / lost).unlink()
    if written is not None:
        (folder / "site" / "schools" / lost).write_bytes(written)
    without_schools(folder)
    done = publish_portfolio(load_portfolio(), DAY, "site", address=ADDRESS, force=True)
    assert done.left_alone == ("schools/note.txt",)
    assert (folder / "site" / "schools" / "note.txt").is_file()
    assert not (folder / "site" / "schools" / "index.html").exists()


def test_what_one_programme_loses_is_refused_for_all(folder: Path) -> None:
    """Nothing is published, rather than a part."""
    before = published_first()
    write(folder, "more/schools.toml", SCHOOLS.replace('"in-force"', '"entry"'))
    write(folder, "science.toml", SCIENCE.replace("Van kracht", "In werking"))
    with pytest.raises(Refused, match=r'"files/in-force" .* was published and is not there'):
        published()
    assert held(folder / "site") == before


def test_what_others_made_is_left_alone(folder: Path) -> None:
    """In the front and in the site of a programme, whether or not something changed."""
    published_first()
    for path in ("CNAME", "science/notes/mine.txt"):
        write(folder / "site", path, "mine")
    for text in (SCHOOLS, OTHER):
        write(folder, "more/schools.toml", text)
        done = publish_portfolio(load_portfolio(), DAY, "site", address=ADDRESS)
        assert set(done.left_alone) == {"CNAME", "science/notes/"}


@pytest.mark.measured
def test_what_is_in_the_way_is_refused(folder: Path) -> None:
    """A page of somebody else, or the site of one programme."""
    write(folder, "site/index.html", "mine")
    with pytest.raises(Refused) as refused:
        published()
    assert str(refused.value) == (
        f"{Path('site', 'index.html')}: error: was not made by this program and is in the way; "
        "move it [not-ours]"
    )
    publish(load("science.toml"), DAY, "one")
    with pytest.raises(Refused, match="is that of a site of one programme, which stands here"):
        publish_portfolio(load_portfolio(), DAY, "one")


@pytest.mark.measured
def test_a_programme_cannot_have_the_name_of_a_language(folder: Path) -> None:
    """Its site would stand where the calendars of all are."""
    write(folder, "more/schools.toml", SCHOOLS.replace('"schools"', '"nl"'))
    write(folder, "portfolio.toml", PORTFOLIO.replace('"schools/', '"nl/'))
    with pytest.raises(BadValue) as raised:
        published()
    assert str(raised.value) == (
        'the programme "nl" would have its site in nl/, where that of all has its own files; '
        "publish it apart"
    )
    assert not (folder / "site").exists()


@pytest.mark.parametrize(
    "written",
    [
        None,
        b"",
        b"[]",
        b"{}",
        b'{"version": 0}',
        b'{"version": 1}',
        b'{"version": 1, "programmes": 3}',
    ],
)
def test_what_is_no_index_has_no_entries(written: bytes | None) -> None:
    """Then it is as if nothing had been published."""
    assert entries_in(written) is None


@pytest.mark.usefixtures("folder")
def test_a_front_has_what_there_is() -> None:
    """Without sites there are no items; without an address, a link that the script completes."""
    portfolio = load_portfolio()
    last = last_day(portfolio.members, DAY)
    reports = [as_of(member, DAY) for member in portfolio.members]
    front = Front(
        portfolio=portfolio,
        day=DAY,
        settled=DAY,
        last=last,
        found=[
            ahead(one.programme, one, entry(one.programme, one, portfolio), portfolio, last)
            for one in reports
        ],
        sites=(),
        content=lambda _: None,
    )
    files = {path: make() for part in front.parts for path, make in part.files.items()}
    assert {*files, "parts.json"} == FRONT
    assert uids(files["nl/all.ics"]) == []
    assert b"<entry" not in files["nl/changes.atom"]
    assert b'data-feed="nl/all.ics"' in files["index.html"]


@pytest.mark.usefixtures("folder")
def test_on_most_mornings_the_overviews_are_new() -> None:
    """With the index and the records of what was published: figures are of a day that stands."""
    before, after = published(day=QUIET_DAY), published(day=QUIET_DAY + dt.timedelta(days=1))
    names = {path.rpartition("/")[2] for path in changed(before, after)}
    assert names == {"index.html", "parts.json", "portfolio.json"}


# --- the command line -----------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="betatech-milestones")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("file", "name"), [("portfolio.toml", "publish_portfolio"), ("more/schools.toml", "publish")]
)
def test_the_collector_rests_while_a_site_is_made(
    file: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However that ends: a process goes on as it was."""
    module = importlib.import_module(f"betatech_milestones.website.{name}")
    was_enabled = []

    def fails(*_: object, **__: object) -> None:
        was_enabled.append(gc.isenabled())
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "alone_in", fails)
    assert run("build", file, "-o", "site", "--as-of", "2015-09-01").exit_code == 2
    assert was_enabled == [False]
    assert gc.isenabled()


@pytest.mark.measured
def test_build_publishes_several(folder: Path) -> None:
    """Exit 1 where something stays as it was; 2 where nothing can be read."""
    arguments = ("build", "portfolio.toml", "-o", "site", "--as-of", "2015-09-01")
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (0, "")
    assert re.fullmatch(
        r"site: \d+ files, \d+ of them feeds; new or changed milestones: 4\n", done.stderr
    )
    write(folder, "more/schools.toml", BROKEN)
    done = run(*arguments)
    assert done.exit_code == 1
    told = done.stderr.splitlines()
    assert told[1].startswith("1 of 2 files could not be read: ")
    assert told[2].startswith("site: ")
    assert (folder / "site" / "schools" / "index.html").is_file()
    write(folder, "science.toml", "[programme]")
    assert run(*arguments).exit_code == 2
    done = run(*arguments, "--previous", "site")
    assert done.exit_code == 2


@pytest.mark.measured
@pytest.mark.parametrize(
    ("option", "message"),
    [
        (
            ("--previous", "old"),
            "--previous is for one programme; publish several where they stand",
        ),
        (
            ("--lang", "nl"),
            "--lang is for one programme; of several each has its own languages",
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_build_of_several_refuses_what_is_for_one(option: tuple[str, str], message: str) -> None:
    """An edition elsewhere would leave what is broken without its site."""
    done = run("build", "portfolio.toml", "-o", "site", *option)
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (2, f"Error: {message}")
