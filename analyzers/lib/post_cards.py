"""Which posts stand on cards in place of screenshots: typical ones, and only shared words."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from analyzers.lib.stance import fold, tokens
from analyzers.model.figure import Alignment, Label, PostCard, Posts
from analyzers.model.text import AccountRef, plural

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

SHARED_BY = 2
"""Accounts that must have posted a text before anybody may read it."""

_HIDDEN = "…"


def at_quarters(items: Sequence[T]) -> list[T]:
    """Those at the quarter marks of an ordered list, so that none is chosen for what it says."""
    places = dict.fromkeys(len(items) * part // 4 for part in (1, 2, 3)) if items else ()
    return [items[place] for place in places]


def shared_words(posts: pd.DataFrame) -> pd.Series[bool]:
    """Whether another account posted the very words of each post, signs and mentions apart."""
    if "normal" not in posts:
        return posts["text"].isna() & False
    users = posts.groupby("normal")["account_id"].transform("nunique")
    return (users >= SHARED_BY) & (posts["normal"] != "")


def only(text: str, words: Collection[str]) -> str:
    """A text with everything but some words replaced by "…"; accents and capitals do not matter.

    >>> only("Franchement ce clown de Martin me lasse", {"clown", "Martin"})
    '… clown … Martin …'
    """
    kept = {word.lstrip("#@") for word in fold(words).values()}
    cut = [token for token in tokens(text) if token[0] not in ".!?…\n"]
    folded = fold(cut)
    parts: list[str] = []
    for token in cut:
        shown = token if folded[token].lstrip("#@") in kept else _HIDDEN
        if shown != _HIDDEN or not parts or parts[-1] != _HIDDEN:
            parts.append(shown)
    return " ".join(parts)


def card(
    post: Mapping[Hashable, Any], text: str, *, about: Label | None = None, whole: bool = False
) -> PostCard:
    """The card of one row of posts; `whole` says that others share its text, else `text` is shown.

    The whole text goes along for readers with the reveal right.
    """
    own = post["text"] if isinstance(post["text"], str) else ""
    client = post.get("client")
    return PostCard(
        AccountRef(str(post["account_id"])),
        post["created_at"].to_pydatetime(),
        own if whole else text,
        client=client if isinstance(client, str) else None,
        about=about,
        own=own,
    )


def of_model(chart: Alignment, posts: pd.DataFrame, places: Sequence[int]) -> list[PostCard]:
    """Cards of posts laid under a model, by their place in its chart.

    `posts` are those that the chart was made of; words that one account alone used are "…".
    """
    first = posts.sort_values(["created_at", "post_id"]).drop_duplicates("account_id")
    rows = {str(post["account_id"]): post for post in first.to_dict("records")}
    return [
        card(rows[shown.account.id], " ".join(cell.words for cell in shown.cells if cell.words))
        for shown in (chart.posts[place] for place in places)
    ]


def model_cards(chart: Alignment, posts: pd.DataFrame, accounts: int) -> tuple[Posts, ...]:
    """Posts of one model by different accounts, at the quarter marks of their order in time."""
    places = at_quarters(range(len(chart.posts)))
    if len(places) < 2:
        return ()
    return (
        Posts(
            slug="template_posts",
            title=plural("One account posted this model", "{n} accounts, one model", accounts),
            alt=plural(
                "Card of one post of the model.",
                "Cards of {n} posts of the model, taken at the quarter marks of their order in "
                "time, not for what they say.",
                len(places),
            ),
            note=chart.note,
            rows=tuple((one,) for one in of_model(chart, posts, places)),
        ),
    )


def pair_of_model(chart: Alignment, posts: pd.DataFrame) -> tuple[PostCard, ...]:
    """The first post of a shared text and the middle one of its order in time, side by side."""
    places = dict.fromkeys((0, len(chart.posts) // 2))
    return tuple(of_model(chart, posts, [*places]))
