"""What people type as a target, and whom it means."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.lib.targets import LONGEST, canonical, nearest, parse, resolve
from analyzers.model.refusal import BadInput
from analyzers.model.target import Account, Hashtag, Link, Phrase, Post, Target


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("@Ex_Ministre", Account("Ex_Ministre")),
        ("  ex_ministre ", Account("ex_ministre")),
        ("\u200b@ex_ministre\u202e", Account("ex_ministre")),
        ("@mairie.bsky.social", Account("mairie.bsky.social")),
        ("mairie.bsky.social", Account("mairie.bsky.social")),
        ("@mairie@social.example", Account("mairie@social.example")),
        ("https://twitter.com/Ex_Ministre", Account("Ex_Ministre")),
        ("x.com/ex_ministre", Account("ex_ministre")),
        ("https://x.com/@ex_ministre?lang=fr", Account("ex_ministre")),
        ("https://bsky.app/profile/mairie.bsky.social", Account("mairie.bsky.social")),
        ("https://social.example/@mairie", Account("mairie@social.example")),
        ("#Retraites", Hashtag("Retraites")),
        ("#éducation", Hashtag("éducation")),
        ("https://x.com/hashtag/retraites", Hashtag("retraites")),
        ('"rendez l\'argent"', Phrase("rendez l'argent")),
        ("« rendez l’argent »", Phrase("rendez l’argent")),
        ("'honte'", Phrase("honte")),
        ("“shame on you”", Phrase("shame on you")),
        ('"unclosed quote', Phrase("unclosed quote")),
        ("rendez l'argent", Phrase("rendez l'argent")),
        ("#honte #retraites", Phrase("#honte #retraites")),
        ("https://x.com/ex_ministre/status/1093", Post("1093")),
        ("https://x.com/i/web/status/1093?s=20", Post("1093")),
        ("https://twitter.com/ex_ministre/status/1093/photo/1", Post("1093")),
        ("https://bsky.app/profile/mairie.bsky.social/post/3kabc", Post("3kabc")),
        (
            "at://did:plc:abc/app.bsky.feed.post/3kabc",
            Post("at://did:plc:abc/app.bsky.feed.post/3kabc"),
        ),
        ("https://social.example/@mairie/1093", Post("1093")),
        (
            "https://social.example/@mairie/statuses/01M84EXAS3SXEXW8WBCKWXPB6V",
            Post("01M84EXAS3SXEXW8WBCKWXPB6V"),
        ),
        ("https://presse.example/une?id=3", Link("https://presse.example/une?id=3")),
        ("presse.example/une", Link("https://presse.example/une")),
        ("https://x.com/search?q=retraites", Link("https://x.com/search?q=retraites")),
    ],
)
def test_a_target_is_understood_as_people_type_it(typed: str, meant: Target) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u200b\u202e\x00", "«»", "@", "x" * 201, "https://", "http://["]
)
def test_what_names_nothing_is_refused_in_one_sentence(typed: str) -> None:
    with pytest.raises(BadInput):
        parse(typed)


@given(st.text(max_size=LONGEST + 20))
def test_any_text_is_either_a_target_or_refused(typed: str) -> None:
    try:
        target = parse(typed)
    except BadInput:
        return
    assert all(str(value).strip() for value in vars_of(target))


def vars_of(target: Target) -> list[str]:
    return [getattr(target, name) for name in type(target).__slots__]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.presse.example/une/", "https://presse.example/une"),
        ("https://presse.example/une?utm_source=x&fbclid=1", "https://presse.example/une"),
        ("https://presse.example/une?b=2&a=1#fin", "https://m.presse.example/une?a=1&b=2"),
        ("https://twitter.com/a/status/1?s=20&t=x", "https://x.com/a/status/1"),
        ("PRESSE.example/une", "https://presse.example/une"),
    ],
)
def test_two_ways_of_sharing_a_page_are_one(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://presse.example/une?id=1", "https://presse.example/une?id=2"),
        ("https://presse.example/Une", "https://presse.example/une"),
        ("https://video.example/v?t=10", "https://video.example/v?t=20"),
    ],
)
def test_two_pages_stay_two(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(st.text(max_size=80))
def test_a_canonical_link_is_its_own_canonical_link(text: str) -> None:
    once = canonical(f"https://presse.example/{text}")
    assert canonical(once) == once


ACCOUNTS = pl.DataFrame(
    {"account_id": ["12", "34", "56"], "handle": ["Ex_Ministre", "mairie.bsky.social", None]}
)


def test_a_handle_finds_its_account_whatever_its_case() -> None:
    assert resolve(Account("EX_MINISTRE"), ACCOUNTS) == {"12", "@ex_ministre"}


def test_an_account_may_be_given_by_id_or_be_unknown() -> None:
    assert resolve(Account("56"), ACCOUNTS) == {"56", "@56"}
    assert resolve(Account("Absent"), ACCOUNTS) == {"@absent"}
    assert resolve(Hashtag("ex_ministre"), ACCOUNTS) == frozenset()


def test_a_misspelt_handle_is_answered_with_the_likest() -> None:
    handles = ["ex_ministre", "Ex_Ministres", "ministere", "boulangerie"]
    assert nearest(Account("ex_minsitre"), handles)[:2] == ("ex_ministre", "Ex_Ministres")
    assert "boulangerie" not in nearest(Account("ex_minsitre"), handles)
    assert "ex_ministre" not in nearest(Account("Ex_Ministre"), handles)
    assert nearest(Hashtag("ex_minsitre"), handles) == ()
    assert len(nearest(Account("ministre"), [f"ministre{n}" for n in range(9)])) == 5
