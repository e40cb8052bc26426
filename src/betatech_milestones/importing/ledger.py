"""What an edition of a table says, added to what a programme knows: never over it.

A table tells how things stand; a ledger keeps what was said, when and by whom. So a row is
compared with what is in force, and where it says something else, that is one statement more, by the
source that the edition is. What says nothing new adds nothing: an edition can be read twice.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import attrs

from betatech_milestones.importing.draft import Cited, Draft, draft, place
from betatech_milestones.importing.mapping import Vanished
from betatech_milestones.importing.names import bare
from betatech_milestones.importing.rows import (
    MeasureSaid,
    MilestoneRow,
    MilestoneSaid,
    StatementRow,
    TableProblem,
)
from betatech_milestones.importing.statements import take_statement
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.errors import did_you_mean
from betatech_milestones.model.records import (
    Dropped,
    Measure,
    Met,
    Milestone,
    News,
    Number,
    Outcome,
    OwnKind,
    Programme,
    Reading,
    Revision,
    Source,
    Texts,
    trusted,
    usual_commitment,
)
from betatech_milestones.model.vocabulary import (
    Commitment,
    Found,
    Kind,
    ReadingKind,
    SourceKind,
    Status,
)
from betatech_milestones.voice import Voice

# --- what users call ------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Imported:
    """A programme with what an edition adds to it, and what is to be told of the edition."""

    programme: Programme
    problems: tuple[TableProblem, ...] = ()
    """What could not be taken over: of a row with a problem nothing is."""
    told: tuple[TableProblem, ...] = ()
    """What the table says that is no statement, and so changes nothing."""


def with_edition(
    programme: Programme,
    rows: Iterable[MilestoneRow],
    source: Source | None,
    *,
    statements: Iterable[StatementRow] = (),
    sources: Iterable[Source] = (),
    vanished: str | None = None,
) -> Imported:
    """Return a programme with what the rows of a table say, by the source that the table is.

    Rows that name sources of their own go by those; `sources` are new ones that come with the
    table, and `statements` what it has apart of what became of milestones.

    `vanished` is what a milestone means that an earlier edition had and this one lacks: "dropped",
    "tell", or None: nothing. Earlier editions are the sources whose ids differ from this one's only
    in digits: "pnrr-2023-12" and "pnrr-2024-06".
    """
    earlier = [] if source is None else editions(programme, source)
    newest = max(earlier, key=lambda one: one.known_from, default=None)
    if source is not None and newest is not None and newest.known_from > source.known_from:
        message = (
            f'this edition, "{source.id}" of {source.known_from}, is older than "{newest.id}" of '
            f"{newest.known_from}, which is recorded; record editions from the oldest to the newest"
        )
        return Imported(programme=programme, problems=(TableProblem(None, message),))
    with trusted():
        into = draft(programme, source, sources)
        by_now = tuple(_by_ids_of_now(into, row) for row in rows)
        seen = {_take(into, row) for row in _at_home(into, by_now)}
        for statement in statements:
            take_statement(into, statement)
        if source is not None and vanished == Vanished.DROPPED and not earlier:
            into.told.append(TableProblem(None, _no_earlier(source)))
        if source is not None and vanished is not None:
            _vanish(into, seen, earlier, Cited(source=source), vanished)
        return Imported(
            programme=into.finished(),
            problems=tuple(into.problems),
            told=tuple(into.told),
        )


def _no_earlier(source: Source) -> str:
    """Say that nothing can have vanished, and what would make this an edition like another."""
    return (
        f'no earlier edition of this table is known beside "{source.id}", so nothing counts as '
        "vanished; editions are sources of the kind register whose ids differ in figures alone, "
        "such as roads-2025-12 and roads-2026-06"
    )


_NUMBERED = re.compile(r"-?[0-9]+(?:-[0-9]+)*$")


def stem(source_id: str) -> str:
    """Return what the ids of all editions of a table have in common: "pnrr-2024-06": "pnrr"."""
    return _NUMBERED.sub("", source_id) or source_id


def editions(programme: Programme, source: Source) -> list[Source]:
    """Return the sources of a programme that are other editions of the register that a source is.

    Only what is a register has editions: a letter of the year after is another letter.
    """
    if source.kind is not SourceKind.REGISTER:
        return []
    of = stem(source.id)
    return [
        one
        for one in programme.sources
        if one.kind is SourceKind.REGISTER and stem(one.id) == of and one.id != source.id
    ]


# --- the measures of rows -------------------------------------------------------------------------


def _by_ids_of_now(into: Draft, row: MilestoneRow) -> MilestoneRow:
    """Return a row with the ids that its measures have, where it has some that they had before."""
    measures = (row.said.measure, *row.said.also)
    if into.renamed.keys().isdisjoint(one.id for one in measures):
        return row
    measure, *also = (attrs.evolve(one, id=into.renamed.get(one.id, one.id)) for one in measures)
    return attrs.evolve(row, said=attrs.evolve(row.said, measure=measure, also=tuple(also)))


def _at_home(into: Draft, rows: tuple[MilestoneRow, ...]) -> Iterable[MilestoneRow]:
    """Return rows with the measure that they have in the programme already, where they name none.

    They would go into one that is called as the table is; but the list of May is that of June, and
    what its rows are called tells which measure that was.
    """
    nameless = [row for row in rows if not row.said.measure.is_named]
    if not nameless or nameless[0].said.measure.id in into.measures:
        return rows
    homes = Counter(
        home
        for row in nameless
        for home, milestones in into.milestones.items()
        if row.said.id in milestones
    )
    [(home, known)] = homes.most_common(1) or [("", 0)]
    if 2 * known < len(nameless):
        return rows
    table = nameless[0].said.measure
    message = f'its rows are those of the measure "{home}", so no measure "{table.id}" is made'
    into.told.append(TableProblem(None, message))
    return (
        row
        if row.said.measure.is_named
        else attrs.evolve(
            row, said=attrs.evolve(row.said, measure=attrs.evolve(row.said.measure, id=home))
        )
        for row in rows
    )


# --- row by row -----------------------------------------------------------------------------------

_Wrong = tuple[str, str]
"""The key at which something is wrong with a row, and what."""


def _take(into: Draft, row: MilestoneRow) -> str:
    """Put in what a row says, and return the full id of its milestone."""
    said = row.said
    known = _known(into, said)
    named = into.cited(row.sources)
    by = named if isinstance(named, Cited) else _NOBODY
    wrong = list(
        _wrong_with_new(into, said, by) if known is None else _wrong(into, known, said, by)
    )
    if wrong:
        for key, message in wrong:
            into.wrong(row.places, key, message)
    elif known is None:
        if isinstance(named, Cited):
            into.put(said.measure.id, _new(into, said, by), named)
        else:
            into.wrong(row.places, "source", named)
    else:
        told = _told(known, said, by)
        into.told += [TableProblem(place(row.places, key), message) for key, message in told]
        is_named = isinstance(named, Cited)
        milestone = _continued(into if is_named else into.scratch(), known, said, by)
        if milestone is not known and isinstance(named, Cited):
            into.put(known.measure.id, milestone, named)
        elif milestone is not known:
            into.wrong(row.places, "source", str(named))
    return said.full_id if known is None else known.full_id


with trusted():
    _NOBODY = Cited(source=Source(id="", title=Texts((("", ""),)), seen=dt.date.max))
"""Stands in for the source of a row that has none, which it needs only if it says something new."""


def _known(into: Draft, said: MilestoneSaid) -> Milestone | None:
    """Return the milestone that a row is about: by its id, one it had before, or its code.

    Its id may be that in any of the measures under which the table has it: which comes first there
    may change from one edition to the next.
    """
    for measure in (said.measure, *said.also):
        full_id = f"{measure.id}/{said.id}"
        if found := into.milestone(full_id) or into.milestone(into.named.get(full_id, "")):
            return found
    return None if said.code is None else into.milestone(into.coded.get(bare(said.code), ""))


# --- a milestone that the programme does not have -------------------------------------------------


def _wrong_with_new(into: Draft, said: MilestoneSaid, by: Cited) -> Iterator[_Wrong]:
    if said.title is None:
        yield "title", "is empty; every milestone needs a title"
    if said.kind is not None:
        kinds = (*Kind, *(kind.id for kind in into.programme.kinds))
        if said.kind not in kinds:
            hint = did_you_mean(said.kind, kinds) or f"; use one of {', '.join(kinds)}"
            yield "kind", f'"{said.kind}" is no kind of milestone{hint}'
    if said.commitment is Commitment.NONE:
        if said.due is not None:
            yield "due", f'"{said.due}": what nobody promised has no date to be done by; empty it'
        if said.outcome is None:
            yield "commitment", "nobody promised it, and it has not ended; say when it was met"
    if said.commitment is Commitment.FIXED and not _is_day(said.due):
        yield "due", "what is fixed by law or contract needs the day on which it comes about"
    if said.goal is not None and said.unit is None:
        yield "goal", f"{said.goal} of what? a number needs its unit"
    yield from _wrong_with_reports(None, said, by)


def _is_day(date: PolicyDate | None) -> bool:
    return date is not None and date.is_day


def _new(into: Draft, said: MilestoneSaid, by: Cited) -> Milestone:
    assert said.title is not None, "a row without a title has a problem"
    measure = _measure(into, said.measure, by)
    for other in said.also:
        _measure(into, other, by)
    bodies = None if said.bodies is None else tuple(map(into.bodies.called, said.bodies))
    due = _as_kept(said.due)
    usual = usual_commitment(due)
    milestone = Milestone(
        id=said.id,
        formerly=tuple(f"{former}/{said.id}" for former in measure.formerly),
        code=said.code,
        title=into.text(said.title),
        summary=_text(into, said.summary),
        note=_text(into, said.note),
        kind=_kind(into, said.kind),
        commitment=said.commitment or usual,
        due=due,
        **by.keys,
        # What says nothing of where it stands is found where the measure is, in the same source.
        locator=said.locator or (measure.locator if by.source is measure.source else None),
        own_bodies=None if bodies == measure.bodies else bodies,
        also=tuple(other.id for other in said.also if other.id != measure.id),
        number=_number(into, said),
    )
    return _with_reports(into, milestone, said, by)


def _number(into: Draft, said: MilestoneSaid) -> Number | None:
    if said.unit is None or (said.goal is None and said.reading is None):
        return None
    return Number(unit=into.text(said.unit), goal=said.goal, baseline=said.baseline)


def _measure(into: Draft, said: MeasureSaid, by: Cited) -> Measure:
    """Return the measure of a row, which is new where the programme lacks it."""
    if said.id in into.measures:
        return into.measures[said.id]
    made = Measure(
        id=said.id,
        code=said.code,
        title=into.text(said.title or said.id),
        summary=_text(into, said.summary),
        cluster=None if said.cluster is None else into.clusters.called(said.cluster),
        sectors=tuple(map(into.sectors.called, said.sectors)),
        bodies=tuple(map(into.bodies.called, said.bodies)),
        **by.keys,
        locator=said.locator,
    )
    into.measures[said.id] = made
    into.milestones[said.id] = {}
    into.changed.add(said.id)
    return made


def _text(into: Draft, written: str | None) -> Texts | None:
    return None if written is None else into.text(written)


def _kind(into: Draft, written: str | None) -> Kind | OwnKind:
    own = {kind.id: kind for kind in into.programme.kinds}
    return own.get(written or "") or Kind(written or Kind.OTHER)


_LETTER = re.compile(r"[^\W\d_]")


def _as_kept(date: PolicyDate | None) -> PolicyDate | None:
    """Return a date as a file keeps it: how a table writes the figures of a day is no wording."""
    if date is not None and date.is_exact and not _LETTER.search(date.words):
        return PolicyDate(date.edtf)
    return date


# --- a milestone that it has ----------------------------------------------------------------------


def _went_on(milestone: Milestone, by: Cited, key: str, value: object) -> bool:
    """Whether a source said so before, and another went on from there.

    Its table is read once more, then, and takes nothing back.
    """
    firsts = {
        "due": milestone.due,
        "goal": None if milestone.number is None else milestone.number.goal,
        "bodies": milestone.bodies_by(dt.date.min),
    }
    said = [(milestone, firsts[key]), *((one, getattr(one, key)) for one in milestone.revisions)]
    said = [(statement, one) for statement, one in said if one is not None]
    if not said or by.source in said[-1][0].sources:
        return False
    return any(by.source in statement.sources and one == value for statement, one in said)


def _moved(milestone: Milestone, said: MilestoneSaid, by: Cited) -> PolicyDate | None:
    """Return the date of a row where that is another one than is in force."""
    if said.due is None or milestone.is_fact or said.due == milestone.in_force:
        return None
    return None if _went_on(milestone, by, "due", said.due) else _as_kept(said.due)


def _new_goal(milestone: Milestone, said: MilestoneSaid, by: Cited) -> int | Decimal | None:
    if said.goal is None or said.goal == milestone.goal_by(dt.date.max):
        return None
    return None if _went_on(milestone, by, "goal", said.goal) else said.goal


def _others_answer(into: Draft, milestone: Milestone, said: MilestoneSaid, by: Cited) -> bool:
    """Whether a row names others than those who answer for a milestone."""
    if said.bodies is None:
        return False
    named = [into.bodies.find(body) for body in said.bodies]
    if {body and body.id for body in named} == {body.id for body in milestone.bodies}:
        return False
    return not _went_on(milestone, by, "bodies", tuple(named))


def _wrong(into: Draft, milestone: Milestone, said: MilestoneSaid, by: Cited) -> Iterator[_Wrong]:
    known = by.known_from
    changes = {
        "due": _moved(milestone, said, by) is not None and milestone.outcome is None,
        "goal": _new_goal(milestone, said, by) is not None,
        "bodies": _others_answer(into, milestone, said, by),
    }
    for key in (key for key, is_new in changes.items() if is_new):
        newest = milestone.revisions[-1] if milestone.revisions else milestone
        if newest.known_from > known:
            yield (
                key,
                (
                    "is another one in the file, which has it from a newer source: "
                    f'"{newest.source.id}" of {newest.known_from}, and this table is of {known}; '
                    "name a source of the day of the table, or mend the file by hand"
                ),
            )
    if changes["due"] and milestone.commitment is Commitment.FIXED and not _is_day(said.due):
        yield "due", f'"{said.due}": what is fixed by law or contract moves to a day'
    if said.goal is not None and milestone.number is None and said.unit is None:
        yield "goal", f"{said.goal} of what? a number needs its unit"
    yield from _wrong_with_reports(milestone, said, by)


def _continued(into: Draft, milestone: Milestone, said: MilestoneSaid, by: Cited) -> Milestone:
    changes: dict[str, Any] = {}
    due = _moved(milestone, said, by) if milestone.outcome is None else None
    goal = _new_goal(milestone, said, by)
    bodies = None
    if _others_answer(into, milestone, said, by):
        bodies = tuple(map(into.bodies.called, said.bodies or ()))
    if due is not None or goal is not None or bodies is not None:
        revision = Revision(
            due=due,
            goal=goal,
            bodies=bodies,
            **by.keys,
            reason=_text(into, said.reason) if due is not None else None,
        )
        changes["revisions"] = (*milestone.revisions, revision)
    if milestone.number is None and (number := _number(into, said)) is not None:
        # What it is of is ours to say; the goal is this source's, and stands in the revision.
        changes["number"] = attrs.evolve(number, goal=None, baseline=None)
    changes |= {
        key: into.text(written) if key != "code" else written
        for key in ("code", "summary", "note")
        if (written := getattr(said, key)) is not None and getattr(milestone, key) is None
    }
    if others := tuple(_new_homes(milestone, said)):
        changes["also"] = (*milestone.also, *(_measure(into, other, by).id for other in others))
    changed = attrs.evolve(milestone, **changes) if changes else milestone
    return _with_reports(into, changed, said, by)


def _new_homes(milestone: Milestone, said: MilestoneSaid) -> Iterator[MeasureSaid]:
    """Yield the measures of which a milestone is a part by a row, and was not yet."""
    home = milestone.measure.id
    homes = said.also
    if any(other.id == home for other in said.also):
        homes = (said.measure, *said.also)
    yield from (other for other in homes if other.id not in (home, *milestone.also))


def _told(milestone: Milestone, said: MilestoneSaid, by: Cited) -> Iterator[_Wrong]:
    """Yield what a row says of a milestone that is no statement, or that cannot be one any more."""
    wordings = {"title": milestone.title, "summary": milestone.summary, "note": milestone.note}
    for key, texts in wordings.items():
        written = getattr(said, key)
        known = () if texts is None else (bare(text) for _, text in texts.pairs)
        if written is not None and texts is not None and bare(written) not in known:
            yield key, f'"{cut(written)}" stays "{cut(str(texts))}" in the file; reword it there'
    words = {"kind": str(milestone.kind), "commitment": str(milestone.commitment)}
    for key, word in words.items():
        written = getattr(said, key)
        if written is not None and str(written) != word:
            yield key, f'"{written}" stays "{word}" in the file; mend it there'
    if milestone.outcome is not None:
        yield from _told_of_ended(milestone, milestone.outcome, said, by)


def _told_of_ended(
    milestone: Milestone, outcome: Outcome, said: MilestoneSaid, by: Cited
) -> Iterator[_Wrong]:
    moved = _moved(milestone, said, by)
    if moved is not None:
        yield "due", f'"{moved}": not moved, since the file has it as {outcome.status}'
    if said.outcome is outcome.status:
        if said.on is not None and outcome.on is not None and said.on != outcome.on:
            yield "on", f'"{said.on}" stays "{outcome.on}" in the file; mend it there'
    elif said.found is not None or said.outcome is Status.DROPPED:
        now = said.says or said.outcome or said.found
        yield "outcome", f'"{now}": the file has it as {outcome.status}, and keeps that'
    elif said.outcome is None and outcome.status is Status.DROPPED:
        whose = outcome.source.id
        message = f'is in the table, and the file has it as dropped, by "{whose}"; mend one of them'
        yield "id", message


def cut(text: str) -> str:
    """Return a text short enough for a message."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTED else f"{text[: _LONGEST_QUOTED - 1].rstrip()}…"


