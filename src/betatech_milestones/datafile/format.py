"""The format of the data file: a table of keys for each table of it.

They stand in the order of `docs/data-format.md`. Reading never stops at a problem: what cannot be
read is noted and stood in for, so that the rest is read and the rules across records speak too.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

import attrs

from betatech_milestones.datafile.readers import (
    Context,
    Key,
    Keys,
    NotedError,
    Reader,
    day_of_outcome,
    each,
    one_of,
    one_or_more,
    optional,
    others,
    policy_date,
    read_keys,
    record,
    reference,
    references,
    required,
    scalar,
    several,
    tables,
    texts,
    years,
)
from betatech_milestones.model import rules, values
from betatech_milestones.model.conventions import Conventions, Period
from betatech_milestones.model.errors import BadValue, did_you_mean
from betatech_milestones.model.findings import KeyPath
from betatech_milestones.model.records import (
    Body,
    Budget,
    Cluster,
    Dropped,
    Measure,
    Met,
    Milestone,
    News,
    Number,
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
    dayless_news,
    nothing_replaced,
    nothing_revised,
    trusted,
    usual_commitment,
)
from betatech_milestones.model.vocabulary import (
    Commitment,
    DateOrder,
    Found,
    Kind,
    Per,
    ReadingKind,
    SourceKind,
)

_UNREAD = ""
"""The id of a record that could not be read in full: no rule speaks of it."""
with trusted():
    _NO_TITLE = Texts((("", ""),))
    _NO_SOURCE = Source(id=_UNREAD, title=_NO_TITLE)
    UNREADABLE = Programme(id=_UNREAD, title=_NO_TITLE, language="", timezone="")

_ID = required(scalar(values.identifier), '"short-name"')
_TITLE = required(texts(values.line), '{ nl = "…", en = "…" }')
_CITED: Keys = {
    "source": required(reference("source"), '"id-of-a-source"', unless="sources"),
    "sources": optional(one_or_more("source")),
}
_MAY_CITE: Keys = {
    "source": Key(reference("source"), unless="sources"),
    "sources": optional(one_or_more("source")),
}
_NOTE = optional(texts(values.prose))
_REASON = required(texts(values.prose), '{ nl = "…", en = "…" }')

_BODY: Keys = {
    "id": _ID,
    "formerly": optional(several(scalar(values.identifier), "old-id")),
    "name": required(texts(values.line), '{ nl = "…", en = "…" }'),
}
_SOURCE: Keys = {
    "id": _ID,
    "title": _TITLE,
    "kind": optional(one_of(SourceKind)),
    "by": optional(reference("body")),
    "reference": optional(scalar(values.line)),
    "published": optional(policy_date),
    "seen": optional(scalar(values.exact_day)),
    "url": optional(scalar(values.url)),
    "archived": optional(scalar(values.url)),
}
_CLUSTER: Keys = {"id": _ID, "title": _TITLE, "number": optional(scalar(values.whole))}
_SECTOR: Keys = {"id": _ID, "title": _TITLE}
_KIND: Keys = {"id": _ID, "title": _TITLE}
_BUDGET: Keys = {
    "amount": required(scalar(values.number), "11_700_000"),
    "currency": required(scalar(values.currency), '"EUR"'),
    "per": required(one_of(Per), '"year" or "total"'),
    "years": optional(years),
    "each": optional(scalar(values.whole)),
    "source": optional(reference("source")),
    "note": _NOTE,
}
_REVISION: Keys = {
    "due": optional(policy_date),
    "goal": optional(scalar(values.number)),
    "bodies": optional(references("body")),
    **_CITED,
    "announced": optional(scalar(values.exact_day)),
    "reason": _NOTE,
    "note": _NOTE,
}
_NEWS: Keys = {
    "on": optional(scalar(values.exact_day)),
    "found": required(one_of(Found), '"nothing", "under-way", "partly" or "not-done"'),
    "says": _NOTE,
    "by": optional(scalar(values.line)),
    **_MAY_CITE,
    "note": _NOTE,
}
_MET: Keys = {"on": optional(day_of_outcome), **_CITED, "note": _NOTE}
_DROPPED: Keys = {"on": optional(day_of_outcome), **_CITED, "reason": _REASON, "note": _NOTE}
_REPLACED: Keys = {
    "on": optional(day_of_outcome),
    "by": optional(scalar(values.full_id)),
    **_CITED,
    "reason": _NOTE,
    "note": _NOTE,
}
_SNOOZE: Keys = {
    "until": required(scalar(values.exact_day), "2014-10-01"),
    "since": optional(scalar(values.exact_day)),
    "by": required(scalar(values.line), '"…"'),
    "reason": _REASON,
}
_READING: Keys = {
    "on": required(policy_date, "2014-08-01"),
    "value": required(scalar(values.number), "152"),
    "kind": optional(one_of(ReadingKind)),
    **_CITED,
    "note": _NOTE,
}


def _cited(found: dict[str, Any]) -> dict[str, Any]:
    """Return what was found with the first of several sources, and the others apart."""
    if "sources" in found:
        first, *others = found.pop("sources")
        found |= {"source": first, "further_sources": tuple(others)}
    return found


def _wrong_with_source(source: Source) -> Iterator[tuple[str, BadValue]]:
    """Yield what is wrong between its days, behind the key at which that is said."""
    if problem := source.undated():
        yield "published", BadValue(rules.UNDATED_SOURCE, problem)
    if problem := source.seen_too_soon():
        yield "seen", BadValue(rules.SEEN_BEFORE_PUBLISHED, problem)


def _revision(**found: Any) -> Revision:
    if found.keys().isdisjoint({"due", "goal", "bodies"}):
        raise nothing_revised()
    return Revision(**_cited(found))


def _news(**found: Any) -> News:
    found = _cited(found)
    if found.keys().isdisjoint({"on", "source"}):
        raise dayless_news()
    news = News(**found)
    if problem := news.unattested():
        raise problem
    return news


def _met(**found: Any) -> Met:
    return Met(**_cited(found))


def _dropped(**found: Any) -> Dropped:
    return Dropped(**_cited(found))


def _replaced(**found: Any) -> Replaced:
    if found.keys().isdisjoint({"by", "reason"}):
        raise nothing_replaced()
    return Replaced(**_cited(found))


def _reading(**found: Any) -> Reading:
    return Reading(**_cited(found))


def _number(*, reading: tuple[Reading, ...] = (), **found: Any) -> Number:
    return Number(readings=reading, **found)


_NUMBER: Keys = {
    "unit": required(texts(values.line), '{ nl = "klassen", en = "classes" }'),
    "goal": optional(scalar(values.number)),
    "baseline": optional(scalar(values.number)),
    "reading": optional(each(record(_reading, _READING))),
}


_KINDS = {kind.value: kind for kind in Kind}


_MOST_NAMED = 20
"""How many of the kinds of its own a message names."""


def _kind(value: Any, _at: KeyPath, context: Context) -> Kind | OwnKind:
    """One of the ten kinds, or one of the programme's own."""
    own = context.records.get("kind")
    if own and isinstance(value, str) and value in own:
        found: OwnKind = own[value]
        return found
    if isinstance(value, str) and value in _KINDS:
        return _KINDS[value]
    try:
        return values.word(value, Kind)
    except BadValue:
        if own is None:
            raise NotedError from None
        if not own:
            raise
        known = (*Kind, *own)
        more = [f"{len(own) - _MOST_NAMED:,} more"] if len(own) > _MOST_NAMED else []
        some = ", ".join((*Kind, *islice(own, _MOST_NAMED), *more))
        hint = did_you_mean(str(value), known) or f"; use one of {some}"
        message = f"{values.shown(value)} is not known here{hint}"
        raise BadValue(rules.UNKNOWN_WORD, message) from None


