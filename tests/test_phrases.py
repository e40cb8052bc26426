"""Date phrases of every language become EDTF text, or are refused with what would be right."""

# ruff: noqa: RUF001  dashes and apostrophes as people write them

import datetime as dt
import doctest
import re
import unicodedata

import pytest
from compare_readers import corpus
from hypothesis import example, given
from hypothesis import strategies as st

from betatech_milestones import NotADate, PolicyDate
from betatech_milestones.language import LANGUAGES, lexicon
from betatech_milestones.model import phrases
from betatech_milestones.model.conventions import NO_CONVENTIONS, Conventions, Period
from betatech_milestones.model.forms import RefusedError
from betatech_milestones.model.phrases import Reading, read
from betatech_milestones.model.words import LONGEST, meanings

# A phrase is Dutch, or in the language before a colon.
READ = {
    # by: up to the last day
    "uiterlijk 1 juli 2014": "[..2014-07-01]",
    "uiterlijk in de zomer van 2014": "[..2014-08-31]",
    "2014-07-01 uiterlijk": "[..2014-07-01]",
    "tot en met juni 2014": "[..2014-06-30]",
    "t/m Q3 2014": "[..2014-09-30]",
    "en: no later than winter 2011/12": "[..2012-02-29]",
    "en: 1 July 2014 at the latest": "[..2014-07-01]",
    "en: until 2014": "[..2014-12-31]",
    "fr: d’ici à 2014": "[..2014-12-31]",
    "de: bis spätestens 1. Juli 2014": "[..2014-07-01]",
    "it: entro e non oltre il 1° luglio 2014": "[..2014-07-01]",
    # before: up to the day before the first
    "vóór 1 juli 2014": "[..2014-06-30]",
    "vóór de zomer van 2014": "[..2014-05-31]",
    "vóór 2014": "[..2013-12-31]",
    "vóór medio 2014": "[..2014-04-30]",
    "vóór het schooljaar 2014/2015": "[..2014-07-31]",
    "en: prior to March 2012": "[..2012-02-29]",
    "fr: avant l'été 2014": "[..2014-05-31]",
    "de: vor dem 1. Juli 2014": "[..2014-06-30]",
    "it: prima dell’estate 2014": "[..2014-05-31]",
    # "voor" without accents is "before" where it cannot be "for"
    "voor 1 juli 2014": "[..2014-06-30]",
    "voor juni 2014": "[..2014-05-31]",
    "voor 2014-07-01": "[..2014-06-30]",
    "voor 31-12-2014": "[..2014-12-30]",
    "voor 2014/07/01": "[..2014-06-30]",
    "voor 07-2014": "[..2014-06-30]",
    "niet voor 2014": None,  # not before, or not for?
    # "pour" and "per" are "for" before what lasts
    "fr: pour l'année scolaire 2014-2015": "[2014-09-01..2015-08-31]",
    "fr: pour la période 2012-2013": "[2012..2013]",
    "it: per l'anno 2014": "2014",
    "it: per il triennio 2012-2014": "[2012..2014]",
    # the Dutch "tot" alone is without its last day
    "tot 1 juli 2014": "[..2014-06-30]",
    "tot 2014": "[..2013-12-31]",
    # the end of something is its last day, and its beginning the first
    "voor eind 2014": "[..2014-12-31]",
    "vóór het einde van het schooljaar 2014/2015": "[..2015-07-31]",
    "tot eind juni 2014": "[..2014-06-30]",
    "uiterlijk eind Q1 2014": "[..2014-03-31]",
    "uiterlijk jaareinde 2014": "[..2014-12-31]",
    "voor begin 2014": "[..2013-12-31]",
    "vóór begin juni 2014": "[..2014-05-31]",
    "vóór het begin van het schooljaar 2014/2015": "[..2014-07-31]",
    "uiterlijk begin 2014": "[..2014-04-30]",
    "na eind 2014": "[2015-01-01..]",
    "en: before the end of the summer of 2014": "[..2014-08-31]",
    "en: before late 2014": "[..2014-08-31]",  # a part of the year, and no end
    # after: from the day behind the last
    "na 1 juli 2014": "[2014-07-02..]",
    "na de zomer van 2014": "[2014-09-01..]",
    "en: after Q3 2014": "[2014-10-01..]",
    "fr: après 2014": "[2015-01-01..]",
    "de: nach Mai 2014": "[2014-06-01..]",
    "it: dopo il 31 dicembre 2014": "[2015-01-01..]",
    # on or after: from the first day
    "op of na 1 juli 2014": "[2014-07-01..]",
    "niet vóór 2014": "[2014-01-01..]",
    "niet eerder dan zomer 2014": "[2014-06-01..]",
    "op zijn vroegst in Q4 2014": "[2014-10-01..]",
    "pas vanaf 1 juli 2014, op zijn vroegst": "[2014-07-01..]",
    "en: on or after 1 July 2014": "[2014-07-01..]",
    "fr: 1er juillet 2014 au plus tôt": "[2014-07-01..]",
    "de: frühestens Mai 2014": "[2014-05-01..]",
    "it: non prima del 2014": "[2014-01-01..]",
    # from: the moment at which it begins
    "vanaf 1 juli 2014": "2014-07-01",
    "met ingang van 2014": "2014",
    "per januari 2014": "2014-01",
    "sinds de zomer van 2014": "2014-22",
    "en: as of Q3 2014": "2014-35",
    "en: 2014 onwards": "2014",
    "fr: à compter du 1er août 2014": "2014-08-01",
    "de: ab 2014": "2014",
    "it: a decorrere dal 2014": "2014",
    # or earlier, or later
    "zomer 2014 of eerder": "[..2014-22]",
    "1 juli 2014 of later": "[2014-07-01..]",
    "2012 tot en met 2014 of later": "[2012..]",
    "2012 tot en met 2014 of eerder": "[..2014]",
    "en: 2014 or sooner": "[..2014]",
    # during
    "in de loop van 2014": "2014",
    "gedurende het kalenderjaar 2014": "2014",
    "en: throughout 2014": "2014",
    "kalenderjaar – 2014": "2014",
    "en: the first half of the year in 2014": "2014-40",
    # about
    "rond 1 juli 2014": "2014-07-01~",
    "circa zomer 2014": "2014-22~",
    "mogelijk 2014": "2014?",
    "mogelijk rond 2014": "2014%",
    "uiterlijk rond 1 juli 2014": "[..2014-07-01~]",
    "vóór circa 2014": "[..2013-12-31~]",
    "na ongeveer juni 2014": "[2014-07-01~..]",
    "op zijn vroegst rond 2014": "[2014-01-01~..]",
    "rond 2014 of later": "[2014~..]",
    "it: giugno 2014 circa": "2014-06~",
    # two limits that come to one
    "uiterlijk vóór 1 juli 2014": "[..2014-06-30]",
    "uiterlijk voor 1 juli 2014": "[..2014-06-30]",
    "uiterlijk tot 1 juli 2014": "[..2014-07-01]",
    "fr: pour le 31 décembre 2014 au plus tard": "[..2014-12-31]",
    "uiterlijk vanaf 1 juli 2014": "[..2014-07-01]",
    "uiterlijk na 1 juli 2014": None,
    "vanaf na 2014": None,
    # from one date to another
    "2012 tot en met 2015": "[2012..2015]",
    "van 2012 t/m 2015": "[2012..2015]",
    "de periode 2012 tot en met 2015": "[2012..2015]",
    "tussen 2012 en 2015": "[2012..2015]",
    "tussen 1 en 15 juni 2014": "[2014-06-01..2014-06-15]",
    "tussen mei en uiterlijk juni 2014": "[2014-05..2014-06]",
    "de: im Zeitraum zwischen Mai und Juni 2014": "[2014-05..2014-06]",
    "1–15 juni 2014": "[2014-06-01..2014-06-15]",
    "1 juni t/m 15 juli 2014": "[2014-06-01..2014-07-15]",
    "juni–juli 2014": "[2014-06..2014-07]",
    "juni/juli 2014": "[2014-06..2014-07]",
    "juni/augustus 2014": None,  # not one and the next: both, or either?
    "eind 2014/begin 2015": "[2014-39..2015-37]",
    "Q2–Q3 2014": "[2014-34..2014-35]",
    "eerste – derde kwartaal 2014": "[2014-33..2014-35]",
    "begin tot en met eind Q3 2014": "[2014-07..2014-09]",
    "week 23 – 24 2014": "[2014-06-02..2014-06-15]",
    "week 23 – week 24 2014": "[2014-06-02..2014-06-15]",
    "de: KW 23–24/2014": "[2014-06-02..2014-06-15]",
    "de: KW 23 bis KW 24/2014": "[2014-06-02..2014-06-15]",
    "de: 23./24. KW 2014": "[2014-06-02..2014-06-15]",
    "en: June 1–15, 2014": "[2014-06-01..2014-06-15]",
    "en: from 1 June to 15 July 2014": "[2014-06-01..2014-07-15]",
    "en: between mid-2014 and early 2015": "[2014-38..2015-37]",
    "fr: du 13 au 17 octobre 2014": "[2014-10-13..2014-10-17]",
    "fr: de mai à juin 2014": "[2014-05..2014-06]",
    "de: 1. bis 3. Quartal 2014": "[2014-33..2014-35]",
    "it: dal 15 al 30 settembre 2014": "[2014-09-15..2014-09-30]",
    "uiterlijk 2012 tot en met 2015": "[..2015-12-31]",
    "uiterlijk 2012 tot en met mogelijk 2015": "[..2015-12-31?]",
    "rond 2012 tot en met mogelijk 2015": "[2012~..2015?]",
    "2012 en 2015": None,
    "tussen 2012 t/m 2015": None,
    "tussen 2014": None,
    "vóór 2012 tot en met 2015": None,
    "2012 tot en met na 2015": None,
    "eerste dag van 2012 tot en met 2015": None,  # of 2012, or of all?
    "laatste dag van 2012 tot en met 2015": None,  # the same
    "en: mid to late June 2014": "[2014-06-11..2014-06-30]",
    "en: mid to late nothing": None,
    "en: possibly mid to late June 2014": "[2014-06-11?..2014-06-30]",
    "en: possibly mid – 1 June 2014": None,
    "winter 2014 – 27": None,  # no date is behind it, and so none of two readings before it
    "stemming t/m winter 2014": None,  # nor is one before it
    "tot en met": None,
    # brackets
    "(2014)": "2014",
    "Q3 2014 (juli t/m september)": "2014-35",
    "Q3 2014 (juli t/m augustus)": None,
    "Q3 2014 (augustus t/m september)": None,
    "1 augustus 2014 (vrijdag)": "2014-08-01",
    "2014 (vrijdag)": None,
    "2014 (winter)": None,
    "31 maart 2014 (uiterlijk)": "[..2014-03-31]",
    "1 augustus 2014 (beoogd)": "2014-08-01",
    "uiterlijk (1 augustus) 2014": None,
    "Q3 2014 ()": "2014-35",
    "zomer (2014)": "2014-22",
    "2014 (Q3)": "2014-35",
    "uiterlijk 2014 (zomer)": "[..2014-08-31]",
    "2014 (31 juni)": None,
    "2014 (begin en eind)": None,
    "()": None,
    "Q3 2014 (2013": None,
    "Q3 2014)": None,
    "2013/14 (juni) 2015": None,
    "Q3 2014 (winter 2014)": None,
    "(Q3) (2014)": None,
    # a time of day is of a day
    "1 augustus 2014 om 14:00 uur": "2014-08-01",
    "augustus 2014 14:00 uur": None,
    # this and the next are of a day too, where the year is written
    "komende 1 augustus 2014": "2014-08-01",
    "komende zomer 2014": None,
    "fr: 1er août 2014 à 18h30": "2014-08-01",
    # what counts from a date is none
    "na de streefdatum 2014": None,
    "na in de beoogde zomer 2014": None,
    "2014 -": None,
    "– 2014": None,
    "fr: un an après le 1er mai 2014": None,
    "en: a year after 1 May 2014": None,
    "fr: fin : juin 2014": None,
    "eind in juni 2014": None,  # the end of something else
    "it: fine a giugno 2014": None,
    "eind t/m juni 2014": None,
    "eind tot juni 2014": None,
    # other text
    "": None,
    "over een half jaar": None,
    "voor eind": None,
    "vlak voor het zomerreces": None,
    "stemming tijdens het zomerreces": None,
    "uiterlijk": None,
    "binnen drie maanden na publicatie": None,
    "doorlopend": None,
    "1 augustus 2014 of zo": None,
    "derde helft juni": None,  # there is none, whatever the year
    "1 " * 30: None,
    "2014" + " " * LONGEST: None,
    "2014".ljust(LONGEST): "2014",
}

