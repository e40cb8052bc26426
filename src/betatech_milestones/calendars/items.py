"""One milestone as an item of a calendar (RFC 5545): an event or a to-do, in one language.

What an item says is a function of the milestone, the language and the address of the site alone. No
milestone is said to be overdue, because that changes by the day. Where its page is known, an item
leads there and is brief; else it stands on its own.

An item is written when somebody asks for it, and once: of a large programme most are as they were
published, and in no feed that has changed.
"""

import base64
import datetime as dt
import enum
import functools
import hashlib
import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping

import attrs

from betatech_milestones.analysis.course import course
from betatech_milestones.analysis.editions import Edition, State, edition_after, midnight
from betatech_milestones.calendars.lines import (
    address_line,
    clean,
    clean_line,
    day_line,
    number_line,
    text_line,
    texts_line,
    trigger_line,
    word_line,
)
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import (
    Dropped,
    Measure,
    Met,
    Milestone,
    News,
    Outcome,
    Programme,
    Replaced,
    Revision,
    Source,
)
from betatech_milestones.model.vocabulary import Commitment, Found
from betatech_milestones.voice import Voice, capital
from betatech_milestones.voice.paths import Paths


class Component(enum.StrEnum):
    """What a milestone becomes: hardly any subscriber shows to-dos (docs/design.md)."""

    EVENT = "event"
    TODO = "todo"


class Placement(enum.StrEnum):
    """Where an event of an imprecise date stands: on its last day, or on all days of its window."""

    DEADLINE = "deadline"
    SPAN = "span"


@attrs.frozen(kw_only=True, eq=False)
class Item:
    """A milestone as it stands in calendars; what it says is written when it is asked for."""

    milestone: Milestone
    component: Component
    name: str
    """What tells it from other items of the milestone, in the state of a site: `nl.event`."""
    day: dt.date | None
    """The last day of its date; an event has one."""
    end: dt.date | None
    """The first day by which it has ended, in fact and in the calendar; None: it is open."""
    _known: Edition | None = attrs.field(repr=False)
    """As it was published, where nothing has changed since."""
    _draft: "_Draft" = attrs.field(repr=False)

    @property
    def edition(self) -> Edition:
        """The stamps that it has, and its size."""
        return self._known or self._draft.written[self.component].edition

    @property
    def version(self) -> str:
        """What tells it, with its alarm, from every other item and from what it was before."""
        edition = self.edition
        return edition.digest + _stamped(edition.sequence, edition.created, edition.modified)

    @property
    def text(self) -> bytes:
        """The item without an alarm."""
        return self._draft.written[self.component].text

    @property
    def text_with_alarm(self) -> bytes:
        """The same item with its alarm before its last line, where something is to come."""
        written, end = self._draft.written[self.component], _END[self.component]
        return written.text.removesuffix(end) + written.alarm + end


def items(
    programme: Programme,
    voice: Voice,
    components: Collection[Component],
    *,
    placement: Placement = Placement.DEADLINE,
    alarm_days: int | None = None,
    before: State | None = None,
    day: dt.date = dt.date.min,
    address: str | None = None,
    known: Container[str] = (),
) -> Iterator[Item]:
    """Yield the items of every milestone, in the order of their full ids.

    An event needs a date with a last day, a to-do does not; a to-do has a start and an end of its
    own, so no placement. Alarms go off so many days before an open event. What was published
    `before` goes on from its stamps, with `day` where it changed; else they are those of a first
    publication. With the `address` of a site they lead to its pages.

    Of the milestones that are `known`, by the full ids under which calendars know them, nothing
    that an item tells has changed since the state before: their stamps are taken from there, and
    need no text. That is for the caller to see to; what such an item says is the same then.
    """
    making = _Making(
        programme=programme,
        measures={measure.id: measure for measure in programme.measures},
        voice=voice,
        placement=placement,
        alarm_days=alarm_days,
        before=before,
        day=day,
        address=address,
        paths=Paths.of(programme, voice.language),
    )
    names = {component: making.name_of(component) for component in components}
    published = {} if before is None else before.milestones
    for milestone in programme.by_id:
        lifelong_id = milestone.lifelong_id
        was = published.get(lifelong_id) if lifelong_id in known else None
        date = date_of_event(milestone)
        last = None if date is None else date.latest
        end = _end(milestone, last)
        editions = {
            component: None if was is None else was.editions.get(name)
            for component, name in names.items()
            if last is not None or component is not Component.EVENT
        }
        draft = _Draft(making=making, milestone=milestone, known=editions)
        for component, edition in editions.items():
            yield Item(
                milestone=milestone,
                component=component,
                name=names[component],
                day=last,
                end=end,
                known=edition if edition is not None and edition.octets else None,
                draft=draft,
            )


