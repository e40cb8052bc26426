"""How many faults, which ones, and what came of them."""

import functools
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator

import attrs
import pytest

from faults import strace
from faults.commands import COMMANDS, Command, Place, place


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("faults")
    group.addoption(
        "--minutes", type=float, default=1, help="How long all faults together may take."
    )
    group.addoption("--seed", type=int, help="Which faults are tried first; another one each time.")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "traced: needs a machine where strace may watch a process")
    if not hasattr(config, "workerinput") and config.getoption("seed") is None:
        config.option.seed = random.SystemRandom().randrange(10**6)  # the workers get it, too


def pytest_report_header(config: pytest.Config) -> str:
    return f"faults: --minutes {config.getoption('minutes'):g} --seed {config.getoption('seed')}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what strace would be needed for where it may not watch; the summary says so."""
    if not strace.is_allowed():
        left_out = [item for item in items if item.get_closest_marker("traced")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


# --- how long, and which --------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Turns:
    """The share of a test in the time that there is: it goes on as long as there is some left."""

    seconds: float

    def __iter__(self) -> Iterator[int]:
        until, turn = time.monotonic() + self.seconds, 0
        while turn == 0 or time.monotonic() < until:
            yield turn
            turn += 1


@pytest.fixture
def turns(request: pytest.FixtureRequest) -> Turns:
    """At least one turn, and as many as the share of a test in all the time has room for."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    seconds = request.config.getoption("minutes") * 60 * workers
    return Turns(seconds=seconds / len(request.session.items))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """What chooses: the same faults in the same order for the same seed, in each test."""
    return random.Random(f"{request.config.getoption('seed')} {request.node.name}")  # noqa: S311


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Command], Place]:
    folder = tmp_path_factory.mktemp("places")
    return functools.cache(lambda command: place(command, folder / command.name))


@pytest.fixture(params=COMMANDS, ids=lambda command: command.name)
def at(request: pytest.FixtureRequest, places: Callable[[Command], Place]) -> Place:
    """Each command that writes, and where it does."""
    return places(request.param)


# --- what came of them ----------------------------------------------------------------------------

Tally = Counter[tuple[str, str]]
"""How often what came of which sort of fault."""


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    counted: Tally = Counter()
    yield counted
    request.node.user_properties += [("fault", (*key, times)) for key, times in counted.items()]


@pytest.hookimpl(hookwrapper=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> Iterator[None]:
    """Print a table of all faults, as it stands in docs/reliability.md."""
    yield
    total: Tally = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "teardown":
                for name, value in report.user_properties:
                    if name == "fault":
                        sort, outcome, times = value
                        total[sort, outcome] += times
    terminalreporter.section(f"faults, --seed {config.getoption('seed')}")
    if not strace.is_allowed():
        terminalreporter.line(
            "strace is not there, or may not watch a process here: no faults at chosen calls"
        )
    terminalreporter.line("| fault | times | what came of it |")
    terminalreporter.line("| --- | --- | --- |")
    for sort in sorted({sort for sort, _ in total}):
        came = {outcome: times for (of, outcome), times in total.items() if of == sort}
        told = ", ".join(f"{outcome} {times:,}" for outcome, times in sorted(came.items()))
        terminalreporter.line(f"| {sort} | {sum(came.values()):,} | {told} |")
