"""Dates of every form that the model accepts, and whole programmes, for properties of them."""

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, partial
from itertools import count
from typing import Any

import attrs
from hypothesis import strategies as st

from betatech_milestones import (
    BadValue,
    Body,
    Budget,
    Cluster,
    Commitment,
    Conventions,
    DateOrder,
    Dropped,
    Found,
    Kind,
    Measure,
    Met,
    Milestone,
    News,
    NotADate,
    Number,
    OwnKind,
    Per,
    Period,
    PolicyDate,
    Programme,
    Publisher,
    Reading,
    ReadingKind,
    Replaced,
    Revision,
    Sector,
    Snooze,
    Source,
    SourceKind,
    Texts,
    loads,
)
from betatech_milestones.datafile.dump import CannotWrite, dumps
from betatech_milestones.model.edtf import PARTS, days_of
from betatech_milestones.model.sayings import year_from
from betatech_milestones.model.values import MOST_DECIMALS, line

years = st.integers(1, 9998).map("{:04}".format)
days = st.dates().map(dt.date.isoformat)
parts = st.builds("{}-{:02}".format, years, st.sampled_from(sorted(PARTS)))
plain = years | days | parts
qualified = st.builds(str.__add__, plain, st.sampled_from(["", "~", "?", "%"]))


def ends_after_it_begins(text: str) -> bool:
    first, last = re.split(r"/|\.\.", text.strip("[]"))
    return days_of(first)[0] <= days_of(last)[1]


def _part_of_month(month: dt.date, part: tuple[int, int]) -> str:
    last = days_of(f"{month:%Y-%m}".zfill(7))[1].day
    year_and_month = month.isoformat()[:7]
    return f"[{year_and_month}-{part[0]:02}..{year_and_month}-{part[1] or last:02}]"


ranges = st.builds("[{}..{}]".format, qualified, qualified).filter(ends_after_it_begins)
intervals = st.builds("{}/{}".format, qualified, qualified).filter(ends_after_it_begins)
open_starts = st.builds("[..{}]".format, qualified)
open_ends = st.builds("[{}..]".format, qualified)
open_intervals = st.builds(str.format, st.sampled_from(["../{}", "{}/.."]), qualified)
parts_of_months = st.builds(
    _part_of_month,
    st.dates(),
    st.sampled_from([(1, 10), (11, 20), (21, 0), (1, 15), (16, 0), (1, 0)]),  # 0 is the last day
)
school_years = st.builds(year_from, st.integers(1, 9998), st.integers(1, 12))

canonical = (
    qualified | ranges | open_starts | open_ends | parts_of_months | school_years
)  # EDTF text as we write it
written = canonical | intervals | open_intervals  # also as others write it


# --- whole programmes -----------------------------------------------------------------------------

_MAY_BE_IN_TEXTS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.sampled_from(
    " \"\\'#=."
)
_WORDS = st.sampled_from(
    ["de minister", "van", '"""', "klassen,", "b\u00e8ta", "C:\\nieuw", "\N{CAT FACE}"]
)


def _line_or_nothing(text: str) -> str:
    """Return a text as a line that a file may hold; nothing where it may not, or shows nothing."""
    try:
        return line(text)
    except BadValue:
        return ""


lines = (
    (
        st.text(_MAY_BE_IN_TEXTS, min_size=1, max_size=12)
        | st.lists(_WORDS, min_size=1, max_size=30).map(" ".join)
    )
    .map(_line_or_nothing)
    .filter(bool)
)
_breaks = st.sampled_from([" ", "\n", "\n\n", " \n", "\r\n", "\n  ", "\t", "\r", "  "])
prose = lines | st.builds("{}{}{}".format, lines, _breaks, lines).map(str.strip)
_IDS = ["a", "b", "c2", "d-1", "0", "2024", "true", "nan", "inf", "1-" + "e" * 58]
ids = st.sampled_from(_IDS)
_languages = st.sampled_from(["nl", "en", "fr", "sv"])
urls = st.sampled_from(["https://example.org/a?b=%20#c", "http://example.org/" + "a-" * 60])
numbers = (
    st.integers(0, 2**53 - 1)
    | st.integers(0, MOST_DECIMALS).flatmap(lambda places: st.decimals(0, 2**53 - 1, places=places))
    | st.sampled_from([Decimal("1E+3"), Decimal("1.50"), Decimal("-0"), Decimal("1E-9")])
)
_recent = st.dates(dt.date(2010, 1, 1), dt.date(2020, 12, 31))
_TAGS = ("nl", "en", "en-GB", "fr")
_PHRASES = {
    "nl": ["zomer {y}", "uiterlijk 1 juli {y}", "naar verwachting medio {y}", "eind Q3 {y}"],
    "en": ["summer {y}", "by 1 July {y}", "expected in {y}", "1/9/{y}", "FY {y}-{z}"],
}
_UNDATED = {"nl": "doorlopend", "en": "ongoing"}
_VAGUE = {"nl": "over {n} jaar, na {y}", "en": "in {n} years, after {y}"}

