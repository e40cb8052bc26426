"""Every command and example in the documentation is run, and its output is what stands there.

A document is run from its beginning to its end in a copy of the repository, and what it really
prints is put into it: the test is that this changes nothing.
"""

import contextlib
import csv
import doctest
import gzip
import importlib.util
import io
import pkgutil
import re
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import transcripts
from date_tables import with_dates
from golden import Golden, hold
from systems import posix

import betatech_milestones
from betatech_milestones import RULES
from betatech_milestones.website import api

ROOT = transcripts.ROOT
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda document: document.relative_to(ROOT).as_posix()
)

# --- running a document ---------------------------------------------------------------------------

# A fenced block, with the comment before it that says why it is not run or what it needs, and the
# output shown after it. A set-up makes an environment: whoever checks the whole repository runs it.
_BLOCK = re.compile(
    r"^(?P<kept><!-- (?:set-up|not run): .+ -->\n)?"
    r"(?P<needs><!-- needs: .+ -->\n)?"
    r"```(?P<language>.*)\n(?P<code>(?:.*\n)*?)```$"
    r"(?:\n\n```text\n(?P<shown>(?:.*\n)*?)```$)?",
    re.MULTILINE,
)
_COMMAND = re.compile(
    r"^(?:\$|betatech-milestones|tombi|python|pytest|nox|git|pip|eval|[A-Z_]+=\S+) ", re.MULTILINE
)


def executed(document: str, folder: Path) -> str:
    """Return a Markdown document with what its examples print when they are run in a folder."""
    namespace: dict[str, Any] = {"__name__": "__main__"}

    def run(block: re.Match[str]) -> str:
        if block["kept"] or not all(map(importlib.util.find_spec, needed(block["needs"] or ""))):
            return block[0]
        code, shown = block["code"], block["shown"]
        match block["language"]:
            case "console":
                code = transcripts.replayed(code, folder)
            case "python" | "pycon" if code.startswith(">>> "):
                code = _session(code, namespace)
            case "python":
                lines_before = document.count("\n", 0, block.start("code"))
                printed = _printed("\n" * lines_before + code, namespace)
                shown = printed if printed or shown is not None else None
            case "toml":
                _read(code)
            case "text" if _COMMAND.search(code):
                raise ValueError("a command is never run; write console, or above it: not run: why")
            case "text" | "yaml" | "mermaid":
                pass
            case unknown:
                raise ValueError(f'a block of "{unknown}" is never run; write console or python')
        output = "" if shown is None else f"\n\n```text\n{shown}```"
        return f"{block['needs'] or ''}```{block['language']}\n{code}```{output}"

    if "```" in _BLOCK.sub("", document):
        raise ValueError("a block is indented, or has no end")
    with contextlib.chdir(folder):
        return _BLOCK.sub(run, document)


def needed(document: str) -> list[str]:
    """Return the packages, none of ours, that examples in a document need."""
    return re.findall(
        r"\w+", " ".join(re.findall(r"^<!-- needs: (.+) -->$", document, re.MULTILINE))
    )


def _printed(code: str, namespace: dict[str, Any]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "<document>", "exec"), namespace)  # noqa: S102  what the test is for
    return printed.getvalue()


def _session(code: str, namespace: dict[str, Any]) -> str:
    """Return an interactive session, or what is wrong with it."""
    session = doctest.DocTestParser().get_doctest(code, {}, "session", None, 0)
    session.globs = namespace
    wrong: list[str] = []
    doctest.DocTestRunner(verbose=False).run(session, out=wrong.append, clear_globs=False)
    return "".join(wrong) or code


def _read(code: str) -> None:
    """Load a data file, or parse a part of one."""
    if "programme" in tomllib.loads(code):
        betatech_milestones.loads(code)


# --- the documents --------------------------------------------------------------------------------


@posix
@pytest.mark.slow
@each_document
def test_examples_print_what_is_shown(document: Path, tmp_path: Path) -> None:
    """Every command, script, session and data file in a document works, and prints what it says."""
    text = with_tables(document.read_text(encoding="utf-8"))
    for package in needed(text):
        pytest.importorskip(package)
    hold(document, executed(text, transcripts.workplace(tmp_path)))


def golden() -> Golden:
    """Return what writes each document: its examples, run again, and its tables of rules."""
    return {document: partial(_executed, document) for document in DOCUMENTS}


