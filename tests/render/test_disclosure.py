"""What a reader without the reveal right can and cannot learn."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.model.report import Report
from analyzers.model.text import AccountRef, PostRef
from analyzers.render.disclosure import Disclosure

PUBLIC = Disclosure(False, {"11": "A01"}, {"11": "GrumpyGreta"})
REVEALED = Disclosure(True, {"11": "A01"}, {"11": "GrumpyGreta", "12": "calm_carl"})


@pytest.mark.parametrize(
    ("disclosure", "account", "shown"),
    [
        (PUBLIC, "11", "A01"),
        (PUBLIC, "12", "@•••"),
        (REVEALED, "11", "@GrumpyGreta (A01)"),
        (REVEALED, "12", "@calm_carl"),
        (REVEALED, "13", "13"),
        (REVEALED, "@no_id", "@no_id"),
    ],
)
def test_an_account_is_shown_by_right(disclosure: Disclosure, account: str, shown: str) -> None:
    assert disclosure.account(AccountRef(account)) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("GrumpyGreta_timeline.jsonl", "•••_timeline.jsonl"),
        ("timeline-@grumpygreta.csv", "timeline-@•••.csv"),
        ("ex_mayor.jsonl", "ex_mayor.jsonl"),
        ("GrumpyGreta", "GrumpyGreta"),
    ],
)
def test_a_file_named_after_an_account_does_not_give_it_away(
    report: Report, name: str, shown: str
) -> None:
    named = replace(report, handles=(("11", "GrumpyGreta"), ("1", "Ex_Mayor")))
    assert Disclosure.public(named).code(name) == shown
    assert Disclosure.revealed(named).code(name) == name


def test_posts_are_numbered_in_public_and_named_when_revealed(report: Report) -> None:
    assert Disclosure.public(report).post(PostRef("900")) == "post 1"
    assert Disclosure.public(report).post(PostRef("unheard-of")) == "post"
    assert Disclosure.revealed(report).post(PostRef("900")) == "900"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@Ex_Mayor and @calm_carl.", "@Ex_Mayor and @•••."),
        ("＠calm_carl @carl@social.example @carl.bsky.example", "@••• @••• @•••"),
        ("write to carl@mail.example", "write to •••"),
        ("see https://news.example/council, then", "see hxxps://news[.]example/council, then"),
        ("see https://x.example/carl/status/1!", "see hxxps://x[.]example/…!"),
        ("x.example/carl and www.carl.example", "x[.]example/… and www[.]carl[.]example"),
        ("https://carl:pw@site.example/a", "hxxps://site[.]example/…"),
        ("at 10.30 and 3.5 % of a/b", "at 10.30 and 3.5 % of a/b"),
    ],
)
def test_third_parties_are_masked(report: Report, text: str, shown: str) -> None:
    assert Disclosure.public(report).mask(text) == shown


def test_handles_given_as_public_stay() -> None:
    assert PUBLIC.mask("@Greta @Carl", frozenset({"@greta"})) == "@Greta @•••"


def test_links_are_inert_even_when_revealed() -> None:
    assert REVEALED.mask("https://x.example/carl @carl") == "hxxps://x[.]example/carl @carl"


@given(st.text(alphabet="ab@＠._-/:é #", max_size=60))
def test_no_third_party_handle_survives(text: str) -> None:
    shown = PUBLIC.mask(text)
    assert not any(sign in "@＠" and after.isalnum() for sign, after in pairwise(shown))


@given(st.text(max_size=200))
def test_no_clickable_link_survives(text: str) -> None:
    for disclosure in (PUBLIC, REVEALED):
        assert "http://" not in disclosure.mask(f"{text} http://a.example/{text}").lower()
