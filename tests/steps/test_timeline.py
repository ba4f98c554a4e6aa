"""Timeline: twenty accounts that take turns for a night, and crowds that do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from analyzers.model.case import Event
from analyzers.model.figure import Histogram
from analyzers.model.figure import Timeline as TimelineFigure
from analyzers.model.finding import Finding, Measure
from analyzers.model.step import Found, NotComputable
from analyzers.steps.timeline import Timeline

Make = Callable[..., Any]
COHORT = [f"a{number:02d}" for number in range(20)]
ORDINARY = [f"b{number:03d}" for number in range(120)]
EVENING = datetime(2019, 2, 8, 8, 30, tzinfo=UTC)
TRIAL = Event(datetime(2019, 2, 8, tzinfo=UTC), "last day of the trial")
QUICK = Timeline(draws=1_999)


def _by_turns(post: Make, accounts: Sequence[str] = COHORT) -> list[Any]:
    """About one an hour, each account once."""
    rng = np.random.default_rng(1)
    return [
        post(account, EVENING + timedelta(minutes=60 * n + float(rng.uniform(-10, 10))))
        for n, account in enumerate(accounts)
    ]


def _by_day(post: Make, accounts: Sequence[str], seed: int = 2) -> list[Any]:
    """By daylight, on any day of three weeks."""
    rng = np.random.default_rng(seed)
    start = datetime(2019, 1, 28, tzinfo=UTC)
    return [
        post(account, start + timedelta(days=int(rng.integers(21)), hours=float(rng.normal(15, 3))))
        for account in accounts
    ]


def _finding(outcome: Found | NotComputable) -> Finding:
    assert isinstance(outcome, Found)
    return outcome.finding


def _measure(finding: Finding, name: str) -> Measure:
    return next(measure for measure in finding.measures if measure.name == name)


def test_twenty_accounts_take_turns_for_a_night(case: Make, post: Make, said: Make) -> None:
    posts = _by_turns(post) + _by_day(post, ORDINARY * 3)
    outcome = Timeline()(case(cohort=COHORT, comparison=ORDINARY, posts=posts))
    finding = _finding(outcome)
    assert "20 of 20 (100%) came in one burst (8–9 February 2019)" in said(outcome)
    assert finding.noteworthy
    assert finding.primary is not None
    assert finding.primary.p < 0.001
    assert _measure(finding, "regular_gaps").p == finding.primary.p
    assert _measure(finding, "burst_days").value == "2019-02-08, 2019-02-09"
    gap = _measure(finding, "median_gap_minutes")
    assert isinstance(gap.value, float)
    assert 50 < gap.value < 70
    assert gap.low is not None
    assert _measure(finding, "no_repeat_share").value == 1.0
    assert _measure(finding, "first_attack").value == posts[0]["created_at"]
    assert _measure(finding, "last_attack").value == posts[19]["created_at"]
    cv = _measure(finding, "gap_cv")
    assert isinstance(cv.value, float)
    assert cv.value < 0.5


def test_charts_show_both_sides_on_one_clock(case: Make, post: Make) -> None:
    posts = _by_turns(post) + _by_day(post, ORDINARY * 3)
    setting = case(cohort=COHORT, comparison=ORDINARY, posts=posts, events=(TRIAL,))
    chart, gaps = _finding(QUICK(setting)).figures
    assert isinstance(chart, TimelineFigure)
    assert isinstance(gaps, Histogram)
    assert [sum(series.counts) for series in chart.series] == [20, 360]
    assert len(chart.bursts) == 1
    assert [mark.label for mark in chart.events] == ["last day of the trial"]
    assert len(gaps.edges) == len(gaps.series[0].counts) + 1
    assert sum(gaps.series[0].counts) == 19


def test_an_event_is_set_beside_other_moments(case: Make, post: Make) -> None:
    posts = _by_turns(post) + _by_day(post, ORDINARY)
    setting = case(cohort=COHORT, comparison=ORDINARY, posts=posts, events=(TRIAL,))
    finding = _finding(QUICK(setting))
    assert _measure(finding, "event_share").value == 1.0
    distance = _measure(finding, "event_distance_hours").value
    assert isinstance(distance, float)
    assert 0 <= distance <= 12
    events = finding.tables[-1]
    assert events.rows[0][0] == "last day of the trial"


def test_people_who_post_by_day_make_neither_burst_nor_rhythm(
    case: Make, post: Make, said: Make
) -> None:
    posts = _by_day(post, COHORT, seed=5) + _by_day(post, ORDINARY * 3)
    outcome = QUICK(case(cohort=COHORT, comparison=ORDINARY, posts=posts))
    finding = _finding(outcome)
    assert said(outcome).startswith("No burst")
    assert not finding.noteworthy
    assert finding.primary is not None
    assert finding.primary.p > 0.05


def test_one_account_that_posts_all_night_is_no_burst(case: Make, post: Make) -> None:
    alone = [post("a00", EVENING + timedelta(minutes=n)) for n in range(30)]
    posts = alone + _by_day(post, COHORT[1:], seed=5) + _by_day(post, ORDINARY * 3)
    finding = _finding(QUICK(case(cohort=COHORT, comparison=ORDINARY, posts=posts)))
    assert "burst_days" not in {measure.name for measure in finding.measures}


def test_rotation_that_selected_the_accounts_is_only_described(case: Make, post: Make) -> None:
    posts = _by_turns(post) + _by_day(post, ORDINARY * 3)
    setting = case(cohort=COHORT, comparison=ORDINARY, posts=posts, signals=("rotation",))
    finding = _finding(QUICK(setting))
    assert finding.describes
    assert finding.primary is None
    assert all(measure.p is None for measure in finding.measures)


def test_twenty_posts_and_nothing_else_are_described_without_a_test(
    case: Make, post: Make, said: Make
) -> None:
    outcome = QUICK(case(cohort=COHORT, posts=_by_turns(post)))
    finding = _finding(outcome)
    assert "there are no ordinary posts to compare with" in said(outcome)
    assert finding.primary is None
    assert _measure(finding, "median_gap_minutes").baseline is None


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_handful_of_posts_is_described(case: Make, post: Make, said: Make, count: int) -> None:
    posts = _by_turns(post, COHORT[:count]) + _by_day(post, ORDINARY)
    outcome = QUICK(case(cohort=COHORT[:count], comparison=ORDINARY, posts=posts))
    finding = _finding(outcome)
    assert said(outcome)
    assert finding.primary is None
    assert any("small a sample" in t.msgid or "one account" in t.msgid for t in finding.caveats)


def test_without_posts_about_the_target_there_is_no_answer(case: Make, post: Make) -> None:
    posts = [post("a00", on_target=False), *_by_day(post, ORDINARY)]
    outcome = QUICK(case(cohort=["a00"], comparison=ORDINARY, posts=posts))
    assert isinstance(outcome, NotComputable)


def test_posts_of_the_same_second_are_allowed(case: Make, post: Make, said: Make) -> None:
    posts = [post(account, EVENING) for account in COHORT] + _by_day(post, ORDINARY)
    assert said(QUICK(case(cohort=COHORT, comparison=ORDINARY, posts=posts)))
