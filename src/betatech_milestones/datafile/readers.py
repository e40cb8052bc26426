"""One TOML value to one value of the model, or what is wrong with it and what would be right.

A reader takes a value, the path to it and the context in which problems are noted. A value that
cannot be read raises `BadValue`; a table notes the problem of each of its keys and goes on.
"""

import datetime as dt
import enum
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import attrs

from betatech_milestones.language import lexicon, spoken
from betatech_milestones.model import rules, values
from betatech_milestones.model.conventions import NO_CONVENTIONS, Conventions
from betatech_milestones.model.dates import PolicyDate, of_day, told_by
from betatech_milestones.model.errors import BadValue, did_you_mean
from betatech_milestones.model.findings import MOST_FINDINGS, KeyPath, Problem
from betatech_milestones.model.records import Texts
from betatech_milestones.model.rules import Rule
from betatech_milestones.model.values import shown
from betatech_milestones.model.words import tells_time


class NotedError(ValueError):
    """A value that cannot be read, whose problems are in the context already."""


class StoppedError(Exception):
    """The first problem, where no more is asked than whether there is one."""


@attrs.define(eq=False, repr=False)
class Context:
    """What is known while a document is read."""

    lines: Mapping[KeyPath, int]
    problems: list[Problem] = attrs.Factory(list)
    """The first of them."""
    noted: int = 0
    """How many there are in all."""
    records: dict[str, dict[str, Any]] = attrs.Factory(dict)
    """Those that others refer to, by table and id; a table that cannot be read has none."""
    _left_out: defaultdict[KeyPath, list[int]] = attrs.field(factory=lambda: defaultdict(list))
    """By array, of each element that no record stands in for: how many before it have one."""
    conventions: Conventions = NO_CONVENTIONS
    """How the programme writes its dates."""
    language: str | None = None
    """The programme's own, in which every text is needed; None while it is not known."""
    stops: bool = False
    """Whether the first problem ends the reading."""

    def note(self, at: KeyPath, rule: Rule, message: str) -> None:
        """Put down a problem; of very many, only that there is one more."""
        if self.stops:
            raise StoppedError
        self.noted += 1
        if self.noted <= MOST_FINDINGS:
            self.problems.append(Problem(at, rule, message))

    def leave_out(self, array: KeyPath, index: int) -> None:
        """Put down that no record stands in for the element of an array, which cannot be read."""
        before = self._left_out[array]
        before.append(index - len(before))

    def as_written(self, at: KeyPath) -> KeyPath:
        """Return the path in the document of what is at a path in the records."""
        written: KeyPath = ()
        for part in at:
            if isinstance(part, int):
                part += bisect_right(self._left_out.get(written, ()), part)  # noqa: PLW2901
            written = (*written, part)
        return written


Reader = Callable[[Any, KeyPath, Context], Any]


class Key(NamedTuple):
    """How the value of a key is read, and what to add where a required one is absent."""

    read: Reader
    example: str | None = None
    unless: str | None = None
    """The key that may stand in its place; never both."""


def required(read: Reader, example: str, *, unless: str | None = None) -> Key:
    """A key that a table must have, and an example of its value."""
    return Key(read, example, unless)


def optional(read: Reader) -> Key:
    """A key that a table may leave out."""
    return Key(read)


Keys = Mapping[str, Key]

# --- tables ---------------------------------------------------------------------------------------


def read_keys(value: Any, keys: Keys, at: KeyPath, context: Context) -> dict[str, Any]:
    """Return the values of a table that can be read, and note a problem for each of the others."""
    if not isinstance(value, dict):
        raise BadValue(rules.WRONG_TYPE, f"{shown(value)} is no table; write {header(at)}")
    found = {}
    for name, key in keys.items():
        if name in value:
            if key.unless is not None and key.unless in value:
                message = f"{header(at)} has both {name} and {key.unless}; keep {key.unless} alone"
                context.note((*at, name), rules.DUPLICATE_KEY, message)
            try:
                found[name] = key.read(value[name], (*at, name), context)
            except BadValue as error:
                context.note((*at, name), error.rule, f"{name}: {error}")
            except NotedError:
                continue
        elif key.example is not None and key.unless not in value:
            message = f"{header(at)} lacks {name}; add {name} = {key.example}"
            context.note(at, rules.MISSING_KEY, message)
    if not value.keys() <= keys.keys():
        _note_unknown(value, keys, at, context)
    return found


def _note_unknown(names: Iterable[str], keys: Keys, at: KeyPath, context: Context) -> None:
    for name in names:
        if name not in keys:
            known = did_you_mean(name, keys) or f"; its keys are {', '.join(keys)}"
            message = f"{header(at)} has no key {shown(name)}{known}"
            context.note((*at, name), rules.UNKNOWN_KEY, message)


