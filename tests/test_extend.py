"""What a programme has besides is added to the text of its file, and nothing there changes."""

import datetime as dt
import itertools
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from programmes import PROGRAMME, changed
from strategies import grown, programmes

import betatech_milestones
from betatech_milestones import (
    InvalidData,
    Measure,
    Milestone,
    PolicyDate,
    Programme,
    Texts,
    loads,
)
from betatech_milestones.datafile import extend
from betatech_milestones.datafile.dump import dumps
from betatech_milestones.datafile.extend import CannotExtend, extended
from betatech_milestones.datafile.find import shipped

MODEL: Any = betatech_milestones
"""Its records read what a file would hold, and their types tell what they hold from then on."""

HEAD = """\
[programme]
id = "p"
title = "P"
language = "nl"
timezone = "Europe/Amsterdam"

[[source]]
id = "memo"
title = "Brief"
published = 2015-07-01
# read in print

"""
SPACED = f"""\
{HEAD}# --- one -------------------------------------------------------------------

[[measure]]
id = "one"
title = "Een"
source = "memo" # of old

# About the first.
[[measure.milestone]]
id = "a"
title = "A"
kind = "other" # or so
# More of the first.

[[measure.milestone.revised]]
due = 2016
source = "memo"

[measure.milestone.number]
unit = "stuks"

# --- two -------------------------------------------------------------------

[[measure]]
id = "two"
title = "Twee"
source = "memo"
"""
COMPACT = """\
programme = { id = "p", title = "P", language = "nl", timezone = "Europe/Amsterdam" }
source = [{ id = "memo", title = "Brief", published = 2015-07-01 }]
[[measure]]
\tid = "one"
\ttitle = "Een"
\tsource = "memo"
\t[[measure.milestone]]
\tid = "a"
\ttitle = "A"
\tkind = "other"
\talso = [
\t\t"two", # too
\t]
\tnumber.unit = "stuks"
\t# About the second.
[[measure]]
\tid = "two"
\ttitle = "Twee"
\tsource = "memo\""""
INLINE = """\
programme = { id = "p", title = "P", language = "nl", timezone = "Europe/Amsterdam" }
source = [{ id = "memo", title = "Brief", published = 2015-07-01 }]
measure = [
  { id = "one", title = "Een", source = "memo", milestone = [
    { id = "a", title = "A", kind = "other", number = { unit = "stuks" }, revised = [] },
  ] },
  { id = "two", title = "Twee", source = "memo" }
]
"""

Added = dict[str, Any]


def with_added(programme: Programme, **added: Any) -> Programme:
    """The programme with fields of its first measure and first milestone changed, and its own."""
    one, *others = programme.measures
    milestone = attrs.evolve(one.milestones[0], **added.pop("milestone", {}))
    new = added.pop("new", lambda _: ())(programme)
    one = attrs.evolve(one, milestones=(milestone, *new), **added.pop("measure", {}))
    more = tuple(
        Measure(id=name, title=Texts({"nl": name}), source=programme.sources[0])
        for name in added.pop("measures", ())
    )
    shelves: dict[str, Any] = {
        name: (*getattr(programme, name), *some) for name, some in added.items()
    }
    return attrs.evolve(programme, measures=(one, *others, *more), **shelves)


def moved(programme: Programme, year: int) -> Any:
    return MODEL.Revision(due=PolicyDate.parse(year), source=programme.sources[0])


