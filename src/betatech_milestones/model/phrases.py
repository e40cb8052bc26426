"""Dutch and English date phrases, and the EDTF text each one stands for.

Governments date their promises in words. `VOCABULARY` holds every word this library reads and
`FORMS` every order in which words make a date; a text that is not wholly one of these is refused,
never guessed at. EDTF is the Extended Date/Time Format of ISO 8601-2:2019, published at
https://www.loc.gov/standards/datetime/.
"""

import datetime as dt
import re
import unicodedata
from typing import NoReturn

from dateutil.relativedelta import relativedelta

from betatech_milestones.model import rules
from betatech_milestones.model.errors import BadValue


class NotADate(BadValue):
    """A value in none of the accepted forms; the message says what to write instead."""

    def __init__(self, message: str) -> None:
        super().__init__(rules.BAD_DATE, message)


# Kind of word · what it stands for, as EDTF text · its spellings.
VOCABULARY = (
    ("month", "01", "januari, january, jan, jan."),
    ("month", "02", "februari, february, feb, feb."),
    ("month", "03", "maart, march, mrt, mrt., mar, mar."),
    ("month", "04", "april, apr, apr."),
    ("month", "05", "mei, may"),
    ("month", "06", "juni, june, jun, jun."),
    ("month", "07", "juli, july, jul, jul."),
    ("month", "08", "augustus, august, aug, aug."),
    ("month", "09", "september, sept, sept., sep, sep."),
    ("month", "10", "oktober, october, okt, okt., oct, oct."),
    ("month", "11", "november, nov, nov."),
    ("month", "12", "december, dec, dec."),
    ("quarter", "33", "1e kwartaal, 1ste kwartaal, eerste kwartaal, 1st quarter, first quarter"),
    ("quarter", "34", "2e kwartaal, 2de kwartaal, tweede kwartaal, 2nd quarter, second quarter"),
    ("quarter", "35", "3e kwartaal, 3de kwartaal, derde kwartaal, 3rd quarter, third quarter"),
    ("quarter", "36", "4e kwartaal, 4de kwartaal, vierde kwartaal, 4th quarter, fourth quarter"),
    ("half", "40", "1e helft, 1ste helft, eerste helft, eerste halfjaar, 1st half, first half"),
    ("half", "41", "2e helft, 2de helft, tweede helft, tweede halfjaar, 2nd half, second half"),
    ("symbol", "33", "q1"),
    ("symbol", "34", "q2"),
    ("symbol", "35", "q3"),
    ("symbol", "36", "q4"),
    ("symbol", "40", "h1"),
    ("symbol", "41", "h2"),
    ("third", "37", "begin, early, beginning, start"),
    ("third", "38", "medio, midden, mid, middle"),
    ("third", "39", "late"),
    ("end", "39", "eind, einde, end"),
    ("season", "21", "voorjaar, lente, spring"),
    ("season", "22", "zomer, summer"),
    ("season", "23", "najaar, herfst, autumn, fall"),
    ("winter", "24", "winter"),
    ("school-year", "08", "schooljaar, school year"),
    ("school-year", "09", "studiejaar, academic year"),
    ("by", "", "uiterlijk, by, no later than"),
    ("before", "", "vóór, voor, before"),
    ("recess", "", "reces, zomerreces, zomervakantie, recess"),
    ("small", "", "in, de, het, per, op, aan, on, at, the"),
    ("of", "", "van, of"),
)
_MEANING = {
    spelling: (kind, meaning)
    for kind, meaning, spellings in VOCABULARY
    for spelling in spellings.split(", ")
}
_UNITS = sorted((spelling for spelling in _MEANING if " " in spelling), key=len, reverse=True)
_WORD = re.compile(rf"(?:{'|'.join(_UNITS)})(?!\S)|\S+")

