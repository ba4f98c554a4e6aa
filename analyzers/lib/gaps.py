"""The gaps between successive posts of a group, beside those of as many ordinary posts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.rotation import Rotation, regularity
from analyzers.lib.stats import SEED

SAMPLES = 200
"""Samples of ordinary posts: their median settles within a few per cent."""

DRAWS = 2_000
"""Resamples for an interval, as in `analyzers.lib.stats.bootstrap`."""

FEWEST_GAPS = 5
"""With fewer gaps than this an interval would only repeat the smallest and the largest."""

BINS = 16
LONG = 50.0
"""Gaps whose longest is this many times the shortest are binned by ratio, not by difference."""

SHORTEST = 1 / 60
"""Minutes: a gap below one second is a second, the finest a platform writes."""


@dataclass(frozen=True, slots=True)
class Ends:
    """95 % intervals of the median gap (seconds) and of the gaps' coefficient of variation."""

    median: tuple[float, float]
    cv: tuple[float, float]


@dataclass(frozen=True)
class Ordinary:
    """What as many ordinary posts over the same span look like; gaps in seconds, all samples."""

    median_gap: float
    cv: float
    near_share: float
    distinct_share: float
    gaps: NDArray[np.float64]


def intervals(times: NDArray[np.float64], seed: int = SEED) -> Ends | None:
    """Bootstrap intervals over the gaps of `times` (seconds); `None` for fewer than five gaps."""
    gaps = np.sort(np.diff(np.sort(times)))
    if len(gaps) < FEWEST_GAPS:
        return None
    again = np.random.default_rng(seed).choice(gaps, size=(DRAWS, len(gaps)))
    means = np.maximum(again.mean(axis=1), 1e-9)
    medians = np.quantile(np.median(again, axis=1), [0.025, 0.975])
    cvs = np.quantile(again.std(axis=1) / means, [0.025, 0.975])
    return Ends((float(medians[0]), float(medians[1])), (float(cvs[0]), float(cvs[1])))


def thinned(
    times: NDArray[np.float64], accounts: NDArray[np.generic], size: int, seed: int = SEED
) -> Ordinary | None:
    """The rhythm of `size` posts drawn from ordinary ones, the middle of many such samples.

    More posts mean shorter gaps, so ordinary posts are compared in the cohort's number. `times` are
    seconds, sorted; `None` when there are fewer than `size` of them or `size` is below 3.
    """
    if size < 3 or len(times) < size:
        return None
    rng = np.random.default_rng(seed)
    found: list[Rotation] = []
    gaps: list[NDArray[np.float64]] = []
    for _ in range(SAMPLES):
        drawn = np.sort(rng.choice(len(times), size, replace=False))
        found.append(regularity(times[drawn], accounts[drawn]))
        gaps.append(np.diff(times[drawn]))
    return Ordinary(
        median_gap=float(np.median([each.median_gap for each in found])),
        cv=float(np.median([each.cv for each in found])),
        near_share=float(np.median([each.near_share for each in found])),
        distinct_share=float(np.median([each.distinct_share for each in found])),
        gaps=np.concatenate(gaps),
    )


def edges(minutes: NDArray[np.float64]) -> tuple[tuple[float, ...], bool]:
    """The ends of a histogram's bins for gaps in minutes, and whether they grow by ratio."""
    low = max(SHORTEST, float(minutes.min()))
    high = max(low * 1.001, float(minutes.max()))
    if high / low > LONG:
        return tuple(float(x) for x in np.geomspace(low, high, BINS + 1)), True
    return tuple(float(x) for x in np.linspace(0.0, high, BINS + 1)), False


def binned(minutes: NDArray[np.float64], ends: tuple[float, ...]) -> NDArray[np.float64]:
    """How many gaps fall in each bin; those beyond an end count in the bin at that end."""
    inside = np.clip(minutes, ends[0], ends[-1])
    return np.histogram(inside, bins=np.asarray(ends))[0].astype(np.float64)
