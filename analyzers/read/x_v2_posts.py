"""Makes the posts and accounts of X's API 2 normal, given what their page includes."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    repost_of,
    unescaped,
)
from analyzers.read.times import iso_time, usable
from analyzers.read.written import written
from analyzers.read.x_v2_objects import Entities, Media, Metrics, Tweet, User

_NO_ENTITIES = Entities()
_NO_METRICS = Metrics()


@dataclass
class Context:
    """What a page includes, by id, and ids by handle in lower case."""

    fetched_at: int | None = None
    users: dict[str, User] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    tweets: dict[str, Tweet] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)

    def know(self, user: User) -> None:
        """Note a user object."""
        if user.id:
            self.users[user.id] = user
            if user.username:
                self.ids[user.username.lower()] = user.id

    def account(self, handle: str) -> str:
        """The account id of a handle, else `@handle`."""
        return self.ids.get(handle.lower()) or at_handle(handle)


def time_of(text: str | None) -> int | None:
    """A time as microseconds since 1970; `None` when there is none that could be."""
    try:
        micros = iso_time(text) if text else None
    except ValueError:
        return None
    return micros if micros is not None and usable(micros) else None


def account_of(user: User, fetched_at: int | None) -> Account | None:
    """A user object as an account; `None` when nothing names it."""
    name = user.id or (user.username and at_handle(user.username))
    if not name:
        return None
    metrics = user.public_metrics or _NO_METRICS
    return Account(
        account_id=clean(name),
        handle=user.username and clean(user.username),
        display_name=user.name and clean(user.name),
        created_at=time_of(user.created_at),
        bio=user.description and unescaped(user.description),
        location=user.location and clean(user.location),
        followers=metrics.followers_count,
        following=metrics.following_count,
        posts=metrics.posts,
        fetched_at=fetched_at,
    )


def add_tweet(tweet: Tweet, rows: Rows, context: Context, route: str) -> None:
    """Make one post normal and add it with the accounts it mentions; raises `Skip`."""
    if tweet.id is None:
        raise Skip(NOT_A_POST)
    author = tweet.author_id or (tweet.author and tweet.author.id)
    if not author:
        raise Skip(NO_AUTHOR)
    written_at = written(tweet.created_at, iso_time, tweet.id, rows)
    refers = {other.type: other.id for other in tweet.references}
    original = context.tweets.get(refers.get("retweeted") or "")
    parent = context.tweets.get(refers.get("replied_to") or "")
    answered = tweet.in_reply_to_user_id or (parent.author_id if parent is not None else None)
    text = _whole_text(tweet)
    reposted = original.author_id if original is not None else None
    named = repost_of(text) if refers.get("retweeted") else None
    if original is not None and named is not None:
        text = f"RT @{named}: {_whole_text(original)}"
    full = _entities(original if original is not None else tweet)
    metrics = tweet.public_metrics or _NO_METRICS
    rows.posts.append(
        Post(
            post_id=clean(tweet.id),
            account_id=clean(author),
            created_at=written_at,
            text=text,
            language=tweet.lang,
            client=client_name(tweet.source),
            kind=kind_of(
                refers.get("retweeted"),
                refers.get("replied_to") or tweet.in_reply_to_user_id,
                refers.get("quoted"),
            ),
            reply_to_post=refers.get("replied_to"),
            reply_to_account=answered,
            quoted_post=refers.get("quoted"),
            reposted_post=refers.get("retweeted"),
            reposted_account=reposted or (context.account(named) if named else None),
            mentions=_mentions(_entities(tweet), rows, context),
            hashtags=[clean(one.tag).lower() for one in full.hashtags or () if one.tag],
            urls=[
                clean(url)
                for one in full.urls or ()
                if one.media_key is None and (url := one.expanded_url or one.url)
            ],
            media=_media(tweet, context),
            likes=metrics.like_count,
            reposts=metrics.reposts,
            replies=metrics.reply_count,
            route=route,
        )
    )


def _whole_text(tweet: Tweet) -> str:
    note = tweet.note
    return unescaped((note and note.text) or tweet.text or "")


def _entities(tweet: Tweet) -> Entities:
    note = tweet.note
    return (note and note.entities) or tweet.entities or _NO_ENTITIES


def _mentions(entities: Entities, rows: Rows, context: Context) -> list[str]:
    ids = []
    for one in entities.mentions or ():
        if one.id:
            ids.append(one.id)
            account = account_of(one, context.fetched_at if one.public_metrics else None)
            if account is not None and one.username:
                rows.accounts.append(account)
        elif one.username:
            ids.append(context.account(one.username))
    return ids


def _media(tweet: Tweet, context: Context) -> list[str]:
    attached = tweet.attachments
    if attached is None:
        return []
    known = [context.media.get(key) for key in attached.media_keys or ()]
    found = [*(one for one in known if one is not None), *(attached.media or ())]
    addresses = (clean(one.url or one.preview_image_url or "") for one in found)
    return list(dict.fromkeys(address for address in addresses if address))
