"""Beginning a programme: the folder that is written works at once, in every language."""

import csv
import datetime as dt
import io
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zoneinfo
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pexpect
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from systems import PATIENCE_SECONDS, posix

from betatech_milestones import LANGUAGES, BadValue, BetatechError, as_of, loads, schema
from betatech_milestones import check as find_problems
from betatech_milestones.cli import main
from betatech_milestones.datafile.starter import (
    ZONES,
    AlreadyThere,
    Ci,
    starter,
    write_starter,
)
from betatech_milestones.model import values

ROOT = Path(__file__).parents[1]
TOMBI = shutil.which("tombi", path=Path(sys.executable).parent) or "tombi"
TODAY = dt.date(2026, 11, 27)

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_ci = pytest.mark.parametrize("ci", Ci)
with_and_without_example = pytest.mark.parametrize("example", [True, False])


def files(language: str = "en", **given: Any) -> dict[str, str]:
    plan: dict[str, Any] = {"title": "Plan", "id": "plan", "today": TODAY}
    return starter(**{**plan, "language": language, **given})


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="betatech-milestones")


def init(folder: Path | str, *options: str, language: str = "en") -> Result:
    plan = ("--title", "Plan", "--id", "plan", "--language", language)
    return run("init", str(folder), *plan, *options)


# --- what is in it --------------------------------------------------------------------------------


@each_language
@each_ci
def test_the_files(language: str, ci: Ci) -> None:
    """Data, schema, the editor's settings, a page that explains; a workflow if one is chosen."""
    workflow = {Ci.GITHUB: ".github/workflows/milestones.yml", Ci.GITLAB: ".gitlab-ci.yml"}
    written = {"milestones.toml", "milestones.schema.json", "tombi.toml", "README.md"}
    assert files(language, ci=ci).keys() == written | ({workflow[ci]} if ci in workflow else set())


@each_language
def test_the_example_is_a_measure_with_three_milestones(language: str) -> None:
    """Of three kinds; a day, words and a deadline, which all lie ahead; visibly an example."""
    programme = loads(files(language)["milestones.toml"])
    (measure,) = programme.measures
    kinds = [str(milestone.kind) for milestone in measure.milestones]
    assert kinds == ["report", "start", "entry-into-force"]
    day, words, deadline = (milestone.due for milestone in measure.milestones)
    assert day is not None
    assert words is not None
    assert deadline is not None
    assert (day.edtf, words.edtf, deadline.edtf) == ("2027-03-01", "2027-22", "[..2027-12-31]")
    assert measure.milestones[-1].commitment.value == "deadline"
    assert {standing.status.value for standing in as_of(programme, TODAY).standings} == {"upcoming"}
    mark = {"nl": "VOORBEELD:", "en": "EXAMPLE:", "fr": "EXEMPLE\xa0:", "de": "BEISPIEL:"}
    for said in (measure.title, *(m.title for m in measure.milestones), measure.bodies[0].name):
        assert str(said).startswith((mark.get(language, "ESEMPIO:"), "EXEMPLE :"))
    assert (programme.language, programme.timezone) == (language, ZONES[language])


@each_language
def test_without_the_example_there_is_nothing_but_the_list_to_import(language: str) -> None:
    """No milestone, no body; the list that is imported has its source already."""
    programme = loads(files(language, example=False)["milestones.toml"])
    assert (programme.measures, programme.bodies) == ((), ())
    assert [source.id for source in programme.sources] == ["list"]
    assert programme.sources[0].seen == TODAY


@each_language
@with_and_without_example
@pytest.mark.parametrize(
    "today", [dt.date(2024, 2, 29), dt.date(2026, 1, 1), dt.date(2026, 12, 31)]
)
def test_it_is_sound_on_every_day(
    language: str, today: dt.date, tmp_path: Path, *, example: bool
) -> None:
    """No problem and no hint, on the day on which it is made."""
    write_starter(tmp_path, files(language, today=today, example=example))
    assert find_problems(tmp_path, day=today) == ()


def uncommented(data: str) -> str:
    """What the comments tell one to add, added: the lines behind `#` and three blanks."""
    return re.sub(r"^#   (?=\S)", "", data, flags=re.MULTILINE)


