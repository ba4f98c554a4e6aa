"""Meltwater's exports (UTF-16 between tabs, or CSV): of all they hold, the posts of X.

Read by its columns, and experimental until a whole genuine file was seen. `Twitter Screen Name` is
a handle in older files and the shown name in newer ones, so the handle is taken from the profile's
address or from `Influencer` first. Times stand in the zone of the customer's account.
"""

from __future__ import annotations

from analyzers.read.head import Head
from analyzers.read.language_names import language_code
from analyzers.read.layout import Cell, Layout
from analyzers.read.x_address import elsewhere, handle_in, post_in

_SIGNATURE = {"hit sentence", "influencer", "date", "url"}


def _handle(cell: Cell) -> str:
    profile = cell("user profile url") or cell("twitter user profile url")
    return handle_in(profile) or cell("influencer") or cell("twitter screen name")


def _name(cell: Cell) -> str:
    name = cell("twitter screen name")
    return "" if name.lstrip("@").lower() == _handle(cell).lstrip("@").lower() else name


_LAYOUT = Layout(
    columns={
        "account_id": "twitter id",
        "time": "date",
        "language": "language",
        "client": "twitter client",
        "likes": "likes",
        "reposts": "retweets",
        "replies": "replies",
        "bio": "twitter bio",
        "followers": "twitter followers",
        "following": "twitter following",
    },
    computed={
        "post_id": lambda cell: cell("tweet id") or post_in(cell("url")),
        "handle": _handle,
        "display_name": _name,
        "text": lambda cell: cell("hit sentence") or cell("opening text"),
        "reply_to_post": lambda cell: post_in(cell("parent url")),
    },
    derive=True,
    day_first=True,
    language=language_code,
    passes_over=elsewhere("url"),
)


def detect(head: Head) -> float:
    """How surely a table comes from Meltwater, 0 to 1."""
    return 0.98 if head.columns >= _SIGNATURE else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT
