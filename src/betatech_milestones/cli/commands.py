"""The commands, each a call of one function of the library.

Exit 0: fine; 1: something is overdue, the data has errors, or it changed and that was wanted; 2:
wrong usage, or a file that cannot be loaded, or written; 70: a fault of the program; 130:
interrupted; 141: nobody reads the pipe into which it writes.
"""

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

import click

from betatech_milestones.analysis.report import as_of
from betatech_milestones.analysis.verdicts import RECHECK_DAYS, FailOn, Judgement, judge
from betatech_milestones.cli.options import (
    DAY,
    EXAMPLE,
    FAIL_ON,
    FILES,
    FILTERS,
    KNOWN,
    LANG,
    OUTPUT,
    PLACEMENT,
    VERDICTS,
    all_of,
    day_option,
    not_empty,
    output_format,
    read_address,
    read_day,
    read_days,
)
from betatech_milestones.cli.output import (
    CRASHED,
    FOUND,
    INTERRUPTED,
    UNUSABLE,
    Unusable,
    data_files,
    load_together,
    not_over,
    quiet_when_unread,
    read_together,
    say,
    summarise,
    tell_crash,
    tell_unreadable,
    tell_wrong,
    today,
    today_in,
    version,
    why,
    write,
)
from betatech_milestones.cli.output import show as show_view
from betatech_milestones.datafile.load import load_baseline
from betatech_milestones.datafile.load import schema as data_schema
from betatech_milestones.formats import (
    DIFF_FORMATS,
    REMINDER_FORMATS,
    REPORT_FORMATS,
    SLIPS_FORMATS,
    STATS_FORMATS,
)
from betatech_milestones.formats.check import CHECK_FORMATS
from betatech_milestones.model.about import NAME, VERSION
from betatech_milestones.model.errors import BadValue, UnknownId
from betatech_milestones.model.findings import InvalidData
from betatech_milestones.model.portfolio import Portfolio
from betatech_milestones.model.records import Programme
from betatech_milestones.model.rules import Level
from betatech_milestones.model.vocabulary import By
from betatech_milestones.pictures import CHARTS
from betatech_milestones.voice import Voice

if TYPE_CHECKING:
    from betatech_milestones.analysis.diff import Diff
    from betatech_milestones.analysis.reminder import Reminder
    from betatech_milestones.analysis.slips import Slips
    from betatech_milestones.analysis.stats import Stats
    from betatech_milestones.datafile.baseline import Baseline
    from betatech_milestones.website.publication import Publication

# --- what all reports share -----------------------------------------------------------------------


