"""Feeds of changes say what happened, in a form that every feed reader takes as it is meant.

Read back by feedparser, which reads what most readers do, and held to the rules of RFC 4287.
"""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import feedparser
import pytest
from golden import Golden, hold
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, SHIPPED, changed

from betatech_milestones import (
    Body,
    Measure,
    PolicyDate,
    Programme,
    Texts,
    atom,
    history,
    loads,
)
from betatech_milestones.model.records import trusted
from betatech_milestones.voice.paths import Paths
from betatech_milestones.website.atom import milestones_of, path_of

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ADDRESS = "https://example.org/plan/"
GOLDEN = Path(__file__).with_name("atom")
DASH = "\u2013"

FEEDS: dict[str, bytes] = {
    "the shared programme": atom(loads(PROGRAMME)),
    "with an address": atom(loads(PROGRAMME), address=ADDRESS),
    "in English": atom(loads(PROGRAMME), language="en", address=ADDRESS),
    "nothing": atom(loads(PROGRAMME).only(kinds=["start"]), address=ADDRESS),
    "shipped": atom(SHIPPED),
    "shipped, in English": atom(SHIPPED, language="en", address=ADDRESS),
    "of a measure": atom(loads(PROGRAMME), loads(PROGRAMME).measures[0]),
    "of a measure, with an address": atom(SHIPPED, SHIPPED.measures[0], address=ADDRESS),
    "of a body": atom(loads(PROGRAMME), loads(PROGRAMME).bodies[0]),
    "of a body, with an address": atom(SHIPPED, SHIPPED.bodies[0], address=ADDRESS),
}
each_feed = pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)


def parsed(feed: bytes) -> ET.Element:
    return ET.fromstring(feed)  # noqa: S314  we wrote it


def entries(feed: bytes) -> list[ET.Element]:
    return parsed(feed).findall(f"{ATOM}entry")


def titles(programme: Programme, **options: Any) -> list[str]:
    return [str(entry.findtext(f"{ATOM}title")) for entry in entries(atom(programme, **options))]


def ids(programme: Programme, **options: Any) -> list[str]:
    return [str(entry.findtext(f"{ATOM}id")) for entry in entries(atom(programme, **options))]


def text(entry: ET.Element) -> list[str]:
    """Return the paragraphs of an entry."""
    return ["".join(found.itertext()).strip() for found in entry.iter(f"{XHTML}p")]


def one(milestone: str) -> Programme:
    """Return the shared programme with one milestone, from the TOML below its title."""
    head = PROGRAMME.partition("[[measure.milestone]]")[0]
    title = 'id = "x"\ntitle = { nl = "Titel", en = "Title" }\nkind = "other"\n'
    return loads(f"{head}[[measure.milestone]]\n{title}{milestone}")


# --- in full --------------------------------------------------------------------------------------


def golden() -> Golden:
    """Return what writes each feed that is seen in full."""
    shared = loads(PROGRAMME)
    (files, _), (ocw,) = shared.measures, shared.bodies
    english: dict[str, Any] = {"language": "en", "address": ADDRESS}
    return {
        GOLDEN / "changes.nl.atom": lambda: atom(shared).decode(),
        GOLDEN / "changes.en.atom": lambda: atom(shared, **english).decode(),
        GOLDEN / "measure-dossiers.nl.atom": lambda: atom(shared, files).decode(),
        GOLDEN / "measure-dossiers.en.atom": lambda: atom(shared, files, **english).decode(),
        GOLDEN / "body-ocenw.en.atom": lambda: atom(shared, ocw, **english).decode(),
        # As old as computers count.
        GOLDEN / "nothing.nl.atom": FEEDS["nothing"].decode,
    }


@pytest.mark.parametrize("file", golden(), ids=lambda file: file.name)
def test_a_feed_in_full(file: Path) -> None:
    """Every rule of the feeds can be seen in these; one without entries is a feed, too."""
    hold(file, golden()[file]())


# --- what RFC 4287 asks ---------------------------------------------------------------------------


def occurrences(element: ET.Element, name: str) -> int:
    return len(element.findall(f"{ATOM}{name}"))


