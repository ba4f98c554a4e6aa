"""What is collected about accounts besides their posts: followers, statuses, and the fetching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from analyzers.simulate.campaign import Account, Collected, Follow, Status
from analyzers.simulate.clock import DAY, HOUR, at
from analyzers.simulate.scene import COLLECTED, HISTORY, Scene

FIRST_CHECK = at("2019-02-10T09:00")
SECOND_CHECK = at("2019-02-11T16:25")
"""The edit of the public thread: two to three days after the attack."""
SURVIVORS = 2
"""Of the twenty accounts, active still at the second check."""
GONE = {"suspended": 0.01, "deactivated": 0.01, "protected": 0.02}
"""What becomes of ordinary accounts within two days: hardly anything."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a group of accounts is followed by."""

    languages: dict[str, int]
    sample: int
    pool: int
    follow_back: float
    since_year: int


FARM_AUDIENCE = Audience(
    {"el": 26, "en": 22, "id": 18, "ru": 9, "sr": 8, "ar": 7, "es": 7, "tr": 3}, 40, 420, 0.85, 2014
)
"""Marketing accounts that follow each other back; none set to French."""
ORDINARY_AUDIENCE = Audience({"fr": 84, "en": 12, "es": 2, "pt": 2}, 25, 1500, 0.35, 2009)
"""Readers, of whom about a third are followed in return."""


def followers(scene: Scene, accounts: Sequence[Account], audience: Audience) -> list[Follow]:
    """The newest followers of each account, and those of them that the account follows back."""
    random = scene.random
    names = list(audience.languages)
    weights = list(accumulate(audience.languages.values()))
    start = at(f"{audience.since_year}-01-01T00:00")
    pool = [
        scene.register.account(
            start + int(random.random() * (HISTORY - start)),
            random.choices(names, cum_weights=weights)[0],
            bio="",
            location="",
        )
        for _ in range(max(audience.pool, 2 * audience.sample))
    ]
    fetched = COLLECTED - 2 * HOUR
    rows = []
    for account in accounts:
        for position, follower in enumerate(random.sample(pool, audience.sample), start=1):
            rows.append(Follow(follower.account_id, account.account_id, fetched, position))
            if random.random() < audience.follow_back:
                rows.append(Follow(account.account_id, follower.account_id, fetched, position))
    return rows


def farm_statuses(scene: Scene, accounts: Sequence[Account]) -> list[Status]:
    """Everyone active at first; all but two suspended at the second check."""
    kept = {account.account_id for account in scene.random.sample(list(accounts), SURVIVORS)}
    second = {a.account_id: "active" if a.account_id in kept else "suspended" for a in accounts}
    return _checks(accounts, second)


def ordinary_statuses(
    scene: Scene, accounts: Sequence[Account], gone: Mapping[str, float] = GONE
) -> list[Status]:
    """Everyone active at first; at the second check all but the shares that are `gone`."""
    names = ("active", *gone)
    weights = (1 - sum(gone.values()), *gone.values())
    second = {a.account_id: scene.random.choices(names, weights)[0] for a in accounts}
    return _checks(accounts, second)


def _checks(accounts: Sequence[Account], second: dict[str, str]) -> list[Status]:
    first = [Status(account.account_id, FIRST_CHECK, "active") for account in accounts]
    return first + [Status(a.account_id, SECOND_CHECK, second[a.account_id]) for a in accounts]


def collection(
    accounts: Sequence[Account], *, timelines: bool = True, followers: bool = True
) -> list[Collected]:
    """Timelines back to 2018, all of them, and a sample of followers, of each account."""
    rows = []
    for account in accounts:
        name = account.account_id
        if timelines:
            rows.append(Collected(name, "timeline", HISTORY, COLLECTED, True))
        if followers:
            rows.append(Collected(name, "followers", COLLECTED - DAY, COLLECTED, False))
    return rows
