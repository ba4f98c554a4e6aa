"""Answers that other people's Mastodon servers and X's simulator gave: they mean what we think."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analyzers.read import mastodon, x_v2
from bot.collect.allowance import Allowance
from bot.collect.http import Answer, Ask
from bot.collect.mastodon import Mastodon
from bot.collect.mastodon_pages import became, cursor_of, items_of, wants_token
from bot.collect.platform import Listing, Turn
from bot.collect.x import X
from bot.config import MastodonSettings, XSettings

BESIDE = Path(__file__).resolve().parents[3].parent / "shared"
RECORDED = Path(os.environ.get("LIMIER_SAMPLES") or BESIDE) / "peers"
AT = datetime(2026, 11, 23, 15, 3, tzinfo=UTC)
HOST = "https://host.example"


def recorded(name: str) -> Any:
    path = RECORDED / f"{name}.json"
    if not path.is_file():
        pytest.skip("the recorded answers are not here")
    return json.loads(path.read_text(encoding="utf-8"))


def answer(name: str) -> Answer:
    found = recorded(name)
    body, link = json.dumps(found["body"]).encode(), found.get("headers", {}).get("Link")
    return Answer(f"{HOST}/", found["status"], body, AT, link)


def on_mastodon(name: str) -> Turn:
    there = Mastodon(MastodonSettings())
    ask = Ask(f"{HOST}/api/v1/x", (("limit", "2"),))
    return there.turn(Listing(ask, "timeline"), answer(f"mastodon/{name}"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gotosocial/suspended_account", "suspended"),
        ("gotosocial/suspended_lookup", "suspended"),
        ("gotosocial/account_auth", "active"),
        ("gotosocial/missing_auth", "deleted"),
        ("gotosocial/missing_noauth", None),
        ("mock/lookup", "active"),
        ("mock/missing", "deleted"),
    ],
)
def test_what_became_of_an_account_is_read_from_its_instance(name: str, said: str | None) -> None:
    assert became(answer(f"mastodon/{name}")) == said


@pytest.mark.parametrize("what", ["lookup", "account_noauth", "statuses_noauth", "search_noauth"])
def test_gotosocial_wants_a_token_for_everything(what: str) -> None:
    assert wants_token(answer(f"mastodon/gotosocial/{what}"))


@pytest.mark.parametrize("name", ["gotosocial/statuses_auth", "gotosocial/followers_auth"])
def test_the_next_page_of_a_list_is_asked_of_the_same_host(name: str) -> None:
    turn = on_mastodon(name)
    cursor = cursor_of(answer(f"mastodon/{name}"))
    assert cursor
    assert turn.onward is not None
    assert turn.onward.address == f"{HOST}/api/v1/x?limit=2&max_id={cursor}"
    assert len(turn.ids) == 2


@pytest.mark.parametrize(
    "name",
    [
        "gotosocial/statuses_auth",
        "gotosocial/search_auth",
        "gotosocial/context_auth",
        "mock/context",
    ],
)
def test_every_listed_post_of_mastodons_language_is_read(name: str) -> None:
    found = answer(f"mastodon/{name}")
    body = json.loads(found.body)
    pages = body if isinstance(body, list) else [body]
    rows = [mastodon.read(json.dumps(page).encode()) for page in pages]
    read = {post.post_id for one in rows for post in one.posts if post.route == "query"}
    listed = body if isinstance(body, list) else items_of(found)
    above = len(body.get("ancestors", ())) if isinstance(body, dict) else 0
    assert len(read) == len(listed) - above
    assert not any(one.skipped for one in rows)


def test_an_empty_list_and_a_search_of_nothing_are_pages() -> None:
    assert on_mastodon("mock/followers") == Turn()
    assert on_mastodon("gotosocial/suspended_statuses").onward is None


@pytest.mark.parametrize("name", ["mastodon/gotosocial/429", "mastodon/mock/ratelimit429", "x/429"])
def test_a_limits_end_is_understood_as_a_date_and_as_seconds(name: str) -> None:
    found = recorded(name)
    headers = {key.lower(): value for key, value in found["headers"].items()}
    allowance = Allowance()
    now = datetime(2026, 11, 23, 14, 50, tzinfo=UTC).timestamp()
    allowance.learn(429, _Headers(headers), now)
    assert 60 < allowance.wait(now) < 2000


class _Headers(dict[str, str]):
    """Headers do not mind the case of their names."""

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("search_recent_next_token_p1", True),
        ("search_all", True),
        ("user_tweets_p1", True),
        ("user_mentions_p1", False),
        ("followers", True),
        ("imp_search_at", False),
    ],
)
def test_pages_of_x_are_turned_and_read(name: str, more: bool) -> None:
    found = answer(f"x/{name}")
    body = json.loads(found.body)
    turn = X(XSettings()).turn(Listing(Ask(f"{HOST}/2/tweets/search/recent"), "query"), found)
    assert list(turn.ids) == [one["id"] for one in body.get("data", [])]
    assert (turn.onward is not None) == more == ("next_token" in body["meta"])
    rows = x_v2.read(found.body)
    posts = [post for post in rows.posts if post.route == "query"]
    authored = [one for one in body.get("data", []) if "author_id" in one]
    assert len(posts) == len(authored)


def test_what_a_page_of_x_costs_is_counted_with_all_that_it_includes() -> None:
    there, found = X(XSettings()), answer("x/tweets_missing")
    body = json.loads(found.body)
    cost = 0.005 * len(body["data"]) + 0.010 * len(body["includes"]["users"])
    assert there.dollars(Ask(f"{HOST}/2/tweets"), found) == pytest.approx(cost)
    assert there.dollars(Ask(f"{HOST}/2/users"), answer("x/users_by")) == pytest.approx(0.010)
    assert there.dollars(Ask(f"{HOST}/2/users"), answer("x/user_by_username_missing")) == 0
