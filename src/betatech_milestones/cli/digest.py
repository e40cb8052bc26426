"""What is new since a day: the options, and that nothing is written where nothing is new."""

import datetime as dt
import sys
from typing import Any

import click

from betatech_milestones.analysis.digest import WITHIN_DAYS
from betatech_milestones.analysis.digest import digest as find_digest
from betatech_milestones.cli.options import (
    DAY,
    EXAMPLE,
    FILES,
    FILTERS,
    LANG,
    OUTPUT,
    all_of,
    day_option,
    output_format,
    read_address,
)
from betatech_milestones.cli.output import (
    UNUSABLE,
    Unusable,
    data_files,
    not_over,
    read_together,
    say,
    today,
    version,
    write,
)
from betatech_milestones.formats import DIGEST_FORMATS, DigestFormat, render
from betatech_milestones.model.errors import BadValue, UnknownId


@click.command("digest")
@all_of(FILES, EXAMPLE)
@day_option("--since", "since", "The first day of which to tell; what was known before is not new.")
@all_of(DAY, *FILTERS, LANG, output_format(DIGEST_FORMATS), OUTPUT)
@click.option(
    "--against",
    metavar="FILE",
    help="An earlier version, also git:REV: what it lacks is new, whenever it was said.",
)
@click.option(
    "--within",
    metavar="DAYS",
    type=click.IntRange(min=0),
    default=WITHIN_DAYS,
    show_default=True,
    help="How many days to look ahead.",
)
@click.option(
    "--address",
    metavar="URL",
    callback=read_address,
    help="Where the site is published; titles then lead to its pages.",
)
def command(
    files: tuple[str, ...],
    *,
    example: bool,
    since: dt.date,
    as_of: dt.date | None,
    against: str | None,
    within: int,
    address: str | None,
    lang: str | None,
    output_format: DigestFormat,
    output: str | None,
    body: tuple[str, ...],
    measure: tuple[str, ...],
    **wanted: Any,
) -> None:
    """Write what is new since a day, for those who follow one thing.

    That is what was moved, promised, met, dropped or found, whose term passed, and what comes due:
    a mail to send (eml), or its text. Where nothing is new nothing is written, neither a file nor a
    word, and the exit code is 0.
    """
    portfolio = read_together(data_files(files, example=example))
    if against is not None and not portfolio.is_one_file:
        raise click.UsageError("--against compares one file; name that one")
    not_over(output, *portfolio.paths, *([] if against is None else [against]))
    before = None if against is None else version(against, beside=portfolio.paths[0])
    try:
        part = portfolio.programme.only(**{f"{sort}s": ids for sort, ids in wanted.items()})
        day = as_of or today(part)
        found = find_digest(
            part,
            since,
            day,
            bodies=portfolio.ids_of_bodies(body),
            measures=measure,
            within_days=within,
            against=before,
            members=() if portfolio.is_one_file else portfolio.members,
            address=address,
        )
    except (UnknownId, BadValue) as error:
        raise Unusable(str(error)) from None
    if found.is_empty:
        say(f"nothing new from {since} up to and including {day}; wrote nothing")
    else:
        write(render(found, output_format, language=lang), output)
    if portfolio.unread:
        sys.exit(UNUSABLE)
