"""GitLab Code Quality: a JSON array of what is overdue (major) and what comes (info).

Each object is `{description, check_name, fingerprint, severity, location: {path, lines: {begin}}}`
(GitLab: "Code Quality", report format). A merge request shows what is new and what is gone by the
fingerprints, so these hold what a milestone is, never where it stands in the file or how late it
is. With nothing to report it is an empty array.
"""

import hashlib
import json
from typing import Any

from betatech_milestones.formats.page import Page
from betatech_milestones.formats.rows import message
from betatech_milestones.report import Report, Standing, Status


def gitlab(report: Report, page: Page) -> str:
    """Return what deserves attention, each at the TOML line of its milestone."""
    document = [
        _degradation(standing, report, page.language)
        for standing in report.standings
        if standing.status in _SEVERITIES
    ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


_SEVERITIES = {Status.OVERDUE: "major", Status.DUE: "info", Status.UPCOMING: "info"}


def _degradation(standing: Standing, report: Report, language: str) -> dict[str, Any]:
    milestone, status = standing.milestone, standing.status
    identity = f"{status} {milestone.full_id}@{report.programme.id}"
    return {
        "description": message(standing, language),
        "check_name": status,
        "fingerprint": hashlib.sha256(identity.encode()).hexdigest(),
        "severity": _SEVERITIES[status],
        "location": {"path": report.programme.path, "lines": {"begin": milestone.line}},
    }
