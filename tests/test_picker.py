"""What `record` asks on a terminal, and what it makes of the answers."""

import contextlib
import datetime as dt
import io
import os
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.utils import get_cwidth
from systems import posix
from test_record import SPACED

from betatech_milestones import (
    DroppedEntry,
    Entry,
    MetEntry,
    Milestone,
    MovedEntry,
    NewsEntry,
    PolicyDate,
    ReadingEntry,
    ReplacedEntry,
    loads,
)
from betatech_milestones.cli import main, picker
from betatech_milestones.datafile.record import SourceEntry, with_entries
from betatech_milestones.model.printable import printable_line

ROOT = Path(__file__).parents[1]
TODAY = dt.date(2016, 1, 2)
ENTER, UP, DOWN, PAGE_UP, PAGE_DOWN = "\r", "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~"
BACKSPACE, CLEAR, ESC = "\x7f", "\x15", "\x1b"


@contextlib.contextmanager
def typing(keys: str) -> Iterator[None]:
    """Let these keys be typed on the terminal."""
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        if not keys.endswith(ESC):  # which is only itself once nothing has followed for a while
            pipe.close()  # whoever asks for more gets an EOFError, and nobody waits
        yield


# --- a list to choose from ------------------------------------------------------------------------

LINES = [picker.Line(f"{word} {number}") for number in range(1, 13) for word in ("één", "Twee")]

# What is typed · which of the lines is chosen.
CHOSEN = {
    ENTER: 0,
    DOWN + ENTER: 1,
    DOWN + DOWN + UP + ENTER: 1,
    UP + ENTER: 0,
    PAGE_DOWN + ENTER: 10,
    PAGE_DOWN * 9 + ENTER: 23,
    PAGE_DOWN + PAGE_DOWN + PAGE_UP + ENTER: 10,
    f"3{ENTER}": 2,
    f"24{ENTER}": 23,
    f"25{ENTER}{CLEAR}{ENTER}": 0,
    f"3{DOWN}{ENTER}": 4,
    f"twee{ENTER}": 1,
    f"TWEE 12{ENTER}": 23,
    f"één{DOWN}{ENTER}": 2,
    f"12 één{ENTER}": 22,
    f"drie{ENTER}{DOWN}{ENTER}{CLEAR}{ENTER}": 0,
    f"twee 9x{ENTER}{BACKSPACE}{ENTER}": 17,
}


@pytest.mark.parametrize("keys", CHOSEN, ids=ascii)
def test_a_line_is_chosen_by_arrows_number_or_words(keys: str) -> None:
    """Enter takes the line that is pointed at; where nothing fits there is none to take."""
    with typing(keys):
        assert picker.choose("Which?", LINES) == CHOSEN[keys]


@pytest.mark.parametrize("key", ["\x03", "\x04", ESC], ids=["Ctrl-C", "Ctrl-D", "Esc"])
def test_a_list_can_be_left(key: str) -> None:
    """Without an answer."""
    with typing(key), pytest.raises(KeyboardInterrupt):
        picker.choose("Which?", LINES)


@given(st.lists(st.text(max_size=9).map(str.casefold)), st.text(max_size=5))
def test_what_fits_has_every_word(lines: list[str], typed: str) -> None:
    """In the order of the lines; but for the one whose number was typed, which comes first."""
    found = picker.fitting(lines, typed)
    assert len({*found}) == len(found)
    named = [index for index in found if typed.isdecimal() and int(typed) == index + 1]
    assert found[: len(named)] == named
    others = [index for index in found if index not in named]
    assert others == sorted(others)
    words = typed.casefold().split()
    fit = {index for index, line in enumerate(lines) if all(word in line for word in words)}
    assert {*found} == fit | {*named}


SHOWN = st.text(max_size=60).map(printable_line)


