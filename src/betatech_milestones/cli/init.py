"""Beginning a programme: what the folder needs to know is an option, or is asked on a terminal."""

import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from betatech_milestones.cli.options import reading
from betatech_milestones.cli.output import Unusable, say, today_in, why
from betatech_milestones.datafile.starter import (
    ZONES,
    AlreadyThere,
    Ci,
    a_title,
    starter,
    write_starter,
)
from betatech_milestones.language import LANGUAGES
from betatech_milestones.model import values
from betatech_milestones.model.errors import BadValue

_LANGUAGES = {
    "nl": "Nederlands",
    "en": "English",
    "fr": "français",
    "de": "Deutsch",
    "it": "italiano",
}
_MARKS = {
    "nl": "VOORBEELD",
    "en": "EXAMPLE",
    "fr": "EXEMPLE",
    "de": "BEISPIEL",
    "it": "ESEMPIO",
}
"""What the example of each language is marked with."""
_WORKFLOWS = {Ci.GITHUB: "GitHub", Ci.GITLAB: "GitLab", Ci.NONE: "nobody"}
_NEEDED = ("title", "language", "id")


@click.command("init")
@click.argument("folder", default=".", metavar="[FOLDER]")
@click.option(
    "--title", metavar="TEXT", callback=reading(a_title), help="What the programme is called."
)
@click.option("--language", type=click.Choice(LANGUAGES), help="The language of its texts.")
@click.option(
    "--id",
    metavar="ID",
    callback=reading(values.identifier),
    help="Ends the id of every calendar entry, so it never changes.",
)
@click.option(
    "--timezone",
    metavar="ZONE",
    callback=reading(values.timezone),
    help='Whose "today" counts; by the language if left out, such as Europe/Amsterdam for nl.',
)
@click.option(
    "--ci",
    type=click.Choice([word.value for word in Ci]),
    help="Who checks and publishes at each change; none if left out.",
)
@click.option("--empty", is_flag=True, help="Without the example: to import a list into.")
def command(folder: str, *, empty: bool, **given: Any) -> None:
    """Write the folder with which a programme begins.

    In FOLDER, or in the current one, come a data file, and what edits, checks and publishes it.
    What is not said is asked on a terminal. Nothing is overwritten: where something else has the
    place of one of the files, none is written.
    """
    said = _complete(given)
    zone = said["timezone"] or ZONES[said["language"]]
    files = starter(
        title=said["title"],
        id=said["id"],
        language=said["language"],
        timezone=zone,
        ci=said["ci"] or Ci.NONE,
        today=today_in(zone),
        example=not empty,
    )
    try:
        written = write_starter(folder, files)
    except AlreadyThere as error:
        raise Unusable(str(error)) from None
    except OSError as error:
        raise Unusable(why("write", error.filename or folder, error)) from None
    say(*(f"wrote {path}" for path in written))
    data, public = (shlex.quote(str(Path(folder, name))) for name in ("milestones.toml", "public"))
    mark = _MARKS[said["language"]]
    first = f"  # first replace what is marked {mark}: what was published can only be dropped"
    say(
        "next:",
        f"  betatech-milestones check {data}",
        f"  betatech-milestones import list.xlsx {data} --source list",
        *([] if empty else [first]),
        f"  betatech-milestones build {data} -o {public}",
    )


def _complete(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what is said, with the answers to what is not; never ask without a terminal."""
    missing = [f"--{name}" for name in _NEEDED if given[name] is None]
    if not missing:
        return given
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise click.UsageError(f"there is no terminal to ask on; say {', '.join(missing)}")
    import questionary

    def typed(name: str, question: str, what: Callable[[str], str], default: str = "") -> None:
        if said[name] is None:
            asked = questionary.text(question, default=default, validate=_valid(what))
            said[name] = what(asked.unsafe_ask())

    def chosen(name: str, question: str, choices: Mapping[Any, str]) -> None:
        if said[name] is None:
            titles = [questionary.Choice(title, value) for value, title in choices.items()]
            said[name] = questionary.select(question, titles).unsafe_ask()

    said = {**given}
    typed("title", "What is the programme called?", a_title)
    chosen("language", "In which language are its texts?", _LANGUAGES)
    typed("id", "Its id, which never changes:", values.identifier, values.slug(said["title"]))
    typed("timezone", 'Whose "today" counts?', values.timezone, ZONES[said["language"]])
    chosen("ci", "Who checks and publishes it at each change?", _WORKFLOWS)
    return said


def _valid(what: Callable[[str], str]) -> Callable[[str], bool | str]:
    """Let a question tell what is wrong with an answer, as long as it is."""

    def valid(answer: str) -> bool | str:
        try:
            what(answer)
        except BadValue as error:
            return str(error)
        return True

    return valid
