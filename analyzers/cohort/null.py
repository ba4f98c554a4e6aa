"""The tie test: how large a group the same search finds once the texts are shuffled.

Each draw cuts the normal texts at the target into runs of three words and exchanges runs of one
length at one place between posts, then finds families and puts them through the same rules.
Authors, times, links and hashtags stay. Runs rather than single words, so that set phrases survive
and short common texts stay whole: chance repeats happen in the null as they do in the data.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analyzers.cohort.material import Surroundings, families_of, lengths
from analyzers.cohort.template import Group, search
from analyzers.lib.similarity import families
from analyzers.model.case import Tie
from analyzers.model.text import Text, plural

RUN = 3
"""Words per run: long enough for "tu n'es qu'un", short enough that a sentence has several."""

DRAWS = 99
"""Draws of the null: the smallest p-value is then 0.01, the level at which a tie is established."""

FEWEST_OUTSIDE = 20
"""Fewest posts by others to exchange runs with: with less, the shuffle mostly puts the group's own
texts together again and says little."""

MOST_TEXTS = 5000
"""Most texts shuffled in each draw, to keep the whole test near ten seconds on two cores. Beyond it
the group's posts and a random sample of the others are kept."""


def tie(
    group: Group,
    groups: Sequence[Group],
    posts: pl.DataFrame,
    null: NDArray[np.int64] | None,
    seed: int,
) -> Tie:
    """Weigh one group against the sizes of the largest groups that `null_sizes` drew.

    `groups` are all that were found, `posts` those at the target. Without
    null (too few posts by others) there is no p.
    """
    size = len(group.accounts)
    if null is None:
        return Tie(
            statistic=float(size),
            p=None,
            draws=0,
            seed=seed,
            null=_described(posts.height),
            why_not=plural(
                "Only one post about the target is by another account, so there is nothing to "
                "shuffle these texts with.",
                "Only {n} posts about the target are by other accounts, too few to shuffle these "
                "texts with.",
                _outside(groups, posts),
            ),
        )
    p = (1 + int(np.count_nonzero(null >= size))) / (1 + len(null))
    return Tie(
        statistic=float(size), p=p, draws=len(null), seed=seed, null=_described(posts.height)
    )


def null_sizes(
    groups: Sequence[Group],
    posts: pl.DataFrame,
    around: Surroundings,
    seed: int,
    draws: int = DRAWS,
) -> NDArray[np.int64] | None:
    """The number of accounts of the largest group found in each shuffled draw.

    `posts` are those at the target, as `material.prepared` gives them. `None` when there are too
    few posts outside the groups to shuffle with.
    """
    tying = sum(len(group.pieces) for group in groups)
    if _outside(groups, posts) < max(FEWEST_OUTSIDE, tying):
        return None
    kept = _sampled(groups, posts, seed)
    shuffler = _Shuffler(kept["normal"].fill_null(""))
    rng = np.random.default_rng(seed)
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
        found = search(families_of(shuffled), around.with_texts_of(plain), seed)
        sizes[draw] = found.largest
    return sizes


def _outside(groups: Sequence[Group], posts: pl.DataFrame) -> int:
    members = sorted({account for group in groups for account in group.accounts})
    return posts.filter(~pl.col("account_id").is_in(members)).height


def _sampled(groups: Sequence[Group], posts: pl.DataFrame, seed: int) -> pl.DataFrame:
    posts = posts.sort("created_at", "post_id")
    if posts.height <= MOST_TEXTS:
        return posts
    tying = [piece.post_id for group in groups for piece in group.pieces]
    own = posts["post_id"].is_in(tying)
    others = posts.filter(~own)
    room = max(MOST_TEXTS - int(own.sum()), 0)
    return pl.concat(
        [posts.filter(own), others.sample(min(room, others.height), seed=seed, shuffle=False)]
    ).sort("created_at", "post_id")


def _described(texts: int) -> Text:
    if texts > MOST_TEXTS:
        return Text(
            "the same search on rewritten texts: the posts about the target exchange runs of "
            "three words at the same place (of {texts} posts, {kept} with all of the group's). "
            "This breaks up longer set phrases, so it says that the texts are no chance, not that "
            "nobody copied them.",
            texts=texts,
            kept=MOST_TEXTS,
        )
    return Text(
        "the same search on rewritten texts: the posts about the target exchange runs of three "
        "words at the same place. This breaks up longer set phrases, so it says that the texts are "
        "no chance, not that nobody copied them."
    )


class _Shuffler:
    """Texts cut into runs once, put together anew for each draw."""

    def __init__(self, texts: pl.Series) -> None:
        words = [text.split(" ") if text else [] for text in texts.to_list()]
        runs = [
            (row, start, " ".join(each[start : start + RUN]), len(each[start : start + RUN]))
            for row, each in enumerate(words)
            for start in range(0, len(each), RUN)
        ]
        self._rows = len(words)
        self._row = np.array([run[0] for run in runs], dtype=np.int64)
        self._run = np.array([run[2] for run in runs], dtype=object)
        place = np.array([run[1] * (RUN + 1) + run[3] for run in runs], dtype=np.int64)
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
