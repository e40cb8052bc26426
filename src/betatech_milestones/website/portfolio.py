"""The front of a site of several programmes: how all of them stand, and the way to each.

A programme has a site of its own in a folder that bears its id, as if it stood alone. What the
front tells of it is an entry in `portfolio.json`; its calendars and its news are the very items of
those sites, so nobody gets two of one. Of a programme whose file cannot be read the entry and the
site stay as they were published last, and the page says so.
"""

import datetime as dt
import functools
import json
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import PurePath

import attrs

from betatech_milestones.analysis.report import as_of
from betatech_milestones.analysis.stats import Group, Stats, stats
from betatech_milestones.calendars.feeds import Scope
from betatech_milestones.calendars.joined import Joined, Making, Published
from betatech_milestones.formats.standings import KEYS
from betatech_milestones.model import rules
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.portfolio import Portfolio
from betatech_milestones.model.records import Programme
from betatech_milestones.voice import Voice, languages_of
from betatech_milestones.voice.paths import FEEDS, Paths, is_device
from betatech_milestones.website.ahead import Ahead, View, view
from betatech_milestones.website.assets import SOON_DAYS, assets
from betatech_milestones.website.entries import VERSION, Entry, in_words
from betatech_milestones.website.figures import Member, figure_paths, figures, groupings
from betatech_milestones.website.frame import Frame, frame
from betatech_milestones.website.parts import Part, digest_of, digests, together
from betatech_milestones.website.telling import Relations, Spell, fresh

INDEX = "portfolio.json"
"""All that the front tells, for machines, and for the next publication."""

_TAKEN = frozenset({"api"})
"""What stands beside the folders of the programmes, besides the languages."""


