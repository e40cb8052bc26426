"""One report format per file: a function that takes a report and a page, and returns a string."""

from collections.abc import Callable, Mapping

from betatech_milestones.formats.csv import csv
from betatech_milestones.formats.github import github
from betatech_milestones.formats.json import json
from betatech_milestones.formats.markdown import markdown
from betatech_milestones.formats.page import Page
from betatech_milestones.formats.story import story
from betatech_milestones.formats.text import text
from betatech_milestones.report import Report

FORMATS: Mapping[str, Callable[[Report, Page], str]] = {
    "text": text,
    "markdown": markdown,
    "json": json,
    "csv": csv,
    "github": github,
    "story": story,
}


def render(
    report: Report,
    output_format: str = "text",
    *,
    language: str | None = None,
    width: int | None = None,
    colour: bool = False,
) -> str:
    """Return a report in one of the `FORMATS`.

    Without a language it speaks the programme's own. Text becomes a table of `width` columns where
    a width is given, for a terminal; without one it is a line per milestone, for a pipe.
    """
    page = Page(
        language=report.programme.language if language is None else language,
        width=width,
        colour=colour,
    )
    return FORMATS[output_format](report, page)
