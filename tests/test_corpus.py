"""Phrases as people wrote them are read as they were meant, or not at all.

A row of a corpus in `tests/phrases` is a phrase, its window by the conventions of `docs/dates.md`,
and why. `python tests/compare_readers.py` tells what other readers make of them.
"""

import pytest
from compare_readers import CORPORA, REFUSED, Row, corpus, ours

from betatech_milestones.language import LANGUAGES

LEAST_RECALL = 0.97


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
def test_hardly_a_phrase_is_not_read(language: str) -> None:
    """Of the phrases with a window 97 % are read."""
    dated = [row for row in corpus(language) if row.window != REFUSED]
    missed = [row for row in dated if ours(row.phrase, language) == REFUSED]
    assert 1 - len(missed) / len(dated) >= LEAST_RECALL, "\n".join(
        complaint(row, REFUSED) for row in missed
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_corpus(language: str) -> None:
    """A corpus has each phrase once, and enough of those with and those without a window."""
    rows = corpus(language)
    assert len({row.phrase for row in rows}) == len(rows) >= 250
    assert sum(row.window == REFUSED for row in rows) >= 50


def test_every_language_has_a_corpus() -> None:
    """Every language has a corpus, and every corpus a language."""
    assert {path.stem for path in CORPORA.iterdir()} == set(LANGUAGES)
