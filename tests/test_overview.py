"""The page on which a site opens: what it says first, how small it is, that text stays text."""

import datetime as dt
import re
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest
from generate import programme_text
from programmes import PROGRAMME, SHIPPED, changed
from sites import ADDRESS, EVERY_GROUP, HOSTILE, hostile

from betatech_milestones import (
    Body,
    Feed,
    Programme,
    Scope,
    Source,
    Texts,
    as_of,
    feeds,
    loads,
)
from betatech_milestones.language import LANGUAGES
from betatech_milestones.website.assets import ICON, POLICY, SCRIPT, STYLE, assets, linked
from betatech_milestones.website.overview import ALERTS, AT_ONCE, COMING, overview

DAY = dt.date(2015, 2, 1)
SHARED = loads(PROGRAMME)
EVERY = loads(EVERY_GROUP)


def written(programme: Programme = SHARED, *, day: dt.date = DAY, **options: Any) -> str:
    """Return the overview of a programme; in Dutch, unless it is said otherwise."""
    settings = {"language": "nl", "feeds": feeds(programme)} | options
    return overview(as_of(programme, day), **settings)


def part(page: str, name: str) -> str:
    """Return the section of a page that has a name, or its HEADER or FOOTER."""
    wanted = f'section aria-labelledby="{name}"' if name.islower() else name.lower()
    tag = wanted.partition(" ")[0]
    (found,) = re.findall(f"<{wanted}.*?</{tag}>", page, re.DOTALL)
    return str(found)


class Page(HTMLParser):
    """A page as it is read: its elements counted, and what is to be seen of its text."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.elements = 0
        self.seen: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(written)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        assert len(dict(attrs)) == len(attrs), attrs
        if tag not in {"meta", "link", "input"}:
            is_hidden = "hidden" in dict(attrs) or any(hidden for _, hidden in self._open)
            self._open.append((tag, is_hidden))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not any(hidden for _, hidden in self._open):
            self.seen.append(data)


def texts(written: str) -> list[str]:
    """Return what there is to be seen in a part of a page, line by line."""
    lines = "".join(Page(written).seen).splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


# --- the first screen -----------------------------------------------------------------------------


def test_head() -> None:
    """Other programs find what it is, whose, where, and in which other languages."""
    head, _, _ = written(address=ADDRESS).partition('<script type="application/ld+json">')
    about = (
        "Wat is aangekondigd, wat eraan komt, wat werd verplaatst en wat ervan terechtkwam: elke "
        "mijlpaal met de data van toen en nu, en de bron die het zegt."
    )
    assert (
        head
        == f"""\