# What is written in digits; the name of a group is the kind.
DIGITS = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"|(?P<day>[0-9]{1,2})(?:e|de|ste|st|nd|rd|th)?,?"
    r"|(?P<pair>[0-9]{4}-[0-9]{2})"  # a year and a month; after "winter", a year and the next
    r"|(?P<years>[0-9]{4}/[0-9]{2}|[0-9]{4}[-/][0-9]{4})"
    r"|(?P<year>[0-9]{4})"
)

# The kinds of the words in order, and the EDTF text they make. A name in braces is what the word of
# that kind stands for; `first` is the first of two years, and `from` the twelve months from it on.
FORMS = {
    "date": "{date}",
    "day month year": "{year}-{month}-{day:0>2}",
    "month day year": "{year}-{month}-{day:0>2}",
    "pair": "{pair}",
    "month year": "{year}-{month}",
    "quarter year": "{year}-{quarter}",
    "half year": "{year}-{half}",
    "symbol year": "{year}-{symbol}",
    "year symbol": "{year}-{symbol}",
    "third year": "{year}-{third}",
    "end year": "{year}-{end}",
    "season year": "{year}-{season}",
    "winter years": "{first}-{winter}",
    "winter pair": "{first}-{winter}",
    "school-year years": "{from}",
    "school-year pair": "{from}",
    "year": "{year}",
}
# What is in two years, and is refused with one: by what it is written with both.
IN_TWO_YEARS = {"winter year": "winter ", "school-year year": ""}

# First month and number of months of what follows the year in EDTF: a month; a season (level 1),
# here a meteorological one of the northern hemisphere; a sub-year grouping (level 2). The level 2
# codes 25 to 32, seasons of a named hemisphere, are left out.
PARTS = (
    {month: (month, 1) for month in range(1, 13)}
    | {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}
    | {33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)}
    | {37: (1, 4), 38: (5, 4), 39: (9, 4)}
    | {40: (1, 6), 41: (7, 6)}
)


def edtf_of(text: str) -> str | None:
    """Return the EDTF text that a phrase stands for, or None where the text is no phrase.

    >>> edtf_of("in de zomer van 2014")
    '2014-22'
    >>> edtf_of("before the end of winter 2013/14")
    '[..2014-02-28]'
    >>> edtf_of("over een half jaar") is None
    True

    A phrase that names no day of the calendar, or could name two, is refused.

    >>> edtf_of("winter 2013")
    Traceback (most recent call last):
        ...
    betatech_milestones.model.phrases.NotADate: "winter 2013" is not a date: \
write "winter 2013/2014" or "winter 2012/2013"
    """
    try:
        return _read(_words(text))
    except ValueError as problem:
        raise NotADate(f"{quoted(text)} is not a date: {problem}") from None


