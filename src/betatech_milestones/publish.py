"""Everything to publish as static files, and its publication: all of it, or nothing.

`site` is a function of the programme, the day and the state published before. `publish` writes a
site beside the folder in which the last one stands, and swaps the two, so that nobody ever meets
half of one.
"""

import contextlib
import ctypes
import datetime as dt
import errno
import glob
import json
import os
import re
import secrets
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import attrs

from betatech_milestones.api import documents, published
from betatech_milestones.atom import atom
from betatech_milestones.calendars import Feed, Scope, feeds
from betatech_milestones.editions import (
    BadState,
    Edition,
    State,
    breaks,
    first_edition,
    read_state,
    state,
)
from betatech_milestones.entries import Component, Placement, uid
from betatech_milestones.findings import Finding, Level, Location
from betatech_milestones.formats import render
from betatech_milestones.model import Milestone, Programme
from betatech_milestones.report import as_of
from betatech_milestones.webpage.page import page
from betatech_milestones.webpage.timeline import timeline
from betatech_milestones.words import LANGUAGES, spoken

STATE = "state.json"
LARGEST_FEED = 900_000
"""In octets: Google Calendar stops reading at 1 MB."""


# --- what is published ----------------------------------------------------------------------------


def site(
    programme: Programme,
    day: dt.date,
    *,
    placement: Placement = Placement.DEADLINE,
    since: dt.date | None = None,
    address: str | None = None,
    before: State | None = None,
) -> dict[str, bytes]:
    """Return every file to publish, by its path from the root of the site.

    `day` is the one for which the pages speak; feeds depend on it only where an item changed since
    the state `before`. What ended before `since` is left out of the feeds. `address` is where the
    site will be found, in ASCII and with a slash at its end; the feeds then name their own.
    """
    editions: defaultdict[str, dict[str, Edition]] = defaultdict(dict)

    def edited(milestone: Milestone, name: str, digest: str) -> Edition:
        edition = first_edition(milestone, name, digest)
        known = before and before.milestones.get(milestone.lifelong_id)
        if known and name in known.editions:
            edition = known.editions[name].followed_by(edition, day)
        editions[milestone.lifelong_id][name] = edition
        return edition

    calendars = feeds(programme, placement=placement, since=since, address=address, editor=edited)
    files = {feed.path: feed.content for feed in calendars}
    if len({path.casefold() for path in files}) < len(calendars):
        raise ValueError("two feeds would have one path, on some disks at least; give ids apart")
    files["feeds.json"] = _index(programme, calendars, address)
    report = published(as_of(programme, day))
    files |= documents(report)
    for language in LANGUAGES:
        picture = timeline(programme, language=language)
        drawn = page(report, feeds=calendars, picture=picture, language=language, address=address)
        at_home = spoken(programme.language) == language
        texts = {
            "index.html" if at_home else f"{language}/index.html": drawn,
            f"{language}/timeline.svg": picture,
            f"{language}/milestones.csv": render(report, "csv", language=language),
        }
        files |= {path: text.encode(errors="replace") for path, text in texts.items()}
        files[f"{language}/changes.atom"] = atom(programme, language=language, address=address)
    now = state(programme, editions)
    if before is not None:
        now = now.following(before)
    files[STATE] = attrs.evolve(now, files=tuple(sorted([*files, STATE]))).dumps()
    return dict(sorted(files.items()))


def _index(programme: Programme, calendars: tuple[Feed, ...], address: str | None) -> bytes:
    document = {
        "version": 1,
        "programme": {"id": programme.id, "title": dict(programme.title.pairs)},
        "feeds": [
            {
                "path": feed.path,
                "url": None if address is None else address + feed.path,
                "language": feed.language,
                "scope": feed.scope,
                "of": feed.of,
                "title": feed.title,
                "items": feed.items,
                "octets": len(feed.content),
            }
            for feed in calendars
        ],
    }
    written = json.dumps(document, ensure_ascii=False, indent=1)
    return written.encode(errors="backslashreplace") + b"\n"


# --- publishing -----------------------------------------------------------------------------------