@each_language
def test_what_the_comments_say_can_be_done(language: str, tmp_path: Path) -> None:
    """A move, an end and a look, in the places and words that the comments give, are sound."""
    write_starter(tmp_path, files(language))
    file = tmp_path / "milestones.toml"
    file.write_text(uncommented(file.read_text("utf-8")), encoding="utf-8")
    assert find_problems(file, day=TODAY) == ()
    milestone = loads(file.read_text("utf-8")).measures[0].milestones[0]
    (revision,) = milestone.revisions
    assert revision.due is not None
    assert revision.due.edtf == "2027-22"
    assert (len(milestone.outcomes), len(milestone.news)) == (1, 1)


BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(readme: str, language: str) -> list[str]:
    return [code for name, code in BLOCK.findall(readme) if name == language]


@each_language
@with_and_without_example
def test_what_the_readme_says_of_dates_can_be_done(language: str, *, example: bool) -> None:
    """Its lines of TOML fit below a milestone, with the letter of the example, or with the list."""
    written = files(language, example=example)
    measure = '[[measure]]\nid = "m"\ntitle = "M"\nsource = "list"\n'
    milestone = '[[measure.milestone]]\nid = "n"\ntitle = "N"\nkind = "report"\ndue = 2027-01-01\n'
    added = "".join(blocks(written["README.md"], "toml"))
    programme = loads(f"{written['milestones.toml']}\n{measure}{milestone}{added}")
    (found,) = (one for one in programme.milestones if one.id == "n")
    assert (len(found.revisions), len(found.outcomes)) == (1, 1)
    sources = [[source.id for source in one.sources] for one in (*found.revisions, *found.outcomes)]
    assert sources == [["letter" if example else "list"]] * 2


@each_language
@each_ci
def test_the_readme_is_whole(language: str, ci: Ci) -> None:
    """It begins with the title, has six parts, and its links lead to files of the folder."""
    written = files(language, ci=ci, title="Plan <2027> & *more*")
    readme = written["README.md"]
    assert readme.startswith("# Plan \\<2027\\> \\& \\*more\\*\n")
    assert readme.count("\n## ") == 4
    assert "$" not in readme
    assert "\n\n\n" not in readme
    assert set(re.findall(r"\]\(([^)]*)\)", readme)) == {"milestones.toml"}
    assert max(map(len, readme.splitlines())) <= 110


@each_language
def test_the_languages_say_the_same(language: str) -> None:
    """The data differ in their texts alone, and the comments that can be used are as many."""

    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shape(one) for key, one in value.items()}
        return [*map(shape, value)] if isinstance(value, list) else type(value)

    data, other = (files(tag)["milestones.toml"] for tag in (language, "en"))
    for text in (str, uncommented):
        assert shape(tomllib.loads(text(data))) == shape(tomllib.loads(text(other)))


def test_the_schema_is_that_of_the_command(tmp_path: Path) -> None:
    """The one beside the data is what `schema` prints."""
    init(tmp_path)
    assert (tmp_path / "milestones.schema.json").read_text("utf-8") == run("schema").stdout
    assert '"title"' in run("schema").stdout
    assert schema()


# --- what can be said -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("The plan", '"The plan"'),
        ("Minister's plan", '"Minister\'s plan"'),
        ('The "new" plan', "'The \"new\" plan'"),
        ('Minister\'s "new" plan', '"Minister\'s \\"new\\" plan"'),
    ],
)
def test_a_title_has_the_quotation_marks_that_need_fewer_escapes(title: str, written: str) -> None:
    """Single ones where it has double ones alone."""
    assert f"{written}\n" in files(title=title)["milestones.toml"]


@given(title=st.text().filter(str.strip), example=st.booleans())
def test_every_title_comes_back(title: str, *, example: bool) -> None:
    """Whatever it has in it stands in the file as it was written, or is refused as in a file."""
    try:
        written = files(title=title, example=example)
    except BadValue as error:
        assert "control character" in str(error) or "is empty" in str(error)  # noqa: PT017
        return
    assert str(loads(written["milestones.toml"]).title) == " ".join(title.split())


