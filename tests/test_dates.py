"""A policy date keeps the words of the source and knows the window of days they leave open."""

import copy
import datetime as dt
import doctest
import pickle
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from strategies import written

from betatech_milestones import NotADate, PolicyDate
from betatech_milestones.language import LANGUAGES, lexicon
from betatech_milestones.model import dates
from betatech_milestones.model.conventions import Conventions
from betatech_milestones.model.dates import reads
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.sayings import said
from betatech_milestones.model.vocabulary import Commitment
from betatech_milestones.model.words import meanings

DOCS = Path(__file__).parents[1] / "docs" / "dates.md"

ACCEPTED = "write 2014-08-01, 2014 or a text"
NOT_EDTF = (
    "this is not EDTF; write 2014-08-01, 2014-08, 2014, 2014-22, [2014-08..2015-07], [..2014] or "
    "2013-08~"
)

BAD_VALUES = [
    (True, f"True is not a date: {ACCEPTED}"),
    (2014.5, f"2014.5 is not a date: {ACCEPTED}"),
    (Decimal("2014.5"), f"2014.5 is not a date: {ACCEPTED}"),
    (None, f"None is not a date: {ACCEPTED}"),
    ([2014], f"[2014] is not a date: {ACCEPTED}"),
    ({}, f"{{}} is not a date: {ACCEPTED}"),
    (dt.time(12, 30), f"12:30:00 is not a date: {ACCEPTED}"),
    (
        dt.datetime(2014, 8, 1, 12, 30, tzinfo=dt.UTC),
        "2014-08-01 12:30:00+00:00 is not a date: write the day alone, 2014-08-01",
    ),
    (
        dt.datetime(2014, 8, 1),  # noqa: DTZ001  a local date-time of TOML has no time zone
        "2014-08-01 00:00:00 is not a date: write the day alone, 2014-08-01",
    ),
    *(
        (year, f"{year} is not a date: write a year in four digits, a day as 2014-08-01")
        for year in (-2014, 0, 14, 999, 10_000, 20_140_801)
    ),
]


@pytest.mark.parametrize(("value", "message"), BAD_VALUES, ids=str)
def test_bad_value(value: object, message: str) -> None:
    """A value in none of the accepted forms is refused with a remedy."""
    with pytest.raises(ValueError, match=re.escape(message)) as refusal:
        PolicyDate.parse(value)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", NOT_EDTF),
        ("zomer 2014", NOT_EDTF),  # a phrase: `parse` reads it
        ("[2015..2014]", "it ends before it begins; write the earlier date first"),
        ("2014-02-30", "2014-02 has days 01 to 28"),
    ],
)
def test_bad_edtf(text: str, problem: str) -> None:
    """Text that is not EDTF is refused with a remedy."""
    with pytest.raises(NotADate) as refusal:
        PolicyDate(text)
    assert str(refusal.value) == f'"{text}" is not a date: {problem}'


def test_a_date_without_a_day_has_words() -> None:
    """A date that names no day has no window, and needs its words."""
    date = PolicyDate(None, words="doorlopend")
    assert (date.edtf, date.earliest, date.latest, date.approximate) == (None, None, None, False)
    with pytest.raises(NotADate) as refusal:
        PolicyDate(None)
    assert str(refusal.value) == "a date without a day needs its words"


@pytest.mark.parametrize(
    ("value", "date"),
    [
        (dt.date(2014, 8, 1), PolicyDate("2014-08-01")),
        (dt.date(987, 8, 1), PolicyDate("0987-08-01")),
        (2014, PolicyDate("2014")),
        (1000, PolicyDate("1000")),
        (9999, PolicyDate("9999")),
        ("zomer 2014", PolicyDate("2014-22", words="zomer 2014")),
        (" 2014-22~ ", PolicyDate("2014-22~", words=" 2014-22~ ")),
        ("2014/2016", PolicyDate("[2014..2016]", words="2014/2016")),
        ("[2014..2015]", PolicyDate("[2014..2015]")),
        ("../2014", PolicyDate("[..2014]", words="../2014")),
        ("Vóór 2014", PolicyDate("[..2013-12-31]", words="Vóór 2014")),
    ],
)
def test_parse(value: object, date: PolicyDate) -> None:
    """A day, a year or a text becomes a date that keeps the words as they are written."""
    parsed = PolicyDate.parse(value)
    assert parsed == date
    assert parsed.words == date.words
    assert (parsed.earliest, parsed.latest) == (date.earliest, date.latest)


