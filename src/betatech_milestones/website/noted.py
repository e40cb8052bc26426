"""A note that a site stands as it is to be: who publishes it again need neither make nor read it.

Who publishes the same again finds in it what the site was made of, and a mark of each of its
files; a system gives a file that is written, replaced or restored another. The note is kept with
the record of the site on the disk, and not in any file: it is in no copy, and nobody fetches it.
"""

import os
import time
from pathlib import Path

import attrs

from betatech_milestones.datafile.system import keep_note, note_of
from betatech_milestones.website.folder import content_of, folders_of, foreign
from betatech_milestones.website.parts import RECORD, STATE, digest_of, digests, read_record

_STEP = 20_000_000
"""In nanoseconds: what is written within one step of a disk's clock bears one time."""


_Mark = tuple[int, int, int, int]
"""Which file it is on its disk, how long, when it was written last, and when it was touched."""
_WRITTEN = 3
"""So much of a mark stays where a file only gets another name."""


@attrs.frozen(kw_only=True)
class Look:
    """A site as it stands at a moment, by what the system tells of its files."""

    file: Path
    """The record, with which the note is kept."""
    inputs: str
    """What it is to be made of."""
    stand: str
    """What tells it, as it stands, from any other and from itself once it was touched."""
    marks: dict[str, _Mark]
    """That of all that is there but the record, by path."""
    octets: dict[str, int]
    """How large its files are, by their paths."""
    left_alone: tuple[str, ...]
    """What stands there and is not of this program's making."""
    closed: int
    """When its record was written, which is the last of its publication, in nanoseconds."""
    is_settled: bool
    """Whether whatever is written from now on will bear a later time."""

    @property
    def is_noted(self) -> bool:
        """Whether it stands as it was noted to be, made of the same."""
        return note_of(self.file) == self._note

    @property
    def is_untouched(self) -> bool:
        """Whether it stands as it was noted to be, whatever that was made of."""
        return (note_of(self.file) or "").endswith(f" {self.stand}")

    @property
    def _note(self) -> str:
        return f"{self.inputs} {self.stand}"

    def follows(self, before: "Look | None") -> bool:
        """Whether each file was written by its publication, or was there before, as it is now.

        What was carried along got another name, which touched it, and was written by nobody.
        """
        was = before.marks if before is not None and before.is_settled else {}
        return all(
            mark[-1] <= self.closed or mark[:_WRITTEN] == was.get(path, ())[:_WRITTEN]
            for path, mark in self.marks.items()
            if path in self.octets
        )

    def keep(self) -> None:
        """Note that it stands as it is to be, if what is written later will show."""
        if self.is_settled:
            keep_note(self.file, self._note)


def look_at(target: Path, inputs: str) -> Look | None:
    """Look at a site that is to be made of some inputs; None where none that is whole is there."""
    now = time.time_ns()
    written = content_of(target / RECORD) or b""
    record = read_record(written)
    if record is None:
        return None
    files = {*record.files, STATE}
    left_alone = (*foreign(target, {*files, RECORD}, ()),)
    marks = {}
    for path in sorted({*files, *folders_of(files), *left_alone}):
        try:
            found = os.lstat(f"{target}/{path}")
        except OSError:
            return None
        marks[path] = found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
    return Look(
        file=target / RECORD,
        inputs=inputs,
        stand=digests()(digest_of(written), [*marks.items()]),
        marks=marks,
        octets={path: marks[path][1] for path in files} | {RECORD: len(written)},
        left_alone=left_alone,
        closed=(target / RECORD).lstat().st_mtime_ns,
        is_settled=max(mtime for _, _, mtime, _ in marks.values()) < now - _STEP,
    )
