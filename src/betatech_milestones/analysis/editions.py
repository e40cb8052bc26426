"""What was published of each milestone, so that subscribers see every change and nothing else.

Calendar clients take over a change only where SEQUENCE and LAST-MODIFIED go up, and take an item
for a new one where its UID is new. A `State` keeps, from one publication to the next, which UID is
whose, what the content was, and the stamps it had.
"""

import datetime as dt
import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Self

import attrs

from betatech_milestones.model.errors import BetatechError
from betatech_milestones.model.records import Milestone, Outcome, Programme, Revision
from betatech_milestones.model.values import shown

_Stamp = tuple[dt.datetime, dt.date, int]
"""LAST-MODIFIED, CREATED and SEQUENCE: many items share one."""

VERSION = 3
_READABLE = (1, 2, VERSION)
"""A state of version 1 lacks what was revised and how it ended: none of that is guarded then.

One of version 2 names every value, and lacks the sizes of items.
"""
_UNKNOWN = dt.date(1970, 1, 1)
_SECOND = dt.timedelta(seconds=1)
# What stands at the last of either could never change again.
_LAST_SEQUENCE = 2**31 - 1  # RFC 5545, 3.3.8
_LAST_MOMENT = dt.datetime.max.replace(microsecond=0, tzinfo=dt.UTC)
_LAST_STAMP = (
    "it has the last SEQUENCE or LAST-MODIFIED that there is, which no change could follow"
)


@attrs.frozen(kw_only=True)
class Edition:
    """One published version of a calendar item: a digest of its content, and its stamps."""

    digest: str
    sequence: int
    created: dt.date
    modified: dt.datetime
    """In UTC, to the second."""
    octets: int = attrs.field(default=0, eq=False)
    """How long the item is, without an alarm: it follows from all else. 0: nobody kept it."""

    def followed_by(self, newer: Self, day: dt.date) -> Self:
        """Return the stamps of what is published on a day after this edition.

        What did not change keeps its own; what changed in any way gets higher ones, even on the
        same day, and even where a statement was taken back.
        """
        if newer.digest == self.digest:
            return self
        return attrs.evolve(
            newer,
            sequence=max(newer.sequence, self.sequence + 1),
            created=self.created,  # for life
            modified=max(newer.modified, midnight(day), self.modified + _SECOND),
        )


