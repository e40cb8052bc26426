"""Markdown (GitHub's, with tables): for a pull request, a job summary, a web page.

Texts of the data are escaped, so that none of them becomes markup (CommonMark 2.4). With nothing to
report it is the heading and a line that says so.
"""

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.standings import (
    caution,
    groups,
    heading,
    nothing,
    standing_and_why,
    tally,
)
from betatech_milestones.model.printable import printable_document
from betatech_milestones.model.standing import Standing
from betatech_milestones.voice import Voice, capital


def as_markdown(judgement: Judgement, layout: Layout) -> str:
    """Return a report as a heading and a table for each status."""
    return "".join(f"{line}\n" for _, line in _lines(judgement, layout.voice))


def cut(judgement: Judgement, voice: Voice, *, most_bytes: int) -> str:
    """Return a report of at most so many bytes of UTF-8: whole lines, then what is left out.

    It is the whole report where that fits, and nothing where not even its first line does.
    """
    lines = [
        (standing, f"{printable_document(line)}\n") for standing, line in _lines(judgement, voice)
    ]
    ends = list(itertools.accumulate(len(line.encode()) for _, line in lines))
    if ends[-1] <= most_bytes:
        return "".join(line for _, line in lines)
    room = most_bytes - len(_left_out(len(judgement.report.standings), voice).encode())
    kept = bisect.bisect_right(ends, room)
    left_out = sum(standing is not None for standing, _ in lines[kept:])
    ending = _left_out(left_out, voice) if kept and left_out else ""
    return "".join(line for _, line in lines[:kept]) + ending


def _left_out(count: int, voice: Voice) -> str:
    return f"\n{voice.label('and more', count=count)}\n"


def _lines(judgement: Judgement, voice: Voice) -> Iterator[tuple[Standing | None, str]]:
    """Yield each line, with the milestone of which it is the row."""
    report = judgement.report
    columns = ("milestone", "promised for", "standing", "responsible")
    yield None, f"# {escaped(heading(report, voice))}"
    yield None, ""
    yield None, escaped(tally(report, voice))
    if not report.standings:
        yield None, ""
        yield None, nothing(report, voice)
    for group in groups(report):
        standings = group.standings
        yield None, ""
        yield None, f"## {capital(voice.label(group.key))} ({len(standings)})"
        yield None, ""
        rows = (_row(standing, judgement, voice) for standing in standings)
        yield from zip((None, None, *standings), table(columns, rows, voice), strict=True)
    if note := caution(report, voice):
        yield None, ""
        yield None, note


def _row(standing: Standing, judgement: Judgement, voice: Voice) -> tuple[str, ...]:
    return (
        named(standing, voice),
        escaped(voice.due_and_was(standing)),
        escaped(standing_and_why(standing, judgement, voice)),
        escaped(voice.responsible(standing.bodies)),
    )


def table(columns: Sequence[str], rows: Iterable[Iterable[str]], voice: Voice) -> Iterator[str]:
    """Yield the lines of a table: its columns are words of ours, its cells are escaped."""
    yield f"| {' | '.join(capital(voice.label(column)) for column in columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def named(standing: Standing, voice: Voice) -> str:
    """Return the title of a milestone, as a link to its source, with its id below."""
    milestone = standing.milestone
    title = escaped(voice.text(milestone.title))
    return f"{linked(title, standing.source.url)}<br>`{milestone.full_id}`"


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
