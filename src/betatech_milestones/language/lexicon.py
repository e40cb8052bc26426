"""What a language has to have for the tool to speak it, and which languages there are."""

import functools
import importlib
from collections.abc import Mapping

import attrs

LANGUAGES = ("nl", "en")
"""The languages that the tool speaks; each is a file here."""


@attrs.frozen(kw_only=True)
class Lexicon:
    """The words of one language."""

    language: str
    name: str
    """What the language calls itself."""
    months: tuple[str, ...]
    spans: Mapping[str, tuple[str, str]]
    """The word for one day, week, month and year, and for more."""
    thousands: str
    """What parts thousands in a number."""
    decimal: str
    labels: Mapping[str, str]
    """What is said, by key."""
    rules: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)
    """What a rule means and what to do, where a report tells it; the others speak English."""


def spoken(language: str) -> str:
    """Return which of our languages a reader of a BCP 47 language gets: English, if not theirs."""
    tag = language.partition("-")[0].lower()
    return tag if tag in LANGUAGES else "en"


@functools.cache
def lexicon(language: str) -> Lexicon:
    """Return the words of one of our languages; those of the others are not loaded."""
    module = importlib.import_module(f"betatech_milestones.language.{language}")
    found: Lexicon = module.LEXICON
    return found
