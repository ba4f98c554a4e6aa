"""Posts as X's API 1.1 gives them (search, statuses, stream, premium), typed and made normal."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from analyzers.read.head import Head
from analyzers.read.json_items import decoded
from analyzers.read.normal import (
    NO_AUTHOR,
    NOT_A_POST,
    Account,
    Post,
    Rows,
    Skip,
    at_handle,
    clean,
    client_name,
    kind_of,
    unescaped,
)
from analyzers.read.times import usable, x_time
from analyzers.read.written import written
from analyzers.read.x_v1_objects import Entities, Item, Media, Own, Status, User

_ITEM = msgspec.json.Decoder(Item)
_USER = msgspec.json.Decoder(User)
_NO_ENTITIES = Entities()


def detect(head: Head) -> float:
    """How surely the first items are API 1.1 objects, 0 to 1."""
    score = 0.0
    for record in head.records:
        user = record.get("user")
        if isinstance(record.get("statuses"), list) and "search_metadata" in record:
            return 0.99
        if isinstance(user, dict) and "screen_name" in user and {"id_str", "id"} & record.keys():
            score = max(score, 0.98 if {"text", "full_text"} & record.keys() else 0.6)
        elif "screen_name" in record and {"followers_count", "id_str"} <= record.keys():
            score = max(score, 0.9)
    return score


def read(item: bytes) -> Rows:
    """Decode one line or element and make it normal; raises `Skip`."""
    found = decoded(_ITEM, item)
    rows = Rows()
    if found.statuses is not None:
        add_statuses(found.statuses, rows)
    elif found.users is not None:
        add_users(found.users, rows)
    elif found.user is None and found.screen_name is not None:
        add_users([decoded(_USER, item)], rows)
    elif found.id_str is None and found.id is None:
        raise Skip(NOT_A_POST)
    else:
        add_statuses((found,), rows)
    return rows


def add_statuses(statuses: Iterable[Status], rows: Rows) -> None:
    """Make collected tweets normal, with the accounts and posts they refer to."""
    for status in statuses:
        try:
            add_status(status, rows, "query")
        except Skip as skip:
            rows.skipped.append(skip.reason)
        else:
            rows.used += 1


def add_users(users: Iterable[User], rows: Rows) -> None:
    """Make user objects normal."""
    for user in users:
        account = account_of(user)
        if account is None:
            rows.skipped.append(NO_AUTHOR)
        else:
            rows.accounts.append(account)
            rows.used += 1


def id_of(id_str: str | None, number: int | None) -> str | None:
    """An id, written as a text or only as a number."""
    return id_str or (None if number is None else str(number))


def account_of(user: User) -> Account | None:
    """A user object as an account; `None` when nothing names it."""
    name = id_of(user.id_str, user.id) or (user.screen_name and at_handle(user.screen_name))
    if not name:
        return None
    return Account(
        account_id=clean(name),
        handle=user.screen_name and clean(user.screen_name),
        display_name=user.name and clean(user.name),
        created_at=_time(user.created_at),
        profile_language=user.lang,
        bio=user.description and unescaped(user.description),
        location=user.location and clean(user.location),
        followers=user.followers_count,
        following=user.friends_count,
        posts=user.statuses_count,
    )


def _time(text: str | None) -> int | None:
    try:
        micros = x_time(text) if text else None
    except ValueError:
        return None
    return micros if micros is not None and usable(micros) else None


def whole_text(status: Status) -> str | None:
    """The text in full; of a repost, "RT @name: " and the whole original."""
    original = status.retweeted_status
    again = None if original is None else _retold(original)
    return _text(status) if again is None else again


def _retold(original: Status) -> str | None:
    """The text of a post as one that reposts it gives it; `None` when it names no author."""
    user = original.user
    if user is None or not user.screen_name:
        return None
    text = whole_text(original)
    return None if text is None else f"RT @{clean(user.screen_name)}: {text}"


def _text(status: Own) -> str | None:
    extended = status.extended_tweet
    text = (extended and extended.full_text) or status.full_text or status.text
    return None if text is None else unescaped(text)


class Inner(msgspec.Struct, gc=False):
    """What a post found inside another is to that one; no `post` if it cannot be used."""

    post: Post | None
    post_id: str | None
    retold: str | None
    hashtags: list[str] | None
    urls: list[str] | None
    media: list[str] | None


def add_status(status: Status, rows: Rows, route: str) -> Post:
    """Make one tweet normal and add it, its author and what it refers to; raises `Skip`."""
    post_id = id_of(status.id_str, status.id)
    author = account_of(status.user) if status.user is not None else None
    if post_id is None:
        raise Skip(NOT_A_POST)
    if author is None:
        raise Skip(NO_AUTHOR)
    written_at = written(status.created_at, x_time, post_id, rows)
    original, quoted = status.retweeted_status, status.quoted_status
    inner = None if original is None else inner_of(original, rows)
    beside = None if original is not None or quoted is None else inner_of(quoted, rows)
    return post_of(status, post_id, author, written_at, inner, beside, rows, route)


def inner_of(status: Status, rows: Rows) -> Inner:
    """Add a post found inside another; one that cannot be used is left out, as it is not a row."""
    lists: tuple[list[str] | None, list[str] | None, list[str] | None]
    try:
        post = add_status(status, rows, "context")
    except Skip:
        post = None
    if post is None or status.retweeted_status is not None:  # a repost has those of its original
        lists = _lists(status)
    else:
        lists = post.hashtags, post.urls, post.media
    return Inner(post, id_of(status.id_str, status.id), _retold(status), *lists)


def post_of(
    status: Own,
    post_id: str,
    author: Account,
    written_at: int,
    original: Inner | None,
    quoted: Inner | None,
    rows: Rows,
    route: str,
) -> Post:
    """Add the post that a tweet object is, once its parts are known, and whom it mentions."""
    rows.accounts.append(author)
    replied_to = _replied_to(status, rows)
    quoted_id = status.quoted_status_id_str if original is None else None
    quoted_post = quoted.post if quoted is not None else None
    inner = original.post if original is not None else None
    again = original.retold if original is not None else None
    hashtags, urls, media = (
        _lists(status) if original is None else (original.hashtags, original.urls, original.media)
    )
    post = Post(  # by position: by name takes a microsecond more, for each of millions
        clean(post_id),
        author.account_id,
        written_at,
        _text(status) if again is None else again,
        status.lang,
        client_name(status.source),
        kind_of(original, status.in_reply_to_user_id_str, quoted_id or quoted_post),
        status.in_reply_to_status_id_str,
        replied_to,
        quoted_id or (quoted_post.post_id if quoted_post is not None else None),
        original.post_id if original is not None else None,
        inner.account_id if inner is not None else None,
        _mentions(status, rows),
        hashtags,
        urls,
        media,
        status.favorite_count,
        status.retweet_count,
        status.reply_count,
        route,
    )
    rows.posts.append(post)
    return post


def _lists(status: Own) -> tuple[list[str], list[str], list[str]]:
    """The hashtags, links and pictures of a post."""
    entities = _entities(status)
    tags, links, media = entities.hashtags, entities.urls, _media(status)
    return (
        [clean(tag.text).lower() for tag in tags if tag.text] if tags else [],
        [clean(url) for link in links if (url := link.expanded_url or link.url)] if links else [],
        [clean(one.media_url_https) for one in media if one.media_url_https] if media else [],
    )


def _entities(status: Own) -> Entities:
    extended = status.extended_tweet
    return (extended and extended.entities) or status.entities or _NO_ENTITIES


def _media(status: Own) -> list[Media] | None:
    extended = status.extended_tweet
    holder = (
        (extended and extended.extended_entities) or status.extended_entities or status.entities
    )
    return holder.media if holder else None


def _mentions(status: Own, rows: Rows) -> list[str]:
    mentions = _entities(status).user_mentions
    if not mentions:
        return []
    ids = []
    for one in mentions:
        known = id_of(one.id_str, one.id)
        if known is not None and known != "-1":  # X gives -1 for a handle that no account has
            ids.append(known)
            rows.accounts.append(
                Account(
                    known, one.screen_name and clean(one.screen_name), one.name and clean(one.name)
                )
            )
        elif one.screen_name:
            ids.append(at_handle(one.screen_name))
    return ids


def _replied_to(status: Own, rows: Rows) -> str | None:
    known, handle = status.in_reply_to_user_id_str, status.in_reply_to_screen_name
    if known and handle:
        rows.accounts.append(Account(known, clean(handle)))
    return known or (at_handle(handle) if handle else None)
