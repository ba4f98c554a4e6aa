"""Fast reposts: accounts that pass on the same posts closer in time than others who do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from analyzers.cohort.ways.way import Way, named
from analyzers.lib.synchrony import quick_pairs
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd


def items(posts: pl.DataFrame) -> pd.DataFrame:
    """The post that each repost passes on, and when."""
    frame = named(posts, pl.col("reposted_post"), "created_at")
    return frame.rename(columns={"created_at": "at"})


WAY = Way(
    "fast_reposts",
    Text("repost them closer together in time than others do"),
    items,
    quick_pairs,
)
