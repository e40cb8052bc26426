"""A programme as one picture: a row for each milestone, its promise and how it ended side by side.

The promise is drawn in grey and what came of it in colour, so that a glance along a row tells the
delay. A date is as wide as the days it leaves open; an end that its source leaves open has no edge.
Of very many milestones it is drawn instead how they lie over time, by cluster and by measure.
"""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self
from xml.etree import ElementTree as ET

import attrs

from betatech_milestones.analysis.report import as_of, standing_on
from betatech_milestones.formats.standings import group_of
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.records import Measure, Milestone, Outcome, Programme
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import ENDED, Commitment, Evidence
from betatech_milestones.pictures.axis import Axis, Place, dates, days, promises
from betatech_milestones.pictures.density import (
    EVENTS,
    FINE,
    NAMES,
    TERMS,
    Bins,
    Density,
    bars,
    densities,
    groups,
    height,
    in_numbers,
    known_at_last,
    rest,
)
from betatech_milestones.pictures.svg import (
    caption,
    cut,
    link,
    number,
    one_line,
    path,
    use,
    width,
    written,
)
from betatech_milestones.voice import Voice, languages_of
from betatech_milestones.voice.paths import Paths

# Lengths are in units of the picture, which is 1,024 wide: about pixels on a page.
LEFT, RIGHT = 350, 988  # of the days; the titles are on the left
_TAIL = 36  # the length of an open end
_NARROW = 3  # the least width of a window
_WIDTH, _MARGIN = 1000, 12
_LABELS = 334  # the width of the titles
_INDENT = 12  # of a milestone's title
_GAP = 8
_LEGEND, _LINE = 34, 18  # the height of the legend, and of each more line of it
_HEADING, _ROW = 28, 20  # their heights
_RISE = 7  # of the type of a heading, from its foot
_MIDDLE, _BASELINE = 10, 14  # in a row
_SIZE, _SMALL = 12, 10.5  # of type
_BOLD = 1.1  # how much wider bold type is
# Of a promise that is open, one that is settled, one that was moved, and an outcome: the radius of
# a day's mark, and half the height of a window.
_RADII = {"open": 5, "due": 5, "was": 3, "met": 6, "dropped": 6, "replaced": 6}
_HALVES = {"open": 4, "due": 4, "was": 2, "met": 2, "dropped": 2, "replaced": 2}
_BAND, _BARS, _BASE = 46, 40, 26  # of densities: heights of a row and its bars, and of their base
_SLIM = 16  # the height of a row of one measure among them

_MOST_ROWS = 300
_MOST_HEIGHT = 1_500  # of densities: within two screens

