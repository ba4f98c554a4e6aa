"""Cards of posts that hold the words which set accounts apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyzers.lib.post_cards import at_quarters, card, only
from analyzers.lib.vocabulary import Term, Vocabulary
from analyzers.model.figure import PostCard, Posts
from analyzers.model.text import Quote, Text, plural

if TYPE_CHECKING:
    import pandas as pd

CARDS = 3
"""Texts shown: as many as a phone shows without scrolling far."""


def word_cards(posts: pd.DataFrame, found: Vocabulary, terms: Sequence[Term]) -> tuple[Posts, ...]:
    """Posts of the cohort with the first of the terms, the texts that most accounts share first.

    Where no two accounts share one, a post per account at the quarter marks of their order in time,
    with the terms of that language alone readable. `posts` has post_id, account_id, created_at,
    text and, where known, normal.
    """
    first = terms[0]
    pairs = found.pairs
    held = pairs[(pairs["word"] == first.word) & (pairs["language"] == first.language)]
    ours = posts["post_id"].isin(held["post_id"]) & (posts["group"] == "cohort")
    rows = posts[ours].sort_values(["created_at", "post_id"])
    shared = _shared(rows)
    if shared:
        cards = shared
        alt = plural(
            "Card of the text with {word} that most of these accounts posted.",
            "Cards of the {n} texts with {word} that most of these accounts posted, the earliest "
            "post of each.",
            len(cards),
            word=Quote(first.word),
        )
    else:
        words = {term.word for term in terms if term.language == first.language}
        each = rows.drop_duplicates("account_id").to_dict("records")
        cards = [card(post, only(post["text"], words)) for post in at_quarters(each)]
        alt = plural(
            "Card of one post with {word}.",
            "Cards of {n} posts with {word}, one per account, taken at the quarter marks of their "
            "order in time, not for what they say.",
            len(cards),
            word=Quote(first.word),
        )
    if not cards:
        return ()
    return (
        Posts(
            slug="interests_posts",
            title=Text("What these accounts write with {word}", word=Quote(first.word)),
            alt=alt,
            note=Text("Words are shown only where several accounts use them."),
            rows=tuple((one,) for one in cards),
        ),
    )


def _shared(rows: pd.DataFrame) -> list[PostCard]:
    """The earliest post of each text that two or more accounts posted, commonest text first."""
    if "normal" not in rows:
        return []
    users = rows.groupby("normal")["account_id"].nunique()
    texts = sorted(users[users >= 2].index, key=lambda text: (-users[text], text))[:CARDS]
    firsts = rows.drop_duplicates("normal").set_index("normal")
    return [card(firsts.loc[text].to_dict(), "", whole=True) for text in texts if text]
