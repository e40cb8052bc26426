"""For whom a view is written, and on what."""

import attrs

from betatech_milestones.model.plain import Plain
from betatech_milestones.voice import Voice


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Layout(Plain):
    """Who tells it, and for a terminal its width in columns and whether it shows colour."""

    voice: Voice
    width: int | None = None
    colour: bool = False
