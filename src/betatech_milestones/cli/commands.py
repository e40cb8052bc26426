"""The commands, each a call of one function of the library.

Exit 0: fine; 1: something is overdue, the data has errors, or it changed and that was wanted; 2:
wrong usage, or a file that cannot be loaded; 130: interrupted.
"""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
import click

from betatech_milestones.analysis.report import as_of
from betatech_milestones.analysis.verdicts import RECHECK_DAYS, FailOn, Judgement, judge
from betatech_milestones.cli.options import (
    DAY,
    EXAMPLE,
    FAIL_ON,
    FILE,
    FILTERS,
    KNOWN,
    LANG,
    OUTPUT,
    PLACEMENT,
    VERDICTS,
    all_of,
    day_option,
    output_format,
    read_address,
    read_day,
    read_days,
)
from betatech_milestones.cli.output import (
    FOUND,
    INTERRUPTED,
    Unusable,
    data_file,
    not_over,
    read,
    summarise,
    today,
    version,
    why,
    write,
)
from betatech_milestones.cli.output import show as show_view
from betatech_milestones.datafile.load import load, load_baseline
from betatech_milestones.datafile.load import schema as data_schema
from betatech_milestones.formats import (
    DIFF_FORMATS,
    REMINDER_FORMATS,
    REPORT_FORMATS,
    SLIPS_FORMATS,
)
from betatech_milestones.formats.check import CHECK_FORMATS
from betatech_milestones.model.about import NAME, VERSION
from betatech_milestones.model.errors import BadValue, UnknownId
from betatech_milestones.model.findings import Finding, InvalidData
from betatech_milestones.model.records import Programme
from betatech_milestones.model.rules import Level
from betatech_milestones.voice import Voice

if TYPE_CHECKING:
    from betatech_milestones.analysis.diff import Diff
    from betatech_milestones.analysis.reminder import Reminder
    from betatech_milestones.analysis.slips import Slips
    from betatech_milestones.datafile.baseline import Baseline

# --- what all reports share -----------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Options:
    """The options that all reports share."""

    file: str | None = None
    example: bool = False
    output: str | None = None
    as_of: dt.date | None = None
    known_on: dt.date | None = None
    lang: str | None = None
    output_format: str = "text"
    cluster: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    grace: int = 0
    lead: int | None = None
    recheck: int = RECHECK_DAYS
    fail_on: str = FailOn.OVERDUE.value
    baseline: str | None = None

    def programme(self) -> Programme:
        """Load the file, narrowed to what is wanted."""
        path = data_file(self.file, example=self.example)
        not_over(self.output, path)
        programme = read(path, lambda: load(path))
        try:
            return programme.only(
                clusters=self.cluster,
                sectors=self.sector,
                bodies=self.body,
                measures=self.measure,
                kinds=self.kind,
            )
        except UnknownId as error:
            raise Unusable(str(error)) from None

    def day(self, programme: Programme) -> dt.date:
        """Return the day that is wanted, or today where the programme is."""
        return self.as_of or today(programme)

    def judgement(self, *, about: str | None = None) -> Judgement:
        """Judge how it stands on the day that is wanted."""
        programme = self.programme()
        report = as_of(programme, self.day(programme), self.known_on)
        try:
            return judge(
                report if about is None else report.about(about),
                grace_days=self.grace,
                lead_days=self.lead,
                recheck_days=self.recheck,
                fail_on=self.fail_on,
                baseline=_earlier(self.baseline, programme),
            )
        except UnknownId as error:
            raise Unusable(str(error)) from None

    def print(self, view: "Judgement | Diff | Slips | Reminder") -> None:
        """Write a view in the format that is wanted, and the summary of a step on GitHub."""
        show_view(view, self.output_format, language=self.lang, output=self.output)
        if isinstance(view, Judgement) and self.output_format == "github":
            summarise(view, Voice(self.lang or view.report.programme.language))


def _with(
    *given_options: Callable[..., Any],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command options that arrive as one `_Options`, besides its own."""
    shared = {field.name for field in attrs.fields(_Options)}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            options = _Options(**{name: given.pop(name) for name in shared & given.keys()})
            command(options, **given)

        return all_of(*given_options)(run)

    return decorate


# --- commands -------------------------------------------------------------------------------------


class _Commands(click.Group):
    """The commands below, and those of the other modules here, each imported when it is called."""

    elsewhere: ClassVar[Mapping[str, str]] = {
        "import": "importing",
        "init": "init",
        "record": "record",
        "serve": "serve",
        "sheet": "sheet",
    }
    """The module of each command that is none of the below."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError):  # the second of who ends the input instead of a word
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self.elsewhere])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.elsewhere:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"betatech_milestones.cli.{self.elsewhere[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(VERSION, prog_name=NAME)
def main() -> None:
    """Policy promises as dated milestones: what is due, what is overdue, what was moved.

    FILE is a data file in TOML, or a folder with one. Left out, it is milestones.toml, or else
    data/milestones.toml, in the current folder; init makes one. With --example it is the programme
    that ships.
    """


@main.command()
@_with(
    FILE,
    EXAMPLE,
    DAY,
    KNOWN,
    *FILTERS,
    *VERDICTS,
    FAIL_ON,
    LANG,
    output_format(REPORT_FORMATS),
    OUTPUT,
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is overdue.")
def overdue(options: _Options, *, exit_zero: bool) -> None:
    """Print whose term passed without an outcome; exit with 1 for it.

    Somebody who looked after the term and found nothing keeps it from that, through --recheck days.
    """
    judgement = options.judgement().pressing()
    options.print(judgement)
    if judgement.fails and not exit_zero:
        sys.exit(FOUND)


@main.command()
@_with(FILE, EXAMPLE, DAY, KNOWN, *FILTERS, LANG, output_format(REPORT_FORMATS), OUTPUT)
@click.option(
    "--within",
    metavar="DAYS",
    type=click.IntRange(min=0),
    default=90,
    show_default=True,
    help="How many days to look ahead.",
)
def upcoming(options: _Options, *, within: int) -> None:
    """Print what is due now or begins soon."""
    options.print(judge(options.judgement().report.within(within)))


@main.command()
@_with(FILE, EXAMPLE, DAY, KNOWN, *FILTERS, *VERDICTS, LANG, output_format(REPORT_FORMATS), OUTPUT)
def report(options: _Options) -> None:
    """Print every milestone, grouped by status."""
    options.print(options.judgement())


@main.command()
@_with(FILE, EXAMPLE, DAY, KNOWN, *FILTERS, LANG, output_format(SLIPS_FORMATS), OUTPUT)
def slips(options: _Options) -> None:
    """Print what moved, by how much, and who said so, when and why."""
    from betatech_milestones.analysis.slips import slips as find_slips

    options.print(find_slips(options.judgement().report))


@main.command()
@_with(FILE, EXAMPLE, LANG, output_format(REMINDER_FORMATS), OUTPUT)
@day_option("--from", "first", "First day of the period; what expired did so before it.")
@day_option("--to", "last", "Last day of the period, itself included.")
@click.option(
    "--body", "bodies", metavar="ID", multiple=True, help="Only to this body; repeatable."
)
def reminder(options: _Options, *, first: dt.date, last: dt.date, bodies: tuple[str, ...]) -> None:
    """Write to each body which of its promises passed or come due."""
    from betatech_milestones.analysis.reminder import reminder as remind

    programme = options.programme()
    try:
        found = remind(programme, first, last, bodies=bodies)
    except (UnknownId, BadValue) as error:
        raise Unusable(str(error)) from None
    options.print(found)


@main.command()
@click.argument("item", metavar="MEASURE[/MILESTONE]")
@_with(FILE, EXAMPLE, DAY, KNOWN, LANG, output_format(REPORT_FORMATS, "story"), OUTPUT)
def show(options: _Options, *, item: str) -> None:
    """Print the whole story of one measure or milestone."""
    options.print(options.judgement(about=item))


@main.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@_with(EXAMPLE, DAY, output_format(CHECK_FORMATS), OUTPUT)
@click.option(
    "--stale",
    metavar="DAYS",
    type=click.IntRange(min=0),
    help="Hint at what is open and has no source of the last so many days.",
)
@click.option(
    "--against",
    metavar="FILE",
    help="An earlier version, also git:REV: what its subscribers would lose is an error.",
)
def check(
    options: _Options, *, files: tuple[str, ...], stale: int | None, against: str | None
) -> None:
    """Say whether data files are sound, and exit with 1 if one is not.

    Hints are no errors: what they say of a sound file changes no exit code.
    """
    if against is not None and len(files) > 1:
        raise click.UsageError("--against compares one file; name that one")
    paths = [data_file(file, example=options.example) for file in files or (None,)]
    not_over(options.output, *paths, *([] if against is None else [against]))
    found = [finding for path in paths for finding in _checked(path, options, stale, against)]
    written = CHECK_FORMATS[options.output_format](found, ", ".join(map(str, paths)))
    write(written, options.output)
    if any(finding.level is Level.ERROR for finding in found):
        sys.exit(FOUND)


def _checked(
    path: Path, options: _Options, stale_days: int | None, against: str | None
) -> Iterable[Finding]:
    from betatech_milestones.analysis.check import check_programme

    try:
        programme = load(path)
    except OSError as error:
        raise Unusable(why("read", path, error)) from None
    except InvalidData as error:
        return error.findings
    before = None if against is None else version(against, beside=str(path))
    return check_programme(
        programme, day=options.day(programme), stale_days=stale_days, against=before
    )


@main.command()
@click.argument("old")
@click.argument("new")
@_with(LANG, output_format(DIFF_FORMATS), OUTPUT)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changed.")
def diff(options: _Options, *, old: str, new: str, exit_code: bool) -> None:
    """Print what changed between two versions of the data.

    OLD and NEW are files. git:REV is the other file as a revision in its git repository has it,
    git:REV:PATH any file of a revision.
    """
    from betatech_milestones.analysis.diff import diff as compare

    not_over(options.output, old, new)
    found = compare(version(old, beside=new), version(new, beside=old))
    options.print(found)
    if found.changes and exit_code:
        sys.exit(FOUND)


@main.command()
@_with(FILE, EXAMPLE, *FILTERS, LANG, OUTPUT)
@click.option(
    "--component",
    type=click.Choice(("event", "todo")),
    default="event",
    show_default=True,
    help="Write events, or to-dos for the few programs that show those.",
)
@PLACEMENT
@click.option(
    "--alarm",
    "alarm_days",
    metavar="DAYS",
    callback=read_days,
    help="Let an alarm go off so many days before each open event; none if left out.",
)
@click.option(
    "--address",
    metavar="URL",
    callback=read_address,
    help="Where the calendar will be published; clients that know it can refresh.",
)
def ics(
    options: _Options,
    *,
    component: str,
    placement: str,
    alarm_days: int | None,
    address: str | None,
) -> None:
    """Write a calendar to subscribe to."""
    from betatech_milestones.calendars.feeds import feed

    written = feed(
        options.programme(),
        language=options.lang,
        component=component,
        placement=placement,
        alarm_days=alarm_days,
        address=address,
    )
    write(written, options.output)


@main.command()
@_with(FILE, EXAMPLE, DAY)
@click.option("-o", "--output", "folder", metavar="DIR", required=True, help="Where to publish.")
@PLACEMENT
@click.option(
    "--since",
    metavar="DATE",
    callback=read_day,
    help="Leave what ended before this day out of the feeds.",
)
@click.option(
    "--address",
    metavar="URL",
    callback=read_address,
    help="Where the site will be found; the feeds and the page then give their full addresses.",
)
@click.option(
    "--previous",
    metavar="DIR",
    help="The folder of the edition before, if it is not the one to publish in.",
)
@click.option("--force", is_flag=True, help="Publish even if subscribers lose something by it.")
def build(
    options: _Options,
    *,
    folder: str,
    placement: str,
    since: dt.date | None,
    address: str | None,
    previous: str | None,
    force: bool,
) -> None:
    """Publish everything as static files: feeds, web page, JSON.

    What stands in the folder is replaced as a whole, at once. Feeds are the next edition of those
    before: only what changed changes in the calendars of who subscribed.
    """
    from betatech_milestones.website.publish import Refused, publish

    programme = options.programme()
    try:
        published = publish(
            programme,
            options.day(programme),
            folder,
            placement=placement,
            since=since,
            address=address and f"{address.rstrip('/')}/",
            previous=previous,
            force=force,
        )
    except Refused as refused:
        for finding in refused.findings:
            click.echo(finding, err=True)
        click.echo("nothing was published; --force publishes all the same", err=True)
        sys.exit(FOUND)
    except OSError as error:
        reason = why("read or write", error.filename or folder, error)
        raise Unusable(f"nothing was published in {folder}: {reason}") from None
    for warning in published.warnings:
        click.echo(warning, err=True)
    for path in published.left_alone:
        click.echo(f"{Path(folder) / path}: left alone, not made by this program", err=True)
    click.echo(
        f"{folder}: {published.files} files, {published.feeds} of them feeds; "
        f"new or changed milestones: {published.changed}",
        err=True,
    )


@main.command()
@_with(FILE, EXAMPLE, *FILTERS, LANG, OUTPUT)
def timeline(options: _Options) -> None:
    """Draw the promises, moves and outcomes on a line of time, as SVG."""
    from betatech_milestones.website.timeline import timeline as draw

    write(draw(options.programme(), language=options.lang), options.output)


@main.command()
@OUTPUT
def schema(output: str | None) -> None:
    """Print the JSON Schema of the data file.

    Editors and validators read it: to complete what is typed, and to point at mistakes.
    """
    import json

    write(json.dumps(data_schema(), ensure_ascii=False, indent=2) + "\n", output)


def _earlier(path: str | None, programme: Programme) -> "Baseline | None":
    if path is None:
        return None
    from betatech_milestones.datafile.baseline import BadBaseline

    try:
        return load_baseline(path, programme)
    except OSError as error:
        raise Unusable(why("read", path, error)) from None
    except BadBaseline as error:
        raise Unusable(str(error)) from None
