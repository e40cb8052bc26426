"""A report as tidy tables: a row for each fact, one value in a cell, and names beside ids.

Where something has several others (bodies, sources), a cell has the first, the cell beside it how
many there are, and a table of its own has all: nothing needs to be taken apart by its reader.
"""

from collections.abc import Iterator
from typing import Any

from betatech_milestones.analysis.history import (
    Moved,
    Promised,
    Revised,
    Statement,
    Told,
    history_of,
)
from betatech_milestones.formats.columns import (
    Column,
    OfPart,
    One,
    Table,
    Telling,
    Type,
    a_body,
    answering,
    cited,
    dated,
    days_of_report,
    each_of_milestones,
    in_cluster,
    note,
    of_measure,
    of_milestone,
    repeated,
    status,
    which,
)
from betatech_milestones.formats.standings import attested
from betatech_milestones.model.records import Body, News, Number, Replaced, Revision, Snooze
from betatech_milestones.model.rules import Level
from betatech_milestones.model.standing import Standing, Timeliness
from betatech_milestones.model.vocabulary import (
    ENDED,
    Attestation,
    Commitment,
    Found,
)

# --- milestones -----------------------------------------------------------------------------------


def _news(standing: Standing, _: Telling) -> News | None:
    return standing.newest_news


def _number(standing: Standing, _: Telling) -> Number | None:
    return standing.milestone.number


def _snooze(standing: Standing, _: Telling) -> Snooze | None:
    return standing.snooze


def _timeliness(standing: Standing, _: Telling) -> Timeliness | None:
    return standing.timeliness


def _replaced_by(outcome: object, _: Telling) -> str | None:
    return outcome.by if isinstance(outcome, Replaced) else None


def _in_time(late: Timeliness, _: Telling) -> str:
    if late.at_least:
        return "no"
    return "yes" if late.at_most == 0 else "unknown"


def _attested(standing: Standing, _: Telling) -> str | None:
    """Return the key of who says that it ended so, as the voice has it in every other view."""
    return attested(standing)