@given(SHOWN, SHOWN, st.integers(8, 90))
def test_a_line_fits_the_terminal(text: str, end: str, columns: int) -> None:
    """However wide its letters; of what is cut that is told, and a short end stays whole."""
    shown = picker.Line(text, end).within(columns)
    assert get_cwidth(shown) <= columns
    if get_cwidth(end) <= columns // 2:
        assert shown.endswith(end)
    if get_cwidth(text + end) <= columns and get_cwidth(end) <= columns // 2:
        assert shown == text + end


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (None, "nothing fits; take something back"),
        (LINES[0], "3 of 24: arrow keys or a number; words to search; Enter; Esc to leave"),
        (
            picker.Line("text", " — end", "id"),
            (
                "text — end (id)\n"
                "3 of 24: arrow keys or a number; words to search; Enter; Esc to leave"
            ),
        ),
    ],
)
def test_what_is_pointed_at_is_shown_whole(line: picker.Line | None, told: str) -> None:
    """Below the list, with how many lines fit and how to go on."""
    assert picker.told(line, 3, 24) == told


# --- which milestone ------------------------------------------------------------------------------

PLAN = SPACED.replace(
    "# More of the first.\n",
    "due = '2015-09'\n[[measure.milestone]]\nid = 'c'\ntitle.nl = 'C'\nkind = 'other'\n"
    "due = 2018\n",
)


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [(ENTER, "one/a"), (DOWN + ENTER, "one/b"), ("3\r", "one/c"), ("one/c\r", "one/c")],
)
def test_the_most_pressing_milestone_comes_first(keys: str, chosen: str) -> None:
    """What is overdue, then what is due and what comes; its id is found as its title is."""
    with typing(keys):
        assert picker.ask_milestone(loads(PLAN), TODAY) == chosen


def test_a_milestone_is_shown_with_its_measure_its_date_and_how_it_stands() -> None:
    """In the language of the programme."""
    assert [line.whole for line in picker._milestones(loads(PLAN), TODAY)] == [  # noqa: SLF001
        "A — Een — september 2015 — termijn verstreken, daarna niet nagegaan (one/a)",
        "# B — Een — 2016 — nu verwacht (one/b)",
        "C — Een — 2018 — komend (one/c)",
    ]


# --- what happened --------------------------------------------------------------------------------

