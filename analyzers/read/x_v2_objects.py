"""The objects of X's API 2, with the fields that are read (docs.x.com, "Data dictionary").

Since August 2026 X's own document says post where it said tweet: `referenced_posts`, `note_post`,
`repost_count`, `post_count`, `includes.posts`. Both names are read.
"""

from __future__ import annotations

import msgspec


class Metrics(msgspec.Struct, gc=False):
    """`public_metrics` of a post or an account."""

    like_count: int | None = None
    retweet_count: int | None = None
    repost_count: int | None = None
    reply_count: int | None = None
    followers_count: int | None = None
    following_count: int | None = None
    tweet_count: int | None = None
    post_count: int | None = None

    @property
    def reposts(self) -> int | None:
        """How often a post was reposted, under either name."""
        return self.retweet_count if self.repost_count is None else self.repost_count

    @property
    def posts(self) -> int | None:
        """How many posts an account wrote, under either name."""
        return self.tweet_count if self.post_count is None else self.post_count


class User(msgspec.Struct, gc=False):
    """A user object."""

    id: str | None = None
    username: str | None = None
    name: str | None = None
    created_at: str | None = None
    description: str | None = None
    location: str | None = None
    public_metrics: Metrics | None = None


class Tag(msgspec.Struct, gc=False):
    """A hashtag."""

    tag: str | None = None


class Url(msgspec.Struct, gc=False):
    """A link."""

    expanded_url: str | None = None
    url: str | None = None
    media_key: str | None = None


class Entities(msgspec.Struct, gc=False):
    """What X found in a text; a mention is a user object of which little is given."""

    mentions: list[User] | None = None
    hashtags: list[Tag] | None = None
    urls: list[Url] | None = None


class Media(msgspec.Struct, gc=False):
    """A picture or video; a video's address is only that of its preview."""

    media_key: str | None = None
    url: str | None = None
    preview_image_url: str | None = None


class Attachments(msgspec.Struct, gc=False):
    """What a post carries; flattened posts nest the media themselves."""

    media_keys: list[str] | None = None
    media: list[Media] | None = None


class Note(msgspec.Struct, gc=False):
    """The whole of a text longer than 280 characters."""

    text: str | None = None
    entities: Entities | None = None


class Tweet(msgspec.Struct, gc=False):
    """A tweet object; `type` is set on references, `author` on flattened posts.

    Users and counts stand where tweets do, so `username` and `tweet_count` tell them apart.
    """

    id: str | None = None
    author_id: str | None = None
    text: str | None = None
    created_at: str | None = None
    lang: str | None = None
    source: str | None = None
    in_reply_to_user_id: str | None = None
    referenced_tweets: list[Tweet] | None = None
    referenced_posts: list[Tweet] | None = None
    entities: Entities | None = None
    public_metrics: Metrics | None = None
    note_tweet: Note | None = None
    note_post: Note | None = None
    attachments: Attachments | None = None
    type: str | None = None
    author: User | None = None
    username: str | None = None
    name: str | None = None
    description: str | None = None
    location: str | None = None
    tweet_count: int | None = None

    @property
    def references(self) -> list[Tweet]:
        """What the post answers, quotes or reposts, under either name."""
        return self.referenced_posts or self.referenced_tweets or []

    @property
    def note(self) -> Note | None:
        """The whole of a long text, under either name."""
        return self.note_post or self.note_tweet


class Includes(msgspec.Struct, gc=False):
    """What the posts of a page refer to."""

    users: list[User] | None = None
    tweets: list[Tweet] | None = None
    posts: list[Tweet] | None = None
    media: list[Media] | None = None

    @property
    def referred(self) -> list[Tweet]:
        """The posts that those of the page answer, quote or repost, under either name."""
        return self.posts or self.tweets or []


class Error(msgspec.Struct, gc=False):
    """Something X could not give."""

    title: str | None = None
    resource_type: str | None = None


class Twarc(msgspec.Struct, gc=False):
    """What twarc2 adds to each answer."""

    retrieved_at: str | None = None


class Line(msgspec.Struct, gc=False):
    """A line or document: a page, or (without `data`) a flattened post. Absent parts are empty."""

    data: msgspec.Raw = msgspec.Raw()
    includes: Includes | None = None
    errors: list[Error] | None = None
    meta: msgspec.Raw = msgspec.Raw()
    twarc: Twarc | None = msgspec.field(name="__twarc", default=None)
    id: str | None = None
    tweet_count: int | None = None
