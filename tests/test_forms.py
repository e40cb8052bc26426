"""One date is written in many orders of words, and each of them is a form with one reading."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones import NotADate, PolicyDate
from betatech_milestones.language import LANGUAGES, lexicon
from betatech_milestones.model.conventions import NO_CONVENTIONS, Conventions, Period
from betatech_milestones.model.edtf import window
from betatech_milestones.model.forms import FORMS, RefusedError
from betatech_milestones.model.phrases import read
from betatech_milestones.model.sayings import said
from betatech_milestones.model.vocabulary import DateOrder

RECESS = Period(name="zomerreces 2014", first=dt.date(2014, 7, 4), last=dt.date(2014, 9, 1))
APRIL = Conventions(fiscal_year="04-01", periods=(RECESS,))

# The kinds of its words: a phrase, and what it stands for in a programme with financial years from
# April on and the recess above. A phrase is Dutch, or in the language before a colon.
READ = {
    # a day
    "date": ("2014-08-01", "2014-08-01"),
    "number month year": ("op 1e aug. 2014", "2014-08-01"),
    "ordinal month year": ("eerste augustus 2014", "2014-08-01"),
    "month number year": ("en: August 1st, 2014", "2014-08-01"),
    "year month number": ("2014 augustus 1", "2014-08-01"),
    "numeric": ("31-12-2014", "2014-12-31"),
    "reversed": ("2014/8/1", "2014-08-01"),
    "number slash month slash year": ("1/aug/2014", "2014-08-01"),
    "ordinal weekday month year": ("derde dinsdag van september 2014", "2014-09-16"),
    "number weekday month year": ("5e maandag van maart 2014", "2014-03-31"),
    "last weekday month year": ("laatste vrijdag van mei 2014", "2014-05-30"),
    # a week
    "week number year": ("week 1 van 2015", "[2014-12-29..2015-01-04]"),
    "number week year": ("de: 23. Kalenderwoche 2014", "[2014-06-02..2014-06-08]"),
    "ordinal week year": ("de: erste Woche 2015", "[2014-12-29..2015-01-04]"),
    "year week number": ("2014, week 23", "[2014-06-02..2014-06-08]"),
    "week_of_year": ("2014-W23", "[2014-06-02..2014-06-08]"),
    "week-of number month year": ("week van 2 juni 2014", "[2014-06-02..2014-06-08]"),
    "week-of month number year": ("en: week of June 2, 2014", "[2014-06-02..2014-06-08]"),
    "week-of weekday number month year": (
        "week van maandag 2 juni 2014",
        "[2014-06-02..2014-06-08]",
    ),
    "week-of numeric": ("week van 31-03-2014", "[2014-03-31..2014-04-06]"),
    "week-of date": ("week van 2014-06-02", "[2014-06-02..2014-06-08]"),
    # a month, and a part of it
    "month year": ("in de maand december van 2012", "2012-12"),
    "year month": ("2012 december", "2012-12"),
    "month_of_year": ("12/2012", "2012-12"),
    "early month year": ("begin mei 2014", "[2014-05-01..2014-05-10]"),
    "mid month year": ("medio mei 2014", "[2014-05-11..2014-05-20]"),
    "late month year": ("en: late May 2014", "[2014-05-21..2014-05-31]"),
    "end month year": ("eind februari 2012", "[2012-02-21..2012-02-29]"),
    "early month_of_year": ("begin 05-2014", "[2014-05-01..2014-05-10]"),
    "mid month_of_year": ("medio 05-2014", "[2014-05-11..2014-05-20]"),
    "late month_of_year": ("en: late 05/2014", "[2014-05-21..2014-05-31]"),
    "end month_of_year": ("eind 02-2014", "[2014-02-21..2014-02-28]"),
    "ordinal half month year": ("tweede helft van februari 2014", "[2014-02-16..2014-02-28]"),
    "number half month year": ("1e helft van mei 2014", "[2014-05-01..2014-05-15]"),
    "last half month year": ("laatste helft van mei 2014", "[2014-05-16..2014-05-31]"),
    "first-half month year": ("it: prima metà di maggio 2014", "[2014-05-01..2014-05-15]"),
    "second-half month year": ("it: seconda metà di maggio 2014", "[2014-05-16..2014-05-31]"),
    "ordinal fortnight month year": (
        "fr: première quinzaine de mai 2014",
        "[2014-05-01..2014-05-15]",
    ),
    "number fortnight month year": ("fr: 2e quinzaine de mai 2014", "[2014-05-16..2014-05-31]"),
    "last fortnight month year": (
        "fr: dernière quinzaine de mai 2014",
        "[2014-05-16..2014-05-31]",
    ),
    # a quarter or a half, and a part of it
    "part year": ("derde kwartaal van 2014", "2014-35"),
    "year part": ("2014-H2", "2014-41"),
    "part slash year": ("Q3/2014", "2014-35"),
    "early part year": ("begin Q3 2014", "2014-07"),
    "mid part year": ("medio Q3 2014", "2014-08"),
    "late part year": ("en: late Q3 2014", "2014-09"),
    "end part year": ("eind van de eerste helft van 2014", "[2014-05..2014-06]"),
    "early year part": ("begin 2014-H1", "[2014-01..2014-02]"),
    "mid year part": ("medio 2014-H1", "[2014-03..2014-04]"),
    "late year part": ("en: late 2014-H2", "[2014-11..2014-12]"),
    "end year part": ("eind 2014-Q4", "2014-12"),
    "early part slash year": ("begin Q1/2014", "2014-01"),
    "mid part slash year": ("medio Q1/2014", "2014-02"),
    "late part slash year": ("en: late Q1/2014", "2014-03"),
    "end part slash year": ("eind Q2/2014", "2014-06"),
    # a season
    "season year": ("in de zomer van 2014", "2014-22"),
    "year season": ("2014, zomer", "2014-22"),
    "winter years": ("winter 2013/2014", "2013-24"),
    "years winter": ("2013-2014 winter", "2013-24"),
    "winter pair": ("winter 1999/00", "1999-24"),
    "pair winter": ("en: the 2013-14 winter", "2013-24"),
    # a year, and a third of it
    "year": ("in 2014", "2014"),
    "early year": ("begin 2014", "2014-37"),
    "mid year": ("medio 2014", "2014-38"),
    "late year": ("en: late 2014", "2014-39"),
    "end year": ("aan het einde van 2014", "2014-39"),
    # other years
    "school-year years": ("schooljaar 2014/2015", "[2014-08-01..2015-07-31]"),
    "years school-year": ("en: the 2014-2015 academic year", "[2014-09-01..2015-08-31]"),
    "school-year pair": ("schooljaar 1999/00", "[1999-08-01..2000-07-31]"),
    "pair school-year": ("en: 2014/15 school year", "[2014-08-01..2015-07-31]"),
    "fiscal-year year": ("boekjaar 2014", "[2014-04-01..2015-03-31]"),
    "year fiscal-year": ("en: the 2014 fiscal year", "[2014-04-01..2015-03-31]"),
    "fiscal-year years": ("boekjaar 2014/2015", "[2014-04-01..2015-03-31]"),
    "years fiscal-year": ("en: the 2014-2015 financial year", "[2014-04-01..2015-03-31]"),
    "fiscal-year pair": ("en: FY 2014-15", "[2014-04-01..2015-03-31]"),
    "pair fiscal-year": ("en: 2014/15 financial year", "[2014-04-01..2015-03-31]"),
    # from one year to another
    "years": ("2012-2015", "[2012..2015]"),
    "span years": ("de periode 2012-2013", "[2012..2013]"),
    "pair": ("2012-15", "[2012..2015]"),
    "span pair": ("de jaren 2012-13", "[2012..2013]"),
    # a period of the programme
    "period": ("tijdens het zomerreces 2014", "[2014-07-04..2014-09-01]"),
}

WINTER = (
    'winter is in two years; write "winter 2014/2015" or "winter 2013/2014"',
    'it is in two years; write "schooljaar 2014/2015" or "schooljaar 2013/2014"',
)
# Forms that are known and have no reading.
NOT_READ = {
    "winter year": ("winter 2014", WINTER[0]),
    "year winter": ("2014 winter", WINTER[0]),
    "school-year year": ("schooljaar 2014", WINTER[1]),
    "year school-year": ("2014 schooljaar", WINTER[1]),
    "year-end year": (
        "jaareinde 2014",
        'it has two readings; write "eind 2014" or "31 december 2014"',
    ),
}

EDGES = {"first-day": "en: the first day of", "last-day": "en: the last day of"}


def reading(text: str, conventions: Conventions = NO_CONVENTIONS) -> str | None:
    """Return what a phrase stands for in its language, without how firmly it is promised."""
    before, colon, behind = text.partition(": ")
    found = (
        read(behind, lexicon(before), conventions)
        if colon
        else read(text, lexicon("nl"), conventions)
    )
    return found and found.edtf


@pytest.mark.parametrize(("phrase", "edtf"), READ.values(), ids=READ)
def test_form(phrase: str, edtf: str) -> None:
    """Each form of a date stands for one EDTF text."""
    assert reading(phrase, APRIL) == edtf


@pytest.mark.parametrize(("phrase", "problem"), NOT_READ.values(), ids=NOT_READ)
def test_form_with_two_readings(phrase: str, problem: str) -> None:
    """A form that could be either of two dates is refused, and both are named."""
    with pytest.raises(RefusedError) as refusal:
        reading(phrase, APRIL)
    assert str(refusal.value) == problem


TABLES = READ | NOT_READ


@pytest.mark.parametrize("name", TABLES)
def test_form_is_needed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A phrase is read by the form of its name, and by no other."""
    monkeypatch.delitem(FORMS, name)
    phrase, _ = TABLES[name]
    assert reading(phrase, APRIL) is None


