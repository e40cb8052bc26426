"""The public face as a record: a change of it is seen in a diff.

`public-api.txt` has a line for each public name and each member of a class, with the types that
stand in the source. Whoever changes one changes a promise, and says so in CHANGELOG.md.
"""

import enum
import inspect
import re
from collections.abc import Iterator
from functools import cache

import attrs
import griffe
from golden import ROOT, Golden, hold

import betatech_milestones

NAMES = betatech_milestones.__all__
OBJECTS = {name: getattr(betatech_milestones, name) for name in NAMES}
RECORD = ROOT / "tests" / "public-api.txt"
REFERENCE = ROOT / "docs" / "reference.md"

# --- the record -----------------------------------------------------------------------------------

# Special methods that every record and error has in some form, and nobody calls.
_UNCALLED = {
    *("__attrs_post_init__", "__eq__", "__getstate__", "__hash__", "__init_subclass__"),
    *("__reduce__", "__repr__", "__setstate__", "__slots__"),
}


def public_face() -> str:
    """Return the record of the public face."""
    return "".join(f"{line}\n" for name in NAMES for line in _lines(name))


@cache
def _package() -> griffe.Module:
    package = griffe.load("betatech_milestones", search_paths=[ROOT / "src"])
    assert isinstance(package, griffe.Module)
    return package


def _lines(name: str) -> Iterator[str]:
    """Yield the lines of a public name."""
    found = _package()[name].final_target
    yield from _class(name, found) if isinstance(found, griffe.Class) else _member(name, found)


def _class(name: str, found: griffe.Class) -> Iterator[str]:
    kind = OBJECTS[name]
    if issubclass(kind, enum.Enum):
        bases = ["StrEnum"] if issubclass(kind, str) else ["Enum"]
    else:
        bases = [
            base.__name__
            for base in kind.__mro__[1:-1]
            if base in OBJECTS.values() or base.__module__ == "builtins"
            if base not in {Exception, BaseException}
        ]
    yield f"class {name}({', '.join(bases)})" if bases else f"class {name}"
    if attrs.has(kind):
        yield f"{name}{_made_from(kind)}"
    for own, member in found.all_members.items():
        special = own.startswith("__") and own not in _UNCALLED
        if special or not own.startswith("_"):
            yield from _member(f"{name}.{own}", member)


def _made_from(kind: type) -> str:
    """Return how a record is made: the names, and which of them may be left out."""
    signature = inspect.signature(kind)
    empty = inspect.Parameter.empty
    bare = [
        one.replace(annotation=empty, default=empty if one.default is empty else ...)
        for one in signature.parameters.values()
    ]
    return str(inspect.Signature(bare)).replace("=Ellipsis", "=...")


def _member(name: str, found: griffe.Object | griffe.Alias) -> Iterator[str]:
    if isinstance(found, griffe.Alias):
        found = found.final_target
    if isinstance(found, griffe.Function):
        for one in found.overloads or [found]:
            yield f"{name}{one.signature().removeprefix(one.name)}"
    elif isinstance(found, griffe.Attribute):
        yield _attribute(name, found)


def _attribute(name: str, found: griffe.Attribute) -> str:
    if found.annotation is None:
        return f"{name} = {found.value}"
    kind = " (property)" if "property" in found.labels else ""
    return f"{name}: {found.annotation}{kind}"


def golden() -> Golden:
    """Return what writes the record."""
    return {RECORD: public_face}


def test_the_public_face_is_as_recorded() -> None:
    """No name, parameter or type of it changes unseen."""
    hold(RECORD, public_face())


# --- the page of the documentation ----------------------------------------------------------------


def _groups(text: str, names: str) -> dict[str, list[str]]:
    """Return the names below each heading of a text, found by a pattern."""
    _, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    return {part.partition("\n")[0]: re.findall(names, part, re.MULTILINE) for part in parts}


def test_the_reference_has_every_public_name() -> None:
    """Each once, below the heading that the docstring of the package gives it."""
    page = _groups(REFERENCE.read_text(encoding="utf-8"), r"^::: betatech_milestones\.(\w+)$")
    assert page == _groups(betatech_milestones.__doc__ or "", r"`(\w+)`[,.]")
    assert sorted(name for names in page.values() for name in names) == sorted(NAMES)
