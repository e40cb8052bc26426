"""A programme as the text of a data file: in the order of the format, and only what is set.

A programme becomes the document that a TOML parser would give, and that becomes text. The loader
reads the document before it is written: what would not be read back as it is, is refused.
"""

import datetime as dt
import operator
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs

from betatech_milestones.datafile import consistency, readers
from betatech_milestones.datafile.files import replace
from betatech_milestones.datafile.format import REFERABLE, read_programme
from betatech_milestones.datafile.readers import Context, NotedError
from betatech_milestones.model.conventions import Period
from betatech_milestones.model.dates import NotADate, PolicyDate
from betatech_milestones.model.errors import BadValue, BetatechError
from betatech_milestones.model.findings import KeyPath
from betatech_milestones.model.records import (
    Body,
    Budget,
    Cluster,
    Dropped,
    Measure,
    Met,
    Milestone,
    News,
    Number,
    OwnKind,
    Programme,
    Publisher,
    Reading,
    Replaced,
    Revision,
    Sector,
    Snooze,
    Source,
    Texts,
    usual_commitment,
)
from betatech_milestones.model.values import shown
from betatech_milestones.model.vocabulary import ReadingKind, SourceKind

Keys = dict[str, Any]
"""The keys of a table and their values, as a TOML parser gives them."""


