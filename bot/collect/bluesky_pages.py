"""What pages of Bluesky's API say of themselves: how they go on, and what an error means.

Error names by the lexicons `app.bsky.*` and `com.atproto.*` of github.com/bluesky-social/atproto.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.collect.answers import content, moment, object_in, objects_in
from bot.collect.http import Answer
from bot.collect.platform import Status

_ITEMS = ("posts", "feed", "followers", "follows", "repostedBy", "profiles")
"""Keys under which pages list their posts or accounts."""

_GONE: dict[str, Status] = {
    "AccountTakedown": "suspended",
    "AccountDeactivated": "deactivated",
    "AccountSuspended": "suspended",
}

_TAKEN_DOWN = frozenset({"!takedown", "!suspend"})
"""Labels by which moderators take an account off the network; others only warn."""


def error_of(answer: Answer) -> str:
    """The name of the error that an answer reports, "" for none."""
    found = object_in(answer).get("error") if answer.status != 200 else None
    return found if isinstance(found, str) else ""


def items_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The posts, feed entries or profiles that a page lists; the answers right under a thread."""
    thread = body.get("thread")
    found = thread.get("replies") if isinstance(thread, dict) else None
    for key in _ITEMS:
        found = body.get(key, found)
        if isinstance(found, list):
            return [one for one in found if isinstance(one, dict)]
    return []


def id_of(item: dict[str, Any]) -> str:
    """The address of a listed post, told apart from its repost; the DID of a listed profile."""
    view = item.get("post")
    if isinstance(view, dict):
        reason = item.get("reason")
        by = reason.get("by") if isinstance(reason, dict) else None
        return f"{view.get('uri')} {by.get('did') if isinstance(by, dict) else ''}".strip()
    return str(item.get("uri") or item.get("did") or "")


def time_of(item: dict[str, Any]) -> datetime | None:
    """When a listed post came into its list, by which lists are sorted: when it was received, or
    when it says that it was written, whichever is earlier; for a repost, when it was reposted."""
    reason = item.get("reason")
    if isinstance(reason, dict):
        return moment(reason.get("indexedAt"))
    view = item.get("post") if isinstance(item.get("post"), dict) else item
    record = view.get("record") if isinstance(view, dict) else None
    claimed = record.get("createdAt") if isinstance(record, dict) else None
    times = [moment(view.get("indexedAt")) if isinstance(view, dict) else None, moment(claimed)]
    return min((one for one in times if one is not None), default=None)


def is_shown(profile: dict[str, Any]) -> bool:
    """Whether a profile that a server shows is not marked as taken down."""
    labels = profile.get("labels")
    values = {one.get("val") for one in labels if isinstance(one, dict)} if labels else set()
    return not values & _TAKEN_DOWN


def became(answer: Answer) -> Status | None:
    """What became of an account whose profile alone was asked for; `None` when that is not said.

    A server that never heard of an account answers as for a deleted one, so ask only about
    accounts that were seen.
    """
    if answer.status == 200:
        return "active" if is_shown(object_in(answer)) else "suspended"
    error, message = error_of(answer), object_in(answer).get("message")
    if error == "InvalidRequest" and message == "Profile not found":
        return "deleted"
    return _GONE.get(error)


def renamed_since(log: Answer, since: datetime) -> bool:
    """Whether an account took another handle after a moment, by its log in the directory."""
    return len({handle for at, handle in _handles(log) if at is None or at >= since}) > 1


def _handles(log: Answer) -> Iterator[tuple[datetime | None, str]]:
    """Each handle with the moment until which it was used, `None` for the one in use."""
    kept = [
        (str(names[0]), moment(one.get("createdAt")))
        for one in objects_in(content(log))
        if not one.get("nullified")
        if isinstance(operation := one.get("operation"), dict)
        if isinstance(names := operation.get("alsoKnownAs"), list) and names
    ]
    ends = [at for _, at in kept[1:]] + [None]
    yield from zip(ends, (name for name, _ in kept), strict=True)