# Without custom properties, which not every program that opens an SVG knows. What `use` repeats
# takes its colours from the `use`: no rule of two classes reaches into it, so the check has a rule
# of its own.
TIMELINE_STYLE = """\
.timeline{background:#fff;color-scheme:light dark;fill:#1a1a1a;\
font-family:"Helvetica Neue",Helvetica,Arial,sans-serif;font-size:12px}
.timeline text{unicode-bidi:isolate}
.timeline .heading .label{font-weight:bold}
.timeline .label{clip-path:url(#timeline-label)}
.timeline .small{fill:#595959;font-size:10.5px}
.timeline .row .small{paint-order:stroke;stroke:#fff;stroke-width:3}
.timeline .grid{stroke:#dedede}
.timeline .rule{stroke:#f0f0f0}
.timeline .heading .rule{stroke:#bdbdbd}
.timeline .due{fill:#d4d4d4;stroke:#6b6b6b}
.timeline .open{fill:none;stroke:#1a1a1a;stroke-width:1.5}
.timeline .late{stroke:#a8261a}
.timeline .unchecked{stroke:#6a4a8c}
.timeline .lag{fill:none;stroke-dasharray:1 3}
.timeline .was{fill:none;stroke:#6b6b6b}
.timeline .move{fill:#595959;stroke:#595959}
.timeline .edge{fill:none;stroke:#595959;stroke-width:1.5}
.timeline .met{fill:#00609c}
.timeline .dropped{fill:#b3390a;stroke:#b3390a}
.timeline .replaced{fill:#6a4a8c;stroke:#6a4a8c}
.timeline-check{fill:none;stroke:#fff;stroke-width:1.8}
.timeline .approximate{stroke-dasharray:2 1.5}
.timeline .today{stroke:#a3006d;stroke-width:1.5}
.timeline a{fill:#154f8c}
.timeline .bars path{stroke:none}
.timeline .bars .settled{fill:#c4c4c4}
.timeline .bars .late{fill:#a8261a}
.timeline .bars .lapsed{fill:#6a4a8c}
.timeline .bars .coming{fill:#4d4d4d}
.timeline .bars .fact{fill:#6b6b6b}
.timeline .bars .moved{fill:#8a5300}
@media screen and (prefers-color-scheme:dark){
.timeline{background:#14171a;fill:#ececec}
.timeline .small{fill:#b0b0b0}
.timeline .row .small{stroke:#14171a}
.timeline .grid{stroke:#33383d}
.timeline .rule{stroke:#20252a}
.timeline .heading .rule{stroke:#5a6067}
.timeline .due{fill:#4a5057;stroke:#9a9a9a}
.timeline .open{stroke:#ececec}
.timeline .late{stroke:#ff9c8f}
.timeline .unchecked{stroke:#c9a6ee}
.timeline .was{stroke:#9a9a9a}
.timeline .move{fill:#b0b0b0;stroke:#b0b0b0}
.timeline .edge{stroke:#b0b0b0}
.timeline .met{fill:#6db7ff}
.timeline .dropped{fill:#ff9a66;stroke:#ff9a66}
.timeline .replaced{fill:#c9a6ee;stroke:#c9a6ee}
.timeline-check{stroke:#14171a}
.timeline .today{stroke:#ff8ad8}
.timeline a{fill:#8dbdf0}
.timeline .bars .settled{fill:#5a6067}
.timeline .bars .late{fill:#ff9c8f}
.timeline .bars .lapsed{fill:#c9a6ee}
.timeline .bars .coming{fill:#d0d0d0}
.timeline .bars .fact{fill:#9a9a9a}
.timeline .bars .moved{fill:#f0b860}
}
"""


def has_dates(programme: Programme) -> bool:
    """Whether there is anything to draw: a promise or an outcome that names a day."""
    return any(map(dates, programme.milestones))


def timeline(
    programme: Programme,
    *,
    language: str | None = None,
    day: dt.date | str | None = None,
    address: str | None = None,
) -> str:
    """Return a programme as an SVG document that stands alone, or within a page.

    Without a language it speaks the programme's own. With a day it shows what was known on that
    day, and how it stood; without one it shows all, and is the same on any day. With the `address`
    of the published site, which ends in a slash, the titles lead to its pages. There is nothing in
    it that a strict Content-Security-Policy forbids, but for one `<style>`, whose content is
    `TIMELINE_STYLE`.

    A script finds on the root element what it needs to place a day: the day `data-origin` begins
    at `data-x0`, each next one `data-px-per-day` further, up to `data-x1`; a line of the class
    `today` is styled.

    A programme without dates has no axis and no rows: it gives a picture of one sentence. Raises
    `BadValue` for what is no day.
    """
    voice = Voice(language or programme.language)
    day = None if day is None else a_day(day)
    told = [one for milestone in programme.milestones if (one := _Told.by(day, milestone))]
    shown = [one for one in told if one.dates]
    if not shown:
        sentence = voice.label("nothing dated" if told else "nothing")
        return _document(programme, told, voice, [caption(sentence, 0, _BASELINE)], tall=_HEADING)
    bounds = days([date for one in shown for date in one.dates])
    axis = Axis.of(bounds, left=LEFT, right=RIGHT, tail=_TAIL, narrow=_NARROW)
    view = _View(axis=axis, voice=voice, day=day, site=address, paths=_paths(programme, voice))
    if len(shown) > _MOST_ROWS:
        rows, examples = [*_bands(programme, view)], _sorts(view)
    else:
        rows, examples = [*_rows(shown, view)], _signs(shown, view)
    legend, top = _legend(examples)
    foot = _stacked(rows, top)
    drawn = [
        _definitions(view),
        legend,
        *_lines(view, top, foot),
        *(row for _, row in rows),
    ]
    if len(shown) < len(told):
        undated = voice.label("not drawn", all=len(told) - len(shown))
        drawn.append(caption(undated, 0, foot + _BASELINE, "small"))
        foot += _ROW
    return _document(programme, told, voice, drawn, tall=foot + _GAP, axis=axis)


