"""Whatever a programme or a folder holds: a site that can be read, or a word why there is none."""

import contextlib
import datetime as dt
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from sites import held, lay_out
from systems import posix
from test_portfolio import PORTFOLIO, SCHOOLS, SCIENCE, write

from betatech_milestones import Refused, loads, publish, read_state, site
from betatech_milestones.cli import main
from betatech_milestones.datafile.portfolio import load_portfolio
from betatech_milestones.website.entries import entries_in
from betatech_milestones.website.parts import digest_of, read_record
from betatech_milestones.website.publish_portfolio import publish_portfolio

ROOT = Path(__file__).parents[1]
DAY = dt.date(2015, 9, 1)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="betatech-milestones")


# --- programmes of which nobody thought -----------------------------------------------------------


def programme(
    *parts: str, title: str = '{ nl = "Plan", en = "Plan" }', tag: str = "nl", published: str = ""
) -> str:
    return "\n".join(
        (
            f'[programme]\nid = "plan"\ntitle = {title}\nlanguage = "{tag}"',
            'timezone = "Europe/Amsterdam"',
            f'[[source]]\nid = "letter"\ntitle = {{ {tag} = "Brief" }}',
            f"published = {published or '2013-01-01'}",
            *parts,
        )
    )


def measure(*milestones: str, title: str = '{ nl = "Maatregel" }', more: str = "") -> str:
    head = f'[[measure]]\nid = "files"\ntitle = {title}\nsource = "letter"\n{more}'
    return "\n".join((head, *milestones))


def milestone(own: str, due: str, title: str = '{ nl = "Mijlpaal" }') -> str:
    return (
        f'[[measure.milestone]]\nid = "{own}"\ntitle = {title}\nkind = "report"\n'
        f'source = "letter"\n{due}'
    )


def body(name: str) -> str:
    return f'[[body]]\nid = "ocw"\nname = {name}'


def everywhere(text: str, tag: str = "nl") -> str:
    """A programme that has a text wherever it has one."""
    said = f"{{ {tag} = {json.dumps(text, ensure_ascii=False)} }}"
    return programme(
        body(said),
        f'[[cluster]]\nid = "work"\ntitle = {said}',
        measure(
            milestone("begin", "due = 2014-01-01", said),
            milestone("end", f"due = {{ words = {said} }}", said),
            title=said,
            more=f'cluster = "work"\nbodies = ["ocw"]\nsummary = {said}\n',
        ),
        title=said,
        tag=tag,
    )


MARKUP = "</title></script><script>alert(1)</script><!-- ]]> &amp; {{ 7 * 7 }} {% raise %} \"'"
UNUSUAL = {
    "a title of 1,000 letters": everywhere("a" * 1_000),
    "a title of 166 words": everywhere("woord " * 166),
    "markup": everywhere(MARKUP),
    "right to left": everywhere("\u200f\u05d0\u05d1 abc \u200f\u0627"),
    "what XML cannot hold": everywhere("a\ufffe\uffff\U0001ffff\u200b\ufeffb"),
    "commas and lines": everywhere("a;b,c\\n\td:e=f"),
    "nothing": programme(),
    "no milestone": programme(measure()),
    "undated": programme(
        measure(milestone("a", ""), milestone("b", 'due = { words = "doorlopend" }'))
    ),
    "the first year": programme(
        measure(milestone("a", "due = 0001-01-01"), milestone("b", 'due = "0001"')),
        published="0001-01-01",
    ),
    "the last year": programme(
        measure(milestone("a", "due = 9999-12-31"), milestone("b", 'due = "9999"')),
    ),
    "all years": programme(
        measure(
            milestone("a", "due = 0001-01-01"),
            milestone("b", "due = 9999-12-31"),
            milestone("c", 'due = { words = "ooit", edtf = "0001/9999" }'),
        ),
        published="0001-01-01",
    ),
    "said on the last day": programme(
        measure(milestone("a", "due = 9999-12-31")), published="9999-12-31"
    ),
    "a language of the EU": everywhere("Postępy", "pl"),
    "a language of nobody": everywhere("tlhIngan Hol", "tlh"),
    "many languages": programme(
        measure(milestone("a", "due = 2014-01-01")),
        title="{ nl = 'Plan', pt-BR = 'Plano', zh-Hant = '計畫', ar = 'خطة', "
        + ", ".join(f"x{letter} = 'X'" for letter in "ab")
        + " }",
    ),
    "languages called as folders": programme(
        measure(milestone("a", "due = 2014-01-01")),
        title="{ nl = 'Plan', api = 'A', body = 'B', measure = 'M', measures = 'N' }",
    ),
    "regions of one language": programme(
        title="{ nl = 'Plan', nl-BE = 'Plan', en-GB = 'Plan', en-US = 'Plan' }"
    ),
}


