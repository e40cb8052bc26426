"""What a number format of a spreadsheet shows of a day (ECMA-376, 18.8.30 and 18.8.31).

A cell that holds 1 August 2014 and shows "aug-14" says August 2014. Taken for its first day, a
month would become a deadline that nobody set.
"""

import datetime as dt
import functools
import re

from betatech_milestones.importing.grid import Shown, Unusable, Value, as_shown, time_of_day

# Quoted text, single literal signs, room for one, signs to fill with, colours and locales; [h] and
# the like, which count hours, stay.
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|am/pm|a/p', re.IGNORECASE)
_MINUTES = re.compile(r"h[^a-z]*m+|m+[^a-z]*s", re.IGNORECASE)

OF_EAST_ASIA = {
    **dict.fromkeys([*range(27, 32), 36, *range(50, 59)], "yyyy/m/d"),
    **dict.fromkeys(range(32, 36), "h:mm:ss"),
}
"""Formats that no workbook writes down: what each looks like, the language of Excel says."""


@functools.cache
def shown_by(number_format: str) -> Shown | None:
    """Return how much of a day a number format shows; None where that is nothing."""
    of_days = _MINUTES.sub("", _LITERAL.sub("", number_format.partition(";")[0])).lower()
    if "d" in of_days:
        return Shown.DAY
    if "m" in of_days:
        return Shown.MONTH
    return Shown.YEAR if "y" in of_days else None


def as_formatted(moment: dt.date | dt.time | dt.timedelta, shown: Shown | None) -> Value:
    """Return what a cell says that holds a day, a time or both, and shows so much of the day."""
    if isinstance(moment, dt.date):
        return as_shown(moment, shown or Shown.DAY)
    if isinstance(moment, dt.timedelta):
        return time_of_day(moment.total_seconds())
    time = time_of_day(moment.hour * 3600 + moment.minute * 60)
    return time if shown is None else Unusable(time, "no day of the calendar, in a cell for dates")
