"""Targets to offer when none was given: whom, and which hashtags, most accounts write about."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from analyzers.model.dataset import Dataset
from analyzers.model.report import Candidate
from analyzers.model.target import Account, Hashtag
from analyzers.tables import load

MOST = 5
"""Targets offered at most: what a select in Discord shows on a phone without scrolling."""

ACCOUNTS = 3
"""Of these, accounts first; hashtags fill the rest, and accounts again where hashtags are few."""

FEWEST = 2
"""Fewest authors who write to a candidate: what one account repeats is no common target."""


def candidates(dataset: Dataset) -> tuple[Candidate, ...]:
    """Up to five targets, accounts before hashtags, each by the number of accounts that name it.

    Counts organic posts that came in by a search or a timeline, and leaves out mentions of oneself.
    The dataset must be enriched. Ties go by number of posts, then by name.
    """
    posts = load(
        dataset, "posts", ["post_id", "account_id", "mentions", "hashtags", "route", "organic"]
    ).filter(pl.col("organic") & (pl.col("route") != "context"))
    accounts = load(dataset, "accounts", ["account_id", "handle"])
    people = list(_people(posts, accounts))
    tags = [
        Candidate(Hashtag(tag), count, authors) for tag, count, authors in _named(posts, "hashtags")
    ]
    chosen = people[: max(ACCOUNTS, MOST - len(tags))]
    return (*chosen, *tags[: MOST - len(chosen)])


def _named(posts: pl.DataFrame, column: str) -> Iterator[tuple[str, int, int]]:
    """Each value of a list column with its posts and authors, most authors first."""
    return (
        posts.select("post_id", "account_id", name=pl.col(column))
        .explode("name", empty_as_null=True)
        .drop_nulls("name")
        .filter(pl.col("name") != pl.col("account_id"))
        .group_by("name")
        .agg(posts=pl.col("post_id").n_unique(), authors=pl.col("account_id").n_unique())
        .filter(pl.col("authors") >= FEWEST)
        .sort("authors", "posts", "name", descending=[True, True, False])
        .head(20 * MOST)
        .iter_rows()
    )


def _people(posts: pl.DataFrame, accounts: pl.DataFrame) -> Iterator[Candidate]:
    handles = dict(accounts.drop_nulls("handle").sort("account_id").iter_rows())
    for name, count, authors in _named(posts, "mentions"):
        handle = handles.get(name) or (name.removeprefix("@") if name.startswith("@") else None)
        if handle is not None:
            yield Candidate(Account(handle.removeprefix("@")), count, authors)
