"""What is not an export is refused with one sentence that says what was seen."""

from __future__ import annotations

import gzip
import io
import pickle
import zipfile
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
        *((pickle.dumps([{"text": "hello"}], protocol), "pickle") for protocol in range(5)),
        (gzip.compress(pickle.dumps([{"text": "hello"}], 0)), "pickle"),
        (gzip.compress(gzip.compress(TABLE.encode())), "more than once"),
        (gzip.compress(bytes(range(256)) * 20)[:200], "damaged"),
        (gzip.compress(b"just some words\n" * 1000)[:-9], "damaged"),
        (gzip.compress(TABLE.encode())[:-4] + b"\xff\xff\xff\x7f", "damaged"),
        ((",".join(f"c{n}" for n in range(10_000)) + "\n").encode(), "columns"),
        (b"a," * 5_000_000, "columns"),
        (b"MZ\x90\0", "not a text file"),
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


def spoilt_zip(last: bytes, put: bytes) -> bytes:
    """A zip of two tables, in which the last place of some bytes has others."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("b.csv", TABLE)
        archive.writestr("a.csv", TABLE)
    before, after = file.getvalue().rsplit(last, 1)
    return before + put + after


def test_a_member_of_a_zip_that_lies_nowhere_is_refused(saved: Saved) -> None:
    """Found by fuzzing."""
    with pytest.raises(BadInput, match="damaged"):
        read(saved("odd.zip", spoilt_zip(b"PK\x03\x04", b"PK\x03\x05")))


def test_a_member_of_a_zip_without_a_name_is_left_out(saved: Saved) -> None:
    """Found by fuzzing."""
    assert len(read(saved("odd.zip", spoilt_zip(b"a.csv", b"\0.csv"))).sources) == 1


def test_many_mild_bombs_in_one_zip_are_refused(saved: Saved) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.csv", TABLE + "0" * (10 * 1024 * 1024))
    with pytest.raises(BadInput, match="unpacks"):
        read(saved("bombs.zip", file.getvalue()))


def test_a_small_table_in_a_zip_is_read(saved: Saved) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.csv", TABLE[:55])
    assert read(saved("small.zip", file.getvalue())).count("posts") == 1


@pytest.mark.parametrize("at", ["0000-01-01 00:00", "9999-12-31 23:59", "99999-01-01", "1e400"])
def test_a_time_that_never_was_costs_its_row(saved: Saved, at: str) -> None:
    source = read(saved("dump.csv", TABLE + f"6,a,Hello,{at}\n")).sources[0]
    assert source.rows - source.used == 100  # and the same post ninety-nine times


def test_a_cell_of_megabytes_costs_its_row(saved: Saved) -> None:
    source = read(saved("dump.csv", TABLE + "6,a," + "o" * 3_000_000 + ",2019\n7,a,b,2019-02-08\n"))
    assert source.sources[0].used == 2


@pytest.mark.parametrize("column", ["id", "handle"])
def test_an_id_longer_than_any_costs_its_row(saved: Saved, column: str) -> None:
    long = "a" * 5_000
    row = f"{long},a" if column == "id" else f"6,{long}"
    data = read(saved("dump.csv", TABLE + f"{row},Hello,2019-02-08 10:00\n"))
    assert (data.count("posts"), data.count("accounts")) == (1, 1)
    assert any("longer than any" in one.reason.msgid for one in data.sources[0].skipped)


def test_a_quote_that_nothing_closes_costs_its_row(saved: Saved) -> None:
    posts = "".join(f"{n},a,Hello,2019-02-08 10:00\n" for n in range(6, 16))
    source = read(saved("dump.csv", TABLE[:55] + '99,a,"Open,2019-02-08 10:00\n' + posts)).sources[
        0
    ]
    assert (source.rows, source.used) == (12, 11)
    assert [one.first_line for one in source.skipped] == [3]


def test_one_bad_file_among_good_ones_is_named(saved: Saved) -> None:
    with pytest.raises(BadInput) as refused:
        read(saved("good.csv", TABLE), saved("bad.csv", "one,two\n1,2\n"))
    assert "bad.csv" in str(refused.value.text.values)
