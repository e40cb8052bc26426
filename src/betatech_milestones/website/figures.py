"""The page of figures: what became of promises by the day of which a site tells the whole.

It counts, so it is of one day, and says which: no script tells another. However large a programme
is, the page stays small: of many groups it has the largest, and says how many more there are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import attrs
from markupsafe import Markup, escape

from betatech_milestones.analysis.report import Report
from betatech_milestones.analysis.stats import Group, Stats, stats
from betatech_milestones.formats.standings import day
from betatech_milestones.formats.stats import (
    GROUP_COLUMNS,
    cells,
    grouping,
    note,
    of_day,
    ordered,
    sections,
    title_of,
)
from betatech_milestones.model.records import Texts
from betatech_milestones.model.vocabulary import By
from betatech_milestones.pictures import CHARTS
from betatech_milestones.pictures.charts import Chart, chart
from betatech_milestones.voice import capital
from betatech_milestones.voice.paths import Paths
from betatech_milestones.website.frame import Frame
from betatech_milestones.website.telling import newest_told

MOST = 30
"""How many groups a table has."""

MOST_CELLS = 440
"""How many cells there are in the table of a picture, with its rows."""


def groupings(report: Report) -> tuple[Stats, ...]:
    """Return what became of promises, in each way of grouping that a page shows."""
    programme = report.programme
    shown = {By.BODY: programme.bodies, By.CLUSTER: programme.clusters, By.YEAR: ("any",)}
    whole = stats(report)
    return tuple(whole.grouped(by) for by, there in shown.items() if there)


@attrs.frozen(kw_only=True)
class Member:
    """One of several programmes whose figures are on a page together."""

    group: Group
    page: str
    """The way to its own page of figures."""


def figure_paths(paths: Paths) -> tuple[str, ...]:
    """Return where the page of figures and its pictures stand."""
    return paths.figures, *map(paths.chart, CHARTS)


def figures(
    outside: Frame, found: Sequence[Stats], *, members: Sequence[Member] = (), unread: str = ""
) -> Mapping[str, bytes]:
    """Return the page of what became of promises, as HTML, and its pictures, by path.

    `found` are those of one report in several groupings, and `members` those of its programmes.
    `unread` says how many files the figures lack.
    """
    language = outside.paths.language
    charts = [chart(found[0], name, language=language) for name in CHARTS]
    page = _page(outside, found, charts, members, unread)
    pictures = {outside.paths.chart(drawn.name): drawn.svg for drawn in charts}
    files = {outside.path: page, **pictures}
    return {path: written.encode(errors="replace") for path, written in files.items()}


def _page(
    outside: Frame,
    found: Sequence[Stats],
    charts: Iterable[Chart],
    members: Sequence[Member],
    unread: str,
) -> str:
    voice, told = outside.voice.voice, found[0]
    name = voice.label("figures")
    promises = told.total.promises
    tables = [_of_members(members, outside)] if members else []
    if told.total.fell_due or told.total.moves:
        tables += [_of_groups(each, outside) for each in found]
    return outside.fill(
        "figures.html",
        name=name,
        about=capital(of_day("what became", told, voice)) + ".",
        day=capital(day(told, voice)),
        newest=newest_told(told.programme.by_id, told.day, voice),
        unread=unread,
        note=note(told, voice) or voice.label("no promises"),
        sections=[*sections(told.total, voice)],
        columns=[voice.label(column) for column in GROUP_COLUMNS],
        tables=tables if promises else (),
        figures=[_Figure.of(drawn, told, outside) for drawn in charts] if promises else (),
    )


# --- groups ---------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Row:
    """One group."""

    title: Markup
    way: str | None
    cells: tuple[str, ...]


@attrs.frozen(kw_only=True)
class _Table:
    """Groups below a heading."""

    by: By | None
    """None where they are programmes."""
    heading: str
    column: str
    """What the groups are."""
    rows: tuple[_Row, ...]
    rest: int
    """How many more there are."""

    @property
    def id(self) -> str:
        """Its place on the page."""
        return "programmes" if self.by is None else f"by-{self.by}"


def _of_groups(found: Stats, outside: Frame) -> _Table:
    by, voice = found.by, outside.voice.voice
    assert by is not None, "groups are of something"
    most = slice(-MOST, None) if by is By.YEAR else slice(MOST)
    shown = ordered(found.groups[most], voice)
    return _Table(
        by=by,
        heading=grouping(by, voice),
        column=voice.label("year promised" if by is By.YEAR else str(by)),
        rows=tuple(_row(group, _way(group, by, outside), outside) for group in shown),
        rest=len(found.groups) - len(shown),
    )


def _of_members(members: Sequence[Member], outside: Frame) -> _Table:
    voice = outside.voice.voice
    return _Table(
        by=None,
        heading=voice.label("programmes"),
        column=voice.label("programme"),
        rows=tuple(_row(member.group, member.page, outside) for member in members),
        rest=0,
    )


def _row(group: Group, way: str | None, outside: Frame) -> _Row:
    title, voice = group.title, outside.voice
    told = voice.tell(title) if isinstance(title, Texts) else escape(title_of(group, voice.voice))
    return _Row(title=told, way=way, cells=cells(group, voice.voice))


def _way(group: Group, by: By, outside: Frame) -> str | None:
    """Return the way to a page that tells what a group has, where this programme has one."""
    programme, paths, own = outside.relations.programme, outside.paths, group.id
    if own is None:
        return None
    if by is By.BODY and any(own == body.id for body in programme.bodies):
        return outside.to(paths.body(own))
    if by is By.CLUSTER and any(own == cluster.id for cluster in programme.clusters):
        return f"{outside.to(paths.overview)}?cluster={own}#milestones"
    return None


# --- pictures -------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Figure:
    """A picture, and the table of what is drawn."""

    id: str
    heading: str
    about: str
    way: str
    width: str
    height: str
    columns: tuple[str, ...]
    """The headings of its table; none where there is nothing to draw."""
    rows: Sequence[tuple[str, ...]]
    every: int
    """Of so many rows one stands there: the last, and others before it."""
    rest: int
    """How many more there are behind those that stand there."""

    @classmethod
    def of(cls, drawn: Chart, told: Stats, outside: Frame) -> "_Figure":
        voice, room = outside.voice.voice, MOST_CELLS // (len(drawn.columns) + 1)
        size = _SIZE.search(drawn.svg)
        assert size is not None, "a picture says how large it is"
        every = max(-(-len(drawn.rows) // room), 1) if drawn.name in _CURVES else 1
        rows = drawn.rows[::-every][::-1][:room]
        return cls(
            id=drawn.name,
            heading=of_day(f"chart {drawn.name}", told, voice),
            about=drawn.about,
            way=outside.up + outside.paths.chart(drawn.name),
            width=size[1],
            height=size[2],
            columns=drawn.columns,
            rows=rows,
            every=every,
            rest=0 if every > 1 else len(drawn.rows) - len(rows),
        )

    @property
    def is_long(self) -> bool:
        """Whether its table is folded up."""
        return len(self.rows) > _AT_ONCE


_CURVES = frozenset({"burn-up", "incidence"})
"""What goes on from row to row: of many rows some tell the whole."""

_AT_ONCE = 12  # rows
_SIZE = re.compile(r'<svg[^>]* width="(\d+)" height="(\d+)"')
