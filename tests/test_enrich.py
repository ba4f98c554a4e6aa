"""Derived columns: written once, row for row with posts, on any dataset."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analyzers.enrich import enrich
from analyzers.model.dataset import ENRICHED, Dataset
from analyzers.tables import Writer, enriched_path, load

MODEL = "@ex_ministre Honte à toi qui mens aux Français tous les matins à la radio"


def post(number: int, **overrides: Any) -> dict[str, Any]:
    row = {
        "post_id": f"p{number:02d}",
        "account_id": f"a{number}",
        "created_at": datetime(2019, 2, 8, 12, number, tzinfo=UTC),
        "text": MODEL,
        "language": None,
        "kind": "post",
        "route": "query",
    }
    return row | overrides


def dataset(directory: Path, *rows: dict[str, Any]) -> Dataset:
    writer = Writer(directory)
    writer.add("posts", pl.DataFrame(list(rows), infer_schema_length=None))
    return writer.finish()


@pytest.fixture
def crowd(tmp_path: Path) -> Dataset:
    return dataset(
        tmp_path,
        post(1),
        post(2, text=MODEL.upper() + " 😡", kind="reply", language="fr"),
        post(3, text=MODEL.replace("matins", "soirs"), route="timeline"),
        post(4, kind="repost"),
        post(5, route="context"),
        post(6, text="Καλημέρα σε όλους, καλή εβδομάδα"),
        post(7, text="@ex_ministre 😡", language="und"),
        post(8, text=None),
    )


def test_every_post_gets_its_derived_columns_in_its_own_row(crowd: Dataset) -> None:
    enriched = enrich(crowd)
    posts = load(enriched, "posts", ["post_id", *list(ENRICHED)[1:]])
    assert posts["post_id"].to_list() == [f"p{number:02d}" for number in range(1, 9)]
    assert posts["normal"][1] == posts["normal"][0]
    assert posts["spoken"].to_list() == ["fr"] * 5 + ["el", "und", "und"]
    assert posts["spoken_by"].to_list()[:2] == ["detectors", "platform"]
    assert posts["organic"].to_list() == [True] * 3 + [False] + [True] * 4


def test_families_hold_neither_reposts_nor_posts_fetched_for_context(crowd: Dataset) -> None:
    family = load(enrich(crowd), "posts", ["family"])["family"]
    assert family.to_list() == [0, 0, 0, -1, -1, -1, -1, -1]


def test_the_dataset_says_how_much_is_known(crowd: Dataset) -> None:
    enriched = enrich(crowd)
    assert enriched.share("posts.family") == 3 / 8
    assert enriched.share("posts.spoken") == 6 / 8
    assert enriched.has("posts.normal")
    assert enriched.share("posts.text") == crowd.share("posts.text")
    assert enriched.digest == crowd.digest


def test_a_second_call_reads_what_the_first_wrote(crowd: Dataset) -> None:
    first = enrich(crowd)
    written = enriched_path(crowd).stat().st_mtime_ns
    assert enrich(crowd) == first == enrich(first)
    assert enriched_path(crowd).stat().st_mtime_ns == written


def test_a_dataset_without_posts_is_enriched_too(tmp_path: Path) -> None:
    enriched = enrich(Writer(tmp_path).finish())
    assert load(enriched, "posts", ["normal", "family"]).is_empty()
    assert not enriched.has("posts.normal")
