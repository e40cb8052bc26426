"""What comes in and goes out of a command: files, the clock, the standard output, messages."""

import contextlib
import datetime as dt
import errno
import io
import itertools
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.datafile.find import NoDataFile, find, find_all, is_folder, shipped
from betatech_milestones.formats import render
from betatech_milestones.model.about import ISSUES, NAME, VERSION
from betatech_milestones.model.findings import InvalidData
from betatech_milestones.model.portfolio import Portfolio
from betatech_milestones.model.printable import COMMAND, printable_line
from betatech_milestones.model.records import Programme
from betatech_milestones.model.values import NO_TIMEZONES
from betatech_milestones.voice import Voice

if TYPE_CHECKING:
    from betatech_milestones.analysis.diff import Diff
    from betatech_milestones.analysis.reminder import Reminder
    from betatech_milestones.analysis.slips import Slips
    from betatech_milestones.analysis.stats import Stats

FOUND = 1
"""Exit code when something is overdue, the data has errors, or it changed and that was wanted."""
UNUSABLE = 2
"""Exit code for wrong usage, or a file that cannot be loaded."""
CRASHED = 70
"""Exit code of a fault of the program: EX_SOFTWARE of `sysexits.h`."""
INTERRUPTED = 130
"""Exit code of what was interrupted, as shells give it for SIGINT: 128 and the signal's number."""
UNREAD = 141
"""Exit code of what was written into a pipe that nobody reads, as shells give it for SIGPIPE."""


class Unusable(click.ClickException):
    """One clear message in one or more lines, and the exit code for what cannot be used."""

    exit_code = UNUSABLE

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(printable_line(line, longest=None) for line in lines))


def say(*lines: object) -> None:
    """Print on the standard error, each on a line of its own, whoever wrote what is in it.

    Where that cannot be written the exit code has to do.
    """
    try:
        click.echo("".join(f"{printable_line(str(line))}\n" for line in lines), err=True, nl=False)
    except OSError:
        _let_go_of(sys.stderr)


def today(programme: Programme) -> dt.date:
    """Return what day it is where the programme is."""
    return today_in(programme.timezone)


def today_in(timezone: str) -> dt.date:
    """Return what day it is in a time zone."""
    import zoneinfo

    try:
        zone = zoneinfo.ZoneInfo(timezone)
    except zoneinfo.ZoneInfoNotFoundError:  # it was there when the file was written
        message = f"what day it is in {timezone} is not known: {NO_TIMEZONES}, or name a day"
        raise Unusable(message) from None
    return dt.datetime.now(zone).date()


# --- how it ends ----------------------------------------------------------------------------------


@contextlib.contextmanager
def quiet_when_unread() -> Iterator[None]:
    """End quietly where nobody reads the pipe into which something is written.

    Where click cannot print something of its own, such as help, because a disk is full or the
    standard output is closed, that is told.
    """
    try:
        yield
    except click.exceptions.Exit as ended:
        if ended.exit_code == 0 and sys.stdout is None:
            raise Unusable(why("write", "the standard output", _closed())) from None
        raise
    except BrokenPipeError:
        _let_go_of(sys.stdout)
        sys.exit(UNREAD)
    except OSError as error:
        if not _is_of_echo(error):
            raise
        _let_go_of(sys.stdout)
        raise Unusable(why("write", "the standard output", error)) from None


def _is_of_echo(error: OSError) -> bool:
    from traceback import walk_tb

    *_, (frame, _) = walk_tb(error.__traceback__)
    return frame.f_code is click.echo.__code__


def tell_wrong(error: click.ClickException) -> None:
    """Say what is wrong with a call, as click lays it out."""
    shown = io.StringIO()
    error.show(file=shown)
    told = shown.getvalue().removesuffix("\n")
    if isinstance(error, click.UsageError) and not isinstance(
        error, click.exceptions.NoArgsIsHelpError
    ):
        message = error.format_message()  # which has no line breaks of ours
        told = told.replace(message, printable_line(message, longest=None))
    say(*told.split("\n"))


def tell_crash(error: Exception, *, traceback: bool) -> None:
    """Say that the program has a fault, on one line; with a traceback, also where."""
    if traceback:
        from traceback import format_exception

        say(*"".join(format_exception(error)).removesuffix("\n").split("\n"))
    kind, why = type(error).__name__, f": {error}" if str(error) else ""
    where = "" if traceback else f" with what {NAME} --traceback shows for the same command"
    say(f"{NAME} {VERSION} has a fault; report it to {ISSUES}{where}: {kind}{why}")


