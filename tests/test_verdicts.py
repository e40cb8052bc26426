"""How much a milestone matters: the evidence, grace, lead, what was known, a look, a snooze."""

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones import (
    BadBaseline,
    BadValue,
    Baseline,
    FailOn,
    Judgement,
    Level,
    Programme,
    ReportFormat,
    Verdict,
    Why,
    as_of,
    judge,
    load_baseline,
    loads,
    render,
)
from betatech_milestones.datafile.baseline import read_baseline

NOTHING = Verdict(None)
HINT = Verdict(Level.HINT)
GRACE = Verdict(Level.WARNING, Why.GRACE)
KNOWN = Verdict(Level.WARNING, Why.KNOWN)
LEAD = Verdict(Level.WARNING, Why.LEAD)
LOOKED = Verdict(Level.WARNING, Why.LOOKED)
ERROR = Verdict(Level.ERROR)

HEAD = """\
[programme]
id = "p"
title.nl = "P"
language = "nl"
timezone = "Europe/Amsterdam"
[[source]]
id = "promise"
title.nl = "Brief"
published = 2013-01-01
[[source]]
id = "end"
title.nl = "Einde"
published = 2014-07-01
[[source]]
id = "after"
title.nl = "Later"
published = 2014-10-01
[[measure]]
id = "m"
title.nl = "M"
source = "promise"
"""


def programme(**milestones: str) -> Programme:
    """A programme of one measure: what each milestone has besides its id, its title and kind."""
    begin = '[[measure.milestone]]\ntitle.nl = "x"\nkind = "other"\n'
    named = (f'{begin}id = "{name}"\n{rest}\n' for name, rest in milestones.items())
    return loads(HEAD + "".join(named))


def verdicts(on: Programme, day: str, **manners: Any) -> dict[str, Verdict]:
    """What is said of each milestone on a day."""
    judgement = judge(as_of(on, dt.date.fromisoformat(day)), **manners)
    return {s.milestone.id: judgement.verdict(s) for s in judgement.report.standings}


SUMMER = 'due = "zomer 2014"'  # 1 June to 31 August
BY_AUGUST = 'due = "uiterlijk augustus 2014"'
MET = '[measure.milestone.met]\non = 2014-07-01\nsource = "end"'
SNOOZED = '[measure.milestone.snoozed]\nuntil = 2014-09-30\nby = "x"\nreason.nl = "x"'
LOOK = '[[measure.milestone.news]]\nfound = "nothing"\nby = "wij"\non = 2014-09-10'
NEWS = '[[measure.milestone.news]]\nfound = "partly"\non = 2014-09-10\nsource = "after"'
AIM = f'commitment = "aim"\n{SUMMER}'
FORECAST = f'commitment = "forecast"\n{SUMMER}'
FIXED = 'commitment = "fixed"\ndue = 2014-08-01'
FACT = f'commitment = "none"\n{MET}'
DROPPED = MET.replace("met", "dropped") + '\nreason = "x"'
REPLACED = MET.replace("met", "replaced") + '\nreason = "x"'

