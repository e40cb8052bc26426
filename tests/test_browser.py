"""The page in a real browser: what a person sees, hears, presses and prints."""

import datetime as dt
import functools
import http.server
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from generate import programme_text
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from programmes import PROGRAMME
from sites import EVERY_GROUP, HOSTILE, hostile

from betatech_milestones import Programme, Standing, Voice, as_of, load, loads, site
from betatech_milestones.analysis.course import course
from betatech_milestones.voice import capital
from betatech_milestones.website.page import KEYS

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium to look at the page with"),
]

PATIENCE_MS = 60_000  # a busy machine is slow; what fails is told within a minute
expect.set_options(timeout=PATIENCE_MS)

BUILT = dt.date(2014, 4, 1)
PHONE = {"viewport": {"width": 360, "height": 740}}
DARK = {"color_scheme": "dark"}

Open = Callable[..., Page]
Serve = Callable[[dict[str, bytes]], str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                *(["--no-sandbox"] if os.geteuid() == 0 else []),
                # Nothing but the page is asked for.
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


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
    return serve(site(load(), BUILT))


@pytest.fixture(scope="module")
def shared(serve: Serve) -> str:
    """The address of the shared programme."""
    return serve(site(loads(PROGRAMME), BUILT))


@pytest.fixture(scope="module")
def every_group(serve: Serve) -> str:
    """The address of a programme with a milestone in each group."""
    return serve(site(loads(EVERY_GROUP), BUILT))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open a page in a window of its own; at the end none of them may have complained."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(address: str, **options: Any) -> Page:
        context = browser.new_context(**{"reduced_motion": "reduce"} | options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def day_field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Stand op")


def group(standing: Standing) -> str:
    """Return in which group of the page a milestone stands."""
    return "fact" if standing.milestone.is_fact else standing.evidence or standing.status


# --- the day --------------------------------------------------------------------------------------

# What the page tells for each of some days, as far as it is to be seen.
_TOLD = """days => days.map(day => {
  const field = document.querySelector("[name=as-of]");
  field.value = day;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const seen = element => element.checkVisibility();
  const texts = (within, what) =>
    [...within.querySelectorAll(what)].filter(seen).map(one => one.textContent.trim());
  return {
    day: document.querySelector("#standing time").textContent,
    counts: [...document.querySelectorAll(".counts b")].map(one => Number(one.textContent)),
    milestones: [...document.querySelectorAll(".group li")].filter(seen).map(item => [
      item.closest(".group").dataset.status, item.dataset.id, ...texts(item, ".how"),
      texts(item, ".when .due"), texts(item, ".ended"), texts(item, ".verdict"),
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


@pytest.mark.parametrize(
    ("programme", "language", "every"),
    [
        (load(), "nl", 5),
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
    page = visit(serve(site(programme, BUILT)) + ("" if language == "nl" else f"{language}/"))
    told = page.evaluate(_TOLD, [day.isoformat() for day in days])
    for day, seen in zip(days, told, strict=True):
        report = as_of(programme, day)
        groups = [(key, [s for s in report.standings if group(s) == key]) for key in KEYS]
        assert seen["day"] == voice.day(day)
        assert seen["counts"] == [len(standings) for _, standings in groups], day
        assert [milestone[:3] for milestone in seen["milestones"]] == [
            [key, standing.milestone.full_id, voice.status(standing)]
            for key, standings in groups
            for standing in standings
        ], day
        assert [
            (len(dues), len(ended), " ".join(verdict))
            for *_, dues, ended, verdict in seen["milestones"]
        ] == [
            (
                (standing.milestone.due is not None) + len(standing.moves),
                int(standing.outcome is not None),
                voice.verdict(standing),
            )
            for _, standings in groups
            for standing in standings
        ], day


# All that is to be seen of the page for some days, beside what the page built for each of them has.
# The form and the counted hits are there for the script only; the sentence that counts promises and
# the line in the picture are those of one day.
_BUILT = """pages => pages.map(([day, built]) => {
  const field = document.querySelector("[name=as-of]");
  field.value = day;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const left = "[hidden], form, #built, .tally, .picture, .day-line, .feeds, #no-address, .other";
  function* seen(element) {
    for (const part of element.childNodes) {
      if (part.nodeType === Node.TEXT_NODE) yield part.data;
      else if (!part.matches(left)) yield* seen(part);
    }
  }
  const text = root => [...seen(root.querySelector("main"))].join("").replace(/\\s+/g, " ");
  return [text(document), text(new DOMParser().parseFromString(built, "text/html"))];
})"""


@pytest.mark.parametrize(
    ("programme", "every"),
    [(loads(EVERY_GROUP), 3), (loads(PROGRAMME), 1), (load(), 40)],
    ids=["every group", "shared", "shipped"],
)
@pytest.mark.parametrize("built", [BUILT, dt.date(2013, 1, 1), dt.date(2026, 11, 23)], ids=str)
def test_another_day_is_the_page_of_that_day(
    programme: Programme, every: int, built: dt.date, serve: Serve, visit: Open
) -> None:
    """Who chooses a day sees what the page built for that day says, word for word."""
    days = telling_days(programme)[::every]
    page = visit(serve(site(programme, built)))
    pages = [[day.isoformat(), site(programme, day)["index.html"].decode()] for day in days]
    told = page.evaluate(_BUILT, pages)
    for day, (ours, theirs) in zip(days, told, strict=True):
        assert ours == theirs, day
    assert len({ours for ours, _ in told}) > len(days) / 4


def test_what_nobody_knew_of_is_hidden(every_group: str, visit: Open) -> None:
    """In the list, in its measure and in the picture, until the day on which it is known."""
    page = visit(f"{every_group}?as-of=2016-01-14")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    item = page.locator('.group li[data-id="second/known-later"]')
    story = page.locator('[id="second/known-later"]')
    row = page.locator('.picture [data-milestone="second/known-later"]')
    measure = page.locator('[id="measure:third"]')
    for part in (item, story, row, measure):
        expect(part).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("15 van 15 mijlpalen")
    day_field(page).fill("2016-01-15")
    for part in (item, story, row, measure):
        expect(part).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("17 van 17 mijlpalen")
    day_field(page).fill("2013-02-25")
    expect(page.get_by_role("status")).to_have_text("0 van 0 mijlpalen")
    expect(page.locator(".group:visible, .counts li:visible, article:visible")).to_have_count(0)


def test_the_tally_is_that_of_the_page(every_group: str, visit: Open) -> None:
    """The sentence that counts promises is told on the day of which it is, and on no other."""
    page = visit(f"{every_group}?as-of=2014-04-01")
    tally = page.locator(".tally")
    expect(tally).to_have_text(re.compile("^Aankondigingen met een datum: 12"))
    day_field(page).fill("2014-04-02")
    expect(tally).to_be_hidden()
    day_field(page).fill("2014-04-01")
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
        page.clock.set_fixed_time("2015-02-01T12:00:00Z")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.locator("#standing")).to_have_text("Stand op 1 februari 2015")


def test_history_is_that_of_the_day(shared: str, visit: Open) -> None:
    """What is said or measured later is not told, in the histories either."""
    page = visit(f"{shared}?as-of=2014-04-30#files/in-force")
    story = page.locator(".history").first
    expect(story.get_by_role("listitem")).to_have_count(1)
    day_field(page).fill("2014-05-01")
    expect(story.get_by_role("listitem")).to_have_count(2)
    expect(story).to_contain_text("verplaatst naar rond augustus 2016")


def test_line_of_the_day(shared: str, visit: Open) -> None:
    """The picture has a line where the day is, and none where it is beyond the picture."""
    page = visit(f"{shared}?as-of=2014-06-01")
    line, legend = page.locator(".picture .today"), page.locator(".day-line")
    days = (dt.date(2014, 6, 1) - dt.date(2014, 1, 1)).days + 0.5  # from the first, to noon
    drawn = re.match(r"M([\d.]+) ", line.get_attribute("d") or "")
    assert drawn is not None
    assert float(drawn[1]) == pytest.approx(350 + days * (988 - 350) / 1096, abs=0.1)
    expect(legend).to_have_text("Stand op 1 juni 2014")
    day_field(page).fill("2026-11-23")
    expect(line).to_be_hidden()
    expect(legend).to_be_hidden()


@pytest.mark.parametrize(
    ("day", "shown"),
    [("2015-07-01", False), ("2015-07-02", True), ("2015-10-01", True), ("2015-10-02", False)],
)
def test_snooze(day: str, shown: bool, serve: Serve, visit: Open) -> None:  # noqa: FBT001  a table
    """A milestone that is kept quiet says so, from the day that was decided through the last."""
    before, _, after = PROGRAMME.partition("[measure.milestone.dropped]")
    snooze = after[after.index("[measure.milestone.snoozed]") :]
    page = visit(f"{serve(site(loads(before + snooze), BUILT))}?as-of={day}")
    expect(page.locator(".group .snooze")).to_be_visible(visible=shown)
    ended = visit(f"{serve(site(loads(PROGRAMME), BUILT))}?as-of={day}")
    expect(ended.locator(".group .snooze")).to_be_hidden()


def test_without_a_script(shipped: str, visit: Open) -> None:
    """Without a script the page tells the standings of its own day, and says so."""
    page = visit(shipped, java_script_enabled=False)
    expect(page.locator("#standing")).to_have_text("Stand op 1 april 2014")
    expect(page.get_by_text("Deze pagina is gemaakt met de stand van die dag.")).to_be_visible()
    expect(page.get_by_role("link", name="nl/all.ics")).to_be_visible()
    expect(page.locator("form")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    voice, standings = Voice("nl"), as_of(load(), BUILT).standings
    grouped = [(key, [s for s in standings if group(s) == key]) for key in KEYS]
    shown = ".group:visible h3 .how, .group li:not([hidden]) .how"
    assert page.locator(shown).all_text_contents() == [
        told
        for key, found in grouped
        if found
        for told in (capital(voice.label(key)), *map(voice.status, found))
    ]


# --- the filters ----------------------------------------------------------------------------------


def titles(page: Page) -> list[str]:
    """Return the milestones that are to be seen, from the top."""
    return page.locator(".group li:visible .what a").all_text_contents()


def listed(programme: Programme, day: dt.date) -> list[Standing]:
    """Return the standings of a report, facts last, as the page lists them."""
    return sorted(as_of(programme, day).standings, key=lambda one: KEYS.index(group(one)))


@pytest.mark.parametrize(
    ("name", "choice", "part"),
    [
        ("cluster", "labour-market", load().only(clusters="labour-market")),
        ("sector", "wo", load().only(sectors="wo")),
        ("body", "ocw", load().only(bodies="ocw")),
        ("status", "fact", None),
    ],
)
def test_choosing(
    name: str, choice: str, part: Programme | None, shipped: str, visit: Open
) -> None:
    """A choice leaves what it fits in the list and in the picture, and stands in the address."""
    field = {"body": "Verantwoordelijk"}.get(name, name.capitalize())
    everything = listed(load(), BUILT)
    expected = listed(part, BUILT) if part else [s for s in everything if group(s) == choice]
    assert 0 < len(expected) < len(everything)
    page = visit(f"{shipped}?as-of=2014-04-01")
    page.get_by_role("combobox", name=field).select_option(choice)
    assert titles(page) == [s.milestone.title.in_language("nl") for s in expected]
    expect(page.get_by_role("status")).to_have_text(
        f"{len(expected)} van {len(everything)} mijlpalen"
    )
    expect(page).to_have_url(f"{shipped}?{name}={choice}&as-of=2014-04-01")
    rows = page.locator(".picture .row:not([hidden])")
    expect(rows).to_have_count(len(expected))
    drawn = rows.evaluate_all("rows => rows.map(row => row.dataset.milestone)")
    assert sorted(drawn) == sorted(s.milestone.full_id for s in expected)
    headings = {s.measure.id for s in expected}
    expect(page.locator(".picture .heading:not([hidden])")).to_have_count(len(headings))
    height = 34 + 28 * len(headings) + 20 * len(expected) + 8
    expect(page.locator(".picture svg")).to_have_attribute("viewBox", f"-12 0 1024 {height}")
    page.reload()
    expect(page.get_by_role("combobox", name=field)).to_have_value(choice)
    assert len(titles(page)) == len(expected)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("TOCH", 1),
        ("beta", 1),  # the title has an accent
        ("tweede toch", 1),  # every word, wherever it stands
        ("first/late", 1),
        ("mbo", 9),  # the sector of its measure
        ("nergens", 0),
        ("  ", 17),
    ],
)
def test_searching(words: str, found: int, every_group: str, visit: Open) -> None:
    """Words are looked for in the milestone and its measure, whatever their case and accents."""
    page = visit(every_group)
    page.get_by_label("Zoeken").press_sequentially(words)
    expect(page.get_by_role("status")).to_have_text(f"{found} van 17 mijlpalen")
    assert len(titles(page)) == found


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
    ids = page.locator(".group li:visible").evaluate_all("all => all.map(one => one.dataset.id)")
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
    expect(page.get_by_role("status")).to_have_text("3 van 3 mijlpalen")
    expect(day_field(page)).not_to_have_value("2014-04-01")
    expect(page).to_have_url(shared)


def test_enter_in_the_search_field_stays_on_the_page(shipped: str, visit: Open) -> None:
    """Nothing is sent anywhere."""
    page = visit(shipped)
    page.get_by_label("Zoeken").press_sequentially("rapport\n")
    expect(page).to_have_url(f"{shipped}?q=rapport")


def test_searching_a_long_list(serve: Serve, visit: Open) -> None:
    """Two thousand milestones are searched as one types; tests/benchmarks/keys.py has the times."""
    page = visit(serve(site(loads(programme_text(2000)), BUILT)))
    page.get_by_label("Zoeken").press_sequentially("rapportage 1777")
    expect(page.get_by_role("status")).to_have_text("1 van 2000 mijlpalen")


# --- calendars ------------------------------------------------------------------------------------


def test_subscribing(shipped: str, visit: Open) -> None:
    """The page finds out where it is published, and gives each client the link that it wants."""
    page = visit(f"{shipped}en/index.html")
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
    expect(page.locator("#no-address")).to_have_count(0)


def test_script_and_builder_write_the_same_links(serve: Serve, visit: Open) -> None:
    """Where the address is known beforehand, the page has the links that its script would make."""
    links = "() => [...document.querySelectorAll('.feeds a')].map(link => link.href)"
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
    page = visit(shipped, permissions=["clipboard-read", "clipboard-write"])
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    button = page.locator(".feeds button").first
    button.click()
    expect(button).to_have_text("Gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()") == f"{shipped}nl/all.ics"
    page.clock.run_for(2_000)
    expect(button).to_have_text("Kopieer adres")


# --- how it looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "paper", "ink"),
    [
        ("light", "rgb(252, 251, 248)", "rgb(28, 37, 48)"),
        ("dark", "rgb(18, 22, 27)", "rgb(227, 231, 236)"),
    ],
)
def test_colours(scheme: str, paper: str, ink: str, shipped: str, visit: Open) -> None:
    """The page is light or dark as its reader's machine is."""
    page = visit(shipped, color_scheme=scheme)
    expect(page.locator("body")).to_have_css("background-color", paper)
    expect(page.locator("body")).to_have_css("color", ink)


@pytest.mark.parametrize(
    "programme", [load(), hostile(loads(PROGRAMME))], ids=["shipped", "hostile"]
)
def test_phone(programme: Programme, serve: Serve, visit: Open) -> None:
    """On a phone nothing sticks out but the picture, which scrolls within itself at full size."""
    page = visit(serve(site(programme, BUILT)), **PHONE)
    for folded in page.locator("summary").all():
        folded.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    picture = page.locator(".picture")
    assert picture.evaluate("picture => picture.scrollWidth > 2 * picture.clientWidth")


def test_paper(shipped: str, visit: Open) -> None:
    """On paper the histories are unfolded, addresses are written out, and no control is left."""
    page = visit(shipped)
    page.emulate_media(media="print")
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator("nav")).to_be_hidden()
    assert page.get_by_role("button").count() == 0
    history = page.locator(".history").first
    assert history.evaluate("element => element.checkVisibility({ contentVisibilityAuto: true })")
    written = "link => getComputedStyle(link, '::after').content"
    assert "https://zoek.off" in page.locator("#sources + ul a").first.evaluate(written)
    assert page.pdf().startswith(b"%PDF")


# --- how it is used -------------------------------------------------------------------------------


def focused(page: Page) -> str:
    told: str = page.evaluate(
        "() => (({ id, name, className, textContent }) => id || name || className || textContent)"
        "(document.activeElement)"
    )
    return told


def test_keyboard(shipped: str, visit: Open) -> None:
    """The keyboard reaches everything in the order of the page, and can skip to the list."""
    page = visit(shipped)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de mijlpalen")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert focused(page) == "milestones"
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(focused(page))
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) == "solid", reached
    assert reached == ["q", "cluster", "sector", "body", "status", "as-of", "as-of"]


