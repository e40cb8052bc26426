"""The whole story of a measure: what was promised, moved and met, with its money and sources.

It is `show` as text: the one view that tells a history instead of a standing. Each line is a depth
and its words, laid out for the page at the end.
"""

import datetime as dt
import re
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from betatech_milestones.analysis.reference_class import ReferenceClass, reference_classes
from betatech_milestones.analysis.report import as_of
from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.standings import (
    budgets,
    cited,
    heading,
    nothing,
    standing_and_why,
    standings_by_measure,
    tally,
)
from betatech_milestones.formats.stats import share
from betatech_milestones.model.printable import printable, printable_line
from betatech_milestones.model.records import (
    Measure,
    Milestone,
    News,
    Number,
    Outcome,
    Reading,
    Revision,
)
from betatech_milestones.model.standing import Standing
from betatech_milestones.voice import Voice, capital

Line = tuple[int, str]


def as_story(judgement: Judgement, layout: Layout) -> str:
    """Return the story of every measure of which a report has a milestone, or of its only one."""
    report, voice = judgement.report, layout.voice
    alike = reference_classes(as_of(report.whole, report.day, report.known_on))
    lines: list[Line] = [(0, heading(report, voice)), (0, tally(report, voice))]
    if not report.standings:
        lines.append((0, nothing(report, voice)))
    told: set[str] = set()
    measures, standings = report.programme.measures, standings_by_measure(report)
    for measure in measures:
        shown = standings[measure.id]
        if not told.issuperset(_ids(shown)) or len(measures) == 1:
            lines += _measure(measure, shown, judgement, voice, told=told, alike=alike)
            told.update(_ids(shown))
    return printable("".join(f"{_laid_out(*line, layout.width)}\n" for line in lines))


def _ids(standings: Iterable[Standing]) -> Iterator[str]:
    return (standing.milestone.full_id for standing in standings)


def _laid_out(depth: int, words: str, width: int | None) -> str:
    indent, words = "  " * depth, printable_line(words, longest=None)
    if width is None or not words:
        return f"{indent}{words}".rstrip()
    return textwrap.fill(
        words,
        max(width, len(indent) + 3),  # textwrap never ends where the indent leaves no room
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_on_hyphens=False,
    )


def _measure(
    measure: Measure,
    standings: Sequence[Standing],
    judgement: Judgement,
    voice: Voice,
    *,
    told: Collection[str],
    alike: Callable[[Standing], ReferenceClass | None],
) -> Iterator[Line]:
    """Yield the story of a measure; a milestone that was told already is only named."""
    known_on = judgement.report.known_on
    title = voice.text(measure.title)
    yield 0, ""
    number = measure.locator or measure.code
    yield 0, f"{number}  {title}" if number else title
    if measure.summary:
        yield 1, voice.line(measure.summary)
        yield 0, ""
    facts = {
        "cluster": measure.cluster and voice.text(measure.cluster.title),
        "sectors": ", ".join(voice.text(sector.title) for sector in measure.sectors),
        "responsible": voice.responsible(measure.bodies),
    }
    for name, fact in facts.items():
        if fact:
            yield 1, voice.pair(voice.label(name), fact)
    for budget in budgets(measure, known_on):
        by = f" [{budget.source.id}]" if budget.source else ""
        yield 1, voice.pair(voice.label("money"), f"{voice.money(budget)}{by}")
    for standing in standings:
        yield from _named(standing, judgement, voice)
        if standing.milestone.full_id not in told:
            yield from _milestone(standing, measure, voice)
            if (found := alike(standing)) is not None:
                yield from _went(found, voice)
    yield 0, ""
    yield 0, capital(voice.label("sources"))
    for source in cited(measure, standings, known_on):
        parts = (voice.dated_citation(source), source.url)
        yield 1, f"[{source.id}] {', '.join(filter(None, parts))}"


def _named(standing: Standing, judgement: Judgement, voice: Voice) -> Iterator[Line]:
    milestone = standing.milestone
    yield 0, ""
    yield 0, voice.text(milestone.title)
    kinds = [voice.kind(milestone.kind), voice.label(milestone.commitment), milestone.code]
    yield 1, f"{milestone.full_id} ({', '.join(filter(None, kinds))})"
    stands = standing_and_why(standing, judgement, voice, noted=False)
    yield 1, voice.pair(voice.label("standing"), stands)


