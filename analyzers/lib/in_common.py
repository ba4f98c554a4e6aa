"""How often two accounts of one side have something in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.stats import wilson


def pairs_in_common(has: NDArray[np.bool_]) -> tuple[float, float, float]:
    """The share of pairs of accounts with an item in common, and its 95 % interval.

    `has` is (accounts, items), at least two accounts. A pair is no independent draw, since each
    account stands in many: the interval leaves out whole accounts in turn (the jackknife of a
    U-statistic, Arvesen 1969) on the scale of the logit, whose ends stay within 0 and 1. Where all
    pairs are alike it is Wilson's over the accounts.
    """
    count = len(has)
    table = has.astype(np.float64)
    joined = (table @ table.T > 0) & ~np.eye(count, dtype=bool)
    each = joined.sum(axis=1)
    share = float(each.sum()) / (count * (count - 1))
    if count < 3 or share in (0.0, 1.0):
        low, high = wilson(round(share * count), count)
        return share, low, high
    without = (each.sum() - 2 * each) / ((count - 1) * (count - 2))
    error = float(np.sqrt((count - 1) / count * np.sum((without - without.mean()) ** 2)))
    middle, reach = np.log(share / (1 - share)), 1.96 * error / (share * (1 - share))
    low, high = (float(1 / (1 + np.exp(-(middle + side * reach)))) for side in (-1, 1))
    return share, low, high