class Refused(Exception):  # noqa: N818  the name says what it is
    """A publication that would break the calendars of subscribers, or what others have written."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


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
    day: dt.date,
    folder: str | os.PathLike[str],
    *,
    placement: Placement = Placement.DEADLINE,
    since: dt.date | None = None,
    address: str | None = None,
    previous: str | os.PathLike[str] | None = None,
    force: bool = False,
) -> Publication:
    """Publish a site in a folder, as the next edition of the one that stands there.

    `previous` is another folder from which to take the state. Raises `Refused` where subscribers
    would lose something, unless forced to, and the `OSError` of what cannot be read or written; the
    folder then is as it was.
    """
    folder = Path(folder)
    target = Path(os.path.realpath(folder))
    if target == target.parent:  # has no folder beside it
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(folder))
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    _restore(target)
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
        refusals.append(_error("no-state", message, folder / STATE))
    files = site(programme, day, placement=placement, since=since, address=address, before=before)
    now = read_state(files[STATE])
    made = frozenset(own.files if own is not None else ())
    if before is not None:
        refusals.extend(breaks(before, now, programme))
        refusals.extend(_older(before, programme, folder))
    if own is not None or not refusals:
        refusals.extend(_not_ours(files, made, folder))
    if refusals and not force:
        raise Refused(tuple(refusals))
    return Publication(
        files=len(files),
        feeds=sum(path.endswith(".ics") for path in files),
        changed=_changed(before, now),
        left_alone=tuple(_replace(target, files, made)),
        warnings=tuple(_warnings(files, before.files if before is not None else (), folder)),
    )


def _state_in(folder: Path, refusals: list[Finding]) -> State | None:
    """Read the state of a site, if it has one; what is wrong with it is a refusal."""
    try:
        return read_state((folder / STATE).read_bytes())
    except FileNotFoundError:
        return None
    except BadState as error:
        refusals.append(_error("bad-state", f"cannot be read: {error}; restore it", folder / STATE))
        return None


def _error(rule: str, message: str, path: Path) -> Finding:
    return Finding(level=Level.ERROR, rule=rule, message=message, location=Location(path=str(path)))


def _changed(before: State | None, now: State) -> int:
    was = before.milestones if before is not None else {}
    return sum(was.get(known) != one for known, one in now.milestones.items())


def _older(before: State, programme: Programme, folder: Path) -> Iterator[Finding]:
    """Compare with the feeds themselves: a state may be older than what was published."""
    for language in LANGUAGES:
        for scope, component in (Scope.ALL, Component.EVENT), (Scope.TODOS, Component.TODO):
            published = folder / language / f"{scope}.ics"
            if not published.is_file():
                continue
            sequences = _sequences(published.read_bytes())
            for _, milestone in programme.by_id:
                whose = uid(programme, milestone, component)
                was = sequences.get(whose.encode(), -1)
                known = before.milestones.get(milestone.lifelong_id)
                edition = known and known.editions.get(f"{language}.{component}")
                if was > (edition.sequence if edition else -1):
                    message = (
                        f"{whose} has SEQUENCE {was} here, and none or a lower one in the state, "
                        "which is older than this feed; restore the one published with it"
                    )
                    yield _error("lower-sequence", message, published)
                    break  # one tells it


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
    for path in sorted(_folders(files)):
        there = folder / path
        if there.is_symlink() or (there.exists() and not there.is_dir()):
            yield _error("not-ours", _IN_THE_WAY, there)
    for path in sorted(files.keys() - made):
        there = folder / path
        if there.is_symlink() or (
            there.exists() and not (there.is_file() and there.read_bytes() == files[path])
        ):
            yield _error("not-ours", _IN_THE_WAY, there)


_IN_THE_WAY = "was not made by this program and is in the way; move it"


def _folders(paths: Iterable[str]) -> set[str]:
    """Return the folders, within the site, of paths."""
    parents = (parent for path in paths for parent in PurePosixPath(path).parents)
    return {str(parent) for parent in parents} - {"."}


def _warnings(files: Mapping[str, bytes], before: Iterable[str], folder: Path) -> Iterator[Finding]:
    for path, content in files.items():
        if path.endswith(".ics") and len(content) > LARGEST_FEED:
            message = (
                f"has {len(content) // 1000:,} kB, and Google Calendar stops at 1,000; subscribe "
                "to feeds by part, or leave out what ended long ago with --since DATE"
            )
            yield attrs.evolve(_error("large-feed", message, folder / path), level=Level.WARNING)
    for path in sorted(set(before) - files.keys()):
        if path.endswith(".ics"):
            message = "is no longer made: who subscribed to it gets an error from now on"
            yield attrs.evolve(_error("lost-feed", message, folder / path), level=Level.WARNING)


# --- files ----------------------------------------------------------------------------------------

_STALE_SECONDS = 3600


def _replace(target: Path, files: Mapping[str, bytes], made: frozenset[str]) -> list[str]:
    """Put a folder of these files, and of what is not ours, in the place of the one that is there.

    A file that did not change stays the same file, with its time: a web server then tells its
    readers that there is nothing new.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        fresh.mkdir()
        _sweep(target, fresh.stat().st_mtime)
        left_alone = []
        if target.exists():
            shutil.copymode(target, fresh)
        for folder in sorted(_folders(files)):
            (fresh / folder).mkdir()
            if (target / folder).is_dir():
                shutil.copymode(target / folder, fresh / folder)
        for path, content in files.items():
            there, here = target / path, fresh / path
            if there.is_file() and there.read_bytes() == content:
                _carry(there, here)
            else:
                here.write_bytes(content)
                if there.is_file():
                    shutil.copymode(there, here)
        if target.exists():
            left_alone = list(_carry_foreign(target, fresh, made))
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)  # what was not published, or what was before
    return left_alone