def everything(programme: Programme) -> Programme:
    """The programme with something more of every sort."""
    (memo,) = programme.sources
    page = MODEL.Source(id="page", title={"nl": "Pagina"}, seen="2015-09-01")
    body = MODEL.Body(id="ocw", name={"nl": "OCW"})
    old = programme.measures[0].milestones[0]
    return with_added(
        programme,
        periods=(MODEL.Period(name="zomerreces", first="2015-07-03", last="2015-08-31"),),
        sources=(page,),
        clusters=(MODEL.Cluster(id="c", title={"nl": "Groep"}),),
        sectors=(MODEL.Sector(id="s", title={"nl": "Sector"}),),
        bodies=(body,),
        kinds=(MODEL.OwnKind(id="k", title={"nl": "Soort"}),),
        measures=("three", "four"),
        measure={
            "code": "M",
            "summary": Texts({"nl": "Eén.\nTwee."}),
            "bodies": (body,),
            "locator": "1",
        },
        milestone={
            "code": "M-1",
            "summary": Texts({"nl": "Samengevat.", "en": "Summed up."}),
            "note": Texts({"nl": "Let op."}),
            "locator": "1",
            "own_bodies": (body,),
            "also": ("two",),
            "corrected": Texts({"nl": "Fout."}),
            "revisions": (*old.revisions, moved(programme, 2017), moved(programme, 2018)),
            "news": (
                MODEL.News(on="2015-08-01", found="nothing", by="ons"),
                MODEL.News(found="partly", source=page),
            ),
            "snoozed": MODEL.Snooze(until="2016-01-01", by="ons", reason={"nl": "Even."}),
            "outcomes": (
                MODEL.Dropped(source=memo, reason={"nl": "Niet nodig."}),
                MODEL.Met(on=2015, source=page),
            ),
            "number": attrs.evolve(
                old.number or MODEL.Number(unit={"nl": "stuks"}),
                readings=tuple(
                    MODEL.Reading(on=year, value=year, source=memo) for year in (2014, 2015)
                ),
            ),
        },
        new=lambda known: tuple(
            MODEL.Milestone(id=name, title={"nl": name}, locator="1", source=known.sources[0])
            for name in ("b", "c")
        ),
    )


def test_everything_in_a_spaced_file() -> None:
    """New tables stand behind the last of their sort, with the blank lines that the others have."""
    written = extended(SPACED, everything(loads(SPACED)))
    assert written == SPACED_HEAD_AND_MORE + SPACED_AND_MORE


SPACED_HEAD_AND_MORE = """\
[programme]
id = "p"
title = "P"
language = "nl"
timezone = "Europe/Amsterdam"

[[period]]
name = "zomerreces"
first = 2015-07-03
last = 2015-08-31

[[source]]
id = "memo"
title = "Brief"
published = 2015-07-01
# read in print

[[source]]
id = "page"
title = "Pagina"
seen = 2015-09-01

[[cluster]]
id = "c"
title = "Groep"

[[sector]]
id = "s"
title = "Sector"

[[body]]
id = "ocw"
name = "OCW"

[[kind]]
id = "k"
title = "Soort"

# --- one -------------------------------------------------------------------

[[measure]]
id = "one"
title = "Een"
"""
SPACED_AND_MORE = '''\
source = "memo" # of old
code = "M"
summary = """
Eén.
Twee."""
bodies = ["ocw"]
locator = "1"

# About the first.
[[measure.milestone]]
id = "a"
title = "A"
kind = "other" # or so
code = "M-1"
summary = { nl = "Samengevat.", en = "Summed up." }
note = "Let op."
bodies = ["ocw"]
also = ["two"]
corrected = "Fout."
# More of the first.

[[measure.milestone.revised]]
due = 2016
source = "memo"

[[measure.milestone.revised]]
due = 2017
source = "memo"

[[measure.milestone.revised]]
due = 2018
source = "memo"

[[measure.milestone.news]]
on = 2015-08-01
found = "nothing"
by = "ons"

[[measure.milestone.news]]
on = 2015-09-01
found = "partly"
source = "page"

[measure.milestone.snoozed]
until = 2016-01-01
by = "ons"
reason = "Even."

[measure.milestone.met]
on = 2015
source = "page"

[measure.milestone.dropped]
source = "memo"
reason = "Niet nodig."

[measure.milestone.number]
unit = "stuks"

[[measure.milestone.number.reading]]
on = 2014
value = 2014
source = "memo"

[[measure.milestone.number.reading]]
on = 2015
value = 2015
source = "memo"

[[measure.milestone]]
id = "b"
title = "b"
kind = "other"

[[measure.milestone]]
id = "c"
title = "c"
kind = "other"

# --- two -------------------------------------------------------------------

[[measure]]
id = "two"
title = "Twee"
source = "memo"

[[measure]]
id = "three"
title = "three"
source = "memo"

[[measure]]
id = "four"
title = "four"
source = "memo"
'''


