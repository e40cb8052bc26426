"""Dutch and English date phrases become EDTF text, or are refused with a remedy."""

import calendar
import contextlib
import datetime as dt
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones import NotADate
from betatech_milestones.model import phrases
from betatech_milestones.model.phrases import VOCABULARY, days_of, edtf_of

PHRASES = {
    # a day
    "2014-08-01": "2014-08-01",
    "1 augustus 2014": "2014-08-01",
    "1 August 2014": "2014-08-01",
    "01 aug 2014": "2014-08-01",
    "op 1 augustus 2014": "2014-08-01",
    "per 1 januari 2015": "2015-01-01",
    "on the 1st of August 2014": "2014-08-01",
    "31e maart 2014": "2014-03-31",
    "1ste mrt. 2014": "2014-03-01",
    "August 1, 2014": "2014-08-01",
    "Aug. 2nd, 2014": "2014-08-02",
    "1-aug-2014": "2014-08-01",
    # a month
    "2012-12": "2012-12",
    "december 2012": "2012-12",
    "in Dec. 2012": "2012-12",
    "MEI 2013": "2013-05",
    # a quarter
    "2014-Q3": "2014-35",
    "Q3 2014": "2014-35",
    "q3 van 2014": "2014-35",
    "3e kwartaal 2014": "2014-35",
    "3de kwartaal van 2014": "2014-35",
    "in het derde kwartaal van 2014": "2014-35",
    "third quarter of 2014": "2014-35",
    "the 3rd quarter of 2014": "2014-35",
    # a half
    "2014-H1": "2014-40",
    "H2 2014": "2014-41",
    "eerste helft 2014": "2014-40",
    "1e helft van 2014": "2014-40",
    "tweede halfjaar 2014": "2014-41",
    "in the first half of 2014": "2014-40",
    # the begin, the middle and the end of a year
    "begin 2013": "2013-37",
    "early 2013": "2013-37",
    "at the start of 2013": "2013-37",
    "medio 2013": "2013-38",
    "midden 2013": "2013-38",
    "mid-2013": "2013-38",
    "in the middle of 2013": "2013-38",
    "eind 2013": "2013-39",
    "aan het einde van 2013": "2013-39",
    "late 2013": "2013-39",
    "end of 2013": "2013-39",
    # a season
    "in het voorjaar van 2013": "2013-21",
    "lente 2013": "2013-21",
    "spring 2013": "2013-21",
    "in de zomer van 2012": "2012-22",
    "the summer of 2014": "2014-22",
    "najaar 2014": "2014-23",
    "herfst 2014": "2014-23",
    "autumn 2014": "2014-23",
    "Fall of 2014": "2014-23",
    # a winter
    "winter 2013/2014": "2013-24",
    "winter 2013/14": "2013-24",
    "winter 2010-11": "2010-24",  # no November
    "in de winter van 2013 \u2013 2014": "2013-24",
    "winter 1999/00": "1999-24",
    "winter 2099/2100": "2099-24",
    # a school year
    "schooljaar 2014/2015": "[2014-08-01..2015-07-31]",
    "het schooljaar 2014-2015": "[2014-08-01..2015-07-31]",
    "school year 2014\u201315": "[2014-08-01..2015-07-31]",
    "in the School-Year 2014/15": "[2014-08-01..2015-07-31]",
    "studiejaar 2012/2013": "[2012-09-01..2013-08-31]",
    "academic year 2012/13": "[2012-09-01..2013-08-31]",
    "academic year 1999/00": "[1999-09-01..2000-08-31]",
    # a year
    "2014": "2014",
    "in 2014": "2014",
    # by
    "uiterlijk 2014": "[..2014-12-31]",
    "uiterlijk op 1 augustus 2014": "[..2014-08-01]",
    "uiterlijk eind augustus 2014": "[..2014-08-31]",
    "voor eind 2014": "[..2014-12-31]",
    "voor eind augustus 2014": "[..2014-08-31]",
    "vóór het einde van het schooljaar 2014/2015": "[..2015-07-31]",
    "by Q3 2014": "[..2014-09-30]",
    "by the end of 2014": "[..2014-12-31]",
    "no later than winter 2011/12": "[..2012-02-29]",
    "before the end of the summer of 2014": "[..2014-08-31]",
    # before
    "voor 2014": "[..2013-12-31]",
    "vóór 1 augustus 2014": "[..2014-07-31]",
    "vo\u0301o\u0301r 1 augustus 2014": "[..2014-07-31]",  # accents as characters of their own
    "voor de zomer van 2014": "[..2014-05-31]",
    "before March 2012": "[..2012-02-29]",
    "before late 2014": "[..2014-08-31]",  # "late" is a part of the year, "the end" is its last day
    "before the school year 2014/15": "[..2014-07-31]",
    "before 2013-24": "[..2013-11-30]",
    # white space and capitals
    "  1\u00a0augustus \n 2014 ": "2014-08-01",
    "Zomer 2014": "2014-22",
}

NO_PHRASES = [
    "",
    "over een half jaar",
    "2014 2015",
    "2014/2015",  # an interval of EDTF, no phrase
    "1 of 2 augustus 2014",
    "zomer of najaar 2014",
    "winter 2013 of 2014",
    "voor of op 1 augustus 2014",  # "of" is "or": this is not "before"
    "in of voor 2014",
    "zomer 2014 of",
    "of 2014",
    "van 2014",  # "from"
    "2014 of Q3",
    "5e kwartaal 2014",
    "3e helft 2014",
    "Q5 2014",
    "first quarterly 2014",
    "eerste helft2014",
    "begin zomer 2014",  # EDTF has no text for it
    "eind augustus 2014",
    "na de zomer van 2014",
    "zomer 14",
    "zomer 02014",
    "1-8-2014",  # in English, 8 January
    "1/8/2014",
    "\u0662\u0660\u0661\u0664",  # 2014 in Arabic digits
    "uiterlijk voor 2014",
    "voor uiterlijk 2014",
    "uiterlijk",
    "voor eind",
    "by 2014~",
    "in de maand december 2012",  # "maand" is no word of ours
]

ANOTHER_DAY = (
    'it is another day every year; write { words = "...", edtf = "..." } with the day that is meant'
)
NO_YEAR = "it names no year; write the year, too"
NO_PART = (
    "is not a month (01 to 12), a season (21 to 24), a quarter (33 to 36), a third (37 to 39) or "
    "a half (40 and 41) of a year"
)
OUTSIDE = "dates run from 0001-01-01 to 9999-12-31"

REFUSED = {
    # another day every year
    "voor de zomer": ANOTHER_DAY,
    "vóór de zomer": ANOTHER_DAY,
    "before the summer": ANOTHER_DAY,
    "voor de winter": ANOTHER_DAY,
    "voor het zomerreces": ANOTHER_DAY,
    "voor het zomerreces van 2014": ANOTHER_DAY,
    "na de zomervakantie": ANOTHER_DAY,
    "before the summer recess": ANOTHER_DAY,
    # no year
    "1 augustus": NO_YEAR,
    "August 1st": NO_YEAR,
    "in december": NO_YEAR,
    "derde kwartaal": NO_YEAR,
    "Q3": NO_YEAR,
    "begin": NO_YEAR,
    "zomer": NO_YEAR,
    "winter": NO_YEAR,
    "het schooljaar": NO_YEAR,
    "uiterlijk 1 augustus": NO_YEAR,
    # one year for what spans two
    "winter 2013": 'write "winter 2013/2014" or "winter 2012/2013"',
    "voor de winter van 2013": 'write "winter 2013/2014" or "winter 2012/2013"',
    "schooljaar 2014": 'write "2014/2015" or "2013/2014"',
    "academic year 2014": 'write "2014/2015" or "2013/2014"',
    # not one year and the next
    "schooljaar 2014/2016": "2014/2016 is not one year and the next; write 2014/2015",
    "schooljaar 2014/2013": "2014/2013 is not one year and the next; write 2014/2015",
    "studiejaar 2014/2014": "2014/2014 is not one year and the next; write 2014/2015",
    "school year 2014/16": "2014/16 is not one year and the next; write 2014/2015",
    "school year 2014/25": "2014/25 is not one year and the next; write 2014/2015",
    "winter 2013-13": "2013-13 is not one year and the next; write 2013/2014",
    # days and months that do not exist
    "30 februari 2014": "2014-02 has days 01 to 28",
    "29 February 1900": "1900-02 has days 01 to 28",
    "30 feb. 2012": "2012-02 has days 01 to 29",
    "31 april 0999": "0999-04 has days 01 to 30",
    "0 augustus 2014": "2014-08 has days 01 to 31",
    "uiterlijk 32 augustus 2014": "2014-08 has days 01 to 31",
    "2014-00": f"00 {NO_PART}",
    "2014-13": f"13 {NO_PART}",
    "2014-25": f"25 {NO_PART}",  # spring on the northern hemisphere: EDTF level 2
    "2014-42": f"42 {NO_PART}",
    "2014-13-01": "13 is not a month (01 to 12)",
    "2014-00-01": "00 is not a month (01 to 12)",
    "2014-22-01": "22 is not a month (01 to 12)",  # a season has no days
    # outside the calendar
    "0000": OUTSIDE,
    "1 januari 0000": OUTSIDE,
    "winter 9999/00": OUTSIDE,
    "9999-24": OUTSIDE,
    "schooljaar 9999/00": OUTSIDE,
    "vóór 0001": "no day comes before 0001-01-01",
    "before 1 January 0001": "no day comes before 0001-01-01",
}


@pytest.mark.parametrize(("phrase", "edtf"), PHRASES.items())
def test_phrase(phrase: str, edtf: str) -> None:
    """A phrase stands for one EDTF text."""
    assert edtf_of(phrase) == edtf


@pytest.mark.parametrize("text", NO_PHRASES)
def test_no_phrase(text: str) -> None:
    """A text that is not wholly one of the forms is no phrase."""
    assert edtf_of(text) is None


