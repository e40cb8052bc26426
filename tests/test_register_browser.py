"""A register of 1,700 milestones on a phone: what needs attention is still what is seen first."""

import datetime as dt
import functools
import http.server
import threading
from collections.abc import Iterator

import pytest
from chromium import IN_CHROMIUM, PATIENCE_MS, chromium
from playwright.sync_api import Page, expect
from register import MILESTONES, register_text

from betatech_milestones import Programme, loads, site

pytestmark = IN_CHROMIUM
BUILT = dt.date(2026, 11, 27)
WIDTH, HEIGHT = 390, 844


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests look at the page."""


@pytest.fixture(scope="module")
def programme() -> Programme:
    """The register: in Italian, with long titles and names."""
    return loads(register_text())


@pytest.fixture(scope="module")
def address(programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of its site."""
    folder = tmp_path_factory.mktemp("register")
    for path, content in site(programme, BUILT).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    handler = functools.partial(_Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def phone() -> Iterator[Page]:
    """A page on a phone; nothing on it may have complained in the end."""
    complaints: list[str] = []
    with chromium() as browser:
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True)
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    assert complaints == []


def test_the_first_screen_of_a_register(address: str, phone: Page) -> None:
    """Whose it is, how fresh, and of each sort that needs attention one promise and all of them."""
    phone.goto(f"{address}?as-of={BUILT}")
    seen = ["h1", ".publisher", ".fresh", ".button.first", "#attention"]
    sorts = phone.locator(".alert:visible")
    assert sorts.count() == 2
    places = [*(phone.locator(one) for one in seen)]
    for number in range(sorts.count()):
        sort = sorts.nth(number)
        places += [sort.locator(".all"), sort.locator("li:visible .how").first]
    for place in places:
        box = place.bounding_box()
        assert box is not None, place
        assert box["y"] + box["height"] <= HEIGHT, place


def test_a_register_is_no_wider_than_a_phone(
    programme: Programme, address: str, phone: Page
) -> None:
    """Nor are its list, its pictures and what can be unfolded."""
    measure, body = programme.measures[0].id, programme.bodies[0].id
    for path in ("", f"measure/{measure}.html", f"body/{body}.html", "measures/1.html"):
        phone.goto(address + path)
        for folded in phone.locator("summary:visible").all():
            folded.click()
        assert phone.evaluate("document.documentElement.scrollWidth") == WIDTH, path


def test_a_register_is_searched_on_a_phone(address: str, phone: Page) -> None:
    """All of it is in the list, of which only the rows in sight are drawn."""
    phone.goto(f"{address}?as-of={BUILT}")
    said = phone.locator(".finder output")
    expect(said).to_contain_text(f"{MILESTONES:,}".replace(",", "."))
    rows = phone.locator(".list li")
    expect(rows.first).to_be_visible()
    assert rows.count() < 100
    phone.locator("[name=body]").select_option("ente-8")
    expect(phone.locator(".list li .who").first).to_have_text("Ministero di prova per la giustizia")
    assert phone.evaluate("document.documentElement.scrollWidth") == WIDTH
