"""What changed in a programme, as an Atom feed (RFC 4287), for who follows rather than plans.

A calendar says what is to come; this says what was promised, moved, met and dropped, each on the
day on which it became known. It is what the data file says in one language, and nothing else: the
same programme gives the same bytes on any day and any machine.
"""

import datetime as dt
import itertools
import uuid
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from betatech_milestones.dates import in_words, window_in_words
from betatech_milestones.formats.rows import responsible
from betatech_milestones.history import Change, Ended, Moved, Promised, changes
from betatech_milestones.markup import xml
from betatech_milestones.model import Programme, Texts
from betatech_milestones.words import say, spoken


def atom(programme: Programme, *, language: str | None = None, address: str | None = None) -> bytes:
    """Return the newest changes of a programme, a hundred at most, in one language.

    Without a language it speaks the programme's own. `address` is that of the site in which it is
    published, ending in a slash; without one the feed has no links to itself and to the page. What
    became known on no certain day is left out: an entry must have a moment (RFC 4287, 4.1.2).
    """
    language = language or programme.language
    at_home = spoken(language) == spoken(programme.language)
    page = address and (address if at_home else f"{address}{spoken(language)}/")
    title = _line(programme.title, language)
    entries = [*_entries(programme, language, page)]
    newest = entries[0].findtext("updated") if entries else _midnight(_UNKNOWN)

    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language})
    _add(feed, "id", _urn(programme.id, language))
    _add(feed, "title", say("changes of", language, title=title))
    _add(feed, "updated", newest)
    _add(_add(feed, "author"), "name", title)
    if page is not None:
        own = f"{address}{language}/changes.atom"
        _add(feed, "link", rel="self", type="application/atom+xml", href=own)
        _add(feed, "link", rel="alternate", type="text/html", href=page)
    feed.extend(entries)
    return xml(feed).encode()


_NEWEST = 100
"""A reader fetches the whole feed every hour; all that ever changed is in the JSON."""
_UNKNOWN = dt.date(1970, 1, 1)
# Names of entries are made within it (RFC 9562, 5.5), and must never change.
_NAMESPACE = uuid.UUID("6f1c2f4e-3a0d-4c58-9d0f-6b8f5d1f7a52")


def _entries(programme: Programme, language: str, page: str | None) -> Iterator[ET.Element]:
    dated = (
        (day, change, name) for change, name in _named(programme) if (day := change.day) is not None
    )
    for day, change, name in itertools.islice(dated, _NEWEST):
        measure, milestone, source = change.measure, change.milestone, change.source
        entry = ET.Element("entry")
        _add(entry, "id", _urn(programme.id, language, name))
        happened = _capital(_happened(change, language))
        _add(entry, "title", f"{happened}: {_line(milestone.title, language)}")
        _add(entry, "updated", _midnight(day))
        for body in measure.bodies:
            _add(_add(entry, "author"), "name", _line(body.name, language))
        if page is not None:
            _add(
                entry, "link", rel="alternate", type="text/html", href=f"{page}#{milestone.full_id}"
            )
        if source.url is not None:
            _add(entry, "link", rel="via", href=source.url)
        _add(entry, "content", type="xhtml").append(_content(change, language))
        yield entry


def _named(programme: Programme) -> list[tuple[Change, str]]:
    """Return every change with a name that no later change alters, the newest first.

    It has the milestone's id and what happened. A milestone may be moved more than once, so a move
    is named after the day of its announcement; the second of one day is numbered. Neither the words
    nor the promised dates are in it: a correction is no new change.
    """
    times: Counter[str] = Counter()
    named = []
    for change in reversed(changes(programme)):
        name = f"{change.milestone.lifelong_id} {_kind(change)}"
        times[name] += 1
        named.append((change, name if times[name] == 1 else f"{name} {times[name]}"))
    return named[::-1]


def _kind(change: Change) -> str:
    if isinstance(change, Ended):
        return type(change.outcome).__name__.lower()
    return f"moved {change.day}" if isinstance(change, Moved) else "promised"


def _urn(*names: str) -> str:
    """Return an id that needs no address, so that a site can move; each language has its own.

    A `tag:` (RFC 4151) needs a domain of the publisher, and a feed may have no address.
    """
    return uuid.uuid5(_NAMESPACE, " ".join(names)).urn


def _midnight(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


# --- what it says ---------------------------------------------------------------------------------


def _happened(change: Change, language: str) -> str:
    """Return what happened, in a few words."""
    if change.date is None:
        return say("promised undated", language)
    date = in_words(change.date, language)
    if isinstance(change, Promised):
        return say("promised in brief", language, date=date)
    if isinstance(change, Ended):
        return f"{say(_kind(change), language)} ({date})"
    before = change.before
    was = say("undated", language) if before is None else in_words(before, language)
    return f"{say('moved', language, date=date)} ({say('was', language, date=was)})"


def _content(change: Change, language: str) -> ET.Element:
    """Return what the title leaves out: the measure, the window, why, who, and who says so."""
    measure, date, source = change.measure, change.date, change.source
    facts = [_labelled("measure", _line(measure.title, language), language)]
    if date is not None and not (date.is_day and not date.approximate):
        facts.append(_labelled("window", window_in_words(date, language), language))
    if not isinstance(change, Promised) and change.reason is not None:
        facts.append(_line(change.reason, language))
    if measure.bodies:
        facts.append(_labelled("responsible", responsible(measure, language), language))

    content = ET.Element("div", xmlns="http://www.w3.org/1999/xhtml")
    for fact in facts:
        _add(content, "p", fact)
    title = _line(source.title, language)
    cited = title if source.reference is None else f"{title}, {source.reference}"
    if source.url is None:
        _add(content, "p", _labelled("source", cited, language))
    else:
        _add(_add(content, "p", _labelled("source", "", language)), "a", cited, href=source.url)
    return content


def _line(texts: Texts, language: str) -> str:
    return " ".join(texts.in_language(language).split())


def _labelled(key: str, text: str, language: str) -> str:
    return f"{_capital(say(key, language))}: {text}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = text
    return child