@each_feed
def test_required_elements(feed: bytes) -> None:
    """A feed has one id, title and moment, and an author (4.1.1); so has an entry (4.1.2)."""
    root = parsed(feed)
    for element in (root, *entries(feed)):
        assert [occurrences(element, name) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert occurrences(root, "author") >= 1
    for author in root.iter(f"{ATOM}author"):
        assert str(author.findtext(f"{ATOM}name")).strip()


@each_feed
def test_no_other_elements(feed: bytes) -> None:
    """It has no element that the RFC does not know; XHTML is in one div (4.1.3.3)."""
    root = parsed(feed)
    known = {"id", "title", "updated", "author", "link", "entry"}
    assert {child.tag for child in root} <= {f"{ATOM}{name}" for name in known}
    for entry in entries(feed):
        assert {child.tag for child in entry} <= {
            f"{ATOM}{name}" for name in (known - {"entry"}) | {"content"}
        }
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") in {"xhtml", None}
        assert [child.tag for child in content] == ([f"{XHTML}div"] if content.get("type") else [])


@each_feed
def test_moments(feed: bytes) -> None:
    """Moments are as RFC 3339 writes them (3.3); the feed's is that of its first entry."""
    root = parsed(feed)
    moments = [str(found.text) for found in root.iter(f"{ATOM}updated")]
    for moment in moments:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T00:00:00Z", moment)
        assert dt.datetime.fromisoformat(moment).tzinfo == dt.UTC
    assert moments[1:] == sorted(moments[1:], reverse=True)
    assert moments[:1] == (moments[1:2] or ["1970-01-01T00:00:00Z"])


@each_feed
def test_ids_are_unique(feed: bytes) -> None:
    """No id occurs twice (4.2.6), and each is an absolute IRI."""
    root = parsed(feed)
    found = [str(element.text) for element in root.iter(f"{ATOM}id")]
    assert len(set(found)) == len(found)
    for name in found:
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", name)


@each_feed
def test_links(feed: bytes) -> None:
    """No two links of one kind have the same relation (4.1.1, 4.2.7.2), and each is absolute."""
    root = parsed(feed)
    for element in (root, *entries(feed)):
        links = element.findall(f"{ATOM}link")
        relations = [link.get("rel", "alternate") for link in links]
        assert len(set(relations)) == len(relations)
        for link in links:
            assert str(link.get("href")).startswith("https://")


@pytest.mark.parametrize("language", ["nl", "en", "en-GB", "fy"])
def test_language(language: str) -> None:
    """The feed names its language (RFC 5646)."""
    root = parsed(atom(loads(PROGRAMME), language=language))
    assert root.get(f"{XML}lang") == language


# --- what a reader sees ---------------------------------------------------------------------------


@each_feed
def test_feedparser_reads_it(feed: bytes) -> None:
    """A reader finds a valid feed, with as many entries as were written."""
    found = feedparser.parse(feed)
    assert (found.bozo, found.version, found.encoding) == (False, "atom10", "utf-8")
    assert len(found.entries) == len(entries(feed))


def test_feedparser_reads_what_was_meant() -> None:
    """The newest entry, as a reader shows it."""
    found = feedparser.parse(FEEDS["in English"])
    assert (found.feed.title, found.feed.author) == ("Measures: changes", "Ministerie")
    assert (found.feed.link, found.feed.language) == (f"{ADDRESS}en/", "en")
    oldest = found.entries[-2]
    assert oldest.title == "Promised: 1 August 2014 – In force"  # noqa: RUF001  a dash
    assert oldest.author == "Ministry of Education"
    assert oldest.updated == "2013-02-26T00:00:00Z"
    assert oldest.link == f"{ADDRESS}en/measure/files.html#in-force"
    assert [link.href for link in oldest.links if link.rel == "via"] == [
        "https://example.org/letter-2013"
    ]
    assert oldest.content[0].type == "application/xhtml+xml"
    assert 'href="https://example.org/letter-2013"' in oldest.content[0].value


MOVED = 'revised = [{ due = "2015-08", source = "letter-2015" }]'
NEWS = 'news = [{ found = "%s", source = "letter-2015", says = { nl = "Half af.", en = "Half." } }]'

# What is in the file · what the title of the newest entry says, in Dutch and in English.
TITLES = {
    "promised": ("due = 2014-08-01", "Aangekondigd: 1 augustus 2014", "Promised: 1 August 2014"),
    "promised in words": (
        'due = "zomer 2014"',
        "Aangekondigd: zomer 2014",
        "Promised: summer 2014 (“zomer 2014”)",
    ),
    "promised in words alone": (
        'due = { words = { nl = "doorlopend", en = "ongoing" } }',
        "Aangekondigd: doorlopend",
        "Promised: ongoing",
    ),
    "promised undated": ("", "Aangekondigd zonder datum", "Promised without a date"),
    "an aim": (
        'commitment = "aim"\ndue = 2014-08-01',
        "Beoogd: 1 augustus 2014",
        "Aimed at: 1 August 2014",
    ),
    "a forecast": (
        'commitment = "forecast"\ndue = 2014-08-01',
        "Verwacht: 1 augustus 2014",
        "Expected: 1 August 2014",
    ),
    "fixed": (
        'commitment = "fixed"\ndue = 2014-08-01',
        "Vastgelegd in wet of contract: 1 augustus 2014",
        "Fixed by law or contract: 1 August 2014",
    ),
    "moved": (
        f"due = 2015-01-01\n{MOVED}",
        "Verplaatst naar augustus 2015 (was 1 januari 2015)",
        "Moved to August 2015 (was 1 January 2015)",
    ),
    "given a date": (
        MOVED,
        "Verplaatst naar augustus 2015 (was zonder datum)",
        "Moved to August 2015 (was undated)",
    ),
    "another goal": (
        'revised = [{ goal = 12, source = "letter-2015" }]',
        "Doel nu 12",
        "Goal now 12",
    ),
    "handed over": (
        'revised = [{ bodies = [], source = "letter-2015" }]',
        "Nu verantwoordelijk: niemand genoemd",
        "Now answered for by nobody named",
    ),
    "under way": (NEWS % "under-way", "In uitvoering", "Under way"),
    "partly": (NEWS % "partly", "Deels gedaan", "Partly done"),
    "not done": (NEWS % "not-done", "Niet gedaan", "Not done"),
    "looked for": (
        'news = [{ on = 2015-08-01, found = "nothing", by = "wij" }]',
        "Niets gevonden",
        "Nothing found",
    ),
    "met": (
        'met = { on = 2015-06-01, source = "letter-2015" }',
        "Gerealiseerd: 1 juni 2015",
        "Met: 1 June 2015",
    ),
    "met, nobody knows when": (
        'met = { source = "letter-2015" }',
        "Gerealiseerd: dag onbekend",
        "Met: day unknown",
    ),
    "dropped": (
        'dropped = { on = 2015, source = "letter-2015", reason = { nl = "Nee." } }',
        "Vervallen: 2015",
        "Dropped: 2015",
    ),
    "replaced": (
        'replaced = { on = 2015, source = "letter-2015", reason = { nl = "Anders." } }',
        "Vervangen: 2015",
        "Replaced: 2015",
    ),
    "a fact": (
        'commitment = "none"\nmet = { on = 2012, source = "letter-2013" }',
        "Gemeld als gedaan: 2012",
        "Reported as done: 2012",
    ),
}


@pytest.mark.parametrize(("milestone", "dutch", "english"), TITLES.values(), ids=TITLES)
def test_titles(milestone: str, dutch: str, english: str) -> None:
    """A title says what happened, then to what."""
    assert titles(one(milestone))[0] == f"{dutch} {DASH} Titel"
    assert titles(one(milestone), language="en")[0] == f"{english} {DASH} Title"


# What is in the file · the paragraphs of the newest entry, between the measure and who.
CONTENTS = {
    "a day": ("due = 2014-08-01", []),
    "no day": ("", []),
    "a season": ('due = "zomer 2014"', ["Window: 1 June 2014 to 31 August 2014"]),
    "about a day": (
        'due = { words = "rond die dag", edtf = "2014-08-01~" }',
        ["Window: 1 August 2014, approximately"],
    ),
    "a reason to move": (
        'revised = [{ due = 2015-08-01, source = "letter-2013", reason = { nl = "Te\\nkort." } }]',
        ["Te kort."],
    ),
    "a reason to drop": (
        'dropped = { on = 2012-05-01, source = "letter-2013", reason = { nl = "Nee." } }',
        ["Nee."],
    ),
    "what took its place": (
        (
            'replaced = { by = "files/y", source = "letter-2013", reason = { nl = "Beter." } }\n'
            '[[measure.milestone]]\nid = "y"\ntitle = "Y"\nkind = "other"\nsource = "letter-2015"'
        ),
        ["by files/y; Beter."],
    ),
    "news": (
        (
            'news = [{ on = 2013-02-26, found = "partly", says = { nl = "Half\\naf." }, '
            'source = "letter-2013" }]'
        ),
        ["26 February 2013: partly done: Half af."],
    ),
    "a move and another goal": (
        'revised = [{ due = 2015-08-01, goal = 12, source = "letter-2013" }]',
        ["goal now 12"],
    ),
    "a note": (
        'met = { on = 2012-05-01, source = "letter-2013", note = { nl = "Ruim." } }',
        ["Note: Ruim."],
    ),
}


def one_of(found: list[ET.Element]) -> Iterator[ET.Element]:
    """Yield the entries on the milestone in question."""
    return (entry for entry in found if str(entry.findtext(f"{ATOM}title")).endswith("Title"))


@pytest.mark.parametrize(("milestone", "said"), CONTENTS.values(), ids=CONTENTS)
def test_contents(milestone: str, said: list[str]) -> None:
    """The text has what the title leaves out: the window, the reason, and the source."""
    entry = next(one_of(entries(atom(one(milestone), language="en"))))
    assert text(entry) == [
        "Measure: Files",
        *said,
        "Responsible: Ministry of Education",
        "Source: Letter, Kamerstuk 1",
    ]


def test_nobody_is_responsible() -> None:
    """Then the programme alone is the author, and no paragraph speaks of it."""
    nobody = changed('sectors = ["mbo"]\nbodies = ["ocw"]\n', "")
    (entry,) = entries(atom(loads(nobody).only(kinds=["report"]), language="en"))[1:]
    assert occurrences(entry, "author") == 0
    assert text(entry) == ["Measure: Files", "Source: Letter, Kamerstuk 1"]


def test_the_publisher_is_the_author() -> None:
    """Where a programme names none, it stands as its own."""
    anonymous = attrs.evolve(loads(PROGRAMME), publisher=None)
    authors = [
        parsed(atom(each)).findtext(f"{ATOM}author/{ATOM}name")
        for each in (
            loads(PROGRAMME),
            anonymous,
        )
    ]
    assert authors == ["Ministerie", "Maatregelen"]


def test_several_are_responsible() -> None:
    """Each is an author."""
    text = changed("[[kind]]", '[[body]]\nid = "sbb"\nname = { nl = "SBB" }\n[[kind]]')
    programme = loads(text.replace('bodies = ["ocw"]', 'bodies = ["ocw", "sbb"]'))
    (entry, *_) = entries(atom(programme.only(kinds="report")))
    names = [author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author")]
    assert names == ["Ministerie van OCW", "SBB"]


def test_no_address() -> None:
    """Without an address there are no links but to the sources."""
    root = parsed(FEEDS["the shared programme"])
    assert {link.get("rel") for link in root.iter(f"{ATOM}link")} == {"via"}


# Language · where the feed and the page are, as seen from the address.
ADDRESSES = {
    None: ("nl/changes.atom", ""),
    "nl": ("nl/changes.atom", ""),
    "en": ("en/changes.atom", "en/"),
}


@pytest.mark.parametrize("language", ADDRESSES)
def test_addresses(language: str | None) -> None:
    """The page is at the root in the programme's own language, and in a folder in another."""
    feed, page = ADDRESSES[language]
    root = parsed(atom(loads(PROGRAMME), language=language, address=ADDRESS))
    found = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert found == {"self": ADDRESS + feed, "alternate": ADDRESS + page}
    part = loads(PROGRAMME).only(kinds="entry-into-force")
    link = entries(atom(part, language=language, address=ADDRESS))[0].find(
        f"{ATOM}link[@rel='alternate']"
    )
    assert link is not None
    assert link.get("href") == f"{ADDRESS}{page}measure/files.html#in-force"


def test_a_programme_in_another_language() -> None:
    """Its own language has the root, whichever that is."""
    english = attrs.evolve(loads(PROGRAMME), language="en")
    assert b'"alternate" type="text/html" href="https://example.org/plan/" ' in atom(
        english, address=ADDRESS
    )
    assert b'href="https://example.org/plan/nl/" ' in atom(english, language="nl", address=ADDRESS)
    # Also where that is none that we speak.
    for tag, at_home, other in ("de", "de", "en"), ("es", "es", "en"):
        text = PROGRAMME.replace("nl =", f"{tag} =").replace('"nl"', f'"{tag}"')
        for language, page in (at_home, ""), (other, f"{other}/"):
            written = atom(loads(text), language=language, address=ADDRESS)
            assert f'href="{ADDRESS}{page}" '.encode() in written


# --- which entries there are ----------------------------------------------------------------------


def test_at_most_a_hundred() -> None:
    """Of a long history the feed has the newest part."""
    programme = one("")
    (milestone,) = programme.milestones
    measure = milestone.measure
    many = tuple(
        attrs.evolve(
            milestone,
            id=f"x-{number:03}",
            title=Texts((("nl", str(number)),)),
            source=attrs.evolve(
                milestone.source,
                published=PolicyDate((dt.date(2014, 1, 1) + dt.timedelta(number)).isoformat()),
            ),
        )
        for number in range(101)
    )
    long = attrs.evolve(programme, measures=(attrs.evolve(measure, milestones=many),))
    assert titles(long) == [
        f"Aangekondigd zonder datum {DASH} {number}" for number in range(100, 0, -1)
    ]


def test_what_is_known_on_no_day_is_left_out() -> None:
    """An entry must have a moment, and a made-up one would be a lie."""
    programme = one('met = { on = "[2012..]", source = "web-page" }')
    assert titles(programme) == [
        f"Gerealiseerd: 2012 of later {DASH} Titel",
        f"Aangekondigd zonder datum {DASH} Titel",
    ]
    (milestone,) = programme.milestones
    (met,) = milestone.outcomes
    never = attrs.evolve(met, source=attrs.evolve(met.source, seen=dt.date.max))
    milestone = attrs.evolve(milestone, outcomes=(never,))
    measure = attrs.evolve(programme.measures[0], milestones=(milestone,))
    assert titles(attrs.evolve(programme, measures=(measure,))) == [
        f"Aangekondigd zonder datum {DASH} Titel"
    ]


def test_a_fact_was_not_promised() -> None:
    """What a source only reports as done has one entry: that."""
    assert titles(one('commitment = "none"\nmet = { source = "letter-2013" }')) == [
        f"Gemeld als gedaan: dag onbekend {DASH} Titel"
    ]


def test_who_says_so_besides() -> None:
    """Each document is named in the text; the first is the one to go to."""
    (entry, *_) = entries(atom(one('met = { sources = ["letter-2015", "letter-2013"] }')))
    assert text(entry)[-2:] == ["Bron: Tweede brief", "Bron: Brief, Kamerstuk 1"]
    assert occurrences(entry, "link") == 0


# --- ids ------------------------------------------------------------------------------------------

MOVE = '{ due = %s, source = "letter-2015", announced = %s }'
FIRST, SECOND = MOVE % ("2015-08-01", "2014-05-01"), MOVE % ("2016-08-01", "2014-05-01")


def moved(*revisions: str) -> Programme:
    return one(f"due = 2014-08-01\nrevised = [{', '.join(revisions)}]")


def test_ids_never_change() -> None:
    """A reader knows an entry by its id: this one is published."""
    assert ids(one("due = 2014-08-01")) == ["urn:uuid:8fea7381-d641-59e7-a90a-25aab1c37874"]


def test_what_comes_later_changes_no_id() -> None:
    """Another move, also on the same day, and an outcome are entries on top of those there were."""
    before = ids(moved(FIRST))
    assert ids(moved(FIRST, SECOND))[1:] == before
    assert ids(moved(FIRST, FIRST))[1:] == before
    for later in (
        "met = { on = 2015-06-01, source = 'letter-2015' }",
        "dropped = { source = 'letter-2015', reason = 'Nee.' }",
        "replaced = { source = 'letter-2015', reason = 'Anders.' }",
        "news = [{ found = 'partly', source = 'letter-2015' }]",
        "news = [{ found = 'nothing', on = 2014-05-01, by = 'wij' }]",
    ):
        assert ids(one(f"due = 2014-08-01\nrevised = [{FIRST}]\n{later}"))[1:] == before
    assert (
        ids(moved(FIRST, "{ goal = 3, source = 'letter-2015', announced = 2014-05-01 }"))[1:]
        == before
    )
    twice = "news = [{ found = 'partly', source = 'letter-2015' }%s]"
    once = ids(one(twice % ""))
    assert ids(one(twice % ", { found = 'not-done', source = 'letter-2015' }"))[1:] == once


def test_what_was_forgotten_changes_no_id() -> None:
    """A move that is put in between takes no id of another."""
    forgotten = MOVE % ("2015-01-01", "2014-03-01")
    before = ids(moved(FIRST, SECOND))
    after = ids(moved(forgotten, FIRST, SECOND))
    assert [*after[:2], after[3]] == before


CORRECTIONS = {
    "a title": ('nl = "Van kracht"', 'nl = "In werking"'),
    "a date": ("due = 2014-08-01", "due = 2014-09-01"),
    "a move": ('edtf = "2016-08~"', 'edtf = "2016-09~"'),
    "a day of being met": ("on = 2015-06-01", "on = 2015-06-02"),
    "a source": (
        'title = { nl = "Tweede brief" }\npublished = 2015-07-01',
        'title = { nl = "X" }\npublished = 2015-07-02',
    ),
    "a place": ('locator = "3.1"\nformerly', "formerly"),
    "another id": (
        'id = "in-force"',
        'id = "in-effect"\nformerly = ["in-force"]',
    ),
    "another body": ('id = "ocw"\nformerly = ["ocenw"]', 'id = "ocw"\nformerly = ["onderwijs"]'),
    "another goal": ("goal = 12", "goal = 13"),
    "other news": ('found = "under-way"', 'found = "partly"'),
    "another reason": ("opgegaan in de dossiers", "een ander plan"),
}


@pytest.mark.parametrize(("old", "new"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_a_correction_changes_no_id(old: str, new: str) -> None:
    """Neither a text nor a date is in an id: a mended entry is the same entry."""
    text = changed(old, new).replace('"files/in-force"', '"files/in-effect"')
    text = text if "in-effect" in new else changed(old, new)
    assert sorted(ids(loads(text))) == sorted(ids(loads(PROGRAMME)))


def test_ids_differ() -> None:
    """Another language and another programme have ids of their own; another address has not."""
    own = {*ids(loads(PROGRAMME))}
    assert own & {*ids(loads(PROGRAMME), language="en")} == set()
    assert own & {*ids(loads(changed('id = "science"', 'id = "arts"')))} == set()
    assert own == {*ids(loads(PROGRAMME), language="nl", address=ADDRESS)}


def test_a_part_has_the_ids_of_the_whole() -> None:
    """Who follows one measure and the whole programme sees each change once."""
    part, whole = loads(PROGRAMME).only(kinds=["report"]), loads(PROGRAMME)
    assert set(ids(part)) < set(ids(whole))


# --- of one measure, of one body ------------------------------------------------------------------


def parts(programme: Programme) -> list[Measure | Body]:
    """Return what has a feed of its own."""
    return [*programme.measures, *programme.bodies]


def of(name: str, programme: Programme) -> Measure | Body:
    """Return a measure or a body by its id."""
    return next(one for one in parts(programme) if one.id == name)


def named(feed: bytes) -> list[tuple[str, str, str]]:
    """Return of each entry its id, its title and its moment."""
    names = ("id", "title", "updated")
    return [
        (a, b, c)
        for a, b, c in ([str(e.findtext(f"{ATOM}{n}")) for n in names] for e in entries(feed))
    ]


STATEMENTS = {
    found
    for measure in SHIPPED.measures
    for found in named(atom(attrs.evolve(SHIPPED, measures=(measure,))))
}
"""Every statement on the programme that ships, as feeds of a whole have them."""


def test_no_statement_is_without_an_entry() -> None:
    """What was said is what the feeds have, and nothing else."""
    assert len(STATEMENTS) == len(history(SHIPPED))


@pytest.mark.parametrize("address", [None, ADDRESS])
@pytest.mark.parametrize("name", [one.id for one in parts(SHIPPED)])
def test_a_part_has_the_entries_of_the_whole(name: str, address: str | None) -> None:
    """Each under the same id, with the same title and moment, and none is missed.

    A body's are those on what it answers for on their day, or did until then.
    """
    part = of(name, SHIPPED)
    found = named(atom(SHIPPED, part, address=address))
    assert {*found} <= STATEMENTS
    days = [
        s.day
        for s in history(SHIPPED)
        if (name in (s.milestone.measure.id, *s.milestone.also))
        or part in s.milestone.bodies_by(s.day)
        or part in s.milestone.bodies_by(s.day - dt.timedelta(days=1))
    ]
    newest = days[: 20 if isinstance(part, Measure) else 100]
    assert [moment for _, _, moment in found] == [f"{day}T00:00:00Z" for day in newest]


def test_given_milestones_are_the_only_ones_looked_at() -> None:
    """Who publishes thousands of feeds gives each the milestones that it may tell of."""
    whole = loads(PROGRAMME)
    for part in parts(whole):
        own = milestones_of(whole, part)
        assert atom(whole, part, milestones=reversed(own)) == atom(whole, part)
    empty = attrs.evolve(whole, measures=())
    files = whole.measures[0]
    assert atom(empty, files, milestones=milestones_of(whole, files)) == atom(whole, files)
    assert milestones_of(whole, None) == whole.by_id


def test_a_measure_has_what_is_also_its_own() -> None:
    """A milestone of another measure that is a part of it: it says so, and leads to that."""
    whole = loads(PROGRAMME)
    feed = atom(whole, of("files", whole), address=ADDRESS)
    contents = [str(entry.findtext(f"{ATOM}content")) for entry in entries(feed)]
    assert [text.startswith("Maatregel: Leraren · ") for text in contents] == [
        "Leraren" in title for _, title, _ in named(feed)
    ]
    links = {entry.link for entry in feedparser.parse(feed).entries}
    assert links == {
        f"{ADDRESS}measure/files.html#in-force",
        f"{ADDRESS}measure/files.html#progress",
        f"{ADDRESS}measure/teachers.html#survey",
    }


HANDED = """
[[measure.milestone.revised]]
bodies = ["sbb"]
source = "letter-2015"
"""


def test_a_hand_over_concerns_both_bodies() -> None:
    """Who hands a promise over hears of that, and of nothing that comes later."""
    text = changed("[[kind]]", '[[body]]\nid = "sbb"\nname = { nl = "SBB" }\n[[kind]]')
    later = "[measure.milestone.dropped]\nreason = 'Nee.'\nsource = 'web-page'\n"
    head = text.partition("[[measure.milestone]]")[0]
    title = 'id = "x"\ntitle = { nl = "Titel" }\nkind = "other"\n'
    programme = loads(f"{head}[[measure.milestone]]\n{title}{HANDED}{later}")
    found = {
        body.id: [title.partition(f" {DASH} ")[0] for _, title, _ in named(atom(programme, body))]
        for body in programme.bodies
    }
    assert found == {
        "ocw": ["Nu verantwoordelijk: SBB", "Aangekondigd zonder datum"],
        "sbb": ["Vervallen: dag onbekend", "Nu verantwoordelijk: SBB"],
    }


def test_who_answers_is_told_where_it_is_another() -> None:
    """In a measure's feed the measure's bodies are the authors of what names none."""
    text = changed('id = "progress"', 'id = "progress"\nbodies = []')
    programme = loads(text)
    feed = atom(programme, of("files", programme))
    assert parsed(feed).findtext(f"{ATOM}author/{ATOM}name") == "Ministerie van OCW"
    found = {
        str(e.findtext(f"{ATOM}title")): e.findtext(f"{ATOM}author/{ATOM}name")
        for e in entries(feed)
    }
    assert {title: who for title, who in found.items() if who} == {
        f"Vervallen: zomer 2015 {DASH} Voortgang": "Ministerie",
        f"Aangekondigd zonder datum {DASH} Voortgang": "Ministerie",
    }


def test_at_most_twenty_of_a_measure() -> None:
    """Of a long history the feed of a measure has the newest part."""
    news = ", ".join(
        f"{{ on = 2015-07-{day:02}, found = 'nothing', by = 'wij' }}" for day in range(2, 26)
    )
    programme = one(f"news = [{news}]")
    found = named(atom(programme, programme.measures[0]))
    assert [moment[:10] for _, _, moment in found] == [
        f"2015-07-{day:02}" for day in range(25, 5, -1)
    ]


RENAMED = (
    ('id = "files"', 'id = "dossiers-2"'),
    ('formerly = ["dossiers"]', 'formerly = ["dossiers", "files"]'),
    ('also = ["files"]', 'also = ["dossiers-2"]'),
    ('"files/in-force"', '"dossiers-2/in-force"'),
    ('id = "ocw"\nformerly = ["ocenw"]', 'id = "minocw"\nformerly = ["ocenw", "ocw"]'),
    ('bodies = ["ocw"]', 'bodies = ["minocw"]'),
    ('bodies = [ "ocw" ]', 'bodies = [ "minocw" ]'),
    ('by = "ocw"', 'by = "minocw"'),
)


@pytest.mark.parametrize(("now", "renamed"), [("files", "dossiers-2"), ("ocw", "minocw")])
def test_a_feed_survives_a_new_name(now: str, renamed: str) -> None:
    """Its id, its path and the ids of its entries are those for life; only the page is another."""
    text = PROGRAMME
    for old, new in RENAMED:
        text = text.replace(old, new)
    text = text.replace('id = "in-force"', 'id = "in-force"\nformerly = ["dossiers/in-force"]')
    before, after = loads(PROGRAMME), loads(text)
    was = atom(before, of(now, before), address=ADDRESS)
    is_now = atom(after, of(renamed, after), address=ADDRESS)
    assert named(is_now) == named(was)
    feeds = [feedparser.parse(feed).feed for feed in (was, is_now)]
    pages = [feed.pop("link") for feed in feeds]
    assert pages[1].removeprefix(ADDRESS) in {f"measure/{renamed}.html", f"body/{renamed}.html"}
    assert len({feed.id for feed in feeds}) == 1
    own = [next(link.href for link in feed.links if link.rel == "self") for feed in feeds]
    assert own[0] == own[1]


def test_feeds_have_ids_and_paths_of_their_own() -> None:
    """No two feeds of a programme are taken for one."""
    feeds = [atom(SHIPPED, part, address=ADDRESS) for part in (None, *parts(SHIPPED))]
    assert len({parsed(feed).findtext(f"{ATOM}id") for feed in feeds}) == len(feeds)
    paths = Paths.of(SHIPPED, "en")
    assert path_of(paths, None) == "en/changes.atom"
    assert path_of(paths, SHIPPED.bodies[0]) == f"en/body-{SHIPPED.bodies[0].lifelong_id}.atom"
    measure = loads(PROGRAMME).measures[0]
    assert path_of(paths, measure) == "en/measure-dossiers.atom"


def test_the_feed_of_a_measure_is_small() -> None:
    """Three promises take less than 1.6 kB, a statement more less than 0.4: there are thousands."""
    milestones = "".join(
        f'[[measure.milestone]]\nid = "report-{number}"\n'
        f'title = "Voortgangsrapportage {number} naar de Kamer"\nkind = "report"\n'
        f'due = "zomer 201{number}"\n'
        for number in (4, 5, 6)
    )
    programme = loads(f"{PROGRAMME.partition('[[measure.milestone]]')[0]}{milestones}")
    (measure,) = programme.measures
    size = len(atom(programme, measure, address=ADDRESS))
    assert size < 1600
    news = "[[measure.milestone.news]]\nfound = 'partly'\nsource = 'letter-2015'\n"
    more = loads(f"{PROGRAMME.partition('[[measure.milestone]]')[0]}{milestones}{news}")
    assert len(atom(more, more.measures[0], address=ADDRESS)) - size < 400


def test_many_programmes_read_together() -> None:
    """An entry is the same one in the feed of its programme and in that of many."""
    whole = loads(PROGRAMME)
    with trusted():
        measures = tuple(
            attrs.evolve(
                measure,
                id=f"science/{measure.id}",
                milestones=tuple(
                    attrs.evolve(m, formerly=tuple(f"science/{old}" for old in m.formerly))
                    for m in measure.milestones
                ),
            )
            for measure in whole.measures
        )
        joined = attrs.evolve(whole, id="all-of-them", measures=measures)
    assert {*ids(joined)} == {*ids(whole)}
    own = {parsed(atom(each)).findtext(f"{ATOM}id") for each in (whole, joined)}
    assert len(own) == 2


# --- bad input ------------------------------------------------------------------------------------


@trusted()
def titled(title: str) -> Programme:
    """Return a programme made by hand, where every text is the same."""
    programme = one("due = 2014-08-01")
    texts = Texts((("nl", title),))
    (milestone,) = programme.milestones
    measure = milestone.measure
    (body,) = measure.bodies
    source = attrs.evolve(milestone.source, title=texts)
    return attrs.evolve(
        programme,
        title=texts,
        measures=(
            attrs.evolve(
                measure,
                title=texts,
                bodies=(attrs.evolve(body, name=texts),),
                milestones=(attrs.evolve(milestone, title=texts, source=source),),
            ),
        ),
    )


HOSTILE = '<script>alert("x")</script> & \u200fabc\u200e \U0001f600 e\u0301 ]]>'


def test_hostile_texts_are_text() -> None:
    """Markup in a text is shown, not obeyed; marks of direction and accents stay as they are."""
    (entry,) = entries(atom(titled(HOSTILE)))
    assert entry.findtext(f"{ATOM}title") == f"Aangekondigd: 1 augustus 2014 {DASH} {HOSTILE}"
    assert text(entry) == [
        f"Maatregel: {HOSTILE}",
        f"Verantwoordelijk: {HOSTILE}",
        f"Bron: {HOSTILE}, Kamerstuk 1",
    ]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1),
    st.text(st.characters(max_codepoint=0x1F) | st.characters(categories=["Cs"])),
)
def test_any_text_can_be_read_back(title: str, illegal: str) -> None:
    """Any text comes back as it was, without what XML cannot hold."""
    (entry,) = entries(atom(titled(f"{title}{illegal}{title}")))
    legal = f"{title}{title}".translate({0xFFFE: None, 0xFFFF: None})
    found = str(entry.findtext(f"{ATOM}title")).partition(f" {DASH} ")[2]
    assert "".join(found.split()) == legal
