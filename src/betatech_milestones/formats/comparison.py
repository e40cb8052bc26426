"""What changed between two versions: as text, as Markdown for a pull request, as JSON.

With no changes it is the heading and a line that says so, or an empty list.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs

from betatech_milestones.baselines import VERSION
from betatech_milestones.comparison import (
    KINDS,
    Added,
    Change,
    Comparison,
    Edited,
    Moved,
    NowDropped,
    NowMet,
    Removed,
    Renamed,
    Retitled,
    Rewritten,
    Value,
)
from betatech_milestones.dates import PolicyDate
from betatech_milestones.formats.json import written
from betatech_milestones.formats.listing import Group, Item, listing
from betatech_milestones.formats.markdown import escaped, linked
from betatech_milestones.formats.page import Page
from betatech_milestones.formats.rows import announced, one_line, said, shift
from betatech_milestones.formats.story import money
from betatech_milestones.model import (
    Budget,
    Commitment,
    Dropped,
    Kind,
    Met,
    Milestone,
    Reading,
    Revision,
    Snooze,
    Source,
    Target,
    Texts,
)
from betatech_milestones.words import say, say_day, say_number

_STYLES = {Moved: "yellow", NowDropped: "dim", NowMet: "green", Rewritten: "bold red"}
_NONE = "–"  # noqa: RUF001  the dash of a reader, for a value that is not there


def text(comparison: Comparison, page: Page) -> str:
    """Return the changes as a table for a terminal, or as lines where the page has no width."""
    groups = [
        Group(
            heading=say(f"change {kind.kind}", page.language),
            style=_STYLES.get(kind, ""),
            items=[_item(change, page.language) for change in changes],
        )
        for kind, changes in comparison.by_kind()
    ]
    return listing(
        _heading(comparison, page.language),
        groups,
        page,
        nothing=say("nothing changed", page.language),
        note=_note(comparison, page.language),
    )


def markdown(comparison: Comparison, page: Page) -> str:
    """Return the changes as a list below a heading for each kind."""
    return "\n".join(_markdown(comparison, page.language)) + "\n"


def _markdown(comparison: Comparison, language: str) -> Iterator[str]:
    yield f"# {escaped(_heading(comparison, language))}"
    if not comparison.changes:
        yield ""
        yield say("nothing changed", language)
    for kind, changes in comparison.by_kind():
        yield ""
        yield f"## {say(f'change {kind.kind}', language).capitalize()} ({len(changes)})"
        yield ""
        for change in changes:
            told = _told(change, language)
            parts = [escaped(part) for part in (told.lead, *told.details) if part]
            if told.source:
                who = escaped(announced(told.day, told.source, language))
                parts.append(linked(who, told.source.url))
            title = escaped(change.title.in_language(language))
            yield f"- **{title}** (`{change.id}`): {'; '.join(parts)}"
    if note := _note(comparison, language):
        yield ""
        yield note


def json(comparison: Comparison, _page: Page) -> str:
    """Return the changes as a JSON document; its texts are in every language they have."""
    programme = comparison.programme
    counts = dict.fromkeys((kind.kind for kind in KINDS), 0)
    counts |= {kind.kind: len(changes) for kind, changes in comparison.by_kind()}
    return written(
        {
            "version": VERSION,
            "programme": {"id": programme.id, "title": programme.title},
            "counts": counts,
            "changes": [_document(change) for change in comparison.changes],
        }
    )


def _heading(comparison: Comparison, language: str) -> str:
    title = comparison.programme.title.in_language(language)
    return f"{title}, {say('what changed', language)}"


def _note(comparison: Comparison, language: str) -> str:
    rewritten = any(isinstance(change, Rewritten) for change in comparison.changes)
    return say("ledger", language) if rewritten else ""


# --- in words -------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Told:
    """A change in words: what stands in front, the rest, and who says so."""

    lead: str
    details: tuple[str, ...] = ()
    source: Source | None = None
    day: dt.date | None = None


def _item(change: Change, language: str) -> Item:
    told = _told(change, language)
    who = announced(told.day, told.source, language) if told.source else ""
    return Item(
        lead=told.lead,
        id=change.id,
        title=change.title.in_language(language),
        details=(*told.details, who),
    )


def _told(change: Change, language: str) -> _Told:
    told = _difference(change, language)
    home = change.measure.title.in_language(language) if change.measure else ""
    return attrs.evolve(told, details=(home, *told.details))


def _difference(change: Change, language: str) -> _Told:
    lead, details = say(change.sort, language), ""
    match change:
        case Moved(before=before, revision=revision):
            return _Told(
                lead=shift(change.days, language) or say("change moved", language),
                details=(
                    _arrow(before, revision.due, language),
                    _reason(revision.reason, language),
                ),
                source=revision.source,
                day=revision.announced,
            )
        case NowMet(outcome=outcome) | NowDropped(outcome=outcome):
            reason = outcome.reason if isinstance(outcome, Dropped) else None
            return _Told(
                lead=_ended(outcome, language),
                details=(_reason(reason, language),),
                source=outcome.source,
                day=outcome.source.published,
            )
        case Added(record=Milestone() as record) | Removed(record=Milestone() as record):
            date = _in_force(record)
            details = _words(date, language) if date else say("undated", language)
        case Renamed(was=was):
            lead = say("was", language, date=was)
        case Retitled(was=was):
            details = _apart(was, change.title, language)
        case Rewritten(revision=revision, was=was, now=now):
            lead = say("a move" if revision else "the promise", language)
            details = _arrow(was, now, language)
        case Edited(field=lead, was=Texts() as was, now=Texts() as now):
            details = _apart(was, now, language)
        case Edited(field=lead, was=was, now=now):
            details = _arrow(was, now, language)
    return _Told(lead=lead, details=(details,))


def _arrow(was: Value, now: Value, language: str) -> str:
    return f"{_words(was, language)} → {_words(now, language)}"


def _apart(was: Texts, now: Texts, language: str) -> str:
    """Return a text then and now: the reader's own, or the first that is another one."""
    if was.in_language(language) != now.in_language(language):
        return _arrow(was, now, language)
    then, here = dict(was.pairs), dict(now.pairs)
    tag = next(tag for tag in {**here, **then} if here.get(tag) != then.get(tag))
    before, after = (" ".join(texts.get(tag, _NONE).split()) for texts in (then, here))
    return f"{tag}: {_arrow(before, after, language)}"


