"""What a key press in the search field of the page costs, in a real browser.

    python tests/benchmarks/keys.py  # a page of 2,000 milestones

Prints the milliseconds that each key took to deal with, alone and with the layout that follows it,
and exits with 1 where dealing with one took 50 or more. The quickest of several rounds counts: a
machine that is busy says nothing about the page.
"""

import datetime as dt
import os
import shutil
import sys

from generate import programme_text
from playwright.sync_api import sync_playwright

from betatech_milestones import loads, site

MILESTONES = 2_000
LIMIT_MS = 50
ROUNDS = 5
TYPED = ["r", "ra", "rap", "x", "", "7", "77", "777", "", "k", ""]
PRESS = """keys => {
  const field = document.querySelector("[name=q]");
  return keys.map((text) => {
    field.value = text;
    const start = performance.now();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const handled = performance.now();
    document.body.offsetHeight;
    return [handled - start, performance.now() - start];
  });
}"""


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    page = site(loads(programme_text(MILESTONES)), dt.date(2014, 4, 1))["index.html"].decode()
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=sandbox)
        opened = browser.new_page()
        opened.route("**/*", lambda route: route.fulfill(body=page, content_type="text/html"))
        opened.goto("http://page.test/")
        rounds = [opened.evaluate(PRESS, TYPED) for _ in range(ROUNDS)]
        browser.close()
    print("| typed | ms | ms with layout |")
    print("| --- | ---: | ---: |")
    slowest = 0.0
    for index, text in enumerate(TYPED):
        handled, shown = (min(one[index][part] for one in rounds) for part in (0, 1))
        slowest = max(slowest, handled)
        print(f'| "{text}" | {handled:.1f} | {shown:.1f} |')
    return 1 if slowest >= LIMIT_MS else 0


if __name__ == "__main__":
    sys.exit(main())