<!doctype html>
<html lang="nl" data-zone="Europe/Amsterdam" data-built="2015-02-01">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY.replace("'", "&#39;")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="{about}">
<meta property="og:type" content="website">
<meta property="og:title" content="Maatregelen">
<meta property="og:description" content="{about}">
<meta property="og:locale" content="nl">
<meta property="og:site_name" content="Ministerie">
<meta property="og:url" content="{ADDRESS}index.html">
<link rel="canonical" href="{ADDRESS}index.html">
<title>Maatregelen</title>
<link rel="icon" href="{ICON}" type="image/svg+xml">
<link rel="stylesheet" href="{linked(STYLE)}">
<script src="{linked(SCRIPT)}" defer></script>
<link rel="alternate" hreflang="en" href="{ADDRESS}en/index.html">
<link rel="alternate" type="application/atom+xml" title="Wijzigingen" href="nl/changes.atom">
"""
    )


def test_header() -> None:
    """First stands who publishes it, what it is, how fresh it is, and one button."""
    page = written(language="en", address=ADDRESS)
    header = part(page, "HEADER")
    assert texts(header) == [
        "Publisher: Ministerie",
        "Nederlands",
        "Measures",
        "Newest statement: 1 May 2014. Nothing newer is recorded here.",
        "Subscribe to the calendar",
        "Other calendars",
    ]
    assert (
        f'data-feed="../en/all.ics" href="webcal:{ADDRESS.partition(":")[2]}en/all.ics"' in header
    )


def test_nothing_is_said_of_nothing() -> None:
    """Before the first statement there is no newest; where nobody publishes it, none is named."""
    page = written(EVERY, day=dt.date(2013, 1, 1))
    assert '<p class="lede fresh"></p>' in page
    assert "publisher" not in page
    assert texts(part(page, "attention"))[-1] == "Hier is niets vastgelegd dat aandacht vraagt."
    assert texts(part(page, "next"))[-1] == "Hier is geen komende datum vastgelegd."


def test_what_needs_attention() -> None:
    """Each sort by its own word, with the measure, who answers for it, and since when."""
    page = written(EVERY, day=dt.date(2015, 2, 15), language="en")
    assert texts(part(page, "attention")) == [
        "What needs attention",
        "As of 15 February 2015",
        "Term passed, not checked since all 3",
        "Met",
        "Second Education, SBB",
        "by 1 July 2014",
        "not checked since its term ended 7 months ago; newest statement: 1 May 2014",
        "Not checked",
        "First Education",
        "1 August 2014",
        "not checked since its term ended 6 months ago; newest statement: 26 February 2013",
        "Late",
        "First Education",
        "summer 2014",
        "not checked since its term ended 5 months ago; newest statement: 26 February 2013",
        "Term passed, looked for and no news found all 1",
        "Nothing found",
        "First Education",
        "by 1 July 2013",
        (
            "no news: looked for on 1 February 2015 by redactie; its term ended 19 months ago; "
            "newest statement: 26 February 2013"
        ),
    ]


def test_row() -> None:
    """A row leads to the place of its milestone."""
    page = written(EVERY, day=dt.date(2015, 4, 1), language="en")
    assert (
        """\
<div class="alert" data-status="late">
<h3><span class="how late">Late</span> \
<a class="all" href="?status=late#milestones">all 1</a></h3>
<ol class="rows">
<li><p class="what"><a href="../en/measure/first.html#late"><bdi>Late</bdi></a></p>
<p class="of"><bdi>First</bdi> <span class="who"><bdi>Education</bdi></span></p>
<p class="when"><bdi>summer 2014</bdi></p>
<p class="how late">late: its term ended 7 months ago; not done as of 30 November 2014 \
(Gazette, 1 March 2015)</p>
</li>
</ol>
</div>
"""
        in page
    )


def test_each_sort_has_a_row() -> None:
    """However many are late, a reader sees that others were not checked."""
    page = written(loads(programme_text(300)), day=dt.date(2017, 6, 1))
    alerts = re.findall(r'<div class="alert".*?</div>', part(page, "attention"), re.DOTALL)
    assert [alert.count("<li>") for alert in alerts] == [ALERTS - 1, 1, 0]
    assert [("hidden" in alert.partition(">")[0]) for alert in alerts] == [False, False, True]


def test_what_is_kept_quiet_is_counted_only() -> None:
    """Somebody decided that it needs no attention for a while; it is no less late for that."""
    snoozed = 'snoozed = { until = 2015-02-20, by = "redactie", reason = "gevraagd" }'
    text = EVERY_GROUP.replace("due = 2014-08-01\n", f"due = 2014-08-01\n{snoozed}\n")
    for day, rows in ((dt.date(2015, 2, 15), 2), (dt.date(2015, 2, 21), 3)):
        attention = part(written(loads(text), day=day), "attention")
        assert "alle 3" in attention
        assert attention.count('<p class="how unchecked">') == rows


def test_next_dates() -> None:
    """What is to come stands by the last day of its date; what ends within a month is counted."""
    page = written(EVERY, day=dt.date(2014, 6, 20), language="en")
    assert texts(part(page, "next")) == [
        "Next dates",
        *("Forecast", "First Education", "June 2014", "due by 30 June 2014"),
        *("By law", "First Education", "1 July 2014", "in 11 days"),
        *("Met", "Second Education, SBB", "by 1 July 2014", "term ends in 11 days"),
        *("Not checked", "First Education", "1 August 2014", "in 6 weeks"),
        *("Late", "First Education", "summer 2014", "due by 31 August 2014"),
    ]
    assert texts(part(page, "attention"))[-1] == "3 due within 30 days"


def test_what_is_coming_may_be_kept_quiet() -> None:
    """Then it is told who decided that, up to when, and why."""
    page = written(EVERY.only(clusters="work"), day=dt.date(2014, 2, 1))
    assert '<p class="snooze">aangehouden t/m <time datetime="2014-06-01">' in part(page, "next")


def test_rows_are_few() -> None:
    """The next dates are a handful."""
    page = written(loads(programme_text(300)), day=dt.date(2014, 6, 1))
    assert part(page, "next").count("<li>") == COMING


# --- what there is --------------------------------------------------------------------------------


def test_counts() -> None:
    """Every group is counted, facts apart from promises, and leads to its milestones."""
    page = written(EVERY, day=dt.date(2016, 2, 1), language="en")
    assert texts(part(page, "standing"))[:-3] == [
        "As of 1 February 2016",
        *("1 Late", "1 Term passed, not checked since"),
        *("1 Term passed, looked for and no news found", "1 Due now", "3 Upcoming"),
        *("2 Date of an aim or forecast passed", "1 Undated", "3 Met", "1 Replaced"),
        *("1 Dropped", "2 Reported as done"),
    ]
    assert '<a href="?status=unchecked#milestones"><b>1</b>' in page


def test_large_numbers() -> None:
    """Thousands are told as the language of the page writes them."""
    page = written(loads(programme_text(2_001)), day=dt.date(2012, 1, 1))
    assert "Toon alle 2.001 mijlpalen" in page
    assert "data-eager" not in page
    assert "data-eager" in written()
    assert AT_ONCE < 2_001


def test_measures_by_cluster() -> None:
    """Each measure is a link away, from the day on which anything is known of it."""
    assert (
        part(written(), "measures")
        == """\
