"""Plain text: a table on a terminal, a line per milestone in a pipe.

With nothing to report it is the heading and a line that says so.
"""

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.listing import Group, Item, listing
from betatech_milestones.formats.standings import (
    caution,
    groups,
    heading,
    nothing,
    standing_and_why,
    tally,
)
from betatech_milestones.model.rules import Level
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Evidence, Status
from betatech_milestones.voice import Voice

_STYLES = {
    Status.OVERDUE: "bold red",
    Status.DUE: "yellow",
    Status.UPCOMING: "cyan",
    Status.PASSED: "dim yellow",
    Status.UNDATED: "magenta",
    Status.MET: "green",
    Status.REPLACED: "dim",
    Status.DROPPED: "dim",
}
_EVIDENCE_STYLES: dict[Evidence | None, str] = {
    Evidence.UNCHECKED: "bold magenta",
    Evidence.NO_NEWS: "not bold yellow",
}


def as_text(judgement: Judgement, layout: Layout) -> str:
    """Return a report as a table for a terminal, or as lines where the layout has no width."""
    report, voice = judgement.report, layout.voice
    found = [
        Group(
            heading=voice.label(group.key),
            style=_EVIDENCE_STYLES.get(group.standings[0].evidence, _STYLES[group.status]),
            items=[_item(standing, judgement, voice) for standing in group.standings],
        )
        for group in groups(report)
    ]
    return listing(
        f"{heading(report, voice)}\n{tally(report, voice)}",
        found,
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
        details=(voice.due_and_was(standing), voice.responsible(standing.bodies)),
    )
