"""Parquet tables, read as if they had been exported as CSV."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from analyzers.read.chunks import Chunks

if TYPE_CHECKING:
    import polars as pl

PARQUET = b"PAR1"

_ROWS = 2_000  # at once: a batch of long posts stays below some MiB


def parquet_as_csv(file: io.FileIO) -> Chunks:
    """The rows of a Parquet file as lines of CSV, with a header, a batch at a time.

    Times are written in UTC, with their offset where the file gives a zone; lists and structures as
    JSON; columns of bytes are left empty. Reading raises OSError for what is no Parquet file, or a
    damaged one.
    """
    return Chunks(_lines(file))


def _lines(file: io.FileIO) -> Iterator[bytes]:
    import polars as pl
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(file)
        header = True
        for batch in table.iter_batches(_ROWS):
            frame = pl.from_arrow(pa.table(batch))
            assert isinstance(frame, pl.DataFrame)
            yield _written(frame).write_csv(include_header=header).encode()
            header = False
        if header:
            yield pl.DataFrame(schema=table.schema_arrow.names).write_csv().encode()
    except (pa.ArrowException, OverflowError) as error:
        raise OSError(str(error)) from error


def _written(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every column as text or number."""
    import polars as pl

    found = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if isinstance(kind, pl.Datetime):
            zone = "+00:00" if kind.time_zone else ""
            moved = column.dt.convert_time_zone("UTC") if kind.time_zone else column
            column = moved.dt.strftime(f"%Y-%m-%dT%H:%M:%S%.f{zone}")
        elif isinstance(kind, pl.Binary):
            column = pl.lit(None, pl.String).alias(name)
        elif kind.is_nested():
            column = column.map_elements(_json, return_dtype=pl.String)
        found.append(column)
    return frame.select(found)


def _json(value: Any) -> str:
    plain = value.to_list() if hasattr(value, "to_list") else value
    return json.dumps(plain, ensure_ascii=False, default=str)
