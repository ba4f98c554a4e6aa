"""Mastodon: an account's own archive, and what the API of a server gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.lib.targets import parse, resolve
from analyzers.model.refusal import BadInput
from analyzers.read import read
from analyzers.read.markup import links, plain
from analyzers.read.mastodon import read as read_item
from analyzers.read.normal import Skip
from analyzers.tables import load

Saved = Callable[..., Path]
Rows = Callable[..., dict[str, dict[str, Any]]]

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
LOU = "https://pouet.example/users/lou"


def note(number: int = 1, **overrides: Any) -> dict[str, Any]:
    return {
        "id": f"{LOU}/statuses/{number}",
        "type": "Note",
        "published": "2025-03-01T08:00:00Z",
        "attributedTo": LOU,
        "content": "<p>Quel clown</p>",
        "contentMap": {"fr": "<p>Quel clown</p>"},
        "inReplyTo": None,
        "tag": [],
        "attachment": [],
    } | overrides


def created(number: int = 1, **overrides: Any) -> dict[str, Any]:
    return {
        "id": f"{LOU}/statuses/{number}/activity",
        "type": "Create",
        "actor": LOU,
        "published": "2025-03-01T08:00:00Z",
        "to": [PUBLIC],
        "cc": [f"{LOU}/followers"],
        "object": note(number),
    } | overrides


def outbox(*activities: dict[str, Any]) -> str:
    found = {"id": "outbox.json", "type": "OrderedCollection", "orderedItems": activities}
    return json.dumps(found, ensure_ascii=False)


ACTOR = {
    "id": LOU,
    "type": "Person",
    "preferredUsername": "lou",
    "name": "Lou",
    "summary": "<p>Jardinière</p>",
    "published": "2021-03-27T00:00:00Z",
}


def status(number: int = 1, **overrides: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "uri": f"{LOU}/statuses/{number}",
        "created_at": "2025-03-01T08:00:00.000Z",
        "content": "<p>Quel clown</p>",
        "language": "fr",
        "visibility": "public",
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "reblog": None,
        "application": {"name": "Tusky"},
        "account": account(),
        "mentions": [],
        "tags": [],
        "media_attachments": [],
        "favourites_count": 4,
        "reblogs_count": 2,
        "replies_count": 1,
    } | overrides


def account(name: str = "lou", number: int = 7, host: str = "") -> dict[str, Any]:
    return {
        "id": str(number),
        "username": name,
        "acct": f"{name}@{host}" if host else name,
        "url": f"https://{host or 'pouet.example'}/@{name}",
        "created_at": "2018-03-17T00:00:00.000Z",
        "followers_count": 44,
    }


def test_an_archive_gives_posts_and_the_account(saved: Saved, rows: Rows) -> None:
    data = read(
        saved("outbox.json", outbox(created(1), created(2))), saved("actor.json", json.dumps(ACTOR))
    )
    post = rows(data)[f"{LOU}/statuses/1"]
    assert [one.format for one in data.sources] == ["mastodon", "mastodon"]
    assert (post["account_id"], post["text"], post["language"]) == (
        "@lou@pouet.example",
        "Quel clown",
        "fr",
    )
    account = rows(data, "accounts")["@lou@pouet.example"]
    assert (account["handle"], account["bio"]) == ("lou@pouet.example", "Jardinière")
    assert account["created_at"].isoformat() == "2021-03-27T00:00:00+00:00"


def test_a_boost_is_a_repost_of_the_post_it_names(saved: Saved, rows: Rows) -> None:
    original = "https://b.example/users/ana/statuses/9"
    boost = created(2, type="Announce", object=original)
    posts = rows(read(saved("outbox.json", outbox(created(1), boost))))
    repost = posts[f"{LOU}/statuses/2/activity"]
    assert (repost["kind"], repost["reposted_post"]) == ("repost", original)
    assert repost["reposted_account"] == "@ana@b.example"


def test_a_boost_of_another_kind_of_server_names_its_author_by_the_audience(
    saved: Saved, rows: Rows
) -> None:
    boost = created(
        2,
        type="Announce",
        object="https://b.example/notes/9x",
        cc=["https://b.example/users/ana", f"{LOU}/followers"],
    )
    posts = rows(read(saved("outbox.json", outbox(boost))))
    assert posts[f"{LOU}/statuses/2/activity"]["reposted_account"] == "@ana@b.example"


def test_a_reply_with_mention_hashtag_link_and_picture(saved: Saved, rows: Rows) -> None:
    content = (
        '<p><span class="h-card"><a href="https://b.example/@ana" class="u-url mention">@<span>ana'
        '</span></a></span> Quel <a href="https://pouet.example/tags/clown" class="mention '
        'hashtag">#<span>clown</span></a> &amp; fou<br/>'
        '<a href="https://a.example/x?a=1&amp;b=2"><span class="invisible">https://</span><span>'
        "a.example/x?a=1&amp;b=2</span></a></p><p>Voilà</p>"
    )
    tags = [
        {"type": "Mention", "href": "https://b.example/users/ana", "name": "@ana@b.example"},
        {"type": "Mention", "href": "https://pouet.example/users/max", "name": "@max"},
        {"type": "Hashtag", "name": "#Clown"},
        {"type": "Emoji", "name": ":a:"},
    ]
    wrote = created(
        object=note(
            content=content,
            tag=tags,
            inReplyTo="https://b.example/users/ana/statuses/9",
            attachment=[{"url": "https://m.example/1.png"}],
        )
    )
    post = rows(read(saved("outbox.json", outbox(wrote))))[f"{LOU}/statuses/1"]
    assert post["text"] == "@ana Quel #clown & fou\nhttps://a.example/x?a=1&b=2\n\nVoilà"
    assert post["mentions"] == ["@ana@b.example", "@max@pouet.example"]
    assert (post["hashtags"], post["urls"]) == (["clown"], ["https://a.example/x?a=1&b=2"])
    assert (post["kind"], post["reply_to_account"]) == ("reply", "@ana@b.example")
    assert post["media"] == ["https://m.example/1.png"]


@pytest.mark.parametrize(
    ("to", "cc", "kept"),
    [
        ([PUBLIC], [f"{LOU}/followers"], True),
        ([f"{LOU}/followers"], [PUBLIC], True),
        ([f"{LOU}/followers"], [], True),
        (["https://b.example/users/ana"], [], False),
        ("https://b.example/users/ana", None, False),
    ],
)
def test_direct_messages_are_never_read(
    saved: Saved, to: str | list[str], cc: list[str] | None, kept: bool
) -> None:
    path = saved("outbox.json", outbox(created(1), created(2, to=to, cc=cc)))
    source = read(path).sources[0]
    assert (source.rows, source.used) == (2, 1 + kept)


def test_an_archive_of_direct_messages_alone_is_refused_with_the_reason(saved: Saved) -> None:
    with pytest.raises(BadInput, match="could not be used"):
        read(saved("outbox.json", outbox(created(to=["https://b.example/users/ana"], cc=[]))))


def test_statuses_of_the_api_keep_their_client_and_odd_line_ends(saved: Saved, rows: Rows) -> None:
    odd = status(2, content="<p>un\u2028deux\u0085trois</p>", application=None)
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in (status(1), odd))
    data = read(saved("statuses.ndjson", lines))
    posts = rows(data)
    assert data.sources[0].rows == 2
    first = posts[f"{LOU}/statuses/1"]
    assert (first["client"], first["likes"], first["reposts"], first["replies"]) == (
        "Tusky",
        4,
        2,
        1,
    )
    assert posts[f"{LOU}/statuses/2"]["client"] is None
    assert rows(data, "accounts")["@lou@pouet.example"]["followers"] == 44


def test_a_reply_finds_its_parents_author_among_the_mentions(saved: Saved, rows: Rows) -> None:
    local = account("max", 8) | {"id": "8"}
    far = account("ana", 9, "b.example")
    to_local = status(11, in_reply_to_id="5", in_reply_to_account_id="8", mentions=[local])
    to_far = status(12, in_reply_to_id="6", in_reply_to_account_id="9", mentions=[local, far])
    to_self = status(13, in_reply_to_id="11", in_reply_to_account_id="7")
    posts = rows(read(saved("statuses.json", json.dumps([to_local, to_far, to_self]))))
    local_reply = posts[f"{LOU}/statuses/11"]
    assert local_reply["reply_to_post"] == "https://pouet.example/users/max/statuses/5"
    assert local_reply["reply_to_account"] == "@max@pouet.example"
    far_reply = posts[f"{LOU}/statuses/12"]
    assert (far_reply["kind"], far_reply["reply_to_account"]) == ("reply", "@ana@b.example")
    assert posts[f"{LOU}/statuses/13"]["reply_to_post"] == f"{LOU}/statuses/11"


def test_boosts_and_quotes_of_the_api(saved: Saved, rows: Rows) -> None:
    inner = status(3, account=account("ana", 9, "b.example"), uri="https://b.example/p/3")
    boost = status(4, content="", reblog=inner)
    quote = status(5, quote={"state": "accepted", "quoted_status": inner})
    data = read(saved("statuses.json", json.dumps([boost, quote])))
    posts = rows(data)
    repost = posts[f"{LOU}/statuses/4"]
    assert (repost["kind"], repost["text"]) == ("repost", "Quel clown")
    assert repost["reposted_account"] == "@ana@b.example"
    assert posts[f"{LOU}/statuses/5"]["quoted_post"] == "https://b.example/p/3"
    assert posts["https://b.example/p/3"]["route"] == "context"
    assert data.sources[0].rows == 2


def test_direct_messages_of_the_api_are_never_read(saved: Saved) -> None:
    path = saved("s.json", json.dumps([status(1), status(2, visibility="direct")]))
    assert read(path).count("posts") == 1


@pytest.mark.parametrize("typed", ["@ana@b.example", "https://b.example/@ana"])
def test_a_target_is_found_by_its_address(saved: Saved, typed: str) -> None:
    mentioned = status(1, mentions=[account("ana", 9, "b.example")])
    data = read(saved("s.json", json.dumps([mentioned])))
    keys = resolve(parse(typed), load(data, "accounts"))
    assert keys & set(load(data, "posts")["mentions"][0].to_list())


@given(st.text(alphabet="<>a/p br&;\"'=href\n", max_size=60))
def test_any_markup_becomes_text(content: str) -> None:
    assert isinstance(plain(content), str)
    assert all(url.startswith("http") for url in links(content))


@pytest.mark.parametrize("piece", ["<", "<a ", '<a href="', "</p> ", "<br ", "&"])
def test_long_broken_markup_takes_no_time(piece: str) -> None:
    content = piece * 100_000
    assert links(content) == []
    assert len(plain(content)) <= len(content)


ODD = st.recursive(
    st.none() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "type", "name", "acct", "url"]), inner)
    ),
    max_leaves=10,
)


@given(ODD, st.sampled_from(sorted(status())), st.sampled_from(sorted(note())))
def test_odd_fields_cost_one_post_at_most(odd: Any, field: str, other: str) -> None:
    items = ({"statuses": [status(1, **{field: odd}), status(2)]}, {
        "orderedItems": [created(1, object=note(1, **{other: odd})), created(2, to=odd)]
    })  # fmt: skip
    for item in items:
        try:
            found = read_item(json.dumps(item).encode())
        except Skip:
            continue
        assert found.used + len(found.skipped) == 2


def test_what_stands_around_a_post_is_read_and_what_stood_above_it_is_context(
    saved: Saved, rows: Rows
) -> None:
    around = {"ancestors": [status(1)], "descendants": [status(2), status(3)]}
    posts = rows(read(saved("c.json", json.dumps(around))), "posts", "post_id")
    assert [posts[f"{LOU}/statuses/{n}"]["route"] for n in (1, 2, 3)] == [
        "context",
        "query",
        "query",
    ]
    assert read_item(b'{"ancestors": [], "descendants": []}').posts == []


def test_a_suspended_accounts_zeros_count_nothing() -> None:
    shown = account() | {"suspended": True, "followers_count": 0, "statuses_count": 0}
    (found,) = read_item(json.dumps(shown).encode()).accounts
    assert (found.followers, found.posts, found.handle) == (None, None, "lou@pouet.example")
