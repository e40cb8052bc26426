"""An edited workbook of ours, back into rows.

A cell that nobody touched says what the programme has by now, whatever has become of that since the
workbook was made. What is recorded stays: who wants it otherwise is told so, at the cell.
"""

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from betatech_milestones.importing.grid import Table, Value
from betatech_milestones.importing.names import bare, slug
from betatech_milestones.importing.rows import (
    MeasureSaid,
    MilestoneRow,
    MilestoneSaid,
    Place,
    StatementRow,
    TableProblem,
    What,
)
from betatech_milestones.importing.sheets import (
    MILESTONES,
    READING_WHATS,
    SHEETS,
    SOURCES,
    STATEMENTS,
    cell_marks,
    example_cells,
    in_cell,
    keys_in_sight,
    milestone_cells,
    names,
    plain,
    reason,
    row_mark,
)
from betatech_milestones.importing.typed import (
    Line,
    Reader,
    columns_of,
    everywhere,
    language_of,
    lines_of,
    list_hint,
    new_name,
    page_of,
    read_bodies,
    read_date,
    read_day,
    read_full_id,
    read_line,
    read_number,
    read_prose,
    read_source_ids,
    read_word,
    reader_of,
    typed_in,
)
from betatech_milestones.language import LANGUAGES
from betatech_milestones.model import rules, values
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.errors import BadValue, did_you_mean
from betatech_milestones.model.records import (
    Body,
    Measure,
    Met,
    Milestone,
    Outcome,
    Programme,
    Replaced,
    Revision,
    Source,
    Texts,
)
from betatech_milestones.model.vocabulary import (
    Commitment,
    Found,
    ReadingKind,
    SourceKind,
    Status,
)
from betatech_milestones.voice import Voice

# --- an edited workbook ---------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class WorkbookRead:
    """What an edited workbook says; of a row with a problem, nothing."""

    rows: tuple[MilestoneRow, ...]
    statements: tuple[StatementRow, ...]
    """Those that the programme does not have yet."""
    sources: tuple[Source, ...]
    """The same."""
    problems: tuple[TableProblem, ...]


def is_workbook(tables: Iterable[Table]) -> bool:
    """Whether tables are the sheets of our own workbook, whatever was done to it since."""
    tables = tuple(tables)
    return any(columns_of(table, sheet) for sheet in SHEETS[:2] for table in tables)


def read_workbook(tables: Iterable[Table], programme: Programme) -> WorkbookRead:
    """Return what the rows of a workbook say, and what of its statements and sources is new.

    A cell that nobody touched says what the programme has. A milestone without a row is not gone:
    the workbook may be that of one body.
    """
    tables = tuple(tables)
    page = page_of(tables)
    if page is not None and page[1] != programme.id:
        message = (
            f'is a workbook of the programme "{page[1]}", and not of "{programme.id}"; '
            "name the data file that it was made from"
        )
        problem = TableProblem(None, message)
        return WorkbookRead(rows=(), statements=(), sources=(), problems=(problem,))
    reader = reader_of(programme, language_of(tables, page, programme))
    found = {sheet: list(lines_of(tables, sheet)) for sheet in SHEETS}
    sources = tuple(_new_sources(reader, found[SOURCES]))
    reader = attrs.evolve(reader, sources=(*programme.sources, *sources))
    taken = tuple(_milestone_rows(reader, found[MILESTONES]))
    said = tuple(_statement_rows(reader, found[STATEMENTS], found[MILESTONES]))
    if any(columns_of(table, STATEMENTS) for table in tables):
        _tell_gone(reader, (line for line, _ in taken), found[STATEMENTS])
    return WorkbookRead(
        rows=tuple(row for _, row in taken),
        statements=said,
        sources=sources,
        problems=tuple(reader.problems),
    )


# --- milestones -----------------------------------------------------------------------------------


def _milestone_rows(reader: Reader, lines: Iterable[Line]) -> Iterator[tuple[Line, MilestoneRow]]:
    seen: dict[str, Place] = {}
    for line in lines:
        if _is_example(reader, line):
            continue
        before = len(reader.problems)
        row = _new_row(reader, line, seen) if not line.has("id") else _known_row(reader, line, seen)
        if row is not None and len(reader.problems) == before:
            yield line, row


