"""A policy date keeps the words of the source and knows the window of days they leave open."""

import copy
import datetime as dt
import doctest
import pickle
import re
import warnings
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones import NotADate, PolicyDate
from betatech_milestones.model import dates
from betatech_milestones.model.phrases import PARTS, VOCABULARY

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pyparsing, on how edtf builds its grammar
    from edtf import EDTFParseException, parse_edtf

DOCS = Path(__file__).parents[1] / "docs" / "dates.md"

# EDTF text as written: canonical text, first day, last day, approximate.
EDTF = {
    # dates: EDTF level 0
    "2014-08-01": ("2014-08-01", "2014-08-01", "2014-08-01", False),
    "2012-02-29": ("2012-02-29", "2012-02-29", "2012-02-29", False),
    "2014-02": ("2014-02", "2014-02-01", "2014-02-28", False),
    "2012-02": ("2012-02", "2012-02-01", "2012-02-29", False),
    "2014": ("2014", "2014-01-01", "2014-12-31", False),
    " 2014\n": ("2014", "2014-01-01", "2014-12-31", False),
    "0001": ("0001", "0001-01-01", "0001-12-31", False),
    "9999": ("9999", "9999-01-01", "9999-12-31", False),
    # seasons: level 1
    "2014-21": ("2014-21", "2014-03-01", "2014-05-31", False),
    "2014-22": ("2014-22", "2014-06-01", "2014-08-31", False),
    "2014-23": ("2014-23", "2014-09-01", "2014-11-30", False),
    "2014-24": ("2014-24", "2014-12-01", "2015-02-28", False),
    "2011-24": ("2011-24", "2011-12-01", "2012-02-29", False),
    "1899-24": ("1899-24", "1899-12-01", "1900-02-28", False),
    # quarters, thirds and halves: level 2
    "2014-33": ("2014-33", "2014-01-01", "2014-03-31", False),
    "2014-34": ("2014-34", "2014-04-01", "2014-06-30", False),
    "2014-35": ("2014-35", "2014-07-01", "2014-09-30", False),
    "2014-36": ("2014-36", "2014-10-01", "2014-12-31", False),
    "2014-37": ("2014-37", "2014-01-01", "2014-04-30", False),
    "2014-38": ("2014-38", "2014-05-01", "2014-08-31", False),
    "2014-39": ("2014-39", "2014-09-01", "2014-12-31", False),
    "2014-40": ("2014-40", "2014-01-01", "2014-06-30", False),
    "2014-41": ("2014-41", "2014-07-01", "2014-12-31", False),
    "9999-41": ("9999-41", "9999-07-01", "9999-12-31", False),
    # qualifiers: level 1; the window stays
    "2013~": ("2013~", "2013-01-01", "2013-12-31", True),
    "2013-08?": ("2013-08?", "2013-08-01", "2013-08-31", True),
    "2013-08-01%": ("2013-08-01%", "2013-08-01", "2013-08-01", True),
    "2013-24~": ("2013-24~", "2013-12-01", "2014-02-28", True),
    # ranges in a set: level 2
    "[2014-08-01..2015-07-31]": ("[2014-08-01..2015-07-31]", "2014-08-01", "2015-07-31", False),
    "[2014..2014-05]": ("[2014..2014-05]", "2014-01-01", "2014-05-31", False),
    "[2014-08..2014]": ("[2014-08..2014]", "2014-08-01", "2014-12-31", False),
    "[2014-21..2014-23~]": ("[2014-21..2014-23~]", "2014-03-01", "2014-11-30", True),
    "[..2014]": ("[..2014]", None, "2014-12-31", False),
    "[..2013-24?]": ("[..2013-24?]", None, "2014-02-28", True),
    "[2014-35..]": ("[2014-35..]", "2014-07-01", None, False),
    # intervals: level 0, with open ends level 1
    "2014/2015": ("[2014..2015]", "2014-01-01", "2015-12-31", False),
    "2014-08~/2015-22": ("[2014-08~..2015-22]", "2014-08-01", "2015-08-31", True),
    "2014-08-01/2014-08-01": ("[2014-08-01..2014-08-01]", "2014-08-01", "2014-08-01", False),
    "../2014": ("[..2014]", None, "2014-12-31", False),
    "2014%/..": ("[2014%..]", "2014-01-01", None, True),
}

