"""How sure the median of a few numbers is."""

from __future__ import annotations

from collections.abc import Sequence

FEWEST = 6
"""With five numbers even the smallest and the largest enclose the median only 94 % of the time."""


def median_interval(values: Sequence[float]) -> tuple[float | None, float | None]:
    """The 95 % interval of a median, between two of the sorted values; (None, None) below six.

    Exact whatever the distribution (Conover 1999, Practical Nonparametric Statistics, 3rd ed.,
    section 3.2): each value lies under the median with probability one half.

    >>> median_interval([1, 2, 3, 4, 5, 6, 7, 8])
    (1, 8)
    """
    count = len(values)
    if count < FEWEST:
        return None, None
    from scipy.stats import binom

    ordered = sorted(values)
    below = int(binom.ppf(0.025, count, 0.5))
    if binom.cdf(below, count, 0.5) > 0.025:
        below -= 1
    return ordered[below], ordered[count - 1 - below]
