"""How dates, numbers, statements and standings are put into Dutch and English."""

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest

from betatech_milestones import (
    LANGUAGES,
    RULES,
    Attestation,
    BadValue,
    Budget,
    Commitment,
    Evidence,
    Found,
    Kind,
    Milestone,
    News,
    Per,
    PolicyDate,
    Source,
    Status,
    Texts,
    Timeliness,
    Voice,
    as_of,
    loads,
)
from betatech_milestones.language import lexicon, spoken
from betatech_milestones.voice import in_languages, languages_of

# A date · how it is said in Dutch, English, French, German and Italian.
SAID = [
    (
        PolicyDate.parse(dt.date(2014, 8, 1)),
        *("1 augustus 2014", "1 August 2014", "1er août 2014", "1. August 2014", "1° agosto 2014"),
    ),
    (
        PolicyDate("2014-02"),
        *("februari 2014", "February 2014", "février 2014", "Februar 2014", "febbraio 2014"),
    ),
    (
        PolicyDate.parse("in de zomer van 2014"),
        *("zomer 2014", "summer 2014", "été 2014", "Sommer 2014", "estate 2014"),
    ),
    (
        PolicyDate("2013-08-01~", words="rond de zomer"),
        *("rond 1 augustus 2013", "around 1 August 2013", "vers le 1er août 2013"),
        *("um den 1. August 2013", "intorno al 1° agosto 2013"),
    ),
    (
        PolicyDate("2013?", words="wellicht dit jaar"),
        *("mogelijk 2013", "possibly 2013", "peut-être 2013", "möglicherweise 2013", "forse 2013"),
    ),
    (
        PolicyDate.parse("uiterlijk 1 juli 2013"),
        *("uiterlijk 1 juli 2013", "by 1 July 2013", "au plus tard le 1er juillet 2013"),
        *("spätestens am 1. Juli 2013", "entro il 1° luglio 2013"),
    ),
    (
        PolicyDate.parse("entro l'8 maggio 2014"),
        *("uiterlijk 8 mei 2014", "by 8 May 2014", "au plus tard le 8 mai 2014"),
        *("spätestens am 8. Mai 2014", "entro l\N{RIGHT SINGLE QUOTATION MARK}8 maggio 2014"),
    ),
    (
        PolicyDate("[2014..]", words="niet eerder dan 2014"),
        *("2014 of later", "2014 or later", "2014 ou plus tard", "2014 oder später"),
        "2014 o dopo",
    ),
    (
        PolicyDate.parse("schooljaar 2012/2013"),
        *("schooljaar 2012/2013", "school year 2012/2013", "du 1er août 2012 au 31 juillet 2013"),
        *("Schuljahr 2012/2013", "dal 1° agosto 2012 al 31 luglio 2013"),
    ),
    (
        PolicyDate.parse("naar verwachting eind 2014"),
        *("eind 2014", "late 2014", "fin 2014", "Ende 2014", "fine 2014"),
    ),
    # What names no day is told in the source's own words, in quotation marks.
    (
        PolicyDate(None, words="doorlopend"),
        *(
            "“doorlopend”",
            "“doorlopend”",
            "«\N{NARROW NO-BREAK SPACE}doorlopend\N{NARROW NO-BREAK SPACE}»",
        ),
        *("„doorlopend“", "«doorlopend»"),
    ),
    # What the data has in several languages is no quotation.
    (
        PolicyDate(None, words="doorlopend", translations={"en": "ongoing", "de": "laufend"}),
        *("doorlopend", "ongoing", "doorlopend", "laufend", "doorlopend"),
    ),
]


@pytest.mark.parametrize("row", SAID, ids=lambda row: str(row[0]))
def test_dates_are_said(row: tuple[PolicyDate, str, str, str, str, str]) -> None:
    """Every date is said in the reader's language, whatever the words of its source are."""
    date, *said = row
    assert [Voice(language).said(date) for language in LANGUAGES] == said


# A date · what stands beside it in Dutch, English and German.
QUOTED = {
    "its own form": (PolicyDate("2014-22"), "", "", ""),
    "a day": (PolicyDate.parse(dt.date(2014, 8, 1)), "", "", ""),
    "words that one reads in one's own language": (
        PolicyDate.parse("in de zomer van 2014"),
        *("", "“in de zomer van 2014”", "„in de zomer van 2014“"),
    ),
    "those of another": (
        PolicyDate.parse("by 1 July 2013"),
        *("“by 1 July 2013”", "", "„by 1 July 2013“"),
    ),
    "words that are the same in both": (PolicyDate.parse("september 2014"), "", "", ""),
    "a number of two": (
        PolicyDate("2014-09-01", words="1/9/2014"),
        *["“1/9/2014”"] * 2,
        "„1/9/2014“",
    ),
    "how firmly it is promised": (
        PolicyDate.parse("naar verwachting eind 2014"),
        *("“naar verwachting eind 2014”", "“naar verwachting eind 2014”"),
        "„naar verwachting eind 2014“",
    ),
    "words that name no date alone": (
        PolicyDate("2013-08~", words="over een half jaar"),
        *("“over een half jaar”", "“over een half jaar”", "„over een half jaar“"),
    ),
    "words that name another date": (
        PolicyDate("2014-08", words="zomer 2014"),
        *("“zomer 2014”", "“zomer 2014”", "„zomer 2014“"),
    ),
    "also where it is a day": (
        PolicyDate("2026-07-16", words="before summer"),
        *("“before summer”", "“before summer”", "„before summer“"),
    ),
    # What the data has in several languages is no quotation.
    "words in several languages": (
        PolicyDate("2014-22", words="na de examens", translations={"en": "after the exams"}),
        *("na de examens", "after the exams", "na de examens"),
    ),
    "a plain form in several languages": (
        PolicyDate("2014-22", words="zomer 2014", translations={"en": "summer 2014"}),
        *("", "", "zomer 2014"),
    ),
    # These are said by their words.
    "words without a day": (PolicyDate(None, words="doorlopend"), "", "", ""),
    "a day without words": (PolicyDate("[..2014-02-26]", words=""), "", "", ""),
}


