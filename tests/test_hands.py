"""Several processes make the parts of a site as one would, and none of them stays behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from pathlib import Path

import pytest
from click.testing import CliRunner
from programmes import PROGRAMME
from systems import PATIENCE_SECONDS
from test_parts import held

from betatech_milestones import loads, publish, site
from betatech_milestones.cli import main
from betatech_milestones.website import prepared as prepared_module
from betatech_milestones.website import site as site_module
from betatech_milestones.website.hands import _work, made, processes
from betatech_milestones.website.parts import Part

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="no process can be split off safely"),
    # The tests themselves run beside a thread, of which the makers here ask for nothing.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


def part(number: int) -> Part:
    """Return a part of two files, one of which tells which process made it."""
    files = {
        f"{number}/which": lambda: str(number).encode(),
        f"{number}/whose": lambda: str(os.getpid()).encode(),
    }
    return Part(name=str(number), inputs="", files=files)


PARTS = [part(number) for number in range(7)]


@pytest.mark.parametrize("hands", [1, 2, 3, 9])
def test_each_part_is_made_once(hands: int) -> None:
    """By one process or by several, of which some may have nothing to do."""
    found = {part.name: files for part, files in made(PARTS, hands)}
    assert {name: files[f"{name}/which"] for name, files in found.items()} == {
        str(number): str(number).encode() for number in range(7)
    }
    whose = {files[f"{name}/whose"] for name, files in found.items()}
    assert len(whose) == min(hands, 7)
    assert (str(os.getpid()).encode() in whose) == (hands == 1)


def test_one_process_makes_them_in_their_order() -> None:
    """And each when it is asked for."""
    assert [part.name for part, _ in made(PARTS, 1)] == list("0123456")


def failing(error: Exception | signal.Signals) -> Part:
    """Return a part that cannot be made."""

    def fail() -> bytes:
        if isinstance(error, Exception):
            raise error
        os.kill(os.getpid(), error)
        raise AssertionError

    return Part(name="failing", inputs="", files={"failing": fail})


def test_what_a_maker_raises_is_raised() -> None:
    """As if there were one process."""
    with pytest.raises(OSError, match="no space"):
        list(made([*PARTS, failing(OSError("no space"))], 2))


def test_a_process_that_is_killed_is_told() -> None:
    """Nothing is taken for made that is not."""
    with pytest.raises(ChildProcessError) as caught:
        list(made([*PARTS, failing(signal.SIGKILL)], 2))
    assert str(caught.value) == "a process that makes pages was ended; is there too little memory?"


def test_build_tells_of_a_process_that_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what helps; nothing is published. Patched: as of a programme with many pages."""
    monkeypatch.setattr(prepared_module, "_MANY", 0)
    monkeypatch.setattr(prepared_module, "processes", lambda: 2)
    killed = failing(signal.SIGKILL)
    monkeypatch.setattr(site_module, "measure_page", lambda *_, **__: killed.made())
    monkeypatch.chdir(tmp_path)
    Path("milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    done = CliRunner().invoke(main, ("build", "-o", "site"))
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1] == (
        "Error: nothing was published in site: a process that makes pages was ended; is there too "
        f'little memory? "{ALONE} betatech-milestones build …" makes all by one process'
    )
    assert [path.name for path in tmp_path.iterdir()] == ["milestones.toml"]