def midnight(day: dt.date) -> dt.datetime:
    """Return the first moment of a day in UTC."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def first_edition(milestone: Milestone, digest: str) -> Edition:
    """Return the stamps of what was never published: they follow from the statements alone."""
    # What a script knows from the last of all days on would be a stamp that no change could pass.
    first = milestone.known_from
    known = [max(first, statement.known_from) for statement in milestone.statements]
    stated = [day for day in known if day < dt.date.max] or [_UNKNOWN]
    return Edition(
        digest=digest,
        sequence=len(known) - 1,
        created=min(stated),
        modified=midnight(max(stated)),
    )


@attrs.frozen(kw_only=True)
class Published:
    """A milestone as it was published."""

    id: str
    """Its full id at the time; the UID has the one it had at first."""
    title: str
    kind: str
    promised: str | None
    """The first promised date in EDTF."""
    revisions: tuple[str, ...] | None
    """What was revised: the day and the date, goal and bodies of each; None: nobody kept it."""
    outcomes: tuple[str, ...] | None
    """How it ended: what and when; None: nobody kept it."""
    corrected: str | None = None
    """Why what was published before was a mistake."""
    editions: Mapping[str, Edition]
    """By language and component: `nl.event`."""
    gone: bool = False
    """Whether it was no longer published the last time."""


@attrs.frozen(kw_only=True, repr=False)
class State:
    """All that was published of a programme."""

    programme: str
    milestones: Mapping[str, Published]
    """By the full id under which calendars know them."""
    files: tuple[str, ...] = ()
    """The paths of the files that were published."""

    def following(self, before: Self) -> Self:
        """Return the state with what is no longer published: its stamps count if it comes back."""
        milestones = dict(self.milestones)
        for known, old in before.milestones.items():
            new = milestones.get(known)
            if new is None:
                milestones[known] = attrs.evolve(old, gone=True)
            elif not old.editions.keys() <= new.editions.keys():
                # An event goes where a date has no last day any more.
                milestones[known] = attrs.evolve(new, editions={**old.editions, **new.editions})
        return attrs.evolve(self, milestones=milestones)

    def dumps(self) -> bytes:
        """Return the state as JSON, for `read_state`: each milestone on a line of its own."""
        tables = _tables(self.milestones.values())
        head = {
            "version": VERSION,
            "programme": self.programme,
            "files": [*_by_folder(self.files)],
            "names": tables.names,
            "kinds": tables.kinds,
            "stamps": [*map(_stamp_row, tables.stamps)],
        }
        lines = [f"{_json(key)}:{_json(value)}" for key, value in head.items()]
        measures = ",\n".join(_by_measure(self.milestones, tables))
        lines.append(f'"milestones":{{\n{measures}\n}}')
        return "{{{}}}\n".format(",\n".join(lines)).encode(errors="backslashreplace")

    def __repr__(self) -> str:
        return f"<State {self.programme}: {len(self.milestones)} milestones>"


class BadState(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """A state that cannot be read, and why."""


def read_state(written: bytes) -> State:
    """Return the state that `State.dumps` wrote; raises `BadState` for anything else."""
    try:
        document = json.loads(written)
        if document["version"] in _READABLE:
            return _state(document)
        *older, newest = map(str, _READABLE)
        readable = f"{', '.join(older)} and {newest}"
        why = f"its version is {shown(document['version'])}, and this program reads {readable}"
    except BadState:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        why = "it is not what this program wrote"
    raise BadState(why)


# The names of what is published; none leads out of the folder, whoever wrote the state.
_PATH = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")


def _state(document: Any) -> State:
    programme, files = document["programme"], document["files"]
    if not isinstance(programme, str) or not isinstance(files, list):
        raise TypeError
    if document["version"] == VERSION:
        files = [folder + name for folder, *names in files for name in names]
        milestones = dict(_read_rows(document))
    else:
        milestones = {known: _read_table(one) for known, one in document["milestones"].items()}
    if not all(map(_PATH.fullmatch, files)):
        raise ValueError
    return State(programme=programme, files=tuple(files), milestones=milestones)


def _checked(one: Published) -> Published:
    """Return a milestone of a state, once its values are of the sorts that they must be."""
    if not (
        isinstance(one.id, str)
        and isinstance(one.title, str)
        and isinstance(one.kind, str)
        and (one.promised is None or isinstance(one.promised, str))
        and (one.corrected is None or isinstance(one.corrected, str))
        and isinstance(one.gone, bool)
    ):
        raise TypeError
    return one


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise TypeError
    return tuple(value)


def _texts_or_none(value: Any) -> tuple[str, ...] | None:
    return value if value is None or value == () else _texts(value)


# --- versions 1 and 2: a milestone as a table -----------------------------------------------------


def _read_table(table: Any) -> Published:
    was_not_kept = {"revisions": None, "outcomes": None, "corrected": None}
    values = {**was_not_kept, **table, "gone": table["gone"]}
    lists = {key: _texts_or_none(values[key]) for key in ("revisions", "outcomes")}
    editions = {
        name: _edition(digest, _read_stamp(stamp))
        for name, (digest, *stamp) in values["editions"].items()
    }
    return _checked(Published(**{**values, **lists, "editions": editions}))


def _edition(digest: Any, stamp: _Stamp) -> Edition:
    if not isinstance(digest, str):
        raise TypeError
    modified, created, sequence = stamp
    return Edition(digest=digest, sequence=sequence, created=created, modified=modified)


# --- stamps ---------------------------------------------------------------------------------------


def _stamp(edition: Edition) -> _Stamp:
    return edition.modified, edition.created, edition.sequence


def _stamp_row(stamp: _Stamp) -> tuple[int, str, str]:
    modified, created, sequence = stamp
    return sequence, created.isoformat(), modified.replace(tzinfo=None).isoformat()


def _read_stamp(row: Any) -> _Stamp:
    sequence, created, modified = row
    stamp = (
        dt.datetime.fromisoformat(modified).replace(tzinfo=dt.UTC),
        dt.date.fromisoformat(created),
        sequence,
    )
    if type(sequence) is not int or [*_stamp_row(stamp)] != [*row]:
        raise TypeError
    if sequence < 0:
        raise ValueError
    if sequence >= _LAST_SEQUENCE or stamp[0] >= _LAST_MOMENT:
        raise BadState(_LAST_STAMP)
    return stamp


# --- version 3: a milestone as a row --------------------------------------------------------------

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@attrs.frozen(kw_only=True)
class _Tables:
    """What recurs in the rows of a state: its number in these stands there."""

    names: Sequence[str]
    kinds: Sequence[str]
    stamps: Sequence[_Stamp]


def _tables(milestones: Iterable[Published]) -> _Tables:
    milestones = [*milestones]
    editions = (edition for one in milestones for edition in one.editions.values())
    return _Tables(
        names=sorted({name for one in milestones for name in one.editions}),
        kinds=sorted({one.kind for one in milestones}),
        stamps=sorted({_stamp(edition) for edition in editions}),
    )


def _by_folder(files: Iterable[str]) -> Iterator[list[str]]:
    """Yield each folder of files that follow each other, with their names in it."""
    parts = ((folder + slash, name) for folder, slash, name in (f.rpartition("/") for f in files))
    for folder, those in groupby(parts, key=lambda part: part[0]):
        yield [folder, *(name for _, name in those)]


def _by_measure(milestones: Mapping[str, Published], tables: _Tables) -> Iterator[str]:
    """Yield a table for each measure: its milestones, a row each."""
    kinds, stamps = _numbers(tables.kinds), _numbers(tables.stamps)
    parts = ((*known.partition("/"), milestones[known]) for known in sorted(milestones))
    for measure, those in groupby(parts, key=lambda part: part[0] + part[1]):
        rows = []
        for *_, id_, one in those:
            editions = [
                edition and f"{edition.digest} {stamps[_stamp(edition)]} {edition.octets}"
                for edition in map(one.editions.get, tables.names)
            ]
            row = [one.title, kinds[one.kind], one.promised, editions, *_told(measure + id_, one)]
            rows.append(_json({id_: row})[1:-1])
        lines = ",\n".join(rows)
        yield f"{_json(measure)}:{{{lines}}}"


def _numbers(values: Iterable[Any]) -> dict[Any, int]:
    return {value: number for number, value in enumerate(values)}


_USUAL: tuple[Any, ...] = ((), (), None, None, False)
"""What is told of a milestone besides, where there is nothing to tell."""


def _told(known: str, one: Published) -> list[Any]:
    """Return what is told besides, up to the last that is not as usual."""
    own_id = None if one.id == known else one.id
    told = [one.revisions, one.outcomes, one.corrected, own_id, one.gone]
    while told and told[-1] == _USUAL[len(told) - 1]:
        told.pop()
    return told


def _read_rows(document: Any) -> Iterator[tuple[str, Published]]:
    names, kinds = _texts(document["names"]), _texts(document["kinds"])
    stamps = {str(n): _read_stamp(row) for n, row in enumerate(document["stamps"])}
    for measure, rows in document["milestones"].items():
        for id_, row in rows.items():
            title, kind, promised, editions, *told = row
            told += _USUAL[len(told) :]
            revisions, outcomes, corrected, own_id, gone = told
            known = measure + id_
            one = Published(
                id=known if own_id is None else own_id,
                title=title,
                kind=_at(kinds, kind),
                promised=promised,
                revisions=_texts_or_none(revisions),
                outcomes=_texts_or_none(outcomes),
                corrected=corrected,
                editions={
                    name: _read_edition(edition, stamps)
                    for name, edition in zip(names, editions, strict=True)
                    if edition is not None
                },
                gone=gone,
            )
            yield known, _checked(one)


def _read_edition(edition: str, stamps: Mapping[str, _Stamp]) -> Edition:
    digest, number, octets = edition.rsplit(" ", 2)
    modified, created, sequence = stamps[number]
    return Edition(
        digest=digest,
        sequence=sequence,
        created=created,
        modified=modified,
        octets=_whole(octets),
    )


def _whole(digits: str) -> int:
    if not digits.isdecimal():
        raise ValueError
    return int(digits)


def _at(values: Sequence[str], number: Any) -> str:
    """Return one of several values by its number, which counts from the first."""
    if type(number) is not int or number < 0:
        raise TypeError
    return values[number]


# --- what is published ----------------------------------------------------------------------------


def edition_after(
    before: State | None, milestone: Milestone, name: str, digest: str, day: dt.date
) -> Edition:
    """Return the stamps of an item that is published on a day after what was published before.

    `name` tells the items of a milestone apart, in the state before: `nl.event`.
    """
    edition = first_edition(milestone, digest)
    published = None if before is None else before.milestones.get(milestone.lifelong_id)
    if published is None or name not in published.editions:
        return edition
    return published.editions[name].followed_by(edition, day)


def state_of(
    programme: Programme, editions: Mapping[str, Mapping[str, Edition]] | None = None
) -> State:
    """Return what is published of a programme.

    `editions` are by the full id under which calendars know a milestone; left out, they are those
    of a programme that is published for the first time.
    """
    published = {}
    for milestone in programme.by_id:
        known = milestone.lifelong_id
        own = editions[known] if editions else {"": first_edition(milestone, "")}
        published[known] = _published(milestone, own)
    return State(programme=programme.id, milestones=published)


def unstamped(programme: Programme, leave_out: Container[str] = ()) -> State:
    """Return the state of a programme without editions: what it says, and not how often.

    Milestones to leave out are named by their ids for life.
    """
    milestones = (one for one in programme.by_id if one.lifelong_id not in leave_out)
    published = {one.lifelong_id: _published(one, {}) for one in milestones}
    return State(programme=programme.id, milestones=published)


def _published(milestone: Milestone, editions: Mapping[str, Edition]) -> Published:
    return Published(
        id=milestone.full_id,
        title=str(milestone.title),
        kind=str(milestone.kind),
        promised=milestone.due and milestone.due.edtf,
        revisions=tuple(map(_in_brief, milestone.revisions)),
        outcomes=tuple(map(_ending, milestone.outcomes)),
        corrected=None if milestone.corrected is None else str(milestone.corrected),
        editions=editions,
    )


def _in_brief(revision: Revision) -> str:
    """Return what must not change of a revision once it is published."""
    due = [] if revision.due is None else [f"due {revision.due.edtf or revision.due.words}"]
    goal = [] if revision.goal is None else [f"goal {revision.goal}"]
    names = ", ".join(body.lifelong_id for body in revision.bodies or ())
    bodies = [] if revision.bodies is None else [f"bodies {names}"]
    return f"{revision.announced}: {'; '.join([*due, *goal, *bodies])}"


def _ending(outcome: Outcome) -> str:
    return str(outcome.status)