@pytest.mark.parametrize(("date", "dutch", "english", "german"), QUOTED.values(), ids=QUOTED)
def test_the_words_of_the_source_stand_beside(
    date: PolicyDate, dutch: str, english: str, german: str
) -> None:
    """Where a reader of the language would not read the same date in them."""
    assert [Voice(language).quoted(date) for language in ("nl", "en", "de")] == [
        *(dutch, english, german)
    ]


# A date · its window in Dutch, English and French.
WINDOWS = [
    # Said by its days.
    (PolicyDate("2014-08-01"), "", "", ""),
    (PolicyDate("[..2014-08-31]"), "", "", ""),
    (PolicyDate("[2014-08-01..]"), "", "", ""),
    (PolicyDate("[2014-08-01..2014-08-04]"), "", "", ""),
    (PolicyDate(None, words="doorlopend"), "", "", ""),
    # A month, a season, a year.
    (
        PolicyDate("2014-02"),
        "1 februari 2014 tot en met 28 februari 2014",
        "1 February 2014 to 28 February 2014",
        "du 1er février 2014 au 28 février 2014",
    ),
    (
        PolicyDate("2014-22"),
        "1 juni 2014 tot en met 31 augustus 2014",
        "1 June 2014 to 31 August 2014",
        "du 1er juin 2014 au 31 août 2014",
    ),
    # Ranges of days that have a name.
    (
        PolicyDate("[2012-08-01..2013-07-31]"),
        "1 augustus 2012 tot en met 31 juli 2013",
        "1 August 2012 to 31 July 2013",
        "",
    ),
    (
        PolicyDate("[2014-06-11..2014-06-20]"),
        "11 juni 2014 tot en met 20 juni 2014",
        "11 June 2014 to 20 June 2014",
        "du 11 juin 2014 au 20 juin 2014",
    ),
    # Open, and no day.
    (
        PolicyDate("[..2014]"),
        "t/m 31 december 2014",
        "up to and including 31 December 2014",
        "jusqu\N{RIGHT SINGLE QUOTATION MARK}au 31 décembre 2014 inclus",
    ),
    (
        PolicyDate("[2014..]"),
        "vanaf 1 januari 2014",
        "from 1 January 2014",
        "à partir du 1er janvier 2014",
    ),
    # More or less.
    (
        PolicyDate("2013-08~"),
        "1 augustus 2013 tot en met 31 augustus 2013, bij benadering",
        "1 August 2013 to 31 August 2013, approximately",
        "du 1er août 2013 au 31 août 2013, approximativement",
    ),
    (
        PolicyDate("2014-08-01~"),
        "1 augustus 2014, bij benadering",
        "1 August 2014, approximately",
        "1er août 2014, approximativement",
    ),
]


@pytest.mark.parametrize(("date", "dutch", "english", "french"), WINDOWS, ids=str)
def test_windows(date: PolicyDate, dutch: str, english: str, french: str) -> None:
    """Which days a date leaves open; nothing where it is said by its days."""
    assert [Voice(language).window(date) for language in ("nl", "en", "fr")] == [
        *(dutch, english, french)
    ]


@pytest.mark.parametrize(
    ("date", "short", "full"),
    [
        (PolicyDate.parse(dt.date(2014, 8, 1)), "1 August 2014", "1 August 2014"),
        (PolicyDate.parse("by 1 July 2013"), "by 1 July 2013", "by 1 July 2013"),
        (PolicyDate("2014"), "2014", "2014 (1 January 2014 to 31 December 2014)"),
        (
            PolicyDate.parse("zomer 2014"),
            "summer 2014 (“zomer 2014”)",
            "summer 2014 (“zomer 2014”; 1 June 2014 to 31 August 2014)",
        ),
        (
            PolicyDate("2013-08~", words="over een half jaar"),
            "around August 2013 (“over een half jaar”)",
            (
                "around August 2013 "
                "(“over een half jaar”; 1 August 2013 to 31 August 2013, approximately)"
            ),
        ),
        (
            PolicyDate("2026-07-16", words="before summer"),
            *["16 July 2026 (“before summer”)"] * 2,
        ),
        (PolicyDate(None, words="ooit"), "“ooit”", "“ooit”"),
        # A day that is ours, and no source's, is told as such.
        (
            PolicyDate("[..2014-02-26]", words=""),
            *["no date given; by 26 February 2014"] * 2,
        ),
    ],
)
def test_a_date_is_followed_by_its_words_and_its_window(
    date: PolicyDate, short: str, full: str
) -> None:
    """The words where they tell more, the window where it is asked for."""
    assert Voice("en").date(date) == short
    assert Voice("en").date(date, window=True) == full
    assert Voice("en").date_or_none(date) == short
    assert Voice("en").date_or_none(None) == "undated"


@pytest.mark.parametrize(
    ("language", "ours"),
    [
        *(("nl", "nl"), ("NL-be", "nl"), ("en-GB", "en"), ("de-AT", "de"), ("fr", "fr")),
        *(("it", "it"), ("es", "en"), ("nld", "en")),
    ],
)
def test_other_languages_get_english(language: str, ours: str) -> None:
    """A language without words here reads the English ones."""
    assert spoken(language) == ours


