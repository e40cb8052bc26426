"""Hints: what a reader who knows the field would ask, and what gives no reason to ask."""

import datetime as dt
import re
from pathlib import Path

import pytest

from betatech_milestones import RULES, BadValue, Level, Location, Programme, check, hints, loads

SOURCES = """\
[[source]]
id = "promise"
title.nl = "Brief"
published = 2013-02-26
[[source]]
id = "report"
title.nl = "Voortgang"
published = 2014-03-01
[[source]]
id = "page"
title.nl = "Webpagina"
seen = 2014-12-01
"""
SECTORS = ("po", "vo", "vmbo", "mbo", "hbo", "wo", "zorg")


def programme(
    *milestones: str, sectors: str = "", language: str = "nl", timezone: str = "Europe/Amsterdam"
) -> Programme:
    """A programme of m/0, m/1 and so on: what each milestone has besides its id and its title."""
    text = written(*milestones, sectors=sectors, language=language, timezone=timezone)
    return loads(text, path="data.toml")


def written(
    *milestones: str, sectors: str = "", language: str = "nl", timezone: str = "Europe/Amsterdam"
) -> str:
    """The same as it is written down."""
    text = f'[programme]\nid = "p"\ntitle.{language} = "P"\nlanguage = "{language}"\n'
    text += f'timezone = "{timezone}"\n{SOURCES}'
    text += "".join(f'[[sector]]\nid = "{one}"\ntitle.nl = "{one}"\n' for one in SECTORS)
    text += '[[measure]]\nid = "m"\ntitle.nl = "M"\nsource = "promise"\n'
    text += f"sectors = {sectors.split()}\n"
    for number, milestone in enumerate(milestones):
        text += f'[[measure.milestone]]\nid = "{number}"\ntitle.nl = "x"\n{milestone}\n'
    return text.replace(".nl =", f".{language} =")


def said(on: Programme, day: str | None = None, stale_days: int | None = None) -> str:
    """The hints on a programme, a line each, without place and level."""
    on_day = None if day is None else dt.date.fromisoformat(day)
    found = hints(on, day=on_day, stale_days=stale_days)
    return "\n".join(f"{one.message} [{one.rule}]" for one in found)


def at(kind: str, due: str) -> str:
    """A milestone of a kind, due on a date."""
    return f'kind = "{kind}"\ndue = "{due}"\n'


def in_force(due: str) -> str:
    return at("entry-into-force", due)


MOVED = '[[measure.milestone.revised]]\nsource = "report"\ndue = "{}"\n'
DONE = '[measure.milestone.met]\nsource = "page"\n'
MET = '[measure.milestone.met]\nsource = "{}"\non = "{}"\n'
DROPPED = '[measure.milestone.dropped]\nsource = "page"\nreason.nl = "x"\non = "{}"\n'
REPLACED = '[measure.milestone.replaced]\nsource = "page"\nreason.nl = "x"\n'
LOOKED = '[[measure.milestone.news]]\nfound = "nothing"\nby = "wij"\non = {}\n'
FOUND = '[[measure.milestone.news]]\nfound = "partly"\nsource = "report"\non = 2014-02-01\n'
HANDED = '[[measure.milestone.revised]]\nsource = "report"\nbodies = []\n'

# --- fixed change dates ---------------------------------------------------------------------------

FIXED = {
    "": ("01-01", "07-01"),
    "zorg": ("01-01", "07-01"),
    "po": ("01-01", "08-01"),
    "vo": ("01-01", "08-01"),
    "vmbo": ("01-01", "08-01"),
    "mbo": ("01-01", "08-01"),
    "hbo": ("01-01", "09-01"),
    "wo": ("01-01", "09-01"),
    "mbo hbo": ("01-01", "08-01", "09-01"),
    "mbo zorg": ("01-01", "08-01"),
}
DAYS = ("01-01", "01-02", "04-01", "07-01", "07-31", "08-01", "09-01", "10-01", "12-31")


@pytest.mark.parametrize("sectors", FIXED)
def test_fixed_change_dates(sectors: str) -> None:
    """Each sector has its own days; where there are several, those of any of them."""
    silent = {
        day for day in DAYS if said(programme(in_force(f"2015-{day}"), sectors=sectors)) == ""
    }
    assert silent == set(FIXED[sectors])