HEDGED = {
    "naar verwachting in de zomer van 2014": ("2014-22", "forecast"),
    "beoogd: 1 augustus 2014": ("2014-08-01", "aim"),
    "gepland in Q3 2014": ("2014-35", "planned"),
    "gepland voor 2014": ("2014", "planned"),
    "verwacht voor de zomer van 2014": ("2014-22", "forecast"),
    "1 augustus 2014 (verwacht)": ("2014-08-01", "forecast"),
    "naar verwachting uiterlijk 2014": ("[..2014-12-31]", "forecast"),
    "en: expected in 2014": ("2014", "forecast"),
    "en: target date 1 August 2014": ("2014-08-01", "aim"),
    "en: scheduled for summer 2014": ("2014-22", "planned"),
    "fr: prévu en 2014": ("2014", "planned"),
    "de: voraussichtlich 2014": ("2014", "forecast"),
    "it: prevista nel 2014": ("2014", "planned"),
    "zomer 2014": ("2014-22", ""),
}


def reading(text: str, conventions: Conventions = NO_CONVENTIONS) -> Reading | None:
    """Return what a phrase stands for in its language."""
    language, colon, phrase = text.partition(": ")
    if colon and language in LANGUAGES:
        return read(phrase, lexicon(language), conventions)
    return read(text, lexicon("nl"), conventions)