_Draw = Callable[[st.SearchStrategy[Any]], Any]
# Made once: to make a strategy takes longer than to draw from it.
_yes = st.booleans()
_up_to = cache(partial(st.integers, 0))
_or_none = cache(lambda of: st.none() | of)
_others = cache(lambda of: st.lists(st.tuples(st.sampled_from(_TAGS), of), max_size=2).map(dict))
_budget_years = st.tuples(st.integers(2000, 2010), st.integers(2010, 2020))
_from_one_up = st.integers(1, 99999)


@attrs.frozen
class _Making:
    """What is known while a programme is made."""

    draw: _Draw
    conventions: Conventions
    sources: tuple[Source, ...] = ()
    bodies: tuple[Body, ...] = ()
    names: Iterator[str] = attrs.field(factory=lambda: map("old-{}".format, count()))
    """Ids that nothing else has."""

    @property
    def language(self) -> str:
        return self.conventions.language or ""

    def one(self, records: Iterable[Any]) -> Any:
        """Draw one of some records."""
        known = [*records]
        return known[self.draw(_up_to(len(known) - 1))]

    def some(self, records: Iterable[Any], *, at_least: int = 0) -> tuple[Any, ...]:
        """Draw up to two of some records."""
        left = [*records]
        number = max(self.draw(_up_to(min(2, len(left)))), at_least)
        return tuple(left.pop(self.draw(_up_to(len(left) - 1))) for _ in range(number))

    def ids(self, *, at_least: int = 0) -> tuple[str, ...]:
        return self.some(_IDS, at_least=at_least)

    def several(self) -> range:
        return range(self.draw(_up_to(2)))

    def yes(self) -> bool:
        return bool(self.draw(_yes))

    def maybe(self, strategy: st.SearchStrategy[Any]) -> Any:
        return self.draw(_or_none(strategy))

    def texts(self, of: st.SearchStrategy[str] = lines) -> Texts:
        others = self.draw(_others(of))
        others.pop(self.language, None)
        return Texts({self.language: self.draw(of), **others})

    def maybe_texts(self) -> Texts | None:
        return self.texts(prose) if self.yes() else None

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        return first + dt.timedelta(days=self.draw(_up_to((last - first).days)))

    def date(self, *, of_outcome: bool = False) -> PolicyDate:
        """Draw a date in any of the ways in which a file has one."""
        if self.yes():
            return PolicyDate.parse(self.draw(_recent))
        year, edtf = 2000 + self.draw(_up_to(30)), self.draw(canonical)
        if of_outcome and self.yes():
            return PolicyDate(edtf, words="")
        if self.yes():
            phrases = _PHRASES.get(self.language, ["{y}"])
            text = self.one(phrases).format(y=year, z=f"{year + 1}"[2:])
            with contextlib.suppress(NotADate):  # what the programme does not say how to read
                return PolicyDate.parse(text, self.conventions)
        if self.yes():
            words = _VAGUE.get(self.language, "{n}, {y}").format(n=self.draw(_up_to(9)), y=year)
            other = "en" if self.language == "nl" else "nl"
            translations = {other: self.draw(lines)} if self.yes() else {}
            return PolicyDate(edtf, words=words, translations=translations)
        return PolicyDate(edtf)

    def due(self) -> PolicyDate:
        if self.language in _UNDATED and self.yes() and self.yes():
            return PolicyDate(None, words=_UNDATED[self.language])
        return self.date()

    def date_before(self, cited: Mapping[str, Any], *, of_outcome: bool) -> PolicyDate | None:
        """Draw a date that sources can report; sometimes none, where it may be left out."""
        known = _known_from(cited)
        date = self.date(of_outcome=of_outcome)
        if date.earliest is None or date.earliest <= known:
            return date
        return None if of_outcome and self.yes() else PolicyDate.parse(known)

    def cited(self, since: dt.date = dt.date.min) -> dict[str, Any]:
        """Draw one or two sources that are known from a day on, of which there is one at least."""
        known = [source for source in self.sources if source.known_from >= since]
        first, *further = self.some(known or self.sources, at_least=1)
        return {"source": first, "further_sources": tuple(further)}