def _is_example(reader: Reader, line: Line) -> bool:
    """Whether a row is one of those that a template begins with; one that was written over is told.

    What somebody typed is not left out without a word.
    """
    if bare(plain(line["id"])) not in everywhere("example"):
        return False
    keys = [
        key for key in keys_in_sight(line.sheet) if key not in {"id", "measure"} and line.has(key)
    ]
    now = {key: plain(line[key]) for key in keys}
    for language in LANGUAGES:
        voice = Voice(language)
        for cells in example_cells(names(reader.programme, voice), voice)[line.sheet.key]:
            if all(text == plain(cells.get(key)) for key, text in now.items()):
                return True
    message = "is marked as an example, and says something else by now; empty this cell to keep it"
    reader.refuse(line, "id", message)
    return True


_STAYS = "what is recorded stays"


def _known_row(reader: Reader, line: Line, seen: dict[str, Place]) -> MilestoneRow | None:
    known = reader.milestones.get(plain(line["id"]))
    if known is None:
        hint = did_you_mean(plain(line["id"]), reader.milestones)
        message = f"no milestone {values.shown(line['id'])}{hint or ''}; for a new one, empty this"
        reader.refuse(line, "id", message)
        return None
    if (twice := seen.get(known.full_id)) is not None:
        message = f'"{known.full_id}" stands in {twice.cell} too; for a new milestone, empty this'
        reader.refuse(line, "id", message)
        return None
    seen[known.full_id] = line.place("id")
    if not line.marks:
        cells = milestone_cells(known, reader.called, reader.voice)
        stood = {key: in_cell(cell, reader.voice) for key, cell in cells.items()}
        written = (part.partition("=") for part in cell_marks(MILESTONES, stood).split())
        line = attrs.evolve(line, marks={key: mark for key, _, mark in written})
    said = _said_of_known(reader, line, known)
    return MilestoneRow(said=said, places=line.places)


def _said_of_known(reader: Reader, line: Line, known: Milestone) -> MilestoneSaid:
    """Return what the programme has of a milestone, with what was typed in the place of it."""
    for key, remedy in _FIXED.items():
        if _differs(reader, line, key, known):
            reader.refuse(line, key, f"{_changed(line, key)}: {_STAYS}; {remedy}")
    outcome, number = known.outcome, known.number
    has = {
        "code": known.code,
        "title": str(known.title),
        "summary": _own(known.summary),
        "note": _own(known.note),
        "kind": str(known.kind),
        "commitment": known.commitment,
        "due": known.in_force,
        "locator": known.locator,
        "bodies": tuple(body.id for body in known.bodies),
        "goal": known.goal_by(dt.date.max),
        "unit": _own(number.unit if number else None),
    }
    typed = {
        key: _typed_over(reader, line, key, _READ[key])
        for key in _READ
        if key in has and key not in _FIXED and line.is_touched(key)
    }
    if any(typed.get("due") == move.due for move in _since_written(line, known)):
        typed.pop("due", None)  # it was taken in before, and moved once more
    for key in _WORDED_IN_FILE:
        if None not in {typed.get(key), has[key]} and _differs(reader, line, key, known):
            reader.refuse(line, key, f"{_changed(line, key)}: {_STAYS}; {_REWORD}")
    if known.is_fact and typed.get("due") is not None:
        message = f'"{typed["due"]}": nobody promised it, so it has no date in force; empty this'
        reader.refuse(line, "due", message)
    if "unit" in typed:
        _check_unit(reader, line, has | typed)
    return MilestoneSaid(
        id=known.id,
        measure=_measure_said(known.measure),
        also=tuple(MeasureSaid(id=other) for other in known.also),
        baseline=number.baseline if number else None,
        **(has | typed | _ended(reader, line, known, outcome)),
    )


def _differs(reader: Reader, line: Line, key: str, known: Milestone) -> bool:
    """Whether a cell is neither as it was written nor as it would be written by now."""
    if not line.is_touched(key):
        return False
    now = milestone_cells(known, reader.called, reader.voice)[key]
    return plain(line[key]) != plain(in_cell(now, reader.voice))


def _check_unit(reader: Reader, line: Line, typed: Mapping[str, Any]) -> None:
    """Note a unit in which nothing is counted: it would go nowhere."""
    if typed["unit"] is not None and typed["goal"] is None:
        message = f'how many "{typed["unit"]}"? a unit needs its goal; write that, or empty this'
        reader.refuse(line, "unit", message)


