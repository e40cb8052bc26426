"""What happened is added to a data file, and nothing that stood there changes."""

import contextlib
import datetime as dt
import difflib
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
import tomlkit
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, changed
from systems import PATIENCE_SECONDS, posix

from betatech_milestones import (
    CannotRecord,
    Commitment,
    DroppedEntry,
    Entry,
    Found,
    InvalidData,
    Locked,
    MetEntry,
    Milestone,
    MovedEntry,
    NewsEntry,
    NotADate,
    PolicyDate,
    Programme,
    ReadingEntry,
    ReplacedEntry,
    Texts,
    UnknownId,
    load,
    loads,
    record,
    with_entry,
)
from betatech_milestones.cli import main
from betatech_milestones.datafile import record as record_module
from betatech_milestones.datafile.files import editing
from betatech_milestones.datafile.load import shipped

ROOT = Path(__file__).parents[1]

MET = MetEntry(on=PolicyDate.parse(dt.date(2015, 6, 1)), source="memo")
DROPPED = DroppedEntry(
    on=PolicyDate.parse("zomer 2014"),
    source="memo",
    reason=Texts((("nl", 'Niet meer "nodig".'), ("en", "No need.\nNone."))),
)
MOVED = MovedEntry(due=PolicyDate("2016-08~", words="over een paar jaar"), source="memo")
MOVED_FULLY = MovedEntry(
    due=PolicyDate.parse("2017"),
    source="memo",
    announced=dt.date(2015, 7, 2),
    reason=Texts((("nl", "meer tijd"),)),
)
MOVED_AGAIN = MovedEntry(due=PolicyDate.parse("2018"), source="memo")
MET_SOMEWHEN = MetEntry(source="memo", further_sources=("page",))
REPLACED = ReplacedEntry(on="2015-06-01", by="one/b", source="memo", reason={"nl": "samen"})
LOOKED = NewsEntry(on="2015-08-01", by="de redactie")
TOLD = NewsEntry(
    on="2015-07-01",
    found="partly",
    says={"nl": "de helft is klaar"},
    by="de inspectie",
    source="page",
    further_sources=("memo",),
)
PLANNED = ReadingEntry(on="2014", value=9, kind="planned", source="memo")
READING = ReadingEntry(on=PolicyDate.parse("2014"), value=Decimal("1.50"), source="memo")

HEAD = """\
programme = { id = "p", title.nl = "P", language = "nl", timezone = "Europe/Amsterdam" }
source = [{ id = "memo", title.nl = "Brief", published = 2015-07-01 }, \
{ id = "page", title.nl = "Pagina", seen = 2015-07-09 }]
"""
SPACED = f"""\
{HEAD}
# --- one -------------------------------------------------------------------

[[measure]]
id = "one"
title.nl = "Een"
source = "memo"

# About the first.
[[measure.milestone]]
id = "a"
title.nl = "A"
kind = "other" # or so
# More of the first.

# About the second.
[[measure.milestone]]
id = "b"
title.nl = '''
# B'''
kind = "target"

[[measure.milestone.revised]]
due = 2016
source = "memo"

[measure.milestone.number]
goal = 200

[measure.milestone.number.unit]
nl = "stuks"

[[measure.budget]] # of the measure
amount = 1
currency = "EUR"
per = "year"

# --- two -------------------------------------------------------------------

[[measure]]
id = "two"
title.nl = "Twee"
source = "memo"
"""
COMPACT = f"""\
{HEAD}[[measure]]
\tid = "one"
\ttitle.nl = "Een"
\tsource = "memo"
\t[[measure.milestone]]
\tid = "a"
\tmet.on = 2015
\ttitle.nl = "A"
\tmet.source = "memo"
\tkind = "other"
\tnumber.goal = 3
\tnumber.unit.nl = "stuks"
\t# About the second.
\t[[measure.milestone]]
\tid = "b"
\ttitle.nl = "B"
\tkind = "target"
\trevised = [] # none yet
\tnumber = {{ goal = 3, unit.nl = "x" }}"""
INLINE = f"""\
{HEAD}[[measure]]
id = "one"
title.nl = "Een"
source = "memo"
milestone = [
  {{ id = "a", title.nl = "A", kind = "other" }}, # 1
  # the second
  {{ id = "b", title.nl = "B", kind = "target", number.goal = 1, number.unit.nl = "x", revised = [
    {{ due = 2016, source = "memo" }} # the only one
    # no more
  ] }},
  {{ id = "c", title.nl = "C", kind = "target", number = {{ goal = 1, unit.nl = "x", reading = [
    {{ on = 2012, value = 1, source = "memo" }},
    {{ on = 2013, value = 2, source = "memo" }}, # the last
  ] }}, revised = [{{ due = 2016, source = "memo" }}, ]}}
]
"""