_LONGEST_QUOTED = 60


# --- what is reported of it -----------------------------------------------------------------------


def _wrong_with_reports(
    milestone: Milestone | None, said: MilestoneSaid, by: Cited
) -> Iterator[_Wrong]:
    known = by.known_from
    if said.outcome is not None and _is_new_outcome(milestone, said):
        begins = None if said.on is None else said.on.earliest
        if begins is not None and begins > known:
            yield (
                "on",
                f'"{said.on}" lies after the day of this table ({known}); mend one of the two',
            )
        before = None if milestone is None else milestone.outcome
        if before is not None and before.known_from >= known:
            yield (
                "outcome",
                (
                    f'"{said.says or said.outcome}": the file has it as {before.status}, by a '
                    f"source of {before.known_from}, and this table is of {known}; name a newer one"
                ),
            )
    if said.found is not None and milestone is not None and milestone.known_from > known:
        yield "outcome", f"is news of a promise of {milestone.known_from}, older than the promise"
    reading = said.reading
    if reading is not None:
        number = milestone.number if milestone is not None else None
        if number is None and said.unit is None:
            yield "reading", f"{reading.value} of what? a number needs its unit"
        begins = reading.on.earliest
        if reading.kind is ReadingKind.REACHED and begins is not None and begins > known:
            yield (
                "reading",
                (
                    f"{reading.value} reached on {reading.on}, after the day of this table "
                    f"({known}); mend one of the two"
                ),
            )


