"""The whole story of a measure: what was promised, moved and met, with its money and sources.

It is `show` as text: the one view that tells a history instead of a standing. Each line is a depth
and its words, laid out for the page at the end.
"""

import datetime as dt
import textwrap
from collections.abc import Iterator

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.standings import cited, heading, nothing, standing_and_why
from betatech_milestones.language import Detail, Voice
from betatech_milestones.language.voice import capital
from betatech_milestones.model.records import Dropped, Measure, Source, Target
from betatech_milestones.model.standing import Standing

Line = tuple[int, str]


def as_story(judgement: Judgement, layout: Layout) -> str:
    """Return the story of every measure of which a report has a milestone, or of its only one."""
    report, voice = judgement.report, layout.voice
    measures = report.programme.measures
    standings = {standing.milestone.full_id: standing for standing in report.standings}
    lines: list[Line] = [(0, heading(report, voice))]
    if not standings:
        lines.append((0, nothing(report, voice)))
    for measure in measures:
        shown = [standings[m.full_id] for m in measure.milestones if m.full_id in standings]
        if shown or len(measures) == 1:
            lines += _measure(measure, shown, judgement, voice)
    return "".join(f"{_laid_out(*line, layout.width)}\n" for line in lines)


def _laid_out(depth: int, words: str, width: int | None) -> str:
    indent = "  " * depth
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
    measure: Measure, standings: list[Standing], judgement: Judgement, voice: Voice
) -> Iterator[Line]:
    title = voice.text(measure.title)
    yield 0, ""
    yield 0, f"{measure.locator}  {title}" if measure.locator else title
    if measure.summary:
        yield 1, voice.line(measure.summary)
        yield 0, ""
    facts = {
        "cluster": measure.cluster and voice.text(measure.cluster.title),
        "sectors": ", ".join(voice.text(sector.title) for sector in measure.sectors),
        "responsible": voice.responsible(measure),
    }
    for name, fact in facts.items():
        if fact:
            yield 1, f"{voice.label(name)}: {fact}"
    for budget in measure.budgets:
        yield 1, f"{voice.label('money')}: {voice.money(budget)}"
    for standing in standings:
        yield from _milestone(standing, judgement, voice)
    yield 0, ""
    yield 0, capital(voice.label("sources"))
    for source in cited(measure, standings):
        parts = (voice.dated_citation(source), source.url)
        yield 1, f"[{source.id}] {', '.join(filter(None, parts))}"


def _milestone(standing: Standing, judgement: Judgement, voice: Voice) -> Iterator[Line]:
    milestone = standing.milestone
    yield 0, ""
    yield 0, voice.text(milestone.title)
    kind = f"{voice.label(milestone.kind)}, {voice.label(milestone.commitment)}"
    yield 1, f"{milestone.full_id} ({kind})"
    yield 1, f"{voice.label('standing')}: {standing_and_why(standing, judgement, voice)}"
    for day, what, source in _events(standing, voice):
        yield 1, f"{day or '          '}  {what} [{source.id}]"
    if milestone.target:
        for what in _numbers(milestone.target, standing, voice):
            yield 1, what


def _events(standing: Standing, voice: Voice) -> Iterator[tuple[dt.date | None, str, Source]]:
    """Yield the day on which each thing was known, what it was, and who says so."""
    milestone = standing.milestone
    if promise := voice.promise(milestone, Detail.FULL):
        yield milestone.source.published, promise, milestone.source
    for move in standing.moves:
        revision = move.revision
        moved = voice.moved_to(revision)
        if by := voice.shift(move.days):
            moved += f" ({by})"
        if revision.reason:
            moved += f": {voice.line(revision.reason)}"
        yield revision.announced, moved, revision.source
    if outcome := standing.outcome:
        ended = voice.outcome(outcome)
        if isinstance(outcome, Dropped):
            ended += f": {voice.line(outcome.reason)}"
        yield outcome.known_from, ended, outcome.source


def _numbers(target: Target, standing: Standing, voice: Voice) -> Iterator[str]:
    unit = voice.text(target.unit)
    goal = voice.number(target.value)
    yield f"{voice.label('numbers')}: {voice.label('goal')} {goal} {unit}"
    for reading in standing.readings:
        value = voice.number(reading.value)
        yield f"  {voice.date(reading.on)}: {value} {unit} [{reading.source.id}]"