# Which text, which milestone, what is recorded: at which line, and what that changes.
EDITS: dict[str, tuple[str, str, Entry, int, str]] = {
    "a table behind the comments of its own": (
        SPACED,
        "one/a",
        MET,
        18,
        """
 kind = "other" # or so
 # More of the first.
+
+[measure.milestone.met]
+on = 2015-06-01
+source = "memo"

 # About the second.
""",
    ),
    "an outcome before a number": (
        SPACED,
        "one/b",
        MET,
        29,
        """
 source = "memo"

+[measure.milestone.met]
+on = 2015-06-01
+source = "memo"
+
 [measure.milestone.number]
 goal = 200
""",
    ),
    "an outcome of an unknown day, by two sources": (
        SPACED,
        "one/a",
        MET_SOMEWHEN,
        18,
        """
 kind = "other" # or so
 # More of the first.
+
+[measure.milestone.met]
+sources = ["memo", "page"]

 # About the second.
""",
    ),
    "a replacement before a number": (
        SPACED,
        "one/b",
        attrs.evolve(REPLACED, by="one/a"),
        29,
        """
 source = "memo"

+[measure.milestone.replaced]
+on = 2015-06-01
+by = "one/a"
+source = "memo"
+reason = { nl = "samen" }
+
 [measure.milestone.number]
 goal = 200
""",
    ),
    "a look behind the moves": (
        SPACED,
        "one/b",
        LOOKED,
        29,
        """
 source = "memo"

+[[measure.milestone.news]]
+on = 2015-08-01
+found = "nothing"
+by = "de redactie"
+
 [measure.milestone.number]
 goal = 200
""",
    ),
    "news by two sources in brackets": (
        INLINE,
        "one/a",
        TOLD,
        8,
        """
 source = "memo"
 milestone = [
-  { id = "a", title.nl = "A", kind = "other" }, # 1
+  { id = "a", title.nl = "A", kind = "other", news = [{ on = 2015-07-01, found = "partly", \
says = { nl = "de helft is klaar" }, by = "de inspectie", sources = ["page", "memo"] }] }, # 1
   # the second
   { id = "b", title.nl = "B", kind = "target", number.goal = 1, number.unit.nl = "x", revised = [
""",
    ),
    "a planned reading": (
        SPACED,
        "one/b",
        PLANNED,
        35,
        """
 nl = "stuks"

+[[measure.milestone.number.reading]]
+on = "2014"
+value = 9
+kind = "planned"
+source = "memo"
+
 [[measure.budget]] # of the measure
 amount = 1
""",
    ),
    "a move behind the moves before": (
        SPACED,
        "one/b",
        MOVED,
        29,
        """
 source = "memo"

+[[measure.milestone.revised]]
+due = { words = "over een paar jaar", edtf = "2016-08~" }
+source = "memo"
+
 [measure.milestone.number]
 goal = 200
""",
    ),
    "a text of more lines": (
        SPACED,
        "one/b",
        DROPPED,
        29,
        r"""
 source = "memo"

+[measure.milestone.dropped]
+on = "zomer 2014"
+source = "memo"
+reason = { nl = "Niet meer \"nodig\".", en = "No need.\nNone." }
+
 [measure.milestone.number]
 goal = 200
""",
    ),
    "a reading behind a number that ends with a table": (
        SPACED,
        "one/b",
        READING,
        35,
        """
 nl = "stuks"

+[[measure.milestone.number.reading]]
+on = "2014"
+value = 1.50
+source = "memo"
+
 [[measure.budget]] # of the measure
 amount = 1
""",
    ),
    "a table as close and as deep as the others": (
        COMPACT,
        "one/a",
        READING,
        15,
        """
 →number.goal = 3
 →number.unit.nl = "stuks"
+→[[measure.milestone.number.reading]]
+→on = "2014"
+→value = 1.50
+→source = "memo"
 →# About the second.
 →[[measure.milestone]]
""",
    ),
    "all that is said of a move": (
        SPACED,
        "one/a",
        MOVED_FULLY,
        18,
        """
 kind = "other" # or so
 # More of the first.
+
+[[measure.milestone.revised]]
+due = "2017"
+source = "memo"
+announced = 2015-07-02
+reason = { nl = "meer tijd" }

 # About the second.
""",
    ),
    "the first in brackets": (
        COMPACT,
        "one/b",
        MOVED_AGAIN,
        20,
        """
 →title.nl = "B"
 →kind = "target"
-→revised = [] # none yet
+→revised = [{ due = "2018", source = "memo" }] # none yet
 →number = { goal = 3, unit.nl = "x" }$
""",
    ),
    "a key in the brackets of a number": (
        COMPACT,
        "one/b",
        READING,
        21,
        """
 →kind = "target"
 →revised = [] # none yet
-→number = { goal = 3, unit.nl = "x" }$
+→number = { goal = 3, unit.nl = "x", reading = [{ on = "2014", value = 1.50, source = "memo" }] }$
""",
    ),
    "a table at the end of a file that ends in no line end": (
        COMPACT,
        "one/b",
        MET,
        22,
        """
 →kind = "target"
 →revised = [] # none yet
-→number = { goal = 3, unit.nl = "x" }$
+→number = { goal = 3, unit.nl = "x" }
+→[measure.milestone.met]
+→on = 2015-06-01
+→source = "memo"$
""",
    ),
    "a table behind the comments at the end of a file": (
        f"{COMPACT}\n\t# of the second\n",
        "one/b",
        MET,
        23,
        """
 →number = { goal = 3, unit.nl = "x" }
 →# of the second
+→[measure.milestone.met]
+→on = 2015-06-01
+→source = "memo"
""",
    ),
    "a key in the brackets of a milestone": (
        INLINE,
        "one/a",
        MET,
        8,
        """
 source = "memo"
 milestone = [
-  { id = "a", title.nl = "A", kind = "other" }, # 1
+  { id = "a", title.nl = "A", kind = "other", met = { on = 2015-06-01, source = "memo" } }, # 1
   # the second
   { id = "b", title.nl = "B", kind = "target", number.goal = 1, number.unit.nl = "x", revised = [
""",
    ),
    "an array in the brackets of a milestone": (
        INLINE,
        "one/a",
        MOVED_AGAIN,
        8,
        """
 source = "memo"
 milestone = [
-  { id = "a", title.nl = "A", kind = "other" }, # 1
+  { id = "a", title.nl = "A", kind = "other", revised = [{ due = "2018", source = "memo" }] }, # 1
   # the second
   { id = "b", title.nl = "B", kind = "target", number.goal = 1, number.unit.nl = "x", revised = [
""",
    ),
    "a line where no comma is, with one": (
        INLINE,
        "one/b",
        MOVED_FULLY,
        12,
        """
   # the second
   { id = "b", title.nl = "B", kind = "target", number.goal = 1, number.unit.nl = "x", revised = [
-    { due = 2016, source = "memo" } # the only one
+    { due = 2016, source = "memo" }, # the only one
+    { due = "2017", source = "memo", announced = 2015-07-02, reason = { nl = "meer tijd" } }
     # no more
   ] },
""",
    ),
    "a dotted key beside others": (
        INLINE,
        "one/b",
        READING,
        13,
        """
     { due = 2016, source = "memo" } # the only one
     # no more
-  ] },
+  ], number.reading = [{ on = "2014", value = 1.50, source = "memo" }] },
   { id = "c", title.nl = "C", kind = "target", number = { goal = 1, unit.nl = "x", reading = [
     { on = 2012, value = 1, source = "memo" },
""",
    ),
    "a line where a comma is": (
        INLINE,
        "one/c",
        READING,
        17,
        """
     { on = 2012, value = 1, source = "memo" },
     { on = 2013, value = 2, source = "memo" }, # the last
+    { on = "2014", value = 1.50, source = "memo" },
   ] }, revised = [{ due = 2016, source = "memo" }, ]}
 ]
""",
    ),
    "the same line where it ends": (
        INLINE,
        "one/c",
        MOVED_AGAIN,
        17,
        """
     { on = 2012, value = 1, source = "memo" },
     { on = 2013, value = 2, source = "memo" }, # the last
-  ] }, revised = [{ due = 2016, source = "memo" }, ]}
+  ] }, revised = [{ due = 2016, source = "memo" }, { due = "2018", source = "memo" }, ]}
 ]
""",
    ),
    "a key behind arrays": (
        INLINE,
        "one/c",
        MET,
        17,
        """
     { on = 2012, value = 1, source = "memo" },
     { on = 2013, value = 2, source = "memo" }, # the last
-  ] }, revised = [{ due = 2016, source = "memo" }, ]}
+  ] }, revised = [{ due = 2016, source = "memo" }, ], met = { on = 2015-06-01, source = "memo" }}
 ]
""",
    ),
}


