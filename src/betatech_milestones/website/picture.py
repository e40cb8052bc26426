"""A programme as one picture within a page: a row for each milestone or, of many, how they lie.

It follows the reader's day as far as it draws single milestones. Densities are counted on the day
of the page, and say so.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import attrs
from markupsafe import Markup

from betatech_milestones.analysis.report import Report, standing_on
from betatech_milestones.formats.standings import group_of
from betatech_milestones.model.records import Measure, Milestone, Programme
from betatech_milestones.pictures.axis import Axis, dates, drawn_from
from betatech_milestones.pictures.density import (
    EVENTS,
    NAMES,
    TERMS,
    Bins,
    Density,
    Group,
    bars,
    densities,
    groups,
    height,
    in_numbers,
    rest,
)
from betatech_milestones.pictures.svg import one_line
from betatech_milestones.voice import Voice, capital
from betatech_milestones.voice.paths import Paths
from betatech_milestones.website.strip import axis_of, bounds, keys, scale, strip
from betatech_milestones.website.telling import PageVoice, Words, templates

# What a reader takes in, and a browser draws at once.
_MOST_ROWS = 150
_MOST_ELEMENTS = 1_300
_LONGEST_TITLE = 120
_MOST_YEARS_TOLD = 30


def picture(
    report: Report, *, language: str, paths: Paths, lists: Mapping[str | None, str] | None = None
) -> Markup:
    """Return the picture of a programme, for its overview.

    A programme of many milestones is drawn by cluster, or by who answers where it has none, and
    each opens to its measures. Where these are too many, it leads to `lists` instead: the address,
    from the overview, of what lists them, by the id of the cluster or the body.
    """
    programme = report.programme
    voice = PageVoice(voice=Voice(language), programme=programme)
    axis = axis_of(programme.milestones)
    if axis is None:
        key = "nothing dated" if any(programme.milestones) else "nothing"
        return Markup("<p>{}</p>").format(voice.label(key))
    day = report.day
    undated = sum(not _is_drawn(standing.milestone, day) for standing in report.standings)
    if parts := _parts(programme, axis, voice, day, paths):
        return _rendered(voice, axis, day, parts=parts, legend=_legend(parts), undated=undated)
    groups = _groups(report, axis, voice, paths, lists or {})
    return _rendered(voice, axis, day, groups=groups, shown=_shown(groups), undated=undated)


def _is_drawn(milestone: Milestone, day: dt.date) -> bool:
    return bool(dates(milestone)) and drawn_from(milestone) <= day


def _rendered(voice: PageVoice, axis: Axis, day: dt.date, **values: object) -> Markup:
    drawn = (
        templates()
        .get_template("picture.html")
        .render(
            voice=voice,
            day=day,
            is_marked=axis.holds(day),
            bounds=bounds(axis),
            scale=scale(axis, voice.voice, day=day),
            **values,
        )
    )
    return Markup(drawn)  # noqa: S704  what the template does not escape is markup of ours


# --- a row for each milestone ---------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Row:
    """A milestone, with what a script needs to follow it."""

    title: Words
    link: str
    key: str
    """The group in which it stands."""
    course: Sequence[tuple[str, str]]
    """From which day on it stands in which."""
    known_from: dt.date
    """The first day on which there is anything to draw."""
    hidden: bool
    strip: Markup


def _row(
    milestone: Milestone,
    axis: Axis,
    voice: PageVoice,
    day: dt.date,
    *,
    link: str,
) -> _Row:
    known_from = drawn_from(milestone)
    return _Row(
        title=_cut(voice.text(milestone.title)),
        link=link,
        key=group_of(standing_on(milestone, day)),
        course=keys(milestone),
        known_from=known_from,
        hidden=known_from > day,
        strip=strip(milestone, axis, day=day),
    )


def _cut(words: Words) -> Words:
    """Return a title at a length that fits in a picture."""
    text = one_line(words.text)
    if len(text) > _LONGEST_TITLE:
        text = f"{text[:_LONGEST_TITLE].rpartition(' ')[0] or text[:_LONGEST_TITLE]}…"
    return attrs.evolve(words, text=text)


@attrs.frozen(kw_only=True)
class _Part:
    """A measure with its milestones that have a date."""

    title: Words
    link: str
    rows: Sequence[_Row]

    @property
    def known_from(self) -> dt.date:
        """The first day on which there is anything to draw of it."""
        return min(row.known_from for row in self.rows)

    @property
    def hidden(self) -> bool:
        return all(row.hidden for row in self.rows)


def _parts(
    programme: Programme, axis: Axis, voice: PageVoice, day: dt.date, paths: Paths
) -> list[_Part]:
    """Return the measures with a row for each milestone; none where that would be too much."""
    if sum(1 for milestone in programme.milestones if dates(milestone)) > _MOST_ROWS:
        return []
    up, parts, elements = paths.up(paths.overview), [], 0
    for measure in programme.measures:
        rows = [
            _row(milestone, axis, voice, day, link=up + paths.milestone(milestone))
            for milestone in measure.milestones
            if dates(milestone)
        ]
        elements += 3 + sum(3 + row.strip.count("<rect") for row in rows)
        if rows:
            parts.append(
                _Part(title=_titled(measure, voice), link=up + paths.measure(measure.id), rows=rows)
            )
    return parts if elements <= _MOST_ELEMENTS else []


def _titled(measure: Measure, voice: PageVoice) -> Words:
    """Return the title of a measure, behind its place in the source."""
    words = _cut(voice.text(measure.title))
    locator = one_line(measure.locator or "")
    return attrs.evolve(words, text=f"{locator} {words.text}".strip())


def _legend(parts: Iterable[_Part]) -> list[tuple[str, str]]:
    """Return what stands in the legend, each with its label: what is drawn, then in which colour.

    What was looked for in vain has the colour of what nobody looked for.
    """
    rows = [row for part in parts for row in part.rows]
    strips = "".join(row.strip for row in rows)
    ends = [look for look in ("replaced", "dropped") if f'class="{look}"' in strips]
    found = {key for row in rows for _, key in row.course}
    if "no-news" in found:
        found.add("unchecked")
    looks = [(look, look) for look in ("day", "window", "deadline", "move", "met", *ends)]
    return looks + [(look, key) for look, key in _COLOURS.items() if look in found]


_COLOURS = {
    "fact": "fact",
    "late": "late",
    "unchecked": "overdue",
    "due": "due",
    "upcoming": "upcoming",
}


# --- how many milestones lie ----------------------------------------------------------------------

_BASE, _FOOT = 640, 1000  # of a row of densities: where terms stand, and how far events hang


@attrs.frozen(kw_only=True)
class _Band:
    """Some milestones as a row: how many there are, and how they lie over time."""

    title: Words
    link: str | None = None
    numbers: str
    story: str
    """What its bars tell, in words."""
    bars: Sequence[tuple[str, str]]
    measures: "Sequence[_Band]" = ()
    """What it opens to."""


def _groups(
    report: Report, axis: Axis, voice: PageVoice, paths: Paths, lists: Mapping[str | None, str]
) -> list[_Band]:
    """Return all at once, then the clusters or the bodies, which open where there is room."""
    bins, up = Bins.of(axis), paths.up(paths.overview)
    of_measure = densities(report, bins)
    found = groups(report.programme, of_measure)
    every = Density.together(group.density for group in found)
    opens = _PER_GROUP * len(found) + sum(map(_elements, of_measure.values())) <= _MOST_ELEMENTS
    one = _one(group.density for group in found)
    one_of_measure = _one(of_measure.values())
    whole = _own(capital(voice.label("every")))
    bands = [
        _Band(
            title=_name(group, report.programme, voice) if len(found) > 1 else whole,
            link=None if opens else _list_of(group, report.programme, paths, lists),
            numbers=in_numbers(group.density, voice.voice),
            story=_by_year(group.density, bins, voice),
            bars=_bars(group.density, bins, one),
            measures=[
                _of_measure(
                    of_measure[measure.id],
                    bins,
                    voice,
                    one_of_measure,
                    title=_titled(measure, voice),
                    link=up + paths.measure(measure.id),
                )
                for measure in (group.measures if opens else ())
            ],
        )
        for group in found
    ]
    if len(bands) == 1:
        return bands
    summed = _Band(
        title=whole,
        numbers=in_numbers(every, voice.voice),
        story=_by_year(every, bins, voice),
        bars=_bars(every, bins, _one([every])),
    )
    return [summed, *bands]


_PER_GROUP = 8 + len(TERMS) + len(EVENTS)  # elements


def _elements(density: Density) -> int:
    """Return how many elements the row of a measure takes."""
    return 3 + len(density.looks)


def _list_of(
    group: Group, programme: Programme, paths: Paths, lists: Mapping[str | None, str]
) -> str:
    """Return where the measures of a group are listed, from the overview."""
    if group.id and not programme.clusters:
        return paths.up(paths.overview) + paths.body(group.id)
    return lists.get(group.id or None, "#measures")


def _of_measure(
    density: Density, bins: Bins, voice: PageVoice, one: float, *, title: Words, link: str
) -> _Band:
    numbers = in_numbers(density, voice.voice)
    bars_ = _bars(density, bins, one)
    return _Band(title=title, link=link, numbers=numbers, story=numbers, bars=bars_)


def _one(some: Iterable[Density]) -> float:
    return height(some, _BASE, _FOOT - _BASE)


def _bars(density: Density, bins: Bins, one: float) -> list[tuple[str, str]]:
    return [*bars(density, bins, base=_BASE, one=one, apart=0.25)]


def _name(group: Group, programme: Programme, voice: PageVoice) -> Words:
    if group.title is None:
        return _own(rest(programme, voice.voice))
    return _cut(voice.text(group.title))


def _own(text: str) -> Words:
    return Words(text=text, language=None)


def _by_year(density: Density, bins: Bins, voice: PageVoice) -> str:
    """Return how many terms, outcomes and moves a year has, as far as one can listen to that."""
    told = []
    for key, looks in (("terms", TERMS), ("outcomes", EVENTS[:-1]), ("moves", EVENTS[-1:])):
        years = sorted(density.by_year(bins, *looks).items())
        if years and len(years) <= _MOST_YEARS_TOLD:
            said = ", ".join(
                voice.voice.pair(str(year), voice.number(count)) for year, count in years
            )
            told.append(f"{capital(voice.label(key))}: {said}")
    return ". ".join(told)


def _shown(bands: Iterable[_Band]) -> list[tuple[str, str]]:
    """Return the sorts that are drawn, each with its label."""
    drawn = {look for band in bands for look, _ in band.bars}
    return [(look, NAMES[look]) for look in (*TERMS, *EVENTS) if look in drawn]
