"""Views as a notebook shows them: what a text would list, folded, and never all of it.

A notebook keeps every output that it has shown, so each is small whatever the size of the data: it
has the first rows, counts the others, and tells what has them. The colours are those of the
notebook, light or dark; there is no script, and of style what its tables would else have otherwise.
"""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any, Self

import attrs

from betatech_milestones.analysis.diff import Diff
from betatech_milestones.analysis.report import Report
from betatech_milestones.analysis.slips import Slips
from betatech_milestones.analysis.stats import Stats
from betatech_milestones.analysis.verdicts import Judgement, judge
from betatech_milestones.formats import diff, slips, stats, text
from betatech_milestones.formats.frames import Frame
from betatech_milestones.formats.listing import Group, Item, Listing, group
from betatech_milestones.formats.markup import isolated
from betatech_milestones.model.portfolio import Portfolio, Unread
from betatech_milestones.model.records import Measure, Programme
from betatech_milestones.model.rules import Level
from betatech_milestones.voice import Voice

MOST_ROWS = 10
MOST_BYTES = 20_000
_MOST_COLUMNS = 8
_MOST_CHARACTERS = 200
"""How long a text in a cell may be."""

# JupyterLab sets the text of every cell to the right, by a rule of more weight than a class has.
_STYLE = (
    ".betatech-milestones :is(td,th){text-align:start!important;vertical-align:top}"
    ".betatech-milestones table{margin:0}"
    ".betatech-milestones summary{cursor:pointer}"
)


def as_html(view: Any) -> str:
    """Return what a notebook shows of a view, in the language of its programme.

    A table is in English, as its columns are.
    """
    if isinstance(view, Frame):
        return _table(view)
    listed, rest = _VIEWS[type(view)]
    voice = Voice(_programme(view).language)
    listing = listed(view, voice)
    parts = [_Part.of(group, rest) for group in listing.groups]
    below = [] if parts else [f"<p>{escape(listing.nothing)}</p>"]
    if listing.note:
        below.append(f"<p><small>{escape(listing.note)}</small></p>")
    return _html(listing.heading.split("\n"), parts, below, voice)


def _programme(view: Any) -> Programme | Portfolio:
    """Return whose view it is."""
    if isinstance(view, Programme | Portfolio):
        return view
    programme: Programme = (view.report if isinstance(view, Judgement) else view).programme
    return programme


# --- what is listed ------------------------------------------------------------------


def _reported(report: Report, voice: Voice) -> Listing:
    return text.listed(judge(report), voice, MOST_ROWS)


def _judged(judgement: Judgement, voice: Voice) -> Listing:
    """Return what a report says, and how many of its standings are errors, warnings and hints."""
    listing = text.listed(judgement, voice, MOST_ROWS)
    levels = [judgement.verdict(standing).level for standing in judgement.report.standings]
    told = voice.label(
        "judged",
        errors=voice.number(levels.count(Level.ERROR)),
        warnings=voice.number(levels.count(Level.WARNING)),
        hints=voice.number(levels.count(Level.HINT)),
    )
    return listing._replace(heading=f"{listing.heading}\n{told}")


def _measures(programme: Programme, voice: Voice) -> Listing:
    def tell(measure: Measure) -> Item:
        return Item(
            lead=voice.pair(voice.label("milestones"), voice.number(len(measure.milestones))),
            id=measure.id,
            title=voice.text(measure.title),
            details=(voice.responsible(measure.bodies),),
        )

    measures = group(voice.label("measures"), programme.measures, tell, voice, most=MOST_ROWS)
    return Listing(
        heading=f"{voice.text(programme.title)}\n{_size(programme, voice)}",
        groups=[measures] if programme.measures else [],
        nothing=voice.label("nothing"),
    )


def _size(programme: Programme, voice: Voice) -> str:
    return voice.label(
        "page size",
        measures=voice.number(len(programme.measures)),
        milestones=voice.number(len(programme.by_id)),
        sources=voice.number(len(programme.sources)),
    )


def _programmes(portfolio: Portfolio, voice: Voice) -> Listing:
    def tell(member: Programme) -> Item:
        return Item(
            lead=_size(member, voice), id=member.id, title=voice.text(member.title), details=()
        )

    def tell_why(unread: Unread) -> Item:
        return Item(lead=unread.path, id="", title=f"{unread.error}", details=())

    groups = [
        group(voice.label("programmes"), portfolio.members, tell, voice, most=MOST_ROWS),
        group(voice.label("not read"), portfolio.unread, tell_why, voice, most=MOST_ROWS),
    ]
    return Listing(
        heading=voice.text(portfolio.title_as_read),
        groups=[each for each in groups if each.items],
        nothing=voice.label("nothing"),
    )


