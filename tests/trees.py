"""Pages as trees of elements, for the tests: what of a page is shown, and what it says."""

from collections.abc import Iterator
from html.parser import HTMLParser

import attrs

VOID = {"meta", "link", "input", "br", "img"}
# What stands on a line of its own.
_APART = {"li", "dt", "dd", "p", "h1", "h2", "article", "div", "nav", "footer", "text", "th", "td"}
# What need not be ended, and what comes next that ends it (HTML, 13.1.2.4).
_ENDED_BY_THE_NEXT = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}}


@attrs.define
class Element:
    """An element with all the text within it that is shown where it is."""

    tag: str
    attributes: dict[str, str | None]
    texts: list[str]
    hidden: bool

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


class Tree(HTMLParser):
    """The elements of a page in their order; what may stay open is ended as a browser does."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(written)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        assert len(attributes) == len(attrs), attrs
        if self._open and self._open[-1].tag in _ENDED_BY_THE_NEXT.get(tag, ()):
            self._open.pop()
        if tag in _APART:
            self.handle_data(" ")
        within = bool(self._open and self._open[-1].hidden)
        element = Element(tag, attributes, [], within or "hidden" in attributes)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag in _ENDED_BY_THE_NEXT and tag not in _ENDED_BY_THE_NEXT:
            self._open.pop()
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            if not self._open[-1].hidden or element.hidden:
                element.texts.append(data)

    def all(self, tag: str, **wanted: str) -> Iterator[Element]:
        """Yield the elements with a tag and some attributes: `class_="how"`."""
        for element in self.elements:
            if element.tag == tag and all(
                element.attributes.get(name.strip("_")) == value for name, value in wanted.items()
            ):
                yield element

    def one(self, tag: str, **wanted: str) -> Element:
        """Return the only one of those."""
        (found,) = self.all(tag, **wanted)
        return found
