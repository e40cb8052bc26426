"""Whether a site may be published in a folder, and its publication.

What would break the calendars of those who subscribed, or overwrite what others made, is refused.
"""

import datetime as dt
import errno
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from betatech_milestones.analysis.editions import BadState, State, read_state
from betatech_milestones.analysis.guard import guard
from betatech_milestones.calendars.feeds import Scope
from betatech_milestones.calendars.items import Component, Placement, uid
from betatech_milestones.model import rules
from betatech_milestones.model.findings import Finding, FindingsError, Location
from betatech_milestones.model.records import Programme
from betatech_milestones.model.rules import Rule
from betatech_milestones.voice import languages_of
from betatech_milestones.website.folder import folders_of, replace_folder, restored
from betatech_milestones.website.site import STATE, site

LARGEST_FEED = 900_000
"""In octets: Google Calendar stops reading at 1 MB."""


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


def publish(
    programme: Programme,
    day: dt.date | str,
    folder: str | os.PathLike[str],
    *,
    placement: Placement | str = Placement.DEADLINE,
    since: dt.date | str | None = None,
    address: str | None = None,
    previous: str | os.PathLike[str] | None = None,
    force: bool = False,
) -> Publication:
    """Publish a site in a folder, as the next edition of the one that stands there.

    `previous` is another folder from which to take the state. Raises `Refused` where subscribers
    would lose something, unless forced to, the `OSError` of what cannot be read or written, and
    what `site` does; the folder then is as it was.
    """
    folder = Path(folder)
    target = restored(folder)
    refusals: list[Finding] = []
    own = before = _state_in(folder, refusals if previous is None else [])
    if previous is not None:
        before = _state_in(Path(previous), refusals)
        if before is None and not refusals:
            missing = str(Path(previous) / STATE)
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), missing)
    elif own is None and not refusals and any(folder.glob("*/all.ics")):
        message = (
            "is not there, and feeds are: what was published is not known, and subscribers would "
            "miss changes; restore it"
        )
        refusals.append(_finding(rules.NO_STATE, message, folder / STATE))
    files = site(programme, day, placement=placement, since=since, address=address, before=before)
    now = read_state(files[STATE])
    made = frozenset(own.files if own is not None else ())
    if before is not None:
        refusals.extend(guard(before, programme, now))
        refusals.extend(_older(before, programme, folder))
    if own is not None or not refusals:
        refusals.extend(_not_ours(files, made, folder))
    if refusals and not force:
        raise Refused(tuple(refusals))
    return Publication(
        files=len(files),
        feeds=sum(path.endswith(".ics") for path in files),
        changed=_changed(before, now),
        left_alone=tuple(replace_folder(target, files, made)),
        warnings=tuple(_warnings(files, before.files if before is not None else (), folder)),
    )


def _state_in(folder: Path, refusals: list[Finding]) -> State | None:
    """Read the state of a site, if it has one; what is wrong with it is a refusal."""
    try:
        return read_state((folder / STATE).read_bytes())
    except FileNotFoundError:
        return None
    except BadState as error:
        message = f"cannot be read: {error}; restore it"
        refusals.append(_finding(rules.BAD_STATE, message, folder / STATE))
        return None


def _finding(rule: Rule, message: str, path: Path) -> Finding:
    return Finding(rule=rule, message=message, location=Location(path=str(path)))


def _changed(before: State | None, now: State) -> int:
    """Count what subscribers see change: a state of an earlier version knows less besides."""
    was = before.milestones if before is not None else {}
    return sum(
        known not in was
        or (was[known].editions, was[known].gone) != (milestone.editions, milestone.gone)
        for known, milestone in now.milestones.items()
    )


def _older(before: State, programme: Programme, folder: Path) -> Iterator[Finding]:
    """Compare with the feeds themselves: a state may be older than what was published."""
    for language in languages_of(programme):
        for scope, component in (Scope.ALL, Component.EVENT), (Scope.TODOS, Component.TODO):
            published = folder / language / f"{scope}.ics"
            if not published.is_file():
                continue
            sequences = _sequences(published.read_bytes())
            for milestone in programme.by_id:
                whose = uid(programme, milestone, component)
                was = sequences.get(whose.encode(), -1)
                known = before.milestones.get(milestone.lifelong_id)
                edition = known and known.editions.get(f"{language}.{component}")
                if was > (edition.sequence if edition else -1):
                    message = (
                        f"{whose} has SEQUENCE {was} here, and none or a lower one in the state, "
                        "which is older than this feed; restore the one published with it"
                    )
                    yield _finding(rules.LOWER_SEQUENCE, message, published)
                    break  # it tells of the others, too


def _sequences(feed: bytes) -> dict[bytes, int]:
    """Return the SEQUENCE of each UID of a feed."""
    found = {}
    for item in feed.replace(b"\r\n ", b"").split(b"\r\nBEGIN:V"):
        its_uid, sequence = _UID.search(item), _SEQUENCE.search(item)
        if its_uid and sequence:
            found[its_uid[1]] = int(sequence[1])
    return found


_UID = re.compile(rb"^UID:(.*)\r$", re.MULTILINE)
_SEQUENCE = re.compile(rb"^SEQUENCE:(\d{1,10})\r$", re.MULTILINE)


def _not_ours(files: Mapping[str, bytes], made: frozenset[str], folder: Path) -> Iterator[Finding]:
    """What stands where something is to come, and is not of this program's making, would go."""
    for path in sorted(folders_of(files)):
        there = folder / path
        if there.is_symlink() or (there.exists() and not there.is_dir()):
            yield _finding(rules.NOT_OURS, _IN_THE_WAY, there)
    for path in sorted(files.keys() - made):
        there = folder / path
        if there.is_symlink() or (
            there.exists() and not (there.is_file() and there.read_bytes() == files[path])
        ):
            yield _finding(rules.NOT_OURS, _IN_THE_WAY, there)


_IN_THE_WAY = "was not made by this program and is in the way; move it"


def _warnings(files: Mapping[str, bytes], before: Iterable[str], folder: Path) -> Iterator[Finding]:
    for path, content in files.items():
        if path.endswith(".ics") and len(content) > LARGEST_FEED:
            message = (
                f"has {len(content) // 1000:,} kB, and Google Calendar stops at 1,000; subscribe "
                "to feeds by part, or leave out what ended long ago with --since DATE"
            )
            yield _finding(rules.LARGE_FEED, message, folder / path)
    for path in sorted(set(before) - files.keys()):
        if path.endswith(".ics"):
            message = "is no longer made: who subscribed to it gets an error from now on"
            yield _finding(rules.LOST_FEED, message, folder / path)
