"""What a sample of followers says about each account that they follow, each account once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from analyzers.lib.inner_circle import follow_inside
from analyzers.lib.language_mix import UNDETERMINED, category
from analyzers.lib.measures import Count
from analyzers.lib.stats import densest_window
from analyzers.model.case import Group, Tables

if TYPE_CHECKING:
    import pandas as pd

DEPTH = 200
"""Newest followers read per account: one page of X's API, so that no account's sample is deeper."""

FEWEST = 5
"""Followers with a known value below which an account's share says nothing."""

TOGETHER = timedelta(days=28)
"""The stretch in which followers' creation dates are counted, as in the step on creation dates."""


@dataclass(frozen=True, slots=True)
class Circle:
    """The sampled followers of one group's accounts.

    `rows` has a line per account and follower: account_id, follower, `back` (the account follows
    in return; missing where it is not known whom it follows), `language` (category, missing when
    unknown), created_at, followers, following. `follows` maps an account to those outside both
    groups that it follows; `inside` is, for each account, the share of its group that it follows.
    """

    rows: pd.DataFrame
    follows: dict[str, frozenset[str]]
    inside: list[float]

    @classmethod
    def of(cls, tables: Tables, group: Group) -> Circle:
        """Read the tables `follows` and `profiles` for the accounts of a group."""
        grouped = tables.accounts.dropna(subset=["group"])
        members = set(grouped["account_id"])
        ours = set(grouped.loc[grouped["group"] == group, "account_id"])
        edges = tables.follows
        outward = edges[edges["follower"].isin(ours) & ~edges["followed"].isin(members)]
        follows = {
            str(account): frozenset(followed)
            for account, followed in outward.groupby("follower")["followed"]
        }
        rows = edges[edges["followed"].isin(ours)].sort_values(["followed", "position", "follower"])
        rows = rows.groupby("followed").head(DEPTH)[["followed", "follower"]]
        rows = rows.rename(columns={"followed": "account_id"})
        rows["back"] = [
            float(follower in follows[account]) if account in follows else np.nan
            for account, follower in zip(rows["account_id"], rows["follower"], strict=True)
        ]
        profiles = tables.profiles.set_index("account_id").rename_axis("follower")
        kept = ["profile_language", "created_at", "followers", "following"]
        rows = rows.join(profiles.reindex(columns=kept), on="follower")
        spoken = [category(code) for code in rows.pop("profile_language")]
        rows["language"] = [None if code == UNDETERMINED else code for code in spoken]
        return cls(rows, follows, follow_inside(edges, grouped, group))

    @property
    def accounts(self) -> int:
        """Accounts with at least one sampled follower."""
        return int(self.rows["account_id"].nunique())

    @property
    def people(self) -> pd.DataFrame:
        """The followers, each once whomever they follow."""
        return self.rows.drop_duplicates("follower")

    def set_to(self, language: str) -> list[float]:
        """Each account's share of followers whose interface is in a language."""
        known = self.rows.dropna(subset=["language"])
        return _means((known["language"] == language).astype(float), known["account_id"])

    def followed_back(self) -> list[float]:
        """Each account's share of followers that it follows in return.

        Only accounts known to follow somebody outside the two groups: of the others the table
        holds followers alone, so whom they follow is unknown.
        """
        known = self.rows.dropna(subset=["back"])
        return _means(known["back"], known["account_id"])

    def ratios(self) -> list[float]:
        """Each account's median of its followers' own followers per account they follow."""
        known = self.rows.dropna(subset=["followers", "following"])
        known = known[known["following"] > 0]
        ratio = known["followers"] / known["following"]
        by = ratio.groupby(known["account_id"])
        return [float(x) for x in by.median()[by.size() >= FEWEST]]

    def in_common(self) -> list[float]:
        """For each account, how much of whom it follows it shares with another, on average.

        The measure of a pair is Jaccard's: those that both follow over those that either does.
        """
        names = sorted(self.follows)
        if len(names) < 2:
            return []
        columns = {
            name: number
            for number, name in enumerate(sorted(frozenset().union(*self.follows.values())))
        }
        table = np.zeros((len(names), len(columns)), dtype=np.float32)
        for row, name in enumerate(names):
            table[row, [columns[other] for other in self.follows[name]]] = 1
        both = table @ table.T
        sizes = np.diag(both)
        likeness = both / (sizes[:, None] + sizes[None, :] - both)
        return [float(x) for x in (likeness.sum(axis=1) - 1) / (len(names) - 1)]

    def created_together(self) -> tuple[Count, datetime | None]:
        """How many followers were created within four weeks, at most, of how many; and since when.

        Each follower once.
        """
        known = self.people.dropna(subset=["created_at"])
        days = [moment.timestamp() / 86_400 for moment in known["created_at"]]
        count, start = densest_window(days, TOGETHER.days)
        since = min(
            (m for m in known["created_at"] if m.timestamp() / 86_400 >= start), default=None
        )
        return (count, len(days)), since.to_pydatetime() if since is not None else None


def _means(values: pd.Series[float], accounts: pd.Series[str]) -> list[float]:
    by = values.groupby(accounts)
    return [float(x) for x in by.mean()[by.size() >= FEWEST]]
