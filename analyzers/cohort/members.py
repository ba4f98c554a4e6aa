"""A cohort of a group that texts tie: its members, what tied each, and whom to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from analyzers.cohort.rotation import rotates
from analyzers.cohort.template import Group, closeness
from analyzers.model.case import Cohort, Member, Signal, Tie
from analyzers.model.text import Text, plural

TEMPLATE, ROTATION = "template", "rotation"

MOST_NAMED = 50
"""Accounts named in a signal: a text of thousands ties each of them to all others."""


def cohort_of_group(group: Group, aimed: pl.DataFrame, tie: Tie, seed: int) -> Cohort:
    """The cohort of a group, members by the time of their first tying post.

    A member's score (0 to 1) is how close its text comes to the model of its group, half-way nearer
    to 1 when the group's posts also rotate. `aimed` are all posts at the target.
    """
    rotating = rotates(group.pieces, aimed, seed)
    names = (TEMPLATE, ROTATION) if rotating else (TEMPLATE,)
    close, tied = closeness(group), _tied(group)
    accounts = group.accounts
    counts = dict.fromkeys(accounts, 0)
    for piece in group.pieces:
        counts[piece.account] += 1
    return Cohort(
        members=tuple(
            Member(
                account_id=account,
                score=_score(close[account], rotating),
                selected_by=names,
                why=_why(counts[account], len(accounts) - 1, rotating),
                signals=tuple(
                    Signal(name, tie.p if name == TEMPLATE else None, tied[account])
                    for name in names
                ),
            )
            for account in accounts
        ),
        signals=names,
        selecting_posts=frozenset(piece.post_id for piece in group.pieces),
        tie=tie,
    )


def with_signals(cohort: Cohort, *more: Mapping[str, Signal]) -> Cohort:
    """The cohort with further signals of its members, which selected nobody."""
    members = []
    for member in cohort.members:
        found = (few(each[member.account_id]) for each in more if member.account_id in each)
        members.append(replace(member, signals=(*member.signals, *found)))
    return replace(cohort, members=tuple(members))


def few(signal: Signal) -> Signal:
    """The signal with no more accounts than are named."""
    return replace(signal, accounts=signal.accounts[:MOST_NAMED])


def _tied(group: Group) -> dict[str, tuple[str, ...]]:
    """The other accounts of each account's families, in the order of the group."""
    shared: dict[str, dict[str, None]] = {account: {} for account in group.accounts}
    for family in group.families:
        accounts = [account for account in family.accounts if account in shared]
        for account in accounts:
            others = shared[account]
            for other in accounts[: MOST_NAMED + 1]:
                if other != account and len(others) < MOST_NAMED:
                    others[other] = None
    return {account: tuple(others) for account, others in shared.items()}


def _score(likeness: float, rotating: bool) -> float:
    return round(1 - (1 - likeness) / 2 if rotating else likeness, 3)


def _why(posts: int, others: int, rotating: bool) -> Text:
    if rotating:
        return plural(
            "One post of this account has the same model as those of {others} other accounts, and "
            "the accounts post in turn at regular gaps.",
            "{n} posts of this account have the same models as those of {others} other accounts, "
            "and the accounts post in turn at regular gaps.",
            posts,
            others=others,
        )
    return plural(
        "One post of this account has the same model as those of {others} other accounts.",
        "{n} posts of this account have the same models as those of {others} other accounts.",
        posts,
        others=others,
    )