JUDGED: list[tuple[str, str, dict[str, Any], Verdict]] = [
    # unasked: what is overdue is an error, what is to come a hint, the rest nothing
    (SUMMER, "2014-05-31", {}, HINT),
    (SUMMER, "2014-06-01", {}, HINT),
    (SUMMER, "2014-08-31", {}, HINT),
    (SUMMER, "2014-09-01", {}, ERROR),
    ("", "2014-09-01", {}, NOTHING),
    ('due = "2014/.."', "2014-09-01", {}, NOTHING),
    (f"{SUMMER}\n{MET}", "2014-09-01", {}, NOTHING),
    (f"{SUMMER}\n{DROPPED}", "2014-09-01", {}, NOTHING),
    (f"{SUMMER}\n{REPLACED}", "2014-09-01", {}, NOTHING),
    (FACT, "2014-09-01", {}, NOTHING),
    # an aim and a forecast are hints to their last day, and what passed asks for nothing
    (AIM, "2014-08-31", {}, HINT),
    (AIM, "2014-09-01", {}, NOTHING),
    (AIM, "2014-09-01", {"fail_on": FailOn.DUE, "lead_days": 99}, NOTHING),
    (FORECAST, "2014-09-01", {}, NOTHING),
    (f"{AIM}\n{NEWS}", "2014-10-01", {}, NOTHING),
    # what comes about by itself is never late
    (FIXED, "2014-08-01", {}, HINT),
    (FIXED, "2014-08-02", {}, NOTHING),
    # late and unchecked are errors; that somebody looked is a warning until it is time to recheck
    (f"{SUMMER}\n{LOOK}", "2014-09-09", {}, ERROR),
    (f"{SUMMER}\n{LOOK}", "2014-09-10", {}, LOOKED),
    (f"{SUMMER}\n{LOOK}", "2015-03-09", {}, LOOKED),  # 180 days
    (f"{SUMMER}\n{LOOK}", "2015-03-10", {}, ERROR),
    (f"{SUMMER}\n{LOOK}", "2014-09-10", {"recheck_days": 0}, LOOKED),
    (f"{SUMMER}\n{LOOK}", "2014-09-11", {"recheck_days": 0}, ERROR),
    (f"{SUMMER}\n{LOOK}\n{LOOK.replace('2014-09', '2015-03')}", "2015-09-06", {}, LOOKED),
    (f"{SUMMER}\n{LOOK}\n{LOOK.replace('2014-09', '2015-03')}", "2015-09-07", {}, ERROR),
    (f"{SUMMER}\n{LOOK}\n{NEWS}", "2014-09-30", {}, LOOKED),
    (f"{SUMMER}\n{LOOK}\n{NEWS}", "2014-10-01", {}, ERROR),
    (f"{SUMMER}\n{LOOK.replace('2014-09-10', '2014-08-31')}", "2014-09-01", {}, ERROR),
    (f"{SUMMER}\n{LOOK}", "2014-09-10", {"grace_days": 14}, GRACE),
    (f"{SUMMER}\n{NEWS}", "2014-10-01", {"grace_days": 31}, GRACE),
    # grace: a warning through its last day
    (SUMMER, "2014-09-14", {"grace_days": 14}, GRACE),
    (SUMMER, "2014-09-15", {"grace_days": 14}, ERROR),
    (SUMMER, "2014-08-31", {"grace_days": 14}, HINT),
    # lead: by the last day of the window, whether it has begun or not, and is no grace
    (SUMMER, "2014-08-01", {"lead_days": 30}, LEAD),
    (SUMMER, "2014-07-31", {"lead_days": 30}, HINT),
    (SUMMER, "2014-05-31", {"lead_days": 92}, LEAD),
    (SUMMER, "2014-08-31", {"lead_days": 0}, LEAD),
    (SUMMER, "2014-08-30", {"lead_days": 0}, HINT),
    (SUMMER, "2014-09-01", {"lead_days": 30}, ERROR),
    (BY_AUGUST, "2014-08-01", {"lead_days": 30}, LEAD),
    ("", "2014-08-01", {"lead_days": 30}, NOTHING),
    # to fail on what is due: from the first day of the window, without grace
    (SUMMER, "2014-05-31", {"fail_on": FailOn.DUE}, HINT),
    (SUMMER, "2014-06-01", {"fail_on": FailOn.DUE, "grace_days": 99}, ERROR),
    (SUMMER, "2014-09-01", {"fail_on": FailOn.DUE}, ERROR),
    (SUMMER, "2014-05-31", {"fail_on": FailOn.DUE, "lead_days": 99}, LEAD),
    # to fail on nothing changes no level
    (SUMMER, "2014-09-01", {"fail_on": FailOn.NEVER}, ERROR),
    # a snooze makes a hint of all that is not nothing, through its last day
    (f"{SUMMER}\n{SNOOZED}", "2014-09-30", {}, HINT),
    (f"{SUMMER}\n{SNOOZED}", "2014-10-01", {}, ERROR),
    (f"{SUMMER}\n{SNOOZED}", "2014-09-14", {"grace_days": 14}, HINT),
    (f"{SUMMER}\n{SNOOZED}", "2014-08-31", {"lead_days": 30}, HINT),
    (f"{SUMMER}\n{SNOOZED}", "2014-06-01", {"fail_on": FailOn.DUE}, HINT),
    (f"{SUMMER}\n{LOOK}\n{SNOOZED}", "2014-09-30", {}, HINT),
    (f"{AIM}\n{SNOOZED}", "2014-09-30", {}, NOTHING),
    (SNOOZED, "2014-06-01", {}, NOTHING),
]


@pytest.mark.parametrize(("milestone", "day", "manners", "verdict"), JUDGED)
def test_verdict(milestone: str, day: str, manners: dict[str, Any], verdict: Verdict) -> None:
    """Each row is a milestone, a day, what is asked, and how much it matters."""
    assert verdicts(programme(n=milestone), day, **manners) == {"n": verdict}


