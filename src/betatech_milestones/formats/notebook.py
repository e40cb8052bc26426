"""Views as a notebook shows them: what a text would list, folded, and never all of it.

A notebook keeps every output that it has shown, so each is small whatever the size of the data: it
has the first rows, counts the others, and tells what has them. The colours are those of the
notebook, light or dark; there is no script, and of style what its tables would else have otherwise.
"""

import functools
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

import attrs

from betatech_milestones.analysis.diff import Diff
from betatech_milestones.analysis.report import Report
from betatech_milestones.analysis.slips import Slips
from betatech_milestones.analysis.stats import Stats
from betatech_milestones.analysis.verdicts import Judgement, judge
from betatech_milestones.formats import diff, slips, stats, text
from betatech_milestones.formats.listing import Group, Item, Listing, group
from betatech_milestones.formats.markup import isolated
from betatech_milestones.model.portfolio import Portfolio, Unread
from betatech_milestones.model.records import Measure, Programme
from betatech_milestones.model.rules import Level
from betatech_milestones.voice import Voice

MOST_ROWS = 20
MOST_BYTES = 20_000
_MOST_CHARACTERS = 200
"""How long a text in a cell may be."""

_STYLE = (
    ".betatech-milestones :is(td,th){text-align:start;vertical-align:top}"
    ".betatech-milestones table{margin:0}"
    ".betatech-milestones summary{cursor:pointer}"
)


def as_html(view: Any) -> str:
    """Return what a notebook shows of a view, in the language of its programme."""
    listed, rest = _VIEWS[type(view)]
    voice = Voice(_programme(view).language)
    return _html(listed(view, voice), voice, rest)


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
    return attrs.evolve(listing, heading=f"{listing.heading}\n{told}")


def _measures(programme: Programme, voice: Voice) -> Listing:
    def tell(measure: Measure) -> Item:
        return Item(
            lead=voice.pair(voice.label("milestones"), voice.number(len(measure.milestones))),
            id=measure.id,
            title=voice.text(measure.title),
            details=(voice.responsible(measure.bodies),),
        )

    measures = group(voice.label("measures"), programme.measures, tell, most=MOST_ROWS)
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
        group(voice.label("programmes"), portfolio.members, tell, most=MOST_ROWS),
        group(voice.label("not read"), portfolio.unread, tell_why, most=MOST_ROWS),
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


def _html(listing: Listing, voice: Voice, rest: str) -> str:
    """Return a listing as HTML; `rest` is what to write in a notebook for all of it."""
    title, *below = listing.heading.split("\n")
    lines = [f"<strong>{_short(title)}</strong>", *map(_short, below)]
    head = [
        f'<div class="betatech-milestones" lang="{voice.spoken}">',
        f"<style>{_STYLE}</style>",
        f"<p>{'<br>'.join(lines)}</p>",
    ]
    if not listing.groups:
        head.append(f"<p>{escape(listing.nothing)}</p>")
    tail = [f"<p><small>{escape(listing.note)}</small></p>"] if listing.note else []
    tail.append("</div>")
    room = MOST_BYTES - _size_in_bytes(head) - _size_in_bytes(tail)
    for place, its in enumerate(listing.groups):
        fold = functools.partial(_folded, voice=voice, rest=rest, is_open=place == 0)
        folded = _fitting(its, room // (len(listing.groups) - place), fold)
        room -= _size_in_bytes(folded)  # what one does not need is there for the next
        head += folded
    return "\n".join([*head, *tail])


def _fitting(group: Group, room: int, fold: Callable[[Group, int], list[str]]) -> list[str]:
    """Return as many of its rows as there is room for."""
    for number in range(len(group.items), 0, -1):
        lines = fold(group, number)
        if _size_in_bytes(lines) <= room:
            return lines
    return fold(group, 0)


def _folded(group: Group, number: int, *, voice: Voice, rest: str, is_open: bool) -> list[str]:
    """Return the first rows of a group below what folds them, and how many there are besides."""
    lines = [f"<details{' open' if is_open else ''}><summary>{escape(group.told)}</summary>"]
    if number:
        lines += ["<table><tbody>", *map(_row, group.items[:number]), "</tbody></table>"]
    if more := group.left_out + len(group.items) - number:
        words = escape(voice.label("more in", count=voice.number(more)))
        lines.append(f"<p>{words} <code>{escape(rest)}</code></p>")
    return [*lines, "</details>"]


def _row(item: Item) -> str:
    """Return an item as a row: what it is about it, and what it is."""
    more = " · ".join(_short(detail) for detail in item.details if detail)
    cells = [
        _short(item.title),
        f"<small>{more}</small>" if more else "",
        f"<code>{_short(item.id)}</code>" if item.id else "",
    ]
    return f"<tr><td>{_short(item.lead)}</td><td>{'<br>'.join(filter(None, cells))}</td></tr>"


def _short(words: str) -> str:
    """Return a text as HTML, cut where it is long."""
    line = " ".join(words.split())
    if len(line) > _MOST_CHARACTERS:
        line = f"{line[:_MOST_CHARACTERS]}…"
    return isolated(line)


def _size_in_bytes(lines: Iterable[str]) -> int:
    """Return what lines take in UTF-8, each with its end."""
    return sum(len(line.encode()) + 1 for line in lines)
