"""The tie test: how large a group the same search finds once the texts are shuffled.

Each draw cuts the normal texts at the target into runs of six words and exchanges runs of one
length at one place between posts, then finds families and puts them through the same rules.
Authors, times, links and hashtags stay. Runs rather than single words, so that set phrases survive
and short common texts stay whole: chance repeats happen in the null as they do in the data.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analyzers.cohort.material import Surroundings, families_of
from analyzers.cohort.reordered import regrouped
from analyzers.cohort.shuffler import Shuffler
from analyzers.cohort.template import Found, Group, fewest, search
from analyzers.model.case import TIE_DRAWS, Tie
from analyzers.model.text import Text, plural

CHANCE = 0.05
"""Groups at least as large in more than one shuffled draw of twenty are what chance gives."""

FEWEST_OUTSIDE = 20
"""Fewest posts by others to exchange runs with: with less, the shuffle mostly puts the group's own
texts together again and says little."""

DRAWS_FOR_PAIRS = 19
"""Draws in which pairs are looked for, too, and all there are when only pairs were found: they tie
nobody, and these are enough to tell at 5 % whether chance makes them."""

_BY_CHANCE = Text("As many accounts share a text by chance when the texts are shuffled.")

MOST_TEXTS = 2000
"""Most texts shuffled in each draw, to keep the whole test below ten seconds on two cores. Beyond
it the group's posts and a random sample of the others are kept."""


def weighed(
    found: Found, posts: pl.DataFrame, around: Surroundings, seed: int, draws: int = TIE_DRAWS
) -> tuple[Found, tuple[Tie, ...]]:
    """Keep the groups and pairs that are larger than chance gives, each group with its test.

    `posts` are those at the target, as `material.prepared` gives them. Groups that chance gives
    join the explained families, pairs are dropped: their accounts are as ordinary as any. Groups
    that a larger one overshadowed (its texts come together again in the shuffled draws) are tested
    once more without its posts. With too few posts by others nothing is tested and all stays.
    `draws` (19 or more) bounds how small a p can be.
    """
    null = null_sizes(found, posts, around, seed, draws)
    kept, ties = _tested(found.groups, null, found, posts, seed)
    left = tuple(group for group in found.groups if group not in kept)
    if kept and left:
        tying = [piece.post_id for group in kept for piece in group.pieces]
        posts = posts.filter(~pl.col("post_id").is_in(tying))
        rest = replace(found, groups=left)
        second = null_sizes(rest, posts, around, seed, draws)
        more, more_ties = _tested(left, second, rest, posts, seed)
        kept, ties = (*kept, *more), (*ties, *more_ties)
    pairs = null is None or p_value(2, null[:DRAWS_FOR_PAIRS]) <= CHANCE
    by_chance = tuple(
        (family, _BY_CHANCE) for group in left if group not in kept for family in group.families
    )
    judged = replace(
        found,
        groups=kept,
        pairs=found.pairs if pairs else (),
        explained=(*found.explained, *by_chance),
    )
    return judged, ties


def _tested(
    groups: tuple[Group, ...],
    null: NDArray[np.int64] | None,
    found: Found,
    posts: pl.DataFrame,
    seed: int,
) -> tuple[tuple[Group, ...], tuple[Tie, ...]]:
    """The groups that pass against one null, with their tests; all of them without null."""
    sizes = {group: len(group.accounts) for group in groups}
    kept = tuple(group for group in groups if null is None or p_value(sizes[group], null) <= CHANCE)
    return kept, tuple(
        Tie(
            statistic=float(sizes[group]),
            p=None if null is None else p_value(sizes[group], null),
            draws=0 if null is None else len(null),
            seed=seed,
            null=_described(posts.height),
            why_not=None if null is not None else _why_not(_outside(found, posts)),
        )
        for group in kept
    )


def p_value(size: int, null: NDArray[np.int64]) -> float:
    """The share of draws whose largest group has this many accounts, the data counted as one."""
    return (1 + int(np.count_nonzero(null >= size))) / (1 + len(null))


