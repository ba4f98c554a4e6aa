"""CSV and JSON files of twint, whose times stand in the zone of the computer that collected.

Until 2020 a number gives the time in UTC; since 2021 the zone's offset from UTC stands beside.
`reply_to` lists the author first until 2020. A post is a reply when its conversation began with
another post; which post it answers is not told.
"""

from __future__ import annotations

import json
import re
from typing import Any

from analyzers.read.head import Head
from analyzers.read.layout import Cell, Layout, TableReader
from analyzers.read.literal import as_list, printed, records, texts
from analyzers.read.loose import Object, object_of
from analyzers.read.normal import NOT_A_POST, Rows, Skip
from analyzers.read.x_address import post_in, writer_in
from analyzers.read.zones import NAIVE

_SIGNATURE = {"conversation_id", "username", "tweet", "timezone", "user_id"}
_OFFSET = re.compile(r"[+-]\d{4}$")


def _time(cell: Cell) -> str:
    if cell("created_at").isdigit():
        return cell("created_at")
    zone = cell("timezone")
    return f"{cell('date')} {cell('time')}{zone if _OFFSET.match(zone) else ''}"


def _handle(cell: Cell) -> str:
    """The handle in its own case, which only the post's address keeps."""
    return writer_in(cell("link")) or cell("username")


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
        "quoted_post": lambda cell: post_in(cell("quote_url")),
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


_COLUMNS = tuple(
    dict.fromkeys(
        (*_LAYOUT.columns.values(), "created_at", "date", "time", "timezone", "link", "username",
         "mentions", "conversation_id", "reply_to", "quote_url")
    )
)  # fmt: skip
_OBJECT = TableReader(_LAYOUT, _COLUMNS)


def detect_json(head: Head) -> float:
    """How surely the first items are posts that twint wrote, 0 to 1."""
    return 0.98 if any(record.keys() >= _SIGNATURE for record in head.records) else 0.0


def read(item: bytes) -> Rows:
    """Decode one post and make it normal; raises `Skip`."""
    post = object_of(item)
    if "tweet" not in post:
        raise Skip(NOT_A_POST)
    rows = _OBJECT([_cell(post.get(name)) for name in _COLUMNS])
    if not _zoned(post):
        rows.notes.append(NAIVE)
    return rows


def _zoned(post: Object) -> bool:
    zone = post.get("timezone")
    return isinstance(post.get("created_at"), int) or bool(_OFFSET.match(str(zone)))


def _cell(found: Any) -> str:
    """A value as the CSV file writes it."""
    if isinstance(found, list | dict):
        return json.dumps(found, ensure_ascii=False)
    return "" if found is None else str(found)
