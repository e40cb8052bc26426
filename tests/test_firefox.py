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

from betatech_milestones import Programme, Voice, as_of, load_example, publish
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
    report = as_of(programme, LATER)
    expected = Counter(
        "reported as done" if one.milestone.is_fact else str(one.evidence or one.status)
        for one in report.standings
    )
    assert sum(number for _, number in told) == sum(expected.values())
    assert sorted(number for _, number in told) == sorted(expected.values())
    assert window.evaluate("document.documentElement.scrollWidth") <= width


def test_standings_on_a_measure_page(programme: Programme, address: str, window: Firefox) -> None:
    """A page of a measure tells what the report of the reader's day does, with its ages."""
    voice = Voice("en")
    for measure in programme.measures[:4]:
        path = Paths.of(programme, "en").measure(measure.id)
        window.visit(f"{address}{path}?as-of={LATER}")
        told = window.evaluate(
            "Object.fromEntries([...document.querySelectorAll('article.row')]"
            ".filter((row) => !row.hidden)"
            ".map((row) => [row.id, row.querySelector('.how').textContent]))"
        )
        standings = as_of(programme, LATER).standings
        assert told == {
            one.milestone.id: voice.status(one)
            for one in standings
            if one.milestone.measure is measure
        }


def test_searching(address: str, window: Firefox) -> None:
    """The list is drawn from the index, and narrowed at each key."""
    window.visit(f"{address}?q=kwalificatiedossiers")
    window.evaluate(SETTLED)
    text = window.evaluate("document.querySelector('main').innerText")
    assert "kwalificatiedossiers" in text.lower()


def test_from_a_disk(folder: Path, window: Firefox) -> None:
    """A page that is opened as a file has its looks and tells the reader's day."""
    page = next((folder / "measure").glob("*.html"))
    window.visit(f"{page.as_uri()}?as-of={LATER}")
    assert window.evaluate("document.styleSheets.length") == 1
    assert window.evaluate("getComputedStyle(document.body).margin") is not None
