"""Posts of X as minet and Gazouilloire write them: a CSV file, or one JSON object per line.

`local_time` stands in the zone of the computer that collected and is not read: `timestamp_utc` is.
"""

from __future__ import annotations

from typing import Any

from analyzers.read.cells import piped
from analyzers.read.head import Head
from analyzers.read.layout import Layout, TableReader
from analyzers.read.loose import Object, inner, object_of
from analyzers.read.normal import NOT_A_POST, Rows, Skip

_SIGNATURE = {"user_screen_name", "timestamp_utc", "id", "text", "retweeted_id"}

_LAYOUT = Layout(
    columns={
        "post_id": "id",
        "account_id": "user_id",
        "handle": "user_screen_name",
        "display_name": "user_name",
        "text": "text",
        "time": "timestamp_utc",
        "language": "lang",
        "client": "source_name",
        "reposted_post": "retweeted_id",
        "reposted_account": "retweeted_user_id",
        "reposted_handle": "retweeted_user",
        "reply_to_post": "to_tweetid",
        "reply_to_account": "to_userid",
        "reply_to_handle": "to_username",
        "quoted_post": "quoted_id",
        "mentioned_ids": "mentioned_ids",
        "mentioned_handles": "mentioned_names",
        "hashtags": "hashtags",
        "urls": "links",
        "media": "media_urls",
        "likes": "like_count",
        "reposts": "retweet_count",
        "replies": "reply_count",
        "account_created": "user_timestamp_utc",
        "bio": "user_description",
        "location": "user_location",
        "followers": "user_followers",
        "following": "user_friends",
        "account_posts": "user_tweets",
    },
    split=piped,
)
_USERS_SIGNATURE = {
    "screen_name",
    "timestamp_utc",
    "tweets",
    "followers",
    "friends",
    "default_profile",
}
_USERS = Layout(
    columns={
        "account_id": "id",
        "handle": "screen_name",
        "display_name": "name",
        "account_created": "timestamp_utc",
        "bio": "description",
        "location": "location",
        "followers": "followers",
        "following": "friends",
        "account_posts": "tweets",
    }
)
_COLUMNS = tuple(dict.fromkeys(_LAYOUT.columns.values()))
_DOCUMENT = TableReader(_LAYOUT, _COLUMNS)


def detect_table(head: Head) -> float:
    """How surely a table was written by minet or Gazouilloire, 0 to 1."""
    return 0.98 if head.columns >= _SIGNATURE else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT


def detect_users(head: Head) -> float:
    """How surely a table holds accounts of X as minet writes them, 0 to 1."""
    return 0.97 if head.columns >= _USERS_SIGNATURE else 0.0


def layout_users(head: Head) -> Layout:
    """Where the fields stand in a table of accounts."""
    return _USERS


def detect(head: Head) -> float:
    """How surely the first items are Gazouilloire's documents, 0 to 1."""
    own = _SIGNATURE - {"id"}  # the index may hold it instead
    return 0.98 if any(_document(record).keys() >= own for record in head.records) else 0.0


def read(item: bytes) -> Rows:
    """Decode one document and make its post normal; raises `Skip`."""
    found = object_of(item)
    document = _document(found)
    if "user_id" not in document and "user_screen_name" not in document:
        raise Skip(NOT_A_POST)
    cells = [_cell(document.get(name)) for name in _COLUMNS]
    cells[0] = cells[0] or _cell(found.get("_id"))
    return _DOCUMENT(cells)


def _document(record: Object) -> Object:
    return inner(record, "_source") or record


def _cell(found: Any) -> str:
    """A value as the CSV file writes it."""
    if isinstance(found, list):
        return "|".join(_cell(one) for one in found)
    return str(found) if isinstance(found, str | int | float) else ""
