"""The one door: every public name is there, once, told of and documented."""

import enum
import inspect
import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any

import attrs
import pytest
from programmes import PROGRAMME

import betatech_milestones
from betatech_milestones import loads

NAMES = betatech_milestones.__all__
OBJECTS = {name: getattr(betatech_milestones, name) for name in NAMES}
HOMES = betatech_milestones._HOME_OF  # noqa: SLF001  the table that is read at run time


def test_names_are_sorted_and_come_from_the_table() -> None:
    """What a checker sees, what a star imports and what is loaded at run time are one list."""
    assert sorted(set(NAMES)) == sorted(NAMES) == sorted(HOMES)


def test_dir_lists_the_whole_public_face_right_after_import() -> None:
    """So Tab offers it, in a session in which nothing was used yet."""
    code = "import betatech_milestones as b; print(*dir(b)); from betatech_milestones import *"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; print(load, PolicyDate)"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert sorted(done.stdout.splitlines()[0].split()) == sorted([*NAMES, "__version__"])


def test_dir_stays_the_same() -> None:
    """Whatever was loaded since: no room shows."""
    assert sorted(dir(betatech_milestones)) == sorted([*NAMES, "__version__"])


def test_version() -> None:
    """It is told as libraries tell theirs."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", betatech_milestones.__version__)


def test_unknown_name() -> None:
    """A name that the package does not have is an `AttributeError` like any other."""
    with pytest.raises(
        AttributeError, match=r"^module 'betatech_milestones' has no attribute 'nothing'$"
    ):
        betatech_milestones.nothing  # noqa: B018


def test_the_docstring_of_the_package_names_each_once() -> None:
    """It is the table of contents."""
    told = re.findall(r"`(\w+)`[,.]", betatech_milestones.__doc__ or "")
    assert sorted(told) == sorted(NAMES)


def test_no_two_classes_share_a_name() -> None:
    """A public class has one home, and is called there as it is here."""
    classes = {name: it for name, it in OBJECTS.items() if isinstance(it, type)}
    assert {name: it.__name__ for name, it in classes.items()} == {name: name for name in classes}
    assert len({id(it) for it in classes.values()}) == len(classes)


@pytest.mark.parametrize("name", NAMES)
def test_everything_public_is_documented(name: str) -> None:
    """A sentence that ends as one; also each of its own fields, methods and properties."""
    it = OBJECTS[name]
    if isinstance(it, type) or inspect.isfunction(it):
        for what in (it, *_members(it)):
            documented = (inspect.getdoc(what) or "").partition("\n")[0]
            assert documented.endswith((".", ":", "?")), f"{what}: {documented!r}"


def _members(it: Any) -> Iterator[Any]:
    """The public methods and properties that a class itself has."""
    if isinstance(it, type) and not issubclass(it, enum.Enum):
        for name, member in vars(it).items():
            if not name.startswith("_") and (
                inspect.isfunction(member) or isinstance(member, property)
            ):
                yield member


@pytest.mark.parametrize("name", [name for name, it in OBJECTS.items() if inspect.isfunction(it)])
def test_what_a_function_takes_and_returns_is_public(name: str) -> None:
    """No one has to reach into a room for a type."""
    function = OBJECTS[name]
    home = sys.modules[function.__module__]
    names = {**vars(home), **OBJECTS}  # what is imported for checkers alone is public, too
    hints = typing.get_type_hints(inspect.unwrap(function), names)
    used = {kind for hint in hints.values() for kind in _classes(hint)}
    ours = {kind for kind in used if kind.__module__.startswith("betatech_milestones")}
    assert {kind.__name__ for kind in ours} <= {*NAMES}


@pytest.mark.parametrize("name", [name for name, it in OBJECTS.items() if attrs.has(it)])
def test_what_a_record_holds_is_public(name: str) -> None:
    """Neither for what it gets from one."""
    record = OBJECTS[name]
    home = sys.modules[record.__module__]
    hints = typing.get_type_hints(record, {**vars(home), **OBJECTS})
    used = {
        kind
        for field, hint in hints.items()
        if not field.startswith("_")
        for kind in _classes(hint)
    }
    ours = {kind for kind in used if kind.__module__.startswith("betatech_milestones")}
    assert {kind.__name__ for kind in ours} <= {*NAMES}


def _classes(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and not typing.get_args(hint):
        yield hint
    if isinstance(hint, UnionType) or typing.get_args(hint):
        for part in typing.get_args(hint):
            yield from _classes(part)


def test_every_error_is_one_of_ours() -> None:
    """One `except` catches them all, and each still is what it always was."""
    errors = {it for it in OBJECTS.values() if isinstance(it, type) and issubclass(it, Exception)}
    assert len(errors) == 23
    assert all(issubclass(error, betatech_milestones.BetatechError) for error in errors)


def test_public_names_alone_will_do(tmp_path: Path) -> None:
    """A second edition of a site, a picture, a revision in git, and what subscribers would lose."""
    b = betatech_milestones
    file = tmp_path / "plan.toml"
    file.write_text(PROGRAMME, encoding="utf-8")
    for arguments in ("init -q", "add plan.toml", "commit -q -m one"):
        command = ["git", "-c", "user.name=x", "-c", "user.email=x", *arguments.split()]
        subprocess.run(command, cwd=tmp_path, check=True)
    first = b.site(b.load(file), "2016-01-01")
    file.write_text(PROGRAMME.replace("Voortgang", "Verslag"), encoding="utf-8")
    now, before = b.load(file), b.load_version("git:HEAD", beside=str(file))
    assert b.load_version(str(file), beside="git:HEAD") == now
    second = b.site(now, "2016-02-01", before=b.read_state(first["state.json"]))
    assert {path for path in first if first[path] != second[path]} > {"nl/todo.ics", "index.html"}
    assert b.timeline(now, language="en").startswith("<svg ")
    assert b.guard(b.state_of(before), now) == ()
    assert [change.kind for change in b.diff(before, now).changes] == ["retitled"]


@pytest.mark.parametrize(
    ("misread", "message"),
    [
        (lambda p: p.only(bodies="ocv"), 'no body "ocv"; did you mean "ocw"?'),
        (lambda p: b_as_of(p, "zomer"), '"zomer" is no day; write it as 2014-09-01'),
        (lambda p: b_as_of(p, 2014), "2014 is no day; give a date, or a text such as"),
        (lambda p: b_as_of(p, None), "null is no day; give a date, or a text such as"),
        (lambda p: b_as_of(p, "2014-08-01").only("late"), '"late" is not known here; use one of'),
    ],
)
def test_a_value_is_read_or_refused(misread: Any, message: str) -> None:
    """It is never passed over, and never a `TypeError` from somewhere within."""
    with pytest.raises(betatech_milestones.BetatechError, match=f"^{re.escape(message)}"):
        misread(loads(PROGRAMME))


def b_as_of(programme: Any, day: Any) -> Any:
    return betatech_milestones.as_of(programme, day)


def test_one_id_may_stand_bare() -> None:
    """As a list of one would."""
    programme = loads(PROGRAMME)
    assert programme.only(bodies="ocw") == programme.only(bodies=["ocw"])
    assert programme.only(kinds="report") == programme.only(kinds=["report"])
