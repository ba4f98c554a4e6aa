"""The objects of X's API 1.1, with the fields that are read (developer.x.com, "Tweet object")."""

from __future__ import annotations

import msgspec


class Mentioned(msgspec.Struct, gc=False):
    """An account in `entities.user_mentions`."""

    id_str: str | None = None
    id: int | None = None
    screen_name: str | None = None
    name: str | None = None


class Hashtag(msgspec.Struct, gc=False):
    """A hashtag in `entities.hashtags`."""

    text: str | None = None


class Url(msgspec.Struct, gc=False):
    """A link in `entities.urls`."""

    expanded_url: str | None = None
    url: str | None = None


class Media(msgspec.Struct, gc=False):
    """A picture or video in `extended_entities.media`."""

    media_url_https: str | None = None


class Entities(msgspec.Struct, gc=False):
    """What X found in a text."""

    user_mentions: list[Mentioned] | None = None
    hashtags: list[Hashtag] | None = None
    urls: list[Url] | None = None
    media: list[Media] | None = None


class Extended(msgspec.Struct, gc=False):
    """The whole of a text longer than 140 characters, in compatibility mode."""

    full_text: str | None = None
    entities: Entities | None = None
    extended_entities: Entities | None = None


class User(msgspec.Struct, gc=False):
    """A user object."""

    id_str: str | None = None
    id: int | None = None
    screen_name: str | None = None
    name: str | None = None
    created_at: str | None = None
    lang: str | None = None
    description: str | None = None
    location: str | None = None
    followers_count: int | None = None
    friends_count: int | None = None
    statuses_count: int | None = None


class Own(msgspec.Struct, gc=False):
    """What a tweet object says of itself, without its author and the posts inside it."""

    id_str: str | None = None
    id: int | None = None
    full_text: str | None = None
    text: str | None = None
    extended_tweet: Extended | None = None
    created_at: str | None = None
    lang: str | None = None
    source: str | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_user_id_str: str | None = None
    in_reply_to_screen_name: str | None = None
    quoted_status_id_str: str | None = None
    entities: Entities | None = None
    extended_entities: Entities | None = None
    favorite_count: int | None = None
    retweet_count: int | None = None
    reply_count: int | None = None


class Status(Own, gc=False):
    """A tweet object, with its author and the posts it reposts or quotes inside."""

    user: User | None = None
    quoted_status: Status | None = None
    retweeted_status: Status | None = None


class Item(Status, gc=False):
    """A line or element: a tweet, a user object, or a whole answer to a search."""

    statuses: list[Status] | None = None
    users: list[User] | None = None
    screen_name: str | None = None


class Line(Own, gc=False):
    """An `Item` whose author and inner posts are left as they are written, to be recognised."""

    user: msgspec.Raw = msgspec.Raw()
    quoted_status: msgspec.Raw = msgspec.Raw()
    retweeted_status: msgspec.Raw = msgspec.Raw()
    statuses: msgspec.Raw = msgspec.Raw()
    users: msgspec.Raw = msgspec.Raw()
    screen_name: str | None = None
