"""What tells a page of any kind: its voice, its templates, and each milestone from day to day.

A page is whole without a script: it tells the standings of the day for which it was made. The
script looks up those of the reader's day in the courses that stand in the page; it decides no
standing itself. What is only known later stands in the page too, hidden up to its day.
"""

import base64
import datetime as dt
import functools
import hashlib
import itertools
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
from markupsafe import Markup, escape

from betatech_milestones.analysis.course import course, said_on
from betatech_milestones.formats.standings import group_of
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import (
    Body,
    Budget,
    Measure,
    Milestone,
    News,
    Outcome,
    OwnKind,
    Programme,
    Revision,
    Snooze,
    Source,
    Texts,
)
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Found
from betatech_milestones.voice import Voice, capital

if TYPE_CHECKING:
    from jinja2 import Environment

# --- what leads to what ---------------------------------------------------------------------------


@attrs.frozen(kw_only=True, eq=False)
class Relations:
    """A programme with what leads from one of its records to others, reckoned once."""

    programme: Programme
    measures: Mapping[str, Measure]
    """By id."""
    milestones: Mapping[str, Milestone]
    """By full id, also by those they had before."""
    shared: Mapping[str, Sequence[Milestone]]
    """What is a part of other measures, and of this one too, by its id."""
    departed: Mapping[str, Sequence[Milestone]]
    """What was a part of this measure before it became one of another, by its id."""
    answered: Mapping[str, Sequence[Milestone]]
    """For what a body ever answered, by its id."""
    _changing: dict[str, tuple[dt.date, ...]] = attrs.field(init=False, factory=dict, repr=False)

    @classmethod
    def of(cls, programme: Programme) -> "Relations":
        """Return those of a programme."""
        measures = {measure.id: measure for measure in programme.measures}
        former = {name: it for it in programme.by_id for name in it.formerly}
        shared: defaultdict[str, list[Milestone]] = defaultdict(list)
        departed: defaultdict[str, list[Milestone]] = defaultdict(list)
        answered: defaultdict[str, list[Milestone]] = defaultdict(list)
        for milestone in programme.milestones:
            home = milestone.measure.id
            for other in dict.fromkeys(milestone.also):
                if other != home:
                    shared[other].append(milestone)
            before = (former.partition("/")[0] for former in milestone.formerly)
            for other in dict.fromkeys(before):
                if other in measures and other not in {home, *milestone.also}:
                    departed[other].append(milestone)
            for body in dict.fromkeys(body.id for body in ever_answering(milestone)):
                answered[body].append(milestone)
        return cls(
            programme=programme,
            measures=measures,
            milestones=former | {it.full_id: it for it in programme.by_id},
            shared=shared,
            departed=departed,
            answered=answered,
        )

    def changing_days(self, milestone: Milestone) -> tuple[dt.date, ...]:
        """Return every day on which a page tells something else of a milestone than the day before.

        They are found once, for all pages in all languages.
        """
        days = self._changing.get(milestone.full_id)
        if days is None:
            days = self._changing[milestone.full_id] = tuple(_changing_days(milestone))
        return days


def _changing_days(milestone: Milestone) -> set[dt.date]:
    days = {turn.day for turn in course(milestone)}
    number = milestone.number
    for said in (*milestone.statements, *(number.readings if number else ())):
        days.add(said.known_from)
        days.update(source.known_from for source in said.sources)
    if milestone.snoozed is not None and milestone.snoozed.since is not None:
        days.add(milestone.snoozed.since)
    return days


def ever_answering(milestone: Milestone) -> Iterator[Body]:
    """Yield who answered for a milestone at any time, as often as it was handed over to them."""
    yield from milestone.bodies_by(dt.date.min)
    for revision in milestone.revisions:
        yield from revision.bodies or ()


# --- what holds from day to day -------------------------------------------------------------------


@attrs.frozen
class Spell:
    """What holds from a day on, up to and including another: either may be open."""

    value: Any
    since: dt.date | None
    until: dt.date | None


def spells(found: Iterable[tuple[dt.date, Any]]) -> list[Spell]:
    """Return what holds from each of some days up to the next; nothing is no spell."""
    told: list[Spell] = []
    for day, value in sorted(found, key=lambda pair: pair[0]):
        if told and told[-1].value == value:
            continue
        if told:
            told[-1] = attrs.evolve(told[-1], until=day - _ONE_DAY)
        told.append(Spell(value, None if day == dt.date.min else day, None))
    return [spell for spell in told if spell.value not in (None, "", ())]


