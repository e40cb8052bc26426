"""What changed between two versions: as text, as Markdown for a pull request, as JSON.

With no changes it is the heading and a line that says so, or an empty list.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs

from betatech_milestones.analysis.diff import (
    KINDS,
    Added,
    Change,
    Diff,
    Edited,
    NowDropped,
    NowMet,
    NowMoved,
    NowReplaced,
    NowRevised,
    NowTold,
    Removed,
    Renamed,
    Retitled,
    Rewritten,
    Value,
)
from betatech_milestones.formats.json import written
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.listing import Item, Listing, group, laid_out
from betatech_milestones.formats.markdown import escaped, linked
from betatech_milestones.model.about import REPORT_VERSION
from betatech_milestones.model.conventions import Period
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import (
    Budget,
    Dropped,
    Met,
    Milestone,
    News,
    Number,
    Outcome,
    OwnKind,
    Publisher,
    Reading,
    Replaced,
    Revision,
    Snooze,
    Source,
    Texts,
)
from betatech_milestones.model.vocabulary import Commitment, Kind
from betatech_milestones.voice import Voice, capital

_STYLES = {
    NowMoved: "yellow",
    NowDropped: "dim",
    NowReplaced: "dim",
    NowMet: "green",
    Rewritten: "bold red",
}
_NONE = "–"  # noqa: RUF001  the dash of a reader, for a value that is not there


def as_text(diff: Diff, layout: Layout) -> str:
    """Return the changes as a table for a terminal, or as lines where the layout has no width."""
    return laid_out(listed(diff, layout.voice), layout)


def listed(diff: Diff, voice: Voice, most: int | None = None) -> Listing:
    """Return what is told of changes, with no more than so many items in a group."""
    return Listing(
        heading=_heading(diff, voice),
        groups=[
            group(
                voice.label(f"change {kind.kind}"),
                changes,
                lambda change: _item(change, voice),
                voice,
                style=_STYLES.get(kind, ""),
                most=most,
            )
            for kind, changes in diff.by_kind()
        ],
        nothing=voice.label("nothing changed"),
        note=_note(diff, voice),
    )


def as_markdown(diff: Diff, layout: Layout) -> str:
    """Return the changes as a list below a heading for each kind."""
    return "\n".join(_markdown(diff, layout.voice)) + "\n"


def _markdown(diff: Diff, voice: Voice) -> Iterator[str]:
    yield f"# {escaped(_heading(diff, voice))}"
    if not diff.changes:
        yield ""
        yield voice.label("nothing changed")
    for kind, changes in diff.by_kind():
        yield ""
        yield f"## {capital(voice.label(f'change {kind.kind}'))} ({len(changes)})"
        yield ""
        for change in changes:
            words = _in_words(change, voice)
            parts = [escaped(part) for part in (words.lead, *words.details) if part]
            if who := escaped(_who(words, voice)):
                parts.append(linked(who, words.source.url if words.source else None))
            title = escaped(voice.text(change.title))
            yield f"- **{title}** (`{change.id}`): {'; '.join(parts)}"
    if note := _note(diff, voice):
        yield ""
        yield note


def as_json(diff: Diff, _layout: Layout) -> str:
    """Return the changes as a JSON document; its texts are in every language they have."""
    programme = diff.programme
    counts = dict.fromkeys((kind.kind for kind in KINDS), 0)
    counts |= {kind.kind: len(changes) for kind, changes in diff.by_kind()}
    return written(
        {
            "version": REPORT_VERSION,
            "programme": {"id": programme.id, "title": programme.title},
            "counts": counts,
            "changes": [_document(change) for change in diff.changes],
        }
    )


def _heading(diff: Diff, voice: Voice) -> str:
    return f"{voice.text(diff.programme.title)}, {voice.label('what changed')}"


def _note(diff: Diff, voice: Voice) -> str:
    rewritten = any(isinstance(change, Rewritten) for change in diff.changes)
    return voice.label("ledger") if rewritten else ""


# --- in words -------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Words:
    """A change in words: what stands in front, the rest, and who says so."""

    lead: str
    details: tuple[str, ...] = ()
    source: Source | None = None
    day: dt.date | None = None


def _item(change: Change, voice: Voice) -> Item:
    words = _in_words(change, voice)
    who = _who(words, voice)
    return Item(
        lead=words.lead,
        id=change.id,
        title=voice.text(change.title),
        details=(*words.details, who),
    )


def _who(words: _Words, voice: Voice) -> str:
    """Return who said it and when, or when it was, or nothing."""
    if words.day is None:
        return ""
    return voice.announcement(words.source, words.day) if words.source else voice.day(words.day)


def _in_words(change: Change, voice: Voice) -> _Words:
    words = _difference(change, voice)
    home = voice.text(change.measure.title) if change.measure else ""
    return attrs.evolve(words, details=(home, *words.details))


def _difference(change: Change, voice: Voice) -> _Words:
    return _statement(change, voice) or _edit(change, voice)


def _statement(change: Change, voice: Voice) -> _Words | None:
    """Return what a source says that is new; None where the change is no statement."""
    match change:
        case NowMoved(move=move):
            revision = move.revision
            return _Words(
                lead=voice.shift(move.days) or voice.label("change moved"),
                details=(
                    _arrow(move.before, move.due, voice),
                    voice.revised_besides(revision),
                    _reason(revision.reason, voice),
                ),
                source=revision.source,
                day=revision.announced,
            )
        case NowMet(outcome=outcome) | NowDropped(outcome=outcome) | NowReplaced(outcome=outcome):
            return _Words(
                lead=voice.outcome(outcome),
                details=(voice.because(outcome),),
                source=outcome.source,
                day=outcome.known_from,
            )
        case NowRevised(revision=revision):
            return _Words(
                lead=voice.revised(revision),
                details=(_reason(revision.reason, voice),),
                source=revision.source,
                day=revision.announced,
            )
        case NowTold(news=news):
            return _Words(lead=voice.news(news), source=news.source, day=news.known_from)
    return None


def _edit(change: Change, voice: Voice) -> _Words:
    lead, details = voice.label(change.sort), ""
    match change:
        case Added(record=Milestone() as record) | Removed(record=Milestone() as record):
            details = voice.date_or_none(record.in_force)
        case Renamed(was=was):
            lead = voice.label("was", date=was)
        case Retitled(was=was):
            details = _apart(was, change.title, voice)
        case Rewritten(revision=Revision(due=None) as revision):
            lead = voice.label("change revised")
            details = _arrow(voice.revised(revision), None, voice)
        case Rewritten(revision=revision, was=was, now=now):
            lead = voice.label("a move" if revision else "the promise")
            details = _arrow(was, now, voice)
        case Edited(field=lead, was=Texts() as was, now=Texts() as now):
            details = _apart(was, now, voice)
        case Edited(field=lead, was=was, now=now):
            details = _arrow(was, now, voice)
    return _Words(lead=lead, details=(details,))


def _arrow(was: Value, now: Value, voice: Voice) -> str:
    return f"{_words(was, voice)} → {_words(now, voice)}"


def _apart(was: Texts, now: Texts, voice: Voice) -> str:
    """Return a text then and now: the reader's own, or the first that is another one."""
    if voice.text(was) != voice.text(now):
        return _arrow(was, now, voice)
    then, here = dict(was.pairs), dict(now.pairs)
    tag = next(tag for tag in {**here, **then} if here.get(tag) != then.get(tag))
    before, after = (" ".join(texts.get(tag, _NONE).split()) for texts in (then, here))
    return f"{tag}: {_arrow(before, after, voice)}"


def _reason(reason: Texts | None, voice: Voice) -> str:
    return voice.line(reason) if reason else ""


def _words(value: Value, voice: Voice) -> str:  # noqa: C901, PLR0911, PLR0912  a table of types
    match value:
        case None | ():
            return _NONE
        case tuple():
            return ", ".join(_words(each, voice) for each in value)
        case Kind() | Commitment():
            return voice.label(value)
        case OwnKind():
            return voice.kind(value)
        case str():
            return value
        case int() | Decimal():
            return voice.number(value)
        case PolicyDate():
            return voice.date(value)
        case dt.date():
            return voice.day(value)
        case Texts():
            return voice.line(value)
        case Met() | Dropped() | Replaced():
            return _said(voice.outcome(value), value, voice, voice.because(value))
        case Revision(announced=day, reason=reason):
            what = voice.pair(voice.day(day), voice.revised(value))
            return _said(what, value, voice, _reason(reason, voice))
        case News(on=day):
            return _said(voice.pair(voice.day(day), voice.news(value)), value, voice)
        case Reading():
            return _said(voice.reading(value), value, voice)
        case Budget(source=source):
            return voice.money(value) if source is None else f"{voice.money(value)} [{source.id}]"
        case Number():
            return voice.quantity(value, value.goal)
        case Snooze(until=until, by=by, reason=reason):
            return _words((until, by, reason), voice)
        case Period(name=name, also_called=others, first=first, last=last):
            return _words((name, *others, first, last), voice)
        case Publisher(name=name, url=url, contact=contact):
            return _words(tuple(filter(None, (name, url, contact))), voice)
    return value.id


