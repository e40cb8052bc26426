"""Several programmes published in one folder: a site for each, and the front above them.

All of it takes the place of what stands there at once. The site of a programme whose file cannot be
read stays as it was published last; so does its part of what the front tells.
"""

import datetime as dt
import functools
import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import attrs

from betatech_milestones.analysis.report import as_of
from betatech_milestones.calendars.items import Placement
from betatech_milestones.datafile.load import no_collector
from betatech_milestones.model import rules
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.findings import Finding
from betatech_milestones.model.portfolio import Portfolio
from betatech_milestones.model.records import Programme
from betatech_milestones.voice.paths import FEEDS, file_name
from betatech_milestones.website.ahead import Ahead, ahead, as_it_was, last_day
from betatech_milestones.website.entries import Entry, entries_in, entry, file_of
from betatech_milestones.website.folder import (
    content_of,
    folders_of,
    foreign,
    place_of,
    replace_folder,
)
from betatech_milestones.website.parts import (
    RECORD,
    STATE,
    Made,
    Part,
    Record,
    digest_of,
    read_record,
    setting,
)
from betatech_milestones.website.portfolio import INDEX, Front
from betatech_milestones.website.prepared import Prepared, part_stands, prepare, stood_in
from betatech_milestones.website.publication import (
    Publication,
    Refused,
    alone_in,
    finding,
    kept_beside,
    large_feeds,
    lost_feeds,
)
from betatech_milestones.website.site import Settings


@no_collector()
def publish_portfolio(
    portfolio: Portfolio,
    day: dt.date | str,
    folder: str | os.PathLike[str],
    *,
    placement: Placement | str = Placement.DEADLINE,
    since: dt.date | str | None = None,
    address: str | None = None,
    force: bool = False,
) -> Publication:
    """Publish several programmes in a folder, as the next edition of those that stand there.

    Each has the site that `publish` makes, in a folder that bears its id. Only what differs is
    made. Raises what `publish` does, and `Refused` too where a programme that was published is no
    longer among them, and no file of them is unread.
    """
    day, folder = a_day(day), Path(folder)
    target = place_of(folder)
    with alone_in(target):
        sites = {}
        for member in portfolio.members:
            own = None if address is None else f"{address}{member.id}/"
            settings = Settings(placement=placement, since=since, address=own)
            sites[member.id] = prepare(member, day, folder / member.id, settings)
        record = read_record(content_of(folder / RECORD) or b"")
        published, refusals = _published(folder, record, portfolio)
        kept, gone = _kept(published, sites, portfolio)
        last = last_day(portfolio.members, day)
        found = [*(_told(member, day, portfolio, last) for member in portfolio.members)]
        found += [as_it_was({**one, "is_read": False}, day, last) for one in kept]
        make_front = partial(
            Front,
            portfolio=portfolio,
            day=day,
            settled=max((site.plan.settled for site in sites.values()), default=day),
            last=last,
            found=_in_order(found, [one["id"] for one in published] if kept else []),
            lost=max(len(portfolio.unread) - len(kept), 0),
            address=address,
            sites=[site.plan.whole for site in sites.values()],
        )
        edition = _Edition(
            target=target,
            sites=sites,
            make_front=make_front,
            record=record,
            setting=setting(address),
        )
        refusals += [refusal for site in sites.values() for refusal in site.refusals]
        refusals += _refusals(edition, folder, [one["id"] for one in gone])
        if refusals and not force:
            raise Refused(tuple(refusals))
        made = edition.made | _made_of(folder, [one["id"] for one in gone])
        left_alone = (
            foreign(target, made, made)
            if edition.stands
            else replace_folder(target, edition.files(), made)
        )
        folders = {f"{one['id']}/" for one in kept}
        return edition.publication(folder, [path for path in left_alone if path not in folders])


def _told(member: Programme, day: dt.date, portfolio: Portfolio, last: dt.date) -> Ahead:
    report = as_of(member, day)
    return ahead(member, report, entry(member, report, portfolio), portfolio, last)


def _published(
    folder: Path, record: Record | None, portfolio: Portfolio
) -> tuple[tuple[Entry, ...], list[Finding]]:
    """Return what was published of each programme, and what speaks against going on from it.

    An index that is not as it was published is made anew; that cannot be where a file is unread.
    """
    written = content_of(folder / INDEX) or b""
    entries = entries_in(written)
    made = None if record is None else record.parts.get("index")
    if made is None or (entries and made.files.get(INDEX) == digest_of(written)):
        return entries or (), []
    if not portfolio.unread:
        return (), []
    message = (
        "is not as it was published, and has to tell how programmes stood whose files cannot be "
        f"read now; restore it, or mend {', '.join(one.path for one in portfolio.unread)}"
    )
    return (), [finding(rules.BAD_STATE, message, folder / INDEX)]


def _kept(
    published: Iterable[Entry], sites: Container[str], portfolio: Portfolio
) -> tuple[list[Entry], list[Entry]]:
    """Return which programmes stay as they were, and which are gone.

    Of a file that cannot be read nobody knows whose it is, but by its name; where that was never
    published, it may be any of them under another.
    """
    others = [one for one in published if one["id"] not in sites]
    unread = {file_of(one.path, portfolio) for one in portfolio.unread}
    if unread - {one["file"] for one in others}:
        return others, []
    return (
        [one for one in others if one["file"] in unread],
        [one for one in others if one["file"] not in unread],
    )


def _in_order(found: Iterable[Ahead], published: Sequence[str]) -> tuple[Ahead, ...]:
    """Return programmes in the order in which they were published; what is new comes last."""
    places = {own: place for place, own in enumerate(published)}
    return tuple(sorted(found, key=lambda one: places.get(one.entry["id"], len(places))))


@attrs.frozen(kw_only=True, slots=False)  # cached properties need room
class _Edition:
    """All sites and their front, as they are to follow what stands in a folder."""

    target: Path
    sites: Mapping[str, Prepared]
    make_front: Callable[..., Front]
    record: Record | None
    """What was published of the front."""
    setting: str

    @functools.cached_property
    def made(self) -> frozenset[str]:
        """The paths of what this program has made in its folder.

        Where the index alone is left to tell of the front, the rest of that is taken for ours.
        """
        of_sites = (f"{own}/{path}" for own, site in self.sites.items() for path in site.made)
        if self.record is not None:
            return frozenset((*self.record.files, RECORD, *of_sites))
        if not entries_in(content_of(self.target / INDEX)):
            return frozenset(of_sites)
        return frozenset((*self.any_front, RECORD, *of_sites))

    @functools.cached_property
    def front(self) -> Front:
        """The front, by what stands there now of the sites of the programmes.

        To tell which parts it has, it makes its calendars, which takes its time.
        """
        return self.make_front(content=partial(self._content, {}))

    @property
    def front_paths(self) -> frozenset[str]:
        return frozenset(path for part in self.front.parts for path in part.files)

    @property
    def any_front(self) -> frozenset[str]:
        """The paths of the front, and those at which one before it may have had more."""
        tags = map(file_name, self.front.languages)
        years = (path for tag in tags for path in self.target.glob(f"{tag}/all-*.ics"))
        return self.front_paths | {path.relative_to(self.target).as_posix() for path in years}

    @property
    def stands(self) -> bool:
        """Whether all of it is there already."""
        if self.record is None or not all(site.stands for site in self.sites.values()):
            return False
        parts = [*self.front.parts]
        names = {part.name for part in parts}
        return self.record.parts.keys() == names and all(map(self._standing, parts))

    def _standing(self, part: Part) -> Made | None:
        """Return what was published of a part of the front, where it is as it is to be."""
        if self.record is None or self.record.setting != self.setting:
            return None
        was = self.record.parts.get(part.name)
        return was if was and part_stands(part, was, self.target, {}) else None

    def _content(self, fresh: Mapping[str, bytes], path: str) -> bytes | None:
        """Return what will stand at a path of a site: what was made, or what is there."""
        return fresh[path] if path in fresh else content_of(self.target / path)

    def files(self) -> Iterator[tuple[str, bytes | None]]:
        """Yield each file by its path as it is made, and None in place of one that is there."""
        fresh = {}
        for own, site in self.sites.items():
            for name, content in site.files():
                path = f"{own}/{name}"
                if content is not None and _IN_FRONT.search(name):
                    fresh[path] = content
                yield path, content
        made, front = {}, self.front
        if any(content != self._content({}, path) for path, content in fresh.items()):
            front = self.make_front(content=partial(self._content, fresh))
        for part in front.parts:
            if was := self._standing(part):
                made[part.name] = was
                yield from dict.fromkeys(part.files).items()
                continue
            digests = {}
            for path, make in part.files.items():
                content = make()
                digests[path] = digest_of(content)
                yield path, content
            made[part.name] = Made(inputs=part.inputs, files=digests)
        yield RECORD, Record(setting=self.setting, state="", parts=made).dumps()

    def publication(self, folder: Path, left_alone: Iterable[str]) -> Publication:
        """Return what was published, once it was."""
        made = read_record(content_of(self.target / RECORD) or b"")
        front = frozenset(() if made is None else made.files)
        before = () if self.record is None else self.record.files
        octets = {path: (self.target / path).stat().st_size for path in front}
        own = [site.publication(()) for site in self.sites.values()]
        return Publication(
            files=sum(each.files for each in own) + len(front) + 1,
            feeds=sum(each.feeds for each in own) + sum(path.endswith(".ics") for path in front),
            changed=sum(each.changed for each in own),
            left_alone=tuple(left_alone),
            warnings=(
                *(warning for each in own for warning in each.warnings),
                *large_feeds(octets, folder, "the calendars of the programme"),
                *lost_feeds({*before} - front, folder),
                *kept_beside(folder),
            ),
        )


_IN_FRONT = re.compile(
    rf"^({re.escape(FEEDS)}|[^/]+/((all(-[^/]+)?|todo|body-[^/]+)\.ics|changes\.atom))$"
)
"""Of what in a site the front is made."""


def _made_of(folder: Path, ids: Iterable[str]) -> frozenset[str]:
    """Return what this program has made of programmes that are no longer among them."""
    return frozenset(f"{own}/{path}" for own in ids for path in stood_in(folder / own, []).files)


def _refusals(edition: _Edition, folder: Path, gone: Iterable[str]) -> Iterator[Finding]:
    """Yield what speaks against it besides what does against one of the sites."""
    if (folder / STATE).exists():
        message = "is that of a site of one programme, which stands here; publish in another folder"
        yield finding(rules.NOT_OURS, message, folder / STATE)
        return
    for own in gone:
        message = (
            f'the programme "{own}" was published here, and is not among these: who subscribed to '
            "it would get errors; put its file back"
        )
        yield finding(rules.LOST_UID, message, folder / own)
    for path in sorted(_in_the_way(edition, folder)):
        message = "was not made by this program and is in the way; move it"
        yield finding(rules.NOT_OURS, message, folder / path)


def _in_the_way(edition: _Edition, folder: Path) -> Iterator[str]:
    """Yield the paths of what would go, and is not of this program's making."""
    of_sites = (f"{own}/{STATE}" for own in edition.sites)
    for path in folders_of((*edition.front_paths, *of_sites)):
        there = folder / path
        if there.is_symlink() or (there.exists() and not there.is_dir()):
            yield path
    others = edition.any_front - edition.made
    yield from (path for path in others if os.path.lexists(folder / path))