def _document(
    programme: Programme,
    told: "Sequence[_Told]",
    voice: Voice,
    drawn: Sequence[ET.Element],
    *,
    tall: int,
    axis: Axis | None = None,
) -> str:
    attributes = {}
    if axis is not None:
        attributes = {
            "data-origin": dt.date.fromordinal(axis.first).isoformat(),
            "data-x0": number(LEFT),
            "data-x1": number(RIGHT),
            "data-px-per-day": str(axis.per_day),
        }
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "timeline",
            "viewBox": f"{-_MARGIN} 0 {_WIDTH + 2 * _MARGIN} {tall}",
            "lang": voice.language,
            # An image holds nothing that one can follow.
            "role": "group" if any(part.find(".//a") is not None for part in drawn) else "img",
            "aria-labelledby": "timeline-title timeline-summary",
            **attributes,
        },
    )
    title = voice.label("timeline", title=voice.text(programme.title))
    ET.SubElement(root, "title", id="timeline-title").text = one_line(title)
    ET.SubElement(root, "desc", id="timeline-summary").text = _summary(told, voice)
    ET.SubElement(root, "style").text = TIMELINE_STYLE
    root.extend(drawn)
    return written(root)


@attrs.frozen(kw_only=True)
class _View:
    """What all parts of a picture have in common."""

    axis: Axis
    voice: Voice
    day: dt.date | None
    site: str | None
    """The address of the published site."""
    paths: Paths

    def linked(self, element: ET.Element, path: str) -> ET.Element:
        """Return an element as a link to a page, where the address is known."""
        return element if self.site is None else link(element, self.site + path)

    @property
    def until(self) -> float:
        """Where the day begins, or the end of the axis that it lies beyond."""
        assert self.day is not None
        return self.axis.x(self.day.toordinal())

    @property
    def today(self) -> float | None:
        """Where the day is, if there is one and it is on the axis."""
        if self.day is None or not self.axis.holds(self.day):
            return None
        return self.axis.middle(self.day)


def _paths(programme: Programme, voice: Voice) -> Paths:
    """Return where the pages in a language are; in the programme's own, where there are none."""
    languages = languages_of(programme)
    return Paths.of(programme, voice.spoken if voice.spoken in languages else languages[0])


# --- what -----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Told:
    """What is drawn of a milestone."""

    milestone: Milestone
    promises: Sequence[PolicyDate]
    """The dates that were promised, the one in force last."""
    outcome: Outcome | None
    fate: str
    """How it ended, or that it is open."""
    on: PolicyDate | None
    """When it ended, where that is told by more than words."""
    standing: Standing | None = None
    """How it stood, on a day."""

    @classmethod
    def by(cls, day: dt.date | None, milestone: Milestone) -> Self | None:
        """Return what was known of a milestone by a day, or all; None where nobody knew of it."""
        promised = [date for since, date in promises(milestone) if day is None or since <= day]
        if day is None:
            outcome = milestone.outcome
            on = None if outcome is None else outcome.on
            fate = "open" if outcome is None else str(outcome.status)
            standing = None
        else:
            standing = standing_on(milestone, day)
            if standing.day > day:
                return None
            outcome = standing.outcome
            on = standing.due if outcome is None else outcome.on
            fate = str(standing.status) if standing.status in ENDED else "open"
        return cls(
            milestone=milestone,
            promises=promised,
            outcome=outcome,
            fate=fate,
            on=None if fate == "open" or on is None or on.edtf is None else on,
            standing=standing,
        )

    @property
    def dates(self) -> list[PolicyDate]:
        """The dates that can be drawn: words alone have no place on an axis."""
        promised = [date for date in self.promises if date.edtf is not None]
        return promised if self.on is None else [*promised, self.on]

    @property
    def shade(self) -> str:
        """What an open promise is besides, on the day: late, or not known to be."""
        if self.standing is None or self.standing.evidence is None:
            return ""
        return "late" if self.standing.evidence is Evidence.LATE else "unchecked"


# --- a row for each milestone ---------------------------------------------------------------------


