"""Who acts at the same moments: not those who share a crowd's hour, a goal or a programme."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.lib.bipartite import Ties, affordable, shared_pairs
from analyzers.lib.fused_ties import fused, ranked
from analyzers.lib.synchrony import quick_pairs, synchronous_pairs

START = pd.Timestamp("2019-02-08", tz="UTC")


def minutes(held: dict[int, list[int]]) -> pd.DataFrame:
    """Who posts in which minutes after the start, from a dict of lists."""
    pairs = [(who, START + pd.Timedelta(minutes=m)) for who, ms in held.items() for m in set(ms)]
    return pd.DataFrame(pairs, columns=["who", "item"])


def crowd(seed: int, accounts: int = 100) -> dict[int, list[int]]:
    rng = np.random.default_rng(seed)
    return {who: rng.integers(0, 2880, 15).tolist() for who in range(accounts)}


def pairs_below(ties: Ties, p: float) -> set[tuple[int, int]]:
    return {(int(a), int(b)) for a, b in ties.pairs[ties.p <= p]}


@pytest.mark.parametrize("seed", range(5))
def test_a_crowd_meets_by_chance_as_often_as_p_says(seed: int) -> None:
    ties = synchronous_pairs(minutes(crowd(seed)), 100)
    assert len(pairs_below(ties, 1e-4)) <= 3  # of 4,950 pairs, half a pair is expected


def test_two_who_always_post_in_the_same_minutes_stand_out() -> None:
    held = crowd(1) | {100: list(range(7, 2880, 240)), 101: list(range(7, 2880, 240))}
    ties = synchronous_pairs(minutes(held), 102)
    assert (100, 101) in pairs_below(ties, 1e-12)


def test_a_goal_that_everyone_cheers_ties_nobody() -> None:
    held = crowd(2)
    for goal in (600, 1240, 2000, 2041):
        for who in range(80):
            held[who].append(goal)
    assert not pairs_below(synchronous_pairs(minutes(held), 100), 1e-4)


def test_programs_that_post_on_the_hour_tie_nobody() -> None:
    held = {who: [60 * hour for hour in range(48)] for who in range(60)}
    assert not pairs_below(synchronous_pairs(minutes(held), 60), 1e-3)


def test_a_post_that_all_pass_on_at_once_says_nothing_of_two_of_them() -> None:
    rows = [
        (who, item, START + pd.Timedelta(hours=item, seconds=who))
        for item in range(10)
        for who in range(30)
    ]
    ties = quick_pairs(pd.DataFrame(rows, columns=["who", "item", "at"]), 30)
    assert not pairs_below(ties, 1e-2)


def test_two_who_are_quicker_than_the_others_stand_out() -> None:
    rng = np.random.default_rng(3)
    rows = [
        (who, item, START + pd.Timedelta(hours=float(rng.uniform(0, 40)) + item))
        for item in range(10)
        for who in range(2, 30)
    ]
    rows += [
        (who, item, START + pd.Timedelta(hours=item, seconds=20 * who))
        for item in range(10)
        for who in range(2)
    ]
    ties = quick_pairs(pd.DataFrame(rows, columns=["who", "item", "at"]), 30)
    assert pairs_below(ties, 1e-4) == {(0, 1)}


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(0, 5000)),
        min_size=0,
        max_size=60,
        unique_by=lambda row: row[:2],
    )
)
def test_any_shares_give_probabilities_of_pairs_in_order(rows: list[tuple[int, int, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["who", "item", "at"])
    frame["at"] = START + pd.to_timedelta(frame["at"].astype("int64"), unit="s")
    ties = quick_pairs(frame, 10)
    assert ((ties.p > 0) & (ties.p <= 1)).all()
    assert (ties.pairs[:, 0] < ties.pairs[:, 1]).all()
    mixed = quick_pairs(frame.sample(frac=1, random_state=1), 10)
    assert np.array_equal(ties.pairs, mixed.pairs)
    assert np.allclose(ties.p, mixed.p)


def test_what_ten_thousand_share_is_left_out_before_it_costs_fifty_million_pairs() -> None:
    many = pd.DataFrame({"who": range(10_000), "item": "everyone"})
    few = pd.DataFrame({"who": [1, 2, 1, 2], "item": ["rare", "rare", "odd", "odd"]})
    kept = affordable(pd.concat([many, few]))
    assert set(kept["item"]) == {"rare", "odd"}
    assert affordable(few) is few


def of(*pairs: tuple[int, int, float]) -> Ties:
    columns = np.array(pairs, dtype=float).reshape(-1, 3)
    return Ties(columns[:, :2].astype(np.int64), np.full(len(pairs), 2), columns[:, 2])


@pytest.mark.parametrize(
    ("what", "when", "tied"),
    [
        (1e-9, 1e-9, True),
        (1e-9, 0.5, False),  # one interest, each at its own time
        (0.5, 1e-9, False),  # one event, each on its own subject
        (0.009, 0.009, False),  # both a little: what 100 accounts give by chance
    ],
)
def test_a_pair_is_tied_by_both_or_not_at_all(what: float, when: float, tied: bool) -> None:
    found = fused([of((3, 7, what))], [of((3, 7, when))], 100)
    assert found.tolist() == ([[3, 7]] if tied else [])


def test_a_pair_compared_in_one_kind_alone_is_not_ranked() -> None:
    pairs, _ = ranked([of((1, 2, 1e-9))], [of((2, 3, 1e-9))], 10)
    assert not len(pairs)


def test_only_the_accounts_asked_for_are_compared_but_all_count() -> None:
    rng = np.random.default_rng(4)
    rows = pd.DataFrame(
        [(who, item) for who in range(40) for item in rng.choice(60, 12, replace=False)],
        columns=["who", "item"],
    )
    every, some = shared_pairs(rows, 40), shared_pairs(rows, 40, np.arange(10))
    inside = (every.pairs < 10).all(axis=1)
    assert np.array_equal(every.pairs[inside], some.pairs)
    assert np.allclose(every.p[inside], some.p)
