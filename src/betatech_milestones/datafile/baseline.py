"""The JSON of an earlier report, read back: what was known then need not fail a build again."""

import json
from collections.abc import Iterable
from typing import Any

import attrs

from betatech_milestones.model.about import REPORT_VERSION
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.errors import BetatechError
from betatech_milestones.model.records import Milestone, Programme

_READABLE = (1, REPORT_VERSION)
"""A report of version 1 has all that counts here, under the same keys."""


class BadBaseline(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """What is no earlier report on the same programme; the message says where and why."""


@attrs.frozen
class Baseline:
    """What an earlier report said of each milestone: its id, its status, its date as EDTF."""

    standings: frozenset[tuple[str, str, str | None]] = attrs.field(repr=False)

    def has(self, milestone: Milestone, status: str, due: PolicyDate | None) -> bool:
        """Whether the milestone had this status already, with this date, by any of its ids.

        A milestone that was late, was moved, and is late again has broken another promise.
        """
        ids = (milestone.full_id, *milestone.formerly)
        edtf = due and due.edtf
        return any((full_id, status, edtf) in self.standings for full_id in ids)


def read_baseline(written: bytes, programme: Programme, path: str) -> Baseline:
    """Read a report on a programme; `path` is what its errors call the place."""
    try:
        document = json.loads(written)
    except RecursionError:
        raise BadBaseline(f"{path}: nested too deep to be a report; {_REMEDY}") from None
    except ValueError as error:
        raise BadBaseline(f"{path}: not JSON: {error}; {_REMEDY}") from None
    match document:
        case {"version": version} if version not in _READABLE:
            raise BadBaseline(
                f"{path}: version {json.dumps(version)} of a report, and this program reads "
                f"{' and '.join(map(str, _READABLE))}; {_REMEDY}"
            )
        case {"version": _, "programme": {"id": str(named)}, "milestones": list(milestones)}:
            if named != programme.id:
                raise BadBaseline(
                    f'{path}: a report on the programme "{named}", and this is "{programme.id}"; '
                    "name a report on the same"
                )
            return Baseline(frozenset(_standings(milestones, path)))
    raise BadBaseline(f"{path}: no report: version, programme or milestones is missing; {_REMEDY}")


def _standings(milestones: list[Any], path: str) -> Iterable[tuple[str, str, str | None]]:
    for number, milestone in enumerate(milestones, 1):
        match milestone:
            case {"id": str(own), "status": str(status), "due": {"edtf": str() | None as edtf}}:
                yield own, status, edtf
            case {"id": str(own), "status": str(status), "due": None}:
                yield own, status, None
            case _:
                raise BadBaseline(
                    f"{path}: milestone {number} has no id, status or due as a report has them; "
                    f"{_REMEDY}"
                )


_REMEDY = "write one with betatech-milestones report --output-format json"
