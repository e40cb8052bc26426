"""What a report is written on."""

import attrs


@attrs.frozen(kw_only=True)
class Page:
    """A language, and for a terminal its width in columns and whether it shows colour."""

    language: str
    width: int | None = None
    colour: bool = False
