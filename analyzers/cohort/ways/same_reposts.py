"""Same reposts: accounts that pass on the same posts, whenever they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from analyzers.cohort.ways.way import Way, named
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd


def items(posts: pl.DataFrame) -> pd.DataFrame:
    """The post that each repost passes on."""
    return named(posts, pl.col("reposted_post"))


WAY = Way("same_reposts", Text("repost the same posts"), items)
