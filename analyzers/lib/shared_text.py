"""Families of like posts that several accounts share, and how much of each account is in one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzers.model.case import Group

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Family:
    """A family of at least two accounts: its label, and who of each side posts in it.

    `posts` and `accounts` count everyone, also those in neither group.
    """

    label: int
    posts: int
    accounts: int
    cohort_posts: int
    cohort: int
    comparison: int


def shared_families(posts: pd.DataFrame, left_out: Collection[int] = ()) -> tuple[Family, ...]:
    """The families that at least two accounts post in, most cohort accounts first.

    `posts` has account_id, group and family (-1 for none); `left_out` are labels not to count.
    """
    if "family" not in posts:
        return ()
    kept = posts[(posts["family"] >= 0) & ~posts["family"].isin(list(left_out))]
    accounts = kept.groupby("family")["account_id"].nunique()
    shared = kept[kept["family"].isin(accounts.index[accounts >= 2])]
    everyone, ours, theirs = (
        _counts(shared if group is None else shared[shared["group"] == group])
        for group in (None, "cohort", "comparison")
    )
    found = [
        Family(label, *count, *ours.get(label, (0, 0)), theirs.get(label, (0, 0))[1])
        for label, count in everyone.items()
    ]
    return tuple(sorted(found, key=lambda f: (-f.cohort, -f.cohort_posts, -f.posts, f.label)))


def _counts(posts: pd.DataFrame) -> dict[int, tuple[int, int]]:
    """How many posts and accounts each family has."""
    each = posts.groupby("family")["account_id"]
    sizes, accounts = each.size(), each.nunique()
    columns = (sizes.index.tolist(), sizes.tolist(), accounts.tolist())
    return {int(label): (size, some) for label, size, some in zip(*columns, strict=True)}


def share_per_account(
    posts: pd.DataFrame, families: Collection[Family], group: Group
) -> list[float]:
    """For each account of a group, the share of its posts that fall in one of the families."""
    rows = posts[posts["group"] == group]
    if "family" not in rows:
        return [0.0] * int(rows["account_id"].nunique())
    inside = rows["family"].isin([family.label for family in families])
    return [float(share) for share in inside.groupby(rows["account_id"]).mean()]
