"""What a site holds: everything to publish, in parts that depend on as little as they can."""

import datetime as dt
import functools
import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

import attrs

from betatech_milestones.analysis.editions import Edition, State, state_of
from betatech_milestones.analysis.report import Report, as_of, standing_on
from betatech_milestones.analysis.stats import Stats
from betatech_milestones.calendars.feeds import Feed, Scope, feeds_of, items_of
from betatech_milestones.calendars.items import Item, Placement
from betatech_milestones.formats.standings import standings_by_measure
from betatech_milestones.model import rules, values
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.records import Body, Measure, Milestone, Programme, trusted
from betatech_milestones.model.standing import Standing
from betatech_milestones.pictures.timeline import timeline
from betatech_milestones.voice import in_languages, languages_of
from betatech_milestones.voice.paths import FEEDS, LINES, PROGRAMME, SITEMAP, Paths
from betatech_milestones.website import api
from betatech_milestones.website.assets import ASSETS, assets
from betatech_milestones.website.atom import atom
from betatech_milestones.website.body import body_inputs, body_page
from betatech_milestones.website.catalogue import (
    ADDRESSES,
    CATALOG,
    DATAPACKAGE,
    catalog,
    datapackage,
    sitemap,
)
from betatech_milestones.website.figures import figure_paths, figures, groupings
from betatech_milestones.website.frame import frame
from betatech_milestones.website.hands import made
from betatech_milestones.website.lists import list_inputs, list_pages, stubs
from betatech_milestones.website.measure import measure_day, measure_inputs, measure_page
from betatech_milestones.website.mend import lines
from betatech_milestones.website.overview import overview
from betatech_milestones.website.parts import (
    RECORD,
    STATE,
    Made,
    Part,
    Record,
    digest_of,
    digests,
    setting,
    together,
)
from betatech_milestones.website.search import search_index
from betatech_milestones.website.telling import Relations


def _placement(word: Placement | str) -> Placement:
    return values.word(word, Placement)


@attrs.frozen(kw_only=True)
class Settings:
    """How a site is to be made, whatever it tells."""

    placement: Placement = attrs.field(default=Placement.DEADLINE, converter=_placement)
    """Where events stand."""
    since: dt.date | None = attrs.field(default=None, converter=attrs.converters.optional(a_day))
    """What ended before it is left out of the feeds."""
    address: str | None = attrs.field(default=None, converter=attrs.converters.optional(values.url))
    """Where it will be found, in ASCII and with a slash at its end."""

    @property
    def digest(self) -> str:
        """What is the same where the same program makes a site in the same way."""
        return setting(self)


