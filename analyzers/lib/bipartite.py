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

MOST_PAIRS = 4_000_000
"""Pairs of accounts looked at in one layer of a whole dump: about 200 MB and two seconds."""

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

    Pairs of `shared_pairs` are kept at a false discovery rate of 5 % among all pairs that did
    anything, under any dependence (Benjamini and Yekutieli 2001). Where only a few accounts do a
    kind of thing at all, and all do the same, the null allows it, so nobody is tied: the test is
    then too careful.
    """
    return kept_ties(shared_pairs(rows, total), rows["who"].nunique())


def shared_pairs(rows: pd.DataFrame, total: int, among: Ints | None = None) -> Ties:
    """Every pair of accounts that shares two items at least, and how likely chance gives as many.

    `rows` has who (place of the account, 0 to `total` - 1) and item, each pair once. The null: each
    account has as many items as it has and each item as many accounts, on average, and otherwise
    who has which is as good as drawn by lot. That is the bipartite configuration model (Saracco et
    al. 2017, "Inferring monopartite projections of bipartite networks", New Journal of Physics
    19); as an item that one account has can never be shared, each item's d accounts count as drawn
    without replacement, which takes off the factor (d - 1) / d. The number of items shared is a sum
    of many small chances, so its tail is Poisson's or lighter (Hoeffding 1956, Annals of
    Mathematical Statistics 27). Popular items would drown rare ones, so items of up to 4 accounts,
    16, 64 and so on are counted in turn, and the least p is multiplied by the number of such counts
    (Tumminello et al. 2011, PLoS ONE 6, split items by popularity likewise). Only pairs of the
    accounts `among` are looked at, if given; everybody's items count either way.
    """
    import pandas as pd

    who = rows["who"].to_numpy(np.int64)
    item = pd.factorize(rows["item"])[0].astype(np.int64)
    acting = len(np.unique(who))
    if acting < 2:
        return no_ties()
    activity, kind = np.unique(np.bincount(who, minlength=total), return_inverse=True)
    holders = np.bincount(item)
    popularity, often = np.unique(holders, return_counts=True)
    chance = chances(activity, np.bincount(kind), popularity, often)
    together = often * (popularity - 1) / popularity * acting / (acting - 1)
    asked = np.ones(len(who), dtype=bool) if among is None else np.isin(who, among)
    left, right, shared = common(who[asked], item[asked], total)
    keys, p = left * total + right, np.ones(len(left))
    limits = _limits(int(popularity.max()))
    for limit in limits:
        rare = asked & (holders[item] <= limit)
        one, other, count = common(who[rare], item[rare], total)
        expected = (chance * together * (popularity <= limit)) @ chance.T
        place = np.searchsorted(keys, one * total + other)
        p[place] = np.minimum(p[place], tail(count, expected[kind[one], kind[other]]))
    return as_ties(left, right, shared, np.minimum(p * len(limits), 1.0))


def affordable(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out the most popular items, where all together make more pairs than `MOST_PAIRS`.

    `rows` has who and item, each pair once. What so many accounts have is expected to be shared and
    ties nobody, but an item of 10,000 accounts makes 50 million pairs.
    """
    held = rows["item"].map(rows["item"].value_counts())
    each = held.drop_duplicates().sort_values()
    items = rows["item"].groupby(held).nunique().reindex(each).to_numpy()
    pairs = np.cumsum(items * each.to_numpy() * (each.to_numpy() - 1) / 2)
    if not len(pairs) or pairs[-1] <= MOST_PAIRS:
        return rows
    allowed = each.to_numpy()[pairs <= MOST_PAIRS]
    return rows[held <= (allowed.max() if len(allowed) else 1)]


def _limits(most: int) -> list[int]:
    """4, 16, 64 … accounts, up to the most popular item."""
    limits = [4]
    while limits[-1] < most:
        limits.append(limits[-1] * 4)
    return limits


def tail(shared: Ints, expected: Floats) -> Floats:
    """The chance of at least as many where so many are expected: Poisson's upper tail."""
    from scipy.special import pdtrc  # loads a tenth of what scipy.stats does

    above = pdtrc(np.maximum(shared - 1, 0), expected)
    return np.asarray(np.where(shared > 0, above, 1.0), dtype=np.float64)


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
        return no_ties()
    item = pd.factorize(rows["item"])[0].astype(np.int64)
    hour = pd.factorize(rows["item"].dt.floor("h"))[0]
    usual = np.bincount(rows["item"].dt.minute, minlength=60) / len(rows)
    busy = csr_matrix((np.ones(len(who)), (who, hour)), shape=(total, int(hour.max()) + 1))
    left, right, shared = common(who, item, total)
    expected = np.zeros(len(left))
    for start in range(0, len(left), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        both = busy[left[part]].multiply(busy[right[part]])
        expected[part] = np.asarray(both.sum(axis=1)).ravel() * float(usual @ usual)
    return kept_ties(as_ties(left, right, shared, tail(shared, expected)), acting)


def common(who: Ints, item: Ints, total: int) -> tuple[Ints, Ints, Ints]:
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


def as_ties(left: Ints, right: Ints, shared: Ints, p: Floats) -> Ties:
    """Pairs given as columns."""
    return Ties(np.stack([left, right], axis=1), shared, p)


def kept_ties(ties: Ties, acting: int) -> Ties:
    """The pairs that stand after the adjustment for all pairs of `acting` accounts."""
    tested = acting * (acting - 1) // 2
    kept = standing(ties.p, tested * _harmonic(tested))
    return Ties(ties.pairs[kept], ties.shared[kept], ties.p[kept])


def standing(p: Floats, tested: float) -> NDArray[np.bool_]:
    """Which of the least p-values of `tested` ones stand at a false discovery rate of 5 %.

    As if they were independent (Benjamini and Hochberg 1995); under any dependence with as many
    more `tested` as the harmonic number of them says (Benjamini and Yekutieli 2001).
    """
    ranked = np.sort(p)
    low = np.flatnonzero(ranked <= RATE * np.arange(1, len(ranked) + 1) / tested)
    return np.asarray(p <= ranked[low[-1]]) if len(low) else np.zeros(len(p), dtype=np.bool_)


def _harmonic(n: int) -> float:
    """1 + 1/2 + … + 1/n; beyond a million from its expansion, exact to 13 digits."""
    if n <= 1_000_000:
        return float(np.sum(1 / np.arange(1, n + 1)))
    return float(np.log(n) + np.euler_gamma + 1 / (2 * n))


def no_ties() -> Ties:
    """Nobody is tied."""
    nobody = np.zeros(0, dtype=np.int64)
    return Ties(nobody.reshape(0, 2), nobody, np.zeros(0))