def difference(old: str, new: str) -> str:
    """Return what changed with two lines around it.

    `→` is a tab, and `$` where a text ends in no line end.
    """
    lines = difflib.unified_diff([*lined(old)], [*lined(new)], lineterm="", n=2)
    return "".join(f"{line.rstrip(' ')}\n" for line in [*lines][3:])


def lined(text: str) -> Iterator[str]:
    for line in text.replace("\t", "→").splitlines(keepends=True):
        yield line.removesuffix("\n") if line.endswith("\n") else f"{line}$"


each_edit = pytest.mark.parametrize(
    ("text", "milestone", "entry", "line", "change"), EDITS.values(), ids=EDITS
)


@each_edit
def test_what_an_entry_changes(
    text: str, milestone: str, entry: Entry, line: int, change: str
) -> None:
    """An entry stands where the data format has it, in the manner of what is around it."""
    done = with_entry(text, milestone, entry, path="data.toml")
    assert f"\n{difference(text, done.text)}" == change
    assert str(done.location) == f"data.toml:{line}"


@each_edit
def test_line_ends_and_byte_order_marks_stay(
    text: str, milestone: str, entry: Entry, line: int, change: str
) -> None:
    """A file of a Windows editor gets the same in its own line ends."""
    del change
    windows = "\ufeff" + text.replace("\n", "\r\n")
    done = with_entry(windows, milestone, entry)
    assert done.text == "\ufeff" + with_entry(text, milestone, entry).text.replace("\n", "\r\n")
    assert done.location.line == line


@each_edit
def test_other_readers_agree(
    text: str, milestone: str, entry: Entry, line: int, change: str
) -> None:
    """The standard library and tomlkit read the same in it, where they read the text at all."""
    del line, change
    written = with_entry(text, milestone, entry).text
    assert tomlkit.parse(written).unwrap() == tomllib.loads(written)


# --- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (PolicyDate.parse(dt.date(2015, 1, 2)), "2015-01-02"),
        (PolicyDate.parse("2015-01-02"), "2015-01-02"),
        (PolicyDate.parse("2 januari 2015"), '"2 januari 2015"'),
        (PolicyDate.parse("2 January 2015"), '"2 January 2015"'),
        (PolicyDate.parse(2015), '"2015"'),
        (PolicyDate.parse("2015-01"), '"2015-01"'),
        (
            PolicyDate("2015-01-02~", words="2015-01-02"),
            '{ words = "2015-01-02", edtf = "2015-01-02~" }',
        ),
        (PolicyDate("2015-01-02", words="vandaag"), '{ words = "vandaag", edtf = "2015-01-02" }'),
        (PolicyDate("2014-22", words="zomer 2014"), '"zomer 2014"'),
        (
            PolicyDate("../2014", words='na de "start"'),
            r'{ words = "na de \"start\"", edtf = "[..2014]" }',
        ),
        # A day that is ours: no source has words for it.
        (PolicyDate("[..2014-02-26]", words=""), '{ edtf = "[..2014-02-26]" }'),
    ],
)
def test_dates_are_written_as_said(date: PolicyDate, written: str) -> None:
    """A day is a TOML date, words are a text, and what words do not tell stands beside them."""
    text = with_entry(SPACED, "one/a", MetEntry(on=date, source="memo")).text
    assert f"\non = {written}\n" in text


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (3500, "3500"), (Decimal("1.50"), "1.50"), (Decimal(7), "7")]
)
def test_numbers_are_written_as_given(value: int | Decimal, written: str) -> None:
    """A number keeps its decimals."""
    entry = attrs.evolve(READING, value=value)
    assert f"\nvalue = {written}\n" in with_entry(SPACED, "one/b", entry).text


# --- any programme --------------------------------------------------------------------------------


def is_within(old: str, new: str) -> bool:
    """Whether the lines of a text are all in another, in their order."""
    lines = iter(new.splitlines(keepends=True))
    return all(line in lines for line in old.splitlines(keepends=True))


SHIPPED = shipped().read_text(encoding="utf-8")
IN_2012 = PolicyDate.parse("2012")
ENTRIES: tuple[Entry, ...] = (
    MetEntry(on=IN_2012, source="annex-2013"),
    DroppedEntry(on=IN_2012, source="annex-2013", reason=Texts((("nl", "Niet nodig."),))),
    MovedEntry(due=IN_2012, source="annex-2013", announced=dt.date(2030, 1, 1)),
    ReadingEntry(on=PolicyDate.parse("2011"), value=1, source="annex-2013"),
)


