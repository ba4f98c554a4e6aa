"""What machines do to the times of posts: one second of the minute, and several at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.measures import Count

FEWEST = 5
"""Posts below which the commonest second says nothing: of four, two often share one of sixty."""

AT_ONCE = 10.0
"""Seconds within which two accounts post at once: nobody logs out, logs in and types in less."""

SAMPLES = 200
"""Samples of as many ordinary posts: their mean settles within a point or two."""

QUIET = 6
"""Hours of the night: the six in a row in which ordinary people post least, whatever their zone."""

_HOUR, _DAY = 3600.0, 86_400.0


@dataclass(frozen=True, slots=True)
class Clockwork:
    """Of a group's posts: those in the commonest second of the minute, and those at once.

    Beside each the share among as many ordinary posts, on average; `None` without enough of them.
    """

    one_second: Count
    at_once: Count
    usual_second: float | None
    usual_at_once: float | None


def clockwork(
    times: NDArray[np.float64],
    accounts: NDArray[np.str_],
    pool: NDArray[np.float64],
    pool_accounts: NDArray[np.str_],
    seed: int,
) -> Clockwork | None:
    """Count posts at one second of the minute and at once, against as many ordinary ones.

    `times` are seconds since 1970 in order, `pool` those of ordinary posts in order. `None` with
    fewer than five posts, or where times come to the minute only and hide their seconds.
    """
    if len(times) < FEWEST or _to_the_minute(times):
        return None
    usual_second = usual_at_once = None
    if len(pool) >= len(times) and not _to_the_minute(pool):
        rng = np.random.default_rng(seed)
        drawn = [
            np.sort(rng.choice(len(pool), size=len(times), replace=False)) for _ in range(SAMPLES)
        ]
        usual_second = float(np.mean([_one_second(pool[each]) for each in drawn])) / len(times)
        usual_at_once = float(
            np.mean([_at_once(pool[each], pool_accounts[each]) for each in drawn])
        ) / len(times)
    return Clockwork(
        (_one_second(times), len(times)),
        (_at_once(times, accounts), len(times)),
        usual_second,
        usual_at_once,
    )


def _to_the_minute(times: NDArray[np.float64]) -> bool:
    return isclose(float(np.abs(times % 60).max(initial=0.0)), 0.0)


def _one_second(times: NDArray[np.float64]) -> int:
    return int(np.bincount((times % 60).astype(np.int64), minlength=60).max())


def _at_once(times: NDArray[np.float64], accounts: NDArray[np.str_]) -> int:
    """Posts within ten seconds of another account's post."""
    close = (np.diff(times) <= AT_ONCE) & (accounts[1:] != accounts[:-1])
    return int((np.append(close, False) | np.insert(close, 0, False)).sum())


def night_posts(times: NDArray[np.float64], pool: NDArray[np.float64]) -> tuple[Count, Count]:
    """Posts within the hours in which ordinary posts are fewest: of these, and of the ordinary.

    Both arrays are seconds since 1970 (UTC). With no ordinary posts no hours are known and nothing
    is counted.
    """
    if not len(pool):
        return (0, 0), (0, 0)
    hours = np.bincount((pool % _DAY // _HOUR).astype(np.int64), minlength=24)
    around = np.concatenate([hours, hours[: QUIET - 1]])
    start = int(np.argmin(np.convolve(around, np.ones(QUIET, dtype=np.int64), "valid")))
    night = {(start + step) % 24 for step in range(QUIET)}

    def within(moments: NDArray[np.float64]) -> Count:
        return int(np.isin(moments % _DAY // _HOUR, list(night)).sum()), len(moments)

    return within(times), within(pool)
