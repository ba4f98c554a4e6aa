"""A person writes an account or a post as they know it; it is understood, or they are asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.model.refusal import BadInput
from bot.collect.handles import PLATFORMS, Handle, PlatformName, PostUrl, parse

DID = "did:plc:ragtjsm2j2vknwkz3zp4oxrd"

UNDERSTOOD: list[tuple[str, PlatformName | None, Handle | PostUrl]] = [
    ("@nala.bsky.social", None, Handle("bluesky", "nala.bsky.social")),
    ("Nala.Example.org", None, Handle("bluesky", "nala.example.org")),
    ("@nala", "bluesky", Handle("bluesky", "nala.bsky.social")),
    ("\u2066@nala.bsky.social\u2069 ", None, Handle("bluesky", "nala.bsky.social")),
    (DID, None, Handle("bluesky", DID)),
    ("did:web:nala.example", None, Handle("bluesky", "did:web:nala.example")),
    ("@nala@Instance.Example", None, Handle("mastodon", "nala@instance.example")),
    ("nala@instance.example", "mastodon", Handle("mastodon", "nala@instance.example")),
    ("acct:nala@instance.example", None, Handle("mastodon", "nala@instance.example")),
    ("@nala@bücher.example", None, Handle("mastodon", "nala@xn--bcher-kva.example")),
    ("@Nala", "x", Handle("x", "Nala")),
    ("https://bsky.app/profile/nala.example", None, Handle("bluesky", "nala.example")),
    ("bsky.app/profile/nala.example", None, Handle("bluesky", "nala.example")),
    (
        f"https://bsky.app/profile/{DID}/post/3kabc",
        None,
        PostUrl("bluesky", DID, "3kabc", "bsky.app"),
    ),
    (
        f"at://{DID}/app.bsky.feed.post/3kabc",
        None,
        PostUrl("bluesky", DID, "3kabc", "bsky.app"),
    ),
    ("https://x.com/Nala", None, Handle("x", "Nala")),
    ("https://twitter.com/Nala/status/12?s=20", None, PostUrl("x", "Nala", "12", "x.com")),
    ("https://x.com/i/status/12", None, PostUrl("x", "", "12", "x.com")),
    ("https://x.com/Nala/status/12/photo/1", None, PostUrl("x", "Nala", "12", "x.com")),
    ("https://instance.example/@Nala", None, Handle("mastodon", "nala@instance.example")),
    ("https://instance.example/@nala@far.example", None, Handle("mastodon", "nala@far.example")),
    (
        "https://instance.example/@nala/109",
        None,
        PostUrl("mastodon", "nala@instance.example", "109", "instance.example"),
    ),
    (
        "https://instance.example/users/nala/statuses/01ABC",
        None,
        PostUrl("mastodon", "nala@instance.example", "01ABC", "instance.example"),
    ),
]


@pytest.mark.parametrize(("typed", "platform", "meant"), UNDERSTOOD, ids=lambda one: str(one))
def test_what_people_write_is_understood(
    typed: str, platform: PlatformName | None, meant: Handle | PostUrl
) -> None:
    assert parse(typed, platform) == meant


REFUSED: list[tuple[str, PlatformName | None, str]] = [
    ("@nala", None, "several platforms"),
    ("@nala", "mastodon", "on which instance"),
    ("@nala@instance.example", "x", "not on"),
    ("https://x.com/home", None, "no account and no post"),
    ("https://instance.example/about", None, "no account and no post"),
    ("https://127.0.0.1/@nala", None, "no account and no post"),
    ("@nala@localhost", None, "no account and no post"),
    ("@nala@instance.example/../admin", None, "no account and no post"),
    ("ftp://instance.example/@nala", None, "no account and no post"),
    ("two words", None, "no account and no post"),
    ("", None, "no account and no post"),
    ("x" * 5000, "x", "no account and no post"),
]


@pytest.mark.parametrize(("typed", "platform", "why"), REFUSED, ids=lambda one: str(one)[:40])
def test_what_is_unclear_is_asked_back_in_one_sentence(
    typed: str, platform: PlatformName | None, why: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        parse(typed, platform)
    assert why in refusal.value.text.msgid


@given(st.text(max_size=60), st.sampled_from([None, *PLATFORMS]))
def test_whatever_is_typed_is_understood_or_refused(
    typed: str, platform: PlatformName | None
) -> None:
    try:
        found = parse(typed, platform)
    except BadInput:
        return
    assert platform in (None, found.platform)
    name = found.name if isinstance(found, Handle) else found.author
    assert not set(name) & set("/?#\\ \n")


_NAMES = st.from_regex(r"[a-z][a-z0-9]{2,14}", fullmatch=True)


@given(_NAMES, _NAMES)
def test_an_address_of_a_profile_means_the_same_as_its_handle(name: str, place: str) -> None:
    host = f"{place}.example"
    assert parse(f"https://{host}/@{name}") == parse(f"@{name}@{host}")
    assert parse(f"https://bsky.app/profile/{name}.{host}") == parse(f"@{name}.{host}")
    assert parse(f"https://x.com/u_{name[:12]}") == parse(f"@u_{name[:12]}", "x")
