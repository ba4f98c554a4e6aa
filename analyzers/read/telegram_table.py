"""Telegram as a table: 4CAT's CSV of its `telegram` data source.

Columns by github.com/digitalmethodsinitiative/4cat, `datasources/telegram/search_telegram.py`; ids
there may be pseudonyms. A reply names its parent by the number within the chat.
"""

from __future__ import annotations

from analyzers.read.head import Head
from analyzers.read.layout import Cell, Layout
from analyzers.read.normal import Rows, at_handle

_SIGNATURE = {"thread_id", "author_username", "author_is_bot", "body", "unix_timestamp"}


def _placed(cell: Cell, rows: Rows) -> None:
    """Name the parent of a reply in full, and read a forwarded message as a repost."""
    post = rows.posts[0]
    if post.reply_to_post is not None:
        post.reply_to_post = f"{cell('thread_id')}-{post.reply_to_post}"
    known, name = cell("author_forwarded_from_id"), cell("author_forwarded_from_username")
    if known or name or cell("author_forwarded_from_name"):
        post.kind = "repost"
        post.reposted_account = known or (at_handle(name) if name else None)


_LAYOUT = Layout(
    columns={
        "post_id": "id",
        "account_id": "author",
        "handle": "author_username",
        "display_name": "author_name",
        "text": "body",
        "time": "unix_timestamp",
        "reply_to_post": "reply_to",
        "mentioned_handles": "entities_mentioned",
    },
    derive=True,
    refine=_placed,
)


def detect(head: Head) -> float:
    """How surely a table is such an export, 0 to 1."""
    return 0.98 if head.columns >= _SIGNATURE else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT
