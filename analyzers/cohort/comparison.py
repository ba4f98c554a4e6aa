"""The comparison: ordinary accounts that wrote about the same target, over the same days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from analyzers.model.case import Comparison
from analyzers.model.text import Share, Text

PLENTY = 1000
"""Most accounts compared with: a share of 1,000 already has an interval of ± 3 points, and more
would only slow every step. Beyond it, accounts are matched to the cohort's."""

ENOUGH = 30
"""Fewest accounts that the same weeks must hold before other dates are left out. With 30, a share's
interval is at most 36 points wide (Wilson); with less a narrow choice costs more than it gives."""

AROUND = timedelta(days=28)
"""How far from the attack an ordinary account may have written and still be of the same weeks."""

DEPTH = 20
"""Organic posts off target from which an account's own timeline is inferred where the data does not
say what was collected: a search about a target rarely brings in as many about other things."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Whom the comparison may not hold: the accounts of every cohort, the doubtful, the targets."""

    cohort: tuple[str, ...]
    apart: frozenset[str]


def compare(posts: pl.DataFrame, sides: Sides, timelines: Collection[str], seed: int) -> Comparison:
    """Choose the ordinary accounts that the cohort is measured against, and say how.

    `posts` are those about the target, reposts too, with account_id, created_at, route, spoken,
    family and on_target, in any order. Same route as the cohort's posts, same weeks where these
    hold enough accounts, and beyond a thousand matched on the number and language of their posts
    there. Not on their age, which a step measures.
    """
    barred = [*sides.cohort, *sides.apart]
    others = posts.filter(~pl.col("account_id").is_in(barred))
    own = posts.filter(pl.col("account_id").is_in(list(sides.cohort)))
    eligible, same_weeks = _same_weeks(_same_route(others, own), own)
    accounts = sorted(eligible["account_id"].unique().to_list())
    chosen = matched(eligible, own, PLENTY, seed) if len(accounts) > PLENTY else accounts
    return Comparison(
        accounts=tuple(chosen),
        timelines=tuple(account for account in chosen if account in timelines),
        how=_how(len(chosen), len(accounts), same_weeks and bool(own.height), others),
    )


def _same_route(others: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    routes = own["route"].unique().to_list()
    same = others.filter(pl.col("route").is_in(routes))
    return same if same.height else others


def _same_weeks(others: pl.DataFrame, own: pl.DataFrame) -> tuple[pl.DataFrame, bool]:
    times = own["created_at"].drop_nulls()
    if not len(times):
        return others, False
    near = others.filter(
        pl.col("created_at").is_between(times.min() - AROUND, times.max() + AROUND)  # type: ignore[operator]
    )
    return (near, True) if near["account_id"].n_unique() >= ENOUGH else (others, False)


def matched(eligible: pl.DataFrame, own: pl.DataFrame, most: int, seed: int) -> list[str]:
    """So many accounts, in the cohort's proportions of activity and language if they reach.

    Both have the posts about the target, with account_id and spoken.
    """
    strata = _strata(eligible).sort("account_id")
    wanted = dict(_strata(own)["stratum"].value_counts().iter_rows()) if own.height else {}
    total = sum(wanted.values())
    shuffled = strata.sample(strata.height, shuffle=True, seed=seed)
    rank = pl.int_range(pl.len()).over("stratum")
    quota = pl.col("stratum").replace_strict(
        {name: int(np.ceil(most * count / total)) for name, count in wanted.items()},
        default=0,
        return_dtype=pl.Int64,
    )
    ranked = shuffled.with_columns(first=rank < quota).sort("first", descending=True)
    return sorted(ranked["account_id"].head(most).to_list())


def _strata(posts: pl.DataFrame) -> pl.DataFrame:
    """Each account's stratum: its number of posts (by powers of two) and their main language."""
    return (
        posts.sort("spoken")
        .group_by("account_id")
        .agg(n=pl.len(), language=pl.col("spoken").mode().sort().first().fill_null("und"))
        .select(
            "account_id",
            stratum=pl.format("{}-{}", pl.col("n").log(2).floor().cast(pl.Int64), "language"),
        )
    )


def _how(chosen: int, eligible: int, same_weeks: bool, others: pl.DataFrame) -> Text:
    if not chosen:
        return Text(
            "Nobody else wrote about the target in this data. Collect the posts that mention it "
            "over the same weeks, whoever wrote them."
        )
    if chosen < eligible:
        return Text(
            "The comparison is {chosen} of the {eligible} other accounts that wrote or reposted "
            "posts about the target, drawn by lot to match these accounts' activity and language. "
            "Of the original posts about the target by all others, {shared} have a text that "
            "another account posted too.",
            chosen=chosen,
            eligible=eligible,
            shared=_shared(others),
        )
    if same_weeks:
        return Text(
            "The comparison is all {chosen} other accounts that wrote or reposted posts about the "
            "target within four weeks of these accounts' posts. Of the original posts about the "
            "target by all others, {shared} have a text that another account posted too.",
            chosen=chosen,
            shared=_shared(others),
        )
    return Text(
        "The comparison is all {chosen} other accounts that wrote or reposted posts about the "
        "target, whatever the date. Of the original posts about the target by all others, "
        "{shared} have a text that another account posted too.",
        chosen=chosen,
        shared=_shared(others),
    )


def _shared(others: pl.DataFrame) -> Share:
    """How many of the others' own posts stand in a family of at least two accounts."""
    others = others.filter(pl.col("on_target"))
    across = (
        others.filter(pl.col("family") >= 0)
        .group_by("family")
        .agg(accounts=pl.col("account_id").n_unique(), posts=pl.len())
        .filter(pl.col("accounts") >= 2)
    )
    return Share(int(across["posts"].sum()), others.height)


def collected_timelines(
    posts: pl.DataFrame, collected: pl.DataFrame, accounts: Collection[str]
) -> frozenset[str]:
    """Which of these accounts had their own timeline collected, not only posts that matched.

    By the table `collected` where it lists timelines, else by posts of route timeline, else
    inferred: at least twenty organic posts off target. `posts` has account_id, route, organic and
    on_target.
    """
    listed = collected.filter(pl.col("scope") == "timeline")["account_id"]
    if not len(listed):
        listed = posts.filter(pl.col("route") == "timeline")["account_id"]
    if not len(listed):
        off = posts.filter(
            pl.col("organic") & ~pl.col("on_target") & (pl.col("route") != "context")
        )
        listed = (
            off.group_by("account_id").len().filter(pl.col("len") >= DEPTH).get_column("account_id")
        )
    return frozenset(listed.unique().to_list()) & frozenset(accounts)
