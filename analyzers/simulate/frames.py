"""A campaign as polars frames in the normal form, and as a dataset on disk."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

import msgspec
import polars as pl

from analyzers.model.dataset import TABLES, Dataset
from analyzers.simulate.campaign import Campaign
from analyzers.simulate.dials import Field
from analyzers.tables import Writer, schema

_HELD_BY: dict[Field, str] = {
    "client": "posts",
    "profile_language": "accounts",
    "created_at": "accounts",
}


def tables(campaign: Campaign) -> dict[str, pl.DataFrame]:
    """Every table of the normal form, in the columns of `analyzers.model.dataset.TABLES`.

    Routes are the true ones; `fetched_at` of accounts is unknown.
    """
    rows: dict[str, Sequence[msgspec.Struct]] = {
        "posts": campaign.posts,
        "accounts": campaign.accounts,
        "follows": campaign.follows,
        "statuses": campaign.statuses,
        "collected": campaign.collected,
    }
    return {
        table: _frame(table, rows[table], {f for f in campaign.missing if _HELD_BY[f] == table})
        for table in TABLES
    }


def dataset(campaign: Campaign, directory: Path) -> Dataset:
    """Write the tables under `directory`, as a perfect reader would have, and describe them."""
    writer = Writer(directory)
    for table, frame in tables(campaign).items():
        writer.add(table, frame)
    return writer.finish()


def _frame(table: str, rows: Sequence[msgspec.Struct], missing: AbstractSet[str]) -> pl.DataFrame:
    columns = []
    for name, kind in schema(table).items():
        values = [None if name in missing else getattr(row, name, None) for row in rows]
        columns.append(_column(name, values, kind))
    return pl.DataFrame(columns)


def _column(name: str, values: list[object], kind: pl.DataType) -> pl.Series:
    if isinstance(kind, pl.Datetime):
        seconds = pl.Series(name, values, dtype=pl.Int64)
        return (seconds * 1_000_000).cast(kind)
    if isinstance(kind, pl.List):
        return pl.Series(name, [list(value) for value in values], dtype=kind)  # type: ignore[call-overload]
    return pl.Series(name, values, dtype=kind)
