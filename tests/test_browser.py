"""The pages in a real browser: what a person sees, hears, presses and prints."""

import datetime as dt
import functools
import http.server
import re
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import IN_CHROMIUM, PATIENCE_MS, chromium
from generate import programme_text
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    expect,
)
from programmes import PROGRAMME, SHIPPED
from sites import EVERY_GROUP, HOSTILE, hostile

from betatech_milestones import Programme, Standing, Voice, as_of, feeds, loads, site
from betatech_milestones.analysis.course import course
from betatech_milestones.calendars.feeds import feeds_of
from betatech_milestones.formats.standings import KEYS
from betatech_milestones.voice.paths import Paths
from betatech_milestones.website.assets import assets
from betatech_milestones.website.overview import overview
from betatech_milestones.website.search import search_index

PDFTOTEXT = shutil.which("pdftotext") or ""
pytestmark = IN_CHROMIUM

expect.set_options(timeout=PATIENCE_MS)

BUILT = dt.date(2014, 4, 1)
PHONE = {"viewport": {"width": 390, "height": 844}}
DARK = {"color_scheme": "dark"}

Open = Callable[..., Page]
Serve = Callable[[dict[str, bytes]], str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests look at the page."""


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Serve files on loopback, and return the address of their folder."""
    root = tmp_path_factory.mktemp("sites")
    handler = functools.partial(_Quiet, directory=root)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()

        def put(files: dict[str, bytes]) -> str:
            folder = root / str(len(list(root.iterdir())))
            for path, content in files.items():
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            return f"http://127.0.0.1:{server.server_port}/{folder.name}/"

        yield put
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def shipped(serve: Serve) -> str:
    """The address of the shipped programme, built on the day `BUILT`."""
    return serve(site(SHIPPED, BUILT))


@pytest.fixture(scope="module")
def shared(serve: Serve) -> str:
    """The address of the shared programme."""
    return serve(site(loads(PROGRAMME), BUILT))


@pytest.fixture(scope="module")
def every_group(serve: Serve) -> str:
    """The address of a programme with a milestone in each group."""
    return serve(site(loads(EVERY_GROUP), BUILT))


@pytest.fixture(scope="module")
def windows() -> dict[str, list[Page]]:
    """Windows that wait for their next page, by the options that they were opened with."""
    return {}


@pytest.fixture
def visit(browser: Browser, windows: dict[str, list[Page]]) -> Iterator[Open]:
    """Open a page in a window; at the end none of them may have complained.

    To open a window takes half a second of a core: another test goes on with it. One that leaves
    anything behind in it, a clock, a size or a medium, asks for a window of its `own`.
    """
    waiting: list[tuple[list[Page], Page]] = []
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def missed(request: Request) -> None:
        # What a page had asked for when it was left for the next one is no complaint.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.url}: {request.failure}")

    listening: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: complaints.append(message.text),
        "pageerror": lambda error: complaints.append(str(error)),
        "requestfailed": missed,
    }

    def opened(address: str, *, own: bool = False, **options: Any) -> Page:
        alike = windows.setdefault(repr(options), [])
        if own or not alike:
            context = browser.new_context(**{"reduced_motion": "reduce"} | options)
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
        else:
            page = alike.pop()
        if own:
            contexts.append(page.context)
        else:
            waiting.append((alike, page))
        for event, listener in listening.items():
            page.on(event, listener)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    for alike, page in waiting:
        page.mouse.move(0, 0)
        page.goto("about:blank")
        for event, listener in listening.items():
            page.remove_listener(event, listener)
        alike.append(page)
    assert complaints == []


def day_field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Stand op")


def status(page: Page) -> Locator:
    """The line that tells how many milestones are listed."""
    return page.get_by_role("status")


def group(standing: Standing) -> str:
    """Return in which group of the page a milestone stands."""
    return "fact" if standing.milestone.is_fact else standing.evidence or standing.status


def choose_day(page: Page, day: str) -> None:
    """Choose a day in the form, which is there once the list is."""
    day_field(page).fill(day)


# --- the day --------------------------------------------------------------------------------------

# What the list tells for each of some days. On paper it is drawn whole.
_TOLD = """days => days.map(day => {
  const field = document.querySelector("[name=as-of]");
  field.value = day;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  dispatchEvent(new Event("beforeprint"));
  const text = (row, what) => row.querySelector(what)?.textContent ?? "";
  return {
    day: document.querySelector("#standing time").textContent,
    counts: [...document.querySelectorAll(".counts b")].map(one => Number(one.textContent)),
    rows: [...document.querySelectorAll(".list li")].map(row => [
      row.querySelector(".how").className.slice("how ".length),
      row.querySelector("a").href.split("/measure/")[1],
      text(row, ".how"), text(row, ".when"), text(row, ".who"),
    ]),
  };
})"""


def telling_days(programme: Programme) -> list[dt.date]:
    """Return each day on which something may change, with the days around it."""
    days = set()
    for milestone in programme.milestones:
        dates = [milestone.due, *(revision.due for revision in milestone.revisions)]
        days |= {day for date in dates if date for day in (date.earliest, date.latest)}
        days |= {statement.known_from for statement in milestone.statements}
        days |= {source.known_from for said in milestone.statements for source in said.sources}
        days |= {turn.day for turn in course(milestone)}
    one = dt.timedelta(days=1)
    known = {day for day in days if day is not None and day.year < dt.MAXYEAR}
    return sorted({day + n * one for day in known for n in (-1, 0, 1)} | {dt.date(2026, 11, 23)})


def in_language(language: str) -> Programme:
    """Return a programme with a milestone in each group, in Dutch and another language."""
    return loads(EVERY_GROUP.replace(", en =", f", {language} ="))


