"""What another programme of the same id has is taken over, and what is here stays."""

import re
from typing import Any

import attrs
import pytest
from hypothesis import given
from programmes import PROGRAMME, changed
from strategies import grown, programmes

import betatech_milestones
from betatech_milestones import PolicyDate, Programme, Texts, loads
from betatech_milestones.datafile.dump import dumps
from betatech_milestones.datafile.extend import extended
from betatech_milestones.importing.merge import CannotMerge, merge

MODEL: Any = betatech_milestones
"""Its records read what a file would hold, and their types tell what they hold from then on."""

HERE = loads(PROGRAMME)
LETTER, SECOND, PAGE = HERE.sources


def with_milestone(full_id: str, programme: Programme = HERE, **changes: Any) -> Programme:
    """The programme with something else in one of its milestones."""
    measures = tuple(
        attrs.evolve(
            measure,
            milestones=tuple(
                attrs.evolve(one, **changes) if one.full_id == full_id else one
                for one in measure.milestones
            ),
        )
        for measure in programme.measures
    )
    return attrs.evolve(programme, measures=measures)


def milestone(programme: Programme, full_id: str) -> Any:
    (found,) = (one for one in programme.milestones if one.full_id == full_id)
    return found


def test_what_both_say_of_a_period_is_said_once() -> None:
    """Days that are the same in both are no contradiction."""
    assert merge(with_period("2014-09-01"), with_period("2014-09-01")) == with_period("2014-09-01")


@pytest.mark.slow
@given(programmes())
def test_a_programme_has_nothing_that_it_lacks(programme: Programme) -> None:
    """Merged with itself, it is what it was."""
    assert merge(programme, programme) is programme


@pytest.mark.slow
@given(grown())
def test_what_was_there_before_adds_nothing(after_and_before: tuple[Programme, Programme]) -> None:
    """An older state of a programme has nothing that the newer one lacks."""
    after, before = after_and_before
    assert merge(after, before) == after


@pytest.mark.slow
@given(grown())
def test_what_is_merged_is_written(after_and_before: tuple[Programme, Programme]) -> None:
    """What a newer state of a programme has besides is added to the file of the older one."""
    after, before = after_and_before
    merged = merge(before, after)
    text = dumps(before)
    assert loads(extended(text, merged)) == merged
    assert merge(merged, after) == merged
    for shelf in ("periods", "sources", "clusters", "sectors", "bodies", "kinds"):
        assert getattr(merged, shelf) == getattr(after, shelf)
    known = {one.full_id: one for one in merged.milestones}
    for one in after.milestones:
        assert known[one.full_id].revisions == one.revisions
        assert known[one.full_id].outcomes == one.outcomes


def test_new_records_refer_to_those_that_are_here() -> None:
    """A body, a measure and a milestone are known by every id that they had."""
    renamed = (
        PROGRAMME.replace('id = "ocw"\nformerly = ["ocenw"]', 'id = "edu"\nformerly = ["ocw"]')
        .replace('"ocw"]', '"edu"]')
        .replace('["edu"]\nname', '["ocw"]\nname')
        .replace('[ "ocw" ]', '[ "edu" ]')
        .replace('by = "ocw"', 'by = "edu"')
        .replace('id = "files"', 'id = "folders"')
        .replace('formerly = ["dossiers"]', 'formerly = ["files"]')
        .replace('also = ["files"]', 'also = ["folders"]')
        .replace("files/in-force", "folders/in-force")
    )
    there = loads(
        f'{renamed}\n[[measure]]\nid = "new"\ntitle = "Nieuw"\nsource = "web-page"\n'
        'bodies = ["edu"]\n[[measure.milestone]]\nid = "x"\ntitle = "X"\nkind = "other"\n'
        'also = ["folders"]\n[measure.milestone.replaced]\nsource = "web-page"\n'
        'by = "folders/in-force"\n'
    )
    merged = merge(HERE, there)
    (new,) = merged.measures[len(HERE.measures) :]
    assert merged.measures[: len(HERE.measures)] == HERE.measures
    assert (new.bodies, new.source) == (HERE.bodies, PAGE)
    assert new.milestones[0].also == ("files",)
    assert new.milestones[0].outcomes[0].by == "files/in-force"  # type: ignore[union-attr]
    assert loads(dumps(merged)) == merged


