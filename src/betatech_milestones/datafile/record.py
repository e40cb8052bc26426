"""What happened to a milestone, added to the text of its file: nothing that stood there changes.

An entry names its milestone and its sources by their ids. Once it fits what is known already it
becomes a record of the programme, and `extend` puts that in the text.
"""

import datetime as dt
import os
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import attrs
from attrs.converters import optional

from betatech_milestones.datafile.edit import refuse_changed
from betatech_milestones.datafile.excerpt import excerpt
from betatech_milestones.datafile.extend import CannotExtend, extended
from betatech_milestones.datafile.files import editing, replace
from betatech_milestones.datafile.lines import key_lines
from betatech_milestones.datafile.load import loads
from betatech_milestones.model import values
from betatech_milestones.model.dates import PolicyDate, day, policy_date
from betatech_milestones.model.errors import BadValue, BetatechError, UnknownId, did_you_mean
from betatech_milestones.model.findings import KeyPath, Location
from betatech_milestones.model.records import (
    Body,
    Dropped,
    Met,
    Milestone,
    News,
    Outcome,
    Programme,
    Reading,
    Replaced,
    Revision,
    Source,
    Texts,
    as_texts,
    trusted,
)
from betatech_milestones.model.vocabulary import Found, ReadingKind, SourceKind

# --- what can be recorded -------------------------------------------------------------------------


def _found(value: object) -> Found:
    return values.word(value, Found)


def _source_kind(value: object) -> SourceKind:
    return values.word(value, SourceKind)


def _reading_kind(value: object) -> ReadingKind:
    return values.word(value, ReadingKind)


@attrs.frozen(kw_only=True)
class SourceEntry:
    """A document that says so: it is cited where the file has it already, and else added.

    The file has it where it has a source with its address, or with its title and its day. Like a
    `Source` it needs the day on which it appeared or, where it bears none, that on which it was
    read.
    """

    title: Texts | str
    """A bare text is in the programme's own language."""
    kind: SourceKind = attrs.field(default=SourceKind.OTHER, converter=_source_kind)
    by: str | None = None
    """The id of the body that wrote it."""
    reference: str | None = None
    published: PolicyDate | None = attrs.field(default=None, converter=optional(policy_date))
    seen: dt.date | None = attrs.field(default=None, converter=optional(day))
    url: str | None = None
    archived: str | None = None
    id: str | None = None
    """None: made of its kind, or else its title, and its day."""


Cited = str | SourceEntry
"""A source, by its id, or the document that it is."""


@attrs.frozen(kw_only=True)
class MetEntry:
    """The promise was kept: when, and the sources that say so."""

    on: PolicyDate | None = attrs.field(default=None, converter=optional(policy_date))
    """None where no source tells the day."""
    source: Cited
    further_sources: tuple[Cited, ...] = ()


@attrs.frozen(kw_only=True)
class DroppedEntry:
    """The promise was withdrawn: when, why, and the sources that say so."""

    on: PolicyDate | None = attrs.field(default=None, converter=optional(policy_date))
    source: Cited
    further_sources: tuple[Cited, ...] = ()
    reason: Texts = attrs.field(converter=as_texts)


@attrs.frozen(kw_only=True)
class ReplacedEntry:
    """Something took the place of the promise: when, what, and the sources that say so."""

    on: PolicyDate | None = attrs.field(default=None, converter=optional(policy_date))
    by: str | None = None
    """The full id of the milestone that did; None where it is no milestone."""
    source: Cited
    further_sources: tuple[Cited, ...] = ()
    reason: Texts | None = attrs.field(default=None, converter=optional(as_texts))


@attrs.frozen(kw_only=True)
class NewsEntry:
    """Somebody looked, or a source tells how far it is."""

    on: dt.date = attrs.field(converter=day)
    found: Found = attrs.field(default=Found.NOTHING, converter=_found)
    says: Texts | None = attrs.field(default=None, converter=optional(as_texts))
    by: str | None = None
    """Who looked; needed where nothing was found."""
    source: Cited | None = None
    """Needed where something was."""
    further_sources: tuple[Cited, ...] = ()


@attrs.frozen(kw_only=True)
class MovedEntry:
    """The promised date was moved: the new one, and the sources that move it."""

    due: PolicyDate = attrs.field(converter=policy_date)
    source: Cited
    further_sources: tuple[Cited, ...] = ()
    announced: dt.date | None = attrs.field(default=None, converter=optional(day))
    """None: the day on which the source was published."""
    reason: Texts | None = attrs.field(default=None, converter=optional(as_texts))


