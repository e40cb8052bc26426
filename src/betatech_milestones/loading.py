"""TOML text to a `Programme`, or to every problem found in it.

The tables of keys below are the format of the data file, in the order of `docs/data-format.md`.
Reading never stops at a problem: what cannot be read is noted and stood in for, so that the rest is
read and the rules across records (`checks`) speak too. A programme with a stand-in is never handed
out.
"""

import datetime as dt
import decimal
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import attrs
import tomli

from betatech_milestones import checks
from betatech_milestones.findings import Finding, InvalidData, Level, Location, Path
from betatech_milestones.lines import key_lines, table_lines
from betatech_milestones.model import (
    Body,
    Budget,
    Cluster,
    Commitment,
    Dropped,
    Kind,
    Measure,
    Met,
    Milestone,
    Per,
    Programme,
    Reading,
    Revision,
    Sector,
    Snooze,
    Source,
    Target,
    Texts,
)
from betatech_milestones.values import (
    Book,
    Keys,
    Noted,
    Reader,
    Wrong,
    day,
    each,
    former_id,
    identifier,
    language,
    line,
    number,
    one_of,
    optional,
    policy_date,
    read_keys,
    record,
    reference,
    references,
    required,
    several,
    table,
    tables,
    text,
    texts,
    timezone,
    url,
    whole,
    years,
)

if TYPE_CHECKING:
    from betatech_milestones.baselines import Baseline

# --- what users call ------------------------------------------------------------------------------


def load(path: str | os.PathLike[str] | None = None) -> Programme:
    """Read a programme from a file; without a path, the data set that ships with the package.

    Raises `InvalidData` with every problem found, or the `OSError` of a file that cannot be read.
    """
    return _sound(*_read_file(path))


def loads(text: str | bytes, *, path: str = "<text>") -> Programme:
    """Read a programme from TOML text; `path` is what its findings call the place.

    Raises `InvalidData` with every problem found.
    """
    read = _read_text(text, path) if isinstance(text, str) else _read_bytes(text, path)
    return _sound(*read)


def load_baseline(path: str | os.PathLike[str], programme: Programme) -> "Baseline":
    """Read an earlier report on a programme, which `render(report, "json")` wrote.

    Raises `BadBaseline`, or the `OSError` of a file that cannot be read.
    """
    from betatech_milestones.baselines import read_baseline  # noqa: PLC0415  most runs have none

    return read_baseline(FilePath(path).read_bytes(), programme, str(path))


def check(path: str | os.PathLike[str] | None = None) -> tuple[Finding, ...]:
    """Return every problem of a data file in the order of its lines; none when it is sound.

    Raises the `OSError` of a file that cannot be read.
    """
    _, findings = _read_file(path)
    return findings


