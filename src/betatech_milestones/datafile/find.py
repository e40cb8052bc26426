"""Which data file is meant: the one that is named, the one in a folder, or the one of right here.

The data set that ships with the package is nobody's own: it is read only by those who ask for it.
"""

import os
from pathlib import Path

from betatech_milestones.model.errors import BetatechError

NAMES = ("milestones.toml", "data/milestones.toml")
"""Where the data file of a folder is: the first of them that is there."""


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
    raise NoDataFile(
        f"no {' and no '.join(NAMES)} {where}: name a file, make one with betatech-milestones "
        "init, or look at the example with --example (in Python: load_example())"
    )


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether there is a folder of this name; what can be no name of one is none."""
    return os.path.isdir(path)  # noqa: PTH112  that of pathlib raises where a name is too long


def shipped() -> Path:
    """Return where the example is: in the package, or in the repository that it is made from."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "milestones.toml"
    return installed if installed.exists() else package.parents[1] / "data" / "milestones.toml"