@attrs.frozen(kw_only=True, slots=False)  # cached properties need room
class Front:
    """The pages and files that stand above the sites of the programmes."""

    portfolio: Portfolio
    day: dt.date
    settled: dt.date
    """The day of its figures."""
    last: dt.date
    """Up to which day it tells how all of them stand, for who reads it later."""
    found: Sequence[Ahead]
    """What is told of each programme that has a site, in the order of the portfolio."""
    lost: int = 0
    """How many files could not be read, and were never published."""
    address: str | None = None
    sites: Sequence[str]
    """The digests of all that is in each programme that could be read."""
    content: Callable[[str], bytes | None]
    """What stands, or will stand, at a path of the whole site; None: nothing."""
    programme: Programme = attrs.field(init=False)
    """What the portfolio says of itself, as a programme without a measure."""

    @programme.default
    def _without_measures(self) -> Programme:
        portfolio = self.portfolio
        return Programme(
            id=portfolio.id,
            title=portfolio.title,
            language=portfolio.language,
            timezone=portfolio.timezone,
            publisher=portfolio.publisher,
            path=PurePath(portfolio.path).name,
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """In which it speaks: those of its title."""
        return languages_of(self.programme)

    @property
    def entries(self) -> Sequence[Entry]:
        return [one.entry for one in self.found]

    @functools.cached_property
    def view(self) -> View:
        """What the pages tell, day by day."""
        return view(self.found, self.day, self.last)

    @functools.cached_property
    def calendars(self) -> Mapping[str, Sequence[Joined]]:
        """Those over all, in each language."""
        return {language: [*self._calendars(language)] for language in self.languages}

    @property
    def parts(self) -> Iterator[Part]:
        """Yield all that it has; raises `BadValue` where the folder of a programme is in the way.

        What depends on the sites of the programmes is made of their files, so those come first.
        """
        taken = {*_TAKEN, *self.languages}
        for one in self.entries:
            if is_device(one["id"]):
                message = (
                    f'the programme "{one["id"]}" would have its site in {one["id"]}/, which is no '
                    "folder under Windows; publish it apart"
                )
                raise BadValue(rules.BAD_ID, message)
            if one["id"] in taken:
                message = (
                    f'the programme "{one["id"]}" would have its site in {one["id"]}/, where that '
                    "of all has its own files; publish it apart"
                )
                raise BadValue(rules.DUPLICATE_ID, message)
        digest = digests()
        head = digest(self.programme, self.address)
        feeds = [self._indexed(language, each) for language, each in self._all_calendars]
        told = digest(head, self.day, self.lost, self.entries, feeds)
        ways = [(one["id"], one["languages"]) for one in self.entries]
        counted = digest(head, self.settled, len(self.portfolio.unread), ways, self.sites)
        yield Part(name="index", inputs=told, files={INDEX: self._index})
        yield Part(
            name="assets",
            inputs="",
            files={path: functools.partial(bytes, made) for path, made in assets().items()},
        )
        for language in self.languages:
            paths = Paths.of(self.programme, language)
            notes = [each.note for each in self.calendars[language]]
            yield Part(
                name=f"overview/{language}",
                inputs=digest(told, self.view, notes),
                files={paths.overview: functools.partial(self._page, language)},
            )
            yield Part(
                name=f"figures/{language}",
                inputs=counted,
                files=together(figure_paths(paths), functools.partial(self._figures, language)),
            )
            for each in self.calendars[language]:
                yield Part(
                    name=f"feed/{each.path}",
                    inputs=digest_of(each.content),
                    files={each.path: functools.partial(bytes, each.content)},
                )
            news = [
                (way, written)
                for one in self.entries
                for way in [_way(one, language)]
                if (written := self.content(f"{one['id']}/{way.changes}"))
            ]
            yield Part(
                name=f"changes/{language}",
                inputs=digest(head, *(digest_of(written) for _, written in news)),
                files={paths.changes: functools.partial(self._news, language, news)},
            )

    # --- made of what the sites of the programmes have ---

    def _calendars(self, language: str) -> Iterator[Joined]:
        """Yield the calendars over all in a language: of everything, and of each shared body."""
        voice = Voice(language)
        making = Making(
            title=voice.text(self.portfolio.title),
            voice=voice,
            paths=Paths.of(self.programme, language),
            address=self.address,
            year=self.day.year,
        )
        published = {one["id"]: self._published(one, language) for one in self.entries}
        of_all = [*making.of_all([*published.values()])]
        yield from of_all
        for own, answers in self.bodies.items():
            if answers[0][1]["is_shared"]:
                paths = (
                    (each, each.paths.feed(Scope.BODY, answer["lifelong"]))
                    for one, answer in answers
                    for each in [published[one["id"]]]
                )
                name = voice.text(in_words(answers[0][1]["name"]))
                yield making.of_body(own, name, [*paths], by_year=len(of_all) > 1)

    def _published(self, one: Entry, language: str) -> Published:
        """Return the calendars that the site of a programme has, in a language or in its first."""
        way = _way(one, language)

        def content(path: str) -> bytes:
            return self.content(f"{one['id']}/{path}") or b""

        return Published(
            id=one["id"],
            title=Voice(language).text(in_words(one["title"])),
            paths=way,
            content=content,
            years=[*_years(content(FEEDS), way)],
        )

    @property
    def _all_calendars(self) -> Iterator[tuple[str, Joined]]:
        for language, those in self.calendars.items():
            for each in those:
                yield language, each

    def _indexed(self, language: str, each: Joined) -> Entry:
        return {
            "path": each.path,
            "url": None if self.address is None else self.address + each.path,
            "language": language,
            "scope": str(each.scope),
            "of": each.of,
            "title": each.title,
            "items": each.items,
            "octets": len(each.content),
        }

    def _news(self, language: str, found: Iterable[tuple[Paths, bytes]]) -> bytes:
        """Return the newest entries of other feeds as one, each as it is there."""
        voice, paths = Voice(language), Paths.of(self.programme, language)
        entries = sorted(
            (
                each
                for way, written in found
                for each in _entries(way, written.decode(errors="replace"))
            ),
            key=lambda each: each[0],
            reverse=True,
        )[:_NEWEST]
        updated = entries[0][0] if entries else "1970-01-01T00:00:00Z"
        title, publisher = voice.line(self.portfolio.title), self.portfolio.publisher
        author = voice.line(publisher.name) if publisher else title
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
            f"  <id>{uuid.uuid5(_NAMESPACE, f'{self.portfolio.id} {language}').urn}</id>",
            f"  <title>{escape(voice.label('changes of', title=title), quote=False)}</title>",
            f"  <updated>{updated}</updated>",
            f"  <author><name>{escape(author, quote=False)}</name></author>",
        ]
        if self.address is not None:
            own, page = self.address + paths.changes, self.address + paths.root
            lines += [
                f'  <link rel="self" type="application/atom+xml" href="{escape(own)}" />',
                f'  <link rel="alternate" type="text/html" href="{escape(page)}" />',
            ]
        return "\n".join([*lines, *(each for _, each in entries), "</feed>\n"]).encode()

    # --- made of the entries ---

    @property
    def bodies(self) -> Mapping[str, list[tuple[Entry, Entry]]]:
        """Who answers for what: in which programmes, and as what there."""
        found: defaultdict[str, list[tuple[Entry, Entry]]] = defaultdict(list)
        for one in self.entries:
            for answer in one["bodies"]:
                found[answer["id"]].append((one, answer))
        return found

    def _index(self) -> bytes:
        document = {
            "version": VERSION,
            "portfolio": {"id": self.portfolio.id, "title": dict(self.portfolio.title.pairs)},
            "as_of": self.day.isoformat(),
            "not_read": self.lost,
            "programmes": self.entries,
            "bodies": [
                {
                    "id": own,
                    "name": answers[0][1]["name"],
                    "programmes": [one["id"] for one, _ in answers],
                    "counts": _summed(answer["counts"] for _, answer in answers),
                }
                for own, answers in self.bodies.items()
            ],
            "feeds": [self._indexed(language, each) for language, each in self._all_calendars],
        }
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")

    def _frame(self, path: Callable[[Paths], str], language: str) -> Frame:
        relations = Relations.of(self.programme)
        return frame(relations, path, language=language, address=self.address)

    def _page(self, language: str) -> bytes:
        voice = Voice(language)
        outside = self._frame(lambda paths: paths.overview, language)
        up, seen = outside.up, self.view

        def last_read(one: Entry) -> str:
            day = dt.date.fromisoformat(one["as_of"])
            return "" if one["is_read"] else voice.label("last read", day=voice.day(day))

        def row(shown: Spell) -> Entry:
            one, found = shown.value
            return {
                "page": f"{up}{one['id']}/{_way(one, language).root}{found['path']}",
                "title": in_words(found["title"]),
                "measure": in_words(found["measure_title"]),
                "programme": in_words(one["title"]),
                "bodies": [in_words(name) for name in found["bodies"]],
                "due": in_words(found["due"]),
                "key": found["evidence"] or found["status"],
                "how": in_words(found["how"]),
                "last_read": last_read(one),
                "shown": shown,
            }

        def body(own: str, answers: list[tuple[Entry, Entry]]) -> Entry:
            first = answers[0][1]
            return {
                "name": in_words(first["name"]),
                "counts": seen.bodies[own],
                "feed": up + outside.paths.feed(Scope.BODY, own) if first["is_shared"] else None,
                "programmes": [
                    (
                        in_words(one["title"]),
                        f"{up}{one['id']}/{_way(one, language).body(answer['own'])}",
                    )
                    for one, answer in answers
                ],
            }

        programmes = [
            {
                "title": in_words(one["title"]),
                "page": f"{up}{one['id']}/{_way(one, language).overview}",
                "counts": counts,
                "last_read": last_read(one),
            }
            for one, counts in zip(self.entries, seen.programmes, strict=True)
        ]
        whole, *others = self.calendars[language]
        page = outside.fill(
            "portfolio.html",
            page_day=self.day,
            first=seen.first,
            last=seen.last,
            before=seen.first - _ONE_DAY if seen.first > dt.date.min else None,
            after=seen.last + _ONE_DAY if seen.last < dt.date.max else None,
            newest=how_fresh(self.entries, voice),
            alerts=[row(shown) for shown in seen.attention],
            coming=[row(shown) for shown in seen.coming],
            soon=seen.soon,
            soon_days=SOON_DAYS,
            is_calm=seen.is_calm,
            is_empty=seen.is_empty,
            sums=seen.counts,
            programmes=programmes,
            bodies=[body(own, answers) for own, answers in self.bodies.items()],
            feed=whole.path,
            note=whole.note,
            years=[each for each in others if each.scope is Scope.YEAR],
            index=INDEX,
            lost=self.lost,
            kept=sum(not one["is_read"] for one in self.entries),
            files=self.lost + len(self.entries),
        )
        return page.encode(errors="replace")

    # --- made of the data files ---

    @functools.cached_property
    def figures(self) -> Sequence[Stats]:
        """What became of the promises of those that could be read, in groups."""
        return groupings(as_of(self.portfolio.programme, self.settled))

    @functools.cached_property
    def of_each(self) -> Sequence[Group]:
        """What became of the promises of each of those."""
        return [
            attrs.evolve(stats(as_of(member, self.settled)).total, id=member.id, title=member.title)
            for member in self.portfolio.members
        ]

    def _figures(self, language: str) -> Mapping[str, bytes]:
        outside = self._frame(lambda paths: paths.figures, language)
        ways = {one["id"]: _way(one, language) for one in self.entries}
        read, unread = len(self.of_each), len(self.portfolio.unread)
        return figures(
            outside,
            self.figures,
            members=[
                Member(group=group, page=f"{outside.up}{group.id}/{ways[group.id].figures}")
                for group in self.of_each
                if group.id is not None
            ],
            unread=outside.voice.label("figures of those read", read=read, all=read + unread)
            if unread
            else "",
        )


