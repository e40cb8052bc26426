"""Words of a phrase are found in their language, however they are written."""

import doctest
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from golden import Golden, hold
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones.language import LANGUAGES, lexicon
from betatech_milestones.model import words
from betatech_milestones.model.conventions import Conventions
from betatech_milestones.model.forms import RefusedError
from betatech_milestones.model.phrases import Reading, read
from betatech_milestones.model.words import (
    LONGEST,
    Token,
    is_clear,
    meanings,
    names_of,
    names_season,
    normal,
    part_of_year,
    tells_time,
    tokens_of,
)

# How a text is compared.
NORMAL = {
    "  1\u00a0Augustus \n 2014 ": "1 augustus 2014",
    "31\u202fdecember\u20092014": "31 december 2014",
    "mid\u2011July": "mid-july",  # a hyphen at which no line ends
    "2012\u20102013 \u2012 \u2013 \u2014 \u2015 \u2212 \uff0d": "2012-2013 - - - - - -",
    "d\u2019ici z\u2018n l\u02bc` \u00b4": "d'ici z'n l'' '",
    "2\u1d49 kwartaal": "2e kwartaal",  # a raised letter
    "n\u00ba 1": "no 1",  # the ordinal sign of Spanish and Italian
    "sep\u00adtember": "september",  # a hyphen that is only seen at the end of a line
    "vo\u0301o\u0301r": "v\u00f3\u00f3r",  # accents as characters of their own
    "2014\u2026": "2014?",  # what was left out is not known
}

# Text and its tokens, in Dutch or the language before a colon: kind, and what it stands for.
TOKENS = {
    "": "",
    "2014-08-01": "date=2014-08-01",
    "2014-08-012": "pair=2014-08 dash=- unknown=012",
    "31-12-2014": "numeric=31-12-2014",
    "31/12-2014": "number=31 slash=/ month_of_year=12-2014",
    "2014/8/1": "reversed=2014/8/1",
    "2014.08.01": "reversed=2014.08.01",
    "2014-W23": "week_of_year=2014-w23",
    "2014w23": "week_of_year=2014w23",
    "2012/2015": "years=2012/2015",
    "2014/15": "pair=2014/15",
    "8/2014": "month_of_year=8/2014",
    "12014": "unknown=12014",
    "Q3 h 1": "part=35 part=40",
    "3Q 2H": "part=35 part=41",
    "Q3 Q3x": "part=35 unknown=q unknown=3 unknown=x",
    "H3": "unknown=3",
    "T3": "unknown=t3",  # a quarter in French and in Italian
    "fr: T3 S2 Q4": "part=35 part=41 part=36",
    "14:00 9:30": "time=14:00 time=9:30",
    "en: 5pm 11:59pm": "time=5pm time=11:59pm",
    "fr: 18h30": "time=18h30",
    "0:00 24:00": "number=0 colon=: number=00 number=24 colon=: number=00",  # of which day?
    "1e 2de 3 1ste 4\u00b0": "number=1 number=2 number=3 number=1 number=4",
    "en: 1st 2nd 3rd 4th": "number=1 number=2 number=3 number=4",
    "1x": "unknown=1 unknown=x",
    "2014..2015": "year=2014 unknown=.. year=2015",
    "[(2014)]": "open=[ open=( year=2014 close=) close=]",
    "2014, 2015;": "year=2014 small=, year=2015 small=;",
    "\u201e2014\u201c": "small=\u201e year=2014 small=\u201c",
    "~2014 ±2014 2015%": "around=~ year=2014 around=± year=2014 year=2015 unknown=%",
    "I iie IV V": "roman=1 roman=2 roman=4 unknown=v",
    "de: um 2014, um 12 Uhr": "around= year=2014 small=, small= time=12 uhr",
    "it: ore 12.00": "time=ore 12.00",
    "juli - aug. / mrt": "month=07 dash=- month=08 small=. slash=/ month=03",
    "v\u00f3\u00f3r voor": "before= before-or-for=",
    "m.i.v. m. i. v.": "from= small=. from= small=.",
    "met ingang van de": "from=",  # the longest that there is
    "met ingang": "unknown=met unknown=ingang",
    "zomerreces": "recess=zomerreces",
    "volgend n.t.b. doorlopend": "this-year=this-year refused=nothing small=. refused=going-on",
    "\u0662\u0660": "unknown=\u0662 unknown=\u0660",  # Arabic digits
    "fr: fevrier aout ete a": "month=02 month=08 season=22 at=",
    "fr: d\u2019ici \u00e0 d'ici l\u2019": "by= by=",
    "fr: ant\u00e9rieurement a anterieurement \u00e0": "before= before=",  # one of two accents
    "it: dell\u2019 giovedi' lunedi\u00b4": "small= weekday=4 weekday=1",
    "de: M\u00c4RZ Maerz Marz": "month=03 month=03 month=03",
    "fr: a\u00f4ut": "month=08",  # an accent where none should be
    "it: d\u00e0ll'11": "from= number=11",
}


