"""What a site costs that stands already, in parts of what it cost to make it from nothing.

    python tests/benchmarks/rebuild.py           # a programme of 20,000 milestones
    python tests/benchmarks/rebuild.py --quick   # of 2,000
    python tests/benchmarks/rebuild.py --large   # of 100,000, from nothing and as it was alone

Prints the processor time of each build, that of all its processes together, how many files are new
on the next day, and what it takes on the disk; and exits with 1 where one is above its limit. The
programme speaks one language, and its address is known: each measure has a page, a calendar and an
Atom feed. How many octets a milestone takes is asked of 20,000 and more: where there are fewer,
measures have documents of their own, and whole files are not packed.
"""

import os
import re
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
from generate import programme_text

from betatech_milestones import Programme, loads, publish

ADDRESS = "https://example.org/"
TODAY, TOMORROW = "2026-11-27", "2026-11-28"
LIMITS = {"as it was": 0.1, "with one milestone changed": 0.25, "on the next day": 0.3}
QUICK, WHOLE, LARGE = 2_000, 20_000, 100_000
READ_AND_FOUND = 2.0
"""What it costs to read a data file and to find that its site stands, in parts of reading it."""
MOST_FILES = 10
"""So many files may be new on the next day, where nothing came to stand otherwise."""
MOST_OCTETS = 6_000
"""Of a milestone, with all pages, calendars and documents, of `WHOLE` or more."""


@attrs.frozen(kw_only=True)
class Build:
    """What a build cost."""

    processor: float
    """Seconds of all its processes."""
    wall: float


def built(programme: Programme, day: str, folder: Path) -> Build:
    """Publish a programme, and return what that cost."""
    before, start = os.times(), time.perf_counter()
    publish(programme, day, folder, address=ADDRESS)
    wall, after = time.perf_counter() - start, os.times()
    return Build(processor=sum(after[:4]) - sum(before[:4]), wall=wall)


def changed(text: str) -> str:
    """Return the text of a programme in which one move has another reason."""
    head, reason, rest = text.partition("Meer tijd nodig")
    assert reason
    return f"{head}Veel tijd nodig{rest}"


def marks(folder: Path) -> set[tuple[Path, int]]:
    """Return the files of a folder, each with when it was written."""
    return {(path, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def measured(milestones: int) -> bool:
    """Print what the builds of a programme cost; return whether all are within the limits."""
    text = re.sub(r', en = "[^"]*"', "", programme_text(milestones))
    start = time.process_time()
    now = loads(text)
    reading = time.process_time() - start
    then, fresh = loads(changed(text)), set[Path]()
    with TemporaryDirectory() as home:
        folder = Path(home, "site")
        whole = built(now, TODAY, folder)
        found = [built(now, TODAY, folder)]
        if milestones != LARGE:
            found.append(built(then, TODAY, folder))
            before = marks(folder)
            found.append(built(then, TOMORROW, folder))
            fresh = {path for path, _ in marks(folder) - before}
        sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    print("| what | milestones | ratio | at most | measured |")
    print("| --- | ---: | ---: | ---: | --- |")
    within = True
    for one, (what, limit) in zip(found, LIMITS.items(), strict=False):
        ratio = one.processor / whole.processor
        within = within and ratio <= limit
        print(
            f"| site {what} / from nothing | {milestones:,} | {ratio:.3f} "
            f"| {limit} | {one.processor:.1f} s / {whole.processor:.1f} s of processors; "
            f"{one.wall:.1f} s / {whole.wall:.1f} s on {os.cpu_count()} |"
        )
    again = (reading + found[0].processor) / reading
    print(
        f"| reading a file and finding its site as it was / reading it | {milestones:,} "
        f"| {again:.2f} | {READ_AND_FOUND:g} "
        f"| {reading + found[0].processor:.2f} s / {reading:.2f} s of processors |"
    )
    if milestones != LARGE:
        files = f"{len(fresh)} of {len(sizes):,} files"
        print(
            f"| site on the next day: new files | {milestones:,} | {len(fresh)} | {MOST_FILES} "
            f"| {files} |"
        )
    within = within and again <= READ_AND_FOUND and len(fresh) <= MOST_FILES
    each = sum(sizes) / milestones
    asked = milestones >= WHOLE
    most = f"{MOST_OCTETS:,}" if asked else ""
    print(
        f"| site: octets a milestone | {milestones:,} | {each:,.0f} | {most} "
        f"| {sum(sizes) / 1_000_000:.1f} MB in {len(sizes):,} files |"
    )
    return within and not (asked and each > MOST_OCTETS)


def main(arguments: list[str]) -> int:
    """Measure a programme; return the exit code."""
    size = QUICK if "--quick" in arguments else LARGE if "--large" in arguments else WHOLE
    return 0 if measured(size) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
