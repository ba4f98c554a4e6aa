"""Writes samples as tables of X's posts, in the shape of each tool's own."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from time import gmtime, strftime

from analyzers.simulate.campaign import Post
from analyzers.simulate.v1 import language_code, source_html
from tests.read.exports.sample import NO_PROFILE, Export, Sample, carries

Row = Mapping[str, object]


def csv_of(rows: list[Row], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, [*rows[0]], delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def table(
    row: Callable[[Sample, Post], Row], delimiter: str = ",", encoding: str = "utf-8"
) -> Callable[[Sample], Mapping[str, bytes]]:
    return lambda found: {
        "posts.csv": csv_of([row(found, post) for post in found.posts], delimiter, encoding)
    }


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def iso(seconds: int) -> str:
    return strftime("%Y-%m-%dT%H:%M:%S.000Z", gmtime(seconds))


def spaced(seconds: int) -> str:
    return strftime("%Y-%m-%d %H:%M:%S", gmtime(seconds))


def address(found: Sample, post: Post) -> str:
    return f"https://twitter.com/{found.author(post).handle}/status/{post.post_id}"


def _twarc(found: Sample, post: Post) -> Row:
    author = found.author(post)
    shown = found.context[post.reposted_post] if post.reposted_post else post
    return {
        "id": post.post_id,
        "referenced_tweets.replied_to.id": post.reply_to_post,
        "referenced_tweets.retweeted.id": post.reposted_post,
        "referenced_tweets.quoted.id": post.quoted_post,
        "in_reply_to_user_id": post.reply_to_account,
        "retweeted_user_id": post.reposted_account,
        "retweeted_username": found.handle(post.reposted_account),
        "created_at": iso(post.created_at),
        "text": escaped(shown.text).replace("\n", "\\n"),
        "lang": language_code(post.language),
        "source": post.client,
        "public_metrics.retweet_count": post.reposts,
        "public_metrics.like_count": post.likes,
        "public_metrics.reply_count": post.replies,
        "entities.hashtags": json.dumps(post.hashtags),
        "entities.mentions": json.dumps(found.handles(shown)),
        "entities.urls": json.dumps(post.urls),
        "author.id": author.account_id,
        "author.username": author.handle,
        "author.name": author.display_name,
        "author.created_at": iso(author.created_at),
        "author.description": author.bio,
        "author.location": author.location,
        "author.public_metrics.followers_count": author.followers,
        "author.public_metrics.following_count": author.following,
        "author.public_metrics.tweet_count": author.posts,
    }


def _minet(found: Sample, post: Post) -> Row:
    author = found.author(post)
    return {
        "id": post.post_id,
        "timestamp_utc": post.created_at,
        "local_time": spaced(post.created_at + 7200).replace(" ", "T"),
        "user_screen_name": author.handle,
        "text": post.text,
        "lang": language_code(post.language),
        "source_name": post.client,
        "to_tweetid": post.reply_to_post,
        "to_userid": post.reply_to_account,
        "quoted_id": post.quoted_post,
        "retweeted_id": post.reposted_post,
        "retweeted_user_id": post.reposted_account,
        "mentioned_ids": "|".join(post.mentions),
        "mentioned_names": "|".join(found.handles(post)).lower(),
        "hashtags": "|".join(post.hashtags),
        "links": "|".join(post.urls),
        "like_count": post.likes,
        "retweet_count": post.reposts,
        "reply_count": post.replies,
        "user_id": author.account_id,
        "user_name": author.display_name,
        "user_timestamp_utc": author.created_at,
        "user_description": author.bio,
        "user_location": author.location,
        "user_followers": author.followers,
        "user_friends": author.following,
        "user_tweets": author.posts,
    }


def _tidy(found: Sample, post: Post) -> Row:
    author = found.author(post)
    kind = {"repost": "retweeted", "quote": "quoted"}.get(post.kind, "")
    return {
        "tweet_id": post.post_id,
        "user_username": author.handle,
        "text": escaped(post.text),
        "author_id": author.account_id,
        "created_at": iso(post.created_at),
        "lang": language_code(post.language),
        "source": post.client,
        "user_name": author.display_name,
        "user_created_at": iso(author.created_at),
        "user_description": author.bio,
        "user_location": author.location,
        "sourcetweet_type": kind,
        "sourcetweet_id": post.reposted_post or post.quoted_post,
        "sourcetweet_author_id": post.reposted_account,
        "like_count": post.likes,
        "retweet_count": post.reposts,
        "user_followers_count": author.followers,
        "user_following_count": author.following,
        "user_tweet_count": author.posts,
    }


def twint(found: Sample, post: Post) -> Row:
    author = found.author(post)
    local = post.created_at + 13 * 3600
    quoted = found.context.get(post.quoted_post or "")
    return {
        "id": post.post_id,
        "conversation_id": post.post_id if post.kind != "reply" else post.reply_to_post or "5",
        "created_at": f"{spaced(local)} NZDT",
        "date": strftime("%Y-%m-%d", gmtime(local)),
        "time": strftime("%H:%M:%S", gmtime(local)),
        "timezone": "+1300",
        "user_id": author.account_id,
        "username": author.handle.lower(),
        "name": author.display_name,
        "tweet": escaped(post.text),
        "language": language_code(post.language),
        "mentions": [
            {"screen_name": found.handle(one).lower(), "name": "A name", "id": one}
            for one in post.mentions
        ],
        "urls": list(post.urls),
        "replies_count": post.replies,
        "retweets_count": post.reposts,
        "likes_count": post.likes,
        "hashtags": list(post.hashtags),
        "link": address(found, post),
        "quote_url": address(found, quoted) if quoted else "",
    }


def _twitterscraper(found: Sample, post: Post) -> Row:
    author = found.author(post)
    return {
        "screen_name": author.handle,
        "username": author.display_name,
        "user_id": author.account_id,
        "tweet_id": post.post_id,
        "tweet_url": f"/{author.handle}/status/{post.post_id}",
        "timestamp": spaced(post.created_at + 3600),
        "timestamp_epochs": post.created_at,
        "text": post.text,
        "links": list(post.urls),
        "hashtags": list(post.hashtags),
        "likes": post.likes,
        "retweets": post.reposts,
        "replies": post.replies,
    }


def _fourcat(found: Sample, post: Post) -> Row:
    author = found.author(post)
    yes = {True: "yes", False: "no"}
    return {
        "id": post.post_id,
        "thread_id": post.post_id,
        "timestamp": spaced(post.created_at),
        "unix_timestamp": post.created_at,
        "body": post.text,
        "author": author.handle,
        "author_fullname": author.display_name,
        "author_id": author.account_id,
        "source": post.client,
        "language_guess": language_code(post.language),
        "like_count": post.likes,
        "retweet_count": post.reposts,
        "reply_count": post.replies,
        "is_retweet": yes[post.kind == "repost"],
        "retweeted_user": found.handle(post.reposted_account),
        "is_quote_tweet": yes[post.kind == "quote"],
        "quote_tweet_id": post.quoted_post,
        "is_reply": yes[post.kind == "reply"],
        "replied_author": found.handle(post.reply_to_account),
        "mentions": ",".join(found.handles(post)),
        "hashtags": ",".join(post.hashtags),
        "urls": ",".join(post.urls),
    }


def _tcat(found: Sample, post: Post) -> Row:
    author = found.author(post)
    return {
        "id": post.post_id,
        "time": post.created_at,
        "created_at": spaced(post.created_at),
        "from_user_name": author.handle,
        "text": escaped(post.text),
        "retweet_count": post.reposts,
        "favorite_count": post.likes,
        "lang": language_code(post.language),
        "to_user_name": found.handle(post.reply_to_account),
        "in_reply_to_status_id": post.reply_to_post,
        "source": source_html(post.client),
        "location": author.location,
        "from_user_id": author.account_id,
        "from_user_realname": author.display_name,
        "from_user_description": author.bio,
        "from_user_lang": author.profile_language,
        "from_user_tweetcount": author.posts,
        "from_user_followercount": author.followers,
        "from_user_friendcount": author.following,
        "from_user_created_at": spaced(author.created_at),
        "urls_expanded": "; ".join(post.urls),
        "mentions": "; ".join(found.handles(post)),
        "hashtags": "; ".join(post.hashtags),
    }


FEW = ("kind", "reply_to_account", "quoted_post", "reposted_post", "reposted_account")

TABLES = {
    "twarc_csv": Export(
        "twarc_csv", table(_twarc), carries("likes", "replies"), frozenset({"mentions"})
    ),
    "minet": Export("minet", table(_minet), carries()),
    "academictwitter tidy": Export(
        "academictwitter",
        table(_tidy),
        carries("kind", "reply_to_account", "mentions", "hashtags", "urls", "replies"),
    ),
    "twint": Export(
        "twint",
        table(twint),
        carries("client", "kind", "reposted_post", "reposted_account", "reply_to_account",
                *NO_PROFILE),
    ),
    "twitterscraper": Export(
        "twitterscraper",
        table(_twitterscraper, ";"),
        carries("language", "client", "mentions", *FEW, *NO_PROFILE),
    ),
    "4cat": Export(
        "4cat",
        table(_fourcat),
        carries("reposted_post", *NO_PROFILE),
        frozenset({"mentions", "reply_to_account", "reposted_account"}),
    ),
    "tcat": Export(
        "tcat",
        table(_tcat),
        carries("kind", "quoted_post", "reposted_post", "replies",
                also="accounts.profile_language"),
        frozenset({"mentions", "reply_to_account", "reposted_account"}),
    ),
}  # fmt: skip
