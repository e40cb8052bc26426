"""Where a reader mends what is wrong: the line of the data file, or a letter that is begun.

A page is the same wherever its milestones stand in the file, so that a line more at its top does
not make every page anew: the links lead to the file, and the page's script adds the line, which it
finds in one small document.
"""

import json
from urllib.parse import quote

from betatech_milestones.model.records import Milestone, Programme
from betatech_milestones.voice import Voice


def mend_link(programme: Programme, voice: Voice, milestone: Milestone | None = None) -> str | None:
    """Return where to mend a milestone, or the programme; None where the programme names no place.

    The page of its data file comes first, then whom to write to: mail (RFC 6068) is begun with
    what it is about.
    """
    publisher = programme.publisher
    if programme.repository is not None:
        return programme.repository
    if publisher is None or publisher.contact is None:
        return None
    if not publisher.contact.startswith("mailto:"):
        return publisher.contact
    about = voice.line(programme.title if milestone is None else milestone.title)
    begun = {"subject": voice.label("mend subject", title=about)}
    if milestone is not None:
        begun["body"] = f"{programme.id}/{milestone.full_id}\r\n\r\n"
    return f"{publisher.contact}?" + "&".join(f"{k}={quote(v)}" for k, v in begun.items())


def lines(programme: Programme) -> bytes:
    """Return the line on which each milestone begins in the data file, by its full id, as JSON."""
    found = {milestone.full_id: milestone.line for milestone in programme.by_id}
    return json.dumps(found, separators=(",", ":")).encode() + b"\n"
