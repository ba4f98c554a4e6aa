"""Pages of API 2, as twarc2 saves them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analyzers.model.refusal import BadInput
from analyzers.read import read

Saved = Callable[..., Path]
Rows = Callable[..., dict[str, dict[str, Any]]]


def user(number: int, **overrides: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "username": f"Resident_{number}",
        "name": f"Resident {number}",
        "created_at": "2019-02-04T08:00:00.000Z",
        "public_metrics": {"followers_count": 3, "following_count": 4, "tweet_count": 5},
    } | overrides


def tweet(number: int = 1, **overrides: Any) -> dict[str, Any]:
    return {
        "id": str(1050118621198921728 + number),
        "author_id": "1",
        "text": "Quel clown &amp; quel cirque",
        "created_at": "2018-10-10T20:19:24.000Z",
        "lang": "fr",
        "public_metrics": {"like_count": 1, "retweet_count": 2, "reply_count": 3},
    } | overrides


def page(*tweets: dict[str, Any], **overrides: Any) -> dict[str, Any]:
    return {
        "data": list(tweets),
        "includes": {"users": [user(1), user(2)]},
        "meta": {"result_count": len(tweets)},
    } | overrides


def lines(*items: dict[str, Any]) -> str:
    return "\n".join(json.dumps(item) for item in items)


def test_a_page_gives_posts_accounts_and_context(saved: Saved, rows: Rows) -> None:
    original = tweet(0, author_id="2", text="Le texte entier")
    repost = tweet(
        1,
        text="RT @Resident_2: Le te…",
        referenced_tweets=[{"type": "retweeted", "id": original["id"]}],
        entities={"mentions": [{"username": "resident_2"}]},
    )
    included = {"users": [user(1), user(2)], "tweets": [original]}
    data = read(saved("pages.jsonl", lines(page(repost, includes=included))))
    posts = rows(data)
    post = posts[repost["id"]]
    assert (post["kind"], post["text"]) == ("repost", "RT @Resident_2: Le texte entier")
    assert (post["reposted_account"], post["mentions"]) == ("2", ["2"])
    assert posts[original["id"]]["route"] == "context"
    assert rows(data, "accounts")["1"]["followers"] == 3


def test_a_post_on_two_pages_is_one_post_and_both_rows_are_counted(saved: Saved) -> None:
    data = read(saved("pages.jsonl", lines(page(tweet(1), tweet(2)), page(tweet(2), tweet(3)))))
    source = data.sources[0]
    assert (data.count("posts"), source.rows, source.used) == (3, 4, 3)
    assert [one.count for one in source.skipped] == [1]


def test_a_flattened_post_reads_like_its_page(saved: Saved, rows: Rows) -> None:
    flat = tweet(
        1,
        author=user(1),
        referenced_tweets=[{"type": "quoted", **tweet(0, author_id="2", author=user(2))}],
    )
    data = read(saved("flat.jsonl", lines(flat)))
    posts = rows(data)
    assert posts[flat["id"]]["kind"] == "quote"
    assert posts[tweet(0)["id"]]["route"] == "context"
    assert set(rows(data, "accounts")) == {"1", "2"}


def test_a_streamed_post_stands_alone_in_its_page(saved: Saved) -> None:
    streamed = {"data": tweet(1), "includes": {"users": [user(1)]}, "matching_rules": [{"id": "9"}]}
    data = read(saved("stream.jsonl", lines(streamed, {"errors": [{"title": "Disconnect"}]})))
    assert (data.count("posts"), data.sources[0].rows, data.sources[0].used) == (1, 2, 1)


def test_a_long_note_is_read_whole(saved: Saved, rows: Rows) -> None:
    note = tweet(1, note_tweet={"text": "Whole"})
    assert rows(read(saved("p.json", json.dumps(page(note)))))[note["id"]]["text"] == "Whole"


def test_one_malformed_post_does_not_lose_its_page(saved: Saved) -> None:
    source = read(saved("p.jsonl", lines(page(tweet(1), tweet(2, text=5), tweet(3))))).sources[0]
    assert (source.rows, source.used) == (3, 2)


def test_a_file_of_counts_is_refused_by_saying_so(saved: Saved) -> None:
    counts = {"data": [{"start": "a", "end": "b", "tweet_count": 5}], "meta": {}}
    with pytest.raises(BadInput) as refused:
        read(saved("counts.jsonl", lines(counts)))
    assert "counts" in str(dict(refused.value.text.values)["reason"])


def test_a_file_of_users_gives_accounts(saved: Saved) -> None:
    data = read(saved("users.jsonl", lines({"data": [user(1), user(2)], "meta": {}})))
    assert (data.count("posts"), data.count("accounts")) == (0, 2)


def test_the_names_that_say_post_are_read_like_those_that_say_tweet(
    saved: Saved, rows: Rows
) -> None:
    parent = tweet(0, author_id="2", text="Le pont ouvre lundi")
    counts = {"like_count": 1, "repost_count": 2, "reply_count": 3}
    answer = tweet(
        1,
        text="Un long te…",
        note_post={"text": "Un long texte, entier"},
        public_metrics=counts,
        referenced_posts=[{"type": "replied_to", "id": parent["id"]}],
    )
    users = [user(1, public_metrics={"followers_count": 3, "post_count": 5}), user(2)]
    found = page(answer, includes={"users": users, "posts": [parent]})
    data = read(saved("p.json", json.dumps(found)))
    posts, accounts = rows(data, "posts", "post_id"), rows(data, "accounts", "account_id")
    post = posts[answer["id"]]
    assert (post["kind"], post["reply_to_post"], post["reply_to_account"]) == (
        "reply",
        parent["id"],
        "2",
    )
    assert (post["text"], post["reposts"]) == ("Un long texte, entier", 2)
    assert posts[parent["id"]]["route"] == "context"
    assert accounts["1"]["posts"] == 5
