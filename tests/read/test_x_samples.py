"""Genuine exports of X, field by field against their source; skipped where these are absent."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from analyzers.lib.snowflake import moment
from analyzers.read import inspect, read
from analyzers.tables import load

csv.field_size_limit(2**24)

CASES = {
    "twarc_csv": (["twarc_csv/noflat.csv"], 100, 100),
    "twint": (["twint/twint_2020_nzdt.csv"], 949, 949),
    "twint of 2022": (["twint/twint_2022_head.csv"], 119, 119),
    "twitterscraper": (["twitterscraper/semicolon_head.csv"], 47, 36),
    "minet table": (["minet_gazouilloire/tweet-export.csv"], 4, 4),
    "minet": (["minet_gazouilloire/tweet-export.jsonl"], 4, 4),
    "4cat": (["zeeschuimer_4cat/twitter-test.csv"], 104, 104),
    "zeeschuimer": (["zeeschuimer_4cat/twitter-test.ndjson"], 104, 104),
    "snscrape table": (["snscrape/snscrape_pandas_tab_head.csv"], 16, 16),
    "snscrape": (["snscrape/text-query-tweets_2021.jsonl"], 238, 238),
    "snscrape of a hashtag": (["snscrape/text-query-tweets_hs.jsonl"], 100, 100),
    "apify": (["apify/twitterapi_io_apify_style.json"], 1, 1),
    "academictwitter": (
        [f"academictwitter/{name}_1219780709600124929.json" for name in ("data", "users")],
        500,
        500,
    ),
    "rtweet of version 1": (
        [f"rtweet/rtweet1x_{name}_complete_head.csv" for name in ("tweets", "users")],
        11,
        11,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_sample_is_known_for_what_it_is_and_whole(shared: Path, name: str) -> None:
    names, rows, posts = CASES[name]
    first = inspect(*[shared / "formats" / one for one in names]).files[0]
    assert first.source.format == name.partition(" ")[0]
    assert (first.source.rows, first.source.used) == (rows, posts)
    data = read(*[shared / "formats" / one for one in names])
    collected = load(data, "posts", ["post_id", "route"])
    assert (collected["route"] == "query").sum() == posts


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line.strip()]


def table(path: Path, delimiter: str = ",") -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def written(id: str) -> datetime:
    found = moment(id)
    assert found is not None
    return found.replace(microsecond=0)


def seconds(number: str) -> datetime:
    return datetime.fromtimestamp(float(number), UTC)


Fields = dict[str, Any]
Source = Callable[[dict[str, Any]], Fields]


def of_twint(row: dict[str, Any]) -> Fields:
    quoted = row["quote_url"].partition("/status/")[2].partition("?")[0]
    return {
        "post_id": row["id"],
        "account_id": row["user_id"],
        "text": plain(row["tweet"]),
        "created_at": written(row["id"]),
        "likes": int(row["likes_count"]),
        "reposts": int(row["retweets_count"]),
        "replies": int(row["replies_count"]),
        "quoted_post": quoted or None,
        "language": row.get("language"),
        "client": None,
    }


def of_twitterscraper(row: dict[str, Any]) -> Fields:
    return {
        "post_id": row["tweet_id"],
        "account_id": row["user_id"],
        "text": row["text"],
        "created_at": seconds(row["timestamp_epochs"]),
        "likes": int(row["likes"]),
        "replies": int(row["replies"]),
    }


def of_minet(row: dict[str, Any]) -> Fields:
    row = row.get("_source", row) | {"id": row.get("id") or row.get("_id")}
    names = row["mentioned_ids"]
    return {
        "post_id": row["id"],
        "account_id": row["user_id"],
        "text": row["text"],
        "created_at": seconds(row["timestamp_utc"]),
        "language": row["lang"],
        "client": row["source_name"],
        "reposted_post": row["retweeted_id"] or None,
        "reply_to_post": row["to_tweetid"] or None,
        "reply_to_account": row["to_userid"] or None,
        "quoted_post": row["quoted_id"] or None,
        "mentions": names if isinstance(names, list) else [one for one in names.split("|") if one],
        "likes": int(row["like_count"]),
    }


def of_zeeschuimer(row: dict[str, Any]) -> Fields:
    data = row["data"]
    legacy = data["legacy"]
    note = data.get("note_tweet")
    text = note["note_tweet_results"]["result"]["text"] if note else legacy["full_text"]
    return {
        "post_id": row["item_id"],
        "account_id": legacy["user_id_str"],
        "text": plain(text),
        "created_at": datetime.strptime(legacy["created_at"], "%a %b %d %H:%M:%S %z %Y"),
        "language": legacy["lang"],
        "client": data["source"].partition(">")[2].removesuffix("</a>"),
        "reply_to_post": legacy.get("in_reply_to_status_id_str"),
        "reply_to_account": legacy.get("in_reply_to_user_id_str"),
        "quoted_post": legacy.get("quoted_status_id_str"),
        "mentions": [one["id_str"] for one in legacy["entities"]["user_mentions"]],
        "hashtags": [one["text"].lower() for one in legacy["entities"]["hashtags"]],
        "urls": [one["expanded_url"] for one in legacy["entities"]["urls"]],
        "likes": legacy["favorite_count"],
        "reposts": legacy["retweet_count"],
        "replies": legacy["reply_count"],
    }


def of_snscrape(row: dict[str, Any]) -> Fields:
    answered, quoted = row["inReplyToUser"], row["quotedTweet"]
    return {
        "post_id": str(row["id"]),
        "account_id": str(row["user"]["id"]),
        "text": plain(row["content"]),
        "created_at": datetime.fromisoformat(row["date"]),
        "language": row["lang"],
        "client": row["sourceLabel"],
        "reply_to_post": str(row["inReplyToTweetId"]) if row["inReplyToTweetId"] else None,
        "reply_to_account": str(answered["id"]) if answered else None,
        "quoted_post": str(quoted["id"]) if quoted else None,
        "mentions": [str(one["id"]) for one in row["mentionedUsers"] or ()],
        "hashtags": [one.lower() for one in row["hashtags"] or ()],
        "urls": row["outlinks"] or [],
        "likes": row["likeCount"],
        "reposts": row["retweetCount"],
        "replies": row["replyCount"],
    }


def of_apify(row: dict[str, Any]) -> Fields:
    return {
        "post_id": row["id"],
        "account_id": row["author"]["id"],
        "text": row["text"],
        "client": row["source"],
        "reply_to_post": row["inReplyToId"],
        "reply_to_account": row["inReplyToUserId"],
        "mentions": [one["id_str"] for one in row["entities"]["user_mentions"]],
        "likes": row["likeCount"],
    }


def of_academictwitter(row: dict[str, Any]) -> Fields:
    return {
        "post_id": row["id"],
        "account_id": row["author_id"],
        "text": plain(row["text"]),
        "created_at": datetime.fromisoformat(row["created_at"]),
        "client": row["source"],
        "language": row["lang"],
        "likes": row["public_metrics"]["like_count"],
    }


@pytest.mark.parametrize(
    ("name", "items", "fields"),
    [
        ("twint", table, of_twint),
        ("twint of 2022", table, of_twint),
        ("twitterscraper", lambda path: table(path, ";"), of_twitterscraper),
        ("minet table", table, of_minet),
        ("minet", lines, of_minet),
        ("zeeschuimer", lines, of_zeeschuimer),
        ("snscrape", lines, of_snscrape),
        ("snscrape of a hashtag", lines, of_snscrape),
        ("apify", lambda path: json.loads(path.read_bytes()), of_apify),
        ("academictwitter", lambda path: json.loads(path.read_bytes()), of_academictwitter),
    ],
)
def test_every_post_says_what_its_source_says(
    shared: Path, name: str, items: Callable[[Path], list[dict[str, Any]]], fields: Source
) -> None:
    paths = [shared / "formats" / one for one in CASES[name][0]]
    posts = {one["post_id"]: one for one in load(read(*paths), "posts").to_dicts()}
    for item in items(paths[0]):
        expected = fields(item)
        found = posts[expected["post_id"]]
        assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("name", ["noflat", "kpop", "brexit"])
def test_the_csv_of_twarc_says_what_its_pages_say(shared: Path, name: str) -> None:
    columns = ["post_id", "text", "created_at", "kind", "client", "quoted_post", "reply_to_post"]
    columns += ["account_id", "language", "reposted_post", "reposted_account", "reposts"]
    pages = load(read(shared / f"formats/v2_api/{name}.jsonl"), "posts")
    pages = pages.filter(pages["route"] == "query").select(columns).sort("post_id")
    flat = load(read(shared / f"formats/twarc_csv/{name}.csv"), "posts", columns).sort("post_id")
    assert flat.equals(pages)


def test_rtweet_1_is_put_into_universal_time(shared: Path) -> None:
    paths = [shared / "formats" / one for one in CASES["rtweet of version 1"][0]]
    tweets, users = map(table, paths)
    data = read(*paths)
    posts = {one["post_id"]: one for one in load(data, "posts").to_dicts()}
    accounts = {one["account_id"]: one for one in load(data, "accounts").to_dicts()}
    for tweet, user in zip(tweets, users, strict=True):
        post, account = posts[tweet["id_str"]], accounts[user["id_str"]]
        assert (post["account_id"], account["handle"]) == (user["id_str"], user["screen_name"])
        assert abs(post["created_at"] - written(post["post_id"])) < timedelta(minutes=1)
        assert post["likes"] == int(tweet["favorite_count"])
        reposted = tweet["full_text"].startswith("RT @")
        assert (post["kind"] == "repost") == reposted
        assert len(post["text"]) >= len(plain(tweet["full_text"]).rstrip("…"))
    assert data.sources[0].time_zone is not None
    assert data.sources[0].time_zone.assumed == "UTC-06:00"


def test_an_archive_of_x_is_the_same_packed_and_unpacked(shared: Path) -> None:
    folder = shared / "formats/x_archive"
    names = ("tweets", "deleted-tweets", "community-tweet", "account", "profile")
    packed = read(folder / "twitter-2026-03-06-sample.zip")
    loose = read(*[folder / f"data/{name}.js" for name in names])
    assert packed.count("posts") == loose.count("posts") == 133
    assert packed.digest == loose.digest
    script = (folder / "data/tweets.js").read_text(encoding="utf-8")
    posts = {one["post_id"]: one for one in load(packed, "posts").to_dicts()}
    for element in json.loads(script.partition("= ")[2]):
        tweet = element["tweet"]
        post = posts[tweet["id_str"]]
        assert post["text"] == plain(tweet["full_text"])
        assert post["likes"] == int(tweet["favorite_count"])
        assert post["reply_to_post"] == tweet.get("in_reply_to_status_id_str")
        assert (post["kind"] == "repost") == tweet["full_text"].startswith("RT @")
    assert len({post["account_id"] for post in posts.values()}) == 1
