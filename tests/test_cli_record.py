"""`record` on the command line: what it is told, what it asks for, and what it completes."""

import datetime as dt
import os
import shlex
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner, Result
from programmes import PROGRAMME
from systems import PATIENCE_SECONDS, posix
from test_record import (
    DROPPED,
    LOOKED,
    MET,
    MET_SOMEWHEN,
    MOVED,
    MOVED_FULLY,
    PLANNED,
    READING,
    REPLACED,
    SPACED,
)

from betatech_milestones import (
    Entry,
    MetEntry,
    NewsEntry,
    ReplacedEntry,
    load,
)
from betatech_milestones.cli import main
from betatech_milestones.datafile.files import editing
from betatech_milestones.datafile.record import SourceEntry, with_entries

ROOT = Path(__file__).parents[1]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data file in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    Path("broken.toml").write_text("[programme\n", encoding="utf-8")
    Path("latin.toml").write_bytes(b"# caf\xe9\n")
    path = Path("data.toml")
    path.write_bytes(SPACED.encode())
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["record", *arguments])


SAID = {
    ("one/a", "--met", "2015-06-01"): (MET, "data.toml:18: recorded one/a: met 2015-06-01\n"),
    ("one/a", "--moved", "over een paar jaar", "--edtf", "2016-08~"): (
        MOVED,
        "data.toml:18: recorded one/a: moved over een paar jaar\n",
    ),
    ("one/a", "--moved", "2017", "--announced", "2 juli 2015", "--reason", "meer tijd"): (
        MOVED_FULLY,
        "data.toml:18: recorded one/a: moved 2017\n",
    ),
    (
        *("one/a", "--dropped", "zomer 2014", "--reason-in", "en", "No need.\nNone."),
        *("--reason", 'Niet meer "nodig".'),
    ): (DROPPED, "data.toml:18: recorded one/a: dropped zomer 2014\n"),
    ("one/b", "--reading", "1.50", "--on", "2014"): (
        READING,
        "data.toml:35: recorded one/b: reading 1.50\n",
    ),
    ("one/a", "--met", "unknown", "--source", "page"): (
        MET_SOMEWHEN,
        "data.toml:18: recorded one/a: met unknown\n",
    ),
    (
        *("one/a", "--replaced", "2015-06-01", "--instead", "one/b"),
        *("--reason", "samen"),
    ): (REPLACED, "data.toml:18: recorded one/a: replaced 2015-06-01\n"),
    ("one/a", "--replaced", "unknown", "--instead", "one/b"): (
        ReplacedEntry(by="one/b", source="memo"),
        "data.toml:18: recorded one/a: replaced unknown\n",
    ),
    ("one/a", "--looked", "1 juli 2015", "--by", "de redactie"): (
        NewsEntry(on="2015-07-01", by="de redactie", source="memo"),
        "data.toml:18: recorded one/a: looked 2015-07-01, found nothing\n",
    ),
    (
        *("one/a", "--looked", "2015-07-01", "--found", "not-done", "--says", "nog niet"),
        *("--source", "page"),
    ): (
        NewsEntry(
            on="2015-07-01",
            found="not-done",
            says={"nl": "nog niet"},
            source="memo",
            further_sources=("page",),
        ),
        "data.toml:18: recorded one/a: looked 2015-07-01, found not-done\n",
    ),
    ("one/b", "--reading", "9", "--planned", "--on", "2014"): (
        PLANNED,
        "data.toml:35: recorded one/b: reading 9\n",
    ),
    ("one/b", "--reading", "3_500", "--on", "2014"): (
        attrs.evolve(READING, value=3500),
        "data.toml:35: recorded one/b: reading 3500\n",
    ),
}


@pytest.mark.parametrize(("arguments", "result"), SAID.items(), ids=map(" ".join, SAID))
def test_command_records(file: Path, arguments: tuple[str, ...], result: tuple[Entry, str]) -> None:
    """The command writes what the library does, says where, and leaves nothing else behind."""
    entry, told = result
    done = run(arguments[0], "data.toml", "--source", "memo", *arguments[1:])
    assert (done.stderr, done.stdout, done.exit_code) == (told, "", 0)
    assert file.read_bytes().decode() == with_entries(SPACED, arguments[0], entry).text
    assert {path.name for path in file.absolute().parent.iterdir()} == {
        "data.toml",
        "broken.toml",
        "folder",
        "latin.toml",
    }