def record(make: Callable[..., Any], keys: Keys) -> Reader:
    """A table that becomes one record whose fields are its keys."""

    def read(value: Any, at: KeyPath, context: Context) -> Any:
        before = context.noted
        found = read_keys(value, keys, at, context)
        if context.noted > before or len(found) < len(value):
            for name, key in keys.items():
                if name not in found and (
                    name in value or (key.example is not None and key.unless not in value)
                ):
                    raise NotedError
        return make(**found)

    return read


def each(read_item: Reader) -> Reader:
    """An array of tables; those that cannot be read are left out."""

    def read(value: Any, at: KeyPath, context: Context) -> tuple[Any, ...]:
        found = []
        for index, item in enumerate(tables(value, at, context)):
            try:
                found.append(read_item(item, (*at, index), context))
            except BadValue as error:
                context.note((*at, index), error.rule, f"{at[-1]}: {error}")
                context.leave_out(at, index)
            except NotedError:
                context.leave_out(at, index)
        return tuple(found)

    return read


def tables(value: Any, at: KeyPath, _context: Context) -> list[Any]:
    """An array of tables, as they are."""
    return value if isinstance(value, list) else _array(value, header((*at, 0)))


def _array(value: Any, right: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadValue(rules.WRONG_TYPE, f"{shown(value)} is no array; write {right}")
    return value


# --- values ---------------------------------------------------------------------------------------


def scalar(read_value: Callable[[object], Any]) -> Reader:
    """A value that is read in the same way wherever it stands."""
    return lambda value, _at, _context: read_value(value)


def one_of(words: type[enum.StrEnum]) -> Reader:
    """One of a fixed list of words."""
    known = {word.value: word for word in words}

    def read(value: Any, _at: KeyPath, _context: Context) -> enum.StrEnum:
        if isinstance(value, str) and value in known:
            return known[value]
        return values.word(value, words)

    return read


def years(value: Any, _at: KeyPath, _context: Context) -> tuple[int, int]:
    """The first and the last year of a period."""
    match [values.whole(year) for year in _array(value, _YEARS)]:
        case [first, last]:
            return values.years(first, last)
    raise values.bad_years(value)


_YEARS = "the first and the last year, [2012, 2015]"


def policy_date(value: Any, at: KeyPath, context: Context) -> PolicyDate:
    """A date in any of the forms of `docs/dates.md`, or a table of words and their reading."""
    if type(value) is dt.date:
        return of_day(value)
    if isinstance(value, dict):
        date: PolicyDate = _read_date(value, at, context)
        return _as_worded(date, context.conventions)
    if isinstance(value, int) and abs(value) > values.LARGEST:
        raise BadValue(rules.BAD_DATE, f"{shown(value)} is no year; write four digits")
    if isinstance(value, str | int | dt.date) and not isinstance(value, bool):
        return PolicyDate.parse(value, context.conventions)
    raise BadValue(rules.BAD_DATE, f'{shown(value)} is no date; write 2014-08-01 or "zomer 2014"')


def day_of_outcome(value: Any, at: KeyPath, context: Context) -> PolicyDate:
    """The same, where the words may be left out: no source names the day, and the editor does."""
    if isinstance(value, dict) and "words" not in value and "edtf" in value:
        found = read_keys(value, {"edtf": _DATE["edtf"]}, at, context)
        if "edtf" not in found:
            raise NotedError
        return PolicyDate(found["edtf"], words="")
    date = policy_date(value, at, context)
    own = spoken(context.language or "")
    if isinstance(value, dict) and not tells_time(date.words, lexicon(own)):
        remedy = f'edtf = "{date.edtf}" alone' if date.edtf else "no date"
        message = (
            f"{shown(date.words)} says nothing of when; write {remedy}, and these words in note"
        )
        raise BadValue(rules.WORDS_WITHOUT_DATE, message)
    return date


def _as_worded(date: PolicyDate, conventions: Conventions) -> PolicyDate:
    """Return a date with what its words say of how firm it is; refuse a reading that they belie."""
    plain = told_by(date.words, conventions)
    if plain is None:
        return date
    if date.edtf is None:
        message = f'"{date.words}" means {plain.edtf}, and is undated without edtf; '
        raise BadValue(rules.DATE_CONFLICT, f"{message}write the words alone, or add the edtf")
    if (plain.earliest, plain.latest) != (date.earliest, date.latest):
        raise BadValue(
            rules.DATE_CONFLICT,
            f'"{date.words}" means {plain.edtf}, and edtf says {date.edtf}; '
            "write the words alone, or mend the edtf",
        )
    if plain.hedge is None:
        return date
    return PolicyDate(
        date.edtf, words=date.words, translations=date.translations, hedge=plain.hedge
    )


def _as_read(*, words: Texts, edtf: str | None = None) -> PolicyDate:
    (_, own), *others = words.pairs
    return PolicyDate(edtf, words=own, translations=others)


_MOST_LANGUAGES = 40
"""Of a text; each is one of pages and feeds, too. The European Union has 24."""


def texts(read_value: Callable[[object], str]) -> Reader:
    """A text per language, the programme's own among them and put first."""

    def read(value: Any, at: KeyPath, context: Context) -> Texts:
        own = context.language
        if isinstance(value, str):
            return Texts(((own or "", read_value(value)),))
        if not isinstance(value, dict):
            message = f'{shown(value)} is no text; write {at[-1]} = "…"'
            raise BadValue(rules.WRONG_TYPE, message)
        if len(value) > _MOST_LANGUAGES:
            message = f"has {len(value):,} languages; write no more than {_MOST_LANGUAGES}"
            raise BadValue(rules.BAD_LANGUAGE, message)
        pairs = []
        for tag, written in value.items():
            try:
                pairs.append((values.language(tag), read_value(written)))
            except BadValue as error:
                name = tag if values.is_language(tag) else shown(tag)
                context.note((*at, tag), error.rule, f"{at[-1]}.{name}: {error}")
        if own is not None and own not in value:
            message = f'has no text in the programme\'s language; add {own} = "…"'
            raise BadValue(rules.MISSING_LANGUAGE, message)
        if not pairs:
            raise NotedError
        if pairs[0][0] != own:
            pairs.sort(key=lambda pair: pair[0] != own)
        return Texts(tuple(pairs))

    return read


_DATE = {"words": required(texts(values.line), '"…"'), "edtf": optional(scalar(values.line))}
_read_date = record(_as_read, _DATE)


# --- references -----------------------------------------------------------------------------------


def reference(table: str) -> Reader:
    """The id of a record in another table: the record itself."""

    def read(value: Any, _at: KeyPath, context: Context) -> Any:
        if not isinstance(value, str):
            several = table == "source" and isinstance(value, list)
            remedy = "write sources = […] for several" if several else "put it between quotes"
            message = f"{shown(value)} is no id of a {table}; {remedy}"
            raise BadValue(rules.WRONG_TYPE, message)
        if table not in context.records:
            raise NotedError
        known = context.records[table]
        if value not in known:
            added = f"; add a [[{table}]] with this id, or name another"
            hint = did_you_mean(value, known) or added
            raise BadValue(rules.UNKNOWN[table], f"there is no {table} {shown(value)}{hint}")
        return known[value]

    return read


def references(table: str) -> Reader:
    """An array of ids of records in another table: those records."""
    return others(reference(table), f"id-of-a-{table}")


def others(read_item: Reader, example: str) -> Reader:
    """An array of ids of other things, of which few can be named in one place."""
    return several(read_item, example, most=_MOST_OTHERS)


def one_or_more(table: str) -> Reader:
    """The same, with at least one."""
    read_all = references(table)

    def read(value: Any, at: KeyPath, context: Context) -> tuple[Any, ...]:
        if value == []:
            message = f'names no {table}; write {at[-1]} = ["id-of-a-{table}"]'
            raise BadValue(rules.MISSING_KEY, message)
        found: tuple[Any, ...] = read_all(value, at, context)
        if len(found) < len(value):  # which of them was known first, nobody can tell
            raise NotedError
        return found

    return read


_MOST_OTHERS = 40
"""Named in one place; what is told of each names the others. The European Union has 27 members."""


def several(read_item: Reader, example: str, *, most: int | None = None) -> Reader:
    """An array of ids, each once."""

    def read(value: Any, at: KeyPath, context: Context) -> tuple[Any, ...]:
        found: dict[str, Any] = {}
        array = _array(value, f'{at[-1]} = ["{example}"]')
        if most is not None and len(array) > most:
            message = f"names {len(array):,}; name {most} at most, or one that stands for several"
            raise BadValue(rules.TOO_MANY, message)
        for index, item in enumerate(array):
            try:
                record = read_item(item, (*at, index), context)
            except BadValue as error:
                context.note((*at, index), error.rule, f"{at[-1]}: {error}")
                continue
            if item in found:
                message = f"{at[-1]}: {shown(item)} is named twice; name it once"
                context.note((*at, index), rules.DUPLICATE_ID, message)
            found[item] = record
        return tuple(found.values())

    return read


# --- for messages ---------------------------------------------------------------------------------


def header(at: KeyPath) -> str:
    """Return the TOML header of the table at a path: `[[measure.milestone]]`."""
    if not at:
        return "the file"
    name = ".".join(part for part in at if isinstance(part, str))
    return f"[[{name}]]" if isinstance(at[-1], int) else f"[{name}]"
