"""EDTF text in the words of a language: the way back of `model.phrases`.

What is said here is read there as the same EDTF text, in every language.
"""

import datetime as dt
import functools
import re

from betatech_milestones.language import Lexicon
from betatech_milestones.model.edtf import PARTS, QUALIFIERS, days_of, ends_of

_SIGNS = {"~": ("around",), "?": ("possibly",), "%": ("around", "possibly")}
_THIRDS = {37: "early", 38: "mid", 39: "late"}
_PLAIN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RANGES = {
    "range of days": _PLAIN_DAY,
    "range of months": re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])"),
    "range of years": re.compile(r"[0-9]{4}"),
}
_DAYS = re.compile(r"\[([0-9]{4})-([0-9]{2})-([0-9]{2})\.\.([0-9]{4})-([0-9]{2})-([0-9]{2})\]")
# First and last day of what is a part of a month; 0 stands for its last.
_MONTH_PARTS = {
    (1, 10): "early",
    (11, 20): "mid",
    (21, 0): "late",
    (1, 15): "first half of month",
    (16, 0): "second half of month",
}


@functools.lru_cache(maxsize=8192)  # a feed says one date several times, and many dates recur
def said(edtf: str, language: Lexicon) -> str:
    """Return a date in words.

    >>> from betatech_milestones.language import lexicon
    >>> said("2014-22", lexicon("en")), said("[..2014-08-31]", lexicon("nl"))
    ('summer 2014', 'uiterlijk 31 augustus 2014')
    >>> said("[2014-06-11..2014-06-20]", lexicon("fr"))
    'mi-juin 2014'
    """
    return _elided(_named(edtf, language) or _said(ends_of(edtf), language), language)


@functools.lru_cache(maxsize=8192)
def tells_days(edtf: str, language: Lexicon) -> bool:
    """Say whether a date is said by the days at its ends, each for certain.

    >>> from betatech_milestones.language import lexicon
    >>> english = lexicon("en")
    >>> tells_days("[..2014-08-31]", english), tells_days("[2014-06-11..2014-06-20]", english)
    (True, False)
    """
    of_days = all(not end or _PLAIN_DAY.fullmatch(end) for end in ends_of(edtf))
    return of_days and not _named(edtf, language)


@functools.lru_cache(maxsize=8192)
def said_by_days(first: dt.date, last: dt.date, language: Lexicon) -> str:
    """Return the days from one to another, whether or not they have a name."""
    return _elided(_said([str(first), str(last)], language), language)


def _elided(text: str, language: Lexicon) -> str:
    for pattern, replacement in language.elisions:
        text = re.sub(pattern, replacement, text)
    return text


def _said(ends: list[str], language: Lexicon) -> str:
    """Return one date, or the range between two of which one may be open."""
    forms = language.forms
    if len(ends) == 1:
        return _qualified(ends[0], language)
    first, last = ends
    if not first:
        key = "by" if _PLAIN_DAY.fullmatch(last) else "earlier"
        return forms[key].format(date=_qualified(last, language))
    if not last:
        key = "not before" if _PLAIN_DAY.fullmatch(first) else "later"
        return forms[key].format(date=_qualified(first, language))
    form = forms.get(_kind_of_range(ends), forms["range"])
    return form.format(first=_qualified(first, language), last=_qualified(last, language))


def _kind_of_range(ends: list[str]) -> str:
    """Return the key of what some languages say in a way of its own; a sign makes it another."""
    for key, pattern in _RANGES.items():
        if all(map(pattern.fullmatch, ends)):
            return key
    return "range"


def _qualified(date: str, language: Lexicon) -> str:
    """Return one date, with how sure it is."""
    plain = date.rstrip(QUALIFIERS)
    text = _one(plain, language)
    of_a_day = " day" if _PLAIN_DAY.fullmatch(plain) else ""
    for key in _SIGNS.get(date[-1], ()):
        form = language.forms.get(f"{key}{of_a_day}", language.forms[key])
        text, of_a_day = form.format(date=text), ""
    return text


def _one(date: str, language: Lexicon) -> str:
    """Return one date that EDTF writes without a sign."""
    year, *rest = date.split("-")
    forms, words = language.forms, language.first
    if not rest:
        return forms["year"].format(year=year)
    part = int(rest[0])
    if len(rest) > 1:
        number = int(rest[1])
        key = "first of month" if number == 1 and "first of month" in forms else "day"
        return forms[key].format(day=number, month=words(language.months[part - 1]), year=year)
    if part in _THIRDS:
        return forms[_THIRDS[part]].format(date=year)
    first_month, count = PARTS[part]
    if count == 1:
        return forms["month"].format(month=words(language.months[part - 1]), year=year)
    if part in range(21, 25):
        key = "winter" if part == 24 else "season"  # noqa: PLR2004  winter is in two years
        season = words(language.seasons[part - 21])
        return forms[key].format(season=season, year=year, next=f"{int(year) + 1:04}")
    number = (first_month - 1) // count + 1
    ordinal = words(language.ordinals[number - 1])
    key = "quarter" if count == 3 else "half"  # noqa: PLR2004  months of a quarter
    return forms[key].format(ordinal=ordinal, number=number, year=year)


def _named(edtf: str, language: Lexicon) -> str:
    """Return a range of days that has a name: a part of a month, a year of school."""
    if not (match := _DAYS.fullmatch(edtf)):
        return ""
    year, month, first, last_year, last_month, last = (int(number) for number in match.groups())
    if (year, month) == (last_year, last_month):
        to_the_end = last == days_of(f"{match[1]}-{match[2]}")[1].day
        part = _MONTH_PARTS.get((first, 0 if to_the_end else last))
        if part is None:
            return ""
        whole = _one(f"{match[1]}-{match[2]}", language)
        return language.forms[part].format(date=whole, month=whole)
    if month in language.school_years and edtf == year_from(year, month):
        school = language.first(language.school_years[month])
        following = f"{year + 1:04}"
        return language.forms["school year"].format(school=school, year=match[1], next=following)
    return ""


def year_from(year: int, month: int, day: int = 1) -> str:
    """Return the twelve months from a day on.

    >>> year_from(2014, 8)
    '[2014-08-01..2015-07-31]'
    """
    first = days_of(f"{year:04}-{month:02}-{day:02}")[0]
    following = days_of(f"{year + 1:04}-{month:02}-{day:02}")[0]
    return f"[{first}..{following - dt.timedelta(days=1)}]"