@pytest.mark.parametrize(
    ("sectors", "acts"),
    [
        ("", "acts begin on 1 January or 1 July"),
        ("zorg", "acts begin on 1 January or 1 July"),
        ("mbo", "acts on mbo begin on 1 January or 1 August"),
        ("mbo wo", "acts on mbo, wo begin on 1 January or 1 August or 1 September"),
    ],
)
def test_off_change_date(sectors: str, acts: str) -> None:
    """The hint names the days that apply, and what might make it wrong."""
    assert said(programme(in_force("2015-03-01"), sectors=sectors)) == (
        f"m/0 is to be in force on 2015-03-01, and {acts} "
        "(ministerial regulations also on 1 April or 1 October); "
        "mend the day, or leave it where an exception was made [off-change-date]"
    )


@pytest.mark.parametrize(
    "milestone",
    [
        in_force("2015"),
        in_force("2015-03"),
        in_force("[2015-03-01..]"),
        'kind = "entry-into-force"',
        at("start", "2015-03-01"),
        in_force("2015-03-01") + MOVED.format("2015-07-01"),
        in_force("2015-03-01") + MET.format("page", "2014"),
        in_force("2015-03-01") + DROPPED.format("2014"),
    ],
)
def test_no_change_date_is_asked_of(milestone: str) -> None:
    """An imprecise date, another kind, a date no longer in force, and what has ended."""
    assert said(programme(milestone)) == ""


def test_a_date_that_moved_off_is_asked_about() -> None:
    """It is the date as last announced that counts."""
    moved = in_force("2015-01-01") + MOVED.format("2015-03-01")
    assert "2015-03-01" in said(programme(moved))


@pytest.mark.parametrize(
    ("language", "timezone", "asked"),
    [
        ("nl", "Europe/Amsterdam", True),
        ("nl-NL", "Europe/Amsterdam", True),
        ("nl", "Europe/Brussels", False),
        ("en", "Europe/Amsterdam", False),
    ],
)
def test_only_dutch_programmes_have_them(language: str, timezone: str, *, asked: bool) -> None:
    """Other countries have other days."""
    on = programme(in_force("2015-03-01"), language=language, timezone=timezone)
    assert bool(said(on)) is asked


# --- evaluations ----------------------------------------------------------------------------------

TOO_SOON = (
    "m/1 is due by 2014-12-31, before m/0 begins (2015-01-01); "
    "mend one of the two dates, or the kind [evaluated-too-soon]"
)
EVALUATED = at("evaluation", "2014")


@pytest.mark.parametrize(
    ("begins", "evaluated", "hint"),
    [
        (at("start", "2015"), EVALUATED, TOO_SOON),
        (in_force("2015-01-01"), EVALUATED, TOO_SOON),
        (at("start", "2016") + MOVED.format("2015"), EVALUATED, TOO_SOON),
        (
            at("start", "2016") + MET.format("page", "2014-12-01"),
            at("evaluation", "2013"),
            (TOO_SOON.replace("2014-12-31", "2013-12-31").replace("2015-01-01", "2014-12-01")),
        ),
        # done, nobody knows when: by its date
        (at("start", "2015") + DONE, EVALUATED, TOO_SOON),
        (at("start", "2015"), EVALUATED + MET.format("page", "2014"), ""),
        (at("start", "2015"), at("evaluation", "2015-01-01"), ""),
        (at("start", "2015"), EVALUATED + MOVED.format("2018"), ""),
        (at("start", "uiterlijk 2015"), EVALUATED, ""),
        (at("start", "2015"), at("evaluation", "2014/.."), ""),
        (at("start", "2015"), 'kind = "evaluation"', ""),
        (at("start", "2015"), at("report", "2014"), ""),
        (at("report", "2015"), EVALUATED, ""),
        (at("start", "2015") + DROPPED.format("2014"), EVALUATED, ""),
        (at("start", "2015") + REPLACED, EVALUATED, ""),
        ('commitment = "fixed"\n' + in_force("2015-01-01"), EVALUATED, TOO_SOON),
        ('kind = "start"', EVALUATED, ""),
    ],
)
def test_evaluated_too_soon(begins: str, evaluated: str, hint: str) -> None:
    """What is evaluated must be able to have begun."""
    assert said(programme(begins, evaluated)) == hint


