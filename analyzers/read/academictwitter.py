"""What the R package academictwitteR saves: `data_*.json` with posts, `users_*.json` with accounts.

The two are joined by the accounts' ids once both are read. R wrote empty lists as {}. Its tidy CSV
file, where each post has its author, is read by what the package's code writes.
"""

from __future__ import annotations

import re

import msgspec

from analyzers.read import x_v2
from analyzers.read.head import Head
from analyzers.read.json_items import decoded
from analyzers.read.layout import Cell, Layout
from analyzers.read.normal import Rows

_EMPTY = re.compile(rb'(?<!\\)":\s*\{\}')  # a quote inside a text is always written \"
_POST = {"id", "author_id", "text", "public_metrics"}
_TIDY = {"tweet_id", "user_username", "sourcetweet_type", "sourcetweet_id", "author_id"}


class _Users(msgspec.Struct):
    users: list[msgspec.Raw] | None = None


_USERS = msgspec.json.Decoder(_Users)


def detect(head: Head) -> float:
    """How surely the first items are posts or accounts saved by academictwitteR, 0 to 1."""
    for record in head.records:
        users = record.get("users")
        if isinstance(users, list) and users and isinstance(users[0], dict):
            return 0.97 if {"username", "public_metrics"} <= users[0].keys() else 0.0
        if record.keys() >= _POST and not {"author", "__twarc"} & record.keys():
            return 0.9
    return 0.0


def read(item: bytes) -> Rows:
    """Decode one post, or a whole file of accounts; raises `Skip`."""
    item = _EMPTY.sub(b'":null', item)
    users = decoded(_USERS, item).users
    if users is None:
        return x_v2.read(item)
    rows = x_v2.read(b'{"data":[],"includes":' + item + b"}")
    rows.used = len(users)
    return rows


def detect_table(head: Head) -> float:
    """How surely a table is academictwitteR's tidy one, 0 to 1."""
    return 0.98 if head.columns >= _TIDY else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand in the tidy table."""
    return Layout(
        columns={
            "post_id": "tweet_id",
            "account_id": "author_id",
            "handle": "user_username",
            "display_name": "user_name",
            "text": "text",
            "time": "created_at",
            "language": "lang",
            "client": "source",
            "reply_to_account": "in_reply_to_user_id",
            "likes": "like_count",
            "reposts": "retweet_count",
            "account_created": "user_created_at",
            "bio": "user_description",
            "location": "user_location",
            "followers": "user_followers_count",
            "following": "user_following_count",
            "account_posts": "user_tweet_count",
        },
        computed={
            "reposted_post": lambda cell: _source("retweeted", "sourcetweet_id", cell),
            "reposted_account": lambda cell: _source("retweeted", "sourcetweet_author_id", cell),
            "quoted_post": lambda cell: _source("quoted", "sourcetweet_id", cell),
        },
        derive=True,
    )


def _source(kind: str, column: str, cell: Cell) -> str:
    return cell(column) if cell("sourcetweet_type") == kind else ""
