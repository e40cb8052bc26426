"""The programme as one web page, made for people.

The page is whole without a script: it tells the standings of the day for which it was made. Its
script looks up those of the reader's day in the courses that stand in the page, and filters; it
decides no standing itself. Nothing is loaded from elsewhere: the policy in the page's head allows
nothing but the styles and the script that stand in it.
"""

import base64
import datetime as dt
import functools
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined

from betatech_milestones.analysis.course import course
from betatech_milestones.analysis.report import Report
from betatech_milestones.formats.standings import FACT, group_of, tally
from betatech_milestones.language import lexicon, spoken
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import (
    Budget,
    Measure,
    Milestone,
    Outcome,
    OwnKind,
    Programme,
    Source,
    Texts,
)
from betatech_milestones.model.standing import Standing, Turn
from betatech_milestones.model.vocabulary import Evidence, Status
from betatech_milestones.voice import Voice, capital, languages_of
from betatech_milestones.website.timeline import has_dates

if TYPE_CHECKING:
    from betatech_milestones.calendars.feeds import Feed


def page(
    report: Report,
    *,
    feeds: Sequence["Feed"],
    picture: str,
    language: str,
    address: str | None = None,
) -> str:
    """Return the page of a whole programme, with the feeds of its language, as HTML.

    The report is one by what was known on its own day, as every day of the page's script is.
    `picture` is the timeline as SVG. `address` is that of the published site, ending in a slash;
    without it, the page's script takes the address at which it finds itself.
    """
    language, programme = spoken(language), report.programme
    at_home = language == spoken(programme.language)
    voice = _PageVoice(voice=Voice(language), programme=programme)
    rows = _rows(report, voice.voice)
    ours = [feed for feed in feeds if feed.language == language]
    drawn = picture if has_dates(programme) else ""
    style, script = raw("page.css"), raw("page.js")
    return (
        templates()
        .get_template("page.html")
        .render(
            voice=voice,
            report=report,
            programme=programme,
            measures=_measures(programme, rows),
            groups=_groups(rows),
            tally=tally(report, voice.voice),
            picture=drawn,
            choices=_choices(programme, voice),
            feeds=[(feed, _links(feed, address)) for feed in ours],
            scopes={feed.scope for feed in ours},
            ids={milestone.full_id for milestone in programme.by_id},
            located=address is not None,
            data=_data(voice.voice),
            for_script=_for_script(programme, rows, voice.voice),
            language=language,
            others=[
                _Page(
                    language=tag,
                    name=lexicon(tag).name,
                    path=_path(tag, programme, at_home=at_home),
                )
                for tag in languages_of(programme)
                if tag != language
            ],
            root="" if at_home else "../",
            style=style,
            script=script,
            policy=_policy(styles=(style, *_STYLE.findall(drawn)), script=script),
        )
    )


@attrs.frozen(kw_only=True)
class _Page:
    """The same page in another language."""

    language: str
    name: str
    path: str


def _path(language: str, programme: Programme, *, at_home: bool) -> str:
    """Return the path from one page to that in another language; the home page is at the root."""
    to_root = "" if at_home else "../"
    return f"{to_root}{'' if language == spoken(programme.language) else f'{language}/'}index.html"


@attrs.frozen
class _Spell:
    """What holds from a day on, up to and including another: either may be open."""

    value: Any
    since: dt.date | None
    until: dt.date | None


def _spells(found: Iterable[tuple[dt.date, Any]]) -> list[_Spell]:
    """Return what holds from each of some days up to the next; nothing is no spell."""
    spells: list[_Spell] = []
    for day, value in sorted(found, key=lambda pair: pair[0]):
        if spells and spells[-1].value == value:
            continue
        if spells:
            spells[-1] = attrs.evolve(spells[-1], until=day - _ONE_DAY)
        spells.append(_Spell(value, None if day == dt.date.min else day, None))
    return [spell for spell in spells if spell.value not in (None, "", ())]