def edges() -> list[tuple[str, str, str]]:
    """Return the forms of the first or the last day of another form: name, phrase, day."""
    return [
        (name, phrase, edtf)
        for edge in EDGES
        for name in (key for key in FORMS if key.startswith(f"{edge} "))
        for phrase, edtf in [TABLES[name.removeprefix(f"{edge} ")]]
    ]


@pytest.mark.parametrize(("name", "phrase", "edtf"), edges(), ids=[name for name, _, _ in edges()])
def test_first_and_last_day(name: str, phrase: str, edtf: str) -> None:
    """The first or the last day of a date is a day; what is refused is so in it, too."""
    edge = name.partition(" ")[0]
    language, _, rest = phrase.rpartition(": ")
    known = lexicon(language or "nl")
    text = f"{known.first(known.words[edge])} {rest}"
    if name.removeprefix(f"{edge} ") in NOT_READ:
        with pytest.raises(RefusedError, match="two years"):
            read(text, known, APRIL)
    else:
        _, earliest, latest = window(edtf)
        day = earliest if edge == "first-day" else latest
        assert read(text, known, APRIL) == (str(day), "")


def test_every_form_is_in_a_table() -> None:
    """The tables above have every form."""
    assert {*READ, *NOT_READ, *(name for name, _, _ in edges())} == set(FORMS)


