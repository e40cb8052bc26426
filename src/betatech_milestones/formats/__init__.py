"""One report format per file: a function that takes a report and a page, and returns a string.

What is not a report of how milestones stand has a file of its own, with a function for each of its
formats.
"""

import importlib
from typing import TYPE_CHECKING

from betatech_milestones.formats.page import Page
from betatech_milestones.report import Report
from betatech_milestones.verdicts import judged

if TYPE_CHECKING:
    from betatech_milestones.comparison import Comparison
    from betatech_milestones.letter import Letter
    from betatech_milestones.slippage import Slippage

# Each is a module here with a function of the same name, imported when it is first asked for: XML
# and hashes take longer to import than a report to make.
FORMATS = ("text", "markdown", "json", "csv", "github", "gitlab", "junit", "sarif", "story")
DIFF_FORMATS = ("text", "markdown", "json")
SLIP_FORMATS = ("text", "markdown", "csv", "json")
LETTER_FORMATS = ("markdown", "html")

_OTHERS = {"Comparison": DIFF_FORMATS, "Slippage": SLIP_FORMATS, "Letter": LETTER_FORMATS}


def render(
    told: "Report | Comparison | Slippage | Letter",
    output_format: str = "text",
    *,
    language: str | None = None,
    width: int | None = None,
    colour: bool = False,
) -> str:
    """Return a report in one of the `FORMATS`, anything else in one of its own formats.

    A report that was not `judged` is so by what `judged` does unasked.
    Without a language it speaks the programme's own. Text becomes a table of `width` columns where
    a width is given, for a terminal; without one it is a line per milestone, for a pipe.
    """
    kind = type(told).__name__
    formats = _OTHERS.get(kind, FORMATS)
    if output_format not in formats:
        raise ValueError(f'no format "{output_format}"; there are: {", ".join(formats)}')
    page = Page(
        language=told.programme.language if language is None else language,
        width=width,
        colour=colour,
    )
    module = kind.lower() if kind in _OTHERS else output_format
    write = getattr(importlib.import_module(f"{__name__}.{module}"), output_format)
    written: str = write(judged(told) if type(told) is Report else told, page)
    return written
