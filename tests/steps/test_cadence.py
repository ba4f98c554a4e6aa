"""Rhythm: runs of one a minute, people only, coarse times, no timelines, a handful of accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest

from analyzers.lib.day_rhythm import HOUR, MINUTE, gathered, quiet_hours, whole_minutes
from analyzers.lib.runs import clumped, runs
from analyzers.model.case import Case
from analyzers.model.figure import Histogram, Raster
from analyzers.model.finding import Measure
from analyzers.model.step import Found, NotComputable
from analyzers.steps.cadence import Cadence

START = datetime(2018, 11, 1, 8, tzinfo=UTC)


def people(seed: int, posts: int = 120, days: int = 90) -> list[datetime]:
    """Moments of somebody who posts between eight and midnight, as it comes."""
    random = Random(seed)
    return [
        START + timedelta(days=random.randrange(days), seconds=random.randrange(16 * 3600))
        for _ in range(posts)
    ]


def run(seed: int, posts: int = 12, gap: int = 60) -> list[datetime]:
    """Posts at one gap, a second more or less."""
    random = Random(seed)
    start = START + timedelta(days=seed % 80, hours=15, seconds=random.randrange(3600))
    return [start + timedelta(seconds=n * gap + random.randrange(-1, 2)) for n in range(posts)]


@pytest.fixture
def posting(case: Callable[..., Case], post: Callable[..., Any]) -> Callable[..., Case]:
    """A case of accounts with collected timelines that post at these moments."""

    def build(
        ours: Iterable[list[datetime]],
        theirs: Iterable[list[datetime]] = (),
        timelines: bool = True,
    ) -> Case:
        cohort = {f"a{n}": times for n, times in enumerate(ours)}
        comparison = {f"b{n}": times for n, times in enumerate(theirs)}
        rows = [
            post(name, at, post_id=f"{name}-{n}", on_target=False, route="timeline")
            for name, times in (cohort | comparison).items()
            for n, at in enumerate(times)
        ]
        rows += [post(name, "2019-02-08 10:00", selecting=name in cohort) for name in cohort]
        return case(
            cohort=list(cohort),
            comparison=list(comparison),
            posts=rows,
            timelines=[*cohort, *comparison] if timelines else [],
        )

    return build


def measure(outcome: Found, name: str) -> Measure:
    return next(one for one in outcome.finding.measures if one.name == name)


def test_one_a_minute_in_seven_of_ten_accounts_is_found_beside_their_human_hours(
    posting: Callable[..., Case], said: Callable[..., str]
) -> None:
    ours = [people(n) + (run(n) if n < 7 else []) for n in range(10)]
    outcome = Cadence()(posting(ours, [people(100 + n) for n in range(30)]))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "Of these accounts, 7 of 10 (70%) posted at least 8 times in a row at one fixed gap, most "
        "often 1 minute, against 0 of 30 (0%) among ordinary accounts. 7 of them post irregularly, "
        "as people do, the rest of the time."
    )
    assert outcome.finding.noteworthy
    assert outcome.finding.primary is not None
    assert outcome.finding.primary.p == measure(outcome, "regular_runs").p
    assert outcome.finding.primary.p < 0.001
    assert measure(outcome, "run_gap_minutes").value == pytest.approx(1, abs=0.02)
    assert len(outcome.finding.evidence[0].posts) == 48


def test_its_charts_mark_the_runs_and_show_the_gaps(posting: Callable[..., Case]) -> None:
    ours = [people(n) + run(n) for n in range(25)]
    outcome = Cadence()(posting(ours, [people(100 + n) for n in range(5)]))
    assert isinstance(outcome, Found)
    raster, gaps = outcome.finding.figures
    assert isinstance(raster, Raster)
    assert isinstance(gaps, Histogram)
    assert len(raster.rows) == 20
    assert all(len(row.cells) == 1 for row in raster.rows)
    assert [round(sum(series.counts), 6) for series in gaps.series] == [1, 1]


def test_schedulers_on_both_sides_set_nobody_apart(
    posting: Callable[..., Case], said: Callable[..., str]
) -> None:
    ours = [people(n) + run(n) for n in range(6)]
    theirs = [people(50 + n) + run(50 + n) for n in range(20)]
    outcome = Cadence()(posting(ours, theirs))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert "20 of 20 (100%) among ordinary accounts" in said(outcome)


def test_people_who_post_as_it_comes_keep_no_gap(
    posting: Callable[..., Case], said: Callable[..., str]
) -> None:
    outcome = Cadence()(posting([people(n) for n in range(20)], [people(50 + n) for n in range(9)]))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("None of 20 accounts posted 8 times in a row")
    assert measure(outcome, "no_night").value == 0


@pytest.mark.parametrize("reason", ["thread", "attack", "repost"])
def test_threads_the_attack_and_reposts_make_no_run(
    case: Callable[..., Case], post: Callable[..., Any], reason: str
) -> None:
    kinds = {
        "thread": {"reply_to_account": "a0", "kind": "reply"},
        "attack": {"on_target": True, "selecting": True},
        "repost": {"kind": "repost", "organic": False},
    }
    rows = [post("a0", at, post_id=f"p{n}", on_target=False) for n, at in enumerate(people(1))]
    rows += [
        post("a0", at, post_id=f"r{n}", on_target=False) | kinds[reason]
        for n, at in enumerate(run(1, posts=20))
    ]
    outcome = Cadence()(case(cohort=["a0"], posts=rows, timelines=["a0"]))
    assert isinstance(outcome, Found)
    assert measure(outcome, "regular_runs").value == 0


def test_times_without_seconds_say_nothing_of_seconds(
    posting: Callable[..., Case], said: Callable[..., str]
) -> None:
    def whole(times: list[datetime]) -> list[datetime]:
        return [at.replace(second=0) for at in times]

    brisk = [whole(people(n) + run(n)) for n in range(3)]
    ours = [*brisk, *(whole(people(n) + run(n, gap=1800)) for n in range(3, 6))]
    outcome = Cadence()(posting(ours, [whole(people(60 + n)) for n in range(12)]))
    assert isinstance(outcome, Found)
    said(outcome)
    assert "one_second" not in [one.name for one in outcome.finding.measures]
    assert measure(outcome, "regular_runs").value == 0.5
    assert any("written without seconds" in text.msgid for text in outcome.finding.caveats)


def test_posts_at_the_same_second_of_every_minute_are_counted(
    posting: Callable[..., Case],
) -> None:
    ours = [[at.replace(second=2 + n % 3) for n, at in enumerate(people(seed))] for seed in (1, 2)]
    outcome = Cadence()(posting(ours, [people(60 + n) for n in range(12)]))
    assert isinstance(outcome, Found)
    share = measure(outcome, "one_second")
    assert (share.value, share.baseline) == (1, 0)


def test_a_night_that_never_comes_is_seen(posting: Callable[..., Case]) -> None:
    random = Random(3)
    restless = [
        [START + timedelta(seconds=random.randrange(60 * 86_400)) for _ in range(300)]
        for _ in range(8)
    ]
    outcome = Cadence()(posting(restless, [people(60 + n) for n in range(12)]))
    assert isinstance(outcome, Found)
    night = measure(outcome, "no_night")
    assert (night.value, night.n, night.baseline) == (1, 8, 0)


def test_without_timelines_it_says_what_to_collect(
    posting: Callable[..., Case], said: Callable[..., str]
) -> None:
    outcome = Cadence()(posting([people(1)], [people(2)], timelines=False))
    assert isinstance(outcome, NotComputable)
    assert said(outcome).startswith("The timelines of these accounts")


def test_without_ordinary_accounts_there_is_no_test(
    posting: Callable[..., Case], said: Callable[..., str]
) -> None:
    outcome = Cadence()(posting([people(n) + run(n) for n in range(6)]))
    assert isinstance(outcome, Found)
    assert outcome.finding.primary is None
    assert outcome.finding.noteworthy
    assert "no ordinary accounts to compare with" in said(outcome)


def test_a_handful_is_counted(posting: Callable[..., Case], said: Callable[..., str]) -> None:
    outcome = Cadence()(posting([people(1) + run(1), people(2)], [people(9)]))
    assert isinstance(outcome, Found)
    assert said(outcome).startswith("Of these accounts, 1 of 2 posted")
    assert "so small a sample" in str(outcome.finding.caveats[1].plural)


def test_the_order_of_rows_does_not_matter(posting: Callable[..., Case]) -> None:
    built = posting([people(n) + run(n) for n in range(6)], [people(60 + n) for n in range(6)])
    tables = replace(built.tables, accounts=built.tables.accounts.iloc[::-1])
    assert Cadence()(built) == Cadence()(built.with_tables(tables))


def test_stretches_of_two_rhythms_are_counted_with_how_unequal_the_gaps_are(
    posting: Callable[..., Case],
) -> None:
    clock = [START + timedelta(hours=n) for n in range(150)]
    switching = people(1, posts=60) + run(1, posts=60)
    outcome = Cadence()(
        posting([clock, clock[:90], switching], [people(60 + n) for n in range(12)])
    )
    assert isinstance(outcome, Found)
    stretches, spread = measure(outcome, "in_stretches"), measure(outcome, "gap_spread")
    assert (stretches.value, stretches.n) == (1 / 3, 3)
    assert isinstance(stretches.baseline, float)
    assert stretches.baseline <= 1 / 12
    assert isinstance(spread.baseline, float)
    assert 1.1 < spread.baseline < 2.5
    assert spread.value == pytest.approx(0, abs=1e-9)


class TestRuns:
    @pytest.mark.parametrize(
        ("gaps", "expected"),
        [
            ([60] * 7, [(0, 7)]),
            ([60, 59, 61, 60, 62, 58, 60], [(0, 7)]),
            ([60] * 5 + [3600] + [60] * 6, [(0, 5), (6, 12)]),
            ([1] * 20, []),
            ([86_400] * 20, []),
            ([60, 120] * 8, []),
            ([3600, 3500, 3650, 3590, 3610], [(0, 5)]),
            ([60] * 4, []),
            ([], []),
        ],
    )
    def test_like_gaps_in_a_row(self, gaps: list[int], expected: list[tuple[int, int]]) -> None:
        times = np.cumsum([1000.0, *gaps])
        assert [(one.first, one.last) for one in runs(times)] == expected

    def test_random_posts_hardly_ever_make_one(self) -> None:
        rng = np.random.default_rng(1)
        times = np.cumsum(rng.exponential(300, 20_000))
        assert [one for one in runs(times) if one.posts >= 8] == []


class TestClumped:
    def test_two_rhythms_in_turn_come_in_stretches_and_a_clock_has_none(self) -> None:
        turns = np.cumsum([0.0, *[*[30.0] * 15, *[3000.0] * 15] * 2])
        assert clumped(turns) < 0.001
        assert clumped(np.arange(50) * 60.0) == 1
        assert clumped(np.cumsum([30.0, 3000.0] * 9)) == 1  # nine on one side: too few to tell

    def test_it_is_the_textbooks(self) -> None:
        # twelve below the median and twelve above in eight runs: z = (8.5 - 13) / 2.3956
        gaps = [*[1.0] * 3, *[9.0] * 3] * 4
        assert clumped(np.cumsum([0.0, *gaps])) == pytest.approx(0.0302, abs=0.0005)

    def test_false_alarms_are_as_rare_as_the_p_says(self) -> None:
        rng = np.random.default_rng(4)
        found = [clumped(np.cumsum(rng.exponential(60, 80))) <= 0.05 for _ in range(2000)]
        assert 0.03 < np.mean(found) < 0.06


class TestClock:
    def test_an_even_day_has_one_quiet_hour_and_a_sleeper_eight(self) -> None:
        hours = np.arange(24 * 100) * HOUR
        assert quiet_hours(hours) == 1
        assert quiet_hours(hours[(hours / HOUR % 24 >= 6) & (hours / HOUR % 24 < 22)]) == 8

    def test_an_even_minute_gathers_nowhere_and_a_fixed_second_does(self) -> None:
        rng = np.random.default_rng(2)
        even = rng.uniform(0, 1e6, 200)
        assert gathered(even, MINUTE) > 0.01
        assert gathered(np.round(even / 60) * 60 + 3, MINUTE) < 1e-6
        assert gathered(even[:9], MINUTE) == 1

    def test_false_alarms_are_as_rare_as_the_p_says(self) -> None:
        rng = np.random.default_rng(3)
        found = [gathered(rng.uniform(0, 1e6, 60), HOUR) <= 0.05 for _ in range(2000)]
        assert 0.035 < np.mean(found) < 0.065

    def test_whole_minutes_need_twenty_posts_to_show(self) -> None:
        assert whole_minutes(np.arange(20) * 60.0)
        assert not whole_minutes(np.arange(19) * 60.0)
        assert not whole_minutes(np.arange(20) * 61.0)
