"""A date is said in words that are read as the same date, in every language."""

# ruff: noqa: RUF001  dashes and apostrophes as people write them

import datetime as dt
import doctest

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import canonical

from betatech_milestones.language import LANGUAGES, lexicon
from betatech_milestones.model import sayings
from betatech_milestones.model.phrases import read
from betatech_milestones.model.sayings import said, said_by_days, tells_days, year_from

# EDTF text, and how it is said in Dutch, English, French, German and Italian.
SAID = {
    # a day, a month, a year
    "2014-08-02": (
        "2 augustus 2014",
        "2 August 2014",
        "2 août 2014",
        "2. August 2014",
        "2 agosto 2014",
    ),
    "2014-08-01": (
        "1 augustus 2014",
        "1 August 2014",
        "1er août 2014",
        "1. August 2014",
        "1° agosto 2014",
    ),
    "2014-03": ("maart 2014", "March 2014", "mars 2014", "März 2014", "marzo 2014"),
    "0987": ("0987", "0987", "0987", "0987", "0987"),
    # seasons; winter is in two years
    "2014-21": (
        "voorjaar 2014",
        "spring 2014",
        "printemps 2014",
        "Frühjahr 2014",
        "primavera 2014",
    ),
    "2014-22": ("zomer 2014", "summer 2014", "été 2014", "Sommer 2014", "estate 2014"),
    "2014-23": ("najaar 2014", "autumn 2014", "automne 2014", "Herbst 2014", "autunno 2014"),
    "1999-24": (
        "winter 1999/2000",
        "winter 1999/2000",
        "hiver 1999-2000",
        "Winter 1999/2000",
        "inverno 1999/2000",
    ),
    # quarters, thirds and halves of a year
    "2014-33": (
        "eerste kwartaal 2014",
        "first quarter of 2014",
        "premier trimestre 2014",
        "1. Quartal 2014",
        "primo trimestre 2014",
    ),
    "2014-36": (
        "vierde kwartaal 2014",
        "fourth quarter of 2014",
        "quatrième trimestre 2014",
        "4. Quartal 2014",
        "quarto trimestre 2014",
    ),
    "2014-37": ("begin 2014", "early 2014", "début 2014", "Anfang 2014", "inizio 2014"),
    "2014-38": ("medio 2014", "mid-2014", "mi-2014", "Mitte 2014", "metà 2014"),
    "2014-39": ("eind 2014", "late 2014", "fin 2014", "Ende 2014", "fine 2014"),
    "2014-40": (
        "eerste helft 2014",
        "first half of 2014",
        "premier semestre 2014",
        "1. Halbjahr 2014",
        "primo semestre 2014",
    ),
    "2014-41": (
        "tweede helft 2014",
        "second half of 2014",
        "deuxième semestre 2014",
        "2. Halbjahr 2014",
        "secondo semestre 2014",
    ),
    # parts of a month
    "[2014-04-01..2014-04-10]": (
        "begin april 2014",
        "early April 2014",
        "début avril 2014",
        "Anfang April 2014",
        "inizio aprile 2014",
    ),
    "[2014-04-11..2014-04-20]": (
        "medio april 2014",
        "mid-April 2014",
        "mi-avril 2014",
        "Mitte April 2014",
        "metà aprile 2014",
    ),
    "[2012-02-21..2012-02-29]": (
        "eind februari 2012",
        "late February 2012",
        "fin février 2012",
        "Ende Februar 2012",
        "fine febbraio 2012",
    ),
    "[2014-04-01..2014-04-15]": (
        "eerste helft april 2014",
        "first half of April 2014",
        "première moitié d’avril 2014",
        "erste Hälfte April 2014",
        "prima metà di aprile 2014",
    ),
    "[2014-02-16..2014-02-28]": (
        "tweede helft februari 2014",
        "second half of February 2014",
        "seconde moitié de février 2014",
        "zweite Hälfte Februar 2014",
        "seconda metà di febbraio 2014",
    ),
    # years of school and study
    "[2014-08-01..2015-07-31]": (
        "schooljaar 2014/2015",
        "school year 2014/2015",
        "du 1er août 2014 au 31 juillet 2015",
        "Schuljahr 2014/2015",
        "dal 1° agosto 2014 al 31 luglio 2015",
    ),
    "[2014-09-01..2015-08-31]": (
        "studiejaar 2014/2015",
        "academic year 2014/2015",
        "année scolaire 2014-2015",
        "1. September 2014 bis 31. August 2015",
        "anno scolastico 2014/2015",
    ),
    # from one date to another
    "[2012..2015]": (
        "2012 tot en met 2015",
        "2012 to 2015",
        "de 2012 à 2015",
        "2012 bis 2015",
        "dal 2012 al 2015",
    ),
    "[2014-04..2014-22]": (
        "april 2014 tot en met zomer 2014",
        "April 2014 to summer 2014",
        "entre avril 2014 et été 2014",
        "April 2014 bis Sommer 2014",
        "tra aprile 2014 e estate 2014",
    ),
    "[2014-02-21..2014-02-27]": (
        "21 februari 2014 tot en met 27 februari 2014",
        "21 February 2014 to 27 February 2014",
        "du 21 février 2014 au 27 février 2014",
        "21. Februar 2014 bis 27. Februar 2014",
        "dal 21 febbraio 2014 al 27 febbraio 2014",
    ),
    "[2014-08-08..2014-09-11]": (
        "8 augustus 2014 tot en met 11 september 2014",
        "8 August 2014 to 11 September 2014",
        "du 8 août 2014 au 11 septembre 2014",
        "8. August 2014 bis 11. September 2014",
        "dall’8 agosto 2014 all’11 settembre 2014",
    ),
    # open ends: a limit where it is a day, and else the date with what is before or behind it
    "[..2014-08-08]": (
        "uiterlijk 8 augustus 2014",
        "by 8 August 2014",
        "au plus tard le 8 août 2014",
        "spätestens am 8. August 2014",
        "entro l’8 agosto 2014",
    ),
    "[..2014]": (
        "2014 of eerder",
        "2014 or earlier",
        "2014 ou plus tôt",
        "2014 oder früher",
        "2014 o prima",
    ),
    "[2014-08-11..]": (
        "op of na 11 augustus 2014",
        "on or after 11 August 2014",
        "le 11 août 2014 au plus tôt",
        "frühestens am 11. August 2014",
        "non prima dell’11 agosto 2014",
    ),
    "[2014-22..]": (
        "zomer 2014 of later",
        "summer 2014 or later",
        "été 2014 ou plus tard",
        "Sommer 2014 oder später",
        "estate 2014 o dopo",
    ),
    # how sure
    "2014-08~": (
        "rond augustus 2014",
        "around August 2014",
        "vers août 2014",
        "etwa August 2014",
        "circa agosto 2014",
    ),
    "2014-08-09~": (
        "rond 9 augustus 2014",
        "around 9 August 2014",
        "vers le 9 août 2014",
        "um den 9. August 2014",
        "intorno al 9 agosto 2014",
    ),
    "[2012..2012-06]": (
        "2012 tot en met juni 2012",
        "2012 to June 2012",
        "entre 2012 et juin 2012",
        "2012 bis Juni 2012",
        "tra 2012 e giugno 2012",
    ),
    "[2014-04..2014-08]": (
        "april 2014 tot en met augustus 2014",
        "April 2014 to August 2014",
        "d’avril 2014 à août 2014",
        "April 2014 bis August 2014",
        "da aprile 2014 ad agosto 2014",
    ),
    "2014-08-08?": (
        "mogelijk 8 augustus 2014",
        "possibly 8 August 2014",
        "peut-être le 8 août 2014",
        "möglicherweise 8. August 2014",
        "forse l’8 agosto 2014",
    ),
    "2014%": (
        "mogelijk rond 2014",
        "possibly around 2014",
        "peut-être vers 2014",
        "möglicherweise etwa 2014",
        "forse circa 2014",
    ),
    "[..2014-08-08~]": (
        "rond 8 augustus 2014 of eerder",
        "around 8 August 2014 or earlier",
        "vers le 8 août 2014 ou plus tôt",
        "um den 8. August 2014 oder früher",
        "intorno all’8 agosto 2014 o prima",
    ),
    "[2012~..2015?]": (
        "rond 2012 tot en met mogelijk 2015",
        "around 2012 to possibly 2015",
        "entre vers 2012 et peut-être 2015",
        "etwa 2012 bis möglicherweise 2015",
        "tra circa 2012 e forse 2015",
    ),
}


