"""What validators say of a published site: W3C's of HTML, html-validate, and Lighthouse."""

import functools
import gzip
import http.server
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from betatech_milestones import load_example, publish
from betatech_milestones.voice.paths import Paths

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BUILT = "2014-04-01"


def tool(name: str) -> str:
    """The path of a validator; a test without it is skipped, and CI lets none be."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: npm install html-validate vnu-jar lighthouse")
    return found


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serve files with gzip, as whoever publishes pages does."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests look at the pages."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the published site of the shipped programme."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The address of the site."""
    handler = functools.partial(_Compressing, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/"
        publish(load_example(), BUILT, folder, address=address)
        yield address
        server.shutdown()
        thread.join()


def told(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a validator prints."""
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **environment},
    )


@pytest.mark.usefixtures("address")
def test_vnu(folder: Path) -> None:
    """The Nu Html Checker, which browsers' makers write the standard with, finds nothing at all."""
    done = told(tool("vnu"), "--format", "json", *sorted(folder.rglob("*.html")))
    messages = json.loads(done.stdout or done.stderr)["messages"]
    # It takes a page for one of a disk, where the policy's 'self' is nothing.
    wrong = [it for it in messages if "Content Security Policy" not in it["message"]]
    assert [(it["url"].rpartition("/")[2], it["message"]) for it in wrong] == []


RULES: dict[str, Any] = {
    "extends": ["html-validate:recommended"],
    "rules": {
        "doctype-style": "off",  # either is right; ours is that of the standard
        "long-title": "off",  # a measure is called what it is called
        "valid-id": ["error", {"relaxed": True}],  # cluster:good-start
        "wcag/h32": "off",  # a search that acts at each key has nothing to submit
        "no-inline-style": "error",
    },
}


@pytest.mark.usefixtures("address")
def test_html_validate(folder: Path, tmp_path: Path) -> None:
    """A stricter reader finds nothing either: no id twice, no button without a name."""
    pages = sorted(folder.rglob("*.html"))
    config = tmp_path / ".htmlvalidate.json"
    config.write_text(json.dumps(RULES), encoding="utf-8")
    report = tmp_path / "report.json"  # more than it writes into a pipe before it ends
    told(tool("html-validate"), "--config", config, "--formatter", f"json={report}", *pages)
    found = {
        (message["ruleId"], message["message"])
        for result in json.loads(report.read_text(encoding="utf-8"))
        for message in result["messages"]
    }
    assert found == set()


QUICK = 0.95
PERFECT = ("accessibility", "best-practices", "seo")


@pytest.mark.parametrize("path", ["index.html", "measure", "figures.html"])
def test_lighthouse(path: str, address: str, tmp_path: Path) -> None:
    """Nothing is left to better for who cannot see, for who searches, and in how it is made.

    Nor does anyone wait for it, on a slow telephone; how long is measured, so a bit is left. It is
    read on the day on which it was made: on another one its script writes most of it anew.
    """
    if path == "measure":
        programme = load_example()
        path = Paths.of(programme, "nl").measure(programme.measures[0].id)
    report = tmp_path / "report.json"
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), "")
    for _ in range(3):  # how long it takes is measured: other tests may have had the processor
        told(
            *(tool("lighthouse"), f"{address}{path}?as-of={BUILT}", "--quiet", "--output", "json"),
            *("--output-path", report, "--only-categories", ",".join((*PERFECT, "performance"))),
            "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
            CHROME_PATH=chromium,
        )
        document = json.loads(report.read_text(encoding="utf-8"))
        scores = {name: category["score"] for name, category in document["categories"].items()}
        fast = scores.pop("performance")
        if fast >= QUICK:
            break
    asked = {one["id"] for name in PERFECT for one in document["categories"][name]["auditRefs"]}
    wrong = [
        f"{name}: {audit['title']} {json.dumps(audit.get('details', {}).get('items', []))[:300]}"
        for name, audit in document["audits"].items()
        if name in asked and audit["score"] is not None and audit["score"] < 1
    ]
    # It is served on loopback, without the certificate that a published site has.
    wrong = [line for line in wrong if not re.match(r"is-on-https|redirects-http", line)]
    assert (scores, wrong) == (dict.fromkeys(PERFECT, 1), [])
    assert fast >= QUICK