REFUSED: Mapping[str, tuple[dict[str, Any], str, str]] = {
    "a language without texts": (
        {"language": "es"},
        '"es" has no texts here; write one of nl, en, fr, de, it',
        "bad-language",
    ),
    "a title of nothing": (
        {"title": " "},
        '" " is empty; write the text or leave the key out',
        "empty-text",
    ),
    "a title of no characters": (
        {"title": "caf\udce9"},
        '"caf\\udce9" is not UTF-8; write it anew',
        "encoding",
    ),
    "no id": (
        {"id": "My plan"},
        '"My plan" is no id; use lower-case letters, digits and single hyphens, such as "my-plan"',
        "bad-id",
    ),
    "no time zone": (
        {"timezone": "Amsterdam"},
        '"Amsterdam" is no IANA time zone; did you mean "Europe/Amsterdam"?',
        "bad-timezone",
    ),
    "no workflow": (
        {"ci": "jenkins"},
        '"jenkins" is not known here; use one of github, gitlab, none',
        "unknown-word",
    ),
    "no day": ({"today": "soon"}, '"soon" is no day; write it as 2014-09-01', "bad-date"),
}


@pytest.mark.parametrize(("wrong", "message", "rule"), REFUSED.values(), ids=REFUSED)
def test_what_no_data_file_takes_is_refused(wrong: dict[str, Any], message: str, rule: str) -> None:
    """By the rules of the data file, in their words."""
    with pytest.raises(BadValue) as raised:
        files(**wrong)
    assert (str(raised.value), str(raised.value.rule)) == (message, rule)


@pytest.mark.parametrize(
    ("title", "suggested"),
    [
        ("Plan for rail", "plan-for-rail"),
        ("Élan pour l'école, 2027", "elan-pour-l-ecole-2027"),
        ("Überfällige Straßen", "uberfallige-strassen"),
        ("План", ""),
        ("word " * 20, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("a" * 60, "a" * 60),
        ("a" * 61, ""),
    ],
)
def test_a_title_suggests_an_id(title: str, suggested: str) -> None:
    """Letters without their accents, whole words, never more than an id may have."""
    assert values.slug(title) == suggested


# --- writing --------------------------------------------------------------------------------------


def everything(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_name_may_have_a_space(tmp_path: Path) -> None:
    """The files of a folder are called as whoever gives them says."""
    paths = write_starter(tmp_path, {"my plan.toml": "a", "more of it/read me.md": "b"})
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "my plan.toml",
        "more of it/read me.md",
    ]
    assert all(path.is_file() for path in paths)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Every file that is there already is named, and no other is written."""
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    workflow = tmp_path / ".github" / "workflows" / "milestones.yml"
    workflow.touch()
    before = everything(tmp_path)
    done = init(tmp_path, "--ci", "github")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        f"Error: nothing is written: {tmp_path / 'README.md'}, {workflow} would be overwritten; "
        "move what is there, or name another folder\n"
    )
    assert everything(tmp_path) == before
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"


def test_what_a_killed_attempt_has_written_is_in_nobodys_way(tmp_path: Path) -> None:
    """The data file comes last: before it is there, the same attempt goes on from what is."""
    for written in range(len(files()) - 1):
        folder = tmp_path / str(written)
        write_starter(folder, files())
        for path in [*files()][1 + written :]:
            (folder / path).unlink()
        (folder / "milestones.toml").unlink()
        paths = write_starter(folder, files())
        assert [path.name for path in paths] == [*files()]
        assert [path.read_text("utf-8") for path in paths] == [*files().values()]
    with pytest.raises(AlreadyThere) as raised:
        write_starter(folder, files())
    every_file = ", ".join(str(folder / path) for path in files())
    assert str(raised.value).startswith(f"nothing is written: {every_file} would be overwritten; ")


@posix
def test_a_link_to_what_would_be_written_is_in_the_way(tmp_path: Path) -> None:
    """An attempt makes none, so somebody else did; what stood there stays, and nothing is added."""
    name, *others = files()
    write_starter(tmp_path, files())
    (tmp_path / name).unlink()
    (tmp_path / others[-1]).unlink()
    (tmp_path / others[0]).unlink()
    (tmp_path / others[0]).symlink_to(tmp_path / others[1])
    with pytest.raises(AlreadyThere, match=re.escape(others[0])):
        write_starter(tmp_path, files())
    assert everything(tmp_path) == sorted(others[:-1])


@posix
def test_a_link_to_nothing_is_there_too(tmp_path: Path) -> None:
    """What it leads to would be written outside of the folder."""
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "milestones.toml").symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(AlreadyThere) as raised:
        write_starter(tmp_path / "plan", files())
    assert isinstance(raised.value, BetatechError)
    assert everything(tmp_path) == ["plan", "plan/milestones.toml"]


@posix
def test_no_link_is_followed_out_of_the_folder(tmp_path: Path) -> None:
    """Nothing is written where only a link in the folder leads to."""
    (tmp_path / "plan").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "plan" / ".github").symlink_to("../elsewhere")
    files = starter(
        title="T", id="t", language="en", timezone="UTC", ci=Ci.GITHUB, today=dt.date(2024, 1, 1)
    )
    link = tmp_path / "plan" / ".github"
    message = f"nothing is written: {link} is a link, and not followed; "
    message += "move it, or name another folder"
    with pytest.raises(AlreadyThere, match=f"^{re.escape(message)}$"):
        write_starter(tmp_path / "plan", files)
    left = sorted(path.name for path in tmp_path.rglob("*"))
    assert left == [".github", "elsewhere", "plan"]


@posix
def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    """The files before it and the folders made for them are taken back."""
    (tmp_path / ".github").touch()
    done = init(tmp_path, "--ci", "github")
    message = f"Error: cannot write {tmp_path / '.github'}: file exists\n"
    assert (done.exit_code, done.stderr) == (2, message)
    assert everything(tmp_path) == [".github"]
    done = init(tmp_path / ".github" / "plan")
    assert (done.exit_code, everything(tmp_path)) == (2, [".github"])


def test_what_interrupts_leaves_nothing(tmp_path: Path) -> None:
    """Half a folder would be in the way of the next attempt."""

    class Interrupting(dict[str, str]):
        def items(self) -> Any:
            yield from super().items()
            raise KeyboardInterrupt

    class Text(str):
        __slots__ = ()

        def encode(self, *_: str) -> bytes:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_starter(tmp_path / "new" / "plan", files() | {"deep/er/last.txt": Text()})
    assert everything(tmp_path) == []


def test_what_others_put_there_meanwhile_stays(tmp_path: Path) -> None:
    """A folder that was made for a file is no more taken back with theirs in it."""

    class Text(str):
        __slots__ = ()

        def encode(self, *_: str) -> bytes:
            (tmp_path / "plan" / "theirs").touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_starter(tmp_path / "plan", {**files(), "last.txt": Text()})
    assert everything(tmp_path) == ["plan", "plan/theirs"]


# --- the command ----------------------------------------------------------------------------------


def test_it_says_what_it_wrote_and_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the standard error; the commands are ready to be copied, from where one is."""
    monkeypatch.chdir(tmp_path)
    done = init("my plan", "--ci", "gitlab")
    assert (done.exit_code, done.stdout) == (0, "")
    folder = Path("my plan")
    assert done.stderr == (
        f"wrote {folder / 'milestones.toml'}\n"
        f"wrote {folder / 'milestones.schema.json'}\n"
        f"wrote {folder / 'tombi.toml'}\n"
        f"wrote {folder / 'README.md'}\n"
        f"wrote {folder / '.gitlab-ci.yml'}\n"
        "next:\n"
        f"  betatech-milestones check '{folder / 'milestones.toml'}'\n"
        f"  betatech-milestones import list.xlsx '{folder / 'milestones.toml'}' --source list\n"
        "  # first replace what is marked EXAMPLE: what was published can only be dropped\n"
        f"  betatech-milestones build '{folder / 'milestones.toml'}' -o '{folder / 'public'}'\n"
    )


@each_language
@with_and_without_example
def test_it_says_that_the_example_is_to_be_replaced(
    language: str, tmp_path: Path, *, example: bool
) -> None:
    """Before it is published, by the word that marks it in the file; without one, nothing."""
    told = init(tmp_path, *(() if example else ("--empty",)), language=language).stderr
    said = re.findall(r"what is marked (\w+):", told)
    data = (tmp_path / "milestones.toml").read_text("utf-8")
    assert said == re.findall(r'^name = "([A-Z]+)\b', data, re.MULTILINE)
    assert len(said) == example


def test_without_a_folder_it_is_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And there every other command finds the data."""
    monkeypatch.chdir(tmp_path)
    done = run("init", "--title", "Plan", "--id", "plan", "--language", "nl", "--empty")
    assert done.stderr.splitlines()[0] == "wrote milestones.toml"
    assert run("report").stderr == "reads milestones.toml\n"


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("", "--title, --language, --id"),
        ("--title Plan", "--language, --id"),
        ("--title Plan --language en", "--id"),
        ("--id plan --ci github --timezone UTC", "--title, --language"),
    ],
)
def test_without_a_terminal_nothing_is_asked(said: str, missing: str, tmp_path: Path) -> None:
    """What is missing is named, and nothing is written."""
    done = run("init", str(tmp_path), *said.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith(f"Error: there is no terminal to ask on; say {missing}\n")
    assert everything(tmp_path) == []


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--id", "My plan", REFUSED["no id"][1]),
        ("--title", " ", REFUSED["a title of nothing"][1]),
        ("--timezone", "Amsterdam", REFUSED["no time zone"][1]),
        ("--language", "es", "'es' is not one of 'nl', 'en', 'fr', 'de', 'it'."),
        ("--ci", "jenkins", "'jenkins' is not one of 'github', 'gitlab', 'none'."),
    ],
)
def test_a_wrong_option_is_named(option: str, value: str, message: str, tmp_path: Path) -> None:
    """With what would be right."""
    done = init(tmp_path, option, value)
    assert done.exit_code == 2
    assert done.stderr.endswith(f"Error: Invalid value for '{option}': {message}\n")


def test_today_is_where_the_programme_is(tmp_path: Path) -> None:
    """The day of its sources is that of its own time zone."""
    zone = "Pacific/Kiritimati"
    before = dt.datetime.now(zoneinfo.ZoneInfo(zone)).date()
    init(tmp_path, "--timezone", zone)
    after = dt.datetime.now(zoneinfo.ZoneInfo(zone)).date()
    written = loads((tmp_path / "milestones.toml").read_text("utf-8"))
    assert written.timezone == zone
    assert written.sources[0].seen is not None
    assert before <= written.sources[0].seen <= after


# --- the real commands on it ----------------------------------------------------------------------


def tombi(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The editor's linter, without the web."""
    home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / ".cache"), "NO_COLOR": "1"}
    return subprocess.run(
        [TOMBI, *arguments, "--offline", "milestones.toml", "tombi.toml"],
        cwd=folder,
        env={**os.environ, **home},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE_SECONDS,
    )


