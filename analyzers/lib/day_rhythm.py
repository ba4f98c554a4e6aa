"""Whether an account sleeps, and whether its posts gather at one second or minute of the clock."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MINUTE = 60.0
HOUR = 3600.0
HOURS = 24

STRAY = 0.05
"""Share of an account's posts that may fall into its quiet hours: stray nights, journeys, summer
time. Posts spread evenly over the day leave one quiet hour."""


def quiet_hours(times: NDArray[np.float64]) -> int:
    """The longest stretch of the day, in whole hours, that holds at most 5 % of the posts.

    Sleep, for most people: seven to nine hours (Walch, Cochran and Forger 2016, "A global
    quantification of normal sleep schedules using smartphone data", Science Advances 2). Hours go
    round the clock, so that the time zone does not matter. `times` are seconds; 24 without posts.
    """
    counts = np.bincount((times // HOUR % HOURS).astype(np.int64), minlength=HOURS)
    ring = np.concatenate([[0], np.cumsum(np.tile(counts, 2))])
    most = STRAY * len(times)
    for length in range(HOURS, 0, -1):
        if (ring[length : length + HOURS] - ring[:HOURS] <= most).any():
            return length
    return 0


def gathered(times: NDArray[np.float64], period: float) -> float:
    """The p-value of posts gathering at one place of a period, such as second 0 of the minute.

    Rayleigh's test. The null: moments are even over the period. The p is Zar's approximation
    (Biostatistical Analysis, 5th ed. 2010, eq. 27.4), good for ten posts up; 1 below that.
    """
    count = len(times)
    if count < 10:
        return 1.0
    turns = times / period * 2 * np.pi
    length = float(np.hypot(np.cos(turns).sum(), np.sin(turns).sum()))
    root = 1 + 4 * count + 4 * (count * count - length * length)
    return float(min(1.0, np.exp(np.sqrt(root) - (1 + 2 * count))))


def whole_minutes(times: NDArray[np.float64]) -> bool:
    """Whether times were written without seconds, so that nothing can be said of seconds.

    Twenty posts with second 0 by chance: once in 60 to the power of 20.
    """
    return len(times) >= 20 and bool((times % MINUTE == 0).all())