def test_who_looked_in_vain_needs_no_source(file: Path) -> None:
    """Nothing was found, so nothing says so."""
    done = run("one/a", "data.toml", "--looked", "2015-08-01", "--by", "de redactie")
    told = "data.toml:18: recorded one/a: looked 2015-08-01, found nothing\n"
    assert (done.stderr, done.exit_code) == (told, 0)
    assert file.read_bytes().decode() == with_entries(SPACED, "one/a", LOOKED).text


CONVENTIONS = """\
timezone = "Europe/Amsterdam", date_order = "dmy" }
period = [{ name = "zomerreces 2014", first = 2014-07-04, last = 2014-09-01 }]
"""
# What was said · how the file has it.
IN_THE_MANNER_OF_THE_PROGRAMME = {
    ("--met", "1/9/2014"): ("2014-09-01", "1/9/2014"),
    ("--met", "voor het zomerreces 2014"): ("[..2014-07-03]", "voor het zomerreces 2014"),
    ("--moved", "na het zomerreces 2014"): ("[2014-09-02..]", "na het zomerreces 2014"),
    ("--dropped", "tijdens het zomerreces 2014", "--reason", "op"): (
        "[2014-07-04..2014-09-01]",
        "tijdens het zomerreces 2014",
    ),
    ("--replaced", "1-9-2014", "--instead", "one/b"): ("2014-09-01", "1-9-2014"),
}


@pytest.mark.parametrize("arguments", IN_THE_MANNER_OF_THE_PROGRAMME)
def test_dates_are_read_as_the_programme_writes_them(
    file: Path, arguments: tuple[str, ...]
) -> None:
    """Which of two numbers is the day, and which days a name stands for, the file says."""
    written = SPACED.replace('timezone = "Europe/Amsterdam" }\n', CONVENTIONS)
    file.write_bytes(written.encode())
    done = run("one/a", "data.toml", *arguments, "--source", "memo")
    assert (done.exit_code, done.stderr.count("\n")) == (0, 1), done.stderr
    (milestone,) = (one for one in load(file).milestones if one.id == "a")
    dates = [revision.due for revision in milestone.revisions]
    (date,) = (*dates, *(outcome.on for outcome in milestone.outcomes))
    assert date is not None
    assert (date.edtf, date.words) == IN_THE_MANNER_OF_THE_PROGRAMME[arguments]


@pytest.mark.parametrize("words", ["1/9/2014", "voor het zomerreces 2014"])
def test_dates_with_two_readings_are_refused(file: Path, words: str) -> None:
    """Where the programme does not say how it is read, nothing is guessed."""
    done = run("one/a", "data.toml", "--met", words, "--source", "memo")
    assert done.exit_code == 2
    assert f"Invalid value for '--met': \"{words}\" is not a date: " in done.stderr
    assert done.stderr.endswith("; with --edtf any words are kept\n")
    assert file.read_bytes() == SPACED.encode()


CITE = "--source ID, or --new-source TITLE with --published DATE and --url URL"
UNSOURCED = {
    "--met 2015": f"--met needs a source, which says so: {CITE}",
    "--dropped 2015 --reason waarom": f"--dropped needs a source, which says so: {CITE}",
    "--replaced 2015 --instead one/a": f"--replaced needs a source, which says so: {CITE}",
    "--moved 2016": f"--moved needs a source, which says so: {CITE}",
    "--reading 5 --on 2015": f"--reading needs a source, which says so: {CITE}",
    "--looked 2015-08-01": "--looked needs --by, who looked and found nothing",
    "--looked 2015-08-01 --found partly": f"--found partly needs a source, which says so: {CITE}",
}


@pytest.mark.parametrize("arguments", UNSOURCED)
def test_a_source_is_asked_for(file: Path, arguments: str) -> None:
    """Everything is said by somebody, but that nothing was found."""
    done = run("one/b", "data.toml", *shlex.split(arguments))
    assert done.stderr.partition("\nError: ")[2] == f"{UNSOURCED[arguments]}\n"
    assert (done.exit_code, file.read_bytes()) == (2, SPACED.encode())