def row_of(standing: Standing, day: dt.date, voice: Voice) -> list[str]:
    """Return what a row tells of a milestone."""
    milestone, outcome = standing.milestone, standing.outcome
    return [
        group(standing),
        f"{milestone.measure.id}.html?as-of={day}#{milestone.id}",
        voice.outcome(outcome, fact=milestone.is_fact) if outcome else voice.status(standing),
        voice.said(standing.due) if standing.due else "",
        ", ".join(map(voice.line, (body.name for body in standing.bodies)))
        or voice.label("nobody"),
    ]


@pytest.mark.parametrize(
    ("programme", "language", "every"),
    [
        (SHIPPED, "nl", 5),
        (loads(PROGRAMME), "nl", 1),
        (loads(EVERY_GROUP), "nl", 1),
        (loads(EVERY_GROUP), "en", 1),
        (in_language("fr"), "fr", 2),
        (in_language("de"), "de", 4),
        (in_language("it"), "it", 4),
        (loads(programme_text(60)), "nl", 8),
    ],
    ids=["shipped", "shared", "every group", "every group, en", "fr", "de", "it", "generated"],
)
def test_standings_are_those_of_the_report(
    programme: Programme, language: str, every: int, serve: Serve, visit: Open
) -> None:
    """On a day, the script tells what `as_of` does: groups, words, dates, order and counts."""
    days = telling_days(programme)[::every]
    voice = Voice(language)
    root = serve(site(programme, BUILT)) + ("" if language == "nl" else f"{language}/")
    page = visit(f"{root}index.html?as-of=2014-04-02")
    page.locator(".list").wait_for(state="attached")
    expect(page.locator(".choices")).to_be_visible()
    told = page.evaluate(_TOLD, [day.isoformat() for day in days])
    for day, seen in zip(days, told, strict=True):
        standings = as_of(programme, day).standings
        groups = [[s for s in standings if group(s) == key] for key in KEYS]
        assert seen["day"] == voice.day(day)
        assert seen["counts"] == [len(found) for found in groups], day
        assert seen["rows"] == [
            row_of(standing, day, voice) for found in groups for standing in found
        ], day


# All that is to be seen of the page for some days, beside what the page built for each of them has.
# The form and the list are there for the script only; the sentence that counts promises is that of
# one day, and the picture counts what is not drawn.
_BUILT = """pages => pages.map(([day, built]) => {
  const field = document.querySelector("[name=as-of]");
  field.value = day;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const left = "[hidden], script, style, template, .finder, #built, .tally, .feeds, #no-address, "
    + "[aria-labelledby=timeline], .other, footer, .buttons";
  function* seen(element) {
    for (const part of element.childNodes) {
      if (part.nodeType === Node.TEXT_NODE) yield part.data;
      else if (part.nodeType === Node.ELEMENT_NODE && !part.matches(left)) yield* seen(part);
    }
  }
  const text = root => [...seen(root.body)].join("").replace(/\\s+/g, " ");
  return [text(document), text(new DOMParser().parseFromString(built, "text/html"))]
    .map(all => all.replaceAll(" ", ""));
})"""


@pytest.mark.parametrize(
    ("programme", "every"),
    [(loads(EVERY_GROUP), 3), (loads(PROGRAMME), 1), (SHIPPED, 40)],
    ids=["every group", "shared", "shipped"],
)
@pytest.mark.parametrize("built", [BUILT, dt.date(2026, 11, 23)], ids=str)
def test_another_day_is_the_page_of_that_day(
    programme: Programme, every: int, built: dt.date, serve: Serve, visit: Open
) -> None:
    """Who chooses a day sees what the page built for that day says, word for word."""
    days = telling_days(programme)[::every]
    page = visit(f"{serve(site(programme, built))}?as-of=2014-04-02")
    expect(page.locator(".choices")).to_be_visible()
    found = feeds(programme)
    pages = [
        [day.isoformat(), overview(as_of(programme, day), language="nl", feeds=found)]
        for day in days
    ]
    told = page.evaluate(_BUILT, pages)
    for day, (ours, theirs) in zip(days, told, strict=True):
        assert ours == theirs, day
    assert len({ours for ours, _ in told}) > len(days) / 4


def test_the_picture_follows_the_day(every_group: str, visit: Open) -> None:
    """What is known later is not drawn, a row has the look of its standing, and today is marked."""
    page = visit(f"{every_group}?as-of=2016-01-14")
    row = page.locator('.chart .row:has(a[href$="#known-later"])')
    late = page.locator('.chart .row:has(a[href$="#late"])')
    expect(row).to_be_hidden()
    expect(late).to_have_class("row late")
    today = page.locator(".grid .today")
    expect(today).to_have_attribute("x", re.compile(r"^1\d\.\d+%$"))
    expect(page.locator(".day-outside")).to_be_hidden()
    choose_day(page, "2016-01-15")
    expect(row).to_be_visible()
    choose_day(page, "2014-09-02")
    expect(late).to_have_class("row unchecked")
    choose_day(page, "2090-01-01")
    expect(today).to_be_hidden()
    expect(page.locator(".day-line")).to_be_hidden()
    expect(page.locator(".day-outside")).to_have_text("1 januari 2090 valt buiten deze tijdlijn")


def test_the_tally_is_that_of_the_page(every_group: str, visit: Open) -> None:
    """The sentence that counts promises is told on the day of which it is, and on no other."""
    page = visit(f"{every_group}?as-of=2014-04-01")
    tally = page.locator(".tally")
    expect(tally).to_have_text(re.compile("^Aankondigingen met een datum: 12"))
    choose_day(page, "2014-04-02")
    expect(tally).to_be_hidden()
    choose_day(page, "2014-04-01")
    expect(tally).to_be_visible()


