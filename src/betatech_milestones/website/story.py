"""What the page of a measure tells of each of its milestones, as markup.

It is written without a template: there are thousands of milestones, and what a template calls for
each of them costs more than what it says. Whatever is not markup of ours is escaped where it is
put in.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import attrs
from markupsafe import Markup, escape

from betatech_milestones.model.records import (
    Body,
    Dropped,
    Measure,
    Milestone,
    News,
    Number,
    Outcome,
    Reading,
    Replaced,
    Revision,
    Snooze,
    Source,
)
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Kind, ReadingKind
from betatech_milestones.voice import capital
from betatech_milestones.website.frame import Frame
from betatech_milestones.website.telling import CourseRow, PageVoice, Spell

Said = Milestone | Revision | News | Outcome | Reading
"""What is said of a milestone."""


@attrs.frozen(kw_only=True)
class Told:
    """A milestone as the page of a measure tells it: without what was over by the page's day."""

    milestone: Milestone
    standing: Standing
    """On the day of the page; its first, where nobody knew of it by then."""
    known_from: dt.date
    """The first day on which it stands anyhow."""
    course: Sequence[CourseRow]
    """The turns after that in which it stands."""
    also: Sequence[Measure]
    """The other measures of which it is a part."""
    bodies: Sequence[Spell]
    """Who answers for it, where that is not who answers for its measure."""
    goals: Sequence[Spell]
    verdicts: Sequence[Spell]
    """How late it ended and who says so, each with the outcome of which it is."""
    history: Sequence[Revision | News | Snooze | Outcome]
    """What was said after the promise, by when it was known."""
    strip: Markup
    mend: str | None
    """Where to mend it."""


