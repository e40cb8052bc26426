"""The words of a date phrase: from text to tokens, each of a kind that its language gives it.

Capitals, white space, dashes of any length, typographic apostrophes and accents that are left out
make no difference; of two words that only an accent tells apart ("voor" and "vóór") each keeps its
own meaning.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from betatech_milestones.language import Lexicon

LONGEST = 120
"""Characters in a phrase; a longer text is no date, whatever it says."""


class Token(NamedTuple):
    """A word or number of a phrase: its kind, and what it stands for."""

    kind: str
    meaning: str = ""


_SPACE = re.compile(r"\s+")
_MARKS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u02bc`\u00b4", "'")
    | {"\N{SOFT HYPHEN}": None, "\N{HORIZONTAL ELLIPSIS}": "?", "\N{RIGHTWARDS ARROW}": "-"}
)
_HOUR = r"(?:0?[1-9]|1[0-9]|2[0-3])"  # midnight is the end of one day or the start of another
# What is written with digits; the name of a group is the kind.
_PIECES = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9-])"
    r"|(?P<numeric>[0-9]{1,2}([-/.]) ?[0-9]{1,2}\3 ?[0-9]{4})(?![0-9])"
    r"|(?P<reversed>[0-9]{4}([/.])[0-9]{1,2}\5[0-9]{1,2})(?![0-9])"
    r"|(?P<week_of_year>[0-9]{4}-?w[0-9]{2})(?![0-9])"
    r"|(?P<years>[0-9]{4} ?[-/] ?[0-9]{4})(?![0-9])"
    r"|(?P<pair>[0-9]{4}[-/][0-9]{2})(?![0-9])"
    r"|(?P<month_of_year>(?<![0-9])[0-9]{1,2}[-/.][0-9]{4})(?![0-9])"
    r"|(?P<year>[0-9]{4})(?![0-9])"
    r"|(?P<symbol>[hqst] ?[1-4](?![^\W_])|[1-4][hqst](?![^\W\d_]))"
    rf"|(?P<time>ore {_HOUR}(?:[:.][0-9]{{2}})?(?![0-9])"
    rf"|{_HOUR}(?:[:h][0-9]{{2}}(?: ?(?:uur|uhr|h|[ap]\.?m))?"
    r"|(?:\.[0-9]{2})? ?(?:uur|uhr|h|heures|[ap]\.?m))(?![^\W_]))"
    r"|(?P<number>[0-9]{1,2})(?:er|re|ère|ème|eme|ste|de|st|nd|rd|th|e|o|a|°)?(?![0-9a-zà-ÿ])"
    r"|(?P<digits>[0-9]+)"
    r"|(?P<roman>(?:i{1,3}|iv)(?:ème|er|de|e)?(?![^\W_]))"
    r"|(?P<word>[^\W\d_]+'?)"
    r"|(?P<dots>\.\.+)"
    r"|(?P<mark>\S)"
)
_MARK_KINDS = (
    dict.fromkeys(',.;"«»\u201c\u201d\u201e°', "small")
    | {":": "colon", "-": "dash", "/": "slash"}
    | dict.fromkeys("~±", "around")
    | {"(": "open", ")": "close", "[": "open", "]": "close"}
)


_BETWEEN = frozenset(".,-")
"""What makes no difference between the words of one spelling."""


class _Vocabulary(NamedTuple):
    """The words of a language: those that stand alone, and what may follow a first one."""

    alone: Mapping[str, Token]
    several: Mapping[str, tuple[tuple[tuple[str, ...], Token], ...]]


def meanings(language: Lexicon) -> Iterator[tuple[str, str, str]]:
    """Yield the kind of every word of a language, what it stands for, and its spellings."""
    for number, spellings in enumerate(language.months, 1):
        yield "month", f"{number:02}", spellings
    for number, spellings in enumerate(language.weekdays, 1):
        yield "weekday", str(number), spellings
    for number, spellings in enumerate(language.ordinals, 1):
        yield "ordinal", str(number), spellings
    *seasons, winter = language.seasons
    for number, spellings in enumerate(seasons, 21):
        yield "season", str(number), spellings
    yield "winter", "24", winter
    for month, spellings in language.school_years.items():
        yield "school-year", f"{month:02}", spellings
    for kind, spellings in language.words.items():
        yield kind, "", spellings
    for reason, spellings in language.refused.items():
        yield "this-year" if reason == "this-year" else "refused", reason, spellings


@functools.cache
def _vocabulary(language: Lexicon) -> _Vocabulary:
    alone: dict[str, Token] = {}
    several: dict[str, list[tuple[tuple[str, ...], Token]]] = {}
    spelled = [
        (
            tuple(piece for _, piece in _pieces(spelling) if piece not in _BETWEEN),
            Token(kind, written if kind == "recess" else meaning),
        )
        for kind, meaning, spellings in meanings(language)
        for written, spelling in zip(
            spellings.split(", "), normal(spellings).split(", "), strict=True
        )
    ]
    exact = {words[0]: token.kind for words, token in spelled if len(words) == 1}
    bare = [
        (tuple(map(without_accents, words)), token)
        for words, token in spelled
        if not all(map(str.isascii, words)) and not any(_is_another(word, exact) for word in words)
    ]
    for (first, *rest), token in (*spelled, *bare):
        if rest:
            several.setdefault(first, []).append((tuple(rest), token))
        else:
            alone.setdefault(first, token)
    longest_first = {
        first: tuple(sorted(rests, key=lambda rest: -len(rest[0])))
        for first, rests in several.items()
    }
    return _Vocabulary(alone, longest_first)


_NAMES = frozenset({"month", "weekday", "season", "winter", "school-year"})


def _is_another(word: str, exact: Mapping[str, str]) -> bool:
    """Whether a word without its accents is a word of another kind: "vóór" and "voor"."""
    kind = exact.get(without_accents(word), "small")
    return kind not in {"small", exact.get(word, kind)}


def names_of(language: Lexicon) -> Mapping[str, str]:
    """Return what months, seasons and the like are called, as written, by their small letters."""
    return {
        normal(spelling): spelling
        for kind, _, spellings in meanings(language)
        for spelling in spellings.split(", ")
        if kind in _NAMES and " " not in spelling
    }


@functools.lru_cache(maxsize=8192)
def names_season(text: str, language: Lexicon) -> bool:
    """Whether a text has the name of a season in it."""
    names = (name for spellings in language.seasons for name in spellings.split(", "))
    return any(normal(name) in normal(text) for name in names)


def normal(text: str) -> str:
    """Return a text in small letters, with one kind of space, dash and apostrophe."""
    text = unicodedata.normalize("NFKC", text.translate(_MARKS)).lower().translate(_MARKS)
    return _SPACE.sub(" ", text).strip()


def without_accents(text: str) -> str:
    """Return a text with plain letters: "Évaluation" as "Evaluation"."""
    if text.isascii():
        return text
    marked = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return the kind and the text of each piece of a normal text."""
    return [
        (piece.lastgroup or "", piece[piece.lastgroup or 0]) for piece in _PIECES.finditer(text)
    ]


