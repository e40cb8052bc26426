"""The commands that write, each with a folder to write in, and what must be there afterwards."""

import os
import re
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import attrs
from systems import PATIENCE_SECONDS

COMMAND = str(Path(sys.executable).with_name("betatech-milestones"))
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
    "PYTHONHASHSEED": "0",  # or a call is now the tenth of its kind, now the eleventh
}
DAY = "2026-09-01"


def programme(title: str = "Plan", *, id: str = "plan", measures: int = 1) -> str:  # noqa: A002
    """Return the text of a small programme, with two milestones in each measure."""
    return _HEAD.format(id=id, title=title) + "".join(
        _MEASURE.format(id=f"m{number}") for number in range(measures)
    )


_HEAD = """\
[programme]
id = "{id}"
title = "{title}"
language = "en"
timezone = "Europe/London"

[[source]]
id = "letter"
title = "The letter"
published = 2026-01-01

[[source]]
id = "done"
title = "The report that tells that it was done"
published = 2026-07-01

[[body]]
id = "ministry"
name = "The ministry"
"""
_MEASURE = """
[[measure]]
id = "{id}"
title = "Measure {id}"
bodies = ["ministry"]
source = "letter"

[[measure.milestone]]
id = "report"
title = "Report of {id}"
kind = "report"
due = 2026-08-01 # as it says itself

[[measure.milestone]]
id = "start"
title = "Start of {id}"
kind = "start"
due = "summer 2027"
"""
_TABLE = "title,due,body\nAudit,2027-05-01,ministry\nA second thing,summer 2028,ministry\n"


@attrs.frozen(kw_only=True)
class Command:
    """A command that writes, in a folder that has what it reads."""

    name: str
    prepare: Callable[[Path], None]
    arguments: tuple[str, ...]
    writes: str
    """The file, or the folder, that it writes."""
    again: int = 0
    """Its exit code where all of it was done before: it then leaves what is there."""
    is_one: bool = True
    """Whether what it writes changes at once: a folder that is begun is filled file by file."""
    is_of_several: bool = False
    """Whether it reads several files: of one that cannot be read, what was published stays."""


def _data(folder: Path) -> None:
    (folder / "milestones.toml").write_text(programme())
    (folder / "milestones.toml").chmod(0o640)


def _table(folder: Path) -> None:
    _data(folder)
    (folder / "list.csv").write_text(_TABLE)


def _edition(folder: Path) -> None:
    """Publish an edition, put files of others in it, and change the data."""
    _data(folder)
    run(folder, *_BUILD)
    of_others(folder / "site")
    (folder / "milestones.toml").write_text(programme("Plan, second edition"))


def _editions(folder: Path) -> None:
    for own in ("one", "two"):
        (folder / f"{own}.toml").write_text(programme(own, id=own))
    run(folder, *_PORTFOLIO)
    of_others(folder / "site")
    (folder / "two.toml").write_text(programme("two, second edition", id="two"))


def of_others(site: Path) -> None:
    """Put in a site what no build has made."""
    (site / "notes.txt").write_text("mine")
    (site / "en" / "mine.html").write_text("mine, too")
    (site / "photos").mkdir()
    (site / "photos" / "one.jpg").write_bytes(bytes(range(256)))
    (site / "photos" / "link").symlink_to("one.jpg")


def _outputs(folder: Path) -> None:
    """Have something at each place to write at, and a link that leads to another folder."""
    _data(folder)
    for name in ("report.html", "all.ics", "plan.xlsx", "mail.eml"):
        (folder / name).write_text("what stood there before")
        (folder / name).chmod(0o604)
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "report.json").write_text("what stood there before")
    (folder / "link.json").symlink_to("elsewhere/report.json")


_BUILD = ("build", "milestones.toml", "-o", "site", "--as-of", DAY)
_PORTFOLIO = ("build", "one.toml", "two.toml", "-o", "site", "--as-of", DAY)
_AS_OF = ("milestones.toml", "--as-of", DAY)
_MET = ("record", "m0/report", "milestones.toml", "--met", "2026-06-01", "--source", "done")
_INIT = ("init", "plan", "--title", "Plan", "--id", "plan", "--language", "en", "--ci", "github")

COMMANDS = (
    Command(name="build", prepare=_data, arguments=_BUILD, writes="site"),
    Command(name="build an edition", prepare=_edition, arguments=_BUILD, writes="site"),
    Command(
        name="build a portfolio",
        prepare=_editions,
        arguments=_PORTFOLIO,
        writes="site",
        is_of_several=True,
    ),
    Command(name="record", prepare=_data, arguments=_MET, writes="milestones.toml", again=2),
    Command(
        name="import",
        prepare=_table,
        arguments=("import", "list.csv", "milestones.toml", "--source", "letter"),
        writes="milestones.toml",
    ),
    Command(
        name="sheet",
        prepare=_outputs,
        arguments=("sheet", "milestones.toml", "-o", "plan.xlsx"),
        writes="plan.xlsx",
    ),
    Command(
        name="digest",
        prepare=_outputs,
        arguments=("digest", *_AS_OF, "--since", "2026-06-01", "-o", "mail.eml"),
        writes="mail.eml",
    ),
    Command(
        name="ics",
        prepare=_outputs,
        arguments=("ics", "milestones.toml", "-o", "all.ics"),
        writes="all.ics",
    ),
    Command(
        name="report -o LINK",
        prepare=_outputs,
        arguments=("report", *_AS_OF, "--output-format", "json", "-o", "link.json"),
        writes="elsewhere/report.json",
    ),
    Command(
        name="timeline -o NEW",
        prepare=_data,
        arguments=("timeline", *_AS_OF, "-o", "timeline.svg"),
        writes="timeline.svg",
    ),
    Command(
        name="init",
        prepare=lambda _: None,
        arguments=_INIT,
        writes="plan",
        again=2,
        is_one=False,
    ),
)