# --- the same forms in other words ----------------------------------------------------------------

PHRASES = {
    # a day
    "01 aug 2014": "2014-08-01",
    "1-aug-2014": "2014-08-01",
    "1 augustus, 2014": "2014-08-01",
    "en: on the 1st of August 2014": "2014-08-01",
    "fr: le 1er août 2014": "2014-08-01",
    "de: am 1. August 2014": "2014-08-01",
    "it: il 1° agosto 2014": "2014-08-01",
    "it: l\u20198 agosto 2014": "2014-08-08",
    "31/12/2014": "2014-12-31",
    "31.12.2014": "2014-12-31",
    "12/31/2014": "2014-12-31",  # 31 is no month
    "5-5-2014": "2014-05-05",  # the same either way
    "2014.08.01": "2014-08-01",
    "1 augustus 2014 14:00 uur": "2014-08-01",
    "en: by 5pm on 1 August 2014": "[..2014-08-01]",
    # a day and its day of the week
    "vrijdag 1 augustus 2014": "2014-08-01",
    "1 augustus 2014, vrijdag": "2014-08-01",
    "en: Fri, Aug 1, 2014": "2014-08-01",
    "vrijdag 2014-08-01": "2014-08-01",
    "vrijdag augustus 2014": None,
    "vrijdag 2014": None,
    "de: Freitag, den 1. August 2014": "2014-08-01",
    "laatste zondag van mei 2014": "2014-05-25",
    "laatste zaterdag van mei 2014": "2014-05-31",
    # a week
    "de: KW 23/2014": "[2014-06-02..2014-06-08]",
    "week 53 van 2015": "[2015-12-28..2016-01-03]",
    "2014W01": "[2013-12-30..2014-01-05]",
    # a quarter
    "Q3 2014": "2014-35",
    "3Q 2014": "2014-35",
    "kwartaal 3 van 2014": "2014-35",
    "kwartaal 3/2014": "2014-35",
    "3e kwartaal 2014": "2014-35",
    "IIIe kwartaal 2014": "2014-35",
    "laatste kwartaal van 2014": "2014-36",
    "fr: T3 2014": "2014-35",
    "fr: troisième trimestre 2014": "2014-35",
    "de: 3. Quartal 2014": "2014-35",
    "it: III trimestre 2014": "2014-35",
    # a half
    "tweede halfjaar 2014": "2014-41",
    "laatste helft van 2014": "2014-41",
    "en: first half of 2014": "2014-40",
    "en: quarter last 2014": None,
    "fr: S1 2014": "2014-40",
    "de: Halbjahr 2/2014": None,  # as KW 2/2014 and kwartaal 2/2014?
    "it: prima metà del 2014": "2014-40",
    "it: nella seconda metà di maggio 2014": "[2014-05-16..2014-05-31]",
    # no part of a year or a month
    "Q5 2014": None,
    "0e kwartaal 2014": None,
    "5e kwartaal 2014": None,
    "derde helft van 2014": None,
    "eerste kwartaal van mei 2014": None,
    "fr: 3e quinzaine de mai 2014": None,
    "begin zomer 2014": None,
    "eind schooljaar 2014/2015": None,
    # years in short
    "2014/08": "2014-08",
    "2014-12": "2014-12",
    "2005-08": "2005-08",
    "1998-05": "1998-05",
    "2014-25": "[2014..2025]",
    "2014/25": None,  # a number, more likely
    "2014-45": None,
    "2022-42": "[2022..2042]",
    "2014-35": None,  # 21 years on
    "1999-05": "1999-05",
    "2014/13": None,
    "2014/00": None,
    "2014 2015": None,
}


