"""What all records are: equal where their fields are, and shown as the call that makes them.

attrs would write these methods for each class anew, and compile them whenever a process starts:
that was nearly half of what a class cost. One for all of them reads the fields, by what those say
of themselves; the decorator of a class says `eq=False, repr=False` therefore.
"""

import functools
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import attrs


class Plain:
    """A record of attrs that takes these methods from here."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        sort: Any = type(self)
        values = compared(sort)
        return bool(values(self) == values(other))

    def __hash__(self) -> int:
        sort: Any = type(self)
        return hash(compared(sort)(self))

    def __repr__(self) -> str:
        sort: Any = type(self)
        told = (f"{name}={show(getattr(self, name))}" for name, show in _shown(sort))
        return f"{sort.__qualname__}({', '.join(told)})"


@functools.cache
def compared(sort: Any) -> Callable[[object], object]:
    """Return what gets the fields that records of a sort are compared by."""
    return attrgetter(*(field.name for field in attrs.fields(sort) if field.eq))


@functools.cache
def _shown(sort: Any) -> tuple[tuple[str, Callable[[object], str]], ...]:
    """Return the fields that records of a sort show, and how."""
    return tuple(
        (field.name, repr if field.repr is True else field.repr)
        for field in attrs.fields(sort)
        if field.repr
    )