def test_equal_where_the_edtf_is_equal() -> None:
    """Dates are equal, and hash alike, where their EDTF text is equal, whatever the words."""
    summer = PolicyDate.parse("zomer 2014")
    assert summer == PolicyDate("2014-22") == PolicyDate.parse("summer 2014")
    assert hash(summer) == hash(PolicyDate("2014-22"))
    assert summer != PolicyDate("2014-22~")
    assert summer != PolicyDate("[2014-06-01..2014-08-31]")
    assert PolicyDate(None, words="ooit") == PolicyDate(None, words="nooit") != summer


def test_no_order() -> None:
    """Dates have no order: windows can overlap."""
    with pytest.raises(TypeError):
        assert PolicyDate("2014") < PolicyDate("2015")  # type: ignore[operator]


def test_frozen() -> None:
    """A date never changes."""
    with pytest.raises(AttributeError):
        PolicyDate("2014").words = "2015"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (PolicyDate.parse("zomer 2014"), "PolicyDate('2014-22', words='zomer 2014')"),
        (PolicyDate("2014-22"), "PolicyDate('2014-22')"),
        (PolicyDate("2014/2015"), "PolicyDate('[2014..2015]', words='2014/2015')"),
        (PolicyDate("2014", words=""), "PolicyDate('2014', words='')"),
        (PolicyDate.parse(dt.date(2014, 8, 1)), "PolicyDate('2014-08-01')"),
        (PolicyDate(None, words="doorlopend"), "PolicyDate(None, words='doorlopend')"),
    ],
)
def test_repr(date: PolicyDate, text: str) -> None:
    """The repr is the constructor call with the canonical text; str gives the words."""
    assert repr(date) == text
    assert str(date) == date.words


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("2014-08-01", True),
        ("2014-08-01~", True),
        ("[2014-08-01..2014-08-01]", True),
        ("2014-08", False),
        ("[..2014-08-01]", False),
        ("[2014-08-01..]", False),
    ],
)
def test_is_day(text: str, is_day: bool) -> None:  # noqa: FBT001  the expectation
    """A date is a day when its window is a single day."""
    assert PolicyDate(text).is_day is is_day


@pytest.mark.parametrize(
    ("text", "is_exact"),
    [("2014-08-01", True), ("2014-08-01~", False), ("2014-08-01?", False), ("2014-08", False)],
)
def test_is_exact(text: str, is_exact: bool) -> None:  # noqa: FBT001  the expectation
    """A date is exact when it is a day, and nothing says that it is only about then."""
    assert PolicyDate(text).is_exact is is_exact


@pytest.mark.parametrize(
    ("date", "is_plain"),
    [
        (PolicyDate.parse("zomer 2014"), True),
        (PolicyDate("2014-08-01"), True),
        (PolicyDate("2013-08~", words="over een half jaar"), False),
        (PolicyDate("2014-22", words="zomer 2013"), False),
        (PolicyDate(None, words="doorlopend"), False),
    ],
    ids=repr,
)
def test_is_plain(date: PolicyDate, is_plain: bool) -> None:  # noqa: FBT001  the expectation
    """A date is plain where its words alone tell it."""
    assert date.is_plain is is_plain


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "summer 2014"),
        ("EN-gb", "summer 2014"),
        ("pt-BR", "verão"),
        ("pt-BR-x-a", "verão"),
        ("pt", "zomer 2014"),
    ],
)
def test_in_language(language: str, words: str) -> None:
    """A reader gets the words in their language where there are any, and else the source's own."""
    translations = {"en": "summer 2014", "pt-br": "verão"}
    date = PolicyDate("2014-22", words="zomer 2014", translations=translations)
    assert date.in_language(language) == words
    assert PolicyDate("2014-22", translations=translations.items()) == date


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("naar verwachting zomer 2014", Commitment.FORECAST),
        ("beoogd 1 augustus 2014", Commitment.AIM),
        ("planned for Q3 2014", Commitment.PLANNED),
        ("voraussichtlich 2014", Commitment.FORECAST),
        ("prévu en 2014", Commitment.PLANNED),
        ("possibilmente nel 2014", Commitment.AIM),
        ("zomer 2014", None),
        ("2014-08-01", None),
    ],
)
def test_hedge(text: str, hedge: Commitment | None) -> None:
    """A date knows how firmly its words promise it, where they say so."""
    assert PolicyDate.parse(text).hedge is hedge


