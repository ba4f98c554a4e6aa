"""Do accounts of one group know each other: whom of it they follow, and whom they address.

When follows and mentions helped to select the cohort, these numbers only describe it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analyzers.model.case import Case, Group
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd


def selected_for_it(case: Case) -> Text | None:
    """The caveat that knowing each other is what brought some of the accounts in, if it is."""
    if not case.selected_by("acquaintance"):
        return None
    return Text(
        "Some of these accounts were found because the others know them, so how well the accounts "
        "know each other only describes the group."
    )


def follow_inside(follows: pd.DataFrame, accounts: pd.DataFrame, group: Group) -> list[float]:
    """For each account of a group, the share of the group's others that it follows.

    Only accounts known to follow somebody count: of the others the table holds followers alone, so
    whom they follow is unknown. `accounts` has account_id and group.
    """
    members = frozenset(accounts.loc[accounts["group"] == group, "account_id"])
    if len(members) < 2:
        return []
    edges = follows[follows["follower"].isin(members)].drop_duplicates(["follower", "followed"])
    inside = edges["followed"].isin(members) & (edges["followed"] != edges["follower"])
    return [
        float(share) / (len(members) - 1)
        for share in inside.groupby(edges["follower"]).sum().sort_index()
    ]


def address_inside(case: Case, group: Group) -> Mapping[str, frozenset[str]]:
    """For each account of a group with posts, whom of its group it mentions or answers.

    In its own posts, at the target or not, that did not select the cohort; the targets themselves
    do not count. `case.tables.posts` needs mentions or reply_to_account.
    """
    posts = case.tables.posts
    members = frozenset(
        case.tables.accounts.loc[case.tables.accounts["group"] == group, "account_id"]
    )
    kept = posts[
        posts["organic"].astype(bool) & (posts["group"] == group) & ~posts["selecting"].astype(bool)
    ]
    addressed: dict[str, set[str]] = {str(account): set() for account in kept["account_id"]}
    if "mentions" in kept:
        for account, named in zip(kept["account_id"], kept["mentions"], strict=True):
            addressed[account].update(named if named is not None else ())
    if "reply_to_account" in kept:
        for account, answered in zip(kept["account_id"], kept["reply_to_account"], strict=True):
            addressed[account].add(str(answered))
    return {
        account: frozenset((names & members) - {account}) for account, names in addressed.items()
    }


def by_lot(addressed: Sequence[int], group: int, size: int) -> float | None:
    """The share of a group's accounts that would address another one of `size` drawn by lot.

    `addressed` has, for each of the accounts looked at, how many of the group's `group` accounts it
    addresses. Larger groups hold more acquaintances, so a large comparison is read at the cohort's
    size: the chance that a draw of the others misses them all is hypergeometric. `None` without
    accounts, or when the group is smaller than the size.
    """
    if not addressed or group < size or size < 2:
        return None
    met = 0.0
    for known in addressed:
        missed = 1.0
        for step in range(known):
            missed *= max(0.0, (group - size - step) / (group - 1 - step))
        met += 1 - missed
    return met / len(addressed)
