"""From a file or a text to a `Programme`, or to every problem found in it.

A programme with a stand-in for what could not be read is never handed out.
"""

import decimal
import os
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from betatech_milestones.datafile import consistency
from betatech_milestones.datafile.find import find, shipped
from betatech_milestones.datafile.format import REFERABLE, read_programme
from betatech_milestones.datafile.lines import key_lines, table_lines, too_long_key
from betatech_milestones.datafile.readers import Context
from betatech_milestones.model import rules
from betatech_milestones.model.errors import few_suggestions
from betatech_milestones.model.findings import Finding, InvalidData, Location, Problem, bounded
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
    document, text = parsed(text, path)
    if "portfolio" in document and "programme" not in document:
        problem = Problem(("portfolio",), rules.NO_PROGRAMME, _SEVERAL)
        raise InvalidData(findings_at([problem], text, path))
    context = Context(
        lines=table_lines(text),
        records={name: {} for name in REFERABLE if isinstance(document.get(name, []), list)},
    )
    with few_suggestions():
        programme = read_programme(document, path, context)
        for at, rule, message in consistency.problems(programme):
            context.note(context.as_written(at), rule, message)
    if context.noted:
        raise InvalidData(findings_of(context, text, path))
    return programme


_SEVERAL = (
    "a portfolio names the files of several programmes, and is none itself; name one of those "
    "files, or the portfolio alone where several are read together"
)


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


# --- from text to document, and from problems to findings -----------------------------------------


def parsed(data: str | bytes, path: str) -> tuple[dict[str, Any], str]:
    """Return a document, and the text that it is of; raise `InvalidData` for what is no TOML."""
    text = data if isinstance(data, str) else _decoded(data, path)
    text = text.removeprefix("\ufeff")  # Windows editors begin a file with it
    if line := too_long_key(text):
        from betatech_milestones.datafile.syntax import too_deep

        raise InvalidData((too_deep(line, path),))
    try:
        return tomli.loads(text, parse_float=_decimal), text
    except (tomli.TOMLDecodeError, RecursionError, ValueError) as error:
        from betatech_milestones.datafile.syntax import not_toml

        raise InvalidData((not_toml(error, text, path),)) from None


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