MILESTONES: Table[Standing] = Table(
    name="milestones",
    about="A row for each milestone that was known, as it stands on the day of as_of.",
    key=("id",),
    subjects=lambda telling: telling.report.standings,
    columns=(
        Column(
            "id",
            "the id of its measure and its own, with a slash between",
            lambda standing, _: standing.milestone.full_id,
            required=True,
            is_code=True,
            label="id",
        ),
        Column(
            "code",
            "the number that a register gives it",
            lambda standing, _: standing.milestone.code,
            is_code=True,
            label="code",
        ),
        Column(
            "title",
            "its title",
            lambda standing, it: it.voice.text(standing.milestone.title),
            required=True,
            label="milestone",
        ),
        *of_measure(lambda standing: standing.measure),
        *in_cluster(lambda standing: standing.measure),
        *answering("answer for it, as known; the table responsible has all", lambda s: s.bodies),
        Column(
            "kind",
            "what sort of moment it is: one of ten words, or the id of one of its own",
            lambda standing, _: str(standing.milestone.kind),
            required=True,
        ),
        Column(
            "kind_title",
            "what that sort is called",
            lambda standing, it: it.voice.kind(standing.milestone.kind),
            required=True,
            label="kind",
        ),
        Column(
            "commitment",
            "how firmly it was promised",
            lambda standing, _: standing.milestone.commitment,
            required=True,
            words=tuple(Commitment),
            label="commitment",
            told="{}",
        ),
        *status(lambda standing: standing),
        Column(
            "open",
            "whether it has not ended: it is neither met nor replaced nor dropped",
            lambda standing, _: standing.status not in ENDED,
            Type.BOOLEAN,
            required=True,
        ),
        *dated("due", "the date in force", lambda s: s.due, "in force"),
        *dated("promised", "the date first promised", lambda s: s.promised, "promised for"),
        Column(
            "moved_days",
            "days from the term first promised to that in force, negative is earlier; "
            "empty: not moved, or one of them has no last day",
            lambda standing, _: standing.moved_days,
            Type.INTEGER,
            label="moved days",
        ),
        Column(
            "moves",
            "how often its date was moved, or first given; the table moves has each",
            lambda standing, _: len(standing.moves),
            Type.INTEGER,
            required=True,
            label="moves",
        ),
        Column(
            "days_overdue",
            "days since its term on the day of as_of; empty: neither overdue nor passed",
            lambda standing, _: standing.days_overdue,
            Type.INTEGER,
            label="days past term",
        ),
        Column(
            "days_left",
            "days to its first day, or its last where it has no beginning; empty: not upcoming",
            lambda standing, _: standing.days_left,
            Type.INTEGER,
            label="days left",
        ),
        Column(
            "outcome",
            "how it ended by a source; empty: it did not, or came about by itself",
            lambda standing, _: standing.outcome.status if standing.outcome else None,
            words=tuple(ENDED),
            label="outcome",
            told="{}",
        ),
        *dated("outcome", "when it ended so", lambda s: s.outcome and s.outcome.on, "ended on"),
        Column(
            "replaced_by",
            "id of the milestone that took its place",
            lambda standing, it: _replaced_by(standing.outcome, it),
        ),
        Column(
            "attestation",
            "who says that it ended so: who answers for it, others, or an official source",
            lambda standing, _: standing.attestation,
            words=tuple(Attestation),
            label="attestation",
            told="{}",
            word=_attested,
        ),
        Column(
            "at_least_days_late",
            "days from its first term to when it was met, at least; 0: it may have been in time",
            OfPart(_timeliness, lambda late, _: late.at_least),
            Type.INTEGER,
            label="days late least",
        ),
        Column(
            "at_most_days_late",
            "days from its first term to when it was met, at most; 0: it was in time; "
            "empty: not met, or no source tells by when",
            OfPart(_timeliness, lambda late, _: late.at_most),
            Type.INTEGER,
            label="days late most",
        ),
        Column(
            "in_time",
            "whether it was met by its first term, as far as its dates tell; of what came about by "
            "itself nobody checked it; empty: not met, or it never had a term",
            OfPart(_timeliness, _in_time),
            words=("yes", "no", "unknown"),
            label="in time",
            told="in time {}",
        ),
        Column(
            "newest_statement",
            "the day of the newest statement on it; that somebody looked in vain is none",
            lambda standing, _: standing.newest_statement,
            Type.DATE,
            required=True,
            label="newest",
            detail="last day",
        ),
        Column(
            "news_on",
            "the day of the news that tells why it is late, or that somebody looked",
            OfPart(_news, lambda news, _: news.on),
            Type.DATE,
        ),
        Column(
            "news_found",
            "what was found then",
            OfPart(_news, lambda news, _: news.found),
            words=tuple(Found),
        ),
        Column("news_by", "who looked", OfPart(_news, lambda news, _: news.by)),
        Column(
            "goal",
            "the number to reach, in that of unit",
            lambda standing, _: standing.goal,
            Type.NUMBER,
            label="goal",
        ),
        Column(
            "baseline",
            "the number from which it started, in that of unit",
            OfPart(_number, lambda number, _: number.baseline),
            Type.NUMBER,
            label="baseline",
        ),
        Column(
            "unit",
            "what is counted",
            OfPart(_number, lambda number, it: it.voice.text(number.unit)),
            label="unit",
        ),
        *cited(lambda standing: standing.milestone.sources),
        Column(
            "locator",
            "where in that source",
            lambda standing, _: standing.milestone.locator,
            is_code=True,
            label="locator",
        ),
        Column(
            "page",
            "the address of its place on the published page; empty: not known",
            lambda standing, it: it.page(standing.milestone),
            label="page",
        ),
        Column(
            "path",
            "the data file",
            lambda standing, it: standing.milestone.path_in(it.report.programme),
            required=True,
        ),
        Column(
            "line",
            "the line of the data file at which it begins; empty: not told, since edits move it",
            lambda standing, it: standing.milestone.line if it.has_lines else None,
            Type.INTEGER,
        ),
        Column(
            "level",
            "how much its standing matters; empty: it asks for nothing",
            lambda standing, it: it.judgement.verdict(standing).level,
            words=tuple(Level),
        ),
        Column(
            "snoozed_until",
            "the last day on which it is kept quiet",
            OfPart(_snooze, lambda snooze, _: snooze.until),
            Type.DATE,
        ),
        Column(
            "snoozed_by",
            "who keeps it quiet",
            OfPart(_snooze, lambda snooze, _: snooze.by),
        ),
        Column(
            "snoozed_reason",
            "why it is kept quiet",
            OfPart(_snooze, lambda snooze, it: it.voice.text(snooze.reason)),
        ),
        *days_of_report(),
    ),
)

# --- what a milestone has several of --------------------------------------------------------------

RESPONSIBLE: Table[One[Standing]] = Table(
    name="responsible",
    about="A row for each milestone and each body that answers for it, as known on known_on.",
    key=("milestone", "body"),
    subjects=each_of_milestones(lambda standing: dict.fromkeys(standing.bodies)),
    columns=(
        *of_milestone(lambda one: one.of.milestone),
        *a_body("a body that answers for it", lambda one: one.what, "responsible", required=True),
        *repeated(status(lambda one: one.of)),
        *repeated(dated("due", "the date in force", lambda one: one.of.due, "in force")),
        *repeated(days_of_report()),
    ),
)