_ONE_DAY = dt.timedelta(days=1)


def lasting(told: Iterable[Spell], day: dt.date) -> list[Spell]:
    """Return what holds on a day or later."""
    return [spell for spell in told if spell.until is None or spell.until >= day]


CourseRow = tuple[str, str, str | None, str]
"""From which day on, in which group, the day from which a stretch of time is counted, and how it
stands, where {age} is that stretch."""


def course_rows(
    milestone: Milestone, voice: Voice, *, after: dt.date | None = None
) -> Iterator[CourseRow]:
    """Yield each turn, told for a day that is not known yet.

    With a day, only those that follow the standing which is told on it.
    """
    for number, turn in enumerate(course(milestone)):
        if after is not None and (number == 0 or turn.day <= after):
            continue
        standing = Standing(milestone, turn.day, turn.day, turn)
        counted = turn.counted
        yield (
            turn.day.isoformat(),
            group_of(standing),
            None if counted is None else counted.isoformat(),
            voice.status(standing, age="{age}"),
        )


def statements(milestones: Iterable[Milestone]) -> Mapping[dt.date, Sequence[Source]]:
    """Return the days on which anything was stated, and the documents that may have said it.

    That somebody looked in vain is no statement.
    """
    found: defaultdict[dt.date, list[Source]] = defaultdict(list)
    for milestone in milestones:
        for statement in milestone.statements:
            if not (isinstance(statement, News) and statement.found is Found.NOTHING):
                for day in said_on(statement):
                    found[day] += statement.sources
    return found


def bears_a_day(day: dt.date, sources: Iterable[Source]) -> bool:
    """Whether what was stated on a day is of that day, and not only read on it by then."""
    said = [source for source in sources if source.known_from == day]
    return not said or any(source.published is not None for source in said)


@attrs.frozen(kw_only=True)
class Newest:
    """Up to when anything was stated."""

    dated: dt.date | None
    """The day of the newest statement that bears one."""
    sources: Sequence[Source]
    """What may have made it."""
    read: dt.date | None
    """The day after that on which a document was last read that bears none."""

    @classmethod
    def of(cls, milestones: Iterable[Milestone], day: dt.date) -> "Newest":
        """Return what is known by a day."""
        stated = {it: those for it, those in statements(milestones).items() if it <= day}
        dated = max((it for it, those in stated.items() if bears_a_day(it, those)), default=None)
        read = max(stated, default=None)
        return cls(
            dated=dated,
            sources=() if dated is None else stated[dated],
            read=None if read == dated else read,
        )

    def said(self, voice: Voice) -> str:
        """Return when the newest statement was made that bears a day; nothing where none was."""
        return "" if self.dated is None else voice.known_day(self.dated, self.sources)


FRESH = ("fresh", "fresh dated", "fresh undated")


def fresh(dated: str, read: dt.date | None, voice: Voice) -> str:
    """Return how fresh is what a page tells; nothing where nothing was stated yet.

    When an undated document was made nobody knows, so that it is the newest is not said of it.
    """
    if read is None:
        return voice.label("fresh", day=dated) if dated else ""
    return voice.label(FRESH[1] if dated else FRESH[2], day=dated, read=voice.day(read))


def newest_told(milestones: Iterable[Milestone], day: dt.date, voice: Voice) -> str:
    """Return how fresh is what is known of milestones on a day."""
    newest = Newest.of(milestones, day)
    return fresh(newest.said(voice), newest.read, voice)


def known_from(measure: Measure) -> dt.date:
    """Return the first day on which there is anything to tell of a measure."""
    own = (source.known_from for source in measure.sources)
    return min((*own, *(milestone.known_from for milestone in measure.milestones)))


def verdicts(
    milestone: Milestone, voice: Voice
) -> Iterator[tuple[dt.date, tuple[Outcome | None, str] | None]]:
    """Yield who says that it ended so and how late it was, which later sources can alter."""
    turns = course(milestone)
    sources = (source for outcome in milestone.outcomes for source in outcome.sources)
    days = {
        *(turn.day for turn in turns),
        *(source.known_from for source in sources),
        *(revision.announced for revision in milestone.revisions),
    }
    for day in sorted(days):
        if day >= turns[0].day:
            turn = max((it for it in turns if it.day <= day), key=lambda it: it.day)
            verdict = voice.verdict(Standing(milestone, day, day, turn))
            yield day, (turn.outcome, verdict) if verdict else None


