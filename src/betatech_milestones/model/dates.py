"""Policy dates: the words of the source, their EDTF text, and the window of days it leaves open.

All forms are in `docs/dates.md`.
"""

import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping
from typing import final

import attrs

from betatech_milestones.language import LANGUAGES, Lexicon, lexicon
from betatech_milestones.model import rules
from betatech_milestones.model.conventions import NO_CONVENTIONS, Conventions
from betatech_milestones.model.edtf import QUALIFIERS, NotADate, ends_of, quoted, window
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.forms import RefusedError
from betatech_milestones.model.phrases import Reading, read
from betatech_milestones.model.refusals import remedy
from betatech_milestones.model.sayings import said
from betatech_milestones.model.values import in_phrase, shown
from betatech_milestones.model.vocabulary import Commitment
from betatech_milestones.model.words import is_clear, is_in

__all__ = ["NotADate", "PolicyDate", "day", "days_later", "policy_date"]

_SEASON = re.compile(r"[0-9]{4}-2[1-4]")


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
    hedge: Commitment | None = attrs.field(eq=False)
    """How firmly the words promise it, where they say so: "naar verwachting", "beoogd"."""

    def __init__(
        self,
        edtf: str | None,
        *,
        words: str | None = None,
        translations: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        hedge: Commitment | None = None,
    ) -> None:
        if edtf is None:
            if words is None:
                raise NotADate("a date without a day needs its words")
            canonical, earliest, latest = None, None, None
        else:
            try:
                canonical, earliest, latest = window(edtf)
            except ValueError as problem:
                raise NotADate(f"{quoted(edtf)} is not a date: {problem}") from None
        pairs = tuple(translations.items() if isinstance(translations, Mapping) else translations)
        words = (edtf or "") if words is None else words
        for text in (words, *(text for _, text in pairs)):
            _refuse_unseen(text)
        self.__attrs_init__(
            edtf=canonical,
            words=words,
            earliest=earliest,
            latest=latest,
            approximate=not set(QUALIFIERS).isdisjoint(edtf or ""),
            translations=pairs,
            hedge=hedge,
        )

    @staticmethod
    def parse(value: object, conventions: Conventions = NO_CONVENTIONS) -> "PolicyDate":
        """Return the date that a value of the data file stands for: a day, a year or a text.

        A text is read in the language of the `conventions`, and else in every other; one that two
        of those read differently is refused.

        >>> PolicyDate.parse("zomer 2014")
        PolicyDate('2014-22', words='zomer 2014')
        >>> PolicyDate.parse(dt.date(2014, 8, 1)).is_day
        True
        """
        match value:
            case str():
                return _parse_text(value, conventions)
            case dt.datetime():
                raise NotADate(f"{value} is not a date: write the day alone, {value.date()}")
            case dt.date():
                return of_day(value)
            case int() if not isinstance(value, bool):
                if not 1000 <= value <= dt.MAXYEAR:  # noqa: PLR2004  a typing error before that
                    raise NotADate(
                        f"{value} is not a date: write a year in four digits, a day as 2014-08-01"
                    )
                return PolicyDate(str(value))
        raise NotADate(f"{value} is not a date: write 2014-08-01, 2014 or a text")

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
        if not self.translations:  # as with most
            return self.words
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


def of_day(day: dt.date) -> PolicyDate:
    """Return the date that is a day: of all dates the most, and nothing in it need be read."""
    date, edtf = object.__new__(PolicyDate), day.isoformat()
    date.__attrs_init__(
        edtf=edtf,
        words=edtf,
        earliest=day,
        latest=day,
        approximate=False,
        translations=(),
        hedge=None,
    )
    return date


def _refuse_unseen(words: str) -> None:
    """Refuse words that a title could not have either; they are kept as they are, on one line."""
    try:
        in_phrase(words)
    except BadValue as error:
        raise NotADate(f"{shown(words)} is not a date: it {error}", error.rule) from None


# EDTF text that people write with another meaning: two years, or the years of a school.
_IN_WORDS = re.compile(r"[0-9]{4}(?:-[0-9]{2}|/[0-9]{4})")


@functools.lru_cache(maxsize=8192)
def _parse_text(text: str, conventions: Conventions) -> PolicyDate:
    _refuse_unseen(text.strip())
    if ends_of(text) and not _IN_WORDS.fullmatch(text.strip()):
        return PolicyDate(text)
    own = _own_language(conventions)
    try:
        found = None if own is None else read(text, own, conventions)
        others: list[Lexicon] = []
        if found is None and not (own and is_in(text, own)):
            others = [other for tag in LANGUAGES if (other := lexicon(tag)) is not own]
            found = _agreed(text, own, others, conventions)
        if found is not None:
            return _date(found, text)
        languages = [own, *others] if own else sorted(others, key=lambda one: one.language != "en")
        problem = remedy(text, languages, conventions)
    except ValueError as error:
        problem = str(error)
    raise NotADate(f"{quoted(text)} is not a date: {problem}")


@functools.lru_cache(maxsize=8192)
def reads(text: str, language: Lexicon, edtf: str) -> bool:
    """Say whether a text alone is a date, and this one, for a reader of one language."""
    try:
        if ends_of(text) and not _IN_WORDS.fullmatch(text.strip()):
            return window(text)[0] == edtf
        found = read(text, language)
    except ValueError:
        return False
    return found is not None and found.edtf == edtf and not found.hedge


def told_by(words: str, conventions: Conventions) -> PolicyDate | None:
    """Return the date that words alone tell in the language of a programme, or None.

    What they may mean in another language is no concern of theirs.
    """
    try:
        if ends_of(words) and not _IN_WORDS.fullmatch(words.strip()):
            return PolicyDate(words)
        found = read(words, _own_language(conventions) or lexicon("en"), conventions)
    except ValueError:
        return None
    return None if found is None else _date(found, words)


def _date(found: Reading, words: str) -> PolicyDate:
    hedge = Commitment(found.hedge) if found.hedge else None
    return PolicyDate(found.edtf, words=words, hedge=hedge)


def _own_language(conventions: Conventions) -> Lexicon | None:
    """Return the words of the language that is tried first, if it is one of ours."""
    tag = (conventions.language or "").partition("-")[0].lower()
    return lexicon(tag) if tag in LANGUAGES else None


def _agreed(
    text: str, own: Lexicon | None, languages: Iterable[Lexicon], conventions: Conventions
) -> Reading | None:
    """Return what every language that reads a text reads in it.

    Where there is an own language it is not one of them, and a text has to be of another for sure.
    """
    found: dict[str, Reading] = {}
    for language in languages:
        reading = read(text, language, conventions)
        if reading is not None and (own is None or is_clear(text, language)):
            found.setdefault(reading.edtf, reading)
    if len(found) > 1:
        wanted = " or ".join(f'"{said(edtf, own or lexicon("en"))}"' for edtf in found)
        raise RefusedError(f"two languages read it differently; write {wanted}")
    return next(iter(found.values()), None)


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
        try:
            found = PolicyDate.parse(value)
        except NotADate:
            message = f"{quoted(value)} is no day; write it as 2014-09-01"
            raise BadValue(rules.BAD_DATE, message) from None
        if found.latest is not None and found.is_day:
            return found.latest
        raise BadValue(rules.BAD_DATE, f'"{value}" is more than one day; write it as 2014-09-01')
    raise BadValue(
        rules.BAD_DATE, f'{shown(value)} is no day; give a date, or a text such as "2014-09-01"'
    )
