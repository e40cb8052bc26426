"""The parts of a workbook, which is a zip of XML documents, as far as it is safe to unpack them.

A workbook comes from anybody. So nothing is unpacked beyond a limit, whatever the directory of the
zip says, and no document may define entities of its own: a few lines of them can stand for
gigabytes.
"""

import contextlib
import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

import attrs

from betatech_milestones.importing.grid import MOST_BYTES, NotATable

_CHUNK = 1 << 18
_LONGEST_TAG = 1 << 22
"""A tag or a comment is parsed anew from its beginning with each piece that is added to it."""
_ENCRYPTED = 1
"""The bit of a member of a zip that says so."""


@attrs.frozen
class Package:
    """A zip whose directory promises not too much."""

    archive: zipfile.ZipFile = attrs.field(repr=False)
    members: Mapping[str, zipfile.ZipInfo] = attrs.field(repr=False)
    """By their names in small letters: who writes workbooks minds them as little as Windows."""
    unpacked: list[int] = attrs.field(factory=list, repr=False)
    """The lengths of what was read so far."""

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.members

    def chunks(self, name: str) -> Iterator[bytes]:
        """Unpack a part, a piece at a time."""
        member = self.members.get(name.lower())
        if member is None:
            raise broken(f"it lacks {name}")
        if member.flag_bits & _ENCRYPTED:
            raise with_password()
        try:
            with self.archive.open(member) as part:
                while chunk := part.read(_CHUNK):
                    self.unpacked.append(len(chunk))
                    if sum(self.unpacked) > MOST_BYTES:
                        raise too_large()
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise broken(f"{name} cannot be unpacked") from error

    def part(self, name: str) -> bytes:
        """Unpack a part as a whole."""
        return b"".join(self.chunks(name))


def opened(data: bytes) -> Package:
    """Read the directory of a zip."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise broken("its directory cannot be read") from error
    members = {member.filename.replace("\\", "/").lower(): member for member in archive.infolist()}
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MOST_BYTES:
        raise too_large()
    if unpacked > max(_MOST_TIMES * len(data), _ALWAYS_UNPACKED):
        raise packed_too_well(unpacked // len(data))
    return Package(archive, members)


_MOST_TIMES = 100
"""Its size may a workbook unpack to: one of a million cells that are all alike does to 40."""
_ALWAYS_UNPACKED = 10_000_000


@contextlib.contextmanager
def copied(
    chunks: Iterable[bytes], archive: zipfile.ZipFile, name: str
) -> Iterator[Iterator[bytes]]:
    """Put down in another zip what is read of a part."""
    with archive.open(name, "w") as copy:
        yield _put_down(chunks, copy)


def _put_down(chunks: Iterable[bytes], copy: IO[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        copy.write(chunk)
        yield chunk


def target(part: str, relative: str) -> str:
    """Return the name of a part that another one refers to."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), relative)).lstrip("/")


def counted(written: str) -> int | None:
    """Return a number with no more digits than the last row of a sheet; None for all else."""
    is_one = written.isascii() and written.isdecimal() and len(written) <= len("1048576")
    return int(written) if is_one else None


# --- XML ------------------------------------------------------------------------------------------

DEEPEST = 250
MOST_ELEMENTS = 500_000
"""How many elements may stand in a row, in a part of the whole or between two that are wanted."""


def elements(
    part: str,
    chunks: Iterable[bytes],
    names: Mapping[str, str],
    whole: Container[str] = (),
    begun: Container[str] = (),
) -> Iterator[Element]:
    """Give the elements of an XML document that are wanted, one after the other.

    `names` has short ones for a `namespace name`. Elements in `whole` come with all that is in
    them, and those in `begun` as they begin.
    """
    builder = TreeBuilder()
    found: list[Element] = []
    top: Element | None = None
    depth = size = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal top, depth, size
        depth += 1
        size += 1
        _check(part, depth, size)
        tag = names.get(name, name)
        if top is not None:
            builder.start(tag, attributes)
        elif tag in whole:
            top = builder.start(tag, attributes)
            size = 0
        elif tag in begun:
            found.append(Element(tag, attributes))
            size = 0

    def end(name: str) -> None:
        nonlocal builder, top, depth, size
        depth -= 1
        size = size if depth > 1 else 0  # of a part that is a long list, nothing is kept
        if top is not None and builder.end(names.get(name, name)) is top:
            found.append(top)
            builder = TreeBuilder()
            top = None

    def text(data: str) -> None:
        if top is not None:
            builder.data(data)

    for _ in _parsed(part, chunks, start, end, text if whole else None):
        yield from found
        found.clear()


def _check(part: str, depth: int, size: int) -> None:
    if depth > DEEPEST or size > MOST_ELEMENTS:
        raise broken(f"{part} has too many elements within each other")


def _parsed(
    part: str,
    chunks: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None,
) -> Iterator[None]:
    """Parse a document a piece at a time."""
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_definitions
    given = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk)
            given += len(chunk)
            if given - parser.CurrentByteIndex > _LONGEST_TAG:
                raise broken(f"{part} has a tag without end")
            yield
        parser.Parse(b"", True)  # noqa: FBT003  it takes no names
    except ExpatError as error:
        raise broken(f"{part} is no XML: {error}") from error


def _refuse_definitions(*_: object) -> None:
    raise NotATable(
        "has XML with a document type, which no program for sheets writes; "
        "open it in one, and save it again"
    )


# --- refusals -------------------------------------------------------------------------------------


def broken(what: str) -> NotATable:
    """Say that a workbook is damaged."""
    return NotATable(f"is damaged: {what}; open it in a program for sheets, and save it again")


def with_password() -> NotATable:
    """Say that a workbook is locked."""
    return NotATable("has a password; take it off, and save the file again")


def too_large() -> NotATable:
    """Say that a workbook may be meant to fill the memory."""
    return NotATable(
        f"unpacks to more than {MOST_BYTES // 1_000_000} MB; delete what does not belong to the "
        "table, and save it again, or save the sheet as .csv"
    )


def packed_too_well(times: int) -> NotATable:
    """Say that a workbook is hardly anything but one thing over and over."""
    return NotATable(
        f"unpacks to {times:,} times its size, which no table does; save the sheet as .csv"
    )


def without_the_extra() -> NotATable:
    """Say what a workbook is read with, where that is not installed."""
    return NotATable(
        "needs the extra [sheets]: pip install 'betatech-milestones[sheets]'; "
        "or save the sheet as .csv"
    )
