"""Bluesky in JSON and as tables: pages, streams, and what minet and 4CAT make of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.lib.targets import parse, resolve
from analyzers.read import inspect, read
from analyzers.read.bluesky import read as read_item
from analyzers.read.normal import Skip
from analyzers.tables import load

Saved = Callable[..., Path]
Rows = Callable[..., dict[str, dict[str, Any]]]

LOU, ANA = "did:plc:lou", "did:plc:ana"


def uri(did: str = LOU, key: str = "3kaaa", collection: str = "app.bsky.feed.post") -> str:
    return f"at://{did}/{collection}/{key}"


def author(did: str = LOU, handle: str = "lou.bsky.social") -> dict[str, Any]:
    return {
        "did": did,
        "handle": handle,
        "displayName": handle.split(".")[0].title(),
        "createdAt": "2023-06-28T01:12:59.879Z",
    }


def record(text: str = "Quel clown", **overrides: Any) -> dict[str, Any]:
    return {
        "$type": "app.bsky.feed.post",
        "text": text,
        "createdAt": "2025-03-01T08:00:00.000Z",
        "langs": ["fr"],
    } | overrides


def view(key: str = "3kaaa", **overrides: Any) -> dict[str, Any]:
    return {
        "uri": uri(LOU, key),
        "author": author(),
        "record": record(),
        "likeCount": 4,
        "repostCount": 2,
        "replyCount": 1,
        "indexedAt": "2025-03-01T08:00:01.000Z",
    } | overrides


def commit(**overrides: Any) -> dict[str, Any]:
    return {
        "operation": "create",
        "collection": "app.bsky.feed.post",
        "rkey": "3kaaa",
        "record": record(),
    } | overrides


def event(**overrides: Any) -> dict[str, Any]:
    at = int(datetime(2025, 3, 1, 8, 0, 1, tzinfo=UTC).timestamp()) * 1_000_000
    return {"did": LOU, "time_us": at, "kind": "commit", "commit": commit()} | overrides


def test_a_search_gives_posts_with_their_authors(saved: Saved, rows: Rows) -> None:
    data = read(saved("search.json", json.dumps({"posts": [view()], "cursor": "1"})))
    post = rows(data)[uri()]
    assert data.sources[0].format == "bluesky"
    assert (post["account_id"], post["text"], post["language"]) == (LOU, "Quel clown", "fr")
    assert (post["likes"], post["reposts"], post["replies"], post["client"]) == (4, 2, 1, None)
    account = rows(data, "accounts")[LOU]
    assert (account["handle"], account["display_name"]) == ("lou.bsky.social", "Lou")


def test_mentions_hashtags_links_and_pictures_come_from_the_record(
    saved: Saved, rows: Rows
) -> None:
    text = "Hé @ana.bsky.social #Clown"
    written = text.encode()
    start = written.index(b"@")
    facets = [
        {
            "index": {"byteStart": start, "byteEnd": start + len("@ana.bsky.social")},
            "features": [{"$type": "app.bsky.richtext.facet#mention", "did": ANA}],
        },
        {"features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "Clown"}]},
        {"features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://a.example/1"}]},
    ]
    embed = {
        "$type": "app.bsky.embed.images",
        "images": [{"alt": "", "image": {"ref": {"$link": "bafyone"}}}],
    }
    shown = view(record=record(text, facets=facets, embed=embed, tags=["cirque"]))
    data = read(saved("posts.json", json.dumps([shown])))
    post = rows(data)[uri()]
    assert post["mentions"] == [ANA]
    assert post["hashtags"] == ["clown", "cirque"]
    assert post["urls"] == ["https://a.example/1"]
    assert post["media"] == [f"https://cdn.bsky.app/img/feed_fullsize/plain/{LOU}/bafyone@jpeg"]
    found = resolve(parse("@Ana.bsky.social"), load(data, "accounts"))
    assert ANA in found, "a mentioned account is found by the handle written in the text"


def test_a_feed_shows_reposts_by_their_reason(saved: Saved, rows: Rows) -> None:
    reason = {
        "$type": "app.bsky.feed.defs#reasonRepost",
        "by": author(ANA, "ana.bsky.social"),
        "uri": uri(ANA, "3krepost", "app.bsky.feed.repost"),
        "indexedAt": "2025-03-02T09:00:00.000Z",
    }
    pinned = {"$type": "app.bsky.feed.defs#reasonPin"}
    feed = {"feed": [{"post": view(), "reason": reason}, {"post": view("3kbbb"), "reason": pinned}]}
    data = read(saved("feed.json", json.dumps(feed)))
    posts = rows(data)
    repost = posts[uri(ANA, "3krepost", "app.bsky.feed.repost")]
    assert (repost["kind"], repost["account_id"], repost["reposted_account"]) == (
        "repost",
        ANA,
        LOU,
    )
    assert repost["created_at"].isoformat() == "2025-03-02T09:00:00+00:00"
    assert (repost["reposted_post"], repost["text"]) == (uri(), "Quel clown")
    assert posts[uri()]["route"] == "context"
    assert (posts[uri(LOU, "3kbbb")]["kind"], data.sources[0].rows) == ("post", 2)


def test_replies_and_quotes_name_posts_and_accounts(saved: Saved, rows: Rows) -> None:
    quoted = {
        "$type": "app.bsky.embed.record#viewRecord",
        "uri": uri(ANA, "3kquoted"),
        "author": author(ANA, "ana.bsky.social"),
        "value": record("Bonjour"),
        "indexedAt": "2025-03-01T08:00:00.500Z",
    }
    quote = view(
        record=record(embed={"$type": "app.bsky.embed.record", "record": {"uri": quoted["uri"]}}),
        embed={"$type": "app.bsky.embed.record#view", "record": quoted},
    )
    parent = {"uri": uri(ANA, "3kparent")}
    reply = view("3kreply", record=record(reply={"parent": parent, "root": parent}))
    a_list = view(
        "3klist", record=record(embed={"record": {"uri": uri(ANA, "1", "app.bsky.graph.list")}})
    )
    posts = rows(read(saved("posts.json", json.dumps([quote, reply, a_list]))))
    assert posts[uri()]["kind"] == "quote"
    assert posts[uri()]["quoted_post"] == quoted["uri"]
    assert posts[quoted["uri"]]["route"] == "context"
    found = posts[uri(LOU, "3kreply")]
    assert (found["kind"], found["reply_to_post"]) == ("reply", parent["uri"])
    assert found["reply_to_account"] == ANA
    assert posts[uri(LOU, "3klist")]["kind"] == "post", "a list is no quoted post"


@pytest.mark.parametrize(
    ("claimed", "taken"),
    [
        ("2025-03-01T07:59:59.000Z", "2025-03-01T07:59:59+00:00"),
        ("2025-03-01T09:00:00.000+02:00", "2025-03-01T07:00:00+00:00"),
        ("2025-03-01T08:00:02.000Z", "2025-03-01T08:00:01+00:00"),
        ("2011-03-01T08:00:00.000Z", "2025-03-01T08:00:01+00:00"),
        ("0000-03-01T08:00:00.000Z", "2025-03-01T08:00:01+00:00"),
        ("yesterday", "2025-03-01T08:00:01+00:00"),
    ],
)
def test_a_time_that_cannot_be_right_gives_way_to_the_servers(
    saved: Saved, rows: Rows, claimed: str, taken: str
) -> None:
    path = saved("posts.json", json.dumps([view(record=record(createdAt=claimed))]))
    data = read(path)
    assert rows(data)[uri()]["created_at"].isoformat() == taken
    counted = [note for note in data.sources[0].notes if note.count]
    assert len(counted) == (taken == "2025-03-01T08:00:01+00:00")


def test_the_posts_with_another_time_are_counted(saved: Saved) -> None:
    views = [view(f"3k{n}", record=record(createdAt="2030-01-01T00:00:00Z")) for n in range(3)]
    document = inspect(saved("posts.json", json.dumps(views))).to_json()["files"][0]
    assert any(note.startswith("3 posts claimed a time") for note in document["notes"])


def test_a_stream_gives_posts_reposts_profiles_and_handles(saved: Saved, rows: Rows) -> None:
    like = commit(collection="app.bsky.feed.like", record={"subject": {"uri": uri(ANA)}})
    repost = commit(
        collection="app.bsky.feed.repost",
        rkey="3krepost",
        record={"subject": {"uri": uri(ANA)}, "createdAt": "2025-03-01T08:00:00Z"},
    )
    profile = commit(
        collection="app.bsky.actor.profile", rkey="self", record={"displayName": "Lou Martin"}
    )
    events = [
        event(),
        event(commit=repost),
        event(commit=profile),
        event(commit=like),
        event(commit={"operation": "delete", "collection": "app.bsky.feed.post", "rkey": "3k"}),
        {k: v for k, v in event(kind="identity").items() if k != "commit"}
        | {"identity": {"did": LOU, "handle": "lou.bsky.social"}},
    ]
    data = read(saved("jetstream.ndjson", "\n".join(json.dumps(one) for one in events)))
    source, posts = data.sources[0], rows(data)
    assert (source.rows, source.used, data.count("posts")) == (6, 4, 2)
    assert posts[uri(LOU, "3krepost", "app.bsky.feed.repost")]["reposted_account"] == ANA
    account = rows(data, "accounts")[LOU]
    assert (account["handle"], account["display_name"]) == ("lou.bsky.social", "Lou Martin")


def test_tap_writes_the_same_records_in_its_own_way(saved: Saved, rows: Rows) -> None:
    tap = {
        "id": 1,
        "type": "record",
        "record": {
            "did": LOU,
            "collection": "app.bsky.feed.post",
            "rkey": "3kaaa",
            "action": "create",
            "record": record(),
        },
    }
    named = {"id": 2, "type": "identity", "identity": {"did": LOU, "handle": "lou.example"}}
    data = read(saved("tap.json", json.dumps([tap, named])))
    assert rows(data)[uri()]["text"] == "Quel clown"
    assert rows(data, "accounts")[LOU]["handle"] == "lou.example"


def test_a_thread_is_read_with_all_its_replies(saved: Saved) -> None:
    deep = {"post": view("3kdeep"), "replies": []}
    gone = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": uri(LOU, "3kgone"), "notFound": True}
    thread = {"post": view(), "replies": [{"post": view("3kreply"), "replies": [deep]}, gone]}
    data = read(saved("thread.json", json.dumps({"thread": thread})))
    assert (data.count("posts"), data.sources[0].rows, data.sources[0].used) == (3, 4, 3)


def test_profiles_are_accounts_without_posts(saved: Saved, rows: Rows) -> None:
    profile = author() | {"description": "Jardinière", "followersCount": 3, "postsCount": 8}
    data = read(saved("profiles.json", json.dumps({"profiles": [profile]})))
    account = rows(data, "accounts")[LOU]
    assert (data.count("posts"), account["bio"], account["followers"]) == (0, "Jardinière", 3)


def table(header: str, *rows_of: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header.split(","), restval="")
    writer.writeheader()
    writer.writerows(rows_of)
    return out.getvalue()


MINET = (
    "cid,did,uri,timestamp_utc,indexed_at_utc,user_did,user_handle,text,original_text,user_langs,"
    "to_post_uri,quoted_uri,repost_by_user_did,repost_by_user_handle,repost_timestamp_utc,links,"
    "mentioned_user_dids,mentioned_user_handles,hashtags,like_count"
)


def minet(**overrides: str) -> dict[str, str]:
    return {
        "cid": "bafy",
        "did": "3kaaa",
        "uri": uri(),
        "timestamp_utc": "1740816000",
        "indexed_at_utc": "2025-03-01T08:00:01.000Z",
        "user_did": LOU,
        "user_handle": "lou.bsky.social",
        "text": "Quel clown « @ana.bsky.social: Bonjour »",
        "original_text": "Quel clown",
        "user_langs": "fr",
        "links": "https://a.example/x,y|https://b.example",
        "mentioned_user_dids": ANA,
        "mentioned_user_handles": "ana.bsky.social",
        "like_count": "3",
    } | overrides


def test_minet_keeps_what_the_author_wrote(saved: Saved, rows: Rows) -> None:
    data = read(saved("minet.csv", table(MINET, minet(to_post_uri=uri(ANA)))))
    post = rows(data)[uri()]
    assert (post["text"], post["kind"], post["reply_to_account"]) == ("Quel clown", "reply", ANA)
    assert post["urls"] == ["https://a.example/x,y", "https://b.example"]
    assert (post["mentions"], post["language"], post["likes"]) == ([ANA], "fr", 3)
    assert rows(data, "accounts")[ANA]["handle"] == "ana.bsky.social"


def test_minet_writes_a_repost_beside_its_post(saved: Saved, rows: Rows) -> None:
    reposted = minet(
        repost_by_user_did=ANA,
        repost_by_user_handle="ana.bsky.social",
        repost_timestamp_utc="1740819600",
    )
    data = read(saved("minet.csv", table(MINET, reposted)))
    by_kind = rows(data, key="kind")
    assert by_kind["repost"]["account_id"] == ANA
    assert by_kind["repost"]["reposted_post"] == uri()
    assert by_kind["post"]["route"] == "context"


def test_4cat_writes_when_a_quoted_post_is_gone(saved: Saved, rows: Rows) -> None:
    header = (
        "collected_at,id,thread_id,created_at,author,author_id,body,tags,quoted_post,quoted_user,"
        "replied_to_post,replied_to_user,replies_allowed,mentions,links,languages,"
        "author_display_name"
    )
    row = {
        "id": uri(),
        "created_at": "2025-03-01T08:00:00+00:00",
        "author": "lou.bsky.social",
        "author_id": LOU,
        "body": "Quel clown",
        "quoted_post": "DELETED",
        "replied_to_user": "ana.bsky.social",
        "languages": "fr,en",
        "mentions": "ana.bsky.social",
    }
    data = read(saved("4cat.csv", table(header, row)))
    post = rows(data)[uri()]
    assert data.sources[0].format == "bluesky"
    assert (post["quoted_post"], post["language"]) == (None, None)
    assert post["mentions"] == ["@ana.bsky.social"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["uri", "post", "record", "author", "did", "handle", "embed", "facets", "features",
                 "reply", "parent", "reason", "by", "commit", "kind", "time_us", "thread", "feed",
                 "posts", "createdAt", "indexedAt", "langs", "text", "index", "images", "ref"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["post", "posts", "feed", "did", "thread"]), JSON))
def test_whatever_stands_in_a_field_no_reader_fails(item: dict[str, Any]) -> None:
    try:
        found = read_item(json.dumps(item).encode())
    except Skip:
        return
    assert found.used >= 0


@given(JSON)
def test_a_post_with_odd_fields_is_read_or_skipped(odd: Any) -> None:
    fields = ("facets", "embed", "langs", "reply", "tags", "text", "createdAt")
    shown = view(record=record(**dict.fromkeys(fields, odd)), embed=odd, author=odd)
    found = read_item(json.dumps({"posts": [shown, view()]}).encode())
    assert found.used + len(found.skipped) == 2