ACCEPTED = (
    'write 2014-08-01, "1 augustus 2014", "Q3 2014", "zomer 2014", "schooljaar 2014/2015" or '
    '"uiterlijk 2014", or else { words = "...", edtf = "2013-08~" }'
)
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

BAD_VALUES = [
    (True, f"True is not a date: {ACCEPTED}"),
    (2014.5, f"2014.5 is not a date: {ACCEPTED}"),
    (Decimal("2014.5"), f"2014.5 is not a date: {ACCEPTED}"),
    (None, f"None is not a date: {ACCEPTED}"),
    ([2014], f"[2014] is not a date: {ACCEPTED}"),
    ({}, f"{{}} is not a date: {ACCEPTED}"),
    (dt.time(12, 30), f"12:30:00 is not a date: {ACCEPTED}"),
    (
        dt.datetime(2014, 8, 1, 12, 30, tzinfo=dt.UTC),
        "2014-08-01 12:30:00+00:00 is not a date: write the day alone, 2014-08-01",
    ),
    (
        dt.datetime(2014, 8, 1),  # noqa: DTZ001  a local date-time of TOML has no time zone
        "2014-08-01 00:00:00 is not a date: write the day alone, 2014-08-01",
    ),
    *(
        (year, f"{year} is not a date: write a year in four digits, a day as 2014-08-01")
        for year in (-2014, 0, 14, 999, 10_000, 20_140_801)
    ),
    ("", f'"" is not a date: {ACCEPTED}'),
    ("over een half jaar", f'"over een half jaar" is not a date: {ACCEPTED}'),
    ("1-8-2014", f'"1-8-2014" is not a date: {ACCEPTED}'),
    ("2013-2014", f'"2013-2014" is not a date: {ACCEPTED}'),
    ("[2014..2015]~", f'"[2014..2015]~" is not a date: {ACCEPTED}'),
    ("2014-13", f'"2014-13" is not a date: 13 {NO_PART}'),
    ("30 februari 2014", '"30 februari 2014" is not a date: 2014-02 has days 01 to 28'),
    ("winter 2013", '"winter 2013" is not a date: write "winter 2013/2014" or "winter 2012/2013"'),
]


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "expected"), EDTF.items())
def test_edtf(text: str, expected: tuple[str, str | None, str | None, bool]) -> None:
    """EDTF text has a canonical text, a window, and may be approximate."""
    date = PolicyDate(text)
    canonical, earliest, latest, approximate = expected
    assert date.edtf == canonical
    assert (date.earliest, date.latest) == (day(earliest), day(latest))
    assert date.approximate is approximate
    assert date.words == text
    assert PolicyDate.parse(text) == date


@pytest.mark.parametrize(("text", "problem"), BAD_EDTF.items())
def test_bad_edtf(text: str, problem: str) -> None:
    """Text that is not EDTF, or more of EDTF than is read, is refused with a remedy."""
    with pytest.raises(NotADate) as refusal:
        PolicyDate(text)
    assert str(refusal.value) == f'"{text}" is not a date: {problem}'


@pytest.mark.parametrize(("value", "message"), BAD_VALUES)
def test_bad_value(value: object, message: str) -> None:
    """A value in none of the accepted forms is refused with a remedy."""
    with pytest.raises(ValueError, match=re.escape(message)) as refusal:
        PolicyDate.parse(value)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("value", "date"),
    [
        (dt.date(2014, 8, 1), PolicyDate("2014-08-01")),
        (dt.date(987, 8, 1), PolicyDate("0987-08-01")),
        (2014, PolicyDate("2014")),
        (1000, PolicyDate("1000")),
        (9999, PolicyDate("9999")),
        ("zomer 2014", PolicyDate("2014-22", words="zomer 2014")),
        (" 2014-22 ", PolicyDate("2014-22", words=" 2014-22 ")),
        ("2014/2015", PolicyDate("[2014..2015]", words="2014/2015")),
        ("Vóór 2014", PolicyDate("[..2013-12-31]", words="Vóór 2014")),
    ],
)
def test_parse(value: object, date: PolicyDate) -> None:
    """A day, a year or a text becomes a date that keeps the words as they are written."""
    parsed = PolicyDate.parse(value)
    assert parsed == date
    assert parsed.words == date.words
    assert (parsed.earliest, parsed.latest) == (date.earliest, date.latest)