@pytest.mark.parametrize("edtf", SAID)
@pytest.mark.parametrize("language", LANGUAGES)
def test_said(edtf: str, language: str) -> None:
    """Every form of a date has its words in every language."""
    assert said(edtf, lexicon(language)) == SAID[edtf][LANGUAGES.index(language)]


@pytest.mark.parametrize("edtf", SAID)
@pytest.mark.parametrize("language", LANGUAGES)
def test_said_reads_back(edtf: str, language: str) -> None:
    """The words of the table above are read as what they were said of."""
    assert read(said(edtf, lexicon(language)), lexicon(language)) == (edtf, "")


@given(canonical, st.sampled_from(LANGUAGES))
def test_every_saying_reads_back(edtf: str, language: str) -> None:
    """Whatever the date and the language, its words are read as that date, and promise nothing."""
    assert read(said(edtf, lexicon(language)), lexicon(language)) == (edtf, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_a_language_is_used(language: str) -> None:
    """A language file has no way to say a date that no date is said in."""
    asked: set[str] = set()

    class Forms(dict[str, str]):
        def __getitem__(self, key: str) -> str:
            asked.add(key)
            return super().__getitem__(key)

        def get(self, key: str, default: str) -> str:  # type: ignore[override]
            asked.add(key)
            return super().get(key, default)

    ours = attrs.evolve(lexicon(language), forms=Forms(lexicon(language).forms))
    for edtf in SAID:
        said(edtf, ours)
    assert asked >= set(ours.forms)


ONLY_SOME_HAVE = {
    "first of month": ["fr", "it"],
    "range of years": ["fr", "it"],
    "range of months": ["fr", "it"],
    "range of days": ["fr", "it"],
    "around day": ["fr", "de", "it"],
    "possibly day": ["fr", "it"],
}


def test_every_language_says_the_same_forms() -> None:
    """Every language has the same forms of a date, but for what is peculiar to some."""
    forms = {language: set(lexicon(language).forms) for language in LANGUAGES}
    some = {key for keys in forms.values() for key in keys} - set[str].intersection(*forms.values())
    assert {
        key: [language for language, keys in forms.items() if key in keys] for key in some
    } == ONLY_SOME_HAVE


@pytest.mark.parametrize(
    ("year", "month", "day", "edtf"),
    [
        (2014, 8, 1, "[2014-08-01..2015-07-31]"),
        (2014, 1, 1, "[2014-01-01..2014-12-31]"),
        (2011, 3, 1, "[2011-03-01..2012-02-29]"),
        (2014, 4, 6, "[2014-04-06..2015-04-05]"),
        (1, 2, 3, "[0001-02-03..0002-02-02]"),
    ],
)
def test_year_from(year: int, month: int, day: int, edtf: str) -> None:
    """A year from a day on ends on the eve of that day."""
    assert year_from(year, month, day) == edtf


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "1 augustus 2014 tot en met 10 augustus 2014"),
        ("en", "1 August 2014 to 10 August 2014"),
        ("fr", "du 1er août 2014 au 10 août 2014"),
        ("de", "1. August 2014 bis 10. August 2014"),
        ("it", "dal 1° agosto 2014 al 10 agosto 2014"),
    ],
)
def test_said_by_days(language: str, text: str) -> None:
    """The days from one to another are said as such, also where they have a name."""
    first, last = dt.date(2014, 8, 1), dt.date(2014, 8, 10)
    assert said_by_days(first, last, lexicon(language)) == text


@pytest.mark.parametrize(
    ("edtf", "does"),
    [
        ("2014-08-01", True),
        ("[2014-08-01..]", True),
        ("[2014-08-02..2014-08-10]", True),
        ("[2014-08-01..2014-08-10]", False),
        ("[2014-08..2014-08-10]", False),
        ("2014-08-01~", False),
        ("2014", False),
    ],
)
def test_tells_days(edtf: str, does: bool) -> None:  # noqa: FBT001  the expectation
    """A date tells days where those at its ends are said, each for certain."""
    assert tells_days(edtf, lexicon("nl")) is does


def test_examples() -> None:
    """The examples in the docstrings are true."""
    assert doctest.testmod(sayings).failed == 0