class _Options(NamedTuple):
    """The options that all reports share."""

    files: tuple[str, ...] = ()
    example: bool = False
    portfolio: Portfolio | None = None
    """What was read, for commands that read all their files together."""
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

    def reading(self) -> Self:
        """Return the options with what their files hold."""
        portfolio = read_together(data_files(self.files, example=self.example))
        not_over(self.output, *portfolio.paths, *([] if self.baseline is None else [self.baseline]))
        return self._replace(portfolio=portfolio)

    def programme(self) -> Programme:
        """Return what was read as one programme, narrowed to what is wanted."""
        assert self.portfolio is not None, "the command reads its files"
        programme = self.portfolio.programme
        try:
            return programme.only(
                clusters=self.cluster,
                sectors=self.sector,
                bodies=self.portfolio.ids_of_bodies(self.body),
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

    def print(self, view: "Judgement | Diff | Slips | Stats | Reminder") -> None:
        """Write a view in the format that is wanted, and the summary of a step on GitHub."""
        show_view(view, self.output_format, language=self.lang, output=self.output)
        if isinstance(view, Judgement) and self.output_format == "github":
            summarise(view, Voice(self.lang or view.report.programme.language))


_Command = Callable[..., int | None]
"""A command returns its exit code; None: fine."""


def _with(*given_options: Callable[..., Any]) -> Callable[[_Command], Callable[..., None]]:
    """Give a command options that arrive as one `_Options`, besides its own.

    With `FILES` among them it is called with what those hold. What of that could not be read hides
    nothing of the rest, and makes the exit code 2 in the end.
    """
    shared = {*_Options._fields}
    reads = FILES in given_options

    def decorate(command: _Command) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            options = _Options(**{name: given.pop(name) for name in shared & given.keys()})
            if reads:
                options = options.reading()
            code = command(options, **given)
            if options.portfolio is not None and options.portfolio.unread:
                code = UNUSABLE
            if code:
                sys.exit(code)

        return all_of(*given_options)(run)

    return decorate


# --- commands -------------------------------------------------------------------------------------


class _Commands(click.Group):
    """The commands below, and those of the other modules here, each imported when it is called."""

    elsewhere: ClassVar[Mapping[str, tuple[str, str]]] = {
        "digest": ("digest", "Write what is new since a day, for those who follow one thing."),
        "import": ("importing", "Add to FILE what TABLE says and FILE does not have yet."),
        "init": ("init", "Write the folder with which a programme begins."),
        "record": ("record", "Write down in FILE what happened to milestones."),
        "serve": ("serve", "Show the site on this machine, while FILE is edited."),
        "sheet": ("sheet", "Write a workbook (.xlsx) to read, to edit and to import again."),
    }
    """The module of each command that is none of the below, and the first sentence of its help."""

    def main(self, *args: Any, **given: Any) -> Any:
        """Do what is asked for, and end with the exit code that says how that went."""
        if not given.get("standalone_mode", True):
            return super().main(*args, **given)
        try:
            sys.exit(super().main(*args, **{**given, "standalone_mode": False}) or 0)
        except click.ClickException as error:
            tell_wrong(error)
            sys.exit(error.exit_code)
        except click.Abort:
            say("interrupted")
            sys.exit(INTERRUPTED)

    def make_context(self, *args: Any, **given: Any) -> click.Context:
        with quiet_when_unread():  # as the help may be
            return super().make_context(*args, **given)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with quiet_when_unread():
                return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (KeyboardInterrupt, EOFError):  # the second of who ends the input instead of a word
            raise click.Abort from None
        except Exception as error:  # noqa: BLE001  whatever it is, it is told on one line
            tell_crash(error, traceback=ctx.params["traceback"])
            ctx.exit(CRASHED)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self.elsewhere])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.elsewhere:
            return super().get_command(ctx, cmd_name)
        name, _ = self.elsewhere[cmd_name]
        command: click.Command = import_module(f"betatech_milestones.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands; those elsewhere are told without a look at them, which takes long."""
        told = {name: click.Command(name, help=text) for name, (_, text) in self.elsewhere.items()}
        click.Group(commands={**self.commands, **told}).format_commands(ctx, formatter)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(VERSION, prog_name=NAME)
@click.option("--traceback", is_flag=True, help="Show where the program went wrong, if it does.")
def main(*, traceback: bool) -> None:
    """Policy promises as dated milestones: what is due, what is overdue, what was moved.

    FILE is a data file in TOML, or a folder with one. Left out, it is milestones.toml, or else
    data/milestones.toml, in the current folder; init makes one. With --example it is the programme
    that ships. Several files, a folder of them, or a portfolio.toml, are read together: ids then
    are programme/measure/milestone. Where one reads several and FILE is left out, a portfolio.toml
    in the current folder comes first.
    """


@main.command()
@_with(
    FILES,
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
def overdue(options: _Options, *, exit_zero: bool) -> int | None:
    """Print whose term passed without an outcome; exit with 1 for it.

    Somebody who looked after the term and found nothing keeps it from that, through --recheck days.
    """
    judgement = options.judgement().pressing()
    options.print(judgement)
    return FOUND if judgement.fails and not exit_zero else None


@main.command()
@_with(FILES, EXAMPLE, DAY, KNOWN, *FILTERS, LANG, output_format(REPORT_FORMATS), OUTPUT)
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
@_with(FILES, EXAMPLE, DAY, KNOWN, *FILTERS, *VERDICTS, LANG, output_format(REPORT_FORMATS), OUTPUT)
def report(options: _Options) -> None:
    """Print every milestone, grouped by status."""
    options.print(options.judgement())


@main.command()
@_with(FILES, EXAMPLE, DAY, KNOWN, *FILTERS, LANG, output_format(SLIPS_FORMATS), OUTPUT)
def slips(options: _Options) -> None:
    """Print what moved, by how much, and who said so, when and why."""
    from betatech_milestones.analysis.slips import slips as find_slips

    options.print(find_slips(options.judgement().report))


@main.command()
@_with(FILES, EXAMPLE, DAY, KNOWN, *FILTERS, LANG, output_format(STATS_FORMATS), OUTPUT)
@click.option("--by", type=click.Choice([word.value for word in By]), help="What to group by.")
@click.option(
    "--since",
    metavar="DATE",
    callback=read_day,
    help="Count only what was promised on this day or later.",
)
@click.option("--chart", type=click.Choice(CHARTS), help="Draw this of it instead, as SVG.")
def stats(options: _Options, *, by: str | None, since: dt.date | None, chart: str | None) -> None:
    """Print what became of promises: kept in time, late, or not.

    Each share stands with the cases it is of, and is a range where sources leave days open.
    """
    from betatech_milestones.analysis.stats import stats as find_stats

    if chart is not None and options.output_format != "text":
        raise click.UsageError("--chart draws SVG; leave --output-format or --chart out")
    if chart is not None and by is not None:
        raise click.UsageError("a chart has groups of its own, or none; leave --by or --chart out")
    found = find_stats(options.judgement().report, by, since)
    if chart is None:
        options.print(found)
        return
    from betatech_milestones.pictures.charts import chart as draw

    write(draw(found, chart, language=options.lang).svg, options.output)


@main.command()
@_with(FILES, EXAMPLE, LANG, output_format(REMINDER_FORMATS), OUTPUT)
@day_option("--from", "first", "First day of the period; what expired did so before it.")
@day_option("--to", "last", "Last day of the period, itself included.")
@click.option(
    "--body", "bodies", metavar="ID", multiple=True, help="Only to this body; repeatable."
)
def reminder(options: _Options, *, first: dt.date, last: dt.date, bodies: tuple[str, ...]) -> None:
    """Write to each body which of its promises passed or come due."""
    from betatech_milestones.analysis.reminder import reminder as remind

    programme = options.programme()
    assert options.portfolio is not None, "the command reads its files"
    try:
        found = remind(programme, first, last, bodies=options.portfolio.ids_of_bodies(bodies))
    except (UnknownId, BadValue) as error:
        raise Unusable(str(error)) from None
    options.print(found)


@main.command()
@click.argument("item", metavar="MEASURE[/MILESTONE]")
@_with(FILES, EXAMPLE, DAY, KNOWN, LANG, output_format(REPORT_FORMATS, "story"), OUTPUT)
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
def check(options: _Options, *, stale: int | None, against: str | None) -> int | None:
    """Say whether data files are sound, and exit with 1 if one is not.

    Of several files, what is wrong between them is told, too. Hints are no errors: what they say of
    a sound file changes no exit code.
    """
    from betatech_milestones.analysis.check import check_portfolio

    names = data_files(options.files, example=options.example)
    not_over(options.output, *([] if against is None else [against]))
    unreadable: tuple[str, ...] = ()
    try:
        portfolio = load_together(names)
    except InvalidData as error:
        found = error.findings
        not_over(options.output, *names)
    else:
        not_over(options.output, *portfolio.paths)
        if against is not None and not portfolio.is_one_file:
            raise click.UsageError("--against compares one file; name that one")
        before = None if against is None else version(against, beside=names[0])
        day = options.as_of or today_in(portfolio.timezone)
        found = check_portfolio(portfolio, day=day, stale_days=stale, against=before)
        unreadable = tell_unreadable(portfolio)
    if about := [name for name in names if name not in unreadable]:
        written = CHECK_FORMATS[options.output_format](found, ", ".join(about))
        write(written, options.output, commands=options.output_format == "github")
    if unreadable:
        return UNUSABLE
    return FOUND if any(finding.level is Level.ERROR for finding in found) else None


@main.command()
@click.argument("old")
@click.argument("new")
@_with(LANG, output_format(DIFF_FORMATS), OUTPUT)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changed.")
def diff(options: _Options, *, old: str, new: str, exit_code: bool) -> int | None:
    """Print what changed between two versions of the data.

    OLD and NEW are files, or folders or portfolios of several. git:REV is the other file as a
    revision in its git repository has it, git:REV:PATH any file of a revision.
    """
    from betatech_milestones.analysis.diff import diff as compare

    not_over(options.output, old, new)
    found = compare(version(old, beside=new), version(new, beside=old))
    options.print(found)
    return FOUND if found.changes and exit_code else None


@main.command()
@_with(FILES, EXAMPLE, *FILTERS, LANG, OUTPUT)
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

    if options.portfolio is not None and options.portfolio.unread:
        raise Unusable("nothing was written: who subscribed would lose what is in those files")
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
@_with(FILES, EXAMPLE, DAY)
@click.option(
    *("-o", "--output", "folder"),
    metavar="DIR",
    required=True,
    callback=not_empty,
    help="Where to publish.",
)
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
@click.option(
    "--lang",
    "languages",
    metavar="TAG",
    multiple=True,
    help="A language to publish in, as often as wanted; all of its title if left out.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Publish what is refused, even if subscribers lose something by it.",
)
def build(
    options: _Options,
    *,
    folder: str,
    placement: str,
    since: dt.date | None,
    address: str | None,
    previous: str | None,
    languages: tuple[str, ...],
    force: bool,
) -> None:
    """Publish everything as static files: feeds, web pages, JSON.

    What stands in the folder is replaced as a whole, at once. Feeds are the next edition of those
    before: only what changed changes in the calendars of who subscribed. Several programmes get a
    site each, and a front page; that of a file that cannot be read stays, with exit code 1.
    """
    from betatech_milestones.datafile.system import on_one_processor
    from betatech_milestones.website.publication import Refused

    settings: dict[str, Any] = {
        "placement": placement,
        "since": since,
        "address": address and f"{address.rstrip('/')}/",
        "force": force,
    }
    try:
        published = _published(options, folder, previous, languages, settings)
    except Refused as refused:
        say(*refused.findings)
        say(_REFUSED)
        sys.exit(FOUND)
    except (BadValue, OSError) as error:
        reason = str(error)
        if isinstance(error, ChildProcessError):
            alone = on_one_processor(f"{NAME} build …")
            reason = f'{reason} "{alone}" makes all by one process'
        elif isinstance(error, OSError):
            reason = why("read or write", error.filename or folder, error)
        raise Unusable(f"nothing was published in {folder}: {reason}") from None
    say(*published.warnings)
    for path in published.left_alone:
        say(f"{Path(folder) / path}: left alone, not made by this program")
    say(
        f"{folder}: {published.files} files, {published.feeds} of them feeds; "
        f"new or changed milestones: {published.changed}"
    )
    if options.portfolio is not None and options.portfolio.unread:
        sys.exit(FOUND)


def _published(
    options: _Options,
    folder: str,
    previous: str | None,
    languages: tuple[str, ...],
    settings: dict[str, Any],
) -> "Publication":
    portfolio = options.portfolio
    if portfolio is None or portfolio.is_one_file:
        from betatech_milestones.website.publish import publish

        programme = options.programme()
        settings |= {"previous": previous, "languages": languages or None}
        day = _day_to_publish(options, programme.timezone, force=settings["force"])
        return publish(programme, day, folder, **settings)
    from betatech_milestones.website.publish_portfolio import publish_portfolio

    if previous is not None:
        raise click.UsageError("--previous is for one programme; publish several where they stand")
    if languages:
        raise click.UsageError("--lang is for one programme; of several each has its own languages")
    day = _day_to_publish(options, portfolio.timezone, force=settings["force"])
    return publish_portfolio(portfolio, day, folder, **settings)


_REFUSED = "nothing was published; --force publishes all the same"
_FAR_AHEAD_DAYS = 31


def _day_to_publish(options: _Options, timezone: str, *, force: bool) -> dt.date:
    """Return the day of which a site is to be; refuse one that is far ahead, unless forced to."""
    now = today_in(timezone)
    day = options.as_of or now
    if (day - now).days > _FAR_AHEAD_DAYS:
        message = (
            f"{day} is {(day - now).days:,} days ahead: calendars would take each change until "
            "then for one of that day"
        )
        if not force:
            say(f"{message}; leave --as-of out", _REFUSED)
            sys.exit(FOUND)
        say(message)
    return day


@main.command()
@_with(FILES, EXAMPLE, *FILTERS, LANG, OUTPUT)
@click.option(
    "--as-of",
    "day",
    metavar="DATE",
    callback=read_day,
    help="What was known by this day alone, and how it stood then; all there is if left out.",
)
def timeline(options: _Options, *, day: dt.date | None) -> None:
    """Draw the promises, moves and outcomes on a line of time, as SVG."""
    from betatech_milestones.pictures.timeline import timeline as draw

    write(draw(options.programme(), language=options.lang, day=day), options.output)


@main.command()
@click.option("--portfolio", is_flag=True, help="Print that of a portfolio.toml.")
@OUTPUT
def schema(output: str | None, *, portfolio: bool) -> None:
    """Print the JSON Schema of the data file.

    Editors and validators read it: to complete what is typed, and to point at mistakes.
    """
    import json

    document = data_schema(portfolio=portfolio)
    write(json.dumps(document, ensure_ascii=False, indent=2) + "\n", output)


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