def test_only_where_much_is_to_be_made_it_is_made_by_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a site of which most stands, one process makes the rest. Patched: as if it were large."""
    asked = []

    def one() -> int:
        asked.append("how many")
        return 1

    monkeypatch.setattr(prepared_module, "_MANY", 10)
    monkeypatch.setattr(prepared_module, "processes", one)
    publish(loads(PROGRAMME), "2016-01-01", tmp_path / "site")
    assert asked == ["how many"]
    publish(loads(PROGRAMME), "2016-01-02", tmp_path / "site")
    assert asked == ["how many"]


ALONE = f"taskset -c {min(os.sched_getaffinity(0))}" if sys.platform == "linux" else ""


@pytest.mark.skipif(shutil.which("taskset") is None, reason="needs taskset of util-linux")
def test_who_gives_one_processor_has_one_process() -> None:
    """As is told where one of several was killed."""
    script = "from betatech_milestones.website.hands import processes; print(processes())"
    done = subprocess.run(
        [*ALONE.split(), sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert done.stdout == "1\n"


def test_who_stops_asking_leaves_no_process_behind() -> None:
    """Those that still had something to send are ended."""
    found = made(PARTS, 2)
    assert isinstance(found, Generator)
    first = next(found)[1]
    (pid,) = (int(content) for path, content in first.items() if path.endswith("whose"))
    os.kill(pid, 0)
    found.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@contextmanager
def own_signals() -> Iterator[None]:
    """Put back how this process answers signals."""
    wanted = (signal.SIGINT, signal.SIGTERM)
    handlers = {number: signal.getsignal(number) for number in wanted}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def test_a_process_answers_to_its_first() -> None:
    """A key pressed in the terminal is for the first alone; what that sends ends the others."""
    receiver, sender = Pipe(duplex=False)
    with own_signals():
        _work(PARTS, range(1, 7, 4), receiver.__class__(os.dup(receiver.fileno())), sender)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    assert [receiver.recv()[0] for _ in range(2)] == [1, 5]
    assert receiver.recv() is None


@pytest.mark.parametrize("parts", [PARTS, [failing(ValueError("never told"))]])
def test_a_process_that_nobody_hears_ends(parts: list[Part]) -> None:
    """Where the first is gone there is nobody to tell."""
    receiver, sender = Pipe(duplex=False)
    with own_signals():
        _work(parts, range(1), receiver, sender)
    assert receiver.closed


@pytest.mark.parametrize(
    ("threads", "wanted"), [(["1"], len(os.sched_getaffinity(0))), (["1", "2"], 1), (None, 1)]
)
def test_beside_another_thread_nothing_is_split_off(
    threads: list[str] | None, wanted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may hold a lock that nobody would ever let go of in the other process.

    Patched: the tests themselves run beside a thread; and where the system does not tell.
    """

    def listed(folder: Path) -> Iterator[Path]:
        assert folder == Path("/proc/self/task")
        if threads is None:
            raise FileNotFoundError(folder)
        return map(folder.joinpath, threads)

    monkeypatch.setattr(Path, "iterdir", listed)
    assert processes() == wanted


def test_a_thread_that_python_does_not_know_counts() -> None:
    """A library may have threads of its own."""
    script = (
        "import _thread\n"
        "from betatech_milestones.website.hands import processes\n"
        "lock = _thread.allocate_lock(); lock.acquire()\n"
        "print(processes())\n"
        "_thread.start_new_thread(lock.acquire, ())\n"
        "print(processes())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert [int(line) for line in done.stdout.split()] == [len(os.sched_getaffinity(0)), 1]


MEASURES = 1_000
LARGE = """
[programme]
id = "large"
title.nl = "Groot"
language = "nl"
timezone = "Europe/Amsterdam"
[[source]]
id = "letter"
title.nl = "Brief"
kind = "letter"
published = 2013-02-26
""" + "".join(
    f"""
[[measure]]
id = "m-{number}"
title.nl = "Maatregel {number}"
source = "letter"
[[measure.milestone]]
id = "done"
title.nl = "Klaar"
kind = "report"
due = {2014 + number % 9}-01-01
"""
    for number in range(MEASURES)
)
SCRIPT = """
import sys
from betatech_milestones import load, publish
from betatech_milestones.website.hands import processes
print(processes(), flush=True)
publish(load(sys.argv[1]), "2020-01-01", sys.argv[2])
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a programme with so many measures that several processes make their pages."""
    file = tmp_path_factory.mktemp("large") / "large.toml"
    file.write_text(LARGE, encoding="utf-8")
    return file


@pytest.mark.slow
def test_many_hands_publish_what_one_does(large: Path, tmp_path: Path) -> None:
    """Byte for byte."""
    folder = tmp_path / "site"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, large, folder], check=True, capture_output=True, text=True
    )
    assert int(done.stdout) == len(os.sched_getaffinity(0))
    assert held(folder) == site(loads(LARGE, path=str(large)), "2020-01-01")


@pytest.mark.slow
def test_a_build_that_is_killed_leaves_nobody_behind(large: Path, tmp_path: Path) -> None:
    """Its processes end with it, and the folder can be published again at once."""
    folder = tmp_path / "site"
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, large, folder], stdout=subprocess.PIPE
    ) as build:
        assert build.stdout is not None
        build.stdout.readline()
        while not any(tmp_path.glob(".site.*.new/measure/m-*.html")):
            assert build.poll() is None
            time.sleep(0.01)
        build.kill()
        build.stdout.read()  # until the last process that holds it has ended
    assert not folder.exists()
    published = publish(loads(LARGE, path=str(large)), "2020-01-01", folder)
    assert published.files > 3 * MEASURES
    assert {path.name for path in tmp_path.iterdir()} == {"site"}
