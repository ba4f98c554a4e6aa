"""Columns derived from every post, computed once per dataset and kept beside it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import polars as pl

from analyzers.lib.language import languages
from analyzers.lib.normal import normal
from analyzers.lib.similarity import families
from analyzers.model.dataset import ENRICHED, Dataset
from analyzers.stage import Stage
from analyzers.tables import enriched_path, load, write_enriched

sys.modules[__name__].__class__ = Stage

_OWN_COLUMNS = ["post_id", "text", "language", "kind", "route"]


def enrich(dataset: Dataset) -> Dataset:
    """Add normal text, language, organic or repost, and near-duplicate family to every post.

    Writes the columns of `ENRICHED` once; a dataset that already has them is only described.
    Families are sought among organic posts that a search or a timeline brought in: a repost
    copies by design, and a post fetched because another refers to it is not anyone's campaign.
    """
    if not enriched_path(dataset).exists():
        write_enriched(dataset, derived(load(dataset, "posts", _OWN_COLUMNS)))
    return _described(dataset)


def derived(posts: pl.DataFrame) -> pl.DataFrame:
    """The derived columns of posts, row for row; needs post_id, text, language, kind and route.

    Languages are told in a thread beside the families, which need no other: a second core is used.
    """
    with ThreadPoolExecutor(1) as beside:
        told = beside.submit(languages, posts["text"], posts["language"])
        columns = posts.select(
            "post_id",
            normal=normal(posts["text"]),
            organic=pl.col("kind").ne_missing("repost"),
        )
        family = _family(posts, columns["normal"], columns["organic"])
        spoken, basis = told.result()
    return columns.select(
        "post_id",
        "normal",
        spoken=spoken,
        spoken_by=basis,
        organic="organic",
        family=family,
    )


def _family(posts: pl.DataFrame, normals: pl.Series, organic: pl.Series) -> pl.Series:
    """The near-duplicate family of each post that may be in one, -1 for the rest."""
    able = organic & posts["route"].is_in(["query", "timeline"]).fill_null(False)
    labels = pl.Series([-1], dtype=pl.Int64).new_from_index(0, posts.height)
    if not able.any():
        return labels
    return labels.scatter(
        able.arg_true(), pl.Series(families(posts["text"].filter(able), normals.filter(able)))
    )


def _described(dataset: Dataset) -> Dataset:
    """The dataset, with the share of posts that have a value in each derived column."""
    columns = [name for name in ENRICHED if name != "post_id"]
    frame = load(dataset, "posts", columns)
    filled = {
        "normal": pl.col("normal").str.len_bytes() > 0,
        "spoken": pl.col("spoken") != "und",
        "spoken_by": pl.col("spoken_by") != "none",
        "organic": pl.col("organic"),
        "family": pl.col("family") >= 0,
    }
    shares = frame.select(
        rule.fill_null(False).mean().fill_null(0.0).alias(name) for name, rule in filled.items()
    ).row(0, named=True)
    known = dict(dataset.present) | {f"posts.{name}": float(shares[name]) for name in columns}
    return replace(dataset, present=tuple(known.items()))
