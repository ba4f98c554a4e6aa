"""What accounts wrote apart from the attack: their timelines without the posts about the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.lib.attack_times import seconds
from analyzers.model.case import Case
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd

NO_TIMELINES = Text(
    "The timelines of these accounts, and of ordinary accounts over the same dates and depth: what "
    "they posted apart from the attack."
)


def elsewhere(case: Case) -> pd.DataFrame:
    """Dated posts of accounts whose timelines were collected, in the order of time.

    Posts about the target and those that selected the cohort are left out, on both sides, because
    the search chose those for what they say. Adds `at`, seconds since 1970.
    """
    posts, accounts = case.tables.posts, case.tables.accounts
    collected = accounts.loc[accounts["timeline"].astype(bool), "account_id"]
    kept = posts[
        posts["account_id"].isin(collected)
        & posts["group"].notna()
        & posts["created_at"].notna()
        & ~posts["on_target"].astype(bool)
        & ~posts["selecting"].astype(bool)
    ]
    return kept.assign(at=seconds(kept["created_at"]))
