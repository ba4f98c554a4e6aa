"""Tables of DMI-TCAT, the Twitter collector (github.com/digitalmethodsinitiative/dmi-tcat).

Read by what TCAT's own code writes (`analysis/mod.export_tweets.php`), and experimental until a
genuine file was seen. `created_at` is in UTC; the number in `time` was taken in the zone of the
server and is not read. A repost is known by its "RT @name: " alone. Gazouilloire writes this form
too, with the ids of reposted and quoted posts.
"""

from __future__ import annotations

import re

from analyzers.read.cells import value
from analyzers.read.head import Head
from analyzers.read.layout import Layout

_SIGNATURE = {"from_user_name", "from_user_id", "text", "created_at", "to_user_name"}
_BETWEEN = re.compile(r"[;|]")


def _items(cell: str) -> list[str]:
    """The items of a list, which TCAT parts by semicolons and Gazouilloire by bars."""
    found = value(cell) or ""
    return [item for one in _BETWEEN.split(found) if (item := one.strip())]


_LAYOUT = Layout(
    columns={
        "post_id": "id",
        "account_id": "from_user_id",
        "handle": "from_user_name",
        "display_name": "from_user_realname",
        "text": "text",
        "time": "created_at",
        "language": "lang",
        "client": "source",
        "reposted_post": "retweeted_id",
        "reply_to_post": "in_reply_to_status_id",
        "reply_to_handle": "to_user_name",
        "quoted_post": "quoted_status_id",
        "mentioned_handles": "mentions",
        "hashtags": "hashtags",
        "urls": "urls_expanded",
        "likes": "favorite_count",
        "reposts": "retweet_count",
        "account_created": "from_user_created_at",
        "profile_language": "from_user_lang",
        "bio": "from_user_description",
        "location": "location",
        "followers": "from_user_followercount",
        "following": "from_user_friendcount",
        "account_posts": "from_user_tweetcount",
    },
    split=_items,
    derive=True,
)


def detect(head: Head) -> float:
    """How surely a table was written by TCAT, 0 to 1."""
    return 0.98 if head.columns >= _SIGNATURE else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT
