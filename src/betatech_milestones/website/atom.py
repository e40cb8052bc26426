"""What was said of a programme, as an Atom feed (RFC 4287), for who follows rather than plans.

A calendar says what is to come; this says what was promised, moved, found and how it ended, each on
the day on which it became known. It is what the data file says in one language, and nothing else:
the same programme gives the same bytes on any day and any machine.
"""

import datetime as dt
import itertools
import uuid
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from betatech_milestones.analysis.history import (
    Ended,
    Moved,
    Promised,
    Revised,
    Statement,
    Told,
    history,
)
from betatech_milestones.formats.markup import xml
from betatech_milestones.language import spoken
from betatech_milestones.model import values
from betatech_milestones.model.records import (
    Dropped,
    Met,
    Milestone,
    News,
    Outcome,
    Programme,
    Replaced,
    Revision,
)
from betatech_milestones.voice import Voice, capital


def atom(programme: Programme, *, language: str | None = None, address: str | None = None) -> bytes:
    """Return the newest statements on a programme, a hundred at most, in one language.

    Without a language it speaks the programme's own. `address` is that of the site in which it is
    published, ending in a slash; without one the feed has no links to itself and to the page. What
    became known on no certain day is left out: an entry must have a moment (RFC 4287, 4.1.2).
    Raises `BadValue` for what is no address.
    """
    voice = Voice(language or programme.language)
    address = None if address is None else values.url(address)
    at_home = voice.spoken == spoken(programme.language)
    page = address and (address if at_home else f"{address}{voice.spoken}/")
    title = voice.line(programme.title)
    entries = [*_entries(programme, voice, page)]
    newest = entries[0].findtext("updated") if entries else _midnight(_UNKNOWN)

    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": voice.language})
    _add(feed, "id", _urn(programme.id, voice.language))
    _add(feed, "title", voice.label("changes of", title=title))
    _add(feed, "updated", newest)
    _add(_add(feed, "author"), "name", title)
    if page is not None:
        own = f"{address}{voice.language}/changes.atom"
        _add(feed, "link", rel="self", type="application/atom+xml", href=own)
        _add(feed, "link", rel="alternate", type="text/html", href=page)
    feed.extend(entries)
    return xml(feed).encode()


_NEWEST = 100
"""A reader fetches the whole feed every hour; all that ever changed is in the JSON."""
_UNKNOWN = dt.date(1970, 1, 1)
# Names of entries are made within it (RFC 9562, 5.5), and must never change.
_NAMESPACE = uuid.UUID("6f1c2f4e-3a0d-4c58-9d0f-6b8f5d1f7a52")


def _entries(programme: Programme, voice: Voice, page: str | None) -> Iterator[ET.Element]:
    # What a script knows from the last of all days on has no moment.
    dated = (named for named in _named(programme) if named[0].day < dt.date.max)
    for statement, name in itertools.islice(dated, _NEWEST):
        milestone, source = statement.milestone, statement.source
        entry = ET.Element("entry")
        _add(entry, "id", _urn(programme.id, voice.language, name))
        happened = capital(_happened(statement, voice))
        _add(entry, "title", f"{happened} – {voice.line(milestone.title)}")  # noqa: RUF001  a dash
        _add(entry, "updated", _midnight(statement.day))
        for body in milestone.bodies_by(statement.day):
            _add(_add(entry, "author"), "name", voice.line(body.name))
        if page is not None:
            _add(
                entry, "link", rel="alternate", type="text/html", href=f"{page}#{milestone.full_id}"
            )
        if source is not None and source.url is not None:
            _add(entry, "link", rel="via", href=source.url)
        _add(entry, "content", type="xhtml").append(_content(statement, voice))
        yield entry


def _named(programme: Programme) -> list[tuple[Statement, str]]:
    """Return every statement with a name that no later one alters, the newest first.

    It has the milestone's id and what happened. A milestone may be moved more than once, so a move
    is named after the day of its announcement; the second of one day is numbered. Neither the words
    nor the promised dates are in it: a correction is no new statement.
    """
    times: Counter[str] = Counter()
    named = []
    for statement in reversed(history(programme)):
        name = f"{statement.milestone.lifelong_id} {_kind(statement)}"
        times[name] += 1
        named.append((statement, name if times[name] == 1 else f"{name} {times[name]}"))
    return named[::-1]


def _kind(statement: Statement) -> str:
    match statement:
        case Ended(outcome=outcome):
            return outcome.status
        case Moved(day=day):
            return f"moved {day}"
        case Revised(day=day):
            return f"revised {day}"
        case Told(day=day):
            return f"news {day}"
    return "promised"


def _urn(*names: str) -> str:
    """Return an id that needs no address, so that a site can move; each language has its own.

    A `tag:` (RFC 4151) needs a domain of the publisher, and a feed may have no address.
    """
    return uuid.uuid5(_NAMESPACE, " ".join(names)).urn


def _midnight(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


# --- what it says ---------------------------------------------------------------------------------


def _happened(statement: Statement, voice: Voice) -> str:
    """Return what happened, in a few words."""
    match statement:
        case Promised(milestone=milestone):
            return voice.promise(milestone)
        case Ended(outcome=outcome, milestone=milestone):
            return voice.outcome(outcome, fact=milestone.is_fact)
        case Told(news=news):
            return voice.label(f"found {news.found}")
        case Revised(revision=revision):
            return voice.revised(revision)
    before = statement.move.before
    was = voice.label("undated") if before is None else voice.date(before)
    moved = voice.moved_to(statement.move.due)
    return f"{moved} ({voice.label('was', date=was)})"


def _content(statement: Statement, voice: Voice) -> ET.Element:
    """Return what the title leaves out: the measure, the window, why, who, and who says so."""
    content = ET.Element("div", xmlns="http://www.w3.org/1999/xhtml")
    for fact in filter(None, _facts(statement, voice)):
        _add(content, "p", fact)
    for source in _said(statement).sources:
        cited = voice.citation(source)
        if source.url is None:
            _add(content, "p", voice.labelled("source", cited))
        else:
            _add(_add(content, "p", voice.labelled("source", "")), "a", cited, href=source.url)
    return content


def _facts(statement: Statement, voice: Voice) -> Iterator[str]:
    milestone, date, said = statement.milestone, statement.date, _said(statement)
    yield voice.labelled("measure", voice.line(milestone.measure.title))
    yield voice.labelled("window", voice.window(date)) if date and voice.window(date) else ""
    match said:
        case Revision():
            yield voice.revised_besides(said) if isinstance(statement, Moved) else ""
            yield voice.line(said.reason) if said.reason else ""
        case News():
            yield voice.label("news on", day=voice.day(said.on), news=voice.news(said))
        case Met() | Dropped() | Replaced():
            yield voice.because(said)
    yield voice.labelled("note", voice.line(said.note)) if said.note else ""
    bodies = milestone.bodies_by(statement.day)
    yield voice.labelled("responsible", voice.responsible(bodies)) if bodies else ""


def _said(statement: Statement) -> Milestone | Revision | News | Outcome:
    match statement:
        case Moved(move=move):
            return move.revision
        case Revised(revision=revision):
            return revision
        case Told(news=news):
            return news
        case Ended(outcome=outcome):
            return outcome
    return statement.milestone


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = text
    return child