@pytest.mark.parametrize(
    "word",
    [
        *Status,
        *Kind,
        *Commitment,
        *Evidence,
        *Attestation,
        *Per,
        *(f"found {found}" for found in Found),
        *(f"how {evidence}" for evidence in Evidence),
        *(f"group {evidence}" for evidence in Evidence),
    ],
)
def test_every_word_of_the_model_has_words(word: str) -> None:
    """Nothing of the model is without a name in any language."""
    gaps = dict.fromkeys(("age", "date", "day", "by", "last"), "x")
    assert all(Voice(language).label(word, **gaps) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("language", "name", "number", "quotation"),
    [
        ("nl", "Nederlands", "1.234,5", "\u201cx\u201d"),
        ("en", "English", "1,234.5", "\u201cx\u201d"),
        ("fr", "Français", "1\u202f234,5", "«\u202fx\u202f»"),  # narrow spaces where no line ends
        ("de", "Deutsch", "1.234,5", "\u201ex\u201c"),
        ("it", "Italiano", "1.234,5", "«x»"),
    ],
)
def test_languages(language: str, name: str, number: str, quotation: str) -> None:
    """A language has a name of its own, parts numbers, and marks the words of others."""
    voice, known = Voice(language), lexicon(language)
    assert (known.language, known.name) == (language, name)
    assert voice.number(Decimal("1234.5")) == number
    assert voice.quote("x") == quotation


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
    ("first", "last", "dutch", "english"),
    [
        ("2014-08-01", "2014-08-01", "0 dagen", "0 days"),
        ("2014-08-01", "2014-08-02", "1 dag", "1 day"),
        ("2014-08-01", "2014-08-14", "13 dagen", "13 days"),
        ("2014-08-01", "2014-08-15", "2 weken", "2 weeks"),
        ("2014-08-01", "2014-09-30", "8 weken", "8 weeks"),
        ("2014-08-01", "2014-10-01", "2 maanden", "2 months"),
        ("2014-08-31", "2014-10-30", "8 weken", "8 weeks"),
        ("2014-08-31", "2014-10-31", "2 maanden", "2 months"),
        ("2014-08-01", "2015-07-31", "11 maanden", "11 months"),
        ("2014-08-01", "2015-08-01", "12 maanden", "12 months"),
        ("2014-08-01", "2016-07-31", "23 maanden", "23 months"),
        ("2014-08-01", "2016-08-01", "2 jaar", "2 years"),
        ("2014-08-01", "2016-08-31", "2 jaar", "2 years"),
        ("2014-08-01", "2016-09-01", "ruim 2 jaar", "over 2 years"),
        ("2013-07-01", "2026-11-27", "ruim 13 jaar", "over 13 years"),
    ],
)
def test_ages(first: str, last: str, dutch: str, english: str) -> None:
    """An age is told in the unit that people use for it, and never as more than it is."""
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert (Voice("nl").age(*days), Voice("en").age(*days)) == (dutch, english)


# --- languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "spans"),
    [
        ("en", {"one": "{number} month", "other": "{number} months"}),
        ("nl", {"one": "{number} maand", "other": "{number} maanden"}),
        ("fr", {"one": "{number} mois", "other": "{number} mois"}),
        ("de", {"one": "{number} Monat", "other": "{number} Monate"}),
        ("it", {"one": "{number} mese", "other": "{number} mesi"}),
        ("es", {"one": "{number} month", "other": "{number} months"}),
    ],
)
def test_spans_by_plural_category(language: str, spans: dict[str, str]) -> None:
    """A view that counts itself gets each unit of time by the plural categories of CLDR."""
    voice = Voice(language)
    assert [*voice.spans] == ["day", "week", "month", "year"]
    assert voice.spans["month"] == spans


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "0 dagen, 0 days, 0 jour, 0 Tage, 0 giorni"),
        (1, "1 dag, 1 day, 1 jour, 1 Tag, 1 giorno"),
        (2, "2 dagen, 2 days, 2 jours, 2 Tage, 2 giorni"),
        (1000, "1.000 dagen, 1,000 days, 1\u202f000 jours, 1.000 Tage, 1.000 giorni"),
    ],
)
def test_plurals_are_those_of_the_language(number: int, told: str) -> None:
    """None of something is one in French, and more elsewhere."""
    assert ", ".join(Voice(language).days(number) for language in LANGUAGES) == told


PROGRAMME_IN = """\
[programme]
id = "p"
title = {}
language = "{}"
timezone = "UTC"
"""


@pytest.mark.parametrize(
    ("title", "language", "languages"),
    [
        ('"Piano"', "it", ("it",)),
        ('{ nl = "Plan", en = "Plan" }', "nl", ("nl", "en")),
        ('{ en = "Plan", nl = "Plan" }', "nl", ("nl", "en")),
        ('{ fr = "Plan", de = "Plan", it = "Piano" }', "de", ("de", "fr", "it")),
        # English stands around the texts of one that we do not speak.
        ('"Programa"', "es", ("es",)),
        ('{ es = "Programa", en = "Plan" }', "es", ("es", "en")),
        ('{ es = "Programa", nl = "Plan" }', "es", ("es", "nl")),
        ('{ nl = "Plan", pt-BR = "Plano" }', "nl", ("nl", "pt-br")),
        # Tags with a region, and in capitals.
        ('"Plan"', "nl-BE", ("nl",)),
        ('{ nl-BE = "Plan", nl = "Plan" }', "nl-BE", ("nl",)),
        ('"Plan"', "DE-AT", ("de",)),
    ],
)
def test_languages_of_a_programme(title: str, language: str, languages: tuple[str, ...]) -> None:
    """Those in which it has a title; its own comes first."""
    assert languages_of(loads(PROGRAMME_IN.format(title, language))) == languages


