"""Posts as X's API 2 and twarc2 give them: pages, single posts of a stream, flattened posts."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from analyzers.model.text import Code, Text
from analyzers.read.head import Head
from analyzers.read.json_items import decoded
from analyzers.read.normal import NOT_A_POST, UNREADABLE, Account, Rows, Skip, clean
from analyzers.read.x_v2_objects import Includes, Line, Tweet, User
from analyzers.read.x_v2_posts import Context, account_of, add_tweet, time_of

COUNT = Text("The row counts posts and holds none.")
ERROR = Text("The row is an error that X answered with, not a post.")


_LINE = msgspec.json.Decoder(Line)
_TWEETS = msgspec.json.Decoder(list[Tweet])
_TWEET = msgspec.json.Decoder(Tweet)
_RAWS = msgspec.json.Decoder(list[msgspec.Raw])


def detect(head: Head) -> float:
    """How surely the first items are API 2 objects, 0 to 1."""
    return max((_score(record.keys(), record) for record in head.records), default=0.0)


def _score(keys: Iterable[str], record: dict[str, object]) -> float:
    keys, data = set(keys), record.get("data")
    if "source_platform" in keys:
        return 0.0  # another collector wraps web posts in `data` too
    if isinstance(data, list | dict):
        if keys & {"includes", "meta", "__twarc", "matching_rules"}:
            return 0.98
        first = data[0] if isinstance(data, list) and data else data
        return 0.9 if isinstance(first, dict) and {"id", "text"} <= first.keys() else 0.0
    if {"author_id", "text", "id"} <= keys:
        return 0.97 if keys & {"author", "__twarc"} else 0.7
    if {"username", "public_metrics", "id"} <= keys:
        return 0.9
    return 0.5 if keys == {"errors"} or keys == {"meta"} else 0.0


def read(item: bytes) -> Rows:
    """Decode one line or document and make its posts normal; raises `Skip`."""
    line = decoded(_LINE, item)
    rows = Rows()
    retrieved = line.twarc.retrieved_at if line.twarc is not None else None
    context = Context(fetched_at=time_of(retrieved))
    data = bytes(line.data)
    if data in (b"", b"null"):
        if line.errors and line.id is None:
            raise Skip(ERROR)
        if line.id is None and line.tweet_count is None and bytes(line.meta):
            return rows  # an empty page of a search: nothing was found, nothing is lost
        _add(decoded(_TWEET, item), rows, context)
        return rows
    _include(line.includes, rows, context)
    for tweet in _data(data, rows):
        _add(tweet, rows, context)
    for error in line.errors or ():
        if error.resource_type:
            rows.notes.append(_withheld(error.title or "error"))
    return rows


def _withheld(title: str) -> Text:
    return Text(
        'X answered "{reason}" for items that the posts refer to, so these are missing.',
        reason=Code(clean(title)[:60]),
    )


def _data(data: bytes, rows: Rows) -> list[Tweet]:
    """The objects of a page; when one is malformed the others are kept."""
    if not data.startswith(b"["):
        return [decoded(_TWEET, data)]
    try:
        return decoded(_TWEETS, data)
    except Skip:
        tweets = []
        for one in decoded(_RAWS, data):
            try:
                tweets.append(decoded(_TWEET, bytes(one)))
            except Skip:
                rows.skipped.append(UNREADABLE)
        return tweets


def _include(includes: Includes | None, rows: Rows, context: Context) -> None:
    if includes is None:
        return
    for user in includes.users or ():
        context.know(user)
    for tweet in includes.referred:
        if tweet.id:
            context.tweets[tweet.id] = tweet
    for media in includes.media or ():
        if media.media_key:
            context.media[media.media_key] = media
    rows.accounts.extend(_accounts(includes.users or (), context))
    for tweet in list(context.tweets.values()):
        try:
            add_tweet(tweet, rows, context, "context")
        except Skip:
            continue  # not a row of the collection


def _accounts(users: Iterable[User], context: Context) -> Iterable[Account]:
    for user in users:
        account = account_of(user, context.fetched_at)
        if account is not None:
            yield account


def _add(tweet: Tweet, rows: Rows, context: Context) -> None:
    """Add a collected object: a post, or an account when it is a user object."""
    try:
        if tweet.username is not None and tweet.text is None:
            user = User(
                id=tweet.id,
                username=tweet.username,
                name=tweet.name,
                created_at=tweet.created_at,
                description=tweet.description,
                location=tweet.location,
                public_metrics=tweet.public_metrics,
            )
            rows.accounts.extend(_accounts((user,), context))
        elif tweet.tweet_count is not None:
            raise Skip(COUNT)
        elif tweet.id is None or tweet.text is None:
            raise Skip(NOT_A_POST)
        else:
            _flattened(tweet, rows, context)
            add_tweet(tweet, rows, context, "query")
    except Skip as skip:
        rows.skipped.append(skip.reason)
    else:
        rows.used += 1


def _flattened(tweet: Tweet, rows: Rows, context: Context) -> None:
    """Take out the author and posts that twarc2 nests inside a flattened post."""
    if tweet.author is not None:
        context.know(tweet.author)
        rows.accounts.extend(_accounts((tweet.author,), context))
    for other in tweet.references:
        if other.text is None or other.id is None or other.id in context.tweets:
            continue
        context.tweets[other.id] = other
        try:
            _flattened(other, rows, context)
            add_tweet(other, rows, context, "context")
        except Skip:
            continue