WHAT = "say what happened, with --met, --dropped, --replaced, --moved, --looked, --reading"
USAGE = {
    "": WHAT,
    "--reason why": "--reason goes with --dropped or --replaced or --moved",
    "--met 2015 --dropped 2016 --reason why": "--met and --dropped exclude each other; name the "
    "one that came about",
    "--met 2015 --moved 2016 --edtf 2016": "--edtf goes with --met and with --moved, and is of "
    "one of them; record them one after the other",
    "--dropped 2015 --moved 2016 --reason why": "--reason goes with --dropped and with --moved, "
    "and is of one of them; record them one after the other",
    "--met 2015 --reason why": "--reason goes with --dropped or --replaced or --moved",
    "--met 2015 --reason ''": "--reason goes with --dropped or --replaced or --moved",
    "--reading 5 --on 2015 --reason-in en why": "--reason-in goes with --dropped or --replaced or "
    "--moved",
    "--met 2015 --says that": "--says goes with --looked",
    "--met 2015 --says-in en that": "--says-in goes with --looked",
    "--looked 2015-08-01 --by me --says a --says-in nl b": "give one --says in each language",
    "--met 2015 --published 2015-01-01": "--published goes with --new-source",
    "--met 2015 --seen 2015-01-01": "--seen goes with --new-source",
    "--met 2015 --url https://a.nl": "--url goes with --new-source",
    "--met 2015 --kind law": "--kind goes with --new-source",
    "--met 2015 --written-by ocw": "--written-by goes with --new-source",
    "--met 2015 --source-id brief": "--source-id goes with --new-source",
    "--met 2015 --new-source Brief": "--new-source needs --published, the day on which it "
    "appeared, or --seen, the day on which you read it, if it bears none",
    "--met 2015 --new-source Brief --published 2014-13": "Invalid value for '--published': "
    '"2014-13" is not a date: 13 is not a month (01 to 12), a season (21 to 24), a quarter (33 to '
    "36), a third (37 to 39) or a half (40 and 41) of a year",
    "--met 2015 --new-source Brief --published 2015 --edtf ooit": "Invalid value for '--met': "
    '"ooit" is not a date: this is not EDTF; write 2014-08-01, 2014-08, 2014, 2014-22, '
    "[2014-08..2015-07], [..2014] or 2013-08~",
    "--met 2015 --new-source '' --seen 2015-01-01": "Invalid value for '--new-source': \"\" is "
    "empty; write the text or leave the key out",
    f"--met 2015 --new-source {1001 * 'x'} --seen 2015-01-01": "Invalid value for '--new-source': "
    "has 1,001 characters; write 1,000 at most, and leave the rest out",
    f"--looked 2015-01-01 --by {1001 * 'x'}": "Invalid value for '--by': has 1,001 characters; "
    "write 1,000 at most, and leave the rest out",
    "--met 2015 --new-source Brief --seen 2015-01-01 --source-id 'De brief'": "Invalid value for "
    "'--source-id': \"De brief\" is no id; use lower-case letters, digits and single hyphens, "
    'such as "de-brief"',
    "--met 2015 --new-source Brief --seen 2015-01-01 --written-by ocw": "Invalid value for "
    "'--written-by': no body \"ocw\"; there are: none",
    "--met 2015 --new-source Brief --seen 2015-01-01 --url 'a b'": "Invalid value for '--url': "
    '"a b" is no web address; begin with https:// and percent-encode spaces and letters outside '
    "ASCII",
    "--met 2015 --on 2014": "--on goes with --reading",
    "--dropped 2015 --reason why --announced 2015-01-01": "--announced goes with --moved",
    "--dropped 2015": "--dropped needs a --reason",
    "--replaced 2015": "--replaced needs a --reason, or what came --instead",
    "--met 2015 --found partly": "--found goes with --looked",
    "--met 2015 --by ons": "--by goes with --looked",
    "--dropped 2015 --reason why --instead one/a": "--instead goes with --replaced",
    "--met 2015 --planned": "--planned goes with --reading",
    "--looked 2015-08-01 --by ons --edtf 2015": "--edtf goes with --met or --dropped or "
    "--replaced or --moved or --reading",
    "--looked 2015 --by ons": "Invalid value for '--looked': \"2015\" is more than one day; "
    "write it as 2014-09-01",
    "--looked 2015-08-01 --found something": "Invalid value for '--found': 'something' is not "
    "one of 'nothing', 'under-way', 'partly', 'not-done'.",
    "--reading 5": "--reading needs --on, the date of which it is",
    "--dropped 2015 --reason waarom --reason-in nl why": "give one --reason in each language",
    "--reading many --on 2015": "Invalid value for '--reading': \"many\" is no number; "
    "write 3500 or 152.5",
    "--reading -1 --on 2015": "Invalid value for '--reading': -1 is no amount; "
    "write a number from 0 up to 9007199254740991",
    "--reading 1.5e99 --on 2015": "Invalid value for '--reading': 1.5E+99 is no amount; "
    "write a number from 0 up to 9007199254740991",
    "--moved 2015 --reason-in x/y why": "Invalid value for '--reason': \"x/y\" is no BCP 47 "
    'language tag, such as "nl"',
    "--moved 2014-13": "Invalid value for '--moved': \"2014-13\" is not a date: 13 is not a month "
    "(01 to 12), a season (21 to 24), a quarter (33 to 36), a third (37 to 39) or a half "
    "(40 and 41) of a year; with --edtf any words are kept",
    "--met ooit --edtf ooit": "Invalid value for '--met': \"ooit\" is not a date: this is not "
    "EDTF; write 2014-08-01, 2014-08, 2014, 2014-22, [2014-08..2015-07], [..2014] or 2013-08~",
}


