"""What the library costs beside the least that the same work can cost, both taken in one run.

    python tests/benchmarks/ratios.py            # 1,000 and 10,000 milestones; some minutes
    python tests/benchmarks/ratios.py load feed  # these alone; --help names all
    python tests/benchmarks/ratios.py --quick    # 1,000 milestones
    python tests/benchmarks/ratios.py --large    # 100,000 too, of what is told of so many

Prints a Markdown table of each ratio and its limit, adds it to the summary of a workflow that runs
it, and exits with 1 when a limit is broken. A ratio says the same on a slow and on a fast machine;
it is one of seconds of the processor, so that other work counts less; the two sides take turns and
the fewest of several runs count, because noise only ever adds. Growth is measured without Python's
cyclic garbage collector, as `timeit` does: its passes over all that lives would hide how the work
grows.
"""

import argparse
import datetime as dt
import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import tomllib
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import attrs
import rtoml
from generate import programme_text
from icalendar import Calendar, Event

from betatech_milestones import (
    Milestone,
    NewsEntry,
    PolicyDate,
    Programme,
    as_of,
    counts,
    diff,
    feed,
    feeds,
    incidence,
    languages_of,
    loads,
    over_time,
    publish,
    render,
    stats,
    with_entries,
)
from betatech_milestones.analysis.check import check_programme
from betatech_milestones.calendars.items import (
    _categories,
    _description,
    _summary,
    date_of_event,
    uid,
)
from betatech_milestones.calendars.lines import clean
from betatech_milestones.voice import Voice

ROOT = Path(__file__).parents[2]
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


