"""Each account's life before its first attack: created, first seen, silent, addressing others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.ages import creation_date
from analyzers.lib.attack_times import moment, seconds
from analyzers.lib.by_account import places
from analyzers.lib.elsewhere import elsewhere
from analyzers.lib.language_mix import categories
from analyzers.model.case import Case, Group

if TYPE_CHECKING:
    import pandas as pd

NEAR_CAP = 3_100
"""X's API gave back the last 3,200 posts of an account at most (developer documentation, "GET
statuses/user_timeline"); a hundred less, for the deleted ones, and the start may be cut off."""


@dataclass(frozen=True)
class Life:
    """One account up to its first attack, the first post about the target; times are seconds.

    `known` is since when its posts are known, `capped` whether older ones may have been cut off.
    `times` are its other posts, `attacks` those about the target. `began` is its first own post
    that addresses somebody else, in the audience's language, apart from those; `began_post` its id.
    """

    account_id: str
    created: datetime | None
    known: float
    capped: bool
    attack: float
    times: NDArray[np.float64]
    attacks: NDArray[np.float64]
    began: float | None
    began_post: str | None

    @property
    def silence(self) -> float:
        """Seconds between its last post before the first attack, or since it is known, and that."""
        earlier = self.times[self.times < self.attack]
        return self.attack - max(float(earlier[-1]) if len(earlier) else self.known, self.known)

    @property
    def reach(self) -> timedelta:
        """How far back before the first attack its posts are known."""
        return timedelta(seconds=self.attack - self.known)

    @property
    def posts_before(self) -> int:
        """How many of its other posts are known from before its first attack."""
        return int((self.times < self.attack).sum())

    @property
    def age(self) -> timedelta | None:
        """Its age at the first attack, where its creation date is known."""
        return None if self.created is None else moment(self.attack) - self.created

    def dormant(self, days: int) -> bool:
        """Whether it was silent for `days` right before its first attack."""
        return self.silence >= days * 86_400

    def late(self, weeks: int) -> bool:
        """Whether it addressed others only in the `weeks` before its first attack, or since."""
        return self.began is not None and self.began >= self.attack - weeks * 7 * 86_400


def lives(case: Case, group: Group, audience: str | None) -> list[Life]:
    """The lives of a group's accounts with timelines that wrote about the target, by account id.

    `audience` is a language category; `None` takes addresses in any language.
    """
    posts = case.tables.posts
    posts = posts[(posts["group"] == group) & posts["created_at"].notna()]
    attacks = posts[posts["on_target"].astype(bool)]
    struck = _times(attacks["account_id"], seconds(attacks["created_at"]))
    other = elsewhere(case)
    other = other[other["group"] == group]
    others = _times(other["account_id"], other["at"].to_numpy(dtype=np.float64))
    addressed = _first_addresses(other, audience)
    coverage = _coverage(case.tables.collected)
    accounts = case.tables.accounts
    accounts = accounts[(accounts["group"] == group) & accounts["timeline"].astype(bool)]
    told = accounts["created_at"] if "created_at" in accounts else [None] * len(accounts)
    return [
        _life(
            account_id,
            created,
            struck[account_id],
            others.get(account_id, np.empty(0)),
            coverage.get(account_id),
            addressed.get(account_id),
        )
        for account_id, created in zip(accounts["account_id"], told, strict=True)
        if account_id in struck
    ]


def _life(
    account_id: str,
    told: Any,
    attacks: NDArray[np.float64],
    times: NDArray[np.float64],
    coverage: tuple[float | None, bool] | None,
    began: tuple[float, str] | None,
) -> Life:
    attack = float(attacks[0])
    created = creation_date(account_id, told, moment(attack))
    since, complete = coverage or (None, True)
    capped = not complete or len(times) + len(attacks) >= NEAR_CAP
    known = min(float(times[0]) if len(times) else attack, attack)
    if since is not None and not capped:
        start = max(since, created.timestamp()) if created else since
        known = min(known, start) if created else known
    return Life(
        account_id=account_id,
        created=created,
        known=known,
        capped=capped,
        attack=attack,
        times=times,
        attacks=attacks,
        began=began[0] if began else None,
        began_post=began[1] if began else None,
    )


def _coverage(collected: pd.DataFrame) -> dict[str, tuple[float | None, bool]]:
    """Since when each account's timeline was collected, and whether all of it was."""
    found: dict[str, tuple[float | None, bool]] = {}
    rows = collected[collected["scope"] == "timeline"]
    columns = (rows["account_id"], rows["since"], rows["complete"])
    for account_id, since, complete in zip(*columns, strict=True):
        start = None if since is None or since != since else float(since.timestamp())
        whole = not isinstance(complete, (bool, np.bool_)) or bool(complete)
        found[str(account_id)] = (start, whole)
    return found


def _times(accounts: pd.Series[str], at: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """The times of each account, in their order."""
    return {account: at[rows] for account, rows in places(accounts)}


def _first_addresses(posts: pd.DataFrame, audience: str | None) -> dict[str, tuple[float, str]]:
    """Each account's first own post that addresses somebody else in the audience's language."""
    own = posts[posts["organic"].astype(bool)]
    if audience is not None:
        own = own[np.array(categories(own["spoken"]), dtype=object) == audience]
    columns = ("account_id", "at", "post_id", "mentions", "reply_to_account")
    found: dict[str, tuple[float, str]] = {}
    for account, at, post_id, mentions, replied in zip(
        *(own[name].tolist() for name in columns), strict=True
    ):
        if account not in found and (_others(account, mentions) or _others(account, [replied])):
            found[account] = (float(at), str(post_id))
    return found


def _others(account_id: str, names: Iterable[object] | None) -> bool:
    """Whether any of these names is somebody else than the account."""
    if names is None or isinstance(names, float):  # a missing list comes as NaN
        return False
    return any(isinstance(name, str) and name != account_id for name in names)


def middle(values: Iterable[timedelta | None]) -> timedelta | None:
    """The median of the known ones, in whole days."""
    known = [value.days for value in values if value is not None]
    return timedelta(days=round(median(known))) if known else None


def spans(times: NDArray[np.float64], pause: float) -> list[tuple[float, float]]:
    """The stretches of activity: from post to post, cut where more than `pause` seconds pass."""
    if not len(times):
        return []
    cuts = np.flatnonzero(np.diff(times) > pause)
    starts = [0, *(int(cut) + 1 for cut in cuts)]
    ends = [*(int(cut) for cut in cuts), len(times) - 1]
    return [(float(times[a]), float(times[b])) for a, b in zip(starts, ends, strict=True)]
