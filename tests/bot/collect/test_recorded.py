"""Answers that Bluesky's own servers gave, recorded in ../shared/peers: they mean what we think."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analyzers.read.bluesky_posts import plc_account
from bot.collect.allowance import Allowance
from bot.collect.bluesky import Bluesky
from bot.collect.bluesky_pages import became, renamed_since
from bot.collect.http import Answer, Ask
from bot.collect.platform import Listing, Turn
from bot.config import BlueskySettings

BESIDE = Path(__file__).resolve().parents[3].parent / "shared"
RECORDED = Path(os.environ.get("LIMIER_SAMPLES") or BESIDE) / "peers" / "bluesky"
AT = datetime(2026, 11, 23, tzinfo=UTC)


def recorded(name: str) -> Any:
    path = RECORDED / f"{name}.json"
    if not path.is_file():
        pytest.skip("the recorded answers are not here")
    return json.loads(path.read_text(encoding="utf-8"))


def answer(name: str) -> Answer:
    found = recorded(name)
    return Answer("https://host.example/", found["status"], json.dumps(found["body"]).encode(), AT)


def turned(name: str) -> Turn:
    listing = Listing(Ask("https://host.example/", (("limit", "5"),)), "query")
    return Bluesky(BlueskySettings()).turn(listing, answer(name))


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("gone_deactivated_getProfile", "deactivated"),
        ("gone_takendown_pds_getProfile", "suspended"),
        ("gone_deleted_getProfile", "deleted"),
        ("getProfile_missing_did", "deleted"),
        ("getProfile_noauth", "active"),
    ],
)
def test_what_became_of_an_account_is_told_apart(name: str, status: str) -> None:
    assert became(answer(name)) == status


def test_the_directory_says_when_an_account_was_created() -> None:
    log = json.dumps(recorded("plc_audit_log")).encode()
    account = plc_account(log)
    assert account is not None
    assert account.handle == "acct-a1.test"
    assert account.created_at == 1_795_445_346_365_000
    page = Answer("https://host.example/", 200, log, AT)
    assert not renamed_since(page, datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "name", ["getFollowers", "getQuotes", "searchPosts_q_pds_auth", "getAuthorFeed"]
)
def test_pages_say_what_they_list_and_how_they_go_on(name: str) -> None:
    turn, body = turned(name), recorded(name)["body"]
    assert len(turn.ids) == len(next(found for found in body.values() if isinstance(found, list)))
    assert len(set(turn.ids)) == len(turn.ids)
    assert (turn.onward is not None) is ("cursor" in body)
    if turn.onward is not None:
        assert turn.onward.params == (("limit", "5"), ("cursor", body["cursor"]))


def test_a_thread_lists_its_answers() -> None:
    assert len(turned("getPostThread").ids) == 9


@pytest.mark.parametrize("name", ["gone_deleted_getAuthorFeed", "gone_deactivated_getFollowers"])
def test_an_account_that_is_gone_has_no_pages(name: str) -> None:
    assert turned(name) == Turn()


def test_a_refusal_for_too_many_calls_says_how_long_to_wait() -> None:
    found, allowance = recorded("429_pds"), Allowance()
    now = float(found["headers"]["RateLimit-Reset"]) - 283
    allowance.learn(429, found["headers"], now)
    assert allowance.wait(now) == 283
