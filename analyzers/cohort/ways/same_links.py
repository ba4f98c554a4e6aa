"""Same links: accounts that link the same pages, whatever they write beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from analyzers.cohort.ways.way import Way, listed
from analyzers.lib.coaction import pages
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd


def items(posts: pl.DataFrame) -> pd.DataFrame:
    """The pages that each post links, without tracking parameters; no link is no item."""
    return listed(posts, "urls", pages)


WAY = Way("same_links", Text("link the same pages"), items)
