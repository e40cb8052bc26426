"""Several write in one site at once: the publications follow each other, and nothing is lost."""

import itertools
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from programmes import PROGRAMME
from systems import PATIENCE_SECONDS, posix

from betatech_milestones import load_portfolio, loads, publish, publish_portfolio

DAY = "2016-01-01"
EDITIONS = [PROGRAMME.replace('"Van kracht"', f'"Van kracht {number}"') for number in range(5)]
OTHER = PROGRAMME.replace('id = "science"', 'id = "other"', 1)


def sequence(site: Path) -> int:
    """The SEQUENCE of the only item of a site."""
    (number,) = re.findall(r"^SEQUENCE:(\d+)", (site / "nl/all.ics").read_text(), re.MULTILINE)
    return int(number)


def at_once(*commands: Sequence[str | Path]) -> list[str]:
    """Start commands of this program at the same time, and return what they say, in order."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "betatech_milestones", *command],
            stderr=subprocess.PIPE,
            text=True,
        )
        for command in commands
    ]
    return [process.communicate(timeout=PATIENCE_SECONDS)[1] for process in started]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Data files of a programme, of which each has another title."""
    files = [tmp_path / f"{number}.toml" for number in range(len(EDITIONS))]
    for file, text in zip(files, EDITIONS, strict=True):
        file.write_text(text)
    return files


@posix
@pytest.mark.slow
@pytest.mark.parametrize("ways", [("site",), ("site", "link", "link/../site")])
@pytest.mark.parametrize("is_first", [False, True])
def test_each_of_several_builds_at_once_follows_another(
    tmp_path: Path, files: list[Path], ways: Sequence[str], *, is_first: bool
) -> None:
    """Each reads what was published once it is alone: each change gets a SEQUENCE of its own."""
    site = tmp_path / "site"
    (tmp_path / "link").symlink_to(site)
    if not is_first:
        publish(loads(EDITIONS[0]), DAY, site)
    elif "link/../site" in ways:
        site.mkdir()  # it leads nowhere before
    at_once(
        *(
            ("build", file, "-o", tmp_path / ways[number % len(ways)], "--as-of", DAY)
            for number, file in enumerate(files[1:])
        )
    )
    assert sequence(site) == (5 if is_first else 6)
    assert {path.name for path in tmp_path.iterdir()} == {
        *(file.name for file in files),
        *("link", "site"),
    }


def test_each_of_several_threads_follows_another(tmp_path: Path) -> None:
    """A script may publish in several at once."""
    site = tmp_path / "site"
    programmes = [loads(text) for text in EDITIONS]
    publish(programmes[0], DAY, site)
    threads = [threading.Thread(target=publish, args=(one, DAY, site)) for one in programmes[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert sequence(site) == 6


def test_a_build_of_one_site_waits_for_that_of_all(tmp_path: Path, files: list[Path]) -> None:
    """The site of one of several programmes is replaced along with the others."""
    other = tmp_path / "other.toml"
    other.write_text(OTHER)
    site = tmp_path / "site"
    publish_portfolio(load_portfolio(files[0], other), DAY, site)
    at_once(
        ("build", files[1], other, "-o", site, "--as-of", DAY),
        ("build", files[2], "-o", site / "science", "--as-of", DAY),
    )
    assert sequence(site / "science") == 4
    assert {path.name for path in site.parent.iterdir() if path.is_dir()} == {"site"}


def test_a_site_of_several_may_be_published_alone(tmp_path: Path, files: list[Path]) -> None:
    """Whoever does holds the right to replace that of all."""
    (tmp_path / "other.toml").write_text(OTHER)
    site = tmp_path / "site"
    publish_portfolio(load_portfolio(files[0], tmp_path / "other.toml"), DAY, site)
    publish(loads(EDITIONS[1]), DAY, site / "science")
    assert sequence(site / "science") == 3


WRITER = """
import os, sys, time
site, number = sys.argv[1], 0
folder = os.open(site, os.O_RDONLY)
print(flush=True)
def written(name, **where):
    try:
        with os.fdopen(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, **where), "w") as file:
            file.write(os.path.basename(name))
            print(os.path.basename(name), flush=True)
            return True
    except FileNotFoundError:
        return False
while os.path.exists(sys.argv[2]):
    number += 1
    time.sleep(0.05)  # each publication goes through all that is there
    written(f"{site}/nl/by-path-{number}")
    if not written(f"by-folder-{number}", dir_fd=folder):  # it was replaced, and is gone
        os.close(folder)
        folder = os.open(site, os.O_RDONLY)
    try:
        os.mkdir(f"{site}/own-{number}")
        written(f"{site}/own-{number}/in-own-{number}")
    except FileNotFoundError:
        pass
"""


@posix
@pytest.mark.slow
@pytest.mark.parametrize("several", [False, True], ids=["one", "several"])
def test_nothing_that_others_write_vanishes(tmp_path: Path, *, several: bool) -> None:
    """Twenty publications or more, while another process writes a hundred files, in three ways."""
    site, going_on = tmp_path / "site", tmp_path / "going-on"
    going_on.touch()
    (tmp_path / "other.toml").write_text(OTHER)

    def published(number: int) -> None:
        text = EDITIONS[number % len(EDITIONS)]
        if several:
            (tmp_path / "data.toml").write_text(text)
            both = load_portfolio(tmp_path / "data.toml", tmp_path / "other.toml")
            publish_portfolio(both, DAY, site)
            (site / "nl").mkdir(exist_ok=True)
        else:
            publish(loads(text), DAY, site)

    published(0)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, site, going_on], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        told: list[str] = []
        listening = threading.Thread(target=lambda: told.extend(writer.stdout or ()))
        listening.start()
        for number in itertools.count(1):
            published(number)
            if number >= 20 and len(told) > 100:
                break
        going_on.unlink()
        writer.wait(PATIENCE_SECONDS)
        listening.join()
    names = {name.strip() for name in told}
    assert len(names) > 100
    assert {path.name.partition("-")[0] for path in tmp_path.iterdir()} <= {
        *("site", "data.toml", "other.toml"),
    }
    found = {path.name: path for path in site.rglob("*-*") if path.is_file()}
    assert names <= found.keys()
    assert {name for name in names if found[name].read_text() != name} == set()
