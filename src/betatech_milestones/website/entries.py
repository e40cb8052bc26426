"""What the front of several programmes tells of each: an entry in its index, as JSON has it.

An entry is made of the data file, and kept: of a programme whose file cannot be read it is all that
there is. So an index is read as strictly as it was written, and what is another's is none.
"""

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from betatech_milestones.analysis.report import Report
from betatech_milestones.formats.standings import KEYS, group_of
from betatech_milestones.language import spoken
from betatech_milestones.model import values
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.portfolio import Portfolio
from betatech_milestones.model.records import Body, Programme, Texts
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Evidence, Status
from betatech_milestones.voice import Voice, languages_of
from betatech_milestones.voice.paths import Paths
from betatech_milestones.website.assets import SOON_DAYS
from betatech_milestones.website.telling import Newest

Entry = dict[str, Any]
"""What the front tells of one programme, of one body in it, or of one milestone."""

ALERTS = 8
"""How many rows there are of what needs attention."""
COMING = 5
"""How many of the next dates there are."""
VERSION = 1


# --- of a programme -------------------------------------------------------------------------------


def entry(member: Programme, report: Report, portfolio: Portfolio) -> Entry:
    """Return what the front tells of a programme, as it stands on the day of a report."""
    shared = {own: one.body for one in portfolio.bodies for own in one.same_as}
    tags = heard(portfolio, member)
    answering: defaultdict[str, list[Standing]] = defaultdict(list)
    for standing in report.standings:
        for body in standing.bodies:
            answering[body.id].append(standing)
    newest = Newest.of(member.by_id, report.day)
    coming = coming_in(report.standings)
    return {
        "id": member.id,
        "file": file_of(member.path, portfolio),
        "is_read": True,
        "title": dict(member.title.pairs),
        "languages": [*languages_of(member)],
        "as_of": report.day.isoformat(),
        "newest_statement": _iso(newest.read or newest.dated),
        "newest_dated": _iso(newest.dated),
        "newest_told": {tag: newest.said(Voice(tag)) for tag in tags},
        "milestones": len(report.standings),
        "counts": _counts(report.standings),
        "soon": soon_in(coming, report.day),
        "attention": [row(s, member, tags) for s in first_of_each(report.standings)],
        "next": [row(standing, member, tags) for standing in coming[:COMING]],
        "bodies": [
            _answer(body, member, shared.get(f"{member.id}/{body.id}"), answering[body.id])
            for body in member.bodies
            if answering[body.id]
        ],
    }


def file_of(path: str, portfolio: Portfolio) -> str:
    """Return how a file is called from the folder of its portfolio; elsewhere its bare name."""
    file, home = PurePath(path), PurePath(portfolio.path)
    for folder in home, home.parent:
        if file.is_relative_to(folder) and file != folder:
            return file.relative_to(folder).as_posix()
    return file.name


def heard(portfolio: Portfolio, member: Programme) -> tuple[str, ...]:
    """Return the languages of ours in which something is told: the portfolio's, and its own."""
    titles = (*portfolio.title.pairs, *member.title.pairs)
    tags = (portfolio.language, member.language, *(tag for tag, _ in titles))
    return tuple(dict.fromkeys(map(spoken, tags)))


def needs_attention(standing: Standing) -> bool:
    """Whether it is overdue, and nobody keeps it quiet."""
    return standing.evidence is not None and not standing.is_snoozed


def first_of_each(standings: Iterable[Standing]) -> Iterator[Standing]:
    """Yield so much of each sort that needs attention that a page with no more rows lacks none."""
    found: Counter[Evidence | None] = Counter()
    for standing in filter(needs_attention, standings):
        found[standing.evidence] += 1
        if found[standing.evidence] <= ALERTS:
            yield standing


def is_coming(standing: Standing) -> bool:
    """Whether its date is still to come, or not over yet."""
    return standing.status in {Status.DUE, Status.UPCOMING}


def coming_in(standings: Iterable[Standing]) -> Sequence[Standing]:
    """Return what is to come, by the last day of its date."""
    coming = filter(is_coming, standings)
    return sorted(coming, key=lambda one: (one.last_day, one.milestone.full_id))


def soon_in(coming: Iterable[Standing], day: dt.date) -> int:
    """Return how much of what is to come ends so soon that it needs attention."""
    return sum((standing.last_day - day).days <= SOON_DAYS for standing in coming)


