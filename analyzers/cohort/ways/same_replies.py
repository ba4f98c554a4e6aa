"""Same replies: accounts that answer the same posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from analyzers.cohort.ways.way import Way, named
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd


def items(posts: pl.DataFrame) -> pd.DataFrame:
    """The post that each reply answers."""
    return named(posts, pl.col("reply_to_post"))


WAY = Way("same_replies", Text("answer the same posts"), items)
