"""Drawing whole accounts: what was looked at is paid for, and order does not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.lib.stats import log_odds, monte_carlo_p, shuffled_best, surprise


def largest(sums: np.ndarray) -> np.ndarray:
    return sums.max(axis=1)


def test_the_best_of_many_columns_is_often_high_by_chance() -> None:
    table = np.random.default_rng(5).integers(0, 2, (40, 60)).astype(float)
    observed = float(table[:10].sum(axis=0).max())
    assert monte_carlo_p(observed, shuffled_best(table, 10, largest, 999)) > 0.05


def test_a_column_that_only_the_group_has_is_rare() -> None:
    table = np.zeros((40, 3))
    table[:10, 1] = 1
    best = shuffled_best(table, 10, largest, 999)
    assert monte_carlo_p(10.0, best) == 0.001


def test_the_order_of_the_accounts_does_not_matter() -> None:
    table = np.random.default_rng(1).random((30, 4))
    again = table[np.random.default_rng(2).permutation(30)]
    assert np.allclose(shuffled_best(table, 6, largest, 99), shuffled_best(again, 6, largest, 99))


def test_wide_tables_get_fewer_draws_but_never_too_few() -> None:
    assert len(shuffled_best(np.zeros((5, 50_000)), 2, largest, 29_999)) == 999


@pytest.mark.parametrize(("k", "expected"), [(0, 0.0), (2, 1.0)])
def test_surprise_is_the_exact_chance(k: int, expected: float) -> None:
    # both of two kinds among two of five: one chance in ten
    assert surprise(np.array([2]), 2, 5)[0, k] == pytest.approx(expected, abs=1e-9)


@given(st.integers(0, 50), st.integers(0, 50))
def test_log_odds_turn_round_with_the_sides(a: int, b: int) -> None:
    ratio, error = log_odds(a, 60, b, 60, 0.5, 1.0)
    back, same = log_odds(b, 60, a, 60, 0.5, 1.0)
    assert ratio == pytest.approx(-back)
    assert error == pytest.approx(same)
    assert (ratio > 0) == (a > b)
