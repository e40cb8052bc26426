"""What the library costs beside the least that the same work can cost, both taken in one run.

    python tests/benchmarks/ratios.py          # 1,000, 10,000 and 100,000 milestones; minutes
    python tests/benchmarks/ratios.py --quick  # without the largest file
    python tests/benchmarks/ratios.py --all    # the feed and the memory of the largest file, too

Prints a Markdown table of each ratio and its limit, and exits with 1 when a limit is broken. A
ratio says the same on a slow and on a fast machine; the two sides take turns and the fastest of
several runs counts, because noise only ever adds. Growth is measured without Python's cyclic
garbage collector, as `timeit` does: its passes over all that lives would hide how the work grows.
"""

import argparse
import datetime as dt
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import attrs
from generate import programme_text
from icalendar import Calendar, Event

from betatech_milestones import (
    Milestone,
    PolicyDate,
    Programme,
    as_of,
    atom,
    counts,
    feed,
    incidence,
    languages_of,
    loads,
    over_time,
    render,
    site,
    stats,
    timeline,
)
from betatech_milestones.calendars.feeds import feeds_of
from betatech_milestones.website.api import tables, whole
from betatech_milestones.website.body import body_page
from betatech_milestones.website.measure import measure_page
from betatech_milestones.website.overview import overview
from betatech_milestones.website.search import search_index
from betatech_milestones.website.telling import Relations

SMALL, MIDDLE, LARGE = 1_000, 10_000, 100_000
DAY = dt.date(2015, 6, 1)
FIRST_OF_MANY, MANY_DAYS = dt.date(2013, 1, 1), 3_650
STARTS = 21
"""How often each process is started: the median of fewer moves."""


@attrs.frozen
class Ratio:
    """One line of the table."""

    what: str
    milestones: int | None
    figure: float
    limit: float
    detail: str = ""

    @property
    def holds(self) -> bool:
        return self.figure <= self.limit

    def __str__(self) -> str:
        size = "" if self.milestones is None else f"{self.milestones:,}"
        ratio = f"{self.figure:.2f}" if self.holds else f"{self.figure:.2f} **broken**"
        return f"| {self.what} | {size} | {ratio} | {self.limit:g} | {self.detail} |"


# --- taking times ---------------------------------------------------------------------------------


def fastest(*works: Callable[[], object], repeats: int, collector: bool = True) -> list[float]:
    """Return the fewest seconds that each of some works took, in turns."""
    seconds = [float("inf")] * len(works)
    for _ in range(repeats):
        for index, work in enumerate(works):
            gc.collect()
            if not collector:
                gc.disable()
            start = time.perf_counter()
            result = work()
            seconds[index] = min(seconds[index], time.perf_counter() - start)
            gc.enable()
            del result
    return seconds


def repeats(milestones: int) -> int:
    """Return how often to measure: a short work more often, since noise hits it harder."""
    return {SMALL: 15, MIDDLE: 5, LARGE: 2}[milestones]


# --- the least that the same work can cost --------------------------------------------------------


@attrs.frozen
class Row:
    """The smallest record that could say how a milestone stands."""

    milestone: Milestone
    day: dt.date
    status: str
    due: PolicyDate | None


def bare_rows(programme: Programme) -> list[Row]:
    """Build a record for each milestone, deciding nothing."""
    return [Row(milestone, DAY, "due", milestone.due) for milestone in programme.by_id]


def plain_values(written: bytes) -> tuple[list[tuple[str, Any]], list[dict[str, Any]]]:
    """Return what a feed says of itself and, as plain values, of its events."""
    calendar = Calendar.from_ical(written)
    events = [
        {
            "uid": str(event.uid),
            "start": event.DTSTART,
            "end": event.DTEND,
            "status": event.status,
            "transparency": event.transparency,
            "summary": str(event.summary),
            "description": str(event.description),
            "categories": [str(category) for category in event.categories],
            "url": str(event.url),
            "sequence": int(event.sequence),
            "created": event.created,
            "last_modified": event.last_modified,
            "stamp": event.DTSTAMP,
        }
        for event in calendar.events
    ]
    return list(calendar.items()), events


def bare_feed(header: list[tuple[str, Any]], events: list[dict[str, Any]]) -> bytes:
    """Let icalendar build and write events whose values are known."""
    calendar = Calendar()
    for name, value in header:
        calendar.add(name, value, encode=False)
    for values in events:
        event = Event.new(**values)
        event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


# --- the ratios -----------------------------------------------------------------------------------