def _said(
    what: str, said: Outcome | Revision | News | Reading, voice: Voice, reason: str = ""
) -> str:
    """Return what was said, by which sources, why, and what is noted with it."""
    sources = ", ".join(source.id for source in said.sources)
    note = voice.labelled("note", voice.line(said.note)) if said.note else ""
    return "; ".join(filter(None, (f"{what} [{sources}]" if sources else what, reason, note)))


def _document(change: Change) -> dict[str, Any]:
    values = _statement_keys(change) or _edit_keys(change)
    keys = ("field", "from", "to", "days", "announced", "source", "reason")
    return {
        "change": change.kind,
        "sort": change.sort,
        "id": change.id,
        "title": change.title,
        "measure": change.measure and change.measure.id,
        "measure_title": change.measure and change.measure.title,
        **{key: values.get(key) for key in keys},
    }


def _statement_keys(change: Change) -> dict[str, Any]:
    """Return what a document has of a statement that is new; nothing where it is none."""
    match change:
        case NowMoved(move=move):
            return {
                "from": move.before,
                "to": move.due,
                "days": move.days,
                "announced": move.revision.announced,
                "source": move.revision.source,
                "reason": move.revision.reason,
            }
        case NowMet(outcome=outcome):
            return {"to": outcome.on, "source": outcome.source}
        case NowDropped(outcome=outcome) | NowReplaced(outcome=outcome):
            return {"to": outcome.on, "source": outcome.source, "reason": outcome.reason}
        case NowRevised(revision=revision):
            return {
                "to": revision,
                "announced": revision.announced,
                "source": revision.source,
                "reason": revision.reason,
            }
        case NowTold(news=news):
            return {"to": news, "source": news.source}
    return {}


def _edit_keys(change: Change) -> dict[str, Any]:
    values: dict[str, Any] = {}
    match change:
        case Added(record=Milestone() as record):
            values = {"to": record.in_force}
        case Removed(record=Milestone() as record):
            values = {"from": record.in_force}
        case Renamed(was=was):
            values = {"from": was, "to": change.id}
        case Retitled(was=was):
            values = {"from": was, "to": change.title}
        case Rewritten(revision=revision, was=was, now=now):
            values = {"field": "revised" if revision else "due", "from": was, "to": now}
        case Edited(field=field, was=was, now=now):
            values = {"field": field, "from": was, "to": now}
    return values
