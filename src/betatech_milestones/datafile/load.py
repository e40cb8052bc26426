"""From a file or a text to a `Programme`, or to every problem found in it.

A programme with a stand-in for what could not be read is never handed out.
"""

import contextlib
import decimal
import gc
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rtoml

from betatech_milestones.datafile import consistency
from betatech_milestones.datafile.find import find, shipped
from betatech_milestones.datafile.format import REFERABLE, read_programme
from betatech_milestones.datafile.lines import headers, key_lines, table_lines, too_long_key
from betatech_milestones.datafile.readers import Context, StoppedError
from betatech_milestones.model import rules
from betatech_milestones.model.errors import few_suggestions
from betatech_milestones.model.findings import (
    Finding,
    InvalidData,
    KeyPath,
    Location,
    Problem,
    bounded,
)
from betatech_milestones.model.records import Programme

if TYPE_CHECKING:
    from betatech_milestones.datafile.baseline import Baseline

# --- what users call ------------------------------------------------------------------------------


def load(path: str | os.PathLike[str] | None = None) -> Programme:
    """Read a programme from a file; without a path, from that of the current folder.

    That is `milestones.toml` or else `data/milestones.toml`; a folder that is named is looked into
    likewise. Raises `InvalidData` with every problem found, `NoDataFile`, or the `OSError` of a
    file that cannot be read.
    """
    file = find(path)
    return loads(file.read_bytes(), path=str(file))


def load_example() -> Programme:
    """Read the programme that ships with the package: promises that a Dutch minister really made.

    >>> len(load_example().measures)
    19
    """
    return load(shipped())


def loads(text: str | bytes, *, path: str = "<text>") -> Programme:
    """Read a programme from TOML text; `path` is what its findings call the place.

    Raises `InvalidData` with every problem found.
    """
    text = _text(text, path)
    programme = _programme(text, path)
    object.__setattr__(programme, "text", text)  # no copy that is altered keeps it
    return programme


def loads_to_compare(text: str, path: str) -> Programme:
    """Read the same without looking up the lines, for what asks only what the text says."""
    return _programme(_text(text, path), path, has_lines=False)


def load_baseline(path: str | os.PathLike[str], programme: Programme) -> "Baseline":
    """Read an earlier report on a programme, which `render(report, "json")` wrote.

    Raises `BadBaseline`, or the `OSError` of a file that cannot be read.
    """
    from betatech_milestones.datafile.baseline import read_baseline

    return read_baseline(Path(path).read_bytes(), programme, str(path))


def schema(*, portfolio: bool = False) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the data file, for editors and validators.

    With `portfolio` it is that of a `portfolio.toml`.
    """
    import json

    name = "portfolio.schema.json" if portfolio else "milestones.schema.json"
    written = Path(__file__).with_name(name).read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(written)
    return document


# --- at once, or with all explained ---------------------------------------------------------------


def _programme(text: str, path: str, *, has_lines: bool = True) -> Programme:
    with no_collector():
        programme = sound(text, path, has_lines=has_lines)
        return explained(text, path) if programme is None else programme


def sound(text: str, path: str, *, has_lines: bool = True) -> Programme | None:
    """Return the programme of a text, or None where something is wrong with it, or may be.

    Its parser takes a third of the time of the one that explains. It knows no decimals, passes over
    a byte order mark, and tells of what is wrong in words of its own.
    """
    if text.startswith("\ufeff") or _DECIMAL.search(text) or too_long_key(text):
        return None
    try:
        document = rtoml.loads(text.replace("\r\n", "\n"))
        lines = _lines(document, text) if has_lines else defaultdict(int)
        return _read(document, path, Context(lines=lines, stops=True))
    except (ValueError, StoppedError):
        return None


_DECIMAL = re.compile(r"=[ \t]*+[0-9][0-9_]*+[.eE]")
"""Finds those that a text may well have; one that is written otherwise is no number to `sound`."""


def explained(text: str, path: str) -> Programme:
    """Return the programme of a text, or raise `InvalidData` with all that is wrong."""
    document = _document(text, path)
    if "portfolio" in document and "programme" not in document:
        problem = Problem(("portfolio",), rules.NO_PROGRAMME, _SEVERAL)
        raise InvalidData(findings_at([problem], text, path))
    context = Context(lines=_lines(document, text))
    with few_suggestions():
        programme = _read(document, path, context)
    if context.noted:
        raise InvalidData(findings_of(context, text, path))
    return programme


def _read(document: dict[str, Any], path: str, context: Context) -> Programme:
    """Return the programme of a document; what is wrong is noted in the context."""
    context.records = {name: {} for name in REFERABLE if isinstance(document.get(name, []), list)}
    programme = read_programme(document, path, context)
    for at, rule, message in consistency.problems(programme):
        context.note(context.as_written(at), rule, message)
    return programme


@contextlib.contextmanager
def no_collector() -> Iterator[None]:
    """Let Python's collector of circles rest: it would walk all there is, time and again.

    Hardly anything goes round of what is read, or made of that.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