@pytest.mark.slow
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: type(entry).__name__)
def test_shipped_file_gets_lines_and_loses_none(entry: Entry) -> None:
    """Whatever happens to whichever milestone, all else stays and only that is added."""
    before = loads(SHIPPED)
    fitting = [one.full_id for one in before.milestones if fits(entry, one)]
    assert len(fitting) > 5
    for full_id in fitting:
        written = with_entry(SHIPPED, full_id, entry).text
        assert is_within(SHIPPED, written)
        assert as_before(loads(written), full_id, entry) == as_before(before)


def fits(entry: Entry, milestone: Milestone) -> bool:
    if isinstance(entry, ReadingEntry):
        return milestone.number is not None
    if isinstance(entry, MovedEntry) and milestone.commitment is Commitment.FIXED:
        return False  # it is moved to a day, and 2012 is none
    return milestone.outcome is None


def as_before(
    programme: Programme, full_id: str | None = None, entry: Entry | None = None
) -> Programme:
    """Return a programme that knows no lines, without the newest entry of a milestone."""
    return attrs.evolve(
        programme,
        measures=tuple(
            attrs.evolve(
                measure,
                line=0,
                milestones=tuple(
                    attrs.evolve(
                        one, line=0, **(undone(one, entry) if one.full_id == full_id else {})
                    )
                    for one in measure.milestones
                ),
            )
            for measure in programme.measures
        ),
    )


def undone(milestone: Milestone, entry: Entry | None) -> dict[str, Any]:
    match entry:
        case MovedEntry():
            return {"revisions": milestone.revisions[:-1]}
        case ReadingEntry():
            assert milestone.number
            readings = milestone.number.readings[:-1]
            return {"number": attrs.evolve(milestone.number, readings=readings)}
    return {"outcomes": milestone.outcomes[:-1]}


def is_no_date(text: str) -> bool:
    """Whether words have no meaning of their own, which another reading would contradict."""
    try:
        PolicyDate.parse(text)
    except NotADate:
        return True
    return False


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9)
days = st.dates(dt.date(2000, 1, 1), dt.date(2015, 7, 1))
dates = st.one_of(
    days.map(PolicyDate.parse),
    days.map(lambda day: PolicyDate.parse(day.year)),
    st.builds(lambda day, said: PolicyDate(f"{day}~", words=said), days, words.filter(is_no_date)),
)
reasons = st.builds(lambda nl, en: Texts((("nl", nl), ("en", en))), words, words)
sources = st.sampled_from(["memo", "page"])
entries: st.SearchStrategy[Entry] = st.one_of(
    st.builds(MetEntry, on=dates, source=sources),
    st.builds(DroppedEntry, on=dates, source=sources, reason=reasons),
    st.builds(MetEntry, source=sources, further_sources=st.just(()) | st.just(("memo",))),
    st.builds(ReplacedEntry, on=st.none() | dates, source=sources, reason=reasons),
    st.builds(
        NewsEntry,
        on=st.dates(dt.date(2015, 7, 1), dt.date(2015, 7, 9)),
        found=st.sampled_from(Found),
        by=words,
        source=sources,
        says=st.none() | reasons,
    ),
    st.builds(
        MovedEntry,
        due=dates,
        source=sources,
        reason=st.none() | reasons,
        announced=st.dates(dt.date(2015, 7, 1), dt.date(2015, 7, 3)),
    ),
    st.builds(
        ReadingEntry,
        on=dates,
        source=sources,
        value=st.integers(0, 9999) | st.decimals(0, 9999, allow_nan=False, places=2),
    ),
)


BREACHES = {
    "dated-after-source",
    "duplicate-id",
    "revisions-out-of-order",
    "two-outcomes",
    "words-without-date",
}
"""What an entry can break that is read well by itself."""


@pytest.mark.slow
@pytest.mark.parametrize("text", [SPACED, COMPACT, INLINE], ids=["spaced", "compact", "inline"])
@given(
    edits=st.lists(st.tuples(st.sampled_from(["one/a", "one/b", "one/c"]), entries), max_size=8),
    windows=st.booleans(),
)
def test_any_sequence_of_entries(
    text: str, edits: list[tuple[str, Entry]], *, windows: bool
) -> None:
    """After any number of entries the file loads, and all that stood in it still does."""
    text = text.replace("\n", "\r\n") if windows else text
    original = text
    for milestone, entry in edits:
        before = text
        with contextlib.suppress(CannotRecord, UnknownId):
            try:
                text = with_entry(text, milestone, entry).text
            except InvalidData as error:
                rules = {finding.rule.name for finding in error.findings}
                assert rules <= BREACHES
                continue
            assert text != before
            assert is_subsequence(before, text)
            assert ("\n" in text.replace("\r\n", "")) is not windows
    assert is_subsequence(original, text)
    loads(text)


def is_subsequence(old: str, new: str) -> bool:
    """Whether characters were only added."""
    characters = iter(new)
    return all(one in characters for one in old)


# --- what is refused ------------------------------------------------------------------------------

