"""EDTF is read as far as it names one day: its canonical text, and the window it leaves open."""

import datetime as dt
import doctest
import re
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import intervals, open_ends, open_intervals, open_starts, qualified, ranges, written

from betatech_milestones.model import edtf
from betatech_milestones.model.edtf import PARTS, days_of, ends_of, quoted, window

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pyparsing, on how edtf builds its grammar
    from edtf import EDTFParseException, parse_edtf

# EDTF text as written: canonical text, first day, last day.
EDTF = {
    # dates: EDTF level 0
    "2014-08-01": ("2014-08-01", "2014-08-01", "2014-08-01"),
    "2012-02-29": ("2012-02-29", "2012-02-29", "2012-02-29"),
    "2014-02": ("2014-02", "2014-02-01", "2014-02-28"),
    "2012-02": ("2012-02", "2012-02-01", "2012-02-29"),
    "2014": ("2014", "2014-01-01", "2014-12-31"),
    " 2014\n": ("2014", "2014-01-01", "2014-12-31"),
    "0001": ("0001", "0001-01-01", "0001-12-31"),
    "9999": ("9999", "9999-01-01", "9999-12-31"),
    # seasons: level 1
    "2014-21": ("2014-21", "2014-03-01", "2014-05-31"),
    "2014-22": ("2014-22", "2014-06-01", "2014-08-31"),
    "2014-23": ("2014-23", "2014-09-01", "2014-11-30"),
    "2014-24": ("2014-24", "2014-12-01", "2015-02-28"),
    "2011-24": ("2011-24", "2011-12-01", "2012-02-29"),
    "1899-24": ("1899-24", "1899-12-01", "1900-02-28"),
    # quarters, thirds and halves: level 2
    "2014-33": ("2014-33", "2014-01-01", "2014-03-31"),
    "2014-34": ("2014-34", "2014-04-01", "2014-06-30"),
    "2014-35": ("2014-35", "2014-07-01", "2014-09-30"),
    "2014-36": ("2014-36", "2014-10-01", "2014-12-31"),
    "2014-37": ("2014-37", "2014-01-01", "2014-04-30"),
    "2014-38": ("2014-38", "2014-05-01", "2014-08-31"),
    "2014-39": ("2014-39", "2014-09-01", "2014-12-31"),
    "2014-40": ("2014-40", "2014-01-01", "2014-06-30"),
    "2014-41": ("2014-41", "2014-07-01", "2014-12-31"),
    "9999-41": ("9999-41", "9999-07-01", "9999-12-31"),
    # qualifiers: level 1; the window stays
    "2013~": ("2013~", "2013-01-01", "2013-12-31"),
    "2013-08?": ("2013-08?", "2013-08-01", "2013-08-31"),
    "2013-08-01%": ("2013-08-01%", "2013-08-01", "2013-08-01"),
    "2013-24~": ("2013-24~", "2013-12-01", "2014-02-28"),
    # ranges in a set: level 2
    "[2014-08-01..2015-07-31]": ("[2014-08-01..2015-07-31]", "2014-08-01", "2015-07-31"),
    "[2014..2014-05]": ("[2014..2014-05]", "2014-01-01", "2014-05-31"),
    "[2014-08..2014]": ("[2014-08..2014]", "2014-08-01", "2014-12-31"),
    "[2014-21..2014-23~]": ("[2014-21..2014-23~]", "2014-03-01", "2014-11-30"),
    "[..2014]": ("[..2014]", None, "2014-12-31"),
    "[..2013-24?]": ("[..2013-24?]", None, "2014-02-28"),
    "[2014-35..]": ("[2014-35..]", "2014-07-01", None),
    # intervals: level 0, with open ends level 1
    "2014/2015": ("[2014..2015]", "2014-01-01", "2015-12-31"),
    "2014-08~/2015-22": ("[2014-08~..2015-22]", "2014-08-01", "2015-08-31"),
    "2014-08-01/2014-08-01": ("[2014-08-01..2014-08-01]", "2014-08-01", "2014-08-01"),
    "../2014": ("[..2014]", None, "2014-12-31"),
    "2014%/..": ("[2014%..]", "2014-01-01", None),
}

