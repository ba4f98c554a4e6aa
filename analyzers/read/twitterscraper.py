"""CSV files of twitterscraper, separated by semicolons; `username` holds the shown name there."""

from __future__ import annotations

from analyzers.read.head import Head
from analyzers.read.layout import Cell, Layout
from analyzers.read.literal import records, texts

_SIGNATURE = {"tweet_url", "timestamp_epochs", "tweet_id", "screen_name", "text"}


def _is_reply(cell: Cell) -> bool:
    return cell("is_reply_to").lower() == "true"


def _answered(cell: Cell) -> str:
    found = records(cell("reply_to_users")) if _is_reply(cell) else []
    return found[0].get("user_id", "") if found else ""


_LAYOUT = Layout(
    columns={
        "post_id": "tweet_id",
        "account_id": "user_id",
        "handle": "screen_name",
        "display_name": "username",
        "text": "text",
        "time": "timestamp_epochs",
        "hashtags": "hashtags",
        "urls": "links",
        "media": "img_urls",
        "likes": "likes",
        "reposts": "retweets",
        "replies": "replies",
    },
    computed={
        "reply_to_post": lambda cell: cell("parent_tweet_id") if _is_reply(cell) else "",
        "reply_to_account": _answered,
    },
    split=texts,
)


def detect(head: Head) -> float:
    """How surely a table was written by twitterscraper, 0 to 1."""
    return 0.98 if head.columns >= _SIGNATURE else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT
