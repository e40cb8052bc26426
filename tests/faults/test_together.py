"""Many at once: nothing that one of them wrote is lost, and each follows what stood before."""

import itertools
import random
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from icalendar import Calendar, Event
from systems import PATIENCE_SECONDS

from betatech_milestones import load
from faults.commands import COMMAND, DAY, ENVIRONMENT, Ended, of_others, programme, run, tree
from faults.conftest import Tally, Turns

_BUILD = ("-o", "site", "--as-of", DAY)


def _at_once(folder: Path, commands: Iterable[Sequence[str]]) -> list[Ended]:
    """Start all commands before any of them has ended, and wait for them all."""
    processes = [
        subprocess.Popen(
            [COMMAND, *arguments],
            cwd=folder,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for arguments in commands
    ]
    said = [process.communicate(timeout=PATIENCE_SECONDS)[1] for process in processes]
    codes = [process.returncode for process in processes]
    return [Ended(code=code, said=what) for code, what in zip(codes, said, strict=True)]


def _fresh(tmp_path: Path, turn: int) -> Path:
    folder = tmp_path / str(turn)
    folder.mkdir()
    return folder


def _sequence(site: Path) -> int:
    """Return the number of the edition that subscribers have of what was changed last."""
    events = Calendar.from_ical((site / "en/all.ics").read_bytes()).walk("VEVENT")
    return max(int(event.sequence) for event in events if isinstance(event, Event))


# --- a data file ----------------------------------------------------------------------------------


def test_what_is_recorded_and_imported_at_once_is_all_there(
    tmp_path: Path, chance: random.Random, turns: Turns, tally: Tally
) -> None:
    """Of many who record and import at once, each finds what it wrote in the file, whole."""
    for turn in turns:
        folder, together = _fresh(tmp_path, turn), 6
        (folder / "milestones.toml").write_text(programme(measures=together))
        met = ("milestones.toml", "--met", "2026-06-01", "--source", "done")
        records = [("record", f"m{number}/report", *met) for number in range(together)]
        for number in range(2):
            table = f"title,due\nImported by {number},2027-05-01\n"
            (folder / f"list{number}.csv").write_text(table)
        imports = [
            ("import", f"list{number}.csv", "milestones.toml", "--source", "letter")
            for number in range(2)
        ]
        commands = [*records, *imports]
        chance.shuffle(commands)
        ended = _at_once(folder, commands)
        assert [one for one in ended if one.code != 0] == []
        found = load(folder / "milestones.toml")
        recorded = [milestone.full_id for milestone in found.milestones if milestone.outcome]
        assert recorded == [f"m{number}/report" for number in range(together)]
        titles = {str(milestone.title) for milestone in found.milestones}
        assert {"Imported by 0", "Imported by 1"} <= titles
        assert [path for path in tree(folder) if path.startswith(".")] == []
        tally["records and imports at once", "all in the file"] += len(commands)


def test_of_two_who_record_the_same_one_is_told_so(
    tmp_path: Path, turns: Turns, tally: Tally
) -> None:
    """Of those who record the same outcome at once, one does, and the others hear so."""
    for turn in turns:
        folder = _fresh(tmp_path, turn)
        (folder / "milestones.toml").write_text(programme())
        met = ("record", "m0/report", "milestones.toml", "--met", "2026-06-01", "--source", "done")
        ended = _at_once(folder, [met] * 4)
        assert sorted(one.code for one in ended) == [0, 2, 2, 2], ended
        load(folder / "milestones.toml")
        tally["the same recorded at once", "one did, the others heard so"] += len(ended)


# --- a site ---------------------------------------------------------------------------------------


def test_builds_at_once_follow_each_other(tmp_path: Path, turns: Turns, tally: Tally) -> None:
    """Of builds at once each goes on from the one before: SEQUENCE counts them all."""
    for turn in turns:
        folder, together = _fresh(tmp_path, turn), 2 + turn % 3
        for number in range(together):
            text = programme().replace("Report of m0", f"Report {number}")
            (folder / f"{number}.toml").write_text(text)
        if turn % 2:
            (folder / "first.toml").write_text(programme())
            assert run(folder, "build", "first.toml", *_BUILD).code == 0
        first = _sequence(folder / "site") if turn % 2 else -1
        ended = _at_once(folder, [("build", f"{n}.toml", *_BUILD) for n in range(together)])
        assert [one for one in ended if one.code != 0] == []
        assert _sequence(folder / "site") == first + together
        assert sorted(path.name for path in folder.glob(".*")) == []
        # It is one of the editions as a whole: what is built again on it changes nothing.
        last = next(
            number
            for number in range(together)
            if f"Report {number}" in (folder / "site/index.html").read_text()
        )
        before = tree(folder / "site")
        assert run(folder, "build", f"{last}.toml", *_BUILD).code == 0
        assert tree(folder / "site") == before
        tally["builds at once", "each the next edition"] += together


def test_what_others_write_during_builds_is_there(
    tmp_path: Path, chance: random.Random, turns: Turns, tally: Tally
) -> None:
    """Files that others write into a site while it is built are in it afterwards."""
    folder = _fresh(tmp_path, 0)
    (folder / "milestones.toml").write_text(programme())
    assert run(folder, "build", "milestones.toml", *_BUILD).code == 0
    of_others(folder / "site")
    lost: list[str] = []
    with _writer(folder / "site", chance) as written:
        for turn in turns:
            (folder / "milestones.toml").write_text(programme(f"Edition {turn}"))
            ended = run(folder, "build", "milestones.toml", *_BUILD)
            assert ended.code == 0, ended
            tally["builds while others write", "done"] += 1
    for path, content in written.items():
        there = folder / "site" / path
        if not there.is_file() or there.read_text() != content:
            lost.append(path)
    tally["files written by others during builds", "there"] += len(written) - len(lost)
    if lost:
        tally["files written by others during builds", "LOST"] += len(lost)
    assert lost == []
    assert (folder / "site/photos/one.jpg").read_bytes() == bytes(range(256))
    assert sorted(path.name for path in folder.glob(".*")) == []


@contextmanager
def _writer(site: Path, chance: random.Random) -> Iterator[dict[str, str]]:
    """Write files into a site all the while, each by its path, and tell which."""
    written: dict[str, str] = {}
    enough = threading.Event()

    def write() -> None:
        for number in itertools.count():
            path = chance.choice(["", "en/", "photos/", f"folder-{number}/"]) + f"{number}.txt"
            (site / path).parent.mkdir(exist_ok=True)
            (site / path).write_text(f"{number}")
            written[path] = f"{number}"
            if enough.wait(0.002):
                return

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield written
    finally:
        enough.set()
        thread.join()