NOT_EDTF = (
    "this is not EDTF; write 2014-08-01, 2014-08, 2014, 2014-22, [2014-08..2015-07], [..2014] or "
    "2013-08~"
)
NO_PART = (
    "is not a month (01 to 12), a season (21 to 24), a quarter (33 to 36), a third (37 to 39) or "
    "a half (40 and 41) of a year"
)
OUTSIDE = "dates run from 0001-01-01 to 9999-12-31"

BAD_EDTF = {
    "": NOT_EDTF,
    "zomer 2014": NOT_EDTF,  # a phrase: `parse` reads it
    "2014 / 2015": NOT_EDTF,
    "14-08-01": NOT_EDTF,  # years have four digits
    "20140801": NOT_EDTF,
    "2014-8-1": NOT_EDTF,
    "2014-08-01T12:00": NOT_EDTF,  # a time of day
    "201X": NOT_EDTF,  # unspecified digits
    "2014-XX": NOT_EDTF,
    "~2014": NOT_EDTF,  # a qualifier of one part
    "2014~-08": NOT_EDTF,
    "2014~?": NOT_EDTF,
    "-0044": NOT_EDTF,
    "Y17000": NOT_EDTF,
    "[2014,2015]": NOT_EDTF,  # a list of dates
    "{2014..2015}": NOT_EDTF,  # all of a set
    "[2014..2015": NOT_EDTF,
    "[2014..2015]~": NOT_EDTF,
    "2014..2015": NOT_EDTF,
    "/2014": NOT_EDTF,  # an unknown end
    "2014/": NOT_EDTF,
    "2013/2014/2015": NOT_EDTF,
    "\u0662\u0660\u0661\u0664": NOT_EDTF,  # 2014 in Arabic digits
    "[..]": "both ends are open; write at least one",
    "../..": "both ends are open; write at least one",
    "[2015..2014]": "it ends before it begins; write the earlier date first",
    "2014-08-02/2014-08-01": "it ends before it begins; write the earlier date first",
    "[2014-06..2014-21]": "it ends before it begins; write the earlier date first",
    "2014-02-30": "2014-02 has days 01 to 28",
    "[2014-02-30..2015]": "2014-02 has days 01 to 28",
    "2014/2015-02-29": "2015-02 has days 01 to 28",
    "2014-08-00": "2014-08 has days 01 to 31",
    "2014-13": f"13 {NO_PART}",
    "[..2014-13]": f"13 {NO_PART}",
    "2014-00~": f"00 {NO_PART}",
    "2014-20": f"20 {NO_PART}",
    "2014-25": f"25 {NO_PART}",  # spring on the northern hemisphere, level 2
    "2014-32": f"32 {NO_PART}",  # winter on the southern hemisphere, level 2
    "2014-42": f"42 {NO_PART}",
    "2014-13-01": "13 is not a month (01 to 12)",
    "2014-22-01": "22 is not a month (01 to 12)",
    "0000": OUTSIDE,
    "0000-12-31": OUTSIDE,
    "9999-24": OUTSIDE,  # ends in the year 10000
    "[9999-24..]": OUTSIDE,
}


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "expected"), EDTF.items())
def test_window(text: str, expected: tuple[str, str | None, str | None]) -> None:
    """EDTF text has a canonical text and a window, of which one end may be open."""
    canonical, earliest, latest = expected
    assert window(text) == (canonical, day(earliest), day(latest))


@pytest.mark.parametrize(("text", "problem"), BAD_EDTF.items())
def test_no_window(text: str, problem: str) -> None:
    """Text that is not EDTF, or more of EDTF than is read, is refused with a remedy."""
    with pytest.raises(ValueError, match=re.escape(problem)) as refusal:
        window(text)
    assert str(refusal.value) == problem


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2014", ["2014"]),
        (" 2014-08-01~ ", ["2014-08-01~"]),
        ("2014-99", ["2014-99"]),  # its form, and not whether the calendar has it
        ("[2014..2015?]", ["2014", "2015?"]),
        ("[..2014]", ["", "2014"]),
        ("[2014..]", ["2014", ""]),
        ("[..]", ["", ""]),
        ("2014/2015", ["2014", "2015"]),
        ("../2014", ["", "2014"]),
        ("2014/..", ["2014", ""]),
        ("zomer 2014", []),
        ("", []),
    ],
)
def test_ends(text: str, ends: list[str]) -> None:
    """EDTF text has one end or two, and an open one is empty."""
    assert ends_of(text) == ends


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("zomer 2014", '"zomer 2014"'),
        (" zomer\n 2014 ", '"zomer 2014"'),
        ("reces\n" * 1000, '"reces reces reces reces reces reces reces reces reces …"'),
        ("x" * 61, '"…"'),
    ],
    ids=["short", "two lines", "long", "one word"],
)
def test_quoted(text: str, shown: str) -> None:
    """A message shows a text in quotes, on one line, cut short."""
    assert quoted(text) == shown


