"""When people post: hours of the day in a time zone, days, and what happened that day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import accumulate
from random import Random

DAY = 86_400
HOUR = 3_600

FRANCE = (3, 2, 1, 1, 1, 2, 6, 13, 18, 17, 17, 18, 22, 21, 17, 16, 17, 20, 23, 25, 28, 29, 22, 11)
"""Relative activity by local hour: a trough at 4, peaks at noon and in the evening. The shape is
that of French political posts in general; only the trough and the two peaks matter here."""

SHIFTS = (6, 5, 4, 4, 4, 5, 7, 9, 11, 12, 12, 12, 11, 11, 12, 12, 11, 10, 10, 10, 10, 9, 8, 7)
"""A workplace that posts at most hours, quieter before dawn."""


def at(text: str) -> int:
    """Seconds since 1970 of an ISO time in UTC, such as `2019-02-08T06:00`."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


class Clock:
    """Draws times from a span by the hour's weight; `boosts` multiply whole spans of it."""

    def __init__(
        self,
        since: int,
        until: int,
        *,
        hours: tuple[int, ...] = FRANCE,
        offset: int = 1,
        boosts: Mapping[tuple[int, int], float] | None = None,
    ) -> None:
        self.since, self.until = since, until
        starts = range(since, until, HOUR)
        weights = [_weight(start, hours, offset, boosts or {}) for start in starts]
        self._cumulative = list(accumulate(weights))

    def draw(self, random: Random, since: int | None = None) -> int:
        """A second within the span, not before `since`."""
        low = 0.0
        if since is not None and since > self.since:
            bin_ = min((since - self.since) // HOUR, len(self._cumulative) - 1)
            low = self._cumulative[bin_ - 1] if bin_ else 0.0
        spot = low + random.random() * (self._cumulative[-1] - low)
        bin_ = min(bisect_right(self._cumulative, spot), len(self._cumulative) - 1)
        second = self.since + bin_ * HOUR + int(random.random() * HOUR)
        return max(min(second, self.until - 1), since or self.since)


@cache
def ordinary_clock(since: int, until: int) -> Clock:
    """The clock of a span in which nothing special happened; it holds no state, so it is kept."""
    return Clock(since, until)


def _weight(
    start: int, hours: tuple[int, ...], offset: int, boosts: Mapping[tuple[int, int], float]
) -> float:
    weight = float(hours[(start // HOUR + offset) % 24])
    for (since, until), factor in boosts.items():
        if since <= start < until:
            weight *= factor
    return weight
