"""How large the best of many numbers gets when accounts are called the cohort by lot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.stats.permutation import SEED, lots

Table: TypeAlias = NDArray[np.float64]

DRAWS = 29_999
"""Shuffles of whole tables: a p of 0.00003 leaves a q under 0.001 within reach after the adjustment
for some twenty steps, at a third of the time of the usual number."""

_CELLS = 1_000_000  # numbers held at once, times the few arrays a score needs: some 50 MB
_WORK = 20_000_000  # numbers in all: about a second


def shuffled_best(
    table: Table,
    size: int,
    best: Callable[[Table], NDArray[np.float64]],
    draws: int = DRAWS,
    seed: int = SEED,
) -> NDArray[np.float64]:
    """The best score of each draw of `size` whole accounts out of all, one row of `table` each.

    `best` turns the drawn accounts' column sums, (draws, columns), into one number per draw, such
    as the largest of all columns' scores: comparing the observed numbers with these pays for having
    looked at every column (Westfall and Young 1993, the single-step max-T method). The null: rows
    belong to the accounts, and which of them are the cohort is as good as drawn by lot. Wide tables
    get fewer draws, 999 at least. The order of the accounts does not matter.
    """
    rows = table[np.lexsort(table.T[::-1])] if table.shape[1] else table
    width = max(table.shape)
    effort = width * max(1, len(rows) // 64)  # a product of that many rows costs as one score
    draws = max(min(draws, _WORK // effort), min(draws, 999))
    rng = np.random.default_rng(seed)
    block = max(1, _CELLS // width)
    found = np.empty(draws)
    for start in range(0, draws, block):
        count = min(block, draws - start)
        drawn = np.zeros((count, len(rows)))
        np.put_along_axis(drawn, lots(rng, count, len(rows), size), 1.0, axis=1)
        found[start : start + count] = best(drawn @ rows)
    return found
