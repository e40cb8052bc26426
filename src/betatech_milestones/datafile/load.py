"""From a file or a text to a `Programme`, or to every problem found in it.

A programme with a stand-in for what could not be read is never handed out.
"""

import decimal
import os
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from betatech_milestones.datafile import consistency
from betatech_milestones.datafile.find import find, shipped
from betatech_milestones.datafile.format import REFERABLE, UNREADABLE, read_programme
from betatech_milestones.datafile.lines import key_lines, table_lines
from betatech_milestones.datafile.readers import Context
from betatech_milestones.model.findings import Finding, InvalidData, Location
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
    programme, findings = _read_text(text, path) if isinstance(text, str) else _read(text, path)
    if findings:
        raise InvalidData(findings)
    return programme


def load_baseline(path: str | os.PathLike[str], programme: Programme) -> "Baseline":
    """Read an earlier report on a programme, which `render(report, "json")` wrote.

    Raises `BadBaseline`, or the `OSError` of a file that cannot be read.
    """
    from betatech_milestones.datafile.baseline import read_baseline

    return read_baseline(Path(path).read_bytes(), programme, str(path))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the data file, for editors and validators."""
    import json

    written = Path(__file__).with_name("milestones.schema.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(written)
    return document


# --- from text to programme -----------------------------------------------------------------------


def _read(data: bytes, path: str) -> tuple[Programme, tuple[Finding, ...]]:
    try:
        return _read_text(data.decode(), path)
    except UnicodeDecodeError as error:
        from betatech_milestones.datafile.foreign import not_utf8

        return UNREADABLE, (not_utf8(error, data, path),)


def _read_text(text: str, path: str) -> tuple[Programme, tuple[Finding, ...]]:
    text = text.removeprefix("\ufeff")  # Windows editors begin a file with it
    try:
        document = tomli.loads(text, parse_float=_decimal)
    except (tomli.TOMLDecodeError, RecursionError, ValueError) as error:
        from betatech_milestones.datafile.syntax import not_toml

        return UNREADABLE, (not_toml(error, text, path),)
    context = Context(
        lines=table_lines(text),
        records={name: {} for name in REFERABLE if isinstance(document.get(name, []), list)},
    )
    programme = read_programme(document, path, context)
    across = (
        problem._replace(at=context.as_written(problem.at))
        for problem in consistency.problems(programme)
    )
    problems = [*context.problems, *across]
    if not problems:
        return programme, ()
    lines = key_lines(text)
    findings = [
        Finding(rule=rule, message=message, location=Location(path=path, line=lines.get(at, 1)))
        for at, rule, message in problems
    ]
    return programme, tuple(sorted(findings, key=lambda finding: finding.location.line or 0))


def _decimal(written: str) -> Decimal:
    try:
        return Decimal(written)
    except decimal.InvalidOperation:  # an exponent beyond all bounds
        return Decimal("Infinity")
