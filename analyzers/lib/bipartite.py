"""Which accounts share more items than their activity and the items' popularity explain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST = 2
"""Shared items that a tie needs: one shared text, page or minute is a coincidence that somebody
always has, whatever its p."""

RATE = 0.05
"""Share of a layer's ties that may be due to chance."""

_ROUNDS = 2_000  # fits of real layers end within 25; a dense small one may need hundreds
_AT_ONCE = 50_000  # pairs times hours looked at together: some 50 MB


@dataclass(frozen=True)
class Ties:
    """The tied pairs: places of both accounts (the lower first), items shared, and p; a row each.

    p is the chance of sharing as many under the null, before the adjustment.
    """

    pairs: Ints
    shared: Ints
    p: Floats


def shared_ties(rows: pd.DataFrame, total: int) -> Ties:
    """Tie pairs of accounts that share more items than the bipartite null model allows.

    `rows` has who (place of the account, 0 to `total` - 1) and item, each pair once. The null: each
    account has as many items as it has and each item as many accounts, on average, and otherwise
    who has which is as good as drawn by lot. That is the bipartite configuration model (Saracco et
    al. 2017, "Inferring monopartite projections of bipartite networks", New Journal of Physics
    19); as an item that one account has can never be shared, each item's d accounts count as drawn
    without replacement, which takes off the factor (d - 1) / d. The number of items shared is a sum
    of many small chances, so its tail is Poisson's or lighter (Hoeffding 1956, Annals of
    Mathematical Statistics 27). Popular items would drown rare ones, so items of up to 4 accounts,
    16, 64 and so on are counted in turn, and the least p is multiplied by the number of such counts
    (Tumminello et al. 2011, PLoS ONE 6, split items by popularity likewise). Pairs are kept at a
    false discovery rate of 5 % among all pairs that did anything, under any dependence (Benjamini
    and Yekutieli 2001). Where only a few accounts do a kind of thing at all, and all do the same,
    the null allows it, so nobody is tied: the test is then too careful.
    """
    import pandas as pd

    who = rows["who"].to_numpy(np.int64)
    item = pd.factorize(rows["item"])[0].astype(np.int64)
    acting = len(np.unique(who))
    if acting < 2:
        return _none()
    activity, kind = np.unique(np.bincount(who, minlength=total), return_inverse=True)
    holders = np.bincount(item)
    popularity, often = np.unique(holders, return_counts=True)
    chance = chances(activity, np.bincount(kind), popularity, often)
    together = often * (popularity - 1) / popularity * acting / (acting - 1)
    left, right, shared = _common(who, item, total)
    keys, p = left * total + right, np.ones(len(left))
    limits = _limits(int(popularity.max()))
    for limit in limits:
        rare = holders[item] <= limit
        one, other, count = _common(who[rare], item[rare], total)
        expected = (chance * together * (popularity <= limit)) @ chance.T
        place = np.searchsorted(keys, one * total + other)
        p[place] = np.minimum(p[place], _tail(count, expected[kind[one], kind[other]]))
    return _kept(left, right, shared, np.minimum(p * len(limits), 1.0), acting)


def _limits(most: int) -> list[int]:
    """4, 16, 64 … accounts, up to the most popular item."""
    limits = [4]
    while limits[-1] < most:
        limits.append(limits[-1] * 4)
    return limits


def _tail(shared: Ints, expected: Floats) -> Floats:
    from scipy.stats import poisson

    return np.asarray(poisson.sf(shared - 1, expected), dtype=np.float64)


def chances(activity: Ints, accounts: Ints, popularity: Ints, items: Ints) -> Floats:
    """How likely an account of each activity has an item of each popularity, on average over lots.

    `accounts` have each `activity`, `items` each `popularity`. The likeliest model in which every
    account and every item keeps its count on average: odds are a product of the two (Saracco et al.
    2017, equations 5 and 6), found by going back and forth between them.
    """
    many = max(1.0, float(np.sqrt((activity * accounts).sum())))
    x, y = activity / many, popularity / many
    for _ in range(_ROUNDS):
        odds = 1 + np.outer(x, y)
        next_x = activity / (items * y / odds).sum(axis=1)
        odds = 1 + np.outer(next_x, y)
        next_y = popularity / ((accounts * next_x)[:, None] / odds).sum(axis=0)
        still = np.allclose(next_x, x, rtol=1e-6) and np.allclose(next_y, y, rtol=1e-6)
        x, y = next_x, next_y
        if still:
            break
    odds = np.outer(x, y)
    return np.asarray(odds / (1 + odds), dtype=np.float64)


def hourly_ties(rows: pd.DataFrame, total: int) -> Ties:
    """Tie pairs of accounts that post in the same minutes more often than their hours explain.

    `rows` has who and item, a minute (UTC). The null: in each clock hour, an account's posts fall
    on minutes drawn by lot, as often as that minute of the hour is used by everyone; so neither
    living in one time zone, nor an active day, nor programs that post on the hour tie anybody.
    Poisson's tail and the adjustment as in `shared_ties`.
    """
    import pandas as pd
    from scipy.sparse import csr_matrix

    who = rows["who"].to_numpy(np.int64)
    acting = len(np.unique(who))
    if acting < 2:
        return _none()
    item = pd.factorize(rows["item"])[0].astype(np.int64)
    hour = pd.factorize(rows["item"].dt.floor("h"))[0]
    usual = np.bincount(rows["item"].dt.minute, minlength=60) / len(rows)
    busy = csr_matrix((np.ones(len(who)), (who, hour)), shape=(total, int(hour.max()) + 1))
    left, right, shared = _common(who, item, total)
    expected = np.zeros(len(left))
    for start in range(0, len(left), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        both = busy[left[part]].multiply(busy[right[part]])
        expected[part] = np.asarray(both.sum(axis=1)).ravel() * float(usual @ usual)
    return _kept(left, right, shared, _tail(shared, expected), acting)


def _common(who: Ints, item: Ints, total: int) -> tuple[Ints, Ints, Ints]:
    """The pairs of accounts with enough items in common, and how many."""
    from scipy.sparse import coo_matrix, csr_matrix

    ones = np.ones(len(who), dtype=np.int64)
    table = csr_matrix((ones, (who, item)), shape=(total, int(item.max(initial=0)) + 1))
    both = coo_matrix(table.dot(table.T))
    enough = (both.data >= LEAST) & (both.row < both.col)
    order = np.lexsort((both.col[enough], both.row[enough]))
    found = (each[enough][order].astype(np.int64) for each in (both.row, both.col, both.data))
    left, right, shared = found
    return left, right, shared


def _kept(left: Ints, right: Ints, shared: Ints, p: Floats, acting: int) -> Ties:
    """The pairs that stand after the adjustment for all pairs of `acting` accounts."""
    if not len(left):
        return _none()
    tested = acting * (acting - 1) // 2
    ranked = np.sort(p)
    dependence = float(np.sum(1 / np.arange(1, tested + 1)))
    allowed = RATE * np.arange(1, len(p) + 1) / (tested * dependence)
    standing = np.flatnonzero(ranked <= allowed)
    kept = p <= ranked[standing[-1]] if len(standing) else np.zeros(len(p), dtype=bool)
    return Ties(np.stack([left[kept], right[kept]], axis=1), shared[kept], p[kept])


def _none() -> Ties:
    nobody = np.zeros(0, dtype=np.int64)
    return Ties(nobody.reshape(0, 2), nobody, np.zeros(0))
