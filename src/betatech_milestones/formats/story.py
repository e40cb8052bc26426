"""The whole story of a measure: what was promised, moved and met, with its money and sources.

It is `show` as text: the one view that tells a history instead of a standing. Each line is a depth
and its words, laid out for the page at the end.
"""

import datetime as dt
import textwrap
from collections.abc import Iterator

from betatech_milestones.dates import days_later, window_in_words
from betatech_milestones.formats.page import Page
from betatech_milestones.formats.rows import (
    cited,
    document,
    heading,
    nothing,
    one_line,
    responsible,
    said,
    shift,
    standing_and_why,
    standing_in_words,
)
from betatech_milestones.history import was_promised
from betatech_milestones.model import Budget, Dropped, Measure, Source, Target
from betatech_milestones.report import Standing
from betatech_milestones.verdicts import Judged
from betatech_milestones.words import say, say_number

Line = tuple[int, str]


def story(report: Judged, page: Page) -> str:
    """Return the story of every measure of which a report has a milestone, or of its only one."""
    language = page.language
    measures = report.programme.measures
    standings = {standing.milestone.full_id: standing for standing in report.standings}
    lines: list[Line] = [(0, heading(report, language))]
    if not standings:
        lines.append((0, nothing(report, language)))
    for measure in measures:
        told = [standings[m.full_id] for m in measure.milestones if m.full_id in standings]
        if told or len(measures) == 1:
            lines += _measure(measure, told, report, language)
    return "".join(f"{_laid_out(*line, page.width)}\n" for line in lines)


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
    measure: Measure, standings: list[Standing], report: Judged, language: str
) -> Iterator[Line]:
    title = measure.title.in_language(language)
    yield 0, ""
    yield 0, f"{measure.locator}  {title}" if measure.locator else title
    if measure.summary:
        yield 1, one_line(measure.summary, language)
        yield 0, ""
    facts = {
        "cluster": measure.cluster and measure.cluster.title.in_language(language),
        "sectors": ", ".join(sector.title.in_language(language) for sector in measure.sectors),
        "responsible": responsible(measure, language),
    }
    for name, fact in facts.items():
        if fact:
            yield 1, f"{say(name, language)}: {fact}"
    for budget in measure.budgets:
        yield 1, f"{say('money', language)}: {money(budget, language)}"
    for standing in standings:
        yield from _milestone(standing, report, language)
    yield 0, ""
    yield 0, say("sources", language).capitalize()
    for source in cited(measure, standings):
        yield 1, _document(source, language)


def money(budget: Budget, language: str) -> str:
    """Return an amount, for which years it is, and what is noted with it."""
    amount = f"€ {say_number(budget.euros, language)} {say(budget.per, language)}"
    if budget.years:
        amount += f", {'-'.join(str(year) for year in dict.fromkeys(budget.years))}"
    if budget.note:
        amount += f"; {one_line(budget.note, language)}"
    return amount


def _milestone(standing: Standing, report: Judged, language: str) -> Iterator[Line]:
    milestone = standing.milestone
    yield 0, ""
    yield 0, milestone.title.in_language(language)
    kind = f"{say(milestone.kind, language)}, {say(milestone.commitment, language)}"
    yield 1, f"{milestone.full_id} ({kind})"
    yield 1, f"{say('standing', language)}: {standing_and_why(standing, report, language)}"
    for day, what, source in _events(standing, language):
        yield 1, f"{day or '          '}  {what} [{source.id}]"
    if milestone.target:
        for what in _numbers(milestone.target, standing, language):
            yield 1, what


def _events(standing: Standing, language: str) -> Iterator[tuple[dt.date | None, str, Source]]:
    """Yield the day on which each thing was known, what it was, and who says so."""
    milestone, due = standing.milestone, standing.milestone.due
    if due is None:
        promise = say("promised undated", language)
    else:
        promise = say("promised", language, date=said(due, language))
        if not due.is_day and due.is_plain:
            promise += f" ({window_in_words(due, language)})"
    if was_promised(milestone):
        yield milestone.source.published, promise, milestone.source
    for revision in standing.revisions:
        moved = say("moved", language, date=said(revision.due, language))
        if by := shift(days_later(due, revision.due), language):
            moved += f" ({by})"
        if revision.reason:
            moved += f": {one_line(revision.reason, language)}"
        yield revision.announced, moved, revision.source
        due = revision.due
    if outcome := standing.outcome:
        ended = standing_in_words(standing, language)
        if isinstance(outcome, Dropped):
            ended += f": {one_line(outcome.reason, language)}"
        yield outcome.known_from, ended, outcome.source


def _numbers(target: Target, standing: Standing, language: str) -> Iterator[str]:
    unit = target.unit.in_language(language)
    goal = say_number(target.value, language)
    yield f"{say('numbers', language)}: {say('goal', language)} {goal} {unit}"
    for reading in standing.readings:
        value = say_number(reading.value, language)
        yield f"  {said(reading.on, language)}: {value} {unit} [{reading.source.id}]"


def _document(source: Source, language: str) -> str:
    parts = (document(source, language), source.url)
    return f"[{source.id}] {', '.join(part for part in parts if part)}"
