"""What a key press or a choice in the filters of the overview costs, in a real browser.

    python tests/benchmarks/keys.py           # programmes of 2,000 and of 100,000 milestones
    python tests/benchmarks/keys.py --quick   # of 2,000

Prints the weight of the page, how long it takes until it is interactive, how many elements it has,
and the milliseconds that each key and each choice took to deal with, alone and with the layout that
follows it.
Exits with 1 where the page has 300 kB or 3,000 elements, is interactive after a second or more, or
dealing with one of them took 50 ms. The quickest of several rounds counts: a machine that is busy
says nothing about the page.
"""

import datetime as dt
import os
import shutil
import sys
from typing import Any

from generate import programme_text
from playwright.sync_api import Browser, Page, Route, sync_playwright

from betatech_milestones import as_of, loads
from betatech_milestones.calendars.feeds import feeds_of
from betatech_milestones.website.assets import assets
from betatech_milestones.website.overview import overview
from betatech_milestones.website.search import search_index

LIMIT_MS, LIMIT_OCTETS, LIMIT_ELEMENTS, LIMIT_READY_MS = 50, 300_000, 3_000, 1_000
ROUNDS = 5
TYPED = ["r", "ra", "rap", "x", "", "7", "77", "777", "", "k", ""]
CHOSEN = [("cluster", 3), ("body", 2), ("sector", 1), ("cluster", 0), ("body", 0), ("sector", 0)]
CHOSEN += [("status", number) for number in (1, 2, 6, 0)]
"""The number of an option in each filter; 0 takes the choice back."""
CHANGES: list[tuple[str, str | int]] = [*(("q", text) for text in TYPED), *CHOSEN]
CHANGE = """async changes => {
  const found = [];
  for (const [name, wanted] of changes) {
    const field = document.querySelector(`[name=${name}]`);
    if (field.options) field.selectedIndex = wanted;
    else field.value = wanted;
    const start = performance.now();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const handled = performance.now();
    document.body.offsetHeight;
    const shown = performance.now();
    const said = field.options ? `${name}: ${field.selectedOptions[0].label}` : `"${wanted}"`;
    found.push([said, handled - start, shown - start]);
    await new Promise((done) => setTimeout(done, 50));
  }
  return found;
}"""


def files_of(milestones: int) -> dict[str, bytes]:
    """Return what the overview of a programme loads, by path."""
    programme = loads(programme_text(milestones))
    named = [*feeds_of(programme, "nl", (), since=None, address=None)]
    today = dt.date.today()  # noqa: DTZ011  that of the browser
    page = overview(as_of(programme, today), language="nl", feeds=named)
    return {
        **assets(),
        "index.html": page.encode(),
        "nl/search.json": search_index(programme, "nl"),
    }


def opened(browser: Browser, files: dict[str, bytes]) -> Page:
    """Return the page, served from memory."""

    def answer(route: Route) -> None:
        path = route.request.url.partition("/")[2].partition("/")[2].partition("/")[2]
        path = path.partition("?")[0] or "index.html"
        types = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
        kind = types.get(path.rpartition(".")[2], "application/json")
        route.fulfill(body=files[path], content_type=kind)

    page = browser.new_page()
    page.route("**/*", answer)
    page.goto("http://page.test/")
    return page


def measured(browser: Browser, milestones: int) -> bool:
    """Print what a programme of a size costs; return whether it is within the limits."""
    files = files_of(milestones)
    page = opened(browser, files)
    timing: dict[str, Any] = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    ready = timing["domInteractive"] - timing["responseEnd"]
    elements = page.evaluate("document.getElementsByTagName('*').length")
    octets = len(files["index.html"])
    print(f"{milestones:,} milestones: {octets:,} octets, {elements:,} elements,")
    print(f"interactive {ready:.0f} ms after the page is there; the index has ", end="")
    print(f"{len(files['nl/search.json']):,} octets")
    page.focus("[name=q]")
    page.wait_for_selector(".list li")
    rounds = [page.evaluate(CHANGE, CHANGES) for _ in range(ROUNDS)]
    page.close()
    print("\n| typed or chosen | ms | ms with layout |")
    print("| --- | ---: | ---: |")
    slowest = 0.0
    for index, (said, *_) in enumerate(rounds[0]):
        handled, shown = (min(one[index][part] for one in rounds) for part in (1, 2))
        slowest = max(slowest, handled)
        print(f"| {said} | {handled:.1f} | {shown:.1f} |")
    print()
    return (
        octets < LIMIT_OCTETS
        and elements < LIMIT_ELEMENTS
        and ready < LIMIT_READY_MS
        and slowest < LIMIT_MS
    )


def main(arguments: list[str]) -> int:
    """Measure programmes of two sizes; return the exit code."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=sandbox)
        sizes = (2_000,) if "--quick" in arguments else (2_000, 100_000)
        within = [measured(browser, milestones) for milestones in sizes]
        browser.close()
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
