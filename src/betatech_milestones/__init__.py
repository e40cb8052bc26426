"""Policy promises as dated milestones: what is due, what is overdue, what was moved.

Everything public is here, and nowhere else:

## Loading

A data file read, and looked at with a critical eye.

`check`, `check_portfolio`, `hints`, `load`, `load_example`, `load_portfolio`, `load_version`,
`loads`, `schema`, `Finding`, `Level`, `Location`, `Rule`, `RULES`.

## The model

What was promised: frozen records that check themselves.

`Attestation`, `Body`, `Budget`, `Cluster`, `Commitment`, `Conventions`, `DateOrder`, `Dropped`,
`Evidence`, `Found`, `Kind`, `Measure`, `Met`, `Milestone`, `Move`, `News`, `Number`, `Outcome`,
`OwnKind`, `Per`, `Period`, `PolicyDate`, `Portfolio`, `Programme`, `Publisher`, `Reading`,
`ReadingKind`, `Replaced`, `Revision`, `Sector`, `SharedBody`, `Snooze`, `Source`, `SourceKind`,
`Status`, `Texts`, `Unread`.

## On a day

How it stands, how much that matters, and how that is told.

`as_of`, `course`, `judge`, `languages_of`, `load_baseline`, `reminder`, `render`, `Baseline`,
`DiffFormat`, `FailOn`, `Judgement`, `LANGUAGES`, `Reminder`, `ReminderFormat`, `Report`,
`ReportFormat`, `Section`, `SlipsFormat`, `Standing`, `Timeliness`, `Turn`, `Verdict`, `Voice`,
`Why`.

## Figures

What became of promises, with ranges where sources leave days open.

`chart`, `fate`, `incidence`, `over_time`, `reference_class`, `stats`, `Bounds`, `By`,
`CHARTS`, `Case`, `Chart`, `Ending`, `Fate`, `Fraction`, `Group`, `Incidence`, `MonthEnd`, `Point`,
`ReferenceClass`, `Share`, `Spread`, `Stats`, `StatsFormat`.

## Over time

What was said and when, and what slipped.

`counts`, `digest`, `history`, `slips`, `Digest`, `DigestFormat`, `Ended`, `Moved`, `Promised`,
`Revised`, `Slip`, `Slips`, `Statement`, `Told`, `Total`.

## Between versions

What changed, and what subscribers would lose by it.

`diff`, `guard`, `read_state`, `state_of`, `Added`, `Change`, `Diff`, `Edited`, `Edition`,
`NowDropped`, `NowMet`, `NowMoved`, `NowReplaced`, `NowRevised`, `NowTold`, `Published`, `Removed`,
`Renamed`, `Retitled`, `Rewritten`, `State`.

## Calendars

Feeds to subscribe to.

`feed`, `feeds`, `Client`, `Component`, `Feed`, `Placement`, `Scope`.

## The site

Everything to publish, and its publication.

`as_published`, `atom`, `documents`, `publish`, `publish_portfolio`, `site`, `timeline`,
`Publication`.

## Keeping the record

What happened, added to a data file.

`record`, `with_entries`, `DroppedEntry`, `Entry`, `MetEntry`, `MovedEntry`, `NewsEntry`,
`ReadingEntry`, `Recording`, `ReplacedEntry`, `SourceEntry`.

## Writing

A programme as the text of a file, and what is added to one.

`dump`, `dumps`, `extend`, `extended`, `merge`, `starter`, `write_starter`, `Ci`, `Extension`.

## Tables

A sheet, a register or its history, added to a programme as statements; a programme as a sheet, and
a report as tables for a data frame.

`import_table`, `left_to_replay`, `load_mapping`, `loads_mapping`, `replay`, `sketch_mapping`,
`tables`, `versions`, `workbook`, `CitedAs`, `Frame`, `FrameColumn`, `Imported`, `MAPPINGS`,
`Moment`, `Origin`, `Pattern`, `Place`, `Step`, `TableMapping`, `TableProblem`, `Vanished`,
`Version`.

## Errors

All of them share one base.

`AlreadyThere`, `BadBaseline`, `BadState`, `BadValue`, `BetatechError`, `CannotExtend`,
`CannotMerge`, `CannotRecord`, `CannotWrite`, `InvalidData`, `Locked`, `NamedTwice`, `NoArrow`,
`NoDataFile`, `NoSource`, `NotADate`, `NotATable`, `NoVersion`, `NoWorkbook`, `Refused`,
`UnknownId`, `UnknownMapping`, `UnknownSource`.

Names are loaded when they are first used: a script that reports pays for no calendar.
"""

