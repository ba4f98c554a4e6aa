"""Genuine exports, counted a second time by other means; skipped where the samples are absent."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from analyzers.model.refusal import BadInput
from analyzers.read import inspect, read
from analyzers.tables import load


def documents(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line.strip()]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["tweets.jsonl", "rstats_search_with_retweets.jsonl"])
def test_tweets_of_api_1_are_all_there(shared: Path, name: str) -> None:
    path = shared / "formats/v1_api" / name
    tweets = documents(path)
    inner = [
        other
        for one in tweets
        for other in (one, one.get("retweeted_status"), one.get("quoted_status"))
        if other
    ]
    inner += [one["quoted_status"] for one in inner if one.get("quoted_status")]
    data = read(path)
    assert data.sources[0].used == len({one["id_str"] for one in tweets})
    assert set(load(data, "posts")["post_id"]) == {one["id_str"] for one in inner}
    reposts = {one["id_str"] for one in inner if "retweeted_status" in one}
    posts = load(data, "posts")
    assert set(posts.filter(posts["kind"] == "repost")["post_id"]) == reposts


def test_four_ways_to_save_a_search_are_one_dataset(shared: Path) -> None:
    names = ("array.json", "search_response.json", "tweets.jsonl", "tweets.jsonl.gz")
    folder = shared / "formats/v1_api"
    datasets = [read(folder / name) for name in names]
    assert {data.count("posts") for data in datasets} == {30}
    assert len({data.digest for data in datasets[2:]}) == 1


@pytest.mark.parametrize("name", ["noflat.jsonl", "brexit.jsonl", "kpop.jsonl"])
def test_pages_of_api_2_are_all_there(shared: Path, name: str) -> None:
    path = shared / "formats/v2_api" / name
    pages = documents(path)
    collected = {one["id"] for page in pages for one in page["data"]}
    context = {one["id"] for page in pages for one in page["includes"].get("tweets", ())}
    posts = load(read(path), "posts")
    assert set(posts.filter(posts["route"] == "query")["post_id"]) == collected
    assert set(posts["post_id"]) == collected | context


def test_a_flattened_file_holds_the_posts_of_its_pages(shared: Path) -> None:
    folder = shared / "formats/v2_api"
    flat, pages = read(folder / "noflat_flattened.jsonl"), read(folder / "noflat.jsonl")
    columns = ["post_id", "text", "kind", "route", "reposted_account"]
    assert load(flat, "posts", columns).equals(load(pages, "posts", columns))


def test_odd_files_of_twarc_get_a_clear_answer(shared: Path) -> None:
    folder = shared / "formats/v2_api"
    with pytest.raises(BadInput):
        read(folder / "counts.jsonl")
    users, stream = inspect(
        folder / "users.jsonl", folder / "streaming_output_with_error.jsonl"
    ).files
    assert users.source.used == 96
    assert (stream.source.rows, stream.source.used) == (8, 7)
    assert stream.source.skipped[0].first_line == 8


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("formats/io_archive/tweets_head.csv", "io_archive"),
        ("formats/io_archive/users_head.csv", "io_archive"),
        ("formats/io_archive/traps/scientific_ids_RNA_2013-2019.csv", "io_archive"),
        ("formats/rtweet/rtweet06_write_as_csv_rendered.csv", "rtweet"),
        ("formats/ira538/canada_float_ids_head.csv", "ira538"),
        ("formats/ira538/french_head.csv", "ira538"),
        ("formats/twitterscraper/semicolon_head.csv", "twitterscraper"),
        ("data/ira_canada.csv", "ira538"),
        ("data/ira_sample.csv", "ira538"),
    ],
)
def test_every_row_of_a_table_is_accounted_for(shared: Path, name: str, format: str) -> None:
    path = shared / name
    if "semicolon" not in name:
        expected = len(table(path))
    else:
        with path.open(encoding="utf-8", newline="") as file:
            expected = len(list(csv.DictReader(file, delimiter=";")))
    source = read(path).sources[0]
    assert (source.format, source.rows) == (format, expected)


def test_the_release_of_2018_keeps_each_post_once(shared: Path) -> None:
    keys: dict[tuple[str, str, str], str] = {}
    for row in table(shared / "data/ira_sample.csv"):
        if row["publish_date"] and row["content"]:
            text = row["content"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            keys.setdefault((row["author"].lower(), row["publish_date"], text), row["retweet"])
    data = read(shared / "data/ira_sample.csv")
    posts = load(data, "posts", ["kind"])
    assert data.count("posts") == len(keys)
    reposts = sum(flag == "1" for flag in keys.values())
    assert abs((posts["kind"] == "repost").sum() - reposts) <= 50  # some say so in words alone
