"""What was published of each milestone, so that subscribers see every change and nothing else.

Calendar clients take over a change only where SEQUENCE and LAST-MODIFIED go up, and take an item
for a new one where its UID is new. A `State` keeps, from one publication to the next, which UID is
whose, what the content was, and the stamps it had.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any, Self

import attrs

from betatech_milestones.model.errors import BetatechError
from betatech_milestones.model.records import Milestone, Outcome, Programme, Revision
from betatech_milestones.model.values import shown

VERSION = 2
_READABLE = (1, VERSION)
"""A state of version 1 lacks what was revised and how it ended: none of that is guarded then."""
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


def first_edition(milestone: Milestone, digest: str) -> Edition:
    """Return the stamps of what was never published: they follow from the statements alone."""
    # What a script knows from the last of all days on would be a stamp that no change could pass.
    first = milestone.known_from
    known = (max(first, statement.known_from) for statement in milestone.statements)
    stated = [day for day in known if day < dt.date.max] or [_UNKNOWN]
    return Edition(
        digest=digest,
        sequence=sum(1 for _ in milestone.statements) - 1,
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
                    "id": milestone.id,
                    "title": milestone.title,
                    "kind": milestone.kind,
                    "promised": milestone.promised,
                    "revisions": milestone.revisions,
                    "outcomes": milestone.outcomes,
                    "corrected": milestone.corrected,
                    "gone": milestone.gone,
                    "editions": {
                        name: _row(edition) for name, edition in sorted(milestone.editions.items())
                    },
                }
                for known, milestone in sorted(self.milestones.items())
            },
        }
        written = json.dumps(document, ensure_ascii=False, indent=1)
        return written.encode(errors="backslashreplace") + b"\n"

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
        readable = " and ".join(map(str, _READABLE))
        why = f"its version is {shown(document['version'])}, and this program reads {readable}"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        why = "it is not what this program wrote"
    raise BadState(why)


# The names of what is published; none leads out of the folder, whoever wrote the state.
_PATH = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")
_TYPES: Mapping[str, Any] = {
    "id": str,
    "title": str,
    "kind": str,
    "promised": str | None,
    "corrected": str | None,
    "gone": bool,
}
_LISTS = ("revisions", "outcomes")


def _state(document: Any) -> State:
    programme, files = document["programme"], document["files"]
    if not isinstance(programme, str) or not isinstance(files, list):
        raise TypeError
    if not all(map(_PATH.fullmatch, files)):
        raise ValueError
    return State(
        programme=programme,
        files=tuple(files),
        milestones={
            known: _published(milestone) for known, milestone in document["milestones"].items()
        },
    )


def _published(milestone: Any) -> Published:
    milestone = {"revisions": None, "outcomes": None, "corrected": None, **milestone}
    if not all(isinstance(milestone[key], kind) for key, kind in _TYPES.items()):
        raise TypeError
    editions = {name: _edition(row) for name, row in milestone["editions"].items()}
    lists = {key: _texts(milestone[key]) for key in _LISTS}
    return Published(**{**milestone, **lists, "editions": editions})


def _texts(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise TypeError
    return tuple(value)


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
        published[known] = Published(
            id=milestone.full_id,
            title=str(milestone.title),
            kind=str(milestone.kind),
            promised=milestone.due and milestone.due.edtf,
            revisions=tuple(map(_in_brief, milestone.revisions)),
            outcomes=tuple(map(_ending, milestone.outcomes)),
            corrected=None if milestone.corrected is None else str(milestone.corrected),
            editions=editions[known] if editions else {"": first_edition(milestone, "")},
        )
    return State(programme=programme.id, milestones=published)


def _in_brief(revision: Revision) -> str:
    """Return what must not change of a revision once it is published."""
    due = [] if revision.due is None else [f"due {revision.due.edtf or revision.due.words}"]
    goal = [] if revision.goal is None else [f"goal {revision.goal}"]
    names = ", ".join(body.lifelong_id for body in revision.bodies or ())
    bodies = [] if revision.bodies is None else [f"bodies {names}"]
    return f"{revision.announced}: {'; '.join([*due, *goal, *bodies])}"


def _ending(outcome: Outcome) -> str:
    return str(outcome.status)
