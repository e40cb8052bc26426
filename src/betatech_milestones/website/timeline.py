"""A programme as one picture: a row for each milestone, its promise and how it ended side by side.

The promise is drawn in grey and what came of it in colour, so that a glance along a row tells the
delay. A date is as wide as the days it leaves open; an end that its source leaves open has no edge.
The picture is the same on any day: where today is, is for who looks at it (`timeline`).
"""

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import Measure, Milestone, Programme
from betatech_milestones.model.vocabulary import Commitment
from betatech_milestones.voice import Voice
from betatech_milestones.website.axis import LEFT, RIGHT, Axis, Place
from betatech_milestones.website.svg import caption, cut, group, number, one_line, path, use, width

# Lengths are in units of the picture, which is 1,024 wide: about pixels on a page.
_WIDTH, _MARGIN = 1000, 12
_LABELS = 334  # the width of the titles
_INDENT = 12  # of a milestone's title
_GAP = 8
_TOP = 34  # where the rows begin, below the legend
_HEADING, _ROW = 28, 20  # their heights
_RISE = 7  # of the type of a heading, from its foot
_MIDDLE, _BASELINE = 10, 14  # in a row
_SIZE, _SMALL = 12, 10.5  # of type
_BOLD = 1.1  # how much wider bold type is
# Of a promise that is open, one that is settled, one that was moved, and an outcome: the radius of
# a day's mark, and half the height of a window.
_RADII = {"open": 5, "due": 5, "was": 3, "met": 6, "dropped": 6, "replaced": 6}
_HALVES = {"open": 4, "due": 4, "was": 2, "met": 2, "dropped": 2, "replaced": 2}

# Without custom properties, which not every program that opens an SVG knows. What `use` repeats
# takes its colours from the `use`: no rule of two classes reaches into it, so the check has a rule
# of its own.
TIMELINE_STYLE = """\
.timeline{background:#fff;color-scheme:light dark;fill:#1a1a1a;\
font-family:"Helvetica Neue",Helvetica,Arial,sans-serif;font-size:12px}
.timeline [hidden]{display:none}
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
.timeline .was{fill:none;stroke:#6b6b6b}
.timeline .move{fill:#595959;stroke:#595959}
.timeline .edge{fill:none;stroke:#595959;stroke-width:1.5}
.timeline .met{fill:#00609c}
.timeline .dropped{fill:#b3390a;stroke:#b3390a}
.timeline .replaced{fill:#6a4a8c;stroke:#6a4a8c}
.timeline-check{fill:none;stroke:#fff;stroke-width:1.8}
.timeline .approximate{stroke-dasharray:2 1.5}
.timeline .today{stroke:#a3006d;stroke-width:1.5}
@media screen and (prefers-color-scheme:dark){
.timeline{background:#14171a;fill:#ececec}
.timeline .small{fill:#b0b0b0}
.timeline .row .small{stroke:#14171a}
.timeline .grid{stroke:#33383d}
.timeline .rule{stroke:#20252a}
.timeline .heading .rule{stroke:#5a6067}
.timeline .due{fill:#4a5057;stroke:#9a9a9a}
.timeline .open{stroke:#ececec}
.timeline .was{stroke:#9a9a9a}
.timeline .move{fill:#b0b0b0;stroke:#b0b0b0}
.timeline .edge{stroke:#b0b0b0}
.timeline .met{fill:#6db7ff}
.timeline .dropped{fill:#ff9a66;stroke:#ff9a66}
.timeline .replaced{fill:#c9a6ee;stroke:#c9a6ee}
.timeline-check{stroke:#14171a}
.timeline .today{stroke:#ff8ad8}
}
"""


def has_dates(programme: Programme) -> bool:
    """Whether there is anything to draw: a promise or an outcome that names a day."""
    return any(_days(programme))


def _days(programme: Programme) -> list[dt.date]:
    dates = [date for milestone in programme.milestones for date in _dates(milestone)]
    return [day for date in dates for day in (date.earliest, date.latest) if day is not None]


