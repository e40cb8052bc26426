"""Plain text: a table on a terminal, a line per milestone in a pipe.

With nothing to report it is the heading and a line that says so. rich takes as long to import as
the whole report takes to make, so only a terminal pays for it.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betatech_milestones.findings import Level
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
from betatech_milestones.report import Standing, Status
from betatech_milestones.verdicts import Judged
from betatech_milestones.words import say

if TYPE_CHECKING:
    from rich.text import Text

_STYLES = {
    Status.OVERDUE: "bold red",
    Status.DUE: "yellow",
    Status.UPCOMING: "cyan",
    Status.UNDATED: "magenta",
    Status.MET: "green",
    Status.DROPPED: "dim",
}


def text(report: Judged, page: Page) -> str:
    """Return a report as a table for a terminal, or as lines where the page has no width."""
    if page.width is None:
        return "\n".join(_lines(report, page.language)) + "\n"
    return _table(report, page.language, page.width, colour=page.colour)


def _lines(report: Judged, language: str) -> Iterator[str]:
    yield heading(report, language)
    if not report.standings:
        yield nothing(report, language)
    for status, standings in by_status(report):
        yield ""
        yield f"{say(status, language)} ({len(standings)})"
        for standing in standings:
            yield "  " + " | ".join(filter(None, _cells(standing, report, language)))
    if note := caution(report, language):
        yield f"\n{note}"


def _cells(standing: Standing, report: Judged, language: str) -> tuple[str, ...]:
    return (
        standing_and_why(standing, report, language),
        standing.milestone.full_id,
        standing.milestone.title.in_language(language),
        date_and_moves(standing, language),
        responsible(standing.measure, language),
    )


def _block(standing: Standing, language: str) -> "Text":
    from rich.text import Text  # noqa: PLC0415

    when = (date_and_moves(standing, language), responsible(standing.measure, language))
    block = Text(standing.milestone.title.in_language(language))
    if any(when):
        block.append("\n" + " · ".join(filter(None, when)))
    block.append(f"\n{standing.milestone.full_id}", style="dim")
    return block


def _table(report: Judged, language: str, width: int, *, colour: bool) -> str:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(  # told everything, so that it asks nothing of the environment
        width=width,
        height=1,
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(Text(heading(report, language), style="bold"))
        if not report.standings:
            console.print(nothing(report, language))
        for status, standings in by_status(report):
            style = _STYLES[status]
            console.print()
            console.print(Text(f"{say(status, language).upper()} ({len(standings)})", style=style))
            table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
            table.add_column(style=style, overflow="fold", max_width=max(width // 3, 1))
            table.add_column(overflow="fold")
            for standing in standings:
                how = Text(standing_and_why(standing, report, language))
                if status is Status.OVERDUE and report.verdict(standing).level is not Level.ERROR:
                    how.stylize("not bold yellow")
                table.add_row(how, _block(standing, language))
            console.print(table)
        if note := caution(report, language):
            console.print(Text(f"\n{note}", style="dim"))
    return re.sub(r" +$", "", captured.get(), flags=re.MULTILINE)
