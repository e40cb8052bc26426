"""Tables for a data frame: rows as dicts, and the same as Arrow columns for whatever reads those.

What polars, pyarrow, DuckDB and pandas have in common is the Arrow PyCapsule interface
(https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html): what offers it is
read without a conversion in between, and none of them is needed to offer it. nanoarrow hands the
columns over; their buffers are made here, a whole column at once, because to hand it one value
after another takes several times as long.
"""

import datetime as dt
import itertools
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from functools import cached_property
from typing import Any, overload

import attrs

from betatech_milestones.analysis.report import Report, as_of
from betatech_milestones.analysis.verdicts import judge
from betatech_milestones.formats.columns import Table, Telling, Type, Value
from betatech_milestones.formats.relations import TABLES
from betatech_milestones.model import rules
from betatech_milestones.model.display import Displayed
from betatech_milestones.model.errors import BadValue, BetatechError
from betatech_milestones.model.portfolio import Portfolio
from betatech_milestones.model.records import Programme
from betatech_milestones.voice import Voice


class NoArrow(BetatechError, ImportError):  # noqa: N818  the name says what it is
    """A table that cannot be handed to another program here; the message says what to do."""


@attrs.frozen(kw_only=True)
class FrameColumn:
    """A column of a table: its name, and what it holds."""

    name: str
    about: str
    """What it holds, with its unit, in English."""
    type: str
    """What its values are, in the words of Table Schema.

    "string", "date", "integer", "number" (whole or decimal) or "boolean".
    """
    required: bool
    """Whether each row has a value."""
    words: tuple[str, ...]
    """All the words that it may hold; none where it holds any."""


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Frame(Displayed):
    """A table of a report: a sequence of rows, each a dict that is made when it is wanted.

    `polars.DataFrame(frame)`, `pyarrow.table(frame)`, `pandas.DataFrame.from_arrow(frame)` and,
    of a variable of that name, `duckdb.sql("from frame")` read it as it is; so does what else
    knows the Arrow PyCapsule interface. That takes the extra `frames`, and raises `NoArrow`
    without it.
    """

    _table: Table[Any]
    _telling: Telling

    @property
    def name(self) -> str:
        """What it is called."""
        return self._table.name

    @property
    def about(self) -> str:
        """What its rows are, in English."""
        return self._table.about

    @property
    def columns(self) -> tuple[FrameColumn, ...]:
        """Its columns, in their order."""
        return tuple(
            FrameColumn(
                name=column.name,
                about=column.about,
                type=column.type.value,
                required=column.required,
                words=tuple(map(str, column.words)),
            )
            for column in self._table.columns
        )

    # --- rows -------------------------------------------------------------------------------------

    # No `Sequence` is inherited: polars would read the rows of one, and guess at their types.

    @cached_property
    def _subjects(self) -> Sequence[Any]:
        return tuple(self._table.subjects(self._telling))

    def _row(self, subject: Any) -> dict[str, Value]:
        return {column.name: column.value(subject, self._telling) for column in self._table.columns}

    def __len__(self) -> int:
        return len(self._subjects)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return map(self._row, self._subjects)

    @overload
    def __getitem__(self, index: int) -> dict[str, Value]: ...

    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Value]]: ...

    def __getitem__(self, index: int | slice) -> dict[str, Value] | list[dict[str, Value]]:
        found = self._subjects[index]
        return [*map(self._row, found)] if isinstance(index, slice) else self._row(found)

    def __repr__(self) -> str:
        return f"<Frame {self.name}: {len(self)} rows, {len(self._table.columns)} columns>"

    # --- Arrow ------------------------------------------------------------------------------------

    def __arrow_c_schema__(self) -> object:
        """Return the types of the columns; what each holds is the `description` in its metadata."""
        return self._batch.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return all rows as one batch.

        Another schema that is wished for is not given: the interface leaves that to its reader.
        """
        return _nanoarrow().c_array_stream(self._batch).__arrow_c_stream__()

    @cached_property
    def _batch(self) -> Any:
        arrow = _nanoarrow()
        plain, fields, arrays = arrow.c_schema(arrow.null()), [], []
        columns, values = self._table.columns, self._table.by_column(self._telling)
        for column, cells in zip(columns, values, strict=True):
            there = [cell is not None for cell in cells]
            kind, *buffers = _ARROW[column.type](cells)
            field = plain.modify(
                format=kind,
                name=column.name,
                nullable=not column.required,
                metadata={"description": column.about},
            )
            fields.append(field)
            missing = _bits(there) if False in there else None
            arrays.append(arrow.c_array_from_buffers(field, len(cells), [missing, *buffers]))
        schema = arrow.c_schema(arrow.struct([])).modify(
            children=fields, metadata={"name": self.name, "description": self.about}
        )
        return arrow.c_array_from_buffers(schema, len(values[0]), [None], children=arrays)


def _nanoarrow() -> Any:
    try:
        import nanoarrow
    except ImportError:
        raise NoArrow(
            "a table for a data frame needs nanoarrow; "
            "run: pip install 'betatech-milestones[frames]'"
        ) from None
    return nanoarrow


@overload
def tables(of: Report, *, language: str | None = None) -> Mapping[str, Frame]: ...


@overload
def tables(
    of: Programme | Portfolio, day: dt.date | str, *, language: str | None = None
) -> Mapping[str, Frame]: ...


def tables(
    of: Report | Programme | Portfolio,
    day: dt.date | str | None = None,
    *,
    language: str | None = None,
) -> Mapping[str, Frame]:
    """Return the tables of a report, or of a programme or of several on a day, by their names.

    They are those of the SQLite file of a site: `milestones`, `statements`, `moves`, `readings`
    and what these refer to. Names and texts are in a language, or in the programme's own. Of
    several programmes, ids are `programme/measure/milestone`. Raises `BadValue` for what is no day,
    for a programme without one, and for a report with one: it has a day of its own.

    >>> from betatech_milestones import load_example
    >>> milestones = tables(load_example(), "2015-02-01", language="en")["milestones"]
    >>> milestones
    <Frame milestones: 57 rows, 60 columns>
    >>> milestones[0]["id"], milestones[0]["due_latest"], milestones[0]["days_overdue"]
    ('stimulus-programme/jet-net-junior', datetime.date(2013, 4, 30), 642)
    """
    report = _report(of, day)
    voice = Voice(language or report.programme.language)
    telling = Telling(judgement=judge(report), voice=voice)
    return {table.name: Frame(table=table, telling=telling) for table in TABLES}


def _report(of: Report | Programme | Portfolio, day: dt.date | str | None) -> Report:
    if isinstance(of, Report):
        if day is not None:
            raise BadValue(
                rules.BAD_DATE,
                f"a report is of its own day, {of.day}; leave the day out, or make a report of the "
                "other: as_of(report.programme, day)",
            )
        return of
    if day is None:
        raise BadValue(
            rules.BAD_DATE,
            "how promises stand depends on the day; give one, "
            'such as tables(programme, "2014-09-01")',
        )
    return as_of(of.programme if isinstance(of, Portfolio) else of, day)


# --- buffers --------------------------------------------------------------------------------------

Cells = list[Any]
"""The values of a column, of one type; None where there is none."""
Encoded = tuple[Any, ...]
"""A type as the Arrow C data interface writes it, and the buffers of its values."""
_EPOCH = dt.date(1970, 1, 1).toordinal()
_OCTETS, _MOST_DIGITS = 16, 38
"""Of a decimal; no number of a programme has more digits."""
_EXACT = Context(prec=2 * _MOST_DIGITS)


_DIGITS = bytes.maketrans(b"\0\1", b"01")


def _bits(truths: list[bool]) -> bytes:
    """Return what is true as bits, the first the lowest of its byte."""
    digits = bytes(truths).translate(_DIGITS)[::-1]
    return int(digits or b"0", 2).to_bytes((len(digits) + 7) // 8, "little")


def _texts(cells: Cells) -> Encoded:
    texts = [cell or "" for cell in cells]
    joined = "".join(texts)
    if joined.isascii():
        content, lengths = joined.encode(), map(len, texts)
    else:
        encoded = [text.encode(errors="replace") for text in texts]
        content, lengths = b"".join(encoded), map(len, encoded)
    return "u", array("i", itertools.accumulate(lengths, initial=0)), content


def _days(cells: Cells) -> Encoded:
    return "tdD", array("i", [0 if day is None else day.toordinal() - _EPOCH for day in cells])


def _integers(cells: Cells) -> Encoded:
    return "l", array("q", [cell or 0 for cell in cells])


def _numbers(cells: Cells) -> Encoded:
    numbers = [None if cell is None else Decimal(cell) for cell in cells]
    most = max((-int(it.as_tuple().exponent) for it in numbers if it is not None), default=0)
    scale = max(most, 0)
    last, nothing = Decimal(1).scaleb(-scale), bytes(_OCTETS)

    def encoded(number: Decimal) -> bytes:
        whole = _EXACT.quantize(number, last).scaleb(scale, _EXACT)
        return int(whole).to_bytes(_OCTETS, "little", signed=True)

    content = b"".join([nothing if it is None else encoded(it) for it in numbers])
    return f"d:{_MOST_DIGITS},{scale}", content


def _booleans(cells: Cells) -> Encoded:
    return "b", _bits(cells)


_ARROW: Mapping[Type, Callable[[Cells], Encoded]] = {
    Type.STRING: _texts,
    Type.DATE: _days,
    Type.INTEGER: _integers,
    Type.NUMBER: _numbers,
    Type.BOOLEAN: _booleans,
}
"""What makes a column for Arrow of values of a type."""
