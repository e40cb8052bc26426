"""Writing down what happened to a milestone: the options, and what is made of them."""

import decimal
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from betatech_milestones.cli.options import all_of, read_day
from betatech_milestones.cli.output import Unusable, loaded, why
from betatech_milestones.model import values
from betatech_milestones.model.conventions import Conventions
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.errors import BadValue, UnknownId
from betatech_milestones.model.findings import InvalidData
from betatech_milestones.model.records import Programme, Texts
from betatech_milestones.model.vocabulary import Found, ReadingKind

if TYPE_CHECKING:
    from betatech_milestones.datafile.record import Entry, NewsEntry


def read_number(
    _ctx: click.Context, _param: click.Parameter, value: str | None
) -> int | Decimal | None:
    """Read a number from 0 up, whole or decimal."""
    if value is None:
        return None
    try:
        try:
            return int(values.number(int(value)))
        except ValueError:
            return values.number(Decimal(value))
    except decimal.InvalidOperation:
        raise click.BadParameter(f'"{value}" is no number; write 3500 or 152.5') from None
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


ENTRY: Mapping[str, Callable[..., Any]] = {
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
        callback=read_number,
        help="This number was reached, or is planned with --planned; say when with --on.",
    ),
}
"""What can be recorded, one at a time."""

ENTRY_DETAILS = (
    click.option("--on", metavar="DATE", help="Of when a reading is."),
    click.option("--planned", is_flag=True, default=None, help="The reading is only planned."),
    click.option(
        "--edtf",
        metavar="EDTF",
        help="What the date means, if its words alone do not tell; both are kept.",
    ),
    click.option(
        "--source",
        "sources",
        metavar="ID",
        multiple=True,
        help="The source that says so; repeatable. Whoever found nothing needs none.",
    ),
    click.option(
        "--found",
        type=click.Choice([word.value for word in Found]),
        default=None,
        help="What was found; nothing, if left out.",
    ),
    click.option("--by", metavar="WHO", help="Who looked."),
    click.option(
        "--instead", metavar="MEASURE/MILESTONE", help="The milestone that took its place."
    ),
    click.option(
        "--announced",
        metavar="DATE",
        callback=read_day,
        help="When a move was made known; the day of its source if left out.",
    ),
    click.option(
        "--reason",
        metavar="TEXT",
        help="Why, or what the source says of news, in the programme's own language.",
    ),
    click.option(
        "--reason-in",
        metavar="LANG TEXT",
        nargs=2,
        multiple=True,
        help="Why, in another language: --reason-in en 'more time'; repeatable.",
    ),
)
"""What is said about it."""

_REASONED = ("dropped", "replaced", "moved", "looked")
_GO_WITH = {
    "on": ("reading",),
    "planned": ("reading",),
    "edtf": ("met", "dropped", "replaced", "moved", "reading"),
    "announced": ("moved",),
    "found": ("looked",),
    "by": ("looked",),
    "instead": ("replaced",),
    "reason": _REASONED,
    "reason_in": _REASONED,
}


def read_entry(given: Mapping[str, Any], programme: Programme) -> "Entry":
    """Make of the options above what is to be recorded in a programme."""
    from betatech_milestones.datafile.record import (
        DroppedEntry,
        MetEntry,
        MovedEntry,
        NewsEntry,
        ReadingEntry,
        ReplacedEntry,
    )

    conventions = programme.conventions
    what, reason = _one_of_them(given), _reason(given, programme.language)
    if what == "looked":
        return _news(given, reason, NewsEntry)
    if not given["sources"]:
        raise click.UsageError(f"--{what} needs a --source, which says so")
    source, *others = given["sources"]
    cited = {"source": source, "further_sources": tuple(others)}
    match what:
        case "met":
            return MetEntry(on=_date_or_none(given, "met", conventions), **cited)
        case "moved":
            due, announced = _date(given, "moved", conventions), given["announced"]
            return MovedEntry(due=due, announced=announced, reason=reason, **cited)
        case "dropped":
            if reason is None:
                raise click.UsageError("--dropped needs a --reason")
            return DroppedEntry(
                on=_date_or_none(given, "dropped", conventions), reason=reason, **cited
            )
        case "replaced":
            if reason is None and given["instead"] is None:
                raise click.UsageError("--replaced needs a --reason, or what came --instead")
            on, instead = _date_or_none(given, "replaced", conventions), given["instead"]
            return ReplacedEntry(on=on, by=instead, reason=reason, **cited)
    if given["on"] is None:
        raise click.UsageError("--reading needs --on, the date of which it is")
    kind = ReadingKind.PLANNED if given["planned"] else ReadingKind.REACHED
    return ReadingEntry(
        on=_date(given, "on", conventions), value=given["reading"], kind=kind, **cited
    )