def test_a_new_milestone_has_the_former_ids_of_its_measure() -> None:
    """The loader gives them to it, so that calendars know it by any."""
    there = loads(
        changed('formerly = ["dossiers"]\n', "")
        + '[[measure]]\nid = "dossiers"\ntitle = "D"\nsource = "web-page"\n'
        '[[measure.milestone]]\nid = "x"\nformerly = ["y"]\ntitle = "X"\nkind = "other"\n'
    )
    merged = merge(HERE, there)
    assert milestone(merged, "files/x").formerly == ("dossiers/y", "dossiers/x")
    assert loads(extended(PROGRAMME, merged)) == merged


def test_statements_come_in_the_order_in_which_they_were_known() -> None:
    """What is here stays first, and nothing is there twice."""
    moved = [
        MODEL.Revision(due=2020, source=PAGE, announced=f"2016-0{month}-01") for month in (3, 2)
    ]
    moves: dict[str, Any] = {
        "revisions": (*milestone(HERE, "files/in-force").revisions, *reversed(moved))
    }
    looked = MODEL.News(on="2016-01-01", found="nothing", by="ons")
    told = MODEL.News(found="partly", source=PAGE)
    number = attrs.evolve(
        milestone(HERE, "files/in-force").number,
        readings=(MODEL.Reading(on=2015, value=3, source=PAGE),),
    )
    there = with_milestone("files/in-force", **moves, news=(looked, told), number=number)
    merged = milestone(merge(HERE, there), "files/in-force")
    assert [one.announced.month for one in merged.revisions] == [5, 2, 3]
    assert merged.news == (told, looked)
    assert [reading.value for reading in merged.number.readings] == [
        *(reading.value for reading in milestone(HERE, "files/in-force").number.readings),
        3,
    ]


def test_a_number_and_an_outcome_that_are_not_here() -> None:
    """What was dropped may be met since, and what is counted comes with its readings."""
    met = MODEL.Met(on="2015-08-01", source=PAGE)
    number = MODEL.Number(unit={"nl": "brieven"})
    dropped = milestone(HERE, "files/progress").outcomes
    there = with_milestone("files/progress", outcomes=(*dropped, met), number=number)
    merged = milestone(merge(HERE, there), "files/progress")
    assert (merged.outcomes, merged.number) == ((*dropped, met), number)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (
            attrs.evolve(HERE, id="plan"),
            (
                '"plan" is another programme than "science"; merge those of one id, or '
                "read the two "
                "side by side"
            ),
        ),
        (
            loads('[programme]\nid = "science"\ntitle = "T"\nlanguage = "en"\ntimezone = "UTC"\n'),
            'the language of "science" is "nl" here, and "en" there; give both the same',
        ),
    ],
)
def test_another_programme_is_refused(other: Programme, message: str) -> None:
    """Nothing of the one can be said of the other."""
    with pytest.raises(CannotMerge, match=f"^{re.escape(message)}$"):
        merge(HERE, other)


def read(value: object) -> PolicyDate:
    return PolicyDate.parse(value)


def with_source(**changes: Any) -> Programme:
    """The programme with another first source that nothing cites."""
    source = attrs.evolve(LETTER, **changes)
    return attrs.evolve(HERE, sources=(source, *HERE.sources[1:]))


def with_period(last: str) -> Programme:
    period = MODEL.Period(name="zomerreces", first="2014-07-04", last=last)
    return attrs.evolve(HERE, periods=(period,))


MOVE = milestone(HERE, "files/in-force").revisions[0]
NUMBER = milestone(HERE, "files/in-force").number
READING = NUMBER.readings[0]
CONFLICTS: dict[str, tuple[Programme, Programme, str]] = {
    "the day of a source": (
        HERE,
        with_source(published=read("2013-02-27")),
        'source "letter-2013": published 2013-02-26 here, and 2013-02-27 there',
    ),
    "a source without a day": (
        HERE,
        with_source(published=None, seen=MOVE.announced),
        'source "letter-2013": published 2013-02-26 here, and nothing there',
    ),
    "the title of a source": (
        HERE,
        with_source(title=Texts({"nl": "Nota"})),
        'source "letter-2013": title "Brief" here, and "Nota" there',
    ),
    "the days of a period": (
        with_period("2014-09-01"),
        with_period("2014-09-02"),
        'period "zomerreces": 2014-07-04 to 2014-09-01 here, and 2014-07-04 to 2014-09-02 there',
    ),
    "the day that was promised": (
        HERE,
        with_milestone("files/in-force", due=read("zomer 2014")),
        'files/in-force: promised for 2014-08-01 here, and "zomer 2014" (2014-22) there',
    ),
    "an older revision": (
        HERE,
        with_milestone(
            "files/in-force",
            revisions=(MODEL.Revision(goal=9, source=LETTER, announced="2014-04-30"),),
        ),
        (
            'files/in-force: revised to "over een paar jaar" (2016-08~) by "letter-2015" of '
            '2014-05-01 here, and goal 9 by "letter-2013" of 2014-04-30 there'
        ),
    ),
    "two revisions of one day": (
        HERE,
        with_milestone(
            "files/in-force",
            revisions=(attrs.evolve(MOVE, due=read(2018), bodies=HERE.bodies),),
        ),
        (
            'files/in-force: revised to "over een paar jaar" (2016-08~) by "letter-2015" of '
            "2014-05-01 here, and to 2018, bodies ['ocw'] by \"letter-2015\" of 2014-05-01 there"
        ),
    ),
    "two handings over of one day": (
        with_milestone("files/in-force", revisions=(attrs.evolve(MOVE, due=None, bodies=()),)),
        with_milestone(
            "files/in-force", revisions=(attrs.evolve(MOVE, due=None, bodies=HERE.bodies),)
        ),
        (
            'files/in-force: revised bodies [] by "letter-2015" of 2014-05-01 here, and '
            "bodies ['ocw'] by \"letter-2015\" of 2014-05-01 there"
        ),
    ),
    "two days of one outcome": (
        HERE,
        with_milestone("files/in-force", outcomes=(MODEL.Met(source=PAGE),)),
        (
            'files/in-force: met (2015-06-01) by "letter-2015" here, and met (day unknown) by '
            '"web-page" there'
        ),
    ),
    "two outcomes": (
        HERE,
        with_milestone(
            "files/progress", outcomes=(MODEL.Replaced(by="files/in-force", source=PAGE),)
        ),
        (
            'files/progress: dropped ("zomer 2015" (2015-22)) by "letter-2015" here, and replaced '
            '(day unknown) by "web-page" there'
        ),
    ),
    "two values of one reading": (
        HERE,
        with_milestone(
            "files/in-force",
            number=attrs.evolve(NUMBER, readings=(attrs.evolve(READING, value=9),)),
        ),
        (
            'files/in-force: reading of "schooljaar 2012/2013" ([2012-08-01..2013-07-31]) '
            'by "letter-2013" '
            "152.5 here, and 9 there"
        ),
    ),
    "two things that are counted": (
        HERE,
        with_milestone(
            "files/in-force",
            number=attrs.evolve(
                NUMBER,
                unit=Texts({"nl": "mappen"}),
                readings=(attrs.evolve(READING, source=PAGE),),
            ),
        ),
        'files/in-force: number of "dossiers" here, and "mappen" there',
    ),
}


@pytest.mark.parametrize("what", CONFLICTS)
def test_what_cannot_be_decided_is_told(what: str) -> None:
    """The message names the record and both values."""
    here, there, message = CONFLICTS[what]
    with pytest.raises(CannotMerge, match=f"^{re.escape(message)}$"):
        merge(here, there)


def test_all_conflicts_are_told_at_once() -> None:
    """Each has a line of its own."""
    there = with_milestone(
        "files/in-force",
        with_source(title=Texts({"nl": "Nota"})),
        due=read(2015),
        outcomes=(MODEL.Met(source=PAGE),),
    )
    with pytest.raises(CannotMerge) as error:
        merge(HERE, there)
    assert str(error.value).splitlines() == [*error.value.conflicts]
    assert [line.split(" here")[0] for line in error.value.conflicts] == [
        'source "letter-2013": title "Brief"',
        "files/in-force: promised for 2014-08-01",
        'files/in-force: met (2015-06-01) by "letter-2015"',
    ]


def test_the_file_that_has_two_moves_of_one_day_knows_their_order() -> None:
    """So the second comes in behind the first, and nothing is in doubt."""
    head = (
        '[programme]\nid = "p"\ntitle = "P"\nlanguage = "en"\ntimezone = "UTC"\n'
        '[[source]]\nid = "s"\ntitle = "S"\npublished = 2015-01-01\n'
        '[[measure]]\nid = "m"\ntitle = "M"\nsource = "s"\n'
        '[[measure.milestone]]\nid = "a"\ntitle = "A"\nkind = "other"\ndue = 2016\n'
    )
    first, second = (
        f'[[measure.milestone.revised]]\ndue = {year}\nsource = "s"\n' for year in (2017, 2018)
    )
    here, there = loads(head + first), loads(head + first + second)
    assert merge(here, there) == there
    with pytest.raises(CannotMerge):
        merge(loads(head + second), there)