def _executed(document: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        text = with_tables(document.read_text(encoding="utf-8"))
        return executed(text, transcripts.workplace(Path(folder)))


def with_tables(document: str) -> str:
    """Return a document whose tables are written from what they are about."""
    return with_dates(with_rules(document))


# A table of rules, behind `<!-- rules: PAGE -->` or `<!-- rules: PAGE LEVEL -->`.
_RULES = re.compile(r"(?P<mark><!-- rules: (?P<page>\S+)(?: (?P<level>\w+))? -->\n)(?:\|.*\n)*")


def with_rules(document: str) -> str:
    """Return a document whose tables of rules are written from the rules themselves."""

    def table(found: re.Match[str]) -> str:
        rows = [
            f"| `{rule}` | {_cell(rule.meaning)} | {_cell(rule.remedy)} |\n"
            for rule in RULES.values()
            if rule.documentation == found["page"] and found["level"] in {None, rule.level}
        ]
        return (
            f"{found['mark']}| rule | it means | what to do |\n| --- | --- | --- |\n{''.join(rows)}"
        )

    return _RULES.sub(table, document)


def _cell(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:].removesuffix(".")


def test_the_first_data_of_the_readme_is_that_of_the_shipped_programme() -> None:
    """What a reader meets first is sound, and says what the data set says."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.partition("```toml\n")[2].partition("```")[0]
    shipped = (ROOT / "data" / "milestones.toml").read_text(encoding="utf-8")
    cited = shipped.partition("[[measure]]")[0]
    around = '[[measure]]\nid = "act"\ntitle = "Wet"\nsource = "annex-2013"\n'
    [shown] = betatech_milestones.loads(f"{cited}{around}{block}").milestones
    milestones = betatech_milestones.load().milestones
    real = next(m for m in milestones if m.full_id == "macro-efficiency-act/in-force")
    assert (shown.id, shown.title, shown.kind) == (real.id, real.title, real.kind)
    assert (shown.due, shown.revisions) == (real.due, real.revisions)


def test_every_rule_is_in_one_table() -> None:
    """Each rule of `check` and `build` stands in the page that it names, and nowhere else."""
    text = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    rows = re.findall(
        r"^\| `([a-z-]+)` \|", "".join(m[0] for m in _RULES.finditer(text)), re.MULTILINE
    )
    statuses = {rule.name for rule in RULES.values() if rule.documentation == "ci.md"}
    assert statuses == {"due", "upcoming"}
    assert sorted(rows) == sorted(RULES.keys() - statuses)


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    """Every link to a file of the repository has a file, and every anchor a heading."""
    text = document.read_text(encoding="utf-8")
    assert [*_broken_links(text, document)] == []


_LINK = re.compile(
    r"""\]\((?P<inline>[^\s)]+)(?:\s[^)]*)?\)|^\[[^]]+\]:\s*(?P<reference>\S+)"""
    r"""|(?:src|srcset|href)="(?P<html>[^"]+)\"""",
    re.MULTILINE,
)


def _broken_links(text: str, document: Path) -> Iterator[str]:
    for match in _LINK.finditer(_BLOCK.sub("", text)):
        link: str = match["inline"] or match["reference"] or match["html"]
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            yield link


def _anchors(document: Path) -> set[str]:
    """Return what the headings of a document are called in links, as GitHub makes it."""
    text = _BLOCK.sub("", document.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_the_sql_for_large_programmes_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed tables that are read as the page tells, every column a text, answer its query.

    Patched: when tables are packed proves nothing, and the shipped programme is soon read.
    """
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    read = re.findall(r"gunzip -c (\S+)' (\w+)\"$", page, re.MULTILINE)
    (query,) = re.findall(r'^\$ sqlite3 milestones\.db "(SELECT .+)"$', page, re.MULTILINE)
    monkeypatch.setattr(api, "LARGE", 0)
    report = betatech_milestones.as_of(betatech_milestones.load(), "2016-01-01")
    files = api.tables(betatech_milestones.as_published(report), language="en")
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        for file, table in read:
            text = gzip.decompress(files[f"en/{file}"]).decode()
            names, *rows = csv.reader(io.StringIO(text, newline=""))
            database.execute(f"CREATE TABLE {table} ({', '.join(f'{it} TEXT' for it in names)})")
            places = ", ".join("?" * len(names))
            database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608  ours
        assert sorted(database.execute(query)) == [
            ("Act in force", 212),
            ("Draft policy rule sent to the Tweede Kamer", 30),
            ("Revised files introduced", 731),
        ]


# --- the modules ----------------------------------------------------------------------------------

