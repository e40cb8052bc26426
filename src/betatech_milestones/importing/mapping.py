"""What the columns of a table mean: the mapping file, and the records that it becomes.

A mapping is TOML, small, and written once for a register: it names headings as the table has them,
and beside each the key of a milestone that it fills. `docs/import.md` has every key.
"""

import enum
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from betatech_milestones.datafile.lines import table_lines
from betatech_milestones.datafile.load import findings_of, parsed
from betatech_milestones.datafile.readers import (
    Context,
    Key,
    Keys,
    Reader,
    header,
    one_of,
    optional,
    read_keys,
    record,
    required,
    scalar,
    tables,
)
from betatech_milestones.importing.names import bare
from betatech_milestones.language import LANGUAGES
from betatech_milestones.model import rules, values
from betatech_milestones.model.errors import BadValue, BetatechError, did_you_mean, few_suggestions
from betatech_milestones.model.findings import InvalidData, KeyPath
from betatech_milestones.model.vocabulary import (
    Commitment,
    DateOrder,
    Found,
    ReadingKind,
    SourceKind,
    Status,
)

# --- records --------------------------------------------------------------------------------------


class Vanished(enum.StrEnum):
    """What it means that a row is gone which an earlier edition had."""

    TELL = "tell"
    """Nothing is recorded of it."""
    DROPPED = "dropped"


@attrs.frozen
class Pattern:
    """A text made of cells: what stands between them, and the headings they are under, by turns.

    `"{Trimestre} {Anno}"` is `("", "Trimestre", " ", "Anno", "")`.
    """

    parts: tuple[str, ...]
    is_cell: bool = attrs.field(init=False, eq=False, repr=False)
    """Whether it is one cell as it stands, and so may be a day or a number."""

    @is_cell.default
    def _is_cell(self) -> bool:
        return self.parts[0] == self.parts[-1] == "" and len(self.headings) == 1

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, as they are written in the mapping."""
        return self.parts[1::2]

    def filled(self, cells: tuple[str, ...]) -> str:
        """Return the text with a cell for each heading."""
        inside = [part for pair in zip(cells, self.parts[2::2], strict=True) for part in pair]
        return "".join((self.parts[0], *inside))


@attrs.frozen(kw_only=True)
class Origin:
    """Where the value of a key comes from."""

    patterns: tuple[Pattern, ...] = ()
    """Of those whose headings the table has, the first that says something in a row."""
    always: str | None = None
    """The same in every row; then there are no patterns."""
    words: Mapping[str, str] | None = attrs.field(default=None, hash=False)
    """What each text of a cell is to us; None: cells say it in our words themselves."""
    split: str | None = None
    """What parts several in one cell."""
    optional: bool = False
    """Whether the table may lack the headings."""

    @property
    def headings(self) -> Iterator[str]:
        """Every heading that it names."""
        return (heading for pattern in self.patterns for heading in pattern.headings)


@attrs.frozen(kw_only=True)
class Moment:
    """One of the milestones that a row is."""

    keys: Mapping[str, Origin] = attrs.field(hash=False)
    """By the names of `MilestoneSaid`; besides, `reading.value` and `reading.on`."""
    reading: ReadingKind = ReadingKind.REACHED
    in_several_measures: bool = False
    """Whether rows with the same id but other measures are one milestone."""


@attrs.frozen(kw_only=True)
class CitedAs:
    """How an edition of the table is cited where nobody names its source."""

    id: str
    """What the ids of all editions begin with: "pnrr" for "pnrr-2024-05-31"."""
    title: str
    kind: SourceKind = SourceKind.REGISTER
    by: str | None = None
    """The body that publishes it: its id or its name."""
    url: str | None = None


@attrs.frozen(kw_only=True)
class TableMapping:
    """What the columns of a table mean."""

    path: str
    sheets: tuple[str, ...] = ()
    """Names that the sheet may have; empty: the only one that has the headings."""
    header: int | None = None
    """The row with the headings; None: the first that has those which are needed."""
    records: str | None = None
    """Where in a JSON document the rows are."""
    language: str | None = None
    """Of dates and words in the table; None: the programme's. The same for the next two."""
    date_order: DateOrder | None = None
    fiscal_year: str | None = None
    decimal: str | None = None
    """What parts decimals; None: as in the language."""
    none: tuple[str, ...] = ()
    """Texts that say nothing; one that ends in * is the beginning of such a text."""
    vanished: Vanished = Vanished.TELL
    cited_as: CitedAs | None = None
    measure: Mapping[str, Origin] = attrs.field(factory=dict, hash=False)
    """By the names of `MeasureSaid`; empty: all is in one measure, called as the sheet."""
    milestones: tuple[Moment, ...]