def test_some_of_the_languages() -> None:
    """A programme is published in those that are chosen; its own comes first among them."""
    programme = loads(PROGRAMME_IN.format('{ en = "Plan", nl-BE = "Plan", fr = "Plan" }', "nl-BE"))
    assert languages_of(in_languages(programme, ["fr", "nl"])) == ("nl", "fr")
    assert languages_of(in_languages(programme, ["EN"])) == ("en",)
    with pytest.raises(BadValue) as error:
        in_languages(programme, ["de"])
    assert str(error.value) == '"de" is no language of the programme, which has nl, en, fr'


# --- what was said and how it stands --------------------------------------------------------------

WRITTEN = """\
[programme]
id = "p"
title = "P"
language = "en"
timezone = "UTC"
[[source]]
id = "s"
title = "S"
published = 2020-01-01
{}
[[body]]
id = "who"
name = "Who"
[[measure]]
id = "m"
title = "M"
source = "s"
[[measure.milestone]]
id = "o"
title = "O"
kind = "report"
due = 2020-06-01
met = {{ on = 2019-12-01, source = "s" }}
"""


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("", "author of the source not recorded"),
        ('kind = "website"', "author of the source not recorded"),
        ('kind = "press"', "reported by others"),
        ('by = "who"', "reported by others"),
        ('kind = "audit"', "shown by an official or independent source"),
    ],
)
def test_others_report_only_what_is_known_to_be_of_others(source: str, told: str) -> None:
    """A list of which nobody wrote down whose it is may be that of those who answer for it."""
    [standing] = as_of(loads(WRITTEN.format(source)), "2020-01-01").standings
    assert Voice("en").verdict(standing) == f"{told}; in time"


def test_a_season_told_as_days_has_its_words_beside_it() -> None:
    """That summer begins in June is our reading; who wrote it may have meant the recess."""
    voice = Voice("nl")
    assert voice.date(PolicyDate.parse("vóór de zomer van 2027")) == (
        "uiterlijk 31 mei 2027 (“vóór de zomer van 2027”)"
    )
    assert voice.date(PolicyDate.parse("lente 2027")) == "voorjaar 2027"
    assert voice.date(PolicyDate.parse("tot en met juni 2027")) == "uiterlijk 30 juni 2027"


TOLD = """\
[programme]
id = "p"
title = "P"
language = "nl"
timezone = "Europe/Amsterdam"
[[source]]
id = "letter"
title = { nl = "Brief", en = "Letter" }
published = 2013-02-26
reference = "Kamerstuk 1"
[[source]]
id = "month"
title = "Maandblad"
published = "2014-10"
[[source]]
id = "later"
title = "Later"
published = 2015-07-01
[[source]]
id = "page"
title = "Webpagina"
by = "ocw"
seen = 2015-09-01
[[source]]
id = "about"
title = "Verslag"
published = { words = "eind van het jaar", edtf = "2014-12" }
[[body]]
id = "ocw"
name = { nl = "OCW", en = "Education" }
[[measure]]
id = "m"
title = "M"
source = "letter"
bodies = ["ocw"]
[[measure.milestone]]
id = "n"
title = "N"
kind = "other"
"""
DAY = "due = 2014-08-01\n"
AIM, FIXED = 'commitment = "aim"\n', 'commitment = "fixed"\n'
FORECAST, FACT = 'commitment = "forecast"\n', 'commitment = "none"\n'
MET = '[measure.milestone.met]\nsource = "{}"\n'
DROPPED = '[measure.milestone.dropped]\nreason = "geen geld"\nsource = "later"\non = 2015\n'
REPLACED = '[measure.milestone.replaced]\nby = "m/o"\nsource = "later"\n'
OTHER = '[[measure.milestone]]\nid = "o"\ntitle = "O"\nkind = "other"\nsource = "page"\n'
LOOKED = '[[measure.milestone.news]]\nfound = "nothing"\nby = "ons"\non = 2015-01-01\n'
PARTLY = '[[measure.milestone.news]]\nfound = "partly"\non = {}\nsource = "{}"\n'
MOVED = '[[measure.milestone.revised]]\ndue = 2015-01-01\nsource = "{}"\n'
HANDED = '[[measure.milestone.revised]]\nbodies = []\ngoal = 1500\nsource = "later"\n'


def milestone(written: str) -> Milestone:
    return loads(TOLD + written).measures[0].milestones[0]


