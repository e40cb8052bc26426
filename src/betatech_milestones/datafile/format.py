"""The format of the data file: a table of keys for each table of it.

They stand in the order of `docs/data-format.md`. Reading never stops at a problem: what cannot be
read is noted and stood in for, so that the rest is read and the rules across records speak too.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import attrs

from betatech_milestones.datafile.readers import (
    Context,
    Keys,
    NotedError,
    Reader,
    each,
    one_of,
    optional,
    policy_date,
    read_keys,
    record,
    reference,
    references,
    required,
    scalar,
    several,
    table,
    tables,
    texts,
    years,
)
from betatech_milestones.model import rules, values
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.findings import KeyPath
from betatech_milestones.model.records import (
    Body,
    Budget,
    Cluster,
    Dropped,
    Measure,
    Met,
    Milestone,
    Programme,
    Reading,
    Revision,
    Sector,
    Snooze,
    Source,
    Target,
    Texts,
    trusted,
)
from betatech_milestones.model.vocabulary import Commitment, Kind, Per

_UNREAD = ""
"""The id of a record that could not be read in full: no rule speaks of it."""
with trusted():
    _NO_TITLE = Texts((("", ""),))
    _NO_SOURCE = Source(id=_UNREAD, title=_NO_TITLE)
    UNREADABLE = Programme(id=_UNREAD, title=_NO_TITLE, language="", timezone="")

_ID = required(scalar(values.identifier), '"short-name"')
_TITLE = required(texts(values.line), '{ nl = "…", en = "…" }')
_CITED = required(reference("source"), '"id-of-a-source"')
_ON = required(policy_date, "2014-08-01")

_SOURCE: Keys = {
    "id": _ID,
    "title": _TITLE,
    "reference": optional(scalar(values.line)),
    "published": optional(scalar(values.bare_day)),
    "url": optional(scalar(values.url)),
}
_CLUSTER: Keys = {"id": _ID, "title": _TITLE, "number": optional(scalar(values.whole))}
_SECTOR: Keys = {"id": _ID, "title": _TITLE}
_BODY: Keys = {"id": _ID, "name": required(texts(values.line), '{ nl = "…", en = "…" }')}
_BUDGET: Keys = {
    "euros": required(scalar(values.number), "11_700_000"),
    "per": required(one_of(Per), '"year" or "total"'),
    "years": optional(years),
    "note": optional(texts(values.prose)),
}
_REVISION: Keys = {
    "due": required(policy_date, "2016-08-01"),
    "source": _CITED,
    "announced": optional(scalar(values.bare_day)),
    "reason": optional(texts(values.prose)),
}
_MET: Keys = {"on": _ON, "source": _CITED}
_DROPPED: Keys = {
    "on": _ON,
    "source": _CITED,
    "reason": required(texts(values.prose), '{ nl = "…", en = "…" }'),
}
_SNOOZE: Keys = {
    "until": required(scalar(values.bare_day), "2014-10-01"),
    "since": optional(scalar(values.bare_day)),
    "by": required(scalar(values.line), '"…"'),
    "reason": required(texts(values.prose), '{ nl = "…", en = "…" }'),
}
_READING: Keys = {"on": _ON, "value": required(scalar(values.number), "152"), "source": _CITED}


def _target(*, reading: tuple[Reading, ...] = (), **found: Any) -> Target:
    return Target(readings=reading, **found)


def _revision(*, source: Source, announced: dt.date | None = None, **found: Any) -> Revision:
    announced = announced or source.published
    if announced is None:
        if source.id == _UNREAD:
            raise NotedError
        message = f'lacks announced, and its source "{source.id}" bears no day'
        raise BadValue(rules.MISSING_KEY, f"{message}; add announced = 2013-07-15")
    return Revision(source=source, announced=announced, **found)


_TARGET: Keys = {
    "value": required(scalar(values.number), "3500"),
    "unit": required(texts(values.line), '{ nl = "klassen", en = "classes" }'),
    "reading": optional(each(record(Reading, _READING))),
}
_MILESTONE: Keys = {
    "id": _ID,
    "formerly": optional(several(scalar(values.former_id), "old-id")),
    "title": _TITLE,
    "kind": required(one_of(Kind), '"report"'),
    "commitment": optional(one_of(Commitment)),
    "due": optional(policy_date),
    "source": optional(reference("source")),
    "locator": optional(scalar(values.line)),
    "revised": optional(each(record(_revision, _REVISION))),
    "met": optional(record(Met, _MET)),
    "dropped": optional(record(Dropped, _DROPPED)),
    "target": optional(record(_target, _TARGET)),
    "snoozed": optional(record(Snooze, _SNOOZE)),
}
_MEASURE: Keys = {
    "id": _ID,
    "formerly": optional(several(scalar(values.identifier), "old-id")),
    "title": _TITLE,
    "summary": optional(texts(values.prose)),
    "cluster": optional(reference("cluster")),
    "sectors": optional(references("sector")),
    "bodies": optional(references("body")),
    "source": _CITED,
    "locator": optional(scalar(values.line)),
    "budget": optional(each(record(Budget, _BUDGET))),
    "milestone": optional(tables),
}


def _milestone(
    value: Any,
    at: KeyPath,
    context: Context,
    *,
    homes: tuple[str, ...],
    source: Source,
    locator: str | None,
) -> Milestone:
    found = read_keys(value, _MILESTONE, at, context)
    if "met" in value and "dropped" in value:
        message = "met and dropped exclude each other; keep the one that came about"
        context.note((*at, "dropped"), rules.TWO_OUTCOMES, message)
    cited = found.get("source", _NO_SOURCE) if "source" in value else source
    if cited is not source:  # another document, another place in it
        locator = None
    own = found.get("id", _UNREAD)
    *formerly, _ = _full_ids(homes, (*found.get("formerly", ()), own))
    return Milestone(
        id=own,
        formerly=tuple(formerly),
        title=found.get("title", _NO_TITLE),
        kind=found.get("kind", Kind.OTHER),
        commitment=found.get("commitment", Commitment.PLANNED),
        due=found.get("due"),
        source=cited,
        locator=found.get("locator", locator),
        revisions=found.get("revised", ()),
        outcome=found.get("met") or found.get("dropped"),
        target=found.get("target"),
        snoozed=found.get("snoozed"),
        line=context.lines[at],
    )


def _full_ids(homes: tuple[str, ...], names: tuple[str, ...]) -> Iterator[str]:
    """Yield every full id under which a milestone can have been known, the present one last.

    Nobody has written down whether the measure or the milestone was renamed first, so all pairs of
    their names are its own.
    """
    for name in names:
        if "/" in name:
            yield name
        else:
            yield from (f"{home}/{name}" for home in homes)


def _measure(value: Any, at: KeyPath, context: Context) -> Measure:
    found = read_keys(value, _MEASURE, at, context)
    own = found.get("id", _UNREAD)
    source = found.get("source", _NO_SOURCE)
    locator = found.get("locator")
    formerly = found.get("formerly", ())
    homes = (*formerly, own)
    milestones = each(partial(_milestone, homes=homes, source=source, locator=locator))
    return Measure(
        id=own,
        formerly=formerly,
        title=found.get("title", _NO_TITLE),
        summary=found.get("summary"),
        cluster=found.get("cluster"),
        sectors=found.get("sectors", ()),
        bodies=found.get("bodies", ()),
        source=source,
        locator=locator,
        budgets=found.get("budget", ()),
        milestones=milestones(found.get("milestone", []), (*at, "milestone"), context),
        line=context.lines[at],
    )


def _own_language(value: Any, _at: KeyPath, context: Context) -> str:
    context.language = values.language(value)
    return context.language


def _referable(make: Callable[..., Any], keys: Keys, **stand_ins: Any) -> Reader:
    """Read an array of tables that others refer to, each by its id."""

    def read_one(value: Any, at: KeyPath, context: Context) -> Any:
        before = len(context.problems)
        made = make(**{"id": _UNREAD, **stand_ins, **read_keys(value, keys, at, context)})
        known = made if len(context.problems) == before else attrs.evolve(made, id=_UNREAD)
        if isinstance(value.get("id"), str):
            context.records[str(at[0])].setdefault(value["id"], known)
        return made

    return each(read_one)


_PROGRAMME: Keys = {
    "language": required(_own_language, '"nl"'),  # first: every text must be given in it
    "id": _ID,
    "title": _TITLE,
    "timezone": required(scalar(values.timezone), '"Europe/Amsterdam"'),
}
_DOCUMENT: Keys = {
    "programme": required(
        table(_PROGRAMME),
        '{ id = "…", title = { nl = "…" }, language = "nl", timezone = "Europe/Amsterdam" }',
    ),
    "source": optional(_referable(Source, _SOURCE, title=_NO_TITLE)),
    "cluster": optional(_referable(Cluster, _CLUSTER, title=_NO_TITLE)),
    "sector": optional(_referable(Sector, _SECTOR, title=_NO_TITLE)),
    "body": optional(_referable(Body, _BODY, name=_NO_TITLE)),
    "measure": optional(each(_measure)),
}


REFERABLE = ("source", "cluster", "sector", "body")
"""The tables whose records others refer to."""


def read_programme(document: dict[str, Any], path: str, context: Context) -> Programme:
    """Return the programme of a parsed document; what cannot be read is noted and stood in for."""
    with trusted():
        found = read_keys(document, _DOCUMENT, (), context)
        return attrs.evolve(
            UNREADABLE,
            **found.get("programme", {}),
            sources=found.get("source", ()),
            clusters=found.get("cluster", ()),
            sectors=found.get("sector", ()),
            bodies=found.get("body", ()),
            measures=found.get("measure", ()),
            path=path,
        )
