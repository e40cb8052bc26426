"""The folder with which a programme begins: its data file, and what edits and publishes that.

The texts are files of the package, beside this one: a folder for each language, with names of
values behind a `$`. What they promise is marked as an example, and lies in the year to come.
"""

import contextlib
import datetime as dt
import enum
import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from string import Template

from betatech_milestones.datafile.files import replace
from betatech_milestones.datafile.load import schema
from betatech_milestones.language import LANGUAGES
from betatech_milestones.model import rules, values
from betatech_milestones.model.dates import day
from betatech_milestones.model.errors import BadValue, BetatechError

_TEXTS = Path(__file__).with_suffix("")

ZONES: Mapping[str, str] = {
    "nl": "Europe/Amsterdam",
    "en": "Europe/London",
    "fr": "Europe/Paris",
    "de": "Europe/Berlin",
    "it": "Europe/Rome",
}
"""The time zone of a programme of which no more is said than its language."""


class Ci(enum.StrEnum):
    """Who checks and publishes a programme whenever it changed."""

    GITHUB = "github"
    GITLAB = "gitlab"
    NONE = "none"


_WORKFLOWS = {
    Ci.GITHUB: (".github/workflows/milestones.yml", "github.yml"),
    Ci.GITLAB: (".gitlab-ci.yml", "gitlab-ci.yml"),
}
"""Where the workflow of each stands, and its text in the package."""

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~&$]")


class AlreadyThere(BetatechError, FileExistsError):  # noqa: N818  the name says what it is
    """Files that would be overwritten; the message names every one of them."""


def starter(
    *,
    title: str,
    id: str,  # noqa: A002  the word of the data file
    language: str,
    today: dt.date | str,
    timezone: str | None = None,
    ci: Ci | str = Ci.NONE,
    example: bool = True,
) -> dict[str, str]:
    """Return the files of a new programme, each text by its path in the folder.

    It is written on the day `today`, from which on its sources are known. Without the example it
    has no measure yet: a list can be imported into it. Raises `BadValue` for what no data file
    takes.

    >>> sorted(starter(title="Plan for rail", id="rail", language="en", today="2026-11-27"))
    ['README.md', 'milestones.schema.json', 'milestones.toml', 'tombi.toml']
    """
    if language not in LANGUAGES:
        choice = f"write one of {', '.join(LANGUAGES)}"
        raise BadValue(rules.BAD_LANGUAGE, f"{values.shown(language)} has no texts here; {choice}")
    today, title, ci = day(today), a_title(title), values.word(ci, Ci)
    told = {
        "today": today.isoformat(),
        "year": str(today.year + 1),
        "source": "letter" if example else "list",
    }
    files = {
        "milestones.toml": _filled(
            told,
            _text(language, "programme.txt"),
            _text(language, "example.txt") if example else "",
            id=_quoted(values.identifier(id)),
            title=_quoted(title),
            timezone=_quoted(values.timezone(ZONES[language] if timezone is None else timezone)),
        ),
        "milestones.schema.json": json.dumps(schema(), ensure_ascii=False, indent=2) + "\n",
        "tombi.toml": _text("tombi.toml"),
        "README.md": _filled(
            told, _text(language, "README.txt"), title=_plain(title), **_ways(language, ci)
        ),
    }
    if workflow := _WORKFLOWS.get(ci):
        files[workflow[0]] = _text(workflow[1])
    return files


def a_title(value: str) -> str:
    """A title of one line, of characters that a file can hold."""
    try:
        value.encode()
    except UnicodeEncodeError:
        message = f"{values.shown(value)} is not UTF-8; write it anew"
        raise BadValue(rules.ENCODING, message) from None
    return values.line(value)


def write_starter(folder: str | os.PathLike[str], files: Mapping[str, str]) -> tuple[Path, ...]:
    """Write all files into a folder, which is made where there is none, and return their paths.

    The first of them, the data file, is written last: as long as it is not there, the same call
    goes on from what one that was killed has written. Raises `AlreadyThere` where anything else
    stands in the place of one of them, or the `OSError` of what cannot be written: then none that
    this call wrote is there, and no folder that was made for them.
    """
    paths = {Path(folder, *path.split("/")): text for path, text in files.items()}
    data, *others = paths
    begun = set() if os.path.lexists(data) else {path for path in others if _has(path, paths[path])}
    if there := [str(path) for path in paths if path not in begun and os.path.lexists(path)]:
        raise AlreadyThere(
            f"nothing is written: {', '.join(there)} would be overwritten; "
            "move what is there, or name another folder"
        )
    if links := sorted({str(link) for path in paths for link in _links(path, Path(folder))}):
        are = "is a link" if len(links) == 1 else "are links"
        raise AlreadyThere(
            f"nothing is written: {', '.join(links)} {are}, and not followed; "
            "move it, or name another folder"
        )
    with contextlib.ExitStack() as undo:
        for path in (*others, data):
            if path in begun:
                continue
            for above in _missing(path):
                above.mkdir()
                undo.callback(_if_possible, above.rmdir)
            undo.callback(_if_possible, path.unlink)
            replace(path, paths[path].encode())
        undo.pop_all()
    return tuple(paths)


def _has(path: Path, text: str) -> bool:
    """Whether there is a file with a text, and no link to one."""
    return path.is_file() and not path.is_symlink() and path.read_bytes() == text.encode()


def _links(path: Path, folder: Path) -> list[Path]:
    """Return the folders between one and a path in it that are links."""
    within = path.relative_to(folder).parents[:-1]
    return [folder / above for above in within if (folder / above).is_symlink()]


def _missing(path: Path) -> list[Path]:
    """Return the folders above a path that are not there, the highest first."""
    return [above for above in reversed(path.parents) if not above.is_dir()]


def _if_possible(undo: Callable[[], None]) -> None:
    """Take back what was made; what somebody else put there meanwhile stays."""
    with contextlib.suppress(OSError):
        undo()


def _filled(told: Mapping[str, str], *texts: str, **more: str) -> str:
    """Return texts with values in the place of their names; none is left out."""
    return Template("".join(texts)).substitute(told, **more)


def _ways(language: str, ci: Ci) -> dict[str, str]:
    """Return what an editor is told that differs from one place to the other."""
    parts = _text(language, f"{ci}.txt").split("\n---\n")
    names = ("open", "save", "checks", "calendar")
    return dict(zip(names, map(str.strip, parts), strict=True))


def _text(*parts: str) -> str:
    return _TEXTS.joinpath(*parts).read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    """Return a text of one line as TOML has it, in the quotation marks that need fewer escapes."""
    literal = '"' in text and "'" not in text
    return f"'{text}'" if literal else json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    """Return a text of one line that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\g<0>", text)
