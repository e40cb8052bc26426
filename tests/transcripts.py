"""Commands as a console shows them, run again: what they print takes the place of what is written.

    $ betatech-milestones check data/milestones.toml
    data/milestones.toml: no problems found

A line that begins with `$ ` is a command, `> ` goes on with it, and the other lines are what it
prints, on the standard output or the other. Where `…` stands alone on a line, any lines may.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_RUN = re.compile(r"^\$ (?P<command>.*\n(?:> .*\n)*)(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)


def workplace(folder: Path) -> Path:
    """Fill an empty folder with what a clone of the repository holds, and return it.

    The command and the interpreter are on the path of `replayed`, and use that copy.
    """
    for name in ("data", "docs", "examples", "src"):
        shutil.copytree(ROOT / name, folder / name)  # `src` with what is compiled
    for file in ROOT.glob("[!.]*"):
        if file.is_file():
            shutil.copy(file, folder)
    main = "import sys; from betatech_milestones.cli import main; sys.argv[0] = '{}'; main()"
    command = "betatech-milestones"
    for name, arguments in {
        "python": "",
        "python3": "",
        command: f'-Pc "{main.format(command)}"',
    }.items():
        script = folder / ".bin" / name
        script.parent.mkdir(exist_ok=True)
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
        script.chmod(0o755)
    return folder


def replayed(transcript: str, folder: Path) -> str:
    """Return a transcript as it turns out when its commands are run in a workplace.

    One shell runs them all, so `$ echo $?` prints the exit code of the command before it.
    """
    runs = [*_RUN.finditer(transcript)]
    if not runs or "".join(run[0] for run in runs) != transcript:
        raise ValueError(f"a transcript begins with a command:\n{transcript}")
    outputs = _outputs([run["command"].replace("\n> ", "\n") for run in runs], folder)
    return "".join(
        f"$ {run['command']}{_as_expected(output, run['output'])}"
        for run, output in zip(runs, outputs, strict=True)
    )


def _outputs(commands: list[str], folder: Path) -> list[str]:
    """Return what each command prints, with a line feed at its end."""
    separate = "code=$?; printf '\\0'; (exit $code)\n"
    done = subprocess.run(
        ["sh", "-c", "".join(command + separate for command in commands)],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    *outputs, rest = done.stdout.split("\0")
    if rest or len(outputs) < len(commands):
        raise ValueError(f"the shell stopped at: {commands[len(outputs)]}{rest}")
    return [f"{output}\n" if output[-1:] not in {"", "\n"} else output for output in outputs]


def _environment(folder: Path) -> dict[str, str]:
    environment = dict(os.environ)
    environment.pop("FORCE_COLOR", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the first command compiles for the others

    def before(path: Path, name: str) -> str:
        return os.pathsep.join(filter(None, (str(path), environment.get(name))))

    return environment | {
        "COLUMNS": "80",
        "PATH": before(folder / ".bin", "PATH"),
        "PYTHONPATH": before(folder / "src", "PYTHONPATH"),
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "error",
    }


def _as_expected(actual: str, expected: str) -> str:
    """Return what is expected where it fits, so that `…` goes on standing for lines."""
    parts = re.split(r"^…\n", expected, flags=re.MULTILINE)
    pattern = r"(?:.*\n)*".join(map(re.escape, parts))
    return expected if re.fullmatch(pattern, actual) else actual
