"""EDTF, the Extended Date/Time Format of ISO 8601-2:2019: the part of it that names one day.

Read are dates and intervals (level 0), seasons, qualifiers behind a date and open ends (level 1),
sub-year groupings and ranges in a set (level 2): https://www.loc.gov/standards/datetime/.
"""

import datetime as dt
import functools
import re

from betatech_milestones.model import rules
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.printable import printable_line
from betatech_milestones.model.rules import Rule

_DATE = r"[0-9]{4}(?:-[0-9]{2}){0,2}[~?%]?"
_FORMS = (
    re.compile(rf"({_DATE})"),
    re.compile(rf"\[({_DATE})?\.\.({_DATE})?\]"),  # one day of a range
    re.compile(rf"({_DATE}|\.\.)/({_DATE}|\.\.)"),  # an interval, read as one day of it
)
_ONE_DAY = dt.timedelta(days=1)
QUALIFIERS = "~?%"
"""Approximate, uncertain, and both."""

# First month and number of months of what follows the year: a month; a season (level 1), here a
# meteorological one of the northern hemisphere; a sub-year grouping (level 2). The level 2 codes 25
# to 32, seasons of a named hemisphere, are left out.
PARTS = (
    {month: (month, 1) for month in range(1, 13)}
    | {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}
    | {33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)}
    | {37: (1, 4), 38: (5, 4), 39: (9, 4)}
    | {40: (1, 6), 41: (7, 6)}
)


class NotADate(BadValue):
    """A value in none of the accepted forms; the message says what to write instead."""

    def __init__(self, message: str, rule: Rule = rules.BAD_DATE) -> None:
        super().__init__(rule, message)


def quoted(text: str) -> str:
    """Return a text as messages show it: in quotes, on one line, cut short."""
    import textwrap

    return f'"{printable_line(textwrap.shorten(text, 60, placeholder=" …"))}"'


def ends_of(edtf: str) -> list[str]:
    """Return the one or two dates of an EDTF text, an open end as "", or none for other text.

    >>> ends_of("2014-22"), ends_of("../2014~"), ends_of("zomer 2014")
    (['2014-22'], ['', '2014~'], [])
    """
    for form in _FORMS:
        if match := form.fullmatch(edtf.strip()):
            return ["" if end in {None, ".."} else end for end in match.groups()]
    return []


def window(edtf: str) -> tuple[str, dt.date | None, dt.date | None]:
    """Return the canonical text of an EDTF date, and its first and last day.

    A milestone is on one day. That makes an interval a range to choose one day from, which EDTF
    writes between brackets.
    """
    match ends_of(edtf):
        case [date]:
            return date, *days_of(date)
        case ["", ""]:
            raise ValueError("both ends are open; write at least one")
        case [start, end]:
            earliest = days_of(start)[0] if start else None
            latest = days_of(end)[1] if end else None
            if earliest and latest and latest < earliest:
                raise ValueError("it ends before it begins; write the earlier date first")
            return f"[{start}..{end}]", earliest, latest
    raise ValueError(
        "this is not EDTF; write 2014-08-01, 2014-08, 2014, 2014-22, [2014-08..2015-07], "
        "[..2014] or 2013-08~"
    )


@functools.lru_cache(maxsize=8192)  # one phrase asks it of one date again and again
def days_of(date: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of one EDTF date; a qualifier never moves them.

    >>> days_of("2013-24~")
    (datetime.date(2013, 12, 1), datetime.date(2014, 2, 28))
    """
    year, *rest = (int(number) for number in date.rstrip(QUALIFIERS).split("-"))
    match rest:
        case []:
            return months(year, 1, 12)
        case [part] if part in PARTS:
            return months(year, *PARTS[part])
        case [part]:
            raise ValueError(
                f"{part:02} is not a month (01 to 12), a season (21 to 24), a quarter (33 to 36), "
                "a third (37 to 39) or a half (40 and 41) of a year"
            )
        case [month, *_] if not 1 <= month <= 12:  # noqa: PLR2004  months of a year
            raise ValueError(f"{month:02} is not a month (01 to 12)")
    first, last = months(year, rest[0], 1)
    if not 1 <= rest[1] <= last.day:
        raise ValueError(f"{date[:7]} has days 01 to {last.day}")
    day = first.replace(day=rest[1])
    return day, day


def months(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of some whole months."""
    try:
        first = dt.date(year, month, 1)
        if (year, month + count) == (dt.MAXYEAR, 13):  # there is no day behind it
            return first, dt.date.max
        years, behind = divmod(month + count - 1, 12)
        return first, dt.date(year + years, behind + 1, 1) - _ONE_DAY
    except ValueError:
        raise ValueError("dates run from 0001-01-01 to 9999-12-31") from None
