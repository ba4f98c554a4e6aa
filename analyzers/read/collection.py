"""Pages that Limier itself fetched from a platform, each with its proof around it.

One JSON object a page (`bot.collect.kept` writes them): `limier` names the form, `platform` whose
page it is, `route` how its posts came in, `at` when it was fetched (UTC), `status` what the server
answered, and `body` what it said, word for word, with `sha256` over it. The body is read by the
same code as an export of that platform.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime

import msgspec

from analyzers.model.dataset import ROUTES
from analyzers.model.text import Text
from analyzers.read import bluesky, mastodon, x_v2
from analyzers.read.bluesky_posts import plc_account
from analyzers.read.head import Head
from analyzers.read.json_items import decoded
from analyzers.read.normal import Rows, Skip

FORM = "limier.page/1"

UNKNOWN_PLATFORM = Text("The page comes from a platform that this version does not know.")

_OK = 200

_READERS: dict[str, Callable[[bytes], Rows]] = {
    "bluesky": bluesky.read,
    "mastodon": mastodon.read,
    "x": x_v2.read,
}


class _Page(msgspec.Struct):
    platform: str
    route: str
    status: int
    at: datetime
    body: str = ""
    body64: str = ""


_PAGE = msgspec.json.Decoder(_Page)
_LIST = msgspec.json.Decoder(list[msgspec.Raw])


def detect(head: Head) -> float:
    """How surely the first items are kept pages, 0 to 1."""
    return 1.0 if any(record.get("limier") == FORM for record in head.records) else 0.0


def read(item: bytes) -> Rows:
    """Decode one page and what it shows; raises `Skip`.

    A page on which the server said that there is nothing (an account that is gone) has no rows.
    """
    page = decoded(_PAGE, item)
    reader = _READERS.get(page.platform)
    if reader is None:
        raise Skip(UNKNOWN_PLATFORM)
    if page.status != _OK:
        return Rows()
    body = base64.b64decode(page.body64) if page.body64 else page.body.encode()
    rows = _proven(body, reader) if page.platform == "bluesky" else _elements(body, reader)
    fetched_at = int(page.at.timestamp() * 1_000_000)
    for account in rows.accounts:
        account.fetched_at = fetched_at
    for post in rows.posts:
        if post.route == "query" and page.route in ROUTES:
            post.route = page.route
    return rows


def _proven(body: bytes, reader: Callable[[bytes], Rows]) -> Rows:
    """A page of Bluesky, where only the directory of DIDs proves when an account was created."""
    if body.lstrip()[:1] == b"[":
        account = plc_account(body)
        return Rows(accounts=[account], used=1) if account else Rows()
    rows = reader(body)
    for one in rows.accounts:
        one.created_at = None
    return rows


def _elements(body: bytes, reader: Callable[[bytes], Rows]) -> Rows:
    """A page that is an object, or a list of objects of which each may be read or skipped."""
    if body.lstrip()[:1] != b"[":
        return reader(body)
    rows = Rows()
    for element in decoded(_LIST, body):
        try:
            found = reader(bytes(element))
        except Skip as skip:
            rows.skipped.append(skip.reason)
            continue
        rows.posts += found.posts
        rows.accounts += found.accounts
        rows.used += found.used
        rows.skipped += found.skipped
        rows.notes += found.notes
    return rows
