"""What was said of a programme, as Atom feeds (RFC 4287), for who follows rather than plans.

A calendar says what is to come; this says what was promised, moved, found and how it ended, each on
the day on which it became known. It is what the data file says in one language, and nothing else:
the same programme gives the same bytes on any day and any machine. So what only time brings about
has no entry: that a term passed, or that a day came which a law had fixed, is no statement, and
nobody would stand as its source.

Who follows one measure or one body has a feed of that. An entry is called the same in each feed in
which it stands, so a reader of several shows it once.
"""

import datetime as dt
import html
import itertools
import uuid
from collections.abc import Iterable, Iterator

import attrs

from betatech_milestones.analysis.history import (
    Ended,
    Moved,
    Promised,
    Revised,
    Statement,
    Told,
    concerned,
    history_of,
    said,
    with_names,
)
from betatech_milestones.formats.markup import xml_of
from betatech_milestones.model import values
from betatech_milestones.model.records import (
    Body,
    Dropped,
    Measure,
    Met,
    Milestone,
    News,
    Programme,
    Replaced,
    Revision,
)
from betatech_milestones.voice import Voice, capital, languages_of
from betatech_milestones.voice.paths import Paths


def atom(
    programme: Programme,
    of: Measure | Body | None = None,
    *,
    language: str | None = None,
    address: str | None = None,
    milestones: Iterable[Milestone] | None = None,
) -> bytes:
    """Return the newest statements on a programme, or on one measure or body, in one language.

    Those are a hundred at most, and twenty of a measure. Without a language it speaks the
    programme's own. `address` is that of the site in which it is published, ending in a slash;
    without one the feed has no links to itself and to the pages. What became known on no certain
    day is left out: an entry must have a moment (RFC 4287, 4.1.2). Who has the `milestones` of a
    measure or a body at hand gives them, and the others are not looked at: those of `milestones_of`
    or more of them. Raises `BadValue` for what is no address.
    """
    if milestones is None:
        milestones = milestones_of(programme, of)
    feed = _Feed(
        programme=programme,
        of=of,
        voice=Voice(language or languages_of(programme)[0]),
        address=None if address is None else values.url(address),
    )
    return xml_of(_written(feed, milestones)).encode()


def milestones_of(programme: Programme, of: Measure | Body | None) -> tuple[Milestone, ...]:
    """Return of which milestones a feed may tell: its own, and those that were handed over."""
    match of:
        case Measure(id=own):
            return tuple(m for m in programme.by_id if own == m.measure.id or own in m.also)
        case Body():
            return tuple(m for m in programme.by_id if of in _ever_answering(m))
    return programme.by_id


def path_of(paths: Paths, of: Measure | Body | None) -> str:
    """Return where a feed stands in a site: under the id for life, for who subscribed long ago."""
    match of:
        case Measure():
            return paths.measure_atom(of.lifelong_id)
        case Body():
            return paths.body_atom(of.lifelong_id)
    return paths.changes


def _ever_answering(milestone: Milestone) -> Iterator[Body]:
    yield from milestone.bodies_by(dt.date.min)
    for revision in milestone.revisions:
        yield from revision.bodies or ()


_NEWEST, _NEWEST_OF_MEASURE = 100, 20
"""A reader fetches the whole feed every hour; all that ever changed is in the JSON."""
_UNKNOWN = dt.date(1970, 1, 1)
# Names of entries are made within it (RFC 9562, 5.5), and must never change.
_NAMESPACE = uuid.UUID("6f1c2f4e-3a0d-4c58-9d0f-6b8f5d1f7a52")