@pytest.mark.parametrize(("text", "expected"), NORMAL.items())
def test_normal(text: str, expected: str) -> None:
    """Capitals, white space, dashes and apostrophes of every sort are one sort each."""
    assert normal(text) == expected


@pytest.mark.parametrize(("text", "expected"), TOKENS.items())
def test_tokens(text: str, expected: str) -> None:
    """Each word and number of a text has a kind, and what it stands for."""
    before, colon, behind = text.partition(": ")
    tokens = tokens_of(behind, lexicon(before)) if colon else tokens_of(text, lexicon("nl"))
    assert " ".join(f"{kind}={meaning}" for kind, meaning in tokens) == expected


@pytest.mark.parametrize("text", ["31. 12. 2014", "31/ 12/ 2014"])
def test_a_date_in_numbers_may_have_spaces(text: str) -> None:
    """A day in numbers is one token, also with a space behind each point."""
    assert tokens_of(text, lexicon("de")) == [("numeric", text)]


@pytest.mark.parametrize("text", ["2012 - 2015", "2012 -2015", "2012/ 2015", "2012 / 2015"])
def test_two_years_may_have_spaces(text: str) -> None:
    """Two years are one token, also with spaces between them."""
    assert tokens_of(text, lexicon("nl")) == [("years", text)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "14:00 uur"),
        ("nl", "14.00 uur"),
        ("de", "9 uhr"),
        ("en", "11:59 p.m"),
        ("fr", "8h15 h"),
    ],
)
def test_a_time_may_have_spaces(language: str, text: str) -> None:
    """A time of day is one token, whatever its language writes behind it."""
    assert tokens_of(text, lexicon(language)) == [("time", text)]


def test_long_text_is_cut() -> None:
    """No more of a text is looked at than a date can have."""
    assert len(tokens_of("1 " * 1000, lexicon("nl"))) == LONGEST / 2


@given(st.text(max_size=LONGEST), st.sampled_from(LANGUAGES))
def test_every_text_has_tokens(text: str, language: str) -> None:
    """Any text is cut into words, and each of them has a kind."""
    assert all(kind for kind, _ in tokens_of(text, lexicon(language)))


@pytest.mark.parametrize(
    ("unit", "number", "token"),
    [
        ("quarter", 1, Token("part", "33")),
        ("quarter", 4, Token("part", "36")),
        ("quarter", 5, Token("unknown", "5")),
        ("quarter", 0, Token("unknown", "0")),
        ("half", 1, Token("part", "40")),
        ("half", 2, Token("part", "41")),
        ("half", 3, Token("unknown", "3")),
        ("half", -7, Token("unknown", "-7")),
    ],
)
def test_part_of_year(unit: str, number: int, token: Token) -> None:
    """A year has four quarters and two halves."""
    assert part_of_year(unit, number) == token


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("in het voorjaar", True),
        ("1 augustus", True),
        ("in 2015", True),
        ("drie maanden na publicatie", True),
        ("maanden", True),
        ("Q3", False),
        ("publicatie", False),
        ("Stb. 2015, nr. 56", False),
        ("akkoord", False),
        ("", False),
    ],
)
def test_tells_time(text: str, tells: bool) -> None:  # noqa: FBT001  the expectation
    """Words tell when it was where one of them is of time, or where they are a year alone."""
    assert tells_time(text, lexicon("nl")) is tells


@pytest.mark.parametrize(
    ("language", "text", "clear"),
    [
        ("de", "Maerz 2014", True),
        ("de", "Juno 2014", False),
        ("fr", "juillet 2014", True),
        ("fr", "juil. 2014", False),
        ("it", "in 2014", False),
    ],
)
def test_is_clear(language: str, text: str, clear: bool) -> None:  # noqa: FBT001  the expectation
    """A text is of a language for certain by a word of it that no other one may cut short so."""
    assert is_clear(text, lexicon(language)) is clear


def test_names() -> None:
    """A typing error may have been meant for a month, a season or another name."""
    dutch, german = names_of(lexicon("nl")), names_of(lexicon("de"))
    assert {"zomer", "winter", "augustus", "vrijdag", "schooljaar"} <= set(dutch)
    assert not {"voor", "doorlopend", "academisch jaar", "eerste"} & set(dutch)
    assert german["sommer"] == "Sommer"


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("nl", "in het Voorjaar", True),
        ("nl", "na de herfst van 2014", True),
        ("en", "by the fall of 2014", True),
        ("de", "Frühling 2014", True),
        ("nl", "by the fall of 2014", False),
        ("fr", "le 1er août 2014", False),
    ],
)
def test_a_season_is_named(language: str, text: str, names: bool) -> None:  # noqa: FBT001  the same
    """By any of the words that a language has for it."""
    assert names_season(text, lexicon(language)) is names