@pytest.mark.parametrize("arguments", USAGE)
def test_wrong_usage_is_told(file: Path, arguments: str) -> None:
    """What goes together, and what a date and a number look like, is told."""
    done = run("one/b", "data.toml", "--source", "memo", *shlex.split(arguments))
    assert done.stderr.partition("\nError: ")[2] == f"{USAGE[arguments]}\n"
    assert (done.exit_code, file.read_bytes()) == (2, SPACED.encode())


HOW = """\
Usage: main record [OPTIONS] [MEASURE/MILESTONE]... [FILE]
Try 'main record --help' for help.

"""
MESSAGES = {
    "one/d data.toml --met 2015 --source memo": (
        'Error: no milestone "one/d"; did you mean "one/b"?\n'
        "betatech-milestones report data.toml lists them all\n"
    ),
    "one/a data.toml --met 2016 --source memo": (
        'data.toml:19: error: on: begins on 2016-01-01, after its source "memo" appeared '
        "(2015-07-01); cite a source of that day or later, or mend the date "
        "[dated-after-source]\nError: nothing is recorded: data.toml is as it was\n"
    ),
    "one/a data.toml --replaced 2015 --instead one/a --source memo": (
        "data.toml:20: error: by: one/a is replaced by itself; name what took its place "
        "[bad-replacement]\nError: nothing is recorded: data.toml is as it was\n"
    ),
    "one/a data.toml --replaced 2015 --instead one/c --source memo": (
        'data.toml:20: error: by: there is no milestone "one/c"; did you mean "one/b"? '
        "[bad-replacement]\nError: nothing is recorded: data.toml is as it was\n"
    ),
    "one/a data.toml --looked 2015-06-30 --by ons": (
        "data.toml:18: error: news: on 2015-06-30, before the promise (2015-07-01); mend the day, "
        "or the source of the promise [news-before-promise]\n"
        "Error: nothing is recorded: data.toml is as it was\n"
    ),
    "one/a data.toml --met 2015 --source memo --source memo": (
        'data.toml:20: error: sources: "memo" is named twice; name it once [duplicate-id]\n'
        "Error: nothing is recorded: data.toml is as it was\n"
    ),
    "one/a missing.toml --met 2015 --source memo": (
        "Error: cannot read missing.toml: no such file or directory\n"
    ),
    "one/a folder --met 2015 --source memo": (
        "Error: no milestones.toml and no data/milestones.toml in folder: name a file, make one "
        "with betatech-milestones init, or look at the example with --example "
        "(in Python: load_example())\n"
    ),
    "one/a data.toml broken.toml --met 2015 --source memo": (
        f"{HOW}Error: name one FILE: data.toml and broken.toml are two\n"
    ),
    "data.toml --met 2015 --source memo": (
        f"{HOW}Error: name a milestone as MEASURE/MILESTONE (on a terminal, record asks for it)\n"
    ),
    "one/a data.toml": f"{HOW}Error: {WHAT} (on a terminal, record asks for it)\n",
    "data.toml": (
        f"{HOW}Error: name a milestone as MEASURE/MILESTONE, and {WHAT} "
        "(on a terminal, record asks for it)\n"
    ),
    "one/a broken.toml --met 2015 --source memo": (
        "broken.toml:1:1: error: not TOML: the brackets of [programme do not match; "
        "write [programme] [toml-syntax]\n"
        "Error: nothing is recorded: broken.toml is as it was\n"
    ),
    "one/a latin.toml --met 2015 --source memo": (
        "latin.toml:1:6: error: not UTF-8: byte 0xe9 in café, probably é of Windows-1252; "
        "save the file as UTF-8 [encoding]\n"
        "Error: nothing is recorded: latin.toml is as it was\n"
    ),
    "one/b data.toml --dropped 2015 --reason-in en why --source memo": (
        "data.toml:32: error: reason: has no text in the programme's language; "
        'add nl = "…" [missing-language]\n'
        "Error: nothing is recorded: data.toml is as it was\n"
    ),
}


