"""The long run: every property on new examples, by turns, until time is up.

    python tests/fuzz/campaign.py [MINUTES] [--only PART] [--workers NUMBER] [--found FOLDER]

A turn is a process of its own, so that what ends or hangs it ends nothing else. It draws with
Hypothesis, and every other time, where Atheris is installed, by what coverage has not seen yet. A
failure ends no turn: it is kept with the smallest folder that shows it, and passed over from then
on. What was found is written as cases for the corpus, beside how it failed. Exits with 1 where
something failed.
"""

import argparse
import contextlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "benchmarks"), str(HERE)]

TURN_SECONDS = 60
PATIENCE_SECONDS = 300
"""What takes so much longer than its turn hangs."""
MEMORY_BYTES = 4 * 2**30
"""A process that wants more fails; where nobody can forbid it, it may."""

# --- a turn: a process of its own -----------------------------------------------------------------


class TimeIsUpError(KeyboardInterrupt):
    """Ends a turn: Hypothesis takes one of this kind for no failure, which it would shrink."""


@attrs.define
class Turn:
    """What a property came to in one turn; kept in files as it goes, whatever ends it."""

    holds: Callable[[dict[str, bytes]], object]
    kept: Path
    """A folder for what is found."""
    known: set[str]
    """How it failed already: that is passed over."""
    until: float = float("inf")
    examples: int = 0
    to_the_point: int = 0
    _noted: float = 0

    def try_one(self, folder: dict[str, bytes]) -> None:
        """Try an example, and keep it if it fails in a new way; then raise why."""
        if time.monotonic() > self.until:
            self._note(at_once=True)
            raise TimeIsUpError
        write(folder, self.kept / "last")
        self.examples += 1
        try:
            self.to_the_point += bool(self.holds(folder))
        except Exception as error:
            how = signature(error)
            if how not in self.known:
                self._keep(how, folder, "".join(traceback.format_exception(error)))
                raise
        finally:
            self._note()

    def _keep(self, how: str, folder: dict[str, bytes], why: str) -> None:
        case = self.kept / "failed" / "".join(c if c.isalnum() else "-" for c in how)
        told = case.with_suffix(".json")
        size = sum(map(len, folder.values()))
        if told.exists() and json.loads(told.read_bytes())["size"] <= size:
            return
        write(folder, case)
        told.write_text(json.dumps({"how": how, "size": size, "why": why}), encoding="utf-8")

    def _note(self, *, at_once: bool = False) -> None:
        if at_once or time.monotonic() > self._noted + 1:
            self._noted = time.monotonic()
            numbers = {"examples": self.examples, "to_the_point": self.to_the_point}
            (self.kept / "numbers.json").write_text(json.dumps(numbers), encoding="utf-8")

    def by_hypothesis(self, name: str, seconds: float, number: int) -> None:
        """Draw as in the tests, with a seed that no other turn has."""
        from hypothesis import HealthCheck, given, seed, settings
        from properties import PROPERTIES

        self.until = time.monotonic() + seconds
        for part in itertools.count():
            tried = given(PROPERTIES[name].folders)(self.try_one_of())
            tried = settings(
                max_examples=200,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            )(seed(f"{number} {part}")(tried))
            try:
                tried()
            except TimeIsUpError:
                return
            except Exception:  # noqa: BLE001, S110  what failed is kept
                pass
            self.known |= {json.loads(one.read_bytes())["how"] for one in failures(self.kept)}

    def try_one_of(self) -> Callable[[dict[str, bytes]], None]:
        """Return a function for Hypothesis, which takes no methods."""

        def tried(folder: dict[str, bytes]) -> None:
            self.try_one(folder)

        return tried

    def by_coverage(self, name: str, seconds: float, inputs: Path) -> None:
        """Draw what reaches something new; this does not return."""
        from properties_fuzzer import fuzz, fuzz_one_input

        def tried(folder: dict[str, bytes]) -> None:
            try:
                self.try_one(folder)
            except TimeIsUpError:  # libFuzzer looks at the clock seldom
                os._exit(0)
            except Exception as error:  # noqa: BLE001  what failed is kept
                self.known.add(signature(error))

        self.until = time.monotonic() + seconds
        inputs.mkdir(parents=True, exist_ok=True)
        options = [
            f"-max_total_time={seconds:.0f}",
            "-len_control=0",
            "-max_len=8192",
            "-timeout=100",
        ]
        fuzz(
            [*options, "-verbosity=0", "-rss_limit_mb=0", str(inputs)],
            [fuzz_one_input(name, tried)],
        )


