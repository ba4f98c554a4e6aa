"""Tables of posts of X as 4CAT gives them (github.com/digitalmethodsinitiative/4cat), in UTC.

Read by what 4CAT's own code writes, and experimental until a whole genuine file was seen. A reduced
table of a search in Zeeschuimer is read too: it has no times, so each post's comes from its id.
"""

from __future__ import annotations

from analyzers.lib.snowflake import post_ms
from analyzers.read.cells import flag_of
from analyzers.read.head import Head
from analyzers.read.layout import Cell, Layout
from analyzers.read.normal import TIME_FROM_ID
from analyzers.read.x_address import writer_in

_SIGNATURE = {"thread_id", "author_fullname", "unix_timestamp", "language_guess", "body"}
_REDUCED = {"tweet", "is_retweet", "author_followers", "heart_count", "search_url", "id", "url"}


def _answered(cell: Cell) -> str:
    handle = cell("replied_author") or cell("replied_user")
    return handle if flag_of(cell("is_reply")) else ""


_WHOLE = Layout(
    columns={
        "post_id": "id",
        "account_id": "author_id",
        "handle": "author",
        "display_name": "author_fullname",
        "text": "body",
        "time": "unix_timestamp",
        "language": "language_guess",
        "client": "source",
        "is_repost": "is_retweet",
        "reposted_handle": "retweeted_user",
        "quoted_post": "quote_tweet_id",
        "is_quote": "is_quote_tweet",
        "mentioned_handles": "mentions",
        "hashtags": "hashtags",
        "urls": "urls",
        "media": "images",
        "likes": "like_count",
        "reposts": "retweet_count",
        "replies": "reply_count",
        "followers": "author_followers",
    },
    computed={"reply_to_handle": _answered},
)


_SHORT = Layout(
    columns={
        "post_id": "id",
        "display_name": "author",
        "text": "tweet",
        "is_repost": "is_retweet",
        "likes": "heart_count",
        "reposts": "retweet_count",
        "replies": "reply_count",
        "followers": "author_followers",
    },
    computed={
        "handle": lambda cell: writer_in(cell("url")),
        "time": lambda cell: str(post_ms(cell("id")) or ""),
    },
    derive=True,
    notes=(TIME_FROM_ID,),
)


def detect(head: Head) -> float:
    """How surely a table of posts of X comes from 4CAT, 0 to 1."""
    if head.columns >= _SIGNATURE:
        return 0.98
    return 0.95 if head.columns >= _REDUCED else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _WHOLE if head.columns >= _SIGNATURE else _SHORT
