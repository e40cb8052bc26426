"""Records are equal where their fields are, and are shown as the call that makes them."""

import copy
import importlib
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from betatech_milestones import Location, Source, Texts, load_example
from betatech_milestones.model.plain import Plain


@attrs.frozen(eq=False, repr=False)
class Told(Plain):
    """A record with fields that say something of themselves."""

    words: str
    day: int = attrs.field(eq=False)
    source: str = attrs.field(default="", repr=False)
    secret: str = attrs.field(default="?", repr=lambda secret: f"<{len(secret)}>")


@attrs.frozen(eq=False, repr=False)
class Said(Told):
    """The same of another kind."""


@attrs.frozen
class ByAttrs:
    """The same fields with the methods that attrs writes."""

    words: str
    day: int = attrs.field(eq=False)
    source: str = attrs.field(default="", repr=False)
    secret: str = attrs.field(default="?", repr=lambda secret: f"<{len(secret)}>")


VALUES: list[tuple[Any, ...]] = [
    ("a", 1),
    ("a", 2),  # the day makes no difference
    ("b", 1),
    ("a", 1, "x"),
    ("a", 1, "", "yz"),
]


@pytest.mark.parametrize("one", VALUES)
@pytest.mark.parametrize("other", VALUES)
def test_records_are_equal_where_attrs_finds_them_equal(
    one: tuple[Any, ...], other: tuple[Any, ...]
) -> None:
    """Equal ones have the same hash."""
    assert (Told(*one) == Told(*other)) == (ByAttrs(*one) == ByAttrs(*other))
    assert (Told(*one) != Told(*other)) == (ByAttrs(*one) != ByAttrs(*other))
    assert Told(*one) != Told(*other) or hash(Told(*one)) == hash(Told(*other))


@pytest.mark.parametrize("values", VALUES)
def test_a_record_is_shown_as_attrs_would(values: tuple[Any, ...]) -> None:
    """What a field says of how it is shown holds."""
    shown = repr(ByAttrs(*values)).replace("ByAttrs", "Told")
    assert repr(Told(*values)) == shown


def test_records_of_two_kinds_are_not_equal() -> None:
    """Nor is a record and anything else."""
    assert Told("a", 1) != Said("a", 1)
    assert Told("a", 1) != "a"
    assert Texts({"nl": "a"}) != (("nl", "a"),)


def test_the_repr_is_the_call() -> None:
    """In the words of a script."""
    location = Location(path="plan.toml", line=7)
    assert repr(location) == "Location(path='plan.toml', line=7, column=None)"
    assert eval(repr(location), {"Location": Location}) == location  # noqa: S307  our own


def test_what_is_read_twice_is_equal() -> None:
    """So can be put in one set."""
    sources = load_example().sources
    twice: list[Source] = [copy.deepcopy(source) for source in sources]
    assert twice == list(sources)
    assert len({*twice, *sources}) == len(sources)


def kinds(of: type[Any] = Plain) -> Iterator[type[Any]]:
    """Every class below one."""
    kind: type[Any]
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


@pytest.mark.parametrize("name", ["__eq__", "__hash__", "__repr__"])
def test_attrs_writes_no_such_method_for_them(name: str) -> None:
    """Each would be compiled at every start."""
    for module in ("analysis.verdicts", "cli", "formats.text", "model.portfolio"):
        importlib.import_module(f"betatech_milestones.{module}")
    written = {kind.__name__: getattr(kind, name).__code__.co_filename for kind in kinds()}
    assert {kind for kind, file in written.items() if "attrs generated" in file} == set()
