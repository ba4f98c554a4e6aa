"""What pages of Mastodon's API say of themselves: whom they list, how they go on, who is gone.

Endpoints by docs.joinmastodon.org/methods; GoToSocial and Pleroma speak the same language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from analyzers.read.fediverse import account_id, full_handle
from bot.collect.answers import content, object_in, objects_in
from bot.collect.http import Answer
from bot.collect.platform import Status

_LISTS = ("ancestors", "descendants", "statuses", "accounts")
"""Keys under which a thread or a search lists its posts or accounts; other pages are bare lists."""

_NEXT = re.compile(r"<([^>]*)>[^,<]*;\s*rel=\"?next\"?", re.IGNORECASE)  # RFC 8288

_NOBODY = frozenset({"record not found", "not found"})
"""Words with which Mastodon and GoToSocial say that they know no such account. A server that knows
no such page says 404 too, in other words, and that is no news of an account."""


def items_of(answer: Answer) -> list[dict[str, Any]]:
    """The posts or accounts that a page lists."""
    found = content(answer)
    if isinstance(found, dict):
        return [one for key in _LISTS for one in objects_in(found.get(key))]
    return objects_in(found)


def people_of(items: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Accounts that posts and accounts name, as ids of tables, each with this server's number."""
    for item in items:
        shown = item.get("reblog")
        for one in (
            item,
            item.get("account"),
            shown.get("account") if isinstance(shown, dict) else None,
            *objects_in(item.get("mentions")),
        ):
            if isinstance(one, dict) and (name := name_of(one)) and (number := one.get("id")):
                yield name, str(number)


def name_of(account: dict[str, Any]) -> str | None:
    """An account's id of tables, `@user@instance`; `None` where nothing names it."""
    acct, url = account.get("acct"), account.get("url")
    if not isinstance(acct, str):
        return None
    handle = full_handle(acct, url if isinstance(url, str) else None)
    return account_id(handle) if handle else None


def cursor_of(answer: Answer) -> str | None:
    """The `max_id` with which the next page is asked for, by the header Link.

    The rest of that address is not used: no server decides where the next call goes.
    """
    found = _NEXT.search(answer.link or "")
    if found is None:
        return None
    try:
        cursors = parse_qs(urlsplit(found[1]).query).get("max_id")
    except ValueError:
        return None
    return cursors[0] if cursors else None


def became(answer: Answer) -> Status | None:
    """What the account's own instance says of it; `None` when it does not say."""
    found = object_in(answer)
    if answer.status == 200 and "acct" in found:
        return "suspended" if found.get("suspended") is True else "active"
    error = found.get("error")
    said = isinstance(error, str) and error.strip().lower() in _NOBODY
    return "deleted" if said and answer.status in (404, 410) else None


def wants_token(answer: Answer) -> bool:
    """Whether a server answers this only to those who sign in.

    Mastodon says 401, or 422 where an operator closed timelines to strangers.
    """
    return answer.status in (401, 403) or (
        answer.status == 422 and "authenticated" in str(object_in(answer).get("error"))
    )