# what is written · day · in Dutch · in English
STANDINGS: dict[str, tuple[str, str, str, str]] = {
    "upcoming": (DAY, "2014-07-20", "over 12 dagen", "in 12 days"),
    "upcoming, in a window": (
        'due = "zomer 2014"\n',
        "2014-03-01",
        "begint over 3 maanden",
        "begins in 3 months",
    ),
    "upcoming, and it may be done by now": (
        'due = "uiterlijk 1 augustus 2014"\n',
        "2014-03-01",
        "termijn eindigt over 5 maanden",
        "term ends in 5 months",
    ),
    "due": (DAY, "2014-08-01", "nu verwacht", "due now"),
    "due, in a window": (
        'due = "zomer 2014"\n',
        "2014-06-01",
        "verwacht t/m 31 augustus 2014",
        "due by 31 August 2014",
    ),
    "due, on the last day of its term": (
        'due = "uiterlijk 1 augustus 2014"\n',
        "2014-08-01",
        "verwacht t/m 1 augustus 2014",
        "due by 1 August 2014",
    ),
    "undated": ("", "2014-08-01", "zonder datum", "undated"),
    "not checked": (
        DAY,
        "2014-08-20",
        (
            "niet nagegaan sinds de termijn 2 weken geleden verstreek; "
            "jongste vermelding: 26 februari 2013"
        ),
        "not checked since its term ended 2 weeks ago; newest statement: 26 February 2013",
    ),
    "not checked, and its source has a month": (
        f'source = "month"\n{DAY}',
        "2015-08-20",
        (
            "niet nagegaan sinds de termijn 12 maanden geleden verstreek; "
            "jongste vermelding: oktober 2014"
        ),
        "not checked since its term ended 12 months ago; newest statement: October 2014",
    ),
    "not checked, and its source has a period": (
        f'source = "about"\n{DAY}',
        "2015-08-20",
        (
            "niet nagegaan sinds de termijn 12 maanden geleden verstreek; "
            "jongste vermelding: uiterlijk 31 december 2014"
        ),
        (
            "not checked since its term ended 12 months ago; "
            "newest statement: 31 December 2014 at the latest"
        ),
    ),
    "not checked, and its source was only read": (
        f'source = "page"\n{DAY}',
        "2015-10-20",
        (
            "niet nagegaan sinds de termijn 14 maanden geleden verstreek; "
            "jongste vermelding: ongedateerd, gelezen op 1 september 2015"
        ),
        (
            "not checked since its term ended 14 months ago; "
            "newest statement: undated, read on 1 September 2015"
        ),
    ),
    "looked for in vain": (
        DAY + LOOKED,
        "2015-08-20",
        (
            "geen nieuws: gezocht op 1 januari 2015 door ons; "
            "de termijn verstreek 12 maanden geleden; jongste vermelding: 26 februari 2013"
        ),
        (
            "no news: looked for on 1 January 2015 by ons; its term ended 12 months ago; "
            "newest statement: 26 February 2013"
        ),
    ),
    "late, as a source says of an earlier day": (
        DAY + PARTLY.format("2015-06-01", "later"),
        "2015-08-20",
        (
            "te laat: de termijn verstreek 12 maanden geleden; "
            "deels gedaan op 1 juni 2015 (Later, 1 juli 2015)"
        ),
        "late: its term ended 12 months ago; partly done as of 1 June 2015 (Later, 1 July 2015)",
    ),
    "late, as a source says of its own day": (
        DAY + PARTLY.format("2015-07-01", "later"),
        "2015-08-20",
        "te laat: de termijn verstreek 12 maanden geleden; deels gedaan (Later, 1 juli 2015)",
        "late: its term ended 12 months ago; partly done (Later, 1 July 2015)",
    ),
    "late, and something was said since": (
        DAY + PARTLY.format("2015-06-01", "later") + PARTLY.format("2014-01-01", "page"),
        "2015-09-20",
        (
            "te laat: de termijn verstreek 13 maanden geleden; "
            "deels gedaan op 1 juni 2015 (Later, 1 juli 2015); "
            "jongste vermelding: ongedateerd, gelezen op 1 september 2015"
        ),
        (
            "late: its term ended 13 months ago; partly done as of 1 June 2015 "
            "(Later, 1 July 2015); newest statement: undated, read on 1 September 2015"
        ),
    ),
    "unchecked after a handing over": (
        DAY + HANDED,
        "2015-08-20",
        (
            "niet nagegaan sinds de termijn 12 maanden geleden verstreek; "
            "jongste vermelding: 1 juli 2015"
        ),
        "not checked since its term ended 12 months ago; newest statement: 1 July 2015",
    ),
    "the day of an aim passed": (
        AIM + DAY,
        "2015-08-20",
        "streefdatum 12 maanden geleden verstreken",
        "aimed-at date passed 12 months ago",
    ),
    "the day of a forecast passed": (
        FORECAST + DAY,
        "2015-08-20",
        "verwachte datum 12 maanden geleden verstreken",
        "expected date passed 12 months ago",
    ),
    "came about by itself": (
        FIXED + DAY,
        "2015-08-20",
        "volgens wet of contract sinds 1 augustus 2014, niet nagegaan",
        "by law or contract since 1 August 2014, not checked",
    ),
    "came about by itself, later than promised": (
        FIXED + DAY + MOVED.format("letter"),
        "2015-08-20",
        (
            "volgens wet of contract sinds 1 januari 2015, niet nagegaan; "
            "153 dagen na de eerste termijn"
        ),
        "by law or contract since 1 January 2015, not checked; 153 days after its first term",
    ),
    "met late": (
        f"{DAY}{MET.format('later')}on = 2014-08-10\n",
        "2015-08-20",
        "gerealiseerd: 10 augustus 2014; auteur van de bron niet vastgelegd; 9 dagen te laat",
        "met: 10 August 2014; author of the source not recorded; 9 days late",
    ),
    "met, having been moved": (
        f"{DAY}{MOVED.format('letter')}{MET.format('later')}on = 2014-08-10\n",
        "2015-08-20",
        (
            "gerealiseerd: 10 augustus 2014; auteur van de bron niet vastgelegd; "
            "9 dagen na de eerste termijn"
        ),
        "met: 10 August 2014; author of the source not recorded; 9 days after its first term",
    ),
    "met, day unknown": (
        DAY + MET.format("page"),
        "2015-09-20",
        (
            "gerealiseerd: dag onbekend; volgens de verantwoordelijke zelf; "
            "op tijd of niet: geen bron noemt de dag"
        ),
        (
            "met: day unknown; claimed by those who answer for it; "
            "in time or not: no source tells the day"
        ),
    ),
    "nobody promised it": (
        FACT + MET.format("page"),
        "2015-09-20",
        "gemeld als gedaan: dag onbekend; volgens de verantwoordelijke zelf",
        "reported as done: day unknown; claimed by those who answer for it",
    ),
    "dropped": (
        DAY + DROPPED,
        "2015-08-20",
        "vervallen: 2015; auteur van de bron niet vastgelegd",
        "dropped: 2015; author of the source not recorded",
    ),
    "replaced by another": (
        DAY + REPLACED + OTHER,
        "2015-08-20",
        "vervangen: dag onbekend; door m/o; auteur van de bron niet vastgelegd",
        "replaced: day unknown; by m/o; author of the source not recorded",
    ),
}


