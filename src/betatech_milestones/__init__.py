"""Policy promises as dated milestones: what is due, what is overdue, what was moved."""

from typing import TYPE_CHECKING, Any

from betatech_milestones.dates import NotADate, PolicyDate
from betatech_milestones.findings import Finding, InvalidData, Level, Location
from betatech_milestones.history import Change, Ended, Moved, Promised, changes
from betatech_milestones.loading import check, load, load_baseline, loads, schema
from betatech_milestones.model import (
    Body,
    Budget,
    Cluster,
    Commitment,
    Dropped,
    Kind,
    Measure,
    Met,
    Milestone,
    Per,
    Programme,
    Reading,
    Revision,
    Sector,
    Snooze,
    Source,
    Target,
    Texts,
    UnknownId,
)
from betatech_milestones.report import Report, Standing, Status, as_of

if TYPE_CHECKING:
    from betatech_milestones.advice import hints
    from betatech_milestones.baselines import BadBaseline, Baseline
    from betatech_milestones.calendars import feed, feeds
    from betatech_milestones.comparison import compare
    from betatech_milestones.files import Locked
    from betatech_milestones.formats import render
    from betatech_milestones.letter import remind
    from betatech_milestones.publish import site
    from betatech_milestones.recording import (
        CannotRecord,
        DroppedEntry,
        MetEntry,
        MovedEntry,
        ReadingEntry,
        Recorded,
        record,
        recorded,
    )
    from betatech_milestones.slippage import slips
    from betatech_milestones.verdicts import FailOn, Judged, Verdict, judged

__all__ = [
    "BadBaseline",
    "Baseline",
    "Body",
    "Budget",
    "CannotRecord",
    "Change",
    "Cluster",
    "Commitment",
    "Dropped",
    "DroppedEntry",
    "Ended",
    "FailOn",
    "Finding",
    "InvalidData",
    "Judged",
    "Kind",
    "Level",
    "Location",
    "Locked",
    "Measure",
    "Met",
    "MetEntry",
    "Milestone",
    "Moved",
    "MovedEntry",
    "NotADate",
    "Per",
    "PolicyDate",
    "Programme",
    "Promised",
    "Reading",
    "ReadingEntry",
    "Recorded",
    "Report",
    "Revision",
    "Sector",
    "Snooze",
    "Source",
    "Standing",
    "Status",
    "Target",
    "Texts",
    "UnknownId",
    "Verdict",
    "as_of",
    "changes",
    "check",
    "compare",
    "feed",
    "feeds",
    "hints",
    "judged",
    "load",
    "load_baseline",
    "loads",
    "record",
    "recorded",
    "remind",
    "render",
    "schema",
    "site",
    "slips",
]

_LAZY = {
    "BadBaseline": "betatech_milestones.baselines",
    "Baseline": "betatech_milestones.baselines",
    "CannotRecord": "betatech_milestones.recording",
    "DroppedEntry": "betatech_milestones.recording",
    "FailOn": "betatech_milestones.verdicts",
    "Judged": "betatech_milestones.verdicts",
    "Locked": "betatech_milestones.files",
    "MetEntry": "betatech_milestones.recording",
    "MovedEntry": "betatech_milestones.recording",
    "ReadingEntry": "betatech_milestones.recording",
    "Recorded": "betatech_milestones.recording",
    "Verdict": "betatech_milestones.verdicts",
    "compare": "betatech_milestones.comparison",
    "feed": "betatech_milestones.calendars",
    "feeds": "betatech_milestones.calendars",
    "hints": "betatech_milestones.advice",
    "judged": "betatech_milestones.verdicts",
    "record": "betatech_milestones.recording",
    "recorded": "betatech_milestones.recording",
    "remind": "betatech_milestones.letter",
    "render": "betatech_milestones.formats",
    "site": "betatech_milestones.publish",
    "slips": "betatech_milestones.slippage",
}


def __getattr__(name: str) -> Any:
    """Import views, and what edits files, when first used: a script that reports pays for none."""
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib  # noqa: PLC0415  part of the laziness

    return getattr(importlib.import_module(_LAZY[name]), name)
