"""Plain text: a table on a terminal, a line per milestone in a pipe.

With nothing to report it is the heading and a line that says so.
"""

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.listing import Item, Listing, group, laid_out
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
    return laid_out(listed(judgement, layout.voice), layout)


def listed(judgement: Judgement, voice: Voice, most: int | None = None) -> Listing:
    """Return what a report says, with no more than so many items in a group."""
    report = judgement.report
    return Listing(
        heading=f"{heading(report, voice)}\n{tally(report, voice)}",
        groups=[
            group(
                voice.label(alike.key),
                alike.standings,
                lambda standing: _item(standing, judgement, voice),
                voice,
                style=_EVIDENCE_STYLES.get(alike.standings[0].evidence, _STYLES[alike.status]),
                most=most,
            )
            for alike in groups(report)
        ],
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
