"""The few elements of SVG that a picture is made of, and about how wide its text is."""

import itertools
import re
import unicodedata
from xml.etree import ElementTree as ET

from betatech_milestones.model.printable import BIDI, printable_xml


def link(element: ET.Element, address: str) -> ET.Element:
    """Return an element that leads somewhere."""
    linked = ET.Element("a", {"href": address})
    linked.append(element)
    return linked


def path(d: str, look: str) -> ET.Element:
    return ET.Element("path", {"class": look, "d": d})


def use(name: str, look: str, *, x: float = 0, y: float = 0) -> ET.Element:
    """Return a repetition of what has the id `timeline-<name>`."""
    place = {"x": number(x), "y": number(y)}
    where = {axis: length for axis, length in place.items() if length != "0"}
    return ET.Element("use", {"href": f"#timeline-{name}", "class": look, **where})


def caption(words: str, x: float, y: float, look: str | None = None) -> ET.Element:
    element = ET.Element("text", {"x": number(x), "y": number(y)})
    if look is not None:
        element.set("class", look)
    element.text = words
    return element


def written(root: ET.Element) -> str:
    """Return a picture as a document: a line for each of its parts."""
    for element in root:
        element.tail = "\n"
    return printable_xml(_UNWANTED.sub("", ET.tostring(root, encoding="unicode"))) + "\n"


# What XML 1.0 (2.2, Char) cannot hold, other control characters, and what would make the text
# behind it run the other way (UAX #9, 2.1 to 2.4).
_UNWANTED = re.compile(f"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[{BIDI}]")


def number(length: float) -> str:
    """Return a length to a tenth, in as few characters as it takes."""
    return f"{length:.1f}".removesuffix(".0")


def one_line(words: str) -> str:
    return " ".join(words.split())


def cut(words: str, ems: float) -> str:
    """Return a text that is at most about so wide, ended by an ellipsis where it was longer."""
    if width(words) <= ems:
        return words
    ends = itertools.accumulate(map(_em, words))
    fits = sum(1 for _ in itertools.takewhile(lambda end: end <= ems - _em("…"), ends))
    return f"{words[:fits].rstrip()}…"


def wrapped(words: str, ems: float, most: int) -> list[str]:
    """Return a text in lines that are about so wide, at most so many; the last one is cut."""
    lines: list[str] = []
    for word in filter(None, words.split(" ")):  # not at a space that keeps words together
        if lines and (len(lines) == most or width(f"{lines[-1]} {word}") <= ems):
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return [cut(line, ems) for line in lines]


def width(words: str) -> float:
    """Return about how wide a text is in a common sans-serif type, in units of its size (em)."""
    return sum(map(_em, words))


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1
    if unicodedata.combining(character):
        return 0
    if character in " .,:;'|!()[]/fijltI-":
        return 0.29
    if character in "mwMW@%…":
        return 0.92
    return 0.68 if character.isupper() else 0.54
