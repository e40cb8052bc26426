"""A programme as a workbook: the options, and where it may be written."""

import sys
from typing import Any

import click

from betatech_milestones.cli.options import EXAMPLE, FILE, LANG, OUTPUT, all_of
from betatech_milestones.cli.output import STDOUT, Unusable, data_file, not_over, read, write
from betatech_milestones.datafile.load import load


@click.command("sheet")
@all_of(FILE, EXAMPLE, OUTPUT)
@click.option(
    "--template", is_flag=True, help="Without milestones: drop-downs, and a few grey examples."
)
@click.option(
    "--body",
    "bodies",
    metavar="ID",
    multiple=True,
    help="Only what this body answers for; repeatable.",
)
@all_of(LANG)
def command(
    file: str | None, *, output: str | None, example: bool, lang: str | None, **wanted: Any
) -> None:
    """Write a workbook (.xlsx) to read, to edit and to import again.

    What is edited in it comes back by the command import; what is not, changes nothing.
    """
    from betatech_milestones.formats.workbook import NoWorkbook, workbook
    from betatech_milestones.model.errors import UnknownId

    if output in STDOUT and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError("a workbook is no text to look at here; name a file: -o sheet.xlsx")
    path = data_file(file, example=example)
    not_over(output, path)
    programme = read(path, lambda: load(path))
    try:
        written = workbook(programme, language=lang, **wanted)
    except (NoWorkbook, UnknownId) as error:
        raise Unusable(str(error)) from None
    write(written, output)