def test_today_is_that_of_the_programme(shipped: str, browser: Browser) -> None:
    """The day is that of the programme's time zone, wherever its reader sits."""
    with browser.new_context(timezone_id="America/Los_Angeles") as context:
        page = context.new_page()
        page.clock.set_fixed_time("2015-01-31T23:30:00Z")
        page.goto(shipped)
        expect(page.locator("#standing")).to_have_text("Stand op 1 februari 2015")
        expect(day_field(page)).to_have_value("2015-02-01")
        expect(page).to_have_url(shipped)


def test_page_that_is_left_open(shipped: str, browser: Browser) -> None:
    """Who comes back to the page the next day finds the standings of that day."""
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.set_fixed_time("2015-01-31T12:00:00Z")
        page.goto(shipped)
        expect(page.locator("#standing")).to_have_text("Stand op 31 januari 2015")
        page.clock.set_fixed_time("2015-02-01T12:00:00Z")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.locator("#standing")).to_have_text("Stand op 1 februari 2015")


def test_page_of_a_measure_follows_the_day(every_group: str, visit: Open) -> None:
    """It is built for no day: how long ago something was, and what is known, is the reader's."""
    path = "measure/first.html"
    page = visit(f"{every_group}{path}?as-of=2014-04-01")
    story = page.locator('[id="unchecked"]')
    expect(story.locator(".how")).to_have_text("over 4 maanden")
    page.goto(f"{every_group}{path}?as-of=2015-02-15")
    expect(story.locator(".how")).to_have_text(
        "niet nagegaan sinds de termijn 6 maanden geleden verstreek; "
        "jongste vermelding: 26 februari 2013"
    )
    late = page.locator('[id="late"]')
    expect(late.locator(".history li:visible")).to_have_count(1)
    page.goto(f"{every_group}{path}?as-of=2015-03-01")
    expect(late.locator(".how")).to_have_class("how late")
    expect(late.locator(".history li:visible")).to_have_count(2)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{every_group}en/{path}?as-of=2015-03-01")
    page.locator(".crumbs a").first.click()
    expect(page).to_have_url(f"{every_group}en/index.html?as-of=2015-03-01")


def test_page_of_a_body_keeps_to_its_day(every_group: str, visit: Open) -> None:
    """It says of which day it is, and on any other each row still tells the group it stands in."""
    page = visit(f"{every_group}body/ocw.html?as-of=2016-02-01")
    expect(page.locator(".note").nth(1)).to_have_text("Stand op 1 februari 2014")
    groups = page.locator("main > h2").evaluate_all(
        """heads => heads.map(head => [
          head.id, Number(head.querySelector(".count").textContent),
          [...head.nextElementSibling.querySelectorAll(".how")].map(one => one.className),
        ])"""
    )
    standings = as_of(loads(EVERY_GROUP), dt.date(2014, 2, 1)).standings
    answered = Counter(group(it) for it in standings if "ocw" in {body.id for body in it.bodies})
    assert {key: number for key, number, _ in groups} == answered
    assert all(rows == [f"how {key}"] * number for key, number, rows in groups)
    without = visit(page.url, java_script_enabled=False).locator("main")
    assert page.locator("main").inner_text() == without.inner_text()


def test_what_is_kept_quiet_says_so(every_group: str, shared: str, visit: Open) -> None:
    """The list tells who decided that, up to when, and why, while it is so and nothing ended."""
    page = visit(f"{every_group}?as-of=2014-02-01")
    row = page.locator('.list li:has(a[href$="#dropped"])')
    expect(row.locator(".snooze")).to_have_text(
        "aangehouden t/m 1 juni 2014 door redactie: gevraagd"
    )
    expect(page.locator(".list .snooze")).to_have_count(1)
    choose_day(page, "2014-06-02")
    expect(row).to_be_visible()
    expect(page.locator(".snooze")).to_have_count(0)
    page.goto(f"{shared}?as-of=2015-07-15")
    expect(page.locator('.list li:has(a[href$="#progress"]) .how')).to_have_class("how dropped")
    expect(page.locator(".snooze")).to_have_count(0)


def test_a_page_tells_no_day_before_the_last_change(serve: Serve, visit: Open) -> None:
    """What was over by then is not on it, so an older day is none, and is not handed on."""
    path, known, age = "measure/first.html", "2016-01-15", "16 maanden"
    before = dt.date.fromisoformat(known) - dt.timedelta(days=1)
    root = serve(site(loads(EVERY_GROUP), dt.date(2026, 11, 23)))
    page = visit(f"{root}{path}?as-of={known}", own=True)
    late = page.locator('article[id="late"] .how, .rows li:has(a[href$="#late"]) .how')
    other = page.get_by_role("link", name="English")
    expect(late).to_contain_text(age)
    expect(other).to_have_attribute("href", re.compile(rf"\?as-of={known}$"))
    page.context.clock.set_fixed_time("2026-11-27T12:00:00Z")
    page.goto(f"{root}{path}?as-of={before}")
    expect(late).to_contain_text("ruim 12 jaar")
    expect(other).to_have_attribute("href", re.compile(r"\.html$"))
    page.context.clock.set_fixed_time(f"{before}T12:00:00Z")  # a clock that is wrong
    page.goto(f"{root}{path}")
    expect(late).to_contain_text(age)


# --- the index is loaded when it is wanted --------------------------------------------------------