def days_of(date: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of one EDTF date, written without a qualifier.

    >>> days_of("2013-24")
    (datetime.date(2013, 12, 1), datetime.date(2014, 2, 28))
    """
    year, *rest = (int(number) for number in date.split("-"))
    match rest:
        case []:
            return _months(year, 1, 12)
        case [part] if part in PARTS:
            return _months(year, *PARTS[part])
        case [part]:
            raise ValueError(
                f"{part:02} is not a month (01 to 12), a season (21 to 24), a quarter (33 to 36), "
                "a third (37 to 39) or a half (40 and 41) of a year"
            )
        case [month, *_] if not 1 <= month <= 12:  # noqa: PLR2004  months of a year
            raise ValueError(f"{month:02} is not a month (01 to 12)")
    first, last = _months(year, rest[0], 1)
    if not 1 <= rest[1] <= last.day:
        raise ValueError(f"{date[:7]} has days 01 to {last.day}")
    day = first.replace(day=rest[1])
    return day, day


def quoted(text: str) -> str:
    """Return a text as messages show it: in quotes, on one line, cut short."""
    import textwrap

    return f'"{textwrap.shorten(text, 60, placeholder=" …")}"'


_NOT_BEFORE_OF = {"by", "before", "year"}


def _words(text: str) -> list[tuple[str, str]]:
    """Return the kind and the meaning of each word, without the small words.

    "Of" links two words of a date. Anywhere else it may be the Dutch "or", as in
    "voor of op 1 augustus 2014", and stays, which leaves a text that is no phrase.
    """
    plain = unicodedata.normalize("NFC", text).lower().replace("\N{EN DASH}", "-")
    plain = re.sub(r"\s*([-/])\s*", r"\1", " ".join(plain.split()))
    plain = re.sub(r"(?<=[a-z])-|-(?=[a-z])", " ", plain)  # "2014-Q3", "mid-2013"
    *words, last = [_word(word) for word in _WORD.findall(plain)] or [("", "")]
    kept: list[tuple[str, str]] = []
    for kind, meaning in words:
        if kind == "small" or (kind == "of" and kept and kept[-1][0] not in _NOT_BEFORE_OF):
            continue
        kept.append((kind, meaning))
    return [*kept, last]


def _word(word: str) -> tuple[str, str]:
    if word in _MEANING:
        return _MEANING[word]
    if (digits := DIGITS.fullmatch(word)) and (kind := digits.lastgroup):
        return kind, digits[kind]
    return "unknown", word


def _read(words: list[tuple[str, str]]) -> str | None:
    """Return the EDTF text for words of known kinds, or None where their order is no form."""
    match words:
        case [("by" | "before", _), ("end", _), *rest]:
            limit = "by"
        case [("by" | "before" as limit, _), *rest]:
            pass
        case rest:
            limit = ""
    form = " ".join(kind for kind, _ in rest)
    if "recess" in form or (limit and form in {"season", "winter"}):
        raise ValueError(
            "it is another day every year; "
            'write { words = "...", edtf = "..." } with the day that is meant'
        )
    if f"{form} year" in FORMS or f"{form} year" in IN_TWO_YEARS:
        raise ValueError("it names no year; write the year, too")
    if form in IN_TWO_YEARS:
        _refuse_one_year(IN_TWO_YEARS[form], dict(rest)["year"])
    if form not in FORMS:
        return None
    date = _filled(FORMS[form], dict(rest))
    start, _, end = date.strip("[]").partition("..")
    earliest, latest = days_of(start)[0], days_of(end or start)[1]
    match limit:
        case "by":
            return f"[..{latest}]"
        case "before" if earliest == dt.date.min:
            raise ValueError("no day comes before 0001-01-01")
        case "before":
            return f"[..{earliest - dt.timedelta(days=1)}]"
    return date


def _filled(form: str, meanings: dict[str, str]) -> str:
    """Return the EDTF text of a form for the words that are there."""
    if "{first}" in form or "{from}" in form:
        first = _first_of(meanings.get("years") or meanings["pair"])
        meanings = {**meanings, "first": first}
    if "{from}" in form:
        meanings["from"] = _year_from(first, meanings["school-year"])
    return form.format_map(meanings)


def _first_of(years: str) -> str:
    """Return the first of two years that follow each other; the second may have two digits."""
    first, second = years[:4], years[5:]
    following = f"{int(first) + 1:04}"
    if second != following[-len(second) :]:
        raise ValueError(f"{years} is not one year and the next; write {first}/{following}")
    return first


def _year_from(year: str, month: str) -> str:
    """Return the twelve months from the first of a month on.

    In the Netherlands a school year begins on 1 August (WPO, article 1; WVO 2020, article 1.1), a
    year of higher education on 1 September (WHW, article 1.1).
    """
    first, last = _months(int(year), int(month), 12)
    return f"[{first}..{last}]"


def _refuse_one_year(season: str, year: str) -> NoReturn:
    previous, following = f"{int(year) - 1:04}", f"{int(year) + 1:04}"
    raise ValueError(f'write "{season}{year}/{following}" or "{season}{previous}/{year}"')


def _months(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of some whole months."""
    try:
        first = dt.date(year, month, 1)
        return first, first + relativedelta(months=count - 1, day=31)
    except ValueError:
        raise ValueError("dates run from 0001-01-01 to 9999-12-31") from None
