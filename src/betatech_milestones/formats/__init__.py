"""A view as text: a file for each format, and one for each view that is no report of standings.

In come a report, a judgement of one, a diff, slips, figures, a reminder or a digest; a string goes
out.
Nothing here reads a file, asks the clock or prints.
"""

import importlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from betatech_milestones.analysis.report import Report
from betatech_milestones.analysis.verdicts import Judgement, judge
from betatech_milestones.formats.layout import Layout
from betatech_milestones.model import rules
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.printable import printable_document, printable_json, printable_xml
from betatech_milestones.voice import Voice

if TYPE_CHECKING:
    from betatech_milestones.analysis.diff import Diff
    from betatech_milestones.analysis.digest import Digest
    from betatech_milestones.analysis.reminder import Reminder
    from betatech_milestones.analysis.slips import Slips
    from betatech_milestones.analysis.stats import Stats

View = TypeVar("View")
Format = Callable[[View, Layout], str]
"""What writes a view for a reader."""


def _in(module: str, function: str, printed: Callable[[str], str] = str) -> Format[Any]:
    """Return a function of a module here, which is imported when it is first called.

    What it writes is made fit to be printed by another, as its syntax has it.
    """

    def write(view: Any, layout: Layout) -> str:
        writer = getattr(importlib.import_module(f"{__name__}.{module}"), function)
        return printed(str(writer(view, layout)))

    return write


ReportFormat = Literal[
    "text", "markdown", "json", "csv", "github", "gitlab", "junit", "sarif", "story"
]
DiffFormat = Literal["text", "markdown", "json"]
SlipsFormat = Literal["text", "markdown", "csv", "json"]
StatsFormat = Literal["text", "markdown", "csv", "json"]
ReminderFormat = Literal["markdown", "html"]
DigestFormat = Literal["markdown", "html", "eml"]

REPORT_FORMATS: Mapping[str, Format[Judgement]] = {
    "text": _in("text", "as_text"),
    "markdown": _in("markdown", "as_markdown", printable_document),
    "json": _in("json", "as_json", printable_json),
    "csv": _in("csv", "as_csv"),
    "github": _in("github", "as_github"),
    "gitlab": _in("gitlab", "as_gitlab", printable_json),
    "junit": _in("junit", "as_junit"),
    "sarif": _in("sarif", "as_sarif", printable_json),
    "story": _in("story", "as_story"),
}
DIFF_FORMATS: Mapping[str, "Format[Diff]"] = {
    "text": _in("diff", "as_text"),
    "markdown": _in("diff", "as_markdown", printable_document),
    "json": _in("diff", "as_json", printable_json),
}
SLIPS_FORMATS: Mapping[str, "Format[Slips]"] = {
    "text": _in("slips", "as_text"),
    "markdown": _in("slips", "as_markdown", printable_document),
    "csv": _in("slips", "as_csv"),
    "json": _in("slips", "as_json", printable_json),
}
STATS_FORMATS: Mapping[str, "Format[Stats]"] = {
    "text": _in("stats", "as_text"),
    "markdown": _in("stats", "as_markdown", printable_document),
    "csv": _in("stats", "as_csv"),
    "json": _in("stats", "as_json", printable_json),
}
REMINDER_FORMATS: Mapping[str, "Format[Reminder]"] = {
    "markdown": _in("reminder", "as_markdown", printable_document),
    "html": _in("reminder", "as_html", printable_xml),
}
DIGEST_FORMATS: Mapping[str, "Format[Digest]"] = {
    "markdown": _in("digest", "as_markdown", printable_document),
    "html": _in("digest", "as_html", printable_xml),
    "eml": _in("digest", "as_mail"),
}


@overload
def render(
    view: Report | Judgement,
    output_format: ReportFormat = "text",
    *,
    language: str | None = None,
    width: int | None = None,
    colour: bool = False,
) -> str: ...


@overload
def render(
    view: "Diff",
    output_format: DiffFormat = "text",
    *,
    language: str | None = None,
    width: int | None = None,
    colour: bool = False,
) -> str: ...


@overload
def render(
    view: "Slips",
    output_format: SlipsFormat = "text",
    *,
    language: str | None = None,
    width: int | None = None,
    colour: bool = False,
) -> str: ...


@overload
def render(
    view: "Stats",
    output_format: StatsFormat = "text",
    *,
    language: str | None = None,
    width: int | None = None,
    colour: bool = False,
) -> str: ...


@overload
def render(
    view: "Reminder",
    output_format: ReminderFormat = "markdown",
    *,
    language: str | None = None,
    width: int | None = None,
    colour: bool = False,
) -> str: ...


@overload
def render(
    view: "Digest",
    output_format: DigestFormat = "markdown",
    *,
    language: str | None = None,
    width: int | None = None,
    colour: bool = False,
) -> str: ...


def render(
    view: "Report | Judgement | Diff | Slips | Stats | Reminder | Digest",
    output_format: str | None = None,
    *,
    language: str | None = None,
    width: int | None = None,
    colour: bool = False,
) -> str:
    """Return a view as text in one of its formats; without one, in the first.

    A report that nobody judged is judged by what `judge` does unasked. Without a language it speaks
    the programme's own. Text becomes a table of `width` columns where a width is given, for a
    terminal; without one it is a line per milestone, for a pipe. Raises `BadValue` for a format
    that the view does not have.

    >>> from betatech_milestones import as_of, load_example
    >>> print(render(as_of(load_example(), "2015-02-01").about("macro-efficiency-act"), "csv")[:7])
    id,code
    """
    programme = view.report.programme if isinstance(view, Judgement) else view.programme
    layout = Layout(voice=Voice(language or programme.language), width=width, colour=colour)
    if isinstance(view, Report):
        view = judge(view)
    if isinstance(view, Judgement):
        return _chosen(REPORT_FORMATS, output_format)(view, layout)
    return _rendered_other(view, output_format, layout)


def _rendered_other(
    view: "Diff | Slips | Stats | Reminder | Digest", name: str | None, layout: Layout
) -> str:
    from betatech_milestones.analysis.diff import Diff
    from betatech_milestones.analysis.digest import Digest
    from betatech_milestones.analysis.slips import Slips
    from betatech_milestones.analysis.stats import Stats

    if isinstance(view, Diff):
        return _chosen(DIFF_FORMATS, name)(view, layout)
    if isinstance(view, Slips):
        return _chosen(SLIPS_FORMATS, name)(view, layout)
    if isinstance(view, Stats):
        return _chosen(STATS_FORMATS, name)(view, layout)
    if isinstance(view, Digest):
        return _chosen(DIGEST_FORMATS, name)(view, layout)
    return _chosen(REMINDER_FORMATS, name)(view, layout)


def _chosen(formats: Mapping[str, Format[View]], name: str | None) -> Format[View]:
    found = formats.get(next(iter(formats)) if name is None else name)
    if found is None:
        message = f'no format "{name}"; there are: {", ".join(formats)}'
        raise BadValue(rules.UNKNOWN_WORD, message)
    return found
