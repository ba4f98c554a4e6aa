"""How sure a share of few items is, and whether two shares differ by more than chance."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def wilson(k: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """The interval of a share of `k` items out of `n`; (0, 1) when there are none.

    The score interval, which stays honest for few items and for shares of 0 and 1 (Wilson 1927,
    JASA 22; recommended for small n by Brown, Cai and DasGupta 2001, Statistical Science 16). `k`
    may be a sum of `n` numbers between 0 and 1: they vary no more than noughts and ones of the same
    mean, so the interval is then, if anything, too wide.

    >>> [round(end, 2) for end in wilson(7, 20)]
    [0.18, 0.57]
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is not a share")
    if n == 0:
        return (0.0, 1.0)
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = k / n
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    centre = share + z * z / (2 * n)
    scale = 1 + z * z / n
    low = 0.0 if k == 0 else (centre - spread) / scale
    high = 1.0 if k == n else (centre + spread) / scale
    return (low, high)


def excess(k: int, n: int, other_k: int, other_n: int) -> float:
    """Fisher's exact one-sided p that a share of `k` of `n` is not above `other_k` of `other_n`.

    The null: whichever `n` of all the items had been taken, each was as likely to count. 1 when
    either side is empty.

    >>> round(excess(7, 20, 12, 60), 3)
    0.145
    """
    if not n or not other_n:
        return 1.0
    from scipy.stats import hypergeom

    return min(1.0, float(hypergeom.sf(k - 1, n + other_n, k + other_k, n)))


def shortfall(k: int, n: int, other_k: int, other_n: int) -> float:
    """Fisher's exact one-sided p that a share of `k` of `n` is not below `other_k` of `other_n`."""
    return excess(n - k, n, other_n - other_k, other_n)


def binomial_tail(k: int, n: int, base: float) -> float:
    """The chance of at least `k` of `n` when each counts with probability `base`.

    >>> round(binomial_tail(7, 20, 0.2), 3)
    0.087
    """
    from scipy.stats import binom

    return min(1.0, float(binom.sf(k - 1, n, base)))