@attrs.frozen(kw_only=True)
class _Making:
    """All that decides what the items of a programme are like."""

    programme: Programme
    measures: Mapping[str, Measure]
    voice: Voice
    placement: Placement
    alarm_days: int | None
    before: State | None
    day: dt.date
    address: str | None
    paths: Paths

    def name_of(self, component: Component) -> str:
        return f"{self.voice.language}.{component}"

    def page_of(self, milestone: Milestone) -> str | None:
        """Return the address of its place on a page."""
        return None if self.address is None else self.address + self.paths.milestone(milestone)


@attrs.frozen(kw_only=True)
class _Written:
    """An item as it was written."""

    edition: Edition
    text: bytes
    alarm: bytes


@attrs.frozen(kw_only=True, eq=False, slots=False)  # a cached property needs room
class _Draft:
    """The items of a milestone, which share most of their lines, before any is written."""

    making: _Making
    milestone: Milestone
    known: Mapping[Component, Edition | None]

    @functools.cached_property
    def written(self) -> Mapping[Component, _Written]:
        """All of them."""
        summary = _summary(self.milestone, self.making.voice)
        common = _common(self.making, self.milestone, summary)
        return {
            component: self._written(component, edition, summary, common)
            for component, edition in self.known.items()
        }

    def _written(
        self,
        component: Component,
        known: Edition | None,
        summary: str,
        common: Mapping[str, bytes],
    ) -> _Written:
        """Return an item; where its edition is known it has the stamps of that."""
        making, milestone = self.making, self.milestone
        own = _OWN[component](milestone, making.placement)
        item_uid = uid(making.programme, milestone, component)
        lines = {**common, **own, "UID": text_line("UID", item_uid)}
        alarm = _alarm(making, milestone, summary) if component is Component.EVENT else b""
        edition = known or edition_after(
            making.before,
            milestone,
            making.name_of(component),
            _digest(b"".join([*lines.values(), alarm])),
            making.day,
        )
        lines |= _stamps(edition.sequence, edition.created, edition.modified)
        ordered = [lines[name] for name in _ORDER[component] if name in lines]
        text = b"".join([_BEGIN[component], *ordered, _END[component]])
        if edition.octets != len(text):
            edition = attrs.evolve(edition, octets=len(text))
        return _Written(edition=edition, text=text, alarm=alarm)


def uid(programme: Programme, milestone: Milestone, what: str = Component.EVENT) -> str:
    """Return the UID for life of an event, a to-do or an alarm: no two of them share one."""
    suffix = "" if what == Component.EVENT else f".{what}"
    home, own = milestone.lifelong_in(programme)
    return f"{own.replace('/', '.')}{suffix}@{home}"


def date_of_event(milestone: Milestone) -> PolicyDate | None:
    """Return the date of an event: that of being met where it has a last day, else the promised."""
    outcome = milestone.outcome
    if isinstance(outcome, Met) and outcome.on is not None and outcome.on.latest is not None:
        return outcome.on
    return milestone.in_force


def _end(milestone: Milestone, last: dt.date | None) -> dt.date | None:
    """Return the first day by which it has ended, and its date is past: what is fixed ends so."""
    outcome = milestone.outcome
    if outcome is None:
        return last if milestone.commitment is Commitment.FIXED else None
    return max(outcome.known_from, outcome.certain_from, last or dt.date.min)