@pytest.mark.parametrize(("phrase", "edtf"), PHRASES.items())
def test_phrase(phrase: str, edtf: str | None) -> None:
    """A phrase stands for one EDTF text, or for none."""
    assert reading(phrase) == edtf


# --- what the conventions of a programme decide ---------------------------------------------------

TWO_DAYS = (
    'it has two readings; write "1 september 2026" or "9 januari 2026", or give the [programme] a '
    "date_order"
)


@pytest.mark.parametrize(
    ("phrase", "order", "edtf"),
    [
        ("1/9/2026", DateOrder.DAY_FIRST, "2026-09-01"),
        ("1/9/2026", DateOrder.MONTH_FIRST, "2026-01-09"),
        ("1-9-2026", DateOrder.DAY_FIRST, "2026-09-01"),
        ("01.09.2026", DateOrder.MONTH_FIRST, "2026-01-09"),
        ("31/12/2026", DateOrder.DAY_FIRST, "2026-12-31"),
        ("12/31/2026", DateOrder.MONTH_FIRST, "2026-12-31"),
        ("31/12/2026", None, "2026-12-31"),
        ("12/31/2026", None, "2026-12-31"),
        ("9/9/2026", None, "2026-09-09"),
        ("uiterlijk 1/9/2026", DateOrder.DAY_FIRST, "[..2026-09-01]"),
        ("week van 1-6-2026", DateOrder.DAY_FIRST, "[2026-06-01..2026-06-07]"),
    ],
)
def test_date_order(phrase: str, order: DateOrder | None, edtf: str) -> None:
    """Of two numbers before a year the programme says which is the day, if they do not."""
    assert reading(phrase, Conventions(date_order=order)) == edtf


