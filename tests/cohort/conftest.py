"""Small datasets on disk: fictional accounts, their posts, and families as a test states them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import polars as pl
import pytest

from analyzers.lib.normal import normal
from analyzers.model.dataset import Dataset
from analyzers.tables import Writer, load, schema, write_enriched

Row: TypeAlias = dict[str, Any]
START = datetime(2019, 2, 8, 6, tzinfo=UTC)
WHERE = ("au cirque", "chez toi", "au village", "au placard", "à la niche", "en coulisses")
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "chan", "dron", "flé")
MODEL = "tu n'es qu'un pantin en costume, retourne {where}"


def make_post(account: str, hours: float, text: str, **overrides: Any) -> Row:
    """A post at the target, found by a search, `hours` after 8 February 2019, 06:00 UTC."""
    row: Row = {
        "post_id": f"{account}-{round(hours * 3600)}",
        "account_id": account,
        "created_at": START + timedelta(hours=hours),
        "text": text,
        "kind": "post",
        "mentions": ["t"],
        "route": "query",
        "family": -1,
        "spoken": "fr",
    }
    return row | overrides


def make_farm(
    accounts: int = 20, family: int = 1, model: str = MODEL, gap: float = 1.0, **overrides: Any
) -> list[Row]:
    """One model with a slot, an account an hour, each once."""
    return [
        make_post(
            f"f{n:02d}",
            n * gap + (n * 7 % 5) / 30,
            f"@ex_ministre {model.format(where=WHERE[n % len(WHERE)])}",
            family=family,
            **overrides,
        )
        for n in range(accounts)
    ]


def make_crowd(accounts: int = 60) -> list[Row]:
    """Ordinary accounts, each with a sentence of its own, at irregular times."""
    random = Random(11)
    words = ["".join(random.choices(SYLLABLES, k=random.randint(1, 4))) for _ in range(900)]
    return [
        make_post(
            f"c{n:03d}",
            random.uniform(0, 48),
            f"@ex_ministre {' '.join(random.choices(words, k=random.randint(7, 18)))}",
        )
        for n in range(accounts)
    ]


@pytest.fixture
def post() -> Callable[..., Row]:
    """`post("a1", 2.5, "@ex_ministre …", family=1, likes=30)`."""
    return make_post


@pytest.fixture
def farm() -> Callable[..., list[Row]]:
    """`farm(20, family=1)`: twenty accounts in rotation with one model."""
    return make_farm


@pytest.fixture
def crowd() -> Callable[..., list[Row]]:
    """`crowd(60)`: sixty accounts with words of their own."""
    return make_crowd


@pytest.fixture
def dataset(tmp_path: Path) -> Callable[..., Dataset]:
    """`dataset(posts, accounts=…, collected=…)`: written and enriched with the stated families."""
    numbers = iter(range(100))

    def build(posts: Sequence[Row], **tables: Sequence[Row]) -> Dataset:
        writer = Writer(tmp_path / f"data{next(numbers)}")
        wanted = schema("posts") | schema("enriched")
        rows = pl.DataFrame(list(posts), schema=wanted)
        writer.add("posts", rows.select(list(schema("posts"))))
        accounts = [{"account_id": "t", "handle": "Ex_Ministre"}, *tables.pop("accounts", [])]
        writer.add("accounts", pl.DataFrame(accounts, schema=schema("accounts")))
        for table, values in tables.items():
            writer.add(table, pl.DataFrame(list(values), schema=schema(table)))
        written = writer.finish()
        _enrich(written, rows)
        return written

    return build


def _enrich(written: Dataset, rows: pl.DataFrame) -> None:
    posts = load(written, "posts", ["post_id", "text", "kind"])
    derived = rows.select("post_id", "family", "spoken").unique("post_id")
    write_enriched(
        written,
        posts.join(derived, on="post_id", how="left", maintain_order="left").with_columns(
            normal=normal(posts["text"]),
            spoken_by=pl.lit("platform"),
            organic=pl.col("kind") != "repost",
        ),
    )
