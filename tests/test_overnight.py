"""From one day to the next, with the same data: what changes in a site, and that the rest holds."""

import datetime as dt
import itertools
import json
from typing import Any

import pytest
from hypothesis import given, settings
from programmes import PROGRAMME, SHIPPED
from strategies import programmes
from test_api import LOOKED

from betatech_milestones import (
    Programme,
    as_of,
    documents,
    languages_of,
    loads,
    read_state,
    site,
)
from betatech_milestones.website import api
from betatech_milestones.website.site import Plan, Settings, planned

ONE_DAY = dt.timedelta(days=1)
SCIENCE = loads(PROGRAMME, path="data.toml")
YEARS = [dt.date(2013, 2, 24) + dt.timedelta(days=31 * number) for number in range(38)]
EVENTFUL = [
    first + dt.timedelta(days=number)
    for first in (dt.date(2014, 12, 28), dt.date(2015, 6, 28))  # looked for, and long ago by then
    for number in range(38)
]


def plan(programme: Programme, day: dt.date) -> Plan:
    """What a site is to hold on a day."""
    return planned(programme, day, Settings(), before=lambda: None)


def whole(made: Plan) -> dict[str, Any]:
    """The document of all milestones."""
    content = made.content("api/v2/milestones.json")
    assert content is not None
    document: dict[str, Any] = json.loads(content)
    return document


def without_age(record: dict[str, Any]) -> dict[str, Any]:
    """A record without what counts days up to that of its document."""
    return {key: record[key] for key in record.keys() - {"days_overdue", "days_left"}}


@pytest.mark.parametrize("programme", [SHIPPED, SCIENCE], ids=["shipped", "science"])
def test_on_most_mornings_the_overviews_are_new(programme: Programme) -> None:
    """And the record of what was published: however much there is, all else keeps every byte."""
    day = dt.date(2026, 11, 27)
    before = site(programme, day)
    after = site(programme, day + ONE_DAY, before=read_state(before["state.json"]))
    changed = {path for path in before if before[path] != after[path]}
    overviews = {f"{language}/index.html" for language in languages_of(programme)[1:]}
    assert before.keys() == after.keys()
    assert changed == {"index.html", "parts.json", *overviews}


@pytest.mark.parametrize("large", [0, api.LARGE], ids=["packed", "as it is"])
@pytest.mark.parametrize("programme", [LOOKED, SCIENCE], ids=["looked", "science"])
def test_a_day_is_told_until_something_changes(
    programme: Programme, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of the whole is new on the day of a change and on the first of a month, and never else.

    As long as it is not, nothing is made but the overviews, which tell the day of the build.
    """
    monkeypatch.setattr(api, "LARGE", large)
    plans = [(day, plan(programme, day)) for day in EVENTFUL]
    for (eve, before), (day, after) in itertools.pairwise(plans):
        if day - eve > ONE_DAY:
            continue
        if after.settled == before.settled:
            made = {part.name: part.inputs for part in before.parts}
            anew = {part.name for part in after.parts if made.get(part.name) != part.inputs}
            assert anew == {f"overview/{language}" for language in languages_of(programme)}
        else:
            assert after.settled == day or (day.day == 1 and after.settled == day - ONE_DAY)


@pytest.mark.parametrize("programme", [SHIPPED, LOOKED, SCIENCE], ids=["shipped", "looked", "own"])
def test_what_is_told_of_the_whole_holds_on_the_day(programme: Programme) -> None:
    """A document that is of an earlier day tells what one of this day would, but for the ages."""
    for day in YEARS[:: 5 if programme is SHIPPED else 1]:
        made = plan(programme, day)
        told, report = whole(made), as_of(programme, day)
        assert made.settled <= day <= made.settled + dt.timedelta(days=31)
        assert told["as_of"] == told["known_on"] == made.settled.isoformat()
        assert told["counts"] == {str(status): number for status, number in report.counts.items()}
        assert [(one["id"], one["status"], one["evidence"]) for one in told["milestones"]] == [
            (it.milestone.full_id, it.status, it.evidence) for it in report.standings
        ]


@settings(max_examples=25)
@given(programmes())
def test_any_programme_stands_as_the_whole_tells(programme: Programme) -> None:
    """Also what was looked for, kept quiet or handed over: each record is that of the day."""
    for day in (dt.date(2014, 7, 17), dt.date(2015, 1, 1), dt.date(2016, 2, 29)):
        same = json.loads(documents(as_of(programme, day))["api/v2/milestones.json"])["milestones"]
        told = whole(plan(programme, day))["milestones"]
        assert [*map(without_age, told)] == [*map(without_age, same)]


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-20", "9999-12-31"])
def test_the_first_and_the_last_of_all_days(day: str) -> None:
    """There is no month before the first."""
    assert whole(plan(SCIENCE, dt.date.fromisoformat(day)))["as_of"] <= day
