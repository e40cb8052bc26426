"""A site that is to be published: what of it stands already, and whether it may be.

What would break the calendars of those who subscribed, or overwrite what others made, is refused.
"""

import datetime as dt
import errno
import functools
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from betatech_milestones.analysis.editions import BadState, State, read_state
from betatech_milestones.analysis.guard import guard
from betatech_milestones.calendars.items import Component, uid
from betatech_milestones.datafile.system import contents
from betatech_milestones.model import rules
from betatech_milestones.model.findings import Finding
from betatech_milestones.model.records import Programme
from betatech_milestones.voice import languages_of
from betatech_milestones.voice.paths import file_name
from betatech_milestones.website.folder import content_of, folders_of
from betatech_milestones.website.hands import processes
from betatech_milestones.website.parts import (
    RECORD,
    STATE,
    Made,
    Part,
    Record,
    digest_of,
    read_record,
)
from betatech_milestones.website.publication import (
    BY_PART,
    Publication,
    Refused,
    finding,
    kept_beside,
    large_feeds,
    lost_feeds,
)
from betatech_milestones.website.site import Plan, Settings, planned

_MANY = 1_000
"""Of more parts that are to be made, one process would make the wait longer than several cost.

Of fewer, each would reckon for itself what several tell of the whole.
"""


@attrs.frozen(kw_only=True, slots=False)  # a cached property needs room
class Prepared:
    """A site that is to be published in a folder: who publishes it is alone there meanwhile."""

    folder: Path
    plan: Plan
    own: "Stood"
    """What stands in the folder."""
    before: "Stood"
    """The edition to go on from."""
    refusals: tuple[Finding, ...]
    """What speaks against it; where all the same it is published, everything is made."""
    untouched: Mapping[str, int] | None = None
    """The sizes of the files that are known to be as they were published, if all of them are."""

    @functools.cached_property
    def standing(self) -> Mapping[str, Made]:
        """The parts that stand already as they are to be, by their names."""
        return {} if self.refusals else _standing(self.before, self.plan, self.untouched)

    @property
    def stands(self) -> bool:
        """Whether all of it is in its place already."""
        recorded = {} if self.before.record is None else self.before.record.parts
        names = {part.name for part in self.plan.parts}
        return self.before is self.own and recorded.keys() == self.standing.keys() == names

    @property
    def made(self) -> frozenset[str]:
        """The paths of what this program has made in the folder."""
        return self.own.files

    def files(self) -> Iterator[tuple[str, bytes | None]]:
        """Yield each file by its path as it is made, and None in place of one that is there."""
        same = self.plan.no_news and self.before.files == self.plan.paths
        state = self.before.written if same else None
        lacking = len(self.plan.parts) - len(self.standing)
        hands = processes() if lacking > _MANY else 1
        for path, content in self.plan.files(self.standing, state, hands=hands):
            if content is None and self.before is not self.own:
                yield path, contents(self.before.folder / path)
            else:
                yield path, content

    def publication(self, left_alone: Iterable[str]) -> Publication:
        """Return what was published, once it was, and what was left alone."""
        paths, changed = self.plan.paths, 0
        if not self.plan.no_news:
            changed = _changed(self.before.state, self.plan.state())
        return Publication(
            files=len(paths),
            feeds=sum(path.endswith(".ics") for path in paths),
            changed=changed,
            left_alone=tuple(left_alone),
            warnings=(
                *_warnings(self.plan, self.before, self.folder),
                *kept_beside(self.folder),
            ),
        )


def prepare(
    programme: Programme,
    day: dt.date,
    folder: Path,
    settings: Settings,
    *,
    previous: Path | None = None,
    untouched: Mapping[str, int] | None = None,
) -> Prepared:
    """Return a site that is to follow the edition in a folder, or the previous one elsewhere.

    Where all files in the folder are known to be as they were published, who calls gives their
    sizes, and none of them is looked at.
    Nothing is written. Raises the `OSError` of what cannot be read, and what `site` does.
    """
    refusals: list[Finding] = []
    own = stood_in(folder, refusals if previous is None else [])
    before = own if previous is None else stood_in(previous, refusals)
    if before.written is None and not refusals:
        refusals.extend(_missing_state(folder, previous))
    is_told = own.written is not None or not refusals
    plan = planned(
        programme,
        day,
        settings,
        before=lambda: before.state,
        record=before.record,
        published=before.content,
    )
    if before.written is not None:
        refusals.extend(_broken(before, programme, plan, folder))
    if is_told:
        refusals.extend(_not_ours(plan, own, folder))
    return Prepared(
        folder=folder,
        plan=plan,
        own=own,
        before=before,
        refusals=tuple(refusals),
        untouched=untouched,
    )


# --- what stands in a folder ----------------------------------------------------------------------


@attrs.frozen(kw_only=True, slots=False)  # a cached property needs room
class Stood:
    """The edition that stands in a folder, if there is one."""

    folder: Path
    written: bytes | None
    """Its state, as it is written; None where there is none that can be read."""
    record: Record | None
    """What was published with that state; None where that is not known."""
    left: Record | None
    """What was published by the record that is there, whatever became of the state."""

    @functools.cached_property
    def state(self) -> State | None:
        """What subscribers know: of a large programme it takes its time to read."""
        try:
            return None if self.written is None else read_state(self.written)
        except BadState as error:  # the record vouches for it: whoever edited it edited both
            message = f"cannot be read: {error}; restore it, or remove {RECORD}"
            raise Refused((finding(rules.BAD_STATE, message, self.folder / STATE),)) from None

    @functools.cached_property
    def files(self) -> frozenset[str]:
        """The paths of what this program has made, by all that is left to tell of it."""
        recorded = () if self.left is None else (*self.left.files, STATE, RECORD)
        if self.record is not None or self.state is None:
            return frozenset(recorded)
        return frozenset((*recorded, *self.state.files))

    @functools.cached_property
    def digests(self) -> Mapping[str, str]:
        """The digests of the files that were published, by their paths."""
        digests: dict[str, str] = {}
        for made in () if self.record is None else self.record.parts.values():
            digests |= made.files
        return digests

    def content(self, path: str) -> bytes | None:
        """Return a file as it was published; None where it is not there as it was."""
        content = content_of(self.folder / path)
        return content if content and self.digests.get(path) == digest_of(content) else None


