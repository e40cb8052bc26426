"""Policy dates: the words of the source, their EDTF text, and the window of days it leaves open.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019 (https://www.loc.gov/standards/datetime/).
Read are dates and intervals (level 0), seasons, qualifiers behind a date and open ends (level 1),
sub-year groupings and ranges in a set (level 2). All forms are in `docs/dates.md`.
"""

import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping
from typing import final

import attrs

from betatech_milestones.model import rules
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.phrases import NotADate, days_of, edtf_of, quoted
from betatech_milestones.model.values import shown

__all__ = ["NotADate", "PolicyDate", "day", "days_later", "policy_date"]

_DATE = r"[0-9]{4}(?:-[0-9]{2}){0,2}[~?%]?"
_SEASON = re.compile(r"[0-9]{4}-2[1-4]")
_EDTF = (
    re.compile(rf"({_DATE})"),
    re.compile(rf"\[({_DATE})?\.\.({_DATE})?\]"),  # one day of a range
    re.compile(rf"({_DATE}|\.\.)/({_DATE}|\.\.)"),  # an interval, read as one day of it
)


@final
@attrs.frozen(init=False, order=False)  # said aloud, so that type checkers refuse <, too
class PolicyDate:
    """A day that a source names more or less exactly, as a window from `earliest` to `latest`.

    Both days are included; an open end is `None`. `approximate` records the qualifiers ~ ? % and
    never moves the window. Dates are equal where their EDTF text is, whatever the words. They have
    no order: compare the days.

    >>> PolicyDate("2013-08~", words="over een half jaar").latest
    datetime.date(2013, 8, 31)
    >>> PolicyDate("2014/2015")
    PolicyDate('[2014..2015]', words='2014/2015')
    """

    edtf: str | None
    """None where the words name no day at all: "doorlopend"."""
    words: str = attrs.field(eq=False)
    earliest: dt.date | None = attrs.field(eq=False)
    latest: dt.date | None = attrs.field(eq=False)
    approximate: bool = attrs.field(eq=False)
    translations: tuple[tuple[str, str], ...] = attrs.field(eq=False)
    """The words in other languages than the source's, each behind its BCP 47 tag."""

    def __init__(
        self,
        edtf: str | None,
        *,
        words: str | None = None,
        translations: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    ) -> None:
        if edtf is None:
            if words is None:
                raise NotADate("a date without a day needs its words")
            canonical, earliest, latest = None, None, None
        else:
            try:
                canonical, earliest, latest = _window(edtf)
            except ValueError as problem:
                raise NotADate(f"{quoted(edtf)} is not a date: {problem}") from None
        pairs = translations.items() if isinstance(translations, Mapping) else translations
        self.__attrs_init__(
            edtf=canonical,
            words=(edtf or "") if words is None else words,
            earliest=earliest,
            latest=latest,
            approximate=not set("~?%").isdisjoint(edtf or ""),
            translations=tuple(pairs),
        )

    @staticmethod
    def parse(value: object) -> "PolicyDate":
        """Return the date that a value of the data file stands for: a day, a year or a text.

        >>> PolicyDate.parse("zomer 2014")
        PolicyDate('2014-22', words='zomer 2014')
        >>> PolicyDate.parse(dt.date(2014, 8, 1)).is_day
        True
        """
        match value:
            case str():
                return _parse_text(value)
            case dt.datetime():
                raise NotADate(f"{value} is not a date: write the day alone, {value.date()}")
            case dt.date():
                return _parse_text(value.isoformat())
            case int() if not isinstance(value, bool):
                if not 1000 <= value <= dt.MAXYEAR:  # noqa: PLR2004  a typing error before that
                    raise NotADate(
                        f"{value} is not a date: write a year in four digits, a day as 2014-08-01"
                    )
                return _parse_text(str(value))
        raise NotADate(f"{value} is not a date: {_ACCEPTED}")

    @property
    def is_day(self) -> bool:
        """Whether the window is a single day."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def is_exact(self) -> bool:
        """Whether it is one day, and nothing says that this is only about when."""
        return self.is_day and not self.approximate

    @property
    def is_vague(self) -> bool:
        """Whether its bounds are no more than a convention: it is approximate, or a season."""
        return self.approximate or _SEASON.search(self.edtf or "") is not None

    @property
    def is_plain(self) -> bool:
        """Whether the words alone tell the date: "zomer 2014", but not "over een half jaar"."""
        try:
            return PolicyDate.parse(self.words) == self
        except NotADate:
            return False

    def in_language(self, language: str) -> str:
        """Return the words for a BCP 47 tag, or the source's own (lookup as in RFC 4647, 3.4)."""
        texts = {tag.lower(): text for tag, text in self.translations}
        language = language.lower()
        while language not in texts:
            language, more, _ = language.rpartition("-")
            if not more:
                return self.words
        return texts[language]

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        words = "" if self.words == self.edtf else f", words={self.words!r}"
        return f"PolicyDate({self.edtf!r}{words})"


_ACCEPTED = (
    'write 2014-08-01, "1 augustus 2014", "Q3 2014", "zomer 2014", "schooljaar 2014/2015" or '
    '"uiterlijk 2014", or else { words = "...", edtf = "2013-08~" }'
)


@functools.lru_cache(maxsize=8192)
def _parse_text(text: str) -> PolicyDate:
    edtf = text if _ends(text) else edtf_of(text)
    if edtf is None:
        raise NotADate(f"{quoted(text)} is not a date: {_ACCEPTED}")
    return PolicyDate(edtf, words=text)


def _ends(edtf: str) -> list[str]:
    """Return the one or two dates of an EDTF text, an open end as "", or none for other text."""
    for form in _EDTF:
        if match := form.fullmatch(edtf.strip()):
            return ["" if end in {None, ".."} else end for end in match.groups()]
    return []


def _window(edtf: str) -> tuple[str, dt.date | None, dt.date | None]:
    """Return the canonical text of an EDTF date, and its first and last day.

    A milestone is on one day. That makes an interval a range to choose one day from, which EDTF
    writes between brackets.
    """
    match _ends(edtf):
        case [date]:
            return date, *_days_of(date)
        case ["", ""]:
            raise ValueError("both ends are open; write at least one")
        case [start, end]:
            earliest = _days_of(start)[0] if start else None
            latest = _days_of(end)[1] if end else None
            if earliest and latest and latest < earliest:
                raise ValueError("it ends before it begins; write the earlier date first")
            return f"[{start}..{end}]", earliest, latest
    raise ValueError(
        "this is not EDTF; write 2014-08-01, 2014-08, 2014, 2014-22, [2014-08..2015-07], "
        "[..2014] or 2013-08~"
    )


def _days_of(date: str) -> tuple[dt.date, dt.date]:
    return days_of(date.rstrip("~?%"))


def days_later(before: PolicyDate | None, after: PolicyDate | None) -> int | None:
    """Return the days from the last day of one date to that of another; negative is earlier.

    None where one of them has no last day.
    """
    if before is None or before.latest is None or after is None or after.latest is None:
        return None
    return (after.latest - before.latest).days


def policy_date(value: object) -> PolicyDate:
    """Return a policy date as it is, and read anything else as a data file does.

    >>> policy_date("zomer 2014")
    PolicyDate('2014-22', words='zomer 2014')
    """
    return value if isinstance(value, PolicyDate) else PolicyDate.parse(value)


def day(value: object) -> dt.date:
    """Return the day that a value is: a date, a text that names one day, or a midnight.

    A moment is no day, because it is another one elsewhere; the midnights of a data frame, which
    have no zone, are.

    >>> day("2014-08-01"), day(dt.datetime(2014, 8, 1))
    (datetime.date(2014, 8, 1), datetime.date(2014, 8, 1))
    """
    if isinstance(value, dt.datetime):
        if value.tzinfo is None and value.time() == dt.time.min:
            return value.date()
        message = f"{shown(str(value))} is a moment, and no day; give its date, {value.date()}"
        raise BadValue(rules.BAD_DATE, message)
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        read = PolicyDate.parse(value)
        if read.latest is not None and read.is_day:
            return read.latest
        raise BadValue(rules.BAD_DATE, f'"{value}" is more than one day; write it as 2014-09-01')
    raise BadValue(
        rules.BAD_DATE, f'{shown(value)} is no day; give a date, or a text such as "2014-09-01"'
    )
