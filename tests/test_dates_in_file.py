"""What a data file says of its dates: its language, its conventions, and days of its editor."""

import datetime as dt
import re

import pytest
from programmes import changed

from betatech_milestones import Commitment, InvalidData, Programme, Voice, loads

FILE = """\
[programme]
id = "plan"
title = "Plan"
language = "{language}"
timezone = "Europe/Amsterdam"
{programme}
{period}
[[source]]
id = "letter"
title = "Brief"
published = 2014-01-10
[[source]]
id = "later"
title = "Latere brief"
published = 2014-12-01
[[measure]]
id = "act"
title = "Wet"
source = "letter"
[[measure.milestone]]
id = "sent"
title = "Wet verzonden"
kind = "report"
{milestone}
"""
RECESS = """
[[period]]
name = "zomerreces 2014"
also_called = ["de zomer 2014"]
first = 2014-07-04
last = 2014-09-01
"""


def file(milestone: str, programme: str = "", period: str = "", *, language: str = "nl") -> str:
    return FILE.format(language=language, programme=programme, period=period, milestone=milestone)


def programme(*parts: str, language: str = "nl") -> Programme:
    return loads(file(*parts, language=language))


def problems(*parts: str, language: str = "nl") -> list[str]:
    """The messages of a file, each behind its line and with its rule."""
    with pytest.raises(InvalidData) as error:
        programme(*parts, language=language)
    return [str(finding).partition(":")[2] for finding in error.value.findings]


# what the programme says · what is due · as EDTF
READ = {
    "a day first": ('date_order = "dmy"', "", "1/9/2014", "2014-09-01"),
    "a month first": ('date_order = "mdy"', "", "1/9/2014", "2014-01-09"),
    "two years of money": (
        'fiscal_year = "04-01"',
        "",
        "boekjaar 2014/2015",
        "[2014-04-01..2015-03-31]",
    ),
    "a year of money": ('fiscal_year = "04-01"', "", "FY 2014", "[2014-04-01..2015-03-31]"),
    "a year of money in two": ('fiscal_year = "10-01"', "", "FY 2014", "[2013-10-01..2014-09-30]"),
    "a year of money as any": ('fiscal_year = "01-01"', "", "FY 2014", "2014"),
    "before a recess": ("", RECESS, "voor het zomerreces van 2014", "[..2014-07-03]"),
    "after a recess": ("", RECESS, "na het zomerreces 2014", "[2014-09-02..]"),
    "in a recess": ("", RECESS, "tijdens het zomerreces 2014", "[2014-07-04..2014-09-01]"),
    "by its end": ("", RECESS, "voor het einde van het zomerreces 2014", "[..2014-09-01]"),
    "before what it is also called": ("", RECESS, "voor de zomer van 2014", "[..2014-07-03]"),
    "after what it is also called": ("", RECESS, "na de zomer 2014", "[2014-09-02..]"),
    "what it is also called, alone": ("", RECESS, "in de zomer van 2014", "2014-22"),
    "a name without a year": (
        "",
        RECESS.replace('"zomerreces 2014"', '"de zomer"'),
        "in de zomer van 2015",
        "2015-22",
    ),
    "a name of nothing": (
        "",
        RECESS.replace('"zomerreces 2014"', '"de"').replace("also_called", "# also_called"),
        "in de zomer van 2015",
        "2015-22",
    ),
    "quarters by number": ("", "", "kwartaal 1 - 2/2014", "[2014-33..2014-34]"),
    "another year of it": ("", RECESS, "vóór de zomer van 2015", "[..2015-05-31]"),
}


@pytest.mark.parametrize(("of_it", "period", "due", "edtf"), READ.values(), ids=READ)
def test_what_the_programme_says(of_it: str, period: str, due: str, edtf: str) -> None:
    """What a programme says of its dates makes a date of what is none without it."""
    [milestone] = programme(f'due = "{due}"', of_it, period).milestones
    assert milestone.due is not None
    assert (milestone.due.edtf, milestone.due.words) == (edtf, due)


