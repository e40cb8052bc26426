"""A file with a table, from its bytes to what it adds to a programme."""

from pathlib import PurePath

from betatech_milestones.datafile.load import loads
from betatech_milestones.importing.grid import Table
from betatech_milestones.importing.ledger import Imported, with_edition
from betatech_milestones.importing.mapping import TableMapping, load_mapping
from betatech_milestones.importing.merge import merge
from betatech_milestones.importing.read import Reader
from betatech_milestones.importing.sketch import sketch
from betatech_milestones.importing.tables import read_tables
from betatech_milestones.importing.workbook import is_workbook, read_workbook
from betatech_milestones.model.errors import BetatechError
from betatech_milestones.model.records import Programme, Source


class NoSource(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """A table of which nobody says what source it is."""


GENERIC = "list"
"""The mapping of a table for which nobody names one: a list with headings that people use."""


def import_table(
    programme: Programme,
    data: bytes,
    *,
    name: str,
    source: Source | None = None,
    mapping: TableMapping | None = None,
) -> Imported:
    """Return a programme with what a file says that it does not have yet: never over what it has.

    The file is a table, for which there may be a mapping; a workbook that `workbook` made, which
    needs none; or the TOML of a programme with the same id. `name` is what the file is called, and
    `source` what says so: the edition that the table is.

    What cannot be taken over is among the problems. Raises `NotATable` for a file that is none,
    `NoSource` for a table without one, and `InvalidData` and `CannotMerge` for the TOML of a
    programme.
    """
    if PurePath(name).suffix.lower() == ".toml":
        return Imported(programme=merge(programme, loads(data, path=name)))
    tables = read_tables(data, name=name, at=None if mapping is None else mapping.records)
    if mapping is None and is_workbook(tables):
        return _with_workbook(programme, tables, source)
    return with_tables(programme, tables, reader(programme, mapping, name=name), source)


def sketch_mapping(data: bytes, *, name: str, language: str, records: str | None = None) -> str:
    """Return a first mapping for the table in a file, as TOML whose comments have the doubts.

    `language` is that of its dates and words; `records` says where in a JSON document the rows
    are. Raises `NotATable`.
    """
    return sketch(read_tables(data, name=name, at=records), language=language)


def reader(programme: Programme, mapping: TableMapping | None, *, name: str) -> Reader:
    """Return what reads the editions of a table of a programme, which are files of one name."""
    return Reader(
        mapping=load_mapping(GENERIC) if mapping is None else mapping,
        is_guess=mapping is None,
        conventions=programme.conventions,
        name=PurePath(name).stem,
    )


def with_tables(
    programme: Programme, tables: tuple[Table, ...], reader: Reader, source: Source | None
) -> Imported:
    """Return a programme with what an edition of a table says, as a reader reads it."""
    if source is None:
        raise NoSource("name the source that this table is, which is who says so")
    read = reader.read(tables)
    # A row that could not be read is there: while there is one, nothing is known to have gone.
    vanished = None if read.problems else reader.mapping.vanished
    found = with_edition(programme, read.rows, source, vanished=vanished)
    return Imported(
        programme=found.programme,
        problems=(*read.problems, *found.problems),
        told=(*read.notes, *found.told),
    )


def _with_workbook(
    programme: Programme, tables: tuple[Table, ...], source: Source | None
) -> Imported:
    read = read_workbook(tables, programme)
    found = with_edition(
        programme, read.rows, source, statements=read.statements, sources=read.sources
    )
    return Imported(
        programme=found.programme,
        problems=(*read.problems, *found.problems),
        told=found.told,
    )