@pytest.mark.parametrize(("written", "day", "dutch", "english"), STANDINGS.values(), ids=STANDINGS)
def test_standings(written: str, day: str, dutch: str, english: str) -> None:
    """No line says more than its sources do: what nobody checked is not called late."""
    (standing,) = as_of(loads(TOLD + written), day).about("m/n").standings
    assert (Voice("nl").standing(standing), Voice("en").standing(standing)) == (dutch, english)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        (FACT + MET.format("page"), "reported as done"),
        (DAY + MET.format("page"), "met"),
        (DAY + DROPPED, "dropped"),
        (DAY + REPLACED + OTHER, "replaced"),
        (FIXED + DAY, "by law or contract since 1 August 2014, not checked"),
        (AIM + DAY, "aimed-at date passed AGE ago"),
    ],
)
def test_a_status_alone(written: str, status: str) -> None:
    """A view that tells the outcome elsewhere, or fills in the age itself, has the rest."""
    (standing,) = as_of(loads(TOLD + written), "2015-10-01").about("m/n").standings
    assert Voice("en").status(standing, age="AGE") == status


@pytest.mark.parametrize(
    ("written", "day", "dutch", "english"),
    [
        (DAY + MET.format("page"), "2015-10-01", "gerealiseerd", "met"),
        (
            AIM + DAY,
            "2015-10-01",
            "streefdatum verstreken: 1 augustus 2014",
            "aimed-at date passed: 1 August 2014",
        ),
        (
            FORECAST + DAY,
            "2015-10-01",
            "verwachte datum verstreken: 1 augustus 2014",
            "expected date passed: 1 August 2014",
        ),
        (DAY, "2014-02-01", "komend: 1 augustus 2014", "upcoming: 1 August 2014"),
        (
            DAY,
            "2015-10-01",
            (
                "niet nagegaan sinds de termijn op 1 augustus 2014 verstreek; "
                "jongste vermelding: 26 februari 2013"
            ),
            (
                "not checked since its term ended on 1 August 2014; "
                "newest statement: 26 February 2013"
            ),
        ),
    ],
)
def test_a_standing_by_its_day(written: str, day: str, dutch: str, english: str) -> None:
    """What is published for longer than a day tells the day, which stays true."""
    (standing,) = as_of(loads(TOLD + written), day).about("m/n").standings
    told = tuple(Voice(language).standing_since(standing) for language in ("nl", "en"))
    assert told == (dutch, english)


@pytest.mark.parametrize(
    ("bounds", "moved", "dutch", "english"),
    [
        ((0, 0), False, "op tijd", "in time"),
        ((0, 30), False, "op tijd of ten hoogste 30 dagen te laat",
         "in time or up to 30 days late"),
        ((9, 9), False, "9 dagen te laat", "9 days late"),
        ((1, 30), False, "ten minste 1 dag en ten hoogste 30 dagen te laat",
         "at least 1 day and at most 30 days late"),
        ((0, None), False, "op tijd of niet: geen bron noemt de dag",
         "in time or not: no source tells the day"),
        ((9, None), False, "ten minste 9 dagen te laat", "at least 9 days late"),
        ((0, 0), True, "binnen de eerste termijn", "by its first term"),
        ((0, 30), True, "binnen de eerste termijn of ten hoogste 30 dagen erna",
         "by its first term or up to 30 days after it"),
        ((9, 9), True, "9 dagen na de eerste termijn", "9 days after its first term"),
        ((1, 30), True, "ten minste 1 dag en ten hoogste 30 dagen na de eerste termijn",
         "at least 1 day and at most 30 days after its first term"),
        ((0, None), True, "op tijd of niet: geen bron noemt de dag",
         "in time or not: no source tells the day"),
        ((9, None), True, "ten minste 9 dagen na de eerste termijn",
         "at least 9 days after its first term"),
    ],
)  # fmt: skip
def test_timeliness(
    bounds: tuple[int, int | None], *, moved: bool, dutch: str, english: str
) -> None:
    """Bounds stay bounds; what was moved with a word is not called late."""
    timeliness = Timeliness(*bounds)
    assert Voice("nl").timeliness(timeliness, moved=moved) == dutch
    assert Voice("en").timeliness(timeliness, moved=moved) == english


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("", ""),
        (DAY, "1 August 2014"),
        (DAY + MOVED.format("letter"), "1 January 2015 (was 1 August 2014)"),
        (MOVED.format("letter"), "1 January 2015"),
    ],
)
def test_the_date_in_force_and_those_before(written: str, date: str) -> None:
    """A first date for what had none was nothing before."""
    (standing,) = as_of(loads(TOLD + written), "2014-01-01").standings
    assert Voice("en").due_and_was(standing) == date