def _why_not(outside: int) -> Text:
    if outside == 0:
        return Text(
            "Every post about the target is by these accounts, so there is nothing to shuffle "
            "their texts with."
        )
    return plural(
        "Only one post about the target is by another account, too few to shuffle these texts "
        "with.",
        "Only {n} posts about the target are by other accounts, too few to shuffle these texts "
        "with.",
        outside,
    )


def null_sizes(
    found: Found, posts: pl.DataFrame, around: Surroundings, seed: int, draws: int = TIE_DRAWS
) -> NDArray[np.int64] | None:
    """The number of accounts of the largest group, or pair, in each shuffled draw.

    `posts` are those at the target, as `material.prepared` gives them. `None` when there are too
    few posts outside the groups to shuffle with.
    """
    if not found.groups and not found.pairs:
        return np.zeros(0, dtype=np.int64)
    tying = sum(len(group.pieces) for group in found.groups)
    if _outside(found, posts) < max(FEWEST_OUTSIDE, tying):
        return None
    kept = _sampled(found, posts, seed)
    shuffler = Shuffler(kept["normal"].fill_null(""), _own(found, kept))
    authors = kept["account_id"].rank("dense").to_numpy().astype(np.int64)
    rng = np.random.default_rng(seed)
    sizes = np.zeros(draws if found.groups else DRAWS_FOR_PAIRS, dtype=np.int64)
    for draw in range(len(sizes)):
        drawn = shuffler.draw(rng)
        labels = drawn.families()
        if _most_authors(labels, authors) < 2:
            continue
        shuffled = regrouped(
            kept.with_columns(
                words=drawn.texts(),
                length=drawn.lengths(),
                family=pl.Series(labels),
                quoted=pl.lit(0.0),
            )
        )
        least = 2 if draw < DRAWS_FOR_PAIRS else fewest(kept.height)  # fewer never make a group
        among = families_of(shuffled, least)
        if among:
            plain = shuffled.select("post_id", "account_id", "created_at", "words")
            sizes[draw] = search(among, around.with_texts_of(plain), seed).largest
    return sizes


def _most_authors(labels: NDArray[np.int64], authors: NDArray[np.int64]) -> int:
    """The number of accounts in the family that has most."""
    rows = labels >= 0
    width = int(authors.max(initial=0)) + 1
    each = np.unique(labels[rows] * width + authors[rows]) // width
    return int(np.bincount(each).max(initial=0))


def _outside(found: Found, posts: pl.DataFrame) -> int:
    members = sorted({account for group in found.groups for account in group.accounts})
    return posts.filter(~pl.col("account_id").is_in(members)).height


def _own(found: Found, posts: pl.DataFrame) -> NDArray[np.bool_]:
    """Whether each post is one of those that tie the groups."""
    tying = [piece.post_id for group in found.groups for piece in group.pieces]
    return posts["post_id"].is_in(tying).to_numpy()


def _sampled(found: Found, posts: pl.DataFrame, seed: int) -> pl.DataFrame:
    posts = posts.sort("created_at", "post_id")
    if posts.height <= MOST_TEXTS:
        return posts
    own = pl.Series(_own(found, posts))
    others = posts.filter(~own)
    room = max(MOST_TEXTS - int(own.sum()), 0)
    return pl.concat(
        [posts.filter(own), others.sample(min(room, others.height), seed=seed, shuffle=False)]
    ).sort("created_at", "post_id")


def _described(texts: int) -> Text:
    if texts > MOST_TEXTS:
        return Text(
            "The same search was run on rewritten texts: posts about the target exchange runs of "
            "six words (of {texts} posts, {kept} with all of the group's). "
            "This breaks up longer set phrases, so it says that the likeness is no chance, not "
            "that nobody copied.",
            texts=texts,
            kept=MOST_TEXTS,
        )
    return Text(
        "The same search was run on rewritten texts: posts about the target exchange runs of six "
        "words. This breaks up longer set phrases, so it says that the likeness "
        "is no chance, not that nobody copied."
    )
