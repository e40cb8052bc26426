"""Every report format, in full view: what it writes, and what it says when nothing is wrong.

The expected outputs are the files `formats/<view>/<format>.<language>[.<width>].<extension>`, of
the programme beside them; each file is a test. The rest are properties: whatever a text holds,
another reader of the format reads the same text back.
"""

import csv
import datetime as dt
import io
import json
import re
import shutil
import subprocess
import textwrap
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

import attrs
import pytest
from golden import Golden, hold
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Failure, JUnitXml, Skipped, TestCase
from programmes import PROGRAMME, changed
from systems import PATIENCE_SECONDS

import betatech_milestones
from betatech_milestones import (
    RULES,
    Evidence,
    FailOn,
    Finding,
    Level,
    Location,
    Programme,
    Report,
    Status,
    Texts,
    Voice,
    as_of,
    diff,
    judge,
    loads,
    reminder,
    render,
    slips,
    stats,
)
from betatech_milestones.datafile.baseline import read_baseline
from betatech_milestones.formats import (
    DIFF_FORMATS,
    REMINDER_FORMATS,
    REPORT_FORMATS,
    SLIPS_FORMATS,
    STATS_FORMATS,
)
from betatech_milestones.formats.check import CHECK_FORMATS
from betatech_milestones.formats.github import annotations
from betatech_milestones.formats.json import written as json_written
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.listing import Group, Item, Listing, laid_out
from betatech_milestones.formats.markdown import cut
from betatech_milestones.model import about
from betatech_milestones.model.printable import printable
from betatech_milestones.model.records import trusted

GOLDEN = Path(__file__).with_name("formats")
DAY = dt.date(2015, 2, 1)
ENGLISH, DUTCH = Voice("en"), Voice("nl")


@cache
def programme(snoozed_until: str = "", *, name: str = "programme.toml") -> Programme:
    text = (GOLDEN / name).read_text(encoding="utf-8")
    if snoozed_until:
        before, guide, after = text.partition('[[measure.milestone]]\nid = "guide"')
        text = f"{before}{SNOOZED}until = {snoozed_until}\n{guide}{after}"
    return loads(text, path="data.toml")


SNOOZED = """\
[measure.milestone.snoozed]
since = 2015-01-15
by = "red|actie"
reason = { nl = "wacht op\\nde *Kamer*", en = "waits for\\n*parliament*" }
"""


@cache
def report(day: dt.date = DAY) -> Report:
    return as_of(programme(), day)


def snoozed(until: str) -> Report:
    return as_of(programme(until), DAY).about("law")


VIEWS: dict[str, Any] = {
    "everything": report(),
    "overdue": report().only(Status.OVERDUE),
    "upcoming": report().within(90),
    # Nothing is overdue, nothing asks for attention, and there is nothing at all.
    "not-overdue": report(dt.date(2014, 7, 1)).only(Status.OVERDUE),
    "calm": report().about("classes"),
    "nothing": as_of(programme().only(measures=["idle"]), DAY),
    # The same day by what was known later, and by what had been known before.
    "hindsight": as_of(programme(), DAY, known_on=dt.date(2016, 6, 1)),
    "foresight": as_of(programme(), DAY, known_on=dt.date(2014, 6, 1)),
    # Each measure as it was known on the day; and the first again before it was moved.
    "plan": report().about("plan"),
    "law": report().about("law"),
    "classes": report().about("classes"),
    "dated-at-last": report(dt.date(2016, 2, 1)).about("law/some-day"),
    "law-before-the-move": report(dt.date(2014, 5, 31)).about("law/in-force"),
    # What is overdue within its grace, what comes soon, what was known, what fails early.
    "manners": judge(report(), grace_days=31, lead_days=90).pressing(),
    "known": judge(
        report(),
        baseline=read_baseline(
            render(report(dt.date(2015, 1, 2)), "json").encode(), programme(), "earlier.json"
        ),
    ).pressing(),
    "fails-when-due": judge(report(), fail_on=FailOn.DUE).pressing(),
    "nothing-pressing": judge(report(dt.date(2014, 7, 1)), lead_days=5).pressing(),
    # A snooze, on its last day and after it.
    "snoozed": snoozed("2015-02-01"),
    "was-snoozed": snoozed("2015-01-31"),
    "law-after-two-moves": report(dt.date(2015, 7, 1)).about("law/in-force"),
    # What changed from the programme to the one beside it, and to itself.
    "changes": diff(programme(), programme(name="changed.toml")),
    "no-changes": diff(programme(), programme()),
    # What slipped: by a day after all moves, and by one before any.
    "slips": slips(as_of(programme(name="changed.toml"), dt.date(2017, 6, 1))),
    "slips-in-hindsight": slips(as_of(programme(), dt.date(2014, 5, 31), known_on=DAY)),
    "no-slips": slips(report(dt.date(2014, 5, 31))),
    # What became of promises: of all, by whom, by year as known later of the newer ones, of none.
    "stats": stats(report()),
    "stats-by-body": stats(report(), "body"),
    "stats-by-year": stats(as_of(programme(), DAY, known_on="2016-06-01"), "year", "2013-02-26"),
    "no-stats": stats(as_of(programme().only(measures=["idle"]), DAY), "body"),
    # What to remind of: in a half-year, in the next one of one body, and on a day without any.
    "reminder": reminder(programme(), dt.date(2014, 7, 1), dt.date(2015, 1, 1)),
    "reminder-to-one": reminder(
        programme(name="changed.toml"), dt.date(2017, 1, 1), dt.date(2018, 1, 1), bodies=["pbt"]
    ),
    "no-reminder": reminder(programme(), dt.date(2013, 1, 1), dt.date(2013, 7, 1)),
}