@pytest.mark.parametrize(
    ("phrase", "order", "problem"),
    [
        ("1/9/2026", None, TWO_DAYS),
        ("9-1-2026", None, TWO_DAYS),
        ("voor 01.09.2026", None, TWO_DAYS),
        ("12/31/2026", DateOrder.DAY_FIRST, "31 is not a month (01 to 12)"),
        ("31/12/2026", DateOrder.MONTH_FIRST, "31 is not a month (01 to 12)"),
        ("31/6/2026", None, "2026-06 has days 01 to 30"),
        ("13/14/2026", None, "14 is not a month (01 to 12)"),
        ("0/1/2026", None, "2026-01 has days 01 to 31"),
    ],
)
def test_day_and_month_can_be_exchanged(phrase: str, order: DateOrder | None, problem: str) -> None:
    """A day in numbers with two readings, or with none, is refused."""
    with pytest.raises(ValueError, match=re.escape(problem)) as refusal:
        reading(phrase, Conventions(date_order=order))
    assert str(refusal.value) == problem


NO_FISCAL_YEAR = (
    'it is not said when a financial year begins; give the [programme] fiscal_year = "04-01", or '
    'write { words = "…", edtf = "…" }'
)


@pytest.mark.parametrize(
    ("phrase", "begins", "edtf"),
    [
        ("boekjaar 2026", "04-01", "[2026-04-01..2027-03-31]"),
        ("boekjaar 2026", "06-30", "[2026-06-30..2027-06-29]"),
        ("boekjaar 2026", "07-01", "[2025-07-01..2026-06-30]"),
        ("boekjaar 2026", "10-01", "[2025-10-01..2026-09-30]"),
        ("boekjaar 2026", "01-01", "2026"),
        ("boekjaar 2026", "01-02", "[2026-01-02..2027-01-01]"),
        ("boekjaar 2026/2027", "10-01", "[2026-10-01..2027-09-30]"),
        ("boekjaar 2026-27", "04-06", "[2026-04-06..2027-04-05]"),
        ("uiterlijk boekjaar 2026", "04-01", "[..2027-03-31]"),
        ("fr: exercice 2026", "01-01", "2026"),
        ("de: Haushaltsjahr 2026", "01-01", "2026"),
        ("it: esercizio finanziario 2026", "01-01", "2026"),
        ("en: FY2026", "10-01", "[2025-10-01..2026-09-30]"),
        ("begrotingsjaar 2026", None, "2026"),  # by law the calendar year
    ],
)
def test_fiscal_year(phrase: str, begins: str | None, edtf: str | None) -> None:
    """A financial year begins on the day that the programme says."""
    assert reading(phrase, Conventions(fiscal_year=begins)) == edtf


@pytest.mark.parametrize(
    ("phrase", "begins", "problem"),
    [
        ("boekjaar 2026", None, NO_FISCAL_YEAR),
        ("boekjaar 2026/27", None, NO_FISCAL_YEAR),
        (
            "boekjaar 2026/27",
            "01-01",
            "a financial year from 1 January on is one year; write that one",
        ),
        (
            "boekjaar 2026/28",
            "04-01",
            "2026/28 is not one year and the next; write 2026/2027",
        ),
        ("boekjaar 0000", "01-01", "dates run from 0001-01-01 to 9999-12-31"),
        ("boekjaar 0001", "10-01", "dates run from 0001-01-01 to 9999-12-31"),
        ("boekjaar 9999", "04-01", "dates run from 0001-01-01 to 9999-12-31"),
    ],
)
def test_no_fiscal_year(phrase: str, begins: str | None, problem: str) -> None:
    """A financial year is refused where the programme does not say when one begins."""
    with pytest.raises(ValueError, match=re.escape(problem)) as refusal:
        reading(phrase, Conventions(fiscal_year=begins))
    assert str(refusal.value) == problem


# --- what is refused ------------------------------------------------------------------------------

