"""Bursts: crowds in time, and the ordinary hours that look like crowds."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.lib.bursts import DAY, HOUR, bursts, expected, grid

MONDAY = datetime(2019, 1, 28, tzinfo=UTC).timestamp()
SPAN = (MONDAY, MONDAY + 21 * DAY)
EVEN = np.linspace(*SPAN, 21 * 24)


@pytest.mark.parametrize(
    ("days", "hours"), [(0, 1), (4, 1), (5, 6), (30, 6), (31, 24), (366, 24), (700, 168)]
)
def test_the_bin_follows_from_the_span_alone(days: int, hours: int) -> None:
    bins = grid(MONDAY + 7 * HOUR, MONDAY + 7 * HOUR + days * DAY)
    assert bins.width == hours * HOUR
    assert bins.start == MONDAY


def test_twenty_posts_in_a_night_are_a_burst() -> None:
    bins = grid(*SPAN)
    times = MONDAY + 11.4 * DAY + np.arange(20) * HOUR
    found = bursts(bins, bins.counts(times), expected(bins, *SPAN, EVEN))
    assert found.p < 0.001
    (burst,) = found.found
    assert burst.count == 20
    assert burst.expected < 2
    assert burst.since <= times[0]
    assert times[-1] < burst.until


def test_office_hours_are_no_burst() -> None:
    rng = np.random.default_rng(3)
    office = MONDAY + rng.integers(0, 21, 900) * DAY + rng.normal(14, 1.5, 900) * HOUR
    bins = grid(*SPAN)
    counts = bins.counts(office[:200])
    assert bursts(bins, counts, expected(bins, *SPAN, office)).found == ()
    assert bursts(bins, counts, expected(bins, *SPAN, np.array([]))).p < 0.05


def test_false_alarms_are_as_rare_as_promised() -> None:
    rng = np.random.default_rng(4)
    bins = grid(*SPAN)
    shares = expected(bins, *SPAN, EVEN)
    alarms = [
        bool(bursts(bins, bins.counts(rng.uniform(*SPAN, 40)), shares, draws=199).found)
        for _ in range(100)
    ]
    assert sum(alarms) <= 12


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 40 * DAY), max_size=60))
def test_any_times_in_any_order(offsets: list[float]) -> None:
    times = MONDAY + np.array([0.0, *offsets])
    bins = grid(float(times.min()), float(times.max()))
    shares = expected(bins, float(times.min()), float(times.max()), times)
    assert shares.sum() == pytest.approx(1.0)
    counts = bins.counts(times)
    assert counts.sum() == len(times)
    found = bursts(bins, counts, shares, draws=99)
    assert 0 < found.p <= 1
    assert sum(burst.count for burst in found.found) <= len(times)
    assert found == bursts(bins, bins.counts(times[::-1]), shares, draws=99)
