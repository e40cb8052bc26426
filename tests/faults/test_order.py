"""What is on the disk before its name is, so that a loss of power leaves the old or the new."""

import re
from pathlib import Path

import pytest

from faults import strace
from faults.commands import Place
from faults.conftest import Tally

_CHANGED = re.compile(
    r"\d+ +(?:write|pwrite64|writev|ftruncate|sendfile|copy_file_range)\(.*?<(?P<path>[^>]+)>"
)
_ALL_SYNCED = re.compile(r"\d+ +syncfs\(.* = 0")
_SYNCED = re.compile(r"\d+ +(?:fsync|fdatasync)\(\d+<(?P<path>[^>]+)>\) += 0")
_RENAMED = re.compile(
    r'\d+ +(?:rename|renameat|renameat2)\((?:AT_FDCWD(?:<[^>]*>)?, )?"(?P<old>[^"]+)", '
    r'(?:AT_FDCWD(?:<[^>]*>)?, )?"(?P<new>[^"]+)".*= 0'
)


@pytest.mark.traced
def test_what_is_written_is_on_the_disk_before_it_has_its_name(at: Place, tally: Tally) -> None:
    """Each file goes to the disk before it is renamed, and the folder with its name afterwards."""
    folder, lines = at.folder, [call.line for call in strace.calls(at)]
    wrong: list[str] = []
    dirty: set[str] = set()
    unnamed: dict[str, Path] = {}
    for line in lines:
        if changed := _CHANGED.match(line):
            dirty.add(changed["path"])
        elif _ALL_SYNCED.match(line):
            dirty.clear()
            unnamed.clear()
        elif synced := _SYNCED.match(line):
            dirty.discard(synced["path"])
            unnamed.pop(synced["path"], None)
        elif renamed := _RENAMED.match(line):
            old, new = (Path(folder, renamed[side]) for side in ("old", "new"))
            lost = [path for path in dirty if Path(path) == old or old in Path(path).parents]
            wrong += [f"{path} is not on the disk, and gets the name {new}" for path in lost]
            dirty -= {*lost}
            if old.name.startswith("."):  # and not what others have put in a site
                unnamed[str(new.parent)] = new
    wrong += [
        f"{above} is not on the disk with the new name {new}" for above, new in unnamed.items()
    ]
    tally["order of writing to the disk", "WRONG" if wrong else "as promised"] += 1
    assert not wrong, "\n".join(wrong).replace(str(folder), "…")