_MILESTONE: Keys = {
    "id": _ID,
    "formerly": optional(several(scalar(values.former_id), "old-id")),
    "code": optional(scalar(values.line)),
    "title": _TITLE,
    "summary": _NOTE,
    "kind": required(_kind, '"report"'),
    "commitment": optional(one_of(Commitment)),
    "due": optional(policy_date),
    **_MAY_CITE,
    "note": _NOTE,
    "locator": optional(scalar(values.line)),
    "bodies": optional(references("body")),
    "also": optional(others(scalar(values.identifier), "id-of-a-measure")),
    "corrected": _NOTE,
    "revised": optional(each(record(_revision, _REVISION))),
    "news": optional(each(record(_news, _NEWS))),
    "met": optional(record(_met, _MET)),
    "dropped": optional(record(_dropped, _DROPPED)),
    "replaced": optional(record(_replaced, _REPLACED)),
    "number": optional(record(_number, _NUMBER)),
    "snoozed": optional(record(Snooze, _SNOOZE)),
}
_MOST_IDS = 100
"""How many ids a measure or a milestone can have had: each of one goes with each of the other."""


def _former_ids(value: Any, at: KeyPath, context: Context) -> tuple[str, ...]:
    """The ids that a measure had."""
    if isinstance(value, list) and len(value) >= _MOST_IDS:
        message = f"has {len(value):,} former ids; write fewer than {_MOST_IDS}"
        raise BadValue(rules.FORMER_ID, message)
    ids: tuple[str, ...] = several(scalar(values.identifier), "old-id")(value, at, context)
    return ids


