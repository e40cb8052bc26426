"""What makes a finding the same one in the next run, for views that tell what is new and what gone.

A fingerprint holds what a milestone is or what is wrong, never where it stands in the file or how
late it is.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from betatech_milestones.analysis.report import Report
from betatech_milestones.model.findings import Finding
from betatech_milestones.model.standing import Standing


def fingerprint(standing: Standing, report: Report) -> str:
    """Return what stays the same as long as a milestone has its status."""
    home, own = standing.milestone.lifelong_in(report.programme)
    return _hash(f"{standing.status} {own}@{home}")


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield what stays the same as long as a problem is there, one for each of the findings.

    Of findings that say the same in one file, the first, the second and so on are told apart.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        identity = f"{finding.rule} {finding.message}@{finding.location.path}"
        seen[identity] += 1
        yield _hash(f"{identity} {seen[identity]}")


def _hash(identity: str) -> str:
    return hashlib.sha256(identity.encode(errors="backslashreplace")).hexdigest()