def _ended(outcome: Met | Dropped, language: str) -> str:
    kind = type(outcome).__name__.lower()
    return say(f"{kind} on", language, date=said(outcome.on, language))


def _reason(reason: Texts | None, language: str) -> str:
    return one_line(reason, language) if reason else ""


def _in_force(milestone: Milestone) -> PolicyDate | None:
    return milestone.revisions[-1].due if milestone.revisions else milestone.due


def _words(value: Value, language: str) -> str:  # noqa: C901, PLR0911, PLR0912  a table of types
    match value:
        case None | ():
            return _NONE
        case tuple():
            return ", ".join(_words(each, language) for each in value)
        case Kind() | Commitment():
            return say(value, language)
        case str():
            return value
        case int() | Decimal():
            return say_number(value, language)
        case PolicyDate():
            return said(value, language)
        case dt.date():
            return say_day(value, language)
        case Texts():
            return one_line(value, language)
        case Met():
            return f"{_ended(value, language)} [{value.source.id}]"
        case Dropped(reason=reason):
            return f"{_ended(value, language)} [{value.source.id}], {_words(reason, language)}"
        case Revision(due=due, announced=day, source=source, reason=reason):
            parts = (due, day, source, *(() if reason is None else (reason,)))
            return _words(parts, language)
        case Budget():
            return money(value, language)
        case Target(value=number, unit=unit):
            return f"{_words(number, language)} {_words(unit, language)}"
        case Snooze(until=until, by=by, reason=reason):
            return _words((until, by, reason), language)
        case Reading(value=number, on=on, source=source):
            return _words((number, on, source), language)
    return value.id


def _document(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {}
    match change:
        case Moved(before=before, revision=revision):
            told = {
                "from": before,
                "to": revision.due,
                "days": change.days,
                "announced": revision.announced,
                "source": revision.source,
                "reason": revision.reason,
            }
        case NowMet(outcome=outcome):
            told = {"to": outcome.on, "source": outcome.source}
        case NowDropped(outcome=outcome):
            told = {"to": outcome.on, "source": outcome.source, "reason": outcome.reason}
        case Added(record=Milestone() as record):
            told = {"to": _in_force(record)}
        case Removed(record=Milestone() as record):
            told = {"from": _in_force(record)}
        case Renamed(was=was):
            told = {"from": was, "to": change.id}
        case Retitled(was=was):
            told = {"from": was, "to": change.title}
        case Rewritten(revision=revision, was=was, now=now):
            told = {"field": "revised" if revision else "due", "from": was, "to": now}
        case Edited(field=field, was=was, now=now):
            told = {"field": field, "from": was, "to": now}
    keys = ("field", "from", "to", "days", "announced", "source", "reason")
    return {
        "change": change.kind,
        "sort": change.sort,
        "id": change.id,
        "title": change.title,
        "measure": change.measure and change.measure.id,
        "measure_title": change.measure and change.measure.title,
        **{key: told.get(key) for key in keys},
    }
