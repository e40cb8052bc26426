"""Which data files are meant: those that are named, those in a folder, or the one of right here.

The data set that ships with the package is nobody's own: it is read only by those who ask for it.
"""

import os
import re
from pathlib import Path

from betatech_milestones.model.errors import BetatechError

NAMES = ("milestones.toml", "data/milestones.toml")
"""Where the data file of a folder is: the first of them that is there."""


PORTFOLIO = "portfolio.toml"
"""What names the data files of several programmes; in a folder it stands for the whole of it."""


class NoDataFile(BetatechError, FileNotFoundError):  # noqa: N818  the name says what it is
    """A folder without a data file; the message says how to come by one."""


def find(path: str | os.PathLike[str] | None = None) -> Path:
    """Return the data file that is meant; without a path, that of the current folder.

    A folder stands for the first of `NAMES` that it has. Raises `NoDataFile` where it has none, and
    for an empty name, which is what a variable that nobody has set leaves.
    """
    if path is not None and not os.fspath(path):
        raise NoDataFile("the name of the data file is empty; write it, or leave it out")
    if path is not None and not is_folder(path):
        return Path(path)
    folder = Path() if path is None else Path(path)
    for name in NAMES:
        if (folder / name).is_file():
            return folder / name
    where = "here" if path is None else f"in {path}"
    raise NoDataFile(f"no {' and no '.join(NAMES)} {where}{_instead(folder)}")


def _instead(folder: Path) -> str:
    """Return what else a folder has, and what to do: a name of ours is missing there."""
    own = _programmes(folder)
    has_portfolio = (folder / PORTFOLIO).is_file()
    if len(own) > 1 or (has_portfolio and own):
        return f", but several programmes: name one of them, such as {own[0]}"
    if own:
        return f", but one programme: name it, {own[0]}"
    if has_portfolio:
        return f", but several programmes: name one of the files in {folder / PORTFOLIO}"
    return (
        ": name a file, make one with betatech-milestones init, "
        "or look at the example with --example (in Python: load_example())"
    )


def find_all(path: str | os.PathLike[str] | None = None) -> tuple[Path, ...]:
    """Return all data files that are meant by a name; without one, by the current folder.

    A `portfolio.toml` in the folder is returned alone: it names the files itself. Else a folder
    that is named stands for every `*.toml` in it that holds a programme, in the order of their
    names, or for what `find` finds in it.
    """
    folder = Path() if path is None else Path(path)
    if path is not None and not (os.fspath(path) and is_folder(path)):
        return (find(path),)
    if (folder / PORTFOLIO).is_file():
        return (folder / PORTFOLIO,)
    if path is None:
        return (find(),)
    return _programmes(folder) or (find(path),)


def _programmes(folder: Path) -> tuple[Path, ...]:
    files = (file for file in folder.glob("*.toml") if not file.name.startswith("."))
    return tuple(sorted(filter(_holds_programme, files)))


_PROGRAMME = rb"(?m)^[ \t]*+(?:\[[ \t]*+programme[ \t]*+\]|programme[ \t]*+[.=])"


def _holds_programme(file: Path) -> bool:
    """Whether a file is meant to hold a programme, sound or not: others are none of our business.

    What cannot be read is for who reads it to tell.
    """
    if not file.is_file():
        return False
    try:
        return file.name == NAMES[0] or re.search(_PROGRAMME, file.read_bytes()) is not None
    except OSError:
        return True


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether there is a folder of this name; what can be no name of one is none."""
    return os.path.isdir(path)  # noqa: PTH112  that of pathlib raises where a name is too long


def shipped() -> Path:
    """Return where the example is: in the package, or in the repository that it is made from."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "milestones.toml"
    return installed if installed.exists() else package.parents[1] / "data" / "milestones.toml"