def written(file: Path) -> str:
    """What a report is in the format, the language and the width that a file's name tells."""
    name: Any
    name, language, *width = file.stem.split(".")
    view, columns = VIEWS[file.parent.name], int(width[0]) if width else None
    return str(render(view, name, language=language, width=columns))


@pytest.mark.parametrize(
    "file", sorted(GOLDEN.glob("*/*")), ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_formats_write_what_is_expected(file: Path) -> None:
    """Each file in a folder of `formats` is the whole output of a format."""
    hold(file, written(file))


def golden() -> Golden:
    """Return what writes each expected output."""
    outputs: Golden = {file: partial(written, file) for file in sorted(GOLDEN.glob("*/*"))}
    check = CHECK_FORMATS["sarif"]
    return outputs | {
        GOLDEN / "problems.sarif": partial(check, PROBLEMS, "data.toml"),
        GOLDEN / "sound.sarif": partial(check, (), "100%,.toml"),
    }


def test_every_format_has_expected_outputs() -> None:
    """Each format is seen in full, and seen saying that nothing is wrong."""
    formats: Any  # a table for each sort of view
    for formats, *views in (
        (REPORT_FORMATS, "everything", "not-overdue"),
        (DIFF_FORMATS, "changes", "no-changes"),
        (SLIPS_FORMATS, "slips", "no-slips"),
        (STATS_FORMATS, "stats", "no-stats"),
        (REMINDER_FORMATS, "reminder", "no-reminder"),
    ):
        for view in views:
            assert {file.name.split(".")[0] for file in (GOLDEN / view).iterdir()} == set(formats)


@pytest.mark.parametrize("output_format", REPORT_FORMATS)
def test_reports_speak_the_language_of_the_programme(output_format: Any) -> None:
    """Without a language asked for, a report is in the programme's own."""
    assert render(report(), output_format) == render(report(), output_format, language="nl")


# --- text -----------------------------------------------------------------------------------------


def test_text_for_a_pipe_is_a_line_for_each_milestone() -> None:
    """No line is wrapped, so that a line can be searched for and counted."""
    lines = render(report()).splitlines()
    facts_last = sorted(report().standings, key=lambda standing: standing.milestone.is_fact)
    ids = [standing.milestone.full_id for standing in facts_last]
    found = [full_id for line in lines for full_id in ids if f" | {full_id} | " in line]
    assert found == ids


@pytest.mark.parametrize("width", [80, 40, 20])
@pytest.mark.parametrize("output_format", ["text", "story"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_is_wider_than_the_terminal(output_format: Any, language: str, width: int) -> None:
    """A narrow terminal folds lines and loses nothing of them."""
    folded = render(report(), output_format, language=language, width=width)
    assert max(map(len, folded.splitlines())) <= width
    for standing in report().standings:
        title = standing.milestone.title.in_language(language)
        assert squeezed(title) in squeezed(folded) or width < 80


@pytest.mark.parametrize("output_format", ["text", "story"])
@pytest.mark.parametrize("width", [80, 60, 40])
def test_no_line_is_broken_where_words_are_kept_together(output_format: Any, width: int) -> None:
    """French has a space before a colon, a semicolon and a percent sign that breaks no line."""
    folded = render(report(), output_format, language="fr", width=width)
    wide = render(report(), output_format, language="fr", width=2000)
    assert folded.count("\u202f") == wide.count("\u202f") > 0
    assert not re.search(r"^ *[:;%?]", folded, re.MULTILINE)


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_words_that_are_kept_together_go_on_a_line_of_their_own(space: str) -> None:
    """Wherever they are: in a heading, in what it is about, and in the note below."""
    held = f"mmm{space}mmm"
    item = Item(lead="due", id="a", title=f"six of {held}", details=(f"one of {held}",))
    group = Group(heading=f"four {held}", style="", items=[item], number="1")
    heading, note = f"of {held} {held}", f"at the end {held}"
    layout = Layout(voice=ENGLISH, width=15)
    listing = Listing(heading=heading, groups=[group], nothing="", note=note)
    told = laid_out(listing, layout).splitlines()
    assert told == [
        *(f"of {held}", held, ""),
        *(f"FOUR {held.upper()}", "(1)"),
        *("due  six of", f"     {held}", "     one of", f"     {held}", "     a"),
        *("", "at the end", held),
    ]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("width", [1, 2, 5, 500])
@pytest.mark.parametrize("output_format", ["text", "story"])
def test_any_width_will_do(output_format: Any, width: int) -> None:
    """No terminal is too narrow to be written on, or too wide."""
    assert render(report(), output_format, width=width)


def test_a_terminal_shows_how_long_and_when_in_full() -> None:
    """What does not fit in the first column goes on below: no day or number is cut off."""
    assert "…" not in render(report(), width=40)


ESCAPE = "\x1b["
STYLES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"FORCE_COLOR": "1"}])
def test_colour_is_there_when_asked_for(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Colour is added to the same words; the environment is the command line's to look at."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    plain = render(report(), width=60)
    coloured = render(report(), width=60, colour=True)
    assert ESCAPE not in plain
    assert f"{ESCAPE}1;31mTE LAAT (2){ESCAPE}0m" in coloured
    unchecked, no_news = (DUTCH.label(word).upper() for word in ("unchecked", "no-news"))
    assert f"{ESCAPE}1;35m{unchecked} (2){ESCAPE}0m" in coloured
    assert f"{ESCAPE}33m{no_news} (2){ESCAPE}0m" in coloured
    unstyled = STYLES.sub("", coloured)
    assert [line.rstrip() for line in unstyled.splitlines()] == plain.splitlines()


def test_colour_tells_what_is_only_a_warning() -> None:
    """What is late is red, but yellow where it is no error; the rest keeps its colour."""
    ago_3, ago_4 = (ENGLISH.age(dt.date(2014, month, 1), DAY) for month in (11, 10))
    milder = render(judge(report(), grace_days=95), width=150, colour=True, language="en")
    assert f"{ESCAPE}1;31mLATE (2){ESCAPE}0m" in milder
    assert f"{ESCAPE}33mlate: its term ended {ago_3} ago; partly done" in milder
    assert f"{ESCAPE}1;31mlate: its term ended {ago_4} ago" in milder
    (upcoming,) = report().about("law/review").standings
    assert f"{ESCAPE}36m{ENGLISH.standing(upcoming)}" in milder
    plain = render(report(), width=150, colour=True, language="en")
    assert f"{ESCAPE}1;31mlate: its term ended {ago_3} ago; partly done" in plain


@pytest.mark.parametrize("output_format", sorted({*REPORT_FORMATS} - {"text"}))
def test_only_text_has_colour(output_format: Any) -> None:
    """What is made for a program or a page stays what it is on a terminal too."""
    assert ESCAPE not in render(report(), output_format, width=60, colour=True)


# --- hostile texts --------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])).map(
    lambda text: " ".join(text.split()) or "x"
)


