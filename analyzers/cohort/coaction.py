"""The co-action signals: accounts that pass on the same things at the same times, in any words.

Each way of acting alike (`cohort.ways`) ties pairs of accounts. What two accounts pass on, one
interest explains: readers of one site link its pages. When they act, one event explains: a goal is
cheered in the same minute. So a pair is tied only by both, what and when; a group is accounts of
which each is so tied to several others. Who they are (client, creation date) is not asked here,
so that it can testify.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analyzers.cohort.null import CHANCE, p_value
from analyzers.cohort.ways import WAYS, Way
from analyzers.lib.bipartite import Ties, affordable, shared_pairs
from analyzers.lib.fused_ties import EACH, fused, least
from analyzers.model.case import TIE_DRAWS, Signal, Tie
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd

Ints = NDArray[np.int64]

FEWEST = 5
"""Fewest accounts of a group: as many as the report asks before it speaks of coordination. Two or
three who act alike are often friends, or one person."""

SUPPORT = 2
"""Others of the group that each account must be tied to: one tie more or less would else join two
groups."""

_WORK = 1_000_000  # posts looked at in all draws: about half a minute
_FEWEST_DRAWS = 19  # as many as tell p = 0.05 from more

NULL = Text(
    "The same search was run after accounts had exchanged their posts with one another, each for "
    "posts of the same day. So it says that acting alike is no chance, not that nobody follows the "
    "same sources."
)


@dataclass(frozen=True)
class Alike:
    """Accounts that act alike, the best tied first, with what ties each pair and the test of it.

    `ties` holds, for each tied pair in both orders, the p of each way. `posts` are those that hold
    what the group shares.
    """

    accounts: tuple[str, ...]
    ties: Mapping[str, Mapping[str, Mapping[str, float]]]
    posts: frozenset[str]
    tie: Tie

    def signals(self, account: str) -> tuple[Signal, ...]:
        """Each way that ties this account, its least p, and to whom."""
        found: dict[str, dict[str, float]] = {}
        for other, ways in self.ties[account].items():
            for way, p in ways.items():
                found.setdefault(way, {})[other] = p
        order = [way.name for way in WAYS if way.name in found]
        return tuple(
            Signal(
                name,
                min(found[name].values()),
                tuple(other for other in self.accounts if other in found[name]),
            )
            for name in order
        )

    def score(self, account: str) -> float:
        """The share of the others of the group to whom this account is tied."""
        return round(len(self.ties[account]) / (len(self.accounts) - 1), 3)


def words_of(names: Iterable[str]) -> tuple[Text, ...]:
    """What accounts tied in these ways do, in words."""
    wanted = set(names)
    return tuple(way.words for way in WAYS if way.name in wanted)


def acting_alike(
    posts: pl.DataFrame, apart: Collection[str], left_out: Collection[int], seed: int
) -> tuple[Alike, ...]:
    """Find the groups that act alike beyond chance among the authors of posts in scope.

    `posts` has `about` and the columns of `analyzers.lib.scope`; reposts count. Accounts `apart`
    (the targets) and posts of the families `left_out` (a public source explains them, or their text
    has tied their accounts already) do not. The null: everybody's posts stay what and when they
    are, and accounts exchange them within a day (Phipson and Smyth 2010 on the p).
    """
    acts = Acts.of(posts, apart, left_out)
    layers = acts.layers(acts.who)
    found = acts.groups(layers)
    if not found:
        return ()
    rng = np.random.default_rng(seed)
    draws = max(_FEWEST_DRAWS, min(TIE_DRAWS, _WORK // max(len(acts.who), 1)))
    null = np.array([_largest(acts.groups(acts.layers(acts.exchanged(rng)))) for _ in range(draws)])
    tested = [(group, p_value(len(group), null)) for group in found]
    return tuple(
        acts.told(group, layers, Tie(float(len(group)), p, draws, seed, NULL))
        for group, p in tested
        if p <= CHANCE
    )


def _largest(groups: Sequence[Ints]) -> int:
    return max(map(len, groups), default=0)


@dataclass(frozen=True)
class Layers:
    """The pairs that each way compares, those of what and those of when."""

    what: Mapping[Way, Ties]
    when: Mapping[Way, Ties]


@dataclass(frozen=True)
class Acts:
    """The posts that may tie, who wrote each, and what each holds of every way."""

    posts: pl.DataFrame
    accounts: list[str]
    who: Ints
    items: tuple[tuple[Way, pd.DataFrame], ...]

    @classmethod
    def of(cls, posts: pl.DataFrame, apart: Collection[str], left_out: Collection[int]) -> Acts:
        """Keep posts in scope of accounts with two at least: one post shares nothing twice."""
        kept = (
            posts.filter(
                pl.col("about")
                & (pl.col("route") != "context")
                & ~pl.col("account_id").is_in(list(apart))
                & ~pl.col("family").fill_null(-1).is_in(list(left_out))
            )
            .filter(pl.len().over("account_id") >= 2)
            .sort("created_at", "post_id")
        )
        accounts = sorted(kept["account_id"].unique().to_list())
        who = np.searchsorted(np.array(accounts, dtype=object), kept["account_id"].to_numpy())
        return cls(
            kept,
            accounts,
            who.astype(np.int64),
            tuple((way, items) for way in WAYS if len(items := way.items(kept))),
        )

    @cached_property
    def _day(self) -> Ints:
        return self.posts["created_at"].dt.epoch("d").fill_null(-1).to_numpy().astype(np.int64)

    def exchanged(self, rng: np.random.Generator) -> Ints:
        """Who wrote each post once the posts of each day have been dealt out by lot."""
        dealt = np.empty_like(self.who)
        dealt[np.argsort(self._day, kind="stable")] = self.who[
            np.lexsort((rng.random(len(self.who)), self._day))
        ]
        return dealt

    def layers(self, who: Ints) -> Layers:
        """How likely what each pair shares is by chance, if the posts were written by `who`.

        What is shared is looked at only among accounts whose times say something.
        """
        total = len(self.accounts)
        rows = {
            way: affordable(
                items.assign(who=who[items["row"].to_numpy()]).drop_duplicates(["who", "item"])
            )
            for way, items in self.items
        }
        when = {way: way.times(each, total) for way, each in rows.items() if way.times is not None}
        pairs, p = least(list(when.values()), total)
        able = pairs[p <= EACH]
        among = np.unique(np.concatenate([able // total, able % total]))
        what = {
            way: shared_pairs(each, total, among) for way, each in rows.items() if not way.times
        }
        return Layers(what, when)

    def tied(self, layers: Layers) -> Ints:
        """The pairs tied by what and by when."""
        return fused(list(layers.what.values()), list(layers.when.values()), len(self.accounts))

    def groups(self, layers: Layers) -> list[Ints]:
        """The groups of accounts so tied, the largest first."""
        from scipy.sparse import csr_matrix
        from scipy.sparse.csgraph import connected_components

        pairs = _supported(self.tied(layers), len(self.accounts))
        if not len(pairs):
            return []
        size = len(self.accounts)
        graph = csr_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
        _, label = connected_components(graph, directed=False)
        tied = np.unique(pairs)
        groups = [tied[label[tied] == one] for one in np.unique(label[tied])]
        large = [group for group in groups if len(group) >= FEWEST]
        return sorted(large, key=lambda group: (-len(group), int(group[0])))

    def told(self, group: Ints, layers: Layers, tie: Tie) -> Alike:
        """One group that was found in these layers, with its ties by account."""
        names = {place: self.accounts[place] for place in group.tolist()}
        ties: dict[str, dict[str, dict[str, float]]] = {name: {} for name in names.values()}
        tied = self.tied(layers)
        pairs = {(one, other) for one, other in tied[np.isin(tied, group).all(axis=1)].tolist()}
        for way, layer in (*layers.what.items(), *layers.when.items()):
            for (one, other), p in zip(layer.pairs.tolist(), layer.p.tolist(), strict=True):
                if (one, other) in pairs and p <= EACH:
                    ties[names[one]].setdefault(names[other], {})[way.name] = p
                    ties[names[other]].setdefault(names[one], {})[way.name] = p
        every = {way for others in ties.values() for each in others.values() for way in each}
        ranked = sorted(names.values(), key=lambda name: (-len(ties[name]), name))
        return Alike(tuple(ranked), ties, self._shared(group, every), tie)

    def _shared(self, group: Ints, ways: Collection[str]) -> frozenset[str]:
        """The posts of the group that hold what two of it share, in the ways that tie it."""
        found: set[int] = set()
        for way, items in self.items:
            if way.name in ways:
                who = self.who[items["row"].to_numpy()]
                rows = items.assign(who=who)[np.isin(who, group)]
                several = rows.groupby("item")["who"].transform("nunique") >= 2
                found.update(rows.loc[several, "row"].tolist())
        ids = self.posts["post_id"]
        return frozenset(str(ids[row]) for row in sorted(found))


def _supported(pairs: Ints, size: int) -> Ints:
    """The pairs left when accounts tied to fewer than `SUPPORT` others are left out, again and
    again."""
    while len(pairs):
        degree = np.bincount(pairs.ravel(), minlength=size)
        kept = (degree[pairs] >= SUPPORT).all(axis=1)
        if kept.all():
            break
        pairs = pairs[kept]
    return pairs
