"""The options that commands share: what each reads, and how it is told what is wrong.

A value is read once, here, by the same rules as the data file; a command gets days and ids.
"""

import datetime as dt
import decimal
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from betatech_milestones.analysis.verdicts import RECHECK_DAYS, FailOn
from betatech_milestones.language import LANGUAGES
from betatech_milestones.model import values
from betatech_milestones.model.conventions import Conventions
from betatech_milestones.model.dates import PolicyDate, day
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.records import Programme, Texts
from betatech_milestones.model.vocabulary import Found, Kind, ReadingKind

if TYPE_CHECKING:
    from betatech_milestones.datafile.record import Entry, NewsEntry


def read_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> dt.date | None:
    """Read a day in any form of `docs/dates.md` that names a single one."""
    if value is None:
        return None
    try:
        return day(value)
    except BadValue as error:
        raise click.BadParameter(str(error)) from None


def read_address(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Read a web address, which a feed writes as it is."""
    try:
        return None if value is None else values.url(value)
    except BadValue as error:
        raise click.BadParameter(str(error)) from None


def read_days(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | None:
    """Read a number of days: "14" or "14d"."""
    if value is None:
        return None
    if not (days := re.fullmatch(r"([1-9][0-9]{0,3})d?", value)):
        raise click.BadParameter(f'"{value}" is no number of days from 1 to 9999; write it as 14d')
    return int(days[1])


FILE = click.argument("file", required=False, metavar="[FILE]")
OUTPUT = click.option(
    "-o", "--output", metavar="FILE", help="Write to a file instead of the standard output."
)
LANG = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="Language of the report; the programme's own if left out.",
)
DAY = click.option(
    "--as-of",
    metavar="DATE",
    callback=read_day,
    help="The day for which to report; today if left out.",
)


KNOWN = click.option(
    "--known-on",
    metavar="DATE",
    callback=read_day,
    help="Count what was known on this day; a later one is hindsight. That of --as-of if left out.",
)
PLACEMENT = click.option(
    "--placement",
    type=click.Choice(("deadline", "span")),
    default="deadline",
    show_default=True,
    help="Put an imprecise date on its last day, or on all days of its window.",
)


def day_option(option: str, name: str, about: str) -> Callable[..., Any]:
    return click.option(option, name, metavar="DATE", callback=read_day, required=True, help=about)


def output_format(formats: Iterable[str], default: str | None = None) -> Callable[..., Any]:
    """Let a command write in one of some formats; the first, if none is named as the default."""
    formats = tuple(formats)
    return click.option(
        "--output-format",
        type=click.Choice(formats),
        default=default or formats[0],
        show_default=True,
        help="What to write.",
    )


FILTERS = tuple(
    click.option(f"--{name}", metavar="ID", multiple=True, help=f"Only {what}; repeatable.")
    for name, what in {
        "cluster": "measures of this cluster",
        "sector": "measures for this sector",
        "body": "what this body answers for",
        "measure": "this measure",
        "kind": f"milestones of this kind ({', '.join(Kind)}, or one of its own)",
    }.items()
)
VERDICTS = (
    click.option(
        "--grace",
        metavar="DAYS",
        type=click.IntRange(min=0),
        default=0,
        show_default=True,
        help="Through so many days, what is overdue is a warning.",
    ),
    click.option(
        "--lead",
        metavar="DAYS",
        type=click.IntRange(min=0),
        help="Warn of what falls due within so many days.",
    ),
    click.option(
        "--recheck",
        metavar="DAYS",
        type=click.IntRange(min=0),
        default=RECHECK_DAYS,
        show_default=True,
        help="So long it is enough that somebody looked after the term, and found nothing.",
    ),
    click.option(
        "--baseline",
        metavar="FILE",
        help="An earlier report as JSON; what was overdue in it is a warning.",
    ),
)
FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice([word.value for word in FailOn]),  # of the words, not of their names
    default=FailOn.OVERDUE.value,
    show_default=True,
    help="What exits with 1; with never, errors are shown all the same.",
)


# --- what happened --------------------------------------------------------------------------------


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