def signature(error: BaseException) -> str:
    """Return how something failed: the error, and the innermost line that is our own."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "betatech_milestones" in frame.filename or frame.filename.startswith(str(HERE))
    ]
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "elsewhere"
    return f"{type(error).__name__} {where}"


def write(folder: dict[str, bytes], where: Path) -> None:
    """Write a folder, in place of what is there."""
    shutil.rmtree(where, ignore_errors=True)
    where.mkdir(parents=True)
    for name, content in folder.items():
        (where / name).write_bytes(content)


def failures(kept: Path) -> Iterator[Path]:
    """Yield what is told of each failure that a turn has kept."""
    return (kept / "failed").glob("*.json")


def take_turn(name: str, kept: Path, how: str, number: int, seconds: float) -> None:
    """Try a property for some time; what that comes to is in files."""
    known = set(json.loads(sys.stdin.read()))
    with contextlib.suppress(ImportError):  # it is there on POSIX alone
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    if how == "coverage":
        from properties_fuzzer import instrumented

        instrumented()
    from properties import PROPERTIES

    turn = Turn(PROPERTIES[name].holds, kept, known)
    if how == "coverage":
        turn.by_coverage(name, seconds, kept.parent / f"inputs-{name}")
    else:
        turn.by_hypothesis(name, seconds, number)


# --- the whole: turn after turn -------------------------------------------------------------------


@attrs.define
class Sum:
    """What a property came to in all its turns."""

    turns: int = 0
    seconds: float = 0
    examples: int = 0
    to_the_point: int = 0
    failed: dict[str, int] = attrs.field(factory=dict)
    """How it failed, with the size of the smallest folder that shows it."""


@attrs.define
class Campaign:
    """Turns of every property, several at once, until a moment."""

    names: list[str]
    until: float
    found: Path
    scratch: Path
    sums: dict[str, Sum] = attrs.field(factory=dict)
    _turns: Iterator[int] = attrs.field(factory=itertools.count)
    _lock: Any = attrs.field(factory=threading.Lock)

    def go_on(self, _worker: int) -> None:
        """Take turns until time is up."""
        ways = ["hypothesis", "coverage"] if find_spec("atheris") else ["hypothesis"]
        while (left := self.until - time.monotonic()) > 0:
            with self._lock:
                number = next(self._turns)
            round_, place = divmod(number, len(self.names))
            name, way = self.names[place], ways[(round_ + place) % len(ways)]
            self._turn(name, way, number, min(TURN_SECONDS, max(left, 5)))

    def _turn(self, name: str, way: str, number: int, seconds: float) -> None:
        kept = self.scratch / str(number)
        kept.mkdir()
        command = [sys.executable, __file__, "--turn", name, str(kept), way, str(number)]
        began = time.monotonic()
        with self._lock:
            known = [*self.sums.setdefault(name, Sum()).failed]
        log = kept / "log.txt"
        with log.open("wb") as told:
            try:
                code = subprocess.run(
                    [*command, str(seconds)],
                    input=json.dumps(known).encode(),
                    stdout=told,
                    stderr=subprocess.STDOUT,
                    timeout=seconds + PATIENCE_SECONDS,
                    check=False,
                ).returncode
                ended = f"ended with {code}" if code else ""
            except subprocess.TimeoutExpired:
                ended = "hangs"
        with self._lock:
            self._add(name, kept, ended, time.monotonic() - began)
        shutil.rmtree(kept)

    def _add(self, name: str, kept: Path, ended: str, seconds: float) -> None:
        whole = self.sums[name]
        whole.turns += 1
        whole.seconds += seconds
        numbers = kept / "numbers.json"
        if numbers.exists():
            for key, value in json.loads(numbers.read_bytes()).items():
                setattr(whole, key, getattr(whole, key) + value)
        if ended:
            why = (kept / "log.txt").read_text(encoding="utf-8", errors="replace")[-4000:]
            (kept / "last").mkdir(exist_ok=True)
            self._fail(name, ended, -1, kept / "last", why)
        for told in failures(kept):
            failure = json.loads(told.read_bytes())
            self._fail(name, failure["how"], failure["size"], told.with_suffix(""), failure["why"])

    def _fail(self, name: str, how: str, size: int, folder: Path, why: str) -> None:
        failed = self.sums[name].failed
        if how in failed and failed[how] <= size:
            return
        failed[how] = size
        case = self.found / name / folder.name if size >= 0 else self.found / name / ended_as(how)
        shutil.rmtree(case, ignore_errors=True)
        shutil.copytree(folder, case)
        case.with_name(f"{case.name}.txt").write_text(why, encoding="utf-8")
        print(f"{name}: {how}, see {case}", flush=True)

    def summary(self) -> str:
        """Return a line for each property, and one for all of them."""
        rows = [*sorted(self.sums.items())]
        row = "{:42} {:>5} {:>8} {:>9} {:>12} {:>6}".format
        lines = [row("property", "turns", "seconds", "examples", "to the point", "failed")]
        for name, one in rows:
            numbers = (one.examples, one.to_the_point, len(one.failed))
            lines.append(row(name, one.turns, round(one.seconds), *numbers))
        sums = [one for _, one in rows]
        whole = [
            sum(one.turns for one in sums),
            round(sum(one.seconds for one in sums)),
            sum(one.examples for one in sums),
            sum(one.to_the_point for one in sums),
            sum(len(one.failed) for one in sums),
        ]
        return "\n".join([*lines, row("together", *whole)])


def ended_as(how: str) -> str:
    """Return a name for a case in which the process ended."""
    return how.replace(" ", "-")


def main() -> int:
    """Run for as long as is wanted, print what it came to, and return the exit code."""
    from properties import PROPERTIES

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("minutes", nargs="?", type=float, default=10)
    parser.add_argument("--only", default="", help="only properties with this in their names")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--found", type=Path, default=HERE / "found")
    wanted = parser.parse_args()
    names = [name for name in PROPERTIES if wanted.only in name]
    if not names:
        parser.error(
            f"no property has {wanted.only} in its name; there are {', '.join(PROPERTIES)}"
        )
    with TemporaryDirectory() as scratch:
        until = time.monotonic() + 60 * wanted.minutes
        campaign = Campaign(names, until, wanted.found, Path(scratch))
        with ThreadPoolExecutor(wanted.workers) as workers:
            for _ in workers.map(campaign.go_on, range(wanted.workers)):
                pass
    print(campaign.summary())
    return int(any(one.failed for one in campaign.sums.values()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--turn"]:
        name, kept, how, number, seconds = sys.argv[2:]
        take_turn(name, Path(kept), how, int(number), float(seconds))
    else:
        sys.exit(main())
