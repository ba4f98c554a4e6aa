"""When posts crowd together more than the hours and days of ordinary activity explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.stats import SEED, monte_carlo_p

HOUR = 3600.0
DAY = 24 * HOUR

WIDTHS = (
    # (longest span, bin): about a hundred bins, so that a bar is still seen on a phone
    (4 * DAY, HOUR),
    (30 * DAY, 6 * HOUR),
    (366 * DAY, DAY),
    (float("inf"), 7 * DAY),
)
DRAWS = 9_999
"""Shuffles: bursts describe beside the step's primary test, so p down to 0.0001 will do."""

LEVEL = 0.05
"""A stretch is a burst when fewer than this share of shuffles has any stretch as crowded."""

MOST = 5
"""Bursts named at most, the most crowded first."""

_CELLS = 2_000_000
_MONDAY = 4 * DAY  # 1 January 1970 was a Thursday


@dataclass(frozen=True, slots=True)
class Grid:
    """Equally wide bins from `start` (seconds since 1970, at midnight UTC), `count` of them."""

    start: float
    width: float
    count: int

    def bins(self, times: NDArray[np.float64]) -> NDArray[np.int64]:
        """The bin of each time."""
        return np.floor((times - self.start) / self.width).astype(np.int64)

    def counts(self, times: NDArray[np.float64]) -> NDArray[np.int64]:
        """How many times fall in each bin; those off the grid are left out."""
        bins = self.bins(times)
        return np.bincount(bins[(bins >= 0) & (bins < self.count)], minlength=self.count)


@dataclass(frozen=True, slots=True)
class Burst:
    """A crowded stretch: `since` to `until` (excluded), how many came, how many were expected."""

    since: float
    until: float
    count: int
    expected: float


@dataclass(frozen=True, slots=True)
class Bursts:
    """The bursts, most crowded first, and the one p of the search for them."""

    found: tuple[Burst, ...]
    p: float