def test_picture_can_be_scrolled_with_the_keyboard(shipped: str, visit: Open) -> None:
    """What scrolls can be reached and scrolled without a mouse."""
    page = visit(shipped, **PHONE)
    picture = page.get_by_role("group", name="Tijdlijn")
    picture.focus()
    for _ in range(50):  # a page that is still being laid out takes no keys
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(100)
        if scrolled := picture.evaluate("picture => picture.scrollLeft"):
            break
    assert scrolled > 0


def test_link_to_a_milestone_unfolds_its_measure(shipped: str, visit: Open) -> None:
    """Who follows a milestone from the list, or from elsewhere, finds its story open."""
    page = visit(shipped)
    page.locator(".group li a").first.click()
    story = page.locator(":target")
    expect(story).to_be_visible()
    expect(story).to_be_in_viewport()
    assert focused(page)
    again = visit(page.url)
    expect(again.locator(":target")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["", "en/index.html"])
@pytest.mark.parametrize("options", [{}, DARK, PHONE], ids=["light", "dark", "phone"])
def test_axe(path: str, options: dict[str, Any], shipped: str, visit: Open) -> None:
    """axe-core finds nothing that keeps anyone out, with everything unfolded."""
    page = visit(f"{shipped}{path}?as-of=2014-04-01", **options)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_hostile_text(serve: Serve, visit: Open) -> None:
    """Text that looks like markup is shown as it is, and nothing of it is run."""
    page = visit(serve(site(hostile(loads(PROGRAMME)), BUILT)))
    assert page.locator("h1").text_content() == HOSTILE
    expect(page.locator("img")).to_have_count(0)
    page.get_by_label("Zoeken").fill("<script>alert(1)")
    expect(page.get_by_role("status")).to_have_text("3 van 3 mijlpalen")


def test_programme_without_milestones(serve: Serve, visit: Open) -> None:
    """A programme that promises nothing yet has a page that says so."""
    text = PROGRAMME.partition("[[measure.milestone]]")[0]
    page = visit(serve(site(loads(text), BUILT)))
    expect(page.get_by_text("Geen van de mijlpalen heeft een datum")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("0 van 0 mijlpalen")
