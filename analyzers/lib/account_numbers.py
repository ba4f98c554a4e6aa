"""What can be counted of one account, and what ordinary accounts show of the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from analyzers.lib.attack_times import seconds
from analyzers.lib.day_rhythm import quiet_hours
from analyzers.lib.drift import Vocabulary, vocabularies
from analyzers.lib.language_mix import UNDETERMINED
from analyzers.lib.measures import HANDFUL
from analyzers.lib.posting_habits import NIGHTLY

if TYPE_CHECKING:
    import pandas as pd

Name: TypeAlias = Literal[
    "posts",
    "age",
    "reposts",
    "pause",
    "silence",
    "silence_before",
    "quiet_hours",
    "main_language",
    "addressing",
    "addressed",
    "moved",
]
"""What is counted, in the order of the sheet."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The quartiles of a number over `n` ordinary accounts."""

    n: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Number:
    """One number of an account: its value, the items it rests on, and what is usual.

    `posts` and `addressed` (accounts) are counts; `age` is in days at the attack; `reposts`,
    `main_language` and `addressing` are shares of posts; `pause` (the median), `silence` (the
    longest) and `silence_before` (right before the first post about the target) are in seconds;
    `quiet_hours` in hours; `moved` is the change of words in bits. `usual` is `None` where fewer
    than five ordinary accounts can be counted.
    """

    name: Name
    value: float
    of: int
    usual: Usual | None = None


Counted: TypeAlias = dict[Name, tuple[float, int]]
"""An account's values, each with the number of items it rests on; what cannot be told is left out.
"""


def counted(
    posts: pd.DataFrame, created: datetime | None, attack: datetime | None, moved: float | None
) -> Counted:
    """Count what one account's posts show.

    `posts` are its dated rows, sorted by time, with created_at, organic, on_target, category and
    addressees (keys of others). `attack` is when the attack began; `moved` how far its words moved.
    """
    found: Counted = {}
    if created is not None and attack is not None:
        found["age"] = max(0.0, (attack - created).total_seconds() / 86_400), 1
    if posts.empty:
        return found
    own = posts["organic"].astype(bool)
    found["posts"] = float(len(posts)), 1
    found["reposts"] = float((~own).mean()), len(posts)
    times = seconds(posts["created_at"])
    gaps = np.diff(times)
    if len(gaps):
        found["pause"] = float(np.median(gaps)), len(gaps)
        found["silence"] = float(gaps.max()), len(gaps)
    target = posts["on_target"].to_numpy(dtype=bool)
    if target.any() and not target[0]:
        first = times[target][0]
        found["silence_before"] = float(first - times[times < first].max(initial=times[0])), 1
    if len(times) >= NIGHTLY:
        found["quiet_hours"] = float(quiet_hours(times)), len(times)
    spoken = posts.loc[own & (posts["category"] != UNDETERMINED), "category"]
    if len(spoken):
        found["main_language"] = float(spoken.value_counts().iloc[0]) / len(spoken), len(spoken)
    if own.any():
        said = [set(keys) for keys in posts.loc[own, "addressees"]]
        found["addressing"] = sum(map(bool, said)) / len(said), len(said)
        found["addressed"] = float(len(set().union(*said))), len(said)
    if moved is not None:
        found["moved"] = moved, 1
    return found


def usual_of(many: Sequence[Counted]) -> dict[Name, Usual]:
    """The quartiles of every number that at least five of these accounts have."""
    found: dict[Name, Usual] = {}
    for name in dict.fromkeys(name for one in many for name in one):
        values = [one[name][0] for one in many if name in one]
        if len(values) >= HANDFUL:
            low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
            found[name] = Usual(len(values), float(low), float(middle), float(high))
    return found


def numbers(mine: Counted, usual: Mapping[Name, Usual]) -> tuple[Number, ...]:
    """An account's numbers with what is usual beside each."""
    return tuple(Number(name, value, of, usual.get(name)) for name, (value, of) in mine.items())


def shifts(posts: pd.DataFrame, since: datetime | None) -> dict[str, Vocabulary]:
    """Each account's words before and since a moment, as the step topic_shift reads them.

    `posts` are organic, away from the target, in the order of time, with account_id, created_at,
    category and normal. Accounts with too few words on one side have no entry.
    """
    if since is None:
        return {}
    return {one.account: one for one in vocabularies(posts, since)}