def _rows(shown: Iterable[_Told], view: _View) -> Iterator[tuple[int, ET.Element]]:
    """Yield the rows and the headings over them, each with its height."""
    for _, those in itertools.groupby(shown, key=lambda one: one.milestone.measure.id):
        first, *others = those
        yield _HEADING, _heading(first.milestone.measure, view)
        for one in (first, *others):
            yield _ROW, _row(one, view)


def _stacked(rows: Iterable[tuple[int, ET.Element]], top: int) -> int:
    """Put each row at the foot of the one before, and return the foot of the last."""
    for tall, row in rows:
        row.set("transform", f"translate(0 {top})")
        top += tall
    return top


def _titled(measure: Measure, voice: Voice) -> str:
    """Return the title of a measure, behind its place in the source."""
    return f"{one_line(measure.locator or '')} {voice.line(measure.title)}".lstrip()


def _heading(measure: Measure, view: _View) -> ET.Element:
    heading = ET.Element("g", {"class": "heading", "data-measure": measure.id})
    title = _titled(measure, view.voice)
    ET.SubElement(heading, "title").text = title
    short = cut(title, _LABELS / _SIZE / _BOLD)
    label = caption(short, 0, _HEADING - _RISE, "label")
    heading.append(view.linked(label, view.paths.measure(measure.id)))
    heading.append(use("years", "small", y=_HEADING - _RISE))
    heading.append(path(f"M0 {_HEADING - 1}H{_WIDTH}", "rule"))
    return heading


def _row(one: _Told, view: _View) -> ET.Element:
    milestone, axis, voice, fate = one.milestone, view.axis, view.voice, one.fate
    row = ET.Element("g", {"class": "row", "data-milestone": milestone.full_id})
    ET.SubElement(row, "title").text = one_line(_in_words(one, voice))
    title = cut(voice.line(milestone.title), (_LABELS - _INDENT) / _SIZE)
    label = caption(title, _INDENT, _BASELINE, "label")
    row.append(view.linked(label, view.paths.milestone(milestone)))
    row.append(path(f"M{_INDENT} {_ROW - 0.5}H{_WIDTH}", "rule"))
    places = []
    looks = [*("was" for _ in one.promises[1:]), "open" if fate == "open" else "due"]
    for date, look in zip(one.promises, looks, strict=False):
        if date.edtf is not None:
            places.append(Place.of(date, axis, _RADII[look]))
            row.append(_mark(date, places[-1], look, one.shade if look == "open" else ""))
    row.extend(_last_days(one, places, view))
    if one.on is None:
        row.extend(_arrows(places))
    else:
        place = Place.of(one.on, axis, _RADII[fate])
        sign = place.sign(_RADII[fate])
        row.extend(_arrows([*places[:-1], *(last.clear_of(sign) for last in places[-1:])]))
        if not one.on.is_day:
            row.append(_mark(one.on, place, fate))
        row.append(use(fate, fate, x=place.middle))
        places += [place, sign]
    row.extend(_edges(one, axis))
    row.append(_when(one, places, view))
    return row


def _mark(date: PolicyDate, place: Place, look: str, shade: str = "") -> ET.Element:
    """Return a date: a diamond for a day, a bar for a window, a wedge where an end is open."""
    half = _HALVES[look]
    left, right = number(place.left), number(place.right)
    top, tall = _MIDDLE - half, 2 * half
    classes = " ".join(filter(None, (look, shade, "approximate" if date.approximate else "")))
    if date.is_day:
        return use("former-day" if look == "was" else "day", classes, x=place.middle)
    if date.earliest is None:
        wedge = f"M{left} {_MIDDLE}L{right} {top}v{tall}z"
        return path(wedge + _limit(place.last, look), classes)
    if date.latest is None:
        return path(f"M{right} {_MIDDLE}L{left} {top}v{tall}z", classes)
    return path(f"M{left} {top}H{right}v{tall}H{left}z", classes)


def _last_days(one: _Told, places: Sequence[Place], view: _View) -> Iterator[ET.Element]:
    """Yield the stroke of a deadline, and how long ago on the day a term ended."""
    if not one.promises or one.promises[-1].edtf is None:
        return
    last, look = one.promises[-1], "open" if one.fate == "open" else "due"
    edge = places[-1].middle if last.is_day else places[-1].last
    classes = f"{look} {one.shade}".rstrip()
    # An open start has its own stroke.
    if one.milestone.commitment is Commitment.DEADLINE and last.earliest:
        yield path(_limit(edge, look), classes)
    if one.shade:
        lag = f"M{number(places[-1].right)} {_MIDDLE}H{number(view.until)}"
        yield path(lag, f"lag {one.shade}")


