"""Text whose lines are rows (RFC 4180, and what people call CSV), as tables.

Nothing in such a file says which sign separates; that is found in what it holds. Where quotes do
not pair, no reading is sure, and the file is refused.
"""

import csv
import io
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from itertools import islice

from betatech_milestones.importing.grid import (
    LONGEST_TEXT,
    MOST_COLUMNS,
    NotATable,
    Table,
    Value,
    check_size,
    padded,
    text,
)
from betatech_milestones.model.values import shown

SEPARATORS = "\t;|,"
"""In this order where two fit as well: commas are in sentences, too."""
_SAMPLE = 100
_SEEN = 4_096
_SEPARATOR_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?\n', re.IGNORECASE)


def read(written: str) -> tuple[Table, ...]:
    """Return the one table of a text with separators."""
    _check_lines(written)
    first = 1
    if said := _SEPARATOR_LINE.match(written):
        written = written[said.end() :]
        first = 2
    separator = said[1] if said else _separator(written)
    clean = str.strip if unicodedata.is_normalized("NFC", written) else text
    found = []
    width = 0
    with closing(_rows(written, separator, first)) as rows:
        for line, fields in rows:
            values: list[Value] = [clean(field) or None for field in fields]
            while values and values[-1] is None:
                values.pop()
            if values:
                found.append((line, values))
                width = max(width, len(values))
                check_size(len(found), width)
    return (Table(name="", rows=padded(found, width)),)


def _check_lines(written: str) -> None:
    """Refuse what is no text with lines that people write, before anything is made of it."""
    if (lines := written.count("\n")) > _MOST_LINES:
        raise NotATable(
            f"has {lines:,} lines, and no more than {_MOST_LINES:,} are read; "
            "delete those that are empty, or split it"
        )
    at = 0
    while len(written) - at > _LONGEST_LINE:
        end = written.rfind("\n", at, at + _LONGEST_LINE + 1)
        if end < 0:
            line = written.count("\n", 0, at) + 1
            raise NotATable(
                f"line {line} has more than {_LONGEST_LINE:,} characters; "
                "look whether it is the right file"
            )
        at = end + 1


_MOST_LINES = 5_000_000
_LONGEST_LINE = 10 * LONGEST_TEXT

# --- rows and fields ------------------------------------------------------------------------------


def _separator(written: str) -> str:
    """Return the separator that makes most of the rows equally long, and the longest of them."""
    return max(SEPARATORS, key=lambda separator: _fit(written, separator))


def _fit(written: str, separator: str) -> tuple[float, int]:
    """Return the share of rows with as many fields as most have, and how many that are."""
    lines = io.StringIO(written)
    widths: Counter[int] = Counter()
    try:
        for fields in islice(csv.reader(lines, delimiter=separator, strict=True), _SAMPLE):
            widths[len(fields)] += bool(fields)
    except csv.Error:
        return (0, 1 + written.count(separator, 0, _SEEN))
    rows, width = max(((rows, width) for width, rows in widths.items()), default=(0, 0))
    return (rows / widths.total() if width > 1 else 0, width)


def _rows(written: str, separator: str, first: int) -> Generator[tuple[int, list[str]], None, None]:
    """Yield the fields of each row, and the line on which it begins."""
    line = first
    reader = csv.reader(io.StringIO(written), delimiter=separator, strict=True)
    try:
        with _long_fields():
            for fields in reader:
                if len(fields) > MOST_COLUMNS and any(fields[MOST_COLUMNS:]):
                    check_size(1, len(fields), f"line {line} ")
                yield line, fields
                line = first + reader.line_num
    except csv.Error as error:
        if "limit" in str(error):
            raise NotATable(
                f"line {line} has a text of more than {LONGEST_TEXT:,} characters; "
                'look for a quote (") that nothing closes'
            ) from error
        line, begins = _open_quote(written, separator, line - first)
        raise NotATable(
            f'line {first + line} has a quote (") that nothing closes, before {shown(begins)}, '
            'or one in the text that is not doubled (""); mend it, or save the table as .xlsx'
        ) from error


_lock = threading.Lock()


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let fields be long for a while: the limit is one for all that the process reads."""
    with _lock:
        before = csv.field_size_limit(LONGEST_TEXT)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _open_quote(written: str, separator: str, line: int) -> tuple[int, str]:
    """Return the line of the first quote without an end, from a line on, and the text behind it."""
    rows = written.split("\n", line)[line]
    field = re.compile(
        rf'"(?:[^"]++|"")*+"(?=[{re.escape(separator)}\n]|\Z)|[^"{re.escape(separator)}\n]'
        rf"[^{re.escape(separator)}\n]*+|(?=[{re.escape(separator)}\n])"
    )
    at = 0
    while match := field.match(rows, at):
        at = match.end() + 1
    return line + rows.count("\n", 0, at), rows[at + 1 :].partition("\n")[0]