@pytest.mark.parametrize(
    ("text", "language", "edtf", "does"),
    [
        ("zomer 2014", "nl", "2014-22", True),
        ("zomer 2014", "en", "2014-22", False),
        ("zomer 2014", "nl", "2014-23", False),
        ("naar verwachting zomer 2014", "nl", "2014-22", False),  # says more
        ("winter 2014", "nl", "2014-24", False),
        ("2014-08-01", "fr", "2014-08-01", True),
        ("2014-08-01/2014-08-02", "fr", "[2014-08-01..2014-08-02]", True),
        ("2014-08-01", "fr", "2014-08-02", False),
        ("2014-13-01", "fr", "2014-01-13", False),
        ("2012/2013", "nl", "[2012..2013]", False),
    ],
)
def test_reads(text: str, language: str, edtf: str, does: bool) -> None:  # noqa: FBT001
    """A reader of one language reads a date in a text, or does not."""
    assert reads(text, lexicon(language), edtf) is does


@given(written)
def test_reads_what_is_said(text: str) -> None:
    """A reader of any language reads in the words of a date that date."""
    edtf = str(PolicyDate(text).edtf)
    for language in LANGUAGES:
        assert reads(said(edtf, lexicon(language)), lexicon(language), edtf)


@pytest.mark.parametrize(
    ("language", "words", "date"),
    [
        ("nl", "zomer 2014", PolicyDate("2014-22")),
        ("de-CH", "Sommer 2014", PolicyDate("2014-22")),
        ("nl", "[2014..2015]", PolicyDate("[2014..2015]")),
        ("en", "zomer 2014", None),  # not in its own language
        (None, "summer 2014", PolicyDate("2014-22")),
        ("nl", "winter 2014", None),
        ("nl", "ooit", None),
    ],
)
def test_told_by(language: str | None, words: str, date: PolicyDate | None) -> None:
    """Words tell a date in the language of the programme, and in no other."""
    assert dates.told_by(words, Conventions(language=language)) == date


def test_told_by_with_a_hedge() -> None:
    """What words tell has how firmly it is promised."""
    told = dates.told_by("naar verwachting in 2014", Conventions(language="nl"))
    assert told is not None
    assert (told.words, told.hedge) == ("naar verwachting in 2014", Commitment.FORECAST)


def test_policy_date() -> None:
    """A policy date is taken as it is, and anything else is read."""
    date = PolicyDate("2014-22", words="zomer")
    assert dates.policy_date(date) is date
    assert dates.policy_date(2014) == PolicyDate("2014")


MOMENT = dt.datetime(2014, 8, 1, 12, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (MOMENT, '"2014-08-01 12:30:00+00:00" is a moment, and no day; give its date, 2014-08-01'),
        (
            MOMENT.replace(hour=0, minute=0),  # midnight, but where?
            '"2014-08-01 00:00:00+00:00" is a moment, and no day; give its date, 2014-08-01',
        ),
        ("zomer 2014", '"zomer 2014" is more than one day; write it as 2014-09-01'),
        ("na 1 mei 2014", '"na 1 mei 2014" is more than one day; write it as 2014-09-01'),
        ("ooit", '"ooit" is no day; write it as 2014-09-01'),
        (2014, '2014 is no day; give a date, or a text such as "2014-09-01"'),
        (None, 'null is no day; give a date, or a text such as "2014-09-01"'),
    ],
)
def test_no_day(value: object, problem: str) -> None:
    """What is a moment, more than one day, or no date at all, is no day."""
    with pytest.raises(BadValue, match=re.escape(problem)):
        dates.day(value)


@pytest.mark.parametrize(
    "value",
    [
        dt.date(2014, 8, 1),
        MOMENT.replace(hour=0, minute=0, tzinfo=None),
        "2014-08-01",
        "1 augustus 2014",
        "[2014-08-01..2014-08-01]",
    ],
    ids=str,
)
def test_day(value: object) -> None:
    """A date, a text that names one day, or a midnight without a zone is a day."""
    assert dates.day(value) == dt.date(2014, 8, 1)


