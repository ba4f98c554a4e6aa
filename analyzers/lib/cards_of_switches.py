"""Cards of the last post in an account's old language and the first in its new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyzers.lib.language_mix import UNDETERMINED, categories, label
from analyzers.lib.post_cards import card, shared_words
from analyzers.model.figure import PostCard, Posts
from analyzers.model.text import AccountRef, Text, plural

if TYPE_CHECKING:
    import pandas as pd

PAIRS = 2
"""Accounts shown: those in the middle of the order of changes, neither the first nor the last."""


def switch_cards(
    posts: pd.DataFrame, public: str, switched: Sequence[tuple[str, float]]
) -> tuple[Posts, ...]:
    """Pairs of posts of accounts that took up a language, for those that did in the middle.

    `switched` has account ids with the second of their change, in that order; `posts` has post_id,
    account_id, at, created_at, organic, text, spoken and, where known, normal.
    """
    own = posts[posts["organic"].astype(bool) & posts["text"].notna()]
    own = own.assign(category=categories(own["spoken"]), whole=shared_words(own))
    start = max(0, (len(switched) - PAIRS) // 2)
    rows = []
    for account, at in switched[start : start + PAIRS]:
        mine = own[own["account_id"] == account]
        before = mine[(mine["at"] < at) & ~mine["category"].isin([public, UNDETERMINED])]
        since = mine[(mine["at"] >= at) & (mine["category"] == public)]
        if len(before) and len(since):
            rows.append((_card(before.iloc[-1]), _card(since.iloc[0])))
    if not rows:
        return ()
    old = rows[0][0]
    assert old.about is not None
    return (
        Posts(
            slug="language_switch_posts",
            title=Text(
                "{account} wrote in {before}, then in {language}",
                account=AccountRef(old.account.id),
                before=old.about,
                language=label(public),
            ),
            alt=plural(
                "A pair of posts by one account that took up {language}: its last in another "
                "language before the change, and its first in {language} since.",
                "Pairs of posts by {n} accounts that took up {language}, those in the middle of "
                "the order of changes: the last in another language before the change, and the "
                "first in {language} since.",
                len(rows),
                language=label(public),
            ),
            note=Text("Texts are shown only where several accounts posted them."),
            rows=tuple(rows),
        ),
    )


def _card(post: pd.Series[str]) -> PostCard:
    fields = post.to_dict()
    return card(fields, "", about=label(fields["category"]), whole=bool(fields["whole"]))