MEMO = "2" + ENTER  # the page was read later, and stands before it
PAGE = "page" + ENTER
DAY = ENTER  # on a date that is known, or on the day that is proposed
UNKNOWN = DOWN + ENTER
NEW = ENTER
LETTER = f"{NEW}De  brief{ENTER}{DAY}1 juli 2015{ENTER}https://example.org/x{ENTER}letter{ENTER}"
# What is typed · what it makes.
ANSWERS: dict[str, tuple[str, Entry]] = {
    "it was met": (
        f"met{ENTER}{DAY}2015-06-01{ENTER}memo{ENTER}",
        MetEntry(on="2015-06-01", source="memo"),
    ),
    "it was met on an unknown day": (
        f"1{ENTER}{UNKNOWN}{PAGE}",
        MetEntry(source="page"),
    ),
    "it was moved, and nobody says why": (
        f"2{ENTER}zomer 2017{ENTER}memo{ENTER}{ENTER}",
        MovedEntry(due="zomer 2017", source="memo"),
    ),
    "it was moved to words": (
        f"2{ENTER}over een paar jaar{ENTER}2016-08~{ENTER}memo{ENTER}meer tijd{ENTER}",
        MovedEntry(
            due=PolicyDate("2016-08~", words="over een paar jaar"),
            source="memo",
            reason={"nl": "meer tijd"},
        ),
    ),
    "words are taken back": (
        f"2{ENTER}ooit{ENTER}{ENTER}2017{ENTER}memo{ENTER}{ENTER}",
        MovedEntry(due="2017", source="memo"),
    ),
    "a meaning that is none is asked for again": (
        f"2{ENTER}ooit{ENTER}ooit{ENTER}{CLEAR}2017{ENTER}memo{ENTER}{ENTER}",
        MovedEntry(due=PolicyDate("2017", words="ooit"), source="memo"),
    ),
    "somebody looked": (
        f"nothing{ENTER}{DAY}de redactie{ENTER}",
        NewsEntry(on=TODAY, by="de redactie"),
    ),
    "somebody looked on a day": (
        f"nothing{ENTER}{CLEAR}augustus{ENTER}{CLEAR}1 augustus 2015{ENTER}{ENTER}ons{ENTER}",
        NewsEntry(on="2015-08-01", by="ons"),
    ),
    "it is under way": (
        f"under way{ENTER}{DAY}{PAGE}{ENTER}",
        NewsEntry(on=TODAY, found="under-way", source="page"),
    ),
    "a part is done": (
        f"a part{ENTER}{DAY}{PAGE}de helft{ENTER}",
        NewsEntry(on=TODAY, found="partly", source="page", says={"nl": "de helft"}),
    ),
    "it was not done": (
        f"not done{ENTER}{DAY}{PAGE}{ENTER}",
        NewsEntry(on=TODAY, found="not-done", source="page"),
    ),
    "it was dropped": (
        f"dropped{ENTER}{UNKNOWN}memo{ENTER}{ENTER}niet nodig{ENTER}",
        DroppedEntry(source="memo", reason={"nl": "niet nodig"}),
    ),
    "another milestone took its place": (
        f"its place{ENTER}one/a{ENTER}{DAY}2015{ENTER}memo{ENTER}{ENTER}",
        ReplacedEntry(on="2015", by="one/a", source="memo"),
    ),
    "something else took its place": (
        f"its place{ENTER}1{ENTER}{UNKNOWN}memo{ENTER}{ENTER}een wet{ENTER}",
        ReplacedEntry(source="memo", reason={"nl": "een wet"}),
    ),
    "a number was reached": (
        f"reached{ENTER}veel{ENTER}{CLEAR}1.50{ENTER}2014{ENTER}memo{ENTER}",
        ReadingEntry(on="2014", value=Decimal("1.50"), source="memo"),
    ),
    "a number is planned": (
        f"planned{ENTER}9{ENTER}2014{ENTER}memo{ENTER}",
        ReadingEntry(on="2014", value=9, kind="planned", source="memo"),
    ),
    "a new document": (
        f"1{ENTER}{UNKNOWN}{LETTER}",
        MetEntry(
            source=SourceEntry(
                title="De  brief",
                published="1 juli 2015",
                url="https://example.org/x",
                kind="letter",
            )
        ),
    ),
    "a page that bears no date, at an address that is asked for again": (
        f"1{ENTER}{UNKNOWN}{NEW}Pagina{ENTER}{UNKNOWN}{ENTER}hier{ENTER}{CLEAR}{ENTER}website{ENTER}",
        MetEntry(source=SourceEntry(title="Pagina", seen=TODAY, kind="website")),
    ),
    "a document without a last day": (
        f"1{ENTER}{UNKNOWN}{NEW}Nota{ENTER}{ENTER}na 2014{ENTER}{ENTER}{ENTER}law{ENTER}",
        MetEntry(source=SourceEntry(title="Nota", published="na 2014", seen=TODAY, kind="law")),
    ),
}


@pytest.mark.parametrize(("keys", "entry"), ANSWERS.values(), ids=ANSWERS)
def test_answers_make_an_entry(keys: str, entry: Entry) -> None:
    """What is asked depends on what happened; what is wrong is asked for again."""
    programme = loads(SPACED)
    with typing(keys):
        assert picker.ask_entry(programme, [programme.measures[0].milestones[1]], TODAY) == entry


MET, DROPPED, REPLACED = loads(PROGRAMME).milestones
OPEN, COUNTED = loads(SPACED).milestones
# Of which milestones · what cannot happen to them.
CANNOT: dict[str, tuple[list[Milestone], str]] = {
    "met twice": ([MET], "it was met"),
    "moved after it was met": ([MET], "moved"),
    "dropped after it was met": ([MET], "dropped"),
    "moved after it was dropped": ([DROPPED], "moved"),
    "replaced after it was replaced": ([REPLACED], "its place"),
    "a reading without a number": ([OPEN], "a number was reached"),
    "a reading of two, of which one has no number": ([COUNTED, OPEN], "a number is planned"),
}


@pytest.mark.parametrize(("milestones", "what"), CANNOT.values(), ids=CANNOT)
def test_what_cannot_happen_is_not_offered(milestones: list[Milestone], what: str) -> None:
    """Typing it fits nothing, and Enter goes nowhere."""
    with typing(f"{what}{ENTER}\x03"), pytest.raises(KeyboardInterrupt):
        picker.ask_entry(loads(PROGRAMME), milestones, TODAY)


def test_what_was_dropped_may_be_met_after_all() -> None:
    """As the file may say it."""
    with typing(f"it was met{ENTER}{UNKNOWN}web-page{ENTER}"):
        entry = picker.ask_entry(loads(PROGRAMME), [DROPPED], TODAY)
    assert entry == MetEntry(source="web-page")


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_a_question_can_be_left(key: str) -> None:
    """In the middle of its answer."""
    with typing(f"moved{ENTER}zomer{key}"), pytest.raises(KeyboardInterrupt):
        picker.ask_entry(loads(SPACED), [OPEN], TODAY)


# --- the command ----------------------------------------------------------------------------------


class Terminal(io.TextIOWrapper):
    """What is written to a terminal, or read from it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data file in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = Path("milestones.toml")
    path.write_bytes(SPACED.encode())
    return path


def run(monkeypatch: pytest.MonkeyPatch, keys: str, *arguments: str) -> tuple[object, str]:
    """Run `record` while keys are typed; return its exit code and what it printed."""
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", Terminal(io.BytesIO()))
    monkeypatch.setattr(sys, "stdout", Terminal(shown, encoding="utf-8", newline="\n"))
    with typing(keys), pytest.raises(SystemExit) as end:
        main(["record", *arguments], prog_name="betatech-milestones")
    sys.stdout.flush()
    return end.value.code, shown.getvalue().decode()


MET_ON_A_DAY = f"met{ENTER}{DAY}2015-06-01{ENTER}memo{ENTER}"
YES, NO = ENTER, DOWN + ENTER
LEFT = f"met{ENTER}\x03"
PATCH = """\
--- milestones.toml
+++ milestones.toml
@@ -14,6 +14,10 @@
 title.nl = "A"
 kind = "other" # or so
 # More of the first.
+
+[measure.milestone.met]
+on = 2015-06-01
+source = "memo"
~
 # About the second.
 [[measure.milestone]]
""".replace("~", " ")
RECORDED = "milestones.toml:18: recorded one/a: met 2015-06-01\n"
NOTHING = "nothing is recorded: milestones.toml is as it was\n"

# What is typed · what the command is given · its exit code and what it tells.
CALLS: dict[str, tuple[str, tuple[str, ...], int, str]] = {
    "all is asked for": (f"one/a{ENTER}{MET_ON_A_DAY}{YES}", (), 0, RECORDED),
    "what happened is asked for": (f"{MET_ON_A_DAY}{YES}", ("one/a",), 0, RECORDED),
    "which milestone is asked for": (
        f"one/a{ENTER}{YES}",
        ("--met", "2015-06-01", "--source", "memo"),
        0,
        RECORDED,
    ),
    "it is not confirmed": (f"{MET_ON_A_DAY}{NO}", ("one/a",), 0, NOTHING),
    "it is only tried": (MET_ON_A_DAY, ("one/a", "--dry-run"), 0, NOTHING),
    "it is left": (LEFT, ("one/a",), 130, NOTHING),
    "it is left at the end": (f"{MET_ON_A_DAY}\x03", ("one/a",), 130, NOTHING),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_what_is_missing_is_asked_for(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    call: tuple[str, tuple[str, ...], int, str],
) -> None:
    """What would be added is shown, and only added once that is confirmed."""
    keys, arguments, code, told = call
    shown = "" if keys == LEFT else PATCH
    assert run(monkeypatch, keys, *arguments) == (code, shown)
    assert capsys.readouterr().err == f"reads milestones.toml\n{told}"
    entry = MetEntry(on="2015-06-01", source="memo")
    done = with_entries(SPACED, "one/a", entry).text if told == RECORDED else SPACED
    assert file.read_bytes().decode() == done


def test_an_unknown_milestone_is_told_before_anything_is_asked(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody answers questions in vain."""
    assert run(monkeypatch, "", "one/d") == (2, "")
    assert capsys.readouterr().err == (
        "reads milestones.toml\n"
        'Error: no milestone "one/d"; did you mean "one/b"?\n'
        "betatech-milestones report milestones.toml lists them all\n"
    )
    assert file.read_bytes() == SPACED.encode()


# --- a real terminal ------------------------------------------------------------------------------


def spawned(folder: Path, *arguments: str) -> "pexpect.spawn[str]":
    """Start `record` on a terminal of 80 columns."""
    return pexpect.spawn(
        sys.executable,
        ["-m", "betatech_milestones", "record", *arguments],
        cwd=str(folder),
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "PROMPT_TOOLKIT_NO_CPR": "1",  # there is nobody to say where the cursor is
            "TERM": "xterm",
        },
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=60,
    )


@posix
@pytest.mark.slow
def test_it_is_recorded_on_a_real_terminal(file: Path) -> None:
    """Each question is asked in its turn, and the file has what was answered."""
    terminal = spawned(file.absolute().parent)
    for question, answer in {
        "Which milestone": "een one/a\r",
        "What happened": "moved\r",
        "To which date": "zomer 2017\r",
        "Which source": "\r",
        "Title": "Één brief\r",
        "When did it appear": "\r",
        "Date, as": "2016-05-26\r",
        "Address": "https://example.org/brief\r",
        "What kind": "letter\r",
        "Why": "\r",
        "Record this": "\r",
    }.items():
        terminal.expect_exact(question)
        terminal.send(answer)
    terminal.expect_exact("milestones.toml:2: added source letter-2016-05-26\r\n")
    terminal.expect_exact("milestones.toml:18: recorded one/a: moved zomer 2017\r\n")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    document = SourceEntry(
        title="Één brief",
        published="2016-05-26",
        url="https://example.org/brief",
        kind="letter",
    )
    entry = MovedEntry(due="zomer 2017", source=document)
    assert file.read_bytes().decode() == with_entries(SPACED, "one/a", entry).text


@posix
@pytest.mark.slow
@pytest.mark.parametrize("question", ["Which milestone", "What happened", "To which date"])
@pytest.mark.parametrize("key", ["\x03", ESC], ids=["Ctrl-C", "Esc"])
def test_who_goes_away_records_nothing(file: Path, question: str, key: str) -> None:
    """The file is as it was, and the exit code that of an interrupted program."""
    terminal = spawned(file.absolute().parent)
    answers = {"Which milestone": "one/a\r", "What happened": "moved\r", "To which date": ""}
    for asked, answer in answers.items():
        terminal.expect_exact(asked)
        if asked == question:
            terminal.send(key)
            break
        terminal.send(answer)
    terminal.expect_exact("nothing is recorded: milestones.toml is as it was\r\n")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert (terminal.exitstatus, file.read_bytes()) == (130, SPACED.encode())


@posix
@pytest.mark.slow
def test_a_list_stays_within_its_terminal(file: Path) -> None:
    """The date and how it stands are there, whatever the length of the titles."""
    long = SPACED.replace('title.nl = "A"', f'title.nl = "{"Ontwikkeling 開発 " * 9}"\ndue = 2014')
    file.write_text(long, encoding="utf-8")
    terminal = spawned(file.absolute().parent)
    terminal.expect(r"»[^»\r\n]* 1\. (?P<line>[^\r\n]*… — 2014 — termijn verstr[^\r\n]*…)")
    assert isinstance(terminal.match, re.Match)
    assert get_cwidth(terminal.match["line"]) <= 80 - len("» 1. ")
    terminal.send("\x03")
    terminal.expect(pexpect.EOF)
    terminal.close()