def _digest(content: bytes) -> str:
    """Return what tells a content from what it was before, in letters that need no escape."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()[:_OCTETS]).decode()


# --- lines ----------------------------------------------------------------------------------------

_OCTETS = 6
"""Of a digest: enough to tell a content from the one before it, and few in a state of thousands."""
_BEGIN = {Component.EVENT: b"BEGIN:VEVENT\r\n", Component.TODO: b"BEGIN:VTODO\r\n"}
_END = {Component.EVENT: b"END:VEVENT\r\n", Component.TODO: b"END:VTODO\r\n"}
# The order in which icalendar itself writes them.
_ORDER = {
    Component.EVENT: (
        *("SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "CATEGORIES", "CREATED"),
        *("DESCRIPTION", "LAST-MODIFIED", "STATUS", "TRANSP", "URL"),
        "X-MICROSOFT-CDO-BUSYSTATUS",
    ),
    Component.TODO: (
        *("CATEGORIES", "COMPLETED", "CREATED", "DESCRIPTION", "DTSTAMP", "DTSTART", "DUE"),
        *("LAST-MODIFIED", "PERCENT-COMPLETE", "SEQUENCE", "STATUS", "SUMMARY", "UID", "URL"),
    ),
}


@functools.lru_cache(maxsize=8192)  # as with the lines of days
def _stamps(sequence: int, created: dt.date, modified: dt.datetime) -> Mapping[str, bytes]:
    return {
        "SEQUENCE": number_line("SEQUENCE", sequence),
        "CREATED": day_line("CREATED", midnight(created)),
        "LAST-MODIFIED": day_line("LAST-MODIFIED", modified),
        "DTSTAMP": day_line("DTSTAMP", modified),
    }


@functools.lru_cache(maxsize=8192)
def _stamped(sequence: int, created: dt.date, modified: dt.datetime) -> str:
    return f" {sequence} {created} {modified}\n"


# --- when -----------------------------------------------------------------------------------------

_LAST_START = dt.date.max - dt.timedelta(days=1)


def _event(milestone: Milestone, placement: Placement) -> Mapping[str, bytes]:
    date = date_of_event(milestone)
    assert date is not None, "what has no date has no event"
    assert date.latest is not None, "what has no last day has none either"
    first = date.earliest if placement is Placement.SPAN else None
    return _event_lines(first, date.latest, _event_status(date, milestone.outcome))


@functools.lru_cache(maxsize=8192)  # as with the lines of days
def _event_lines(first: dt.date | None, last: dt.date, status: str) -> Mapping[str, bytes]:
    first, end = _days(first, last)
    return {
        "DTSTART": day_line("DTSTART", first),
        "DTEND": day_line("DTEND", end),
        "STATUS": word_line("STATUS", status),
        "TRANSP": word_line("TRANSP", "TRANSPARENT"),
        # Outlook heeds this before TRANSP.
        "X-MICROSOFT-CDO-BUSYSTATUS": word_line("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
    }


def _todo(milestone: Milestone, _placement: Placement) -> Mapping[str, bytes]:
    due, outcome = milestone.in_force, milestone.outcome
    first, last = (due.earliest, due.latest) if due is not None else (None, None)
    lines = {
        "STATUS": word_line("STATUS", _TODO_STATUS[type(outcome)]),
        "PERCENT-COMPLETE": number_line("PERCENT-COMPLETE", 100 if isinstance(outcome, Met) else 0),
    }
    if first is not None and first != last:  # DUE is later (RFC 5545, 3.8.2.3)
        lines["DTSTART"] = day_line("DTSTART", first)
    if last is not None:
        lines["DUE"] = day_line("DUE", last)
    if isinstance(outcome, Met) and outcome.on is not None:
        last = outcome.on.latest
        if last is not None and last < dt.date.max:
            lines["COMPLETED"] = day_line("COMPLETED", midnight(last))
    return lines


_OWN: Mapping[Component, Callable[[Milestone, Placement], Mapping[str, bytes]]] = {
    Component.EVENT: _event,
    Component.TODO: _todo,
}


def _alarm(making: _Making, milestone: Milestone, summary: str) -> bytes:
    """Return an alarm that shows the summary (RFC 9074 gives alarms a UID of their own)."""
    if making.alarm_days is None or milestone.outcome is not None:
        return b""
    return b"".join(
        [
            b"BEGIN:VALARM\r\n",
            text_line("UID", uid(making.programme, milestone, "alarm")),
            word_line("ACTION", "DISPLAY"),
            trigger_line(making.alarm_days),
            text_line("DESCRIPTION", summary),
            b"END:VALARM\r\n",
        ]
    )


def _event_status(date: PolicyDate, outcome: Outcome | None) -> str:
    if isinstance(outcome, Dropped):
        return "CANCELLED"
    return "CONFIRMED" if isinstance(outcome, Met) or date.is_exact else "TENTATIVE"


_TODO_STATUS = {
    type(None): "NEEDS-ACTION",
    Met: "COMPLETED",
    Dropped: "CANCELLED",
    Replaced: "CANCELLED",
}


def _days(first: dt.date | None, last: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first day of an event and the day after its last one.

    No day comes after 31 December 9999, so what ends there is shown to end a day earlier: an event
    without an explicit end is misread by more readers. The description has the true days.
    """
    last = min(last, _LAST_START)
    return min(first or last, last), last + dt.timedelta(days=1)


