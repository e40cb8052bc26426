"""How dates, numbers and statuses are put into Dutch and English."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from betatech_milestones import LANGUAGES, Commitment, Detail, Kind, PolicyDate, Status, Voice
from betatech_milestones.language import spoken
from betatech_milestones.language.lexicon import lexicon

DATES = [
    # date, words in Dutch and English, window in Dutch and English, whether the words tell all
    (
        PolicyDate.parse(dt.date(2014, 8, 1)),
        ("1 augustus 2014", "1 August 2014"),
        ("", ""),
        True,
    ),
    (
        PolicyDate("2014-08-01~", words="rond de zomer"),
        ("rond de zomer", "rond de zomer"),
        ("1 augustus 2014, bij benadering", "1 August 2014, approximately"),
        False,
    ),
    (
        PolicyDate.parse("2014-02"),
        ("februari 2014", "February 2014"),
        ("1 februari 2014 t/m 28 februari 2014", "1 February 2014 to 28 February 2014"),
        True,
    ),
    (
        PolicyDate.parse("zomer 2014"),
        ("zomer 2014", "zomer 2014"),
        ("1 juni 2014 t/m 31 augustus 2014", "1 June 2014 to 31 August 2014"),
        True,
    ),
    (
        PolicyDate.parse("uiterlijk 2014"),
        ("uiterlijk 2014", "uiterlijk 2014"),
        ("t/m 31 december 2014", "up to and including 31 December 2014"),
        True,
    ),
    (
        PolicyDate("[2014..]", words="niet eerder dan 2014"),
        ("niet eerder dan 2014", "niet eerder dan 2014"),
        ("vanaf 1 januari 2014", "from 1 January 2014"),
        False,
    ),
]


@pytest.mark.parametrize(("date", "words", "window", "plain"), DATES, ids=str)
def test_dates_in_words(
    date: PolicyDate, words: tuple[str, str], window: tuple[str, str], *, plain: bool
) -> None:
    """A day and a month are said in the reader's language, the rest as the source says it."""
    assert (Voice("nl").words(date), Voice("en").words(date)) == words
    assert (Voice("nl").window(date), Voice("en").window(date)) == window
    assert date.is_plain is plain


@pytest.mark.parametrize(
    ("language", "ours"),
    [("nl", "nl"), ("NL-be", "nl"), ("en-GB", "en"), ("de", "en"), ("nld", "en")],
)
def test_other_languages_get_english(language: str, ours: str) -> None:
    """A language without words here reads the English ones."""
    assert spoken(language) == ours


@pytest.mark.parametrize("word", [*Status, *Kind, *Commitment])
def test_every_status_kind_and_commitment_has_words(word: str) -> None:
    """Nothing of the model is without a name in either language."""
    assert Voice("nl").label(word)
    assert Voice("en").label(word)


@pytest.mark.parametrize(
    ("number", "dutch", "english"),
    [
        (500, "500", "500"),
        (11_700_000, "11.700.000", "11,700,000"),
        (Decimal("1234.5"), "1.234,5", "1,234.5"),
    ],
)
def test_numbers(number: object, dutch: str, english: str) -> None:
    """Thousands and decimals are parted as the language does."""
    assert (Voice("nl").number(number), Voice("en").number(number)) == (dutch, english)


@pytest.mark.parametrize(
    ("number", "dutch", "english"),
    [(0, "0 dagen", "0 days"), (1, "1 dag", "1 day"), (2, "2 dagen", "2 days")],
)
def test_days(number: int, dutch: str, english: str) -> None:
    """One day is not days."""
    assert (Voice("nl").days(number), Voice("en").days(number)) == (dutch, english)


@pytest.mark.parametrize(
    ("date", "unclear", "full"),
    [
        (PolicyDate.parse(dt.date(2014, 8, 1)), "1 August 2014", "1 August 2014"),
        (
            PolicyDate.parse("zomer 2014"),
            "zomer 2014",
            "zomer 2014 (1 June 2014 to 31 August 2014)",
        ),
        (
            PolicyDate("2013-08~", words="over een half jaar"),
            "over een half jaar: 1 August 2013 to 31 August 2013, approximately",
            "over een half jaar (1 August 2013 to 31 August 2013, approximately)",
        ),
        (PolicyDate("2026-07-16", words="before summer"), "16 July 2026", "16 July 2026"),
    ],
)
def test_a_date_is_followed_by_its_window(date: PolicyDate, unclear: str, full: str) -> None:
    """Where the words alone do not tell it, and in full wherever it is not one exact day."""
    voice = Voice("en")
    assert voice.date(date) == voice.date(date, Detail.WHERE_UNCLEAR) == unclear
    assert voice.date(date, Detail.FULL) == full
    assert voice.date(date, Detail.WORDS) == voice.words(date)


def test_every_language_has_the_same_labels() -> None:
    """No label is missing in one language, and none has other gaps to fill in."""
    gaps = {
        language: {key: set(re.findall(r"{\w+}", text)) for key, text in labels.items()}
        for language in LANGUAGES
        if (labels := lexicon(language).labels)
    }
    assert gaps["nl"] == gaps["en"]
    assert [len(lexicon(language).months) for language in LANGUAGES] == [12, 12]