def _own(texts: Texts | None) -> str | None:
    """Return a text in the programme's own language."""
    return None if texts is None else str(texts)


def _measure_said(measure: Measure) -> MeasureSaid:
    return MeasureSaid(id=measure.id, title=str(measure.title))


def _changed(line: Line, key: str) -> str:
    return "is empty now" if line[key] is None else f"{values.shown(plain(line[key]))} is new here"


def _typed_over(reader: Reader, line: Line, key: str, read: Callable[[Reader, Value], Any]) -> Any:
    """Return what was typed in the place of something else; nothing is no change."""
    if line[key] is None:
        message = f"is empty now: {_STAYS}; put back what stood here, or write what is true now"
        reader.refuse(line, key, message)
    return typed_in(reader, line, key, read)


_READ: Mapping[str, Callable[[Reader, Value], Any]] = {
    "code": read_line,
    "title": read_line,
    "summary": read_prose,
    "note": read_prose,
    "kind": read_word("kinds"),
    "commitment": lambda reader, value: Commitment(read_word("commitments")(reader, value)),
    "due": read_date,
    "locator": read_line,
    "bodies": read_bodies,
    "goal": read_number,
    "unit": read_line,
}
_REWORD = "reword it in the data file"
_FIXED = {
    "promised": "the first promise is kept as it was made; write the new date as the date in force",
    "measure": "move it to another measure in the data file",
    "source": "another source goes with a row on the sheet of moves and news",
    "locator": _REWORD,
}
_WORDED_IN_FILE = ("code", "unit")


def _ended(reader: Reader, line: Line, known: Milestone, outcome: Outcome | None) -> dict[str, Any]:
    """Return how a milestone ended, as the programme or the row has it."""
    has: dict[str, Any] = {"outcome": None, "on": None, "reason": None}
    if outcome is not None:
        status = None if isinstance(outcome, Replaced) else outcome.status
        has = {"outcome": status, "on": outcome.on, "reason": _own(reason(outcome))}
    touched = [key for key in has if line.is_touched(key)]
    if not touched:
        return has
    now = _typed_ending(reader, line)
    if outcome is None or ("outcome" in touched and _may_follow(now["outcome"], outcome)):
        _check_ending(reader, line, now)
        return now
    is_same = all(_is_same(now[key], has[key]) for key in _ENDED if key in touched)
    if now["outcome"] is not outcome.status or not is_same:
        told = reader.voice.label(str(outcome.status))
        message = (
            f"{_changed(line, touched[0])}: {known.full_id} is recorded as {told}, and {_STAYS}; "
            "put back what stood here, or mend the data file"
        )
        reader.refuse(line, touched[0], message)
    return has


def _may_follow(status: Status | None, outcome: Outcome) -> bool:
    """Whether what was dropped or replaced came about after all."""
    return status is Status.MET and not isinstance(outcome, Met)


def _is_same(one: PolicyDate | str | None, other: PolicyDate | str | None) -> bool:
    """Whether two cells say the same of how a milestone ended."""
    if isinstance(one, str) and isinstance(other, str):
        return bare(one) == bare(other)
    return one == other


def _typed_ending(reader: Reader, line: Line) -> dict[str, Any]:
    """Return how a milestone ended, as the row has it."""
    word = typed_in(reader, line, "outcome", read_word("outcomes"))
    status = None if word in {None, "open"} else Status(word)
    typed = {key: typed_in(reader, line, key, read) for key, read in _ENDED.items()}
    return {"outcome": status, **typed}


def _check_ending(reader: Reader, line: Line, typed: Mapping[str, Any]) -> None:
    """Note what is wrong with how a milestone ended that was open."""
    status, on, reason = typed["outcome"], typed["on"], typed["reason"]
    if status is Status.REPLACED:
        message = "what took its place? write that in a row on the sheet of moves and news"
        reader.refuse(line, "outcome", message)
    if status is None and on is not None:
        message = f'"{on}": it is open, and has not ended; choose an outcome, or empty this'
        reader.refuse(line, "on", message)
    if status is Status.DROPPED and reason is None:
        reader.refuse(line, "reason", "is empty; write why it was dropped")
    is_moved = line.has("id") and line.is_touched("due")
    if status in {None, Status.MET} and line.is_touched("reason") and reason and not is_moved:
        message = (
            f"{values.shown(reason)}: a reason goes with another date, or with what was dropped; "
            "write this as the note, or in a row on the sheet of moves and news"
        )
        reader.refuse(line, "reason", message)


