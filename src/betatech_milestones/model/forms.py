"""What one date can be: every order of words, and the EDTF text that it makes.

A form is named by the kinds of its words in order: `number month year`. Whoever looks for one form
finds it in `FORMS`.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, NoReturn

from betatech_milestones.language import Lexicon
from betatech_milestones.model.conventions import Conventions
from betatech_milestones.model.edtf import PARTS, days_of
from betatech_milestones.model.sayings import said, year_from
from betatech_milestones.model.vocabulary import DateOrder
from betatech_milestones.model.words import Token, part_of_year


class RefusedError(ValueError):
    """A phrase that is a date but for one thing; the message says what would be right."""


class Manner(NamedTuple):
    """In which language a phrase is read, and by what conventions of its programme."""

    language: Lexicon
    conventions: Conventions

    def said(self, edtf: str) -> str:
        """Return a date in words, in quotes: what to write in place of a phrase."""
        return f'"{said(edtf, self.language)}"'

    def school_year(self, first: int) -> str:
        """Return how to write the year of a school that begins in a year."""
        name = next(iter(self.language.school_years.values()))
        return f'"{self.language.first(name)} {first:04}/{first + 1:04}"'

    def fiscal_year(self, first: int) -> str:
        """Return how to write the financial year that begins in a year."""
        name = self.language.first(self.language.words["fiscal-year"])
        written = f'"{name} {first:04}/{first + 1:04}"'
        if self.conventions.fiscal_year is not None:
            return written
        return f"{written} with a fiscal_year in [programme]"


Meanings = Mapping[str, str]
"""What the words of a form stand for, by their kinds."""
Form = Callable[[Manner, Meanings], str | None]


def start(date: str) -> str:
    """Return the first of the two dates of a range, or the one date."""
    return date.strip("[]").partition("..")[0]


def end(date: str) -> str:
    """Return the second of the two dates of a range, or the one date."""
    return date.strip("[]").rpartition("..")[2]


def is_one_day(date: str) -> bool:
    """Whether a date without an open end is a single day."""
    return days_of(start(date))[0] == days_of(end(date))[1]


def date_of(tokens: list[Token], manner: Manner) -> str | None:
    """Return the EDTF text of one date without a limit, or None where it is no form."""
    read = FORMS.get(" ".join([kind for kind, _ in tokens]))
    if read is None:
        tokens = with_parts(tokens)
        read = FORMS.get(" ".join([kind for kind, _ in tokens]))
    if read is None:
        return _with_weekday(tokens, manner)
    return read(manner, dict(tokens))


_COUNTS = frozenset({"ordinal", "number", "roman", "last"})
_PARTS = frozenset({"quarter", "half", "half-year"})
# Parts of a year that have a name of their own.
_NAMED = {
    "first-quarter": ("quarter", 1),
    "first-half": ("half", 1),
    "second-half": ("half", 2),
}


def with_parts(tokens: list[Token]) -> list[Token]:
    """Return the tokens with each part of a year as one: "third quarter", "KW 23/2014"."""
    kept: list[Token] = []
    for token in tokens:
        before = kept[-1] if kept else Token("")
        if token.kind in _PARTS and before.kind in _COUNTS:
            most = 4 if token.kind == "quarter" else 2
            number = most if before.kind == "last" else int(before.meaning)
            kept[-1] = part_of_year(token.kind, number)
        elif token.kind in _COUNTS - {"last"} and before.kind in _PARTS:
            kept[-1] = part_of_year(before.kind, int(token.meaning))
        elif token.kind == "month_of_year" and before.kind in {"quarter", "week"}:
            number, year = (int(digits) for digits in re.split("[-/.]", token.meaning))
            if before.kind == "quarter":
                kept[-1] = part_of_year("quarter", number)
            else:
                kept.append(Token("number", str(number)))
            kept.append(Token("year", f"{year:04}"))
        elif token.kind in _NAMED:
            kept.append(part_of_year(*_NAMED[token.kind]))
        else:
            kept.append(token)
    return kept


def _with_weekday(tokens: list[Token], manner: Manner) -> str | None:
    """Return a day that its day of the week stands beside."""
    for weekday, rest in ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1])):
        if weekday.kind != "weekday" or not rest or (date := date_of(rest, manner)) is None:
            continue
        if not is_one_day(date):
            return None
        day = days_of(start(date))[0]
        if day.isoweekday() != int(weekday.meaning):
            right = manner.language.first(manner.language.weekdays[day.isoweekday() - 1])
            raise RefusedError(f"{day} is a {right}; mend the day of the week or the date")
        return date
    return None


# --- days -----------------------------------------------------------------------------------------


def _checked(date: str) -> str:
    """Return an EDTF date that the calendar has."""
    days_of(date)
    return date


def _plain(template: str) -> Form:
    """A form that a template writes."""
    return lambda _, meanings: _checked(template.format_map(meanings))


def _day(_: Manner, meanings: Meanings) -> str:
    number = meanings.get("number") or meanings["ordinal"]
    return _checked(f"{meanings['year']}-{meanings['month']}-{int(number):02}")


def _numeric(manner: Manner, meanings: Meanings) -> str:
    """A day in three numbers, of which the last is the year; the month is one of the others."""
    one, two, year = re.split("[-/.] ?", meanings["numeric"])
    first = int(one) if manner.conventions.date_order is DateOrder.MONTH_FIRST else int(two)
    readings = {f"{year}-{int(two):02}-{int(one):02}", f"{year}-{int(one):02}-{int(two):02}"}
    if manner.conventions.date_order is not None:
        day = int(one) + int(two) - first
        return _checked(f"{year}-{first:02}-{day:02}")
    known = sorted(filter(_exists, readings), reverse=True)
    if len(known) > 1:
        wanted = " or ".join(manner.said(date) for date in known)
        raise RefusedError(
            f"it has two readings; write {wanted}, or give the [programme] a date_order"
        )
    return known[0] if known else _checked(f"{year}-{int(two):02}-{int(one):02}")


def _exists(date: str) -> bool:
    try:
        days_of(date)
    except ValueError:
        return False
    return True


def _reversed(_: Manner, meanings: Meanings) -> str:
    year, month, day = re.split("[/.]", meanings["reversed"])
    return _checked(f"{year}-{int(month):02}-{int(day):02}")


def _weekday_of_month(_: Manner, meanings: Meanings) -> str:
    """A weekday by its number in a month, such as its third Tuesday."""
    first, last = days_of(f"{meanings['year']}-{meanings['month']}")
    weekday = int(meanings["weekday"])
    if "last" in meanings:
        return str(last - dt.timedelta(days=(last.isoweekday() - weekday) % 7))
    nth = int(meanings.get("ordinal") or meanings["number"])
    number = 1 + (weekday - first.isoweekday()) % 7 + 7 * (nth - 1)
    if number > last.day:
        raise RefusedError(f"the month has no such day; it ends on {last}")
    return str(first.replace(day=number))


# --- weeks ----------------------------------------------------------------------------------------


def _week(_: Manner, meanings: Meanings) -> str:
    """A week by its number (ISO 8601-1:2019, 4.2.2): the first has the first Thursday."""
    if "week_of_year" in meanings:
        year, number = int(meanings["week_of_year"][:4]), int(meanings["week_of_year"][-2:])
    else:
        year = int(meanings["year"])
        number = int(meanings.get("number") or meanings["ordinal"])
    try:
        monday, sunday = (dt.date.fromisocalendar(year, number, day) for day in (1, 7))
    except ValueError:
        raise RefusedError(f"{year} has no week {number}") from None
    return f"[{monday}..{sunday}]"


def _week_of(form: Form) -> Form:
    """The week that begins on a Monday; which days a week of another day has is not certain."""

    def read(manner: Manner, meanings: Meanings) -> str:
        monday = days_of(str(form(manner, meanings)))[0]
        if monday.isoweekday() != 1:
            raise RefusedError(f"{monday} is no Monday; write the first and the last day")
        return f"[{monday}..{monday + dt.timedelta(days=6)}]"

    return read


# --- months and parts of a year -------------------------------------------------------------------


def _month_of_year(_: Manner, meanings: Meanings) -> str:
    month, year = re.split("[-/.]", meanings["month_of_year"])
    if int(month) > 12:  # noqa: PLR2004  months of a year
        raise RefusedError(f"{month} is not a month (01 to 12)")
    return _checked(f"{year}-{int(month):02}")


_PLACES = {"early": 0, "mid": 1, "late": 2, "end": 2}


def _third_of_year(place: int) -> Form:
    return lambda _, meanings: _checked(f"{meanings['year']}-{37 + place}")


def _third_of_month(place: int) -> Form:
    """Ten days, of the last ten as many as there are."""

    def read(manner: Manner, meanings: Meanings) -> str:
        if "month" in meanings:
            month = f"{meanings['year']}-{meanings['month']}"
        else:
            month = _month_of_year(manner, meanings)
        first, last = days_of(month)
        days = ((1, 10), (11, 20), (21, last.day))[place]
        return f"[{first.replace(day=days[0])}..{first.replace(day=days[1])}]"

    return read


def _third_of_part(place: int) -> Form:
    """One month of a quarter, two of a half."""

    def read(_: Manner, meanings: Meanings) -> str:
        first_month, count = PARTS[int(meanings["part"])]
        first = first_month + place * count // 3
        last = first + count // 3 - 1
        year = meanings["year"]
        days_of(year)
        return f"{year}-{first:02}" if first == last else f"[{year}-{first:02}..{year}-{last:02}]"

    return read


def _half_of_month(_: Manner, meanings: Meanings) -> str | None:
    """The first fifteen days, or those behind them."""
    first, last = days_of(f"{meanings['year']}-{meanings['month']}")
    if "last" in meanings or "second-half" in meanings:
        number = 2
    elif "first-half" in meanings:
        number = 1
    else:
        number = int(meanings.get("ordinal") or meanings["number"])
    fifteenth, sixteenth = first.replace(day=15), first.replace(day=16)
    return {1: f"[{first}..{fifteenth}]", 2: f"[{sixteenth}..{last}]"}.get(number)


def _year_end(manner: Manner, meanings: Meanings) -> NoReturn:
    late, last = f"{meanings['year']}-39", f"{meanings['year']}-12-31"
    raise RefusedError(f"it has two readings; write {manner.said(late)} or {manner.said(last)}")


# --- two years ------------------------------------------------------------------------------------


def _first_of(meanings: Meanings) -> int:
    """Return the first of two years that follow each other; the second may have two digits."""
    written = meanings.get("years") or meanings["pair"]
    first, second = (part.strip() for part in re.split("[-/]", written))
    following = f"{int(first) + 1:04}"
    if second != following[-len(second) :]:
        raise RefusedError(f"{written} is not one year and the next; write {first}/{following}")
    return int(first)


def _winter(_: Manner, meanings: Meanings) -> str:
    return _checked(f"{_first_of(meanings):04}-24")


def _school_year(_: Manner, meanings: Meanings) -> str:
    return year_from(_first_of(meanings), int(meanings["school-year"]))


def _one_winter(manner: Manner, meanings: Meanings) -> NoReturn:
    year = int(meanings["year"])
    wanted = " or ".join(manner.said(f"{first:04}-24") for first in (year, year - 1))
    raise RefusedError(f"winter is in two years; write {wanted}")


def _one_school_year(manner: Manner, meanings: Meanings) -> NoReturn:
    year, month = int(meanings["year"]), int(meanings["school-year"])
    wanted = " or ".join(manner.said(year_from(first, month)) for first in (year, year - 1))
    raise RefusedError(f"it is in two years; write {wanted}")


def _fiscal_year(manner: Manner, meanings: Meanings) -> str:
    """A financial year, by the day with which those of the programme begin.

    One that is called by one year begins in it, or ends in it if it begins in the second half.
    """
    begins = manner.conventions.fiscal_year
    if begins is None:
        raise RefusedError(
            "it is not said when a financial year begins; give the [programme] "
            'fiscal_year = "04-01", or write { words = "…", edtf = "…" }'
        )
    month, day = (int(part) for part in begins.split("-"))
    if begins == "01-01":
        if "year" not in meanings:
            raise RefusedError("a financial year from 1 January on is one year; write that one")
        return _checked(meanings["year"])
    if "year" in meanings:
        return year_from(int(meanings["year"]) - (month > 6), month, day)  # noqa: PLR2004  of 12
    return year_from(_first_of(meanings), month, day)


def _years(manner: Manner, meanings: Meanings) -> str:
    """From one year to another; two that follow each other may be one year of a school."""
    first, last = (int(year) for year in re.split("[-/]", meanings["years"]))
    if last <= first:
        raise RefusedError("it ends before it begins; write the earlier year first")
    years = f"[{first:04}..{last:04}]"
    if last == first + 1 and "span" not in meanings:
        raise RefusedError(
            "it may be two years or a school year; write "
            f"{manner.said(years)} or {manner.school_year(first)}"
        )
    days_of(start(years))
    return years


def _span_of_pair(_: Manner, meanings: Meanings) -> str:
    """A period of years of which the last has two digits: the years 2012-15."""
    first, last = int(meanings["pair"][:4]), int(meanings["pair"][5:])
    last += first - first % 100
    if last <= first:
        raise RefusedError("it ends before it begins; write both years in four digits")
    return f"[{first:04}..{last:04}]"


_LONGEST_SPAN = 20
"""Years: "2014-45" is the number of something else."""


def _pair(manner: Manner, meanings: Meanings) -> str | None:
    """A year and two digits, which may be a month, a code of EDTF, or another year."""
    year, part = int(meanings["pair"][:4]), int(meanings["pair"][5:])
    is_iso = meanings["pair"][4] == "-"
    written = f"{year:04}-{part:02}"
    is_month = 1 <= part <= 12  # noqa: PLR2004  months of a year
    code = manner.said(written) if _exists(written) and (is_iso or is_month) else ""
    if part == (year + 1) % 100:
        other, wanted = (f"{code}, ", f"{code}, ") if code else ("", "")
        raise RefusedError(
            f"it may be {other}a school year or a financial year; write {wanted}"
            f"{manner.school_year(year)} or {manner.fiscal_year(year)}"
        )
    if part <= year % 100 or (is_iso and is_month):
        return _checked(written) if is_iso or is_month else None
    if not is_iso or part - year % 100 > _LONGEST_SPAN:
        return None
    years = f"[{year:04}..{year - year % 100 + part:04}]"
    if code:
        raise RefusedError(f"it has two readings; write {code} or {manner.said(years)}")
    return years


# --- all of them ----------------------------------------------------------------------------------


def _period(_: Manner, meanings: Meanings) -> str:
    return meanings["period"]


def _edge(form: Form, edge: str) -> Form:
    """The first or the last day of a date."""

    def read(manner: Manner, meanings: Meanings) -> str:
        date = str(form(manner, meanings))
        return str(days_of(start(date))[0] if edge == "first-day" else days_of(end(date))[1])

    return read


def _in_any_order(name: str, years: tuple[str, ...], form: Form) -> dict[str, Form]:
    """A form whose year may stand before or behind its name."""
    return {order: form for year in years for order in (f"{name} {year}", f"{year} {name}")}


_DAYS: dict[str, Form] = {
    "date": _plain("{date}"),
    "number month year": _day,
    "ordinal month year": _day,
    "month number year": _day,
    "year month number": _day,
    "number slash month slash year": _day,
    "numeric": _numeric,
    "reversed": _reversed,
    "ordinal weekday month year": _weekday_of_month,
    "number weekday month year": _weekday_of_month,
    "last weekday month year": _weekday_of_month,
}
_WHOLE: dict[str, Form] = {
    "year": _plain("{year}"),
    "month_of_year": _month_of_year,
    "part slash year": _plain("{year}-{part}"),
    "span years": _years,
    "years": _years,
    "span pair": _span_of_pair,
    "period": _period,
    **_in_any_order("month", ("year",), _plain("{year}-{month}")),
    **_in_any_order("part", ("year",), _plain("{year}-{part}")),
    **_in_any_order("season", ("year",), _plain("{year}-{season}")),
    **_in_any_order("winter", ("years", "pair"), _winter),
    **_in_any_order("winter", ("year",), _one_winter),
    **_in_any_order("school-year", ("years", "pair"), _school_year),
    **_in_any_order("school-year", ("year",), _one_school_year),
    **_in_any_order("fiscal-year", ("year", "years", "pair"), _fiscal_year),
}
FORMS: dict[str, Form] = {
    **_DAYS,
    **_WHOLE,
    "pair": _pair,
    "year-end year": _year_end,
    "first-half month year": _half_of_month,
    "second-half month year": _half_of_month,
    **{
        f"{count} {half} month year": _half_of_month
        for count in ("ordinal", "number", "last")
        for half in ("half", "fortnight")
    },
    "week number year": _week,
    "number week year": _week,
    "ordinal week year": _week,
    "year week number": _week,
    "week_of_year": _week,
    "week-of number month year": _week_of(_day),
    "week-of month number year": _week_of(_day),
    "week-of weekday number month year": _week_of(_day),
    "week-of numeric": _week_of(_numeric),
    "week-of date": _week_of(_plain("{date}")),
    **{f"{word} year": _third_of_year(place) for word, place in _PLACES.items()},
    **{
        f"{word} {whole}": _third_of_month(place)
        for word, place in _PLACES.items()
        for whole in ("month year", "month_of_year")
    },
    **{
        f"{word} {whole}": _third_of_part(place)
        for word, place in _PLACES.items()
        for whole in ("part year", "year part", "part slash year")
    },
    **{f"first-day {whole}": _edge(form, "first-day") for whole, form in _WHOLE.items()},
    **{f"last-day {whole}": _edge(form, "last-day") for whole, form in (_DAYS | _WHOLE).items()},
}
