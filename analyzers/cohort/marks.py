"""The marks of members: signals that select nobody, told account by account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import polars as pl

from analyzers.cohort import creation_window, rare_client
from analyzers.cohort.members import with_signals
from analyzers.lib.ages import creation_date
from analyzers.model.case import Cohort, Signal
from analyzers.model.dataset import Dataset
from analyzers.tables import load

RATE = 0.05
"""Share of the marks told that may be due to chance (Benjamini and Yekutieli 2001)."""


def marked(
    cohorts: Sequence[Cohort], ordinary: Sequence[str], about: pl.DataFrame, dataset: Dataset
) -> list[Cohort]:
    """The cohorts, their members with the marks that set them apart from `ordinary` accounts.

    `about` are the posts in scope (post_id, account_id, created_at): the client is the one of most
    of an account's. A creation date that the profile lacks is read from the id, where that tells.
    """
    if not cohorts or not ordinary:
        return list(cohorts)
    asked = list({*ordinary, *(account for cohort in cohorts for account in cohort.accounts)})
    accounts = load(dataset, "accounts", ["account_id", "created_at"]).drop_nulls()
    created = dict(accounts.filter(pl.col("account_id").is_in(asked)).iter_rows())
    last = about["created_at"].max()
    if isinstance(last, datetime):
        created |= {each: creation_date(each, None, last) for each in asked if each not in created}
    clients = _clients(about.filter(pl.col("account_id").is_in(asked)), dataset)
    return [
        with_signals(
            cohort,
            _standing(creation_window.signals(cohort.accounts, ordinary, created)),
            _standing(rare_client.signals(cohort.accounts, ordinary, clients)),
        )
        for cohort in cohorts
    ]


def _standing(found: Mapping[str, Signal]) -> dict[str, Signal]:
    """The signals that stand at a false discovery rate of 5 % among all members tested."""
    from scipy.stats import false_discovery_control

    if not found:
        return {}
    adjusted = false_discovery_control([signal.p for signal in found.values()], method="by")
    return {
        member: signal
        for (member, signal), q in zip(found.items(), adjusted.tolist(), strict=True)
        if q <= RATE and signal.accounts
    }


def _clients(about: pl.DataFrame, dataset: Dataset) -> dict[str, str]:
    """The client of most posts in scope of each account; the first by name of equally many."""
    if not dataset.has("posts.client"):
        return {}
    used = (
        load(dataset, "posts", ["post_id", "client"])
        .join(about.select("post_id", "account_id"), on="post_id")
        .drop_nulls("client")
        .group_by("account_id", "client")
        .len()
        .sort("account_id", "len", "client", descending=[False, True, False])
        .unique("account_id", keep="first", maintain_order=True)
    )
    return dict(used.select("account_id", "client").iter_rows())
