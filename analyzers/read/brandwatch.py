"""Brandwatch's exports, which begin with some lines about the query: the posts of X in them.

Read by its columns, and experimental until a whole genuine file was seen. Posts are told by their
addresses; `Full Name` may repeat the handle before the name, as in "Voisine (La Voisine)". Times
stand in the zone of the project.
"""

from __future__ import annotations

from dataclasses import replace

from analyzers.read.cells import value
from analyzers.read.head import Head
from analyzers.read.layout import Cell, Layout
from analyzers.read.x_address import elsewhere, post_in, writer_in

_SIGNATURE = {"query id", "url", "author", "date", "page type"}
_REPOSTS = {"share", "retweet"}


def _name(cell: Cell) -> str:
    whole, author = cell("full name"), cell("author")
    inner = whole.removeprefix(f"{author} (")
    return inner.removesuffix(")") if inner != whole else whole


def _kind(cell: Cell) -> str:
    return cell("thread entry type").lower()


def _reposted(cell: Cell) -> str:
    written = cell("twitter retweet of")
    return written or (cell("thread url") if _kind(cell) in _REPOSTS else "")


def _answered(cell: Cell) -> str:
    return cell("twitter reply to") or cell("reply to")


_LAYOUT = Layout(
    columns={
        "account_id": "twitter author id",
        "handle": "author",
        "time": "date",
        "language": "language",
        "mentioned_handles": "mentioned authors",
        "hashtags": "hashtags",
        "urls": "expanded urls",
        "media": "media urls",
        "likes": "twitter likes",
        "reposts": "twitter retweets",
        "replies": "twitter reply count",
        "followers": "twitter followers",
        "following": "twitter following",
        "account_posts": "twitter tweets",
    },
    computed={
        "post_id": lambda cell: post_in(cell("url")),
        "display_name": _name,
        "text": lambda cell: value(cell("full text")) or cell("snippet"),
        "is_quote": lambda cell: "yes" if _kind(cell) == "quote" else "",
        "reposted_post": lambda cell: post_in(_reposted(cell)),
        "reposted_handle": lambda cell: writer_in(_reposted(cell)),
        "reply_to_post": lambda cell: post_in(_answered(cell)),
        "reply_to_handle": lambda cell: writer_in(_answered(cell)),
        "quoted_post": lambda cell: post_in(cell("thread url")) if _kind(cell) == "quote" else "",
    },
    derive=True,
    passes_over=elsewhere("url"),
)
_INSIGHTS = {"mentioned_handles": "insights mentioned", "hashtags": "insights hashtag"}


def detect(head: Head) -> float:
    """How surely a table comes from Brandwatch, 0 to 1."""
    return 0.98 if head.columns >= _SIGNATURE else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand; mentions and hashtags have two names for their columns."""
    there = {field: name for field, name in _INSIGHTS.items() if name in head.columns}
    return replace(_LAYOUT, columns={**_LAYOUT.columns, **there})
