"""Telegram: Desktop's export of a chat or an account, and 4CAT's table."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.model.refusal import BadInput
from analyzers.read import Limits, read
from analyzers.read.telegram import read as read_item

Saved = Callable[..., Path]
Rows = Callable[..., dict[str, dict[str, Any]]]


def message(number: int = 1, **overrides: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": "2025-01-15T11:30:00",
        "date_unixtime": "1736936400",
        "from": "Lou",
        "from_id": "user1",
        "text": "Quel clown",
    } | overrides


def chat(*messages: dict[str, Any], **overrides: Any) -> dict[str, Any]:
    return {
        "name": "Le quartier",
        "type": "public_supergroup",
        "id": 99,
        "messages": list(messages),
    } | overrides


def test_a_chat_gives_its_messages_in_universal_time(saved: Saved, rows: Rows) -> None:
    service = message(2, type="service", action="invite_members")
    data = read(saved("result.json", json.dumps(chat(message(), service), indent=1)))
    source, post = data.sources[0], rows(data)["99-1"]
    assert (source.format, source.rows, source.used) == ("telegram", 2, 1)
    assert post["created_at"].isoformat() == "2025-01-15T10:20:00+00:00"
    assert (post["account_id"], post["text"]) == ("user1", "Quel clown")
    assert rows(data, "accounts")["user1"]["display_name"] == "Lou"
    assert source.notes == ()


def test_older_exports_have_local_times_and_say_so(saved: Saved, rows: Rows) -> None:
    old = message(from_id=1)
    del old["date_unixtime"]
    data = read(saved("result.json", json.dumps(chat(old))))
    post = rows(data)["99-1"]
    assert post["account_id"] == "user1", "numbers stood alone before 2021"
    assert post["created_at"].isoformat() == "2025-01-15T11:30:00+00:00"
    zone = data.sources[0].time_zone
    assert zone is not None
    assert zone.evidence.msgid.startswith("The times carry no zone")


def test_a_text_in_pieces_is_whole_again(saved: Saved, rows: Rows) -> None:
    pieces = [
        "Hé ",
        {"type": "mention", "text": "@Ana_B"},
        {"type": "mention_name", "text": " Max", "user_id": 5},
        {"type": "hashtag", "text": " #Clown"[1:]},
        {"type": "link", "text": "a.example"},
        {"type": "text_link", "text": "ici", "href": "https://b.example"},
    ]
    shown = message(text=pieces, reactions=[{"count": 3}, {"count": 2}], photo="photos/1.jpg")
    post = rows(read(saved("result.json", json.dumps(chat(shown)))))["99-1"]
    assert post["text"] == "Hé @Ana_B Max#Clowna.exampleici"
    assert post["mentions"] == ["@ana_b", "user5"]
    assert post["hashtags"] == ["clown"]
    assert post["urls"] == ["https://a.example", "https://b.example"]
    assert (post["likes"], post["media"]) == (5, ["photos/1.jpg"])


def test_replies_and_forwards(saved: Saved, rows: Rows) -> None:
    messages = (
        message(1, from_id="user2"),
        message(2, reply_to_message_id=1),
        message(3, reply_to_message_id=1, reply_to_peer_id="channel77"),
        message(4, forwarded_from="La chaîne", forwarded_from_id="channel5"),
        message(5, forwarded_from=None),
        message(6, text="", photo="(File not included. Change data exporting settings.)"),
    )
    posts = rows(read(saved("result.json", json.dumps(chat(*messages)))))
    assert (posts["99-2"]["reply_to_post"], posts["99-2"]["reply_to_account"]) == ("99-1", "user2")
    assert (posts["99-3"]["reply_to_post"], posts["99-3"]["reply_to_account"]) == ("77-1", None)
    assert (posts["99-4"]["kind"], posts["99-4"]["reposted_account"]) == ("repost", "channel5")
    assert (posts["99-5"]["kind"], posts["99-5"]["reposted_account"]) == ("repost", None)
    assert posts["99-6"]["media"] == []


def test_a_channel_posts_under_its_own_name(saved: Saved, rows: Rows) -> None:
    silent = message(from_id=None)
    data = read(saved("result.json", json.dumps(chat(silent, type="public_channel"))))
    assert rows(data)["99-1"]["account_id"] == "channel99"


def test_private_chats_of_an_account_are_never_read(saved: Saved, rows: Rows) -> None:
    private = chat(message(7, text="secret"), type="personal_chat", id=3)
    account = {"about": "…", "chats": {"about": "…", "list": [chat(message()), private]}}
    data = read(saved("result.json", json.dumps(account, indent=1)))
    assert set(rows(data)) == {"99-1"}
    assert (data.sources[0].rows, data.sources[0].used) == (2, 1)
    with pytest.raises(BadInput, match="could not be used"):
        read(saved("alone.json", json.dumps(private)))


def test_an_export_too_large_to_be_read_at_once_says_so(saved: Saved) -> None:
    path = saved("result.json", json.dumps(chat(*map(message, range(1, 9)))))
    with pytest.raises(BadInput, match="export fewer posts at a time"):
        read(path, limits=Limits(item=300))


def test_4cats_table_names_parents_in_full(saved: Saved, rows: Rows) -> None:
    header = (
        "id,thread_id,chat,author,author_username,author_name,author_is_bot,body,reply_to,views,"
        "timestamp,unix_timestamp,author_forwarded_from_name,author_forwarded_from_username,"
        "author_forwarded_from_id,entities_mentioned"
    )
    lines = [
        header,
        "q-1,q,q,11,lou_m,Lou,no,Quel clown,,7,2025-01-15 10:20:00,1736936400,,,,ana_b",
        "q-2,q,q,12,,Ana,no,Toi-même,1,7,2025-01-15 10:21:00,1736936460,,,,",
        "q-3,q,q,12,,Ana,no,Lisez,,7,2025-01-15 10:22:00,1736936520,La chaîne,chaine,,",
    ]
    data = read(saved("telegram.csv", "\n".join(lines)))
    posts = rows(data)
    assert data.sources[0].format == "telegram"
    assert posts["q-1"]["mentions"] == ["@ana_b"]
    assert (posts["q-2"]["kind"], posts["q-2"]["reply_to_post"]) == ("reply", "q-1")
    assert (posts["q-3"]["kind"], posts["q-3"]["reposted_account"]) == ("repost", "@chaine")


_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)  # JSON knows neither
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | _NUMBERS | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "text", "user_id", "count"]), inner)
    ),
    max_leaves=8,
)


@given(ODD, st.sampled_from([*message(), "reactions", "reply_to_message_id", "photo", "via_bot"]))
def test_odd_fields_cost_one_message_at_most(odd: Any, field: str) -> None:
    shown = chat(message(1, **{field: odd}), message(2))
    found = read_item(json.dumps(shown).encode())
    assert found.used + len(found.skipped) == 2
    assert found.used >= 1
