"""GitHub workflow commands: an annotation at the TOML line of each milestone.

`::error file=…,line=…,title=…::message`, where a message escapes % and line breaks, and a property
colons and commas as well (GitHub: "Workflow commands for GitHub Actions"; actions/toolkit,
`command.ts`). A step shows ten annotations of a level, so nine are written and one counts the rest.
With nothing to report it is one notice that says so.
"""

import itertools
from collections.abc import Iterable, Iterator

from betatech_milestones.findings import Finding, Level
from betatech_milestones.formats.page import Page
from betatech_milestones.formats.rows import attention, heading, nothing
from betatech_milestones.verdicts import Judged
from betatech_milestones.words import say

MOST = 9
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}


def github(report: Judged, page: Page) -> str:
    """Return what deserves attention: what is overdue as errors, what comes as notices."""
    found = [finding for _, finding in attention(report, page.language)]
    if found:
        return annotations(found, page.language)
    calm = nothing(report, page.language)
    if report.standings:
        calm = say("nothing to do", page.language)
    return notice(calm, title=heading(report, page.language))


def notice(message: str, *, title: str = "") -> str:
    """Return a notice at no place, for when nothing is wrong."""
    titled = f" title={_property(title)}" if title else ""
    return f"::notice{titled}::{_data(message)}\n"


def annotations(found: Iterable[Finding], language: str) -> str:
    """Return findings as workflow commands, a line each; each is titled by its rule."""
    by_level = itertools.groupby(sorted(found, key=_rank), key=lambda finding: finding.level)
    return "".join(
        f"{line}\n" for level, same in by_level for line in _level(level, same, language)
    )


def _level(level: Level, found: Iterable[Finding], language: str) -> Iterator[str]:
    command = _COMMANDS[level]
    for finding in itertools.islice(found := iter(found), MOST):
        where = f"file={_property(finding.location.path)},line={finding.location.line or 1}"
        yield f"::{command} {where},title={_property(finding.rule)}::{_data(finding.message)}"
    if more := sum(1 for _ in found):
        yield f"::{command}::{_data(say('and more', language, count=more))}"


def _rank(finding: Finding) -> int:
    return tuple(Level).index(finding.level)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