def read(path: str, content: bytes) -> None:
    """Read a file with what its readers use; it raises what they would."""
    match path.rpartition(".")[2]:
        case "atom" | "svg" | "xml":
            ET.fromstring(content)  # noqa: S314  made in this test
        case "ics":
            Calendar.from_ical(content)
        case "json" | "jsonld":
            json.loads(content)
        case "html" | "csv" | "css" | "js":
            content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("case", UNUSUAL)
def test_an_unusual_programme_is_published_and_read(case: str, tmp_path: Path) -> None:
    """Today, at the end of days and at their beginning: each as a full build has it."""
    plan = loads(UNUSUAL[case], path="plan.toml")
    before = None
    for day in (DAY, dt.date.max, dt.date.min):
        publish(plan, day, tmp_path / "site", address="https://example.org/plan/")
        found = held(tmp_path / "site")
        assert found == site(plan, day, before=before, address="https://example.org/plan/")
        before = read_state(found["state.json"])
        for path, content in found.items():
            read(path, content)
            if path.endswith((".html", ".atom", ".svg")):
                assert b"<script>alert" not in content


BAD = {
    programme(measure(), measure().replace('"files"', '"Files"')): (
        'id: "Files" is no id; use lower-case letters, digits and single hyphens, such as "files" '
        "[bad-id]"
    ),
    programme(measure(milestone("a", 'due = { words = "ooit", edtf = "0000" }'))): (
        'due: "0000" is not a date: dates run from 0001-01-01 to 9999-12-31 [bad-date]'
    ),
    everywhere("\x1b"): "has the control character U+001B at position 1; take it out",
}


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize(
    "command", ["check", "build -o site", "digest --since 2014-01-01", "overdue"]
)
def test_a_bad_programme_is_told(
    text: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By every command, with the line; nothing is written."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "milestones.toml", text)
    done = run(*command.split())
    assert BAD[text] in done.stdout + done.stderr
    assert done.exit_code == (1 if command == "check" else 2)
    assert isinstance(done.exception, SystemExit)
    assert [path.name for path in tmp_path.iterdir()] == ["milestones.toml"]


# --- portfolios -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The files of a folder with two programmes and a portfolio of them, published in `site`."""
    folder = tmp_path_factory.mktemp("portfolio")
    write(folder, "science.toml", SCIENCE)
    write(folder, "more/schools.toml", SCHOOLS)
    write(folder, "portfolio.toml", PORTFOLIO)
    with contextlib.chdir(folder):
        publish_portfolio(load_portfolio(), DAY, "site")
    return held(folder)


@pytest.fixture
def folder(published: Mapping[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with these files."""
    lay_out(published, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(folder: Path) -> list[str]:
    """Publish what is refused, see that nothing changed, and return why."""
    before = held(folder)
    with pytest.raises(Refused) as error:
        publish_portfolio(load_portfolio(), DAY, "site")
    assert held(folder) == before
    return str(error.value).splitlines()


@posix
@pytest.mark.parametrize("at", ["loop.toml", "nowhere.toml"])
def test_a_link_that_leads_nowhere(at: str, folder: Path) -> None:
    """The name is right, and what it leads to is not there."""
    (folder / "loop.toml").symlink_to("pool.toml")
    (folder / "pool.toml").symlink_to("loop.toml")
    (folder / "nowhere.toml").symlink_to("gone.toml")
    write(folder, "portfolio.toml", PORTFOLIO.replace("more/schools.toml", at))
    (one,) = load_portfolio().unread
    assert str(one.error) == (
        f'portfolio.toml:11: error: file: "{at}" is a link that leads to no file; mend the link, '
        "or take the member out [no-programme]"
    )


NOT_PUBLISHED = (
    f"{Path('site', 'portfolio.json')}: error: is not as it was published, and has to tell how "
    "programmes stood whose files cannot be read now; restore it, or mend "
    f"{Path('more', 'schools.toml')} [bad-state]"
)


def without(*keys: str | int) -> Callable[[Any], None]:
    """Take something out of a document."""

    def take(document: Any) -> None:
        for key in keys[:-1]:
            document = document[key]
        del document[keys[-1]]

    return take


def other(value: object, *keys: str | int) -> Callable[[Any], None]:
    """Put something else in its place."""

    def put(document: Any) -> None:
        for key in keys[:-1]:
            document = document[key]
        document[keys[-1]] = value

    return put


SECOND = "programmes", 1
EDITS = [
    other(0, "version"),
    without("version"),
    without("programmes"),
    other(3, "programmes"),
    other([3], "programmes"),
    other(None, *SECOND),
    *(without(*SECOND, key) for key in ("file", "title", "languages", "counts", "bodies")),
    without(*SECOND, "attention", 0, "evidence"),
    without(*SECOND, "bodies", 0, "lifelong"),
    other(1, *SECOND, "more"),
    other("science", *SECOND, "id"),
    other("../../etc", *SECOND, "id"),
    other("../..", *SECOND, "bodies", 0, "lifelong"),
    other(["../.."], *SECOND, "languages"),
    other([], *SECOND, "languages"),
    other({}, *SECOND, "title"),
    other("yesterday", *SECOND, "as_of"),
    other(5, *SECOND, "newest_statement"),
    other(5, *SECOND, "newest_dated"),
    other([], *SECOND, "newest_told"),
    other(1.5, *SECOND, "milestones"),
    other({"late": 1}, *SECOND, "counts"),
    other("bad", *SECOND, "attention", 0, "evidence"),
    other([], *SECOND, "attention", 0, "how"),
]


@pytest.mark.parametrize("edit", EDITS)
def test_an_index_that_was_edited_is_none(edit: Callable[[Any], None], folder: Path) -> None:
    """Whatever of it is wrong: it is never half believed."""
    index = (folder / "site" / "portfolio.json").read_bytes()
    assert [one["id"] for one in entries_in(index) or ()] == ["science", "schools"]
    document = json.loads(index)
    edit(document)
    assert entries_in(json.dumps(document).encode()) is None


def test_an_index_may_tell_of_no_statement(folder: Path) -> None:
    """Where none was known yet; and a portfolio of which no file could be read has none."""
    document = json.loads((folder / "site" / "portfolio.json").read_bytes())
    other(None, *SECOND, "newest_statement")(document)
    other(None, *SECOND, "newest_dated")(document)
    other({"nl": ""}, *SECOND, "newest_told")(document)
    assert len(entries_in(json.dumps(document).encode()) or ()) == 2
    other([], "programmes")(document)
    assert entries_in(json.dumps(document).encode()) == ()


@pytest.mark.parametrize("written", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_what_is_no_index_is_none(written: bytes) -> None:
    """Half of one, or anything else."""
    assert entries_in(written) is None


def spoilt_indexes(index: bytes) -> list[bytes | None]:
    """Return what an index may be other than it was published; None: it is gone."""
    return [b"{}", index.replace(b"schools", b"school"), None]


def put(file: Path, content: bytes | None) -> None:
    """Put a file in the place of another, or none."""
    file.unlink(missing_ok=True)
    if content is not None:
        file.write_bytes(content)


def test_an_index_that_is_not_what_was_published_is_made_anew(folder: Path) -> None:
    """Where all files can be read, they tell all that it told."""
    published = held(folder / "site")
    for content in spoilt_indexes(published["portfolio.json"]):
        put(folder / "site" / "portfolio.json", content)
        publish_portfolio(load_portfolio(), DAY, "site")
        assert held(folder / "site") == published


def test_an_index_that_is_not_what_was_published_is_refused(folder: Path) -> None:
    """It alone tells of a programme whose file is broken: it is missed as a state would be.

    Who insists publishes what can be read; the site of what is broken stays.
    """
    published = held(folder / "site")
    write(folder, "more/schools.toml", "[programme")
    for content in spoilt_indexes(published["portfolio.json"]):
        put(folder / "site" / "portfolio.json", content)
        assert refused(folder) == [NOT_PUBLISHED]
    publish_portfolio(load_portfolio(), DAY, "site", force=True)
    found = held(folder / "site")
    assert {path for path in found if path.startswith("schools/")} == {
        path for path in published if path.startswith("schools/")
    }
    assert json.loads(found["portfolio.json"])["not_read"] == 1


def test_an_index_without_a_record_is_believed_where_it_is_whole(folder: Path) -> None:
    """What was told of a programme that is broken stays; all else is made anew."""
    published = held(folder / "site")
    (folder / "site" / "parts.json").unlink()
    publish_portfolio(load_portfolio(), DAY, "site")
    assert held(folder / "site") == published
    (folder / "site" / "parts.json").unlink()
    write(folder, "more/schools.toml", "[programme")
    publish_portfolio(load_portfolio(), DAY, "site")
    _, schools = json.loads((folder / "site" / "portfolio.json").read_bytes())["programmes"]
    assert (schools["id"], schools["is_read"]) == ("schools", False)


def test_a_record_that_lies_about_the_front_is_not_believed(folder: Path) -> None:
    """It has the digests of files that somebody edited: their inputs are looked at, too."""
    published = held(folder / "site")
    record = read_record(published["parts.json"])
    assert record is not None
    page = folder / "site" / "index.html"
    page.write_bytes(b"lie")
    made = record.parts["overview/nl"]
    true = published["parts.json"].decode()
    lie = true.replace(made.files["index.html"], digest_of(b"lie")).replace(made.inputs, "0" * 16)
    rest = lie.partition("\n")[2]
    head = true.partition("\n")[0].replace(
        digest_of(true.partition("\n")[2].encode()), digest_of(rest.encode())
    )
    (folder / "site" / "parts.json").write_text(f"{head}\n{rest}")
    assert read_record((folder / "site" / "parts.json").read_bytes()) is not None
    publish_portfolio(load_portfolio(), DAY, "site")
    assert held(folder / "site") == published


@posix
@pytest.mark.parametrize("how", ["file", "link"])
@pytest.mark.parametrize("at", ["schools", "en"])
def test_what_stands_where_a_folder_is_to_come_is_refused(at: str, how: str, folder: Path) -> None:
    """That of a programme or of a language: it would go."""
    there = folder / "site" / at
    shutil.rmtree(there)
    if how == "file":
        there.write_text("mine")
    else:
        (folder / "mine").mkdir()
        there.symlink_to(folder / "mine")
    why = "error: was not made by this program and is in the way; move it [not-ours]"
    assert refused(folder)[0] == f"{Path('site', at)}: {why}"


def test_what_stands_where_a_new_file_of_the_front_is_to_come_is_refused(folder: Path) -> None:
    """A portfolio that gets another language does not write over what others have put there."""
    write(folder, "site/fr/all.ics", "mine")
    titled = PORTFOLIO.replace('title = { nl = "Onderwijs"', 'title = { fr = "École", nl = "Ond."')
    assert titled != PORTFOLIO
    write(folder, "portfolio.toml", titled)
    why = "error: was not made by this program and is in the way; move it [not-ours]"
    assert refused(folder) == [f"{Path('site', 'fr', 'all.ics')}: {why}"]


# --- folders --------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("at", ["", "nl", "theirs"])
def test_a_folder_that_is_read_only_is_replaced_and_stays_so(at: str, tmp_path: Path) -> None:
    """What is to be written is written before; nothing is left beside it."""
    first = loads(SCIENCE, path="science.toml")
    second = loads(SCIENCE.replace("Van kracht", "In werking"), path="science.toml")
    target = tmp_path / "site"
    publish(first, DAY, target)
    write(target, "theirs/deep/note.txt", "mine")
    (target / "theirs" / "link").symlink_to("deep")
    (target / at).chmod(0o555)
    publish(second, DAY, target)
    assert (target / at).stat().st_mode & 0o777 == 0o555
    assert (target / "theirs" / "link" / "note.txt").read_text() == "mine"
    assert [*tmp_path.iterdir()] == [target]


# --- killed ---------------------------------------------------------------------------------------

# For each line that it reads, a process that publishes what stands in the current folder, and is
# killed as soon as it has touched files so often.
PUBLISHERS = """
import datetime as dt, os, signal, sys
from betatech_milestones.datafile.portfolio import load_portfolio
from betatech_milestones.website.publish_portfolio import publish_portfolio
day = dt.date(2015, 9, 1)
def touched(event, _):
    global left
    if event == "open" or event.startswith(("os.", "shutil.", "ctypes.dlsym")):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
for line in sys.stdin:
    most = left = int(line)
    if process := os.fork():
        os.waitpid(process, 0)
        print("ended", flush=True)
    else:
        portfolio = load_portfolio()
        sys.addaudithook(touched)
        publish_portfolio(portfolio, day, "site")
        print(most - left, flush=True)
        os._exit(0)
"""


@posix
@pytest.mark.slow
@pytest.mark.parametrize("build", ["incremental", "full"])
def test_a_publication_of_several_can_be_killed_at_any_point(build: str, folder: Path) -> None:
    """The folder holds the sites and the front before, or those after, and the next one follows.

    A full build is one without the record of what was published.
    """
    chance = random.Random(20150901)  # noqa: S311  nothing secret
    versions = [SCHOOLS, SCHOOLS.replace("in scholen", "in alle scholen")]
    assert versions[0] != versions[1]

    def expected(version: int) -> dict[str, bytes]:
        """What a full build would give from what stands there."""
        write(folder, "more/schools.toml", versions[version])
        shutil.rmtree(folder / "full", ignore_errors=True)
        shutil.copytree(folder / "site", folder / "full")
        for record in (folder / "full").rglob("parts.json"):
            record.unlink()
        publish_portfolio(load_portfolio(), DAY, "full")
        return held(folder / "full")

    with subprocess.Popen(
        [sys.executable, "-c", PUBLISHERS],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *sys.path])},
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as publishers:
        assert publishers.stdin is not None
        assert publishers.stdout is not None

        def told(most: int) -> list[str]:
            print(most, file=publishers.stdin, flush=True)
            return [*iter(partial(next, publishers.stdout), "ended\n")]

        version = 1
        after = expected(version)
        touches = int(told(10**9)[0])
        edition = held(folder / "site")
        assert edition == after
        followed = halves = 0
        after = expected(1 - version)
        for killed in range(12):
            if build == "full" and (folder / "site" / "parts.json").exists():
                for record in (folder / "site").rglob("parts.json"):
                    record.unlink()
                edition = held(folder / "site")
            span = touches / 8
            told(int(span * killed + chance.uniform(1, span)))
            halves += any(folder.glob(".site.*.new"))
            if (found := held(folder / "site")) != edition:
                assert found == after
                edition, version, followed = found, 1 - version, followed + 1
                after = expected(1 - version)
        publishers.stdin.close()
    assert halves > 2, "publications were not killed while they wrote"
    assert followed > 0, "publications were killed before they came to anything"
    after = expected(version)
    publish_portfolio(load_portfolio(), DAY, "site")
    assert held(folder / "site") == after
    assert not [*folder.glob(".site*")]
