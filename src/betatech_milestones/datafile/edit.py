"""A data file that is added to, while nobody else writes it: whole, or not at all."""

import os
from collections.abc import Callable
from pathlib import Path

import attrs

from betatech_milestones.datafile.extend import extended
from betatech_milestones.datafile.files import Locked, editing, replace
from betatech_milestones.datafile.load import loads
from betatech_milestones.model.records import Programme


@attrs.frozen(kw_only=True)
class Extension:
    """A data file before and after something was added to it."""

    before: Programme
    after: Programme


def extend(
    path: str | os.PathLike[str],
    change: Callable[[Programme], Programme],
    *,
    dry_run: bool = False,
    wait_seconds: float = 10,
) -> Extension:
    """Add to a data file what a function adds to its programme, and leave the rest as it is.

    Whoever edits the same file meanwhile waits, and so does this. Raises what the function and
    `extended` do, `Locked` where another went on for too long, and the `OSError` of a file that
    cannot be read or written; the file is then as it was, and so it is after a `dry_run`.
    """
    with editing(Path(path), wait_seconds=wait_seconds) as file:
        data = file.read_bytes()
        before = loads(data, path=str(path))
        after = change(before)
        text = data.decode()
        written = extended(text, after, path=str(path), before=before)
        refuse_changed(file, data, path=path)
        if written != text and not dry_run:
            replace(file, written.encode())
    return Extension(before=before, after=after)


def refuse_changed(file: Path, known: bytes, *, path: str | os.PathLike[str]) -> None:
    """Raise `Locked` where a file is not what it was: an editor knows nothing of our lock."""
    if file.read_bytes() != known:
        raise Locked(f"{path} was changed meanwhile, by an editor it seems; do it again")