# --- what comes in --------------------------------------------------------------------------------


def data_file(file: str | None, *, example: bool = False) -> Path:
    """Return the file that is meant, and say on the standard error which one was found.

    What a report says is only clear to who knows of which file: a name that was not given, or that
    is of a folder, is told. The example has the shortest name that leads to it from here.
    """
    if example and file is not None:
        raise click.UsageError("--example is the programme that ships; leave FILE or --example out")
    if example:
        path, here = shipped(), Path.cwd()
        return path.relative_to(here) if path.is_relative_to(here) else path
    try:
        path = find(file)
    except NoDataFile as error:
        raise Unusable(str(error)) from None
    if file is None or path != Path(file):
        say(f"reads {path}")
    return path


def data_files(files: Sequence[str], *, example: bool = False) -> tuple[str, ...]:
    """Return the names of what is to be read together, and say which files were found under them.

    A folder of several programmes keeps its name; what it holds is found again when it is read.
    """
    if example:
        return (str(data_file(files[0] if files else None, example=True)),)
    return tuple(itertools.chain.from_iterable(map(_found, files or (None,))))


def _found(file: str | None) -> Iterator[str]:
    try:
        found = find_all(file)
    except NoDataFile as error:
        raise Unusable(str(error)) from None
    if file is not None and len(found) > 1:
        say(f"reads {len(found)} files in {file}")
        yield file
        return
    if file is None or found[0] != Path(file):
        say(f"reads {found[0]}")
    yield str(found[0])


def load_together(names: Sequence[str]) -> Portfolio:
    """Load what is named; end with why that cannot be. The problems of a file are raised."""
    from betatech_milestones.datafile.portfolio import NamedTwice, load_portfolio

    try:
        return load_portfolio(*names)
    except NamedTwice as error:
        raise Unusable(str(error)) from None
    except OSError as error:
        raise Unusable(why("read", names[0], error)) from None


def read_together(names: Sequence[str]) -> Portfolio:
    """Load what is named, and tell what of it cannot be read; end where that is all of it."""
    try:
        portfolio = load_together(names)
    except InvalidData as error:
        tell(error)
        sys.exit(UNUSABLE)
    tell_unread(portfolio)
    if not portfolio.members:
        sys.exit(UNUSABLE)
    return portfolio


def tell_unread(portfolio: Portfolio) -> None:
    """Say on the standard error what is wrong with files that hide nothing of the others."""
    unread = portfolio.unread
    for one in unread:
        if isinstance(one.error, InvalidData):
            tell(one.error)
    tell_unreadable(portfolio)
    if unread:
        names = [one.path for one in unread[:_MOST_NAMED]]
        more = ["…"] if len(unread) > _MOST_NAMED else []
        whole = len(unread) + len(portfolio.members)
        told = ", ".join([*names, *more])
        say(f"{len(unread)} of {whole} files could not be read: {told}")


def tell_unreadable(portfolio: Portfolio) -> tuple[str, ...]:
    """Say of which files nothing is known at all, and return their names."""
    errors = [(one.path, one.error) for one in portfolio.unread if isinstance(one.error, OSError)]
    for path, error in errors:
        say(why("read", path, error))
    return tuple(path for path, _ in errors)


_MOST_NAMED = 5


def tell(error: InvalidData) -> None:
    """Say on the standard error what is wrong with a file."""
    say(*error.findings)


def version(name: str, *, beside: str) -> Programme:
    """Load a version, from a file or from git; end with its problems, or with why there is none."""
    from betatech_milestones.datafile.git import NoVersion, load_version

    if not name.startswith("git:"):
        portfolio = read_together(data_files([name]))
        if portfolio.unread:
            sys.exit(UNUSABLE)
        return portfolio.programme
    try:
        if is_folder(beside):
            beside = str(find(beside))
        return read(name, lambda: load_version(name, beside=beside))
    except (NoVersion, NoDataFile) as error:
        raise Unusable(str(error)) from None