_TEXT = "print(render(…))"
"""What tells the rest of a view that has a text."""
_VIEWS: Mapping[type, tuple[Callable[[Any, Voice], Listing], str]] = {
    Programme: (_measures, ".measures"),
    Portfolio: (_programmes, ".members"),
    Report: (_reported, _TEXT),
    Judgement: (_judged, _TEXT),
    Slips: (functools.partial(slips.listed, most=MOST_ROWS), _TEXT),
    Diff: (functools.partial(diff.listed, most=MOST_ROWS), _TEXT),
    Stats: (functools.partial(stats.listed, most=MOST_ROWS), _TEXT),
}
"""What of each view is listed, and what to write in a notebook for all of it."""

# --- HTML -----------------------------------------------------------------------------------------


@attrs.frozen
class _Part:
    """A table below what folds it."""

    heading: str
    rows: Sequence[str]
    left_out: int
    rest: str
    """What to write in a notebook for all of it."""
    header: str = ""

    @classmethod
    def of(cls, group: Group, rest: str) -> Self:
        return cls(group.told, [*map(_row, group.items)], group.left_out, rest)

    def lines(self, number: int, voice: Voice, *, is_open: bool) -> list[str]:
        """Return the first rows, and how many there are besides."""
        lines = [f"<details{' open' if is_open else ''}><summary>{escape(self.heading)}</summary>"]
        if number:
            table = f"<table>{self.header}<tbody>"
            lines += [table, *self.rows[:number], "</tbody></table>"]
        if more := self.left_out + len(self.rows) - number:
            words = escape(voice.label("more in", count=voice.number(more)))
            lines.append(f"<p>{words} <code>{escape(self.rest)}</code></p>")
        return [*lines, "</details>"]


def _html(
    heading: Sequence[str], parts: Sequence[_Part], below: Sequence[str], voice: Voice
) -> str:
    """Return parts of which the first is unfolded, each with as many rows as there is room for."""
    title, *more = heading
    lines = [f"<strong>{_short(title)}</strong>", *map(_short, more)]
    head = [
        f'<div class="betatech-milestones" lang="{voice.spoken}">',
        f"<style>{_STYLE}</style>",
        f"<p>{'<br>'.join(lines)}</p>",
    ]
    tail = [*below, "</div>"]
    room = MOST_BYTES - _size_in_bytes(head) - _size_in_bytes(tail)
    for place, part in enumerate(parts):
        told = functools.partial(part.lines, voice=voice, is_open=place == 0)
        lines = _fitting(told, len(part.rows), room // (len(parts) - place))
        room -= _size_in_bytes(lines)  # what one does not need is there for the next
        head += lines
    return "\n".join([*head, *tail])


def _fitting(told: Callable[[int], list[str]], rows: int, room: int) -> list[str]:
    """Return what is told of the most rows that there is room for."""
    for number in range(rows, 0, -1):
        lines = told(number)
        if _size_in_bytes(lines) <= room:
            return lines
    return told(0)


def _row(item: Item) -> str:
    """Return an item as a row: what it is about it, and what it is."""
    more = " · ".join(_short(detail) for detail in item.details if detail)
    cells = [
        _short(item.title),
        f"<small>{more}</small>" if more else "",
        f"<code>{_short(item.id)}</code>" if item.id else "",
    ]
    return f"<tr><td>{_short(item.lead)}</td><td>{'<br>'.join(filter(None, cells))}</td></tr>"


def _table(frame: Frame) -> str:
    """Return the first rows and columns of a table, and what each of all its columns holds."""
    voice = Voice("en")
    names = [column.name for column in frame.columns[:_MOST_COLUMNS]]
    more = ["…"] if len(frame.columns) > len(names) else []
    shown = frame[:MOST_ROWS]
    cells = ([*(row[name] for name in names), *more] for row in shown)
    rows = _Part(
        f"rows ({voice.number(len(frame))})",
        [f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in cells],
        len(frame) - len(shown),
        "list(…)",
        f"<thead><tr>{''.join(f'<th>{escape(name)}</th>' for name in names + more)}</tr></thead>",
    )
    columns = _Part(
        f"columns ({len(frame.columns)})",
        [
            f"<tr><td><code>{escape(column.name)}</code></td><td>{escape(column.type)}</td>"
            f"<td>{escape(column.about)}</td></tr>"
            for column in frame.columns
        ],
        0,
        ".columns",
    )
    parts = [rows, columns] if shown else [columns]
    return _html([frame.name, frame.about], parts, [], voice)


def _cell(value: object) -> str:
    return "" if value is None else _short(f"{value}")


def _short(words: str) -> str:
    """Return a text as HTML, cut where it is long."""
    if len(words) > _MOST_CHARACTERS:
        words = f"{words[:_MOST_CHARACTERS]}…"
    return isolated(words)


def _size_in_bytes(lines: Iterable[str]) -> int:
    """Return what lines take in UTF-8, each with its end."""
    return sum(len(line.encode()) + 1 for line in lines)
