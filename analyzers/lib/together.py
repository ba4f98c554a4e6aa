"""The co-actions of a case: which posts count, whose, and who is tied to whom in which way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analyzers.lib.by_account import sides
from analyzers.lib.coaction import Layer, layers
from analyzers.lib.elsewhere import elsewhere
from analyzers.lib.stats.permutation import lots
from analyzers.lib.tie_graph import TieGraph
from analyzers.model.case import Case, Cohort

if TYPE_CHECKING:
    import pandas as pd

MOST = 600
"""Ordinary accounts compared: their pairs, some 180,000, already fix a density to a hair, and time
and memory grow with pairs."""


@dataclass(frozen=True)
class Together:
    """Everybody's co-actions: `accounts`, the first `size` of them the cohort's, and the layers.

    `timelines` when the accounts' own timelines were read, else what the search brought in.
    """

    accounts: list[str]
    size: int
    timelines: bool
    layers: tuple[Layer, ...]

    @classmethod
    def of(cls, case: Case) -> Together:
        """Read both sides' posts, without those that selected the cohort.

        The timelines apart from the target where two accounts of the cohort have one; else the
        posts that the search brought in. Of a cohort that was found by acting alike, the posts that
        the search brought in with those that selected it: they show how. Beyond `MOST` ordinary
        accounts, as many drawn by lot.
        """
        posts = elsewhere(case)
        if case.acts_alike:
            posts = posts[:0]
        deep = posts.loc[posts["group"] == "cohort", "account_id"].nunique() >= 2
        if not deep:
            posts = _searched(case)
        accounts, size = sides(posts)
        accounts = [*accounts[:size], *_drawn(accounts[size:], case.seed)]
        explained = [source.family for source in case.explained]
        return cls(accounts, size, deep, layers(posts, accounts, explained))

    @property
    def others(self) -> int:
        """How many ordinary accounts there are to compare with."""
        return len(self.accounts) - self.size

    @cached_property
    def graph(self) -> TieGraph:
        """All layers laid on one another."""
        return self.graph_of(self.layers)

    def graph_of(self, some: Sequence[Layer]) -> TieGraph:
        """Some of the layers laid on one another."""
        return TieGraph.of([layer.ties for layer in some], len(self.accounts), self.size)

    def cited(self) -> list[str]:
        """Posts behind the cohort's ties: its widest shared items, one post per account and item.

        Of the layer that ties most pairs of the cohort.
        """
        ties = {layer.name: self.graph_of([layer]).within(0, self.size) for layer in self.layers}
        best = max(self.layers, key=lambda layer: len(ties[layer.name]), default=None)
        if best is None or not len(ties[best.name]):
            return []
        rows = best.rows[best.rows["who"].isin(np.unique(ties[best.name]).tolist())]
        held = Counter(rows["item"])
        rows = rows.assign(held=[held[item] for item in rows["item"]])
        rows = rows[rows["held"] >= 2]
        rows = rows.sort_values(["held", "item", "who"], ascending=[False, True, True])
        return [str(post) for post in rows["post_id"]]


@dataclass(frozen=True)
class Bridges:
    """Ties between the cohort and the other cohorts of the dump: `pairs` of `possible`."""

    pairs: tuple[tuple[str, str], ...]
    possible: int


def bridges(case: Case) -> Bridges | None:
    """Who of the cohort is tied to whom of another cohort; `None` when there is no other.

    Read from posts about the target that selected no cohort, since of other cohorts no more is
    loaded. Ordinary accounts' posts are there too, so that what everyone does counts as usual.
    """
    if not case.others:
        return None
    posts = case.tables.posts
    chosen = {post for cohort in (case.cohort, *case.others) for post in cohort.selecting_posts}
    kept = posts[posts["on_target"].astype(bool) & ~posts["post_id"].isin(chosen)]
    ours = sorted(case.cohort.accounts)
    theirs = sorted(_members(case.others) - set(ours))
    rest = set(kept["account_id"]) - {*ours, *theirs}
    accounts = [*ours, *theirs, *_drawn(sorted(rest), case.seed)]
    every = layers(kept, accounts, [source.family for source in case.explained])
    graph = TieGraph.of([layer.ties for layer in every], len(accounts), len(ours))
    both = len(ours) + len(theirs)
    pairs = tuple(
        (accounts[one], accounts[other])
        for one, other in graph.pairs
        if one < len(ours) <= other < both
    )
    return Bridges(pairs, len(ours) * len(theirs))


def _members(cohorts: Sequence[Cohort]) -> set[str]:
    return {account for cohort in cohorts for account in cohort.accounts}


def _searched(case: Case) -> pd.DataFrame:
    """Posts of both sides that the search brought in, without those that selected by their text."""
    posts = case.tables.posts
    kept = posts["group"].notna() & (posts["route"] == "query")
    return posts[kept & (~posts["selecting"].astype(bool) | case.acts_alike)]


def _drawn(accounts: list[str], seed: int) -> list[str]:
    """At most `MOST` of the accounts, drawn by lot, in their order."""
    if len(accounts) <= MOST:
        return accounts
    places = np.sort(lots(np.random.default_rng(seed), 1, len(accounts), MOST)[0])
    return [accounts[place] for place in places]
