"""A measure on a page of its own: all that was promised of it, and what became of that.

The page depends on what is said of the measure, and on how much of that was known by the day: never
on the day itself. It says that a term ended on a day; how long ago that was, the script tells the
reader. So a page stays as it is, byte for byte, up to the day on which there is news.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from betatech_milestones.analysis.course import course
from betatech_milestones.analysis.report import standing_on
from betatech_milestones.model.records import Budget, Measure, Milestone, Replaced, Source
from betatech_milestones.model.vocabulary import Commitment
from betatech_milestones.pictures.axis import Axis
from betatech_milestones.voice import Voice
from betatech_milestones.website.frame import Frame, frame
from betatech_milestones.website.mend import mend_link
from betatech_milestones.website.story import Teller, Told
from betatech_milestones.website.strip import axis_of, bounds, scale, strip
from betatech_milestones.website.telling import (
    PageVoice,
    Relations,
    course_rows,
    history,
    lasting,
    newest_told,
    spells,
    verdicts,
)


def measure_page(
    relations: Relations,
    measure: Measure,
    day: dt.date,
    *,
    language: str,
    address: str | None = None,
) -> str:
    """Return the page of a measure in one language, by what was known on a day, as HTML.

    `address` is that of the published site, ending in a slash. Besides the two nothing shows in it
    but what `measure_inputs` returns.
    """
    outside = frame(
        relations, lambda paths: paths.measure(measure.id), language=language, address=address
    )
    page_day = measure_day(relations, measure, day)
    teller = Teller(outside=outside, measure=measure, day=page_day)
    return outside.page(
        outside.voice.text(measure.title).text,
        _about(measure, outside.voice.voice),
        crumbs=_crumbs(measure, outside),
        heading=_heading(measure, outside.voice),
        main="".join(_main(teller)),
        day=page_day,
        feed=outside.paths.feed("measure", measure.lifelong_id),
        atom=outside.paths.measure_atom(measure.lifelong_id),
    )


# --- what it depends on ---------------------------------------------------------------------------


def measure_inputs(relations: Relations, measure: Measure, day: dt.date) -> tuple[object, ...]:
    """Return all that the files of a measure depend on, in whatever language: records and texts.

    That is the measure with all that it refers to, what is told of it on the pages of others, the
    titles of what it leads to, what is said of the programme, and the day from which all of that
    stands as it does.
    """
    programme = relations.programme
    elsewhere = _elsewhere(relations, measure)
    return (
        programme.id,
        programme.title,
        programme.language,
        programme.timezone,
        programme.publisher,
        programme.repository,
        measure,
        tuple((it, it.measure.id, it.measure.title, it.measure.bodies) for it in elsewhere),
        tuple(_led_to(relations, measure)),
        measure_day(relations, measure, day),
    )


def measure_day(relations: Relations, measure: Measure, day: dt.date) -> dt.date:
    """Return the last day, up to and including one, on which anything of a measure changed.

    Where nothing of it was known yet, that is the first of all days.
    """
    days = {source.known_from for source in measure.sources}
    days.update(known_from for _, known_from in _budgets(measure))
    for milestone in (*measure.milestones, *_elsewhere(relations, measure)):
        days.update(relations.changing_days(milestone))
    return max((it for it in days if it <= day), default=dt.date.min)


def _elsewhere(relations: Relations, measure: Measure) -> tuple[Milestone, ...]:
    """Return what is a part of a measure, or was, and is told in full on the page of another."""
    return (*relations.shared.get(measure.id, ()), *relations.departed.get(measure.id, ()))


def _led_to(relations: Relations, measure: Measure) -> Iterator[tuple[object, ...]]:
    """Yield what a page names of other measures and their milestones."""
    for milestone in measure.milestones:
        for also in milestone.also:
            if also in relations.measures:
                yield also, relations.measures[also].title
        for outcome in milestone.outcomes:
            if isinstance(outcome, Replaced) and outcome.by is not None:
                other = relations.milestones.get(outcome.by)
                yield (outcome.by, other and other.full_id, other and other.title)


# --- what it shows --------------------------------------------------------------------------------


def _about(measure: Measure, voice: Voice) -> str:
    """Return a line on a measure for who has not opened its page: its summary, or what there is."""
    if measure.summary is not None:
        return voice.line(measure.summary)
    number = voice.labelled("milestones", str(len(measure.milestones)))
    bodies = voice.responsible(measure.bodies)
    return f"{voice.labelled('responsible', bodies)}. {number}." if bodies else f"{number}."


def _crumbs(measure: Measure, outside: Frame) -> str:
    cluster = measure.cluster
    if cluster is None:
        return ""
    way = escape(f"{outside.to(outside.paths.overview)}#cluster:{cluster.id}")
    return f'<a href="{way}">{outside.voice.tell(cluster.title)}</a>\n'


def _heading(measure: Measure, voice: PageVoice) -> str:
    title = voice.text(measure.title)
    language = f' lang="{escape(title.language)}"' if title.language else ""
    locator = f'<bdi class="locator">{escape(measure.locator)}</bdi> ' if measure.locator else ""
    return f'<h1 dir="auto"{language}>{locator}{escape(title.text)}</h1>\n'


def _main(teller: Teller) -> Iterator[str]:
    """Yield the measure itself, its milestones, what is told elsewhere, and the sources."""
    measure, outside, day = teller.measure, teller.outside, teller.day
    voice = outside.voice
    elsewhere = _elsewhere(outside.relations, measure)
    anchors = _anchors(measure, elsewhere)
    if measure.summary is not None:
        yield f'<p class="lede">{voice.tell(measure.summary)}</p>\n'
    facts = (f"<div><dt>{label}</dt> {told}</div>\n" for label, told in _facts(teller))
    yield f"<dl>\n{''.join(facts)}</dl>\n"
    if newest := newest_told(measure.milestones, day, voice.voice):
        yield f'<p class="note">{escape(newest)}</p>\n'
    axis = axis_of(measure.milestones)
    yield (
        "<div>\n\n"
        if axis is None
        else f'<div class="chart"{bounds(axis)}>\n{scale(axis, voice.voice)}\n'
    )
    for milestone in measure.milestones:
        told = _told(milestone, day, axis, outside)
        yield teller.story(told, anchors[milestone.full_id])
    yield "</div>\n"
    if elsewhere:
        rows = (
            teller.row(_told(milestone, day, None, outside), anchors[milestone.full_id])
            for milestone in elsewhere
        )
        yield f'<ul class="rows">\n{"".join(rows)}</ul>\n'
    sources = (
        f"<li{teller.since(it.known_from)}>{voice.listed(it)}</li>\n" for it in _sources(measure)
    )
    yield f'<h2>{teller.label("sources")}</h2>\n<ul class="sources">\n{"".join(sources)}</ul>\n'


def _facts(teller: Teller) -> Iterator[tuple[str, str]]:
    """Yield what there is to know of a measure itself, behind what that is."""
    measure, voice = teller.measure, teller.outside.voice
    if measure.bodies:
        yield teller.label("responsible"), f"<dd>{teller.responsible(measure.bodies)}</dd>"
    if measure.sectors:
        titles = ", ".join(voice.tell(it.title) for it in measure.sectors)
        yield teller.label("sectors"), f"<dd>{titles}</dd>"
    if measure.budgets:
        budgets = (
            f"<dd{teller.since(known_from)}>{_budget(it, voice)}</dd> "
            for it, known_from in _budgets(measure)
        )
        yield teller.label("money"), "".join(budgets)
    if measure.code:
        yield teller.label("code"), f"<dd><bdi>{escape(measure.code)}</bdi></dd>"


def _budget(budget: Budget, voice: PageVoice) -> str:
    years = "-".join(str(year) for year in dict.fromkeys(budget.years or ()))
    told = str(escape(voice.sum(budget))) + (f", {years}" if years else "")
    return f"{told}; {voice.tell(budget.note)}" if budget.note else told


def _told(milestone: Milestone, day: dt.date, axis: Axis | None, outside: Frame) -> Told:
    voice, measures = outside.voice.voice, outside.relations.measures
    others = dict.fromkeys(it for it in milestone.also if it != milestone.measure.id)
    standing = standing_on(milestone, day)
    changes = [dt.date.min, *(revision.announced for revision in milestone.revisions)]
    answering = ((day, milestone.bodies_by(day)) for day in changes)
    bodies = lasting(spells(answering), day) if _may_have_own_bodies(milestone) else ()
    goals = spells((day, milestone.goal_by(day)) for day in changes) if milestone.number else ()
    said = verdicts(milestone, voice) if _may_have_ended(milestone) else ()
    return Told(
        milestone=milestone,
        standing=standing,
        known_from=course(milestone)[0].day,
        course=[*course_rows(milestone, voice, after=day)],
        also=[measures[it] for it in others if it in measures],
        bodies=bodies if any(it.value != milestone.measure.bodies for it in bodies) else (),
        goals=lasting(goals, day),
        verdicts=lasting(spells(said), day),
        history=history(milestone),
        strip=strip(milestone, axis, day=day, since=day) if axis else Markup(),
        mend=mend_link(outside.relations.programme, voice, milestone),
    )


def _may_have_own_bodies(milestone: Milestone) -> bool:
    handed_over = (revision.bodies is not None for revision in milestone.revisions)
    return milestone.own_bodies is not None or any(handed_over)


def _may_have_ended(milestone: Milestone) -> bool:
    return bool(milestone.outcomes) or milestone.commitment is Commitment.FIXED


def _anchors(measure: Measure, elsewhere: Iterable[Milestone]) -> Mapping[str, Sequence[str]]:
    """Return the ids that milestones had before, by full id: places of old links, each once."""
    taken = {milestone.id for milestone in measure.milestones}
    anchors: defaultdict[str, list[str]] = defaultdict(list)
    for milestone in (*measure.milestones, *elsewhere):
        for former in milestone.formerly:
            home, _, name = former.rpartition("/")
            if name not in taken and measure.id in {home, milestone.measure.id}:
                taken.add(name)
                anchors[milestone.full_id].append(name)
    return anchors


def _budgets(measure: Measure) -> Iterator[tuple[Budget, dt.date]]:
    """Yield the money of a measure, and since when that is known."""
    for budget in measure.budgets:
        sources = measure.sources if budget.source is None else (budget.source,)
        yield budget, min(source.known_from for source in sources)


def _sources(measure: Measure) -> Iterable[Source]:
    """Return what a measure, its money and its milestones rest on, each document once."""
    cited = [*measure.sources]
    cited += [budget.source for budget in measure.budgets if budget.source is not None]
    for milestone in measure.milestones:
        number = milestone.number
        for said in (*milestone.statements, *(number.readings if number else ())):
            cited += said.sources
    return {source.id: source for source in cited}.values()
