"""How much of what accounts write stands in one another's posts, whole timelines through."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.by_account import by_account, equally_deep, sides
from analyzers.lib.elsewhere import elsewhere
from analyzers.lib.measures import Count
from analyzers.lib.public_text import public_families
from analyzers.lib.shared_text import Family, shared_families
from analyzers.lib.stats import monte_carlo_p, shuffled_best
from analyzers.lib.stats.permutation import lots
from analyzers.model.case import Case, Group

if TYPE_CHECKING:
    import pandas as pd

_SHARING_DRAWS = 200  # groups whose mean is shown without a range: it settles within a point or two
_BASELINE_DRAWS = 1_999
"""Groups of ordinary accounts: the ends of a 95 % range rest on 50 of them."""


@dataclass(frozen=True)
class Copies:
    """Both sides' organic posts beyond the target, with the families that may count as copies.

    `posts` are those with words, of every account up to one number; `wordless` counts the posts
    without, per group, of all. `public` are the labels of families with a public source, which
    count apart. `accounts` are all accounts with posts, `size` of them, the first, the cohort's.
    """

    posts: pd.DataFrame
    wordless: dict[str, Count]
    public: frozenset[int]
    accounts: list[str]
    size: int

    @classmethod
    def of(cls, case: Case) -> Copies:
        """Read both sides' timelines; families that a public source explains are set apart."""
        posts = elsewhere(case)
        posts = posts[posts["organic"].astype(bool)]
        if "family" not in posts:
            posts = posts.assign(family=-1)
        words = (posts["normal"] if "normal" in posts else posts["text"]).fillna("") != ""
        wordless = {
            str(group): (int((~words[rows.index]).sum()), len(rows))
            for group, rows in posts.groupby("group")
        }
        posts = equally_deep(posts[words])
        public = {
            *public_families(posts[posts["family"].isin(_of_several(posts))]),
            *(source.family for source in case.explained),
        }
        accounts, size = sides(posts)
        return cls(posts, wordless, frozenset(public), accounts, size)

    @property
    def others(self) -> int:
        """How many ordinary accounts have posts to compare with."""
        return len(self.accounts) - self.size

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The families that at least two accounts of the cohort post in, most accounts first."""
        ours = self.posts[self.posts["group"] == "cohort"]
        labels = _of_several(ours) - self.public
        return shared_families(self.posts[self.posts["family"].isin(labels)])

    @cached_property
    def _table(self) -> NDArray[np.float64]:
        """Per account: which families it posts in, then which share of its posts is in each."""
        labels = _of_several(self.posts) - self.public
        rows = self.posts[self.posts["family"].isin(labels)]
        _, counts = by_account(rows, "family", self.accounts)
        totals = self.posts["account_id"].value_counts()
        each = np.array([totals[account] for account in self.accounts], dtype=float)
        return np.hstack([counts > 0, counts / each[:, None]])

    def shares(self) -> list[float]:
        """For each account of the cohort, the share of its posts that another member shares."""
        ours = self._table[: self.size]
        present, parts = np.hsplit(ours, 2)
        return [float(x) for x in parts[:, present.sum(axis=0) >= 2].sum(axis=1)]

    def p(self, draws: int, seed: int) -> float | None:
        """How rarely as many accounts drawn by lot share as much; `None` without ordinary ones."""
        if not self.others:
            return None
        best = shuffled_best(self._table, self.size, self._level, draws, seed)
        return monte_carlo_p(float(np.mean(self.shares())), best)

    def ordinary(self, seed: int) -> tuple[float, float, float] | None:
        """What as many ordinary accounts share: the mean of draws, and their 95 % range.

        Groups of one size are compared, because in a larger group more accounts can be copied. All
        of the ordinary accounts where they are no more than the cohort.
        """
        if not self.others:
            return None
        size = min(self.size, self.others)
        theirs = self._table[self.size :]
        drawn = shuffled_best(
            theirs, size, lambda sums: self._level(sums) * self.size / size, _BASELINE_DRAWS, seed
        )
        low, high = np.quantile(drawn, [0.025, 0.975])
        return float(drawn.mean()), float(low), float(high)

    def ordinary_sharing(self, seed: int) -> float | None:
        """The share of accounts with a text that another has too, in ordinary groups of that size.

        The mean of draws; `None` without ordinary accounts.
        """
        if not self.others:
            return None
        size = min(self.size, self.others)
        present, _ = np.hsplit(self._table[self.size :], 2)
        rng = np.random.default_rng(seed)
        drawn = lots(rng, _SHARING_DRAWS, self.others, size)
        sharing = [_sharing(present[chosen]) for chosen in drawn]
        return float(np.mean(sharing)) / size

    def sharing(self) -> int:
        """How many accounts of the cohort have a text that another of it posted too."""
        return _sharing(np.hsplit(self._table[: self.size], 2)[0])

    def _level(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """The mean share of each draw's posts that stand in a family of two of its accounts."""
        present, parts = np.hsplit(sums, 2)
        return np.asarray(((present > 1.5) * parts).sum(axis=1) / self.size)

    def in_public(self, group: Group) -> Count:
        """How many posts of a group are in a family with a public source, of all with words."""
        rows = self.posts[self.posts["group"] == group]
        return int(rows["family"].isin(self.public).sum()), len(rows)

    def pairs(self) -> tuple[list[str], NDArray[np.int64]]:
        """The cohort's accounts, those that share most first, and how many texts each two share."""
        labels = [family.label for family in self.families]
        ours = self.posts[(self.posts["group"] == "cohort") & self.posts["family"].isin(labels)]
        _, counts = by_account(ours, "family", self.accounts[: self.size])
        present = counts > 0
        both = (present.astype(np.int64) @ present.T.astype(np.int64)).astype(np.int64)
        np.fill_diagonal(both, 0)
        order = sorted(range(self.size), key=lambda n: (-both[n].sum(), self.accounts[n]))
        return [self.accounts[n] for n in order], both[np.ix_(order, order)]


def _sharing(present: NDArray[np.float64]) -> int:
    """How many rows have a column that another row has too."""
    return int((present[:, present.sum(axis=0) > 1.5] > 0).any(axis=1).sum())


def _of_several(posts: pd.DataFrame) -> set[int]:
    """The families that at least two accounts post in."""
    accounts = posts[posts["family"] >= 0].groupby("family")["account_id"].nunique()
    return {int(label) for label in accounts.index[accounts >= 2]}
