"""When members post: by turns, after a call, and only while they are awake."""

from __future__ import annotations

from random import Random

from analyzers.simulate.clock import DAY, HOUR
from analyzers.simulate.dials import Rhythm

WAKES, SLEEPS = 8, 23
"""Hours in France (UTC + 1) between which one pair of hands types."""


def turns(random: Random, rhythm: Rhythm, start: int, count: int, gap: float) -> list[int]:
    """`count` moments from `start`, `gap` seconds apart on average, in one of three rhythms."""
    second, moments = float(start), []
    left = random.randint(3, 6)
    for _ in range(count):
        moments.append(int(second))
        if rhythm == "roster":
            second += gap * max(random.gauss(1.0, 0.07), 0.5)
        elif rhythm == "drift":
            second += gap * (0.35 + random.expovariate(1 / 0.65))
        elif left:
            second += gap * random.uniform(0.25, 0.6)
            left -= 1
        else:
            second += gap * random.uniform(3.0, 5.0)
            left = random.randint(3, 6)
    return moments


def awake(moments: list[int]) -> list[int]:
    """The same moments with every night left out: what would fall into it waits until morning."""
    day = (SLEEPS - WAKES) * HOUR
    first = moments[0] - (moments[0] + HOUR) % DAY + WAKES * HOUR  # that day's hour of waking
    passed = max(moments[0] - first, 0)
    found = []
    for moment in moments:
        days, within = divmod(passed + moment - moments[0], day)
        found.append(first + days * DAY + within)
    return found


def after(random: Random, rhythm: Rhythm, start: int, until: int) -> int:
    """A moment after something set people going: fading, fading slowly, or at the next breaks."""
    while True:
        if rhythm == "roster":
            second = start + random.expovariate(1 / (9 * HOUR))
        elif rhythm == "drift":
            second = start + random.lognormvariate(0.6, 1.1) * HOUR
        else:
            second = start + random.randrange(3) * 6 * HOUR + random.expovariate(1 / HOUR)
        if second < until:
            return int(second) + 1


def boosts(rhythm: Rhythm, start: int) -> dict[tuple[int, int], float]:
    """How much more the crowd writes from `start` on, for `Clock`."""
    if rhythm == "roster":
        return {(start, start + 30 * HOUR): 4.0}
    if rhythm == "drift":
        return {(start + n * 8 * HOUR, start + (n + 1) * 8 * HOUR): 9.0 / 2**n for n in range(3)}
    return {(start + n * DAY, start + n * DAY + 8 * HOUR): 7.0 for n in range(2)}