@attrs.frozen(kw_only=True)
class _Feed:
    """Of what a feed is, how it tells that, and where."""

    programme: Programme
    of: Measure | Body | None
    voice: Voice
    address: str | None
    paths: Paths = attrs.field(init=False)
    is_brief: bool = attrs.field(init=False)
    """Whether an entry says what happened, why and who says so, and leaves the rest to a page.

    There are thousands of measures, and each of their feeds is fetched every hour.
    """
    publisher: str = attrs.field(init=False)
    """Who tells what nobody answers for."""
    authors: tuple[str, ...] = attrs.field(init=False)
    """Who stands behind each entry that names nobody."""

    @paths.default
    def _own_paths(self) -> Paths:
        return Paths.of(self.programme, self.voice.language)

    @publisher.default
    def _own_publisher(self) -> str:
        publisher = self.programme.publisher
        return self.voice.line(publisher.name if publisher else self.programme.title)

    @authors.default
    def _own_authors(self) -> tuple[str, ...]:
        match self.of:
            case Measure(bodies=bodies) if bodies:
                return self.names(bodies)
            case Body():
                return self.names([self.of])
        return (self.publisher,)

    @is_brief.default
    def _is_of_measure(self) -> bool:
        return isinstance(self.of, Measure)

    @property
    def id(self) -> str:
        language = self.voice.language
        match self.of:
            case Measure(lifelong_id=own):
                return _urn(self.programme.id, language, "measure", own)
            case Body(lifelong_id=own):
                return _urn(self.programme.id, language, "body", own)
        return _urn(self.programme.id, language)

    @property
    def title(self) -> str:
        """The part before the whole: a list of feeds shows the beginning of a title only."""
        part, whole = self._part, self.voice.line(self.programme.title)
        return f"{capital(part)} – {whole}" if part else whole  # noqa: RUF001  a dash

    @property
    def _part(self) -> str:
        match self.of:
            case Measure(title=texts) | Body(name=texts):
                return self.voice.line(texts)
        return ""

    @property
    def page(self) -> str:
        """The page that tells all of it, from the root of the site."""
        match self.of:
            case Measure(id=own):
                return self.paths.measure(own)
            case Body(id=own):
                return self.paths.body(own)
        return self.paths.root

    def names(self, bodies: Iterable[Body]) -> tuple[str, ...]:
        return tuple(self.voice.line(body.name) for body in bodies)


def _written(feed: _Feed, milestones: Iterable[Milestone]) -> str:
    told = [*_newest(feed, milestones)]
    parts = [
        f"<id>{feed.id}</id>",
        f"<title>{_text(feed.voice.label('changes of', title=feed.title))}</title>",
        f"<updated>{_midnight(told[0][0].day if told else _UNKNOWN)}</updated>",
        *_authors(feed, feed.authors),
    ]
    if feed.address is not None:
        own = feed.address + path_of(feed.paths, feed.of)
        parts += [
            f'<link rel="self" type="application/atom+xml" href="{_value(own)}" />',
            _page_link(feed.address + feed.page),
        ]
    parts += (_entry(feed, statement, name) for statement, name in told)
    names = f'xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.voice.language}"'
    return f"<feed {names}>{_inside(feed, parts)}</feed>"


def _newest(feed: _Feed, milestones: Iterable[Milestone]) -> Iterator[tuple[Statement, str]]:
    """Yield the newest statements that belong in a feed, and what each is called."""
    found: Iterable[tuple[Statement, str]] = (
        # What a script knows from the last of all days on has no moment.
        named
        for named in with_names(history_of(milestones))
        if named[0].day < dt.date.max
    )
    if isinstance(feed.of, Body):
        found = (named for named in found if feed.of in concerned(named[0]))
    return itertools.islice(found, _NEWEST_OF_MEASURE if feed.is_brief else _NEWEST)


def _in_its_programme(name: str, programme: Programme, language: str) -> tuple[str, str, str]:
    """Return the name for life of a statement, which is the same in a feed of many programmes."""
    home, _, own = name.partition("/") if name.count("/") > 1 else (programme.id, "", name)
    return home, language, own


def _urn(*names: str) -> str:
    """Return an id that needs no address, so that a site can move; each language has its own.

    A `tag:` (RFC 4151) needs a domain of the publisher, and a feed may have no address.
    """
    return uuid.uuid5(_NAMESPACE, " ".join(names)).urn


