"""Posts of X as snscrape writes them, one JSON object per line; and a small table made from it."""

from __future__ import annotations

import msgspec

from analyzers.read import x_v1
from analyzers.read.head import Head
from analyzers.read.json_items import decoded
from analyzers.read.layout import Layout
from analyzers.read.normal import NOT_A_POST, Rows, Skip
from analyzers.read.x_v1_objects import Entities, Hashtag, Media, Mentioned, Status, Url, User

_MODULE = "snscrape.modules.twitter."
_TABLE = {"date", "user", "tweet", "coordinates", "location"}
"""The columns that the usual script around snscrape saves: no ids, and no client."""


class _User(msgspec.Struct, rename="camel"):
    id: int | str | None = None
    username: str | None = None
    displayname: str | None = None
    created: str | None = None
    raw_description: str | None = None
    description: str | None = None
    location: str | None = None
    followers_count: int | None = None
    friends_count: int | None = None
    statuses_count: int | None = None


class _Link(msgspec.Struct):
    url: str | None = None


class _Picture(msgspec.Struct, rename="camel"):
    full_url: str | None = None
    preview_url: str | None = None
    thumbnail_url: str | None = None


class _Tweet(msgspec.Struct, rename="camel"):
    """A post; versions differ in the name of its text."""

    id: int | str | None = None
    user: _User | None = None
    date: str | None = None
    raw_content: str | None = None
    content: str | None = None
    rendered_content: str | None = None
    lang: str | None = None
    source: str | None = None
    source_label: str | None = None
    in_reply_to_tweet_id: int | str | None = None
    in_reply_to_user: _User | None = None
    quoted_tweet: _Tweet | None = None
    retweeted_tweet: _Tweet | None = None
    mentioned_users: list[_User] | None = None
    hashtags: list[str] | None = None
    outlinks: list[str] | None = None
    links: list[_Link] | None = None
    media: list[_Picture] | None = None
    like_count: int | None = None
    retweet_count: int | None = None
    reply_count: int | None = None


_TWEET = msgspec.json.Decoder(_Tweet)


def detect(head: Head) -> float:
    """How surely the first items are snscrape's posts of X, 0 to 1."""
    kinds = (record.get("_type") for record in head.records)
    return 0.99 if any(isinstance(one, str) and one.startswith(_MODULE) for one in kinds) else 0.0


def read(item: bytes) -> Rows:
    """Decode one line and make it normal; raises `Skip`."""
    tweet = decoded(_TWEET, item)
    if tweet.id is None or tweet.user is None:
        raise Skip(NOT_A_POST)
    rows = Rows()
    x_v1.add_statuses((_status(tweet),), rows)
    return rows


def _written(id: int | str | None) -> str | None:
    return None if id is None else str(id)


def _status(tweet: _Tweet) -> Status:
    """The post as API 1.1 would have given it."""
    links = tweet.outlinks or [one.url for one in tweet.links or () if one.url]
    answered, quoted, original = tweet.in_reply_to_user, tweet.quoted_tweet, tweet.retweeted_tweet
    pictures = [one.full_url or one.preview_url or one.thumbnail_url for one in tweet.media or ()]
    return Status(
        id_str=_written(tweet.id),
        user=_user(tweet.user) if tweet.user else None,
        full_text=tweet.raw_content or tweet.content or tweet.rendered_content,
        created_at=tweet.date,
        lang=tweet.lang,
        source=tweet.source_label or tweet.source,
        in_reply_to_status_id_str=_written(tweet.in_reply_to_tweet_id),
        in_reply_to_user_id_str=_written(answered.id) if answered else None,
        in_reply_to_screen_name=answered.username if answered else None,
        quoted_status_id_str=_written(quoted.id) if quoted else None,
        quoted_status=_status(quoted) if quoted and quoted.user else None,
        retweeted_status=_status(original) if original else None,
        entities=Entities(
            user_mentions=[
                Mentioned(_written(one.id), None, one.username, one.displayname)
                for one in tweet.mentioned_users or ()
            ],
            hashtags=[Hashtag(one) for one in tweet.hashtags or ()],
            urls=[Url(one) for one in links],
        ),
        extended_entities=Entities(media=[Media(one) for one in pictures if one]),
        favorite_count=tweet.like_count,
        retweet_count=tweet.retweet_count,
        reply_count=tweet.reply_count,
    )


def _user(user: _User) -> User:
    return User(
        id_str=_written(user.id),
        screen_name=user.username,
        name=user.displayname,
        created_at=user.created,
        description=user.raw_description or user.description,
        location=user.location,
        followers_count=user.followers_count,
        friends_count=user.friends_count,
        statuses_count=user.statuses_count,
    )


def detect_table(head: Head) -> float:
    """How surely a table was made with the usual script around snscrape, 0 to 1."""
    return 0.9 if head.columns >= _TABLE and "id" not in head.columns else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand in such a table."""
    return Layout(
        columns={"handle": "User", "text": "Tweet", "time": "Date", "location": "Location"},
        derive=True,
    )
