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

from analyzers.cohort.material import Surroundings, families_of, lengths
from analyzers.cohort.template import Found, Group, fewest, search
from analyzers.lib.similarity import families
from analyzers.model.case import Tie
from analyzers.model.text import Text, plural

RUN = 6
"""Words per run. Texts too short to tie (`public_source.SHORT`) stay whole, and so do most phrases
that people have in common; a model of a dozen words is broken up."""

MOST_WORDS = 100
"""Words of each text that are shuffled: twice what a post of 280 characters holds, and few enough
that no single endless post supplies most of the runs."""

CHANCE = 0.05
"""Groups at least as large in more than one shuffled draw of twenty are what chance gives."""

DRAWS = 99
"""Draws of the null: the smallest p-value is then 0.01, the level at which a tie is established."""

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
    found: Found, posts: pl.DataFrame, around: Surroundings, seed: int
) -> tuple[Found, tuple[Tie, ...]]:
    """Keep the groups and pairs that are larger than chance gives, each group with its test.

    `posts` are those at the target, as `material.prepared` gives them. Groups that chance gives
    join the explained families, pairs are dropped: their accounts are as ordinary as any. Groups
    that a larger one overshadowed (its texts come together again in the shuffled draws) are tested
    once more without its posts. With too few posts by others nothing is tested and all stays.
    """
    null = null_sizes(found, posts, around, seed)
    kept, ties = _tested(found.groups, null, found, posts, seed)
    left = tuple(group for group in found.groups if group not in kept)
    if kept and left:
        tying = [piece.post_id for group in kept for piece in group.pieces]
        posts = posts.filter(~pl.col("post_id").is_in(tying))
        rest = replace(found, groups=left)
        second = null_sizes(rest, posts, around, seed)
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
    found: Found, posts: pl.DataFrame, around: Surroundings, seed: int
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
    shuffler = _Shuffler(kept["normal"].fill_null(""), _own(found, kept))
    rng = np.random.default_rng(seed)
    draws = DRAWS if found.groups else DRAWS_FOR_PAIRS
    sizes = np.zeros(draws, dtype=np.int64)
    for draw in range(draws):
        texts = shuffler.draw(rng)
        labels = families(texts)
        if int(labels.max(initial=-1)) < 0:
            continue
        shuffled = kept.with_columns(
            words=texts, length=lengths(texts), family=pl.Series(labels), quoted=pl.lit(0.0)
        )
        plain = shuffled.select("post_id", "account_id", "created_at", "words")
        least = 2 if draw < DRAWS_FOR_PAIRS else fewest(kept.height)  # fewer never make a group
        among = families_of(shuffled, least)
        sizes[draw] = search(among, around.with_texts_of(plain), seed).largest
    return sizes


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


class _Shuffler:
    """Texts cut into runs once, put together anew for each draw.

    Runs of one length change places with those at the same place of other texts; with those
    anywhere in other texts where the group's own (`own`) are most of them at some place, as they
    are when its texts are the longest. Exchanged among themselves, they would stay together.
    """

    def __init__(self, texts: pl.Series, own: NDArray[np.bool_]) -> None:
        words = [text.split(" ")[:MOST_WORDS] if text else [] for text in texts.to_list()]
        runs = [
            (row, start, " ".join(each[start : start + RUN]), len(each[start : start + RUN]))
            for row, each in enumerate(words)
            for start in range(0, len(each), RUN)
        ]
        self._rows = len(words)
        self._row = np.array([run[0] for run in runs], dtype=np.int64)
        self._run = np.array([run[2] for run in runs], dtype=object)
        length = np.array([run[3] for run in runs], dtype=np.int64)
        start = np.array([run[1] for run in runs], dtype=np.int64)
        place = start * (RUN + 1) + length
        theirs = own[self._row] if len(runs) else np.zeros(0, dtype=bool)
        for size in np.unique(length):
            if _crowded(place[length == size], theirs[length == size]):
                place[length == size] = size  # one exchange for all places
        self._slots = np.argsort(place, kind="stable")
        self._place = place[self._slots]

    def draw(self, rng: np.random.Generator) -> pl.Series:
        """One set of rewritten texts, in the order of the originals."""
        order = np.lexsort((rng.random(len(self._place)), self._place))
        runs = np.empty(len(self._run), dtype=object)
        runs[self._slots] = self._run[self._slots[order]]
        pieces: list[list[str]] = [[] for _ in range(self._rows)]
        for row, run in zip(self._row.tolist(), runs.tolist(), strict=True):
            pieces[row].append(run)
        return pl.Series("words", [" ".join(each) for each in pieces], dtype=pl.String)


def _crowded(place: NDArray[np.int64], own: NDArray[np.bool_]) -> bool:
    """Whether the group's own runs are more than half of those at some place."""
    return any(own[place == one].mean() > 0.5 for one in np.unique(place))