class CannotWrite(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """A programme that no data file can hold as it is; the message names the record."""


# --- what users call ------------------------------------------------------------------------------


def dumps(programme: Programme) -> str:
    """Return the TOML text of a programme, which reads back equal.

    Raises `CannotWrite` for what the format has no place for, or what its rules forbid.
    """
    document = _document(programme)
    _refuse_what_reads_otherwise(document, programme)
    text = "\n".join([_SCHEMA, *("\n".join(["", *lines]) for lines in _all_tables(document))])
    return f"{text}\n"


def dump(programme: Programme, path: str | os.PathLike[str]) -> None:
    """Write a programme to a file: whole, or not at all.

    Raises what `dumps` does, and the `OSError` of a file that cannot be written.
    """
    replace(Path(path), dumps(programme).encode())


_SCHEMA = "#:schema ./milestones.schema.json"


def _refuse_what_reads_otherwise(document: Keys, programme: Programme) -> None:
    context = Context(lines=_NoLines(), records={name: {} for name in REFERABLE})
    back = read_programme(document, programme.path, context)
    for problem in context.problems or consistency.problems(back):
        raise CannotWrite(f"{_named(document, problem.at)}: {problem.message}")
    if back != programme:
        where, value, other = difference(programme, back)
        raise CannotWrite(f"{where}: {told(value)} would be read back as {told(other)}")
    for at, text in _texts(document, ()):
        if (encodable := text.encode(errors="replace").decode()) != text:
            what = f"{_named(document, at)}: {shown(encodable)} has half a character at its ?"
            raise CannotWrite(f"{what}; write it in UTF-8")


class _NoLines(dict[KeyPath, int]):
    """Stands in for the lines of a text that is not there yet."""

    def __missing__(self, _: KeyPath) -> int:
        return 1


def _texts(value: Any, at: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    match value:
        case str():
            yield at, value
        case dict():
            for key, one in value.items():
                yield from _texts(one, (*at, key))
        case list():
            for index, one in enumerate(value):
                yield from _texts(one, (*at, index))


# --- from records to a document -------------------------------------------------------------------


def reading_context(programme: Programme) -> Context:
    """Return how the values of a programme are read."""
    return Context(lines={}, conventions=programme.conventions, language=programme.language)


def _document(programme: Programme) -> Keys:
    context = reading_context(programme)
    return {
        "programme": _set(
            id=programme.id,
            title=text_value(programme.title, context),
            language=programme.language,
            timezone=programme.timezone,
            fiscal_year=programme.fiscal_year,
            date_order=_word(programme.date_order),
            publisher=programme.publisher and _publisher(programme.publisher, context),
            licence=programme.licence,
            repository=programme.repository,
        ),
        **_set(
            **{key: _each(getattr(programme, field), context) for key, field in SHELVES.items()}
        ),
    }


def keys_of(record: Any, context: Context) -> Keys:
    """Return a record as a parsed data file has it, and only what is set."""
    return _KEYS[type(record)](record, context)


def _each(records: Iterable[Any], context: Context) -> list[Keys] | None:
    return [keys_of(record, context) for record in records] or None


def _set(**keys: Any) -> Keys:
    return {key: value for key, value in keys.items() if value is not None}


def _word(word: Any, unsaid: Any = None) -> str | None:
    """Return a word of a fixed list, unless the file says it by not having the key."""
    return None if word is None or word is unsaid else str(word)


def _ids(records: Iterable[Any] | None) -> list[str] | None:
    return None if records is None else [record.id for record in records]


def _id(record: Any) -> str | None:
    return None if record is None else record.id


def text_value(texts: Texts | None, context: Context) -> Any:
    """Return a text by language, or bare where it is in the programme's own alone."""
    if texts is None:
        return None
    by_language = dict(texts.pairs)
    return str(texts) if list(by_language) == [context.language] else by_language


def _cited(said: Any) -> Keys:
    if said.further_sources:
        return {"sources": _ids(said.sources)}
    return _set(source=_id(said.source))


_YEAR = re.compile(r"[1-9][0-9]{3}")


def _date(date: PolicyDate | None, context: Context) -> Any:
    """Return a date as a person writes it: bare where its words alone tell it."""
    if date is None:
        return None
    words, own = date.words, context.language or ""
    if not date.translations:
        if date.latest is not None and words == date.edtf == date.latest.isoformat():
            return date.latest
        if _tells(words, date, context):
            return int(words) if _YEAR.fullmatch(words) else words
    if not words:
        return _set(edtf=date.edtf)
    by_language = {own: words} | {tag: text for tag, text in date.translations if tag != own}
    return _set(words=by_language if len(by_language) > 1 else words, edtf=date.edtf)


def _tells(words: str, date: PolicyDate, context: Context) -> bool:
    try:
        return PolicyDate.parse(words, context.conventions) == date
    except NotADate:
        return False


def _commitment(milestone: Milestone, context: Context) -> str | None:
    """Return how firmly it was promised, unless its date says so by its words."""
    try:
        due = _date(milestone.due, context)
        read = None if due is None else readers.policy_date(due, ("due",), context)
    except (BadValue, NotedError):  # a date that cannot be written is told of later
        read = None
    return _word(milestone.commitment, usual_commitment(read))


def _publisher(publisher: Publisher, context: Context) -> Keys:
    name = text_value(publisher.name, context)
    return _set(name=name, url=publisher.url, contact=publisher.contact)


def _programme_period(period: Period, _: Context) -> Keys:
    return _set(
        name=period.name,
        also_called=list(period.also_called) or None,
        first=period.first,
        last=period.last,
    )


def _source(source: Source, context: Context) -> Keys:
    return _set(
        id=source.id,
        title=text_value(source.title, context),
        kind=_word(source.kind, SourceKind.OTHER),
        by=_id(source.by),
        reference=source.reference,
        published=_date(source.published, context),
        seen=source.seen,
        url=source.url,
        archived=source.archived,
    )


def _cluster(cluster: Cluster, context: Context) -> Keys:
    return _set(id=cluster.id, title=text_value(cluster.title, context), number=cluster.number)


def _titled(record: Sector | OwnKind, context: Context) -> Keys:
    return _set(id=record.id, title=text_value(record.title, context))


def _body(body: Body, context: Context) -> Keys:
    return _set(
        id=body.id, formerly=list(body.formerly) or None, name=text_value(body.name, context)
    )


def _budget(budget: Budget, context: Context) -> Keys:
    return _set(
        amount=budget.amount,
        currency=budget.currency,
        per=_word(budget.per),
        years=None if budget.years is None else list(budget.years),
        each=budget.each,
        source=_id(budget.source),
        note=text_value(budget.note, context),
    )


def _measure(measure: Measure, context: Context) -> Keys:
    return {
        **_set(
            id=measure.id,
            formerly=list(measure.formerly) or None,
            code=measure.code,
            title=text_value(measure.title, context),
            summary=text_value(measure.summary, context),
            cluster=_id(measure.cluster),
            sectors=_ids(measure.sectors) or None,
            bodies=_ids(measure.bodies) or None,
        ),
        **_cited(measure),
        **_set(
            locator=measure.locator,
            budget=_each(measure.budgets, context),
            milestone=_each(measure.milestones, context),
        ),
    }


def _milestone(milestone: Milestone, context: Context) -> Keys:
    return {
        **_set(
            id=milestone.id,
            formerly=_former_names(milestone) or None,
            code=milestone.code,
            title=text_value(milestone.title, context),
            summary=text_value(milestone.summary, context),
            kind=_word(milestone.kind),
            commitment=_commitment(milestone, context),
            due=_date(milestone.due, context),
        ),
        **({} if milestone.sources == milestone.measure.sources else _cited(milestone)),
        **_set(
            note=text_value(milestone.note, context),
            locator=own_locator(milestone),
            bodies=_ids(milestone.own_bodies),
            also=list(milestone.also) or None,
            corrected=text_value(milestone.corrected, context),
            revised=_each(milestone.revisions, context),
            news=_each(milestone.news, context),
            snoozed=None if milestone.snoozed is None else keys_of(milestone.snoozed, context),
            **{name: keys_of(one, context) for name, one in _endings(milestone)},
            number=None if milestone.number is None else keys_of(milestone.number, context),
        ),
    }


def _endings(milestone: Milestone) -> Iterator[tuple[str, Met | Dropped | Replaced]]:
    by_status = {str(outcome.status): outcome for outcome in milestone.outcomes}
    for name in ENDINGS:
        if name in by_status:
            yield name, by_status[name]


def own_locator(milestone: Milestone) -> str | None:
    """Return the place in its source, unless the measure has the same in the same source."""
    measure = milestone.measure
    inherited = measure.locator if milestone.source == measure.source else None
    return None if milestone.locator == inherited else milestone.locator


def _former_names(milestone: Milestone) -> list[str]:
    """Return its former ids as they stand in its measure.

    The loader pairs each of them with all ids that the measure has had, and so the present one.
    """
    measure, given = milestone.measure, list(milestone.formerly)
    homes = (*measure.formerly, measure.id)
    present = [f"{home}/{milestone.id}" for home in measure.formerly]
    if present and given[-len(present) :] == present:
        del given[-len(present) :]
    names = []
    while given:
        _, _, name = given[0].partition("/")
        if given[: len(homes)] == [f"{home}/{name}" for home in homes]:
            del given[: len(homes)]
        else:
            name = given.pop(0)
        names.append(name)
    return names


def _revision(revision: Revision, context: Context) -> Keys:
    usual = min(source.known_from for source in revision.sources)
    return {
        **_set(due=_date(revision.due, context), goal=revision.goal, bodies=_ids(revision.bodies)),
        **_cited(revision),
        **_set(
            announced=None if revision.announced == usual else revision.announced,
            reason=text_value(revision.reason, context),
            note=text_value(revision.note, context),
        ),
    }


def _news(news: News, context: Context) -> Keys:
    return {
        **_set(
            on=news.on,  # also where it is the day of its source, which may be mended
            found=_word(news.found),
            says=text_value(news.says, context),
            by=news.by,
        ),
        **_cited(news),
        **_set(note=text_value(news.note, context)),
    }


def _outcome(outcome: Met | Dropped | Replaced, context: Context) -> Keys:
    return {
        **_set(on=_date(outcome.on, context)),
        **_set(by=outcome.by if isinstance(outcome, Replaced) else None),
        **_cited(outcome),
        **_set(
            reason=None if isinstance(outcome, Met) else text_value(outcome.reason, context),
            note=text_value(outcome.note, context),
        ),
    }


def _snooze(snooze: Snooze, context: Context) -> Keys:
    return _set(
        until=snooze.until,
        since=snooze.since,
        by=snooze.by,
        reason=text_value(snooze.reason, context),
    )


def _number(number: Number, context: Context) -> Keys:
    return _set(
        unit=text_value(number.unit, context),
        goal=number.goal,
        baseline=number.baseline,
        reading=_each(number.readings, context),
    )


def _reading(reading: Reading, context: Context) -> Keys:
    return {
        **_set(
            on=_date(reading.on, context),
            value=reading.value,
            kind=_word(reading.kind, ReadingKind.REACHED),
        ),
        **_cited(reading),
        **_set(note=text_value(reading.note, context)),
    }


_KEYS: Mapping[type[Any], Callable[[Any, Context], Keys]] = {
    Publisher: _publisher,
    Period: _programme_period,
    Source: _source,
    Cluster: _cluster,
    Sector: _titled,
    Body: _body,
    OwnKind: _titled,
    Measure: _measure,
    Budget: _budget,
    Milestone: _milestone,
    Revision: _revision,
    News: _news,
    Met: _outcome,
    Dropped: _outcome,
    Replaced: _outcome,
    Snooze: _snooze,
    Number: _number,
    Reading: _reading,
}

# --- from a document to text ----------------------------------------------------------------------

SHELVES = {
    "period": "periods",
    "source": "sources",
    "cluster": "clusters",
    "sector": "sectors",
    "body": "bodies",
    "kind": "kinds",
    "measure": "measures",
}
"""The tables below `[programme]`, in their order, and the fields of a programme that hold them."""
ENDINGS = ("met", "dropped", "replaced")
BELOW_MILESTONE = ("revised", "news", "snoozed", *ENDINGS, "number")
"""The tables of a milestone, in their order."""
_SINGLE = frozenset({"programme", "snoozed", "number", *ENDINGS})
"""The tables of which there is one, where a key of the same name may hold another value."""
WIDTH = 100
"""How long a line gets before a text is given more of them."""


def _all_tables(document: Keys) -> Iterator[list[str]]:
    for name, value in document.items():
        yield from tables((name,), value)


def tables(path: tuple[str, ...], value: Any) -> Iterator[list[str]]:
    """Yield the lines of each table at a path: its header, its keys, and the tables below it.

    A text of several lines is one line here. One table or a list of them is the same.
    """
    header = ".".join(path)
    for keys in value if isinstance(value, list) else [value]:
        lines = [f"[[{header}]]" if isinstance(value, list) else f"[{header}]"]
        below = []
        for key, one in keys.items():
            if _is_section(key, one):
                below.append((key, one))
            else:
                lines += key_lines(key, one)
        yield lines
        for key, one in below:
            yield from tables((*path, key), one)


def _is_section(key: str, value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict)
    return isinstance(value, dict) and key in _SINGLE


def key_lines(key: str, value: Any) -> Iterator[str]:
    """Yield a key with its value: a text by language on one line, or on a line for each."""
    line = f"{key} = {inline(value)}"
    if isinstance(value, dict) and (len(line) > WIDTH or _has_lines(value)):
        yield from _dotted(key, value)
    else:
        yield f"{key} = {_in_lines(value)}" if _needs_lines(line, value) else line


def _dotted(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for below, one in value.items():
            yield from _dotted(f"{key}.{below}", one)
    else:
        yield from key_lines(key, value)


def _needs_lines(line: str, value: Any) -> bool:
    if not isinstance(value, str):
        return False
    return "\n" in value or (len(line) > WIDTH and _BREAK.search(value) is not None)


def inline(value: Any) -> str:
    """Return a value on one line."""
    match value:
        case str():
            return f'"{value.translate(_ESCAPES)}"'
        case dict():
            return f"{{ {', '.join(f'{key} = {inline(one)}' for key, one in value.items())} }}"
        case list():
            return f"[{', '.join(map(inline, value))}]"
        case Decimal():
            positive = value.copy_abs()  # -0
            written = f"{positive:f}" if "E+" in str(positive) else str(positive)
            return inline(int(written)) if written.isdecimal() else written
        case dt.date():
            return value.isoformat()
    return f"{value:_}" if value >= _LARGE else str(value)


_LARGE = 10_000
"""From here on, a person parts the thousands."""
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_ESCAPES_IN_LINES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\r": "\\r"})
_CLOSING = re.compile(r'"(?=""|\Z)')
_BREAK = re.compile(r"(?<=\S) (?=\S)")


def _has_lines(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_lines, value.values()))
    return isinstance(value, str) and "\n" in value


def _in_lines(text: str) -> str:
    """Return a text on several lines, broken at spaces; white space at their ends is kept."""
    indent = "" if "\n" in text else "  "
    escaped = _CLOSING.sub(r'\\"', text.translate(_ESCAPES_IN_LINES))
    lines = [
        " \\\n".join(f"{indent}{part}" for part in _filled(line, WIDTH - len(indent) - 3))
        for line in escaped.replace(" \n", "\\u0020\n").split("\n")
    ]
    begin = '"""' if "\n" in text else '"""\\'
    return "\n".join([begin, *lines]) + '"""'


def _filled(text: str, width: int) -> Iterator[str]:
    """Yield a text in lines of at most a width, where its words allow for it."""
    line, *words = _BREAK.split(text)
    for word in words:
        if len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}"
    yield line


# --- for messages ---------------------------------------------------------------------------------


def _named(document: Any, at: KeyPath) -> str:
    """Return which record of a document a path leads to."""
    names, sort = [], "programme"
    for part in at:
        document = document.get(part) if isinstance(document, dict) else document[part]
        if isinstance(part, str):
            sort = part
            if isinstance(document, dict) and part in _SINGLE:
                names.append(part)
        elif isinstance(document, dict):
            own = document.get("id", document.get("name"))
            names.append(f'{sort} "{own}"' if isinstance(own, str) else f"{sort} {part + 1}")
    return ", ".join(names) or "the programme"


def difference(
    one: Any, other: Any, name: str = "", *, same: Callable[[Any, Any], bool] = operator.eq
) -> tuple[str, Any, Any]:
    """Return the first thing in which two values differ: where it is, and both of it."""
    if type(one) is type(other) and isinstance(one, RECORDS):
        fields = (field.name for field in attrs.fields(type(one)) if field.eq)
        field = next(name for name in fields if not same(getattr(one, name), getattr(other, name)))
        pair = getattr(one, field), getattr(other, field)
        where, was, now = difference(*pair, key_of(one, field), same=same)
        own = _called(name, one)
        return f"{own}, {where}" if own else where, was, now
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        pair = next(pair for pair in zip(one, other, strict=True) if not same(*pair))
        return difference(*pair, name, same=same)
    return name, one, other


def key_of(record: Any, field: str) -> str:
    """Return the key under which a file has a field of a record."""
    if isinstance(record, Programme):
        return next((key for key, name in SHELVES.items() if name == field), field)
    return _KEY_OF.get(field, field)


def _called(name: str, record: Any) -> str:
    if isinstance(record, Programme):
        return ""
    own = getattr(record, "id", getattr(record, "name", None))
    return name if own is None else f'{name} "{own}"'


def told(value: Any) -> str:
    """Return a value of a record for a message."""
    match value:
        case None | ():
            return "nothing"
        case Texts():
            return shown(dict(value.pairs))
        case tuple():
            return f"[{', '.join(map(told, value))}]"
        case PolicyDate():
            return shown(value.words or value.edtf)
    if isinstance(value, RECORDS):
        own = getattr(value, "id", None)
        return "a table" if own is None else shown(own)
    return shown(str(value))


RECORDS: tuple[type[Any], ...] = (Programme, *_KEYS)
_KEY_OF = {
    "milestones": "milestone",
    "budgets": "budget",
    "own_bodies": "bodies",
    "further_sources": "sources",
    "revisions": "revised",
    "outcomes": "outcome",
    "readings": "reading",
}
