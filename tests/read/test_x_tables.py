"""Tables of posts of X made by twarc2, twint, minet, 4CAT and others, each with its own traps."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analyzers.lib.snowflake import moment
from analyzers.model.refusal import BadInput
from analyzers.read import inspect, read

Saved = Callable[..., Path]
Rows = Callable[..., dict[str, dict[str, Any]]]

POST = "1050118621198921728"  # 10 October 2018, 20:19:24 UTC
OTHER = "1050118621198929999"
WRITTEN = datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)


def table(*rows: dict[str, str], delimiter: str = ",") -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def twarc(**overrides: str) -> dict[str, str]:
    return {
        "id": POST,
        "referenced_tweets.retweeted.id": "",
        "retweeted_user_id": "",
        "retweeted_username": "",
        "created_at": "2018-10-10T20:19:24.000Z",
        "text": "Un clown\\net un &amp;",
        "lang": "fr",
        "source": "Twitter Web App",
        "public_metrics.retweet_count": "3",
        "public_metrics.like_count": "9",
        "entities.hashtags": '["#Ros\\u00e9e"]',
        "entities.mentions": '["@Mayor"]',
        "attachments.media": '[{}, {"preview_image_url": "https://media.example/1"}]',
        "author.id": "7",
        "author.username": "Resident_1",
        "author.created_at": "2018-01-02T03:04:05.000Z",
        "author.description": "Two\\nlines",
    } | overrides


def test_twarc_gives_back_line_ends_and_lists(saved: Saved, rows: Rows) -> None:
    data = read(saved("posts.csv", table(twarc())))
    post = rows(data)[POST]
    assert data.sources[0].format == "twarc_csv"
    assert post["text"] == "Un clown\net un &"
    assert (post["hashtags"], post["mentions"]) == (["rosée"], ["@mayor"])
    assert (post["media"], post["likes"]) == (["https://media.example/1"], 9)
    assert rows(data, "accounts")["7"]["bio"] == "Two\nlines"


def test_twarc_reposts_get_their_author_back(saved: Saved, rows: Rows) -> None:
    reposted = {
        "referenced_tweets.retweeted.id": OTHER,
        "retweeted_user_id": "8",
        "retweeted_username": "Baker",
    }
    post = rows(read(saved("posts.csv", table(twarc(**reposted)))))[POST]
    assert post["text"] == "RT @Baker: Un clown\net un &"
    assert (post["kind"], post["reposted_post"], post["reposted_account"]) == ("repost", OTHER, "8")
    assert post["likes"] is None, "they are the original's"


def twint(**overrides: str) -> dict[str, str]:
    return {
        "id": POST,
        "conversation_id": POST,
        "created_at": "1539202764000",
        "date": "2018-10-11",
        "time": "09:19:24",
        "timezone": "NZDT",
        "user_id": "7",
        "username": "resident_1",
        "name": "Resident",
        "tweet": "Quel clown",
        "mentions": "['mayor']",
        "hashtags": "['#clown']",
        "link": f"https://twitter.com/Resident_1/status/{POST}",
        "retweet": "False",
        "quote_url": f"https://twitter.com/Baker/status/{OTHER}?s=21",
        "reply_to": "[{'user_id': '7', 'username': 'Resident_1'}]",
    } | overrides


def test_twint_of_2020_counts_time_in_a_number(saved: Saved, rows: Rows) -> None:
    data = read(saved("twint.csv", table(twint())))
    post = rows(data)[POST]
    assert (data.sources[0].format, post["created_at"]) == ("twint", WRITTEN)
    assert (post["kind"], post["quoted_post"]) == ("quote", OTHER)
    assert (post["mentions"], post["hashtags"]) == (["@mayor"], ["clown"])
    assert rows(data, "accounts")["7"]["handle"] == "Resident_1", "in its own case"


def test_twint_of_2022_has_an_offset_and_names_in_dictionaries(saved: Saved, rows: Rows) -> None:
    people = "[{'screen_name': 'mayor', 'name': \"d'Ys 'id': '666'\", 'id': '5'}]"
    row = twint(
        created_at="2018-10-10 21:19:24 BST",
        date="2018-10-10",
        time="21:19:24",
        timezone="+0100",
        conversation_id=OTHER,
        mentions=people,
        reply_to=people,
    )
    data = read(saved("twint.csv", table(row)))
    post = rows(data)[POST]
    assert post["created_at"] == WRITTEN
    assert (post["kind"], post["reply_to_account"], post["mentions"]) == ("reply", "5", ["5"])
    assert rows(data, "accounts")["5"]["handle"] == "mayor"


@pytest.mark.parametrize("listed", ["[]", "[{'user_id': '7', 'username': 'Resident_1'}]"])
def test_twint_shows_who_answers_himself(saved: Saved, rows: Rows, listed: str) -> None:
    row = twint(conversation_id=OTHER, reply_to=listed)
    post = rows(read(saved("twint.csv", table(row))))[POST]
    assert (post["kind"], post["reply_to_account"]) == ("reply", "7")


def test_twitterscraper_calls_the_shown_name_username(saved: Saved, rows: Rows) -> None:
    row = {
        "screen_name": "Resident_1",
        "username": "The resident",
        "user_id": "7",
        "tweet_id": POST,
        "tweet_url": f"/Resident_1/status/{POST}",
        "timestamp": "2018-10-10 20:19:24",
        "timestamp_epochs": "1539202764",
        "text": "Quel clown; vraiment",
        "is_reply_to": "True",
        "parent_tweet_id": OTHER,
        "reply_to_users": "[{'screen_name': 'Mayor', 'user_id': '5'}]",
        "links": "['https://a.example/?x=1,2']",
    }
    data = read(saved("posts.csv", table(row, delimiter=";")))
    post = rows(data)[POST]
    assert (data.sources[0].format, post["created_at"]) == ("twitterscraper", WRITTEN)
    assert (post["reply_to_post"], post["reply_to_account"]) == (OTHER, "5")
    assert post["urls"] == ["https://a.example/?x=1,2"]
    account = rows(data, "accounts")["7"]
    assert (account["handle"], account["display_name"]) == ("Resident_1", "The resident")


def test_minet_reads_the_universal_time_and_not_the_local_one(saved: Saved, rows: Rows) -> None:
    row = {
        "id": POST,
        "timestamp_utc": "1539202764.0",
        "local_time": "2018-10-10T22:19:24",
        "user_screen_name": "Resident_1",
        "user_id": "7",
        "text": "RT @Baker: Quel clown",
        "source_name": "Twitter for iPhone",
        "retweeted_id": OTHER,
        "retweeted_user": "Baker",
        "retweeted_user_id": "8",
        "mentioned_names": "baker|mayor",
        "mentioned_ids": "8|5",
        "links": "https://a.example/?x=1,2|https://b.example/",
        "user_timestamp_utc": "1336836750.0",
    }
    data = read(saved("minet.csv", table(row)))
    post = rows(data)[POST]
    assert (data.sources[0].format, post["created_at"]) == ("minet", WRITTEN)
    assert (post["kind"], post["reposted_account"], post["mentions"]) == ("repost", "8", ["8", "5"])
    assert post["urls"] == ["https://a.example/?x=1,2", "https://b.example/"]


def test_4cat_says_yes_and_no(saved: Saved, rows: Rows) -> None:
    row = {
        "id": POST,
        "thread_id": OTHER,
        "timestamp": "2018-10-10 20:19:24",
        "unix_timestamp": "1539202764",
        "body": "@Mayor quel clown",
        "author": "Resident_1",
        "author_fullname": "The resident",
        "author_id": "7",
        "source": "Twitter Web App",
        "language_guess": "fr",
        "is_retweet": "no",
        "is_quote_tweet": "no",
        "is_reply": "yes",
        "replied_user": "Mayor",
        "mentions": "Mayor,Baker",
    }
    data = read(saved("4cat.csv", table(row)))
    post = rows(data)[POST]
    assert (data.sources[0].format, post["created_at"]) == ("4cat", WRITTEN)
    assert (post["kind"], post["reply_to_account"]) == ("reply", "@mayor")
    assert post["mentions"] == ["@mayor", "@baker"]


def test_a_table_without_times_has_those_of_its_ids(saved: Saved, rows: Rows) -> None:
    row = {
        "id": POST,
        "url": f"https://www.twitter.com/@Resident_1/status/{POST}",
        "tweet": "Quel clown",
        "is_retweet": "False",
        "author": "The resident",
        "author_followers": "66",
        "heart_count": "9",
        "search_url": "https://twitter.com/search?q=clown",
    }
    data = read(saved("search.csv", table(row)))
    assert rows(data)[POST]["created_at"] == moment(POST)
    assert "id holds" in data.sources[0].notes[0].msgid
    assert rows(data, "accounts")["@resident_1"]["display_name"] == "The resident"


def test_the_tidy_table_of_academictwitter(saved: Saved, rows: Rows) -> None:
    row = {
        "tweet_id": POST,
        "user_username": "Resident_1",
        "text": "RT @Baker: Quel clown",
        "author_id": "7",
        "created_at": "2018-10-10T20:19:24.000Z",
        "sourcetweet_type": "retweeted",
        "sourcetweet_id": OTHER,
        "sourcetweet_author_id": "8",
    }
    post = rows(read(saved("tidy.csv", table(row))))[POST]
    assert (post["kind"], post["reposted_post"], post["reposted_account"]) == ("repost", OTHER, "8")


def rtweet(id: str = POST, written: str = "2018-10-10 14:19:24", **more: str) -> dict[str, str]:
    return {
        "created_at": written,
        "id": id,
        "id_str": id,
        "full_text": "Quel clown",
        "display_text_range": "10",
        "entities": 'list(hashtags = list(text = c("Clown", NA)), user_mentions = list('
        'screen_name = "Mayor", name = "The (\\"Mayor\\")", id_str = "5"), urls = list(url = NA))',
        "retweeted_status": "list(id_str = NA, user = list(id_str = NA))",
        "source": '<a href="https://x.example">Web</a>',
    } | more


def person(id: str = "7", handle: str = "Resident_1") -> dict[str, str]:
    return {
        "id": id,
        "id_str": id,
        "screen_name": handle,
        "followers_count": "3",
        "created_at": "2016-05-17 04:40:04",
        "profile_image_url_https": "",
    }


def three(first: dict[str, str]) -> str:
    return table(first, rtweet(OTHER), rtweet("1050118621198937777"))


def test_rtweet_1_joins_posts_and_users_row_by_row(saved: Saved, rows: Rows) -> None:
    original = (
        f'list(id_str = "{OTHER}", full_text = "Quel \\"clown\\"\\n!", '
        'user = list(id_str = "8", screen_name = "Baker"))'
    )
    posts = saved("tweets.csv", three(rtweet(retweeted_status=original)))
    users = saved("users.csv", table(person(), person("9", "Other"), person()))
    data = read(posts, users)
    post = rows(data)[POST]
    assert [one.format for one in data.sources] == ["rtweet", "rtweet"]
    assert (post["account_id"], post["client"]) == ("7", "Web")
    assert rows(data)[OTHER]["account_id"] == "9"
    assert post["created_at"] == WRITTEN, "six hours behind, as its ids show"
    assert post["text"] == 'RT @Baker: Quel "clown"\n!'
    assert (post["reposted_post"], post["reposted_account"]) == (OTHER, "8")
    assert (post["hashtags"], post["mentions"]) == (["clown"], ["5"])
    assert inspect(posts, users).files[0].posts == 3


@pytest.mark.parametrize(("people", "said"), [(0, "wrote its posts"), (2, "same rows")])
def test_rtweet_1_is_refused_without_all_its_users(saved: Saved, people: int, said: str) -> None:
    paths = [saved("tweets.csv", three(rtweet()))]
    if people:
        paths.append(saved("users.csv", table(*[person()] * people)))
    with pytest.raises(BadInput, match=said):
        read(*paths)


@pytest.mark.parametrize("cell", ["[" + "'\\" * 200_000, "['" + "\\'" * 200_000, "[" * 300_000])
def test_a_list_that_nothing_closes_does_not_hold_up_the_reading(saved: Saved, cell: str) -> None:
    row = twint(mentions=cell, reply_to=cell, hashtags=cell, conversation_id=OTHER)
    assert read(saved("twint.csv", table(row))).count("posts") == 1


@pytest.mark.parametrize(
    "cell", ['"\\' * 200_000, 'a = list("' + '\\"' * 200_000, "x = " * 200_000]
)
def test_nor_does_a_cell_of_r(saved: Saved, cell: str) -> None:
    posts = saved("tweets.csv", three(rtweet(entities=cell, retweeted_status=cell)))
    users = saved("users.csv", table(person(), person(), person()))
    assert read(posts, users).count("posts") == 3