_ENDED: Mapping[str, Callable[[Reader, Value], Any]] = {"on": read_date, "reason": read_prose}


def _new_row(reader: Reader, line: Line, seen: dict[str, Place]) -> MilestoneRow | None:
    for key in ("title", "measure"):
        if not line.has(key):
            reader.refuse(line, key, "is empty; a new milestone needs its title and its measure")
            return None
    typed: dict[str, Any] = {key: typed_in(reader, line, key, read) for key, read in _READ.items()}
    measure = typed_in(reader, line, "measure", _measure)
    sources = typed_in(reader, line, "source", read_source_ids) or ()
    first = typed_in(reader, line, "promised", read_date)
    title = typed["title"]
    if measure is None or title is None:
        return None
    if first is not None and typed["due"] not in {None, first}:
        message = f'"{first}": a new milestone has one date; write that as the date in force'
        reader.refuse(line, "promised", message)
    typed["due"] = typed["due"] or first
    ended = _typed_ending(reader, line)
    _check_ending(reader, line, ended)
    _check_unit(reader, line, typed)
    id_ = _new_id(reader, measure.id, title)
    if (twice := seen.get(f"{measure.id}/{id_}")) is not None:
        reader.refuse(line, "title", f'"{title}" stands in {twice.cell} too, in the same measure')
        return None
    seen[f"{measure.id}/{id_}"] = line.place("title")
    said = MilestoneSaid(measure=measure, id=id_, **(typed | ended))
    places = {**line.places, "sources": line.place("source")}
    return MilestoneRow(said=said, places=places, sources=sources)


def _measure(reader: Reader, value: Value) -> MeasureSaid:
    """Read of which measure a new milestone is a part: one that is there, or a new one."""
    written = read_line(reader, value)
    id_ = reader.meant["measures"].get(bare(written))
    if id_ is None:
        title = new_name(reader, "measures", written)
        taken = {
            id_ for measure in reader.programme.measures for id_ in (*measure.formerly, measure.id)
        }
        return MeasureSaid(id=_free_id(title, taken), title=title)
    return next(_measure_said(one) for one in reader.programme.measures if one.id == id_)


def _free_id(title: str, taken: Container[str]) -> str:
    """Return an id for what has a title, which nothing has yet."""
    return values.free(slug(title), taken)


def _new_id(reader: Reader, measure: str, title: str) -> str:
    """Return the id of a new milestone: of its title, and the same when it is read again."""
    taken: set[str] = set()
    while True:
        id_ = _free_id(title, taken)
        known = reader.milestones.get(f"{measure}/{id_}")
        if known is None or bare(title) in {bare(text) for _, text in known.title.pairs}:
            return id_
        taken.add(id_)


# --- statements -----------------------------------------------------------------------------------


def _statement_rows(
    reader: Reader, lines: Sequence[Line], milestones: Iterable[Line]
) -> Iterator[StatementRow]:
    moves = _moves_since(reader, milestones)
    lines = [line for line in lines if not _is_example(reader, line)]
    untouched = {_called(line) for line in lines if _is_as_written(line)}
    edited: set[str] = set()
    for line in lines:
        called = _called(line)
        if _is_as_written(line):
            continue
        if called and called not in untouched | edited:
            edited.add(called)
            message = (
                f"this row was another: {_STAYS}; put back what stood here, and write what is new "
                "in a row below"
            )
            reader.refuse(line, "what", message)
            continue
        before = len(reader.problems)
        row = _statement(reader, line)
        if row is None or len(reader.problems) > before:
            continue
        known = reader.milestones[row.milestone]
        if not _is_recorded(known, row, moves.setdefault(known.full_id, [*known.revisions[-1:]])):
            yield row


def _moves_since(reader: Reader, lines: Iterable[Line]) -> dict[str, list[Revision]]:
    """Return the moves of milestones since their rows were written; the newest where none are."""
    moves = {}
    for line in lines:
        if (known := reader.milestones.get(plain(line["id"]))) is not None:
            moves[known.full_id] = [*(_since_written(line, known) or known.revisions[-1:])]
    return moves


def _since_written(line: Line, known: Milestone) -> tuple[Revision, ...]:
    """Return the moves of a milestone that came after its row was written; none if that is gone."""
    if "statements" not in line.columns:
        return ()
    return known.revisions[plain(line["statements"]).count("revised-") :]


