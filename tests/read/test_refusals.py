"""What is not an export is refused with one sentence that says what was seen."""

from __future__ import annotations

import gzip
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzers.model.refusal import BadInput
from analyzers.read import Limits, read

Saved = Callable[..., Path]

TABLE = "id,username,text,created_at\n" + "5,a,Hello,2019-02-08 10:00\n" * 100


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\x7fELF\x02\x01", "not a text file"),
        (b"PK\x03\x04\x14\x00", "archive"),
        (b"name\0\0\0", "not a text file"),
        (pickle.dumps([{"text": "hello"}]), "pickle"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"one,two\n1,2\n", "no export"),
        (b"just words", "no export"),
        (b'{"hello": "world"}', "no export"),
        (b"[1, 2, 3]", "no JSON object"),
        (b"[", "no JSON object"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"id,username,text,created_at\n", "no row"),
        (b"id,username,text,created_at\n5,a,Hello,never\n", "one row"),
        (gzip.compress(TABLE.encode())[:60], "damaged"),
        (b"\x1f\x8bnot gzip at all", "damaged"),
    ],
)
def test_a_file_that_is_no_export_is_refused_by_name(
    saved: Saved, content: bytes, word: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read(saved("strange.bin", content))
    assert word in str(refused.value)
    assert "strange.bin" in str(refused.value.text.values)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(BadInput):
            read(path)
    with pytest.raises(BadInput):
        read()


@pytest.mark.parametrize("limits", [Limits(bytes=100), Limits(rows=50)])
def test_a_file_beyond_the_limits_is_refused(saved: Saved, limits: Limits) -> None:
    with pytest.raises(BadInput):
        read(saved("dump.csv", TABLE), limits=limits)


def test_a_gzip_bomb_is_refused(saved: Saved) -> None:
    bomb = gzip.compress(TABLE.encode() + b"0" * (40 * 1024 * 1024))
    with pytest.raises(BadInput) as refused:
        read(saved("bomb.csv.gz", bomb))
    assert "unpacks" in str(refused.value)


def test_one_bad_file_among_good_ones_is_named(saved: Saved) -> None:
    with pytest.raises(BadInput) as refused:
        read(saved("good.csv", TABLE), saved("bad.csv", "one,two\n1,2\n"))
    assert "bad.csv" in str(refused.value.text.values)
