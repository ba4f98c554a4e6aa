"""Same hashtags: accounts that use several hashtags in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from analyzers.cohort.ways.way import Way, listed
from analyzers.lib.coaction import sequence
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd


def items(posts: pl.DataFrame) -> pd.DataFrame:
    """The hashtags of each post in their order, two or more: one alone is a topic."""
    return listed(posts, "hashtags", sequence)


WAY = Way("same_hashtags", Text("use several hashtags in one order"), items)
