"""What is printed and was written by others: nothing hides in it, and no log of CI obeys it."""

import contextlib
import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME
from systems import posix

from betatech_milestones import (
    BadValue,
    Finding,
    InvalidData,
    Location,
    PolicyDate,
    Programme,
    Texts,
    as_of,
    diff,
    digest,
    judge,
    loads,
    reminder,
    render,
    slips,
    stats,
)
from betatech_milestones.cli import main
from betatech_milestones.cli.output import say
from betatech_milestones.formats import (
    DIFF_FORMATS,
    REMINDER_FORMATS,
    REPORT_FORMATS,
    SLIPS_FORMATS,
    STATS_FORMATS,
)
from betatech_milestones.formats.check import CHECK_FORMATS
from betatech_milestones.model import rules
from betatech_milestones.model.printable import (
    COMMAND,
    LONGEST_LINE,
    printable,
    printable_document,
    printable_json,
    printable_line,
    printable_xml,
)
from betatech_milestones.model.records import trusted

# --- the oracles ----------------------------------------------------------------------------------

COMMANDS = {
    *("add-mask", "add-matcher", "debug", "echo", "endgroup", "error", "group", "notice"),
    *("remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning"),
}


def obeyed(line: str) -> bool:
    """Whether a runner of GitHub obeys a line, as `ActionCommand.cs` of actions/runner reads it."""
    trimmed = line.lstrip()
    end = trimmed.find("::", 2) if trimmed.startswith("::") else -1
    if trimmed[2 : max(end, 2)].partition(" ")[0].lower() in COMMANDS:
        return True
    begin = line.find("##[")
    end = line.find("]", begin)
    return 0 <= begin < end and line[begin + 3 : end].partition(" ")[0].lower() in COMMANDS


def is_obeyed(written: str) -> bool:
    """Whether one of its lines is; .NET ends them at a carriage return, too."""
    on_azure = re.search(r"##vso\[[a-z.]+", written) is not None
    return on_azure or any(map(obeyed, re.split("\r\n|\r|\n", written)))


UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)

PAYLOADS = (
    "::set-output name=report::evil",
    "  ::add-mask::the",
    "\u00a0::error::x",
    "##[group]all is well",
    "###[error]x",
    "##vso[task.setvariable variable=a]b",
    "::stop-commands::token",
    "\x1b[2J\x1b]0;evil\x07",
    "\x9b31m",
    "\u202egnp.\u202c",
    "\u2066a\u2069",
    "section_start:0:x\r\x1b[0K",
    "a\ud800b\U000e0041\ufeff",
)
HOSTILE = st.lists(
    st.sampled_from([*PAYLOADS, "\n", "\r", "\u2028", "\x0b", " ", "word"]) | st.characters(),
    min_size=1,
    max_size=5,
).map("".join)


@pytest.mark.parametrize("line", ["::error::x", "\t ::Set-Output name=a::b", "x ##[group]y"])
def test_the_oracle_knows_a_command(line: str) -> None:
    """Where the runner obeys, so that the tests below mean something."""
    assert is_obeyed(line)


# --- one function ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Übergangsfrist: één (€ 5) — 'x'", "Übergangsfrist: één (€ 5) — 'x'"),
        ("\u06a9\u062a\u0627\u0628\u200c\u0647\u0627 \u05e9\u05dc", None),  # joined, right to left
        ("\U0001f469\u200d\U0001f52c ve\u00adry \u2764\ufe0f 10\u00a0%", None),
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[31mred\x07\r", r"\u001b[31mred\u0007\u000d"),
        ("\x85\x9b\u2028", r"\u0085\u009b\u2028"),
        ("\u202eabc\u2066\u200f", r"\u202eabc\u2066\u200f"),
        ("\u200b\ufeff\U000e0041\ud800\uffff", r"\u200b\ufeff\U000e0041\ud800\uffff"),
        ("::set-output name=a::b", r"\u003a:set-output name=a::b"),
        ("a ::b:: c", None),  # not at the beginning of a line
        ("a\n  ::b::c", "a\n  \\u003a:b::c"),
        ("a ##[group]", r"a #\u0023[group]"),
        ("##vso[task.x]", r"#\u0023vso[task.x]"),
        ("## [a](b) # ##", None),
    ],
)
@pytest.mark.measured
def test_what_is_shown(text: str, shown: str | None) -> None:
    """What an honest text needs stays, what hides or is obeyed is shown by its code."""
    assert printable(text) == (text if shown is None else shown)
    assert printable(printable(text)) == printable(text)


def test_a_line_stays_one() -> None:
    """No text makes a line of its own, or another column."""
    assert printable_line("a\nb\tc") == r"a\u000ab\u0009c"


@pytest.mark.measured
def test_a_long_line_is_cut() -> None:
    """How much is left out is told; of a document nothing is."""
    text = f"{'a' * LONGEST_LINE}\n{'b' * (LONGEST_LINE + 1234)}\nc"
    assert printable(text) == (
        f"{'a' * LONGEST_LINE}\n{'b' * LONGEST_LINE}… (1,234 more characters)\nc"
    )
    assert printable_line("abc", longest=2) == "ab… (1 more characters)"
    assert printable_document(text) == text


@pytest.mark.usefixtures("folder")
def test_how_much_is_left_out_is_true() -> None:
    """Of a line that several parts of the program lay out, too."""
    summary = "woord " * 1_600
    text = PROGRAMME.replace("Minder en bredere dossiers.", summary)
    Path("plan.toml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["show", "files", "plan.toml"])
    [line] = [line for line in done.stdout.splitlines() if "more characters" in line]
    kept, _, more = line.partition("… (")
    assert len(kept) + int(more.split()[0].replace(",", "")) == len(f"  {summary.strip()}")
    name = "x" * 9_000
    for arguments in (["check", name], ["check", "plan.toml", name]):
        done = CliRunner().invoke(main, arguments)
        [line] = [line for line in done.stderr.splitlines() if "more characters" in line]
        kept, _, more = line.partition("… (")
        assert int(more.split()[0].replace(",", "")) > 5_000
    rule, location = rules.BAD_ID, Location(path="f", line=1)
    finding = Finding(rule=rule, message=name, location=location)
    assert len(str(finding)) == len(name) + len("f:1: error:  [bad-id]")
    [line] = CHECK_FORMATS["text"]([finding], "f").splitlines()
    assert line == f"{str(finding)[:LONGEST_LINE]}… (5,021 more characters)"


@posix
@pytest.mark.usefixtures("folder")
@pytest.mark.measured
def test_the_name_of_a_file_begins_no_line() -> None:
    """Neither in an import nor in a record."""
    name = "x\nplan.toml: no problems found.xlsx"
    Path(name).write_bytes(b"")
    done = CliRunner().invoke(main, ["import", name, "plan.toml", "--source", "letter-2015"])
    assert done.exit_code == 2
    assert not [line for line in done.stderr.splitlines() if line.startswith("plan.toml: no")]
    name = "p\nforged line.toml"
    Path(name).write_text(PROGRAMME, encoding="utf-8")
    for how in (["--source", "none"], ["--new-source", "T", "--source-id", "b", "--source", "c"]):
        call = ["record", "files/in-force", name, "--met", "2016-08-01", *how]
        done = CliRunner().invoke(main, call)
        assert done.exit_code == 2
        assert not [line for line in done.stderr.splitlines() if line.startswith("forged")]


def test_xml_hides_nothing() -> None:
    """Neither a control, nor what turns a text around; but ends of lines stay."""
    text = "<a>\nnow\u202eabc\u2066\x1b[2J</a>\n"
    assert printable_xml(text) == "<a>\nnow\\u202eabc\\u2066\\u001b[2J</a>\n"


@given(HOSTILE)
def test_nothing_hides(text: str) -> None:
    """Whatever a text holds, nothing is unseen in what is printed of it, and nothing is obeyed."""
    for shown in (printable(text), printable_line(text)):
        assert not UNSEEN.search(shown.replace("\t", ""))
        assert not is_obeyed(shown)
        assert not COMMAND.search(shown)
    assert "\n" not in printable_line(text)


@given(HOSTILE, HOSTILE)
def test_json_and_xml_mean_the_same(one: str, other: str) -> None:
    """The escapes are those of the syntax; a program reads what it read before."""
    written = json.dumps({one: [other, one]}, ensure_ascii=False, indent=2)
    shown = printable_json(written)
    assert json.loads(shown) == json.loads(written)
    assert not UNSEEN.search(shown)
    assert not is_obeyed(shown)
    legal = re.sub(
        "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]|[\u2028-\u202e\u2060-\u206f\ufff9-\ufffb]",
        "",
        one,
    )
    element = ET.Element("a", {"b": legal})
    element.text = legal
    shown = printable_xml(ET.tostring(element, encoding="unicode"))
    back = ET.fromstring(shown)  # noqa: S314  made in this test
    assert (back.text or "", back.get("b")) == (legal, legal)
    assert not is_obeyed(shown)


# --- every format ---------------------------------------------------------------------------------

PLAN = loads(PROGRAMME)
DAY = dt.date(2016, 1, 1)


IN_ONE_LINE = {"title", "name", "unit", "reference", "code", "locator"}
"""What even a script cannot write in two lines."""


def spoilt(value: Any, text: str) -> Any:
    """A record with a text in each place that has one; ids and addresses are no free texts."""
    if isinstance(value, Texts):
        return Texts(tuple((tag, text) for tag, _ in value.pairs))
    if isinstance(value, tuple):
        return tuple(spoilt(item, text) for item in value)
    if isinstance(value, PolicyDate) or not attrs.has(type(value)):
        return value
    changes = {}
    for field in attrs.fields(type(value)):
        held = getattr(value, field.name)
        written = text.replace("\n", " ") if field.name in IN_ONE_LINE else text
        if field.init and field.name != "line":
            changes[field.name] = spoilt(held, written)
        if isinstance(held, str) and field.name in IN_ONE_LINE:
            changes[field.name] = written
    return attrs.evolve(value, **changes)


def reports(programme: Programme) -> Iterator[tuple[str, str]]:
    """What is written of a programme in every format, by its name."""
    standing = as_of(programme, DAY)
    since = dt.date(2013, 1, 1)
    written: list[tuple[Any, Iterable[str]]] = [
        (judge(standing), REPORT_FORMATS),
        (slips(standing), SLIPS_FORMATS),
        (stats(standing), STATS_FORMATS),
        (diff(PLAN, programme), DIFF_FORMATS),
        (reminder(programme, since, DAY), REMINDER_FORMATS),
        (digest(programme, since, DAY), ("markdown", "html")),
    ]
    for view, names in written:
        for name in names:
            if name != "csv":  # which is exact
                yield name, render(view, name)  # type: ignore[call-overload]
    yield "terminal", render(standing, "text", width=60)
    yield "terminal", render(standing, "story", width=60)


@given(HOSTILE)
def test_no_format_prints_what_others_wrote_as_it_is(text: str) -> None:
    """Whoever gets past the records: nothing hides, nothing is obeyed, no line is added."""
    plain = [written.count("\n") for _, written in reports(spoilt(PLAN, "word"))]
    with trusted():
        found = [*reports(spoilt(PLAN, text))]
    for (name, written), lines in zip(found, plain, strict=True):
        if name not in {"html", "junit"}:  # which have marks of direction, and isolate them
            assert not UNSEEN.search(written), name
        if name != "github":
            assert not is_obeyed(written), name
        if name not in {"terminal", "html", "junit"}:
            assert written.count("\n") <= lines, name


@given(HOSTILE)
def test_colour_is_ours_alone(text: str) -> None:
    """On a terminal the only sequences are those that set a colour."""
    with trusted():
        programme = spoilt(PLAN, text)
    written = render(as_of(programme, DAY), width=60, colour=True)
    assert not UNSEEN.search(re.sub("\x1b\\[[0-9;]*m", "", written))


@given(HOSTILE, HOSTILE)
def test_a_finding_is_one_line(path: str, message: str) -> None:
    """Whatever the file is called and holds; the same in every format of `check`."""
    finding = Finding(rule=rules.BAD_ID, message=message, location=Location(path=path, line=3))
    assert "\n" not in str(finding)
    for name, write in CHECK_FORMATS.items():
        for written in (write([finding], path), write([], path)):
            assert not UNSEEN.search(written)
            commands = [line for line in re.split("\r\n|\r|\n", written) if obeyed(line)]
            assert len(commands) == (name == "github")
    assert CHECK_FORMATS["text"]([finding], path) == f"{finding}\n"


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_what_turns_a_text_around_is_refused(code: int) -> None:
    """Trojan Source: in a file at its line, in a script at its field."""
    text = PROGRAMME.replace("Dossiers", f"Dos\\u{code:04x}siers")
    with pytest.raises(InvalidData) as refused:
        loads(text, path="data.toml")
    assert str(refused.value) == (
        f"data.toml:47: error: title.nl: has U+{code:04X} at position 4, which turns the text "
        "behind it around; take it out [bidi-control]"
    )
    with pytest.raises(BadValue, match=r"^has U\+"):
        Texts({"nl": f"a{chr(code)}"})


@pytest.mark.parametrize(
    "title",
    [
        "\u05d4\u05d3\u05d5\u05d7 \u05d4\u05e9\u05e0\u05ea\u05d9 (2014)",
        "\u062a\u0642\u0631\u064a\u0631 2014\u200f",
        "\u06a9\u062a\u0627\u0628\u200c\u0647\u0627",
    ],
)
def test_honest_titles_stay(title: str) -> None:
    """Hebrew, Arabic and Persian need marks and joiners at most."""
    assert Texts({"nl": title}).pairs == (("nl", title),)


@pytest.mark.parametrize(
    "text", ["\u200b", "\u00ad\u200d\ufe0f", "\u3164", "\u2800 \u2800", "\ufeff"]
)
def test_a_text_that_shows_nothing_is_empty(text: str) -> None:
    """Of no width, or a letter without a shape."""
    with pytest.raises(BadValue, match=r"is empty; write the text or leave the key out$") as found:
        Texts({"nl": text})
    assert found.value.rule is rules.EMPTY_TEXT


@pytest.mark.parametrize("sign", ["\n", "\t", "\r", "\x0b", "\x85", "\u2028", "\x1b", "\U000e0041"])
@pytest.mark.measured
def test_words_of_a_date_are_on_one_line(sign: str) -> None:
    """Wherever they come from: a value, words beside a reading, a translation."""
    words = f"zomer{sign}2014"
    translated = partial(PolicyDate, "2014-22", words="zomer 2014", translations={"en": words})
    for made in (
        partial(PolicyDate.parse, words),
        partial(PolicyDate, "2014-22", words=words),
        translated,
    ):
        with pytest.raises(BadValue) as refused:
            made()
        assert refused.value.rule is rules.CONTROL_CHARACTER
        assert f"it has the control character U+{ord(sign):04X} at position 6" in str(refused.value)


def test_a_turned_date_is_refused() -> None:
    """By the rule of titles."""
    with pytest.raises(BadValue) as refused:
        PolicyDate.parse("zomer\u202e 2014")
    assert str(refused.value) == (
        r'"zomer\u202e 2014" is not a date: it has U+202E at position 6, which turns the text '
        "behind it around; take it out"
    )
    assert refused.value.rule is rules.BIDI_CONTROL


def test_a_date_in_a_file_is_on_one_line() -> None:
    """At its line, by the rule that titles have."""
    text = PROGRAMME.replace("due = 2014-08-01", 'due = "zomer\\n2014"', 1)
    assert text != PROGRAMME
    with pytest.raises(InvalidData) as refused:
        loads(text)
    assert str(refused.value).partition("error: ")[2] == (
        r'due: "zomer\n2014" is not a date: it has the control character U+000A at position 6; '
        "take it out [control-character]"
    )


@pytest.mark.parametrize("edtf", ["2014-22\n", "2014\u2028", "\x1b2014"])
def test_edtf_is_on_one_line(edtf: str) -> None:
    """It may be the words, too."""
    with pytest.raises(BadValue):
        PolicyDate(edtf)


def test_titles_of_a_script_are_on_one_line() -> None:
    """As in a file, the end of a line is a space."""
    measure = attrs.evolve(PLAN.measures[0], title=Texts({"nl": "a\n b"}), code="3\n1")
    assert (str(measure.title), measure.code) == ("a b", "3 1")


# --- the command line -----------------------------------------------------------------------------


def run(*arguments: str, **environment: str) -> Any:
    return CliRunner().invoke(main, [*arguments], env=environment)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the plan is."""
    monkeypatch.chdir(tmp_path)
    Path("plan.toml").write_text(PROGRAMME, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "\x1b[2J::error::x\n::error::y"),
        ("\x1b::error::\n::error::y",),
        ("report", "--\x1b\n##[error]x"),
        ("overdue", "plan.toml", "--baseline", "a\n::error::b"),
        ("show", "files\n::error::x", "plan.toml"),
        ("upcoming", "plan.toml", "--within", "\u202e1\n##[error]"),
        ("report", "plan.toml", "--as-of", "\u202e1\n##[error]"),
        ("diff", "git:\x1b\n::error::x", "plan.toml"),
        ("record", "a/b\n::error::x", "plan.toml", "--met", "2014"),
        ("record", "files/in-force", "plan.toml", "--met", "2014", "--source", "\n::error::x"),
        ("import", "\x1b\n::error::x", "plan.toml"),
        ("init", "new", "--title", "\x1b\n", "--language", "nl", "--id", "\n::error::x"),
    ],
)
def test_no_argument_is_printed_as_it_is(arguments: tuple[str, ...]) -> None:
    """What a call is given, its names of files among it, moves nothing and is no command."""
    done = run(*arguments)
    assert done.exit_code == 2
    assert not UNSEEN.search(done.output)
    assert not is_obeyed(done.output)


@pytest.mark.usefixtures("folder")
def test_syntax_errors_show_nothing_raw() -> None:
    """What is quoted of a file that is not TOML is shown."""
    Path("bad.toml").write_bytes(b'[programme]\nid = \x1b[2J"x"\n::error::\n')
    done = run("check", "bad.toml")
    assert done.exit_code == 1
    assert not UNSEEN.search(done.output)
    assert not is_obeyed(done.output)


REFUSED = (
    "Error: this has a text that the log of CI takes for a command; write it with -o to a file\n"
)


@pytest.mark.usefixtures("folder")
@pytest.mark.measured
def test_what_has_no_escape_goes_to_a_file() -> None:
    """A workflow gets no CSV that it would obey: it is exact, or it is refused."""
    titled = PROGRAMME.replace('nl = "Van kracht"', 'nl = "##[error]x"')
    assert titled != PROGRAMME
    Path("plan.toml").write_text(titled, encoding="utf-8")
    csv = ("report", "plan.toml", "--output-format", "csv")
    assert "##[error]x" in run(*csv, GITHUB_ACTIONS="", TF_BUILD="").output
    for name in ("GITHUB_ACTIONS", "TF_BUILD"):  # and the others are as they were
        done = run(*csv, **{"GITHUB_ACTIONS": "", "TF_BUILD": "", name: "true"})
        assert (done.exit_code, done.output) == (2, REFUSED)
        assert run(*csv, "-o", "plan.csv", **{name: "true"}).exit_code == 0
        assert "##[error]x" in Path("plan.csv").read_text(encoding="utf-8")
        for other in ("text", "story", "json", "markdown", "github", "junit"):
            done = run("report", "plan.toml", "--output-format", other, **{name: "true"})
            assert done.exit_code == 0
            assert "##[error]x" not in done.output.replace("::error", "")


# --- how a process ends ---------------------------------------------------------------------------

RUN = f"{sys.executable} -m betatech_milestones"


def shell(line: str, **environment: str) -> tuple[int, str, str]:
    """The exit code, the output and the messages of a line of a shell."""
    done = subprocess.run(
        ["sh", "-c", line],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "RUN": RUN, **environment},
    )
    return done.returncode, done.stdout, done.stderr


@posix
@pytest.mark.usefixtures("folder")
def test_a_redirected_output_is_exact() -> None:
    """A regular file is no log, so nothing is refused there."""
    titled = PROGRAMME.replace('nl = "Van kracht"', 'nl = "##[error]x"')
    Path("plan.toml").write_text(titled, encoding="utf-8")
    line = "$RUN report plan.toml --output-format csv > plan.csv"
    assert shell(line, GITHUB_ACTIONS="true") == (0, "", "")
    assert "##[error]x" in Path("plan.csv").read_text(encoding="utf-8")


@posix
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments",
    [
        *(f"{command} plan.toml" for command in ("stats", "report", "check", "ics", "timeline")),
        *("--help", "--version", "report --help", "import -h"),
    ],
)
def test_a_closed_output_is_told(arguments: str) -> None:
    """Nothing could be written, and nothing looks as if it had been."""
    told = "Error: cannot write the standard output: it is closed\n"
    assert shell(f"$RUN {arguments} >&-") == (2, "", told)


@posix
@pytest.mark.usefixtures("folder")
def test_a_closed_output_is_told_in_a_step() -> None:
    """Also where what is printed has something that the log of CI would take for a command."""
    titled = PROGRAMME.replace('nl = "Van kracht"', 'nl = "##[error]x"')
    Path("plan.toml").write_text(titled, encoding="utf-8")
    told = "Error: cannot write the standard output: it is closed\n"
    line = "$RUN report plan.toml --output-format csv >&-"
    assert shell(line, GITHUB_ACTIONS="true") == (2, "", told)


def test_no_command_at_all_shows_what_there_is() -> None:
    """In lines, as `--help` does; it is a wrong call all the same."""
    done = CliRunner().invoke(main, [])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == CliRunner().invoke(main, ["--help"]).stdout


@posix
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
def test_messages_that_cannot_be_told_change_no_code(where: str) -> None:
    """The exit code has to do."""
    code, _, _ = shell(f"$RUN report nowhere.toml {where}")
    assert code == 2


@posix
@pytest.mark.measured
def test_what_could_not_be_told_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python would, on leaving, and end with a code of its own."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", encoding="utf-8") as unread:
        monkeypatch.setattr(sys, "stderr", unread)
        say("nobody reads this")
        unread.flush()


@posix
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", ["report plan.toml", "--help", "report --help"])
def test_a_pipe_that_nobody_reads(arguments: str) -> None:
    """The exit code of a shell for it, and no word."""
    line = f"{{ $RUN {arguments}; echo $? >&2; }} | true"
    codes = {shell(f"sleep 0; {line}")[2] for _ in range(2)}
    assert codes <= {"141\n", "0\n"}  # 0 where all of it was written before the reader left


def ending(error: BaseException) -> click.Group:
    """The group of our commands, with one more that ends so."""

    def end() -> None:
        raise error

    commands = {"end": click.Command("end", callback=end)}
    return type(main)("ends", params=[*main.params], callback=main.callback, commands=commands)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError()], ids=repr)
def test_who_leaves_is_told_so(error: BaseException) -> None:
    """By an interrupt, or by the end of the input."""
    done = CliRunner().invoke(ending(error), ["end"])
    assert (done.exit_code, done.output) == (130, "interrupted\n")


FAULT = "betatech-milestones 0.1.0 has a fault; report it to those who make it"
HOW = " with what betatech-milestones --traceback shows for the same command"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("a\n::error::b"), r"ValueError: a\u000a::error::b"),
        (MemoryError(), "MemoryError"),
        (RecursionError("too deep"), "RecursionError: too deep"),
        (OSError(5, "Input/output error"), "OSError: [Errno 5] Input/output error"),
    ],
    ids=repr,
)
@pytest.mark.measured
def test_a_fault_of_the_program_is_told(error: Exception, told: str) -> None:
    """In one line; where it is, who asks for that."""
    done = CliRunner().invoke(ending(error), ["end"])
    assert (done.exit_code, done.output) == (70, f"{FAULT}{HOW}: {told}\n")
    done = CliRunner().invoke(ending(error), ["--traceback", "end"])
    lines = done.output.splitlines()
    assert (done.exit_code, lines[0]) == (70, "Traceback (most recent call last):")
    assert lines[-1] == f"{FAULT}: {told}"
    assert not is_obeyed(done.output)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", [["check", "plan.toml"], ["--help"], ["check", "--help"]])
@pytest.mark.measured
def test_a_closed_output_is_told_in_a_script(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is none, as in a service of Windows."""
    with contextlib.redirect_stdout(None), pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err == "Error: cannot write the standard output: it is closed\n"


@pytest.mark.usefixtures("folder")
@pytest.mark.measured
def test_a_regular_file_is_no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """So nothing is kept out of it."""
    titled = PROGRAMME.replace('nl = "Van kracht"', 'nl = "##[error]x"')
    Path("plan.toml").write_text(titled, encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    with (
        Path("plan.csv").open("w", encoding="utf-8") as file,
        contextlib.redirect_stdout(file),
        pytest.raises(SystemExit) as ended,
    ):
        main(["report", "plan.toml", "--output-format", "csv"])
    assert ended.value.code == 0
    assert "##[error]x" in Path("plan.csv").read_text(encoding="utf-8")


CRASH = """
import sys
from betatech_milestones.cli import main
from betatech_milestones.cli.output import say
from betatech_milestones.cli import commands

def endless():  # of no argument: with those of broken, Python 3.13.0 dies of it
    endless()

def broken(*_, **__):
    {body}

commands.data_schema = broken
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("raise RuntimeError('\\x1b[2J\\n::error::x')", r"RuntimeError: \u001b[2J\u000a::error::x"),
        ("raise KeyError", "KeyError"),
        ("endless()", "RecursionError: maximum recursion depth exceeded"),
        ("raise MemoryError", "MemoryError"),
        ("bytearray(1 << 62)", "MemoryError"),
        ("raise OSError(5, 'Input/output error')", "OSError: [Errno 5] Input/output error"),
    ],
)
def test_a_crash_is_one_line(body: str, told: str, tmp_path: Path) -> None:
    """Which fault, and to whom to report it, with an exit code of its own."""
    crash = tmp_path / "crash.py"
    crash.write_text(CRASH.format(body=body), encoding="utf-8")
    command = [sys.executable, str(crash)]
    done = subprocess.run([*command, "schema"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (70, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(
        "betatech-milestones 0.1.0 has a fault; report it to those who make it with what "
        f"betatech-milestones --traceback shows for the same command: {told}"
    )
    done = subprocess.run(
        [*command, "--traceback", "schema"], capture_output=True, text=True, check=False
    )
    lines = done.stderr.splitlines()
    assert (done.returncode, lines[0]) == (70, "Traceback (most recent call last):")
    assert lines[-1].startswith(
        f"betatech-milestones 0.1.0 has a fault; report it to those who make it: {told}"
    )
    assert not UNSEEN.search(done.stderr)
    assert not is_obeyed(done.stderr)
