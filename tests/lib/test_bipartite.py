"""Ties between accounts: few by chance, none from one shared item, all from a copied list."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.lib.bipartite import chances, hourly_ties, shared_ties
from analyzers.lib.layout import parted, spread
from analyzers.lib.tie_graph import TieGraph


def rows(held: dict[int, list[int]]) -> pd.DataFrame:
    """Who has which items, from a dict of lists."""
    pairs = [(who, item) for who, items in held.items() for item in items]
    return pd.DataFrame(pairs, columns=["who", "item"])


def by_lot(seed: int, accounts: int = 80) -> dict[int, list[int]]:
    """Accounts of all degrees of activity with items of all degrees of popularity."""
    rng = np.random.default_rng(seed)
    wanted = 1 / np.arange(1, 401)
    return {
        who: rng.choice(400, rng.integers(3, 60), replace=False, p=wanted / wanted.sum()).tolist()
        for who in range(accounts)
    }


@pytest.mark.parametrize("seed", range(5))
def test_busy_accounts_with_popular_items_are_not_tied(seed: int) -> None:
    assert len(shared_ties(rows(by_lot(seed)), 80).pairs) <= 1


def test_a_list_that_a_few_share_ties_each_pair_of_them() -> None:
    held = by_lot(1)
    for who in range(4):
        held[who] += list(range(1000, 1012))
    ties = shared_ties(rows(held), 80)
    tied = {(int(one), int(other)) for one, other in ties.pairs}
    assert {(one, other) for one in range(4) for other in range(one + 1, 4)} <= tied
    assert len(tied) <= 7
    assert ties.p.max() < 0.001


def test_one_shared_item_never_ties() -> None:
    held = {who: [who * 100 + n for n in range(50)] for who in range(40)}
    for who in range(20):
        held[2 * who].append(9000 + who)
        held[2 * who + 1].append(9000 + who)
    assert len(shared_ties(rows(held), 40).pairs) == 0


def test_what_everyone_has_ties_nobody() -> None:
    held = {who: [1, 2, 3, 4, *range(100 * who + 10, 100 * who + 20)] for who in range(30)}
    assert len(shared_ties(rows(held), 30).pairs) == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 40))
def test_chances_keep_activity_and_popularity(seed: int, accounts: int) -> None:
    table = np.random.default_rng(seed).random((accounts, 60)) < 0.2
    table = table[table.any(axis=1)][:, table.any(axis=0)]
    activity, who = np.unique(table.sum(axis=1), return_counts=True)
    popularity, items = np.unique(table.sum(axis=0), return_counts=True)
    chance = chances(activity, who, popularity, items)
    np.testing.assert_allclose(chance @ items, activity, rtol=0.01)
    np.testing.assert_allclose(who @ chance, popularity, rtol=0.01)


def minutes(times: dict[int, list[str]]) -> pd.DataFrame:
    pairs = [(who, at) for who, several in times.items() for at in several]
    frame = pd.DataFrame(pairs, columns=["who", "item"])
    return frame.assign(item=pd.to_datetime(frame["item"], utc=True)).drop_duplicates()


def test_posting_in_the_same_minutes_ties_and_living_by_the_same_hours_does_not() -> None:
    rng = np.random.default_rng(3)
    days = pd.date_range("2019-01-01", periods=60, tz="UTC")

    def evening() -> list[pd.Timestamp]:
        return [day + pd.Timedelta(minutes=18 * 60 + int(rng.integers(120))) for day in days]

    shared = evening()
    times = {who: evening() for who in range(20)} | {0: shared, 1: [*shared[:30], *evening()[30:]]}
    ties = hourly_ties(minutes(times), 20)
    assert ties.pairs.tolist() == [[0, 1]]


def test_programs_that_post_on_the_hour_are_not_tied() -> None:
    times = {who: [f"2019-01-{day:02} 09:00" for day in range(1, 29)] for who in range(10)}
    assert len(hourly_ties(minutes(times), 10).pairs) == 0


def clique(size: int, total: int) -> TieGraph:
    pairs = [(one, other) for one in range(size) for other in range(one + 1, size)]
    return TieGraph(total, size, np.array(pairs), np.ones(len(pairs), dtype=np.int64))


def test_a_dense_group_is_rare_among_groups_drawn_by_lot() -> None:
    graph = clique(6, 60)
    assert graph.p() < 0.001
    dense = graph.density(0, 6)
    assert (dense.tied, dense.pairs, dense.share, dense.high) == (15, 15, 1.0, 1.0)
    assert dense.low < 0.6  # three pairs without a common account
    assert graph.density(6, 60).share == 0
    assert graph.communities() == [list(range(6))]


def test_half_tied_pairs_have_an_interval_around_their_share() -> None:
    pairs = np.array([(one, one + 1) for one in range(19)])
    graph = TieGraph(20, 20, pairs, np.ones(19, dtype=np.int64))
    density = graph.density(0, 20)
    assert 0 < density.low < density.share < density.high < 0.4


def test_a_network_is_laid_out_the_same_way_each_time() -> None:
    ties = [(0, 1, 1.0), (1, 2, 2.0), (3, 4, 1.0)]
    first, again = spread(6, ties), spread(6, ties)
    np.testing.assert_array_equal(first, again)
    assert np.linalg.norm(first[0] - first[1]) < np.linalg.norm(first[0] - first[3])
    apart = parted(first * 300, 60, (0, 0, 300, 300))
    gaps = np.linalg.norm(apart[:, None] - apart[None], axis=2)[np.triu_indices(6, 1)]
    assert gaps.min() > 50
