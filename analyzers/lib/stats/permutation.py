"""How rare a difference is when it does not matter which accounts are called the cohort."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SEED = 20190211
"""The day of the thread that Limier is modelled on: any fixed number would do."""

DRAWS = 99_999
"""Shuffles of a test. The smallest p is 1 / 100,000, so that after the adjustment for some twenty
steps (a factor of about 70) a q under 0.001 can still be reached."""

_CELLS = 4_000_000
"""Numbers drawn at once: about 32 MB, whatever the number of accounts."""


def monte_carlo_p(observed: float, shuffled: NDArray[np.float64]) -> float:
    """The share of shuffles at least as extreme, the observed one among them, so never 0.

    Counting the observed one keeps the test exact (Phipson and Smyth 2010, "Permutation p-values
    should never be zero", Statistical Applications in Genetics 9). Values equal up to rounding
    count as equal.
    """
    reached = shuffled >= observed - 1e-9 * max(1.0, abs(observed))
    return float(1 + np.count_nonzero(reached)) / (1 + len(shuffled))


def mean_excess(
    values: Sequence[float],
    others: Sequence[float],
    draws: int = DRAWS,
    seed: int = SEED,
) -> float:
    """The one-sided p that accounts' mean value is not above that of other accounts.

    One number per account, so that each account speaks once. The null: the numbers belong to the
    accounts, and which of them are the cohort is as good as drawn by lot. 1 when a side is empty.
    """
    size = len(values)
    if not size or not len(others):
        return 1.0
    pool = np.sort(np.array([*values, *others], dtype=np.float64))
    rng = np.random.default_rng(seed)
    block = max(1, _CELLS // len(pool))
    sums = np.empty(draws)
    for start in range(0, draws, block):
        rows = min(block, draws - start)
        sums[start : start + rows] = pool[lots(rng, rows, len(pool), size)].sum(axis=1)
    return monte_carlo_p(float(np.sum(np.sort(np.array(values, dtype=np.float64)))), sums)


def lots(rng: np.random.Generator, rows: int, total: int, size: int) -> NDArray[np.int64]:
    """`rows` draws of `size` different places out of `total`, each set as likely as another.

    Few of many are drawn with replacement, and again whole where a place came twice: with up to
    two such pairs expected, at least one draw in eight stands.
    """
    if size * size > 4 * total:
        keys = rng.random((rows, total))
        return np.argpartition(keys, size - 1, axis=1)[:, :size].astype(np.int64)
    lots = np.empty((rows, size), dtype=np.int64)
    twice = np.arange(rows)
    while len(twice):
        lots[twice] = rng.integers(total, size=(len(twice), size))
        twice = twice[(np.diff(np.sort(lots[twice], axis=1), axis=1) == 0).any(axis=1)]
    return lots
