"""What a file is that is no TOML at all: a workbook, a web page, a text in another encoding.

People hand over what their programs save. A message that names the sort of file helps them on; one
that names the first byte does not.
"""

import re

from betatech_milestones.model import rules
from betatech_milestones.model.findings import Finding, Location

_AS_TEXT = "; the data file is plain text: write it in an editor, and save it as UTF-8"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", f"a file of an older Word or Excel{_AS_TEXT}"),
    (b"%PDF-", f"a PDF{_AS_TEXT}"),
    (b"{\\rtf", f"rich text (RTF){_AS_TEXT}"),
    (b"\x1f\x8b", "a compressed file (gzip); unpack it first"),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype\b|html\b|\?xml\b|svg\b)", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NEAR = 20
"""How many bytes around a wrong one are shown."""


def not_utf8(error: UnicodeDecodeError, data: bytes, path: str) -> Finding:
    """Return why bytes cannot be read as text, and what they probably are instead."""
    if kind := kind_of_file(data):
        where = Location(path=path, line=1, column=1)
        return Finding(rule=rules.TOML_SYNTAX, message=f"not TOML: {kind}", location=where)
    start = data.rfind(b"\n", 0, error.start) + 1
    where = Location(
        path=path,
        line=data.count(b"\n", 0, start) + 1,
        column=len(data[start : error.start].decode()) + 1,
    )
    message = f"not UTF-8: {_wrong_byte(error, data)}"
    return Finding(rule=rules.ENCODING, message=message, location=where)


def kind_of_file(data: bytes) -> str | None:
    """Return which other sort of file begins so, and what to do with it."""
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if _MARKUP.match(data):
        return "a web page or XML; download the file itself, as raw text"
    return next((kind for start, kind in _SIGNATURES if data.startswith(start)), None)


def _packed(data: bytes) -> str:
    """Office programs save archives: the names in it tell which one."""
    if b"xl/" in data or b"opendocument.spreadsheet" in data:
        return "a workbook; betatech-milestones import reads those"
    if b"word/" in data or b"opendocument.text" in data:
        return f"a text of a word processor{_AS_TEXT}"
    return "a ZIP archive; unpack it first"


def _wrong_byte(error: UnicodeDecodeError, data: bytes) -> str:
    if data.startswith(_UTF_16):
        return "it is UTF-16, which some Windows programs call Unicode; save the file as UTF-8"
    if error.reason == "unexpected end of data":
        remedy = "fetch it again if it was cut off, or save it as UTF-8"  # nobody can tell which
        return f"the file ends within a character; {remedy}"
    if b"\0" in data:
        return "it is no text, as it has NUL bytes; save the file as plain text, in UTF-8"
    byte = f"byte {data[error.start]:#04x}"
    try:
        character = data[error.start : error.start + 1].decode("cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing there
        return f"{byte}; save the file as UTF-8"
    before = re.split(rb"[\s\"'=]", data[max(error.start - _NEAR, 0) : error.start])[-1]
    behind = re.split(rb"[\s\"'=]", data[error.start : error.start + _NEAR])[0]
    around = before.decode(errors="ignore") + behind.decode("cp1252", errors="ignore")
    word = "".join(filter(str.isprintable, around))
    return f"{byte} in {word}, probably {character} of Windows-1252; save the file as UTF-8"