@pytest.mark.parametrize(
    ("date", "is_vague"),
    [
        (PolicyDate.parse("zomer 2014"), True),
        (PolicyDate("2014-08-01~"), True),
        (PolicyDate("[2014-22..2015]"), True),
        (PolicyDate("[2014..2014-24]"), True),
        (PolicyDate("2014"), False),
        (PolicyDate("2014-08-22"), False),
        (PolicyDate("[2014-02-21..2014-12-24]"), False),
        (PolicyDate.parse("Q3 2014"), False),
        (PolicyDate.parse("eind 2014"), False),
        (PolicyDate(None, words="zomer"), False),
    ],
    ids=repr,
)
def test_is_vague(date: PolicyDate, is_vague: bool) -> None:  # noqa: FBT001  the expectation
    """Where a season ends, or what is only about when, is no more than a convention."""
    assert date.is_vague is is_vague


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ("2014-08-01", "2014-08-31", 30),
        ("2014-08-31", "2014-08-01", -30),
        ("zomer 2014", "herfst 2014", 91),
        ("2014", "uiterlijk 2015", 365),
        ("2014", "[2015..]", None),
        ("[2014..]", "2015", None),
        (None, "2015", None),
        ("2014", None, None),
    ],
)
def test_days_later(before: str | None, after: str | None, days: int | None) -> None:
    """A date is later than another by the days between their last days, if both have one."""
    read = [None if text is None else PolicyDate.parse(text) for text in (before, after)]
    assert dates.days_later(*read) == days


# --- properties -----------------------------------------------------------------------------------


@given(written)
def test_repr_is_the_constructor_call(text: str) -> None:
    """The repr of any date builds it again, words included, as do a copy and a pickle."""
    date = PolicyDate(text)
    for again in (
        eval(repr(date)),  # noqa: S307  what a repr is for
        copy.copy(date),
        pickle.loads(pickle.dumps(date)),  # noqa: S301  its own
    ):
        assert again == date
        assert again.words == date.words == text
        assert (again.earliest, again.latest) == (date.earliest, date.latest)
        assert again.approximate == date.approximate == bool(re.search("[~?%]", text))


# --- the documentation ----------------------------------------------------------------------------

TABLE = re.compile(r"<!-- dates: (.+?) -->\n\|.*\|\n\| ---.*\|\n((?:\|.*\|\n)+)")


def rows(name: str) -> list[tuple[str, list[str]]]:
    """Return the rows of the tables of a name in `docs/dates.md`: language, and cells."""
    found = [
        (language, [cell.strip() for cell in line.strip("|").split(" | ")])
        for heading, lines in TABLE.findall(DOCS.read_text(encoding="utf-8"))
        for kind, _, language in [heading.partition(" ")]
        if kind == name
        for line in lines.splitlines()
    ]
    assert found
    return found


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize(("language", "row"), rows("read"), ids=str)
def test_documented_forms(language: str, row: list[str]) -> None:
    """Every phrase in the documentation reads to the EDTF text and the window beside it."""
    phrases, edtf, earliest, latest = row
    for phrase in code(phrases):
        date = PolicyDate.parse(phrase, Conventions(language=language))
        assert [date.edtf] == code(edtf)
        assert [str(date.earliest or "open"), str(date.latest or "open")] == [earliest, latest]


@pytest.mark.parametrize(("language", "row"), rows("refused"), ids=str)
def test_documented_refusals(language: str, row: list[str]) -> None:
    """Every refusal in the documentation has the message beside it."""
    phrases, answer = row
    for phrase in code(phrases):
        with pytest.raises(NotADate) as refusal:
            PolicyDate.parse(phrase, Conventions(language=language))
        assert str(refusal.value) == f'"{phrase}" is not a date: {answer}'


@pytest.mark.parametrize("row", [row for _, row in rows("said")], ids=str)
def test_documented_sayings(row: list[str]) -> None:
    """Every date in the documentation is said as it stands beside it, and read back."""
    edtf, *texts = row
    for language, text in zip(LANGUAGES, texts, strict=True):
        assert [said(one, lexicon(language)) for one in code(edtf)] == [text]
        assert reads(text, lexicon(language), *code(edtf))


NO_DATES = {"refused", "this-year"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_documented_words(language: str) -> None:
    """The documentation lists every word that a date can have, in every language."""
    listed = [row for tag, row in rows("words") if tag == language]
    known = [[*row] for row in meanings(lexicon(language)) if row[0] not in NO_DATES]
    assert listed == known


def test_examples() -> None:
    """The examples in the docstrings are true."""
    assert doctest.testmod(dates).failed == 0