def _limit(x: float, look: str) -> str:
    """Return a stroke for the day after which it would be too late."""
    half = _HALVES[look] + 3
    return f"M{number(x)} {_MIDDLE - half}v{2 * half}"


def _arrows(places: Sequence[Place]) -> Iterator[ET.Element]:
    """Yield the moves, each from edge to edge, or between last days where the dates overlap."""
    for before, after in itertools.pairwise(places):
        tail, tip = before.last, after.last
        if before.last < after.first:
            tip = after.first
        elif after.last < before.first:
            tail = before.first
        if tail != tip:
            back = -6 if tip > tail else 6
            head = f"m{back} -3l{-back} 3l{back} 3z"
            yield path(f"M{number(tail)} {_MIDDLE}H{number(tip)}{head}", "move")


def _edges(one: _Told, axis: Axis) -> Iterator[ET.Element]:
    """Yield a sign for what lies beyond an end of the axis."""
    if any(date.earliest and date.earliest.toordinal() < axis.first for date in one.dates):
        yield path(f"M{LEFT - _GAP} {_MIDDLE - 4}l-4 4l4 4", "edge")
    if any(date.latest and date.latest.toordinal() >= axis.after for date in one.dates):
        yield path(f"M{RIGHT + _GAP} {_MIDDLE - 4}l4 4l-4 4", "edge")


def _when(one: _Told, places: Sequence[Place], view: _View) -> ET.Element:
    """Return the dates in words: behind the marks, or before them where that has more room."""
    left = min(place.left for place in places)
    right = max(place.right for place in places)
    if one.shade:
        right = max(right, view.until)
    words = one_line(_short(one, view.voice))
    after = (_WIDTH - right - _GAP) / _SMALL
    before = (left - _GAP - LEFT) / _SMALL
    if after >= width(words) or after >= before:
        return caption(cut(words, after), right + _GAP, _BASELINE, "small")
    placed = caption(cut(words, before), left - _GAP, _BASELINE, "small")
    placed.set("text-anchor", "end")
    return placed


# --- in words -------------------------------------------------------------------------------------


def _short(one: _Told, voice: Voice) -> str:
    """Return the date in force and the outcome, as the source says them."""
    milestone, outcome = one.milestone, one.outcome
    parts = [voice.date(date) for date in one.promises[-1:]]
    if milestone.commitment in _SOFT:
        parts.insert(0, voice.label(milestone.commitment))
    if outcome is not None:
        key = "done on" if milestone.is_fact else f"{outcome.status} on"
        parts.append(voice.label(key, date=voice.outcome_day(outcome)))
    elif one.standing is not None and one.fate != "open":
        return voice.status(one.standing)
    return ", ".join(parts)


def _in_words(one: _Told, voice: Voice) -> str:
    """Return all that a row shows."""
    milestone, standing = one.milestone, one.standing
    parts = [voice.text(milestone.title), voice.text(milestone.measure.title)]
    if promise := voice.promise(milestone, window=True):
        parts.append(promise)
    if milestone.commitment in _FIRM and milestone.due is not None:
        parts.append(voice.label(milestone.commitment))  # the others tell theirs in the promise
    said = milestone if standing is None else standing
    parts.extend(voice.revised(revision, window=True) for revision in said.revisions)
    parts.extend(voice.news(news) for news in said.news)
    if one.outcome is not None:
        parts.append(voice.outcome(one.outcome, window=True, fact=milestone.is_fact))
    else:
        parts.append(voice.label("open") if standing is None else voice.status(standing))
    return "; ".join(parts)


def _summary(told: Iterable[_Told], voice: Voice) -> str:
    fates = Counter("fact" if one.milestone.is_fact else one.fate for one in told)
    return voice.label(
        "timeline summary",
        all=fates.total(),
        met=fates["met"],
        fact=fates["fact"],
        replaced=fates["replaced"],
        dropped=fates["dropped"],
        open=fates["open"],
    )


# --- how very many milestones lie -----------------------------------------------------------------


