"""Writes samples as JSON of X's posts, in the shape of each tool's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from analyzers.simulate.campaign import Account, Post
from analyzers.simulate.v1 import language_code, source_html, v1_time
from tests.read.exports.sample import NO_PROFILE, Export, Sample, carries
from tests.read.exports.tables import address, escaped, iso, twint

Object = dict[str, Any]


def lines(items: list[Object]) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in items)


def _user_v1(account: Account) -> Object:
    return {
        "id_str": account.account_id,
        "screen_name": account.handle,
        "name": account.display_name,
        "created_at": v1_time(account.created_at),
        "lang": account.profile_language,
        "description": account.bio,
        "location": account.location,
        "followers_count": account.followers,
        "friends_count": account.following,
        "statuses_count": account.posts,
    }


def _entities_v1(found: Sample, post: Post) -> Object:
    return {
        "hashtags": [{"text": one} for one in post.hashtags],
        "user_mentions": [
            {"id_str": one, "screen_name": found.handle(one)} for one in post.mentions
        ],
        "urls": [{"expanded_url": one} for one in post.urls],
    }


def _status(found: Sample, post: Post) -> Object:
    made: Object = {
        "id_str": post.post_id,
        "created_at": v1_time(post.created_at),
        "full_text": escaped(post.text),
        "entities": _entities_v1(found, post),
        "source": source_html(post.client),
        "in_reply_to_status_id_str": post.reply_to_post,
        "in_reply_to_user_id_str": post.reply_to_account,
        "retweet_count": post.reposts,
        "favorite_count": post.likes,
        "reply_count": post.replies,
        "lang": language_code(post.language),
        "user": _user_v1(found.author(post)),
    }
    if post.reposted_post:
        made["retweeted_status"] = _status(found, found.context[post.reposted_post])
    if post.quoted_post:
        made["quoted_status_id_str"] = post.quoted_post
    return made


def _user_v2(account: Account) -> Object:
    return {
        "id": account.account_id,
        "username": account.handle,
        "name": account.display_name,
        "created_at": iso(account.created_at),
        "description": account.bio,
        "location": account.location,
        "public_metrics": {
            "followers_count": account.followers,
            "following_count": account.following,
            "tweet_count": account.posts,
        },
    }


def _tweet(found: Sample, post: Post) -> Object:
    refers = {
        "replied_to": post.reply_to_post,
        "quoted": post.quoted_post,
        "retweeted": post.reposted_post,
    }
    return {
        "id": post.post_id,
        "author_id": post.account_id,
        "text": escaped(post.text),
        "created_at": iso(post.created_at),
        "lang": language_code(post.language),
        "source": post.client,
        "in_reply_to_user_id": post.reply_to_account,
        "referenced_tweets": [{"type": kind, "id": one} for kind, one in refers.items() if one],
        "entities": {
            "mentions": [{"id": one, "username": found.handle(one)} for one in post.mentions],
            "hashtags": [{"tag": one} for one in post.hashtags],
            "urls": [{"expanded_url": one} for one in post.urls],
        },
        "public_metrics": {
            "like_count": post.likes,
            "retweet_count": post.reposts,
            "reply_count": post.replies,
        },
    }


def _pages(found: Sample) -> Mapping[str, bytes]:
    pages = []
    for at in range(0, len(found.posts), 10):
        posts = found.posts[at : at + 10]
        context = [found.context[one.reposted_post] for one in posts if one.reposted_post]
        authors = {one.account_id: found.author(one) for one in (*posts, *context)}
        pages.append(
            {
                "data": [_tweet(found, post) for post in posts],
                "includes": {
                    "users": [_user_v2(one) for one in authors.values()],
                    "tweets": [_tweet(found, post) for post in context],
                },
                "meta": {"result_count": len(posts)},
            }
        )
    return {"pages.jsonl": lines(pages)}


def _academic(found: Sample) -> Mapping[str, bytes]:
    users = {one.account_id: found.author(one) for one in found.posts}
    return {
        "data_1.json": json.dumps([_tweet(found, post) for post in found.posts]).encode(),
        "users_1.json": json.dumps({"users": [_user_v2(one) for one in users.values()]}).encode(),
    }


def _snscraped_user(account: Account) -> Object:
    return {
        "_type": "snscrape.modules.twitter.User",
        "username": account.handle,
        "id": int(account.account_id),
        "displayname": account.display_name,
        "rawDescription": account.bio,
        "created": iso(account.created_at),
        "followersCount": account.followers,
        "friendsCount": account.following,
        "statusesCount": account.posts,
        "location": account.location,
    }


def _snscraped(found: Sample, post: Post) -> Object:
    original = found.context.get(post.reposted_post or "")
    quoted = found.context.get(post.quoted_post or "")
    to = found.accounts.get(post.reply_to_account or "")
    return {
        "_type": "snscrape.modules.twitter.Tweet",
        "url": address(found, post),
        "date": iso(post.created_at),
        "rawContent": escaped(post.text),
        "id": int(post.post_id),
        "user": _snscraped_user(found.author(post)),
        "replyCount": post.replies,
        "retweetCount": post.reposts,
        "likeCount": post.likes,
        "lang": language_code(post.language),
        "source": source_html(post.client),
        "outlinks": list(post.urls),
        "inReplyToUser": to and _snscraped_user(to),
        "retweetedTweet": original and _snscraped(found, original),
        "quotedTweet": quoted and _snscraped(found, quoted),
        "mentionedUsers": [_snscraped_user(found.accounts[one]) for one in post.mentions],
        "hashtags": list(post.hashtags),
    }


def _webbed(found: Sample, post: Post) -> Object:
    author = found.author(post)
    legacy = _status(found, post) | {"user_id_str": post.account_id}
    del legacy["user"]
    if post.reposted_post:
        original = _webbed(found, found.context[post.reposted_post])
        legacy["retweeted_status_result"] = {"result": original}
        del legacy["retweeted_status"]
    about = _user_v1(author)
    del about["lang"]  # the web page's answers have no such field
    person = {"rest_id": author.account_id, "legacy": about}
    return {
        "__typename": "Tweet",
        "rest_id": post.post_id,
        "core": {"user_results": {"result": person}},
        "source": source_html(post.client),
        "legacy": legacy,
    }


def _zeeschuimed(found: Sample, post: Post) -> Object:
    return {
        "item_id": post.post_id,
        "source_platform": "twitter.com",
        "timestamp_collected": 1_600_000_000_000,
        "data": _webbed(found, post),
    }


def _apified(found: Sample, post: Post) -> Object:
    author = found.author(post)
    original = found.context.get(post.reposted_post or "")
    quoted = found.context.get(post.quoted_post or "")
    return {
        "type": "tweet",
        "id": post.post_id,
        "twitterUrl": address(found, post),
        "text": escaped(post.text),
        "source": post.client,
        "retweetCount": post.reposts,
        "replyCount": post.replies,
        "likeCount": post.likes,
        "createdAt": v1_time(post.created_at),
        "lang": language_code(post.language),
        "inReplyToUserId": post.reply_to_account,
        "author": {
            "id": author.account_id,
            "userName": author.handle,
            "name": author.display_name,
            "createdAt": v1_time(author.created_at),
            "description": author.bio,
            "location": author.location,
            "followers": author.followers,
            "following": author.following,
            "statusesCount": author.posts,
        },
        "entities": _entities_v1(found, post),
        "retweeted_tweet": original and _apified(found, original),
        "quoted_tweet": quoted and _apified(found, quoted),
    }


def _archive(found: Sample) -> Mapping[str, bytes]:
    owner = found.author(found.posts[0])
    own = []
    for post in found.posts:
        status = _status(found, post)
        for name in ("user", "retweeted_status", "reply_count"):
            status.pop(name, None)
        own.append({"tweet": status})
    account = {
        "username": owner.handle,
        "accountId": owner.account_id,
        "createdAt": iso(owner.created_at),
        "accountDisplayName": owner.display_name,
    }
    return {
        "tweets.js": b"window.YTD.tweets.part0 = " + json.dumps(own).encode(),
        "account.js": b"window.YTD.account.part0 = " + json.dumps([{"account": account}]).encode(),
    }


def _twint_json(found: Sample) -> Mapping[str, bytes]:
    return {"posts.json": lines([dict(twint(found, post)) for post in found.posts])}


OBJECTS = {
    "x_v1": Export(
        "x_v1",
        lambda found: {"posts.jsonl": lines([_status(found, one) for one in found.posts])},
        carries(also="accounts.profile_language"),
    ),
    "x_v2": Export("x_v2", _pages, carries("likes")),
    "academictwitter": Export("academictwitter", _academic, carries("reposted_account", "text")),
    "snscrape": Export(
        "snscrape",
        lambda found: {"posts.jsonl": lines([_snscraped(found, one) for one in found.posts])},
        carries(),
    ),
    "zeeschuimer": Export(
        "zeeschuimer",
        lambda found: {"posts.ndjson": lines([_zeeschuimed(found, one) for one in found.posts])},
        carries(),
    ),
    "apify": Export(
        "apify",
        lambda found: {
            "items.json": json.dumps([_apified(found, one) for one in found.posts]).encode()
        },
        carries(),
    ),
    "x_archive": Export(
        "x_archive",
        _archive,
        carries("replies", "reposted_post", "reposted_account", *NO_PROFILE, "accounts.handle",
                "accounts.display_name"),
    ),
    "twint json": Export(
        "twint",
        _twint_json,
        carries("client", "kind", "reposted_post", "reposted_account", "reply_to_account",
                *NO_PROFILE),
    ),
}  # fmt: skip
