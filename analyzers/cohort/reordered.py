"""Texts of one model whose clauses change places: one family instead of several.

A ratio of letters calls "shame on you, give it back" and "give it back, shame on you" unlike, so
each order of the clauses is a family of its own, and rare orders are in none. Sorting the words of
every text first makes the order disappear (`token_sort_ratio` of rapidfuzz and fuzzywuzzy).
"""

from __future__ import annotations

import numpy as np
import polars as pl

from analyzers.lib.similarity.families import ALIKE
from analyzers.lib.similarity.short import MOST_TOKENS

MOST_MODELS = 50
"""Families whose words are sought in other orders, those of most accounts first: each is compared
with all posts, which takes 1.4 seconds for 50 among 75,000. Smaller ones are left as they are."""


def regrouped(posts: pl.DataFrame) -> pl.DataFrame:
    """Give posts at the target that say a family's words in another order that family's label.

    `posts` has post_id, account_id, words, length, family and on_target. A family joins whole when
    its model does. Likeness is that of families (`ALIKE`), of words sorted by the alphabet: of
    77,000 to 240,000 pairs of different posts in simulated crowds 4 to 15 reach it, and so did each
    of 163 posts of a model in three orders with one clause changed. Texts of eight words or fewer
    stay as they are, because a few common words are soon the same words. Joined posts resemble the
    largest family's model itself, so nothing chains.
    """
    long = posts.filter(pl.col("on_target") & (pl.col("length") > MOST_TOKENS))
    models = _models(long)
    if not models.height:
        return posts
    return _relabelled(posts, _alike(long, models))


def _models(long: pl.DataFrame) -> pl.DataFrame:
    """The model of each family of at least two accounts, those of most accounts first."""
    shared = long.filter(pl.col("family") >= 0)
    sizes = (
        shared.group_by("family")
        .agg(accounts=pl.col("account_id").n_unique())
        .filter(pl.col("accounts") >= 2)
    )
    return (
        shared.join(sizes, on="family")
        .group_by("family", "accounts", "words")
        .agg(copies=pl.len())
        .sort("copies", "words", descending=[True, False])
        .group_by("family", "accounts", maintain_order=True)
        .agg(pl.col("words").first())
        .sort("accounts", "words", descending=[True, False])
        .head(MOST_MODELS)
    )


def _alike(long: pl.DataFrame, models: pl.DataFrame) -> pl.DataFrame:
    """The family that each post joins, with its present one: post_id, family, joins."""
    from rapidfuzz import fuzz, process

    texts = _as_long_as(models["words"], long["words"].unique(maintain_order=True))
    score = process.cdist(
        [_sorted(words) for words in models["words"]],
        [_sorted(words) for words in texts],
        scorer=fuzz.ratio,
        score_cutoff=ALIKE,
    )
    near = np.asarray(score) >= ALIKE
    place = {words: at for at, words in enumerate(texts.to_list())}
    labels = models["family"].to_list()
    joins = dict(zip(labels, labels, strict=True))
    nearest: dict[str, int] = {}
    places = [place[words] for words in models["words"]]
    for row, label in enumerate(labels):
        if joins[label] != label:
            continue  # joined a larger family
        for other, at in zip(labels[row + 1 :], places[row + 1 :], strict=True):
            if joins[other] == other and near[row, at]:
                joins[other] = label
        for column in np.flatnonzero(near[row]).tolist():
            nearest.setdefault(texts[column], label)
    own = pl.col("family").replace_strict(joins, default=None, return_dtype=pl.Int64)
    new = pl.col("words").replace_strict(nearest, default=None, return_dtype=pl.Int64)
    return long.select("post_id", "family", joins=pl.coalesce(own, new))


def _relabelled(posts: pl.DataFrame, joined: pl.DataFrame) -> pl.DataFrame:
    """Posts under their new labels; what a joined family says elsewhere comes along with it."""
    whole = joined.filter(pl.col("family") >= 0).select("family", "joins").unique("family")
    loose = joined.filter(pl.col("family") < 0).select("post_id", alone="joins")
    return (
        posts.join(whole, on="family", how="left", maintain_order="left")
        .join(loose, on="post_id", how="left", maintain_order="left")
        .with_columns(family=pl.coalesce("joins", "alone", "family"))
        .drop("joins", "alone")
    )


def _as_long_as(models: pl.Series, texts: pl.Series) -> pl.Series:
    """The texts that are as long as some model, near enough for a likeness of `ALIKE`.

    Two texts are never more alike than twice the shorter one is long, of both together.
    """
    lengths = models.str.len_chars().unique().to_numpy().astype(np.int64)
    long = texts.str.len_chars().to_numpy().astype(np.int64)[:, None]
    able = 200 * np.minimum(long, lengths) >= ALIKE * (long + lengths)
    return texts.filter(pl.Series(able.any(axis=1)))


def _sorted(words: str) -> str:
    return " ".join(sorted(words.split(" ")))