from typing import TYPE_CHECKING, Any

from betatech_milestones.model.display import shown_by

__version__: str

if TYPE_CHECKING:
    from betatech_milestones.analysis.check import (
        check,
        check_portfolio,
    )
    from betatech_milestones.analysis.course import (
        counts,
        course,
    )
    from betatech_milestones.analysis.diff import (
        Added,
        Change,
        Diff,
        Edited,
        NowDropped,
        NowMet,
        NowMoved,
        NowReplaced,
        NowRevised,
        NowTold,
        Removed,
        Renamed,
        Retitled,
        Rewritten,
        diff,
    )
    from betatech_milestones.analysis.digest import (
        Digest,
        digest,
    )
    from betatech_milestones.analysis.editions import (
        BadState,
        Edition,
        Published,
        State,
        read_state,
        state_of,
    )
    from betatech_milestones.analysis.guard import (
        guard,
    )
    from betatech_milestones.analysis.hints import (
        hints,
    )
    from betatech_milestones.analysis.history import (
        Ended,
        Moved,
        Promised,
        Revised,
        Statement,
        Told,
        history,
    )
    from betatech_milestones.analysis.incidence import (
        Case,
        Ending,
        Fraction,
        Incidence,
        Point,
        incidence,
    )
    from betatech_milestones.analysis.over_time import (
        MonthEnd,
        over_time,
    )
    from betatech_milestones.analysis.reference_class import (
        ReferenceClass,
        reference_class,
    )
    from betatech_milestones.analysis.reminder import (
        Reminder,
        Section,
        reminder,
    )
    from betatech_milestones.analysis.report import (
        Report,
        as_of,
    )
    from betatech_milestones.analysis.slips import (
        Slip,
        Slips,
        Total,
        slips,
    )
    from betatech_milestones.analysis.stats import (
        Bounds,
        Fate,
        Group,
        Share,
        Spread,
        Stats,
        fate,
        stats,
    )
    from betatech_milestones.analysis.verdicts import (
        FailOn,
        Judgement,
        Verdict,
        Why,
        judge,
    )
    from betatech_milestones.calendars.feeds import (
        Client,
        Feed,
        Scope,
        feed,
        feeds,
    )
    from betatech_milestones.calendars.items import (
        Component,
        Placement,
    )
    from betatech_milestones.datafile.baseline import (
        BadBaseline,
        Baseline,
    )
    from betatech_milestones.datafile.dump import (
        CannotWrite,
        dump,
        dumps,
    )
    from betatech_milestones.datafile.edit import (
        Extension,
        extend,
    )
    from betatech_milestones.datafile.extend import (
        CannotExtend,
        extended,
    )
    from betatech_milestones.datafile.files import (
        Locked,
    )
    from betatech_milestones.datafile.find import (
        NoDataFile,
    )
    from betatech_milestones.datafile.git import (
        NoVersion,
        Version,
        load_version,
        versions,
    )
    from betatech_milestones.datafile.load import (
        load,
        load_baseline,
        load_example,
        loads,
        schema,
    )
    from betatech_milestones.datafile.portfolio import (
        NamedTwice,
        load_portfolio,
    )
    from betatech_milestones.datafile.record import (
        CannotRecord,
        DroppedEntry,
        Entry,
        MetEntry,
        MovedEntry,
        NewsEntry,
        ReadingEntry,
        Recording,
        ReplacedEntry,
        SourceEntry,
        UnknownSource,
        record,
        with_entries,
    )
    from betatech_milestones.datafile.starter import (
        AlreadyThere,
        Ci,
        starter,
        write_starter,
    )
    from betatech_milestones.formats import (
        DiffFormat,
        DigestFormat,
        ReminderFormat,
        ReportFormat,
        SlipsFormat,
        StatsFormat,
        render,
    )
    from betatech_milestones.formats.frames import (
        Frame,
        FrameColumn,
        NoArrow,
        tables,
    )
    from betatech_milestones.formats.workbook import (
        NoWorkbook,
        workbook,
    )
    from betatech_milestones.importing.editions import (
        Step,
        left_to_replay,
        replay,
    )
    from betatech_milestones.importing.grid import (
        NotATable,
    )
    from betatech_milestones.importing.ledger import (
        Imported,
    )
    from betatech_milestones.importing.mapping import (
        MAPPINGS,
        CitedAs,
        Moment,
        Origin,
        Pattern,
        TableMapping,
        UnknownMapping,
        Vanished,
        load_mapping,
        loads_mapping,
    )
    from betatech_milestones.importing.merge import (
        CannotMerge,
        merge,
    )
    from betatech_milestones.importing.rows import (
        Place,
        TableProblem,
    )
    from betatech_milestones.importing.table import (
        NoSource,
        import_table,
        sketch_mapping,
    )
    from betatech_milestones.language import (
        LANGUAGES,
    )
    from betatech_milestones.model.conventions import (
        Conventions,
        Period,
    )
    from betatech_milestones.model.dates import (
        NotADate,
        PolicyDate,
    )
    from betatech_milestones.model.errors import (
        BadValue,
        BetatechError,
        UnknownId,
    )
    from betatech_milestones.model.findings import (
        Finding,
        InvalidData,
        Location,
    )
    from betatech_milestones.model.portfolio import (
        Portfolio,
        SharedBody,
        Unread,
    )
    from betatech_milestones.model.records import (
        Body,
        Budget,
        Cluster,
        Dropped,
        Measure,
        Met,
        Milestone,
        Move,
        News,
        Number,
        Outcome,
        OwnKind,
        Programme,
        Publisher,
        Reading,
        Replaced,
        Revision,
        Sector,
        Snooze,
        Source,
        Texts,
    )
    from betatech_milestones.model.rules import (
        RULES,
        Level,
        Rule,
    )
    from betatech_milestones.model.standing import (
        Standing,
        Timeliness,
        Turn,
    )
    from betatech_milestones.model.vocabulary import (
        Attestation,
        By,
        Commitment,
        DateOrder,
        Evidence,
        Found,
        Kind,
        Per,
        ReadingKind,
        SourceKind,
        Status,
    )
    from betatech_milestones.pictures import (
        CHARTS,
    )
    from betatech_milestones.pictures.charts import (
        Chart,
        chart,
    )
    from betatech_milestones.pictures.timeline import (
        timeline,
    )
    from betatech_milestones.voice import (
        Voice,
        languages_of,
    )
    from betatech_milestones.website.api import (
        as_published,
        documents,
    )
    from betatech_milestones.website.atom import (
        atom,
    )
    from betatech_milestones.website.publication import (
        Publication,
        Refused,
    )
    from betatech_milestones.website.publish import (
        publish,
    )
    from betatech_milestones.website.publish_portfolio import (
        publish_portfolio,
    )
    from betatech_milestones.website.site import (
        site,
    )