MODULES = [
    betatech_milestones,
    *(
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(betatech_milestones.__path__, "betatech_milestones.")
        if not found.name.endswith(".__main__")
    ),
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_docstrings_run(module: ModuleType) -> None:
    """Every example in a docstring prints what it says."""
    wrong: list[str] = []
    runner = doctest.DocTestRunner(verbose=False)
    for example in doctest.DocTestFinder().find(module):
        runner.run(example, out=wrong.append)
    assert "".join(wrong) == ""


# --- this file ------------------------------------------------------------------------------------

WRONG_AND_RIGHT: Mapping[str, tuple[str, str]] = {
    "console": (
        "```console\n$ echo one\ntwo\n$ false\n$ echo $?\n0\n```\n",
        "```console\n$ echo one\none\n$ false\n$ echo $?\n1\n```\n",
    ),
    "console, standard error": (
        "```console\n$ echo one >&2\n```\n",
        "```console\n$ echo one >&2\none\n```\n",
    ),
    "console, left out": (
        "```console\n$ printf '1\\n2\\n3\\n'\n1\n…\n4\n```\n",
        "```console\n$ printf '1\\n2\\n3\\n'\n1\n2\n3\n```\n",
    ),
    "console, the command": (
        "```console\n$ betatech-milestones check examples/eu-ai-act.toml\nall is well\n```\n",
        (
            "```console\n$ betatech-milestones check examples/eu-ai-act.toml\n"
            "examples/eu-ai-act.toml: no problems found\n```\n"
        ),
    ),
    "python": (
        "```python\nprint(1)\n```\n\n```text\n2\n```\n",
        "```python\nprint(1)\n```\n\n```text\n1\n```\n",
    ),
    "python, not shown": (
        "```python\nprint(1)\n```\n",
        "```python\nprint(1)\n```\n\n```text\n1\n```\n",
    ),
    "python, shown in vain": (
        "```python\none = 1\n```\n\n```text\n1\n```\n",
        "```python\none = 1\n```\n\n```text\n```\n",
    ),
}


@posix
@pytest.mark.parametrize(("wrong", "right"), WRONG_AND_RIGHT.values(), ids=WRONG_AND_RIGHT)
def test_what_is_wrong_is_replaced(wrong: str, right: str, tmp_path: Path) -> None:
    """A wrong output gives way to the right one, and the right one stays."""
    folder = transcripts.workplace(tmp_path)
    assert (executed(wrong, folder), executed(right, folder)) == (right, right)


@posix
@pytest.mark.parametrize(
    "right",
    [
        "```console\n$ printf '1\\n2\\n3\\n'\n1\n…\n```\n",
        "```console\n$ printf '%s\\n' \\\n> 1 2\n1\n2\n```\n",
        "```console\n$ echo one > file\n```\n\n```console\n$ cat file\none\n```\n",
        "```python\none = 1\n```\n\nand\n\n```pycon\n>>> one\n1\n\n```\n",
        "<!-- set-up: run -->\n```sh\nexit 1\n```\n",
        "<!-- not run: it asks -->\n```text\nbetatech-milestones init\n```\n",
        "```text\nno command, though it names betatech-milestones init\n```\n",
        '```toml\n[[measure]]\nid = "files"\n```\n',
    ],
)
def test_what_is_right_stays(right: str, tmp_path: Path) -> None:
    """Lines left out, long commands, and what one block leaves to the next."""
    assert executed(right, transcripts.workplace(tmp_path)) == right


def test_wrong_session_is_reported(tmp_path: Path) -> None:
    """A session that turns out otherwise gives way to what is wrong with it."""
    result = executed("```pycon\n>>> 1 + 1\n3\n\n```\n", tmp_path)
    assert "Expected:\n    3\nGot:\n    2\n" in result


@posix
@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("```sh\ntrue\n```\n", 'a block of "sh" is never run; write console or python'),
        ("```text\n$ true\n```\n", "a command is never run; write console, or above it: not run"),
        ("```text\nfirst\ntombi lint\n```\n", "a command is never run"),
        ("```console\nno command\n```\n", "a transcript begins with a command"),
        ("```console\n$ exit\n```\n", "the shell stopped at: exit"),
        ("  ```console\n  $ true\n  ```\n", "a block is indented"),
        ("```toml\nid =\n```\n", "Invalid value"),
        ("```toml\n[programme]\n```\n", "id"),
        ("```python\nraise ValueError('broken')\n```\n", "broken"),
    ],
)
def test_what_cannot_be_run_is_an_error(document: str, message: str, tmp_path: Path) -> None:
    """Nothing is passed over in silence."""
    with pytest.raises(Exception, match=message):
        executed(document, transcripts.workplace(tmp_path))


def test_broken_links_are_found() -> None:
    text = (
        "# A heading\n[a](README.md) [b](none.md) [c](#a-heading) [d](#none)\n[e]: docs/none.md\n"
    )
    readme = ROOT / "README.md"
    assert [*_broken_links(text, readme)] == ["none.md", "#a-heading", "#none", "docs/none.md"]
