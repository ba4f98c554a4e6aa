"""Where accounts and posts stand on the web, made from their ids alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

_OF_X = re.compile(r"^\d{1,20}$")
_SNOWFLAKE_FORMATS = re.compile(
    r"^(x_|twarc|academictwitter|rtweet|io_archive|ira538|twint|snscrape|zeeschuimer|4cat|minet"
    r"|twitterscraper|apify)"
)
"""Formats whose bare numbers are X's ids; a number from elsewhere leads nowhere."""


def of_x(formats: Iterable[str]) -> bool:
    """Whether bare numbers in files of these formats are X's ids."""
    return all(_SNOWFLAKE_FORMATS.match(one) for one in formats)


def account_address(account: str, handle: str | None, x: bool) -> str | None:
    """Where an account is, by its id where that outlives a new name; `None` when unknown.

    `x` says whether bare numbers are X's ids.
    """
    if account.startswith("did:"):
        return f"https://bsky.app/profile/{quote(account, safe=':.')}"
    if x and _OF_X.match(account):
        return f"https://x.com/i/user/{account}"
    if x and handle:
        return f"https://x.com/{quote(handle.removeprefix('@'), safe='')}"
    return _web(account)


def post_address(post: str, x: bool) -> str | None:
    """Where a post is; `None` when unknown. `x` says whether bare numbers are X's ids."""
    if post.startswith("at://"):
        did, _, key = post.removeprefix("at://").partition("/app.bsky.feed.post/")
        return f"https://bsky.app/profile/{quote(did, safe=':.')}/post/{quote(key, safe='')}"
    if x and _OF_X.match(post):
        return f"https://x.com/i/web/status/{post}"
    return _web(post)


def _web(id: str) -> str | None:
    """An id that is itself an address, as Mastodon's are."""
    return quote(id, safe=":/@._-~?=&%") if re.match(r"https?://[^\s<>]+$", id) else None
