"""Who reads while it is written reads the old or the new, and never half of either."""

import http.client
import json
import os
import random
import re
import subprocess
import sys
import threading
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from icalendar import Calendar

from betatech_milestones import loads, publish
from betatech_milestones.website.parts import digest_of, read_record
from faults.commands import COMMAND, DAY, ENVIRONMENT, programme
from faults.conftest import Tally, Turns

_READ = ("en/all.ics", "en/changes.atom", "index.html", "feeds.json", "en/timeline.svg")


def _whole(path: str, content: bytes) -> None:
    """Raise where a file of a site is not whole."""
    match path.rpartition(".")[2]:
        case "ics":
            Calendar.from_ical(content)
        case "atom" | "svg":
            ET.fromstring(content)  # noqa: S314  it is our own
        case "json":
            json.loads(content)
        case _:
            assert content.rstrip().endswith(b"</html>")


@contextmanager
def _meanwhile(*readers: Callable[[], str], tally: Tally) -> Iterator[None]:
    """Let readers read all the while, and count what each read; raise what was wrong with it."""
    enough = threading.Event()
    wrong: list[str] = []

    def read(one: Callable[[], str]) -> None:
        name = one.__name__.strip("_").replace("_", " ")
        while not enough.is_set() and not wrong:
            try:
                tally[name, one()] += 1
            except Exception as error:  # noqa: BLE001  whatever it is: it is told below
                wrong.append(f"{name}: {error!r}")

    threads = [threading.Thread(target=read, args=[one]) for one in readers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        enough.set()
        for thread in threads:
            thread.join()
    assert not wrong, "\n".join(wrong)


def test_a_site_is_read_while_it_is_replaced(
    tmp_path: Path, chance: random.Random, turns: Turns, tally: Tally
) -> None:
    """By its path each file is whole; in a folder that was opened, all are one edition."""
    site = tmp_path / "site"
    publish(loads(programme("Edition")), DAY, site)

    def _files_read_by_path() -> str:
        path = chance.choice(_READ)
        _whole(path, (site / path).read_bytes())
        return "whole"

    def _editions_read_through_a_folder() -> str:
        folder = os.open(site, os.O_RDONLY | os.O_DIRECTORY)
        try:
            files = _recorded(_content(folder, "parts.json"))
            chosen = chance.sample(sorted(files), 10)
            digests = {path: digest_of(_content(folder, path)) for path in chosen}
        except FileNotFoundError:
            return "replaced meanwhile, and to be opened again"
        finally:
            os.close(folder)
        assert digests == {path: files[path] for path in chosen}, "of two editions"
        return "one edition"

    with _served(tmp_path) as port, ExitStack() as stack:
        seen: dict[str, str] = {}

        def _feeds_read_over_http() -> str:
            path = chance.choice(_READ)
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            stack.callback(connection.close)
            since = {"If-Modified-Since": seen[path]} if path in seen else {}
            connection.request("GET", f"/site/{path}", headers=since)
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            if answer.status == http.HTTPStatus.NOT_MODIFIED:
                return "nothing new"
            assert answer.status == http.HTTPStatus.OK, f"{path}: {answer.status}"
            _whole(path, content)
            seen[path] = answer.headers["Last-Modified"]
            return "whole"

        readers = (_files_read_by_path, _editions_read_through_a_folder, _feeds_read_over_http)
        with _meanwhile(*readers, tally=tally):
            for turn in turns:
                publish(loads(programme(f"Edition {turn}")), DAY, site)
                tally["sites replaced under readers", "done"] += 1


def _content(folder: int, path: str) -> bytes:
    with open(os.open(path, os.O_RDONLY, dir_fd=folder), "rb") as file:  # noqa: PTH123
        return file.read()


def _recorded(content: bytes) -> Mapping[str, str]:
    record = read_record(content)
    assert record is not None
    return {path: digest for part in record.parts.values() for path, digest in part.files.items()}


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    """Serve a folder as Python does, and give the port."""
    serve = (sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "0")
    with subprocess.Popen(
        serve, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        port = re.search(r" port (\d+)", server.stdout.readline())
        assert port is not None
        try:
            yield int(port[1])
        finally:
            server.terminate()


def test_a_data_file_is_read_while_it_is_written(
    tmp_path: Path, turns: Turns, tally: Tally
) -> None:
    """Who reads a data file while others record in it finds it whole, with ever more in it."""
    file, met = tmp_path / "milestones.toml", 0
    measures = 40
    file.write_text(programme(measures=measures))

    def _data_files_read() -> str:
        nonlocal met
        read = tomllib.loads(file.read_text())
        milestones = [one for measure in read["measure"] for one in measure["milestone"]]
        found = sum("met" in milestone for milestone in milestones)
        assert len(milestones) == 2 * measures
        assert found >= met, "what was recorded was gone"
        met = found
        return "whole"

    with _meanwhile(_data_files_read, tally=tally):
        for turn in turns:
            if turn == measures:
                break
            record = ("record", f"m{turn}/report", str(file), "--met", "2026-06-01")
            subprocess.run(
                [COMMAND, *record, "--source", "done"],
                env=ENVIRONMENT,
                check=True,
                capture_output=True,
            )
    assert met == turn + (turn != measures)
