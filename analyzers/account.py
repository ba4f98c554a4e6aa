"""One account seen close: its sheet, read from a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.model.dataset import Dataset

if TYPE_CHECKING:
    from analyzers.lib.account_sheet import AccountSheet


def account(dataset: Dataset, account_id: str) -> AccountSheet:
    """Lay out an account's languages, rhythm, pauses and shared texts; needs an enriched dataset.

    Posts that came in only because others refer to them are left out, as in every step.
    """
    import polars as pl

    from analyzers.lib.account_sheet import account_sheet
    from analyzers.tables import load

    columns = ("post_id", "account_id", "created_at", "route", "organic", "client", "text")
    posts = load(dataset, "posts", [*columns, "spoken", "family"])
    posts = posts.filter(pl.col("route") != "context")
    own = posts.filter(pl.col("account_id") == account_id).sort("created_at", "post_id")
    families = own.filter(pl.col("family") >= 0)["family"].unique().to_list()
    sharing = (
        posts.filter(pl.col("family").is_in(families))
        .group_by("family")
        .agg(pl.col("account_id").n_unique())
    )
    profiles = load(dataset, "accounts", ["account_id", "created_at", "profile_language"])
    rows = profiles.filter(pl.col("account_id") == account_id).to_pandas().to_dict("records")
    profile = {str(name): value for name, value in rows[0].items()} if rows else {}
    return account_sheet(account_id, profile, own.to_pandas(), dict(sharing.iter_rows()))