@pytest.mark.parametrize(
    ("commitment", "dated", "undated"),
    [
        ("deadline", "promised: 1 August 2014", "promised without a date"),
        ("planned", "promised: 1 August 2014", "promised without a date"),
        ("aim", "aimed at: 1 August 2014", "an aim without a date"),
        ("forecast", "expected: 1 August 2014", "expected without a date"),
        ("fixed", "fixed by law or contract: 1 August 2014", None),
        ("none", None, ""),
    ],
)
def test_promises(commitment: str, dated: str | None, undated: str | None) -> None:
    """An aim and a forecast are not called promises, and a fact is none at all."""
    told = f'commitment = "{commitment}"\n'
    if dated is not None:
        assert Voice("en").promise(milestone(told + DAY)) == dated
    if undated is not None:
        fact = MET.format("page") if commitment == "none" else ""
        assert Voice("en").promise(milestone(told + fact)) == undated


REVISED = '[[measure.milestone.revised]]\nsource = "letter"\n'


@pytest.mark.parametrize(
    ("written", "changes", "in_full"),
    [
        (MOVED.format("month"), "moved to 1 January 2015",
         "1 January 2015; Maandblad, October 2014"),
        (f'{MOVED.format("later")}goal = 2\nreason = "tijd"\n',
         "moved to 1 January 2015; goal now 2",
         "1 January 2015; goal now 2; Later, 1 July 2015; tijd"),
        (HANDED, "goal now 1,500; now answered for by nobody named",
         "goal now 1,500; now answered for by nobody named; Later, 1 July 2015"),
        (f'{REVISED}bodies = ["ocw"]\nannounced = 2014-01-01\n',
         "now answered for by Education",
         "now answered for by Education; 1 January 2014 (Letter, 26 February 2013)"),
        (MOVED.format("page"), "moved to 1 January 2015",
         "1 January 2015; Webpagina, undated, read on 1 September 2015"),
    ],
)  # fmt: skip
def test_revisions(written: str, changes: str, in_full: str) -> None:
    """What is another thing from then on, who announced it and when, and why."""
    (revision,) = milestone(DAY + written).revisions
    voice = Voice("en")
    assert (voice.revised(revision), voice.revision(revision)) == (changes, in_full)


@pytest.mark.parametrize(
    ("written", "dutch", "english"),
    [
        (LOOKED, "niets gevonden (nagegaan door ons)", "nothing found (checked by ons)"),
        (PARTLY.format("2015-06-01", "later"), "deels gedaan", "partly done"),
        (f'{PARTLY.format("2015-06-01", "later")}says = "twee\\nscholen"\n',
         "deels gedaan: twee scholen", "partly done: twee scholen"),
    ],
)  # fmt: skip
def test_news(written: str, dutch: str, english: str) -> None:
    """What was found, who looked, and what the source says, on one line."""
    (news,) = milestone(DAY + written).news
    assert (Voice("nl").news(news), Voice("en").news(news)) == (dutch, english)


OURS = '[measure.milestone.{}]\non = {{ edtf = "[..2015-07-01]" }}\nsource = "later"\n'


@pytest.mark.parametrize(
    ("written", "dutch", "english"),
    [
        (MET.format("later"), "dag onbekend", "day unknown"),
        (f"{MET.format('later')}on = 2015-06-01\n", "1 juni 2015", "1 June 2015"),
        (
            f'{MET.format("later")}on = "zomer 2014"\n',
            "zomer 2014 (1 juni 2014 tot en met 31 augustus 2014)",
            "summer 2014 (“zomer 2014”; 1 June 2014 to 31 August 2014)",
        ),
        # No source tells the day: what is told of it is that it was done by then.
        (
            OURS.format("met"),
            "geen datum genoemd; gedaan uiterlijk 1 juli 2015",
            "no date given; done by 1 July 2015",
        ),
        (
            f'{OURS.format("dropped")}reason = "geen geld"\n',
            "geen datum genoemd; uiterlijk 1 juli 2015",
            "no date given; by 1 July 2015",
        ),
        (
            f'{OURS.format("replaced")}reason = "beter"\n',
            "geen datum genoemd; uiterlijk 1 juli 2015",
            "no date given; by 1 July 2015",
        ),
    ],
)
def test_the_day_of_an_outcome(written: str, dutch: str, english: str) -> None:
    """A day of which nobody speaks is not told as if somebody did."""
    outcome = milestone(DAY + written).outcome
    assert outcome is not None
    assert Voice("nl").outcome_day(outcome, window=True) == dutch
    assert Voice("en").outcome_day(outcome, window=True) == english
    ended = outcome.status
    assert Voice("en").outcome(outcome, window=True) == f"{ended}: {english}"


def test_why_it_ended() -> None:
    """What took the place of a promise, and the reason; what was kept needs none."""
    voice = Voice("en")
    ends = [milestone(DAY + end).outcome for end in (MET.format("page"), DROPPED)]
    ends.append(milestone(f'{DAY}{REPLACED}reason = "beter"\n{OTHER}').outcome)
    ends.append(milestone(f"{DAY}{REPLACED}{OTHER}").outcome)
    assert [voice.because(end) for end in ends if end] == [
        "",
        "geen geld",
        "by m/o; beter",
        "by m/o",
    ]


NUMBER = """\
[measure.milestone.number]
unit = { nl = "klassen", en = "classes" }
goal = 1500
baseline = 9
[[measure.milestone.number.reading]]
on = 2012
value = 1000
source = "letter"
[[measure.milestone.number.reading]]
on = { words = "dit jaar", edtf = "2013" }
value = 2000.5
kind = "planned"
source = "letter"
"""


