"""What files cost that were made to cost much, beside a sound one of as many bytes.

    python tests/benchmarks/hostile.py               # 120 kB and 1.2 MB; minutes
    python tests/benchmarks/hostile.py --quick       # 120 kB
    python tests/benchmarks/hostile.py circle keys   # those whose names have one of these words
    python tests/benchmarks/hostile.py --build --quick

Each file is checked in a process of its own, and what is found is written in every format; of one
that is accepted a report is written, too. Of those that could make a large site (`--build`), the
site is built instead, by one process. Prints a Markdown table of the seconds of the processor
and of the peak of the memory that Python gives out, and exits with 1 where a file takes more than
20 times the time or 50 times the memory of the sound one.
"""

import argparse
import datetime as dt
import itertools
import string
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
from generate import programme_text

from betatech_milestones import InvalidData, as_of, loads, render, site
from betatech_milestones.analysis.check import check_programme
from betatech_milestones.formats.check import CHECK_FORMATS

SMALL, LARGE = 120_000, 1_200_000
MOST_TIME, MOST_MEMORY = 20, 50
DAY = "2015-06-01"
PATIENCE = 600
"""Seconds after which a file is given up."""

HEAD = """\
[programme]
id = "hostile"
title = "x"
language = "nl"
timezone = "Europe/Amsterdam"
[[source]]
id = "letter"
title = "x"
published = 2013-01-01
"""
MEASURE = '[[measure]]\nid = "measure"\ntitle = "x"\nsource = "letter"\n'
Part = Callable[[int], str]
"""One of many parts of a text, by its number."""


def milestone(name: str, more: str = "due = 2014") -> str:
    return f'[[measure.milestone]]\nid = "{name}"\ntitle = "x"\nkind = "report"\n{more}\n'


ONE = HEAD + MEASURE + milestone("a")


def filled(size: int, part: Part, before: str = HEAD, after: str = "\n") -> str:
    """Return a text with as many parts as it takes to reach a size."""
    parts, length = [before], len(before) + len(after)
    for number in itertools.count():
        if length >= size:
            break
        parts.append(part(number))
        length += len(parts[-1])
    return "".join((*parts, after))