def _called(line: Line) -> str:
    """Return what the statement of a row is called; nothing for a row that is new."""
    return str(line["mark"] or "").rpartition(" ")[0]


def _is_as_written(line: Line) -> bool:
    mark = str(line["mark"] or "").rpartition(" ")[2]
    return bool(mark) and mark == row_mark(
        line.sheet, {key: line[key] for key in keys_in_sight(line.sheet)}
    )


def _tell_gone(reader: Reader, milestones: Iterable[Line], lines: Iterable[Line]) -> None:
    """Note of which milestones a statement is gone that was written."""
    there = {_called(line) for line in lines}
    for line in milestones:
        for key in plain(line["statements"]).split() if line.has("id") else ():
            if f"{line['id']} {key}" not in there:
                message = (
                    f'a row of "{line["id"]}" is gone from the sheet of moves and news ({key}): '
                    f"{_STAYS}; put it back"
                )
                reader.refuse(line, "id", message)


def _statement(reader: Reader, line: Line) -> StatementRow | None:
    """Return what a new row says; None where it is wrong."""
    milestone = _milestone_of(reader, line)
    if not line.has("what"):
        reader.refuse(line, "what", f"is empty{list_hint(reader, 'whats', '')}")
    word = typed_in(reader, line, "what", read_word("whats"))
    if milestone is None or word is None:
        return None
    what = What.READING if word in READING_WHATS else What(word)
    for key, whats in _SAID_BY.items():
        if line.has(key) and what not in whats:
            told = reader.called["whats"][word]
            reader.refuse(line, key, f'does not go with "{told}"; empty it, or write a row for it')
    typed = {key: typed_in(reader, line, key, read) for key, read in _READ_OF_STATEMENT.items()}
    return StatementRow(
        milestone=milestone.full_id,
        what=what,
        kind=READING_WHATS.get(word, ReadingKind.REACHED),
        sources=typed["sources"] or (),
        announced=typed["announced"],
        note=typed["note"],
        places=_places(line, what),
        **_model_near(what, typed),
    )


def _milestone_of(reader: Reader, line: Line) -> Milestone | None:
    """Return which milestone a row is about: by its id or, where that is empty, by its title."""
    if line.has("id"):
        id_ = typed_in(reader, line, "id", read_full_id)
        return None if id_ is None else reader.milestones[id_]
    found = reader.titled.get(bare(plain(line["title"])), ())
    if len(found) == 1:
        return found[0]
    why = "several milestones are called so" if found else "no milestone is called so"
    reader.refuse(line, "id", f"is empty, and {why}; choose the id of the milestone")
    return None


_READ_OF_STATEMENT: Mapping[str, Callable[[Reader, Value], Any]] = {
    "on": read_date,
    "found": lambda reader, value: Found(read_word("found")(reader, value)),
    "number": read_number,
    "says": read_prose,
    "by": read_line,
    "bodies": read_bodies,
    "instead": read_full_id,
    "announced": read_day,
    "sources": read_source_ids,
    "note": read_prose,
}
_SAID_BY = {
    "found": {What.NEWS},
    "number": {What.MOVED, What.READING},
    "says": {What.MOVED, What.NEWS, What.DROPPED, What.REPLACED},
    "by": {What.NEWS},
    "bodies": {What.MOVED},
    "instead": {What.REPLACED},
    "announced": {What.MOVED},
}
"""Which statements say what some columns are for; what the others hold, any may say."""


