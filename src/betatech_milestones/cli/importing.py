"""Taking a table into a programme: which table, what its columns mean, and who says so."""

import contextlib
import sys
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

import attrs
import click

from betatech_milestones.analysis.diff import diff
from betatech_milestones.cli.options import LANG, OUTPUT, all_of, output_format
from betatech_milestones.cli.output import (
    FOUND,
    INTERRUPTED,
    Unusable,
    data_file,
    not_over,
    say,
    show,
    tell,
    why,
    write,
)
from betatech_milestones.cli.record import (
    DOCUMENT,
    Remembering,
    complete_source,
    option_of,
    read_document,
)
from betatech_milestones.datafile.edit import Extension, extend
from betatech_milestones.datafile.git import Version, versions
from betatech_milestones.datafile.record import source_of
from betatech_milestones.formats import DIFF_FORMATS
from betatech_milestones.importing.editions import Step, edition, left_to_replay, replay
from betatech_milestones.importing.grid import MOST_BYTES, NotATable
from betatech_milestones.importing.mapping import CitedAs, TableMapping, load_mapping
from betatech_milestones.importing.merge import CannotMerge
from betatech_milestones.importing.rows import TableProblem
from betatech_milestones.importing.table import GENERIC, NoSource, import_table, sketch_mapping
from betatech_milestones.language import LANGUAGES
from betatech_milestones.model.dates import day
from betatech_milestones.model.errors import BadValue, BetatechError
from betatech_milestones.model.findings import InvalidData
from betatech_milestones.model.printable import printable_line
from betatech_milestones.model.records import Programme, Source
from betatech_milestones.model.vocabulary import SourceKind

MOST_TOLD = 20
"""So many lines of what is told are printed; how many more there are is said."""


@click.command("import", cls=Remembering)
@click.argument("table", required=False)
@click.argument("file", required=False, metavar="[FILE]")
@click.option(
    "--map",
    "named",
    metavar="MAPPING",
    help="What the columns mean: a file, or the name of a register that this program knows.",
)
@click.option(
    "--source",
    metavar="ID",
    shell_complete=complete_source,
    help="The source in FILE that the table is.",
)
@all_of(*DOCUMENT)
@click.option("--dry-run", is_flag=True, help="Only print what would be added.")
@click.option("--partial", is_flag=True, help="Add the rows that are right, though others are not.")
@click.option(
    "--history",
    metavar="git:REPOSITORY:PATH",
    help="Instead of TABLE: take in every committed edition of one, from the oldest on.",
)
@click.option(
    "--sketch", "sketches", is_flag=True, help="Print a first mapping for TABLE, no more."
)
@all_of(LANG, output_format(DIFF_FORMATS), OUTPUT)
def command(
    *,
    table: str | None,
    file: str | None,
    named: str | None,
    history: str | None,
    sketches: bool,
    **given: Any,
) -> None:
    """Add to FILE what TABLE says and FILE does not have yet.

    TABLE is a sheet (.xlsx, .ods, .xls, .csv), a register (.json), a calendar (.ics), a workbook
    that `sheet` made, or another file of the same programme (.toml). Nothing in FILE changes: a
    date that is another one now is a move, what is done is met, a new row is a new milestone, each
    by the source that the table is. What was added is printed as `diff` prints it.
    """
    if history is None and table is None:
        raise click.UsageError("name the table; or, with --history, its place in a git repository")
    if history is not None and file is not None:
        raise click.UsageError("--history stands for TABLE: name FILE alone")
    if sketches and (history is not None or file is not None):
        raise click.UsageError("--sketch reads TABLE alone: leave FILE and --history out")
    not_over(given["output"], *(read for read in (table, named) if read is not None))
    try:
        mapping = None if named is None else load_mapping(named)
        if history is not None:
            _replay(history, table, mapping, given)
        elif sketches:
            _sketch(str(table), mapping, given)
        else:
            _take_in(str(table), file, mapping, given)
    except InvalidData as error:
        tell(error)
        raise Unusable(_NOTHING) from None
    except OSError as error:
        raise Unusable(why("read", str(error.filename or named or table), error)) from None
    except BetatechError as error:
        lines = error.conflicts if isinstance(error, CannotMerge) else (str(error),)
        raise Unusable(*lines) from None


