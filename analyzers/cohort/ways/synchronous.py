"""Synchronous posting: accounts that post or repost in the same minutes as one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from analyzers.cohort.ways.way import Way, named
from analyzers.lib.synchrony import synchronous_pairs
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd


def items(posts: pl.DataFrame) -> pd.DataFrame:
    """The minute (UTC) of each post and repost."""
    return named(posts, pl.col("created_at").dt.truncate("1m"))


WAY = Way("synchronous", Text("post in the same minutes as one another"), items, synchronous_pairs)
