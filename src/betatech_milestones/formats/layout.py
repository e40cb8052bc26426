"""For whom a view is written, and on what."""

from typing import NamedTuple

from betatech_milestones.voice import Voice


class Layout(NamedTuple):
    """Who tells it, and for a terminal its width in columns and whether it shows colour."""

    voice: Voice
    width: int | None = None
    colour: bool = False