# --- what -----------------------------------------------------------------------------------------


def _common(making: _Making, milestone: Milestone, summary: str) -> dict[str, bytes]:
    """Return what an event and a to-do have in common."""
    voice, page = making.voice, making.page_of(milestone)
    if page is None:
        description = _description(milestone, making.measures, voice)
    else:
        description = _brief(milestone, voice, summary, page)
    lines = {
        "SUMMARY": text_line("SUMMARY", summary),
        "DESCRIPTION": text_line("DESCRIPTION", clean(description)),
        "CATEGORIES": texts_line("CATEGORIES", _categories(milestone, voice)),
    }
    if (url := page or milestone.source.url) is not None:
        lines["URL"] = address_line("URL", url)
    return lines


def _summary(milestone: Milestone, voice: Voice) -> str:
    """Return the title, an imprecise date, the dates it had, and the measure, on one line.

    It has the length that Outlook shows at most.
    """
    date = date_of_event(milestone)
    notes = []
    if date is not None and not date.is_exact:
        outcome = milestone.outcome
        is_own = outcome is not None and date is outcome.on
        notes.append(voice.outcome_day(outcome) if outcome and is_own else voice.date(date))
    before = (move.before for move in milestone.moves if move.before is not None)
    if was := voice.was(before):
        notes.append(was)
    title, measure = (clean_line(voice.text(one.title)) for one in (milestone, milestone.measure))
    told = f"{title} ({'; '.join(notes)})" if notes else title
    if measure.casefold() != title.casefold():
        told += f" – {measure}"  # noqa: RUF001  a dash
    if isinstance(milestone.outcome, Dropped | Replaced):
        key = "cancelled" if isinstance(milestone.outcome, Dropped) else "replaced title"
        told = voice.label(key, title=told)
    return _shortened(clean_line(told))


_LONGEST_SUMMARY = 255


def _shortened(text: str) -> str:
    """Return a text that is not too long, cut behind a word where one ends soon enough."""
    if len(text) <= _LONGEST_SUMMARY:
        return text
    kept = text[: _LONGEST_SUMMARY - 1]
    words = kept if text[len(kept)] == " " else kept.rpartition(" ")[0]
    if len(words) < _LONGEST_SUMMARY // 2:
        words = kept
    return words.rstrip(" –,;:(") + "…"  # noqa: RUF001  a dash


def _brief(milestone: Milestone, voice: Voice, summary: str, page: str) -> str:
    """Return what there is to know at a glance, and the page that tells all of it.

    The measure is named where the summary has no room for it, and the address is repeated, since
    some clients show no URL. It has the ids, so that no two items are alike, since some clients
    tell them apart by content.
    """
    measure = clean_line(voice.text(milestone.measure.title))
    told = []
    if measure not in summary:
        told.append(voice.labelled("measure", measure))
    if promise := voice.promise(milestone):
        told.append(capital(promise))
    if moves := milestone.moves:
        told.append(capital(voice.moved_to(moves[-1].due)))
    told.append(_end_and_newest(milestone, voice))
    if milestone.bodies:
        told.append(voice.labelled("responsible", voice.responsible(milestone.bodies)))
    return "\n".join([*told, page])


def _end_and_newest(milestone: Milestone, voice: Voice) -> str:
    """Return how it ended, or that this is recorded nowhere, and the newest statement."""
    newest = _newest_statement(milestone)
    assert newest.source is not None, "where nothing was found nobody states anything"
    statement = voice.announcement(newest.source, newest.known_from)
    outcome = milestone.outcome
    if outcome is None and milestone.commitment is not Commitment.FIXED:
        return voice.label("nothing recorded", day=statement)
    told = voice.label("newest statement", day=statement)
    if outcome is None:
        return capital(told)
    return f"{capital(voice.outcome(outcome, fact=milestone.is_fact))}; {told}"


