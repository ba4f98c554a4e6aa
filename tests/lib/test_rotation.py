"""Regular gaps across accounts: a farm's rotation shows, a crowd's rush does not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.lib.rotation import regularity, rotation_test

HOUR = 3600.0
FEBRUARY_8 = 1549584000.0
NOBODY = np.array([], dtype=np.float64)


def hourly(posts: int = 20, jitter: float = 600.0, pause: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(1)
    times = FEBRUARY_8 + np.arange(posts) * HOUR + rng.uniform(-jitter, jitter, posts)
    times[posts // 2 :] += pause
    return times


def crowd(posts: int = 300, seed: int = 2) -> np.ndarray:
    """Ordinary posts over two days, most of them in the evening."""
    rng = np.random.default_rng(seed)
    days = rng.integers(0, 2, posts) * 24
    return FEBRUARY_8 + (days + rng.normal(20, 3, posts)) * HOUR


def test_one_post_an_hour_is_told_from_chance() -> None:
    found = regularity(hourly(), np.arange(20))
    assert found.median_gap == pytest.approx(HOUR, rel=0.1)
    assert found.cv < 0.5
    assert found.distinct_share == 1
    assert rotation_test(hourly(), crowd()) <= 0.001


def test_a_night_without_posts_does_not_hide_the_rotation() -> None:
    paused = hourly(pause=12 * HOUR)
    assert regularity(paused).cv > 1
    assert rotation_test(paused, crowd()) <= 0.001


def test_one_account_by_the_clock_is_seen_as_one() -> None:
    assert regularity(hourly(), np.zeros(20)).distinct_share == 0


@pytest.mark.parametrize(
    "times",
    [NOBODY, np.array([1.0]), np.zeros(20), hourly(posts=7)],
    ids=["none", "one", "all at once", "too few"],
)
def test_nothing_is_claimed_of_a_handful_or_of_simultaneous_posts(times: np.ndarray) -> None:
    assert rotation_test(times, crowd()) == 1.0


def test_ordinary_posts_are_called_regular_no_more_often_than_the_level_says() -> None:
    rng = np.random.default_rng(3)
    pool = crowd()
    p_values = [
        rotation_test(rng.choice(pool, 20, replace=False), pool, draws=199, seed=n)
        for n in range(200)
    ]
    assert np.mean(np.array(p_values) <= 0.05) <= 0.09


def test_the_pool_may_be_empty() -> None:
    assert rotation_test(hourly(), NOBODY) <= 0.001


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=30), st.randoms())
def test_the_order_of_posts_does_not_matter(times: list[float], random: object) -> None:
    shuffled = list(times)
    random.shuffle(shuffled)
    assert regularity(np.array(times)) == regularity(np.array(shuffled))