def timeline(programme: Programme, *, language: str | None = None) -> str:
    """Return a programme as an SVG document that stands alone, or within a page.

    Without a language it speaks the programme's own. There is nothing in it that a strict
    Content-Security-Policy forbids, but for one `<style>`, whose content is `TIMELINE_STYLE`.

    A script finds on the root element what it needs to place a day: the day `data-origin` begins
    at `data-x0`, each next one `data-px-per-day` further, up to `data-x1`; a line of the class
    `today` is styled. The rows are the groups `.row` with a `data-milestone`, under groups
    `.heading` with a `data-measure`, both with a `data-height`; from `data-top` on each stands
    below the one before by its `transform` alone. So to leave some out: set `hidden` on them, move
    the others up, and make the `viewBox` as high as what is left.

    A programme without dates has no axis and no rows: it gives a picture of one sentence.
    """
    voice = Voice(language or programme.language)
    if not (days := _days(programme)):
        key = "nothing dated" if any(programme.milestones) else "nothing"
        height, attributes, drawn = _HEADING, {}, [caption(voice.label(key), 0, _BASELINE)]
    else:
        axis = Axis.of(days)
        rows = list(_rows(programme, axis, voice))
        height = _TOP + sum(int(row.attrib["data-height"]) for row in rows) + _GAP
        attributes = {
            "data-origin": dt.date.fromordinal(axis.first).isoformat(),
            "data-x0": number(LEFT),
            "data-x1": number(RIGHT),
            "data-px-per-day": str(axis.px_per_day),
            "data-top": number(_TOP),
        }
        drawn = [
            _definitions(axis, voice),
            _legend(voice),
            _grid(axis, height, voice),
            *rows,
        ]
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "timeline",
            "viewBox": f"{-_MARGIN} 0 {_WIDTH + 2 * _MARGIN} {height}",
            "lang": voice.language,
            "role": "img",
            "aria-labelledby": "timeline-title timeline-summary",
            **attributes,
        },
    )
    title = voice.label("timeline", title=voice.text(programme.title))
    ET.SubElement(root, "title", id="timeline-title").text = one_line(title)
    ET.SubElement(root, "desc", id="timeline-summary").text = _summary(programme, voice)
    ET.SubElement(root, "style").text = TIMELINE_STYLE
    root.extend(drawn)
    for element in root:
        element.tail = "\n"
    return _UNWANTED.sub("", ET.tostring(root, encoding="unicode")) + "\n"


# What XML 1.0 (2.2, Char) cannot hold, other control characters, and what would make the text
# behind it run the other way (UAX #9, 2.1 to 2.4).
_UNWANTED = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)


# --- what -----------------------------------------------------------------------------------------


def _promises(milestone: Milestone) -> list[PolicyDate]:
    """Return the dates that were promised, the one in force last."""
    first = [] if milestone.due is None else [milestone.due]
    return [*first, *(move.due for move in milestone.moves)]


def _ending(milestone: Milestone) -> PolicyDate | None:
    """Return when it ended, where a source tells."""
    on = None if milestone.outcome is None else milestone.outcome.on
    return None if on is None or on.edtf is None else on


def _dates(milestone: Milestone) -> list[PolicyDate]:
    """Return the dates that can be drawn: words alone have no place on an axis."""
    on = _ending(milestone)
    promises = [date for date in _promises(milestone) if date.edtf is not None]
    return promises + ([] if on is None else [on])


def _fate(milestone: Milestone) -> str:
    return "open" if milestone.outcome is None else milestone.outcome.status


def _rows(programme: Programme, axis: Axis, voice: Voice) -> Iterator[ET.Element]:
    top = _TOP
    for measure in programme.measures:
        if measure.milestones:
            yield _heading(measure, top, voice)
            top += _HEADING
        for milestone in measure.milestones:
            yield _row(milestone, axis, top, voice)
            top += _ROW