# --- the language files ---------------------------------------------------------------------------

# What the first word of some kinds stands beside, for a sentence of one word to be read.
SENTENCES = {
    "month": ("{word} 2014", "2014-{meaning}"),
    "weekday": ("{word} 2018-01-{meaning:0>2}", "2018-01-{meaning:0>2}"),  # 1 January: a Monday
    "ordinal": ("{word} {quarter} 2014", "2014-{code}"),
    "season": ("{word} 2014", "2014-{meaning}"),
    "winter": ("{word} 2014/2015", "2014-24"),
    "quarter": ("3 {word} 2014", "2014-35"),
    "half": ("2 {word} 2014", "2014-41"),
    "half-year": ("2 {word} 2014", "2014-41"),
    "first-quarter": ("{word} 2014", "2014-33"),
    "first-half": ("{word} 2014", "2014-40"),
    "second-half": ("{word} 2014", "2014-41"),
    "fortnight": ("2 {word} {may} 2014", "[2014-05-16..2014-05-31]"),
    "last": ("{word} {quarter} 2014", "2014-36"),
    "early": ("{word} 2014", "2014-37"),
    "mid": ("{word} 2014", "2014-38"),
    "late": ("{word} 2014", "2014-39"),
    "end": ("{word} 2014", "2014-39"),
    "year-end": ("{by} {word} 2014", "[..2014-12-31]"),
    "first-day": ("{word} 2014", "2014-01-01"),
    "last-day": ("{word} 2014", "2014-12-31"),
    "week": ("{word} 23 2014", "[2014-06-02..2014-06-08]"),
    "week-of": ("{word} 2014-06-02", "[2014-06-02..2014-06-08]"),
    "by": ("{word} 2014", "[..2014-12-31]"),
    "before": ("{word} 2014", "[..2013-12-31]"),
    "before-or-for": ("{word} {may} 2014", "[..2014-04-30]"),
    "after": ("{word} 2014", "[2015-01-01..]"),
    "not-before": ("{word} 2014", "[2014-01-01..]"),
    "from": ("{word} 2014", "2014"),
    "till": ("{word} 2014", "[..2013-12-31]"),
    "earlier": ("2014 {word}", "[..2014]"),
    "later": ("2014 {word}", "[2014..]"),
    "to": ("2012 {word} 2015", "[2012..2015]"),
    "at": ("2012 {word} 2015", "[2012..2015]"),
    "between": ("{word} 2012 {and} 2015", "[2012..2015]"),
    "and": ("{between} 2012 {word} 2015", "[2012..2015]"),
    "around": ("{word} 2014", "2014~"),
    "possibly": ("{word} 2014", "2014?"),
    "forecast": ("{word} 2014", "2014"),
    "aim": ("{word} 2014", "2014"),
    "planned": ("{word} 2014", "2014"),
    "span": ("{word} 2012-2013", "[2012..2013]"),
    "fiscal-year": ("{word} 2014", "[2014-04-01..2015-03-31]"),
    "inclusive": ("2012-2015 {word}", "[2012..2015]"),
    "unit": ("{word} 2014", "2014"),
    "in": ("{word} 2014", "2014"),
    "small": ("{word} 2014", "2014"),
    "this-year": ("{word} 2014-08-01", "2014-08-01"),
}
HEDGES = {"forecast", "aim", "planned"}
# What is never read, and why; None is a word that no date has.
REFUSED = {
    "or": ("2012 {word} 2015", "it names two dates"),
    "by-or-for": ("{word} 2014", "or"),
    "recess": ("{word} 2014", "every year"),
    "refused": ("{word} 2014", None),
}


def sentence(form: str, language: str, word: str, meaning: str) -> str:
    """Return a phrase for a word, its other words in the same language."""
    known = lexicon(language)
    may, first_words = known.first(known.months[4]), ("quarter", "by", "and", "between")
    others = {kind: known.first(known.words[kind]) for kind in first_words}
    code = str(32 + int(meaning)) if meaning.isdigit() else ""
    return form.format(word=word, meaning=meaning, code=code, may=may, **others)