_MEASURE: Keys = {
    "id": _ID,
    "formerly": optional(_former_ids),
    "code": optional(scalar(values.line)),
    "title": _TITLE,
    "summary": _NOTE,
    "cluster": optional(reference("cluster")),
    "sectors": optional(references("sector")),
    "bodies": optional(references("body")),
    **_CITED,
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
    measure: dict[str, Any],
) -> Milestone:
    found = read_keys(value, _MILESTONE, at, context)
    is_whole = len(found) == len(value) or all(key in found for key in value if key in _MILESTONE)
    found = _cited(found)
    if "source" not in value and "sources" not in value:
        found |= {key: measure[key] for key in _CITATION if key in measure}
    if "locator" in measure and found.get("source") is measure.get("source"):
        found.setdefault("locator", measure["locator"])  # in another document it is elsewhere
    if "bodies" in found:
        found["own_bodies"] = found.pop("bodies")
    if "revised" in found:
        found["revisions"] = found.pop("revised")
    if outcomes := [found.pop(status) for status in _OUTCOMES if status in found]:
        found["outcomes"] = outcomes
    if "commitment" not in found:
        found["commitment"] = usual_commitment(found.get("due"))
    names = (*found.get("formerly", ()), found.get("id", _UNREAD))
    found["formerly"] = _former_full_ids(homes, names, at, context)
    milestone = Milestone(**{**_STAND_INS, **found}, line=context.lines[at])
    # Most cannot contradict themselves, and a look is all that it costs them.
    if is_whole and (len(outcomes) > 1 or milestone.commitment in _EXACTING):
        said = (source.id for outcome in outcomes for source in outcome.sources)
        for problem in milestone.contradictions() if all(said) else ():
            is_of_key = problem.rule is rules.COMMITMENT_CONFLICT
            where = (*at, "commitment") if is_of_key else at
            context.note(where, problem.rule, str(problem))
    return milestone


_CITATION = ("source", "further_sources")
_OUTCOMES = ("met", "dropped", "replaced")
_EXACTING = frozenset({Commitment.NONE, Commitment.FIXED})
"""Of these the dates and outcomes have rules."""
_STAND_INS = {"id": _UNREAD, "title": _NO_TITLE, "kind": Kind.OTHER, "source": _NO_SOURCE}
"""For what a measure or a milestone lacks that it must have."""


def _former_full_ids(
    homes: tuple[str, ...], names: tuple[str, ...], at: KeyPath, context: Context
) -> tuple[str, ...]:
    """Return every full id under which a milestone can have been known before.

    Nobody has written down whether the measure or the milestone was renamed first, so all pairs of
    their names are its own; the last of each is the present one.
    """
    if len(homes) == len(names) == 1:  # neither was, as nearly always
        return ()
    if (count := sum(1 if "/" in name else len(homes) for name in names)) > _MOST_IDS:
        message = (
            f"formerly: with those of its measure it has {count:,} ids, and {_MOST_IDS} at most; "
            "write those that it had in full, as measure/milestone"
        )
        context.note((*at, "formerly"), rules.FORMER_ID, message)
        homes, names = homes[-1:], names[-1:]
    *formerly, _ = _full_ids(homes, names)
    return tuple(formerly)