def beside(known: Part, unknown: Part, between: str, after: str = "\n") -> Callable[[int], str]:
    """Fill one half of a text with what is there, and the other with what refers to it."""
    return lambda size: filled(size, unknown, filled(size // 2, known) + between, after)


def repeated(part: Part, before: str = HEAD, after: str = "\n") -> Callable[[int], str]:
    return lambda size: filled(size, part, before, after)


def long(before: str, piece: str, after: str = "\n") -> Callable[[int], str]:
    return lambda size: before + piece * (size // len(piece)) + after


def sound(size: int) -> str:
    """Return a sound programme of at least so many bytes."""
    milestones = 10
    while len(programme_text(milestones)) < size:
        milestones += milestones // 10 + 1
    return programme_text(milestones)


def table(name: str, title: str = "title") -> Part:
    return lambda number: f'[[{name}]]\nid = "{name}-{number:05}"\n{title} = "x"\n'


def measure(number: int) -> str:
    return f'[[measure]]\nid = "measure-{number:05}"\ntitle = "x"\nsource = "letter"\n'


def period(number: int) -> str:
    names = ", ".join(f'"q{number}-{other}"' for other in range(50))
    return (
        f'[[period]]\nname = "p{number}"\nfirst = 2014-01-01\nlast = 2014-02-01\n'
        f"also_called = [{names}]\n"
    )


def replaced(number: int, by: int) -> str:
    return milestone(
        f"m{number}", f'due = 2014\nreplaced = {{ by = "measure/m{by}", source = "letter" }}'
    )


def circle(size: int) -> str:
    members = size // len(replaced(1_000, 1_001))
    pairs = ((number, (number + 1) % members) for number in range(members))
    return HEAD + MEASURE + "".join(replaced(*pair) for pair in pairs)


def former(size: int) -> str:
    """Return a measure and a milestone with as many former ids."""
    ids = ", ".join(f'"old-{number}"' for number in range(size // 26))
    return HEAD + MEASURE + f"formerly = [{ids}]\n" + milestone("a", f"formerly = [{ids}]")


def many_former(size: int) -> str:
    """Return the most former ids that a measure may have, with as many milestones as there fit."""
    ids = ", ".join(f'"o{number}"' for number in range(99))
    return filled(
        size, lambda number: milestone(f"m{number}"), HEAD + MEASURE + f"formerly = [{ids}]\n"
    )


def shared(size: int) -> str:
    """Return milestones that are part of every measure."""
    ids = [f"measure-{number:05}" for number in range(size // 300)]
    also = ", ".join(f'"{own}"' for own in ids)
    before = HEAD + "".join(measure(number) for number in range(len(ids))) + MEASURE
    return filled(size, lambda number: milestone(f"m{number}", f"due=2014\nalso=[{also}]"), before)


def languages(size: int) -> str:
    tags = map("".join, itertools.product(string.ascii_lowercase, repeat=4))
    return filled(size, lambda _: f'{next(tags)}="x",', f'{ONE}summary={{nl="x",', "}\n")


def answering(length: int, tags: int = 1) -> Callable[[int], str]:
    """Return a measure for which as many answer as may, by names of a length, in languages."""
    languages = ",".join(f'{tag}="x"' for tag in ("nl", "en", "de", "fr", "it")[:tags])
    head = HEAD.replace('title = "x"', f"title = {{{languages}}}", 1)
    named = ", ".join(f'"b{number}"' for number in range(40))
    names = (f"{number:02}".ljust(length, "x") for number in range(40))
    bodies = "".join(f'[[body]]\nid = "b{at}"\nname = "{name}"\n' for at, name in enumerate(names))
    return repeated(
        lambda number: milestone(f"m{number}"), f"{head}{bodies}{MEASURE}bodies = [{named}]\n"
    )


def of_measures(size: int) -> str:
    """Return milestones that are part of forty measures each."""
    others = "".join(measure(number).replace("measure-000", "o") for number in range(40))
    named = ", ".join(f'"o{number:02}"' for number in range(40))
    return filled(
        size,
        lambda number: milestone(f"m{number}", f"due = 2014\nalso = [{named}]"),
        HEAD + others + MEASURE,
    )


def telling(key: str, length: int) -> Callable[[int], str]:
    """Return milestones of a measure with a text of the greatest length."""
    line = f'{key} = "{"x " * (length // 2 - 1)}x"\n'
    own = MEASURE.replace('title = "x"\n', line) if key == "title" else MEASURE + line
    return repeated(lambda number: milestone(f"m{number}"), HEAD + own)


NEWS = '{on=2012-01-01,found="nothing",by="x"},'
NAMES = ".".join("a" * 900)
SHAPES: dict[str, Callable[[int], str]] = {
    "unknown bodies": beside(
        table("body", "name"), lambda number: f'"body-x{number:04}",', f"{MEASURE}bodies = [", "]\n"
    ),
    "unknown measures in also": beside(
        measure, lambda number: f'"measure-x{number:04}",', f"{milestone('a')}also = [", "]\n"
    ),
    "unknown sources": beside(
        lambda number: table("source")(number) + "published = 2013\n",
        lambda number: measure(number).replace("letter", f"source-x{number:04}"),
        "",
    ),
    "unknown kinds": beside(
        table("kind"),
        lambda number: milestone(f"m{number}").replace("report", f"kind-x{number:04}"),
        MEASURE,
    ),
    "unknown replacements": repeated(
        lambda number: replaced(number, 10**6 + number), HEAD + MEASURE
    ),
    "unknown keys": repeated(lambda number: f"k{number}=1\n", HEAD + MEASURE),
    "unknown tables": repeated(lambda number: f"[k{number}]\n"),
    "unknown words in dates": repeated(
        lambda number: milestone(f"m{number}", 'due = "zommer 2014"'), HEAD + MEASURE
    ),
    "measures without keys": repeated(lambda _: "[[measure]]\n"),
    "measures without keys, on one line": lambda size: filled(
        size - len(HEAD), lambda _: "{},", "measure=[", f"]\n{HEAD}"
    ),
    "milestones without keys": repeated(lambda _: "[[measure.milestone]]\n", HEAD + MEASURE),
    "measures of one id": repeated(lambda _: MEASURE),
    "news before the promise": repeated(lambda _: NEWS, f"{ONE}news=[", "]\n"),
    "news before the promise, half unreadable": repeated(
        lambda number: "{}," if number % 2 else NEWS, f"{ONE}news=[", "]\n"
    ),
    "news of each day": repeated(
        lambda number: (
            f'{{on={dt.date(2013, 1, 2) + dt.timedelta(number % 10**5)},found="nothing",by="x"}},'
        ),
        f"{ONE}news=[",
        "]\n",
    ),
    "circle of replacements": circle,
    "chain of replacements": repeated(
        lambda number: replaced(number, number + 1), HEAD + MEASURE, milestone("last")
    ),
    "former ids": former,
    "former ids of a measure with many milestones": many_former,
    "milestones in every measure": shared,
    "periods with dates": beside(
        period, lambda number: milestone(f"m{number}", 'due = "voor q1-1"'), MEASURE
    ),
    "periods with texts that are no dates": beside(
        period, lambda number: milestone(f"m{number}", 'due = "voor r1-1"'), MEASURE
    ),
    "languages": languages,
    "dotted key": long(HEAD, "a.", "a=1\n"),
    "dotted keys": repeated(lambda number: f"b{number}.{NAMES}=1\n"),
    "dotted keys of twenty names": repeated(lambda number: f"b{number}{'.a' * 19}=1\n"),
    "dotted header": long(f"{HEAD}[", "a.", "a]\n"),
    "dotted headers of twenty names": repeated(lambda number: f"[b{number}{'.a' * 19}]\n"),
    "arrays in arrays": lambda size: f"{HEAD}x={'[' * (size // 2)}{']' * (size // 2)}\n",
    "arrays ninety deep": repeated(lambda _: f"{'[' * 90}{']' * 90},", f"{HEAD}x=[", "]\n"),
    "tables in tables": lambda size: f"{HEAD}x={'{a=' * (size // 4)}1{'}' * (size // 4)}\n",
    "tables ninety deep": repeated(lambda _: f"{'{a=' * 90}1{'}' * 90},", f"{HEAD}x=[", "]\n"),
    "brackets that are not closed": long(f"{HEAD}x=", "["),
    "number of many decimals": long(f"{HEAD}{MEASURE}budget=[{{amount=0.", "1", "}]\n"),
    "number of many digits": long(f"{HEAD}{MEASURE}budget=[{{amount=", "1", "}]\n"),
    "numbers of many digits": repeated(
        lambda _: f"{{amount={'1' * 4_000}}},", f"{HEAD}{MEASURE}budget=[", "]\n"
    ),
    "amounts": repeated(
        lambda _: '{amount=1,currency="EUR",per="year"},', f"{HEAD}{MEASURE}budget=[", "]\n"
    ),
    "revisions": repeated(lambda _: '{due=2014,source="letter"},', f"{ONE}revised=[", "]\n"),
    "measures": repeated(measure),
    "bodies": repeated(table("body", "name")),
    "milestones": repeated(lambda number: milestone(f"m{number}"), HEAD + MEASURE),
    "evaluations and beginnings": repeated(
        lambda number: milestone(f"m{number}").replace(
            "report", ("evaluation", "start")[number % 2]
        ),
        HEAD + MEASURE,
    ),
    "title": long(HEAD + MEASURE.replace('"x"', '"x'), "x ", '"\n'),
    "id": long(f'{HEAD}{MEASURE}[[measure.milestone]]\nid = "', "é ", '"\n'),
    "date": long(f'{ONE}revised=[{{source="letter",due="', "uiterlijk ", '"}]\n'),
    "lines": long(HEAD, "\n"),
    "no TOML: text that is not closed": long(f'{HEAD}x = "', "a"),
    "no TOML: three quotes": long(HEAD, '"""\n'),
    "no TOML: quotes within a text": long(
        f'{HEAD}summary = """\n', 'b = "' + '\\"' * 1_000 + "\n", '"""\nx = \n'
    ),
    "no TOML: words": long(HEAD, "a b "),
    "no TOML: a quote that is not closed, at the end": lambda size: f'{sound(size)}x = "abc\n',
    "no TOML: three quotes before all of it": lambda size: f'x = """\n{sound(size)}',
    "no TOML: a text without quotes, at the end": lambda size: f"{sound(size)}x = abc\n",
    "no TOML: an array that is not closed": long("x = [\n", '  "abc",\n', "y = 2\n"),
    "no TOML: a thousand merges": long("", "=======\n"),
    "no TOML: a long number": long("x = ", "1,111"),
    "no TOML: the same key twice": repeated(lambda number: f"k{number}=1\n", HEAD, "k0=2\n"),
    "no TOML: the same table twice": repeated(lambda number: f"[k{number}]\n", HEAD, "[k0]\n"),
}
SITES: dict[str, Callable[[int], str]] = {
    "forty bodies": answering(3),
    "forty bodies of long names": answering(1_000),
    "forty bodies in five languages": answering(3, 5),
    "forty measures in also": of_measures,
    "long title": telling("title", 1_000),
    "long summary": telling("summary", 10_000),
    "clusters, sectors and kinds": repeated(
        lambda number: (
            table("cluster")(number)
            + table("sector")(number)
            + table("kind")(number)
            + measure(number)
            + f'cluster = "cluster-{number:05}"\nsectors = ["sector-{number:05}"]\n'
            + milestone("a").replace("report", f"kind-{number:05}")
        )
    ),
    "years from 1 to 9999": repeated(
        lambda number: milestone(f"m{number}", f'due = "{1 + number * 97 % 9_998:04}"'),
        HEAD + MEASURE,
    ),
    "windows of all years": repeated(
        lambda number: milestone(f"m{number}", 'due = { words = "x", edtf = "0001/9999" }'),
        HEAD + MEASURE,
    ),
    "moves": repeated(
        lambda number: f'{{due={2_014 + number % 5},source="letter"}},', f"{ONE}revised=[", "]\n"
    ),
    "bodies alone": repeated(table("body", "name")),
    "measures alone": repeated(measure),
}


# --- what is measured -----------------------------------------------------------------------------


def checked(text: str) -> str:
    """Check a text, write down what was found, and return how it was taken."""
    try:
        programme = loads(text)
    except InvalidData as error:
        findings = error.findings
        taken = f"{len(findings):,} findings"
    else:
        findings = check_programme(programme, day=DAY)
        report = as_of(programme, DAY)
        for name in ("text", "json"):
            render(report, name)
        taken = "accepted"
    for write in CHECK_FORMATS.values():
        write(findings, "hostile.toml")
    return taken


def built(text: str) -> str:
    """Build the site of a text, and return how large that is."""
    octets = sum(map(len, site(loads(text), DAY).values()))
    return f"{octets / 1e6:,.1f} MB"


def measured(file: Path, *, memory: bool, build: bool) -> str:
    """Return what a file costs and how it was taken; of what is loaded at first use, nothing."""
    cost = built if build else checked
    cost(ONE)
    if not build:
        checked(f"{ONE}x = 1\n")
        checked("no TOML")
    text = file.read_text(encoding="utf-8")
    if not memory:
        start = time.process_time()
        taken = cost(text)
        return f"{time.process_time() - start} {taken}"
    tracemalloc.start()
    cost(text)
    return f"{tracemalloc.get_traced_memory()[1]} "


@attrs.frozen
class Cost:
    """What a file costs; endless where it was given up."""

    taken: str
    seconds: float
    octets: float

    @classmethod
    def of(cls, text: str, *, build: bool) -> "Cost":
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "hostile.toml")
            file.write_text(text, encoding="utf-8")
            more = ("--build",) if build else ()
            seconds, taken = _in_a_process("--seconds", file, *more)
            octets, _ = _in_a_process("--memory", file, *more)
        return cls(taken, seconds, octets)


def _in_a_process(what: str, file: Path, *more: str) -> tuple[float, str]:
    command = (sys.executable, __file__, what, str(file), *more)
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return float("inf"), "given up"
    if done.returncode:
        return float("inf"), done.stderr.strip().rpartition("\n")[2]
    figure, _, taken = done.stdout.strip().partition(" ")
    return float(figure), taken


def costs(size: int, words: list[str], *, build: bool) -> Iterator[tuple[str, bool]]:
    """Yield a row for each file of about a size, and whether it keeps within what it may cost."""
    least = Cost.of(sound(size), build=build)
    for name, shape in (SITES if build else SHAPES).items():
        if words and not any(word in name for word in words):
            continue
        text = shape(size)
        cost = Cost.of(text, build=build)
        times, room = cost.seconds / least.seconds, cost.octets / least.octets
        holds = times <= MOST_TIME and room <= MOST_MEMORY
        figures = (
            f"{len(text.encode()) / 1000:,.0f} kB",
            f"{times:.1f}",
            f"{room:.1f}",
            f"{cost.seconds:.3f} s",
            f"{cost.octets / 1024**2:,.1f} MiB",
        )
        yield f"| {name} | {' | '.join(figures)} | {cost.taken} |", holds


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("words", nargs="*", help="of the names of shapes")
    parser.add_argument("--quick", action="store_true", help="leave out the large files")
    parser.add_argument("--build", action="store_true", help="build sites")
    parser.add_argument("--seconds", type=Path, metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("--memory", type=Path, metavar="FILE", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if file := asked.seconds or asked.memory:
        print(measured(file, memory=asked.memory is not None, build=asked.build))
        return 0
    print("| file | size | times the time | times the memory | time | memory | taken |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    broken = 0
    for size in (SMALL,) if asked.quick else (SMALL, LARGE):
        for row, holds in costs(size, asked.words, build=asked.build):
            print(row if holds else f"{row} **broken**", flush=True)
            broken += not holds
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
