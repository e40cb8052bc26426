"""What a file has to say of its language, and which languages there are.

A file tells two things: how its language writes a date, so that we can read it, and how we write
one. Everything in it is words and the order of words; what they mean is in `model.phrases`.
"""

import functools
import importlib
from collections.abc import Mapping

import attrs

LANGUAGES = ("nl", "en", "fr", "de", "it")
"""The languages that the tool reads dates in and speaks; each is a file here."""

Spellings = str
"""Words with one meaning, apart by commas; the first is the one that we write."""


@attrs.frozen(kw_only=True, eq=False)
class Lexicon:
    """The words of one language for dates and numbers."""

    language: str
    """Its BCP 47 tag."""
    name: str
    """What it calls itself."""

    # --- the words of a date ---

    months: tuple[Spellings, ...]
    """January to December; a dot behind a short form is never needed."""
    weekdays: tuple[Spellings, ...]
    """Monday to Sunday."""
    ordinals: tuple[Spellings, ...]
    """First to fourth, in every form that stands before a quarter or a half."""
    seasons: tuple[Spellings, ...]
    """Spring, summer, autumn and winter."""
    school_years: Mapping[int, Spellings]
    """The month with which a year of school or study begins, and what such a year is called."""
    symbols: Mapping[str, str]
    """The letters before or behind a digit, as in Q3 and 1H: of a `quarter` or a `half`."""
    words: Mapping[str, Spellings]
    """All other words that are read, by the kind of word; `model.phrases` has the kinds."""
    refused: Mapping[str, Spellings]
    """Words that name no date, by the reason, which `model.phrases` puts into words."""

    # --- how a date is written ---

    forms: Mapping[str, str]
    """How we write each form of a date; what stands in braces is filled in."""
    elisions: tuple[tuple[str, str], ...] = ()
    """What two words become where they meet: a regular expression, and its replacement."""

    # --- numbers and quotations ---

    thousands: str
    """What parts thousands in a number."""
    decimal: str
    quotes: tuple[str, str]
    """What stands before and behind the words of somebody else."""

    def first(self, spellings: Spellings) -> str:
        """Return the spelling that we write."""
        return spellings.partition(",")[0]


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
