"""Same texts: accounts that post the same titles and phrases, though each may have a public source.

A text that ties accounts by itself is the template signal's. Here are the others, in doubt: titles
of pages, slogans under a hashtag. One of them says nothing; several in the same minutes do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from analyzers.cohort.ways.way import Way, named
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd


def items(posts: pl.DataFrame) -> pd.DataFrame:
    """The family of like texts of each organic post that is in one."""
    shared = pl.col("organic").fill_null(False) & (pl.col("family") >= 0)
    return named(posts, pl.when(shared).then(pl.col("family")))


WAY = Way("same_texts", Text("post the same titles and phrases"), items)
