"""Plain text: a table on a terminal, a line per milestone in a pipe.

With nothing to report it is the heading and a line that says so.
"""

from betatech_milestones.findings import Level
from betatech_milestones.formats.listing import Group, Item, listing
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
    groups = [
        Group(
            heading=say(status, page.language),
            style=_STYLES[status],
            items=[_item(standing, report, page.language) for standing in standings],
        )
        for status, standings in by_status(report)
    ]
    return listing(
        heading(report, page.language),
        groups,
        page,
        nothing=nothing(report, page.language),
        note=caution(report, page.language),
    )


def _item(standing: Standing, report: Judged, language: str) -> Item:
    overdue = standing.status is Status.OVERDUE
    quiet = overdue and report.verdict(standing).level is not Level.ERROR
    return Item(
        lead=standing_and_why(standing, report, language),
        style="not bold yellow" if quiet else "",
        id=standing.milestone.full_id,
        title=standing.milestone.title.in_language(language),
        details=(
            date_and_moves(standing, language),
            responsible(standing.measure, language),
        ),
    )
