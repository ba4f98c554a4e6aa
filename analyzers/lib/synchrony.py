"""Which accounts act at the same moments more often than the crowd around them explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzers.lib.bipartite import LEAST, Ints, Ties, as_ties, common, no_ties, tail

if TYPE_CHECKING:
    import pandas as pd

WINDOWS = (10, 60, 600, 3600)
"""Seconds within which two reposts of one post are quick: all are looked at, and the least p is
multiplied by their number. One fixed window decides recall more than anything else does (for the
same pairs 2 % at a minute and 72 % at an hour), and none suits people and programs alike."""

CALM = 60.0
"""Posts that the usual spread over the minutes of an hour counts for, beside the hour's own: in an
hour with fewer posts the usual decides, in a busy one what its crowd did."""

CROWD = 10.0
"""Pairs that the usual pace counts for, beside those of the item itself."""


def synchronous_pairs(rows: pd.DataFrame, total: int) -> Ties:
    """Every pair of accounts that acts in the same minute twice at least, and how likely that is.

    `rows` has who (0 to `total` - 1) and item, a minute (UTC), each pair once. The null: in each
    clock hour an account's posts fall on minutes drawn by lot from those of everybody who posted in
    that hour, and from the minutes usual in any hour while the hour is calm (`CALM`). So neither
    one time zone, nor programs that post on the hour, nor a goal that everyone cheers in the same
    minute ties anybody. Poisson's tail.
    """
    import pandas as pd
    from scipy.sparse import csr_matrix

    who = rows["who"].to_numpy(np.int64)
    item = pd.factorize(rows["item"])[0].astype(np.int64)
    left, right, shared = common(who, item, total)
    if not len(left):
        return no_ties()
    hour = pd.factorize(rows["item"].dt.floor("h"))[0]
    minute = rows["item"].dt.minute.to_numpy()
    hours = int(hour.max()) + 1
    crowd = np.zeros((hours, 60))
    np.add.at(crowd, (hour, minute), 1.0)
    usual = np.bincount(minute, minlength=60) / len(rows)
    spread = (crowd + CALM * usual) / (crowd.sum(axis=1, keepdims=True) + CALM)
    meeting = (spread**2).sum(axis=1)
    busy = csr_matrix((np.ones(len(who)), (who, hour)), shape=(total, hours))
    both = busy[left].multiply(busy[right])
    return as_ties(left, right, shared, tail(shared, np.asarray(both @ meeting).ravel()))


def quick_pairs(rows: pd.DataFrame, total: int) -> Ties:
    """Every pair that shares items closer in time than others who share them, and how likely it is.

    `rows` has who, item and at (UTC), each account and item once. The null: of everyone who shares
    an item, any two are as close in time as any other two; the pace of each item is its own, drawn
    towards that of all items (`CROWD`). So what spreads fast ties nobody, and an item that only a
    group shares says nothing of its pace. Four windows are looked at (`WINDOWS`).
    """
    who, at, item = _pairs(rows)
    if not len(item):
        return no_ties()
    gap = np.abs(at[:, 0] - at[:, 1])
    key = who[:, 0] * total + who[:, 1]
    pairs, place = np.unique(key, return_inverse=True)
    each = np.bincount(item)
    shared, p = np.zeros(len(pairs), dtype=np.int64), np.ones(len(pairs))
    for window in WINDOWS:
        quick = gap <= window
        usual = quick.mean()
        rate = (np.bincount(item, weights=quick) + CROWD * usual) / (each + CROWD)
        seen = np.bincount(place, weights=quick).astype(np.int64)
        chance = tail(seen, np.bincount(place, weights=rate[item]).astype(np.float64))
        better = (chance < p) & (seen >= LEAST)
        shared[better], p[better] = seen[better], chance[better]
    p = np.minimum(p * len(WINDOWS), 1.0)
    enough = shared >= LEAST
    return as_ties(pairs[enough] // total, pairs[enough] % total, shared[enough], p[enough])


def _pairs(rows: pd.DataFrame) -> tuple[Ints, Ints, Ints]:
    """Every two accounts that share an item: who (the lower first), when (s), and which item."""
    import pandas as pd

    table = pd.DataFrame(
        {
            "item": pd.factorize(rows["item"])[0],
            "who": rows["who"].to_numpy(np.int64),
            "at": rows["at"].astype("datetime64[s, UTC]").astype("int64").to_numpy(),
        }
    )
    both = table.merge(table, on="item", suffixes=("", "_other"))
    both = both[both["who"] < both["who_other"]]
    return (
        both[["who", "who_other"]].to_numpy(np.int64),
        both[["at", "at_other"]].to_numpy(np.int64),
        both["item"].to_numpy(np.int64),
    )
