"""Records made in a script: they read what a file would hold, and check themselves by its rules."""

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import attrs
import pytest
from programmes import PROGRAMME

from betatech_milestones import (
    BadValue,
    Budget,
    Commitment,
    Conventions,
    DateOrder,
    Dropped,
    DroppedEntry,
    Found,
    Kind,
    Measure,
    Met,
    Milestone,
    MovedEntry,
    News,
    NotADate,
    Number,
    OwnKind,
    Per,
    Period,
    PolicyDate,
    Programme,
    Reading,
    ReadingKind,
    Replaced,
    Revision,
    Sector,
    Snooze,
    Source,
    SourceKind,
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
    assert SOURCE.published == PolicyDate("2013-02-26")


def test_a_source_is_read_in_the_same_way() -> None:
    """So are its days and its kind."""
    page = Source(id="p", title=TITLE, kind="website", published="maart 2013", seen="2013-03-02")  # type: ignore[arg-type]
    assert (page.kind, page.published, page.seen) == (
        SourceKind.WEBSITE,
        PolicyDate("2013-03"),
        dt.date(2013, 3, 2),
    )
    assert page.known_from == dt.date(2013, 3, 31), "when it had surely appeared"


def test_what_is_said_of_a_milestone_is_read_in_the_same_way() -> None:
    """News, and readings."""
    news = News(found="partly", says={"nl": "Half"}, source=SOURCE)  # type: ignore[arg-type]
    assert (news.on, news.found, news.known_from) == (
        dt.date(2013, 2, 26),
        Found.PARTLY,
        dt.date(2013, 2, 26),
    )
    looked = News(on="2014-01-01", found="nothing", by="redactie")  # type: ignore[arg-type]
    assert (looked.sources, looked.known_from) == ((), dt.date(2014, 1, 1))
    reading = Reading(on=2012, value=3, kind="planned", source=SOURCE)  # type: ignore[arg-type]
    assert (reading.kind, reading.certain_from) == (ReadingKind.PLANNED, dt.date(2012, 12, 31))


def test_a_title_on_one_line_is_kept_as_written() -> None:
    """White space within it, too; only where it is broken into lines is it laid out anew."""
    assert str(Sector(id="mbo", title=Texts({"nl": "a  b"})).title) == "a  b"
    assert str(Sector(id="mbo", title=Texts({"nl": "a  b\nc"})).title) == "a b c"


def test_a_programme_tells_how_it_writes_its_dates() -> None:
    """A date in a script is then read as one in its file."""
    says: dict[str, Any] = {
        "language": "en",
        "fiscal_year": "04-01",
        "date_order": DateOrder.MONTH_FIRST,
        "periods": (Period(name="recess", first=dt.date(2014, 7, 4), last=dt.date(2014, 9, 1)),),
    }
    assert attrs.evolve(SHARED, **says).conventions == Conventions(**says)


@pytest.mark.parametrize(
    ("due", "commitment"),
    [
        ("uiterlijk 2014", "deadline"),
        ("2014", "planned"),
        ("[2014..]", "planned"),
        (None, "planned"),
    ],
)
def test_commitment_that_is_left_out(due: str | None, commitment: str) -> None:
    """It is that of the words of the date, as in a file."""
    assert milestone(due=due).commitment == commitment


def test_kind_of_its_own() -> None:
    """A programme's own kind is a record, and prints as its id."""
    own = OwnKind(id="consultation", title=TITLE)
    assert milestone(kind=own).kind is own
    assert str(own) == "consultation"


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
    "a former id in too many parts": (
        made(milestone, formerly=("a/b/c",)),
        "bad-id",
        (
            'Milestone.formerly: "b/c" is no id; use lower-case letters, digits and single '
            'hyphens, such as "b-c"'
        ),
    ),
    "an id that is no text": (
        made(Source, id=2014, title=TITLE),
        "bad-id",
        (
            "Source.id: 2014 is no id; use lower-case letters, digits and single hyphens, "
            'such as "2014"'
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
        made(Source, id="a", title=TITLE, seen=dt.datetime(2014, 8, 1, 12)),  # noqa: DTZ001
        "bad-date",
        'Source.seen: "2014-08-01 12:00:00" is a moment, and no day; give its date, 2014-08-01',
    ),
    "a midnight somewhere for a day": (
        made(Source, id="a", title=TITLE, seen=dt.datetime(2014, 8, 1, tzinfo=dt.UTC)),
        "bad-date",
        (
            'Source.seen: "2014-08-01 00:00:00+00:00" is a moment, and no day; '
            "give its date, 2014-08-01"
        ),
    ),
    "a month for a day": (
        made(Source, id="a", title=TITLE, seen="2014-08"),
        "bad-date",
        'Source.seen: "2014-08" is more than one day; write it as 2014-09-01',
    ),
    "a moment for a policy date": (
        made(Source, id="a", title=TITLE, published=dt.datetime(2014, 8, 1, 12)),  # noqa: DTZ001
        "bad-date",
        ("Source.published: 2014-08-01 12:00:00 is not a date: write the day alone, 2014-08-01"),
    ),
    "a number for a day": (
        made(Revision, due=2014, source=SOURCE, announced=20140801),
        "bad-date",
        'Revision.announced: 20140801 is no day; give a date, or a text such as "2014-09-01"',
    ),
    "a source without a day": (
        made(Source, id="a", title=TITLE),
        "undated-source",
        (
            "Source.published: is missing; write the day, "
            "or seen = the day on which you read the document"
        ),
    ),
    "a source without a last day": (
        made(Source, id="a", title=TITLE, published="[2014..]"),
        "undated-source",
        (
            "Source.published: has no last day; write the day, "
            "or seen = the day on which you read the document"
        ),
    ),
    "a source that was read before it appeared": (
        made(Source, id="a", title=TITLE, published="2014-08-02", seen="2014-08-01"),
        "seen-before-published",
        (
            "Source.seen: 2014-08-01 is before the document appeared (2014-08-02); "
            "mend one of the two"
        ),
    ),
    "a kind of source that is none": (
        made(Source, id="a", title=TITLE, kind="gazet", seen="2014-08-01"),
        "unknown-word",
        'Source.kind: "gazet" is not known here; did you mean "gazette"?',
    ),
    "a revision of nothing": (
        made(Revision, source=SOURCE, reason=TITLE),
        "missing-key",
        "Revision: changes nothing; add due, goal or bodies, as they are from then on",
    ),
    "news of no day": (
        made(News, found="nothing", by="redactie"),
        "missing-key",
        "News: lacks on, the day of the look; add on = 2026-11-24",
    ),
    "news of nothing that nobody looked for": (
        made(News, on="2014-08-01", found="nothing", source=SOURCE),
        "missing-key",
        'News: lacks by: who looked, and found nothing; add by = "…"',
    ),
    "news that nobody says": (
        made(News, on="2014-08-01", found="not-done", by="redactie"),
        "missing-key",
        'News: lacks source, which says so; add source = "id-of-a-source"',
    ),
    "news that is no word": (
        made(News, found="bezig", source=SOURCE),
        "unknown-word",
        ('News.found: "bezig" is not known here; use one of nothing, under-way, partly, not-done'),
    ),
    "replaced by nothing": (
        made(Replaced, source=SOURCE),
        "bad-replacement",
        (
            'Replaced: by nothing; add by = "measure/milestone", '
            "or a reason that says what took its place"
        ),
    ),
    "replaced by half an id": (
        made(Replaced, by="x", source=SOURCE),
        "bad-id",
        'Replaced.by: "x" is no id of a milestone; write it as measure/milestone',
    ),
    "a fact with a date": (
        made(milestone, commitment="none", due=2014, outcomes=[Met(source=SOURCE)]),
        "commitment-conflict",
        (
            'Milestone: commitment: "none" means that nobody promised it, and it has a due; '
            "take the date out, or write when it was done in met"
        ),
    ),
    "a fact that was moved": (
        made(
            milestone,
            commitment="none",
            revisions=(Revision(due=2014, source=SOURCE),),  # type: ignore[arg-type]
            outcomes=[Met(source=SOURCE)],
        ),
        "commitment-conflict",
        (
            'Milestone: commitment: "none" means that nobody promised it, and it has a due; '
            "take the date out, or write when it was done in met"
        ),
    ),
    "a fact without an outcome": (
        made(milestone, commitment="none"),
        "commitment-conflict",
        (
            'Milestone: commitment: "none" means that a source reports it as done; '
            "add [measure.milestone.met] with that source"
        ),
    ),
    "fixed on no day": (
        made(milestone, commitment="fixed", due="zomer 2014"),
        "commitment-conflict",
        (
            'Milestone: commitment: "fixed" means that it comes about by itself on its day, '
            "and it has none; write due = 2014-08-01, or another commitment"
        ),
    ),
    "dropped and replaced": (
        made(
            milestone,
            outcomes=[Dropped(source=SOURCE, reason=TITLE), Replaced(source=SOURCE, reason=TITLE)],
        ),
        "two-outcomes",
        "Milestone: dropped and replaced exclude each other; keep the one that came about",
    ),
    "met twice": (
        made(milestone, outcomes=[Met(source=SOURCE), Met(source=SOURCE)]),
        "two-outcomes",
        "Milestone: met and met exclude each other; keep the one that came about",
    ),
    "met by the source that drops it": (
        made(milestone, outcomes=[Met(source=SOURCE), Dropped(source=SOURCE, reason=TITLE)]),
        "two-outcomes",
        (
            "Milestone: met by a source of 2013-02-26, and dropped by one of 2013-02-26: what is "
            "kept cannot be dropped later; keep the one that came about, or cite a newer source "
            "for met"
        ),
    ),
    "part of a measure whose id is none": (
        made(milestone, also=("A",)),
        "bad-id",
        (
            'Milestone.also: "A" is no id; use lower-case letters, digits and single hyphens, '
            'such as "a"'
        ),
    ),
    "a currency that is none": (
        made(Budget, amount=1, currency="euro", per=Per.YEAR),
        "bad-currency",
        'Budget.currency: "euro" is no currency; write its three letters, such as "EUR"',
    ),
    "a kind of reading that is none": (
        made(Reading, on=2012, value=1, kind="hoped", source=SOURCE),
        "unknown-word",
        'Reading.kind: "hoped" is not known here; use one of reached, planned',
    ),
    "a baseline that is none": (
        made(Number, unit=TITLE, baseline="nul"),
        "bad-number",
        'Number.baseline: "nul" is no number; write it bare, such as 3_500',
    ),
    "a word that is none": (
        made(milestone, kind="reprot"),
        "unknown-word",
        'Milestone.kind: "reprot" is not known here; did you mean "report"?',
    ),
    "a number that is none": (
        made(Number, goal=Decimal("NaN"), unit=TITLE),
        "bad-number",
        "Number.goal: NaN is no amount; write a number from 0 up to 9007199254740991",
    ),
    "years backwards": (
        made(Budget, amount=1, currency="EUR", per=Per.YEAR, years=(2015, 2012)),
        "bad-years",
        "Budget.years: [2015, 2012] is not the first and the last year, such as [2012, 2015]",
    ),
    "one year for two": (
        made(Budget, amount=1, currency="EUR", per=Per.YEAR, years=2015),
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
        unread = Source(id="De Brief", title=TITLE)
    assert (unread.id, unread.known_from) == ("De Brief", dt.date.max)
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
    (SHARED, "<Programme science: 2 measures, 3 milestones>"),
    (SHARED.measures[0], "<Measure files: 2 milestones>"),
    (SHARED.by_id[0], "<Milestone files/in-force: 2016-08~, 1 move, met 2015-06-01>"),
    (SHARED.by_id[1], "<Milestone files/progress: undated, dropped 2015-22>"),
    (SHARED.by_id[2], "<Milestone teachers/survey: undated, replaced>"),
    (milestone(due=2014), "<Milestone x: 2014>"),
    (
        milestone(outcomes=[Met(on=PolicyDate(None, words="allang"), source=SOURCE)]),
        "<Milestone x: undated, met allang>",
    ),
    (REPORT.standings[0], "<Standing files/in-force 2015-02-01: upcoming>"),
    (
        as_of(SHARED, "2014-08-02", known_on="2014-03-01").standings[0],
        "<Standing files/in-force 2014-08-02: overdue, unchecked>",
    ),
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
    (diff(SHARED.only(kinds="start"), SHARED), "<Diff science: 3 added>"),
    (read_state(FILES["state.json"]), "<State science: 3 milestones>"),
    (
        SHARED.by_id[0].revisions[0],
        (
            "Revision(source='letter-2015', note=None, "
            "due=PolicyDate('2016-08~', words='over een paar jaar'), goal=None, bodies=None, "
            "announced=datetime.date(2014, 5, 1), "
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