@pytest.fixture
def asked(browser: Browser) -> Iterator[Callable[[str], tuple[Page, list[str]]]]:
    """Open a page on the day for which it was built, and tell what it asked for from then on."""
    contexts: list[BrowserContext] = []

    def opened(address: str) -> tuple[Page, list[str]]:
        context = browser.new_context()
        contexts.append(context)
        page = context.new_page()
        page.clock.set_fixed_time("2014-04-01T12:00:00Z")
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page, requests

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def large(serve: Serve) -> str:
    """The address of a programme whose list is loaded by who asks for it alone."""
    programme = loads(programme_text(2_400))
    named = [*feeds_of(programme, "nl", (), since=None, address=None)]
    page = overview(as_of(programme, BUILT), language="nl", feeds=named)
    index = search_index(programme, "nl")
    return serve({**assets(), "index.html": page.encode(), "nl/search.json": index})


def test_page_of_today_needs_no_index(
    large: str, asked: Callable[[str], tuple[Page, list[str]]]
) -> None:
    """The page itself holds all that is on its first screens."""
    page, requests = asked(large)
    assert not [url for url in requests if url.endswith(".json")]
    expect(page.locator("#built")).to_have_count(0)
    page.get_by_role("button", name="Toon alle 2.400 mijlpalen").click()
    expect(status(page)).to_have_text("2.400 van 2.400 mijlpalen")
    assert [url for url in requests if url.endswith(".json")] == [f"{large}nl/search.json"]
    expect(page).to_have_url(large)


@pytest.mark.parametrize("way", ["search", "count", "sight"])
def test_ways_to_the_list(
    way: str, large: str, shipped: str, asked: Callable[[str], tuple[Page, list[str]]]
) -> None:
    """It is there for who searches, who follows a count, and in a small programme who comes by."""
    page, _ = asked(shipped if way == "sight" else large)
    match way:
        case "search":
            page.get_by_label("Zoeken").focus()
        case "count":
            page.locator('.counts a[href^="?status=upcoming"]').click()
            expect(page.get_by_role("combobox", name="Status")).to_have_value("upcoming")
            expect(page).to_have_url(f"{large}?status=upcoming#milestones")
            expect(page.locator("#milestones")).to_be_focused()
        case "sight":
            page.locator("#milestones").scroll_into_view_if_needed()
    expect(page.locator(".list li").first).to_be_visible()


def test_where_the_index_cannot_be_had(
    large: str, asked: Callable[[str], tuple[Page, list[str]]]
) -> None:
    """Then the page says so, and stays that of the day for which it was built."""
    page, _ = asked(large)
    page.route("**/search.json", lambda route: route.abort())
    page.get_by_label("Zoeken").focus()
    expect(status(page)).to_have_text(re.compile("^De lijst kon hier niet worden geladen"))
    page.goto(f"{large}?as-of=2015-01-01")
    expect(status(page)).to_have_text(re.compile("^De lijst kon hier niet worden geladen"))
    expect(page.locator("#standing")).to_have_text("Stand op 1 april 2014")
    expect(page.locator("#built")).to_be_visible()
    page.unroute("**/search.json")
    page.get_by_label("Zoeken").focus()
    expect(page.locator("#standing")).to_have_text("Stand op 1 januari 2015")


def test_from_a_folder(tmp_path: Path, browser: Browser) -> None:
    """A page that was saved has its style and its script, and links to every measure."""
    for path, content in site(loads(PROGRAMME), BUILT).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        expect(page.locator("body")).to_have_css("max-width", "1200px")
        expect(page.locator("form")).to_be_visible()
        page.get_by_role("link", name="Dossiers", exact=True).click()
        expect(page.locator("h1")).to_contain_text("Dossiers")


