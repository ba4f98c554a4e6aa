"""Talkwalker's exports (CSV between semicolons): of all they hold, the posts of X.

Read by its columns, and experimental until a whole genuine file was seen. `published` is a number
since 1970 or a date whose day comes first.
"""

from __future__ import annotations

import re

from analyzers.read.cells import value
from analyzers.read.head import Head
from analyzers.read.layout import Cell, Layout
from analyzers.read.x_address import elsewhere, post_in, writer_in

_SIGNATURE = {"published", "url", "content", "extra_author_attributes.name"}
_AUTHOR = "extra_author_attributes."
_NUMBER = re.compile(r"(\d+)$", re.ASCII)


def _account(cell: Cell) -> str:
    """The account's number, before which the service may write where the account is."""
    found = _NUMBER.search(cell(f"{_AUTHOR}id"))
    return found[1] if found else ""


_LAYOUT = Layout(
    columns={
        "display_name": f"{_AUTHOR}name",
        "time": "published",
        "language": "lang",
        "mentioned_handles": "tokens_mention",
        "hashtags": "tokens_hashtag",
        "likes": "article_extended_attributes.twitter_likes",
        "reposts": "article_extended_attributes.twitter_retweets",
        "replies": "article_extended_attributes.num_comments",
        "followers": "source_extended_attributes.twitter_followers",
    },
    computed={
        "post_id": lambda cell: post_in(cell("url")),
        "account_id": _account,
        "handle": lambda cell: writer_in(cell("url")) or cell(f"{_AUTHOR}short_name"),
        "text": lambda cell: value(cell("content")) or cell("content_snippet"),
        "reply_to_post": lambda cell: post_in(cell("parent_url")),
        "reply_to_handle": lambda cell: writer_in(cell("parent_url")),
    },
    derive=True,
    day_first=True,
    passes_over=elsewhere("url"),
)


def detect(head: Head) -> float:
    """How surely a table comes from Talkwalker, 0 to 1."""
    return 0.98 if head.columns >= _SIGNATURE else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT
