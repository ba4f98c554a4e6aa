"""What a way of acting alike is: which items posts hold, and which pairs of accounts they tie."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from analyzers.lib.bipartite import Ties
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Way:
    """One way of acting alike: in what accounts pass on, or in when they act.

    `items` makes of posts (a frame with the columns that the search reads) the items that they
    hold: `row` is the place of the post in the frame, `item` what is shared, `at` (UTC) only where
    `times` asks for it. `times` compares pairs by when they act, from who and item, each pair once;
    without it they are compared by what they share (`bipartite.shared_pairs`). One interest
    explains what, and one event when. `words` complete "they …".
    """

    name: str
    words: Text
    items: Callable[[pl.DataFrame], pd.DataFrame]
    times: Callable[[pd.DataFrame, int], Ties] | None = None


def listed(
    posts: pl.DataFrame, column: str, items: Callable[[list[str]], Iterable[str]]
) -> pd.DataFrame:
    """A row for each item that `items` makes of the list in `column` of organic posts."""
    import pandas as pd

    kept = posts.with_row_index("row").filter(
        pl.col("organic").fill_null(False) & (pl.col(column).list.len() > 0)
    )
    found = [
        (row, item)
        for row, values in kept.select("row", column).iter_rows()
        for item in items([value for value in values if value])
    ]
    return pd.DataFrame(found, columns=["row", "item"]).astype({"row": np.int64})


def named(posts: pl.DataFrame, item: pl.Expr, *more: str) -> pd.DataFrame:
    """A row for each post for which `item` is present, with `more` columns of it."""
    kept = posts.with_row_index("row").select("row", *more, item=item)
    return kept.drop_nulls().to_pandas()