@trusted()
def titled(title: str) -> Report:
    """The report on a programme with this title for all it holds."""
    texts = Texts((("nl", title),))
    measure = programme().measures[0]
    body = attrs.evolve(measure.bodies[0], name=texts)
    milestones = tuple(attrs.evolve(milestone, title=texts) for milestone in measure.milestones)
    measure = attrs.evolve(measure, title=texts, bodies=(body,), milestones=milestones)
    return as_of(attrs.evolve(programme(), title=texts, measures=(measure,)), DAY)


CELL = re.compile(r"(?:\\.|[^|\\])+")  # GFM 4.10: a pipe in a cell is escaped
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # CommonMark 2.4


@given(TEXTS)
def test_markdown_keeps_texts_in_their_cells(title: str) -> None:
    """Every row has four columns, and its texts are read as they were, without markup."""
    rows = [
        line for line in render(titled(title), "markdown").split("\n") if line.startswith("| [")
    ]
    assert len(rows) == 6
    for row in rows:
        columns = CELL.findall(row)
        assert len(columns) == 4
        link = re.fullmatch(r" \[(.*)\]\(<[^<>|`\\]*>\)<br>`law/[a-z-]+` ", columns[0])
        assert link is not None
        for shown in (link[1], columns[3].strip()):
            assert ESCAPED.sub(r"\1", shown) == title
            assert not re.search(r"[`*_<>|&$#~\[\]]", re.sub(r"\\.", "", shown))


LEFT_OUT = re.compile(r"And (\d+) more; the report as text names them all\.\n")


@given(st.integers(-10, 3000))
def test_markdown_is_cut_at_a_line(most_bytes: int) -> None:
    """What is cut is short enough, begins as the whole does, and counts what it leaves out."""
    whole = render(report(), "markdown", language="en")
    short = cut(judge(report()), Voice("en"), most_bytes=most_bytes)
    if most_bytes >= len(whole.encode()):
        assert short == whole
        return
    assert len(short.encode()) <= max(most_bytes, 0)
    counted = LEFT_OUT.search(short)
    kept = (short[: counted.start() - 1] if counted else short).splitlines()
    assert kept == whole.splitlines()[: len(kept)]
    rows = sum("<br>`" in line for line in kept)
    assert rows + (int(counted[1]) if counted else 0) == (len(report().standings) if kept else 0)


def test_markdown_is_cut_no_sooner_than_it_must() -> None:
    """With room for all but the last line, all milestones are there and none is counted."""
    whole = render(report(), "markdown", language="en")
    assert cut(judge(report()), Voice("en"), most_bytes=len(whole.encode())) == whole
    short = cut(judge(report()), Voice("en"), most_bytes=len(whole.encode()) - 1)
    assert short.rstrip() == whole[: whole.rindex("\nA term that passed")].rstrip()


@pytest.mark.slow
@given(TEXTS)
def test_csv_is_read_back(title: str) -> None:
    """Commas, quotes and all else come back from a reader of CSV as they were."""
    rows = list(csv.DictReader(io.StringIO(render(titled(title), "csv"), newline="")))
    assert [row["title"] for row in rows] == [title] * 6
    assert [row["id"] for row in rows] == [
        standing.milestone.full_id for standing in report().about("law").standings
    ]


@given(TEXTS)
def test_json_is_read_back(title: str) -> None:
    """So they do from a reader of JSON."""
    document = json.loads(render(titled(title), "json"))
    assert document["programme"]["title"] == {"nl": title}
    assert {milestone["title"]["nl"] for milestone in document["milestones"]} == {title}


# --- JSON -----------------------------------------------------------------------------------------

KEYS = {
    "": (
        "version programme as_of known_on counts dated evidence facts not_yet_promised milestones"
    ),
    "programme": "id title",
    "counts": "overdue due upcoming passed undated met replaced dropped",
    "dated": "overdue due upcoming passed undated met replaced dropped",
    "evidence": "late unchecked no-news",
    "milestone": (
        "id measure milestone code title summary measure_title cluster sectors bodies also kind "
        "commitment status evidence attestation level due promised revisions news "
        "newest_statement outcome snoozed days_overdue days_left timeliness moved_days number "
        "source sources note locator url location"
    ),
    "snoozed": "until since by reason",
    "date": "words translations edtf earliest latest",
    "revision": "due goal bodies announced reason source sources note",
    "news": "on found says by source sources note",
    "outcome": "type on by reason source sources note",
    "timeliness": "at_least at_most",
    "number": "unit goal baseline readings",
    "reading": "on value kind source sources note",
    "location": "path line",
}


def objects(document: dict[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Each object of a JSON report that has a fixed shape, with the name of that shape."""
    yield "", document
    for name in ("programme", "counts", "dated", "evidence"):
        yield name, json.loads(json.dumps(document[name]))
    for milestone in json.loads(json.dumps(document["milestones"])):
        yield "milestone", milestone
        yield "location", milestone["location"]
        dates = [milestone["due"], milestone["promised"]]
        for revision in milestone["revisions"]:
            yield "revision", revision
            dates.append(revision["due"])
        for news in milestone["news"]:
            yield "news", news
        if outcome := milestone["outcome"]:
            yield "outcome", outcome
            dates.append(outcome["on"])
        for name in ("snoozed", "timeliness", "number"):
            if milestone[name]:
                yield name, milestone[name]
        for reading in milestone["number"]["readings"] if milestone["number"] else ():
            yield "reading", reading
            dates.append(reading["on"])
        for date in filter(None, dates):
            yield "date", date


def test_json_keys_never_vanish() -> None:
    """A reader finds each key in each object, in the same order; what is absent is null."""
    seen = set()
    whole = as_of(programme("2015-03-01"), DAY)
    for shape, found in objects(json.loads(render(whole, "json"))):
        assert list(found) == KEYS[shape].split(), shape
        seen.add(shape)
    assert seen == KEYS.keys()


def test_json_comes_the_most_pressing_first() -> None:
    """Milestones are in the order of status, of evidence, of the last day, then of the id."""
    milestones = json.loads(render(report(), "json"))["milestones"]
    order, worth = list(Status), [None, *Evidence]

    def place(milestone: dict[str, Any]) -> tuple[int, int, str, str]:
        last = (milestone["due"] or {}).get("latest") or "9999-12-31"
        rank = order.index(milestone["status"]), worth.index(milestone["evidence"])
        return *rank, last, str(milestone["id"])

    assert milestones == sorted(milestones, key=place)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(Status),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), VALUES))
def test_json_is_indented_as_python_does(document: dict[str, Any]) -> None:
    """A writer of our own is faster than Python's, and writes the same."""
    assert json_written(document) == json.dumps(document, ensure_ascii=False, indent=2) + "\n"


# --- GitHub ---------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(?P<command>[a-z]+)(?: (?P<properties>[^:]*))?::(?P<message>.*)")
IN_MESSAGE = {"%25": "%", "%0D": "\r", "%0A": "\n"}
IN_PROPERTY = {**IN_MESSAGE, "%3A": ":", "%2C": ","}


def read_back(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it (actions/runner, `ActionCommand.cs`)."""
    command = COMMAND.fullmatch(line)
    assert command, line
    properties = dict(one.split("=", 1) for one in (command["properties"] or "").split(",") if one)
    return (
        command["command"],
        {name: unescaped(value, IN_PROPERTY) for name, value in properties.items()},
        unescaped(command["message"], IN_MESSAGE),
    )


def unescaped(text: str, escapes: dict[str, str]) -> str:
    return re.sub("%(?:25|0D|0A|3A|2C)", lambda found: escapes.get(found[0], found[0]), text)


def found_at(message: str, path: str = "data.toml", level: Level = Level.ERROR) -> Finding:
    return Finding(
        level=level, rule=RULES["bad-id"], message=message, location=Location(path=path, line=3)
    )


@given(
    message=st.text(st.characters(codec="utf-8")) | st.text("%:,\r\n25ADC03"),
    path=st.text(st.characters(codec="utf-8"), min_size=1) | st.text("%:,\r\n25ADC03", min_size=1),
)
def test_github_commands_are_read_back(message: str, path: str) -> None:
    """Per cent signs, colons, commas and line breaks come back as they were, from one line.

    What nobody sees is shown.
    """
    written = annotations([found_at(message, path)], Voice("en"))
    line = written.removesuffix("\n")
    assert not {"\r", "\n"} & set(line)
    assert read_back(line) == (
        "error",
        {"file": printable(path), "line": "3", "title": "bad-id"},
        printable(message),
    )


def test_github_titles_are_read_back() -> None:
    """The title of a notice at no place is escaped too."""
    assert read_back(render(VIEWS["nothing"], "github", language="en").rstrip("\n")) == (
        "notice",
        {"title": "Plan: 100% <b>science</b> | technology, as of 1 February 2015"},
        "No milestones.",
    )


MANY = {
    # errors: what is written of them, hints and warnings beside them
    1: ["0"],
    9: [str(number) for number in range(9)],
    10: [*(str(number) for number in range(9)), "And 1 more; the report as text names them all."],
    40: [*(str(number) for number in range(9)), "And 31 more; the report as text names them all."],
}


@pytest.mark.parametrize("number", MANY)
@pytest.mark.parametrize(
    ("level", "command"),
    [(Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.HINT, "notice")],
)
def test_github_is_given_no_more_than_it_shows(number: int, level: Level, command: str) -> None:
    """A step shows ten annotations of a level: nine are written, and one that counts the rest."""
    found = [found_at(str(at), level=level) for at in range(number)]
    lines = annotations(iter(found), Voice("en")).splitlines()
    assert [read_back(line)[0] for line in lines] == [command] * len(lines)
    assert [read_back(line)[2] for line in lines] == MANY[number]


def test_github_counts_each_level_apart() -> None:
    """Errors come first, then warnings, then notices, each with its own nine."""
    levels = [Level.HINT, Level.ERROR, Level.WARNING]
    found = [found_at("x", level=level) for level in levels for _ in range(11)]
    lines = annotations(found, Voice("nl")).splitlines()
    assert [read_back(line)[0] for line in lines] == [
        *["error"] * 10,
        *["warning"] * 10,
        *["notice"] * 10,
    ]
    assert read_back(lines[-1])[2] == "En nog 2; het verslag als tekst noemt ze alle."


def test_github_needs_a_line() -> None:
    """A finding about a whole file stands at its first line."""
    nowhere = Finding(rule=RULES["encoding"], message="x", location=Location(path="data.toml"))
    assert (
        annotations([nowhere], Voice("en")) == "::error file=data.toml,line=1,title=encoding::x\n"
    )


# --- GitLab ---------------------------------------------------------------------------------------


def places(text: str) -> dict[str, int]:
    """The fingerprints of all that a GitLab report of a programme holds, with their lines."""
    found = json.loads(render(as_of(loads(text, path="data.toml"), DAY), "gitlab"))
    lines = {one["fingerprint"]: one["location"]["lines"]["begin"] for one in found}
    assert len(lines) == len(found) == 9
    return lines


def test_gitlab_fingerprints_survive_edits() -> None:
    """Each is its own, and stays what it is when all lines of the file shift."""
    text = (GOLDEN / "programme.toml").read_text(encoding="utf-8")
    shifted = places(f"# One line more.\n{text}")
    assert shifted == {fingerprint: line + 1 for fingerprint, line in places(text).items()}


def test_gitlab_fingerprints_tell_programmes_apart() -> None:
    """Two programmes with the same ids can be in one pipeline."""
    text = (GOLDEN / "programme.toml").read_text(encoding="utf-8")
    other = text.replace('id = "science"', 'id = "science-2"')
    assert places(text).keys().isdisjoint(places(other))


def test_gitlab_fingerprints_tell_late_from_coming() -> None:
    """What becomes overdue is new, and what stays overdue is not."""

    def fingerprint(day: dt.date) -> str:
        (found,) = json.loads(render(report(day).about("law/guide"), "gitlab"))
        return str(found["fingerprint"])

    coming, late, later = (fingerprint(dt.date(2015, month, 1)) for month in (3, 4, 5))
    assert coming != late == later


# --- JUnit ----------------------------------------------------------------------------------------


def cases(shown: Report) -> dict[str, tuple[str, str, str]]:
    """What another reader finds: the tag, its message and its text, for each milestone."""
    suites = JUnitXml.fromstring(render(shown, "junit", language="en").encode())
    found = {}
    for suite in suites:
        assert (suite.tests, suite.failures, suite.errors, suite.skipped) == counted(list(suite))
        for case in suite:
            assert suite.name.startswith(f"{case.classname}: ")
            found[case.name.partition(":")[0]] = verdict(case)
    every = [case for suite in suites for case in suite]
    assert (suites.tests, suites.failures, suites.errors, suites.skipped) == counted(every)
    return found


def counted(found: list[TestCase]) -> tuple[int, int, int, int]:
    failures = sum(case.is_failure for case in found)
    return len(found), failures, 0, sum(case.is_skipped for case in found)


def verdict(case: TestCase) -> tuple[str, str, str]:
    if case.is_passed:
        return "passed", "", ""
    (result,) = case.result
    assert isinstance(result, Failure | Skipped)
    return type(result).__name__.lower(), result.type, result.message


def test_junit_is_read_back() -> None:
    """What is met passes, what is overdue fails, the rest is skipped; and the counts are right."""
    told = cases(report())
    assert {full_id: (tag, status) for full_id, (tag, status, _) in told.items()} == {
        "classes/counted": ("skipped", "dropped"),
        "classes/first-lesson": ("passed", ""),
        "classes/visited": ("passed", ""),
        "law/from-then-on": ("skipped", "undated"),
        "law/guide": ("skipped", "due"),
        "law/in-force": ("failure", "overdue"),
        "law/review": ("skipped", "upcoming"),
        "law/second-review": ("skipped", "upcoming"),
        "law/some-day": ("skipped", "undated"),
        "plan/after-all": ("passed", ""),
        "plan/by-itself": ("passed", ""),
        "plan/expected": ("skipped", "passed"),
        "plan/hoped": ("skipped", "passed"),
        "plan/in-time": ("passed", ""),
        "plan/late": ("failure", "overdue"),
        "plan/late-between": ("passed", ""),
        "plan/late-perhaps": ("passed", ""),
        "plan/merged": ("skipped", "replaced"),
        "plan/partly-late": ("failure", "overdue"),
        "plan/some-day": ("passed", ""),
        "plan/sought": ("skipped", "overdue"),
        "plan/sought-long-ago": ("failure", "overdue"),
        "plan/survey": ("skipped", "undated"),
        "plan/unchecked": ("failure", "overdue"),
    }
    for standing in report().standings:
        _, status, message = told[standing.milestone.full_id]
        assert message.startswith(ENGLISH.standing(standing) if status else "")


def test_junit_of_nothing_is_read_back() -> None:
    """A report on nothing has no tests, and is no error."""
    assert cases(as_of(programme().only(measures=["idle"]), DAY)) == {}


ILLEGAL = st.text(
    st.characters(max_codepoint=0x1F, exclude_characters="\t\n\r")
    | st.characters(categories=["Cs"])
)


@pytest.mark.slow
@given(TEXTS, ILLEGAL)
def test_junit_texts_are_read_back(title: str, illegal: str) -> None:
    """Any text comes back as it was, without what XML cannot hold."""
    suites = JUnitXml.fromstring(render(titled(f"{illegal}{title}\uffff"), "junit").encode())
    legal = title.translate({0xFFFE: None, 0xFFFF: None})
    assert [case.name for suite in suites for case in suite] == [
        f"{standing.milestone.full_id}: {legal}" for standing in report().about("law").standings
    ]


# --- SARIF ----------------------------------------------------------------------------------------


def sarif_run(written: str) -> dict[str, Any]:
    (run,) = json.loads(written)["runs"]
    return dict(run)


def test_sarif_names_the_tool_of_the_package() -> None:
    """Its name and its version; and no address, as long as it has none."""
    driver = sarif_run(render(report(), "sarif"))["tool"]["driver"]
    assert (driver["name"], driver["version"]) == (about.NAME, betatech_milestones.__version__)
    assert about.HOME is None
    assert "informationUri" not in driver
    assert not any("helpUri" in rule for rule in driver["rules"])


PATHS = {
    "data.toml": "data.toml",
    "./data/my plan.toml": "data/my%20plan.toml",
    "../a:b/100%.toml": "../a%3Ab/100%25.toml",
    "één.toml": "%C3%A9%C3%A9n.toml",
    "\udce9.toml": "%3F.toml",
    "/srv/my plan.toml": "file:///srv/my%20plan.toml",
    "<text>": "%3Ctext%3E",
}


@pytest.mark.parametrize("path", PATHS)
def test_sarif_places_are_uris(path: str) -> None:
    """A path is a relative reference, percent-encoded; one from the root is a file URI."""
    shown = as_of(attrs.evolve(programme(), path=path), DAY)
    for result in sarif_run(render(shown, "sarif"))["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": PATHS[path]}


def marks(written: str) -> list[str]:
    results = sarif_run(written)["results"]
    return [result["partialFingerprints"]["finding/v1"] for result in results]


def test_sarif_fingerprints_are_those_of_gitlab() -> None:
    """What two views recognise, they recognise by the same."""
    found = json.loads(render(report(), "gitlab"))
    assert marks(render(report(), "sarif")) == [one["fingerprint"] for one in found]


def test_sarif_fingerprints_survive_a_new_name() -> None:
    """A milestone that is renamed stays the one it was."""
    text = (GOLDEN / "programme.toml").read_text(encoding="utf-8")
    renamed = text.replace('id = "guide"', 'id = "manual"\nformerly = ["guide"]')
    renamed = renamed.replace("law/guide", "law/manual")
    assert renamed != text
    assert marks(render(as_of(loads(renamed), DAY), "sarif")) == marks(render(report(), "sarif"))


def test_sarif_fingerprints_of_problems_hold_no_line() -> None:
    """The same two problems further down are the same, and are two."""
    check = CHECK_FORMATS["sarif"]
    above = marks(check((found_at("x"), found_at("x"), found_at("y")), "data.toml"))
    lower = [attrs.evolve(found_at(m), location=Location(path="data.toml", line=9)) for m in "xxy"]
    assert marks(check(lower, "data.toml")) == above
    assert len(set(above)) == 3
    assert set(above).isdisjoint(marks(check([found_at("x", "other.toml")], "other.toml")))


def test_gitlab_has_a_line_for_what_has_none() -> None:
    """What is not in the file any more is told at its first line: GitLab wants one."""
    gone = attrs.evolve(found_at("x"), location=Location(path="data.toml"))
    (told,) = json.loads(CHECK_FORMATS["gitlab"]([gone], "data.toml"))
    assert told["location"] == {"path": "data.toml", "lines": {"begin": 1}}


@pytest.fixture
def multitool() -> str:
    tool = shutil.which("sarif-multitool")
    if tool is None:
        pytest.skip("sarif-multitool is not installed: npm install @microsoft/sarif-multitool")
    return tool


@pytest.mark.slow
def test_sarif_is_right_to_the_multitool(multitool: str, tmp_path: Path) -> None:
    """Microsoft's own validator has nothing to say of any view, and has of a wrong one."""
    logs = {
        name: render(view, "sarif", language="en")
        for name, view in VIEWS.items()
        if isinstance(view, Report)
    }
    logs["problems"] = CHECK_FORMATS["sarif"](PROBLEMS, "data.toml")
    logs["sound"] = CHECK_FORMATS["sarif"]((), "data.toml")
    logs["wrong"] = logs["everything"].replace('"data.toml"', '"my data.toml"')
    for name, written in logs.items():
        (tmp_path / f"{name}.sarif").write_text(written, encoding="utf-8")
    done = subprocess.run(
        [multitool, "validate", *(f"{name}.sarif" for name in logs), "--rule-kind", "Sarif"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    assert f"Done. {len(logs)} files scanned." in done.stdout
    said = r"(\w+)\.sarif\S*: (?:error|warning|note) (\w+):"
    findings = re.findall(said, done.stdout + done.stderr)
    no_address = "SARIF2005"  # it asks where the tool lives, which is not known yet
    assert {name for name, rule in findings if rule != no_address} == {"wrong"}


# --- what check found -----------------------------------------------------------------------------

PROBLEMS = (
    found_at("100% wrong,\nand more"),
    Finding(
        level=Level.WARNING,
        rule=RULES["toml-syntax"],
        message="not TOML",
        location=Location(path="data.toml", line=7, column=2),
    ),
)
CHECKED = {
    "text": (
        """\
        data.toml:3: error: 100% wrong,\\u000aand more [bad-id]
        data.toml:7:2: warning: not TOML [toml-syntax]
        """,
        """\
        100%,.toml: no problems found
        """,
    ),
    "github": (
        """\
        ::error file=data.toml,line=3,title=bad-id::100%25 wrong,%0Aand more
        ::warning file=data.toml,line=7,title=toml-syntax::not TOML
        """,
        """\
        ::notice::100%25,.toml: no problems found
        """,
    ),
    "json": (
        """\
        {
          "version": 2,
          "findings": [
            {
              "level": "error",
              "rule": "bad-id",
              "message": "100% wrong,\\nand more",
              "location": {
                "path": "data.toml",
                "line": 3,
                "column": null
              }
            },
            {
              "level": "warning",
              "rule": "toml-syntax",
              "message": "not TOML",
              "location": {
                "path": "data.toml",
                "line": 7,
                "column": 2
              }
            }
          ]
        }
        """,
        """\
        {
          "version": 2,
          "findings": []
        }
        """,
    ),
    "gitlab": (
        """\
        [
          {
            "description": "100% wrong,\\nand more",
            "check_name": "bad-id",
            "fingerprint": "f10650344b1f0b2edbf887511039dc50f9cc9e38d12942a108a78339c0706d3d",
            "severity": "major",
            "location": {
              "path": "data.toml",
              "lines": {
                "begin": 3
              }
            }
          },
          {
            "description": "not TOML",
            "check_name": "toml-syntax",
            "fingerprint": "dfb691fe51e7186d0bdec1072f967fe94e17024229e1eaebf2d1613ca6cc8def",
            "severity": "minor",
            "location": {
              "path": "data.toml",
              "lines": {
                "begin": 7
              }
            }
          }
        ]
        """,
        "[]\n",
    ),
    "sarif": (
        (GOLDEN / "problems.sarif").read_text(encoding="utf-8"),
        (GOLDEN / "sound.sarif").read_text(encoding="utf-8"),
    ),
}


@pytest.mark.parametrize("output_format", CHECK_FORMATS)
def test_findings_are_written(output_format: str) -> None:
    """What is wrong with a data file, and that nothing is, in each format of `check`."""
    wrong, sound = map(textwrap.dedent, CHECKED[output_format])
    assert CHECK_FORMATS[output_format](PROBLEMS, "data.toml") == wrong
    assert CHECK_FORMATS[output_format]((), "100%,.toml") == sound


def test_unknown_format() -> None:
    """A format that is not there is refused with those that are."""
    known = "text, markdown, json, csv, github, gitlab, junit, sarif, story"
    with pytest.raises(ValueError, match=f'^no format "yaml"; there are: {known}$'):
        render(report(), cast("Any", "yaml"))


def test_story_of_what_was_only_reported() -> None:
    """What a source only reports as done was never promised, and the story does not say so."""
    dropped = PROGRAMME.partition("[measure.milestone.dropped]")[2].partition("[[measure]]")[0]
    for commitment, told in ("none", False), ("planned", True):
        met = f'\ncommitment = "{commitment}"\n[measure.milestone.met]\nsource = "letter-2015"\n'
        text = PROGRAMME.replace(f"[measure.milestone.dropped]{dropped}", met)
        standing = as_of(loads(text), dt.date(2015, 8, 1)).about("files/progress")
        assert ("aangekondigd zonder datum" in render(standing, "story")) is told
        assert ("gemeld als gedaan: dag onbekend" in render(standing, "story")) is not told


# --- what was known -------------------------------------------------------------------------------

HINDSIGHT = "with hindsight: what was known on 1 June 2016"


@pytest.mark.parametrize("output_format", REPORT_FORMATS)
def test_every_format_says_that_it_is_hindsight(output_format: Any) -> None:
    """In its head, or on each line where it has no head; and no report of its day says it."""
    shown = as_of(programme(), DAY, known_on="2016-06-01").only(Status.OVERDUE)
    written = render(shown, output_format, language="en")
    told = {"json": '"known_on": "2016-06-01"', "csv": ",2015-02-01,2016-06-01\n"}
    each_line = {"csv", "github", "gitlab"}
    assert written.count(told.get(output_format, HINDSIGHT)) >= (
        len(shown.standings) if output_format in each_line else 1
    )
    of_its_day = render(report().only(Status.OVERDUE), output_format, language="en")
    assert "hindsight" not in of_its_day
    assert "2016-06-01" not in of_its_day


@pytest.mark.parametrize("output_format", SLIPS_FORMATS)
def test_slips_say_that_they_are_hindsight(output_format: Any) -> None:
    """So do slips."""
    written = render(VIEWS["slips-in-hindsight"], output_format, language="en")
    told = {"json": '"known_on": "2015-02-01"', "csv": ",2014-05-31,2015-02-01\n"}
    words = "with hindsight: what was known on 1 February 2015"
    assert told.get(output_format, words) in written.replace("\\", "")


LATE_MONEY = """
[[measure.budget]]
amount = 7
currency = "EUR"
per = "total"
source = "letter-2015"
"""


def test_story_knows_no_money_and_no_source_before_its_day() -> None:
    """Money that a later letter set aside is not told of, nor is that letter."""
    text = PROGRAMME.replace(
        '\n[[measure.milestone]]\nid = "in-force"',
        f'{LATE_MONEY}\n[[measure.milestone]]\nid = "in-force"',
    )
    for day, told in ("2015-06-30", False), ("2015-07-01", True):
        story = render(as_of(loads(text), day).about("files"), "story")
        assert ("geld: € 7 in totaal [letter-2015]" in story) is told
        assert ("Tweede brief" in story) is told


ANNOUNCED = "announced = 2014-05-01\n"


def test_story_tells_by_how_much_a_date_moved_beside_the_date() -> None:
    """What else was changed on the same occasion stands behind that."""
    text = changed(ANNOUNCED, f"{ANNOUNCED}goal = 4000\nbodies = []\n")
    story = render(as_of(loads(text), "2015-09-02").about("files"), "story", language="en")
    assert "(“over een paar jaar”) (761 days later); goal now 4,000; now answered" in story


def test_story_tells_a_shared_milestone_once() -> None:
    """Where it stands in two measures, the second only names it and says how it stands."""
    story = render(report(), "story", language="en")
    assert story.count("plan/survey (Consultation") == 2
    assert story.count("Every school takes part.") == 1
    alone = render(report().about("classes"), "story", language="en")
    assert alone.count("plan/survey (Consultation") == 1
    assert "The plan for teachers" not in alone


UNDATED_NEWS = """
[[measure.milestone.news]]
found = "under-way"
source = "web-page"
"""


def test_late_by_an_undated_page() -> None:
    """News of a page that bears no day says when it was read."""
    text = (GOLDEN / "programme.toml").read_text(encoding="utf-8")
    told = loads(text.replace('due = "eind 2014"\n', f'due = "eind 2014"\n{UNDATED_NEWS}'))
    (standing,) = as_of(told, DAY).about("plan/unchecked").standings
    assert ENGLISH.standing(standing) == (
        "late: its term ended 4 weeks ago; under way (Web page, undated, read on 20 January 2015)"
    )
