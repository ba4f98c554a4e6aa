"""CSV files of twint, whose times stand in the zone of the computer that collected.

Until 2020 a number gives the time in UTC; since 2021 the zone's offset from UTC stands beside.
`reply_to` lists the author first until 2020. A post is a reply when its conversation began with
another post; which post it answers is not told.
"""

from __future__ import annotations

import re

from analyzers.read.head import Head
from analyzers.read.layout import Cell, Layout
from analyzers.read.literal import as_list, printed, records, texts

_SIGNATURE = {"conversation_id", "username", "tweet", "timezone", "user_id"}
_OFFSET = re.compile(r"[+-]\d{4}$")
_WRITER = re.compile(r"(?:twitter|x)\.com/(\w{1,15})/status/\d+")
_STATUS = re.compile(r"/status/(\d+)")


def _time(cell: Cell) -> str:
    if cell("created_at").isdigit():
        return cell("created_at")
    zone = cell("timezone")
    return f"{cell('date')} {cell('time')}{zone if _OFFSET.match(zone) else ''}"


def _handle(cell: Cell) -> str:
    """The handle in its own case, which only the post's address keeps."""
    found = _WRITER.search(cell("link"))
    return found[1] if found else cell("username")


def _mentions(cell: Cell, key: str) -> list[str]:
    written = cell("mentions")
    if "{" not in written:
        return printed(written) if key == "screen_name" else []
    return [one.get(key, "") for one in records(written)]


def _answered(cell: Cell) -> str:
    if cell("conversation_id") == cell("id"):
        return ""
    author = cell("user_id")
    others = (one.get("id") or one.get("user_id") or "" for one in records(cell("reply_to")))
    return next((one for one in others if one and one != author), author)


def _quoted(cell: Cell) -> str:
    found = _STATUS.search(cell("quote_url"))
    return found[1] if found else ""


_LAYOUT = Layout(
    columns={
        "post_id": "id",
        "account_id": "user_id",
        "display_name": "name",
        "text": "tweet",
        "language": "language",
        "client": "source",
        "is_repost": "retweet",
        "hashtags": "hashtags",
        "urls": "urls",
        "media": "photos",
        "likes": "likes_count",
        "reposts": "retweets_count",
        "replies": "replies_count",
    },
    computed={
        "time": _time,
        "handle": _handle,
        "reply_to_account": _answered,
        "quoted_post": _quoted,
        "mentioned_ids": lambda cell: as_list(_mentions(cell, "id")),
        "mentioned_handles": lambda cell: as_list(_mentions(cell, "screen_name")),
    },
    split=texts,
)


def detect(head: Head) -> float:
    """How surely a table was written by twint, 0 to 1."""
    return 0.98 if head.columns >= _SIGNATURE else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT
