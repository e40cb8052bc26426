"""GitLab Code Quality: a JSON array of errors (major), warnings (minor) and hints (info).

Each object is `{description, check_name, fingerprint, severity, location: {path, lines: {begin}}}`
(GitLab: "Code Quality", report format). A merge request shows what is new and what is gone by the
fingerprints. With nothing to report it is an empty array.
"""

import json

from betatech_milestones.findings import Level
from betatech_milestones.formats.fingerprints import fingerprint
from betatech_milestones.formats.page import Page
from betatech_milestones.formats.rows import attention
from betatech_milestones.verdicts import Judged


def gitlab(report: Judged, page: Page) -> str:
    """Return what deserves attention, each at the TOML line of its milestone."""
    document = [
        {
            "description": finding.message,
            "check_name": finding.rule,
            "fingerprint": fingerprint(standing, report),
            "severity": _SEVERITIES[finding.level],
            "location": {"path": finding.location.path, "lines": {"begin": finding.location.line}},
        }
        for standing, finding in attention(report, page.language)
    ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.HINT: "info"}
