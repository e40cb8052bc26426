"""What a table has apart of what became of milestones: a statement a row, each by its sources."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from betatech_milestones.importing.draft import Cited, Draft
from betatech_milestones.importing.rows import StatementRow, What
from betatech_milestones.model.errors import did_you_mean
from betatech_milestones.model.records import (
    Dropped,
    Met,
    Milestone,
    News,
    Reading,
    Replaced,
    Revision,
)
from betatech_milestones.model.vocabulary import Found, ReadingKind

_Wrong = tuple[str, str]
"""The key at which something is wrong with a row, and what."""


def take_statement(into: Draft, row: StatementRow) -> None:
    """Put in what a row says of a milestone that the programme has."""
    known = into.milestone(row.milestone)
    if known is None:
        ids = [f"{home}/{own}" for home, those in into.milestones.items() for own in those]
        hint = did_you_mean(row.milestone, ids) or "; choose one of the list"
        into.wrong(row.places, "id", f'there is no milestone "{row.milestone}"{hint}')
        return
    by = _sources(into, row)
    if isinstance(by, str):
        into.wrong(row.places, "sources", by)
        return
    wrong = [*_lacking(row), *_wrong_in_time(known, row, by)]
    if not wrong:
        stated = _STATED[row.what]
        tried = attrs.evolve(known, **stated(into.scratch(), known, row, by))
        wrong = [("what", str(problem)) for problem in tried.contradictions()]
        wrong += _said_twice(known, tried)
        if not wrong:
            into.put(known.measure.id, attrs.evolve(known, **stated(into, known, row, by)), by)
    for key, message in wrong:
        into.wrong(row.places, key, message)


def _sources(into: Draft, row: StatementRow) -> Cited | str:
    """Return who says so; whoever found nothing needs no source."""
    if row.found is Found.NOTHING and not row.sources:
        return Cited(source=None)
    return into.cited(row.sources)


_NEEDED: Mapping[What, tuple[str, str]] = {
    What.NEWS: ("found", "is empty; choose how far it is, or that nothing was found"),
    What.DROPPED: ("reason", "is empty; say why it was dropped"),
    What.READING: ("value", "is empty; write the number"),
}


def _lacking(row: StatementRow) -> Iterator[_Wrong]:
    """Yield what a row does not say, and has to."""
    key, message = _NEEDED.get(row.what, ("what", ""))
    if getattr(row, key) is None:
        yield key, message
    if row.what is What.MOVED and (row.due, row.goal, row.bodies) == (None, None, None):
        yield "due", "is empty; write the new date, or the new number, or who answers from now on"
    if row.what is What.REPLACED and (row.by, row.reason) == (None, None):
        yield "reason", "is empty; say what took its place"
    if row.found is Found.NOTHING and row.by is None:
        yield "by", "is empty; say who looked and found nothing"
    if row.found is Found.NOTHING and row.on is None and not row.sources:
        yield "on", "is empty; write the day of the look"
    if row.what is What.READING and row.on is None:
        yield "on", "is empty; write of when the number is"
    if row.what is What.NEWS and row.on is not None and not row.on.is_day:
        yield "on", f'"{row.on}" is more than one day; write the day of the look'


def _wrong_in_time(known: Milestone, row: StatementRow, by: Cited) -> Iterator[_Wrong]:
    """Yield what comes before what it follows, or after the source that tells it."""
    if row.what is What.MOVED:
        announced = row.announced or by.known_from
        newest = known.revisions[-1] if known.revisions else known
        if announced < newest.known_from:
            yield (
                "announced" if row.announced else "sources",
                (
                    f"{announced} is before what the file has already, of {newest.known_from}; "
                    "what is older than that is put into the file by hand"
                ),
            )
    if row.what is What.READING and known.number is None:
        yield "value", f"{row.value} of what? give the milestone a unit first"
    begins = None if row.on is None else row.on.earliest
    if row.what is What.NEWS and begins is not None and begins < known.known_from:
        yield "on", f"{begins} is before the promise ({known.known_from}); mend the day"
    planned = row.what is What.READING and row.kind is ReadingKind.PLANNED
    if begins is not None and by.source is not None and begins > by.known_from and not planned:
        yield "on", f'"{row.on}" lies after the day of its source ({by.known_from}); mend one'


def _said_twice(known: Milestone, tried: Milestone) -> Iterator[_Wrong]:
    """Yield a move by the very sources of the one before it that says no more than that."""
    if known.revisions and len(tried.revisions) > len(known.revisions):
        before, now = (
            (one.due, one.goal, one.bodies, one.announced, one.sources)
            for one in (known.revisions[-1], tried.revisions[-1])
        )
        if before == now:
            yield (
                "what",
                (
                    f'is said already, by "{tried.revisions[-1].source.id}"; '
                    "say it once: empty this row, or put back what was typed elsewhere"
                ),
            )


# --- from a row to a record -----------------------------------------------------------------------


def _fields(into: Draft, row: StatementRow, by: Cited, *names: str) -> dict[str, Any]:
    """Return fields of a row for a record, which lacks none that it needs."""
    texts = {"says", "reason", "note"}
    given = {name: value for name in names if (value := getattr(row, name)) is not None}
    return {
        **{name: into.text(value) if name in texts else value for name, value in given.items()},
        **by.keys,
    }


def _moved(into: Draft, known: Milestone, row: StatementRow, by: Cited) -> dict[str, Any]:
    fields = _fields(into, row, by, "due", "goal", "announced", "reason", "note")
    if row.bodies is not None:
        fields["bodies"] = tuple(map(into.bodies.called, row.bodies))
    return {"revisions": (*known.revisions, Revision(**fields))}


def _news(into: Draft, known: Milestone, row: StatementRow, by: Cited) -> dict[str, Any]:
    fields = _fields(into, row, by, "found", "says", "by", "note")
    if row.on is not None:
        fields["on"] = row.on.latest
    return {"news": (*known.news, News(**fields))}


def _met(into: Draft, known: Milestone, row: StatementRow, by: Cited) -> dict[str, Any]:
    met = Met(**_fields(into, row, by, "on", "note"))
    return {"outcomes": (*known.outcomes, met)}


def _dropped(into: Draft, known: Milestone, row: StatementRow, by: Cited) -> dict[str, Any]:
    dropped = Dropped(**_fields(into, row, by, "on", "reason", "note"))
    return {"outcomes": (*known.outcomes, dropped)}


def _replaced(into: Draft, known: Milestone, row: StatementRow, by: Cited) -> dict[str, Any]:
    replaced = Replaced(**_fields(into, row, by, "on", "by", "reason", "note"))
    return {"outcomes": (*known.outcomes, replaced)}


def _reading(into: Draft, known: Milestone, row: StatementRow, by: Cited) -> dict[str, Any]:
    assert known.number is not None, "a milestone without a number has no readings"
    reading = Reading(**_fields(into, row, by, "on", "value", "kind", "note"))
    return {"number": attrs.evolve(known.number, readings=(*known.number.readings, reading))}


_STATED: Mapping[What, Callable[[Draft, Milestone, StatementRow, Cited], dict[str, Any]]] = {
    What.MOVED: _moved,
    What.NEWS: _news,
    What.MET: _met,
    What.DROPPED: _dropped,
    What.REPLACED: _replaced,
    What.READING: _reading,
}
