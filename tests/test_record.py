"""What happened is added to a data file, and nothing that stood there changes."""

import contextlib
import datetime as dt
import difflib
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
import tomlkit
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
    loads,
    record,
)
from betatech_milestones.datafile.files import editing
from betatech_milestones.datafile.find import shipped
from betatech_milestones.datafile.record import SourceEntry, with_entries

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
+reason = "samen"
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
says = "de helft is klaar", by = "de inspectie", sources = ["page", "memo"] }] }, # 1
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
+on = 2014
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
        r'''
 source = "memo"

+[measure.milestone.dropped]
+on = "zomer 2014"
+source = "memo"
+reason.nl = "Niet meer \"nodig\"."
+reason.en = """
+No need.
+None."""
+
 [measure.milestone.number]
 goal = 200
''',
    ),
    "a reading behind a number that ends with a table": (
        SPACED,
        "one/b",
        READING,
        35,
        """
 nl = "stuks"

+[[measure.milestone.number.reading]]
+on = 2014
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
+→on = 2014
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
+due = 2017
+source = "memo"
+announced = 2015-07-02
+reason = "meer tijd"

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
+→revised = [{ due = 2018, source = "memo" }] # none yet
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
+→number = { goal = 3, unit.nl = "x", reading = [{ on = 2014, value = 1.50, source = "memo" }] }$
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
+  { id = "a", title.nl = "A", kind = "other", revised = [{ due = 2018, source = "memo" }] }, # 1
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
+    { due = 2017, source = "memo", announced = 2015-07-02, reason = "meer tijd" }
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
+  ], number.reading = [{ on = 2014, value = 1.50, source = "memo" }] },
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
+    { on = 2014, value = 1.50, source = "memo" },
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
+  ] }, revised = [{ due = 2016, source = "memo" }, { due = 2018, source = "memo" }, ]}
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
    done = with_entries(text, milestone, entry, path="data.toml")
    assert f"\n{difference(text, done.text)}" == change
    assert str(done.locations[0]) == f"data.toml:{line}"


@each_edit
def test_line_ends_and_byte_order_marks_stay(
    text: str, milestone: str, entry: Entry, line: int, change: str
) -> None:
    """A file of a Windows editor gets the same in its own line ends."""
    del change
    windows = "\ufeff" + text.replace("\n", "\r\n")
    done = with_entries(windows, milestone, entry)
    assert done.text == "\ufeff" + with_entries(text, milestone, entry).text.replace("\n", "\r\n")
    assert done.locations[0].line == line


@each_edit
def test_other_readers_agree(
    text: str, milestone: str, entry: Entry, line: int, change: str
) -> None:
    """The standard library and tomlkit read the same in it, where they read the text at all."""
    del line, change
    written = with_entries(text, milestone, entry).text
    assert tomlkit.parse(written).unwrap() == tomllib.loads(written)


# --- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (PolicyDate.parse(dt.date(2015, 1, 2)), "2015-01-02"),
        (PolicyDate.parse("2015-01-02"), "2015-01-02"),
        (PolicyDate.parse("2 januari 2015"), '"2 januari 2015"'),
        (PolicyDate.parse("2 January 2015"), '"2 January 2015"'),
        (PolicyDate.parse(2015), "2015"),
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
    text = with_entries(SPACED, "one/a", MetEntry(on=date, source="memo")).text
    assert f"\non = {written}\n" in text


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (3500, "3500"), (Decimal("1.50"), "1.50"), (Decimal(7), "7")]
)
def test_numbers_are_written_as_given(value: int | Decimal, written: str) -> None:
    """A number keeps its decimals."""
    entry = attrs.evolve(READING, value=value)
    assert f"\nvalue = {written}\n" in with_entries(SPACED, "one/b", entry).text


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
        written = with_entries(SHIPPED, full_id, entry).text
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
                text = with_entries(text, milestone, entry).text
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
            'files/in-force is met already: 2015-06-01, source "letter-2015" (data.toml:77); '
            "if that is wrong, mend it in the file"
        ),
    ),
    "another outcome": (
        "files/progress",
        ReplacedEntry(source="letter-2015", reason={"nl": "opgegaan in iets anders"}),
        (
            'files/progress is dropped already: zomer 2015, source "letter-2015" (data.toml:95); '
            "if that is wrong, mend it in the file"
        ),
    ),
    "a move of what is met": (
        "files/in-force",
        MovedEntry(due=IN_2012, source="letter-2015"),
        (
            'files/in-force is met already: 2015-06-01, source "letter-2015" (data.toml:77); '
            "if that is wrong, mend it in the file"
        ),
    ),
    "an outcome of what was replaced": (
        "teachers/survey",
        DroppedEntry(source="letter-2015", reason={"nl": "niet meer nodig"}),
        (
            'teachers/survey is replaced already: day unknown, source "web-page" (data.toml:150); '
            "if that is wrong, mend it in the file"
        ),
    ),
    "a look twice": (
        "teachers/survey",
        NewsEntry(on="2015-08-31", found="under-way", source="letter-2015"),
        (
            'teachers/survey has news of 2015-08-31, found "under-way", already (data.toml:135); '
            "if that is wrong, mend it in the file"
        ),
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
            "(data.toml:85); if that is wrong, mend it in the file"
        ),
    ),
    "news twice": (
        "teachers/survey",
        NewsEntry(on="2015-08-31", found="under-way", says={"nl": "x"}, source="web-page"),
        (
            'teachers/survey has news of 2015-08-31, found "under-way", already '
            "(data.toml:135); if that is wrong, mend it in the file"
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
        with_entries(PROGRAMME, milestone, entry, path="data.toml")
    assert str(error.value) == message


def test_what_would_be_read_as_something_else_is_refused() -> None:
    """What the file cannot hold as it was given is not written, and told to be edited by hand."""
    with pytest.raises(CannotRecord) as error:
        with_entries(SPACED, "one/b", attrs.evolve(READING, value=True), path="d.toml")
    assert str(error.value) == (
        "d.toml: cannot add this as the file is written, and leave the rest as it is; "
        "edit it by hand"
    )


@pytest.mark.parametrize(
    ("milestone", "first", "second", "key"),
    [
        ("one/a", TOLD, LOOKED, "on = 2015-08-01"),
        ("one/a", MOVED_AGAIN, MOVED_FULLY, "due = 2017"),
        ("one/b", attrs.evolve(READING, on="2012"), READING, "on = 2014"),
    ],
)
def test_what_is_known_is_told_by_its_own_line(
    milestone: str, first: Entry, second: Entry, key: str
) -> None:
    """Of several, the one that says so already."""
    text = with_entries(SPACED, milestone, [first, second]).text
    line = text.splitlines().index(key)
    with pytest.raises(CannotRecord, match=rf"already \(d\.toml:{line}\); "):
        with_entries(text, milestone, second, path="d.toml")


def test_spaces_too_many_are_no_obstacle() -> None:
    """Who copies a name from elsewhere gets it as the file is read."""
    looked = attrs.evolve(LOOKED, by=" de  redactie\n")
    assert with_entries(SPACED, "one/a", looked).text == with_entries(SPACED, "one/a", LOOKED).text


def test_entries_that_are_made_of_the_programme(tmp_path: Path) -> None:
    """What is recorded can depend on what the file says, which is read once for both."""
    file = tmp_path / "data.toml"
    file.write_text(PROGRAMME, encoding="utf-8")

    def entries(programme: Programme) -> list[Entry]:
        assert programme == loads(PROGRAMME)
        day = programme.sources[1].known_from
        return [NewsEntry(on=day, by="redactie"), NewsEntry(on="2015-09-01", by="redactie")]

    recording = record(file, "teachers/survey", entries)
    assert recording.entries == tuple(entries(loads(PROGRAMME)))
    assert [str(news.on) for news in loads(file.read_bytes()).measures[1].milestones[0].news] == [
        "2015-08-31",
        "2015-07-01",
        "2015-09-01",
    ]


def test_a_move_is_recorded_once() -> None:
    """The same date by the same source is the same move, whenever it was announced."""
    text = with_entries(SPACED, "one/a", MOVED).text
    with pytest.raises(CannotRecord) as error:
        with_entries(
            text, "one/a", attrs.evolve(MOVED, announced=dt.date(2015, 7, 9)), path="d.toml"
        )
    assert str(error.value) == (
        'one/a is moved to over een paar jaar by "memo" already (d.toml:18); '
        "if that is wrong, mend it in the file"
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
    text = with_entries(SPACED, milestone, first).text
    assert is_within(text, with_entries(text, milestone, second).text)


DROPPED_BEFORE = with_entries(SPACED, "one/b", DROPPED).text


def test_what_was_dropped_may_be_met_after_all() -> None:
    """With a newer source the outcome is written above, and both stand; it is met then."""
    written = with_entries(DROPPED_BEFORE, "one/b", MetEntry(source="page")).text
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
        with_entries(DROPPED_BEFORE, "one/b", MET, path="d.toml")
    assert str(error.value) == (
        "d.toml:19: error: met by a source of 2015-07-01, and dropped by one of 2015-07-01: what "
        "is kept cannot be dropped later; keep the one that came about, or cite a newer source "
        "for met [two-outcomes]"
    )


@pytest.mark.parametrize(
    ("milestone", "message"),
    [
        ("files/inforce", 'no milestone "files/inforce"; did you mean "files/in-force"?'),
        (
            "files",
            '"files" is a measure; name a milestone of it: files/in-force, files/progress',
        ),
        ("nothing", 'no milestone "nothing"; name it as measure/milestone'),
        ("empty", '"empty" is a measure; name a milestone of it: none yet'),
    ],
)
def test_unknown_milestones_are_refused(milestone: str, message: str) -> None:
    empty = '\n[[measure]]\nid = "empty"\ntitle = "Leeg"\nsource = "letter-2013"\n'
    with pytest.raises(UnknownId) as error:
        with_entries(PROGRAMME + empty, milestone, MET)
    assert str(error.value) == message


def test_what_breaks_a_rule_is_refused() -> None:
    """The findings are those that the file would have."""
    with pytest.raises(InvalidData) as error:
        with_entries(SPACED, "one/a", attrs.evolve(MET, on=PolicyDate.parse("2016")), path="d.toml")
    assert str(error.value) == (
        'd.toml:19: error: on: begins on 2016-01-01, after its source "memo" appeared '
        "(2015-07-01); cite a source of that day or later, or mend the date [dated-after-source]"
    )


def test_a_text_with_problems_is_refused() -> None:
    """A file that is wrong gets its findings, and no entry."""
    with pytest.raises(InvalidData, match=r"unknown-word"):
        with_entries(changed('"report"', '"rapport"'), "files/in-force", MET)


# --- documents that become sources ----------------------------------------------------------------

BRIEF = SourceEntry(title="De  brief", published="2016-05-26", url="https://a.nl/1", kind="letter")
BRIEF_WRITTEN = """\
[[source]]
id = "letter-2016-05-26"
title = "De brief"
kind = "letter"
published = 2016-05-26
url = "https://a.nl/1"
"""
LISTED = SPACED.replace(
    HEAD,
    """\
[programme]
id = "p"
title = "P"
language = "nl"
timezone = "Europe/Amsterdam"

[[source]]
id = "memo"
title = "Brief"
published = 2015-07-01
url = "https://a.nl/memo"

[[source]]
id = "page"
title = "Pagina"
seen = 2015-07-09
url = "https://a.nl/page"

[[body]]
id = "ocw"
name = "OCW"

[[body]]
id = "inspectie"
name = "Inspectie"
""",
)


def test_a_document_is_added_with_what_it_says() -> None:
    """The source and what cites it are written at once, and both are told."""
    done = with_entries(LISTED, "one/a", attrs.evolve(MET, source=BRIEF), path="d.toml")
    assert f"\n{BRIEF_WRITTEN}\n" in done.text
    assert '\non = 2015-06-01\nsource = "letter-2016-05-26"\n' in done.text
    lines = done.text.splitlines()
    (added,) = done.added.values()
    (location,) = done.locations
    assert [lines[place.line - 1] for place in (added, location) if place.line] == [
        "[[source]]",
        "[measure.milestone.met]",
    ]
    assert (added.path, [*done.added], [*done.found]) == ("d.toml", ["letter-2016-05-26"], [])


def test_a_document_that_is_a_source_is_cited() -> None:
    """Whoever describes it again adds nothing; two that are one are added once."""
    text = with_entries(LISTED, ["one/a", "one/b"], attrs.evolve(MOVED, source=BRIEF)).text
    assert text.count(BRIEF_WRITTEN) == 1
    again = with_entries(text, "one/a", attrs.evolve(LOOKED, source=BRIEF, on="2016-01-01"))
    assert ([*again.added], [*again.found]) == ([], ["letter-2016-05-26"])
    assert again.text.count("[[source]]") == 3


def documented(**changes: Any) -> SourceEntry:
    return SourceEntry(**{"title": "Nota", "published": "2016", **changes})


# A document · the id of the source that it is, or becomes.
IDS: dict[str, tuple[SourceEntry, str]] = {
    "of its kind and day": (BRIEF, "letter-2016-05-26"),
    "of its title and year": (documented(), "nota-2016"),
    "of its title and month": (documented(published="december 2015"), "nota-2015-12"),
    "of the last day, where its date is a window": (
        documented(published="zomer 2016"),
        "nota-2016-08-31",
    ),
    "of the day on which it was read": (
        documented(published=None, seen="2016-03-01"),
        "nota-2016-03-01",
    ),
    "of a title with marks": (documented(title="Één: «nóta»?"), "een-nota-2016"),
    "of a long title": (
        documented(title="Voortgangsrapportage over de sectorplannen van de universiteiten"),
        "voortgangsrapportage-over-de-2016",
    ),
    "of one long word": (documented(title="Rapport" * 9), "source-2016"),
    "of a title in other letters": (documented(title="Επιστολή"), "source-2016"),
    "its own": (documented(id="what-i-like"), "what-i-like"),
    "the same title and day": (
        SourceEntry(title="brief", published="2015-07-01"),
        "memo",
    ),
    "the same address and day": (
        SourceEntry(title="Anders", published="2015-07-01", url="https://a.nl/memo"),
        "memo",
    ),
    "the same page on another day": (
        SourceEntry(title="Pagina", seen="2016-01-02", url="https://a.nl/page"),
        "pagina-2016-01-02",
    ),
    "the same title at another address": (
        SourceEntry(title="Brief", published="2015-07-01", url="https://a.nl/other"),
        "brief-2015-07-01",
    ),
    "another title on the same day": (
        SourceEntry(title="Brief aan de Kamer", published="2015-07-01"),
        "brief-aan-de-kamer-2015-07-01",
    ),
    "the same title on another day": (
        SourceEntry(title="Brief", published="2016-07-01"),
        "brief-2016-07-01",
    ),
    "an id that it has already": (
        SourceEntry(title="Brief", published="2015-07-01", id="memo"),
        "memo",
    ),
    "by two titles": (documented(title=Texts({"nl": "Nota", "en": "Note"})), "nota-2016"),
    "of a body": (documented(by="ocw", reference="Kamerstuk 1"), "nota-2016"),
}


@pytest.mark.parametrize(("document", "name"), IDS.values(), ids=IDS)
def test_a_document_has_an_id(document: SourceEntry, name: str) -> None:
    """Made of what it is and its day; that of the source that it is already, where it is one."""
    entry = NewsEntry(on="2015-07-01", found="partly", source=document)
    done = with_entries(LISTED, "one/a", entry)
    (news,) = loads(done.text).measures[0].milestones[0].news
    assert news.source
    assert news.source.id == name
    assert {*done.added, *done.found} == {name}


def test_ids_of_documents_are_apart() -> None:
    """Of two letters of one day the second gets a number."""
    text = LISTED
    for number in range(1, 4):
        document = attrs.evolve(BRIEF, url=f"https://a.nl/{number}")
        text = with_entries(text, "one/a", attrs.evolve(MOVED, source=document)).text
    assert [source.id for source in loads(text).sources][2:] == [
        "letter-2016-05-26",
        "letter-2016-05-26-2",
        "letter-2016-05-26-3",
    ]


NO_DOCUMENTS: dict[str, tuple[SourceEntry, type[Exception], str]] = {
    "an id that another has": (
        documented(id="memo"),
        CannotRecord,
        (
            'there is a source "memo" already, "Brief"; give this document another id, or leave '
            "its id out"
        ),
    ),
    "an address of another day": (
        SourceEntry(title="Brief", published="2016-07-01", url="https://a.nl/memo"),
        CannotRecord,
        (
            'https://a.nl/memo is the address of source "memo" already, and that is of 2015-07-01, '
            "not 2016-07-01; cite it, or mend the day"
        ),
    ),
    "a body that is none": (
        documented(by="oc"),
        UnknownId,
        'no body "oc"; did you mean "ocw"?',
    ),
    "an address of which one has no day of its own": (
        SourceEntry(title="Brief", seen="2016-07-01", url="https://a.nl/memo"),
        CannotRecord,
        (
            'https://a.nl/memo is the address of source "memo" already, and that is of 2015-07-01, '
            "not 2016-07-01; cite it, or mend the day"
        ),
    ),
    "no body that is near": (
        documented(by="zbo"),
        UnknownId,
        'no body "zbo"; there are: ocw, inspectie',
    ),
    "no day": (
        documented(published=None),
        ValueError,
        (
            "Source.published: is missing; write the day, or seen = the day on which you read the "
            "document"
        ),
    ),
    "no title": (
        documented(title=" "),
        ValueError,
        '" " is empty; write the text or leave the key out',
    ),
}


@pytest.mark.parametrize(("document", "kind", "message"), NO_DOCUMENTS.values(), ids=NO_DOCUMENTS)
def test_what_is_no_new_document_is_refused(
    document: SourceEntry, kind: type[Exception], message: str
) -> None:
    """The message names what is there, and what would be right."""
    with pytest.raises(kind) as error:
        with_entries(LISTED, "one/a", attrs.evolve(MOVED, source=document))
    assert str(error.value) == message


# --- several at once ------------------------------------------------------------------------------


def test_each_entry_is_recorded_of_each_milestone() -> None:
    """In one text, as one after the other would be; where they stand is told in their order."""
    moved = MovedEntry(due="2017", source="page", reason={"nl": " meer tijd "})
    done = with_entries(SPACED, ["one/a", "one/b"], [moved, LOOKED])
    one_by_one = SPACED
    for milestone in ("one/a", "one/b"):
        for entry in (moved, LOOKED):
            one_by_one = with_entries(one_by_one, milestone, entry).text
    assert done.text == one_by_one
    assert [location.line for location in done.locations] == [18, 23, 39, 44]


def test_entries_are_recorded_together_or_not_at_all() -> None:
    """What one of them makes impossible for another is refused, at the milestone."""
    with pytest.raises(CannotRecord) as error:
        with_entries(SPACED, "one/a", [MET, MOVED], path="d.toml")
    assert str(error.value) == (
        'one/a is met already: 2015-06-01, source "memo" (d.toml:12); '
        "if that is wrong, mend it in the file"
    )


def test_a_milestone_is_named_once() -> None:
    """The second time, what happened would be there already."""
    with pytest.raises(CannotRecord, match=r"^one/a is named twice; name it once$"):
        with_entries(SPACED, ("one/a", "one/b", "one/a"), MET)


@pytest.mark.parametrize(("milestones", "entries"), [((), (MET,)), (("one/a",), ())])
def test_nothing_is_nothing_to_record(
    milestones: tuple[str, ...], entries: tuple[Entry, ...]
) -> None:
    """A call that names no milestone, or nothing that happened, is a mistake."""
    with pytest.raises(CannotRecord) as error:
        with_entries(SPACED, milestones, entries)
    assert str(error.value) == (
        "there is nothing to record; name a milestone, and what happened to it"
    )


# --- the patch ------------------------------------------------------------------------------------


@posix
@pytest.mark.slow
@pytest.mark.parametrize("text", [SPACED, COMPACT, INLINE, LISTED, SHIPPED], ids=len)
def test_a_patch_makes_the_one_text_of_the_other(text: str, tmp_path: Path) -> None:
    """As the program that applies patches understands it, with no line to spare."""
    first = next(m.full_id for m in loads(text).milestones if m.outcome is None)
    done = with_entries(text, first, attrs.evolve(MOVED, source=BRIEF), path="plan.toml")
    (tmp_path / "plan.toml").write_text(done.before, encoding="utf-8")
    subprocess.run(
        ["git", "apply", "--unidiff-zero", "-"],
        input=done.patch,
        cwd=tmp_path,
        encoding="utf-8",
        check=True,
    )
    assert (tmp_path / "plan.toml").read_text(encoding="utf-8") == done.text
    removed = [line for line in done.patch.splitlines()[2:] if line.startswith("-")]
    assert len(removed) < 3


def test_a_patch_tells_where_in_a_long_file_it_applies() -> None:
    """Lines are counted from the first of the file, and three are shown around what changes."""
    text = "# of before\n" * 30 + SPACED
    assert with_entries(text, "one/b", MET, path="d.toml").patch == (
        "--- d.toml\n+++ d.toml\n@@ -56,6 +56,10 @@\n"
        ' due = 2016\n source = "memo"\n \n'
        '+[measure.milestone.met]\n+on = 2015-06-01\n+source = "memo"\n+\n'
        " [measure.milestone.number]\n goal = 200\n \n"
    )


def test_a_patch_shows_the_first_and_the_last_line() -> None:
    """Where it is these that change: none is taken for known."""
    text = (
        'source = [{ id = "memo", title = "Brief", published = 2015-07-01 }]\n'
        'programme = { id = "p", title = "P", language = "nl", timezone = "Etc/UTC" }\n'
        'measure = [{ id = "one", title = "Een", source = "memo", milestone = [\n'
        '{ id = "a", title = "A", kind = "other" } ] }]'
    )
    done = with_entries(text, "one/a", attrs.evolve(MOVED, source=BRIEF), path="d.toml")
    lines = done.patch.replace("\\ No newline at end of file\n", "").splitlines()[3:]
    for sign, whole in ("-", done.before), ("+", done.text):
        assert [one[1:] for one in lines if one[0] in f" {sign}"] == whole.splitlines()


# --- in a file ------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data file in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    path = Path("data.toml")
    path.write_bytes(SPACED.encode())
    return path


def test_a_file_gets_what_a_text_gets(file: Path) -> None:
    """What is recorded in a file is what would be in its text."""
    done = record(file, "one/a", MET)
    assert done == with_entries(SPACED, "one/a", MET, path="data.toml")
    assert file.read_bytes().decode() == done.text


def test_a_file_is_left_as_it_is_by_a_dry_run(file: Path) -> None:
    """Nothing is written but what is returned."""
    done = record(file, "one/a", MET, dry_run=True)
    assert done == with_entries(SPACED, "one/a", MET, path="data.toml")
    assert file.read_bytes() == SPACED.encode()


@posix
def test_a_link_stays_and_modes_stay(file: Path) -> None:
    """The file that a link leads to is edited."""
    target, link = Path("folder/target.toml"), Path("link.toml")
    file.rename(target)
    target.chmod(0o640)
    link.symlink_to(target)
    record(link, "one/a", MET)
    assert (link.is_symlink(), target.stat().st_mode & 0o777) == (True, 0o640)
    assert target.read_bytes().decode() == with_entries(SPACED, "one/a", MET).text
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
        beside = file.absolute().with_name(".data.toml.lock")
        message = (
            f"data.toml is being edited: another process holds {beside}; "
            "try again when it is done, or end it"
        )
        with pytest.raises(Locked, match=f"^{re.escape(message)}$"):
            record(file, "one/a", MET, wait_seconds=0)
        assert file.read_bytes() == SPACED.encode()
        holder.kill()
    assert beside.exists()
    record(file, "one/a", MET, wait_seconds=0)
    assert not beside.exists()


def test_a_lock_in_this_process_holds_too(file: Path) -> None:
    """Threads of a script wait for each other."""
    with editing(file, wait_seconds=0), pytest.raises(Locked):
        record(file, "one/a", MET, wait_seconds=0)


def test_who_comes_second_goes_on_when_the_first_is_done(file: Path) -> None:
    """Unless told otherwise one waits, and then records in what the other wrote."""
    with ThreadPoolExecutor() as threads:
        with editing(file, wait_seconds=0) as held:
            second = threads.submit(record, file, "one/a", MET)
            with pytest.raises(TimeoutError):
                second.result(timeout=0.2)
            held.write_bytes(with_entries(SPACED, "one/b", MET).text.encode())
        done = second.result()
    assert done.text == file.read_bytes().decode()
    assert done.text == with_entries(with_entries(SPACED, "one/b", MET).text, "one/a", MET).text


def test_an_editor_that_saved_meanwhile_loses_nothing(file: Path) -> None:
    """It knows no lock; what it wrote stays, and what happened is to be recorded again."""

    def while_somebody_saves() -> Iterator[Entry]:
        file.write_bytes(f"{SPACED}# saved\n".encode())
        yield MET

    message = "data.toml was changed meanwhile, by an editor it seems; do it again"
    with pytest.raises(Locked, match=f"^{message}$"):
        record(file, "one/a", while_somebody_saves())
    assert file.read_bytes() == f"{SPACED}# saved\n".encode()


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