def history(milestone: Milestone) -> list[Revision | News | Outcome | Snooze]:
    """Return what was said after the promise, by when it was known."""
    said: list[tuple[dt.date, Revision | News | Outcome | Snooze]] = [
        *((revision.announced, revision) for revision in milestone.revisions),
        *((news.known_from, news) for news in milestone.news),
        *((outcome.known_from, outcome) for outcome in milestone.outcomes),
    ]
    if milestone.snoozed is not None:
        said.append((milestone.snoozed.since or dt.date.min, milestone.snoozed))
    return [it for _, it in sorted(said, key=lambda one: one[0])]


# --- how a template tells it ----------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Words:
    """A text of the data, and its language where that is not the page's."""

    text: str
    language: str | None


@attrs.frozen(kw_only=True, eq=False)
class PageVoice:
    """The voice of a page, which also says what is in another language than the page.

    What many pages tell alike, dates and sources, it makes once.
    """

    voice: Voice
    programme: Programme
    dated: Callable[[PolicyDate], Markup] = attrs.field(init=False, repr=False)
    """A date, with the words of its source and the days that it leaves open."""
    cited: Callable[[Source], Markup] = attrs.field(init=False, repr=False)
    """A source by its reference, or else its title, with a link to it."""
    listed: Callable[[Source], Markup] = attrs.field(init=False, repr=False)
    """A source in a list of them: its title with a link to it, its reference, its day, a copy."""

    @dated.default
    def _each_date_once(self) -> Callable[[PolicyDate], Markup]:
        # Dates are equal whatever their words.
        once = functools.cache(self._dated)
        return lambda date: once(date, date.words, date.translations)

    @cited.default
    def _each_source_once(self) -> Callable[[Source], Markup]:
        return functools.cache(self._cited)

    @listed.default
    def _each_source_listed_once(self) -> Callable[[Source], Markup]:
        return functools.cache(self._listed)

    def label(self, key: str, **values: object) -> str:
        return self.voice.label(key, **values)

    def sentence(self, key: str) -> str:
        """Return a sentence of ours with its gaps, for the template to put markup in."""
        gaps = ("date", "day", "by", "reason", "bodies", "name", "count")
        return self.label(key, **{gap: f"{{{gap}}}" for gap in gaps})

    def filled(self, key: str, **values: Markup) -> Markup:
        """Return a sentence of ours with markup in its gaps."""
        return Markup(self.label(key, **values))  # noqa: S704  the sentences are ours

    def tell(self, texts: Texts) -> Markup:
        """Return a text of the data in an element of its own, with its language."""
        return _apart(self.text(texts))

    def text(self, texts: Texts) -> Words:
        text = self.voice.text(texts)
        tags = [tag for tag, written in texts.pairs if written == text]
        ours = any(self._is_ours(tag) for tag in tags)
        return Words(text=text, language=None if ours else tags[0])

    def date(self, date: PolicyDate) -> Words:
        """Return a date in the language of the page."""
        said = self.voice.said(date)
        return self._own_words(date, said) if date.edtf is None else Words(text=said, language=None)

    def quoted(self, date: PolicyDate) -> Words | None:
        """Return the source's own words in quotation marks, where they tell more."""
        if not (text := self.voice.quoted(date)):
            return None
        return self._own_words(date, text)

    def _own_words(self, date: PolicyDate, text: str) -> Words:
        """Return words of a source as they are told, and their language."""
        tags = [tag for tag, written in date.translations if written in text]
        language = tags[0] if tags else self.programme.language
        return Words(text=text, language=None if self._is_ours(language) else language)

    def _dated(self, date: PolicyDate, *_: object) -> Markup:
        quoted, window = self.quoted(date), escape(self.voice.window(date))
        more = [_apart(quoted), window] if quoted else [window]
        besides = Markup("; ").join(filter(None, more))
        said = _apart(self.date(date)) if date.edtf is None else escape(self.voice.said(date))
        return Markup("{} ({})").format(said, besides) if besides else said

    def named(self, source: Source) -> Markup:
        """Return a source by its reference, or else its title."""
        named = Words(text=source.reference, language=None) if source.reference else None
        return _apart(named or self.text(source.title))

    def _cited(self, source: Source) -> Markup:
        return linked(self.named(source), source.url)

    def _listed(self, source: Source) -> Markup:
        told = [linked(self.tell(source.title), source.url)]
        if source.reference:
            told.append(_apart(Words(text=source.reference, language=None)))
        told.append(escape(self.source_day(source)))
        listed = Markup(", ").join(told)
        if not is_link(source.archived):
            return listed
        copy = linked(escape(self.label("archived")), source.archived)
        return listed + Markup(f" ({copy})")  # noqa: S704

    def outcome_day(self, outcome: Outcome) -> str:
        return self.voice.outcome_day(outcome)

    def day(self, day: dt.date) -> str:
        return self.voice.day(day)

    def ended_key(self, outcome: Outcome, milestone: Milestone) -> str:
        """Return the label of how it ended, or of what was reported as done."""
        return "done on" if milestone.is_fact else f"{outcome.status} on"

    def sort(self, milestone: Milestone) -> Markup:
        """Return what sort of moment it is, in an element of its own where the data says so."""
        kind = milestone.kind
        return self.tell(kind.title) if isinstance(kind, OwnKind) else escape(self.label(kind))

    def sum(self, budget: Budget) -> str:
        return self.voice.sum(budget)

    def source_day(self, source: Source) -> str:
        return self.voice.source_day(source)

    def known_day(self, day: dt.date, sources: Iterable[Source]) -> str:
        return self.voice.known_day(day, sources)

    def news_on(self, news: News) -> str:
        return self.voice.news_on(news)

    def number(self, number: object) -> str:
        return self.voice.number(number)

    def how(self, standing: Standing) -> str:
        """Return how a milestone stands, without the date of an outcome."""
        return self.voice.status(standing)

    def sign(self, standing: Standing, course: Sequence[CourseRow]) -> Markup:
        """Return the sign of how a milestone stands, with the turns that follow for the script."""
        coming = f" data-course='{in_attribute(course)}'" if course else ""
        said = self.stands(standing)
        return Markup(f'<bdi class="how {group_of(standing)}"{coming}>{said}</bdi>')  # noqa: S704

    def stands(self, standing: Standing) -> Markup:
        """Return the same for a page of no day: since when it stands so.

        The script puts there for how long that is, on the day of the reader.
        """
        said, counted = self.voice.standing_since(standing), standing.turn.counted
        if counted is None:
            return escape(said)
        before, day, age, behind = _difference(said, self.voice.status(standing, age="{age}"))
        time = f'<time datetime="{counted}" data-age="{escape(age)}">{escape(day)}</time>'
        return Markup(f"{escape(before)}{time}{escape(behind)}")  # noqa: S704

    def shift(self, days: int | None) -> str:
        return self.voice.shift(days)

    def _is_ours(self, tag: str) -> bool:
        return tag.partition("-")[0].lower() == self.voice.spoken


