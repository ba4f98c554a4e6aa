"""The two CSV files of the R package rtweet 1.0 and later: posts, and row by row their users.

Times stand in the zone of the computer that collected; entities and reposts as R prints them.
"""

from __future__ import annotations

from analyzers.read.head import Head
from analyzers.read.layout import Cell, Layout
from analyzers.read.literal import as_list, texts
from analyzers.read.r_text import part, strings

_POSTS = {"full_text", "id_str", "display_text_range", "entities", "created_at"}
_USERS = {"screen_name", "id_str", "followers_count", "created_at", "profile_image_url_https"}
USERS = "users."
"""What the users' columns are called by, once they stand beside those of the posts."""

_ACCOUNT = {
    "account_id": "id_str",
    "handle": "screen_name",
    "display_name": "name",
    "account_created": "created_at",
    "bio": "description",
    "location": "location",
    "followers": "followers_count",
    "following": "friends_count",
    "account_posts": "statuses_count",
}


def _original(cell: Cell, name: str) -> str:
    """A text of the post that was reposted: the first of that name, before nested lists' own."""
    found = strings(cell("retweeted_status"), name)
    return found[0] if found else ""


def _author(cell: Cell, name: str) -> str:
    found = strings(part(cell("retweeted_status"), "user"), name)
    return found[0] if found else ""


def _text(cell: Cell) -> str:
    """The text in full; of a repost, "RT @name: " and the whole original."""
    handle, whole = _author(cell, "screen_name"), _original(cell, "full_text")
    return f"RT @{handle}: {whole}" if handle and whole else cell("full_text")


def _entities(name: str, key: str, cell: Cell) -> str:
    return as_list(strings(part(cell("entities"), name), key))


_LAYOUT = Layout(
    columns={
        "post_id": "id_str",
        "time": "created_at",
        "language": "lang",
        "client": "source",
        "reply_to_post": "in_reply_to_status_id_str",
        "reply_to_account": "in_reply_to_user_id_str",
        "reply_to_handle": "in_reply_to_screen_name",
        "quoted_post": "quoted_status_id_str",
        "is_quote": "is_quote_status",
        "likes": "favorite_count",
        "reposts": "retweet_count",
        "replies": "reply_count",
        **{field: USERS + column for field, column in _ACCOUNT.items()},
    },
    computed={
        "text": _text,
        "reposted_post": lambda cell: _original(cell, "id_str"),
        "reposted_account": lambda cell: _author(cell, "id_str"),
        "reposted_handle": lambda cell: _author(cell, "screen_name"),
        "mentioned_ids": lambda cell: _entities("user_mentions", "id_str", cell),
        "mentioned_handles": lambda cell: _entities("user_mentions", "screen_name", cell),
        "hashtags": lambda cell: _entities("hashtags", "text", cell),
        "urls": lambda cell: _entities("urls", "expanded_url", cell),
        "media": lambda cell: _entities("media", "media_url_https", cell),
    },
    split=texts,
    local_accounts=True,
)
_ALONE = Layout(columns=_ACCOUNT)


def detect(head: Head) -> float:
    """How surely a table holds the posts of such a pair, 0 to 1."""
    return 0.98 if head.columns >= _POSTS and "screen_name" not in head.columns else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand once the users' file is beside."""
    return _LAYOUT


def detect_users(head: Head) -> float:
    """How surely a table holds the users of such a pair, 0 to 1."""
    return 0.95 if head.columns >= _USERS and not {"text", "full_text"} & head.columns else 0.0


def layout_users(head: Head) -> Layout:
    """Where the fields stand in the users' file by itself."""
    return _ALONE