def mistake(language: str, kind: str, meaning: str, word: str) -> str:
    """Return what is wrong with how a word is read, or nothing."""
    conventions = Conventions(fiscal_year="04-01")
    form, expected = SENTENCES.get(kind) or REFUSED.get(kind, ("{word} 2014", None))
    if kind == "school-year":
        form, expected = "{word} 2014/2015", f"[2014-{meaning}-01..2015-{int(meaning) - 1:02}-31]"
    phrase = sentence(form, language, word, meaning)
    try:
        found = read(phrase, lexicon(language), conventions)
    except RefusedError as refusal:
        is_right = kind in REFUSED and expected is not None and expected in str(refusal)
        return "" if is_right else f"{phrase} ({kind}): {refusal}"
    if kind in REFUSED:
        return "" if found is None and expected is None else f"{phrase} ({kind}): {found}"
    edtf = sentence(str(expected), language, word, meaning)
    right = Reading(edtf, kind if kind in HEDGES else "")
    return "" if found == right else f"{phrase} ({kind}): {found}, and not {right}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word(language: str) -> None:
    """Every word in a language file is read, in capitals too, for what it stands for."""
    assert [
        problem
        for kind, meaning, spellings in meanings(lexicon(language))
        for word in spellings.split(", ")
        for written in (word, word.upper())
        if (problem := mistake(language, kind, meaning, written))
    ] == []


VOCABULARIES = Path(__file__).parent / "vocabularies"


def vocabulary(language: str) -> str:
    """Return a line for each thing that words of a language stand for, with all of those words."""
    known = lexicon(language)
    letters = [("letter", unit, letter) for letter, unit in known.symbols.items()]
    return "".join(
        f"{kind} {meaning}".strip() + f": {words}\n"
        for kind, meaning, words in (*meanings(known), *letters)
    )


def golden() -> Golden:
    """Return the words of each language, and what writes them down."""
    return {VOCABULARIES / f"{tag}.txt": partial(vocabulary, tag) for tag in LANGUAGES}


@pytest.mark.parametrize(("file", "write"), golden().items(), ids=LANGUAGES)
def test_vocabulary(file: Path, write: Callable[[], str]) -> None:
    """The words that are read are these, and the first of a line is the one that is written."""
    hold(file, write())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_known(language: str) -> None:
    """No language file has a kind of word that the grammar does not know."""
    kinds = {kind for kind, _, _ in meanings(lexicon(language))}
    assert kinds <= {*SENTENCES, *REFUSED, "school-year"}


# What only some languages have a word for.
PECULIAR = {
    "before-or-for": ["nl"],
    "till": ["nl"],
    "by-or-for": ["fr", "it"],
    "at": ["fr", "it"],
    "fortnight": ["fr", "it"],
    "half": ["nl", "en", "fr", "de"],
    "first-quarter": ["fr"],
    "first-half": ["fr", "it"],
    "second-half": ["it"],
    "year-end": ["nl", "en", "de", "it"],
}


def test_languages_have_the_same_kinds() -> None:
    """Every language has words of every kind, but for those that are peculiar to some."""
    having = defaultdict(list)
    for language in LANGUAGES:
        for kind in lexicon(language).words:
            having[kind].append(language)
    assert {kind: some for kind, some in having.items() if some != [*LANGUAGES]} == PECULIAR
    for known in map(lexicon, LANGUAGES):
        assert set(known.refused) == {"nothing", "going-on", "counted", "relative", "this-year"}
        assert [len(known.months), len(known.weekdays)] == [12, 7]
        assert [len(known.ordinals), len(known.seasons)] == [4, 4]
        assert set(known.symbols.values()) == {"quarter", "half"}


def spelled(word: str) -> str:
    """Return a word as it is compared, without dots."""
    return " ".join(normal(word).replace(".", " ").split())


def without_accents(word: str) -> str:
    marked = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_for_two_things(language: str) -> None:
    """No spelling in a language file stands twice, nor for two things."""
    times = Counter(
        spelled(word)
        for _, _, spellings in meanings(lexicon(language))
        for word in spellings.split(", ")
    )
    assert [word for word, count in times.items() if count > 1] == []


# Words that only an accent tells apart.
ACCENTED = {"nl": {"voor": {"before", "before-or-for"}}, "fr": {"des": {"from", "small"}}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_accents_tell_few_words_apart(language: str) -> None:
    """Without its accents a word is no other one, but for these."""
    found = defaultdict(set)
    for kind, meaning, spellings in meanings(lexicon(language)):
        for word in spellings.split(", "):
            found[without_accents(spelled(word))].add((kind, meaning))
    several = {word: {kind for kind, _ in both} for word, both in found.items() if len(both) > 1}
    assert several == ACCENTED.get(language, {})


def test_examples() -> None:
    """The examples in the docstrings are true."""
    assert doctest.testmod(words).failed == 0
