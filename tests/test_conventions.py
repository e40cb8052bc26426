"""A programme says how it writes its dates, and what is wrong there is refused."""

import datetime as dt
import re

import pytest

from betatech_milestones import NotADate, PolicyDate
from betatech_milestones.model.conventions import NO_CONVENTIONS, Conventions, Period
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.vocabulary import DateOrder

FIRST, LAST = dt.date(2014, 7, 4), dt.date(2014, 9, 1)


def test_no_conventions() -> None:
    """A programme need not say anything of its dates."""
    assert Conventions() == NO_CONVENTIONS
    assert (NO_CONVENTIONS.language, NO_CONVENTIONS.fiscal_year) == (None, None)
    assert (NO_CONVENTIONS.date_order, NO_CONVENTIONS.periods) == (None, ())


def test_period() -> None:
    """A period has names of one line, and days, also as forms write them."""
    period = Period(
        name=" het\n zomerreces ",
        also_called="de  zomer",  # a single one may stand bare
        first="2014-07-04",  # in quotes, as forms write it
        last=LAST,
    )
    assert (period.name, period.also_called) == ("het zomerreces", ("de zomer",))
    assert (period.first, period.last) == (FIRST, LAST)
    assert Period(name="dag", first=FIRST, last=FIRST).also_called == ()


def test_period_that_ends_before_it_begins() -> None:
    """A period that ends before it begins is refused by its name."""
    problem = '"reces" ends on 2014-07-04, before it begins; mend first or last'
    with pytest.raises(BadValue, match=re.escape(problem)) as refusal:
        Period(name="reces", first=LAST, last=FIRST)
    assert str(refusal.value) == problem


@pytest.mark.parametrize("begins", ["04-01", "01-01", "12-31", "02-28"])
def test_fiscal_year(begins: str) -> None:
    """A financial year begins on a day that every year has."""
    assert Conventions(fiscal_year=begins).fiscal_year == begins


@pytest.mark.parametrize("begins", ["4-1", "13-01", "04-31", "02-29", "", "april"])
def test_no_fiscal_year(begins: str) -> None:
    """What is no month and day is refused with a remedy."""
    problem = f'"{begins}" is no day of every year; write month and day, as "04-01"'
    with pytest.raises(BadValue, match=re.escape(problem)) as refusal:
        Conventions(fiscal_year=begins)
    assert str(refusal.value) == problem


def test_date_order() -> None:
    """The order of day and month is one of two words."""
    assert Conventions(date_order=DateOrder.DAY_FIRST).date_order is DateOrder.DAY_FIRST
    assert Conventions(date_order="mdy").date_order is DateOrder.MONTH_FIRST
    with pytest.raises(BadValue, match="mdy"):
        Conventions(date_order="ymd")


# A programme's language, a text, and what it is read as.
LANGUAGES = [
    ("nl", "zomer 2014", "2014-22"),
    ("de", "zomer 2014", "2014-22"),  # and else in every other
    ("fr-BE", "été 2014", "2014-22"),
    ("NL", "half 2014", "2014-38"),
    ("pl", "summer 2014", "2014-22"),
    (None, "Sommer 2014", "2014-22"),
    (None, "septembre 2014", "2014-09"),
    ("de", "1 di nov 2014", "2014-11-04"),  # on Tuesday, and in Italian of November
    ("it", "1 di nov 2014", "2014-11-01"),
]


@pytest.mark.parametrize(("language", "text", "edtf"), LANGUAGES)
def test_language(language: str | None, text: str, edtf: str) -> None:
    """A text is read in the language of the programme, and else in any that is certain."""
    assert PolicyDate.parse(text, Conventions(language=language)).edtf == edtf


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "half 2014"),  # the middle of it in Dutch, and no date in English
        ("de", "set 2014"),  # September in Italian, or a misprint
        ("de", "sett 2014"),
        ("en", "T3 2014"),  # a quarter in French
        ("nl", "last 2014"),
    ],
)
def test_no_certain_language(language: str, text: str) -> None:
    """A text that may be of another language than the programme's by chance is refused."""
    with pytest.raises(NotADate):
        PolicyDate.parse(text, Conventions(language=language))


def test_two_languages() -> None:
    """A text that two languages read differently is refused, and both readings are named."""
    with pytest.raises(NotADate) as refusal:
        PolicyDate.parse("1 di nov 2014")
    assert str(refusal.value) == (
        '"1 di nov 2014" is not a date: two languages read it differently; write "4 November '
        '2014" or "1 November 2014"'
    )
