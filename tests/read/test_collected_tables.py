"""Tables of TCAT and of social listening services, and twint's JSON, with the traps of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analyzers.lib.snowflake import EPOCH_MS
from analyzers.read import read
from tests.read.exports.tables import csv_of

Saved = Callable[..., Path]
Rows = Callable[..., dict[str, dict[str, Any]]]

WRITTEN = datetime(2018, 10, 10, 20, 19, tzinfo=UTC)
POSTS = [
    str((int(WRITTEN.timestamp() * 1000) + n * 1000 - EPOCH_MS) << 22) for n in range(4)
]  # four ids of X, one a second


def meltwater(n: int = 0, **overrides: str) -> dict[str, str]:
    return {
        "Date": "10-Oct-2018 10:19PM",
        "URL": f"https://twitter.com/Voisine/statuses/{POSTS[n]}",
        "Opening Text": "",
        "Hit Sentence": "Quel clown #carnaval",
        "Source": "Twitter",
        "Influencer": "@voisine",
        "Language": "French",
        "Tweet Id": f'"{POSTS[n]}"',
        "Twitter Id": '"777"',
        "Twitter Client": "Twitter Web Client",
        "Twitter Screen Name": "La Voisine",
        "User Profile Url": "https://twitter.com/Voisine",
        "Twitter Followers": "12",
    } | overrides


def test_meltwater_is_read_from_utf16_with_its_local_times(saved: Saved, rows: Rows) -> None:
    article = meltwater(URL="https://news.example/1", **{"Tweet Id": "", "Source": "Le Journal"})
    found = [*(meltwater(n) for n in range(4)), article]
    data = read(saved("mentions.csv", csv_of(found, "\t", "utf-16")))
    source, post = data.sources[0], rows(data)[POSTS[0]]
    assert (source.format, source.rows, source.used) == ("meltwater", 5, 4)
    assert [one.count for one in source.skipped] == [1], "an article is no post"
    assert source.time_zone is not None
    assert source.time_zone.assumed == "UTC+02:00"
    assert post["created_at"] == WRITTEN
    assert (post["language"], post["client"]) == ("fr", "Twitter Web Client")
    assert (post["account_id"], post["hashtags"]) == ("777", ["carnaval"])
    account = rows(data, "accounts")["777"]
    assert (account["handle"], account["display_name"]) == ("Voisine", "La Voisine")


def test_an_older_meltwater_names_the_handle_elsewhere(saved: Saved, rows: Rows) -> None:
    row = meltwater(**{"User Profile Url": "", "Influencer": "", "Twitter Screen Name": "@Voisine"})
    account = rows(read(saved("mentions.csv", csv_of([row]))), "accounts")["777"]
    assert (account["handle"], account["display_name"]) == ("Voisine", None)


def brandwatch(n: int = 0, **overrides: str) -> dict[str, str]:
    return {
        "Query Id": "1",
        "Date": "2018-10-10 20:19:24.0",
        "Snippet": "Bonjour …",
        "Full Text": "Bonjour @Maire",
        "Url": f"http://twitter.com/Voisine/statuses/{POSTS[n]}",
        "Page Type": "twitter",
        "Language": "fr",
        "Author": "Voisine",
        "Full Name": "Voisine (La Voisine)",
        "Thread URL": "",
        "Thread Entry Type": "",
        "Twitter Retweet Of": "",
        "Reply To": "",
        "Twitter Author ID": "777",
        "Insights Hashtag": "#Carnaval, #Fete",
        "Insights Mentioned": "@Maire",
    } | overrides


ABOVE = b"Report:,Les clowns\nBrand:,\nFrom:,2018-10-01\nTo:,2018-10-11\nLabel:,\n\n"


def test_brandwatch_is_found_below_the_lines_about_its_query(saved: Saved, rows: Rows) -> None:
    data = read(saved("mentions.csv", ABOVE + csv_of([brandwatch()])))
    source, post = data.sources[0], rows(data)[POSTS[0]]
    assert (source.format, source.rows, source.used) == ("brandwatch", 1, 1)
    assert [note.count for note in source.notes] == [6]
    assert (post["text"], post["mentions"]) == ("Bonjour @Maire", ["@maire"])
    assert post["hashtags"] == ["carnaval", "fete"]
    assert rows(data, "accounts")["777"]["display_name"] == "La Voisine"


@pytest.mark.parametrize(
    ("overrides", "kind", "column", "value"),
    [
        ({"Twitter Retweet Of": f"http://twitter.com/Maire/statuses/{POSTS[1]}"},
         "repost", "reposted_account", "@maire"),
        ({"Thread Entry Type": "share", "Thread URL": f"http://twitter.com/M/statuses/{POSTS[1]}"},
         "repost", "reposted_post", POSTS[1]),
        ({"Thread Entry Type": "quote", "Thread URL": f"http://twitter.com/M/statuses/{POSTS[1]}"},
         "quote", "quoted_post", POSTS[1]),
        ({"Reply To": f"http://twitter.com/Maire/statuses/{POSTS[1]}"},
         "reply", "reply_to_post", POSTS[1]),
        ({"Reply To": "http://x.com/Maire/status/1"}, "reply", "reply_to_account", "@maire"),
    ],
)  # fmt: skip
def test_brandwatch_tells_what_a_post_answers(
    saved: Saved, rows: Rows, overrides: dict[str, str], kind: str, column: str, value: str
) -> None:
    post = rows(read(saved("mentions.csv", csv_of([brandwatch(**overrides)]))))[POSTS[0]]
    assert (post["kind"], post[column]) == (kind, value)


def test_talkwalker_is_read_between_semicolons(saved: Saved, rows: Rows) -> None:
    row = {
        "url": f"http://twitter.com/Voisine/statuses/{POSTS[0]}",
        "published": str(int(WRITTEN.timestamp()) * 1000),
        "content": "Quel clown; vraiment",
        "lang": "fr",
        "extra_author_attributes.id": "ex:twitter.com-777",
        "extra_author_attributes.name": "La Voisine",
        "extra_author_attributes.short_name": "voisine",
        "source_extended_attributes.twitter_followers": "12",
    }
    other = row | {"url": "https://forum.example/1"}
    data = read(saved("results.csv", csv_of([row, other], ";", "utf-8-sig")))
    source, post = data.sources[0], rows(data)[POSTS[0]]
    assert (source.format, source.rows, source.used) == ("talkwalker", 2, 1)
    assert (post["text"], post["created_at"]) == ("Quel clown; vraiment", WRITTEN)
    account = rows(data, "accounts")["777"]
    assert (account["handle"], account["followers"]) == ("Voisine", 12)


def test_tcat_is_read(saved: Saved, rows: Rows) -> None:
    row = {
        "id": POSTS[0],
        "time": "1539202740",
        "created_at": "2018-10-10 20:19:00",
        "from_user_name": "Voisine",
        "text": "RT @Maire: oui &amp; non",
        "favorite_count": "4",
        "lang": "fr",
        "to_user_name": "",
        "in_reply_to_status_id": "",
        "source": '<a href="x">Twitter Web Client</a>',
        "from_user_id": "777",
        "from_user_realname": "La Voisine",
        "from_user_lang": "fr",
        "from_user_created_at": "2018-01-02 03:04:05",
        "mentions": "Maire; Autre",
        "hashtags": "Carnaval; fete",
    }
    data = read(saved("tcat.csv", csv_of([row], encoding="utf-8-sig")))
    post, account = rows(data)[POSTS[0]], rows(data, "accounts")["777"]
    assert (data.sources[0].format, post["created_at"]) == ("tcat", WRITTEN)
    assert (post["kind"], post["reposted_account"]) == ("repost", "@maire")
    assert (post["text"], post["client"]) == ("RT @Maire: oui & non", "Twitter Web Client")
    assert (post["mentions"], post["hashtags"]) == (["@maire", "@autre"], ["carnaval", "fete"])
    assert account["created_at"] == datetime(2018, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert account["profile_language"] == "fr"


def test_twints_json_has_what_its_table_has(saved: Saved, rows: Rows) -> None:
    post = {
        "id": int(POSTS[0]),
        "conversation_id": POSTS[1],
        "created_at": "2018-10-10 22:19:00 CEST",
        "date": "2018-10-10",
        "time": "22:19:00",
        "timezone": "+0200",
        "user_id": 777,
        "username": "voisine",
        "name": 'La "V"',
        "tweet": "Quel clown",
        "language": "fr",
        "mentions": [{"screen_name": "maire", "name": "Le Maire d'Ys", "id": "8"}],
        "hashtags": ["carnaval"],
        "link": f"https://twitter.com/Voisine/status/{POSTS[0]}",
        "quote_url": "",
        "reply_to": [{"screen_name": "maire", "name": "Le Maire d'Ys", "id": "8"}],
    }
    data = read(saved("posts.json", json.dumps(post) + "\n" + json.dumps({**post, "id": 5})))
    found = rows(data)[POSTS[0]]
    assert data.sources[0].format == "twint"
    assert (found["created_at"], found["kind"]) == (WRITTEN, "reply")
    assert (found["mentions"], found["reply_to_account"]) == (["8"], "8")
    account = rows(data, "accounts")["777"]
    assert (account["handle"], account["display_name"]) == ("Voisine", 'La "V"')


def test_minets_table_of_accounts_goes_with_its_posts(saved: Saved, rows: Rows) -> None:
    user = {
        "id": "777", "screen_name": "Voisine", "name": "La Voisine", "timestamp_utc": "1502908414",
        "tweets": "9", "followers": "3", "friends": "4", "default_profile": "0",
    }  # fmt: skip
    account = rows(read(saved("users.csv", csv_of([user]))), "accounts")["777"]
    assert account["created_at"] == datetime(2017, 8, 16, 18, 33, 34, tzinfo=UTC)
    assert (account["followers"], account["following"], account["posts"]) == (3, 4, 9)
