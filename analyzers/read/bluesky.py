"""Bluesky in JSON: pages of feeds, searches and profiles, posts one by one, and streams.

Streams are Jetstream (github.com/bluesky-social/jetstream) and Tap
(github.com/bluesky-social/indigo), which write one record of an account's repository per item.
"""

from __future__ import annotations

from typing import Any

from analyzers.read.bluesky_posts import (
    account_of,
    add_context,
    add_record,
    add_repost,
    add_view,
)
from analyzers.read.head import Head
from analyzers.read.loose import Object, inner, object_of, objects, words
from analyzers.read.normal import NO_AUTHOR, NOT_A_POST, Account, Rows, Skip
from analyzers.read.times import usable

_PAGES = ("feed", "posts", "profiles", "actors", "followers", "follows", "repostedBy")
"""Keys of lists that hold the answer in a page of Bluesky's API."""


def detect(head: Head) -> float:
    """How surely the first items come from Bluesky, 0 to 1."""
    return max((_score(record) for record in head.records), default=0.0)


def _score(record: dict[str, Any]) -> float:
    if _is_event(record) or _is_tap(record):
        return 0.99
    shown = [record, inner(record, "thread")]
    shown += [item for key in _PAGES for item in objects(record, key)]
    if any(_shows_post(item) for item in shown):
        return 0.99
    return 0.97 if any(_shows_person(one) for one in shown) else 0.0


def _is_event(record: Object) -> bool:
    return "did" in record and "time_us" in record and "kind" in record


def _is_tap(record: Object) -> bool:
    return record.get("type") in ("record", "identity") and any(
        "did" in inner(record, key) for key in ("record", "identity", "user")
    )


def _shows_post(item: Object) -> bool:
    view = inner(item, "post") or item
    return (words(view, "uri") or "").startswith("at://") and "record" in view


def _shows_person(item: Object) -> bool:
    return (words(item, "did") or "").startswith("did:") and "handle" in item


def read(item: bytes) -> Rows:
    """Decode one page, post or event and make it normal; raises `Skip`."""
    found, rows = object_of(item), Rows()
    if _is_event(found):
        _add_event(found, rows)
    elif _is_tap(found):
        _add_tap(found, rows)
    elif thread := inner(found, "thread"):
        _add_thread(thread, rows)
    elif any(isinstance(found.get(key), list) for key in _PAGES):
        _add_page(found, rows)
    else:
        _add_item(found, rows)
        rows.used += 1
    return rows


def _add_page(page: Object, rows: Rows) -> None:
    for key in _PAGES:
        for item in objects(page, key):
            _counted(item, rows)


def _counted(item: Object, rows: Rows) -> None:
    try:
        _add_item(item, rows)
    except Skip as skip:
        rows.skipped.append(skip.reason)
    else:
        rows.used += 1


def _add_item(item: Object, rows: Rows) -> None:
    """Add a post, a post in a feed with what stands around it, or a profile; raises `Skip`."""
    view = inner(item, "post")
    if view:
        reason = inner(item, "reason")
        if (words(reason, "$type") or "").endswith("#reasonRepost"):
            add_repost(view, reason, rows)
        else:
            add_view(view, rows, "query")
        for place in ("root", "parent"):
            add_context(inner(item, "reply", place), rows)
    elif "record" in item:
        add_view(item, rows, "query")
    elif _shows_person(item):
        account = account_of(item)
        rows.accounts += [account] if account else []
    else:
        raise Skip(NOT_A_POST)


def _add_thread(thread: Object, rows: Rows) -> None:
    waiting = [thread]
    while waiting:
        node = waiting.pop()
        _counted({"post": inner(node, "post")}, rows)
        waiting += objects(node, "replies")
        waiting += [parent] if (parent := inner(node, "parent")) else []


def _add_event(event: Object, rows: Rows) -> None:
    """Add an item of Jetstream: a record created or changed, or an account's new handle."""
    did, at = words(event, "did"), event.get("time_us")
    if did is None:
        raise Skip(NO_AUTHOR)
    if handle := words(inner(event, "identity"), "handle"):
        rows.accounts.append(Account(account_id=did, handle=handle))
        rows.used += 1
        return
    received = at if isinstance(at, int) and usable(at) else None
    _add_commit(did, inner(event, "commit"), "operation", received, rows)


def _add_tap(event: Object, rows: Rows) -> None:
    """Add an item of Tap, which does not say when a record was received."""
    person = inner(event, "identity") or inner(event, "user")
    if person:
        account = account_of(person)
        if account is None:
            raise Skip(NO_AUTHOR)
        rows.accounts.append(account)
        rows.used += 1
        return
    commit = inner(event, "record")
    did = words(commit, "did")
    if did is None:
        raise Skip(NO_AUTHOR)
    _add_commit(did, commit, "action", None, rows)


def _add_commit(did: str, commit: Object, verb: str, received: int | None, rows: Rows) -> None:
    collection, key = words(commit, "collection"), words(commit, "rkey")
    if commit.get(verb) not in ("create", "update") or not collection or not key:
        raise Skip(NOT_A_POST)
    if (
        commit.get(verb) == "update"
    ):  # received when it was changed, which says nothing of its start
        received = None
    add_record(did, collection, key, inner(commit, "record"), received, rows)