OUTSIDE = "dates run from 0001-01-01 to 9999-12-31"
REFUSED = {
    # days and months that do not exist
    "30 februari 2014": "2014-02 has days 01 to 28",
    "en: 29 February 1900": "1900-02 has days 01 to 28",
    "30 feb. 2012": "2012-02 has days 01 to 29",
    "31 april 0999": "0999-04 has days 01 to 30",
    "0 augustus 2014": "2014-08 has days 01 to 31",
    "uiterlijk 32 augustus 2014": "2014-08 has days 01 to 31",
    "2014-13-01": "13 is not a month (01 to 12)",
    "2014/22/01": "22 is not a month (01 to 12)",  # a season has no days
    "13/2014": "13 is not a month (01 to 12)",
    "begin 13/2014": "13 is not a month (01 to 12)",
    "0000": OUTSIDE,
    "1 januari 0000": OUTSIDE,
    "winter 9999/00": OUTSIDE,
    "schooljaar 9999/0000": OUTSIDE,
    "begin Q1 0000": OUTSIDE,
    # weeks
    "week 53 van 2014": "2014 has no week 53",
    "week 0 van 2014": "2014 has no week 0",
    "2014-W99": "2014 has no week 99",
    "week van 3 juni 2014": "2014-06-03 is no Monday; write the first and the last day",
    "week van 31 juni 2014": "2014-06 has days 01 to 30",
    "week van maandag 3 juni 2014": "2014-06-03 is no Monday; write the first and the last day",
    # days of the week
    "maandag 1 augustus 2014": "2014-08-01 is a vrijdag; mend the day of the week or the date",
    "en: 1 August 2014 (Monday)": "2014-08-01 is a Friday; mend the day of the week or the date",
    "fr: lundi 1er août 2014": "2014-08-01 is a vendredi; mend the day of the week or the date",
    "de: Montag, 1. August 2014": "2014-08-01 is a Freitag; mend the day of the week or the date",
    "it: lunedì 1° agosto 2014": "2014-08-01 is a venerdì; mend the day of the week or the date",
    "5e maandag van februari 2014": "the month has no such day; it ends on 2014-02-28",
    # not one year and the next
    "schooljaar 2014/2016": "2014/2016 is not one year and the next; write 2014/2015",
    "schooljaar 2014/2013": "2014/2013 is not one year and the next; write 2014/2015",
    "studiejaar 2014/2014": "2014/2014 is not one year and the next; write 2014/2015",
    "schooljaar 2014/16": "2014/16 is not one year and the next; write 2014/2015",
    "winter 2013-13": "2013-13 is not one year and the next; write 2013/2014",
    # two readings
    "2012-2013": (
        'it may be two years or a school year; write "2012 tot en met 2013" or "schooljaar '
        '2012/2013"'
    ),
    "2012/2013": (
        'it may be two years or a school year; write "2012 tot en met 2013" or "schooljaar '
        '2012/2013"'
    ),
    "2026-27": (
        'it may be a school year or a financial year; write "schooljaar 2026/2027" or '
        '"boekjaar 2026/2027" with a fiscal_year in [programme]'
    ),
    "2099/00": (
        'it may be a school year or a financial year; write "schooljaar 2099/2100" or '
        '"boekjaar 2099/2100" with a fiscal_year in [programme]'
    ),
    "2011-12": (
        'it may be "december 2011", a school year or a financial year; write "december 2011", '
        '"schooljaar 2011/2012" or "boekjaar 2011/2012" with a fiscal_year in [programme]'
    ),
    "2011/12": (
        'it may be "december 2011", a school year or a financial year; write "december 2011", '
        '"schooljaar 2011/2012" or "boekjaar 2011/2012" with a fiscal_year in [programme]'
    ),
    "2000/01": (
        'it may be "januari 2000", a school year or a financial year; write "januari 2000", '
        '"schooljaar 2000/2001" or "boekjaar 2000/2001" with a fiscal_year in [programme]'
    ),
    "2020-21": (
        'it may be "voorjaar 2020", a school year or a financial year; write "voorjaar 2020", '
        '"schooljaar 2020/2021" or "boekjaar 2020/2021" with a fiscal_year in [programme]'
    ),
    "2014-22": 'it has two readings; write "zomer 2014" or "2014 tot en met 2022"',
    "2014-33": 'it has two readings; write "eerste kwartaal 2014" or "2014 tot en met 2033"',
    "2020-20": (
        "20 is not a month (01 to 12), a season (21 to 24), a quarter (33 to 36), a third (37 to "
        "39) or a half (40 and 41) of a year"
    ),
    # the wrong way round
    "2013-2012": "it ends before it begins; write the earlier year first",
    "2013/2013": "it ends before it begins; write the earlier year first",
    "de periode 2013-2012": "it ends before it begins; write the earlier year first",
    "de periode 2013-13": "it ends before it begins; write both years in four digits",
    "de periode 1999-04": "it ends before it begins; write both years in four digits",
    "0000-0002": OUTSIDE,
}