def _carry_foreign(target: Path, fresh: Path, made: frozenset[str]) -> Iterator[str]:
    """Take what is not ours along, and yield its path: a folder for all that it holds.

    What is there already is in the place of it, and what was made and is not there goes.
    """
    folders = _folders(made)

    def carried(within: str) -> Iterator[str]:
        for there in sorted((target / within).iterdir()):
            path = f"{within}{there.name}"
            here = fresh / path
            folder = there.is_dir() and not there.is_symlink()
            if folder and (path in folders or here.is_dir()):
                yield from carried(f"{path}/")
            elif not os.path.lexists(here) and (folder or path not in made):
                here.parent.mkdir(parents=True, exist_ok=True)
                _carry(there, here)
                yield f"{path}/" if folder else path

    return carried("")


def _carry(there: Path, here: Path) -> None:
    if there.is_symlink():
        here.symlink_to(there.readlink())
    elif there.is_dir():
        here.mkdir()
        for one in there.iterdir():
            _carry(one, here / one.name)
        shutil.copystat(there, here)
    else:
        try:
            here.hardlink_to(there)
        except OSError:  # a disk without such links
            shutil.copy2(there, here)


def _swap(fresh: Path, target: Path) -> None:
    """Give two folders each other's name at once; where the system cannot, one after the other."""
    if not target.exists():
        fresh.rename(target)
    elif not _exchanged(fresh, target):
        aside = fresh.with_suffix(".old")
        target.rename(aside)
        try:
            fresh.rename(target)
        except OSError:
            aside.rename(target)
            raise
        aside.rename(fresh)


_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # renameat2(2)


def _exchanged(one: Path, other: Path) -> bool:
    """Let Linux swap two names in one step; say whether it did."""
    linux = sys.platform == "linux"
    exchange = getattr(ctypes.CDLL(None), "renameat2", None) if linux else None
    paths = _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other)
    return exchange is not None and exchange(*paths, _RENAME_EXCHANGE) == 0


def _restore(target: Path) -> None:
    """Put back the site that a publication, killed between two renames, has put aside."""
    asides = _beside(target, "old")
    if asides and not target.exists():
        max(asides, key=lambda aside: aside.stat().st_mtime_ns).rename(target)


def _sweep(target: Path, now: float) -> None:
    """Remove what publications that were killed have left; a recent one may still be running."""
    for left in (*_beside(target, "new"), *_beside(target, "old")):
        with contextlib.suppress(FileNotFoundError):  # another publication swept it away
            if now - left.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _beside(target: Path, suffix: str) -> list[Path]:
    token = "[0-9a-f]" * 8
    return sorted(target.parent.glob(f".{glob.escape(target.name)}.{token}.{suffix}"))