def _difference(one: str, other: str) -> tuple[str, str, str, str]:
    """Return how two sentences begin alike, how each goes on, and how both end, in whole words."""
    first, second = re.split(_SPACES, one), re.split(_SPACES, other)
    before = _alike(first, second)
    behind = _alike(first[before:][::-1], second[before:][::-1])
    end = len(first) - behind
    return (
        "".join(first[:before]),
        "".join(first[before:end]),
        "".join(second[before : len(second) - behind]),
        "".join(first[end:]),
    )


_SPACES = re.compile("( )")


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many of their first items two sequences have in common."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _apart(words: Words) -> Markup:
    """Return words in an element of their own, whose direction turns nothing around it."""
    language = f' lang="{escape(words.language)}"' if words.language else ""
    return Markup(f"<bdi{language}>{escape(words.text)}</bdi>")  # noqa: S704


def linked(words: Markup, url: str | None) -> Markup:
    """Return words with a link, where there is an address that a reader may follow."""
    return Markup(f'<a href="{escape(url)}">{words}</a>') if is_link(url) else words  # noqa: S704


def is_link(url: str | None) -> bool:
    """Whether a reader may follow an address: the loader lets no other through, a script may."""
    return url is not None and url.startswith(("https://", "http://"))


def in_attribute(value: object) -> Markup:
    """Return JSON as it stands between single quotes, where double ones need no escape."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(  # noqa: S704  all that could end the attribute is escaped
        written.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;")
    )


@functools.cache
def templates() -> "Environment":
    """Return what fills the templates of this room: all is escaped that is not markup of ours."""
    # A site that stands already as it is to be is found to do so without it.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("betatech_milestones", "website"),
        auto_reload=False,  # else each page asks the disk whether its template is another by now
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.tests["link"] = is_link
    environment.filters["with_capital"] = capital
    environment.filters["in_attribute"] = in_attribute
    environment.filters["linked"] = linked
    return environment


def raw(name: str) -> str:
    """Return a file beside the templates as it is: a script may hold what looks like a template."""
    environment = templates()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def hashed(text: str) -> str:
    """Return how a policy names a style or a script that stands in a page."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
