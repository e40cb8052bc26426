"""Writing down what happened: the options, what is made of them, and what the shell completes."""

import datetime as dt
import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import click
from click.shell_completion import CompletionItem

from betatech_milestones.cli.options import all_of, number, read_address, read_day, reading
from betatech_milestones.cli.output import (
    INTERRUPTED,
    Unusable,
    data_file,
    read,
    say,
    tell,
    today,
    why,
    write,
)
from betatech_milestones.datafile.files import Locked
from betatech_milestones.datafile.find import find, is_folder
from betatech_milestones.datafile.load import load
from betatech_milestones.datafile.record import (
    CannotRecord,
    Cited,
    DroppedEntry,
    Entries,
    Entry,
    MetEntry,
    MovedEntry,
    NewsEntry,
    ReadingEntry,
    Recording,
    ReplacedEntry,
    SourceEntry,
    UnknownSource,
    body_of,
    milestone_of,
    record,
)
from betatech_milestones.model import values
from betatech_milestones.model.about import NAME
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.errors import BadValue, BetatechError, UnknownId
from betatech_milestones.model.findings import InvalidData
from betatech_milestones.model.printable import printable_document
from betatech_milestones.model.records import Programme, Texts
from betatech_milestones.model.vocabulary import Found, ReadingKind, SourceKind

_TYPED = f"{__name__}.typed"
"""Where a context has the words of the call, in the order in which they were typed."""

# --- what the shell completes ---------------------------------------------------------------------