def test_without_a_script(shipped: str, visit: Open) -> None:
    """Without a script the page tells the standings of its own day, and every milestone is near."""
    page = visit(shipped, java_script_enabled=False)
    expect(page.locator("#standing")).to_have_text("Stand op 1 april 2014")
    expect(page.get_by_text("Deze pagina is gemaakt met de stand van die dag.")).to_be_visible()
    expect(page.get_by_text("Met JavaScript staan hier alle mijlpalen")).to_be_visible()
    expect(page.get_by_role("link", name="nl/all.ics")).to_be_visible()
    expect(page.locator("form")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    voice, report = Voice("nl"), as_of(SHIPPED, BUILT)
    told = page.locator(".alert:visible .rows .how").all_text_contents()
    overdue = [voice.status(standing) for standing in report.standings if standing.evidence]
    assert told
    assert told == [one for one in overdue if one in told]
    page.locator('[aria-labelledby="measures"] a').first.click()
    expect(page.locator("article").first).to_be_visible()


# --- the filters ----------------------------------------------------------------------------------


def titles(page: Page) -> list[str]:
    """Return the milestones that are listed, from the top."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    found = page.locator(".list .what a").all_text_contents()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    return found


def listed(programme: Programme, day: dt.date) -> list[Standing]:
    """Return the standings of a report, facts last, as the page lists them."""
    return sorted(as_of(programme, day).standings, key=lambda one: KEYS.index(group(one)))


@pytest.mark.parametrize(
    ("name", "choice", "part"),
    [
        ("cluster", "labour-market", SHIPPED.only(clusters="labour-market")),
        ("sector", "wo", SHIPPED.only(sectors="wo")),
        ("body", "ocw", SHIPPED.only(bodies="ocw")),
        ("status", "fact", None),
    ],
)
def test_choosing(
    name: str, choice: str, part: Programme | None, shipped: str, visit: Open
) -> None:
    """A choice leaves what it fits in the list, and stands in the address."""
    field = {"body": "Verantwoordelijk"}.get(name, name.capitalize())
    everything = listed(SHIPPED, BUILT)
    expected = listed(part, BUILT) if part else [s for s in everything if group(s) == choice]
    assert 0 < len(expected) < len(everything)
    page = visit(f"{shipped}?as-of=2014-04-01")
    page.get_by_role("combobox", name=field).select_option(choice)
    expect(status(page)).to_have_text(f"{len(expected)} van {len(everything)} mijlpalen")
    assert titles(page) == [s.milestone.title.in_language("nl") for s in expected]
    expect(page).to_have_url(f"{shipped}?{name}={choice}&as-of=2014-04-01")
    page.reload()
    expect(page.get_by_role("combobox", name=field)).to_have_value(choice)
    expect(status(page)).to_have_text(f"{len(expected)} van {len(everything)} mijlpalen")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("TOCH", 1),
        ("beta", 1),  # the title has an accent
        ("tweede toch", 1),  # every word, wherever it stands
        ("first/late", 1),
        ("s.9", 1),  # the code
        ("mbo", 9),  # the sector of its measure
        ("uiterlijk", 2),  # a date
        ("nergens", 0),
        ("  ", 17),
    ],
)
def test_searching(words: str, found: int, every_group: str, visit: Open) -> None:
    """Words are looked for in the milestone and its measure, whatever their case and accents."""
    page = visit(f"{every_group}?as-of=2026-11-23")
    expect(status(page)).to_have_text("17 van 17 mijlpalen")
    page.get_by_label("Zoeken").press_sequentially(words)
    expect(status(page)).to_have_text(f"{found} van 17 mijlpalen")
    expect(page.locator(".list li")).to_have_count(found)


def test_who_only_wrote_a_source_is_no_choice(serve: Serve, visit: Open) -> None:
    """Nobody is offered a list of what somebody answers for who answers for nothing."""
    author = '[[body]]\nid = "author"\nname = { nl = "Schrijver" }\n'
    root = serve(site(loads(f"{EVERY_GROUP}\n{author}"), BUILT))
    page = visit(f"{root}?as-of=2014-04-02&body=author")
    expect(page.locator("[name=body] option")).to_have_text(["alle", "OCW", "SBB"])
    expect(page.locator("[name=body]")).to_have_value("")


@pytest.mark.parametrize(
    ("name", "choice", "found"),
    [("cluster", "school", 10), ("sector", "hbo", 7), ("body", "sbb", 1), ("body", "ocw", 16)],
)
def test_what_is_shared_is_found_in_each_of_its_parts(
    name: str, choice: str, found: int, every_group: str, visit: Open
) -> None:
    """So is what was handed over, with those who answer for it now and those who did."""
    part = loads(EVERY_GROUP).only(**{f"{name}s".replace("bodys", "bodies"): choice})
    assert len(part.by_id) == found
    page = visit(f"{every_group}?{name}={choice}&as-of=2026-11-23")
    expect(page.locator(".list li")).to_have_count(found)
    links = page.locator(".list a").evaluate_all("all => all.map(one => one.href)")
    ids = (re.sub(r".*/measure/(.*)\.html\?.*#(.*)", r"\1/\2", link) for link in links)
    assert sorted(ids) == [milestone.full_id for milestone in part.by_id]


def test_address_is_restored(shipped: str, visit: Open) -> None:
    """Who sends an address shows another what he sees; what it cannot mean is left out."""
    page = visit(f"{shipped}?q=rapport&sector=wo&body=nobody&as-of=2014-02-30#milestones")
    expect(page.get_by_label("Zoeken")).to_have_value("rapport")
    expect(page.get_by_role("combobox", name="Sector")).to_have_value("wo")
    expect(page.get_by_role("combobox", name="Verantwoordelijk")).to_have_value("")
    expect(page).to_have_url(f"{shipped}?q=rapport&sector=wo#milestones")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{shipped}en/index.html?q=rapport&sector=wo")
    expect(page.get_by_label("Search")).to_have_value("rapport")


def test_clearing(shared: str, visit: Open) -> None:
    """One button clears all filters and comes back to today."""
    page = visit(f"{shared}?q=rapport&status=late&as-of=2014-04-01")
    page.get_by_role("button", name="Wis filters").click()
    expect(status(page)).to_have_text("3 van 3 mijlpalen")
    expect(day_field(page)).not_to_have_value("2014-04-01")
    expect(page).to_have_url(shared)


def test_enter_in_the_search_field_stays_on_the_page(shipped: str, visit: Open) -> None:
    """Nothing is sent anywhere."""
    page = visit(shipped)
    page.get_by_label("Zoeken").press_sequentially("rapport\n")
    expect(page).to_have_url(f"{shipped}?q=rapport")


def test_a_long_list(large: str, visit: Open) -> None:
    """It is drawn as far as one sees it, and yet each row knows its place, to the last."""
    page = visit(f"{large}?as-of=2014-04-01")
    rows = page.locator(".list li")
    expect(rows.first).to_have_attribute("aria-setsize", "2400")
    assert rows.count() < 40
    page.locator(".list").focus()
    for _ in range(50):  # a page that is still being laid out takes no keys
        page.keyboard.press("End")
        page.wait_for_timeout(100)
        if rows.last.get_attribute("aria-posinset") == "2400":
            break
    expect(rows.last).to_be_in_viewport()
    assert rows.count() < 40
    rows.last.get_by_role("link").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".list :focus")).to_be_in_viewport()
    page.get_by_label("Zoeken").press_sequentially("rapportage 1777")
    expect(status(page)).to_have_text("1 van 2.400 mijlpalen")
    expect(rows).to_have_count(1)
    expect(rows).to_be_visible()


# What of a row is not whole: it ends below its row, or in the middle of a line.
_CUT = """rows => rows.flatMap(row => [...row.children].filter(part => {
  const lines = part.offsetHeight / parseFloat(getComputedStyle(part).lineHeight);
  const below = part.getBoundingClientRect().bottom - row.getBoundingClientRect().bottom;
  return below > 0.5 || Math.abs(lines - Math.round(lines)) > 0.1;
}).map(part => part.textContent))"""


@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("language", ["en", "it"])
def test_a_row_that_scrolls_holds_whole_lines(
    language: str, width: int, serve: Serve, visit: Open
) -> None:
    """What is too long for it ends with an ellipsis, below which nothing is seen."""
    text = Path("data/milestones.toml").read_text(encoding="utf-8")
    root = serve(site(loads(re.sub(r"\ben = ", f"{language} = ", text)), BUILT))
    address = f"{root}{language}/?as-of=2026-11-27"
    page = visit(address, viewport={"width": width, "height": 900}, own=True)
    page.locator(".list.scrolls").evaluate("box => { box.style.blockSize = '99rem'; }")
    page.set_viewport_size({"width": width, "height": 901})
    rows = page.locator(".list li")
    expect(rows.nth(30)).to_be_attached()
    assert rows.evaluate_all(_CUT) == []


# --- calendars ------------------------------------------------------------------------------------


def test_subscribing(shipped: str, visit: Open) -> None:
    """The page finds out where it is published, and gives each client the link that it wants."""
    page = visit(f"{shipped}en/index.html")
    first = page.get_by_role("link", name="Subscribe to the calendar")
    assert first.get_attribute("href") == f"{shipped.replace('http:', 'webcal:')}en/all.ics"
    page.get_by_text("By sector").click()
    feed = page.locator(".feeds li").filter(has_text="en/sector-mbo.ics")
    address = f"{shipped}en/sector-mbo.ics"
    webcal = quote(address.replace("http:", "webcal:"), safe="")
    title = quote(
        "Senior secondary vocational education – "  # noqa: RUF001  a dash
        "Education measures for science and technology",
        safe="",
    )
    outlook = f"0/addfromweb?url={quote(address, safe='')}&name={title}"
    for name, url in {
        "Subscribe": address.replace("http:", "webcal:"),
        "Google": f"https://calendar.google.com/calendar/r?cid={webcal}",
        "Outlook": f"https://outlook.live.com/calendar/{outlook}",
        "Outlook (work)": f"https://outlook.office.com/calendar/{outlook}",
        address: address,
    }.items():
        link = feed.get_by_role("link", name=name, exact=True)
        expect(link).to_be_visible()
        assert link.evaluate("link => link.href") == url
    todo = page.locator(".feeds li").filter(has_text="en/todo.ics")
    expect(todo.get_by_role("link")).to_have_text(["Subscribe", f"{shipped}en/todo.ics"])
    expect(page.locator("#no-address")).to_have_count(0)


def test_script_and_builder_write_the_same_links(serve: Serve, visit: Open) -> None:
    """Where the address is known beforehand, the page has the links that its script would make."""
    links = "() => [...document.querySelectorAll('.feeds a, a[data-feed]')].map(link => link.href)"
    known = visit(serve(site(loads(PROGRAMME), BUILT, address="http://example.org/a/")))
    found = visit(serve(site(loads(PROGRAMME), BUILT)))
    here = found.evaluate("location.href")
    replaced = [
        link.replace(here.partition(":")[2], "//example.org/a/").replace(
            quote(here.partition(":")[2], safe=""), quote("//example.org/a/", safe="")
        )
        for link in found.evaluate(links)
    ]
    assert known.evaluate(links) == replaced


def test_copying(shipped: str, visit: Open) -> None:
    """The address of a feed is copied by a button, which says so."""
    page = visit(shipped, permissions=["clipboard-read", "clipboard-write"], own=True)
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    button = page.locator(".feeds button").first
    button.click()
    expect(button).to_have_text("Gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()") == f"{shipped}nl/all.ics"
    page.clock.run_for(2_000)
    expect(button).to_have_text("Kopieer adres")


def test_mending(shared: str, visit: Open) -> None:
    """Who is about to mend a milestone is led to its line, which is looked up by then."""
    page = visit(f"{shared}measure/teachers.html")
    link = page.locator('[id="survey"] .mend')
    expect(link).to_have_attribute("href", "https://example.org/data/milestones.toml")
    link.focus()
    line = next(it.line for it in loads(PROGRAMME).by_id if it.id == "survey")
    expect(link).to_have_attribute("href", f"https://example.org/data/milestones.toml#L{line}")


# --- how it looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", ["", "en/index.html"])
def test_first_screen(size: tuple[int, int], path: str, serve: Serve, visit: Open) -> None:
    """What it is, by whom, how fresh, what needs attention, what comes, and one button."""
    publisher = 'publisher = { name = "Ministerie van Onderwijs, Cultuur en Wetenschap" }\n'
    text = programme_text(90).replace('language = "nl"\n', f'language = "nl"\n{publisher}')
    address = serve(site(loads(text), dt.date(2017, 6, 1)))
    width, height = size
    page = visit(f"{address}{path}?as-of=2017-06-01", viewport={"width": width, "height": height})
    rows = [f".alert[data-status={key}] li:first-child" for key in ("late", "unchecked")]
    parts = (".what", ".of", ".who", ".when", ".how")
    for seen in (
        *("h1", ".publisher", ".fresh", ".button.first", "#attention", "#next"),
        *(f"{row} {part}" for row in rows for part in parts),
        *(".alert[data-status=late] .all", ".coming .when >> nth=0"),
    ):
        box = page.locator(seen).bounding_box()
        assert box is not None, seen
        assert box["y"] + box["height"] <= height, seen
        assert page.locator(seen).inner_text().strip(), seen
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(("day", "sorts", "told"), [("2026-11-27", 1, 2), ("2016-06-01", 1, 3)])
def test_a_phone_shows_more_of_the_only_sort(
    day: str, sorts: int, told: int, shipped: str, visit: Open
) -> None:
    """Where only one sort of thing needs attention there is room for three of it."""
    page = visit(f"{shipped}?as-of={day}", **PHONE)
    expect(page.locator(".alert:visible")).to_have_count(sorts)
    expect(page.locator(".alert li:visible")).to_have_count(told)


@pytest.mark.parametrize(
    ("scheme", "paper", "ink"),
    [
        ("light", "rgb(255, 255, 255)", "rgb(21, 32, 43)"),
        ("dark", "rgb(18, 23, 29)", "rgb(229, 233, 238)"),
    ],
)
def test_colours(scheme: str, paper: str, ink: str, shipped: str, visit: Open) -> None:
    """The page is light or dark as its reader's machine is."""
    page = visit(shipped, color_scheme=scheme)
    expect(page.locator("body")).to_have_css("background-color", paper)
    expect(page.locator("body")).to_have_css("color", ink)


@pytest.mark.parametrize("path", ["", "measure/"])
@pytest.mark.parametrize(
    "programme", [SHIPPED, hostile(loads(PROGRAMME))], ids=["shipped", "hostile"]
)
def test_phone(programme: Programme, path: str, serve: Serve, visit: Open) -> None:
    """On a phone nothing sticks out, and what is to be pressed is large enough for a finger."""
    address = serve(site(programme, BUILT)) + path
    page = visit(
        f"{address}{programme.measures[0].id}.html" if path else f"{address}?as-of=2014-04-01",
        **PHONE,
        has_touch=True,
    )
    if not path:
        expect(page.locator(".list li").first).to_be_visible()
    for folded in page.locator("summary").all():
        folded.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, [data-to], input, select")]
          .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)
          .map(one => one.outerHTML)"""
    )
    assert small == []
    if path:
        # What stands between two links begins no line, and out of their flow no line is under it.
        sign = "link => (({ content, position }) => [content, position])"
        first, second = page.locator(".crumbs a:not(.other)").all()
        assert first.evaluate(f"{sign}(getComputedStyle(link, '::after'))") == [
            '"\u203a"',
            "absolute",
        ]
        assert second.evaluate(f"{sign}(getComputedStyle(link, '::before'))")[0] == "none"


# Where the strip of each row of the picture begins: below its title, or beside it.
_PLACES = """() => [...document.querySelectorAll(".tracks .row")]
  .filter(row => row.checkVisibility())
  .map(row => [row.querySelector("a"), row.querySelector(".strip")]
    .map(one => one.getBoundingClientRect()))
  .map(([title, strip]) =>
    [strip.top >= title.bottom, strip.top < title.bottom && strip.left >= title.right])"""


def test_the_picture_fits_the_screen(shipped: str, visit: Open) -> None:
    """A strip is below its title on a phone and else beside it; the years stay in sight."""
    page = visit(f"{shipped}?as-of=2014-04-01", **PHONE, own=True)
    last = page.locator(".tracks .row:visible").last
    for width, place in ((390, [True, False]), (1280, [False, True])):
        page.set_viewport_size({"width": width, "height": 600})
        places = page.evaluate(_PLACES)
        assert len(places) > 20
        assert places == [place] * len(places)
        last.scroll_into_view_if_needed()
        axis, row = page.locator(".axis").bounding_box(), last.bounding_box()
        assert axis is not None
        assert row is not None
        assert 0 <= axis["y"] < row["y"] < 600
        assert axis["y"] < 1


# Which names cover others on the axis of each of some pages, in the place of the axis of this one.
_COVERED = """async pages => {
  const told = [];
  for (const page of pages) {
    const text = await (await fetch(page)).text();
    const axis = new DOMParser().parseFromString(text, "text/html").querySelector(".axis");
    if (!axis) continue;
    document.querySelector(".axis").replaceWith(axis);
    const names = [...axis.querySelectorAll("text")].filter(one => one.getClientRects().length);
    const boxes = names.map(name => name.getBoundingClientRect());
    const covered = boxes.flatMap((box, n) =>
      boxes.slice(n + 1).some(next => next.left <= box.right) ? [names[n].textContent] : []);
    told.push([page, names.length, covered, boxes.at(-1).right <= innerWidth]);
  }
  return told;
}"""


def test_names_on_an_axis_do_not_cover_each_other(shipped: str, visit: Open) -> None:
    """On a phone each of them can be read, on every page of a measure."""
    page = visit(f"{shipped}measure/macro-efficiency-act.html", **PHONE)
    pages = [
        f"{shipped}{Paths.of(SHIPPED, language).measure(measure.id)}"
        for language in ("nl", "en")
        for measure in SHIPPED.measures
    ]
    told = page.evaluate(_COVERED, pages)
    assert len(told) > len(pages) / 2
    assert [one for one in told if one[1] < 2 or one[2] or not one[3]] == []


def test_paper(shipped: str, visit: Open) -> None:
    """On paper everything is unfolded and written out, and no control is left."""
    page = visit(f"{shipped}?as-of=2014-04-01", own=True)
    expect(page.locator(".list li").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("form")).to_be_hidden()
    assert page.get_by_role("button").count() == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".list li")).to_have_count(len(as_of(SHIPPED, BUILT).standings))
    written = "link => getComputedStyle(link, '::after').content"
    assert "https://zoek.off" in page.locator(".sources a").first.evaluate(written)


def test_figures_on_a_phone(shipped: str, visit: Open) -> None:
    """A table and a picture that are wider than it scroll in their own boxes; names stay in sight.

    What is drawn takes the place that was kept for it.
    """
    page = visit(f"{shipped}figures.html", **PHONE, has_touch=True)
    for folded in page.locator("summary").all():
        folded.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    sizes = "it => [it.naturalWidth, it.naturalHeight, it.width, it.height]"
    for image in page.locator("img").all():
        natural = image.evaluate(sizes)
        assert natural[:2] == natural[2:]
        assert natural[0] > 390
    wide = page.locator(".wide:has(table)").first
    wide.evaluate("it => { it.scrollLeft = 200; }")
    assert wide.evaluate("it => it.scrollLeft") == 200
    name, cell = wide.locator("tbody tr").first.locator("th, td").all()[:2]
    places = [one.evaluate("it => it.getBoundingClientRect().left") for one in (name, cell)]
    assert places[0] >= 0 > places[1] - 390
    assert places[1] < name.evaluate("it => it.getBoundingClientRect().right")


@pytest.mark.skipif(not PDFTOTEXT, reason="no poppler to read the sheets with")
def test_figures_on_paper(shipped: str, visit: Open) -> None:
    """Every table is printed unfolded, and its picture above it."""
    page = visit(f"{shipped}en/figures.html", own=True)
    written = subprocess.run(
        [PDFTOTEXT, "-layout", "-", "-"],
        input=page.pdf(format="A4"),
        capture_output=True,
        check=True,
    ).stdout.decode()
    for cells in page.locator("tbody tr").all():
        # Of a row of more lines the words are elsewhere.
        first = cells.locator("th").inner_text().split()[0]
        assert first in written
    assert "Table, " not in written
    page.emulate_media(media="print")
    assert page.locator("details td").first.is_visible()


@pytest.mark.skipif(not PDFTOTEXT, reason="no poppler to read the sheets with")
@pytest.mark.parametrize(("programme", "most"), [("shipped", 12), ("large", 4)])
def test_no_sheet_is_empty(
    programme: str, most: int, request: pytest.FixtureRequest, visit: Open
) -> None:
    """Each sheet of paper has words; a list of which only a screen draws what is in sight has none.

    `most` leaves room for the type of another machine.
    """
    page = visit(f"{request.getfixturevalue(programme)}?as-of=2014-04-01", own=True)
    expect(page.locator(".list li").first).to_be_visible()
    written = subprocess.run(
        [PDFTOTEXT, "-", "-"], input=page.pdf(format="A4"), capture_output=True, check=True
    ).stdout.decode()
    sheets = written.removesuffix("\f").split("\f")
    assert [number for number, words in enumerate(sheets, start=1) if not words.strip()] == []
    assert len(sheets) <= most


# --- how it is used -------------------------------------------------------------------------------


def focused(page: Page) -> str:
    told: str = page.evaluate(
        "() => (({ id, name, className, textContent }) => id || name || className || textContent)"
        "(document.activeElement)"
    )
    return told


def test_keyboard(shipped: str, visit: Open) -> None:
    """The keyboard reaches everything in the order of the page, and can skip to the list."""
    page = visit(f"{shipped}?as-of=2014-04-01", own=True)
    expect(page.locator(".choices")).to_be_visible()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de mijlpalen")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert focused(page) == "milestones"
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(focused(page))
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) == "solid", reached
    assert reached == ["q", "cluster", "sector", "body", "status", *["as-of"] * 3]


def test_link_to_what_is_folded(shipped: str, visit: Open) -> None:
    """Who follows a link to a part of the page that is folded finds it open."""
    page = visit(shipped)
    page.evaluate("document.querySelector('details li').id = 'folded'")
    page.evaluate("location.hash = 'folded'")
    expect(page.locator("#folded")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("?as-of=2014-04-01", {}),
        ("en/index.html?as-of=2014-04-01", DARK),
        ("?as-of=2014-04-01", PHONE),
        ("measure/image-bank.html", {}),
        ("en/measure/image-bank.html", DARK),
        ("body/ocw.html", PHONE),
        ("en/figures.html", {}),
        ("figures.html", DARK | PHONE),
    ],
    ids=[
        *("light", "dark", "phone", "measure", "measure, dark", "body, phone"),
        *("figures", "figures, dark, phone"),
    ],
)
def test_axe(path: str, options: dict[str, Any], shipped: str, visit: Open) -> None:
    """axe-core finds nothing that keeps anyone out, with everything unfolded."""
    page = visit(f"{shipped}{path}", **options)
    if "as-of" in path:
        expect(page.locator(".list li").first).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_forced_colours(every_group: str, visit: Open) -> None:
    """Where the reader's machine chooses all colours, a status still has its shape."""
    page = visit(f"{every_group}?as-of=2015-04-01", forced_colors="active")
    sign = page.locator(".alert .how.late").first
    shown = sign.evaluate("it => getComputedStyle(it, '::before').backgroundColor")
    assert shown == sign.evaluate("it => getComputedStyle(it).color")


def test_hostile_text(serve: Serve, visit: Open) -> None:
    """Text that looks like markup is shown as it is, and nothing of it is run."""
    page = visit(f"{serve(site(hostile(loads(PROGRAMME)), BUILT))}?as-of=2026-11-23")
    assert page.locator("h1").text_content() == HOSTILE
    expect(page.locator(".list li")).to_have_count(3)
    expect(page.locator("img")).to_have_count(0)
    page.get_by_label("Zoeken").fill("<script>alert(1)")
    expect(status(page)).to_have_text("3 van 3 mijlpalen")


def test_programme_without_milestones(serve: Serve, visit: Open) -> None:
    """A programme that promises nothing yet has a page that says so."""
    text = PROGRAMME.partition("[[measure.milestone]]")[0]
    page = visit(f"{serve(site(loads(text), BUILT))}?as-of=2026-11-23")
    expect(status(page)).to_have_text("0 van 0 mijlpalen")
    expect(page.get_by_text("Hier is niets vastgelegd dat aandacht vraagt.")).to_be_visible()
    expect(page.get_by_text("Hier is geen komende datum vastgelegd.")).to_be_visible()
