"""How each account spaces its posts: regular runs, nights, and moments of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.day_rhythm import HOUR, MINUTE, gathered, quiet_hours
from analyzers.lib.measures import Count
from analyzers.lib.runs import COARSE, SHORTEST, Run, clumped, outside, runs, spread

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 20
"""Own posts that an account needs to be judged: two runs of eight and some others."""

NIGHTLY = 100
"""Posts that an account needs before its nights are judged: with fewer, the 5 % of them that a
night may hold are under five posts."""

LOOSE = 1.0
"""A spread of log-gaps from which posts look like a person's: unrelated posts have 1.28, people
more, a schedule with jitter of a third has 0.3."""

UNEVEN = 0.01
"""The p-value under which an account's posts gather at one place of the clock, or its short gaps
come together: one account in a hundred would by chance."""


@dataclass(frozen=True)
class Habits:
    """One account: its own posts' ids and moments (seconds, sorted), its runs and its quiet hours.

    `runs` are stretches at one fixed gap of at least six posts, `long` those of at least the posts
    that the question asks for. `quiet` is `None` when the account has too few posts to tell.
    `second_p` and `minute_p` are the p-values that its posts gather at one second of the minute and
    one minute of the hour; the posts of a run count once. `spread` is the standard deviation of the
    logarithm of its gaps, `clumped_p` the p-value that its short gaps come together. `human` says
    that at least twenty posts outside of runs come as irregularly as a person's.
    """

    account_id: str
    posts: tuple[str, ...]
    times: NDArray[np.float64]
    runs: tuple[Run, ...]
    long: tuple[Run, ...]
    quiet: int | None
    second_p: float
    minute_p: float
    spread: float
    clumped_p: float
    human: bool

    @property
    def longest(self) -> Run | None:
        """The run of most posts, the first of them."""
        return max(self.runs, key=lambda run: (run.posts, -run.first), default=None)

    @property
    def in_runs(self) -> float:
        """The share of own posts that stand in long runs."""
        return sum(run.posts for run in self.long) / len(self.times)


def habits(posts: pd.DataFrame, run_posts: int, coarse: bool = False) -> list[Habits]:
    """The habits of each account with at least twenty own posts, by account id.

    `posts` has post_id, account_id, at (seconds), organic and reply_to_account, in the order of
    time. Reposts count for the nights only; replies to oneself are threads and left out of runs.
    `coarse` says that times are whole minutes.
    """
    shortest = COARSE if coarse else SHORTEST
    found = []
    for account_id, rows in posts.groupby("account_id", sort=True):
        threads = rows["reply_to_account"].eq(str(account_id)).fillna(False).astype(bool)
        own = rows[rows["organic"].astype(bool) & ~threads]
        if len(own) >= FEWEST:
            found.append(_habits(str(account_id), own, rows["at"].to_numpy(), run_posts, shortest))
    return found


def _habits(
    account_id: str,
    own: pd.DataFrame,
    everything: NDArray[np.float64],
    run_posts: int,
    shortest: float,
) -> Habits:
    times = own["at"].to_numpy(dtype=np.float64)
    all_runs = runs(times, shortest)
    long = tuple(run for run in all_runs if run.posts >= run_posts)
    free = outside(times, all_runs)
    once = free.copy()
    once[[run.first for run in all_runs]] = True
    return Habits(
        account_id=account_id,
        posts=tuple(own["post_id"]),
        times=times,
        runs=tuple(all_runs),
        long=long,
        quiet=quiet_hours(everything) if len(everything) >= NIGHTLY else None,
        second_p=gathered(times[once], MINUTE),
        minute_p=gathered(times[once], HOUR),
        spread=spread(times),
        clumped_p=clumped(times),
        human=int(free.sum()) >= FEWEST and spread(times[free]) >= LOOSE,
    )


def with_run(side: list[Habits]) -> Count:
    """How many accounts have a long run."""
    return sum(bool(one.long) for one in side), len(side)


def mixed(side: list[Habits]) -> Count:
    """How many have a long run and, beside their runs, posts as irregular as a person's."""
    return sum(bool(one.long) and one.human for one in side), len(side)


def sleepless(side: list[Habits], hours: int) -> Count:
    """How many never pause for `hours` of the day, among those with posts enough to tell."""
    known = [one.quiet for one in side if one.quiet is not None]
    return sum(quiet < hours for quiet in known), len(known)


def in_stretches(side: list[Habits]) -> Count:
    """How many have stretches of short gaps, whoever or whatever posts them."""
    return sum(one.clumped_p <= UNEVEN for one in side), len(side)


def at_one_second(side: list[Habits]) -> Count:
    """How many gather at one second of the minute."""
    return sum(one.second_p <= UNEVEN for one in side), len(side)


def at_one_minute(side: list[Habits]) -> Count:
    """How many gather at one minute of the hour."""
    return sum(one.minute_p <= UNEVEN for one in side), len(side)
