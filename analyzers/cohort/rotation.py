"""The rotation signal: accounts that post one after another at regular gaps, never two at once.

It is put only to accounts that a like text already ties: among thousands of accounts some subset is
always regular, so a free search over subsets would need a null of its own and is not made here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from analyzers.cohort.material import Piece
from analyzers.lib.rotation import FEWEST, regularity, rotation_test

LEVEL = 0.001
DRAWS = 1999
"""Level at which a family counts as rotating, fixed beforehand, and draws enough to reach it. A few
dozen families may be tested in one case, so 5 % would call one or two of them regular by chance."""

TURNS = 0.8
"""Share of successive posts that must come from different accounts: one account posting by the
clock is a scheduler, not a rotation."""


def rotates(pieces: Sequence[Piece], aimed: pl.DataFrame, seed: int) -> bool:
    """Whether these posts come at regular gaps across accounts, against ordinary posts' hours.

    `aimed` are all posts at the target (post_id, created_at); those that are not among `pieces`
    give the hours of the null. Null and statistic: `lib.rotation.rotation_test`.
    """
    timed = [(piece.at, piece.account) for piece in pieces if piece.at is not None]
    if len(timed) < FEWEST:
        return False
    times = np.array([at.timestamp() for at, _ in timed], dtype=np.float64)
    accounts = np.array([account for _, account in timed])
    if regularity(times, accounts).distinct_share < TURNS:
        return False
    others = aimed.filter(~pl.col("post_id").is_in([piece.post_id for piece in pieces]))
    pool = others["created_at"].drop_nulls().dt.epoch("us").to_numpy() / 1e6
    return rotation_test(times, pool, draws=DRAWS, seed=seed) <= LEVEL
