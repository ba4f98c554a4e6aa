"""How far a mean over accounts would move had other accounts been seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.stats.permutation import SEED

DRAWS = 2_000
"""Resamples: the ends of a 95 % interval rest on 50 of them (Efron and Tibshirani 1993, ch. 13,
ask for at least 1,000)."""


def bootstrap(
    rows: Sequence[Sequence[float]] | NDArray[np.float64],
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The percentile interval (lows, highs) of the mean of `rows`, one row per account.

    Whole accounts are drawn again with replacement, so that a prolific account weighs no more than
    another. `rows` is (accounts, values), such as each account's share of posts per language.
    Raises ValueError without accounts. The order of the accounts does not matter.
    """
    table = np.atleast_2d(np.asarray(rows, dtype=np.float64))
    if not table.size:
        raise ValueError("There are no accounts to draw from")
    table = table[np.lexsort(table.T[::-1])]
    count = len(table)
    weights = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=draws)
    means = weights @ table / count
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high