_ONE_DAY = dt.timedelta(days=1)
_NEWEST = 100
"""A reader fetches the whole feed every hour; the rest is in those of the programmes."""
_NAMESPACE = uuid.UUID("0d6b7c0e-6f43-4a5c-9f0a-8f3f0f5a4c11")


def how_fresh(entries: Iterable[Entry], voice: Voice) -> str:
    """Return how fresh is what is told of all programmes together."""
    said = [one for one in entries if one["newest_dated"]]
    newest = max(said, key=lambda one: str(one["newest_dated"]), default=None)
    dated = newest and newest["newest_dated"]
    read = max((one["newest_statement"] or "" for one in entries), default="")
    return fresh(
        voice.line(in_words(newest["newest_told"])) if newest else "",
        None if not read or read == dated else dt.date.fromisoformat(read),
        voice,
    )


def _way(one: Entry, language: str) -> Paths:
    """Return the paths in the site of a programme: in the language, or in its first."""
    own = one["languages"]
    tag = language if language in own else own[0]
    return Paths(language=tag, at_home=tag == own[0])


def _years(index: bytes, way: Paths) -> Iterator[str]:
    """Yield the paths of the calendars of single years that an index of calendars names."""
    try:
        feeds = json.loads(index)["feeds"]
        paths = [feed["path"] for feed in feeds if feed["scope"] == Scope.YEAR]
    except (ValueError, KeyError, TypeError):
        return
    is_ours = re.compile(rf"{re.escape(way.folder)}/{Scope.ALL}-[a-z0-9-]+\.ics")
    yield from filter(is_ours.fullmatch, map(str, paths))


_MOMENT = re.compile(r"<updated>([^<]*)</updated>")
"""Every entry has one (RFC 4287, 4.1.2)."""


def _entries(way: Paths, written: str) -> Iterator[tuple[str, str]]:
    """Yield the entries of a feed that this program wrote, each with its moment.

    What an entry takes from its feed it takes along: the language, and who stands behind it. One
    that somebody has spoiled is left out.
    """
    feed, *entries = written.split("<entry>")
    author, is_told, _ = feed.partition("<author>")[2].partition("</author>")
    for entry in entries:
        own, is_whole, _ = entry.partition("</entry>")
        moment = _MOMENT.search(own)
        behind = f"<author>{author}</author>" if is_told and "<author>" not in own else ""
        made = f'<entry xml:lang="{way.language}">{own}{behind}</entry>'
        if is_whole and moment and _is_xml(made):
            yield moment[1], f"  {made}"


def _is_xml(written: str) -> bool:
    from xml.etree import ElementTree as ET

    try:
        ET.fromstring(written)  # noqa: S314  it has no document type, so that nothing in it expands
    except ET.ParseError:
        return False
    return True


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total = Counter[str]()
    for each in counts:
        total.update(each)
    return {key: total[key] for key in map(str, KEYS)}
