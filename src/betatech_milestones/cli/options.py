"""The options that commands share: what each reads, and how it is told what is wrong.

A value is read once, here, by the same rules as the data file; a command gets days and ids.
"""

import decimal
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import click

from betatech_milestones.analysis.verdicts import RECHECK_DAYS, FailOn
from betatech_milestones.language import LANGUAGES
from betatech_milestones.model import rules, values
from betatech_milestones.model.dates import day
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.vocabulary import Kind

_Callback = Callable[[click.Context, click.Parameter, str | None], object]


def reading(read_it: Callable[[str], object]) -> _Callback:
    """Let an option be read by a function that raises `ValueError` for what is wrong."""

    def callback(_ctx: click.Context, _param: click.Parameter, value: str | None) -> object:
        try:
            return None if value is None else read_it(value)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None

    return callback


read_day: _Callback = reading(day)
"""Read a day in any form of `docs/dates.md` that names a single one."""
read_address: _Callback = reading(values.url)
"""Read a web address, which a feed writes as it is."""


def read_days(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | None:
    """Read a number of days: "14" or "14d"."""
    if value is None:
        return None
    if not (days := re.fullmatch(r"([1-9][0-9]{0,3})d?", value)):
        raise click.BadParameter(f'"{value}" is no number of days from 1 to 9999; write it as 14d')
    return int(days[1])


FILE = click.argument("file", required=False, metavar="[FILE]")
FILES = click.argument("files", nargs=-1, metavar="[FILE]...")
EXAMPLE = click.option(
    "--example", is_flag=True, help="Read the programme that ships as an example, and no FILE."
)


def not_empty(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Read the name of what is to be written: nothing, where a variable of a shell is not set."""
    if value == "":
        raise click.BadParameter('"" is no name; is a variable empty?')
    return value


OUTPUT = click.option(
    *("-o", "--output"),
    metavar="FILE",
    callback=not_empty,
    help="Write to a file instead of the standard output.",
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


def all_of(*options: Callable[..., Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command options in the order of its help."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def number(text: str) -> int | Decimal:
    """Return the number from 0 up that a text is, whole or decimal."""
    try:
        return values.number(_read_number(text))
    except decimal.InvalidOperation:
        raise BadValue(rules.BAD_NUMBER, f'"{text}" is no number; write 3500 or 152.5') from None


def _read_number(text: str) -> int | Decimal:
    try:
        return int(text)
    except ValueError:
        return Decimal(text)
