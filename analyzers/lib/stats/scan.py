"""Whether dates crowd into one stretch of time more than chance would have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.stats.permutation import SEED, monte_carlo_p

DRAWS = 9_999
"""Shuffles: a scan is a second look beside a step's primary test, so p down to 0.0001 will do."""

_CELLS = 200_000  # dates drawn at once: a few megabytes


@dataclass(frozen=True, slots=True)
class Scan:
    """The stretch that holds most dates: how many, where it starts, and how rare that is.

    `usual` is the largest number in a stretch among as many of all dates, on average; `None` when
    there is nothing to compare with.
    """

    count: int
    start: float
    p: float
    usual: float | None = None


def densest_window(dates: Sequence[float] | NDArray[np.float64], width: float) -> tuple[int, float]:
    """The largest number of dates within `width` of each other, and the earliest such start.

    NaN stands for a date too old to be known and is in no window. (0, nan) without dates.
    """
    known = np.sort(np.asarray(dates, dtype=np.float64))
    known = known[~np.isnan(known)]
    if not len(known):
        return (0, float("nan"))
    counts = np.searchsorted(known, known + width, side="left") - np.arange(len(known))
    best = int(np.argmax(counts))
    return (int(counts[best]), float(known[best]))


def scan(
    dates: Sequence[float],
    others: Sequence[float],
    width: float,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Scan:
    """The scan statistic of `dates` (any unit) against the dates of other accounts.

    The window of fixed `width` that holds most dates is searched again in every shuffle, so the
    search is paid for (Naus 1965, JASA 60; Wallenstein and Neff 1987). The null: dates belong to
    accounts of both sides, and which of them are the group is as good as drawn by lot; ordinary
    waves of new accounts are thus allowed for. NaN stands for a date too old to be known. p is 1
    when either side is empty.
    """
    count, start = densest_window(dates, width)
    if not len(dates) or not len(others):
        return Scan(count, start, 1.0)
    pool = np.sort(np.array([*dates, *others], dtype=np.float64))
    rng = np.random.default_rng(seed)
    shuffled = np.empty(draws)
    block = max(1, _CELLS // len(dates))
    for first in range(0, draws, block):
        drawn = np.stack(
            [
                rng.choice(len(pool), len(dates), replace=False, shuffle=False)
                for _ in range(min(block, draws - first))
            ]
        )
        shuffled[first : first + len(drawn)] = _densest(pool, drawn, width)
    return Scan(count, start, monte_carlo_p(count, shuffled), float(shuffled.mean()))


def _densest(
    pool: NDArray[np.float64], drawn: NDArray[np.int64], width: float
) -> NDArray[np.int64]:
    """The number of dates in the densest window of each draw, a row of places in the sorted pool.

    All draws are searched at once, one behind the other: places are numbers that do not round.
    """
    known = int(np.count_nonzero(~np.isnan(pool)))
    beyond = np.searchsorted(pool[:known], pool + width, side="left")
    drawn = np.sort(drawn, axis=1)
    row = np.arange(len(drawn))[:, None] * (len(pool) + 1)
    ends = np.searchsorted((row + drawn).ravel(), row + beyond[drawn], side="left")
    counts = ends - np.arange(drawn.size).reshape(drawn.shape)
    return np.asarray(np.where(drawn < known, counts, 0).max(axis=1))