_Known = Callable[[Programme], Iterable[tuple[str, Texts]]]
_Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def completing(known: _Known) -> _Complete:
    """Complete an id of the data file that is named, or found; say nothing where there is none."""

    def complete(ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
        # Behind a table that is imported stands the file that it goes into.
        named = next(filter(_is_data_file, reversed(ctx.meta[_TYPED])), None)
        try:
            programme = load(find(named))
        except (BetatechError, OSError):
            return []
        return [
            CompletionItem(one, help=" ".join(str(title).split()))
            for one, title in known(programme)
            if one.startswith(begun)
        ]

    return complete


def _is_data_file(word: str) -> bool:
    return word.endswith(".toml") or is_folder(word)


complete_source: _Complete = completing(
    lambda programme: ((one.id, one.title) for one in programme.sources)
)
_complete_milestone = completing(lambda programme: ((m.full_id, m.title) for m in programme.by_id))


def _complete_argument(
    ctx: click.Context, param: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete the id of a milestone and, where none begins so, the name of a file."""
    found = _complete_milestone(ctx, param, begun)
    return found or [CompletionItem(begun, type="file")]


# --- what can be said -----------------------------------------------------------------------------


HAPPENED: Mapping[str, Callable[..., Any]] = {
    "met": click.option("--met", metavar="DATE", help="It was met then, or on an unknown day."),
    "dropped": click.option(
        "--dropped", metavar="DATE", help="It was dropped then, or on an unknown day; say why."
    ),
    "replaced": click.option(
        "--replaced",
        metavar="DATE",
        help="Something took its place then, or on an unknown day; say what with --reason or "
        "--instead.",
    ),
    "moved": click.option("--moved", metavar="DATE", help="It was moved to this date."),
    "looked": click.option(
        "--looked",
        metavar="DATE",
        callback=read_day,
        help="Somebody looked on this day; say who with --by, and what they found with --found.",
    ),
    "reading": click.option(
        "--reading",
        metavar="VALUE",
        callback=reading(number),
        help="This number was reached, or is planned with --planned; say when with --on.",
    ),
}
"""What can be recorded."""

DETAILS = (
    click.option("--on", metavar="DATE", help="Of when a reading is."),
    click.option("--planned", is_flag=True, default=None, help="The reading is only planned."),
    click.option(
        "--edtf",
        metavar="EDTF",
        help="What the date means, if its words alone do not tell; both are kept.",
    ),
    click.option(
        "--found",
        type=click.Choice([word.value for word in Found]),
        default=None,
        help="What was found; nothing, if left out.",
    ),
    click.option("--by", metavar="WHO", callback=reading(values.line), help="Who looked."),
    click.option(
        "--says", metavar="TEXT", help="What the source says of it, in the programme's language."
    ),
    click.option(
        "--says-in", metavar="LANG TEXT", nargs=2, multiple=True, help="The same in another."
    ),
    click.option(
        "--instead",
        metavar="MEASURE/MILESTONE",
        shell_complete=_complete_milestone,
        help="The milestone that took its place.",
    ),
    click.option(
        "--announced",
        metavar="DATE",
        callback=read_day,
        help="When a move was made known; the day of its source if left out.",
    ),
    click.option("--reason", metavar="TEXT", help="Why, in the programme's own language."),
    click.option(
        "--reason-in",
        metavar="LANG TEXT",
        nargs=2,
        multiple=True,
        help="Why, in another language: --reason-in en 'more time'; repeatable.",
    ),
)
"""What is said about it."""

SOURCES = (
    click.option(
        "--source",
        "sources",
        metavar="ID",
        multiple=True,
        shell_complete=complete_source,
        help="The source that says so; repeatable. Whoever found nothing needs none.",
    ),
    click.option(
        "--new-source",
        metavar="TITLE",
        callback=reading(values.line),
        help="The document that says so, added to the file if it is not there.",
    ),
    click.option("--published", metavar="DATE", help="When it appeared."),
    click.option(
        "--seen",
        metavar="DATE",
        callback=read_day,
        help="When you read it, if it bears no date of its own.",
    ),
    click.option("--url", metavar="URL", callback=read_address, help="Where it is."),
    click.option(
        "--kind",
        type=click.Choice([kind.value for kind in SourceKind]),
        metavar="KIND",
        default=None,
        help=f"What it is: {', '.join(SourceKind)}; the last, if left out.",
    ),
    click.option(
        "--written-by",
        metavar="BODY",
        shell_complete=completing(lambda known: ((one.id, one.name) for one in known.bodies)),
        help="The body that wrote it.",
    ),
    click.option(
        "--source-id",
        metavar="ID",
        callback=reading(values.identifier),
        help="Its id from now on; made of its kind or title and its day if left out.",
    ),
)
"""Who says so."""
DOCUMENT = SOURCES[1:]
"""The same for a document that is new."""

_DATED = ("met", "dropped", "replaced", "moved", "reading")
_REASONED = ("dropped", "replaced", "moved")
_GO_WITH: Mapping[str, tuple[str, ...]] = {
    "on": ("reading",),
    "planned": ("reading",),
    "edtf": _DATED,
    "announced": ("moved",),
    "found": ("looked",),
    "by": ("looked",),
    "says": ("looked",),
    "says_in": ("looked",),
    "instead": ("replaced",),
    "reason": _REASONED,
    "reason_in": _REASONED,
    "published": ("new_source",),
    "seen": ("new_source",),
    "url": ("new_source",),
    "kind": ("new_source",),
    "written_by": ("new_source",),
    "source_id": ("new_source",),
    "sources": tuple(HAPPENED),
    "new_source": tuple(HAPPENED),
}
_OUTCOMES = ("met", "dropped", "replaced")
_IN_ORDER = ("moved", "looked", "reading", *_OUTCOMES)
"""What happened in the order in which it can have: what has ended is not moved."""


# --- what is made of it ---------------------------------------------------------------------------


def _happened(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is said to have happened, once all that is said of it goes together."""
    happened = tuple(name for name in _IN_ORDER if given[name] is not None)
    for name, hosts in _GO_WITH.items():
        if given[name] in (None, ()):
            continue
        told = [host for host in hosts if given[host] is not None]
        if not told and len(hosts) == len(HAPPENED):
            raise click.UsageError(_NOTHING_HAPPENED)
        if not told:
            raise click.UsageError(f"{option_of(name)} goes with {_any_of(hosts)}")
        if len(told) > 1 and len(hosts) < len(HAPPENED):
            raise click.UsageError(
                f"{option_of(name)} goes with {' and with '.join(map(option_of, told))}, and is of "
                "one of them; record them one after the other"
            )
    if len(ended := [name for name in _OUTCOMES if given[name] is not None]) > 1:
        names = " and ".join(map(option_of, ended))
        raise click.UsageError(f"{names} exclude each other; name the one that came about")
    return happened


def option_of(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _any_of(names: Iterable[str]) -> str:
    return " or ".join(map(option_of, names))


_NOTHING_HAPPENED = f"say what happened, with {', '.join(map(option_of, HAPPENED))}"


def read_entries(given: Mapping[str, Any], programme: Programme) -> tuple[Entry, ...]:
    """Make of the options above what is to be recorded in a programme."""
    said = _Said(given=given, programme=programme)
    return tuple(_ENTRIES[what](said) for what in _happened(given))


def read_document(given: Mapping[str, Any], programme: Programme) -> SourceEntry:
    """Make of the options for a new document what is to be cited."""
    return _Said(given={"edtf": None, **given}, programme=programme).document()


@attrs.frozen(kw_only=True)
class _Said:
    """What was said in a call, for the programme in which it is to be recorded."""

    given: Mapping[str, Any]
    programme: Programme

    def date(self, name: str) -> PolicyDate:
        """Return a date, as the programme writes its dates."""
        words = self.given[name]
        edtf = None if name == "published" else self.given["edtf"]
        try:
            if edtf is not None:
                return PolicyDate(edtf, words=words)
            return PolicyDate.parse(words, self.programme.conventions)
        except ValueError as error:
            hint = "" if edtf or name == "published" else "; with --edtf any words are kept"
            raise click.BadParameter(f"{error}{hint}", param_hint=f"'{option_of(name)}'") from None

    def date_or_none(self, name: str) -> PolicyDate | None:
        """Return the day of an outcome; nothing where that is said to be unknown."""
        is_unknown = self.given[name] == _UNKNOWN and self.given["edtf"] is None
        return None if is_unknown else self.date(name)

    def texts(self, name: str) -> Texts | None:
        """Return a text in the programme's own language and others; None where there is none."""
        texts = [*self.given[f"{name}_in"]]
        if self.given[name] is not None:
            texts.insert(0, (self.programme.language, self.given[name]))
        if len(dict(texts)) < len(texts):
            raise click.UsageError(f"give one {option_of(name)} in each language")
        try:
            return Texts(tuple(texts)) if texts else None
        except BadValue as error:
            raise click.BadParameter(str(error), param_hint=f"'{option_of(name)}'") from None

    def cited(self, what: str) -> dict[str, Any]:
        """Return the sources of an entry, which needs one."""
        cited = self.sources()
        if not cited:
            raise click.UsageError(f"{what} needs a source, which says so: {_HOW_TO_CITE}")
        return {"source": cited[0], "further_sources": cited[1:]}

    def sources(self) -> tuple[Cited, ...]:
        """Return the sources that were named, and the document that was described."""
        named: tuple[Cited, ...] = self.given["sources"]
        return named if self.given["new_source"] is None else (*named, self.document())

    def refuse_ahead(self, option: str, day: dt.date | None, why: str) -> None:
        """Refuse a day on which something was done, and that has not come."""
        if day is not None and day > today(self.programme):
            message = f"{day} lies ahead, and {why}; give a day of before"
            raise click.BadParameter(message, param_hint=f"'{option}'")

    def document(self) -> SourceEntry:
        """Return the document that was described."""
        given = self.given
        published = None if given["published"] is None else self.date("published")
        if given["seen"] is None and (published is None or published.latest is None):
            why_not = "" if published is None else f" ({published} has no last day)"
            raise click.UsageError(
                f"--new-source needs --published, the day on which it appeared{why_not}, or "
                "--seen, the day on which you read it, if it bears none"
            )
        self.refuse_ahead("--seen", given["seen"], "nobody has read it yet")
        first = None if published is None else published.earliest
        self.refuse_ahead("--published", first, "it has not appeared yet")
        if (body := given["written_by"]) is not None:
            try:
                body_of(self.programme, body)
            except UnknownId as error:
                raise click.BadParameter(str(error), param_hint="'--written-by'") from None
        return SourceEntry(
            title=given["new_source"],
            kind=given["kind"] or SourceKind.OTHER,
            by=body,
            published=published,
            seen=given["seen"],
            url=given["url"],
            id=given["source_id"],
        )


_UNKNOWN = "unknown"
_HOW_TO_CITE = "--source ID, or --new-source TITLE with --published DATE and --url URL"


def _met(said: _Said) -> MetEntry:
    return MetEntry(on=said.date_or_none("met"), **said.cited("--met"))


def _dropped(said: _Said) -> DroppedEntry:
    cited, reason = said.cited("--dropped"), said.texts("reason")
    if reason is None:
        raise click.UsageError("--dropped needs a --reason")
    return DroppedEntry(on=said.date_or_none("dropped"), reason=reason, **cited)


def _replaced(said: _Said) -> ReplacedEntry:
    cited, reason, by = said.cited("--replaced"), said.texts("reason"), said.given["instead"]
    if reason is None and by is None:
        raise click.UsageError("--replaced needs a --reason, or what came --instead")
    return ReplacedEntry(on=said.date_or_none("replaced"), by=by, reason=reason, **cited)


def _moved(said: _Said) -> MovedEntry:
    return MovedEntry(
        due=said.date("moved"),
        announced=said.given["announced"],
        reason=said.texts("reason"),
        **said.cited("--moved"),
    )


def _looked(said: _Said) -> NewsEntry:
    found, by = Found(said.given["found"] or Found.NOTHING), said.given["by"]
    if found is Found.NOTHING and by is None:
        raise click.UsageError("--looked needs --by, who looked and found nothing")
    cited = said.cited(f"--found {found}") if found is not Found.NOTHING or said.sources() else {}
    on, says = said.given["looked"], said.texts("says")
    said.refuse_ahead("--looked", on, "nobody has looked yet")
    return NewsEntry(on=on, found=found, says=says, by=by, **cited)


def _read(said: _Said) -> ReadingEntry:
    if said.given["on"] is None:
        raise click.UsageError("--reading needs --on, the date of which it is")
    kind = ReadingKind.PLANNED if said.given["planned"] else ReadingKind.REACHED
    value, on = said.given["reading"], said.date("on")
    return ReadingEntry(on=on, value=value, kind=kind, **said.cited("--reading"))


_ENTRIES: Mapping[str, Callable[[_Said], Entry]] = {
    "met": _met,
    "dropped": _dropped,
    "replaced": _replaced,
    "moved": _moved,
    "looked": _looked,
    "reading": _read,
}


# --- the command ----------------------------------------------------------------------------------


class Remembering(click.Command):
    """Keeps what was typed: to say how to type it better, and to find the file it is about."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_TYPED] = [*args]
        return super().parse_args(ctx, args)


@click.command("record", cls=Remembering)
@click.argument(
    "arguments",
    nargs=-1,
    metavar="[MEASURE/MILESTONE]... [FILE]",
    shell_complete=_complete_argument,
)
@all_of(*HAPPENED.values(), *DETAILS, *SOURCES)
@click.option("--dry-run", is_flag=True, help="Only print what would change, as a patch.")
@click.option(
    "--wait",
    metavar="SECONDS",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How long to wait for another who records in the same file.",
)
@click.pass_context
def command(
    ctx: click.Context, /, arguments: tuple[str, ...], *, dry_run: bool, wait: int, **given: Any
) -> None:
    """Write down in FILE what happened to milestones.

    Without a milestone, or without a word of what happened, a terminal asks for it. Each thing that
    happened is recorded of each milestone, all or nothing; nothing else in FILE changes. DATE is a
    day, or words such as "zomer 2014", which are kept as written.
    """
    names, file = _told_apart(arguments)
    happened = _happened(given)
    asks = not names or not happened
    if asks and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(_missing(names, happened))
    path = data_file(file)
    entries: Entries = partial(read_entries, given)
    try:
        if asks:
            programme = read(path, lambda: load(path))
            names, entries = _asked_for(programme, names, given if happened else None)
        if dry_run or asks:
            tried = _recorded(ctx, path, names, entries, wait=wait, dry_run=True)
            write(printable_document(tried.patch), None)
        if dry_run or (asks and not _confirmed()):
            say(f"nothing is recorded: {path} is as it was")
            return
        recording = _recorded(ctx, path, names, entries, wait=wait)
    except KeyboardInterrupt:
        say(f"nothing is recorded: {path} is as it was")
        sys.exit(INTERRUPTED)
    say(*_told(recording, names))


def _is_file(argument: str) -> bool:
    return argument.endswith(".toml") or os.path.exists(argument)  # noqa: PTH110  takes any text


def _told_apart(arguments: Iterable[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the milestones that are named, and the file: whatever ends so, or is there."""
    files = [argument for argument in arguments if _is_file(argument)]
    if len(files) > 1:
        raise click.UsageError(f"name one FILE: {' and '.join(files)} are two")
    return tuple(name for name in arguments if name not in files), files[0] if files else None


def _missing(names: tuple[str, ...], happened: tuple[str, ...]) -> str:
    lacking = [] if names else ["name a milestone as MEASURE/MILESTONE"]
    lacking += [] if happened else [_NOTHING_HAPPENED]
    return f"{', and '.join(lacking)} (on a terminal, record asks for it)"


def _asked_for(
    programme: Programme, names: tuple[str, ...], given: Mapping[str, Any] | None
) -> tuple[tuple[str, ...], tuple[Entry, ...]]:
    """Ask which milestone is meant, where none is named, and what happened, where that is not."""
    from betatech_milestones.cli import picker

    day = today(programme)
    try:
        for name in names:
            milestone_of(programme, name)
    except UnknownId as error:
        raise _unknown(error, programme.path) from None
    names = names or (picker.ask_milestone(programme, day),)
    if given is not None:
        return names, read_entries(given, programme)
    milestones = [milestone_of(programme, name) for name in names]
    return names, (picker.ask_entry(programme, milestones, day),)


def _confirmed() -> bool:
    from betatech_milestones.cli import picker

    return picker.confirmed("Record this?")


def _recorded(
    ctx: click.Context,
    path: Path,
    names: tuple[str, ...],
    entries: Entries,
    *,
    wait: int,
    dry_run: bool = False,
) -> Recording:
    """Record entries; end with why they cannot be, and with what would be right."""
    try:
        return record(path, names, entries, dry_run=dry_run, wait_seconds=wait)
    except UnknownSource as error:
        raise Unusable(*_how_to_add(error, ctx.meta[_TYPED])) from None
    except UnknownId as error:
        raise _unknown(error, str(path)) from None
    except (CannotRecord, Locked, BadValue) as error:
        raise Unusable(str(error)) from None
    except InvalidData as error:
        tell(error)
        raise Unusable(f"nothing is recorded: {path} is as it was") from None
    except OSError as error:
        what = "write" if os.access(path, os.R_OK) else "read"
        raise Unusable(why(what, path, error)) from None


def _unknown(error: UnknownId, path: str) -> Unusable:
    return Unusable(str(error), f"{shlex.join([NAME, 'report', path])} lists them all")


def _how_to_add(error: UnknownSource, typed: list[str]) -> tuple[str, ...]:
    """Return how to add a source that is not there: in the same call, or by hand."""
    if "--new-source" in typed:
        return (error.what, *_after("To add it, ", error.remedy))
    cited = ("--source", error.wanted), (f"--source={error.wanted}",)
    document = ["--new-source", "TITLE", "--published", "DATE", "--url", "URL", "--kind", "KIND"]
    as_it = ["--source-id", error.wanted]
    for words in cited:
        for at in range(len(typed)):
            if tuple(typed[at : at + len(words)]) == words:
                typed = [*typed[:at], *document, *as_it, *typed[at + len(words) :]]
    seen = "--seen DATE, when you read it, for --published if it bears no date"
    return (
        error.what,
        f"To add it, fill in what is in capitals ({seen}):",
        "",
        shlex.join([NAME, "record", *typed]),
        "",
        *_after("Or ", error.remedy),
    )


def _after(word: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    first, *others = lines
    return f"{word}{first}", *others


def _told(recording: Recording, names: tuple[str, ...]) -> Iterator[str]:
    """Yield what was recorded, and where it stands."""
    for name, location in recording.found.items():
        yield f"{location}: that is source {name}, which was there"
    for name, location in recording.added.items():
        yield f"{location}: added source {name}"
    said = ((name, entry) for name in names for entry in recording.entries)
    for location, (name, entry) in zip(recording.locations, said, strict=True):
        yield f"{location}: recorded {name}: {_in_brief(entry)}"


def _in_brief(entry: Entry) -> str:
    match entry:
        case MovedEntry():
            return f"moved {entry.due}"
        case NewsEntry():
            return f"looked {entry.on}, found {entry.found}"
        case ReadingEntry():
            return f"reading {entry.value}"
    words = {MetEntry: "met", DroppedEntry: "dropped", ReplacedEntry: "replaced"}
    return f"{words[type(entry)]} {entry.on or _UNKNOWN}"
