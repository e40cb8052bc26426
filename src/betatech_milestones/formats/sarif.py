"""SARIF 2.1.0 (OASIS), the static analysis format that code scanning reads.

A run says which rules there are, each with help, and holds a result for all that deserves
attention: overdue and wrong as an error, then warnings, and the rest as notes (3.27.10). Paths are
relative URIs, percent-encoded (3.4.3); a result is recognised in the next run by a partial
fingerprint without line numbers (3.27.17). With nothing to report it is a run without results.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from betatech_milestones.findings import Finding, Level, Location
from betatech_milestones.formats.fingerprints import fingerprint, fingerprints
from betatech_milestones.formats.page import Page
from betatech_milestones.formats.rows import attention, one_line
from betatech_milestones.formats.rules import RULES
from betatech_milestones.report import Standing, Status
from betatech_milestones.verdicts import Judged
from betatech_milestones.words import say

TOOL = "betatech-milestones"
VERSION = "0.1.0"
HOME = f"https://example.org/{TOOL}"

Object = dict[str, Any]


def sarif(report: Judged, page: Page) -> str:
    """Return what deserves attention, each at the TOML line of its milestone."""
    language = page.language
    rules = [
        _rule(
            status,
            f"Milestone{status.capitalize()}",
            say(f"{status} rule", language),
            say(f"{status} help", language),
        )
        for status in (Status.OVERDUE, Status.DUE, Status.UPCOMING)
    ]
    results = [
        _result(finding, rules, fingerprint(standing, report), _suppressed(standing, language))
        for standing, finding in attention(report, language)
    ]
    return _log(f"report/{report.programme.id}", rules, results)


def problems(found: Sequence[Finding], path: str) -> str:
    """Return what `check` found in a file."""
    names = sorted({finding.rule for finding in found})
    rules = [_rule(name, name.title().replace("-", ""), *RULES[name]) for name in names]
    marks = fingerprints(found)
    results = [_result(each, rules, mark) for each, mark in zip(found, marks, strict=True)]
    return _log(f"check/{_uri(path)}", rules, results)


def _rule(name: str, readable: str, meaning: str, remedy: str) -> Object:
    return {
        "id": name,
        "name": readable,
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": meaning},
        "help": {"text": remedy, "markdown": f"**{meaning}** {remedy}"},
        "helpUri": f"{HOME}/docs",
    }


def _suppressed(standing: Standing, language: str) -> Sequence[Object]:
    """A snooze stands in the file itself, and gives its reason (3.35)."""
    if not standing.is_snoozed or standing.snooze is None:
        return ()
    reason = one_line(standing.snooze.reason, language)
    return ({"kind": "inSource", "justification": reason},)


_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "note"}


def _result(
    finding: Finding, rules: Iterable[Object], mark: str, suppressions: Sequence[Object] = ()
) -> Object:
    return {
        "ruleId": finding.rule,
        "ruleIndex": [rule["id"] for rule in rules].index(finding.rule),
        "level": _LEVELS[finding.level],
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.location.path)},
                    "region": _region(finding.location),
                }
            }
        ],
        "partialFingerprints": {"finding/v1": mark},
        "suppressions": suppressions,
    }


def _region(location: Location) -> Object:
    column = {"startColumn": location.column} if location.column else {}
    return {"startLine": location.line or 1, **column}


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix(), errors="replace")


def _log(run: str, rules: Sequence[Object], results: Sequence[Object]) -> str:
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": TOOL,
                        "version": VERSION,
                        "informationUri": HOME,
                        "rules": rules,
                    }
                },
                "automationDetails": {"id": f"{TOOL}/{run}/"},  # no run of its own: 3.17.3
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
