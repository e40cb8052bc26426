"""The site in a second browser, with an engine of its own: the Firefox of the system."""

import datetime as dt
import functools
import http.server
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from firefox import FIREFOX, Firefox, firefox

from betatech_milestones import Measure, Programme, Voice, as_of, load_example, publish
from betatech_milestones.voice import capital
from betatech_milestones.voice.paths import Paths

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not FIREFOX, reason="no firefox to look at the pages with"),
]
BUILT = dt.date(2014, 4, 1)
LATER = dt.date(2016, 4, 1)


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_example()


@pytest.fixture(scope="module")
def folder(programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site of the shipped programme, built on the day `BUILT`."""
    folder = tmp_path_factory.mktemp("site")
    publish(programme, BUILT, folder)
    return folder


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests look at the pages."""


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where the site is served."""
    handler = functools.partial(_Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def window() -> Iterator[Firefox]:
    with firefox() as window:
        yield window


@pytest.fixture(autouse=True)
def nothing_wrong(window: Firefox) -> Iterator[None]:
    """No page may complain, of its policy or of its script."""
    yield
    complaints, window.complaints[:] = [*window.complaints], []
    assert complaints == []


SETTLED = "new Promise((done) => setTimeout(done, 600))"


@pytest.mark.parametrize("width", [1280, 390])
def test_counts_of_another_day(
    width: int, programme: Programme, address: str, window: Firefox
) -> None:
    """The counts of a day that the reader asks for are those of the report of that day."""
    window.visit(f"{address}en/?as-of={LATER}", width=width, height=800)
    window.evaluate(SETTLED)
    told = window.evaluate(
        "[...document.querySelectorAll('.counts li:not([hidden])')].map((tile) => "
        "[tile.querySelector('.how').textContent, Number(tile.querySelector('b').textContent)])"
    )
    voice, report = Voice("en"), as_of(programme, LATER)
    keys = Counter(
        "fact" if one.milestone.is_fact else str(one.evidence or one.status)
        for one in report.standings
    )
    expected = {capital(voice.label(key)): number for key, number in keys.items()}
    assert dict(told) == expected
    assert window.evaluate("document.documentElement.scrollWidth") <= width


STANDINGS = (
    "Object.fromEntries([...document.querySelectorAll('article.row')]"
    ".filter((row) => !row.hidden)"
    ".map((row) => [row.id, row.querySelector('.how').textContent]))"
)


def standings(programme: Programme, measure: Measure, language: str) -> dict[str, str]:
    """How the milestones of a measure stand on the day `LATER`, by their ids."""
    return {
        one.milestone.id: Voice(language).status(one)
        for one in as_of(programme, LATER).standings
        if one.milestone.measure is measure
    }


def test_standings_on_a_measure_page(programme: Programme, address: str, window: Firefox) -> None:
    """A page of a measure tells what the report of the reader's day does, with its ages."""
    for measure in programme.measures[:4]:
        path = Paths.of(programme, "en").measure(measure.id)
        window.visit(f"{address}{path}?as-of={LATER}")
        assert window.evaluate(STANDINGS) == standings(programme, measure, "en")


def test_searching(address: str, window: Firefox) -> None:
    """The list is drawn from the index, and narrowed at each key."""
    rows = "[...document.querySelectorAll('.list li')].map((row) => row.innerText.toLowerCase())"
    window.visit(f"{address}?q=kwalificatiedossiers&as-of={LATER}")
    window.evaluate(SETTLED)
    found = window.evaluate(rows)
    assert found
    assert all("kwalificatiedossiers" in row for row in found)
    window.evaluate(
        "(() => { const field = document.querySelector('[name=q]'); field.value += 'q';"
        " field.dispatchEvent(new Event('input', { bubbles: true })); })()"
    )
    assert window.evaluate(rows) == []


def test_from_a_disk(programme: Programme, folder: Path, window: Firefox) -> None:
    """A page that is opened as a file has its looks and tells the reader's day."""
    measure = programme.measures[0]
    page = folder / Paths.of(programme, "nl").measure(measure.id)
    window.visit(f"{page.as_uri()}?as-of={LATER}")
    assert window.evaluate("getComputedStyle(document.body).maxWidth") == "1200px"
    told = window.evaluate(STANDINGS)
    assert told == standings(programme, measure, "nl")
