"""Cross-account rotation: whether posts follow one another at regular gaps, whoever sends them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEAR = 1.5
"""A gap within this factor of the median gap counts as regular. Exponential gaps (posts that know
nothing of each other) fall there 28 % of the time, a rotation of one an hour ± 15 minutes nearly
always; a night's pause spoils one gap, where it would ruin the coefficient of variation."""

FEWEST = 8
"""Fewest posts worth testing: with seven gaps all regular the chance is about 0.28 ** 7."""

DRAWS = 999
"""Draws of the null, so that the smallest p-value is 0.001."""

HOUR = 3600.0
DAY = 24


@dataclass(frozen=True, slots=True)
class Rotation:
    """How regular a series of posts is; all zero for fewer than 2 posts.

    `median_gap` in seconds; `cv` the coefficient of variation of the gaps (1 for unrelated posts, 0
    for a clock); `near_share` the share of gaps within a factor of 1.5 of the median;
    `distinct_share` that of gaps between two accounts (1 when accounts are not given).
    """

    posts: int
    median_gap: float
    cv: float
    near_share: float
    distinct_share: float


def regularity(times: NDArray[np.float64], accounts: NDArray[np.generic] | None = None) -> Rotation:
    """Describe the gaps between successive posts, whoever sent them.

    `times` are seconds in any order; `accounts`, when given, are labels in the same order.
    """
    order = np.argsort(times, kind="stable")
    ordered = np.asarray(times, dtype=np.float64)[order]
    if len(ordered) < 2:
        return Rotation(len(ordered), 0.0, 0.0, 0.0, 0.0)
    gaps = np.diff(ordered)
    mean = float(gaps.mean())
    distinct = 1.0
    if accounts is not None:
        senders = np.asarray(accounts)[order]
        distinct = float(np.mean(senders[1:] != senders[:-1]))
    return Rotation(
        posts=len(ordered),
        median_gap=float(np.median(gaps)),
        cv=float(gaps.std() / mean) if mean > 0 else 0.0,
        near_share=float(_near_share(ordered[None, :])[0]),
        distinct_share=distinct,
    )


def rotation_test(
    times: NDArray[np.float64], pool: NDArray[np.float64], draws: int = DRAWS, seed: int = 20190211
) -> float:
    """The p-value of gaps this regular if the posts knew nothing of each other.

    Null: as many posts, independent of each other, over the same span, at times of day drawn from
    `pool` (seconds since 1970, UTC, of ordinary posts on the same subject; an even day when empty).
    That is an inhomogeneous Poisson process given its count. Statistic: the share of gaps within a
    factor of 1.5 of the median gap, so that a pause at night does not hide a rotation. One-sided,
    (1 + draws as regular) / (1 + draws); 1 for fewer than 8 posts.
    """
    ordered = np.sort(np.asarray(times, dtype=np.float64))
    if len(ordered) < FEWEST or ordered[-1] <= ordered[0]:
        return 1.0
    observed = float(_near_share(ordered[None, :])[0])
    null = _near_share(_draw(ordered, np.sort(pool), draws, np.random.default_rng(seed)))
    return float((1 + np.count_nonzero(null >= observed - 1e-12)) / (1 + draws))


def _near_share(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of gaps near the median gap in each row of sorted times; 0 for a median of 0."""
    gaps = np.diff(times, axis=1)
    middle = np.median(gaps, axis=1, keepdims=True)
    near = (gaps >= middle / NEAR) & (gaps <= middle * NEAR) & (middle > 0)
    share: NDArray[np.float64] = near.mean(axis=1)
    return share


def _draw(
    times: NDArray[np.float64],
    pool: NDArray[np.float64],
    draws: int,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Sorted rows of independent times over the span of `times`, by the pool's time of day."""
    first, last = float(times[0]), float(times[-1])
    edges = np.append(np.arange(first, last, HOUR), last)
    hours = (np.floor(edges[:-1] / HOUR) % DAY).astype(np.int64)
    # One is added to every hour so that an hour in which the pool is silent stays possible.
    profile = 1.0 + np.bincount((np.floor(pool / HOUR) % DAY).astype(np.int64), minlength=DAY)
    weight = profile[hours] * np.diff(edges)
    cells = rng.choice(len(hours), size=(draws, len(times)), p=weight / weight.sum())
    width = np.diff(edges)[cells]
    return np.sort(edges[:-1][cells] + rng.random(cells.shape) * width, axis=1)
