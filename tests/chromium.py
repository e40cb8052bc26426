"""The Chromium of the system, in which tests look at pages."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
IN_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium to look at the page with"),
]
"""Those of a file whose tests look at pages."""
PATIENCE_MS = 60_000  # a busy machine is slow; what fails is told within a minute
_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
"""Nothing but the page is asked for."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start it, and end it; each page takes it half a second of a core, each start twice that."""
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*sandbox, *_QUIET])
        yield browser
        browser.close()