@pytest.mark.slow
@each_language
@each_ci
def test_the_folder_works_at_once(
    language: str, ci: Ci, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands of its README, and the linter, find nothing wrong on the day it is made."""
    assert init(tmp_path, "--ci", ci.value, language=language).exit_code == 0
    monkeypatch.chdir(tmp_path)
    readme = (tmp_path / "README.md").read_text("utf-8")
    commands = "".join(blocks(readme, "sh")).splitlines()
    found = {}
    for command in commands:
        program, *arguments = command.split()
        if program == "betatech-milestones" and arguments[0] != "import":
            found[command] = run(*arguments)
    assert [*found] == [
        "betatech-milestones check",
        "betatech-milestones overdue",
        "betatech-milestones build -o public",
    ]
    assert {done.exit_code for done in found.values()} == {0}
    assert found["betatech-milestones check"].stdout == "milestones.toml: no problems found\n"
    assert (tmp_path / "public" / "index.html").is_file()
    for linted in ("lint", "--error-on-warnings"), ("format", "--check"):
        done = tombi(tmp_path, *linted)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.slow
@each_language
def test_the_empty_folder_works_too(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So does what the comments say when it is uncommented, to the linter."""
    init(tmp_path, "--empty", language=language)
    monkeypatch.chdir(tmp_path)
    for command in ("check", "overdue", "build -o public"):
        assert run(*command.split()).exit_code == 0
    assert tombi(tmp_path, "lint", "--error-on-warnings").returncode == 0
    assert tombi(tmp_path, "format", "--check").returncode == 0
    data = uncommented(files(language)["milestones.toml"])
    (tmp_path / "milestones.toml").write_text(data, encoding="utf-8")
    assert tombi(tmp_path, "lint", "--error-on-warnings").returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("title", ['a "b" c', "it's", '"it\'s"', "back\\slash", '\\ "q"', "é “x”"])
def test_the_formatter_likes_every_title(title: str, tmp_path: Path) -> None:
    """Quotation marks and all."""
    write_starter(tmp_path, files(title=title))
    assert tombi(tmp_path, "lint", "--error-on-warnings").returncode == 0
    assert tombi(tmp_path, "format", "--check").returncode == 0


@pytest.mark.slow
def test_the_linter_reads_the_schema_beside_the_data(tmp_path: Path) -> None:
    """A key that is not there, and a word from no list, are errors in the editor."""
    write_starter(tmp_path, files())
    file = tmp_path / "milestones.toml"
    data = file.read_text("utf-8")
    for wrong in (
        data.replace('language = "en"', 'language = "en"\nlanguages = ["en"]'),
        data.replace('kind = "report"', "kind = 3"),
        data.replace("#:schema ./milestones.schema.json\n", "").replace(
            'kind = "report"', "kind = 3"
        ),
    ):
        file.write_text(wrong, encoding="utf-8")
        assert tombi(tmp_path, "lint").returncode == 1


@pytest.mark.slow
def test_from_a_list_to_a_calendar_and_its_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three commands publish a list of twenty; edited and imported again, its moves are told."""
    monkeypatch.chdir(tmp_path)
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet(index=0)
    sheet.append(["Measure", "Milestone", "Due", "Responsible"])
    for number in range(1, 21):
        due = dt.date(2099, number % 12 + 1, 1) if number % 2 else "summer 2099"
        sheet.append([f"Line {number % 3}", f"Promise {number}", due, "Ministry"])
    workbook.save("list.xlsx")
    assert init("plan", "--empty").exit_code == 0
    readme = (tmp_path / "plan" / "README.md").read_text("utf-8")
    (imported,) = re.findall(r"^betatech-milestones (import .*)$", readme, re.MULTILINE)
    options = imported.replace("milestones.toml", "plan").split()
    assert run(*options).exit_code == 0
    done = run("build", "plan", "-o", "public")
    assert "new or changed milestones: 20" in done.stderr
    assert (tmp_path / "public" / "en" / "all.ics").read_bytes().count(b"BEGIN:VEVENT") == 20
    sheet["C2"] = dt.date(2099, 5, 1)
    workbook.save("list.xlsx")
    today = dt.datetime.now(zoneinfo.ZoneInfo("Europe/London")).date().isoformat()
    edition = ("--new-source", "List of May", "--published", today)
    done = run(*options[:-2], *edition)
    assert done.exit_code == 0, done.stderr
    slips = run("slips", "plan", "--as-of", today, "--output-format", "csv")
    (moved,) = csv.DictReader(io.StringIO(slips.stdout))
    assert (moved["title"], moved["promised_edtf"], moved["now_edtf"]) == (
        "Promise 1",
        "2099-02-01",
        "2099-05-01",
    )
    assert moved["sources"].startswith("list-of-may")
    assert run("check", "plan").exit_code == 0


# --- the workflows --------------------------------------------------------------------------------


def workflow(ci: Ci) -> Any:
    written = files(ci=ci)
    (name,) = (name for name in written if name.endswith(".yml"))
    return yaml.safe_load(written[name])


def scripts(pipeline: Any, key: str = "") -> Iterator[str]:
    """Every script of a workflow or a pipeline."""
    if isinstance(pipeline, dict):
        for name, value in pipeline.items():
            yield from scripts(value, str(name))
    elif isinstance(pipeline, list):
        for value in pipeline:
            yield from scripts(value, key)
    elif key in {"run", "script"}:
        yield pipeline


@pytest.mark.parametrize("ci", [Ci.GITHUB, Ci.GITLAB])
def test_workflows_run_real_commands(ci: Ci) -> None:
    """Each is one of this program's, with options that it has; no script has expressions in it."""
    found = set()
    for script in scripts(workflow(ci)):
        assert "${{" not in script
        for name, options in re.findall(
            r"^ *betatech-milestones (\S+) (.*)$", script, re.MULTILINE
        ):
            help_text = run(name, "--help").stdout
            for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", options):
                assert option in help_text, (name, option)
            found.add(name)
    assert found == {"check", "overdue", "build"}


def test_the_github_workflow_may_do_no_more_than_it_needs() -> None:
    """It reads; only the job that publishes writes, and only pages."""
    found = workflow(Ci.GITHUB)
    assert found["permissions"] == {"contents": "read"}
    granted = {name: job.get("permissions") for name, job in found["jobs"].items()}
    pages = {"contents": "read", "pages": "write", "id-token": "write"}
    assert granted == {"check": None, "overdue": None, "publish": pages}
    assert {*found[True]} == {"push", "pull_request", "schedule", "workflow_dispatch"}


def test_the_gitlab_pipeline_publishes_when_told() -> None:
    """A merge request is checked alone; without the variable nothing is published."""
    found = workflow(Ci.GITLAB)
    assert found["pages"]["artifacts"] == {"paths": ["public"]}
    assert '$PUBLISH == "yes"' in found["pages"]["rules"][0]["if"]


def steps(ci: Ci) -> list[str]:
    """The scripts of a workflow that need no more than a clone, in their order."""
    return [
        script
        for script in scripts(workflow(ci))
        if not script.startswith("pip install")
        and "curl" not in script
        and "PREVIOUS" not in script
    ]


@pytest.mark.slow
@posix
@pytest.mark.parametrize("ci", [Ci.GITHUB, Ci.GITLAB])
def test_workflows_pass_on_the_first_day(ci: Ci, tmp_path: Path) -> None:
    """The scripts, run by bash as they stand, find nothing wrong with what was made."""
    init(tmp_path, "--ci", ci.value)
    for script in steps(ci):
        done = bash(script, tmp_path)
        assert done.returncode == 0, done.stderr


CURL = """\
while [[ $# -gt 0 ]]; do
  case $1 in --output) shift; cp "$ANSWER" "$1" 2> /dev/null ;; esac
  shift
done
printf %s "$STATUS"
"""
FIRST, NEXT, REFUSAL = "404", "200", "403"


@pytest.mark.slow
@posix
@pytest.mark.parametrize("ci", [Ci.GITHUB, Ci.GITLAB])
def test_each_edition_follows_the_one_before(ci: Ci, tmp_path: Path) -> None:
    """The first has none; the next one is given its state; in trouble nothing is published."""
    init(tmp_path, "--ci", ci.value)
    script = "\n".join(
        script for script in scripts(workflow(ci)) if "curl" in script or "PREVIOUS:+" in script
    ).replace('>> "$GITHUB_ENV"', "> env; export PREVIOUS=$RUNNER_TEMP/previous")
    assert bash(script, tmp_path, STATUS=FIRST).returncode == 0
    state = tmp_path / "state.json"
    (tmp_path / "public" / "state.json").rename(state)
    shutil.rmtree(tmp_path / "public")
    done = bash(script, tmp_path, STATUS=NEXT, ANSWER=str(state))
    assert (done.returncode, "new or changed milestones: 0" in done.stderr) == (0, True)
    shutil.rmtree(tmp_path / "public")
    done = bash(script, tmp_path, STATUS=REFUSAL)
    assert done.returncode == 1
    assert "answers with 403, not 200 or 404" in done.stdout
    assert not (tmp_path / "public").exists()


def bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a runner does, with the command and a stand-in for the web on its path."""
    programs = folder / ".bin"
    programs.mkdir(exist_ok=True)
    command = f'exec "{sys.executable}" -m betatech_milestones "$@"\n'
    for name, text in {"betatech-milestones": command, "curl": CURL}.items():
        (programs / name).write_text(f"#!/bin/bash\n{text}", encoding="utf-8")
        (programs / name).chmod(0o755)
    surroundings = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "RUNNER_TEMP": str(folder / "temp"),
        "ADDRESS": "https://example.org/plan",
        "CI_PAGES_URL": "https://example.org/plan",
        "GITHUB_RUN_ID": "7",
        "CI_PIPELINE_ID": "7",
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, **surroundings, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE_SECONDS,
    )


# --- on a terminal --------------------------------------------------------------------------------

ENTER, DOWN = "\r", "\x1b[B"


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeInput]:
    """The keys of somebody who sits at a terminal."""
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    with create_pipe_input() as typed, create_app_session(input=typed, output=DummyOutput()):
        yield typed


# What is said, what is typed, and the title, id, language, time zone and workflow that come of it.
ANSWERS = {
    "everything": (
        "",
        f"Spoor 2030{ENTER}{ENTER}{ENTER}{ENTER}{DOWN}{ENTER}",
        ("Spoor 2030", "spoor-2030", "nl", "Europe/Amsterdam", ".gitlab-ci.yml"),
    ),
    "another language": (
        "",
        f"Bahn{ENTER}{DOWN}{DOWN}{DOWN}{ENTER}{ENTER}{ENTER}{ENTER}",
        ("Bahn", "bahn", "de", "Europe/Berlin", ".github/workflows/milestones.yml"),
    ),
    "what is not said alone": (
        "--title Rail --language en --timezone UTC --ci none",
        ENTER,
        ("Rail", "rail", "en", "UTC", None),
    ),
    "a wrong answer": (
        "--title Rail --language en --timezone UTC --ci none",
        f" X{ENTER}\x7f\x7fway{ENTER}",
        ("Rail", "railway", "en", "UTC", None),
    ),
    "nothing": (
        "--title Rail --language en --id rail",
        "",
        ("Rail", "rail", "en", ZONES["en"], None),
    ),
}


@pytest.mark.parametrize(("said", "typed", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_answers_are_as_good_as_options(
    said: str, typed: str, expected: tuple[str | None, ...], keys: PipeInput, tmp_path: Path
) -> None:
    """What has not been said is asked, with what follows from the other answers as the default."""
    keys.send_text(typed)
    with pytest.raises(SystemExit) as ended:
        main(["init", str(tmp_path), *said.split()])
    assert ended.value.code == 0
    written = loads((tmp_path / "milestones.toml").read_text("utf-8"))
    pipeline = next((path for path in everything(tmp_path) if path.endswith(".yml")), None)
    said_and_typed = (str(written.title), written.id, written.language, written.timezone, pipeline)
    assert said_and_typed == expected


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["interrupt", "end of input"])
def test_who_interrupts_has_written_nothing(key: str, keys: PipeInput, tmp_path: Path) -> None:
    """The exit code is that of an interruption, and no question is answered by it."""
    keys.send_text(f"Rail{ENTER}{key}" if key == "\x03" else key)
    with pytest.raises(SystemExit) as ended:
        main(["init", str(tmp_path)])
    assert ended.value.code == 130
    assert everything(tmp_path) == []


@pytest.mark.slow
@posix
def test_a_real_terminal_is_asked(tmp_path: Path) -> None:
    """The question is seen, what is wrong with an answer is told while it stands, and the rest."""
    said = ["--title", "Rail", "--language", "en", "--timezone", "UTC", "--ci", "none"]
    asked = pexpect.spawn(
        sys.executable,
        ["-m", "betatech_milestones", "init", *said],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm"},
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
        dimensions=(40, 120),
    )
    asked.expect_exact("Its id, which never changes:")
    asked.expect_exact("rail")
    asked.send(f" X{ENTER}")
    asked.expect_exact('"rail X" is no id')
    asked.send(f"\x7f\x7f{ENTER}")
    asked.expect_exact("build milestones.toml -o public")
    asked.expect(pexpect.EOF)
    asked.close()
    assert asked.exitstatus == 0
    assert loads((tmp_path / "milestones.toml").read_text("utf-8")).id == "rail"