def _milestone(standing: Standing, measure: Measure, voice: Voice) -> Iterator[Line]:
    milestone = standing.milestone
    if standing.bodies != measure.bodies:
        yield 1, voice.pair(voice.label("responsible"), voice.responsible(standing.bodies))
    others = [other for other in (standing.measure.id, *milestone.also) if other != measure.id]
    if others:
        yield 1, voice.pair(voice.label("also"), ", ".join(others))
    if milestone.summary:
        yield 1, voice.line(milestone.summary)
    for day, what, statement in _events(standing, voice):
        yield 1, f"{_when(day, statement):10}  {what}{_cited(statement, standing)}"
        if statement.note:
            yield 3, voice.pair(voice.label("note"), voice.line(statement.note))
    if milestone.number:
        yield from _numbers(milestone.number, standing, voice)


def _went(found: ReferenceClass, voice: Voice) -> Iterator[Line]:
    """Yield how promises like it went, which they are, and what that is not."""
    went = voice.label(
        "like it went",
        share=share(found.kept_within_a_year, voice),
        ended=voice.number(found.ended_otherwise),
        untold=voice.number(found.untold),
    )
    kind = voice.label("like it any kind") if found.kind is None else voice.kind(found.kind)
    bodies = voice.responsible(found.bodies) or voice.label("like it anybody")
    are = voice.label(
        "like it are", commitment=voice.label(found.commitment), kind=kind, bodies=bodies
    )
    yield 1, voice.pair(voice.label("like it"), went)
    yield 2, f"{are}. {voice.label('like it means')}"


_Said = Milestone | Revision | News | Outcome


def _cited(statement: _Said | Reading, standing: Standing) -> str:
    known = [s.id for s in statement.sources if s.known_from <= standing.known_on]
    return f" [{', '.join(known)}]" if known else ""


_MONTH = re.compile("([0-9]{4}(?:-[01][0-9])?)~?")


def _when(day: dt.date, statement: _Said) -> str:
    """Return the day on which a thing was known, or the month where its source tells no more."""
    dates = (source.published for source in statement.sources if source.known_from == day)
    edtf = next((date.edtf for date in dates if date is not None and date.edtf is not None), "")
    month = _MONTH.fullmatch(edtf)
    return month[1] if month else day.isoformat()


def _events(standing: Standing, voice: Voice) -> Iterator[tuple[dt.date, str, _Said]]:
    """Yield the day on which each thing was known, what it was, and who says so."""
    milestone = standing.milestone
    if promise := voice.promise(milestone, window=True):
        yield milestone.known_from, promise, milestone
    shifts = {id(move.revision): voice.shift(move.days) for move in standing.moves}
    events: list[tuple[dt.date, str, _Said]] = []
    for revision in standing.revisions:
        moved = "" if revision.due is None else voice.moved_to(revision.due)
        if by := shifts.get(id(revision)):
            moved += f" ({by})"
        why = f": {voice.line(revision.reason)}" if revision.reason else ""
        what = "; ".join(filter(None, (moved, voice.revised_besides(revision)))) + why
        events.append((revision.announced, what, revision))
    for news in standing.news:
        on = "" if news.on == news.known_from else f", {voice.day(news.on)}"
        events.append((news.known_from, voice.news(news) + on, news))
    for outcome in standing.outcomes:
        ended = voice.outcome(outcome, fact=milestone.is_fact)
        because = voice.because(outcome)
        events.append((outcome.known_from, f"{ended}; {because}" if because else ended, outcome))
    yield from sorted(events, key=lambda event: event[0])


def _numbers(number: Number, standing: Standing, voice: Voice) -> Iterator[Line]:
    yield 1, voice.pair(voice.label("numbers"), voice.quantity(number, standing.goal))
    for reading in standing.readings:
        yield 2, f"{voice.reading(reading)}{_cited(reading, standing)}"
        if reading.note:
            yield 3, voice.pair(voice.label("note"), voice.line(reading.note))