def _newest_statement(milestone: Milestone) -> Milestone | Revision | News | Outcome:
    """Return what was said last; that somebody looked and found nothing is no statement."""
    return max(
        (
            said
            for said in (*milestone.statements,)[::-1]
            if not (isinstance(said, News) and said.found is Found.NOTHING)
        ),
        key=lambda said: said.known_from,
    )


def _description(milestone: Milestone, measures: Mapping[str, Measure], voice: Voice) -> str:
    """Return plain text that stands on its own: many clients show no other property.

    The full id ends it, so that no two items are alike: some clients tell items apart by content.
    """
    measure = milestone.measure
    paragraphs = [voice.labelled("measure", voice.text(measure.title))]
    if others := [voice.text(measures[id_].title) for id_ in milestone.also if id_ in measures]:
        paragraphs[0] += "\n" + voice.labelled("also", "; ".join(others))
    if measure.summary is not None:
        paragraphs.append(voice.text(measure.summary))
    if milestone.summary is not None:
        paragraphs.append(voice.text(milestone.summary))
    sources = _sources(milestone)
    paragraphs.append("\n".join(_history(milestone, sources, voice)))
    if milestone.bodies:
        paragraphs.append(voice.labelled("responsible", voice.responsible(milestone.bodies)))
    paragraphs.extend(voice.labelled("source", _cited(source, voice)) for source in sources)
    paragraphs.append(voice.labelled("milestone", milestone.full_id))
    return "\n\n".join(paragraphs)


def _history(milestone: Milestone, sources: Iterable[Source], voice: Voice) -> Iterator[str]:
    """Yield a line for the window and for each statement: what was said, when, and why.

    Nothing here changes by the day: whether a term has passed is for who reads it. That there is no
    outcome is told of what somebody has to do; what is fixed comes about by itself.
    """
    date = date_of_event(milestone)
    if date is not None and (window := voice.window(date)):
        yield voice.labelled("window", window)
    if promise := voice.promise(milestone):
        known = voice.known_day(milestone.known_from, milestone.sources)
        yield f"{capital(promise)} ({known})"
    for revision in milestone.revisions:
        revised = capital(voice.revised(revision))
        reason = f": {voice.text(revision.reason)}" if revision.reason else ""
        known = voice.known_day(revision.announced, revision.sources)
        yield f"{revised} ({known}){reason}"
    for news in milestone.news:
        told = voice.label("news on", day=voice.news_on(news), news=voice.news(news))
        yield voice.labelled("news", told)
    for outcome in milestone.outcomes:
        ended = capital(voice.outcome(outcome, fact=milestone.is_fact))
        because = voice.because(outcome)
        yield f"{ended} ({because})" if because else ended
        if outcome.note is not None:
            yield voice.labelled("note", voice.text(outcome.note))
    if not milestone.outcomes and milestone.commitment is not Commitment.FIXED:
        newest = course(milestone)[-1].newest_statement
        yield voice.label("nothing recorded", day=voice.known_day(newest, sources))


def _sources(milestone: Milestone) -> Iterable[Source]:
    """Return what attests a milestone, each document once."""
    return {source.id: source for said in milestone.statements for source in said.sources}.values()


def _cited(source: Source, voice: Voice) -> str:
    return "\n".join(filter(None, (voice.citation(source), source.url)))


def _categories(milestone: Milestone, voice: Voice) -> tuple[str, ...]:
    """Return cluster, sectors and kind, each once."""
    measure = milestone.measure
    titles = [voice.text(sector.title) for sector in measure.sectors]
    if measure.cluster is not None:
        titles.insert(0, voice.text(measure.cluster.title))
    kind = _category(voice.kind(milestone.kind))
    return tuple(dict.fromkeys([*filter(None, map(_category, titles)), kind]))


_SEPARATORS = re.compile(r"[,;\\]")


@functools.lru_cache(maxsize=256)  # many milestones stand in one cluster
def _category(title: str) -> str:
    """Return a title without what some readers take for the end of an entry."""
    return clean_line(_SEPARATORS.sub(" ", title))
