"""The three million posts of the Internet Research Agency that FiveThirtyEight published in 2018.

They have no post ids, and mirrors wrote the accounts' ids as rounded numbers: accounts are known by
handle alone. A repost is marked by a flag, its text does not start with "RT @".
"""

from __future__ import annotations

from analyzers.read.head import Head
from analyzers.read.language_names import language_code
from analyzers.read.layout import Layout

_SIGNATURE = {"external_author_id", "account_category", "publish_date", "content", "author"}

_LAYOUT = Layout(
    columns={
        "handle": "author",
        "text": "content",
        "time": "publish_date",
        "language": "language",
        "is_repost": "retweet",
        "post_type": "post_type",
        "followers": "followers",
        "following": "following",
        "account_posts": "updates",
        "fetched_at": "harvested_date",
    },
    derive=True,
    language=language_code,
)


def detect(head: Head) -> float:
    """How surely a table is this release or a mirror of it, 0 to 1."""
    return 0.99 if head.columns >= _SIGNATURE else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT
