"""GitHub workflow commands: an annotation at the TOML line of each milestone.

`::error file=…,line=…,title=…::message` on one line, where a message escapes % and line breaks, and
a property colons and commas as well (GitHub: "Workflow commands for GitHub Actions";
actions/toolkit, `command.ts`). A step shows ten annotations of a level, so nine are written and one
counts the rest. With nothing to report it is one notice that says so.
"""

import itertools
from collections.abc import Iterable, Iterator

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.standings import attention, heading, nothing
from betatech_milestones.model.findings import Finding
from betatech_milestones.model.printable import printable
from betatech_milestones.model.rules import MORE_FINDINGS, Level
from betatech_milestones.voice import Voice

MOST = 9
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}


def as_github(judgement: Judgement, layout: Layout) -> str:
    """Return what deserves attention: what is overdue as errors, what comes as notices."""
    report, voice = judgement.report, layout.voice
    findings = [finding for _, finding in attention(judgement, voice)]
    if findings:
        return annotations(findings, voice)
    calm = voice.label("nothing to do") if report.standings else nothing(report, voice)
    return notice(calm, title=heading(report, voice))


def notice(message: str, *, title: str = "") -> str:
    """Return a notice at no place, for when nothing is wrong."""
    titled = f" title={_property(title)}" if title else ""
    return f"::notice{titled}::{_data(message)}\n"


def annotations(findings: Iterable[Finding], voice: Voice) -> str:
    """Return findings as workflow commands, a line each; each is titled by its rule."""
    by_level = itertools.groupby(sorted(findings, key=_rank), key=lambda finding: finding.level)
    return "".join(f"{line}\n" for level, same in by_level for line in _level(level, same, voice))


def _level(level: Level, findings: Iterator[Finding], voice: Voice) -> Iterator[str]:
    command = _COMMANDS[level]
    all_of_it = list(findings)
    told = [finding for finding in all_of_it if finding.rule is not MORE_FINDINGS]
    for finding in told[:MOST]:
        where = f"file={_property(finding.location.path)},line={finding.location.line or 1}"
        title = _property(finding.rule.name)
        yield f"::{command} {where},title={title}::{_data(finding.message)}"
    count = len(told) - MOST
    if closing := [one for one in all_of_it if one.rule is MORE_FINDINGS]:  # of `check`: in English
        more = [f"And {count:,} more are in the report as text"] if count > 0 else []
        rest = "; ".join((*more, *(f"{one.location}: {one.message}" for one in closing)))
        yield f"::{command}::{_data(rest)}"
    elif count > 0:
        yield f"::{command}::{_data(voice.label('and more', count=count))}"


def _rank(finding: Finding) -> int:
    return tuple(Level).index(finding.level)


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