def _news(given: Mapping[str, Any], says: Texts | None, entry: type["NewsEntry"]) -> "NewsEntry":
    found, sources = Found(given["found"] or Found.NOTHING), given["sources"]
    if found is Found.NOTHING and given["by"] is None:
        raise click.UsageError("--looked needs --by, who looked and found nothing")
    if found is not Found.NOTHING and not sources:
        raise click.UsageError(f"--found {found} needs a --source, which says so")
    source, *others = sources or (None,)
    return entry(
        on=given["looked"],
        found=found,
        says=says,
        by=given["by"],
        source=source,
        further_sources=tuple(others),
    )


def _one_of_them(given: Mapping[str, Any]) -> str:
    what = [name for name in ENTRY if given[name] is not None]
    if len(what) != 1:
        raise click.UsageError(
            f"say what happened: one of {', '.join(f'--{name}' for name in ENTRY)}"
        )
    for name, hosts in _GO_WITH.items():
        if given[name] not in (None, ()) and what[0] not in hosts:
            goes_with = " or ".join(f"--{host}" for host in hosts)
            raise click.UsageError(f"--{name.replace('_', '-')} goes with {goes_with}")
    return what[0]


def _reason(given: Mapping[str, Any], language: str) -> Texts | None:
    reasons = [*given["reason_in"]]
    if given["reason"] is not None:
        reasons.insert(0, (language, given["reason"]))
    if len(dict(reasons)) < len(reasons):
        raise click.UsageError("give one reason in each language")
    try:
        return Texts(tuple(reasons)) if reasons else None
    except BadValue as error:
        raise click.BadParameter(str(error), param_hint="'--reason'") from None


_UNKNOWN = "unknown"


def _date_or_none(
    given: Mapping[str, Any], name: str, conventions: Conventions
) -> PolicyDate | None:
    """Read the day of an outcome; nothing where that is said to be unknown."""
    if given[name] == _UNKNOWN and given["edtf"] is None:
        return None
    return _date(given, name, conventions)


def _date(given: Mapping[str, Any], name: str, conventions: Conventions) -> PolicyDate:
    words, edtf = given[name], given["edtf"]
    try:
        if edtf is not None:
            return PolicyDate(edtf, words=words)
        return PolicyDate.parse(words, conventions)
    except ValueError as error:
        hint = "" if edtf else "; with --edtf any words are kept"
        raise click.BadParameter(f"{error}{hint}", param_hint=f"'--{name}'") from None


@click.command("record")
@click.argument("milestone", metavar="MEASURE/MILESTONE")
@click.argument("file", metavar="FILE")
@all_of(*ENTRY.values(), *ENTRY_DETAILS)
@click.option(
    "--wait",
    metavar="SECONDS",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How long to wait for another who records in the same file.",
)
def command(milestone: str, file: str, wait: int, **given: Any) -> None:
    """Write down in FILE what happened to a milestone.

    Nothing else in FILE changes, and nothing at all if what is added would break a rule. DATE is
    a day, or words such as "zomer 2014", which are kept as written.
    """
    from betatech_milestones.datafile.files import Locked
    from betatech_milestones.datafile.record import CannotRecord, record

    entry = read_entry(given, loaded(file))
    try:
        location = record(file, milestone, entry, wait_seconds=wait)
    except (UnknownId, CannotRecord, Locked) as error:
        raise Unusable(str(error)) from None
    except InvalidData as error:
        for finding in error.findings:
            click.echo(finding, err=True)
        raise Unusable(f"nothing is recorded: {file} is as it was") from None
    except OSError as error:
        raise Unusable(why("write", file, error)) from None
    (what,) = (name for name in ENTRY if given[name] is not None)
    found = f", found {given['found'] or 'nothing'}" if what == "looked" else ""
    click.echo(f"{location}: recorded {milestone}: {what} {given[what]}{found}", err=True)
