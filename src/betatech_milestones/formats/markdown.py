"""Markdown (GitHub's, with tables): for a pull request, a job summary, a web page.

Texts of the data are escaped, so that none of them becomes markup (CommonMark 2.4). With nothing to
report it is the heading and a line that says so.
"""

import re
from collections.abc import Iterator

from betatech_milestones.formats.page import Page
from betatech_milestones.formats.rows import (
    by_status,
    caution,
    date_and_moves,
    heading,
    nothing,
    responsible,
    standing_in_words,
)
from betatech_milestones.report import Report, Standing
from betatech_milestones.words import say


def markdown(report: Report, page: Page) -> str:
    """Return a report as a heading and a table for each status."""
    return "\n".join(_lines(report, page.language)) + "\n"


def _lines(report: Report, language: str) -> Iterator[str]:
    columns = ("milestone", "promised for", "standing", "responsible")
    head = " | ".join(say(column, language).capitalize() for column in columns)
    yield f"# {_escaped(heading(report, language))}"
    if not report.standings:
        yield ""
        yield nothing(report, language)
    for status, standings in by_status(report):
        yield ""
        yield f"## {say(status, language).capitalize()} ({len(standings)})"
        yield ""
        yield f"| {head} |"
        yield "| --- | --- | --- | --- |"
        for standing in standings:
            yield _row(standing, language)
    if note := caution(report, language):
        yield ""
        yield note


def _row(standing: Standing, language: str) -> str:
    title = _escaped(standing.milestone.title.in_language(language))
    url = standing.milestone.source.url
    cells = (
        (f"[{title}](<{url.translate(_IN_LINK)}>)" if url else title)
        + f"<br>`{standing.milestone.full_id}`",
        _escaped(date_and_moves(standing, language)),
        _escaped(standing_in_words(standing, language)),
        _escaped(responsible(standing.measure, language)),
    )
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|~#&$])", r"\\\1", text)


# What a link between <> cannot hold (CommonMark 6.3), and what would end a cell or begin code.
_IN_LINK = str.maketrans(
    {"<": "%3C", ">": "%3E", "\\": "%5C", "|": "%7C", "`": "%60", "&": "&amp;"}
)
