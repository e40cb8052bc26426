"""SARIF 2.1.0 (OASIS), the static analysis format that code scanning reads.

A run says which rules there are, each with help, and holds a result for all that deserves
attention: overdue and wrong as an error, then warnings, and the rest as notes (3.27.10). Paths are
relative URIs, percent-encoded (3.4.3); a result is recognised in the next run by a partial
fingerprint without line numbers (3.27.17). With nothing to report it is a run without results.
"""

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.fingerprints import fingerprint, fingerprints
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.standings import attention, heading
from betatech_milestones.model import rules
from betatech_milestones.model.about import HOME, NAME, VERSION
from betatech_milestones.model.findings import Finding, Location
from betatech_milestones.model.rules import Level, Rule
from betatech_milestones.model.standing import Standing
from betatech_milestones.voice import Voice

Object = dict[str, Any]


def as_sarif(judgement: Judgement, layout: Layout) -> str:
    """Return what deserves attention, each at the TOML line of its milestone."""
    report, voice = judgement.report, layout.voice
    known = [rules.LATE, rules.UNCHECKED, rules.NO_NEWS, rules.DUE, rules.UPCOMING]
    results = [
        _result(finding, known, fingerprint(standing, report), _suppressed(standing, voice))
        for standing, finding in attention(judgement, voice)
    ]
    described = [_rule(rule, f"Milestone{_readable(rule)}", voice) for rule in known]
    run = f"report/{report.programme.id}"
    return _log(run, described, results, description=heading(report, voice))


def findings_as_sarif(findings: Sequence[Finding], path: str, voice: Voice) -> str:
    """Return what `check` found in a file."""
    known = sorted({finding.rule for finding in findings}, key=lambda rule: rule.name)
    marks = fingerprints(findings)
    results = [_result(each, known, mark) for each, mark in zip(findings, marks, strict=True)]
    described = [_rule(rule, _readable(rule), voice) for rule in known]
    return _log(f"check/{_uri(path)}", described, results)


def _readable(rule: Rule) -> str:
    return rule.name.title().replace("-", "")


def _rule(rule: Rule, readable: str, voice: Voice) -> Object:
    meaning, remedy = voice.meaning(rule), voice.remedy(rule)
    page = {} if HOME is None else {"helpUri": f"{HOME}/docs/{rule.documentation}"}
    return {
        "id": rule.name,
        "name": readable,
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": meaning},
        "help": {"text": remedy, "markdown": f"**{meaning}** {remedy}"},
        **page,
    }


def _suppressed(standing: Standing, voice: Voice) -> Sequence[Object]:
    """A snooze stands in the file itself, and gives its reason (3.35)."""
    if not standing.is_snoozed or standing.snooze is None:
        return ()
    return ({"kind": "inSource", "justification": voice.line(standing.snooze.reason)},)


_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "note"}


def _result(
    finding: Finding, known: Sequence[Rule], mark: str, suppressions: Sequence[Object] = ()
) -> Object:
    return {
        "ruleId": finding.rule.name,
        "ruleIndex": known.index(finding.rule),
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


def _log(
    run: str, described: Sequence[Object], results: Sequence[Object], *, description: str = ""
) -> str:
    details: Object = {"id": f"{NAME}/{run}/"}  # no run of its own: 3.17.3
    if description:
        details["description"] = {"text": description}
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": NAME,
                        "version": VERSION,
                        **({} if HOME is None else {"informationUri": HOME}),
                        "rules": described,
                    }
                },
                "automationDetails": details,
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
