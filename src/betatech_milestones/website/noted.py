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


@attrs.frozen(kw_only=True)
class Look:
    """A site as it stands at a moment, by what the system tells of its files."""

    file: Path
    """The record, with which the note is kept."""
    note: str
    """What tells this site, as it stands, from any other, and from itself made of other things."""
    octets: dict[str, int]
    """How large its files are, by their paths."""
    left_alone: tuple[str, ...]
    """What stands there and is not of this program's making."""
    is_as_written: bool
    """Whether nothing in it was touched since its record was written, which is the last of it."""
    is_settled: bool
    """Whether whatever is touched from now on will bear a later time."""

    @property
    def is_noted(self) -> bool:
        """Whether it stands as it was noted to be."""
        return note_of(self.file) == self.note

    def keep(self) -> None:
        """Note that it stands as it is to be, if a later touch will show."""
        if self.is_settled:
            keep_note(self.file, self.note)


def look_at(target: Path, inputs: str) -> Look | None:
    """Look at a site that was made of some inputs; None where there is none that is whole."""
    now = time.time_ns()
    written = content_of(target / RECORD) or b""
    record = read_record(written)
    if record is None:
        return None
    files = {*record.files, STATE}
    left_alone = (*foreign(target, {*files, RECORD}, ()),)
    marks, octets, touched = [], {}, 0
    for path in sorted({*files, *folders_of(files), *left_alone}):
        try:
            found = os.lstat(f"{target}/{path}")
        except OSError:
            return None
        marks.append((path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns))
        touched = max(touched, found.st_ctime_ns)
        if path in files:
            octets[path] = found.st_size
    return Look(
        file=target / RECORD,
        note=digests()(inputs, digest_of(written), marks),
        octets=octets | {RECORD: len(written)},
        left_alone=left_alone,
        is_as_written=touched <= (target / RECORD).lstat().st_mtime_ns,
        is_settled=touched < now - _STEP,
    )
