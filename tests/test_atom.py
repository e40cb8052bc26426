"""The feed of changes says what happened, in a form that every feed reader takes as it is meant.

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
from programmes import PROGRAMME, changed

from betatech_milestones import PolicyDate, Programme, Texts, atom, load, loads
from betatech_milestones.model.records import trusted

SHIPPED = load()
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


@pytest.mark.parametrize(
    ("file", "language", "address"),
    [("changes.nl.atom", None, None), ("changes.en.atom", "en", ADDRESS)],
)
def test_a_feed_in_full(file: str, language: str | None, address: str | None) -> None:
    """Every rule of the feed can be seen in these two."""
    hold(GOLDEN / file, atom(loads(PROGRAMME), language=language, address=address).decode())


def test_nothing_happened() -> None:
    """A feed without entries is a feed, as old as computers count."""
    hold(GOLDEN / "nothing.nl.atom", FEEDS["nothing"].decode())


def golden() -> Golden:
    """Return what writes each feed that is seen in full."""
    shared = loads(PROGRAMME)
    return {
        GOLDEN / "changes.nl.atom": lambda: atom(shared).decode(),
        GOLDEN / "changes.en.atom": lambda: atom(shared, language="en", address=ADDRESS).decode(),
        GOLDEN / "nothing.nl.atom": FEEDS["nothing"].decode,
    }


# --- what RFC 4287 asks ---------------------------------------------------------------------------


def occurrences(element: ET.Element, name: str) -> int:
    return len(element.findall(f"{ATOM}{name}"))


@each_feed
def test_required_elements(feed: bytes) -> None:
    """A feed has one id, title and moment, and an author (4.1.1); so has an entry (4.1.2)."""
    root = parsed(feed)
    for element in (root, *entries(feed)):
        assert [occurrences(element, name) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert occurrences(root, "author") == 1
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
        assert content.get("type") == "xhtml"
        (division,) = content
        assert division.tag == f"{XHTML}div"


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
    """No two links of one kind have the same relation (4.1.1), and each is absolute."""
    root = parsed(feed)
    for element in (root, *entries(feed)):
        links = element.findall(f"{ATOM}link")
        relations = [link.get("rel") for link in links]
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
    assert (found.feed.title, found.feed.author) == ("Measures: changes", "Measures")
    assert (found.feed.link, found.feed.language) == (f"{ADDRESS}en/", "en")
    oldest = found.entries[-2]
    assert oldest.title == "Promised: 1 August 2014 – In force"  # noqa: RUF001  a dash
    assert oldest.author == "Ministry of Education"
    assert oldest.updated == "2013-02-26T00:00:00Z"
    assert oldest.link == f"{ADDRESS}en/#files/in-force"
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
    assert link.get("href") == f"{ADDRESS}{page}#files/in-force"


def test_a_programme_in_another_language() -> None:
    """Its own language has the root, whichever that is."""
    english = attrs.evolve(loads(PROGRAMME), language="en")
    assert b'"alternate" type="text/html" href="https://example.org/plan/" ' in atom(
        english, address=ADDRESS
    )
    assert b'href="https://example.org/plan/nl/" ' in atom(english, language="nl", address=ADDRESS)
    # English has it for a language that we do not speak.
    for tag, at_home, other in ("de", "de", "en"), ("es", "en", "nl"):
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


HOSTILE = '<script>alert("x")</script> & \u202eabc\u202c \U0001f600 e\u0301 ]]>'


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
