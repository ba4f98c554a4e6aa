"""Ties of all layers together: how dense they are within a group, and which groups they form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.bipartite import Ties
from analyzers.lib.stats import SEED, monte_carlo_p, wilson
from analyzers.lib.stats.permutation import lots

Ints = NDArray[np.int64]

_DRAWS = 29_999
"""As in `shuffled_best`: a q under 0.001 stays within reach after the adjustment."""

_WORK = 60_000_000  # ties looked up in all draws: about half a second
_AT_ONCE = 4_000_000  # of them at once: some 8 MB
_RESAMPLES = 2_000  # as in `bootstrap`


@dataclass(frozen=True)
class Density:
    """The share of pairs of accounts that are tied: `tied` of `pairs`, with its 95 % interval."""

    tied: int
    pairs: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.tied / self.pairs if self.pairs else 0.0


@dataclass(frozen=True)
class TieGraph:
    """Accounts 0 to `total` - 1, the tied pairs (the lower first) and by how many layers each is.

    The first `size` accounts are the cohort.
    """

    total: int
    size: int
    pairs: Ints
    ways: Ints

    @classmethod
    def of(cls, layers: Sequence[Ties], total: int, size: int) -> TieGraph:
        """Lay the layers on one another."""
        every = np.concatenate([np.zeros((0, 2), np.int64), *(ties.pairs for ties in layers)])
        pairs, ways = np.unique(every, axis=0, return_counts=True)
        return cls(total, size, pairs.astype(np.int64), ways.astype(np.int64))

    def within(self, low: int, high: int) -> Ints:
        """The tied pairs of which both accounts stand from `low` up to `high`, excluded."""
        inside = ((self.pairs >= low) & (self.pairs < high)).all(axis=1)
        return np.asarray(self.pairs[inside], dtype=np.int64)

    def density(self, low: int, high: int, seed: int = SEED) -> Density:
        """How many pairs of the accounts from `low` up to `high` are tied.

        The interval resamples whole accounts, since pairs of one account hang together (Snijders
        and Borgatti 1999, "Non-parametric standard errors and tests for network statistics",
        Connections 22). Where all or none are tied, resampling shows no spread: then it is Wilson's
        for as many pairs as have no account in common.
        """
        count, tied = high - low, self.within(low, high) - low
        pairs = count * (count - 1) // 2
        if not pairs:
            return Density(0, 0, 0.0, 1.0)
        if len(tied) in (0, pairs):
            apart = count // 2
            return Density(len(tied), pairs, *wilson(apart if len(tied) else 0, apart))
        rng = np.random.default_rng(seed)
        weights = rng.multinomial(count, np.full(count, 1 / count), size=_RESAMPLES)
        together = np.zeros(_RESAMPLES)
        for left, right in tied:
            together += weights[:, left] * weights[:, right]
        possible = (count**2 - (weights.astype(np.int64) ** 2).sum(axis=1)) / 2
        shares = together / np.maximum(possible, 1)
        ends = np.quantile(shares, [0.025, 0.975])
        return Density(len(tied), pairs, float(ends[0]), float(ends[1]))

    def tied_accounts(self, low: int, high: int) -> int:
        """How many accounts from `low` up to `high` are tied to another of them."""
        return len(np.unique(self.within(low, high)))

    def p(self, seed: int = SEED) -> float:
        """How rarely as many whole accounts, drawn by lot from all, are tied as densely."""
        if not len(self.pairs):
            return 1.0
        draws = max(999, min(_DRAWS, _WORK // max(len(self.pairs), self.total)))
        rng = np.random.default_rng(seed)
        block = max(1, _AT_ONCE // max(len(self.pairs), self.total))
        found = np.empty(draws)
        for start in range(0, draws, block):
            count = min(block, draws - start)
            chosen = np.zeros((count, self.total), dtype=bool)
            np.put_along_axis(chosen, lots(rng, count, self.total, self.size), True, axis=1)
            both = chosen[:, self.pairs[:, 0]] & chosen[:, self.pairs[:, 1]]
            found[start : start + count] = both.sum(axis=1)
        return monte_carlo_p(float(len(self.within(0, self.size))), found)

    def communities(self, seed: int = SEED) -> list[list[int]]:
        """Groups of accounts tied more among themselves than to others, most of the cohort first.

        Accounts without a tie are in none. Louvain's method (Blondel et al. 2008, Journal of
        Statistical Mechanics P10008), each tie weighed by its number of layers.
        """
        from scipy.sparse import csr_matrix
        from sknetwork.clustering import Louvain

        if not len(self.pairs):
            return []
        tied = np.unique(self.pairs)
        ends = np.searchsorted(tied, self.pairs)
        shape = (len(tied), len(tied))
        half = csr_matrix((self.ways.astype(float), (ends[:, 0], ends[:, 1])), shape=shape)
        labels = Louvain(random_state=seed % 2**32).fit_predict((half + half.T).tocsr())
        groups = [[int(one) for one in tied[labels == label]] for label in np.unique(labels)]
        return sorted(groups, key=lambda group: (-self._ours(group), -len(group), group))

    def _ours(self, group: Sequence[int]) -> int:
        return sum(account < self.size for account in group)
