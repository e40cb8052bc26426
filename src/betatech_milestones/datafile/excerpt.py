"""The part of a long file that something is added to, and how it lies in the whole.

To find where each key of a file stands takes longer than to load it, and most measures have nothing
to do with what is recorded of one: they are left out, and put back where they were.
"""

import re
from collections.abc import Iterable, Iterator

import attrs

from betatech_milestones.datafile.lines import headers
from betatech_milestones.model.findings import KeyPath


@attrs.frozen
class Excerpt:
    """A text without some of its measures."""

    text: str
    gaps: tuple[tuple[int, str], ...]
    """What is left out, and at which offset of the rest."""
    measures: tuple[int, ...]
    """The indexes of those that are there, in the whole text."""

    def path(self, whole: KeyPath) -> KeyPath:
        """Return what a path of the whole text is here."""
        match whole:
            case ("measure", int(index), *rest):
                return ("measure", self.measures.index(index), *rest)
        return whole

    def line(self, line: int) -> int:
        """Return the line of the whole text that a line is which stands here."""
        before = (gap for at, gap in self.gaps if self.text.count("\n", 0, at) < line)
        return line + sum(gap.count("\n") for gap in before)


def excerpt(text: str, measures: int, paths: Iterable[KeyPath]) -> Excerpt:
    """Return what a text says at some paths and beside them; of its measures there are so many.

    Where they have other headers than `[[measure]]` alone, nothing is left out.
    """
    starts = headers(text, r"\[(?!\[?measure\.[a-z])[^\n\]]*+\]\]?")
    is_plain = all(re.fullmatch(r"[\[\]a-z.]+", header) for header in dict(starts))
    if not is_plain or sum(header == _MEASURE for header, _ in starts) != measures:
        return Excerpt(text, (), tuple(range(measures)))
    concerned = [path[1] for path in paths if len(path) > 1 and isinstance(path[1], int)]
    # A comment above a measure, and how one is set apart from another, stand in the one before it.
    beside = {0, measures - 2, measures - 1}.union(*({at - 1, at} for at in concerned))
    parts, gaps = [], []
    for is_kept, part in _parted(text, starts, beside):
        if is_kept:
            parts.append(part)
        else:
            gaps.append((sum(map(len, parts)), part))
    kept = tuple(index for index in range(measures) if index in beside)
    return Excerpt("".join(parts), tuple(gaps), kept)


_MEASURE = "[[measure]]"


def _parted(
    text: str, starts: Iterable[tuple[str, int]], kept: set[int]
) -> Iterator[tuple[bool, str]]:
    """Yield the stretches of a text that are kept and those that are not, in turns."""
    begin, was_kept, index = 0, True, -1
    for header, start in starts:
        index += header == _MEASURE
        is_kept = header != _MEASURE or index in kept
        if is_kept != was_kept:
            yield was_kept, text[begin:start]
            begin, was_kept = start, is_kept
    yield was_kept, text[begin:]
