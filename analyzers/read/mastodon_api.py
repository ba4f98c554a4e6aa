"""Statuses and accounts as Mastodon's API gives them (docs.joinmastodon.org/entities/Status).

Numbers of posts and accounts are one server's own; a post's `uri` is the same everywhere, and so
is an account's `name@host`. The parent of a reply is given by its number alone: where its author
belongs to the server that gave the answer, its address follows from that, else the number stays.
"""

from __future__ import annotations

from analyzers.read.fediverse import account_id, full_handle, host_of
from analyzers.read.loose import Object, inner, named, number, objects, time, words
from analyzers.read.markup import links, plain
from analyzers.read.normal import (
    NO_AUTHOR,
    NO_ID,
    NO_TIME,
    PRIVATE,
    Account,
    Post,
    Rows,
    Skip,
    client_name,
    kind_of,
)


def is_status(record: Object) -> bool:
    """Whether an object is a status."""
    return "acct" in inner(record, "account") and {"content", "created_at"} <= record.keys()


def is_account(record: Object) -> bool:
    """Whether an object is an account."""
    return {"acct", "username", "followers_count"} <= record.keys()


def profile_of(profile: Object) -> Account | None:
    """An account; `None` when nothing names it. It says on which day it was created, no more.

    Of a suspended account a server shows no more than its name: its zeros count nothing.
    """
    handle = full_handle(words(profile, "acct"), words(profile, "url"))
    if handle is None:
        return None
    if profile.get("suspended") is True:
        created = time(profile, "created_at")
        return Account(account_id=account_id(handle), handle=handle, created_at=created)
    return Account(
        account_id=account_id(handle),
        handle=handle,
        display_name=words(profile, "display_name"),
        created_at=time(profile, "created_at"),
        bio=plain(words(profile, "note") or ""),
        followers=number(profile, "followers_count"),
        following=number(profile, "following_count"),
        posts=number(profile, "statuses_count"),
    )


def add_status(status: Object, rows: Rows, route: str = "query") -> None:
    """Add a status, its author, and the post that it reposts or quotes; raises `Skip`."""
    author = profile_of(inner(status, "account"))
    post_id, at = words(status, "uri") or words(status, "url"), time(status, "created_at")
    if author is None:
        raise Skip(NO_AUTHOR)
    if post_id is None:
        raise Skip(NO_ID)
    if at is None:
        raise Skip(NO_TIME)
    if status.get("visibility") == "direct":
        raise Skip(PRIVATE)
    original, quoted = inner(status, "reblog"), _quoted(status)
    if route == "query":  # a post found inside another is not followed further
        for other in (original, quoted):
            _add_context(other, rows)
    shown = original or status
    reposted = profile_of(inner(original, "account"))
    mentions = _mentions(shown, rows)
    parent, answered = _parent(status)
    content = words(shown, "content") or ""
    rows.accounts.append(author)
    rows.posts.append(
        Post(
            post_id=post_id,
            account_id=author.account_id,
            created_at=at,
            text=plain(content),
            language=(words(shown, "language") or "").partition("-")[0] or None,
            client=client_name(words(inner(status, "application"), "name")),
            kind=kind_of(original, parent, quoted),
            reply_to_post=parent,
            reply_to_account=answered,
            quoted_post=words(quoted, "uri"),
            reposted_post=words(original, "uri"),
            reposted_account=reposted.account_id if reposted else None,
            mentions=mentions,
            hashtags=[tag.lower() for one in objects(shown, "tags") if (tag := words(one, "name"))],
            urls=_urls(shown, content),
            media=[
                url for one in objects(shown, "media_attachments") if (url := words(one, "url"))
            ],
            likes=number(status, "favourites_count"),
            reposts=number(status, "reblogs_count"),
            replies=number(status, "replies_count"),
            route=route,
        )
    )


def _quoted(status: Object) -> Object:
    """The quoted post: since Mastodon 4.5 wrapped in an object with its state, elsewhere as is."""
    found = inner(status, "quote")
    return inner(found, "quoted_status") or (found if is_status(found) else {})


def _add_context(status: Object, rows: Rows) -> None:
    if not status:
        return
    try:
        add_status(status, rows, "context")
    except Skip:
        return


def _urls(status: Object, content: str) -> list[str]:
    card = words(inner(status, "card"), "url")
    return list(dict.fromkeys([*links(content), *([card] if card else [])]))


def _mentions(status: Object, rows: Rows) -> list[str]:
    found = []
    for one in objects(status, "mentions"):
        handle = full_handle(words(one, "acct"), words(one, "url"))
        if handle:
            rows.accounts.append(Account(account_id=account_id(handle), handle=handle))
            found.append(account_id(handle))
    return list(dict.fromkeys(found))


def _parent(status: Object) -> tuple[str | None, str | None]:
    """The post that a status answers and its author, found among the mentions or as the same."""
    parent, wanted = named(status, "in_reply_to_id"), named(status, "in_reply_to_account_id")
    for one in (inner(status, "account"), *objects(status, "mentions")):
        if wanted is None or named(one, "id") != wanted:
            continue
        name, url = words(one, "acct") or "", words(one, "url")
        handle = full_handle(name, url)
        if parent and name and "@" not in name and (host := host_of(url)):
            parent = f"https://{host}/users/{name}/statuses/{parent}"
        return parent, account_id(handle) if handle else None
    return parent, None
