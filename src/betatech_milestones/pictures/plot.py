"""What charts of figures have in common: their style, their frame, their axes and their marks.

A chart is 720 units wide, of which a narrow screen shows a half without making the type too small.
It is told apart by strokes, marks and words beside them as well as by colour: what is printed in
black and white, or seen without colours, says the same.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar
from weakref import WeakKeyDictionary
from xml.etree import ElementTree as ET

import attrs

from betatech_milestones.analysis.stats import Stats
from betatech_milestones.pictures.svg import caption, cut, number, path, wrapped, written
from betatech_milestones.voice import Voice, capital

WIDTH = 720
MARGIN = 12
SIZE = 12  # of type, but for the title
LINE = 17  # the height of a line of it
_LABEL = 14  # of a line of it in a label
_TITLE_LINE = 21
BOLD = 1.1  # how much wider bold type is

# Without custom properties, which not every program that opens an SVG knows.
CHART_STYLE = """\
.chart{background:#fff;color-scheme:light dark;fill:#1a1a1a;\
font-family:"Helvetica Neue",Helvetica,Arial,sans-serif;font-size:12px}
.chart text{unicode-bidi:isolate}
.chart .title{font-size:16px;font-weight:bold}
.chart .subtitle{font-size:15px}
.chart .middle{text-anchor:middle}
.chart .end{text-anchor:end}
.chart .bold{font-weight:bold}
.chart .small{fill:#595959}
.chart .grid{stroke:#dedede}
.chart .axis{fill:none;stroke:#6b6b6b}
.chart .leader{fill:none;stroke:#6b6b6b;stroke-dasharray:1 3}
.chart .line{fill:none;stroke-width:2;stroke-linejoin:round}
.chart .thin{stroke-width:1.3}
.chart .band{fill-opacity:.2;stroke:none}
.chart .mark{stroke-width:1.8}
.chart .hollow{fill:#fff}
.chart .long{stroke-dasharray:8 3}
.chart .short{stroke-dasharray:4 3}
.chart .dots{stroke-dasharray:1.5 3}
.chart .mixed{stroke-dasharray:9 3 2 3}
.chart .plain{stroke:#1a1a1a}
.chart .blue{stroke:#00609c}
.chart .red{stroke:#b3390a}
.chart .violet{stroke:#6a4a8c}
.chart .green{stroke:#1f6b2e}
.chart .plain-fill{fill:#1a1a1a}
.chart .blue-fill{fill:#00609c}
.chart .red-fill{fill:#b3390a}
.chart .violet-fill{fill:#6a4a8c}
.chart .green-fill{fill:#1f6b2e}
@media screen and (prefers-color-scheme:dark){
.chart{background:#14171a;fill:#ececec}
.chart .small{fill:#b0b0b0}
.chart .grid{stroke:#33383d}
.chart .axis{stroke:#9a9a9a}
.chart .leader{stroke:#9a9a9a}
.chart .hollow{fill:#14171a}
.chart .plain{stroke:#ececec}
.chart .blue{stroke:#6db7ff}
.chart .red{stroke:#ff9a66}
.chart .violet{stroke:#c9a6ee}
.chart .green{stroke:#7fd08a}
.chart .plain-fill{fill:#ececec}
.chart .blue-fill{fill:#6db7ff}
.chart .red-fill{fill:#ff9a66}
.chart .violet-fill{fill:#c9a6ee}
.chart .green-fill{fill:#7fd08a}
}
"""


Reckoned = TypeVar("Reckoned")


def once(reckon: Callable[[Stats], Reckoned]) -> Callable[[Stats], Reckoned]:
    """Return what reckons something of figures once, since they are drawn in each language.

    It is known for as long as the figures are there, and keeps neither them nor their programme.
    """
    known: WeakKeyDictionary[Stats, Reckoned] = WeakKeyDictionary()

    def found(stats: Stats) -> Reckoned:
        if stats not in known:
            known[stats] = reckon(stats)
        return known[stats]

    return found


@attrs.frozen(kw_only=True)
class Drawn:
    """The inside of a chart, and the numbers that it is drawn from."""

    parts: Sequence[ET.Element]
    tall: float
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def sentence(words: str) -> Drawn:
    """Return what takes the place of a chart that has nothing to draw."""
    parts, tall = note(words, 0)
    return Drawn(parts=parts, tall=tall)


def note(words: str, top: float) -> tuple[list[ET.Element], float]:
    """Return a text in lines across the chart, and how far down they reach."""
    told = wrapped(words, (WIDTH - 2 * MARGIN) / SIZE, 4)
    parts = [caption(line, MARGIN, top + LINE * (at + 1), "small") for at, line in enumerate(told)]
    return parts, top + LINE * len(told) + 6


def document(name: str, heading: Sequence[str], about: str, drawn: Drawn, voice: Voice) -> str:
    """Return a chart as a document that stands alone: its heading above what is drawn.

    Of the heading each part has lines of its own, so that a name cannot change how the rest runs.
    """
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"chart chart-{name}",
            "lang": voice.language,
            "role": "img",
            "aria-labelledby": f"chart-{name}-title chart-{name}-about",
        },
    )
    ET.SubElement(root, "title", id=f"chart-{name}-title").text = ", ".join(heading)
    ET.SubElement(root, "desc", id=f"chart-{name}-about").text = about
    ET.SubElement(root, "style").text = CHART_STYLE
    named = [*_heading(heading)]
    head = _TITLE_LINE * len(named) + 12
    for at, (words, look) in enumerate(named):
        root.append(caption(words, MARGIN, _TITLE_LINE * (at + 1) - head, look))
    root.extend(drawn.parts)
    tall = math.ceil(head + drawn.tall)
    root.set("viewBox", f"0 {-head} {WIDTH} {tall}")
    root.set("width", str(WIDTH))
    root.set("height", str(tall))
    return written(root)


def _heading(heading: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines of a heading with their looks: the name in bold, and what is told of it."""
    for part, (look, size) in zip(heading, _HEADING.items(), strict=True):
        for line in wrapped(capital(part), (WIDTH - 2 * MARGIN) / size, 2):
            yield line, look


_HEADING = {"title": 16 * BOLD, "subtitle": 15}  # and how large they are


# --- axes -----------------------------------------------------------------------------------------


@attrs.frozen
class Scale:
    """Where numbers from 0 up stand between two places."""

    top: float
    """The largest number."""
    first: float
    last: float

    def at(self, value: float) -> float:
        return self.first + value / self.top * (self.last - self.first)


def step(largest: float, most: int) -> int:
    """Return a round number, 1, 2 or 5 times a power of ten, that goes so often into a number.

    >>> step(7, 5), step(38, 5), step(20_000, 5)
    (2, 10, 5000)
    """
    power = 1
    while True:
        for factor in (1, 2, 5):
            if largest <= most * factor * power:
                return factor * power
        power *= 10


def up_to(largest: int, most: int = 5) -> range:
    """Return the numbers at the ticks of an axis that holds a number, 0 first."""
    apart = step(max(largest, 1), most)
    return range(0, -(-max(largest, 1) // apart) * apart + 1, apart)


def apart(places: Sequence[float], gap: float, first: float, last: float) -> list[float]:
    """Return where labels stand that should be at some places, none within a gap of another.

    They stay in the order of their places, and between the first and the last one as far as there
    is room.
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    found = list(places)
    before = first - gap
    for index in order:
        before = found[index] = max(found[index], before + gap)
    after = last + gap
    for index in reversed(order):
        after = found[index] = min(found[index], after - gap)
    return found


# --- marks ----------------------------------------------------------------------------------------


def frame(
    left: float, right: float, top: float, foot: float, *, xs: Iterable[float], ys: Iterable[float]
) -> Iterator[ET.Element]:
    """Yield the two axes, and thin lines through the ticks of each."""
    grid = "".join(f"M{number(left)} {number(y)}H{number(right)}" for y in ys)
    grid += "".join(f"M{number(x)} {number(top)}V{number(foot)}" for x in xs)
    yield path(grid, "grid")
    yield path(f"M{number(left)} {number(top)}V{number(foot)}H{number(right)}", "axis")


def polyline(places: Iterable[tuple[float, float]], look: str) -> ET.Element:
    """Return a line through some places."""
    return path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in places), f"line {look}")


def band(
    low: Sequence[tuple[float, float]], high: Sequence[tuple[float, float]], look: str
) -> Iterator[ET.Element]:
    """Yield two lines and what lies between them; one, where they are the same."""
    if low != high:
        around = [*low, *reversed(high)]
        d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in around) + "z"
        yield path(d, f"band {look.split(maxsplit=1)[0]}-fill")
        yield polyline(high, look)
    yield polyline(low, look)


def labels(
    looks: Sequence[str],
    told: Sequence[tuple[str, str]],
    ends: Sequence[tuple[float, float]],
    *,
    right: float,
    within: tuple[float, float],
) -> Iterator[ET.Element]:
    """Yield to the right of lines how each is drawn, its name, and its last number."""
    first, last = within
    places = apart([y for _, y in ends], 3 * _LABEL, first + _LABEL, last - _LABEL)
    left = right + 44
    room = (WIDTH - MARGIN - left) / SIZE
    for look, (name, figure), (x, end), y in zip(looks, told, ends, places, strict=True):
        yield path(f"M{number(x + 1)} {number(end)}H{right}L{right + 8} {number(y)}", "leader")
        yield path(f"M{right + 10} {number(y)}h28", f"line {look}")
        named = wrapped(name, room, 2)
        top = y + 4 - _LABEL * len(named) / 2
        for at, line in enumerate(named):
            yield caption(line, left, top + _LABEL * at)
        yield caption(cut(figure, room / BOLD), left, top + _LABEL * len(named), "bold")


def sign(name: str, x: float, y: float, look: str) -> ET.Element:
    """Return a mark around a place, in a colour: of what was said, or of what came of it."""
    filled = f"{look}-fill" if name == "met" else "hollow"
    return path(f"M{number(x)} {number(y)}{_SIGNS[name]}", f"mark {look} {filled}")


# Beginning where the place is.
_SIGNS = {
    "said": "m-3 0a3 3 0 1 1 6 0a3 3 0 1 1 -6 0z",
    "met": "m-6 0a6 6 0 1 1 12 0a6 6 0 1 1 -12 0z",
    "dropped": "m-5 -5l10 10m0 -10l-10 10",
    "replaced": "m-5 -6l10 6l-10 6z",
    "open": "m-5 -5h10v10h-10z",
}
