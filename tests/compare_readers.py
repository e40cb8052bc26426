"""Compares readers of date phrases over the corpora: ours, dateparser, and that of edtf.

`python tests/compare_readers.py`, after `pip install dateparser edtf`. The corpora are those that
ours was made with, and their windows are by our conventions: the others were made for other ends.
"""

import calendar
import datetime as dt
import importlib
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from betatech_milestones import NotADate, PolicyDate
from betatech_milestones.language import LANGUAGES
from betatech_milestones.model.conventions import Conventions

CORPORA = Path(__file__).with_name("phrases")
REFUSED = "refused"

Reader = Callable[[str, str], str]
"""Returns the window that a phrase has in a language, as the corpora write it."""


class Row(NamedTuple):
    """A phrase of a corpus, its window by the conventions of `docs/dates.md`, and why."""

    phrase: str
    window: str
    why: str


def corpus(language: str) -> list[Row]:
    """Return the rows of the corpus of a language."""
    text = (CORPORA / f"{language}.tsv").read_text(encoding="utf-8")
    _, *lines = text.splitlines()
    return [Row(*line.split("\t")) for line in lines]


def window(earliest: dt.date | None, latest: dt.date | None, *, approximate: bool = False) -> str:
    """Return a window as the corpora write it: `2014-06-01..2014-08-31~`, a day as itself."""
    days = str(latest) if earliest == latest else f"{earliest or ''}..{latest or ''}"
    return f"{days}~" if approximate else days


def ours(phrase: str, language: str) -> str:
    """Read a phrase with this library."""
    try:
        date = PolicyDate.parse(phrase, Conventions(language=language))
    except NotADate:
        return REFUSED
    return window(date.earliest, date.latest, approximate=date.approximate)


def dateparser_reader(phrase: str, language: str) -> str:
    """Read a phrase with dateparser, which tells whether it found a day, a month or a year."""
    parser = importlib.import_module("dateparser.date").DateDataParser(languages=[language])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on days that lack a year
        try:
            found = parser.get_date_data(phrase)
        except (ValueError, OverflowError, re.error):
            return REFUSED
    if found.date_obj is None:
        return REFUSED
    first = last = found.date_obj.date()
    if found.period in {"month", "year"}:
        first, last = first.replace(day=1), last.replace(day=1)
    if found.period == "year":
        first, last = first.replace(month=1), last.replace(month=12)
    if found.period in {"month", "year"}:
        last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return window(first, last)


def edtf_reader(phrase: str, _: str) -> str:
    """Read a phrase with the parser of English in the edtf package."""
    from edtf import parse_edtf, text_to_edtf

    try:
        if (text := text_to_edtf(phrase)) is None:
            return REFUSED
        date = parse_edtf(text)
        earliest, latest = (
            None if isinstance(end, float) else dt.date(*end[:3])
            for end in (date.lower_strict(), date.upper_strict())
        )
    except Exception:  # noqa: BLE001  whatever keeps it from a window
        return REFUSED
    return window(earliest, latest, approximate=re.search("[~?%]", text) is not None)


def tally(reader: Reader, language: str) -> Counter[str]:
    """Count the rows of a corpus that are read rightly and wrongly, and that are not read.

    A row without a window is read rightly where it is refused.
    """
    counts: Counter[str] = Counter()
    for phrase, wanted, _ in corpus(language):
        read = reader(phrase, language)
        if read == wanted:
            counts["right" if wanted != REFUSED else "rightly refused"] += 1
        else:
            counts["missed" if read == REFUSED else "wrong"] += 1
    return counts


READERS: dict[str, Reader] = {"ours": ours, "dateparser": dateparser_reader, "edtf": edtf_reader}
COLUMNS = ("right", "wrong", "missed", "rightly refused")


def table() -> Iterator[str]:
    """Yield the lines of a table of what each reader makes of each corpus, and of all."""
    yield f"{'language':9} {'reader':11} {'rows':>5} {' '.join(f'{c:>8}' for c in COLUMNS)}"
    totals = {name: Counter[str]() for name in READERS}
    for language in (*LANGUAGES, "all"):
        for name, reader in READERS.items():
            counts = totals[name] if language == "all" else tally(reader, language)
            numbers = " ".join(f"{counts[c]:>{max(8, len(c))}}" for c in COLUMNS)
            yield f"{language:9} {name:11} {counts.total():>5} {numbers}"
            if language != "all":
                totals[name] += counts


def main() -> int:
    """Print the table, or what has to be installed for it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pyparsing, on how edtf builds its grammar
            for package in ("dateparser", "edtf"):
                importlib.import_module(package)
    except ImportError as missing:
        sys.stderr.write(f"{missing.name} is missing; pip install dateparser edtf\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