def read(path: str | Path, load_it: Callable[[], Programme]) -> Programme:
    """Load a programme; end with its problems, or with why it cannot be read."""
    try:
        return load_it()
    except OSError as error:
        raise Unusable(why("read", path, error)) from None
    except InvalidData as error:
        tell(error)
        sys.exit(UNUSABLE)


def why(what: str, path: str | Path, error: OSError) -> str:
    """Return why a file could not be read or written, in one sentence."""
    reason = error.strerror or str(error)
    return f"cannot {what} {path}: {reason[:1].lower()}{reason[1:]}"


# --- what goes out --------------------------------------------------------------------------------

STDOUT = (None, "-")


def show(
    view: "Judgement | Diff | Slips | Stats | Reminder",
    output_format: str,
    *,
    language: str | None = None,
    output: str | None = None,
) -> None:
    """Write a view in a format that it has, on a terminal as wide as that, and in colour."""
    terminal = output in STDOUT and sys.stdout is not None and sys.stdout.isatty()
    width = _columns() if terminal else None
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    name: Any = output_format  # one of those that the view has: click saw to it
    written = render(view, name, language=language, width=width, colour=colour)
    write(written, output, commands=output_format == "github")


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def not_over(output: str | None, *inputs: str | Path) -> None:
    """Refuse to write over a file that is read, or that of a folder: it would be lost."""
    for path in inputs:
        with contextlib.suppress(OSError):  # what is not there is not lost
            if output is not None and Path(output).samefile(file := find(path)):
                raise click.UsageError(f"{file} is read here, and would be lost; name another -o")


def write(written: str | bytes, output: str | None, *, commands: bool = False) -> None:
    """Write to the standard output, or whole to a file: never half of one.

    Text is UTF-8 whatever the locale says; what a path holds besides text is written as an escape.
    What a log of CI would take for a command stays out of it, unless it is one of ours.
    """
    content = written.encode(errors="backslashreplace") if isinstance(written, str) else written
    try:
        if output in STDOUT:
            if sys.stdout is None:  # click would print nothing, and not say so
                raise _closed()
            if not commands:
                _keep_out_of_a_log(content)
            click.echo(content, nl=False)
        else:
            from betatech_milestones.datafile.files import replace

            replace(Path(output), content)
    except BrokenPipeError:  # the reader has seen enough
        raise
    except OSError as error:
        if output in STDOUT:
            _let_go_of(sys.stdout)
        raise Unusable(why("write", output or "the standard output", error)) from None


def _closed() -> OSError:
    """Return what a standard output that is closed is."""
    return OSError(errno.EBADF, "it is closed")


_IN_CI = ("GITHUB_ACTIONS", "TF_BUILD")
"""What is in the environment of a step of GitHub, Forgejo or Gitea, and of Azure Pipelines."""


def _keep_out_of_a_log(content: bytes) -> None:
    """Refuse what a step of CI would take for a command, unless it goes to a file.

    Every format for people, JSON and XML has it as an escape; CSV, calendars and mail, which have
    none, stay exact.
    """
    if any(map(os.environ.get, _IN_CI)) and COMMAND.search(content.decode(errors="replace")):
        with contextlib.suppress(OSError):  # there is none, or none of the system
            if stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode):
                return
        raise Unusable(
            "this has a text that the log of CI takes for a command; write it with -o to a file"
        )


def _let_go_of(stream: TextIO | None) -> None:
    """Send what is still buffered nowhere: on leaving, Python would fail on it once more."""
    if stream is not None:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())


_SUMMARY = "GITHUB_STEP_SUMMARY"
_SUMMARY_BELOW_BYTES = 1024 * 1024
"""What GitHub shows of a step: nothing of a summary that is larger, whoever wrote it."""


def summarise(judgement: Judgement, voice: Voice) -> None:
    """Append the report to the summary of the step that GitHub runs, if it does."""
    from betatech_milestones.formats.markdown import cut

    path = os.environ.get(_SUMMARY)
    if not path:
        return
    try:
        with Path(path).open("ab") as summary:
            apart = b"\n" if summary.tell() else b""
            room = _SUMMARY_BELOW_BYTES - 1 - summary.tell() - len(apart)
            if written := cut(judgement, voice, most_bytes=room):
                summary.write(apart + written.encode())
    except OSError as error:
        raise Unusable(why("write", f"{path} ({_SUMMARY})", error)) from None
