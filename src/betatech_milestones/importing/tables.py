"""The reading of any file with a table in it: what it is, and who reads that.

The name of a file says what somebody thought it is, and its first bytes what it is: a page of a
website that is called .xls is no workbook, and a workbook that is called .csv is one.
"""

import re

from betatech_milestones.importing.grid import NotATable, Table


def read_tables(data: bytes, *, name: str, at: str | None = None) -> tuple[Table, ...]:
    """Return the tables in a file, by what it holds; `at` is the path of the records in JSON.

    Raises `NotATable` for a file that no rows can be read from.
    """
    try:
        return _with_rows(_read(data, name, at))
    except NotATable as error:
        raise NotATable(f"{name}: {error}") from error.__cause__


def _with_rows(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    if not any(table.rows for table in tables):
        raise NotATable("has no rows; look whether it is the right file")
    return tables


def _read(data: bytes, name: str, at: str | None) -> tuple[Table, ...]:
    if not data:
        raise NotATable("is empty; look whether it is the right file")
    for begins, what in _REFUSED.items():
        if data.startswith(begins):
            raise _refused(what)
    if data.startswith(_ZIP):
        return _zipped(data)
    if data.startswith(_COMPOUND):
        return _compound(data)
    return _written(data, name, at)


_REFUSED = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "a document for word processors",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"RIFF": "an image",
    b"II*\0": "an image",
    b"MM\0*": "an image",
    b"\x1f\x8b": "a compressed file; unpack it",
    b"BZh": "a compressed file; unpack it",
    b"7z\xbc\xaf": "a compressed file; unpack it",
    b"Rar!": "a compressed file; unpack it",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a database",
}


def _refused(what: str) -> NotATable:
    what, _, remedy = what.partition("; ")
    return NotATable(f"is {what}, and no table; {remedy or 'save the table as .xlsx or .csv'}")


_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
"""With parts, with none, and split: PK alone begins the heading of a list, too."""


def _zipped(data: bytes) -> tuple[Table, ...]:
    from betatech_milestones.importing.packages import opened

    package = opened(data)
    if "xl/workbook.bin" in package:
        raise NotATable("is a binary workbook (.xlsb); save it as .xlsx")
    if "word/document.xml" in package or "ppt/presentation.xml" in package:
        raise _refused("a document of Office")
    if "content.xml" in package or "encrypted-package" in package:
        from betatech_milestones.importing import ods

        return ods.read(package)
    if "[Content_Types].xml" in package:
        from betatech_milestones.importing import xlsx

        return xlsx.read(package)
    raise _refused("an archive; unpack it, and give the table in it")


_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _compound(data: bytes) -> tuple[Table, ...]:
    """Read what Office wrote before 2007, and what it still wraps locked workbooks in."""
    from betatech_milestones.importing import xls
    from betatech_milestones.importing.packages import with_password

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise with_password()
    if "WordDocument".encode("utf-16-le") in data:
        raise _refused("a document for word processors")
    return xls.read(data)


# --- text -----------------------------------------------------------------------------------------


def _written(data: bytes, name: str, at: str | None) -> tuple[Table, ...]:
    from betatech_milestones.importing.encodings import decoded

    written = decoded(data)
    begins = written[:_SEEN].lstrip()
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix in _OTHER:
        raise _refused(_OTHER[suffix])
    if _PAGE.match(begins):
        raise _refused("a page of a website; open it in a program for sheets, and save it as .xlsx")
    if begins.startswith("<?xml"):
        raise _refused("XML; open it in a program for sheets, and save it as .xlsx")
    if _CALENDAR.match(begins) or suffix == ".ics":
        from betatech_milestones.importing import calendar_tables

        return calendar_tables.read(written)
    if _JSON.match(begins) or suffix in {".json", ".jsonl", ".ndjson"}:
        from betatech_milestones.importing import json_tables

        return json_tables.read(written, at)
    from betatech_milestones.importing import csv_tables

    return csv_tables.read(written)


_SEEN = 4_096
_PAGE = re.compile(
    r"(<\?xml.*?\?>\s*)?(?><!--.*?-->\s*)*+<(!doctype html|html|head|body|meta|table|div|style)\b"
    r"|mime-version:",
    re.IGNORECASE | re.DOTALL,
)
_CALENDAR = re.compile(r"begin:vcalendar", re.IGNORECASE)
_JSON = re.compile(r'\{\s*["}]|\[\s*[\[{\]]')
_OTHER = {
    ".toml": "TOML",
    ".yaml": "YAML",
    ".yml": "YAML",
    ".md": "Markdown",
}