@pytest.mark.parametrize("arguments", MESSAGES)
def test_messages(file: Path, arguments: str) -> None:
    """What cannot be recorded is told in full, and the file stays as it was."""
    done = run(*arguments.split())
    told = done.stderr.replace(" -h' for", " --help' for")  # of older clicks
    assert (told, done.stdout, done.exit_code) == (MESSAGES[arguments], "", 2)
    assert file.read_bytes() == SPACED.encode()


@posix
def test_a_read_only_file_is_left_alone(file: Path) -> None:
    """Nobody may write it: not even who may write everything."""
    file.chmod(0o444)
    done = run("one/a", "data.toml", "--met", "2015", "--source", "memo")
    assert done.stderr == "Error: cannot write data.toml: permission denied\n"
    assert (done.exit_code, file.read_bytes()) == (2, SPACED.encode())


# --- a source that is new -------------------------------------------------------------------------

LETTER = (
    *("--new-source", "Brief over  één", "--published", "2016-05-26"),
    *("--url", "https://example.org/brief", "--kind", "letter"),
)


def test_a_document_becomes_a_source(file: Path) -> None:
    """It is written with what it says, in one go, and its id is told."""
    done = run("one/a", "data.toml", "--met", "2016-05-01", *LETTER)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == (
        "data.toml:2: added source letter-2016-05-26\n"
        "data.toml:18: recorded one/a: met 2016-05-01\n"
    )
    document = SourceEntry(
        title="Brief over één",
        published="2016-05-26",
        url="https://example.org/brief",
        kind="letter",
    )
    entry = MetEntry(on="2016-05-01", source=document)
    assert file.read_bytes().decode() == with_entries(SPACED, "one/a", entry).text
    done = run("one/b", "data.toml", "--moved", "2017", *LETTER, "--source", "memo")
    assert done.stderr == (
        "data.toml:2: that is source letter-2016-05-26, which was there\n"
        "data.toml:33: recorded one/b: moved 2017\n"
    )
    (milestone,) = (one for one in load(file).milestones if one.id == "b")
    assert [source.id for source in milestone.revisions[-1].sources] == [
        "memo",
        "letter-2016-05-26",
    ]