@pytest.mark.parametrize(("phrase", "edtf"), READ.items())
def test_phrase(phrase: str, edtf: str | None) -> None:
    """A phrase stands for one EDTF text, and other text for none."""
    found = reading(phrase)
    assert (found and found.edtf) == edtf


@pytest.mark.parametrize(("phrase", "expected"), HEDGED.items())
def test_hedge(phrase: str, expected: tuple[str, str]) -> None:
    """Words for how firmly a date is promised stand beside it, and change nothing of it."""
    assert reading(phrase) == expected


# --- periods that the programme names -------------------------------------------------------------

NO_PERIOD = (
    "it is at other days every year; add a [[period]] with this name and its days, or write { "
    'words = "…", edtf = "…" } with the day that is meant'
)
PROGRAMME = Conventions(
    language="nl",
    periods=(
        Period(
            name="zomerreces 2014",
            also_called=("de zomer 2014", "het zomerreces"),
            first=dt.date(2014, 7, 4),
            last=dt.date(2014, 9, 1),
        ),
        Period(name="Q-top", first=dt.date(2015, 3, 2), last=dt.date(2015, 3, 3)),
    ),
)


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("zomerreces 2014", "[2014-07-04..2014-09-01]"),
        ("tijdens het zomerreces van 2014", "[2014-07-04..2014-09-01]"),
        ("voor het zomerreces 2014", "[..2014-07-03]"),
        ("vóór het zomerreces 2014", "[..2014-07-03]"),
        ("vóór het einde van het zomerreces 2014", "[..2014-09-01]"),
        ("na het zomerreces 2014", "[2014-09-02..]"),
        ("uiterlijk zomerreces 2014", "[..2014-09-01]"),
        ("rond het zomerreces 2014", "[2014-07-04~..2014-09-01~]"),
        ("naar verwachting na het zomerreces 2014", "[2014-09-02..]"),
        ("laatste dag van het zomerreces 2014", "2014-09-01"),
        # its other names, behind before and after alone
        ("voor de zomer 2014", "[..2014-07-03]"),
        ("na de zomer van 2014", "[2014-09-02..]"),
        ("vóór de zomer van 2014", "[..2014-07-03]"),
        ("voor het zomerreces", "[..2014-07-03]"),
        ("in de zomer van 2014", "2014-22"),
        ("uiterlijk zomer 2014", "[..2014-08-31]"),
        # words that no language has
        ("na de Q-top", "[2015-03-04..]"),
        ("Q-topje", None),
        ("Q3 2014", "2014-35"),
    ],
)
def test_period(phrase: str, edtf: str | None) -> None:
    """A period that the programme names is a date, and its other names where a limit is before."""
    found = reading(phrase, PROGRAMME)
    assert (found and found.edtf) == edtf


def test_a_period_whose_name_is_in_that_of_another() -> None:
    """Where a phrase names both, the first one of the file is meant."""
    first, last = dt.date(2014, 7, 4), dt.date(2014, 9, 1)
    names = {"korte zomerreces 2014": first + dt.timedelta(days=6), "zomerreces 2014": last}
    conventions = Conventions(
        periods=tuple(Period(name=name, first=first, last=day) for name, day in names.items())
    )
    found = reading("na het korte zomerreces van 2014", conventions)
    assert found == Reading("[2014-07-11..]")


@pytest.mark.parametrize(
    ("phrase", "conventions"),
    [
        ("voor het zomerreces 2014", NO_CONVENTIONS),
        ("zomerreces 2014", NO_CONVENTIONS),
        ("na de zomervakantie", NO_CONVENTIONS),
        ("zomerreces 2015", PROGRAMME),
        ("tijdens het zomerreces", PROGRAMME),
        ("het zomerreces: na", PROGRAMME),
        ("en: before the summer recess", NO_CONVENTIONS),
        ("fr: à la rentrée 2014", NO_CONVENTIONS),
        ("de: vor der Sommerpause 2014", NO_CONVENTIONS),
        ("it: dopo la pausa estiva 2014", NO_CONVENTIONS),
    ],
)
def test_no_period(phrase: str, conventions: Conventions) -> None:
    """A recess is refused that the programme does not name."""
    with pytest.raises(RefusedError) as refusal:
        reading(phrase, conventions)
    assert str(refusal.value) == NO_PERIOD


