"""Where a reader mends what is wrong."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from programmes import PROGRAMME

from betatech_milestones import Programme, Voice, loads
from betatech_milestones.website.mend import lines, mend_link

NAMED = 'publisher = { name = "Ministerie", url = "https://example.org", contact = "CONTACT" }\n'
MAIL = "mailto:a@example.org"
REPOSITORY = 'repository = "https://example.org/data/milestones.toml"\n'


def named(*, contact: str | None, repository: bool = False) -> Programme:
    """The shared programme with other places to mend it at."""
    text = PROGRAMME if repository else PROGRAMME.replace(REPOSITORY, "")
    before = NAMED.replace("CONTACT", MAIL)
    assert before in text
    return loads(text.replace(before, NAMED.replace("CONTACT", contact) if contact else ""))


@pytest.mark.parametrize(
    ("programme", "link"),
    [
        (named(contact=MAIL, repository=True), "https://example.org/data/milestones.toml"),
        (named(contact="https://example.org/contact"), "https://example.org/contact"),
        (named(contact=None), None),
    ],
    ids=["the page of the file", "a page to write at", "no place"],
)
def test_place(programme: Programme, link: str | None) -> None:
    """The file itself comes first, then whom to write to; who names neither has no link."""
    voice = Voice("nl")
    milestone = programme.by_id[0]
    assert mend_link(programme, voice, milestone) == mend_link(programme, voice) == link


def test_mail_is_begun() -> None:
    """With what it is about, which a reader of mail gets back letter by letter."""
    programme = named(contact=MAIL)
    milestone = programme.by_id[0]
    link = mend_link(programme, Voice("en"), milestone) or ""
    assert link.isascii()
    asked = parse_qs(urlsplit(link).query, strict_parsing=True)
    assert asked["subject"] == [f"A mistake: {Voice('en').line(milestone.title)}"]
    assert asked["body"] == [f"science/{milestone.full_id}\r\n\r\n"]
    whole = parse_qs(urlsplit(mend_link(programme, Voice("nl")) or "").query)
    assert whole.keys() == {"subject"}
    assert whole["subject"] == ["Een fout: Maatregelen"]


def test_lines() -> None:
    """Each milestone begins where its id stands in the file, or above it."""
    found = json.loads(lines(loads(PROGRAMME)))
    written = PROGRAMME.splitlines()
    assert found.keys() == {milestone.full_id for milestone in loads(PROGRAMME).by_id}
    assert {written[line - 1] for line in found.values()} == {"[[measure.milestone]]"}