def test_everything_in_brackets() -> None:
    """What stands in brackets is given more of them: on lines of their own, where others are."""
    written = extended(INLINE, everything(loads(INLINE)))
    assert written == INLINE_AND_MORE


INLINE_AND_MORE = """\
programme = { id = "p", title = "P", language = "nl", timezone = "Europe/Amsterdam" }
source = [{ id = "memo", title = "Brief", published = 2015-07-01 }, \
{ id = "page", title = "Pagina", seen = 2015-09-01 }]
measure = [
  { id = "one", title = "Een", source = "memo", milestone = [
    { id = "a", title = "A", kind = "other", number = { unit = "stuks", reading = [\
{ on = 2014, value = 2014, source = "memo" }, { on = 2015, value = 2015, source = "memo" }] }, \
revised = [{ due = 2017, source = "memo" }, { due = 2018, source = "memo" }], code = "M-1", \
summary = { nl = "Samengevat.", en = "Summed up." }, note = "Let op.", bodies = ["ocw"], \
also = ["two"], corrected = "Fout.", news = [{ on = 2015-08-01, found = "nothing", by = "ons" }, \
{ on = 2015-09-01, found = "partly", source = "page" }], \
snoozed = { until = 2016-01-01, by = "ons", reason = "Even." }, \
met = { on = 2015, source = "page" }, dropped = { source = "memo", reason = "Niet nodig." } },
    { id = "b", title = "b", kind = "other" },
    { id = "c", title = "c", kind = "other" },
  ], code = "M", summary = "Eén.\\nTwee.", bodies = ["ocw"], locator = "1" },
  { id = "two", title = "Twee", source = "memo" },
  { id = "three", title = "three", source = "memo" },
  { id = "four", title = "four", source = "memo" }
]

[[period]]
name = "zomerreces"
first = 2015-07-03
last = 2015-08-31

[[cluster]]
id = "c"
title = "Groep"

[[sector]]
id = "s"
title = "Sector"

[[body]]
id = "ocw"
name = "OCW"

[[kind]]
id = "k"
title = "Soort"
"""


def test_a_number_is_added_where_there_was_none() -> None:
    """With all that it has."""
    text = INLINE.replace(', number = { unit = "stuks" }', "")
    assert text != INLINE
    assert loads(extended(text, loads(INLINE))) == loads(INLINE)


def test_everything_in_a_compact_file() -> None:
    """Tables are as close and as deep as the others, and a text of lines is not indented."""
    written = extended(COMPACT, everything(loads(COMPACT)))
    assert written.startswith(COMPACT_AND_MORE)
    assert written.endswith(
        '\tsource = "memo"\n[[measure]]\nid = "three"\ntitle = "three"\nsource = "memo"\n'
        '[[measure]]\nid = "four"\ntitle = "four"\nsource = "memo"'
    )


COMPACT_AND_MORE = '''\
programme = { id = "p", title = "P", language = "nl", timezone = "Europe/Amsterdam" }
source = [{ id = "memo", title = "Brief", published = 2015-07-01 }, \
{ id = "page", title = "Pagina", seen = 2015-09-01 }]
[[period]]
name = "zomerreces"
first = 2015-07-03
last = 2015-08-31
[[cluster]]
id = "c"
title = "Groep"
[[sector]]
id = "s"
title = "Sector"
[[body]]
id = "ocw"
name = "OCW"
[[kind]]
id = "k"
title = "Soort"
[[measure]]
\tid = "one"
\ttitle = "Een"
\tsource = "memo"
\tcode = "M"
\tsummary = """
Eén.
Twee."""
\tbodies = ["ocw"]
\tlocator = "1"
\t[[measure.milestone]]
\tid = "a"
\ttitle = "A"
\tkind = "other"
\talso = [
\t\t"two", # too
\t]
\tnumber.unit = "stuks"
\tcode = "M-1"
'''


