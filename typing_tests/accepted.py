"""What a type checker must accept, with the type that it must see.

Nothing here is run: mypy and pyright read it. A name that is loaded lazily has its own type, and
not `Any`: `assert_type` says so.
"""

import datetime as dt
from collections.abc import Mapping
from typing import assert_type

from betatech_milestones import (
    RULES,
    Baseline,
    Body,
    Diff,
    DiffFormat,
    Feed,
    Judgement,
    Measure,
    Met,
    Milestone,
    Outcome,
    PolicyDate,
    Programme,
    Report,
    ReportFormat,
    Rule,
    Standing,
    Status,
    Texts,
    Why,
    as_of,
    check,
    diff,
    feed,
    feeds,
    hints,
    judge,
    load,
    reminder,
    render,
    site,
    slips,
)


def loading() -> None:
    """Names that are loaded when they are first used have the types of their homes."""
    programme = load()
    assert_type(programme, Programme)
    assert_type(RULES, Mapping[str, Rule])
    for finding in (*check("my.toml"), *hints(programme)):
        assert_type(finding.message, str)


def on_a_day(programme: Programme, baseline: Baseline) -> None:
    """A day is a date or a text that names one, and a status is one or its word."""
    report = as_of(programme, "2015-02-01")
    assert_type(report, Report)
    assert_type(as_of(programme, dt.date(2015, 2, 1)), Report)
    assert_type(report.only("overdue"), Report)
    assert_type(report.only(Status.OVERDUE, "due"), Report)
    assert_type(report.counts[Status.MET], int)
    judgement = judge(report, grace_days=14, fail_on="due", baseline=baseline)
    assert_type(judgement, Judgement)
    assert_type(judgement.fails, bool)
    assert_type(judgement.verdict(report.standings[0]).why, Why | None)


def what_a_record_holds(standing: Standing) -> None:
    """A record leads to what it refers to."""
    assert_type(standing.milestone, Milestone)
    assert_type(standing.milestone.measure, Measure)
    assert_type(standing.milestone.measure.title, Texts)
    assert_type(standing.measure.bodies, tuple[Body, ...])
    assert_type(standing.due, PolicyDate | None)
    assert_type(standing.days_overdue, int | None)
    outcome = standing.outcome
    assert_type(outcome, Outcome | None)
    if isinstance(outcome, Met):
        assert_type(outcome.on, PolicyDate | None)


def texts_and_dates() -> None:
    """A text is given by language, and a date as words."""
    assert_type(Texts({"nl": "Wet in werking"}), Texts)
    assert_type(Texts([("nl", "Wet in werking")]).in_language("en"), str)
    assert_type(PolicyDate.parse("zomer 2014").latest, dt.date | None)


def formats(
    report: Report, changes: Diff, report_format: ReportFormat, diff_format: DiffFormat
) -> None:
    """Each view has formats of its own, and all are text."""
    assert_type(render(report), str)
    assert_type(render(report, "sarif", language="en", width=80), str)
    assert_type(render(report, report_format), str)
    assert_type(render(judge(report), "gitlab"), str)
    assert_type(render(changes, "json"), str)
    assert_type(render(changes, diff_format), str)
    assert_type(render(slips(report), "csv"), str)
    assert_type(render(reminder(report.programme, "2014-07-01", report.day), "html"), str)


def what_is_published(programme: Programme, day: dt.date) -> None:
    """What is to be written comes as text or bytes, for each path."""
    assert_type(diff(programme, programme), Diff)
    assert_type(feed(programme), bytes)
    assert_type(next(iter(feeds(programme))), Feed)
    assert_type(site(programme, day), dict[str, bytes])