def test_equal_where_the_edtf_is_equal() -> None:
    """Dates are equal, and hash alike, where their EDTF text is equal, whatever the words."""
    summer = PolicyDate.parse("zomer 2014")
    assert summer == PolicyDate("2014-22") == PolicyDate.parse("summer 2014")
    assert hash(summer) == hash(PolicyDate("2014-22"))
    assert summer != PolicyDate("2014-22~")
    assert summer != PolicyDate("[2014-06-01..2014-08-31]")
    assert PolicyDate(None, words="ooit") == PolicyDate(None, words="nooit") != summer


def test_no_order() -> None:
    """Dates have no order: windows can overlap."""
    with pytest.raises(TypeError):
        assert PolicyDate("2014") < PolicyDate("2015")  # type: ignore[operator]


def test_frozen() -> None:
    """A date never changes."""
    with pytest.raises(AttributeError):
        PolicyDate("2014").words = "2015"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (PolicyDate.parse("zomer 2014"), "PolicyDate('2014-22', words='zomer 2014')"),
        (PolicyDate("2014-22"), "PolicyDate('2014-22')"),
        (PolicyDate("2014/2015"), "PolicyDate('[2014..2015]', words='2014/2015')"),
        (PolicyDate("2014", words=""), "PolicyDate('2014', words='')"),
        (PolicyDate.parse(dt.date(2014, 8, 1)), "PolicyDate('2014-08-01')"),
        (PolicyDate(None, words="doorlopend"), "PolicyDate(None, words='doorlopend')"),
    ],
)
def test_repr(date: PolicyDate, text: str) -> None:
    """The repr is the constructor call with the canonical text; str gives the words."""
    assert repr(date) == text
    assert str(date) == date.words


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("2014-08-01", True),
        ("2014-08-01~", True),
        ("[2014-08-01..2014-08-01]", True),
        ("2014-08", False),
        ("[..2014-08-01]", False),
        ("[2014-08-01..]", False),
    ],
)
def test_is_day(text: str, is_day: bool) -> None:  # noqa: FBT001  the expectation
    """A date is a day when its window is a single day."""
    assert PolicyDate(text).is_day is is_day


@pytest.mark.parametrize(
    ("date", "is_vague"),
    [
        (PolicyDate.parse("zomer 2014"), True),
        (PolicyDate("2014-08-01~"), True),
        (PolicyDate("[2014-22..2015]"), True),
        (PolicyDate("[2014..2014-24]"), True),
        (PolicyDate("2014"), False),
        (PolicyDate("2014-08-22"), False),
        (PolicyDate("[2014-02-21..2014-12-24]"), False),
        (PolicyDate.parse("Q3 2014"), False),
        (PolicyDate.parse("eind 2014"), False),
        (PolicyDate(None, words="zomer"), False),
    ],
    ids=repr,
)
def test_is_vague(date: PolicyDate, is_vague: bool) -> None:  # noqa: FBT001  the expectation
    """Where a season ends, or what is only about when, is no more than a convention."""
    assert date.is_vague is is_vague


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ("2014-08-01", "2014-08-31", 30),
        ("2014-08-31", "2014-08-01", -30),
        ("zomer 2014", "herfst 2014", 91),
        ("2014", "uiterlijk 2015", 365),
        ("2014", "[2015..]", None),
        ("[2014..]", "2015", None),
        (None, "2015", None),
        ("2014", None, None),
    ],
)
def test_days_later(before: str | None, after: str | None, days: int | None) -> None:
    """A date is later than another by the days between their last days, if both have one."""
    read = [None if text is None else PolicyDate.parse(text) for text in (before, after)]
    assert dates.days_later(*read) == days


# --- properties -----------------------------------------------------------------------------------

years = st.integers(1, 9998).map("{:04}".format)
days = st.dates().map(dt.date.isoformat)
parts = st.builds("{}-{:02}".format, years, st.sampled_from(sorted(PARTS)))
plain = years | days | parts
qualified = st.builds(str.__add__, plain, st.sampled_from(["", "~", "?", "%"]))


def ends_after_it_begins(text: str) -> bool:
    first, last = re.split(r"/|\.\.", text.strip("[]"))
    return str(PolicyDate(first).earliest) <= str(PolicyDate(last).latest)