_SEVERAL = (
    "a portfolio names the files of several programmes, and is none itself; name one of those "
    "files, or the portfolio alone where several are read together"
)


def _lines(document: dict[str, Any], text: str) -> Mapping[KeyPath, int]:
    """Return the lines of the measures and milestones of a document; or, of all its tables.

    Plain headers are found at once. That nothing else makes one of them, the document tells.
    """
    found = headers(text, r"\[\[measure(?:\.milestone)?\]\]")
    records = [*_measures_and_milestones(document)]
    if [header for header, _ in found] != [header for header, _ in records]:
        return table_lines(text)
    lines, line, counted = {}, 1, 0
    for (_, path), (_, start) in zip(records, found, strict=True):
        line += text.count("\n", counted, start)
        lines[path], counted = line, start
    return lines


def _measures_and_milestones(document: dict[str, Any]) -> Iterator[tuple[str, KeyPath]]:
    """Yield the plain header and the path of each, in the order of the text."""
    for index, measure in enumerate(_array(document, "measure")):
        yield "[[measure]]", ("measure", index)
        for number, _ in enumerate(_array(measure, "milestone")):
            yield "[[measure.milestone]]", ("measure", index, "milestone", number)


def _array(table: Any, key: str) -> list[Any]:
    found = table.get(key) if isinstance(table, dict) else None
    return found if isinstance(found, list) else []


# --- from text to document, and from problems to findings -----------------------------------------


def parsed(data: str | bytes, path: str) -> tuple[dict[str, Any], str]:
    """Return a document, and the text that it is of; raise `InvalidData` for what is no TOML."""
    text = _text(data, path)
    return _document(text, path), text


def _document(text: str, path: str) -> dict[str, Any]:
    import tomli  # which few files need: those that are not sound, or have decimals

    if line := too_long_key(text):
        from betatech_milestones.datafile.syntax import too_deep

        raise InvalidData((too_deep(line, path),))
    try:
        return tomli.loads(text, parse_float=_decimal)
    except (tomli.TOMLDecodeError, RecursionError, ValueError) as error:
        from betatech_milestones.datafile.syntax import not_toml

        raise InvalidData((not_toml(error, text, path),)) from None


def _text(data: str | bytes, path: str) -> str:
    text = data if isinstance(data, str) else _decoded(data, path)
    return text.removeprefix("\ufeff")  # Windows editors begin a file with it


def _decoded(data: bytes, path: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        from betatech_milestones.datafile.foreign import not_utf8

        raise InvalidData((not_utf8(error, data, path),)) from None


def findings_of(context: Context, text: str, path: str) -> tuple[Finding, ...]:
    """Return what was noted while a text was read, at its lines; what was counted comes last."""
    found = findings_at(context.problems, text, path)
    return bounded(found, path, more=context.noted - len(found))


def findings_at(problems: Iterable[Problem], text: str, path: str) -> tuple[Finding, ...]:
    """Return problems at their lines of a text, in the order of the lines."""
    lines = key_lines(text)
    findings = [
        Finding(rule=rule, message=message, location=Location(path=path, line=lines.get(at, 1)))
        for at, rule, message in problems
    ]
    return tuple(sorted(findings, key=lambda finding: finding.location.line or 0))


def _decimal(written: str) -> Decimal:
    try:
        return Decimal(written)
    except decimal.InvalidOperation:  # an exponent beyond all bounds
        return Decimal("Infinity")