REFUSED: dict[str, tuple[str, Entry, str]] = {
    "an outcome twice": (
        "files/in-force",
        MetEntry(on=IN_2012, source="letter-2015"),
        (
            'files/in-force is met already: 2015-06-01, source "letter-2015" (data.toml:62); '
            "if that is wrong, mend it in the file"
        ),
    ),
    "another outcome": (
        "files/progress",
        ReplacedEntry(source="letter-2015", reason={"nl": "opgegaan in iets anders"}),
        (
            'files/progress is dropped already: zomer 2015, source "letter-2015" (data.toml:90); '
            "if that is wrong, mend it in the file"
        ),
    ),
    "a move of what is met": (
        "files/in-force",
        MovedEntry(due=IN_2012, source="letter-2015"),
        (
            'files/in-force is met already: 2015-06-01, source "letter-2015" (data.toml:62); '
            "if that is wrong, mend it in the file"
        ),
    ),
    "an outcome of what was replaced": (
        "teachers/survey",
        DroppedEntry(source="letter-2015", reason={"nl": "niet meer nodig"}),
        (
            'teachers/survey is replaced already: day unknown, source "web-page" (data.toml:117); '
            "if that is wrong, mend it in the file"
        ),
    ),
    "a look twice": (
        "teachers/survey",
        NewsEntry(on="2015-08-31", found="under-way", source="letter-2015"),
        'teachers/survey has news of 2015-08-31, found "under-way", already (data.toml:117)',
    ),
    "a further source that is not": (
        "teachers/survey",
        NewsEntry(on="2016-01-01", found="partly", source="web-page", further_sources=("page",)),
        """\
there is no source "page"; did you mean "web-page"?
To add it, put this in data.toml and fill it in:

[[source]]
id = "page"
title = { nl = "…" }
kind = "letter"
published = YYYY-MM-DD
url = "https://…"

A document without a date has seen = YYYY-MM-DD, when you read it, for published.""",
    ),
    "a reading twice": (
        "files/in-force",
        ReadingEntry(on=PolicyDate.parse("schooljaar 2012/13"), value=9, source="letter-2013"),
        (
            'files/in-force has a reading of schooljaar 2012/13 by "letter-2013" already '
            "(data.toml:62)"
        ),
    ),
    "a reading without a number": (
        "files/progress",
        ReadingEntry(on=IN_2012, value=9, source="letter-2015"),
        (
            "files/progress has no number (data.toml:90); add [measure.milestone.number] with its "
            "unit first"
        ),
    ),
    "a source that no id can be": (
        "files/in-force",
        ReadingEntry(on=IN_2012, value=9, source="Letter 2015"),
        (
            'source: "Letter 2015" is no id; use lower-case letters, digits and single hyphens, '
            'such as "letter-2015"'
        ),
    ),
    "a source that is near": (
        "files/in-force",
        ReadingEntry(on=IN_2012, value=9, source="letter-2014"),
        """\
there is no source "letter-2014"; did you mean "letter-2015"?
To add it, put this in data.toml and fill it in:

[[source]]
id = "letter-2014"
title = { nl = "…" }
kind = "letter"
published = YYYY-MM-DD
url = "https://…"

A document without a date has seen = YYYY-MM-DD, when you read it, for published.""",
    ),
    "a source that is not": (
        "files/in-force",
        ReadingEntry(on=IN_2012, value=9, source="stb-1"),
        """\
there is no source "stb-1"
To add it, put this in data.toml and fill it in:

[[source]]
id = "stb-1"
title = { nl = "…" }
kind = "letter"
published = YYYY-MM-DD
url = "https://…"

A document without a date has seen = YYYY-MM-DD, when you read it, for published.""",
    ),
    "what is no text": (
        "files/in-force",
        ReadingEntry(on=PolicyDate("2012", words="\udce9"), value=9, source="letter-2013"),
        "what is to be recorded is no text; write it in UTF-8",
    ),
}


