"""What runs beside the reading of a file changes nothing in what is read, and ends with it."""

from __future__ import annotations

import gzip
import hashlib
import io
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzers.model.refusal import BadInput
from analyzers.read.aside import Ahead, hashed
from analyzers.read.limits import DEFAULT, MIB, Limits
from analyzers.read.stream import opened

Saved = Callable[..., Path]
CONTENT = b"".join(b"%d\n" % n for n in range(1_500_000))  # more than two blocks


def unpacked(path: Path, limits: Limits = DEFAULT) -> bytes:
    with opened(path, limits, ahead=True) as file:
        return file.stream.read()


def test_a_stream_read_ahead_gives_its_bytes_in_order() -> None:
    with Ahead(io.BytesIO(CONTENT)) as stream:  # type: ignore[arg-type]  # reads as a raw one does
        assert io.BufferedReader(stream, MIB).read() == CONTENT


@pytest.mark.parametrize("level", [0, 1, 9])
def test_gzip_is_unpacked_whole(saved: Saved, level: int) -> None:
    assert unpacked(saved("a.gz", gzip.compress(CONTENT, level))) == CONTENT


@pytest.mark.parametrize("between", [b"", b"\0", b"\0" * 3 * MIB])
def test_gzip_files_one_after_another_are_one(saved: Saved, between: bytes) -> None:
    packed = gzip.compress(b"one\n") + between + gzip.compress(b"two\n") + between
    assert unpacked(saved("a.gz", packed)) == b"one\ntwo\n"


def damaged() -> list[bytes]:
    packed = gzip.compress(CONTENT)
    return [
        packed[:-1],
        packed[: len(packed) // 2],
        packed[:-8] + b"\0" * 8,  # a checksum and a length that are not the content's
        packed + b"x",
        packed + b"no gzip at all",
    ]


@pytest.mark.parametrize("case", range(5))
def test_damaged_gzip_is_refused(saved: Saved, case: int) -> None:
    with pytest.raises(BadInput, match="damaged or cut"):
        unpacked(saved("a.gz", damaged()[case]))


def test_a_bomb_is_refused_while_it_is_read_ahead(saved: Saved) -> None:
    with pytest.raises(BadInput, match="far more than it weighs"):
        unpacked(saved("a.gz", gzip.compress(b" " * 64 * MIB)))
    with pytest.raises(BadInput, match="far more than it weighs"):
        unpacked(saved("b.gz", gzip.compress(CONTENT)), Limits(decompressed=MIB))


def test_no_thread_outlives_a_file_that_is_left_early(saved: Saved) -> None:
    path = saved("a.gz", gzip.compress(CONTENT))
    before = threading.active_count()
    with hashed(path), opened(path, DEFAULT, ahead=True) as file:
        assert file.stream.readline() == b"0\n"
    assert threading.active_count() == before


def test_the_hash_is_that_of_the_file_as_given(saved: Saved) -> None:
    path = saved("a.gz", CONTENT)
    with hashed(path) as digest:
        assert digest() == hashlib.sha256(CONTENT).hexdigest()