MANNERS = st.fixed_dictionaries(
    {
        "grace_days": st.integers(0, 40),
        "lead_days": st.none() | st.integers(0, 40),
        "fail_on": st.sampled_from(FailOn),
        "recheck_days": st.integers(0, 40),
    }
)
SEVERAL = programme(
    a=SUMMER,
    b=BY_AUGUST,
    c=f"{SUMMER}\n{SNOOZED}",
    d="",
    e=f"{SUMMER}\n{MET}",
    f=f"{SUMMER}\n{LOOK}",
    g=AIM,
    h=FACT,
)


@given(MANNERS, st.integers(0, 200))
def test_what_presses(manners: dict[str, Any], days: int) -> None:
    """Shown is what is overdue, what is an error or a warning, and what would be if not snoozed."""
    day = dt.date(2014, 5, 1) + dt.timedelta(days)
    judgement = judge(as_of(SEVERAL, day), **manners)
    shown = judgement.pressing()
    levels = {s.milestone.id: judgement.verdict(s).level for s in judgement.report.standings}
    ids = {s.milestone.id for s in shown.report.standings}
    loud = {name for name, level in levels.items() if level in {Level.ERROR, Level.WARNING}}
    assert loud <= ids
    assert ids - loud == ({"c"} if "a" in ids and levels["c"] is Level.HINT else set())
    assert not ids & {"d", "h"}
    assert shown.fails == judgement.fails
    errors = Level.ERROR in levels.values()
    assert judgement.fails == (errors and judgement.fail_on is not FailOn.NEVER)


def test_what_is_due_presses_within_the_days_of_lead() -> None:
    """Also where its window has begun, and though it fails nothing yet."""
    judgement = judge(as_of(SEVERAL, "2014-08-15"), lead_days=30)
    assert "a" in {s.milestone.id for s in judgement.pressing().report.standings}


def shown_levels(judgement: Judgement) -> dict[str, dict[int, str]]:
    """The level of the milestone at each line, as each format for programs shows it."""
    formats: tuple[ReportFormat, ...] = ("json", "csv", "gitlab", "github", "sarif")
    written = {name: render(judgement, name) for name in formats}
    gitlab = {"major": "error", "minor": "warning", "info": "hint"}
    commands = re.findall(r"::(\w+) file=.*?,line=(\d+)", written["github"])
    return {
        "json": {
            one["location"]["line"]: one["level"]
            for one in json.loads(written["json"])["milestones"]
            if one["level"]
        },
        "csv": {
            int(row["line"]): row["level"]
            for row in csv.DictReader(io.StringIO(written["csv"]))
            if row["level"]
        },
        "gitlab": {
            one["location"]["lines"]["begin"]: gitlab[one["severity"]]
            for one in json.loads(written["gitlab"])
        },
        "github": {int(line): command.replace("notice", "hint") for command, line in commands},
        "sarif": {
            one["locations"][0]["physicalLocation"]["region"]["startLine"]: one["level"].replace(
                "note", "hint"
            )
            for one in json.loads(written["sarif"])["runs"][0]["results"]
        },
    }


@given(MANNERS, st.integers(0, 200))
def test_every_format_shows_the_same_level(manners: dict[str, Any], days: int) -> None:
    """The level of a milestone is its verdict, and what JUnit says has failed is an error."""
    judgement = judge(as_of(SEVERAL, dt.date(2014, 5, 1) + dt.timedelta(days)), **manners)
    standings = judgement.report.standings
    verdicts = {s.milestone.line: judgement.verdict(s).level for s in standings}
    expected = {line: level.value for line, level in verdicts.items() if level}
    assert shown_levels(judgement) == dict.fromkeys(shown_levels(judgement), expected)
    failures = re.findall(r'line="(\d+)">\s*<failure', render(judgement, "junit"))
    assert {int(line) for line in failures} == {
        line for line, level in expected.items() if level == "error"
    }


def test_a_report_on_a_part_is_judged() -> None:
    """What is judged may be narrowed down before."""
    judgement = judge(as_of(SEVERAL, dt.date(2014, 9, 1)).about("m/a"), grace_days=1)
    assert [judgement.verdict(s) for s in judgement.report.standings] == [GRACE]
    assert not judgement.fails