_NOTHING = "nothing was imported"


def _refuse_unheard(given: Mapping[str, Any], why: str, *, heard: Container[str] = ()) -> None:
    """Refuse what is said of a source where nobody would hear it."""
    for name in ("source", "new_source", *_DESCRIBED):
        if given[name] is not None and name not in heard:
            raise click.UsageError(f"{option_of(name)} {why}")


_DESCRIBED = ("published", "seen", "url", "kind", "written_by", "source_id")


def _sketch(table: str, mapping: TableMapping | None, given: Mapping[str, Any]) -> None:
    _refuse_unheard(given, "says nothing of what columns mean: leave it out with --sketch")
    data, records = _bytes(table), None if mapping is None else mapping.records
    language = given["lang"] or LANGUAGES[0]
    written = sketch_mapping(data, name=PurePath(table).name, records=records, language=language)
    write(written, given["output"])


def _bytes(table: str) -> bytes:
    """Read a table, unless it has no end, or none that a person would look for."""
    with Path(table).open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotATable(
            f"{table}: has more than {MOST_BYTES // 1_000_000} MB; look whether it is the right "
            "file, or split it"
        )
    return data


def _extended(
    path: Path, change: Callable[[Programme], Programme], given: Mapping[str, Any]
) -> Extension:
    """Add to a data file; what goes wrong with a file then goes wrong with that one."""
    try:
        return extend(path, change, dry_run=given["dry_run"])
    except OSError as error:
        raise Unusable(f"{why('write', path, error)}; {_NOTHING}") from None


# --- one table ------------------------------------------------------------------------------------


def _take_in(
    table: str, file: str | None, mapping: TableMapping | None, given: Mapping[str, Any]
) -> None:
    path, data, found = data_file(file), _bytes(table), []
    not_over(given["output"], path)

    def change(programme: Programme) -> Programme:
        source = _source(given, programme, mapping)
        try:
            imported = import_table(
                programme, data, name=PurePath(table).name, source=source, mapping=mapping
            )
        except NoSource as error:
            raise click.UsageError(f"{error}: {_HOW_TO_CITE}") from None
        found.append(imported)
        _end_with_problems(table, imported.problems, partial=given["partial"])
        return imported.programme

    edited = _extended(path, change, given)
    (imported,) = found
    _print(path, edited, given)
    _tell(table, imported.told)
    if imported.problems:
        sys.exit(FOUND)


_HOW_TO_CITE = (
    "--source ID for one that the file has, or --new-source TITLE with --published or --seen DATE"
)


def _source(
    given: Mapping[str, Any], programme: Programme, mapping: TableMapping | None
) -> Source | None:
    """Return the source that a table is: of the file, or described; None where nothing is said."""
    if given["source"] is not None and given["new_source"] is not None:
        raise click.UsageError("a table is one source: give --source or --new-source, not both")
    if given["source"] is not None:
        why = "is of a document that is new: leave it out with --source"
        _refuse_unheard(given, why, heard=["source"])
        return source_of(programme, given["source"])
    cited_as = None if mapping is None else mapping.cited_as
    if given["new_source"] is not None:
        return _document(given, programme, cited_as)
    heard = () if cited_as is None else ("published", "seen")
    _refuse_unheard(given, "goes with --new-source", heard=heard)
    return None if cited_as is None else _edition(given, programme, cited_as)


def _document(given: Mapping[str, Any], programme: Programme, cited_as: CitedAs | None) -> Source:
    """Return the document that is described; of a register it is an edition, whatever its title."""
    document = read_document(given, programme)
    if cited_as is not None and document.id is None:
        day_of_it = source_of(programme, document).known_from
        kind = given["kind"] or cited_as.kind
        document = attrs.evolve(document, id=f"{cited_as.id}-{day_of_it}", kind=kind)
    return source_of(programme, document)