def _bands(programme: Programme, view: _View) -> Iterator[tuple[int, ET.Element]]:
    """Yield the clusters or the bodies with their densities, and their measures where they fit.

    Without a day all is known, and what is open is not said to be late.
    """
    bins = Bins.of(view.axis)
    grouped = known_at_last if view.day is None else group_of
    of_measure = densities(as_of(programme, view.day or dt.date.max), bins, grouped)
    found = groups(programme, of_measure)
    tall = _HEADING + _BAND * len(found) + _SLIM * len(of_measure)
    one, one_of_measure = (
        height(some, _BASE * FINE, (_BARS - _BASE) * FINE)
        for some in ([group.density for group in found], of_measure.values())
    )
    years = ET.Element("g", {"class": "heading"})
    years.append(use("years", "small", y=_HEADING - _RISE))
    yield _HEADING, years
    for group in found:
        band = ET.Element("g", {"class": "heading"})
        numbers = in_numbers(group.density, view.voice)
        name = view.voice.line(group.title) if group.title else rest(programme, view.voice)
        ET.SubElement(band, "title").text = view.voice.pair(name, numbers)
        band.append(path(f"M0 0H{_WIDTH}", "rule"))
        band.append(caption(cut(name, _LABELS / _SIZE / _BOLD), 0, 18, "label"))
        for number_, line in enumerate(_in_lines(numbers, _LABELS / _SMALL)):
            band.append(caption(line, 0, 30 + 12 * number_, "small"))
        band.append(_bars(group.density, bins, one, view))
        yield _BAND, band
        for measure in group.measures if tall <= _MOST_HEIGHT else ():
            yield _SLIM, _slim(measure, of_measure[measure.id], bins, one_of_measure, view)


def _in_lines(numbers: str, ems: float) -> list[str]:
    """Return numbers on two lines, or on one where that holds them."""
    first, *others = numbers.split("; ")
    while others and width(f"{first}; {others[0]};") <= ems:
        first = f"{first}; {others.pop(0)}"
    return [f"{first};", cut("; ".join(others), ems)] if others else [first]


def _slim(measure: Measure, density: Density, bins: Bins, one: float, view: _View) -> ET.Element:
    """Return the row of one measure among densities."""
    row = ET.Element("g", {"class": "row", "data-measure": measure.id})
    title = _titled(measure, view.voice)
    numbers = in_numbers(density, view.voice)
    ET.SubElement(row, "title").text = view.voice.pair(title, numbers)
    label = caption(cut(title, (_LABELS - _INDENT) / _SIZE), _INDENT, 12, "label")
    row.append(view.linked(label, view.paths.measure(measure.id)))
    row.append(_bars(density, bins, one, view, _SLIM / _BARS))
    return row


def _bars(density: Density, bins: Bins, one: float, view: _View, squeezed: float = 1) -> ET.Element:
    """Return the bars of a density, in units that are fine enough for whole numbers."""
    scale = f"scale({1 / FINE:g} {squeezed / FINE:g})"
    drawn = ET.Element("g", {"class": "bars", "transform": scale})
    for look, d in bars(density, bins, base=_BASE * FINE, one=one, apart=1):
        drawn.append(path(d, _as_known(look, view)))
    return drawn


def _as_known(look: str, view: _View) -> str:
    """Return a sort of term or event, of which it depends on a day whether a term has passed."""
    return "coming" if view.day is None and look in TERMS[1:] else look


# --- around the rows ------------------------------------------------------------------------------


def _lines(view: _View, top: int, foot: int) -> Iterator[ET.Element]:
    """Yield the lines of the axis, and that of the day."""
    grid = "".join(f"M{number(x)} {top}V{foot}" for x, _ in view.axis.ticks(view.voice))
    yield path(grid, "grid")
    if view.today is not None:
        yield path(f"M{number(view.today)} {top}V{foot}", "today")


_Example = tuple[str, Sequence[ET.Element]]


def _legend(examples: Iterable[_Example]) -> tuple[ET.Element, int]:
    """Return what the marks mean, and where the rows begin below it."""
    legend = ET.Element("g", {"class": "small"})
    x, line = 0.0, 0
    for name, marks in examples:
        wide = _EXAMPLE + _GAP + width(name) * _SMALL
        if x and x + wide > _WIDTH:
            x, line = 0, line + 1
        place = f"translate({number(x)} {6 + line * _LINE})"
        example = ET.SubElement(legend, "g", transform=place)
        example.extend(marks)
        example.append(caption(name, _EXAMPLE + _GAP, _BASELINE))
        x += wide + 2 * _GAP
    return legend, _LEGEND + line * _LINE


