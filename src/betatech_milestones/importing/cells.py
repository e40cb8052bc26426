"""What one cell says: a text, a date, a number, several names, or nothing.

Whoever fills in a table has no TOML before him, so what is wrong is said in words of the table.
"""

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import attrs

from betatech_milestones.importing.grid import Unusable, Value
from betatech_milestones.importing.mapping import Outcome
from betatech_milestones.importing.names import bare, slug
from betatech_milestones.language import LANGUAGES, lexicon
from betatech_milestones.model import values
from betatech_milestones.model.conventions import Conventions
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.errors import BadValue, did_you_mean
from betatech_milestones.model.vocabulary import Commitment
from betatech_milestones.model.words import tokens_of


class WrongCellError(ValueError):
    """A cell that cannot be taken over; the message says why, and what would be right."""


@attrs.frozen(kw_only=True)
class Manner:
    """How the cells of a table are written."""

    conventions: Conventions
    decimal: str = "."
    """What parts decimals."""
    nones: frozenset[str] = frozenset()
    """Bare texts that say nothing."""
    beginnings: tuple[str, ...] = ()
    """How other texts begin that say nothing."""


def written(value: Value) -> str:
    """Return what a cell says as a text; empty for nothing."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case Unusable():
            raise WrongCellError(f"{value.shown} cannot be read: {value.why}")
    return str(value)


_MARKS = re.compile(r"[-\u2010-\u2015\u2212./…?*\s]*")


def says_nothing(value: Value, manner: Manner) -> bool:
    """Whether a cell is empty, or has nothing but a dash or what the mapping says means nothing."""
    if value is None or (isinstance(value, str) and _MARKS.fullmatch(value)):
        return True
    if isinstance(value, Unusable) or not (manner.nones or manner.beginnings):
        return False
    text = bare(written(value))
    return text in manner.nones or text.startswith(manner.beginnings)


# --- texts ----------------------------------------------------------------------------------------


def line(value: Value, _: Manner) -> str:
    """Return a text of one line."""
    return _checked(values.line, value)


def prose(value: Value, _: Manner) -> str:
    """Return a text of one or more lines."""
    return _checked(values.prose, value)


def word(value: Value, _: Manner) -> str:
    """Return a word of ours, or an id."""
    return bare(_checked(values.line, value))


def commitment(value: Value, manner: Manner) -> Commitment:
    """Return how firmly it is promised."""
    return Commitment(_checked(lambda text: values.word(text, Commitment), word(value, manner)))


def outcome(value: Value, manner: Manner) -> Outcome:
    """Return how it stands with it."""
    return Outcome(_checked(lambda text: values.word(text, Outcome), word(value, manner)))


def _checked(check: Callable[[object], str], value: Value) -> str:
    try:
        return check(written(value))
    except BadValue as error:
        raise WrongCellError(str(error)) from None


def unknown(text: str, words: Iterable[str]) -> WrongCellError:
    """What to raise for a text that the words of a mapping lack."""
    known = [theirs for theirs in words if theirs]
    near = did_you_mean(text, known)
    if not near:
        listed = ", ".join(map(values.shown, known[:_MOST_LISTED]))
        more = ", …" if len(known) > _MOST_LISTED else ""
        such_as = f", such as {listed}{more}" if listed else ""
        near = f"{such_as}; write one of them, or add it to the mapping"
    return WrongCellError(f"{values.shown(text)} is none of the words that are known{near}")


_MOST_LISTED = 6

# --- ids ------------------------------------------------------------------------------------------


def identifier(text: str) -> str:
    """Return the id that a text makes: the same for ever, and another for any other text.

    Letters and digits stay, without capitals and accents. Where that is not all that tells it from
    other texts, because it is cut or in another script, six signs behind it are made of all of it.

    >>> identifier("Misura 1.04 È attiva"), identifier("Μέτρο 2")
    ('misura-1-04-e-attiva', '2-98d609')
    """
    made = slug(text)
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    is_whole = len(text) <= values.LONGEST_ID and not any(
        letter.isalnum() and not letter.isascii() for letter in plain
    )
    if is_whole and any(letter.isalnum() for letter in plain):
        return made
    mark = hashlib.sha256(bare(text).encode()).hexdigest()[:6]
    room = values.LONGEST_ID - len(mark) - 1
    kept = made if len(made) <= room else made[: room + 1].rpartition("-")[0] or made[:room]
    return f"{kept}-{mark}"


# --- dates ----------------------------------------------------------------------------------------

_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?![0-9])\S*"
)
_NEVER = ("0001", "9999")
"""The years that programs write for no date at all."""

# What a refusal says of a data file, and what it is to who fills in a table.
_OF_A_TABLE = {
    r', or else \{ words = "…", edtf = "[^"]*" \}': "",
    r"write \{ words = .*, edtf = \"…\" \} with the days": "write the days",
    r"write \{ words = .* \}$": "empty the cell, and write it elsewhere",
    r"leave the key out": "leave the cell empty",
    r"give the \[programme\] a date_order": "let the mapping say which is the day: date_order",
    r"give the \[programme\] (fiscal_year = \"04-01\"), or .*": r"let the mapping say it: \1",
    r" with a fiscal_year in \[programme\]": "",
    r"add a \[\[period\]\].* with the day that is meant": "write the days, or name it as a period",
    r"or name the recess that is meant in a \[\[period\]\]": "or name the recess as a period",
}


def date(value: Value, manner: Manner) -> PolicyDate | None:
    """Return a date; None where the words of a cell say that there is none."""
    if isinstance(value, str):
        value = " ".join(value.split())  # the end of a line in a cell is layout
        moment = _MOMENT.fullmatch(value)
        value = moment["day"] if moment else value
    elif isinstance(value, Unusable | Decimal | bool):
        value = written(value)
    if str(value).startswith(_NEVER) and (not isinstance(value, str) or _is_day(value)):
        return None
    try:
        return PolicyDate.parse(value, manner.conventions)
    except BadValue as error:
        reasons = _reasons(str(value), manner.conventions.language)
        if reasons == {"nothing"}:
            return None
        if reasons == {"going-on"}:
            return PolicyDate(None, words=str(value))
        message = str(error)
        for of_a_file, of_a_table in _OF_A_TABLE.items():
            message = re.sub(of_a_file, of_a_table, message)
        raise WrongCellError(message) from None


def _is_day(text: str) -> bool:
    return re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None


def _reasons(text: str, language: str | None) -> set[str]:
    """Return why each word of a text is no date, in the first language that knows them all."""
    own = (language or "").partition("-")[0].lower()
    for tag in sorted(LANGUAGES, key=lambda tag: tag != own):
        tokens = [token for token in tokens_of(text, lexicon(tag)) if token.kind != "small"]
        if tokens and all(token.kind == "refused" for token in tokens):
            return {token.meaning for token in tokens}
    return set()


# --- numbers --------------------------------------------------------------------------------------

_NUMBER = {
    ",": re.compile(r"([0-9]{1,3}(?:[. '][0-9]{3})+|[0-9]+)(?:,([0-9]+))?"),
    ".": re.compile(r"([0-9]{1,3}(?:[, '][0-9]{3})+|[0-9]+)(?:\.([0-9]+))?"),
}
_BESIDE = re.compile(
    r"^(?:€|\$|£|eur|usd|gbp)\s*|(?<!\s)\s*(?:€|\$|£|eur|usd|gbp|%)$", re.IGNORECASE
)


def number(value: Value, manner: Manner) -> int | Decimal:
    """Return a number, with or without what it is counted in."""
    read = value
    if isinstance(value, str):
        text = re.sub(r"\s", " ", value.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").strip())
        found = _NUMBER[manner.decimal].fullmatch(_BESIDE.sub("", text))
        if found is None:
            right = "1.507,25" if manner.decimal == "," else "1,507.25"
            raise WrongCellError(f"{values.shown(value)} is no number; write it as {right}")
        whole, parts = re.sub("[^0-9]", "", found[1]), (found[2] or "").rstrip("0")
        read = Decimal(f"{whole}.{parts}") if parts else int(whole)
    if isinstance(read, bool | dt.date | Unusable):
        raise WrongCellError(f"{written(read)} is no number; write one")
    try:
        return values.number(read)
    except BadValue as error:
        raise WrongCellError(str(error)) from None


def several(value: Value, separator: str | None) -> tuple[str, ...]:
    """Return the names in a cell, each once."""
    text = written(value)
    parts: list[Any] = text.split(separator) if separator else [text]
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
