"""The options that commands share: what each reads, and how it is told what is wrong.

A value is read once, here, by the same rules as the data file; a command gets days and ids.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import click

from betatech_milestones.dates import PolicyDate
from betatech_milestones.model import Kind
from betatech_milestones.values import url
from betatech_milestones.verdicts import FailOn
from betatech_milestones.words import LANGUAGES


def read_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> dt.date | None:
    """Read a day in any form of `docs/dates.md` that names a single one."""
    if value is None:
        return None
    try:
        date = PolicyDate.parse(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    if date.latest is None or not date.is_day:
        raise click.BadParameter(f'"{value}" is more than one day; write it as 2014-09-01')
    return date.latest


def read_address(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Read a web address, which a feed writes as it is."""
    try:
        return None if value is None else url(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


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


def output_format(formats: Iterable[str], default: str = "text") -> Callable[..., Any]:
    return click.option(
        "--output-format",
        type=click.Choice(tuple(formats)),
        default=default,
        show_default=True,
        help="What to write.",
    )


FILTERS = tuple(
    click.option(f"--{name}", metavar="ID", multiple=True, help=f"Only {what}; repeatable.")
    for name, what in {
        "cluster": "measures of this cluster",
        "sector": "measures for this sector",
        "body": "measures for which this body is responsible",
        "measure": "this measure",
        "kind": f"milestones of this kind ({', '.join(Kind)})",
    }.items()
)
MANNERS = (
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
        "--baseline",
        metavar="FILE",
        help="An earlier report as JSON; what was overdue in it is a warning.",
    ),
)
FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice([one.value for one in FailOn]),  # of the words, not of their names
    default=FailOn.OVERDUE.value,
    show_default=True,
    help="What exits with 1; with never, errors are shown all the same.",
)
