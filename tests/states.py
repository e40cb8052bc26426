"""States of sites as earlier versions of this program wrote them."""

import datetime as dt
import json

import attrs

from betatech_milestones import Programme, State, read_state
from betatech_milestones.website.site import Settings, planned

DAY = dt.date(2016, 1, 1)
"""The day on which they are published, where none is told."""


def as_version(version: int, state: State) -> bytes:
    """Return a state as version 1 or 2 has it: a key for every value, and no sizes."""
    milestones = {
        known: {
            "id": one.id,
            "title": one.title,
            "kind": one.kind,
            "promised": one.promised,
            "revisions": one.revisions,
            "outcomes": one.outcomes,
            "corrected": one.corrected,
            "gone": one.gone,
            "editions": {
                name: [
                    edition.digest,
                    edition.sequence,
                    edition.created.isoformat(),
                    edition.modified.replace(tzinfo=None).isoformat(),
                ]
                for name, edition in one.editions.items()
            },
        }
        for known, one in state.milestones.items()
    }
    if version == 1:
        for table in milestones.values():
            for key in ("revisions", "outcomes", "corrected"):
                del table[key]
    document = {
        "version": version,
        "programme": state.programme,
        "files": state.files,
        "milestones": milestones,
    }
    return json.dumps(document).encode()


def following(before: State | None, programme: Programme, day: dt.date = DAY) -> State:
    """Return the state that a site has which is published after another; no page is made."""
    plan = planned(programme, day, Settings(), before=lambda: before)
    return read_state(attrs.evolve(plan.state(), files=tuple(sorted(plan.paths))).dumps())