def test_the_first_table_is_laid_out_as_the_first_that_is_there() -> None:
    """Whatever the sort of that: no table stands before it that could tell."""
    programme = 'programme = { id = "p", title = "P", language = "nl", timezone = "Etc/UTC" }\n'
    body = '\t[[body]]\n\tid = "ocw"\n\tname = "OCW"\n'
    text = f'{programme}{body}[[cluster]]\nid = "c"\ntitle = "C"\n'
    period = MODEL.Period(name="reces", first="2015-07-03", last="2015-08-31")
    after = attrs.evolve(loads(text), periods=(period,))
    added = '\t[[period]]\n\tname = "reces"\n\tfirst = 2015-07-03\n\tlast = 2015-08-31\n'
    assert extended(text, after) == text.replace(body, added + body)


def test_a_milestone_is_laid_out_as_the_last_of_its_measure() -> None:
    """Indented and close together, though the measure above them is not."""
    one = '\t[[measure.milestone]]\n\tid = "a"\n\ttitle = "A"\n\tkind = "other"\n'
    text = f'{HEAD}[[measure]]\nid = "one"\ntitle = "Een"\nsource = "memo"\n{one}'
    new = Milestone(id="b", title=Texts({"nl": "B"}), source=loads(text).sources[0])
    after = with_added(loads(text), new=lambda _: (new,))
    assert extended(text, after) == text + one.replace('"a"', '"b"').replace('"A"', '"B"')


def test_an_empty_first_line_hides_no_indent() -> None:
    """What is added is as deep as the table below that line."""
    head, _, _ = HEAD.partition("\n\n")
    text = "\n\t" + head.replace("\n", "\n\t")
    source = MODEL.Source(id="page", title={"nl": "Pagina"}, seen="2015-09-01")
    after = attrs.evolve(loads(text), sources=(source,))
    added = '\n\n\t[[source]]\n\tid = "page"\n\ttitle = "Pagina"\n\tseen = 2015-09-01'
    assert extended(text, after) == text + added


def test_a_milestone_may_stand_at_another_place_than_its_measure() -> None:
    """Its locator is added, whether the measure has none or is given its own at once."""
    for of_measure in ({}, {"locator": "1"}):
        after = with_added(loads(SPACED), measure=of_measure, milestone={"locator": "2"})
        written = extended(SPACED, after)
        assert 'kind = "other" # or so\nlocator = "2"\n' in written
        assert loads(written) == after


def test_a_reading_stands_below_its_number() -> None:
    """Before the other tables of its milestone, where the number is keys of that."""
    move = '\t[[measure.milestone.revised]]\n\tdue = 2016\n\tsource = "memo"\n'
    number = '\tnumber.unit = "stuks"\n'
    text = COMPACT.replace(number, number + move)
    reading = MODEL.Reading(on=2014, value=3, source=loads(text).sources[0])
    of_number = MODEL.Number(unit={"nl": "stuks"}, readings=(reading,))
    added = '\t[[measure.milestone.number.reading]]\n\ton = 2014\n\tvalue = 3\n\tsource = "memo"\n'
    after = with_added(loads(text), milestone={"number": of_number})
    assert extended(text, after) == text.replace(move, added + move)


def test_a_table_has_the_line_ends_of_those_around_it() -> None:
    """And not those of the first line, which another editor may have written."""
    text = SPACED.replace("\n", "\r\n").replace("\r\n", "\n", 1)
    after = with_added(loads(text), measures=("three",))
    added = '\r\n[[measure]]\r\nid = "three"\r\ntitle = "three"\r\nsource = "memo"\r\n'
    assert extended(text, after) == text + added


@pytest.mark.parametrize("added", [{"code": "M"}, {"also": ("two", "three")}], ids=["key", "item"])
def test_a_line_is_laid_out_as_those_around_it(added: Added) -> None:
    """And not as the first or the last line of the file, which another editor may have written."""
    text = extended(COMPACT, with_added(loads(COMPACT), measures=("three",))) + "\n"
    text = text.replace("\n", "\r\n").replace("\r\n", "\n", 1)
    line = '\tcode = "M"\r\n' if "code" in added else '\t\t"three",\r\n'
    written = extended(text, with_added(loads(text), milestone=added))
    assert written.replace(line, "") == text
    assert written.count(line) == 1


