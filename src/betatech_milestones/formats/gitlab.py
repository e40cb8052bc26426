"""GitLab Code Quality: a JSON array of errors (major), warnings (minor) and hints (info).

Each object is `{description, check_name, fingerprint, severity, location: {path, lines: {begin}}}`
(GitLab: "Code Quality", report format). A merge request shows what is new and what is gone by the
fingerprints. With nothing to report it is an empty array.
"""

import json
from collections.abc import Iterable, Sequence

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.fingerprints import fingerprint, fingerprints
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.standings import attention
from betatech_milestones.model.findings import Finding
from betatech_milestones.model.rules import Level


def as_gitlab(judgement: Judgement, layout: Layout) -> str:
    """Return what deserves attention, each at the TOML line of its milestone."""
    return _document(
        (finding, fingerprint(standing, judgement.report))
        for standing, finding in attention(judgement, layout.voice)
    )


def findings_as_gitlab(findings: Sequence[Finding]) -> str:
    """Return what `check` found."""
    return _document(zip(findings, fingerprints(findings), strict=True))


def _document(marked: Iterable[tuple[Finding, str]]) -> str:
    document = [
        {
            "description": finding.message,
            "check_name": finding.rule.name,
            "fingerprint": mark,
            "severity": _SEVERITIES[finding.level],
            "location": {
                "path": finding.location.path,
                "lines": {"begin": finding.location.line or 1},
            },
        }
        for finding, mark in marked
    ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.HINT: "info"}