@attrs.frozen(kw_only=True)
class ReadingEntry:
    """A number of the milestone was reached, or is planned."""

    on: PolicyDate = attrs.field(converter=policy_date)
    value: int | Decimal
    kind: ReadingKind = attrs.field(default=ReadingKind.REACHED, converter=_reading_kind)
    source: Cited
    further_sources: tuple[Cited, ...] = ()


Entry = MetEntry | DroppedEntry | ReplacedEntry | MovedEntry | NewsEntry | ReadingEntry
Entries = Entry | Iterable[Entry] | Callable[[Programme], Iterable[Entry]]
"""What is to be recorded, or what makes that of the programme as the file has it."""


class CannotRecord(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """Something that does not fit what the file says already; the message has the remedy."""


class UnknownSource(CannotRecord):
    """A source that the file does not have; the message has what to put in it."""

    def __init__(self, wanted: str, programme: Programme) -> None:
        hint = did_you_mean(wanted, (source.id for source in programme.sources))
        self.wanted = wanted
        self.what: str = f'there is no source "{wanted}"{hint}'
        self.remedy: tuple[str, ...] = (
            f"put this in {programme.path} and fill it in:",
            "",
            "[[source]]",
            f'id = "{wanted}"',
            f'title = {{ {programme.language} = "…" }}',
            'kind = "letter"',
            "published = YYYY-MM-DD",
            'url = "https://…"',
            "",
            "A document without a date has seen = YYYY-MM-DD, when you read it, for published.",
        )
        super().__init__("\n".join((f"{self.what}\nTo add it, {self.remedy[0]}", *self.remedy[1:])))


@attrs.frozen(kw_only=True)
class Recording:
    """The text of a file with entries in it, and where they begin."""

    before: str = attrs.field(repr=False)
    """The text without them."""
    text: str = attrs.field(repr=False)
    entries: tuple[Entry, ...]
    """What was added to each of the milestones."""
    locations: tuple[Location, ...]
    """Of each entry: those of the first milestone first."""
    added: Mapping[str, Location] = attrs.field(factory=dict)
    """The ids of the documents that are sources now, and where they stand."""
    found: Mapping[str, Location] = attrs.field(factory=dict)
    """The same of the documents that were sources before."""

    @property
    def patch(self) -> str:
        """What changes, as `diff -u` tells it."""
        import difflib

        path = self.locations[0].path
        old, new = (text.splitlines(keepends=True) for text in (self.before, self.text))
        # A long file is compared only around what changes.
        same = _alike(old, new)
        below = max(0, _alike(old[same:][::-1], new[same:][::-1]) - _COMPARED_LINES)
        above = max(0, same - _COMPARED_LINES)
        old, new = (lines[above : len(lines) - below] for lines in (old, new))
        lines = difflib.unified_diff(old, new, path, path)
        return "".join(_ended(_shifted(line, above)) for line in lines)


_COMPARED_LINES = 20


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines two texts begin with that are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _shifted(line: str, lines: int) -> str:
    """Return a line of a patch as it is where lines before it were left out."""
    if not line.startswith("@@"):
        return line
    return re.sub(r"(?<=[-+])\d+", lambda number: str(int(number[0]) + lines), line)


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


# --- what users call ------------------------------------------------------------------------------


def record(
    path: str | os.PathLike[str],
    milestones: str | Iterable[str],
    entries: Entries,
    *,
    dry_run: bool = False,
    wait_seconds: float = 10,
) -> Recording:
    """Add entries to milestones, by their full ids, in a data file: all of them, or none.

    Each entry is added to each of the milestones. Whoever records in the same file meanwhile waits,
    and so does this. Raises what `with_entries` does, `Locked` where another went on for too long
    or an editor saved meanwhile, and the `OSError` of a file that cannot be read or written; the
    file is then as it was, and so it is after a `dry_run`.
    """
    with editing(Path(path), wait_seconds=wait_seconds) as file:
        content = file.read_bytes()
        before = loads(content, path=str(path))
        recording = _recording(content.decode(), before, milestones, entries)
        refuse_changed(file, content, path=path)
        if not dry_run:
            replace(file, recording.text.encode())
    return recording


def with_entries(
    text: str,
    milestones: str | Iterable[str],
    entries: Entries,
    *,
    path: str = "<text>",
) -> Recording:
    """Return the TOML text of a programme with entries added to milestones, by their full ids.

    Whatever stood in the text still does, byte for byte. Raises `InvalidData` where the text has
    problems, or would have with the entries; `UnknownId` where it has no such milestone, or no such
    body; and `CannotRecord` where an entry does not fit what is known of it.
    """
    return _recording(text, loads(text, path=path), milestones, entries)


def _recording(
    text: str,
    before: Programme,
    milestones: str | Iterable[str],
    entries: Entries,
) -> Recording:
    path, named = before.path, values.ids(milestones)
    for milestone, times in Counter(named).items():
        milestone_of(before, milestone)
        if times > 1:
            raise CannotRecord(f"{milestone} is named twice; name it once")
    if callable(entries):
        entries = entries(before)
    said = (entries,) if isinstance(entries, Entry) else tuple(entries)
    after, sources = before, []
    for entry in said:
        after, cited = _cited(after, entry)
        sources.append(cited)
    places = []
    for milestone in named:
        for entry, cited in zip(said, sources, strict=True):
            after, place = _with(after, milestone, entry, cited, text)
            places.append(place)
    if not places:
        raise CannotRecord("there is nothing to record; name a milestone, and what happened to it")
    written = _written(text, before, after)
    part = excerpt(written, len(after.measures), places)
    lines = key_lines(part.text)
    documents = {
        source.id: Location(path=path, line=part.line(lines["source", index]))
        for index, source in enumerate(after.sources)
        for entry, cited in zip(said, sources, strict=True)
        if source in _documents(entry, cited)
    }
    known = {source.id for source in before.sources}
    return Recording(
        before=text,
        text=written,
        entries=said,
        locations=tuple(
            Location(path=path, line=part.line(lines[part.path(place)])) for place in places
        ),
        added={name: place for name, place in documents.items() if name not in known},
        found={name: place for name, place in documents.items() if name in known},
    )


def _written(text: str, before: Programme, after: Programme) -> str:
    try:
        return extended(text, after, path=before.path, before=before)
    except CannotExtend as error:
        raise CannotRecord(str(error)) from None


# --- the sources that say so ----------------------------------------------------------------------


def _cited(programme: Programme, entry: Entry) -> tuple[Programme, tuple[Source, ...]]:
    """Return the sources that an entry cites, and the programme that has them all."""
    found = []
    for cited in _named(entry):
        source = source_of(programme, cited)
        if source not in programme.sources:
            programme = attrs.evolve(programme, sources=(*programme.sources, source))
        found.append(source)
    return programme, tuple(found)


def _named(entry: Entry) -> tuple[Cited, ...]:
    return () if entry.source is None else (entry.source, *entry.further_sources)


def _documents(entry: Entry, sources: Iterable[Source]) -> Iterator[Source]:
    """Yield those of its sources that an entry described, and did not name."""
    for named, source in zip(_named(entry), sources, strict=True):
        if isinstance(named, SourceEntry):
            yield source


def source_of(programme: Programme, cited: Cited) -> Source:
    """Return the source of a programme that is cited, or the document as a source of its own."""
    if isinstance(cited, SourceEntry):
        document = _document(programme, cited)
        return next(filter(partial(_is_same, document), programme.sources), document)
    found = next((source for source in programme.sources if source.id == cited), None)
    if found is not None:
        return found
    try:
        values.identifier(cited)
    except BadValue as error:
        raise CannotRecord(f"source: {error}") from None
    raise UnknownSource(cited, programme)


def _document(programme: Programme, entry: SourceEntry) -> Source:
    """Return a document as a source, with an id that no other has."""
    title = entry.title if isinstance(entry.title, Texts) else {programme.language: entry.title}
    in_lines = {tag: values.line(text) for tag, text in as_texts(title).pairs}
    given = attrs.asdict(entry, recurse=False) | {"title": in_lines}
    if entry.by is not None:
        given["by"] = body_of(programme, entry.by)
    source = Source(**given | {"id": entry.id or "unnamed"})
    taken = {known.id: known for known in programme.sources}
    if entry.id is None:
        return attrs.evolve(source, id=_new_id(source, taken))
    if entry.id in taken and not _is_same(source, taken[entry.id]):
        raise CannotRecord(
            f'there is a source "{entry.id}" already, "{taken[entry.id].title}"; '
            "give this document another id, or leave its id out"
        )
    return source


def body_of(programme: Programme, wanted: str) -> Body:
    """Return a body by its id, or raise the `UnknownId` that tells the nearest."""
    known = {body.id: body for body in programme.bodies}
    if wanted in known:
        return known[wanted]
    hint = did_you_mean(wanted, known) or f"; there are: {', '.join(known) or 'none'}"
    raise UnknownId(f'no body "{wanted}"{hint}')


def _is_same(document: Source, known: Source) -> bool:
    """Whether two are one document: one address or one title, of one day.

    A page that was read again on another day may say something else, and is another source; so is
    the next edition of a register, at the address of the one before.
    """
    if document.url and known.url and document.url != known.url:
        return False
    is_one = document.url is not None and document.url == known.url
    titles = [" ".join(str(source.title).casefold().split()) for source in (document, known)]
    if not is_one and titles[0] != titles[1]:
        return False
    if document.known_from == known.known_from:
        return True
    is_written_over = SourceKind.REGISTER in (document.kind, known.kind)
    if is_one and not is_written_over and (document.published or known.published):
        raise CannotRecord(
            f'{document.url} is the address of source "{known.id}" already, and that is of '
            f"{known.known_from}, not {document.known_from}; cite it, or mend the day"
        )
    return False


_LONGEST_STEM = 40
"""Of the part of an id that stands for a title: a few words, and the day fits behind it."""
_PLAIN_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")


def _new_id(source: Source, taken: Container[str]) -> str:
    """Return an id that tells what a source is, and of when: `letter-2015-05-26`."""
    stem = str(source.kind)
    # Editions of one register have a name of their own in common, and no other register has it.
    if source.kind in (SourceKind.OTHER, SourceKind.REGISTER):
        stem = values.slug(str(source.title), longest=_LONGEST_STEM) or "source"
    said = (source.published and source.published.edtf) or ""
    date = said if _PLAIN_DATE.fullmatch(said) else str(source.known_from)
    return values.free(f"{stem}-{date}", taken)


# --- whether it fits, and what it makes of the milestone ------------------------------------------


def _with(
    programme: Programme, full_id: str, entry: Entry, sources: tuple[Source, ...], text: str
) -> tuple[Programme, KeyPath]:
    """Return the programme with an entry in it, and the path to that."""
    index, number = _place(programme, full_id)
    milestone = programme.measures[index].milestones[number]
    at: KeyPath = ("measure", index, "milestone", number)
    _refuse(milestone, entry, sources, partial(_stands, text, programme.path, at))
    with trusted():  # what breaks a rule is told with the line at which it would
        changed, place = _changed(milestone, entry, sources)
        measure = programme.measures[index]
        milestones = _put(measure.milestones, number, changed)
        measures = _put(programme.measures, index, attrs.evolve(measure, milestones=milestones))
        return attrs.evolve(programme, measures=measures), (*at, *place)


_Item = TypeVar("_Item")


def _put(items: tuple[_Item, ...], index: int, item: _Item) -> tuple[_Item, ...]:
    return (*items[:index], item, *items[index + 1 :])


def milestone_of(programme: Programme, full_id: str) -> Milestone:
    """Return a milestone by its full id, or raise the `UnknownId` that tells the nearest."""
    index, number = _place(programme, full_id)
    return programme.measures[index].milestones[number]


def _place(programme: Programme, full_id: str) -> tuple[int, int]:
    """Return the place of a measure, and that of its milestone."""
    for index, measure in enumerate(programme.measures):
        for number, milestone in enumerate(measure.milestones):
            if milestone.full_id == full_id:
                return index, number
    for measure in programme.measures:
        if measure.id == full_id:
            those = ", ".join(milestone.full_id for milestone in measure.milestones) or "none yet"
            raise UnknownId(f'"{full_id}" is a measure; name a milestone of it: {those}')
    known = [milestone.full_id for milestone in programme.by_id]
    hint = did_you_mean(full_id, known) or "; name it as measure/milestone"
    raise UnknownId(f'no milestone "{full_id}"{hint}')


def _changed(
    milestone: Milestone, entry: Entry, sources: tuple[Source, ...]
) -> tuple[Milestone, KeyPath]:
    """Return a milestone with an entry, and the path to that from there."""
    source, *further = sources or (None,)
    given = {name: _tidy(value) for name, value in attrs.asdict(entry, recurse=False).items()}
    given |= {"source": source, "further_sources": tuple(further)}
    match entry:
        case MovedEntry():
            if entry.announced is None:
                del given["announced"]
            revisions = (*milestone.revisions, Revision(**given))
            return attrs.evolve(milestone, revisions=revisions), ("revised", len(revisions) - 1)
        case NewsEntry():
            news = (*milestone.news, News(**given))
            return attrs.evolve(milestone, news=news), ("news", len(news) - 1)
        case ReadingEntry():
            assert milestone.number, "others were refused"
            readings = (*milestone.number.readings, Reading(**given))
            number = attrs.evolve(milestone.number, readings=readings)
            where = ("number", "reading", len(readings) - 1)
            return attrs.evolve(milestone, number=number), where
    sort: type[Outcome] = _OUTCOMES[type(entry)]
    outcomes = (*milestone.outcomes, sort(**given))
    return attrs.evolve(milestone, outcomes=outcomes), (str(sort.status),)


def _tidy(value: Any) -> Any:
    """Return a text without the white space that reading the file takes off."""
    if isinstance(value, Texts):
        return Texts(tuple((tag, text.strip()) for tag, text in value.pairs))
    return " ".join(value.split()) if type(value) is str else value


_OUTCOMES: Mapping[type[Entry], type[Outcome]] = {
    MetEntry: Met,
    DroppedEntry: Dropped,
    ReplacedEntry: Replaced,
}

_Stands = Callable[..., Location]
"""Where in the file a key of the milestone stands, or the milestone itself."""


def _stands(text: str, path: str, at: KeyPath, *keys: str | int) -> Location:
    lines = key_lines(text)
    wanted = (*at, *keys)
    return Location(path=path, line=lines.get(wanted, lines[at]))


def _refuse(
    milestone: Milestone, entry: Entry, sources: tuple[Source, ...], stands: _Stands
) -> None:
    """Raise `CannotRecord` for what is known already, or can no longer be."""
    match entry:
        case ReadingEntry():
            _refuse_reading(milestone, entry, sources[0], stands)
        case NewsEntry():
            _refuse_news(milestone, entry, stands)
        case MetEntry() if isinstance(milestone.outcome, Dropped | Replaced):
            pass  # kept after all: the rules of the file say whether its source is newer
        case MovedEntry() if milestone.outcome is None:
            _refuse_move(milestone, entry, sources[0], stands)
        case _ if milestone.outcome is not None:
            raise _has_ended(milestone, milestone.outcome, stands)


def _refuse_reading(
    milestone: Milestone, entry: ReadingEntry, source: Source, stands: _Stands
) -> None:
    if milestone.number is None:
        raise CannotRecord(
            f"{milestone.full_id} has no number ({stands()}); "
            "add [measure.milestone.number] with its unit first"
        )
    for index, reading in enumerate(milestone.number.readings):
        if (reading.on, reading.source) == (entry.on, source):
            what = f'{milestone.full_id} has a reading of {entry.on} by "{source.id}"'
            raise _known_already(what, stands("number", "reading", index))


def _refuse_news(milestone: Milestone, entry: NewsEntry, stands: _Stands) -> None:
    for index, news in enumerate(milestone.news):
        if (news.on, news.found) == (entry.on, entry.found):
            what = f'{milestone.full_id} has news of {entry.on}, found "{entry.found}",'
            raise _known_already(what, stands("news", index))


def _refuse_move(milestone: Milestone, entry: MovedEntry, source: Source, stands: _Stands) -> None:
    for index, revision in enumerate(milestone.revisions):
        if (revision.due, revision.source) == (entry.due, source):
            what = f'{milestone.full_id} is moved to {entry.due} by "{source.id}"'
            raise _known_already(what, stands("revised", index))


def _has_ended(milestone: Milestone, outcome: Outcome, stands: _Stands) -> CannotRecord:
    on = "day unknown" if outcome.on is None else outcome.on
    return CannotRecord(
        f'{milestone.full_id} is {outcome.status} already: {on}, source "{outcome.source.id}" '
        f"({stands(str(outcome.status))}); {_MEND}"
    )


_MEND = "if that is wrong, mend it in the file"


def _known_already(what: str, where: Location) -> CannotRecord:
    return CannotRecord(f"{what} already ({where}); {_MEND}")