@pytest.mark.parametrize(("milestone", "entry", "message"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused(milestone: str, entry: Entry, message: str) -> None:
    """What the file says already, or cannot hold, is told with the remedy."""
    with pytest.raises(CannotRecord) as error:
        with_entry(PROGRAMME, milestone, entry, path="data.toml")
    assert str(error.value) == message


def test_a_move_is_recorded_once() -> None:
    """The same date by the same source is the same move, whenever it was announced."""
    text = with_entry(SPACED, "one/a", MOVED).text
    with pytest.raises(CannotRecord) as error:
        with_entry(text, "one/a", attrs.evolve(MOVED, announced=dt.date(2015, 7, 9)), path="d.toml")
    assert str(error.value) == (
        'one/a is moved to over een paar jaar by "memo" already (d.toml:12)'
    )


@pytest.mark.parametrize(
    ("milestone", "first", "second"),
    [
        ("one/a", MOVED, attrs.evolve(MOVED, source="page")),
        ("one/a", MOVED, attrs.evolve(MOVED, due=IN_2012)),
        ("one/b", READING, attrs.evolve(READING, source="page")),
        ("one/b", READING, attrs.evolve(READING, on=IN_2012)),
        ("one/b", LOOKED, attrs.evolve(LOOKED, on="2015-08-02")),
        ("one/b", TOLD, attrs.evolve(TOLD, found="not-done")),
    ],
)
def test_another_source_or_date_is_another_entry(
    milestone: str, first: Entry, second: Entry
) -> None:
    """Two sources may say the same, and one source may say more."""
    text = with_entry(SPACED, milestone, first).text
    assert is_within(text, with_entry(text, milestone, second).text)


DROPPED_BEFORE = with_entry(SPACED, "one/b", DROPPED).text


def test_what_was_dropped_may_be_met_after_all() -> None:
    """With a newer source the outcome is written above, and both stand; it is met then."""
    written = with_entry(DROPPED_BEFORE, "one/b", MetEntry(source="page")).text
    told = """
 source = "memo"

+[measure.milestone.met]
+source = "page"
+
 [measure.milestone.dropped]
 on = "zomer 2014"
"""
    assert f"\n{difference(DROPPED_BEFORE, written)}" == told
    (milestone,) = (one for one in loads(written).milestones if one.id == "b")
    assert [outcome.status for outcome in milestone.outcomes] == ["dropped", "met"]


def test_what_was_dropped_is_not_met_by_what_is_no_newer() -> None:
    """The rule of the file says so."""
    with pytest.raises(InvalidData) as error:
        with_entry(DROPPED_BEFORE, "one/b", MET, path="d.toml")
    assert str(error.value) == (
        "d.toml:19: error: met by a source of 2015-07-01, and dropped by one of 2015-07-01: what "
        "is kept cannot be dropped later; keep the one that came about, or cite a newer source "
        "for met [two-outcomes]"
    )


@pytest.mark.parametrize(
    ("milestone", "message"),
    [
        ("files/inforce", 'no milestone "files/inforce"; did you mean "files/in-force"?'),
        ("files", 'no milestone "files"; name it as measure/milestone'),
    ],
)
def test_unknown_milestones_are_refused(milestone: str, message: str) -> None:
    with pytest.raises(UnknownId) as error:
        with_entry(PROGRAMME, milestone, MET)
    assert str(error.value) == message


def test_what_breaks_a_rule_is_refused() -> None:
    """The findings are those that the file would have."""
    with pytest.raises(InvalidData) as error:
        with_entry(SPACED, "one/a", attrs.evolve(MET, on=PolicyDate.parse("2016")), path="d.toml")
    assert str(error.value) == (
        'd.toml:19: error: on: begins on 2016-01-01, after its source "memo" appeared '
        "(2015-07-01); cite a source of that day or later, or mend the date [dated-after-source]"
    )


def test_a_text_with_problems_is_refused() -> None:
    """A file that is wrong gets its findings, and no entry."""
    with pytest.raises(InvalidData, match=r"unknown-word"):
        with_entry(changed('"report"', '"rapport"'), "files/in-force", MET)


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data file in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    Path("broken.toml").write_text("[programme\n", encoding="utf-8")
    Path("latin.toml").write_bytes(b"# caf\xe9\n")
    path = Path("data.toml")
    path.write_bytes(SPACED.encode())
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["record", *arguments])


SAID = {
    ("one/a", "--met", "2015-06-01"): (MET, "data.toml:18: recorded one/a: met 2015-06-01\n"),
    ("one/a", "--moved", "over een paar jaar", "--edtf", "2016-08~"): (
        MOVED,
        "data.toml:18: recorded one/a: moved over een paar jaar\n",
    ),
    ("one/a", "--moved", "2017", "--announced", "2 juli 2015", "--reason", "meer tijd"): (
        MOVED_FULLY,
        "data.toml:18: recorded one/a: moved 2017\n",
    ),
    (
        *("one/a", "--dropped", "zomer 2014", "--reason-in", "en", "No need.\nNone."),
        *("--reason", 'Niet meer "nodig".'),
    ): (DROPPED, "data.toml:18: recorded one/a: dropped zomer 2014\n"),
    ("one/b", "--reading", "1.50", "--on", "2014"): (
        READING,
        "data.toml:35: recorded one/b: reading 1.50\n",
    ),
    ("one/a", "--met", "unknown", "--source", "page"): (
        MET_SOMEWHEN,
        "data.toml:18: recorded one/a: met unknown\n",
    ),
    (
        *("one/a", "--replaced", "2015-06-01", "--instead", "one/b"),
        *("--reason", "samen"),
    ): (REPLACED, "data.toml:18: recorded one/a: replaced 2015-06-01\n"),
    ("one/a", "--replaced", "unknown", "--instead", "one/b"): (
        ReplacedEntry(by="one/b", source="memo"),
        "data.toml:18: recorded one/a: replaced unknown\n",
    ),
    ("one/a", "--looked", "1 juli 2015", "--by", "de redactie"): (
        NewsEntry(on="2015-07-01", by="de redactie", source="memo"),
        "data.toml:18: recorded one/a: looked 2015-07-01, found nothing\n",
    ),
    (
        *("one/a", "--looked", "2015-07-01", "--found", "not-done", "--reason", "nog niet"),
        *("--source", "page"),
    ): (
        NewsEntry(
            on="2015-07-01",
            found="not-done",
            says={"nl": "nog niet"},
            source="memo",
            further_sources=("page",),
        ),
        "data.toml:18: recorded one/a: looked 2015-07-01, found not-done\n",
    ),
    ("one/b", "--reading", "9", "--planned", "--on", "2014"): (
        PLANNED,
        "data.toml:35: recorded one/b: reading 9\n",
    ),
    ("one/b", "--reading", "3_500", "--on", "2014"): (
        attrs.evolve(READING, value=3500),
        "data.toml:35: recorded one/b: reading 3500\n",
    ),
}


@pytest.mark.parametrize(("arguments", "result"), SAID.items(), ids=map(" ".join, SAID))
def test_command_records(file: Path, arguments: tuple[str, ...], result: tuple[Entry, str]) -> None:
    """The command writes what the library does, says where, and leaves nothing else behind."""
    entry, told = result
    done = run(arguments[0], "data.toml", "--source", "memo", *arguments[1:])
    assert (done.stderr, done.stdout, done.exit_code) == (told, "", 0)
    assert file.read_bytes().decode() == with_entry(SPACED, arguments[0], entry).text
    assert {path.name for path in file.absolute().parent.iterdir()} == {
        "data.toml",
        "broken.toml",
        "folder",
        "latin.toml",
    }


def test_who_looked_in_vain_needs_no_source(file: Path) -> None:
    """Nothing was found, so nothing says so."""
    done = run("one/a", "data.toml", "--looked", "2015-08-01", "--by", "de redactie")
    told = "data.toml:18: recorded one/a: looked 2015-08-01, found nothing\n"
    assert (done.stderr, done.exit_code) == (told, 0)
    assert file.read_bytes().decode() == with_entry(SPACED, "one/a", LOOKED).text


CONVENTIONS = """\
timezone = "Europe/Amsterdam", date_order = "dmy" }
period = [{ name = "zomerreces 2014", first = 2014-07-04, last = 2014-09-01 }]
"""
# What was said · how the file has it.
IN_THE_MANNER_OF_THE_PROGRAMME = {
    ("--met", "1/9/2014"): ("2014-09-01", "1/9/2014"),
    ("--met", "voor het zomerreces 2014"): ("[..2014-07-03]", "voor het zomerreces 2014"),
    ("--moved", "na het zomerreces 2014"): ("[2014-09-02..]", "na het zomerreces 2014"),
    ("--dropped", "tijdens het zomerreces 2014", "--reason", "op"): (
        "[2014-07-04..2014-09-01]",
        "tijdens het zomerreces 2014",
    ),
    ("--replaced", "1-9-2014", "--instead", "one/b"): ("2014-09-01", "1-9-2014"),
}


@pytest.mark.parametrize("arguments", IN_THE_MANNER_OF_THE_PROGRAMME)
def test_dates_are_read_as_the_programme_writes_them(
    file: Path, arguments: tuple[str, ...]
) -> None:
    """Which of two numbers is the day, and which days a name stands for, the file says."""
    written = SPACED.replace('timezone = "Europe/Amsterdam" }\n', CONVENTIONS)
    file.write_bytes(written.encode())
    done = run("one/a", "data.toml", *arguments, "--source", "memo")
    assert (done.exit_code, done.stderr.count("\n")) == (0, 1), done.stderr
    (milestone,) = (one for one in load(file).milestones if one.id == "a")
    dates = [revision.due for revision in milestone.revisions]
    (date,) = (*dates, *(outcome.on for outcome in milestone.outcomes))
    assert date is not None
    assert (date.edtf, date.words) == IN_THE_MANNER_OF_THE_PROGRAMME[arguments]


@pytest.mark.parametrize("words", ["1/9/2014", "voor het zomerreces 2014"])
def test_dates_with_two_readings_are_refused(file: Path, words: str) -> None:
    """Where the programme does not say how it is read, nothing is guessed."""
    done = run("one/a", "data.toml", "--met", words, "--source", "memo")
    assert done.exit_code == 2
    assert f"Invalid value for '--met': \"{words}\" is not a date: " in done.stderr
    assert done.stderr.endswith("; with --edtf any words are kept\n")
    assert file.read_bytes() == SPACED.encode()


UNSOURCED = {
    "--met 2015": "--met needs a --source, which says so",
    "--dropped 2015 --reason waarom": "--dropped needs a --source, which says so",
    "--replaced 2015 --instead one/a": "--replaced needs a --source, which says so",
    "--moved 2016": "--moved needs a --source, which says so",
    "--reading 5 --on 2015": "--reading needs a --source, which says so",
    "--looked 2015-08-01": "--looked needs --by, who looked and found nothing",
    "--looked 2015-08-01 --found partly": "--found partly needs a --source, which says so",
}


@pytest.mark.parametrize("arguments", UNSOURCED)
def test_a_source_is_asked_for(file: Path, arguments: str) -> None:
    """Everything is said by somebody, but that nothing was found."""
    done = run("one/b", "data.toml", *shlex.split(arguments))
    assert done.stderr.partition("\nError: ")[2] == f"{UNSOURCED[arguments]}\n"
    assert (done.exit_code, file.read_bytes()) == (2, SPACED.encode())


USAGE = {
    "": "say what happened: one of --met, --dropped, --replaced, --moved, --looked, --reading",
    "--met 2015 --moved 2016": "say what happened: one of --met, --dropped, --replaced, --moved, "
    "--looked, --reading",
    "--met 2015 --reason why": "--reason goes with --dropped or --replaced or --moved or --looked",
    "--met 2015 --reason ''": "--reason goes with --dropped or --replaced or --moved or --looked",
    "--reading 5 --on 2015 --reason-in en why": "--reason-in goes with --dropped or --replaced or "
    "--moved or --looked",
    "--met 2015 --on 2014": "--on goes with --reading",
    "--dropped 2015 --reason why --announced 2015-01-01": "--announced goes with --moved",
    "--dropped 2015": "--dropped needs a --reason",
    "--replaced 2015": "--replaced needs a --reason, or what came --instead",
    "--met 2015 --found partly": "--found goes with --looked",
    "--met 2015 --by ons": "--by goes with --looked",
    "--dropped 2015 --reason why --instead one/a": "--instead goes with --replaced",
    "--met 2015 --planned": "--planned goes with --reading",
    "--looked 2015-08-01 --by ons --edtf 2015": "--edtf goes with --met or --dropped or "
    "--replaced or --moved or --reading",
    "--looked 2015 --by ons": "Invalid value for '--looked': \"2015\" is more than one day; "
    "write it as 2014-09-01",
    "--looked 2015-08-01 --found something": "Invalid value for '--found': 'something' is not "
    "one of 'nothing', 'under-way', 'partly', 'not-done'.",
    "--reading 5": "--reading needs --on, the date of which it is",
    "--dropped 2015 --reason waarom --reason-in nl why": "give one reason in each language",
    "--reading many --on 2015": "Invalid value for '--reading': \"many\" is no number; "
    "write 3500 or 152.5",
    "--reading -1 --on 2015": "Invalid value for '--reading': -1 is no amount; "
    "write a number from 0 up to 9007199254740991",
    "--reading 1.5e99 --on 2015": "Invalid value for '--reading': 1.5E+99 is no amount; "
    "write a number from 0 up to 9007199254740991",
    "--moved 2015 --reason-in x/y why": "Invalid value for '--reason': \"x/y\" is no BCP 47 "
    'language tag, such as "nl"',
    "--moved 2014-13": "Invalid value for '--moved': \"2014-13\" is not a date: 13 is not a month "
    "(01 to 12), a season (21 to 24), a quarter (33 to 36), a third (37 to 39) or a half "
    "(40 and 41) of a year; with --edtf any words are kept",
    "--met ooit --edtf ooit": "Invalid value for '--met': \"ooit\" is not a date: this is not "
    "EDTF; write 2014-08-01, 2014-08, 2014, 2014-22, [2014-08..2015-07], [..2014] or 2013-08~",
}


@pytest.mark.parametrize("arguments", USAGE)
def test_wrong_usage_is_told(file: Path, arguments: str) -> None:
    """What goes together, and what a date and a number look like, is told."""
    done = run("one/b", "data.toml", "--source", "memo", *shlex.split(arguments))
    assert done.stderr.partition("\nError: ")[2] == f"{USAGE[arguments]}\n"
    assert (done.exit_code, file.read_bytes()) == (2, SPACED.encode())


MESSAGES = {
    "one/d data.toml --met 2015 --source memo": (
        'Error: no milestone "one/d"; did you mean "one/b"?\n'
    ),
    "one/a data.toml --met 2016 --source memo": (
        'data.toml:19: error: on: begins on 2016-01-01, after its source "memo" appeared '
        "(2015-07-01); cite a source of that day or later, or mend the date "
        "[dated-after-source]\nError: nothing is recorded: data.toml is as it was\n"
    ),
    "one/a data.toml --replaced 2015 --instead one/a --source memo": (
        "data.toml:20: error: by: one/a is replaced by itself; name what took its place "
        "[bad-replacement]\nError: nothing is recorded: data.toml is as it was\n"
    ),
    "one/a data.toml --replaced 2015 --instead one/c --source memo": (
        'data.toml:20: error: by: there is no milestone "one/c"; did you mean "one/b"? '
        "[bad-replacement]\nError: nothing is recorded: data.toml is as it was\n"
    ),
    "one/a data.toml --looked 2015-06-30 --by ons": (
        "data.toml:18: error: news: on 2015-06-30, before the promise (2015-07-01); mend the day, "
        "or the source of the promise [news-before-promise]\n"
        "Error: nothing is recorded: data.toml is as it was\n"
    ),
    "one/a data.toml --met 2015 --source memo --source memo": (
        'data.toml:20: error: sources: "memo" is named twice; name it once [duplicate-id]\n'
        "Error: nothing is recorded: data.toml is as it was\n"
    ),
    "one/a missing.toml --met 2015 --source memo": (
        "Error: cannot read missing.toml: no such file or directory\n"
    ),
    "one/a folder --met 2015 --source memo": "Error: cannot read folder: is a directory\n",
    "one/a broken.toml --met 2015 --source memo": (
        "broken.toml:1:11: error: not TOML: expected ']' at the end of a table declaration; "
        "see https://toml.io [toml-syntax]\n"
    ),
    "one/a latin.toml --met 2015 --source memo": (
        "latin.toml:1: error: not UTF-8: byte 0xe9; save the file as UTF-8 [encoding]\n"
    ),
    "one/b data.toml --dropped 2015 --reason-in en why --source memo": (
        "data.toml:32: error: reason: has no text in the programme's language; "
        'add nl = "…" [missing-language]\n'
        "Error: nothing is recorded: data.toml is as it was\n"
    ),
}


@pytest.mark.parametrize("arguments", MESSAGES)
def test_messages(file: Path, arguments: str) -> None:
    """What cannot be recorded is told in full, and the file stays as it was."""
    done = run(*arguments.split())
    assert (done.stderr, done.stdout, done.exit_code) == (MESSAGES[arguments], "", 2)
    assert file.read_bytes() == SPACED.encode()


@posix
def test_a_read_only_file_is_left_alone(file: Path) -> None:
    """Nobody may write it: not even who may write everything."""
    file.chmod(0o444)
    done = run("one/a", "data.toml", "--met", "2015", "--source", "memo")
    assert done.stderr == "Error: cannot write data.toml: permission denied\n"
    assert (done.exit_code, file.read_bytes()) == (2, SPACED.encode())


@posix
def test_a_link_stays_and_modes_stay(file: Path) -> None:
    """The file that a link leads to is edited."""
    target, link = Path("folder/target.toml"), Path("link.toml")
    file.rename(target)
    target.chmod(0o640)
    link.symlink_to(target)
    record(link, "one/a", MET)
    assert (link.is_symlink(), target.stat().st_mode & 0o777) == (True, 0o640)
    assert target.read_bytes().decode() == with_entry(SPACED, "one/a", MET).text
    assert [*Path("folder").iterdir()] == [target]


# --- more than one at a time ----------------------------------------------------------------------


def test_who_comes_second_waits_and_gives_up(file: Path) -> None:
    """Another process that holds on is named by its lock file; when it is gone, nothing is left."""
    hold = (
        "import sys; from pathlib import Path\n"
        "from betatech_milestones.datafile.files import editing\n"
        "with editing(Path('data.toml'), wait_seconds=0): print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    ) as holder:
        assert holder.stdout
        holder.stdout.readline()
        done = run("one/a", "data.toml", "--met", "2015", "--source", "memo", "--wait", "0")
        beside = file.absolute().with_name(".data.toml.lock")
        assert done.stderr == (
            f"Error: data.toml is being edited: another process holds {beside}; "
            "try again when it is done, or end it\n"
        )
        assert (done.exit_code, file.read_bytes()) == (2, SPACED.encode())
        holder.kill()
    assert beside.exists()
    record(file, "one/a", MET, wait_seconds=0)
    assert not beside.exists()


def test_a_lock_in_this_process_holds_too(file: Path) -> None:
    """Threads of a script wait for each other."""
    with editing(file, wait_seconds=0), pytest.raises(Locked):
        record(file, "one/a", MET, wait_seconds=0)


@pytest.mark.slow
def test_edits_at_once_are_all_there(file: Path) -> None:
    """Of many processes that record in one file at the same time, none loses what another wrote."""
    years = range(2001, 2009)
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "betatech_milestones", "record", "one/b", "data.toml"),
                *("--reading", str(year), "--on", str(year), "--source", "memo"),
                *("--wait", str(PATIENCE_SECONDS)),
            ],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stderr=subprocess.PIPE,
        )
        for year in years
    ]
    assert [(one.communicate()[1][-5:], one.returncode) for one in running] == [
        (f"{year}\n".encode(), 0) for year in years
    ]
    milestone = loads(file.read_text(encoding="utf-8")).measures[0].milestones[1]
    assert milestone.number
    assert {reading.value for reading in milestone.number.readings} == {*years}
    assert not file.with_name(".data.toml.lock").exists()


def test_the_rest_of_the_file_is_held_to_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would change anything else is not written, whatever the reason."""

    def elsewhere(text: str, *_: object) -> list[tuple[int, str]]:
        return [(text.index('id = "a"') + len('id = "a'), "b")]

    monkeypatch.setattr(record_module, "_additions", elsewhere)
    message = (
        "data.toml: cannot add to one/a as it is written and leave the rest as it is; "
        "add it in the file"
    )
    with pytest.raises(CannotRecord, match=f"^{re.escape(message)}$"):
        with_entry(SPACED, "one/a", MET, path="data.toml")
