"""Posts of X as twitterapi.io and the collectors sold on Apify give them, in JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from analyzers.read import x_v1
from analyzers.read.head import Head
from analyzers.read.json_items import decoded
from analyzers.read.normal import NOT_A_POST, Rows, Skip
from analyzers.read.x_v1_objects import Entities, Status, User


class _Author(msgspec.Struct, rename="camel"):
    id: str | None = None
    user_name: str | None = None
    name: str | None = None
    created_at: str | None = None
    description: str | None = None
    location: str | None = None
    followers: int | None = None
    following: int | None = None
    statuses_count: int | None = None


class _Tweet(msgspec.Struct, rename="camel"):
    """A post; the two families differ in the names of what it quotes and reposts."""

    id: str | None = None
    author: _Author | None = None
    text: str | None = None
    full_text: str | None = None
    created_at: str | None = None
    lang: str | None = None
    source: str | None = None
    in_reply_to_id: str | None = None
    in_reply_to_user_id: str | None = None
    in_reply_to_username: str | None = None
    quote_id: str | None = None
    quote: _Tweet | None = None
    retweet: _Tweet | None = None
    quoted_tweet: _Tweet | None = msgspec.field(name="quoted_tweet", default=None)
    retweeted_tweet: _Tweet | None = msgspec.field(name="retweeted_tweet", default=None)
    entities: Entities | None = None
    extended_entities: Entities | None = None
    like_count: int | None = None
    retweet_count: int | None = None
    reply_count: int | None = None


class _Item(_Tweet, rename="camel"):
    """An element: a post, or a whole answer of twitterapi.io."""

    tweets: list[_Tweet] | None = None


_ITEM = msgspec.json.Decoder(_Item)


def detect(head: Head) -> float:
    """How surely the first items come from such a collector, 0 to 1."""
    return 0.98 if any(_shows(record) for record in head.records) else 0.0


def _shows(record: dict[str, Any]) -> bool:
    tweets = record.get("tweets")
    if isinstance(tweets, list) and tweets and isinstance(tweets[0], dict):
        record = tweets[0]
    author = record.get("author")
    return isinstance(author, dict) and "userName" in author


def read(item: bytes) -> Rows:
    """Decode one element or page and make it normal; raises `Skip`."""
    found = decoded(_ITEM, item)
    rows = Rows()
    if found.tweets is not None:
        x_v1.add_statuses(map(_status, found.tweets), rows)
    elif found.id is None or found.author is None:
        raise Skip(NOT_A_POST)
    else:
        x_v1.add_statuses((_status(found),), rows)
    return rows


def _status(tweet: _Tweet) -> Status:
    """The post as API 1.1 would have given it."""
    quoted, original = tweet.quoted_tweet or tweet.quote, tweet.retweeted_tweet or tweet.retweet
    return Status(
        id_str=tweet.id,
        user=_user(tweet.author) if tweet.author else None,
        full_text=tweet.full_text or tweet.text,
        created_at=tweet.created_at,
        lang=tweet.lang,
        source=tweet.source,
        in_reply_to_status_id_str=tweet.in_reply_to_id,
        in_reply_to_user_id_str=tweet.in_reply_to_user_id,
        in_reply_to_screen_name=tweet.in_reply_to_username,
        quoted_status_id_str=(quoted.id if quoted else None) or tweet.quote_id,
        quoted_status=_status(quoted) if quoted and quoted.author else None,
        retweeted_status=_status(original) if original and original.id else None,
        entities=tweet.entities,
        extended_entities=tweet.extended_entities,
        favorite_count=tweet.like_count,
        retweet_count=tweet.retweet_count,
        reply_count=tweet.reply_count,
    )


def _user(author: _Author) -> User:
    return User(
        id_str=author.id,
        screen_name=author.user_name,
        name=author.name,
        created_at=author.created_at,
        description=author.description,
        location=author.location,
        followers_count=author.followers,
        friends_count=author.following,
        statuses_count=author.statuses_count,
    )