def _heading(measure: Measure, top: int, voice: Voice) -> ET.Element:
    title = voice.line(measure.title)
    if measure.locator:
        title = f"{one_line(measure.locator)} {title}"
    heading = group("heading", top, _HEADING, {"data-measure": measure.id})
    ET.SubElement(heading, "title").text = title
    short = cut(title, _LABELS / _SIZE / _BOLD)
    heading.append(caption(short, 0, _HEADING - _RISE, "label"))
    heading.append(use("years", "small", y=_HEADING - _RISE))
    heading.append(path(f"M0 {_HEADING - 1}H{_WIDTH}", "rule"))
    return heading


def _row(milestone: Milestone, axis: Axis, top: int, voice: Voice) -> ET.Element:
    row = group("row", top, _ROW, {"data-milestone": milestone.full_id})
    ET.SubElement(row, "title").text = one_line(_in_words(milestone, voice))
    title = voice.line(milestone.title)
    row.append(caption(cut(title, (_LABELS - _INDENT) / _SIZE), _INDENT, _BASELINE, "label"))
    row.append(path(f"M{_INDENT} {_ROW - 0.5}H{_WIDTH}", "rule"))
    promises, on, fate = _promises(milestone), _ending(milestone), _fate(milestone)
    looks = [*("was" for _ in promises[1:]), "open" if milestone.outcome is None else "due"]
    places = []
    for date, look in zip(promises, looks, strict=False):
        if date.edtf is not None:
            places.append(Place.of(date, axis, _RADII[look]))
            row.append(_mark(date, places[-1], look))
    is_deadline = milestone.commitment is Commitment.DEADLINE
    if is_deadline and promises and promises[-1].earliest:  # an open start has its own stroke
        edge = places[-1].middle if promises[-1].is_day else places[-1].last
        row.append(path(_limit(edge, looks[-1]), looks[-1]))
    if on is None:
        row.extend(_arrows(places))
    else:
        place = Place.of(on, axis, _RADII[fate])
        sign = place.sign(_RADII[fate])
        row.extend(_arrows([*places[:-1], *(last.clear_of(sign) for last in places[-1:])]))
        if not on.is_day:
            row.append(_mark(on, place, fate))
        row.append(use(fate, fate, x=place.middle))
        places += [place, sign]
    row.extend(_edges(milestone, axis))
    row.append(_when(milestone, places, voice))
    return row


def _mark(date: PolicyDate, place: Place, look: str) -> ET.Element:
    """Return a date: a diamond for a day, a bar for a window, a wedge where an end is open."""
    half = _HALVES[look]
    left, right = number(place.left), number(place.right)
    top, tall = _MIDDLE - half, 2 * half
    classes = f"{look} approximate" if date.approximate else look
    if date.is_day:
        return use("former-day" if look == "was" else "day", classes, x=place.middle)
    if date.earliest is None:
        wedge = f"M{left} {_MIDDLE}L{right} {top}v{tall}z"
        return path(wedge + _limit(place.last, look), classes)
    if date.latest is None:
        return path(f"M{right} {_MIDDLE}L{left} {top}v{tall}z", classes)
    return path(f"M{left} {top}H{right}v{tall}H{left}z", classes)


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


def _edges(milestone: Milestone, axis: Axis) -> Iterator[ET.Element]:
    """Yield a sign for what lies beyond an end of the axis."""
    dates = _dates(milestone)
    if any(date.earliest and date.earliest.toordinal() < axis.first for date in dates):
        yield path(f"M{LEFT - _GAP} {_MIDDLE - 4}l-4 4l4 4", "edge")
    if any(date.latest and date.latest.toordinal() >= axis.after for date in dates):
        yield path(f"M{RIGHT + _GAP} {_MIDDLE - 4}l4 4l-4 4", "edge")


