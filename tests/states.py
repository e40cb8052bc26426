"""States of sites as earlier versions of this program wrote them."""

import json

from betatech_milestones import State


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