WITHOUT = {
    'due = "1/9/2014"': (
        'it has two readings; write "1 september 2014" or "9 januari 2014", or give the '
        "[programme] a date_order"
    ),
    'due = "boekjaar 2014/2015"': (
        "it is not said when a financial year begins; give the [programme] "
        'fiscal_year = "04-01", or write { words = "…", edtf = "…" }'
    ),
    'due = "voor het zomerreces 2014"': (
        "it is at other days every year; add a [[period]] with this name and its days, or "
        'write { words = "…", edtf = "…" } with the day that is meant'
    ),
    'due = "voor de zomer van 2014"': (
        'it may be "before" or "for"; write "uiterlijk 31 mei 2014" or "zomer 2014", or name the '
        "recess that is meant in a [[period]]"
    ),
}


@pytest.mark.parametrize(("due", "remedy"), WITHOUT.items(), ids=WITHOUT)
def test_what_it_does_not_say(due: str, remedy: str) -> None:
    """Without it the same date is refused, and the message says what to add."""
    words = due.partition('"')[2].strip('"')
    assert problems(due) == [f'24: error: due: "{words}" is not a date: {remedy} [bad-date]']


# what the file says · what is wrong
WRONG = {
    ('fiscal_year = "02-29"', ""): (
        '6: error: fiscal_year: "02-29" is no day of every year; write month and day, as "04-01" '
        "[bad-date]"
    ),
    ("fiscal_year = 4", ""): (
        '6: error: fiscal_year: 4 is no day of every year; write month and day, as "04-01" '
        "[bad-date]"
    ),
    ('date_order = "ymd"', ""): (
        '6: error: date_order: "ymd" is not known here; did you mean "mdy"? [unknown-word]'
    ),
    ("", RECESS.replace("07-04", "10-04")): (
        '8: error: period: "zomerreces 2014" ends on 2014-09-01, before it begins; mend first or '
        "last [bad-period]"
    ),
    ("", RECESS.replace("last", "latest")): (
        '12: error: [[period]] has no key "latest"; did you mean "last"? [unknown-key]'
    ),
}


@pytest.mark.parametrize(("parts", "problem"), WRONG.items(), ids=map(repr, WRONG))
def test_what_is_wrong_with_it(parts: tuple[str, str], problem: str) -> None:
    """What it says of its dates is checked like all else."""
    assert problem in problems("due = 2014", *parts)


def test_a_reading_is_held_to_what_the_programme_says() -> None:
    """As its dates are written are the words read that a reading stands beside."""
    due = 'due = { words = "1/9/2014", edtf = "2014-09-01" }'
    assert programme(due, 'date_order = "dmy"').milestones
    message = (
        '24: error: due: "1/9/2014" means 2014-01-09, and edtf says 2014-09-01; write the words '
        "alone, or mend the edtf [date-conflict]"
    )
    assert problems(due, 'date_order = "mdy"') == [message]


def test_own_language_first() -> None:
    """A text is what it means in the programme's language; in another it may mean another thing."""
    [milestone] = programme('due = "per 2014"').milestones
    assert milestone.due is not None
    assert milestone.due.edtf == "2014"
    message = (
        '24: error: due: "per 2014" is not a date: it may be "by" or "for"; write '
        '"entro il 31 dicembre 2014" or "2014" [bad-date]'
    )
    assert problems('due = "per 2014"', language="it") == [message]


def test_other_languages_are_read_too() -> None:
    """Where the own language reads nothing, the others do."""
    [milestone] = programme('due = "entro fine 2014"').milestones
    assert milestone.due is not None
    assert milestone.due.edtf == "[..2014-12-31]"


