"""Genuine exports of Bluesky, Mastodon and Telegram, counted a second time by other means."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from analyzers.read import read
from analyzers.tables import load


def document(path: Path) -> Any:
    return json.loads(path.read_bytes())


def rows_of(path: Path) -> dict[str, dict[str, Any]]:
    return {row["post_id"]: row for row in load(read(path), "posts").to_dicts()}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("getAuthorFeed_925c2.json", "feed"),
        ("getTimeline_6340d.json", "feed"),
        ("searchPosts_0e3ec.json", "posts"),
    ],
)
def test_every_item_of_a_page_of_bluesky_is_a_post(shared: Path, name: str, key: str) -> None:
    path = shared / "formats/bluesky" / name
    items = document(path)[key]
    wanted = {
        item["reason"]["uri"] if "reason" in item else (item.get("post") or item)["uri"]
        for item in items
    }
    data = read(path)
    posts = load(data, "posts")
    source = data.sources[0]
    assert (source.format, source.rows, source.used) == ("bluesky", len(items), len(items))
    assert set(posts.filter(posts["route"] == "query")["post_id"]) == wanted
    reposts = {item["reason"]["uri"] for item in items if "reason" in item}
    assert set(posts.filter(posts["kind"] == "repost")["post_id"]) == reposts


@pytest.mark.parametrize("place", [0, -1])
def test_the_first_and_last_post_of_a_search_match_field_by_field(shared: Path, place: int) -> None:
    path = shared / "formats/bluesky/searchPosts_0e3ec.json"
    view = document(path)["posts"][place]
    record, post = view["record"], rows_of(path)[view["uri"]]
    features = [one for facet in record.get("facets", ()) for one in facet["features"]]
    card = record.get("embed", {}).get("external", {}).get("uri")
    links = [one["uri"] for one in features if "uri" in one] + ([card] if card else [])
    assert post["account_id"] == view["author"]["did"]
    assert post["text"] == record["text"]
    assert post["created_at"] == datetime.fromisoformat(record["createdAt"])
    assert post["language"] == record.get("langs", [None])[0]
    assert post["reply_to_post"] == record.get("reply", {}).get("parent", {}).get("uri")
    assert post["hashtags"] == [one["tag"].lower() for one in features if "tag" in one]
    assert post["mentions"] == [one["did"] for one in features if "did" in one]
    assert post["urls"] == list(dict.fromkeys(links))
    assert (post["likes"], post["reposts"], post["replies"]) == (
        view["likeCount"],
        view["repostCount"],
        view["replyCount"],
    )


def test_pictures_have_the_addresses_that_bluesky_shows(shared: Path) -> None:
    path = shared / "formats/bluesky/searchPosts_0e3ec.json"
    posts, seen = rows_of(path), 0
    for view in document(path)["posts"]:
        embed = view.get("embed", {})
        shown = [one["fullsize"] for one in (embed.get("media") or embed).get("images", ())]
        seen += len(shown)
        assert posts[view["uri"]]["media"] == shown or not shown
    assert seen > 10


def test_raw_posts_of_bluesky_are_each_there_once(shared: Path) -> None:
    path = shared / "formats/bluesky/twitwi_bluesky-posts.json"
    items = document(path)
    data = read(path)
    source, skipped = data.sources[0], {one.count for one in data.sources[0].skipped}
    assert (source.format, source.rows) == ("bluesky", len(items))
    assert skipped == {4, 1}, "four came in twice, one was written in the year 0"


@pytest.mark.parametrize(
    ("name", "rows"),
    [("twitwi_bluesky-firehose-posts.json", 9), ("twitwi_bluesky-tap-posts.json", 14)],
)
def test_streams_of_bluesky_are_all_there(shared: Path, name: str, rows: int) -> None:
    path = shared / "formats/bluesky" / name
    found = rows_of(path)
    assert len(found) == rows
    for event in document(path):
        commit = event.get("commit") or event["record"]
        did = event.get("did") or commit["did"]
        post = found[f"at://{did}/{commit['collection']}/{commit['rkey']}"]
        assert post["text"] == commit["record"]["text"]


def test_profiles_and_a_repository_without_posts_give_accounts(shared: Path) -> None:
    folder = shared / "formats/bluesky"
    profiles, repository = (
        read(folder / "twitwi_bluesky-profiles.json"),
        read(folder / "snarfed2.car"),
    )
    assert (profiles.count("accounts"), profiles.count("posts")) == (5, 0)
    source = repository.sources[0]
    records = sum(len(one) for one in document(folder / "snarfed2.json").values())
    assert (source.format, source.rows, source.used) == ("bluesky", records, 1)
    assert load(repository, "accounts")["account_id"].to_list() == [
        "did:plc:5zspv27pk4iqtrl2ql2nykjh"
    ]


@pytest.mark.parametrize(
    ("name", "posts", "rows"),
    [
        ("bluesky-posts-export.csv", True, 157),
        ("bluesky-firehose-posts-export.csv", True, 9),
        ("bluesky-profiles-export.csv", False, 5),
    ],
)
def test_minets_tables_of_bluesky(shared: Path, name: str, posts: bool, rows: int) -> None:
    path = shared / "formats/minet_gazouilloire" / name
    data = read(path)
    assert (data.sources[0].format, data.sources[0].rows) == ("bluesky", rows)
    if not posts:
        assert data.count("accounts") == rows
        return
    found = {row["post_id"]: row for row in load(data, "posts").to_dicts()}
    with path.open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    dated = [row for row in written if int(row["timestamp_utc"]) > 0]
    for row in (dated[0], dated[-1]):
        post = found[row["uri"]]
        assert (post["text"], post["account_id"]) == (row["original_text"], row["user_did"])
        assert post["reply_to_post"] == (row["to_post_uri"] or None)
        assert post["quoted_post"] == (row["quoted_uri"] or None)
        assert post["hashtags"] == [tag for tag in row["hashtags"].split("|") if tag]
        assert post["urls"] == [url for url in row["links"].split("|") if url]
        assert post["mentions"] == [did for did in row["mentioned_user_dids"].split("|") if did]


def test_minet_and_bluesky_tell_of_the_same_posts(shared: Path) -> None:
    """The table was made of the raw posts; it writes times in whole seconds."""
    raw = rows_of(shared / "formats/bluesky/twitwi_bluesky-firehose-posts.json")
    made = rows_of(shared / "formats/minet_gazouilloire/bluesky-firehose-posts-export.csv")
    assert raw.keys() == made.keys()
    for uri, post in raw.items():
        for column in ("account_id", "text", "language", "kind", "reply_to_account", "mentions"):
            assert post[column] == made[uri][column], column
        assert abs((post["created_at"] - made[uri]["created_at"]).total_seconds()) < 1


def test_an_archive_of_mastodon_with_its_actor(shared: Path) -> None:
    folder = shared / "formats/mastodon"
    activities = document(folder / "outbox.json")["orderedItems"]
    data = read(folder / "outbox.json", folder / "hikurry_actor.json")
    assert [one.format for one in data.sources] == ["mastodon", "mastodon"]
    assert (data.count("posts"), data.sources[0].rows) == (80, len(activities))
    posts = {row["post_id"]: row for row in load(data, "posts").to_dicts()}
    for activity in (activities[0], activities[-1]):
        note = activity["object"]
        post = posts[note["id"]]
        assert post["created_at"] == datetime.fromisoformat(note["published"])
        assert post["language"] == next(iter(note["contentMap"]))
        assert post["reply_to_post"] == note["inReplyTo"]
        assert "<" not in post["text"]
    (account,) = load(data, "accounts").to_dicts()
    actor = document(folder / "hikurry_actor.json")
    assert account["handle"] == f"{actor['preferredUsername']}@o3o.ca"
    assert account["created_at"] == datetime.fromisoformat(actor["published"])


def test_statuses_of_mastodon_are_cut_at_line_feeds_alone(shared: Path) -> None:
    path = shared / "formats/mastodon/api_statuses_mastodonsocial.ndjson"
    statuses = [json.loads(line) for line in path.read_bytes().split(b"\n") if line.strip()]
    data = read(path)
    assert (data.sources[0].format, data.sources[0].used) == ("mastodon", 48)
    posts = {row["post_id"]: row for row in load(data, "posts").to_dicts()}
    accounts = {row["account_id"]: row for row in load(data, "accounts").to_dicts()}
    for status in (statuses[0], statuses[-1]):
        post, author = posts[status["uri"]], status["account"]
        account = accounts[post["account_id"]]
        assert post["created_at"] == datetime.fromisoformat(status["created_at"])
        assert post["client"] == (status.get("application") or {}).get("name")
        assert post["language"] == status["language"]
        assert post["hashtags"] == [tag["name"].lower() for tag in status["tags"]]
        assert (post["likes"], post["replies"]) == (
            status["favourites_count"],
            status["replies_count"],
        )
        assert account["followers"] == author["followers_count"]
        assert account["created_at"] == datetime.fromisoformat(author["created_at"])


@pytest.mark.parametrize("name", ["result_DOC_SAMPLE.json", "result_full_account_DOC_SAMPLE.json"])
def test_the_documented_exports_of_telegram(shared: Path, name: str) -> None:
    data = read(shared / "formats/telegram" / name)
    source = data.sources[0]
    assert (source.format, source.rows, source.used) == ("telegram", 3, 2)
    first, last = load(data, "posts").to_dicts()
    assert first["text"] == "Hello world @username https://example.com"
    assert (first["kind"], first["mentions"], first["likes"]) == ("repost", ["@username"], 3)
    assert last["account_id"] == "channel1122334455"
    assert last["created_at"].isoformat() == "2025-01-15T10:30:00+00:00"
