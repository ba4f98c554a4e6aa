"""Same mentions: accounts that address several others together, in post after post."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from analyzers.cohort.ways.way import Way, listed
from analyzers.lib.coaction import names_together
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd


def items(posts: pl.DataFrame) -> pd.DataFrame:
    """The accounts that each post mentions, as a set of two or more."""
    return listed(posts, "mentions", names_together)


WAY = Way("same_mentions", Text("mention the same several accounts together"), items)