def test_evaluated_after_the_first_start() -> None:
    """Of several starts the first counts, wherever in the file."""
    starts = [at("start", "2016"), EVALUATED, in_force("2014-07-01")]
    assert said(programme(*starts)) == ""
    assert said(programme(at("start", "2016"), EVALUATED, in_force("2015-01-01"))) == (
        TOO_SOON.replace("m/0", "m/2")
    )


# --- windows --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "wide"),
    [
        ("2014", False),
        ("schooljaar 2014/2015", False),
        ("[2012-02-29..2013-02-28]", False),
        ("[2014-03-01..2015-02-28]", False),
        ("[2014-03-01..2015-03-01]", True),
        ("[2013..2014]", True),
        ("uiterlijk 2017", False),
        ("2014/..", False),
    ],
)
def test_wide_window(due: str, *, wide: bool) -> None:
    """A year is not more than a year, and a window that is open on one side has no width."""
    assert bool(said(programme(at("other", due)))) is wide


def test_wide_window_in_words() -> None:
    """The hint has both ends."""
    assert said(programme(at("other", "[2013..2017]"))) == (
        "m/0 has a window of more than a year (2013-01-01 to 2017-12-31); "
        "write the day by which it was promised, or a milestone for each step [wide-window]"
    )
    assert said(programme(at("other", "[2013..2017]") + MOVED.format("2017"))) == ""
    assert said(programme('kind = "other"')) == ""


# --- days that pass -------------------------------------------------------------------------------

OTHER = at("other", "2014")
SNOOZED = '[measure.milestone.snoozed]\nuntil = 2014-10-01\nby = "x"\nreason.nl = "x"\n'


@pytest.mark.parametrize(
    ("milestone", "day", "ended"),
    [
        (OTHER + SNOOZED, "2014-10-01", False),
        (OTHER + SNOOZED, "2014-10-02", True),
        (OTHER + SNOOZED, None, False),
        (OTHER, "2014-10-02", False),
        (OTHER + SNOOZED + MET.format("page", "2014-12-01"), "2014-11-30", True),
        (OTHER + SNOOZED + MET.format("page", "2014-12-01"), "2014-12-01", False),
        (OTHER + SNOOZED + MET.format("page", "2014-12-01"), None, False),
    ],
)
def test_snooze_ended(milestone: str, day: str | None, *, ended: bool) -> None:
    """A snooze that is over, of a milestone that is not, asks for a decision."""
    assert said(programme(milestone), day) == ended * (
        "m/0 was snoozed up to and including 2014-10-01 and has no outcome; "
        "record what came of it, or decide anew [snooze-ended]"
    )


def test_only_a_snooze_that_has_ended_is_a_warning() -> None:
    """All else is a hint, at the line of its milestone."""
    on = programme(OTHER + SNOOZED, at("other", "[2013..2017]"))
    first, second = (milestone.line for milestone in on.milestones)
    assert [(one.level, one.location) for one in hints(on, day=dt.date(2014, 10, 2))] == [
        (Level.WARNING, Location(path="data.toml", line=first)),
        (Level.HINT, Location(path="data.toml", line=second)),
    ]


BY_ITSELF = 'commitment = "fixed"\n' + at("other", "2014-08-01")
READ = """[measure.milestone.number]
goal = 9
unit.nl = "x"
[[measure.milestone.number.reading]]
value = 1
source = "{}"
on = "{}"
"""


