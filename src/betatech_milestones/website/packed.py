"""A large file packed block by block, of which what still holds need not be made again.

Members of gzip that stand one behind the other are one file (RFC 1952, 2.2), and each may carry
what its writer wants in its header (2.3.1.1). Here that is the digest of what it was made of, so
the file tells by itself which of its blocks hold. Neither a clock nor chance is in it: what is
taken from an older file is byte for byte what would be made.
"""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator

import attrs

_HARD = 6
"""How hard a block is packed (1 to 9): 9 takes twice as long, for 4 % less."""
_DIGEST = 16
"""Octets of a digest."""
_HEADER = struct.Struct(f"<4sLBB HBBH {_DIGEST}s{_DIGEST}sL")
"""What every member of gzip begins with, and our field: what it is made of, a seal, its length."""
_FIELD = 2 * _DIGEST + 4
_BEGIN = (
    b"\x1f\x8b\x08\x04",  # gzip, deflated, with a field of its writer
    0,  # no time of day
    0,  # nothing is told of how hard
    255,  # on no system in particular
    _FIELD + 4,
    *b"BM",
    _FIELD,
)
_TRAILER = struct.Struct("<LL")


@attrs.frozen
class Block:
    """A part of a file."""

    inputs: str
    """All that its content depends on."""
    make: Callable[[], bytes]
    """Return its content."""


def packed(blocks: Iterable[Block], old: bytes | None = None) -> bytes:
    """Return blocks as one file in the format of gzip.

    What `old`, a file that was made like this, has of the same inputs is taken from it; nothing is,
    from where it is damaged on. Who gives it sees to it that it is of this program's making.
    """
    held = {} if old is None else dict(_members(old))
    made = ((_digest(block.inputs.encode(errors="replace")), block) for block in blocks)
    return b"".join(held.get(inputs) or _member(inputs, block.make()) for inputs, block in made)


def _digest(*contents: bytes) -> bytes:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.digest()[:_DIGEST]


def _member(inputs: bytes, content: bytes) -> bytes:
    """Return a member that holds some content."""
    deflate = zlib.compressobj(_HARD, wbits=-zlib.MAX_WBITS)
    size = len(content) & 0xFFFFFFFF
    trailer = _TRAILER.pack(zlib.crc32(content), size)
    body = b"".join((deflate.compress(content), deflate.flush(), trailer))
    header = _HEADER.pack(*_BEGIN, inputs, _digest(inputs, body), _HEADER.size + len(body))
    return header + body


def _members(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the members of a file with the digest of what each was made of, up to any damage."""
    start = 0
    while len(file) - start >= _HEADER.size:
        *begin, inputs, seal, length = _HEADER.unpack_from(file, start)
        member = file[start : start + length]
        is_whole = _HEADER.size < length == len(member)
        # A seal of what is packed takes a tenth of the time that unpacking it for its sum does.
        if not is_whole or (*begin,) != _BEGIN or seal != _digest(inputs, member[_HEADER.size :]):
            return
        yield inputs, member
        start += length
