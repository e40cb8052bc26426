"""What was published of each milestone, so that subscribers see every change and nothing else.

Calendar clients take over a change only where SEQUENCE and LAST-MODIFIED go up, and take an item
for a new one where its UID is new. A `State` keeps, from one publication to the next, which UID is
whose, what the content was, and the stamps it had.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Self

import attrs

from betatech_milestones.findings import Finding, Level, Location
from betatech_milestones.model import Milestone, Programme
from betatech_milestones.values import shown

VERSION = 1
_UNKNOWN = dt.date(1970, 1, 1)
_SECOND = dt.timedelta(seconds=1)
# What stands at the last of either could never change again.
_LAST_SEQUENCE = 2**31 - 1  # RFC 5545, 3.3.8
_LAST_MOMENT = dt.datetime.max.replace(microsecond=0, tzinfo=dt.UTC)


@attrs.frozen(kw_only=True)
class Edition:
    """One published version of a calendar item: a digest of its content, and its stamps."""

    digest: str
    sequence: int
    created: dt.date
    modified: dt.datetime
    """In UTC, to the second."""

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


def first_edition(milestone: Milestone, _name: str, digest: str) -> Edition:
    """Return the stamps of what was never published: they follow from the statements alone."""
    # An outcome that is never certain is dated 9999: a stamp that no later change could pass.
    stated = [day for day in milestone.statements if day < dt.date.max] or [_UNKNOWN]
    return Edition(
        digest=digest,
        sequence=len(milestone.revisions) + (milestone.outcome is not None),
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
    editions: Mapping[str, Edition]
    """By language and component: `nl.event`."""
    gone: bool = False
    """Whether it was no longer published the last time."""


@attrs.frozen(kw_only=True)
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
            else:  # an event goes where a date has no last day any more
                milestones[known] = attrs.evolve(new, editions={**old.editions, **new.editions})
        return attrs.evolve(self, milestones=milestones)

    def dumps(self) -> bytes:
        """Return the state as JSON, for `read_state`."""
        document = {
            "version": VERSION,
            "programme": self.programme,
            "files": self.files,
            "milestones": {
                known: {
                    "id": one.id,
                    "title": one.title,
                    "kind": one.kind,
                    "promised": one.promised,
                    "gone": one.gone,
                    "editions": {
                        name: _row(edition) for name, edition in sorted(one.editions.items())
                    },
                }
                for known, one in sorted(self.milestones.items())
            },
        }
        written = json.dumps(document, ensure_ascii=False, indent=1)
        return written.encode(errors="backslashreplace") + b"\n"


class BadState(ValueError):  # noqa: N818  the name says what it is
    """A state that cannot be read, and why."""


def read_state(written: bytes) -> State:
    """Return the state that `State.dumps` wrote; raises `BadState` for anything else."""
    try:
        document = json.loads(written)
        if document["version"] == VERSION:
            return _state(document)
        why = f"its version is {shown(document['version'])}, and this program reads {VERSION}"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        why = "it is not what this program wrote"
    raise BadState(why)


# The names of what is published; none leads out of the folder, whoever wrote the state.
_PATH = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")
_TYPES = {"id": str, "title": str, "kind": str, "promised": str | None, "gone": bool}


def _state(document: Any) -> State:
    programme, files = document["programme"], document["files"]
    if not isinstance(programme, str) or not isinstance(files, list):
        raise TypeError
    if not all(map(_PATH.fullmatch, files)):
        raise ValueError
    return State(
        programme=programme,
        files=tuple(files),
        milestones={known: _published(one) for known, one in document["milestones"].items()},
    )


def _published(one: Any) -> Published:
    if not all(isinstance(one[key], kind) for key, kind in _TYPES.items()):
        raise TypeError
    editions = {name: _edition(row) for name, row in one["editions"].items()}
    return Published(**{**one, "editions": editions})


def _edition(row: Any) -> Edition:
    digest, sequence, created, modified = row
    edition = Edition(
        digest=digest,
        sequence=sequence,
        created=dt.date.fromisoformat(created),
        modified=dt.datetime.fromisoformat(modified).replace(tzinfo=dt.UTC),
    )
    if type(sequence) is not int or not isinstance(digest, str) or [*_row(edition)] != row:
        raise TypeError
    if not (0 <= sequence < _LAST_SEQUENCE and edition.modified < _LAST_MOMENT):
        raise ValueError
    return edition


def _row(edition: Edition) -> tuple[str, int, str, str]:
    modified = edition.modified.replace(tzinfo=None).isoformat()
    return edition.digest, edition.sequence, edition.created.isoformat(), modified


def state(
    programme: Programme, editions: Mapping[str, Mapping[str, Edition]] | None = None
) -> State:
    """Return what is published of a programme.

    `editions` are by the full id under which calendars know a milestone; left out, they are those
    of a programme that is published for the first time.
    """
    published = {}
    for _, milestone in programme.by_id:
        known = milestone.lifelong_id
        published[known] = Published(
            id=milestone.full_id,
            title=str(milestone.title),
            kind=milestone.kind,
            promised=milestone.due and milestone.due.edtf,
            editions=editions[known] if editions else {"": first_edition(milestone, "", "")},
        )
    return State(programme=programme.id, milestones=published)


# --- the guard ------------------------------------------------------------------------------------


def breaks(before: State, now: State, programme: Programme) -> tuple[Finding, ...]:
    """Return what would break the calendars of those who subscribed to the state before.

    A UID that is lost or that another milestone takes, and a SEQUENCE that would go down.
    """
    if before.programme != now.programme:
        was = shown(before.programme)
        message = (
            f'the programme was published as {was}, and its id is now "{now.programme}": every '
            f"UID ends with it; write id = {was}"
        )
        return (_finding(programme, None, "lost-uid", message),)
    return tuple(_breaks(before, now, programme))


def _breaks(before: State, now: State, programme: Programme) -> Iterator[Finding]:
    milestones = {milestone.lifelong_id: milestone for _, milestone in programme.by_id}
    owners = {
        name: milestone.lifelong_id
        for _, milestone in programme.by_id
        for name in (*milestone.formerly, milestone.full_id)
    }
    for known, old in before.milestones.items():
        if known not in milestones:
            if not old.gone:
                message = (
                    f"{_told(old)} was published and is not there any more; give it a "
                    "[measure.milestone.dropped], or write its old id in formerly"
                )
                yield _finding(programme, None, "lost-uid", message)
            continue
        new, milestone = now.milestones[known], milestones[known]
        was, is_now = (_sequences(one) for one in (old, new))
        if owners.get(old.id, known) != known or _differ(old, new):
            message = (
                f"{_told(new)} would take the UID of {_told(old)}; give it an id of its own, and "
                "keep the other"
            )
            yield _finding(programme, milestone, "reused-uid", message)
        elif is_now < was:
            message = (
                f'SEQUENCE of "{new.id}" would go down from {was} to {is_now}: a statement was '
                "taken away; put it back, and add what is right below it"
            )
            yield _finding(programme, milestone, "lower-sequence", message)


def _differ(old: Published, new: Published) -> bool:
    """Say whether nothing is as it was: then an id was given to another milestone."""
    return old.title != new.title and old.kind != new.kind and old.promised != new.promised


def _told(published: Published) -> str:
    return f"{shown(published.id)} ({shown(published.title)})"


def _sequences(published: Published) -> int:
    return max((edition.sequence for edition in published.editions.values()), default=0)


def _finding(programme: Programme, milestone: Milestone | None, rule: str, message: str) -> Finding:
    where = Location(path=programme.path, line=milestone.line if milestone else None)
    return Finding(level=Level.ERROR, rule=rule, message=message, location=where)
