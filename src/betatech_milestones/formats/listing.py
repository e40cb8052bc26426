"""Groups of items as text: blocks of lines on a terminal, a line for each in a pipe.

rich takes as long to import as a whole report takes to make, so only a terminal pays for it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from betatech_milestones.formats.layout import Layout
from betatech_milestones.model.printable import escape, printable, printable_line, without_commands
from betatech_milestones.voice import Voice

if TYPE_CHECKING:
    from rich.text import Text

Record = TypeVar("Record")


class Item(NamedTuple):
    """What a line says; what is empty is left out."""

    lead: str
    """What it is about this item: how it stands, how far it moved."""
    id: str
    title: str
    details: tuple[str, ...]
    style: str = ""
    """How the lead differs from its group, on a terminal with colour."""


class Group(NamedTuple):
    """Items under a heading; the style is one of rich's, for a terminal with colour."""

    heading: str
    style: str
    items: Sequence[Item]
    number: str
    """How many they speak of, as people write it."""
    left_out: int = 0
    """How many there are besides the items."""

    @property
    def told(self) -> str:
        """The heading with that number."""
        return f"{self.heading} ({self.number})"


def group(
    heading: str,
    records: Sequence[Record],
    tell: Callable[[Record], Item],
    voice: Voice,
    *,
    style: str = "",
    most: int | None = None,
) -> Group:
    """Return a group of an item for each record; with `most`, for no more than the first so many.

    What is left out is only counted: telling takes longer than anything else.
    """
    told = [tell(record) for record in records[:most]]
    return Group(
        heading=heading,
        style=style,
        items=told,
        number=voice.number(len(records)),
        left_out=len(records) - len(told),
    )


class Listing(NamedTuple):
    """Groups below a heading, or the line that says that there is nothing, and a note."""

    heading: str
    groups: Sequence[Group]
    nothing: str
    note: str = ""


def laid_out(listing: Listing, layout: Layout) -> str:
    """Return a listing as a table for a terminal, or as lines where the layout has no width."""
    if layout.width is None:
        return printable("\n".join(_lines(listing))) + "\n"
    return _table(listing, layout.width, colour=layout.colour)


def _lines(listing: Listing) -> Iterator[str]:
    yield listing.heading
    if not listing.groups:
        yield listing.nothing
    for group in listing.groups:
        yield ""
        yield group.told
        for item in group.items:
            cells = (item.lead, item.id, item.title, *item.details)
            yield "  " + " | ".join(printable_line(cell, longest=None) for cell in cells if cell)
    if listing.note:
        yield f"\n{listing.note}"


# rich breaks lines at every space, also at those that keep words together: until the lines are
# broken, letters that nobody uses stand for them.
_SPACES, _LETTERS = "\u00a0\u202f", "\ue0a0\ue0af"
_HOLD, _LET_GO = str.maketrans(_SPACES, _LETTERS), str.maketrans(_LETTERS, _SPACES)


def _text(text: str, style: str = "") -> "Text":
    from rich.text import Text

    return Text(printable(text).translate(_HOLD), style=style)


def _block(item: Item) -> "Text":
    block = _text(item.title)
    if any(item.details):
        block.append_text(_text("\n" + " · ".join(filter(None, item.details))))
    return block.append_text(_text(f"\n{item.id}", "dim")) if item.id else block


def _table(listing: Listing, width: int, *, colour: bool) -> str:
    from rich.console import Console
    from rich.table import Table

    console = Console(  # told everything, so that it asks nothing of the environment
        width=width,
        height=1,
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(_text(listing.heading, "bold"))
        if not listing.groups:
            console.print(_text(listing.nothing))
        for group in listing.groups:
            console.print()
            console.print(_text(group.told.upper(), group.style))
            table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
            table.add_column(style=group.style, overflow="fold", max_width=max(width // 3, 1))
            table.add_column(overflow="fold")
            for item in group.items:
                table.add_row(_text(item.lead, item.style), _block(item))
            console.print(table)
        if listing.note:
            console.print(_text(f"\n{listing.note}", "dim"))
    written = re.sub(r" +$", "", captured.get(), flags=re.MULTILINE).translate(_LET_GO)
    return without_commands(written, escape)