def _known_from(cited: Mapping[str, Any]) -> dt.date:
    sources: tuple[Source, ...] = (cited["source"], *cited["further_sources"])
    return min(source.known_from for source in sources)


def _source(making: _Making, name: str) -> Source:
    day = making.draw(_recent)
    published = making.one([None, day, PolicyDate(f"{day:%Y-%m}"), day.year])
    seen = making.day(dt.date(2021, 1, 1), dt.date(2024, 1, 1))
    return Source(
        id=name,
        title=making.texts(),
        kind=making.one(SourceKind),
        by=making.one([None, *making.bodies]),
        reference=making.maybe(lines),
        published=published,
        seen=seen if published is None or making.yes() else None,
        url=making.maybe(urls),
        archived=making.maybe(urls),
    )


def _budget(making: _Making) -> Budget:
    return Budget(
        amount=making.draw(numbers),
        currency=making.one(["EUR", "GBP"]),
        per=making.one(Per),
        years=making.maybe(_budget_years),
        each=making.maybe(_from_one_up),
        source=making.one([None, *making.sources]),
        note=making.maybe_texts(),
    )


def _revision(making: _Making, since: dt.date, *, is_fixed: bool) -> Revision:
    cited = making.cited(since if making.yes() else dt.date.min)
    due = PolicyDate.parse(making.draw(_recent)) if is_fixed else making.due()
    goal = making.maybe(numbers)
    return Revision(
        due=due if goal is None or making.yes() else None,
        goal=goal,
        bodies=making.some(making.bodies) if making.yes() else None,
        announced=max(_known_from(cited), since) + dt.timedelta(days=making.draw(_up_to(1))),
        reason=making.maybe_texts(),
        note=making.maybe_texts(),
        **cited,
    )


def _news(making: _Making, since: dt.date) -> News:
    found = making.one(Found)
    cited: dict[str, Any] = {"on": since}
    if found is not Found.NOTHING or making.yes():
        cited = making.cited(since)
        cited["on"] = making.day(since, _known_from(cited))
    return News(
        found=found,
        says=making.maybe_texts(),
        by=making.draw(lines) if found is Found.NOTHING else making.maybe(lines),
        note=making.maybe_texts(),
        **cited,
    )


def _outcomes(making: _Making, others: Sequence[str]) -> tuple[Met | Dropped | Replaced, ...]:
    cited = making.cited()
    said = {
        "on": making.date_before(cited, of_outcome=True),
        "note": making.maybe_texts(),
        **cited,
    }
    sort = making.one([Met, Dropped, Replaced])
    if sort is Met:
        return (Met(**said),)
    ended: Dropped | Replaced
    if sort is Dropped:
        ended = Dropped(reason=making.texts(prose), **said)
    elif others and making.yes():
        ended = Replaced(by=making.one(others), reason=making.maybe_texts(), **said)
    else:
        ended = Replaced(reason=making.texts(prose), **said)
    later = [source for source in making.sources if source.known_from > ended.known_from]
    return (ended, Met(source=making.one(later))) if later and making.yes() else (ended,)


def _reading(making: _Making) -> Reading:
    cited = making.cited()
    return Reading(
        on=making.date_before(cited, of_outcome=False),
        value=making.draw(numbers),
        kind=making.one(ReadingKind),
        note=making.maybe_texts(),
        **cited,
    )


