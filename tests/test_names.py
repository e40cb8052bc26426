"""Ids are made of what people write, and what is called in two ways is one thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones.importing.names import Register, body, slug
from betatech_milestones.model import values
from betatech_milestones.model.records import Body, Texts

SLUGS = {
    "Ministerie van OCW": "ministerie-van-ocw",
    "Agenzia per l'Italia digitale": "agenzia-per-l-italia-digitale",
    "Ministère de l'Éducation": "ministere-de-l-education",
    "Straße": "strasse",
    "M1C1-1": "m1c1-1",
    "  A__b  ": "a-b",
    "Δ": "x",
    "": "x",
    "a " * 40: "-".join("a" * 30),
    "a" * 70: "a" * 60,
    f"ab-{'c' * 60}": f"ab-{'c' * 57}",
}


@pytest.mark.parametrize("text", SLUGS)
def test_a_text_becomes_an_id(text: str) -> None:
    """Letters and digits stay, accents go, and it is cut between words where that leaves enough."""
    assert slug(text) == SLUGS[text]


@given(st.text())
def test_whatever_is_written_an_id_can_be_made_of_it(text: str) -> None:
    """It is one by the rules of the data file, and making it twice makes the same."""
    assert values.identifier(slug(text)) == slug(slug(text))


def test_an_id_that_is_taken_gets_a_number() -> None:
    """The first that is free, and it stays short enough."""
    assert values.free("a", ()) == "a"
    assert values.free("a", {"a", "a-2"}) == "a-3"
    longest = "b" * 60
    assert values.free(longest, {longest}) == f"{'b' * 58}-2"
    dashed = f"{'b' * 57}-bb"
    assert values.free(dashed, {dashed}) == f"{'b' * 57}-2"


def test_a_register_knows_what_it_has_by_id_and_by_name_in_every_language() -> None:
    """Capitals and spaces make no difference; what it lacks is made once."""
    ocw = Body(id="ocw", name=Texts({"nl": "Ministerie van OCW", "en": "Ministry"}))
    register = Register.of((ocw,), "nl", body)
    for written in ("ocw", "ministerie  VAN ocw", "MINISTRY"):
        assert register.called(written) is ocw
    assert register.find("Ocw.") is None
    made = register.called("Ocw.")
    assert register.called("OCW.") is made
    assert (made.id, str(made.name)) == ("ocw-2", "Ocw.")
    assert register.all == (ocw, made)
