"""Showing the site in a browser while its file is edited: the file, the clock, the messages."""

import datetime as dt
import signal
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from betatech_milestones.cli.options import DAY, EXAMPLE, FILE, all_of
from betatech_milestones.cli.output import (
    INTERRUPTED,
    UNUSABLE,
    Unusable,
    data_file,
    say,
    tell,
    today,
    why,
)
from betatech_milestones.datafile.load import loads
from betatech_milestones.model import rules
from betatech_milestones.model.findings import InvalidData
from betatech_milestones.model.records import Programme

if TYPE_CHECKING:
    from betatech_milestones.website.serve import Place, Shown

TERMINATED = 143
"""Exit code of what the system ended: 128 and the signal's number, as `INTERRUPTED` is."""


@click.command("serve")
@all_of(FILE, EXAMPLE, DAY)
@click.option(
    "--port",
    metavar="NUMBER",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 takes any that is free.",
)
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; others can see it only where this is no loopback address.",
)
@click.option("--open", "opens", is_flag=True, help="Open the page in a browser.")
def command(
    *,
    file: str | None,
    example: bool,
    as_of: dt.date | None,
    port: int,
    host: str,
    opens: bool,
) -> None:
    """Show the site on this machine, while FILE is edited.

    Nothing is written: all is made in memory when it is asked for. A page in a browser is loaded
    again when the file changed, and shows what is wrong with it above its last version that was
    sound. Ctrl-C ends it.
    """
    from betatech_milestones.website.serve import CannotListen, Original, serve

    path = data_file(file, example=example)
    signal.signal(signal.SIGTERM, _terminated)
    try:
        serve(
            Original(
                stamp=partial(_stamp, path),
                read=path.read_bytes,
                load=partial(_load, path),
                why=partial(why, "read", path),
            ),
            host=host,
            port=port,
            day=today if as_of is None else lambda _: as_of,
            clock=_now,
            ready=partial(_ready, path, as_of, opens=opens),
            told=partial(_told, path),
        )
    except CannotListen as error:
        raise Unusable(str(error)) from None
    except OSError as error:
        raise Unusable(why("read", path, error)) from None
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _terminated(*_: object) -> NoReturn:
    sys.exit(TERMINATED)


def _stamp(path: Path) -> object:
    """Return what is another once a file was written, or nothing where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _load(path: Path, data: bytes) -> Programme:
    """Return the programme that a file holds; end where it is a portfolio of several."""
    try:
        return loads(data, path=str(path))
    except InvalidData as error:
        if error.findings[0].rule is rules.NO_PROGRAMME:
            tell(error)
            sys.exit(UNUSABLE)
        raise


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def _ready(path: Path, as_of: dt.date | None, place: "Place", *, opens: bool) -> None:
    page = place.address if as_of is None else f"{place.address}?as-of={as_of}"
    if place.is_for_all:
        say(
            "whoever reaches this machine over its network can see the site; without --host nobody "
            "but this machine can"
        )
    say(f"{page} shows {path}; Ctrl-C ends it")
    if opens:
        click.launch(page)


def _told(path: Path, shown: "Shown", seconds: float) -> None:
    """Say in one line how a file was found."""
    from betatech_milestones.analysis.hints import hints

    took = f"made in {1000 * seconds:,.0f} ms"
    if shown.programme is not None and not shown.problems:
        milestones = _counted(len(shown.programme.by_id), "milestone")
        hinted = _counted(len(hints(shown.programme, day=shown.day)), "hint")
        say(f"{path}: {milestones}, no problems, {hinted}; {took}")
    else:
        problems = _counted(len(shown.problems), "problem")
        stays = (
            "" if shown.read_at is None else f"; what was read at {shown.read_at:%H:%M:%S} stays"
        )
        say(f"{path}: {problems}{stays}; {took}")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
