"""CSV files of the R package rtweet 0.6 and 0.7 (`write_as_csv`), which write x before ids."""

from __future__ import annotations

from analyzers.read.cells import spaced
from analyzers.read.head import Head
from analyzers.read.layout import Layout

_SIGNATURE = {"status_id", "screen_name", "user_id", "text", "created_at"}
_OWN = {"account_created_at", "is_retweet", "display_text_width", "retweet_status_id"}

_LAYOUT = Layout(
    columns={
        "post_id": "status_id",
        "account_id": "user_id",
        "handle": "screen_name",
        "display_name": "name",
        "text": "text",
        "time": "created_at",
        "language": "lang",
        "client": "source",
        "is_repost": "is_retweet",
        "is_quote": "is_quote",
        "reposted_post": "retweet_status_id",
        "reposted_account": "retweet_user_id",
        "reposted_handle": "retweet_screen_name",
        "reply_to_post": "reply_to_status_id",
        "reply_to_account": "reply_to_user_id",
        "reply_to_handle": "reply_to_screen_name",
        "quoted_post": "quoted_status_id",
        "mentioned_ids": "mentions_user_id",
        "mentioned_handles": "mentions_screen_name",
        "hashtags": "hashtags",
        "urls": "urls_expanded_url",
        "media": "media_url",
        "likes": "favorite_count",
        "reposts": "retweet_count",
        "replies": "reply_count",
        "account_created": "account_created_at",
        "profile_language": "account_lang",
        "bio": "description",
        "location": "location",
        "followers": "followers_count",
        "following": "friends_count",
        "account_posts": "statuses_count",
    },
    split=spaced,
)


def detect(head: Head) -> float:
    """How surely a table was written by rtweet, 0 to 1."""
    if not head.columns >= _SIGNATURE:
        return 0.0
    return 0.97 if head.columns & _OWN else 0.6


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT
