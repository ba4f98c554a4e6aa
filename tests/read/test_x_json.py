"""Posts of X in JSON as snscrape, Zeeschuimer, Apify, minet and academictwitteR save them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.read import apify, minet, read, snscrape, zeeschuimer
from analyzers.read.normal import Rows as Outcome
from analyzers.read.normal import Skip

Saved = Callable[..., Path]
Rows = Callable[..., dict[str, dict[str, Any]]]

POST, OTHER = "1050118621198921728", "1050118621198900000"
WRITTEN = datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)
V1 = "Wed Oct 10 20:19:24 +0000 2018"


def snscraped(id: str = POST, **more: Any) -> dict[str, Any]:
    return {
        "_type": "snscrape.modules.twitter.Tweet",
        "id": int(id),
        "date": "2018-10-10T20:19:24+00:00",
        "rawContent": "Quel clown &amp; fier",
        "user": {"id": 7, "username": "Resident_1", "created": "2018-01-02T03:04:05+00:00"},
        "source": "<a href='https://x.example'>Web</a>",
        "mentionedUsers": [{"id": 5, "username": "Mayor"}],
        "hashtags": ["Clown"],
        "outlinks": ["https://a.example"],
        "likeCount": 4,
    } | more


def webbed(id: str = POST, **more: Any) -> dict[str, Any]:
    person = {"rest_id": "7", "legacy": {"followers_count": 3}, "core": {"screen_name": "Baker"}}
    return {
        "rest_id": id,
        "core": {"user_results": {"result": person}},
        "source": '<a href="https://x.example">Web</a>',
        "legacy": {"full_text": "Quel clown", "created_at": V1, "user_id_str": "7"},
    } | more


def zeeschuimed(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "item_id": POST,
        "source_platform": "x.com",
        "timestamp_collected": 1539300000000,
        "data": data,
    }


def apified(id: str = POST, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "twitterUrl": "https://twitter.com/Resident_1/status/1",
        "text": "Quel clown",
        "createdAt": V1,
        "author": {"id": "7", "userName": "Resident_1", "followers": 3},
        "entities": {"user_mentions": [{"id_str": "5", "screen_name": "Mayor"}]},
    } | more


def documented(**more: Any) -> dict[str, Any]:
    return {
        "_id": POST,
        "_source": {
            "user_screen_name": "Resident_1",
            "user_id": "7",
            "timestamp_utc": "1539202764.0",
            "text": "Quel clown",
            "retweeted_id": None,
            "mentioned_ids": ["5"],
            "mentioned_names": ["mayor"],
            "hashtags": ["clown"],
            "user_followers": 3,
        }
        | more,
    }


@pytest.mark.parametrize(
    ("item", "format"),
    [
        (snscraped(), "snscrape"),
        (zeeschuimed(webbed()), "zeeschuimer"),
        (apified(), "apify"),
        ({"tweets": [apified()]}, "apify"),
        (documented(), "minet"),
    ],
)
def test_each_is_known_and_read(
    saved: Saved, rows: Rows, item: dict[str, Any], format: str
) -> None:
    data = read(saved("posts.jsonl", json.dumps(item)))
    post, source = rows(data)[POST], data.sources[0]
    assert (source.format, source.rows, source.used) == (format, 1, 1)
    assert (post["account_id"], post["created_at"], post["kind"]) == ("7", WRITTEN, "post")
    assert post["text"].startswith("Quel clown")


def test_snscrape_posts_keep_what_they_refer_to(saved: Saved, rows: Rows) -> None:
    quoted = snscraped(OTHER, user={"id": 8, "username": "Baker"})
    item = snscraped(quotedTweet=quoted, inReplyToTweetId=12345, inReplyToUser={"id": 5})
    data = read(saved("posts.jsonl", json.dumps(item)))
    post = rows(data)[POST]
    assert (post["kind"], post["reply_to_post"], post["quoted_post"]) == ("reply", "12345", OTHER)
    assert rows(data)[OTHER]["route"] == "context"
    assert (post["client"], post["text"]) == ("Web", "Quel clown & fier")
    assert (post["mentions"], post["hashtags"]) == (["5"], ["clown"])


def test_web_posts_are_unwrapped_and_given_their_whole_text(saved: Saved, rows: Rows) -> None:
    note = {"note_tweet_results": {"result": {"text": "Quel clown, et depuis longtemps"}}}
    lines = [
        zeeschuimed({"tweet": webbed(note_tweet=note)}),
        zeeschuimed({"__typename": "TweetTombstone"}),
    ]
    data = read(saved("x.ndjson", "\n".join(map(json.dumps, lines))))
    source = data.sources[0]
    assert (source.rows, source.used) == (2, 1)
    assert rows(data)[POST]["text"] == "Quel clown, et depuis longtemps"
    account = rows(data, "accounts")["7"]
    assert (account["handle"], account["followers"]) == ("Baker", 3)
    assert account["fetched_at"] == datetime(2018, 10, 11, 23, 20, tzinfo=UTC)


def test_web_reposts_have_the_whole_original(saved: Saved, rows: Rows) -> None:
    inner = webbed(OTHER)
    outer = webbed()
    outer["legacy"] = outer["legacy"] | {
        "full_text": "RT @Baker: Quel…",
        "retweeted_status_result": {"result": {"tweet": inner}},
    }
    post = rows(read(saved("x.ndjson", json.dumps(zeeschuimed(outer)))))[POST]
    assert (post["kind"], post["reposted_post"]) == ("repost", OTHER)
    assert post["text"] == "RT @Baker: Quel clown"


@pytest.mark.parametrize("key", ["quote", "quoted_tweet"])
def test_both_families_of_apify_quote(saved: Saved, rows: Rows, key: str) -> None:
    data = read(saved("items.json", json.dumps([apified() | {key: apified(OTHER)}])))
    assert rows(data)[POST]["quoted_post"] == OTHER
    assert set(rows(data)) == {POST, OTHER}


def test_academictwitter_files_are_joined_by_account(saved: Saved, rows: Rows) -> None:
    post = {
        "id": POST,
        "author_id": "7",
        "text": 'Il écrit "a":{} et rit',
        "created_at": "2018-10-10T20:19:24.000Z",
        "public_metrics": {"like_count": 4},
        "entities": {"hashtags": {}, "mentions": {}},
        "referenced_tweets": {},
    }
    user = {"id": "7", "username": "Resident_1", "public_metrics": {"followers_count": 3}}
    posts = saved("data_1.json", json.dumps([post]))
    users = saved("users_1.json", json.dumps({"users": [user]}))
    data = read(posts, users)
    assert [(one.format, one.rows) for one in data.sources] == [("academictwitter", 1)] * 2
    assert rows(data)[POST]["text"] == 'Il écrit "a":{} et rit'
    account = rows(data, "accounts")["7"]
    assert (account["handle"], account["followers"]) == ("Resident_1", 3)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)


@given(
    st.sampled_from(
        [
            (snscrape.read, snscraped()),
            (zeeschuimer.read, zeeschuimed(webbed())),
            (zeeschuimer.read, webbed()),
            (apify.read, apified()),
            (minet.read, documented()),
        ]
    ),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_fields_of_the_wrong_type_are_skipped_or_read(
    case: tuple[Callable[[bytes], Outcome], dict[str, Any]], data: st.DataObject
) -> None:
    read_item, item = case
    broken = item | {data.draw(st.sampled_from([*item])): data.draw(junk)}
    try:
        outcome = read_item(json.dumps(broken).encode())
    except Skip:
        return
    assert outcome.used + len(outcome.skipped) == 1 or "tweets" in broken
