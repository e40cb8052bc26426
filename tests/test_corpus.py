"""Phrases as people wrote them are read as they were meant, or not at all.

A row of a corpus in `tests/phrases` is a phrase, its window by the conventions of `docs/dates.md`,
and why. `python tests/compare_readers.py` tells what other readers make of them.
"""

import pytest
from compare_readers import CORPORA, REFUSED, Row, corpus, ours

from betatech_milestones.language import LANGUAGES

NOT_READ = {
    "nl": [
        "eind 2014/begin 2016",
        "weken 26 t/m 28 van 2014",
        "Geldend van 01-01-2023 t/m 30-06-2023",
        "Den Haag, 9 juli 2018",
        "voorjaar 2006 en eerder",
    ],
    "en": [
        "this twenty-first day of September 2021",
        "End of life: 30 April 2027",
        "no later than December 31, 2026, at 11:59 PM ET",
        "until midnight 17 March 2024",
    ],
    "fr": ["lundi 1er décembre 2025 à minuit", "Juin - Août 2025 (3 mois)"],
    "de": [
        "bis zum 31.12. des Jahres 2027",
        "in der zweiten Oktoberhälfte 2026",
        "in der ersten Aprilhälfte 2027",
        "in der zweiten Septemberhälfte 2025",
        "vom und vor dem 1. Juli 2014",
    ],
    "it": ["al piu' tardi entro il 19 agosto 2027", "entro la fine del 2012/primi 2013"],
}
"""Dates that a person reads, and the grammar does not."""


def complaint(row: Row, read: str) -> str:
    return f'"{row.phrase}" is {row.window} ({row.why}), and was read as {read}'


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_read_wrongly(language: str) -> None:
    """No phrase is read with another window than its own, and none that names no date is read."""
    read = {row: ours(row.phrase, language) for row in corpus(language)}
    wrong = [
        complaint(row, window)
        for row, window in read.items()
        if window not in {row.window, REFUSED}
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_read_but_a_few(language: str) -> None:
    """Of the phrases with a window these are not read: a word that is lost shows here."""
    dated = [row for row in corpus(language) if row.window != REFUSED]
    missed = [row.phrase for row in dated if ours(row.phrase, language) == REFUSED]
    assert missed == NOT_READ[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_corpus(language: str) -> None:
    """A corpus has each phrase once, and enough of those with and those without a window."""
    rows = corpus(language)
    assert len({row.phrase for row in rows}) == len(rows) >= 250
    assert sum(row.window == REFUSED for row in rows) >= 50


def test_every_language_has_a_corpus() -> None:
    """Every language has a corpus, and every corpus a language."""
    assert {path.stem for path in CORPORA.iterdir()} == set(LANGUAGES)
