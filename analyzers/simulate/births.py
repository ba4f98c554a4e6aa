"""When the accounts of a group were made: over years, in one go, or two by two."""

from __future__ import annotations

from random import Random

from analyzers.simulate.clock import DAY, HOUR, at
from analyzers.simulate.dials import Ages

_OPENED = at("2009-04-01T08:00")
_LAST = at("2019-02-03T20:00")
"""Nobody is made later, so that every account exists before the earliest strike."""


def over_years(random: Random, ages: Ages, count: int) -> list[int]:
    """A pool that grew for years: a third of it lately, evenly, or most of it lately."""
    recent = {"waves": 0.35, "steady": 0.0, "newcomers": 0.7}[ages]
    lately = _LAST - 40 * DAY
    return sorted(
        int(random.uniform(lately if random.random() < recent else _OPENED, _LAST))
        for _ in range(count)
    )


def in_one_go(random: Random, ages: Ages, count: int) -> list[int]:
    """A batch: within a day, in two halves months apart, or one after another over two weeks."""
    start = random.uniform(_LAST - 90 * DAY, _LAST - 20 * DAY)
    if ages == "steady":
        return sorted(int(start + random.uniform(0, 10 * HOUR)) for _ in range(count))
    if ages == "waves":
        return sorted(
            int(start - number % 2 * 60 * DAY + random.uniform(0, 2 * DAY))
            for number in range(count)
        )
    return [
        int(start + number * 14 * DAY / count + random.uniform(0, HOUR)) for number in range(count)
    ]


def two_by_two(random: Random, ages: Ages, count: int) -> list[int]:
    """Pairs made minutes to hours apart: over a year, over three, or in the last two months."""
    days = {"waves": 365, "steady": 3 * 365, "newcomers": 60}[ages]
    found: list[int] = []
    while len(found) < count:
        first = int(random.uniform(_LAST - days * DAY, _LAST - DAY))
        found += [first, first + int(random.uniform(240, 3 * HOUR))]
    return sorted(found[:count])
