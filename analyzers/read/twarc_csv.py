"""CSV files of twarc2 (`twarc2 csv`): API 2 with dotted columns and JSON in cells.

Line ends stand as the two signs \\n. A repost has the text, the mentions and the counts of the
original: its text and mentions get back the author that the program takes off, and its own likes
and replies are not known.
"""

from __future__ import annotations

from analyzers.read.head import Head
from analyzers.read.layout import Cell, Layout
from analyzers.read.literal import as_list, json_list, texts

_SIGNATURE = {"author.created_at", "public_metrics.retweet_count", "id", "text"}


def _lines(text: str) -> str:
    return text.replace("\\r", "\r").replace("\\n", "\n")


def _reposted(cell: Cell) -> str:
    """The handle of the account whose post is reposted, "" when it is none."""
    return cell("retweeted_username") if cell("referenced_tweets.retweeted.id") else ""


def _own(cell: Cell, column: str) -> str:
    return "" if cell("referenced_tweets.retweeted.id") else cell(column)


def _text(cell: Cell) -> str:
    text, handle = _lines(cell("text")), _reposted(cell)
    return f"RT @{handle}: {text}" if handle and not text.startswith("RT @") else text


def _media(cell: Cell) -> str:
    found = [one for one in json_list(cell("attachments.media")) if isinstance(one, dict)]
    addresses = [one.get("url") or one.get("preview_image_url") for one in found]
    return as_list(one for one in addresses if isinstance(one, str))


_LAYOUT = Layout(
    columns={
        "post_id": "id",
        "account_id": "author.id",
        "handle": "author.username",
        "display_name": "author.name",
        "time": "created_at",
        "language": "lang",
        "client": "source",
        "reposted_post": "referenced_tweets.retweeted.id",
        "reposted_account": "retweeted_user_id",
        "reposted_handle": "retweeted_username",
        "reply_to_post": "referenced_tweets.replied_to.id",
        "reply_to_account": "in_reply_to_user_id",
        "reply_to_handle": "in_reply_to_username",
        "quoted_post": "referenced_tweets.quoted.id",
        "hashtags": "entities.hashtags",
        "urls": "entities.urls",
        "reposts": "public_metrics.retweet_count",
        "account_created": "author.created_at",
        "location": "author.location",
        "followers": "author.public_metrics.followers_count",
        "following": "author.public_metrics.following_count",
        "account_posts": "author.public_metrics.tweet_count",
        "fetched_at": "__twarc.retrieved_at",
    },
    computed={
        "text": _text,
        "mentioned_handles": lambda cell: as_list(
            [_reposted(cell), *texts(cell("entities.mentions"))]
        ),
        "media": _media,
        "likes": lambda cell: _own(cell, "public_metrics.like_count"),
        "replies": lambda cell: _own(cell, "public_metrics.reply_count"),
        "bio": lambda cell: _lines(cell("author.description")),
    },
    split=texts,
)


def detect(head: Head) -> float:
    """How surely a table was written by twarc2, 0 to 1."""
    return 0.99 if head.columns >= _SIGNATURE else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT
