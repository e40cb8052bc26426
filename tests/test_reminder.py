"""The reminder of the half-year: what stands in which list, and in whose.

The whole output in each format is in `formats/reminder`, `reminder-to-one` and `no-reminder`.
"""

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, changed

from betatech_milestones import (
    BadValue,
    Reminder,
    Status,
    Texts,
    UnknownId,
    as_of,
    load,
    loads,
    reminder,
    render,
)
from betatech_milestones.cli import main

MOVE = PROGRAMME[
    PROGRAMME.index("[[measure.milestone.rev") : PROGRAMME.index("[measure.milestone.m")
]
MET = '[measure.milestone.met]\non = 2015-06-01\nsource = "letter-2015"\n'
OPEN = loads(changed(MOVE + MET, ""))
"""The shared programme, in which what was promised for 1 August 2014 neither moved nor ended."""


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def listed(found: Reminder) -> list[tuple[str | None, list[str], list[str]]]:
    """Each section in short: the body, and the ids in its two lists."""
    return [
        (
            section.body.id if section.body else None,
            [standing.milestone.full_id for standing in section.expired],
            [standing.milestone.full_id for standing in section.coming],
        )
        for section in found.sections
    ]


ONE = ["files/in-force"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2014-01-01", "2014-07-31", []),
        ("2014-01-01", "2014-08-01", [("ocw", [], ONE)]),
        ("2014-08-01", "2014-08-01", [("ocw", [], ONE)]),
        ("2014-08-02", "2014-08-02", [("ocw", ONE, [])]),
        ("2014-08-02", "9999-12-31", [("ocw", ONE, [])]),  # undated promises never come due
    ],
)
def test_lists(first: str, last: str, expected: list[tuple[str, list[str], list[str]]]) -> None:
    """What ended before the period has expired; what ends in it, both days included, comes due."""
    assert listed(reminder(OPEN, day(first), day(last))) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2014-04-30", "2014-12-31", [("ocw", [], ONE)]),  # the move is not announced yet
        ("2014-05-01", "2014-12-31", []),
        ("2014-05-01", "2016-12-31", [("ocw", [], ONE)]),
        ("2015-06-30", "2016-12-31", [("ocw", [], ONE)]),
        ("2015-07-01", "2016-12-31", []),  # met, as is known from then on
    ],
)
def test_what_is_known_on_the_first_day_counts(
    first: str, last: str, expected: list[tuple[str, list[str], list[str]]]
) -> None:
    """A move or an outcome of after that day is none yet."""
    assert listed(reminder(loads(PROGRAMME), day(first), day(last))) == expected


MANY = """\
[programme]
id = "p"
title = "P"
language = "nl"
timezone = "Europe/Amsterdam"
[[source]]
id = "promise"
title = "Brief"
published = 2013-01-01
[[source]]
id = "later"
title = "Later"
published = 2014-06-01
[[body]]
id = "school"
name = "School"
[[body]]
id = "ocw"
name = "OCW"
[[body]]
id = "idle"
name = "Idle"
[[measure]]
id = "m"
title = "M"
source = "promise"
bodies = ["ocw"]
"""


def milestone(name: str, written: str) -> str:
    return f'[[measure.milestone]]\nid = "{name}"\ntitle = "x"\nkind = "other"\n{written}'


PASSED, COMING = "due = 2014-05-01\n", "due = 2014-08-01\n"
SCHOOL = 'bodies = ["school"]\n'
HANDED = '[[measure.milestone.revised]]\nbodies = [{}]\nsource = "later"\n'
LATER = '[[measure.milestone.revised]]\ndue = 2014-12-31\nsource = "later"\n'
BY_BODY = loads(
    MANY
    + milestone("its", PASSED)
    + milestone("also-its", COMING)
    + milestone("school", SCHOOL + PASSED)
    + milestone("both", 'bodies = ["ocw", "school"]\n' + COMING)
    + milestone("handed", PASSED + HANDED.format('"school"'))
    + milestone("back", SCHOOL + COMING + HANDED.format('"ocw"'))
    + milestone("to-nobody", PASSED + HANDED.format(""))
    + milestone("nobody", "bodies = []\n" + COMING)
    + milestone("moved", PASSED + LATER)
    + milestone("undated", "")
    + milestone("aim", 'commitment = "aim"\n' + PASSED)
    + milestone("hope", 'commitment = "forecast"\n' + COMING)
    + milestone("law", 'commitment = "fixed"\n' + PASSED)
    + milestone("met", PASSED + '[measure.milestone.met]\nsource = "later"\n')
    + milestone("new", 'source = "later"\n' + COMING)
)


def test_sections() -> None:
    """Each body has what it answers for on the first day, in the order of the file.

    At the end stands what nobody answers for. What is undated, or passed and no more than an aim,
    is no open promise; what has ended by then is not one any more.
    """
    assert listed(reminder(BY_BODY, "2014-07-01", "2014-12-31")) == [
        ("school", ["m/handed", "m/school"], ["m/both"]),
        ("ocw", ["m/its"], ["m/also-its", "m/back", "m/both", "m/hope", "m/new", "m/moved"]),
        (None, ["m/to-nobody"], ["m/nobody"]),
    ]
    assert listed(reminder(BY_BODY, "2014-05-31", "2014-12-31")) == [
        ("school", ["m/school"], ["m/back", "m/both"]),
        (
            "ocw",
            ["m/handed", "m/its", "m/met", "m/moved", "m/to-nobody"],
            ["m/also-its", "m/both", "m/hope"],
        ),
        (None, [], ["m/nobody"]),
    ]


HALF_YEAR = reminder(BY_BODY, day("2014-07-01"), day("2014-12-31"))


def test_reminders_are_shown_in_a_line() -> None:
    """With the period, and with who is reminded of how much."""
    assert repr(HALF_YEAR) == "<Reminder p 2014-07-01 to 2014-12-31: 3 sections>"
    assert [*map(repr, HALF_YEAR.sections)] == [
        "<Section school: 2 expired, 1 coming>",
        "<Section ocw: 1 expired, 6 coming>",
        "<Section no body: 1 expired, 1 coming>",
    ]


def test_bodies_asked_for() -> None:
    """There is a section for each that has anything, and for no other that answers for it too."""

    def to(*bodies: str) -> list[tuple[str | None, list[str], list[str]]]:
        return listed(reminder(BY_BODY, HALF_YEAR.first, HALF_YEAR.last, bodies=bodies))

    school, ocw, _nobody = listed(HALF_YEAR)
    assert to("school") == [school]
    assert to("ocw", "school") == [school, ocw]
    assert to("idle") == []
    with pytest.raises(UnknownId, match=r'^no body "ocv"; did you mean "ocw"\?$'):
        to("ocv")


def test_reversed_period() -> None:
    """A period has a first and a last day, in that order."""
    message = "^the period ends on 2014-07-01, before it begins on 2015-01-01; swap the days$"
    with pytest.raises(BadValue, match=message) as refused:
        reminder(OPEN, day("2015-01-01"), day("2014-07-01"))
    assert str(refused.value.rule) == "bad-date"


DAYS = st.dates(dt.date(2012, 12, 1), dt.date(2015, 2, 1))


@given(DAYS, DAYS)
def test_nothing_is_forgotten(one: dt.date, other: dt.date) -> None:
    """What is overdue on the first day has expired, the rest is in the period, all in order."""
    first, last = sorted((one, other))
    found = reminder(BY_BODY, first, last)
    overdue = {s.milestone.full_id for s in as_of(BY_BODY, first).only(Status.OVERDUE).standings}
    assert {one for _, expired, _ in listed(found) for one in expired} == overdue
    for section in found.sections:
        days = [s.due.latest for s in (*section.expired, *section.coming) if s.due and s.due.latest]
        assert days == sorted(days)
        assert all(day < first for day in days[: len(section.expired)])
        assert all(first <= day <= last for day in days[len(section.expired) :])


# --- HTML and Markdown ----------------------------------------------------------------------------


class Reader(HTMLParser):
    """What a browser sees: the texts within each kind of element, and that each is closed."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.links: set[str | None] = set()
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        self.links.update(value for name, value in attrs if name == "href")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.append((self.open[-1], data))


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])).map(
        lambda text: " ".join(text.split()) or "x"
    )
)
def test_texts_stay_texts(title: str) -> None:
    """Whatever a title holds is read as it was, and is markup in neither format."""
    texts = Texts((("nl", title),))
    measure = OPEN.measures[0]
    milestones = tuple(attrs.evolve(one, title=texts) for one in measure.milestones)
    measure = attrs.evolve(measure, title=texts, milestones=milestones)
    found = reminder(
        attrs.evolve(OPEN, title=texts, measures=(measure,)), day("2014-07-01"), day("2015-01-01")
    )
    reader = Reader(render(found, "html"))
    assert reader.open == []
    assert [text for tag, text in reader.texts if tag == "bdi"][1:3] == [title, title]
    assert reader.links == {"https://example.org/letter-2013"}
    markdown = render(found, "markdown")
    (line,) = re.findall(r"^1\. \*\*(.*)\*\*; .* \(`files/in-force`\)$", markdown, re.MULTILINE)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line) == title
    assert not re.search(r"[`*_<>|&$#~\[\]]", re.sub(r"\\.", "", line))


def test_page_is_complete_and_alone() -> None:
    """It has a language and a title, no script, and fetches nothing."""
    page = render(HALF_YEAR, "html", language="nl")
    assert page.startswith('<!DOCTYPE html>\n<html lang="nl">\n')
    assert page.endswith("</body>\n</html>\n")
    assert not re.search(r"<script|<link|<img|@import|url\(| on[a-z]+=", page)
    assert '<html lang="de">' in render(HALF_YEAR, "html", language="de")
    assert '<html lang="en">' in render(HALF_YEAR, "html", language="es")


def test_source_without_an_address_is_no_link() -> None:
    """A source is named, and linked to where it can be."""
    url = 'url = "https://example.org/letter-2013"\n'
    offline = loads(changed(MOVE + MET, "").replace(url, ""))
    found = reminder(offline, day("2014-07-01"), day("2015-01-01"))
    cited = "Source: Letter, Kamerstuk 1, 26 February 2013, 3.1"
    assert f"<li><bdi>{cited}</bdi></li>" in render(found, "html", language="en")
    assert f"   - {cited}\n" in render(found, "markdown", language="en")


def test_promise_without_a_date_that_got_one() -> None:
    """What was promised undated says so, and tells the date that is in force."""
    text = PROGRAMME.replace("due = 2014-08-01\n", "").replace(MET, "")
    found = reminder(loads(text), day("2016-01-01"), day("2017-01-01"))
    assert (
        "   - Promised without a date\n"
        "   - Moved: around August 2016 (“over een paar jaar”); "
        "1 May 2014 (Tweede brief, 1 July 2015); more time needed\n"
        "   - Date in force: around August 2016 (“over een paar jaar”) "
        "(begins in 7 months)\n"
    ) in render(found, "markdown", language="en")


# --- the command ----------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["reminder", *arguments])


PERIOD = ("--from", "1 juli 2014", "--to", "31 december 2014")


def test_the_command_writes_what_the_library_returns(tmp_path: Path) -> None:
    """Markdown unless asked otherwise; the days in any form that is one day."""
    data, file = tmp_path / "data.toml", tmp_path / "reminder.html"
    data.write_text(PROGRAMME, encoding="utf-8")
    found = reminder(load(data), HALF_YEAR.first, HALF_YEAR.last)
    assert run(str(data), *PERIOD).stdout == render(found, "markdown", language="nl")
    arguments = ("--body", "ocw", "--lang", "en", "--output-format", "html")
    assert run(str(data), *PERIOD, *arguments, "-o", str(file)).output == ""
    found = reminder(load(data), HALF_YEAR.first, HALF_YEAR.last, bodies="ocw")
    assert file.read_text(encoding="utf-8") == render(found, "html", language="en")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--from", "2015-01-01", "--to", "2014-07-01"),
            "Error: the period ends on 2014-07-01, before it begins on 2015-01-01; swap the days\n",
        ),
        ((*PERIOD, "--body", "ocv"), 'Error: no body "ocv"; did you mean "ocw"?\n'),
        (("--from", "2014-07-01"), "Error: Missing option '--to'.\n"),
        (
            ("--from", "2014", "--to", "2015-01-01"),
            "value for '--from': \"2014\" is more than one day; write it as 2014-09-01\n",
        ),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], message: str) -> None:
    """A wrong period or body is one clear message, and exit code 2."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(message)


def test_reminders_have_formats_of_their_own() -> None:
    """A reminder is no table of numbers."""
    with pytest.raises(ValueError, match=r'^no format "csv"; there are: markdown, html$'):
        render(HALF_YEAR, cast("Any", "csv"))
