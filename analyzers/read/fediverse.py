"""How accounts of the fediverse are named: `@name@host`, the same on every server.

Each server has its own numbers for accounts, so an account is known by its address, in lower case.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from analyzers.read.normal import at_handle

_PROFILE = re.compile(r"^/(?:users/|@|u/|profile/)([\w.-]+)(?:/|$)")
"""Where Mastodon, Pleroma, Friendica and GoToSocial keep profiles and what belongs to them."""


def host_of(url: str | None) -> str | None:
    """The server in an address; `None` when it is no web address."""
    try:
        parts = urlsplit(url or "")
        return parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None


def handle_of(url: str | None) -> str | None:
    """The account whose profile or post has this address, as `name@host`, where that can be told.

    >>> handle_of("https://pouet.example/users/lou/statuses/12"), handle_of("https://a.example/n/9")
    ('lou@pouet.example', None)
    """
    host = host_of(url)
    found = _PROFILE.match(urlsplit(url or "").path) if host else None
    return f"{found[1]}@{host}" if found else None


def full_handle(name: str | None, url: str | None) -> str | None:
    """A handle as a server writes it, without its own host, completed from the profile's address.

    >>> full_handle("lou", "https://pouet.example/@lou"), full_handle("@ana@b.example", None)
    ('lou@pouet.example', 'ana@b.example')
    """
    bare = (name or "").strip().lstrip("@")
    if not bare:
        return handle_of(url)
    if "@" in bare:
        return bare
    host = host_of(url)
    return f"{bare}@{host}" if host else None


def account_id(handle: str) -> str:
    """The id under which an account stands in tables."""
    return at_handle(handle)