def test_all_that_is_said_of_a_document_is_written(file: Path) -> None:
    """The body that wrote it, when it was read, and its id."""
    file.write_text(PROGRAMME, encoding="utf-8")
    done = run(
        *("files/progress", "--looked", "2016-02-01", "--found", "partly", "data.toml"),
        *("--new-source", "Stand van zaken", "--seen", "2016-02-02", "--kind", "website"),
        *("--written-by", "ocw", "--source-id", "status"),
    )
    assert done.exit_code == 0, done.stderr
    (source,) = (one for one in load(file).sources if one.id == "status")
    assert source.by
    assert (str(source.title), source.seen, source.kind, source.by.id, source.published) == (
        *("Stand van zaken", dt.date(2016, 2, 2), "website", "ocw", None),
    )


@pytest.mark.usefixtures("file")
def test_a_document_without_a_last_day_needs_the_day_on_which_it_was_read() -> None:
    """Otherwise nobody could tell since when it is known what it says."""
    document = ("--new-source", "Brief", "--published", "na 2014")
    done = run("one/a", "data.toml", "--moved", "2016", *document)
    assert done.stderr.endswith(
        "Error: --new-source needs --published, the day on which it appeared (na 2014 has no last "
        "day), or --seen, the day on which you read it, if it bears none\n"
    )
    done = run("one/a", "data.toml", "--moved", "2016", *document, "--seen", "2016-02-01")
    assert done.stderr == (
        "data.toml:2: added source brief-2016-02-01\ndata.toml:18: recorded one/a: moved 2016\n"
    )


@pytest.mark.usefixtures("file")
def test_an_unknown_source_shows_how_to_add_it_in_the_same_call() -> None:
    """The command as it was typed comes first; with what is in capitals filled in, it works."""
    done = run("one/a", "data.toml", "--moved", "eind 2016", "--source", "letter-2016")
    assert done.exit_code == 2
    command = (
        "betatech-milestones record one/a data.toml --moved 'eind 2016' --new-source TITLE "
        "--published DATE --url URL --kind KIND --source-id letter-2016"
    )
    assert (
        done.stderr
        == f"""\
Error: there is no source "letter-2016"
To add it, fill in what is in capitals (--seen DATE, when you read it, for --published if it bears \
no date):

{command}

Or put this in data.toml and fill it in:

[[source]]
id = "letter-2016"
title = {{ nl = "…" }}
kind = "letter"
published = YYYY-MM-DD
url = "https://…"

A document without a date has seen = YYYY-MM-DD, when you read it, for published.
"""
    )
    filled = {"TITLE": "Brief", "DATE": "2016-01-01", "URL": "https://a.nl", "KIND": "letter"}
    _, _, *arguments = (filled.get(word, word) for word in shlex.split(command))
    assert run(*arguments).stderr == (
        "data.toml:2: added source letter-2016\ndata.toml:18: recorded one/a: moved eind 2016\n"
    )


def test_the_same_where_the_option_is_one_word(file: Path) -> None:
    """What is typed as --source=ID is replaced likewise."""
    done = run("one/a", "data.toml", "--moved", "2016", "--source=letter-2016")
    assert "record one/a data.toml --moved 2016 --new-source TITLE" in done.stderr
    assert file.read_bytes() == SPACED.encode()


def test_a_second_unknown_source_is_told_by_itself(file: Path) -> None:
    """One call adds one document."""
    done = run("one/a", "data.toml", "--moved", "2016", *LETTER, "--source", "letter-2016")
    assert done.stderr.startswith(
        'Error: there is no source "letter-2016"\n'
        "To add it, put this in data.toml and fill it in:\n"
    )
    assert file.read_bytes() == SPACED.encode()


# --- several at once ------------------------------------------------------------------------------


def test_what_happened_is_recorded_of_each_milestone(file: Path) -> None:
    """Several milestones, and several things that happened, in one call."""
    done = run(
        *("one/a", "one/b", "data.toml", "--moved", "2016", "--looked", "2015-07-09"),
        *("--by", "ons", "--source", "page"),
    )
    assert done.stderr == (
        "data.toml:18: recorded one/a: moved 2016\n"
        "data.toml:22: recorded one/a: looked 2015-07-09, found nothing\n"
        "data.toml:39: recorded one/b: moved 2016\n"
        "data.toml:43: recorded one/b: looked 2015-07-09, found nothing\n"
    )
    assert done.exit_code == 0
    for line in done.stderr.splitlines():
        number = int(line.split(":")[1])
        assert file.read_text(encoding="utf-8").splitlines()[number - 1].startswith("[[measure")


def test_all_of_it_is_recorded_or_nothing(file: Path) -> None:
    """A milestone that has no number gets no reading, and the other none either."""
    done = run("one/b", "one/a", "data.toml", "--reading", "5", "--on", "2015", "--source", "memo")
    assert done.stderr == (
        "Error: one/a has no number (data.toml:12); add [measure.milestone.number] with its unit "
        "first\n"
    )
    assert (done.exit_code, file.read_bytes()) == (2, SPACED.encode())


def test_a_file_is_found(file: Path) -> None:
    """Where none is named it is that of the folder; an ending shows which argument is the file."""
    file.rename("milestones.toml")
    done = run("one/a", "--met", "2015", "--source", "memo")
    assert (done.exit_code, done.stderr) == (
        0,
        "reads milestones.toml\nmilestones.toml:18: recorded one/a: met 2015\n",
    )


def test_a_dry_run_prints_a_patch(file: Path) -> None:
    """What would change is printed, and nothing is."""
    done = run("one/a", "data.toml", "--met", "2015-06-01", "--source", "memo", "--dry-run")
    assert (done.exit_code, done.stderr) == (0, "nothing is recorded: data.toml is as it was\n")
    assert done.stdout.splitlines() == [
        "--- data.toml",
        "+++ data.toml",
        "@@ -14,6 +14,10 @@",
        ' title.nl = "A"',
        ' kind = "other" # or so',
        " # More of the first.",
        "+",
        "+[measure.milestone.met]",
        "+on = 2015-06-01",
        '+source = "memo"',
        " ",
        " # About the second.",
        " [[measure.milestone]]",
    ]
    assert file.read_bytes() == SPACED.encode()


def test_who_waits_in_vain_is_told(file: Path) -> None:
    """Another holds the file for longer than it is waited for."""
    with editing(file, wait_seconds=0):
        done = run("one/a", "data.toml", "--met", "2015", "--source", "memo", "--wait", "0")
    assert done.stderr.startswith("Error: data.toml is being edited: another process holds ")
    assert (done.exit_code, file.read_bytes()) == (2, SPACED.encode())


@pytest.mark.slow
def test_a_document_that_many_add_at_once_is_one_source(file: Path) -> None:
    """Of many processes that cite the same new document, one adds it, and the others cite it."""
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "betatech_milestones", "record", "one/b", "data.toml"),
                *("--reading", str(year), "--on", str(year), *LETTER),
                *("--wait", str(PATIENCE_SECONDS)),
            ],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stderr=subprocess.PIPE,
        )
        for year in range(2001, 2005)
    ]
    told = sorted(b"added source" in one.communicate()[1] for one in running)
    assert told == [False, False, False, True]
    programme = load(file)
    assert [source.id for source in programme.sources] == ["memo", "page", "letter-2016-05-26"]
    number = programme.measures[0].milestones[1].number
    assert number
    assert len(number.readings) == 4


# --- completion -----------------------------------------------------------------------------------


SCRIPT = "from betatech_milestones.cli import main; main(prog_name='betatech-milestones')"


def completed(*words: str, shell: str = "bash") -> str:
    """Return what a shell is told that asks for the last of some words to be completed."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "COMP_WORDS": "\n".join(["betatech-milestones", "record", *words]),
            "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) + 1),
            "_BETATECH_MILESTONES_COMPLETE": f"{shell}_complete",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout


# What was typed · what can stand there.
COMPLETED = {
    ("",): ["files/in-force", "files/progress", "teachers/survey"],
    ("files/p",): ["files/progress"],
    ("files/progress", "t"): ["teachers/survey"],
    ("files/progress", "--replaced", "2015", "--instead", "te"): ["teachers/survey"],
    ("files/progress", "--met", "2015", "--source", "letter"): ["letter-2013", "letter-2015"],
    ("files/progress", "--met", "2015", "--source", "no"): [],
    ("files/progress", "--met", "2015", "--written-by", ""): ["ocw"],
    ("files/progress", "--met", "2015", "--kind", "eval"): ["evaluation"],
    ("files/progress", "--looked", "2015-01-01", "--found", "p"): ["partly"],
    ("data.toml", "one/"): ["one/a", "one/b"],
    ("data.toml", "--met", "2015", "--source", "p"): ["page"],
    ("data.toml", "--moved", "ooit", "--source", "p"): ["page"],
    ("broken.toml", "--met", "2015", "--source", ""): [],
    ("missing.toml", "--met", "2015", "--source", ""): [],
}


@pytest.mark.slow
@pytest.mark.parametrize("words", [*COMPLETED][::4], ids=" ".join)
def test_bash_completes_ids(file: Path, words: tuple[str, ...]) -> None:
    """Of the file that is named or found; where there is none, or it is not sound, no word."""
    file.with_name("milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    assert completed(*words).split() == [f"plain,{word}" for word in COMPLETED[words]]


@pytest.mark.slow
@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("begun", ["", "da"])
def test_bash_completes_files_where_no_milestone_fits(begun: str) -> None:
    """The name of FILE is for the shell to complete."""
    assert completed(begun) == f"file,{begun}\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shell", "told"),
    [
        ("zsh", "plain\nfiles/progress\nVoortgang\n"),
        ("fish", "plain,files/progress\tVoortgang\n"),
    ],
)
def test_other_shells_show_titles(file: Path, shell: str, told: str) -> None:
    """They have room for what a milestone is called."""
    file.with_name("milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    assert completed("files/p", shell=shell) == told


def complete(*typed: str, command: str = "record") -> list[str]:
    """Return what completes the last of some words, within this process."""
    *words, begun = typed
    ask = BashComplete(main, {}, "betatech-milestones", "_BETATECH_MILESTONES_COMPLETE")
    return [item.value for item in ask.get_completions([command, *words], begun)]


@pytest.mark.parametrize("words", COMPLETED, ids=" ".join)
def test_completion_does_not_ask_for_a_process(file: Path, words: tuple[str, ...]) -> None:
    """The same, as other programs that know click would ask for it."""
    file.with_name("milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    assert complete(*words) == COMPLETED[words]


# The same, of who takes in a table.
COMPLETED_OF_IMPORT = {
    ("table.csv", "--written-by", ""): ["ocw"],
    ("table.csv", "--source", "letter"): ["letter-2013", "letter-2015"],
    ("table.csv", "data.toml", "--source", "p"): ["page"],
    ("milestones.toml", "data.toml", "--source", "p"): ["page"],
    ("table.csv", "broken.toml", "--source", ""): [],
    ("table.csv", "folder", "--source", ""): [],
}


@pytest.mark.parametrize("words", COMPLETED_OF_IMPORT, ids=" ".join)
def test_ids_are_those_of_the_file_that_a_table_goes_into(
    file: Path, words: tuple[str, ...]
) -> None:
    """A table has none, though its name stands first; another data file may be one."""
    file.with_name("milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    file.with_name("table.csv").touch()
    assert complete(*words, command="import") == COMPLETED_OF_IMPORT[words]


@pytest.mark.usefixtures("file")
def test_nobody_has_looked_on_a_day_that_has_not_come() -> None:
    """So it cannot be recorded, and keeps nothing from being called unchecked."""
    done = run("one/a", "data.toml", "--looked", "9000-01-01", "--by", "de redactie")
    assert done.exit_code == 2
    assert done.stderr.endswith(
        "Error: Invalid value for '--looked': 9000-01-01 lies ahead, and nobody has looked yet; "
        "give a day of before\n"
    )


@pytest.mark.usefixtures("file")
def test_a_document_of_tomorrow_says_nothing_yet() -> None:
    """What it says would be in no report, and stand in the way of what is said until then."""
    done = run(
        *("one/a", "data.toml", "--moved", "2030", "--new-source", "Brief"),
        *("--published", "9000-01-01"),
    )
    assert done.exit_code == 2
    assert done.stderr.endswith(
        "Error: Invalid value for '--published': 9000-01-01 lies ahead, and it has not appeared "
        "yet; give a day of before\n"
    )
