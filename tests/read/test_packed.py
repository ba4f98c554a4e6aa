"""Exports packed in one of four ways: read as they are, refused when cut or made to overflow."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from analyzers.model.refusal import BadInput
from analyzers.read import read

Saved = Callable[..., Path]
Pack = Callable[[bytes], bytes]

TABLE = b"id,username,text,created_at\n5,a,Quel clown,2019-02-08 10:00\n"


def zstd(content: bytes) -> bytes:
    return bytes(pa.compress(content, "zstd", asbytes=True))


def in_two(pack: Pack) -> Pack:
    """As programs that work in parallel do: two packed parts, one after the other."""
    return lambda content: pack(content[:40]) + pack(content[40:])


WAYS: list[Pack] = [gzip.compress, bz2.compress, lzma.compress, zstd]


@pytest.mark.parametrize("pack", [*WAYS, *map(in_two, WAYS[:3])])
def test_a_packed_table_is_read(saved: Saved, pack: Pack) -> None:
    assert read(saved("posts.csv.packed", pack(TABLE))).count("posts") == 1


@pytest.mark.parametrize("pack", WAYS)
def test_one_that_is_cut_is_refused(saved: Saved, pack: Pack) -> None:
    content = pack(TABLE * 50)
    with pytest.raises(BadInput, match="damaged"):
        read(saved("posts.csv.packed", content[: len(content) // 2]))


@pytest.mark.parametrize("pack", WAYS)
def test_one_that_overflows_is_refused(saved: Saved, pack: Pack) -> None:
    with pytest.raises(BadInput, match="unpacks to far more"):
        read(saved("posts.csv.packed", pack(TABLE + b"0" * (40 * 1024 * 1024))))


def test_an_xz_that_wants_too_much_memory_is_refused(saved: Saved) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 512 * 1024 * 1024, "preset": 0}]
    with pytest.raises(BadInput, match="damaged"):
        read(saved("posts.csv.xz", lzma.compress(TABLE, filters=filters)))