@pytest.mark.parametrize(("phrase", "remedy"), REFUSED.items())
def test_refused_phrase(phrase: str, remedy: str) -> None:
    """A phrase of no day, or of more than one reading, is refused with what to write instead."""
    with pytest.raises(NotADate) as refusal:
        edtf_of(phrase)
    assert str(refusal.value) == f'"{phrase}" is not a date: {remedy}'


def test_message_is_one_short_line() -> None:
    """A message shows a text on one line, cut short."""
    with pytest.raises(NotADate) as refusal:
        edtf_of("reces\n" * 1000)
    shown = "reces reces reces reces reces reces reces reces reces …"
    assert str(refusal.value) == f'"{shown}" is not a date: {ANOTHER_DAY}'


SPELLINGS = [word for _, _, words in VOCABULARY for word in words.split(", ")]


@pytest.mark.parametrize(
    ("kind", "meaning", "spelling"),
    [(kind, meaning, word) for kind, meaning, words in VOCABULARY for word in words.split(", ")],
)
def test_every_spelling(kind: str, meaning: str, spelling: str) -> None:
    """Every spelling in the vocabulary is read, in capitals too, for what it stands for."""
    match kind:
        case "school-year":
            last_day = dt.date(2015, int(meaning), 1) - dt.timedelta(days=1)
            phrase, edtf = f"{spelling} 2014/2015", f"[2014-{meaning}-01..{last_day}]"
        case "winter":
            phrase, edtf = f"{spelling} 2014/2015", "2014-24"
        case "by":
            phrase, edtf = f"{spelling} 2014", "[..2014-12-31]"
        case "before":
            phrase, edtf = f"{spelling} 2014", "[..2013-12-31]"
        case "small":
            phrase, edtf = f"{spelling} 2014", "2014"
        case "of":
            phrase, edtf = f"zomer {spelling} 2014", "2014-22"
        case "recess":
            with pytest.raises(NotADate, match="another day every year"):
                edtf_of(f"{spelling} 2014")
            return
        case _:
            phrase, edtf = f"{spelling} 2014", f"2014-{meaning}"
    assert edtf_of(phrase) == edtf
    assert edtf_of(phrase.upper()) == edtf


def test_spellings_are_unique() -> None:
    """No spelling stands for two things."""
    assert len(set(SPELLINGS)) == len(SPELLINGS)


DUTCH = "januari februari maart april mei juni juli augustus september oktober november december"


def written(day: dt.date) -> list[str]:
    dutch, english = DUTCH.split()[day.month - 1], calendar.month_name[day.month]
    return [
        f"{day}",
        f"{day.day} {dutch} {day.year}",
        f"{day.day} {dutch[:3] if day.month != 3 else 'mrt'}. {day.year}".replace("mei.", "mei"),
        f"op {day.day}e {dutch} {day.year}",
        f"{day.day} {english} {day.year}",
        f"{english} {day.day}, {day.year}",
    ]


@pytest.mark.parametrize("year", [1900, 2000, 2013, 2100])
def test_every_day_of_a_year(year: int) -> None:
    """Every way to write a day reads to that day, in common and in leap years."""
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365 + calendar.isleap(year))]
    assert [
        (phrase, day)
        for day in days
        for phrase in written(day)
        if edtf_of(phrase) != day.isoformat()
    ] == []


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_day(day: dt.date) -> None:
    """Every way to write a day reads to that day, from 1900 to 2100."""
    assert {edtf_of(phrase) for phrase in written(day)} == {day.isoformat()}


SIMPLE = {
    phrase: edtf
    for phrase, edtf in PHRASES.items()
    if not edtf.startswith("[") and edtf != "2013-39"  # "before the end of" is "by"
}


@pytest.mark.parametrize("phrase", SIMPLE)
def test_by_and_before(phrase: str) -> None:
    """By is up to the last day of what follows, before is up to the day before its first."""
    earliest, latest = days_of(str(edtf_of(phrase)))
    day_before = earliest - dt.timedelta(days=1)
    for by in ("uiterlijk", "by", "no later than", "voor eind", "vóór het einde van"):
        assert edtf_of(f"{by} {phrase}") == f"[..{latest}]"
    for before in ("voor", "vóór", "before"):
        assert edtf_of(f"{before} {phrase}") == f"[..{day_before}]"


@given(st.text("0123456789-/., ehinoqstzv\u2013\u00f3", max_size=20))
def test_any_text(text: str) -> None:
    """Any text is a phrase, no phrase, or refused: nothing else happens."""
    with contextlib.suppress(NotADate):
        edtf_of(text)


@given(st.lists(st.sampled_from([*SPELLINGS, "1", "2014", "2013/14", "2013-14"]), max_size=6))
def test_any_words(words: list[str]) -> None:
    """Words of the vocabulary in any order are a phrase, no phrase, or refused."""
    with contextlib.suppress(NotADate):
        edtf_of(" ".join(words))


def test_examples() -> None:
    """The examples in the docstrings are true."""
    assert doctest.testmod(phrases).failed == 0
