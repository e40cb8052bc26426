"""What was published, and what is told of it; and the right to publish."""

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from betatech_milestones.model import rules
from betatech_milestones.model.findings import Finding, FindingsError, Location
from betatech_milestones.model.rules import Rule
from betatech_milestones.website.folder import alone, content_of, left_beside
from betatech_milestones.website.parts import RECORD, read_record

LARGEST_FEED = 900_000
"""In octets: Google Calendar stops reading at 1 MB."""
BY_PART = "feeds by part, or leave out what ended long ago with --since DATE"
"""What to subscribe to instead of one that is too large."""


class Refused(FindingsError):  # noqa: N818  the name says what it is
    """A publication that would break the calendars of subscribers, or what others have written."""


@attrs.frozen(kw_only=True)
class Publication:
    """What was published."""

    files: int
    feeds: int
    changed: int
    """How many milestones are new, changed or gone since the state before."""
    left_alone: tuple[str, ...]
    """What stood in the folder and is not of this program's making."""
    warnings: tuple[Finding, ...]


@contextlib.contextmanager
def alone_in(target: Path) -> Iterator[None]:
    """Hold the only right to replace a folder, and each above it that is a site, which holds it."""
    with contextlib.ExitStack() as rights:
        for above in reversed(target.parents):
            if read_record(content_of(above / RECORD) or b"") is not None:
                rights.enter_context(alone(above))
        rights.enter_context(alone(target))
        yield


# --- what is told ---------------------------------------------------------------------------------


def finding(rule: Rule, message: str, path: Path) -> Finding:
    """Return what is wrong with a file of a site."""
    return Finding(rule=rule, message=message, location=Location(path=str(path)))


def kept_beside(folder: Path) -> Iterator[Finding]:
    """Yield where stands what others wrote while a site was replaced, until somebody removes it."""
    target = Path(os.path.realpath(folder))
    for kept in left_beside(target):
        message = (
            "holds what others wrote while the site was replaced, under names that the site has "
            "for something else; take what you need of it, and remove it"
        )
        yield finding(rules.LEFT_BESIDE, message, _as_named(kept, folder))


def _as_named(beside: Path, folder: Path) -> Path:
    """Return a path beside a folder as the folder is named, if that leads there."""
    near = folder.parent / beside.name
    return near if os.path.realpath(near) == str(beside) else beside


def large_feeds(octets: Mapping[str, int], folder: Path, instead: str) -> Iterator[Finding]:
    """Yield at which of the files that there are, by their sizes, a reader may stop."""
    for path, number in sorted(octets.items()):
        if path.endswith(".ics") and number > LARGEST_FEED:
            message = (
                f"has {number // 1000:,} kB, and Google Calendar stops at 1,000; subscribe to "
                f"{instead}"
            )
            yield finding(rules.LARGE_FEED, message, folder / path)


def lost_feeds(gone: Iterable[str], folder: Path) -> Iterator[Finding]:
    """Yield which of the files that are gone a reader finds no more."""
    for path in sorted(path for path in gone if path.endswith(".ics")):
        message = "is no longer made: who subscribed to it gets an error from now on"
        yield finding(rules.LOST_FEED, message, folder / path)
