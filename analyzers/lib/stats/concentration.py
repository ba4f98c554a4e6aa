"""Whether a group of accounts crowds into one category, whichever category that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.stats.permutation import DRAWS, SEED, monte_carlo_p
from analyzers.lib.stats.surprise import surprise

_BLOCK = 4_000_000  # counts drawn at once: 32 MB


@dataclass(frozen=True, slots=True)
class Concentration:
    """The category that sets a group apart most: `statistic` is -log10 of its exact p.

    `p` is adjusted for having looked at every category.
    """

    category: str
    statistic: float
    p: float


def concentration(
    group: Sequence[str], others: Sequence[str], draws: int = DRAWS, seed: int = SEED
) -> Concentration | None:
    """Which category a group is in more than others, with a p for having chosen it by looking.

    One category per account. For every category the exact chance of so many of the group in it is
    computed; the smallest is compared with the smallest of each shuffle of the group's labels, so
    that the choice is paid for (Westfall and Young 1993, "Resampling-based multiple testing", the
    single-step min-P method). `None` when a side is empty.
    """
    if not len(group) or not len(others):
        return None
    inside = Counter(group)
    total = inside + Counter(others)
    names = sorted(total)
    sizes = np.array([total[name] for name in names], dtype=np.int64)
    unlikely = surprise(sizes, len(group), int(sizes.sum()))
    counts = np.array([[inside[name] for name in names]], dtype=np.int64)
    observed = unlikely[np.arange(len(names)), counts[0]]
    best = int(np.argmax(observed))
    return Concentration(
        category=names[best],
        statistic=float(observed[best]),
        p=monte_carlo_p(float(observed[best]), _shuffled(sizes, len(group), unlikely, draws, seed)),
    )


def _shuffled(
    sizes: NDArray[np.int64], drawn: int, unlikely: NDArray[np.float64], draws: int, seed: int
) -> NDArray[np.float64]:
    """The largest surprise of each shuffle, drawn as counts per category."""
    rng = np.random.default_rng(seed)
    columns = np.arange(len(sizes))
    largest = np.empty(draws)
    block = max(1, _BLOCK // len(sizes))
    for start in range(0, draws, block):
        rows = min(block, draws - start)
        counts = rng.multivariate_hypergeometric(sizes, drawn, size=rows, method="marginals")
        largest[start : start + rows] = unlikely[columns, counts].max(axis=1)
    return largest