_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class _Row:
    """A milestone as the page tells it."""

    standing: Standing
    """On the day of the page; its first, where nobody knew of it by then."""
    key: str
    """The group in which it stands."""
    known_from: dt.date
    """The first day on which it stands anyhow; before that, it is hidden."""
    hidden: bool
    """Whether that is after the day of the page."""
    measures: list[Measure]
    """Its own, then the others of which it is a part."""
    course: list[tuple[str, str, str, str | None, str]]
    """For the script: from which day on, in which group, the term, how it stands, and the day from
    which a stretch of time is counted that stands in that as {age}."""
    bodies: list[_Spell]
    """Who answers for it."""
    goals: list[_Spell]
    outcomes: list[_Spell]
    """The one that counts."""
    verdicts: list[_Spell]
    """How late it ended and who says so, each with the outcome of which it is."""

    @property
    def milestone(self) -> Milestone:
        return self.standing.milestone

    @property
    def clusters(self) -> set[str]:
        """The ids of the clusters in which one finds it."""
        return {measure.cluster.id for measure in self.measures if measure.cluster}

    @property
    def sectors(self) -> set[str]:
        return {sector.id for measure in self.measures for sector in measure.sectors}

    @property
    def ever_answering(self) -> set[str]:
        """The ids of all who ever answered for it, as `Programme.only` finds it."""
        return {body.id for spell in self.bodies for body in spell.value}

    @property
    def history(self) -> list[tuple[str, Any]]:
        """What was said of it after the promise, in the order in which that was known."""
        milestone = self.milestone
        said: list[tuple[dt.date, str, Any]] = [
            *((revision.announced, "revision", revision) for revision in milestone.revisions),
            *((news.known_from, "news", news) for news in milestone.news),
            *((outcome.known_from, "outcome", outcome) for outcome in milestone.outcomes),
        ]
        if milestone.snoozed is not None:
            said.append((milestone.snoozed.since or dt.date.min, "snooze", milestone.snoozed))
        return [(sort, it) for _, sort, it in sorted(said, key=lambda one: one[0])]


KEYS = (
    *Evidence,
    *(status for status in Status if status is not Status.OVERDUE),
    FACT,
)
"""The groups in which milestones stand: what is overdue by its evidence, and facts apart."""


def _rows(report: Report, voice: Voice) -> list[_Row]:
    """Return every milestone: the standings, then what nobody knew of by the day."""
    measures = {measure.id: measure for measure in report.programme.measures}
    known = {standing.milestone.full_id for standing in report.standings}
    later = [m for m in report.programme.by_id if m.full_id not in known]
    firsts = [
        Standing(milestone, turn.day, turn.day, turn)
        for milestone, turn in ((milestone, course(milestone)[0]) for milestone in later)
    ]
    return [
        _row(standing, report.day, measures, voice) for standing in (*report.standings, *firsts)
    ]


def _row(standing: Standing, day: dt.date, measures: Mapping[str, Measure], voice: Voice) -> _Row:
    milestone = standing.milestone
    turns = course(milestone)
    changes = [dt.date.min, *(revision.announced for revision in milestone.revisions)]
    return _Row(
        standing=standing,
        key=group_of(standing),
        known_from=turns[0].day,
        hidden=turns[0].day > day,
        measures=[
            milestone.measure,
            *(measures[other] for other in milestone.also if other in measures),
        ],
        course=[*_course(milestone, voice)],
        bodies=_spells((day, milestone.bodies_by(day)) for day in changes),
        goals=_spells((day, milestone.goal_by(day)) for day in changes),
        outcomes=_spells((turn.day, turn.outcome) for turn in turns),
        verdicts=_spells(_verdicts(milestone, turns, voice)),
    )


def _course(milestone: Milestone, voice: Voice) -> Iterator[tuple[str, str, str, str | None, str]]:
    """Yield each turn, told for a day that is not known yet."""
    for turn in course(milestone):
        standing = Standing(milestone, turn.day, turn.day, turn)
        counted = turn.counted
        yield (
            turn.day.isoformat(),
            group_of(standing),
            standing.last_day.isoformat(),
            None if counted is None else counted.isoformat(),
            voice.status(standing, age="{age}"),
        )


def _verdicts(
    milestone: Milestone, turns: Sequence[Turn], voice: Voice
) -> Iterator[tuple[dt.date, tuple[Outcome | None, str] | None]]:
    """Yield who says that it ended so and how late it was, which later sources can alter."""
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