MOVES: Table[One[Standing]] = Table(
    name="moves",
    about="A row for each move of a date, and for each first date of what had none.",
    key=("milestone", "number"),
    subjects=each_of_milestones(lambda standing: standing.moves),
    columns=(
        *of_milestone(lambda one: one.of.milestone),
        which("move of the milestone"),
        Column(
            "announced",
            "the day on which it was made known",
            lambda one, _: one.what.revision.announced,
            Type.DATE,
            required=True,
            label="known from",
        ),
        *dated("before", "the date until then", lambda one: one.what.before, "until then"),
        *dated("due", "the date from then on", lambda one: one.what.due, "from then on"),
        Column(
            "days",
            "days from the term until then to that from then on, negative is earlier; "
            "empty: one of them has no last day",
            lambda one, _: one.what.days,
            Type.INTEGER,
            label="moved days",
        ),
        Column(
            "reason",
            "why, where that was said",
            lambda one, it: it.text(one.what.revision.reason),
            label="reason",
        ),
        *cited(lambda one: one.what.revision.sources),
    ),
)


# --- statements -----------------------------------------------------------------------------------


def statements(telling: Telling) -> Iterator[One[Statement]]:
    """Yield what was said of each milestone of a report, the oldest first."""
    for standing in telling.report.standings:
        said = reversed(history_of([standing.milestone]))
        known = (statement for statement in said if statement.day <= telling.report.known_on)
        for number, statement in enumerate(known, 1):
            yield One(statement, None, number)


_WHAT = ("promised", "moved", "revised", "news", *ENDED)


def _what(one: One[Statement], _: Telling) -> str:
    statement = one.of
    match statement:
        case Promised():
            return "promised"
        case Moved():
            return "moved"
        case Revised():
            return "revised"
        case Told():
            return "news"
    return statement.outcome.status


def record_of(one: One[Statement]) -> Any:
    """Return what a statement is of: a milestone, a revision, news or an outcome."""
    statement = one.of
    match statement:
        case Promised():
            return statement.milestone
        case Moved():
            return statement.move.revision
        case Revised():
            return statement.revision
        case Told():
            return statement.news
    return statement.outcome


def _revised(one: One[Statement], _: Telling) -> Revision | None:
    record = record_of(one)
    return record if isinstance(record, Revision) else None


def _handed_to(one: One[Statement]) -> tuple[Body, ...] | None:
    record = record_of(one)
    return record.bodies if isinstance(record, Revision) else None


def _news_told(one: One[Statement], _: Telling) -> News | None:
    return one.of.news if isinstance(one.of, Told) else None


STATEMENTS: Table[One[Statement]] = Table(
    name="statements",
    about="A row for each thing that was said of a milestone: its promise, each revision, each "
    "piece of news, and how it ended.",
    key=("milestone", "number"),
    subjects=statements,
    columns=(
        *of_milestone(lambda one: one.of.milestone),
        which("statement on the milestone"),
        Column(
            "day",
            "the day on which it became known",
            lambda one, _: one.of.day,
            Type.DATE,
            required=True,
            label="known from",
        ),
        Column(
            "what",
            "what was said",
            _what,
            required=True,
            words=_WHAT,
            label="what",
            told="what {}",
        ),
        *dated(
            "date",
            "the date that was promised or moved to, when it ended, or of which day the news is",
            lambda one: one.of.date,
            "date",
        ),
        Column(
            "found",
            "what the news found",
            OfPart(_news_told, lambda news, _: news.found),
            words=tuple(Found),
            label="found",
            told="found {}",
        ),
        Column(
            "says",
            "what the source says in brief, or why it was moved, dropped or replaced",
            lambda one, it: it.text(one.of.reason),
            label="says",
        ),
        Column(
            "looked",
            "who looked for news",
            OfPart(_news_told, lambda news, _: news.by),
            label="looked",
        ),
        Column(
            "goal",
            "the number to reach from then on",
            OfPart(_revised, lambda revision, _: revision.goal),
            Type.NUMBER,
            label="goal",
        ),
        *answering("answer for it from then on, where it was handed over", _handed_to),
        Column(
            "replaced_by",
            "id of the milestone that took its place",
            lambda one, it: _replaced_by(record_of(one), it),
        ),
        note(lambda one: record_of(one).note, "note"),
        *cited(lambda one: record_of(one).sources),
    ),
)


PUBLISHED: tuple[Table[Any], ...] = (MILESTONES, MOVES, STATEMENTS, RESPONSIBLE)
"""The tables that are published as files of their own."""
