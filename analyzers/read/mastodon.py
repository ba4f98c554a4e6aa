"""Mastodon: an account's own archive (outbox.json and actor.json) and the statuses of its API.

The archive is ActivityPub (docs.joinmastodon.org/spec/activitypub), the API its own form
(docs.joinmastodon.org/entities/Status). Direct messages stand among the posts of both; they are
never read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from analyzers.read.fediverse import account_id, full_handle, handle_of
from analyzers.read.head import Head
from analyzers.read.loose import Object, inner, named, object_of, objects, time, words
from analyzers.read.markup import links, plain
from analyzers.read.mastodon_api import add_status, is_account, is_status, profile_of
from analyzers.read.normal import (
    NO_AUTHOR,
    NO_ID,
    NO_TIME,
    NOT_A_POST,
    PRIVATE,
    Account,
    Post,
    Rows,
    Skip,
    kind_of,
)

_PUBLIC = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
_PEOPLE = {"Person", "Service", "Organization", "Group", "Application"}


def detect(head: Head) -> float:
    """How surely the first items come from Mastodon, 0 to 1."""
    return max((_score(record) for record in head.records), default=0.0)


def _score(record: dict[str, Any]) -> float:
    if isinstance(record.get("orderedItems"), list) or _is_actor(record):
        return 0.98
    if is_status(record) or any(
        is_status(one)
        for key in ("statuses", "ancestors", "descendants")
        for one in objects(record, key)
    ):
        return 0.98
    if record.get("type") in ("Create", "Announce") and "actor" in record:
        return 0.97
    return 0.9 if is_account(record) else 0.0


def read(item: bytes) -> Rows:
    """Decode an outbox, an actor, a status or an account and make it normal; raises `Skip`."""
    found, rows = object_of(item), Rows()
    for key, add in _LISTS.items():
        if not isinstance(found.get(key), list):
            continue
        for one in objects(found, key):
            try:
                add(one, rows)
            except Skip as skip:
                rows.skipped.append(skip.reason)
            else:
                rows.used += 1
    if _LISTS.keys() & found.keys():
        return rows  # an empty list is an answer too
    if is_status(found):
        add_status(found, rows)
    elif _is_actor(found):
        rows.accounts.append(_actor(found))
    elif is_account(found):
        _add_account(found, rows)
    else:
        _add_activity(found, rows)
    rows.used += 1
    return rows


def _add_above(status: Object, rows: Rows) -> None:
    add_status(status, rows, "context")


def _is_actor(record: Object) -> bool:
    return record.get("type") in _PEOPLE and "preferredUsername" in record


def _actor(actor: Object) -> Account:
    handle = full_handle(words(actor, "preferredUsername"), words(actor, "id"))
    if handle is None:
        raise Skip(NO_AUTHOR)
    return Account(
        account_id=account_id(handle),
        handle=handle,
        display_name=words(actor, "name"),
        created_at=time(actor, "published"),
        bio=plain(words(actor, "summary") or ""),
    )


def _add_account(profile: Object, rows: Rows) -> None:
    account = profile_of(profile)
    if account is None:
        raise Skip(NO_AUTHOR)
    rows.accounts.append(account)


def _add_activity(activity: Object, rows: Rows) -> None:
    """Add what an account did: it wrote a post (Create) or reposted one (Announce)."""
    kind = activity.get("type")
    if kind not in ("Create", "Announce"):
        raise Skip(NOT_A_POST)
    note = inner(activity, "object")
    handle = handle_of(words(activity, "actor") or words(note, "attributedTo"))
    if handle is None:
        raise Skip(NO_AUTHOR)
    if not _reaches_others(activity) and not _reaches_others(note):
        raise Skip(PRIVATE)
    rows.posts.append(
        _repost(activity, handle) if kind == "Announce" else _post(activity, note, handle, rows)
    )
    rows.accounts.append(Account(account_id=account_id(handle), handle=handle))


def _reaches_others(holder: Object) -> bool:
    """Whether a post went to everybody or to all followers, not to named persons alone."""
    to = [*_listed(holder.get("to")), *_listed(holder.get("cc"))]
    return any(one in _PUBLIC or one.rstrip("/").endswith("/followers") for one in to)


def _listed(found: object) -> list[str]:
    """ActivityPub writes a list of one without its brackets."""
    many = found if isinstance(found, list) else [found]
    return [one for one in many if isinstance(one, str)]


def _repost(activity: Object, handle: str) -> Post:
    original = words(activity, "object") or words(inner(activity, "object"), "id")
    post_id, at = words(activity, "id"), time(activity, "published")
    if post_id is None or original is None:
        raise Skip(NO_ID)
    if at is None:
        raise Skip(NO_TIME)
    others = [found for one in _listed(activity.get("cc")) if (found := _person(one))]
    author = handle_of(original) or (others[0] if others else None)
    return Post(
        post_id=post_id,
        account_id=account_id(handle),
        created_at=at,
        kind="repost",
        reposted_post=original,
        reposted_account=account_id(author) if author else None,
    )


def _person(url: str) -> str | None:
    return None if url in _PUBLIC or url.endswith("/followers") else handle_of(url)


def _post(activity: Object, note: Object, handle: str, rows: Rows) -> Post:
    post_id = words(note, "id") or words(note, "atomUri")
    at = time(note, "published") or time(activity, "published")
    if post_id is None:
        raise Skip(NO_ID)
    if at is None:
        raise Skip(NO_TIME)
    content = words(note, "content") or ""
    languages = [one for one in inner(note, "contentMap") if isinstance(one, str)]
    parent = words(note, "inReplyTo")
    quoted = words(note, "quote") or words(note, "quoteUrl") or words(note, "quoteUri")
    answered = handle_of(parent)
    return Post(
        post_id=post_id,
        account_id=account_id(handle),
        created_at=at,
        text=plain(content),
        language=languages[0].partition("-")[0] if languages else None,
        kind=kind_of(None, parent, quoted),
        reply_to_post=parent,
        reply_to_account=account_id(answered) if answered else None,
        quoted_post=quoted,
        mentions=_mentions(note, rows),
        hashtags=[
            tag.lstrip("#").lower()
            for one in objects(note, "tag")
            if one.get("type") == "Hashtag" and (tag := words(one, "name"))
        ],
        urls=links(content),
        media=[url for one in objects(note, "attachment") if (url := words(one, "url"))],
        likes=_total(note, "likes"),
        reposts=_total(note, "shares"),
        replies=None,
    )


def _mentions(note: Object, rows: Rows) -> list[str]:
    found = []
    for tag in objects(note, "tag"):
        handle = full_handle(words(tag, "name"), words(tag, "href"))
        if tag.get("type") == "Mention" and handle:
            rows.accounts.append(Account(account_id=account_id(handle), handle=handle))
            found.append(account_id(handle))
    return list(dict.fromkeys(found))


def _total(note: Object, key: str) -> int | None:
    counted = named(inner(note, key), "totalItems")
    return int(counted) if counted and counted.isdecimal() and len(counted) < 19 else None


_LISTS: dict[str, Callable[[Object, Rows], None]] = {
    "orderedItems": _add_activity,
    "statuses": add_status,
    "ancestors": _add_above,
    "descendants": add_status,
    "accounts": _add_account,
}
"""How to add an item of each list. Ancestors and descendants stand above and under a post, in the
answer that Mastodon calls its context."""