def _midnight(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


# --- an entry -------------------------------------------------------------------------------------


def _entry(feed: _Feed, statement: Statement, name: str) -> str:
    milestone, source, voice = statement.milestone, statement.source, feed.voice
    happened = capital(_happened(statement, voice))
    authors = feed.names(milestone.bodies_by(statement.day)) or (feed.publisher,)
    parts = [
        f"<id>{_urn(*_in_its_programme(name, feed.programme, voice.language))}</id>",
        f"<title>{_text(f'{happened} – {voice.line(milestone.title)}')}</title>",  # noqa: RUF001
        f"<updated>{_midnight(statement.day)}</updated>",
        *_authors(feed, authors if authors != feed.authors else ()),
    ]
    if feed.address is not None:
        place = feed.address + feed.paths.milestone(milestone)
        # What a link is said to be is what it is where nothing is said.
        parts.append(f'<link href="{_value(place)}" />' if feed.is_brief else _page_link(place))
    if source is not None and source.url is not None and not (feed.is_brief and feed.address):
        parts.append(f'<link rel="via" href="{_value(source.url)}" />')
    if feed.is_brief:
        content = _text(" · ".join(_in_brief(feed, statement)))
        parts.append(f"<content>{content}</content>" if content else "<content />")
    else:
        content = _inside(feed, [_content(feed, statement)])
        parts.append(f'<content type="xhtml">{content}</content>')
    return f"<entry>{_inside(feed, parts)}</entry>"


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


def _in_brief(feed: _Feed, statement: Statement) -> Iterator[str]:
    """Yield what the titles and the authors leave out, but for the window: why, and who says so."""
    if statement.milestone.measure.id != getattr(feed.of, "id", None):
        yield _measure(statement, feed.voice)
    yield from _facts(statement, feed.voice)
    for source in said(statement).sources:
        yield feed.voice.citation(source)


def _measure(statement: Statement, voice: Voice) -> str:
    return voice.labelled("measure", voice.line(statement.milestone.measure.title))


def _content(feed: _Feed, statement: Statement) -> str:
    """Return what the title leaves out: the measure, the window, why, who, and who says so."""
    voice = feed.voice
    said_of_it = [_measure(statement, voice)]
    if statement.date and (window := voice.window(statement.date)):
        said_of_it.append(voice.labelled("window", window))
    said_of_it += _facts(statement, voice)
    if bodies := statement.milestone.bodies_by(statement.day):
        said_of_it.append(voice.labelled("responsible", voice.responsible(bodies)))
    parts = [f"<p>{_text(each)}</p>" for each in said_of_it]
    for source in said(statement).sources:
        cited = voice.citation(source)
        if source.url is None:
            parts.append(f"<p>{_text(voice.labelled('source', cited))}</p>")
        else:
            link = f'<a href="{_value(source.url)}">{_text(cited)}</a>'
            parts.append(f"<p>{_text(voice.labelled('source', ''))}{link}\n</p>")
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{_inside(feed, parts)}</div>'


def _facts(statement: Statement, voice: Voice) -> Iterator[str]:
    """Yield what else changed, why, and what is noted: each where there is one."""
    record, facts = said(statement), []
    match record:
        case Revision():
            facts.append(voice.revised_besides(record) if isinstance(statement, Moved) else "")
            facts.append(voice.line(record.reason) if record.reason else "")
        case News():
            facts.append(voice.label("news on", day=voice.news_on(record), news=voice.news(record)))
        case Met() | Dropped() | Replaced():
            facts.append(voice.because(record))
    facts.append(voice.labelled("note", voice.line(record.note)) if record.note else "")
    yield from filter(None, facts)


def _authors(feed: _Feed, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield f"<author>{_inside(feed, [f'<name>{_text(name)}</name>'])}</author>"


# --- what it is written with ----------------------------------------------------------------------


def _inside(feed: _Feed, elements: Iterable[str]) -> str:
    """Return elements as another holds them: each on lines of its own, unless the feed is brief."""
    if feed.is_brief:
        return "".join(elements)
    lines = "\n".join(elements).replace("\n", "\n  ")
    return f"\n  {lines}\n"


def _page_link(address: str) -> str:
    return f'<link rel="alternate" type="text/html" href="{_value(address)}" />'


def _text(text: str) -> str:
    """Return a text of one line of which nothing is markup."""
    return html.escape(text, quote=False)


def _value(text: str) -> str:
    """Return the same as the value of an attribute."""
    return _text(text).replace('"', "&quot;")
