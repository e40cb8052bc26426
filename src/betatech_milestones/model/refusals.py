"""Why a text is no date, and what to write instead: made for the text, in its language."""

import re
from collections.abc import Iterable

from betatech_milestones.language import Lexicon
from betatech_milestones.model.conventions import Conventions
from betatech_milestones.model.errors import nearest
from betatech_milestones.model.forms import RefusedError
from betatech_milestones.model.phrases import read
from betatech_milestones.model.sayings import said
from betatech_milestones.model.words import LONGEST, names_of, tokens_of

_YEAR = r"(?<![0-9])[0-9]{4}(?![0-9])"
_SHORT_YEAR = r"(?<![^\W\d_])['’][0-9]{2}(?![0-9])"  # noqa: RUF001  either apostrophe
_SHORTEST = 4
"""Letters of a word that may be misspelt: most others are an abbreviation of something."""
_EXAMPLES = ("{}-08-01", "{}-35", "{}-22", "{}-12", "[..{}-12-31]")


def remedy(text: str, languages: Iterable[Lexicon], conventions: Conventions) -> str:
    """Return what to write instead of a text that no language reads.

    `languages` are those that were tried; the examples are in the first.
    """
    own, *others = languages
    if not text.strip():
        return f"it is empty; write {examples(own)}, or leave the key out"
    if len(text) > LONGEST:
        return f"it is longer than the {LONGEST} characters of a date; write {examples(own)}"
    if re.search(_SHORT_YEAR, text):
        return "write the year in four digits"
    found = re.search(_YEAR, text)
    year = found[0] if found else ""
    for language in (own,) if year else (own, *others):
        if reason := _reason(text, language, year):
            return reason
    if meant := _respelled(text, own, conventions):
        return f'did you mean "{meant}"?'
    return f"write {examples(own, year or '2014')}"


def _reason(text: str, language: Lexicon, year: str) -> str:
    """Return what words of a language say in place of a date, or nothing."""
    tokens = tokens_of(text, language)
    for kind, meaning in tokens:
        if kind == "refused" and not (meaning == "nothing" and year):
            return _REASONS[meaning].format(text=_in_toml(text), year=year or "2014")
    kinds = [kind for kind, _ in tokens]
    if "this-year" in kinds and not year:
        return _REASONS["this-year"]
    if "and" in kinds and kinds.count("year") > 1:
        return _REASONS["two"]
    return ""


_COUNTED = (
    'it counts from another day; write {{ words = {text}, edtf = "…" }} with the days that it '
    'comes to: "{year}-08-01", "{year}-08~" or "[..{year}-12-31]"'
)
_REASONS = {
    "this-year": "it names no year; write the year, in four digits",
    "two": "it names two dates; write one, and a milestone for each",
    "relative": _COUNTED,
    "counted": _COUNTED,
    "nothing": "it says that there is no date; leave the key out",
    "going-on": "it goes on without a day; write {{ words = {text} }}",
}


def _in_toml(text: str) -> str:
    """Return a text as a value of TOML, cut short."""
    import json
    import textwrap

    return json.dumps(textwrap.shorten(text, 60, placeholder=" …"), ensure_ascii=False)


def examples(language: Lexicon, year: str = "2014") -> str:
    """Return what can be written, in the words of a language."""
    year = "2014" if year == "0000" else year
    dates = [f'"{said(edtf.format(year), language)}"' for edtf in _EXAMPLES]
    table = f'{{ words = "…", edtf = "{year}-08~" }}'
    return f"{year}-08-01, {', '.join(dates[:-1])} or {dates[-1]}, or else {table}"


def _respelled(text: str, language: Lexicon, conventions: Conventions) -> str:
    """Return the text with its one unknown word as the nearest known one, if that is a date."""
    unknown = [word for kind, word in tokens_of(text, language) if kind == "unknown"]
    if len(unknown) != 1 or not unknown[0].isalpha() or len(unknown[0]) < _SHORTEST:
        return ""
    known = names_of(language)
    for near in nearest(unknown[0], known, number=3, cutoff=0.8):
        if abs(len(near) - len(unknown[0])) > 1:
            continue
        whole = rf"\b{re.escape(unknown[0])}\b"
        meant = re.sub(whole, known[near], text, count=1, flags=re.IGNORECASE)
        try:
            if read(meant, language, conventions):
                return " ".join(meant.split())
        except RefusedError:
            continue
    return ""