# --- what is run ----------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Ended:
    """How a process ended, and what it said."""

    code: int
    """As a shell has it: 128 and the number of the signal that ended it."""
    said: str


def run(folder: Path, *arguments: str, under: tuple[str, ...] = ()) -> Ended:
    """Run a command in a folder, under another program where one is named."""
    with subprocess.Popen(
        [*under, COMMAND, *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            _, said = process.communicate(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    code = process.returncode
    return Ended(code=128 - code if code < 0 else code, said=said.decode())


Tree = Mapping[str, tuple[int, bytes | str | None]]
"""The files, links and folders in one, by path: their modes, and what they hold."""


def tree(folder: Path) -> Tree:
    """Return what is in a folder."""
    return dict(_found(folder, ""))


def _found(folder: Path, within: str) -> Iterator[tuple[str, tuple[int, bytes | str | None]]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path, there = f"{within}{entry.name}", Path(entry.path)
        mode = stat.S_IMODE(entry.stat(follow_symlinks=False).st_mode)
        if entry.is_symlink():
            yield path, (0, str(there.readlink()))
        elif entry.is_dir():
            yield path, (mode, None)
            yield from _found(there, f"{path}/")
        else:
            yield path, (mode, there.read_bytes())


@attrs.frozen(kw_only=True, eq=False)
class Place:
    """A command with the folder before it, and what it makes of that."""

    command: Command
    template: Path
    folder: Path
    """Where it is run."""
    before: Tree
    after: Tree

    def fresh(self, folder: Path | None = None) -> Path:
        """Return a folder as it is before the command, in the place of the one that was used."""
        folder = folder or self.folder
        if folder.exists():
            shutil.rmtree(folder)
        return shutil.copytree(self.template, folder, symlinks=True)

    def parts(self, there: Tree) -> tuple[Tree, Tree]:
        """Tell what is to be seen in a folder from what a process put beside what it writes."""
        known = {
            f"{above}{slash}{dots}{name}."
            for above, slash, name in (path.rpartition("/") for path in self.after)
            for dots in (".", "..")  # what is beside a file, and beside that
        }
        beside = re.compile("|".join(map(re.escape, known)))
        left = {path: found for path, found in there.items() if beside.match(path)}
        return {path: found for path, found in there.items() if path not in left}, left

    def stands(self, seen: Tree) -> str:
        """Return whether the old or the new is to be seen, or else what is wrong."""
        if seen == self.before:
            return OLD
        if seen == self.after:
            return NEW
        if not self.command.is_one and self.before.items() <= seen.items() <= self.after.items():
            return BEGUN
        return f"neither the old nor the new stands: {differences(seen, self.before)}"


OLD, NEW, BEGUN = "old", "new", "begun"


def differences(seen: Tree, wanted: Tree) -> str:
    """Return how a folder differs from what it should be, in a few words."""

    def how(path: str) -> str:
        return "lost" if path not in seen else "new" if path not in wanted else "another"

    other = (path for path in sorted({*seen, *wanted}) if seen.get(path) != wanted.get(path))
    paths = [f"{path} ({how(path)})" for path in other]
    return ", ".join(paths[:5]) + (f" and {len(paths) - 5} more" if len(paths) > 5 else "")


def place(command: Command, folder: Path) -> Place:
    """Prepare a command, and see what it does where nothing is in its way."""
    template, once = folder / "template", folder / "once"
    template.mkdir(parents=True)
    command.prepare(template)
    shutil.copytree(template, once, symlinks=True)
    ended = run(once, *command.arguments)
    assert ended.code == 0, ended
    after = tree(once)
    assert run(once, *command.arguments).code == command.again
    assert tree(once) == after
    return Place(
        command=command,
        template=template,
        folder=folder / "place",
        before=tree(template),
        after=after,
    )


def next_run(at: Place, stood: str, folder: Path | None = None) -> str:
    """Run the command two hours later, and return what is wrong with what that leaves.

    By then nobody writes any more what was begun before.
    """
    folder = folder or at.folder
    _, left = at.parts(tree(folder))
    for path in left:
        if path.endswith(".tmp"):
            os.utime(folder / path, (time.time() - 7_200,) * 2)
    ended = run(folder, *at.command.arguments)
    wanted = at.command.again if stood == NEW else 0
    if ended.code != wanted:
        return f"the next run ended with {ended.code}: {ended.said}"
    there = tree(folder)
    return "" if there == at.after else f"the next run left: {differences(there, at.after)}"
