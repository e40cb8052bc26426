"""What this library raises, and how its messages help on."""

import contextlib
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from heapq import nlargest
from itertools import pairwise

from betatech_milestones.model.rules import Rule


class BetatechError(Exception):
    """Whatever this library raises of its own; the message says what would be right."""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle without calling the constructor: not every one of them takes the same."""
        return _unpickled, (type(self), self.args, self.__dict__)


def _unpickled(
    kind: type[BaseException], args: tuple[object, ...], state: dict[str, object]
) -> BaseException:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class BadValue(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """A value that a record or a function cannot take, and the rule of `check` that it breaks."""

    def __init__(self, rule: Rule, message: str) -> None:
        super().__init__(message)
        self.rule = rule


class UnknownId(BetatechError, LookupError):  # noqa: N818  the same
    """An id that the programme does not have; the message names the nearest one it has."""


# --- what was meant by an unknown name ------------------------------------------------------------

MOST_SUGGESTED = 50
"""For how many unknown names of one file, or table, one that is known is looked for."""
_LONGEST = 100
_MOST_COMPARED = 50

_ASKED: ContextVar[dict[object, tuple[object, list[str]]] | None] = ContextVar(
    "asked", default=None
)


@contextlib.contextmanager
def few_suggestions() -> Iterator[None]:
    """Look for what was meant by the first unknown names alone: of thousands nobody reads them."""
    token = None if _ASKED.get() is not None else _ASKED.set({})
    try:
        yield
    finally:
        if token is not None:
            _ASKED.reset(token)


def nearest(wrong: str, known: Iterable[str], *, number: int = 1, cutoff: float = 0.6) -> list[str]:
    """Return the known names that are nearest to an unknown one; none where it is far from all.

    Within `few_suggestions` it is asked once for each name, and none are near after fifty.
    """
    asked = _ASKED.get()
    if asked is None:
        return _nearest(wrong, known, number, cutoff)
    # An id is that of no other collection, as long as it is kept.
    what = wrong, id(known), number, cutoff
    if what not in asked:
        if len(asked) >= MOST_SUGGESTED:
            return []
        asked[what] = known, _nearest(wrong, known, number, cutoff)
    return asked[what][1]


def _nearest(wrong: str, known: Iterable[str], number: int, cutoff: float) -> list[str]:
    """Compare at length with those alone that share most pairs of letters."""
    import difflib

    if len(wrong) > _LONGEST:
        return []
    names = [name for name in known if len(name) <= _LONGEST]
    if len(names) > _MOST_COMPARED:
        pairs = set(pairwise(wrong))
        names = nlargest(
            _MOST_COMPARED,
            names,
            key=lambda name: (len(pairs.intersection(pairwise(name))), name),
        )
    return difflib.get_close_matches(wrong, names, n=number, cutoff=cutoff)


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return `; did you mean "x"?`, or nothing where no known name is near."""
    near = nearest(wrong, known)
    return f'; did you mean "{near[0]}"?' if near else ""
