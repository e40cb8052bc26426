"""The tables of dates in the documentation: written from what is read and what is said.

A table stands behind `<!-- dates: KIND LANGUAGE -->`. Of those that show what is read or refused,
the first column is by hand; the rest is computed.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from betatech_milestones import LANGUAGES, Conventions, NotADate, PolicyDate
from betatech_milestones.language import lexicon
from betatech_milestones.model.sayings import said
from betatech_milestones.model.words import meanings

PHRASES = Path(__file__).parent / "phrases"
_MARK = re.compile(
    r"(?P<mark><!-- dates: (?P<kind>\w+)(?: (?P<tag>\w+))? -->\n)(?P<table>(?:\|.*\n)*)"
)

SAID = (
    "2014-08-01",
    "2014-08",
    "2014",
    "2014-33",
    "2014-40",
    "2014-37",
    "2014-38",
    "2014-39",
    "2014-22",
    "2013-24",
    "[2014-08-01..2014-08-10]",
    "[2014-08-11..2014-08-20]",
    "[2014-08-21..2014-08-31]",
    "[2014-08-01..2014-08-15]",
    "[2014-08-01..2015-07-31]",
    "[2014-09-01..2015-08-31]",
    "[2012..2015]",
    "[2014-08-08..2014-10-01]",
    "[..2014-08-01]",
    "[2014-08-01..]",
    "[..2014-22]",
    "[2014..]",
    "2014-08~",
    "2014-08?",
    "2014-08%",
)
"""An example of every form."""


def with_dates(document: str) -> str:
    """Return a document whose tables of dates are written anew."""
    return _MARK.sub(lambda found: f"{found['mark']}{_TABLES[found['kind']](found)}", document)


def _table(head: str, rows: Iterator[tuple[str, ...]]) -> str:
    columns = head.count("|") + 1
    lines = [f"| {head} |", f"| {' | '.join(['---'] * columns)} |"]
    return "".join(f"{line}\n" for line in (*lines, *(f"| {' | '.join(row)} |" for row in rows)))


def _said(_: re.Match[str]) -> str:
    languages = [lexicon(tag) for tag in LANGUAGES]
    head = " | ".join(("EDTF", *(language.name for language in languages)))
    rows = ((f"`{edtf}`", *(said(edtf, language) for language in languages)) for edtf in SAID)
    return _table(head, rows)


def _phrases(found: re.Match[str]) -> Iterator[str]:
    """Yield what stands in the first column, several of one meaning apart by a dot."""
    for row in found["table"].splitlines()[2:]:
        yield row.split(" | ")[0].removeprefix("| ").removesuffix(" |")


def _read(found: re.Match[str]) -> str:
    def rows() -> Iterator[tuple[str, ...]]:
        for cell in _phrases(found):
            dates = [_parsed(phrase, found["tag"]) for phrase in re.findall("`([^`]+)`", cell)]
            assert len({date.edtf for date in dates}) == 1, f"{cell}: not one date"
            date = dates[0]
            days = (str(day) if day else "open" for day in (date.earliest, date.latest))
            yield cell, f"`{date.edtf}`", *days

    return _table("written | EDTF | first day | last day", rows())


def _refused(found: re.Match[str]) -> str:
    def rows() -> Iterator[tuple[str, ...]]:
        for cell in _phrases(found):
            try:
                _parsed(cell.strip("`"), found["tag"])
            except NotADate as refusal:
                yield cell, str(refusal).partition(" is not a date: ")[2]
            else:
                raise AssertionError(f"{cell} is read")

    return _table("written | answer", rows())


def _words(found: re.Match[str]) -> str:
    rows = (
        (kind, meaning, spellings)
        for kind, meaning, spellings in meanings(lexicon(found["tag"]))
        if kind not in {"refused", "this-year"}
    )
    return _table("kind | stands for | spellings", rows)


def _parsed(phrase: str, tag: str) -> PolicyDate:
    return PolicyDate.parse(phrase, Conventions(language=tag))


def _corpus(_: re.Match[str]) -> str:
    def rows() -> Iterator[tuple[str, ...]]:
        for tag in LANGUAGES:
            lines = (PHRASES / f"{tag}.tsv").read_text(encoding="utf-8").splitlines()[1:]
            cells = [line.split("\t") for line in lines]
            dated = [phrase for phrase, wanted, _ in cells if wanted != "refused"]
            lost = [phrase for phrase in dated if not _is_read(phrase, tag)]
            shown = " · ".join(f"`{phrase}`" for phrase in lost) or "–"  # noqa: RUF001  a dash
            read, refused = len(dated) - len(lost), len(cells) - len(dated)
            yield lexicon(tag).name, str(len(dated)), str(read), shown, str(refused)

    return _table("language | name one date | read | not read | refused", rows())


def _is_read(phrase: str, tag: str) -> bool:
    try:
        _parsed(phrase, tag)
    except NotADate:
        return False
    return True


_TABLES: dict[str, Callable[[re.Match[str]], str]] = {
    "said": _said,
    "read": _read,
    "refused": _refused,
    "words": _words,
    "corpus": _corpus,
}