def _is_new_outcome(milestone: Milestone | None, said: MilestoneSaid) -> bool:
    """Whether a row says of a milestone that it ended, and the file does not, or not so."""
    outcome = None if milestone is None else milestone.outcome
    if outcome is None:
        return said.outcome is not None
    return said.outcome is Status.MET and outcome.status is not Status.MET


def _with_reports(into: Draft, milestone: Milestone, said: MilestoneSaid, by: Cited) -> Milestone:
    """Return a milestone with the outcome, the news and the number that a row reports."""
    changes: dict[str, Any] = {}
    if said.outcome is not None and _is_new_outcome(milestone, said):
        changes["outcomes"] = (*milestone.outcomes, _outcome(into, said, by))
    elif said.found is not None and milestone.outcome is None:
        news = _news(into, said, by)
        if _is_news(milestone, news):
            changes["news"] = (*milestone.news, news)
    if said.reading is not None and milestone.number is not None:
        reading = Reading(
            on=_as_kept(said.reading.on),
            value=said.reading.value,
            kind=said.reading.kind,
            **by.keys,
        )
        known = milestone.number.readings
        if all((one.on, one.value) != (reading.on, reading.value) for one in known):
            changes["number"] = attrs.evolve(milestone.number, readings=(*known, reading))
    return attrs.evolve(milestone, **changes) if changes else milestone