# --- what is refused ------------------------------------------------------------------------------

NO_YEAR = "it names no year; write the year, too, in four digits"
THE_WRONG_WAY = "it ends before it begins; write the year of both dates"
LACKS_YEAR = "the first of its two dates lacks a year; write the year of both"
OUTSIDE = "dates run from 0001-01-01 to 9999-12-31"
REFUSED = {
    # no year
    "1 augustus": NO_YEAR,
    "29 februari": NO_YEAR,
    "31 juni": NO_YEAR,
    "uiterlijk 1 augustus": NO_YEAR,
    "in december": NO_YEAR,
    "Q3": NO_YEAR,
    "eind": NO_YEAR,
    "voor de zomer": NO_YEAR,
    "winter": NO_YEAR,
    "het schooljaar": NO_YEAR,
    "en: August 1st": NO_YEAR,
    # "voor": before, or for?
    "voor 2014": ('it may be "before" or "for"; write "uiterlijk 31 december 2013" or "2014"'),
    "voor Q3 2014": (
        'it may be "before" or "for"; write "uiterlijk 30 juni 2014" or "derde kwartaal 2014"'
    ),
    "voor de tweede helft van 2014": (
        'it may be "before" or "for"; write "uiterlijk 30 juni 2014" or "tweede helft 2014"'
    ),
    "voor de zomer van 2014": (
        'it may be "before" or "for"; write "uiterlijk 31 mei 2014" or "zomer 2014", or name the '
        "recess that is meant in a [[period]]"
    ),
    "voor winter 2014/2015": (
        'it may be "before" or "for"; write "uiterlijk 30 november 2014" or "winter 2014/2015", '
        "or name the recess that is meant in a [[period]]"
    ),
    "voor schooljaar 2014/2015": (
        'it may be "before" or "for"; write "uiterlijk 31 juli 2014" or "schooljaar 2014/2015"'
    ),
    "voor 2014 (verwacht)": (
        'it may be "before" or "for"; write "uiterlijk 31 december 2013" or "2014"'
    ),
    "voor Q3 2014 (juli t/m september)": (
        'it may be "before" or "for"; write "uiterlijk 30 juni 2014" or "derde kwartaal 2014"'
    ),
    # "pour" and "per": by, or for?
    "fr: pour 2014": (
        'it may be "by" or "for"; write "au plus tard le 31 décembre 2014" or "2014"'
    ),
    "it: per giugno 2014": (
        'it may be "by" or "for"; write "entro il 30 giugno 2014" or "giugno 2014"'
    ),
    # from one date to another
    "1 juni tot 15 juli 2014": (
        'the last day may be in it or not; write "1 juni 2014 tot en met 15 juli 2014"'
    ),
    "2012 tot 2015": 'the last day may be in it or not; write "2012 tot en met 2015"',
    "2012 of 2015": (
        'it names two dates; where one day of both is meant, write "2012 tot en met 2015"'
    ),
    "de: Mai oder Juni 2014": (
        'it names two dates; where one day of both is meant, write "Mai 2014 bis Juni 2014"'
    ),
    "van 1 juni 2015 tot en met 1 mei 2014": THE_WRONG_WAY,
    "november t/m februari 2014": LACKS_YEAR,
    "tussen 1 en juni 2014": LACKS_YEAR,  # its first day would be in the second
    "2015 of 2014": THE_WRONG_WAY,
    "winter t/m juni 2014": (
        'winter is in two years; write "winter 2014/2015" or "winter 2013/2014"'
    ),
    "en: June 1–15, 2014 (Friday)": (
        "2014-06-15 is a Sunday; mend the day of the week or the date"
    ),
    # brackets
    "winter (2014)": 'winter is in two years; write "winter 2014/2015" or "winter 2013/2014"',
    "winter 2014 ()": 'winter is in two years; write "winter 2014/2015" or "winter 2013/2014"',
    # outside the calendar
    "vóór 0001": OUTSIDE,
    "tot 1 januari 0001": OUTSIDE,
    "na 9999": OUTSIDE,
    "2014 tot en met 30 februari 2015": "2015-02 has days 01 to 28",
    # day of the week
    "1 augustus 2014 (maandag)": "2014-08-01 is a vrijdag; mend the day of the week or the date",
}