def processor() -> float:
    """Return the seconds of the processor that this process took, and those that it waited for."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def fewest(*works: Callable[[], object], repeats: int, collector: bool = True) -> list[float]:
    """Return the fewest seconds that each of some works took, in turns."""
    seconds = [float("inf")] * len(works)
    for _ in range(repeats):
        for index, work in enumerate(works):
            gc.collect()
            if not collector:
                gc.disable()
            start = processor()
            result = work()
            seconds[index] = min(seconds[index], processor() - start)
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


@attrs.frozen(kw_only=True)
class BareMilestone:
    """The smallest record that could hold a milestone of the generated files, as it is written."""

    id: str
    title: dict[str, str]
    kind: str
    commitment: str
    due: object
    revised: object = None
    met: object = None


@attrs.frozen(kw_only=True)
class BareMeasure:
    """The same of a measure."""

    id: str
    title: dict[str, str]
    cluster: str
    sectors: list[str]
    bodies: list[str]
    source: str
    locator: str
    milestone: list[BareMilestone]


def bare_records(text: str) -> list[BareMeasure]:
    """Let a compiled parser read a file, and put what it found in records, deciding nothing."""
    return [
        BareMeasure(**{**one, "milestone": [BareMilestone(**it) for it in one["milestone"]]})
        for one in rtoml.loads(text)["measure"]
    ]


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


READY = b"STATUS:TENTATIVE\r\n" * 11
"""About as much as the lines of days, stamps and words of an event."""


def bare_texts(programme: Programme) -> bytes:
    """Write the texts of each event as they are, and the rest of it as one ready piece.

    Texts are what is the event's own: its summary, UID, categories, description and address.
    """
    voice, written = Voice(programme.language), list[bytes]()
    measures = {measure.id: measure for measure in programme.measures}
    for milestone in programme.by_id:
        date = date_of_event(milestone)
        if date is not None and date.latest is not None:
            description = clean(_description(milestone, measures, voice))
            text = (
                f"SUMMARY:{_summary(milestone, voice)}\r\n"
                f"UID:{uid(programme, milestone)}\r\n"
                f"CATEGORIES:{','.join(_categories(milestone, voice))}\r\n"
                f"DESCRIPTION:{description}\r\nURL:{milestone.source.url}\r\n"
            )
            written += (text.encode(), READY)
    return b"".join(written)


def each_item_once(programme: Programme) -> list[bytes]:
    """Write each event and each to-do once in each language, with its alarm."""
    return [
        feed(programme, language=language, component=component, alarm_days=days)
        for language in languages_of(programme)
        for component, days in (("event", 14), ("todo", None))
    ]


# --- the ratios -----------------------------------------------------------------------------------


def of_load(milestones: int) -> Iterator[Ratio]:
    """Compare with two parsers; in memory, with what the parser of Python takes."""
    text, rounds = programme_text(milestones), repeats(milestones)
    works = (lambda: loads(text), lambda: tomllib.loads(text), lambda: bare_records(text))
    ours, parser, least = fewest(*works, repeats=rounds)
    limit = {SMALL: 0.75, MIDDLE: 0.65, LARGE: 0.75}[milestones]
    yield Ratio("load / tomllib.loads", milestones, ours / parser, limit, times(ours, parser))
    name = "load / rtoml and bare records"
    yield Ratio(name, milestones, ours / least, 5, times(ours, least))
    if milestones != LARGE:
        above, parsed = in_fresh_process(memory_above_toml, milestones)
        yield Ratio(
            "load: peak KiB a milestone above the parsed TOML",
            milestones,
            above / milestones / 1024,
            2,
            f"{mebibytes(above)} above {mebibytes(parsed)}",
        )


def of_record(milestones: int) -> Iterator[Ratio]:
    """Compare what writes in a file, or holds it against another, with reading it once."""
    text = programme_text(milestones)
    milestone = loads(text).by_id[milestones // 2]
    looked = NewsEntry(on=DAY, by="benchmark")
    now = with_entries(text, milestone.full_id, looked).text
    works = {
        "record": (lambda: with_entries(text, milestone.full_id, looked), 2.2),
        "diff": (lambda: diff(loads(text), loads(now)), 2.3),
        "check --against": (
            lambda: check_programme(loads(now), day=DAY, against=loads(text)),
            2.3,
        ),
    }
    least, *ours = fewest(
        lambda: loads(text), *(work for work, _ in works.values()), repeats=repeats(milestones)
    )
    for (name, (_, limit)), one in zip(works.items(), ours, strict=True):
        yield Ratio(f"{name} / load", milestones, one / least, limit, times(one, least))


def of_standings(milestones: int) -> Iterator[Ratio]:
    """Compare with a bare loop, and the days of ten years with one day."""
    text, rounds = programme_text(milestones), repeats(milestones)
    programme = loads(text)
    ours, least = fewest(
        lambda: as_of(programme, DAY), lambda: bare_rows(programme), repeats=3 * rounds
    )
    yield Ratio("as_of / bare loop of records", milestones, ours / least, 3, times(ours, least))

    last = FIRST_OF_MANY + dt.timedelta(days=MANY_DAYS - 1)
    fresh = [loads(text) for _ in range(3)]
    swept = min(
        took
        for one in fresh  # the courses are reckoned once
        for took in fewest(partial(lambda it: [*counts(it, FIRST_OF_MANY, last)], one), repeats=1)
    )
    (one,) = fewest(lambda: as_of(programme, DAY), repeats=3 * rounds)
    name = f"counts of {MANY_DAYS:,} days, courses included / one as_of"
    yield Ratio(name, milestones, swept / one, 20, times(swept, one))


def of_figures(milestones: int) -> Iterator[Ratio]:
    """Compare with a first `as_of`, which reckons the courses."""
    text, rounds = programme_text(milestones), repeats(milestones)
    programme, fresh = loads(text), loads(text)
    (first,) = fewest(lambda: as_of(fresh, DAY), repeats=1)
    report = as_of(programme, DAY)
    decade = stats(as_of(programme, FIRST_OF_MANY + dt.timedelta(days=MANY_DAYS - 1)))
    works: dict[str, Callable[[], object]] = {
        "stats and their text": lambda: render(stats(report), "text"),
        "incidence": lambda: incidence(report.standings),
        "the ends of 120 months": lambda: over_time(decade),
    }
    for what, ours in zip(works, fewest(*works.values(), repeats=rounds), strict=True):
        name = f"{what} / as_of, courses included"
        yield Ratio(name, milestones, ours / first, 1, times(ours, first))


def of_feed(milestones: int) -> Iterator[Ratio]:
    """Compare with icalendar's components, a raw writer, and each item once for all feeds."""
    programme = loads(programme_text(milestones))
    written = feed(programme)
    header, events = plain_values(written)
    if bare_feed(header, events) != written:
        raise AssertionError("the feed that is compared with says something else")
    rounds = max(repeats(milestones) // 2, 2)
    ours, components, raw = fewest(
        lambda: feed(programme),
        lambda: bare_feed(header, events),
        lambda: bare_texts(programme),
        repeats=rounds,
    )
    limit = {SMALL: 0.3, MIDDLE: 0.2}[milestones]
    name = "feed / icalendar's components"
    yield Ratio(name, milestones, ours / components, limit, times(ours, components))
    yield Ratio("feed / its texts and a raw writer", milestones, ours / raw, 2, times(ours, raw))

    every, once = fewest(
        lambda: [one.content for one in feeds(programme)],
        lambda: each_item_once(programme),
        repeats=rounds,
    )
    name = "all feeds of a site / each item once per language"
    yield Ratio(name, milestones, every / once, 1.5, times(every, once))


def of_site(milestones: int) -> Iterator[Ratio]:
    """Compare publishing a site, and finding that it stands, with reading its programme."""
    text = programme_text(milestones)
    published: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home, "site")
        (read,) = fewest(lambda: loads(text), repeats=3)
        for _ in range(2):
            programme, start = loads(text), processor()
            publish(programme, DAY, folder)
            published.append(processor() - start)
        files, size = size_of(folder)
    whole, again = published
    yield Ratio(
        "site from nothing / load",
        milestones,
        whole / read,
        {SMALL: 45, MIDDLE: 30}[milestones],
        f"{times(whole, read)}; {files:,} files, {mebibytes(size)}",
    )
    name = "reading, and finding the site as it was / load"
    yield Ratio(name, milestones, (read + again) / read, 1.3, times(read + again, read))