@attrs.frozen(kw_only=True)
class Plan:
    """A site that is to be made."""

    setting: str
    """What any of its files depends on: the program, and the settings."""
    parts: tuple[Part, ...]
    no_news: bool
    """Whether subscribers have what they would be given, by the record of what was published."""
    state: Callable[[], State]
    """Return what will have been published, but for the paths."""
    octets: dict[str, int]
    """How large the files are that are made, or stand already, by their paths."""
    whole: str
    """The digest of all that is in the programme, and on what days it changed."""
    settled: dt.date
    """The day of what is told of the whole."""

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all files of the site."""
        return frozenset((STATE, RECORD, *(path for part in self.parts for path in part.files)))

    def content(self, path: str) -> bytes | None:
        """Make one file of a part; None for what closes the site, and is none."""
        makers = (part.files[path] for part in self.parts if path in part.files)
        return next((make() for make in makers), None)

    def files(
        self, standing: Mapping[str, Made], state: bytes | None = None, *, hands: int = 1
    ) -> Iterator[tuple[str, bytes | None]]:
        """Yield each file by its path as it is made, and None in place of one that stands already.

        `standing` are the parts of which that is so, by their names. The state is made, too, unless
        it is given. It comes last, with the record of what is published. As many processes as
        there are `hands` make the parts; what they share is reckoned before.
        """
        if state is None:
            state = attrs.evolve(self.state(), files=tuple(sorted(self.paths))).dumps()
        recorded = {}
        for part in self.parts:
            if part.name in standing:
                yield from dict.fromkeys(part.files).items()
                recorded[part.name] = standing[part.name]
        lacking = [part for part in self.parts if part.name not in standing]
        others = [part for part in lacking if part.name != _FEEDS]
        sizes_told = [part for part in lacking if part.name == _FEEDS]
        for part, files in itertools.chain(made(others, hands), made(sizes_told, 1)):
            self.octets.update({path: len(content) for path, content in files.items()})
            yield from files.items()
            digests = {path: digest_of(content) for path, content in files.items()}
            recorded[part.name] = Made(inputs=part.inputs, files=digests)
        yield STATE, state
        record = Record(setting=self.setting, state=digest_of(state), parts=recorded)
        yield RECORD, record.dumps()


def site(
    programme: Programme,
    day: dt.date | str,
    *,
    placement: Placement | str = Placement.DEADLINE,
    since: dt.date | str | None = None,
    address: str | None = None,
    languages: Collection[str] | None = None,
    before: State | None = None,
) -> dict[str, bytes]:
    """Return every file to publish, by its path from the root of the site.

    `day` is the one for which the pages speak; feeds depend on it only where an item changed since
    the state `before`. What ended before `since` is left out of the feeds. `address` is where the
    site will be found, in ASCII and with a slash at its end; the feeds then name their own.
    `languages` are those of the programme in which it speaks; all if they are left out. Raises
    `BadValue` for what is no day, placement, address or language of the programme.
    """
    programme = programme if languages is None else in_languages(programme, languages)
    settings = Settings(placement=placement, since=since, address=address)
    plan = planned(programme, a_day(day), settings, before=lambda: before)
    files = ((path, content) for path, content in plan.files({}) if content is not None)
    return dict(sorted(files))


def _nothing(_path: str) -> None:
    """Say that no file was published."""


def planned(
    programme: Programme,
    day: dt.date,
    settings: Settings,
    *,
    before: Callable[[], State | None],
    record: Record | None = None,
    published: Callable[[str], bytes | None] = _nothing,
) -> Plan:
    """Return what a site is to hold; nothing of it is made before it is asked for.

    `before` returns what was published, and `published` a file of that by its path, where it is as
    it was. What the record has of the same things is taken for what is published: who gives it sees
    to it that it is. Raises `BadValue` where two files would have one path.
    """
    setting = settings.digest
    making = Making(
        programme=programme,
        day=day,
        settings=settings,
        before=before,
        record=record if record is not None and record.setting == setting else None,
        published=published,
    )
    parts = (*making.feeds(), *making.pages())
    _refuse_collisions(path for part in parts for path in part.files)
    return Plan(
        setting=setting,
        parts=parts,
        no_news=making.no_news,
        state=lambda: making.state,
        octets=making.octets,
        whole=making.whole,
        settled=making.settled,
    )


def _named(programme: Programme) -> Programme:
    """Return a programme that calls its file by name, and not where it lies on this machine."""
    with trusted():
        return attrs.evolve(programme, path=PurePath(programme.path).name)


def _refuse_collisions(paths: Iterable[str]) -> None:
    found: dict[str, str] = {}
    for path in paths:
        other = found.setdefault(path.casefold(), path)
        if other is not path:
            message = (
                f"{path} would be two pages: a language and the folder of an id are both called "
                f'"{path.partition("/")[0]}"; give another id'
                if other == path
                else f"{other} and {path} would be one file, on some disks at least; give ids apart"
            )
            raise BadValue(rules.DUPLICATE_ID, message)


@attrs.frozen(kw_only=True, slots=False)  # cached properties need room
class Making:
    """What the parts of a site have in common, each reckoned when a part first needs it."""

    programme: Programme = attrs.field(converter=_named)
    day: dt.date
    settings: Settings
    before: Callable[[], State | None]
    record: Record | None = None
    """What was published by the same settings."""
    published: Callable[[str], bytes | None] = _nothing
    """Return a file as it was published, by its path."""
    is_draft: bool = False
    """Whether pages name the calendars though no item is made: then those by year are not named."""
    octets: dict[str, int] = attrs.field(init=False, factory=dict)
    digest: Callable[..., str] = attrs.field(init=False, factory=digests)
    editions: defaultdict[str, dict[str, Edition]] = attrs.field(
        init=False, factory=functools.partial(defaultdict, dict)
    )
    """Those of the items that were made, by the full ids under which calendars know milestones."""

    def feeds(self) -> Iterator[Part]:
        """Yield the calendars but those of measures; those in the record where there is no news."""
        if self.no_news and self.record is not None:
            for name, made in self.record.parts.items():
                if name.startswith(_FEED):
                    yield Part(name=name, inputs=made.inputs, files=self._written(made.files))
            return
        for path, feed in self.calendars.items():
            if feed.scope is not Scope.MEASURE:
                name = f"{_FEED}{path}"
                yield Part(name=name, inputs=feed.inputs, files=self._written([path]))

    def pages(self) -> Iterator[Part]:
        """Yield all other parts: the index of the feeds is the last, since it tells their sizes."""
        yield from map(self._measure, self.programme.measures)
        yield from map(self._body, self.programme.bodies)
        for language in self.languages:
            yield from self._whole(language)
        yield from self._shared()
        yield Part(name=_FEEDS, inputs=self.feeds_inputs, files={FEEDS: self._index})

    # --- what they depend on ----------------------------------------------------------------------

    @functools.cached_property
    def languages(self) -> tuple[str, ...]:
        return tuple(languages_of(self.programme))

    @functools.cached_property
    def paths(self) -> tuple[Paths, ...]:
        return tuple(Paths.of(self.programme, language) for language in self.languages)

    @functools.cached_property
    def is_large(self) -> bool:
        return api.is_large(self.programme)

    @functools.cached_property
    def relations(self) -> Relations:
        return Relations.of(self.programme)

    @functools.cached_property
    def report(self) -> Report:
        return as_of(self.programme, self.day)

    @functools.cached_property
    def settled(self) -> dt.date:
        """The last day on which anything came to stand otherwise, or the end of the month before.

        Documents of the whole and figures are of the later of the two: on most nights they stay
        byte for byte what they are, and what they count in days is never a month behind.
        """
        changes = (measure_day(self.relations, it, self.day) for it in self.programme.measures)
        judged = itertools.chain.from_iterable(
            api.judged_days(standing_on(milestone, self.day))
            for milestone in self.programme.by_id
            if milestone.news or milestone.snoozed is not None
        )
        last_month = self.day - dt.timedelta(days=min(self.day.day, self.day.toordinal() - 1))
        return max((last_month, *changes, *(day for day in judged if day <= self.day)))

    @functools.cached_property
    def settled_report(self) -> Report:
        return as_of(self.programme, self.settled)

    @functools.cached_property
    def figures(self) -> Sequence[Stats]:
        """What became of its promises, in groups."""
        return groupings(self.settled_report)

    @functools.cached_property
    def standings(self) -> Mapping[str, tuple[Standing, ...]]:
        """How the milestones of each measure stand, by its id."""
        return standings_by_measure(self.report)

    @functools.cached_property
    def measures(self) -> Mapping[str, str]:
        """The digest of all that the files of each measure depend on, by its id."""
        return {
            measure.id: self.digest(
                measure_inputs(self.relations, measure, self.day), self._of_document(measure)
            )
            for measure in self.programme.measures
        }

    def _of_document(self, measure: Measure) -> object:
        """Return on what the document of a measure depends, and its page does not."""
        if self.is_large:
            return None
        day = api.measure_day(measure, self.standings[measure.id], self.day)
        return self.programme.path, day

    @functools.cached_property
    def shelves(self) -> str:
        """The digest of all that is in the programme besides its measures."""
        with trusted():
            return self.digest(attrs.evolve(self.programme, measures=()))

    @functools.cached_property
    def whole(self) -> str:
        """The digest of all that is in the programme, but for the lines at which it stands."""
        return self.digest(self.shelves, [*self.measures.items()])

    @functools.cached_property
    def today(self) -> str:
        """The same, with the day."""
        return self.digest(self.whole, self.day)

    @functools.cached_property
    def as_settled(self) -> str:
        """The same, with the day of what is told of the whole."""
        return self.digest(self.whole, self.settled)

    @functools.cached_property
    def lines(self) -> str:
        """The digest of the lines of the data file at which its milestones begin."""
        return self.digest([milestone.line for milestone in self.programme.by_id])

    @property
    def documented(self) -> str:
        """The digest of what whole documents depend on: those of a large one tell no lines."""
        return self.as_settled if self.is_large else self.digest(self.as_settled, self.lines)

    @functools.cached_property
    def basis(self) -> api.Basis:
        """Of what the files of a large programme are made, and which of them there are."""
        return api.Basis(
            setting=self.settings.digest, measures=self.measures, published=self.published
        )

    @functools.cached_property
    def feeds_inputs(self) -> str:
        """The digest of all that any feed depends on, but for what was published."""
        return self.digest(self.whole, self.day.year)

    @property
    def no_news(self) -> bool:
        """Whether nothing that a feed depends on is another than in the record."""
        return self._holds(_FEEDS, self.feeds_inputs)

    def _holds(self, name: str, inputs: str) -> bool:
        made = None if self.record is None else self.record.parts.get(name)
        return made is not None and made.inputs == inputs

    # --- calendars --------------------------------------------------------------------------------

    @functools.cached_property
    def known(self) -> frozenset[str]:
        """The ids under which calendars know the milestones of which they will be told no news."""
        return frozenset(
            milestone.lifelong_id
            for measure in self.programme.measures
            if self._holds(_measure_part(measure), self.measures[measure.id])
            for milestone in measure.milestones
        )

    @functools.cached_property
    def calendars(self) -> Mapping[str, Feed]:
        """All feeds by their paths, none of them written."""
        found = {}
        for language in self.languages:
            items = items_of(
                self.programme,
                language,
                placement=self.settings.placement,
                before=self.before(),
                day=self.day,
                address=self.settings.address,
                known=self.known,
            )
            for feed in feeds_of(
                self.programme,
                language,
                with_kept_editions(items, self.editions),
                since=self.settings.since,
                address=self.settings.address,
                day=self.day,
            ):
                found[feed.path] = feed
        return found

    @functools.cached_property
    def state(self) -> State:
        """The state that follows the one before, but for the paths of the files."""
        assert self.calendars
        now, before = state_of(self.programme, self.editions), self.before()
        return now if before is None else now.following(before)

    def _written(self, paths: Iterable[str]) -> dict[str, Callable[[], bytes]]:
        return {path: functools.partial(self._feed, path) for path in paths}

    def _feed(self, path: str) -> bytes:
        return self.calendars[path].content

    def _index(self) -> bytes:
        feeds = self.calendars.values()
        sizes = {
            feed.path: self.octets[feed.path] if feed.path in self.octets else len(feed.content)
            for feed in feeds
        }
        return index(self.programme, feeds, self.settings.address, sizes)

    # --- pages and documents ----------------------------------------------------------------------

    def _measure(self, measure: Measure) -> Part:
        """Return the files of a measure, in all languages."""
        files: dict[str, Callable[[], bytes]] = {}
        if not self.is_large:
            files[api.measure_path(measure)] = functools.partial(self._measure_document, measure)
        for paths in self.paths:
            page = functools.partial(self._measure_page, measure, paths.language)
            changes = functools.partial(self._measure_changes, measure, paths.language)
            files[paths.measure(measure.id)] = page
            files[paths.measure_atom(measure.lifelong_id)] = changes
            files |= self._written([paths.feed(Scope.MEASURE, measure.lifelong_id)])
        return Part(name=_measure_part(measure), inputs=self.measures[measure.id], files=files)

    def _measure_document(self, measure: Measure) -> bytes:
        return api.measure_document(self.report, measure, self.standings[measure.id])

    def _measure_page(self, measure: Measure, language: str) -> bytes:
        address = self.settings.address
        return _encoded(
            measure_page(self.relations, measure, self.day, language=language, address=address)
        )

    def _measure_changes(self, measure: Measure, language: str) -> bytes:
        own = (*measure.milestones, *self.relations.shared.get(measure.id, ()))
        return self._changes(language, measure, own)

    def _body(self, body: Body) -> Part:
        """Return the files of a body, in all languages, but for its calendars."""
        files: dict[str, Callable[[], bytes]] = {}
        for paths in self.paths:
            page = functools.partial(self._body_page, body, paths.language)
            own = self.relations.answered.get(body.id, ())
            changes = functools.partial(self._changes, paths.language, body, own)
            files[paths.body(body.id)] = page
            files[paths.body_atom(body.lifelong_id)] = changes
        inputs = self.digest(body_inputs(self.relations, body, self.day))
        return Part(name=f"body/{body.id}", inputs=inputs, files=files)

    def _body_page(self, body: Body, language: str) -> bytes:
        address = self.settings.address
        return _encoded(
            body_page(self.relations, body, self.day, language=language, address=address)
        )

    def _changes(
        self,
        language: str,
        of: Measure | Body | None = None,
        milestones: Iterable[Milestone] | None = None,
    ) -> bytes:
        return atom(
            self.programme,
            of,
            language=language,
            address=self.settings.address,
            milestones=milestones,
        )

    def _whole(self, language: str) -> Iterator[Part]:
        """Yield what there is of the whole programme in a language."""
        paths = Paths.of(self.programme, language)
        address = self.settings.address
        yield Part(
            name=f"overview/{language}",
            inputs=self.today,
            files={paths.overview: functools.partial(self._overview, language)},
        )
        yield Part(
            name=f"figures/{language}",
            inputs=self.as_settled,
            files=together(figure_paths(paths), functools.partial(self._figures, language)),
        )
        yield Part(
            name=f"tables/{language}",
            inputs=self.documented,
            files=together(
                (file.path for file in api.published(self.programme, [language])[1:]),
                lambda: api.tables(
                    self.settled_report, language=language, address=address, basis=self.basis
                ),
            ),
        )
        yield Part(
            name=f"search/{language}",
            inputs=self.whole,
            files={paths.search: lambda: search_index(self.programme, language)},
        )
        yield Part(
            name=f"timeline/{language}",
            inputs=self.whole,
            files={paths.timeline: functools.partial(self._timeline, language)},
        )
        yield Part(
            name=f"changes/{language}",
            inputs=self.whole,
            files={paths.changes: functools.partial(self._changes, language)},
        )
        yield Part(
            name=f"lists/{language}",
            inputs=self.digest(list_inputs(self.relations, self.day)),
            files=_texts(list_pages(self.relations, self.day, language=language, address=address)),
        )
        moved = [it for it in self.programme.measures if it.formerly]
        yield Part(
            name=f"moved/{language}",
            inputs=self.digest(self.shelves, [(it.id, it.formerly, it.title) for it in moved]),
            files=_texts(stubs(self.relations, language=language, address=address)),
        )

    def _overview(self, language: str) -> bytes:
        address = self.settings.address
        if self.is_draft:
            feeds = feeds_of(self.programme, language, (), since=None, address=address)
        else:
            feeds = iter(self.calendars.values())
        return _encoded(overview(self.report, language=language, feeds=feeds, address=address))

    def _figures(self, language: str) -> Mapping[str, bytes]:
        address = self.settings.address
        outside = frame(
            self.relations, lambda paths: paths.figures, language=language, address=address
        )
        return figures(outside, self.figures)

    def _timeline(self, language: str) -> bytes:
        address = self.settings.address
        return _encoded(timeline(self.programme, language=language, address=address))

    def _shared(self) -> Iterator[Part]:
        """Yield what there is once for all languages."""
        programme, languages, address = self.programme, self.languages, self.settings.address
        whole = (PROGRAMME, f"{PROGRAMME.rpartition('/')[0]}/schema.json")
        yield Part(
            name="documents",
            inputs=self.documented,
            files=together(
                (*whole, api.published(programme, ())[0].path),
                lambda: api.whole(self.settled_report, languages, basis=self.basis),
            ),
        )
        if programme.repository is not None:
            files = {LINES: functools.partial(lines, programme)}
            yield Part(name="lines", inputs=self.digest(self.whole, self.lines), files=files)
        yield Part(
            name="catalogue",
            inputs=self.as_settled,
            files={
                CATALOG: lambda: catalog(self.settled_report, languages, address),
                DATAPACKAGE: lambda: datapackage(programme, languages),
            },
        )
        if address is not None:
            yield Part(
                name="sitemap",
                inputs=self.as_settled,
                files=together(
                    self._sitemaps(), lambda: sitemap(self.settled_report, languages, address)
                ),
            )
        yield Part(
            name="assets",
            inputs="",
            files={path: functools.partial(_asset, path) for path in ASSETS},
        )

    def _sitemaps(self) -> Iterator[str]:
        yield SITEMAP
        pages = 2 + len(self.programme.measures) + len(self.programme.bodies)
        addresses = pages * len(self.languages)
        if addresses > ADDRESSES:
            for number in range(-(-addresses // ADDRESSES)):
                yield SITEMAP.replace(".", f"-{number + 1}.")


_FEEDS = "feeds"
_FEED = "feed/"


def _measure_part(measure: Measure) -> str:
    return f"measure/{measure.id}"


def _encoded(text: str) -> bytes:
    return text.encode(errors="replace")


def _texts(makers: Mapping[str, Callable[[], str]]) -> dict[str, Callable[[], bytes]]:
    return {path: functools.partial(_made, make) for path, make in makers.items()}


def _made(make: Callable[[], str]) -> bytes:
    return _encoded(make())


def _asset(path: str) -> bytes:
    return assets()[path]


def with_kept_editions(
    items: Iterable[Item], editions: defaultdict[str, dict[str, Edition]]
) -> Iterator[Item]:
    """Yield items, and keep their stamps by the full id under which calendars know a milestone."""
    for item in items:
        editions[item.milestone.lifelong_id][item.name] = item.edition
        yield item


def index(
    programme: Programme,
    calendars: Iterable[Feed],
    address: str | None,
    octets: Mapping[str, int],
) -> bytes:
    """Return the index of all feeds, as JSON; `octets` has the size of each by its path."""
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
                "octets": octets[feed.path],
            }
            for feed in calendars
        ],
    }
    written = json.dumps(document, ensure_ascii=False, indent=1)
    return written.encode(errors="backslashreplace") + b"\n"
