"""The command line: parse, call one library function, print, return a code.

Reports go to stdout, everything else to stderr. Exit 0: fine; 1: something is overdue, the data
has errors, or it changed and that was asked; 2: wrong usage, or a file that cannot be loaded. Only
here is the clock asked, in the programme's own time zone.
"""

import datetime as dt
import json
import os
import shutil
import sys
import zoneinfo
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from betatech_milestones.files import Locked, replace
from betatech_milestones.findings import Finding, InvalidData, Level
from betatech_milestones.formats import DIFF_FORMATS, FORMATS, LETTER_FORMATS, SLIP_FORMATS, render
from betatech_milestones.formats.problems import CHECK_FORMATS
from betatech_milestones.loading import load, load_baseline, shipped
from betatech_milestones.loading import schema as data_schema
from betatech_milestones.model import Programme, UnknownId
from betatech_milestones.options import (
    DAY,
    FAIL_ON,
    FILE,
    FILTERS,
    LANG,
    MANNERS,
    OUTPUT,
    PLACEMENT,
    RECORDED,
    SAID,
    day_option,
    output_format,
    read_address,
    read_day,
    read_days,
    read_entry,
)
from betatech_milestones.report import as_of
from betatech_milestones.verdicts import FailOn, Judged, judged

if TYPE_CHECKING:
    from betatech_milestones.baselines import Baseline
    from betatech_milestones.comparison import Comparison
    from betatech_milestones.letter import Letter
    from betatech_milestones.slippage import Slippage

FOUND = 1
"""Exit code when something is overdue, the data has errors, or it changed and that was asked."""
UNUSABLE = 2
"""Exit code for wrong usage, or a file that cannot be loaded."""


class _Unusable(click.ClickException):
    """One clear message, and the exit code for what cannot be used."""

    exit_code = UNUSABLE


# --- what is asked --------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Asked:
    """What the options that all reports share ask for."""

    file: str | None = None
    output: str | None = None
    as_of: dt.date | None = None
    lang: str | None = None
    output_format: str = "text"
    cluster: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    grace: int = 0
    lead: int | None = None
    fail_on: str = FailOn.OVERDUE.value
    baseline: str | None = None

    def programme(self) -> Programme:
        """Load the file, narrowed to what is asked for."""
        programme = _loaded(self.file)
        try:
            return programme.only(
                clusters=self.cluster,
                sectors=self.sector,
                bodies=self.body,
                measures=self.measure,
                kinds=self.kind,
            )
        except UnknownId as error:
            raise _Unusable(str(error)) from None

    def day(self, programme: Programme) -> dt.date:
        """Return the day asked for, or today where the programme is."""
        return self.as_of or _today(programme)

    def report(self) -> Judged:
        """Say how it stands on the day asked for."""
        programme = self.programme()
        return judged(
            as_of(programme, self.day(programme)),
            grace_days=self.grace,
            lead_days=self.lead,
            fail_on=FailOn(self.fail_on),
            baseline=_earlier(self.baseline, programme),
        )

    def print(self, told: "Judged | Comparison | Slippage | Letter") -> None:
        """Write what there is to tell in the format asked for, as wide as the terminal there is."""
        terminal = self.output in _STDOUT and sys.stdout is not None and sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if terminal else None
        colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        written = render(told, self.output_format, language=self.lang, width=width, colour=colour)
        _write(written, self.output)
        if isinstance(told, Judged) and self.output_format == "github":
            _summarise(told, self.lang or told.programme.language)


