"""Records made in a script: they read what a file would hold, and check themselves by its rules."""

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import attrs
import pytest
from programmes import PROGRAMME

from betatech_milestones import (
    BadValue,
    Budget,
    Commitment,
    DroppedEntry,
    Kind,
    Measure,
    Met,
    Milestone,
    MovedEntry,
    NotADate,
    Per,
    PolicyDate,
    Programme,
    Revision,
    Snooze,
    Source,
    Target,
    Texts,
    as_of,
    diff,
    loads,
    read_state,
    reminder,
    site,
    slips,
)
from betatech_milestones.model.records import trusted

SHARED = loads(PROGRAMME)
SOURCE = Source(id="letter", title={"nl": "Brief"}, published="2013-02-26")  # type: ignore[arg-type]
TITLE = Texts({"nl": "Titel", "en": "Title"})


def milestone(**fields: object) -> Milestone:
    make: Callable[..., Milestone] = Milestone
    return make(**{"id": "x", "title": TITLE, "source": SOURCE, **fields})


# --- what they read -------------------------------------------------------------------------------


def test_texts_are_read_from_a_mapping() -> None:
    """The first language is the programme's own, as in a file."""
    assert Texts({"nl": "Titel", "en": "Title"}) == Texts((("nl", "Titel"), ("en", "Title")))
    assert Texts([("nl", "Titel")]).pairs == (("nl", "Titel"),)


def test_what_a_file_would_hold_is_read() -> None:
    """Dates, days, texts and words are taken as they would stand in TOML."""
    found = milestone(
        title={"nl": "Titel", "en": "Title"}, due="zomer 2014", kind="report", commitment="aim"
    )
    assert found == milestone(
        due=PolicyDate("2014-22", words="zomer 2014"),
        kind=Kind.REPORT,
        commitment=Commitment.AIM,
    )
    assert isinstance(found.kind, Kind)
    assert SOURCE.published == dt.date(2013, 2, 26)


def test_entries_are_read_in_the_same_way() -> None:
    """What is recorded can be said as plainly."""
    moved = MovedEntry(due="zomer 2015", source="letter", announced="2015-01-02")
    assert (moved.due, moved.announced) == (PolicyDate("2015-22"), dt.date(2015, 1, 2))
    assert DroppedEntry(on=2015, source="letter", reason={"nl": "Nee"}).reason == Texts(
        {"nl": "Nee"}
    )


# --- what they refuse -----------------------------------------------------------------------------


def made(make: Callable[..., object], **fields: object) -> Callable[[], object]:
    return partial(make, **fields)