def _signs(shown: Iterable[_Told], view: _View) -> list[_Example]:
    """Return every shape and colour of the rows, with its name."""
    shades = {one.shade for one in shown}
    found = [(view.voice.label(key), marks()) for key, marks in _EXAMPLES.items()]
    for shade, key in (("late", "late"), ("unchecked", "overdue")):
        if shade in shades:
            found.append((view.voice.label(key), [path(_BAR, f"open {shade}")]))
    return [*found, *_day(view)]


def _sorts(view: _View) -> list[_Example]:
    """Return every colour of the bars, with its name."""
    names = {_as_known(look, view): NAMES[look] for look in (*TERMS, *EVENTS)}
    if view.day is None:
        names["coming"] = "open"
    found: list[_Example] = []
    for look, key in names.items():
        bar = ET.Element("g", {"class": "bars"})
        bar.append(path(_BAR, look))
        found.append((view.voice.label(key), [bar]))
    return [*found, *_day(view)]


def _day(view: _View) -> Iterator[_Example]:
    if view.day is not None and view.today is not None:
        name = view.voice.label("as of", day=view.voice.day(view.day))
        yield name, [path("M12 3V17", "today")]


_SOFT = (Commitment.AIM, Commitment.FORECAST)
_FIRM = (Commitment.DEADLINE, Commitment.PLANNED)
_EXAMPLE = 24  # the width of an example
_BAR = "M0 6H24v8H0z"
# Made anew for each picture, of which they become a part.
_EXAMPLES: dict[str, Callable[[], list[ET.Element]]] = {
    "day": lambda: [use("day", "due", x=12)],
    "window": lambda: [path(_BAR, "due")],
    "deadline": lambda: [path("M0 10L23 6v8zM23 3v14", "due")],
    "approximate": lambda: [path(_BAR, "due approximate")],
    "move": lambda: [
        use("former-day", "was", x=-1),
        path("M2 10H14m-6 -3l6 3l-6 3z", "move"),
        use("day", "due", x=19),
    ],
    "met": lambda: [use("met", "met", x=16)],
    "replaced": lambda: [use("replaced", "replaced", x=16)],
    "dropped": lambda: [use("dropped", "dropped", x=16)],
    "open": lambda: [path(_BAR, "open")],
}


def _definitions(view: _View) -> ET.Element:
    """Return what the rows use: the signs, and the names on the axis, which every heading has."""
    definitions = ET.Element("defs")
    clip = ET.SubElement(definitions, "clipPath", id="timeline-label")
    ET.SubElement(clip, "path", d=f"M0 0H{_LABELS}V{_HEADING}H0z")
    for name, paths in _SYMBOLS.items():
        symbol = ET.SubElement(definitions, "g", id=f"timeline-{name}")
        symbol.extend(ET.Element("path", attributes) for attributes in paths)
    years = ET.SubElement(definitions, "g", id="timeline-years")
    years.extend(
        caption(name, x + 3, 0)
        for x, name in view.axis.ticks(view.voice)
        if x + 3 + width(name) * _SMALL < _WIDTH + _MARGIN
    )
    return definitions


# Around where a day is, in the middle of a row.
_SYMBOLS = {
    "day": [{"d": "M-5 10l5 -5l5 5l-5 5z"}],
    "former-day": [{"d": "M-3 10l3 -3l3 3l-3 3z"}],
    "met": [
        {"d": "M-6 10a6 6 0 1 1 12 0a6 6 0 1 1 -12 0z"},
        {"d": "M-2.8 10.2l2.2 2.3l3.6 -4.6", "class": "timeline-check"},
    ],
    "replaced": [{"d": "M-5 10H4m-4 -4.5l4.5 4.5l-4.5 4.5", "fill": "none", "stroke-width": "2.4"}],
    "dropped": [{"d": "M-4.5 5.5l9 9m0 -9l-9 9", "fill": "none", "stroke-width": "2.4"}],
}