@pytest.mark.parametrize(
    ("milestone", "day", "newest"),
    [
        (OTHER, "2013-08-25", None),  # 180 days
        (OTHER, "2013-08-26", "2013-02-26"),
        (OTHER, "2013-01-01", None),  # not promised yet
        ('kind = "other"', "2013-08-26", "2013-02-26"),  # undated is open
        # a move, a handing over, news and a reading are sources, from the day they are known
        (OTHER + MOVED.format("2015"), "2014-02-28", "2013-02-26"),
        (OTHER + MOVED.format("2015"), "2014-03-01", None),
        (OTHER + MOVED.format("2015"), "2014-08-28", None),
        (OTHER + MOVED.format("2015"), "2014-08-29", "2014-03-01"),
        (OTHER + HANDED, "2014-08-28", None),
        (OTHER + HANDED, "2014-08-29", "2014-03-01"),
        (OTHER + FOUND, "2014-08-28", None),
        (OTHER + FOUND, "2014-08-29", "2014-03-01"),
        (OTHER + READ.format("report", "2013"), "2014-08-28", None),
        (OTHER + READ.format("report", "2013"), "2014-08-29", "2014-03-01"),
        (OTHER + READ.format("page", "2014-04-01"), "2015-05-30", None),
        (OTHER + READ.format("page", "2014-04-01"), "2015-05-31", "2014-12-01"),
        # who looked need not look again at once
        (OTHER + LOOKED.format("2014-04-01"), "2014-09-28", None),
        (OTHER + LOOKED.format("2014-04-01"), "2014-09-29", "2014-04-01"),
        # what has ended by the day is no longer looked for
        (OTHER + MET.format("page", "2014-12-01"), "2014-12-01", None),
        (OTHER + MET.format("page", "2014-12-01"), "2014-11-30", "2013-02-26"),
        (OTHER + REPLACED, "2014-12-01", None),
        (OTHER + REPLACED, "2014-11-30", "2013-02-26"),
        # nor is what came about by itself
        (BY_ITSELF, "2014-08-01", "2013-02-26"),
        (BY_ITSELF, "2014-08-02", None),
    ],
)
def test_stale_source(milestone: str, day: str, newest: str | None) -> None:
    """A milestone of which nothing was heard for more than 180 days asks for a look."""
    hint = (
        f"m/0 is open and has no source since {newest}; "
        "look for what came of it, and record it [stale-source]"
    )
    assert said(programme(milestone), day, 180) == (hint if newest else "")
    assert said(programme(milestone), day) == ""


def test_stale_needs_a_day() -> None:
    """Days back from no day are none."""
    with pytest.raises(BadValue, match=r"^stale_days counts back from a day; give one$") as refusal:
        hints(programme(OTHER), stale_days=180)
    assert refusal.value.rule.name == "missing-key"


def test_hints_stay_the_same_while_days_pass() -> None:
    """What is told of a day is told the next day in the same words."""
    on = programme(OTHER + SNOOZED, at("other", "[2013..2017]"))
    assert said(on, "2015-01-01", 180) == said(on, "2015-06-01", 180) != ""


# --- all that is found in a file ------------------------------------------------------------------


def test_check_tells_what_is_lost_and_then_hints(tmp_path: Path) -> None:
    """Of a sound file; of another its problems, and nothing else."""
    file = tmp_path / "data.toml"
    wide = written(at("other", "[2013..2017]"))
    file.write_text(wide, encoding="utf-8")
    before = loads(written(at("other", "2013"), at("other", "2014")))
    assert [one.rule.name for one in check(file)] == ["wide-window"]
    assert [one.rule.name for one in check(file, day="2013-09-01", stale_days=180)] == [
        "stale-source",
        "wide-window",
    ]
    assert [one.rule.name for one in check(file, against=before)] == [
        "promise-rewritten",
        "lost-uid",
        "wide-window",
    ]
    file.write_text(wide.replace("due", "deu"), encoding="utf-8")
    assert [str(one) for one in check(file, against=before)] == [
        (
            f'{file}:48: error: [[measure.milestone]] has no key "deu"; did you mean "due"? '
            "[unknown-key]"
        )
    ]


# --- the page -------------------------------------------------------------------------------------


def test_every_hint_has_a_row() -> None:
    """The page has the rules that there are, and views explain them."""
    page = (Path(__file__).parents[1] / "docs" / "hints.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z-]+)` \|", page.partition("| rule |")[2], re.MULTILINE)
    ours = [name for name, rule in RULES.items() if rule.documentation == "hints.md"]
    assert told == sorted(told) == ours