ranges = st.builds("[{}..{}]".format, qualified, qualified).filter(ends_after_it_begins)
intervals = st.builds("{}/{}".format, qualified, qualified).filter(ends_after_it_begins)
half_open = st.builds(
    str.format, st.sampled_from(["[..{}]", "[{}..]", "../{}", "{}/.."]), qualified
)
phrases = st.builds(
    "{} {} {}".format,
    st.sampled_from(["", "uiterlijk", "before"]),
    st.sampled_from(
        [
            word
            for kind, _, words in VOCABULARY
            for word in words.split(", ")
            if kind in {"month", "quarter", "half", "symbol", "third", "end", "season"}
        ]
    ),
    years.filter(lambda year: year != "0001"),
)


@given(qualified | ranges | intervals | half_open | phrases)
def test_canonical_text_reads_back(text: str) -> None:
    """The canonical text of any date reads back to the same date and the same window."""
    date = PolicyDate.parse(text)
    again = PolicyDate(date.edtf)
    assert again == date
    assert again.edtf == again.words == date.edtf
    assert (again.earliest, again.latest) == (date.earliest, date.latest)
    assert again.approximate == date.approximate


@given(qualified | ranges | intervals | half_open | phrases)
def test_repr_is_the_constructor_call(text: str) -> None:
    """The repr of any date builds it again, words included, as do a copy and a pickle."""
    date = PolicyDate.parse(text)
    for again in (
        eval(repr(date)),  # noqa: S307  what a repr is for
        copy.copy(date),
        pickle.loads(pickle.dumps(date)),  # noqa: S301  its own
    ):
        assert again == date
        assert again.words == date.words == text


@given(qualified | ranges | intervals)
def test_window_is_in_order(text: str) -> None:
    """No window ends before it begins, and a window without open ends has both days."""
    date = PolicyDate(text)
    assert date.earliest
    assert date.latest
    assert date.earliest <= date.latest


@given(st.sampled_from(sorted(PARTS)), st.integers(1, 9998))
def test_window_is_whole_months(part: int, year: int) -> None:
    """The window of a month, season or other part of a year begins and ends with a month."""
    date = PolicyDate(f"{year:04}-{part:02}")
    assert date.earliest
    assert date.latest
    first_month, months = PARTS[part]
    assert date.earliest == dt.date(year, first_month, 1)
    after = date.latest + dt.timedelta(days=1)
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
@given(qualified | ranges | intervals | half_open)
def test_second_opinion(text: str) -> None:
    """The window is that of the edtf package, for all it reads, but for the end of winter."""
    if second_opinion_has_none(text):
        with pytest.raises(EDTFParseException):
            parse_edtf(text)
        return
    date = PolicyDate(text)
    earliest, latest = second_opinion(text)
    assert date.earliest == earliest
    if ENDS_IN_WINTER.search(text):
        assert date.latest
        assert date.latest.month == 2
        assert latest == dt.date(date.latest.year - 1, 12, 31)  # "for simplicity", says edtf
    else:
        assert date.latest == latest


# --- the documentation ----------------------------------------------------------------------------


def table(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading of `docs/dates.md`, without its head."""
    section = DOCS.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("row", table("Every form"), ids=lambda row: row[0])
def test_documented_forms(row: list[str]) -> None:
    """Every form in the documentation reads to the EDTF text and the window beside it."""
    dutch, english, edtf, earliest, latest = row
    for form in [*code(dutch), *code(english)]:
        date = PolicyDate.parse(form)
        assert [date.edtf] == code(edtf)
        assert (date.earliest, date.latest) == (
            None if earliest == "open" else day(earliest),
            None if latest == "open" else day(latest),
        )


def test_documented_spellings() -> None:
    """The documentation lists the vocabulary, row by row."""
    assert table("Every spelling") == [list(row) for row in VOCABULARY]


@pytest.mark.parametrize("row", table("What is refused"), ids=lambda row: row[0])
def test_documented_refusals(row: list[str]) -> None:
    """Every refusal in the documentation has the message beside it."""
    written, message = row
    with pytest.raises(NotADate) as refusal:
        PolicyDate.parse(*code(written))
    assert str(refusal.value) == message


def test_examples() -> None:
    """The examples in the docstrings are true."""
    assert doctest.testmod(dates).failed == 0
