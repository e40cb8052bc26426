"""What shows itself in a notebook, though nothing here knows how.

IPython asks an object for `_repr_html_`. The package itself, which is above all rooms, sets the
view that answers: so records know nothing of formats, and only formats write HTML.
"""

from collections.abc import Callable
from typing import Any, ClassVar


class Displayed:
    """Shows itself by the view that was set."""

    __slots__ = ()
    _repr_html_: ClassVar[Callable[[Any], str]]


def shown_by(view: Callable[[Any], str]) -> None:
    """Set what makes HTML of everything that shows itself: a function, which becomes a method."""
    Displayed._repr_html_ = view
