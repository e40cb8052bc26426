"""Markdown (GitHub's, with tables): for a pull request, a job summary, a web page.

Texts of the data are escaped, so that none of them becomes markup (CommonMark 2.4). With nothing to
report it is the heading and a line that says so.
"""

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from betatech_milestones.formats.page import Page
from betatech_milestones.formats.rows import (
    by_status,
    caution,
    date_and_moves,
    heading,
    nothing,
    responsible,
    standing_and_why,
)
from betatech_milestones.model import Milestone
from betatech_milestones.report import Standing
from betatech_milestones.verdicts import Judged
from betatech_milestones.words import say


def markdown(report: Judged, page: Page) -> str:
    """Return a report as a heading and a table for each status."""
    return "".join(f"{line}\n" for _, line in _lines(report, page.language))


def cut(report: Judged, language: str, *, most_bytes: int) -> str:
    """Return a report of at most so many bytes of UTF-8: whole lines, then what is left out.

    It is the whole report where that fits, and nothing where not even its first line does.
    """
    lines = [(standing, f"{line}\n") for standing, line in _lines(report, language)]
    ends = list(itertools.accumulate(len(line.encode()) for _, line in lines))
    if ends[-1] <= most_bytes:
        return "".join(line for _, line in lines)
    room = most_bytes - len(_left_out(len(report.standings), language).encode())
    kept = bisect.bisect_right(ends, room)
    left_out = sum(standing is not None for standing, _ in lines[kept:])
    ending = _left_out(left_out, language) if kept and left_out else ""
    return "".join(line for _, line in lines[:kept]) + ending


def _left_out(count: int, language: str) -> str:
    return f"\n{say('and more', language, count=count)}\n"


def _lines(report: Judged, language: str) -> Iterator[tuple[Standing | None, str]]:
    """Yield each line, with the milestone of which it is the row."""
    columns = ("milestone", "promised for", "standing", "responsible")
    yield None, f"# {escaped(heading(report, language))}"
    if not report.standings:
        yield None, ""
        yield None, nothing(report, language)
    for status, standings in by_status(report):
        yield None, ""
        yield None, f"## {say(status, language).capitalize()} ({len(standings)})"
        yield None, ""
        rows = (_row(standing, report, language) for standing in standings)
        yield from zip((None, None, *standings), table(columns, rows, language), strict=True)
    if note := caution(report, language):
        yield None, ""
        yield None, note


def _row(standing: Standing, report: Judged, language: str) -> tuple[str, ...]:
    return (
        named(standing.milestone, language),
        escaped(date_and_moves(standing, language)),
        escaped(standing_and_why(standing, report, language)),
        escaped(responsible(standing.measure, language)),
    )


def table(columns: Sequence[str], rows: Iterable[Iterable[str]], language: str) -> Iterator[str]:
    """Yield the lines of a table: its columns are words of ours, its cells are escaped."""
    yield f"| {' | '.join(say(column, language).capitalize() for column in columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def named(milestone: Milestone, language: str) -> str:
    """Return the title of a milestone, as a link to its source, with its id below."""
    title = escaped(milestone.title.in_language(language))
    return f"{linked(title, milestone.source.url)}<br>`{milestone.full_id}`"


def escaped(text: str) -> str:
    """Return a text of which nothing is markup."""
    return re.sub(r"([\\`*_\[\]<>|~#&$])", r"\\\1", text)


def linked(text: str, url: str | None) -> str:
    """Return escaped text as a link, where there is something to link to."""
    return text if url is None else f"[{text}](<{url.translate(_IN_LINK)}>)"


# What a link between <> cannot hold (CommonMark 6.3), and what would end a cell or begin code.
_IN_LINK = str.maketrans(
    {"<": "%3C", ">": "%3E", "\\": "%5C", "|": "%7C", "`": "%60", "&": "&amp;"}
)