<section aria-labelledby="measures">
<h2 id="measures">Maatregelen</h2>
<h3 id="cluster:labour-market"><bdi>Arbeidsmarkt</bdi></h3>
<ul class="columns">
<li data-from="2013-02-26"><a href="measure/files.html"><bdi>Dossiers</bdi></a></li>
</ul>
<h3>Zonder cluster</h3>
<ul class="columns">
<li data-from="2015-07-01" hidden><a href="measure/teachers.html"><bdi>Leraren</bdi></a></li>
</ul>
</section>"""
    )


def test_measures_without_clusters() -> None:
    """Where there is but one list, nothing stands above it."""
    measures = tuple(attrs.evolve(it, cluster=None) for it in SHARED.measures)
    page = written(attrs.evolve(SHARED, clusters=(), measures=measures))
    assert "<h3" not in part(page, "measures")


def test_many_measures_are_on_pages_of_their_own() -> None:
    """Each cluster leads to where its list begins."""
    page = written(loads(programme_text(1000)), language="en")
    listed = part(page, "measures")
    assert listed.count("<li") == 8
    assert re.search(
        r'<li id="cluster:cluster-7"><a href="../en/measures/2.html"><bdi>Cluster 7</bdi></a> '
        r"<small>\d+</small></li>",
        listed,
    )
    assert "measure-0001.html" not in listed


@pytest.mark.measured
def test_many_bodies_and_sources() -> None:
    """The first hundred stand there; the newest, of sources."""
    names = [f"name-{number:03}" for number in range(150)]
    bodies = (*SHARED.bodies, *(Body(id=it, name=Texts({"nl": it})) for it in names))
    files, *others = SHARED.measures
    programme = attrs.evolve(
        SHARED,
        bodies=bodies,
        measures=(attrs.evolve(files, bodies=bodies), *others),
        sources=(
            *SHARED.sources,
            *(Source(id=it, title=Texts({"nl": it}), seen=dt.date(2020, 1, 1)) for it in names),
        ),
    )
    page = written(programme)
    for section, rest in (("bodies", 51), ("sources", 53)):
        listed = part(page, section)
        assert listed.count("<li") == 100
        assert texts(listed)[-1].startswith(f"En nog {rest}: ")
    assert "Kamerstuk 1" not in part(page, "sources")


def test_who_only_wrote_a_source_answers_for_nothing() -> None:
    """There is no list of those; what they are called stands on a page of their own."""
    author = Body(id="sbb", name=Texts({"nl": "SBB"}))
    programme = attrs.evolve(SHARED, bodies=(*SHARED.bodies, author))
    listed = part(written(programme), "bodies")
    assert "body/ocw.html" in listed
    assert "sbb" not in listed


def test_programme_without_bodies() -> None:
    """Where nobody answers for anything, there is no list of those who do."""
    text = changed('bodies = ["ocw"]\n', "").replace('bodies = [ "ocw" ]\n', "")
    text = text.replace('by = "ocw"\n', "")
    text = re.sub(r"\[\[body\]\].*?\n\n", "", text, flags=re.DOTALL)
    assert 'id="bodies"' not in written(loads(text))


# --- calendars and data ---------------------------------------------------------------------------


def test_calendars_at_an_unknown_address() -> None:
    """Without an address the page's script makes the links; without a script one copies a path."""
    assert """\
<li><h3 dir="auto">Taken – Maatregelen</h3>
<p class="buttons">
<a data-to="webcal" hidden>Abonneren</a>
</p>
<p class="buttons"><a class="address" href="nl/todo.ics">nl/todo.ics</a>
<button type="button" hidden>Kopieer adres</button></p></li>
""" in part(written(), "subscribe")  # noqa: RUF001  a dash


