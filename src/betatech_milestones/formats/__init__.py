"""One report format per file: a function that takes a report and a page, and returns a string."""

import importlib

from betatech_milestones.formats.page import Page
from betatech_milestones.report import Report
from betatech_milestones.verdicts import Judged, judged

# Each is a module here with a function of the same name, imported when it is first asked for: XML
# and hashes take longer to import than a report to make.
FORMATS = ("text", "markdown", "json", "csv", "github", "gitlab", "junit", "sarif", "story")


def render(
    report: Report,
    output_format: str = "text",
    *,
    language: str | None = None,
    width: int | None = None,
    colour: bool = False,
) -> str:
    """Return a report in one of the `FORMATS`.

    A report that was not `judged` is so by what `judged` does unasked.
    Without a language it speaks the programme's own. Text becomes a table of `width` columns where
    a width is given, for a terminal; without one it is a line per milestone, for a pipe.
    """
    if output_format not in FORMATS:
        raise ValueError(f'no format "{output_format}"; there are: {", ".join(FORMATS)}')
    page = Page(
        language=report.programme.language if language is None else language,
        width=width,
        colour=colour,
    )
    write = getattr(importlib.import_module(f"{__name__}.{output_format}"), output_format)
    written: str = write(report if isinstance(report, Judged) else judged(report), page)
    return written