@pytest.mark.parametrize(("phrase", "problem"), REFUSED.items())
def test_refused(phrase: str, problem: str) -> None:
    """A date that the calendar lacks, or that has two readings, is refused with what is right."""
    with pytest.raises(ValueError, match=re.escape(problem)) as refusal:
        reading(phrase)
    assert str(refusal.value) == problem


def test_a_financial_year_of_the_programme() -> None:
    """Where the programme says when a financial year begins, no more is wanted of it."""
    with pytest.raises(RefusedError) as refusal:
        reading("2026-27", APRIL)
    assert str(refusal.value) == (
        'it may be a school year or a financial year; write "schooljaar 2026/2027" or "boekjaar '
        '2026/2027"'
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_years_or_one_of_a_school(language: str) -> None:
    """Both readings of two years are named in the language, and each is read as itself."""
    with pytest.raises(RefusedError) as refusal:
        read("2012-2013", lexicon(language))
    two_years, school_year = re.findall('"(.*?)"', str(refusal.value))
    assert read(two_years, lexicon(language)) == ("[2012..2013]", "")
    found = read(school_year, lexicon(language))
    assert found is not None
    assert PolicyDate(found.edtf).earliest in {dt.date(2012, 8, 1), dt.date(2012, 9, 1)}


# --- properties -----------------------------------------------------------------------------------


@given(st.dates(dt.date(1000, 1, 1)), st.sampled_from(LANGUAGES))
def test_every_day(day: dt.date, language: str) -> None:
    """Every way to write a day reads to that day, beside its own day of the week, too."""
    known = lexicon(language)
    number, year = day.day, f"{day.year:04}"
    weekdays = known.weekdays[day.isoweekday() - 1].split(", ")
    for month in known.months[day.month - 1].split(", "):
        for text in (
            f"{number} {month} {year}",
            f"{number}. {month}. {year}",
            f"{month} {number}, {year}",
        ):
            assert read(text, known) == (str(day), "")
            assert {read(f"{name} {text}", known) for name in weekdays} == {(str(day), "")}


@given(st.dates(dt.date(1000, 1, 1)), st.sampled_from([*DateOrder, None]), st.sampled_from("-/."))
def test_every_day_in_numbers(day: dt.date, order: DateOrder | None, mark: str) -> None:
    """A day in numbers is that day, in the order of the programme, or has another day beside it."""
    numbers = [day.month, day.day] if order is DateOrder.MONTH_FIRST else [day.day, day.month]
    text = mark.join(f"{number:02}" for number in (*numbers, day.year))
    if order is None and day.day <= 12 and day.day != day.month:
        with pytest.raises(RefusedError, match=re.escape(f'"{said(str(day), lexicon("en"))}"')):
            read(text, lexicon("en"))
    else:
        assert read(text, lexicon("en"), Conventions(date_order=order)) == (str(day), "")


@given(st.dates(dt.date(1000, 1, 4), dt.date(9998, 12, 31)))
def test_every_week(day: dt.date) -> None:
    """A week is read as seven days from its Monday on, by its number and by that day."""
    year, week, weekday = day.isocalendar()
    monday = day - dt.timedelta(days=weekday - 1)
    expected = f"[{monday}..{monday + dt.timedelta(days=6)}]"
    for text in (f"week {week} {year}", f"{year}-W{week:02}", f"week of {monday}"):
        assert reading(f"en: {text}") == expected


def test_a_refusal_is_no_date() -> None:
    """What a form refuses is no date, and the message begins with the text."""
    with pytest.raises(NotADate) as refusal:
        PolicyDate.parse("winter 2014")
    assert str(refusal.value) == (
        '"winter 2014" is not a date: winter is in two years; write "winter 2014/2015" or "winter '
        '2013/2014"'
    )