@attrs.frozen(kw_only=True)
class Teller:
    """Tells the milestones of a measure on its page."""

    outside: Frame
    measure: Measure
    day: dt.date
    """That of the page: what is known by then needs no day, since no reader's is before it."""

    @property
    def _voice(self) -> PageVoice:
        return self.outside.voice

    def story(self, told: Told, anchors: Iterable[str]) -> Markup:
        """Return all that is told of a milestone, with the places of links to its former ids."""
        return Markup("".join(self._story(told, anchors)))  # noqa: S704  as all below is

    def _story(self, told: Told, anchors: Iterable[str]) -> Iterator[str]:
        milestone, voice = told.milestone, self._voice
        yield f'<article class="row" id="{escape(milestone.id)}"{self.since(told.known_from)}>\n'
        yield from map(_place, anchors)
        yield f"<h2>{voice.tell(milestone.title)}</h2>\n"
        sign = voice.sign(told.standing, told.course)
        yield f"<p>{sign} <small>{self._sort(milestone)}</small></p>\n{told.strip}\n"
        if milestone.summary is not None:
            yield f"<p>{voice.tell(milestone.summary)}</p>\n"
        for it in told.bodies:
            answering = f"{self.label('responsible')}: {self.responsible(it.value)}"
            yield f"<p{self._lasting(it)}>{answering}</p>\n"
        if told.also:
            ways = (
                (self.outside.to(self.outside.paths.measure(it.id)), it.title) for it in told.also
            )
            links = (f'<a href="{escape(way)}">{voice.tell(title)}</a>' for way, title in ways)
            yield f"<p>{self.label('also')}: {', '.join(links)}</p>\n"
        yield '<ul class="history">\n'
        if not milestone.is_fact:
            yield f"<li><b>{self._known(milestone)}</b> {self._promised(milestone)}</li>\n"
        yield from (self._happened(it, told) for it in told.history)
        yield "</ul>\n"
        if milestone.number is not None:
            yield from self._number(milestone.number, told.goals)
        if told.mend is not None:
            yield self._mend(told.mend, milestone)
        yield "</article>\n"

    def row(self, told: Told, anchors: Iterable[str]) -> str:
        """Return a row that leads to where a milestone is told: on the page of another measure."""
        milestone, voice = told.milestone, self._voice
        way = self.outside.to(self.outside.paths.milestone(milestone))
        places = "".join(map(_place, anchors))
        title = f'<a href="{escape(way)}">{voice.tell(milestone.title)}</a>'
        return (
            f'<li{self.since(told.known_from)}>{places}<p class="what">{title}</p>\n'
            f'<p class="of">{voice.tell(milestone.measure.title)}</p>\n'
            f"<p>{voice.sign(told.standing, told.course)}</p></li>\n"
        )

    def _sort(self, milestone: Milestone) -> str:
        """Return what sort of moment it is, how firmly it was promised, and its code."""
        told = str(escape(self._voice.label(milestone.commitment)))
        if milestone.kind != Kind.OTHER:
            told = f"{self._voice.sort(milestone)}, {told}"
        return f"{told}, {_apart(milestone.code)}" if milestone.code else told

    def _mend(self, way: str, milestone: Milestone) -> str:
        in_file = self.outside.relations.programme.repository is not None
        line = f' data-line="{escape(milestone.full_id)}"' if in_file else ""
        label = self.label("mend file" if in_file else "mend")
        return f'<p><a class="mend" href="{escape(way)}"{line}>{label}</a></p>\n'

    # --- what was said of it ---

    def _promised(self, milestone: Milestone) -> str:
        voice = self._voice
        date = Markup() if milestone.due is None else voice.dated(milestone.due)
        promise = voice.filled(voice.voice.promise_key(milestone), date=date)
        return f"{promise}{self._said_in(milestone)}"

    def _happened(self, it: Revision | News | Snooze | Outcome, told: Told) -> str:
        match it:
            case Revision():
                return self._revised(it, told.milestone)
            case News():
                return self._news(it)
            case Snooze():
                return self._snoozed(it)
        return self._ended(it, told)

    def _revised(self, it: Revision, milestone: Milestone) -> str:
        voice, parts = self._voice, []
        if it.due is not None:
            moved = [str(voice.filled("moved", date=voice.dated(it.due)))]
            moves = (move for move in milestone.moves if move.revision is it)
            moved += filter(None, (str(escape(voice.shift(move.days))) for move in moves))
            parts.append(", ".join(moved))
        if it.goal is not None:
            parts.append(escape(voice.label("goal now", goal=voice.number(it.goal))))
        if it.bodies is not None:
            parts.append(voice.filled("handed over", bodies=self.responsible(it.bodies)))
        how = "; ".join(parts) + (f": {voice.tell(it.reason)}" if it.reason else "")
        return self._item(it.announced, self._known(it), f"{how}{self._said_in(it)}")

    def _news(self, it: News) -> str:
        voice = self._voice
        found = str(escape(voice.label(f"found {it.found}")))
        found += f" ({voice.filled('looked by', by=_apart(it.by))})" if it.by else ""
        found += f": {voice.tell(it.says)}" if it.says else ""
        on = str(escape(voice.news_on(it)))
        return self._item(it.known_from, on, f"{found}{self._said_in(it)}")

    def _snoozed(self, it: Snooze) -> str:
        voice = self._voice
        until, reason = escape(voice.day(it.until)), voice.tell(it.reason)
        quiet = voice.filled("snoozed", day=until, by=_apart(it.by), reason=reason)
        if it.since is None:
            return f"<li>{quiet}</li>\n"
        return self._item(it.since, str(escape(voice.day(it.since))), quiet)

    def _ended(self, it: Outcome, told: Told) -> str:
        voice = self._voice
        has_words = it.on is not None and it.on.words
        date = voice.dated(it.on) if it.on and has_words else escape(voice.outcome_day(it))
        how = str(voice.filled(voice.ended_key(it, told.milestone), date=date))
        if isinstance(it, Replaced) and it.by:
            how += f"; {voice.filled('by milestone', by=self._instead(it.by))}"
        if isinstance(it, Dropped | Replaced) and it.reason:
            how += f": {voice.tell(it.reason)}"
        for verdict in told.verdicts:
            outcome, text = verdict.value
            if outcome is it:
                told_so = f"; {escape(text)}"
                spell = self._lasting(verdict)
                how += f"<span{spell}>{told_so}</span>" if spell else told_so
        return self._item(it.known_from, self._known(it), f"{how}{self._said_in(it)}")

    def _number(self, number: Number, goals: Iterable[Spell]) -> Iterator[str]:
        """Yield the number that is to be reached, with its readings."""
        voice, unit = self._voice, self._voice.tell(number.unit)
        told = "".join(
            f"<span{self._lasting(it)}>{escape(voice.label('goal'))} "
            f"<b>{escape(voice.number(it.value))}</b> </span>"
            for it in goals
        )
        base = ""
        if number.baseline is not None:
            base = f"; {escape(voice.label('baseline'))} {escape(voice.number(number.baseline))}"
        yield f'<p>{self.label("numbers")}: {told}{unit}{base}</p>\n<ul class="history">\n'
        for it in number.readings:
            on = escape(voice.label("day unknown")) if it.on is None else voice.dated(it.on)
            is_planned = it.kind == ReadingKind.PLANNED
            planned = f" ({escape(voice.label('reading planned'))})" if is_planned else ""
            read = f"{on}: <b>{escape(voice.number(it.value))}</b> {unit}{planned}"
            yield f"<li{self.since(it.known_from)}>{read}{self._said_in(it)}</li>\n"
        yield "</ul>\n"

    # --- words, days and links ---

    def _item(self, since: dt.date, when: str, what: str) -> str:
        return f"<li{self.since(since)}><b>{when}</b> {what}</li>\n"

    def label(self, key: str) -> str:
        """Return a label of ours as the beginning of a line."""
        return str(escape(capital(self._voice.label(key))))

    def since(self, known: dt.date) -> str:
        """Return the attributes of what is known from a day on, where that is after the page's."""
        return f' data-from="{known}" hidden' if known > self.day else ""

    def _lasting(self, it: Spell) -> str:
        since = "" if it.since is None else self.since(it.since)
        return since if it.until is None else f'{since} data-until="{it.until}"'

    def _known(self, it: Said) -> str:
        return str(escape(self._voice.known_day(it.known_from, it.sources)))

    def _said_in(self, it: Said) -> str:
        """Return the documents in which it is said: that of the measure is linked below."""
        told = "".join(self._cited(source, it) for source in it.sources)
        if it.note is None:
            return told
        return f'{told} <small class="note">{self._voice.tell(it.note)}</small>'

    def _cited(self, source: Source, it: Said) -> str:
        voice = self._voice
        is_linked = source != self.measure.source
        told = f" ({voice.cited(source) if is_linked else voice.named(source)})"
        if source.known_from > max(self.day, it.known_from):
            return f"<span{self.since(source.known_from)}>{told}</span>"
        return told

    def responsible(self, bodies: Sequence[Body]) -> Markup:
        """Return those who answer for something, each with a link to its page."""
        paths, to = self.outside.paths, self.outside.to
        if not bodies:
            return escape(self._voice.label("nobody"))
        return Markup(", ").join(
            Markup(f'<a href="{escape(to(paths.body(it.id)))}">{self._voice.tell(it.name)}</a>')  # noqa: S704
            for it in bodies
        )

    def _instead(self, by: str) -> Markup:
        other = self.outside.relations.milestones.get(by)
        if other is None:
            return _apart(by)
        way = self.outside.to(self.outside.paths.milestone(other))
        return Markup(f'<a href="{escape(way)}">{self._voice.tell(other.title)}</a>')  # noqa: S704


def _place(anchor: str) -> str:
    """Return the place of a link to a former id."""
    return f'<a id="{escape(anchor)}"></a>'


def _apart(text: str) -> Markup:
    """Return a text of the data whose direction turns nothing around it."""
    return Markup(f"<bdi>{escape(text)}</bdi>")  # noqa: S704