def test_calendars_at_a_known_address() -> None:
    """Each client has the address that it wants."""
    page = written(address="http://example.org/a/")
    assert """\
<a data-to="webcal" href="webcal://example.org/a/nl/all.ics">Abonneren</a>
<a data-to="google" href="https://calendar.google.com/calendar/r?cid=\
webcal%3A%2F%2Fexample.org%2Fa%2Fnl%2Fall.ics">Google</a>
<a data-to="outlook" href="https://outlook.live.com/calendar/0/addfromweb?url=\
http%3A%2F%2Fexample.org%2Fa%2Fnl%2Fall.ics&amp;name=Maatregelen">Outlook</a>
<a data-to="outlook-work" href="https://outlook.office.com/calendar/0/addfromweb?url=\
http%3A%2F%2Fexample.org%2Fa%2Fnl%2Fall.ics&amp;name=Maatregelen">Outlook (werk)</a>
</p>
<p class="buttons"><a class="address" href="http://example.org/a/nl/all.ics">\
http://example.org/a/nl/all.ics</a>""" in part(page, "subscribe")
    assert 'id="no-address"' not in page


def test_calendars_of_parts() -> None:
    """Those of clusters and sectors are folded; that of a measure is offered on its own page."""
    subscribe = part(written(language="en"), "subscribe")
    assert re.findall("<summary>(.*?)</summary>", subscribe) == ["By cluster", "By sector"]
    assert "measure-files.ics" not in subscribe
    assert "body-ocenw.ics" not in subscribe


def test_calendars_by_year() -> None:
    """Where one calendar has no room for everything, it says so, and those of years stand below."""
    whole, *others = feeds(SHARED, languages=["nl"])
    short = attrs.evolve(whole, note="Wat voor 2025 eindigde staat er niet in.")
    year = attrs.evolve(whole, path="nl/all-2014.ics", scope=Scope.YEAR, of="2014", title="2014")
    found: list[Feed] = [short, *others, year]
    subscribe = part(written(feeds=found), "subscribe")
    assert '<p class="note">Wat voor 2025 eindigde staat er niet in.</p>' in subscribe
    assert re.findall("<summary>(.*?)</summary>", subscribe)[0] == "Per jaar"
    assert '<h3 dir="auto">2014</h3>' in subscribe


