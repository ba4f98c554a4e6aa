"""Posts in tables: archives of operations, rtweet, the 2018 release, and tables of unknown make."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analyzers.lib.snowflake import EPOCH_MS
from analyzers.model.refusal import BadInput
from analyzers.read import read

Saved = Callable[..., Path]
Rows = Callable[..., dict[str, dict[str, Any]]]

IO = (
    "tweetid,userid,user_display_name,user_screen_name,tweet_text,tweet_time,tweet_client_name,"
    "is_retweet,in_reply_to_userid,in_reply_to_tweetid,hashtags,user_mentions,follower_count\n"
)
RTWEET = (
    "user_id,status_id,created_at,screen_name,text,source,is_retweet,mentions_user_id,"
    "mentions_screen_name,hashtags,account_created_at,retweet_status_id\n"
)
IRA = (
    "account_category,author,content,external_author_id,language,publish_date,harvested_date,"
    "post_type,retweet,followers\n"
)


def only(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    (one,) = found.values()
    return one


def test_an_archive_keeps_ids_and_hides_hashes_as_names(saved: Saved, rows: Rows) -> None:
    content = IO + (
        "1050118621198921728,hash=,hash=,hash=,\"Two\nlines, &amp; a comma\",2018-10-10 20:19,"
        "Twitter Web Client,False,2763377849.0,1.05E+018,\"['Carnaval', 'Rue']\","
        "\"['77', 'other=']\",12\n"
    )  # fmt: skip
    data = read(saved("tweets.csv", content))
    post = only(rows(data))
    assert post["text"] == "Two\nlines, & a comma"
    assert (post["kind"], post["reply_to_account"]) == ("reply", "2763377849")
    assert post["reply_to_post"] is None
    assert (post["mentions"], post["hashtags"]) == (["77", "other="], ["carnaval", "rue"])
    account = only(rows(data, "accounts"))
    assert (account["account_id"], account["handle"], account["followers"]) == ("hash=", None, 12)
    assert "digits" in data.sources[0].notes[0].msgid


def test_a_users_file_joins_the_accounts_of_the_posts(saved: Saved, rows: Rows) -> None:
    posts = saved("tweets.csv", IO + "1050118621198921728,7,,,Hello,2018-10-10 20:19,,,,,,,\n")
    users = saved(
        "users.csv",
        "userid,user_screen_name,account_creation_date,account_language\n7,Seven,2017-05-01,fr\n",
    )
    account = only(rows(read(posts, users), "accounts"))
    assert (account["handle"], account["profile_language"]) == ("Seven", "fr")
    assert account["created_at"] == datetime(2017, 5, 1, tzinfo=UTC)


def test_ids_that_a_spreadsheet_spoiled_are_never_joined_on(saved: Saved, rows: Rows) -> None:
    row = "3.65082069254156E+017,7,,,{text},2018-10-10 20:19,,,,,,,\n"
    data = read(saved("t.csv", IO + row.format(text="One") + row.format(text="Two")))
    assert data.count("posts") == 2
    assert all(name.startswith("~") for name in rows(data))


def test_rtweet_ids_lose_their_x(saved: Saved, rows: Rows) -> None:
    content = RTWEET + (
        "x123456,x1050118621198921728,2018-10-10 20:19:24,Seven,Hi,web,TRUE,x77777 x88888,"
        "Mayor_X Other,Carnaval,2009-03-18 13:46:38,x1050118621198921000\n"
    )
    data = read(saved("rtweet.csv", content))
    post = only(rows(data))
    assert (post["post_id"], post["account_id"]) == ("1050118621198921728", "123456")
    assert (post["kind"], post["mentions"]) == ("repost", ["77777", "88888"])
    assert rows(data, "accounts")["88888"]["handle"] == "Other"


def test_the_2018_release_is_known_by_handle_and_flag(saved: Saved, rows: Rows) -> None:
    content = IRA + (
        "RightTroll,10_SEVEN,Look @Mayor_X #Carnaval https://t.co/a1,9.06E+17,French,"
        "8/22/2017 10:05,8/22/2017 10:06,RETWEET,1,7119\n"
    )
    data = read(saved("ira.csv", content))
    post = only(rows(data))
    assert post["created_at"] == datetime(2017, 8, 22, 10, 5, tzinfo=UTC)
    assert (post["account_id"], post["kind"], post["language"]) == ("@10_seven", "repost", "fr")
    assert (post["mentions"], post["hashtags"]) == (["@mayor_x"], ["carnaval"])
    assert post["urls"] == ["https://t.co/a1"]
    account = only(rows(data, "accounts"))
    assert account["handle"] == "10_SEVEN"
    assert account["fetched_at"] == datetime(2017, 8, 22, 10, 6, tzinfo=UTC)


def test_a_french_table_with_semicolons_and_old_encoding_is_read(saved: Saved, rows: Rows) -> None:
    content = (
        "Date de publication;Auteur;Texte;Abonnés\n"
        "08/02/2019 10:00;@Voisine;Où est le café ? #Carnaval @Mayor_X;1 234\n"
    ).encode("cp1252")
    data = read(saved("dump.csv", content))
    post = only(rows(data))
    assert post["created_at"] == datetime(2019, 2, 8, 10, tzinfo=UTC)
    assert post["text"] == "Où est le café ? #Carnaval @Mayor_X"
    assert (post["account_id"], post["mentions"]) == ("@voisine", ["@mayor_x"])
    assert only(rows(data, "accounts"))["followers"] == 1234
    assert any("two ways" in note.msgid for note in data.sources[0].notes)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_and_encodings_do_not_change_what_is_read(
    saved: Saved, separator: str, encoding: str, end: str
) -> None:
    header, row = ["id", "username", "text", "created_at"], ["5", "a", "Δ ici", "2019-02-08 10:00"]
    content = f"{separator.join(header)}{end}{separator.join(row)}{end}".encode(encoding)
    data = read(saved("dump.csv", content))
    assert (data.count("posts"), data.sources[0].format) == (1, "generic")


def test_a_table_with_the_line_ends_of_an_old_mac_is_read(saved: Saved) -> None:
    content = "id,username,text,created_at\r5,a,Été,2019-02-08 10:00\r6,a,Hi,2019-02-08 10:00\r"
    assert read(saved("mac.csv", content)).sources[0].used == 2


def test_the_user_may_say_which_column_holds_what(saved: Saved, rows: Rows) -> None:
    path = saved("odd.csv", "who,what,when\nVoisine,Hello,2019-02-08T10:00:00Z\n")
    with pytest.raises(BadInput):
        read(path)
    data = read(path, mapping={"handle": "Who", "text": "what", "time": "when"})
    assert only(rows(data))["text"] == "Hello"


@pytest.mark.parametrize(
    ("mapping", "word"),
    [
        ({"handle": "who", "text": "what"}, "FIELD=COLUMN"),
        ({"handle": "nobody", "text": "what", "time": "when"}, "no column"),
        ({"author": "who"}, "no field"),
    ],
)
def test_a_wrong_mapping_is_refused_in_one_sentence(
    saved: Saved, mapping: dict[str, str], word: str
) -> None:
    path = saved("odd.csv", "who,what,when\nVoisine,Hello,2019-02-08T10:00:00Z\n")
    with pytest.raises(BadInput) as refused:
        read(path, mapping=mapping)
    assert word in str(refused.value)


def test_source_is_a_client_only_where_it_names_clients(saved: Saved, rows: Rows) -> None:
    header = "id,username,text,created_at,source\n"
    row = "{id},a,Hello,2019-02-08 10:00,{source}\n"
    press = read(saved("press.csv", header + row.format(id=5, source="Le Journal")))
    posts = read(saved("posts.csv", header + row.format(id=5, source="Twitter for iPhone")))
    assert only(rows(press))["client"] is None
    assert only(rows(posts))["client"] == "Twitter for iPhone"


def test_local_times_are_moved_to_utc_by_what_the_ids_hold(saved: Saved, rows: Rows) -> None:
    """A collector in Auckland wrote times 13 hours ahead."""
    content = "id,username,text,created_at\n"
    for hour in range(5):
        utc = datetime(2019, 2, 8, 2 + hour, 30, tzinfo=UTC)
        post = (int(utc.timestamp() * 1000) - EPOCH_MS) << 22
        content += f"{post},a,Hello {hour},2019-02-08 {15 + hour}:30:00\n"
    data = read(saved("nz.csv", content))
    assert data.first == datetime(2019, 2, 8, 2, 30, tzinfo=UTC)
    zone = data.sources[0].time_zone
    assert zone is not None
    assert zone.assumed == "UTC+13:00"


def test_broken_rows_are_counted_with_their_line(saved: Saved) -> None:
    content = (
        "id,username,text,created_at\n"
        "5,a,Hello,2019-02-08 10:00\n"
        "6,a,Hello\n"
        "7,a,Hello,never\n"
        "8,,Hello,2019-02-08 10:00\n"
        "9,a,Hello,1999-02-08 10:00\n"
    )
    source = read(saved("dump.csv", content)).sources[0]
    assert (source.rows, source.used) == (5, 1)
    assert sorted(one.first_line or 0 for one in source.skipped) == [3, 4, 5, 6]


def test_a_quote_left_open_loses_a_few_rows_not_the_file(saved: Saved) -> None:
    good = "".join(f"{n},a,Hello {n},2019-02-08 10:00\n" for n in range(60_000))
    content = 'id,username,text,created_at\n1,a,"open,2019-02-08 10:00\n' + good
    source = read(saved("dump.csv", content)).sources[0]
    assert source.used > 20_000
    assert source.skipped[0].first_line == 2