def tokens_of(text: str, language: Lexicon) -> list[Token]:
    """Return the words of a text with their kinds; those that the language lacks are `unknown`.

    >>> from betatech_milestones.language import lexicon
    >>> [kind for kind, _ in tokens_of("No later than 1 Aug. 2014", lexicon("en"))]
    ['by', 'number', 'month', 'small', 'year']
    """
    alone, several = _vocabulary(language)
    pieces = _pieces(normal(text[:LONGEST]))
    words = [piece for _, piece in pieces]
    bare = words if all(map(str.isascii, words)) else [without_accents(word) for word in words]
    tokens: list[Token] = []
    at = 0
    while at < len(pieces):
        found = _several(several, words, at) or (
            _several(several, bare, at) if bare is not words else None
        )
        if found is not None:
            token, at = found
        else:
            kind, piece = pieces[at]
            token = (
                alone.get(piece)
                or alone.get(bare[at])
                or alone.get(bare[at].rstrip("'"))
                or _without_word(kind, piece, language.symbols)
            )
            at += 1
        if token.kind == "time" and tokens and tokens[-1].kind in {"around", "at"}:
            tokens[-1] = Token("small")  # "um 12 Uhr" is no vaguer
        tokens.append(token)
    return tokens


def _several(
    several: Mapping[str, tuple[tuple[tuple[str, ...], Token], ...]], words: list[str], at: int
) -> tuple[Token, int] | None:
    """Return the longest spelling of several words at an index, and the index behind it."""
    for rest, token in several.get(words[at], ()):
        behind = at + 1
        for word in rest:
            while behind < len(words) and words[behind] in _BETWEEN:
                behind += 1
            if behind == len(words) or words[behind] != word:
                break
            behind += 1
        else:
            return token, behind
    return None


def _without_word(kind: str, piece: str, symbols: Mapping[str, str]) -> Token:
    """Return the token of a piece that is no word of the language."""
    if kind == "symbol":
        letter, number = sorted(piece.replace(" ", ""), reverse=True)
        unit = symbols.get(letter)
        return Token("unknown", piece) if unit is None else part_of_year(unit, int(number))
    if kind == "mark":
        return Token(_MARK_KINDS.get(piece, "unknown"), piece)
    if kind == "roman":
        return Token("roman", "4" if piece.startswith("iv") else str(piece.count("i")))
    return Token("unknown" if kind in {"word", "dots", "digits"} else kind, piece)


def part_of_year(unit: str, number: int) -> Token:
    """Return a quarter or a half of a year by its number, or what is unknown where it has none."""
    code = 32 + number if unit == "quarter" else 39 + number
    is_one = 1 <= number <= (4 if unit == "quarter" else 2)
    return Token("part", str(code)) if is_one else Token("unknown", str(number))


_OF_ONE_LANGUAGE = frozenset(
    {"refused", "last", "early", "mid", "late", "end", "quarter", "half", "half-year", "week"}
)


def is_in(text: str, language: Lexicon) -> bool:
    """Say whether a word of a text tells its language: "half 2014" is no Dutch in English."""
    return any(kind in _OF_ONE_LANGUAGE for kind, _ in tokens_of(text, language))


_SLIGHT = frozenset({"small", "in", "at", "unit", "year", "dash", "colon", "inclusive", "unknown"})


def is_clear(text: str, language: Lexicon) -> bool:
    """Say whether a text is of a language for certain: by a word, and none that is cut short.

    >>> from betatech_milestones.language import lexicon
    >>> [is_clear(text, lexicon("it")) for text in ("settembre 2014", "set 2014", "la 2014")]
    [True, False, False]
    """
    short = {
        normal(spelling)
        for spellings in language.months
        for spelling in spellings.split(", ")[1:]
        if len(spelling) <= 4  # noqa: PLR2004  letters
    }
    pieces = _pieces(normal(text[:LONGEST]))
    if any(kind == "symbol" or piece in short for kind, piece in pieces):
        return False
    return any(kind not in _SLIGHT for kind, _ in tokens_of(text, language))


# Kinds that say nothing of when, and those that do so beside others alone.
_NOT_OF_TIME = frozenset(
    {"unknown", "number", "small", "in", "dash", "slash", "colon", "open", "close", "part", "year"}
    | {"refused", "roman", "at", "and", "or", "inclusive", "aim", "planned", "forecast", "ordinal"}
)


def tells_time(text: str, language: Lexicon) -> bool:
    """Say whether words of an outcome say anything of when it was.

    >>> from betatech_milestones.language import lexicon
    >>> tells_time("Stb. 2015, nr. 56", lexicon("nl")), tells_time("in het voorjaar", lexicon("nl"))
    (False, True)
    """
    tokens = tokens_of(text, language)
    kinds = {kind for kind, _ in tokens}
    if kinds - _NOT_OF_TIME or Token("refused", "counted") in tokens:
        return True
    return "year" in kinds and "unknown" not in kinds
