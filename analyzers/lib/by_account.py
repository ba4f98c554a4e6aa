"""Who has what: a table of accounts by items, for statistics that draw whole accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd


def by_account(
    rows: pd.DataFrame, item: str, accounts: Sequence[str]
) -> tuple[list[str], NDArray[np.float64]]:
    """Count how often each account has each item: the items in their own order, and the table.

    `rows` has account_id and a column named `item`; one row of the table per account of
    `accounts`, which may have none, one column per item.
    """
    import pandas as pd

    place = {account: number for number, account in enumerate(accounts)}
    column, kinds = pd.factorize(rows[item], sort=True)
    table = np.zeros((len(accounts), len(kinds)))
    each, authors = pd.factorize(rows["account_id"])
    row = np.array([place[account] for account in authors], dtype=np.int64)[each]
    np.add.at(table, (row, column), 1.0)
    return [str(kind) for kind in kinds], table


def places(accounts: pd.Series[str]) -> list[tuple[str, NDArray[np.int64]]]:
    """The accounts of a column by id, each with the places of its rows in their order."""
    import pandas as pd

    each, names = pd.factorize(accounts, sort=True)
    order = np.argsort(each, kind="stable")
    ends = np.cumsum(np.bincount(each, minlength=len(names)))
    return list(zip(map(str, names), np.split(order, ends[:-1]), strict=True)) if len(names) else []


def sides(posts: pd.DataFrame) -> tuple[list[str], int]:
    """The accounts with posts, the cohort's first, each side by id; and how many are the cohort's.

    `posts` has account_id and group.
    """
    ours, theirs = (
        sorted(posts.loc[posts["group"] == group, "account_id"].unique())
        for group in ("cohort", "comparison")
    )
    return [*ours, *theirs], len(ours)


def equally_deep(posts: pd.DataFrame) -> pd.DataFrame:
    """The latest posts of each account, no more of anybody than the side that posts less has.

    Whoever posts more addresses more people and shares more texts by chance; so nobody counts with
    more posts than the median account of the side whose median is lower. `posts` stand in the
    order of time; with one side only they all stay.
    """
    counts = posts.groupby(["group", "account_id"]).size()
    medians = counts.groupby("group").median()
    if len(medians) < 2:
        return posts
    newest_first = posts.iloc[::-1].groupby("account_id").cumcount().iloc[::-1]
    return posts[newest_first < medians.min()]