def at_size(milestones: int, *, feeds: bool, memory: bool) -> Iterator[Ratio]:
    """Measure everything on one generated file."""
    text = programme_text(milestones)
    programme = loads(text)
    rounds = repeats(milestones)

    ours, least = fastest(lambda: loads(text), lambda: tomllib.loads(text), repeats=rounds)
    yield Ratio("load / tomllib.loads", milestones, ours / least, 2.0, times(ours, least))

    ours, least = fastest(
        lambda: as_of(programme, DAY), lambda: bare_rows(programme), repeats=3 * rounds
    )
    yield Ratio("as_of / bare loop of records", milestones, ours / least, 3.0, times(ours, least))

    last = FIRST_OF_MANY + dt.timedelta(days=MANY_DAYS - 1)
    fresh = loads(text)
    (swept,) = fastest(lambda: [*counts(fresh, FIRST_OF_MANY, last)], repeats=1)
    (one,) = fastest(lambda: as_of(programme, DAY), repeats=rounds)
    yield Ratio(
        f"counts of {MANY_DAYS:,} days, courses included / as_of for each",
        milestones,
        swept / (MANY_DAYS * one),
        0.02,
        times(swept, MANY_DAYS * one),
    )

    fresh = loads(text)
    (first,) = fastest(lambda: as_of(fresh, DAY), repeats=1)
    report = as_of(programme, DAY)
    decade = stats(as_of(programme, last))
    works: dict[str, Callable[[], object]] = {
        "stats and their text": lambda: render(stats(report), "text"),
        "incidence": lambda: incidence(report.standings),
        "the ends of 120 months": lambda: over_time(decade),
    }
    for what, ours in zip(works, fastest(*works.values(), repeats=rounds), strict=True):
        name = f"{what} / as_of, courses included"
        yield Ratio(name, milestones, ours / first, 1.0, times(ours, first))

    if feeds:
        written = feed(programme)
        header, events = plain_values(written)
        if bare_feed(header, events) != written:
            raise AssertionError("the feed that is compared with says something else")
        ours, least = fastest(
            lambda: feed(programme), lambda: bare_feed(header, events), repeats=max(rounds // 2, 2)
        )
        yield Ratio("feed / icalendar alone", milestones, ours / least, 1.15, times(ours, least))

    if memory:
        above, parsed = in_fresh_process(memory_above_toml, milestones)
        yield Ratio(
            "load: peak KiB a milestone above the parsed TOML",
            milestones,
            above / milestones / 1024,
            3.0,
            f"{mebibytes(above)} above {mebibytes(parsed)}",
        )


def whole_site(milestones: int) -> Iterator[Ratio]:
    """Measure everything that is published; what each of its parts costs at least is added up."""
    programme = loads(programme_text(milestones))
    files = site(programme, DAY)
    written = [feed(programme, language=language) for language in languages_of(programme)]
    known = [plain_values(one) for one in written]
    if [bare_feed(*values) for values in known] != written:
        raise AssertionError("the feeds that are compared with say something else")
    ours, *parts = fastest(
        lambda: site(programme, DAY),
        lambda: [bare_feed(*values) for values in known],
        lambda: beside_the_feeds(programme),
        repeats=max(repeats(milestones) // 2, 2),
    )
    least = sum(parts)
    yield Ratio(
        "site / icalendar alone, each event once per language, and what else is published",
        milestones,
        ours / least,
        1.3,
        f"{times(ours, least)}; {len(files):,} files, {mebibytes(size_of(files))}",
    )


def beside_the_feeds(programme: Programme) -> None:
    """Make what else is published: pages, documents, tables and changes."""
    report, relations = as_of(programme, DAY), Relations.of(programme)
    whole(report)
    for language in languages_of(programme):
        named = [*feeds_of(programme, language, (), since=None, address=None)]
        overview(report, language=language, feeds=named)
        search_index(programme, language)
        tables(report, language=language)
        timeline(programme, language=language)
        atom(programme, language=language)
        for measure in programme.measures:
            measure_page(relations, measure, DAY, language=language)
            atom(programme, measure, language=language, milestones=measure.milestones)
        for body in programme.bodies:
            body_page(relations, body, DAY, language=language)
            atom(programme, body, language=language)


def size_of(files: dict[str, bytes]) -> int:
    return sum(map(len, files.values()))


def mebibytes(size: int) -> str:
    return f"{size / 1024**2:,.1f} MiB"


def times(ours: float, least: float) -> str:
    return f"{ours * 1000:,.1f} ms / {least * 1000:,.1f} ms"


def memory_above_toml(milestones: int) -> tuple[int, int]:
    """Return by how many bytes the peak of loading exceeds the parsed document, and its own."""
    text = programme_text(milestones)
    tracemalloc.start()
    document = tomllib.loads(text)
    parsed, _ = tracemalloc.get_traced_memory()
    del document
    gc.collect()
    before, _ = tracemalloc.get_traced_memory()
    parsed -= before
    tracemalloc.reset_peak()
    loads(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak - before - parsed, parsed


def memory_of_site(milestones: int) -> tuple[int, int]:
    """Return the peak of making a site, above its programme, and the size of what it returns."""
    programme = loads(programme_text(milestones))
    site(loads(programme_text(1)), DAY)  # what is imported and compiled at first use
    tracemalloc.start()
    files = site(programme, DAY)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak, size_of(files)


def in_fresh_process(measure: Callable[[int], tuple[int, int]], milestones: int) -> tuple[int, int]:
    """Measure memory where nothing else lives."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(measure, milestones).result()


def memory_of_sites(milestones: int) -> Iterator[Ratio]:
    """Compare the memory that a site needs with that of one of a tenth of its milestones."""
    peak, size = in_fresh_process(memory_of_site, milestones)
    tenth, _ = in_fresh_process(memory_of_site, milestones // 10)
    yield Ratio(
        "site: peak memory / the files it returns",
        milestones,
        peak / size,
        1.75,
        f"{mebibytes(peak)} / {mebibytes(size)}",
    )
    yield Ratio(
        "site: peak memory for ten times the milestones",
        milestones,
        peak / tenth,
        11,
        f"{mebibytes(peak)} / {mebibytes(tenth)}",
    )


def growth(milestones: int, *, feeds: bool) -> Iterator[Ratio]:
    """Compare one programme with ten of a tenth of its size: as many records, less to search.

    The ten are kept together, so that what more memory costs is in both sides.
    """
    text, tenth = programme_text(milestones), programme_text(milestones // 10)
    whole, parts = loads(text), [loads(tenth) for _ in range(10)]
    works: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "load": (lambda: loads(text), lambda: [loads(tenth) for _ in parts]),
        "as_of": (lambda: as_of(whole, DAY), lambda: [as_of(part, DAY) for part in parts]),
    }
    if feeds:
        works["feed"] = (lambda: feed(whole), lambda: [feed(part) for part in parts])
    for what, pair in works.items():
        rounds = repeats(milestones) * (3 if what == "as_of" else 1)
        large, ten_small = fastest(*pair, repeats=min(rounds, 15), collector=False)
        yield Ratio(
            f"{what}: time for ten times the milestones",
            milestones,
            large / (ten_small / 10),
            11,
            times(large, ten_small / 10),
        )


def cold_starts() -> Iterator[Ratio]:
    """Compare fresh interpreters; what starting one costs is in both sides."""
    bare = "import attrs, tomllib, argparse"
    published = f"{bare}, icalendar, jinja2"
    with tempfile.TemporaryDirectory() as folder:
        cases = {
            "overdue": ("-m", "betatech_milestones", "overdue"),
            "import betatech_milestones": ("-c", "import betatech_milestones"),
            "build": ("-m", "betatech_milestones", "build", "-o", f"{folder}/site"),
            bare: ("-c", bare),
            published: ("-c", published),
        }
        taken: dict[str, list[float]] = {name: [] for name in cases}
        # As an installed package is.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(STARTS + 1):
            for name, arguments in cases.items():
                start = time.perf_counter()
                subprocess.run(
                    [sys.executable, *arguments],
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    env=environment,
                    check=False,  # `overdue` exits with 1 when something is
                )
                taken[name].append(time.perf_counter() - start)
    # The first start of each fills the caches.
    median = {name: statistics.median(seconds[1:]) for name, seconds in taken.items()}
    for name, least, limit in (
        ("overdue", bare, 2.5),
        ("import betatech_milestones", bare, 1.6),
        ("build", published, 4.0),
    ):
        yield Ratio(
            f"cold start: {name} / {least}",
            None,
            median[name] / median[least],
            limit,
            times(median[name], median[least]),
        )


def ratios(*, quick: bool, everything: bool) -> Iterator[Ratio]:
    yield from cold_starts()
    for size in (SMALL, MIDDLE) if quick else (SMALL, MIDDLE, LARGE):
        thorough = everything or size != LARGE
        yield from at_size(size, feeds=thorough, memory=thorough)
        if size != LARGE:
            yield from whole_site(size)
        if size != SMALL:
            yield from growth(size, feeds=thorough)
    yield from memory_of_sites(MIDDLE)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="leave out the largest file")
    parser.add_argument("--all", action="store_true", help="its feed and its memory, too")
    asked = parser.parse_args()
    print("| what | milestones | ratio | at most | measured |")
    print("| --- | ---: | ---: | ---: | --- |")
    broken = 0
    for ratio in ratios(quick=asked.quick, everything=asked.all):
        print(ratio, flush=True)
        broken += not ratio.holds
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