__all__ = [
    "CHARTS",
    "LANGUAGES",
    "MAPPINGS",
    "RULES",
    "Added",
    "AlreadyThere",
    "Attestation",
    "BadBaseline",
    "BadState",
    "BadValue",
    "Baseline",
    "BetatechError",
    "Body",
    "Bounds",
    "Budget",
    "By",
    "CannotExtend",
    "CannotMerge",
    "CannotRecord",
    "CannotWrite",
    "Case",
    "Change",
    "Chart",
    "Ci",
    "CitedAs",
    "Client",
    "Cluster",
    "Commitment",
    "Component",
    "Conventions",
    "DateOrder",
    "Diff",
    "DiffFormat",
    "Digest",
    "DigestFormat",
    "Dropped",
    "DroppedEntry",
    "Edited",
    "Edition",
    "Ended",
    "Ending",
    "Entry",
    "Evidence",
    "Extension",
    "FailOn",
    "Fate",
    "Feed",
    "Finding",
    "Found",
    "Fraction",
    "Frame",
    "FrameColumn",
    "Group",
    "Imported",
    "Incidence",
    "InvalidData",
    "Judgement",
    "Kind",
    "Level",
    "Location",
    "Locked",
    "Measure",
    "Met",
    "MetEntry",
    "Milestone",
    "Moment",
    "MonthEnd",
    "Move",
    "Moved",
    "MovedEntry",
    "NamedTwice",
    "News",
    "NewsEntry",
    "NoArrow",
    "NoDataFile",
    "NoSource",
    "NoVersion",
    "NoWorkbook",
    "NotADate",
    "NotATable",
    "NowDropped",
    "NowMet",
    "NowMoved",
    "NowReplaced",
    "NowRevised",
    "NowTold",
    "Number",
    "Origin",
    "Outcome",
    "OwnKind",
    "Pattern",
    "Per",
    "Period",
    "Place",
    "Placement",
    "Point",
    "PolicyDate",
    "Portfolio",
    "Programme",
    "Promised",
    "Publication",
    "Published",
    "Publisher",
    "Reading",
    "ReadingEntry",
    "ReadingKind",
    "Recording",
    "ReferenceClass",
    "Refused",
    "Reminder",
    "ReminderFormat",
    "Removed",
    "Renamed",
    "Replaced",
    "ReplacedEntry",
    "Report",
    "ReportFormat",
    "Retitled",
    "Revised",
    "Revision",
    "Rewritten",
    "Rule",
    "Scope",
    "Section",
    "Sector",
    "Share",
    "SharedBody",
    "Slip",
    "Slips",
    "SlipsFormat",
    "Snooze",
    "Source",
    "SourceEntry",
    "SourceKind",
    "Spread",
    "Standing",
    "State",
    "Statement",
    "Stats",
    "StatsFormat",
    "Status",
    "Step",
    "TableMapping",
    "TableProblem",
    "Texts",
    "Timeliness",
    "Told",
    "Total",
    "Turn",
    "UnknownId",
    "UnknownMapping",
    "UnknownSource",
    "Unread",
    "Vanished",
    "Verdict",
    "Version",
    "Voice",
    "Why",
    "as_of",
    "as_published",
    "atom",
    "chart",
    "check",
    "check_portfolio",
    "counts",
    "course",
    "diff",
    "digest",
    "documents",
    "dump",
    "dumps",
    "extend",
    "extended",
    "fate",
    "feed",
    "feeds",
    "guard",
    "hints",
    "history",
    "import_table",
    "incidence",
    "judge",
    "languages_of",
    "left_to_replay",
    "load",
    "load_baseline",
    "load_example",
    "load_mapping",
    "load_portfolio",
    "load_version",
    "loads",
    "loads_mapping",
    "merge",
    "over_time",
    "publish",
    "publish_portfolio",
    "read_state",
    "record",
    "reference_class",
    "reminder",
    "render",
    "replay",
    "schema",
    "site",
    "sketch_mapping",
    "slips",
    "starter",
    "state_of",
    "stats",
    "tables",
    "timeline",
    "versions",
    "with_entries",
    "workbook",
    "write_starter",
]

