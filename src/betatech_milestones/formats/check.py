"""What `check` found in data files, as lines and for programs: JSON, GitHub, GitLab, SARIF.

A line is `path:line: error: what is wrong, the value, what would be right [rule]`. Findings are in
English, so all that is said here is.
"""

from collections.abc import Callable, Mapping, Sequence

import attrs

from betatech_milestones.model.about import REPORT_VERSION
from betatech_milestones.model.findings import Finding
from betatech_milestones.model.printable import printable_json, printable_line
from betatech_milestones.voice import Voice

_SOUND = "no problems found"
_ENGLISH = "en"


def _as_text(findings: Sequence[Finding], path: str) -> str:
    told = [*map(str, findings)] or [f"{path}: {_SOUND}"]
    return "".join(f"{printable_line(line)}\n" for line in told)


def _as_json(findings: Sequence[Finding], _path: str) -> str:
    import json

    found = [
        {
            "level": finding.level,
            "rule": finding.rule.name,
            "message": finding.message,
            "location": attrs.asdict(finding.location),
        }
        for finding in findings
    ]
    document = {"version": REPORT_VERSION, "findings": found}
    return printable_json(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _as_github(findings: Sequence[Finding], path: str) -> str:
    from betatech_milestones.formats.github import annotations, notice

    return annotations(findings, Voice(_ENGLISH)) or notice(f"{path}: {_SOUND}")


def _as_gitlab(findings: Sequence[Finding], _path: str) -> str:
    from betatech_milestones.formats.gitlab import findings_as_gitlab

    return printable_json(findings_as_gitlab(findings))


def _as_sarif(findings: Sequence[Finding], path: str) -> str:
    from betatech_milestones.formats.sarif import findings_as_sarif

    return printable_json(findings_as_sarif(findings, path, Voice(_ENGLISH)))


CHECK_FORMATS: Mapping[str, Callable[[Sequence[Finding], str], str]] = {
    "text": _as_text,
    "json": _as_json,
    "github": _as_github,
    "gitlab": _as_gitlab,
    "sarif": _as_sarif,
}
