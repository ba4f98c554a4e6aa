"""The weeks at which a mix of categories changes."""

from __future__ import annotations

from math import log

import numpy as np
from numpy.typing import NDArray

_CELLS = 100_000  # numbers worked on at once: few, so that they stay in the processor's cache


def change_points(counts: NDArray[np.float64]) -> list[int]:
    """The rows at which the shares of the columns change, in order; empty when they never do.

    `counts` is (weeks, categories). Of all ways to cut the weeks into stretches with shares of
    their own, the most likely one is taken, found exactly by dynamic programming (Jackson et al.
    2005, "An algorithm for optimal partitioning of data on an interval", IEEE Signal Processing
    Letters 12). Each cut costs half the logarithm of the number of items for each share it frees
    and one for its place (Schwarz's criterion; consistent for change-points: Yao 1988, Statistics
    and Probability Letters 6).
    """
    table = counts[:, counts.sum(axis=0) > 0]
    weeks, categories = table.shape
    total = float(table.sum())
    if weeks < 2 or categories < 2:
        return []
    price = categories / 2 * log(max(total, 2.0))
    sums = np.vstack([np.zeros(categories), np.cumsum(table, axis=0)])
    best = np.zeros(weeks + 1)
    cut = np.zeros(weeks + 1, dtype=np.int64)
    fees = np.where(np.arange(weeks), price, 0)
    several = max(1, _CELLS // (weeks * categories))
    for first in range(1, weeks + 1, several):
        ends = np.arange(first, min(first + several, weeks + 1))
        surprise = _surprise(np.maximum(sums[ends, None] - sums[None, : ends[-1]], 0))
        for end, row in zip(ends.tolist(), surprise, strict=True):
            costs = best[:end] + row[:end] + fees[:end]
            cut[end] = int(np.argmin(costs))
            best[end] = costs[cut[end]]
    found: list[int] = []
    at = int(cut[weeks])
    while at > 0:
        found.append(at)
        at = int(cut[at])
    return found[::-1]


def _surprise(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The negative log-likelihood of each row of counts under its own shares."""
    totals = counts.sum(axis=-1, keepdims=True)
    shares = np.divide(counts, totals, out=np.ones_like(counts), where=counts > 0)
    surprise: NDArray[np.float64] = -(counts * np.log(shares)).sum(axis=-1)
    return surprise
