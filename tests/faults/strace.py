"""What a process asks of the system, and a fault at one such call."""

import functools
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import attrs

from faults.commands import Ended, Place, run

CHANGING = (
    *("write", "pwrite64", "writev", "ftruncate", "fsync", "fdatasync", "syncfs", "flock"),
    *("mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "symlink", "symlinkat"),
    *("link", "linkat", "rename", "renameat", "renameat2"),
    *("chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat", "lchown", "utimensat"),
)
"""What changes files. Of `openat` and `close` there are those of a file that is written, too."""
_OPENING = ("openat", "open", "creat")
_READING = ("read", "pread64", "getdents64", "close", "copy_file_range", "sendfile")


@attrs.frozen(kw_only=True)
class Call:
    """A call to the system that has to do with files in a folder."""

    name: str
    number: int
    """The how many-th of its name it is in its process."""
    line: str
    """As strace writes it."""

    @property
    def changes(self) -> bool:
        return self.name in CHANGING or (self.name in _OPENING and "O_CREAT" in self.line)


@functools.cache
def is_allowed() -> bool:
    """Whether this machine lets one process watch another, and has what does so."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return tried.returncode == 0


_LINE = re.compile(r"(?P<process>\d+) +(?P<name>\w+)\((?P<rest>.*)")
_PATH = re.compile(r'(?<!AT_FDCWD)<(?P<of_descriptor>/[^>]*)>|"(?P<named>[^"]+)"')


@functools.cache
def calls(at: Place) -> tuple[Call, ...]:
    """Run a command, and return what it asks of the system about files in its folder."""
    folder, arguments = at.fresh(), at.command.arguments
    names = ",".join((*CHANGING, *_OPENING, *_READING))
    with tempfile.NamedTemporaryFile("r") as log:
        watch = ("strace", "-f", "-y", "-qq", "-s", "0", "--seccomp-bpf", "-e")
        ended = run(folder, *arguments, under=(*watch, f"trace={names}", "-o", log.name))
        assert ended.code == 0, ended
        lines = list(map(_LINE.match, log))
    numbers: Counter[str] = Counter()
    found = []
    first = next(line["process"] for line in lines if line)
    for line in lines:
        if line and line["process"] == first:  # the site is small: no other process helps with it
            numbers[line["name"]] += 1
            if _is_about(line["rest"], folder):
                call = Call(name=line["name"], number=numbers[line["name"]], line=line[0])
                found.append(call)
    return tuple(found)


def _is_about(rest: str, folder: Path) -> bool:
    paths = (path["of_descriptor"] or path["named"] for path in _PATH.finditer(rest))
    return any(not path.startswith("/") or Path(path).is_relative_to(folder) for path in paths)


def run_with(fault: str, call: Call, at: Place) -> tuple[Ended, bool]:
    """Run a command with a fault at a call, and tell whether it came to that."""
    folder, arguments = at.fresh(), at.command.arguments
    inject = f"inject={call.name}:{fault}:when={call.number}"
    with tempfile.NamedTemporaryFile("r") as log:
        watch = ("strace", "-f", "-qq", "-e", f"trace={call.name}", "-e", inject)
        ended = run(folder, *arguments, under=(*watch, "-o", log.name))
        happened = re.search(
            r"\(INJECTED\)|^\d+ +(---|\+\+\+) (killed by )?SIG", log.read(), re.MULTILINE
        )
    return ended, happened is not None
