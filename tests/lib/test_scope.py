"""Which posts concern a target: one row of a table for each way of addressing it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from analyzers.lib.scope import COLUMNS, in_scope, on_target
from analyzers.model.case import Window
from analyzers.model.target import Account, Hashtag, Link, Phrase, Post, Target
from analyzers.tables import schema

KEYS = frozenset({"12", "@ex_ministre"})
SCHEMA = {**schema("posts"), **schema("enriched")}


def posts(*rows: dict[str, Any]) -> pl.DataFrame:
    plain = {
        "account_id": "a1",
        "created_at": datetime(2019, 2, 8, 10, tzinfo=UTC),
        "route": "query",
        "organic": True,
        "normal": "",
    }
    numbered = [plain | {"post_id": f"p{n}"} | row for n, row in enumerate(rows)]
    return pl.DataFrame(numbered, schema={name: SCHEMA[name] for name in COLUMNS})


OWN = {"post_id": "own", "account_id": "12"}


@pytest.mark.parametrize(
    ("target", "row", "expected"),
    [
        (Account("ex_ministre"), {"mentions": ["7", "12"]}, True),
        (Account("ex_ministre"), {"mentions": ["@ex_ministre"]}, True),
        (Account("ex_ministre"), {"reply_to_account": "12"}, True),
        (Account("ex_ministre"), {"reposted_account": "12"}, True),
        (Account("ex_ministre"), {"quoted_post": "own"}, True),
        (Account("ex_ministre"), {"reply_to_post": "own"}, True),
        (Account("ex_ministre"), {"mentions": ["7"]}, False),
        (Account("ex_ministre"), {"mentions": []}, False),
        (Account("ex_ministre"), {}, False),
        (Account("ex_ministre"), {"mentions": ["12"], "route": "context"}, False),
        (Hashtag("Retraites"), {"hashtags": ["retraites"]}, True),
        (Hashtag("retraites"), {"hashtags": ["retraite"]}, False),
        (Phrase("Rendez l'argent !"), {"normal": "mais rendez l argent enfin"}, True),
        (Phrase("rendez l'argent"), {"normal": "vous rendez l argenterie"}, False),
        (Phrase("!!!"), {"normal": "rendez l argent"}, False),
        (
            Link("http://www.presse.example/une/"),
            {"urls": ["https://presse.example/une?utm_x=1"]},
            True,
        ),
        (Link("https://presse.example/une"), {"urls": ["https://presse.example/deux"]}, False),
        (Post("1093"), {"quoted_post": "1093"}, True),
        (Post("1093"), {"reply_to_post": "1093"}, True),
        (Post("3kabc"), {"quoted_post": "at://did:plc:x/app.bsky.feed.post/3kabc"}, True),
        (Post("1093"), {"quoted_post": "91093"}, False),
    ],
)
def test_a_post_concerns_a_target(target: Target, row: dict[str, Any], expected: bool) -> None:
    keys = KEYS if isinstance(target, Account) else frozenset()
    assert in_scope(posts(row, OWN), target, keys)[0] is expected


FEBRUARY = Window(datetime(2019, 2, 1, tzinfo=UTC), datetime(2019, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"mentions": ["12"]}, True),
        ({"mentions": ["12"], "organic": False}, False),
        ({"mentions": ["12"], "account_id": "12"}, False),
        ({"mentions": ["12"], "created_at": datetime(2019, 3, 1, tzinfo=UTC)}, False),
        ({"mentions": ["12"], "created_at": None}, False),
        ({"hashtags": ["honte"]}, True),
        ({}, False),
    ],
)
def test_an_attack_is_organic_in_time_and_by_another(row: dict[str, Any], expected: bool) -> None:
    targets = (Account("ex_ministre"), Hashtag("honte"))
    assert on_target(posts(row), targets, KEYS, FEBRUARY)[0] is expected


def test_without_a_target_every_organic_post_counts() -> None:
    frame = posts({}, {"organic": False}, {"route": "context"})
    assert on_target(frame, (), frozenset(), Window()).to_list() == [True, False, False]


def test_no_posts_at_all_is_no_error() -> None:
    assert on_target(posts(), (Account("ex_ministre"),), KEYS, FEBRUARY).to_list() == []
