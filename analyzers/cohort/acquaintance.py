"""The acquaintance signal: accounts that a group whose members know one another also knows.

A text ties a group first; this signal alone never makes one. It joins groups between which there
are more follows and mentions than by chance, and adds accounts that stand within the group as its
own members do. Being named by the group is not enough, nor is naming it: people also follow and
address those whom they attack, and celebrities do not know their readers. So ties must go both
ways, and only groups whose members know one another at all are extended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import polars as pl

from analyzers.model.case import Cohort, Member, Signal
from analyzers.model.text import Text

SIGNAL = "acquaintance"

JOINS = 0.01
"""Chance at which a group counts as acquainted and two groups as one, the level at which a tie of
texts is established; divided by the number of pairs of groups."""

RATE = 0.05
"""Share of the accounts added that may be there by chance, as in the network layers."""

TYPICAL = 0.1
"""An added account has at least the ties, each way, that this quantile of the members has: it looks
like one of them, not like somebody at the edge. On simulated raids whose followers were collected,
0.25 finds 85 % of the members, 0.1 finds 95 %, 0 finds all; nobody else was added at any of them.
0.1 keeps a bar for data in which more people know one another than in simulated data."""

_ROUNDS = 10  # what is added may know others; simulated raids took up to five


@dataclass(frozen=True)
class Links:
    """Who follows or addresses whom, among the accounts that wrote about the targets.

    `into` and `out` map an account to the accounts that follow or address it, and that it follows
    or addresses; `total` counts all accounts in scope, also those without ties.
    """

    into: dict[str, frozenset[str]]
    out: dict[str, frozenset[str]]
    total: int


def links(
    posts: pl.DataFrame, follows: pl.DataFrame, accounts: pl.DataFrame, keys: Collection[str]
) -> Links:
    """Gather the links among the authors of posts about the targets, the targets (`keys`) apart.

    `posts` needs account_id, about, organic, route, mentions and reply_to_account. Mentions and
    answers anywhere count, in posts that a search or a timeline brought in; accounts mentioned by
    handle are known by the table of accounts.
    """
    scope = posts.filter(pl.col("about"))["account_id"].unique()
    scope = scope.filter(~scope.is_in(list(keys)))
    handles = accounts.drop_nulls().with_columns(
        pl.format("@{}", pl.col("handle").str.to_lowercase().str.strip_prefix("@"))
    )
    own = posts.filter(pl.col("organic") & (pl.col("route") != "context"))
    named = pl.concat(
        [
            own.select(one="account_id", other="mentions").explode("other", empty_as_null=True),
            own.select(one="account_id", other="reply_to_account"),
            follows.select(one="follower", other="followed"),
        ]
    ).drop_nulls()
    known = (
        named.join(handles, left_on="other", right_on="handle", how="left")
        .select("one", other=pl.coalesce("account_id", "other"))
        .filter(pl.col("one") != pl.col("other"))
        .filter(pl.col("one").is_in(scope.implode()) & pl.col("other").is_in(scope.implode()))
        .unique()
    )
    return Links(_gathered(known, "other", "one"), _gathered(known, "one", "other"), len(scope))


def _gathered(known: pl.DataFrame, by: str, of: str) -> dict[str, frozenset[str]]:
    grouped = known.group_by(by).agg(pl.col(of))
    return {account: frozenset(others) for account, others in grouped.iter_rows()}


def acquainted(cohorts: Sequence[Cohort], among: Links) -> list[Cohort]:
    """Join cohorts that know one another, and add the accounts that each knows as its own.

    The null, for every account: whoever follows or addresses it is drawn by lot from all accounts
    in scope, as many as do. So the number of them in a group is hypergeometric, and popular
    accounts are expected to be known to many members. Accounts are added at a false discovery rate
    of 5 % among all those with ties both ways, under any dependence (Benjamini and Yekutieli 2001),
    a choice that does not depend on the group (Bourgon, Gentleman and Huber 2010, PNAS 107, on
    independent filtering). Largest cohort first; an account joins one only.
    """
    merged = _merged(list(cohorts), among)
    taken = {account for cohort in merged for account in cohort.accounts}
    found = []
    for cohort in merged:
        added = list(_added(cohort.accounts, among, taken))
        taken.update(member.account_id for member in added)
        found.append(_with(cohort, added) if added else cohort)
    return sorted(found, key=len, reverse=True)


def _merged(cohorts: list[Cohort], among: Links) -> list[Cohort]:
    """Cohorts with those joined between which ties are too many for chance, the largest first."""
    pairs = len(cohorts) * (len(cohorts) - 1) // 2
    for one, other in combinations(range(len(cohorts)), 2):
        first, second = cohorts[one], cohorts[other]
        if _chance(first.accounts, second.accounts, among) <= JOINS / pairs:
            joined = replace(
                first,
                members=(*first.members, *second.members),
                signals=tuple(dict.fromkeys((*first.signals, *second.signals, SIGNAL))),
                selecting_posts=first.selecting_posts | second.selecting_posts,
            )
            rest = [cohort for at, cohort in enumerate(cohorts) if at not in (one, other)]
            return _merged([joined, *rest], among)
    return cohorts


def _chance(one: Collection[str], other: Collection[str], among: Links) -> float:
    """How likely as many ties, either way, are between two groups (or within one) by lot.

    A sum of hypergeometric counts has at most Poisson's tail (Hoeffding 1956, Annals of
    Mathematical Statistics 27).
    """
    from scipy.stats import poisson

    seen, expected = 0, 0.0
    for group, partners in ((one, other), (other, one)):
        inside = frozenset(partners)
        for account in group:
            known = among.into.get(account, frozenset())
            seen += len(known & inside)
            expected += len(known) * len(inside - {account}) / max(among.total - 1, 1)
    return float(poisson.sf(seen - 1, expected)) if seen else 1.0


def _added(group: Sequence[str], among: Links, taken: Collection[str]) -> Iterator[Member]:
    if _chance(group, group, among) > JOINS:
        return
    members = set(group)
    for _ in range(_ROUNDS):
        new = _known(members, among, frozenset(taken) | members)
        for account, p in new.items():
            back, out = _ties(account, members, among)
            yield Member(
                account_id=account,
                score=round(max(back, out) / len(members), 3),
                selected_by=(SIGNAL,),
                why=Text(
                    "Follows and mentions tie this account to the group: {back} towards it, {out} "
                    "from it.",
                    back=back,
                    out=out,
                ),
                signals=(Signal(SIGNAL, p, tuple(sorted(_around(account, among) & members))),),
            )
        if not new:
            return
        members.update(new)


def _known(members: set[str], among: Links, barred: frozenset[str]) -> dict[str, float]:
    """The accounts that the members know more than by lot, and that know them as members do.

    Each with the p of how many members follow or address it.
    """
    from scipy.stats import false_discovery_control, hypergeom

    tested = sorted((among.into.keys() & among.out.keys()) - barred)
    if not tested:
        return {}
    ties = np.array([_ties(account, members, among) for account in tested])
    named = np.array([len(among.into[account]) for account in tested])
    p = np.asarray(hypergeom.sf(ties[:, 0] - 1, among.total - 1, len(members), named))
    inner = np.array([_ties(member, members, among) for member in sorted(members)])
    typical = np.maximum(np.quantile(inner, TYPICAL, axis=0), 1)
    close = (ties >= typical).all(axis=1)
    kept = (false_discovery_control(np.clip(p, 0, 1), method="by") <= RATE) & close
    rows = zip(tested, p.tolist(), kept.tolist(), strict=True)
    return {account: chance for account, chance, one in rows if one}


def _ties(account: str, members: set[str], among: Links) -> tuple[int, int]:
    """How many of the members follow or address an account, and how many it does."""
    nobody: frozenset[str] = frozenset()
    return (
        len(among.into.get(account, nobody) & members),
        len(among.out.get(account, nobody) & members),
    )


def _around(account: str, among: Links) -> frozenset[str]:
    """Who follows or addresses an account, or is followed or addressed by it."""
    nobody: frozenset[str] = frozenset()
    return among.into.get(account, nobody) | among.out.get(account, nobody)


def _with(cohort: Cohort, added: Sequence[Member]) -> Cohort:
    return replace(
        cohort,
        members=(*cohort.members, *added),
        signals=tuple(dict.fromkeys((*cohort.signals, SIGNAL))),
    )