# --- properties -----------------------------------------------------------------------------------


@given(written)
def test_canonical_text_reads_back(text: str) -> None:
    """The canonical text of any date reads back to itself, with the same window."""
    canonical, earliest, latest = window(text)
    assert window(canonical) == (canonical, earliest, latest)


@given(written)
def test_window_is_in_order(text: str) -> None:
    """No window ends before it begins, and it lacks a day only where an end is open."""
    _, earliest, latest = window(text)
    assert (earliest is None) == text.startswith(("[..", "../"))
    assert (latest is None) == text.endswith(("..]", "/.."))
    if earliest and latest:
        assert earliest <= latest


@given(qualified)
def test_no_qualifier_moves_a_day(text: str) -> None:
    """What is approximate or uncertain has the days of what is not."""
    assert days_of(text) == days_of(text.rstrip("~?%"))


@given(st.sampled_from(sorted(PARTS)), st.integers(1, 9998))
def test_window_is_whole_months(part: int, year: int) -> None:
    """The window of a month, season or other part of a year begins and ends with a month."""
    earliest, latest = days_of(f"{year:04}-{part:02}")
    first_month, months = PARTS[part]
    assert earliest == dt.date(year, first_month, 1)
    after = latest + dt.timedelta(days=1)
    assert after.day == 1
    assert (after.year - year) * 12 + after.month - first_month == months


# --- a second opinion -----------------------------------------------------------------------------


def second_opinion(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the window according to the edtf package, which has infinities for open ends."""
    parsed = parse_edtf(edtf)
    earliest, latest = (
        None if isinstance(end, float) else dt.date(*end[:3])
        for end in (parsed.lower_strict(), parsed.upper_strict())
    )
    return earliest, latest


SUB_YEAR = re.compile(r"[0-9]{4}-(2[1-4]|3[3-9]|4[01])")
LEVEL_2_PART = re.compile(r"[0-9]{4}-(3[3-9]|4[01])")
ENDS_IN_WINTER = re.compile(r"[0-9]{4}-24[~?%]?$")


def second_opinion_has_none(text: str) -> bool:
    """Whether edtf 5.0 cannot read a text.

    It reads no qualifier behind a season or another part of a year, none of those and no qualifier
    in a set, there only ends of the same precision, and in an interval no sub-year grouping.
    """
    if text.startswith("["):
        ends = [end for end in text.strip("[]").split("..") if end]
        return bool(
            SUB_YEAR.search(text)
            or re.search(r"[~?%]", text)
            or len({len(end) for end in ends}) > 1
        )
    if "/" in text:
        return bool(LEVEL_2_PART.search(text))
    return bool(SUB_YEAR.search(text) and text[-1] in "~?%")


@pytest.mark.slow
@given(qualified | ranges | intervals | open_starts | open_ends | open_intervals)
def test_second_opinion(text: str) -> None:
    """The window is that of the edtf package, for all it reads, but for the end of winter."""
    if second_opinion_has_none(text):
        with pytest.raises(EDTFParseException):
            parse_edtf(text)
        return
    _, earliest, latest = window(text)
    their_earliest, their_latest = second_opinion(text)
    assert earliest == their_earliest
    if latest and ENDS_IN_WINTER.search(text):
        assert latest.month == 2
        assert their_latest == dt.date(latest.year - 1, 12, 31)  # "for simplicity", says edtf
    else:
        assert latest == their_latest


def test_examples() -> None:
    """The examples in the docstrings are true."""
    assert doctest.testmod(edtf).failed == 0