def _number(making: _Making) -> Number:
    return Number(
        unit=making.texts(),
        goal=making.maybe(numbers),
        baseline=making.maybe(numbers),
        readings=tuple(_reading(making) for _ in making.several()),
    )


def _snooze(making: _Making, since: dt.date) -> Snooze:
    until = since + dt.timedelta(days=99)
    return Snooze(
        until=until,
        since=making.day(since, until) if making.yes() else None,
        by=making.draw(lines),
        reason=making.texts(prose),
    )


def _milestone(making: _Making, name: str, measure: Mapping[str, Any]) -> Milestone:
    """Draw a milestone of a measure: what is known of that is its fields, and a few lists."""
    promised = [{key: measure[key] for key in ("source", "further_sources")}, making.cited()]
    cited = making.one(promised)
    since = _known_from(cited)
    commitment = making.one([None, *Commitment])
    due: PolicyDate | None = making.due() if making.yes() else None
    if commitment is Commitment.FIXED:
        due = PolicyDate.parse(making.draw(_recent))
    elif commitment is Commitment.NONE:
        due = None
    is_fact = commitment is Commitment.NONE
    revisions: list[Revision] = []
    for _ in () if is_fact else making.several():
        announced = revisions[-1].announced if revisions else since
        is_fixed = commitment is Commitment.FIXED
        revisions.append(_revision(making, announced, is_fixed=is_fixed))
    has_news = any(source.known_from >= since for source in making.sources)
    locator = making.maybe(lines)
    if locator is None and cited["source"] == measure["source"]:
        locator = measure["locator"]
    homes = (*measure["formerly"], measure["id"])
    names = (*making.some([next(making.names), f"{next(making.names)}/{name}"]), name)
    full = [one for name in names for one in ([name] if "/" in name else _in(homes, name))]
    return Milestone(
        id=name,
        formerly=tuple(full[:-1]),
        code=making.maybe(lines),
        title=making.texts(),
        summary=making.maybe_texts(),
        kind=making.one(measure["kinds"]),
        due=due,
        **({} if commitment is None else {"commitment": commitment}),
        note=making.maybe_texts(),
        locator=locator,
        own_bodies=making.some(making.bodies) if making.yes() else None,
        also=making.some(measure["others"]),
        corrected=making.maybe_texts(),
        revisions=tuple(revisions),
        news=tuple(_news(making, since) for _ in making.several() if has_news),
        outcomes=_outcomes(making, measure["done"]) if is_fact or making.yes() else (),
        number=_number(making) if making.yes() else None,
        snoozed=_snooze(making, since) if making.yes() else None,
        **cited,
    )


def _in(homes: Iterable[str], name: str) -> list[str]:
    return [f"{home}/{name}" for home in homes]


def _measures(making: _Making, kinds: Sequence[Kind | OwnKind], **shelves: Any) -> list[Measure]:
    measures: list[Measure] = []
    done: list[str] = []
    names = making.ids(at_least=int(making.yes()))
    for name in names:
        known: dict[str, Any] = {
            "id": name,
            "formerly": tuple(next(making.names) for _ in making.several()),
            "locator": making.maybe(lines),
            **making.cited(),
        }
        around = {
            "kinds": kinds,
            "others": [other for other in names if other != name],
            "done": done,
        }
        milestones = []
        for one in making.ids(at_least=int(making.yes())):
            milestones.append(_milestone(making, one, known | around))
            done.append(f"{name}/{one}")
        measures.append(
            Measure(
                code=making.maybe(lines),
                title=making.texts(),
                summary=making.maybe_texts(),
                cluster=making.one([None, *shelves["clusters"]]),
                sectors=making.some(shelves["sectors"]),
                bodies=making.some(making.bodies),
                budgets=tuple(_budget(making) for _ in making.several()),
                milestones=tuple(milestones),
                **known,
            )
        )
    return measures


def _period(making: _Making) -> Period:
    first = making.draw(_recent)
    return Period(
        name=f"{making.draw(lines)} {next(making.names)}",
        also_called=[next(making.names) for _ in making.several()],
        first=first,
        last=making.day(first, dt.date(2021, 1, 1)),
    )