def size_of(folder: Path) -> tuple[int, int]:
    """Return how many files there are in a folder, and how many octets in all."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


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
    """Return the peak of publishing a site above its programme, and the size of its files.

    The peak is that of the process that needs most, as the system counts it.
    """
    programme = loads(programme_text(milestones))
    with tempfile.TemporaryDirectory() as home:
        publish(loads(programme_text(1)), DAY, Path(home, "first"))  # which imports and compiles
        gc.collect()
        before = resident("VmRSS")
        folder = Path(home, "site")
        publish(programme, DAY, folder)
        _, size = size_of(folder)
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return max(resident("VmHWM"), others) - before, size


def resident(kind: str) -> int:
    """Return how many octets of this process are, or were at most, in memory (proc(5))."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (kibibytes,) = (line.split()[1] for line in lines if line.startswith(f"{kind}:"))
    return int(kibibytes) * 1024


def in_fresh_process(measure: Callable[..., tuple[int, int]], *arguments: int) -> tuple[int, int]:
    """Measure memory where nothing else lives."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(measure, *arguments).result()


def of_memory(milestones: int) -> Iterator[Ratio]:
    """Compare the memory of publishing with what is written, and with that of a tenth."""
    peak, size = in_fresh_process(memory_of_site, milestones)
    tenth, _ = in_fresh_process(memory_of_site, milestones // 10)
    name = "site: peak memory above its programme / the files it writes"
    yield Ratio(name, milestones, peak / size, 0.75, f"{mebibytes(peak)} / {mebibytes(size)}")
    name = "site: peak memory for ten times the milestones"
    yield Ratio(name, milestones, peak / tenth, 11, f"{mebibytes(peak)} / {mebibytes(tenth)}")


def growth(milestones: int) -> Iterator[Ratio]:
    """Compare one programme with ten of a tenth of its size: as many records, less to search.

    The ten are kept together, so that what more memory costs is in both sides.
    """
    text, tenth = programme_text(milestones), programme_text(milestones // 10)
    whole, parts = loads(text), [loads(tenth) for _ in range(10)]
    works: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "load": (lambda: loads(text), lambda: [loads(tenth) for _ in parts]),
        "as_of": (lambda: as_of(whole, DAY), lambda: [as_of(part, DAY) for part in parts]),
    }
    if milestones != LARGE:
        works["feed"] = (lambda: feed(whole), lambda: [feed(part) for part in parts])
    for what, pair in works.items():
        rounds = repeats(milestones) * (3 if what == "as_of" else 1)
        large, ten_small = fewest(*pair, repeats=min(rounds, 15), collector=False)
        yield Ratio(
            f"{what}: time for ten times the milestones",
            milestones,
            large / (ten_small / 10),
            11,
            times(large, ten_small / 10),
        )


def of_start(_milestones: int) -> Iterator[Ratio]:
    """Compare fresh interpreters; what starting one costs is in both sides."""
    bare = "import attrs, tomllib, argparse"
    with tempfile.TemporaryDirectory() as folder:
        cases = {
            "overdue": ("-m", "betatech_milestones", "overdue"),
            "import betatech_milestones": ("-c", "import betatech_milestones"),
            "--help": ("-m", "betatech_milestones", "--help"),
            "--version": ("-m", "betatech_milestones", "--version"),
            "build of what stands": (
                *("-m", "betatech_milestones", "build", "-o", f"{folder}/site", "--force"),
            ),
            bare: ("-c", bare),
        }
        taken: dict[str, list[float]] = {name: [] for name in cases}
        # As an installed package is.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(STARTS + 1):
            for name, arguments in cases.items():
                before = processor()
                subprocess.run(
                    [sys.executable, *arguments],
                    cwd=ROOT,  # where there is a data file
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    env=environment,
                    check=False,  # `overdue` exits with 1 when something is
                )
                taken[name].append(processor() - before)
    # The first start of each fills the caches.
    median = {name: statistics.median(seconds[1:]) for name, seconds in taken.items()}
    for name, least, limit in (
        ("overdue", bare, 1.9),
        ("import betatech_milestones", bare, 1.35),
        ("--help", "overdue", 1),
        ("--version", "overdue", 1),
        ("build of what stands", bare, 4),
    ):
        yield Ratio(
            f"cold start: {name} / {least}",
            None,
            median[name] / median[least],
            limit,
            times(median[name], median[least]),
        )


Measure = Callable[[int], Iterator[Ratio]]
NAMES: dict[str, tuple[Measure, tuple[int, ...]]] = {
    "start": (of_start, (SMALL,)),
    "load": (of_load, (SMALL, MIDDLE, LARGE)),
    "record": (of_record, (MIDDLE,)),
    "standings": (of_standings, (SMALL, MIDDLE, LARGE)),
    "figures": (of_figures, (SMALL, MIDDLE)),
    "feed": (of_feed, (SMALL, MIDDLE)),
    "growth": (growth, (MIDDLE, LARGE)),
    "site": (of_site, (SMALL, MIDDLE)),
    "memory": (of_memory, (MIDDLE,)),
}
"""What can be asked for, and of how many milestones it is told."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "names", nargs="*", choices=[[], *NAMES], metavar="NAME", help=", ".join(NAMES)
    )
    parser.add_argument("--quick", action="store_true", help="1,000 milestones alone")
    parser.add_argument("--large", action="store_true", help="100,000 milestones too")
    asked = parser.parse_args()
    largest = SMALL if asked.quick else LARGE if asked.large else MIDDLE
    rows = [
        "| what | milestones | ratio | at most | measured |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    print(*rows, sep="\n")
    broken = 0
    for name, (measure, sizes) in NAMES.items():
        for size in sizes if not asked.names or name in asked.names else ():
            for ratio in measure(size) if size <= largest else ():
                print(ratio, flush=True)
                rows.append(str(ratio))
                broken += not ratio.holds
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as page:
            page.write("\n".join(["### What it costs", "", *rows, "", ""]))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