def _with(*options: Callable[..., Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command options that arrive as one `_Asked`, besides its own."""
    shared = {field.name for field in attrs.fields(_Asked)}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            asked = _Asked(**{name: given.pop(name) for name in shared & given.keys()})
            command(asked, **given)

        return _all(*options)(run)

    return decorate


def _all(*options: Callable[..., Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command options in the order of its help."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


# --- commands -------------------------------------------------------------------------------------


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="betatech-milestones")
def main() -> None:
    """Policy promises as dated milestones: what is due, what is overdue, what was moved.

    FILE is a data file in TOML; left out, it is the data set that comes with the program.
    """


@main.command()
@_with(FILE, DAY, *FILTERS, *MANNERS, FAIL_ON, LANG, output_format(FORMATS), OUTPUT)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is overdue.")
def overdue(asked: _Asked, *, exit_zero: bool) -> None:
    """Print what is overdue, and exit with 1 if anything is."""
    report = asked.report().pressing()
    asked.print(report)
    if report.fails and not exit_zero:
        sys.exit(FOUND)


@main.command()
@_with(FILE, DAY, *FILTERS, LANG, output_format(FORMATS), OUTPUT)
@click.option(
    "--within",
    metavar="DAYS",
    type=click.IntRange(min=0),
    default=90,
    show_default=True,
    help="How many days to look ahead.",
)
def upcoming(asked: _Asked, *, within: int) -> None:
    """Print what is due now or begins soon."""
    asked.print(asked.report().within(within))


@main.command()
@_with(FILE, DAY, *FILTERS, *MANNERS, LANG, output_format(FORMATS), OUTPUT)
def report(asked: _Asked) -> None:
    """Print every milestone, grouped by status."""
    asked.print(asked.report())


@main.command()
@_with(FILE, DAY, *FILTERS, LANG, output_format(SLIP_FORMATS), OUTPUT)
def slips(asked: _Asked) -> None:
    """Print what moved, by how much, and who announced it when and why."""
    from betatech_milestones.slippage import slips as slipped  # noqa: PLC0415  as with diff

    asked.print(slipped(asked.report()))


@main.command()
@_with(FILE, LANG, output_format(LETTER_FORMATS, "markdown"), OUTPUT)
@day_option("--from", "first", "First day of the period; what expired did so before it.")
@day_option("--to", "last", "Last day of the period, itself included.")
@click.option(
    "--body", "bodies", metavar="ID", multiple=True, help="Only to this body; repeatable."
)
def letter(asked: _Asked, *, first: dt.date, last: dt.date, bodies: tuple[str, ...]) -> None:
    """Write to each body which promises expired, and which come due."""
    from betatech_milestones.letter import remind  # noqa: PLC0415  as with diff

    programme = asked.programme()
    try:
        reminder = remind(programme, first, last, bodies=bodies)
    except (UnknownId, ValueError) as error:
        raise _Unusable(str(error)) from None
    asked.print(reminder)


@main.command()
@click.argument("item", metavar="MEASURE[/MILESTONE]")
@_with(FILE, DAY, LANG, output_format(FORMATS, "story"), OUTPUT)
def show(asked: _Asked, *, item: str) -> None:
    """Print the whole story of one measure or milestone."""
    try:
        asked.print(asked.report().about(item))
    except UnknownId as error:
        raise _Unusable(str(error)) from None


@main.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@_with(DAY, output_format(CHECK_FORMATS), OUTPUT)
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
def check(asked: _Asked, *, files: tuple[str, ...], stale: int | None, against: str | None) -> None:
    """Say whether data files are sound, and exit with 1 if one is not.

    Hints are no errors: what they say of a sound file changes no exit code.
    """
    if against is not None and len(files) > 1:
        raise click.UsageError("--against compares one file; name that one")
    paths = [_path(file) for file in files or (None,)]
    found = [finding for path in paths for finding in _problems(path, asked, stale, against)]
    _write(CHECK_FORMATS[asked.output_format](found, ", ".join(map(str, paths))), asked.output)
    if any(finding.level is Level.ERROR for finding in found):
        sys.exit(FOUND)


def _problems(
    path: Path, asked: _Asked, stale_days: int | None, against: str | None
) -> Iterable[Finding]:
    from betatech_milestones.advice import hints  # noqa: PLC0415  no other command gives any
    from betatech_milestones.editions import breaks, state  # noqa: PLC0415  the same

    try:
        programme = load(path)
    except OSError as error:
        raise _Unusable(_why("read", path, error)) from None
    except InvalidData as error:
        return error.findings
    lost: Iterable[Finding] = ()
    if against is not None:
        before = _version(against, beside=str(path))
        lost = breaks(state(before), state(programme), programme)
    return (*lost, *hints(programme, day=asked.day(programme), stale_days=stale_days))


@main.command()
@click.argument("old")
@click.argument("new")
@_with(LANG, output_format(DIFF_FORMATS), OUTPUT)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changed.")
def diff(asked: _Asked, *, old: str, new: str, exit_code: bool) -> None:
    """Print what changed between two versions of the data.

    OLD and NEW are files. git:REV is the other file as a revision in its git repository has it,
    git:REV:PATH any file of a revision.
    """
    from betatech_milestones.comparison import compare  # noqa: PLC0415  other commands need none

    comparison = compare(_version(old, beside=new), _version(new, beside=old))
    asked.print(comparison)
    if comparison.changes and exit_code:
        sys.exit(FOUND)


@main.command()
@_with(FILE, *FILTERS, LANG, OUTPUT)
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
    asked: _Asked, *, component: str, placement: str, alarm_days: int | None, address: str | None
) -> None:
    """Write a calendar to subscribe to."""
    from betatech_milestones.calendars import feed  # noqa: PLC0415  icalendar is slow to import
    from betatech_milestones.entries import Component, Placement  # noqa: PLC0415  the same

    written = feed(
        asked.programme(),
        language=asked.lang,
        component=Component(component),
        placement=Placement(placement),
        alarm_days=alarm_days,
        source=address,
    )
    _write(written, asked.output)


@main.command()
@click.argument("milestone", metavar="MEASURE/MILESTONE")
@click.argument("file", metavar="FILE")
@_all(*RECORDED.values(), *SAID)
@click.option(
    "--wait",
    metavar="SECONDS",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How long to wait for another who records in the same file.",
)
def record(milestone: str, file: str, wait: int, **given: Any) -> None:
    """Write down in FILE what happened to a milestone.

    Nothing else in FILE changes, and nothing at all if what is added would break a rule. DATE is
    a day, or words such as "zomer 2014", which are kept as written.
    """
    from betatech_milestones.recording import (  # noqa: PLC0415  only who records waits for it
        CannotRecord,
    )
    from betatech_milestones.recording import record as add  # noqa: PLC0415  the same

    entry = read_entry(given, _loaded(file).language)
    try:
        location = add(file, milestone, entry, wait_seconds=wait)
    except (UnknownId, CannotRecord, Locked) as error:
        raise _Unusable(str(error)) from None
    except InvalidData as error:
        for finding in error.findings:
            click.echo(finding, err=True)
        raise _Unusable(f"nothing is recorded: {file} is as it was") from None
    except OSError as error:
        raise _Unusable(_why("write", file, error)) from None
    (what,) = (name for name in RECORDED if given[name] is not None)
    click.echo(f"{location}: recorded {milestone}: {what} {given[what]}", err=True)


@main.command()
@_with(FILE, DAY)
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
    asked: _Asked,
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
    from betatech_milestones.entries import Placement  # noqa: PLC0415  icalendar is slow to import
    from betatech_milestones.publish import Refused, publish  # noqa: PLC0415  the same

    programme = asked.programme()
    try:
        published = publish(
            programme,
            asked.day(programme),
            folder,
            placement=Placement(placement),
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
        why = _why("read or write", error.filename or folder, error)
        raise _Unusable(f"nothing was published in {folder}: {why}") from None
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
@_with(FILE, *FILTERS, LANG, OUTPUT)
def timeline(asked: _Asked) -> None:
    """Draw the promises, moves and outcomes on a line of time, as SVG."""
    from betatech_milestones.webpage import timeline as drawn  # noqa: PLC0415  as views are

    _write(drawn(asked.programme(), language=asked.lang), asked.output)


@main.command()
@OUTPUT
def schema(output: str | None) -> None:
    """Print the JSON Schema of the data file.

    Editors and validators read it: to complete what is typed, and to point at mistakes.
    """
    _write(json.dumps(data_schema(), ensure_ascii=False, indent=2) + "\n", output)


# --- reading and writing --------------------------------------------------------------------------


def _path(file: str | None) -> Path:
    """Return the file asked for; the shipped one as seen from here, if it is below."""
    if file is not None:
        return Path(file)
    path, here = shipped(), Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _loaded(file: str | None) -> Programme:
    path = _path(file)
    return _read(path, lambda: load(path))


def _version(wanted: str, *, beside: str) -> Programme:
    from betatech_milestones.versions import NoVersion, load_version  # noqa: PLC0415  few compare

    try:
        return _read(wanted, lambda: load_version(wanted, beside=beside))
    except NoVersion as error:
        raise _Unusable(str(error)) from None


def _read(path: str | Path, read: Callable[[], Programme]) -> Programme:
    try:
        return read()
    except OSError as error:
        raise _Unusable(_why("read", path, error)) from None
    except InvalidData as error:
        for finding in error.findings:
            click.echo(finding, err=True)
        sys.exit(UNUSABLE)


def _earlier(path: str | None, programme: Programme) -> "Baseline | None":
    if path is None:
        return None
    from betatech_milestones.baselines import BadBaseline  # noqa: PLC0415  most runs have none

    try:
        return load_baseline(path, programme)
    except OSError as error:
        raise _Unusable(_why("read", path, error)) from None
    except BadBaseline as error:
        raise _Unusable(str(error)) from None


def _today(programme: Programme) -> dt.date:
    return dt.datetime.now(zoneinfo.ZoneInfo(programme.timezone)).date()


def _write(written: str | bytes, output: str | None) -> None:
    """Write to the standard output, or whole to a file: never half of one.

    Text is UTF-8 whatever the locale says; what a path holds besides text is written as an escape.
    """
    content = written.encode(errors="backslashreplace") if isinstance(written, str) else written
    try:
        if output in _STDOUT:
            click.echo(content, nl=False)
        else:
            replace(Path(output), content)
    except BrokenPipeError:  # the reader has seen enough: click ends quietly
        raise
    except OSError as error:
        if output in _STDOUT:
            _let_go_of_stdout()
        raise _Unusable(_why("write", output or "the standard output", error)) from None


def _let_go_of_stdout() -> None:
    """Send what is still buffered nowhere: on leaving, Python would fail on it once more."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


_STDOUT = (None, "-")
_SUMMARY = "GITHUB_STEP_SUMMARY"
_SUMMARY_BELOW_BYTES = 1024 * 1024
"""What GitHub shows of a step: nothing of a summary that is larger, whoever wrote it."""


def _summarise(report: Judged, language: str) -> None:
    """Append the report to the summary of the step that GitHub runs, if it does."""
    from betatech_milestones.formats.markdown import cut  # noqa: PLC0415  as formats are

    path = os.environ.get(_SUMMARY)
    if not path:
        return
    try:
        with Path(path).open("ab") as summary:
            apart = b"\n" if summary.tell() else b""
            room = _SUMMARY_BELOW_BYTES - 1 - summary.tell() - len(apart)
            if written := cut(report, language, most_bytes=room):
                summary.write(apart + written.encode())
    except OSError as error:
        raise _Unusable(_why("write", f"{path} ({_SUMMARY})", error)) from None


def _why(what: str, path: str | Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"cannot {what} {path}: {reason[:1].lower()}{reason[1:]}"
