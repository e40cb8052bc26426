"""Figures in a real browser: no word hides another one, and nobody is kept out."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import IN_CHROMIUM, chromium
from generate import programme_text
from playwright.sync_api import Browser, Page
from programmes import SHIPPED

from betatech_milestones import CHARTS, Programme, as_of, chart, load, loads, stats, tables

pytestmark = IN_CHROMIUM
EXAMPLES = Path(__file__).parents[1] / "examples"
PROGRAMMES: dict[str, tuple[Callable[[], Programme], str]] = {
    "shipped": (load, "2026-11-28"),
    "pnrr": (lambda: load(EXAMPLES / "italian-pnrr.toml"), "2026-11-28"),
    "many": (lambda: loads(programme_text(2_000)), "2019-06-01"),
}
# The boxes of all words as they are drawn, and that of the picture.
BOXES = """() => {
    const box = it => { const b = it.getBoundingClientRect(); return {
        words: it.textContent, left: b.left, right: b.right, top: b.top, bottom: b.bottom } };
    return [document.querySelector("svg"), ...document.querySelectorAll("text")].map(box);
}"""
# Between two lines of type there is less room than boxes have, which hold all letters of a type.
LEADING = 2.5


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """The one page in which a chart after the other is drawn."""
    return browser.new_page(viewport={"width": 720, "height": 600})


@pytest.fixture(scope="module", params=PROGRAMMES)
def programme(request: pytest.FixtureRequest) -> tuple[Programme, str]:
    made, day = PROGRAMMES[request.param]
    return made(), day


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr", "it"])
@pytest.mark.parametrize("name", CHARTS)
def test_words_hide_no_other_words(
    name: str, language: str, programme: tuple[Programme, str], page: Page
) -> None:
    """No two texts of a chart overlap, and none reaches beyond its edge."""
    found = chart(stats(as_of(*programme)), name, language=language)
    page.set_content(f'<!DOCTYPE html><body style="margin:0">{found.svg}')
    whole, *boxes = page.evaluate(BOXES)
    for at, one in enumerate(boxes):
        assert whole["left"] <= one["left"], one
        assert one["right"] <= whole["right"], one
        assert whole["top"] <= one["top"], one
        assert one["bottom"] <= whole["bottom"], one
        assert [other for other in boxes[at + 1 :] if overlap(one, other)] == [], one


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] + LEADING < other["bottom"]
        and other["top"] + LEADING < one["bottom"]
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe(scheme: Any, browser: Browser) -> None:
    """axe-core finds nothing wrong with a page of all charts, one after the other."""
    figures = stats(as_of(SHIPPED, "2026-11-28"))
    charts = "".join(chart(figures, name, language="en").svg for name in CHARTS)
    page = browser.new_page(color_scheme=scheme)
    title = '<html lang="en"><meta name="color-scheme" content="light dark"><title>Charts</title>'
    page.set_content(f"<!DOCTYPE html>{title}<main><h1>Charts</h1>{charts}</main>")
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()


# As JupyterLab 4 and nbconvert have it.
JUPYTER = """<style>
:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon td,
:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon th { text-align: right; }
</style>"""


def test_a_notebook_sets_no_text_to_the_right(browser: Browser) -> None:
    """What Jupyter has for tables of numbers, at the right of each cell, is not for text."""
    report = as_of(SHIPPED, "2026-11-28")
    shown = f"{report._repr_html_()}{tables(report)['bodies']._repr_html_()}"
    page = browser.new_page()
    page.set_content(f"{JUPYTER}<div class='jp-RenderedHTMLCommon'>{shown}</div>")
    found = page.locator("td, th").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell).textAlign)"
    )
    page.close()
    assert set(found) == {"start"}