def _full_ids(homes: tuple[str, ...], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if "/" in name:
            yield name
        else:
            yield from (f"{home}/{name}" for home in homes)


def _measure(value: Any, at: KeyPath, context: Context) -> Measure:
    found = _cited(read_keys(value, _MEASURE, at, context))
    homes = (*found.get("formerly", ()), found.get("id", _UNREAD))
    milestones = each(partial(_milestone, homes=homes, measure=found))
    return Measure(
        id=found.get("id", _UNREAD),
        formerly=found.get("formerly", ()),
        code=found.get("code"),
        title=found.get("title", _NO_TITLE),
        summary=found.get("summary"),
        cluster=found.get("cluster"),
        sectors=found.get("sectors", ()),
        bodies=found.get("bodies", ()),
        source=found.get("source", _NO_SOURCE),
        further_sources=found.get("further_sources", ()),
        locator=found.get("locator"),
        budgets=found.get("budget", ()),
        milestones=milestones(found.get("milestone", []), (*at, "milestone"), context),
        line=context.lines[at],
    )


def own_language(value: Any, _at: KeyPath, context: Context) -> str:
    """The language of a document: every text of it must be given in it."""
    context.language = values.language(value)
    return context.language


def _referable(
    make: Callable[..., Any],
    keys: Keys,
    wrong_with: Callable[[Any], Iterable[tuple[str, BadValue]]] = lambda _: (),
    **stand_ins: Any,
) -> Reader:
    """Read an array of tables that others refer to, each by its id."""

    def read_one(value: Any, at: KeyPath, context: Context) -> Any:
        before = context.noted
        made = make(**{"id": _UNREAD, **stand_ins, **read_keys(value, keys, at, context)})
        if context.noted == before:
            for key, problem in wrong_with(made):
                where = (*at, key) if key in value else at
                context.note(where, problem.rule, str(problem))
        known = made if context.noted == before else attrs.evolve(made, id=_UNREAD)
        if isinstance(value.get("id"), str):
            context.records[str(at[0])].setdefault(value["id"], known)
        return made

    return each(read_one)


PUBLISHER: Keys = {
    "name": required(texts(values.line), '{ nl = "…", en = "…" }'),
    "url": optional(scalar(values.url)),
    "contact": optional(scalar(values.contact)),
}
_PROGRAMME: Keys = {
    "language": required(own_language, '"nl"'),  # first: every text must be given in it
    "id": _ID,
    "title": _TITLE,
    "timezone": required(scalar(values.timezone), '"Europe/Amsterdam"'),
    "fiscal_year": optional(scalar(values.month_and_day)),
    "date_order": optional(one_of(DateOrder)),
    "publisher": optional(record(Publisher, PUBLISHER)),
    "licence": optional(scalar(values.licence)),
    "repository": optional(scalar(values.url)),
}
_PERIOD: Keys = {
    "name": required(scalar(values.line), '"zomerreces 2014"'),
    "also_called": optional(several(scalar(values.line), "de zomer 2014")),
    "first": required(scalar(values.exact_day), "2014-07-04"),
    "last": required(scalar(values.exact_day), "2014-09-01"),
}


def _programme(value: Any, at: KeyPath, context: Context) -> dict[str, Any]:
    """The programme itself: how it writes its dates is known from here on."""
    found = read_keys(value, _PROGRAMME, at, context)
    context.conventions = Conventions(
        language=context.language,
        fiscal_year=found.get("fiscal_year"),
        date_order=found.get("date_order"),
    )
    return found


def _periods(value: Any, at: KeyPath, context: Context) -> tuple[Period, ...]:
    """The stretches of days that its dates name."""
    periods: tuple[Period, ...] = each(record(Period, _PERIOD))(value, at, context)
    context.conventions = attrs.evolve(context.conventions, periods=periods)
    return periods


_DOCUMENT: Keys = {
    "programme": required(
        _programme,
        '{ id = "…", title = { nl = "…" }, language = "nl", timezone = "Europe/Amsterdam" }',
    ),
    "period": optional(_periods),  # before the first date
    "body": optional(_referable(Body, _BODY, name=_NO_TITLE)),  # before who wrote a source
    "source": optional(_referable(Source, _SOURCE, _wrong_with_source, title=_NO_TITLE)),
    "cluster": optional(_referable(Cluster, _CLUSTER, title=_NO_TITLE)),
    "sector": optional(_referable(Sector, _SECTOR, title=_NO_TITLE)),
    "kind": optional(_referable(OwnKind, _KIND, title=_NO_TITLE)),
    "measure": optional(each(_measure)),
}


REFERABLE = ("source", "cluster", "sector", "body", "kind")
"""The tables whose records others refer to."""


def read_programme(document: dict[str, Any], path: str, context: Context) -> Programme:
    """Return the programme of a parsed document; what cannot be read is noted and stood in for."""
    with trusted():
        found = read_keys(document, _DOCUMENT, (), context)
        return attrs.evolve(
            UNREADABLE,
            **found.get("programme", {}),
            periods=found.get("period", ()),
            sources=found.get("source", ()),
            clusters=found.get("cluster", ()),
            sectors=found.get("sector", ()),
            bodies=found.get("body", ()),
            kinds=found.get("kind", ()),
            measures=found.get("measure", ()),
            path=path,
        )
