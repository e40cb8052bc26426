"""The schema is clean in the tools of editors: Tombi, Taplo and a validator of JSON Schema."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator
from programmes import PROGRAMME

from betatech_milestones import loads, schema

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8")
FILES = [
    *ROOT.glob("data/*.toml"),
    *ROOT.glob("examples/*.toml"),
    *ROOT.glob("tests/formats/*.toml"),
]
SOUND = {
    **{file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in FILES},
    "docs/data-format.md": "\n".join(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)),
    "tests/programmes.py": PROGRAMME,
}
HEAD = '[programme]\nid = "x"\ntitle = "x"\nlanguage = "nl"\ntimezone = "Europe/Amsterdam"\n'
SOURCE = '[[source]]\nid = "letter"\ntitle = "x"\n'
PROMISE = f"""\
{HEAD}{SOURCE}published = 2013-02-26
[[measure]]
id = "files"
title = "x"
source = "letter"
[[measure.milestone]]
id = "in-force"
title = "x"
kind = "report"
"""

NEWS = f"{PROMISE}[[measure.milestone.news]]\n"
MET = f"{PROMISE}[measure.milestone.met]\n"

# The sorts of values that the shipped files do not have.
SOUND |= {
    "a day in quotes": f'{HEAD}{SOURCE}seen = "2013-02-26"\n',
    "words alone, and a day": f'{HEAD}{SOURCE}published.words = "ooit"\nseen = 2013-02-26\n',
    "fixed on a bare day": f'{PROMISE}commitment = "fixed"\ndue = 2014-08-01\n',
    "fixed on a day in words": f'{PROMISE}commitment = "fixed"\ndue = "1 augustus 2014"\n',
    "nothing found": f'{NEWS}on = 2014-01-01\nfound = "nothing"\nby = "x"\n',
    "something found": f'{NEWS}found = "partly"\nsource = "letter"\n',
    "done by then": f'{MET}on.edtf = "[..2013-02-26]"\nsource = "letter"\n',
    "done in a year": f'{MET}on = 2013\nsource = "letter"\n',
    "nobody promised it": f'{PROMISE}commitment = "none"\nmet.source = "letter"\n',
}

# what is wrong · what stands in the file · what Tombi says of it
UNSOUND = {
    "a day that there is not": (f'{HEAD}{SOURCE}seen = "2013-02-30"\n', "does not match"),
    "no day": (f"{HEAD}{SOURCE}", '"seen" is required'),
    "words alone": (f'{HEAD}{SOURCE}published = {{ words = "ooit" }}\n', '"seen" is required'),
    "an id in capitals": (
        f"{HEAD}{SOURCE.replace('letter', 'Letter')}seen = 2013-02-26\n",
        "match",
    ),
    "a key that there is not": (f"{PROMISE}until = 2014-08-01\n", '"until" is not allowed'),
    "a word that is none": (f'{PROMISE}commitment = "firm"\n', "const value"),
    "no number": (f'{PROMISE}number = {{ unit = "x", goal = "3" }}\n', "found String"),
    "fixed in a year": (f'{PROMISE}commitment = "fixed"\ndue = 2014\n', "not"),
    "nobody looked": (f'{NEWS}on = 2014-01-01\nfound = "nothing"\n', '"by" is required'),
    "nobody says so": (f"{MET}on = 2013\n", '"source" is required'),
}


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)),
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def tombi(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    found = shutil.which("tombi", path=Path(sys.executable).parent) or shutil.which("tombi")
    assert found, "pip install -e '.[dev]' installs it"
    return run(found, *arguments, "--offline", folder=folder)


@pytest.fixture(scope="module")
def taplo() -> str:
    found = shutil.which("taplo")
    if not found:
        pytest.skip("taplo is not installed: npm install @taplo/cli")
    return found


def put(folder: Path, texts: dict[str, str]) -> None:
    """Write files that name the schema beside them, which is what the package has."""
    (folder / "milestones.schema.json").write_text(json.dumps(schema()), encoding="utf-8")
    for name, text in texts.items():
        own = re.sub(r"^#:schema .*\n", "", text)
        headed = f"#:schema ./milestones.schema.json\n{own}"
        (folder / f"{re.sub(r'[^a-z0-9]+', '-', name)}.toml").write_text(headed, encoding="utf-8")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    put(folder, SOUND)
    return folder


@pytest.mark.parametrize("name", SOUND)
def test_sound_to_the_loader_and_to_the_schema(name: str) -> None:
    """What is linted below is sound, and a validator of JSON Schema finds it so, too."""
    assert loads(SOUND[name]).id
    validator = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    document: Any = json.loads(json.dumps(tomli.loads(SOUND[name]), default=str))
    assert [error.message for error in validator.iter_errors(document)] == []


def test_sound_to_tombi(sound: Path) -> None:
    """Tombi has nothing to say of any sound file, in its strict mode, without a network."""
    done = tombi("lint", "--error-on-warnings", folder=sound)
    assert (done.returncode, done.stderr) == (0, f"{len(SOUND)} files linted successfully\n")


@pytest.mark.slow
def test_sound_to_taplo(sound: Path, taplo: str) -> None:
    """Nor has Taplo, which is what Even Better TOML checks with."""
    done = run(taplo, "lint", *sorted(sound.glob("*.toml")), folder=sound)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("text", "said"), UNSOUND.values(), ids=UNSOUND)
def test_unsound_to_tombi(text: str, said: str, tmp_path: Path) -> None:
    """Tombi finds what a schema can know, and says what it is."""
    put(tmp_path, {"file": text})
    done = tombi("lint", folder=tmp_path)
    assert done.returncode == 1
    assert said in done.stderr


@pytest.mark.slow
def test_unsound_to_taplo(taplo: str, tmp_path: Path) -> None:
    """So does Taplo."""
    put(tmp_path, {name: text for name, (text, _) in UNSOUND.items()})
    files = sorted(file.name for file in tmp_path.glob("*.toml"))
    done = run(taplo, "lint", "--colors", "never", *files, folder=tmp_path)
    assert done.returncode != 0
    refused = re.findall(r"invalid file error=schema validation failed path=\"(.*?)\"", done.stderr)
    assert sorted(Path(path).name for path in refused) == files


@pytest.mark.parametrize("command", [("lint", "--error-on-warnings"), ("format", "--check")])
def test_files_of_the_repository(command: tuple[str, ...]) -> None:
    """The data files are as Tombi would lay them out, by the configuration beside them."""
    done = tombi(*command, folder=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(f"{len(FILES)} files ")
