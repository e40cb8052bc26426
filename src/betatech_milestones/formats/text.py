"""Plain text: a table on a terminal, a line per milestone in a pipe.

With nothing to report it is the heading and a line that says so.
"""

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.listing import Group, Item, listing
from betatech_milestones.formats.standings import (
    by_status,
    caution,
    heading,
    nothing,
    standing_and_why,
)
from betatech_milestones.language import Voice
from betatech_milestones.model.rules import Level
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Status

_STYLES = {
    Status.OVERDUE: "bold red",
    Status.DUE: "yellow",
    Status.UPCOMING: "cyan",
    Status.UNDATED: "magenta",
    Status.MET: "green",
    Status.DROPPED: "dim",
}


def as_text(judgement: Judgement, layout: Layout) -> str:
    """Return a report as a table for a terminal, or as lines where the layout has no width."""
    report, voice = judgement.report, layout.voice
    groups = [
        Group(
            heading=voice.label(status),
            style=_STYLES[status],
            items=[_item(standing, judgement, voice) for standing in standings],
        )
        for status, standings in by_status(report)
    ]
    return listing(
        heading(report, voice),
        groups,
        layout,
        nothing=nothing(report, voice),
        note=caution(report, voice),
    )


def _item(standing: Standing, judgement: Judgement, voice: Voice) -> Item:
    overdue = standing.status is Status.OVERDUE
    quiet = overdue and judgement.verdict(standing).level is not Level.ERROR
    return Item(
        lead=standing_and_why(standing, judgement, voice),
        style="not bold yellow" if quiet else "",
        id=standing.milestone.full_id,
        title=voice.text(standing.milestone.title),
        details=(voice.due_and_was(standing), voice.responsible(standing.measure)),
    )