def _edition(given: Mapping[str, Any], programme: Programme, cited_as: CitedAs) -> Source | None:
    """Return the edition of a register that is of a day; None where none is named."""
    if given["published"] is None:
        seen = given["seen"]
        return None if seen is None else edition(programme, cited_as, seen)
    try:
        published = day(given["published"])
    except BadValue as error:
        raise click.BadParameter(str(error), param_hint="'--published'") from None
    return edition(programme, cited_as, published, published=True)


# --- every committed edition ----------------------------------------------------------------------


def _replay(
    history: str, file: str | None, mapping: TableMapping | None, given: Mapping[str, Any]
) -> None:
    why = "would be that of one edition: leave it out with --history"
    _refuse_unheard(given, why, heard=("source", "new_source", "url", "kind", "written_by"))
    path, found = data_file(file), versions(history)
    not_over(given["output"], path)
    mapping = load_mapping(GENERIC) if mapping is None else mapping
    cited_as, name = _cited_as(given, mapping), PurePath(found[-1].path).name
    steps: list[Step] = []
    left: list[Version] = []

    def change(programme: Programme) -> Programme:
        left.extend(left_to_replay(programme, found))
        with (
            contextlib.suppress(KeyboardInterrupt),  # what was taken in by then is whole
            _progress(name, len(left)) as bar,
        ):
            for step in replay(programme, left, mapping=mapping, cited_as=cited_as):
                steps.append(step)
                bar.update(1)
        _end_with_problems(name, _all(step.problems for step in steps), partial=given["partial"])
        return steps[-1].imported.programme if steps else programme

    _print(path, _extended(path, change, given), given)
    _tell(name, _all(step.told for step in steps))
    if len(steps) < len(left):
        done = f"{len(steps)} of {len(left)} editions"
        say(f"interrupted after {done}; the same command goes on from there")
        sys.exit(INTERRUPTED)
    if any(step.problems for step in steps):
        sys.exit(FOUND)


def _progress(name: str, length: int) -> Any:
    """Return a bar that a person sees, and no log."""
    hidden = not sys.stderr.isatty()
    return click.progressbar(
        length=length, label=printable_line(name), file=sys.stderr, show_pos=True, hidden=hidden
    )


def _cited_as(given: Mapping[str, Any], mapping: TableMapping) -> CitedAs:
    """Return how the editions are cited: as the mapping says, unless something else is wanted."""
    wanted = {
        "id": given["source"],
        "title": given["new_source"],
        "kind": given["kind"] and SourceKind(given["kind"]),
        "by": given["written_by"],
        "url": given["url"],
    }
    wanted = {name: value for name, value in wanted.items() if value is not None}
    if mapping.cited_as is not None:
        return attrs.evolve(mapping.cited_as, **wanted)
    if not {"id", "title"} <= wanted.keys():
        raise click.UsageError(
            "say how the editions are cited: --source ID, with which the ids of all begin, and "
            "--new-source TITLE; or [source] in the mapping"
        )
    return CitedAs(**wanted)


# --- what is printed ------------------------------------------------------------------------------


def _end_with_problems(table: str, problems: Sequence[TableProblem], *, partial: bool) -> None:
    """Print all problems, and end unless the rows without one are to go in."""
    say(*(f"{table}: {problem}" for problem in problems))
    if problems and not partial:
        raise Unusable(f"{_NOTHING}; --partial adds the rows that are right")


def _tell(table: str, told: Sequence[TableProblem]) -> None:
    say(*(f"{table}: note: {one}" for one in told[:MOST_TOLD]))
    if len(told) > MOST_TOLD:
        say(f"{table}: note: and {len(told) - MOST_TOLD} more such notes")


def _print(path: Path, edited: Extension, given: Mapping[str, Any]) -> None:
    found = diff(edited.before, edited.after, whole=True)
    try:
        show(found, given["output_format"], language=given["lang"], output=given["output"])
    finally:  # what is in the file is in it, whoever cannot be told of it
        counts = ", ".join(f"{len(changes)} {kind.kind}" for kind, changes in found.by_kind())
        would = "; left as it was" if given["dry_run"] else ""
        say(f"{path}: {counts or 'nothing new'}{would}")


def _all(told: Iterable[Sequence[TableProblem]]) -> list[TableProblem]:
    return [one for those in told for one in those]