def _outcome(into: Draft, said: MilestoneSaid, by: Cited) -> Met | Dropped:
    on = _as_kept(said.on)
    if said.outcome is Status.MET:
        return Met(on=on, **by.keys)
    reason = said.reason or said.says or said.note
    if reason is None:
        reason = Voice(into.programme.language).label("no reason given")
    return Dropped(on=on, reason=into.text(reason), **by.keys)


def _news(into: Draft, said: MilestoneSaid, by: Cited) -> News:
    assert said.found is not None, "a row without news has none"
    return News(
        found=said.found,
        says=_text(into, said.says),
        by=_title(by) if said.found is Found.NOTHING else None,
        **by.keys,
    )


def _title(by: Cited) -> str:
    assert by.source is not None, "a table is a source"
    return str(by.source.title)


def _is_news(milestone: Milestone, news: News) -> bool:
    """Whether it is another thing than was found last, or the first that was found since the term.

    What stands in a table year after year is told once; that it still stands there after the term
    says that it was not done by then.
    """
    if not milestone.news:
        return True
    last, due = milestone.news[-1], milestone.in_force
    if last.on > news.on:
        return False
    if (last.found, _said(last)) != (news.found, _said(news)):
        return True
    term = None if due is None else due.latest
    return term is not None and last.on <= term < news.on


def _said(news: News) -> str | None:
    return None if news.says is None else bare(str(news.says))


# --- what an edition lacks ------------------------------------------------------------------------


def _vanish(
    into: Draft,
    seen: Container[str],
    earlier: Sequence[Source],
    by: Cited,
    vanished: str,
) -> None:
    """Drop, or tell of, what an earlier edition had and this one has not."""
    names = {source.id for source in earlier}
    for measure in into.programme.measures:
        for known in measure.milestones:
            if known.full_id in seen or known.outcome is not None:
                continue
            if not any(one.id in names for said in known.statements for one in said.sources):
                continue
            if vanished == "dropped":
                reason = Voice(into.programme.language).label(
                    "no longer in table", title=_title(by)
                )
                dropped = Dropped(reason=into.text(reason), **by.keys)
                milestone = attrs.evolve(known, outcomes=(*known.outcomes, dropped))
                into.put(measure.id, milestone, by)
            else:
                into.told.append(
                    TableProblem(
                        None,
                        f'{known.full_id} ("{cut(str(known.title))}") is no longer in the table; '
                        "if it was dropped, record that",
                    )
                )
