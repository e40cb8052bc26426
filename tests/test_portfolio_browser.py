"""The front of several programmes in a real browser, and what a validator says of it."""

import datetime as dt
import functools
import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import IN_CHROMIUM, PATIENCE_MS, chromium
from playwright.sync_api import Page, expect
from test_portfolio import PORTFOLIO, SCHOOLS, SCIENCE, write

from betatech_milestones import load_portfolio
from betatech_milestones.website.publish_portfolio import publish_portfolio

pytestmark = IN_CHROMIUM
BUILT = dt.date(2014, 9, 20)
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests look at the page."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site of two programmes, of which a term ends ten days after it was made."""
    home = tmp_path_factory.mktemp("programmes")
    write(home, "science.toml", SCIENCE)
    write(home, "more/schools.toml", SCHOOLS)
    write(home, "portfolio.toml", PORTFOLIO)
    publish_portfolio(load_portfolio(home / "portfolio.toml"), BUILT, home / "site")
    return home / "site"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The address of the site."""
    handler = functools.partial(_Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", params=SIZES)
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of some size; nothing on it may have complained in the end."""
    width, height = SIZES[request.param]
    complaints: list[str] = []
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    assert complaints == []


DAYS = {
    "2014-09-20": ("As of 20 September 2014", True),
    "2014-10-01": ("As of 1 October 2014", True),
    "2014-10-02": ("As of 2 October 2014", False),
    "2014-10-21": ("As of 21 October 2014", False),
    "2014-12-31": ("As of 21 October 2014", False),
    "2014-09-01": ("As of 20 September 2014", True),
}


@pytest.mark.parametrize("day", DAYS)
def test_the_page_follows_its_reader(day: str, address: str, page: Page) -> None:
    """A term passes without a new page; before and after what it can tell it says its own day."""
    said, is_coming = DAYS[day]
    page.goto(f"{address}en/?as-of={day}")
    expect(page.locator("p.day:visible")).to_have_text(said)
    name = "Van kracht in scholen"
    coming = page.locator("section[aria-labelledby=next] li:visible", has_text=name)
    expect(coming).to_have_count(1 if is_coming else 0)
    overdue = page.locator("section[aria-labelledby=attention] li:visible", has_text=name)
    expect(overdue).to_have_count(0 if is_coming else 1)
    if not is_coming:
        expect(overdue).to_contain_text("not checked since its term ended on 1 October 2014")


def test_everybody_can_use_it(address: str, page: Page) -> None:
    """Axe finds nothing, and nothing is wider than the screen."""
    for path in ("", "en/", "figures.html", "en/figures.html"):
        page.goto(address + path)
        assert Axe().run(page).response["violations"] == []
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.evaluate("document.documentElement.clientWidth")


@pytest.mark.slow
def test_vnu(folder: Path) -> None:
    """The Nu Html Checker finds nothing but that on a disk the policy's 'self' is nothing."""
    tool = shutil.which("vnu")
    if tool is None:
        pytest.skip("vnu is not installed: npm install vnu-jar")
    pages = ("index.html", "en/index.html", "figures.html", "en/figures.html")
    done = subprocess.run(
        [tool, "--format", "json", *(folder / path for path in pages)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    messages = json.loads(done.stdout or done.stderr)["messages"]
    wrong = [it for it in messages if "Content Security Policy" not in it["message"]]
    assert [(it["url"].rpartition("/")[2], it["message"]) for it in wrong] == []
