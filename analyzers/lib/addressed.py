"""Whom accounts mention or answer beside the target, and whom one side addresses more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.by_account import by_account, equally_deep, sides
from analyzers.lib.elsewhere import elsewhere
from analyzers.lib.in_common import pairs_in_common
from analyzers.lib.stats import log_odds, monte_carlo_p, shuffled_best, surprise
from analyzers.model.case import Case, Group, PublicFigure
from analyzers.model.target import Account

if TYPE_CHECKING:
    import pandas as pd

SUPPORT = 3
"""Fewest accounts of the cohort that must address somebody: what two do may be a conversation."""

_PRIOR, _PRIOR_TOTAL = 0.5, 1.0  # half an account on either side: the Haldane-Anscombe correction


@dataclass(frozen=True, slots=True)
class Addressee:
    """An account that several of the cohort address: how many of each side do, and how unusual.

    `odds` compares the two sides' odds, with its 95 % interval; `surprise` is -log10 of the exact
    chance that so many of the cohort are among those who address it. `p` is adjusted for having
    looked at everybody addressed; `None` without ordinary accounts.
    """

    key: str
    ours: int
    theirs: int
    odds: float
    low: float
    high: float
    surprise: float
    p: float | None


@dataclass(frozen=True)
class Addressed:
    """Every address of another account, one row per post and account addressed.

    `rows` has account_id, group, post_id, created_at, family and key (an account id, or `@handle`);
    `accounts` are all accounts with posts, `size` of them, the first, the cohort's; `inside` counts
    the addresses of one member of the cohort by another, which are in no row. `public` are the
    figures of the register by their key in `rows`: only they may be named.
    """

    rows: pd.DataFrame
    posts: pd.DataFrame
    accounts: list[str]
    size: int
    inside: int
    public: dict[str, PublicFigure]

    @classmethod
    def of(cls, case: Case) -> Addressed:
        """Read the organic posts beyond the target, as many of each account on both sides."""
        posts = elsewhere(case)
        posts = equally_deep(posts[posts["organic"].astype(bool)])
        accounts, size = sides(posts)
        rows = _exploded(posts)
        rows = rows[~rows["key"].isin(_target_keys(case))]
        names = _names(case)
        known = rows["key"].map(lambda key: names.get(key, key)).astype(str)
        others = known != rows["account_id"]
        rows, inside = rows[others], known[others].isin(case.cohort.accounts)
        ours = rows["group"] == "cohort"
        figures = _public(case)
        outside = rows[~inside]
        known_as = outside["key"].map(lambda key: figures[key].keys[0] if key in figures else key)
        outside = outside.assign(key=known_as).drop_duplicates(["post_id", "key"])
        public = {figure.keys[0]: figure for figure in figures.values()}
        return cls(outside, posts, accounts, size, int((inside & ours).sum()), public)

    @cached_property
    def others(self) -> int:
        """How many ordinary accounts have posts to compare with."""
        return len(self.accounts) - self.size

    def ranked(self, draws: int, seed: int) -> list[Addressee]:
        """Those whom at least three of the cohort address, the most unusual first."""
        pairs = self.rows.drop_duplicates(["account_id", "key"])
        users = pairs["key"].value_counts()
        keys, table = by_account(
            pairs[pairs["key"].isin(users[users >= SUPPORT].index)], "key", self.accounts
        )
        if not keys:
            return []
        total, ours = table.sum(axis=0), table[: self.size].sum(axis=0)
        unlikely = surprise(np.rint(total).astype(np.int64), self.size, len(self.accounts))
        unlikely[:, :SUPPORT] = 0  # so few support nothing, in a draw as in the cohort
        column = np.arange(len(keys))
        best = None
        if self.others:
            best = shuffled_best(
                table,
                self.size,
                lambda sums: unlikely[column, np.rint(sums).astype(np.int64)].max(axis=1),
                draws,
                seed,
            )
        found = [
            self._addressee(key, int(a), int(n - a), float(row[int(a)]), best)
            for key, a, n, row in zip(keys, ours, total, unlikely, strict=True)
            if a >= SUPPORT
        ]
        if best is None:
            return sorted(found, key=lambda one: (-one.ours, one.key))
        return sorted(found, key=lambda one: (-one.surprise, -one.ours, one.key))

    def _addressee(
        self, key: str, ours: int, theirs: int, unlikely: float, best: NDArray[np.float64] | None
    ) -> Addressee:
        ratio, error = log_odds(ours, self.size, theirs, self.others, _PRIOR, _PRIOR_TOTAL)
        odds, low, high = (float(np.exp(ratio + side * 1.96 * error)) for side in (0, -1, 1))
        p = None if best is None else monte_carlo_p(unlikely, best)
        return Addressee(key, ours, theirs, odds, low, high, unlikely, p)

    def pairs(self, group: Group) -> tuple[float, float, float, int] | None:
        """The share of pairs of one side who address somebody in common, its interval, accounts.

        `None` with fewer than two accounts.
        """
        members = self.accounts[: self.size] if group == "cohort" else self.accounts[self.size :]
        if len(members) < 2:
            return None
        rows = self.rows[self.rows["group"] == group]
        _, table = by_account(rows, "key", members)
        return (*pairs_in_common(table > 0), len(members))

    def who(self, key: str, group: str) -> pd.DataFrame:
        """The posts of one side that address an account."""
        return self.rows[(self.rows["key"] == key) & (self.rows["group"] == group)]


def _exploded(posts: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    kept = ["account_id", "group", "post_id", "created_at", "family"]
    posts = posts if "family" in posts else posts.assign(family=-1)
    parts = [
        posts[kept].assign(key=posts[name]).explode("key")
        for name in ("mentions", "reply_to_account")
        if name in posts
    ]
    rows = pd.concat(parts) if parts else posts[kept].assign(key=None)
    return rows.dropna(subset="key").drop_duplicates(["post_id", "key"])


def _public(case: Case) -> dict[str, PublicFigure]:
    """The figures of the register by every key of theirs, but for those the case is about.

    Whoever stands in a cohort or near one keeps a pseudonym, whatever the register says.
    """
    doubted = {
        *case.borderline,
        *(account for cohort in (case.cohort, *case.others) for account in cohort.accounts),
    }
    figures = case.register.figures if case.register else ()
    return {
        key: figure for figure in figures if not doubted & {*figure.keys} for key in figure.keys
    }


def _names(case: Case) -> dict[str, str]:
    """`@handle` to account id, for the accounts of both sides."""
    accounts = case.tables.accounts
    if "handle" not in accounts:
        return {}
    known = accounts[accounts["handle"].notna()]
    handles = known["handle"].str.removeprefix("@").str.lower()
    return {
        f"@{handle}": str(name) for handle, name in zip(handles, known["account_id"], strict=True)
    }


def _target_keys(case: Case) -> set[str]:
    """Every way in which posts name the targets.

    The ids are those that posts name only when they are about the target: whoever is only ever
    named together with the target is no other target either.
    """
    named = {f"@{one.handle.lower()}" for one in case.targets if isinstance(one, Account)}
    posts = case.tables.posts
    organic = posts[posts["organic"].astype(bool)]
    since, until = case.window.since, case.window.until
    if since is not None:
        organic = organic[organic["created_at"] >= since]
    if until is not None:
        organic = organic[organic["created_at"] < until]
    on_target = organic["on_target"].astype(bool)
    about = set(_exploded(organic[on_target])["key"])
    return named | (about - set(_exploded(organic[~on_target])["key"]))
