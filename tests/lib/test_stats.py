"""Statistics of a handful of accounts: known answers, and promises that hold for any numbers."""

from __future__ import annotations

import doctest
import math
from collections.abc import Sequence
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.lib.stats import (
    binomial_tail,
    bootstrap,
    concentration,
    densest_window,
    excess,
    mean_excess,
    scan,
    shortfall,
    wilson,
)

FEW_DRAWS = 499
shares = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
numbers = st.lists(st.integers(0, 40).map(float), min_size=1, max_size=15)
names = st.lists(st.sampled_from(["web", "phone", "tablet"]), min_size=1, max_size=15)


@pytest.mark.parametrize("module", ["shares"])
def test_the_examples_in_the_documentation_are_true(module: str) -> None:
    result = doctest.testmod(import_module(f"analyzers.lib.stats.{module}"))
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (7, 20, 0.18, 0.57),  # seven of twenty accounts created since January
        (0, 20, 0.0, 0.16),  # no account set to French
        (18, 20, 0.70, 0.97),  # eighteen of twenty suspended
        (20, 20, 0.84, 1.0),
        (0, 0, 0.0, 1.0),  # nothing seen, nothing known
    ],
)
def test_a_share_of_few_comes_with_its_wilson_interval(
    k: int, n: int, low: float, high: float
) -> None:
    assert tuple(round(end, 2) for end in wilson(k, n)) == (low, high)


@given(shares)
def test_an_interval_holds_its_share_and_stays_within_0_and_1(share: tuple[int, int]) -> None:
    k, n = share
    low, high = wilson(k, n)
    assert 0 <= low <= high <= 1
    assert n == 0 or low <= k / n <= high


def test_more_than_everybody_is_no_share() -> None:
    with pytest.raises(ValueError, match="not a share"):
        wilson(3, 2)


@given(shares, shares)
def test_an_exact_test_agrees_with_its_mirror(a: tuple[int, int], b: tuple[int, int]) -> None:
    above = excess(*a, *b)
    assert 0 < above <= 1
    if a[1] and b[1]:
        assert math.isclose(above, shortfall(b[0], b[1], a[0], a[1]), rel_tol=1e-9)


def test_seven_of_twenty_against_a_base_of_a_fifth_is_no_proof() -> None:
    assert round(binomial_tail(7, 20, 0.2), 3) == 0.087


def test_a_test_without_anyone_to_compare_with_says_nothing() -> None:
    assert excess(20, 20, 0, 0) == 1
    assert mean_excess([1.0], []) == 1
    assert concentration(["web"], []) is None
    assert scan([1.0], [], 7).p == 1


@settings(deadline=None, max_examples=40)
@given(numbers, numbers)
def test_a_mean_is_tested_alike_in_any_order(a: list[float], b: list[float]) -> None:
    p = mean_excess(a, b, FEW_DRAWS)
    assert p == mean_excess(a[::-1], b[::-1], FEW_DRAWS)
    assert 1 / (FEW_DRAWS + 1) <= p <= 1


def test_higher_means_are_rare_and_lower_ones_are_not() -> None:
    high, low = [0.9, 0.8, 1.0, 0.7, 0.9], [0.1, 0.2, 0.0, 0.3] * 5
    assert mean_excess(high, low, FEW_DRAWS) < 0.01
    assert mean_excess(low, high, FEW_DRAWS) == 1


def test_twenty_accounts_of_one_client_stand_out_of_mixed_ones() -> None:
    found = concentration(["web"] * 20, ["web"] * 45 + ["phone"] * 55)
    assert found is not None
    assert found.category == "web"
    assert found.p < 0.001


def test_a_client_that_everyone_uses_is_no_concentration() -> None:
    found = concentration(["web"] * 20, ["web"] * 98 + ["phone"] * 2)
    assert found is not None
    assert found.p > 0.5


@settings(deadline=None, max_examples=40)
@given(names, names)
def test_a_concentration_is_tested_alike_in_any_order(a: list[str], b: list[str]) -> None:
    found = concentration(a, b, FEW_DRAWS)
    assert found == concentration(a[::-1], b[::-1], FEW_DRAWS)
    assert found is not None
    assert found.category in a + b


def rejected(tests: Sequence[float], level: float = 0.05) -> float:
    return sum(p <= level for p in tests) / len(tests)


def test_under_the_null_no_test_cries_wolf() -> None:
    """Sides drawn from the same accounts are called different at most as often as promised.

    200 trials at 5 %: more than 19 rejections would happen by chance once in a hundred.
    """
    rng = np.random.default_rng(7)
    clients, means, scans = [], [], []
    for _ in range(200):
        pool = rng.choice(["web", "phone", "tablet", "tool"], 60, p=[0.5, 0.3, 0.15, 0.05])
        found = concentration(pool[:15].tolist(), pool[15:].tolist(), FEW_DRAWS)
        assert found is not None
        clients.append(found.p)
        values = rng.exponential(size=60)
        means.append(mean_excess(values[:15].tolist(), values[15:].tolist(), FEW_DRAWS))
        scans.append(scan(values[:15].tolist(), values[15:].tolist(), 0.1, 199).p)
    assert max(rejected(clients), rejected(means), rejected(scans)) <= 0.095


def test_dates_that_crowd_are_found_and_told_from_a_wave_that_everyone_joined() -> None:
    spread = [float(day) for day in range(0, 3600, 30)]
    crowd = [3500.0, 3501, 3502, 3503, 3504, 3505, 3506, 100, 900, 2000]
    found = scan(crowd, spread, 28)
    assert (found.count, found.start) == (7, 3500)
    assert found.p < 0.001
    wave = [3500 + day / 10 for day in range(80)]
    assert scan(crowd, [*spread[:20], *wave], 28).p > 0.05


def test_dates_too_old_to_know_are_in_no_window() -> None:
    assert densest_window([float("nan"), 5.0, 6.0], 10) == (2, 5.0)
    count, start = densest_window([float("nan")], 10)
    assert count == 0
    assert math.isnan(start)


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=30), st.floats(0.5, 100))
def test_the_densest_window_holds_what_it_says(dates: list[float], width: float) -> None:
    count, start = densest_window(dates, width)
    assert count == sum(start <= date < start + width for date in dates)


def test_an_interval_of_a_mean_holds_it_whatever_the_order_of_accounts() -> None:
    rows = [[0.1, 0.9], [0.3, 0.7], [0.2, 0.8], [0.9, 0.1]]
    low, high = bootstrap(rows)
    assert (low <= np.mean(rows, axis=0)).all()
    assert (np.mean(rows, axis=0) <= high).all()
    again_low, again_high = bootstrap(rows[::-1])
    assert (low == again_low).all()
    assert (high == again_high).all()


def test_an_interval_needs_accounts() -> None:
    with pytest.raises(ValueError, match="no accounts"):
        bootstrap([])