FIRMNESS = {
    '"naar verwachting medio 2014"': Commitment.FORECAST,
    '"medio 2014 (beoogd)"': Commitment.AIM,
    '"gepland voor Q3 2014"': Commitment.PLANNED,
    '"uiterlijk medio 2014"': Commitment.DEADLINE,
    '{ words = "naar verwachting medio 2014", edtf = "2014-38" }': Commitment.FORECAST,
    '{ words = "als het kan in 2014", edtf = "2014" }': Commitment.PLANNED,
}


@pytest.mark.parametrize(("due", "commitment"), FIRMNESS.items(), ids=FIRMNESS)
def test_words_tell_how_firm_it_is(due: str, commitment: Commitment) -> None:
    """What its source only expects or aims at is no promise, unless the file says otherwise."""
    [milestone] = programme(f"due = {due}").milestones
    assert milestone.commitment is commitment
    [said] = programme(f'due = {due}\ncommitment = "deadline"').milestones
    assert said.commitment is Commitment.DEADLINE


def met(on: str) -> str:
    return f'due = 2014\n[measure.milestone.met]\nsource = "later"\non = {on}'


def test_day_of_the_editor() -> None:
    """A day that no source names is the editor's own, and is told as that."""
    [milestone] = programme(met('{ edtf = "[..2014-12-01]" }')).milestones
    [outcome] = milestone.outcomes
    assert outcome.on is not None
    assert (outcome.on.words, outcome.on.latest) == ("", dt.date(2014, 12, 1))
    assert Voice("en").outcome(outcome) == "met: no date given; done by 1 December 2014"


NO_DATES = {
    met('{ words = "reeds", edtf = "[..2014-12-01]" }'): (
        '"reeds" says nothing of when; write edtf = "[..2014-12-01]" alone, and these words in '
        "note [words-without-date]"
    ),
    met('{ words = "Stb. 2014, nr. 56", edtf = "2014-02" }'): (
        '"Stb. 2014, nr. 56" says nothing of when; write edtf = "2014-02" alone, and these words '
        "in note [words-without-date]"
    ),
    met('{ words = "elders" }'): (
        '"elders" says nothing of when; write no date, and these words in note [words-without-date]'
    ),
    met("{ edtf = 5 }"): "edtf: 5 is no text; put it between quotes [wrong-type]",
    met('{ edtf = "ooit" }'): (
        '"ooit" is not a date: this is not EDTF; write 2014-08-01, 2014-08, 2014, 2014-22, '
        "[2014-08..2015-07], [..2014] or 2013-08~ [bad-date]"
    ),
}


@pytest.mark.parametrize(("milestone", "problem"), NO_DATES.items(), ids=map(repr, NO_DATES))
def test_words_that_are_no_date(milestone: str, problem: str) -> None:
    """Words of an outcome that say nothing of when it was belong in a note."""
    [found] = problems(milestone)
    assert re.sub(r"^\d+: error: (on: )?", "", found) == problem


@pytest.mark.parametrize(
    "words",
    ["in het voorjaar", "over een half jaar", "op 26 februari", "Sinds maart", "na 3 dagen"],
)
def test_words_that_say_when(words: str) -> None:
    """Words that say something of when it was stand beside the reading."""
    [milestone] = programme(met(f'{{ words = "{words}", edtf = "2014-03" }}')).milestones
    assert milestone.outcomes[0].on is not None


def test_a_date_that_is_hedged_keeps_its_reading() -> None:
    """Words that say how firm it is, with their reading beside them, are as good as alone.

    They are told as they are written, in each language.
    """
    words = '{ nl = "naar verwachting in 2014", en = "in 2014, as it seems" }'
    due = f'due = {{ words = {words}, edtf = "2014" }}'
    programme = loads(changed('kind = "report"', f'kind = "report"\n{due}'))
    milestone = programme.by_id[1]
    assert milestone.due is not None
    assert (milestone.due.edtf, str(milestone.commitment)) == ("2014", "forecast")
    assert (milestone.due.words, milestone.due.in_language("en")) == (
        "naar verwachting in 2014",
        "in 2014, as it seems",
    )