def _when(milestone: Milestone, places: Sequence[Place], voice: Voice) -> ET.Element:
    """Return the dates in words: behind the marks, or before them where that has more room."""
    left = min((place.left for place in places), default=LEFT)
    right = max((place.right for place in places), default=LEFT)
    words = one_line(_short(milestone, voice))
    after = (_WIDTH - right - _GAP) / _SMALL
    before = (left - _GAP - LEFT) / _SMALL
    if after >= width(words) or after >= before:
        return caption(cut(words, after), right + _GAP, _BASELINE, "small")
    placed = caption(cut(words, before), left - _GAP, _BASELINE, "small")
    placed.set("text-anchor", "end")
    return placed


# --- in words -------------------------------------------------------------------------------------


def _short(milestone: Milestone, voice: Voice) -> str:
    """Return the date in force and the outcome, as the source says them."""
    parts = [voice.date(date) for date in _promises(milestone)[-1:]]
    if milestone.commitment in _SOFT:
        parts.insert(0, voice.label(milestone.commitment))
    if (outcome := milestone.outcome) is not None:
        date = voice.outcome_day(outcome)
        key = "done on" if milestone.is_fact else f"{outcome.status} on"
        parts.append(voice.label(key, date=date))
    elif not _promises(milestone):
        parts.append(voice.label("undated"))
    return ", ".join(parts)


def _in_words(milestone: Milestone, voice: Voice) -> str:
    """Return all that a row shows."""
    parts = [voice.text(milestone.title), voice.text(milestone.measure.title)]
    if promise := voice.promise(milestone, window=True):
        parts.append(promise)
    if milestone.commitment in _FIRM and milestone.due is not None:
        parts.append(voice.label(milestone.commitment))  # the others tell theirs in the promise
    parts.extend(voice.revised(revision, window=True) for revision in milestone.revisions)
    parts.extend(voice.news(news) for news in milestone.news)
    if milestone.outcome is None:
        parts.append(voice.label("open"))
    else:
        fact = milestone.is_fact
        parts.append(voice.outcome(milestone.outcome, window=True, fact=fact))
    return "; ".join(parts)


def _summary(programme: Programme, voice: Voice) -> str:
    fates = Counter(
        "fact" if milestone.is_fact else _fate(milestone) for milestone in programme.milestones
    )
    return voice.label(
        "timeline summary",
        all=fates.total(),
        met=fates["met"],
        fact=fates["fact"],
        replaced=fates["replaced"],
        dropped=fates["dropped"],
        open=fates["open"],
    )


# --- around the rows ------------------------------------------------------------------------------


def _grid(axis: Axis, height: int, voice: Voice) -> ET.Element:
    lines = "".join(f"M{number(x)} {_TOP}V{height}" for x, _ in axis.ticks(voice))
    return path(lines, "grid")


def _legend(voice: Voice) -> ET.Element:
    legend = ET.Element("g", {"class": "small"})
    x = 0.0
    for key, marks in _EXAMPLES.items():
        example = ET.SubElement(legend, "g", transform=f"translate({number(x)} 6)")
        example.extend(marks)
        name = voice.label(key)
        example.append(caption(name, _EXAMPLE + _GAP, _BASELINE))
        x += _EXAMPLE + _GAP + width(name) * _SMALL + 2 * _GAP
    return legend


_SOFT = (Commitment.AIM, Commitment.FORECAST)
_FIRM = (Commitment.DEADLINE, Commitment.PLANNED)
_EXAMPLE = 24  # the width of an example
_BAR = "M0 6H24v8H0z"
_EXAMPLES = {
    "day": [use("day", "due", x=12)],
    "window": [path(_BAR, "due")],
    "deadline": [path("M0 10L23 6v8zM23 3v14", "due")],
    "approximate": [path(_BAR, "due approximate")],
    "move": [
        use("former-day", "was", x=-1),
        path("M2 10H14m-6 -3l6 3l-6 3z", "move"),
        use("day", "due", x=19),
    ],
    "met": [use("met", "met", x=16)],
    "replaced": [use("replaced", "replaced", x=16)],
    "dropped": [use("dropped", "dropped", x=16)],
    "open": [path(_BAR, "open")],
}


def _definitions(axis: Axis, voice: Voice) -> ET.Element:
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
        for x, name in axis.ticks(voice)
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