def _model_near(what: What, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed by the names that it has for this sort of statement."""
    match what:
        case What.MOVED:
            goal, reason = typed["number"], typed["says"]
            return {"due": typed["on"], "goal": goal, "bodies": typed["bodies"], "reason": reason}
        case What.NEWS:
            return {key: typed[key] for key in ("on", "found", "says", "by")}
        case What.READING:
            return {"on": typed["on"], "value": typed["number"]}
    return {"on": typed["on"], "reason": typed["says"], "by": typed["instead"]}


def _places(line: Line, what: What) -> dict[str, Place]:
    """Return where a statement has what it says, by the names of its fields."""
    columns = {
        "due": "on",
        "goal": "number",
        "value": "number",
        "reason": "says",
        "by": "instead" if what is What.REPLACED else "by",
    }
    return {**line.places, **{field: line.place(key) for field, key in columns.items()}}


def _is_recorded(milestone: Milestone, row: StatementRow, moves: list[Revision]) -> bool:
    """Whether the programme has a statement already, from when this workbook was read before.

    A move that names no source is one of those since then, of which each is that of one row.
    """
    cited = set(row.sources)

    def cites(sources: Iterable[Source]) -> bool:
        return cited <= {source.id for source in sources}

    match row.what:
        case What.MOVED if not cited:
            found = next((move for move in moves if _is_move(row, move)), None)
            if found is not None:
                moves.remove(found)
            return found is not None
        case What.MOVED:
            return any(_is_move(row, one) and cites(one.sources) for one in milestone.revisions)
        case What.NEWS:
            day = None if row.on is None else row.on.latest
            return any(
                news.found is row.found
                and day in {None, news.on}
                and (row.says is None or bare(row.says) == bare(_own(news.says) or ""))
                and cites(news.sources)
                for news in milestone.news
            )
        case What.READING:
            readings = milestone.number.readings if milestone.number else ()
            return any(
                (one.on, one.value) == (row.on, row.value) and cites(one.sources)
                for one in readings
            )
    return any(
        str(outcome.status) == str(row.what)
        and row.on in {None, outcome.on}
        and cites(outcome.sources)
        for outcome in milestone.outcomes
    )


def _is_move(row: StatementRow, revision: Revision) -> bool:
    return (
        (row.due is None or row.due == revision.due)
        and (row.goal is None or row.goal == revision.goal)
        and (row.bodies is None or set(row.bodies) == _named(revision.bodies))
    )


def _named(bodies: Iterable[Body] | None) -> set[str]:
    """Return everything that bodies are called."""
    return {body.id for body in bodies or ()}


# --- sources --------------------------------------------------------------------------------------


def _new_sources(reader: Reader, lines: Iterable[Line]) -> Iterator[Source]:
    taken = {source.id: source for source in reader.programme.sources}
    for line in lines:
        if _is_as_written(line) or (not _called(line) and _is_known(line, taken)):
            continue
        if _called(line) in taken:
            message = f"this row was another: {_STAYS}; mend it in the data file"
            reader.refuse(line, "title", message)
            continue
        before = len(reader.problems)
        source = _source(reader, line, taken)
        if source is not None and len(reader.problems) == before:
            taken[source.id] = source
            yield source


def _is_known(line: Line, taken: Mapping[str, Source]) -> bool:
    """Whether a source was added when this workbook was read before."""
    title = bare(plain(line["title"]))
    id_ = plain(line["id"])
    return any(
        title in {bare(text) for _, text in source.title.pairs} and id_ in {"", source.id}
        for source in taken.values()
    )


def _source(reader: Reader, line: Line, taken: Mapping[str, Source]) -> Source | None:
    if not line.has("title"):
        reader.refuse(line, "title", "is empty; a source needs its title")
    if not line.has("published") and not line.has("seen"):
        message = "is empty; write the day of the document, or when you read it"
        reader.refuse(line, "published", message)
    typed: dict[str, Any] = {
        key: typed_in(reader, line, key, read) for key, read in _READ_OF_SOURCE.items()
    }
    title, by = typed.pop("title"), typed.pop("by")
    id_ = typed.pop("id") or (title and _free_id(title, taken))
    if id_ in taken:
        reader.refuse(line, "id", f'"{id_}" is another source; empty this, or choose another id')
    if title is None or id_ is None:
        return None
    bodies = {body.id: body for body in reader.programme.bodies}
    typed["kind"] = typed["kind"] or SourceKind.OTHER
    try:
        texts = Texts(((reader.programme.language, title),))
        return Source(id=id_, title=texts, by=bodies.get(by or ""), **typed)
    except BadValue as error:
        key = "seen" if error.rule is rules.SEEN_BEFORE_PUBLISHED else "published"
        reader.refuse(line, key, str(error).partition(": ")[2])
        return None


_READ_OF_SOURCE: Mapping[str, Callable[[Reader, Value], Any]] = {
    "id": lambda reader, value: values.identifier(read_line(reader, value)),
    "title": read_line,
    "kind": lambda reader, value: SourceKind(read_word("documents")(reader, value)),
    "by": read_word("bodies"),
    "published": read_date,
    "seen": read_day,
    "url": lambda reader, value: values.url(read_line(reader, value)),
    "reference": read_line,
    "archived": lambda reader, value: values.url(read_line(reader, value)),
}
