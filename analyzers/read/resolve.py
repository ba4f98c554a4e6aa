"""Reads Limier's small files, and names their accounts by id as the exports do."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analyzers.model.dataset import Source
from analyzers.read.csv_rows import Cells
from analyzers.read.detect import Detected
from analyzers.read.layout import BROKEN
from analyzers.read.limits import Limits
from analyzers.read.normal import Skip
from analyzers.read.sidecar import Sidecar, Value
from analyzers.read.stream import opened, sha256
from analyzers.read.tally import Tally
from analyzers.tables import schema

_BATCH = 100_000  # rows turned into columns at once, so that follow lists of millions fit


@dataclass(frozen=True)
class PendingSidecar:
    """A small file's rows, with its accounts still as they were written."""

    table: str
    accounts: tuple[str, ...]
    frame: pl.DataFrame
    source: Source


def read_sidecar(one: Detected, limits: Limits) -> PendingSidecar:
    """Read a small file; raises `BadInput` when none of its rows can be used."""
    sidecar = one.format
    assert isinstance(sidecar, Sidecar)
    tally, frames, batch = Tally(), list[pl.DataFrame](), list[dict[str, Value]]()
    with opened(one.path, limits, one.member) as file:
        cells = Cells(file.stream, limits)
        read = sidecar.reader(cells.header)
        for line, row in cells:
            try:
                if row is None:
                    raise Skip(BROKEN)
                batch.append(read(row))
            except Skip as skip:
                tally.skip(skip.reason, line)
            else:
                tally.used += 1
            if len(batch) == _BATCH:
                frames.append(_frame(sidecar, batch))
                batch = []
    name = one.head.name
    tally.refuse_if_useless(name, sidecar.name)
    frames.append(_frame(sidecar, batch))
    source = tally.source(name, sidecar.name, sha256(one.path), 1.0, None)
    return PendingSidecar(sidecar.name, sidecar.accounts, pl.concat(frames), source)


def _frame(sidecar: Sidecar, rows: list[dict[str, Value]]) -> pl.DataFrame:
    columns = []
    for name, kind in schema(sidecar.name).items():
        values = [row.get(name) for row in rows]
        time = isinstance(kind, pl.Datetime)
        series = pl.Series(name, values, dtype=pl.Int64 if time else kind, strict=False)
        columns.append(series.cast(kind))
    return pl.DataFrame(columns)


def resolved(sidecar: PendingSidecar, handles: pl.DataFrame) -> pl.DataFrame:
    """Put ids in place of handles that the exports name; others become `@handle`.

    A word that some account has as its id is an id, whatever its letters.
    """
    frame = sidecar.frame
    names = handles.unique("handle", keep="last", maintain_order=True)
    ids = handles.select(pl.col("account_id").unique())["account_id"].implode()
    for column in sidecar.accounts:
        bare = pl.col(column).str.strip_prefix("@").str.to_lowercase()
        by_name = frame.select(handle=bare).join(
            names, on="handle", how="left", maintain_order="left"
        )["account_id"]
        is_id = pl.col(column).is_in(ids) | pl.col(column).str.contains(r"^\d+$|:")
        frame = frame.with_columns(
            pl.when(is_id)
            .then(pl.col(column))
            .otherwise(pl.coalesce(by_name, pl.lit("@") + bare))
            .alias(column)
        )
    return frame
