"""Tweets of API 1.1, as searches, streams and statuses give them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analyzers.read import inspect, read

Saved = Callable[..., Path]
Rows = Callable[..., dict[str, dict[str, Any]]]


def user(number: int = 1, **overrides: Any) -> dict[str, Any]:
    return {
        "id": number,
        "id_str": str(number),
        "screen_name": f"Resident_{number}",
        "name": f"Resident {number}",
        "created_at": "Mon Feb 04 08:00:00 +0000 2019",
        "lang": "fr",
        "description": "Tea &amp; rain",
        "location": "Lille",
        "followers_count": 3,
        "friends_count": 4,
        "statuses_count": 5,
    } | overrides


def tweet(number: int = 1050118621198921728, **overrides: Any) -> dict[str, Any]:
    return {
        "id": number,
        "id_str": str(number),
        "user": user(),
        "full_text": "Quel clown &lt;3 &amp;amp; #Carnaval @Mayor_X",
        "created_at": "Wed Oct 10 20:19:24 +0000 2018",
        "lang": "fr",
        "source": '<a href="https://example.org" rel="nofollow">Twitter Web App</a>',
        "entities": {
            "hashtags": [{"text": "Carnaval"}],
            "user_mentions": [{"id_str": "77", "screen_name": "Mayor_X", "name": "The Mayor"}],
            "urls": [{"url": "https://t.co/a", "expanded_url": "https://news.example/a"}],
        },
        "favorite_count": 1,
        "retweet_count": 2,
    } | overrides


def lines(*items: dict[str, Any]) -> str:
    return "\n".join(json.dumps(item) for item in items)


def test_a_tweet_becomes_a_post_with_its_author_and_whom_it_mentions(
    saved: Saved, rows: Rows
) -> None:
    data = read(saved("dump.jsonl", lines(tweet())))
    post = rows(data)["1050118621198921728"]
    assert post["text"] == "Quel clown <3 &amp; #Carnaval @Mayor_X"
    assert post["created_at"] == datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)
    assert (post["client"], post["kind"], post["route"]) == ("Twitter Web App", "post", "query")
    assert (post["mentions"], post["hashtags"]) == (["77"], ["carnaval"])
    assert post["urls"] == ["https://news.example/a"]
    accounts = rows(data, "accounts")
    assert accounts["77"]["handle"] == "Mayor_X"
    assert accounts["1"]["bio"] == "Tea & rain"
    assert accounts["1"]["created_at"] == datetime(2019, 2, 4, 8, tzinfo=UTC)
    assert accounts["1"]["profile_language"] == "fr"


TWO = (tweet(), tweet(1050118621198921729))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lines.jsonl", lines(*TWO)),
        ("array.json", json.dumps(TWO)),
        ("pretty.json", json.dumps(TWO, indent=2)),
        ("search.json", json.dumps({"statuses": TWO, "search_metadata": {}})),
        ("search_pretty.json", json.dumps({"statuses": TWO, "search_metadata": {}}, indent=1)),
        ("documents.json", "\n".join(json.dumps(one, indent=1) for one in TWO)),
        ("packed.jsonl.gz", gzip.compress(lines(*TWO).encode())),
        ("bom.jsonl", b"\xef\xbb\xbf" + lines(*TWO).encode()),
    ],
)
def test_the_same_tweets_read_alike_however_they_were_saved(
    saved: Saved, name: str, content: str | bytes
) -> None:
    data = read(saved(name, content))
    expected = read(saved("plain.jsonl", lines(*TWO)))
    assert data.digest == expected.digest
    assert (data.sources[0].format, data.sources[0].rows, data.sources[0].used) == ("x_v1", 2, 2)


def test_an_array_larger_than_the_buffer_is_cut_where_its_elements_end(saved: Saved) -> None:
    many = [tweet(1050118621198921728 + n, full_text=f"Ça 😀 {n} " * 9) for n in range(2000)]
    content = json.dumps(many, ensure_ascii=False)
    assert len(content) > 1024 * 1024
    data = read(saved("array.json", content))
    assert data.digest == read(saved("lines.jsonl", lines(*many))).digest
    cut = read(saved("cut.json", content[: len(content) // 2]))
    assert cut.sources[0].rows == cut.sources[0].used + 1


def test_a_repost_carries_the_whole_original_which_stays_as_context(
    saved: Saved, rows: Rows
) -> None:
    original = tweet(1050118621198921000, user=user(2), full_text="A long text, whole")
    repost = tweet(full_text="RT @Resident_2: A long te…", retweeted_status=original)
    data = read(saved("dump.jsonl", lines(repost)))
    posts = rows(data)
    assert posts["1050118621198921728"]["text"] == "RT @Resident_2: A long text, whole"
    assert posts["1050118621198921728"]["kind"] == "repost"
    assert posts["1050118621198921728"]["reposted_account"] == "2"
    assert posts["1050118621198921000"]["route"] == "context"
    assert data.sources[0].rows == 1


def test_a_quote_and_a_reply_point_to_what_they_answer(saved: Saved, rows: Rows) -> None:
    quoted = tweet(1050118621198921000, user=user(2))
    quote = tweet(1050118621198921001, quoted_status=quoted, quoted_status_id_str=quoted["id_str"])
    reply = tweet(
        1050118621198921002,
        in_reply_to_status_id_str=quoted["id_str"],
        in_reply_to_user_id_str="2",
        in_reply_to_screen_name="Resident_2",
    )
    posts = rows(read(saved("dump.jsonl", lines(quote, reply))))
    assert posts["1050118621198921001"]["kind"] == "quote"
    assert posts["1050118621198921001"]["quoted_post"] == "1050118621198921000"
    assert posts["1050118621198921002"]["kind"] == "reply"
    assert posts["1050118621198921002"]["reply_to_account"] == "2"


def test_a_long_text_of_compatibility_mode_is_read_whole(saved: Saved, rows: Rows) -> None:
    cut = tweet(text="Begin… https://t.co/x", extended_tweet={"full_text": "Begin and end"})
    del cut["full_text"]
    assert rows(read(saved("dump.jsonl", lines(cut))))["1050118621198921728"]["text"] == (
        "Begin and end"
    )


def test_every_line_is_counted_and_those_left_out_have_a_reason(saved: Saved) -> None:
    content = "\n".join(
        [
            lines(tweet()),
            '{"limit": {"track": 5}}',
            lines(tweet()),
            lines(tweet(1050118621198921730, created_at="Wed Oct 10 20:19:24 +0000 1997")),
            lines(tweet(1050118621198921731, user=None)),
            lines(tweet(1050118621198921732))[:200],
        ]
    )
    source = read(saved("dump.jsonl", content)).sources[0]
    assert (source.rows, source.used) == (6, 1)
    assert {one.first_line: one.count for one in source.skipped} == {
        2: 1,
        None: 1,
        4: 1,
        5: 1,
        6: 1,
    }


def test_half_a_surrogate_pair_and_a_nul_do_not_lose_the_post(saved: Saved, rows: Rows) -> None:
    content = json.dumps(tweet(full_text="MARK")).replace("MARK", r"a\u0000b\ud83d c \ud83d\ude00")
    text = rows(read(saved("dump.jsonl", content)))["1050118621198921728"]["text"]
    assert text == "ab c 😀"


def test_times_are_checked_against_the_ids(saved: Saved) -> None:
    zone = read(saved("dump.json", json.dumps([tweet(1050118621198921728 + n) for n in range(3)])))
    assert zone.sources[0].time_zone is not None
    assert "agree" in zone.sources[0].time_zone.evidence.msgid


def test_user_objects_alone_are_accounts(saved: Saved) -> None:
    data = read(saved("users.jsonl", lines(user(1), user(2))))
    assert (data.count("posts"), data.count("accounts"), data.sources[0].used) == (0, 2, 2)


def test_progress_ends_at_the_size_of_the_files(saved: Saved) -> None:
    path = saved("dump.jsonl", lines(tweet()))
    seen: list[tuple[int, int]] = []
    read(path, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)


def test_inspect_tells_what_the_file_carries(saved: Saved) -> None:
    path = saved("dump.jsonl", lines(tweet()) + "\n{}")
    document = inspect(path).to_json()["files"][0]
    assert json.loads(json.dumps(document)) == document
    assert (document["file"], document["format"], document["posts"]) == ("dump.jsonl", "x_v1", 1)
    assert document["skipped"][0]["first_line"] == 2
    assert document["fields"]["posts.client"] == 1.0
    assert document["span"] == ["2018-10-10T20:19:24+00:00"] * 2
