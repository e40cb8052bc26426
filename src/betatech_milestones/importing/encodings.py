"""Text whose encoding nobody tells: UTF-8, UTF-16, or what older programs for Windows write."""

import codecs
import re

from betatech_milestones.importing.grid import NotATable, seen

_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_SEEN = 4_096
_MANY = 0.3


def decoded(data: bytes) -> str:
    """Return a text whose encoding nobody tells, with ends of lines alike and no unseen signs."""
    encoding = _UTF_16.get(data[:2]) or _utf_16_without_mark(data[:_SEEN])
    if encoding is not None:
        written = _in_utf_16(data, encoding)
    else:
        try:
            written = data.decode()
        except UnicodeDecodeError as error:
            written = _in_windows_1252(data, error)
    if "\0" in written:
        line = written.count("\n", 0, written.index("\0")) + 1
        raise NotATable(
            f"line {line} has a NUL byte, as no text has; save the table as .xlsx, "
            "or as .csv in UTF-8"
        )
    return seen(written)


def _in_utf_16(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, errors="ignore").count("\n") + 1
        raise NotATable(
            f"line {line} has half a letter of UTF-16, so the file was cut or damaged; "
            "save the table as .xlsx, or as .csv in UTF-8"
        ) from error


def _utf_16_without_mark(beginning: bytes) -> str | None:
    """Tell UTF-16 by the zeros in it: every other byte of what is mostly Latin."""
    pairs = len(beginning) // 2
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    if odd > _MANY * pairs and not even:
        return "utf-16-le"
    if even > _MANY * pairs and not odd:
        return "utf-16-be"
    return None


_OF_UTF_8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")


def _in_windows_1252(data: bytes, error: UnicodeDecodeError) -> str:
    """Read what older programs for Windows write, unless it is UTF-8 that was damaged."""
    strange = len(data.decode(errors="ignore").encode())
    if len(_OF_UTF_8.findall(data)) <= len(data) - strange:
        try:
            return data.replace(codecs.BOM_UTF8, b"").decode("cp1252")
        except UnicodeDecodeError as other:
            error = other
    line = data.count(b"\n", 0, error.start) + 1
    raise NotATable(
        f"line {line} has the byte {data[error.start]:#04x}, which is neither UTF-8 nor "
        "Windows-1252; save the table as .xlsx, or as .csv in UTF-8"
    ) from error