def stood_in(folder: Path, refusals: list[Finding]) -> Stood:
    """Return the edition in a folder; what is wrong with its state is a refusal."""
    written = content_of(folder / STATE)
    left = read_record(content_of(folder / RECORD) or b"")
    if left is not None and not left.state:  # that of a front: it has no state
        left = None
    if written is not None and left is not None and left.state == digest_of(written):
        return Stood(folder=folder, written=written, record=left, left=left)
    try:
        if written is not None:
            read_state(written)
    except BadState as error:
        message = f"cannot be read: {error}; restore it"
        refusals.append(finding(rules.BAD_STATE, message, folder / STATE))
        written = None
    return Stood(folder=folder, written=written, record=None, left=left)


def _missing_state(folder: Path, previous: Path | None) -> Iterator[Finding]:
    if previous is not None:
        missing = str(previous / STATE)
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), missing)
    if any(folder.glob("*/all.ics")):
        message = (
            "is not there, and feeds are: what was published is not known, and subscribers would "
            "miss changes; restore it"
        )
        yield finding(rules.NO_STATE, message, folder / STATE)


def _standing(before: Stood, plan: Plan, untouched: Mapping[str, int] | None) -> Mapping[str, Made]:
    """Return the parts of a site that stand already as they are to be: each file is looked at.

    Those that are known to be `untouched` are not.
    """
    if before.record is None or before.record.setting != plan.setting:
        return {}
    recorded = before.record.parts
    return {
        part.name: was
        for part in plan.parts
        if (was := recorded.get(part.name))
        and part_stands(part, was, before.folder, plan.octets, untouched)
    }


def part_stands(
    part: Part,
    was: Made,
    folder: Path,
    octets: dict[str, int],
    untouched: Mapping[str, int] | None = None,
) -> bool:
    """Whether a part is in its place as it is to be; `octets` then has the sizes of its files."""
    if was.inputs != part.inputs or was.files.keys() != part.files.keys():
        return False
    if untouched is not None:
        octets.update({path: untouched[path] for path in was.files})
        return True
    for path, digest in was.files.items():
        content = content_of(folder / path)
        if content is None or digest_of(content) != digest:
            return False
        octets[path] = len(content)
    return True


# --- what is refused ------------------------------------------------------------------------------


def _broken(before: Stood, programme: Programme, plan: Plan, folder: Path) -> Iterator[Finding]:
    """Yield what would break the calendars of who subscribed."""
    if not plan.no_news and before.state is not None:
        yield from guard(before.state, programme, plan.state())
    yield from _older(before, programme, folder)


def _changed(before: State | None, now: State) -> int:
    """Count what subscribers see change: a state of an earlier version knows less besides."""
    was = before.milestones if before is not None else {}
    return sum(
        known not in was
        or (was[known].editions, was[known].gone) != (milestone.editions, milestone.gone)
        for known, milestone in now.milestones.items()
    )


def _older(before: Stood, programme: Programme, folder: Path) -> Iterator[Finding]:
    """Compare with the feeds themselves: a state may be older than what was published."""
    for language in map(file_name, languages_of(programme)):
        for pattern, component in ("all*.ics", Component.EVENT), ("todo.ics", Component.TODO):
            for published in sorted((folder / language).glob(pattern)):
                content = content_of(published) or b""
                if before.digests.get(f"{language}/{published.name}") != digest_of(content):
                    yield from _older_than(published, content, before, programme, component)


def _older_than(
    published: Path, content: bytes, before: Stood, programme: Programme, component: Component
) -> Iterator[Finding]:
    known = {} if before.state is None else before.state.milestones
    name = f"{published.parent.name}.{component}"
    sequences = _sequences(content)
    for milestone in programme.by_id:
        whose = uid(programme, milestone, component)
        was = sequences.get(whose.encode(), -1)
        one = known.get(milestone.lifelong_id)
        edition = one and one.editions.get(name)
        if was > (edition.sequence if edition else -1):
            message = (
                f"{whose} has SEQUENCE {was} here, and none or a lower one in the state, "
                "which is older than this feed; restore the one published with it"
            )
            yield finding(rules.LOWER_SEQUENCE, message, published)
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


def _not_ours(plan: Plan, own: Stood, folder: Path) -> Iterator[Finding]:
    """What stands where something is to come, and is not of this program's making, would go."""
    for path in sorted(folders_of(plan.paths)):
        there = folder / path
        if there.is_symlink() or (there.exists() and not there.is_dir()):
            yield finding(rules.NOT_OURS, _IN_THE_WAY, there)
    for path in sorted(plan.paths - own.files):
        there = folder / path
        if os.path.lexists(there) and content_of(there) != plan.content(path):
            yield finding(rules.NOT_OURS, _IN_THE_WAY, there)


_IN_THE_WAY = "was not made by this program and is in the way; move it"


def _warnings(plan: Plan, before: Stood, folder: Path) -> Iterator[Finding]:
    yield from large_feeds(plan.octets, folder, BY_PART)
    yield from lost_feeds(before.files - plan.paths, folder)
