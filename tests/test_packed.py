"""A large file packed in blocks is what it would be without an older one, and takes what holds."""

import gzip
import io
import shutil
import struct
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones.website.packed import Block, packed

CONTENTS = st.lists(st.sampled_from([b"", b"a", b"b" * 70_000, b"\x1f\x8b\x08\x04", b"\0" * 60]))


def blocks(contents: Iterable[bytes]) -> list[Block]:
    """Blocks that depend on what they hold alone."""
    return [Block(content[:4].hex(), partial(bytes, content)) for content in contents]


def refused() -> bytes:
    pytest.fail("a block was made that stands in the older file")


def taken(contents: Iterable[bytes]) -> list[Block]:
    """The same blocks, none of which may be made."""
    return [Block(block.inputs, refused) for block in blocks(contents)]


def of(inputs: Sequence[str]) -> list[Block]:
    return [Block(name, name.encode) for name in inputs]


@given(CONTENTS)
def test_it_is_read_as_one_file(contents: list[bytes]) -> None:
    """Whoever reads gzip has all blocks, one behind the other."""
    assert gzip.decompress(packed(blocks(contents))) == b"".join(contents)


@given(CONTENTS, CONTENTS)
def test_what_is_taken_is_what_would_be_made(before: list[bytes], after: list[bytes]) -> None:
    """Whatever stood there, the file is byte for byte that of somebody who has nothing."""
    assert packed(blocks(after), packed(blocks(before))) == packed(blocks(after))


@given(CONTENTS, st.randoms(use_true_random=False))
def test_what_holds_is_not_made(contents: list[bytes], chance: Random) -> None:
    """Wherever it stood: a block that has moved is the same block."""
    moved = [*contents]
    chance.shuffle(moved)
    assert packed(taken(moved), packed(blocks(contents))) == packed(blocks(moved))


@given(st.data())
def test_nothing_is_taken_from_damage(data: st.DataObject) -> None:
    """One octet of the older file is another, or its end is missing: the new one is whole."""
    contents = [b"first" * 9, b"second", b"", b"third"]
    new = packed(blocks(contents))
    at = data.draw(st.integers(0, len(new) - 1))
    other = bytes([new[at] ^ data.draw(st.integers(1, 255))])
    assert packed(blocks(contents), new[:at] + other + new[at + 1 :]) == new
    assert packed(blocks(contents), new[:at]) == new


@pytest.mark.parametrize(
    "old",
    [b"", b"text", gzip.compress(b"a"), bytes(1_000), b"\x1f\x8b\x08\x04" * 99],
    ids=["empty", "text", "another's", "zeros", "beginnings"],
)
def test_a_file_of_others_is_no_older_one(old: bytes) -> None:
    """It has no members of ours, and does no harm."""
    assert packed(blocks([b"a"]), old) == packed(blocks([b"a"]))


def test_what_stands_before_the_damage_is_taken() -> None:
    """And all behind it is made, since where it begins is not known."""
    old = bytearray(packed(of("abc")))
    (length,) = struct.unpack_from("<L", old, 48)
    old[length + 60] ^= 1
    made: list[str] = []

    def make(name: str) -> bytes:
        made.append(name)
        return name.encode()

    again = [Block(name, partial(make, name)) for name in "abc"]
    assert packed(again, bytes(old)) == packed(of("abc"))
    assert made == ["b", "c"]


def test_a_member_under_the_inputs_of_another_is_not_taken() -> None:
    """A seal holds what a member was made of together with what it holds."""
    one, other = packed(of("a")), packed(of("b"))
    lie = one[:16] + other[16:32] + one[32:]
    assert packed(of("b"), lie) == other


@pytest.mark.parametrize("length", [0, 1, 52, 59, 61, 2**32 - 1])
def test_a_wrong_length(length: int) -> None:
    """The member is not taken, and none is looked for where it does not end."""
    file = packed(of("a"))
    assert len(file) == 60 + 3
    assert packed(of("a"), file[:48] + struct.pack("<L", length) + file[52:]) == file


def test_a_header_in_full() -> None:
    """Neither a time nor a system; a field of our own, and how long the member is."""
    (member,) = members(packed([Block("inputs", lambda: b"content")]))
    assert member[:16].hex(" ") == "1f 8b 08 04 00 00 00 00 00 ff 28 00 42 4d 24 00"
    assert struct.unpack_from("<L", member, 48) == (len(member),)
    assert gzip.GzipFile(fileobj=io.BytesIO(member)).read() == b"content"


def members(file: bytes) -> Iterator[bytes]:
    """The members of a file, by the lengths that they tell of themselves."""
    while file:
        (length,) = struct.unpack_from("<L", file, 48)
        yield file[:length]
        file = file[length:]


def test_half_a_character_in_what_a_block_depends_on() -> None:
    """What a script made and UTF-8 cannot hold stops nothing."""
    assert gzip.decompress(packed([Block("half \ud800", lambda: b"a")])) == b"a"


@pytest.mark.skipif(shutil.which("gzip") is None, reason="there is no gzip here")
def test_gzip_itself_reads_it(tmp_path: Path) -> None:
    """The program that the format is of finds it sound, and unpacks all of it."""
    file = tmp_path / "file.gz"
    file.write_bytes(packed(of(["first ", "", "second"])))
    done = subprocess.run(["gzip", "-dc", file], capture_output=True, check=True, timeout=20)
    assert done.stdout == b"first second"
    assert done.stderr == b""
