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
from betatech_milestones.datafile.format import REFERABLE, UNREADABLE, read_programme
from betatech_milestones.datafile.lines import key_lines, table_lines
from betatech_milestones.datafile.readers import Context
from betatech_milestones.model import rules
from betatech_milestones.model.findings import Finding, InvalidData, Location
from betatech_milestones.model.records import Programme

if TYPE_CHECKING:
    from betatech_milestones.datafile.baseline import Baseline

# --- what users call ------------------------------------------------------------------------------


def load(path: str | os.PathLike[str] | None = None) -> Programme:
    """Read a programme from a file; without a path, the data set that ships with the package.

    Raises `InvalidData` with every problem found, or the `OSError` of a file that cannot be read.
    """
    file = shipped() if path is None else Path(path)
    return loads(file.read_bytes(), path=str(file))


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


def shipped() -> Path:
    """Return where the data set of the package is: in the package, or in the repository."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "milestones.toml"
    return installed if installed.exists() else package.parents[1] / "data" / "milestones.toml"


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
        where = Location(path=path, line=data.count(b"\n", 0, error.start) + 1)
        message = f"not UTF-8: byte {data[error.start]:#04x}; save the file as UTF-8"
        return UNREADABLE, (Finding(rule=rules.ENCODING, message=message, location=where),)


def _read_text(text: str, path: str) -> tuple[Programme, tuple[Finding, ...]]:
    text = text.removeprefix("\ufeff")  # Windows editors begin a file with it
    try:
        document = tomli.loads(text, parse_float=_decimal)
    except (tomli.TOMLDecodeError, RecursionError, ValueError) as error:
        return UNREADABLE, (_not_toml(error, text, path),)
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


def _not_toml(error: Exception, text: str, path: str) -> Finding:
    """Return why a text cannot be parsed, at its line, or at the likeliest one."""
    if isinstance(error, tomli.TOMLDecodeError):
        where = Location(path=path, line=error.lineno, column=error.colno)
        message = f"not TOML: {error.msg[:1].lower()}{error.msg[1:]}; see https://toml.io"
    elif isinstance(error, RecursionError):
        where = Location(path=path, line=_line_with_most("[{.", text))
        message = "nested too deep to read; the format has no more than five levels"
    else:  # Python's limit on the digits of a whole number
        where = Location(path=path, line=_line_with_most("0123456789", text))
        message = "a number with too many digits to read; write a shorter one"
    return Finding(rule=rules.TOML_SYNTAX, message=message, location=where)


def _line_with_most(characters: str, text: str) -> int:
    """Return the likeliest line of what the parser gives up on without naming a line."""
    lines = text.split("\n")
    counts = [sum(map(line.count, characters)) for line in lines]
    return counts.index(max(counts)) + 1