def shipped() -> FilePath:
    """Return where the data set of the package is: beside this module, or in the repository."""
    here = FilePath(__file__).resolve().parent
    installed = here / "milestones.toml"
    return installed if installed.exists() else here.parents[1] / "data" / "milestones.toml"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the data file, for editors and validators."""
    import json  # noqa: PLC0415  loading needs none

    written = FilePath(__file__).with_name("milestones.schema.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(written)
    return document


# --- the format -----------------------------------------------------------------------------------

_UNREAD = ""
"""The id of a record that could not be read in full: no rule speaks of it."""
_NO_TITLE = Texts((("", ""),))
_NO_SOURCE = Source(id=_UNREAD, title=_NO_TITLE)

_ID = required(identifier, '"short-name"')
_TITLE = required(texts(line), '{ nl = "…", en = "…" }')
_CITED = required(reference("source"), '"id-of-a-source"')
_ON = required(policy_date, "2014-08-01")

_SOURCE: Keys = {
    "id": _ID,
    "title": _TITLE,
    "reference": optional(line),
    "published": optional(day),
    "url": optional(url),
}
_CLUSTER: Keys = {"id": _ID, "title": _TITLE, "number": optional(whole)}
_SECTOR: Keys = {"id": _ID, "title": _TITLE}
_BODY: Keys = {"id": _ID, "name": required(texts(line), '{ nl = "…", en = "…" }')}
_BUDGET: Keys = {
    "euros": required(number, "11_700_000"),
    "per": required(one_of(Per), '"year" or "total"'),
    "years": optional(years),
    "note": optional(texts(text)),
}
_REVISION: Keys = {
    "due": required(policy_date, "2016-08-01"),
    "source": _CITED,
    "announced": optional(day),
    "reason": optional(texts(text)),
}
_MET: Keys = {"on": _ON, "source": _CITED}
_DROPPED: Keys = {
    "on": _ON,
    "source": _CITED,
    "reason": required(texts(text), '{ nl = "…", en = "…" }'),
}
_SNOOZE: Keys = {
    "until": required(day, "2014-10-01"),
    "since": optional(day),
    "by": required(line, '"…"'),
    "reason": required(texts(text), '{ nl = "…", en = "…" }'),
}
_READING: Keys = {"on": _ON, "value": required(number, "152"), "source": _CITED}


def _target(*, reading: tuple[Reading, ...] = (), **values: Any) -> Target:
    return Target(readings=reading, **values)


def _revision(*, source: Source, announced: dt.date | None = None, **values: Any) -> Revision:
    announced = announced or source.published
    if announced is None:
        if source.id == _UNREAD:
            raise Noted
        message = f'lacks announced, and its source "{source.id}" bears no day'
        raise Wrong("missing-key", f"{message}; add announced = 2013-07-15")
    return Revision(source=source, announced=announced, **values)


_TARGET: Keys = {
    "value": required(number, "3500"),
    "unit": required(texts(line), '{ nl = "klassen", en = "classes" }'),
    "reading": optional(each(record(Reading, _READING))),
}
_MILESTONE: Keys = {
    "id": _ID,
    "formerly": optional(several(former_id, "old-id")),
    "title": _TITLE,
    "kind": required(one_of(Kind), '"report"'),
    "commitment": optional(one_of(Commitment)),
    "due": optional(policy_date),
    "source": optional(reference("source")),
    "locator": optional(line),
    "revised": optional(each(record(_revision, _REVISION))),
    "met": optional(record(Met, _MET)),
    "dropped": optional(record(Dropped, _DROPPED)),
    "target": optional(record(_target, _TARGET)),
    "snoozed": optional(record(Snooze, _SNOOZE)),
}
_MEASURE: Keys = {
    "id": _ID,
    "formerly": optional(several(identifier, "old-id")),
    "title": _TITLE,
    "summary": optional(texts(text)),
    "cluster": optional(reference("cluster")),
    "sectors": optional(references("sector")),
    "bodies": optional(references("body")),
    "source": _CITED,
    "locator": optional(line),
    "budget": optional(each(record(Budget, _BUDGET))),
    "milestone": optional(tables),
}


def _milestone(
    value: Any,
    at: Path,
    book: Book,
    *,
    homes: tuple[str, ...],
    source: Source,
    locator: str | None,
) -> Milestone:
    values = read_keys(value, _MILESTONE, at, book)
    if "met" in value and "dropped" in value:
        message = "met and dropped exclude each other; keep the one that came about"
        book.note((*at, "dropped"), "two-outcomes", message)
    cited = values.get("source", _NO_SOURCE) if "source" in value else source
    if cited is not source:  # another document, another place in it
        locator = None
    own = values.get("id", _UNREAD)
    *formerly, full_id = _full_ids(homes, (*values.get("formerly", ()), own))
    return Milestone(
        id=own,
        full_id=full_id,
        formerly=tuple(formerly),
        title=values.get("title", _NO_TITLE),
        kind=values.get("kind", Kind.OTHER),
        commitment=values.get("commitment", Commitment.PLANNED),
        due=values.get("due"),
        source=cited,
        locator=values.get("locator", locator),
        revisions=values.get("revised", ()),
        outcome=values.get("met") or values.get("dropped"),
        target=values.get("target"),
        snoozed=values.get("snoozed"),
        line=book.lines[at],
    )


def _full_ids(homes: tuple[str, ...], names: tuple[str, ...]) -> Iterator[str]:
    """Yield every full id under which a milestone can have been known, the present one last.

    Nobody has written down whether the measure or the milestone was renamed first, so all pairs of
    their names are its own.
    """
    for name in names:
        if "/" in name:
            yield name
        else:
            yield from (f"{home}/{name}" for home in homes)


def _measure(value: Any, at: Path, book: Book) -> Measure:
    values = read_keys(value, _MEASURE, at, book)
    own = values.get("id", _UNREAD)
    source = values.get("source", _NO_SOURCE)
    locator = values.get("locator")
    formerly = values.get("formerly", ())
    homes = (*formerly, own)
    milestones = each(partial(_milestone, homes=homes, source=source, locator=locator))
    return Measure(
        id=own,
        formerly=formerly,
        title=values.get("title", _NO_TITLE),
        summary=values.get("summary"),
        cluster=values.get("cluster"),
        sectors=values.get("sectors", ()),
        bodies=values.get("bodies", ()),
        source=source,
        locator=locator,
        budgets=values.get("budget", ()),
        milestones=milestones(values.get("milestone", []), (*at, "milestone"), book),
        line=book.lines[at],
    )


def _own_language(value: Any, _at: Path, book: Book) -> str:
    book.language = language(value)
    return book.language


def _shelved(make: Callable[..., Any], keys: Keys, **stand_ins: Any) -> Reader:
    """Read an array of tables that others refer to, each by its id."""

    def read_one(value: Any, at: Path, book: Book) -> Any:
        before = len(book.problems)
        values = read_keys(value, keys, at, book)
        found = make(**{"id": _UNREAD, **stand_ins, **values})
        known = found if len(book.problems) == before else attrs.evolve(found, id=_UNREAD)
        if isinstance(value.get("id"), str):
            book.shelves[str(at[0])].setdefault(value["id"], known)
        return found

    return each(read_one)


_PROGRAMME: Keys = {
    "language": required(_own_language, '"nl"'),  # first: every text must be given in it
    "id": _ID,
    "title": _TITLE,
    "timezone": required(timezone, '"Europe/Amsterdam"'),
}
_DOCUMENT: Keys = {
    "programme": required(
        table(_PROGRAMME),
        '{ id = "…", title = { nl = "…" }, language = "nl", timezone = "Europe/Amsterdam" }',
    ),
    "source": optional(_shelved(Source, _SOURCE, title=_NO_TITLE)),
    "cluster": optional(_shelved(Cluster, _CLUSTER, title=_NO_TITLE)),
    "sector": optional(_shelved(Sector, _SECTOR, title=_NO_TITLE)),
    "body": optional(_shelved(Body, _BODY, name=_NO_TITLE)),
    "measure": optional(each(_measure)),
}


_SHELVES = ("source", "cluster", "sector", "body")
_UNREADABLE = Programme(id=_UNREAD, title=_NO_TITLE, language="", timezone="")

# --- from file to programme -----------------------------------------------------------------------


def _sound(programme: Programme, findings: tuple[Finding, ...]) -> Programme:
    if findings:
        raise InvalidData(findings)
    return programme


def _read_file(path: str | os.PathLike[str] | None) -> tuple[Programme, tuple[Finding, ...]]:
    file = shipped() if path is None else FilePath(path)
    return _read_bytes(file.read_bytes(), str(file))


def _read_bytes(data: bytes, path: str) -> tuple[Programme, tuple[Finding, ...]]:
    try:
        return _read_text(data.decode(), path)
    except UnicodeDecodeError as error:
        where = Location(path=path, line=data.count(b"\n", 0, error.start) + 1)
        message = f"not UTF-8: byte {data[error.start]:#04x}; save the file as UTF-8"
        return _UNREADABLE, (_error("encoding", message, where),)


def _read_text(written: str, path: str) -> tuple[Programme, tuple[Finding, ...]]:
    written = written.removeprefix("\ufeff")  # Windows editors begin a file with it
    try:
        document = tomli.loads(written, parse_float=_decimal)
    except tomli.TOMLDecodeError as error:
        where = Location(path=path, line=error.lineno, column=error.colno)
        message = f"not TOML: {error.msg[:1].lower()}{error.msg[1:]}; see https://toml.io"
        return _UNREADABLE, (_error("toml-syntax", message, where),)
    except RecursionError:
        where = Location(path=path, line=_line_with_most("[{.", written))
        message = "nested too deep to read; the format has no more than five levels"
        return _UNREADABLE, (_error("toml-syntax", message, where),)
    except ValueError:  # Python's limit on the digits of a whole number
        where = Location(path=path, line=_line_with_most("0123456789", written))
        message = "a number with too many digits to read; write a shorter one"
        return _UNREADABLE, (_error("toml-syntax", message, where),)
    book = Book(
        lines=table_lines(written),
        shelves={name: {} for name in _SHELVES if isinstance(document.get(name, []), list)},
    )
    values = read_keys(document, _DOCUMENT, (), book)
    programme = attrs.evolve(
        _UNREADABLE,
        **values.get("programme", {}),
        sources=values.get("source", ()),
        clusters=values.get("cluster", ()),
        sectors=values.get("sector", ()),
        bodies=values.get("body", ()),
        measures=values.get("measure", ()),
        path=path,
    )
    across = (
        problem._replace(at=book.as_written(problem.at)) for problem in checks.problems(programme)
    )
    problems = [*book.problems, *across]
    if not problems:
        return programme, ()
    lines = key_lines(written)
    findings = (
        _error(rule, message, Location(path=path, line=lines.get(at, 1)))
        for at, rule, message in problems
    )
    return programme, tuple(sorted(findings, key=lambda finding: finding.location.line or 0))


def _decimal(written: str) -> Decimal:
    try:
        return Decimal(written)
    except decimal.InvalidOperation:  # an exponent beyond all bounds
        return Decimal("Infinity")


def _line_with_most(characters: str, text: str) -> int:
    """Return the likeliest line of what the parser gives up on without naming a line."""
    lines = text.split("\n")
    counts = [sum(map(line.count, characters)) for line in lines]
    return counts.index(max(counts)) + 1


def _error(rule: str, message: str, location: Location) -> Finding:
    return Finding(level=Level.ERROR, rule=rule, message=message, location=location)