def grid(first: float, last: float) -> Grid:
    """The bins for a span of time; their width follows from the span alone, never from the posts.

    An hour up to 4 days, six hours up to 30 days, a day up to a year, else a week.
    """
    width = next(width for longest, width in WIDTHS if last - first <= longest)
    start = np.floor(first / DAY) * DAY
    return Grid(float(start), width, int((last - start) // width) + 1)


def expected(
    bins: Grid, first: float, last: float, ordinary: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The share of posts that each bin should hold, by the weekday and hour of `ordinary` posts.

    Weekday and hour are taken as independent, so 31 numbers are learnt and not 168; one post is
    added to each so that a silent hour stays possible. Hours outside first to last count nothing.
    """
    hours = np.arange(bins.start, bins.start + bins.count * bins.width, HOUR)
    by_hour = 1.0 + np.bincount(_hour(ordinary), minlength=24)
    by_weekday = 1.0 + np.bincount(_weekday(ordinary), minlength=7)
    seen = np.clip((np.minimum(hours + HOUR, last) - np.maximum(hours, first)) / HOUR, 0.0, 1.0)
    # the span's own end hours count whole: a post stands at each of them
    seen[(hours <= first) & (first < hours + HOUR)] = 1.0
    seen[(hours <= last) & (last < hours + HOUR)] = 1.0
    weight = by_hour[_hour(hours)] * by_weekday[_weekday(hours)] * seen
    shares = np.bincount(bins.bins(hours), weights=weight, minlength=bins.count)
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def bursts(
    bins: Grid,
    counts: NDArray[np.int64],
    shares: NDArray[np.float64],
    draws: int = DRAWS,
    seed: int = SEED,
) -> Bursts:
    """The stretches in which more came than `shares` explain, with one p for the whole search.

    Windows of 1, 2, 4 … bins, up to half of the grid, are scored by the log-likelihood ratio of a
    Poisson scan (Kulldorff 1997, "A spatial scan statistic", Communications in Statistics 26(6)).
    The null: a Poisson process with this profile, given its total. Each draw of it is searched
    alike and its highest score kept, so that the search is paid for. p is 1 without counts.
    """
    total = int(counts.sum())
    if total < 2 or bins.count < 2:
        return Bursts((), 1.0)
    scanner = _Scanner.of(shares, total)
    scores = scanner.scores(counts[None, :])[0]
    highest = scanner.null(draws, seed)
    p = monte_carlo_p(float(scores.max()), highest)
    needed = float(np.quantile(highest, 1 - LEVEL))
    found: list[Burst] = []
    taken = np.zeros(bins.count, dtype=bool)
    for number in np.argsort(-scores, kind="stable"):
        if scores[number] <= needed or len(found) == MOST:
            break
        begin, end = scanner.windows[number]
        if not taken[begin:end].any():
            taken[begin:end] = True
            found.append(_trimmed(bins, counts, total * shares, int(begin), int(end)))
    return Bursts(_joined(found, bins, counts, total * shares), p)


@dataclass(frozen=True)
class _Scanner:
    """Scores all windows of many rows of counts at once, by tables of n · log n."""

    windows: NDArray[np.int64]
    mean: NDArray[np.float64]
    shares: NDArray[np.float64]
    total: int
    n_log_n: NDArray[np.float64]

    @classmethod
    def of(cls, shares: NDArray[np.float64], total: int) -> _Scanner:
        size = len(shares)
        widths = [2**power for power in range(size.bit_length()) if 2**power <= max(1, size // 2)]
        windows = np.array(
            [(begin, begin + width) for width in widths for begin in range(size - width + 1)],
            dtype=np.int64,
        )
        sums = np.concatenate([[0.0], np.cumsum(shares)])
        mean = np.clip(sums[windows[:, 1]] - sums[windows[:, 0]], 1e-12, 1 - 1e-12) * total
        n = np.arange(total + 1, dtype=np.float64)
        return cls(windows, mean, shares, total, n * np.log(np.maximum(n, 1.0)))

    def scores(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        sums = np.concatenate(
            [np.zeros((len(rows), 1), dtype=np.int64), np.cumsum(rows, axis=1)], axis=1
        )
        inside = sums[:, self.windows[:, 1]] - sums[:, self.windows[:, 0]]
        outside = self.total - inside
        ratio = self.n_log_n[inside] - inside * np.log(self.mean)
        ratio += self.n_log_n[outside] - outside * np.log(self.total - self.mean)
        return np.where(inside > self.mean, ratio, 0.0)

    def null(self, draws: int, seed: int) -> NDArray[np.float64]:
        rng = np.random.default_rng(seed)
        highest = np.empty(draws)
        block = max(1, _CELLS // len(self.windows))
        for begin in range(0, draws, block):
            size = min(block, draws - begin)
            rows = rng.multinomial(self.total, self.shares, size=size)
            highest[begin : begin + size] = self.scores(rows).max(axis=1)
        return highest


def _trimmed(
    bins: Grid, counts: NDArray[np.int64], means: NDArray[np.float64], begin: int, end: int
) -> Burst:
    """The stretch without empty bins at its ends."""
    filled = np.flatnonzero(counts[begin:end])
    begin, end = begin + int(filled[0]), begin + int(filled[-1]) + 1
    return Burst(
        since=bins.start + begin * bins.width,
        until=bins.start + end * bins.width,
        count=int(counts[begin:end].sum()),
        expected=float(means[begin:end].sum()),
    )


def _joined(
    found: Sequence[Burst], bins: Grid, counts: NDArray[np.int64], means: NDArray[np.float64]
) -> tuple[Burst, ...]:
    """Bursts that touch made one, the fullest first."""
    joined: list[Burst] = []
    for burst in sorted(found, key=lambda burst: burst.since):
        if joined and burst.since <= joined[-1].until:
            begin, end = bins.bins(np.array([joined[-1].since, burst.until]))
            joined[-1] = _trimmed(bins, counts, means, int(begin), int(end))
        else:
            joined.append(burst)
    return tuple(sorted(joined, key=lambda burst: (-burst.count, burst.since)))


def _hour(times: NDArray[np.float64]) -> NDArray[np.int64]:
    return (np.floor(times / HOUR) % 24).astype(np.int64)


def _weekday(times: NDArray[np.float64]) -> NDArray[np.int64]:
    return (np.floor((times - _MONDAY) / DAY) % 7).astype(np.int64)
