"""What spreadsheets, programs and platforms do to exports: one row for each, and what is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analyzers.read import inspect, read
from analyzers.tables import load

Saved = Callable[..., Path]

HEAD = "id,username,text,created_at"
POST = "1050118621198921728"
V1: dict[str, Any] = {
    "id_str": POST,
    "user": {"id_str": "7", "screen_name": "Voisine"},
    "full_text": "Quel clown",
    "created_at": "Wed Oct 10 20:19:24 +0000 2018",
}
IO = "tweetid,userid,user_screen_name,user_display_name,tweet_text,tweet_time,tweet_client_name"


def line(*cells: str, more: str = "", head: str = HEAD) -> str:
    return f"{head}{more}\n{','.join(cells)}\n"


def row(text: str = "Oui", id: str = "5", at: str = "2019-02-08 10:00") -> str:
    return line(id, "a", text, at)


def status(**more: Any) -> str:
    return json.dumps(V1 | more, ensure_ascii=False) + "\n"


ONE_POST: dict[str, tuple[str | bytes, str, Any]] = {
    "an id that begins with x": (
        line(f"x{POST}", "x77777", "a", "Oui", "2018-10-10 20:19:24",
             head="status_id,user_id,screen_name,text,created_at", more=""),
        "post_id", POST,
    ),
    "an id in quotes inside its cell": (row(id='"""5"""'), "post_id", "5"),
    "an id written as a fraction": (row(id="5.0"), "post_id", "5"),
    "a JSON number that lost digits beside its text": (
        status(id=1050118621198921800), "post_id", POST,
    ),
    "a text cut where the whole stands beside it": (
        status(full_text=None, text="Quel…", truncated=True,
               extended_tweet={"full_text": "Quel clown, vraiment"}),
        "text", "Quel clown, vraiment",
    ),
    "a repost known by a flag alone": (
        line("Oui", "A", "1/2/2018 10:00", "RETWEET", "1", "1", "LeftTroll",
             head="content,author,publish_date,post_type,retweet,external_author_id,account_category"),
        "kind", "repost",
    ),
    "a repost known by its words alone": (row("RT @Maire: oui"), "kind", "repost"),
    "a client written as a link": (
        status(source='<a href="https://x.example" rel="nofollow">Twitter Web App</a>'),
        "client", "Twitter Web App",
    ),
    "signs of HTML in a text": (status(full_text="a &lt; b &amp; c"), "text", "a < b & c"),
    "a link whose address looks like HTML": (row("x?a=1&copy=2"), "text", "x?a=1&copy=2"),
    "a line end inside a cell": (row('"Oui\net non"'), "text", "Oui\net non"),
    "a sign that some programs take for a line end": (
        status(full_text="Oui\u2028et\x85non"), "text", "Oui\u2028et\x85non",
    ),
    "semicolons": (row().replace(",", ";"), "text", "Oui"),
    "tabs in a file called csv": (row().replace(",", "\t"), "text", "Oui"),
    "UTF-16, low byte first": (row("Été").encode("utf-16"), "text", "Été"),
    "UTF-16, high byte first": (
        b"\xfe\xff" + row("Été").encode("utf-16-be"), "text", "Été",
    ),
    "a byte order mark": (row("Été").encode("utf-8-sig"), "text", "Été"),
    "Windows' own quotation marks": (row("l’été").encode("cp1252"), "text", "l’été"),
    "a byte that Windows leaves undefined": (row("a").encode() [:-1].replace(b"a,a", b"a,\x81"),
                                             "text", "\x81"),
    "lines above the header": ("Report:,x\nFrom:,2019\n\n" + row(), "text", "Oui"),
    "a separator declared as Excel does": ("sep=;\n" + row().replace(",", ";"), "text", "Oui"),
    "a list as Python prints it": (
        line("5", "a", "Oui", "2019-02-08 10:00", "\"['un', 'deux']\"", more=",hashtags"),
        "hashtags", ["un", "deux"],
    ),
    "a list without quotes": (
        line("5", "a", "Oui", "2019-02-08 10:00", '"[un, deux]"', more=",hashtags"),
        "hashtags", ["un", "deux"],
    ),
    "a list that is empty": (
        line("5", "a", "Oui", "2019-02-08 10:00", "[]", more=",hashtags"), "hashtags", [],
    ),
    "a word for no value": (
        line("5", "a", "Oui", "2019-02-08 10:00", "NA", more=",lang"), "language", None,
    ),
    "a language in quotes inside its cell": (
        line("5", "a", "Oui", "2019-02-08 10:00", '"""fr"""', more=",lang"), "language", "fr",
    ),
    "a long number of Python 2": (
        row(at="1549620000000L"), "created_at", datetime(2019, 2, 8, 10, tzinfo=UTC),
    ),
    "the clock of twelve hours": (
        row(at="2/13/2019 12:05 AM"), "created_at", datetime(2019, 2, 13, 0, 5, tzinfo=UTC),
    ),
    "a year of two digits": (
        row(at="13/2/19 22:05"), "created_at", datetime(2019, 2, 13, 22, 5, tzinfo=UTC),
    ),
    "half a pair of signs": (
        status(full_text="x").replace('"x"', r'"a\ud83d b"'), "text", "a b",
    ),
    "a NUL in a text": (status(full_text="a\0b"), "text", "ab"),
}  # fmt: skip


@pytest.mark.parametrize("trap", ONE_POST)
def test_one_post_is_read_right_in_spite_of(saved: Saved, trap: str) -> None:
    content, column, value = ONE_POST[trap]
    data = read(saved("dump.csv", content))
    (post,) = load(data, "posts").to_dicts()
    assert post[column] == value
    assert data.sources[0].rows == data.sources[0].used == 1


def notes(path: Path) -> str:
    return " ".join(note.msgid for note in read(path).sources[0].notes)


def test_ids_that_lost_digits_are_flagged_and_joined_on_by_nothing(saved: Saved) -> None:
    path = saved("dump.csv", row("Oui", "9.06E+17") + "9.06E+17,b,Non,2019-02-08 10:00\n")
    assert set(load(read(path), "posts")["text"]) == {"Oui", "Non"}
    assert "lost digits" in notes(path)


def test_relations_that_lost_digits_are_left_out(saved: Saved) -> None:
    cells = (POST, "7", "a", "A", "Oui", "2018-10-10 20:19", "Web", "9.341434052438916e+17", "8")
    path = saved("dump.csv", line(*cells, head=IO, more=",in_reply_to_tweetid,in_reply_to_userid"))
    (post,) = load(read(path), "posts").to_dicts()
    assert (post["reply_to_post"], post["reply_to_account"]) == (None, "8")
    assert "left out" in notes(path)


def test_a_hash_is_no_handle_and_no_name(saved: Saved) -> None:
    path = saved("dump.csv", line("1", "Ab+c=", "Ab+c=", "Ab+c=", "Oui", "2018-10-10 20:19", "W",
                                  head=IO))  # fmt: skip
    (account,) = load(read(path), "accounts").to_dicts()
    assert (account["account_id"], account["handle"], account["display_name"]) == (
        "Ab+c=",
        None,
        None,
    )


def test_lines_of_several_encodings_are_each_read_in_their_own(saved: Saved) -> None:
    content = row("Été").encode() + b"6,b,\xc9t\xe9,2019-02-08 10:00\n"
    assert set(load(read(saved("dump.csv", content)), "posts")["text"]) == {"Été"}


def test_what_others_wrote_is_context_and_errors_are_counted(saved: Saved) -> None:
    page = {
        "data": [{"id": POST, "author_id": "7", "text": "Oui", "created_at": "2018-10-10T20:19:24Z",
                  "referenced_tweets": [{"type": "quoted", "id": "5"}]}],
        "includes": {
            "tweets": [{"id": "5", "author_id": "8", "text": "Non",
                        "created_at": "2018-10-10T20:00:00Z"}],
        },
    }  # fmt: skip
    error = {"errors": [{"title": "Not Found Error", "resource_type": "tweet"}]}
    data = read(saved("pages.jsonl", f"{json.dumps(page)}\n{json.dumps(error)}\n"))
    posts = load(data, "posts")
    assert dict(zip(posts["post_id"], posts["route"], strict=True)) == {
        POST: "query",
        "5": "context",
    }
    source = data.sources[0]
    assert source.rows == source.used + sum(one.count for one in source.skipped)


def test_two_dumps_of_two_platforms_are_one_dataset(saved: Saved) -> None:
    toot = {
        "id": "1",
        "uri": "https://pouet.example/users/lou/statuses/1",
        "created_at": "2025-03-01T08:00:00.000Z",
        "content": "<p>Oui</p>",
        "visibility": "public",
        "account": {"id": "7", "acct": "lou", "url": "https://pouet.example/@lou"},
    }
    data = read(saved("x.jsonl", status()), saved("toots.json", json.dumps([toot])))
    assert [one.format for one in data.sources] == ["x_v1", "mastodon"]
    assert set(load(data, "posts")["post_id"]) == {POST, toot["uri"]}


def test_parts_that_overlap_are_joined_and_said_to(saved: Saved) -> None:
    first = status() + status(id_str="6")
    second = status(id_str="6") + status(id_str="7")
    data = read(saved("part1.jsonl", first), saved("part2.jsonl", second))
    assert data.count("posts") == 3
    assert [(one.rows, one.used) for one in data.sources] == [(2, 2), (2, 1)]


def test_a_client_that_no_row_names_is_said_to_be_absent(saved: Saved) -> None:
    (file,) = inspect(saved("dump.jsonl", status(source=""))).files
    assert dict(file.fields)["posts.client"] == 0