class UnknownMapping(BetatechError, LookupError):  # noqa: N818  the name says what it is
    """A name that no shipped mapping has; the message names the nearest."""


# --- what users call ------------------------------------------------------------------------------

MAPPINGS = (
    "calendar",
    "italy-pnrr",
    "list",
    "ogp-commitments",
    "tweede-kamer-toezegging",
    "uk-major-projects",
)
"""The names of the mappings that come with the package."""


def load_mapping(path_or_name: str | os.PathLike[str]) -> TableMapping:
    """Read a mapping from a file, or one that comes with the package by its name.

    Raises `InvalidData` with every problem found, `UnknownMapping`, or the `OSError` of a file that
    cannot be read.
    """
    file = Path(path_or_name)
    if str(path_or_name) in MAPPINGS:
        file = Path(__file__).parent / "mappings" / f"{path_or_name}.toml"
    elif not file.suffix and file.name == str(path_or_name) and not file.exists():
        known = did_you_mean(file.name, MAPPINGS) or f"; there are {', '.join(MAPPINGS)}"
        raise UnknownMapping(f'no mapping is called "{file.name}"{known}')
    return loads_mapping(file.read_bytes(), path=str(path_or_name))


def loads_mapping(text: str | bytes, *, path: str = "<text>") -> TableMapping:
    """Read a mapping from TOML text; `path` is what its findings call the place.

    Raises `InvalidData` with every problem found.
    """
    document, read = parsed(text, path)
    context = Context(lines=table_lines(read))
    with few_suggestions():
        found = read_keys(document, _DOCUMENT, (), context)
    if context.noted:
        raise InvalidData(findings_of(context, read, path))
    return TableMapping(
        path=path,
        **found.get("table", {}),
        cited_as=found.get("source"),
        measure=found.get("measure", {}),
        milestones=found["milestone"],
    )


# --- one key of the file --------------------------------------------------------------------------

_HEADING = re.compile(r"\{([^{}]*)\}")


def pattern(written: str) -> Pattern:
    """Return what a text of a mapping stands for: a heading, or a template of headings.

    >>> pattern("{Codice} {Sequenza}").headings
    ('Codice', 'Sequenza')
    """
    if "{" not in written and "}" not in written:
        return Pattern(("", written, ""))
    parts = tuple(_HEADING.split(written))
    if any("{" in part or "}" in part for part in parts[::2]):
        message = f"{values.shown(written)} has a brace without its other; write {{Heading}}"
        raise BadValue(rules.WRONG_TYPE, message)
    if not all(part.strip() for part in parts[1::2]):
        message = f"{values.shown(written)} has braces without a heading; write {{Heading}}"
        raise BadValue(rules.WRONG_TYPE, message)
    return Pattern(parts)


def _patterns(value: Any, at: KeyPath, _context: Context) -> tuple[Pattern, ...]:
    alternatives = value if isinstance(value, list) else [value]
    if not alternatives or not all(isinstance(one, str) and one.strip() for one in alternatives):
        right = f'write the heading of a column, {at[-1]} = "Heading", or several that it may have'
        raise BadValue(rules.WRONG_TYPE, f"{values.shown(value)} is no heading; {right}")
    return tuple(pattern(values.line(one)) for one in alternatives)


