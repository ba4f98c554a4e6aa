"""Tables saved as Parquet: read as the same table in CSV would be; damaged ones are refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from analyzers.model.refusal import BadInput
from analyzers.read import read
from analyzers.tables import load

Saved = Callable[..., Path]

TABLE = {
    "id": ["5", "6"],
    "username": ["lea", "max"],
    "text": ["Quel clown\nvraiment, non", None],
    "created_at": [datetime(2019, 2, 8, 10, tzinfo=UTC), datetime(2019, 2, 8, 11, tzinfo=UTC)],
    "hashtags": [["Honte", "Assez"], []],
    "like_count": [3, None],
    "thumbnail": [b"\x00\xff", None],
}


def packed(**columns: object) -> bytes:
    into = io.BytesIO()
    pl.DataFrame(TABLE | columns).write_parquet(into)
    return into.getvalue()


def test_a_parquet_table_is_read_like_the_same_table_in_csv(saved: Saved) -> None:
    data = read(saved("posts.parquet", packed()))
    first, second = load(data, "posts").sort("post_id").iter_rows(named=True)
    assert first["text"] == "Quel clown\nvraiment, non"
    assert first["created_at"] == datetime(2019, 2, 8, 10, tzinfo=UTC)
    assert [tag.lower() for tag in first["hashtags"]] == ["honte", "assez"]
    assert (first["likes"], second["likes"]) == (3, None)
    assert data.sources[0].format == "generic"


def test_times_without_a_zone_are_taken_as_they_stand(saved: Saved) -> None:
    naive = [datetime(2019, 2, 8, 10), datetime(2019, 2, 8, 11)]
    (first, _) = load(read(saved("posts.parquet", packed(created_at=naive))), "posts")["created_at"]
    assert first == datetime(2019, 2, 8, 10, tzinfo=UTC)


def test_many_rows_come_in_batches(saved: Saved) -> None:
    into = io.BytesIO()
    rows = pl.DataFrame(TABLE).head(1)
    many = pl.concat([rows] * 5_000).with_columns(id=pl.int_range(5_000).cast(pl.String))
    many.write_parquet(into)
    assert read(saved("posts.parquet", into.getvalue())).count("posts") == 5_000


@pytest.mark.parametrize(
    "content",
    [packed()[:-200], b"PAR1" + b"\x00" * 500 + b"PAR1", b"PAR1"],
    ids=["cut", "hollow", "begun"],
)
def test_a_damaged_one_is_refused(saved: Saved, content: bytes) -> None:
    with pytest.raises(BadInput, match="damaged"):
        read(saved("posts.parquet", content))


def test_one_without_rows_or_known_columns_says_so(saved: Saved) -> None:
    into = io.BytesIO()
    pl.DataFrame({"a": [1], "b": [2]}).write_parquet(into)
    with pytest.raises(BadInput):
        read(saved("posts.parquet", into.getvalue()))
    into = io.BytesIO()
    pl.DataFrame(TABLE).clear().write_parquet(into)
    with pytest.raises(BadInput):
        read(saved("posts.parquet", into.getvalue()))