@pytest.mark.parametrize(("phrase", "problem"), REFUSED.items())
def test_refused(phrase: str, problem: str) -> None:
    """A phrase of no day, or of two readings, is refused with what to write instead."""
    with pytest.raises(ValueError, match=re.escape(problem)) as refusal:
        reading(phrase)
    assert str(refusal.value) == problem


@pytest.mark.parametrize(
    "phrase", [phrase for phrase, problem in REFUSED.items() if 'write "' in problem]
)
def test_what_to_write_is_read(phrase: str) -> None:
    """Each phrase that a refusal gives in place of another is itself a date."""
    with pytest.raises(RefusedError) as refusal:
        reading(phrase)
    language = phrase[:2] if phrase[2:4] == ": " else "nl"
    written = re.findall('"([^"]*)"', str(refusal.value).partition("write ")[2])
    assert written
    for text in written:
        assert read(text, lexicon(language)) is not None


# --- properties -----------------------------------------------------------------------------------

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
SPACES = " \u00a0\u202f\u2009\n\t"
APOSTROPHES = "'\u2019\u02bc`\u00b4"


def in_another_way(phrase: str, choose: st.DataObject) -> str:
    """Return a phrase in other letters, dashes, spaces and apostrophes of the same meaning."""
    for some in (DASHES, SPACES, APOSTROPHES):
        other = choose.draw(st.sampled_from(some))
        phrase = re.sub(f"[{re.escape(some)}]", other, phrase)
    if choose.draw(st.booleans()):
        phrase = phrase.replace(" ", "  ").join((" ", "\n"))
    case = choose.draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
    return unicodedata.normalize(choose.draw(st.sampled_from(["NFC", "NFD"])), case(phrase))