def test_numbers_to_reach() -> None:
    """What is counted, and from where to where; a reading that was only planned says so."""
    number = milestone(NUMBER).number
    assert number is not None
    voice = Voice("en")
    assert voice.quantity(number, number.goal) == "classes: goal 1,500, baseline 9"
    without = milestone(NUMBER.replace("baseline = 9\n", "")).number
    assert without is not None
    assert voice.quantity(without, None) == "classes"
    assert [voice.reading(reading) for reading in number.readings] == [
        "2012: 1,000",
        "2013 (“dit jaar”): 2,000.5 (planned)",
    ]
    assert voice.reading(attrs.evolve(number.readings[0], on=None)) == "day unknown: 1,000"


@pytest.mark.parametrize(
    ("written", "dutch", "english"),
    [
        ({}, "€ 1.000 per jaar", "€ 1,000 a year"),
        ({"currency": "CHF", "per": "total"}, "CHF 1.000 in totaal", "CHF 1,000 in total"),
        (
            {"each": 12},
            "€ 1.000 per jaar, voor elk van 12 ontvangers",
            "€ 1,000 a year, for each of 12 recipients",
        ),
        (
            {"each": 15_000},
            "€ 1.000 per jaar, voor elk van 15.000 ontvangers",
            "€ 1,000 a year, for each of 15,000 recipients",
        ),
        ({"years": (2012, 2015)}, "€ 1.000 per jaar, 2012-2015", "€ 1,000 a year, 2012-2015"),
        ({"years": (2012, 2012)}, "€ 1.000 per jaar, 2012", "€ 1,000 a year, 2012"),
        ({"note": {"nl": "deels"}}, "€ 1.000 per jaar; deels", "€ 1,000 a year; deels"),
    ],
)
def test_money(written: dict[str, Any], dutch: str, english: str) -> None:
    """An amount has its currency, and says for how many it is."""
    budget = Budget(**{"amount": 1000, "currency": "EUR", "per": "year", **written})
    assert (Voice("nl").money(budget), Voice("en").money(budget)) == (dutch, english)


def test_sources() -> None:
    """A source is cited with its reference, and its day or that on which it was read."""
    letter, month, _later, page, about = loads(TOLD).sources
    voice = Voice("en")
    assert [voice.dated_citation(source) for source in (letter, month, page, about)] == [
        "Letter, Kamerstuk 1, 26 February 2013",
        "Maandblad, October 2014",
        "Webpagina, undated, read on 1 September 2015",
        "Verslag, December 2014 (“eind van het jaar”)",
    ]
    open_ended = attrs.evolve(page, published=PolicyDate("[2014..]"))
    assert voice.source_day(open_ended) == "undated, read on 1 September 2015"


SNOOZED = (
    '[measure.milestone.snoozed]\nuntil = 2014-10-01\nby = "redactie"\nreason = "wordt gevraagd"\n'
)


@pytest.mark.parametrize(
    ("written", "day", "told"),
    [
        (SNOOZED, "2014-10-01",
         "snoozed up to and including 1 October 2014 by redactie: wordt gevraagd"),
        (SNOOZED, "2014-10-02",
         "was snoozed up to and including 1 October 2014 by redactie: wordt gevraagd"),
        ("", "2014-10-01", ""),
    ],
)  # fmt: skip
def test_snoozes(written: str, day: str, told: str) -> None:
    """Who keeps something quiet, up to when and why; nothing where nobody does."""
    (standing,) = as_of(loads(TOLD + DAY + written), day).standings
    assert Voice("en").snooze(standing) == told


def test_rules_are_explained_in_every_language() -> None:
    """Those that a report tells are translated; those of a data file are told in English."""
    told = {"late", "unchecked", "no-news", "due", "upcoming"}
    for rule in RULES.values():
        for language in LANGUAGES:
            voice = Voice(language)
            ours = language != "en" and rule.name in told
            assert (voice.meaning(rule) != rule.meaning) is ours, (rule.name, language)
            assert (voice.remedy(rule) != rule.remedy) is ours, (rule.name, language)


def test_a_kind_of_ones_own_has_its_title() -> None:
    """The ten have names of ours."""
    own = loads(TOLD.replace("[[measure]]", '[[kind]]\nid = "poll"\ntitle = "Peiling"\n[[measure]]')
                .replace('kind = "other"', 'kind = "poll"')).by_id[0].kind  # fmt: skip
    assert [Voice("en").kind(kind) for kind in (own, Kind.EVALUATION)] == ["Peiling", "evaluation"]


@pytest.mark.parametrize(
    ("source", "on", "told"),
    [
        ({"published": dt.date(2015, 1, 12)}, None, "12 January 2015"),
        ({"published": "2015-01"}, None, "January 2015"),
        (
            {"published": PolicyDate("2015-01~", words="van rond januari 2015, denk ik")},
            *(None, "31 January 2015 at the latest"),
        ),
        ({"seen": dt.date(2026, 11, 3)}, None, "undated, read on 3 November 2026"),
        ({"published": "2015-01"}, dt.date(2014, 12, 31), "31 December 2014"),
    ],
)
def test_of_when_news_is(source: dict[str, Any], on: dt.date | None, told: str) -> None:
    """Of the day that it names; of that of its source no more is said than the source bears."""
    title = Texts({"nl": "Brief"})
    given: dict[str, Any] = {} if on is None else {"on": on}
    news = News(found=Found.UNDER_WAY, source=Source(id="a", title=title, **source), **given)
    assert Voice("en").news_on(news) == told


def test_of_when_a_look_is() -> None:
    """It has no source, and a day."""
    assert (
        Voice("en").news_on(News(found=Found.NOTHING, by="me", on=dt.date(2015, 1, 12)))
        == "12 January 2015"
    )
