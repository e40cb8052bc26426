"""Whatever the system refuses: the old stands and one message says why, or all is done."""

import itertools
import random
import re
from pathlib import Path

import pytest

from faults import strace
from faults.commands import NEW, OLD, Ended, Place, Tree, next_run, tree
from faults.conftest import Tally, Turns

_ERRORS = ("ENOSPC", "EDQUOT", "EIO", "EACCES", "EROFS", "EINTR")
_READING_ERRORS = ("EIO", "EACCES", "EINTR")
_BESIDE = re.compile(r"/\.[^/]+\.([0-9a-f]{8}\.|lock>)")
_SWEEPING = ("unlink", "unlinkat", "rmdir", "rename", "renameat2", "flock")
"""Where these fail, or what reads in what is beside the site, something may be left there until the
next run: what was to be removed, or a lock that could not be had, or closed.
"""


def problem_of(
    at: Place, ended: Ended, *, may_leave: bool, folder: Path | None = None
) -> tuple[str, str]:
    """Return what came of an error, and what is wrong with that or with the next run."""
    folder = folder or at.folder
    seen, left = at.parts(tree(folder))
    stood, problem = at.stands(seen), ""
    unread = _UNREAD.match(ended.said) if at.command.is_of_several else None
    if "Traceback" in ended.said:
        problem = ended.said
    elif unread and ended.code == 1 and _stays(at, seen, unread["id"]):
        return "the others were published, and it said which was not", next_run(at, OLD, folder)
    elif stood not in (OLD, NEW) or ended.code not in (0, 2):
        problem = f"{stood}; it ended with {ended.code}: {ended.said}"
    elif ended.code == 0 and stood == OLD:
        problem = f"the new does not stand, and it ended with 0: {ended.said}"
    elif ended.code == 2 and not _is_clear(at, ended.said):
        problem = f"its message is not clear: {ended.said!r}"
    elif left and not may_leave:
        problem = f"left behind: {', '.join(left)}"
    return _CAME[ended.code, stood] if not problem else "", problem or next_run(at, stood, folder)


_UNREAD = re.compile(
    r"cannot read (?P<id>\w+)\.toml: .*\n1 of 2 files could not be read: (?P=id)\.toml\n"
)


def _stays(at: Place, seen: Tree, id_: str) -> bool:
    """Whether all that was published of a programme is as it was."""
    return all(
        seen.get(path) == was for path, was in at.before.items() if path.startswith(f"site/{id_}/")
    )


_CAME = {
    (0, NEW): "done all the same",
    (2, OLD): "the old stood, and it said why",
    (2, NEW): "the new stood, and it said what failed",
}


def _is_clear(at: Place, said: str) -> bool:
    """Whether a message is one line that names a file of those that it is about."""
    errors = [line for line in said.splitlines() if line.startswith("Error: ")]
    names = {Path(path).name for path in (*at.before, *at.after, at.command.writes)}
    return len(errors) == 1 and any(name in errors[0] for name in names)


@pytest.mark.traced
def test_an_error_of_any_call(at: Place, chance: random.Random, turns: Turns, tally: Tally) -> None:
    """Of an error of any call the message says which file, and nothing is half-written."""
    known = strace.calls(at)
    of_changing = itertools.product([call for call in known if call.changes], _ERRORS)
    of_reading = itertools.product([call for call in known if not call.changes], _READING_ERRORS)
    faults = [*of_changing, *of_reading]
    chance.shuffle(faults)
    wrong = []
    for (call, error), _ in zip(faults, turns, strict=False):
        ended, happened = strace.run_with(f"error={error}", call, at)
        sweeps = call.name in _SWEEPING or (not call.changes and _BESIDE.search(call.line))
        came, problem = problem_of(at, ended, may_leave=bool(sweeps))
        if problem:
            line = re.sub(r"^\d+ ", "", call.line)
            wrong.append(f"{error} at {call.name} #{call.number}, {line}: {problem}")
        tally[
            f"{error} of a {'changing' if call.changes else 'reading'} call", came or "WRONG"
        ] += 1
        if not happened:
            wrong.append(f"{error} at {call.line}: it never came to that")
    assert not wrong, "\n".join(wrong)