def _switch(value: Any, _at: KeyPath, _context: Context) -> bool:
    if not isinstance(value, bool):
        message = f"{values.shown(value)} is neither; write true, or leave the key out"
        raise BadValue(rules.WRONG_TYPE, message)
    return value


def _separator(value: Any, _at: KeyPath, _context: Context) -> str:
    if not isinstance(value, str) or not value:
        message = f'{values.shown(value)} parts nothing; write what stands between two, as ";"'
        raise BadValue(rules.WRONG_TYPE, message)
    return value


Check = Callable[[object], str]
"""Returns a word of ours, or raises `BadValue` with what would be right."""


def _words(check: Check) -> Reader:
    def read(value: Any, at: KeyPath, context: Context) -> Mapping[str, str]:
        if not isinstance(value, dict) or not value:
            message = f'{values.shown(value)} is no table; write {{ "their word" = "our word" }}'
            raise BadValue(rules.WRONG_TYPE, message)
        found: dict[str, str] = {}
        for theirs, ours in value.items():
            try:
                found[theirs] = check(ours)
            except BadValue as error:
                message = f"words: {values.shown(theirs)}: {error}"
                context.note((*at, theirs), error.rule, message)
        return found

    return read


def origin(check: Check = values.prose) -> Reader:
    """Where a key comes from: a heading, a template, alternatives of these, or a table with more.

    `check` is what a fixed value, and the words of the table in our words, have to pass.
    """
    keys: Keys = {
        "from": Key(_patterns, '"Heading"', unless="always"),
        "always": optional(scalar(check)),
        "words": optional(_words(check)),
        "split": optional(_separator),
        "optional": optional(_switch),
    }

    in_full = record(_origin, keys)

    def read(value: Any, at: KeyPath, context: Context) -> Any:
        if isinstance(value, dict):
            return in_full(value, at, context)
        return Origin(patterns=_patterns(value, at, context))

    return read


def _origin(**found: Any) -> Origin:
    return Origin(patterns=found.pop("from", ()), **found)


class Outcome(enum.StrEnum):
    """What a cell can say of how it stands with a milestone."""

    MET = Status.MET.value
    DROPPED = Status.DROPPED.value
    UNDER_WAY = Found.UNDER_WAY.value
    PARTLY = Found.PARTLY.value
    NOT_DONE = Found.NOT_DONE.value
    NOTHING = Found.NOTHING.value
    OPEN = "open"
    """Nothing: that is how every promise begins."""


def _outcome(value: object) -> str:
    return values.word(value, Outcome)


def _commitment(value: object) -> str:
    return values.word(value, Commitment)


# --- the file -------------------------------------------------------------------------------------


def _texts(value: Any, at: KeyPath, _context: Context) -> tuple[str, ...]:
    several = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) and one.strip() for one in several):
        message = f'{values.shown(value)} is no text; write {at[-1]} = "…", or several in brackets'
        raise BadValue(rules.WRONG_TYPE, message)
    return tuple(several)


def _nones(value: Any, at: KeyPath, context: Context) -> tuple[str, ...]:
    texts = _texts(value, at, context)
    if "*" in texts:
        raise BadValue(rules.WRONG_TYPE, '"*" would be every text; write how they begin, as "tbd*"')
    return tuple(map(bare, texts))


def _language(value: object) -> str:
    """A language whose dates can be read; without it, the programme's is tried."""
    tag = values.language(value)
    if tag not in LANGUAGES:
        hint = did_you_mean(tag, LANGUAGES) or f"; use one of {', '.join(LANGUAGES)}"
        raise BadValue(rules.BAD_LANGUAGE, f'dates are not read in "{tag}"{hint}')
    return tag


def _decimal(value: object) -> str:
    if not isinstance(value, str) or value not in {",", "."}:
        raise BadValue(
            rules.WRONG_TYPE, f'{values.shown(value)} parts no decimals; write "," or "."'
        )
    return str(value)


