"""`serve` in a real browser: a page that follows its file while that is edited.

Run as a script, this measures how long a change takes from the file to the screen.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from chromium import IN_CHROMIUM, PATIENCE_MS, chromium
from playwright.sync_api import Error, Page, expect
from programmes import PROGRAMME, changed

pytestmark = IN_CHROMIUM


@contextmanager
def served(file: Path) -> Iterator[str]:
    """Show a file by the real command, and give its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "betatech_milestones", "serve", file, "--port", "0"],
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        try:
            said = (re.match(r"(http://\S+) shows ", line) for line in process.stderr)
            yield next(filter(None, said))[1]
        finally:
            process.terminate()


def replace(file: Path, text: str) -> None:
    """Put a text in place of a file at once, as editors do."""
    beside = file.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def test_a_page_follows_its_file(tmp_path: Path) -> None:
    """It shows each change, and what is wrong; what was unfolded stays so; nobody complains."""
    file = tmp_path / "data.toml"
    file.write_text(PROGRAMME, encoding="utf-8")
    complaints: list[str] = []
    with served(file) as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 800, "height": 300})
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}?q=kracht")
        line, notice = page.locator(".list .what a"), page.locator(".not-sound")
        history = page.locator("details").last
        expect(line.locator("visible=true")).to_have_text("Van kracht")
        expect(page.locator("[data-to=webcal]").first).to_have_attribute(
            "href", re.compile("^webcal://127")
        )
        history.locator("summary").click()
        place = page.evaluate("scrollY")

        replace(file, changed('"Van kracht"', '"Van kracht geworden"'))
        expect(line.locator("visible=true")).to_have_text("Van kracht geworden")
        expect(history).to_have_attribute("open", "")
        assert page.evaluate("scrollY") == place
        expect(page.get_by_role("searchbox")).to_have_value("kracht")

        replace(file, changed("due = 2014-08-01", 'due = "ooit"'))
        expect(notice).to_contain_text(f"{file}:67: error: due: ")
        expect(notice).to_be_in_viewport()  # however far down one reads
        expect(line.locator("visible=true")).to_have_text("Van kracht geworden")
        expect(history).to_have_attribute("open", "")

        replace(file, PROGRAMME)
        expect(line.locator("visible=true")).to_have_text("Van kracht")
        expect(notice).to_have_count(0)
    assert complaints == []


def test_a_file_that_is_not_sound_is_mended_in_view(tmp_path: Path) -> None:
    """The page of a file that never was sound becomes that of the programme; so does one missed."""
    file = tmp_path / "data.toml"
    file.write_text(PROGRAMME + "]", encoding="utf-8")
    with served(file) as address, chromium() as browser:
        first, missed = browser.new_page(), browser.new_page()
        expect.set_options(timeout=PATIENCE_MS)
        for page, path in ((first, ""), (missed, "fr/")):
            page.goto(f"{address}{path}")
            expect(page.locator(".not-sound li")).to_contain_text("not TOML")
        replace(file, PROGRAMME)
        expect(first.get_by_role("heading", level=1)).to_have_text("Maatregelen")
        expect(missed.get_by_role("heading", level=1)).to_have_text("There is no such page")
        missed.get_by_role("link").click()
        replace(file, PROGRAMME + "]")
        expect(first.get_by_role("heading", level=1)).to_be_in_viewport(
            ratio=1
        )  # below what is wrong
        expect(first.locator(".not-sound")).to_be_in_viewport(ratio=1)
        assert first.evaluate("scrollY") == 0
        replace(file, PROGRAMME)
        expect(missed.get_by_role("heading", level=1)).to_have_text("Maatregelen")


# --- how long it takes ----------------------------------------------------------------------------


class Took(TypedDict):
    """How long after a file was written something was so, in milliseconds."""

    complete: float
    painted: float


# When the page was complete and when it was first painted, both in milliseconds since 1970.
_TIMES = """() => {
  const [{ loadEventEnd }] = performance.getEntriesByType("navigation");
  const [painted] = performance.getEntriesByName("first-contentful-paint");
  return loadEventEnd && painted && {
    title: document.title,
    complete: performance.timeOrigin + loadEventEnd,
    painted: performance.timeOrigin + painted.startTime,
  };
}"""


def measured(source: Path, times: int = 20) -> list[Took]:
    """Change the title of a programme again and again, and see how long each change takes."""
    text = source.read_text(encoding="utf-8")
    title = re.search(r'^title[^"]*"', text, re.MULTILINE)
    assert title is not None
    found = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "data.toml")
        file.write_text(text, encoding="utf-8")
        with served(file) as address, chromium() as browser:
            page = browser.new_page()
            page.goto(address)
            for number in range(times):
                time.sleep(0.5 + number % 7 / 100)  # never in step with who looks at the file
                sign = f"[{number}]"
                began = time.time() * 1000
                replace(file, f"{text[: title.end()]}{sign}{text[title.end() :]}")
                found.append(_took(page, sign, began))
    return found


def _took(page: Page, sign: str, began: float) -> Took:
    while True:
        time.sleep(0.4)  # to ask is to disturb
        try:
            told = page.evaluate(_TIMES)
        except Error:  # between two pages
            continue
        if told and told["title"].startswith(sign):
            return Took(complete=told["complete"] - began, painted=told["painted"] - began)


if __name__ == "__main__":
    taken = measured(Path(sys.argv[1]))
    for what in ("complete", "painted"):
        each = sorted(took[what] for took in taken)
        sys.stdout.write(
            f"{what}: median {statistics.median(each):.0f} ms, "
            f"from {each[0]:.0f} to {each[-1]:.0f} ms\n"
        )