def _groups(rows: Iterable[_Row]) -> list[tuple[str, list[_Row], int]]:
    """Return the groups with their rows, and how many of those are told on the day of the page."""
    groups: dict[str, list[_Row]] = {key: [] for key in KEYS}
    for row in rows:
        groups[row.key].append(row)
    return [(key, found, sum(not row.hidden for row in found)) for key, found in groups.items()]


@attrs.frozen
class _Part:
    """A measure as the page tells it."""

    measure: Measure
    rows: list[_Row]
    shared: list[_Row]
    """What is a part of other measures, and of it too."""

    @property
    def known_from(self) -> dt.date:
        """The first day on which there is anything to tell of it."""
        rows = (row.known_from for row in (*self.rows, *self.shared))
        return min((*rows, *(source.known_from for source in self.measure.sources)))

    @property
    def budgets(self) -> list[tuple[Budget, dt.date]]:
        """Its money, and since when that is known."""
        own = self.measure.sources
        return [
            (
                budget,
                min(source.known_from for source in ([budget.source] if budget.source else own)),
            )
            for budget in self.measure.budgets
        ]

    @property
    def sources(self) -> Iterable[Source]:
        """What it, its money and its milestones rest on, each document once."""
        cited = [*self.measure.sources]
        cited += [budget.source for budget in self.measure.budgets if budget.source is not None]
        for row in (*self.rows, *self.shared):
            number = row.milestone.number
            for said in (*row.milestone.statements, *(number.readings if number else ())):
                cited += said.sources
        return {source.id: source for source in cited}.values()


def _measures(programme: Programme, rows: Iterable[_Row]) -> Iterator[_Part]:
    """Yield the measures in the order of the file."""
    by_id: dict[str, _Row] = {}
    shared: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        by_id[row.milestone.full_id] = row
        for other in dict.fromkeys(row.milestone.also):
            shared[other].append(row)
    for measure in programme.measures:
        own = [by_id[milestone.full_id] for milestone in measure.milestones]
        yield _Part(measure, own, shared[measure.id])


def _choices(
    programme: Programme, voice: "_PageVoice"
) -> list[tuple[str, str, list[tuple[str, "_Words"]]]]:
    """Return what the list can be narrowed to: name, label, and the ids and titles of each sort."""
    clusters = [(cluster.id, voice.text(cluster.title)) for cluster in programme.clusters]
    sectors = [(sector.id, voice.text(sector.title)) for sector in programme.sectors]
    bodies = [(body.id, voice.text(body.name)) for body in programme.bodies]
    return [
        ("cluster", "cluster", clusters),
        ("sector", "sector", sectors),
        ("body", "responsible", bodies),
    ]


def _data(voice: Voice) -> list[tuple[str, str]]:
    """Return what is published beside the page, by path from the root of the site."""
    return [
        (f"{voice.spoken}/milestones.csv", capital(voice.label("milestones")) + " (CSV)"),
        ("api/v2/programme.json", capital(voice.label("programme")) + " (JSON)"),
        (f"{voice.spoken}/timeline.svg", capital(voice.label("picture")) + " (SVG)"),
        (f"{voice.spoken}/changes.atom", capital(voice.label("changes")) + " (Atom)"),
        ("feeds.json", capital(voice.label("calendars")) + " (JSON)"),
    ]


def _links(feed: "Feed", address: str | None) -> dict[str, str]:
    """Return where one subscribes to a feed, by client; nothing where the address is unknown.

    Google wants the webcal address, Outlook on the web the https one.
    """
    if address is None:
        return {}
    https = address + feed.path
    webcal = re.sub("^https?:", "webcal:", https)
    outlook = f"0/addfromweb?url={quote(https, safe='')}&name={quote(feed.title, safe='')}"
    return {
        "https": https,
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "outlook": f"https://outlook.live.com/calendar/{outlook}",
        "outlook-work": f"https://outlook.office.com/calendar/{outlook}",
    }


def _for_script(programme: Programme, rows: Iterable[_Row], voice: Voice) -> dict[str, object]:
    """Return what the script does not find in the page: whose day it is, and the courses."""
    return {
        "timezone": programme.timezone,
        "courses": {row.standing.milestone.full_id: row.course for row in rows},
        "days": voice.days_in_words,
        "spans": {**voice.spans, "over": voice.label("over", age="{age}")},
        "hits": voice.label("hits", shown="{shown}", all="{all}"),
        "copied": voice.label("copied"),
    }


