"""What the tool says, in each language: gettext catalogues, made from the texts in `labels`."""

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from betatech_milestones.model import rules
from betatech_milestones.voice.labels import LABELS, SPANS

if TYPE_CHECKING:
    from gettext import NullTranslations

_TOLD = (rules.LATE, rules.UNCHECKED, rules.NO_NEWS, rules.DUE, rules.UPCOMING)
"""The rules that a report tells; those of a data file are told in English."""


def messages() -> Iterator[tuple[str, str, str | None]]:
    """Yield the context of each text for translators, the text, and its plural if it has one."""
    for key, text in LABELS.items():
        yield key, text, None
    for rule in _TOLD:
        yield f"{rule.name}: meaning", rule.meaning, None
        yield f"{rule.name}: remedy", rule.remedy, None
    for unit, (one, more) in SPANS.items():
        yield f"span {unit}", one, more


@functools.cache
def catalogue(language: str) -> "NullTranslations":
    """Return the translations of one of our languages; English needs none."""
    import gettext

    if language == "en":
        return gettext.NullTranslations()
    file = Path(__file__).parent / "catalogues" / f"{language}.mo"
    with file.open("rb") as binary:
        return gettext.GNUTranslations(binary)


@functools.cache
def texts(language: str) -> Mapping[str, str]:
    """Return every text without a plural, by its key."""
    alone = {key: text for key, text, plural in messages() if plural is None}
    if language == "en":
        return alone
    translated = catalogue(language)
    return {key: translated.pgettext(key, text) for key, text in alone.items()}
