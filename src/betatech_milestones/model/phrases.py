"""The grammar of date phrases: from the words of any language to the EDTF text they stand for.

Governments date their promises in words. A language file tells which words are of which kind, such
as `month`, `by` or `end`; what a sequence of kinds means is told here, once for every language:

    limit* (date | date to date) limit*

where a limit is "by", "before", "after" and the like, and a date is one of `forms.FORMS`. A text
that is not wholly such a phrase is no date; one with two readings is refused, and both are named.
Nothing is guessed.
"""

import contextlib
import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from betatech_milestones.language import Lexicon
from betatech_milestones.model.conventions import NO_CONVENTIONS, Conventions
from betatech_milestones.model.edtf import QUALIFIERS, days_of, window
from betatech_milestones.model.forms import (
    Manner,
    RefusedError,
    date_of,
    end,
    is_one_day,
    start,
    with_parts,
)
from betatech_milestones.model.words import LONGEST, Token, tokens_of

_MOST_TOKENS = 24
"""In a phrase: reading takes time with their square."""
_LIMITS = frozenset(
    {"by", "before", "after", "not-before", "till", "from", "earlier", "later"}
    | {"before-or-for", "by-or-for"}
)
HEDGES = frozenset({"forecast", "aim", "planned"})
"""Words that tell how firmly a date is promised, and nothing of the date."""
_SIGNS = {"around": "~", "possibly": "?"}
_OF_A_DAY = frozenset({"time", "this-year"})
"""Words that add nothing to a day, and may change what is longer."""
_NOT_SAID = frozenset({"small", "in", "colon", "unit", "dash", "inclusive"}) | _OF_A_DAY | HEDGES
_BEFORE_A_DATE = (_LIMITS - {"earlier", "later"}) | _NOT_SAID | {"to", "at", "between", *_SIGNS}
_LIMITS_ALONE = _BEFORE_A_DATE - set(_SIGNS)
"""Of two dates each has its own sign."""
_BEHIND_A_DATE = HEDGES | {
    "by",
    "not-before",
    "earlier",
    "later",
    "from",
    "around",
    "inclusive",
    "time",
}
# Up to the end of something is up to its last day.
_WITH_END = {"by": "by", "before": "by", "till": "by", "after": "after", "before-or-for": "by"}
_JOINTS = frozenset({"dash", "slash", "to", "till", "at", "and", "or"})
_YEARS = frozenset(
    {"year", "years", "pair", "date", "numeric", "reversed", "month_of_year", "week_of_year"}
    | {"period"}
)
# What one of two dates may leave to the other.
_MAY_LACK = (
    {"month", "year"},
    {"part", "quarter", "half", "half-year", "year"},
    {"week", "year"},
    {"year"},
)
_FOR = frozenset({"unit", "span", "school-year"})
# Before one of these "voor" is "before".
_NOT_FOR = frozenset({"month", "date", "numeric", "reversed", "month_of_year", "period"})


class Reading(NamedTuple):
    """What a phrase says: a date, and perhaps how firmly it is promised."""

    edtf: str
    hedge: str = ""
    """One of `HEDGES`, or nothing."""


def read(text: str, language: Lexicon, conventions: Conventions = NO_CONVENTIONS) -> Reading | None:
    """Return what a phrase of a language stands for, or None for other text.

    >>> from betatech_milestones.language import lexicon
    >>> read("naar verwachting in de zomer van 2014", lexicon("nl"))
    Reading(edtf='2014-22', hedge='forecast')
    >>> read("before the end of winter 2013/14", lexicon("en")).edtf
    '[..2014-02-28]'
    >>> read("over een half jaar", lexicon("nl")) is None
    True

    A phrase that names no day of the calendar, or could name two, is refused.

    >>> read("winter 2013", lexicon("en"))
    Traceback (most recent call last):
        ...
    betatech_milestones.model.forms.RefusedError: winter is in two years; \
write "winter 2013/2014" or "winter 2012/2013"
    """
    if len(text) > LONGEST:
        return None
    tokens = tokens_of(text, language)
    if not 0 < len(tokens) <= _MOST_TOKENS:
        return None
    if conventions.periods:
        tokens = _with_periods(tokens, language, conventions)
    if any(kind in {"unknown", "refused"} for kind, _ in tokens) or _is_of_another(tokens):
        return None
    edtf = _read(tokens, Manner(language, conventions))
    if edtf is None:
        return None
    return Reading(edtf, next((kind for kind, _ in tokens if kind in HEDGES), ""))


# --- words that do not fit together ---------------------------------------------------------------

# What a word such as "year" or "day" may stand before; before all else it counts from there.
_OF_A_UNIT = frozenset(
    {"year", "years", "pair", "month", "month_of_year", "part", "ordinal", "number", "roman"}
    | {"quarter", "half", "half-year", "weekday", "date", "numeric", "unit"}
)
_PAST = frozenset({"before", "after", "till", "not-before"})
_EDGES = frozenset({"early", "mid", "late", "end"})


def _is_of_another(tokens: list[Token]) -> bool:
    """Whether the words speak of another date than the one that they name."""
    pairs = _kinds_in_pairs([token for token in tokens if token.kind not in {"small", "in"}])
    return (
        _counts_on(tokens)
        or _is_edge_of(tokens)
        or any(one in _PAST and two in HEDGES for one, two in pairs)  # "after the target 2014"
        or "dash" in {token.kind for token in (*tokens[:1], *tokens[-1:])}  # "2014-": from then on?
    )


def _counts_on(tokens: list[Token]) -> bool:
    """Whether a unit counts from a date instead of naming what it is: "a year after 1 May 2014"."""
    kinds = [kind for kind, _ in tokens if kind not in {"small", "in", "dash"}]
    pairs = itertools.pairwise([*kinds, ""])
    return any(kind == "unit" and behind not in _OF_A_UNIT for kind, behind in pairs)


def _is_edge_of(tokens: list[Token]) -> bool:
    """Whether a beginning or an end is that of something else: "fin : juin 2014"."""
    kinds = [kind for kind, _ in tokens]
    return any(
        kind in _EDGES and behind in {"in", "at", "to", "till", "colon"} and after not in _EDGES
        for kind, behind, after in zip(kinds, kinds[1:], [*kinds[2:], ""], strict=False)
    )


# --- periods that the programme names -------------------------------------------------------------


@functools.lru_cache(maxsize=64)
def _periods(
    language: Lexicon, conventions: Conventions
) -> Mapping[tuple[tuple[Token, ...], bool], tuple[int, Token]]:
    """Return by the words of a name, and whether it is a first one, its order and its days."""
    named: dict[tuple[tuple[Token, ...], bool], tuple[int, Token]] = {}
    for period in conventions.periods:
        days = Token("period", f"[{period.first}..{period.last}]")
        for name in (period.name, *period.also_called):
            words = tuple(it for it in tokens_of(name, language) if it.kind not in _NOT_SAID)
            named.setdefault((words, name == period.name), (len(named), days))
    return named


def _with_periods(tokens: list[Token], language: Lexicon, conventions: Conventions) -> list[Token]:
    """Return the tokens with one for the name of a period; its other names need a limit."""
    kept = [token for token in tokens if token.kind not in _NOT_SAID - HEDGES]
    named = _periods(language, conventions)
    found: list[tuple[int, int, int, Token]] = []
    for at, to in itertools.combinations(range(len(kept) + 1), 2):
        if to < len(kept) and kept[to].kind in _YEARS:
            continue  # of another year than the one that is named
        behind_limit = at > 0 and kept[at - 1].kind in {"before", "before-or-for", "after"}
        for is_first in (True, False) if behind_limit else (True,):
            if (words := (tuple(kept[at:to]), is_first)) in named:
                order, period = named[words]
                found += [(order, at, to, period)]
    if not found:
        return tokens
    _, at, to, period = min(found)
    return [*kept[:at], period, *kept[to:]]


# --- brackets -------------------------------------------------------------------------------------


def _read(tokens: list[Token], manner: Manner) -> str | None:
    """Return the EDTF text of a phrase, or None where its words are in no known order."""
    tokens, restated = _parted(tokens)
    if not restated:
        return _limited_date(tokens, manner)
    whole = [token for token in _peeled(tokens)[2] if token.kind not in _NOT_SAID]
    if [kind for kind, _ in whole] == ["year"]:  # "2014 (Q3)"
        outside = [token for token in tokens if token.kind != "year"]
        with contextlib.suppress(ValueError):
            if date := _limited_date([*outside, *restated, *whole], manner):
                return date
    if not any(kind in _YEARS for kind, _ in tokens):  # "summer (2014)"
        return _limited_date([*tokens, *restated], manner)
    date = _limited_date(tokens, manner) if _peeled(restated)[2] else None
    if date is None:
        return _limited_date([*tokens, *restated], manner)
    return date if _is_restated(restated, date, tokens, manner) else None


def _parted(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Return what stands before a pair of brackets, and in it; one around all means nothing."""
    kinds = [kind for kind, _ in tokens]
    if kinds.count("open") != 1 or kinds.count("close") != 1 or kinds[-1] != "close":
        return tokens, []
    first = kinds.index("open")
    return (tokens[:first], tokens[first + 1 : -1]) if first else (tokens[1:-1], [])


def _is_restated(restated: list[Token], date: str, tokens: list[Token], manner: Manner) -> bool:
    """Whether what stands in brackets says the same once more: "Q3 2014 (July to September)"."""
    if [kind for kind, _ in restated] == ["weekday"]:
        return _limited_date([*tokens, *restated], manner) == date
    years = [token for token in tokens if token.kind == "year"]
    for again in (restated, [*restated, *years]):
        with contextlib.suppress(ValueError):
            if (read_again := _limited_date(again, manner)) is not None:
                return window(read_again)[1:] == window(date)[1:]
    return False


# --- limits ---------------------------------------------------------------------------------------


def _limited_date(tokens: list[Token], manner: Manner) -> str | None:
    """Return the EDTF text of a date, or of two, with what is said around it."""
    limits, signs, core = _peeled(tokens)
    whole = [token for token in core if token.kind not in _NOT_SAID]
    if "by-or-for" in limits and any(kind in _FOR for kind, _ in tokens):
        limits = [kind for kind in limits if kind != "by-or-for"]  # "per l'anno 2025" is for it
    if any(one in HEDGES and two == "before-or-for" for one, two in _kinds_in_pairs(tokens)):
        limits = [kind for kind in limits if kind != "before-or-for"]  # so is "gepland voor 2025"
    limit = _one_limit(limits)
    if not whole or limit is None:
        return None
    if any(kind == "recess" for kind, _ in whole):
        raise RefusedError(
            "it is at other days every year; add a [[period]] with this name and its days, or "
            'write { words = "…", edtf = "…" } with the day that is meant'
        )
    limit, whole = _without_edge(limit, whole)
    if not whole:
        return None
    _check_year(whole, manner)
    date, is_between = date_of(whole, manner), any(kind == "between" for kind, _ in tokens)
    if date is not None and is_between:
        return None
    if date is None and limit in {"", "by", "from", "earlier", "later"}:
        date, signs = _range(_peeled(tokens, _LIMITS_ALONE)[2], manner, is_between=is_between), ""
    if date is None or (any(kind in _OF_A_DAY for kind, _ in tokens) and not is_one_day(date)):
        return None
    if limit in {"before-or-for", "by-or-for"}:
        limit = _or_for(limit.partition("-")[0], whole, date, manner)
    return _limited(_signed(date, signs), limit, signs)


def _kinds_in_pairs(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    return itertools.pairwise(kind for kind, _ in tokens)


def _peeled(
    tokens: list[Token], before: frozenset[str] = _BEFORE_A_DATE
) -> tuple[list[str], str, list[Token]]:
    """Return the limits around a date, the signs of how sure it is, and what is between them."""
    kinds = [kind for kind, _ in tokens]
    first, last = 0, len(tokens)
    while first < last and kinds[first] in before:
        first += 1
    while first < last and kinds[last - 1] in _BEHIND_A_DATE:
        last -= 1
    around = kinds[:first] + kinds[last:]
    limits = ["by" if kind == "to" else kind for kind in around]
    signs = "".join(sorted({_SIGNS[kind] for kind in around if kind in _SIGNS}))
    return [kind for kind in limits if kind in _LIMITS], signs, tokens[first:last]


# What two limits come to.
_BOTH = {
    frozenset({"by", "before"}): "before",
    frozenset({"by", "before-or-for"}): "before",
    frozenset({"by", "by-or-for"}): "by",
    frozenset({"by", "till"}): "by",
    frozenset({"by", "from"}): "by",
    frozenset({"from", "not-before"}): "not-before",
}


def _one_limit(limits: list[str]) -> str | None:
    """Return the one limit that several words come to, "" for none, or None where they clash."""
    found = frozenset(limits)
    return next(iter(found), "") if len(found) < 2 else _BOTH.get(found)  # noqa: PLR2004


def _without_edge(limit: str, whole: list[Token]) -> tuple[str, list[Token]]:
    """Return a limit and what it limits without an end or a beginning that changes nothing."""
    if whole[0].kind in {"end", "year-end"} and limit in _WITH_END:
        return _WITH_END[limit], whole[1:]
    if whole[0].kind == "early" and limit in {"before", "before-or-for"}:
        return "before", whole[1:]
    return limit, whole


def _check_year(tokens: list[Token], manner: Manner) -> None:
    """Refuse a phrase that lacks nothing but its year."""
    if any(kind in _YEARS for kind, _ in tokens):
        return
    try:
        is_date = date_of([*tokens, Token("year", "2016")], manner) is not None
    except ValueError:
        is_date = True
    if is_date:
        raise RefusedError("it names no year; write the year, too, in four digits")


def _or_for(limit: str, tokens: list[Token], date: str, manner: Manner) -> str:
    """Return a limit, or refuse it: before a year the same word may say "for"."""
    kinds = {kind for kind, _ in tokens}
    if limit == "before" and kinds & _NOT_FOR:
        return limit
    limited = manner.said(_limited(date, limit, ""))
    message = f'it may be "{limit}" or "for"; write {limited} or {manner.said(date)}'
    if kinds & {"season", "winter"}:
        message += ", or name the recess that is meant in a [[period]]"
    raise RefusedError(message)


def _signed(date: str, signs: str) -> str:
    """Return an EDTF date with the sign of how sure it is behind each of its dates."""
    return re.sub(r"[0-9][0-9-]*", rf"\g<0>{_sign(signs)}", date) if signs else date


def _sign(signs: str) -> str:
    return "%" if len(signs) > 1 else signs


def _limited(date: str, limit: str, signs: str) -> str:
    """Return a date with what its limit leaves open."""
    own = end(date)[-1]
    sign = _sign(signs) or (own if own in QUALIFIERS else "")
    earliest, latest = days_of(start(date))[0], days_of(end(date))[1]
    one = dt.timedelta(days=1)
    try:
        match limit:
            case "by":
                date = f"[..{latest}{sign}]"
            case "before" | "till":
                date = f"[..{earliest - one}{sign}]"
            case "after":
                date = f"[{latest + one}{sign}..]"
            case "not-before":
                date = f"[{earliest}{sign}..]"
            case "earlier":
                date = f"[..{end(date)}]"
            case "later":
                date = f"[{start(date)}..]"
    except OverflowError:
        raise RefusedError("dates run from 0001-01-01 to 9999-12-31") from None
    return date


# --- two dates ------------------------------------------------------------------------------------


def _range(tokens: list[Token], manner: Manner, *, is_between: bool) -> str | None:
    """Return the EDTF text from one date to another, or None where the tokens are not two."""
    if tokens[0].kind == "span":
        tokens = tokens[1:]
    if any(kind in {"first-day", "last-day"} for kind, _ in tokens):
        return None
    for at, (kind, _) in enumerate(tokens[1:-1], 1):
        if kind not in _JOINTS or (kind == "and") != is_between:
            continue
        found = _joined(tokens[:at], kind, tokens[at + 1 :], manner)
        if found is not None:
            return found
    return None


def _joined(left: list[Token], joint: str, right: list[Token], manner: Manner) -> str | None:
    unit, *_ = _peeled(left)[2] or [Token("")]
    is_numbered = unit.kind in {"week", "quarter"} and right[0].kind == "month_of_year"
    if is_numbered:
        right = [unit, *right]  # KW 23 to 24/2014
    if is_numbered or any(kind == "week" for kind, _ in right):
        right = with_parts(right)
    last = _side(right, [], left, manner)
    first = None if last is None else _side(left, right, [], manner)
    if first is None or last is None:
        return None
    found = f"[{start(first)}..{end(last)}]"
    lacks_year = not any(kind in _YEARS for kind, _ in left)
    if lacks_year and days_of(end(first))[1] >= days_of(start(last))[0]:
        if joint == "slash":
            return None
        raise RefusedError("the first of its two dates lacks a year; write the year of both")
    if days_of(end(last))[1] < days_of(start(first))[0]:
        raise RefusedError("it ends before it begins; write the year of both dates")
    if joint == "till":
        raise RefusedError(f"the last day may be in it or not; write {manner.said(found)}")
    if joint == "or":
        raise RefusedError(
            f"it names two dates; where one day of both is meant, write {manner.said(found)}"
        )
    behind = days_of(end(first))[1] + dt.timedelta(days=1)
    return None if joint == "slash" and behind != days_of(start(last))[0] else found


def _side(
    tokens: list[Token], behind: list[Token], before: list[Token], manner: Manner
) -> str | None:
    """Return one of two dates; what it lacks stands in the other, behind or before it."""
    limits, signs, core = _peeled(tokens)
    core = [token for token in core if token.kind not in _NOT_SAID]
    if not core or not set(limits) <= {"from", "by"}:
        return None
    date = date_of(core, manner)
    if behind and all(kind in _EDGES for kind, _ in core):  # "mid to late June 2025"
        rest = [t for t in _peeled(behind)[2] if t.kind not in _EDGES | _NOT_SAID]
        date = date_of([*core, *rest], manner)
        return None if date is None else _signed(date, signs)
    for kinds in _MAY_LACK:
        if date is not None:
            break
        more = [token for token in behind if token.kind in kinds]
        month = [token for token in before if token.kind in {"month", "week"}]
        if more:
            date = date_of([*core, *more], manner)
        elif month and month[0].kind in kinds:
            date = date_of([*month, *core], manner)
    return None if date is None else _signed(date, signs)
