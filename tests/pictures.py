"""The pictures of the documentation, made anew from the shipped programme.

    python tests/pictures.py          write the pictures in docs: timeline, page, phone, overdue

It wants Chromium, and a POSIX system for its terminal. Fonts differ between machines: look at what
changed before you commit it.
"""

import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from betatech_milestones import load, site, timeline

DOCS = Path(__file__).resolve().parents[1] / "docs"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))


def main() -> None:
    """Write the pictures."""
    (DOCS / "overdue.svg").write_text(overdue(), encoding="utf-8", newline="")
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        (DOCS / "timeline.png").write_bytes(measures(browser))
        (DOCS / "page.png").write_bytes(page(browser, width=1280, height=1000))
        (DOCS / "phone.png").write_bytes(page(browser, width=390, height=844))
        browser.close()


# --- the timeline ---------------------------------------------------------------------------------

MEASURES = ("sector-plan-3tu", "qualification-files", "macro-efficiency-act")


def measures(browser: Browser) -> bytes:
    """Return the timeline of three measures, twice as fine as its own measure."""
    svg = timeline(load().only(measures=MEASURES), language="en")
    shown = browser.new_page(
        viewport={"width": 1024, "height": 400}, device_scale_factor=2, color_scheme="light"
    )
    shown.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg}")
    return shown.locator("svg.timeline").screenshot()


# --- the page -------------------------------------------------------------------------------------

DAY = "2014-09-01"


def page(browser: Browser, *, width: int, height: int) -> bytes:
    """Return the top of the English page, built and read on a day, on a screen of some size."""
    shown = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    shown.clock.set_fixed_time(f"{DAY}T12:00:00Z")
    with tempfile.TemporaryDirectory() as folder:
        for path, content in site(load(), DAY).items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        shown.goto(Path(folder, "en", "index.html").as_uri())
        return shown.screenshot()


# --- the terminal ---------------------------------------------------------------------------------

COMMAND = "betatech-milestones overdue --as-of 2015-02-01 --sector mbo --lang en"
COLUMNS = 80
FONTS = 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace'


def overdue() -> str:
    """Return what a command prints on a terminal, in fonts that the reader has."""
    console = Console(record=True, width=COLUMNS, file=StringIO())
    console.print(Text(f"$ {COMMAND}\n"))
    console.print(Text.from_ansi(printed(COMMAND)))
    layout = re.sub(r"\n *<!--.*-->|(?:\n *@font-face \{\{[^}]*\}\})+\n", "", CONSOLE_SVG_FORMAT)
    return console.export_svg(
        title="betatech-milestones",
        theme=MONOKAI,
        code_format=layout.replace("Fira Code, monospace", FONTS),
        unique_id="overdue",
    )


def printed(command: str) -> str:
    """Return what a command writes to a terminal, with its colours."""
    ours, theirs = pty.openpty()
    _, *arguments = command.split()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "betatech_milestones", *arguments],
        stdout=theirs,
        env=environment | {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color"},
    ):
        os.close(theirs)
        written = b""
        try:
            while part := os.read(ours, 4096):
                written += part
        except OSError:  # how Linux says that a terminal was left
            pass
        finally:
            os.close(ours)
    return written.decode().replace("\r\n", "\n")


if __name__ == "__main__":
    main()
