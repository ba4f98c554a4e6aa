"""Runs of posts at one fixed gap, as a machine keeps it, and what the other gaps look like."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

SHORTEST = 20.0
"""Seconds: shorter gaps are threads and double posts, which anyone sends, and too short to tell
from one another when platforms write whole seconds."""

COARSE = 600.0
"""Seconds: the shortest gap of a run where times are whole minutes. A minute more or less is then a
tenth of the gap; below, brisk posting by hand looks like a clock."""

LONGEST = 6 * 3600.0
"""Seconds: a post at the same hour each day is a human habit."""

NEAR = 0.05
SLACK = 2.0
"""How far a gap of a run may lie from the run's middle: 5 % of it, or two seconds (a scheduler's
minute is written as 58 to 62 seconds). Gaps of unrelated posts fall that close to a given one 4 %
of the time at most, so seven gaps that close to each other start at about one post in fifty
million."""

FEWEST_GAPS = 5
"""A run has at least this many gaps, that is six posts."""


@dataclass(frozen=True, slots=True)
class Run:
    """Posts `first` to `last` (places in the order of time, both included) at one gap (seconds)."""

    first: int
    last: int
    gap: float

    @property
    def posts(self) -> int:
        return self.last - self.first + 1


def runs(times: NDArray[np.float64], shortest: float = SHORTEST) -> list[Run]:
    """The longest stretches of successive gaps that all lie close to one value, none overlapping.

    `times` are the sorted moments of one account's posts in seconds; gaps under `shortest` seconds
    are in no run. A post that comes between two of a run ends it, so that a run is never pieced
    together from chosen posts.
    """
    gaps = np.diff(times)
    found: list[Run] = []
    start = 0
    while start + FEWEST_GAPS <= len(gaps):
        end = _end(gaps, start, shortest)
        if end - start >= FEWEST_GAPS:
            found.append(Run(start, end, float(np.median(gaps[start:end]))))
            start = end
        else:
            start += 1
    return found


def _end(gaps: NDArray[np.float64], start: int, shortest: float) -> int:
    """Where the stretch of like gaps that begins at `start` ends (excluded)."""
    low = high = float(gaps[start])
    end = start
    while end < len(gaps):
        low, high = min(low, float(gaps[end])), max(high, float(gaps[end]))
        middle = (low + high) / 2
        if low < shortest or high > LONGEST or high - middle > max(SLACK, NEAR * middle):
            break
        end += 1
    return end


def outside(times: NDArray[np.float64], found: list[Run]) -> NDArray[np.bool_]:
    """For each post, whether it stands outside every run."""
    free = np.ones(len(times), dtype=np.bool_)
    for run in found:
        free[run.first : run.last + 1] = False
    return free


def spread(times: NDArray[np.float64]) -> float:
    """The standard deviation of the logarithm of the gaps, those under a second taken as one.

    Posts that know nothing of each other have 1.28 (the logarithm of an exponential time); people,
    who post in bursts, more (Barabási 2005, "The origin of bursts and heavy tails in human
    dynamics", Nature 435). 0 for fewer than three posts.
    """
    if len(times) < 3:
        return 0.0
    return float(np.log(np.maximum(np.diff(times), 1.0)).std())


def clumped(times: NDArray[np.float64]) -> float:
    """The p-value of short gaps coming together, as when stretches of two rhythms take turns.

    The runs test (Wald and Wolfowitz 1940, "On a test whether two samples are from the same
    population", Annals of Mathematical Statistics 11), one-sided, by its normal approximation with
    a correction for continuity: good for ten gaps on either side of the median, and 1 below that.
    The null: gaps shorter and longer than the account's median come in random order. `times` are
    the sorted moments of one account's posts in seconds.
    """
    gaps = np.diff(times)
    if len(gaps) < 2:
        return 1.0
    middle = float(np.median(gaps))
    longer = gaps[gaps != middle] > middle
    count, above = len(longer), int(longer.sum())
    below = count - above
    if min(above, below) < 10:
        return 1.0
    turns = 1 + int(np.count_nonzero(longer[1:] != longer[:-1]))
    pairs = 2.0 * above * below
    usual = pairs / count + 1
    error = sqrt(pairs * (pairs - count) / (count * count * (count - 1.0)))
    return NormalDist().cdf((turns + 0.5 - usual) / error)