# Where each public name is at home: the one table that is read at run time.
_HOMES = {
    "analysis.check": "check check_portfolio",
    "analysis.course": "counts course",
    "analysis.diff": (
        "Added Change Diff Edited NowDropped NowMet NowMoved NowReplaced NowRevised NowTold "
        "Removed Renamed Retitled Rewritten diff"
    ),
    "analysis.digest": "Digest digest",
    "analysis.editions": "BadState Edition Published State read_state state_of",
    "analysis.guard": "guard",
    "analysis.hints": "hints",
    "analysis.history": "Ended Moved Promised Revised Statement Told history",
    "analysis.incidence": "Case Ending Fraction Incidence Point incidence",
    "analysis.over_time": "MonthEnd over_time",
    "analysis.reference_class": "ReferenceClass reference_class",
    "analysis.reminder": "Reminder Section reminder",
    "analysis.report": "Report as_of",
    "analysis.slips": "Slip Slips Total slips",
    "analysis.stats": "Bounds Fate Group Share Spread Stats fate stats",
    "analysis.verdicts": "FailOn Judgement Verdict Why judge",
    "calendars.feeds": "Client Feed Scope feed feeds",
    "calendars.items": "Component Placement",
    "datafile.baseline": "BadBaseline Baseline",
    "datafile.dump": "CannotWrite dump dumps",
    "datafile.edit": "Extension extend",
    "datafile.extend": "CannotExtend extended",
    "datafile.files": "Locked",
    "datafile.find": "NoDataFile",
    "datafile.git": "NoVersion Version load_version versions",
    "datafile.load": "load load_baseline load_example loads schema",
    "datafile.portfolio": "NamedTwice load_portfolio",
    "datafile.record": (
        "CannotRecord DroppedEntry Entry MetEntry MovedEntry NewsEntry ReadingEntry Recording "
        "ReplacedEntry SourceEntry UnknownSource record with_entries"
    ),
    "datafile.starter": "AlreadyThere Ci starter write_starter",
    "formats": "DiffFormat DigestFormat ReminderFormat ReportFormat SlipsFormat StatsFormat render",
    "formats.frames": "Frame FrameColumn NoArrow tables",
    "formats.workbook": "NoWorkbook workbook",
    "importing.editions": "Step left_to_replay replay",
    "importing.grid": "NotATable",
    "importing.ledger": "Imported",
    "importing.mapping": (
        "CitedAs MAPPINGS Moment Origin Pattern TableMapping UnknownMapping Vanished load_mapping "
        "loads_mapping"
    ),
    "importing.merge": "CannotMerge merge",
    "importing.rows": "Place TableProblem",
    "importing.table": "NoSource import_table sketch_mapping",
    "language": "LANGUAGES",
    "model.conventions": "Conventions Period",
    "model.dates": "NotADate PolicyDate",
    "model.errors": "BadValue BetatechError UnknownId",
    "model.findings": "Finding InvalidData Location",
    "model.portfolio": "Portfolio SharedBody Unread",
    "model.records": (
        "Body Budget Cluster Dropped Measure Met Milestone Move News Number Outcome OwnKind "
        "Programme Publisher Reading Replaced Revision Sector Snooze Source Texts"
    ),
    "model.rules": "Level RULES Rule",
    "model.standing": "Standing Timeliness Turn",
    "model.vocabulary": (
        "Attestation By Commitment DateOrder Evidence Found Kind Per ReadingKind SourceKind Status"
    ),
    "pictures": "CHARTS",
    "pictures.charts": "Chart chart",
    "pictures.timeline": "timeline",
    "voice": "Voice languages_of",
    "website.api": "as_published documents",
    "website.atom": "atom",
    "website.publication": "Publication Refused",
    "website.publish": "publish",
    "website.publish_portfolio": "publish_portfolio",
    "website.site": "site",
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Import what is asked for, and keep it."""
    import importlib

    if name == "__version__":
        value = importlib.import_module(f"{__name__}.model.about").VERSION
    elif name in _HOME_OF:
        value = getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return [*__all__, "__version__"]


def _as_html(view: Any) -> str:
    """Return what a notebook shows of a view: the room that writes it is loaded when it is used."""
    from betatech_milestones.formats.notebook import as_html

    return as_html(view)


shown_by(_as_html)