def without_accents(phrase: str) -> str:
    marked = unicodedata.normalize("NFD", phrase)
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


DATED = [(language, row) for language in LANGUAGES for row in corpus(language)]


def outcome(phrase: str, language: str) -> object:
    """Return what a phrase is read as in its language, or that it is refused."""
    try:
        return read(phrase, lexicon(language))
    except ValueError:
        return None


@given(st.sampled_from(DATED), st.data())
def test_however_it_is_written(row: tuple[str, tuple[str, str, str]], data: st.DataObject) -> None:
    """Capitals, white space, dashes and apostrophes of any sort change nothing of a phrase."""
    language, (phrase, _, _) = row
    again = in_another_way(phrase, data)
    if len(again) <= LONGEST:
        assert outcome(again, language) == outcome(phrase, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_accents_may_be_left_out(language: str) -> None:
    """A phrase is read the same without its accents, but for the Dutch words for before and for."""
    rows = [row.phrase for row in corpus(language) if "ó" not in row.phrase.lower()]
    assert [
        (phrase, outcome(without_accents(phrase), language))
        for phrase in rows
        if outcome(without_accents(phrase), language) != outcome(phrase, language)
    ] == []


OUR_OWN = re.compile(
    "has days 01 to|is not a month|this is not EDTF|it ends before it begins|both ends are open"
    "|dates run from"
)
"""What the calendar has to say; any other error of a value would be one of Python's."""


def only_refused(text: str, conventions: Conventions) -> None:
    """Hold that a text is a date, or is refused in one line that names it."""
    for language in LANGUAGES:
        try:
            read(text, lexicon(language), conventions)
        except RefusedError:
            pass
        except ValueError as error:
            assert OUR_OWN.search(str(error))  # noqa: PT017  either is fine
    try:
        date = PolicyDate.parse(text, conventions)
    except NotADate as refusal:
        assert " is not a date: " in str(refusal)  # noqa: PT017  either is fine
        assert "\n" not in str(refusal)  # noqa: PT017  the same
    else:
        assert date.words == text
        assert PolicyDate(date.edtf) == date


LANGUAGE = st.sampled_from([None, *LANGUAGES])


@given(st.text(max_size=60) | st.text("0123456789-/.,: ehinoqstzvó–", max_size=20), LANGUAGE)
@example("[2014..2013]", None)
@example("İ 2014", "nl")
@example("", "nl")
@example("de", "nl")
@example("2012 t/m gepland voor 2015", "nl")
def test_any_text(text: str, language: str | None) -> None:
    """Any text is a date or is refused: nothing else happens."""
    only_refused(text, Conventions(language=language))


WORDS = {
    language: [
        word for _, _, spellings in meanings(lexicon(language)) for word in spellings.split(", ")
    ]
    for language in LANGUAGES
}
NUMBERS = [
    "1",
    "31",
    "2014",
    "2015",
    "0000",
    "9999",
    "2013/14",
    "2013-14",
    "2012-2015",
    "31-12-2014",
    "1/9/2014",
    "2014-08-01",
]
MARKS = [*"-/,.():~'", "–", "Q3", "2014-W23", "14:00"]


@st.composite
def any_words(draw: st.DrawFn) -> tuple[str, str]:
    language = draw(st.sampled_from(LANGUAGES))
    known = st.sampled_from(WORDS[language])
    words = st.lists(known | st.sampled_from(NUMBERS) | st.sampled_from(MARKS), max_size=8)
    return language, " ".join(draw(words))


@given(any_words(), st.booleans())
def test_any_words(words: tuple[str, str], has_conventions: bool) -> None:  # noqa: FBT001  drawn
    """Words of a language in any order are a date or are refused."""
    language, text = words
    only_refused(text, PROGRAMME if has_conventions else Conventions(language=language))


def test_examples() -> None:
    """The examples in the docstrings are true."""
    assert doctest.testmod(phrases).failed == 0
