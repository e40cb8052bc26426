"""What tables cost beside loading the programme that they go into, both taken in one run.

    python tests/benchmarks/tables.py          # 1,500 and 20,000 rows, 100 editions; minutes
    python tests/benchmarks/tables.py --quick  # one edition of the smaller table
    python tests/benchmarks/tables.py --frames # what a data frame is made of; needs polars

Prints a Markdown table of each ratio and its limit, as `ratios.py` does, and exits with 1 when a
limit is broken.
"""

import argparse
import csv
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from generate import programme_text
from ratios import DAY, Ratio, fewest, times

from betatech_milestones import (
    CitedAs,
    Programme,
    as_of,
    extended,
    import_table,
    loads,
    replay,
    tables,
    versions,
    workbook,
)
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import Source, Texts
from betatech_milestones.model.vocabulary import SourceKind

SMALL, LARGE = 1_500, 20_000
EDITIONS = 100
HEAD = '[programme]\nid = "p"\ntitle = "P"\nlanguage = "nl"\ntimezone = "Europe/Amsterdam"\n'
WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org")


def table(rows: int, edition: int) -> bytes:
    """Return an edition of a register: in each another fiftieth of the dates has moved."""
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";")
    lines.writerow(["Code", "Titel", "Datum", "Wie", "Maatregel", "Status"])
    for row in range(rows):
        year = 2025 + row % 5 + ((row + edition) % 50 == 0)
        date = f"uiterlijk {1 + row % 28} juli {year}"
        measure = f"Maatregel {row % max(1, rows // 10)}"
        lines.writerow([f"M{row}", f"Mijlpaal {row}", date, f"Ministerie {row % 20}", measure, ""])
    return written.getvalue().encode()


def source(day: str) -> Source:
    """Return the source that an edition is."""
    return Source(
        id=f"register-{day}",
        title=Texts({"nl": "Register"}),
        kind=SourceKind.REGISTER,
        published=PolicyDate(day),
    )


def imported(text: str, programme: Programme, rows: int, edition: int, day: str) -> str:
    """Return the text of a programme with an edition in it."""
    found = import_table(programme, table(rows, edition), name="a.csv", source=source(day))
    assert not found.problems, found.problems[0]
    return extended(text, found.programme, before=programme)


def one_edition(rows: int, repeats: int) -> Iterator[Ratio]:
    """An edition into a programme that has the one before."""
    text = imported(HEAD, loads(HEAD), rows, 0, "2025-01-01")
    programme = loads(text)
    ours, load = fewest(
        lambda: imported(text, programme, rows, 7, "2025-06-01"),
        lambda: loads(text),
        repeats=repeats,
    )
    yield Ratio("import of an edition / load", rows, ours / load, 6, times(ours, load))
    if rows == SMALL:
        ours, load = fewest(lambda: workbook(programme), lambda: loads(text), repeats=repeats)
        yield Ratio("workbook / load", rows, ours / load, 20, times(ours, load))


def growth() -> Iterator[Ratio]:
    """The same for a large programme, and for small ones with as many milestones together."""
    small = imported(HEAD, loads(HEAD), LARGE // 10, 0, "2025-01-01")
    large = imported(HEAD, loads(HEAD), LARGE, 0, "2025-01-01")
    before, after = loads(small), loads(large)
    little, much = fewest(
        lambda: imported(small, before, LARGE // 10, 7, "2025-06-01"),
        lambda: imported(large, after, LARGE, 7, "2025-06-01"),
        repeats=3,
        collector=False,
    )
    what = "import: time for ten times the rows"
    yield Ratio(what, LARGE, much / little, 12, times(much, little))


def history(folder: Path) -> Iterator[Ratio]:
    """Every committed edition, beside loading what the first of them says."""
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    for edition in range(EDITIONS):
        (folder / "a.csv").write_bytes(table(SMALL, edition))
        subprocess.run(["git", "add", "."], cwd=folder, check=True)
        moment = f"{1_700_000_000 + 86_400 * edition} +0000"
        surroundings = {**os.environ, "GIT_COMMITTER_DATE": moment}
        command = ["git", *WHO, "commit", "--quiet", "--message", str(edition)]
        subprocess.run(command, cwd=folder, env=surroundings, check=True)
    found, cited_as = versions(f"git:{folder}:a.csv"), CitedAs(id="register", title="Register")
    text = imported(HEAD, loads(HEAD), SMALL, 0, "2025-01-01")

    def some(number: int) -> None:
        assert len(list(replay(loads(HEAD), found[:number], cited_as=cited_as))) == number

    few, all_of_them, load = fewest(
        lambda: some(EDITIONS // 10), lambda: some(EDITIONS), lambda: loads(text), repeats=2
    )
    an_edition = all_of_them / EDITIONS
    what = f"replay of {EDITIONS} editions, each / load"
    yield Ratio(what, SMALL, an_edition / load, 2, times(an_edition, load))
    what = "replay: time for ten times the editions"
    yield Ratio(what, SMALL, all_of_them / few, 11, times(all_of_them, few))


def frames() -> Iterator[Ratio]:
    """The tables of a report for polars, beside their rows as dicts; the report is there."""
    import polars as pl

    report = as_of(loads(programme_text(LARGE)), DAY)

    def rows(*names: str) -> None:
        for name in names:
            list(tables(report)[name])

    def data_frames(*names: str) -> None:
        for name in names:
            pl.DataFrame(tables(report)[name])

    every = tuple(tables(report))
    for what, names in (("milestones", ("milestones",)), ("all tables", every)):
        ours, bare = fewest(partial(data_frames, *names), partial(rows, *names), repeats=5)
        yield Ratio(f"{what} to polars / rows as dicts", LARGE, ours / bare, 1, times(ours, bare))
    few = as_of(loads(programme_text(LARGE // 10)), DAY)
    little, much = fewest(
        lambda: pl.DataFrame(tables(few)["milestones"]),
        lambda: pl.DataFrame(tables(report)["milestones"]),
        repeats=5,
        collector=False,
    )
    what = "milestones to polars: time for ten times as many"
    yield Ratio(what, LARGE, much / little, 12, times(much, little))


def ratios(folder: Path, *, quick: bool) -> Iterator[Ratio]:
    """All of these, or those that take seconds."""
    yield from one_edition(SMALL, 5)
    if not quick:
        yield from frames()
        yield from one_edition(LARGE, 2)
        yield from growth()
        yield from history(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="one edition of the smaller table")
    parser.add_argument("--frames", action="store_true", help="what a data frame is made of")
    asked = parser.parse_args()
    print("| what | milestones | ratio | at most | measured |")
    print("| --- | ---: | ---: | ---: | --- |")
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        for ratio in frames() if asked.frames else ratios(Path(folder), quick=asked.quick):
            print(ratio, flush=True)
            broken += not ratio.holds
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