def _answer(
    body: Body, member: Programme, shared: Body | None, standings: Sequence[Standing]
) -> Entry:
    """Return how stands what a body answers for: under the id that it has among all programmes."""
    return {
        "id": f"{member.id}/{body.id}" if shared is None else shared.id,
        "name": dict((body if shared is None else shared).name.pairs),
        "is_shared": shared is not None,
        "own": body.id,
        "lifelong": body.lifelong_id,
        "counts": _counts(standings),
    }


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _counts(standings: Iterable[Standing]) -> dict[str, int]:
    found = Counter(map(group_of, standings))
    return {key: found[key] for key in map(str, KEYS)}


# --- of a milestone -------------------------------------------------------------------------------


def row(standing: Standing, member: Programme, tags: Iterable[str]) -> Entry:
    """Return what the front tells of a milestone, in some languages."""
    milestone, due = standing.milestone, standing.due
    paths = Paths.of(member, languages_of(member)[0])
    voices = {tag: Voice(tag) for tag in tags}
    return {
        "id": milestone.full_id,
        "path": paths.milestone(milestone),
        "status": str(standing.status),
        "evidence": None if standing.evidence is None else str(standing.evidence),
        "term": None if due is None else standing.last_day.isoformat(),
        "title": dict(milestone.title.pairs),
        "measure_title": dict(milestone.measure.title.pairs),
        "bodies": [dict(body.name.pairs) for body in standing.bodies],
        "due": {tag: voice.said(due) for tag, voice in voices.items() if due is not None},
        "how": {tag: voice.standing_since(standing) for tag, voice in voices.items()},
    }


def in_words(pairs: Mapping[str, str]) -> Texts:
    """Return a text of an entry."""
    return Texts(tuple(pairs.items()))


# --- read again -----------------------------------------------------------------------------------


def entries_in(written: bytes | None) -> tuple[Entry, ...] | None:
    """Return the entries of an index; None where it is no index of this version."""
    try:
        document = json.loads(written or b"")
        entries = tuple(document["programmes"])
        is_sound = document["version"] == VERSION and _fits([*entries], [_ENTRY])
        if is_sound and len({one["id"] for one in entries}) == len(entries):
            return entries
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    return None


def _fits(value: Any, shape: Any) -> bool:
    """Whether a value has a shape: that of an object by its keys, and of all that is in a list."""
    match shape:
        case dict():
            return (
                isinstance(value, dict)
                and value.keys() == shape.keys()
                and all(_fits(value[key], each) for key, each in shape.items())
            )
        case [each]:
            return isinstance(value, list) and all(_fits(one, each) for one in value)
        case type():
            return type(value) is shape
    return bool(shape(value))


def _either(*shapes: Any) -> Callable[[Any], bool]:
    return lambda value: any(_fits(value, shape) for shape in shapes)


def _day(value: Any) -> bool:
    return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value


def _texts(value: Any) -> bool:
    return isinstance(value, dict) and all(type(text) is str for text in value.values())


def _named(value: Any) -> bool:
    """Whether it is a text that tells something in some language."""
    return _texts(value) and bool(value)


def _id(value: Any) -> bool:
    """Whether it is an id: a folder or a file is called so."""
    try:
        return bool(values.identifier(value))
    except BadValue:
        return False


def _id_of_all(value: Any) -> bool:
    """Whether it is the id that something has among all programmes."""
    return isinstance(value, str) and value.count("/") <= 1 and all(map(_id, value.split("/")))


def _tags(value: Any) -> bool:
    return _fits(value, [str]) and bool(value) and all(map(_TAG.fullmatch, value))


_TAG = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_NULL = type(None)
_COUNTS: dict[str, Any] = dict.fromkeys(map(str, KEYS), int)


def _row(**other: Any) -> dict[str, Any]:
    return {
        "id": str,
        "path": str,
        "status": lambda value: value in [*Status],
        "title": _named,
        "measure_title": _named,
        "bodies": [_named],
        "due": _texts,
        "how": _named,
        **other,
    }


_ENTRY: dict[str, Any] = {
    "id": _id,
    "file": str,
    "is_read": bool,
    "title": _named,
    "languages": _tags,
    "as_of": _day,
    "newest_statement": _either(_NULL, _day),
    "newest_dated": _either(_NULL, _day),
    "newest_told": _named,
    "milestones": int,
    "counts": _COUNTS,
    "soon": int,
    "attention": [_row(evidence=lambda value: value in [*Evidence], term=_day)],
    "next": [_row(evidence=_NULL, term=_day)],
    "bodies": [
        {
            "id": _id_of_all,
            "name": _named,
            "is_shared": bool,
            "own": _id,
            "lifelong": _id,
            "counts": _COUNTS,
        }
    ],
}
"""What an entry has, key by key."""
