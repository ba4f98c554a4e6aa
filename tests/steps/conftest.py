"""Small cases held in memory: fictional accounts, their posts, and the frames a step receives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import polars as pl
import pytest

from analyzers.model.case import Case, Cohort, Comparison, Event, Member, Tables, Window
from analyzers.model.dataset import Dataset, Source
from analyzers.model.step import Found, NotComputable
from analyzers.model.target import Account, Target
from analyzers.model.text import Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words
from analyzers.tables import schema

Row: TypeAlias = dict[str, Any]

_TARGET = Account("ex_ministre")
_ALWAYS = Window()

_POSTS = {
    **schema("posts"),
    **{name: kind for name, kind in schema("enriched").items() if name != "post_id"},
    "on_target": pl.Boolean(),
    "selecting": pl.Boolean(),
}


def moment(text: str | datetime | None) -> datetime | None:
    """ "2019-02-08 10:30" as a UTC time."""
    if text is None or isinstance(text, datetime):
        return text
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def make_post(account: str, at: str | datetime = "2019-02-08 10:00", **overrides: Any) -> Row:
    """A row of posts: by default an organic post that mentions the target, found by a search."""
    kind = overrides.get("kind", "post")
    row: Row = {
        "post_id": overrides.get("post_id", f"{account}-{moment(at):%Y%m%d%H%M%S}"),
        "account_id": account,
        "created_at": moment(at),
        "text": "@ex_ministre what a pity",
        "kind": kind,
        "route": "query",
        "organic": kind != "repost",
        "on_target": kind != "repost",
        "selecting": False,
        "spoken": "und",
        "spoken_by": "none",
        "family": -1,
    } | overrides
    row.setdefault("normal", str(row["text"]).lower() if row["text"] is not None else None)
    return row


def make_account(account_id: str, **overrides: Any) -> Row:
    """A row of accounts, with only what `overrides` says; `created_at` may be a text."""
    return (
        {"account_id": account_id} | overrides | {"created_at": moment(overrides.get("created_at"))}
    )


def make_case(
    *,
    cohort: Sequence[str] = (),
    comparison: Sequence[str] = (),
    posts: Sequence[Row] = (),
    accounts: Sequence[Row] = (),
    signals: tuple[str, ...] = (),
    target: Target = _TARGET,
    window: Window = _ALWAYS,
    events: tuple[Event, ...] = (),
    timelines: Sequence[str] = (),
    sources: tuple[Source, ...] = (),
    collected: Sequence[Row] = (),
    follows: Sequence[Row] = (),
    statuses: Sequence[Row] = (),
    profiles: Sequence[Row] = (),
    seed: int = 20190211,
    **others: Any,
) -> Case:
    """A frozen case with its tables loaded; `accounts` may leave out accounts without a profile.

    Posts carry every column, so a step sees nulls where a row says nothing. `timelines` are the
    accounts whose own timelines were collected, `profiles` the rows of accounts that follow.
    `others` are further fields of `Case`.
    """
    groups = dict.fromkeys(cohort, "cohort") | dict.fromkeys(comparison, "comparison")
    post_frame = pl.DataFrame(list(posts), schema=_POSTS).sort("created_at", "post_id")
    account_frame = pl.DataFrame(list(accounts), schema=schema("accounts"))
    collected_frame = pl.DataFrame(list(collected), schema=schema("collected"))
    dataset = Dataset(
        directory=Path("in-memory"),
        digest="0" * 64,
        rows=(
            ("posts", post_frame.height),
            ("accounts", account_frame.height),
            ("collected", collected_frame.height),
        ),
        authors=post_frame["account_id"].n_unique(),
        present=tuple(
            (f"{table}.{name}", _share(frame[name]))
            for table, frame in (("posts", post_frame), ("accounts", account_frame))
            for name in frame.columns
        ),
        first=post_frame["created_at"].min(),  # type: ignore[arg-type]
        last=post_frame["created_at"].max(),  # type: ignore[arg-type]
        sources=sources,
    )
    tables = Tables(
        posts=_grouped(post_frame, groups).to_pandas(),
        accounts=_members(account_frame, groups, timelines).to_pandas(),
        follows=pl.DataFrame(list(follows), schema=schema("follows")).to_pandas(),
        statuses=pl.DataFrame(list(statuses), schema=schema("statuses")).to_pandas(),
        collected=collected_frame.to_pandas(),
        profiles=pl.DataFrame(list(profiles), schema=schema("accounts")).to_pandas(),
    )
    selecting = post_frame.filter(pl.col("selecting"))["post_id"].to_list()
    return Case(
        dataset=dataset,
        targets=(target,),
        window=window,
        events=events,
        cohort=Cohort(
            members=tuple(Member(account, 1.0, signals, Text("Named here.")) for account in cohort),
            signals=signals,
            selecting_posts=frozenset(selecting),
        ),
        comparison=Comparison(
            accounts=tuple(comparison),
            timelines=tuple(account for account in comparison if account in set(timelines)),
        ),
        timelines=frozenset(timelines),
        seed=seed,
        loaded=tables,
        **others,
    )


def _share(column: pl.Series) -> float:
    filled = column.list.len() > 0 if column.dtype == pl.List else column.is_not_null()
    return float(filled.fill_null(False).sum()) / len(column) if len(column) else 0.0


def _grouped(posts: pl.DataFrame, groups: dict[str, str]) -> pl.DataFrame:
    group = pl.col("account_id").replace_strict(groups, default=None, return_dtype=pl.String)
    return posts.with_columns(group=group).filter(
        pl.col("group").is_not_null() | pl.col("on_target")
    )


def _members(
    accounts: pl.DataFrame, groups: dict[str, str], timelines: Sequence[str]
) -> pl.DataFrame:
    listed = pl.DataFrame(
        {"account_id": list(groups), "group": list(groups.values())},
        schema={"account_id": pl.String, "group": pl.String},
    )
    return (
        listed.join(accounts, on="account_id", how="left")
        .with_columns(timeline=pl.col("account_id").is_in(list(timelines)))
        .sort("account_id")
    )


@pytest.fixture
def case() -> Callable[..., Case]:
    """`case(cohort=["a1"], comparison=["b1"], posts=[post("a1")], accounts=[account("a1")])`."""
    return make_case


@pytest.fixture
def post() -> Callable[..., Row]:
    """`post("a1", "2019-02-08 10:30", text="…", on_target=False)`."""
    return make_post


@pytest.fixture
def account() -> Callable[..., Row]:
    """`account("a1", created_at="2019-01-05", profile_language="ru")`."""
    return make_account


@pytest.fixture
def said() -> Callable[[Found | NotComputable], str]:
    """What an outcome says in English: its claim, or what is missing, as one string.

    Every other sentence of the finding is rendered too, and a claim must fit on a phone.
    """
    words = Words("en", Disclosure(reveal=True))

    def say(outcome: Found | NotComputable) -> str:
        if isinstance(outcome, NotComputable):
            return " ".join(words.say(text) for text in outcome.missing)
        for text in _texts(outcome.finding):
            words.say(text)
        claim = words.say(outcome.finding.claim)
        assert len(claim) <= 280, claim
        return claim

    return say


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))