@st.composite
def programmes(draw: _Draw) -> Programme:
    """Sound programmes with whatever a data file can hold."""
    making = _Making(draw, Conventions(language=draw(_languages)))
    making = attrs.evolve(
        making,
        conventions=attrs.evolve(
            making.conventions,
            fiscal_year=making.one([None, "04-01"]),
            date_order=making.one([None, *DateOrder]),
            periods=[_period(making) for _ in making.several()],
        ),
    )
    bodies = tuple(
        Body(
            id=one,
            formerly=tuple(next(making.names) for _ in making.several()),
            name=making.texts(),
        )
        for one in making.ids()
    )
    making = attrs.evolve(making, bodies=bodies)
    making = attrs.evolve(
        making, sources=tuple(_source(making, one) for one in making.ids(at_least=2))
    )
    clusters = tuple(
        Cluster(id=one, title=making.texts(), number=making.maybe(_from_one_up))
        for one in making.ids()
    )
    sectors = tuple(Sector(id=one, title=making.texts()) for one in making.ids())
    own = tuple(OwnKind(id=one, title=making.texts()) for one in making.ids())
    measures = _measures(making, (*Kind, *own), clusters=clusters, sectors=sectors)
    return Programme(
        id=draw(ids),
        title=making.texts(),
        language=making.language,
        timezone=making.one(["Europe/Amsterdam", "UTC"]),
        fiscal_year=making.conventions.fiscal_year,
        date_order=making.conventions.date_order,
        publisher=making.one([None, Publisher(name=making.texts(), contact="mailto:a@b.org")]),
        licence=making.one([None, "CC0-1.0"]),
        repository=making.one([None, "https://example.org/data.toml"]),
        periods=making.conventions.periods,
        sources=making.sources,
        clusters=clusters,
        sectors=sectors,
        bodies=bodies,
        kinds=own,
        measures=tuple(measures),
    )


# --- what a programme was before ------------------------------------------------------------------


def _cut(making: _Making, records: tuple[Any, ...]) -> tuple[Any, ...]:
    return records[: making.draw(_up_to(len(records)))] if records and making.yes() else records


def _milestone_before(making: _Making, milestone: Milestone) -> Milestone:
    keys = ("code", "summary", "note", "corrected", "own_bodies", "snoozed")
    changes: dict[str, Any] = {key: None for key in keys if making.yes()}
    if milestone.source != milestone.measure.source and making.yes():
        changes["locator"] = None
    if not milestone.is_fact:
        changes["outcomes"] = _cut(making, milestone.outcomes)
    if (number := milestone.number) is not None:
        fewer = attrs.evolve(number, readings=_cut(making, number.readings))
        changes["number"] = fewer if making.yes() else None
    return attrs.evolve(
        milestone,
        revisions=_cut(making, milestone.revisions),
        news=_cut(making, milestone.news),
        also=_cut(making, milestone.also),
        **changes,
    )


def _measure_before(making: _Making, measure: Measure) -> Measure:
    milestones = _cut(making, measure.milestones)
    changes: dict[str, Any] = {key: None for key in ("code", "summary") if making.yes()}
    if making.yes():
        changes["bodies"] = ()
    return attrs.evolve(
        measure,
        milestones=tuple(_milestone_before(making, one) for one in milestones),
        **changes,
    )


def _is_sound(programme: Programme) -> bool:
    try:
        loads(dumps(programme))
    except CannotWrite:  # something refers to what is not there any more
        return False
    return True


@st.composite
def grown(draw: _Draw) -> tuple[Programme, Programme]:
    """A sound programme, and what it was when parts of it were not there yet."""
    after = draw(programmes())
    making = _Making(draw, after.conventions, after.sources, after.bodies)
    before = after
    measures = tuple(_measure_before(making, one) for one in _cut(making, after.measures))
    for changes in (
        {"measures": tuple(_measure_before(making, one) for one in after.measures)},
        {"measures": measures},
    ):
        changed = attrs.evolve(after, **changes)
        before = changed if _is_sound(changed) else before
    for shelf in ("kinds", "clusters", "sectors", "bodies", "sources", "periods"):
        changed = attrs.evolve(before, **{shelf: _cut(making, getattr(before, shelf))})
        before = changed if _is_sound(changed) else before
    return after, before