# --- how the template tells it --------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Words:
    """A text of the data, and its language where that is not the page's."""

    text: str
    language: str | None


@attrs.frozen(kw_only=True)
class _PageVoice:
    """The voice of a page, which also says what is in another language than the page."""

    voice: Voice
    programme: Programme

    def label(self, key: str, **values: object) -> str:
        return self.voice.label(key, **values)

    def sentence(self, key: str) -> str:
        """Return a sentence of ours with its gaps, for the template to put markup in."""
        gaps = ("date", "day", "by", "reason", "bodies")
        return self.label(key, **{gap: f"{{{gap}}}" for gap in gaps})

    def text(self, texts: Texts) -> _Words:
        text = self.voice.text(texts)
        tags = [tag for tag, written in texts.pairs if written == text]
        ours = any(self._is_ours(tag) for tag in tags)
        return _Words(text=text, language=None if ours else tags[0])

    def date(self, date: PolicyDate) -> _Words:
        """Return a date in the language of the page."""
        said = self.voice.said(date)
        return (
            self._own_words(date, said) if date.edtf is None else _Words(text=said, language=None)
        )

    def quoted(self, date: PolicyDate) -> _Words | None:
        """Return the source's own words in quotation marks, where they tell more."""
        if not (text := self.voice.quoted(date)):
            return None
        return self._own_words(date, text)

    def _own_words(self, date: PolicyDate, text: str) -> _Words:
        """Return words of a source as they are told, and their language."""
        tags = [tag for tag, written in date.translations if written in text]
        language = tags[0] if tags else self.programme.language
        return _Words(text=text, language=None if self._is_ours(language) else language)

    def window(self, date: PolicyDate) -> str:
        return self.voice.window(date)

    def outcome_day(self, outcome: Outcome) -> str:
        return self.voice.outcome_day(outcome)

    def day(self, day: dt.date) -> str:
        return self.voice.day(day)

    def promise(self, milestone: Milestone) -> str:
        """Return the sentence of its promise, with a gap for the date."""
        return self.sentence(self.voice.promise_key(milestone))

    def ended(self, outcome: Outcome, milestone: Milestone) -> str:
        """Return the sentence of an outcome, with a gap for the date."""
        return self.sentence("done on" if milestone.is_fact else f"{outcome.status} on")

    def kind(self, milestone: Milestone) -> _Words:
        kind = milestone.kind
        if isinstance(kind, OwnKind):
            return self.text(kind.title)
        return _Words(text=self.voice.kind(kind), language=None)

    def sum(self, budget: Budget) -> str:
        return self.voice.sum(budget)

    def source_day(self, source: Source) -> str:
        return self.voice.source_day(source)

    def known_day(self, day: dt.date, sources: Iterable[Source]) -> str:
        return self.voice.known_day(day, sources)

    def number(self, number: object) -> str:
        return self.voice.number(number)

    def how(self, standing: Standing) -> str:
        """Return how a milestone stands, without the date of an outcome."""
        return self.voice.status(standing)

    def shift(self, days: int | None) -> str:
        return self.voice.shift(days)

    def _is_ours(self, tag: str) -> bool:
        return tag.partition("-")[0].lower() == self.voice.spoken


def _is_link(url: str | None) -> bool:
    """Whether a reader may follow an address: the loader lets no other through, a script may."""
    return url is not None and url.startswith(("https://", "http://"))


# --- the parts of the page ------------------------------------------------------------------------


@functools.cache
def templates() -> Environment:
    """Return what fills the templates of this room: all is escaped that is not markup of ours."""
    environment = Environment(
        loader=PackageLoader("betatech_milestones", "website"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.tests["link"] = _is_link
    environment.filters["with_capital"] = capital
    return environment


def raw(name: str) -> str:
    """Return a file beside the templates as it is: a script may hold what looks like a template."""
    environment = templates()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def _policy(*, styles: Iterable[str], script: str) -> str:
    """Return the Content-Security-Policy of a page (W3C, CSP 3, 6.7 for hashes)."""
    allowed = " ".join(hashed(style) for style in styles)
    return (
        f"default-src 'none'; style-src {allowed}; script-src {hashed(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def hashed(text: str) -> str:
    """Return how a policy names a style or a script that stands in a page."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