@pytest.mark.parametrize("text", [SPACED, COMPACT, INLINE], ids=["spaced", "compact", "inline"])
def test_line_ends_and_byte_order_marks_stay(text: str) -> None:
    """A file of a Windows editor is added to in its own line ends."""
    windows = "\ufeff" + text.replace("\n", "\r\n")
    written = extended(windows, everything(loads(windows)))
    in_unix = extended(text, everything(loads(text)))
    assert written == "\ufeff" + in_unix.replace("\n", "\r\n")


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["none", "a mark"])
def test_a_byte_order_mark_is_no_line(mark: str) -> None:
    """Nothing stands above the first header, so that a table has a blank line above it."""
    text = f'{mark}# Plan\n[programme]\nid = "x"\ntitle = "X"\nlanguage = "nl"\n'
    text += 'timezone = "Europe/Amsterdam"\n'
    before = loads(text)
    body = MODEL.Body(id="ocw", name={"nl": "OCW"})
    after = attrs.evolve(before, bodies=(body,))
    assert extended(text, after) == f'{text}\n[[body]]\nid = "ocw"\nname = "OCW"\n'


@pytest.mark.parametrize("text", [SPACED, COMPACT, INLINE], ids=["spaced", "compact", "inline"])
@pytest.mark.parametrize("first", [0, 1])
def test_mixed_line_ends_stay(text: str, first: int) -> None:
    """Where two editors were at work, each line keeps its own; what is added has one of them."""
    ends = itertools.cycle(["\r\n", "\n"] if first else ["\n", "\r\n"])
    mixed = re.sub("\n", lambda _: next(ends), text)
    written = extended(mixed, everything(loads(mixed)))
    assert written.replace("\r\n", "\n") == extended(text, everything(loads(text)))
    characters = iter(written)
    assert all(character in characters for character in mixed)


@pytest.mark.parametrize(
    ("brackets", "written"),
    [
        ('[\n\t\t"two", # too\n\t]', '[\n\t\t"two", # too\n\t\t"three",\n\t]'),
        ('[\n\t\t"two",# too\n\t]', '[\n\t\t"two",# too\n\t\t"three",\n\t]'),
        ('[\n\t\t"two",\n\t]', '[\n\t\t"two",\n\t\t"three",\n\t]'),
        ('[\n\t\t"two",]', '[\n\t\t"two", "three",]'),
        ('["two",]', '["two", "three",]'),
    ],
)
def test_an_item_in_brackets_of_lines(brackets: str, written: str) -> None:
    """It has a line of its own where the bracket below has, and a comma where the others do."""
    text = COMPACT.replace('[\n\t\t"two", # too\n\t]', brackets)
    after = with_added(loads(text), measures=("three",), milestone={"also": ("two", "three")})
    assert f"\talso = {written}\n" in extended(text, after)


@pytest.mark.slow
@given(grown())
def test_what_is_added_reads_back_and_the_rest_stays(
    after_and_before: tuple[Programme, Programme],
) -> None:
    """Whatever a programme has besides is in the text, and every character of before."""
    after, before = after_and_before
    text = dumps(before)
    written = extended(text, after, before=before)
    assert loads(written) == after
    characters = iter(written)
    assert all(character in characters for character in text)
    windows = "\ufeff" + text.replace("\n", "\r\n")
    assert extended(windows, after) == "\ufeff" + written.replace("\n", "\r\n")


@pytest.mark.slow
@given(programmes())
def test_nothing_is_added_where_nothing_is_new(programme: Programme) -> None:
    """The text then is the same, and was read by itself or before."""
    text = dumps(programme)
    assert extended(text, loads(text)) == text
    assert extended(text, programme, before=programme) == text


# --- what is no addition --------------------------------------------------------------------------


def without(programme: Programme, **changes: Any) -> Programme:
    return attrs.evolve(programme, **changes)


def in_measure(programme: Programme, **changes: Any) -> Programme:
    one, *others = programme.measures
    return attrs.evolve(programme, measures=(attrs.evolve(one, **changes), *others))


def in_milestone(programme: Programme, **changes: Any) -> Programme:
    one, *others = programme.measures[0].milestones
    return in_measure(programme, milestones=(attrs.evolve(one, **changes), *others))


STAYS = "what stands in the file stays there, edit it by hand"
BEFORE = loads(PROGRAMME)
MILESTONE = BEFORE.measures[0].milestones[0]
SNOOZED: Any = BEFORE.measures[0].milestones[1]
NUMBER: Any = MILESTONE.number
REFUSED: dict[str, tuple[Programme, str]] = {
    "the programme's title": (
        without(BEFORE, title=Texts({"nl": "Plan"})),
        f'title: {{"nl": "Maatregelen", "en": "Measures"}} cannot become {{"nl": "Plan"}}; {STAYS}',
    ),
    "a source": (
        without(BEFORE, sources=BEFORE.sources[1:]),
        (
            'source: ["letter-2013", "letter-2015", "web-page"] cannot become ["letter-2015", '
            f'"web-page"]; {STAYS}'
        ),
    ),
    "what a source says": (
        without(
            BEFORE,
            sources=(
                attrs.evolve(BEFORE.sources[0], reference="Kamerstuk 2"),
                *BEFORE.sources[1:],
            ),
        ),
        'source "letter-2013", reference: "Kamerstuk 1" cannot become "Kamerstuk 2"; ' + STAYS,
    ),
    "a measure that is gone": (
        without(BEFORE, measures=BEFORE.measures[1:]),
        (
            'measure "files": is not where the file has it; keep all that was there in its order, '
            "and add behind it"
        ),
    ),
    "a milestone that is gone": (
        in_measure(BEFORE, milestones=BEFORE.measures[0].milestones[:1]),
        (
            'measure "files", milestone "progress": is not where the file has it; '
            "keep all that was "
            "there in its order, and add behind it"
        ),
    ),
    "the title of a measure": (
        in_measure(BEFORE, title=Texts({"nl": "Dossiers"})),
        (
            'measure "files", title: {"nl": "Dossiers", "en": "Files"} cannot become '
            f'{{"nl": "Dossiers"}}; {STAYS}'
        ),
    ),
    "a key that is there": (
        in_measure(BEFORE, locator="3.2"),
        f'measure "files", locator: "3.1" cannot become "3.2"; {STAYS}',
    ),
    "the day that was promised": (
        in_milestone(BEFORE, due=PolicyDate.parse(2014)),
        f'milestone "files/in-force", due: "2014-08-01" cannot become "2014"; {STAYS}',
    ),
    "a revision that is gone": (
        in_milestone(BEFORE, revisions=()),
        'milestone "files/in-force", revised: ',
    ),
    "the words of a date": (
        in_milestone(
            BEFORE,
            revisions=(
                attrs.evolve(
                    MILESTONE.revisions[0], due=PolicyDate("2016-08~", words="over een jaar")
                ),
            ),
        ),
        (
            'milestone "files/in-force", revised, due: "over een paar jaar" cannot become '
            f'"over een jaar"; {STAYS}'
        ),
    ),
    "the words for the day of a source": (
        in_milestone(
            BEFORE,
            revisions=(
                attrs.evolve(
                    MILESTONE.revisions[0],
                    source=attrs.evolve(
                        BEFORE.sources[1], published=PolicyDate("2015-07-01", words="1 juli 2015")
                    ),
                ),
            ),
        ),
        (
            'milestone "files/in-force", revised, source "letter-2015", published: "2015-07-01" '
            f'cannot become "1 juli 2015"; {STAYS}'
        ),
    ),
    "an outcome that is gone": (
        in_milestone(BEFORE, outcomes=()),
        'milestone "files/in-force", met: ',
    ),
    "the day of an outcome": (
        in_milestone(
            BEFORE, outcomes=(attrs.evolve(MILESTONE.outcomes[0], on=PolicyDate.parse("2016")),)
        ),
        f'milestone "files/in-force", met, on: "2015-06-01" cannot become "2016"; {STAYS}',
    ),
    "a day of an outcome that has no words": (
        in_milestone(
            BEFORE,
            outcomes=(attrs.evolve(MILESTONE.outcomes[0], on=PolicyDate("2016", words="")),),
        ),
        f'milestone "files/in-force", met, on: "2015-06-01" cannot become "2016"; {STAYS}',
    ),
    "a reading": (
        in_milestone(
            BEFORE,
            number=attrs.evolve(
                NUMBER, readings=(attrs.evolve(NUMBER.readings[0], value=7), *NUMBER.readings[1:])
            ),
        ),
        'milestone "files/in-force", number, reading, value: ',
    ),
    "a measure that it is part of, besides": (
        without(
            BEFORE,
            measures=(
                BEFORE.measures[0],
                attrs.evolve(
                    BEFORE.measures[1],
                    milestones=(
                        attrs.evolve(BEFORE.measures[1].milestones[0], also=()),
                        *BEFORE.measures[1].milestones[1:],
                    ),
                ),
            ),
        ),
        'milestone "teachers/survey", also: ["files"] cannot become nothing; ' + STAYS,
    ),
    "a number that is gone": (
        in_milestone(BEFORE, number=None),
        'milestone "files/in-force", number: a table cannot become nothing; ' + STAYS,
    ),
    "the goal of a number": (
        in_milestone(BEFORE, number=attrs.evolve(NUMBER, goal=12)),
        f'milestone "files/in-force", number, goal: "3500" cannot become "12"; {STAYS}',
    ),
    "a snooze": (
        in_measure(
            BEFORE,
            milestones=(
                MILESTONE,
                attrs.evolve(BEFORE.measures[0].milestones[1], snoozed=None),
            ),
        ),
        'milestone "files/progress", snoozed: ',
    ),
    "the day on which a snooze ends": (
        in_measure(
            BEFORE,
            milestones=(
                MILESTONE,
                attrs.evolve(SNOOZED, snoozed=attrs.evolve(SNOOZED.snoozed, until="2016-01-01")),
            ),
        ),
        (
            'milestone "files/progress", snoozed, until: "2015-10-01" cannot become "2016-01-01"; '
            + STAYS
        ),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_addition_is_refused(what: str) -> None:
    """The message names the record, what the file has and what was wanted."""
    after, message = REFUSED[what]
    with pytest.raises(CannotExtend, match=f"^{re.escape(message)}"):
        extended(PROGRAMME, after)


def test_the_same_number_is_no_change() -> None:
    """Whether it is written as a whole number or as a decimal one."""
    number = attrs.evolve(NUMBER, goal=Decimal("3500.0"))
    assert extended(PROGRAMME, in_milestone(BEFORE, number=number)) == PROGRAMME


def test_what_breaks_a_rule_is_told_at_its_line() -> None:
    """It is a finding of the text that would be written."""
    met = MODEL.Met(on="2016-01-01", source=loads(SPACED).sources[0])
    after = with_added(loads(SPACED), milestone={"outcomes": (met,)})
    with pytest.raises(InvalidData) as error:
        extended(SPACED, after, path="data.toml")
    assert [str(one.location) for one in error.value.findings] == ["data.toml:32"]


BY_HAND: dict[str, tuple[str, Added, str]] = {
    "a key that is there and says nothing": (
        SPACED.replace('title = "Een"\n', 'title = "Een"\nlocator = "1"\n').replace(
            'kind = "other"', 'locator = "1"\nkind = "other"'
        ),
        {"milestone": {"locator": None}},
        'milestone "one/a", locator: "1" cannot become nothing; ' + STAYS,
    ),
    "half a character": (
        SPACED,
        {"milestone": {"code": "a\ud800"}},
        "what is to be recorded is no text; write it in UTF-8",
    ),
    "a text that the file would have otherwise": (
        SPACED,
        {"milestone": {"code": "a  b"}},
        (
            'data.toml: cannot add measure "one", milestone "a", code, "a  b", as the file is '
            "written, and leave the rest as it is; edit it by hand"
        ),
    ),
}


@pytest.mark.parametrize("what", BY_HAND)
def test_what_has_to_be_added_by_hand(what: str) -> None:
    """What cannot be put in as it is, is never put in as something else."""
    text, added, message = BY_HAND[what]
    after = with_added(loads(text), **added)
    with pytest.raises(CannotExtend, match=f"^{re.escape(message)}$"):
        extended(text, after, path="data.toml")


def test_findings_name_the_file(tmp_path: Path) -> None:
    """What is wrong is told under the name of the file: with what it says, or with what is new."""
    file = tmp_path / "plan.toml"

    def places(text: str, change: Callable[[Programme], Programme]) -> list[str]:
        file.write_text(text, encoding="utf-8")
        with pytest.raises(InvalidData) as error:
            betatech_milestones.extend(file, change)
        return [str(one.location) for one in error.value.findings]

    def met_too_soon(programme: Programme) -> Programme:
        assert programme.path == str(file)
        met = MODEL.Met(on="2016-01-01", source=programme.sources[0])
        return with_added(programme, milestone={"outcomes": (met,)})

    wrong = SPACED.replace('"nl"', '"?"')
    assert places(wrong, lambda programme: programme) == [f"{file}:4"]
    assert places(SPACED, met_too_soon) == [f"{file}:32"]
    with pytest.raises(InvalidData) as error:
        extended(wrong, loads(SPACED), path="plan.toml")
    assert [str(one.location) for one in error.value.findings] == ["plan.toml:4"]


def test_a_key_that_would_be_there_twice() -> None:
    """A key whose value is as good as none stands in the way of one that has a value."""
    text = changed('bodies = ["ocw"]\nsource', "bodies = [ ]\nsource")
    body = loads(text).bodies[0]
    assert 'bodies = ["ocw" ]\n' in extended(text, in_measure(loads(text), bodies=(body,)))


def test_the_rest_of_the_file_is_held_to_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would change anything else is not written, whatever the reason."""
    monkeypatch.setattr(extend, "_with", lambda part, _: part.text + 'id = "twice"\n')
    after = with_added(loads(SPACED), milestone={"code": "M"})
    message = (
        "data.toml: cannot add this as the file is written, and leave the rest as it is; "
        "edit it by hand"
    )
    with pytest.raises(CannotExtend, match=f"^{re.escape(message)}$"):
        extended(SPACED, after, path="data.toml")


def test_a_long_file_is_added_to_in_one_go() -> None:
    """A statement for each of its milestones, and the shipped file keeps all its lines."""
    text = shipped().read_bytes().decode()
    programme = loads(text)
    looked = MODEL.News(on=dt.date(2026, 12, 1), found="nothing", by="redactie")
    measures = tuple(
        attrs.evolve(
            measure,
            milestones=tuple(
                attrs.evolve(one, news=(*one.news, looked)) for one in measure.milestones
            ),
        )
        for measure in programme.measures
    )
    after = attrs.evolve(programme, measures=measures)
    written = extended(text, after, before=programme)
    assert written.count("on = 2026-12-01") == len([*programme.milestones])
    lines = iter(written.splitlines())
    assert all(line in lines for line in text.splitlines())


def test_a_file_is_written_only_where_something_is_added(tmp_path: Path) -> None:
    """Who follows a file sees no change where there is none, nor where somebody only looked."""
    file = tmp_path / "milestones.toml"
    file.write_bytes(SPACED.encode())
    before = file.stat()
    assert betatech_milestones.extend(file, lambda programme: programme).after == loads(SPACED)
    looked = betatech_milestones.extend(file, everything, dry_run=True)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert betatech_milestones.extend(file, everything) == looked
    assert file.read_bytes().decode() == SPACED_HEAD_AND_MORE + SPACED_AND_MORE


def test_milestones_know_what_they_are_part_of() -> None:
    """A first milestone stands below its measure, which had none."""
    before = loads(SPACED)
    new = Milestone(id="x", title=Texts({"nl": "X"}), source=before.sources[0])
    one, two = before.measures
    after = attrs.evolve(before, measures=(one, attrs.evolve(two, milestones=(new,))))
    assert extended(SPACED, after) == (
        f'{SPACED}\n[[measure.milestone]]\nid = "x"\ntitle = "X"\nkind = "other"\n'
    )