REFUSED: dict[str, tuple[object, str, str]] = {
    "an id that is none": (
        made(Source, id="De Brief", title=TITLE),
        "bad-id",
        (
            'Source.id: "De Brief" is no id; use lower-case letters, digits and single hyphens, '
            'such as "de-brief"'
        ),
    ),
    "a former id that is none": (
        made(milestone, formerly=("A/b",)),
        "bad-id",
        (
            'Milestone.formerly: "A" is no id; use lower-case letters, digits and single hyphens, '
            'such as "a"'
        ),
    ),
    "a text for a text by language": (
        made(milestone, title="Titel"),
        "wrong-type",
        'Milestone.title: "Titel" is no text by language; write Texts({"nl": "…"})',
    ),
    "texts without a language": (
        made(Texts, pairs="Titel"),
        "wrong-type",
        '["T", "i", "t", "e", "l"] is no text by language; write Texts({"nl": "…"})',
    ),
    "texts without a text": (
        made(Texts, pairs={}),
        "wrong-type",
        '[] is no text by language; write Texts({"nl": "…"})',
    ),
    "a language that is none": (
        made(Texts, pairs={"x/y": "Titel"}),
        "bad-language",
        '"x/y" is no BCP 47 language tag, such as "nl"',
    ),
    "an empty text": (
        made(Texts, pairs={"nl": " "}),
        "empty-text",
        '" " is empty; write the text or leave the key out',
    ),
    "a control character": (
        made(Texts, pairs={"nl": "a\x00b"}),
        "control-character",
        "has the control character U+0000 at position 2; take it out",
    ),
    "a control character in a reference": (
        made(Source, id="a", title=TITLE, reference="\x1b[31m"),
        "control-character",
        "Source.reference: has the control character U+001B at position 1; take it out",
    ),
    "a date that is none": (
        made(Met, on="2014-13", source=SOURCE),
        "bad-date",
        (
            'Met.on: "2014-13" is not a date: 13 is not a month (01 to 12), a season (21 to 24), '
            "a quarter (33 to 36), a third (37 to 39) or a half (40 and 41) of a year"
        ),
    ),
    "a moment for a day": (
        made(Source, id="a", title=TITLE, published=dt.datetime(2014, 8, 1, 12)),  # noqa: DTZ001
        "bad-date",
        (
            'Source.published: "2014-08-01 12:00:00" is a moment, and no day; '
            "give its date, 2014-08-01"
        ),
    ),
    "a midnight somewhere for a day": (
        made(Source, id="a", title=TITLE, published=dt.datetime(2014, 8, 1, tzinfo=dt.UTC)),
        "bad-date",
        (
            'Source.published: "2014-08-01 00:00:00+00:00" is a moment, and no day; '
            "give its date, 2014-08-01"
        ),
    ),
    "a month for a day": (
        made(Source, id="a", title=TITLE, published="2014-08"),
        "bad-date",
        'Source.published: "2014-08" is more than one day; write it as 2014-09-01',
    ),
    "a number for a day": (
        made(Revision, due=2014, source=SOURCE, announced=20140801),
        "bad-date",
        'Revision.announced: 20140801 is no day; give a date, or a text such as "2014-09-01"',
    ),
    "a word that is none": (
        made(milestone, kind="reprot"),
        "unknown-word",
        'Milestone.kind: "reprot" is not known here; did you mean "report"?',
    ),
    "a number that is none": (
        made(Target, value=Decimal("NaN"), unit=TITLE),
        "bad-number",
        "Target.value: NaN is no amount; write a number from 0 up to 9007199254740991",
    ),
    "years backwards": (
        made(Budget, euros=1, per=Per.YEAR, years=(2015, 2012)),
        "bad-years",
        "Budget.years: [2015, 2012] is not the first and the last year, such as [2012, 2015]",
    ),
    "one year for two": (
        made(Budget, euros=1, per=Per.YEAR, years=2015),
        "bad-years",
        "Budget.years: 2015 is not the first and the last year, such as [2012, 2015]",
    ),
    "a snooze that ends before it begins": (
        made(Snooze, until="2014-01-01", since="2014-02-01", by="me", reason=TITLE),
        "bad-snooze",
        (
            "Snooze.until: ends on 2014-01-01, before it was given (2014-02-01); "
            "mend the day, or take the snooze out"
        ),
    ),
    "a time zone that is none": (
        made(Programme, id="p", title=TITLE, language="nl", timezone="Mars"),
        "bad-timezone",
        'Programme.timezone: "Mars" is no IANA time zone; try Europe/Amsterdam',
    ),
    "an address that is none": (
        made(Source, id="a", title=TITLE, url="example.org"),
        "bad-url",
        (
            'Source.url: "example.org" is no web address; begin with https:// and percent-encode '
            "spaces and letters outside ASCII"
        ),
    ),
}


@pytest.mark.parametrize(("make", "rule", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(make: Callable[[], object], rule: str, message: str) -> None:
    """The rule and the words are those of `check`, behind the record and the field."""
    with pytest.raises(BadValue) as error:
        make()
    assert (error.value.rule.name, str(error.value)) == (rule, message)


def test_what_was_checked_is_trusted() -> None:
    """The loader checks each value at its line, and does not do it again."""
    with trusted():
        assert Source(id="De Brief", title=TITLE).id == "De Brief"
    with pytest.raises(BadValue):
        Source(id="De Brief", title=TITLE)


@pytest.mark.parametrize("name", ["2014-08-01", dt.date(2014, 8, 1), dt.datetime(2014, 8, 1)])  # noqa: DTZ001
def test_a_day_may_be_a_text_or_a_midnight(name: dt.date | str) -> None:
    """The midnights of a data frame are days, too."""
    assert as_of(SHARED, name).day == dt.date(2014, 8, 1)


def test_errors_are_pickled_whole() -> None:
    """What another process raises says as much here."""
    errors = []
    for wrong in ("De Brief", "letter"):
        with pytest.raises(BadValue) as caught:
            Source(id=wrong, title=TITLE, published="ooit")  # type: ignore[arg-type]
        errors.append(caught.value)
    for error in errors:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301  what we have just written
        assert (type(again), str(again), again.rule) == (type(error), str(error), error.rule)


# --- a milestone knows its measure ----------------------------------------------------------------


def measure(name: str, *milestones: Milestone) -> Measure:
    return Measure(id=name, title=TITLE, source=SOURCE, milestones=milestones)


def test_a_milestone_knows_the_measure_that_holds_it() -> None:
    """Its full id follows from both."""
    found = measure("m", milestone(id="a"))
    assert found.milestones[0].measure is found
    assert found.milestones[0].full_id == "m/a"


def test_a_milestone_in_two_measures_is_two() -> None:
    """None of them is told the other's."""
    shared = milestone(id="a")
    one, other = measure("one", shared), measure("other", shared)
    assert [m.milestones[0].full_id for m in (one, other)] == ["one/a", "other/a"]
    assert one.milestones[0] == other.milestones[0] == shared


def test_a_changed_measure_has_its_own_milestones() -> None:
    """What was made before stays as it was."""
    before = measure("m", milestone(id="a"))
    after = attrs.evolve(before, title=Texts({"nl": "Anders"}))
    assert str(after.milestones[0].measure.title) == "Anders"
    assert str(before.milestones[0].measure.title) == "Titel"


@pytest.mark.parametrize(
    "again",
    [copy.deepcopy, copy.copy, lambda found: pickle.loads(pickle.dumps(found))],  # noqa: S301
)
def test_copies_are_whole(again: Callable[[Programme], Programme]) -> None:
    """Copied or pickled, milestones are in the measures of the copy."""
    found = again(SHARED)
    assert found == SHARED
    assert all(m.measure in found.measures for m in found.milestones)
    assert [m.full_id for m in found.by_id] == [m.full_id for m in SHARED.by_id]


# --- what is shown of them ------------------------------------------------------------------------

REPORT = as_of(SHARED, "2015-02-01")
FILES = site(SHARED, "2015-02-01")
REPRS = [
    (SHARED, "<Programme science: 1 measure, 2 milestones>"),
    (SHARED.measures[0], "<Measure files: 2 milestones>"),
    (SHARED.by_id[0], "<Milestone files/in-force: 2016-08~, 1 move, met 2015-06-01>"),
    (SHARED.by_id[1], "<Milestone files/progress: undated, dropped 2015-22>"),
    (milestone(due=2014), "<Milestone x: 2014>"),
    (REPORT.standings[0], "<Standing files/in-force 2015-02-01: upcoming>"),
    (REPORT, "<Report science 2015-02-01: 1 upcoming, 1 undated>"),
    (REPORT.only(), "<Report science 2015-02-01: 1 upcoming, 1 undated>"),
    (as_of(SHARED.only(kinds="start"), "2015-02-01"), "<Report science 2015-02-01: no milestones>"),
    (slips(REPORT), "<Slips science 2015-02-01: 1 moved, 0 unannounced>"),
    (slips(REPORT).slips[0], "<Slip files/in-force: 761 days>"),
    (
        reminder(SHARED, "2015-02-01", "2017-01-01"),
        "<Reminder science 2015-02-01 to 2017-01-01: 1 sections>",
    ),
    (
        reminder(SHARED, "2015-02-01", "2017-01-01").sections[0],
        "<Section ocw: 0 expired, 1 coming>",
    ),
    (diff(SHARED, SHARED), "<Diff science: nothing changed>"),
    (diff(SHARED.only(kinds="start"), SHARED), "<Diff science: 2 added>"),
    (read_state(FILES["state.json"]), "<State science: 2 milestones>"),
    (
        SHARED.by_id[0].revisions[0],
        (
            "Revision(due=PolicyDate('2016-08~', words='over een paar jaar'), "
            "source='letter-2015', announced=datetime.date(2014, 5, 1), "
            "reason=Texts(pairs=(('nl', 'meer tijd nodig'), ('en', 'more time needed'))))"
        ),
    ),
]


@pytest.mark.parametrize(("record", "shown"), REPRS, ids=[shown for _, shown in REPRS])
def test_a_record_that_holds_others_is_shown_in_a_line(record: object, shown: str) -> None:
    """However much that is."""
    assert repr(record) == shown


def test_not_a_date_is_a_bad_value() -> None:
    """One `except` catches both."""
    with pytest.raises(BadValue) as error:
        PolicyDate.parse("ooit")
    assert (type(error.value), error.value.rule.name) == (NotADate, "bad-date")
