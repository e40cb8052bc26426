"""What `check` found in data files, as lines and for programs: JSON, GitHub, GitLab, SARIF.

A line is `path:line: error: what is wrong, the value, what would be right [rule]`.
"""

import json as encoder
from collections.abc import Callable, Mapping, Sequence

import attrs

from betatech_milestones.baselines import VERSION
from betatech_milestones.findings import Finding
from betatech_milestones.formats.github import annotations, notice

_SOUND = "no problems found"


def _text(found: Sequence[Finding], path: str) -> str:
    return "".join(f"{finding}\n" for finding in found) or f"{path}: {_SOUND}\n"


def _json(found: Sequence[Finding], _path: str) -> str:
    document = {"version": VERSION, "findings": [attrs.asdict(finding) for finding in found]}
    return encoder.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _github(found: Sequence[Finding], path: str) -> str:
    return annotations(found, "en") or notice(f"{path}: {_SOUND}")


def _gitlab(found: Sequence[Finding], _path: str) -> str:
    from betatech_milestones.formats.gitlab import (  # noqa: PLC0415  hashes are slow to import
        problems,
    )

    return problems(found)


def _sarif(found: Sequence[Finding], path: str) -> str:
    from betatech_milestones.formats.sarif import (  # noqa: PLC0415  hashes are slow to import
        problems,
    )

    return problems(found, path)


CHECK_FORMATS: Mapping[str, Callable[[Sequence[Finding], str], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
}