def test_footer() -> None:
    """It tells on what terms the data may be used, and where a mistake is mended."""
    page = written(language="en")
    footer = part(page, "FOOTER")
    assert '<a href="../en/milestones.csv">Milestones (CSV)</a>' in footer
    assert '<a href="../en/milestones.excel.csv">Milestones (Excel)</a>' in footer
    assert '<a href="../en/milestones.db">Data (SQLite)</a>' in footer
    assert texts(footer)[-4:] == [
        "Measures: 2; milestones: 3; sources: 3.",
        "Licence: CC0-1.0",
        "Contact",
        "Mend this",
    ]
    assert '<a href="https://example.org/data/milestones.toml">' in footer
    assert "<ul>\n</ul>" in written(EVERY)


def test_labels_in_english() -> None:
    """Where we have no labels in the language of a programme, the page tells why it has these."""
    programme = attrs.evolve(SHARED, language="pl", title=Texts({"pl": "Środki"}))
    page = written(programme, language="pl")
    sentence = "The labels of this page are in English, because there are none yet in the language"
    assert sentence in page
    assert '<html lang="en"' in page
    assert '<h1 dir="auto" lang="pl">Środki</h1>' in page
    assert 'data-index="pl/search.json"' in page
    assert sentence not in written(language="en")


# --- size and safety ------------------------------------------------------------------------------


@pytest.mark.measured
@pytest.mark.parametrize("milestones", [60, 2_000, pytest.param(8_000, marks=pytest.mark.slow)])
def test_size(milestones: int) -> None:
    """However large a programme, its overview is small."""
    programme = loads(programme_text(milestones))
    page = overview(
        as_of(programme, "2017-06-01"), language="nl", feeds=feeds(SHARED, languages=["nl"])
    )
    assert len(page.encode()) < 300_000
    assert Page(page).elements < 3_000


@pytest.mark.parametrize("language", ["nl", "en"])
def test_hostile_text(language: str) -> None:
    """Text that looks like markup is shown as it is, in whatever place."""
    page = written(hostile(SHARED), language=language, address=ADDRESS)
    assert Page(page)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert HOSTILE not in page


@pytest.mark.parametrize("day", [dt.date.min, dt.date(1900, 2, 28), dt.date.max])
def test_any_day(day: dt.date) -> None:
    """The first and the last of all days have a page, too."""
    assert Page(written(EVERY, day=day))


def test_programme_without_milestones() -> None:
    """A programme that promises nothing yet has a page that says so."""
    page = written(loads(PROGRAMME.partition("[[measure.milestone]]")[0]))
    assert texts(part(page, "timeline")) == ["Tijdlijn", "Geen mijlpalen."]
    assert Page(page)


def test_same_bytes() -> None:
    """The same programme on the same day has the same page: no clock is in it."""
    assert written(SHIPPED) == written(SHIPPED)


# --- what pages share -----------------------------------------------------------------------------


def test_assets() -> None:
    """A style, a script and a sign stand beside the pages; the script speaks all our languages."""
    found = assets()
    assert [*found] == [STYLE, SCRIPT, ICON]
    script = found[SCRIPT].decode()
    words, _, rest = script.partition("\n")
    for language in LANGUAGES:
        assert f'"{language}":{{"days":' in words
    assert rest.startswith('"use strict";')
    assert b".strip" in found[STYLE]
    assert found[ICON].startswith(b"<svg ")


@pytest.mark.parametrize("name", [STYLE, SCRIPT])
def test_what_changes_has_another_address(name: str) -> None:
    """No browser keeps an old style or script: the address holds a digest of the content."""
    assert re.fullmatch(re.escape(name) + r"\?v=[0-9a-f]{8}", linked(name))


def test_nothing_is_loaded_from_elsewhere() -> None:
    """Neither by the style nor by the page itself."""
    assert b"url(" not in assets()[STYLE]
    assert b"@import" not in assets()[STYLE]
    assert re.findall(
        r'<(?:script|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="([^"]*)"',
        written(address=ADDRESS),
    ) == [ICON, linked(STYLE), linked(SCRIPT)]