def test_words_stand_for_what_fails() -> None:
    """A plain text is read as one of the words, or refused with those that there are."""
    report = as_of(SEVERAL, "2014-09-01")
    assert judge(report, fail_on="never") == judge(report, fail_on=FailOn.NEVER)
    message = '"nevr" is not known here; did you mean "never"?'
    with pytest.raises(BadValue, match=f"^{re.escape(message)}$"):
        judge(report, fail_on="nevr")


def test_a_judgement_is_shown_in_a_line() -> None:
    """However much it holds."""
    judgement = judge(as_of(SEVERAL, "2014-09-01"))
    assert repr(judgement) == (
        "<Judgement fails on overdue: <Report p 2014-09-01: 4 overdue, 1 passed, 1 undated, 1 met>>"
    )
    assert repr(judge(judgement.report, fail_on="never")).startswith("<Judgement passes on never: ")


# --- an earlier report ----------------------------------------------------------------------------


def earlier(on: Programme, day: str) -> bytes:
    return render(as_of(on, dt.date.fromisoformat(day)), "json").encode()


def against(before: Programme, then: str, now: Programme, day: str, **manners: Any) -> Verdict:
    """What is said of the only milestone on a day, against the report of another day."""
    baseline = read_baseline(earlier(before, then), now, "earlier.json")
    (verdict,) = verdicts(now, day, baseline=baseline, **manners).values()
    return verdict


MOVED = f"""{SUMMER}
[[measure.milestone.revised]]
due = 2014-11-01
source = "promise"
announced = 2014-10-15
"""
UNDATED = 'due = { words = "ooit" }'


@pytest.mark.parametrize(
    ("milestone", "then", "day", "manners", "verdict"),
    [
        # overdue then: known; overdue only since: new
        (SUMMER, "2014-09-01", "2014-10-01", {}, KNOWN),
        (SUMMER, "2014-08-31", "2014-10-01", {}, ERROR),
        # known goes before grace, and new ones have their grace
        (SUMMER, "2014-09-01", "2014-09-03", {"grace_days": 5}, KNOWN),
        (SUMMER, "2014-08-31", "2014-09-03", {"grace_days": 5}, GRACE),
        # due then is not overdue then
        (SUMMER, "2014-08-31", "2014-09-01", {"fail_on": FailOn.DUE}, ERROR),
        (SUMMER, "2014-06-01", "2014-08-31", {"fail_on": FailOn.DUE}, KNOWN),
        (SUMMER, "2014-05-31", "2014-08-31", {"fail_on": FailOn.DUE}, ERROR),
        # what was late, was moved, and is late again is another promise
        (MOVED, "2014-09-15", "2014-10-14", {}, KNOWN),
        (MOVED, "2014-09-15", "2014-11-02", {}, ERROR),
        (MOVED, "2014-11-02", "2014-11-03", {}, KNOWN),
        # a look is no better than what was known, and known goes first
        (f"{SUMMER}\n{LOOK}", "2014-09-01", "2014-09-10", {}, KNOWN),
        (f"{SUMMER}\n{LOOK}", "2014-08-31", "2014-09-10", {}, LOOKED),
        # undated has nothing to be known of
        (UNDATED, "2014-09-01", "2014-10-01", {}, NOTHING),
        ("", "2014-09-01", "2014-10-01", {}, NOTHING),
    ],
)
def test_baseline(
    milestone: str, then: str, day: str, manners: dict[str, Any], verdict: Verdict
) -> None:
    """Only what was no better in an earlier report, for the same date, is known."""
    on = programme(n=milestone)
    assert against(on, then, on, day, **manners) == verdict


@pytest.mark.parametrize("version", [1, 2])
def test_baselines_of_both_versions(version: int) -> None:
    """A report of version 1 has less, and all that counts here under the same keys."""
    standing = {"id": "m/n", "status": "overdue", "due": {"edtf": "2014-22"}}
    undated = {"id": "m/o", "status": "undated", "due": {"edtf": None}}
    dateless = {"id": "m/p", "status": "undated", "due": None}
    written = {
        "version": version,
        "programme": {"id": "p"},
        "milestones": [standing, undated, dateless],
    }
    on = programme(n=SUMMER)
    baseline = read_baseline(json.dumps(written).encode(), on, "earlier.json")
    assert baseline == Baseline(
        frozenset(
            {("m/n", "overdue", "2014-22"), ("m/o", "undated", None), ("m/p", "undated", None)}
        )
    )
    assert verdicts(on, "2014-10-01", baseline=baseline) == {"n": KNOWN}