_TABLE: Keys = {
    "sheet": optional(_texts),
    "header": optional(scalar(values.whole)),
    "records": optional(scalar(values.line)),
    "language": optional(scalar(_language)),
    "date_order": optional(one_of(DateOrder)),
    "fiscal_year": optional(scalar(values.month_and_day)),
    "decimal": optional(scalar(_decimal)),
    "none": optional(_nones),
    "vanished": optional(one_of(Vanished)),
}
_SOURCE: Keys = {
    "id": required(scalar(values.identifier), '"short-name"'),
    "title": required(scalar(values.line), '"…"'),
    "kind": optional(one_of(SourceKind)),
    "by": optional(scalar(values.line)),
    "url": optional(scalar(values.url)),
}
_MEASURE: Keys = {
    "id": optional(origin()),
    "code": optional(origin()),
    "title": optional(origin()),
    "summary": optional(origin()),
    "cluster": optional(origin()),
    "sectors": optional(origin()),
    "bodies": optional(origin()),
    "locator": optional(origin()),
}
_READING: Keys = {
    "value": required(origin(), '"Heading"'),
    "on": required(origin(), '"Heading"'),
    "kind": optional(one_of(ReadingKind)),
}


def _reading(value: Any, at: KeyPath, context: Context) -> dict[str, Any]:
    return read_keys(value, _READING, at, context)


_MILESTONE: Keys = {
    "id": optional(origin()),
    "title": required(origin(), '"Heading"'),
    "code": optional(origin()),
    "summary": optional(origin()),
    "note": optional(origin()),
    "kind": optional(origin(values.identifier)),
    "commitment": optional(origin(_commitment)),
    "due": optional(origin()),
    "locator": optional(origin()),
    "bodies": optional(origin()),
    "unit": optional(origin()),
    "goal": optional(origin()),
    "baseline": optional(origin()),
    "reading": optional(_reading),
    "outcome": optional(origin(_outcome)),
    "on": optional(origin()),
    "reason": optional(origin()),
    "says": optional(origin()),
    "in_several_measures": optional(_switch),
}


def _table(value: Any, at: KeyPath, context: Context) -> dict[str, Any]:
    found = read_keys(value, _TABLE, at, context)
    found["sheets"] = found.pop("sheet", ())
    return found


def _measure(value: Any, at: KeyPath, context: Context) -> Mapping[str, Origin]:
    before = context.noted
    found = read_keys(value, _MEASURE, at, context)
    if context.noted == before and found.keys().isdisjoint({"id", "title"}):
        message = f'{header(at)} lacks id; add id = "Heading", or leave the table out'
        context.note(at, rules.MISSING_KEY, message)
    return found


def _milestones(value: Any, at: KeyPath, context: Context) -> tuple[Moment, ...]:
    written = tables(value, at, context)
    if not written:
        raise BadValue(rules.MISSING_KEY, 'is empty; write [[milestone]] and title = "Heading"')
    return tuple(_moment(one, (*at, index), context) for index, one in enumerate(written))


def _moment(value: Any, at: KeyPath, context: Context) -> Moment:
    try:
        found = read_keys(value, _MILESTONE, at, context)
    except BadValue as error:
        context.note(at, error.rule, str(error))
        return Moment(keys={})
    for key in ("goal", "baseline", "reading"):
        if key in found and "unit" not in value:
            message = f'{header(at)} has {key} and no unit; add unit = "Heading"'
            context.note((*at, key), rules.MISSING_KEY, message)
    reading = found.pop("reading", {})
    is_shared = found.pop("in_several_measures", False)
    kind = reading.pop("kind", ReadingKind.REACHED)
    numbers = {f"reading.{key}": one for key, one in reading.items()}
    return Moment(keys=found | numbers, reading=kind, in_several_measures=is_shared)


_DOCUMENT: Keys = {
    "table": optional(_table),
    "source": optional(record(CitedAs, _SOURCE)),
    "measure": optional(_measure),
    "milestone": required(_milestones, '[{ title = "Heading" }]'),
}