def test_baseline_knows_what_was_renamed() -> None:
    """A milestone, and one whose measure, has another name is known by the one it had."""
    before = programme(n=SUMMER)
    renamed = programme(other=f'formerly = ["n"]\n{SUMMER}')
    assert against(before, "2014-09-01", renamed, "2014-10-01") == KNOWN
    text = HEAD.replace('id = "m"', 'id = "other"\nformerly = ["m"]')
    milestone = f'[[measure.milestone]]\nid = "n"\ntitle.nl = "x"\nkind = "other"\n{SUMMER}\n'
    assert against(before, "2014-09-01", loads(text + milestone), "2014-10-01") == KNOWN
    stranger = programme(other=SUMMER)
    assert against(before, "2014-09-01", stranger, "2014-10-01") == ERROR


def test_baseline_is_read_from_a_file(tmp_path: Path) -> None:
    """As `report --output-format json` writes it, whatever the shell made of its encoding."""
    on = programme(n=SUMMER)
    written = earlier(on, "2014-09-01")
    file = tmp_path / "earlier.json"
    for encoded in (
        written,
        written.decode().encode("utf-8-sig"),
        written.decode().encode("utf-16"),
    ):
        file.write_bytes(encoded)
        assert load_baseline(file, on) == Baseline(frozenset({("m/n", "overdue", "2014-22")}))
    with pytest.raises(FileNotFoundError):
        load_baseline(tmp_path / "missing.json", on)


REMEDY = "write one with betatech-milestones report --output-format json"
NO_REPORT = f"no report: version, programme or milestones is missing; {REMEDY}"
NO_MILESTONE = f"milestone 1 has no id, status or due as a report has them; {REMEDY}"
BAD: dict[str, tuple[str, str]] = {
    "nothing": ("", f"not JSON: Expecting value: line 1 column 1 (char 0); {REMEDY}"),
    "another format": (
        "::error::",
        f"not JSON: Expecting value: line 1 column 1 (char 0); {REMEDY}",
    ),
    "nested too deep": ("[" * 100_000, f"nested too deep to be a report; {REMEDY}"),
    "a list": ("[]", NO_REPORT),
    "no milestones": ('{"version": 2, "programme": {"id": "p"}}', NO_REPORT),
    "what check writes": ('{"version": 1, "findings": []}', NO_REPORT),
    "another version": (
        '{"version": 3}',
        f"version 3 of a report, and this program reads 1 and 2; {REMEDY}",
    ),
    "a version that is a text": (
        '{"version": "2"}',
        f'version "2" of a report, and this program reads 1 and 2; {REMEDY}',
    ),
    "another programme": (
        '{"version": 2, "programme": {"id": "q"}, "milestones": []}',
        'a report on the programme "q", and this is "p"; name a report on the same',
    ),
    "a milestone that is a text": (
        '{"version": 1, "programme": {"id": "p"}, "milestones": ["m/n"]}',
        NO_MILESTONE,
    ),
    "a milestone without a date": (
        '{"version": 1, "programme": {"id": "p"}, "milestones": [{"id": "m/n", "status": "due"}]}',
        NO_MILESTONE,
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_baselines(what: str) -> None:
    """What is no earlier report on the programme is refused, with what would be one."""
    written, message = BAD[what]
    with pytest.raises(BadBaseline) as error:
        read_baseline(written.encode(), programme(), "earlier.json")
    assert str(error.value) == f"earlier.json: {message}"


@given(st.binary())
def test_no_baseline_is_a_traceback(written: bytes) -> None:
    """Whatever a file holds, it is read or refused."""
    with pytest.raises(BadBaseline):
        read_baseline(written, SEVERAL, "earlier.json")


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_no_json_is_a_traceback(value: object) -> None:
    """Nor does JSON of another shape make it fail otherwise."""
    document = {"version": 1, "programme": {"id": "p"}, "milestones": value}
    for written in (value, document):
        try:
            baseline = read_baseline(json.dumps(written).encode(), SEVERAL, "earlier.json")
        except BadBaseline:
            continue
        assert baseline == Baseline(frozenset())


def test_a_report_that_nobody_judged_has_no_grace() -> None:
    """It is told as `judge` has it unasked: what is a day late is an error."""
    report = as_of(SEVERAL, "2014-09-01")
    formats: tuple[ReportFormat, ...] = ("json", "text", "sarif")
    assert [render(report, name) for name in formats] == [
        render(judge(report), name) for name in formats
    ]
    assert render(report, "json") != render(judge(report, grace_days=1), "json")
